//! The words and marks of a sentence as they are written, for finding names that nobody has declared yet.

use super::names::Line;
use crate::text::{Span, fold_word};
use crate::vocabulary::without_possessive;

/// A word of a sentence.
#[derive(Clone, Copy, Debug)]
pub(super) struct Word<'t> {
    pub(super) text: &'t str,
    pub(super) span: Span,
    /// The first of its sentence.
    pub(super) first: bool,
}

/// Small words inside a proper name.
pub(super) const PARTICLES: [&str; 14] = ["al", "bin", "ibn", "van", "von", "de", "der", "den", "del", "della", "di", "da", "la", "el"];

pub(super) const DETERMINERS: [&str; 9] = ["the", "a", "an", "another", "its", "their", "his", "her", "this"];

/// Capitalised words that begin no name.
const NO_NAMES: [&str; 24] = [
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
    "nov",
    "dec",
    "jan",
    "feb",
    "i",
];

pub(super) fn is_capital(word: &str) -> bool {
    let mut letters = word.chars();
    let first = letters.next();
    first.is_some_and(char::is_uppercase) || word.strip_prefix("al-").is_some_and(|rest| rest.starts_with(char::is_uppercase))
}

pub(super) fn is_calendar(word: &str) -> bool {
    NO_NAMES.contains(&fold_word(word).trim_end_matches('.'))
}

/// An adjective before a noun: a plain word in small letters that is neither article nor preposition.
pub(super) fn is_modifier(word: &str) -> bool {
    let small = word.starts_with(char::is_lowercase);
    small
        && word.len() > 2
        && !matches!(
            word,
            "the"
                | "and"
                | "their"
                | "its"
                | "his"
                | "her"
                | "this"
                | "that"
                | "for"
                | "from"
                | "into"
                | "with"
                | "over"
                | "after"
                | "before"
                | "during"
                | "since"
        )
        && without_possessive(word).is_none()
}

/// Whether a word stands in capitals somewhere inside a sentence.
pub(super) fn capital_inside(word: &str, lines: &[Line<'_>]) -> bool {
    let bare = without_possessive(word).map_or(word, |(stem, _)| stem);
    lines.iter().filter(|line| !line.heading).any(|line| {
        words(line.text)
            .iter()
            .any(|other| !other.first && (other.text == bare || without_possessive(other.text).is_some_and(|(stem, _)| stem == bare)))
    })
}

/// The words and marks of a sentence.
pub(super) fn words<'t>(text: &'t str) -> Vec<Word<'t>> {
    let mut found: Vec<Word<'t>> = Vec::new();
    let inside = |c: char| c.is_alphanumeric() || matches!(c, '-' | '\'' | '\u{2019}' | '.');
    let mut start = None;
    let push = |from: usize, to: usize, found: &mut Vec<Word<'t>>| {
        let raw = text.get(from..to).unwrap_or_default();
        // A full stop ends the sentence; between letters it is an abbreviation's.
        let kept = if raw.trim_end_matches('.').contains('.') { raw } else { raw.trim_end_matches(['.', '-', '\'']) };
        if let Some(at) = raw.find(kept).filter(|_| !kept.is_empty()) {
            let span = Span::new(from.saturating_add(at), from.saturating_add(at).saturating_add(kept.len()));
            let first = found.is_empty();
            found.push(Word { text: span.of(text), span, first });
        }
    };
    for (at, c) in text.char_indices() {
        match (inside(c), start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                push(from, at, &mut found);
                start = None;
            }
            _ => {}
        }
        if matches!(c, ',' | ':' | ';' | '(' | ')') {
            let span = Span::new(at, at.saturating_add(c.len_utf8()));
            found.push(Word { text: span.of(text), span, first: false });
        }
    }
    if let Some(from) = start {
        push(from, text.len(), &mut found);
    }
    found
}
