//! Who and what an article names, for a fact base that knows nobody yet: proposals, each with the kind that the article
//! itself gives it.
//!
//! In: the sentences of an article, the standard vocabulary, and the names that the press has for those who have none of
//! their own ("the rebels", "Syrian"). Out: names with their other names and kinds, in the order of the text. Never: invents
//! a kind that the text does not give.

use std::collections::{BTreeMap, BTreeSet};

use super::words::words;
use crate::text::{Span, fold_word};
use crate::vocabulary::{NameId, Vocabulary};

/// A name that an article uses.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Proposed {
    /// The fullest form.
    pub name: String,
    /// Other forms.
    pub aliases: BTreeSet<String>,
    /// Its kind in words, if the article or the press's own names give one.
    pub kinds: BTreeSet<String>,
    /// The groups that it leads, by their names, of which it may be part. That is for a person to say.
    pub leads: BTreeSet<String>,
}

/// What an article names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Proposals {
    /// Names, in the order in which they come.
    pub names: Vec<Proposed>,
    /// How many there are in all of a kind, where the article says so: "three of 14 provincial capitals".
    pub totals: BTreeMap<String, u32>,
}

/// A sentence, and whether its words are set in capitals for show.
#[derive(Clone, Copy, Debug)]
pub struct Line<'t> {
    /// Its text.
    pub text: &'t str,
    /// A headline or heading: capitals prove nothing.
    pub heading: bool,
}

/// Collects the names of an article. `press` knows the standard vocabulary's kinds and the press's common names.
/// Names numbered below `own` are the standard vocabulary's and need no proposal.
pub fn propose(lines: &[Line<'_>], press: &Vocabulary, own: usize) -> Proposals {
    let mut collector = Collector { press, own, found: Vec::new(), press_names: BTreeMap::new(), totals: BTreeMap::new() };
    for line in lines {
        collector.common_names(line.text);
    }
    for line in lines.iter().filter(|line| !line.heading) {
        collector.proper_names(line.text, lines);
        collector.happenings(line.text);
    }
    collector.finish()
}

pub(super) struct Collector<'v> {
    pub(super) press: &'v Vocabulary,
    /// How many names the standard vocabulary has.
    own: usize,
    pub(super) found: Vec<Proposed>,
    /// Names of the press that occur, with the adjectives of country that stand before them.
    press_names: BTreeMap<NameId, BTreeSet<String>>,
    pub(super) totals: BTreeMap<String, u32>,
}

impl Collector<'_> {
    /// "the rebels", "Syrian", "the UN": names that the press has in common.
    fn common_names(&mut self, text: &str) {
        let words = words(text);
        let mut before: Option<(NameId, Span, String)> = None;
        let mut skip_to = 0;
        for word in &words {
            if word.span.start < skip_to {
                continue;
            }
            let hits = self.press.name_index().starting_at(text, word.span.start);
            let of_press = |id: &u32| usize::try_from(*id).is_ok_and(|id| id >= self.own);
            let Some(hit) = hits.into_iter().find(|hit| hit.ids.len() == 1 && hit.ids.iter().all(of_press)) else {
                before = None;
                continue;
            };
            let Some(id) = hit.ids.first().map(|id| NameId(*id)) else { continue };
            let written = hit.span.of(text);
            let country = self.press.is_a_named(id, "country");
            if country && !written.starts_with(char::is_uppercase) {
                continue;
            }
            let adjectives = self.press_names.entry(id).or_default();
            if let Some((_, span, demonym)) = &before
                && !country
                && text.get(span.end..hit.span.start).is_some_and(|gap| gap.trim().is_empty())
            {
                adjectives.insert(demonym.clone());
            }
            before = country.then(|| (id, hit.span, hit.span.of(text).to_owned()));
            skip_to = hit.end;
        }
    }

    pub(super) fn add(&mut self, name: String, abbreviation: Option<&str>, kinds: BTreeSet<String>) {
        let same = |known: &Proposed| {
            let mut forms = std::iter::once(&known.name).chain(&known.aliases);
            forms.any(|form| *form == name) || is_short_for(&name, &known.name) || is_short_for(&known.name, &name)
        };
        let at = self.found.iter().position(same).unwrap_or_else(|| {
            self.found.push(Proposed { name: name.clone(), ..Proposed::default() });
            self.found.len().saturating_sub(1)
        });
        let Some(known) = self.found.get_mut(at) else { return };
        if known.name != name {
            if name.len() > known.name.len() {
                let short = std::mem::replace(&mut known.name, name);
                known.aliases.insert(short);
            } else {
                known.aliases.insert(name);
            }
        }
        known.aliases.extend(abbreviation.map(str::to_owned));
        known.kinds.extend(kinds);
    }

    fn finish(self) -> Proposals {
        let mut names = Vec::new();
        for (id, adjectives) in &self.press_names {
            let known = self.press.name(*id);
            let mut aliases: BTreeSet<String> = known.aliases.iter().cloned().collect();
            // "Syrian rebels" shows whose they are; then all their other names go with it.
            for adjective in adjectives {
                let forms: Vec<String> = std::iter::once(&known.name).chain(&known.aliases).cloned().collect();
                aliases.extend(forms.iter().map(|form| format!("{adjective} {}", form.strip_prefix("the ").unwrap_or(form))));
            }
            let kinds = known.kinds.iter().map(|kind| self.press.kind(*kind).name.clone()).collect();
            names.push(Proposed { name: known.name.clone(), aliases, kinds, ..Proposed::default() });
        }
        let taken: BTreeSet<String> =
            names.iter().flat_map(|known| std::iter::once(&known.name).chain(&known.aliases)).map(|form| fold_word(form)).collect();
        names.extend(self.found.into_iter().filter(|known| !taken.contains(&fold_word(&known.name))).map(|mut known| {
            known.aliases.retain(|alias| !taken.contains(&fold_word(alias)));
            known.kinds = agreed(&known.kinds, self.press);
            known
        }));
        Proposals { names, totals: self.totals }
    }
}

/// The narrowest kinds; where a person is said to be anything else too, only that.
fn agreed(kinds: &BTreeSet<String>, press: &Vocabulary) -> BTreeSet<String> {
    if kinds.contains("person") {
        return BTreeSet::from(["person".to_owned()]);
    }
    let id = |kind: &String| press.kind_named(kind);
    let wider = |kind: &String| {
        kinds.iter().any(|other| other != kind && id(other).zip(id(kind)).is_some_and(|(other, kind)| press.is_kind_of(other, kind)))
    };
    kinds.iter().filter(|kind| !wider(kind)).cloned().collect()
}

/// "Assad" beside "Bashar al-Assad", "Abdul Ghany" beside "Hassan Abdul Ghany".
fn is_short_for(short: &str, long: &str) -> bool {
    let plain = |word: &str| word.strip_prefix("al-").unwrap_or(word).to_owned();
    let (short, long): (Vec<String>, Vec<String>) =
        (short.split_whitespace().map(plain).collect(), long.split_whitespace().map(plain).collect());
    !short.is_empty() && short.len() < long.len() && long.ends_with(&short)
}
