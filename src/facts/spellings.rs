//! The spellings of names in tables, each once, by number.
//!
//! In: words as they stand in a row. Out: a small number for each spelling, in the order in which they come. Never: knows whether two
//! spellings name the same.

use hashbrown::DefaultHashBuilder;
use hashbrown::HashTable;
use std::hash::BuildHasher as _;

/// Spellings by number. The hash has a seed of its own in every process: what stands in a table is chosen by others.
#[derive(Default)]
pub(super) struct Spellings {
    text: String,
    ends: Vec<usize>,
    known: HashTable<u32>,
    hasher: DefaultHashBuilder,
}

impl Spellings {
    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    /// A spelling by its number.
    pub(super) fn get(&self, number: u32) -> &str {
        spelling(&self.text, &self.ends, number)
    }

    /// The number of a spelling; a new one where it was not met before.
    pub(super) fn number(&mut self, words: &str) -> u32 {
        let hash = self.hasher.hash_one(words);
        let (text, ends, hasher) = (&mut self.text, &mut self.ends, &self.hasher);
        if let Some(known) = self.known.find(hash, |other| spelling(text, ends, *other) == words) {
            return *known;
        }
        let number = u32::try_from(ends.len()).unwrap_or(u32::MAX);
        text.push_str(words);
        ends.push(text.len());
        self.known.insert_unique(hash, number, |other| hasher.hash_one(spelling(text, ends, *other)));
        number
    }
}

fn spelling<'t>(text: &'t str, ends: &[usize], number: u32) -> &'t str {
    let at = usize::try_from(number).unwrap_or(usize::MAX);
    let start = at.checked_sub(1).and_then(|before| ends.get(before)).copied().unwrap_or(0);
    let end = ends.get(at).copied().unwrap_or(start);
    text.get(start..end).unwrap_or_default()
}
