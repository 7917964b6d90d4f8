//! A date as it was written, before anything is known about the day it was written on.
//!
//! Built by `syntax`, given meaning by [`resolve`](super::resolve()). Numbers are as in the text: a day of the month may
//! still be one that its month does not have.

use chrono::Weekday;

use super::{Edtf, Length, Unit};

/// A date phrase with everything its words say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WrittenDate {
    /// The words, for messages.
    pub written: String,
    /// A weekday written beside a date that does not need it: `Thursday, 5 December 2024`.
    pub weekday: Option<Weekday>,
    /// Whether it says *about*, *around*, *circa* or *approximately*.
    pub approximate: bool,
    /// What it says.
    pub form: DateForm,
}

/// The ways to say when. *The document* is the one that the words stand in, *the date before* the last one it gave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DateForm {
    /// `2024-12-05`, `2020~`, `../2016`.
    Edtf(Edtf),
    /// `5 December 2024`, `Dec. 5`.
    Day {
        /// The year.
        year: YearRef,
        /// The month, 1-12.
        month: u32,
        /// The day of the month as written, 0-99.
        day: u32,
    },
    /// `5-8 December 2024`: every day from one to the other.
    Days {
        /// The year.
        year: YearRef,
        /// The month, 1-12.
        month: u32,
        /// The first day as written.
        first: u32,
        /// The last day as written.
        last: u32,
    },
    /// `November 2024`, `November`.
    Month {
        /// The year.
        year: YearRef,
        /// The month, 1-12.
        month: u32,
    },
    /// `spring 2024`, `winter 2024-25`, `last summer`; seasons of the northern half of the world.
    Season {
        /// The year.
        year: YearRef,
        /// Which.
        season: Season,
        /// Whether the words say that it runs into the next year.
        into_next: bool,
    },
    /// `the first quarter of 2024`, `Q3 2024`.
    Quarter {
        /// The year.
        year: YearRef,
        /// 1-4.
        number: u32,
    },
    /// `2024`, `64 BC` (year -63).
    Year(YearRef),
    /// `1939-45`: every year from one to the other.
    Years {
        /// The first year.
        first: i64,
        /// The last year.
        last: i64,
    },
    /// `the 1990s`, by its first year.
    Decade(i64),
    /// `the 19th century`, by its first year: 1800, as EDTF and most people count.
    Century(i64),
    /// `Thursday`, `last Thursday`.
    Weekday {
        /// The day of the week.
        weekday: Weekday,
        /// Which of them.
        which: Which,
    },
    /// `Thursday of last week`.
    WeekdayOfWeek {
        /// The day of the week.
        weekday: Weekday,
        /// Which week.
        week: Which,
    },
    /// `last weekend`: a Saturday and Sunday.
    Weekend(Which),
    /// `last week`, `this month`, `that year`, `the next day`.
    Unit {
        /// What is counted.
        unit: Unit,
        /// Which of them.
        which: Which,
    },
    /// `today` (0), `yesterday` (-1), `tomorrow` (1): days from the document's date.
    NearDay(i64),
    /// `three weeks ago` (negative), `three weeks from now`: counted from the document's date.
    FromDocument(Length),
    /// `three days later`, `a week earlier` (negative): counted from the date before.
    FromPrevious(Length),
    /// `the past three years`: up to the document's date.
    Past(Length),
    /// `earlier this month`, `later this year`.
    Rest {
        /// The unit that the document's date lies in.
        unit: Unit,
        /// Whether what is left of it is meant, or what is gone.
        later: bool,
    },
    /// `late December`, `the end of 2024`.
    Portion {
        /// Which part.
        portion: Portion,
        /// Of what.
        of: Box<DateForm>,
    },
    /// `the last week of November`, `the first day of 2024`.
    Slice {
        /// Which part.
        slice: Slice,
        /// Of what.
        of: Box<DateForm>,
    },
}

impl DateForm {
    /// The year it is in, where it has one; for a part of something, that of the whole.
    #[must_use]
    pub fn year(&self) -> Option<YearRef> {
        match self {
            DateForm::Day { year, .. }
            | DateForm::Days { year, .. }
            | DateForm::Month { year, .. }
            | DateForm::Season { year, .. }
            | DateForm::Quarter { year, .. }
            | DateForm::Year(year) => Some(*year),
            DateForm::Portion { of, .. } | DateForm::Slice { of, .. } => of.year(),
            _ => None,
        }
    }
}

/// How a year is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum YearRef {
    /// By its number; 0 is 1 BC.
    Number(i64),
    /// Not at all.
    Unwritten,
    /// `last year`, `that year`.
    Relative(Which),
    /// By the nearest of its kind: `last December`, `next spring`.
    Nearest(Which),
}

/// Which of many, and counted from where.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Which {
    /// Nothing said: the nearest to the document in the direction that the text looks.
    Bare,
    /// `last`: before the document's.
    Last,
    /// `this`: the document's own.
    This,
    /// `next`: after the document's.
    Next,
    /// `that`, `the same`: the one that the date before lies in.
    That,
    /// `the previous`, `the … before`: before the date before.
    Previous,
    /// `the following`, `the … after`: after the date before.
    Following,
}

/// A season of the northern half of the world.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Season {
    /// From March.
    Spring,
    /// From June.
    Summer,
    /// From September.
    Autumn,
    /// From December.
    Winter,
}

/// A part of a longer time, said loosely or exactly.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Portion {
    /// `early`.
    Early,
    /// `mid-`, `the middle of`.
    Mid,
    /// `late`.
    Late,
    /// `the beginning of`, `the start of`: its first day, loosely the days from there.
    Start,
    /// `the end of`: its last day, loosely the days up to there.
    End,
    /// `the first half of`.
    FirstHalf,
    /// `the second half of`.
    SecondHalf,
}

/// A counted part of a longer time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Slice {
    /// `the first three months of`, `the last days of`.
    Run {
        /// What is counted.
        unit: Unit,
        /// How many; `None` for a few.
        count: Option<i64>,
        /// Whether it is counted back from the end.
        from_end: bool,
    },
    /// `the second week of`: a single one by its number, from 1.
    Nth {
        /// What is counted.
        unit: Unit,
        /// Its number.
        number: i64,
    },
    /// `the last Thursday of November`, `the second Monday in May`.
    Weekday {
        /// The day of the week.
        weekday: Weekday,
        /// Its number, from 1.
        number: i64,
        /// Whether it is counted back from the end.
        from_end: bool,
    },
}
