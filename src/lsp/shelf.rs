//! What was read and judged before, so that a change costs what changed.
//!
//! In: lines, statements, questions. Out: what they come to, from memory where they came up before. Never: outlives the fact
//! base that it was asked of; grows without bound.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use crate::check::{Anew, Answer, Question, Reads};
use crate::statement::{Context, Statement};
use crate::syntax::ClaimLine;
use crate::text::Problem;
use crate::time::Day;
use crate::verdict::Judge;
use crate::vocabulary::Vocabulary;

/// How many lines, statements or answers are kept, each.
const MOST_KEPT: usize = 50_000;

/// Lines and statements as they were read.
#[derive(Debug, Default)]
pub(super) struct Read {
    lines: HashMap<String, Result<ClaimLine, Problem>>,
    statements: HashMap<(String, Option<Day>, Option<Day>), Result<Statement, Problem>>,
}

impl Reads for Read {
    fn line(&mut self, text: &str) -> Result<ClaimLine, Problem> {
        if let Some(known) = self.lines.get(text) {
            return known.clone();
        }
        let line = Anew.line(text);
        if self.lines.len() >= MOST_KEPT {
            self.lines.clear();
        }
        self.lines.insert(text.to_owned(), line.clone());
        line
    }

    fn statement(&mut self, words: &str, vocabulary: &Vocabulary, context: &Context) -> Result<Statement, Problem> {
        let key = (words.to_owned(), context.document, context.previous);
        if let Some(known) = self.statements.get(&key) {
            return known.clone();
        }
        let statement = Anew.statement(words, vocabulary, context);
        if self.statements.len() >= MOST_KEPT {
            self.statements.clear();
        }
        self.statements.insert(key, statement.clone());
        statement
    }
}

/// Words with the day that they speak from; they may have been understood in more than one way, by what stood before them.
type Asked = (String, Option<Day>);

/// Questions with their answers.
#[derive(Debug, Default)]
pub(super) struct Answers(Mutex<HashMap<Asked, Vec<(Statement, Arc<Answer>)>>>);

impl Answers {
    /// The answer, if the question was asked before.
    pub(super) fn known(&self, question: Question<'_>) -> Option<Arc<Answer>> {
        let answers = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let same = answers.get(&(question.words.to_owned(), question.as_of))?;
        same.iter().find(|(statement, _)| statement == question.statement).map(|(_, answer)| Arc::clone(answer))
    }

    /// The answer, from the judge where the question is new.
    pub(super) fn of(&self, judge: &Judge<'_>, question: Question<'_>) -> Arc<Answer> {
        if let Some(known) = self.known(question) {
            return known;
        }
        // Nobody waits for the lock while a judge thinks.
        let answer = Arc::new(Answer::new(judge, question));
        let mut answers = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if answers.len() >= MOST_KEPT {
            answers.clear();
        }
        let asked = (question.words.to_owned(), question.as_of);
        answers.entry(asked).or_default().push((question.statement.clone(), Arc::clone(&answer)));
        answer
    }
}
