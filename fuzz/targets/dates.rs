//! Dates in claims and EDTF values: nothing panics, the wide reading covers the narrow one, a printed day is read back as itself.
#![no_main]

libfuzzer_sys::fuzz_mutator!(|data: &mut [u8], size: usize, most: usize, seed: u32| {
    factum_fuzz::mutate::mutate(data, size, most, seed)
});

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    factum_fuzz::properties::dates(&String::from_utf8_lossy(data));
});
