//! What is meant: who, relation, whom, when, how many, and who says so.
//!
//! In: what is written (`syntax::ast`) and the vocabulary. Out: a [`Statement`], or one [`Problem`](crate::text::Problem) that points at the
//! word that has no meaning here; and a statement as words again. Never: knows a fact, guesses. Claims, facts and prose
//! share it.

mod adjuncts;
mod amounts;
mod candidates;
mod clause;
mod items;
mod lesson;
mod next;
mod noun_phrase;
mod order;
mod pattern;
mod reader;
mod refusal;
mod remedy;
mod resolve;
mod same;
mod time;
mod verb_group;
mod voice;
mod words;

pub(crate) use items::{Item, ItemKind, items};
pub use lesson::declaring_lines;
pub use next::{Next, next};
pub(crate) use noun_phrase::UNBOUNDED;
pub use remedy::{respelt, understand};
pub use resolve::{Context, resolve};
pub(crate) use same::same_deed;
pub(crate) use verb_group::MODALS;
pub(crate) use words::measured as measure_in_words;
pub use words::{days as days_in_words, in_words, shown as phrasing_in_words};

use crate::syntax::Interval;
use crate::syntax::ast::{Bound, Side};
use crate::text::Span;
use crate::time::{Length, When};
use crate::vocabulary::{KindId, NameId, PhrasingId, RelationId};

/// A statement that has been understood.
#[derive(Clone, Debug, PartialEq)]
pub struct Statement {
    /// What it says.
    pub body: Body,
    /// Where it stands.
    pub span: Span,
}

/// What a statement says.
#[derive(Clone, Debug, PartialEq)]
pub enum Body {
    /// One relation between participants, at some time.
    Clause(Box<Clause>),
    /// All of these.
    All(Vec<Statement>),
    /// At least one of these.
    Any(Vec<Statement>),
    /// "More than ten days passed between … and …"
    Passed(Box<Passed>),
}

/// How long it was from one happening to another.
#[derive(Clone, Debug, PartialEq)]
pub struct Passed {
    /// How exactly the length is meant.
    pub bound: Option<Bound>,
    /// The length.
    pub length: Length,
    /// The earlier happening.
    pub from: Statement,
    /// The later one.
    pub to: Statement,
}

/// One relation between participants.
#[derive(Clone, Debug, PartialEq)]
pub struct Clause {
    /// Which.
    pub relation: RelationId,
    /// Who fills its roles.
    pub roles: Vec<Filler>,
    /// Whether it is denied.
    pub negated: bool,
    /// Present, past, or up to now.
    pub tense: Tense,
    /// When; several that all hold.
    pub times: Vec<Time>,
    /// How it lies in time, beyond a date.
    pub aspect: Aspect,
    /// "for the first time", with the time since when.
    pub first: Option<First>,
    /// Happenings in which it took place.
    pub circumstances: Vec<(NameId, Span)>,
    /// How it was said; none where it was said without a phrasing ("X is a city").
    pub phrasing: Option<PhrasingId>,
    /// Whether the passive was used.
    pub passive: bool,
    /// Where the verb stands.
    pub verb_span: Span,
}

/// The tense of a verb.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tense {
    /// *held*
    Past,
    /// *had held*: before, or by, the time that is spoken of.
    Pluperfect,
    /// *holds*
    Present,
    /// *has held*: up to now.
    Perfect,
}

/// Small words that say how a state or event lies in time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Aspect {
    /// *still*
    pub still: bool,
    /// *no longer*
    pub no_longer: bool,
    /// *never*, *not yet*: at no time up to then.
    pub never: bool,
    /// *always*
    pub always: bool,
    /// *again*
    pub again: bool,
    /// *already*, *not yet*: by then, not just then.
    pub already: bool,
}

/// "for the first time"
#[derive(Clone, Debug, PartialEq)]
pub struct First {
    /// "since 2016": no other one from then on.
    pub since: Option<When>,
    /// "in years": since some time that nobody gave.
    pub vaguely: bool,
}

/// What fills a role.
#[derive(Clone, Debug, PartialEq)]
pub enum Filler {
    /// Nobody said.
    Open,
    /// A name.
    Name(NameId, Span),
    /// Several names.
    Several(Group),
    /// So many of a kind.
    Counted(Counted),
    /// A kind, in "X is a city".
    Kind(KindId, Span),
    /// Words that are no known name.
    Unknown(String, Span),
    /// Several names, one of which is not known.
    UnknownAmong(Box<Listed>),
    /// A measured number.
    Number(Measure, Span),
    /// What somebody says.
    Said(Box<Statement>),
    /// What somebody vows, tries or calls for: never taken as done.
    Deed(Box<Statement>),
}

/// Several names, as they are written, and the first of them that is not known.
#[derive(Clone, Debug, PartialEq)]
pub struct Listed {
    /// All of them.
    pub words: String,
    /// Where they stand.
    pub span: Span,
    /// The one that is not known.
    pub unknown: String,
    /// Where that stands.
    pub place: Span,
}

impl Filler {
    /// The words that are no known name, and where they stand.
    pub fn unknown(&self) -> Option<(&str, Span)> {
        match self {
            Self::Unknown(words, span) => Some((words, *span)),
            Self::UnknownAmong(listed) => Some((&listed.unknown, listed.place)),
            _ => None,
        }
    }
}

/// Several names together.
#[derive(Clone, Debug, PartialEq)]
pub struct Group {
    /// The names.
    pub names: Vec<(NameId, Span)>,
    /// Whether one of them is enough.
    pub any: bool,
    /// *neither … nor*
    pub neither: bool,
    /// *both*, *all*: each by itself.
    pub each: bool,
    /// *only*: no other of the kind.
    pub only: bool,
    /// "… of the provincial capitals"
    pub of: Option<KindId>,
    /// Where they stand.
    pub span: Span,
}

/// A measured number, and what it is counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Measure {
    /// The number, in thousandths.
    pub quantity: Quantity,
    /// What it is counted in.
    pub unit: Unit,
}

/// What a measured number is counted in. Numbers in different units are not compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Unit {
    /// Nothing that is written with it.
    Plain,
    /// Per cent.
    Percent,
    /// A currency, by its sign.
    Currency(char),
}

/// A number with how exactly it is meant: what the writer certainly means, and what it still commits to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quantity {
    /// The strong reading.
    pub strong: Interval,
    /// The weak reading.
    pub weak: Interval,
}

/// So many of a kind.
#[derive(Clone, Debug, PartialEq)]
pub struct Counted {
    /// How many.
    pub quantity: Quantity,
    /// Of what.
    pub kind: KindId,
    /// "of the 14": how many there are in all.
    pub total: Option<Interval>,
    /// "… : Damascus, Latakia and Tartus": which they are.
    pub listed: Vec<(NameId, Span)>,
    /// "apart from …"
    pub except: Vec<(NameId, Span)>,
    /// Every one of them.
    pub every: bool,
    /// Where the number stands.
    pub number_span: Span,
    /// Where the whole phrase stands.
    pub span: Span,
}

/// When, beyond the tense.
#[derive(Clone, Debug, PartialEq)]
pub enum Time {
    /// A time word and the days that it governs.
    Window {
        /// The time word.
        word: TimeWord,
        /// The days.
        days: When,
        /// The second date of *from … to* and *between … and*.
        second: Option<When>,
        /// Where the whole phrase stands.
        span: Span,
        /// Where the date stands.
        date_span: Span,
    },
    /// A row of a table: when it began (or happened) and when it ended, each if it is known.
    Recorded {
        /// The beginning of a state, the day of an event.
        start: Option<When>,
        /// The end of a state.
        end: Option<When>,
        /// Another row for the same participants ends on the day before, or begins on the day after.
        joined: (bool, bool),
    },
    /// "for four years"
    Lasting {
        /// How exactly it is meant.
        bound: Option<Bound>,
        /// How long.
        length: Length,
        /// Where it stands.
        span: Span,
    },
    /// "before the offensive began", "two days after …"
    Order {
        /// Which side.
        side: Side,
        /// How far, if it is said.
        distance: Option<(Option<Bound>, Length)>,
        /// Whether the distance is a limit.
        within: bool,
        /// The other happening.
        anchor: Box<Statement>,
        /// Where the phrase stands.
        span: Span,
    },
}

/// The time words of `language.md` section 4.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "each is the word itself")]
pub enum TimeWord {
    /// on, in, during, at, or no word at all
    On,
    Throughout,
    By,
    Before,
    After,
    Since,
    Until,
    AsOf,
    FromTo,
    Between,
}

impl Clause {
    /// Something that was so, at no time that is said; its verb stands at a place.
    pub(crate) fn of(relation: RelationId, roles: Vec<Filler>, verb_span: Span) -> Self {
        Self {
            relation,
            roles,
            negated: false,
            tense: Tense::Past,
            times: Vec::new(),
            aspect: Aspect::default(),
            first: None,
            circumstances: Vec::new(),
            phrasing: None,
            passive: false,
            verb_span,
        }
    }

    /// That the first two of so many roles of a relation are filled by names, in the past and at no time that is said.
    pub(crate) fn between(relation: RelationId, first: NameId, second: NameId, roles: usize) -> Self {
        let mut fillers = vec![Filler::Open; roles];
        for (slot, name) in fillers.iter_mut().zip([first, second]) {
            *slot = Filler::Name(name, Span::default());
        }
        Self::of(relation, fillers, Span::default())
    }

    /// Whether words that are no known name fill a role.
    pub(crate) fn has_unknown(&self) -> bool {
        self.roles.iter().any(|filler| filler.unknown().is_some())
    }
}

impl Statement {
    /// All clauses in it, anchors and what is said included.
    pub fn clauses(&self) -> Vec<&Clause> {
        let mut all = Vec::new();
        self.collect(true, &mut all);
        all
    }

    /// The clauses that it says to be so, anchors included: not what is only said, vowed or tried in it.
    pub(crate) fn stated_clauses(&self) -> Vec<&Clause> {
        let mut all = Vec::new();
        self.collect(false, &mut all);
        all
    }

    fn collect<'s>(&'s self, within: bool, all: &mut Vec<&'s Clause>) {
        match &self.body {
            Body::Clause(clause) => {
                all.push(clause);
                for time in &clause.times {
                    if let Time::Order { anchor, .. } = time {
                        anchor.collect(within, all);
                    }
                }
                for filler in clause.roles.iter().filter(|_| within) {
                    if let Filler::Said(inner) | Filler::Deed(inner) = filler {
                        inner.collect(within, all);
                    }
                }
            }
            Body::All(parts) | Body::Any(parts) => parts.iter().for_each(|part| part.collect(within, all)),
            Body::Passed(passed) => {
                passed.from.collect(within, all);
                passed.to.collect(within, all);
            }
        }
    }

    /// The first words that fill a role and are no known name.
    pub fn unknown_name(&self) -> Option<(&str, Span)> {
        self.clauses().into_iter().flat_map(|clause| &clause.roles).find_map(Filler::unknown)
    }
}
