//! What a judge is asked and answers, apart from the place that a claim stands at: so that an editor, in which most lines stay as
//! they are, asks once.
//!
//! In: a statement with its words and the day that it speaks from. Out: an [`Answer`]. Never: knows a file.

use std::sync::Arc;

use crate::facts::Fact;
use crate::report::{Evidence, Judged};
use crate::statement::{Context, Statement, in_words, understand};
use crate::syntax::{ClaimLine, claim_line};
use crate::text::{Document, Problem, Span};
use crate::time::Day;
use crate::verdict::{Code, Explanation, Judge, Judgement, Plain, explain};
use crate::vocabulary::Vocabulary;

/// What a judge is asked.
#[derive(Clone, Copy, Debug)]
pub struct Question<'q> {
    /// The claim's own words; the spans of the statement are spans of these.
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
    /// Asks a judge. Where rows stand in columns, the judge is asked about those that the claim touches.
    pub fn new(judge: &Judge<'_>, question: Question<'_>) -> Self {
        if judge.base().columns.is_empty() {
            return Self::explained(judge, question, judge.judge(question.statement, question.as_of));
        }
        let plain = Plain::of(question.statement).and_then(|plain| Some((plain, judge.decide_plain(&plain, question.as_of)?)));
        if let Some((plain, decided)) = plain {
            let (mut judgement, fact) = judge.in_full(&plain, &decided);
            // What one row decides needs no other to be told; a correction and stories are tried on all that the claim touches.
            let alone = matches!(decided.code, Code::Recorded | Code::Follows | Code::OtherHolder);
            let base = match (!alone).then(|| judge.touched(question.statement)).flatten() {
                Some(touched) => {
                    let same = |other: &Fact| fact.as_ref().is_some_and(|fact| fact.words == other.words);
                    judgement.facts = touched.facts.iter().position(same).into_iter().collect();
                    touched
                }
                None => judge.only(fact),
            };
            return Self::explained(&judge.over(&base), question, judgement);
        }
        match judge.touched(question.statement) {
            Some(base) => {
                let judge = judge.over(&base);
                Self::explained(&judge, question, judge.judge(question.statement, question.as_of))
            }
            None => Self::explained(judge, question, judge.touches_too_much()),
        }
    }

    fn explained(judge: &Judge<'_>, question: Question<'_>, judgement: Judgement) -> Self {
        let Question { words, statement, as_of } = question;
        let explanation = explain(judge, words, statement, &judgement, as_of);
        let evidence = judgement.facts.iter().filter_map(|at| judge.base().facts.get(*at)).map(|fact| evidence(judge, fact)).collect();
        Self { judgement, explanation, evidence, paraphrase: in_words(statement, &judge.base().vocabulary) }
    }

    /// The answer as the verdict on a claim that stands at a place. `in_file` tells where a part of the claim's words stands in the
    /// file, if it does. Its level is that of what is as it should be: any other is for the policy and for what the author expects.
    pub fn at(&self, document: &Arc<Document>, span: Span, in_file: impl Fn(Span) -> Option<Span>) -> Judged {
        let Self { judgement, explanation, evidence, paraphrase } = self.clone();
        Judged {
            wrong: explanation.wrong.and_then(in_file),
            evidence,
            assumptions: judgement.assumptions,
            strict: judgement.strict,
            correction: explanation.correction,
            settle: explanation.settle,
            stories: explanation.stories,
            ..Judged::new(document, span, paraphrase, (judgement.verdict, judgement.code), explanation.message)
        }
    }
}

/// A fact with the words that prove it.
pub fn evidence(judge: &Judge<'_>, fact: &Fact) -> Evidence {
    let base = judge.base();
    let quote = fact.quotes.first();
    let source = quote.and_then(|quote| base.sources.get(quote.source));
    Evidence {
        fact: fact.words.clone(),
        quote: quote.zip(source).map(|(quote, source)| (quote.words.clone(), Arc::clone(&source.document), quote.span)),
        stated: (Arc::clone(&fact.document), fact.span),
        date: source.and_then(|source| source.date).map(|day| day.to_string()),
        per: fact.per.map(|name| base.vocabulary.name(name).name.clone()),
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
pub struct Anew;

impl Reads for Anew {
    fn line(&mut self, text: &str) -> Result<ClaimLine, Problem> {
        claim_line(text)
    }

    fn statement(&mut self, words: &str, vocabulary: &Vocabulary, context: &Context) -> Result<Statement, Problem> {
        understand(words, vocabulary, context)
    }
}
