//! The block at the head of a file in which it tells about itself: YAML between `---` lines or TOML between `+++` lines.
//!
//! In: a text. Out: the entries at its top level that are a single value, its remarks (`# …`), and the byte where the prose
//! begins. A block that is not quite YAML, as hand-written ones often are, is read line by line. Never: looks for one further down.

use saphyr_parser::{Event, Parser, ScalarStyle};

use super::Entry;
use super::block::{Block, BlockKind};
use super::writer::BlockWriter;
use crate::text::Span;
use crate::text::limits::MOST_FRONT_LINES;

/// What such a block says.
#[derive(Default)]
pub(super) struct FrontMatter {
    pub(super) entries: Vec<Entry>,
    /// Its remarks, without the `#`.
    pub(super) remarks: Vec<Block>,
}

/// What it says, and where what follows begins; `start` is where the text itself begins.
pub(super) fn read(text: &str, start: usize) -> (FrontMatter, usize) {
    let Some((inner, end, toml)) = fenced(text, start) else { return (FrontMatter::default(), start) };
    let words = inner.of(text);
    let read = if toml { of_toml(words, inner.start) } else { of_yaml(words, inner.start) };
    let (entries, values) = read.unwrap_or_else(|| (of_lines(words, inner.start), Vec::new()));
    (FrontMatter { entries, remarks: remarks(words, &values, inner.start) }, end)
}

/// The remarks: what stands behind a `#` at the start of a line or behind a blank, and in no value.
fn remarks(words: &str, values: &[Span], start: usize) -> Vec<Block> {
    let mut at = 0_usize;
    let mut found = Vec::new();
    for line in words.split_inclusive('\n') {
        let from = at;
        at = at.saturating_add(line.len());
        let mark = line.match_indices('#').map(|(mark, _)| mark).find(|mark| {
            let before = line.get(..*mark).and_then(|before| before.chars().next_back());
            let place = from.saturating_add(*mark);
            // Of a block that was read line by line no value is known, and only a line of its own is sure to be a remark.
            let free = if values.is_empty() { line.trim_start().starts_with('#') } else { before.is_none_or(char::is_whitespace) };
            free && values.iter().all(|value| !(value.start..value.end).contains(&place))
        });
        let Some(inside) = mark.map(|mark| mark.saturating_add(1)) else { continue };
        let mut writer = BlockWriter::verbatim();
        writer.exact(line.get(inside..).unwrap_or_default().trim_end(), from.saturating_add(inside).saturating_add(start));
        found.extend(writer.finish(BlockKind::Comment));
    }
    found
}

/// What stands between the fences, the byte behind the second one, and whether it is TOML.
fn fenced(text: &str, start: usize) -> Option<(Span, usize, bool)> {
    let mut at = start;
    let mut lines = text.get(start..)?.split_inclusive('\n').map(|line| {
        let from = at;
        at = at.saturating_add(line.len());
        (from, at, line.trim_end())
    });
    let (_, inner, fence) = lines.next()?;
    let toml = match fence {
        "---" => false,
        "+++" => true,
        _ => return None,
    };
    // A rule above a paragraph opens no block: the first line must be an entry, a remark or the end.
    let mut lines = lines.take(MOST_FRONT_LINES).peekable();
    let entry = |line: &str| line.is_empty() || line == fence || line.starts_with('#') || line.contains([':', '=']);
    if !lines.peek().is_some_and(|(_, _, line)| entry(line)) {
        return None;
    }
    lines.find(|(_, _, line)| *line == fence || (!toml && *line == "...")).map(|(from, end, _)| (Span::new(inner, from), end, toml))
}

/// The scalars at the top level of a YAML block, and where all its scalars stand; none where it is no mapping or no YAML.
fn of_yaml(words: &str, start: usize) -> Option<(Vec<Entry>, Vec<Span>)> {
    // The parser counts characters.
    let mut bytes: Vec<usize> = words.char_indices().map(|(at, _)| at).collect();
    bytes.push(words.len());
    let place = |index: usize| bytes.get(index).copied().unwrap_or(words.len());
    let mut entries = Vec::new();
    let mut values = Vec::new();
    let mut depth = 0_usize;
    let mut key: Option<String> = None;
    for event in Parser::new_from_str(words) {
        let (event, span) = event.ok()?;
        let place_of = |value: &str, style: ScalarStyle| {
            let span = Span::new(place(span.start.index()), place(span.end.index()));
            let quoted = matches!(style, ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted);
            // The parser lets a quoted value reach to the end of its line, over a remark.
            let written = span.of(words).get(1..).filter(|rest| quoted && rest.starts_with(value));
            let end = written.map_or(span.end, |_| span.start.saturating_add(value.len()).saturating_add(2).min(span.end));
            (Span::new(span.start, end), quoted)
        };
        if let Event::Scalar(value, style, ..) = &event {
            values.push(place_of(value, *style).0);
        }
        match event {
            Event::MappingStart(..) | Event::SequenceStart(..) => {
                depth = depth.saturating_add(1);
            }
            Event::MappingEnd | Event::SequenceEnd => {
                depth = depth.saturating_sub(1);
                if depth == 1 {
                    key = None;
                }
            }
            Event::Scalar(value, style, ..) if depth == 1 => match key.take() {
                None => key = Some(value.to_lowercase()),
                Some(key) => {
                    let (span, quoted) = place_of(&value, style);
                    entries.extend(entry(key, &value, words, span, quoted, start));
                }
            },
            Event::Scalar(..) if depth == 0 => return None,
            Event::Alias(..) if depth == 1 => key = None,
            _ => {}
        }
    }
    Some((entries, values))
}

/// The values at the top level of a TOML block, and where they stand; none where it is no TOML.
fn of_toml(words: &str, start: usize) -> Option<(Vec<Entry>, Vec<Span>)> {
    let table = toml::de::DeTable::parse(words).ok()?.into_inner();
    let mut entries: Vec<(usize, Entry)> = table
        .iter()
        .filter_map(|(key, value)| {
            let span = Span::new(value.span().start, value.span().end);
            let key = key.get_ref().to_lowercase();
            let entry = match value.get_ref() {
                toml::de::DeValue::String(said) => entry(key, said, words, span, true, start),
                toml::de::DeValue::Datetime(_) => entry(key, span.of(words), words, span, false, start),
                _ => None,
            };
            Some((span.start, entry?))
        })
        .collect();
    entries.sort_by_key(|(at, _)| *at);
    let values = table.values().map(|value| Span::new(value.span().start, value.span().end)).collect();
    Some((entries.into_iter().map(|(_, entry)| entry).collect(), values))
}

/// `key: value` lines, with or without quotation marks around the value.
fn of_lines(words: &str, start: usize) -> Vec<Entry> {
    let mut at = 0_usize;
    let mut entries = Vec::new();
    for line in words.split_inclusive('\n') {
        let from = at;
        at = at.saturating_add(line.len());
        // What is indented belongs to the entry above.
        let Some(colon) = line.find([':', '=']).filter(|_| !line.starts_with([' ', '\t', '#', '-'])) else { continue };
        let (key, value) = (line.get(..colon).unwrap_or_default(), line.get(colon.saturating_add(1)..).unwrap_or_default());
        let value_at = from.saturating_add(line.len()).saturating_sub(value.trim_start().len());
        let value = value.trim();
        let quoted = value.len() > 1 && ["\"", "'"].iter().any(|mark| value.starts_with(mark) && value.ends_with(mark));
        let inner = if quoted { value.get(1..value.len().saturating_sub(1)).unwrap_or_default() } else { value };
        let span = Span::new(value_at, value_at.saturating_add(value.len()));
        entries.extend(entry(key.trim().to_lowercase(), inner, words, span, quoted, start));
    }
    entries
}

/// An entry whose value is, where it can be, byte for byte that of the file.
fn entry(key: String, value: &str, words: &str, span: Span, quoted: bool, start: usize) -> Option<Entry> {
    let written = span.of(words);
    let inside = if quoted { written.get(1..written.len().saturating_sub(1)).unwrap_or(written) } else { written };
    let mut writer = BlockWriter::default();
    if inside.trim_end() == value.trim_end() {
        writer.exact(inside, span.start.saturating_add(usize::from(quoted)).saturating_add(start));
    } else {
        writer.made(value, span.shifted(start));
    }
    let value: Block = writer.finish(BlockKind::Title)?;
    Some(Entry { key, value })
}
