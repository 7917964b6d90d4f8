//! Timelines as drawings: one lane for each party, its days as a bar, what is not certain hatched; below, the claims that speak
//! of it, and all of it once more in words.
//!
//! In: timelines. Out: numbers and words for the template. Never: reckons with fractions, which machines round differently.
//!
//! Distances are not to scale: a war has long years in which a town keeps its holder, and a week in which it has three. The
//! width of a stretch grows with the number of digits of its days.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::{Detail, sign};
use crate::report::{Held, Report, Timeline};
use crate::text::{Span, escape_controls};
use crate::time::{Day, month_name};

/// The drawing's width, and the room at both ends for what has no known beginning or end.
const WIDTH: usize = 760;
const MARGIN: usize = 36;
/// The height of a lane, of a claim's line, and of a row of dates.
const LANE: usize = 42;
const CLAIM: usize = 22;
const DATES: usize = 18;
/// The width that a date takes, and that a claim's number does.
const DATE: usize = 92;
const NUMBER: usize = 36;
/// How many claims are drawn; the list below has all.
const MOST_CLAIMS: usize = 12;
/// How many letters of a name fit above a bar.
const LONGEST: usize = 60;

/// A timeline as it is drawn.
#[derive(Serialize)]
pub(super) struct Drawn {
    number: usize,
    title: String,
    width: usize,
    height: usize,
    /// Where the lanes end and the dates begin.
    floor: usize,
    lanes: Vec<Lane>,
    ticks: Vec<Tick>,
    /// Where the record ends.
    end: Option<usize>,
    end_in_words: Option<String>,
    claims: Vec<Bracket>,
    /// The same in words.
    rows: Vec<Row>,
    /// All claims that speak of it: the number of the finding, its sign and kind, its place, its words.
    spoken: Vec<Mention>,
}

/// What one party had.
#[derive(Serialize)]
struct Lane {
    name: String,
    y: usize,
    bars: Vec<Bar>,
}

#[derive(Serialize)]
struct Bar {
    x: usize,
    y: usize,
    width: usize,
    /// Whether the record says so, or only leaves it open.
    sure: bool,
}

#[derive(Serialize)]
struct Tick {
    x: usize,
    label: Option<String>,
    /// The middle of the label's foot.
    label_x: usize,
    label_y: usize,
}

/// The days that a claim speaks of.
#[derive(Serialize)]
struct Bracket {
    finding: usize,
    kind: &'static str,
    label: String,
    x: usize,
    to: usize,
    y: usize,
    /// Whether the claim leaves its beginning or its end open.
    open_left: bool,
    open_right: bool,
    /// Where the label stands: behind the line, or before it where there is no room.
    label_x: usize,
    label_before: bool,
}

#[derive(Serialize)]
struct Row {
    holder: String,
    from: String,
    to: String,
    rests: String,
}

#[derive(Serialize)]
struct Mention {
    finding: usize,
    kind: &'static str,
    sign: &'static str,
    place: String,
    words: String,
}

/// Draws the timelines of a report, and tells each finding which of them it is about.
pub(super) fn timelines(report: &Report, details: &mut [Detail]) -> Vec<Drawn> {
    let mut by_place: BTreeMap<(&str, Span), usize> = BTreeMap::new();
    for (number, finding) in report.findings.iter().enumerate() {
        let (document, span) = finding.place();
        by_place.entry((document.name(), span)).or_insert(number);
    }
    (0..).zip(&report.timelines).map(|(number, timeline)| drawn(number, timeline, report, &by_place, details)).collect()
}

fn drawn(number: usize, timeline: &Timeline, report: &Report, by_place: &BTreeMap<(&str, Span), usize>, details: &mut [Detail]) -> Drawn {
    let scale = Scale::new(timeline);
    let title = escape_controls(&capital(&timeline.title));
    let lanes = lanes(timeline, &scale);
    let mut below = lanes.len().saturating_mul(LANE);
    let (mut claims, mut spoken) = (Vec::new(), Vec::new());
    for claim in &timeline.claims {
        // What was left out of the report is not spoken of here.
        let Some(finding) = by_place.get(&(claim.document.name(), claim.span)) else { continue };
        let Some((detail, found)) = details.get_mut(*finding).zip(report.findings.get(*finding)) else { continue };
        let line = claim.document.position(claim.span.start).line;
        spoken.push(Mention {
            finding: *finding,
            kind: found.kind(),
            sign: sign(found.kind()),
            place: escape_controls(&format!("{}:{line}", claim.document.name())),
            words: escape_controls(&found.words().split_whitespace().collect::<Vec<_>>().join(" ")),
        });
        if !detail.timelines.iter().any(|(known, _)| *known == number) {
            detail.timelines.push((number, title.clone()));
        }
        if claim.days == (None, None) || claims.len() >= MOST_CLAIMS {
            continue;
        }
        let (first, last) = claim.days;
        let (x, to) = (first.map_or(0, |day| scale.at(day)), last.map_or(WIDTH, |day| scale.at(day.succ())));
        let label = format!("{} {}", sign(found.kind()), spoken.len());
        let label_before = to.saturating_add(NUMBER) > WIDTH;
        claims.push(Bracket {
            finding: *finding,
            kind: found.kind(),
            label,
            x,
            to,
            y: below.saturating_add(CLAIM / 2),
            open_left: first.is_none(),
            open_right: last.is_none(),
            label_x: if label_before { x.saturating_sub(6) } else { to.saturating_add(6) },
            label_before,
        });
        below = below.saturating_add(CLAIM);
    }
    // A label that fits on neither side stands on the line.
    for bracket in claims.iter_mut().filter(|bracket| bracket.label_before && bracket.label_x < NUMBER) {
        (bracket.label_x, bracket.label_before) = (bracket.x.max(MARGIN).saturating_add(6), false);
    }
    let floor = below.saturating_add(4);
    Drawn {
        number,
        title,
        width: WIDTH,
        height: floor.saturating_add(DATES.saturating_mul(2)).saturating_add(8),
        floor,
        lanes,
        ticks: scale.ticks(floor),
        end: timeline.end.map(|day| scale.at(day.succ())),
        end_in_words: timeline.end.map(Day::in_words),
        claims,
        rows: timeline.held.iter().map(|held| row(held, timeline.end)).collect(),
        spoken,
    }
}

fn lanes(timeline: &Timeline, scale: &Scale) -> Vec<Lane> {
    let mut lanes: Vec<Lane> = Vec::new();
    for held in &timeline.held {
        let name = short(&escape_controls(&held.holder));
        let at = lanes.iter().position(|lane| lane.name == name).unwrap_or_else(|| {
            let y = lanes.len().saturating_mul(LANE).saturating_add(14);
            lanes.push(Lane { name, y, bars: Vec::new() });
            lanes.len().saturating_sub(1)
        });
        let Some(lane) = lanes.get_mut(at) else { continue };
        let y = lane.y.saturating_add(6);
        let (from, to) = (scale.at(held.from), scale.at(held.to.succ()));
        let stretches = [
            (held.earliest.map_or(0, |day| scale.at(day)), from, false),
            (from, to, true),
            (to, held.latest.map_or(WIDTH, |day| scale.at(day.succ())), false),
        ];
        let bars = stretches.into_iter().filter(|(x, to, _)| x < to);
        lane.bars.extend(bars.map(|(x, to, sure)| Bar { x, y, width: to.saturating_sub(x), sure }));
    }
    lanes
}

fn row(held: &Held, end: Option<Day>) -> Row {
    let from = match held.earliest {
        Some(day) if day == held.from => held.from.in_words(),
        Some(day) => format!("between {} and {}", day.in_words(), held.from.in_words()),
        None => format!("{} or earlier", held.from.in_words()),
    };
    let to = match held.latest {
        Some(day) if day == held.to => held.to.in_words(),
        Some(day) => format!("between {} and {}", held.to.in_words(), day.in_words()),
        None if end.is_some_and(|end| held.to >= end) => format!("{}, where the record ends", held.to.in_words()),
        None => format!("{} or later", held.to.in_words()),
    };
    let names: Vec<&str> = held.assumptions.iter().map(|assumption| assumption.name()).collect();
    Row { holder: escape_controls(&held.holder), from, to, rests: names.join(", ") }
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

fn short(name: &str) -> String {
    if name.chars().nth(LONGEST).is_none() {
        return name.to_owned();
    }
    name.chars().take(LONGEST.saturating_sub(1)).chain(['…']).collect()
}

/// Where days lie in the drawing.
struct Scale {
    /// The days on which something begins or is over, with their places, sorted.
    places: Vec<(Day, usize)>,
}

impl Scale {
    fn new(timeline: &Timeline) -> Self {
        let mut days: BTreeSet<Day> = BTreeSet::new();
        for held in &timeline.held {
            days.extend([held.from, held.to.succ()]);
            days.extend(held.earliest);
            days.extend(held.latest.map(Day::succ));
        }
        for claim in &timeline.claims {
            days.extend(claim.days.0);
            days.extend(claim.days.1.map(Day::succ));
        }
        days.extend(timeline.end.map(Day::succ));
        let days: Vec<Day> = days.into_iter().filter(|day| day.is_finite()).collect();
        let gaps = days.iter().zip(days.iter().skip(1)).map(|(day, next)| {
            let long = next.since(*day).and_then(|days| u64::try_from(days).ok()).unwrap_or(1);
            usize::try_from(long.max(1).ilog2()).unwrap_or(0).saturating_add(2)
        });
        let mut before = vec![0_usize];
        for gap in gaps {
            before.push(before.last().copied().unwrap_or(0).saturating_add(gap));
        }
        let all = before.last().copied().unwrap_or(1).max(1);
        let room = WIDTH.saturating_sub(MARGIN.saturating_mul(2));
        let place = |before: usize| MARGIN.saturating_add(before.saturating_mul(room).checked_div(all).unwrap_or(0));
        Self { places: days.into_iter().zip(before.into_iter().map(place)).collect() }
    }

    /// Where a day begins. Every day that is drawn is one of the scale's.
    fn at(&self, day: Day) -> usize {
        let after = self.places.partition_point(|(known, _)| *known < day);
        self.places.get(after).map_or(WIDTH, |(_, place)| *place)
    }

    /// A line for each day, with its date where there is room for it in one of two rows.
    fn ticks(&self, floor: usize) -> Vec<Tick> {
        let mut free = [0_usize; 2];
        let half = DATE / 2;
        let ticks = self.places.iter().map(|(day, x)| {
            let label_x = (*x).clamp(half, WIDTH.saturating_sub(half));
            let row = free.iter().position(|from| *from <= label_x.saturating_sub(half));
            if let Some(end) = row.and_then(|row| free.get_mut(row)) {
                *end = label_x.saturating_add(half);
            }
            let label_y = floor.saturating_add(DATES.saturating_mul(row.unwrap_or(0).saturating_add(1)));
            Tick { x: *x, label: row.map(|_| date(*day)), label_x, label_y }
        });
        ticks.collect()
    }
}

/// `5 Dec 2024`
fn date(day: Day) -> String {
    let (year, month, number) = day.ymd();
    let month: String = month_name(month).chars().take(3).collect();
    format!("{number} {month} {year}")
}
