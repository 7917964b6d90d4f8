//! The assumptions `once` and `persistence`, as conditions on a world and on what is recorded in it.

use super::language::{Calendar, Day, Party, Verb};
use super::record::{Happened, Held, Recorded};
use super::worlds::{Cell, Row, Sets, has, on_end, stretch};

/// Which of the two assumptions a world obeys, beside one choice of the record's unknown days or another: one bit for each
/// of neither, `persistence`, `once`, and both beside the same choice.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Obeys(u8);

impl Obeys {
    fn new(persistence: bool, once: bool) -> Self {
        let ways = [(false, false), (true, false), (false, true), (true, true)].into_iter().enumerate();
        let obeyed = ways.filter(|(_, (wants_persistence, wants_once))| (persistence || !wants_persistence) && (once || !wants_once));
        Self(obeyed.fold(0, |all, (at, _)| all | 1 << at))
    }

    pub fn both(self, persistence: bool, once: bool) -> bool {
        self.0 >> (u8::from(persistence) + 2 * u8::from(once)) & 1 == 1
    }
}

impl std::ops::BitAnd for Obeys {
    type Output = Self;

    fn bitand(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }
}

impl std::ops::BitOrAssign for Obeys {
    fn bitor_assign(&mut self, other: Self) {
        self.0 |= other.0;
    }
}

/// What the record says of one cell, made ready to be asked about many worlds.
pub struct Assumptions<'r> {
    cell: Cell,
    calendar: Calendar,
    /// For each party, the recorded beginnings of its holding or that of its parts, and the recorded days that no recorded
    /// beginning leads to.
    beginnings: [(Vec<Day>, Vec<Day>); 4],
    lasting: Vec<Lasting<'r>>,
    /// The days on which something may have happened by the record, for each verb and party.
    as_recorded: Sets,
}

/// Something that is recorded to be so, and goes on.
struct Lasting<'r> {
    held: &'r Held,
    who: Party,
    /// The first day on which the record has it otherwise, and whether it says when it ended.
    otherwise: Option<(Day, bool)>,
    /// Rivals who are recorded later, though not since when.
    rivals: Vec<(Party, Day)>,
}

/// One world of it.
#[derive(Clone, Copy)]
struct Holding<'w> {
    row: &'w Row,
    calendar: Calendar,
}

impl Holding<'_> {
    fn holds(self, who: Party, day: Day) -> bool {
        has(self.row[who.index()], day, self.calendar)
    }

    fn throughout(self, who: Party, from: Day, to: Day) -> bool {
        stretch(from, to, self.calendar) & !self.row[who.index()] == 0
    }
}

fn rivals(held: &Held, who: Party) -> bool {
    held.verb == Verb::Hold && held.who.is_some_and(|other| !other.one_side(who))
}

impl<'r> Assumptions<'r> {
    pub fn new(cell: Cell, recorded: &Recorded<'r>, calendar: Calendar) -> Self {
        let beginnings = Party::ALL.map(|who| beginnings(recorded, who));
        let lasting = recorded.held().filter_map(|held| Lasting::new(held, recorded, calendar)).collect();
        let everything = [stretch(0, calendar.days - 1, calendar); 4];
        let by_record = |verb: Verb, same: fn(Party, Option<Party>) -> bool| as_recorded(verb, recorded, calendar, same);
        let as_recorded = match cell {
            Cell::Control(_) => {
                // Abandoning is told apart by who abandons.
                let own = |party: Party, who: Option<Party>| who.is_some_and(|who| who.one_side(party));
                [everything, by_record(Verb::Capture, |_, _| true), by_record(Verb::Abandon, own)]
            }
            Cell::Event(Verb::Raze, _) => [by_record(Verb::Raze, |_, _| true), everything, everything],
            Cell::Event(..) | Cell::Shared(..) => [everything; 3],
        };
        Self { cell, calendar, beginnings, lasting, as_recorded }
    }

    /// What a world obeys, by the days of its state.
    pub fn of_holding(&self, row: &Row) -> Obeys {
        let holding = Holding { row, calendar: self.calendar };
        let persistent = self.lasting.iter().all(|lasting| self.persists(lasting, holding));
        Obeys::new(persistent, Party::ALL.into_iter().all(|who| self.begins_as_recorded(who, row)))
    }

    /// What a world obeys, by the days of its happenings.
    pub fn of_happenings(&self, verb: usize, row: &Row) -> Obeys {
        let recorded = &self.as_recorded[verb];
        Obeys::new(true, row.iter().zip(recorded).all(|(days, recorded)| days & !recorded == 0))
    }

    /// `persistence`: what is recorded goes on until the record ends it, but not past the horizon.
    ///
    /// The record ends it where it has it otherwise: not so any more, or with another holder. Where it only tells that it
    /// began again later, it leaves open when it had ended.
    fn persists(&self, lasting: &Lasting<'_>, holding: Holding<'_>) -> bool {
        let (who, to) = (lasting.who, lasting.held.to);
        let others = lasting.rivals.iter().map(|(rival, from)| {
            // Since when the other had it is not recorded: since the first of the days on end.
            let mut since = *from;
            while since > to + 1 && holding.holds(*rival, since - 1) {
                since -= 1;
            }
            (since, true)
        });
        // Of two on one day the one that says when it ended.
        match lasting.otherwise.into_iter().chain(others).min_by_key(|(day, sharp)| (*day, !*sharp)) {
            Some((day, sharp)) if day <= self.calendar.horizon => !sharp || holding.throughout(who, to, day - 1),
            _ => self.goes_on(lasting, holding),
        }
    }

    /// To the end of the record; and it is not just being handed over then, nor taken over if the record does not say so.
    fn goes_on(&self, lasting: &Lasting<'_>, holding: Holding<'_>) -> bool {
        let (who, held) = (lasting.who, lasting.held);
        let last = self.calendar.horizon.max(held.to);
        let mut rivals =
            Party::ALL.into_iter().filter(|other| self.cell.is_control() && !other.one_side(who) && holding.holds(*other, last));
        let passes = |old: Party, new: Party| !holding.holds(old.group(), last + 1) && !holding.holds(new.group(), last - 1);
        let begins = held.begins && held.from == last;
        holding.throughout(who, held.to, last) && rivals.all(|other| begins && passes(other, who) && !passes(who, other))
    }

    /// `once`, of a state: where its beginning is recorded, it did not begin at another time.
    fn begins_as_recorded(&self, who: Party, row: &Row) -> bool {
        let (begins, roots) = &self.beginnings[who.index()];
        if begins.is_empty() {
            return true;
        }
        let (days, calendar) = (row[who.index()], self.calendar);
        let begun = begins.iter().map(|begin| on_end(days, *begin) & stretch(*begin, calendar.days, calendar));
        let led_to = begun.chain(roots.iter().map(|root| on_end(days, *root))).fold(0, |all, some| all | some);
        days & stretch(0, calendar.horizon, calendar) & !led_to == 0
    }
}

impl<'r> Lasting<'r> {
    fn new(held: &'r Held, recorded: &Recorded<'r>, calendar: Calendar) -> Option<Self> {
        let who = held.who.filter(|_| !held.closed && held.to <= calendar.horizon)?;
        let outs = recorded.out().filter(|out| out.verb == held.verb && who.acts_for(out.who)).map(|out| (out.from, !out.soft));
        let others = || recorded.held().filter(|other| rivals(other, who));
        let begun = others().filter(|other| other.begins).map(|other| (other.from, true));
        // Who took it then is not told: he may be the same again.
        let taken = recorded.held().filter(|other| other.verb == Verb::Hold && held.verb == Verb::Hold && other.who.is_none());
        let taken = taken.map(|other| (other.from, false));
        let otherwise = outs.chain(begun).chain(taken).filter(|(day, _)| *day > held.to).min_by_key(|(day, sharp)| (*day, !*sharp));
        let rivals = others().filter(|other| !other.begins && other.from > held.to).filter_map(|other| Some((other.who?, other.from)));
        Some(Self { held, who, otherwise, rivals: rivals.collect() })
    }
}

/// `once`, of an event: it happened only when, and to whom, the record says. The days on which each party may have done it;
/// all days where the record tells of none that would be the same.
fn as_recorded(verb: Verb, recorded: &Recorded<'_>, calendar: Calendar, same: fn(Party, Option<Party>) -> bool) -> Row {
    Party::ALL.map(|party| {
        let mut identity = recorded.happened().filter(|happened| happened.verb == verb && same(party, happened.who)).peekable();
        if identity.peek().is_none() {
            return stretch(0, calendar.days - 1, calendar);
        }
        let own = identity.filter(|happened| could_be(party, happened.who));
        own.fold(stretch(calendar.horizon + 1, calendar.days - 1, calendar), |all, happened| {
            all | stretch(happened.day, happened.day, calendar)
        })
    })
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
