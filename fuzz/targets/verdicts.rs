//! Claims against facts, end to end: as `claims`, with any record, and two runs give the same bytes in every format.
#![no_main]

libfuzzer_sys::fuzz_mutator!(|data: &mut [u8], size: usize, most: usize, seed: u32| {
    factum_fuzz::mutate::mutate(data, size, most, seed)
});

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    factum_fuzz::properties::verdicts(&String::from_utf8_lossy(data));
});
