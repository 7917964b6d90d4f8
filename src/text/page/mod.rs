//! Documents as people lay them out: plain text, Markdown and HTML to a flat list of blocks.
//!
//! In: a [`Document`]. Out: a [`Page`], whose blocks have clean text and, for each byte of it, its bytes in the file; the
//! offsets come from the parsers. Never: knows what a sentence, a date or a name is.

mod block;
mod front_matter;
mod html;
mod map;
mod markdown;
mod plain;
mod writer;

pub use block::{Block, BlockKind, Cell, Inline, InlineKind};
pub use map::SourceMap;

use super::Document;

/// How a document is marked up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    /// Not at all.
    Plain,
    /// `CommonMark` with tables, footnotes and struck words, and MDX's remarks.
    Markdown,
    /// HTML, well formed or not.
    Html,
}

impl Format {
    /// What a document is by the ending of its name or, where that says nothing, by how it begins.
    pub fn of(document: &Document) -> Self {
        let ending = document.name().rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
        match ending.as_deref() {
            Some("md" | "markdown" | "mdown" | "mkd" | "mdx") => Self::Markdown,
            Some("html" | "htm" | "xhtml") => Self::Html,
            _ => {
                let start: String = document.text().trim_start_matches('\u{feff}').trim_start().chars().take(14).collect();
                let start = start.to_ascii_lowercase();
                if start.starts_with("<!doctype html") || start.starts_with("<html") { Self::Html } else { Self::Plain }
            }
        }
    }
}

/// Something that a document says about itself: an entry of its front matter, of its HTML head, a marked time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its name in small letters: `title`, `date`, `article:published_time`.
    pub key: String,
    /// Its value, as a block of kind [`BlockKind::Title`].
    pub value: Block,
}

/// A document, taken apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// How it is marked up.
    pub format: Format,
    /// What it says about itself, in the order of the file.
    pub entries: Vec<Entry>,
    /// Its blocks, in the order of the file.
    pub blocks: Vec<Block>,
}

impl Page {
    /// Takes a document apart by its own format.
    pub fn of(document: &Document) -> Self {
        Self::read(document.text(), Format::of(document))
    }

    /// Takes a text apart.
    pub fn read(text: &str, format: Format) -> Self {
        let skipped = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
        if format == Format::Html {
            let (entries, blocks) = html::read(text, skipped);
            return Self { format, entries, blocks };
        }
        let (front_matter::FrontMatter { entries, remarks: mut blocks }, start) = front_matter::read(text, skipped);
        blocks.extend(match format {
            Format::Markdown => markdown::read(text, start),
            _ => plain::read(text, start),
        });
        Self { format, entries, blocks }
    }

    /// The value of the first entry with one of these names; the names are tried in order.
    pub fn entry(&self, keys: &[&str]) -> Option<&Block> {
        keys.iter().find_map(|key| self.entries.iter().find(|entry| entry.key == *key)).map(|entry| &entry.value)
    }
}
