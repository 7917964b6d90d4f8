//! What is no assertion of the writer's: questions, quotations, conditions, guesses.

use super::pieces::{LONGEST_FRAGMENT, Piece};
use crate::syntax::ast::ChunkKind;

/// Words that take a statement back, or make it somebody's guess.
const HEDGES: [&str; 42] = [
    "if",
    "unless",
    "whether",
    "perhaps",
    "maybe",
    "possibly",
    "probably",
    "likely",
    "unlikely",
    "allegedly",
    "apparently",
    "supposedly",
    "purportedly",
    "seemingly",
    "arguably",
    "rumoured",
    "rumored",
    "alleged",
    "suspected",
    "feared",
    "expected",
    "almost",
    "nearly",
    "barely",
    "hardly",
    "virtually",
    "practically",
    "as though",
    "seem",
    "seems",
    "seemed",
    "thought",
    "believed",
    "supposed",
    "imagine",
    "imagined",
    "hypothetical",
    "rumour",
    "rumor",
    "rumours",
    "rumors",
    "parallel",
];

/// Verbs that begin a condition where they begin a sentence: "Should the talks fail, …".
const INVERTED: [&str; 3] = ["should", "had", "were"];

/// Words by which a writer leaves a statement to others who are not named.
pub(super) const REPORTED: [&str; 1] = ["reportedly"];

/// Whether a sentence does not say that it is so.
pub(super) fn is_hedged(pieces: &[Piece]) -> bool {
    if pieces.first().is_some_and(|first| !first.is_name() && first.is_one_of(&INVERTED)) {
        return true;
    }
    pieces.iter().any(|piece| !piece.is_name() && piece.is_one_of(&HEDGES))
}

/// Whether the words are somebody else's: a sentence in quotation marks, or one with more than a few quoted words in it.
pub(super) fn is_quotation(pieces: &[Piece], text: &str) -> bool {
    let long =
        |piece: &Piece| matches!(piece.chunk(), Some(ChunkKind::Quoted)) && piece.words.split_whitespace().count() > LONGEST_FRAGMENT;
    pieces.iter().any(long) || text.trim_start().starts_with(['"', '\u{201c}'])
}
