//! Statement × facts to verdict, exactly: certain answers over the worlds that agree with the fact base.
//!
//! In: a [`Statement`](crate::statement::Statement) and a [`FactBase`](crate::facts::FactBase). Out: a [`Judgement`] with the
//! facts and assumptions that it rests on. Never: combines verdicts by a truth table, counts sources, knows a file.
//!
//! A world fixes on which days each state holds and each event happens. A claim is *supported* when no world that agrees
//! with the facts makes its strong reading false, *contradicted* when none makes its weak reading true. Both questions go to
//! a solver; the facts under whose literals it finds no world are the proof.

mod ask;
mod assume;
mod attributed;
mod clash;
mod codes;
mod derivation;
mod distance;
mod explain;
mod history;
mod judge;
mod meaning;
mod prepare;
mod reason;
mod relevance;
mod say;
mod solver;
mod story;
mod timeline;
mod touched;
mod world;

pub use codes::Code;
pub use derivation::{Derivation, Unused, Why, derive};
pub use explain::{Explanation, explain, weekday_name};
pub use history::{Seat, Stretch, Tenure, seats, spoken, tenures};
pub use judge::Judge;
pub use story::Stories;
pub use timeline::{Decided, Plain};

use crate::time::Day;

/// What a claim comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, schemars::JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// The strong reading holds in every world.
    Supported,
    /// The weak reading fails in every world.
    Contradicted,
    /// Neither.
    Unknown,
}

impl Verdict {
    /// The verdict of the contrary.
    #[must_use]
    pub fn turned(self) -> Self {
        match self {
            Self::Supported => Self::Contradicted,
            Self::Contradicted => Self::Supported,
            Self::Unknown => Self::Unknown,
        }
    }

    /// Its name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Supported => "supported",
            Self::Contradicted => "contradicted",
            Self::Unknown => "unknown",
        }
    }
}

/// What editors reason with beyond logic.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, schemars::JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Assumption {
    /// *since*, *until*, *from … to*, *for N* say where the state began and ended; inclusive day counts count as true.
    Boundaries,
    /// What is not repeatable, and the recorded beginning of a state, happened only when the record says.
    Once,
    /// A state goes on until the record ends it, but never past the horizon.
    Persistence,
    /// What a source reports somebody as saying is taken as so.
    Voice,
}

impl Assumption {
    /// Its name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Boundaries => "boundaries",
            Self::Once => "once",
            Self::Persistence => "persistence",
            Self::Voice => "voice",
        }
    }
}

/// Which assumptions are on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "each is an assumption by its name")]
#[expect(clippy::struct_excessive_bools, reason = "four independent switches")]
pub struct Assumptions {
    pub persistence: bool,
    pub once: bool,
    pub boundaries: bool,
    pub voice: bool,
}

impl Assumptions {
    /// All on.
    pub const ALL: Self = Self { persistence: true, once: true, boundaries: true, voice: true };
    /// All off: `--strict`.
    pub const NONE: Self = Self { persistence: false, once: false, boundaries: false, voice: false };
}

/// What verdicts depend on beside claim and facts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Settings {
    /// The reference day of claims that give none.
    pub as_of: Option<Day>,
    /// Only sources that were published by then.
    pub known_by: Option<Day>,
    /// What is assumed.
    pub assumptions: Assumptions,
}

impl Default for Settings {
    fn default() -> Self {
        Self { as_of: None, known_by: None, assumptions: Assumptions::ALL }
    }
}

/// A verdict with what it rests on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Judgement {
    /// The verdict.
    pub verdict: Verdict,
    /// Why, as a stable code.
    pub code: Code,
    /// The facts that decide it, by their places in the fact base; for sources that disagree, both sides.
    pub facts: Vec<usize>,
    /// The assumptions that it rests on, sorted.
    pub assumptions: Vec<Assumption>,
    /// The verdict without any assumption.
    pub strict: Verdict,
    /// The reference day.
    pub reference: Option<Day>,
    /// The day on which the record of the matter ends.
    pub horizon: Option<Day>,
    /// The words that are no known name.
    pub unknown_name: Option<String>,
}

impl Judgement {
    fn plain(verdict: Verdict, code: Code) -> Self {
        Self {
            verdict,
            code,
            facts: Vec::new(),
            assumptions: Vec::new(),
            strict: Verdict::Unknown,
            reference: None,
            horizon: None,
            unknown_name: None,
        }
    }
}
