//! Writers: whatever text stands in a report, what is written is well formed and carries nothing that acts on a terminal.
#![no_main]

libfuzzer_sys::fuzz_mutator!(|data: &mut [u8], size: usize, most: usize, seed: u32| {
    factum_fuzz::mutate::mutate(data, size, most, seed)
});

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    factum_fuzz::properties::writers(&String::from_utf8_lossy(data));
});
