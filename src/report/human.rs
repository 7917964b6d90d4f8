//! For people at a terminal: each finding with its place and evidence, then the summary.

use std::io::{self, Write};

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Element, Group, Level as Severity, Renderer, Snippet};

use super::{Evidence, Finding, Judged, Level, Report, Summary, Unread};
use crate::text::{Diagnostic, Document, Severity as How, Span, escape_controls};
use crate::verdict::Verdict;

/// Writes a report for people. With `colour`, terminal colours are used.
///
/// # Errors
/// What the writer gives.
pub fn human(report: &Report, colour: bool, out: &mut dyn Write) -> io::Result<()> {
    let renderer = if colour { Renderer::styled() } else { Renderer::plain() }.decor_style(DecorStyle::Ascii).term_width(160);
    for finding in &report.findings {
        let groups = match finding {
            Finding::Verdict(judged) => verdict(judged),
            Finding::Diagnostic(diagnostic) => fault(diagnostic),
        };
        let groups: Vec<Group<'_>> = groups.iter().map(Shown::group).collect();
        writeln!(out, "{}\n", renderer.render(&groups))?;
    }
    for unread in &report.unread {
        writeln!(out, "{}", not_judged(unread))?;
    }
    if !report.unread.is_empty() {
        writeln!(out)?;
    }
    writeln!(out, "{}", summary(&report.summary))
}

/// `draft.md:3:1: its verb is not known: The rebels dithered on Monday.`
fn not_judged(unread: &Unread) -> String {
    let at = unread.document.position(unread.span.start);
    let sentence = unread.span.of(unread.document.text()).split_whitespace().collect::<Vec<_>>().join(" ");
    let name = escape_controls(unread.document.name());
    format!("{name}:{}:{}: {}: {}", at.line, at.column, escape_controls(&unread.reason), escape_controls(&sentence))
}

/// Writes faults alone, for people, without colours.
///
/// # Errors
/// What the writer gives.
pub fn faults(problems: &[Diagnostic], out: &mut dyn Write) -> io::Result<()> {
    let renderer = Renderer::plain().decor_style(DecorStyle::Ascii).term_width(160);
    for problem in problems {
        let groups = fault(problem);
        let groups: Vec<Group<'_>> = groups.iter().map(Shown::group).collect();
        writeln!(out, "{}", renderer.render(&groups))?;
    }
    Ok(())
}

/// One line of a text with a mark under part of it, ready to be shown: all control characters are written out.
struct Line {
    path: String,
    number: usize,
    text: String,
    mark: std::ops::Range<usize>,
    label: String,
    primary: bool,
}

struct Shown {
    severity: Severity<'static>,
    code: String,
    title: String,
    lines: Vec<Line>,
    notes: Vec<(Severity<'static>, String)>,
}

impl Shown {
    fn group(&self) -> Group<'_> {
        let mut elements: Vec<Element<'_>> = Vec::new();
        for line in &self.lines {
            let kind = if line.primary { AnnotationKind::Primary } else { AnnotationKind::Context };
            let mark = kind.span(line.mark.clone()).label(line.label.as_str());
            elements.push(Snippet::source(line.text.as_str()).line_start(line.number).path(line.path.as_str()).annotation(mark).into());
        }
        for (severity, note) in &self.notes {
            elements.push(severity.clone().message(note.as_str()).into());
        }
        self.severity.clone().primary_title(self.title.as_str()).id(self.code.as_str()).elements(elements)
    }
}

/// The line of a document in which a span begins, with the span marked in it.
fn line(document: &Document, span: Span, label: &str, note: &str, primary: bool) -> Line {
    let (start, text) = document.line_at(span.start);
    // A byte order mark is no part of the first line.
    let shown = text.strip_prefix('\u{feff}').unwrap_or(text);
    let (start, text) = (start.saturating_add(text.len().saturating_sub(shown.len())), shown);
    let cut = |at: usize| at.saturating_sub(start).min(text.len());
    let (from, to) = (cut(span.start), cut(span.end));
    let part = |from: usize, to: usize| escape_controls(&text.get(from..to).unwrap_or_default().replace('\t', "    "));
    let (before, inside, after) = (part(0, from), part(from, to), part(to, text.len()));
    let number = document.position(span.start).line;
    let path = escape_controls(&document.name().replace('\t', "    "));
    // An empty span marks the character that follows, or the end of the line.
    let marked = if inside.is_empty() { after.chars().next().map_or(1, char::len_utf8) } else { inside.len() };
    let label = if note.is_empty() { label.to_owned() } else { format!("{label} ({note})") };
    Line {
        path,
        number,
        mark: before.len()..before.len().saturating_add(marked),
        text: format!("{before}{inside}{after} "),
        label: escape_controls(&label),
        primary,
    }
}

fn verdict(judged: &Judged) -> Vec<Shown> {
    let severity = match (judged.verdict, judged.level) {
        (Verdict::Supported, Level::Allow) => Severity::NOTE,
        (_, Level::Allow) => Severity::INFO,
        (_, Level::Warn) => Severity::WARNING,
        (_, Level::Deny) => Severity::ERROR,
    };
    let severity = severity.with_name(judged.verdict.name());
    let label = match judged.verdict {
        Verdict::Contradicted if judged.wrong.is_some() => "claimed",
        _ => "",
    };
    let mut lines = vec![line(&judged.document, judged.wrong.unwrap_or(judged.span), label, "", true)];
    lines.extend(judged.evidence.iter().map(|evidence| {
        // What a text says against itself stands in no record.
        let own = judged.code.is_of_the_text() && evidence.place().0.name() == judged.document.name();
        proof(evidence, if own { "said here" } else { "recorded" })
    }));
    let mut notes = vec![(Severity::NOTE.with_name("why"), escape_controls(&judged.message))];
    if !judged.assumptions.is_empty() {
        let names: Vec<&str> = judged.assumptions.iter().map(|assumption| assumption.name()).collect();
        notes.push((Severity::NOTE.with_name("rests on"), format!("{} (strict: {})", names.join(", "), judged.strict.name())));
    }
    if let Some(correction) = &judged.correction {
        notes.push((Severity::HELP.with_name("correct"), escape_controls(correction)));
    }
    if let Some(settle) = &judged.settle {
        notes.push((Severity::HELP.with_name("would settle it"), escape_controls(settle)));
    }
    if let Some(stories) = &judged.stories {
        for (name, story) in [("true if", &stories.supported), ("false if", &stories.contradicted)] {
            notes.extend(story.as_ref().map(|told| (Severity::HELP.with_name(name), escape_controls(&told.join("; ")))));
        }
    }
    match (&judged.expected, judged.level) {
        (Some(expected), Level::Deny) => notes.push((Severity::NOTE.with_name("expected"), escape_controls(expected))),
        (Some(_), _) => notes.push((Severity::NOTE.with_name("expected"), "as it is".to_owned())),
        _ => {}
    }
    if let Some(accepted) = &judged.accepted {
        notes.push((Severity::NOTE.with_name("accepted"), escape_controls(accepted.why())));
    }
    vec![Shown { severity, code: judged.code.name().to_owned(), title: escape_controls(&judged.paraphrase), lines, notes }]
}

fn proof(evidence: &Evidence, label: &str) -> Line {
    let mut note = Vec::new();
    note.extend(evidence.date.clone());
    note.extend(evidence.per.as_ref().map(|per| format!("per {per}")));
    match &evidence.quote {
        Some((_, document, span)) => line(document, *span, label, &note.join(", "), false),
        None => line(&evidence.stated.0, evidence.stated.1, label, &note.join(", "), false),
    }
}

fn fault(diagnostic: &Diagnostic) -> Vec<Shown> {
    let mut lines = vec![line(&diagnostic.document, diagnostic.span, diagnostic.label.as_deref().unwrap_or_default(), "", true)];
    lines.extend(diagnostic.others.iter().map(|other| line(&other.document, other.span, &other.text, "", false)));
    let notes = diagnostic.help.iter().map(|help| (Severity::HELP, escape_controls(help))).collect();
    let severity = match diagnostic.severity {
        How::Expected => Severity::NOTE.with_name("refused"),
        How::Warning => Severity::WARNING,
        How::Error => Severity::ERROR,
    };
    vec![Shown { severity, code: diagnostic.code.to_owned(), title: escape_controls(&diagnostic.message), lines, notes }]
}

/// How much there was, in two lines.
pub fn summary(summary: &Summary) -> String {
    let many = |n: usize, word: &str| format!("{n} {word}{}", if n == 1 { "" } else { "s" });
    // What passes though it is not as it should be is said wherever there is any.
    let beside: String = [(summary.warnings, "warning"), (summary.suppressed, "accepted")]
        .into_iter()
        .filter(|(n, _)| *n > 0)
        .map(|(n, word)| if word == "warning" { format!(", {}", many(n, word)) } else { format!(", {n} {word}") })
        .collect();
    format!(
        "{}: {} supported, {} contradicted, {} unknown, {} refused as expected, {}; {} not as expected{}\nchecked against {} from {} in {}",
        many(summary.claims, "claim"),
        summary.supported,
        summary.contradicted,
        summary.unknown,
        summary.refused,
        many(summary.errors, "error"),
        summary.failed,
        beside,
        many(summary.facts, "fact"),
        many(summary.sources, "source"),
        many(summary.files, "file"),
    )
}
