//! `claims.pest`: the lines of a claim file.

use pest::Parser;

use super::date::lower_date;
use super::statement::{date_problem, short_enough};
use super::{Grammar, Pair, Rule, internal, span_of, too_costly};
use crate::text::{Problem, Span};
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
            Ok(ClaimLine::Claim(span_of(&words), children.next().map(expectation).transpose()?))
        }
        _ => Err(internal(whole, text)),
    }
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
