//! The verdict by its definition: supported where the strong reading is true in every world, contradicted where the weak one is
//! false in every world, and unknown else.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use rustc_hash::{FxHashMap as HashMap, FxHashSet as HashSet};

use super::assumptions::{Assumptions, happenings};
use super::language::{Calendar, Claim, Clause, Day, Days, Fact, Form, Kind, PLACES, Party, Verb, When};
use super::readings::{Reading, is_true};
use super::worlds::{Cell, Demand, Record, Recorded, Scope, Sets, Tie, World, demands, worlds};

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

/// One world of a cell, as far as a question can see it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Seen {
    sets: Sets,
    keys: Keys,
    /// Into how many happenings the record falls here.
    happenings: u8,
}

/// The chosen days of the facts that tie cells: for each fact that of its own happening and that of the other; -1 for none.
type Keys = [[i8; 2]; MOST_FACTS];

/// More facts are not made up at once.
const MOST_FACTS: usize = 4;

fn fits(tie: &Tie, keys: &Keys) -> bool {
    let [day, other] = keys[tie.fact];
    day < 0 || other < 0 || tie.fits(Day::from(day), Day::from(other))
}

/// The worlds of a cell: in every way of making the two assumptions or not.
#[derive(Debug, Default)]
struct CellWorlds {
    plain: Vec<Seen>,
    persistent: Vec<Seen>,
    once: Vec<Seen>,
    both: Vec<Seen>,
    too_many: bool,
}

impl CellWorlds {
    fn of(&self, persistence: bool, once: bool) -> &[Seen] {
        match (persistence, once) {
            (false, false) => &self.plain,
            (true, false) => &self.persistent,
            (false, true) => &self.once,
            (true, true) => &self.both,
        }
    }
}

/// More joint worlds than this are not looked at.
const MOST: usize = 300_000;

/// More worlds of one cell than this are not looked at.
const MOST_OF_A_CELL: u32 = 40_000;

/// A definition over one fact base. Worlds of cells are kept, since many claims ask about the same ones.
pub struct Definition<'f> {
    facts: &'f [Fact],
    calendar: Calendar,
    demands: Vec<Vec<Demand>>,
    ties: Vec<Option<Tie>>,
    kept: HashMap<(Cell, Scope, Vec<usize>), Rc<CellWorlds>>,
    kept_least: HashMap<Vec<usize>, Option<usize>>,
    kept_possible: HashMap<(Vec<usize>, bool, bool), Option<bool>>,
    /// How many worlds were looked at.
    pub looked_at: u64,
}

impl<'f> Definition<'f> {
    pub fn new(facts: &'f [Fact], calendar: Calendar) -> Self {
        let (demands, ties) = facts.iter().enumerate().map(|(number, fact)| demands(number, fact, calendar)).unzip();
        Self {
            facts,
            calendar,
            demands,
            ties,
            kept: HashMap::default(),
            kept_least: HashMap::default(),
            kept_possible: HashMap::default(),
            looked_at: 0,
        }
    }

    /// The verdict on a claim that speaks from a day; nothing where there are too many worlds.
    pub fn verdict(&mut self, claim: &Claim, reference: Day, assumed: Assumed) -> Option<Verdict> {
        let counted = |fact: &Fact| assumed.voice || !matches!(fact, Fact::Reported(_));
        let touched = self.touched(claim);
        let facts: Vec<usize> = (0..self.facts.len())
            .filter(|at| counted(&self.facts[*at]) && self.demands[*at].iter().any(|demand| touched.contains(&demand.cell)))
            .collect();
        let cells = self.cells(&touched, claim, &facts);
        let mut found = None;
        // What the record says where it contradicts itself is one or the other of what it says in part.
        for facts in self.believable(&facts)? {
            let verdict = self.among(&facts, &cells, claim, reference, assumed)?;
            if found.is_some_and(|other| other != verdict) {
                return Some(Verdict::Unknown);
            }
            found = Some(verdict);
        }
        found
    }

    /// The cells that a claim speaks of, and those that are tied to them.
    fn touched(&self, claim: &Claim) -> BTreeSet<Cell> {
        let mut cells: BTreeSet<Cell> = BTreeSet::new();
        for clause in clauses(claim) {
            let places: Vec<usize> =
                if matches!(claim_of_many(claim, clause), Some(())) { (0..PLACES).collect() } else { vec![clause.place] };
            cells.extend(places.into_iter().map(|place| Cell::of(clause.verb, place, clause.who)));
            if let When::Order { other, .. } = &clause.when {
                cells.insert(Cell::of(other.verb, other.place, other.who));
            }
        }
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

    /// Who and what must be told apart in each cell, for a claim and facts.
    fn cells(&self, touched: &BTreeSet<Cell>, claim: &Claim, facts: &[usize]) -> Cells {
        let mut cells = self.cells_of_facts(facts);
        for cell in touched {
            cells.entry(*cell).or_insert(NOTHING);
        }
        // "again", "first" and "the last one before" compare happenings with others; all else looks at one stretch.
        let compares = |clause: &&Clause| matches!(clause.form, Form::Again | Form::First) || matches!(clause.when, When::Order { .. });
        let stretches = clauses(claim).iter().map(|clause| 1 + usize::from(compares(clause))).sum::<usize>();
        for scope in cells.values_mut() {
            scope.more = stretches;
        }
        leaves(claim).iter().for_each(|leaf| see(&mut cells, leaf));
        cells
    }

    /// The same for facts alone.
    fn cells_of_facts(&self, facts: &[usize]) -> Cells {
        let mut cells = Cells::new();
        for at in facts {
            match &self.facts[*at] {
                Fact::Said(clause) | Fact::Reported(clause) => see(&mut cells, clause),
                Fact::Only { who, verb, .. } => {
                    (0..PLACES).for_each(|place| see(&mut cells, &Clause::plain(*verb, Some(*who), place, When::Undated)));
                }
            }
        }
        cells
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
        let cells = self.cells_of_facts(facts);
        let least = self.least(facts)?;
        let finished = self.each_world(facts, &cells, (persistence, once), least, &[], &mut |_| {
            any = true;
            false
        });
        let found = finished.map(|()| any);
        self.kept_possible.insert(key, found);
        found
    }

    /// The fewest happenings into which what is recorded can fall.
    fn least(&mut self, facts: &[usize]) -> Option<usize> {
        let key = facts.to_vec();
        if let Some(known) = self.kept_least.get(&key) {
            return *known;
        }
        let mut least = usize::MAX;
        let mut too_many = false;
        let projected: Vec<Vec<Seen>> = self
            .cells_of_facts(facts)
            .into_iter()
            .map(|(cell, scope)| {
                let all = self.of_cell(cell, facts, scope);
                too_many |= all.too_many;
                let plain: HashSet<Seen> = all.plain.iter().map(|seen| Seen { sets: Sets::default(), ..*seen }).collect();
                plain.into_iter().collect()
            })
            .collect();
        let finished = self.product(&projected, facts, &mut |chosen| {
            least = least.min(chosen.iter().map(|seen| usize::from(seen.happenings)).sum());
            true
        });
        let found = finished.filter(|()| !too_many).map(|()| least);
        self.kept_least.insert(key, found);
        found
    }

    /// The verdict of facts that can hold together.
    fn among(&mut self, facts: &[usize], cells: &Cells, claim: &Claim, reference: Day, assumed: Assumed) -> Option<Verdict> {
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
        let (mut can_fail, mut can_hold) = (false, false);
        let least = self.least(facts)?;
        let leaves = leaves(claim);
        let most = if counts_cities(claim) { 4 } else { 1 };
        let looks = [strong, weak].map(|reading| (reading, leaves.as_slice()));
        self.each_world(facts, cells, (persistence, once), least, &looks, &mut |world| {
            for others in 0..most {
                can_fail = can_fail || !is_true(claim, world, strong, others);
                can_hold = can_hold || is_true(claim, world, weak, others);
            }
            !(can_fail && can_hold)
        })?;
        Some(match (can_fail, can_hold) {
            (false, _) => Verdict::Supported,
            (true, false) => Verdict::Contradicted,
            (true, true) => Verdict::Unknown,
        })
    }

    /// Goes through the worlds until told to stop. Of worlds in which all that is looked at is alike, one is enough.
    fn each_world(
        &mut self,
        facts: &[usize],
        cells: &Cells,
        (persistence, once): (bool, bool),
        least: usize,
        looks: &[(Reading, &[Clause])],
        look: &mut dyn FnMut(&World) -> bool,
    ) -> Option<()> {
        let order: Vec<Cell> = cells.keys().copied().collect();
        let kept: Vec<Rc<CellWorlds>> = cells.iter().map(|(cell, scope)| self.of_cell(*cell, facts, *scope)).collect();
        if kept.iter().any(|worlds| worlds.too_many) {
            return None;
        }
        if let ([cell], [worlds], true) = (order.as_slice(), kept.as_slice(), self.ties.iter().all(Option::is_none)) {
            // One cell alone: its worlds are the worlds.
            let mut world = World::empty();
            for seen in worlds.of(persistence, once) {
                if once && usize::from(seen.happenings) > least {
                    continue;
                }
                self.looked_at += 1;
                world.put(*cell, &seen.sets);
                if !look(&world) {
                    break;
                }
            }
            return Some(());
        }
        let lists: Vec<Vec<Seen>> =
            order.iter().zip(&kept).map(|(cell, worlds)| told_apart(*cell, worlds.of(persistence, once), looks)).collect();
        let mut world = World::empty();
        let mut looked = 0;
        let finished = self.product(&lists, facts, &mut |chosen| {
            if once && chosen.iter().map(|seen| usize::from(seen.happenings)).sum::<usize>() > least {
                return true;
            }
            looked += 1;
            for (cell, seen) in order.iter().zip(chosen) {
                world.put(*cell, &seen.sets);
            }
            look(&world)
        });
        self.looked_at += looked;
        finished
    }

    /// All ways of taking one of each that agree on the facts that tie them.
    fn product<L: AsRef<[Seen]>>(&self, lists: &[L], facts: &[usize], look: &mut dyn FnMut(&[&Seen]) -> bool) -> Option<()> {
        let ties: Vec<&Tie> = facts.iter().filter_map(|at| self.ties[*at].as_ref()).collect();
        let mut left = MOST;
        fn step<'s, L: AsRef<[Seen]>>(
            lists: &'s [L],
            ties: &[&Tie],
            chosen: &mut Vec<&'s Seen>,
            left: &mut usize,
            look: &mut dyn FnMut(&[&Seen]) -> bool,
        ) -> Option<bool> {
            let keys_of = |seen: &Seen| {
                let keys = seen.keys;
                (0..MOST_FACTS)
                    .flat_map(|fact| [(fact, 0), (fact, 1)])
                    .map(move |slot| (slot, keys[slot.0][slot.1]))
                    .filter(|(_, key)| *key >= 0)
            };
            let Some((first, rest)) = lists.split_first() else { return Some(look(chosen)) };
            for seen in first.as_ref() {
                *left = left.checked_sub(1)?;
                chosen.push(seen);
                let mut keys: Keys = [[-1; 2]; MOST_FACTS];
                for (slot, key) in chosen.iter().flat_map(|seen| keys_of(seen)) {
                    keys[slot.0][slot.1] = key;
                }
                let fits = ties.iter().all(|tie| fits(tie, &keys));
                let more = !fits || step(rest, ties, chosen, left, look)?;
                chosen.pop();
                if !more {
                    return Some(false);
                }
            }
            Some(true)
        }
        step(lists, &ties, &mut Vec::new(), &mut left, look).map(|_| ())
    }

    /// The worlds of one cell under some of the facts.
    fn of_cell(&mut self, cell: Cell, facts: &[usize], scope: Scope) -> Rc<CellWorlds> {
        let here: Vec<usize> = facts.iter().copied().filter(|at| self.demands[*at].iter().any(|demand| demand.cell == cell)).collect();
        let key = (cell, scope, here);
        if let Some(known) = self.kept.get(&key) {
            return Rc::clone(known);
        }
        let demands: Vec<&Demand> = key.2.iter().flat_map(|at| self.demands[*at].iter().filter(|demand| demand.cell == cell)).collect();
        // Each world once, with the assumptions that it obeys for some choice of the unknown days.
        let mut sets: HashMap<Seen, u8> = HashMap::default();
        let left = std::cell::Cell::new(MOST_OF_A_CELL);
        self.choose(&demands, &mut Vec::new(), &mut |records| {
            let recorded = Recorded { records };
            let mut keys: Keys = [[-1; 2]; MOST_FACTS];
            for (demand, record) in demands.iter().zip(records) {
                if let Some((fact, end)) = demand.tie {
                    keys[fact][usize::from(end)] = i8::try_from(record.key).unwrap();
                }
            }
            // Both ends of one fact in this cell must fit at once.
            if !key.2.iter().filter_map(|at| self.ties[*at].as_ref()).all(|tie| fits(tie, &keys)) {
                return;
            }
            let happenings = u8::try_from(happenings(cell, &recorded)).unwrap();
            let assumptions = Assumptions::new(cell, &recorded, self.calendar);
            worlds(cell, scope, &recorded, self.calendar, &left, &mut |days| {
                let seen = Seen { sets: *days, keys, happenings };
                let (goes_on, once) = (assumptions.persistent(days), assumptions.only_once(days));
                let obeys = [true, goes_on, once, goes_on && once].into_iter().enumerate();
                *sets.entry(seen).or_default() |= obeys.map(|(at, obeys)| u8::from(obeys) << at).sum::<u8>();
            });
        });
        let take = |at: u8| sets.iter().filter(|(_, obeys)| **obeys >> at & 1 == 1).map(|(seen, _)| *seen).collect::<Vec<_>>();
        let made = Rc::new(CellWorlds { plain: take(0), persistent: take(1), once: take(2), both: take(3), too_many: left.get() == 0 });
        self.kept.insert(key, Rc::clone(&made));
        made
    }

    /// All ways of choosing the unknown days of the facts of a cell.
    fn choose<'d>(&self, demands: &[&'d Demand], chosen: &mut Vec<&'d Record>, found: &mut dyn FnMut(&[&'d Record])) {
        let Some((first, rest)) = demands.split_first() else { return found(chosen) };
        for record in &first.choices {
            chosen.push(record);
            self.choose(rest, chosen, found);
            chosen.pop();
        }
    }
}

/// The cells that matter, each with what must be told apart in it.
type Cells = BTreeMap<Cell, Scope>;

const NOTHING: Scope = Scope { parties: [false; 4], captures: false, abandons: false, more: 1 };

/// Takes a clause's own matter, and that of the happening that dates it, into the cells.
fn see(cells: &mut Cells, clause: &Clause) {
    let scope = cells.entry(Cell::of(clause.verb, clause.place, clause.who)).or_insert(NOTHING);
    scope.captures |= clause.verb == Verb::Capture;
    scope.abandons |= clause.verb == Verb::Abandon;
    match clause.who {
        Some(who) => {
            scope.parties[who.index()] = true;
            scope.parties[who.group().index()] = true;
        }
        // Somebody: one whom nobody names, or another rival of everybody.
        None => {
            scope.parties[Party::Other.index()] = true;
            scope.parties[Party::Army.index()] = true;
        }
    }
    if let When::Order { other, .. } = &clause.when {
        see(cells, other);
    }
}

/// The worlds of a cell of which no two are alike in what is looked at.
fn told_apart(cell: Cell, worlds: &[Seen], looks: &[(Reading, &[Clause])]) -> Vec<Seen> {
    let mut seen = HashSet::default();
    let mut world = World::empty();
    let mut kept = Vec::new();
    for one in worlds {
        world.put(cell, &one.sets);
        // The truth of each clause, one bit each, and the days of happenings that are compared.
        let (mut truths, mut compared) = (1_u64, [0 as Days; 8]);
        let mut at = 0;
        for (reading, leaves) in looks {
            for leaf in *leaves {
                if let When::Order { other, .. } = &leaf.when {
                    for end in [leaf, other.as_ref()].into_iter().filter(|end| Cell::of(end.verb, end.place, end.who) == cell) {
                        compared[at] = world.days(end.verb, end.place, end.who);
                        at += 1;
                    }
                } else if Cell::of(leaf.verb, leaf.place, leaf.who) == cell {
                    for form in [leaf.form, Form::Plain] {
                        let leaf = Claim::One(Clause { form, ..leaf.clone() });
                        truths = truths << 1 | u64::from(is_true(&leaf, &world, *reading, 0));
                    }
                }
            }
        }
        if seen.insert((truths, compared, one.keys, one.happenings)) {
            kept.push(*one);
        }
    }
    kept
}

/// The clauses of a claim, one for each place that they are said of.
fn leaves(claim: &Claim) -> Vec<Clause> {
    let mut found = Vec::new();
    for clause in clauses(claim) {
        if claim_of_many(claim, clause).is_some() {
            found.extend((0..PLACES).map(|place| Clause { place, ..clause.clone() }));
        } else {
            found.push(clause.clone());
        }
    }
    found
}

/// All clauses of a claim.
pub fn clauses(claim: &Claim) -> Vec<&Clause> {
    match claim {
        Claim::One(clause)
        | Claim::Places { clause, .. }
        | Claim::Only { clause, .. }
        | Claim::Count { clause, .. }
        | Claim::NoPlace { clause, .. } => vec![clause],
        Claim::All(parts) | Claim::Any(parts) => parts.iter().flat_map(clauses).collect(),
    }
}

/// Whether the number of cities that nobody named makes a difference.
fn counts_cities(claim: &Claim) -> bool {
    match claim {
        Claim::All(parts) | Claim::Any(parts) => parts.iter().any(counts_cities),
        Claim::Count { kind, .. } | Claim::NoPlace { kind, .. } => *kind == Kind::City,
        _ => false,
    }
}

/// Whether a clause is said of several places.
fn claim_of_many(claim: &Claim, clause: &Clause) -> Option<()> {
    match claim {
        Claim::One(_) => None,
        Claim::All(parts) | Claim::Any(parts) => parts.iter().find_map(|part| claim_of_many(part, clause)),
        Claim::Places { clause: own, .. }
        | Claim::Only { clause: own, .. }
        | Claim::Count { clause: own, .. }
        | Claim::NoPlace { clause: own, .. } => std::ptr::eq(own, clause).then_some(()),
    }
}
