//! What a file holds, for an editor's outline: its claims, or its sources, names, kinds, relations and facts.
//!
//! In: an open text. Out: symbols in the order of the text. Never: needs a fact base, so that the outline is there at once.

use lsp_types::{DocumentSymbol, DocumentSymbolResponse, SymbolKind};

use super::documents::Text;
use super::frame::Frame;
use super::workspace::Kind;
use crate::syntax::{ClaimLine, Declaration, claim_line, declaration, evidence, is_declaration};
use crate::text::{Span, escape_controls};
use crate::vocabulary::without_comment;

/// How many symbols of one file are given.
const MOST_SYMBOLS: usize = 20_000;

/// The outline of a text.
pub(super) fn symbols(text: &Text, frame: &Frame) -> DocumentSymbolResponse {
    let mut found: Vec<DocumentSymbol> = Vec::new();
    let kind = Kind::of(text.document.name());
    let lines = if kind.is_ours() { Some(text.document.lines()) } else { None };
    for (start, raw) in lines.into_iter().flatten() {
        let written = without_comment(raw);
        let words = written.trim();
        let indent = written.len().saturating_sub(written.trim_start().len());
        let offset = start.saturating_add(indent);
        if words.is_empty() || found.len() >= MOST_SYMBOLS {
            continue;
        }
        let line = Line { text, frame, words, offset };
        let symbol = match kind {
            Kind::Claims => line.claim(),
            _ if indent > 0 || words.starts_with('>') => {
                // What belongs to the line above makes it longer.
                if let Some(last) = found.last_mut()
                    && (indent > 0 || evidence(words).is_some())
                {
                    last.range.end = line.range(Span::new(0, words.len())).end;
                }
                None
            }
            _ => line.declared(kind),
        };
        found.extend(symbol);
    }
    DocumentSymbolResponse::Nested(found)
}

struct Line<'l> {
    text: &'l Text,
    frame: &'l Frame,
    words: &'l str,
    offset: usize,
}

impl Line<'_> {
    fn range(&self, span: Span) -> lsp_types::Range {
        self.text.lines.range(self.text.document.text(), span.shifted(self.offset), self.frame.encoding)
    }

    fn symbol(&self, name: &str, detail: Option<&str>, kind: SymbolKind, span: Span) -> DocumentSymbol {
        #[expect(deprecated, reason = "the type has the field, and no way to be made without it")]
        DocumentSymbol {
            // An editor refuses a symbol without a name.
            name: if name.trim().is_empty() { "?".to_owned() } else { escape_controls(name) },
            detail: detail.map(escape_controls),
            kind,
            tags: None,
            deprecated: None,
            range: self.range(Span::new(0, self.words.len())),
            selection_range: self.range(span),
            children: None,
        }
    }

    fn claim(&self) -> Option<DocumentSymbol> {
        let (name, kind, span) = match claim_line(self.words) {
            Ok(ClaimLine::Claim(span, _)) => (span.of(self.words), SymbolKind::BOOLEAN, span),
            Ok(ClaimLine::AsOf(_, span)) => (self.words, SymbolKind::CONSTANT, span),
            Ok(ClaimLine::Include(_, span)) => (self.words, SymbolKind::FILE, span),
            Ok(ClaimLine::Expect(_)) => return None,
            Err(_) => (self.words, SymbolKind::BOOLEAN, Span::new(0, self.words.len())),
        };
        Some(self.symbol(name, None, kind, span))
    }

    fn declared(&self, kind: Kind) -> Option<DocumentSymbol> {
        let whole = Span::new(0, self.words.len());
        if !is_declaration(self.words) {
            return (kind == Kind::Facts).then(|| self.symbol(self.words, None, SymbolKind::EVENT, whole));
        }
        let (name, detail, kind, span) = match declaration(self.words).ok()? {
            Declaration::Source { id, path } => (id.0, Some(path.0), SymbolKind::FILE, id.1),
            Declaration::Include(path) => (path.0, Some("include".to_owned()), SymbolKind::FILE, path.1),
            Declaration::Name { names, notes: _, .. } => {
                let first = names.first()?;
                let all = names.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>().join(", ");
                (all, None, SymbolKind::OBJECT, first.1)
            }
            Declaration::Kind { name, .. } => (name.0, Some("kind".to_owned()), SymbolKind::CLASS, name.1),
            Declaration::Relation { name, event, .. } => {
                (name.0, Some(if event { "event" } else { "state" }.to_owned()), SymbolKind::INTERFACE, name.1)
            }
            Declaration::Number { word, .. } => (word.0, Some("number".to_owned()), SymbolKind::NUMBER, word.1),
            Declaration::Disjoint(_)
            | Declaration::Verb(_)
            | Declaration::Double(_)
            | Declaration::Prefer(..)
            | Declaration::Trust(..)
            | Declaration::Horizon(..) => (self.words.to_owned(), None, SymbolKind::CONSTANT, whole),
        };
        Some(self.symbol(&name, detail.as_deref(), kind, span))
    }
}
