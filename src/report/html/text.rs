//! Texts cut into lines and parts, so that marks stand in place.
//!
//! In: documents, and spans in them with what they are marks of. Out: lines of parts. Never: searches for words.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Serialize;

use super::Detail;
use crate::report::Report;
use crate::text::{Document, Span, escape_controls};

/// Of a text with more lines only those near a mark are shown.
const WHOLE: usize = 2000;
/// How near.
const AROUND: usize = 4;

/// A text as it is shown.
#[derive(Serialize)]
pub(super) struct Shown {
    name: String,
    lines: Vec<Line>,
}

#[derive(Serialize)]
struct Line {
    number: usize,
    /// Whether lines before it are left out.
    gap: bool,
    parts: Vec<Part>,
    /// What is told below it.
    findings: Vec<Detail>,
}

/// A part of a line to which the same marks apply.
#[derive(Default, Serialize)]
struct Part {
    text: String,
    /// The finding that it belongs to, with its kind.
    finding: Option<usize>,
    kind: &'static str,
    /// The quotes that it belongs to, by number.
    quotes: String,
    /// Those that start here.
    starts: Vec<usize>,
}

/// A mark, by number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Mark {
    span: Span,
    number: usize,
}

/// The places that prove something, each once.
#[derive(Default)]
pub(super) struct Quotes {
    numbers: BTreeMap<(String, Span), usize>,
    documents: BTreeMap<String, Arc<Document>>,
}

impl Quotes {
    /// The number of a place.
    pub(super) fn number(&mut self, document: &Arc<Document>, span: Span) -> usize {
        self.documents.entry(document.name().to_owned()).or_insert_with(|| Arc::clone(document));
        let next = self.numbers.len();
        *self.numbers.entry((document.name().to_owned(), span)).or_insert(next)
    }
}

/// The texts that findings stand in, in the order of the report.
pub(super) fn files(report: &Report, details: Vec<Detail>) -> Vec<Shown> {
    let mut groups: Vec<(&Arc<Document>, Vec<(Mark, Detail)>)> = Vec::new();
    for (finding, detail) in report.findings.iter().zip(details) {
        let (document, span) = finding.place();
        let mark = Mark { span, number: detail.number };
        match groups.last_mut().filter(|(last, _)| last.name() == document.name()) {
            Some((_, group)) => group.push((mark, detail)),
            None => groups.push((document, vec![(mark, detail)])),
        }
    }
    groups
        .into_iter()
        .map(|(document, group)| {
            let marks: Vec<Mark> = group.iter().map(|(mark, _)| *mark).collect();
            let kinds: BTreeMap<usize, &'static str> = group.iter().map(|(mark, detail)| (mark.number, detail.kind)).collect();
            let mut lines = lines(document, &marks, |part, within| {
                part.finding = within.first().map(|mark| mark.number);
                part.kind = part.finding.and_then(|number| kinds.get(&number).copied()).unwrap_or_default();
            });
            for (mark, detail) in group {
                let number = document.position(mark.span.start).line;
                if let Some(line) = lines.binary_search_by_key(&number, |line| line.number).ok().and_then(|at| lines.get_mut(at)) {
                    line.findings.push(detail);
                }
            }
            Shown { name: escape_controls(document.name()), lines }
        })
        .collect()
}

/// The texts that prove something, sorted by name.
pub(super) fn sources(quotes: &Quotes) -> Vec<Shown> {
    let shown = quotes.documents.iter().map(|(name, document)| {
        let here = quotes.numbers.iter().filter(|((of, _), _)| of == name);
        let marks: Vec<Mark> = here.map(|((_, span), number)| Mark { span: *span, number: *number }).collect();
        let lines = lines(document, &marks, |part, within| {
            part.quotes = within.iter().map(|mark| mark.number.to_string()).collect::<Vec<_>>().join(" ");
        });
        Shown { name: escape_controls(name), lines }
    });
    shown.collect()
}

/// The lines of a document, cut where a mark starts or ends. `fill` says what marks mean for the part that lies in them.
fn lines(document: &Document, marks: &[Mark], fill: impl Fn(&mut Part, &[Mark])) -> Vec<Line> {
    let mut by_line: BTreeMap<usize, Vec<Mark>> = BTreeMap::new();
    for mark in marks {
        let (first, last) = (document.position(mark.span.start).line, document.position(mark.span.end).line);
        for number in first..=last {
            by_line.entry(number).or_default().push(*mark);
        }
    }
    let whole = document.lines().nth(WHOLE).is_none();
    let near = |number: usize| by_line.range(number.saturating_sub(AROUND)..=number.saturating_add(AROUND)).next().is_some();
    let mut found: Vec<Line> = Vec::new();
    let mut before: usize = 0;
    for (number, (start, text)) in (1..).zip(document.lines()) {
        if !whole && !near(number) {
            continue;
        }
        let here = by_line.get(&number).map(Vec::as_slice).unwrap_or_default();
        let gap = number > before.saturating_add(1);
        before = number;
        found.push(Line { number, gap, parts: parts(start, text, here, &fill), findings: Vec::new() });
    }
    found
}

fn parts(start: usize, text: &str, marks: &[Mark], fill: &impl Fn(&mut Part, &[Mark])) -> Vec<Part> {
    let end = start.saturating_add(text.len());
    let mut cuts: Vec<usize> =
        marks.iter().flat_map(|mark| [mark.span.start, mark.span.end]).filter(|cut| (start..=end).contains(cut)).collect();
    cuts.extend([start, end]);
    cuts.sort_unstable();
    cuts.dedup();
    let pairs = cuts.iter().zip(cuts.iter().skip(1));
    let mut found: Vec<Part> = pairs
        .map(|(from, to)| {
            let words = text.get(from.saturating_sub(start)..to.saturating_sub(start)).unwrap_or_default();
            let mut part = Part { text: escape_controls(&words.replace('\t', "    ")), ..Part::default() };
            let within: Vec<Mark> = marks.iter().filter(|mark| mark.span.start <= *from && mark.span.end >= *to).copied().collect();
            part.starts = within.iter().filter(|mark| mark.span.start == *from).map(|mark| mark.number).collect();
            fill(&mut part, &within);
            part
        })
        .collect();
    // An empty span still has a place that a link can lead to.
    for mark in marks.iter().filter(|mark| mark.span.start == mark.span.end || mark.span.start == end) {
        found.push(Part { starts: vec![mark.number], ..Part::default() });
    }
    found
}
