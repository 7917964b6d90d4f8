//! One JSON object a line, for programs. Names and types are fixed.

use std::io::{self, Write};

use serde::Serialize;

use super::{Finding, Judged, Level, Report, Summary};
use crate::text::escape_json;
use crate::verdict::{Assumption, Code, Stories, Verdict};

#[derive(Serialize)]
#[serde(tag = "type", rename_all = "lowercase")]
enum Line<'r> {
    Verdict(VerdictLine<'r>),
    Diagnostic(DiagnosticLine<'r>),
    Summary(&'r Summary),
}

#[derive(Serialize)]
struct Place<'r> {
    file: &'r str,
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
    start_byte: usize,
    end_byte: usize,
}

#[derive(Serialize)]
struct VerdictLine<'r> {
    #[serde(flatten)]
    place: Place<'r>,
    claim: &'r str,
    paraphrase: &'r str,
    verdict: Verdict,
    code: Code,
    message: &'r str,
    evidence: Vec<EvidenceLine<'r>>,
    assumptions: &'r [Assumption],
    strict_verdict: Verdict,
    correction: Option<&'r str>,
    settle: Option<&'r str>,
    stories: Option<&'r Stories>,
    expected: Option<&'r str>,
    level: Level,
    suppressed: Option<&'r str>,
}

#[derive(Serialize)]
struct EvidenceLine<'r> {
    fact: &'r str,
    quote: Option<&'r str>,
    source: &'r str,
    line: usize,
    column: usize,
    date: Option<&'r str>,
    per: Option<&'r str>,
}

#[derive(Serialize)]
struct DiagnosticLine<'r> {
    #[serde(flatten)]
    place: Place<'r>,
    code: &'r str,
    message: &'r str,
    help: &'r [String],
}

/// Writes a report line by line.
///
/// # Errors
/// What the writer gives.
pub fn jsonl(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    for finding in &report.findings {
        let line = match finding {
            Finding::Verdict(judged) => Line::Verdict(verdict(judged)),
            Finding::Diagnostic(diagnostic) => Line::Diagnostic(DiagnosticLine {
                place: place(finding),
                code: diagnostic.code,
                message: &diagnostic.message,
                help: &diagnostic.help,
            }),
        };
        write_line(&line, out)?;
    }
    write_line(&Line::Summary(&report.summary), out)
}

fn write_line(line: &Line<'_>, out: &mut dyn Write) -> io::Result<()> {
    let text = serde_json::to_string(line).map_err(io::Error::other)?;
    // JSON itself leaves marks that reorder or hide text as they are.
    writeln!(out, "{}", escape_json(&text))
}

fn place(finding: &Finding) -> Place<'_> {
    let (document, span) = finding.place();
    let (start, end) = (document.position(span.start), document.position(span.end));
    Place {
        file: document.name(),
        line: start.line,
        column: start.column,
        end_line: end.line,
        end_column: end.column,
        start_byte: span.start,
        end_byte: span.end,
    }
}

fn verdict(judged: &Judged) -> VerdictLine<'_> {
    let (start, end) = (judged.document.position(judged.span.start), judged.document.position(judged.span.end));
    let place = Place {
        file: judged.document.name(),
        line: start.line,
        column: start.column,
        end_line: end.line,
        end_column: end.column,
        start_byte: judged.span.start,
        end_byte: judged.span.end,
    };
    let evidence = judged
        .evidence
        .iter()
        .map(|evidence| {
            let stated = (&evidence.stated.0, evidence.stated.1);
            let (document, span) = evidence.quote.as_ref().map_or(stated, |(_, document, span)| (document, *span));
            let at = document.position(span.start);
            EvidenceLine {
                fact: &evidence.fact,
                quote: evidence.quote.as_ref().map(|(words, _, _)| words.as_str()),
                source: document.name(),
                line: at.line,
                column: at.column,
                date: evidence.date.as_deref(),
                per: evidence.per.as_deref(),
            }
        })
        .collect();
    VerdictLine {
        place,
        claim: judged.span.of(judged.document.text()),
        paraphrase: &judged.paraphrase,
        verdict: judged.verdict,
        code: judged.code,
        message: &judged.message,
        evidence,
        assumptions: &judged.assumptions,
        strict_verdict: judged.strict,
        correction: judged.correction.as_deref(),
        settle: judged.settle.as_deref(),
        stories: judged.stories.as_ref(),
        expected: judged.expected.as_deref(),
        level: judged.level,
        suppressed: None,
    }
}
