//! What is wrong with a text: a finding with a code, a place, a message and a remedy. It is collected, never thrown.

use std::sync::Arc;

use super::{Document, Span};

/// A fault of one statement or line, placed in that statement's own text; a [`Diagnostic`] places it in a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Stable, lower-case name; `factum explain CODE` tells more.
    pub code: &'static str,
    /// What is wrong, lower case, without a full stop.
    pub message: String,
    /// Where, in the statement's text.
    pub span: Span,
    /// What to do about it; may be empty.
    pub help: Vec<String>,
    /// What the statement may have been meant to say; the help has the same in words.
    pub suggestions: Vec<Suggestion>,
}

/// Other words for a stretch of a text. What is suggested for a statement was read with them and understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suggestion {
    /// What they stand in the place of.
    pub span: Span,
    /// The words.
    pub text: String,
}

impl std::fmt::Display for Problem {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str(&self.message)
    }
}

impl std::error::Error for Problem {}

impl Problem {
    /// A problem without help.
    pub fn new(code: &'static str, span: Span, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), span, help: Vec::new(), suggestions: Vec::new() }
    }

    /// The same with one more line of help.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help.push(help.into());
        self
    }

    /// The same with a line of help where there is one.
    #[must_use]
    pub fn maybe_help(mut self, help: Option<String>) -> Self {
        self.help.extend(help);
        self
    }

    /// The same in a text in which the statement starts at byte `offset`.
    #[must_use]
    pub fn shifted(mut self, offset: usize) -> Self {
        self.span = self.span.shifted(offset);
        self.suggestions.iter_mut().for_each(|suggestion| suggestion.span = suggestion.span.shifted(offset));
        self
    }

    /// The same, placed in a document in which the statement starts at byte `offset`.
    pub fn at(self, document: &Arc<Document>, offset: usize) -> Diagnostic {
        let shifted = |suggestion: Suggestion| Suggestion { span: suggestion.span.shifted(offset), ..suggestion };
        Diagnostic {
            severity: Severity::Error,
            code: self.code,
            message: self.message,
            document: Arc::clone(document),
            span: self.span.shifted(offset),
            label: None,
            others: Vec::new(),
            help: self.help,
            suggestions: self.suggestions.into_iter().map(shifted).collect(),
        }
    }
}

/// A second place that belongs to a finding.
#[derive(Clone, Debug)]
pub struct Label {
    /// The document it stands in.
    pub document: Arc<Document>,
    /// Where in it.
    pub span: Span,
    /// What is there.
    pub text: String,
}

/// How bad a fault of a text is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// It is as its author expects.
    Expected,
    /// All was read, but something in it does not do what its author may think.
    Warning,
    /// It could not be read as it is.
    #[default]
    Error,
}

/// A fault of a text, with its place.
#[derive(Clone, Debug)]
pub struct Diagnostic {
    /// How bad it is.
    pub severity: Severity,
    /// Stable, lower-case name.
    pub code: &'static str,
    /// What is wrong.
    pub message: String,
    /// The document.
    pub document: Arc<Document>,
    /// Where in it.
    pub span: Span,
    /// What is said at the place itself.
    pub label: Option<String>,
    /// Other places that belong to it.
    pub others: Vec<Label>,
    /// What to do about it.
    pub help: Vec<String>,
    /// Other words for a stretch of the document that would do; the help has the same in words.
    pub suggestions: Vec<Suggestion>,
}
