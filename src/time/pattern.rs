//! A date some digits of which are not known, as EDTF writes it: `183X-07-14`, `2004-XX`, `-1X48-X2-X9`.
//!
//! In come the digits and the marks of doubt of each part; out go the first and the last day that fit and, where
//! they are not too many, all of them.

use super::{Day, DaySet, month_length};

/// Above this many separate pieces a set of fitting days is given as one interval from the first to the last.
pub(super) const PIECES: usize = 12_000;

/// Decimal digits from left to right, `None` for one that is not known.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Digits(Vec<Option<u8>>);

impl Digits {
    /// Reads digits and `X`; `None` if anything else is there, or more digits than a year has.
    #[must_use]
    pub fn read(text: &str) -> Option<Digits> {
        let digits: Option<Vec<Option<u8>>> = text
            .bytes()
            .map(|byte| match byte {
                b'X' => Some(None),
                digit => char::from(digit).to_digit(10).and_then(|digit| u8::try_from(digit).ok()).map(Some),
            })
            .collect();
        digits.filter(|digits| (1..=4).contains(&digits.len())).map(Digits)
    }

    /// The number, if every digit is known.
    #[must_use]
    pub fn known(&self) -> Option<u32> {
        self.0.iter().try_fold(0, |number: u32, digit| digit.map(|digit| u32::from(digit).saturating_add(number.saturating_mul(10))))
    }

    /// Whether no digit is known.
    #[must_use]
    pub fn blank(&self) -> bool {
        self.0.iter().all(Option::is_none)
    }

    /// How many digits at the right end are not known.
    #[must_use]
    pub fn trailing_unknown(&self) -> u32 {
        u32::try_from(self.0.iter().rev().take_while(|digit| digit.is_none()).count()).unwrap_or(0)
    }

    /// Every number that fits, rising.
    fn numbers(&self) -> impl DoubleEndedIterator<Item = u32> + '_ {
        let unknown = self.0.iter().filter(|digit| digit.is_none()).count();
        let ways = 10u32.pow(u32::try_from(unknown).unwrap_or(0));
        (0..ways).map(move |way| {
            let mut left = way;
            let mut number = 0;
            let mut place = 1;
            for digit in self.0.iter().rev() {
                let value = digit.map_or_else(
                    || {
                        let next = left % 10;
                        left /= 10;
                        next
                    },
                    u32::from,
                );
                number = value.saturating_mul(place).saturating_add(number);
                place = place.saturating_mul(10);
            }
            number
        })
    }
}

/// How a part of an EDTF date is qualified.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Doubt {
    /// `?`, or `%`.
    pub uncertain: bool,
    /// `~`, or `%`.
    pub approximate: bool,
}

impl Doubt {
    /// Both marks of either.
    #[must_use]
    pub fn and(self, other: Doubt) -> Doubt {
        Doubt { uncertain: self.uncertain || other.uncertain, approximate: self.approximate || other.approximate }
    }

    /// How many units a bound is moved by: one for either mark, two for both.
    #[must_use]
    pub fn weight(self) -> i64 {
        i64::from(self.uncertain).saturating_add(i64::from(self.approximate))
    }
}

/// A year with an optional month and day, any digit of which may be unknown.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct DatePattern {
    /// Whether the year is written with a minus; year 0 is then left out.
    pub negative: bool,
    /// The year's digits.
    pub year: Digits,
    /// The month's, if one is written.
    pub month: Option<Digits>,
    /// The day's, if one is written.
    pub day: Option<Digits>,
    /// The marks on year, month and day.
    pub doubt: [Doubt; 3],
}

impl DatePattern {
    /// The first day that fits; `None` if no day of the calendar does.
    #[must_use]
    pub fn first(&self) -> Option<Day> {
        self.pieces().next().map(|piece| piece.0)
    }

    /// The last day that fits.
    #[must_use]
    pub fn last(&self) -> Option<Day> {
        self.pieces().next_back().map(|piece| piece.1)
    }

    /// All days that fit, or the span of them where they fall into very many pieces.
    #[must_use]
    pub fn days(&self) -> DaySet {
        if self.pieces_at_least() <= PIECES {
            let near: Vec<(Day, Day)> = self.pieces().take(PIECES + 1).collect();
            if near.len() <= PIECES {
                return DaySet::from_pieces(near);
            }
        }
        match (self.first(), self.last()) {
            (Some(first), Some(last)) => DaySet::single(first, last),
            _ => DaySet::default(),
        }
    }

    /// No more than there are pieces, and found without going through them: those of a common year, for each year but the one
    /// that a minus may leave out.
    fn pieces_at_least(&self) -> usize {
        let common = DatePattern { negative: false, year: Digits(vec![Some(2), Some(0), Some(0), Some(1)]), ..self.clone() };
        let unknown = self.year.0.iter().filter(|digit| digit.is_none()).count();
        let years = 10usize.saturating_pow(u32::try_from(unknown).unwrap_or(0));
        common.pieces().count().saturating_mul(years.saturating_sub(1).max(1))
    }

    /// The days by which the marks of doubt move a bound outwards: months (with years as twelve), and days.
    ///
    /// A year counts as the unit of its last known digit, so `17XX~` moves by a century.
    #[must_use]
    pub fn padding(&self) -> (i64, i64) {
        let [year, month, day] = self.doubt;
        let years = year.weight().saturating_mul(10i64.saturating_pow(self.year.trailing_unknown()));
        (years.saturating_mul(12).saturating_add(month.weight()), day.weight())
    }

    /// The years that fit, rising.
    pub(super) fn years(&self) -> impl DoubleEndedIterator<Item = i64> + '_ {
        // One range serves both signs: a negative year's numbers are walked from the far end.
        let rising = (!self.negative).then(|| self.year.numbers().map(i64::from));
        let falling = self.negative.then(|| self.year.numbers().rev().map(i64::from).filter(|&year| year != 0).map(i64::saturating_neg));
        rising.into_iter().flatten().chain(falling.into_iter().flatten())
    }

    /// One interval for each way to fill in what is written, rising; months and days that the calendar lacks are
    /// passed over.
    fn pieces(&self) -> impl DoubleEndedIterator<Item = (Day, Day)> + '_ {
        // A wholly unknown day says no more than none, and a wholly unknown month without a day neither.
        let day = self.day.as_ref().filter(|day| !day.blank());
        let month = self.month.as_ref().filter(|month| day.is_some() || !month.blank());
        let months = move |year: i64| (1..=12u32).filter(move |&number| fits(month, number)).map(move |number| (year, number));
        let whole_years =
            month.is_none().then(|| self.years().filter_map(|year| Some((Day::from_ymd(year, 1, 1)?, Day::from_ymd(year, 12, 31)?))));
        let whole_months = (month.is_some() && day.is_none()).then(|| {
            self.years().flat_map(months).filter_map(|(year, month)| {
                let last = Day::from_ymd(year, month, month_length(year, month))?;
                Some((Day::from_ymd(year, month, 1)?, last))
            })
        });
        let single_days = (month.is_some() && day.is_some()).then(|| {
            self.years().flat_map(months).flat_map(move |(year, month)| {
                (1..=31u32)
                    .filter(move |&number| fits(day, number))
                    .filter_map(move |number| Day::from_ymd(year, month, number).map(|day| (day, day)))
            })
        });
        whole_years.into_iter().flatten().chain(whole_months.into_iter().flatten()).chain(single_days.into_iter().flatten())
    }
}

/// Whether a number of two digits fits the pattern; a missing pattern fits anything.
fn fits(pattern: Option<&Digits>, number: u32) -> bool {
    pattern.is_none_or(|digits| digits.numbers().any(|candidate| candidate == number))
}
