//! A weekday set behind its date: "on 5 December, a Thursday".

use super::pieces::Piece;
use crate::syntax::ast::ChunkKind;
use crate::text::Span;

const WEEKDAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/// The weekday that a text says behind a date which ends at `end`, as it is written, and where.
pub fn weekday_behind(text: &str, end: usize) -> Option<(&'static str, Span)> {
    let behind = text.get(end..)?;
    let said = behind.strip_prefix(", a ")?;
    let weekday = WEEKDAYS.iter().find(|day| said.strip_prefix(**day).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric)))?;
    let start = end.saturating_add(", a ".len());
    Some((weekday, Span::new(start, start.saturating_add(weekday.len()))))
}

/// The pieces with such weekdays in front of their dates, where they agree or not.
pub(super) fn with_weekdays(pieces: Vec<Piece>) -> Vec<Piece> {
    let mut kept: Vec<Piece> = Vec::new();
    let mut rest = pieces.as_slice();
    while let [piece, behind @ ..] = rest {
        rest = behind;
        if let (ChunkKind::When(phrase), [comma, a, weekday, after @ ..]) = (piece.chunk().unwrap_or(&ChunkKind::Word), behind)
            && comma.is_comma()
            && a.is_word("a")
            && phrase.second.is_none()
            && phrase.date.weekday.is_none()
            && let Some(name) = WEEKDAYS.iter().find(|name| **name == weekday.words)
            && let Some(front) = phrase.date_span.start.checked_sub(piece.span.start)
            && let Some((preposition, date)) = piece.words.split_at_checked(front)
        {
            kept.push(Piece { words: format!("{preposition}{name}, {date}"), span: piece.span.to(weekday.span), ..piece.clone() });
            rest = after;
        } else {
            kept.push(piece.clone());
        }
    }
    kept
}
