//! SARIF 2.1.0, as GitHub's code scanning takes it: what is not as it should be and what was accepted, with the evidence as
//! related places and corrections as fixes.
//!
//! The types are our own: the part of the format that is used here is small, and `serde-sarif`, which the tests read it back
//! with, is made from the whole schema at every build.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Serialize;

use super::jsonl::text;
use super::{Accepted, Finding, Level, Report, Summary};
use crate::text::{Document, Span};
use crate::verdict::Code;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Log<'r> {
    #[serde(rename = "$schema")]
    schema: &'static str,
    version: &'static str,
    runs: [Run<'r>; 1],
}

/// How many results GitHub takes of a run.
const MOST_RESULTS: usize = 25_000;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Run<'r> {
    tool: Tool,
    #[serde(skip_serializing_if = "Option::is_none")]
    invocations: Option<[Invocation; 1]>,
    column_kind: &'static str,
    results: Vec<Outcome<'r>>,
    properties: &'r Summary,
}

/// Told only where something did not fit.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Invocation {
    execution_successful: bool,
    tool_execution_notifications: [Notification; 1],
}

#[derive(Serialize)]
struct Notification {
    level: &'static str,
    message: Message,
}

#[derive(Serialize)]
struct Tool {
    driver: Driver,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Driver {
    name: &'static str,
    semantic_version: &'static str,
    rules: Vec<Rule>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Rule {
    id: &'static str,
    short_description: Message,
    full_description: Message,
    help: Message,
    default_configuration: Configuration,
}

#[derive(Serialize)]
struct Configuration {
    level: &'static str,
}

#[derive(Serialize)]
struct Message {
    text: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Outcome<'r> {
    rule_id: &'static str,
    rule_index: usize,
    level: &'static str,
    message: Message,
    locations: [Location; 1],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related_locations: Vec<Location>,
    partial_fingerprints: Fingerprints,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    fixes: Vec<Fix<'r>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    suppressions: Vec<Suppression<'r>>,
}

#[derive(Serialize)]
struct Fingerprints {
    #[serde(rename = "primaryLocationLineHash")]
    line: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Location {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<usize>,
    physical_location: Physical,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<Message>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Physical {
    artifact_location: Artifact,
    region: Region,
}

#[derive(Serialize)]
struct Artifact {
    uri: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Region {
    start_line: usize,
    start_column: usize,
    end_line: usize,
    end_column: usize,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Fix<'r> {
    description: Message,
    artifact_changes: [Change<'r>; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Change<'r> {
    artifact_location: Artifact,
    replacements: [Replacement<'r>; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Replacement<'r> {
    deleted_region: Region,
    inserted_content: Content<'r>,
}

#[derive(Serialize)]
struct Content<'r> {
    text: &'r str,
}

#[derive(Serialize)]
struct Suppression<'r> {
    kind: &'static str,
    justification: &'r str,
}

/// Writes a report as SARIF. What is as it should be is left out: code scanning would make an alert of it.
///
/// # Errors
/// What the writer gives.
pub fn sarif(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    let mut shown: Vec<&Finding> =
        report.findings.iter().filter(|finding| finding.level() != Level::Allow || finding.accepted().is_some()).collect();
    let more = shown.len().saturating_sub(MOST_RESULTS);
    if more > 0 {
        // The mildest are left out. The sort is stable, so that the others stay in the order of files and lines.
        shown.sort_by_key(|finding| std::cmp::Reverse(finding.level()));
        shown.truncate(MOST_RESULTS);
    }
    let rules = rules(&shown);
    let mut times: BTreeMap<String, usize> = BTreeMap::new();
    let results = shown
        .into_iter()
        .map(|finding| {
            let hash = finding.fingerprint();
            let nth = times.entry(hash.clone()).or_default();
            *nth = nth.saturating_add(1);
            let index = rules.iter().position(|rule| rule.id == finding.code()).unwrap_or_default();
            result(finding, index, format!("{hash}:{nth}"))
        })
        .collect();
    let run = Run {
        tool: Tool { driver: Driver { name: "factum", semantic_version: env!("CARGO_PKG_VERSION"), rules } },
        invocations: (more > 0).then(|| {
            let text = format!("{more} more are left out: code scanning takes {MOST_RESULTS} results of a run");
            let told = Notification { level: "warning", message: Message { text } };
            [Invocation { execution_successful: true, tool_execution_notifications: [told] }]
        }),
        column_kind: "unicodeCodePoints",
        results,
        properties: &report.summary,
    };
    let log = Log { schema: "https://json.schemastore.org/sarif-2.1.0.json", version: "2.1.0", runs: [run] };
    writeln!(out, "{}", text(&log)?)
}

/// Every code of a verdict, and the codes of the faults that were found.
fn rules(shown: &[&Finding]) -> Vec<Rule> {
    let mut rules: Vec<Rule> = Code::ALL
        .into_iter()
        .map(|code| Rule {
            id: code.name(),
            short_description: Message { text: code.name().replace('-', " ") },
            full_description: Message { text: format!("{}.", code.meaning()) },
            help: Message { text: format!("{}. `factum explain {}` says more.", code.meaning(), code.name()) },
            default_configuration: Configuration { level: "error" },
        })
        .collect();
    let faults: BTreeSet<&'static str> = shown
        .iter()
        .filter(|finding| matches!(finding, Finding::Diagnostic(_)))
        .map(|finding| finding.code())
        .filter(|code| Code::ALL.iter().all(|known| known.name() != *code))
        .collect();
    rules.extend(faults.into_iter().map(|code| Rule {
        id: code,
        short_description: Message { text: code.replace('-', " ") },
        full_description: Message { text: "A line is not understood as it is.".to_owned() },
        help: Message { text: format!("A line is not understood as it is, or does nothing; `{code}` is told in docs/codes.md.") },
        default_configuration: Configuration { level: "error" },
    }));
    rules
}

fn result(finding: &Finding, rule_index: usize, line: String) -> Outcome<'_> {
    let (document, span) = finding.place();
    let level = match (finding.level(), finding.accepted()) {
        (Level::Deny, _) => "error",
        (Level::Warn, _) => "warning",
        (Level::Allow, _) => "note",
    };
    let mut fixes = Vec::new();
    let mut related = Vec::new();
    match finding {
        Finding::Verdict(judged) => {
            fixes.extend(judged.correction.as_ref().map(|correction| Fix {
                description: Message { text: "as the record has it".to_owned() },
                artifact_changes: [Change {
                    artifact_location: Artifact { uri: uri(document.name()) },
                    replacements: [Replacement { deleted_region: region(document, span), inserted_content: Content { text: correction } }],
                }],
            }));
            related.extend(judged.evidence.iter().map(|evidence| (evidence.place(), evidence.told())));
        }
        Finding::Diagnostic(diagnostic) => {
            related.extend(diagnostic.others.iter().map(|other| ((&other.document, other.span), other.text.clone())));
        }
    }
    let related_locations = (1..)
        .zip(related)
        .map(|(id, ((document, span), told))| location(document, span, Some(id), Some(Message { text: no_links(&told) })))
        .collect();
    let suppressions = finding
        .accepted()
        .map(|accepted| Suppression {
            kind: if matches!(accepted, Accepted::InPlace(_)) { "inSource" } else { "external" },
            justification: accepted.why(),
        })
        .into_iter()
        .collect();
    Outcome {
        rule_id: finding.code(),
        rule_index,
        level,
        message: Message { text: no_links(&finding.told().join("\n")) },
        locations: [location(document, span, None, None)],
        related_locations,
        partial_fingerprints: Fingerprints { line },
        fixes,
        suppressions,
    }
}

fn location(document: &Document, span: Span, id: Option<usize>, message: Option<Message>) -> Location {
    Location {
        id,
        physical_location: Physical { artifact_location: Artifact { uri: uri(document.name()) }, region: region(document, span) },
        message,
    }
}

fn region(document: &Document, span: Span) -> Region {
    let (start, end) = (document.position(span.start), document.position(span.end));
    Region { start_line: start.line, start_column: start.column, end_line: end.line, end_column: end.column }
}

/// What may stand in the path of a URI as it is.
const PATH: &AsciiSet = &NON_ALPHANUMERIC.remove(b'/').remove(b'-').remove(b'.').remove(b'_').remove(b'~');

fn uri(path: &str) -> String {
    let encoded = utf8_percent_encode(path, PATH).to_string();
    if encoded.starts_with('/') { format!("file://{encoded}") } else { encoded }
}

/// A message in which nothing becomes a link: `[words](place)` would.
fn no_links(text: &str) -> String {
    text.replace('\\', "\\\\").replace('[', "\\[").replace(']', "\\]")
}
