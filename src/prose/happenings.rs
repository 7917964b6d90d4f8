//! Happenings without a name of their own, one of its kind in the article; and how many there are in all of a kind.

use std::collections::BTreeSet;

use super::names::{Collector, Proposed};
use super::words::{Word, is_modifier, words};
use crate::text::{Span, fold_word};
use crate::vocabulary::without_possessive;

impl Collector<'_> {
    /// "their surprise offensive", "the civil war": a happening with no name of its own, one of its kind in the article; and
    /// how many there are of a kind.
    pub(super) fn happenings(&mut self, text: &str) {
        let words = words(text);
        for (at, word) in words.iter().enumerate() {
            let Some((from, kind)) = self.kind_ending_at(text, &words, at) else { continue };
            if word.text.ends_with('s')
                && let Some(total) = self.total(&words, from)
            {
                self.totals.insert(self.press.kind(kind).name.clone(), total);
            }
            let happening = self.press.is_kind_of_named(kind, "happening");
            // A plural, or a noun that goes on ("offensive operation"), names no single happening.
            let goes_on = words.get(at.saturating_add(1)).is_some_and(|next| self.kind_of_word(text, next).is_some());
            if !happening || goes_on || word.text.ends_with('s') && !word.text.ends_with("ss") {
                continue;
            }
            let mut start = from;
            while start.checked_sub(1).and_then(|before| words.get(before)).is_some_and(|before| is_modifier(before.text))
                && from.saturating_sub(start) < 2
            {
                start = start.saturating_sub(1);
            }
            let definite = start.checked_sub(1).and_then(|before| words.get(before)).is_some_and(|before| {
                matches!(fold_word(before.text).as_str(), "the" | "a" | "an" | "their" | "its" | "his" | "this")
                    || without_possessive(before.text).is_some()
            });
            if !definite {
                continue;
            }
            let noun = self.press.kind(kind).name.clone();
            let written = words.get(start).map(|first| Span::new(first.span.start, word.span.end).of(text).to_owned()).unwrap_or_default();
            let name = format!("the {noun}");
            let known = match self.found.iter().position(|known| known.name == name) {
                Some(at) => at,
                None => {
                    let (aliases, kinds) = (BTreeSet::from([noun.clone()]), BTreeSet::from([noun]));
                    self.found.push(Proposed { name, aliases, kinds, ..Proposed::default() });
                    self.found.len().saturating_sub(1)
                }
            };
            if let Some(known) = self.found.get_mut(known) {
                known.aliases.insert(written);
            }
        }
    }

    /// "three of 14 provincial capitals", "of Syria's fourteen provincial capitals"
    fn total(&self, words: &[Word<'_>], from: usize) -> Option<u32> {
        let number = words.get(from.checked_sub(1)?)?;
        let of = from.checked_sub(2).and_then(|at| words.get(at))?;
        let owned =
            without_possessive(of.text).is_some() && from.checked_sub(3).and_then(|at| words.get(at)).is_some_and(|word| word.text == "of");
        let the = of.text == "the" && from.checked_sub(3).and_then(|at| words.get(at)).is_some_and(|word| word.text == "of");
        if of.text != "of" && !owned && !the {
            return None;
        }
        number.text.parse().ok().or_else(|| {
            let (sure, _) = self.press.number_word(&fold_word(number.text))?;
            (sure.low == sure.high).then(|| u32::try_from(sure.low).ok()).flatten()
        })
    }
}
