//! The rows of a CSV table: plain ones as numbers, all others with their fields as they stand.
//!
//! In: the text of a table. Out: its rows in order, or everything that is wrong with it, named by line; of a table with a bad row none is
//! taken. Never: knows what a relation means.
//!
//! Most rows are plain: five fields without quotation marks, the days exact or left out. They are read without the CSV reader, which
//! reads every table that has a quotation mark, columns in another order or more of them.

use std::sync::Arc;

use super::columns::{OPEN_END, OPEN_START, Plain};
use super::spellings::Spellings;
use super::table::{Tables, plain_day};
use crate::text::{Diagnostic, Document, Problem, Span, nearest, one_of};
use crate::time::Day;

/// One row, with its fields as they stand.
#[derive(Clone, Debug)]
pub(super) struct Row {
    pub(super) table: usize,
    /// Counted over all tables.
    pub(super) line: u32,
    pub(super) subject: String,
    pub(super) relation: String,
    pub(super) object: String,
    pub(super) start: String,
    pub(super) end: String,
    pub(super) source: String,
    pub(super) quote: String,
    pub(super) per: String,
    pub(super) document: Arc<Document>,
    pub(super) span: Span,
}

const REQUIRED: [&str; 5] = ["subject", "relation", "object", "start", "end"];
const KNOWN: [&str; 8] = ["subject", "relation", "object", "start", "end", "source", "quote", "per"];
const PLAIN_HEADER: &str = "subject,relation,object,start,end";

/// The text of a larger table is not kept: what is shown of it is written again from its columns.
const LARGEST_KEPT: usize = 1 << 20;

/// The text of a table: as a document, or only its name and its words.
pub(super) enum Text {
    Document(Arc<Document>),
    Loose(String, String),
}

impl Text {
    fn words(&self) -> &str {
        match self {
            Self::Document(document) => document.text(),
            Self::Loose(_, text) => text,
        }
    }
}

impl Row {
    /// A row that was taken for a plain one.
    pub(super) fn of_plain(row: &Plain, read: &[(Arc<Document>, u32, Option<i32>)], spellings: &Spellings, relation: &str) -> Self {
        let table = read.partition_point(|(_, first, _)| *first <= row.line).saturating_sub(1);
        let written = |day: i32, open: i32| if day == open { String::new() } else { Day::from_epoch_days(day.into()).to_string() };
        let (subject, object) = (spellings.get(row.subject).to_owned(), spellings.get(row.object).to_owned());
        let (start, end) = (written(row.start, OPEN_START), written(row.end, OPEN_END));
        let line = format!("{subject},{relation},{object},{start},{end}");
        let (document, span) = read.get(table).map_or_else(
            || (Arc::new(Document::new("", "")), Span::default()),
            |(document, first, _)| {
                let number = usize::try_from(row.line.saturating_sub(*first).saturating_add(1)).unwrap_or(usize::MAX);
                stated(document, number, &line)
            },
        );
        let (relation, nothing) = (relation.to_owned(), String::new());
        let (source, quote, per) = (nothing.clone(), nothing.clone(), nothing);
        Self { table, line: row.line, subject, relation, object, start, end, source, quote, per, document, span }
    }
}

/// A line of a table with its place: in its document, or in an excerpt where the text of that is not kept.
fn stated(document: &Arc<Document>, number: usize, line: &str) -> (Arc<Document>, Span) {
    match document.line(number) {
        Some((start, text)) => (Arc::clone(document), Span::new(start, start.saturating_add(text.len()))),
        None => (Arc::new(Document::excerpt(document.name(), line, number)), Span::new(0, line.len())),
    }
}

/// A day as ISO 8601 writes it, since 1970-01-01.
pub(super) fn exact_day(date: &str) -> Option<i32> {
    let [a, b, c, d, b'-', e, f, b'-', g, h] = *date.as_bytes() else { return None };
    let digit = |byte: u8| byte.is_ascii_digit().then(|| u32::from(byte & 0x0f));
    let two = |tens: u8, ones: u8| Some(digit(tens)?.saturating_mul(10).saturating_add(digit(ones)?));
    let year = two(a, b)?.saturating_mul(100).saturating_add(two(c, d)?);
    i32::try_from(Day::from_ymd(year.into(), two(e, f)?, two(g, h)?)?.epoch_days()).ok()
}

impl Tables {
    /// Reads a table into the rest. With `columns`, plain rows are taken as such.
    pub(super) fn read(&mut self, text: Text, columns: bool) -> Result<(), Vec<Diagnostic>> {
        let words = text.words();
        let plain = columns && is_plain_csv(words);
        let first_line = self.lines.saturating_add(1);
        let known = (self.rows.len(), self.plain.len());
        if plain {
            let keep = words.len() <= LARGEST_KEPT;
            let document = match &text {
                Text::Document(document) if keep => Arc::clone(document),
                Text::Loose(name, words) if keep => Arc::new(Document::new(name.as_str(), words.as_str())),
                Text::Document(document) => Arc::new(Document::numbered(document.name())),
                Text::Loose(name, _) => Arc::new(Document::numbered(name.as_str())),
            };
            let problems = self.plain_rows(&document, words, first_line);
            if !problems.is_empty() {
                self.rows.truncate(known.0);
                self.plain.truncate(known.1);
                return Err(problems);
            }
            return Ok(());
        }
        let document = match text {
            Text::Document(document) => document,
            Text::Loose(name, text) => Arc::new(Document::new(name, text)),
        };
        let rows = rows(&document, self.read.len(), first_line)?;
        let mut last = None;
        for row in rows {
            let relation = self.relation(&row.relation);
            let place = || (Arc::clone(&row.document), row.span);
            let subject = if row.subject.is_empty() { 0 } else { self.meet(&row.subject, relation, 0, place) };
            let object = if row.object.is_empty() { 0 } else { self.meet(&row.object, relation, 1, place) };
            let bare = [&row.source, &row.quote, &row.per].into_iter().all(String::is_empty);
            let named = !row.subject.is_empty() && !row.object.is_empty();
            let days = plain_day(&row.start, OPEN_START).zip(plain_day(&row.end, OPEN_END)).filter(|(start, end)| start <= end);
            match days.filter(|_| columns && bare && named) {
                Some((start, end)) => {
                    last = last.max(last_of(start, end));
                    self.plain.push(Plain { relation, object, subject, start, end, line: row.line });
                }
                None => self.rows.push(row),
            }
        }
        let lines = u32::try_from(document.lines().count()).unwrap_or(u32::MAX);
        self.lines = self.lines.saturating_add(lines);
        self.read.push((document, first_line, last));
        Ok(())
    }

    /// The rows of a text without quotation marks; tells what is wrong with them.
    fn plain_rows(&mut self, document: &Arc<Document>, words: &str, first_line: u32) -> Vec<Diagnostic> {
        let mut problems = Vec::new();
        let mut last = None;
        let table = self.read.len();
        // The rows are near one another in length.
        self.plain.reserve(
            words.len().checked_div(words.len().min(4096).checked_div(lines_of(words.as_bytes())).unwrap_or(1).max(1)).unwrap_or(0),
        );
        let mut rest = words;
        let mut number = 0_usize;
        let (mut relation_words, mut relation) = ("", None);
        while !rest.is_empty() {
            let (line, behind) = match memchr::memchr(b'\n', rest.as_bytes()).and_then(|at| rest.split_at_checked(at)) {
                Some((line, behind)) => (line, behind.get(1..).unwrap_or_default()),
                None => (rest, ""),
            };
            rest = behind;
            number = number.saturating_add(1);
            let line = line.strip_suffix('\r').unwrap_or(line);
            if number == 1 || line.is_empty() {
                continue;
            }
            let line_number = first_line.saturating_add(u32::try_from(number).unwrap_or(u32::MAX)).saturating_sub(1);
            let mut fields = [""; 5];
            let mut count = 0_usize;
            let mut start = 0_usize;
            for end in memchr::memchr_iter(b',', line.as_bytes()).chain([line.len()]) {
                if let Some(field) = fields.get_mut(count) {
                    *field = line.get(start..end).unwrap_or_default();
                }
                count = count.saturating_add(1);
                start = end.saturating_add(1);
            }
            if count != fields.len() {
                let (document, span) = stated(document, number, line);
                problems.push(
                    Problem::new("malformed-table", span, format!("this row has {count} fields, the header {}", fields.len()))
                        .at(&document, 0),
                );
                continue;
            }
            let is_trimmed = fields.iter().all(|field| !field.starts_with(is_blank) && !field.ends_with(is_blank));
            let fields = if is_trimmed { fields } else { fields.map(|field| field.trim_matches(is_blank)) };
            let [subject, words, object, start, end] = fields;
            let relation = match relation {
                Some(known) if relation_words == words => known,
                _ => {
                    relation_words = words;
                    *relation.insert(self.relation(words))
                }
            };
            let place = || stated_by_number(document, number);
            let who = if subject.is_empty() { 0 } else { self.meet(subject, relation, 0, place) };
            let whom = if object.is_empty() { 0 } else { self.meet(object, relation, 1, place) };
            let days = plain_day(start, OPEN_START).zip(plain_day(end, OPEN_END)).filter(|(start, end)| start <= end);
            match days.filter(|_| is_trimmed && !subject.is_empty() && !object.is_empty()) {
                Some((start, end)) => {
                    last = last.max(last_of(start, end));
                    self.plain.push(Plain { relation, object: whom, subject: who, start, end, line: line_number });
                }
                None => {
                    let (document, span) = stated(document, number, line);
                    let [subject, relation, object, start, end] = fields.map(str::to_owned);
                    let nothing = String::new();
                    let (source, quote, per) = (nothing.clone(), nothing.clone(), nothing);
                    self.rows.push(Row {
                        table,
                        line: line_number,
                        subject,
                        relation,
                        object,
                        start,
                        end,
                        source,
                        quote,
                        per,
                        document,
                        span,
                    });
                }
            }
        }
        self.lines = self.lines.saturating_add(u32::try_from(number.saturating_add(1)).unwrap_or(u32::MAX));
        self.read.push((Arc::clone(document), first_line, last));
        problems
    }
}

/// Where a name is first met. Of a text that is not kept, the number of the line is all there is.
fn stated_by_number(document: &Arc<Document>, number: usize) -> (Arc<Document>, Span) {
    let span = document.line(number).map_or(Span::new(number, number), |(start, text)| Span::new(start, start.saturating_add(text.len())));
    (Arc::clone(document), span)
}

fn is_blank(c: char) -> bool {
    c.is_whitespace()
}

fn last_of(start: i32, end: i32) -> Option<i32> {
    [start, end].into_iter().filter(|day| *day != OPEN_START && *day != OPEN_END).max()
}

fn lines_of(bytes: &[u8]) -> usize {
    memchr::memchr_iter(b'\n', bytes.get(..bytes.len().min(4096)).unwrap_or_default()).count()
}

/// Whether a table is in the plain layout and needs no CSV reader.
fn is_plain_csv(text: &str) -> bool {
    let (header, rest) = text.split_once('\n').unwrap_or((text, ""));
    let bytes = rest.as_bytes();
    header.trim_end_matches('\r') == PLAIN_HEADER
        && memchr::memchr(b'"', bytes).is_none()
        && memchr::memchr_iter(b'\r', bytes).all(|at| bytes.get(at.saturating_add(1)) == Some(&b'\n'))
}

/// Reads the rows of a table; all malformed ones are reported.
fn rows(document: &Arc<Document>, table: usize, first_line: u32) -> Result<Vec<Row>, Vec<Diagnostic>> {
    let mut reader = csv::ReaderBuilder::new()
        .flexible(true)
        .trim(csv::Trim::All)
        .from_reader(document.text().trim_start_matches('\u{feff}').as_bytes());
    let line_span = |line: u64| {
        let number = usize::try_from(line).unwrap_or(1);
        document
            .lines()
            .nth(number.saturating_sub(1))
            .map_or(Span::default(), |(start, text)| Span::new(start, start.saturating_add(text.len())))
    };
    let wrong = |span: Span, message: String| {
        vec![
            Problem::new("malformed-table", span, message)
                .help("the header is `subject,relation,object,start,end`, and optionally `source,quote,per`")
                .at(document, 0),
        ]
    };
    let headers = reader.headers().cloned().map_err(|error| wrong(line_span(1), format!("this table cannot be read: {error}")))?;
    let mut problems = Vec::new();
    for header in &headers {
        if !KNOWN.contains(&header) {
            let near = one_of(&nearest(header, KNOWN));
            problems.push(
                Problem::new("malformed-table", line_span(1), format!("`{header}` is no column of a table of facts"))
                    .maybe_help(near)
                    .at(document, 0),
            );
        }
    }
    for required in REQUIRED {
        if !headers.iter().any(|header| header == required) {
            problems.extend(wrong(line_span(1), format!("the column `{required}` is missing")));
        }
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    let column = |name: &str| headers.iter().position(|header| header == name);
    let places = KNOWN.map(column);
    let mut found = Vec::new();
    for record in reader.records() {
        match record {
            Ok(record) => {
                let line = record.position().map_or(1, csv::Position::line);
                if record.len() != headers.len() {
                    problems.push(
                        Problem::new(
                            "malformed-table",
                            line_span(line),
                            format!("this row has {} fields, the header {}", record.len(), headers.len()),
                        )
                        .at(document, 0),
                    );
                    continue;
                }
                let field =
                    |at: usize| places.get(at).copied().flatten().and_then(|place| record.get(place)).unwrap_or_default().to_owned();
                let start = record.position().map_or(0, |position| usize::try_from(position.byte()).unwrap_or(0));
                let skip = document.text().len().saturating_sub(document.text().trim_start_matches('\u{feff}').len());
                let (begin, text) = document.line_at(start.saturating_add(skip));
                let line = u32::try_from(document.position(begin).line).unwrap_or(u32::MAX);
                found.push(Row {
                    table,
                    line: first_line.saturating_add(line).saturating_sub(1),
                    subject: field(0),
                    relation: field(1),
                    object: field(2),
                    start: field(3),
                    end: field(4),
                    source: field(5),
                    quote: field(6),
                    per: field(7),
                    document: Arc::clone(document),
                    span: Span::new(begin, begin.saturating_add(text.len())),
                });
            }
            Err(error) => problems.push(
                Problem::new(
                    "malformed-table",
                    error.position().map_or(Span::default(), |p| line_span(p.line())),
                    format!("this row cannot be read: {error}"),
                )
                .at(document, 0),
            ),
        }
    }
    if problems.is_empty() { Ok(found) } else { Err(problems) }
}
