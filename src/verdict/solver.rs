//! Is there a world? Boolean clauses over literals, some of which say how far two days lie apart.
//!
//! In: clauses, and difference constraints `x - y <= c` over whole numbers (days, counts). Out: a model, or the part of the
//! assumed literals that cannot hold together, or "too costly". Never: knows what a day or a fact is.
//!
//! The search is conflict-driven clause learning with two watched literals; the differences are kept consistent by a
//! potential function that is repaired as constraints come in (Cotton and Maler, *Fast and Flexible Difference Constraint
//! Propagation for DPLL(T)*, 2006). Decisions follow the order in which literals were made and the current potentials, so
//! the same input gives the same steps on every machine.

use std::collections::{BTreeMap, HashMap};

/// A literal: a Boolean variable or its negation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Lit(u32);

impl Lit {
    fn new(variable: usize, negative: bool) -> Self {
        Self(u32::try_from(variable * 2 + usize::from(negative)).unwrap_or(u32::MAX))
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
        self.index()
    }

    fn index(self) -> usize {
        self.0 as usize
    }
}

/// `x - y <= bound`
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Difference {
    x: Unknown,
    y: Unknown,
    bound: i64,
}

/// What a search found.
#[derive(Clone, Debug)]
pub enum Outcome {
    /// A world exists; the values of the unknowns in it.
    Satisfiable(Model),
    /// None exists; these of the assumed literals suffice to exclude it.
    Unsatisfiable(Vec<Lit>),
    /// The budget ran out.
    TooCostly,
}

/// The values of the unknowns in one world.
#[derive(Clone, Debug)]
pub struct Model {
    numbers: Vec<i64>,
}

impl Model {
    /// The value of an unknown.
    pub fn number(&self, unknown: Unknown) -> i64 {
        let origin = self.numbers.first().copied().unwrap_or(0);
        self.numbers.get(unknown.index()).copied().unwrap_or(0) - origin
    }
}

type ClauseId = usize;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Reason {
    Decision,
    Clause(ClauseId),
}

/// The solver: made once for a set of facts, cloned for each question.
#[derive(Clone, Debug, Default)]
pub struct Solver {
    // Boolean part
    clauses: Vec<Vec<Lit>>,
    watches: Vec<Vec<ClauseId>>,
    value: Vec<Option<bool>>,
    level: Vec<u32>,
    reason: Vec<Reason>,
    trail: Vec<Lit>,
    levels: Vec<usize>,
    head: usize,
    contradiction: bool,
    // differences
    difference: Vec<Option<Difference>>,
    interned: HashMap<Difference, Lit>,
    potential: Vec<i64>,
    edges: Vec<Vec<(Unknown, i64, Lit)>>,
}

impl Solver {
    /// An empty solver.
    pub fn new() -> Self {
        let mut solver = Self::default();
        solver.unknown();
        solver
    }

    /// A new whole-number unknown.
    pub fn unknown(&mut self) -> Unknown {
        let id = Unknown(u32::try_from(self.potential.len()).unwrap_or(u32::MAX));
        self.potential.push(0);
        self.edges.push(Vec::new());
        id
    }

    /// A new Boolean variable, as its positive literal.
    pub fn variable(&mut self) -> Lit {
        let lit = Lit::new(self.value.len(), false);
        self.value.push(None);
        self.level.push(0);
        self.reason.push(Reason::Decision);
        self.difference.push(None);
        self.watches.push(Vec::new());
        self.watches.push(Vec::new());
        lit
    }

    /// The literal that says `x - y <= bound`.
    pub fn at_most(&mut self, x: Unknown, y: Unknown, bound: i64) -> Lit {
        let wanted = Difference { x, y, bound };
        // `y - x <= -bound - 1` is the same variable, negated.
        let turned = Difference { x: y, y: x, bound: -bound - 1 };
        if let Some(&lit) = self.interned.get(&wanted) {
            return lit;
        }
        if let Some(&lit) = self.interned.get(&turned) {
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
        if lits.windows(2).any(|pair| matches!(pair, [a, b] if *a == !*b)) {
            return;
        }
        self.attach(lits);
    }

    fn attach(&mut self, lits: Vec<Lit>) -> Option<ClauseId> {
        let id = self.clauses.len();
        match lits.as_slice() {
            [] => {
                self.contradiction = true;
                None
            }
            [only] => {
                // A unit is kept as a clause that watches the same literal twice, so that every search sees it.
                let only = *only;
                self.clauses.push(vec![only]);
                Some(id).inspect(|_| self.watch(!only, id))
            }
            [first, second, ..] => {
                let (first, second) = (*first, *second);
                self.clauses.push(lits);
                self.watch(!first, id);
                self.watch(!second, id);
                Some(id)
            }
        }
    }

    fn watch(&mut self, lit: Lit, clause: ClauseId) {
        if let Some(list) = self.watches.get_mut(lit.index()) {
            list.push(clause);
        }
    }

    fn truth(&self, lit: Lit) -> Option<bool> {
        self.value.get(lit.variable()).copied().flatten().map(|value| value != lit.negative())
    }

    fn current_level(&self) -> u32 {
        u32::try_from(self.levels.len()).unwrap_or(u32::MAX)
    }

    fn enqueue(&mut self, lit: Lit, reason: Reason) {
        let variable = lit.variable();
        let level = self.current_level();
        if let (Some(value), Some(at), Some(why)) =
            (self.value.get_mut(variable), self.level.get_mut(variable), self.reason.get_mut(variable))
        {
            *value = Some(!lit.negative());
            *at = level;
            *why = reason;
            self.trail.push(lit);
        }
    }

    /// Searches for a world in which all `assumed` literals hold. `budget` counts conflicts and is used up.
    pub fn solve(&mut self, assumed: &[Lit], budget: &mut u64) -> Outcome {
        let outcome = self.search(assumed, budget);
        self.backtrack(0);
        // What was derived without any decision stays true, but the trail is rebuilt from the clauses each time, so that
        // clauses may be added between searches without care for watches.
        while let Some(lit) = self.trail.pop() {
            self.unassign(lit);
        }
        self.head = 0;
        outcome
    }

    fn search(&mut self, assumed: &[Lit], budget: &mut u64) -> Outcome {
        if self.contradiction {
            return Outcome::Unsatisfiable(Vec::new());
        }
        let units: Vec<(ClauseId, Lit)> = self
            .clauses
            .iter()
            .enumerate()
            .filter_map(|(id, c)| if let [only] = c.as_slice() { Some((id, *only)) } else { None })
            .collect();
        for (id, unit) in units {
            match self.truth(unit) {
                Some(true) => {}
                Some(false) => return Outcome::Unsatisfiable(Vec::new()),
                None => self.enqueue(unit, Reason::Clause(id)),
            }
        }
        let mut next = 0;
        loop {
            match self.propagate() {
                Some(conflict) => {
                    if self.levels.is_empty() {
                        return Outcome::Unsatisfiable(Vec::new());
                    }
                    if *budget == 0 {
                        return Outcome::TooCostly;
                    }
                    *budget -= 1;
                    let (learned, back) = self.analyse(&conflict);
                    self.backtrack(back);
                    next = 0;
                    let asserting = learned.first().copied();
                    let id = self.attach(learned);
                    match (asserting, id) {
                        (Some(lit), Some(id)) => match self.truth(lit) {
                            None => self.enqueue(lit, Reason::Clause(id)),
                            Some(true) => {}
                            Some(false) => return Outcome::Unsatisfiable(Vec::new()),
                        },
                        _ => return Outcome::Unsatisfiable(Vec::new()),
                    }
                }
                None => {
                    // Assumptions are the first decisions, one level each.
                    if let Some(&wanted) = assumed.get(self.levels.len()) {
                        match self.truth(wanted) {
                            Some(true) => self.levels.push(self.trail.len()),
                            Some(false) => return Outcome::Unsatisfiable(self.blame(!wanted, assumed)),
                            None => {
                                self.levels.push(self.trail.len());
                                self.enqueue(wanted, Reason::Decision);
                            }
                        }
                        continue;
                    }
                    while self.value.get(next).is_some_and(Option::is_some) {
                        next += 1;
                    }
                    if next >= self.value.len() {
                        return Outcome::Satisfiable(Model { numbers: self.potential.clone() });
                    }
                    let positive = self.difference.get(next).copied().flatten().is_some_and(|d| self.satisfied(d));
                    self.levels.push(self.trail.len());
                    self.enqueue(Lit::new(next, !positive), Reason::Decision);
                }
            }
        }
    }

    fn satisfied(&self, d: Difference) -> bool {
        let at = |u: Unknown| self.potential.get(u.index()).copied().unwrap_or(0);
        at(d.x) - at(d.y) <= d.bound
    }

    /// Propagates until nothing follows; a conflict is returned as a clause whose literals are all false.
    fn propagate(&mut self) -> Option<Vec<Lit>> {
        while let Some(&lit) = self.trail.get(self.head) {
            self.head += 1;
            if let Some(conflict) = self.assert_difference(lit) {
                return Some(conflict);
            }
            let watching = self.watches.get_mut(lit.index()).map(std::mem::take).unwrap_or_default();
            let mut kept = Vec::with_capacity(watching.len());
            let mut conflict = None;
            for (position, &id) in watching.iter().enumerate() {
                match self.visit(id, !lit) {
                    Visit::Moved => {}
                    Visit::Satisfied => kept.push(id),
                    Visit::Unit(unit) => {
                        kept.push(id);
                        self.enqueue(unit, Reason::Clause(id));
                    }
                    Visit::Conflict => {
                        kept.extend_from_slice(watching.get(position..).unwrap_or_default());
                        conflict = self.clauses.get(id).cloned();
                        break;
                    }
                }
            }
            if let Some(list) = self.watches.get_mut(lit.index()) {
                // New watches may have been added meanwhile only to other lists.
                *list = kept;
            }
            if conflict.is_some() {
                return conflict;
            }
        }
        None
    }

    /// Looks at a clause of which the watched literal `gone` has become false.
    fn visit(&mut self, id: ClauseId, gone: Lit) -> Visit {
        let Some(mut clause) = self.clauses.get_mut(id).map(std::mem::take) else { return Visit::Satisfied };
        let result = if let [_, second, ..] = clause.as_mut_slice() {
            if *second != gone {
                clause.swap(0, 1);
            }
            // Now the false one stands second.
            let first = clause.first().copied().unwrap_or(gone);
            if self.truth(first) == Some(true) {
                Visit::Satisfied
            } else {
                match clause.iter().enumerate().skip(2).find(|(_, lit)| self.truth(**lit) != Some(false)).map(|(at, lit)| (at, *lit)) {
                    Some((at, fresh)) => {
                        clause.swap(1, at);
                        self.watch(!fresh, id);
                        Visit::Moved
                    }
                    None if self.truth(first) == Some(false) => Visit::Conflict,
                    None => Visit::Unit(first),
                }
            }
        } else {
            Visit::Conflict
        };
        if let Some(slot) = self.clauses.get_mut(id) {
            *slot = clause;
        }
        result
    }

    /// First unique implication point: the learned clause (asserting literal first) and the level to go back to.
    fn analyse(&self, conflict: &[Lit]) -> (Vec<Lit>, u32) {
        let now = self.current_level();
        let mut seen = vec![false; self.value.len()];
        let mut learned = Vec::new();
        let mut open = 0_usize;
        let mut clause: Vec<Lit> = conflict.to_vec();
        let mut position = self.trail.len();
        let asserting = loop {
            for lit in &clause {
                let variable = lit.variable();
                let level = self.level.get(variable).copied().unwrap_or(0);
                if seen.get(variable).copied().unwrap_or(true) || level == 0 {
                    continue;
                }
                if let Some(slot) = seen.get_mut(variable) {
                    *slot = true;
                }
                if level == now {
                    open += 1;
                } else {
                    learned.push(*lit);
                }
            }
            let lit = loop {
                position = position.saturating_sub(1);
                let lit = self.trail.get(position).copied().unwrap_or(Lit(0));
                if seen.get(lit.variable()).copied().unwrap_or(false) || position == 0 {
                    break lit;
                }
            };
            open = open.saturating_sub(1);
            if open == 0 {
                break !lit;
            }
            clause = self.reason_of(lit);
        };
        let back = learned.iter().map(|lit| self.level.get(lit.variable()).copied().unwrap_or(0)).max().unwrap_or(0);
        // The second literal must be one of the level gone back to, for the watches.
        if let Some(at) = learned.iter().position(|lit| self.level.get(lit.variable()).copied().unwrap_or(0) == back) {
            learned.swap(0, at);
        }
        learned.insert(0, asserting);
        (learned, back)
    }

    /// The other literals of the clause that made `lit` true, all false.
    fn reason_of(&self, lit: Lit) -> Vec<Lit> {
        match self.reason.get(lit.variable()) {
            Some(Reason::Clause(id)) => {
                self.clauses.get(*id).map(|c| c.iter().copied().filter(|l| *l != lit).collect()).unwrap_or_default()
            }
            _ => Vec::new(),
        }
    }

    /// Which assumptions made `lit` true, with the assumption that it speaks against.
    fn blame(&self, lit: Lit, assumed: &[Lit]) -> Vec<Lit> {
        let mut seen = vec![false; self.value.len()];
        let mut stack = vec![lit];
        let mut core = BTreeMap::new();
        core.insert(!lit, ());
        while let Some(lit) = stack.pop() {
            let variable = lit.variable();
            match seen.get_mut(variable) {
                Some(slot) if !*slot => *slot = true,
                _ => continue,
            }
            if self.level.get(variable).copied().unwrap_or(0) == 0 {
                continue;
            }
            match self.reason.get(variable) {
                Some(Reason::Clause(_)) => stack.extend(self.reason_of(lit).into_iter().map(|l| !l)),
                _ => {
                    core.insert(lit, ());
                }
            }
        }
        assumed.iter().copied().filter(|l| core.contains_key(l)).collect()
    }

    fn unassign(&mut self, lit: Lit) {
        if let Some(value) = self.value.get_mut(lit.variable()) {
            *value = None;
        }
        if let Some((source, _, _)) = self.edge(lit) {
            // Edges are taken back in the reverse order of their coming; one that was never put in is not there.
            if let Some(list) = self.edges.get_mut(source.index())
                && list.last().is_some_and(|(_, _, owner)| *owner == lit)
            {
                list.pop();
            }
        }
    }

    fn backtrack(&mut self, level: u32) {
        let keep = self.levels.get(level as usize).copied();
        if let Some(keep) = keep {
            while self.trail.len() > keep {
                if let Some(lit) = self.trail.pop() {
                    self.unassign(lit);
                }
            }
            self.levels.truncate(level as usize);
            self.head = self.head.min(keep);
        }
    }

    /// The edge that a literal stands for: from, to, weight (`to - from <= weight`).
    fn edge(&self, lit: Lit) -> Option<(Unknown, Unknown, i64)> {
        let d = self.difference.get(lit.variable()).copied().flatten()?;
        Some(if lit.negative() { (d.x, d.y, -d.bound - 1) } else { (d.y, d.x, d.bound) })
    }

    /// Takes a difference in; a negative cycle comes back as a clause over the literals on it.
    fn assert_difference(&mut self, lit: Lit) -> Option<Vec<Lit>> {
        let (from, to, weight) = self.edge(lit)?;
        if let Some(list) = self.edges.get_mut(from.index()) {
            list.push((to, weight, lit));
        }
        let at = |p: &[i64], u: Unknown| p.get(u.index()).copied().unwrap_or(0);
        let slack = at(&self.potential, from).saturating_add(weight).saturating_sub(at(&self.potential, to));
        if slack >= 0 {
            return None;
        }
        // Lower the potentials that the new edge pushes down, most violated first.
        let mut lowered: BTreeMap<Unknown, i64> = BTreeMap::new();
        let mut waiting: BTreeMap<Unknown, (i64, Lit, Unknown)> = BTreeMap::new();
        let mut parent: HashMap<Unknown, (Lit, Unknown)> = HashMap::new();
        waiting.insert(to, (slack, lit, from));
        while let Some((&node, &(change, by, source))) = waiting.iter().min_by_key(|(node, (change, _, _))| (*change, **node)) {
            if change >= 0 {
                break;
            }
            waiting.remove(&node);
            parent.insert(node, (by, source));
            if node == from {
                return Some(self.cycle(from, lit, &parent));
            }
            let fresh = at(&self.potential, node).saturating_add(change);
            lowered.insert(node, fresh);
            for &(next, cost, owner) in self.edges.get(node.index()).map(Vec::as_slice).unwrap_or_default() {
                if lowered.contains_key(&next) {
                    continue;
                }
                let gap = fresh.saturating_add(cost).saturating_sub(at(&self.potential, next));
                if gap < waiting.get(&next).map_or(0, |(g, _, _)| *g) {
                    waiting.insert(next, (gap, owner, node));
                }
            }
        }
        for (node, value) in lowered {
            if let Some(slot) = self.potential.get_mut(node.index()) {
                *slot = value;
            }
        }
        None
    }

    fn cycle(&self, from: Unknown, first: Lit, parent: &HashMap<Unknown, (Lit, Unknown)>) -> Vec<Lit> {
        let mut clause = Vec::new();
        let mut node = from;
        while let Some(&(lit, source)) = parent.get(&node) {
            clause.push(!lit);
            if lit == first {
                break;
            }
            node = source;
        }
        clause
    }
}

enum Visit {
    /// Another literal is watched now.
    Moved,
    /// Nothing to do.
    Satisfied,
    /// All but this are false.
    Unit(Lit),
    /// All are false.
    Conflict,
}
