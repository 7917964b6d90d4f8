//! Clauses, each watched at two of its literals.
//!
//! The clauses that watch a literal form a list through `next`, so that a copy of all of them is a copy of four arrays.

use super::Lit;

/// A clause, by its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct ClauseId(u32);

/// One of the two watches of a clause: twice the clause's place, plus which of its first two literals is watched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Watch(u32);

impl Watch {
    const NONE: Self = Self(u32::MAX);

    fn index(self) -> usize {
        self.0 as usize
    }
}

/// All clauses of two literals or more.
#[derive(Clone, Debug, Default)]
pub(super) struct Clauses {
    lits: Vec<Lit>,
    /// Where each clause starts in `lits`, and where the next one does.
    starts: Vec<(u32, u32)>,
    /// By literal: the first watch of its list.
    first: Vec<Watch>,
    /// By watch: the next one of the same list.
    next: Vec<Watch>,
}

/// A walk along the watches of a literal that became false.
pub(super) struct Walk {
    gone: Lit,
    before: Watch,
    here: Watch,
}

/// A clause that a walk has come to, and at which of its first two literals.
#[derive(Clone, Copy, Debug)]
pub(super) struct Watched {
    pub(super) id: ClauseId,
    slot: usize,
}

impl Clauses {
    /// Makes room for the two literals of a new variable.
    pub(super) fn variable(&mut self) {
        self.first.extend([Watch::NONE; 2]);
    }

    /// Adds a clause of two literals or more; its first two are watched.
    pub(super) fn add(&mut self, lits: &[Lit]) -> ClauseId {
        let short = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        let id = short(self.starts.len());
        let start = self.lits.len();
        self.lits.extend_from_slice(lits);
        self.starts.push((short(start), short(self.lits.len())));
        for (slot, lit) in (0..2).zip(lits) {
            self.next.push(Watch::NONE);
            self.link(Watch(id.saturating_mul(2).saturating_add(slot)), *lit);
        }
        ClauseId(id)
    }

    /// The literals of a clause.
    pub(super) fn lits(&self, id: ClauseId) -> &[Lit] {
        let span = self.starts.get(id.0 as usize).copied().unwrap_or_default();
        self.lits.get(span.0 as usize..span.1 as usize).unwrap_or_default()
    }

    /// Starts along the clauses that watch a literal.
    pub(super) fn watching(&self, gone: Lit) -> Walk {
        Walk { gone, before: Watch::NONE, here: self.first.get(gone.index()).copied().unwrap_or(Watch::NONE) }
    }

    /// The clause that the walk is at; it goes on with [`Self::keep`] or [`Self::watch_another`].
    pub(super) fn next(&self, walk: &mut Walk) -> Option<Watched> {
        let Walk { here, .. } = *walk;
        (here != Watch::NONE).then_some(Watched { id: ClauseId(here.0 >> 1), slot: (here.0 & 1) as usize })
    }

    /// The other watched literal.
    pub(super) fn other(&self, watched: Watched) -> Lit {
        self.lits(watched.id).get(1_usize.saturating_sub(watched.slot)).copied().unwrap_or(Lit(0))
    }

    /// Leaves the watch where it is and goes on.
    pub(super) fn keep(&self, walk: &mut Walk) {
        walk.before = walk.here;
        walk.here = self.next.get(walk.here.index()).copied().unwrap_or(Watch::NONE);
    }

    /// Watches another literal of the clause that may yet hold, and goes on; false where there is none.
    pub(super) fn watch_another(&mut self, walk: &mut Walk, watched: Watched, open: impl Fn(Lit) -> bool) -> bool {
        let span = self.starts.get(watched.id.0 as usize).copied().unwrap_or_default();
        let Some(lits) = self.lits.get_mut(span.0 as usize..span.1 as usize) else { return false };
        let Some(at) = lits.iter().skip(2).position(|lit| open(*lit)) else { return false };
        let Some(fresh) = lits.get(at.saturating_add(2)).copied() else { return false };
        lits.swap(watched.slot, at.saturating_add(2));
        let watch = walk.here;
        let after = self.next.get(watch.index()).copied().unwrap_or(Watch::NONE);
        let slot = if walk.before == Watch::NONE { self.first.get_mut(walk.gone.index()) } else { self.next.get_mut(walk.before.index()) };
        if let Some(slot) = slot {
            *slot = after;
        }
        walk.here = after;
        self.link(watch, fresh);
        true
    }

    fn link(&mut self, watch: Watch, lit: Lit) {
        if let (Some(first), Some(next)) = (self.first.get_mut(lit.index()), self.next.get_mut(watch.index())) {
            *next = *first;
            *first = watch;
        }
    }
}
