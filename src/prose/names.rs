//! Who and what an article names, for a fact base that knows nobody yet: proposals, each with the kind that the article
//! itself gives it.
//!
//! In: the sentences of an article, the standard vocabulary, and the names that the press has for those who have none of
//! their own ("the rebels", "Syrian"). Out: names with their other names and kinds, in the order of the text. Never: invents
//! a kind that the text does not give.

use std::collections::{BTreeMap, BTreeSet};

use super::descriptions::NAMED_BEHIND_OF;
use crate::text::{Span, fold_word};
use crate::vocabulary::{KindId, NameId, Vocabulary, without_possessive};

/// A name that an article uses.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Proposed {
    /// The fullest form.
    pub name: String,
    /// Other forms.
    pub aliases: BTreeSet<String>,
    /// Its kind in words, if the article or the press's own names give one.
    pub kinds: BTreeSet<String>,
    /// The groups that it is part of, by their names.
    pub part_of: BTreeSet<String>,
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

/// A word of a sentence.
#[derive(Clone, Copy, Debug)]
struct Word<'t> {
    text: &'t str,
    span: Span,
    /// The first of its sentence.
    first: bool,
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

struct Collector<'v> {
    press: &'v Vocabulary,
    /// How many names the standard vocabulary has.
    own: usize,
    found: Vec<Proposed>,
    /// Names of the press that occur, with the adjectives of country that stand before them.
    press_names: BTreeMap<NameId, BTreeSet<String>>,
    totals: BTreeMap<String, u32>,
}

/// Small words inside a proper name.
const PARTICLES: [&str; 14] = ["al", "bin", "ibn", "van", "von", "de", "der", "den", "del", "della", "di", "da", "la", "el"];

const DETERMINERS: [&str; 9] = ["the", "a", "an", "another", "its", "their", "his", "her", "this"];

/// Words that begin a sentence and no name.
const FUNCTION_WORDS: [&str; 96] = [
    "he",
    "she",
    "it",
    "they",
    "we",
    "i",
    "you",
    "his",
    "her",
    "its",
    "their",
    "our",
    "my",
    "your",
    "this",
    "that",
    "these",
    "those",
    "which",
    "who",
    "whom",
    "whose",
    "what",
    "when",
    "where",
    "while",
    "why",
    "how",
    "if",
    "as",
    "in",
    "on",
    "at",
    "for",
    "from",
    "by",
    "with",
    "without",
    "after",
    "before",
    "since",
    "until",
    "although",
    "though",
    "however",
    "but",
    "and",
    "or",
    "nor",
    "so",
    "yet",
    "both",
    "each",
    "all",
    "some",
    "many",
    "most",
    "several",
    "few",
    "more",
    "no",
    "not",
    "none",
    "there",
    "here",
    "the",
    "a",
    "an",
    "another",
    "other",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "according",
    "following",
    "during",
    "despite",
    "under",
    "over",
    "about",
    "because",
    "once",
    "then",
    "now",
    "also",
    "meanwhile",
    "later",
    "earlier",
    "previously",
];

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
            let country = self.is(id, "country");
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

    fn is(&self, id: NameId, kind: &str) -> bool {
        self.press.kind_named(kind).is_some_and(|kind| self.press.is_a(id, kind))
    }

    /// Words in capitals: "Hayat Tahrir al-Sham", "Homs".
    fn proper_names(&mut self, text: &str, lines: &[Line<'_>]) {
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
            let opens = length == 0 && FUNCTION_WORDS.contains(&fold_word(word.text).as_str());
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
        hits.iter().any(|hit| hit.span == word.span && hit.ids.iter().any(|id| self.is(NameId(*id), "country")))
    }

    /// Whether the press has a name of its own that starts here.
    fn is_common_name(&self, text: &str, word: &Word<'_>) -> bool {
        !self.press.name_index().starting_at(text, word.span.start).is_empty()
    }

    fn kind_of_word_or_longer(&self, text: &str, word: &Word<'_>) -> bool {
        self.press.kind_index().starting_at(text, word.span.start).iter().any(|hit| !hit.possessive)
    }

    fn kind_of_word(&self, text: &str, word: &Word<'_>) -> Option<KindId> {
        let hit = self.press.kind_index().starting_at(text, word.span.start).into_iter().find(|hit| !hit.possessive)?;
        (hit.span.end == word.span.end).then(|| hit.ids.first().map(|id| KindId(*id))).flatten()
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
            && let Some(kind) = self.kind_of_word(text, last)
        {
            note(kind);
        }
        // "Hassan Abdul Ghany announced": of two words or more, whoever speaks is a person as long as nothing else is said.
        let speaks = run.len() > 1 && kinds.is_empty() && words.get(end).is_some_and(|next| self.is_saying(next.text));
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

    fn is_saying(&self, word: &str) -> bool {
        self.press.verbs().read(&fold_word(word)).iter().any(|(base, _)| {
            self.press.with_verb(base).iter().any(|id| {
                let relation = self.press.relation(self.press.phrasing(*id).relation);
                relation.roles.iter().any(|role| self.press.kind(role.kind).name == "statement")
            })
        })
    }

    fn is_person(&self, kind: KindId) -> bool {
        self.press.kind_named("person").is_some_and(|person| self.press.is_kind_of(kind, person))
    }

    /// Of persons only that they are is noted: what office they have may change.
    fn person_or(&self, kind: KindId) -> KindId {
        match self.press.kind_named("person") {
            Some(person) if self.press.is_kind_of(kind, person) => person,
            _ => kind,
        }
    }

    /// "city of Homs", "the militant group HTS", "two key cities, Aleppo and Hama", "provincial capitals: Damascus, Latakia".
    fn kind_before(&self, text: &str, words: &[Word<'_>], start: usize) -> Option<KindId> {
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
        let gap = text.get(noun.span.end..words.get(start)?.span.start)?;
        let (hit_start, kind) = self.kind_ending_at(text, words, at.checked_sub(1)?)?;
        let plural = noun.text.ends_with('s');
        // "the city of Homs", but not "an investigation of Joe Biden".
        let direct = gap == " " || gap == " of " && NAMED_BEHIND_OF.contains(&self.press.kind(kind).name.as_str());
        // A list needs its noun in the plural and a comma or colon behind it.
        if direct && !plural || plural && (gap.starts_with(',') || gap.starts_with(':') || listed) {
            let _ = hit_start;
            return Some(kind);
        }
        None
    }

    /// The longest kind whose words end with this word.
    fn kind_ending_at(&self, text: &str, words: &[Word<'_>], at: usize) -> Option<(usize, KindId)> {
        let end = words.get(at)?.span.end;
        (0..3).rev().filter_map(|back| at.checked_sub(back)).find_map(|from| {
            let word = words.get(from)?;
            let hits = self.press.kind_index().starting_at(text, word.span.start);
            hits.into_iter().find(|hit| hit.span.end == end && !hit.possessive)?.ids.first().map(|id| (from, KindId(*id)))
        })
    }

    /// "Hama, a city south of Aleppo", "Aleppo is Syria's second-largest city"
    fn kind_behind(&self, text: &str, words: &[Word<'_>], end: usize, possessive: bool) -> Option<KindId> {
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

    fn add(&mut self, name: String, abbreviation: Option<&str>, kinds: BTreeSet<String>) {
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

    /// "their surprise offensive", "the civil war": a happening with no name of its own, one of its kind in the article; and
    /// how many there are of a kind.
    fn happenings(&mut self, text: &str) {
        let words = words(text);
        for (at, word) in words.iter().enumerate() {
            let Some((from, kind)) = self.kind_ending_at(text, &words, at) else { continue };
            if word.text.ends_with('s')
                && let Some(total) = self.total(text, &words, from)
            {
                self.totals.insert(self.press.kind(kind).name.clone(), total);
            }
            let happening = self.press.kind_named("happening").is_some_and(|wanted| self.press.is_kind_of(kind, wanted));
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
    fn total(&self, text: &str, words: &[Word<'_>], from: usize) -> Option<u32> {
        let number = words.get(from.checked_sub(1)?)?;
        let of = from.checked_sub(2).and_then(|at| words.get(at))?;
        let owned =
            without_possessive(of.text).is_some() && from.checked_sub(3).and_then(|at| words.get(at)).is_some_and(|word| word.text == "of");
        let the = of.text == "the" && from.checked_sub(3).and_then(|at| words.get(at)).is_some_and(|word| word.text == "of");
        if of.text != "of" && !owned && !the {
            return None;
        }
        let _ = text;
        number.text.parse().ok().or_else(|| {
            let (sure, _) = self.press.number_word(&fold_word(number.text))?;
            (sure.low == sure.high).then(|| u32::try_from(sure.low).ok()).flatten()
        })
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

fn is_capital(word: &str) -> bool {
    let mut letters = word.chars();
    let first = letters.next();
    first.is_some_and(char::is_uppercase) || word.strip_prefix("al-").is_some_and(|rest| rest.starts_with(char::is_uppercase))
}

fn is_calendar(word: &str) -> bool {
    NO_NAMES.contains(&fold_word(word).trim_end_matches('.'))
}

fn is_title(word: &str) -> bool {
    matches!(
        fold_word(word).trim_end_matches('.'),
        "mr" | "mrs" | "ms" | "dr" | "sir" | "gen" | "lt" | "col" | "maj" | "capt" | "sen" | "rep" | "gov" | "prof" | "rev"
    )
}

/// An adjective before a noun: a plain word in small letters that is neither article nor preposition.
fn is_modifier(word: &str) -> bool {
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
fn capital_inside(word: &str, lines: &[Line<'_>]) -> bool {
    let bare = without_possessive(word).map_or(word, |(stem, _)| stem);
    lines.iter().filter(|line| !line.heading).any(|line| {
        words(line.text)
            .iter()
            .any(|other| !other.first && (other.text == bare || without_possessive(other.text).is_some_and(|(stem, _)| stem == bare)))
    })
}

/// "Assad" beside "Bashar al-Assad", "Abdul Ghany" beside "Hassan Abdul Ghany".
fn is_short_for(short: &str, long: &str) -> bool {
    let plain = |word: &str| word.strip_prefix("al-").unwrap_or(word).to_owned();
    let (short, long): (Vec<String>, Vec<String>) =
        (short.split_whitespace().map(plain).collect(), long.split_whitespace().map(plain).collect());
    !short.is_empty() && short.len() < long.len() && long.ends_with(&short)
}

/// The words and marks of a sentence.
fn words<'t>(text: &'t str) -> Vec<Word<'t>> {
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
