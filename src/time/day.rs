//! One calendar day.
//!
//! In comes a year, month and day of the proleptic Gregorian calendar (there is a year 0); out goes a count of days
//! from 1970-01-01. chrono knows the calendar but ends at about the year 262 000, while EDTF writes years such as
//! `Y123456789`. The calendar repeats exactly every 400 years, so every date is looked up in the cycle that begins
//! in 2000 and moved by whole cycles; no second calendar is written here.

use std::fmt;
use std::str::FromStr;

use chrono::{Datelike, Days, NaiveDate, Weekday};

/// Years of one full turn of the Gregorian calendar.
const CYCLE_YEARS: i64 = 400;
/// Days of one full turn: 400 years with 97 leap days, which is also a whole number of weeks.
const CYCLE_DAYS: i64 = 146_097;
/// First year of the turn that is looked up in chrono.
const CYCLE_START: i64 = 2000;
/// Years beyond this one, on either side, are taken to be this one.
const LAST_YEAR: i64 = 4_000_000_000;
/// Days from 1970-01-01 to the first day of that turn.
const CYCLE_FIRST_DAY: i64 = 10_957;
/// The first day of the first year that there is, and the last day of the last one: no finite day lies beyond, so that each is
/// read as it is printed.
const EARLIEST: i64 = CYCLE_FIRST_DAY + (-LAST_YEAR - CYCLE_START) / CYCLE_YEARS * CYCLE_DAYS;
const LATEST: i64 = CYCLE_FIRST_DAY + (LAST_YEAR - CYCLE_START) / CYCLE_YEARS * CYCLE_DAYS + 365;

/// Years that are read as such by their number alone, as `grammar/time.pest` has it.
pub const PLAIN_YEARS: std::ops::RangeInclusive<i64> = 1000..=2999;

/// A calendar day, counted from 1970-01-01 (day 0), proleptic Gregorian.
///
/// Finite days lie within about 4 000 million years of today; what goes beyond stops there. [`Day::MIN`] and
/// [`Day::MAX`] are no days but the absence of a first or last one: they stay what they are under every movement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(i64);

/// A text that is not an ISO day such as `2024-12-05`.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{written}` is not a day written as year-month-day")]
pub struct NotADay {
    /// The text as it came.
    pub written: String,
}

impl Day {
    /// Without a beginning: before every day.
    pub const MIN: Day = Day(i64::MIN);
    /// Without an end: after every day.
    pub const MAX: Day = Day(i64::MAX);

    /// The day with this date; `None` if the calendar has none, as for 30 February or month 13.
    #[must_use]
    pub fn from_ymd(year: i64, month: u32, day: u32) -> Option<Day> {
        let year = year.clamp(-LAST_YEAR, LAST_YEAR);
        let within = i32::try_from(year.rem_euclid(CYCLE_YEARS).saturating_add(CYCLE_START)).ok()?;
        let looked_up = NaiveDate::from_ymd_opt(within, month, day)?;
        let turns = year.div_euclid(CYCLE_YEARS).saturating_sub(CYCLE_START / CYCLE_YEARS);
        Some(Day(days_from_epoch(looked_up).saturating_add(turns.saturating_mul(CYCLE_DAYS))))
    }

    /// The day so many days after 1970-01-01, stopping at the farthest days.
    #[must_use]
    pub fn from_epoch_days(count: i64) -> Day {
        match count {
            i64::MIN => Day::MIN,
            i64::MAX => Day::MAX,
            _ => Day(count.clamp(EARLIEST, LATEST)),
        }
    }

    /// Days since 1970-01-01; the least and greatest `i64` for the two sentinels.
    #[must_use]
    pub fn epoch_days(self) -> i64 {
        self.0
    }

    /// Whether this is a day, and not the absence of a first or last one.
    #[must_use]
    pub fn is_finite(self) -> bool {
        self != Day::MIN && self != Day::MAX
    }

    /// Year, month (1-12) and day of the month (1-31). A sentinel answers with the farthest day on its side.
    #[must_use]
    pub fn ymd(self) -> (i64, u32, u32) {
        let (date, turns) = self.looked_up();
        (i64::from(date.year()).saturating_add(turns.saturating_mul(CYCLE_YEARS)), date.month(), date.day())
    }

    /// The year, with a year 0.
    #[must_use]
    pub fn year(self) -> i64 {
        self.ymd().0
    }

    /// The month, 1-12.
    #[must_use]
    pub fn month(self) -> u32 {
        self.ymd().1
    }

    /// The day of the week. A whole turn of the calendar is a whole number of weeks, so far years need no care.
    #[must_use]
    pub fn weekday(self) -> Weekday {
        self.looked_up().0.weekday()
    }

    /// The day after.
    #[must_use]
    pub fn succ(self) -> Day {
        self.plus(1)
    }

    /// The day before.
    #[must_use]
    pub fn pred(self) -> Day {
        self.plus(-1)
    }

    /// So many days later (earlier if negative).
    #[must_use]
    pub fn plus(self, days: i64) -> Day {
        if self.is_finite() { Day(self.0.saturating_add(days).clamp(EARLIEST, LATEST)) } else { self }
    }

    /// So many days earlier (later if negative).
    #[must_use]
    pub fn minus(self, days: i64) -> Day {
        self.plus(days.saturating_neg())
    }

    /// The same day of the month so many months later, or the last day of that month if it is shorter.
    #[must_use]
    pub fn plus_months(self, months: i64) -> Day {
        if !self.is_finite() {
            return self;
        }
        let (year, month, day) = self.ymd();
        let counted = year.saturating_mul(12).saturating_add(i64::from(month).saturating_sub(1)).saturating_add(months);
        let year = counted.div_euclid(12);
        let month = u32::try_from(counted.rem_euclid(12).saturating_add(1)).unwrap_or(1);
        let day = day.min(month_length(year, month));
        Day::from_ymd(year, month, day).unwrap_or(self)
    }

    /// The same date so many years later; 29 February becomes the 28th where there is no 29th.
    #[must_use]
    pub fn plus_years(self, years: i64) -> Day {
        self.plus_months(years.saturating_mul(12))
    }

    /// Days from `earlier` to this day, negative if this one comes first; `None` if either is a sentinel.
    #[must_use]
    pub fn since(self, earlier: Day) -> Option<i64> {
        (self.is_finite() && earlier.is_finite()).then(|| self.0.saturating_sub(earlier.0))
    }

    /// As a sentence says it: `5 December 2024`; with `BC` or `AD` where the number alone is not read as a year.
    #[must_use]
    pub fn in_words(self) -> String {
        let (year, month, day) = self.ymd();
        let name = month_name(month);
        match self {
            Day::MIN => "the beginning of time".to_owned(),
            Day::MAX => "the end of time".to_owned(),
            _ if PLAIN_YEARS.contains(&year) => format!("{day} {name} {year}"),
            _ if year > 0 => format!("{day} {name} {year} AD"),
            _ => format!("{day} {name} {} BC", 1_i64.saturating_sub(year)),
        }
    }

    /// The same place in chrono's range, and the turns of the calendar that lie between.
    fn looked_up(self) -> (NaiveDate, i64) {
        let start = NaiveDate::from_ymd_opt(2000, 1, 1).unwrap_or_default();
        let offset = self.0.clamp(EARLIEST, LATEST).saturating_sub(days_from_epoch(start));
        let within = u64::try_from(offset.rem_euclid(CYCLE_DAYS)).unwrap_or(0);
        let date = start.checked_add_days(Days::new(within)).unwrap_or(start);
        (date, offset.div_euclid(CYCLE_DAYS))
    }
}

fn days_from_epoch(date: NaiveDate) -> i64 {
    date.signed_duration_since(NaiveDate::default()).num_days()
}

/// How many days a month (1-12) has in a year; 31 for a month that does not exist.
#[must_use]
pub fn month_length(year: i64, month: u32) -> u32 {
    (28..=31).rev().find(|&day| Day::from_ymd(year, month, day).is_some()).unwrap_or(31)
}

/// The English name of a month (1-12); empty for a month that does not exist.
#[must_use]
pub fn month_name(month: u32) -> &'static str {
    u8::try_from(month).ok().and_then(|number| chrono::Month::try_from(number).ok()).map_or("", |month| month.name())
}

impl fmt::Display for Day {
    /// ISO 8601: `2024-12-05`, `-0999-01-01`; years of more than four digits as they are; `..` for a sentinel.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.is_finite() {
            return f.write_str("..");
        }
        let (year, month, day) = self.ymd();
        let sign = if year < 0 { "-" } else { "" };
        write!(f, "{sign}{:04}-{month:02}-{day:02}", year.unsigned_abs())
    }
}

impl FromStr for Day {
    type Err = NotADay;

    /// Reads what [`Display`](fmt::Display) writes for a day.
    ///
    /// # Errors
    /// [`NotADay`] if the text has another shape or the calendar has no such day.
    fn from_str(text: &str) -> Result<Day, NotADay> {
        let problem = || NotADay { written: text.to_owned() };
        let (sign, digits) = match text.strip_prefix('-') {
            Some(rest) => (-1, rest),
            None => (1, text),
        };
        let mut pieces = digits.split('-');
        let (Some(year), Some(month), Some(day), None) = (pieces.next(), pieces.next(), pieces.next(), pieces.next()) else {
            return Err(problem());
        };
        let all_digits = [year, month, day].iter().all(|piece| piece.bytes().all(|byte| byte.is_ascii_digit()));
        if !all_digits || year.len() < 4 || month.len() != 2 || day.len() != 2 {
            return Err(problem());
        }
        let year: i64 = year.parse().map_err(|_| problem())?;
        let month: u32 = month.parse().map_err(|_| problem())?;
        let day: u32 = day.parse().map_err(|_| problem())?;
        if year > LAST_YEAR || (sign < 0 && year == 0) {
            return Err(problem());
        }
        Day::from_ymd(year.saturating_mul(sign), month, day).ok_or_else(problem)
    }
}
