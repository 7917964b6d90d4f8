//! Names where they stand in a text.

use super::view::View;
use crate::text::{Document, Span};
use crate::vocabulary::{NameId, Vocabulary, without_comment};

/// A name in a text.
#[derive(Clone, Debug)]
pub(super) struct Mention {
    pub(super) ids: Vec<NameId>,
    pub(super) span: Span,
}

/// All names in a stretch of text, in order; none overlaps another, the longest is taken.
pub(super) fn mentions(text: &str, vocabulary: &Vocabulary) -> Vec<Mention> {
    let mut found = Vec::new();
    let mut upto = 0_usize;
    let mut inside = false;
    for (at, c) in text.char_indices() {
        let starts = !inside && (c.is_alphanumeric() || c == '\u{2019}');
        inside = c.is_alphanumeric() || matches!(c, '-' | '\'' | '\u{2019}' | '_' | '.');
        if !starts || at < upto {
            continue;
        }
        if let Some(first) = vocabulary.name_index().starting_at(text, at).into_iter().find(|found| found.span.start == at) {
            upto = first.end;
            found.push(Mention { ids: first.ids.into_iter().map(NameId).collect(), span: first.span });
        }
    }
    found
}

/// All names in a document. In our own languages comments are left out.
pub(super) fn in_document(document: &Document, ours: bool, vocabulary: &Vocabulary) -> Vec<Mention> {
    let mut found = Vec::new();
    for (start, line) in document.lines() {
        let line = if ours { without_comment(line) } else { line };
        found.extend(mentions(line, vocabulary).into_iter().map(|mention| Mention { span: mention.span.shifted(start), ..mention }));
    }
    found
}

impl View<'_, '_> {
    /// The name at a place.
    pub(super) fn name_at(&self, at: usize) -> Option<Mention> {
        let (start, line) = self.document().line_at(at);
        let line = if self.kind().is_ours() { without_comment(line) } else { line };
        let all = mentions(line, self.vocabulary()).into_iter();
        all.map(|mention| Mention { span: mention.span.shifted(start), ..mention }).find(|m| m.span.start <= at && at <= m.span.end)
    }
}
