//! The laws of language.md section 7 that need no enumeration, on small random fact bases and claims.
//!
//! Each case is a few facts and a few claims as text, so that a failure is read as it would be written. The seed is fixed:
//! a law that fails here fails everywhere. `FACTUM_LAW_CASES=1000` looks further.

mod found;
pub mod generate;
mod naming;
mod order;
mod report;
mod strength;
mod vocabulary;
mod windows;

use factum::check::judge_text;
use factum::facts::FactBase;
use factum::statement::Statement;
use factum::verdict::{Code, Judge, Judgement, Settings, Verdict};
use proptest::test_runner::{Config, RngSeed, TestCaseError};

use super::world::base;
use generate::{Claim, Fact, Spelling, world};

/// How many cases a law gets, and always the same ones.
pub fn config(cases: u32) -> Config {
    let cases = std::env::var("FACTUM_LAW_CASES").ok().and_then(|number| number.parse().ok()).unwrap_or(cases);
    Config { cases, rng_seed: RngSeed::Fixed(20_241_208), failure_persistence: None, ..Config::default() }
}

/// A base of facts that were written down in this spelling.
fn facts(facts: &[Fact], spelling: Spelling) -> FactBase {
    base(&world(facts, spelling))
}

/// What a claim in this text comes to; one that is not understood fails the law.
fn judged(base: &FactBase, text: &str) -> Result<(Statement, Judgement), TestCaseError> {
    let judge = Judge::new(base, Settings::default());
    judge_text(&judge, text, None)
        .map_err(|problem| TestCaseError::fail(format!("`{text}` is not understood: {} [{}]", problem.message, problem.code)))
}

fn verdict(base: &FactBase, text: &str) -> Result<Verdict, TestCaseError> {
    Ok(judged(base, text)?.1.verdict)
}

/// All that may not change where a law says that the verdict is the same.
fn outcome(base: &FactBase, text: &str) -> Result<(Verdict, Code, Verdict), TestCaseError> {
    let judgement = judged(base, text)?.1;
    Ok((judgement.verdict, judgement.code, judgement.strict))
}

/// Random facts may clash; what is open for that alone is left out of laws about what one fact says.
fn clashes(base: &FactBase, text: &str) -> Result<bool, TestCaseError> {
    Ok(judged(base, text)?.1.code == Code::SourcesDisagree)
}

/// Facts and claim as they would stand in files, for the message of a law that fails.
pub fn shown(facts: &[Fact], claim: &Claim) -> String {
    let lines: Vec<String> = facts.iter().map(|fact| fact.text(Spelling::default())).collect();
    format!("\n{}\n--- claim\n{}", lines.join("\n"), claim.text(Spelling::default()))
}
