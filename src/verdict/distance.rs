//! How far apart two days may lie for "two days after", "less than a week before", "for four years".

use crate::syntax::ast::{Bound, Side};
use crate::time::{Day, DaySet, Grain, Length, Unit};

/// The days from the other happening to this one: at least `low`, at most `high`, each if there is a limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Extent {
    pub(super) low: Option<i64>,
    pub(super) high: Option<i64>,
}

fn extent(low: impl Into<Option<i64>>, high: impl Into<Option<i64>>) -> Extent {
    Extent { low: low.into(), high: high.into() }
}

/// The shortest and the longest that a length can be, in days: months and years have no fixed number.
fn days(length: Length) -> (i64, i64) {
    let n = length.count;
    match length.unit {
        Unit::Day => (n, n),
        Unit::Week => (n.saturating_mul(7), n.saturating_mul(7)),
        Unit::Month => (n.saturating_mul(28), n.saturating_mul(31)),
        Unit::Year => (n.saturating_mul(365), n.saturating_mul(366)),
    }
}

/// "About a month": a tenth off is sure, a quarter possible.
fn about((short, long): (i64, i64), strong: bool) -> Extent {
    if strong {
        extent(long.saturating_sub(long / 10), short.saturating_add(short / 10))
    } else {
        extent(pred(short.saturating_sub(short / 4)), succ(long.saturating_add(long / 4)))
    }
}

/// "Nearly a month": less, by a tenth at the most surely, by a quarter possibly.
fn nearly((short, long): (i64, i64), strong: bool) -> Extent {
    if strong { extent(long.saturating_sub(long / 10), pred(short)) } else { extent(pred(short.saturating_sub(short / 4)), long) }
}

fn pred(n: i64) -> i64 {
    n.saturating_sub(1)
}

fn succ(n: i64) -> i64 {
    n.saturating_add(1)
}

/// The days from the other happening to this one, for an order phrase in its strong or weak reading.
///
/// Weak readings count inclusively as well: "12 days after" may be 11 days by the calendar.
pub(super) fn apart(side: Side, distance: Option<(Option<Bound>, Length)>, within: bool, strong: bool) -> Extent {
    let Some((bound, length)) = distance else {
        return match (side, strong) {
            (Side::Before, true) => extent(None, -1),
            (Side::Before | Side::Until, _) => extent(None, 0),
            (Side::After, true) => extent(1, None),
            (Side::After | Side::Since | Side::Into | Side::Of, _) => extent(0, None),
            (Side::When, true) => extent(0, 0),
            (Side::When, false) => extent(-1, 1),
        };
    };
    let (short, long) = days(length);
    // The sure and the possible distance on the far side of the other happening.
    let ahead = match (within, bound) {
        (true, _) if strong => extent(0, short),
        (true, _) if side == Side::Of => extent(long.saturating_neg(), long),
        (true, _) => extent(0, long),
        (false, None | Some(Bound::Exactly | Bound::Merely)) if strong && short == long => extent(short, long),
        // Two months have no certain number of days.
        (false, None | Some(Bound::Exactly | Bound::Merely)) if strong => extent(long, short),
        (false, None | Some(Bound::Exactly | Bound::Merely)) => extent(pred(short), long),
        (false, Some(Bound::AtLeast)) => extent(if strong { long } else { pred(short) }, None),
        (false, Some(Bound::MoreThan)) => extent(if strong { succ(long) } else { short }, None),
        (false, Some(Bound::AtMost)) => {
            if strong {
                extent(1, short)
            } else {
                extent(0, long)
            }
        }
        (false, Some(Bound::FewerThan)) => {
            if strong {
                extent(1, pred(short))
            } else {
                extent(0, long)
            }
        }
        (false, Some(Bound::About)) => about((short, long), strong),
        (false, Some(Bound::Nearly)) => nearly((short, long), strong),
    };
    match side {
        Side::Before | Side::Until => Extent { low: ahead.high.map(i64::saturating_neg), high: ahead.low.map(i64::saturating_neg) },
        _ => ahead,
    }
}

/// The same, as far as nobody would call it wrong: "70 years after" is still said of 70 years and eight months, and of a few months
/// less. Days are counted.
pub(super) fn roughly_apart(side: Side, distance: Option<(Option<Bound>, Length)>, within: bool) -> Extent {
    let weak = apart(side, distance, within, false);
    let Some((None | Some(Bound::Exactly | Bound::Merely), length)) = distance.filter(|(_, length)| !within && length.unit != Unit::Day)
    else {
        return weak;
    };
    let ((short, _), (_, next)) = (days(length), days(Length::new(succ(length.count), length.unit)));
    let quarter = short.checked_div(length.count.saturating_mul(4)).unwrap_or(0);
    let (low, high) = (pred(short.saturating_sub(quarter)), pred(next));
    match side {
        Side::Before | Side::Until => extent(high.saturating_neg(), low.saturating_neg()),
        _ => extent(low, high),
    }
}

/// On which days a state must have begun that has lasted so long on a day.
///
/// `grain` is how exactly the record dates the beginning: what is known only to the year is counted in years.
pub(super) fn length_window(reference: Day, bound: Option<Bound>, length: Length, grain: Grain, strong: bool) -> DaySet {
    // Days that lie n units back, from the first to the last that count as "n ago".
    let back = |n: i64| -> (Day, Day) {
        let (year, month, _) = reference.ymd();
        match (length.unit, grain) {
            (Unit::Year, Grain::Year | Grain::Season | Grain::Quarter | Grain::HalfYear | Grain::Decade | Grain::Century) => {
                let y = year.saturating_sub(n);
                (Day::from_ymd(y, 1, 1).unwrap_or(Day::MIN), Day::from_ymd(y, 12, 31).unwrap_or(Day::MAX))
            }
            // In whole months: n years are 12n of them, and less than twelve more.
            (Unit::Month | Unit::Year, Grain::Month) => {
                let width = if length.unit == Unit::Year { 12 } else { 1 };
                let ago = |months: i64| Day::from_ymd(year, month, 1).unwrap_or(reference).plus_months(months.saturating_neg());
                (ago(succ(n).saturating_mul(width).saturating_sub(1)), ago(n.saturating_mul(width).saturating_sub(1)).pred())
            }
            _ => (Length::new(succ(n), length.unit).before(reference).succ(), Length::new(n, length.unit).before(reference)),
        }
    };
    let n = length.count;
    let (first, last) = back(n);
    // What is known to the day, or to within some days, is counted in days.
    let coarse = !matches!(grain, Grain::Day | Grain::Length);
    match bound {
        None | Some(Bound::Merely | Bound::Exactly) if strong => DaySet::single(first, last),
        None | Some(Bound::AtLeast) => DaySet::single(Day::MIN, last),
        Some(Bound::Merely | Bound::Exactly) => DaySet::single(first, last),
        // What is known only to the year may be more than four years or less; only the weak reading leaves that open.
        Some(Bound::MoreThan) => DaySet::single(
            Day::MIN,
            if !coarse {
                last.pred()
            } else if strong {
                first.pred()
            } else {
                last
            },
        ),
        Some(Bound::AtMost) => DaySet::single(first, reference),
        Some(Bound::FewerThan) => DaySet::single(if strong || !coarse { last.succ() } else { first }, reference),
        Some(Bound::About) => {
            let (short, long) = days(length);
            let Extent { low, high } = about((short, long), strong);
            let ago = |n: Option<i64>| reference.plus(n.unwrap_or(0).saturating_neg());
            let (wide, narrow) = (ago(high), ago(low));
            if coarse { DaySet::single(wide.min(first), narrow.max(last)) } else { DaySet::single(wide, narrow) }
        }
        Some(Bound::Nearly) => {
            let Extent { low, .. } = nearly(days(length), strong);
            let from = if strong || !coarse { last.succ() } else { first };
            DaySet::single(from, reference.plus(low.unwrap_or(0).saturating_neg()))
        }
    }
}

/// From how many days to how many an episode that is over may have lasted.
pub(super) fn lasting(bound: Option<Bound>, length: Length, strong: bool) -> Extent {
    let (short, long) = days(length);
    let (_, next) = days(Length::new(length.count.saturating_add(1), length.unit));
    match bound {
        None | Some(Bound::Exactly | Bound::Merely) if strong => extent(long, pred(next).saturating_sub(next.saturating_sub(long) / 20)),
        Some(Bound::Exactly | Bound::Merely) => extent(pred(short), next),
        None | Some(Bound::AtLeast) => extent(if strong { long } else { pred(short) }, None),
        Some(Bound::MoreThan) => extent(if strong { succ(long) } else { short }, None),
        Some(Bound::AtMost) => extent(0, if strong { short } else { long }),
        Some(Bound::FewerThan) => extent(0, if strong { pred(short) } else { long }),
        Some(Bound::About) => about((short, long), strong),
        Some(Bound::Nearly) => nearly((short, long), strong),
    }
}
