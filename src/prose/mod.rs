//! Articles and drafts: what a document says in running prose.
//!
//! In: documents and the vocabulary. Out: an [`Article`] with its date, place, title and blocks, the sentences of a block,
//! and the statements that a sentence makes; for an article that nobody has read yet, its names and facts as a draft. Never:
//! judges a statement, guesses.

mod abbreviations;
mod amounts;
mod article;
mod asides;
mod attribution;
mod bare_weekdays;
mod clauses;
mod clefts;
mod comes_after;
mod derive;
mod descriptions;
mod echoes;
mod extracted;
mod figures;
mod happenings;
mod hedges;
mod kinds_of_names;
mod names;
mod openers;
mod pieces;
mod proper_names;
mod reading;
mod references;
mod sentences;
mod steps;
mod tables;
mod telegraphic;
mod tense;
mod timeline;
mod titles;
mod verbs;
mod weekdays;
mod words;

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
pub use weekdays::weekday_behind;
