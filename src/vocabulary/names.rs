//! Finding the names and kinds that stand in a text: the longest run of words that is known.

use std::collections::HashMap;

use crate::text::{Span, fold_word};

/// Words to numbers: names, or kinds.
#[derive(Clone, Debug, Default)]
pub struct NameIndex {
    /// By first word: all the words, and what they name (several where the words are shared).
    entries: HashMap<String, Vec<(Vec<String>, Vec<u32>)>>,
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
        let blanks = rest.len() - rest.trim_start_matches([' ', '\t', '\u{a0}', '\u{202f}']).len();
        let start = at + blanks;
        let rest = text.get(start..)?;
        let first = rest.chars().next()?;
        let length = if matches!(first, ',' | '(' | ')' | '"' | ':' | ';' | '\u{201c}' | '\u{201d}' | '\u{2014}') {
            first.len_utf8()
        } else {
            rest.find([' ', '\t', ',', '(', ')', '"', ':', ';', '\u{a0}', '\u{202f}', '\u{201c}', '\u{201d}', '\u{2014}'])
                .unwrap_or(rest.len())
        };
        at = start + length.max(1);
        Some((Span::new(start, start + length), blanks > 0))
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
        let Some(first) = words.first().cloned() else { return };
        let entries = self.entries.entry(first).or_default();
        match entries.iter_mut().find(|(known, _)| *known == words) {
            Some((_, ids)) => {
                if !ids.contains(&id) {
                    ids.push(id);
                    ids.sort_unstable();
                }
            }
            None => {
                entries.push((words, vec![id]));
                entries.sort_by_key(|(words, _)| std::cmp::Reverse(words.len()));
            }
        }
    }

    /// What exactly these words name.
    pub fn exact(&self, name: &str) -> &[u32] {
        let words = words_of(name);
        words
            .first()
            .and_then(|first| self.entries.get(first))
            .and_then(|entries| entries.iter().find(|(known, _)| *known == words))
            .map(|(_, ids)| ids.as_slice())
            .unwrap_or_default()
    }

    /// The names that start at a byte of a text, longest first.
    pub fn starting_at(&self, text: &str, at: usize) -> Vec<NameMatch> {
        let mut found = Vec::new();
        let Some((first, _)) = pieces(text, at).next() else { return found };
        let word = first.of(text);
        let plain = without_possessive(word).map(|(stem, _)| fold_word(stem));
        let keys = [Some(fold_word(word)), plain, word.strip_suffix('.').map(fold_word)];
        let mut tried: Vec<&String> = Vec::new();
        for key in keys.iter().flatten() {
            if tried.contains(&key) {
                continue;
            }
            tried.push(key);
            for (words, ids) in self.entries.get(key).map(Vec::as_slice).unwrap_or_default() {
                if let Some((span, possessive, end)) = matches_here(text, at, words) {
                    found.push(NameMatch { span, ids: ids.clone(), possessive, end });
                }
            }
        }
        found.sort_by_key(|m| (std::cmp::Reverse(m.span.end), m.possessive));
        found.dedup();
        found
    }

    /// All known spellings, for near misses; sorted.
    pub fn known(&self) -> Vec<String> {
        let mut all: Vec<String> = self.entries.values().flatten().map(|(words, _)| words.join(" ")).collect();
        all.sort_unstable();
        all
    }
}

/// Whether a text has these words at a byte; the last may carry a possessive ending or a full stop.
fn matches_here(text: &str, at: usize, words: &[String]) -> Option<(Span, bool, usize)> {
    let mut pieces = pieces(text, at);
    let last = words.len().checked_sub(1)?;
    let mut start = None;
    for (index, wanted) in words.iter().enumerate() {
        let (span, _) = pieces.next()?;
        let begin = *start.get_or_insert(span.start);
        let word = span.of(text);
        let same = fold_word(word) == *wanted;
        if index < last {
            if !same {
                return None;
            }
        } else if same {
            return Some((Span::new(begin, span.end), false, span.end));
        } else if let Some((_, ending)) = without_possessive(word).filter(|(stem, _)| fold_word(stem) == *wanted) {
            return Some((Span::new(begin, span.end - ending), true, span.end));
        } else if word.strip_suffix('.').is_some_and(|stem| fold_word(stem) == *wanted) {
            return Some((Span::new(begin, span.end - 1), false, span.end - 1));
        } else {
            return None;
        }
    }
    None
}
