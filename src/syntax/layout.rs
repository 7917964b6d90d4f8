//! One line of a claim, fact or vocabulary file in the layout that all have: the same words, the blanks between them settled.
//!
//! In: a line that its grammar reads. Out: the same line, with one blank where blanks may stand and none where none is needed.
//! What stands between quotation marks is never touched. A line whose parse would come out differently is left as it is.

use pest::Parser;

use super::claims::{ClaimLine, Expectation, claim_line};
use super::{Grammar, Pair, Rule};
use crate::text::{Problem, Span};

/// Words with one blank for each run of them.
fn collapsed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What a line is to its parser: every rule with the words of the innermost ones, blanks settled.
fn parsed(rule: Rule, text: &str) -> Option<Vec<(Rule, String)>> {
    let pairs = Grammar::parse(rule, text).ok()?;
    let shape = pairs.flatten().map(|pair| {
        let innermost = pair.clone().into_inner().next().is_none();
        (pair.as_rule(), if innermost { collapsed(pair.as_str()) } else { String::new() })
    });
    Some(shape.collect())
}

/// The line as laid out, if it is read as the line before was.
fn unless_changed(rule: Rule, before: &str, laid: String) -> String {
    if laid != before && parsed(rule, &laid) != parsed(rule, before) { before.to_owned() } else { laid }
}

/// A statement with one blank between its words and marks.
///
/// # Errors
/// The [`Problem`] of a statement that cannot be cut into chunks.
pub fn statement_laid_out(text: &str) -> Result<String, Problem> {
    let trimmed = text.trim();
    let statement = super::statement(trimmed)?;
    let mut laid = String::with_capacity(trimmed.len());
    let mut end = 0;
    for chunk in &statement.chunks {
        if chunk.span.start > end {
            laid.push(' ');
        }
        let words = chunk.span.of(trimmed);
        match &chunk.kind {
            super::ast::ChunkKind::Quoted => laid.push_str(words),
            _ => laid.push_str(&collapsed(words)),
        }
        end = chunk.span.end;
    }
    // A full stop, an exclamation mark.
    let rest = trimmed.get(end..).unwrap_or_default();
    if !rest.is_empty() && rest.trim_start().len() < rest.len() {
        laid.push(' ');
    }
    laid.push_str(&collapsed(rest));
    Ok(unless_changed(Rule::statement, trimmed, laid))
}

/// A line of a claim file, laid out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ClaimLayout {
    /// A claim's words, and what is expected of it.
    Claim(String, Option<String>),
    /// What is expected of the claim above.
    Expectation(String),
    /// `as of` or `include`.
    Other(String),
}

/// A line of a claim file. The words of a claim that is to be refused, or whose date does not exist, stay as they are.
///
/// # Errors
/// The [`Problem`] of a line or statement that cannot be read.
pub fn claim_laid_out(text: &str) -> Result<ClaimLayout, Problem> {
    let text = text.trim();
    let laid = match claim_line(text)? {
        ClaimLine::Claim(span, expected) => {
            let words = span.of(text);
            let refused = expected.as_ref().is_some_and(|expected| expected.verdict == super::ExpectedVerdict::Error);
            let words = match statement_laid_out(words) {
                Ok(laid) => laid,
                Err(problem) if refused || problem.code == "impossible-date" => words.to_owned(),
                Err(problem) => return Err(problem.shifted(span.start)),
            };
            ClaimLayout::Claim(words, expected.map(|expected| expectation(text, &expected)))
        }
        ClaimLine::Expect(expected) => ClaimLayout::Expectation(expectation(text, &expected)),
        ClaimLine::AsOf(_, span) => ClaimLayout::Other(format!("as of {}", collapsed(span.of(text)))),
        ClaimLine::Include(_, span) => ClaimLayout::Other(format!("include {}", span.of(text))),
    };
    let whole = match &laid {
        ClaimLayout::Claim(words, Some(expected)) => format!("{words} {expected}"),
        ClaimLayout::Claim(line, None) | ClaimLayout::Expectation(line) | ClaimLayout::Other(line) => line.clone(),
    };
    let unchanged = whole == text || parsed(Rule::claim_line, &whole) == parsed(Rule::claim_line, text);
    Ok(if unchanged { laid } else { ClaimLayout::Other(text.to_owned()) })
}

fn expectation(text: &str, expected: &Expectation) -> String {
    let Span { start, end } = expected.span;
    collapsed(Span::new(start, end).of(text))
}

/// A quote line of a fact file; nothing where it is none.
pub fn evidence_laid_out(text: &str) -> Option<String> {
    let mut pairs = Grammar::parse(Rule::evidence, text).ok()?;
    pairs.next()?.into_inner().find(|pair| matches!(pair.as_rule(), Rule::text)).map(|pair| format!("> {}", pair.as_str()))
}

/// A declaring line.
///
/// # Errors
/// The [`Problem`] of a line that declares nothing.
pub fn declaration_laid_out(text: &str) -> Result<String, Problem> {
    let text = text.trim();
    super::declaration(text)?;
    Ok(laid_out(Rule::declaration, text))
}

/// An indented line of a relation.
///
/// # Errors
/// The [`Problem`] of a line that is no property.
pub fn property_laid_out(text: &str) -> Result<String, Problem> {
    let text = text.trim();
    super::property(text)?;
    Ok(laid_out(Rule::property, text))
}

fn laid_out(rule: Rule, text: &str) -> String {
    let line = Grammar::parse(rule, text).ok().and_then(|mut pairs| pairs.next()?.into_inner().next());
    let Some(line) = line else { return text.to_owned() };
    unless_changed(rule, text, in_line(line))
}

/// A line by its rule, from its parts.
fn in_line(line: Pair<'_>) -> String {
    let keyword = line.as_str().split_whitespace().next().unwrap_or_default().to_owned();
    match line.as_rule() {
        Rule::kind => kind(line),
        Rule::number_word => number_word(line),
        Rule::name | Rule::cast => name(&keyword, line),
        Rule::relation => relation(line),
        Rule::prefer => format!("prefer {}", listed(line, " over ")),
        Rule::source => format!("source {}", listed(line, " ")),
        Rule::once | Rule::unique => format!("{keyword} per {}", listed(line, ", ")),
        Rule::one => one(line),
        Rule::link => link(line),
        Rule::say | Rule::noun => format!("{keyword} {}", line.into_inner().map(pattern).collect::<String>()),
        Rule::yes => yes(line),
        Rule::no => format!("no {}", line.into_inner().map(|text| example(text.as_str())).collect::<String>()),
        Rule::flag | Rule::speech => collapsed(line.as_str()),
        _ => format!("{keyword} {}", listed(line, ", ")),
    }
}

/// A part as it stands, blanks settled; what is between quotation marks as it is.
fn part(pair: Pair<'_>) -> String {
    match pair.as_rule() {
        Rule::text => pair.as_str().to_owned(),
        Rule::name_text | Rule::source_name => pair.into_inner().map(part).collect(),
        _ => collapsed(pair.as_str()),
    }
}

fn listed(line: Pair<'_>, between: &str) -> String {
    line.into_inner().map(part).collect::<Vec<_>>().join(between)
}

/// `kind term (, plural)? (: note (, note)*)?`
fn kind(line: Pair<'_>) -> String {
    let mut head = Vec::new();
    let mut notes = Vec::new();
    for child in line.into_inner() {
        match child.as_rule() {
            Rule::total => notes.push(format!("{} in all", listed(child, " "))),
            Rule::recurring => notes.push("recurring".to_owned()),
            Rule::one_off => notes.push("one-off".to_owned()),
            Rule::kind_of => notes.push(format!("of {}", listed(child, " "))),
            Rule::parent => notes.push(part(child)),
            _ => head.push(part(child)),
        }
    }
    format!("kind {}{}", head.join(", "), behind_colon(&notes))
}

fn behind_colon(notes: &[String]) -> String {
    if notes.is_empty() { String::new() } else { format!(": {}", notes.join(", ")) }
}

/// `number term = low..high, tolerant low..high unit`
fn number_word(line: Pair<'_>) -> String {
    let (mut word, mut ranges, mut unit) = (String::new(), Vec::new(), "");
    for child in line.into_inner() {
        match child.as_rule() {
            Rule::term => word = part(child),
            Rule::unit_flag => unit = " unit",
            Rule::interval => ranges.push(listed(child, "..")),
            _ => ranges.push(part(child)),
        }
    }
    format!("number {word} = {}{unit}", ranges.join(", tolerant "))
}

/// `name names, also aliases: notes`
fn name(keyword: &str, line: Pair<'_>) -> String {
    let (mut names, mut aliases, mut notes) = (String::new(), String::new(), Vec::new());
    for child in line.into_inner() {
        match child.as_rule() {
            Rule::names => names = listed(child, ", "),
            Rule::aliases => aliases = format!(", also {}", listed(child, ", ")),
            Rule::part_of => notes.push(format!("part of {}", listed(child, " "))),
            _ => notes.push(part(child)),
        }
    }
    format!("{keyword} {names}{aliases}{}", behind_colon(&notes))
}

/// `sort name(role: kind, …)`
fn relation(line: Pair<'_>) -> String {
    let (mut head, mut roles) = (Vec::new(), Vec::new());
    for child in line.into_inner() {
        match child.as_rule() {
            Rule::role => roles.push(listed(child, ": ")),
            _ => head.push(part(child)),
        }
    }
    format!("{}({})", head.join(" "), roles.join(", "))
}

/// `one role per role, …`
fn one(line: Pair<'_>) -> String {
    let mut roles = line.into_inner().map(part);
    let first = roles.next().unwrap_or_default();
    format!("one {first} per {}", roles.collect::<Vec<_>>().join(", "))
}

/// `starts relation(role, …)`
fn link(line: Pair<'_>) -> String {
    let mut parts = line.into_inner().map(part);
    let head = format!("{} {}", parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
    let fillers: Vec<String> = parts.collect();
    if fillers.is_empty() { head } else { format!("{head}({})", fillers.join(", ")) }
}

/// The elements of a phrasing.
fn pattern(pair: Pair<'_>) -> String {
    fn element(pair: Pair<'_>) -> String {
        match pair.as_rule() {
            Rule::optional => format!("({})", pair.into_inner().map(element).collect::<Vec<_>>().join(" ")),
            _ => pair.as_str().to_owned(),
        }
    }
    pair.into_inner().map(element).collect::<Vec<_>>().join(" ")
}

/// `yes statement => filler, …`; the commas of its fillers stay as they are, since some stand in numbers.
fn yes(line: Pair<'_>) -> String {
    let (whole, begins) = (line.as_str(), line.as_span().start());
    let (mut statement, mut fillers) = (String::new(), None);
    for child in line.into_inner() {
        match child.as_rule() {
            Rule::yes_filler => {
                fillers.get_or_insert(child.as_span().start());
            }
            _ => statement = example(child.as_str()),
        }
    }
    match fillers {
        None => format!("yes {statement}"),
        Some(start) => format!("yes {statement} => {}", collapsed(whole.get(start.saturating_sub(begins)..).unwrap_or_default())),
    }
}

/// An example; one that is no statement, as `no` lines have them, stays as it is.
fn example(text: &str) -> String {
    statement_laid_out(text).unwrap_or_else(|_| text.trim().to_owned())
}
