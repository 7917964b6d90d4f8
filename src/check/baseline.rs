//! Findings that were there already: a file with one a line, so that only new ones fail.
//!
//! In: the file's text, and a report. Out: the report with the old findings accepted; or the text for such a file. Never:
//! uses line numbers, accepts a text that was not understood, accepts more findings than the file has lines for them.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::report::{Accepted, Finding, Level, Report};
use crate::text::{Diagnostic, Document, Problem, Span, escape_controls};

const HEAD: &str = "# Findings that factum accepts: `factum check --baseline FILE`; `--write-baseline` writes it anew.\n";

/// Findings that are accepted, by fingerprint, with how often each.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Baseline(BTreeMap<String, usize>);

impl Baseline {
    /// Reads a baseline: the fingerprint first, the rest of the line for people.
    ///
    /// # Errors
    /// The lines that are no findings.
    pub fn read(document: &Arc<Document>) -> Result<Self, Vec<Diagnostic>> {
        let mut known: BTreeMap<String, usize> = BTreeMap::new();
        let mut problems = Vec::new();
        for (start, line) in document.lines() {
            if line.trim().is_empty() || line.starts_with('#') {
                continue;
            }
            let print = line.split_whitespace().next().unwrap_or_default();
            if print.len() == 64 && print.chars().all(|c| matches!(c, '0'..='9' | 'a'..='f')) {
                let times = known.entry(print.to_owned()).or_default();
                *times = times.saturating_add(1);
            } else {
                let problem = Problem::new("baseline", Span::new(0, line.len()), "this is no line of a baseline")
                    .help("if two branches met here, keep the lines of both; `--write-baseline` writes the file anew");
                problems.push(problem.at(document, start));
            }
        }
        if problems.is_empty() { Ok(Self(known)) } else { Err(problems) }
    }

    /// Whether a text says that it is one.
    pub fn is_one(text: &str) -> bool {
        text.starts_with(HEAD)
    }

    /// Accepts the findings that it knows, and tells how many of its lines meant none.
    pub fn apply(&self, report: &mut Report) -> usize {
        let mut left = self.0.clone();
        for finding in &mut report.findings {
            if !is_open(finding) {
                continue;
            }
            let Some(times) = left.get_mut(&finding.fingerprint()).filter(|times| **times > 0) else { continue };
            *times = times.saturating_sub(1);
            if let Finding::Verdict(judged) = finding {
                judged.accepted = Some(Accepted::Baseline);
                judged.level = Level::Allow;
            }
        }
        left.values().fold(0, |sum, times| sum.saturating_add(*times))
    }

    /// The text of a baseline that accepts all that would fail or warn. The lines are sorted by fingerprint, which puts new
    /// ones anywhere: two branches seldom meet at one place.
    pub fn written(report: &Report) -> String {
        let mut lines: Vec<String> = report
            .findings
            .iter()
            .filter(|finding| is_open(finding))
            .map(|finding| {
                let (document, _) = finding.place();
                let words = finding.words().split_whitespace().collect::<Vec<_>>().join(" ");
                let file = document.name().rsplit('/').next().unwrap_or_default();
                format!("{} {} {}: {}\n", finding.fingerprint(), finding.code(), escape_controls(file), escape_controls(&words))
            })
            .collect();
        lines.sort();
        HEAD.to_owned() + &lines.concat()
    }
}

/// Whether it is a verdict that would fail or warn.
fn is_open(finding: &Finding) -> bool {
    matches!(finding, Finding::Verdict(_)) && finding.level() != Level::Allow
}
