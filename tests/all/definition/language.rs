//! The part of the language that the definition speaks: what facts and claims may say, and how it is written down.
//!
//! Few names on purpose, so that references meet: a group with one part, a rival, and somebody whom nobody names; two named
//! capitals of three. Days are numbers from 0; [`Calendar`] says how many there are.

use std::fmt::Write as _;

/// A day's number, or a day that lies outside the calendar.
pub type Day = i32;

/// A set of days, one bit each: a calendar has at most sixteen.
pub type Days = u16;

/// How many days a world has. Before the first nothing was so yet; after the last it is as on that.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Calendar {
    pub days: Day,
    /// The record ends on this day.
    pub horizon: Day,
}

/// Who acts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Party {
    /// A group.
    Rebels,
    /// A part of it.
    Hts,
    /// A rival of both.
    Army,
    /// Somebody whom nobody names, a rival of all others. Facts and claims speak of him only as "somebody".
    Other,
}

impl Party {
    pub const ALL: [Self; 4] = [Self::Rebels, Self::Hts, Self::Army, Self::Other];

    pub fn index(self) -> usize {
        self as usize
    }

    /// The group whose deeds this one's are, itself where there is none.
    pub fn group(self) -> Self {
        if self == Self::Hts { Self::Rebels } else { self }
    }

    /// What `self` does, `other` does.
    pub fn acts_for(self, other: Self) -> bool {
        self == other || self.group() == other
    }

    /// Whether both count as one holder.
    pub fn one_side(self, other: Self) -> bool {
        self.group() == other.group()
    }

    pub fn name(self) -> &'static str {
        match self {
            Self::Rebels => "the rebels",
            Self::Hts => "HTS",
            Self::Army => "the army",
            Self::Other => unreachable!("nobody names him"),
        }
    }

    fn plural(self) -> bool {
        self == Self::Rebels
    }
}

/// Where: two capitals with names and a third that nobody names.
pub type Place = usize;
pub const PLACES: usize = 3;
pub const NAMED_PLACES: [Place; 2] = [0, 1];
const PLACE_NAMES: [&str; 2] = ["Aleppo", "Hama"];

/// What is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verb {
    /// A state with one holder at a time.
    Hold,
    /// A state that several may share.
    Patrol,
    /// An event that starts holding; one a place.
    Capture,
    /// An event that ends holding; once for each who leaves.
    Abandon,
    /// An event that may happen again.
    Attack,
    /// An event that happens to a place once, and touches nothing else.
    Raze,
}

impl Verb {
    pub fn index(self) -> usize {
        self as usize
    }

    pub fn is_state(self) -> bool {
        matches!(self, Self::Hold | Self::Patrol)
    }

    /// Base form, past and participle.
    fn forms(self) -> [&'static str; 3] {
        match self {
            Self::Hold => ["hold", "held", "held"],
            Self::Patrol => ["patrol", "patrolled", "patrolled"],
            Self::Capture => ["capture", "captured", "captured"],
            Self::Abandon => ["abandon", "abandoned", "abandoned"],
            Self::Attack => ["attack", "attacked", "attacked"],
            Self::Raze => ["raze", "razed", "razed"],
        }
    }
}

/// A stretch of days, first and last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    pub first: Day,
    pub last: Day,
    pub named: Named,
}

/// How a window is written. The first three days of a calendar stand for all days up to the last but one of a year: the first
/// for all before its last month. The last day stands for all after the first month of the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Named {
    /// Day by day.
    Days,
    /// Of the two months that meet within the calendar.
    Month,
    /// Of the two years; then the first day stands for all before the first, and the last for all after the second.
    Year,
}

/// The last day of the first month, and of the first year.
pub const LAST_OF_FIRST: Day = 3;

impl Window {
    pub fn day(day: Day) -> Self {
        Self { first: day, last: day, named: Named::Days }
    }
}

/// How a number is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bound {
    Bare,
    Exactly,
    AtLeast,
    MoreThan,
    FewerThan,
}

impl Bound {
    pub const ALL: [Self; 5] = [Self::Bare, Self::Exactly, Self::AtLeast, Self::MoreThan, Self::FewerThan];

    fn words(self) -> &'static str {
        match self {
            Self::Bare => "",
            Self::Exactly => "exactly ",
            Self::AtLeast => "at least ",
            Self::MoreThan => "more than ",
            Self::FewerThan => "fewer than ",
        }
    }
}

/// Which side of another happening.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    Before,
    After,
    /// `within N days of`
    Near,
}

/// When.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum When {
    /// The past tense alone.
    Undated,
    /// The present tense.
    Now,
    On(Window),
    Throughout(Window),
    AsOf(Window),
    By(Window),
    Before(Window),
    After(Window),
    Since(Window),
    Until(Window),
    FromTo(Window, Window),
    Between(Window, Window),
    /// "has held for three days"
    For(Bound, Day),
    /// "before the army attacked Hama", "two days after …"
    Order {
        side: Side,
        distance: Option<(Bound, Day)>,
        other: Box<Clause>,
    },
}

/// Small words that change how a clause is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    Plain,
    Not,
    Never,
    Still,
    NoLonger,
    Again,
    First,
}

/// Who does what where, and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clause {
    pub verb: Verb,
    /// Nobody where it is not said who.
    pub who: Option<Party>,
    pub place: Place,
    pub form: Form,
    pub when: When,
}

/// A fact, perhaps only reported.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fact {
    Said(Clause),
    /// "according to the army, …"
    Reported(Party, Clause),
    /// "on D the rebels held only Aleppo of the capitals"
    Only {
        who: Party,
        verb: Verb,
        day: Day,
        places: Vec<Place>,
    },
}

/// Which places are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// There are three.
    Capital,
    /// There may be any number of others.
    City,
}

/// A claim.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Claim {
    One(Clause),
    /// "according to the army, …": what somebody is recorded as saying, whether or not it is so.
    According(Party, Box<Claim>),
    /// All of these.
    All(Vec<Claim>),
    /// At least one of these.
    Any(Vec<Claim>),
    /// "held both Aleppo and Hama", "held Aleppo or Hama", "neither": one clause for two places.
    Places {
        clause: Clause,
        how: Joined,
    },
    /// "held only Aleppo of the capitals"
    Only {
        clause: Clause,
        places: Vec<Place>,
    },
    /// "held at least two capitals"
    Count {
        clause: Clause,
        bound: Bound,
        number: i32,
        kind: Kind,
    },
    /// "held no capital"
    NoPlace {
        clause: Clause,
        kind: Kind,
    },
}

/// How two places are joined.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Joined {
    And,
    Or,
    Neither,
}

/// The vocabulary of these tests; small, so that a world is read in no time.
pub const VOCABULARY: &str = "\
kind party
kind place
kind statement
kind city, cities: place
kind capital: city, 3 in all
name the rebels: party
name HTS: party, part of the rebels
name the army: party
name Aleppo, Hama: capital
verb hold held held
double patrol
state control(holder: party, place)
    one holder per place
    say {holder} <hold> {place}
state patrol(party, place)
    say {party} <patrol> {place}
event capture(party, place)
    once per place
    starts control(party, place)
    say {party} <capture> {place}
event abandon(party, place)
    ends control(party, place)
    say {party} <abandon> {place}
event attack(party, place)
    repeatable
    say {party} <attack> {place}
event raze(party, place)
    once per place
    say {party} <raze> {place}
event say(speaker: party, statement)
    repeatable
    speech
    say {speaker} <say> {statement}
";

/// A day as it is written: day 0 is 28 December 2023, so that a month and a year end on day 3.
pub fn date(day: Day) -> String {
    // Two months are enough for every calendar that is used here.
    let number = 31 - LAST_OF_FIRST + day;
    if number <= 31 { format!("2023-12-{number:02}") } else { format!("2024-01-{:02}", number - 31) }
}

fn window(window: Window) -> String {
    let first = window.last <= LAST_OF_FIRST;
    match window.named {
        Named::Month => (if first { "December 2023" } else { "January 2024" }).to_owned(),
        Named::Year => (if first { "2023" } else { "2024" }).to_owned(),
        Named::Days if window.first == window.last => date(window.first),
        Named::Days => format!("{}/{}", date(window.first), date(window.last)),
    }
}

fn on(w: Window) -> String {
    if w.first == w.last && w.named == Named::Days { format!("on {}", window(w)) } else { format!("in {}", window(w)) }
}

fn days(bound: Bound, number: Day) -> String {
    let words = match bound {
        Bound::FewerThan => "less than ",
        other => other.words(),
    };
    format!("{words}{number} {}", if number == 1 { "day" } else { "days" })
}

impl When {
    fn words(&self) -> String {
        match self {
            Self::Undated | Self::Now => String::new(),
            Self::On(w) => format!(" {}", on(*w)),
            Self::Throughout(w) => format!(" throughout {}", window(*w)),
            Self::AsOf(w) => format!(" as of {}", window(*w)),
            Self::By(w) => format!(" by {}", window(*w)),
            Self::Before(w) => format!(" before {}", window(*w)),
            Self::After(w) => format!(" after {}", window(*w)),
            Self::Since(w) => format!(" since {}", window(*w)),
            Self::Until(w) => format!(" until {}", window(*w)),
            Self::FromTo(a, b) => format!(" from {} to {}", window(*a), window(*b)),
            Self::Between(a, b) => format!(" between {} and {}", window(*a), window(*b)),
            Self::For(bound, number) => format!(" for {}", days(*bound, *number)),
            Self::Order { side, distance, other } => {
                let mut text = String::from(" ");
                match (side, distance) {
                    (Side::Near, Some((_, number))) => {
                        // "within N days of" takes a noun; "within N days after" a clause.
                        let _ = write!(text, "within {} after", days(Bound::Bare, *number));
                    }
                    (side, Some((bound, number))) => {
                        let word = if *side == Side::Before { "before" } else { "after" };
                        let _ = write!(text, "{} {word}", days(*bound, *number));
                    }
                    (side, None) => text.push_str(if *side == Side::Before { "before" } else { "after" }),
                }
                let _ = write!(text, " {}", other.words());
                text
            }
        }
    }
}

impl Clause {
    pub fn plain(verb: Verb, who: Option<Party>, place: Place, when: When) -> Self {
        Self { verb, who, place, form: Form::Plain, when }
    }

    pub fn words(&self) -> String {
        self.about(PLACE_NAMES.get(self.place).copied().unwrap_or("somewhere"))
    }

    /// The clause with these words for the place.
    fn about(&self, place: &str) -> String {
        let [base, past, participle] = self.verb.forms();
        let perfect = matches!(self.when, When::Since(_) | When::For(..)) && self.verb.is_state() || matches!(self.when, When::Since(_));
        let when = self.when.words();
        let Some(who) = self.who else {
            // Passive: nobody says who.
            let be = match self.form {
                Form::Not => "was not",
                Form::Never => "was never",
                _ if perfect => "has been",
                _ => "was",
            };
            let again = self.tail();
            return format!("{place} {be} {participle}{again}{when}");
        };
        let name = who.name();
        let (has, does) = if who.plural() { ("have", "do") } else { ("has", "does") };
        let present = if who.plural() { base.to_owned() } else { format!("{base}s") };
        let verb = match (self.form, &self.when) {
            (Form::Not, When::Now) => format!("{does} not {base}"),
            (Form::Not, _) => format!("did not {base}"),
            (Form::Never, _) => format!("never {past}"),
            (Form::Still, When::Now) => format!("still {present}"),
            (Form::Still, _) => format!("still {past}"),
            (Form::NoLonger, When::Now) => format!("no longer {present}"),
            (Form::NoLonger, _) => format!("no longer {past}"),
            (_, When::Now) => present,
            _ if perfect => format!("{has} {participle}"),
            _ => past.to_owned(),
        };
        format!("{name} {verb} {place}{}{when}", self.tail())
    }

    fn tail(&self) -> &'static str {
        match self.form {
            Form::Again => " again",
            Form::First => " for the first time",
            _ => "",
        }
    }
}

impl Fact {
    pub fn words(&self) -> String {
        match self {
            Self::Said(clause) => clause.words(),
            Self::Reported(who, clause) => format!("according to {}, {}", who.name(), clause.words()),
            Self::Only { who, verb, day, places } => {
                let [_, past, _] = verb.forms();
                format!("on {} {} {past} only {} of the capitals", date(*day), who.name(), listed(places))
            }
        }
    }
}

fn listed(places: &[Place]) -> String {
    places.iter().map(|place| PLACE_NAMES[*place]).collect::<Vec<_>>().join(" and ")
}

impl Claim {
    pub fn words(&self) -> String {
        let join = |parts: &[Self], word: &str| parts.iter().map(Self::words).collect::<Vec<_>>().join(word);
        match self {
            Self::One(clause) => clause.words(),
            Self::According(who, content) => format!("according to {}, {}", who.name(), content.words()),
            Self::All(parts) => join(parts, " and "),
            Self::Any(parts) => join(parts, " or "),
            Self::Places { clause, how } => clause.about(match how {
                Joined::And => "both Aleppo and Hama",
                Joined::Or => "Aleppo or Hama",
                Joined::Neither => "neither Aleppo nor Hama",
            }),
            Self::Only { clause, places } => clause.about(&format!("only {} of the capitals", listed(places))),
            Self::Count { clause, bound, number, kind } => {
                let noun = match (kind, number) {
                    (Kind::Capital, 1) => "capital",
                    (Kind::Capital, _) => "capitals",
                    (Kind::City, 1) => "city",
                    (Kind::City, _) => "cities",
                };
                clause.about(&format!("{}{number} {noun}", bound.words()))
            }
            Self::NoPlace { clause, kind } => clause.about(if *kind == Kind::Capital { "no capital" } else { "no city" }),
        }
    }
}
