//! The verdicts of one claim file as plain text that is kept beside it and read in a diff: sorted by claim, without line
//! numbers, so that only what changed of a verdict changes the text.
//!
//! In: findings. Out: such a text, and what is different between two of them. Never: reads a file.

use std::collections::BTreeMap;

use super::{Finding, Judged};
use crate::text::escape_controls;

/// The text of the verdicts of a file's findings.
pub fn verdicts(findings: &[&Finding]) -> String {
    let mut blocks: Vec<String> = findings.iter().map(|finding| block(finding)).collect();
    blocks.sort();
    // A file that is included and checked by itself gives its verdicts twice.
    blocks.dedup();
    blocks.join("\n")
}

fn block(finding: &Finding) -> String {
    let mut lines = vec![words(finding.words()), format!("    {} [{}]", finding.kind(), finding.code())];
    match finding {
        Finding::Verdict(judged) => lines.extend(because(judged)),
        Finding::Diagnostic(diagnostic) => lines.push(format!("    {}", words(&diagnostic.message))),
    }
    lines.iter().map(|line| format!("{line}\n")).collect()
}

fn because(judged: &Judged) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for evidence in &judged.evidence {
        let mut line = format!("    by: {}", words(&evidence.fact));
        if let Some((_, document, _)) = &evidence.quote {
            let file = document.name().rsplit('/').next().unwrap_or_default();
            let date = evidence.date.as_ref().map(|date| format!(", {date}")).unwrap_or_default();
            line.push_str(&format!(" ({})", words(&format!("{file}{date}"))));
        }
        lines.push(line);
    }
    if !judged.assumptions.is_empty() {
        let names: Vec<&str> = judged.assumptions.iter().map(|assumption| assumption.name()).collect();
        lines.push(format!("    rests on: {} (strict: {})", names.join(", "), judged.strict.name()));
    }
    lines.extend(judged.correction.iter().map(|correction| format!("    correct: {}", words(correction))));
    lines
}

/// Words on one line, with nothing hidden in them.
fn words(text: &str) -> String {
    escape_controls(&text.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// What became of a claim between two texts of verdicts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The claim.
    pub claim: String,
    /// Lines that were there and are not any more; all of them, where the claim is gone.
    pub before: Vec<String>,
    /// Lines that are there now and were not; all of them, where the claim is new.
    pub after: Vec<String>,
}

/// The claims whose verdicts differ, sorted.
pub fn changes(before: &str, after: &str) -> Vec<Change> {
    let (before, after) = (blocks(before), blocks(after));
    let mut claims: Vec<&str> = before.keys().chain(after.keys()).copied().collect();
    claims.sort_unstable();
    claims.dedup();
    let lines = |blocks: &BTreeMap<&str, Vec<String>>, claim: &str| blocks.get(claim).cloned().unwrap_or_default();
    let changed = claims.into_iter().filter_map(|claim| {
        let (old, new) = (lines(&before, claim), lines(&after, claim));
        let without = |these: &[String], those: &[String]| these.iter().filter(|line| !those.contains(line)).cloned().collect::<Vec<_>>();
        (old != new).then(|| Change { claim: claim.to_owned(), before: without(&old, &new), after: without(&new, &old) })
    });
    changed.collect()
}

/// The lines of each claim; those of a claim that stands several times one after the other.
fn blocks(text: &str) -> BTreeMap<&str, Vec<String>> {
    let mut found: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    let mut claim = None;
    for line in text.lines() {
        match line.strip_prefix("    ") {
            Some(inside) => {
                if let Some(lines) = claim.and_then(|claim| found.get_mut(claim)) {
                    lines.push(inside.to_owned());
                }
            }
            None if line.is_empty() => {}
            None => {
                claim = Some(line);
                found.entry(line).or_default();
            }
        }
    }
    found
}
