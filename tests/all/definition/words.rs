//! How facts and claims are written down, and the vocabulary that they are written in.

use std::fmt::Write as _;

use super::language::{Bound, Claim, Clause, Day, Fact, Form, Joined, Kind, LAST_OF_FIRST, Named, Place, Side, When, Window};

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

const PLACE_NAMES: [&str; 2] = ["Aleppo", "Hama"];

impl Bound {
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
