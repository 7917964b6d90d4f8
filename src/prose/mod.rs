//! Articles and drafts: what a document says in running prose.
//!
//! In: documents. Out: an [`Article`] with its date, place, title and blocks, the sentences of a block, the time phrases of a
//! sentence with the days they mean. Never: knows a name, decides whether a sentence is right.

mod abbreviations;
mod article;
mod sentences;
mod tense;
mod timeline;

pub use article::{Article, Found, article, article_of};
pub use sentences::sentences;
pub use timeline::{Dated, Role, Timeline};
