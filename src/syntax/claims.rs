//! `claims.pest`: the lines of a claim file.

use pest::Parser;

use super::ast::ChunkKind;
use super::date::lower_date;
use super::statement::{date_problem, short_enough};
use super::{Grammar, Pair, Rule, internal, span_of, too_costly};
use crate::text::{Problem, Span, nearest, one_of};
use crate::time::WrittenDate;

/// The verdict that a claim file's author expects.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExpectedVerdict {
    /// supported
    Supported,
    /// contradicted
    Contradicted,
    /// unknown
    Unknown,
    /// The claim is refused with a message.
    Error,
}

/// What a claim's author expects of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Expectation {
    /// The verdict.
    pub verdict: ExpectedVerdict,
    /// The code, if that is expected too.
    pub code: Option<String>,
    /// Where it is said.
    pub span: Span,
}

/// One line of a claim file.
#[derive(Clone, Debug)]
pub enum ClaimLine {
    /// A claim: where its words stand, and what is expected of it.
    Claim(Span, Option<Expectation>),
    /// `as of DATE`: the reference day of the claims below.
    AsOf(WrittenDate, Span),
    /// `include "FILE"`
    Include(String, Span),
    /// `expect …` on a line of its own: for the claim above.
    Expect(Expectation),
}

/// Reads one line that is neither blank nor a comment.
///
/// # Errors
/// A [`Problem`] where a date in an `as of` line does not exist.
pub fn claim_line(text: &str) -> Result<ClaimLine, Problem> {
    let whole = Span::new(0, text.len());
    short_enough(text, "claim")?;
    let mut pairs = Grammar::parse(Rule::claim_line, text)
        .map_err(|error| too_costly(&error, whole).unwrap_or_else(|| Problem::new("unreadable", whole, "this line cannot be read")))?;
    let line = pairs.next().and_then(|pair| pair.into_inner().next()).ok_or_else(|| internal(whole, "an empty line"))?;
    match line.as_rule() {
        Rule::claims_as_of => {
            let point = line.into_inner().next().and_then(|point| point.into_inner().next()).ok_or_else(|| internal(whole, "as of"))?;
            let span = span_of(&point);
            Ok(ClaimLine::AsOf(lower_date(point).map_err(|problem| date_problem(&problem, span))?, span))
        }
        Rule::claims_include => {
            let path = line.into_inner().next().ok_or_else(|| internal(whole, "include"))?;
            Ok(ClaimLine::Include(super::declaration::text_of(&path), span_of(&path)))
        }
        Rule::expectation_line => {
            line.into_inner().next().map(expectation).ok_or_else(|| internal(whole, "expect"))?.map(ClaimLine::Expect)
        }
        Rule::claim_text => {
            let mut children = line.into_inner();
            let words = children.next().ok_or_else(|| internal(whole, "a claim"))?;
            let expected = children.next().map(expectation).transpose()?;
            if let Some(problem) = misspelt_as_of(text).or_else(|| if expected.is_none() { misspelt_expectation(text) } else { None }) {
                return Err(problem);
            }
            Ok(ClaimLine::Claim(span_of(&words), expected))
        }
        _ => Err(internal(whole, text)),
    }
}

/// The verdicts that may be expected.
const VERDICTS: [&str; 4] = ["supported", "contradicted", "unknown", "error"];

/// Words that people write for a verdict.
const OTHER_WORDS: [(&str, &str); 6] = [
    ("true", "supported"),
    ("false", "contradicted"),
    ("wrong", "contradicted"),
    ("refuted", "contradicted"),
    ("unsupported", "unknown"),
    ("unclear", "unknown"),
];

/// `expect suported`, `expects unknown`: what was to be an expectation would be read as part of the claim.
fn misspelt_expectation(text: &str) -> Option<Problem> {
    let mut words: Vec<(usize, &str)> = Vec::new();
    let mut at = 0_usize;
    for word in text.split_inclusive(char::is_whitespace) {
        if !word.trim().is_empty() && !word.starts_with('[') {
            words.push((at, word.trim()));
        }
        at = at.saturating_add(word.len());
    }
    let [.., (at, expect), (_, verdict)] = words.as_slice() else { return None };
    let word = expect.trim_end_matches(':');
    let verdict = verdict.trim_matches(|c: char| !c.is_alphanumeric());
    let says = word == "expect" || nearest(word, ["expect"]).len() == 1;
    let other = OTHER_WORDS.iter().find(|(other, _)| *other == verdict).map(|(_, known)| vec![*known]);
    let exact = VERDICTS.contains(&verdict);
    let near = other.unwrap_or_else(|| if exact { vec![verdict] } else { nearest(verdict, VERDICTS) });
    // "the rebels expect victory" is a claim.
    (says && !near.is_empty() && *at > 0).then(|| {
        let span = Span::new(*at, text.trim_end().len());
        let meant: Vec<String> = near.iter().map(|near| format!("expect {near}")).collect();
        Problem::new("malformed-expectation", span, format!("`{}` says no verdict that could be expected", span.of(text)))
            .maybe_help(one_of(&meant.iter().map(String::as_str).collect::<Vec<_>>()))
            .help("at the end of a line stands `expect supported`, `contradicted`, `unknown` or `error`, and a code in `[ ]` if wanted")
    })
}

/// `as of someday`: a line that was to give a reference day.
fn misspelt_as_of(text: &str) -> Option<Problem> {
    let rest = text.get(..5).filter(|start| start.eq_ignore_ascii_case("as of")).and_then(|_| text.get(5..))?;
    let words = rest.trim();
    let start = text.len().saturating_sub(rest.trim_start().len());
    let dated =
        super::statement(text).map_or(true, |read| read.chunks.first().is_some_and(|chunk| matches!(chunk.kind, ChunkKind::When(_))));
    (rest.starts_with(char::is_whitespace) && !dated && words.split_whitespace().count() <= 4).then(|| {
        Problem::new("not-a-date", Span::new(start, text.trim_end().len()), format!("`{words}` is no date that is understood"))
            .help("write it as `as of 2024-12-08` or `as of 8 December 2024`")
    })
}

fn expectation(pair: Pair<'_>) -> Result<Expectation, Problem> {
    let span = span_of(&pair);
    let mut children = pair.into_inner();
    let verdict = match children.next().map(|word| word.as_str().to_owned()).as_deref() {
        Some("supported") => ExpectedVerdict::Supported,
        Some("contradicted") => ExpectedVerdict::Contradicted,
        Some("unknown") => ExpectedVerdict::Unknown,
        Some("error") => ExpectedVerdict::Error,
        _ => return Err(internal(span, "expect")),
    };
    Ok(Expectation { verdict, code: children.next().map(|code| code.as_str().to_owned()), span })
}
