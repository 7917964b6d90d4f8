//! Facts as a world: each under a literal of its own, so that any set of them can be asked about, with the assumptions
//! `once` and `persistence` as clauses under literals of theirs.

use super::meaning::Reading;
use super::solver::{Lit, Outcome};
use super::world::{Arg, Fluent, Known, Mention, Origin, Term, World};
use crate::facts::{FactBase, said};
use crate::statement::{Body, Statement, Time, TimeWord};
use crate::vocabulary::{RelationId, Sort};

/// A fact's literal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Selector {
    /// Which fact.
    pub(super) fact: usize,
    pub(super) lit: Lit,
    /// Whether it is what somebody is reported as saying.
    pub(super) voiced: bool,
}

/// A set of facts, ready to be asked about.
#[derive(Clone, Debug)]
pub(super) struct Prepared<'b> {
    pub(super) world: World<'b>,
    pub(super) selectors: Vec<Selector>,
    pub(super) persistence: Lit,
    /// The day on which the record of the matter ends.
    pub(super) horizon: Option<i64>,
    /// How many mentions there were before any claim.
    pub(super) recorded: usize,
}

/// The end of the record of these facts.
pub(super) fn horizon(base: &FactBase, facts: &[usize]) -> Option<i64> {
    let of_facts = facts.iter().filter_map(|at| base.facts.get(*at)).filter_map(|fact| fact.horizon).max();
    base.horizon.or(of_facts).or_else(|| base.end()).map(crate::time::Day::epoch_days)
}

/// Compiles facts. With `contents_only`, sayings are taken for what is said and nothing else is known: for what X says.
pub(super) fn prepare<'b>(base: &'b FactBase, facts: &[usize], contents_only: bool) -> Prepared<'b> {
    let mut world = World::new(&base.vocabulary);
    let persistence = world.solver.variable();
    let horizon = horizon(base, facts);
    let mut selectors = Vec::new();
    for &at in facts {
        let Some(fact) = base.facts.get(at) else { continue };
        world.origin = Origin::Fact(at);
        let reference = base.horizon.or(fact.horizon).map(crate::time::Day::epoch_days).or(horizon).unwrap_or(i64::MAX / 16);
        let reading = Reading { strong: true, boundaries: false, fact: true, reference };
        let content = match &fact.statement.body {
            Body::Clause(clause) => {
                said(clause, &base.vocabulary).map(|(_, content, denied)| (content, denied, said_by(&fact.statement).unwrap_or(reference)))
            }
            _ => None,
        };
        if let Some((content, denied, day)) = content {
            let reading = Reading { reference: day, ..reading };
            let lit = world.solver.variable();
            // Who denies something says that it is not so.
            let known = if denied {
                world.dated_statement(content, Reading { strong: false, ..reading }, false)
            } else {
                world.dated_statement(content, reading, true)
            };
            world.assert_any(&[Known::Lit(!lit), known]);
            selectors.push(Selector { fact: at, lit, voiced: !contents_only });
            if contents_only {
                continue;
            }
        } else if contents_only {
            continue;
        }
        let lit = world.solver.variable();
        let known = world.dated_statement(&fact.statement, reading, true);
        world.assert_any(&[Known::Lit(!lit), known]);
        selectors.push(Selector { fact: at, lit, voiced: false });
    }
    world.end = horizon.map(|day| (day, persistence));
    let facts_end = world.mentions.len();
    let mut prepared = Prepared { world, selectors, persistence, horizon, recorded: facts_end };
    prepared.assume_persistence(facts_end);
    prepared.same_happenings(facts_end);
    prepared.assume_once(0, facts_end);
    prepared.recorded = prepared.world.mentions.len();
    prepared
}

/// The last day on which something was said, if that is dated.
fn said_by(statement: &Statement) -> Option<i64> {
    let Body::Clause(clause) = &statement.body else { return None };
    clause.times.iter().find_map(|time| match time {
        Time::Window { word: TimeWord::On | TimeWord::By, days, .. } => {
            days.strong.last().filter(|day| day.is_finite()).map(crate::time::Day::epoch_days)
        }
        _ => None,
    })
}

impl Prepared<'_> {
    /// `persistence`: a recorded state goes on until the record ends it, up to the horizon.
    fn assume_persistence(&mut self, upto: usize) {
        let Some(horizon) = self.horizon else { return };
        let end = Term::number(horizon);
        self.world.origin = Origin::Assumed;
        for at in 0..upto {
            let Some(mention) = self.world.mentions.get(at).cloned() else { continue };
            let relation = self.world.vocabulary.relation(mention.fluent.relation);
            let open = mention.fluent.args.contains(&Arg::Any);
            if !mention.inside || mention.closed || relation.sort != Sort::State || relation.permanent || open {
                continue;
            }
            if self.world.span(mention.to).0 >= horizon {
                continue;
            }
            let mut parts = vec![Known::Lit(!self.persistence), Known::Lit(!mention.guard), self.world.lt(end, mention.to)];
            self.world.maybe_empty(&mention, &mut parts);
            let (enders, unless) = self.enders(at, &mention, upto);
            parts.extend(unless.map(|lit| Known::Lit(!lit)));
            for ender in enders {
                let after = self.world.lt(mention.to, ender.day);
                if after == Known::False {
                    continue;
                }
                let lasts = if ender.sharp { self.lasts(&mention, ender.day.plus(-1)) } else { Known::True };
                parts.push(self.world.all(&[after, lasts]));
            }
            let to_the_end = self.lasts(&mention, end);
            parts.push(to_the_end);
            self.world.assert_any(&parts);
        }
    }

    fn lasts(&mut self, mention: &Mention, until: Term) -> Known {
        let guard = self.world.solver.variable();
        let longer = Mention {
            guard,
            from: mention.to.plus(1),
            to: until,
            origin: Origin::Assumed,
            begins: false,
            closed: true,
            before_beginning: false,
            ..mention.clone()
        };
        self.world.mention(longer)
    }

    /// What the record has that can end a state: a day on which it is out, or another holder's beginning. Where one of them
    /// certainly comes first, later ones are left out; the conclusion then holds only while that fact counts.
    fn enders(&mut self, at: usize, mention: &Mention, upto: usize) -> (Vec<Ender>, Option<Lit>) {
        let relation = self.world.vocabulary.relation(mention.fluent.relation);
        let mut found: Vec<Ender> = Vec::new();
        for other_at in self.world.of_relation(mention.fluent.relation) {
            if other_at >= upto || other_at == at {
                continue;
            }
            let Some(other) = self.world.mentions.get(other_at).cloned() else { continue };
            let sharp = !other.before_beginning;
            // What only a possible handover says is no record of an end.
            if !other.inside && other.closed {
                continue;
            }
            if !other.inside && self.world.covers(&other.fluent, &mention.fluent) {
                found.push(Ender { day: other.from, sharp, guard: other.guard });
            } else if other.inside && rivals(&self.world, relation.one.as_ref(), &mention.fluent, &other.fluent) {
                if self.world.span(other.from).1 < self.world.span(mention.to).0 {
                    continue;
                }
                let day = if other.begins {
                    other.from
                } else {
                    // Since when the other had it is not known: some day up to then.
                    let low = self.world.span(mention.to).0;
                    let start = Term::of(self.world.unknown_between(low, self.world.span(other.from).1));
                    let guard = self.world.solver.variable();
                    let earlier = Mention {
                        guard,
                        from: start,
                        to: other.from,
                        origin: Origin::Assumed,
                        begins: false,
                        closed: true,
                        ..other.clone()
                    };
                    let since = self.world.mention(earlier);
                    let ordered = self.world.le(start, other.from);
                    self.world.assert_any(&[Known::Lit(!other.guard), since]);
                    self.world.assert_any(&[ordered]);
                    start
                };
                found.push(Ender { day, sharp: true, guard: other.guard });
            }
        }
        let possible = self.world.possible_ends.iter().filter(|(fluent, _)| self.world.covers(fluent, &mention.fluent));
        found.extend(possible.map(|(_, day)| Ender { day: *day, sharp: false, guard: mention.guard }));
        let spans: Vec<(i64, i64)> = found.iter().map(|ender| self.world.span(ender.day)).collect();
        let after = self.world.span(mention.to).1;
        let certain = found
            .iter()
            .zip(&spans)
            .filter(|(ender, (low, _))| ender.sharp && *low > after)
            .map(|(ender, (_, high))| (*high, ender.guard))
            .min();
        let Some((latest, guard)) = certain else { return (found, None) };
        let kept = found.into_iter().zip(spans).filter(|(_, (low, _))| *low <= latest).map(|(ender, _)| ender).collect();
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
                    if !relation.repeatable && matches!(mention.origin, Origin::Claim | Origin::Anchor(_)) {
                        self.event_once(&mention, recorded, horizon);
                    }
                }
                Sort::State if !relation.permanent && !mention.fluent.args.contains(&Arg::Any) => {
                    let concerned =
                        mention.origin == Origin::Claim || matches!(mention.origin, Origin::Fact(_)) && !mention.begins && !mention.closed;
                    if concerned {
                        self.beginning_once(&mention, recorded, horizon);
                    }
                }
                Sort::State => {}
            }
        }
    }

    /// Facts that tell of one happening, of the same participants so far as they are named and at days that agree, tell of
    /// the same: "HTS captured Aleppo" beside "the rebels captured Aleppo on 29 November". Which of several it is stays open.
    fn same_happenings(&mut self, upto: usize) {
        let mut order: Vec<usize> =
            (0..upto).filter(|at| self.world.mentions.get(*at).is_some_and(|m| self.is_recorded_event(m))).collect();
        let exactness = |prepared: &Self, at: usize| {
            prepared.world.mentions.get(at).map_or((true, i64::MAX), |m| {
                let (low, high) = prepared.world.span(m.from);
                (!m.dated, high.saturating_sub(low))
            })
        };
        order.sort_by_key(|at| (exactness(self, *at), *at));
        let facts: Vec<Lit> = self.selectors.iter().map(|selector| selector.lit).collect();
        let mut clusters: Vec<Vec<usize>> = Vec::new();
        for at in order {
            let Some(mention) = self.world.mentions.get(at).cloned() else { continue };
            let relation = self.world.vocabulary.relation(mention.fluent.relation);
            let all: Vec<usize> = (0..relation.roles.len()).collect();
            let per = relation.once.clone().unwrap_or(all);
            let mut fitting = Vec::new();
            for (number, cluster) in clusters.iter().enumerate() {
                let heads: Vec<Mention> = cluster.iter().filter_map(|other| self.world.mentions.get(*other)).cloned().collect();
                let alike = heads
                    .iter()
                    .all(|other| self.alike(&per, &mention.fluent, &other.fluent) && self.world.compatible(&mention.fluent, &other.fluent));
                let Some(head) = heads.first().filter(|_| alike) else { continue };
                if self.may_coincide(&mention, head, &facts) {
                    fitting.push((number, head.clone()));
                }
            }
            let mut parts = vec![Known::Lit(!self.world.once), Known::Lit(!mention.guard)];
            match fitting.as_slice() {
                [] => clusters.push(vec![at]),
                [(number, head)] => {
                    parts.push(Known::Lit(!head.guard));
                    self.coincide(&mention, head, &mut parts);
                    if let Some(cluster) = clusters.get_mut(*number) {
                        cluster.push(at);
                    }
                }
                several => {
                    for (_, head) in several {
                        self.coincide(&mention, head, &mut parts);
                    }
                    self.world.assert_any(&parts);
                    continue;
                }
            }
        }
    }

    fn is_recorded_event(&self, mention: &Mention) -> bool {
        let relation = self.world.vocabulary.relation(mention.fluent.relation);
        mention.inside
            && matches!(mention.origin, Origin::Fact(_))
            && relation.sort == Sort::Event
            && !relation.repeatable
            && !relation.unique
    }

    /// Whether two mentions agree in the roles that identify a happening, as far as both say who it was.
    fn alike(&self, per: &[usize], a: &Fluent, b: &Fluent) -> bool {
        a.relation == b.relation
            && per.iter().all(|at| match (a.args.get(*at), b.args.get(*at)) {
                (Some(Arg::Name(x)), Some(Arg::Name(y))) => x == y || *at == 0 && self.world.vocabulary.count_as_one(*x, *y),
                (Some(Arg::Any), _) | (_, Some(Arg::Any)) => *at == 0,
                (x, y) => x == y,
            })
    }

    fn may_coincide(&mut self, a: &Mention, b: &Mention, facts: &[Lit]) -> bool {
        let ordered = [self.world.le(a.from, b.from), self.world.le(b.from, a.from)];
        if ordered.contains(&Known::False) {
            return false;
        }
        let same = self.world.all(&ordered);
        let assumed: Vec<Lit> =
            facts.iter().copied().chain(if let Known::Lit(lit) = same { Some(lit) } else { None }).chain([a.guard, b.guard]).collect();
        !matches!(self.consistent(&assumed, &mut 2_000), Outcome::Unsatisfiable(_))
    }

    /// Adds "on the same day" to a clause that is then made; for one other mention as two clauses.
    fn coincide(&mut self, a: &Mention, b: &Mention, parts: &mut Vec<Known>) {
        let both = [self.world.le(a.from, b.from), self.world.le(b.from, a.from)];
        if parts.len() == 3 {
            for one in both {
                let clause: Vec<Known> = parts.iter().copied().chain([one]).collect();
                self.world.assert_any(&clause);
            }
        } else {
            let same = self.world.all(&both);
            parts.push(same);
        }
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

    /// A state does not begin but where the record has it begin, once it has a beginning of it.
    fn beginning_once(&mut self, mention: &Mention, recorded: usize, horizon: i64) {
        for fluent in self.group_fluents(&mention.fluent) {
            let guards: Vec<Lit> =
                self.world.beginnings.iter().filter(|known| self.world.covers(&fluent, &known.fluent)).map(|known| known.guard).collect();
            let beginnings: Vec<(Term, Fluent)> = self
                .world
                .beginnings
                .iter()
                .filter(|known| self.world.covers(&fluent, &known.fluent))
                .map(|known| (known.day, known.fluent.clone()))
                .collect();
            if beginnings.is_empty() {
                continue;
            }
            let start = mention.from;
            let mut parts = vec![Known::Lit(!self.world.once), Known::Lit(!mention.guard), self.world.lt(Term::number(horizon), start)];
            self.world.maybe_empty(mention, &mut parts);
            for (day, _) in &beginnings {
                if mention.begins {
                    let same = [self.world.le(start, *day), self.world.le(*day, start)];
                    parts.push(self.world.all(&same));
                } else {
                    let before = self.world.le(*day, start);
                    if before != Known::False {
                        let lasting = self.held(&fluent, *day, start, mention);
                        parts.push(self.world.all(&[before, lasting]));
                    }
                }
            }
            // Held on some recorded day without a recorded beginning: it may have begun at any time before that.
            for root in self.roots(&fluent, &beginnings, recorded) {
                if root.guard == mention.guard {
                    parts.push(Known::True);
                    continue;
                }
                let before = [self.world.le(start, root.from), self.held(&fluent, start, root.from, mention)];
                let after = [self.world.le(root.from, start), self.held(&fluent, root.from, start, mention)];
                parts.push(self.world.all(&before));
                parts.push(self.world.all(&after));
            }
            for guard in guards {
                let clause: Vec<Known> = parts.iter().copied().chain([Known::Lit(!guard)]).collect();
                self.world.assert_any(&clause);
            }
        }
    }

    fn held(&mut self, fluent: &Fluent, from: Term, to: Term, like: &Mention) -> Known {
        let guard = self.world.solver.variable();
        let mention = Mention {
            guard,
            fluent: fluent.clone(),
            from,
            to,
            origin: Origin::Assumed,
            begins: false,
            closed: true,
            before_beginning: false,
            ..like.clone()
        };
        self.world.mention(mention)
    }

    /// Recorded days of a state before which no beginning of it is recorded, or not since it was last interrupted.
    fn roots(&self, fluent: &Fluent, beginnings: &[(Term, Fluent)], recorded: usize) -> Vec<Mention> {
        let world = &self.world;
        let of_relation = world.of_relation(fluent.relation);
        let known: Vec<&Mention> = of_relation.iter().filter(|at| **at < recorded).filter_map(|at| world.mentions.get(*at)).collect();
        let one = world.vocabulary.relation(fluent.relation).one.clone();
        known
            .iter()
            .filter(|m| m.inside && !m.begins && matches!(m.origin, Origin::Fact(_)) && world.covers(fluent, &m.fluent))
            .filter(|m| {
                // Held before it began again ("recaptured"): that earlier time has no beginning that is recorded.
                let earlier_than_all =
                    m.closed && m.from == m.to && m.from.unknown != super::solver::Unknown::ORIGIN && world.span(m.from).0 < -1_000_000_000;
                earlier_than_all
                    || beginnings.iter().all(|(day, _)| {
                        let (b_low, b_high) = world.span(*day);
                        let (m_low, m_high) = world.span(m.from);
                        b_low > m_high
                            || known.iter().any(|q| {
                                let (q_low, _) = world.span(q.from);
                                let (_, q_high) = world.span(q.to);
                                let interrupts = !q.inside && !q.before_beginning && world.covers(&q.fluent, fluent)
                                    || q.inside && rivals(world, one.as_ref(), fluent, &q.fluent);
                                interrupts && q_low > b_high && q_high < m_low
                            })
                    })
            })
            .map(|m| (*m).clone())
            .collect()
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

    /// The facts that tell of the happenings that the mentions `from..` were matched with.
    pub(super) fn matched(&self, from: usize, recorded: usize) -> Vec<usize> {
        let mut found = Vec::new();
        for mention in self.world.mentions.iter().skip(from).filter(|m| m.inside && m.origin == Origin::Claim) {
            let relation = self.world.vocabulary.relation(mention.fluent.relation);
            let all: Vec<usize> = (0..relation.roles.len()).collect();
            let per = relation.once.clone().unwrap_or(all);
            if relation.sort != Sort::Event || relation.repeatable {
                continue;
            }
            let own = self
                .world
                .of_relation(mention.fluent.relation)
                .into_iter()
                .filter(|at| *at < recorded)
                .filter_map(|at| self.world.mentions.get(at));
            for other in own.filter(|other| {
                other.inside
                    && other.dated
                    && self.world.same_happening(&per, &mention.fluent, &other.fluent)
                    && self.world.compatible(&mention.fluent, &other.fluent)
            }) {
                if let Origin::Fact(fact) = other.origin {
                    found.push(fact);
                }
            }
        }
        found
    }

    /// Whether all of these literals can hold together.
    pub(super) fn consistent(&mut self, assumed: &[Lit], budget: &mut u64) -> Outcome {
        self.world.solver.solve(assumed, budget)
    }

    /// The relations of which anything is recorded.
    pub(super) fn has_record(&self, relation: RelationId) -> bool {
        self.world.of_relation(relation).iter().any(|at| *at < self.recorded)
    }
}

/// A way in which the record ends a state.
struct Ender {
    /// The first day on which it is over.
    day: Term,
    /// Whether it lasted up to the day before that.
    sharp: bool,
    guard: Lit,
}

/// Whether two fluents exclude one another as holders of one thing.
fn rivals(world: &World<'_>, one: Option<&(usize, Vec<usize>)>, a: &Fluent, b: &Fluent) -> bool {
    let Some((role, per)) = one else { return false };
    let same = per.iter().all(|at| match (a.args.get(*at), b.args.get(*at)) {
        (Some(Arg::Any) | None, _) | (_, Some(Arg::Any) | None) => false,
        (x, y) => x == y,
    });
    let differ = match (a.args.get(*role), b.args.get(*role)) {
        (Some(Arg::Name(x)), Some(Arg::Name(y))) => !world.vocabulary.count_as_one(*x, *y),
        _ => false,
    };
    same && differ
}
