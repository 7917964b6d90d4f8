//! Phrasings against items: which words fill which role.

use super::Filler;
use super::reader::{Core, Reader};
use crate::vocabulary::{Part, RelationId};

/// A phrasing that fits: the role fillers, and how many unknown words that took.
#[derive(Clone, Debug, Default)]
pub(super) struct Binding {
    pub(super) roles: Vec<(usize, Filler)>,
    pub(super) cost: u32,
}

/// Enough for any sentence; a hostile one stops here.
const MOST_BINDINGS: usize = 64;

impl Reader<'_> {
    /// All ways in which `parts` cover exactly the items from `at` to `end`.
    pub(super) fn bind(&self, relation: RelationId, parts: &[Part], items: &Core, at: usize, end: usize) -> Vec<Binding> {
        let mut found = Vec::new();
        let parts: Vec<&Part> = parts.iter().collect();
        self.step(relation, &parts, items, at, end, &Binding::default(), &mut found);
        found
    }

    #[expect(clippy::too_many_arguments, reason = "a recursive step carries its whole state")]
    fn step(&self, relation: RelationId, parts: &[&Part], items: &Core, at: usize, end: usize, so_far: &Binding, found: &mut Vec<Binding>) {
        if found.len() >= MOST_BINDINGS || !self.spend() {
            return;
        }
        let Some((part, rest)) = parts.split_first() else {
            if at == end {
                found.push(so_far.clone());
            }
            return;
        };
        match part {
            Part::Optional(inner) => {
                let with: Vec<&Part> = inner.iter().chain(rest.iter().copied()).collect();
                self.step(relation, &with, items, at, end, so_far, found);
                self.step(relation, rest, items, at, end, so_far, found);
            }
            Part::Words(words) => {
                let here = items.get(at).filter(|_| at < end);
                if here.is_some_and(|item| item.is_one_of(words)) {
                    self.step(relation, rest, items, at.saturating_add(1), end, so_far, found);
                } else if here.is_some_and(|item| item.is_word("the") || item.is_word("a") || item.is_word("an")) {
                    // An article before a word of the idiom adds nothing.
                    self.step(relation, parts, items, at.saturating_add(1), end, so_far, found);
                }
            }
            Part::Slot { role, possessive } => {
                let Some(kind) = self.vocabulary.relation(relation).roles.get(*role).map(|role| role.kind) else { return };
                for read in items.noun_phrases(self, at, end, kind, *possessive).iter() {
                    let mut binding = so_far.clone();
                    binding.roles.push((*role, read.filler.clone()));
                    binding.cost = binding.cost.saturating_add(read.cost);
                    self.step(relation, rest, items, read.end, end, &binding, found);
                }
            }
        }
    }
}
