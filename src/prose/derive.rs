//! A fact base drafted from an article: its names, and each statement that was understood with the words that carry it.
//!
//! In: an article and the vocabulary. Out: a [`Draft`] of names and facts in the order of the text, and the fact file that it
//! makes. What it writes is read again before it is given out: a statement that does not come back as it was is commented
//! out with the reason. Never: writes a file.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::sync::Arc;

use super::names::{Line, Proposals, propose};
use super::{Article, Left, Memory, read_sentence, sentences};
use crate::statement::{Body, Clause, Context, Filler, Statement, Time, in_words, resolve};
use crate::syntax;
use crate::text::{BlockKind, Document, Span};
use crate::time::Day;
use crate::vocabulary::{Builder, NameId, PRESS, Vocabulary, load};

/// What an article says, as far as it was understood.
#[derive(Clone, Debug)]
pub struct Draft {
    /// Whom and what it names.
    pub names: Proposals,
    /// What it says, in the order of the text.
    pub facts: Vec<DraftFact>,
    /// Sentences that were left alone, each with the reason.
    pub left: Vec<(Span, Left, Option<String>)>,
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
    let own = standard.clone().finish().0.names().len();
    let mut names = propose(&lines, &with_press(standard.clone()), own);
    let date = article.date.map(|date| date.value);
    let read = |names: &Proposals| read(article, &spans, with_names(standard.clone(), names), date);
    let mut draft = read(&names);
    // What its statements show of a name is known only when they have been read.
    if learn(&mut names, &draft) {
        draft = read(&names);
    }
    draft.names = names;
    draft
}

fn read(article: &Article, spans: &[(usize, Span)], vocabulary: Vocabulary, date: Option<Day>) -> Draft {
    let mut draft = Draft { names: Proposals::default(), facts: Vec::new(), left: Vec::new(), date, vocabulary };
    let mut memory = Memory::default();
    let mut known = BTreeSet::new();
    for (at, span) in spans {
        let Some(block) = article.blocks.get(*at) else { continue };
        let sentence = read_sentence(span.of(&block.text), &draft.vocabulary, date, &mut memory);
        let quote = block.source_span(*span);
        if let Some(left) = sentence.left {
            draft.left.push((quote, left, sentence.left_words));
        }
        for reading in sentence.readings {
            let words = in_words(&reading.statement, &draft.vocabulary);
            if !known.insert(words.clone()) {
                continue;
            }
            let doubt = doubt(&reading.statement, &words, &draft.vocabulary, date);
            let place = block.source_span(reading.span.shifted(span.start));
            draft.facts.push(DraftFact { words, statement: reading.statement, quote, place, doubt });
        }
    }
    draft
}

/// Takes from the statements that were read what they show of names: of what kind somebody of no kind is, by the roles that he
/// fills, and which armed group leads which. Tells whether anything was learned that changes how the article is read.
fn learn(names: &mut Proposals, draft: &Draft) -> bool {
    let vocabulary = &draft.vocabulary;
    let mut shown: BTreeMap<NameId, BTreeSet<String>> = BTreeMap::new();
    let mut members: Vec<(NameId, NameId)> = Vec::new();
    let lead = vocabulary.relation_named("leader of");
    for clause in draft.facts.iter().flat_map(|fact| fact.statement.clauses()) {
        let relation = vocabulary.relation(clause.relation);
        let filled = clause.roles.iter().zip(&relation.roles).filter_map(|(filler, role)| match filler {
            Filler::Name(name, _) => Some((*name, role.kind)),
            _ => None,
        });
        for (name, kind) in filled {
            shown.entry(name).or_default().insert(vocabulary.kind(kind).name.clone());
        }
        if let ([Filler::Name(leader, _), Filler::Name(group, _), ..], true) = (clause.roles.as_slice(), Some(clause.relation) == lead) {
            let armed = |name: NameId| vocabulary.kind_named("armed group").is_some_and(|kind| vocabulary.is_a(name, kind));
            if armed(*leader) && armed(*group) {
                members.push((*leader, *group));
            }
        }
    }
    let mut learned = false;
    for name in &mut names.names {
        let Some(id) = vocabulary.name_index().exact(&name.name).first().map(|id| NameId(*id)) else { continue };
        let known = shown.get(&id).filter(|kinds| name.kinds.is_empty() && kinds.len() == 1);
        if let Some(kinds) = known {
            name.kinds.clone_from(kinds);
            learned = true;
        }
        for (_, group) in members.iter().filter(|(leader, _)| *leader == id) {
            name.leads.insert(vocabulary.name(*group).name.clone());
        }
    }
    learned
}

/// Why a statement should be looked at: it does not come back as it was, or it says nothing about a time and leans on none.
pub(super) fn doubt(statement: &Statement, words: &str, vocabulary: &Vocabulary, date: Option<Day>) -> Option<String> {
    let context = Context { document: date, previous: None };
    match syntax::statement(words).and_then(|written| resolve(&written, words, vocabulary, &context)) {
        Err(problem) => return Some(format!("in these words it is not understood: {}", problem.message)),
        Ok(again) if again.unknown_name().is_some() => return Some("in these words it names somebody who is not known".to_owned()),
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

/// The lines that declare what an article names. A form that no declaration takes is left out.
fn declarations(names: &Proposals) -> String {
    let mut lines = String::new();
    for (kind, total) in &names.totals {
        let _ = writeln!(lines, "kind {kind}: {total} in all");
    }
    let is_read = |line: &str| syntax::is_declaration(line) && syntax::declaration(line).is_ok();
    for name in &names.names {
        let own = written(&name.name);
        if !is_read(&format!("name {own}")) {
            continue;
        }
        let forms: Vec<String> = name.aliases.iter().map(|alias| written(alias)).collect();
        let forms: Vec<&String> = forms.iter().filter(|form| is_read(&format!("name {own}, also {form}"))).collect();
        let notes: Vec<String> = name.kinds.iter().cloned().collect();
        let also = if forms.is_empty() { String::new() } else { format!(", also {}", join(&forms)) };
        let kinds = if notes.is_empty() { String::new() } else { format!(": {}", notes.join(", ")) };
        let _ = writeln!(lines, "name {own}{also}{kinds}");
        // A group may be led by one that is no part of it, and what a part does the group does: a person decides.
        for group in &name.leads {
            let more = if notes.is_empty() { ": " } else { ", " };
            let _ = writeln!(lines, "# {own} leads {group}; if it belongs to it, the line above goes on: {more}part of {}", written(group));
        }
    }
    lines
}

fn join(forms: &[&String]) -> String {
    forms.iter().map(|form| form.as_str()).collect::<Vec<_>>().join(", ")
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
                (Some(fact), Some((span, ..))) => span.start < fact.quote.start,
                (None, Some(_)) => true,
                (Some(_), None) => false,
            };
            if next_left {
                if let Some((span, why, words)) = left.next() {
                    let _ = writeln!(file, "# not read, {}: {}", why.reason_with(words.as_deref()), quoted(span.of(document.text())));
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
