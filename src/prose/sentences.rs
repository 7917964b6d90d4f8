//! Where sentences begin and end.
//!
//! In: a block. Out: the span of each sentence in its text, without blanks around it. The bounds are those of Unicode (UAX
//! 29), less those behind an abbreviation, inside a quotation or inside brackets. Never: looks at what a sentence says.

use unicode_segmentation::UnicodeSegmentation;

use super::abbreviations::{Stop, goes_on_a_time, stop_after};
use super::openers::begins_a_sentence;
use crate::text::limits::LONGEST_STATEMENT;
use crate::text::{Block, BlockKind, InlineKind, Span};

/// The sentences of a block; none in code, remarks and bylines, and none in a dateline.
pub fn sentences(block: &Block) -> impl Iterator<Item = Span> {
    let spans = match block.kind {
        BlockKind::Code(_) | BlockKind::Comment | BlockKind::Byline => Vec::new(),
        _ => bounds(block),
    };
    spans.into_iter()
}

fn bounds(block: &Block) -> Vec<Span> {
    let text = block.text.get(block.lead..).unwrap_or_default();
    let enclosed = enclosed(text);
    let breaks = block.inlines.iter().filter(|inline| inline.kind == InlineKind::Break);
    let mut breaks = breaks.map(|inline| inline.span.start.saturating_sub(block.lead)).peekable();
    let mut spans = Vec::new();
    let mut start = 0_usize;
    for (at, piece) in text.split_sentence_bound_indices() {
        let end = at.saturating_add(piece.len());
        // A line end that the writer asked for parts sentences unless one plainly goes on.
        while let Some(place) = breaks.next_if(|place| *place < end) {
            if !text.get(place..).is_some_and(|rest| rest.starts_with(char::is_lowercase)) {
                spans.extend(trimmed(text, start, place));
                start = place;
            }
        }
        let around = enclosed.partition_point(|span| span.end <= end);
        let inside = enclosed.get(around).is_some_and(|span| span.start < end) && end.saturating_sub(start) < LONGEST_STATEMENT;
        if !inside && ends(text.get(start..end).unwrap_or_default(), text.get(end..).unwrap_or_default()) {
            spans.extend(trimmed(text, start, end));
            start = end;
        }
    }
    spans.extend(trimmed(text, start, text.len()));
    spans.into_iter().map(|span| span.shifted(block.lead)).collect()
}

/// Whether a sentence ends between these two texts.
fn ends(before: &str, after: &str) -> bool {
    let before = before.trim_end();
    let next = after.trim_start().trim_start_matches(['"', '\'', '\u{201c}', '\u{2018}', '(', '[']);
    // `"Stop!" he said`, `Yahoo! said`
    if next.starts_with(char::is_lowercase) {
        return false;
    }
    let Some(word) = before.strip_suffix('.') else { return !before.is_empty() };
    let word = word.rsplit([' ', '(', '[', '"', '\u{201c}', '\u{2014}', '\u{2013}', '/']).next().unwrap_or_default();
    // `1.` before the words of an item.
    if before.len() == word.len().saturating_add(1) && !word.is_empty() && word.chars().all(|c| c.is_ascii_digit()) {
        return false;
    }
    let next_word = next.split(|c: char| !c.is_alphanumeric() && c != '.').next().unwrap_or_default().trim_end_matches('.');
    match stop_after(word) {
        Stop::Inside => next.is_empty(),
        Stop::BeforeNumber => {
            // `Thurs. Dec. 12`
            !next.starts_with(|c: char| c.is_ascii_digit()) && stop_after(next_word) != Stop::BeforeNumber
        }
        Stop::Either => next.is_empty() || begins_a_sentence(next_word),
        Stop::Clock => next.is_empty() || next.starts_with(char::is_uppercase) && !goes_on_a_time(next_word),
        Stop::End => true,
    }
}

/// Quotations and bracketed words that are closed again, outermost ones only.
fn enclosed(text: &str) -> Vec<Span> {
    // One mark for both ends means nothing if their number is odd.
    let straight = text.matches('"').count().is_multiple_of(2);
    let lasts = ['"', '\u{201d}', '\u{bb}', ')', ']'].map(|closing| (closing, text.rfind(closing)));
    let last_of = |closing: char| lasts.iter().find(|(known, _)| *known == closing).and_then(|(_, last)| *last);
    let mut found = Vec::new();
    let mut open: Option<(char, usize)> = None;
    for (at, c) in text.char_indices() {
        let end = at.saturating_add(c.len_utf8());
        match open {
            Some((closing, start)) if c == closing => {
                found.push(Span::new(start, end));
                open = None;
            }
            Some(_) => {}
            None => {
                let closing = match c {
                    '"' if straight => '"',
                    '\u{201c}' => '\u{201d}',
                    '\u{ab}' => '\u{bb}',
                    '(' => ')',
                    '[' => ']',
                    _ => continue,
                };
                if last_of(closing).is_some_and(|last| last >= end) {
                    open = Some((closing, at));
                }
            }
        }
    }
    found
}

fn trimmed(text: &str, start: usize, end: usize) -> Option<Span> {
    let piece = text.get(start..end)?;
    let start = start.saturating_add(piece.len().saturating_sub(piece.trim_start().len()));
    let length = piece.trim().len();
    (length > 0).then(|| Span::new(start, start.saturating_add(length)))
}
