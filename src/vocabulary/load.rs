//! The lines of vocabulary and fact files: which are declarations, which belong to a relation, which are left for the caller.

use std::sync::{Arc, OnceLock};

use super::{Builder, Vocabulary};
use crate::syntax::{declaration, is_declaration, property};
use crate::text::limits::MOST_DECLARED;
use crate::text::{Diagnostic, Document, Problem, Span, nearest, one_of};

/// A line that is no declaration.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Line<'t> {
    /// Its words, without indentation and comment.
    pub text: &'t str,
    /// The byte of the document at which they start.
    pub offset: usize,
    /// Whether the line is indented.
    pub indented: bool,
}

/// What a declaring line may ask of the caller.
#[derive(Clone, Debug)]
pub enum Found<'t> {
    /// A statement, a quote, or whatever else a fact file holds.
    Other(Line<'t>),
    /// A declaration, with its number in the builder.
    Declared(usize, Line<'t>),
}

/// Reads a file's declarations into a builder and hands every line on.
pub fn load<'t>(document: &'t Arc<Document>, builder: &mut Builder, problems: &mut Vec<Diagnostic>, found: impl FnMut(Found<'t>)) {
    load_lines(document, builder, problems, Reads::All, found);
}

/// How much of a file is read at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Reads {
    All,
    /// Of a file that is known to be in order: no examples and no names of theirs, and phrasings only when they are asked for.
    WhatMustBe,
}

fn load_lines<'t>(
    document: &'t Arc<Document>,
    builder: &mut Builder,
    problems: &mut Vec<Diagnostic>,
    reads: Reads,
    mut found: impl FnMut(Found<'t>),
) {
    let mut relation = None;
    for (start, raw) in document.lines() {
        let text = without_comment(raw);
        let trimmed = text.trim();
        let example = || ["yes ", "no ", "cast "].iter().any(|keyword| trimmed.starts_with(keyword));
        if trimmed.is_empty() || reads == Reads::WhatMustBe && example() {
            continue;
        }
        let indent = text.len().saturating_sub(text.trim_start().len());
        let line = Line { text: trimmed, offset: start.saturating_add(indent), indented: indent > 0 };
        let span = Span::new(line.offset, line.offset.saturating_add(trimmed.len()));
        match relation {
            Some(number) if line.indented && reads == Reads::WhatMustBe && trimmed.starts_with("noun ") => {
                builder.phrasing(number, None, document, line.offset, span);
            }
            Some(number) if line.indented && reads == Reads::WhatMustBe && trimmed.starts_with("say ") => {
                let verb = trimmed.split_once('<').and_then(|(_, behind)| behind.split_once('>')).map(|(verb, _)| verb.to_owned());
                builder.phrasing(number, verb, document, line.offset, span);
            }
            Some(number) if line.indented => match property(trimmed) {
                Ok(what) => builder.property(number, what, document, line.offset, span),
                Err(problem) => problems.push(problem.at(document, line.offset)),
            },
            _ if !line.indented && is_declaration(trimmed) => {
                relation = None;
                match declaration(trimmed) {
                    Ok(what) if builder.is_full(&what) => {
                        let message = format!("more than {MOST_DECLARED} of these are declared in all here");
                        problems.push(Problem::new("too-many-declared", Span::new(0, trimmed.len()), message).at(document, line.offset));
                    }
                    Ok(what) => {
                        let number = builder.declare(what, document, line.offset, span);
                        if builder.is_relation(number) {
                            relation = Some(number);
                        }
                        found(Found::Declared(number, line));
                    }
                    Err(problem) => {
                        // The lines of a relation whose head is wrong are not reported one by one.
                        relation = None;
                        problems.push(problem.at(document, line.offset));
                    }
                }
            }
            _ => {
                if !line.indented {
                    relation = None;
                }
                found(Found::Other(line));
            }
        }
    }
}

/// A line up to its comment: `#` at its start or behind a blank, outside quotation marks.
pub fn without_comment(line: &str) -> &str {
    if memchr::memchr(b'#', line.as_bytes()).is_none() {
        return line;
    }
    let mut quoted = false;
    let mut blank = true;
    for (at, c) in line.char_indices() {
        match c {
            '"' => quoted = !quoted,
            '\u{201c}' => quoted = true,
            '\u{201d}' => quoted = false,
            '#' if blank && !quoted => return line.get(..at).unwrap_or(line),
            _ => {}
        }
        blank = c.is_whitespace();
    }
    line
}

macro_rules! english {
    ($($file:literal),* $(,)?) => {
        [$((concat!("english/", $file), include_str!(concat!("../../grammar/english/", $file)))),*]
    };
}

/// The files of the standard vocabulary, as they ship inside the program.
pub const STANDARD: [(&str, &str); 21] = english![
    "core.vocab",
    "numbers.vocab",
    "verbs.vocab",
    "cast.vocab",
    "territory.vocab",
    "war.vocab",
    "casualties.vocab",
    "power.vocab",
    "speech.vocab",
    "agreements.vocab",
    "organisations.vocab",
    "people.vocab",
    "movement.vocab",
    "places.vocab",
    "happenings.vocab",
    "economy.vocab",
    "disasters.vocab",
    "law.vocab",
    "sport.vocab",
    "culture.vocab",
    "science.vocab",
];

/// What the press calls those who have no name of their own, and countries with their adjectives. No part of the standard
/// vocabulary: read only where facts are drawn from an article.
pub const PRESS: (&str, &str) = ("english/press.vocab", include_str!("../../grammar/english/press.vocab"));

/// A builder that holds the standard vocabulary. Its files are ours, so that a fault in them is a fault of ours; the test
/// over the vocabulary finds it. Without the cast, the examples that speak of it are not read either.
pub fn standard(with_cast: bool) -> (Builder, Vec<Diagnostic>) {
    let mut builder = Builder::new(with_cast);
    let mut problems = Vec::new();
    let reads = if with_cast { Reads::All } else { Reads::WhatMustBe };
    for document in documents() {
        load_lines(document, &mut builder, &mut problems, reads, |found| {
            if let Found::Other(line) = found {
                // Nothing but declarations stands there.
                let _ = line;
            }
        });
    }
    (builder, problems)
}

fn documents() -> &'static [Arc<Document>] {
    static DOCUMENTS: OnceLock<Vec<Arc<Document>>> = OnceLock::new();
    DOCUMENTS.get_or_init(|| STANDARD.iter().map(|(name, text)| Arc::new(Document::new(*name, *text))).collect())
}

/// The standard vocabulary alone, with the names of its examples: for tests and for showing what can be said.
pub fn standard_with_cast() -> (Vocabulary, Vec<Diagnostic>) {
    let (builder, mut problems) = standard(true);
    let (vocabulary, more) = builder.finish();
    problems.extend(more);
    (vocabulary, problems)
}

/// A line of a vocabulary file that declares nothing.
pub fn not_a_declaration(document: &Arc<Document>, line: Line<'_>) -> Diagnostic {
    no_declaration(line.text).at(document, line.offset)
}

/// The same, by its words.
pub fn no_declaration(text: &str) -> Problem {
    let keywords = ["kind", "disjoint", "number", "verb", "double", "name", "state", "event", "cast", "include"];
    let first = text.split_whitespace().next().unwrap_or_default();
    Problem::new("malformed-line", Span::new(0, text.len()), "this line declares nothing")
        .maybe_help(one_of(&nearest(first, keywords)))
        .help("a vocabulary file holds kind, disjoint, number, verb, double, name, state and event lines")
}
