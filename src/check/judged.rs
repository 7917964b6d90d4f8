//! What a judge says of a statement, with all that is shown of it.
//!
//! In: a statement that was understood, and where it stands. Out: a [`Judged`]. Never: gives it a level other than that of what
//! is as it should be; that is for the policy and for what the claim's author expects.

use std::sync::Arc;

use crate::facts::Fact;
use crate::report::{Evidence, Judged};
use crate::statement::{Statement, in_words};
use crate::text::{Document, Span};
use crate::time::Day;
use crate::verdict::{Judge, explain};

/// A statement as it is claimed.
#[derive(Clone, Copy, Debug)]
pub struct Said<'s> {
    /// Its words; the spans of the statement are spans of these.
    pub words: &'s str,
    /// What they mean.
    pub statement: &'s Statement,
    /// The day that it speaks from, where its file gives one.
    pub as_of: Option<Day>,
}

/// The verdict on a statement that stands at a place. `in_file` tells where a part of its words stands in the file, if it does.
pub fn judged(
    judge: &Judge<'_>,
    said: &Said<'_>,
    (document, span): (&Arc<Document>, Span),
    in_file: impl Fn(Span) -> Option<Span>,
) -> Judged {
    let judgement = judge.judge(said.statement, said.as_of);
    let explanation = explain(judge, said.words, said.statement, &judgement, said.as_of);
    let facts = judgement.facts.iter().filter_map(|at| judge.base().facts.get(*at));
    let paraphrase = in_words(said.statement, &judge.base().vocabulary);
    Judged {
        wrong: explanation.wrong.and_then(in_file),
        evidence: facts.map(|fact| evidence(judge, fact)).collect(),
        assumptions: judgement.assumptions,
        strict: judgement.strict,
        correction: explanation.correction,
        settle: explanation.settle,
        stories: explanation.stories,
        ..Judged::new(document, span, paraphrase, (judgement.verdict, judgement.code), explanation.message)
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
