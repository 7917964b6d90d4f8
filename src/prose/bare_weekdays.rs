//! A weekday that stands for a day without *on*: "the army said Thursday that …", "it fell Wednesday night".
//!
//! In: the pieces of a sentence. Out: the same with such weekdays as dates, *on* put in front. Never: takes a weekday that is part of
//! a name or says which one of several is meant ("the Wednesday meeting", "Wednesday's vote", "Black Friday").

use super::pieces::{Kind, Piece};
use crate::syntax::ast::{Chunk, ChunkKind, Preposition, TimePhrase};
use crate::syntax::running;
use crate::time::{DateForm, Which};

const WEEKDAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
/// Words behind which a weekday is no day by itself.
const BEFORE: [&str; 16] =
    ["the", "a", "an", "this", "that", "last", "next", "every", "each", "on", "by", "of", "since", "until", "before", "after"];
/// Words that go on behind a day.
const BEHIND: [&str; 24] = [
    "that",
    "in",
    "at",
    "to",
    "with",
    "by",
    "for",
    "as",
    "from",
    "near",
    "amid",
    "over",
    "against",
    "into",
    "during",
    "because",
    "where",
    "which",
    "who",
    "outside",
    "inside",
    "through",
    "about",
    "following",
];

/// The pieces of a sentence with its bare weekdays as dates.
pub(super) fn with_bare_weekdays(pieces: Vec<Piece>, text: &str) -> Vec<Piece> {
    if !WEEKDAYS.iter().any(|day| text.contains(day)) {
        return pieces;
    }
    let chunks = running(text).chunks;
    let bare = chunks.iter().filter_map(|chunk| is_bare(chunk).map(|phrase| (chunk.span, phrase)));
    bare.fold(pieces, |pieces, (span, phrase)| {
        let inside = |piece: &Piece| span.start <= piece.span.start && piece.span.end <= span.end;
        let first = pieces.iter().position(inside);
        let Some(first) = first else { return pieces };
        let count = pieces.iter().skip(first).take_while(|piece| inside(piece)).count();
        let own = pieces.iter().skip(first).take(count).all(Piece::is_plain_word);
        let before = first.checked_sub(1).and_then(|at| pieces.get(at));
        let behind = pieces.get(first.saturating_add(count));
        let possessive = text.get(span.end..).unwrap_or_default().starts_with(['\'', '\u{2019}']);
        if !own || possessive || !before.is_none_or(leads_to_a_day) || !behind.is_none_or(|piece| goes_on(piece, before.is_none())) {
            return pieces;
        }
        let words = format!("on {}", span.of(text));
        let date = TimePhrase { preposition: Preposition::On, ..phrase.clone() };
        let day = Piece { kind: Kind::Chunk(ChunkKind::When(date)), folded: words.to_lowercase(), words, span, borrowed: false };
        let rest = pieces.iter().skip(first.saturating_add(count)).cloned();
        pieces.iter().take(first).cloned().chain(std::iter::once(day)).chain(rest).collect()
    })
}

fn is_bare(chunk: &Chunk) -> Option<&TimePhrase> {
    match &chunk.kind {
        ChunkKind::When(phrase) => {
            let weekday = matches!(phrase.date.form, DateForm::Weekday { which: Which::Bare, .. });
            (weekday && phrase.preposition == Preposition::Bare).then_some(phrase)
        }
        _ => None,
    }
}

/// Whether a day may follow: behind a verb, a known name or a mark; not behind a capital that may belong to it.
fn leads_to_a_day(piece: &Piece) -> bool {
    let lower = piece.words.starts_with(char::is_lowercase);
    if piece.is_plain_word() { lower && !piece.is_one_of(&BEFORE) } else { !matches!(piece.chunk(), Some(ChunkKind::When(_))) }
}

/// Whether a day may stand before a piece. At the beginning of a sentence only a mark shows that it is one.
fn goes_on(piece: &Piece, fronted: bool) -> bool {
    match piece.chunk() {
        Some(ChunkKind::Comma) => true,
        Some(ChunkKind::Word) => !fronted && piece.is_one_of(&BEHIND),
        Some(ChunkKind::Number(_) | ChunkKind::Quoted | ChunkKind::Mark(_) | ChunkKind::Bound(_)) | None => false,
        Some(_) => !fronted,
    }
}
