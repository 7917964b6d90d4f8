//! What a judge is asked and answers, apart from the place that a claim stands at: so that an editor, in which most lines stay as
//! they are, asks once.
//!
//! In: a statement with its words and the day that it speaks from. Out: an [`Answer`]. Never: knows a file.

use std::sync::Arc;

use super::evidence;
use crate::report::Evidence;
use crate::statement::{Context, Statement, in_words, resolve};
use crate::syntax::{self, ClaimLine, claim_line};
use crate::text::Problem;
use crate::time::Day;
use crate::verdict::{Explanation, Judge, Judgement, explain};
use crate::vocabulary::Vocabulary;

/// What a judge is asked.
#[derive(Clone, Copy, Debug)]
pub struct Question<'q> {
    /// The claim's own words.
    pub words: &'q str,
    /// What they say.
    pub statement: &'q Statement,
    /// The day that the claim speaks from, where its file gives one.
    pub as_of: Option<Day>,
}

/// What a judge answers. Its places are places in the claim's words.
#[derive(Clone, Debug)]
pub struct Answer {
    /// The verdict.
    pub judgement: Judgement,
    /// Why.
    pub explanation: Explanation,
    /// The facts that decide.
    pub evidence: Vec<Evidence>,
    /// How the claim was understood.
    pub paraphrase: String,
}

/// Whoever gives answers.
pub type Ask<'a> = dyn Fn(Question<'_>) -> Arc<Answer> + Sync + 'a;

impl Answer {
    /// Asks a judge.
    pub fn new(judge: &Judge<'_>, question: Question<'_>) -> Self {
        let Question { words, statement, as_of } = question;
        let judgement = judge.judge(statement, as_of);
        let explanation = explain(judge, words, statement, &judgement, as_of);
        let evidence = judgement.facts.iter().filter_map(|at| judge.base().facts.get(*at)).map(|fact| evidence(judge, fact)).collect();
        Self { judgement, explanation, evidence, paraphrase: in_words(statement, &judge.base().vocabulary) }
    }
}

/// Whoever reads lines and statements: anew, or from memory.
pub trait Reads {
    /// A line of a claim file.
    ///
    /// # Errors
    /// As [`claim_line`].
    fn line(&mut self, text: &str) -> Result<ClaimLine, Problem>;

    /// What a claim says.
    ///
    /// # Errors
    /// The [`Problem`] of a claim that is not understood.
    fn statement(&mut self, words: &str, vocabulary: &Vocabulary, context: &Context) -> Result<Statement, Problem>;
}

/// Reads everything anew.
#[derive(Clone, Copy, Debug, Default)]
pub struct Plain;

impl Reads for Plain {
    fn line(&mut self, text: &str) -> Result<ClaimLine, Problem> {
        claim_line(text)
    }

    fn statement(&mut self, words: &str, vocabulary: &Vocabulary, context: &Context) -> Result<Statement, Problem> {
        syntax::statement(words).and_then(|written| resolve(&written, words, vocabulary, context))
    }
}
