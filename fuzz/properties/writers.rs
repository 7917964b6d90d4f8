//! What each format promises, whatever text is put into it. A new format is a new line of [`FORMATS`].

use std::io::{self, Write};
use std::sync::Arc;

use factum::report::{
    Claimed, Evidence, Finding, Held, Judged, Level, Publisher, Report, Timeline, claimreview, github, html, human, json, jsonl, junit,
    markdown, rdjsonl, sarif, tap, tsv,
};
use factum::text::{Diagnostic, Document, Label, Severity, Span};
use factum::time::Day;
use factum::verdict::{Assumption, Code, Stories, Verdict};

/// A format: how it is written, and what must hold of the writing.
pub struct Format {
    name: &'static str,
    write: fn(&Report, &mut dyn Write) -> io::Result<()>,
    check: fn(&Report, &str),
}

/// All formats.
pub const FORMATS: [Format; 13] = [
    Format { name: "human", write: |report, out| human(report, false, out), check: |_, text| plain(text) },
    Format { name: "human in colour", write: |report, out| human(report, true, out), check: |_, text| plain(&without_colours(text)) },
    Format { name: "jsonl", write: jsonl, check: json_lines },
    Format {
        name: "json",
        write: json,
        check: |report, text| assert_eq!(whole(text)["findings"].as_array().map(Vec::len), Some(report.findings.len())),
    },
    Format { name: "tsv", write: tsv, check: rows },
    Format { name: "sarif", write: sarif, check: |_, text| assert_eq!(whole(text)["version"], "2.1.0") },
    Format { name: "junit", write: junit, check: |_, text| plain(text) },
    Format { name: "tap", write: tap, check: |_, text| plain(text) },
    Format { name: "github", write: github, check: commands },
    Format { name: "rdjsonl", write: rdjsonl, check: |_, text| text.lines().for_each(|line| drop(whole(line))) },
    Format { name: "html", write: html, check: page },
    Format { name: "markdown", write: markdown, check: table },
    Format {
        name: "claimreview",
        write: |report, out| claimreview(report, &publisher(), true, out),
        check: |_, text| {
            whole(text);
            assert!(!text.contains('<'))
        },
    },
];

fn publisher() -> Publisher {
    Publisher { author: "The Gazette".to_owned(), url: "https://example.org/facts".to_owned(), ..Publisher::default() }
}

/// One JSON value and nothing that acts.
fn whole(text: &str) -> serde_json::Value {
    plain(text);
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}"))
}

/// Three cells a line.
fn rows(report: &Report, text: &str) {
    plain(text);
    assert_eq!(text.lines().count(), report.findings.len());
    assert!(text.lines().all(|line| line.matches('\t').count() == 2), "{text}");
}

/// No more annotations than findings, none of them made by a text; the others are the two lines of the summary.
fn commands(report: &Report, text: &str) {
    plain(text);
    let commands = text.lines().filter(|line| line.starts_with("::error ") || line.starts_with("::warning ")).count();
    assert_eq!(commands + 2, text.lines().count(), "{text}");
    assert!(commands <= report.findings.len().min(20), "{text}");
}

/// One script and one style, which are ours, and nothing that acts.
fn page(_: &Report, text: &str) {
    plain(text);
    assert_eq!((text.matches("<script").count(), text.matches("<style").count(), text.matches("</script").count()), (1, 1, 1));
    assert!(!text.contains("<img") && !text.contains("<iframe"));
}

/// No cell and no markup of foreign make: five cells a row.
fn table(_: &Report, text: &str) {
    plain(text);
    for row in text.lines().filter(|line| line.starts_with('|')) {
        assert_eq!(row.matches('|').count(), 6, "{row}");
        assert!(!row.contains("](") && !row.contains("<script") && !row.contains("<img"), "{row}");
    }
}

impl Format {
    /// The report as text.
    pub fn written(&self, report: &Report) -> String {
        let mut out = Vec::new();
        (self.write)(report, &mut out).unwrap_or_else(|error| panic!("{}: {error}", self.name));
        String::from_utf8(out).unwrap_or_else(|error| panic!("{}: {error}", self.name))
    }
}

/// Every format keeps its promises for this report.
pub fn are_clean(report: &Report) {
    for format in &FORMATS {
        (format.check)(report, &format.written(report));
    }
}

/// A report in which every text is foreign: its lines stand for file names, claims, messages, quotes and whatever else there
/// is.
pub fn writers(text: &str) {
    are_clean(&hostile(text));
}

fn hostile(text: &str) -> Report {
    let lines: Vec<&str> = text.split('\n').collect();
    let line = |n: usize| lines.get(n % lines.len().max(1)).copied().unwrap_or_default().to_owned();
    let document = Arc::new(Document::new(line(0), text));
    let whole = Span::new(0, text.len());
    let mut findings = Vec::new();
    for (n, (start, here)) in document.lines().enumerate().take(8) {
        let middle = start + here.char_indices().nth(here.chars().count() / 2).map_or(0, |(at, _)| at);
        let end = start + here.len();
        // To the end of the line, of the text, or nothing at all.
        let rest = [Span::new(middle, end), Span::new(middle, text.len()), Span::new(middle, middle)];
        let span = rest.get(n % rest.len()).copied().unwrap_or(whole);
        findings.push(Finding::Verdict(Box::new(Judged {
            document: Arc::clone(&document),
            span: Span::new(start, end),
            wrong: (n % 2 == 0).then_some(span),
            paraphrase: line(n + 1),
            verdict: [Verdict::Supported, Verdict::Contradicted, Verdict::Unknown][n % 3],
            code: Code::ALL[n % Code::ALL.len()],
            message: line(n + 2),
            evidence: vec![Evidence {
                fact: line(n + 3),
                quote: (n % 3 != 0).then(|| (line(n + 4), Arc::clone(&document), span)),
                stated: (Arc::clone(&document), whole),
                date: Some(line(n + 5)),
                per: Some(line(n + 6)),
            }],
            assumptions: vec![Assumption::Once],
            strict: Verdict::Unknown,
            correction: Some(line(n + 7)),
            settle: Some(line(n + 8)),
            stories: Some(Stories { supported: Some(vec![line(n + 10), line(n + 11)]), contradicted: None }),
            expected: Some(line(n + 9)),
            level: [Level::Allow, Level::Warn, Level::Deny][n % 3],
            accepted: None,
        })));
        findings.push(Finding::Diagnostic(Box::new(Diagnostic {
            severity: Severity::default(),
            code: "unreadable",
            message: line(n + 2),
            document: Arc::clone(&document),
            span,
            label: (n % 2 == 1).then(|| line(n + 3)),
            others: vec![Label { document: Arc::clone(&document), span: whole, text: line(n + 4) }],
            suggestions: Vec::new(),
            help: vec![line(n + 5), line(n + 6)],
        })));
    }
    let (first, last) = (Day::from_epoch_days(20_000), Day::from_epoch_days(20_010));
    let held = (0..4).map(|n| Held {
        holder: line(n),
        from: first.plus(i64::try_from(n).unwrap_or(0)),
        to: last,
        earliest: (n % 2 == 0).then_some(first),
        latest: (n % 3 == 0).then_some(last.plus(3)),
        assumptions: vec![Assumption::Once],
    });
    let claims = findings.iter().map(|finding| {
        let (document, span) = finding.place();
        Claimed { document: Arc::clone(document), span, days: (Some(first), (span.start % 2 == 0).then_some(last)) }
    });
    let timelines = vec![Timeline { title: line(1), held: held.collect(), end: Some(last), claims: claims.collect() }];
    Report { findings, timelines, ..Report::default() }
}

/// Nothing that acts on a terminal or reorders what is read: no control character but the end of a line, and the tab, which
/// only moves what follows.
fn plain(text: &str) {
    if let Some(c) = text.chars().find(|c| !matches!(c, '\n' | '\t') && acts(*c)) {
        panic!("U+{:04X} is written as it is in {text:?}", u32::from(c));
    }
}

fn acts(c: char) -> bool {
    c.is_control() || matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

/// The text without the escapes that only colour it; any other stays in it.
fn without_colours(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("\u{1b}[") {
        out.push_str(before);
        let inside = after.len() - after.trim_start_matches(|c: char| c.is_ascii_digit() || c == ';').len();
        match after[inside..].strip_prefix('m') {
            Some(behind) => rest = behind,
            None => {
                out.push('\u{1b}');
                rest = after;
            }
        }
    }
    out.push_str(rest);
    out
}

/// One object a line: one for each finding, in order and with its own words, and the summary last.
fn json_lines(report: &Report, text: &str) {
    assert!(text.ends_with('\n'), "the last line has no end");
    plain(text);
    let lines: Vec<serde_json::Value> =
        text.lines().map(|line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}"))).collect();
    assert_eq!(lines.len(), report.findings.len() + 1, "lines of {text}");
    let kind = |line: &serde_json::Value| line["type"].as_str().map(str::to_owned);
    assert_eq!(lines.last().and_then(kind).as_deref(), Some("summary"));
    for (line, finding) in lines.iter().zip(&report.findings) {
        let (document, span) = finding.place();
        assert_eq!(line["file"], document.name());
        assert_eq!((line["start_byte"].as_u64(), line["end_byte"].as_u64()), (Some(span.start as u64), Some(span.end as u64)));
        match finding {
            Finding::Verdict(judged) => {
                assert_eq!(kind(line).as_deref(), Some("verdict"));
                assert_eq!(line["claim"], span.of(document.text()));
                assert_eq!((&line["paraphrase"], &line["message"]), (&judged.paraphrase.as_str().into(), &judged.message.as_str().into()));
                for (shown, evidence) in line["evidence"].as_array().into_iter().flatten().zip(&judged.evidence) {
                    assert_eq!(shown["fact"], evidence.fact.as_str());
                    assert_eq!(shown["quote"].as_str(), evidence.quote.as_ref().map(|(words, _, _)| words.as_str()));
                }
            }
            Finding::Diagnostic(diagnostic) => {
                assert_eq!(kind(line).as_deref(), Some("diagnostic"));
                assert_eq!(line["message"], diagnostic.message.as_str());
            }
        }
    }
}
