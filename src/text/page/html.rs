//! HTML, well formed or not, by the tokens of html5gum and their offsets.
//!
//! In: a text. Out: blocks, and what the head, marked times and linked data say about the document. Struck words, menus and
//! scripts are left out. Never: builds a tree; which element a text stands in is told by the tags that are open.

use html5gum::emitters::default::{DefaultEmitter, StartTag, Token};
use html5gum::{HtmlString, Spanned, Tokenizer};

use super::Entry;
use super::block::{Block, BlockKind, Cell, InlineKind};
use super::map::SourceMap;
use super::writer::BlockWriter;
use crate::text::Span;
use crate::text::limits::DEEPEST_ELEMENTS;

/// A whole document.
pub(super) fn read(text: &str, start: usize) -> (Vec<Entry>, Vec<Block>) {
    let body = text.get(start..).unwrap_or_default();
    let mut reader = Reader { body, start, ..Reader::default() };
    let mut emitter = DefaultEmitter::<usize>::new_with_span();
    emitter.naively_switch_states(true);
    for token in Tokenizer::new_with_emitter(body, emitter) {
        let Ok(token) = token;
        reader.token(token);
    }
    reader.flush();
    (reader.entries, reader.blocks)
}

/// A piece of HTML inside another document, with the way from it to the file.
pub(super) fn fragment(text: &str, outer: &SourceMap) -> Vec<Block> {
    let (_, mut blocks) = read(text, 0);
    for block in &mut blocks {
        block.map = block.map.through(block.text.len(), outer);
    }
    blocks
}

/// What an element is for its words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Role {
    Heading(u8),
    Paragraph,
    List,
    Item,
    Table,
    Row,
    Cell,
    Quote,
    Code,
    Caption,
    /// The document's title, in its head.
    Title,
    /// Words that are no prose of the document: menus, forms, scripts.
    Apart,
    /// Facts about the document for machines.
    LinkedData,
    /// Anything else that begins on a line of its own.
    Section,
}

fn role(name: &[u8]) -> Option<Role> {
    Some(match name {
        b"h1" => Role::Heading(1),
        b"h2" => Role::Heading(2),
        b"h3" => Role::Heading(3),
        b"h4" => Role::Heading(4),
        b"h5" => Role::Heading(5),
        b"h6" => Role::Heading(6),
        b"p" => Role::Paragraph,
        b"ul" | b"ol" | b"menu" | b"dl" => Role::List,
        b"li" | b"dt" | b"dd" => Role::Item,
        b"table" => Role::Table,
        b"tr" => Role::Row,
        b"td" | b"th" => Role::Cell,
        b"blockquote" => Role::Quote,
        b"pre" => Role::Code,
        b"figcaption" | b"caption" => Role::Caption,
        b"title" => Role::Title,
        b"script" | b"style" | b"noscript" | b"template" | b"nav" | b"footer" | b"form" | b"button" | b"select" | b"textarea"
        | b"iframe" | b"object" | b"svg" | b"math" | b"audio" | b"video" | b"canvas" => Role::Apart,
        b"html" | b"head" | b"body" | b"main" | b"article" | b"section" | b"header" | b"aside" | b"div" | b"address" | b"center"
        | b"details" | b"summary" | b"dialog" | b"fieldset" | b"figure" | b"hgroup" | b"search" | b"thead" | b"tbody" | b"tfoot"
        | b"colgroup" => Role::Section,
        _ => return None,
    })
}

struct Open {
    name: Vec<u8>,
    role: Role,
    /// Of a cell.
    cell: Option<Cell>,
}

#[derive(Default)]
struct Reader<'t> {
    body: &'t str,
    start: usize,
    entries: Vec<Entry>,
    blocks: Vec<Block>,
    writer: BlockWriter,
    open: Vec<Open>,
    struck: usize,
    /// The cell that was last opened; rows and tables are counted in it.
    last_cell: Option<Cell>,
    tables: usize,
    /// Line ends asked for, one behind the other: two of them part paragraphs.
    breaks: usize,
}

impl Reader<'_> {
    fn token(&mut self, token: Token<usize>) {
        match token {
            Token::String(words) => self.words(&words, Span::new(words.span.start, words.span.end)),
            Token::StartTag(tag) => self.start_tag(&tag),
            Token::EndTag(tag) => self.end_tag(&tag.name),
            Token::Comment(remark) => self.remark(&remark),
            Token::Doctype(_) | Token::Error(_) => {}
        }
    }

    fn start_tag(&mut self, tag: &StartTag<usize>) {
        let name: &[u8] = &tag.name;
        let source = Span::new(tag.span.start, tag.span.end).shifted(self.start);
        match name {
            b"br" => return self.line_break(source),
            b"hr" => return self.flush(),
            b"wbr" => return,
            b"meta" => return self.meta(tag),
            b"img" => return,
            b"time" => self.time(tag),
            b"s" | b"del" | b"strike" => self.struck = self.struck.saturating_add(1),
            _ => {}
        }
        if let Some(kind) = inline(name) {
            return self.writer.open(kind);
        }
        let Some(mut role) = role(name) else { return };
        self.flush();
        if tag.attributes.contains_key(b"hidden".as_slice()) {
            role = Role::Apart;
        }
        if name == b"script" && attribute(tag, "type").is_some_and(|(kind, _)| kind.trim().eq_ignore_ascii_case("application/ld+json")) {
            role = Role::LinkedData;
        }
        self.close_implied(role);
        let cell = match role {
            Role::Table => {
                self.last_cell = Some(Cell { table: self.tables, row: 0, column: 0, header: false });
                self.tables = self.tables.saturating_add(1);
                None
            }
            Role::Cell => {
                let header = name == b"th";
                let cell = self.last_cell.map(|cell| Cell { header, ..cell });
                let columns = attribute(tag, "colspan").and_then(|(n, _)| n.trim().parse::<usize>().ok()).map_or(1, |n| n.clamp(1, 1000));
                self.last_cell = self.last_cell.map(|cell| Cell { column: cell.column.saturating_add(columns), ..cell });
                cell
            }
            _ => None,
        };
        if self.open.len() < DEEPEST_ELEMENTS {
            self.open.push(Open { name: name.to_vec(), role, cell });
        }
        self.writer.keep_white_space(role == Role::Code);
    }

    fn end_tag(&mut self, name: &[u8]) {
        match name {
            b"s" | b"del" | b"strike" => return self.struck = self.struck.saturating_sub(1),
            b"br" => return self.flush(),
            _ => {}
        }
        if let Some(kind) = inline(name) {
            return self.writer.close(kind);
        }
        let Some(role) = role(name) else { return };
        self.flush();
        if let Some(place) = self.open.iter().rposition(|open| open.name == name) {
            self.open.truncate(place);
            self.writer.keep_white_space(self.open.iter().any(|open| open.role == Role::Code));
        }
        if role == Role::Row {
            self.last_cell = self.last_cell.map(|cell| Cell { row: cell.row.saturating_add(1), column: 0, ..cell });
        }
    }

    /// Ends the elements whose end tags may be left out before one of this kind.
    fn close_implied(&mut self, role: Role) {
        let (ended, fence): (&[Role], &[Role]) = match role {
            Role::Item => (&[Role::Item], &[Role::List, Role::Cell, Role::Quote]),
            Role::Cell => (&[Role::Cell], &[Role::Row, Role::Table]),
            Role::Row => (&[Role::Row], &[Role::Table]),
            Role::Title | Role::Apart | Role::LinkedData => return,
            _ => (&[Role::Paragraph], &[Role::Item, Role::Cell, Role::Quote, Role::Section, Role::Apart]),
        };
        let place = self.open.iter().rposition(|open| ended.contains(&open.role) || fence.contains(&open.role));
        let Some(place) = place.filter(|place| self.open.get(*place).is_some_and(|open| ended.contains(&open.role))) else { return };
        self.open.truncate(place);
        if role == Role::Row {
            self.last_cell = self.last_cell.map(|cell| Cell { row: cell.row.saturating_add(1), column: 0, ..cell });
        }
    }

    fn words(&mut self, value: &Spanned<HtmlString, usize>, span: Span) {
        let value = String::from_utf8_lossy(value);
        if self.open.iter().any(|open| open.role == Role::LinkedData) {
            return self.linked_data(&value, span);
        }
        if self.struck > 0 || self.is_apart() {
            return;
        }
        if !value.trim().is_empty() {
            self.breaks = 0;
        }
        write(&mut self.writer, span.of(self.body), &value, span.start.saturating_add(self.start));
    }

    fn is_apart(&self) -> bool {
        self.open.iter().any(|open| open.role == Role::Apart)
    }

    fn line_break(&mut self, source: Span) {
        self.breaks = self.breaks.saturating_add(1);
        if self.breaks > 1 {
            self.flush();
        } else if self.struck == 0 && !self.is_apart() {
            self.writer.line_break(source);
        }
    }

    fn remark(&mut self, remark: &Spanned<HtmlString, usize>) {
        let words = String::from_utf8_lossy(remark);
        // `<? … ?>` is a remark in HTML, question marks and all.
        let words = words.strip_prefix('?').map_or(&*words, |inside| inside.strip_suffix('?').unwrap_or(inside));
        // The token is the remark without its marks, its span the remark with them.
        let span = Span::new(remark.span.start, remark.span.end);
        let written = span.of(self.body);
        let inner = ["<!--", "<?"].iter().find(|mark| written.starts_with(**mark)).map_or(0, |mark| mark.len());
        let mut writer = BlockWriter::verbatim();
        if written.get(inner..).is_some_and(|rest| rest.starts_with(words)) {
            writer.exact(words, span.start.saturating_add(inner).saturating_add(self.start));
        } else {
            writer.made(words, span.shifted(self.start));
        }
        self.flush();
        self.blocks.extend(writer.finish(BlockKind::Comment));
    }

    fn flush(&mut self) {
        self.breaks = 0;
        self.struck = 0;
        let mut kind = BlockKind::Paragraph;
        for open in self.open.iter().rev() {
            kind = match open.role {
                Role::Title => {
                    if let Some(value) = self.writer.finish(BlockKind::Title) {
                        self.entries.push(Entry { key: "title".to_owned(), value });
                    }
                    return;
                }
                Role::Heading(level) => BlockKind::Heading(level),
                Role::Item => {
                    let lists = self.open.iter().filter(|open| open.role == Role::List).count().max(1);
                    BlockKind::ListItem(u8::try_from(lists).unwrap_or(u8::MAX))
                }
                Role::Cell => match open.cell {
                    Some(cell) => BlockKind::Cell(cell),
                    None => continue,
                },
                Role::Quote => BlockKind::Quotation,
                Role::Code => BlockKind::Code(String::new()),
                Role::Caption => BlockKind::Caption,
                _ => continue,
            };
            break;
        }
        self.blocks.extend(self.writer.finish(kind));
    }

    /// `<meta property="article:published_time" content="2024-12-08T10:00:00Z">`
    fn meta(&mut self, tag: &StartTag<usize>) {
        let name = ["property", "name", "itemprop"].iter().find_map(|key| attribute(tag, key));
        if let (Some((key, _)), Some((value, span))) = (name, attribute(tag, "content")) {
            self.note(key.to_lowercase(), &value, span);
        }
    }

    /// `<time datetime="2024-12-08">`
    fn time(&mut self, tag: &StartTag<usize>) {
        if let Some((value, span)) = attribute(tag, "datetime") {
            let published = attribute(tag, "itemprop").map(|(key, _)| key.to_lowercase());
            self.note(published.unwrap_or_else(|| "time".to_owned()), &value, span);
        }
    }

    /// `{"@type": "NewsArticle", "headline": …, "datePublished": …}`
    fn linked_data(&mut self, words: &str, span: Span) {
        let Ok(found) = serde_json::from_str::<serde_json::Value>(words) else { return };
        for (key, name) in [("datePublished", "datepublished"), ("headline", "headline")] {
            if let Some(value) = member(&found, key) {
                self.note(name.to_owned(), value, span);
            }
        }
    }

    fn note(&mut self, key: String, value: &str, span: Span) {
        let mut writer = BlockWriter::default();
        writer.made(value, span.shifted(self.start));
        if let Some(value) = writer.finish(BlockKind::Title) {
            self.entries.push(Entry { key, value });
        }
    }
}

/// The first text with a name, in an object, one of a list or the graph of an object.
fn member<'v>(value: &'v serde_json::Value, key: &str) -> Option<&'v str> {
    match value {
        serde_json::Value::Array(items) => items.iter().find_map(|item| member(item, key)),
        serde_json::Value::Object(members) => match members.get(key) {
            Some(serde_json::Value::String(text)) => Some(text),
            _ => members.get("@graph").and_then(|graph| member(graph, key)),
        },
        _ => None,
    }
}

fn inline(name: &[u8]) -> Option<InlineKind> {
    Some(match name {
        b"em" | b"i" | b"b" | b"strong" | b"mark" | b"u" => InlineKind::Emphasis,
        b"a" => InlineKind::Link,
        b"code" | b"kbd" | b"samp" | b"tt" => InlineKind::Code,
        b"q" => InlineKind::Quotation,
        _ => return None,
    })
}

/// The value of an attribute and where the attribute stands.
fn attribute(tag: &StartTag<usize>, name: &str) -> Option<(String, Span)> {
    let value = tag.attributes.get(name.as_bytes())?;
    Some((String::from_utf8_lossy(value).into_owned(), Span::new(value.span.start, value.span.end)))
}

/// Writes a text of the parser beside the bytes of the file that it was made of: entities are decoded in it, line ends
/// made one, and empty tags left out.
fn write(writer: &mut BlockWriter, written: &str, value: &str, start: usize) {
    let (mut raw, mut rest) = (written, value);
    while let Some(c) = raw.chars().next() {
        let at = start.saturating_add(written.len().saturating_sub(raw.len()));
        let entity = if c == '&' { entity(raw) } else { "" };
        let decoded = htmlize::unescape(entity);
        let (taken, said) = if !entity.is_empty() && decoded != entity && rest.starts_with(&*decoded) {
            writer.made(&decoded, Span::new(at, at.saturating_add(entity.len())));
            (entity.len(), decoded.len())
        } else if c == '\r' && rest.starts_with('\n') {
            let taken = if raw.starts_with("\r\n") { 2 } else { 1 };
            writer.made("\n", Span::new(at, at.saturating_add(taken)));
            (taken, 1)
        } else if raw.starts_with("</>") && !rest.starts_with("</>") {
            (3, 0)
        } else if rest.starts_with(c) {
            writer.exact(c.encode_utf8(&mut [0; 4]), at);
            (c.len_utf8(), c.len_utf8())
        } else {
            // The parser said more or less than stands here: all that is left stands for all that is left.
            return writer.made(rest, Span::new(at, start.saturating_add(written.len())));
        };
        raw = raw.get(taken..).unwrap_or_default();
        rest = rest.get(said..).unwrap_or_default();
    }
}

/// `&eacute;`, `&#233;`, at the start of a text.
fn entity(text: &str) -> &str {
    let name = text.get(1..).unwrap_or_default();
    let length = name.find(|c: char| !c.is_ascii_alphanumeric() && c != '#').unwrap_or(name.len());
    let closed = usize::from(name.get(length..).is_some_and(|rest| rest.starts_with(';')));
    text.get(..length.saturating_add(closed).saturating_add(1)).unwrap_or(text)
}
