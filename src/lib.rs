//! `factum` checks statements against a record of sources.
pub mod check;
pub mod cli;
pub mod facts;
pub mod prose;
pub mod report;
pub mod snapshot;
pub mod statement;
pub mod syntax;
pub mod text;
pub mod time;
pub mod verdict;
pub mod vocabulary;
