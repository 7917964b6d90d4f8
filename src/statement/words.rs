//! Statements as words again: what was understood, with names and dates in full.

use super::amounts::{about, nearly};
use super::noun_phrase::UNBOUNDED;
use super::same::says_the_same;
use super::{Body, Clause, Context, Counted, Filler, Group, Measure, Quantity, Statement, Tense, Time, TimeWord, Unit, resolve};
use crate::syntax::ast::{Bound, Chunk, ChunkKind, Side};
use crate::syntax::{Element, Interval};
use crate::time::{Anchor, Day, DaySet, Direction, PLAIN_YEARS, When};
use crate::vocabulary::{Form, IS_A, Part, Phrasing, PhrasingId, Vocabulary};

/// A statement in plain English, names and dates written out.
///
/// What is said in the passive, or says what somebody says, can be put in several ways, not all of which are read as they are meant;
/// the first that is read as the same statement again is taken.
pub fn in_words(statement: &Statement, vocabulary: &Vocabulary) -> String {
    let plain = Writer::plain(vocabulary).statement(statement);
    let inner = |filler: &Filler| matches!(filler, Filler::Said(_) | Filler::Deed(_));
    let involved = |clause: &&Clause| clause.passive || clause.roles.iter().any(inner);
    if !statement.clauses().iter().any(involved) {
        return plain;
    }
    let comes_back = |words: &String| {
        let context = Context::default();
        let read = crate::syntax::statement(words).and_then(|written| resolve(&written, words, vocabulary, &context));
        read.is_ok_and(|read| says_the_same(&read, statement))
    };
    let ways = (0..MOST_WAYS).flat_map(|turn| [(turn, false), (turn, true)]);
    let ways = ways.map(|(turn, with_that)| Writer { vocabulary, turn, with_that, freely: false }.statement(statement));
    let freely = [false, true].map(|with_that| Writer { vocabulary, turn: 0, with_that, freely: true }.statement(statement));
    ways.chain(freely).find(comes_back).unwrap_or(plain)
}

/// In how many ways the parts of a passive are put.
const MOST_WAYS: usize = 4;

/// A reading shown in short, for messages about two of them.
pub(super) fn reading(clause: &Clause, vocabulary: &Vocabulary) -> String {
    let writer = Writer::plain(vocabulary);
    let relation = vocabulary.relation(clause.relation);
    let roles: Vec<String> = relation
        .roles
        .iter()
        .zip(&clause.roles)
        .filter(|(_, filler)| **filler != Filler::Open)
        .map(|(role, filler)| format!("{}: {}", role.name, writer.filler(filler)))
        .collect();
    format!("{} ({})", relation.name, roles.join(", "))
}

/// A phrasing as its file has it, the verb in its base form.
pub fn shown(phrasing: &Phrasing) -> String {
    fn element(element: &Element) -> String {
        match element {
            Element::Slot { role, possessive, .. } => format!("{{{role}{}}}", if *possessive { "'s" } else { "" }),
            Element::Verb(base) => base.clone(),
            Element::Words(words) => words.join("|"),
            Element::Optional(inner) => format!("({})", inner.iter().map(element_ref).collect::<Vec<_>>().join(" ")),
        }
    }
    fn element_ref(e: &Element) -> String {
        element(e)
    }
    phrasing.shown.iter().map(element).collect::<Vec<_>>().join(" ")
}

/// Part of a phrasing as its file has it: what may stand behind the verb.
pub(super) fn shown_parts(phrasing: &Phrasing, parts: &[Part], vocabulary: &Vocabulary) -> String {
    let roles = &vocabulary.relation(phrasing.relation).roles;
    let one = |part: &Part| match part {
        Part::Slot { role, possessive } => {
            format!("{{{}{}}}", roles.get(*role).map_or("", |role| role.name.as_str()), if *possessive { "'s" } else { "" })
        }
        Part::Words(words) => words.join("|"),
        Part::Optional(inner) => format!("({})", shown_parts(phrasing, inner, vocabulary)),
    };
    parts.iter().map(one).collect::<Vec<_>>().join(" ")
}

struct Writer<'v> {
    vocabulary: &'v Vocabulary,
    /// Which of the ways to put a passive is taken.
    turn: usize,
    /// Whether *that* stands before all that is said.
    with_that: bool,
    /// Whether the phrasing and voice that were used are left.
    freely: bool,
}

impl<'v> Writer<'v> {
    fn plain(vocabulary: &'v Vocabulary) -> Self {
        Self { vocabulary, turn: 0, with_that: false, freely: false }
    }

    fn statement(&self, statement: &Statement) -> String {
        match &statement.body {
            Body::Clause(clause) => self.clause(clause),
            Body::All(parts) => parts.iter().map(|part| self.statement(part)).collect::<Vec<_>>().join(", and "),
            Body::Any(parts) => parts.iter().map(|part| self.statement(part)).collect::<Vec<_>>().join(", or "),
            Body::Passed(passed) => {
                let length = stretch(passed.bound, &passed.length.to_string());
                format!(
                    "{length} passed between the day when {} and the day when {}",
                    self.statement(&passed.from),
                    self.statement(&passed.to)
                )
            }
        }
    }

    fn clause(&self, clause: &Clause) -> String {
        let mut timed = false;
        let mut words = if clause.relation == IS_A {
            let (subject, kind) = (clause.roles.first(), clause.roles.get(1));
            let plural = matches!(subject, Some(Filler::Several(_) | Filler::UnknownAmong(_)));
            let noun = kind.map(|kind| self.filler(kind)).unwrap_or_default();
            let noun = if plural { crate::vocabulary::plural_of(&noun) } else { with_article(&noun) };
            vec![subject.map(|s| self.filler(s)).unwrap_or_default(), self.verb("be", clause, plural, clause.tense), noun]
        } else {
            self.phrased(clause, &mut timed)
        };
        if let Some(first) = &clause.first {
            words.push("for the first time".to_owned());
            if let Some(since) = &first.since {
                words.push(format!("since {}", days(since)));
            } else if first.vaguely {
                words.push("in years".to_owned());
            }
        }
        if clause.aspect.again {
            words.push("again".to_owned());
        }
        for (name, _) in &clause.circumstances {
            words.push(format!("during {}", self.name(*name)));
        }
        words.extend(clause.times.iter().filter(|_| !timed).map(|time| self.time(time)));
        words.retain(|word| !word.is_empty());
        words.join(" ")
    }

    /// A relation with those who take part in it; `timed` tells whether that says when as well.
    fn phrased(&self, clause: &Clause, timed: &mut bool) -> Vec<String> {
        let passive = clause.passive && !self.freely;
        let chosen = clause.phrasing.filter(|_| !self.freely).or_else(|| self.fitting(clause)).or(clause.phrasing);
        let Some(id) = chosen else { return vec![reading(clause, self.vocabulary)] };
        let phrasing = self.vocabulary.phrasing(id);
        let mut words = Vec::new();
        let base = phrasing.verb.as_deref().unwrap_or("be");
        // An adverb that may be left out is no part of the agent.
        let agent = match phrasing.before.split_last() {
            Some((Part::Optional(inner), front)) if matches!(inner.as_slice(), [Part::Words(_)]) => front,
            _ => phrasing.before.as_slice(),
        };
        let turns = if passive { super::voice::passive(agent, &phrasing.after) } else { Vec::new() };
        // A subject that nobody said is none: only what is known may stand in front.
        let said = |parts: &[Part]| {
            !parts.iter().any(|part| matches!(part, Part::Slot { role, .. } if clause.roles.get(*role) == Some(&Filler::Open)))
        };
        let open = |(front, back): &super::reader::Voice| said(front) && said(back);
        let turned = turns.iter().filter(|voice| open(voice)).cycle().nth(self.turn).or(turns.first()).cloned();
        let (before, after) = turned.unwrap_or_else(|| (phrasing.before.clone(), phrasing.after.clone()));
        self.parts(&before, clause, &mut words, timed);
        let plural = before.first().is_some_and(|part| matches!(part, Part::Slot { role, .. } if self.is_plural(clause.roles.get(*role))));
        words.push(if passive { self.passive_verb(base, clause, plural) } else { self.verb(base, clause, plural, clause.tense) });
        self.parts(&after, clause, &mut words, timed);
        words
    }

    /// The first phrasing that mentions just the roles that are filled.
    fn fitting(&self, clause: &Clause) -> Option<PhrasingId> {
        let ids = (0..self.vocabulary.phrasings().len()).filter_map(|n| u32::try_from(n).ok()).map(PhrasingId);
        ids.into_iter().find(|id| {
            let phrasing = self.vocabulary.phrasing(*id);
            phrasing.relation == clause.relation
                && phrasing.verb.is_some()
                && clause.roles.iter().enumerate().all(|(role, filler)| {
                    (*filler != Filler::Open) <= mentions(&phrasing.before, role, true).max(mentions(&phrasing.after, role, true))
                })
                && clause.roles.iter().enumerate().all(|(role, filler)| {
                    *filler != Filler::Open || !mentions(&phrasing.before, role, false) && !mentions(&phrasing.after, role, false)
                })
        })
    }

    fn parts(&self, parts: &[Part], clause: &Clause, words: &mut Vec<String>, timed: &mut bool) {
        let mut named = false;
        for part in parts {
            match part {
                Part::Words(choices) => words.extend(choices.first().cloned()),
                Part::Slot { role, possessive } => {
                    let filled = clause.roles.get(*role);
                    // "warned Bob to leave Homs": without the *to* it would be what was said.
                    // "told Bob that Homs had fallen": without the *that* Bob would be part of it.
                    // "announced on Monday that Homs had fallen": behind it the day would be that of the fall.
                    let said = matches!(filled, Some(Filler::Said(_)));
                    let dated = said && !words.is_empty() && !clause.times.is_empty() && !*timed;
                    if dated {
                        let last = words.pop_if(|last| last == "that");
                        words.extend(clause.times.iter().map(|time| self.time(time)));
                        words.extend(last);
                        *timed = true;
                    }
                    let before = match filled {
                        Some(Filler::Deed(_)) => Some("to"),
                        Some(Filler::Said(_)) if named || dated || self.with_that => Some("that"),
                        _ => None,
                    };
                    words.extend(before.filter(|before| words.last().is_none_or(|last| last != before)).map(str::to_owned));
                    named = true;
                    let filler = filled.map(|filler| self.filler(filler)).unwrap_or_default();
                    words.push(if *possessive { possessive_of(&filler) } else { filler });
                }
                // What may be left out is said only where it carries a participant.
                Part::Optional(inner) => {
                    let carries = inner.iter().any(|part| matches!(part, Part::Slot { role, .. } if clause.roles.get(*role).is_some_and(|filler| *filler != Filler::Open)));
                    if carries {
                        self.parts(inner, clause, words, timed);
                    }
                }
            }
        }
    }

    fn is_plural(&self, filler: Option<&Filler>) -> bool {
        match filler {
            Some(Filler::Several(group)) => group.names.len() > 1 && !group.any,
            Some(Filler::UnknownAmong(listed)) => listed.words.contains(" and "),
            Some(Filler::Counted(counted)) => counted.quantity.strong.low != 1,
            Some(Filler::Name(name, _)) => {
                let name = &self.vocabulary.name(*name).name;
                let last = name.rsplit(' ').next().unwrap_or(name);
                last.ends_with('s') && last.starts_with(char::is_lowercase) && !last.ends_with("ss")
            }
            _ => false,
        }
    }

    fn verb(&self, base: &str, clause: &Clause, plural: bool, tense: Tense) -> String {
        let aspect = clause.aspect;
        let adverb = if aspect.never && aspect.already {
            "not yet"
        } else if aspect.never {
            "never"
        } else if aspect.still {
            "still"
        } else if aspect.no_longer {
            "no longer"
        } else if aspect.always {
            "always"
        } else if aspect.already {
            "already"
        } else {
            ""
        };
        let verbs = self.vocabulary.verbs();
        let not = if clause.negated { "not" } else { "" };
        let joined = |words: &[&str]| words.iter().filter(|word| !word.is_empty()).copied().collect::<Vec<_>>().join(" ");
        let be = match (tense, plural) {
            (Tense::Past | Tense::Pluperfect, true) => "were",
            (Tense::Past | Tense::Pluperfect, false) => "was",
            (_, true) => "are",
            (_, false) => "is",
        };
        let have = if plural { "have" } else { "has" };
        match (base, tense) {
            (_, Tense::Pluperfect) => joined(&["had", not, adverb, &verbs.write(base, Form::Participle)]),
            (_, Tense::Perfect) => joined(&[have, not, adverb, &verbs.write(base, Form::Participle)]),
            ("be", _) => joined(&[be, not, adverb]),
            (_, Tense::Past) if clause.negated => joined(&["did not", adverb, base]),
            (_, Tense::Present) if clause.negated => joined(&[if plural { "do not" } else { "does not" }, adverb, base]),
            (_, Tense::Past) => joined(&[adverb, &verbs.write(base, Form::Past)]),
            (_, Tense::Present) if plural => joined(&[adverb, base]),
            (_, Tense::Present) => joined(&[adverb, &verbs.write(base, Form::Third)]),
        }
    }

    fn passive_verb(&self, base: &str, clause: &Clause, plural: bool) -> String {
        let participle = self.vocabulary.verbs().write(base, Form::Participle);
        // "has been captured": the copula carries the tense.
        let be = self.verb("be", clause, plural, clause.tense);
        format!("{be} {participle}")
    }

    fn name(&self, name: crate::vocabulary::NameId) -> String {
        let name = &self.vocabulary.name(name).name;
        // A name in small letters is a noun and takes its article.
        if name.starts_with(char::is_lowercase) && !name.starts_with("the ") {
            let last = name.rsplit(' ').next().unwrap_or(name);
            let value = self.vocabulary.name_index().exact(name).first().is_some_and(|id| {
                self.vocabulary.name(crate::vocabulary::NameId(*id)).kinds.iter().any(|kind| {
                    let top = self.vocabulary.kinds_of_kind(*kind);
                    top.iter().any(|kind| matches!(self.vocabulary.kind(*kind).name.as_str(), "rank" | "direction" | "office"))
                })
            });
            if value || last.is_empty() { name.clone() } else { format!("the {name}") }
        } else {
            name.clone()
        }
    }

    fn filler(&self, filler: &Filler) -> String {
        match filler {
            Filler::Open => "somebody".to_owned(),
            Filler::Name(name, _) => self.name(*name),
            Filler::Several(group) => self.group(group),
            Filler::Counted(counted) => self.counted(counted),
            Filler::Kind(kind, _) => self.vocabulary.kind(*kind).name.clone(),
            Filler::Unknown(words, _) => words.clone(),
            Filler::UnknownAmong(listed) => listed.words.clone(),
            Filler::Number(measure, _) => measured(measure),
            Filler::Said(inner) => self.statement(inner),
            Filler::Deed(inner) => match &inner.body {
                Body::Clause(clause) => {
                    let mut words = self.phrased(clause, &mut false);
                    // Without its subject, and in the base form.
                    if let (Some(first), Some(base)) =
                        (words.first().cloned(), clause.phrasing.and_then(|id| self.vocabulary.phrasing(id).verb.clone()))
                    {
                        let subject = clause.phrasing.is_some() && first == "somebody";
                        if subject {
                            words.remove(0);
                        }
                        if let Some(verb) = words.first_mut() {
                            *verb = base;
                        }
                    }
                    words.join(" ")
                }
                _ => self.statement(inner),
            },
        }
    }

    fn names(&self, names: &[(crate::vocabulary::NameId, crate::text::Span)], word: &str) -> String {
        let all: Vec<String> = names.iter().map(|(name, _)| self.name(*name)).collect();
        match all.as_slice() {
            [] => String::new(),
            [only] => only.clone(),
            [first @ .., last] => format!("{} {word} {last}", first.join(", ")),
        }
    }

    fn group(&self, group: &Group) -> String {
        let word = match (group.any, group.neither) {
            (_, true) => "nor",
            (true, _) => "or",
            _ => "and",
        };
        let names = self.names(&group.names, word);
        let of =
            group.of.map(|kind| format!(" of the {}", crate::vocabulary::plural_of(&self.vocabulary.kind(kind).name))).unwrap_or_default();
        let before = match (group.neither, group.only) {
            (true, _) => "neither ",
            (_, true) => "only ",
            _ if group.each && group.names.len() == 2 => "both ",
            _ if group.each => "all ",
            _ => "",
        };
        format!("{before}{names}{of}")
    }

    fn counted(&self, counted: &Counted) -> String {
        let kind = &self.vocabulary.kind(counted.kind).name;
        let vague = self.vocabulary.numbers().vague(counted.quantity.strong, counted.quantity.weak);
        let number = match vague {
            _ if counted.every => "all".to_owned(),
            Some(word) if word.ends_with('s') => format!("{word} of"),
            Some(word) if word.starts_with("a ") || word == "several" => word.to_owned(),
            Some(word) => format!("a {word} of"),
            None => quantity_words(&counted.quantity, 1),
        };
        let of = counted.total.map(|total| format!(" of the {}", total.low)).unwrap_or_default();
        let noun = if matches!(&*number, "1" | "at least 1" | "exactly 1" | "at most 1") {
            kind.clone()
        } else {
            crate::vocabulary::plural_of(kind)
        };
        let listed = if counted.listed.is_empty() { String::new() } else { format!(": {}", self.names(&counted.listed, "and")) };
        let except = if counted.except.is_empty() { String::new() } else { format!(" except {}", self.names(&counted.except, "and")) };
        format!("{number}{of} {noun}{listed}{except}")
    }

    fn time(&self, time: &Time) -> String {
        match time {
            Time::Window { word, days: when, second, .. } => {
                let first = days(when);
                match (word, second) {
                    (TimeWord::FromTo, Some(second)) => format!("from {first} to {}", days(second)),
                    (TimeWord::Between, Some(second)) => format!("between {first} and {}", days(second)),
                    (TimeWord::On, _) if when.strong.first() == when.strong.last() => format!("on {first}"),
                    (TimeWord::On, _) => format!("in {first}"),
                    (word, _) => format!("{} {first}", time_word(*word)),
                }
            }
            Time::Recorded { start, end, .. } => match (start, end) {
                (Some(start), Some(end)) => format!("from {} to {}", days(start), days(end)),
                (Some(start), None) => format!("from {}", days(start)),
                (None, Some(end)) => format!("until {}", days(end)),
                (None, None) => String::new(),
            },
            Time::Lasting { bound, length, .. } => format!("for {}", stretch(*bound, &length.to_string())),
            Time::Order { side, distance, within, anchor, .. } => {
                let anchor = self.statement(anchor);
                let far = distance.map(|(bound, length)| stretch(bound, &length.to_string()));
                let word = match side {
                    Side::Before => "before",
                    Side::After | Side::Into | Side::Of => "after",
                    Side::Since => "since",
                    Side::Until => "until",
                    Side::When => "when",
                };
                match (far, within) {
                    (Some(far), true) => format!("within {far} {} {anchor}", if *side == Side::Before { "before" } else { "after" }),
                    (Some(far), false) => format!("{far} {word} {anchor}"),
                    (None, _) => format!("{word} {anchor}"),
                }
            }
        }
    }
}

fn mentions(parts: &[Part], wanted: usize, optional: bool) -> bool {
    parts.iter().any(|part| match part {
        Part::Slot { role, .. } => *role == wanted,
        Part::Optional(inner) => optional && mentions(inner, wanted, true),
        Part::Words(_) => false,
    })
}

fn with_article(noun: &str) -> String {
    format!("{} {noun}", if noun.to_lowercase().starts_with(['a', 'e', 'i', 'o']) { "an" } else { "a" })
}

fn possessive_of(words: &str) -> String {
    if words.ends_with('s') { format!("{words}'") } else { format!("{words}'s") }
}

fn stretch(bound: Option<Bound>, length: &str) -> String {
    let word = match bound {
        None | Some(Bound::Merely) => "",
        Some(Bound::AtLeast) => "at least ",
        Some(Bound::AtMost) => "at most ",
        Some(Bound::MoreThan) => "more than ",
        Some(Bound::FewerThan) => "less than ",
        Some(Bound::Exactly) => "exactly ",
        Some(Bound::About) => "about ",
        Some(Bound::Nearly) => "nearly ",
    };
    format!("{word}{length}")
}

fn time_word(word: TimeWord) -> &'static str {
    match word {
        TimeWord::On => "on",
        TimeWord::Throughout => "throughout",
        TimeWord::By => "by",
        TimeWord::Before => "before",
        TimeWord::After => "after",
        TimeWord::Since => "since",
        TimeWord::Until => "until",
        TimeWord::AsOf => "as of",
        TimeWord::FromTo => "from",
        TimeWord::Between => "between",
    }
}

/// A measured number in its unit.
pub(crate) fn measured(measure: &Measure) -> String {
    let words = quantity_words(&measure.quantity, 1000);
    // The sign stands with each number.
    words
        .split(' ')
        .map(|word| match measure.unit {
            Unit::Currency(sign) if word.starts_with(|c: char| c.is_ascii_digit()) => format!("{sign}{word}"),
            Unit::Percent if word.starts_with(|c: char| c.is_ascii_digit()) => format!("{word}%"),
            _ => word.to_owned(),
        })
        .collect::<Vec<_>>()
        .join(" ")
}

fn quantity_words(quantity: &Quantity, unit: i64) -> String {
    let (low, high) = (quantity.strong.low, quantity.strong.high);
    let number = |n: i64| {
        let (whole, rest) = (n.checked_div(unit).unwrap_or(n), n.checked_rem(unit).unwrap_or(0));
        if rest == 0 { grouped(whole) } else { format!("{whole}.{}", format!("{rest:03}").trim_end_matches('0')) }
    };
    // The round number of which it would be this, if there is one.
    let round = |n: i64, word: &str, reach: fn(i64, bool) -> Interval| {
        let same = (reach(n, true), reach(n, false)) == (quantity.strong, quantity.weak);
        (same && n.checked_rem(unit) == Some(0) && n >= unit.saturating_mul(5)).then(|| format!("{word} {}", number(n)))
    };
    let middle = low.saturating_add(high).checked_div(2).unwrap_or(low);
    if let Some(words) = round(high.saturating_add(1), "nearly", nearly).or_else(|| round(middle, "about", about)) {
        return words;
    }
    match (low, high) {
        // What is measured is counted in thousandths: the next one is as near as can be.
        (low, high) if unit > 1 && high >= UNBOUNDED && low.checked_rem(unit) == Some(1) => {
            format!("more than {}", number(low.saturating_sub(1)))
        }
        (0, high) if unit > 1 && high.saturating_add(1).checked_rem(unit) == Some(0) => {
            format!("less than {}", number(high.saturating_add(1)))
        }
        (0, 0) => "no".to_owned(),
        (low, high) if high >= UNBOUNDED => format!("at least {}", number(low)),
        (low, high) if low == high && quantity.weak.high < UNBOUNDED && unit == 1 => format!("exactly {}", number(low)),
        (low, high) if low == high => number(low),
        (0, high) => format!("at most {}", number(high)),
        (low, high) => format!("{} to {}", number(low), number(high)),
    }
}

fn grouped(n: i64) -> String {
    let digits = n.to_string();
    let mut out = String::new();
    for (behind, digit) in (0..digits.len()).rev().zip(digits.chars()) {
        if !out.is_empty() && behind.saturating_add(1).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// Days as a person writes them: a day, a month, a year, or from one day to another.
pub fn days(when: &When) -> String {
    vaguely(when).unwrap_or_else(|| set_in_words(&when.strong))
}

/// A time that is meant more and less narrowly, such as "early December 2024", in words that mean just that.
fn vaguely(when: &When) -> Option<String> {
    let first = when.strong.first().filter(|day| day.is_finite() && when.strong != when.weak)?;
    let (year, month, _) = first.ymd();
    if !PLAIN_YEARS.contains(&year) {
        return None;
    }
    const PARTS: [&str; 9] =
        ["early ", "mid-", "late ", "the start of ", "the middle of ", "the end of ", "the first week of ", "the last week of ", "about "];
    let wholes = [format!("{} {year}", crate::time::month_name(month)), year.to_string()];
    let parts = PARTS.iter().flat_map(|part| wholes.iter().map(move |whole| format!("{part}{whole}")));
    let seasons = ["spring", "summer", "autumn", "winter"].map(|season| format!("{season} {year}"));
    parts.chain(seasons).find(|words| {
        let meant = dated(words);
        meant.is_some_and(|meant| (&meant.strong, &meant.weak) == (&when.strong, &when.weak))
    })
}

/// What a date means by itself.
fn dated(words: &str) -> Option<When> {
    let read = crate::syntax::statement(&format!("in {words}")).ok()?;
    let [Chunk { kind: ChunkKind::When(phrase), .. }] = read.chunks.as_slice() else { return None };
    let anchor = Anchor { document: None, previous: None, direction: Direction::Past };
    crate::time::resolve(&phrase.date, &anchor).ok()
}

pub(crate) fn set_in_words(set: &DaySet) -> String {
    match set.pieces() {
        [(first, last)] => stretch_of_days(*first, *last),
        several => {
            let pieces: Vec<String> =
                several.iter().map(|(first, last)| if first == last { first.to_string() } else { format!("{first}..{last}") }).collect();
            format!("[{}]", pieces.join(","))
        }
    }
}

fn stretch_of_days(first: Day, last: Day) -> String {
    // What has no plain words is written as EDTF writes "one of these days"; the reader reads that again.
    match (first.is_finite(), last.is_finite()) {
        (false, false) => return "[..]".to_owned(),
        (false, true) => return format!("[..{last}]"),
        (true, false) => return format!("[{first}..]"),
        (true, true) => {}
    }
    let ((y1, m1, d1), (y2, m2, _)) = (first.ymd(), last.ymd());
    if first == last {
        first.in_words()
    } else if !PLAIN_YEARS.contains(&y1) {
        format!("[{first}..{last}]")
    } else if (m1, d1) == (1, 1) && last == first.plus_years(1).pred() {
        format!("{y1}")
    } else if d1 == 1 && (y1, m1) == (y2, m2) && last == first.plus_months(1).pred() {
        format!("{} {y1}", crate::time::month_name(m1))
    } else {
        format!("[{first}..{last}]")
    }
}
