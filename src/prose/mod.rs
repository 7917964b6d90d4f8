//! Articles and drafts: what a document says in running prose.
//!
//! In: documents and the vocabulary. Out: an [`Article`] with its date, place, title and blocks, the sentences of a block,
//! and the statements that a sentence makes; for an article that nobody has read yet, its names and facts as a draft. Never:
//! judges a statement, guesses.

mod abbreviations;
mod amounts;
mod article;
mod bare_weekdays;
mod clauses;
mod comes_after;
mod derive;
mod descriptions;
mod extracted;
mod figures;
mod hedges;
mod names;
mod pieces;
mod reading;
mod references;
mod sentences;
mod steps;
mod tense;
mod timeline;

pub use article::{Article, Found, article, article_of};
pub use comes_after::{ComesAfter, comes_after};
pub use derive::{Draft, DraftFact, bounds, derive, speaker};
pub use extracted::{Extracted, Refusal, extracted};
pub use figures::{Misfit, MisfitKind, misfits};
pub use names::{Proposals, Proposed};
pub use reading::{Left, Reading, Sentence, read_sentence};
pub use references::Memory;
pub use sentences::sentences;
pub use steps::{Misstep, missteps, single_days};
pub use timeline::{Dated, Role, Timeline};
