//! The way from a text that has been cleaned of its markup back to the file.
//!
//! In: pieces of clean text with the bytes of the file that each was made of, in order. Out: for any span of the clean text
//! the bytes of the file. Never: looks at either text.

use crate::text::Span;

/// For each byte of a clean text the bytes of the file that it stands for.
///
/// Kept as runs. In an exact run each byte is a byte of the file; otherwise the whole run was made of the whole stretch, as
/// `é` is of `&eacute;` and one blank is of a line end with its indentation.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SourceMap {
    runs: Vec<Run>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Run {
    /// The first byte of the clean text.
    at: usize,
    source: Span,
    exact: bool,
}

impl SourceMap {
    /// The bytes of the file that a span of the clean text stands for. Markup inside the span is inside, markup around it is
    /// not. An empty span gives the place before the next byte, or behind the last one.
    pub fn source_span(&self, span: Span) -> Span {
        let Some(first) = self.run_at(span.start) else { return Span::default() };
        let start = first.source_of(span.start).start;
        if span.end <= span.start {
            return Span::new(start, start);
        }
        let last = span.end.saturating_sub(1);
        let end = self.run_at(last).map_or(start, |run| run.source_of(last).end);
        Span::new(start, end)
    }

    /// Whether a byte of the clean text is that byte of the file, and not made of others.
    pub fn is_exact(&self, byte: usize) -> bool {
        self.run_at(byte).is_some_and(|run| run.exact)
    }

    /// The next bytes of the clean text, from `at`, are those of the file from `source` on, one by one.
    pub(super) fn push_exact(&mut self, at: usize, source: Span) {
        match self.runs.last_mut() {
            Some(last) if last.follows(at, source) => {
                last.source.end = source.end;
            }
            _ => self.runs.push(Run { at, source, exact: true }),
        }
    }

    /// The next bytes of the clean text, from `at`, were made of this stretch of the file as a whole.
    pub(super) fn push_made(&mut self, at: usize, source: Span) {
        self.runs.push(Run { at, source, exact: false });
    }

    /// The bytes from `at` on are those of another text, whose way this is.
    pub(super) fn append(&mut self, at: usize, other: &Self) {
        self.runs.extend(other.runs.iter().map(|run| Run { at: run.at.saturating_add(at), ..*run }));
    }

    /// The same way, where what was taken for the file is itself a clean text of it.
    pub(super) fn through(&self, length: usize, outer: &Self) -> Self {
        let mut whole = Self::default();
        let ends = self.runs.iter().skip(1).map(|next| next.at).chain([length]);
        for (run, end) in self.runs.iter().zip(ends) {
            if !run.exact {
                whole.push_made(run.at, outer.source_span(run.source));
                continue;
            }
            let mut at = run.at;
            while at < end {
                let inner = run.source_of(at).start;
                let Some((found, stop)) = outer.run_and_end(inner) else { break };
                let take = stop.saturating_sub(inner).min(end.saturating_sub(at)).max(1);
                if found.exact {
                    let start = found.source_of(inner).start;
                    whole.push_exact(at, Span::new(start, start.saturating_add(take)));
                } else {
                    whole.push_made(at, found.source);
                }
                at = at.saturating_add(take);
            }
        }
        whole
    }

    fn place(&self, byte: usize) -> Option<usize> {
        self.runs.partition_point(|run| run.at <= byte).checked_sub(1)
    }

    fn run_at(&self, byte: usize) -> Option<&Run> {
        self.runs.get(self.place(byte).unwrap_or(0))
    }

    /// The run of a byte, and the first byte behind that run.
    fn run_and_end(&self, byte: usize) -> Option<(&Run, usize)> {
        let place = self.place(byte)?;
        let end = self.runs.get(place.saturating_add(1)).map_or(usize::MAX, |next| next.at);
        Some((self.runs.get(place)?, end))
    }
}

impl Run {
    /// Whether more exact text, at a byte of the clean text, goes on where this run ends in both texts.
    fn follows(&self, at: usize, source: Span) -> bool {
        let length = self.source.end.saturating_sub(self.source.start);
        self.exact && self.source.end == source.start && self.at.saturating_add(length) == at
    }

    /// The bytes of the file that one byte of the clean text stands for.
    fn source_of(&self, byte: usize) -> Span {
        if !self.exact {
            return self.source;
        }
        let start = self.source.start.saturating_add(byte.saturating_sub(self.at));
        if start >= self.source.end {
            return Span::new(self.source.end, self.source.end);
        }
        Span::new(start, start.saturating_add(1))
    }
}
