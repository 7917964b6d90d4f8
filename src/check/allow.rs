//! Accepting one finding where it stands, with a reason: `factum: allow CODE [until DATE] because REASON`.
//!
//! In: the text of a comment, without the marks that make it one (`#` in claim files, `<!-- -->` in Markdown). Out: what it
//! accepts. Never: knows which language the comment stands in; accepts a text that was not understood.

use super::Rule;
use crate::text::{Problem, Span, nearest, one_of};
use crate::time::Day;

/// What begins a comment that is meant for the program.
const MARK: &str = "factum:";
/// The code of a comment that is meant for the program and cannot be read.
const CODE: &str = "bad-allow";

/// A finding that is accepted in advance.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Allow {
    /// What may be found: verdicts, or codes of them.
    pub rules: Vec<Rule>,
    /// The last day on which it is accepted.
    pub until: Option<Day>,
    /// Why it is.
    pub reason: String,
    /// Where it stands in the comment.
    pub span: Span,
}

/// Reads a comment; nothing, if it is not meant for the program.
///
/// # Errors
/// A [`Problem`], placed in the comment, where it is meant for the program and cannot be read.
pub fn allow(comment: &str) -> Option<Result<Allow, Problem>> {
    let start = comment.len().saturating_sub(comment.trim_start().len());
    let text = comment.trim();
    let inside = text.strip_prefix(MARK)?;
    Some(read(inside).map_err(|problem| problem.shifted(start.saturating_add(MARK.len()))).map(|mut found| {
        found.span = Span::new(start, start.saturating_add(text.len()));
        found
    }))
}

/// `allow CODE, CODE until DATE because REASON`; places are those in this text.
fn read(text: &str) -> Result<Allow, Problem> {
    let span_of = |part: &str| {
        // Each part is a slice of the text, so that its place is its distance.
        let start = (part.as_ptr() as usize).saturating_sub(text.as_ptr() as usize);
        Span::new(start, start.saturating_add(part.len()))
    };
    let form = "write `factum: allow CODE because REASON`, with `until 2025-01-31` before `because` if it is for a time";
    let fault = |part: &str, message: String| Problem::new(CODE, span_of(part), message).help(form);
    let whole = text.trim();
    let (verb, rest) = whole.split_once(char::is_whitespace).unwrap_or((whole, ""));
    if verb != "allow" {
        return Err(fault(verb, format!("`{verb}` is nothing that can be asked for here")));
    }
    let Some((head, reason)) = split_word(rest, "because") else {
        return Err(fault(whole, "this says not why".to_owned()));
    };
    let reason = reason.trim();
    if reason.is_empty() {
        return Err(fault(whole, "this says not why".to_owned()));
    }
    let (codes, until) = match split_word(head, "until") {
        Some((codes, day)) => {
            let day = day.trim();
            let parsed = day.parse().map_err(|_| fault(day, format!("`{day}` is no day; write it as `2025-01-31`")))?;
            (codes, Some(parsed))
        }
        None => (head, None),
    };
    let mut rules = Vec::new();
    for name in codes.split(',').map(str::trim) {
        if name.is_empty() {
            return Err(fault(whole, "this says not what is accepted".to_owned()));
        }
        let rule = Rule::by_name(name).ok_or_else(|| {
            let near = one_of(&nearest(name, Rule::all().map(Rule::name)));
            fault(name, format!("`{name}` is no verdict or code of one")).maybe_help(near)
        })?;
        rules.push(rule);
    }
    Ok(Allow { rules, until, reason: reason.to_owned(), span: Span::default() })
}

/// The text before and after the first place at which a word stands by itself.
fn split_word<'t>(text: &'t str, word: &str) -> Option<(&'t str, &'t str)> {
    let blank_or_end = |c: Option<char>| c.is_none_or(char::is_whitespace);
    text.match_indices(word).find_map(|(at, _)| {
        let (before, after) = (text.get(..at)?, text.get(at.saturating_add(word.len())..)?);
        (blank_or_end(before.chars().next_back()) && blank_or_end(after.chars().next())).then_some((before, after))
    })
}
