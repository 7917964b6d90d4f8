//! Worlds, enumerated.
//!
//! A world says for every verb, place and party on which days it is so. Matters that cannot touch one another are kept in
//! *cells*: who holds a place and how it changes hands is one; everything else is a cell of its own for each verb and place.
//! A cell's worlds are all day sets that obey the meaning of the words (a part's deed is the group's, one holder, what an
//! event starts and ends) and the facts that speak of the cell. Facts that date one happening by another tie two cells.
//!
//! A fact's own unknown days (on *which* day of the window?) belong to the world: its [`Record`] says what the record then
//! says of which day, and the assumptions are about that.

use super::language::{Calendar, Clause, Day, Days, Fact, Form, PLACES, Party, Place, Side, Verb, When, Window};

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

    fn verbs(self) -> [Option<Verb>; 3] {
        match self {
            Self::Control(_) => [Some(Verb::Hold), Some(Verb::Capture), Some(Verb::Abandon)],
            Self::Shared(verb, ..) | Self::Event(verb, _) => [Some(verb), None, None],
        }
    }

    fn place(self) -> Place {
        match self {
            Self::Control(place) | Self::Shared(_, place, _) | Self::Event(_, place) => place,
        }
    }
}

/// The days of each party, for the (up to) three verbs of a cell.
pub type Sets = [[Days; 4]; 3];

/// The days of everything that a question looks at.
#[derive(Clone, Debug)]
pub struct World {
    days: [[[Days; 4]; PLACES]; 6],
}

impl World {
    pub fn empty() -> Self {
        Self { days: [[[0; 4]; PLACES]; 6] }
    }

    pub fn put(&mut self, cell: Cell, sets: &Sets) {
        for (verb, set) in cell.verbs().into_iter().zip(sets) {
            let Some(verb) = verb else { continue };
            let all = &mut self.days[verb.index()][cell.place()];
            match cell {
                Cell::Shared(_, _, side) => {
                    for party in Party::ALL.into_iter().filter(|party| party.one_side(side)) {
                        all[party.index()] = set[party.index()];
                    }
                }
                _ => *all = *set,
            }
        }
    }

    /// On which days it is so; for nobody in particular, the days of everybody.
    pub fn days(&self, verb: Verb, place: Place, who: Option<Party>) -> Days {
        let sets = &self.days[verb.index()][place];
        who.map_or_else(|| sets.iter().fold(0, |all, one| all | one), |who| sets[who.index()])
    }
}

/// What a fact says, once its own unknown days are chosen.
#[derive(Clone, Debug, Default)]
pub struct Record {
    /// Days on which a state is recorded.
    pub held: Vec<Held>,
    /// Days on which it is recorded as not being so.
    pub out: Vec<Out>,
    /// Recorded happenings.
    pub happened: Vec<Happened>,
    /// Happenings that are denied: no such day.
    pub denied: Vec<(Verb, Option<Party>, Days)>,
    /// The chosen day, for a fact that ties two cells.
    pub key: Day,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Held {
    pub verb: Verb,
    pub who: Option<Party>,
    pub from: Day,
    pub to: Day,
    /// It is recorded to begin on `from`.
    pub begins: bool,
    /// It is recorded to end on `to`, or nothing is said of its going on.
    pub closed: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Out {
    pub verb: Verb,
    pub who: Party,
    pub from: Day,
    pub to: Day,
    /// Said only to tell that a beginning is one: since when it had not been so, it does not say.
    pub soft: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Happened {
    pub verb: Verb,
    pub who: Option<Party>,
    pub day: Day,
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
    (0..16).filter(move |day| days >> day & 1 == 1)
}

/// What a fact demands of one cell: one of these.
#[derive(Clone, Debug)]
pub struct Demand {
    pub cell: Cell,
    pub choices: Vec<Record>,
    /// For a fact that ties two happenings: which fact, and whether this is the happening that it dates itself by.
    pub tie: Option<(usize, bool)>,
}

/// Two chosen days that go together.
#[derive(Clone, Debug)]
pub struct Tie {
    pub fact: usize,
    pub side: Side,
    pub distance: Option<Day>,
}

impl Tie {
    pub fn fits(&self, day: Day, other: Day) -> bool {
        let apart = if self.side == Side::Before { other - day } else { day - other };
        self.distance.map_or(apart > 0, |distance| apart == distance)
    }
}

/// A fact as demands on cells: its strong reading.
pub fn demands(number: usize, fact: &Fact, calendar: Calendar) -> (Vec<Demand>, Option<Tie>) {
    match fact {
        Fact::Said(clause) | Fact::Reported(clause) => {
            let cell = Cell::of(clause.verb, clause.place, clause.who);
            if let When::Order { side, distance, other } = &clause.when {
                let own = happenings(&Clause { when: When::Undated, ..clause.clone() }, calendar);
                let mut anchor = happenings(other, calendar);
                // "two days after the fall of X": after its last fall before that.
                for record in &mut anchor {
                    let (day, apart) = (record.key, distance.map_or(0, |(_, days)| days));
                    let between = if *side == Side::Before {
                        stretch(day - apart + 1, day - 1, calendar)
                    } else {
                        stretch(day + 1, day + apart - 1, calendar)
                    };
                    record.denied.push((other.verb, other.who, between));
                }
                let there = Cell::of(other.verb, other.place, other.who);
                let demands = vec![
                    Demand { cell, choices: own, tie: Some((number, false)) },
                    Demand { cell: there, choices: anchor, tie: Some((number, true)) },
                ];
                return (demands, Some(Tie { fact: number, side: *side, distance: distance.map(|(_, days)| days) }));
            }
            let choices = if clause.verb.is_state() { holdings(clause, calendar) } else { happenings(clause, calendar) };
            (vec![Demand { cell, choices, tie: None }], None)
        }
        Fact::Only { who, verb, day, places } => {
            let one = |place: Place| {
                let mut record = Record::default();
                if places.contains(&place) {
                    record.held.push(Held { verb: *verb, who: Some(*who), from: *day, to: *day, begins: false, closed: false });
                } else {
                    record.out.push(Out { verb: *verb, who: *who, from: *day, to: *day, soft: false });
                }
                Demand { cell: Cell::of(*verb, place, Some(*who)), choices: vec![record], tie: None }
            };
            ((0..PLACES).map(one).collect(), None)
        }
    }
}

/// A fact about a happening: on each day on which its words put it.
fn happenings(clause: &Clause, calendar: Calendar) -> Vec<Record> {
    let horizon = calendar.horizon;
    let days = match &clause.when {
        When::Undated => stretch(0, horizon, calendar),
        When::On(w) => stretch(w.first, w.last, calendar),
        When::By(w) => stretch(0, w.last, calendar),
        When::Before(w) => stretch(0, w.first - 1, calendar),
        When::After(w) => stretch(w.last + 1, horizon, calendar),
        other => unreachable!("no fact about a happening says {other:?}"),
    };
    if clause.form == Form::Not {
        return vec![Record { denied: vec![(clause.verb, clause.who, days)], ..Record::default() }];
    }
    each(days).map(|day| happened(clause.verb, clause.who, day)).collect()
}

/// That something happened on a day, with what it starts and ends.
fn happened(verb: Verb, who: Option<Party>, day: Day) -> Record {
    let mut record = Record { happened: vec![Happened { verb, who, day }], key: day, ..Record::default() };
    match (verb, who) {
        (Verb::Capture, Some(party)) => {
            record.held.push(Held { verb: Verb::Hold, who, from: day, to: day, begins: true, closed: false });
            record.out.push(Out { verb: Verb::Hold, who: party.group(), from: day - 1, to: day - 1, soft: true });
        }
        (Verb::Capture, None) => {
            record.held.push(Held { verb: Verb::Hold, who, from: day, to: day, begins: false, closed: false });
        }
        (Verb::Abandon, Some(party)) => {
            record.held.push(Held { verb: Verb::Hold, who, from: day - 1, to: day - 1, begins: false, closed: true });
            record.out.push(Out { verb: Verb::Hold, who: party, from: day + 1, to: day + 1, soft: false });
        }
        _ => {}
    }
    record
}

/// A fact about a state: the strong reading of its time word, day by day.
fn holdings(clause: &Clause, calendar: Calendar) -> Vec<Record> {
    let (verb, horizon) = (clause.verb, calendar.horizon);
    let party = clause.who.expect("a fact about a state says who");
    let held = |from: Day, to: Day, begins: bool, closed: bool| Held { verb, who: Some(party), from, to, begins, closed };
    let out = |from: Day, to: Day, soft: bool| Out { verb, who: party, from, to, soft };
    let on = |day: Day| Record { held: vec![held(day, day, false, false)], ..Record::default() };
    let days = |w: &Window| w.first..=w.last;
    match (clause.form, &clause.when) {
        (Form::Not, When::On(w)) => vec![Record { out: vec![out(w.first, w.last, false)], ..Record::default() }],
        (Form::Plain, When::Undated) => (0..=horizon).map(on).collect(),
        (Form::Plain, When::Now) => vec![on(horizon)],
        (Form::Plain, When::On(w)) => days(w).map(on).collect(),
        (Form::Plain, When::Throughout(w)) => {
            vec![Record { held: vec![held(w.first, w.last, false, false)], ..Record::default() }]
        }
        (Form::Plain, When::AsOf(w) | When::By(w)) => vec![on(w.last)],
        (Form::Plain, When::Before(w)) => (0..w.first).map(on).collect(),
        (Form::Plain, When::Since(w)) => days(w)
            .filter(|start| *start <= horizon)
            .map(|start| Record {
                held: vec![held(start, horizon, true, false)],
                out: vec![out(start - 1, start - 1, true)],
                ..Record::default()
            })
            .collect(),
        (Form::Plain, When::Until(w)) => (w.first - 1..=w.last)
            .map(|last| Record {
                held: vec![held(last, last, false, true)],
                out: vec![out(last + 1, last + 1, false)],
                ..Record::default()
            })
            .collect(),
        (Form::Plain, When::FromTo(first, last)) => days(first)
            .flat_map(|start| days(last).filter(move |end| start <= *end).map(move |end| (start, end)))
            .map(|(start, end)| Record {
                held: vec![held(start, end, true, true)],
                out: vec![out(start - 1, start - 1, true), out(end + 1, end + 1, false)],
                ..Record::default()
            })
            .collect(),
        other => unreachable!("no fact about a state says {other:?}"),
    }
}

/// What the record says of one cell, once the unknown days of all facts that speak of it are chosen.
pub struct Recorded<'r> {
    pub records: &'r [&'r Record],
}

impl Recorded<'_> {
    pub fn held(&self) -> impl Iterator<Item = &Held> {
        self.records.iter().flat_map(|record| &record.held)
    }

    pub fn out(&self) -> impl Iterator<Item = &Out> {
        self.records.iter().flat_map(|record| &record.out)
    }

    pub fn happened(&self) -> impl Iterator<Item = &Happened> {
        self.records.iter().flat_map(|record| &record.happened)
    }
}

/// Which parties and verbs a cell's worlds tell apart; all else is left out of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Scope {
    pub parties: [bool; 4],
    pub captures: bool,
    pub abandons: bool,
    /// How many stretches of a state, or happenings, a world may have beyond those that are recorded. What a claim asks is
    /// answered by as many as it speaks of; more of them are more of the same.
    pub more: usize,
}

/// Calls `found` with every world of a cell that obeys the words and what is recorded. `left` is how many are still looked at;
/// at 0 there were too many.
pub fn worlds(
    cell: Cell,
    scope: Scope,
    recorded: &Recorded<'_>,
    calendar: Calendar,
    left: &std::cell::Cell<u32>,
    found: &mut dyn FnMut(&Sets),
) {
    // What must and must not be, for each verb of the cell.
    let mut must: Sets = [[0; 4]; 3];
    let mut never: Sets = [[0; 4]; 3];
    let mut somebody: [Days; 3] = [0; 3];
    let verbs = cell.verbs();
    let row = |verb: Verb| verbs.iter().position(|v| *v == Some(verb));
    let everybody = stretch(0, calendar.days - 1, calendar);
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
        for party in Party::ALL {
            if !scope.parties[party.index()] {
                never[row][party.index()] = everybody;
            }
            if must[row][party.index()] & never[row][party.index()] != 0 {
                return;
            }
        }
    }
    let limits = Limits { must, never, somebody, scope, calendar };
    let found = &mut |sets: &Sets| {
        left.set(left.get().saturating_sub(1));
        if left.get() > 0 {
            found(sets);
        }
    };
    let telling = recorded.records.iter().filter(|record| !record.held.is_empty() || !record.happened.is_empty()).count();
    match cell {
        Cell::Control(_) => limits.histories(&mut [0; 4], 0, telling + scope.more, left, found),
        Cell::Shared(..) => limits.shared(0, &mut [0; 4], found),
        Cell::Event(..) => limits.events(0, &mut [0; 4], scope.more, found),
    }
}

struct Limits {
    must: Sets,
    never: Sets,
    somebody: [Days; 3],
    scope: Scope,
    calendar: Calendar,
}

impl Limits {
    /// What must happen, and a few more: on any days, but that a part's deed is the group's.
    fn events(&self, party: usize, sets: &mut [Days; 4], more: usize, found: &mut dyn FnMut(&Sets)) {
        if party == 4 {
            let all = sets.iter().fold(0, |all, one| all | one);
            if self.somebody[0] & !all == 0 {
                found(&[*sets, [0; 4], [0; 4]]);
            }
            return;
        }
        // The part comes before its group: what it did is the group's without being one more.
        let party_at = [Party::Hts, Party::Rebels, Party::Army, Party::Other][party].index();
        let own = self.must[0][party_at] | if party_at == Party::Rebels.index() { sets[Party::Hts.index()] } else { 0 };
        let may = stretch(0, self.calendar.days - 1, self.calendar) & !self.never[0][party_at];
        if own & !may != 0 {
            return;
        }
        // Somebody's deed is done by somebody: those days are no more than is recorded.
        few(may & !own, self.somebody[0], more, &mut |added, left| {
            sets[party_at] = own | added;
            self.events(party + 1, sets, left, found);
        });
        sets[party_at] = 0;
    }

    /// Any days at all, but that a part's deed is the group's.
    fn shared(&self, party: usize, sets: &mut [Days; 4], found: &mut dyn FnMut(&Sets)) {
        if party == 4 {
            return found(&[*sets, [0; 4], [0; 4]]);
        }
        // The group comes before its part.
        let within = if party == Party::Hts.index() { sets[0] } else { stretch(0, self.calendar.days - 1, self.calendar) };
        let (must, may) = (self.must[0][party], within & !self.never[0][party]);
        if must & !may != 0 {
            return;
        }
        subsets(may & !must, &mut |more| {
            sets[party] = must | more;
            self.shared(party + 1, sets, found);
        });
        sets[party] = 0;
    }

    /// Who holds the place, day by day.
    fn histories(&self, hold: &mut [Days; 4], day: Day, starts: usize, left: &std::cell::Cell<u32>, found: &mut dyn FnMut(&Sets)) {
        if left.get() == 0 {
            return;
        }
        if day == self.calendar.days {
            if self.handed_over_rightly(hold, day - 1) {
                self.captures(hold, found);
            }
            return;
        }
        let bit: Days = 1 << day;
        for holders in 0..16 {
            let holds = |party: Party| holders >> party.index() & 1 == 1;
            let allowed = Party::ALL.into_iter().all(|party| {
                let p = party.index();
                let (must, never) = (self.must[0][p] & bit != 0, self.never[0][p] & bit != 0);
                (!must || holds(party)) && (!never || !holds(party))
            });
            if !allowed || holds(Party::Hts) && !holds(Party::Rebels) || self.somebody[0] & bit != 0 && holders == 0 {
                continue;
            }
            for (p, set) in hold.iter_mut().enumerate() {
                *set = *set & !bit | (holders >> p & 1) << day;
            }
            // A part that starts together with its group starts once.
            let starting: Vec<Party> = Party::ALL
                .into_iter()
                .filter(|party| holds(*party) && (day == 0 || !has(hold[party.index()], day - 1, self.calendar)))
                .collect();
            let sides = starting.iter().filter(|party| **party != Party::Hts || !starting.contains(&Party::Rebels)).count();
            let Some(starts) = starts.checked_sub(sides) else { continue };
            if day == 0 || self.handed_over_rightly(hold, day - 1) {
                self.histories(hold, day + 1, starts, left, found);
            }
        }
        hold.iter_mut().for_each(|set| *set &= !bit);
    }

    /// One holder a day; two rivals may share a day only as the last of the one and the first of the other.
    fn handed_over_rightly(&self, hold: &[Days; 4], day: Day) -> bool {
        let holds = |party: Party, day: Day| has(hold[party.index()], day, self.calendar);
        Party::ALL.into_iter().all(|a| {
            Party::ALL.into_iter().all(|b| {
                if a >= b || a.one_side(b) || !holds(a, day) || !holds(b, day) {
                    return true;
                }
                let passes = |old: Party, new: Party| !holds(old.group(), day + 1) && !holds(new.group(), day - 1);
                passes(a, b) || passes(b, a)
            })
        })
    }

    /// Who captured the place when: only where somebody starts to hold it.
    fn captures(&self, hold: &[Days; 4], found: &mut dyn FnMut(&Sets)) {
        let starts = |party: Party| -> Days {
            let (own, group) = (hold[party.index()], hold[party.group().index()]);
            own & !(group << 1)
        };
        let may = Party::ALL.map(|party| if self.scope.captures { starts(party) & !self.never[1][party.index()] } else { 0 });
        self.choose(may, 1, &mut |captures| self.abandonments(hold, captures, found));
    }

    /// Who abandoned the place when: held on the day before, not on the day after.
    fn abandonments(&self, hold: &[Days; 4], captures: &[Days; 4], found: &mut dyn FnMut(&Sets)) {
        let last = self.calendar.days - 1;
        let ends = |party: Party| -> Days {
            let own = hold[party.index()];
            own << 1 & !(own >> 1 | own & 1 << last) & stretch(0, last, self.calendar)
        };
        // A part that leaves does not make the group leave: only who stands alone abandons here.
        let may = Party::ALL.map(
            |party| {
                if self.scope.abandons && party != Party::Hts { ends(party) & !self.never[2][party.index()] } else { 0 }
            },
        );
        self.choose(may, 2, &mut |abandons| found(&[*hold, *captures, *abandons]));
    }

    /// What must happen, and a few more: on some of these days, but that a part's deed is the group's.
    fn choose(&self, may: [Days; 4], row: usize, found: &mut dyn FnMut(&[Days; 4])) {
        let must = self.must[row];
        if (0..4).any(|p| must[p] & !may[p] != 0) {
            return;
        }
        let given = self.somebody[row];
        let mut sets = [0; 4];
        few(may[1] & !must[1], given, self.scope.more, &mut |part, more| {
            sets[1] = must[1] | part;
            let group = must[0] | sets[1];
            if group & !may[0] != 0 {
                return;
            }
            few(may[0] & !group, given, more, &mut |own, more| {
                sets[0] = group | own;
                few(may[2] & !must[2], given, more, &mut |rival, more| {
                    sets[2] = must[2] | rival;
                    few(may[3] & !must[3], given, more, &mut |other, _| {
                        sets[3] = must[3] | other;
                        if given & !(sets[0] | sets[2] | sets[3]) == 0 {
                            found(&sets);
                        }
                    });
                });
            });
        });
    }
}

/// All choices of a few days: those of `given` cost nothing, of the others there are `more` at the most. With each choice, how
/// many are left.
fn few(days: Days, given: Days, more: usize, each_choice: &mut dyn FnMut(Days, usize)) {
    fn step(rest: Days, chosen: Days, given: Days, more: usize, each_choice: &mut dyn FnMut(Days, usize)) {
        if rest == 0 {
            return each_choice(chosen, more);
        }
        let bit = rest & rest.wrapping_neg();
        step(rest & !bit, chosen, given, more, each_choice);
        if given & bit != 0 {
            step(rest & !bit, chosen | bit, given, more, each_choice);
        } else if more > 0 {
            step(rest & !bit, chosen | bit, given, more - 1, each_choice);
        }
    }
    step(days, 0, given, more, each_choice);
}

/// All subsets of a set of days.
fn subsets(days: Days, each: &mut dyn FnMut(Days)) {
    let mut subset = 0;
    loop {
        each(subset);
        subset = (subset | !days).wrapping_add(1) & days;
        if subset == 0 {
            return;
        }
    }
}
