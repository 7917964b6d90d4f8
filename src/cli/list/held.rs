//! Who held what when: for a name and every state that one party alone can have of it, the days on which the record says that
//! somebody had it.
//!
//! In: a judged fact base and a name. Out: stretches of days. Each is what the verdicts on "… held … on that day" say, and where
//! it spans several days, on "… throughout those days"; nothing is drawn that a claim could not say.

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::Serialize;

use super::Page;
use super::bases::Base;
use crate::facts::Fact;
use crate::statement::{Aspect, Body, Clause, Filler, Statement, Tense, Time, TimeWord};
use crate::text::Span;
use crate::time::{Day, DaySet, Grain, When};
use crate::verdict::{Judge, Verdict};
use crate::vocabulary::{NameId, RelationId, Sort, Vocabulary};

/// How many days are asked about, and how many holders; a longer history is not drawn.
const MOST_DAYS: usize = 200;
const MOST_HOLDERS: usize = 24;

/// A stretch of days on which somebody had something.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
pub(super) struct Held {
    /// Of what.
    of: String,
    /// The state, such as `control`.
    relation: String,
    /// The first day on which the record says so.
    from: String,
    /// The last one.
    to: String,
    /// Who.
    holder: String,
    /// What it rests on beyond the facts.
    assumptions: Vec<&'static str>,
}

/// What is held, by whom it may be, and of which state that is.
struct Asked {
    relation: RelationId,
    roles: usize,
    holder: usize,
    key: usize,
}

/// The history of a name.
pub(super) fn held(base: &Base, of: NameId) -> Vec<Held> {
    let vocabulary = &base.base.vocabulary;
    let judge = Judge::new(&base.base, base.settings);
    let facts: Vec<(&Fact, Vec<&Clause>)> = base
        .facts()
        .map(|fact| (fact, fact.statement.clauses()))
        .filter(|(_, clauses)| clauses.iter().any(|clause| clause.roles.iter().any(|filler| names(filler).any(|name| name == of))))
        .collect();
    let mut found = Vec::new();
    for (id, relation) in (0_u32..).map(RelationId).zip(vocabulary.relations()) {
        let Some((holder, keys)) = relation.one.as_ref().filter(|_| relation.sort == Sort::State) else { continue };
        let [key] = keys.as_slice() else { continue };
        let fits = relation.roles.get(*key).is_some_and(|role| vocabulary.is_a(of, role.kind));
        let touched = |clause: &&&Clause| leads_to(clause.relation, id, vocabulary);
        if !fits || !facts.iter().any(|(_, clauses)| clauses.iter().find(touched).is_some()) {
            continue;
        }
        let asked = Asked { relation: id, roles: relation.roles.len(), holder: *holder, key: *key };
        let kind = relation.roles.get(*holder).map(|role| role.kind);
        let holders: BTreeSet<NameId> = facts
            .iter()
            .flat_map(|(_, clauses)| clauses.iter().flat_map(|clause| &clause.roles).flat_map(names))
            // What a part does, the group does.
            .flat_map(|name| vocabulary.groups(name).iter().copied())
            .filter(|name| *name != of && kind.is_some_and(|kind| vocabulary.is_a(*name, kind)))
            .collect();
        let days = days(&facts, &base.base);
        if holders.len() > MOST_HOLDERS || days.len() > MOST_DAYS {
            continue;
        }
        for name in holders {
            found.extend(asked.stretches(&judge, name, of, &days).into_iter().map(|(first, last, assumptions)| Held {
                of: vocabulary.name(of).name.clone(),
                relation: relation.name.clone(),
                from: first.to_string(),
                to: last.to_string(),
                holder: vocabulary.name(name).name.clone(),
                assumptions,
            }));
        }
    }
    found.sort();
    found
}

/// The names that fill a role.
fn names(filler: &Filler) -> impl Iterator<Item = NameId> + '_ {
    let several: &[(NameId, Span)] = match filler {
        Filler::Several(group) => &group.names,
        Filler::Counted(counted) => &counted.listed,
        _ => &[],
    };
    let one = if let Filler::Name(name, _) = filler { Some(*name) } else { None };
    one.into_iter().chain(several.iter().map(|(name, _)| *name))
}

/// Whether a relation is another one, or is tied to it, directly or not.
fn leads_to(from: RelationId, to: RelationId, vocabulary: &Vocabulary) -> bool {
    let mut seen = BTreeSet::from([from]);
    let mut open = vec![from];
    while let Some(next) = open.pop() {
        if next == to {
            return true;
        }
        open.extend(vocabulary.relation(next).links.iter().map(|link| link.target).filter(|target| seen.insert(*target)));
    }
    false
}

/// The days that are asked about: those that the facts name, each with the days beside it, and the ends of their records.
fn days(facts: &[(&Fact, Vec<&Clause>)], base: &crate::facts::FactBase) -> Vec<Day> {
    let mut named: BTreeSet<Day> = base.end().into_iter().collect();
    for (fact, clauses) in facts {
        named.extend(fact.horizon);
        for time in clauses.iter().flat_map(|clause| &clause.times) {
            let sets: Vec<&When> = match time {
                Time::Window { days, second, .. } => std::iter::once(days).chain(second).collect(),
                Time::Recorded { start, end, .. } => start.iter().chain(end).collect(),
                Time::Lasting { .. } | Time::Order { .. } => Vec::new(),
            };
            named.extend(sets.into_iter().flat_map(|when| [when.strong.first(), when.strong.last()]).flatten());
        }
    }
    let around: BTreeSet<Day> = named.into_iter().filter(|day| day.is_finite()).flat_map(|day| [day.pred(), day, day.succ()]).collect();
    around.into_iter().collect()
}

impl Asked {
    /// The stretches on which the record says that a name had it, each with what it rests on.
    fn stretches(&self, judge: &Judge<'_>, holder: NameId, of: NameId, days: &[Day]) -> Vec<(Day, Day, Vec<&'static str>)> {
        let held = |first: Day, last: Day| self.supported(judge, holder, of, first, last);
        let mut found: Vec<(Day, Day)> = Vec::new();
        for day in days {
            match found.last_mut().filter(|(first, _)| held(*first, *day).is_some()) {
                Some((_, last)) => *last = *day,
                None if held(*day, *day).is_some() => found.push((*day, *day)),
                None => {}
            }
        }
        // A day that is only counted from another one lies between two that were asked about.
        let outside = |range: std::ops::Range<usize>| days.get(range).unwrap_or_default();
        found
            .into_iter()
            .filter_map(|(first, last)| {
                let before = outside(0..days.partition_point(|day| *day < first)).last().copied().unwrap_or(first);
                let after = outside(days.partition_point(|day| *day <= last)..days.len()).first().copied().unwrap_or(last);
                let first = farthest(first, before, |day| held(day, last).is_some());
                let last = farthest(last, after, |day| held(first, day).is_some());
                Some((first, last, held(first, last)?))
            })
            .collect()
    }

    /// What it rests on that a name had it throughout these days, if the record says so.
    fn supported(&self, judge: &Judge<'_>, holder: NameId, of: NameId, first: Day, last: Day) -> Option<Vec<&'static str>> {
        let mut roles = vec![Filler::Open; self.roles];
        *roles.get_mut(self.holder)? = Filler::Name(holder, Span::default());
        *roles.get_mut(self.key)? = Filler::Name(of, Span::default());
        let clause = Clause {
            relation: self.relation,
            roles,
            negated: false,
            tense: Tense::Past,
            times: vec![Time::Window {
                word: if first == last { TimeWord::On } else { TimeWord::Throughout },
                days: When::exact(DaySet::single(first, last), Grain::Day),
                second: None,
                span: Span::default(),
                date_span: Span::default(),
            }],
            aspect: Aspect::default(),
            first: None,
            circumstances: Vec::new(),
            phrasing: None,
            passive: false,
            verb_span: Span::default(),
        };
        let judgement = judge.judge(&Statement { body: Body::Clause(Box::new(clause)), span: Span::default() }, None);
        (judgement.verdict == Verdict::Supported).then(|| judgement.assumptions.iter().map(|assumption| assumption.name()).collect())
    }
}

/// The day farthest from one that will do, towards one that may not, where all between will do as well.
fn farthest(from: Day, to: Day, does: impl Fn(Day) -> bool) -> Day {
    let (mut good, mut bad) = (from, to);
    while let Some(half) = bad.since(good).map(|days| days.checked_div(2).unwrap_or(0)).filter(|half| *half != 0) {
        let middle = good.plus(half);
        if does(middle) { good = middle } else { bad = middle }
    }
    good
}

/// The histories for people.
pub(super) fn show(found: &[Held], page: &mut Page) {
    let mut heading = None;
    for held in found {
        // One scale for all that is drawn below one heading.
        let beside = found.iter().filter(|other| (&other.of, &other.relation) == (&held.of, &held.relation));
        let scale = Scale::new(beside);
        if heading != Some((&held.of, &held.relation)) {
            heading = Some((&held.of, &held.relation));
            // Some states are called *leader of*.
            let relation = held.relation.strip_suffix(" of").unwrap_or(&held.relation);
            page.line(0, &format!("{relation} of {}, day by day", held.of));
        }
        let rests = if held.assumptions.is_empty() { String::new() } else { format!(" (rests on: {})", held.assumptions.join(", ")) };
        let days = if held.from == held.to { held.from.clone() } else { format!("{} to {}", held.from, held.to) };
        let drawn = scale.map(|scale| scale.drawn(held)).unwrap_or_default();
        page.line(1, &format!("{days:24}  {drawn}  {}{rests}", held.holder));
    }
}

/// How wide a history is drawn, in columns.
const COLUMNS: i64 = 24;

/// The days that a drawing spans.
#[derive(Clone, Copy, Debug)]
struct Scale {
    first: Day,
    /// How many days.
    length: i64,
}

impl Scale {
    fn new<'h>(held: impl Iterator<Item = &'h Held>) -> Option<Self> {
        let days: Vec<Day> = held.flat_map(|held| [held.from.parse(), held.to.parse()]).filter_map(Result::ok).collect();
        let (first, last) = (days.iter().min()?, days.iter().max()?);
        Some(Self { first: *first, length: last.since(*first)?.saturating_add(1) })
    }

    /// The column of a day.
    fn column(&self, day: Day) -> Option<i64> {
        day.since(self.first)?.saturating_mul(COLUMNS).checked_div(self.length)
    }

    /// A stretch as a line: at least one column of it is full.
    fn drawn(&self, held: &Held) -> String {
        let column = |day: &str| day.parse().ok().and_then(|day: Day| self.column(day)).unwrap_or(0);
        let (from, to) = (column(&held.from), column(&held.to));
        (0..COLUMNS).map(|at| if (from..=to).contains(&at) { '\u{2501}' } else { '\u{b7}' }).collect()
    }
}
