//! Parts of a longer time: `late December`, `the last week of November`, `the end of 2024`.
//!
//! In come the days of the whole and which part is meant; out go the days of the part. The tables below are all
//! there is to how early *early* is.

use chrono::Weekday;

use super::{Day, DaySet, Grain, Length, Portion, Slice, Unit, When};

/// Days by which the wide reading of *the first week* and the like goes beyond the narrow one, because weeks of the
/// calendar do not begin with the month.
const WEEK_SLACK: i64 = 3;

/// A part as offsets from the beginning of the whole: from (inclusive) and to (exclusive).
type Cut = (i64, i64);

/// The narrow and the wide cut of each portion, in order early, mid, late, start, end, and the middle of the whole,
/// all in one unit.
struct Table {
    unit: Unit,
    early: [Cut; 2],
    mid: [Cut; 2],
    late: [Cut; 2],
    start: i64,
    end: Cut,
    middle: i64,
    length: i64,
}

const MONTH: Table = Table {
    unit: Unit::Day,
    early: [(0, 10), (0, 15)],
    mid: [(10, 20), (7, 23)],
    late: [(20, 31), (15, 31)],
    start: 10,
    end: (20, 31),
    middle: 15,
    length: 31,
};

const YEAR: Table = Table {
    unit: Unit::Month,
    early: [(0, 4), (0, 6)],
    mid: [(4, 8), (3, 9)],
    late: [(8, 12), (6, 12)],
    start: 3,
    end: (9, 12),
    middle: 6,
    length: 12,
};

const DECADE: Table = Table {
    unit: Unit::Year,
    early: [(0, 4), (0, 5)],
    mid: [(4, 7), (3, 8)],
    late: [(7, 10), (5, 10)],
    start: 2,
    end: (8, 10),
    middle: 5,
    length: 10,
};

const CENTURY: Table = Table {
    unit: Unit::Year,
    early: [(0, 33), (0, 50)],
    mid: [(33, 67), (25, 75)],
    late: [(67, 100), (50, 100)],
    start: 10,
    end: (90, 100),
    middle: 50,
    length: 100,
};

/// Thirds, halves and quarters of a whole of so many days, for wholes that have no table of their own.
fn by_days(days: i64) -> Table {
    let quarter = (days / 4).max(1);
    let three_quarters = days.saturating_sub(quarter);
    let (third, two_thirds, half) = (days / 3, days.saturating_mul(2) / 3, days / 2);
    Table {
        unit: Unit::Day,
        early: [(0, third), (0, half)],
        mid: [(third, two_thirds), (quarter, three_quarters)],
        late: [(two_thirds, days), (half, days)],
        start: quarter,
        end: (three_quarters, days),
        middle: half,
        length: days,
    }
}

/// The first and last day of a whole that has both.
fn ends(whole: &When) -> Option<(Day, Day)> {
    let (first, last) = (whole.strong.first()?, whole.strong.last()?);
    (first.is_finite() && last.is_finite()).then_some((first, last))
}

/// The days of a portion; `None` if the whole is too short to have portions, or has no ends.
pub(super) fn portion(whole: &When, portion: Portion) -> Option<When> {
    let (first, last) = ends(whole)?;
    let days = last.succ().since(first)?;
    if days < 3 {
        return None;
    }
    let table = match whole.grain {
        Grain::Month if (28..=31).contains(&days) => MONTH,
        Grain::Year if (365..=366).contains(&days) => YEAR,
        Grain::Decade => DECADE,
        Grain::Century => CENTURY,
        _ => by_days(days),
    };
    let set = |(from, to): Cut| {
        let begin = Length::new(from, table.unit).after(first);
        let end = Length::new(to, table.unit).after(first).pred();
        DaySet::single(begin, end.min(last).max(begin))
    };
    let (strong, weak) = match portion {
        Portion::Early => (set(table.early[0]), set(table.early[1])),
        Portion::Mid => (set(table.mid[0]), set(table.mid[1])),
        Portion::Late => (set(table.late[0]), set(table.late[1])),
        Portion::Start => (DaySet::day(first), set((0, table.start))),
        Portion::End => (DaySet::day(last), set(table.end)),
        Portion::FirstHalf => (set((0, table.middle)), set((0, table.middle))),
        Portion::SecondHalf => (set((table.middle, table.length)), set((table.middle, table.length))),
    };
    let grain = match whole.grain {
        Grain::Year if matches!(portion, Portion::FirstHalf | Portion::SecondHalf) => Grain::HalfYear,
        Grain::Decade | Grain::Century => Grain::Length,
        other => other,
    };
    Some(When::vague(strong, &weak, grain))
}

/// The days of a counted part; `None` if the whole does not have it.
pub(super) fn slice(whole: &When, slice: Slice) -> Option<When> {
    let (first, last) = ends(whole)?;
    let inside = |from: Day, to: Day| DaySet::single(from.max(first), to.min(last));
    let run = |unit: Unit, count: i64, from_end: bool| {
        let length = Length::new(count, unit);
        if from_end { (length.before(last.succ()), last) } else { (first, length.after(first).pred()) }
    };
    let (unit, (from, to), weak) = match slice {
        Slice::Run { unit, count: Some(count), from_end } => {
            let (from, to) = run(unit, count, from_end);
            let slack = if unit == Unit::Week { WEEK_SLACK } else { 0 };
            let weak = if from_end { inside(from.minus(slack), to) } else { inside(from, to.plus(slack)) };
            (unit, (from, to), weak)
        }
        Slice::Run { unit, count: None, from_end } => {
            // A few: two or three surely, perhaps twice as many.
            let (sure, perhaps) = if unit == Unit::Day { (3, 7) } else { (2, 4) };
            let (wide_from, wide_to) = run(unit, perhaps, from_end);
            (unit, run(unit, sure, from_end), inside(wide_from, wide_to))
        }
        Slice::Weekday { weekday, number, from_end } => {
            let away = |from: Weekday, to: Weekday| i64::from(to.days_since(from));
            let weeks = number.saturating_sub(1).saturating_mul(7);
            let day = if from_end {
                last.minus(away(weekday, last.weekday())).minus(weeks)
            } else {
                first.plus(away(first.weekday(), weekday)).plus(weeks)
            };
            (Unit::Day, (day, day), DaySet::day(day))
        }
        Slice::Nth { unit, number } => {
            let from = Length::new(number.saturating_sub(1), unit).after(first);
            let to = Length::new(number, unit).after(first).pred();
            let slack = if unit == Unit::Week { WEEK_SLACK } else { 0 };
            (unit, (from, to), inside(from.minus(slack), to.plus(slack)))
        }
    };
    if from < first || last < to || to < from {
        return None;
    }
    let single = matches!(slice, Slice::Nth { .. } | Slice::Weekday { .. } | Slice::Run { count: Some(1), .. });
    let grain = match unit {
        _ if !single => Grain::Length,
        Unit::Day => Grain::Day,
        Unit::Week => Grain::Week,
        Unit::Month => Grain::Month,
        Unit::Year => Grain::Year,
    };
    Some(When::vague(DaySet::single(from, to), &weak, grain))
}
