//! What is wrong with the record itself: facts that contradict one another, sources that contradict themselves, names that
//! nothing is said of.
//!
//! In: a [`Judge`] over a fact base. Out: [`Diagnostic`]s with their places, sorted. Never: takes a side.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::{Far, Fault, Own, Sentences, exclusions, far};
use crate::facts::{Columns, Fact, FactBase, Quote, Source, said};
use crate::prose::{Memory, article, derive, read_sentence, sentences};
use crate::statement::{Body, Filler, Statement};
use crate::text::{Block, BlockKind, Diagnostic, Document, Label, Problem, Severity, Span};
use crate::time::Day;
use crate::verdict::{Code, Judge, Settings};
use crate::vocabulary::{NameId, standard};

/// Looks through an article that no fact base names, by the facts that are derived from it.
pub fn audit_article(document: &Arc<Document>) -> Vec<Diagnostic> {
    let derived = derive(&article(document), standard(false).0);
    let source = Source::new("article", Arc::clone(document));
    let sure = derived.facts.into_iter().filter(|fact| fact.doubt.is_none());
    let speaker = |statement: &Statement| match &statement.body {
        Body::Clause(clause) => said(clause, &derived.vocabulary).map(|(name, ..)| name),
        _ => None,
    };
    let facts = sure.map(|fact| Fact {
        quotes: vec![Quote { source: 0, span: fact.quote, words: fact.quote.of(document.text()).to_owned() }],
        per: speaker(&fact.statement),
        horizon: source.date,
        span: fact.place,
        document: Arc::clone(document),
        words: fact.words,
        statement: fact.statement,
    });
    let facts = facts.collect();
    let base = FactBase {
        facts,
        vocabulary: Arc::new(derived.vocabulary),
        sources: vec![source],
        preferred: Vec::new(),
        trusted: Vec::new(),
        horizon: None,
        columns: Columns::default(),
        last: None,
        files: 1,
    };
    let judge = Judge::new(&base, Settings::default());
    let mut found: Vec<Diagnostic> = base.sources.iter().flat_map(|source| within(&judge, source)).collect();
    found.sort_by(|a, b| (a.span, a.code).cmp(&(b.span, b.code)));
    found
}

/// Looks through a fact base and its sources.
pub fn audit(judge: &Judge<'_>) -> Vec<Diagnostic> {
    let mut found = clashes(judge);
    for source in &judge.base().sources {
        found.extend(within(judge, source));
    }
    found.extend(unused_names(judge));
    found.sort_by(|a, b| (a.document.name(), a.span, a.code).cmp(&(b.document.name(), b.span, b.code)));
    found
}

/// Where a fact is proved: its quote in the source, else the fact itself.
fn proof(judge: &Judge<'_>, fact: &Fact) -> (Arc<Document>, Span) {
    let quote = fact.quotes.first();
    let source = quote.and_then(|quote| judge.base().sources.get(quote.source));
    match quote.zip(source) {
        Some((quote, source)) => (Arc::clone(&source.document), quote.span),
        None => (Arc::clone(&fact.document), fact.span),
    }
}

fn clashes(judge: &Judge<'_>) -> Vec<Diagnostic> {
    let diagnostic = |clash: Vec<usize>| {
        let facts: Vec<&Fact> = clash.iter().filter_map(|at| judge.base().facts.get(*at)).collect();
        let (first, others) = facts.split_first()?;
        let against: Vec<String> = others.iter().map(|fact| format!("`{}`", fact.words)).collect();
        let message = format!("`{}` contradicts {}", first.words, against.join(" together with "));
        let mut diagnostic = Problem::new("sources-disagree", Span::new(0, first.span.end.saturating_sub(first.span.start)), message)
            .help("look at both quotes again; `prefer SOURCE over SOURCE` decides between them")
            .at(&first.document, first.span.start);
        let (document, span) = proof(judge, first);
        let own = Label { document, span, text: "the words for it".to_owned() };
        let theirs = others.iter().map(|fact| {
            let (document, span) = proof(judge, fact);
            Label { document, span, text: format!("the words for `{}`", fact.words) }
        });
        diagnostic.others = std::iter::once(own).chain(theirs).collect();
        Some(diagnostic)
    };
    judge.clashes().into_iter().filter_map(diagnostic).collect()
}

/// What a source says against itself.
fn within(judge: &Judge<'_>, source: &Source) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let article = article(&source.document);
    let vocabulary = &judge.base().vocabulary;
    let day = source.date;
    let mut sentences_of = Sentences::new(vocabulary, day);
    let mut memory = Memory::default();
    let mut own: Vec<(usize, Own)> = Vec::new();
    for block in article.blocks.iter().filter(|block| !matches!(block.kind, BlockKind::Code(_) | BlockKind::Comment)) {
        for (at, sentence) in sentences(block).enumerate() {
            found.extend(sentences_of.read(block, sentence, at == 0).into_iter().map(|fault| of_itself(source, &fault)));
            found.extend(day.and_then(|day| distance(judge, source, block, sentence, day)));
            if block.is_heading() || block.kind == BlockKind::Quotation {
                continue;
            }
            let read = read_sentence(sentence.of(&block.text), vocabulary, day, &mut memory);
            for reading in read.readings {
                let span = block.source_span(reading.span.shifted(sentence.start));
                own.push((own.len(), Own { statement: reading.statement, words: reading.words, span }));
            }
        }
    }
    found.extend(exclusions(&own, vocabulary, &source.document, day).iter().map(|(_, fault, _)| of_itself(source, fault)));
    found
}

/// A fault of a source with all its places.
fn of_itself(source: &Source, fault: &Fault) -> Diagnostic {
    let help = match fault.code {
        Code::WrongWeekday => "the date or the weekday is wrong",
        Code::WrongDistance => "count the days again",
        Code::ContradictsItself => "one of the two is wrong; a fact that is drawn from it says which one is meant",
        _ => "reckon it again",
    };
    let problem = Problem::new(fault.code.name(), Span::default(), fault.message.clone()).help(help);
    let mut diagnostic = at(source, fault.span, problem);
    let words = |span: &Span| Label { document: Arc::clone(&source.document), span: *span, text: "said here".to_owned() };
    diagnostic.others = fault.against.iter().map(words).collect();
    diagnostic
}

/// "This comes 12 days after rebels launched an offensive": counted from the source's own date.
fn distance(judge: &Judge<'_>, source: &Source, block: &Block, sentence: Span, day: Day) -> Option<Diagnostic> {
    let Far { span, message, facts } = far(judge, block, sentence, day, false)?;
    let problem = Problem::new("wrong-distance", Span::default(), message).help("count the days again");
    let mut diagnostic = at(source, span, problem);
    let facts = facts.iter().filter_map(|at| judge.base().facts.get(*at));
    let label = |fact: &Fact| {
        let (document, span) = proof(judge, fact);
        Label { document, span, text: format!("the words for `{}`", fact.words) }
    };
    diagnostic.others = facts.map(label).collect();
    Some(diagnostic)
}

fn at(source: &Source, span: Span, problem: Problem) -> Diagnostic {
    Diagnostic { span, ..problem.at(&source.document, 0) }
}

/// Names of the fact files of which nothing is said.
fn unused_names(judge: &Judge<'_>) -> Vec<Diagnostic> {
    let base = judge.base();
    let mut used: BTreeSet<NameId> = BTreeSet::new();
    for fact in &base.facts {
        used.extend(fact.per);
        collect(&fact.statement, &mut used);
    }
    let groups: Vec<NameId> = base.vocabulary.names().iter().flat_map(|name| name.groups.iter().copied()).collect();
    used.extend(groups);
    used.extend(base.vocabulary.kinds().iter().filter_map(|kind| kind.of));
    let own: BTreeSet<&str> = base.facts.iter().map(|fact| fact.document.name()).collect();
    let numbered = (0_u32..).map(NameId).zip(base.vocabulary.names());
    let unused = numbered.filter(|(id, name)| !used.contains(id) && !name.unnamed);
    unused
        .filter_map(|(_, name)| {
            let place = &name.place;
            own.contains(place.document.name()).then(|| {
                let mut diagnostic = Problem::new("unused-name", Span::default(), format!("no fact says anything of `{}`", name.name))
                    .help("take the name away, or say what the sources say of it")
                    .at(&place.document, 0);
                diagnostic.span = place.span;
                diagnostic.severity = Severity::Warning;
                diagnostic
            })
        })
        .collect()
}

fn collect(statement: &Statement, used: &mut BTreeSet<NameId>) {
    for clause in statement.clauses() {
        used.extend(clause.circumstances.iter().map(|(name, _)| *name));
        for filler in &clause.roles {
            match filler {
                Filler::Name(name, _) => {
                    used.insert(*name);
                }
                Filler::Several(group) => used.extend(group.names.iter().map(|(name, _)| *name)),
                Filler::Counted(counted) => used.extend(counted.listed.iter().chain(&counted.except).map(|(name, _)| *name)),
                _ => {}
            }
        }
    }
}
