//! Whether two readings of the same words say the same.

use super::{Body, Clause, Filler, Statement, Time};
use crate::text::Span;
use crate::vocabulary::NameId;

/// Whether two readings say the same, wherever their words stand.
pub(super) fn same_meaning(a: &Clause, b: &Clause) -> bool {
    a.relation == b.relation
        && a.tense == b.tense
        && a.roles.len() == b.roles.len()
        && a.roles.iter().zip(&b.roles).all(|(x, y)| same_filler(x, y))
}

/// Whether two clauses tell of the same people doing the same, at whatever time.
pub(crate) fn same_deed(a: &Clause, b: &Clause) -> bool {
    let same = |(x, y): (&Filler, &Filler)| match (x, y) {
        (Filler::Said(x), Filler::Said(y)) | (Filler::Deed(x), Filler::Deed(y)) => says_the_same(x, y),
        _ => same_filler(x, y),
    };
    (a.relation, a.negated, a.aspect.never) == (b.relation, b.negated, b.aspect.never)
        && a.roles.len() == b.roles.len()
        && a.roles.iter().zip(&b.roles).all(same)
}

/// Whether two statements say the same, wherever their words stand and whichever they are.
pub(super) fn says_the_same(a: &Statement, b: &Statement) -> bool {
    let shape = |statement: &Statement| match &statement.body {
        Body::Clause(_) => (0, 1),
        Body::All(parts) => (1, parts.len()),
        Body::Any(parts) => (2, parts.len()),
        Body::Passed(_) => (3, 2),
    };
    let (ours, theirs) = (a.clauses(), b.clauses());
    shape(a) == shape(b) && ours.len() == theirs.len() && ours.iter().zip(&theirs).all(|(x, y)| same_clause(x, y))
}

fn same_clause(a: &Clause, b: &Clause) -> bool {
    let circumstances = |clause: &Clause| clause.circumstances.iter().map(|(name, _)| *name).collect::<Vec<_>>();
    // What is said is a clause of its own, and compared as such.
    let filled = |(x, y): (&Filler, &Filler)| match (x, y) {
        (Filler::Said(_), Filler::Said(_)) | (Filler::Deed(_), Filler::Deed(_)) => true,
        _ => same_filler(x, y),
    };
    (a.relation, a.tense, a.roles.len()) == (b.relation, b.tense, b.roles.len())
        && a.roles.iter().zip(&b.roles).all(filled)
        && (a.negated, a.aspect, &a.first) == (b.negated, b.aspect, &b.first)
        && circumstances(a) == circumstances(b)
        && a.times.len() == b.times.len()
        && a.times.iter().zip(&b.times).all(|(x, y)| same_time(x, y))
}

fn same_time(a: &Time, b: &Time) -> bool {
    match (a, b) {
        (Time::Window { word: x, days: from, second: to, .. }, Time::Window { word: y, days: since, second: until, .. }) => {
            (x, &from.strong, &from.weak) == (y, &since.strong, &since.weak)
                && to.as_ref().map(|days| (&days.strong, &days.weak)) == until.as_ref().map(|days| (&days.strong, &days.weak))
        }
        (Time::Lasting { bound: x, length: long, .. }, Time::Lasting { bound: y, length: short, .. }) => (x, long) == (y, short),
        // The other happening is compared as a clause of its own.
        (Time::Order { side: x, distance: far, within: at_most, .. }, Time::Order { side: y, distance: near, within: at_least, .. }) => {
            (x, far, at_most) == (y, near, at_least)
        }
        _ => a == b,
    }
}

pub(super) fn same_filler(a: &Filler, b: &Filler) -> bool {
    let names = |list: &[(NameId, Span)]| list.iter().map(|(name, _)| *name).collect::<Vec<_>>();
    match (a, b) {
        (Filler::Name(x, _), Filler::Name(y, _)) => x == y,
        (Filler::Kind(x, _), Filler::Kind(y, _)) => x == y,
        (Filler::Unknown(x, _), Filler::Unknown(y, _)) => x == y,
        (Filler::UnknownAmong(x), Filler::UnknownAmong(y)) => x.words == y.words,
        (Filler::Number(x, _), Filler::Number(y, _)) => x == y,
        (Filler::Several(x), Filler::Several(y)) => {
            names(&x.names) == names(&y.names) && (x.any, x.neither, x.only, x.of) == (y.any, y.neither, y.only, y.of)
        }
        (Filler::Counted(x), Filler::Counted(y)) => {
            (x.quantity, x.kind, x.total, x.every) == (y.quantity, y.kind, y.total, y.every)
                && names(&x.listed) == names(&y.listed)
                && names(&x.except) == names(&y.except)
        }
        _ => a == b,
    }
}
