//! One question to the worlds of a record: does the strong reading hold in all of them, does the weak one fail in all of them?
//!
//! In: a [`Record`] and a statement. Out: a [`Decision`] with the facts and assumptions that it takes. Never: looks at words.

use super::derivation::names;
use super::judge::{Judge, Record};
use super::meaning::Reading;
use super::prepare::{Counting, Prepared};
use super::solver::{Lit, Outcome};
use super::world::{Known, Origin};
use super::{Assumption, Assumptions, Verdict};
use crate::statement::{Body, Filler, Statement, Time};
use crate::time::Day;
use crate::vocabulary::{NameId, RelationId, Tie};

/// Conflicts that a search may run into before it is given up as too costly.
pub(super) const BUDGET: u64 = 5_000;

/// What is decided, with what decides it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Decision {
    pub(super) verdict: Verdict,
    pub(super) facts: Vec<usize>,
    pub(super) assumptions: Vec<Assumption>,
    pub(super) costly: bool,
}

impl Decision {
    pub(super) fn unknown(costly: bool) -> Self {
        Self { verdict: Verdict::Unknown, facts: Vec::new(), assumptions: Vec::new(), costly }
    }

    /// Takes in what the same verdict takes where other facts are believed.
    pub(super) fn join(&mut self, other: Self) {
        self.facts.extend(other.facts);
        self.facts.sort_unstable();
        self.facts.dedup();
        self.assumptions.extend(other.assumptions);
        self.assumptions.sort_unstable();
        self.assumptions.dedup();
        self.costly |= other.costly;
    }
}

/// Whether a reading has no world.
pub(super) enum Excluded {
    Yes { facts: Vec<usize>, assumptions: Vec<Assumption> },
    No,
    TooCostly,
}

/// What may have no world if the verdict is to be this: how the claim is read, and whether it is true then.
pub(super) fn contrary_of(verdict: Verdict, reference: i64, assumptions: Assumptions) -> (Reading, bool) {
    let strong = verdict == Verdict::Supported;
    (Reading { strong, boundaries: assumptions.boundaries, fact: false, reference }, !strong)
}

impl Judge<'_> {
    /// The verdict of a record that can be so as a whole. What decides it where other facts are believed is tried first.
    pub(super) fn decide(
        &self,
        record: &Record<'_>,
        claim: &Statement,
        reference: i64,
        assumptions: Assumptions,
        elsewhere: Option<&Decision>,
    ) -> Decision {
        let likely = elsewhere.map_or(&[][..], |decision| &decision.facts);
        let mut costly = false;
        for verdict in [Verdict::Supported, Verdict::Contradicted] {
            let (reading, positive) = contrary_of(verdict, reference, assumptions);
            match self.excluded(record, claim, reading, positive, assumptions, likely) {
                Excluded::Yes { .. } if verdict == Verdict::Supported && self.excludes_all(record, claim, reference, assumptions) => {
                    return self.with_fewer(record, claim, reference, assumptions);
                }
                // What a name is declared to be it is now: "Hama was a village in 1800" is not held against a city.
                Excluded::Yes { facts, .. } if verdict == Verdict::Contradicted && facts.is_empty() && is_a_once(claim) => {}
                Excluded::Yes { mut facts, assumptions: mut used } => {
                    // Did it take the assumption `boundaries`? Without it another proof may be the one that stands.
                    if assumptions.boundaries {
                        let plain = Reading { boundaries: false, ..reading };
                        match self.excluded(record, claim, plain, positive, assumptions, &facts) {
                            Excluded::Yes { facts: others, assumptions } => (facts, used) = (others, assumptions),
                            Excluded::No | Excluded::TooCostly => used.push(Assumption::Boundaries),
                        }
                    }
                    used.sort_unstable();
                    return Decision { verdict, facts, assumptions: used, costly: false };
                }
                Excluded::No => {}
                Excluded::TooCostly => costly = true,
            }
        }
        Decision::unknown(costly)
    }

    /// Whether a claim that cannot be false cannot be true either: the facts do not bear the assumptions in what it speaks of.
    fn excludes_all(&self, record: &Record<'_>, claim: &Statement, reference: i64, assumptions: Assumptions) -> bool {
        let (reading, _) = contrary_of(Verdict::Supported, reference, assumptions);
        matches!(self.excluded(record, claim, reading, true, assumptions, &[]), Excluded::Yes { .. })
    }

    /// An assumption that the facts do not bear is not made.
    fn with_fewer(&self, record: &Record<'_>, claim: &Statement, reference: i64, assumptions: Assumptions) -> Decision {
        let fewer = match assumptions {
            Assumptions { persistence: true, .. } => Assumptions { persistence: false, ..assumptions },
            Assumptions { once: true, .. } => Assumptions { once: false, ..assumptions },
            _ => return Decision::unknown(false),
        };
        self.decide(record, claim, reference, fewer, None)
    }

    /// Whether no world has the claim true (`positive`) or false in a reading, and which facts and assumptions exclude it;
    /// those that are likely to are asked alone first.
    pub(super) fn excluded(
        &self,
        record: &Record<'_>,
        claim: &Statement,
        reading: Reading,
        positive: bool,
        assumptions: Assumptions,
        likely: &[usize],
    ) -> Excluded {
        let mut question = record.prepared.clone();
        question.world.origin = Origin::Declared;
        declare_kinds(&mut question, claim);
        question.world.origin = Origin::Claim;
        let recorded = question.recorded;
        let from = question.world.mentions.len();
        let goal = match question.world.statement(claim, reading, positive) {
            Known::True => return Excluded::No,
            Known::False => return Excluded::Yes { facts: Vec::new(), assumptions: Vec::new() },
            Known::Lit(goal) => goal,
        };
        question.assume_once(from, recorded);
        let (facts, more) = record.assumed(assumptions);
        let with =
            |facts: &mut dyn Iterator<Item = Lit>| -> Vec<Lit> { std::iter::once(goal).chain(facts).chain(more.iter().copied()).collect() };
        let few = with(&mut question.selectors.iter().filter(|selector| likely.contains(&selector.fact)).map(|selector| selector.lit));
        let by_few = if likely.is_empty() { None } else { Some(question.consistent(&few, &mut BUDGET.clone())) };
        let core = match by_few {
            Some(Outcome::Unsatisfiable(core)) => core,
            _ => match question.consistent(&with(&mut facts.iter().copied()), &mut BUDGET.clone()) {
                Outcome::Satisfiable(_) => return Excluded::No,
                Outcome::TooCostly => return Excluded::TooCostly,
                Outcome::Unsatisfiable(core) => core,
            },
        };
        // Assumptions are given up first, so that a verdict rests on as few as possible: also where other facts stand in for them.
        let mut core = core;
        if more.iter().any(|lit| core.contains(lit)) {
            let plain: Vec<Lit> = std::iter::once(goal).chain(facts.iter().copied()).collect();
            if let Outcome::Unsatisfiable(other) = question.consistent(&plain, &mut BUDGET.clone()) {
                core = other;
            }
        }
        let core = minimal(&mut question, core, &more);
        if !core.contains(&goal) {
            return Excluded::No;
        }
        let mut used: Vec<usize> = Vec::new();
        let mut rests = Vec::new();
        for selector in &question.selectors {
            if core.contains(&selector.lit) {
                used.push(selector.fact);
                let speaker = self.fact(selector.fact).and_then(|fact| fact.per);
                let trusted = speaker.is_some_and(|speaker| self.base().believes(speaker, false));
                if selector.voiced && !trusted && !rests.contains(&Assumption::Voice) {
                    rests.push(Assumption::Voice);
                }
            }
        }
        if core.contains(&question.world.once) {
            rests.push(Assumption::Once);
        }
        if core.contains(&question.persistence) {
            rests.push(Assumption::Persistence);
        }
        // What `once` matched the claim with, and what the deciding facts hang on, belongs to the proof.
        if core.contains(&question.world.once) {
            used.extend(question.matched(from, recorded));
        }
        used.extend(self.hung_on(&used));
        used.sort_unstable();
        used.dedup();
        Excluded::Yes { facts: used, assumptions: rests }
    }

    /// The days to which facts are dated exactly, by their own words or by what they hang on.
    pub(super) fn days_of_facts(&self, facts: &[usize]) -> Vec<Day> {
        let mut all: Vec<usize> = facts.to_vec();
        for at in facts {
            if let Some(fact) = self.fact(*at) {
                all.extend(self.relevant(&fact.statement));
            }
        }
        all.sort_unstable();
        all.dedup();
        let assumptions = self.settings().assumptions;
        let records = self.records(&all, Counting::Record { voice: assumptions.voice });
        let Some(record) = records.believable.first() else { return Vec::new() };
        let mut question = record.prepared.clone();
        let (lits, more) = record.assumed(assumptions);
        let assumed: Vec<Lit> = lits.into_iter().chain(more).collect();
        let Outcome::Satisfiable(model) = question.consistent(&assumed, &mut BUDGET.clone()) else { return Vec::new() };
        let mut terms = Vec::new();
        for mention in question.world.mentions.iter().take(question.recorded) {
            if let (Origin::Fact(fact), true) = (mention.origin, mention.inside)
                && facts.contains(&fact)
            {
                terms.extend([mention.from, mention.to]);
            }
        }
        let mut days = Vec::new();
        for term in terms {
            if term == super::world::Term::START || term == super::world::Term::END {
                continue;
            }
            let value = model.number(term.unknown).saturating_add(term.offset);
            let here = super::world::Term::number(value);
            // Exact, if it can be neither earlier nor later.
            let fixed = [(term.plus(1), here), (here.plus(1), term)].into_iter().all(|(a, b)| match question.world.le(a, b) {
                Known::True => false,
                Known::False => true,
                Known::Lit(lit) => {
                    let with: Vec<Lit> = assumed.iter().copied().chain([lit]).collect();
                    matches!(question.consistent(&with, &mut BUDGET.clone()), Outcome::Unsatisfiable(_))
                }
            });
            let day = Day::from_epoch_days(value);
            if fixed && !days.contains(&day) {
                days.push(day);
            }
        }
        days
    }

    /// The facts that date the happenings by which these facts date themselves.
    fn hung_on(&self, facts: &[usize]) -> Vec<usize> {
        let mut found = Vec::new();
        for at in facts {
            let Some(fact) = self.fact(*at) else { continue };
            let anchors = fact
                .statement
                .clauses()
                .into_iter()
                .flat_map(|clause| &clause.times)
                .filter_map(|time| if let Time::Order { anchor, .. } = time { Some(anchor.as_ref()) } else { None });
            for anchor in anchors {
                let relations: Vec<RelationId> = anchor.clauses().iter().map(|clause| clause.relation).collect();
                let matter = names(anchor, 1);
                let same_matter = |statement: &Statement| {
                    let others = names(statement, 0);
                    matter.iter().all(|name| others.iter().any(|other| self.base().vocabulary.count_as_one(*name, *other)))
                };
                let dates = |other: &usize| {
                    self.fact(*other).filter(|fact| same_matter(&fact.statement)).is_some_and(|fact| match &fact.statement.body {
                        Body::Clause(clause) => {
                            !clause.times.is_empty()
                                && clause.times.iter().all(|time| !matches!(time, Time::Order { .. }))
                                && self.tells(clause.relation, &relations)
                                && !facts.contains(other)
                        }
                        _ => false,
                    })
                };
                found.extend(self.relevance().of(anchor, &self.base().vocabulary).into_iter().filter(dates));
            }
        }
        found
    }

    /// Whether a relation is one of these or implies one.
    fn tells(&self, relation: RelationId, wanted: &[RelationId]) -> bool {
        wanted.contains(&relation)
            || self.base().vocabulary.relation(relation).links.iter().any(|link| link.tie == Tie::Implies && wanted.contains(&link.target))
    }
}

/// Whether a claim says what somebody or something was at some time.
fn is_a_once(claim: &Statement) -> bool {
    matches!(&claim.body, Body::Clause(clause) if clause.relation == crate::vocabulary::IS_A && !clause.times.is_empty())
}

/// Makes a core smaller: what can be left out without a world appearing is left out, `first` before the rest.
pub(super) fn minimal(prepared: &mut Prepared<'_>, core: Vec<Lit>, first: &[Lit]) -> Vec<Lit> {
    let mut core = core;
    let order: Vec<Lit> = core
        .iter()
        .copied()
        .filter(|lit| first.contains(lit))
        .chain(core.iter().copied().rev().filter(|lit| !first.contains(lit)))
        .collect();
    for lit in order {
        if !core.contains(&lit) {
            continue;
        }
        let without: Vec<Lit> = core.iter().copied().filter(|other| *other != lit).collect();
        if let Outcome::Unsatisfiable(smaller) = prepared.consistent(&without, &mut BUDGET.clone()) {
            core = without.into_iter().filter(|lit| smaller.contains(lit)).collect();
        }
    }
    core
}

/// The kinds that a claim's names are declared to be of count as recorded.
pub(super) fn declare_kinds(question: &mut Prepared<'_>, claim: &Statement) {
    use super::world::{Arg, Fluent, Term};
    for clause in claim.clauses() {
        if clause.relation != crate::vocabulary::IS_A {
            continue;
        }
        let names: Vec<NameId> = match clause.roles.first() {
            Some(Filler::Name(name, _)) => vec![*name],
            Some(Filler::Several(group)) => group.names.iter().map(|(name, _)| *name).collect(),
            _ => Vec::new(),
        };
        for name in names {
            for kind in question.world.vocabulary.name(name).kinds.clone() {
                let fluent =
                    Fluent { relation: crate::vocabulary::IS_A, args: vec![Arg::Name(name), Arg::Kind(kind)], circumstances: Vec::new() };
                let mut mention = question.world.fresh(&fluent, Term::START, Term::END, true);
                mention.guard = question.world.truth();
                question.world.mention(mention);
            }
        }
    }
}
