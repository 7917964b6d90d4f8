//! A fact base drafted from an article: its names, and each statement that was understood with the words that carry it.
//!
//! In: an article and the vocabulary. Out: a [`Draft`] of names and facts in the order of the text, and the fact file that it
//! makes. What it writes is read again before it is given out: a statement that does not come back as it was is commented
//! out with the reason. Never: writes a file.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::sync::Arc;

use super::names::{Line, Proposals, propose};
use super::{Article, Left, Memory, read_sentence, sentences};
use crate::statement::{Body, Clause, Context, Filler, Statement, Time, in_words, resolve};
use crate::syntax;
use crate::text::{BlockKind, Document, Span};
use crate::time::Day;
use crate::vocabulary::{Builder, PRESS, Vocabulary, load};

/// What an article says, as far as it was understood.
#[derive(Clone, Debug)]
pub struct Draft {
    /// Whom and what it names.
    pub names: Proposals,
    /// What it says, in the order of the text.
    pub facts: Vec<DraftFact>,
    /// Sentences that were left alone, each with the reason.
    pub left: Vec<(Span, Left)>,
    /// The day that the article is of.
    pub date: Option<Day>,
    /// The standard vocabulary and the article's names.
    pub vocabulary: Vocabulary,
}

/// A statement of an article with its words.
#[derive(Clone, Debug)]
pub struct DraftFact {
    /// In our language.
    pub words: String,
    /// What it says.
    pub statement: Statement,
    /// The sentence, in the document.
    pub quote: Span,
    /// Where in it the statement stands.
    pub place: Span,
    /// Why a person should look at it before it counts.
    pub doubt: Option<String>,
}

/// Drafts the facts of an article on top of a vocabulary.
pub fn derive(article: &Article, standard: Builder) -> Draft {
    let spans: Vec<(usize, Span)> = article
        .blocks
        .iter()
        .enumerate()
        .filter(|(_, block)| !matches!(block.kind, BlockKind::Code(_) | BlockKind::Comment | BlockKind::Quotation | BlockKind::Byline))
        .flat_map(|(at, block)| sentences(block).map(move |span| (at, span)))
        .collect();
    let text_of = |(at, span): &(usize, Span)| article.blocks.get(*at).map(|block| span.of(&block.text)).unwrap_or_default();
    let heading = |at: usize| article.blocks.get(at).is_some_and(|block| matches!(block.kind, BlockKind::Title | BlockKind::Heading(_)));
    let lines: Vec<Line<'_>> = spans.iter().map(|one| Line { text: text_of(one), heading: heading(one.0) }).collect();
    let names = propose(&lines, &with_press(standard.clone()));
    let vocabulary = with_names(standard, &names);
    let date = article.date.map(|date| date.value);
    let mut draft = Draft { names, facts: Vec::new(), left: Vec::new(), date, vocabulary };
    let mut memory = Memory::default();
    let mut known = BTreeSet::new();
    for one in &spans {
        let Some(block) = article.blocks.get(one.0) else { continue };
        let in_document = |span: Span| block.source_span(span.shifted(one.1.start));
        let sentence = read_sentence(text_of(one), &draft.vocabulary, date, &mut memory);
        let quote = block.source_span(one.1);
        if let Some(left) = sentence.left {
            draft.left.push((quote, left));
        }
        for reading in sentence.readings {
            let words = in_words(&reading.statement, &draft.vocabulary);
            if !known.insert(words.clone()) {
                continue;
            }
            let doubt = doubt(&reading.statement, &words, &draft.vocabulary, date);
            draft.facts.push(DraftFact { words, statement: reading.statement, quote, place: in_document(reading.span), doubt });
        }
    }
    draft
}

/// Why a statement should be looked at: it does not come back as it was, or it says nothing about a time and leans on none.
fn doubt(statement: &Statement, words: &str, vocabulary: &Vocabulary, date: Option<Day>) -> Option<String> {
    let context = Context { document: date, previous: None };
    match syntax::statement(words).and_then(|written| resolve(&written, words, vocabulary, &context)) {
        Err(problem) => return Some(format!("in these words it is not understood: {}", problem.message)),
        Ok(again) if in_words(&again, vocabulary) != words => return Some("these words say something else than the sentence".to_owned()),
        Ok(_) => {}
    }
    let clauses = statement.clauses();
    let vague = clauses.iter().any(|clause| clause.roles.iter().all(|filler| matches!(filler, Filler::Open)));
    vague.then(|| "it does not say who or what".to_owned())
}

fn with_press(mut builder: Builder) -> Vocabulary {
    read_into(&mut builder, PRESS.0, PRESS.1);
    builder.finish().0
}

fn with_names(mut builder: Builder, names: &Proposals) -> Vocabulary {
    read_into(&mut builder, "names", &declarations(names));
    builder.finish().0
}

fn read_into(builder: &mut Builder, name: &str, text: &str) {
    let document = Arc::new(Document::new(name, text));
    let mut problems = Vec::new();
    load(&document, builder, &mut problems, |_| {});
}

/// The lines that declare what an article names.
fn declarations(names: &Proposals) -> String {
    let mut lines = String::new();
    for (kind, total) in &names.totals {
        let _ = writeln!(lines, "kind {kind}: {total} in all");
    }
    for name in &names.names {
        let mut line = format!("name {}", written(&name.name));
        for (at, alias) in name.aliases.iter().enumerate() {
            let _ = write!(line, "{} {}", if at == 0 { ", also" } else { "," }, written(alias));
        }
        if !name.kinds.is_empty() {
            let _ = write!(line, ": {}", name.kinds.iter().cloned().collect::<Vec<_>>().join(", "));
        }
        let _ = writeln!(lines, "{line}");
    }
    lines
}

/// A name as a declaration takes it: between quotation marks where a mark would end it.
fn written(name: &str) -> String {
    let plain = name.chars().all(|c| !matches!(c, ',' | ':' | '(' | ')' | '=' | '"' | '{' | '}' | '<' | '>' | '#'));
    if plain { name.to_owned() } else { format!("\"{}\"", name.replace('"', "\\\"")) }
}

/// Words on one line between quotation marks.
fn quoted(words: &str) -> String {
    let line = words.split_whitespace().collect::<Vec<_>>().join(" ");
    format!("\"{}\"", line.replace('"', "\\\""))
}

impl Draft {
    /// The fact file: names, then facts with their quotes, in the order of the article. `id` is what the source is called in
    /// it, `path` where it lies, seen from the fact file.
    pub fn fact_file(&self, document: &Document, id: &str, path: &str) -> String {
        let mut file = String::new();
        let _ = writeln!(file, "# Drafted from {path}. Read each fact against its quote before you rely on it.\n");
        let _ = writeln!(file, "source {id} {}\n", quoted(path));
        let _ = writeln!(file, "# --- whom and what it names ---\n{}", declarations(&self.names));
        let _ = writeln!(file, "# --- what it says ---");
        let mut facts = self.facts.iter().peekable();
        let mut left = self.left.iter().peekable();
        loop {
            let next_left = match (facts.peek(), left.peek()) {
                (None, None) => break,
                (Some(fact), Some((span, _))) => span.start < fact.quote.start,
                (None, Some(_)) => true,
                (Some(_), None) => false,
            };
            if next_left {
                if let Some((span, why)) = left.next() {
                    let _ = writeln!(file, "# not read, {}: {}", why.reason(), quoted(span.of(document.text())));
                }
            } else if let Some(fact) = facts.next() {
                let quote = quoted(fact.quote.of(document.text()));
                match &fact.doubt {
                    Some(why) => {
                        let _ = writeln!(file, "# doubtful, {why}:\n# {}\n#     > {quote}", fact.words);
                    }
                    None => {
                        let _ = writeln!(file, "{}\n    > {quote}", fact.words);
                    }
                }
            }
        }
        file
    }
}

/// Who is said to say a statement.
pub fn speaker<'v>(statement: &Statement, vocabulary: &'v Vocabulary) -> Option<&'v str> {
    let Body::Clause(clause) = &statement.body else { return None };
    clause.roles.iter().any(|filler| matches!(filler, Filler::Said(_))).then_some(())?;
    match clause.roles.first() {
        Some(Filler::Name(name, _)) => Some(vocabulary.name(*name).name.as_str()),
        _ => None,
    }
}

/// The first and last day that a clause's own dates allow.
pub fn bounds(clause: &Clause) -> (Option<Day>, Option<Day>) {
    let sets = clause.times.iter().filter_map(|time| match time {
        Time::Window { days, .. } => Some(&days.strong),
        _ => None,
    });
    let finite = |day: Day| day.is_finite().then_some(day);
    let mut bounds = (None, None);
    for set in sets {
        bounds = (set.first().and_then(finite), set.last().and_then(finite));
    }
    bounds
}
