//! Lengths of time: a number and a unit, kept as written because months and years have no fixed number of days.

use std::fmt;

use super::Day;

/// A unit that lengths are counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Unit {
    /// A calendar day.
    Day,
    /// Seven days; as a place in the calendar, Monday to Sunday.
    Week,
    /// A calendar month.
    Month,
    /// A calendar year.
    Year,
}

impl Unit {
    /// The word for one of it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Unit::Day => "day",
            Unit::Week => "week",
            Unit::Month => "month",
            Unit::Year => "year",
        }
    }
}

/// A length of time. Months and years are calendar lengths: a month after 31 January is the last day of February.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Length {
    /// How many units; negative counts backwards.
    pub count: i64,
    /// What is counted.
    pub unit: Unit,
}

impl Length {
    /// So many units.
    #[must_use]
    pub fn new(count: i64, unit: Unit) -> Length {
        Length { count, unit }
    }

    /// The day this long after `day`.
    #[must_use]
    pub fn after(self, day: Day) -> Day {
        match self.unit {
            Unit::Day => day.plus(self.count),
            Unit::Week => day.plus(self.count.saturating_mul(7)),
            Unit::Month => day.plus_months(self.count),
            Unit::Year => day.plus_years(self.count),
        }
    }

    /// The day this long before `day`.
    #[must_use]
    pub fn before(self, day: Day) -> Day {
        Length::new(self.count.saturating_neg(), self.unit).after(day)
    }
}

impl fmt::Display for Length {
    /// `1 day`, `3 weeks`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let plural = if self.count == 1 { "" } else { "s" };
        write!(f, "{} {}{plural}", self.count, self.unit.name())
    }
}
