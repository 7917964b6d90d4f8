//! EDTF text to [`Edtf`].
//!
//! In comes one whole value without blanks around it; out goes the value, or what is wrong with it. One function
//! for each rule of `grammar/edtf.pest`, children taken in the order of the grammar.

use pest::Parser as _;
use pest::iterators::{Pair, Pairs};

use crate::time::{DatePattern, DateProblem, Digits, Doubt, Edge, Edtf, EdtfDate, EdtfFault, EdtfPart, SetKind};

#[allow(missing_docs, reason = "the derived types cannot carry documentation")]
mod parser {
    #[derive(pest_derive::Parser)]
    #[grammar = "../grammar/edtf.pest"]
    pub struct EdtfGrammar;
}

use parser::{EdtfGrammar, Rule};

/// What reading a part comes to: `None` stands for a tree that the grammar does not promise.
type Read<T> = Result<Option<T>, EdtfFault>;

/// Reads one EDTF value of level 0 to 2.
///
/// # Errors
/// [`DateProblem::NotEdtf`] with the reason, and [`DateProblem::Unforeseen`] for a fault of ours.
pub fn parse_edtf(text: &str) -> Result<Edtf, DateProblem> {
    let problem = |why: &str| DateProblem::NotEdtf { written: text.to_owned(), why: why.to_owned() };
    let mut pairs = EdtfGrammar::parse(Rule::edtf, text)
        .map_err(|error| problem(&format!("nothing fits from character {} on", place(&error, text))))?;
    let read = pairs.next().and_then(|pair| pair.into_inner().next()).map(value);
    match read {
        Some(Ok(Some(edtf))) => Ok(edtf),
        Some(Err(EdtfFault::NoSuchDay)) => Err(no_such_day(text).unwrap_or_else(|| problem(&EdtfFault::NoSuchDay.to_string()))),
        Some(Err(fault)) => Err(problem(&fault.to_string())),
        _ => Err(DateProblem::Unforeseen { written: text.to_owned() }),
    }
}

/// `2025-02-31` does not exist just as 31 February 2025 does not.
fn no_such_day(text: &str) -> Option<DateProblem> {
    let mut numbers = text.splitn(3, '-').map(str::parse::<u32>);
    let (year, month) = (numbers.next()?.ok()?, numbers.next()?.ok()?);
    numbers.next()?.ok()?;
    let last_day = crate::time::month_length(i64::from(year), month);
    let month_name = crate::time::month_name(month);
    let month_name = if month == 2 { format!("{month_name} {year}") } else { month_name.to_owned() };
    (1..=12).contains(&month).then(|| DateProblem::ImpossibleDate { written: text.to_owned(), month_name, last_day })
}

/// The character, counted from 1, at which the parser gave up.
fn place(error: &pest::error::Error<Rule>, text: &str) -> usize {
    let byte = match error.location {
        pest::error::InputLocation::Pos(start) | pest::error::InputLocation::Span((start, _)) => start,
    };
    text.get(..byte).map_or(1, |before| before.chars().count().saturating_add(1))
}

fn value(pair: Pair<'_, Rule>) -> Read<Edtf> {
    match pair.as_rule() {
        Rule::one_of => set(SetKind::OneOf, pair.into_inner()),
        Rule::all_of => set(SetKind::AllOf, pair.into_inner()),
        Rule::interval => interval(pair.into_inner()),
        Rule::moment => Ok(moment(pair.into_inner())?.map(Edtf::Date)),
        Rule::long_year => Ok(long_year(pair.into_inner())?.map(Edtf::Date)),
        Rule::short_year => Ok(short_year(pair.into_inner())?.map(Edtf::Date)),
        Rule::date => Ok(date(pair.into_inner())?.map(Edtf::Date)),
        Rule::decade => Ok(wide_year(pair.into_inner(), "X")?.map(Edtf::Date)),
        Rule::century => Ok(wide_year(pair.into_inner(), "XX")?.map(Edtf::Date)),
        _ => Ok(None),
    }
}

fn set(kind: SetKind, members: Pairs<'_, Rule>) -> Read<Edtf> {
    let parts: Result<Option<Vec<EdtfPart>>, EdtfFault> =
        members.map(|pair| pair.into_inner().next().map_or(Ok(None), member)).map(Result::transpose).map(Option::transpose).collect();
    Ok(parts?.map(|parts| Edtf::Set { kind, parts }))
}

fn member(pair: Pair<'_, Rule>) -> Read<EdtfPart> {
    let rule = pair.as_rule();
    if rule == Rule::date {
        return Ok(date(pair.into_inner())?.map(EdtfPart::Date));
    }
    let mut dates = pair.into_inner();
    let mut next = || dates.next().map_or(Ok(None), |pair| date(pair.into_inner()));
    let (from, to) = match rule {
        Rule::until_date => (None, next()?),
        Rule::from_date => (next()?, None),
        Rule::range => (next()?, next()?),
        _ => return Ok(None),
    };
    EdtfPart::range(from, to).map(Some)
}

fn interval(mut edges: Pairs<'_, Rule>) -> Read<Edtf> {
    let (Some(start), Some(end)) = (edges.next(), edges.next()) else {
        return Ok(None);
    };
    match (edge(start)?, edge(end)?) {
        (Some(start), Some(end)) => Edtf::interval(start, end).map(Some),
        _ => Ok(None),
    }
}

fn edge(pair: Pair<'_, Rule>) -> Read<Edge> {
    match pair.into_inner().next() {
        None => Ok(Some(Edge::Unknown)),
        Some(open) if open.as_rule() == Rule::open => Ok(Some(Edge::Open)),
        Some(written) => Ok(date(written.into_inner())?.map(Edge::Date)),
    }
}

/// One of year, month and day with its marks.
struct Part {
    negative: bool,
    digits: Digits,
    alone: Doubt,
    leftwards: Doubt,
}

fn part(pair: Pair<'_, Rule>) -> Option<Part> {
    let (mut negative, mut digits) = (false, None);
    let (mut alone, mut leftwards) = (Doubt::default(), Doubt::default());
    for child in pair.into_inner() {
        match child.as_rule() {
            Rule::minus => negative = true,
            Rule::before => alone = doubt(&child),
            Rule::after => leftwards = doubt(&child),
            _ => digits = Digits::read(child.as_str()),
        }
    }
    Some(Part { negative, digits: digits?, alone, leftwards })
}

fn doubt(pair: &Pair<'_, Rule>) -> Doubt {
    match pair.as_str() {
        "?" => Doubt { uncertain: true, approximate: false },
        "~" => Doubt { uncertain: false, approximate: true },
        _ => Doubt { uncertain: true, approximate: true },
    }
}

fn date(mut parts: Pairs<'_, Rule>) -> Read<EdtfDate> {
    let Some(year) = parts.next().and_then(part) else {
        return Ok(None);
    };
    let month = parts.next().and_then(part);
    let day = parts.next().and_then(part);
    let left = |part: &Option<Part>| part.as_ref().map_or(Doubt::default(), |part| part.leftwards);
    let own = |part: &Option<Part>| part.as_ref().map_or(Doubt::default(), |part| part.alone);
    let on_day = left(&day).and(own(&day));
    let on_month = left(&day).and(left(&month)).and(own(&month));
    let on_year = left(&day).and(left(&month)).and(year.leftwards).and(year.alone);
    let pattern = DatePattern {
        negative: year.negative,
        year: year.digits,
        month: month.map(|part| part.digits),
        day: day.map(|part| part.digits),
        doubt: [on_year, on_month, on_day],
    };
    match pattern.month.as_ref().and_then(Digits::known) {
        Some(code) if code > 20 && pattern.day.is_none() => EdtfDate::season(DatePattern { month: None, ..pattern }, code).map(Some),
        _ => EdtfDate::pattern(pattern).map(Some),
    }
}

/// A decade or century: a year whose last digits are not known.
fn wide_year(children: Pairs<'_, Rule>, unknown: &str) -> Read<EdtfDate> {
    let (mut negative, mut digits, mut mark) = (false, None, Doubt::default());
    for child in children {
        match child.as_rule() {
            Rule::minus => negative = true,
            Rule::after => mark = doubt(&child),
            _ => digits = Some(child.as_str()),
        }
    }
    let Some(digits) = digits else {
        return Ok(None);
    };
    if negative && digits.bytes().all(|byte| byte == b'0') {
        return Err(EdtfFault::SignedZero);
    }
    let Some(year) = Digits::read(&format!("{digits}{unknown}")) else {
        return Ok(None);
    };
    let doubt = [mark, Doubt::default(), Doubt::default()];
    EdtfDate::pattern(DatePattern { negative, year, month: None, day: None, doubt }).map(Some)
}

fn long_year(children: Pairs<'_, Rule>) -> Read<EdtfDate> {
    let (mut sign, mut magnitude, mut exponent, mut significant) = (1i64, 0i64, 0u32, None);
    for child in children {
        // Numbers too large to read are larger than any year: they stop at the farthest one.
        match child.as_rule() {
            Rule::minus => sign = -1,
            Rule::magnitude => magnitude = child.as_str().parse().unwrap_or(i64::MAX),
            Rule::exponent => exponent = child.as_str().parse().unwrap_or(u32::MAX),
            _ => significant = Some(child.as_str().parse().unwrap_or(u32::MAX)),
        }
    }
    let year = magnitude.saturating_mul(10i64.saturating_pow(exponent));
    EdtfDate::long_year(year.saturating_mul(sign), significant).map(Some)
}

fn short_year(children: Pairs<'_, Rule>) -> Read<EdtfDate> {
    let (mut sign, mut year, mut significant) = (1i64, None, None);
    for child in children {
        match child.as_rule() {
            Rule::minus => sign = -1,
            Rule::plain_four => year = child.as_str().parse::<i64>().ok(),
            _ => significant = Some(child.as_str().parse().unwrap_or(u32::MAX)),
        }
    }
    match year {
        Some(0) if sign < 0 => Err(EdtfFault::SignedZero),
        Some(year) => Ok(Some(EdtfDate::Year { year: year.saturating_mul(sign), significant })),
        None => Ok(None),
    }
}

fn moment(mut children: Pairs<'_, Rule>) -> Read<EdtfDate> {
    let Some(written) = children.next() else {
        return Ok(None);
    };
    let read = date(written.into_inner())?;
    let whole = matches!(&read, Some(EdtfDate::Pattern(pattern)) if pattern.day.is_some()
        && pattern.first().is_some() && pattern.first() == pattern.last());
    let mut clock = [0u32; 3];
    for (slot, child) in clock.iter_mut().zip(children.by_ref()) {
        *slot = number(&child);
    }
    let [hour, minute, second] = clock;
    let midnight_after = hour == 24 && minute == 0 && second == 0;
    let shown = (hour < 24 || midnight_after) && minute < 60 && second < 60;
    let zoned = children.all(|child| child.as_rule() != Rule::zone || zone(child));
    if whole && shown && zoned { Ok(read) } else { Err(EdtfFault::NoSuchTime) }
}

/// Whether an offset is one that some place has used: from 12 hours behind to 14 ahead, and not minus nothing.
fn zone(pair: Pair<'_, Rule>) -> bool {
    let (mut ahead, mut parts) = (true, Vec::new());
    for child in pair.into_inner() {
        match child.as_rule() {
            Rule::zone_sign => ahead = child.as_str() == "+",
            _ => parts.push(number(&child)),
        }
    }
    let (hours, minutes) = match parts.as_slice() {
        [] => return true,
        [hours] => (*hours, 0),
        [hours, minutes, ..] => (*hours, *minutes),
    };
    let offset = hours.saturating_mul(60).saturating_add(minutes);
    minutes < 60 && if ahead { offset <= 14 * 60 } else { (1..=12 * 60).contains(&offset) }
}

fn number(pair: &Pair<'_, Rule>) -> u32 {
    pair.as_str().parse().unwrap_or(u32::MAX)
}
