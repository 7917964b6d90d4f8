//! Vocabulary files: nothing panics, whatever is wrong is reported at a place that exists, twice the same.
#![no_main]

libfuzzer_sys::fuzz_mutator!(|data: &mut [u8], size: usize, most: usize, seed: u32| {
    factum_fuzz::mutate::mutate(data, size, most, seed)
});

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    factum_fuzz::properties::vocabulary(&String::from_utf8_lossy(data));
});
