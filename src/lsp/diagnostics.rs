//! Findings and faults as an editor shows them.
//!
//! In: what the checks found. Out: diagnostics with their places. Never: shows what is as it should be.

use std::collections::BTreeMap;

use lsp_types::{Diagnostic as Shown, DiagnosticRelatedInformation, DiagnosticSeverity, NumberOrString, Range};

use super::documents::Text;
use super::frame::Frame;
use crate::report::{Evidence, Finding, Judged, Level};
use crate::text::{Diagnostic, Severity, TextError, escape_controls};

/// How many places a diagnostic points at.
const MOST_RELATED: usize = 8;
/// How many diagnostics of one file are shown.
const MOST_SHOWN: usize = 2000;

/// What is found in an open text.
pub(super) fn of_text(findings: &[Finding], text: &Text, frame: &Frame) -> Vec<Shown> {
    let ours = |finding: &&Finding| finding.place().0.name() == text.document.name();
    findings.iter().filter(ours).filter_map(|finding| of_finding(finding, frame)).take(MOST_SHOWN).collect()
}

/// The faults of files, by name.
pub(super) fn of_files(problems: &[Diagnostic], frame: &Frame) -> BTreeMap<String, Vec<Shown>> {
    let mut by_name: BTreeMap<String, Vec<Shown>> = BTreeMap::new();
    for problem in problems {
        let shown = by_name.entry(problem.document.name().to_owned()).or_default();
        if shown.len() < MOST_SHOWN {
            shown.extend(of_fault(problem, frame));
        }
    }
    by_name
}

fn of_finding(finding: &Finding, frame: &Frame) -> Option<Shown> {
    match finding {
        Finding::Verdict(judged) => of_verdict(judged, frame),
        Finding::Diagnostic(fault) => of_fault(fault, frame),
    }
}

fn of_verdict(judged: &Judged, frame: &Frame) -> Option<Shown> {
    let severity = match judged.level {
        Level::Allow => return None,
        Level::Warn => DiagnosticSeverity::WARNING,
        Level::Deny => DiagnosticSeverity::ERROR,
    };
    let mut lines = vec![format!("{}: {}", judged.verdict.name(), judged.message)];
    if let Some(expected) = &judged.expected {
        lines.push(format!("expected: {expected}"));
    }
    if !judged.assumptions.is_empty() {
        let names: Vec<&str> = judged.assumptions.iter().map(|assumption| assumption.name()).collect();
        lines.push(format!("rests on: {} (strict: {})", names.join(", "), judged.strict.name()));
    }
    lines.extend(judged.correction.iter().map(|correction| format!("correct: {correction}")));
    lines.extend(judged.settle.iter().map(|settle| format!("would settle it: {settle}")));
    let span = judged.wrong.unwrap_or(judged.span);
    let mut shown = shown(frame.range(&judged.document, span), severity, judged.code.name(), &lines);
    let related: Vec<DiagnosticRelatedInformation> =
        judged.evidence.iter().take(MOST_RELATED).filter_map(|evidence| related(evidence, frame)).collect();
    shown.related_information = (frame.related && !related.is_empty()).then_some(related);
    Some(shown)
}

fn related(evidence: &Evidence, frame: &Frame) -> Option<DiagnosticRelatedInformation> {
    let (document, span) = evidence.place();
    let words = evidence.quote.as_ref().map_or(&evidence.fact, |(words, _, _)| words);
    Some(DiagnosticRelatedInformation {
        location: frame.location(document, span)?,
        message: escape_controls(&format!("recorded: {words}")),
    })
}

fn of_fault(fault: &Diagnostic, frame: &Frame) -> Option<Shown> {
    let severity = match fault.severity {
        Severity::Expected => return None,
        Severity::Warning => DiagnosticSeverity::WARNING,
        Severity::Error => DiagnosticSeverity::ERROR,
    };
    let mut lines = vec![fault.message.clone()];
    lines.extend(fault.help.iter().map(|help| format!("help: {help}")));
    let mut shown = shown(frame.range(&fault.document, fault.span), severity, fault.code, &lines);
    let others: Vec<DiagnosticRelatedInformation> = fault
        .others
        .iter()
        .take(MOST_RELATED)
        .filter_map(|label| {
            let location = frame.location(&label.document, label.span)?;
            Some(DiagnosticRelatedInformation { location, message: escape_controls(&label.text) })
        })
        .collect();
    shown.related_information = (frame.related && !others.is_empty()).then_some(others);
    Some(shown)
}

/// A text that no check reads.
pub(super) fn unreadable(fault: &TextError) -> Shown {
    shown(Range::default(), DiagnosticSeverity::ERROR, "unreadable", &[fault.to_string()])
}

/// Claims with nothing to check them against.
pub(super) fn without_facts() -> Shown {
    let lines = [
        "there are no facts to check this against".to_owned(),
        "help: put a fact file beside it (`.facts`), or name one in `factum.toml`".to_owned(),
    ];
    shown(Range::default(), DiagnosticSeverity::WARNING, "no-facts", &lines)
}

/// Settings that cannot be used, where they have no place.
pub(super) fn misconfigured(why: &str) -> Shown {
    shown(Range::default(), DiagnosticSeverity::ERROR, "config", &[why.to_owned()])
}

fn shown(range: Range, severity: DiagnosticSeverity, code: &str, lines: &[String]) -> Shown {
    let lines: Vec<String> = lines.iter().map(|line| escape_controls(line)).collect();
    Shown {
        range,
        severity: Some(severity),
        code: Some(NumberOrString::String(code.to_owned())),
        source: Some("factum".to_owned()),
        message: lines.join("\n"),
        ..Shown::default()
    }
}
