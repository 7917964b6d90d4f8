//! All tests, one binary: linking once is most of what a test binary costs.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that fails should fail loudly"
)]

mod cases;
mod codes;
mod examples;
mod laws;
mod layers;
mod messages;
mod program;
mod time;
mod vocabulary;
mod world;
