//! "This comes 12 days after rebels launched an offensive": how long after something the document itself comes.

use crate::syntax::ast::{ChunkKind, Side};
use crate::syntax::running;
use crate::text::Span;
use crate::time::Length;

/// What a sentence says of the document's own day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ComesAfter {
    /// How long after.
    pub length: Length,
    /// Where that stands.
    pub span: Span,
    /// After what: where the words for it stand.
    pub anchor: Span,
}

/// What stands for the document, or for the news that it brings.
const SUBJECTS: [&str; 8] = ["this", "it", "that", "the latest", "the news", "the announcement", "the report", "the move"];

/// Reads a sentence that says, by a length that is not bounded, how long after something its document comes.
pub fn comes_after(text: &str) -> Option<ComesAfter> {
    let chunks = running(text).chunks;
    let (at, length) = chunks.iter().enumerate().find_map(|(at, chunk)| match &chunk.kind {
        ChunkKind::Order(order) if order.side == Side::After && !order.within => {
            order.distance.filter(|stretch| stretch.bound.is_none()).map(|stretch| (at, stretch.length))
        }
        _ => None,
    })?;
    let span = chunks.get(at)?.span;
    let front = text.get(..span.start)?.trim().to_lowercase();
    let comes = ["comes", "come", "came"].iter().any(|verb| front.ends_with(verb));
    if !comes || !SUBJECTS.iter().any(|subject| front.starts_with(subject)) {
        return None;
    }
    let behind = chunks.get(at.saturating_add(1)..)?;
    let end = behind.iter().find(|chunk| matches!(chunk.kind, ChunkKind::Comma | ChunkKind::Colon | ChunkKind::Dash));
    let anchor = Span::new(
        behind.first()?.span.start,
        end.or(behind.last()).map(|chunk| if end.is_some() { chunk.span.start } else { chunk.span.end })?,
    );
    Some(ComesAfter { length, span, anchor })
}
