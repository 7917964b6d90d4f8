//! Verdicts to text: one model, one file per format.
//!
//! In: what a run found, as a [`Report`]. Out: text for people or programs. Never: decides anything, writes a file.

mod claimreview;
mod fingerprint;
mod format;
mod github;
mod html;
mod human;
mod json;
mod jsonl;
mod junit;
mod markdown;
mod rdjsonl;
mod sarif;
mod tap;
mod timeline;
mod tsv;
mod verdicts;
mod wire;

pub use claimreview::{Publisher, claimreview};
pub use format::{Format, Refused, Style, WriteError};
pub use github::github;
pub use html::html;
pub use human::{faults, human, summary};
pub use json::json;
pub use jsonl::{jsonl, jsonl_line, jsonl_summary};
pub use junit::junit;
pub use markdown::markdown;
pub use rdjsonl::rdjsonl;
pub use sarif::sarif;
pub use tap::tap;
pub use timeline::{Claimed, Held, Timeline};
pub use tsv::{tsv, tsv_line};
pub use verdicts::{Change, changes, verdicts};
pub use wire::{schema, schema_of_lines};

use std::sync::Arc;

use schemars::JsonSchema;
use serde::Serialize;

use crate::text::{Diagnostic, Document, Severity, Span};
use crate::verdict::{Assumption, Code, Stories, Verdict};

/// How a report of the program is known again. Anybody can write these marks, so that they alone keep nothing from being checked.
pub(crate) const MARKS: [&str; 2] = ["<!-- a report by factum -->", "<meta name=\"generator\" content=\"factum\">"];

/// Whether a text says that it is a report by the program.
pub fn is_report(text: &str) -> bool {
    text.lines().take(8).any(|line| MARKS.contains(&line.trim()))
}

/// What a run found, sorted by file and place.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// Verdicts and faults, sorted by file and place.
    pub findings: Vec<Finding>,
    /// Sentences of drafts that were not judged, sorted by file and place, where somebody asked for them.
    pub unread: Vec<Unread>,
    /// Who had what when, of what the claims speak of first; where a format draws it.
    pub timelines: Vec<Timeline>,
    /// How many more timelines there would be.
    pub undrawn: usize,
    /// How much there was.
    pub summary: Summary,
}

/// A sentence of a draft that was not judged.
#[derive(Clone, Debug)]
pub struct Unread {
    /// The draft.
    pub document: Arc<Document>,
    /// The sentence, in bytes of the draft.
    pub span: Span,
    /// Why it was left alone.
    pub reason: String,
}

/// One thing that a run found.
#[derive(Clone, Debug)]
pub enum Finding {
    /// A claim with its verdict.
    Verdict(Box<Judged>),
    /// A text that is wrong.
    Diagnostic(Box<Diagnostic>),
}

impl Finding {
    /// The document and the span that the finding stands at.
    pub fn place(&self) -> (&Arc<Document>, Span) {
        match self {
            Self::Verdict(judged) => (&judged.document, judged.span),
            Self::Diagnostic(diagnostic) => (&diagnostic.document, diagnostic.span),
        }
    }

    /// What it means for the run.
    pub fn level(&self) -> Level {
        match self {
            Self::Verdict(judged) => judged.level,
            Self::Diagnostic(diagnostic) => match diagnostic.severity {
                Severity::Expected => Level::Allow,
                Severity::Warning => Level::Warn,
                Severity::Error => Level::Deny,
            },
        }
    }

    /// Its code.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Verdict(judged) => judged.code.name(),
            Self::Diagnostic(diagnostic) => diagnostic.code,
        }
    }

    /// Its verdict by name; for a fault of a text, how bad it is.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Verdict(judged) => judged.verdict.name(),
            Self::Diagnostic(diagnostic) => match diagnostic.severity {
                Severity::Expected => "refused",
                Severity::Warning => "warning",
                Severity::Error => "error",
            },
        }
    }

    /// Why, in a line.
    pub fn message(&self) -> &str {
        match self {
            Self::Verdict(judged) => &judged.message,
            Self::Diagnostic(diagnostic) => &diagnostic.message,
        }
    }

    /// The words that it is about: the claim, or the line that is wrong.
    pub fn words(&self) -> &str {
        match self {
            Self::Verdict(judged) => judged.span.of(judged.document.text()),
            Self::Diagnostic(diagnostic) => diagnostic.document.line_at(diagnostic.span.start).1.trim(),
        }
    }

    /// Why it was accepted, if it was.
    pub fn accepted(&self) -> Option<&Accepted> {
        match self {
            Self::Verdict(judged) => judged.accepted.as_ref(),
            Self::Diagnostic(_) => None,
        }
    }
}

/// A claim with its verdict and all that is shown of it.
#[derive(Clone, Debug)]
pub struct Judged {
    /// The claim's file.
    pub document: Arc<Document>,
    /// Where the claim stands.
    pub span: Span,
    /// The part that is wrong, in the document.
    pub wrong: Option<Span>,
    /// How the claim was understood.
    pub paraphrase: String,
    /// The verdict.
    pub verdict: Verdict,
    /// Why.
    pub code: Code,
    /// Why, in words.
    pub message: String,
    /// What decides it.
    pub evidence: Vec<Evidence>,
    /// What it rests on.
    pub assumptions: Vec<Assumption>,
    /// The verdict without assumptions.
    pub strict: Verdict,
    /// The claim as it would be right.
    pub correction: Option<String>,
    /// What would settle an unknown.
    pub settle: Option<String>,
    /// What would make an unknown true, and what false.
    pub stories: Option<Stories>,
    /// What the claim's author expects, as written.
    pub expected: Option<String>,
    /// What comes of it: whether it fails the run.
    pub level: Level,
    /// Why it does not fail the run though it would.
    pub accepted: Option<Accepted>,
}

impl Judged {
    /// A verdict that needs no record and rests on nothing: its level is that of what is as it should be, until a policy gives
    /// another.
    pub fn new(document: &Arc<Document>, span: Span, paraphrase: String, (verdict, code): (Verdict, Code), message: String) -> Self {
        Self {
            document: Arc::clone(document),
            span,
            wrong: None,
            paraphrase,
            verdict,
            code,
            message,
            evidence: Vec::new(),
            assumptions: Vec::new(),
            strict: verdict,
            correction: None,
            settle: None,
            stories: None,
            expected: None,
            level: Level::Allow,
            accepted: None,
        }
    }
}

/// How a finding that would fail or warn came to be accepted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Accepted {
    /// Beside the claim, with a reason.
    InPlace(String),
    /// It stood in the baseline.
    Baseline,
}

impl Accepted {
    /// The reason in words.
    pub fn why(&self) -> &str {
        match self {
            Self::InPlace(reason) => reason,
            Self::Baseline => "in the baseline",
        }
    }
}

/// What a finding means for the run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// It is as it should be.
    Allow,
    /// It is counted and shown.
    Warn,
    /// It fails the run.
    Deny,
}

/// A fact that decides, with the words that prove it.
#[derive(Clone, Debug)]
pub struct Evidence {
    /// The fact in its own words.
    pub fact: String,
    /// The words of the source, and where they stand; none for a fact without a quote.
    pub quote: Option<(String, Arc<Document>, Span)>,
    /// Where the fact itself stands.
    pub stated: (Arc<Document>, Span),
    /// The source's date.
    pub date: Option<String>,
    /// Who is reported as saying so.
    pub per: Option<String>,
}

/// How much there was, and how it ended.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Summary {
    /// Claims by verdict.
    pub supported: usize,
    /// Claims by verdict.
    pub contradicted: usize,
    /// Claims by verdict.
    pub unknown: usize,
    /// Claims in all, refused ones included.
    pub claims: usize,
    /// Facts in all.
    pub facts: usize,
    /// Sources in all.
    pub sources: usize,
    /// Claim files.
    pub files: usize,
    /// Texts that are wrong.
    pub errors: usize,
    /// Claims whose verdict is not the expected one, or that fail without one.
    pub failed: usize,
    /// Claims that were refused, as their author expects.
    pub refused: usize,
    /// Findings that are shown and do not fail the run.
    pub warnings: usize,
    /// Findings that were accepted in place or stood in the baseline.
    pub suppressed: usize,
    /// The exit code.
    pub exit_code: u8,
}

impl Summary {
    /// Adds the counts of another part of the same run; how it ends is left as it is.
    pub fn add(&mut self, other: &Self) {
        let pairs = [
            (&mut self.supported, other.supported),
            (&mut self.contradicted, other.contradicted),
            (&mut self.unknown, other.unknown),
            (&mut self.claims, other.claims),
            (&mut self.facts, other.facts),
            (&mut self.sources, other.sources),
            (&mut self.files, other.files),
            (&mut self.errors, other.errors),
            (&mut self.failed, other.failed),
            (&mut self.refused, other.refused),
            (&mut self.warnings, other.warnings),
            (&mut self.suppressed, other.suppressed),
        ];
        for (count, more) in pairs {
            *count = count.saturating_add(more);
        }
    }
}

impl Finding {
    /// The finding in a few lines of text, for formats that have room for one text only. Nothing in them is escaped.
    fn told(&self) -> Vec<String> {
        let mut lines = vec![format!("{}: {}", self.kind(), self.message())];
        match self {
            Self::Verdict(judged) => {
                lines.extend(judged.evidence.iter().map(Evidence::told));
                if !judged.assumptions.is_empty() {
                    let names: Vec<&str> = judged.assumptions.iter().map(|assumption| assumption.name()).collect();
                    lines.push(format!("rests on: {} (strict: {})", names.join(", "), judged.strict.name()));
                }
                lines.extend(judged.correction.iter().map(|correction| format!("correct: {correction}")));
                lines.extend(judged.settle.iter().map(|settle| format!("would settle it: {settle}")));
                lines.extend(judged.expected.iter().map(|expected| format!("expected: {expected}")));
            }
            Self::Diagnostic(diagnostic) => lines.extend(diagnostic.help.iter().map(|help| format!("help: {help}"))),
        }
        lines
    }
}

impl Evidence {
    /// Where the words that prove it stand: in the source, else the fact itself.
    pub fn place(&self) -> (&Arc<Document>, Span) {
        match &self.quote {
            Some((_, document, span)) => (document, *span),
            None => (&self.stated.0, self.stated.1),
        }
    }

    /// The evidence in one line of text. Nothing in it is escaped.
    fn told(&self) -> String {
        let (document, span) = self.place();
        let at = document.position(span.start);
        let words = self.quote.as_ref().map_or(&self.fact, |(words, _, _)| words);
        let mut told = format!("recorded: \"{words}\" ({}:{}:{}", document.name(), at.line, at.column);
        if let Some(date) = &self.date {
            told.push_str(", ");
            told.push_str(date);
        }
        if let Some(per) = &self.per {
            told.push_str(", per ");
            told.push_str(per);
        }
        told.push(')');
        told
    }
}
