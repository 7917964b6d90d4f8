//! The part of the language that the definition speaks: what facts and claims may say.
//!
//! Few names on purpose, so that references meet: a group with one part, a rival, and somebody whom nobody names; two named
//! capitals of three. Days are numbers from 0; [`Calendar`] says how many there are.

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

    pub fn plural(self) -> bool {
        self == Self::Rebels
    }
}

/// Where: two capitals with names and a third that nobody names.
pub type Place = usize;
pub const PLACES: usize = 3;
pub const NAMED_PLACES: [Place; 2] = [0, 1];

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
    pub fn forms(self) -> [&'static str; 3] {
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

impl Clause {
    pub fn plain(verb: Verb, who: Option<Party>, place: Place, when: When) -> Self {
        Self { verb, who, place, form: Form::Plain, when }
    }
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
