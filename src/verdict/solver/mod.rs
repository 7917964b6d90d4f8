//! Is there a world? Boolean clauses over literals, some of which say how far two days lie apart.
//!
//! In: clauses, and difference constraints `x - y <= c` over whole numbers (days, counts). Out: a model, or the part of the
//! assumed literals that cannot hold together, or "too costly". Never: knows what a day or a fact is.
//!
//! The search is conflict-driven clause learning with two watched literals; the differences are kept consistent by a
//! potential function that is repaired as constraints come in. Decisions follow the order in which literals were made and the
//! current potentials, so the same input gives the same steps on every machine.
//!
//! A solver is made once for a set of facts and copied for each question, so all that it holds lies flat in memory, and what
//! follows without any assumption is worked out once and kept.

mod clauses;
mod difference;

use rustc_hash::FxHashMap;

use clauses::{ClauseId, Clauses};
use difference::{Difference, Differences};

/// A literal: a Boolean variable or its negation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Lit(u32);

impl Lit {
    fn new(variable: usize, negative: bool) -> Self {
        Self(u32::try_from(variable).unwrap_or(u32::MAX >> 1) << 1 | u32::from(negative))
    }

    fn variable(self) -> usize {
        (self.0 >> 1) as usize
    }

    fn negative(self) -> bool {
        self.0 & 1 == 1
    }

    fn index(self) -> usize {
        self.0 as usize
    }
}

impl std::ops::Not for Lit {
    type Output = Self;

    fn not(self) -> Self {
        Self(self.0 ^ 1)
    }
}

/// A whole-number unknown; number 0 is the origin and is always 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Unknown(u32);

impl Unknown {
    /// The unknown that is always 0.
    pub const ORIGIN: Self = Self(0);

    /// Its number, in the order in which unknowns were made.
    pub fn place(self) -> usize {
        self.0 as usize
    }
}

/// What a search found.
#[derive(Clone, Debug)]
pub enum Outcome {
    /// A world exists; what holds in it.
    Satisfiable(Model),
    /// None exists; these of the assumed literals suffice to exclude it.
    Unsatisfiable(Vec<Lit>),
    /// The budget ran out.
    TooCostly,
}

/// One world: the values of the unknowns, and which literals hold.
#[derive(Clone, Debug)]
pub struct Model {
    numbers: Vec<i64>,
    /// By literal.
    truth: Vec<Truth>,
}

impl Model {
    /// The value of an unknown.
    pub fn number(&self, unknown: Unknown) -> i64 {
        let origin = self.numbers.first().copied().unwrap_or(0);
        self.numbers.get(unknown.place()).copied().unwrap_or(0).saturating_sub(origin)
    }

    /// Whether a literal holds.
    pub fn holds(&self, lit: Lit) -> bool {
        self.truth.get(lit.index()) == Some(&Truth::True)
    }
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Truth {
    #[default]
    Open,
    True,
    False,
}

/// Why a variable has its value.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Reason {
    /// It was decided, or it follows without any assumption.
    #[default]
    None,
    Clause(ClauseId),
}

/// Where a variable's value comes from.
#[derive(Clone, Copy, Debug, Default)]
struct Assigned {
    /// At which level of decisions.
    level: u32,
    reason: Reason,
}

/// The solver: made once for a set of facts, copied for each question.
#[derive(Clone, Debug, Default)]
pub struct Solver {
    clauses: Clauses,
    /// By literal.
    truth: Vec<Truth>,
    /// By variable.
    assigned: Vec<Assigned>,
    /// By variable: the difference that its positive literal stands for.
    difference: Vec<Option<Difference>>,
    interned: FxHashMap<Difference, Lit>,
    differences: Differences,
    /// What holds now, in the order in which it came.
    trail: Vec<Lit>,
    /// Where on the trail each level of decisions starts.
    levels: Vec<usize>,
    /// What of the trail has been followed up.
    followed: usize,
    /// The first variable that may be open.
    open: usize,
    /// No world exists, whatever is assumed.
    contradiction: bool,
    /// By variable, while a conflict is looked into.
    seen: Vec<bool>,
}

impl Solver {
    /// An empty solver.
    pub fn new() -> Self {
        let mut solver = Self::default();
        solver.unknown(0);
        solver
    }

    /// A new whole-number unknown. Of the values that it may have in a world, one near `start` is found.
    pub fn unknown(&mut self, start: i64) -> Unknown {
        self.differences.unknown(start)
    }

    /// A new Boolean variable, as its positive literal.
    pub fn variable(&mut self) -> Lit {
        let lit = Lit::new(self.assigned.len(), false);
        self.assigned.push(Assigned::default());
        self.difference.push(None);
        self.seen.push(false);
        self.truth.extend([Truth::Open; 2]);
        self.clauses.variable();
        lit
    }

    /// The literal that says `x - y <= bound`.
    pub fn at_most(&mut self, x: Unknown, y: Unknown, bound: i64) -> Lit {
        let wanted = Difference { x, y, bound };
        if let Some(&lit) = self.interned.get(&wanted) {
            return lit;
        }
        // `y - x <= -bound - 1` is the same variable, negated.
        if let Some(&lit) = self.interned.get(&wanted.turned()) {
            return !lit;
        }
        let lit = self.variable();
        if let Some(slot) = self.difference.get_mut(lit.variable()) {
            *slot = Some(wanted);
        }
        self.interned.insert(wanted, lit);
        lit
    }

    /// Adds a clause: at least one of the literals holds. Call only between searches.
    pub fn clause(&mut self, lits: &[Lit]) {
        let mut lits = lits.to_vec();
        lits.sort_unstable();
        lits.dedup();
        let certain = lits.windows(2).any(|pair| matches!(pair, [a, b] if *a == !*b));
        if certain || lits.iter().any(|lit| self.truth(*lit) == Truth::True) {
            return;
        }
        // Between searches only that is false which is so without any assumption.
        lits.retain(|lit| self.truth(*lit) == Truth::Open);
        match lits.as_slice() {
            [] => self.contradiction = true,
            [only] => self.enqueue(*only, Reason::None),
            _ => {
                self.clauses.add(&lits);
            }
        }
    }

    fn truth(&self, lit: Lit) -> Truth {
        self.truth.get(lit.index()).copied().unwrap_or_default()
    }

    fn assigned(&self, lit: Lit) -> Assigned {
        self.assigned.get(lit.variable()).copied().unwrap_or_default()
    }

    fn level(&self) -> u32 {
        u32::try_from(self.levels.len()).unwrap_or(u32::MAX)
    }

    fn set(&mut self, lit: Lit, truth: Truth, other: Truth) {
        if let Some(slot) = self.truth.get_mut(lit.index()) {
            *slot = truth;
        }
        if let Some(slot) = self.truth.get_mut((!lit).index()) {
            *slot = other;
        }
    }

    fn enqueue(&mut self, lit: Lit, reason: Reason) {
        let level = self.level();
        if let Some(slot) = self.assigned.get_mut(lit.variable()) {
            *slot = Assigned { level, reason };
        }
        self.set(lit, Truth::True, Truth::False);
        self.trail.push(lit);
    }

    /// Searches for a world in which all `assumed` literals hold. `budget` counts conflicts and is used up.
    pub fn solve(&mut self, assumed: &[Lit], budget: &mut u64) -> Outcome {
        let outcome = self.search(assumed, budget);
        self.backtrack(0);
        outcome
    }

    fn search(&mut self, assumed: &[Lit], budget: &mut u64) -> Outcome {
        if self.contradiction {
            return Outcome::Unsatisfiable(Vec::new());
        }
        loop {
            if let Some(conflict) = self.propagate() {
                if self.levels.is_empty() {
                    self.contradiction = true;
                    return Outcome::Unsatisfiable(Vec::new());
                }
                let Some(left) = budget.checked_sub(1) else { return Outcome::TooCostly };
                *budget = left;
                self.learn(conflict);
            } else if let Some(&wanted) = assumed.get(self.levels.len()) {
                // Assumptions are the first decisions, one level each.
                match self.truth(wanted) {
                    Truth::True => self.levels.push(self.trail.len()),
                    Truth::False => return Outcome::Unsatisfiable(self.blame(!wanted, assumed)),
                    Truth::Open => self.decide(wanted),
                }
            } else {
                match self.next_open() {
                    Some(lit) => self.decide(lit),
                    None => return Outcome::Satisfiable(Model { numbers: self.differences.values(), truth: self.truth.clone() }),
                }
            }
        }
    }

    fn decide(&mut self, lit: Lit) {
        self.levels.push(self.trail.len());
        self.enqueue(lit, Reason::None);
    }

    /// The first variable that is open: as the current days have it, else not so.
    fn next_open(&mut self) -> Option<Lit> {
        let open = self.difference.iter().enumerate().skip(self.open).find(|(at, _)| self.truth(Lit::new(*at, false)) == Truth::Open);
        let Some((variable, difference)) = open else {
            self.open = self.difference.len();
            return None;
        };
        let positive = difference.is_some_and(|difference| self.differences.satisfied(difference));
        self.open = variable;
        Some(Lit::new(variable, !positive))
    }

    /// Follows up what holds until nothing more follows; a conflict is returned as literals that are all false.
    fn propagate(&mut self) -> Option<Vec<Lit>> {
        while let Some(&lit) = self.trail.get(self.followed) {
            self.followed = self.followed.saturating_add(1);
            if let Some(edge) = self.edge(lit)
                && let Some(conflict) = self.differences.assert(edge, lit)
            {
                return Some(conflict);
            }
            let gone = !lit;
            let mut walk = self.clauses.watching(gone);
            while let Some(clause) = self.clauses.next(&mut walk) {
                if self.truth(self.clauses.other(clause)) == Truth::True {
                    self.clauses.keep(&mut walk);
                    continue;
                }
                let truth = &self.truth;
                let open = |lit: Lit| truth.get(lit.index()) != Some(&Truth::False);
                if self.clauses.watch_another(&mut walk, clause, open) {
                    continue;
                }
                self.clauses.keep(&mut walk);
                let last = self.clauses.other(clause);
                if self.truth(last) == Truth::False {
                    return Some(self.clauses.lits(clause.id).to_vec());
                }
                self.enqueue(last, Reason::Clause(clause.id));
            }
        }
        None
    }

    /// Learns from a conflict the clause at its first unique implication point, and goes back to where that says something.
    fn learn(&mut self, conflict: Vec<Lit>) {
        let (learned, back) = self.analyse(conflict);
        self.backtrack(back);
        let Some(&asserting) = learned.first() else {
            self.contradiction = true;
            return;
        };
        let reason = if learned.len() > 1 { Reason::Clause(self.clauses.add(&learned)) } else { Reason::None };
        self.enqueue(asserting, reason);
    }

    /// The learned clause (asserting literal first, one of the level to go back to second) and that level.
    fn analyse(&mut self, conflict: Vec<Lit>) -> (Vec<Lit>, u32) {
        let now = self.level();
        let mut learned = Vec::new();
        let mut touched = Vec::new();
        // Literals of this level that are still to be traced.
        let mut open = 0_usize;
        let mut clause = conflict;
        let mut position = self.trail.len();
        let asserting = loop {
            for lit in &clause {
                let level = self.assigned(*lit).level;
                let Some(seen) = self.seen.get_mut(lit.variable()).filter(|seen| !**seen && level > 0) else { continue };
                *seen = true;
                touched.push(*lit);
                if level == now {
                    open = open.saturating_add(1);
                } else {
                    learned.push(*lit);
                }
            }
            let lit = loop {
                position = position.saturating_sub(1);
                let lit = self.trail.get(position).copied().unwrap_or(Lit(0));
                if position == 0 || self.seen.get(lit.variable()) == Some(&true) {
                    break lit;
                }
            };
            open = open.saturating_sub(1);
            if open == 0 {
                break !lit;
            }
            clause = self.reason_of(lit);
        };
        for lit in touched {
            if let Some(seen) = self.seen.get_mut(lit.variable()) {
                *seen = false;
            }
        }
        let back = learned.iter().map(|lit| self.assigned(*lit).level).max().unwrap_or(0);
        if let Some(at) = learned.iter().position(|lit| self.assigned(*lit).level == back) {
            learned.swap(0, at);
        }
        learned.insert(0, asserting);
        (learned, back)
    }

    /// The other literals of the clause that made `lit` true, all false.
    fn reason_of(&self, lit: Lit) -> Vec<Lit> {
        match self.assigned(lit).reason {
            Reason::Clause(id) => self.clauses.lits(id).iter().copied().filter(|other| *other != lit).collect(),
            Reason::None => Vec::new(),
        }
    }

    /// Which assumptions made `lit` true, with the assumption that it speaks against.
    fn blame(&self, lit: Lit, assumed: &[Lit]) -> Vec<Lit> {
        let mut seen = vec![false; self.assigned.len()];
        let mut core = vec![false; self.truth.len()];
        let mut mark = |lit: Lit| {
            if let Some(slot) = core.get_mut(lit.index()) {
                *slot = true;
            }
        };
        mark(!lit);
        let mut stack = vec![lit];
        while let Some(lit) = stack.pop() {
            let Assigned { level, reason } = self.assigned(lit);
            match seen.get_mut(lit.variable()) {
                Some(slot) if !*slot && level > 0 => *slot = true,
                _ => continue,
            }
            match reason {
                Reason::Clause(_) => stack.extend(self.reason_of(lit).into_iter().map(|other| !other)),
                Reason::None => mark(lit),
            }
        }
        assumed.iter().copied().filter(|lit| core.get(lit.index()) == Some(&true)).collect()
    }

    fn backtrack(&mut self, level: u32) {
        let Some(&keep) = self.levels.get(level as usize) else { return };
        while self.trail.len() > keep {
            let Some(lit) = self.trail.pop() else { break };
            self.set(lit, Truth::Open, Truth::Open);
            self.differences.retract(lit);
            self.open = self.open.min(lit.variable());
        }
        self.levels.truncate(level as usize);
        self.followed = self.followed.min(keep);
    }

    /// What a literal says about two unknowns, if it says anything.
    fn edge(&self, lit: Lit) -> Option<Difference> {
        let difference = self.difference.get(lit.variable()).copied().flatten()?;
        Some(if lit.negative() { difference.turned() } else { difference })
    }
}
