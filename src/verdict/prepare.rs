//! Facts as a world: each under a literal of its own, so that any set of them can be asked about, with the assumptions
//! `once` and `persistence` as clauses under literals of theirs.

use std::collections::HashMap;

use super::judge::Judge;
use super::meaning::Reading;
use super::solver::{Lit, Outcome};
use super::world::{Fluent, Known, Origin, Term, World};
use crate::facts::said;
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

/// What of a set of facts counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Counting {
    /// All that the record says. What somebody is only reported as saying, where he is believed: by the fact base, else if
    /// `voice` is assumed.
    Record {
        /// Whether it is.
        voice: bool,
    },
    /// What somebody is reported as saying, taken for so, and nothing else: for what he says.
    Contents,
    /// That somebody said it, whether or not it is so: for when it was said.
    Sayings,
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
    /// For a state and a recorded day of it, that no recorded beginning leads to that day.
    pub(super) unled: HashMap<(Fluent, Lit, Term), Known>,
}

impl<'b> Judge<'b> {
    /// Compiles facts, as far as they count.
    pub(super) fn prepare(&self, facts: &[usize], counting: Counting) -> Prepared<'b> {
        let base = self.base();
        let horizon = self.horizon(facts);
        let mut world = World::new(&base.vocabulary, horizon.unwrap_or(0));
        let persistence = world.solver.variable();
        let mut selectors = Vec::new();
        for &at in facts {
            let Some(fact) = self.fact(at) else { continue };
            world.origin = Origin::Fact(at);
            let reference = base.horizon.or(fact.horizon).map(crate::time::Day::epoch_days).or(horizon).unwrap_or(i64::MAX / 16);
            let reading = Reading { strong: true, boundaries: false, fact: true, reference };
            let content = match &fact.statement.body {
                // That somebody did not say so tells nothing of what he would have said.
                Body::Clause(clause) if clause.negated || clause.aspect.never => None,
                Body::Clause(clause) => said(clause, &base.vocabulary)
                    .map(|(_, content, denied)| (content, denied, said_by(&fact.statement).unwrap_or(reference))),
                _ => None,
            };
            let believed = match counting {
                Counting::Record { voice } => fact.per.map_or(voice, |speaker| base.believes(speaker, voice)),
                Counting::Contents => true,
                Counting::Sayings => false,
            };
            if let Some((content, denied, day)) = content.filter(|_| believed) {
                let reading = Reading { reference: day, ..reading };
                let lit = world.solver.variable();
                // Who denies something says that it is not so.
                let known = if denied {
                    world.dated_statement(content, Reading { strong: false, ..reading }, false)
                } else {
                    world.dated_statement(content, reading, true)
                };
                world.assert_any(&[Known::Lit(!lit), known]);
                selectors.push(Selector { fact: at, lit, voiced: counting != Counting::Contents });
            }
            if counting == Counting::Contents {
                continue;
            }
            let lit = world.solver.variable();
            let known = world.dated_statement(&fact.statement, reading, true);
            world.assert_any(&[Known::Lit(!lit), known]);
            selectors.push(Selector { fact: at, lit, voiced: false });
        }
        world.no_more_than_in_all();
        let told = world.mentions.len();
        let mut prepared = Prepared { world, selectors, persistence, horizon, recorded: told, unled: HashMap::new() };
        prepared.assume_persistence(told);
        prepared.assume_fewest_happenings(told);
        prepared.assume_once(0, told);
        prepared.recorded = prepared.world.mentions.len();
        prepared
    }
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
    /// The literals of all facts.
    pub(super) fn all(&self) -> Vec<Lit> {
        self.selectors.iter().map(|selector| selector.lit).collect()
    }

    /// The facts that tell of the happenings that the mentions `from..` were matched with.
    pub(super) fn matched(&self, from: usize, recorded: usize) -> Vec<usize> {
        let mut found = Vec::new();
        for mention in self.world.mentions.iter().skip(from).filter(|m| m.inside && m.origin == Origin::Claim) {
            let relation = self.world.vocabulary.relation(mention.fluent.relation);
            let all: Vec<usize> = (0..relation.roles.len()).collect();
            let per = relation.once.clone().unwrap_or(all);
            if relation.sort != Sort::Event || self.world.happens_again(&mention.fluent) {
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
