//! One finding of reviewdog's diagnostic format a line: what is not as it should be, for comments in a review.

use std::io::{self, Write};

use serde::Serialize;

use super::jsonl::text;
use super::{Finding, Level, Report};
use crate::text::{Document, Span};

#[derive(Serialize)]
struct Line<'r> {
    message: String,
    location: Location<'r>,
    severity: &'static str,
    source: Source,
    code: Code,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    suggestions: Vec<Suggestion<'r>>,
}

#[derive(Serialize)]
struct Location<'r> {
    path: &'r str,
    range: Range,
}

#[derive(Serialize)]
struct Range {
    start: Position,
    end: Position,
}

/// Columns count bytes here, from 1.
#[derive(Serialize)]
struct Position {
    line: usize,
    column: usize,
}

#[derive(Serialize)]
struct Source {
    name: &'static str,
}

#[derive(Serialize)]
struct Code {
    value: &'static str,
}

#[derive(Serialize)]
struct Suggestion<'r> {
    range: Range,
    text: &'r str,
}

/// Writes a line for each finding that is not as it should be.
///
/// # Errors
/// What the writer gives.
pub fn rdjsonl(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    for finding in report.findings.iter().filter(|finding| finding.level() != Level::Allow) {
        writeln!(out, "{}", text(&line(finding))?)?;
    }
    Ok(())
}

fn line(finding: &Finding) -> Line<'_> {
    let (document, span) = finding.place();
    let suggestions = match finding {
        Finding::Verdict(judged) => {
            judged.correction.iter().map(|correction| Suggestion { range: range(document, span), text: correction }).collect()
        }
        Finding::Diagnostic(_) => Vec::new(),
    };
    Line {
        message: finding.told().join("\n"),
        location: Location { path: document.name(), range: range(document, span) },
        severity: if finding.level() == Level::Deny { "ERROR" } else { "WARNING" },
        source: Source { name: "factum" },
        code: Code { value: finding.code() },
        suggestions,
    }
}

fn range(document: &Document, span: Span) -> Range {
    let at = |byte: usize| {
        let (start, _) = document.line_at(byte);
        Position { line: document.position(byte).line, column: byte.min(document.text().len()).saturating_sub(start).saturating_add(1) }
    };
    Range { start: at(span.start), end: at(span.end) }
}
