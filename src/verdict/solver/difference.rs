//! Constraints `x - y <= bound` that hold now, kept consistent by a *potential*: a value for every unknown that obeys all of
//! them. One that comes in lowers the values that it pushes down; where they come round to where they started, the
//! constraints on the way exclude one another (Cotton and Maler, *Fast and Flexible Difference Constraint Propagation for
//! DPLL(T)*, 2006).

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::{Lit, Unknown};

/// `x - y <= bound`
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Difference {
    pub(super) x: Unknown,
    pub(super) y: Unknown,
    pub(super) bound: i64,
}

impl Difference {
    /// What holds where this does not: `y - x <= -bound - 1`.
    pub(super) fn turned(self) -> Self {
        Self { x: self.y, y: self.x, bound: self.bound.saturating_neg().saturating_sub(1) }
    }
}

/// A constraint that holds now: `to` is at most `weight` above the unknown whose list it stands in.
#[derive(Clone, Copy, Debug)]
struct Edge {
    from: Unknown,
    to: Unknown,
    weight: i64,
    lit: Lit,
    /// The next one of the same list.
    next: u32,
}

const NONE: u32 = u32::MAX;

/// The constraints that hold now. They are taken back in the reverse order of their coming.
#[derive(Clone, Debug, Default)]
pub(super) struct Differences {
    potential: Vec<i64>,
    /// By unknown: its newest edge.
    newest: Vec<u32>,
    edges: Vec<Edge>,
    /// By unknown, during one repair.
    marks: Vec<Mark>,
    repair: u32,
}

/// What one repair has found out about an unknown.
#[derive(Clone, Copy, Debug, Default)]
struct Mark {
    /// Which repair it is of.
    repair: u32,
    /// By how much it is to be lowered; negative.
    change: i64,
    /// The edge that lowers it.
    by: u32,
    /// Whether it has its new value.
    settled: bool,
}

impl Differences {
    /// A new unknown with a value to start from.
    pub(super) fn unknown(&mut self, start: i64) -> Unknown {
        let id = Unknown(u32::try_from(self.potential.len()).unwrap_or(u32::MAX));
        self.potential.push(self.value(Unknown::ORIGIN).saturating_add(start));
        self.newest.push(NONE);
        self.marks.push(Mark::default());
        id
    }

    /// A value for every unknown that obeys all constraints.
    pub(super) fn values(&self) -> Vec<i64> {
        self.potential.clone()
    }

    /// Whether the current values obey a constraint.
    pub(super) fn satisfied(&self, difference: Difference) -> bool {
        self.value(difference.x).saturating_sub(self.value(difference.y)) <= difference.bound
    }

    fn value(&self, unknown: Unknown) -> i64 {
        self.potential.get(unknown.place()).copied().unwrap_or(0)
    }

    /// Takes back the constraint of a literal, if it is the newest.
    pub(super) fn retract(&mut self, lit: Lit) {
        if let Some(edge) = self.edges.pop_if(|edge| edge.lit == lit)
            && let Some(newest) = self.newest.get_mut(edge.from.place())
        {
            *newest = edge.next;
        }
    }

    /// Takes a constraint in. Where it cannot be, the negated literals of those that exclude one another come back.
    pub(super) fn assert(&mut self, difference: Difference, lit: Lit) -> Option<Vec<Lit>> {
        let Difference { x: to, y: from, bound: weight } = difference;
        let id = u32::try_from(self.edges.len()).unwrap_or(NONE);
        let newest = self.newest.get_mut(from.place())?;
        self.edges.push(Edge { from, to, weight, lit, next: *newest });
        *newest = id;
        let slack = self.value(from).saturating_add(weight).saturating_sub(self.value(to));
        if slack >= 0 {
            return None;
        }
        self.repair = self.repair.wrapping_add(1);
        let mut waiting = BinaryHeap::new();
        let mut lowered: Vec<Unknown> = Vec::new();
        self.wait(&mut waiting, to, slack, id);
        // The most violated first: then each is lowered once.
        while let Some(Reverse((change, node))) = waiting.pop() {
            let mark = self.mark(node);
            if mark.settled || mark.change != change {
                continue;
            }
            if node == from {
                return Some(self.cycle(from, id));
            }
            if let Some(mark) = self.marks.get_mut(node.place()) {
                mark.settled = true;
            }
            lowered.push(node);
            let fresh = self.value(node).saturating_add(change);
            let mut at = self.newest.get(node.place()).copied().unwrap_or(NONE);
            while let Some(&Edge { to: next, weight, next: after, .. }) = self.edges.get(at as usize) {
                let gap = fresh.saturating_add(weight).saturating_sub(self.value(next));
                let known = self.mark(next);
                if !known.settled && gap < known.change {
                    self.wait(&mut waiting, next, gap, at);
                }
                at = after;
            }
        }
        for node in lowered {
            let change = self.mark(node).change;
            if let Some(value) = self.potential.get_mut(node.place()) {
                *value = value.saturating_add(change);
            }
        }
        None
    }

    fn wait(&mut self, waiting: &mut BinaryHeap<Reverse<(i64, Unknown)>>, node: Unknown, change: i64, by: u32) {
        if let Some(mark) = self.marks.get_mut(node.place()) {
            *mark = Mark { repair: self.repair, change, by, settled: false };
            waiting.push(Reverse((change, node)));
        }
    }

    fn mark(&self, node: Unknown) -> Mark {
        self.marks.get(node.place()).copied().filter(|mark| mark.repair == self.repair).unwrap_or_default()
    }

    /// Back along the edges that lowered each unknown, from where the newest edge starts to where it started from.
    fn cycle(&self, from: Unknown, newest: u32) -> Vec<Lit> {
        let mut excluded = Vec::new();
        let mut by = self.mark(from).by;
        while let Some(edge) = self.edges.get(by as usize) {
            excluded.push(!edge.lit);
            if by == newest {
                break;
            }
            by = self.mark(edge.from).by;
        }
        excluded
    }
}
