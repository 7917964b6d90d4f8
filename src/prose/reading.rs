//! A sentence to the statements that it makes.
//!
//! In: the text of a sentence, the vocabulary, and what was spoken of before. Out: the statements that the sentence makes,
//! each with its words, its place and who is said to say it; or why the sentence was left alone. Never: judges a statement,
//! guesses: what is not understood to its last word is left alone, since a false alarm costs more trust than a miss.
//!
//! A sentence is taken apart until its parts are statements that the language itself reads ([`crate::statement::resolve`]):
//! what stands in brackets, relative clauses, participles and appositions come off as statements of their own, what is
//! joined is parted, a pronoun gives way to the one name that it can mean. What comes off never limits what stays.

use unicode_segmentation::UnicodeSegmentation;

use crate::statement::{Context, Statement};
use crate::syntax::ast::ChunkKind;
use crate::text::{Span, fold_word};
use crate::time::{Anchor, Day, Direction, resolve as resolve_date};
use crate::vocabulary::{NameId, Vocabulary};

use super::clauses::Parting;
use super::pieces::{Piece, Restated, cut};
use super::references::{Dated, named};
use super::telegraphic::is_telegraphic;
use super::{Memory, descriptions, hedges};

/// A statement that a sentence makes.
#[derive(Clone, Debug)]
pub struct Reading {
    /// What it says. Its places are those of `words`; [`Reading::place`] leads from there to the sentence.
    pub statement: Statement,
    /// The statement as it was put together from the sentence.
    pub words: String,
    /// Where it stands in the sentence.
    pub span: Span,
    pub(super) restated: Restated,
}

impl Reading {
    /// Where a stretch of [`Reading::words`] stands in the sentence; nothing where those words were put in.
    pub fn place(&self, span: Span) -> Option<Span> {
        self.restated.place(span)
    }
}

/// Why a sentence, or a part of it, was left alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Left {
    /// It asks.
    Question,
    /// It is somebody's own words.
    Quotation,
    /// It says what may be, or what somebody supposes.
    Hedged,
    /// A pronoun or a description may mean several, or nobody that is known.
    Reference,
    /// A word has no meaning here.
    Word,
    /// Its verb is not known.
    Verb,
    /// Its verb is known, but not with these words.
    Phrasing,
    /// None of its words is a verb that is known.
    NoVerb,
    /// It names somebody who is not known.
    Name,
    /// It can be read in several ways.
    Ambiguous,
    /// A date in it cannot be resolved.
    Date,
    /// It is somebody's who says so in words that are not parted from what he says.
    Speaker,
    /// It is longer than a statement may be.
    Long,
    /// It has a character that no statement has.
    Character,
    /// Its parts are too many, or too much inside one another, to be told apart.
    Form,
}

impl Left {
    /// In words, for people.
    pub fn reason(self) -> &'static str {
        match self {
            Self::Question => "it asks a question",
            Self::Quotation => "it is somebody's own words",
            Self::Hedged => "it says what may be, not what is",
            Self::Reference => "it cannot be told whom or what it means",
            Self::Word => "a word in it adds something that is not understood",
            Self::Verb => "its verb is not known",
            Self::Phrasing => "its verb is known, but not with these words",
            Self::NoVerb => "none of its words is a known verb",
            Self::Name => "it names somebody or something that is not known",
            Self::Ambiguous => "it can be read in several ways",
            Self::Date => "a date in it cannot be resolved",
            Self::Speaker => "what somebody says in it is not parted from who says it",
            Self::Long => "it is too long",
            Self::Character => "it has a character that no statement has",
            Self::Form => "it is too involved",
        }
    }

    /// Whether single words of the sentence are the reason.
    pub(super) fn is_of_words(self) -> bool {
        !matches!(self, Self::Question | Self::Quotation | Self::Ambiguous | Self::Long | Self::Form | Self::Speaker | Self::NoVerb)
    }

    /// The same with the words that are the reason, where there are some.
    pub fn reason_with(self, words: Option<&str>) -> String {
        match words.filter(|words| !words.is_empty()) {
            Some(words) => format!("{} (`{}`)", self.reason(), words.split_whitespace().collect::<Vec<_>>().join(" ")),
            None => self.reason().to_owned(),
        }
    }

    pub(super) fn from_code(code: &str) -> Self {
        match code {
            "question" => Self::Question,
            "unclosed-quote" => Self::Quotation,
            "not-a-fact" | "too-vague-length" => Self::Hedged,
            "pronoun" => Self::Reference,
            "unknown-verb" => Self::Verb,
            "wrong-kind-of-name" => Self::Name,
            "ambiguous" => Self::Ambiguous,
            "too-long" => Self::Long,
            "unreadable" => Self::Character,
            "empty" => Self::NoVerb,
            "needs-reference" | "impossible-date" | "wrong-weekday" => Self::Date,
            _ => Self::Word,
        }
    }
}

/// What was read of a sentence.
#[derive(Clone, Debug, Default)]
pub struct Sentence {
    /// The statements that it makes, in the order of the text.
    pub readings: Vec<Reading>,
    /// Why it, or a part of it, was left alone.
    pub left: Option<Left>,
    /// The words that are the reason for it.
    pub left_words: Option<String>,
    /// The one day that its dates give, whether it was understood or not.
    pub day: Option<Day>,
    /// Whether it has a date, a number or a known name, so that there could be something to judge.
    pub tells: bool,
}

/// Reads one sentence. `memory` is what was spoken of before it, and learns from it; `document` is the day that its dates
/// lean on.
pub fn read_sentence(text: &str, vocabulary: &Vocabulary, document: Option<Day>, memory: &mut Memory) -> Sentence {
    let mut sentence = Sentence { tells: tells(text, vocabulary), ..Sentence::default() };
    let pieces = match cut(text, vocabulary) {
        Ok(pieces) => pieces,
        Err(problem) => {
            memory.lost();
            sentence.left = Some(Left::from_code(problem.code));
            sentence.left_words = sentence.left.filter(|left| left.is_of_words()).map(|_| problem.span.of(text).to_owned());
            return sentence;
        }
    };
    // Whatever a sentence is, it has named somebody.
    let pieces = memory.resolved(pieces, text, vocabulary);
    let dated = day_of(&pieces, document, memory.previous());
    sentence.day = if let Dated::On(day) = dated { Some(day) } else { None };
    if hedges::is_quotation(&pieces, text) {
        sentence.left = Some(Left::Quotation);
    } else if hedges::is_hedged(&pieces) {
        sentence.left = Some(Left::Hedged);
    } else if let Some(date) = year_is_open(&pieces, document, memory.previous()) {
        sentence.left = Some(Left::Date);
        sentence.left_words = Some(date.words.clone());
    } else {
        let context = Context { document, previous: leans_on(&pieces, document, memory.previous()) };
        let last = memory.last.take();
        let read = |pieces: &[Piece]| {
            let mut parting = Parting::new(vocabulary, context);
            parting.telegraphic = is_telegraphic(text);
            parting.last.clone_from(&last);
            let (pieces, sides) = descriptions::simplified(pieces, text, vocabulary);
            parting.read(&pieces);
            for side in sides {
                parting.aside(&side);
            }
            parting
        };
        let parting = decided(&pieces, memory.open.as_ref(), vocabulary, read).unwrap_or_else(|| read(&pieces));
        sentence.left = parting.left;
        sentence.left_words = parting.left.and(parting.left_words);
        sentence.readings = parting.readings;
        memory.last = parting
            .last
            .filter(|_| sentence.left.is_none() && !sentence.readings.is_empty())
            .map(|last| last.iter().map(Piece::lent).collect());
        sentence.readings.sort_by_key(|reading| (reading.span.start, reading.span.end));
    }
    memory.heard(dated);
    sentence
}

/// The sentence with the one name for its pronoun of which all of it can be said: "it sank" is not said of a city.
fn decided<'v>(
    pieces: &[Piece],
    open: Option<&(Span, Vec<NameId>)>,
    vocabulary: &Vocabulary,
    read: impl Fn(&[Piece]) -> Parting<'v>,
) -> Option<Parting<'v>> {
    let (span, names) = open?;
    let with = |name: &NameId| {
        let put = |piece: &Piece| if piece.span == *span { named(*name, *span, vocabulary) } else { piece.clone() };
        read(&pieces.iter().map(put).collect::<Vec<_>>())
    };
    let mut fitting = names.iter().map(with).filter(|parting| parting.left.is_none() && !parting.readings.is_empty());
    fitting.next().filter(|_| fitting.next().is_none())
}

/// Whether a sentence has a date, a number or a known name. It is looked at word by word, as it may be one that is not read.
fn tells(text: &str, vocabulary: &Vocabulary) -> bool {
    let known = |at: usize, word: &str| {
        !vocabulary.name_index().starting_at(text, at).is_empty()
            || vocabulary.number_word(&fold_word(word)).is_some()
            || MONTHS_AND_DAYS.iter().any(|name| word.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest == "s"))
    };
    text.contains(|c: char| c.is_ascii_digit()) || text.unicode_word_indices().any(|(at, word)| known(at, word))
}

/// What makes a date without a digit.
const MONTHS_AND_DAYS: [&str; 23] = [
    "January",
    "February",
    "March",
    "April",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
    "yesterday",
    "Yesterday",
    "today",
    "Today",
    "tomorrow",
];

/// The day on which the first phrase of a sentence leans that leans on another day, "a day later": the one that the sentence
/// gave before it, else the last one of the text.
fn leans_on(pieces: &[Piece], document: Option<Day>, previous: Option<Day>) -> Option<Day> {
    let leans = |piece: &Piece| match piece.chunk() {
        Some(ChunkKind::When(phrase)) => {
            let stands = |previous| resolve_date(&phrase.date, &Anchor { document, previous, direction: Direction::Past }).is_ok();
            !stands(None) && stands(document.or(previous))
        }
        _ => false,
    };
    let Some(first) = pieces.iter().position(leans) else { return previous };
    match day_of(pieces.get(..first).unwrap_or_default(), document, previous) {
        Dated::Not => previous,
        Dated::On(day) => Some(day),
        Dated::Several => None,
    }
}

/// A date without a year where the story is in another year than the document: "It was bought on 5 March 2019. On 9 May, …"
fn year_is_open(pieces: &[Piece], document: Option<Day>, previous: Option<Day>) -> Option<&Piece> {
    let told = previous?.ymd().0;
    pieces.iter().find(|piece| match piece.chunk() {
        Some(ChunkKind::When(phrase)) => {
            let written = phrase.date.written.to_lowercase();
            let months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
            let month = months.iter().any(|month| written.contains(month));
            let year = written.split(|c: char| !c.is_ascii_digit()).any(|digits| digits.len() == 4);
            let anchor = Anchor { document, previous, direction: Direction::Past };
            let day = || resolve_date(&phrase.date, &anchor).ok().and_then(|when| when.strong.last());
            month && !year && day().is_some_and(|day| day.ymd().0 != told)
        }
        _ => false,
    })
}

/// The one day that a sentence's dates give, whether or not the rest of it is understood.
fn day_of(pieces: &[Piece], document: Option<Day>, previous: Option<Day>) -> Dated {
    let anchor = Anchor { document, previous, direction: Direction::Past };
    let days = pieces.iter().filter_map(|piece| match piece.chunk() {
        Some(ChunkKind::When(phrase)) => resolve_date(&phrase.date, &anchor).ok().and_then(|when| when.single_day()),
        _ => None,
    });
    days.fold(Dated::Not, |dated, day| match dated {
        Dated::Not => Dated::On(day),
        Dated::On(known) if known == day => dated,
        _ => Dated::Several,
    })
}
