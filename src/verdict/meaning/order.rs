//! Order and distance to other happenings: before, after, since, until, and how long between the two.

use std::sync::Arc;

use super::Reading;
use crate::statement::{Body, Clause, Filler, Passed, Statement};
use crate::syntax::ast::{Bound, Side};
use crate::verdict::distance::{Extent, apart, roughly_apart};
use crate::verdict::solver::Lit;
use crate::verdict::world::{Arg, Fluent, Known, Mention, Origin, Term, World};
use crate::vocabulary::{RelationId, Sort, Tie};

/// "Not before X": holds for every X that happened, also for those that come later.
#[derive(Clone, Debug)]
pub(in crate::verdict) struct Misplaced {
    guard: Lit,
    /// X.
    anchor: Arc<Clause>,
    fluent: Fluent,
    order: Order,
    /// What is not so placed happens on this day.
    day: Term,
    reading: Reading,
}

impl Misplaced {
    pub(in crate::verdict) fn concerns(&self, relation: RelationId) -> bool {
        self.fluent.relation == relation
    }
}

/// How a happening stands to another.
#[derive(Clone, Copy, Debug)]
struct Order {
    side: Side,
    /// From the day of the other to its own.
    extent: Extent,
    /// "A week after the fall of X" plausibly means its last fall before that.
    nearest: bool,
}

impl World<'_> {
    /// "for the first time since X": after X, and not between the two.
    pub(super) fn first_since(&mut self, clause: &Clause, anchor: &Statement, day: Term, reading: Reading, positive: bool) -> Known {
        let fluent = self.fluent(clause, None);
        if positive {
            let (happened, other) = self.happened(anchor, reading);
            let parts = [happened, self.le(other, day), self.some_mention(&fluent, other, day.plus(-1), false)];
            return self.all(&parts);
        }
        let mut each = Vec::new();
        for (mut parts, other) in self.recorded(anchor, reading) {
            parts.push(self.lt(day, other));
            // The earlier one is not asked whether it is the first itself: else each would ask for one before it.
            let nevers = std::mem::take(&mut self.nevers);
            parts.push(self.some_mention(&fluent, other, day.plus(-1), true));
            self.nevers = nevers;
            each.push(self.any(&parts));
        }
        self.all(&each)
    }

    /// The other happening's occurrences that are recorded: under which literal, and on which day.
    fn recorded(&mut self, anchor: &Statement, reading: Reading) -> Vec<(Vec<Known>, Term)> {
        self.occurrences(anchor, reading, |mention| mention.origin != Origin::Claim)
    }

    /// The other happening's occurrences that count.
    fn occurrences(&mut self, anchor: &Statement, reading: Reading, counts: fn(&Mention) -> bool) -> Vec<(Vec<Known>, Term)> {
        let Body::Clause(clause) = &anchor.body else {
            // Cannot be decided: to let it be is safe, it only ever leads to `unknown`.
            return Vec::new();
        };
        if clause.negated || clause.aspect.never || clause.roles.iter().any(|filler| matches!(filler, Filler::Several(_))) {
            // Cannot be decided: to let it be is safe, it only ever leads to `unknown`.
            return Vec::new();
        }
        let fluent = self.fluent(clause, None);
        let relation = self.vocabulary.relation(fluent.relation);
        let mut found = Vec::new();
        if relation.sort == Sort::Event {
            for at in self.of_relation(fluent.relation) {
                if let Some(mention) = self.mentions.get(at).filter(|m| m.inside && counts(m)).cloned()
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
            // Cannot be decided: to let it be is safe, it only ever leads to `unknown`.
            return (Known::True, Term::of(self.unknown_between(i64::MIN / 16, i64::MAX / 16)));
        };
        if clause.negated || clause.aspect.never || clause.roles.iter().any(|filler| matches!(filler, Filler::Several(_))) {
            // Cannot be decided: to let it be is safe, it only ever leads to `unknown`.
            return (Known::True, Term::of(self.unknown_between(i64::MIN / 16, i64::MAX / 16)));
        }
        let fluent = self.fluent(clause, None);
        let relation = self.vocabulary.relation(fluent.relation);
        if relation.sort == Sort::Event {
            self.event(&fluent, None, clause, Reading { strong: true, ..reading })
        } else {
            // A state dates something by its beginning.
            let day = Term::of(self.unknown_between(i64::MIN / 16, i64::MAX / 16));
            let mut mention = self.fresh(&fluent, day, day, true);
            mention.begins = true;
            let before = self.fresh(&fluent, day.plus(-1), day.plus(-1), false);
            let parts = [self.mention(mention), self.mention(before), self.conditions(clause, day, reading, true)];
            (self.all(&parts), day)
        }
    }

    #[expect(clippy::too_many_arguments, reason = "these are what an order phrase is made of")]
    pub(super) fn ordered(
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
        let Extent { low, high } = if reading.strong || reading.fact {
            apart(side, distance, within, counting.strong)
        } else {
            roughly_apart(side, distance, within)
        };
        let between = |world: &mut Self, other: Term, positive: bool| {
            let from = low.map_or(Term::START, |n| other.plus(n));
            let to = high.map_or(Term::END, |n| other.plus(n));
            world.within(day, from, to, positive)
        };
        // "a week after the fall of X" plausibly means its last fall before that. Where any that is nearer would do as well
        // ("within a week of"), it makes no difference.
        let farther = match side {
            Side::Before => high.is_none_or(|n| n < -1),
            Side::After | Side::Of | Side::Into => low.is_none_or(|n| n > 1),
            _ => false,
        };
        let nearest = reading.strong && distance.is_some() && !within && farther;
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
            let Body::Clause(clause) = &anchor.body else { return Known::True };
            let fluent = self.fluent(clause, None);
            let order = Order { side, extent: Extent { low, high }, nearest };
            let guard = self.solver.variable();
            let misplaced = Misplaced { guard, anchor: Arc::new(clause.as_ref().clone()), fluent, order, day, reading };
            for (parts, other) in self.occurrences(anchor, reading, |mention| !mention.between) {
                self.not_so_placed(&misplaced, parts, other);
            }
            self.misplaced.push(misplaced);
            Known::Lit(guard)
        }
    }

    /// An occurrence of the other happening that comes later must not be so placed either.
    pub(in crate::verdict) fn misplace(&mut self, misplaced: &Misplaced, mention: &Mention) {
        if !mention.inside || mention.between || !self.covers(&misplaced.fluent, &mention.fluent) {
            return;
        }
        // Where the anchor is a first one, an earlier one is supposed: nothing is placed by that, else there were no end to it.
        let placing = std::mem::replace(&mut self.placing, true);
        let outside = self.conditions(&misplaced.anchor, mention.from, misplaced.reading, false);
        self.placing = placing;
        self.not_so_placed(misplaced, vec![Known::Lit(!mention.guard), outside], mention.from);
    }

    /// It does not stand so to the other happening of a day, unless one of `parts` holds.
    fn not_so_placed(&mut self, misplaced: &Misplaced, mut parts: Vec<Known>, other: Term) {
        let Misplaced { guard, fluent, order, day, .. } = misplaced;
        let from = order.extent.low.map_or(Term::START, |n| other.plus(n));
        let to = order.extent.high.map_or(Term::END, |n| other.plus(n));
        parts.extend([Known::Lit(!*guard), self.within(*day, from, to, false)]);
        if order.nearest {
            let (from, to) = if order.side == Side::Before { (day.plus(1), other.plus(-1)) } else { (other.plus(1), day.plus(-1)) };
            // What is denied is not asked of this one again: else there might be no end to it.
            let (nevers, others) = (std::mem::take(&mut self.nevers), std::mem::take(&mut self.misplaced));
            parts.push(self.between(fluent, from, to));
            (self.nevers, self.misplaced) = (nevers, others);
        }
        self.assert_any(&parts);
    }

    /// Another one lies between two.
    fn between(&mut self, fluent: &Fluent, from: Term, to: Term) -> Known {
        let day = Term::of(self.unknown_between(self.span(from).0, self.span(to).1));
        let mention = Mention { between: true, ..self.fresh(fluent, day, day, true) };
        let parts = [self.mention(mention), self.le(from, day), self.le(day, to)];
        self.all(&parts)
    }

    pub(super) fn passed(&mut self, passed: &Passed, reading: Reading, positive: bool) -> Known {
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

    /// A state before, after or since another happening.
    #[expect(clippy::too_many_arguments, reason = "these are what an order phrase is made of")]
    pub(super) fn state_by_happening(
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
                // Past its reference day a statement commits to nothing.
                return if positive {
                    let day = Term::of(world.unknown_between(world.span(from).0, world.span(to).1.min(reading.reference)));
                    let parts = [world.days_in(fluent, range, day, day), world.le(from, day), world.le(day, to), world.le(day, reference)];
                    world.all(&parts)
                } else {
                    let short = [world.le(reference, to), world.days_out(fluent, range, from, reference)];
                    let ways = [world.days_out(fluent, range, from, to), world.all(&short), world.lt(reference, from)];
                    world.any(&ways)
                };
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
            // Cannot be decided: to let it be is safe, it only ever leads to `unknown`.
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
}
