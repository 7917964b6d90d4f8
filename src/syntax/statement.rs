//! `statement.pest` to [`ast::Statement`]: one function a rule.

use pest::Parser;

use super::ast::{self, Bound, Chunk, ChunkKind, Conjunction, Figure, Mark, Order, Preposition, Side, Statement, Stretch, TimePhrase};
use super::date::{lower_date, lower_duration};
use super::{Grammar, Pair, Rule, internal, span_of, stopped_at, too_costly};
use crate::text::limits::{LONGEST_STATEMENT, LONGEST_WORD, MOST_CHUNKS};
use crate::text::{Problem, Span};
use crate::time::{DateProblem, WrittenDate};

/// Cuts one statement into chunks.
///
/// # Errors
/// A [`Problem`] where quotation marks are not closed, a character has no place in a statement, a written date does not
/// exist, or the statement is empty or endless.
pub fn statement(text: &str) -> Result<Statement, Problem> {
    let trimmed = text.trim_end();
    let start = trimmed.len().saturating_sub(trimmed.trim_start().len());
    if trimmed.trim_start().is_empty() {
        return Err(Problem::new("empty", Span::new(0, text.len()), "there is no statement here"));
    }
    if let Some(end) = trimmed.strip_suffix('?') {
        return Err(Problem::new("question", Span::new(end.len(), trimmed.len()), "a question states nothing that could be checked")
            .help("write what you want to be checked as a statement"));
    }
    short_enough(trimmed, "statement")?;
    let mut pairs = Grammar::parse(Rule::statement, trimmed.trim_end_matches('!')).map_err(|error| unreadable(&error, text))?;
    let whole = pairs.next().ok_or_else(|| internal(Span::new(0, text.len()), "an empty parse"))?;
    let mut chunks = Vec::new();
    for pair in whole.into_inner() {
        if matches!(pair.as_rule(), Rule::EOI) {
            continue;
        }
        let span = span_of(&pair);
        let kind = chunk(pair)?;
        if matches!(kind, ChunkKind::Word) && span.of(text).len() > LONGEST_WORD {
            return Err(Problem::new("too-long", span, format!("a word has at most {LONGEST_WORD} bytes")));
        }
        chunks.push(Chunk { kind, span });
        if chunks.len() > MOST_CHUNKS {
            return Err(Problem::new("too-long", span, format!("a statement has at most {MOST_CHUNKS} words and marks"))
                .help("split it into several statements"));
        }
    }
    // A full stop belongs to an abbreviation only inside the statement.
    let end = chunks.last().map_or(trimmed.len(), |last| last.span.end);
    if let Some(last) = chunks.last_mut() {
        let words = last.span.of(text);
        if matches!(last.kind, ChunkKind::Word) && words.ends_with('.') && !words.trim_end_matches('.').contains('.') {
            last.span.end = last.span.start.saturating_add(words.trim_end_matches('.').len());
        }
    }
    Ok(Statement { chunks, span: Span::new(start, end) })
}

/// Whether the grammar sees nothing in a text but words with a blank between, the first of them no number.
pub fn is_only_words(text: &str) -> bool {
    statement(text).is_ok_and(|written| {
        let plain = |chunk: &Chunk| matches!(chunk.kind, ChunkKind::Word | ChunkKind::Number(_));
        written.chunks.len() == text.split(' ').count()
            && written.chunks.iter().all(plain)
            && written.chunks.first().is_some_and(|first| matches!(first.kind, ChunkKind::Word))
    })
}

/// Refuses a text before a parser sees it.
pub(super) fn short_enough(text: &str, what: &str) -> Result<(), Problem> {
    if text.len() <= LONGEST_STATEMENT {
        return Ok(());
    }
    // The place is where it becomes too long, between two characters.
    let at = (0..=LONGEST_STATEMENT).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    Err(Problem::new("too-long", Span::new(at, at), format!("a {what} has at most {LONGEST_STATEMENT} bytes, this one has {}", text.len()))
        .help("split it into several"))
}

fn unreadable(error: &pest::error::Error<Rule>, text: &str) -> Problem {
    if let Some(problem) = too_costly(error, Span::new(0, text.len())) {
        return problem;
    }
    let at = stopped_at(error, text);
    let rest = text.get(at.start..).unwrap_or_default();
    if rest.starts_with(['"', '\u{201c}']) {
        return Problem::new("unclosed-quote", Span::new(at.start, text.trim_end().len()), "this quotation mark is never closed")
            .help("close the quotation with the same kind of mark");
    }
    let shown = rest.chars().next().map_or_else(|| "the end".to_owned(), |c| format!("`{}`", crate::text::escape_controls(&c.to_string())));
    Problem::new("unreadable", at, format!("{shown} has no place in a statement"))
        .help("a statement is made of words, numbers, dates, commas, brackets and quoted words")
}

/// A sentence of running prose in chunks.
#[derive(Clone, Debug, Default)]
pub struct Running {
    /// The chunks, in the order of the text; full stops and stray marks are left out.
    pub chunks: Vec<Chunk>,
    /// Years and months that only say which one is spoken of (`the 2016 battle`); they are numbers and words among the chunks.
    pub attributes: Vec<(WrittenDate, Span)>,
    /// Dates that do not exist, can be read in two ways, and the like; they are words among the chunks.
    pub problems: Vec<Problem>,
}

/// Cuts a sentence of an article into chunks. Nothing in it is refused; a sentence that is too long to be read gives no chunks
/// and a problem.
pub fn running(text: &str) -> Running {
    let mut found = Running::default();
    if let Err(problem) = short_enough(text, "sentence") {
        found.problems.push(problem);
        return found;
    }
    let whole = match Grammar::parse(Rule::running, text) {
        Ok(mut pairs) => pairs.next(),
        Err(error) => {
            found.problems.push(unreadable(&error, text));
            None
        }
    };
    for pair in whole.into_iter().flat_map(Pair::into_inner) {
        let span = span_of(&pair);
        let kind = match pair.as_rule() {
            Rule::EOI => continue,
            Rule::stray if pair.as_str().starts_with(['.', '!', '?', '\u{2026}']) => continue,
            Rule::stray => Ok(ChunkKind::Word),
            Rule::attribute => attribute(pair).map(|(date, kind)| {
                found.attributes.push((date, span));
                kind
            }),
            Rule::bare_weekday => bare_when(pair).map(ChunkKind::When),
            _ => chunk(pair),
        };
        let kind = kind.unwrap_or_else(|problem| {
            found.problems.push(problem);
            ChunkKind::Word
        });
        found.chunks.push(Chunk { kind, span });
    }
    if let Some(last) = found.chunks.last_mut()
        && matches!(last.kind, ChunkKind::Word)
    {
        let words = last.span.of(text);
        if words.ends_with('.') && !words.trim_end_matches('.').contains('.') {
            last.span.end = last.span.start.saturating_add(words.trim_end_matches('.').len());
        }
    }
    found
}

/// `attribute = apart_only | bare_year | month_only`, with what it is among the chunks.
fn attribute(pair: Pair<'_>) -> Result<(WrittenDate, ChunkKind), Problem> {
    let kind = match pair.as_str().parse::<i64>() {
        Ok(number) => {
            let thousandths = number.saturating_mul(1000);
            ChunkKind::Number(Figure { thousandths, percent: false, currency: None })
        }
        Err(_) => ChunkKind::Word,
    };
    Ok((point(pair)?, kind))
}

fn chunk(pair: Pair<'_>) -> Result<ChunkKind, Problem> {
    Ok(match pair.as_rule() {
        Rule::word => ChunkKind::Word,
        Rule::quoted => ChunkKind::Quoted,
        Rule::when => ChunkKind::When(when(pair)?),
        Rule::range => ChunkKind::When(range(pair)?),
        Rule::bare_when => ChunkKind::When(bare_when(pair)?),
        Rule::lasting => ChunkKind::Lasting(only_child(pair, stretch)?),
        Rule::stretch => ChunkKind::Stretch(stretch(pair)?),
        Rule::vague_stretch => ChunkKind::VagueStretch,
        Rule::order => ChunkKind::Order(order(pair)?),
        Rule::moment_of_day => ChunkKind::MomentOfDay,
        Rule::first_time => ChunkKind::FirstTime,
        Rule::mark => ChunkKind::Mark(only_child(pair, mark)?),
        Rule::negation => ChunkKind::Not,
        Rule::conjunction => ChunkKind::Conjunction(only_child(pair, conjunction)?),
        Rule::bound => ChunkKind::Bound(only_child(pair, bound)?),
        Rule::number => ChunkKind::Number(number(pair)?),
        Rule::punctuation => only_child(pair, punctuation)?,
        _ => return Err(internal(span_of(&pair), pair.as_str())),
    })
}

fn only_child<T>(pair: Pair<'_>, lower: impl FnOnce(Pair<'_>) -> Result<T, Problem>) -> Result<T, Problem> {
    let (span, text) = (span_of(&pair), pair.as_str());
    match pair.into_inner().next() {
        Some(child) => lower(child),
        None => Err(internal(span, text)),
    }
}

fn dated(problem: DateProblem, span: Span) -> Problem {
    crate::syntax::statement::date_problem(&problem, span)
}

/// A fault of a date in words for people.
pub(super) fn date_problem(problem: &DateProblem, span: Span) -> Problem {
    let problem_text = problem.to_string();
    let problem = Problem::new(problem.code(), span, problem_text);
    match problem.code {
        "needs-reference" => {
            problem.help("write the whole date, or say `as of DATE` (in the file, or with --as-of) so that it has a day to stand on")
        }
        _ => problem,
    }
}

/// `when = preposition point`
fn when(pair: Pair<'_>) -> Result<TimePhrase, Problem> {
    let (span, text) = (span_of(&pair), pair.as_str());
    let mut children = pair.into_inner();
    let (Some(word), Some(date)) = (children.next(), children.next()) else { return Err(internal(span, text)) };
    let preposition = only_child(word, preposition)?;
    let date_span = span_of(&date);
    Ok(TimePhrase { preposition, date: point(date)?, date_span, second: None })
}

fn preposition(pair: Pair<'_>) -> Result<Preposition, Problem> {
    Ok(match pair.as_rule() {
        Rule::as_of => Preposition::AsOf,
        Rule::on => Preposition::On,
        Rule::in_ => Preposition::In,
        Rule::during => Preposition::During,
        Rule::throughout => Preposition::Throughout,
        Rule::by => Preposition::By,
        Rule::before => Preposition::Before,
        Rule::after => Preposition::After,
        Rule::since => Preposition::Since,
        Rule::until => Preposition::Until,
        Rule::at => Preposition::At,
        _ => return Err(internal(span_of(&pair), pair.as_str())),
    })
}

fn point(pair: Pair<'_>) -> Result<WrittenDate, Problem> {
    only_child(pair, |date| {
        let span = span_of(&date);
        lower_date(date).map_err(|problem| dated(problem, span))
    })
}

/// `range = from point to point | between point and point`
fn range(pair: Pair<'_>) -> Result<TimePhrase, Problem> {
    only_child(pair, |inner| {
        let (span, text) = (span_of(&inner), inner.as_str());
        let preposition = if matches!(inner.as_rule(), Rule::from_to) { Preposition::From } else { Preposition::Between };
        let mut children = inner.into_inner();
        let (Some(first), Some(second)) = (children.next(), children.next()) else { return Err(internal(span, text)) };
        let (first_span, second_span) = (span_of(&first), span_of(&second));
        Ok(TimePhrase { preposition, date: point(first)?, date_span: first_span, second: Some((point(second)?, second_span)) })
    })
}

fn bare_when(pair: Pair<'_>) -> Result<TimePhrase, Problem> {
    let date_span = span_of(&pair);
    Ok(TimePhrase { preposition: Preposition::Bare, date: point(pair)?, date_span, second: None })
}

/// `stretch = extent? duration`
fn stretch(pair: Pair<'_>) -> Result<Stretch, Problem> {
    let (span, text) = (span_of(&pair), pair.as_str());
    let mut bounded = None;
    for child in pair.into_inner() {
        match child.as_rule() {
            Rule::extent => bounded = Some(only_child(child, bound)?),
            _ => {
                let at = span_of(&child);
                let length = lower_duration(child).map_err(|problem| dated(problem, at))?;
                return Ok(Stretch { bound: bounded, length });
            }
        }
    }
    Err(internal(span, text))
}

fn bound(pair: Pair<'_>) -> Result<Bound, Problem> {
    Ok(match pair.as_rule() {
        Rule::at_least => Bound::AtLeast,
        Rule::at_most => Bound::AtMost,
        Rule::more_than | Rule::strictly_more => Bound::MoreThan,
        Rule::fewer_than | Rule::strictly_fewer => Bound::FewerThan,
        Rule::exactly => Bound::Exactly,
        Rule::about => Bound::About,
        Rule::nearly => Bound::Nearly,
        Rule::merely => Bound::Merely,
        _ => return Err(internal(span_of(&pair), pair.as_str())),
    })
}

/// `order = within stretch near | stretch side | side`
fn order(pair: Pair<'_>) -> Result<Order, Problem> {
    let span = span_of(&pair);
    let mut order = Order { side: Side::After, distance: None, within: false };
    for child in pair.into_inner() {
        match child.as_rule() {
            Rule::within => order.within = true,
            Rule::stretch => order.distance = Some(stretch(child)?),
            Rule::near | Rule::plain_order => order.side = only_child(child, side)?,
            _ => order.side = side(child)?,
        }
    }
    if order.within && order.distance.is_none() {
        return Err(internal(span, "within"));
    }
    Ok(order)
}

fn side(pair: Pair<'_>) -> Result<Side, Problem> {
    Ok(match pair.as_rule() {
        Rule::before => Side::Before,
        Rule::after => Side::After,
        Rule::since | Rule::since_then => Side::Since,
        Rule::until => Side::Until,
        Rule::while_ => Side::When,
        Rule::into => Side::Into,
        Rule::of => Side::Of,
        _ => return Err(internal(span_of(&pair), pair.as_str())),
    })
}

fn mark(pair: Pair<'_>) -> Result<Mark, Problem> {
    Ok(match pair.as_rule() {
        Rule::no_longer => Mark::NoLonger,
        Rule::not_yet => Mark::NotYet,
        Rule::only => Mark::Only,
        Rule::still => Mark::Still,
        Rule::already => Mark::Already,
        Rule::never => Mark::Never,
        Rule::always => Mark::Always,
        Rule::again => Mark::Again,
        Rule::both => Mark::Both,
        Rule::all => Mark::All,
        Rule::yet => Mark::Yet,
        Rule::ever => Mark::Ever,
        _ => return Err(internal(span_of(&pair), pair.as_str())),
    })
}

fn conjunction(pair: Pair<'_>) -> Result<Conjunction, Problem> {
    Ok(match pair.as_rule() {
        Rule::and => Conjunction::And,
        Rule::or => Conjunction::Or,
        Rule::but => Conjunction::But,
        Rule::nor => Conjunction::Nor,
        Rule::neither => Conjunction::Neither,
        Rule::either => Conjunction::Either,
        _ => return Err(internal(span_of(&pair), pair.as_str())),
    })
}

fn punctuation(pair: Pair<'_>) -> Result<ChunkKind, Problem> {
    Ok(match pair.as_rule() {
        Rule::comma => ChunkKind::Comma,
        Rule::colon => ChunkKind::Colon,
        Rule::long_dash => ChunkKind::Dash,
        Rule::open_bracket => ChunkKind::OpenBracket,
        Rule::close_bracket => ChunkKind::CloseBracket,
        _ => return Err(internal(span_of(&pair), pair.as_str())),
    })
}

/// `number = currency? figure percent?`
fn number(pair: Pair<'_>) -> Result<Figure, Problem> {
    let span = span_of(&pair);
    let mut figure = Figure { thousandths: 0, percent: false, currency: None };
    for child in pair.into_inner() {
        match child.as_rule() {
            Rule::currency => figure.currency = child.as_str().chars().next(),
            Rule::percent => figure.percent = true,
            _ => {
                figure.thousandths = thousandths(child.as_str()).ok_or_else(|| {
                    Problem::new("number-too-large", span, format!("`{}` is a larger or finer number than is counted with", child.as_str()))
                })?;
            }
        }
    }
    Ok(figure)
}

/// `1,234.5` as 1,234,500.
fn thousandths(written: &str) -> Option<i64> {
    let plain = written.replace(',', "");
    let (whole, fraction) = plain.split_once('.').unwrap_or((&plain, ""));
    if fraction.len() > 3 {
        return None;
    }
    let fraction: i64 = format!("{fraction:0<3}").parse().ok()?;
    whole.parse::<i64>().ok().filter(|n| *n < 1_000_000_000_000)?.checked_mul(1000)?.checked_add(fraction)
}

/// The words of a chunk that is quoted, without the marks.
impl ast::Chunk {
    /// The text between the quotation marks, or the whole text of any other chunk.
    pub fn words<'t>(&self, text: &'t str) -> &'t str {
        let words = self.span.of(text);
        match self.kind {
            ChunkKind::Quoted => words.trim_matches(['"', '\u{201c}', '\u{201d}']),
            _ => words,
        }
    }
}
