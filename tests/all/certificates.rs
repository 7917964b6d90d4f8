//! A verdict's proof, checked without the search that found it: the facts and assumptions that it names carry it alone.
//!
//! For each claim that is decided the record is made again of nothing but the facts that the verdict names, with nothing
//! assumed but what it names; the verdict must be the same. So a proof that leaves out what it needs is found.

use factum::facts::FactBase;
use factum::statement::Statement;
use factum::verdict::{Assumption, Assumptions, Judge, Judgement, Settings, Verdict};
use proptest::prelude::*;
use proptest::test_runner::TestRunner;
use rayon::prelude::*;

use super::cases::{self, Case};
use super::laws::generate::{Spelling, any_claim, some_facts, world};
use super::laws::{config, shown};
use super::world::base;
use factum::check::judge_text;

/// The record of nothing but the facts that a verdict names, reaching as far as it says.
fn named_only(record: &FactBase, judgement: &Judgement) -> FactBase {
    let mut named = record.clone();
    named.facts = judgement.facts.iter().map(|at| record.facts[*at].clone()).collect();
    let reaches = named.facts.iter().filter_map(|fact| fact.horizon).max();
    if record.horizon.is_none() && reaches < judgement.horizon {
        // How far the record of the matter reaches, other facts may have said; a dated fact reads the same with it.
        for fact in named.facts.iter_mut().filter(|fact| fact.statement.clauses().iter().any(|clause| !clause.times.is_empty())) {
            fact.horizon = judgement.horizon;
        }
    }
    named
}

fn assumed_only(judgement: &Judgement) -> Assumptions {
    let named = |assumption| judgement.assumptions.contains(&assumption);
    Assumptions {
        persistence: named(Assumption::Persistence),
        once: named(Assumption::Once),
        boundaries: named(Assumption::Boundaries),
        voice: named(Assumption::Voice),
    }
}

/// What is wrong with a verdict's proof.
fn fault(record: &FactBase, judgement: &Judgement, claim: &Statement) -> Option<String> {
    let named = named_only(record, judgement);
    let settings = Settings { as_of: None, known_by: None, assumptions: assumed_only(judgement) };
    let again = Judge::new(&named, settings).judge(claim, judgement.reference);
    let facts: Vec<&str> = named.facts.iter().map(|fact| fact.words.as_str()).collect();
    (again.verdict != judgement.verdict).then(|| {
        format!(
            "{} [{}] by {facts:#?} with {:?}, as of {:?}; these alone give {} [{}]",
            judgement.verdict.name(),
            judgement.code,
            judgement.assumptions,
            judgement.reference,
            again.verdict.name(),
            again.code
        )
    })
}

#[derive(Debug, Default)]
struct Checked {
    proofs: usize,
    faults: Vec<String>,
    /// How many named facts there are, and without how many of them the verdict is another.
    named: usize,
    needed: usize,
}

fn checked(case: &Case) -> Checked {
    let (record, _) = case.base("");
    let mut found = Checked::default();
    for part in &case.claims {
        let judge = Judge::new(&record, cases::settings(&part.head));
        for claim in case.read(&judge, part) {
            let Ok(statement) = claim.statement() else { continue };
            let judgement = judge.judge(statement, claim.as_of());
            if judgement.verdict == Verdict::Unknown {
                continue;
            }
            found.proofs += 1;
            if let Some(fault) = fault(&record, &judgement, statement) {
                found.faults.push(format!("{} ({}): {}\n    {fault}", case.name, part.head.join(" "), claim.text()));
            }
            for left_out in &judgement.facts {
                let mut fewer = judgement.clone();
                fewer.facts.retain(|at| at != left_out);
                found.named += 1;
                found.needed += usize::from(fault(&record, &fewer, statement).is_some());
            }
        }
    }
    found
}

#[test]
fn of_the_cases_and_examples() {
    let mut all = cases::all();
    all.extend(cases::examples());
    let found: Vec<Checked> = all.par_iter().map(checked).collect();
    let faults: Vec<&str> = found.iter().flat_map(|one| &one.faults).map(String::as_str).collect();
    let sum = |of: fn(&Checked) -> usize| found.iter().map(of).sum::<usize>();
    let (proofs, named, needed) = (sum(|one| one.proofs), sum(|one| one.named), sum(|one| one.needed));
    assert!(faults.is_empty(), "{} of {proofs} proofs do not carry their verdict:\n{}", faults.len(), faults.join("\n"));
    // Few facts are named that the verdict could do without; this also tells that the check can fail.
    assert!(
        needed * 5 >= named * 4 || std::env::var_os("FACTUM_CASE").is_some(),
        "{proofs} proofs name {named} facts, of which they need only {needed}"
    );
}

#[test]
fn of_random_facts() {
    let worlds = (some_facts(), prop::collection::vec(any_claim(), 6));
    let checked = TestRunner::new(config(64)).run(&worlds, |(facts, claims)| {
        let record = base(&world(&facts, Spelling::default()));
        let judge = Judge::new(&record, Settings::default());
        for claim in claims {
            let text = claim.text(Spelling::default());
            let (statement, judgement) = judge_text(&judge, &text, None).unwrap();
            if judgement.verdict == Verdict::Unknown {
                continue;
            }
            if let Some(fault) = fault(&record, &judgement, &statement) {
                return Err(TestCaseError::fail(format!("{fault}{}", shown(&facts, &claim))));
            }
        }
        Ok(())
    });
    if let Err(error) = checked {
        panic!("{error}");
    }
}
