//! Whether two readings of the same words say the same.

use super::{Clause, Filler};
use crate::text::Span;
use crate::vocabulary::NameId;

/// Whether two readings say the same, wherever their words stand.
pub(super) fn same_meaning(a: &Clause, b: &Clause) -> bool {
    a.relation == b.relation
        && a.tense == b.tense
        && a.roles.len() == b.roles.len()
        && a.roles.iter().zip(&b.roles).all(|(x, y)| same_filler(x, y))
}

pub(super) fn same_filler(a: &Filler, b: &Filler) -> bool {
    let names = |list: &[(NameId, Span)]| list.iter().map(|(name, _)| *name).collect::<Vec<_>>();
    match (a, b) {
        (Filler::Name(x, _), Filler::Name(y, _)) => x == y,
        (Filler::Kind(x, _), Filler::Kind(y, _)) => x == y,
        (Filler::Unknown(x, _), Filler::Unknown(y, _)) => x == y,
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
