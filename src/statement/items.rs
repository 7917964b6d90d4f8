//! Chunks with the names found in them: what the reader works on.

use std::rc::Rc;

use crate::syntax::ast::{Chunk, ChunkKind, Statement};
use crate::text::{Span, fold_word};
use crate::vocabulary::{NameId, Vocabulary};

/// One item: a chunk, or a name that spans several. It is taken along into every way of reading, so a copy costs next to nothing.
#[derive(Clone, Debug)]
pub(crate) struct Item {
    pub(crate) kind: ItemKind,
    pub(crate) span: Span,
    /// The words, folded, for comparing with phrasings.
    pub(crate) text: Rc<str>,
    /// The same for copies of one item and for no others, by which runs of items are known again.
    pub(super) number: u32,
}

#[derive(Clone, Debug)]
pub(crate) enum ItemKind {
    /// A chunk that is no name.
    Chunk(Rc<ChunkKind>),
    /// A known name: what it may be, and whether a possessive ending follows.
    Name { ids: Rc<[NameId]>, possessive: bool },
    /// A statement that has been read already: what is said, or what is to be done.
    Inner(Rc<super::Statement>),
}

/// The numbers of the words that the reader itself puts in, each once in a statement at most.
const ADDED_THAT: u32 = u32::MAX;
const ADDED_OF: u32 = u32::MAX - 1;

impl Item {
    fn new(kind: ItemKind, span: Span, text: &str) -> Self {
        Self { kind, span, text: Rc::from(text), number: 0 }
    }

    fn of_chunk(kind: ChunkKind, span: Span, text: &str) -> Self {
        Self::new(ItemKind::Chunk(Rc::new(kind)), span, text)
    }

    /// The *that* that was left out before what is said.
    pub(super) fn that(span: Span) -> Self {
        Self { number: ADDED_THAT, ..Self::of_chunk(ChunkKind::Word, span, "that") }
    }

    /// An *of* where another order of the words has one.
    pub(super) fn of(span: Span) -> Self {
        Self { number: ADDED_OF, ..Self::of_chunk(ChunkKind::Word, span, "of") }
    }

    /// A statement in the place of its words.
    pub(super) fn inner(statement: super::Statement, span: Span, number: u32) -> Self {
        Self { number, ..Self::new(ItemKind::Inner(Rc::new(statement)), span, "") }
    }

    pub(super) fn is_word(&self, word: &str) -> bool {
        &*self.text == word && !matches!(self.kind, ItemKind::Inner(_))
    }

    pub(crate) fn chunk(&self) -> Option<&ChunkKind> {
        match &self.kind {
            ItemKind::Chunk(kind) => Some(kind),
            _ => None,
        }
    }

    pub(super) fn is_plain_word(&self) -> bool {
        matches!(self.chunk(), Some(ChunkKind::Word))
    }

    pub(super) fn is_comma(&self) -> bool {
        matches!(self.chunk(), Some(ChunkKind::Comma))
    }

    /// Whether it stands for one of a phrasing's words.
    pub(super) fn is_one_of(&self, words: &[String]) -> bool {
        words.iter().any(|word| **word == *self.text)
    }

    /// Articles and words that only point: they add nothing to a name.
    pub(super) fn is_determiner(&self) -> bool {
        self.is_plain_word()
            && matches!(&*self.text, "the" | "a" | "an" | "this" | "that" | "these" | "those" | "their" | "its" | "his" | "her")
    }
}

/// Finds the names in a statement. A known name wins over whatever the grammar made of its words, when it covers whole
/// chunks; the longest wins.
pub(crate) fn items(statement: &Statement, text: &str, vocabulary: &Vocabulary) -> Vec<Item> {
    let mut items = Vec::new();
    let mut rest = statement.chunks.as_slice();
    while let [chunk, behind @ ..] = rest {
        let named = name_at(rest, text, vocabulary).or_else(|| Some((quoted_name(chunk, text, vocabulary)?, behind)));
        if let Some((item, behind)) = named {
            items.push(item);
            rest = behind;
        } else {
            push_chunk(&mut items, chunk, text);
            rest = behind;
        }
    }
    for (number, item) in (0..).zip(&mut items) {
        item.number = number;
    }
    items
}

/// The name that begins with the first of these chunks, and the chunks behind it.
fn name_at<'c>(chunks: &'c [Chunk], text: &str, vocabulary: &Vocabulary) -> Option<(Item, &'c [Chunk])> {
    let first = chunks.first()?;
    for found in vocabulary.name_index().starting_at(text, first.span.start) {
        // The chunks that it covers; the last one must end where the name ends.
        let inside = chunks.iter().take_while(|chunk| chunk.span.end < found.end).count();
        let Some((last, behind)) = chunks.get(inside..).and_then(<[Chunk]>::split_first) else { continue };
        let ends_well = last.span.end == found.end || last.span.end == found.span.end;
        // A lone small word of the grammar ("May", "both") is not taken for a name.
        let alone = inside == 0 && !matches!(first.kind, ChunkKind::Word | ChunkKind::Number(_));
        if ends_well && !alone {
            let ids = found.ids.iter().map(|id| NameId(*id)).collect();
            let kind = ItemKind::Name { ids, possessive: found.possessive };
            return Some((Item::new(kind, found.span, &fold_word(found.span.of(text))), behind));
        }
    }
    None
}

/// A known name between quotation marks: `the army announced its "temporary withdrawal"`.
fn quoted_name(chunk: &Chunk, text: &str, vocabulary: &Vocabulary) -> Option<Item> {
    if !matches!(chunk.kind, ChunkKind::Quoted) {
        return None;
    }
    let ids: Rc<[NameId]> = vocabulary.name_index().exact(chunk.words(text)).iter().map(|id| NameId(*id)).collect();
    (!ids.is_empty()).then(|| Item::new(ItemKind::Name { ids, possessive: false }, chunk.span, &fold_word(chunk.words(text))))
}

fn push_chunk(items: &mut Vec<Item>, chunk: &Chunk, text: &str) {
    let words = fold_word(chunk.span.of(text)).split_whitespace().collect::<Vec<_>>().join(" ");
    if matches!(chunk.kind, ChunkKind::Word) {
        if let Some(stem) = words.strip_suffix("n't") {
            // didn't, wasn't, hasn't; can't and won't lose a letter but are refused anyway.
            let split = chunk.span.end.saturating_sub("n't".len());
            items.push(Item::of_chunk(ChunkKind::Word, Span::new(chunk.span.start, split), stem));
            items.push(Item::of_chunk(ChunkKind::Not, Span::new(split, chunk.span.end), "not"));
            return;
        }
        if words == "cannot" {
            items.push(Item::of_chunk(ChunkKind::Word, chunk.span, "can"));
            return;
        }
    }
    items.push(Item::of_chunk(chunk.kind.clone(), chunk.span, &words));
}

/// Places among items. A statement has a few hundred items at most, so that none lies beyond what can be counted.
pub(super) trait Place {
    /// The place one further on.
    fn next(self) -> Self;
    /// The place so many further on.
    fn on(self, by: usize) -> Self;
}

impl Place for usize {
    fn next(self) -> Self {
        self.on(1)
    }

    fn on(self, by: usize) -> Self {
        self.saturating_add(by)
    }
}

/// The place that items cover together.
pub(super) fn span_of(items: &[Item]) -> Span {
    match (items.first(), items.last()) {
        (Some(first), Some(last)) => first.span.to(last.span),
        _ => Span::default(),
    }
}

/// Items without commas at their ends.
pub(super) fn trimmed(items: &[Item]) -> &[Item] {
    let start = items.iter().take_while(|item| item.is_comma()).count();
    let end = items.iter().rposition(|item| !item.is_comma()).map_or(start, |last| last.saturating_add(1));
    items.get(start..end.max(start)).unwrap_or_default()
}
