//! A small generator of fact bases and claims: five parties of which two are parts of one, three cities, half a year.

use factum::time::Day;
use proptest::prelude::*;

/// How a world is written: all its days moved by so many, and whether things go by their other names.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Spelling {
    pub shift: i64,
    pub aliases: bool,
}

const PARTIES: [(&str, &str, &str); 5] = [
    ("the rebels", "the insurgents", "armed group"),
    ("HTS", "the vanguard", "militant group, part of the rebels"),
    ("SNA", "the brigade", "militant group, part of the rebels"),
    ("the army", "the military", "armed force"),
    ("the militia", "the volunteers", "militia"),
];
const CITIES: [(&str, &str); 3] = [("Aleppo", "Halab"), ("Hama", "Hamath"), ("Homs", "Emesa")];

/// The group in [`PARTIES`], and its two parts.
pub const GROUP: usize = 0;
pub const PARTS: [usize; 2] = [1, 2];

/// Days are counted from 1 March 2024; the record ends after the last of them.
const LAST: i64 = 180;

fn day(number: i64, spelling: Spelling) -> Day {
    Day::from_ymd(2024, 3, 1).unwrap().plus(number + spelling.shift)
}

/// What a fact or a claim speaks of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verb {
    Capture,
    Hold,
    Attack,
}

impl Verb {
    fn past(self) -> &'static str {
        match self {
            Self::Capture => "captured",
            Self::Hold => "held",
            Self::Attack => "attacked",
        }
    }

    fn base(self) -> &'static str {
        match self {
            Self::Capture => "capture",
            Self::Hold => "hold",
            Self::Attack => "attack",
        }
    }
}

/// A time word with its days; a window has its first day and how many more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    Ever,
    On(i64),
    /// One of these days: `[a..b]`.
    OneOf(i64, i64),
    /// In the course of these days: `a/b`.
    In(i64, i64),
    By(i64),
    Before(i64),
    After(i64),
    Throughout(i64, i64),
    Since(i64),
    Until(i64),
    FromTo(i64, i64),
}

impl When {
    fn text(self, spelling: Spelling) -> String {
        let day = |number| day(number, spelling);
        match self {
            Self::Ever => String::new(),
            Self::On(a) => format!(" on {}", day(a)),
            Self::OneOf(a, more) => format!(" on [{}..{}]", day(a), day(a + more)),
            Self::In(a, more) => format!(" in {}/{}", day(a), day(a + more)),
            Self::By(a) => format!(" by {}", day(a)),
            Self::Before(a) => format!(" before {}", day(a)),
            Self::After(a) => format!(" after {}", day(a)),
            Self::Throughout(a, more) => format!(" throughout {}/{}", day(a), day(a + more)),
            Self::Since(a) => format!(" since {}", day(a)),
            Self::Until(a) => format!(" until {}", day(a)),
            Self::FromTo(a, more) => format!(" from {} to {}", day(a), day(a + more)),
        }
    }
}

/// A fact of the base.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fact {
    pub party: usize,
    pub verb: Verb,
    pub city: usize,
    pub when: When,
}

/// A claim about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Claim {
    pub party: usize,
    pub verb: Verb,
    pub city: usize,
    pub when: When,
    pub negated: bool,
}

fn sentence(party: usize, verb: Verb, city: usize, when: When, negated: bool, spelling: Spelling) -> String {
    let (name, alias, _) = PARTIES[party];
    let (place, other) = CITIES[city];
    let party = if spelling.aliases { alias } else { name };
    let city = if spelling.aliases { other } else { place };
    // "HTS has", "the rebels have": which of the two is no matter of what is meant.
    let said = match (when, negated) {
        (When::Since(_), false) => format!("has {}", verb.past()),
        (When::Since(_), true) => format!("has not {}", verb.past()),
        (_, false) => verb.past().to_owned(),
        (_, true) => format!("did not {}", verb.base()),
    };
    format!("{party} {said} {city}{}", when.text(spelling))
}

impl Fact {
    pub fn text(&self, spelling: Spelling) -> String {
        sentence(self.party, self.verb, self.city, self.when, false, spelling)
    }

    /// The claim that repeats it.
    pub fn claim(&self) -> Claim {
        Claim { party: self.party, verb: self.verb, city: self.city, when: self.when, negated: false }
    }
}

impl Claim {
    pub fn text(&self, spelling: Spelling) -> String {
        sentence(self.party, self.verb, self.city, self.when, self.negated, spelling)
    }

    pub fn denied(self) -> Self {
        Self { negated: true, ..self }
    }
}

/// The fact file.
pub fn world(facts: &[Fact], spelling: Spelling) -> String {
    let mut text = format!("horizon {}\n", day(LAST, spelling));
    for (name, alias, kind) in PARTIES {
        text.push_str(&format!("name {name}, also {alias}: {kind}\n"));
    }
    for (name, alias) in CITIES {
        text.push_str(&format!("name {name}, also {alias}: city\n"));
    }
    for fact in facts {
        text.push_str(&fact.text(spelling));
        text.push('\n');
    }
    text
}

const DAYS: std::ops::Range<i64> = 0..LAST - 40;

fn event_when() -> impl Strategy<Value = When> {
    prop_oneof![
        4 => DAYS.prop_map(When::On),
        2 => (DAYS, 1..30_i64).prop_map(|(a, more)| When::OneOf(a, more)),
        1 => DAYS.prop_map(When::By),
        1 => DAYS.prop_map(When::Before),
        1 => DAYS.prop_map(When::After),
        1 => Just(When::Ever),
    ]
}

fn state_when() -> impl Strategy<Value = When> {
    prop_oneof![
        2 => DAYS.prop_map(When::Since),
        2 => (DAYS, 1..40_i64).prop_map(|(a, more)| When::FromTo(a, more)),
        2 => DAYS.prop_map(When::On),
        1 => (DAYS, 1..20_i64).prop_map(|(a, more)| When::Throughout(a, more)),
        1 => DAYS.prop_map(When::Until),
        1 => DAYS.prop_map(When::By),
    ]
}

pub fn fact() -> impl Strategy<Value = Fact> {
    let event = (prop_oneof![3 => Just(Verb::Capture), 1 => Just(Verb::Attack)], event_when());
    let state = (Just(Verb::Hold), state_when());
    let said = prop_oneof![1 => event.boxed(), 1 => state.boxed()];
    // Few cities, so that facts meet.
    (0..PARTIES.len(), 0..2_usize, said).prop_map(|(party, city, (verb, when))| Fact { party, verb, city, when })
}

pub fn some_facts() -> impl Strategy<Value = Vec<Fact>> {
    prop::collection::vec(fact(), 1..5)
}

/// Time words under which a claim is a plain question about days: what it denies is that, and no beginning or end.
pub fn plain_when() -> impl Strategy<Value = When> {
    prop_oneof![
        3 => DAYS.prop_map(When::On),
        3 => (DAYS, 1..40_i64).prop_map(|(a, more)| When::In(a, more)),
        1 => DAYS.prop_map(When::By),
        1 => DAYS.prop_map(When::Before),
        1 => DAYS.prop_map(When::After),
        1 => Just(When::Ever),
    ]
}

fn claim_of(when: impl Strategy<Value = (Verb, When)>) -> impl Strategy<Value = Claim> {
    (0..PARTIES.len(), 0..3_usize, when).prop_map(|(party, city, (verb, when))| Claim { party, verb, city, when, negated: false })
}

fn any_verb() -> impl Strategy<Value = Verb> {
    prop_oneof![4 => Just(Verb::Capture), 4 => Just(Verb::Hold), 1 => Just(Verb::Attack)]
}

/// A claim under a plain time word.
pub fn plain_claim() -> impl Strategy<Value = Claim> {
    claim_of((any_verb(), plain_when()))
}

/// A claim under any time word.
pub fn any_claim() -> impl Strategy<Value = Claim> {
    prop_oneof![2 => claim_of((any_verb(), plain_when())).boxed(), 1 => claim_of((Just(Verb::Hold), state_when())).boxed()]
}
