//! Builds one block after another from the pieces that a parser gives.
//!
//! In: pieces of text, each with its bytes in the file. Out: blocks with white space folded and the way back. Never: looks
//! for a piece in the file.

use super::block::{Block, BlockKind, Inline, InlineKind};
use super::map::SourceMap;
use crate::text::Span;

/// The block that is being built.
#[derive(Debug, Default)]
pub(super) struct BlockWriter {
    text: String,
    map: SourceMap,
    /// White space that will be one blank if a word follows, and whether it is one blank in the file.
    blank: Option<(Span, bool)>,
    inlines: Vec<Inline>,
    /// What is set off just now, one of a kind: where it began, and how many of the kind are open inside one another.
    open: Vec<(InlineKind, usize, usize)>,
    /// Whether white space is kept as it is.
    verbatim: bool,
}

impl BlockWriter {
    /// A writer that keeps white space, for code and remarks.
    pub fn verbatim() -> Self {
        Self { verbatim: true, ..Self::default() }
    }

    /// Whether white space is kept from here on.
    pub fn keep_white_space(&mut self, keep: bool) {
        self.verbatim = keep;
    }

    /// Words that stand in the file as they are, from a byte on.
    pub fn exact(&mut self, words: &str, start: usize) {
        for (at, c) in words.char_indices() {
            let source = Span::new(start.saturating_add(at), start.saturating_add(at).saturating_add(c.len_utf8()));
            self.character(c, source, true);
        }
    }

    /// Words that were made of a stretch of the file: a decoded entity, say.
    pub fn made(&mut self, words: &str, source: Span) {
        if words.chars().all(|c| !c.is_whitespace() && !is_invisible(c)) || self.verbatim {
            if !words.is_empty() {
                self.flush_blank();
                self.map.push_made(self.text.len(), source);
                self.text.push_str(words);
            }
            return;
        }
        for c in words.chars() {
            self.character(c, source, false);
        }
    }

    /// White space, however much.
    pub fn blank(&mut self, source: Span) {
        self.blank = Some(self.blank.map_or((source, false), |(before, _)| (before.to(source), false)));
    }

    /// A line end that the writer asked for.
    pub fn line_break(&mut self, source: Span) {
        self.blank(source);
        if !self.text.is_empty() {
            let at = self.next();
            self.inlines.push(Inline { kind: InlineKind::Break, span: Span::new(at, at) });
        }
    }

    /// Words set off begin.
    pub fn open(&mut self, kind: InlineKind) {
        let at = self.next();
        match self.open.iter_mut().find(|(open, ..)| *open == kind) {
            Some((_, _, depth)) => *depth = depth.saturating_add(1),
            None => self.open.push((kind, at, 1)),
        }
    }

    /// Words set off end.
    pub fn close(&mut self, kind: InlineKind) {
        let Some(place) = self.open.iter().position(|(open, ..)| *open == kind) else { return };
        let Some((_, start, depth)) = self.open.get_mut(place) else { return };
        *depth = depth.saturating_sub(1);
        if *depth == 0 {
            let span = Span::new(*start, self.text.len());
            self.open.remove(place);
            self.set_off(kind, span);
        }
    }

    fn set_off(&mut self, kind: InlineKind, span: Span) {
        if span.start < span.end {
            self.inlines.push(Inline { kind, span });
        }
    }

    /// The block, if it has any words; the writer is as new then. What is still set off is set off in the next block too.
    pub fn finish(&mut self, kind: BlockKind) -> Option<Block> {
        let still_open = std::mem::take(&mut self.open);
        for (kind, start, _) in &still_open {
            self.set_off(*kind, Span::new(*start, self.text.len()));
        }
        let built = std::mem::replace(self, Self { verbatim: self.verbatim, ..Self::default() });
        self.open = still_open.into_iter().map(|(kind, _, depth)| (kind, 0, depth)).collect();
        let (text, map, mut inlines) = (built.text, built.map, built.inlines);
        if text.trim().is_empty() {
            return None;
        }
        inlines.retain(|inline| inline.span.end < text.len() || inline.kind != InlineKind::Break);
        inlines.sort_by_key(|inline| (inline.span.start, std::cmp::Reverse(inline.span.end)));
        Some(Block { kind, text, lead: 0, inlines, map })
    }

    /// The text so far and the way from it, for a reader that reads it as a document of its own.
    pub fn into_text(self) -> (String, SourceMap) {
        (self.text, self.map)
    }

    fn character(&mut self, c: char, source: Span, exact: bool) {
        if !self.verbatim {
            if c.is_whitespace() {
                let alone = self.blank.is_none();
                self.blank(source);
                self.blank = self.blank.map(|(whole, _)| (whole, alone && exact && c == ' '));
                return;
            }
            if is_invisible(c) {
                return;
            }
        }
        self.flush_blank();
        if exact {
            self.map.push_exact(self.text.len(), source);
        } else {
            self.map.push_made(self.text.len(), source);
        }
        self.text.push(c);
    }

    fn flush_blank(&mut self) {
        if let Some((source, same)) = self.blank.take()
            && !self.text.is_empty()
        {
            if same {
                self.map.push_exact(self.text.len(), source);
            } else {
                self.map.push_made(self.text.len(), source);
            }
            self.text.push(' ');
        }
    }

    /// The byte at which the next word will stand.
    fn next(&self) -> usize {
        self.text.len().saturating_add(usize::from(self.blank.is_some() && !self.text.is_empty()))
    }
}

/// Characters that only tell where a word may be broken, or nothing at all.
const fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}' | '\u{2060}' | '\u{feff}')
}
