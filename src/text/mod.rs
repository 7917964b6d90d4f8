//! Texts and places in them.
//!
//! In: the bytes of a file that somebody else has read. Out: spans (bytes), positions (line and column) and
//! diagnostics. Never: reads a file, knows what a text means.

mod diagnostic;
mod document;
mod fold;
mod spelling;

pub use diagnostic::{Diagnostic, Label, Problem};
pub use document::{Document, Position, Span, TextError};
pub use fold::{Folded, escape_controls, fold_word};
pub use spelling::{nearest, one_of};
