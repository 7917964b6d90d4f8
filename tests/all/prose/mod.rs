//! Articles and drafts: the layout of documents, what they say about themselves, their sentences, and what is read of those.

mod articles;
mod coverage;
mod derived;
pub mod drafts;
mod figures;
mod itself;
mod layout;
mod maps;
mod sentences;
mod stories;
mod times;
