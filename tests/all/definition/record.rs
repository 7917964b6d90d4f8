//! What facts demand of worlds: the strong reading of a fact, with its own unknown days chosen in every way.
//!
//! A fact's own unknown days (on *which* day of the window?) belong to the world: its [`Record`] says what the record then
//! says of which day, and the assumptions are about that. Facts that date one happening by another tie two cells.

use super::language::{Calendar, Clause, Day, Days, Fact, Form, PLACES, Party, Place, Side, Verb, When, Window};
use super::worlds::{Cell, each, stretch};

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
        Fact::Said(clause) | Fact::Reported(_, clause) => {
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

impl<'r> Recorded<'r> {
    pub fn held(&self) -> impl Iterator<Item = &'r Held> {
        self.records.iter().flat_map(|record| &record.held)
    }

    pub fn out(&self) -> impl Iterator<Item = &'r Out> {
        self.records.iter().flat_map(|record| &record.out)
    }

    pub fn happened(&self) -> impl Iterator<Item = &'r Happened> {
        self.records.iter().flat_map(|record| &record.happened)
    }
}
