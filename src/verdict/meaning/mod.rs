//! A statement as constraints on worlds: the table of `language.md` section 4, in its strong and its weak reading.
//!
//! Every function comes in two polarities: a literal that makes the statement true, and one that makes it false. A fact is
//! asserted true in its strong reading; a claim is asked whether its strong reading can be false and its weak one true.
//! Where either cannot be decided, it is taken to be possible: that leaves more worlds than there are, and so only ever
//! leads to `unknown`.
//!
//! Here are the readings, what is joined and denied, and who takes part; how often is in `count`, what events do in `event`,
//! what states do in `state`, and what is dated by another happening in `order`.

mod count;
mod event;
mod order;
mod state;

pub(super) use count::Tally;
pub(super) use event::Never;
pub(super) use order::Misplaced;

use super::world::{Arg, Fluent, Known, Mention, Term, World};
use crate::statement::{Body, Clause, Filler, Measure, Statement, Tense, Time, TimeWord, in_words, measure_in_words};
use crate::time::{DaySet, Grain, When};
use crate::vocabulary::{NameId, Sort};

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
        let mut plain = Clause { negated: false, aspect: crate::statement::Aspect { never: false, ..clause.aspect }, ..clause.clone() };
        // "is not yet" denies every day up to now.
        if clause.aspect.never && clause.tense == Tense::Present {
            plain.tense = Tense::Past;
        }
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
        // "Some agencies have not approved it" is said of those; "did not capture three cities" denies that it was three.
        if let Some((role, counted)) = plain.roles.iter().enumerate().find_map(|(role, filler)| match filler {
            Filler::Counted(counted) if counted.span.start < plain.verb_span.start && counted.quantity.strong.high > 0 => {
                Some((role, counted.clone()))
            }
            _ => None,
        }) {
            return self.some_not(&plain, role, &counted, reading, positive);
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

    /// The fluent of a clause of which all roles are settled.
    fn fluent(&self, clause: &Clause, chosen: Option<(usize, Arg)>) -> Fluent {
        // One number is reckoned with; of a second one it is only known whether it is the same.
        let first_number = clause.roles.iter().position(|filler| matches!(filler, Filler::Number(..)));
        let mut args: Vec<Arg> = clause
            .roles
            .iter()
            .enumerate()
            .map(|(role, filler)| match filler {
                Filler::Number(measure, _) if first_number != Some(role) => Arg::Content(measure_in_words(measure), None),
                Filler::Name(name, _) => Arg::Name(*name),
                Filler::Kind(kind, _) => Arg::Kind(*kind),
                Filler::Number(measure, _) => Arg::Value(measure.unit),
                Filler::Said(inner) | Filler::Deed(inner) => {
                    Arg::Content(in_words(inner, self.vocabulary), self.spoken_of(inner).map(Box::new))
                }
                Filler::Open | Filler::Several(_) | Filler::Counted(_) | Filler::Unknown(..) | Filler::UnknownAmong(_) => Arg::Any,
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
            Filler::Number(Measure { quantity, .. }, _) => {
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
                    // Cannot be decided: to let it be is safe, it only ever leads to `unknown`.
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

    fn set_value(&mut self, mention: &mut Mention, range: Option<(i64, i64)>) {
        if let Some((low, high)) = range {
            if mention.inside {
                mention.value = Some(self.unknown_number(low, high));
            } else {
                mention.range = Some((low, high));
            }
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
}

fn ends(set: &DaySet) -> (Term, Term) {
    (set.first().map_or(Term::END, Term::day), set.last().map_or(Term::START, Term::day))
}
