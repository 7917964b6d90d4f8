//! How well time phrases of news are read: `cargo run --release --example news_dates -- PATH [--wrong]`.
//!
//! The table has a header and tab-separated columns; `doc`, `dct` (the document's date), `char_start`, `text` (the phrase), `lo`
//! and `hi` (the first and the last day it means) and `sentence` are used. Each document is read from its first sentence to its
//! last, and a phrase counts as right if exactly the days from `lo` to `hi` are found for it.
//!
//! Such tables come from annotations (TIMEX3) that give `early 2009` and `the end of this year` the days of the whole year, and
//! keep the part in an attribute of its own that the table may lack. So two figures are given: with the days as they are read,
//! and with a part of a month or year counted by the days of its whole. `--wrong` lists what is wrong by the first.

use std::collections::BTreeMap;
use std::process::ExitCode;

use factum::prose::{Dated, Timeline};
use factum::syntax;
use factum::text::{Span, escape_controls};
use factum::time::{Anchor, DateForm, Day, WrittenDate, resolve};

struct Row {
    start: usize,
    text: String,
    first: Option<Day>,
    last: Option<Day>,
    sentence: String,
    date: Option<Day>,
}

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let wanted = arguments.iter().any(|argument| argument == "--wrong");
    let Some(path) = arguments.iter().find(|argument| !argument.starts_with("--")) else {
        eprintln!("usage: news_dates PATH [--wrong]");
        return ExitCode::FAILURE;
    };
    match rows(path) {
        Ok(documents) => {
            measure(documents, wanted);
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("{path}: {error}");
            ExitCode::FAILURE
        }
    }
}

fn rows(path: &str) -> Result<BTreeMap<String, Vec<Row>>, csv::Error> {
    let mut reader = csv::ReaderBuilder::new().delimiter(b'\t').quoting(false).from_path(path)?;
    let header = reader.headers()?.clone();
    let mut documents: BTreeMap<String, Vec<Row>> = BTreeMap::new();
    for record in reader.records() {
        let record = record?;
        let cell = |name: &str| header.iter().position(|known| known == name).and_then(|at| record.get(at)).unwrap_or_default();
        documents.entry(cell("doc").to_owned()).or_default().push(Row {
            start: cell("char_start").parse().unwrap_or(0),
            text: cell("text").to_owned(),
            first: cell("lo").parse().ok(),
            last: cell("hi").parse().ok(),
            sentence: cell("sentence").to_owned(),
            date: cell("dct").parse().ok(),
        });
    }
    Ok(documents)
}

fn measure(documents: BTreeMap<String, Vec<Row>>, wanted: bool) {
    let (mut count, mut right, mut by_whole, mut found_at_all) = (0_usize, 0_usize, 0_usize, 0_usize);
    for (document, mut rows) in documents {
        rows.sort_by_key(|row| row.start);
        let mut timeline = Timeline::new(rows.first().and_then(|row| row.date));
        let mut before: Option<(String, Vec<Dated>)> = None;
        // Where in the sentence the next phrase may begin: the same words may stand in it twice.
        let mut from = 0_usize;
        for row in &rows {
            if before.as_ref().is_none_or(|(sentence, _)| *sentence != row.sentence) {
                let found = timeline.read(&row.sentence, &syntax::running(&row.sentence));
                before = Some((row.sentence.clone(), found));
                from = 0;
            }
            let Some((_, found)) = &before else { continue };
            let start = find(&row.sentence, &row.text, from);
            let span = Span::new(start, start.saturating_add(row.text.len()));
            from = span.start.saturating_add(1);
            let best = best(found, span);
            let hull = best.and_then(|dated| days(dated, span));
            let whole = best.and_then(|dated| whole(dated, row.date)).or(hull);
            let stated = row.first.zip(row.last);
            let (exact, good) = (stated.is_some() && hull == stated, stated.is_some() && (hull == stated || whole == stated));
            count = count.saturating_add(1);
            right = right.saturating_add(usize::from(exact));
            by_whole = by_whole.saturating_add(usize::from(good));
            found_at_all = found_at_all.saturating_add(usize::from(hull.is_some()));
            if wanted && !exact {
                let shown = |day: Option<Day>| day.map_or_else(|| "-".to_owned(), |day| day.to_string());
                let read = hull.map_or_else(|| "nothing".to_owned(), |(first, last)| format!("{first} {last}"));
                println!(
                    "{document}\n  `{}` is {} {}, read as {read}{}\n  {}",
                    escape_controls(&row.text),
                    shown(row.first),
                    shown(row.last),
                    if good { ", a part of it" } else { "" },
                    escape_controls(&row.sentence)
                );
            }
        }
    }
    let share = |part: usize| part.saturating_mul(1000).checked_div(count).unwrap_or(0);
    let percent = |part: usize| format!("{}.{} %", share(part).saturating_div(10), share(part) % 10);
    println!("{count} phrases, {found_at_all} found");
    println!("{right} with exactly the stated days ({})", percent(right));
    println!("{by_whole} with a part counted by its whole ({})", percent(by_whole));
}

/// Where a phrase stands in its sentence; tables may fold the blanks of one and not of the other.
fn find(sentence: &str, words: &str, from: usize) -> usize {
    sentence.get(from..).and_then(|rest| rest.find(words)).map(|at| at.saturating_add(from)).or_else(|| sentence.find(words)).unwrap_or(0)
}

/// The phrase that shares the most bytes with a span.
fn best(found: &[Dated], span: Span) -> Option<&Dated> {
    let second = |dated: &Dated| dated.second.as_ref().map_or(0, |(at, _)| shared(*at, span));
    let bytes = |dated: &Dated| shared(dated.date_span, span).max(second(dated));
    found.iter().filter(|dated| bytes(dated) > 0).max_by_key(|dated| bytes(dated))
}

/// The first and the last day of a phrase, or of the second date in it if that is meant.
fn days(dated: &Dated, span: Span) -> Option<(Day, Day)> {
    let second = dated.second.as_ref().filter(|(at, _)| shared(*at, span) > shared(dated.date_span, span));
    let when = second.map_or(&dated.days, |(_, days)| days).as_ref().ok()?;
    when.strong.first().zip(when.strong.last())
}

/// The first and the last day of what a phrase names a part of.
fn whole(dated: &Dated, document: Option<Day>) -> Option<(Day, Day)> {
    let date = dated.date.as_ref()?;
    let DateForm::Portion { of, .. } = &date.form else { return None };
    let when = resolve(&WrittenDate { form: (**of).clone(), ..date.clone() }, &Anchor { document, ..Anchor::default() }).ok()?;
    when.strong.first().zip(when.strong.last())
}

fn shared(one: Span, other: Span) -> usize {
    one.end.min(other.end).saturating_sub(one.start.max(other.start))
}
