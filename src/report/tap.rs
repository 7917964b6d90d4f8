//! Test Anything Protocol, version 14: a test point for each finding, and why behind those that are not as they should be.

use std::io::{self, Write};

use super::jsonl::text;
use super::{Finding, Level, Report};
use crate::text::escape_controls;

/// Writes a report as TAP. A warning is a test point that is still to be made good (`# TODO`), an accepted finding one that is
/// left out (`# SKIP`).
///
/// # Errors
/// What the writer gives.
pub fn tap(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "TAP version 14\n1..{}", report.findings.len())?;
    for (n, finding) in (1_usize..).zip(&report.findings) {
        let passed = finding.level() == Level::Allow;
        let (document, span) = finding.place();
        let place = format!("{}:{}", document.name(), document.position(span.start).line);
        let point = if passed { "ok" } else { "not ok" };
        let directive = match (finding.accepted(), finding.level()) {
            (Some(accepted), _) => format!(" # SKIP accepted: {}", plain(accepted.why())),
            (None, Level::Warn) => format!(" # TODO {} [{}]", finding.kind(), finding.code()),
            _ => String::new(),
        };
        writeln!(out, "{point} {n} - {} {}{directive}", plain(&place), plain(finding.words()))?;
        if !passed {
            why(finding, out)?;
        }
    }
    Ok(())
}

/// The YAML block of a test point. Strings stand in it as JSON, which is YAML too and has no second way to end a string.
fn why(finding: &Finding, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "  ---\n  severity: {}", if finding.level() == Level::Warn { "todo" } else { "fail" })?;
    writeln!(out, "  verdict: {}\n  code: {}\n  message: {}", finding.kind(), finding.code(), text(&finding.message())?)?;
    match finding {
        Finding::Verdict(judged) => {
            if let Some(expected) = &judged.expected {
                writeln!(out, "  expected: {}", text(expected)?)?;
            }
            if let Some(correction) = &judged.correction {
                writeln!(out, "  correction: {}", text(correction)?)?;
            }
            for (n, evidence) in judged.evidence.iter().enumerate() {
                if n == 0 {
                    writeln!(out, "  evidence:")?;
                }
                writeln!(out, "    - {}", text(&evidence.told())?)?;
            }
        }
        Finding::Diagnostic(diagnostic) => {
            for (n, help) in diagnostic.help.iter().enumerate() {
                if n == 0 {
                    writeln!(out, "  help:")?;
                }
                writeln!(out, "    - {}", text(help)?)?;
            }
        }
    }
    writeln!(out, "  ...")
}

/// A description or a reason: what is hidden written out, and no `#` that would begin a directive.
fn plain(words: &str) -> String {
    escape_controls(words).replace('\\', "\\\\").replace('#', "\\#")
}
