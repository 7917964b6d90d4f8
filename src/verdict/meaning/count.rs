//! How many: several names joined, "no other", members of a kind, and counts of what nobody named.

use std::collections::{BTreeMap, BTreeSet};

use super::Reading;
use crate::statement::{Clause, Counted, Filler, Group, Quantity, Time, UNBOUNDED, in_words};
use crate::syntax::Interval;
use crate::syntax::ast::Side;
use crate::verdict::solver::{Lit, Unknown};
use crate::verdict::world::{Arg, Fluent, Known, Origin, Term, World};
use crate::vocabulary::{IS_A, KindId, NameId, RelationId, Tie};

/// A recorded count of things that nobody named.
#[derive(Clone, Debug)]
pub(in crate::verdict) struct Tally {
    guard: Lit,
    fluent: Fluent,
    day: Term,
    count: Unknown,
    /// "when the city fell": circumstances in words.
    scene: Vec<String>,
    /// Its dates, as far as it gives any.
    times: Vec<String>,
    /// The day up to which it counts.
    reference: i64,
    /// A measured number in the same statement: what was paid to so many.
    value: Option<(i64, i64)>,
    /// It counts something more special, so that there may be more.
    at_least: bool,
    origin: Origin,
}

/// More unnamed things than this are not told apart.
const MOST_UNNAMED: i64 = 60;

impl World<'_> {
    pub(super) fn group(&mut self, clause: &Clause, role: usize, group: &Group, reading: Reading, positive: bool) -> Known {
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
        // What a part does its group does: neither is another one.
        let related = |name: &NameId| {
            except.iter().any(|known| self.vocabulary.is_part_of(*name, *known) || self.vocabulary.is_part_of(*known, *name))
        };
        let more: Vec<NameId> = self.vocabulary.members(kind).into_iter().filter(related).collect();
        let except: Vec<NameId> = except.iter().copied().chain(more).collect();
        if positive {
            let others = Arg::AllOf { kind, except: except.clone(), unnamed_from: 0 };
            self.leaf(clause, Some((role, others)), reading.turned(), false)
        } else {
            let mut each = Vec::new();
            for name in self.vocabulary.members(kind) {
                if !except.contains(&name) {
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
    pub(super) fn counted(&mut self, clause: &Clause, role: usize, counted: &Counted, reading: Reading, positive: bool) -> Known {
        let kind = counted.kind;
        let total = self.vocabulary.kind(kind).total;
        let members: Vec<NameId> =
            self.vocabulary.members(kind).into_iter().filter(|name| !counted.except.iter().any(|(e, _)| e == name)).collect();
        if let (Some(total), Some(said)) = (total, counted.total)
            && said.low != i64::from(total)
        {
            return if positive { Known::False } else { Known::True };
        }
        if total.is_none() && !counted.every && (members.is_empty() || self.is_tallied(clause, role, counted, reading)) {
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
        let wanted = if high < MOST_UNNAMED { high.saturating_add(1) } else { low }.max(0);
        if unlimited && wanted > MOST_UNNAMED {
            // Cannot be decided: to let it be is safe, it only ever leads to `unknown`.
            return Known::True;
        }
        let extra = if unlimited { u32::try_from(wanted).unwrap_or(0) } else { 0 };
        let args: Vec<Arg> = members.iter().copied().map(Arg::Name).chain((0..extra).map(|n| Arg::Unnamed(kind, n))).collect();
        let size = i64::try_from(args.len()).unwrap_or(i64::MAX);
        let usize_of = |n: i64| usize::try_from(n.max(0)).unwrap_or(usize::MAX);
        // How many hold is read as it stands; that the others do not is the other reading turned round.
        let held = |world: &mut Self, reading: Reading| -> Vec<Known> {
            args.iter().map(|arg| world.leaf(clause, Some((role, arg.clone())), reading, true)).collect()
        };
        let not_held = |world: &mut Self, reading: Reading| -> Vec<Known> {
            args.iter().map(|arg| world.leaf(clause, Some((role, arg.clone())), reading, false)).collect()
        };
        let none_beyond = |world: &mut Self, reading: Reading| {
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
                let lits = held(self, reading);
                parts.push(self.at_least(usize_of(low), &lits));
            }
            if high < size || unlimited && high < MOST_UNNAMED {
                let lits = not_held(self, reading.turned());
                parts.push(self.at_least(usize_of(size.saturating_sub(high)), &lits));
                let beyond = none_beyond(self, reading.turned());
                parts.push(beyond);
            }
            self.all(&parts)
        } else {
            if low > 0 {
                let lits = not_held(self, reading);
                let fewer = self.at_least(usize_of(size.saturating_sub(low).saturating_add(1)), &lits);
                let beyond = none_beyond(self, reading);
                parts.push(self.all(&[fewer, beyond]));
            }
            if high < size || unlimited && high < MOST_UNNAMED {
                let lits = held(self, reading.turned());
                parts.push(self.at_least(usize_of(high.saturating_add(1)), &lits));
            } else if unlimited && high < UNBOUNDED {
                // More than are told apart: there may be so many.
                return Known::True;
            }
            self.any(&parts)
        }
    }

    /// "Some agencies have not approved it": there is one that has not. Of any other number it is not known how many have not.
    pub(super) fn some_not(&mut self, plain: &Clause, role: usize, counted: &Counted, reading: Reading, positive: bool) -> Known {
        let Interval { low, high } = counted.quantity.strong;
        if positive || counted.every || (low, high) != (1, UNBOUNDED) {
            // Cannot be decided: to let it be is safe, it only ever leads to `unknown`.
            return Known::True;
        }
        let each: Vec<Known> = self
            .vocabulary
            .members(counted.kind)
            .into_iter()
            .map(|name| {
                let one = Clause { negated: true, ..Self::with_role(plain, role, Filler::Name(name, counted.span)) };
                self.clause(&one, reading, false)
            })
            .collect();
        self.all(&each)
    }

    /// Whether it is a number of things that are not told apart, though some of the kind have names: too many for that, or the
    /// record has them as a number.
    fn is_tallied(&self, clause: &Clause, role: usize, counted: &Counted, reading: Reading) -> bool {
        let Quantity { strong, weak } = counted.quantity;
        let many = |n: i64| MOST_UNNAMED < n && n < UNBOUNDED;
        if !counted.listed.is_empty() || !counted.except.is_empty() {
            return false;
        }
        if [strong.low, strong.high, weak.low, weak.high].into_iter().any(many) {
            return true;
        }
        let asked = self.fluent(clause, Some((role, Arg::Kind(counted.kind))));
        let either = |tally: &Tally| self.covers(&asked, &tally.fluent) || self.covers(&tally.fluent, &asked);
        !reading.fact && self.tallies.iter().any(|tally| tally.origin != Origin::Claim && either(tally))
    }

    /// Whether one tally counts all that another does.
    fn counts_all_of(&self, whole: &Tally, part: &Tally) -> bool {
        let value = match (whole.value, part.value) {
            (None, _) => true,
            (Some((low, high)), Some((least, most))) => low <= least && most <= high,
            (Some(_), None) => false,
        };
        value && self.covers(&whole.fluent, &part.fluent)
    }

    /// How many of a kind that are not told apart: soldiers killed, people displaced.
    fn tally(&mut self, clause: &Clause, role: usize, counted: &Counted, reading: Reading, positive: bool) -> Known {
        let fluent = self.fluent(clause, Some((role, Arg::Kind(counted.kind))));
        let scene = self.scene(clause);
        let Interval { low, high } = if reading.strong { counted.quantity.strong } else { counted.quantity.weak };
        // What three cost, none of them need have cost.
        let priced = clause.roles.iter().any(|filler| matches!(filler, Filler::Number(..)));
        let high = if priced && reading.strong && !reading.fact { low } else { high };
        let number = self.unknown_number(0, i64::MAX / 8);
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
        let value = Self::quantity(clause, reading);
        let times = self.written_times(clause);
        let asked = Tally {
            guard: self.truth(),
            fluent,
            day: Term::START,
            count: number,
            scene,
            times,
            value,
            reference: reading.reference,
            at_least: false,
            origin: self.origin,
        };
        // Of several that count apart from one another, none counts them all.
        let alone = |world: &Self, tally: &Tally| {
            recorded.iter().all(|other| {
                other.origin == tally.origin
                    || !world.counts_all_of(&asked, other)
                    || (&other.times, &other.scene) == (&tally.times, &tally.scene)
            })
        };
        for tally in &recorded {
            let scene_in = |inner: &Tally, outer: &Tally| outer.scene.iter().all(|scene| inner.scene.contains(scene));
            let mut within = false;
            if self.counts_all_of(&asked, tally) && scene_in(tally, &asked) {
                let outside = self.conditions(clause, tally.day, reading, false);
                within = outside == Known::False;
                let more = self.le(Term::of(tally.count), count);
                self.assert_any(&[Known::Lit(!tally.guard), outside, more]);
            }
            self.no_more_than(&asked, tally);
            // What is counted in full for a scene that is told of cannot be more in a part of it; and what is asked in the words
            // of the record is what the record counts, where no later record counts it again.
            let definite = !tally.scene.is_empty() || !tally.fluent.circumstances.is_empty();
            let contains = self.counts_all_of(tally, &asked) && scene_in(&asked, tally);
            let same = contains && self.counts_all_of(&asked, tally) && scene_in(tally, &asked) && alone(self, tally);
            let same = same && (asked.times.is_empty() || asked.times == tally.times || within);
            let counted_again = |later: &Tally| {
                later.reference > tally.reference && self.covers(&tally.fluent, &later.fluent) && self.covers(&later.fluent, &tally.fluent)
            };
            if (contains && definite && tally.times.is_empty() || same) && !recorded.iter().any(counted_again) {
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
        self.record(Tally { guard, day: Term::of(day), ..asked }, 0);
        Known::Lit(guard)
    }

    /// What counts a part of what another counts, by the same dates, is no more than that; of the same, neither is more. A later
    /// count may have grown.
    fn no_more_than(&mut self, part: &Tally, whole: &Tally) {
        let contained = self.counts_all_of(whole, part) && whole.scene.iter().all(|scene| part.scene.contains(scene));
        if contained && part.times == whole.times && part.reference <= whole.reference && !whole.at_least {
            let fewer = self.le(Term::of(part.count), Term::of(whole.count));
            self.assert_any(&[Known::Lit(!part.guard), Known::Lit(!whole.guard), fewer]);
        }
    }

    /// A tally counts for what its relation implies as well: of that, it is the least.
    fn record(&mut self, tally: Tally, depth: usize) {
        for other in self.tallies.clone() {
            self.no_more_than(&tally, &other);
            self.no_more_than(&other, &tally);
        }
        let links = self.vocabulary.relation(tally.fluent.relation).links.clone();
        for link in links.iter().filter(|link| link.tie == Tie::Implies && depth < 4) {
            let args =
                link.roles.iter().map(|role| role.and_then(|role| tally.fluent.args.get(role)).cloned().unwrap_or(Arg::Any)).collect();
            let fluent = Fluent { relation: link.target, args, circumstances: tally.fluent.circumstances.clone() };
            self.record(Tally { fluent, at_least: true, ..tally.clone() }, depth.saturating_add(1));
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
}

impl World<'_> {
    /// "14 in all": no more names than that are of the kind.
    pub(in crate::verdict) fn no_more_than_in_all(&mut self) {
        let told: Vec<(NameId, KindId, Lit)> = self
            .of_relation(IS_A)
            .into_iter()
            .filter_map(|at| self.mentions.get(at))
            .filter(|mention| mention.inside)
            .filter_map(|mention| match mention.fluent.args.as_slice() {
                [Arg::Name(name), Arg::Kind(kind)] => Some((*name, *kind, mention.guard)),
                _ => None,
            })
            .collect();
        let kinds: BTreeSet<KindId> = told.iter().flat_map(|(_, kind, _)| self.vocabulary.kinds_of_kind(*kind)).copied().collect();
        for kind in kinds {
            let Some(total) = self.vocabulary.kind(kind).total.and_then(|total| usize::try_from(total).ok()) else { continue };
            let mut members: BTreeMap<NameId, Vec<Known>> = BTreeMap::new();
            for name in self.vocabulary.members(kind) {
                members.entry(name).or_default().push(Known::True);
            }
            for (name, _, guard) in told.iter().filter(|(_, told, _)| self.vocabulary.is_kind_of(*told, kind)) {
                members.entry(*name).or_default().push(Known::Lit(*guard));
            }
            let Some(spare) = members.len().checked_sub(total).filter(|spare| *spare > 0) else { continue };
            let none_of = |guards: &Vec<Known>| guards.iter().map(|guard| guard.not()).collect::<Vec<_>>();
            let outside: Vec<Vec<Known>> = members.values().map(none_of).collect();
            let outside: Vec<Known> = outside.iter().map(|guards| self.all(guards)).collect();
            let enough = self.at_least(spare, &outside);
            self.assert_any(&[enough]);
        }
    }
}
