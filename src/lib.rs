//! `factum` checks statements against a record of sources.
pub mod statement;
pub mod syntax;
pub mod text;
pub mod time;
pub mod vocabulary;
