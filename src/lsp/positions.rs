//! Places as an editor counts them: lines and units of UTF-16 or UTF-8, from 0; and as everything else here does: bytes.
//!
//! In: a text, and a place in it counted either way. Out: the same place counted the other way. Never: ends inside a character,
//! whatever place it is asked for.

use lsp_types::{Position, PositionEncodingKind, Range};

use crate::text::Span;

/// In which units an editor counts along a line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Encoding {
    Utf8,
    /// What is meant where nothing was agreed on.
    #[default]
    Utf16,
}

impl Encoding {
    /// Bytes where the editor offers them, as nothing has to be counted then.
    pub(super) fn agreed(offered: Option<&[PositionEncodingKind]>) -> Self {
        if offered.unwrap_or_default().contains(&PositionEncodingKind::UTF8) { Self::Utf8 } else { Self::Utf16 }
    }

    pub(super) fn kind(self) -> PositionEncodingKind {
        match self {
            Self::Utf8 => PositionEncodingKind::UTF8,
            Self::Utf16 => PositionEncodingKind::UTF16,
        }
    }

    fn width(self, c: char) -> usize {
        match self {
            Self::Utf8 => c.len_utf8(),
            Self::Utf16 => c.len_utf16(),
        }
    }
}

/// The lines of a text as editors see them: a line feed, a carriage return or both end one.
#[derive(Clone, Debug)]
pub(super) struct Lines {
    /// For each line, its bytes without the line end.
    lines: Vec<Span>,
}

impl Lines {
    pub(super) fn new(text: &str) -> Self {
        let mut lines = Vec::new();
        let mut start = 0_usize;
        let bytes = text.as_bytes();
        for (at, byte) in bytes.iter().enumerate() {
            let next = at.saturating_add(1);
            match byte {
                b'\n' => {
                    let before = at.checked_sub(1).filter(|before| *before >= start && bytes.get(*before) == Some(&b'\r'));
                    lines.push(Span::new(start, before.unwrap_or(at)));
                    start = next;
                }
                b'\r' if bytes.get(next) != Some(&b'\n') => {
                    lines.push(Span::new(start, at));
                    start = next;
                }
                _ => {}
            }
        }
        lines.push(Span::new(start, text.len()));
        Self { lines }
    }

    /// The byte of a position. A column behind the end of its line counts as the end, as the protocol has it, and one inside a
    /// character as its start; a line that is not there has no byte, but for the one behind the last.
    pub(super) fn offset(&self, text: &str, position: Position, encoding: Encoding) -> Option<usize> {
        let line = usize::try_from(position.line).ok()?;
        if line == self.lines.len() && position.character == 0 {
            return Some(text.len());
        }
        let line = self.lines.get(line)?;
        let wanted = usize::try_from(position.character).unwrap_or(usize::MAX);
        let mut units = 0_usize;
        for (at, c) in line.of(text).char_indices() {
            let after = units.saturating_add(encoding.width(c));
            if after > wanted {
                return Some(line.start.saturating_add(at));
            }
            units = after;
        }
        Some(line.end)
    }

    /// The bytes of a range; none where an end of it is nowhere, or comes before the start.
    pub(super) fn span(&self, text: &str, range: Range, encoding: Encoding) -> Option<Span> {
        let (start, end) = (self.offset(text, range.start, encoding)?, self.offset(text, range.end, encoding)?);
        (start <= end).then_some(Span { start, end })
    }

    /// The position of a byte. A byte behind the end counts as the end, one inside a line end as the end of its line.
    pub(super) fn position(&self, text: &str, byte: usize, encoding: Encoding) -> Position {
        let at = self.lines.partition_point(|line| line.start <= byte).saturating_sub(1);
        let line = self.lines.get(at).copied().unwrap_or_default();
        let before = byte.min(line.end).saturating_sub(line.start);
        let units = line.of(text).char_indices().take_while(|(at, c)| at.saturating_add(c.len_utf8()) <= before);
        let units = units.map(|(_, c)| encoding.width(c)).fold(0, usize::saturating_add);
        Position { line: u32::try_from(at).unwrap_or(u32::MAX), character: u32::try_from(units).unwrap_or(u32::MAX) }
    }

    pub(super) fn range(&self, text: &str, span: Span, encoding: Encoding) -> Range {
        Range { start: self.position(text, span.start, encoding), end: self.position(text, span.end, encoding) }
    }
}

#[cfg(test)]
#[allow(clippy::arithmetic_side_effects, clippy::string_slice, reason = "a test that fails should fail loudly")]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The same by counting, line by line and unit by unit.
    fn counted(text: &str, byte: usize, encoding: Encoding) -> (u32, u32) {
        let (mut line, mut units) = (0, 0);
        let mut chars = text.char_indices().peekable();
        while let Some((at, c)) = chars.next() {
            if at >= byte {
                break;
            }
            let end = c == '\n' || c == '\r' && chars.peek().is_none_or(|(_, next)| *next != '\n');
            if end {
                (line, units) = (line + 1, 0);
            } else if c != '\r' {
                units += u32::try_from(if encoding == Encoding::Utf8 { c.len_utf8() } else { c.len_utf16() }).unwrap();
            }
        }
        (line, units)
    }

    fn texts() -> impl Strategy<Value = String> {
        let pieces = prop::sample::select(vec![
            "a",
            " ",
            "\n",
            "\r\n",
            "\r",
            "\t",
            "\u{e9}",
            "e\u{301}",
            "\u{1F600}",
            "\u{1F468}\u{200D}\u{1F469}",
            "\u{5D0}",
            "\u{feff}",
            "\u{2028}",
        ]);
        prop::collection::vec(pieces, 0..40).prop_map(|pieces| pieces.concat())
    }

    proptest! {
        #[test]
        fn every_byte_has_its_position_and_back(text in texts()) {
            let lines = Lines::new(&text);
            for encoding in [Encoding::Utf8, Encoding::Utf16] {
                for byte in (0..=text.len()).filter(|byte| text.is_char_boundary(*byte)) {
                    let position = lines.position(&text, byte, encoding);
                    prop_assert_eq!((position.line, position.character), counted(&text, byte, encoding));
                    // Between the two halves of a line end there is no place of its own.
                    let inside = byte > 0 && text.as_bytes()[byte - 1] == b'\r' && text.as_bytes().get(byte) == Some(&b'\n');
                    let back = lines.offset(&text, position, encoding);
                    prop_assert_eq!(back, Some(if inside { byte - 1 } else { byte }));
                }
            }
        }

        #[test]
        fn no_place_is_inside_a_character(text in texts(), line in 0_u32..50, character in prop_oneof![0_u32..60, Just(u32::MAX)]) {
            let lines = Lines::new(&text);
            for encoding in [Encoding::Utf8, Encoding::Utf16] {
                match lines.offset(&text, Position { line, character }, encoding) {
                    Some(byte) => prop_assert!(text.is_char_boundary(byte)),
                    None => prop_assert!(usize::try_from(line).unwrap() >= lines.lines.len()),
                }
            }
            // Any byte has a position, even one that is none.
            let _ = lines.position(&text, usize::try_from(character).unwrap(), Encoding::Utf16);
        }
    }

    #[test]
    fn emoji_count_as_two() {
        let text = "\u{1F600}a\r\nb";
        let lines = Lines::new(text);
        assert_eq!(lines.position(text, 4, Encoding::Utf16), Position { line: 0, character: 2 });
        assert_eq!(lines.position(text, 4, Encoding::Utf8), Position { line: 0, character: 4 });
        assert_eq!(lines.offset(text, Position { line: 0, character: 1 }, Encoding::Utf16), Some(0), "half an emoji");
        assert_eq!(lines.offset(text, Position { line: 0, character: 99 }, Encoding::Utf16), Some(5));
        assert_eq!(lines.offset(text, Position { line: 2, character: 0 }, Encoding::Utf16), Some(8), "behind the last line");
        assert_eq!(lines.offset(text, Position { line: 3, character: 0 }, Encoding::Utf16), None);
    }
}
