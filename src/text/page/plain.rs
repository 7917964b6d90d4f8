//! Text without markup: what is a paragraph, a heading, an item is told by its lines alone.
//!
//! In: a text. Out: blocks. A line that ends where the next word would not have fitted was wrapped and goes on in the next
//! one; where that word would have fitted, the writer ended it. Never: joins lines over a blank one.

use super::block::{Block, BlockKind};
use super::writer::BlockWriter;
use crate::text::Span;

/// A text whose lines are longer than this many characters is not wrapped: each line is a paragraph.
const WIDEST_WRAPPED: usize = 120;
/// A heading has at most this many characters.
const LONGEST_HEADING: usize = 120;

struct Line<'t> {
    start: usize,
    text: &'t str,
    width: usize,
}

/// The blocks of a text from a byte on.
pub(super) fn read(text: &str, start: usize) -> Vec<Block> {
    let lines = lines(text, start);
    let width = lines.iter().map(|line| line.width).max().unwrap_or(0);
    let wrapped = (width <= WIDEST_WRAPPED).then_some(width);
    let mut blocks = Vec::new();
    for group in lines.split(|line| line.text.is_empty()).filter(|group| !group.is_empty()) {
        let mut open: Vec<&Line<'_>> = Vec::new();
        for line in group {
            if let Some(last) = open.last()
                && !goes_on(last, line, wrapped)
            {
                blocks.extend(block(&open, group.len()));
                open.clear();
            }
            open.push(line);
        }
        blocks.extend(block(&open, group.len()));
    }
    if let Some(first) = blocks.first_mut().filter(|first| matches!(first.kind, BlockKind::Heading(_))) {
        first.kind = BlockKind::Title;
    }
    blocks
}

fn lines(text: &str, start: usize) -> Vec<Line<'_>> {
    let mut at = start;
    let rest = text.get(start..).unwrap_or_default();
    rest.split_inclusive('\n')
        .map(|line| {
            let from = at.saturating_add(line.len()).saturating_sub(line.trim_start().len());
            at = at.saturating_add(line.len());
            let text = line.trim();
            Line { start: if text.is_empty() { at } else { from }, text, width: text.chars().count() }
        })
        .collect()
}

/// Whether a line goes on in the next one.
fn goes_on(line: &Line<'_>, next: &Line<'_>, width: Option<usize>) -> bool {
    if item(next.text).is_some() || next.text.starts_with('>') != line.text.starts_with('>') || line.text.starts_with('#') {
        return false;
    }
    let Some(width) = width else { return false };
    let words = next.text.trim_start_matches('>').trim_start();
    let word = words.split_whitespace().next().unwrap_or_default();
    let fits = line.width.saturating_add(1).saturating_add(word.chars().count()) <= width;
    !fits || words.starts_with(char::is_lowercase)
}

fn block(lines: &[&Line<'_>], group: usize) -> Option<Block> {
    let mut writer = BlockWriter::default();
    let (mut kind, mut before) = (BlockKind::Paragraph, None);
    for line in lines {
        let marker = if before.is_some() && !line.text.starts_with('>') { 0 } else { marker(line.text) };
        if before.is_none() {
            kind = kind_of(line.text, lines.len() == 1 && group == 1);
        }
        if let Some(end) = before {
            writer.blank(Span::new(end, line.start));
        }
        writer.exact(line.text.get(marker..).unwrap_or_default(), line.start.saturating_add(marker));
        before = Some(line.start.saturating_add(line.text.len()));
    }
    writer.finish(kind)
}

fn kind_of(line: &str, alone: bool) -> BlockKind {
    let hashes = line.chars().take_while(|c| *c == '#').count();
    if let Some(level) = u8::try_from(hashes).ok().filter(|level| (1..=6).contains(level)) {
        return BlockKind::Heading(level);
    }
    if item(line).is_some() {
        return BlockKind::ListItem(1);
    }
    if line.starts_with('>') {
        return BlockKind::Quotation;
    }
    let ended = line.ends_with(['.', '!', '?', ':', ';', ',', '"', '\'', '\u{201d}', '\u{2019}', ')', ']', '\u{2026}']);
    if alone && !ended && line.chars().count() <= LONGEST_HEADING && line.starts_with(char::is_uppercase) {
        return BlockKind::Heading(2);
    }
    BlockKind::Paragraph
}

/// How many bytes of a line only say what kind it is.
fn marker(line: &str) -> usize {
    let sign = item(line).unwrap_or_else(|| line.len().saturating_sub(line.trim_start_matches(['#', '>']).len()));
    let rest = line.get(sign..).unwrap_or_default();
    sign.saturating_add(rest.len().saturating_sub(rest.trim_start().len()))
}

/// The length of the sign before an item of a list.
fn item(line: &str) -> Option<usize> {
    let first = line.chars().next()?;
    let sign = match first {
        '-' | '*' | '\u{2022}' | '\u{2023}' | '\u{25aa}' | '\u{25cf}' | '\u{2043}' => first.len_utf8(),
        '0'..='9' => {
            let digits = line.len().saturating_sub(line.trim_start_matches(|c: char| c.is_ascii_digit()).len());
            let after = line.get(digits..)?;
            if digits > 2 || !after.starts_with(['.', ')']) {
                return None;
            }
            digits.saturating_add(1)
        }
        _ => return None,
    };
    line.get(sign..).filter(|rest| rest.starts_with([' ', '\t'])).map(|_| sign)
}
