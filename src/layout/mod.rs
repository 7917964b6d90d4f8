//! One layout for claim, fact and vocabulary files.
//!
//! In: a document. Out: the same text laid out, or all that cannot be read in it. Comments and their order are kept, and every
//! line declares and states what it did before. Never: changes a word, touches what stands between quotation marks.
//! `docs/layout.md` has the rules.

mod columns;

use std::sync::Arc;

use crate::syntax::{
    ClaimLayout, Declaration, claim_laid_out, declaration, declaration_laid_out, evidence_laid_out, is_declaration, property_laid_out,
    statement_laid_out,
};
use crate::text::{Diagnostic, Document, Problem, Span};
use crate::vocabulary::{Line as Source, no_declaration, without_comment};

/// How far quotes, the lines of a relation and expectations of their own are indented.
const INDENT: usize = 4;

/// The endings of files that have a layout.
pub const LAID_OUT: [&str; 3] = ["claims", "facts", "vocab"];

/// A line of the text that is made.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Line {
    /// Blanks in front.
    indent: usize,
    /// The words; empty on a line with nothing, or nothing but a comment.
    words: String,
    /// What is expected of the claim.
    expected: Option<String>,
    /// With its hash.
    comment: Option<String>,
}

impl Line {
    fn is_blank(&self) -> bool {
        self.words.is_empty() && self.comment.is_none()
    }
}

/// A document's text laid out. The ending of its name says what it is: `.facts`, `.vocab`, or else claims.
///
/// # Errors
/// All lines that cannot be read; then nothing is laid out, since what they were to be is not known.
pub fn layout(document: &Arc<Document>) -> Result<String, Vec<Diagnostic>> {
    let mut lines: Vec<Line> = Vec::new();
    let mut problems = Vec::new();
    let mut below_relation = false;
    let facts = document.name().ends_with(".facts");
    let claims = !facts && !document.name().ends_with(".vocab");
    for (start, raw) in document.lines() {
        let text = without_comment(raw);
        let comment = raw.get(text.len()..).filter(|comment| !comment.is_empty()).map(|comment| comment.trim_end().to_owned());
        let words = text.trim();
        let indent = text.len().saturating_sub(text.trim_start().len());
        if words.is_empty() {
            // How far a comment of its own is indented is settled when its neighbours are known.
            lines.push(Line { indent: if comment.is_some() { indent } else { 0 }, comment, ..Line::default() });
            continue;
        }
        let source = Source { text: words, offset: start.saturating_add(indent), indented: indent > 0 };
        let laid = if claims { claim(words) } else { declared(source, facts, &mut below_relation) };
        match laid {
            Ok(line) => lines.push(Line { comment, ..line }),
            Err(problem) => problems.push(problem.at(document, source.offset)),
        }
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    indent_comments(&mut lines);
    Ok(columns::set(&without_spare_blanks(lines), line_end(document.text())))
}

fn claim(words: &str) -> Result<Line, Problem> {
    Ok(match claim_laid_out(words)? {
        ClaimLayout::Claim(words, expected) => Line { words, expected, ..Line::default() },
        ClaimLayout::Expectation(words) => Line { indent: INDENT, words, ..Line::default() },
        ClaimLayout::Other(words) => Line { words, ..Line::default() },
    })
}

/// A line of a fact or vocabulary file, read as the loader reads it.
fn declared(source: Source<'_>, facts: bool, below_relation: &mut bool) -> Result<Line, Problem> {
    let text = source.text;
    let at_margin = |words| Ok(Line { words, ..Line::default() });
    let indented = |words| Ok(Line { indent: INDENT, words, ..Line::default() });
    if *below_relation && source.indented {
        return indented(property_laid_out(text)?);
    }
    let behind_relation = std::mem::take(below_relation);
    if !source.indented && is_declaration(text) {
        let words = declaration_laid_out(text)?;
        *below_relation = matches!(declaration(text), Ok(Declaration::Relation { .. }));
        return at_margin(words);
    }
    if !facts {
        return Err(no_declaration(text));
    }
    if let Some(words) = evidence_laid_out(text) {
        // Indented, it would belong to the relation above.
        return if behind_relation { at_margin(words) } else { indented(words) };
    }
    if text.starts_with('>') {
        return Err(Problem::new("unclosed-quote", Span::new(0, text.len()), "a quote stands between quotation marks")
            .help("write it like this: `> \"words of the source\"`"));
    }
    let words = statement_laid_out(text)?;
    match (is_declaration(text), is_declaration(&words)) {
        (false, false) => at_margin(words),
        // At the margin it would be read as another kind of line.
        (true, true) => indented(words),
        _ if source.indented => indented(text.to_owned()),
        _ => at_margin(text.to_owned()),
    }
}

/// A comment on a line of its own stands at the margin, or with the indented lines that it stands among.
fn indent_comments(lines: &mut [Line]) {
    let of_words: Vec<Option<usize>> = lines.iter().map(|line| (!line.words.is_empty()).then_some(line.indent)).collect();
    for (at, line) in lines.iter_mut().enumerate() {
        if !line.words.is_empty() || line.indent == 0 {
            continue;
        }
        let before = of_words.get(..at).and_then(|before| before.iter().rev().find_map(|indent| *indent));
        let behind = of_words.get(at..).and_then(|behind| behind.iter().find_map(|indent| *indent));
        line.indent = before.unwrap_or(0).max(behind.unwrap_or(0));
    }
}

/// One blank line where there are several, none at the start and the end.
fn without_spare_blanks(lines: Vec<Line>) -> Vec<Line> {
    let mut kept: Vec<Line> = Vec::with_capacity(lines.len());
    for line in lines {
        if line.is_blank() && kept.last().is_none_or(Line::is_blank) {
            continue;
        }
        kept.push(line);
    }
    while kept.last().is_some_and(Line::is_blank) {
        kept.pop();
    }
    kept
}

/// The line end that the first line has is the one of the file.
fn line_end(text: &str) -> &'static str {
    match text.split_once('\n') {
        Some((first, _)) if first.ends_with('\r') => "\r\n",
        _ => "\n",
    }
}
