//! Who held what when, for `factum list facts --like NAME`.
//!
//! In: a fact base and a name. Out: stretches of days, in words. What they mean is told in [`crate::verdict::tenures`].

use schemars::JsonSchema;
use serde::Serialize;

use super::Page;
use super::bases::Base;
use crate::time::Day;
use crate::verdict::{Judge, seats, tenures};
use crate::vocabulary::NameId;

/// A stretch of days on which somebody had something.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
pub(super) struct Held {
    /// Of what.
    of: String,
    /// The state, such as `control`.
    relation: String,
    /// The first day on which the record says so.
    from: String,
    /// The last one.
    to: String,
    /// Who.
    holder: String,
    /// What it rests on beyond the facts.
    assumptions: Vec<&'static str>,
}

/// The history of a name.
pub(super) fn held(base: &Base, of: NameId) -> Vec<Held> {
    let vocabulary = &base.base.vocabulary;
    let judge = Judge::new(&base.base, base.settings);
    let seats = seats(&judge).into_iter().filter(|seat| seat.of == of);
    let told = seats.flat_map(|seat| tenures(&judge, seat).into_iter().flatten().map(move |tenure| (seat, tenure)));
    let mut found: Vec<Held> = told
        .map(|(seat, tenure)| Held {
            of: vocabulary.name(of).name.clone(),
            relation: vocabulary.relation(seat.relation).name.clone(),
            from: tenure.from.to_string(),
            to: tenure.to.to_string(),
            holder: vocabulary.name(tenure.holder).name.clone(),
            assumptions: tenure.assumptions.iter().map(|assumption| assumption.name()).collect(),
        })
        .collect();
    found.sort();
    found
}

/// The histories for people.
pub(super) fn show(found: &[Held], page: &mut Page) {
    let mut heading = None;
    for held in found {
        // One scale for all that is drawn below one heading.
        let beside = found.iter().filter(|other| (&other.of, &other.relation) == (&held.of, &held.relation));
        let scale = Scale::new(beside);
        if heading != Some((&held.of, &held.relation)) {
            heading = Some((&held.of, &held.relation));
            // Some states are called *leader of*.
            let relation = held.relation.strip_suffix(" of").unwrap_or(&held.relation);
            page.line(0, &format!("{relation} of {}, day by day", held.of));
        }
        let rests = if held.assumptions.is_empty() { String::new() } else { format!(" (rests on: {})", held.assumptions.join(", ")) };
        let days = if held.from == held.to { held.from.clone() } else { format!("{} to {}", held.from, held.to) };
        let drawn = scale.map(|scale| scale.drawn(held)).unwrap_or_default();
        page.line(1, &format!("{days:24}  {drawn}  {}{rests}", held.holder));
    }
}

/// How wide a history is drawn, in columns.
const COLUMNS: i64 = 24;

/// The days that a drawing spans.
#[derive(Clone, Copy, Debug)]
struct Scale {
    first: Day,
    /// How many days.
    length: i64,
}

impl Scale {
    fn new<'h>(held: impl Iterator<Item = &'h Held>) -> Option<Self> {
        let days: Vec<Day> = held.flat_map(|held| [held.from.parse(), held.to.parse()]).filter_map(Result::ok).collect();
        let (first, last) = (days.iter().min()?, days.iter().max()?);
        Some(Self { first: *first, length: last.since(*first)?.saturating_add(1) })
    }

    /// The column of a day.
    fn column(&self, day: Day) -> Option<i64> {
        day.since(self.first)?.saturating_mul(COLUMNS).checked_div(self.length)
    }

    /// A stretch as a line: at least one column of it is full.
    fn drawn(&self, held: &Held) -> String {
        let column = |day: &str| day.parse().ok().and_then(|day: Day| self.column(day)).unwrap_or(0);
        let (from, to) = (column(&held.from), column(&held.to));
        (0..COLUMNS).map(|at| if (from..=to).contains(&at) { '\u{2501}' } else { '\u{b7}' }).collect()
    }
}
