//! The verdict by its definition: supported where the strong reading is true in every world, contradicted where the weak one is
//! false in every world, and unknown else.

use std::collections::BTreeSet;
use std::hash::{Hash, Hasher};
use std::rc::Rc;

use rustc_hash::{FxHashMap as HashMap, FxHashSet as HashSet};

use super::assumptions::{Obeys, happenings};
use super::histories::{Scope, worlds};
use super::language::{Calendar, Claim, Day, Days, Fact, Form, Party, When};
use super::readings::{Reading, at_place, is_true};
use super::record::{Demand, Record, Recorded, Tie, demands};
use super::speaks::{Cells, Leaf, Spoken, cells_of_facts};
use super::worlds::{Cell, View, World};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    Supported,
    Contradicted,
    Unknown,
}

/// Which assumptions are made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Assumed {
    pub persistence: bool,
    pub once: bool,
    pub boundaries: bool,
    pub voice: bool,
}

impl Assumed {
    pub const NOTHING: Self = Self { persistence: false, once: false, boundaries: false, voice: false };
    pub const ALL: Self = Self { persistence: true, once: true, boundaries: true, voice: true };
}

/// What a question sees of a world of one cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Seen {
    /// The days of each thing that is looked at.
    days: [Days; MOST_VIEWS],
    keys: Keys,
    /// Into how many happenings the record falls here.
    happenings: u8,
}

impl Hash for Seen {
    fn hash<H: Hasher>(&self, state: &mut H) {
        let days = self.days.iter().rev().fold(0, |all, days| all << Days::BITS | u64::from(*days));
        state.write_u64(days);
        state.write_u64(u64::from_le_bytes(self.keys.map(|key| key as u8)));
        state.write_u8(self.happenings);
    }
}

/// More things of one cell are not looked at by one claim.
const MOST_VIEWS: usize = 4;

/// The chosen days of the facts that tie cells: for each fact that of its own happening and that of the other; -1 for none.
type Keys = [i8; 2 * MOST_FACTS];

const NO_KEYS: Keys = [-1; 2 * MOST_FACTS];

/// More facts are not made up at once.
const MOST_FACTS: usize = 4;

fn fits(tie: &Tie, keys: &Keys) -> bool {
    let (day, other) = (keys[2 * tie.fact], keys[2 * tie.fact + 1]);
    day < 0 || other < 0 || tie.fits(Day::from(day), Day::from(other))
}

/// What is seen of the worlds of a cell, each with the assumptions that one such world obeys; nothing if they are too many.
type CellWorlds = Option<Rc<Vec<(Seen, Obeys)>>>;

/// A cell, what is looked at in it, and what can be seen.
struct Part {
    views: Vec<View>,
    seen: Vec<Seen>,
}

/// More joint worlds than this are not looked at.
const MOST: usize = 1_000_000;

/// More worlds of one cell than this are not looked at.
const MOST_OF_A_CELL: u32 = 80_000;

/// A definition over one fact base. What is seen of cells is kept, since many claims ask about the same ones.
pub struct Definition<'f> {
    facts: &'f [Fact],
    trust: &'f [(Party, bool)],
    calendar: Calendar,
    demands: Vec<Vec<Demand>>,
    ties: Vec<Option<Tie>>,
    kept: HashMap<(Cell, Scope, Vec<usize>), CellWorlds>,
    kept_least: HashMap<Vec<usize>, Option<usize>>,
    kept_possible: HashMap<(Vec<usize>, bool, bool), Option<bool>>,
}

impl<'f> Definition<'f> {
    pub fn new(facts: &'f [Fact], trust: &'f [(Party, bool)], calendar: Calendar) -> Self {
        let (demands, ties) = facts.iter().enumerate().map(|(number, fact)| demands(number, fact, calendar)).unzip();
        Self {
            facts,
            trust,
            calendar,
            demands,
            ties,
            kept: HashMap::default(),
            kept_least: HashMap::default(),
            kept_possible: HashMap::default(),
        }
    }

    /// The verdict on a claim that speaks from a day; nothing where there are too many worlds.
    pub fn verdict(&mut self, claim: &Claim, reference: Day, assumed: Assumed) -> Option<Verdict> {
        let spoken = Spoken::of(claim);
        let touched = self.touched(&spoken);
        let counted = |fact: &Fact| match (claim, fact) {
            // Who says something is asked about what he, or a part of him, is recorded as saying.
            (Claim::According(who, _), Fact::Reported(speaker, _)) => speaker.acts_for(*who),
            (Claim::According(..), _) => false,
            (_, Fact::Reported(speaker, _)) => self.believed(*speaker).unwrap_or(assumed.voice),
            _ => true,
        };
        if matches!(claim, Claim::According(..)) && !self.facts.iter().any(counted) {
            // Nothing is recorded as said.
            return Some(Verdict::Unknown);
        }
        let facts: Vec<usize> = (0..self.facts.len())
            .filter(|at| counted(&self.facts[*at]) && self.demands[*at].iter().any(|demand| touched.contains(&demand.cell)))
            .collect();
        let cells = spoken.cells(&touched, facts.iter().map(|at| &self.facts[*at]));
        let mut found = None;
        // What the record says where it contradicts itself is one or the other of what it says in part.
        for facts in self.believable(&facts)? {
            let verdict = self.among(&facts, &cells, claim, &spoken, reference, assumed)?;
            if found.is_some_and(|other| other != verdict) {
                return Some(Verdict::Unknown);
            }
            found = Some(verdict);
        }
        found
    }

    /// Whether somebody's word is taken, where the record says so: of himself, else of his group.
    fn believed(&self, speaker: Party) -> Option<bool> {
        let of = |who: Party| self.trust.iter().find(|(other, _)| *other == who).map(|(_, believed)| *believed);
        of(speaker).or_else(|| of(speaker.group()))
    }

    /// The cells that a claim speaks of, and those that are tied to them.
    fn touched(&self, spoken: &Spoken<'_>) -> BTreeSet<Cell> {
        let mut cells: BTreeSet<Cell> = spoken.views.iter().map(|view| view.cell()).collect();
        loop {
            let before = cells.len();
            for demands in &self.demands {
                if demands.iter().any(|demand| cells.contains(&demand.cell)) {
                    cells.extend(demands.iter().map(|demand| demand.cell));
                }
            }
            if cells.len() == before {
                return cells;
            }
        }
    }

    /// The largest sets of facts that can hold together.
    fn believable(&mut self, facts: &[usize]) -> Option<Vec<Vec<usize>>> {
        let mut sets: Vec<Vec<usize>> = Vec::new();
        let count = facts.len();
        let mut choices: Vec<u32> = (0..1_u32 << count).collect();
        choices.sort_by_key(|choice| (std::cmp::Reverse(choice.count_ones()), *choice));
        let mut whole: Vec<u32> = Vec::new();
        for choice in choices {
            if whole.iter().any(|larger| larger & choice == choice) {
                continue;
            }
            let chosen: Vec<usize> = (0..count).filter(|n| choice >> n & 1 == 1).map(|n| facts[n]).collect();
            if self.possible(&chosen, false, false)? {
                whole.push(choice);
                sets.push(chosen);
            }
        }
        Some(sets)
    }

    /// Whether there is a world at all.
    fn possible(&mut self, facts: &[usize], persistence: bool, once: bool) -> Option<bool> {
        let key = (facts.to_vec(), persistence, once);
        if let Some(known) = self.kept_possible.get(&key) {
            return *known;
        }
        let mut any = false;
        let found = self.least(facts).and_then(|least| {
            let parts = self.of_facts(facts, (persistence, once))?;
            self.product(&parts, facts, &mut |_, happenings| {
                any = !once || happenings <= least;
                !any
            })
        });
        let found = found.map(|()| any);
        self.kept_possible.insert(key, found);
        found
    }

    /// The fewest happenings into which what is recorded can fall.
    fn least(&mut self, facts: &[usize]) -> Option<usize> {
        if let Some(known) = self.kept_least.get(facts) {
            return *known;
        }
        let mut least = usize::MAX;
        let found = self.of_facts(facts, (false, false)).and_then(|parts| {
            self.product(&parts, facts, &mut |_, happenings| {
                least = least.min(happenings);
                true
            })
        });
        let found = found.map(|()| least);
        self.kept_least.insert(facts.to_vec(), found);
        found
    }

    /// The cells of facts, of which nothing is looked at.
    fn of_facts(&mut self, facts: &[usize], assumed: (bool, bool)) -> Option<Vec<Part>> {
        let cells = cells_of_facts(facts.iter().map(|at| &self.facts[*at]));
        cells.into_iter().map(|(cell, scope)| self.part(cell, facts, &scope, assumed)).collect()
    }

    /// The verdict of facts that can hold together.
    fn among(
        &mut self,
        facts: &[usize],
        cells: &Cells,
        claim: &Claim,
        spoken: &Spoken<'_>,
        reference: Day,
        assumed: Assumed,
    ) -> Option<Verdict> {
        let (mut persistence, mut once) = (assumed.persistence, assumed.once);
        // What the facts do not bear is not assumed.
        let bears = |this: &mut Self, persistence: bool, once: bool| this.possible(facts, persistence, once);
        let (bears_persistence, bears_once) = (bears(self, true, false)?, bears(self, false, true)?);
        if bears_persistence && bears_once && !bears(self, true, true)? {
            (persistence, once) = (false, false);
        }
        persistence &= bears_persistence;
        once &= bears_once;
        let reading = |strong: bool| Reading { strong, boundaries: assumed.boundaries, reference, calendar: self.calendar };
        let (strong, weak) = (reading(true), reading(false));
        let least = self.least(facts)?;
        let mut parts: Vec<Part> = Vec::with_capacity(cells.len());
        for (cell, scope) in cells {
            parts.push(self.part(*cell, facts, scope, (persistence, once))?);
        }
        if parts.len() > 1 {
            parts.iter_mut().for_each(|part| part.tell_apart(&spoken.leaves, &[strong, weak]));
        }
        let (mut can_fail, mut can_hold) = (false, false);
        let most = if spoken.counts_cities { 4 } else { 1 };
        self.product(&parts, facts, &mut |world, happenings| {
            if !once || happenings <= least {
                for others in 0..most {
                    can_fail = can_fail || !is_true(claim, world, strong, others);
                    can_hold = can_hold || is_true(claim, world, weak, others);
                }
            }
            !(can_fail && can_hold)
        })?;
        Some(match (can_fail, can_hold) {
            (false, _) => Verdict::Supported,
            (true, false) => Verdict::Contradicted,
            (true, true) => Verdict::Unknown,
        })
    }

    /// Goes through the worlds until told to stop: all ways of taking one of each part that agree on the facts that tie them.
    fn product(&self, parts: &[Part], facts: &[usize], look: &mut dyn FnMut(&World, usize) -> bool) -> Option<()> {
        let ties: Vec<&Tie> = facts.iter().filter_map(|at| self.ties[*at].as_ref()).collect();
        let mut going = Going { ties, world: World::empty(), left: MOST, look };
        going.on(parts, NO_KEYS, 0).map(|_| ())
    }

    /// What is seen of a cell's worlds under some of the facts and assumptions.
    fn part(&mut self, cell: Cell, facts: &[usize], scope: &Scope, (persistence, once): (bool, bool)) -> Option<Part> {
        let all = self.of_cell(cell, facts, scope)?;
        let seen = all.iter().filter(|(_, obeys)| obeys.both(persistence, once)).map(|(seen, _)| *seen).collect();
        Some(Part { views: scope.views.clone(), seen })
    }

    fn of_cell(&mut self, cell: Cell, facts: &[usize], scope: &Scope) -> CellWorlds {
        let here: Vec<usize> = facts.iter().copied().filter(|at| self.demands[*at].iter().any(|demand| demand.cell == cell)).collect();
        let key = (cell, scope.clone(), here);
        if let Some(known) = self.kept.get(&key) {
            return known.clone();
        }
        let demands: Vec<&Demand> = key.2.iter().flat_map(|at| self.demands[*at].iter().filter(|demand| demand.cell == cell)).collect();
        let ties: Vec<&Tie> = key.2.iter().filter_map(|at| self.ties[*at].as_ref()).collect();
        // What is seen once, with the assumptions that it obeys for some choice of the unknown days.
        let mut found: HashMap<Seen, Obeys> = HashMap::default();
        let mut left = MOST_OF_A_CELL;
        let finished = choose(&demands, &mut Vec::new(), &mut |records| {
            let recorded = Recorded { records };
            let mut keys = NO_KEYS;
            for (demand, record) in demands.iter().zip(records) {
                if let Some((fact, end)) = demand.tie {
                    keys[2 * fact + usize::from(end)] = i8::try_from(record.key).unwrap();
                }
            }
            // Both ends of one fact in this cell must fit at once.
            if !ties.iter().all(|tie| fits(tie, &keys)) {
                return Some(());
            }
            let happenings = u8::try_from(happenings(cell, &recorded)).unwrap();
            // Worlds that follow on one another often look the same.
            let (mut last, mut obeyed) = ([0; MOST_VIEWS], Obeys::default());
            let listed = worlds(cell, scope, &recorded, self.calendar, &mut left, &mut |sets, obeys| {
                let mut days = [0; MOST_VIEWS];
                scope.views.iter().zip(&mut days).for_each(|(view, days)| *days = view.days(sets));
                if days != last && obeyed != Obeys::default() {
                    *found.entry(Seen { days: last, keys, happenings }).or_default() |= obeyed;
                    obeyed = Obeys::default();
                }
                last = days;
                obeyed |= obeys;
            });
            if obeyed != Obeys::default() {
                *found.entry(Seen { days: last, keys, happenings }).or_default() |= obeyed;
            }
            listed.ok()
        });
        let made = finished.map(|()| Rc::new(found.into_iter().collect()));
        self.kept.insert(key, made.clone());
        made
    }
}

/// All ways of choosing the unknown days of the facts of a cell.
fn choose<'d>(demands: &[&'d Demand], chosen: &mut Vec<&'d Record>, found: &mut dyn FnMut(&[&'d Record]) -> Option<()>) -> Option<()> {
    let Some((first, rest)) = demands.split_first() else { return found(chosen) };
    first.choices.iter().try_for_each(|record| {
        chosen.push(record);
        let finished = choose(rest, chosen, found);
        chosen.pop();
        finished
    })
}

/// On the way through the worlds, part by part.
struct Going<'g> {
    ties: Vec<&'g Tie>,
    world: World,
    left: usize,
    look: &'g mut dyn FnMut(&World, usize) -> bool,
}

impl Going<'_> {
    /// Whether to go on; nothing if there were too many.
    fn on(&mut self, parts: &[Part], keys: Keys, happenings: usize) -> Option<bool> {
        let Some((part, rest)) = parts.split_first() else { return Some((self.look)(&self.world, happenings)) };
        for seen in &part.seen {
            self.left = self.left.checked_sub(1)?;
            // What is not chosen is -1.
            let keys: Keys = std::array::from_fn(|at| keys[at].max(seen.keys[at]));
            if self.ties.iter().all(|tie| fits(tie, &keys)) {
                part.views.iter().zip(&seen.days).for_each(|(view, days)| self.world.put(*view, *days));
                if !self.on(rest, keys, happenings + usize::from(seen.happenings))? {
                    return Some(false);
                }
            }
        }
        Some(true)
    }
}

impl Part {
    /// Keeps of what can be seen only what the claim's clauses tell apart.
    fn tell_apart(&mut self, leaves: &[Leaf<'_>], readings: &[Reading]) {
        let mut told = HashSet::default();
        let mut world = World::empty();
        let Self { views, seen } = self;
        seen.retain(|one| {
            views.iter().zip(&one.days).for_each(|(view, days)| world.put(*view, *days));
            // The truth of each clause, one bit each, and the days of happenings that are compared.
            let (mut truths, mut compared) = (1_u64, [0 as Days; 2 * MOST_VIEWS]);
            let mut ends = compared.iter_mut();
            for leaf in leaves {
                if matches!(leaf.clause.when, When::Order { .. }) {
                    for view in leaf.views().filter(|view| views.contains(view)) {
                        *ends.next().unwrap() = world.days(view.verb, view.place, view.who);
                    }
                } else if views.contains(&View::of(leaf.clause, leaf.place)) {
                    for (reading, form) in readings.iter().flat_map(|reading| [(reading, leaf.clause.form), (reading, Form::Plain)]) {
                        truths = truths << 1 | u64::from(at_place(leaf.clause, leaf.place, form, &world, *reading));
                    }
                }
            }
            told.insert((truths, compared, one.keys, one.happenings))
        });
    }
}
