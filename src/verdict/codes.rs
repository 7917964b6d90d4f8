//! The reasons of verdicts: stable, lower-case, documented.

/// Why a verdict is what it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs, reason = "`meaning` says it")]
pub enum Code {
    Recorded,
    Follows,
    WrongDate,
    WrongOrder,
    WrongNumber,
    WrongName,
    OtherHolder,
    ClosedList,
    Denied,
    WrongKind,
    WrongWeekday,
    ImpossibleDate,
    WrongSum,
    WrongShare,
    WrongDistance,
    ContradictsItself,
    NoRecord,
    UnknownName,
    TooVague,
    PastHorizon,
    BeforeRecord,
    SourcesDisagree,
    OnlyAttributed,
    TooCostly,
}

impl Code {
    /// All codes, in the order of their verdicts.
    pub const ALL: [Self; 24] = [
        Self::Recorded,
        Self::Follows,
        Self::WrongDate,
        Self::WrongOrder,
        Self::WrongNumber,
        Self::WrongName,
        Self::OtherHolder,
        Self::ClosedList,
        Self::Denied,
        Self::WrongKind,
        Self::WrongWeekday,
        Self::ImpossibleDate,
        Self::WrongSum,
        Self::WrongShare,
        Self::WrongDistance,
        Self::ContradictsItself,
        Self::NoRecord,
        Self::UnknownName,
        Self::TooVague,
        Self::PastHorizon,
        Self::BeforeRecord,
        Self::SourcesDisagree,
        Self::OnlyAttributed,
        Self::TooCostly,
    ];

    /// The name that is printed.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Recorded => "recorded",
            Self::Follows => "follows",
            Self::WrongDate => "wrong-date",
            Self::WrongOrder => "wrong-order",
            Self::WrongNumber => "wrong-number",
            Self::WrongName => "wrong-name",
            Self::OtherHolder => "other-holder",
            Self::ClosedList => "closed-list",
            Self::Denied => "denied",
            Self::WrongKind => "wrong-kind",
            Self::WrongWeekday => "wrong-weekday",
            Self::ImpossibleDate => "impossible-date",
            Self::WrongSum => "wrong-sum",
            Self::WrongShare => "wrong-share",
            Self::WrongDistance => "wrong-distance",
            Self::ContradictsItself => "contradicts-itself",
            Self::NoRecord => "no-record",
            Self::UnknownName => "unknown-name",
            Self::TooVague => "too-vague",
            Self::PastHorizon => "past-horizon",
            Self::BeforeRecord => "before-record",
            Self::SourcesDisagree => "sources-disagree",
            Self::OnlyAttributed => "only-attributed",
            Self::TooCostly => "too-costly",
        }
    }

    /// Whether it is a fault that a text has by itself, whatever the record says.
    #[must_use]
    pub fn is_of_the_text(self) -> bool {
        matches!(
            self,
            Self::WrongWeekday | Self::ImpossibleDate | Self::WrongSum | Self::WrongShare | Self::WrongDistance | Self::ContradictsItself
        )
    }

    /// What it means, in a sentence.
    #[must_use]
    pub fn meaning(self) -> &'static str {
        match self {
            Self::Recorded => "a fact of the record says so",
            Self::Follows => "it follows from what is recorded",
            Self::WrongDate => "the record has it at another time",
            Self::WrongOrder => "the record has the two happenings in another order or at another distance",
            Self::WrongNumber => "the record has another number",
            Self::WrongName => "the record names somebody or something else",
            Self::OtherHolder => "the record has another holder at that time",
            Self::ClosedList => "the record lists all that there are, and this is not among them",
            Self::Denied => "the record says the contrary",
            Self::WrongKind => "it is of a kind that excludes this one",
            Self::WrongWeekday => "the weekday is not that date's",
            Self::ImpossibleDate => "the calendar has no such date",
            Self::WrongSum => "the parts that the text itself gives do not make its whole",
            Self::WrongShare => "a percentage is not that of the figures beside it",
            Self::WrongDistance => "two dates of the text lie nearer or farther apart than it says",
            Self::ContradictsItself => "another sentence of the same text excludes it",
            Self::NoRecord => "the record says nothing of it",
            Self::UnknownName => "a name in it is not known to the record",
            Self::TooVague => "the record says less than the claim, or says it less exactly",
            Self::PastHorizon => "it lies after the newest source",
            Self::BeforeRecord => "it lies before anything that is recorded of the matter",
            Self::SourcesDisagree => "the sources contradict one another on it",
            Self::OnlyAttributed => "somebody is reported as saying so, and that alone is not taken as so here",
            Self::TooCostly => "an exact answer would take too long to compute",
        }
    }
}

impl std::fmt::Display for Code {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name())
    }
}
