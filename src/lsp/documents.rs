//! The texts that an editor has open, as they are there and nowhere else.
//!
//! In: what was opened, and every change to it. Out: the text of now. Never: looks at the file behind it.

use std::sync::Arc;

use lsp_types::{TextDocumentContentChangeEvent, Uri};

use super::positions::{Encoding, Lines};
use crate::text::limits::LARGEST_FACTS;
use crate::text::{Document, TextError};

/// A text that is open.
#[derive(Clone, Debug)]
pub(super) struct Text {
    /// As the editor calls it.
    pub(super) uri: Uri,
    /// The number that the editor gives this state of it.
    pub(super) version: i32,
    pub(super) document: Arc<Document>,
    pub(super) lines: Arc<Lines>,
    /// The byte at which it was last changed.
    pub(super) edited: usize,
}

/// Why a change cannot be made.
#[derive(Debug, thiserror::Error)]
pub(super) enum ChangeError {
    #[error("the place of a change is nowhere in the text")]
    Nowhere,
    #[error("the text is larger than any file that is read")]
    TooLarge,
}

impl Text {
    pub(super) fn new(name: &str, uri: Uri, version: i32, text: String) -> Result<Self, ChangeError> {
        large_enough(&text)?;
        let lines = Arc::new(Lines::new(&text));
        Ok(Self { uri, version, document: Arc::new(Document::new(name, text)), lines, edited: 0 })
    }

    /// Makes changes, each in the text that the one before it left.
    pub(super) fn change(
        &self,
        version: i32,
        changes: Vec<TextDocumentContentChangeEvent>,
        encoding: Encoding,
    ) -> Result<Self, ChangeError> {
        let mut text = self.document.text().to_owned();
        let mut lines = Arc::clone(&self.lines);
        let mut edited = self.edited;
        for change in changes {
            match change.range {
                None => text = change.text,
                Some(range) => {
                    let span = lines.span(&text, range, encoding).ok_or(ChangeError::Nowhere)?;
                    // Positions never lie inside a character, and so this cannot.
                    text.replace_range(span.range(), &change.text);
                    edited = span.start;
                }
            }
            large_enough(&text)?;
            lines = Arc::new(Lines::new(&text));
        }
        Ok(Self { uri: self.uri.clone(), version, document: Arc::new(Document::new(self.document.name(), text)), lines, edited })
    }

    /// Why the text cannot be read as one, though an editor can show it.
    pub(super) fn fault(&self) -> Option<TextError> {
        Document::from_bytes(self.document.name(), self.document.text().as_bytes().to_vec()).err()
    }
}

fn large_enough(text: &str) -> Result<(), ChangeError> {
    if u64::try_from(text.len()).is_ok_and(|length| length <= LARGEST_FACTS) { Ok(()) } else { Err(ChangeError::TooLarge) }
}

#[cfg(test)]
#[allow(clippy::arithmetic_side_effects, clippy::string_slice, reason = "a test that fails should fail loudly")]
mod tests {
    use std::str::FromStr as _;

    use lsp_types::{Position, Range};
    use proptest::prelude::*;

    use super::*;

    fn open(text: &str) -> Text {
        Text::new("a.claims", Uri::from_str("file:///a.claims").unwrap(), 1, text.to_owned()).unwrap()
    }

    fn change(range: Option<Range>, text: &str) -> TextDocumentContentChangeEvent {
        TextDocumentContentChangeEvent { range, range_length: None, text: text.to_owned() }
    }

    proptest! {
        /// Changes by position come to what the same changes by byte come to.
        #[test]
        fn changes_are_made_where_they_are_meant(text in "(a|\u{1F600}|\u{e9}|\r\n|\n){0,20}", edits in prop::collection::vec((0_usize..60, 0_usize..60, "(x|\u{1F468}|\r\n){0,3}"), 0..6)) {
            for encoding in [Encoding::Utf8, Encoding::Utf16] {
                let mut wanted = text.clone();
                let mut changed = open(&text);
                for (from, to, new) in &edits {
                    // A place inside a line end is none that an editor can name.
                    let place = |at: usize| {
                        let mut at = at.min(wanted.len());
                        while !wanted.is_char_boundary(at) || at > 0 && wanted[..at].ends_with('\r') && wanted[at..].starts_with('\n') {
                            at -= 1;
                        }
                        at
                    };
                    let (from, to) = (place(*from), place(*to));
                    let (from, to) = (from.min(to), from.max(to));
                    let lines = Lines::new(&wanted);
                    let range = Range { start: lines.position(&wanted, from, encoding), end: lines.position(&wanted, to, encoding) };
                    changed = changed.change(2, vec![change(Some(range), new)], encoding).unwrap();
                    wanted.replace_range(from..to, new);
                    prop_assert_eq!(changed.document.text(), &wanted);
                }
            }
        }
    }

    #[test]
    fn a_change_that_is_nowhere() {
        let nowhere = Range { start: Position { line: 9, character: 0 }, end: Position { line: 9, character: 1 } };
        let backward = Range { start: Position { line: 0, character: 2 }, end: Position { line: 0, character: 1 } };
        for range in [nowhere, backward] {
            assert!(open("abc").change(2, vec![change(Some(range), "x")], Encoding::Utf16).is_err());
        }
        let whole = open("abc").change(2, vec![change(None, "new")], Encoding::Utf16).unwrap();
        assert_eq!(whole.document.text(), "new");
    }
}
