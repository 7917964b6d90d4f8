//! A document as an article: its blocks, and when, where and under which headline it was written.
//!
//! In: a document. Out: an [`Article`]. What the document says outright (front matter, the head of HTML) goes before its
//! dateline, that before a byline, and that before an ISO date in its first line. Never: takes a date of the story for the
//! date of the document.

use super::tables::with_rows;
use crate::syntax;
use crate::text::{Block, BlockKind, Document, Format, Page, Span};
use crate::time::{Anchor, Day, WrittenDate, resolve};

/// A document, read as an article.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Article {
    /// Its headline.
    pub title: Option<Found<String>>,
    /// The day on which it was written or published; all that it says of *yesterday* and *Thursday* hangs on it.
    pub date: Option<Found<Day>>,
    /// The place that it was written from, as its dateline has it.
    pub place: Option<Found<String>>,
    /// Who published it.
    pub publisher: Option<Found<String>>,
    /// Its blocks in the order of the file; the headline of its front matter is one of them.
    pub blocks: Vec<Block>,
}

/// Something that the document says about itself, and the bytes of the file in which it does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Found<T> {
    /// What it says.
    pub value: T,
    /// Where.
    pub span: Span,
}

/// The names under which a document gives its date, the best first.
const DATES: [&str; 12] = [
    "date",
    "published",
    "pubdate",
    "publishdate",
    "published_at",
    "date_published",
    "article:published_time",
    "datepublished",
    "dc.date",
    "dc.date.issued",
    "sailthru.date",
    "time",
];
/// The names under which a document gives its headline.
const TITLES: [&str; 2] = ["headline", "title"];
/// The names under which a document's head repeats its headline, for other places to show.
const SHARED_TITLES: [&str; 2] = ["og:title", "twitter:title"];
/// The names under which a document says who published it.
const PUBLISHERS: [&str; 3] = ["publisher", "og:site_name", "site"];
/// A byline or dateline stands among so many blocks at the head.
const HEAD: usize = 12;

/// A document as an article.
pub fn article(document: &Document) -> Article {
    article_of(Page::of(document))
}

/// A page as an article.
pub fn article_of(page: Page) -> Article {
    let publisher = page.entry(&PUBLISHERS).map(said);
    let mut date = DATES.iter().find_map(|key| day_said(page.entry(&[key])?));
    let own_title = page.entry(&TITLES).cloned();
    let shared_title = page.entry(&SHARED_TITLES).map(said);
    let in_front_matter = page.format != Format::Html;
    let mut blocks = with_rows(page.blocks);

    let bylines = mark_bylines(&mut blocks, date.as_ref().map(|date| date.value));
    let dateline = mark_dateline(&mut blocks, date.as_ref().map(|date| date.value).or(bylines.as_ref().map(|found| found.value)));
    let (place, dateline) = dateline.unwrap_or_default();
    date = date.or(dateline).or(bylines).or_else(|| blocks.first().and_then(first_day));

    // A headline on the page is what readers see; that of the head may have the site's name behind it.
    let shown = blocks.iter_mut().take(HEAD).find(|block| matches!(block.kind, BlockKind::Title | BlockKind::Heading(1)));
    let title = match (own_title, shown) {
        (Some(own), shown) if in_front_matter || shown.is_none() => {
            let title = said(&own);
            blocks.insert(0, own);
            Some(title)
        }
        (_, Some(shown)) => {
            shown.kind = BlockKind::Title;
            Some(said(shown))
        }
        (_, None) => shared_title,
    };
    Article { title, date, place, publisher, blocks }
}

fn said(block: &Block) -> Found<String> {
    Found { value: block.text.clone(), span: block.whole() }
}

/// The day that an entry gives, as a machine or as a person writes it.
fn day_said(block: &Block) -> Option<Found<Day>> {
    let plain = block.text.get(..10).unwrap_or(&block.text).parse().ok();
    let day = plain.or_else(|| {
        let line = syntax::byline(&block.text)?;
        line.dates.first().and_then(|(date, ..)| day_of(date, None))
    })?;
    Some(Found { value: day, span: block.whole() })
}

/// The one day that a written date means.
fn day_of(date: &WrittenDate, document: Option<Day>) -> Option<Day> {
    let anchor = Anchor { document, ..Anchor::default() };
    resolve(date, &anchor).ok().and_then(|when| when.single_day())
}

/// Lines that only say when and by whom, and the date of publication in them.
fn mark_bylines(blocks: &mut [Block], document: Option<Day>) -> Option<Found<Day>> {
    let mut found: Option<(bool, Found<Day>)> = None;
    for block in blocks.iter_mut().take(HEAD) {
        if matches!(block.kind, BlockKind::Code(_) | BlockKind::Comment | BlockKind::Cell(_)) {
            continue;
        }
        let Some(line) = syntax::byline(&block.text) else { continue };
        let days = line.dates.iter().filter_map(|(date, span, later)| Some((*later, *span, day_of(date, document)?)));
        let days: Vec<_> = days.collect();
        if !line.author && days.is_empty() {
            continue;
        }
        block.kind = BlockKind::Byline;
        for (later, span, day) in days {
            if found.as_ref().is_none_or(|(before, _)| *before && !later) {
                found = Some((later, Found { value: day, span: block.source_span(span) }));
            }
        }
    }
    found.map(|(_, day)| day)
}

/// The dateline before the first sentence, which is no part of that sentence any more.
fn mark_dateline(blocks: &mut [Block], document: Option<Day>) -> Option<(Option<Found<String>>, Option<Found<Day>>)> {
    let block = blocks.iter_mut().take(HEAD).find(|block| block.kind == BlockKind::Paragraph)?;
    let line = syntax::dateline(&block.text)?;
    let date = line.date.as_ref().and_then(|(date, span)| {
        let value = day_of(date, document)?;
        Some(Found { value, span: block.source_span(*span) })
    });
    if line.place.is_none() && date.is_none() {
        return None;
    }
    block.lead = line.end;
    let place = line.place.map(|span| Found { value: span.of(&block.text).to_owned(), span: block.source_span(span) });
    Some((place.filter(|place| !is_label(&place.value)), date))
}

/// Words in capitals that say what kind of report follows, and not where it comes from.
fn is_label(words: &str) -> bool {
    const LABELS: [&str; 16] = [
        "BREAKING",
        "BREAKING NEWS",
        "UPDATE",
        "UPDATED",
        "EXCLUSIVE",
        "ANALYSIS",
        "OPINION",
        "WATCH",
        "LIVE",
        "JUST IN",
        "ALERT",
        "VIDEO",
        "EXPLAINER",
        "FACTBOX",
        "CORRECTION",
        "EDITORIAL",
    ];
    LABELS.contains(&words)
}

/// An ISO day in a first line of which nothing else is known.
fn first_day(block: &Block) -> Option<Found<Day>> {
    let mut at = 0_usize;
    for word in block.text.split_inclusive(|c: char| !(c.is_ascii_digit() || c == '-')) {
        let start = at;
        at = at.saturating_add(word.len());
        let digits = word.trim_end_matches(|c: char| !(c.is_ascii_digit() || c == '-'));
        if digits.len() == 10
            && let Ok(value) = digits.parse()
        {
            return Some(Found { value, span: block.source_span(Span::new(start, start.saturating_add(10))) });
        }
    }
    None
}
