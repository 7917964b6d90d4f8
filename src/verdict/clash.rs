//! Where facts contradict one another: the largest sets of them that do not.
//!
//! A claim is decided only if it comes out the same whichever of these is believed; so a clash touches just the claims that
//! depend on it, the order of the facts decides nothing, and nobody counts votes.

use std::collections::BTreeSet;

use super::ask::{BUDGET, minimal};
use super::judge::Judge;
use super::prepare::{Counting, Prepared};
use super::solver::{Lit, Outcome};

/// More clashes than this are not gone through one by one.
const MOST_TRIES: usize = 400;

impl Judge<'_> {
    /// The largest sets of these facts that can hold together, sorted; nothing where there are too many to find.
    pub(super) fn believable(&self, facts: &[usize], prepared: &mut Prepared<'_>) -> Option<Vec<Vec<usize>>> {
        let mut open = vec![facts.to_vec()];
        let mut tried: Vec<Vec<usize>> = Vec::new();
        let mut sets: Vec<Vec<usize>> = Vec::new();
        while let Some(set) = open.pop() {
            if tried.contains(&set) || sets.iter().any(|larger| set.iter().all(|fact| larger.contains(fact))) {
                continue;
            }
            if tried.len() > MOST_TRIES {
                return None;
            }
            let lits: Vec<Lit> = prepared.selectors.iter().filter(|s| set.contains(&s.fact)).map(|s| s.lit).collect();
            match prepared.consistent(&lits, &mut BUDGET.clone()) {
                Outcome::Unsatisfiable(core) => {
                    let core = minimal(prepared, core, &[]);
                    let mut clash: Vec<usize> = prepared.selectors.iter().filter(|s| core.contains(&s.lit)).map(|s| s.fact).collect();
                    clash.dedup();
                    let without = |fact: usize| set.iter().copied().filter(|other| *other != fact).collect::<Vec<_>>();
                    match self.gives_way(&clash) {
                        Some(loser) => open.push(without(loser)),
                        None => open.extend(clash.iter().rev().map(|fact| without(*fact))),
                    }
                }
                Outcome::Satisfiable(_) => {
                    sets.retain(|smaller| !smaller.iter().all(|fact| set.contains(fact)));
                    sets.push(set.clone());
                }
                Outcome::TooCostly => return None,
            }
            tried.push(set);
        }
        let place = |fact: &usize| facts.iter().position(|other| other == fact);
        sets.sort_by_cached_key(|set| set.iter().map(place).collect::<Vec<_>>());
        Some(sets)
    }

    /// The facts that contradict one another, each clash with as few facts as make it; sorted. Where the fact base prefers one
    /// side the clash is there all the same.
    pub fn clashes(&self) -> Vec<Vec<usize>> {
        let mut looked_at: BTreeSet<Vec<usize>> = BTreeSet::new();
        let mut found: BTreeSet<Vec<usize>> = BTreeSet::new();
        for at in 0..self.facts() {
            let Some(fact) = self.fact(at) else { continue };
            let mut facts = self.relevant(&fact.statement);
            if facts.len() < 2 || !looked_at.insert(facts.clone()) {
                continue;
            }
            let mut prepared = self.prepare(&facts, Counting::Record { voice: self.settings().assumptions.voice });
            while found.len() < MOST_TRIES {
                let lits: Vec<Lit> = prepared.selectors.iter().filter(|s| facts.contains(&s.fact)).map(|s| s.lit).collect();
                let Outcome::Unsatisfiable(core) = prepared.consistent(&lits, &mut BUDGET.clone()) else { break };
                let core = minimal(&mut prepared, core, &[]);
                let clash: BTreeSet<usize> = prepared.selectors.iter().filter(|s| core.contains(&s.lit)).map(|s| s.fact).collect();
                let Some(last) = clash.last().copied() else { break };
                found.insert(clash.into_iter().collect());
                facts.retain(|fact| *fact != last);
            }
        }
        found.into_iter().collect()
    }

    /// Which of these facts gives way, if the fact base prefers another's source.
    fn gives_way(&self, clash: &[usize]) -> Option<usize> {
        let base = self.base();
        let sources =
            |fact: usize| self.fact(fact).map(|fact| fact.quotes.iter().map(|quote| quote.source).collect::<Vec<_>>()).unwrap_or_default();
        clash.iter().copied().find(|loser| {
            let own = sources(*loser);
            !own.is_empty()
                && own.iter().all(|source| {
                    clash
                        .iter()
                        .filter(|winner| *winner != loser)
                        .any(|winner| sources(*winner).iter().any(|other| base.preferred.contains(&(*other, *source))))
                })
        })
    }
}
