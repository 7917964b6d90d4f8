//! How far "about n" and "nearly n" reach: surely, and possibly. Used both to read a number and to write it down again.

use crate::syntax::Interval;

fn part(n: i64, of: i64) -> i64 {
    n.checked_div(of).unwrap_or(0)
}

/// "About n": a twentieth more or less surely, a fifth at the most.
pub(super) fn about(n: i64, strong: bool) -> Interval {
    let slack = part(n, if strong { 20 } else { 5 });
    Interval { low: n.saturating_sub(slack), high: n.saturating_add(slack) }
}

/// "Nearly n": less than that, by a tenth at the most surely, by a fifth possibly.
pub(super) fn nearly(n: i64, strong: bool) -> Interval {
    let least = n.saturating_sub(part(n, if strong { 10 } else { 5 }).max(1));
    Interval { low: least, high: if strong { n.saturating_sub(1) } else { n } }
}
