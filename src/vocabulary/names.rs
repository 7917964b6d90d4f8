//! Finding the names and kinds that stand in a text: the longest run of words that is known.

use std::slice;

use hashbrown::HashMap;

use crate::text::{Span, fold_word};

/// Words to numbers: names, or kinds.
#[derive(Clone, Debug, Default)]
pub struct NameIndex {
    /// By all the words, with a blank between: what they name.
    entries: HashMap<Box<str>, Ids>,
    /// By first word: how many words the longest name has that begins with it, where that is more than one.
    longest: HashMap<Box<str>, usize>,
}

/// What words name: nearly always one thing.
#[derive(Clone, Debug)]
enum Ids {
    One(u32),
    /// Sorted.
    Several(Box<[u32]>),
}

impl Ids {
    fn all(&self) -> &[u32] {
        match self {
            Self::One(id) => slice::from_ref(id),
            Self::Several(ids) => ids,
        }
    }

    fn add(&mut self, id: u32) {
        let mut ids = self.all().to_vec();
        if let Err(place) = ids.binary_search(&id) {
            ids.insert(place, id);
            *self = Self::Several(ids.into());
        }
    }
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

/// The words of a name as they are compared, with a blank between; and how many there are.
pub(super) fn folded(name: &str) -> (String, usize) {
    // Nearly all are letters and figures with one blank between.
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'\'' | b'.' | b'_' | b'&' | b'/');
    if !name.is_empty() && name.split(' ').all(|word| !word.is_empty() && word.bytes().all(plain)) {
        return (name.to_ascii_lowercase(), name.split(' ').count());
    }
    let mut all = String::with_capacity(name.len());
    let mut count = 0_usize;
    for (span, _) in pieces(name, 0) {
        if count > 0 {
            all.push(' ');
        }
        all.push_str(&fold_word(span.of(name)));
        count = count.saturating_add(1);
    }
    (all, count)
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
        let (words, count) = folded(name);
        if count == 0 {
            return;
        }
        if count > 1 {
            let first = words.split(' ').next().unwrap_or_default();
            match self.longest.get_mut(first) {
                Some(longest) => *longest = count.max(*longest),
                None => {
                    self.longest.insert(first.into(), count);
                }
            }
        }
        match self.entries.get_mut(words.as_str()) {
            Some(known) => known.add(id),
            None => {
                self.entries.insert(words.into(), Ids::One(id));
            }
        }
    }

    /// What exactly these words name.
    pub fn exact(&self, name: &str) -> &[u32] {
        self.entries.get(folded(name).0.as_str()).map(Ids::all).unwrap_or_default()
    }

    /// What words name that are folded already, with a blank between two.
    pub(crate) fn folded(&self, words: &str) -> Option<&[u32]> {
        self.entries.get(words).map(Ids::all)
    }

    /// How many words the longest name has that begins with this one, folded; 1 where none is longer.
    pub(crate) fn longest_from(&self, first: &str) -> usize {
        self.longest.get(first).copied().unwrap_or(1)
    }

    /// The names that start at a byte of a text, longest first. The last word may carry a possessive ending or a full stop.
    pub fn starting_at(&self, text: &str, at: usize) -> Vec<NameMatch> {
        let mut found = Vec::new();
        let Some((first, _)) = pieces(text, at).next() else { return found };
        let starts = endings(first.of(text)).map(|ending| fold_word(ending.word));
        let longest = starts.iter().filter_map(|word| self.longest.get(word.as_str())).max().copied().unwrap_or(1);
        // The words before the last one must be there as they are.
        let mut words = String::new();
        for (piece, _) in pieces(text, at).take(longest) {
            let before = words.len();
            for Ending { word, cut, possessive } in endings(piece.of(text)) {
                words.push_str(&fold_word(word));
                if let Some(ids) = self.entries.get(words.as_str()) {
                    let span = Span::new(first.start, piece.end.saturating_sub(cut));
                    let end = if possessive { piece.end } else { span.end };
                    found.push(NameMatch { span, ids: ids.all().to_vec(), possessive, end });
                }
                words.truncate(before);
            }
            words.push_str(&fold_word(piece.of(text)));
            words.push(' ');
        }
        found.sort_by_key(|m| (std::cmp::Reverse(m.span.end), m.possessive));
        found.dedup();
        found
    }

    /// All known spellings, for near misses, in no order.
    pub fn known(&self) -> impl Iterator<Item = &str> {
        self.entries.keys().map(AsRef::as_ref)
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
