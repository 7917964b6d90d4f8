//! Numbers of people whom nobody names, by listing worlds.
//!
//! A world says how many soldiers, and how many people in all, died in each of two battles. Facts are read strongly: a bare
//! number is exact, a vague one what its writer surely means.
//!
//! The engine must not decide anything otherwise; it may know less. Without `once` it does not take the people who died for
//! those that the record tells of, and it does not hold a number of soldiers against one of people: those are counted as missed.

use factum::check::judge_text;
use factum::verdict::{self, Judge, Settings};
use factum::vocabulary::Builder;
use fastrand::Rng;

use super::random::{base_of, same, setting, vocabulary};
use super::verdict::Verdict;

const VOCABULARY: &str = "\
kind party
kind happening
kind person, people: party
kind soldier: person
name the battle, the raid: happening
number dozens = 24..99, tolerant 20..199
number scores = 40..99, tolerant 20..199
event kill(killer: party, victim: person, happening)
    once per victim
    say {killer} <kill> {victim} (in {happening})
";

const CLAIMS_A_BASE: u64 = 16;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Amount {
    Bare(u32),
    Exactly(u32),
    AtLeast(u32),
    AtMost(u32),
    MoreThan(u32),
    FewerThan(u32),
    Dozens,
    Scores,
    No,
}

/// So many people of a kind died in a battle.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Toll {
    amount: Amount,
    soldiers: bool,
    raid: bool,
    not: bool,
}

/// How many soldiers, and how many people with them.
type World = [(u32, u32); 2];

impl Amount {
    fn random(rng: &mut Rng) -> Self {
        let number = *rng.choice(&[1, 2, 3, 5, 12, 20, 23, 24, 30, 40, 99, 100, 150, 199, 200]).unwrap();
        match rng.u8(0..12) {
            0..3 => Self::Bare(number),
            3 | 4 => Self::Exactly(number),
            5 | 6 => Self::AtLeast(number),
            7 => Self::AtMost(number),
            8 => Self::MoreThan(number),
            9 => Self::FewerThan(number.max(2)),
            10 => *rng.choice(&[Self::Dozens, Self::Scores]).unwrap(),
            _ => Self::No,
        }
    }

    /// The least and the most that is meant.
    fn interval(self, strong: bool) -> (u32, u32) {
        match self {
            Self::Bare(number) if !strong => (number, u32::MAX),
            Self::Bare(number) | Self::Exactly(number) => (number, number),
            Self::AtLeast(number) => (number, u32::MAX),
            Self::AtMost(number) => (0, number),
            Self::MoreThan(number) => (number + 1, u32::MAX),
            Self::FewerThan(number) => (0, number - 1),
            Self::Dozens => {
                if strong {
                    (24, 99)
                } else {
                    (20, 199)
                }
            }
            Self::Scores => {
                if strong {
                    (40, 99)
                } else {
                    (20, 199)
                }
            }
            Self::No => (0, 0),
        }
    }
}

impl Toll {
    fn random(rng: &mut Rng, claim: bool) -> Self {
        let amount = Amount::random(rng);
        let not = claim && amount != Amount::No && rng.u8(0..8) == 0;
        Self { amount, soldiers: rng.bool(), raid: rng.u8(0..3) == 0, not }
    }

    fn words(self) -> String {
        let (amount, one) = match self.amount {
            Amount::Bare(number) => (number.to_string(), number == 1),
            Amount::Exactly(number) => (format!("exactly {number}"), number == 1),
            Amount::AtLeast(number) => (format!("at least {number}"), number == 1),
            Amount::AtMost(number) => (format!("at most {number}"), number == 1),
            Amount::MoreThan(number) => (format!("more than {number}"), number == 1),
            Amount::FewerThan(number) => (format!("fewer than {number}"), number == 1),
            Amount::Dozens => ("dozens of".to_owned(), false),
            Amount::Scores => ("scores of".to_owned(), false),
            Amount::No => ("no".to_owned(), true),
        };
        let noun = match (self.soldiers, one) {
            (true, true) => "soldier",
            (true, false) => "soldiers",
            (false, true) => "person",
            (false, false) => "people",
        };
        let be = if one { "was" } else { "were" };
        let not = if self.not { " not" } else { "" };
        format!("{amount} {noun} {be}{not} killed in the {}", if self.raid { "raid" } else { "battle" })
    }

    fn is_true(self, world: &World, strong: bool) -> bool {
        let (soldiers, people) = world[usize::from(self.raid)];
        let number = if self.soldiers { soldiers } else { people };
        // "was not …" is the other reading turned round.
        let (low, high) = self.amount.interval(strong != self.not);
        (low <= number && number <= high) != self.not
    }

    /// The numbers at which it turns.
    fn turns(self) -> impl Iterator<Item = u32> {
        let all = [self.amount.interval(true), self.amount.interval(false)].into_iter().flat_map(|(low, high)| [low, high]);
        all.flat_map(|at| [at.saturating_sub(1), at, at.saturating_add(1)]).filter(|at| *at < 1_000)
    }
}

/// Worlds with all numbers that make a difference; those of the two battles are the same, as each matters by itself.
fn worlds(tolls: &[Toll]) -> Vec<World> {
    let mut numbers: Vec<u32> = tolls.iter().flat_map(|toll| toll.turns()).chain([0, 1_000]).collect();
    numbers.sort_unstable();
    numbers.dedup();
    let people = |soldiers: u32| numbers.iter().filter(move |people| soldiers <= **people);
    numbers.iter().flat_map(|soldiers| people(*soldiers).map(|people| [(*soldiers, *people); 2])).collect()
}

/// The verdict, by all numbers that make a difference.
fn verdict(facts: &[Toll], claim: Toll) -> Verdict {
    // The other battle is another matter.
    let here: Vec<Toll> = facts.iter().copied().filter(|fact| fact.raid == claim.raid).collect();
    let all = worlds(&[facts, &[claim]].concat());
    let beside = |choice: u32, world: &World| (0..here.len()).all(|at| choice >> at & 1 == 0 || here[at].is_true(world, true));
    let possible: Vec<u32> = (0..1 << here.len()).filter(|choice| all.iter().any(|world| beside(*choice, world))).collect();
    let whole = possible.iter().filter(|choice| !possible.iter().any(|larger| larger != *choice && larger & **choice == **choice));
    let mut found = whole.map(|choice| {
        let worlds = || all.iter().filter(|world| beside(*choice, world));
        if worlds().all(|world| claim.is_true(world, true)) {
            Verdict::Supported
        } else if !worlds().any(|world| claim.is_true(world, false)) {
            Verdict::Contradicted
        } else {
            Verdict::Unknown
        }
    });
    let first = found.next().unwrap();
    if found.all(|other| other == first) { first } else { Verdict::Unknown }
}

/// What was compared: how much of it was decided, what the engine left open of that, and what it decided otherwise.
#[derive(Default)]
struct Compared {
    decided: u64,
    missed: u64,
    wrong: Vec<String>,
}

/// How many of the first facts can hold together.
fn together(facts: &[Toll]) -> usize {
    let worlds = worlds(facts);
    let hold = |count: &usize| {
        let all = |world: &World| facts[..*count].iter().all(|fact| fact.is_true(world, true));
        // The two battles are two matters; a fact is of one of them.
        worlds.iter().any(|here| worlds.iter().any(|there| all(&[here[0], there[1]])))
    };
    (0..=facts.len()).rev().find(hold).unwrap()
}

/// A fact base with its claims. Of both kinds of people, or of one alone.
fn compare(rng: &mut Rng, both: bool, clashing: bool, vocabulary: &Builder, compared: &mut Compared) {
    let soldiers = rng.bool();
    let mut toll = |claim: bool| {
        let toll = Toll::random(rng, claim);
        Toll { soldiers: if both { toll.soldiers } else { soldiers }, ..toll }
    };
    let facts: Vec<Toll> = (0..3).map(|_| toll(false)).collect();
    let claims: Vec<Toll> = (0..CLAIMS_A_BASE).map(|_| toll(true)).collect();
    let mut facts = facts[..rng.usize(1..=3)].to_vec();
    if !clashing {
        facts.truncate(together(&facts));
    }
    let text: String = facts.iter().map(|fact| fact.words() + "\n").collect();
    let text = format!("horizon 2024-06-30\n{text}");
    let base = base_of(&text, vocabulary);
    let judge = Judge::new(&base, Settings::default());
    for claim in claims {
        let words = claim.words();
        let verdict = verdict(&facts, claim);
        let (_, judgement) = judge_text(&judge, &words, None).unwrap_or_else(|problem| panic!("{words}: {}", problem.message));
        for engine in [judgement.verdict, judgement.strict].into_iter().filter(|engine| !same(*engine, verdict)) {
            if engine == verdict::Verdict::Unknown {
                compared.missed += 1;
            } else {
                compared.wrong.push(format!("{text}{words}\n    definition {verdict:?}, engine {engine:?}\n"));
            }
        }
        compared.decided += u64::from(verdict != Verdict::Unknown);
    }
}

fn check(both: bool, clashing: bool) {
    let cases = setting("FACTUM_DEFINITION_CASES", 20_000) / 20;
    let seed = setting("FACTUM_DEFINITION_SEED", 20_241_208);
    let vocabulary = vocabulary(VOCABULARY);
    let mut compared = Compared::default();
    for at in 0..cases.div_ceil(CLAIMS_A_BASE) {
        compare(&mut Rng::with_seed(seed.wrapping_add(at)), both, clashing, &vocabulary, &mut compared);
    }
    let Compared { decided, missed, mut wrong } = compared;
    println!("numbers: seed {seed}, {cases} claims, {decided} decided, {missed} verdicts missed, {} wrong", wrong.len());
    wrong.sort_by_key(String::len);
    assert!(wrong.is_empty(), "{} wrong\n{}", wrong.len(), wrong[..wrong.len().min(12)].join("\n"));
}

#[test]
fn numbers_are_as_in_the_definition() {
    check(false, false);
}

#[test]
fn numbers_of_several_kinds_are_as_in_the_definition() {
    check(true, true);
}
