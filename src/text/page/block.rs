//! A stretch of prose with its place in the layout: a heading, a paragraph, a cell.

use super::map::SourceMap;
use crate::text::Span;

/// What a block is in the layout of its document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BlockKind {
    /// The document's headline.
    Title,
    /// A heading, 1 to 6.
    Heading(u8),
    /// Running text.
    Paragraph,
    /// An item of a list, by how many lists it stands in, from 1.
    ListItem(u8),
    /// A cell of a table.
    Cell(Cell),
    /// Words that the layout sets off as somebody else's.
    Quotation,
    /// Code as it stands, line ends and all, with what is written behind the opening fence.
    Code(String),
    /// What is written under a picture or table, or instead of a picture.
    Caption,
    /// A remark in the markup that readers do not see, as it stands.
    Comment,
    /// A line that says who wrote or when, and nothing else.
    Byline,
}

/// Where a cell stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cell {
    /// Which table of the document, from 0.
    pub table: usize,
    /// Which row of it, from 0, header rows included.
    pub row: usize,
    /// Which column, from 0.
    pub column: usize,
    /// Whether it names what its column or row holds.
    pub header: bool,
}

/// A stretch of a block that the writer set off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Inline {
    /// How.
    pub kind: InlineKind,
    /// Which bytes of the block's text.
    pub span: Span,
}

/// How words can be set off.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum InlineKind {
    /// Emphasis, weak or strong.
    Emphasis,
    /// The words of a link.
    Link,
    /// Code among words.
    Code,
    /// Words marked as a quotation.
    Quotation,
    /// No words: a line end that the writer asked for.
    Break,
}

/// A block of prose: its words without markup, entities decoded and white space folded, with the way back to the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Its words. Struck words are left out; in code and comments white space is kept.
    pub text: String,
    /// So many bytes at the start of the text say where and when it was written and are no sentence; 0 for most.
    pub lead: usize,
    /// What the writer set off, in the order in which it begins.
    pub inlines: Vec<Inline>,
    /// The way from the text to the file.
    pub map: SourceMap,
}

impl Block {
    /// The bytes of the file that a span of the text stands for.
    pub fn source_span(&self, span: Span) -> Span {
        self.map.source_span(span)
    }

    /// Whether it is the headline or a heading.
    pub fn is_heading(&self) -> bool {
        matches!(self.kind, BlockKind::Title | BlockKind::Heading(_))
    }

    /// Blocks one behind the other with a blank between them, of the kind of the first. What is not marked as standing there is
    /// put in: it has no bytes of its own.
    pub fn joined(parts: &[(&Self, bool)]) -> Self {
        let kind = parts.first().map_or(BlockKind::Paragraph, |(first, _)| first.kind.clone());
        let mut joined = Self { kind, text: String::new(), lead: 0, inlines: Vec::new(), map: SourceMap::default() };
        let mut place = 0_usize;
        for (part, stands) in parts {
            let here = Span::new(place, place);
            if !joined.text.is_empty() {
                joined.map.push_made(joined.text.len(), here);
                joined.text.push(' ');
            }
            if *stands {
                joined.map.append(joined.text.len(), &part.map);
                place = part.whole().end;
            } else {
                joined.map.push_made(joined.text.len(), here);
            }
            joined.text.push_str(&part.text);
        }
        joined
    }

    /// The bytes of the file from the first word to the last.
    pub fn whole(&self) -> Span {
        self.map.source_span(Span::new(0, self.text.len()))
    }
}
