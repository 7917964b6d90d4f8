//! The assumptions `persistence` and `once` as clauses under literals of theirs.
//!
//! In: the mentions of the facts, and later those of a claim. Out: clauses. What each assumption says of a world stands beside
//! it here as it stands in the executable definition of the tests, which agrees with this on millions of random cases.

use std::collections::BTreeMap;

use super::ask::BUDGET;
use super::prepare::Prepared;
use super::solver::{Lit, Outcome};
use super::world::{Arg, Beginning, Fluent, Known, Mention, Origin, Term, World};
use crate::vocabulary::Sort;

/// A way in which the record ends a state.
struct Ender {
    /// The first day on which it is over.
    day: Term,
    /// Whether it lasted up to the day before that; else since when it is over is not told.
    sharp: bool,
    /// What must hold for it to count.
    given: Vec<Known>,
}

impl Prepared<'_> {
    /// `persistence`: what is recorded goes on until the record ends it, but not past the horizon.
    ///
    /// The record ends it where it has it otherwise: not so any more, or with another holder. Where it only tells that it
    /// began again later, or that somebody took over who is not named, it leaves open when it had ended. At the horizon itself
    /// what still goes on is not just being handed over, nor taken over where the record does not say so.
    pub(super) fn assume_persistence(&mut self, upto: usize) {
        let Some(horizon) = self.horizon else { return };
        self.world.origin = Origin::Assumed;
        for at in 0..upto {
            let Some(mention) = self.world.mentions.get(at).cloned() else { continue };
            let relation = self.world.vocabulary.relation(mention.fluent.relation);
            let open = mention.fluent.args.contains(&Arg::Any);
            let over = self.world.span(mention.to).0 > horizon;
            if !mention.inside || mention.closed || relation.sort != Sort::State || relation.permanent || open || over {
                continue;
            }
            let end = Term::number(horizon);
            let mut parts = vec![Known::Lit(!self.persistence), Known::Lit(!mention.guard), self.world.lt(end, mention.to)];
            self.world.maybe_empty(&mention, &mut parts);
            let (enders, unless) = self.enders(at, &mention, upto);
            parts.extend(unless.map(|lit| Known::Lit(!lit)));
            for number in 0..enders.len() {
                parts.push(self.ended_by(&mention, &enders, number, end));
            }
            parts.push(self.lasts(&mention, end, true));
            self.world.assert_any(&parts);
        }
    }

    /// It lasted until this ends it.
    fn ended_by(&mut self, mention: &Mention, enders: &[Ender], number: usize, end: Term) -> Known {
        let Some(ender) = enders.get(number) else { return Known::False };
        let mut parts = ender.given.clone();
        parts.push(self.world.lt(mention.to, ender.day));
        parts.push(self.world.le(ender.day, end));
        if parts.contains(&Known::False) {
            return Known::False;
        }
        if ender.sharp {
            parts.push(self.lasts(mention, ender.day.plus(-1), false));
        } else {
            // Nothing that is sharp comes before it.
            for other in enders.iter().filter(|other| other.sharp) {
                let mut later: Vec<Known> = other.given.iter().map(|given| given.not()).collect();
                later.push(self.world.le(other.day, mention.to));
                later.push(self.world.lt(ender.day, other.day));
                parts.push(self.world.any(&later));
            }
        }
        self.world.all(&parts)
    }

    fn lasts(&mut self, mention: &Mention, until: Term, goes_on: bool) -> Known {
        let guard = self.world.solver.variable();
        // From the day after, as the day itself is told already, unless nothing may come after it: the fewer days meet, the
        // less there is to tell apart.
        let on_the_last_day = goes_on && self.horizon.is_some_and(|horizon| self.world.span(mention.to).1 >= horizon);
        let from = if on_the_last_day { mention.to } else { mention.to.plus(1) };
        let longer = Mention {
            guard,
            from,
            to: until,
            origin: Origin::Assumed,
            // A state that begins on the day on which one that it excludes ends may share that day with it.
            begins: mention.begins && mention.from == from,
            closed: true,
            before_beginning: false,
            goes_on,
            begun: mention.begins.then_some(mention.from),
            ..mention.clone()
        };
        self.world.mention(longer)
    }

    /// What the record has that can end a state. Where one of them certainly comes first, later ones are left out; the
    /// conclusion then holds only while that fact counts.
    fn enders(&mut self, at: usize, mention: &Mention, upto: usize) -> (Vec<Ender>, Option<Lit>) {
        let relation = self.world.vocabulary.relation(mention.fluent.relation);
        let mut found: Vec<(Ender, Lit)> = Vec::new();
        for other_at in self.world.of_relation(mention.fluent.relation) {
            if other_at >= upto || other_at == at {
                continue;
            }
            let Some(other) = self.world.mentions.get(other_at).cloned() else { continue };
            // What only a possible handover says is no record of an end.
            if !other.inside && other.closed {
                continue;
            }
            let given = vec![Known::Lit(other.guard)];
            if !other.inside && self.world.covers(&other.fluent, &mention.fluent) {
                found.push((Ender { day: other.from, sharp: !other.before_beginning, given }, other.guard));
            } else if other.inside && other.takes_over && same_thing(relation.one.as_ref(), &mention.fluent, &other.fluent) {
                found.push((Ender { day: other.from, sharp: false, given }, other.guard));
            } else if other.inside && rivals(&self.world, relation.one.as_ref(), &mention.fluent, &other.fluent) {
                if self.world.span(other.from).1 < self.world.span(mention.to).0 {
                    continue;
                }
                if other.begins {
                    found.push((Ender { day: other.from, sharp: true, given }, other.guard));
                    continue;
                }
                // Since when the other had it is not known: some day up to then.
                let low = self.world.span(mention.to).0;
                let start = Term::of(self.world.unknown_between(low, self.world.span(other.from).1));
                let guard = self.world.solver.variable();
                let earlier =
                    Mention { guard, from: start, to: other.from, origin: Origin::Assumed, begins: false, closed: true, ..other.clone() };
                let parts = [Known::Lit(other.guard), self.world.mention(earlier), self.world.le(start, other.from)];
                found.push((Ender { day: start, sharp: true, given: parts.to_vec() }, other.guard));
            }
        }
        let possible = self.world.possible_ends.iter().filter(|(fluent, _)| self.world.covers(fluent, &mention.fluent));
        found.extend(possible.map(|(_, day)| (Ender { day: *day, sharp: false, given: Vec::new() }, mention.guard)));
        let after = self.world.span(mention.to).1;
        let certain = found
            .iter()
            .map(|(ender, guard)| (ender, self.world.span(ender.day), *guard))
            .filter(|(ender, (low, _), _)| ender.sharp && *low > after)
            .map(|(_, (_, high), guard)| (high, guard))
            .min();
        let Some((latest, guard)) = certain else { return (found.into_iter().map(|(ender, _)| ender).collect(), None) };
        let kept = found.into_iter().map(|(ender, _)| ender).filter(|ender| self.world.span(ender.day).0 <= latest).collect();
        (kept, Some(guard))
    }

    /// `once`: what is not repeatable, and the beginning of a state, happened only when the record says so.
    ///
    /// Looks at the mentions `from..`; what is recorded are the facts' own mentions up to `recorded`.
    pub(super) fn assume_once(&mut self, from: usize, recorded: usize) {
        let horizon = self.horizon.unwrap_or(i64::MAX / 16);
        for at in from..self.world.mentions.len() {
            let Some(mention) = self.world.mentions.get(at).cloned() else { continue };
            if !mention.inside {
                continue;
            }
            let relation = self.world.vocabulary.relation(mention.fluent.relation);
            match relation.sort {
                Sort::Event => {
                    if mention.origin == Origin::Claim && !self.world.happens_again(&mention.fluent) {
                        self.event_once(&mention, recorded, horizon);
                    }
                }
                Sort::State
                    if !relation.permanent && !mention.fluent.args.contains(&Arg::Any) && !self.world.happens_again(&mention.fluent) =>
                {
                    let recorded_beginning = mention.begins && mention.origin != Origin::Claim;
                    if matches!(mention.origin, Origin::Claim | Origin::Fact(_)) && !recorded_beginning {
                        self.beginning_once(&mention, recorded, horizon);
                    }
                }
                Sort::State => {}
            }
        }
    }

    /// Facts that may tell of one happening tell of one: the record has no more happenings than it must. "HTS captured Aleppo"
    /// beside "the rebels captured Aleppo on 29 November" is the same capture; which of several it is stays open.
    pub(super) fn assume_fewest_happenings(&mut self, upto: usize) {
        let mut told: Vec<Mention> =
            self.world.mentions.iter().take(upto).filter(|mention| self.is_recorded_event(mention)).cloned().collect();
        // Whoever is told most exactly comes first: a part before its group, a name before somebody.
        told.sort_by_key(|mention| {
            let exactness = |arg: &Arg| match arg {
                Arg::Any => usize::MAX,
                Arg::Name(name) => usize::MAX.saturating_sub(self.world.vocabulary.groups(*name).len()),
                _ => 0,
            };
            mention.fluent.args.iter().map(exactness).collect::<Vec<_>>()
        });
        // For each, whether it tells of a happening of its own; those that must need not be counted.
        let mut heads: Vec<Known> = Vec::new();
        // What joins what: happenings that cannot be one another are counted apart.
        let mut kin: Vec<usize> = (0..told.len()).collect();
        let mut joined: Vec<(usize, Known)> = Vec::new();
        for (number, mention) in told.iter().enumerate() {
            let mut joins = Vec::new();
            for (at, (head, own)) in told.iter().zip(&heads).take(number).enumerate() {
                if self.may_be_same(mention, head) {
                    let parts =
                        [*own, Known::Lit(head.guard), self.world.le(mention.from, head.from), self.world.le(head.from, mention.from)];
                    let join = self.world.all(&parts);
                    if join != Known::False {
                        joins.push(join);
                        let (from, to) = (kin.get(at).copied().unwrap_or(at), kin.get(number).copied().unwrap_or(number));
                        kin.iter_mut().filter(|one| **one == from).for_each(|one| *one = to);
                    }
                }
            }
            if joins.is_empty() {
                heads.push(Known::True);
                continue;
            }
            let own = Known::Lit(self.world.solver.variable());
            let clause: Vec<Known> = joins.iter().copied().chain([own, Known::Lit(!mention.guard)]).collect();
            self.world.assert_any(&clause);
            heads.push(own);
            joined.push((number, own.not()));
        }
        let mut groups: BTreeMap<usize, Vec<Known>> = BTreeMap::new();
        for (number, lit) in &joined {
            groups.entry(kin.get(*number).copied().unwrap_or(*number)).or_default().push(*lit);
        }
        // Each by itself, so that a proof about the one does not drag in the other; where they are tied so that not all can
        // be as few as each of them could, all together.
        let facts = self.all();
        let fewest: Vec<Known> = groups.values().filter_map(|group| self.most_joined(group, &facts)).collect();
        let lits = fewest.iter().filter_map(|known| if let Known::Lit(lit) = known { Some(*lit) } else { None });
        let with: Vec<Lit> = facts.iter().copied().chain(lits).collect();
        let fewest = if matches!(self.consistent(&with, &mut BUDGET.clone()), Outcome::Satisfiable(_)) {
            fewest
        } else {
            let all: Vec<Known> = joined.iter().map(|(_, lit)| *lit).collect();
            self.most_joined(&all, &facts).into_iter().collect()
        };
        for known in fewest {
            self.world.assert_any(&[Known::Lit(!self.world.once), known]);
        }
    }

    /// That as many of these hold as can.
    fn most_joined(&mut self, joined: &[Known], facts: &[Lit]) -> Option<Known> {
        (1..=joined.len()).rev().find_map(|least| {
            let known = self.world.at_least(least, joined);
            let Known::Lit(lit) = known else { return None };
            let with: Vec<Lit> = facts.iter().copied().chain([lit]).collect();
            matches!(self.consistent(&with, &mut BUDGET.clone()), Outcome::Satisfiable(_)).then_some(known)
        })
    }

    fn is_recorded_event(&self, mention: &Mention) -> bool {
        let relation = self.world.vocabulary.relation(mention.fluent.relation);
        mention.inside
            && matches!(mention.origin, Origin::Fact(_))
            && relation.sort == Sort::Event
            && !self.world.happens_again(&mention.fluent)
            && !relation.unique
    }

    /// Whether two mentions may tell of one happening: they agree in the roles that identify it, as far as both say who it was,
    /// and nobody in the one excludes somebody in the other.
    fn may_be_same(&self, a: &Mention, b: &Mention) -> bool {
        let (a, b) = (&a.fluent, &b.fluent);
        if a.relation != b.relation {
            return false;
        }
        let relation = self.world.vocabulary.relation(a.relation);
        let all: Vec<usize> = (0..relation.roles.len()).collect();
        let per = relation.once.as_ref().unwrap_or(&all);
        let alike = per.iter().all(|at| match (a.args.get(*at), b.args.get(*at)) {
            (Some(Arg::Name(x)), Some(Arg::Name(y))) => x == y || *at == 0 && self.world.vocabulary.count_as_one(*x, *y),
            (Some(Arg::Any), _) | (_, Some(Arg::Any)) => *at == 0,
            (x, y) => x == y,
        });
        alike && self.world.compatible(a, b)
    }

    fn event_once(&mut self, mention: &Mention, recorded: usize, horizon: i64) {
        let relation = self.world.vocabulary.relation(mention.fluent.relation);
        let all: Vec<usize> = (0..relation.roles.len()).collect();
        let per = relation.once.clone().unwrap_or(all);
        let own: Vec<Mention> = self
            .world
            .of_relation(mention.fluent.relation)
            .into_iter()
            .filter(|at| *at < recorded)
            .filter_map(|at| self.world.mentions.get(at))
            .filter(|other| {
                other.inside && matches!(other.origin, Origin::Fact(_)) && self.world.same_happening(&per, &mention.fluent, &other.fluent)
            })
            .cloned()
            .collect();
        if own.is_empty() {
            return;
        }
        let mut parts = vec![Known::Lit(!self.world.once), Known::Lit(!mention.guard), self.world.lt(Term::number(horizon), mention.from)];
        for other in &own {
            if !self.world.compatible(&mention.fluent, &other.fluent) {
                continue;
            }
            let mut same = vec![self.world.le(mention.from, other.from), self.world.le(other.from, mention.from)];
            if let (Some(x), Some(y)) = (mention.value, other.value) {
                same.push(self.world.le(Term::of(x), Term::of(y)));
                same.push(self.world.le(Term::of(y), Term::of(x)));
            }
            parts.push(self.world.all(&same));
        }
        // Only what counts can be held against a claim: what is merely reported may not.
        for other in &own {
            let clause: Vec<Known> = parts.iter().copied().chain([Known::Lit(!other.guard)]).collect();
            self.world.assert_any(&clause);
        }
    }

    /// A state does not begin but where the record has it begin, once it has a beginning of it: a recorded beginning leads to
    /// each of its days, or it is held on end with a day before which none is recorded.
    fn beginning_once(&mut self, mention: &Mention, recorded: usize, horizon: i64) {
        for fluent in self.group_fluents(&mention.fluent) {
            let beginnings: Vec<Beginning> =
                self.world.beginnings.iter().filter(|known| self.world.covers(&fluent, &known.fluent)).cloned().collect();
            if beginnings.is_empty() {
                continue;
            }
            let start = mention.from;
            let mut parts = vec![Known::Lit(!self.world.once), Known::Lit(!mention.guard), self.world.lt(Term::number(horizon), start)];
            self.world.maybe_empty(mention, &mut parts);
            let told = self.told_days(&fluent, recorded);
            let own = told.iter().find(|root| root.guard == mention.guard && root.from == start);
            if let Some(own) = own {
                parts.push(self.no_beginning_leads_to(&fluent, own, &beginnings, recorded));
            }
            if parts.contains(&Known::True) {
                continue;
            }
            for beginning in &beginnings {
                let before = self.world.le(beginning.day, start);
                if before != Known::False {
                    let lasting = self.held(&fluent, (beginning.day, true), start, mention);
                    parts.push(self.world.all(&[Known::Lit(beginning.guard), before, lasting]));
                }
            }
            for root in told.iter().filter(|root| root.guard != mention.guard || root.from != start) {
                let unled = self.no_beginning_leads_to(&fluent, root, &beginnings, recorded);
                for (from, to) in [(start, root.from), (root.from, start)] {
                    let ordered = self.world.le(from, to);
                    if unled != Known::False && ordered != Known::False {
                        let lasting = self.held(&fluent, (from, false), to, mention);
                        parts.push(self.world.all(&[Known::Lit(root.guard), unled, ordered, lasting]));
                    }
                }
            }
            for beginning in &beginnings {
                let clause: Vec<Known> = parts.iter().copied().chain([Known::Lit(!beginning.guard)]).collect();
                self.world.assert_any(&clause);
            }
        }
    }

    /// It is held on end from one day, perhaps its beginning, to another.
    fn held(&mut self, fluent: &Fluent, (from, begins): (Term, bool), to: Term, like: &Mention) -> Known {
        // The same days are asked for by many.
        let known = self.world.of_relation(fluent.relation).into_iter().filter_map(|at| self.world.mentions.get(at)).find(|m| {
            m.origin == Origin::Assumed
                && m.inside
                && m.closed
                && !m.goes_on
                && m.begins == begins
                && m.from == from
                && m.to == to
                && m.fluent == *fluent
                && m.value == like.value
        });
        if let Some(known) = known {
            return Known::Lit(known.guard);
        }
        let guard = self.world.solver.variable();
        let mention = Mention {
            guard,
            fluent: fluent.clone(),
            from,
            to,
            origin: Origin::Assumed,
            begins,
            closed: true,
            before_beginning: false,
            goes_on: false,
            begun: None,
            takes_over: false,
            ..like.clone()
        };
        self.world.mention(mention)
    }

    /// The recorded days of a state that are not told as its beginnings.
    fn told_days(&self, fluent: &Fluent, recorded: usize) -> Vec<Mention> {
        let of_relation = self.world.of_relation(fluent.relation);
        let told = of_relation.into_iter().filter(|at| *at < recorded).filter_map(|at| self.world.mentions.get(at));
        told.filter(|m| m.inside && !m.begins && matches!(m.origin, Origin::Fact(_)) && self.world.covers(fluent, &m.fluent))
            .cloned()
            .collect()
    }

    /// Every recorded beginning comes after a recorded day, or the record has the state interrupted between the two.
    fn no_beginning_leads_to(&mut self, fluent: &Fluent, day: &Mention, beginnings: &[Beginning], recorded: usize) -> Known {
        let key = (fluent.clone(), day.guard, day.from);
        if let Some(known) = self.unled.get(&key) {
            return *known;
        }
        let one = self.world.vocabulary.relation(fluent.relation).one.clone();
        let interruptions: Vec<Mention> = self
            .world
            .of_relation(fluent.relation)
            .into_iter()
            .filter(|at| *at < recorded)
            .filter_map(|at| self.world.mentions.get(at))
            .filter(|q| {
                let out = !q.inside && !q.before_beginning && !q.closed && self.world.covers(&q.fluent, fluent);
                out || q.inside && matches!(q.origin, Origin::Fact(_)) && rivals(&self.world, one.as_ref(), fluent, &q.fluent)
            })
            .cloned()
            .collect();
        let mut all = Vec::new();
        for beginning in beginnings {
            let mut ways = vec![self.world.lt(day.from, beginning.day)];
            for q in &interruptions {
                let parts = [Known::Lit(q.guard), self.world.lt(beginning.day, q.from), self.world.lt(q.to, day.from)];
                if !parts.contains(&Known::False) {
                    ways.push(self.world.all(&parts));
                }
            }
            all.push(self.world.any(&ways));
        }
        let known = self.world.all(&all);
        self.unled.insert(key, known);
        known
    }

    /// The fluent for its first participant and all groups that this is part of.
    fn group_fluents(&self, fluent: &Fluent) -> Vec<Fluent> {
        let Some(Arg::Name(name)) = fluent.args.first() else { return vec![fluent.clone()] };
        let kind = self.world.vocabulary.relation(fluent.relation).roles.first().map(|role| role.kind);
        self.world
            .vocabulary
            .groups(*name)
            .iter()
            .filter(|group| **group == *name || kind.is_none_or(|kind| self.world.vocabulary.is_a(**group, kind)))
            .map(|group| {
                let mut args = fluent.args.clone();
                if let Some(first) = args.first_mut() {
                    *first = Arg::Name(*group);
                }
                Fluent { args, ..fluent.clone() }
            })
            .collect()
    }
}

/// Whether two fluents have one holder between them.
fn same_thing(one: Option<&(usize, Vec<usize>)>, a: &Fluent, b: &Fluent) -> bool {
    let Some((_, per)) = one else { return false };
    per.iter().all(|at| match (a.args.get(*at), b.args.get(*at)) {
        (Some(Arg::Any) | None, _) | (_, Some(Arg::Any) | None) => false,
        (x, y) => x == y,
    })
}

/// Whether two fluents exclude one another as holders of one thing.
fn rivals(world: &World<'_>, one: Option<&(usize, Vec<usize>)>, a: &Fluent, b: &Fluent) -> bool {
    let Some((role, _)) = one else { return false };
    let differ = match (a.args.get(*role), b.args.get(*role)) {
        (Some(Arg::Name(x)), Some(Arg::Name(y))) => !world.vocabulary.count_as_one(*x, *y) && !world.may_contain(*x, *y),
        _ => false,
    };
    differ && same_thing(one, a, b)
}
