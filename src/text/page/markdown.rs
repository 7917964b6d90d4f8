//! Markdown, by the events of pulldown-cmark and their offsets.
//!
//! In: a text. Out: blocks. Struck words are left out, as the writer took them back; HTML inside is read as HTML. Never:
//! looks for anything in the file that the parser did not point at.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use super::block::{Block, BlockKind, Cell, InlineKind};
use super::html;
use super::writer::BlockWriter;
use crate::text::Span;

/// The blocks of a text from a byte on.
pub(super) fn read(text: &str, start: usize) -> Vec<Block> {
    let body = text.get(start..).unwrap_or_default();
    let masked = with_remarks(body);
    let body = masked.as_deref().unwrap_or(body);
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_GFM;
    let mut reader = Reader { body, start, ..Reader::default() };
    for (event, range) in Parser::new_ext(body, options).into_offset_iter() {
        reader.event(event, range);
    }
    reader.flush();
    reader.blocks
}

/// A text in which MDX's remarks (`{/* … */}`) are remarks that Markdown knows, as long as they were: `<? … ?>` with a blank
/// more on either side. What looks like one in code stays code. None where there are none.
fn with_remarks(body: &str) -> Option<String> {
    let mut found = body.match_indices("{/*").map(|(at, _)| at).peekable();
    found.peek()?;
    let code: Vec<Range<usize>> = Parser::new_ext(body, Options::ENABLE_TABLES | Options::ENABLE_GFM)
        .into_offset_iter()
        .filter(|(event, _)| matches!(event, Event::Code(_) | Event::Start(Tag::CodeBlock(_))))
        .map(|(_, range)| range)
        .collect();
    let mut out = String::with_capacity(body.len());
    let mut done = 0_usize;
    for at in found {
        let inside = at.saturating_add(3);
        if at < done || code.iter().any(|range| range.contains(&at)) {
            continue;
        }
        let Some(length) = body.get(inside..).and_then(|rest| rest.find("*/}")) else { break };
        let end = inside.saturating_add(length);
        let words = body.get(inside..end).unwrap_or_default();
        // It would end there.
        if words.contains("?>") {
            continue;
        }
        out.push_str(body.get(done..at).unwrap_or_default());
        out.extend(["<? ", words, " ?>"]);
        done = end.saturating_add(3);
    }
    out.push_str(body.get(done..).unwrap_or_default());
    (out.len() == body.len()).then_some(out)
}

/// What a piece of text stands in, inside out.
enum Container {
    Heading(u8),
    Item,
    Cell,
    Quote,
}

#[derive(Default)]
struct Reader<'t> {
    body: &'t str,
    /// Where the body starts in the file.
    start: usize,
    blocks: Vec<Block>,
    writer: BlockWriter,
    inside: Vec<Container>,
    lists: u8,
    cell: Option<Cell>,
    tables: usize,
    /// How many struck stretches are open.
    struck: usize,
    /// The words instead of a picture, while one is open; they are shown beside the paragraph.
    picture: Option<BlockWriter>,
    pictures: usize,
    captions: Vec<Block>,
    code: Option<(String, BlockWriter)>,
    html: Option<BlockWriter>,
}

impl Reader<'_> {
    fn event(&mut self, event: Event<'_>, range: Range<usize>) {
        match event {
            Event::Start(tag) => self.open(tag),
            Event::End(tag) => self.close(tag),
            Event::Text(words) => self.words(&words, range),
            Event::Code(words) => {
                self.writer.open(InlineKind::Code);
                self.inline_code(&words, range);
                self.writer.close(InlineKind::Code);
            }
            Event::Html(words) => self.words(&words, range),
            Event::InlineHtml(words) => self.inline_html(&words, range),
            Event::SoftBreak => self.blank(range),
            Event::HardBreak => {
                let source = self.source(&range);
                if self.picture.is_none() && self.struck == 0 {
                    self.writer.line_break(source);
                }
            }
            Event::Rule => self.flush(),
            Event::FootnoteReference(_) | Event::TaskListMarker(_) | Event::InlineMath(_) | Event::DisplayMath(_) => {}
        }
    }

    fn open(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Emphasis | Tag::Strong => return self.writer.open(InlineKind::Emphasis),
            Tag::Link { .. } => return self.writer.open(InlineKind::Link),
            Tag::Strikethrough => return self.struck = self.struck.saturating_add(1),
            Tag::Image { .. } => {
                self.pictures = self.pictures.saturating_add(1);
                self.picture.get_or_insert_default();
                return;
            }
            Tag::Superscript | Tag::Subscript => return,
            _ => self.flush(),
        }
        match tag {
            Tag::Heading { level, .. } => self.inside.push(Container::Heading(number(level))),
            Tag::BlockQuote(_) => self.inside.push(Container::Quote),
            Tag::CodeBlock(kind) => {
                let info = match kind {
                    CodeBlockKind::Fenced(info) => info.trim().to_owned(),
                    CodeBlockKind::Indented => String::new(),
                };
                self.code = Some((info, BlockWriter::verbatim()));
            }
            Tag::HtmlBlock => self.html = Some(BlockWriter::verbatim()),
            Tag::List(_) => self.lists = self.lists.saturating_add(1),
            Tag::Item => self.inside.push(Container::Item),
            Tag::TableHead => self.cell = Some(Cell { table: self.tables, row: 0, column: 0, header: true }),
            Tag::TableRow => {
                self.cell = self.cell.map(|cell| Cell { row: cell.row.saturating_add(1), column: 0, header: false, ..cell });
            }
            Tag::TableCell => self.inside.push(Container::Cell),
            _ => {}
        }
    }

    fn close(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Emphasis | TagEnd::Strong => return self.writer.close(InlineKind::Emphasis),
            TagEnd::Link => return self.writer.close(InlineKind::Link),
            TagEnd::Strikethrough => return self.struck = self.struck.saturating_sub(1),
            TagEnd::Image => {
                self.pictures = self.pictures.saturating_sub(1);
                if self.pictures == 0 {
                    self.captions.extend(self.picture.take().and_then(|mut words| words.finish(BlockKind::Caption)));
                }
                return;
            }
            TagEnd::Superscript | TagEnd::Subscript => return,
            _ => self.flush(),
        }
        match tag {
            TagEnd::Heading(_) | TagEnd::BlockQuote(_) | TagEnd::Item => {
                self.inside.pop();
            }
            TagEnd::List(_) => self.lists = self.lists.saturating_sub(1),
            TagEnd::CodeBlock => {
                if let Some((info, mut words)) = self.code.take() {
                    self.blocks.extend(words.finish(BlockKind::Code(info)));
                }
            }
            TagEnd::HtmlBlock => {
                if let Some(words) = self.html.take() {
                    let (text, map) = words.into_text();
                    self.blocks.extend(html::fragment(&text, &map));
                }
            }
            TagEnd::TableCell => {
                self.inside.pop();
                self.cell = self.cell.map(|cell| Cell { column: cell.column.saturating_add(1), ..cell });
            }
            TagEnd::Table => {
                self.cell = None;
                self.tables = self.tables.saturating_add(1);
            }
            _ => {}
        }
    }

    /// Ends the block that is open.
    fn flush(&mut self) {
        let kind = match self.inside.last() {
            Some(Container::Heading(level)) => BlockKind::Heading(*level),
            Some(Container::Item) => BlockKind::ListItem(self.lists),
            Some(Container::Quote) => BlockKind::Quotation,
            Some(Container::Cell) => self.cell.map_or(BlockKind::Paragraph, BlockKind::Cell),
            None => BlockKind::Paragraph,
        };
        self.blocks.extend(self.writer.finish(kind));
        self.blocks.append(&mut self.captions);
        self.struck = 0;
    }

    /// Text of the parser: that of the file, or made of it.
    fn words(&mut self, words: &str, range: Range<usize>) {
        let source = self.source(&range);
        let same = self.body.get(range) == Some(words);
        let writer = match (&mut self.code, &mut self.html, &mut self.picture) {
            (Some((_, writer)), ..) | (_, Some(writer), _) | (.., Some(writer)) => writer,
            _ if self.struck > 0 => return,
            _ => &mut self.writer,
        };
        if same {
            writer.exact(words, source.start);
        } else {
            writer.made(words, source);
        }
    }

    /// Code among words: its range has the backticks, and perhaps one blank, around it.
    fn inline_code(&mut self, words: &str, range: Range<usize>) {
        let written = self.body.get(range.clone()).unwrap_or_default();
        let inner = written.trim_matches('`');
        let ticks = written.len().saturating_sub(written.trim_start_matches('`').len());
        let padding = usize::from(inner != words && inner.get(1..inner.len().saturating_sub(1)) == Some(words));
        let start = range.start.saturating_add(ticks).saturating_add(padding);
        let end = start.saturating_add(words.len());
        self.words(words, if self.body.get(start..end) == Some(words) { start..end } else { range });
    }

    fn inline_html(&mut self, words: &str, range: Range<usize>) {
        let source = self.source(&range);
        let tag = words.trim_start_matches(['<', '/']).split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default();
        match tag.to_ascii_lowercase().as_str() {
            "br" if self.struck == 0 => self.writer.line_break(source),
            "s" | "del" | "strike" if words.starts_with("</") => self.struck = self.struck.saturating_sub(1),
            "s" | "del" | "strike" => self.struck = self.struck.saturating_add(1),
            "q" if words.starts_with("</") => self.writer.close(InlineKind::Quotation),
            "q" => self.writer.open(InlineKind::Quotation),
            _ if words.starts_with("<!--") || words.starts_with("<?") => {
                let mut remark = BlockWriter::verbatim();
                if self.body.get(range) == Some(words) {
                    remark.exact(words, source.start);
                } else {
                    remark.made(words, source);
                }
                let (text, map) = remark.into_text();
                self.captions.extend(html::fragment(&text, &map));
            }
            _ => {}
        }
    }

    fn blank(&mut self, range: Range<usize>) {
        let source = self.source(&range);
        match &mut self.picture {
            Some(writer) => writer.blank(source),
            None => self.writer.blank(source),
        }
    }

    fn source(&self, range: &Range<usize>) -> Span {
        Span::new(range.start, range.end).shifted(self.start)
    }
}

fn number(level: HeadingLevel) -> u8 {
    match level {
        HeadingLevel::H1 => 1,
        HeadingLevel::H2 => 2,
        HeadingLevel::H3 => 3,
        HeadingLevel::H4 => 4,
        HeadingLevel::H5 => 5,
        HeadingLevel::H6 => 6,
    }
}
