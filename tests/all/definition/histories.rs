//! The worlds of a cell, enumerated: what the words mean and what is recorded is obeyed, all else is tried.
//!
//! In: the cell, what is told apart in it, and the record with its unknown days chosen. Out: each world once, with the
//! assumptions that it obeys beside that record.

use std::sync::LazyLock;

use super::assumptions::{Assumptions, Obeys};
use super::language::{Calendar, Day, Days, Party, Verb};
use super::record::Recorded;
use super::worlds::{Cell, Row, Sets, View, stretch};

/// What a cell's worlds tell apart; all else is left out of them.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Scope {
    pub parties: [bool; 4],
    /// What is looked at. Of anything else nothing happens beyond what is recorded, as that would make no difference.
    pub views: Vec<View>,
    /// How many stretches of a state, or happenings, a world may have beyond those that are recorded. What a claim asks is
    /// answered by as many as it speaks of; more of them are more of the same.
    pub more: usize,
}

/// Enough is enough.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TooMany;

/// Calls `found` with every world of a cell that obeys the words and what is recorded, and the assumptions that it obeys.
/// `left` is how many more are gone through.
pub fn worlds(
    cell: Cell,
    scope: &Scope,
    recorded: &Recorded<'_>,
    calendar: Calendar,
    left: &mut u32,
    found: &mut dyn FnMut(&Sets, Obeys),
) -> Result<(), TooMany> {
    let Some(demanded) = Demanded::new(cell, scope, recorded, calendar) else { return Ok(()) };
    let assumptions = Assumptions::new(cell, recorded, calendar);
    let telling = recorded.records.iter().filter(|record| !record.held.is_empty() || !record.happened.is_empty()).count();
    let mut asked = [[false; 4]; 3];
    for view in &scope.views {
        let parties = Party::ALL.into_iter().filter(|party| view.who.is_none_or(|who| who == *party));
        let row = &mut asked[cell.row(view.verb).unwrap_or(0)];
        parties.for_each(|party| row[party.index()] = true);
    }
    let mut listing = Listing { demanded, asked, more: scope.more, calendar, assumptions, left, found };
    match cell {
        Cell::Control(_) => {
            let holders = listing.holders();
            listing.histories(&holders, [0; 4], (0, 0), 0, telling + scope.more)
        }
        Cell::Shared(..) => listing.shared(0, [0; 4]),
        Cell::Event(..) => listing.events(0, [0; 4], scope.more),
    }
}

/// What must and must not be, for each verb of the cell.
struct Demanded {
    must: Sets,
    never: Sets,
    /// Days on which it was somebody.
    somebody: [Days; 3],
}

impl Demanded {
    /// Nothing where one thing would have to be and not to be.
    fn new(cell: Cell, scope: &Scope, recorded: &Recorded<'_>, calendar: Calendar) -> Option<Self> {
        let Self { mut must, mut never, mut somebody } = Self { must: [[0; 4]; 3], never: [[0; 4]; 3], somebody: [0; 3] };
        let row = |verb: Verb| cell.row(verb);
        for held in recorded.held() {
            let (Some(row), days) = (row(held.verb), stretch(held.from, held.to, calendar)) else { continue };
            match held.who {
                Some(who) => must[row][who.index()] |= days,
                None => somebody[row] |= days,
            }
        }
        for out in recorded.out() {
            if let Some(row) = row(out.verb) {
                never[row][out.who.index()] |= stretch(out.from, out.to, calendar);
            }
        }
        for happened in recorded.happened() {
            let (Some(row), days) = (row(happened.verb), stretch(happened.day, happened.day, calendar)) else { continue };
            match happened.who {
                Some(who) => must[row][who.index()] |= days,
                None => somebody[row] |= days,
            }
        }
        for (verb, who, days) in recorded.records.iter().flat_map(|record| &record.denied) {
            if let Some(row) = row(*verb) {
                for party in Party::ALL {
                    if who.is_none_or(|who| party.acts_for(who)) {
                        never[row][party.index()] |= days;
                    }
                }
            }
        }
        for row in 0..3 {
            // A part's deed is the group's; what the group did not do, no part did.
            must[row][0] |= must[row][1];
            never[row][1] |= never[row][0];
            for party in 0..4 {
                if !scope.parties[party] {
                    never[row][party] = stretch(0, calendar.days - 1, calendar);
                }
                if must[row][party] & never[row][party] != 0 {
                    return None;
                }
            }
        }
        Some(Self { must, never, somebody })
    }
}

/// Who holds a place on one day, one bit for each party.
type Holders = usize;

const REBELS: Holders = 1 << Party::Rebels as usize;
const HTS: Holders = 1 << Party::Hts as usize;

/// Whether a part never holds without its group.
fn with_its_group(holders: Holders) -> bool {
    holders & HTS == 0 || holders & REBELS != 0
}

/// How many begin to hold. A part that starts together with its group starts once.
fn starting(before: Holders, on: Holders) -> usize {
    let new = on & !before;
    let new = if new & REBELS != 0 { new & !HTS } else { new };
    new.count_ones() as usize
}

/// For who holds on the day before, on the day and on the day after: whether there is one holder a day. Two rivals may share
/// a day only as the last of the one and the first of the other.
static RIGHTLY: LazyLock<Vec<bool>> = LazyLock::new(|| {
    let holds = |who: Party, holders: Holders| holders >> who.index() & 1 == 1;
    let rightly = |before: Holders, on: Holders, after: Holders| {
        let passes = |old: Party, new: Party| !holds(old.group(), after) && !holds(new.group(), before);
        Party::ALL.into_iter().all(|a| {
            let rivals = Party::ALL.into_iter().filter(|b| !a.one_side(*b) && holds(a, on) && holds(*b, on));
            rivals.into_iter().all(|b| passes(a, b) || passes(b, a))
        })
    };
    (0..1 << 12).map(|three: usize| rightly(three >> 8, three >> 4 & 15, three & 15)).collect()
});

fn handed_over_rightly(before: Holders, on: Holders, after: Holders) -> bool {
    RIGHTLY[before << 8 | on << 4 | after]
}

struct Listing<'r, 'l> {
    demanded: Demanded,
    /// Which happenings are looked at.
    asked: [[bool; 4]; 3],
    more: usize,
    calendar: Calendar,
    assumptions: Assumptions<'r>,
    left: &'l mut u32,
    found: &'l mut dyn FnMut(&Sets, Obeys),
}

impl Listing<'_, '_> {
    fn found(&mut self, sets: &Sets, obeys: Obeys) -> Result<(), TooMany> {
        *self.left = self.left.checked_sub(1).ok_or(TooMany)?;
        (self.found)(sets, obeys);
        Ok(())
    }

    /// The days on which more than is recorded may happen.
    fn told(&self, row: usize, party: usize) -> Days {
        if self.asked[row][party] { Days::MAX } else { self.demanded.somebody[row] }
    }

    /// What must happen, and a few more: on any days, but that a part's deed is the group's.
    fn events(&mut self, party: usize, mut sets: Row, more: usize) -> Result<(), TooMany> {
        // The part comes before its group: what it did is the group's without being one more.
        let Some(who) = [Party::Hts, Party::Rebels, Party::Army, Party::Other].get(party) else {
            let all = sets.iter().fold(0, |all, one| all | one);
            if self.demanded.somebody[0] & !all != 0 {
                return Ok(());
            }
            return self.found(&[sets, [0; 4], [0; 4]], self.assumptions.of_happenings(0, &sets));
        };
        let at = who.index();
        let own = self.demanded.must[0][at] | if *who == Party::Rebels { sets[Party::Hts.index()] } else { 0 };
        let may = stretch(0, self.calendar.days - 1, self.calendar) & !self.demanded.never[0][at];
        if own & !may != 0 {
            return Ok(());
        }
        // Somebody's deed is done by somebody: those days are no more than is recorded.
        let may = may & !own & self.told(0, at);
        few(may, self.demanded.somebody[0], more, &mut |added, left| {
            sets[at] = own | added;
            self.events(party + 1, sets, left)
        })
    }

    /// Any days at all, but that a part's deed is the group's.
    fn shared(&mut self, party: usize, mut sets: Row) -> Result<(), TooMany> {
        if party == 4 {
            return self.found(&[sets, [0; 4], [0; 4]], self.assumptions.of_holding(&sets));
        }
        // The group comes before its part.
        let within = if party == Party::Hts.index() { sets[0] } else { stretch(0, self.calendar.days - 1, self.calendar) };
        let (must, may) = (self.demanded.must[0][party], within & !self.demanded.never[0][party]);
        if must & !may != 0 {
            return Ok(());
        }
        subsets(may & !must, &mut |more| {
            sets[party] = must | more;
            self.shared(party + 1, sets)
        })
    }

    /// Who may hold the place on each day: all sets of holders that the record allows for.
    fn holders(&self) -> Vec<Vec<Holders>> {
        let Demanded { must, never, somebody } = &self.demanded;
        let on = |row: &Row, day: Day| (0..4).filter(|party| row[*party] >> day & 1 == 1).fold(0, |all, party| all | 1 << party);
        let allowed = |day: Day| {
            let (must, never, held) = (on(&must[0], day), on(&never[0], day), somebody[0] >> day & 1 == 1);
            let fits = |holders: &Holders| holders & must == must && holders & never == 0 && !(held && *holders == 0);
            (0..16).filter(|holders| fits(holders) && with_its_group(*holders)).collect()
        };
        (0..self.calendar.days).map(allowed).collect()
    }

    /// Who holds the place, day by day; the two days before are at hand.
    fn histories(
        &mut self,
        may: &[Vec<Holders>],
        hold: Row,
        (before, on): (Holders, Holders),
        day: usize,
        starts: usize,
    ) -> Result<(), TooMany> {
        let Some(holders) = may.get(day) else {
            // After the last day it is as on that.
            return if handed_over_rightly(before, on, on) { self.captures(&hold) } else { Ok(()) };
        };
        for next in holders {
            let Some(starts) = starts.checked_sub(starting(on, *next)) else { continue };
            if handed_over_rightly(before, on, *next) {
                let hold = std::array::from_fn(|party| hold[party] | ((next >> party & 1) as Days) << day);
                self.histories(may, hold, (on, *next), day + 1, starts)?;
            }
        }
        Ok(())
    }

    /// Who captured the place when: only where somebody starts to hold it.
    fn captures(&mut self, hold: &Row) -> Result<(), TooMany> {
        let holding = self.assumptions.of_holding(hold);
        let starts = |party: Party| hold[party.index()] & !(hold[party.group().index()] << 1);
        self.choose(1, starts, &mut |this, captures| {
            let obeys = holding & this.assumptions.of_happenings(1, captures);
            this.abandonments(hold, captures, obeys)
        })
    }

    /// Who abandoned the place when: held on the day before, not on the day after.
    fn abandonments(&mut self, hold: &Row, captures: &Row, obeys: Obeys) -> Result<(), TooMany> {
        let last = self.calendar.days - 1;
        let calendar = stretch(0, last, self.calendar);
        // A part that leaves does not make the group leave: only who stands alone abandons here.
        let ends = |party: Party| {
            let own = if party == Party::Hts { 0 } else { hold[party.index()] };
            own << 1 & !(own >> 1 | own & 1 << last) & calendar
        };
        self.choose(2, ends, &mut |this, abandons| {
            let obeys = obeys & this.assumptions.of_happenings(2, abandons);
            this.found(&[*hold, *captures, *abandons], obeys)
        })
    }

    /// What must happen, and a few more: on some of the days on which it can, but that a part's deed is the group's.
    fn choose(
        &mut self,
        row: usize,
        can: impl Fn(Party) -> Days,
        found: &mut dyn FnMut(&mut Self, &Row) -> Result<(), TooMany>,
    ) -> Result<(), TooMany> {
        let (must, given) = (self.demanded.must[row], self.demanded.somebody[row]);
        let may = Party::ALL.map(|party| can(party) & !self.demanded.never[row][party.index()]);
        let told: Row = std::array::from_fn(|party| self.told(row, party));
        if (0..4).any(|p| must[p] & !may[p] != 0) {
            return Ok(());
        }
        if given == 0 && (0..4).all(|p| may[p] & told[p] & !must[p] == 0) {
            // Nothing to choose: it is as recorded, and the group's part in it is among that.
            return found(self, &must);
        }
        let mut sets = [0; 4];
        few(may[1] & told[1] & !must[1], given, self.more, &mut |part, more| {
            sets[1] = must[1] | part;
            let group = must[0] | sets[1];
            if group & !may[0] != 0 {
                return Ok(());
            }
            few(may[0] & !group & told[0], given, more, &mut |own, more| {
                sets[0] = group | own;
                few(may[2] & !must[2] & told[2], given, more, &mut |rival, more| {
                    sets[2] = must[2] | rival;
                    few(may[3] & !must[3] & told[3], given, more, &mut |other, _| {
                        sets[3] = must[3] | other;
                        if given & !(sets[0] | sets[2] | sets[3]) == 0 { found(self, &sets) } else { Ok(()) }
                    })
                })
            })
        })
    }
}

/// All choices of a few days: those of `given` cost nothing, of the others there are `more` at the most. With each choice, how
/// many are left.
fn few(days: Days, given: Days, more: usize, each_choice: &mut dyn FnMut(Days, usize) -> Result<(), TooMany>) -> Result<(), TooMany> {
    fn step(
        rest: Days,
        chosen: Days,
        given: Days,
        more: usize,
        each_choice: &mut dyn FnMut(Days, usize) -> Result<(), TooMany>,
    ) -> Result<(), TooMany> {
        let rest = if more == 0 { rest & given } else { rest };
        if rest == 0 {
            return each_choice(chosen, more);
        }
        let bit = rest & rest.wrapping_neg();
        step(rest & !bit, chosen, given, more, each_choice)?;
        let cost = usize::from(given & bit == 0);
        step(rest & !bit, chosen | bit, given, more - cost, each_choice)
    }
    step(days, 0, given, more, each_choice)
}

/// All subsets of a set of days.
fn subsets(days: Days, each: &mut dyn FnMut(Days) -> Result<(), TooMany>) -> Result<(), TooMany> {
    let mut subset = 0;
    loop {
        each(subset)?;
        subset = (subset | !days).wrapping_add(1) & days;
        if subset == 0 {
            return Ok(());
        }
    }
}
