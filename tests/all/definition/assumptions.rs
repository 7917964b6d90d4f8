//! The assumptions `once` and `persistence`, as conditions on a world and on what is recorded in it.

use super::language::{Calendar, Day, Party, Verb};
use super::worlds::{Cell, Happened, Held, Recorded, Sets, each, has, stretch};

/// What the record says of one cell, made ready to be asked about many worlds.
pub struct Assumptions<'r> {
    recorded: &'r Recorded<'r>,
    cell: Cell,
    calendar: Calendar,
    /// For each party, the recorded beginnings of its holding or that of its parts, and the recorded days that no recorded
    /// beginning leads to.
    beginnings: [(Vec<Day>, Vec<Day>); 4],
}

/// One world of it.
#[derive(Clone, Copy)]
struct Days<'w> {
    sets: &'w Sets,
    calendar: Calendar,
}

impl Days<'_> {
    fn holds(self, who: Party, day: Day) -> bool {
        has(self.sets[0][who.index()], day, self.calendar)
    }

    fn throughout(self, who: Party, from: Day, to: Day) -> bool {
        stretch(from.min(to), from.max(to), self.calendar) & !self.sets[0][who.index()] == 0
    }
}

fn rivals(held: &Held, who: Party) -> bool {
    held.verb == Verb::Hold && held.who.is_some_and(|other| !other.one_side(who))
}

impl<'r> Assumptions<'r> {
    pub fn new(cell: Cell, recorded: &'r Recorded<'r>, calendar: Calendar) -> Self {
        let beginnings = Party::ALL.map(|who| beginnings(recorded, who));
        Self { recorded, cell, calendar, beginnings }
    }

    /// Whether a world obeys `persistence`.
    pub fn persistent(&self, sets: &Sets) -> bool {
        let days = Days { sets, calendar: self.calendar };
        matches!(self.cell, Cell::Event(..)) || self.recorded.held().all(|held| self.persists(held, days))
    }

    /// Whether a world obeys `once`, but for how often things happened apart.
    pub fn only_once(&self, sets: &Sets) -> bool {
        let days = Days { sets, calendar: self.calendar };
        match self.cell {
            Cell::Control(_) => {
                Party::ALL.into_iter().all(|who| self.begins_as_recorded(who, days))
                    && self.happens_as_recorded(Verb::Capture, 1, days, |_, _| true)
                    // Abandoning is told apart by who abandons.
                    && self.happens_as_recorded(Verb::Abandon, 2, days, |party, who| who.is_some_and(|who| who.one_side(party)))
            }
            Cell::Shared(..) => Party::ALL.into_iter().all(|who| self.begins_as_recorded(who, days)),
            Cell::Event(Verb::Raze, _) => self.happens_as_recorded(Verb::Raze, 0, days, |_, _| true),
            Cell::Event(..) => true,
        }
    }

    /// `persistence`: what is recorded goes on until the record ends it, but not past the horizon.
    ///
    /// The record ends it where it has it otherwise: not so any more, or with another holder. Where it only tells that it
    /// began again later, it leaves open when it had ended.
    fn persists(&self, held: &Held, days: Days<'_>) -> bool {
        let (Some(who), horizon) = (held.who, self.calendar.horizon) else { return true };
        if held.closed || held.to > horizon {
            return true;
        }
        let outs = self.recorded.out().filter(|out| out.verb == held.verb && who.acts_for(out.who));
        let outs = outs.map(|out| (out.from, !out.soft));
        let others = self.recorded.held().filter(|other| rivals(other, who)).filter_map(|other| {
            if other.begins {
                return Some((other.from, true));
            }
            // Since when the other had it is not recorded: since the first of the days on end.
            let rival = other.who?;
            let mut since = other.from;
            while since > held.to + 1 && days.holds(rival, since - 1) {
                since -= 1;
            }
            Some((since, true))
        });
        // The first of them; of two on one day the one that says when it ended.
        // Who took it then is not told: he may be the same again.
        let taken = self.recorded.held().filter(|other| other.verb == Verb::Hold && held.verb == Verb::Hold && other.who.is_none());
        let taken = taken.map(|other| (other.from, false));
        let first = outs.chain(others).chain(taken).filter(|(day, _)| *day > held.to).min_by_key(|(day, sharp)| (*day, !*sharp));
        match first {
            Some((day, sharp)) if day <= horizon => !sharp || days.throughout(who, held.to, day - 1),
            _ => self.goes_on(who, held, days),
        }
    }

    /// To the end of the record; and it is not just being handed over then, nor taken over if the record does not say so.
    fn goes_on(&self, who: Party, held: &Held, days: Days<'_>) -> bool {
        let last = self.calendar.horizon.max(held.to);
        let mut rivals = Party::ALL.into_iter().filter(|other| self.cell.is_control() && !other.one_side(who) && days.holds(*other, last));
        let passes = |old: Party, new: Party| !days.holds(old.group(), last + 1) && !days.holds(new.group(), last - 1);
        let begins = held.begins && held.from == last;
        days.throughout(who, held.to, last) && rivals.all(|other| begins && passes(other, who) && !passes(who, other))
    }

    /// `once`, of a state: where its beginning is recorded, it did not begin at another time.
    fn begins_as_recorded(&self, who: Party, days: Days<'_>) -> bool {
        let (begins, roots) = &self.beginnings[who.index()];
        begins.is_empty()
            || (0..=self.calendar.horizon).filter(|day| days.holds(who, *day)).all(|day| {
                begins.iter().any(|begin| *begin <= day && days.throughout(who, *begin, day))
                    || roots.iter().any(|root| days.throughout(who, *root, day))
            })
    }

    /// `once`, of an event: it happened only when, and to whom, the record says.
    fn happens_as_recorded(&self, verb: Verb, row: usize, days: Days<'_>, same: impl Fn(Party, Option<Party>) -> bool) -> bool {
        let recorded = || self.recorded.happened().filter(|happened| happened.verb == verb);
        Party::ALL.into_iter().all(|party| {
            let identity = || recorded().filter(|happened| same(party, happened.who));
            identity().next().is_none()
                || each(days.sets[row][party.index()])
                    .filter(|day| *day <= self.calendar.horizon)
                    .all(|day| identity().any(|happened| happened.day == day && could_be(party, happened.who)))
        })
    }
}

/// The recorded beginnings of a party's state, and the recorded days that none of them leads to: before which no beginning is
/// recorded, or not since it was last interrupted.
fn beginnings(recorded: &Recorded<'_>, who: Party) -> (Vec<Day>, Vec<Day>) {
    let own = || recorded.held().filter(|held| held.who.is_some_and(|other| other.acts_for(who)));
    let begins: Vec<Day> = own().filter(|held| held.begins).map(|held| held.from).collect();
    let interrupted = |from: Day, to: Day| {
        let out = recorded.out().any(|out| !out.soft && who.acts_for(out.who) && from < out.from && out.to < to);
        out || recorded.held().any(|held| rivals(held, who) && from < held.from && held.to < to)
    };
    let roots = own()
        .filter(|held| !held.begins && begins.iter().all(|begin| held.from < *begin || interrupted(*begin, held.from)))
        .map(|held| held.from)
        .collect();
    (begins, roots)
}

/// Whether a deed of one may be the deed that the record tells of: of the same, of a part or the group, or of somebody.
fn could_be(party: Party, who: Option<Party>) -> bool {
    who.is_none_or(|who| party.acts_for(who) || who.acts_for(party))
}

/// Into how many happenings what is recorded falls: as few as its days and its people allow. Under `once` the record does not
/// tell of more than it must.
pub fn happenings(cell: Cell, recorded: &Recorded<'_>) -> usize {
    let verbs: &[Verb] = match cell {
        Cell::Control(_) => &[Verb::Capture, Verb::Abandon],
        Cell::Event(Verb::Raze, _) => &[Verb::Raze],
        Cell::Event(..) | Cell::Shared(..) => return 0,
    };
    let mut heads: Vec<&Happened> = Vec::new();
    // Parts before their group, and somebody last: each joins whom it may be.
    let order = [Some(Party::Hts), Some(Party::Army), Some(Party::Rebels), None];
    for who in order {
        for happened in recorded.happened().filter(|happened| verbs.contains(&happened.verb) && happened.who == who) {
            let joins = heads.iter().any(|head| {
                head.verb == happened.verb && head.day == happened.day && happened.who.is_none_or(|who| could_be(who, head.who))
            });
            if !joins {
                heads.push(happened);
            }
        }
    }
    heads.len()
}
