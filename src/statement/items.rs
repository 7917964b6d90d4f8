//! Chunks with the names found in them: what the reader works on.

use crate::syntax::ast::{Chunk, ChunkKind, Statement};
use crate::text::{Span, fold_word};
use crate::vocabulary::{NameId, Vocabulary};

/// One item: a chunk, or a name that spans several.
#[derive(Clone, Debug)]
pub(crate) struct Item {
    pub(crate) kind: ItemKind,
    pub(crate) span: Span,
    /// The words, folded, for comparing with phrasings.
    pub(crate) text: String,
}

#[derive(Clone, Debug)]
pub(crate) enum ItemKind {
    /// A chunk that is no name.
    Chunk(ChunkKind),
    /// A known name: what it may be, and whether a possessive ending follows.
    Name { ids: Vec<NameId>, possessive: bool },
    /// A statement that has been read already: what is said, or what is to be done.
    Inner(Box<super::Statement>),
}

impl Item {
    pub(super) fn is_word(&self, word: &str) -> bool {
        self.text == word && !matches!(self.kind, ItemKind::Inner(_))
    }

    pub(super) fn chunk(&self) -> Option<&ChunkKind> {
        match &self.kind {
            ItemKind::Chunk(kind) => Some(kind),
            _ => None,
        }
    }

    pub(super) fn is_plain_word(&self) -> bool {
        matches!(self.kind, ItemKind::Chunk(ChunkKind::Word))
    }

    /// Articles and words that only point: they add nothing to a name.
    pub(super) fn is_determiner(&self) -> bool {
        self.is_plain_word()
            && matches!(self.text.as_str(), "the" | "a" | "an" | "this" | "that" | "these" | "those" | "their" | "its" | "his" | "her")
    }
}

/// Finds the names in a statement. A known name wins over whatever the grammar made of its words, when it covers whole
/// chunks; the longest wins.
pub(crate) fn items(statement: &Statement, text: &str, vocabulary: &Vocabulary) -> Vec<Item> {
    let mut items = Vec::new();
    let mut at = 0;
    while let Some(chunk) = statement.chunks.get(at) {
        let quoted = quoted_name(chunk, text, vocabulary);
        match name_at(statement, text, vocabulary, at).or(quoted.map(|item| (at + 1, item))) {
            Some((next, item)) => {
                items.push(item);
                at = next;
            }
            None => {
                push_chunk(&mut items, chunk, text);
                at += 1;
            }
        }
    }
    items
}

fn name_at(statement: &Statement, text: &str, vocabulary: &Vocabulary, at: usize) -> Option<(usize, Item)> {
    let first = statement.chunks.get(at)?;
    for found in vocabulary.name_index().starting_at(text, first.span.start) {
        // The chunks that it covers; the last one must end where the name ends.
        let mut last = at;
        while statement.chunks.get(last).is_some_and(|chunk| chunk.span.end < found.end) {
            last += 1;
        }
        let ends_well = statement.chunks.get(last).is_some_and(|chunk| chunk.span.end == found.end || chunk.span.end == found.span.end);
        // A lone small word of the grammar ("May", "both") is not taken for a name.
        let alone = at == last && !matches!(first.kind, ChunkKind::Word | ChunkKind::Number(_));
        if ends_well && !alone {
            let ids = found.ids.iter().map(|id| NameId(*id)).collect();
            let span = found.span;
            return Some((
                last + 1,
                Item { text: fold_word(span.of(text)), kind: ItemKind::Name { ids, possessive: found.possessive }, span },
            ));
        }
    }
    None
}

/// A known name between quotation marks: `the army announced its "temporary withdrawal"`.
fn quoted_name(chunk: &Chunk, text: &str, vocabulary: &Vocabulary) -> Option<Item> {
    if !matches!(chunk.kind, ChunkKind::Quoted) {
        return None;
    }
    let ids = vocabulary.name_index().exact(chunk.words(text)).iter().map(|id| NameId(*id)).collect::<Vec<_>>();
    (!ids.is_empty()).then(|| Item {
        kind: ItemKind::Name { ids, possessive: false },
        span: chunk.span,
        text: fold_word(chunk.words(text)),
    })
}

fn push_chunk(items: &mut Vec<Item>, chunk: &Chunk, text: &str) {
    let words = fold_word(chunk.span.of(text)).split_whitespace().collect::<Vec<_>>().join(" ");
    if matches!(chunk.kind, ChunkKind::Word) {
        if let Some(stem) = words.strip_suffix("n't") {
            // didn't, wasn't, hasn't; can't and won't lose a letter but are refused anyway.
            let split = chunk.span.end.saturating_sub("n't".len());
            items.push(Item { kind: ItemKind::Chunk(ChunkKind::Word), span: Span::new(chunk.span.start, split), text: stem.to_owned() });
            items.push(Item { kind: ItemKind::Chunk(ChunkKind::Not), span: Span::new(split, chunk.span.end), text: "not".to_owned() });
            return;
        }
        if words == "cannot" {
            items.push(Item { kind: ItemKind::Chunk(ChunkKind::Word), span: chunk.span, text: "can".to_owned() });
            return;
        }
    }
    items.push(Item { kind: ItemKind::Chunk(chunk.kind.clone()), span: chunk.span, text: words });
}

/// The place that items cover together.
pub(super) fn span_of(items: &[Item]) -> Span {
    match (items.first(), items.last()) {
        (Some(first), Some(last)) => first.span.to(last.span),
        _ => Span::default(),
    }
}
