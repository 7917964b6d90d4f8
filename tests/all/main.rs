//! All tests, one binary: linking once is most of what a test binary costs.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::arithmetic_side_effects,
    clippy::unreachable,
    reason = "a test that fails should fail loudly"
)]

mod accepting;
mod audit;
#[cfg(unix)]
mod browser;
mod cases;
mod certificates;
mod ci;
mod codes;
mod commands;
mod containment;
mod definition;
mod drawn;
mod editors;
mod escapes;
// The fuzz targets' properties, and how their inputs are kept: one text for them and for the test run.
#[path = "../../fuzz/entries.rs"]
mod entries;
mod every_format;
mod examples;
mod explain;
mod extractor;
mod faults;
mod formats;
mod init;
mod laws;
mod layers;
mod layout;
mod limits;
mod listing;
mod lsp;
mod messages;
mod pace;
mod plain_lines;
mod policy;
mod program;
#[path = "../../fuzz/properties/mod.rs"]
mod properties;
mod prose;
mod replay;
mod sarif;
mod shapes;
mod snapshots_kept;
mod stories;
mod streams;
mod terminal;
mod time;
mod timelines;
mod vocabulary;
mod watching;
mod world;
