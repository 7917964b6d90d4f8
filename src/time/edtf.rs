//! Extended Date/Time Format values (ISO 8601-2:2019, levels 0 to 2) and the days they bound.
//!
//! In come the parts that the grammar read; out go bounds and a [`When`]. The strict bounds take the value at its
//! word. The fuzzy ones move outwards by one unit of every doubtful part (`2016~`: a year; `2016-05-20?`: a year, a
//! month and a day), by two where `%` doubts it twice, and to the last significant digit (`1848S2`: 1800 to 1899).

use super::pattern::PIECES;
use super::{DatePattern, Day, DaySet, Doubt, Grain, When};

/// How long an interval is taken to be, in years, when one of its ends is unknown: `/2011` begins ten years before.
const UNKNOWN_YEARS: i64 = 10;
/// The least year that is written with a `Y`; nearer ones have four digits.
const LONG_YEAR: i64 = 10_000;

/// A parsed value.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Edtf {
    /// One date.
    Date(EdtfDate),
    /// `start/end`.
    Interval {
        /// Where it begins.
        start: Edge,
        /// Where it ends.
        end: Edge,
    },
    /// `[…]` or `{…}`.
    Set {
        /// Which of the two.
        kind: SetKind,
        /// The members in the order written.
        parts: Vec<EdtfPart>,
    },
}

/// What a set says about its members.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SetKind {
    /// `[…]`: one of them, not known which.
    OneOf,
    /// `{…}`: all of them.
    AllOf,
}

/// An end of an interval.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Edge {
    /// A date.
    Date(EdtfDate),
    /// `..`: there is no such end.
    Open,
    /// Nothing written: there is one, and nobody knows it.
    Unknown,
}

/// A member of a set.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum EdtfPart {
    /// One date.
    Date(EdtfDate),
    /// `from..to`, either of which may be missing: everything between.
    Range {
        /// The first, or without beginning.
        from: Option<EdtfDate>,
        /// The last, or without end.
        to: Option<EdtfDate>,
    },
}

/// A single date.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum EdtfDate {
    /// Year, month and day; a century `19` is the pattern `19XX` and a decade `193` is `193X`.
    Pattern(DatePattern),
    /// A part of a year by its code, 21 to 41: seasons, quarters, thirds and halves.
    Season {
        /// The year; its third mark of doubt is unused and its second is the season's.
        year: DatePattern,
        /// The code.
        code: u32,
    },
    /// A year by its number, with the count of its significant digits.
    Year {
        /// The year.
        year: i64,
        /// How many digits from the left are to be believed; all of them if `None`.
        significant: Option<u32>,
    },
}

/// Why parts that have the right shape make no value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
pub enum EdtfFault {
    /// No day of the calendar fits: `183X-06-31`.
    #[error("the calendar has no such day")]
    NoSuchDay,
    /// A season code other than 21 to 41.
    #[error("a season has a number from 21 to 41")]
    NoSuchSeason,
    /// `Y2024`.
    #[error("a year after `Y` has at least five digits and does not begin with 0")]
    ShortLongYear,
    /// `2024/2023`, and `2024-02/2024`, whose end begins before its beginning.
    #[error("the end begins before the beginning")]
    Backwards,
    /// An hour, minute, second or offset that no clock shows.
    #[error("no clock shows this time")]
    NoSuchTime,
    /// A minus before year 0.
    #[error("year 0 has no sign")]
    SignedZero,
}

impl EdtfDate {
    /// Checks a year, month and day against the calendar.
    ///
    /// # Errors
    /// [`EdtfFault::SignedZero`] and [`EdtfFault::NoSuchDay`].
    pub fn pattern(pattern: DatePattern) -> Result<EdtfDate, EdtfFault> {
        if pattern.negative && pattern.year.known() == Some(0) {
            return Err(EdtfFault::SignedZero);
        }
        pattern.first().ok_or(EdtfFault::NoSuchDay)?;
        Ok(EdtfDate::Pattern(pattern))
    }

    /// A year with a season code.
    ///
    /// # Errors
    /// [`EdtfFault::SignedZero`] and [`EdtfFault::NoSuchSeason`].
    pub fn season(year: DatePattern, code: u32) -> Result<EdtfDate, EdtfFault> {
        if year.negative && year.year.known() == Some(0) {
            return Err(EdtfFault::SignedZero);
        }
        season_months(code).ok_or(EdtfFault::NoSuchSeason)?;
        Ok(EdtfDate::Season { year, code })
    }

    /// A year that was written after `Y`.
    ///
    /// # Errors
    /// [`EdtfFault::ShortLongYear`] for a year that four digits can write.
    pub fn long_year(year: i64, significant: Option<u32>) -> Result<EdtfDate, EdtfFault> {
        if year.checked_abs().is_some_and(|magnitude| magnitude < LONG_YEAR) {
            return Err(EdtfFault::ShortLongYear);
        }
        Ok(EdtfDate::Year { year, significant })
    }

    /// First and last day, at its word.
    fn strict(&self) -> (Option<Day>, Option<Day>) {
        match self {
            EdtfDate::Pattern(pattern) => (pattern.first(), pattern.last()),
            EdtfDate::Season { year, code } => {
                let pieces = season_pieces(year, *code);
                (pieces.first(), pieces.last())
            }
            EdtfDate::Year { year, .. } => (Day::from_ymd(*year, 1, 1), Day::from_ymd(*year, 12, 31)),
        }
    }

    /// First and last day, with what the marks of doubt and the insignificant digits allow.
    fn fuzzy(&self) -> (Option<Day>, Option<Day>) {
        if let EdtfDate::Year { year, significant: Some(count) } = self {
            let (first, last) = significant_years(*year, *count);
            return (Day::from_ymd(first, 1, 1), Day::from_ymd(last, 12, 31));
        }
        let (months, days) = self.padding();
        let (first, last) = self.strict();
        (first.map(|day| day.plus_months(months.saturating_neg()).minus(days)), last.map(|day| day.plus_months(months).plus(days)))
    }

    /// Months and days by which doubt moves a bound.
    fn padding(&self) -> (i64, i64) {
        match self {
            EdtfDate::Pattern(pattern) => pattern.padding(),
            EdtfDate::Season { year, code } => {
                let [year_doubt, season_doubt, _] = year.doubt;
                let years = DatePattern { doubt: [year_doubt, Doubt::default(), Doubt::default()], ..year.clone() };
                (years.padding().0.saturating_add(season_doubt.weight().saturating_mul(season_length(*code))), 0)
            }
            EdtfDate::Year { .. } => (0, 0),
        }
    }

    fn doubted(&self) -> bool {
        match self {
            EdtfDate::Pattern(pattern) | EdtfDate::Season { year: pattern, .. } => pattern.doubt.iter().any(|doubt| doubt.weight() > 0),
            EdtfDate::Year { significant, .. } => significant.is_some(),
        }
    }

    fn grain(&self) -> Grain {
        match self {
            EdtfDate::Pattern(DatePattern { day: Some(day), .. }) if !day.blank() => Grain::Day,
            EdtfDate::Pattern(DatePattern { month: Some(month), .. }) if !month.blank() => Grain::Month,
            EdtfDate::Pattern(pattern) => match pattern.year.trailing_unknown() {
                0 => Grain::Year,
                1 => Grain::Decade,
                _ => Grain::Century,
            },
            EdtfDate::Season { code, .. } => match code {
                21..=32 => Grain::Season,
                33..=39 => Grain::Quarter,
                _ => Grain::HalfYear,
            },
            EdtfDate::Year { .. } => Grain::Year,
        }
    }

    /// The days it means.
    fn when(&self) -> When {
        let strong = match self {
            EdtfDate::Pattern(pattern) => pattern.days(),
            EdtfDate::Season { year, code } => season_pieces(year, *code),
            EdtfDate::Year { .. } => bounded(self.strict()),
        };
        let mut weak = strong.clone();
        if let EdtfDate::Season { year, code: 24 | 28 | 30 } = self {
            // A season over the turn of the year: the December is common ground, but the January and February
            // meant may be those before it in the same year or those that follow it.
            weak = weak.union(&year_edges(year));
        }
        if self.doubted() {
            weak = weak.union(&bounded(self.fuzzy()));
        }
        let mut when = When::vague(strong, &weak, self.grain());
        when.approximate = self.doubted();
        when
    }
}

impl EdtfPart {
    /// A range within a set.
    ///
    /// # Errors
    /// [`EdtfFault::Backwards`].
    pub fn range(from: Option<EdtfDate>, to: Option<EdtfDate>) -> Result<EdtfPart, EdtfFault> {
        if let (Some(from), Some(to)) = (&from, &to) {
            in_order(from, to)?;
        }
        Ok(EdtfPart::Range { from, to })
    }

    fn bounds(&self, of: fn(&EdtfDate) -> (Option<Day>, Option<Day>)) -> (Option<Day>, Option<Day>) {
        match self {
            EdtfPart::Date(date) => of(date),
            EdtfPart::Range { from, to } => (from.as_ref().and_then(|date| of(date).0), to.as_ref().and_then(|date| of(date).1)),
        }
    }

    /// The days this member means.
    #[must_use]
    pub fn to_when(&self) -> When {
        match self {
            EdtfPart::Date(date) => date.when(),
            EdtfPart::Range { .. } => {
                let (strong, weak) = (bounded(self.bounds(EdtfDate::strict)), bounded(self.bounds(EdtfDate::fuzzy)));
                let mut when = When::vague(strong, &weak, Grain::Length);
                when.approximate = self.doubted();
                when
            }
        }
    }

    fn doubted(&self) -> bool {
        match self {
            EdtfPart::Date(date) => date.doubted(),
            EdtfPart::Range { from, to } => [from, to].into_iter().flatten().any(EdtfDate::doubted),
        }
    }
}

impl Edge {
    fn date(&self) -> Option<&EdtfDate> {
        match self {
            Edge::Date(date) => Some(date),
            Edge::Open | Edge::Unknown => None,
        }
    }
}

impl Edtf {
    /// An interval.
    ///
    /// # Errors
    /// [`EdtfFault::Backwards`] if the end begins before the beginning.
    pub fn interval(start: Edge, end: Edge) -> Result<Edtf, EdtfFault> {
        if let (Some(first), Some(last)) = (start.date(), end.date()) {
            in_order(first, last)?;
        }
        Ok(Edtf::Interval { start, end })
    }

    /// The first day, at its word; `None` if it has no beginning.
    #[must_use]
    pub fn lower_strict(&self) -> Option<Day> {
        self.bounds(EdtfDate::strict).0
    }

    /// The last day, at its word; `None` if it has no end.
    #[must_use]
    pub fn upper_strict(&self) -> Option<Day> {
        self.bounds(EdtfDate::strict).1
    }

    /// The first day that its doubts allow; `None` if it has no beginning.
    #[must_use]
    pub fn lower_fuzzy(&self) -> Option<Day> {
        self.bounds(EdtfDate::fuzzy).0
    }

    /// The last day that its doubts allow; `None` if it has no end.
    #[must_use]
    pub fn upper_fuzzy(&self) -> Option<Day> {
        self.bounds(EdtfDate::fuzzy).1
    }

    /// The members of an all-of set, kept apart because each of them is meant; otherwise the value itself, alone.
    #[must_use]
    pub fn members(&self) -> Vec<When> {
        match self {
            Edtf::Set { kind: SetKind::AllOf, parts } => parts.iter().map(EdtfPart::to_when).collect(),
            _ => vec![self.to_when()],
        }
    }

    /// The days it means: strong by the strict bounds, weak by the fuzzy ones. An unknown end is left open in the
    /// weak reading, and a set is the days of all its members.
    #[must_use]
    pub fn to_when(&self) -> When {
        match self {
            Edtf::Date(date) => date.when(),
            Edtf::Interval { start, end } => {
                let (mut lower, mut upper) = (self.lower_fuzzy(), self.upper_fuzzy());
                lower = lower.filter(|_| *start != Edge::Unknown);
                upper = upper.filter(|_| *end != Edge::Unknown);
                let strong = bounded((self.lower_strict(), self.upper_strict()));
                let mut when = When::vague(strong, &bounded((lower, upper)), Grain::Length);
                when.approximate = [start, end].into_iter().filter_map(Edge::date).any(EdtfDate::doubted);
                when
            }
            Edtf::Set { parts, .. } => {
                let (mut strong, mut weak) = (Vec::new(), Vec::new());
                for member in parts.iter().map(EdtfPart::to_when) {
                    strong.extend_from_slice(member.strong.pieces());
                    weak.extend_from_slice(member.weak.pieces());
                    // As with one pattern: very many pieces are given as the span of them.
                    if strong.len().saturating_add(weak.len()) > 2 * PIECES {
                        strong = bounded(self.bounds(EdtfDate::strict)).pieces().to_vec();
                        weak = bounded(self.bounds(EdtfDate::fuzzy)).pieces().to_vec();
                        break;
                    }
                }
                let mut when = When::vague(DaySet::from_pieces(strong), &DaySet::from_pieces(weak), Grain::Length);
                when.approximate = parts.iter().any(EdtfPart::doubted);
                when
            }
        }
    }

    fn bounds(&self, of: fn(&EdtfDate) -> (Option<Day>, Option<Day>)) -> (Option<Day>, Option<Day>) {
        match self {
            Edtf::Date(date) => of(date),
            Edtf::Interval { start, end } => {
                let from = match (start, end) {
                    (Edge::Date(date), _) => of(date).0,
                    (Edge::Unknown, Edge::Date(end)) => end.strict().1.map(|day| day.plus_years(-UNKNOWN_YEARS)),
                    _ => None,
                };
                let to = match (end, start) {
                    (Edge::Date(date), _) => of(date).1,
                    (Edge::Unknown, Edge::Date(start)) => start.strict().0.map(|day| day.plus_years(UNKNOWN_YEARS)),
                    _ => None,
                };
                (from, to)
            }
            Edtf::Set { parts, .. } => {
                let bounds = || parts.iter().map(|part| part.bounds(of));
                // A member without beginning leaves the whole without one.
                let lower: Option<Vec<Day>> = bounds().map(|bound| bound.0).collect();
                let upper: Option<Vec<Day>> = bounds().map(|bound| bound.1).collect();
                (lower.and_then(|days| days.into_iter().min()), upper.and_then(|days| days.into_iter().max()))
            }
        }
    }
}

/// Refuses an end that begins before the beginning does, even if it reaches further (`2024-02/2024`). An end with
/// unknown digits is given the benefit of them: `2016-09-12/2016-09-XX` may end on the 30th.
fn in_order(from: &EdtfDate, to: &EdtfDate) -> Result<(), EdtfFault> {
    let unknown_digits = matches!(to, EdtfDate::Pattern(pattern)
        if [Some(&pattern.year), pattern.month.as_ref(), pattern.day.as_ref()]
            .into_iter()
            .flatten()
            .any(|digits| digits.known().is_none()));
    let (first, last) = to.strict();
    let reaches = if unknown_digits { last } else { first };
    if from.strict().0 <= reaches { Ok(()) } else { Err(EdtfFault::Backwards) }
}

fn bounded((lower, upper): (Option<Day>, Option<Day>)) -> DaySet {
    DaySet::single(lower.unwrap_or(Day::MIN), upper.unwrap_or(Day::MAX))
}

/// First and last month that a season code names within its year. The season over the turn of the year, in either
/// hemisphere, has only its December there.
fn season_months(code: u32) -> Option<(u32, u32)> {
    match code {
        21 | 25 | 31 => Some((3, 5)),
        22 | 26 | 32 => Some((6, 8)),
        23 | 27 | 29 => Some((9, 11)),
        24 | 28 | 30 => Some((12, 12)),
        33 => Some((1, 3)),
        34 => Some((4, 6)),
        35 => Some((7, 9)),
        36 => Some((10, 12)),
        37 => Some((1, 4)),
        38 => Some((5, 8)),
        39 => Some((9, 12)),
        40 => Some((1, 6)),
        41 => Some((7, 12)),
        _ => None,
    }
}

/// How many months one season, quarter, third or half lasts: what a doubt about it moves a bound by.
fn season_length(code: u32) -> i64 {
    match code {
        37..=39 => 4,
        40 | 41 => 6,
        _ => 3,
    }
}

fn season_pieces(year: &DatePattern, code: u32) -> DaySet {
    let Some((first, last)) = season_months(code) else {
        return DaySet::default();
    };
    DaySet::from_pieces(year.years().filter_map(|year| months_between(year, first, last)))
}

/// January and February of the year and of the next.
fn year_edges(year: &DatePattern) -> DaySet {
    DaySet::from_pieces(year.years().flat_map(|year| [year, year.saturating_add(1)]).filter_map(|year| months_between(year, 1, 2)))
}

/// From the first day of one month to the last day of another in the same year.
fn months_between(year: i64, first: u32, last: u32) -> Option<(Day, Day)> {
    Some((Day::from_ymd(year, first, 1)?, Day::from_ymd(year, last, 1)?.plus_months(1).pred()))
}

/// The years that share the significant digits of one.
fn significant_years(year: i64, count: u32) -> (i64, i64) {
    let digits = year.unsigned_abs().checked_ilog10().map_or(1, |log| log.saturating_add(1));
    let step = 10i64.saturating_pow(digits.saturating_sub(count)).max(1);
    let magnitude = year.saturating_abs();
    let base = magnitude.saturating_sub(magnitude.rem_euclid(step));
    let top = base.saturating_add(step).saturating_sub(1);
    if year < 0 { (top.saturating_neg(), base.saturating_neg()) } else { (base, top) }
}
