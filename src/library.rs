//! The library in a few calls: load a folder's facts, read a claim, check it, say how its verdict comes about; or check all of a
//! folder as `factum check` does.
//!
//! In: paths and words. Out: the types of the other modules. Never: prints, looks at variables, ends the process.

use std::path::Path;
use std::sync::Arc;

use crate::check::{Answer, Question};
use crate::cli::Session;
use crate::facts::FactBase;
use crate::report::{Judged, Report, faults};
use crate::statement::{Context, Statement, in_words, resolve};
use crate::syntax;
use crate::text::{Diagnostic, Document, Problem};
use crate::time::Day;
use crate::verdict::{Derivation, Judge, derive};

/// Why a folder cannot be loaded or checked.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum LoadError {
    /// A file or folder, or the settings: what is wrong, in words.
    #[error("{0}")]
    Files(String),
    /// Facts that are not understood, quotes that are gone, sources that are missing.
    #[error("{}", in_lines(.0))]
    Facts(Vec<Diagnostic>),
}

fn in_lines(problems: &[Diagnostic]) -> String {
    let mut out = Vec::new();
    // Writing to memory cannot fail.
    let _ = faults(problems, &mut out);
    String::from_utf8_lossy(&out).trim_end().to_owned()
}

/// Loads a fact file, a table or all fact files of a folder, with the standard vocabulary. Each quote is looked up in its source.
///
/// # Errors
/// [`LoadError::Files`] where a file cannot be read, [`LoadError::Facts`] with all that is wrong in them.
pub fn load(path: impl AsRef<Path>) -> Result<FactBase, LoadError> {
    syntax::bound_parsers();
    let (base, problems) = Session::load(path.as_ref()).map_err(LoadError::Files)?;
    if problems.is_empty() { Ok(base) } else { Err(LoadError::Facts(problems)) }
}

/// Checks a claim file, a draft or a folder of them as `factum check` does, with the `factum.toml` above each and without the
/// environment. What is wrong in a text is a finding of the report.
///
/// # Errors
/// [`LoadError::Files`] where a file cannot be read or a setting is wrong.
pub fn check_path(path: impl AsRef<Path>) -> Result<Report, LoadError> {
    syntax::bound_parsers();
    Session::check(path.as_ref()).map_err(LoadError::Files)
}

/// A claim that has been understood.
#[derive(Clone, Debug)]
pub struct Claim {
    document: Arc<Document>,
    statement: Statement,
    as_of: Option<Day>,
}

impl Claim {
    /// Reads a claim with the words and names of a fact base.
    ///
    /// # Errors
    /// The [`Problem`] of a claim that is not understood, with its place in the text.
    pub fn read(base: &FactBase, text: &str) -> Result<Self, Problem> {
        Self::read_as_of(base, text, None)
    }

    /// The same, spoken on a day: "yesterday" and "last week" are counted from it.
    ///
    /// # Errors
    /// The [`Problem`] of a claim that is not understood, with its place in the text.
    pub fn read_as_of(base: &FactBase, text: &str, as_of: impl Into<Option<Day>>) -> Result<Self, Problem> {
        let as_of = as_of.into();
        let context = Context { document: as_of, previous: None };
        let statement = syntax::statement(text).and_then(|written| resolve(&written, text, &base.vocabulary, &context))?;
        Ok(Self { document: Arc::new(Document::new("claim", text)), statement, as_of })
    }

    /// Its words.
    #[must_use]
    pub fn text(&self) -> &str {
        self.document.text()
    }

    /// What they mean.
    #[must_use]
    pub fn statement(&self) -> &Statement {
        &self.statement
    }

    /// What they mean, in words again.
    #[must_use]
    pub fn paraphrase(&self, base: &FactBase) -> String {
        in_words(&self.statement, &base.vocabulary)
    }

    /// The verdict, with the quotes that prove it, what it rests on and, where there is one, the correction. The judge has to be
    /// one over the fact base that the claim was read with.
    #[must_use]
    pub fn check(&self, judge: &Judge<'_>) -> Judged {
        let question = Question { words: self.text(), statement: &self.statement, as_of: self.as_of };
        Answer::new(judge, question).at(&self.document, self.statement.span, Some)
    }

    /// How the verdict comes about: the steps from the facts, what it would be without each assumption, which facts were looked
    /// at in vain.
    #[must_use]
    pub fn explain(&self, judge: &Judge<'_>) -> Derivation {
        derive(judge, self.text(), &self.statement, self.as_of)
    }
}
