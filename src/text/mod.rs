//! Texts and places in them.
//!
//! In: the bytes of a file that somebody else has read. Out: spans (bytes), positions (line and column), the blocks of prose
//! that a document is laid out in, diagnostics, and text that is safe to show. Never: reads a file, knows what a text means.

mod codes;
mod diagnostic;
mod document;
mod escape;
mod fold;
pub mod limits;
mod page;
mod spelling;

pub use codes::{FAULTS, fault_meaning};
pub use diagnostic::{Diagnostic, Label, Problem, Severity, Suggestion};
pub use document::{Document, Position, Span, TextError};
pub use escape::{escape_controls, escape_json, is_hidden};
pub use fold::{Folded, fold_word};
pub use page::{Block, BlockKind, Cell, Entry, Format, Inline, InlineKind, Page, SourceMap};
pub use spelling::{nearest, one_of};
