//! Whether the words around a date speak of what was or of what will be.
//!
//! In: a sentence in chunks and the place of a date in it. Out: a [`Direction`]. Never: knows a verb; the few words that look
//! ahead are listed here.

use crate::syntax::ast::{Chunk, ChunkKind};
use crate::time::Direction;

/// Words that look ahead by themselves.
const AHEAD: &[&str] =
    &["will", "shall", "won't", "'ll", "would", "upcoming", "scheduled", "slated", "forthcoming", "should", "must", "may", "might"];
/// Words that look ahead before `to` and a verb.
const AHEAD_TO: &[&str] = &[
    "is",
    "are",
    "be",
    "set",
    "due",
    "expected",
    "expects",
    "expect",
    "planned",
    "planning",
    "plans",
    "plan",
    "hopes",
    "hope",
    "intends",
    "intend",
    "likely",
    "about",
    "supposed",
    "going",
    "ready",
    "poised",
    "aims",
    "wants",
    "agreed",
    "promised",
    "vowed",
    "continue",
    "continued",
    "remain",
    "designed",
    "scheduled",
    "slated",
    "began",
];
/// Words behind which somebody else's statement or another clause begins.
const BOUNDS: &[&str] = &["that", "which", "who", "where", "because", "although", "though", "whether", "if"];

/// Which way the clause looks that the chunk at a place stands in.
pub(super) fn direction(text: &str, chunks: &[Chunk], at: usize) -> Direction {
    // A headline says `to` for `will`; it has no stop.
    let headline = !text.trim_end().ends_with(['.', '!', '?', '"', '\u{201d}', '\'', '\u{2019}', ')', '\u{2026}']);
    let before = chunks.get(..at).unwrap_or_default();
    let after = chunks.get(at.saturating_add(1)..).unwrap_or_default();
    let opening = before.iter().rposition(|chunk| is_bound(text, chunk));
    let clause = before.get(opening.map_or(0, |place| place.saturating_add(1))..).unwrap_or_default();
    if looks_ahead(text, clause) || headline && clause.iter().any(|chunk| word(text, chunk) == "to") {
        return Direction::Future;
    }
    // A date before its verb: `on Friday the court will rule`.
    let fronted = !clause.iter().any(|chunk| matches!(chunk.kind, ChunkKind::Word));
    let skipped = usize::from(after.first().is_some_and(|chunk| matches!(chunk.kind, ChunkKind::Comma)));
    let rest = after.get(skipped..).unwrap_or_default();
    let closing = rest.iter().position(|chunk| is_bound(text, chunk)).unwrap_or(rest.len());
    let attributive = chunks.get(at).is_some_and(|chunk| !matches!(chunk.kind, ChunkKind::When(_)));
    if (fronted || attributive) && looks_ahead(text, rest.get(..closing).unwrap_or_default()) {
        return Direction::Future;
    }
    Direction::Past
}

fn looks_ahead(text: &str, chunks: &[Chunk]) -> bool {
    let words: Vec<String> =
        chunks.iter().filter(|chunk| !is_time(chunk)).map(|chunk| chunk.span.of(text).replace('\u{2019}', "'")).collect();
    // `May` is a month or a name.
    let words: Vec<String> = words.into_iter().filter(|word| word != "May").map(|word| word.to_lowercase()).collect();
    let ahead = words.iter().any(|word| AHEAD.contains(&word.as_str()) || word.ends_with("'ll"));
    let ahead_to = words.windows(2).any(|pair| matches!(pair, [first, to] if to == "to" && AHEAD_TO.contains(&first.as_str())));
    ahead || ahead_to
}

fn is_time(chunk: &Chunk) -> bool {
    matches!(chunk.kind, ChunkKind::When(_) | ChunkKind::MomentOfDay)
}

fn is_bound(text: &str, chunk: &Chunk) -> bool {
    match chunk.kind {
        ChunkKind::Colon | ChunkKind::Dash | ChunkKind::Quoted | ChunkKind::OpenBracket | ChunkKind::CloseBracket => true,
        ChunkKind::Word => BOUNDS.contains(&word(text, chunk).as_str()),
        _ => false,
    }
}

fn word(text: &str, chunk: &Chunk) -> String {
    crate::text::fold_word(chunk.span.of(text))
}
