//! Articles and drafts: the layout of documents, what they say about themselves, and their sentences.

mod articles;
mod layout;
mod maps;
mod sentences;
mod times;
