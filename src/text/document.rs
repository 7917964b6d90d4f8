//! A document: its name as shown, its text, and the way from a byte to a line and column.

use std::ops::Range;

use super::limits::LONGEST_LINE;

/// A stretch of a text, in bytes from its start; `end` is not part of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Span {
    /// The span from `start` to `end`; an `end` before `start` gives an empty span at `start`.
    pub fn new(start: usize, end: usize) -> Self {
        Self { start, end: end.max(start) }
    }

    /// The smallest span that covers both.
    pub fn to(self, other: Self) -> Self {
        Self { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// The same stretch in a text in which this one starts at byte `offset`.
    pub fn shifted(self, offset: usize) -> Self {
        Self { start: self.start.saturating_add(offset), end: self.end.saturating_add(offset) }
    }

    /// As a range, for slicing.
    pub fn range(self) -> Range<usize> {
        self.start..self.end
    }

    /// The words of `text` that this span covers; empty where it does not fit the text.
    pub fn of(self, text: &str) -> &str {
        text.get(self.range()).unwrap_or_default()
    }
}

/// A place in a text as people count: both numbers from 1, the column in Unicode scalar values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// Line, from 1.
    pub line: usize,
    /// Column, from 1, in Unicode scalar values.
    pub column: usize,
}

/// Why bytes are no text that can be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TextError {
    /// The bytes are not UTF-8; the first bad byte's offset is given.
    #[error("not a text file: byte {0} is not UTF-8")]
    NotUtf8(usize),
    /// A NUL byte: the file is binary.
    #[error("not a text file: byte {0} is NUL")]
    Binary(usize),
    /// One line is longer than a statement can be.
    #[error("line {line} has {length} bytes; the longest line that is read has {limit}")]
    LongLine {
        /// The line, from 1.
        line: usize,
        /// Its length in bytes.
        length: usize,
        /// The limit in bytes.
        limit: usize,
    },
}

/// A named text with the starts of its lines.
#[derive(Clone, Debug)]
pub struct Document {
    name: String,
    text: String,
    line_starts: Vec<usize>,
    /// The number of the first line: an excerpt begins further down in its file.
    first_line: usize,
    /// And so many bytes.
    first_byte: usize,
    /// Whether the text is not kept, so that a place in it is the number of its line.
    numbered: bool,
}

impl Document {
    /// A document from text that is known to be good (tests, texts of our own).
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Self {
        let text = text.into();
        let line_starts = std::iter::once(0).chain(memchr::memchr_iter(b'\n', text.as_bytes()).map(|at| at.saturating_add(1))).collect();
        Self { name: name.into(), text, line_starts, first_line: 1, first_byte: 0, numbered: false }
    }

    /// Lines of a document by themselves, of which the first is this one of it, from 1.
    pub fn excerpt(name: impl Into<String>, text: impl Into<String>, first_line: usize) -> Self {
        Self { first_line: first_line.max(1), ..Self::new(name, text) }
    }

    /// The same excerpt, told at which byte of its document it begins.
    #[must_use]
    pub fn at_byte(self, first_byte: usize) -> Self {
        Self { first_byte, ..self }
    }

    /// A byte of this text as a byte of the whole document, of which it may be an excerpt.
    pub fn byte(&self, byte: usize) -> usize {
        byte.saturating_add(self.first_byte)
    }

    /// A document of which the text is not kept. A place in it is the number of a line, from 1, in the stead of a byte.
    pub fn numbered(name: impl Into<String>) -> Self {
        Self { numbered: true, ..Self::new(name, "") }
    }

    /// A line by its number, from 1, and the byte at which it starts; none where the text is not kept.
    pub fn line(&self, number: usize) -> Option<(usize, &str)> {
        let at = number.checked_sub(self.first_line)?.checked_add(1)?;
        let start = *self.line_starts.get(at.checked_sub(1)?).filter(|_| !self.numbered)?;
        Some((start, self.text.get(start..self.end_of(at))?.trim_end_matches('\r')))
    }

    /// A document from the bytes of a file. A byte order mark at the start is skipped.
    ///
    /// # Errors
    /// [`TextError`] where the bytes are binary, not UTF-8, or hold a line that is too long.
    pub fn from_bytes(name: impl Into<String>, bytes: Vec<u8>) -> Result<Self, TextError> {
        Self::text_from_bytes(bytes).map(|text| Self::new(name, text))
    }

    /// The text of the bytes of a file.
    ///
    /// # Errors
    /// [`TextError`] as above.
    pub fn text_from_bytes(bytes: Vec<u8>) -> Result<String, TextError> {
        if let Some(at) = memchr::memchr(0, &bytes) {
            return Err(TextError::Binary(at));
        }
        let text = String::from_utf8(bytes).map_err(|error| TextError::NotUtf8(error.utf8_error().valid_up_to()))?;
        let mut start = 0_usize;
        for (line, end) in (1..).zip(memchr::memchr_iter(b'\n', text.as_bytes()).chain([text.len()])) {
            let length = end.saturating_sub(start);
            if length > LONGEST_LINE {
                return Err(TextError::LongLine { line, length, limit: LONGEST_LINE });
            }
            start = end.saturating_add(1);
        }
        Ok(text)
    }

    /// The name as shown to people: a path relative to where the program was started.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The whole text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Line and column of a byte; a byte past the end counts as the end.
    pub fn position(&self, byte: usize) -> Position {
        if self.numbered {
            return Position { line: byte.max(1), column: 1 };
        }
        let byte = byte.min(self.text.len());
        let line = self.line_starts.partition_point(|&start| start <= byte).max(1);
        let start = self.start_of(line);
        let before = self.text.get(start..byte).unwrap_or_default();
        let column = before.strip_prefix('\u{feff}').unwrap_or(before).chars().count().saturating_add(1);
        Position { line: line.saturating_add(self.first_line).saturating_sub(1), column }
    }

    /// The lines with the byte at which each starts, without line ends and byte order mark.
    pub fn lines(&self) -> impl Iterator<Item = (usize, &str)> {
        (1..).zip(&self.line_starts).map(|(line, &start)| {
            let text = self.text.get(start..self.end_of(line)).unwrap_or_default();
            let text = text.strip_suffix('\r').unwrap_or(text);
            match text.strip_prefix('\u{feff}') {
                Some(rest) => (start.saturating_add('\u{feff}'.len_utf8()), rest),
                None => (start, text),
            }
        })
    }

    /// The whole line in which a byte stands, and the byte at which that line starts.
    pub fn line_at(&self, byte: usize) -> (usize, &str) {
        let line = self.line_starts.partition_point(|&start| start <= byte).max(1);
        let start = self.start_of(line);
        (start, self.text.get(start..self.end_of(line)).unwrap_or_default().trim_end_matches('\r'))
    }

    /// The byte at which a line, counted from 1, starts.
    fn start_of(&self, line: usize) -> usize {
        self.line_starts.get(line.saturating_sub(1)).copied().unwrap_or(0)
    }

    /// The byte of the line end behind a line, counted from 1.
    fn end_of(&self, line: usize) -> usize {
        self.line_starts.get(line).map_or(self.text.len(), |next| next.saturating_sub(1))
    }
}
