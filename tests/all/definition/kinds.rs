//! *Is a*, by listing worlds: which names are of which kinds.
//!
//! A world says of each name which kinds it is of: those it was declared and recorded with, all kinds above them, and never
//! two that exclude one another. How many there are of a kind in all does not enter: the engine draws nothing from it here.

use factum::check::judge_text;
use factum::verdict::{self, Judge, Settings};
use fastrand::Rng;

use super::random::{base_of, same, setting, vocabulary};
use super::verdict::Verdict;

const KINDS: [&str; 6] = ["settlement", "town", "village", "harbour", "fort", "market"];
const NAMES: [&str; 3] = ["Aleppo", "Hama", "Homs"];

/// A set of kinds, one bit each.
type Set = u8;

/// What a fact or a claim says of a name.
#[derive(Clone, Copy, Debug)]
struct Is {
    name: usize,
    kind: usize,
    not: bool,
}

#[derive(Clone, Debug)]
enum Claim {
    One(Is),
    Both(Is, Is),
    Either(Is, Is),
}

#[derive(Debug, Default)]
struct Record {
    /// The kinds above each, directly.
    above: [Set; 6],
    disjoint: Vec<(usize, usize)>,
    declared: [usize; 3],
    facts: Vec<Is>,
}

type World = [Set; 3];

impl Is {
    fn words(self) -> String {
        format!("{} is {}a {}", NAMES[self.name], if self.not { "not " } else { "" }, KINDS[self.kind])
    }

    fn is_true(self, world: &World) -> bool {
        (world[self.name] >> self.kind & 1 == 1) != self.not
    }
}

impl Claim {
    fn words(&self) -> String {
        match self {
            Self::One(is) => is.words(),
            Self::Both(a, b) => format!("{} and {}", a.words(), b.words()),
            Self::Either(a, b) => format!("{} or {}", a.words(), b.words()),
        }
    }

    fn is_true(&self, world: &World) -> bool {
        match self {
            Self::One(is) => is.is_true(world),
            Self::Both(a, b) => a.is_true(world) && b.is_true(world),
            Self::Either(a, b) => a.is_true(world) || b.is_true(world),
        }
    }
}

impl Record {
    fn random(rng: &mut Rng) -> Self {
        let mut record = Self::default();
        for kind in 1..6 {
            for _ in 0..rng.u8(0..3) {
                record.above[kind] |= 1 << rng.usize(0..kind);
            }
        }
        for _ in 0..rng.u8(0..3) {
            let (a, b) = (rng.usize(0..6), rng.usize(0..6));
            // Each kind may have members: what is of one is not of two that exclude one another.
            if a != b && (0..6).all(|kind| record.closed(1 << kind) >> a & record.closed(1 << kind) >> b & 1 == 0) {
                record.disjoint.push((a, b));
            }
        }
        record.declared = std::array::from_fn(|_| rng.usize(0..6));
        for _ in 0..rng.u8(0..3) {
            record.facts.push(Is { name: rng.usize(0..3), kind: rng.usize(0..6), not: rng.u8(0..4) == 0 });
        }
        // What contradicts the name's own declaration is a fault of the fact file.
        let worlds = record.worlds();
        record.facts.retain(|fact| worlds.iter().any(|world| fact.is_true(world)));
        record
    }

    fn words(&self) -> String {
        let mut text = String::from("horizon 2024-06-30\nkind place\n");
        for (kind, name) in KINDS.iter().enumerate() {
            let above: Vec<&str> = (0..6).filter(|at| self.above[kind] >> at & 1 == 1).map(|at| KINDS[at]).collect();
            let above = if above.is_empty() { "place".to_owned() } else { above.join(", ") };
            text += &format!("kind {name}: {above}\n");
        }
        for (a, b) in &self.disjoint {
            text += &format!("disjoint {}, {}\n", KINDS[*a], KINDS[*b]);
        }
        for (name, kind) in NAMES.iter().zip(self.declared) {
            text += &format!("name {name}: {}\n", KINDS[kind]);
        }
        for fact in &self.facts {
            text += &format!("{}\n", fact.words());
        }
        text
    }

    /// A set with all kinds above.
    fn closed(&self, set: Set) -> Set {
        (0..6).filter(|kind| set >> kind & 1 == 1).fold(set, |all, kind| all | self.closed(self.above[kind]))
    }

    /// Whether a world agrees with what the kinds mean and the names are declared as.
    fn allows(&self, world: &World) -> bool {
        world.iter().zip(self.declared).all(|(set, declared)| {
            let apart = self.disjoint.iter().all(|(a, b)| set >> a & set >> b & 1 == 0);
            self.closed(*set) == *set && set >> declared & 1 == 1 && apart
        })
    }

    /// All worlds that the kinds and the names allow for, whatever is recorded.
    fn worlds(&self) -> Vec<World> {
        let of = |name: usize| {
            let alone = move |set: &Set| *set >> self.declared[name] & 1 == 1 && self.closed(*set) == *set;
            (0..1 << 6).filter(alone).collect::<Vec<Set>>()
        };
        let (first, second, third) = (of(0), of(1), of(2));
        let pairs = first.iter().flat_map(|a| second.iter().map(move |b| (*a, *b)));
        pairs.flat_map(|(a, b)| third.iter().map(move |c| [a, b, *c])).filter(|world| self.allows(world)).collect()
    }

    /// For each claim; nothing where no name can be what it was declared as.
    fn verdicts(&self, claims: &[Claim]) -> Option<Vec<Verdict>> {
        let worlds = self.worlds();
        if worlds.is_empty() {
            return None;
        }
        // The largest sets of facts that can hold together.
        let beside = |choice: u32, world: &World| (0..self.facts.len()).all(|at| choice >> at & 1 == 0 || self.facts[at].is_true(world));
        let mut whole: Vec<u32> = (0..1 << self.facts.len()).filter(|choice| worlds.iter().any(|world| beside(*choice, world))).collect();
        let all = whole.clone();
        whole.retain(|choice| !all.iter().any(|larger| larger != choice && larger & choice == *choice));
        let among = |claim: &Claim, choice: u32| {
            let mut truths = worlds.iter().filter(|world| beside(choice, world)).map(|world| claim.is_true(world));
            let first = truths.next().unwrap();
            match (first, truths.all(|truth| truth == first)) {
                (true, true) => Verdict::Supported,
                (false, true) => Verdict::Contradicted,
                (_, false) => Verdict::Unknown,
            }
        };
        let verdict = |claim: &Claim| {
            let mut found = whole.iter().map(|choice| among(claim, *choice));
            let first = found.next().unwrap();
            if found.all(|other| other == first) { first } else { Verdict::Unknown }
        };
        Some(claims.iter().map(verdict).collect())
    }
}

fn claim(rng: &mut Rng) -> Claim {
    let mut is = || Is { name: rng.usize(0..3), kind: rng.usize(0..6), not: rng.u8(0..3) == 0 };
    let (a, b) = (is(), is());
    match rng.u8(0..6) {
        0 => Claim::Both(a, b),
        1 => Claim::Either(a, b),
        _ => Claim::One(a),
    }
}

#[test]
fn what_is_of_which_kind_is_as_in_the_definition() {
    let cases = setting("FACTUM_DEFINITION_CASES", 20_000) / 20;
    let seed = setting("FACTUM_DEFINITION_SEED", 20_241_208);
    let vocabulary = vocabulary("");
    let (mut decided, mut missed, mut wrong) = (0, 0, Vec::new());
    for at in 0..cases.div_ceil(16) {
        let rng = &mut Rng::with_seed(seed.wrapping_add(at));
        let record = Record::random(rng);
        let claims: Vec<Claim> = (0..16).map(|_| claim(rng)).collect();
        let Some(verdicts) = record.verdicts(&claims) else { continue };
        let base = base_of(&record.words(), &vocabulary);
        let judge = Judge::new(&base, Settings::default());
        for (claim, verdict) in claims.iter().zip(verdicts) {
            let (_, judgement) =
                judge_text(&judge, &claim.words(), None).unwrap_or_else(|problem| panic!("{}: {}", claim.words(), problem.message));
            decided += u64::from(verdict != Verdict::Unknown);
            for engine in [judgement.verdict, judgement.strict] {
                if !same(engine, verdict) {
                    let unseen = engine == verdict::Verdict::Unknown;
                    missed += u64::from(unseen);
                    wrong.push((unseen, format!("{}{}\n    definition {verdict:?}, engine {engine:?}\n", record.words(), claim.words())));
                }
            }
        }
    }
    println!("kinds: seed {seed}, {cases} claims, {decided} decided, {} differ, {missed} of them missed", wrong.len());
    wrong.sort_by_key(|(unseen, text)| (*unseen, text.len()));
    let shown: Vec<&str> = wrong.iter().take(8).map(|(_, text)| text.as_str()).collect();
    assert!(wrong.is_empty(), "{} differ\n{}", wrong.len(), shown.join("\n"));
}
