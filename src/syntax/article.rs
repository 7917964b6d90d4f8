//! `article.pest`: the head of an article to where and when it was written.
//!
//! In: the start of a paragraph, or a line. Out: the place and the dates in it, as written; nothing where it is neither a
//! dateline nor a byline.

use pest::Parser;

use super::date::lower_date;
use super::{Grammar, Pair, Rule, span_of};
use crate::text::Span;
use crate::text::limits::LONGEST_HEAD;
use crate::time::WrittenDate;

/// What stands before the first sentence of a report: `BEIRUT, Dec. 10, 2024 —`.
#[derive(Clone, Debug)]
pub struct Dateline {
    /// The place, without its country or state.
    pub place: Option<Span>,
    /// The date.
    pub date: Option<(WrittenDate, Span)>,
    /// The byte at which the sentence begins.
    pub end: usize,
}

/// A line that says when and by whom: `By Ann Lee | Updated: Dec. 8, 2024`.
#[derive(Clone, Debug, Default)]
pub struct Byline {
    /// Its dates, and whether each is said to be a later one than that of publication.
    pub dates: Vec<(WrittenDate, Span, bool)>,
    /// Whether it names an author.
    pub author: bool,
}

/// The dateline that a paragraph begins with.
pub fn dateline(text: &str) -> Option<Dateline> {
    let end = (0..=LONGEST_HEAD.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    let head = Grammar::parse(Rule::dateline, text.get(..end)?).ok()?.next()?;
    let mut found = Dateline { place: None, date: None, end: 0 };
    for pair in head.into_inner() {
        match pair.as_rule() {
            Rule::loud_name | Rule::place_name => found.place = Some(span_of(&pair)),
            Rule::date => {
                let span = span_of(&pair);
                found.date = lower_date(pair).ok().map(|date| (date, span));
            }
            Rule::dateline_end => found.end = span_of(&pair).start,
            _ => {}
        }
    }
    Some(found)
}

/// A line, if it is a byline.
pub fn byline(text: &str) -> Option<Byline> {
    if text.len() > LONGEST_HEAD {
        return None;
    }
    let line = Grammar::parse(Rule::byline, text).ok()?.next()?;
    let mut found = Byline::default();
    for pair in line.into_inner() {
        match pair.as_rule() {
            Rule::byline_author => found.author = true,
            Rule::byline_date => found.dates.extend(byline_date(pair)),
            _ => {}
        }
    }
    (found.author || !found.dates.is_empty()).then_some(found)
}

/// `byline_date = date_label? date`
fn byline_date(pair: Pair<'_>) -> Option<(WrittenDate, Span, bool)> {
    let mut later = false;
    for child in pair.into_inner() {
        match child.as_rule() {
            Rule::date_label => later = child.into_inner().next().is_some_and(|label| label.as_rule() == Rule::label_later),
            Rule::date => {
                let span = span_of(&child);
                return lower_date(child).ok().map(|date| (date, span, later));
            }
            _ => {}
        }
    }
    None
}
