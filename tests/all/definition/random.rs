//! The engine against the definition, on random fact bases and claims.
//!
//! `FACTUM_DEFINITION_CASES=10000000 cargo test --release definition::random -- --nocapture` goes further than the normal
//! run; `FACTUM_DEFINITION_SEED` starts elsewhere. A case is one claim against one fact base, judged with assumptions and
//! without. A case that differs is shrunk and printed as it would stand in `tests/cases`.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use factum::check::judge_text;
use factum::facts::{FactBase, Loader};
use factum::text::Document;
use factum::verdict::{self, Assumptions, Code, Judge, Settings};
use factum::vocabulary::{Builder, load};
use fastrand::Rng;
use rayon::prelude::*;

use super::super::world::{Shelf, shown};
use super::generate::{Case, case};
use super::language::{Calendar, Claim, Day, Fact, Party};
use super::stretched::verdict_with_more_days;
use super::verdict::{Assumed, Definition, Verdict};
use super::words::{VOCABULARY, date};

const CLAIMS_A_BASE: usize = 32;

/// A small vocabulary, to be read once.
pub fn vocabulary(text: &str) -> Builder {
    let mut builder = Builder::new(false);
    let mut problems = Vec::new();
    let document = Arc::new(Document::new("definition.vocab", text));
    load(&document, &mut builder, &mut problems, |_| {});
    assert!(problems.is_empty(), "{}", shown(&problems));
    builder
}

/// The fact base of a text.
pub fn base_of(text: &str, vocabulary: &Builder) -> FactBase {
    let shelf = Shelf::default();
    let mut loader = Loader::with_vocabulary(&shelf, vocabulary.clone());
    loader.facts(&Arc::new(Document::new("case.facts", text)));
    let (base, problems) = loader.finish();
    assert!(problems.is_empty(), "{}\nin\n{text}", shown(&problems));
    base
}

fn fact_file(facts: &[Fact], trust: &[(Party, bool)], calendar: Calendar) -> String {
    let trusting = trust.iter().map(|(who, believed)| format!("{} {}", if *believed { "trust" } else { "distrust" }, who.name()));
    let lines: Vec<String> = trusting.chain(facts.iter().map(Fact::words)).collect();
    format!("horizon {}\n{}\n", date(calendar.horizon), lines.join("\n"))
}

fn base(facts: &[Fact], trust: &[(Party, bool)], calendar: Calendar, vocabulary: &Builder) -> FactBase {
    base_of(&fact_file(facts, trust, calendar), vocabulary)
}

fn assumptions(assumed: Assumed) -> Assumptions {
    Assumptions { persistence: assumed.persistence, once: assumed.once, boundaries: assumed.boundaries, voice: assumed.voice }
}

pub fn same(a: verdict::Verdict, b: Verdict) -> bool {
    matches!(
        (a, b),
        (verdict::Verdict::Supported, Verdict::Supported)
            | (verdict::Verdict::Contradicted, Verdict::Contradicted)
            | (verdict::Verdict::Unknown, Verdict::Unknown)
    )
}

/// How the engine and the definition differ on a claim, with assumptions or without.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Difference {
    strict: bool,
    engine: verdict::Verdict,
    definition: Verdict,
}

impl Difference {
    /// Decided, though it should not be, or the other way.
    fn wrong(self) -> bool {
        self.engine != verdict::Verdict::Unknown
    }
}

#[derive(Debug, Default)]
struct Counts {
    decided: AtomicU64,
    undecided: AtomicU64,
    costly: AtomicU64,
    too_large: AtomicU64,
    /// Decided otherwise only because the calendar was too short.
    too_short: AtomicU64,
}

impl Counts {
    fn words(&self, seed: u64) -> String {
        let get = |counter: &AtomicU64| counter.load(Ordering::Relaxed);
        let (decided, undecided) = (get(&self.decided), get(&self.undecided));
        let (costly, too_large, too_short) = (get(&self.costly), get(&self.too_large), get(&self.too_short));
        let share = |part: u64, whole: u64| 100.0 * part as f64 / whole.max(1) as f64;
        format!(
            "seed {seed}: {decided} verdicts decided ({:.1} %), {undecided} unknown; {costly} too costly, {too_large} claims too large \
             for the definition ({:.1} %), {too_short} with too short a calendar",
            share(decided, decided + undecided),
            share(too_large, (decided + undecided) / 2 + costly + too_large),
        )
    }
}

/// Compares one claim. Nothing where there is nothing to compare.
fn differs(
    judge: &Judge<'_>,
    definition: &mut Definition<'_>,
    case: &Case,
    claim: &Claim,
    reference: Day,
    assumed: Assumed,
    counts: &Counts,
) -> Option<Difference> {
    let text = claim.words();
    let as_of = date(reference).parse().unwrap();
    let judgement = match judge_text(judge, &text, Some(as_of)) {
        Ok((_, judgement)) => judgement,
        Err(problem) => panic!("`{text}` is not understood: {} [{}]", problem.message, problem.code),
    };
    if judgement.code == Code::TooCostly {
        counts.costly.fetch_add(1, Ordering::Relaxed);
        return None;
    }
    for (strict, engine, assumed) in [(false, judgement.verdict, assumed), (true, judgement.strict, Assumed::NOTHING)] {
        let Some(verdict) = definition.verdict(claim, reference, assumed) else {
            counts.too_large.fetch_add(1, Ordering::Relaxed);
            return None;
        };
        let counter = if verdict == Verdict::Unknown { &counts.undecided } else { &counts.decided };
        counter.fetch_add(1, Ordering::Relaxed);
        if !same(engine, verdict) {
            let record = (case.facts.as_slice(), case.trust.as_slice());
            if verdict_with_more_days(record, claim, reference, assumed, case.calendar, verdict).is_some_and(|longer| same(engine, longer))
            {
                counts.too_short.fetch_add(1, Ordering::Relaxed);
                continue;
            }
            return Some(Difference { strict, engine, definition: verdict });
        }
    }
    None
}

/// The same case with less in it, as long as it still differs in the same way.
fn shrunk(
    case: &Case,
    claim: &Claim,
    reference: Day,
    assumed: Assumed,
    difference: Difference,
    vocabulary: &Builder,
) -> (Vec<Fact>, Claim) {
    let again = |facts: &[Fact], claim: &Claim| {
        let base = base(facts, &case.trust, case.calendar, vocabulary);
        let judge = Judge::new(&base, Settings { assumptions: assumptions(assumed), ..Settings::default() });
        let mut definition = Definition::new(facts, &case.trust, case.calendar);
        let case = Case { facts: facts.to_vec(), ..case.clone() };
        differs(&judge, &mut definition, &case, claim, reference, assumed, &Counts::default())
            .is_some_and(|other| other.wrong() == difference.wrong())
    };
    let (mut facts, mut claim) = (case.facts.clone(), claim.clone());
    loop {
        let fewer = (0..facts.len()).map(|at| {
            let mut fewer = facts.clone();
            fewer.remove(at);
            fewer
        });
        if let Some(fewer) = fewer.into_iter().find(|fewer| again(fewer, &claim)) {
            facts = fewer;
            continue;
        }
        let parts = match &claim {
            Claim::All(parts) | Claim::Any(parts) => parts.clone(),
            _ => Vec::new(),
        };
        match parts.into_iter().find(|part| again(&facts, part)) {
            Some(part) => claim = part,
            None => return (facts, claim),
        }
    }
}

fn report(case: &Case, claim: &Claim, reference: Day, assumed: Assumed, difference: Difference, seed: u64) -> String {
    let how = if difference.strict { "strict".to_owned() } else { format!("{assumed:?}") };
    format!(
        "{} seed {seed} ({how}, {} days)\n--- facts\n{}--- claims\nas of {}\n{}\n    definition {:?}, engine {:?}\n",
        if difference.wrong() { "WRONG" } else { "missed" },
        case.calendar.days,
        fact_file(&case.facts, &case.trust, case.calendar),
        date(reference),
        claim.words(),
        difference.definition,
        difference.engine,
    )
}

/// One fact base with its claims: what differs.
fn run(seed: u64, vocabulary: &Builder, counts: &Counts) -> Vec<(bool, String)> {
    let mut rng = Rng::with_seed(seed);
    let case = case(&mut rng, CLAIMS_A_BASE);
    let assumed = if rng.u8(0..3) > 0 {
        Assumed::ALL
    } else {
        Assumed { persistence: rng.bool(), once: rng.bool(), boundaries: rng.bool(), voice: rng.bool() }
    };
    let base = base(&case.facts, &case.trust, case.calendar, vocabulary);
    let judge = Judge::new(&base, Settings { assumptions: assumptions(assumed), ..Settings::default() });
    let mut definition = Definition::new(&case.facts, &case.trust, case.calendar);
    let mut found = Vec::new();
    for (claim, reference) in &case.claims {
        if let Some(difference) = differs(&judge, &mut definition, &case, claim, *reference, assumed, counts) {
            let (facts, claim) = shrunk(&case, claim, *reference, assumed, difference, vocabulary);
            let wrong = difference.wrong();
            found.push((wrong, report(&Case { facts, ..case.clone() }, &claim, *reference, assumed, difference, seed)));
        }
    }
    found
}

pub fn setting(name: &str, default: u64) -> u64 {
    std::env::var(name).ok().and_then(|number| number.parse().ok()).unwrap_or(default)
}

#[test]
fn the_engine_gives_the_verdict_of_the_definition() {
    let cases = setting("FACTUM_DEFINITION_CASES", 20_000);
    let seed = setting("FACTUM_DEFINITION_SEED", 20_241_208);
    let vocabulary = vocabulary(VOCABULARY);
    let counts = Counts::default();
    let bases = cases.div_ceil(CLAIMS_A_BASE as u64);
    let step = 1_000;
    let mut differ: Vec<(bool, String)> = Vec::new();
    for first in (0..bases).step_by(step) {
        let some: Vec<u64> = (first..bases.min(first + step as u64)).collect();
        let found: Vec<_> = some.par_iter().flat_map_iter(|at| run(seed.wrapping_add(*at), &vocabulary, &counts)).collect();
        // A run of hours is worth reading before its end.
        found.iter().for_each(|(_, text)| eprintln!("{text}"));
        differ.extend(found);
        if differ.len() > 200 {
            break;
        }
        // A long run says how far it is; what it finds does not hang on how many threads there are.
        if bases > step as u64 {
            eprintln!(
                "{} of {cases} claims: {}; {} differ",
                (first + some.len() as u64) * CLAIMS_A_BASE as u64,
                counts.words(seed),
                differ.len()
            );
        }
    }
    let wrong = differ.iter().filter(|(wrong, _)| *wrong).count();
    differ.sort_by_key(|(wrong, text)| (!*wrong, text.len()));
    println!("{}; {wrong} wrong, {} missed", counts.words(seed), differ.len() - wrong);
    let first: Vec<&str> = differ.iter().take(12).map(|(_, text)| text.as_str()).collect();
    assert!(differ.is_empty(), "{} differ\n{}", differ.len(), first.join("\n"));
}
