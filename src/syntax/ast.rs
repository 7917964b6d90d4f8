//! What is written: a statement as chunks, in order, with their places. Nothing here knows a name or a verb.

use crate::text::Span;
use crate::time::{Length, WrittenDate};

/// A statement cut into chunks.
#[derive(Clone, Debug)]
pub struct Statement {
    /// The chunks, in the order of the text.
    pub chunks: Vec<Chunk>,
    /// Where the statement stands in the text that was parsed, without blanks and full stop around it.
    pub span: Span,
}

/// One chunk.
#[derive(Clone, Debug)]
pub struct Chunk {
    /// What it is.
    pub kind: ChunkKind,
    /// Where it stands.
    pub span: Span,
}

/// What a chunk is.
#[derive(Clone, Debug)]
pub enum ChunkKind {
    /// A word that the grammar gives no meaning to.
    Word,
    /// Words between quotation marks.
    Quoted,
    /// A time word with its date or dates.
    When(TimePhrase),
    /// "for four years"
    Lasting(Stretch),
    /// A duration that stands alone: "more than ten days".
    Stretch(Stretch),
    /// "for years", "in years": a length that nobody gave.
    VagueStretch,
    /// Order or distance to something that is no date: "before", "two days after", "within a week of".
    Order(Order),
    /// A time of the day; it says nothing here.
    MomentOfDay,
    /// "for the first time"
    FirstTime,
    /// A small word such as `still` or `only`.
    Mark(Mark),
    /// `not`
    Not,
    /// `and`, `or` and their kin.
    Conjunction(Conjunction),
    /// "at least", "fewer than" before a number.
    Bound(Bound),
    /// A number in digits.
    Number(Figure),
    /// `,`
    Comma,
    /// `:` or `;`
    Colon,
    /// A dash.
    Dash,
    /// `(`
    OpenBracket,
    /// `)`
    CloseBracket,
}

/// The time words that govern a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "each is the word itself")]
pub enum Preposition {
    On,
    In,
    During,
    Throughout,
    By,
    Before,
    After,
    Since,
    Until,
    AsOf,
    At,
    /// No time word: "Dec. 5".
    Bare,
    /// from … to
    From,
    /// between … and
    Between,
}

/// A time word and what it governs.
#[derive(Clone, Debug)]
pub struct TimePhrase {
    /// The time word.
    pub preposition: Preposition,
    /// The date.
    pub date: WrittenDate,
    /// Where the date stands.
    pub date_span: Span,
    /// The second date of `from … to` and `between … and`.
    pub second: Option<(WrittenDate, Span)>,
}

/// How much or how many.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "each is the word itself")]
pub enum Bound {
    AtLeast,
    AtMost,
    MoreThan,
    FewerThan,
    Exactly,
    About,
    /// "nearly three": less than that, and not by much.
    Nearly,
    /// "just three", "only three"
    Merely,
}

/// A length of time with how exactly it is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stretch {
    /// "more than", …; none for a bare length.
    pub bound: Option<Bound>,
    /// The length.
    pub length: Length,
}

/// Which side of the other happening.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "each is the word itself")]
pub enum Side {
    Before,
    After,
    Since,
    Until,
    /// "when", "while": at the same time.
    When,
    /// "three days into": counted from its beginning.
    Into,
    /// "within three days of"
    Of,
}

/// Order or distance to another happening.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Order {
    /// Which side.
    pub side: Side,
    /// How far, if it is said.
    pub distance: Option<Stretch>,
    /// Whether the distance is a limit ("within").
    pub within: bool,
}

/// Small words that change how a statement is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "each is the word itself")]
pub enum Mark {
    NoLonger,
    NotYet,
    Only,
    Still,
    Already,
    Never,
    Always,
    Again,
    Both,
    All,
    Yet,
    Ever,
}

/// Words that join.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "each is the word itself")]
pub enum Conjunction {
    And,
    Or,
    But,
    Nor,
    Neither,
    Either,
}

/// A number in digits, in thousandths so that it stays exact.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Figure {
    /// The value times 1,000.
    pub thousandths: i64,
    /// Whether a per cent sign follows.
    pub percent: bool,
    /// The currency sign before it.
    pub currency: Option<char>,
}
