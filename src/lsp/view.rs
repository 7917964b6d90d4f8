//! What a question about a place in a text is answered from, and which questions there are.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Serialize;
use serde_json::Value;

use super::documents::Text;
use super::frame::Frame;
use super::record::{Content, State};
use super::shelf::Answers;
use super::workspace::Kind;
use super::{completion, definition, fixes, hover, inlay, references};
use crate::check::{Policy, Question, Text as TextKind};
use crate::cli::project::Place;
use crate::report::{Finding, Judged};
use crate::statement::{Context, Statement, resolve};
use crate::syntax;
use crate::text::{Document, Problem, Span};
use crate::verdict::Judge;
use crate::vocabulary::{Vocabulary, without_comment};

/// A question about a place in a text.
#[derive(Clone, Copy, Debug)]
pub(super) enum Ask {
    Hover(usize),
    Definition(usize),
    /// What decides the claim.
    Evidence(usize),
    References {
        at: usize,
        declared: bool,
    },
    Completion(usize),
    Fixes(Span),
    Inlay(Span),
}

/// What a question is answered from.
pub(super) struct View<'v, 'b> {
    pub(super) judge: &'v Judge<'b>,
    pub(super) answers: &'v Answers,
    pub(super) policy: &'v Policy,
    /// The fact files of the record.
    pub(super) facts: &'v [Place],
    /// What is open elsewhere, as it was when the record was loaded.
    pub(super) unsaved: &'v BTreeMap<String, Arc<Document>>,
    pub(super) frame: &'v Frame,
    pub(super) text: &'v Text,
    /// All texts that are open and checked against the record.
    pub(super) texts: &'v BTreeMap<String, Text>,
    pub(super) state: &'v State,
}

/// Answers a question.
pub(super) fn answer(view: &View<'_, '_>, ask: &Ask) -> Value {
    match *ask {
        Ask::Hover(at) => value(hover::hover(view, at)),
        Ask::Definition(at) => value(definition::definition(view, at)),
        Ask::Evidence(at) => value(definition::evidence(view, at)),
        Ask::References { at, declared } => value(references::references(view, at, declared)),
        Ask::Completion(at) => value(completion::completion(view, at)),
        Ask::Fixes(span) => value(fixes::fixes(view, span)),
        Ask::Inlay(span) => value(inlay::hints(view, span)),
    }
}

fn value(answer: impl Serialize) -> Value {
    serde_json::to_value(answer).unwrap_or(Value::Null)
}

/// A line of a text, as our languages lay it out.
#[derive(Clone, Copy, Debug)]
pub(super) struct Line<'t> {
    /// The line without comment and blanks around.
    pub(super) words: &'t str,
    /// The byte of the text at which they start.
    pub(super) offset: usize,
    /// Whether blanks stand before them.
    pub(super) indented: bool,
    /// The byte at which the line starts.
    pub(super) start: usize,
    /// The byte at which the line ends, comment included.
    pub(super) end: usize,
}

/// The line in which a byte stands.
pub(super) fn line_at(document: &Document, at: usize) -> Line<'_> {
    let (start, whole) = document.line_at(at);
    let written = without_comment(whole);
    let written = written.strip_prefix('\u{feff}').unwrap_or(written);
    let mark = whole.len().min(if whole.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 });
    let indent = written.len().saturating_sub(written.trim_start().len());
    let offset = start.saturating_add(mark).saturating_add(indent);
    Line { words: written.trim(), offset, indented: indent > 0, start, end: start.saturating_add(whole.len()) }
}

impl View<'_, '_> {
    pub(super) fn document(&self) -> &Arc<Document> {
        &self.text.document
    }

    pub(super) fn vocabulary(&self) -> &Vocabulary {
        &self.judge.base().vocabulary
    }

    pub(super) fn kind(&self) -> Kind {
        Kind::of(self.document().name())
    }

    /// The findings that touch a stretch of the text; their claims are judged now, if they were not.
    pub(super) fn findings(&self, span: Span) -> Vec<Finding> {
        self.found(span, |_| true)
    }

    /// The findings that touch a stretch of the text and are known already.
    pub(super) fn judged_so_far(&self, span: Span) -> Vec<Finding> {
        self.found(span, |question| self.answers.known(question).is_some())
    }

    fn found(&self, span: Span, wanted: impl Fn(Question<'_>) -> bool) -> Vec<Finding> {
        let touches = |other: Span| other.start <= span.end && span.start <= other.end;
        let ask = |question: Question<'_>| self.answers.of(self.judge, question);
        let mut found: Vec<Finding> = match &self.state.content {
            Content::Claims(claims) => {
                let here = claims.iter().filter(|claim| Arc::ptr_eq(claim.document(), self.document()));
                let near = here.filter(|claim| touches(Span::new(claim.offset(), claim.offset().saturating_add(claim.text().len()))));
                let near = near.filter(|claim| claim.question().is_none_or(&wanted));
                near.flat_map(|claim| claim.findings_by(self.judge, self.policy, TextKind::Claims, &ask)).collect()
            }
            Content::Draft(draft) if self.state.content.questions().into_iter().all(|(_, question)| wanted(question)) => {
                draft.findings_by(self.judge, self.policy, self.document(), &ask)
            }
            Content::Draft(_) | Content::Nothing => Vec::new(),
        };
        found.retain(|finding| touches(finding.place().1));
        found
    }

    /// The verdicts on the claims at a place: the shortest claim first, as the one that is meant.
    pub(super) fn verdicts(&self, at: usize) -> Vec<Judged> {
        let mut found: Vec<Judged> = self
            .findings(Span::new(at, at))
            .into_iter()
            .filter_map(|finding| match finding {
                Finding::Verdict(judged) => Some(*judged),
                Finding::Diagnostic(_) => None,
            })
            .collect();
        found.sort_by_key(|judged| (judged.span.end.saturating_sub(judged.span.start), judged.span.start));
        found
    }

    /// Reads words as a statement, without the lines before them.
    pub(super) fn read(&self, words: &str) -> Result<Statement, Problem> {
        let context = Context { document: self.judge.settings().as_of.or_else(|| self.judge.base().end()), previous: None };
        syntax::statement(words).and_then(|written| resolve(&written, words, self.vocabulary(), &context))
    }

    pub(super) fn line(&self, at: usize) -> Line<'_> {
        line_at(self.document(), at)
    }
}
