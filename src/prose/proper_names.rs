//! Proposals of proper names: words in capitals, "Hayat Tahrir al-Sham", "Homs".

use std::collections::BTreeSet;

use super::names::{Collector, Line};
use super::openers::begins_a_sentence;
use super::titles::is_title;
use super::words::{PARTICLES, Word, capital_inside, is_calendar, is_capital, words};
use crate::text::{Span, fold_word};
use crate::vocabulary::{KindId, NameId, without_possessive};

/// Last words of the names of those who report and are no person: "Tehran Times reported".
const OF_THE_PRESS: [&str; 18] = [
    "times",
    "news",
    "post",
    "journal",
    "press",
    "agency",
    "tribune",
    "herald",
    "gazette",
    "daily",
    "network",
    "mail",
    "telegraph",
    "observer",
    "review",
    "chronicle",
    "today",
    "media",
];

impl Collector<'_> {
    /// Words in capitals: "Hayat Tahrir al-Sham", "Homs".
    pub(super) fn proper_names(&mut self, text: &str, lines: &[Line<'_>]) {
        let words = words(text);
        let mut at = 0;
        while at < words.len() {
            let length = self.proper_length(&words, at, text);
            if length == 0 {
                at = at.saturating_add(1);
                continue;
            }
            let (mut start, end) = (at, at.saturating_add(length));
            at = end;
            // A title, or a common word that only begins the sentence, is no part of the name.
            let mut titled: Option<KindId> = None;
            while let Some(word) = words.get(start) {
                // In capitals only what a person is stands before a name: "President", but not the "Bill" of a Bill.
                let title = self.kind_of_word(text, word).filter(|kind| self.is_person(*kind));
                let common =
                    word.first && (self.is_common(word.text, lines) || end.saturating_sub(start) == 1 && !capital_inside(word.text, lines));
                let known_title = is_title(word.text);
                let alone = end.saturating_sub(start) == 1;
                if let Some(kind) = title.filter(|_| !alone) {
                    titled = Some(kind);
                    start = start.saturating_add(1);
                } else if known_title || common {
                    if known_title {
                        titled = titled.or(self.press.kind_named("person"));
                    }
                    start = start.saturating_add(1);
                } else {
                    break;
                }
            }
            let Some(run) = words.get(start..end).filter(|run| !run.is_empty()) else { continue };
            // "While She …": what is left are no words of a name.
            if run.iter().all(|word| begins_a_sentence(stem(word.text))) {
                continue;
            }
            // "Islamist militant group": a capital adjective.
            let adjective = run.len() == 1
                && words.get(end).is_some_and(|next| next.text.starts_with(char::is_lowercase) && self.kind_of_word_or_longer(text, next));
            if adjective {
                continue;
            }
            self.proper(text, &words, run, start, end, titled);
        }
    }

    /// How many words from here on form one proper name.
    fn proper_length(&self, words: &[Word<'_>], at: usize, text: &str) -> usize {
        let mut length = 0;
        while let Some(word) = words.get(at.saturating_add(length)) {
            let joined = length == 0
                || words.get(at.saturating_add(length).saturating_sub(1)).is_some_and(|before| {
                    text.get(before.span.end..word.span.start).is_some_and(|gap| gap == " " || gap == "-")
                        && without_possessive(before.text).is_none()
                });
            let next_is_capital = || {
                words.get(at.saturating_add(length).saturating_add(1)).is_some_and(|next| is_capital(next.text) && !is_calendar(next.text))
            };
            let particle = length > 0 && PARTICLES.contains(&fold_word(word.text).as_str()) && next_is_capital();
            // "Royal Canadian Mounted Police": a country's adjective inside a name is part of it.
            let inside = length > 0 && next_is_capital() && self.is_country(text, word);
            let opens = length == 0 && begins_a_sentence(stem(word.text));
            let whole = is_capital(word.text) && !is_calendar(word.text) && !opens && (inside || !self.is_common_name(text, word));
            if joined && (whole || particle) {
                length = length.saturating_add(1);
            } else {
                break;
            }
        }
        length
    }

    fn is_country(&self, text: &str, word: &Word<'_>) -> bool {
        let hits = self.press.name_index().starting_at(text, word.span.start);
        hits.iter().any(|hit| hit.span == word.span && hit.ids.iter().any(|id| self.press.is_a_named(NameId(*id), "country")))
    }

    /// Whether the press has a name of its own that starts here.
    fn is_common_name(&self, text: &str, word: &Word<'_>) -> bool {
        !self.press.name_index().starting_at(text, word.span.start).is_empty()
    }

    fn kind_of_word_or_longer(&self, text: &str, word: &Word<'_>) -> bool {
        self.press.kind_index().starting_at(text, word.span.start).iter().any(|hit| !hit.possessive)
    }

    /// A word that stands in small letters elsewhere, or that the language has for itself.
    fn is_common(&self, word: &str, lines: &[Line<'_>]) -> bool {
        let folded = fold_word(word);
        let small = |line: &Line<'_>| words(line.text).iter().any(|other| other.text == folded);
        !self.press.verbs().read(&folded).is_empty() && folded.len() > 2 && !capital_inside(word, lines) || lines.iter().any(small)
    }

    fn proper(&mut self, text: &str, words: &[Word<'_>], run: &[Word<'_>], start: usize, end: usize, titled: Option<KindId>) {
        let (Some(first), Some(last)) = (run.first(), run.last()) else { return };
        let last_cut = without_possessive(last.text).map_or(0, |(_, cut)| cut);
        let span = Span::new(first.span.start, last.span.end.saturating_sub(last_cut));
        let name = span.of(text).split_whitespace().collect::<Vec<_>>().join(" ").trim_end_matches('.').to_owned();
        if name.chars().filter(|c| c.is_alphabetic()).count() < 2 {
            return;
        }
        let behind = text.get(span.end..).unwrap_or_default();
        let abbreviation =
            behind.trim_start().strip_prefix('(').and_then(|rest| rest.split_once(')')).map(|(inside, _)| inside.trim()).filter(|inside| {
                inside.len() >= 2 && inside.len() <= 8 && inside.chars().all(|c| c.is_ascii_uppercase() || c == '.' || c == '-')
            });
        let mut kinds = BTreeSet::new();
        let mut note = |kind: KindId| {
            kinds.insert(self.press.kind(kind).name.clone());
        };
        if let Some(kind) = titled {
            note(self.person_or(kind));
        }
        if let Some(kind) = self.kind_before(text, words, start) {
            note(self.person_or(kind));
        }
        if let Some(kind) = self.kind_behind(text, words, end, last_cut > 0) {
            note(self.person_or(kind));
        }
        // "the Labour Party", "Oxford University": its last word says what it is.
        if run.len() > 1
            && (!last.text.ends_with('s') || last.text.ends_with("ss"))
            && let Some(kind) = self.kind_of_word(text, last)
            && ["party", "place", "happening", "work"].iter().any(|wide| self.press.is_kind_of_named(kind, wide))
        {
            note(kind);
        }
        // "Hassan Abdul Ghany announced": of two words or more, whoever speaks is a person as long as nothing else is said.
        let reports = OF_THE_PRESS.contains(&fold_word(stem(last.text)).as_str());
        let speaks =
            run.len() > 1 && kinds.is_empty() && !reports && words.get(end).is_some_and(|next| self.press.may_say(&fold_word(next.text)));
        if speaks {
            kinds.insert("person".to_owned());
        }
        let place = kinds.is_empty()
            && start.checked_sub(1).and_then(|before| words.get(before)).is_some_and(|before| {
                matches!(fold_word(before.text).as_str(), "in" | "near" | "toward" | "towards" | "into" | "outside" | "across")
            });
        if place {
            kinds.insert("place".to_owned());
        }
        self.add(name, abbreviation, kinds);
    }
}

/// A word without "'s".
fn stem(word: &str) -> &str {
    without_possessive(word).map_or(word, |(stem, _)| stem)
}
