//! What can be wrong with a date: values, for the caller to place in the text and to help with.

/// Why a date as written means no days.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DateProblem {
    /// The calendar has no such day: `30 February 2024`.
    #[error("`{written}` does not exist: {month_name} has {last_day} days")]
    ImpossibleDate {
        /// The words of the text.
        written: String,
        /// The month meant, with its year where February needs one.
        month_name: String,
        /// The last day that this month has.
        last_day: u32,
    },
    /// The date leans on another one and there is none.
    #[error("`{written}` needs a date to count from")]
    NeedsReference {
        /// The words of the text.
        written: String,
    },
    /// The words give no days: `several weeks ago`.
    #[error("`{written}` is too vague to mean certain days")]
    TooVague {
        /// The words of the text.
        written: String,
    },
    /// A length that is no whole number of days: `six hours`.
    #[error("`{written}` is not a whole number of days, and a day is the smallest unit here")]
    FinerThanDay {
        /// The words of the text.
        written: String,
    },
    /// It has the shape of an ISO or EDTF date and is none.
    #[error("`{written}` is not an EDTF date: {why}")]
    NotEdtf {
        /// The words of the text.
        written: String,
        /// What is wrong with it, as a clause.
        why: String,
    },
    /// Two dates are meant by the same words: `05/12/2024`.
    #[error("`{written}` can be read as {first} or as {second}")]
    TwoReadings {
        /// The words of the text.
        written: String,
        /// One way to say it clearly.
        first: String,
        /// The other way.
        second: String,
    },
    /// A part that its whole does not have: `the second half of 5 December`, `the fifth quarter of 2024`.
    #[error("`{written}` names a part that is not there")]
    NoSuchPart {
        /// The words of the text.
        written: String,
    },
    /// A number that no calendar reaches.
    #[error("`{written}` is out of range")]
    OutOfRange {
        /// The words of the text.
        written: String,
    },
    /// The parse tree held something that the grammar does not promise: a fault of ours.
    #[error("internal: the date grammar and its reader disagree about `{written}`")]
    Unforeseen {
        /// The words of the text.
        written: String,
    },
}

impl DateProblem {
    /// The stable code under which the problem is reported.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::ImpossibleDate { .. } => "impossible-date",
            Self::NeedsReference { .. } => "needs-reference",
            Self::TooVague { .. } => "too-vague-date",
            Self::FinerThanDay { .. } => "finer-than-day",
            Self::NotEdtf { .. } => "not-a-date",
            Self::TwoReadings { .. } => "ambiguous",
            Self::NoSuchPart { .. } => "not-a-date",
            Self::OutOfRange { .. } => "out-of-range",
            Self::Unforeseen { .. } => "internal",
        }
    }
}
