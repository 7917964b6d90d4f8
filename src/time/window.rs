//! Sets of days, and what a date means: a narrow and a wide set.

use chrono::Weekday;

use super::Day;

/// A set of days as sorted, disjoint closed intervals that do not touch. [`Day::MIN`] and [`Day::MAX`] stand at
/// open ends. Never empty when built by the functions here, except by [`DaySet::default`].
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct DaySet {
    pieces: Vec<(Day, Day)>,
}

impl DaySet {
    /// Every day from `first` to `last`, given in either order.
    #[must_use]
    pub fn single(first: Day, last: Day) -> DaySet {
        DaySet { pieces: vec![(first.min(last), first.max(last))] }
    }

    /// Exactly this day.
    #[must_use]
    pub fn day(day: Day) -> DaySet {
        DaySet::single(day, day)
    }

    /// The days of all these intervals; each may be given in either order, and they may overlap.
    #[must_use]
    pub fn from_pieces(pieces: impl IntoIterator<Item = (Day, Day)>) -> DaySet {
        let mut sorted: Vec<(Day, Day)> = pieces.into_iter().map(|(a, b)| (a.min(b), a.max(b))).collect();
        sorted.sort_unstable();
        let mut merged: Vec<(Day, Day)> = Vec::with_capacity(sorted.len());
        for (first, last) in sorted {
            match merged.last_mut() {
                // The next day counts as touching, so that equal sets have equal pieces.
                Some(open) if first <= open.1.succ() => open.1 = open.1.max(last),
                _ => merged.push((first, last)),
            }
        }
        DaySet { pieces: merged }
    }

    /// The first day; `None` if the set is empty.
    #[must_use]
    pub fn first(&self) -> Option<Day> {
        self.pieces.first().map(|piece| piece.0)
    }

    /// The last day; `None` if the set is empty.
    #[must_use]
    pub fn last(&self) -> Option<Day> {
        self.pieces.last().map(|piece| piece.1)
    }

    /// Whether there is no day in it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.pieces.is_empty()
    }

    /// The intervals in order.
    #[must_use]
    pub fn pieces(&self) -> &[(Day, Day)] {
        &self.pieces
    }

    /// Whether the day is in it.
    #[must_use]
    pub fn contains(&self, day: Day) -> bool {
        let after = self.pieces.partition_point(|piece| piece.0 <= day);
        after.checked_sub(1).and_then(|index| self.pieces.get(index)).is_some_and(|piece| day <= piece.1)
    }

    /// Whether every day of `other` is in it.
    #[must_use]
    pub fn covers(&self, other: &DaySet) -> bool {
        // Of the pieces that begin in time the last reaches farthest.
        other.pieces.iter().all(|wanted| {
            let begun = self.pieces.partition_point(|piece| piece.0 <= wanted.0);
            begun.checked_sub(1).and_then(|at| self.pieces.get(at)).is_some_and(|piece| wanted.1 <= piece.1)
        })
    }

    /// The set moved by so many days; open ends stay open.
    #[must_use]
    pub fn shift(&self, days: i64) -> DaySet {
        DaySet::from_pieces(self.pieces.iter().map(|&(a, b)| (a.plus(days), b.plus(days))))
    }

    /// Whether the two share a day.
    #[must_use]
    pub fn intersects(&self, other: &DaySet) -> bool {
        !self.intersection(other).is_empty()
    }

    /// The days in both; possibly none.
    #[must_use]
    pub fn intersection(&self, other: &DaySet) -> DaySet {
        let (mut left, mut right) = (self.pieces.iter().peekable(), other.pieces.iter().peekable());
        let mut shared = Vec::new();
        while let (Some(a), Some(b)) = (left.peek(), right.peek()) {
            let (first, last) = (a.0.max(b.0), a.1.min(b.1));
            if first <= last {
                shared.push((first, last));
            }
            if a.1 < b.1 {
                left.next();
            } else {
                right.next();
            }
        }
        DaySet::from_pieces(shared)
    }

    /// The days in either.
    #[must_use]
    pub fn union(&self, other: &DaySet) -> DaySet {
        DaySet::from_pieces(self.pieces.iter().chain(&other.pieces).copied())
    }

    /// The one interval from the first day to the last; the set itself if empty.
    #[must_use]
    pub fn hull(&self) -> DaySet {
        match (self.first(), self.last()) {
            (Some(first), Some(last)) => DaySet::single(first, last),
            _ => self.clone(),
        }
    }
}

/// How finely a date is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Grain {
    /// One day.
    Day,
    /// A week or a weekend.
    Week,
    /// A calendar month or a part of one.
    Month,
    /// A season of three months.
    Season,
    /// A quarter of a year; also a third.
    Quarter,
    /// Half a year.
    HalfYear,
    /// A calendar year or a part of one.
    Year,
    /// Ten years.
    Decade,
    /// A hundred years, or a thousand.
    Century,
    /// Anything between two written ends, or a list.
    Length,
}

/// The days that a date means.
///
/// `strong` holds the days that every reading of the words allows and `weak` those that some reading allows, so
/// `weak` covers `strong`. Both are the same for an exact date.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct When {
    /// The narrow reading.
    pub strong: DaySet,
    /// The wide reading.
    pub weak: DaySet,
    /// How finely it was written.
    pub grain: Grain,
    /// The weekday written beside it, right or wrong; whether it is that day's is for the caller to judge.
    pub written_weekday: Option<Weekday>,
    /// Whether the words say *about*, or the EDTF has `?`, `~` or `%`.
    pub approximate: bool,
}

impl When {
    /// A date with one exact meaning.
    #[must_use]
    pub fn exact(days: DaySet, grain: Grain) -> When {
        When { strong: days.clone(), weak: days, grain, written_weekday: None, approximate: false }
    }

    /// Exactly the days from `first` to `last`.
    #[must_use]
    pub fn between(first: Day, last: Day, grain: Grain) -> When {
        When::exact(DaySet::single(first, last), grain)
    }

    /// A date with a narrow and a wide meaning; the wide one is made to cover the narrow one.
    #[must_use]
    pub fn vague(strong: DaySet, weak: &DaySet, grain: Grain) -> When {
        let weak = weak.union(&strong);
        When { strong, weak, grain, written_weekday: None, approximate: false }
    }

    /// The one day meant, if it is exactly one.
    #[must_use]
    pub fn single_day(&self) -> Option<Day> {
        match self.strong.pieces() {
            [(first, last)] if first == last && self.weak == self.strong => Some(*first),
            _ => None,
        }
    }

    /// Whether a weekday was written that none of the meant days has. Only a date of one day can be wrong so.
    #[must_use]
    pub fn weekday_is_wrong(&self) -> bool {
        match (self.written_weekday, self.single_day()) {
            (Some(written), Some(day)) => day.weekday() != written,
            _ => false,
        }
    }
}
