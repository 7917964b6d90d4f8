//! What claims and facts speak of: which cells, and what must be told apart in each.

use std::collections::{BTreeMap, BTreeSet};

use super::histories::Scope;
use super::language::{Claim, Clause, Fact, Form, Kind, NAMED_PLACES, PLACES, Party, Place, When};
use super::worlds::{Cell, View};

/// The cells that matter, each with what must be told apart in it.
pub type Cells = BTreeMap<Cell, Scope>;

const NOTHING: Scope = Scope { parties: [false; 4], views: Vec::new(), more: 1 };

/// A clause of a claim at one place.
#[derive(Clone, Copy, Debug)]
pub struct Leaf<'c> {
    pub clause: &'c Clause,
    pub place: Place,
}

impl Leaf<'_> {
    /// What it looks at.
    pub fn views(self) -> impl Iterator<Item = View> {
        let other = match &self.clause.when {
            When::Order { other, .. } => Some(View::of(other, other.place)),
            _ => None,
        };
        std::iter::once(View::of(self.clause, self.place)).chain(other)
    }

    /// How many stretches of a state, or happenings, it looks at.
    fn stretches(self) -> usize {
        // "again", "first" and "the last one before" compare happenings with others; all else looks at one stretch.
        let clause = self.clause;
        1 + usize::from(matches!(clause.form, Form::Again | Form::First) || matches!(clause.when, When::Order { .. }))
    }
}

/// What a claim speaks of.
pub struct Spoken<'c> {
    pub leaves: Vec<Leaf<'c>>,
    /// Everything that is looked at.
    pub views: BTreeSet<View>,
    /// Whether the number of cities that nobody named makes a difference.
    pub counts_cities: bool,
}

impl<'c> Spoken<'c> {
    pub fn of(claim: &'c Claim) -> Self {
        let mut spoken = Self { leaves: Vec::new(), views: BTreeSet::new(), counts_cities: false };
        spoken.add(claim);
        spoken.views = spoken.leaves.iter().flat_map(|leaf| leaf.views()).collect();
        spoken
    }

    fn add(&mut self, claim: &'c Claim) {
        let (clause, places) = match claim {
            Claim::According(_, content) => return self.add(content),
            Claim::All(parts) | Claim::Any(parts) => return parts.iter().for_each(|part| self.add(part)),
            Claim::One(clause) => (clause, clause.place..clause.place + 1),
            Claim::Places { clause, .. } => (clause, 0..NAMED_PLACES.len()),
            Claim::Only { clause, .. } => (clause, 0..PLACES),
            Claim::Count { clause, kind, .. } | Claim::NoPlace { clause, kind } => {
                self.counts_cities |= *kind == Kind::City;
                (clause, 0..PLACES)
            }
        };
        self.leaves.extend(places.map(|place| Leaf { clause, place }));
    }

    /// Who and what must be told apart in each cell, for this claim and some facts.
    pub fn cells<'f>(&self, touched: &BTreeSet<Cell>, facts: impl Iterator<Item = &'f Fact>) -> Cells {
        let mut cells = cells_of_facts(facts);
        for cell in touched {
            cells.entry(*cell).or_insert(NOTHING);
        }
        for (cell, scope) in &mut cells {
            let here = self.leaves.iter().filter(|leaf| leaf.views().any(|view| view.cell() == *cell));
            scope.more = here.map(|leaf| leaf.stretches()).sum::<usize>().max(1);
            scope.views = self.views.iter().copied().filter(|view| view.cell() == *cell).collect();
            scope.views.iter().for_each(|view| see(&mut scope.parties, *view));
        }
        cells
    }
}

/// The same for facts alone.
pub fn cells_of_facts<'f>(facts: impl Iterator<Item = &'f Fact>) -> Cells {
    let mut cells = Cells::new();
    for fact in facts {
        match fact {
            Fact::Said(clause) | Fact::Reported(_, clause) => {
                let leaf = Leaf { clause, place: clause.place };
                leaf.views().for_each(|view| see(&mut cells.entry(view.cell()).or_insert(NOTHING).parties, view));
            }
            Fact::Only { who, verb, .. } => {
                for view in (0..PLACES).map(|place| View { verb: *verb, place, who: Some(*who) }) {
                    see(&mut cells.entry(view.cell()).or_insert(NOTHING).parties, view);
                }
            }
        }
    }
    cells
}

/// Who must be told apart for something that is spoken of.
fn see(parties: &mut [bool; 4], view: View) {
    match view.who {
        Some(who) => {
            parties[who.index()] = true;
            parties[who.group().index()] = true;
        }
        // Somebody: one whom nobody names, or another rival of everybody.
        None => {
            parties[Party::Other.index()] = true;
            parties[Party::Army.index()] = true;
        }
    }
}
