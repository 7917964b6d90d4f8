//! A verdict's proof, checked without the search that found it: the facts and assumptions that it names carry it alone.
//!
//! For each claim that is decided the record is made again of nothing but the facts that the verdict names, with nothing
//! assumed but what it names; the verdict must be the same. So a proof that leaves out what it needs is found.

use factum::facts::FactBase;
use factum::statement::Statement;
use factum::time::Day;
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
fn fault(judge: &Judge<'_>, claim: &Statement, as_of: Option<Day>) -> Option<String> {
    let judgement = judge.judge(claim, as_of);
    if judgement.verdict == Verdict::Unknown {
        return None;
    }
    let named = named_only(judge.base(), &judgement);
    let settings = Settings { as_of: None, known_by: None, assumptions: assumed_only(&judgement) };
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

fn faults(case: &Case) -> Vec<String> {
    let (record, _) = case.base("");
    let mut found = Vec::new();
    for part in &case.claims {
        let judge = Judge::new(&record, cases::settings(&part.head));
        for claim in case.read(&judge, part) {
            let Ok(statement) = claim.statement() else { continue };
            if let Some(fault) = fault(&judge, statement, claim.as_of()) {
                found.push(format!("{} ({}): {}\n    {fault}", case.name, part.head.join(" "), claim.text()));
            }
        }
    }
    found
}

#[test]
fn of_the_cases() {
    let found: Vec<String> = cases::all().par_iter().flat_map_iter(faults).collect();
    assert!(found.is_empty(), "{} proofs do not carry their verdict:\n{}", found.len(), found.join("\n"));
}

#[test]
fn of_random_facts() {
    let worlds = (some_facts(), prop::collection::vec(any_claim(), 6));
    let checked = TestRunner::new(config(64)).run(&worlds, |(facts, claims)| {
        let record = base(&world(&facts, Spelling::default()));
        let judge = Judge::new(&record, Settings::default());
        for claim in claims {
            let text = claim.text(Spelling::default());
            let (statement, _) = judge_text(&judge, &text, None).unwrap();
            if let Some(fault) = fault(&judge, &statement, None) {
                return Err(TestCaseError::fail(format!("{fault}{}", shown(&facts, &claim))));
            }
        }
        Ok(())
    });
    if let Err(error) = checked {
        panic!("{error}");
    }
}
