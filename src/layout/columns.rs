//! Lines to text: what is expected of neighbouring claims stands in one column, and so do the comments of neighbouring lines.

use super::Line;

/// The least distance of a column from what stands before it.
const GAP: usize = 2;

/// Claims up to this width share a column; what is expected of a longer one follows it closely.
const WIDEST_CLAIM: usize = 68;

/// Lines up to this width share a column of comments.
const WIDEST_LINE: usize = 60;

/// The text of all lines, each with its line end.
pub(super) fn set(lines: &[Line], line_end: &str) -> String {
    let mut text = String::new();
    for (at, set) in commented(lines, &expected(lines)).iter().enumerate() {
        if at > 0 {
            text.push_str(line_end);
        }
        text.push_str(set);
    }
    if !lines.is_empty() {
        text.push_str(line_end);
    }
    text
}

/// The lines with what is expected, without comments. A column ends at a blank line.
fn expected(lines: &[Line]) -> Vec<String> {
    let mut set = Vec::with_capacity(lines.len());
    for block in lines.chunk_by(|_, next| !next.is_blank()) {
        let column = column(block.iter().filter(|line| line.expected.is_some()).map(|line| width(&line.words)), WIDEST_CLAIM);
        set.extend(block.iter().map(|line| {
            let words = format!("{}{}", " ".repeat(if line.words.is_empty() { 0 } else { line.indent }), line.words);
            beside(words, line.expected.as_deref(), column)
        }));
    }
    set
}

/// The lines with their comments. A column ends at a line without words or without a comment.
fn commented(lines: &[Line], set: &[String]) -> Vec<String> {
    let lines: Vec<(&Line, &String)> = lines.iter().zip(set).collect();
    let beside_words = |line: &Line| !line.words.is_empty() && line.comment.is_some();
    let mut done = Vec::with_capacity(lines.len());
    for block in lines.chunk_by(|(one, _), (next, _)| beside_words(one) && beside_words(next)) {
        let column = column(block.iter().filter(|(line, _)| beside_words(line)).map(|(_, set)| width(set)), WIDEST_LINE);
        done.extend(block.iter().map(|(line, set)| match &line.comment {
            Some(comment) if line.words.is_empty() => format!("{}{comment}", " ".repeat(line.indent)),
            comment => beside((*set).clone(), comment.as_deref(), column),
        }));
    }
    done
}

/// Where a column starts behind what stands before it.
fn column(widths: impl Iterator<Item = usize>, widest: usize) -> usize {
    widths.filter(|width| *width <= widest).max().unwrap_or(0).saturating_add(GAP)
}

fn beside(mut words: String, more: Option<&str>, column: usize) -> String {
    if let Some(more) = more {
        let gap = column.saturating_sub(width(&words)).max(GAP);
        words.push_str(&" ".repeat(gap));
        words.push_str(more);
    }
    words
}

fn width(text: &str) -> usize {
    unicode_width::UnicodeWidthStr::width(text)
}
