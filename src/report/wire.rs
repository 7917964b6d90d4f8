//! What `json` and `jsonl` are made of, as types: their names are fixed, and their schemas are made from them.
//!
//! In: findings and the summary. Out: values that serialise, and JSON Schemas. Never: lays anything out.

use schemars::{JsonSchema, Schema, SchemaGenerator, generate::SchemaSettings};
use serde::Serialize;

use super::{Accepted, Finding, Judged, Level, Summary};
use crate::verdict::{Assumption, Code, Stories, Verdict};

/// The version of the two formats. It grows when a name goes or changes its meaning, not when one is added.
pub(super) const VERSION: u32 = 1;

/// The whole of `json`.
#[derive(Serialize, JsonSchema)]
#[schemars(title = "What factum found")]
struct Whole<'r> {
    /// The version of this format.
    version: u32,
    /// Verdicts and faults, sorted by file and place.
    findings: Vec<Line<'r>>,
    /// How much there was, and how it ended.
    summary: &'r Summary,
}

/// One object of `jsonl`, or one finding of `json`.
#[derive(Serialize, JsonSchema)]
#[serde(tag = "type", rename_all = "lowercase")]
#[schemars(title = "A line of what factum found")]
pub(super) enum Line<'r> {
    Verdict(VerdictLine<'r>),
    Diagnostic(DiagnosticLine<'r>),
    Summary(&'r Summary),
}

#[derive(Serialize, JsonSchema)]
struct Place<'r> {
    /// The file, relative to where the program was started, with slashes.
    file: &'r str,
    /// Where it starts: the line, from 1.
    line: usize,
    /// Where it starts: the column, from 1, in Unicode scalar values.
    column: usize,
    /// Where it ends: the line.
    end_line: usize,
    /// Where it ends: the column behind it.
    end_column: usize,
    /// Its first byte in the file, from 0.
    start_byte: usize,
    /// The byte behind it.
    end_byte: usize,
}

/// A claim with its verdict.
#[derive(Serialize, JsonSchema)]
pub(super) struct VerdictLine<'r> {
    #[serde(flatten)]
    place: Place<'r>,
    /// The claim as it is written.
    claim: &'r str,
    /// The claim as it was understood.
    paraphrase: &'r str,
    /// What it comes to.
    verdict: Verdict,
    /// Why, as a stable code.
    code: Code,
    /// Why, in words.
    message: &'r str,
    /// The facts that decide it, with the words that prove them.
    evidence: Vec<EvidenceLine<'r>>,
    /// What the verdict rests on beside the facts.
    assumptions: &'r [Assumption],
    /// The verdict without any assumption.
    strict_verdict: Verdict,
    /// The claim as it would be right, where that is certain.
    correction: Option<&'r str>,
    /// For an unknown: what would settle it.
    settle: Option<&'r str>,
    /// For an unknown: what would make it true, and what false, each statements that the record allows.
    stories: Option<&'r Stories>,
    /// The verdict that the claim's author expects, as written.
    expected: Option<&'r str>,
    /// What comes of it by the policy.
    level: Level,
    /// Why it was accepted though the policy would not have let it pass.
    suppressed: Option<&'r str>,
}

/// A fact that decides.
#[derive(Serialize, JsonSchema)]
struct EvidenceLine<'r> {
    /// The fact in its own words.
    fact: &'r str,
    /// The words of the source.
    quote: Option<&'r str>,
    /// The file that the quote, else the fact, stands in.
    source: &'r str,
    /// The line in it, from 1.
    line: usize,
    /// The column in it, from 1.
    column: usize,
    /// The day that the source was published.
    date: Option<&'r str>,
    /// Who is reported as saying so.
    per: Option<&'r str>,
}

/// A text that is wrong.
#[derive(Serialize, JsonSchema)]
pub(super) struct DiagnosticLine<'r> {
    #[serde(flatten)]
    place: Place<'r>,
    /// What is wrong, as a stable code.
    code: &'r str,
    /// What is wrong, in words.
    message: &'r str,
    /// What to do about it.
    help: &'r [String],
    /// What comes of it: `allow` where its author expects it.
    level: Level,
}

impl<'r> Line<'r> {
    pub(super) fn of(finding: &'r Finding) -> Self {
        match finding {
            Finding::Verdict(judged) => Self::Verdict(verdict(judged, place(finding))),
            Finding::Diagnostic(diagnostic) => Self::Diagnostic(DiagnosticLine {
                place: place(finding),
                code: diagnostic.code,
                message: &diagnostic.message,
                help: &diagnostic.help,
                level: finding.level(),
            }),
        }
    }
}

/// The JSON Schema of `json`.
pub fn schema() -> Schema {
    generator().into_root_schema_for::<Whole<'static>>()
}

/// The JSON Schema of a line of `jsonl`.
pub fn schema_of_lines() -> Schema {
    generator().into_root_schema_for::<Line<'static>>()
}

fn generator() -> SchemaGenerator {
    SchemaSettings::draft2020_12().for_serialize().into_generator()
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
        start_byte: document.byte(span.start),
        end_byte: document.byte(span.end),
    }
}

fn verdict<'r>(judged: &'r Judged, place: Place<'r>) -> VerdictLine<'r> {
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
        suppressed: judged.accepted.as_ref().map(Accepted::why),
    }
}
