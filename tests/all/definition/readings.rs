//! Whether a claim is true in a world: the table of `language.md` section 4, row by row.
//!
//! The strong reading is all that a writer plausibly means, the weak one the least that the words commit to.

use super::language::{Bound, Calendar, Claim, Clause, Day, Days, Form, Joined, Kind, NAMED_PLACES, PLACES, Place, Side, When, Window};
use super::worlds::{World, each, has, stretch};

#[derive(Clone, Copy, Debug)]
pub struct Reading {
    pub strong: bool,
    /// *since*, *until*, *from … to* and *for* say where a state began and ended; inclusive counts count.
    pub boundaries: bool,
    /// The day that the claim speaks from.
    pub reference: Day,
    pub calendar: Calendar,
}

impl Reading {
    fn turned(self) -> Self {
        Self { strong: !self.strong, ..self }
    }

    /// Of a word that says where a state began or ended.
    fn says_bounds(self) -> bool {
        self.strong || self.boundaries
    }

    /// Whether both ends of a count are counted as well.
    fn inclusive(self) -> bool {
        !self.strong || self.boundaries
    }

    fn days_between(self, from: Day, to: Day) -> Days {
        stretch(from, to, self.calendar)
    }

    fn up_to(self, to: Day) -> Days {
        self.days_between(0, to)
    }
}

/// Whether a claim is true in a world. `others` is how many unnamed cities beside the capitals are as the claim counts.
pub fn is_true(claim: &Claim, world: &World, reading: Reading, others: i32) -> bool {
    match claim {
        Claim::One(clause) => at_place(clause, clause.place, clause.form, world, reading),
        // Of what was said: the worlds are those of the sayings.
        Claim::According(_, content) => is_true(content, world, reading, others),
        Claim::All(parts) => parts.iter().all(|part| is_true(part, world, reading, others)),
        Claim::Any(parts) => parts.iter().any(|part| is_true(part, world, reading, others)),
        Claim::Places { clause, how } => {
            let at = |place: Place, form: Form| at_place(clause, place, form, world, reading);
            let both = |form: Form| NAMED_PLACES.into_iter().all(|place| at(place, form));
            let one = |form: Form| NAMED_PLACES.into_iter().any(|place| at(place, form));
            match (how, clause.form) {
                (Joined::Neither, _) => both(Form::Not),
                // Who denies a list plausibly denies each of it, and at the least one.
                (Joined::And, Form::Not) => {
                    if reading.strong {
                        both(Form::Not)
                    } else {
                        one(Form::Not)
                    }
                }
                (Joined::And, form) => both(form),
                (Joined::Or, Form::Not) => both(Form::Not),
                (Joined::Or, form) => one(form),
            }
        }
        Claim::Only { clause, places } => (0..PLACES).all(|place| {
            if places.contains(&place) {
                at_place(clause, place, clause.form, world, reading)
            } else {
                !at_place(clause, place, clause.form, world, reading.turned())
            }
        }),
        Claim::Count { clause, bound, number, kind } => {
            let free = if *kind == Kind::City { others } else { 0 };
            let count = |reading: Reading| {
                let here = (0..PLACES).filter(|place| at_place(clause, *place, clause.form, world, reading)).count();
                i32::try_from(here).unwrap() + free
            };
            // So many are so; that there are no more is the other reading turned round.
            let (low, high) = interval(*bound, *number, reading.strong);
            low <= count(reading) && count(reading.turned()) <= high
        }
        Claim::NoPlace { clause, kind } => {
            let free = *kind == Kind::City && others > 0;
            !free && (0..PLACES).all(|place| !at_place(clause, place, clause.form, world, reading.turned()))
        }
    }
}

/// A bare number is meant exactly, and commits to no less.
fn interval(bound: Bound, number: i32, strong: bool) -> (i32, i32) {
    match bound {
        Bound::Bare if !strong => (number, i32::MAX),
        Bound::Bare | Bound::Exactly => (number, number),
        Bound::AtLeast => (number, i32::MAX),
        Bound::MoreThan => (number + 1, i32::MAX),
        Bound::FewerThan => (0, number - 1),
    }
}

/// Whether what a clause says is so of a place.
pub fn at_place(clause: &Clause, place: Place, form: Form, world: &World, reading: Reading) -> bool {
    let plain = |when: &When, reading: Reading| {
        let days = world.days(clause.verb, place, clause.who);
        if clause.verb.is_state() { state_is_so(days, form, when, reading) } else { event_happened(days, form, when, world, reading) }
    };
    match (form, &clause.when) {
        // "did not … until D": on no day before, and then it did.
        (Form::Not, When::Until(w)) if !clause.verb.is_state() => {
            !plain(&When::Before(*w), reading.turned()) && plain(&When::On(*w), reading)
        }
        (Form::Not | Form::Never, when) => !plain(when, reading.turned()),
        (_, when) => plain(when, reading),
    }
}

/// Whether a state is so, from the days on which it is.
fn state_is_so(days: Days, form: Form, when: &When, reading: Reading) -> bool {
    let calendar = reading.calendar;
    let on = |day: Day| has(days, day, calendar);
    let some = |of: Days| days & of != 0;
    let every = |of: Days| of & !days == 0;
    let within = |w: &Window| w.first..=w.last;
    let reference = reading.reference;
    match (form, when) {
        (Form::Still, When::Now) => on(reference) && (!reading.strong || on(reference - 1)),
        (Form::Still, When::On(w)) => within(w).any(|day| on(day) && (!reading.strong || on(day - 1))),
        (Form::NoLonger, When::Now) => !on(reference) && (!reading.strong || some(reading.up_to(reference - 1))),
        (Form::NoLonger, When::On(w)) => within(w).any(|day| !on(day)) && (!reading.strong || some(reading.up_to(w.last - 1))),
        (_, When::Undated) => some(reading.up_to(reference)),
        (_, When::Now) => on(reference),
        (_, When::On(w)) => some(reading.days_between(w.first, w.last)),
        (_, When::Throughout(w)) => every(reading.days_between(w.first, w.last)),
        (_, When::AsOf(w)) => on(w.last),
        (_, When::By(w)) => {
            if reading.strong {
                on(w.last)
            } else {
                some(reading.up_to(w.last))
            }
        }
        (_, When::Before(w)) => some(reading.up_to(w.first - 1)),
        // What lies past the day that it speaks from makes it no truer; that it may yet come true leaves it open.
        (_, When::After(w)) => {
            let last = if reading.strong && reference >= w.last { reference } else { calendar.days - 1 };
            some(reading.days_between(w.last + 1, last))
        }
        (_, When::Since(w)) => {
            if reading.says_bounds() {
                within(w).any(|start| !on(start - 1) && start <= reference && every(reading.days_between(start, reference)))
            } else {
                every(reading.days_between(w.last, reference))
            }
        }
        (_, When::Until(w)) => {
            if reading.says_bounds() {
                (w.first - 1..=w.last).any(|last| on(last) && !on(last + 1))
            } else {
                on(w.first - 1)
            }
        }
        (_, When::FromTo(first, last)) => {
            if reading.says_bounds() {
                within(first).any(|start| {
                    within(last).any(|end| start <= end && !on(start - 1) && !on(end + 1) && every(reading.days_between(start, end)))
                })
            } else {
                every(reading.days_between(first.last, last.first))
            }
        }
        (_, When::Between(first, last)) => some(reading.days_between(first.first, last.last)),
        (_, When::For(bound, length)) => match bound {
            // So long, and it began then; or at least so long.
            Bound::Bare | Bound::Exactly if reading.says_bounds() => {
                let start = reference - length;
                !on(start - 1) && every(reading.days_between(start, reference))
            }
            _ => every(reading.days_between(reference - length - i32::from(*bound == Bound::MoreThan), reference)),
        },
        (_, When::Order { .. }) => unreachable!("no claim orders a state"),
    }
}

/// Whether something happened, from the days on which it did.
fn event_happened(days: Days, form: Form, when: &When, world: &World, reading: Reading) -> bool {
    let reference = reading.reference;
    let earlier = |day: Day| days & reading.up_to(day - 1) != 0;
    each(days).any(|day| {
        let small = match form {
            Form::Again => earlier(day),
            Form::First => !earlier(day),
            _ => true,
        };
        small
            && match when {
                When::Undated => day <= reference,
                When::On(w) => w.first <= day && day <= w.last,
                When::By(w) | When::AsOf(w) => day <= w.last,
                When::Before(w) => day < w.first && day <= reference,
                When::After(w) => w.last < day && day <= reference,
                When::Since(w) => day <= reference && if reading.inclusive() { w.first <= day } else { w.last < day },
                When::Between(first, last) => {
                    if reading.inclusive() {
                        first.first <= day && day <= last.last
                    } else {
                        first.last < day && day < last.first
                    }
                }
                // Only "did not … until" is said of a happening.
                When::Until(w) => w.first <= day && day <= w.last,
                When::Order { side, distance, other } => {
                    let others = world.days(other.verb, other.place, other.who) & reading.up_to(reference);
                    day <= reference && each(others).any(|other| ordered(*side, *distance, day, other, others, reading))
                }
                unusual => unreachable!("no claim about a happening says {unusual:?}"),
            }
    })
}

/// Whether one happening lies as it should from another.
fn ordered(side: Side, distance: Option<(Bound, Day)>, day: Day, other: Day, others: Days, reading: Reading) -> bool {
    let apart = if side == Side::Before { other - day } else { day - other };
    let Some((bound, number)) = distance else {
        return if reading.strong { apart > 0 } else { apart >= 0 };
    };
    // "a week after the fall of X": after its last fall before that.
    let between = each(others).any(|another| (day < another && another < other) || (other < another && another < day));
    if reading.strong && between {
        return false;
    }
    // Who counts both ends counts one day more; only of a bare or exact number is that said.
    match (side, bound) {
        (Side::Near, _) => 0 <= apart && apart <= number,
        (_, Bound::Bare | Bound::Exactly) => apart == number || reading.inclusive() && apart == number - 1,
        (_, Bound::AtLeast) => apart >= if reading.strong { number } else { number - 1 },
        (_, Bound::MoreThan) => apart >= if reading.strong { number + 1 } else { number },
        (_, Bound::FewerThan) => {
            if reading.strong {
                1 <= apart && apart < number
            } else {
                0 <= apart && apart <= number
            }
        }
    }
}
