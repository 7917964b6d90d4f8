//! Distances in days that a text gives beside both their dates: `three days later, on 29 November`, `on 29 November, three days
//! after it began on 27 November`.
//!
//! In: a sentence with its dates, and the days of the sentence before. Out: a [`Misstep`] for each distance that its dates do not
//! have. Some writers count the day that they start from, so one day less is no fault. Never: guesses what *later* hangs on.

use super::Dated;
use crate::syntax::Running;
use crate::syntax::ast::{Chunk, ChunkKind, Side};
use crate::text::Span;
use crate::time::{DateForm, Day, DaySet, Length, Unit, When};

/// A distance that its dates do not have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Misstep {
    /// The distance with the dates beside it, in the sentence.
    pub span: Span,
    /// How far apart they are, in words.
    pub message: String,
}

/// The distances of a sentence that its dates do not have; `before` are the days of the sentence before.
pub fn missteps(text: &str, running: &Running, dated: &[Dated], before: &[Day]) -> Vec<Misstep> {
    let mut found = later(text, dated, before);
    found.extend(after(text, running, dated));
    found
}

/// `Three days later, on 29 November`.
fn later(text: &str, dated: &[Dated], before: &[Day]) -> Vec<Misstep> {
    let misstep = |(at, pair): (usize, &[Dated])| {
        let [relative, explicit] = pair else { return None };
        let Some(DateForm::FromPrevious(length)) = relative.date.as_ref().map(|date| &date.form) else { return None };
        let meant = relative.days.as_ref().ok()?;
        let day = explicit_day(explicit)?;
        // What it hangs on is sure only if the text just gave one day and no other.
        let earlier = single_days(dated.get(..at)?);
        let mut known = before.iter().chain(&earlier);
        let from = known.next()?;
        let wrong = known.all(|other| other == from)
            && length.unit == Unit::Day
            && length.count > 0
            && is_beside(text, relative.span, explicit.span)
            && meant.weak.intersection(&DaySet::day(day)).is_empty();
        wrong.then(|| Misstep { span: relative.span.to(explicit.span), message: apart(*from, day) })
    };
    dated.windows(2).enumerate().filter_map(misstep).collect()
}

/// `On 29 November, three days after it began on 27 November`.
fn after(text: &str, running: &Running, dated: &[Dated]) -> Vec<Misstep> {
    let misstep = |(at, chunk): (usize, &Chunk)| {
        let ChunkKind::Order(order) = &chunk.kind else { return None };
        let length = order.distance.filter(|stretch| stretch.bound.is_none() && !order.within)?.length;
        let here = dated.iter().find(|dated| is_beside(text, dated.span, chunk.span))?;
        let behind = running.chunks.get(at.saturating_add(1)..)?;
        let there = dated.iter().find(|dated| chunk.span.end <= dated.span.start).filter(|dated| !parted(behind, dated.span))?;
        // `1 January 0001`: a year that is not read.
        let cut_short = text.get(there.span.end..)?.trim_start_matches([' ', ',']).starts_with(|c: char| c.is_ascii_digit());
        let (one, other) = (explicit_day(here)?, explicit_day(there).filter(|_| !cut_short)?);
        let (from, to) = match order.side {
            Side::After => (other, one),
            Side::Before => (one, other),
            _ => return None,
        };
        let wrong = length.unit == Unit::Day && !is_distance(length, from, to);
        wrong.then(|| Misstep { span: here.span.to(there.span), message: apart(from, to) })
    };
    running.chunks.iter().enumerate().filter_map(misstep).collect()
}

/// Whether two days are so far apart, counted with the first of them or without.
fn is_distance(length: Length, from: Day, to: Day) -> bool {
    to.since(from).is_some_and(|days| days == length.count || days == length.count.saturating_sub(1))
}

fn apart(from: Day, to: Day) -> String {
    let days = to.since(from).unwrap_or_default();
    let count = match days.abs() {
        0 => return format!("both are {}", to.in_words()),
        1 => "one day".to_owned(),
        days => format!("{days} days"),
    };
    let side = if days < 0 { "before" } else { "after" };
    format!("{} is {count} {side} {}", to.in_words(), from.in_words())
}

/// The day of a date that is written in full, or as the day of a month.
fn explicit_day(dated: &Dated) -> Option<Day> {
    let date = dated.date.as_ref()?;
    let explicit = matches!(date.form, DateForm::Day { .. } | DateForm::Edtf(_)) && !date.approximate && dated.second.is_none();
    dated.days.as_ref().ok().filter(|_| explicit).and_then(When::single_day)
}

/// The single days that phrases give, sorted, each once.
pub fn single_days(dated: &[Dated]) -> Vec<Day> {
    let mut days: Vec<Day> = dated.iter().filter_map(|dated| dated.days.as_ref().ok()).filter_map(When::single_day).collect();
    days.sort_unstable();
    days.dedup();
    days
}

/// Whether nothing but a comma or a bracket lies between two phrases.
fn is_beside(text: &str, first: Span, second: Span) -> bool {
    first.end <= second.start && Span::new(first.end, second.start).of(text).chars().all(|c| c.is_whitespace() || matches!(c, ',' | '('))
}

/// Whether more than plain words lie before a date.
fn parted(chunks: &[Chunk], date: Span) -> bool {
    chunks.iter().take_while(|chunk| chunk.span.end <= date.start).any(|chunk| !matches!(chunk.kind, ChunkKind::Word))
}
