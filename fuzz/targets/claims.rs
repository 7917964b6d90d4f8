//! Claim files against a fixed record: nothing panics, each claim gets a finding on its own line, spans are whole characters.
#![no_main]

libfuzzer_sys::fuzz_mutator!(|data: &mut [u8], size: usize, most: usize, seed: u32| {
    factum_fuzz::mutate::mutate(data, size, most, seed)
});

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    factum_fuzz::properties::claims(&String::from_utf8_lossy(data));
});
