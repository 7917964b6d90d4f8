//! Statements that somebody else's program proposes for an article, such as a language model.
//!
//! In: an article's draft with its names, its document, and what was proposed. Out: the same draft with the proposals that hold as
//! its facts, in the order of the article, and the others with the reason. Never: takes a statement that is not understood to its
//! last word or a quote that the document does not have; writes the proposer's words on: what is written is our own wording of
//! what was understood.

use std::collections::BTreeSet;

use super::derive::{DraftFact, doubt};
use super::{Article, Draft};
use crate::statement::{Context, in_words, resolve};
use crate::syntax;
use crate::text::limits::LONGEST_STATEMENT;
use crate::text::{Block, Document, Folded, Problem, Span};

/// A statement with the words that are to prove it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Extracted {
    /// In our language.
    pub statement: String,
    /// Words of the document.
    pub quote: String,
}

/// A proposal that was not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// Which, counted from 0.
    pub at: usize,
    /// Why.
    pub problem: Problem,
}

/// Puts what was proposed in the place of a draft's own facts.
pub fn extracted(mut draft: Draft, article: &Article, document: &Document, proposed: &[Extracted]) -> (Draft, Vec<Refusal>) {
    let places = Places::new(article, document);
    let mut refused = Vec::new();
    let mut facts = Vec::new();
    let mut known = BTreeSet::new();
    for (at, one) in proposed.iter().enumerate() {
        match taken(&draft, &places, one) {
            // Said twice, it is one fact.
            Ok(fact) if !known.insert(fact.words.clone()) => {}
            Ok(fact) => facts.push(fact),
            Err(problem) => refused.push(Refusal { at, problem }),
        }
    }
    facts.sort_by_key(|fact| fact.quote);
    draft.facts = facts;
    draft.left.clear();
    (draft, refused)
}

fn taken(draft: &Draft, places: &Places<'_>, proposed: &Extracted) -> Result<DraftFact, Problem> {
    let text = proposed.statement.trim();
    let whole = Span::new(0, text.len());
    let context = Context { document: draft.date, previous: None };
    let statement = syntax::statement(text).and_then(|written| resolve(&written, text, &draft.vocabulary, &context))?;
    if let Some((words, span)) = statement.unknown_name() {
        return Err(Problem::new("unknown-name", span, format!("`{words}` is no name that the article gives")));
    }
    let words = in_words(&statement, &draft.vocabulary);
    if let Some(why) = doubt(&statement, &words, &draft.vocabulary, draft.date) {
        return Err(Problem::new("not-understood", whole, why));
    }
    if syntax::is_declaration(&words) {
        return Err(Problem::new("not-understood", whole, "in a fact file this line would declare something"));
    }
    if proposed.quote.len() > LONGEST_STATEMENT {
        return Err(Problem::new("too-long", whole, format!("a quote has at most {LONGEST_STATEMENT} bytes")));
    }
    let Some(quote) = places.find(&proposed.quote) else {
        return Err(Problem::new("absent-quote", whole, "its quote does not stand in the article word for word"));
    };
    Ok(DraftFact { words, statement, quote, place: quote, doubt: None })
}

/// Where words stand in a document: as it is in the file, or as it is read, without markup.
struct Places<'a> {
    file: (&'a str, Folded),
    blocks: Vec<(&'a Block, Folded)>,
}

impl<'a> Places<'a> {
    fn new(article: &'a Article, document: &'a Document) -> Self {
        let blocks = article.blocks.iter().map(|block| (block, Folded::new(&block.text))).collect();
        Self { file: (document.text(), Folded::new(document.text())), blocks }
    }

    fn find(&self, quote: &str) -> Option<Span> {
        let span = |range: std::ops::Range<usize>| Span::new(range.start, range.end);
        let (text, folded) = &self.file;
        folded.find(quote, text).map(span).or_else(|| {
            self.blocks.iter().find_map(|(block, folded)| folded.find(quote, &block.text).map(|range| block.source_span(span(range))))
        })
    }
}
