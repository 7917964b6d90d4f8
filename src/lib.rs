//! `factum` checks statements against a record of sources.
pub mod check;
pub mod cli;
pub mod facts;
pub mod layout;
pub mod lsp;
pub mod prose;
pub mod report;
pub mod snapshot;
pub mod statement;
pub mod syntax;
pub mod text;
pub mod time;
#[allow(
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::unreachable,
    reason = "not gone through yet: indices and sums here are of our own making; docs/trust.md says what is still open"
)]
pub mod verdict;
pub mod vocabulary;
