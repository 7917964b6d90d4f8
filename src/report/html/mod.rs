//! A page for people without a terminal: the claims with their verdicts in place, the sources beside them, in one file that
//! loads nothing.
//!
//! In: a report. Out: HTML. Never: lets a text be markup. The template escapes every value; the policy in the page's head lets
//! run only the script and style that are our own, by their hashes.

mod text;
mod timeline;

use std::io::{self, Write};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use minijinja::{AutoEscape, Environment};
use serde::Serialize;
use sha2::{Digest, Sha256};

use super::human::summary;
use super::{Finding, Level, Report, Summary};
use crate::text::escape_controls;
use text::{Quotes, Shown, files, sources};
use timeline::{Drawn, timelines};

const PAGE: &str = include_str!("page.html");
const STYLE: &str = include_str!("style.css");
const SCRIPT: &str = include_str!("script.js");

#[derive(Serialize)]
struct Page<'r> {
    version: &'static str,
    style: &'static str,
    style_hash: String,
    script: &'static str,
    script_hash: String,
    summary: &'r Summary,
    summary_lines: Vec<String>,
    total: usize,
    kinds: Vec<Kind>,
    files: Vec<Shown>,
    sources: Vec<Shown>,
    timelines: Vec<Drawn>,
    undrawn: usize,
}

/// A verdict that can be filtered by.
#[derive(Serialize)]
struct Kind {
    name: &'static str,
    sign: &'static str,
    count: usize,
}

/// What is told of one finding.
#[derive(Serialize)]
struct Detail {
    number: usize,
    kind: &'static str,
    level: Level,
    code: &'static str,
    sign: &'static str,
    /// Whether it fails, warns or was accepted.
    mark: Option<&'static str>,
    title: String,
    message: String,
    evidence: Vec<Proof>,
    notes: Vec<(&'static str, String)>,
    /// The timelines of what it speaks of: number and title.
    timelines: Vec<(usize, String)>,
}

#[derive(Serialize)]
struct Proof {
    quote: usize,
    words: String,
    place: String,
}

/// Kinds in the order in which they are offered, each with a sign, so that colour is not all that tells them apart.
const KINDS: [(&str, &str); 6] =
    [("contradicted", "✗"), ("unknown", "?"), ("supported", "✓"), ("error", "!"), ("warning", "!"), ("refused", "–")];

/// Writes a report as one page.
///
/// # Errors
/// What the writer gives.
pub fn html(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    let mut quotes = Quotes::default();
    let mut details: Vec<Detail> = report.findings.iter().enumerate().map(|(n, finding)| detail(n, finding, &mut quotes)).collect();
    let timelines = timelines(report, &mut details);
    let count = |name: &str| report.findings.iter().filter(|finding| finding.kind() == name).count();
    let page = Page {
        version: env!("CARGO_PKG_VERSION"),
        style: STYLE,
        style_hash: hash(STYLE),
        script: SCRIPT,
        script_hash: hash(SCRIPT),
        summary: &report.summary,
        summary_lines: summary(&report.summary).lines().map(str::to_owned).collect(),
        total: report.findings.len(),
        kinds: KINDS.into_iter().map(|(name, sign)| Kind { name, sign, count: count(name) }).filter(|kind| kind.count > 0).collect(),
        files: files(report, details),
        sources: sources(&quotes),
        timelines,
        undrawn: report.undrawn,
    };
    let mut environment = Environment::new();
    environment.set_auto_escape_callback(|_| AutoEscape::Html);
    let template = environment.template_from_str(PAGE).map_err(io::Error::other)?;
    let page = template.render(minijinja::value::Serde(&page)).map_err(io::Error::other)?;
    writeln!(out, "{page}")
}

fn hash(text: &str) -> String {
    BASE64.encode(Sha256::digest(text.as_bytes()))
}

fn detail(number: usize, finding: &Finding, quotes: &mut Quotes) -> Detail {
    let mut notes = Vec::new();
    let mut evidence = Vec::new();
    let title = match finding {
        Finding::Verdict(judged) => {
            for proof in &judged.evidence {
                let (document, span) = proof.place();
                let at = document.position(span.start);
                let mut place = format!("{}:{}:{}", document.name(), at.line, at.column);
                for part in [proof.date.clone(), proof.per.as_ref().map(|per| format!("per {per}"))].into_iter().flatten() {
                    place.push_str(", ");
                    place.push_str(&part);
                }
                let words = proof.quote.as_ref().map_or(&proof.fact, |(words, _, _)| words);
                evidence.push(Proof {
                    quote: quotes.number(document, span),
                    words: escape_controls(words),
                    place: escape_controls(&place),
                });
            }
            if !judged.assumptions.is_empty() {
                let names: Vec<&str> = judged.assumptions.iter().map(|assumption| assumption.name()).collect();
                notes.push(("Rests on", format!("{} (without: {})", names.join(", "), judged.strict.name())));
            }
            notes.extend(judged.correction.iter().map(|correction| ("Correct", escape_controls(correction))));
            notes.extend(judged.settle.iter().map(|settle| ("Would settle it", escape_controls(settle))));
            notes.extend(judged.expected.iter().map(|expected| ("Expected", escape_controls(expected))));
            notes.extend(judged.accepted.iter().map(|accepted| ("Accepted", escape_controls(accepted.why()))));
            escape_controls(&judged.paraphrase)
        }
        Finding::Diagnostic(diagnostic) => {
            notes.extend(diagnostic.help.iter().map(|help| ("Help", escape_controls(help))));
            escape_controls(finding.words())
        }
    };
    Detail {
        number,
        kind: finding.kind(),
        level: finding.level(),
        code: finding.code(),
        sign: sign(finding.kind()),
        mark: match (finding.accepted(), finding.level()) {
            (Some(_), _) => Some("accepted"),
            (None, Level::Deny) => Some("fails"),
            (None, Level::Warn) => Some("warning"),
            (None, Level::Allow) => None,
        },
        title,
        message: escape_controls(finding.message()),
        evidence,
        notes,
        timelines: Vec::new(),
    }
}

fn sign(kind: &str) -> &'static str {
    KINDS.iter().find(|(name, _)| *name == kind).map_or("", |(_, sign)| sign)
}
