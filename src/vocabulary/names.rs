//! Finding the names and kinds that stand in a text: the longest run of words that is known.

use std::collections::HashMap;

use crate::text::{Span, fold_word};

/// Words to numbers: names, or kinds.
#[derive(Clone, Debug, Default)]
pub struct NameIndex {
    /// By all the words: what they name (several where the words are shared).
    entries: HashMap<Vec<String>, Vec<u32>>,
    /// By first word: how many words the names have that begin with it, the most first.
    lengths: HashMap<String, Vec<usize>>,
}

/// A known name found in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NameMatch {
    /// Where its words stand, without a possessive ending.
    pub span: Span,
    /// What it may name.
    pub ids: Vec<u32>,
    /// Whether a possessive ending follows (`'s`, or `'` after an s).
    pub possessive: bool,
    /// Where it ends with that ending.
    pub end: usize,
}

/// The words of a name as they are compared.
pub fn words_of(name: &str) -> Vec<String> {
    pieces(name, 0).map(|(span, _)| fold_word(span.of(name))).collect()
}

/// The words and commas of a text from a byte on, with whether a blank stands before each.
fn pieces(text: &str, from: usize) -> impl Iterator<Item = (Span, bool)> + '_ {
    let mut at = from;
    std::iter::from_fn(move || {
        let rest = text.get(at..)?;
        let blanks = rest.len().saturating_sub(rest.trim_start_matches([' ', '\t', '\u{a0}', '\u{202f}']).len());
        let start = at.saturating_add(blanks);
        let rest = text.get(start..)?;
        let first = rest.chars().next()?;
        let length = if matches!(first, ',' | '(' | ')' | '"' | ':' | ';' | '\u{201c}' | '\u{201d}' | '\u{2014}') {
            first.len_utf8()
        } else {
            rest.find([' ', '\t', ',', '(', ')', '"', ':', ';', '\u{a0}', '\u{202f}', '\u{201c}', '\u{201d}', '\u{2014}'])
                .unwrap_or(rest.len())
        };
        at = start.saturating_add(length.max(1));
        Some((Span::new(start, start.saturating_add(length)), blanks > 0))
    })
}

/// A word without its possessive ending, and the length of that ending in bytes.
pub fn without_possessive(word: &str) -> Option<(&str, usize)> {
    for ending in ["'s", "\u{2019}s"] {
        if let Some(stem) = word.strip_suffix(ending) {
            return Some((stem, ending.len()));
        }
    }
    for ending in ["'", "\u{2019}"] {
        if let Some(stem) = word.strip_suffix(ending)
            && stem.ends_with('s')
        {
            return Some((stem, ending.len()));
        }
    }
    None
}

impl NameIndex {
    /// Makes a name's words known.
    pub fn add(&mut self, name: &str, id: u32) {
        let words = words_of(name);
        let Some(first) = words.first() else { return };
        let lengths = self.lengths.entry(first.clone()).or_default();
        if let Err(place) = lengths.binary_search_by(|known| words.len().cmp(known)) {
            lengths.insert(place, words.len());
        }
        let ids = self.entries.entry(words).or_default();
        if let Err(place) = ids.binary_search(&id) {
            ids.insert(place, id);
        }
    }

    /// What exactly these words name.
    pub fn exact(&self, name: &str) -> &[u32] {
        self.entries.get(&words_of(name)).map(Vec::as_slice).unwrap_or_default()
    }

    /// The names that start at a byte of a text, longest first. The last word may carry a possessive ending or a full stop.
    pub fn starting_at(&self, text: &str, at: usize) -> Vec<NameMatch> {
        let mut found = Vec::new();
        let Some((first, _)) = pieces(text, at).next() else { return found };
        let starts = endings(first.of(text)).map(|ending| fold_word(ending.word));
        let longest = starts.iter().filter_map(|word| self.lengths.get(word)?.first()).max().copied().unwrap_or(0);
        // The words before the last one must be there as they are.
        let mut words: Vec<String> = Vec::new();
        for (piece, _) in pieces(text, at).take(longest) {
            for Ending { word, cut, possessive } in endings(piece.of(text)) {
                words.push(fold_word(word));
                if let Some(ids) = self.entries.get(&words) {
                    let span = Span::new(first.start, piece.end.saturating_sub(cut));
                    let end = if possessive { piece.end } else { span.end };
                    found.push(NameMatch { span, ids: ids.clone(), possessive, end });
                }
                words.pop();
            }
            words.push(fold_word(piece.of(text)));
        }
        found.sort_by_key(|m| (std::cmp::Reverse(m.span.end), m.possessive));
        found.dedup();
        found
    }

    /// All known spellings, for near misses, in no order.
    pub fn known(&self) -> Vec<String> {
        self.entries.keys().map(|words| words.join(" ")).collect()
    }
}

/// A way to take a word: what of it is compared, and how many bytes that leaves out at its end.
#[derive(Clone, Copy)]
struct Ending<'t> {
    word: &'t str,
    cut: usize,
    possessive: bool,
}

/// A word as it is, without a possessive ending, and without a full stop; where it has none, as it is.
fn endings(word: &str) -> [Ending<'_>; 3] {
    let whole = Ending { word, cut: 0, possessive: false };
    let owned = without_possessive(word).map(|(stem, cut)| Ending { word: stem, cut, possessive: true });
    let stopped = word.strip_suffix('.').map(|stem| Ending { word: stem, cut: 1, possessive: false });
    [whole, owned.unwrap_or(whole), stopped.unwrap_or(whole)]
}
