//! Verdicts to text: one model, one file per format.
//!
//! In: what a run found, as a [`Report`]. Out: text for people or programs. Never: decides anything, writes a file.

mod human;
mod jsonl;

pub use human::human;
pub use jsonl::jsonl;

use std::sync::Arc;

use serde::Serialize;

use crate::text::{Diagnostic, Document, Span};
use crate::verdict::{Assumption, Code, Stories, Verdict};

/// What a run found, sorted by file and place.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// Verdicts and faults, sorted by file and place.
    pub findings: Vec<Finding>,
    /// How much there was.
    pub summary: Summary,
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
}

/// What a finding means for the run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
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
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
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
    /// Findings that were accepted in place.
    pub suppressed: usize,
    /// The exit code.
    pub exit_code: u8,
}
