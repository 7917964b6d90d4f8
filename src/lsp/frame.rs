//! What stays as it is for a whole session: how places are counted, what the editor can show, which files there are.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, PoisonError};

use lsp_server::RequestId;
use lsp_types::{ClientCapabilities, Location, MarkupKind, Range};

use super::positions::{Encoding, Lines};
use super::workspace::Workspace;
use crate::text::{Document, Span};

/// How many requests are remembered that were cancelled before they came up.
const MOST_CANCELLED: usize = 1000;
/// Of how many documents the lines are kept.
const MOST_COUNTED: usize = 256;

/// What stays as it is for a session.
#[derive(Debug, Default)]
pub(super) struct Frame {
    pub(super) encoding: Encoding,
    pub(super) workspace: Workspace,
    /// Whether hovers may be Markdown.
    pub(super) markdown: bool,
    /// Whether diagnostics may point at other places.
    pub(super) related: bool,
    /// Whether inlay hints can be asked for again.
    pub(super) refresh: bool,
    /// Whether the editor can be asked to watch files.
    pub(super) watches: bool,
    cancelled: Mutex<BTreeSet<RequestId>>,
    /// The lines of documents that places were asked for in, by name.
    counted: Mutex<BTreeMap<String, (Arc<Document>, Arc<Lines>)>>,
}

impl Frame {
    pub(super) fn new(client: &ClientCapabilities, workspace: Workspace) -> Self {
        let text = client.text_document.as_ref();
        let formats = text.and_then(|text| text.hover.as_ref()).and_then(|hover| hover.content_format.as_deref());
        let offered = client.general.as_ref().and_then(|general| general.position_encodings.as_deref());
        let of_workspace = client.workspace.as_ref();
        let hints = of_workspace.and_then(|workspace| workspace.inlay_hint.as_ref());
        let watched = of_workspace.and_then(|workspace| workspace.did_change_watched_files.as_ref());
        Self {
            encoding: Encoding::agreed(offered),
            workspace,
            markdown: formats.is_some_and(|formats| formats.contains(&MarkupKind::Markdown)),
            related: text.and_then(|text| text.publish_diagnostics.as_ref()).and_then(|d| d.related_information).unwrap_or(false),
            refresh: hints.and_then(|hints| hints.refresh_support).unwrap_or(false),
            watches: watched.and_then(|watched| watched.dynamic_registration).unwrap_or(false),
            cancelled: Mutex::default(),
            counted: Mutex::default(),
        }
    }

    /// Remembers that nobody waits for an answer any more.
    pub(super) fn cancel(&self, id: RequestId) {
        let mut cancelled = self.cancelled.lock().unwrap_or_else(PoisonError::into_inner);
        if cancelled.len() >= MOST_CANCELLED {
            cancelled.clear();
        }
        cancelled.insert(id);
    }

    /// Whether a request was cancelled; it is forgotten then.
    pub(super) fn take_cancelled(&self, id: &RequestId) -> bool {
        self.cancelled.lock().unwrap_or_else(PoisonError::into_inner).remove(id)
    }

    /// The lines of a document, counted once.
    pub(super) fn lines(&self, document: &Arc<Document>) -> Arc<Lines> {
        let mut counted = self.counted.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((known, lines)) = counted.get(document.name())
            && Arc::ptr_eq(known, document)
        {
            return Arc::clone(lines);
        }
        if counted.len() >= MOST_COUNTED {
            counted.clear();
        }
        let lines = Arc::new(Lines::new(document.text()));
        counted.insert(document.name().to_owned(), (Arc::clone(document), Arc::clone(&lines)));
        lines
    }

    /// A stretch of a document as the editor counts it.
    pub(super) fn range(&self, document: &Arc<Document>, span: Span) -> Range {
        let line = |byte: usize| u32::try_from(document.position(byte).line.saturating_sub(1)).unwrap_or(u32::MAX);
        if document.text().is_empty() {
            // Of a large table the text may not be kept, but the lines of its rows are known.
            let start = lsp_types::Position { line: line(span.start), character: 0 };
            return Range { start, end: start };
        }
        let mut range = self.lines(document).range(document.text(), span, self.encoding);
        // A document may be an excerpt that begins further down in its file.
        for end in [&mut range.start, &mut range.end] {
            end.line = end.line.saturating_add(line(0));
        }
        range
    }

    /// The same with the file that it stands in, if it is one.
    pub(super) fn location(&self, document: &Arc<Document>, span: Span) -> Option<Location> {
        Some(Location { uri: self.workspace.uri(document)?, range: self.range(document, span) })
    }
}
