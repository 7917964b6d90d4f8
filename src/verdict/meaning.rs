//! A statement as constraints on worlds: the table of `language.md` section 4, in its strong and its weak reading.
//!
//! Every function comes in two polarities: a literal that makes the statement true, and one that makes it false. A fact is
//! asserted true in its strong reading; a claim is asked whether its strong reading can be false and its weak one true.

use std::sync::Arc;

use super::distance::{Extent, apart, length_window};
use super::solver::{Lit, Unknown};
use super::world::{Arg, Fluent, Known, Mention, Origin, Term, World};
use crate::statement::{Body, Clause, Counted, Filler, Group, Passed, Quantity, Statement, Tense, Time, TimeWord, in_words};
use crate::syntax::Interval;
use crate::syntax::ast::{Bound, Side};
use crate::time::{DaySet, Grain, When};
use crate::vocabulary::{KindId, NameId, RelationId, Sort, Tie};

/// How a statement is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Reading {
    /// All that a writer plausibly means, or the least that it commits to.
    pub(super) strong: bool,
    /// The assumption `boundaries`: *since*, *until* and *for* say where a state began; inclusive counts count.
    pub(super) boundaries: bool,
    /// A fact's own words, not a claim.
    pub(super) fact: bool,
    /// The reference day.
    pub(super) reference: i64,
}

impl Reading {
    fn turned(self) -> Self {
        Self { strong: !self.strong, ..self }
    }

    /// Where a time word says where a state begins or ends, the weak reading of a claim is the strong one.
    fn at_bounds(self) -> Self {
        Self { strong: self.strong || self.boundaries, ..self }
    }

    /// Where days are counted, the strong reading of a claim is the weak one.
    fn counting(self) -> Self {
        Self { strong: self.strong && !self.boundaries, ..self }
    }

    fn days(self, when: &When) -> &DaySet {
        // A source that is itself unsure of a date leaves all the days open that it may mean.
        if self.strong && !(self.fact && when.approximate) { &when.strong } else { &when.weak }
    }
}

/// "No such event": holds for every mention, also for those that come later.
#[derive(Clone, Debug)]
pub(super) struct Never {
    guard: Lit,
    fluent: Fluent,
    range: Option<(i64, i64)>,
    clause: Arc<Clause>,
    reading: Reading,
}

impl Never {
    pub(super) fn concerns(&self, relation: RelationId) -> bool {
        self.fluent.relation == relation
    }
}

/// A recorded count of things that nobody named.
#[derive(Clone, Debug)]
pub(super) struct Tally {
    pub(super) guard: Lit,
    pub(super) fluent: Fluent,
    pub(super) day: Term,
    pub(super) count: Unknown,
    /// "when the city fell": circumstances in words.
    pub(super) scene: Vec<String>,
    /// Its dates, as far as it gives any.
    pub(super) times: Vec<String>,
    pub(super) origin: Origin,
}

/// More unnamed things than this are not told apart.
const MOST_UNNAMED: i64 = 60;

fn all_days() -> DaySet {
    DaySet::single(crate::time::Day::MIN, crate::time::Day::MAX)
}

fn ends(set: &DaySet) -> (Term, Term) {
    (set.first().map_or(Term::END, Term::day), set.last().map_or(Term::START, Term::day))
}

impl World<'_> {
    /// A literal that makes a statement true (`positive`) or false, in a reading.
    pub(super) fn dated_statement(&mut self, statement: &Statement, reading: Reading, positive: bool) -> Known {
        self.dated = statement.clauses().first().is_some_and(|clause| !clause.times.is_empty());
        let known = self.statement(statement, reading, positive);
        self.dated = false;
        known
    }

    /// The same, for a part of a statement.
    pub(super) fn statement(&mut self, statement: &Statement, reading: Reading, positive: bool) -> Known {
        match &statement.body {
            Body::Clause(clause) => self.clause(clause, reading, positive),
            Body::All(parts) | Body::Any(parts) => {
                let each: Vec<Known> = parts.iter().map(|part| self.statement(part, reading, positive)).collect();
                if matches!(statement.body, Body::All(_)) == positive { self.all(&each) } else { self.any(&each) }
            }
            Body::Passed(passed) => self.passed(passed, reading, positive),
        }
    }

    fn both(&mut self, parts: &[Known], conjunction: bool) -> Known {
        if conjunction { self.all(parts) } else { self.any(parts) }
    }

    fn clause(&mut self, clause: &Clause, reading: Reading, positive: bool) -> Known {
        if clause.negated || clause.aspect.never {
            return self.denied(clause, reading, positive);
        }
        for (role, filler) in clause.roles.iter().enumerate() {
            match filler {
                Filler::Several(group) => return self.group(clause, role, group, reading, positive),
                Filler::Counted(counted) => return self.counted(clause, role, counted, reading, positive),
                _ => {}
            }
        }
        self.leaf(clause, None, reading, positive)
    }

    /// `not c`, `never c`.
    fn denied(&mut self, clause: &Clause, reading: Reading, positive: bool) -> Known {
        let plain = Clause { negated: false, aspect: crate::statement::Aspect { never: false, ..clause.aspect }, ..clause.clone() };
        // "did not hold Aleppo and Hama" plausibly denies both.
        if let Some(role) =
            plain.roles.iter().position(|filler| matches!(filler, Filler::Several(group) if !group.any && !group.neither && !group.only))
            && let Some(Filler::Several(group)) = plain.roles.get(role)
        {
            let names = group.names.clone();
            let each: Vec<Known> = names
                .iter()
                .map(|(name, span)| {
                    let mut one = Clause { negated: true, ..plain.clone() };
                    if let Some(slot) = one.roles.get_mut(role) {
                        *slot = Filler::Name(*name, *span);
                    }
                    self.clause(&one, reading, positive)
                })
                .collect();
            return self.both(&each, reading.strong == positive);
        }
        let at = |word: TimeWord| plain.times.iter().position(|time| matches!(time, Time::Window { word: w, .. } if *w == word));
        // "had not been back until D since E": not between the two.
        if let (Some(until), Some(since)) = (at(TimeWord::Until), at(TimeWord::Since))
            && let (Some(Time::Window { days: end, .. }), Some(Time::Window { days: start, span, date_span, .. })) =
                (plain.times.get(until), plain.times.get(since))
        {
            let from = reading.days(start).last().map(crate::time::Day::succ);
            let to = reading.days(end).first().map(crate::time::Day::pred);
            if let (Some(from), Some(to)) = (from, to) {
                let days = When::between(from, to.max(from), Grain::Length);
                let mut between = plain.clone();
                between.tense = Tense::Past;
                between.times =
                    plain.times.iter().enumerate().filter(|(n, _)| *n != until && *n != since).map(|(_, time)| time.clone()).collect();
                between.times.push(Time::Window { word: TimeWord::On, days, second: None, span: *span, date_span: *date_span });
                return self.clause(&between, reading.turned(), !positive);
            }
        }
        // "did not fall until D": not before, and then it did. "has not held since D": on no day after.
        if let Some(until) = at(TimeWord::Until) {
            let parts = [(TimeWord::Before, true), (TimeWord::On, false)].map(|(word, negated)| {
                let mut part = Clause { negated, ..plain.clone() };
                if let Some(Time::Window { word: w, .. }) = part.times.get_mut(until) {
                    *w = word;
                }
                part
            });
            let each = parts.map(|part| self.clause(&part, reading, positive));
            return self.both(&each, positive);
        }
        if let Some(since) = at(TimeWord::Since) {
            let mut after = plain.clone();
            if let Some(Time::Window { word, .. }) = after.times.get_mut(since) {
                *word = TimeWord::After;
            }
            after.tense = Tense::Past;
            return self.clause(&after, reading.turned(), !positive);
        }
        self.clause(&plain, reading.turned(), !positive)
    }

    fn with_role(clause: &Clause, role: usize, filler: Filler) -> Clause {
        let mut one = clause.clone();
        if let Some(slot) = one.roles.get_mut(role) {
            *slot = filler;
        }
        one
    }

    fn group(&mut self, clause: &Clause, role: usize, group: &Group, reading: Reading, positive: bool) -> Known {
        let mut each = Vec::new();
        for (name, span) in &group.names {
            let mut one = Self::with_role(clause, role, Filler::Name(*name, *span));
            one.negated = group.neither;
            each.push(self.clause(&one, reading, positive));
        }
        if group.only {
            let kind = group.of.or_else(|| self.common_kind(&group.names)).unwrap_or_else(|| self.role_kind(clause.relation, role));
            let except: Vec<NameId> = group.names.iter().map(|(name, _)| *name).collect();
            each.push(self.no_other(clause, role, kind, &except, reading, positive));
        }
        self.both(&each, positive != group.any)
    }

    fn role_kind(&self, relation: RelationId, role: usize) -> KindId {
        self.vocabulary.relation(relation).roles.get(role).map_or(KindId(0), |role| role.kind)
    }

    /// The narrowest kind that all of these are.
    fn common_kind(&self, names: &[(NameId, crate::text::Span)]) -> Option<KindId> {
        let (first, _) = names.first()?;
        let kinds = self.vocabulary.name(*first).kinds.iter().flat_map(|kind| self.vocabulary.kinds_of_kind(*kind).iter().copied());
        kinds.into_iter().find(|kind| names.iter().all(|(name, _)| self.vocabulary.is_a(*name, *kind)))
    }

    /// No other of the kind (`positive`), or some other.
    fn no_other(&mut self, clause: &Clause, role: usize, kind: KindId, except: &[NameId], reading: Reading, positive: bool) -> Known {
        if positive {
            let others = Arg::AllOf { kind, except: except.to_vec(), unnamed_from: 0 };
            self.leaf(clause, Some((role, others)), reading.turned(), false)
        } else {
            let mut each = Vec::new();
            for name in self.vocabulary.members(kind) {
                if !except.iter().any(|known| *known == name || self.vocabulary.is_part_of(name, *known)) {
                    each.push(self.leaf(clause, Some((role, Arg::Name(name))), reading.turned(), true));
                }
            }
            if self.vocabulary.kind(kind).total.is_none() {
                each.push(self.leaf(clause, Some((role, Arg::Unnamed(kind, 0))), reading.turned(), true));
            }
            self.any(&each)
        }
    }

    /// "three cities", "no city", "11 of the 14": how many members of a kind.
    fn counted(&mut self, clause: &Clause, role: usize, counted: &Counted, reading: Reading, positive: bool) -> Known {
        let kind = counted.kind;
        let total = self.vocabulary.kind(kind).total;
        let members: Vec<NameId> =
            self.vocabulary.members(kind).into_iter().filter(|name| !counted.except.iter().any(|(e, _)| e == name)).collect();
        if let (Some(total), Some(said)) = (total, counted.total)
            && said.low != i64::from(total)
        {
            return if positive { Known::False } else { Known::True };
        }
        if members.is_empty() && total.is_none() && !counted.every {
            return self.tally(clause, role, counted, reading, positive);
        }
        let Quantity { strong, weak } = counted.quantity;
        let Interval { low, high } = if reading.strong { strong } else { weak };
        let count = i64::try_from(members.len()).unwrap_or(i64::MAX);
        let (low, high) = if counted.every { (count, count) } else { (low, high) };
        let mut parts = Vec::new();
        for (name, span) in &counted.listed {
            let one = Self::with_role(clause, role, Filler::Name(*name, *span));
            parts.push(self.leaf(&one, None, reading, positive));
        }
        if reading.strong {
            for (name, _) in &counted.except {
                parts.push(self.leaf(clause, Some((role, Arg::Name(*name))), reading, positive));
            }
        }
        if counted.every && total.is_none() && !positive {
            // There may always be one more that nobody named.
            return Known::True;
        }
        // Without a total, some that nobody named may be among them.
        let unlimited = total.is_none() && !counted.every;
        let wanted = if high < MOST_UNNAMED { high + 1 } else { low }.max(0);
        if unlimited && wanted > MOST_UNNAMED {
            self.beyond = true;
            return Known::True;
        }
        let extra = if unlimited { u32::try_from(wanted).unwrap_or(0) } else { 0 };
        let args: Vec<Arg> = members.iter().copied().map(Arg::Name).chain((0..extra).map(|n| Arg::Unnamed(kind, n))).collect();
        let size = i64::try_from(args.len()).unwrap_or(i64::MAX);
        let usize_of = |n: i64| usize::try_from(n.max(0)).unwrap_or(usize::MAX);
        // How many hold is read as it stands; that the others do not is the other reading turned round.
        let held = |world: &mut Self| -> Vec<Known> {
            args.iter().map(|arg| world.leaf(clause, Some((role, arg.clone())), reading, true)).collect()
        };
        let not_held = |world: &mut Self| -> Vec<Known> {
            args.iter().map(|arg| world.leaf(clause, Some((role, arg.clone())), reading, false)).collect()
        };
        let none_beyond = |world: &mut Self| {
            if unlimited {
                let beyond = Arg::AllOf {
                    kind,
                    except: members.iter().copied().chain(counted.except.iter().map(|(name, _)| *name)).collect(),
                    unnamed_from: extra,
                };
                world.leaf(clause, Some((role, beyond)), reading, false)
            } else {
                Known::True
            }
        };
        if positive {
            if low > 0 {
                let lits = held(self);
                parts.push(self.at_least(usize_of(low), &lits));
            }
            if high < size || unlimited && high < MOST_UNNAMED {
                let lits = not_held(self);
                parts.push(self.at_least(usize_of(size - high), &lits));
                let beyond = none_beyond(self);
                parts.push(beyond);
            }
            self.all(&parts)
        } else {
            if low > 0 {
                let lits = not_held(self);
                let fewer = self.at_least(usize_of(size - low + 1), &lits);
                let beyond = none_beyond(self);
                parts.push(self.all(&[fewer, beyond]));
            }
            if high < size || unlimited && high < MOST_UNNAMED {
                let lits = held(self);
                parts.push(self.at_least(usize_of(high + 1), &lits));
            }
            self.any(&parts)
        }
    }

    /// How many of a kind of which nobody is named: soldiers killed, people displaced.
    fn tally(&mut self, clause: &Clause, role: usize, counted: &Counted, reading: Reading, positive: bool) -> Known {
        let fluent = self.fluent(clause, Some((role, Arg::Kind(counted.kind))));
        let scene = self.scene(clause);
        let Interval { low, high } = if reading.strong { counted.quantity.strong } else { counted.quantity.weak };
        let number = self.unknown_between(0, i64::MAX / 8);
        let count = Term::of(number);
        let bounds = |world: &mut Self, positive: bool| {
            let (low, high) = (Term::number(low), Term::number(high));
            if positive {
                let parts = [world.le(low, count), world.le(count, high)];
                world.all(&parts)
            } else {
                let parts = [world.lt(count, low), world.lt(high, count)];
                world.any(&parts)
            }
        };
        let recorded: Vec<Tally> = self.tallies.iter().filter(|tally| tally.origin != Origin::Claim).cloned().collect();
        let times = self.written_times(clause);
        for tally in &recorded {
            let within = self.covers(&fluent, &tally.fluent) && scene.iter().all(|s| tally.scene.contains(s));
            if within {
                let outside = self.conditions(clause, tally.day, reading, false);
                let more = self.le(Term::of(tally.count), count);
                self.assert_any(&[Known::Lit(!tally.guard), outside, more]);
            }
            // What is counted in full for a scene that is told of cannot be more in a part of it.
            let definite = !tally.scene.is_empty() || !tally.fluent.circumstances.is_empty();
            let contains = self.covers(&tally.fluent, &fluent) && tally.scene.iter().all(|s| scene.contains(s));
            // What is asked in the words of the record is what the record counts.
            let same = within && contains && (times.is_empty() || times == tally.times);
            if contains && definite && tally.times.is_empty() || same {
                let once = self.once;
                let fewer = self.le(count, Term::of(tally.count));
                self.assert_any(&[Known::Lit(!once), Known::Lit(!tally.guard), fewer]);
            }
        }
        let inside = bounds(self, positive);
        if !reading.fact || !positive {
            return inside;
        }
        let day = self.unknown_day(clause, reading);
        let when = self.conditions(clause, Term::of(day), reading, true);
        let guard = self.solver.variable();
        self.assert_any(&[Known::Lit(!guard), inside]);
        self.assert_any(&[Known::Lit(!guard), when]);
        let tally = Tally { guard, fluent, day: Term::of(day), count: number, scene, times: times.clone(), origin: self.origin };
        self.record(tally, 0);
        Known::Lit(guard)
    }

    /// A tally counts for what its relation implies as well.
    fn record(&mut self, tally: Tally, depth: usize) {
        let links = self.vocabulary.relation(tally.fluent.relation).links.clone();
        for link in links.iter().filter(|link| link.tie == Tie::Implies && depth < 4) {
            let args =
                link.roles.iter().map(|role| role.and_then(|role| tally.fluent.args.get(role)).cloned().unwrap_or(Arg::Any)).collect();
            let fluent = Fluent { relation: link.target, args, circumstances: tally.fluent.circumstances.clone() };
            self.record(Tally { fluent, ..tally.clone() }, depth + 1);
        }
        self.tallies.push(tally);
    }

    /// "when the rebels seized Aleppo", in words that can be compared.
    fn scene(&self, clause: &Clause) -> Vec<String> {
        let when = |time: &Time| match time {
            Time::Order { side: Side::When, anchor, .. } => Some(in_words(anchor, self.vocabulary)),
            _ => None,
        };
        clause.times.iter().filter_map(when).collect()
    }

    /// A clause's own dates, in words that can be compared.
    fn written_times(&self, clause: &Clause) -> Vec<String> {
        let written = |time: &Time| match time {
            Time::Order { side: Side::When, .. } => None,
            Time::Window { word, days, second, .. } => Some(format!(
                "{word:?} {} {}",
                crate::statement::days_in_words(days),
                second.as_ref().map(crate::statement::days_in_words).unwrap_or_default()
            )),
            Time::Order { side, anchor, .. } => Some(format!("{side:?} {}", in_words(anchor, self.vocabulary))),
            Time::Lasting { .. } | Time::Recorded { .. } => Some(String::new()),
        };
        clause.times.iter().filter_map(written).collect()
    }

    /// The fluent of a clause of which all roles are settled.
    pub(super) fn fluent(&self, clause: &Clause, chosen: Option<(usize, Arg)>) -> Fluent {
        let mut args: Vec<Arg> = clause
            .roles
            .iter()
            .map(|filler| match filler {
                Filler::Name(name, _) => Arg::Name(*name),
                Filler::Kind(kind, _) => Arg::Kind(*kind),
                Filler::Number(..) => Arg::Value,
                Filler::Said(inner) | Filler::Deed(inner) => {
                    Arg::Content(in_words(inner, self.vocabulary), self.spoken_of(inner).map(Box::new))
                }
                Filler::Open | Filler::Several(_) | Filler::Counted(_) | Filler::Unknown(..) => Arg::Any,
            })
            .collect();
        if let Some((role, arg)) = chosen
            && let Some(slot) = args.get_mut(role)
        {
            *slot = arg;
        }
        let mut circumstances: Vec<NameId> = clause.circumstances.iter().map(|(name, _)| *name).collect();
        circumstances.sort_unstable();
        // "the first flare-up in years" is more than a flare-up: compared as a whole.
        if let (crate::vocabulary::IS_A, Some(first), Some(Filler::Kind(kind, _))) = (clause.relation, &clause.first, clause.roles.get(1)) {
            let since = first.since.as_ref().map(crate::statement::days_in_words).unwrap_or_default();
            let words = format!("first {} {} {since}", self.vocabulary.kind(*kind).name, if first.vaguely { "in years" } else { "since" });
            return Fluent {
                relation: clause.relation,
                args: vec![args.first().cloned().unwrap_or(Arg::Any), Arg::Content(words, None)],
                circumstances,
            };
        }
        let relation = self.vocabulary.relation(clause.relation);
        match relation.inverse_of {
            Some(original) => Fluent { relation: original, args: args.into_iter().rev().collect(), circumstances },
            None => Fluent { relation: clause.relation, args, circumstances },
        }
    }

    /// What an undated, plain statement speaks of.
    fn spoken_of(&self, inner: &Statement) -> Option<Fluent> {
        let Body::Clause(clause) = &inner.body else { return None };
        let plain = !clause.negated && !clause.aspect.never && clause.times.is_empty() && clause.first.is_none();
        let simple = clause.roles.iter().all(|filler| matches!(filler, Filler::Open | Filler::Name(..)));
        (plain && simple).then(|| self.fluent(clause, None))
    }

    fn quantity(clause: &Clause, reading: Reading) -> Option<(i64, i64)> {
        clause.roles.iter().find_map(|filler| match filler {
            Filler::Number(quantity, _) => {
                let interval = if reading.strong { quantity.strong } else { quantity.weak };
                Some((interval.low, interval.high))
            }
            _ => None,
        })
    }

    /// A clause with settled participants, one role perhaps chosen by the caller.
    fn leaf(&mut self, clause: &Clause, chosen: Option<(usize, Arg)>, reading: Reading, positive: bool) -> Known {
        let later = clause.roles.iter().enumerate().any(|(role, filler)| {
            chosen.as_ref().is_none_or(|(c, _)| *c != role) && matches!(filler, Filler::Several(_) | Filler::Counted(_))
        });
        if later {
            // A second role that is counted or joined: settle this one first.
            let settled = match &chosen {
                Some((role, Arg::Name(name))) => Self::with_role(clause, *role, Filler::Name(*name, crate::text::Span::default())),
                None => clause.clone(),
                Some(_) => {
                    self.beyond = true;
                    return Known::True;
                }
            };
            return self.clause(&settled, reading, positive);
        }
        let fluent = self.fluent(clause, chosen);
        let range = Self::quantity(clause, reading);
        match self.vocabulary.relation(fluent.relation).sort {
            Sort::State => self.state(&fluent, range, clause, reading, positive),
            Sort::Event if positive => self.event(&fluent, range, clause, reading).0,
            Sort::Event => self.no_event(&fluent, range, clause, reading),
        }
    }

    // --- events -----------------------------------------------------------------------------------------------------

    /// The days among which an event's day must lie, so far as they are known without looking at other happenings.
    fn unknown_day(&mut self, clause: &Clause, reading: Reading) -> Unknown {
        self.grain = clause
            .times
            .iter()
            .find_map(|time| match time {
                Time::Window { word: TimeWord::On, days, .. } => Some(days.grain),
                Time::Recorded { start: Some(start), .. } => Some(start.grain),
                _ => None,
            })
            .unwrap_or(Grain::Day);
        let set = self.window(clause, reading);
        self.unknown_in(&if set.is_empty() { all_days() } else { set })
    }

    /// The days that all of a clause's own dates allow.
    fn window(&self, clause: &Clause, reading: Reading) -> DaySet {
        // "had fallen on D" means by then in the weak reading.
        let loose = clause.aspect.already || clause.tense == Tense::Pluperfect && !reading.strong;
        clause.times.iter().fold(all_days(), |set, time| match time {
            Time::Window { word: TimeWord::On, days, second: None, .. } if !loose => set.intersection(reading.days(days)),
            Time::Recorded { start: Some(start), .. } => set.intersection(reading.days(start)),
            _ => set,
        })
    }

    /// The event happened, and when.
    fn event(&mut self, fluent: &Fluent, range: Option<(i64, i64)>, clause: &Clause, reading: Reading) -> (Known, Term) {
        let day = self.unknown_day(clause, reading);
        if self.window(clause, reading).is_empty() {
            return (Known::False, Term::of(day));
        }
        let day = Term::of(day);
        let mut mention = self.fresh(fluent, day, day, true);
        self.set_value(&mut mention, range);
        let happened = self.mention(mention);
        let when = self.conditions(clause, day, reading, true);
        (self.all(&[happened, when]), day)
    }

    fn set_value(&mut self, mention: &mut Mention, range: Option<(i64, i64)>) {
        if let Some((low, high)) = range {
            if mention.inside {
                mention.value = Some(self.unknown_between(low, high));
            } else {
                mention.range = Some((low, high));
            }
        }
    }

    /// No such event happened.
    fn no_event(&mut self, fluent: &Fluent, range: Option<(i64, i64)>, clause: &Clause, reading: Reading) -> Known {
        let guard = self.solver.variable();
        let never = Never { guard, fluent: fluent.clone(), range, clause: Arc::new(clause.clone()), reading };
        for at in self.of_relation(fluent.relation) {
            if let Some(mention) = self.mentions.get(at).cloned() {
                self.against(&never, &mention);
            }
        }
        self.no_beginning(&never);
        self.nevers.push(never);
        Known::Lit(guard)
    }

    /// An event that *is* the beginning or end of a state did not happen either where only the state is recorded.
    fn no_beginning(&mut self, never: &Never) {
        let links = self.vocabulary.relation(never.fluent.relation).links.clone();
        for link in links.iter().filter(|link| matches!(link.tie, Tie::IsStartOf | Tie::IsEndOf)) {
            if !self.settled_by(&never.fluent, &links, link.tie) {
                continue;
            }
            let target = |roles: &[Option<usize>]| -> Vec<Arg> {
                roles.iter().map(|role| role.and_then(|role| never.fluent.args.get(role)).cloned().unwrap_or(Arg::Any)).collect()
            };
            let state = Fluent { relation: link.target, args: target(&link.roles), circumstances: Vec::new() };
            let recorded = if link.tie == Tie::IsStartOf { self.beginnings.clone() } else { self.endings.clone() };
            for bound in recorded.iter().filter(|bound| bound.fluent.relation == state.relation) {
                if !self.covers(&state, &bound.fluent) {
                    continue;
                }
                let mut parts = vec![Known::Lit(!never.guard), Known::Lit(!bound.guard)];
                parts.push(self.conditions(&never.clause, bound.day, never.reading, false));
                for other in &links {
                    if !matches!(other.tie, Tie::Requires | Tie::After) {
                        continue;
                    }
                    let mut args = target(&other.roles);
                    // What the event leaves open, the state's own participants fill.
                    for (place, role) in other.roles.iter().enumerate() {
                        let shared = role.and_then(|role| link.roles.iter().position(|r| *r == Some(role)));
                        if let (Some(slot @ Arg::Any), Some(arg)) = (args.get_mut(place), shared.and_then(|at| bound.fluent.args.get(at))) {
                            *slot = arg.clone();
                        }
                    }
                    let fluent = Fluent { relation: other.target, args, circumstances: Vec::new() };
                    let (from, to) = if other.tie == Tie::Requires && never.reading.strong {
                        (bound.day.plus(-1), bound.day.plus(-1))
                    } else {
                        (Term::START, bound.day.plus(-1))
                    };
                    let out = self.fresh(&fluent, from, to, false);
                    parts.push(self.mention(out));
                }
                self.assert_any(&parts);
            }
        }
    }

    /// Whether a state's beginning or end tells all participants of the event that it is: who made it begin, it does not tell.
    fn settled_by(&self, event: &Fluent, links: &[crate::vocabulary::Link], tie: Tie) -> bool {
        event.args.iter().enumerate().all(|(role, arg)| {
            *arg == Arg::Any
                || links
                    .iter()
                    .any(|link| (link.tie == tie || matches!(link.tie, Tie::Requires | Tie::After)) && link.roles.contains(&Some(role)))
        })
    }

    /// A mention and a "no such event" do not go together, unless the mention lies at another time.
    pub(super) fn against(&mut self, never: &Never, mention: &Mention) {
        if !mention.inside || !self.covers(&Fluent { circumstances: Vec::new(), ..never.fluent.clone() }, &mention.fluent) {
            return;
        }
        let mut parts = vec![Known::Lit(!never.guard), Known::Lit(!mention.guard)];
        if let (Some(value), Some((low, high))) = (mention.value, never.range) {
            parts.push(self.lt(Term::of(value), Term::number(low)));
            parts.push(self.lt(Term::number(high), Term::of(value)));
        }
        // A happening that it took place in: said of it, or by the days of that happening.
        for name in &never.fluent.circumstances {
            if !mention.fluent.circumstances.contains(name) {
                parts.push(self.outside_happening(*name, mention.from));
            }
        }
        parts.push(self.conditions(&never.clause, mention.from, never.reading, false));
        self.assert_any(&parts);
    }

    /// Whether a day can lie outside a happening of which the beginning is recorded.
    fn outside_happening(&mut self, name: NameId, day: Term) -> Known {
        let (Some(begin), end) = (self.vocabulary.relation_named("begin"), self.vocabulary.relation_named("end")) else {
            return Known::True;
        };
        let recorded = |world: &Self, relation: Option<RelationId>| -> Vec<(Lit, Term)> {
            let Some(relation) = relation else { return Vec::new() };
            let hit = |m: &&Mention| m.inside && m.fluent.args.last() == Some(&Arg::Name(name)) && matches!(m.origin, Origin::Fact(_));
            world.of_relation(relation).into_iter().filter_map(|at| world.mentions.get(at)).filter(hit).map(|m| (m.guard, m.from)).collect()
        };
        let begins = recorded(self, Some(begin));
        let Some((guard, start)) = begins.first().copied() else { return Known::True };
        let mut parts = vec![Known::Lit(!guard), self.lt(day, start)];
        for (_, stop) in recorded(self, end) {
            parts.push(self.lt(stop, day));
        }
        self.any(&parts)
    }

    /// What the time words say of an event's day.
    pub(super) fn conditions(&mut self, clause: &Clause, day: Term, reading: Reading, positive: bool) -> Known {
        let mut parts = Vec::new();
        let reference = Term::number(reading.reference);
        let bounded = clause.times.iter().any(|time| {
            matches!(time, Time::Window { word, .. } if !matches!(word, TimeWord::Before | TimeWord::After | TimeWord::Since))
                || matches!(time, Time::Recorded { .. })
        });
        if !bounded {
            parts.push(self.within(day, Term::START, reference, positive));
        }
        for time in &clause.times {
            parts.push(match time {
                // "had fallen on D", "had already fallen on D": by then at the latest, in the weak reading or in both.
                Time::Window { word: TimeWord::On, days, second: None, .. }
                    if clause.aspect.already || clause.tense == Tense::Pluperfect && !reading.strong =>
                {
                    self.window_of_event(TimeWord::By, days, None, day, reading, positive)
                }
                Time::Window { word, days, second, .. } => self.window_of_event(*word, days, second.as_ref(), day, reading, positive),
                Time::Recorded { start, .. } => match start {
                    Some(start) => self.within_set(day, reading.days(start), positive),
                    None => {
                        let known = Known::True;
                        if positive { known } else { known.not() }
                    }
                },
                // Events have no length.
                Time::Lasting { .. } => {
                    self.beyond = true;
                    Known::True
                }
                Time::Order { side: Side::Since, distance: None, anchor, .. } if clause.first.is_some() => {
                    self.first_since(clause, anchor, day, reading, positive)
                }
                Time::Order { side, distance, within, anchor, .. } => {
                    self.ordered(*side, *distance, *within, anchor, day, reading, positive)
                }
            });
        }
        let fluent = self.fluent(clause, None);
        let since_happening = |time: &Time| matches!(time, Time::Order { side: Side::Since, distance: None, .. });
        if let Some(first) = clause.first.as_ref().filter(|_| !clause.times.iter().any(since_happening)) {
            let since = match &first.since {
                Some(when) => reading.days(when).last().map_or(Term::START, |day| Term::day(day).plus(1)),
                // "in years": two at the least, in the strong reading.
                None if first.vaguely => day.plus(if reading.strong { -730 } else { -365 }),
                None => Term::START,
            };
            let earlier = day.plus(-1);
            parts.push(self.some_mention(&fluent, since, earlier, !positive));
        }
        if clause.aspect.again {
            parts.push(self.some_mention(&fluent, Term::START, day.plus(-1), positive));
        }
        self.both(&parts, positive)
    }

    /// "for the first time since X": after X, and not between the two.
    fn first_since(&mut self, clause: &Clause, anchor: &Statement, day: Term, reading: Reading, positive: bool) -> Known {
        let fluent = self.fluent(clause, None);
        if positive {
            let (happened, other) = self.happened(anchor, reading);
            let parts = [happened, self.le(other, day), self.some_mention(&fluent, other, day.plus(-1), false)];
            return self.all(&parts);
        }
        let mut each = Vec::new();
        for (mut parts, other) in self.recorded(anchor, reading) {
            parts.push(self.lt(day, other));
            parts.push(self.some_mention(&fluent, other, day.plus(-1), true));
            each.push(self.any(&parts));
        }
        self.all(&each)
    }

    /// Some day of these is in (`positive`), or all are out.
    fn some_mention(&mut self, fluent: &Fluent, from: Term, to: Term, positive: bool) -> Known {
        if positive {
            let day = Term::of(self.unknown_between(self.span(from).0, self.span(to).1));
            let mention = self.fresh(fluent, day, day, true);
            let parts = [self.mention(mention), self.le(from, day), self.le(day, to)];
            self.all(&parts)
        } else {
            let mention = self.fresh(fluent, from, to, false);
            self.mention(mention)
        }
    }

    /// `from <= day <= to`, or not.
    fn within(&mut self, day: Term, from: Term, to: Term, positive: bool) -> Known {
        if positive {
            let parts = [self.le(from, day), self.le(day, to)];
            self.all(&parts)
        } else {
            let parts = [self.lt(day, from), self.lt(to, day)];
            self.any(&parts)
        }
    }

    fn within_set(&mut self, day: Term, set: &DaySet, positive: bool) -> Known {
        let parts: Vec<Known> =
            set.pieces().to_vec().into_iter().map(|(from, to)| self.within(day, Term::day(from), Term::day(to), positive)).collect();
        self.both(&parts, !positive)
    }

    fn window_of_event(
        &mut self,
        word: TimeWord,
        days: &When,
        second: Option<&When>,
        day: Term,
        reading: Reading,
        positive: bool,
    ) -> Known {
        let set = reading.days(days).clone();
        let (a, b) = ends(&set);
        let reference = Term::number(reading.reference);
        match word {
            TimeWord::On => self.within_set(day, &set, positive),
            TimeWord::By | TimeWord::AsOf => self.within(day, Term::START, b, positive),
            TimeWord::Before => self.within(day, Term::START, a.plus(-1), positive),
            TimeWord::After => self.within(day, b.plus(1), reference, positive),
            TimeWord::Since => {
                let from = if reading.counting().strong { b.plus(1) } else { a };
                self.within(day, from, reference, positive)
            }
            TimeWord::Between | TimeWord::FromTo => {
                let set = second.map(|when| reading.days(when).clone());
                let (c, d) = set.as_ref().map_or((a, b), ends);
                if word == TimeWord::Between && reading.counting().strong {
                    self.within(day, b.plus(1), c.plus(-1), positive)
                } else {
                    self.within(day, a, d, positive)
                }
            }
            // An event does not last: "until" says something only with "not", "throughout" nothing.
            TimeWord::Until | TimeWord::Throughout => {
                self.beyond = true;
                Known::True
            }
        }
    }

    // --- order to other happenings -------------------------------------------------------------------------------------

    /// The other happening's occurrences that are recorded: under which literal, and on which day.
    fn recorded(&mut self, anchor: &Statement, reading: Reading) -> Vec<(Vec<Known>, Term)> {
        let Body::Clause(clause) = &anchor.body else {
            self.beyond = true;
            return Vec::new();
        };
        if clause.negated || clause.aspect.never || clause.roles.iter().any(|filler| matches!(filler, Filler::Several(_))) {
            self.beyond = true;
            return Vec::new();
        }
        let fluent = self.fluent(clause, None);
        let relation = self.vocabulary.relation(fluent.relation);
        let mut found = Vec::new();
        if relation.sort == Sort::Event {
            for at in self.of_relation(fluent.relation) {
                if let Some(mention) = self.mentions.get(at).filter(|m| m.inside && m.origin != Origin::Claim).cloned()
                    && self.covers(&fluent, &mention.fluent)
                {
                    found.push((mention.guard, mention.from));
                }
            }
        }
        let mut bounds: Vec<(Fluent, bool)> = relation
            .links
            .iter()
            .filter(|link| matches!(link.tie, Tie::IsStartOf | Tie::IsEndOf) && self.settled_by(&fluent, &relation.links, link.tie))
            .map(|link| {
                let args = link.roles.iter().map(|role| role.and_then(|role| fluent.args.get(role)).cloned().unwrap_or(Arg::Any)).collect();
                (Fluent { relation: link.target, args, circumstances: Vec::new() }, link.tie == Tie::IsStartOf)
            })
            .collect();
        if relation.sort == Sort::State {
            bounds.push((fluent.clone(), true));
        }
        for (state, start) in bounds {
            let known = if start { self.beginnings.clone() } else { self.endings.clone() };
            for bound in known {
                if self.covers(&state, &bound.fluent) {
                    found.push((bound.guard, bound.day));
                }
            }
        }
        found.sort_unstable_by_key(|(lit, term)| (*lit, term.unknown, term.offset));
        found.dedup();
        let clause = clause.as_ref().clone();
        found
            .into_iter()
            .map(|(guard, day)| {
                let outside = self.conditions(&clause, day, reading, false);
                (vec![Known::Lit(!guard), outside], day)
            })
            .collect()
    }

    /// The other happening happened on some day.
    fn happened(&mut self, anchor: &Statement, reading: Reading) -> (Known, Term) {
        let Body::Clause(clause) = &anchor.body else {
            self.beyond = true;
            return (Known::True, Term::of(self.unknown_between(i64::MIN / 16, i64::MAX / 16)));
        };
        if clause.negated || clause.aspect.never || clause.roles.iter().any(|filler| matches!(filler, Filler::Several(_))) {
            self.beyond = true;
            return (Known::True, Term::of(self.unknown_between(i64::MIN / 16, i64::MAX / 16)));
        }
        let fluent = self.fluent(clause, None);
        let outer = self.origin;
        if let Origin::Fact(fact) = outer {
            self.origin = Origin::Anchor(fact);
        }
        let relation = self.vocabulary.relation(fluent.relation);
        let result = if relation.sort == Sort::Event {
            self.event(&fluent, None, clause, Reading { strong: true, ..reading })
        } else {
            // A state dates something by its beginning.
            let day = Term::of(self.unknown_between(i64::MIN / 16, i64::MAX / 16));
            let mut mention = self.fresh(&fluent, day, day, true);
            mention.begins = true;
            let before = self.fresh(&fluent, day.plus(-1), day.plus(-1), false);
            let parts = [self.mention(mention), self.mention(before), self.conditions(clause, day, reading, true)];
            (self.all(&parts), day)
        };
        self.origin = outer;
        result
    }

    #[expect(clippy::too_many_arguments, reason = "these are what an order phrase is made of")]
    fn ordered(
        &mut self,
        side: Side,
        distance: Option<(Option<crate::syntax::ast::Bound>, crate::time::Length)>,
        within: bool,
        anchor: &Statement,
        day: Term,
        reading: Reading,
        positive: bool,
    ) -> Known {
        // Inclusive counts count for "three days after", not for "at least three days after".
        let counting =
            if within || matches!(distance, Some((None | Some(Bound::Exactly | Bound::Merely), _))) { reading.counting() } else { reading };
        let Extent { low, high } = apart(side, distance, within, counting.strong);
        let between = |world: &mut Self, other: Term, positive: bool| {
            let from = low.map_or(Term::START, |n| other.plus(n));
            let to = high.map_or(Term::END, |n| other.plus(n));
            world.within(day, from, to, positive)
        };
        // "a week after the fall of X" plausibly means its last fall before that.
        let nearest =
            reading.strong && !reading.fact && distance.is_some() && matches!(side, Side::After | Side::Of | Side::Into | Side::Before);
        if positive {
            let (happened, other) = self.happened(anchor, reading);
            let order = between(self, other, true);
            let mut parts = vec![happened, order];
            if let (true, Body::Clause(clause)) = (nearest, &anchor.body) {
                let fluent = self.fluent(clause, None);
                let (from, to) = if side == Side::Before { (day.plus(1), other.plus(-1)) } else { (other.plus(1), day.plus(-1)) };
                let none = self.fresh(&fluent, from, to, false);
                parts.push(self.mention(none));
            }
            self.all(&parts)
        } else {
            let mut each = Vec::new();
            let recorded = self.recorded(anchor, reading);
            for (mut parts, other) in recorded.clone() {
                parts.push(between(self, other, false));
                for (guards, another) in recorded.iter().filter(|(_, another)| nearest && *another != other) {
                    let counts = guards.first().map(|guard| guard.not());
                    let (first, last) = if side == Side::Before { (day, other) } else { (other, day) };
                    let between = [counts.unwrap_or(Known::True), self.lt(first, *another), self.lt(*another, last)];
                    parts.push(self.all(&between));
                }
                each.push(self.any(&parts));
            }
            self.all(&each)
        }
    }

    fn passed(&mut self, passed: &Passed, reading: Reading, positive: bool) -> Known {
        let counting = if matches!(passed.bound, None | Some(Bound::Exactly | Bound::Merely)) { reading.counting() } else { reading };
        let Extent { low, high } = apart(Side::After, Some((passed.bound, passed.length)), false, counting.strong);
        let between = |world: &mut Self, from: Term, to: Term, positive: bool| {
            let start = low.map_or(Term::START, |n| from.plus(n));
            let end = high.map_or(Term::END, |n| from.plus(n));
            world.within(to, start, end, positive)
        };
        if positive {
            let (first, from) = self.happened(&passed.from, reading);
            let (second, to) = self.happened(&passed.to, reading);
            let order = between(self, from, to, true);
            self.all(&[first, second, order])
        } else {
            let mut each = Vec::new();
            let starts = self.recorded(&passed.from, reading);
            for (first, from) in starts.clone() {
                for (second, to) in self.recorded(&passed.to, reading) {
                    let mut parts = first.clone();
                    parts.extend(second);
                    parts.push(between(self, from, to, false));
                    // The last one before is meant.
                    for (guards, another) in starts.iter().filter(|(_, another)| *another != from) {
                        let counts = guards.first().map_or(Known::True, |guard| guard.not());
                        let nearer = [counts, self.lt(from, *another), self.le(*another, to)];
                        parts.push(self.all(&nearer));
                    }
                    each.push(self.any(&parts));
                }
            }
            self.all(&each)
        }
    }

    // --- states -----------------------------------------------------------------------------------------------------------

    fn days_in(&mut self, fluent: &Fluent, range: Option<(i64, i64)>, from: Term, to: Term) -> Known {
        let mut mention = self.fresh(fluent, from, to, true);
        self.set_value(&mut mention, range);
        self.mention(mention)
    }

    fn days_out(&mut self, fluent: &Fluent, range: Option<(i64, i64)>, from: Term, to: Term) -> Known {
        let mut mention = self.fresh(fluent, from, to, false);
        self.set_value(&mut mention, range);
        self.mention(mention)
    }

    /// Some day of a set is in (`inside`) or out.
    fn some_day(&mut self, fluent: &Fluent, range: Option<(i64, i64)>, set: &DaySet, inside: bool) -> Known {
        if set.is_empty() {
            return Known::False;
        }
        let day = Term::of(self.unknown_in(set));
        if inside { self.days_in(fluent, range, day, day) } else { self.days_out(fluent, range, day, day) }
    }

    /// Every day of a set is in (`inside`) or out.
    fn every_day(&mut self, fluent: &Fluent, range: Option<(i64, i64)>, set: &DaySet, inside: bool) -> Known {
        let parts: Vec<Known> = set
            .pieces()
            .to_vec()
            .into_iter()
            .map(|(from, to)| {
                let (from, to) = (Term::day(from), Term::day(to));
                if inside { self.days_in(fluent, range, from, to) } else { self.days_out(fluent, range, from, to) }
            })
            .collect();
        self.all(&parts)
    }

    fn state(&mut self, fluent: &Fluent, range: Option<(i64, i64)>, clause: &Clause, reading: Reading, positive: bool) -> Known {
        // "somebody held it throughout" fails only if it fails for each who is recorded; nobody else need ever have.
        if !positive
            && Self::is_open(fluent)
            && let Some(each) = self.recorded_fillers(fluent)
        {
            let parts: Vec<Known> = each.iter().map(|one| self.state(one, range, clause, reading, false)).collect();
            return self.all(&parts);
        }
        let aspect = clause.aspect;
        // "still", "no longer", "again", "always": about a day, or a window.
        let windows: Vec<&Time> = clause.times.iter().collect();
        if aspect.still || aspect.no_longer || aspect.again || aspect.always {
            return self.aspect_of_state(fluent, range, clause, reading, positive);
        }
        if clause.first.is_some() && clause.relation != crate::vocabulary::IS_A {
            self.beyond = true;
            return Known::True;
        }
        if windows.is_empty() {
            let reference = Term::number(reading.reference);
            return match (clause.tense, positive) {
                (Tense::Present, true) => self.days_in(fluent, range, reference, reference),
                (Tense::Present, false) => self.days_out(fluent, range, reference, reference),
                (_, true) => self.some_day(fluent, range, &up_to(reading.reference), true),
                (_, false) => self.days_out(fluent, range, Term::START, reference),
            };
        }
        let mut parts = Vec::new();
        for time in &clause.times {
            parts.push(match time {
                Time::Window { word, days, second, .. } => {
                    self.window_of_state(fluent, range, clause, *word, days, second.as_ref(), reading, positive)
                }
                Time::Recorded { start, end, joined } => {
                    self.recorded_state(fluent, range, start.as_ref(), end.as_ref(), *joined, reading, positive)
                }
                Time::Lasting { bound, length, .. } => self.lasting(fluent, range, clause, *bound, *length, reading, positive),
                Time::Order { side, distance, within, anchor, .. } => {
                    self.state_by_happening(fluent, range, *side, *distance, *within, anchor, reading, positive)
                }
            });
        }
        self.both(&parts, positive)
    }

    /// The recorded fluents that an open one speaks of; nothing where one of them is open itself, or a whole kind is meant.
    fn recorded_fillers(&self, fluent: &Fluent) -> Option<Vec<Fluent>> {
        if fluent.args.iter().any(|arg| matches!(arg, Arg::AllOf { .. })) {
            return None;
        }
        let mut found: Vec<Fluent> = Vec::new();
        for at in self.of_relation(fluent.relation) {
            let Some(mention) = self.mentions.get(at).filter(|m| m.inside && self.covers(fluent, &m.fluent)) else { continue };
            if mention.fluent.args.contains(&Arg::Any) {
                return None;
            }
            // The claim's own first participant stays: a group is asked about as a group.
            let mut one = mention.fluent.clone();
            one.circumstances.clone_from(&fluent.circumstances);
            for (slot, asked) in one.args.iter_mut().zip(&fluent.args) {
                if *asked != Arg::Any {
                    slot.clone_from(asked);
                }
            }
            if !found.contains(&one) {
                found.push(one);
            }
        }
        found.sort();
        Some(found)
    }

    /// Whether the fluent leaves a participant open: then "every day" may be by different ones, and only single days are asked.
    fn is_open(fluent: &Fluent) -> bool {
        fluent.args.iter().any(|arg| matches!(arg, Arg::Any | Arg::AllOf { .. }))
    }

    #[expect(clippy::too_many_arguments, reason = "one row of the table of time words")]
    fn window_of_state(
        &mut self,
        fluent: &Fluent,
        range: Option<(i64, i64)>,
        clause: &Clause,
        word: TimeWord,
        days: &When,
        second: Option<&When>,
        reading: Reading,
        positive: bool,
    ) -> Known {
        let set = reading.days(days).clone();
        let (a, b) = ends(&set);
        self.grain = days.grain;
        let reference = Term::number(reading.reference);
        let cannot = |world: &mut Self| {
            world.beyond = true;
            Known::True
        };
        match (word, positive) {
            (TimeWord::On, true) => self.some_day(fluent, range, &set, true),
            (TimeWord::On, false) => self.every_day(fluent, range, &set, false),
            (TimeWord::Throughout, true) => self.every_day(fluent, range, &set, true),
            (TimeWord::Throughout, false) if Self::is_open(fluent) => cannot(self),
            (TimeWord::Throughout, false) => self.some_day(fluent, range, &set, false),
            (TimeWord::AsOf, true) => self.days_in(fluent, range, b, b),
            (TimeWord::AsOf, false) => self.days_out(fluent, range, b, b),
            (TimeWord::By, true) if reading.strong => self.days_in(fluent, range, b, b),
            (TimeWord::By, false) if reading.strong => self.days_out(fluent, range, b, b),
            (TimeWord::By, true) => self.some_between(fluent, range, Term::START, b),
            (TimeWord::By, false) => self.days_out(fluent, range, Term::START, b),
            (TimeWord::Before, true) => self.some_between(fluent, range, Term::START, a.plus(-1)),
            (TimeWord::Before, false) => self.days_out(fluent, range, Term::START, a.plus(-1)),
            // Past its reference day a statement commits to nothing.
            (TimeWord::After, true) => self.some_between(fluent, range, b.plus(1), Term::END),
            (TimeWord::After, false) if clause.tense == Tense::Perfect || reading.reference >= self.span(b).1 => {
                self.days_out(fluent, range, b.plus(1), reference)
            }
            (TimeWord::After, false) => self.days_out(fluent, range, b.plus(1), Term::END),
            (TimeWord::Since, _) => self.since(fluent, range, &set, reference, reading, positive),
            (TimeWord::Until, true) if reading.at_bounds().strong => {
                let last = Term::of(self.unknown_in(&shifted(&set, -1, 0)));
                let mut mention = self.fresh(fluent, last, last, true);
                self.set_value(&mut mention, range);
                mention.closed = true;
                let parts = [self.mention(mention), self.days_out(fluent, range, last.plus(1), last.plus(1))];
                self.note_ending(fluent, last);
                self.all(&parts)
            }
            (TimeWord::Until, true) => self.days_in(fluent, range, a.plus(-1), a.plus(-1)),
            (TimeWord::Until, false) if Self::is_open(fluent) => cannot(self),
            (TimeWord::Until, false) if reading.at_bounds().strong => {
                // It never goes from in to out there: from some day on it is in, and before that it is not.
                let turn = Term::of(self.unknown_between(self.span(a).0 - 1, self.span(b).1.saturating_add(2)));
                let parts = [
                    self.le(a.plus(-1), turn),
                    self.le(turn, b.plus(2)),
                    self.days_out(fluent, range, a.plus(-1), turn.plus(-1)),
                    self.days_in(fluent, range, turn, b.plus(1)),
                ];
                self.all(&parts)
            }
            (TimeWord::Until, false) => self.days_out(fluent, range, a.plus(-1), a.plus(-1)),
            (TimeWord::Between, _) => {
                let last = second.map(|when| reading.days(when).clone());
                let (_, d) = last.as_ref().map_or((a, b), ends);
                if positive { self.some_between(fluent, range, a, d) } else { self.days_out(fluent, range, a, d) }
            }
            (TimeWord::FromTo, _) => {
                let last = second.map(|when| reading.days(when).clone()).unwrap_or_else(|| set.clone());
                let (c, d) = ends(&last);
                self.stretch_from_to(fluent, range, (&set, a, b), (&last, c, d), reading, positive)
            }
        }
    }

    fn some_between(&mut self, fluent: &Fluent, range: Option<(i64, i64)>, from: Term, to: Term) -> Known {
        let day = Term::of(self.unknown_between(self.span(from).0, self.span(to).1));
        let parts = [self.days_in(fluent, range, day, day), self.le(from, day), self.le(day, to)];
        self.all(&parts)
    }

    fn some_out_between(&mut self, fluent: &Fluent, range: Option<(i64, i64)>, from: Term, to: Term) -> Known {
        let day = Term::of(self.unknown_between(self.span(from).0, self.span(to).1));
        let parts = [self.days_out(fluent, range, day, day), self.le(from, day), self.le(day, to)];
        self.all(&parts)
    }

    /// An episode starts in the window and lasts to `until` (strong), or every day from the window's end on (weak).
    fn since(&mut self, fluent: &Fluent, range: Option<(i64, i64)>, set: &DaySet, until: Term, reading: Reading, positive: bool) -> Known {
        let (a, b) = ends(set);
        let strong = reading.at_bounds().strong;
        match (positive, strong) {
            (true, true) => {
                let start = Term::of(self.unknown_in(set));
                let mut mention = self.fresh(fluent, start, until, true);
                self.set_value(&mut mention, range);
                mention.begins = true;
                let mut before = self.fresh(fluent, start.plus(-1), start.plus(-1), false);
                self.set_value(&mut before, range);
                before.before_beginning = true;
                let parts = [self.mention(mention), self.mention(before), self.le(start, until)];
                self.all(&parts)
            }
            (true, false) => self.days_in(fluent, range, b, until),
            (false, _) if Self::is_open(fluent) => {
                self.beyond = true;
                Known::True
            }
            (false, true) => {
                let later = self.some_out_between(fluent, range, b, until);
                let earlier = self.days_in(fluent, range, a.plus(-1), until);
                self.any(&[later, earlier])
            }
            (false, false) => self.some_out_between(fluent, range, b, until),
        }
    }

    fn stretch_from_to(
        &mut self,
        fluent: &Fluent,
        range: Option<(i64, i64)>,
        (first, a, b): (&DaySet, Term, Term),
        (last, c, d): (&DaySet, Term, Term),
        reading: Reading,
        positive: bool,
    ) -> Known {
        let strong = reading.at_bounds().strong;
        match (positive, strong) {
            (true, true) => {
                let (start, end) = (Term::of(self.unknown_in(first)), Term::of(self.unknown_in(last)));
                self.episode(fluent, range, start, end, (false, false))
            }
            (true, false) => self.days_in(fluent, range, b, c),
            (false, _) if Self::is_open(fluent) || self.span(b).1 > self.span(c).0 => {
                self.beyond = true;
                Known::True
            }
            (false, true) => {
                let broken = self.some_out_between(fluent, range, b, c);
                let earlier = self.days_in(fluent, range, a.plus(-1), c);
                let later = self.days_in(fluent, range, b, d.plus(1));
                self.any(&[broken, earlier, later])
            }
            (false, false) => self.some_out_between(fluent, range, b, c),
        }
    }

    /// The state begins on one day and ends on another, unless it is joined to another stretch there.
    fn episode(&mut self, fluent: &Fluent, range: Option<(i64, i64)>, start: Term, end: Term, joined: (bool, bool)) -> Known {
        let mut mention = self.fresh(fluent, start, end, true);
        self.set_value(&mut mention, range);
        mention.begins = true;
        mention.closed = true;
        let mut parts = vec![self.mention(mention), self.le(start, end)];
        if !joined.0 {
            let mut before = self.fresh(fluent, start.plus(-1), start.plus(-1), false);
            before.before_beginning = true;
            parts.push(self.mention(before));
        }
        if !joined.1 {
            let after = self.fresh(fluent, end.plus(1), end.plus(1), false);
            parts.push(self.mention(after));
        }
        self.note_ending(fluent, end);
        self.all(&parts)
    }

    #[expect(clippy::too_many_arguments, reason = "these are the columns of a table")]
    fn recorded_state(
        &mut self,
        fluent: &Fluent,
        range: Option<(i64, i64)>,
        start: Option<&When>,
        end: Option<&When>,
        joined: (bool, bool),
        reading: Reading,
        positive: bool,
    ) -> Known {
        if !positive {
            self.beyond = true;
            return Known::True;
        }
        let from = start.map(|when| {
            self.grain = when.grain;
            Term::of(self.unknown_in(reading.days(when)))
        });
        let to = end.map(|when| Term::of(self.unknown_in(reading.days(when))));
        match (from, to) {
            (Some(from), Some(to)) => self.episode(fluent, range, from, to, joined),
            (Some(from), None) => {
                let mut mention = self.fresh(fluent, from, from, true);
                self.set_value(&mut mention, range);
                mention.begins = true;
                let mut before = self.fresh(fluent, from.plus(-1), from.plus(-1), false);
                before.before_beginning = true;
                let parts = [self.mention(mention), self.mention(before)];
                self.all(&parts)
            }
            (None, Some(to)) => {
                let mut mention = self.fresh(fluent, to, to, true);
                mention.closed = true;
                let after = self.fresh(fluent, to.plus(1), to.plus(1), false);
                let parts = [self.mention(mention), self.mention(after)];
                self.note_ending(fluent, to);
                self.all(&parts)
            }
            (None, None) => self.some_day(fluent, range, &up_to(reading.reference), true),
        }
    }

    /// "for four years", up to the reference day.
    #[expect(clippy::too_many_arguments, reason = "one row of the table of time words")]
    fn lasting(
        &mut self,
        fluent: &Fluent,
        range: Option<(i64, i64)>,
        clause: &Clause,
        bound: Option<crate::syntax::ast::Bound>,
        length: crate::time::Length,
        reading: Reading,
        positive: bool,
    ) -> Known {
        let reaching = clause.tense != Tense::Past || clause.times.len() > 1;
        if !reaching {
            // "held it for four years": some time; how long exactly cannot be told from this side.
            return self.lasted(fluent, range, bound, length, reading, positive);
        }
        let grain =
            self.beginnings.iter().filter(|known| self.covers(fluent, &known.fluent)).map(|known| known.grain).max().unwrap_or(Grain::Day);
        // A limit says nothing of where the state began beyond it.
        let exact = matches!(bound, None | Some(Bound::Exactly | Bound::Merely));
        let set = length_window(
            crate::time::Day::from_epoch_days(reading.reference),
            bound,
            length,
            grain,
            if exact { reading.at_bounds().strong } else { reading.strong },
        );
        let until = Term::number(reading.reference);
        self.since(fluent, range, &set, until, Reading { boundaries: false, ..reading.at_bounds() }, positive)
    }

    /// "held it for four years": some episode that is over had that length.
    fn lasted(
        &mut self,
        fluent: &Fluent,
        range: Option<(i64, i64)>,
        bound: Option<Bound>,
        length: crate::time::Length,
        reading: Reading,
        positive: bool,
    ) -> Known {
        let Extent { low, high } = super::distance::lasting(bound, length, reading.strong);
        let between = |world: &mut Self, from: Term, to: Term, positive: bool| {
            let start = low.map_or(Term::START, |n| from.plus(n));
            let end = high.map_or(Term::END, |n| from.plus(n));
            world.within(to, start, end, positive)
        };
        if positive {
            let reference = reading.reference;
            let (start, end) =
                (Term::of(self.unknown_between(i64::MIN / 16, reference)), Term::of(self.unknown_between(i64::MIN / 16, reference)));
            let parts = [self.episode(fluent, range, start, end, (false, false)), between(self, start, end, true)];
            return self.all(&parts);
        }
        let episodes: Vec<Mention> = self
            .of_relation(fluent.relation)
            .into_iter()
            .filter_map(|at| self.mentions.get(at))
            .filter(|m| m.inside && m.begins && m.closed && self.covers(fluent, &m.fluent))
            .cloned()
            .collect();
        let mut each = Vec::new();
        for episode in episodes {
            let other = between(self, episode.from, episode.to, false);
            each.push(self.any(&[Known::Lit(!episode.guard), other]));
        }
        self.all(&each)
    }

    /// A state before, after or since another happening.
    #[expect(clippy::too_many_arguments, reason = "these are what an order phrase is made of")]
    fn state_by_happening(
        &mut self,
        fluent: &Fluent,
        range: Option<(i64, i64)>,
        side: Side,
        distance: Option<(Option<crate::syntax::ast::Bound>, crate::time::Length)>,
        within: bool,
        anchor: &Statement,
        reading: Reading,
        positive: bool,
    ) -> Known {
        let reference = Term::number(reading.reference);
        let one = |world: &mut Self, day: Term, positive: bool| -> Known {
            if distance.is_some() {
                let Extent { low, high } = apart(side, distance, within, reading.counting().strong);
                let from = low.map_or(Term::START, |n| day.plus(n));
                let to = high.map_or(Term::END, |n| day.plus(n));
                return if positive { world.some_between(fluent, range, from, to) } else { world.days_out(fluent, range, from, to) };
            }
            match (side, positive) {
                (Side::Before, true) => world.some_between(fluent, range, Term::START, day.plus(-1)),
                (Side::Before, false) => world.days_out(fluent, range, Term::START, day.plus(-1)),
                (Side::When, true) => world.days_in(fluent, range, day, day),
                (Side::When, false) => world.days_out(fluent, range, day, day),
                (Side::Since, true) => world.days_in(fluent, range, day, reference),
                (Side::Since, false) => world.some_out_between(fluent, range, day, reference),
                (Side::Until, true) => {
                    let held = world.days_in(fluent, range, day.plus(-1), day.plus(-1));
                    let over = world.days_out(fluent, range, day.plus(1), day.plus(1));
                    if reading.at_bounds().strong { world.all(&[held, over]) } else { held }
                }
                (Side::Until, false) => {
                    let held = world.days_out(fluent, range, day.plus(-1), day.plus(-1));
                    let over = world.days_in(fluent, range, day.plus(1), day.plus(1));
                    if reading.at_bounds().strong { world.any(&[held, over]) } else { held }
                }
                (_, true) => world.some_between(fluent, range, day.plus(1), reference),
                (_, false) => world.days_out(fluent, range, day.plus(1), reference),
            }
        };
        if positive {
            let (happened, day) = self.happened(anchor, reading);
            let holds = one(self, day, true);
            self.all(&[happened, holds])
        } else if Self::is_open(fluent) && side == Side::Since {
            self.beyond = true;
            Known::True
        } else {
            let mut each = Vec::new();
            for (mut parts, day) in self.recorded(anchor, reading) {
                parts.push(one(self, day, false));
                each.push(self.any(&parts));
            }
            self.all(&each)
        }
    }

    fn aspect_of_state(&mut self, fluent: &Fluent, range: Option<(i64, i64)>, clause: &Clause, reading: Reading, positive: bool) -> Known {
        let aspect = clause.aspect;
        let set = match clause.times.as_slice() {
            [] => DaySet::day(crate::time::Day::from_epoch_days(reading.reference)),
            [Time::Window { word: TimeWord::On | TimeWord::AsOf | TimeWord::By, days, .. }] => reading.days(days).clone(),
            // "always since", "still … since": the time word says it all.
            _ => {
                let plain = Clause { aspect: crate::statement::Aspect::default(), ..clause.clone() };
                if aspect.no_longer || aspect.again {
                    self.beyond = true;
                    return Known::True;
                }
                return self.state(fluent, range, &plain, reading, positive);
            }
        };
        let (a, b) = ends(&set);
        if aspect.always {
            let (from, to) = if clause.times.is_empty() { (Term::START, b) } else { (a, b) };
            return match positive {
                true => self.days_in(fluent, range, from, to),
                false if Self::is_open(fluent) => {
                    self.beyond = true;
                    Known::True
                }
                false => self.some_out_between(fluent, range, from, to),
            };
        }
        if aspect.again {
            // In now, out before, in before that.
            if !positive {
                self.beyond = true;
                return Known::True;
            }
            let now = self.some_day(fluent, range, &set, true);
            if !reading.strong {
                return now;
            }
            let gap = Term::of(self.unknown_between(self.span(Term::START).0, self.span(b).1));
            let earlier = Term::of(self.unknown_between(self.span(Term::START).0, self.span(b).1));
            let parts = [
                now,
                self.days_out(fluent, range, gap, gap),
                self.days_in(fluent, range, earlier, earlier),
                self.lt(earlier, gap),
                self.lt(gap, a),
            ];
            return self.all(&parts);
        }
        if aspect.no_longer {
            let over = |world: &mut Self, positive: bool| {
                if positive { world.some_day(fluent, range, &set, false) } else { world.every_day(fluent, range, &set, true) }
            };
            let now = over(self, positive);
            if !reading.strong {
                return now;
            }
            let before = if positive {
                self.some_between(fluent, range, Term::START, b.plus(-1))
            } else {
                self.days_out(fluent, range, Term::START, a.plus(-1))
            };
            return self.both(&[now, before], positive);
        }
        // still
        match (positive, reading.strong) {
            (true, true) => {
                let day = Term::of(self.unknown_in(&set));
                self.days_in(fluent, range, day.plus(-1), day)
            }
            (true, false) => self.some_day(fluent, range, &set, true),
            (false, true) => {
                // On no day of the window is it in together with the day before.
                let out = self.every_day(fluent, range, &set, false);
                if set.pieces().len() == 1 && a == b {
                    let before = self.days_out(fluent, range, a.plus(-1), a.plus(-1));
                    self.any(&[out, before])
                } else {
                    out
                }
            }
            (false, false) => self.every_day(fluent, range, &set, false),
        }
    }

    fn note_ending(&mut self, fluent: &Fluent, day: Term) {
        if matches!(self.origin, Origin::Fact(_)) {
            let guard = self.mentions.iter().rev().find(|m| m.inside && m.to == day && m.fluent == *fluent).map(|m| m.guard);
            if let Some(guard) = guard {
                self.endings.push(super::world::Beginning { guard, fluent: fluent.clone(), day, grain: self.grain });
            }
        }
    }
}

fn up_to(day: i64) -> DaySet {
    DaySet::single(crate::time::Day::MIN, crate::time::Day::from_epoch_days(day))
}

fn shifted(set: &DaySet, first: i64, last: i64) -> DaySet {
    match (set.first(), set.last()) {
        (Some(a), Some(b)) => DaySet::single(if a.is_finite() { a.plus(first) } else { a }, if b.is_finite() { b.plus(last) } else { b }),
        _ => set.clone(),
    }
}
