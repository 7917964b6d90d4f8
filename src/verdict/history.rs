//! Who had what when: for a name and each state that one party alone can have of it, the days on which the record says that
//! somebody had it, and how far before and after it leaves that open.
//!
//! In: a judge over a fact base, and a name. Out: [`Tenure`]s. Each is what the verdicts on "… held … on that day" say, and where
//! it spans several days, on "… throughout those days". Never: tells of a day what a claim about that day would not say.

use std::collections::BTreeSet;

use super::{Assumption, Judge, Judgement, Verdict};
use crate::facts::Fact;
use crate::statement::{Body, Clause, Filler, Statement, Time, TimeWord};
use crate::text::Span;
use crate::time::{Day, DaySet, Grain, When};
use crate::vocabulary::{NameId, Relation, RelationId, Sort, Vocabulary};

/// How many days are asked about, and how many holders; a longer history is not told.
const MOST_DAYS: usize = 200;
const MOST_HOLDERS: usize = 24;

/// A state that one party alone can have, and whose it is asked about: control of Hama.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Seat {
    /// The state.
    pub relation: RelationId,
    /// Of what.
    pub of: NameId,
}

/// A stretch of days on which the record says that somebody had something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tenure {
    /// Who.
    pub holder: NameId,
    /// The first day on which the record says so.
    pub from: Day,
    /// The last one.
    pub to: Day,
    /// The first day before it from which on the record leaves it open; `from` where it began on that day, none where no
    /// beginning is known.
    pub earliest: Option<Day>,
    /// The last day behind it up to which the record leaves it open; none where no end is known.
    pub latest: Option<Day>,
    /// What it rests on beyond the facts.
    pub assumptions: Vec<Assumption>,
}

/// Days that a claim speaks of; an end that it leaves open is none.
pub type Stretch = (Option<Day>, Option<Day>);

/// The seats that a record tells of, sorted.
pub fn seats(judge: &Judge<'_>) -> BTreeSet<Seat> {
    let vocabulary = &judge.base().vocabulary;
    known(judge).flat_map(|fact| fact.statement.clauses()).flat_map(|clause| seats_of(clause, vocabulary)).collect()
}

/// The seats that a statement speaks of, each with the days that it says something of.
pub fn spoken(statement: &Statement, vocabulary: &Vocabulary) -> BTreeSet<(Seat, Stretch)> {
    let clauses = statement.clauses().into_iter();
    clauses.flat_map(|clause| seats_of(clause, vocabulary).into_iter().map(|seat| (seat, stretch(clause)))).collect()
}

/// Who had a seat when, sorted by day; none where there is too much to tell.
pub fn tenures(judge: &Judge<'_>, seat: Seat) -> Option<Vec<Tenure>> {
    let vocabulary = &judge.base().vocabulary;
    let relation = vocabulary.relation(seat.relation);
    let (holder, key) = ends(relation)?;
    let asked = Asked { seat, roles: relation.roles.len(), holder, key };
    let facts: Vec<(&Fact, Vec<&Clause>)> = known(judge)
        .map(|fact| (fact, fact.statement.clauses()))
        .filter(|(_, clauses)| clauses.iter().any(|clause| clause.roles.iter().any(|filler| names(filler).any(|name| name == seat.of))))
        .collect();
    let kind = relation.roles.get(holder).map(|role| role.kind);
    let holders: BTreeSet<NameId> = facts
        .iter()
        .flat_map(|(_, clauses)| clauses.iter().flat_map(|clause| &clause.roles).flat_map(names))
        // What a part does, the group does.
        .flat_map(|name| vocabulary.groups(name).iter().copied())
        .filter(|name| *name != seat.of && kind.is_some_and(|kind| vocabulary.is_a(*name, kind)))
        .collect();
    let days = days(&facts, judge);
    if holders.len() > MOST_HOLDERS || days.len() > MOST_DAYS {
        return None;
    }
    let mut found: Vec<Tenure> = holders.into_iter().flat_map(|name| asked.tenures(judge, name, &days)).collect();
    found.sort_by_key(|tenure| (tenure.from, tenure.to, tenure.holder));
    Some(found)
}

/// The facts that the settings let in.
fn known<'j>(judge: &'j Judge<'_>) -> impl Iterator<Item = &'j Fact> {
    let by = judge.settings().known_by;
    judge.base().facts.iter().filter(move |fact| !matches!((fact.horizon, by), (Some(day), Some(by)) if day > by))
}

/// The roles of who has a state and of what it is had, if one party alone can have it and it comes and goes.
fn ends(relation: &Relation) -> Option<(usize, usize)> {
    let (holder, keys) = relation.one.as_ref().filter(|_| relation.sort == Sort::State && !relation.permanent)?;
    let [key] = keys.as_slice() else { return None };
    Some((*holder, *key))
}

fn seats_of(clause: &Clause, vocabulary: &Vocabulary) -> BTreeSet<Seat> {
    let touched = reached(clause.relation, vocabulary);
    let keys = touched.into_iter().filter_map(|id| {
        let relation = vocabulary.relation(id);
        let role = relation.roles.get(ends(relation)?.1)?;
        Some((id, role.kind))
    });
    keys.flat_map(|(relation, kind)| {
        let named = clause.roles.iter().flat_map(names).filter(move |name| vocabulary.is_a(*name, kind));
        named.map(move |of| Seat { relation, of })
    })
    .collect()
}

/// A relation, and those that it is tied to, directly or not.
fn reached(from: RelationId, vocabulary: &Vocabulary) -> BTreeSet<RelationId> {
    let mut seen = BTreeSet::from([from]);
    let mut open = vec![from];
    while let Some(next) = open.pop() {
        open.extend(vocabulary.relation(next).links.iter().map(|link| link.target).filter(|target| seen.insert(*target)));
    }
    seen
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

/// The days that the dates of a clause speak of, all together.
fn stretch(clause: &Clause) -> Stretch {
    let ends = |when: &When| (when.strong.first(), when.strong.last());
    let mut found: Stretch = (None, None);
    for time in &clause.times {
        let Time::Window { word, days, second, .. } = time else { continue };
        let (first, last) = ends(days);
        let behind = second.as_ref().map_or(last, |second| ends(second).1);
        let (from, to) = match word {
            TimeWord::On | TimeWord::Throughout => (first, last),
            TimeWord::AsOf => (last, last),
            TimeWord::By | TimeWord::Until => (None, last),
            TimeWord::Before => (None, first.map(Day::pred)),
            TimeWord::After => (last.map(Day::succ), None),
            TimeWord::Since => (first, None),
            TimeWord::FromTo | TimeWord::Between => (first, behind),
        };
        found = (found.0.max(from), found.1.into_iter().chain(to).min());
    }
    let finite = |day: Option<Day>| day.filter(|day| day.is_finite());
    (finite(found.0), finite(found.1))
}

/// The days that are asked about: those that the facts name, each with the days beside it, and the ends of their records.
fn days(facts: &[(&Fact, Vec<&Clause>)], judge: &Judge<'_>) -> Vec<Day> {
    let mut named: BTreeSet<Day> = judge.end().into_iter().collect();
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

/// What is asked of a party: the roles of the state, and which of them are its holder and what it is held of.
struct Asked {
    seat: Seat,
    roles: usize,
    holder: usize,
    key: usize,
}

impl Asked {
    /// The stretches on which the record says that a name had it.
    fn tenures(&self, judge: &Judge<'_>, holder: NameId, days: &[Day]) -> Vec<Tenure> {
        let held = |first: Day, last: Day| self.ask(judge, holder, first, last).filter(|found| found.verdict == Verdict::Supported);
        let mut found: Vec<(Day, Day)> = Vec::new();
        for day in days {
            match found.last_mut().filter(|(first, _)| held(*first, *day).is_some()) {
                Some((_, last)) => *last = *day,
                None if held(*day, *day).is_some() => found.push((*day, *day)),
                None => {}
            }
        }
        let may = |day: Day| self.ask(judge, holder, day, day).is_some_and(|found| found.verdict == Verdict::Unknown);
        // A day that is only counted from another one lies between two that were asked about.
        let before = |day: Day| days.get(..days.partition_point(|other| *other < day)).unwrap_or_default();
        let after = |day: Day| days.get(days.partition_point(|other| *other <= day)..).unwrap_or_default();
        found
            .into_iter()
            .filter_map(|(first, last)| {
                let from = farthest(first, before(first).last().copied().unwrap_or(first), |day| held(day, last).is_some());
                let to = farthest(last, after(last).first().copied().unwrap_or(last), |day| held(from, day).is_some());
                Some(Tenure {
                    holder,
                    from,
                    to,
                    earliest: open(from, before(from).iter().rev(), may),
                    latest: open(to, after(to).iter(), may),
                    assumptions: held(from, to)?.assumptions,
                })
            })
            .collect()
    }

    /// What the record says to a name having had it throughout these days.
    fn ask(&self, judge: &Judge<'_>, holder: NameId, first: Day, last: Day) -> Option<Judgement> {
        let mut roles = vec![Filler::Open; self.roles];
        *roles.get_mut(self.holder)? = Filler::Name(holder, Span::default());
        *roles.get_mut(self.key)? = Filler::Name(self.seat.of, Span::default());
        let time = Time::Window {
            word: if first == last { TimeWord::On } else { TimeWord::Throughout },
            days: When::exact(DaySet::single(first, last), Grain::Day),
            second: None,
            span: Span::default(),
            date_span: Span::default(),
        };
        let clause = Clause { times: vec![time], ..Clause::of(self.seat.relation, roles, Span::default()) };
        Some(judge.judge(&Statement { body: Body::Clause(Box::new(clause)), span: Span::default() }, None))
    }
}

/// How far from a day on the record leaves it open, over the days that are asked about; none where it does so beyond them all.
fn open<'d>(from: Day, days: impl Iterator<Item = &'d Day>, may: impl Fn(Day) -> bool) -> Option<Day> {
    let mut good = from;
    for day in days {
        if !may(*day) {
            return Some(farthest(good, *day, &may));
        }
        good = *day;
    }
    None
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
