//! Worlds, and what is seen of them.
//!
//! A world says for every verb, place and party on which days it is so. Matters that cannot touch one another are kept in
//! *cells*: who holds a place and how it changes hands is one; everything else is a cell of its own for each verb and place.
//! A cell's worlds are all day sets that obey the meaning of the words and the facts that speak of the cell; they are listed
//! in [`histories`](super::histories). A claim sees of them the days of what it speaks of, and nothing else.

use super::language::{Calendar, Clause, Day, Days, PLACES, Party, Place, Verb};

/// A matter of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Cell {
    /// Holding, capturing and abandoning a place.
    Control(Place),
    /// A state that several may share, for a group with its parts.
    Shared(Verb, Place, Party),
    /// An event that touches no state.
    Event(Verb, Place),
}

impl Cell {
    pub fn of(verb: Verb, place: Place, who: Option<Party>) -> Self {
        match verb {
            Verb::Hold | Verb::Capture | Verb::Abandon => Self::Control(place),
            Verb::Patrol => Self::Shared(verb, place, who.map_or(Party::Other, Party::group)),
            Verb::Attack | Verb::Raze => Self::Event(verb, place),
        }
    }

    pub fn is_control(self) -> bool {
        matches!(self, Self::Control(_))
    }

    pub fn verbs(self) -> [Option<Verb>; 3] {
        match self {
            Self::Control(_) => [Some(Verb::Hold), Some(Verb::Capture), Some(Verb::Abandon)],
            Self::Shared(verb, ..) | Self::Event(verb, _) => [Some(verb), None, None],
        }
    }

    /// Which of the cell's day sets are those of a verb.
    pub fn row(self, verb: Verb) -> Option<usize> {
        self.verbs().iter().position(|own| *own == Some(verb))
    }
}

/// The days of each party, for one verb.
pub type Row = [Days; 4];

/// The days of each party, for the (up to) three verbs of a cell.
pub type Sets = [Row; 3];

/// Something of a cell that is looked at: who does what. For nobody in particular, the days of everybody.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct View {
    pub verb: Verb,
    pub place: Place,
    pub who: Option<Party>,
}

impl View {
    pub fn of(clause: &Clause, place: Place) -> Self {
        Self { verb: clause.verb, place, who: clause.who }
    }

    pub fn cell(self) -> Cell {
        Cell::of(self.verb, self.place, self.who)
    }

    /// Its days in a world of its cell.
    pub fn days(self, sets: &Sets) -> Days {
        let row = self.cell().row(self.verb).map_or([0; 4], |row| sets[row]);
        self.who.map_or_else(|| row.iter().fold(0, |all, one| all | one), |who| row[who.index()])
    }
}

/// The days of everything that a question looks at.
#[derive(Clone, Debug)]
pub struct World {
    days: [[[Days; 5]; PLACES]; 6],
}

impl World {
    pub fn empty() -> Self {
        Self { days: [[[0; 5]; PLACES]; 6] }
    }

    pub fn put(&mut self, view: View, days: Days) {
        self.days[view.verb.index()][view.place][view.who.map_or(4, Party::index)] = days;
    }

    /// On which days it is so; for nobody in particular, the days of everybody.
    pub fn days(&self, verb: Verb, place: Place, who: Option<Party>) -> Days {
        self.days[verb.index()][place][who.map_or(4, Party::index)]
    }
}

/// The days from `from` to `to` that lie in the calendar.
pub fn stretch(from: Day, to: Day, calendar: Calendar) -> Days {
    let (from, to) = (from.max(0), to.min(calendar.days - 1));
    if from > to { 0 } else { ((1_u32 << (to + 1)) - (1_u32 << from)) as Days }
}

/// Whether a day is in a set. Before the first day nothing was so yet; after the last it is as on that.
pub fn has(days: Days, day: Day, calendar: Calendar) -> bool {
    day >= 0 && days >> day.min(calendar.days - 1) & 1 == 1
}

/// The days of a set.
pub fn each(days: Days) -> impl Iterator<Item = Day> {
    let mut rest = days;
    std::iter::from_fn(move || {
        let day = (rest != 0).then(|| rest.trailing_zeros() as Day)?;
        rest &= rest - 1;
        Some(day)
    })
}

/// The days of a set that are on end with a day of it, that day among them.
pub fn on_end(days: Days, day: Day) -> Days {
    let mut run = if day < 0 { 0 } else { days & (1 << day) };
    loop {
        let wider = run | (run << 1 | run >> 1) & days;
        if wider == run {
            return run;
        }
        run = wider;
    }
}
