//! Of what kind an article says that a name is, by the words around it.

use super::descriptions::NAMED_BEHIND_OF;
use super::names::Collector;
use super::words::{DETERMINERS, Word, is_capital};
use crate::text::fold_word;
use crate::vocabulary::KindId;

impl Collector<'_> {
    pub(super) fn kind_of_word(&self, text: &str, word: &Word<'_>) -> Option<KindId> {
        let hit = self.press.kind_index().starting_at(text, word.span.start).into_iter().find(|hit| !hit.possessive)?;
        (hit.span.end == word.span.end).then(|| hit.ids.first().map(|id| KindId(*id))).flatten()
    }

    pub(super) fn is_person(&self, kind: KindId) -> bool {
        self.press.is_kind_of_named(kind, "person")
    }

    /// Of persons only that they are is noted: what office they have may change.
    pub(super) fn person_or(&self, kind: KindId) -> KindId {
        match self.press.kind_named("person") {
            Some(person) if self.press.is_kind_of(kind, person) => person,
            _ => kind,
        }
    }

    /// "city of Homs", "the militant group HTS", "two key cities, Aleppo and Hama", "provincial capitals: Damascus, Latakia".
    pub(super) fn kind_before(&self, text: &str, words: &[Word<'_>], start: usize) -> Option<KindId> {
        let mut at = start;
        // Back over the other names of a list.
        while let Some(before) = at.checked_sub(1).and_then(|at| words.get(at)) {
            let folded = fold_word(before.text);
            if matches!(folded.as_str(), "of" | "and" | "," | ":")
                || is_capital(before.text) && !before.first && self.kind_of_word(text, before).is_none()
            {
                at = at.saturating_sub(1);
            } else {
                break;
            }
        }
        let listed = start.saturating_sub(at) > 1;
        let noun = at.checked_sub(1).and_then(|at| words.get(at))?;
        // "will play X", "to raid X": a verb that is spelt like a noun.
        let is_verb = at
            .checked_sub(2)
            .and_then(|at| words.get(at))
            .is_some_and(|before| before.text == "to" || crate::statement::MODALS.contains(&fold_word(before.text).as_str()));
        if is_verb {
            return None;
        }
        let gap = text.get(noun.span.end..words.get(start)?.span.start)?;
        let (_, kind) = self.kind_ending_at(text, words, at.checked_sub(1)?)?;
        let plural = noun.text.ends_with('s');
        // "the city of Homs", but not "an investigation of Joe Biden".
        let direct = gap == " " || gap == " of " && NAMED_BEHIND_OF.contains(&self.press.kind(kind).name.as_str());
        // A list needs its noun in the plural and a comma or colon behind it.
        if direct && !plural || plural && (gap.starts_with(',') || gap.starts_with(':') || listed) {
            return Some(kind);
        }
        None
    }

    /// The longest kind whose words end with this word.
    pub(super) fn kind_ending_at(&self, text: &str, words: &[Word<'_>], at: usize) -> Option<(usize, KindId)> {
        let end = words.get(at)?.span.end;
        (0..3).rev().filter_map(|back| at.checked_sub(back)).find_map(|from| {
            let word = words.get(from)?;
            let hits = self.press.kind_index().starting_at(text, word.span.start);
            hits.into_iter().find(|hit| hit.span.end == end && !hit.possessive)?.ids.first().map(|id| (from, KindId(*id)))
        })
    }

    /// "Hama, a city south of Aleppo", "Aleppo is Syria's second-largest city"
    pub(super) fn kind_behind(&self, text: &str, words: &[Word<'_>], end: usize, possessive: bool) -> Option<KindId> {
        if possessive {
            return None;
        }
        let comma = words.get(end)?;
        let article = words.get(end.saturating_add(1))?;
        if comma.text != "," || !DETERMINERS.contains(&fold_word(article.text).as_str()) {
            return None;
        }
        (2..6).find_map(|ahead| {
            let from = end.saturating_add(ahead);
            let stop = (end.saturating_add(2)..from)
                .any(|at| words.get(at).is_some_and(|word| matches!(word.text, "," | "." | "of" | "who" | "which")));
            // The phrase ends there, or goes on with where it lies: else it is the subject of what follows.
            let ends = words.get(from.saturating_add(1)).is_none_or(|next| {
                matches!(
                    next.text,
                    "," | ":" | ";" | "(" | "south" | "north" | "east" | "west" | "in" | "near" | "on" | "who" | "which" | "that"
                )
            });
            if stop || !ends { None } else { words.get(from).and_then(|word| self.kind_of_word(text, word)) }
        })
    }
}
