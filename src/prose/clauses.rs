//! A sentence taken apart until each part is a statement.
//!
//! The order of trying: the whole; then without relative clauses, participles and appositions, each read by itself; then
//! the parts that are joined, the second with the subject of the first. A part that is said by somebody, or that stands
//! behind a condition, is never read as the writer's own.

use super::pieces::{Kind, Piece, Restated};
use super::reading::{Left, Reading};
use super::verbs::is_break;
use crate::statement::{Aspect, Body, Context, MODALS, Statement, Time, resolve};
use crate::syntax::ast::{ChunkKind, Conjunction, Side};
use crate::syntax::{self, ast};
use crate::text::{Problem, Span};
use crate::time::Day;
use crate::vocabulary::{Sort, Vocabulary};

/// How often a sentence is tried to be read, in all its parts.
const MOST_TRIES: u32 = 120;

/// Words in front that only lead over.
const LEADING: [&str; 22] = [
    "and",
    "but",
    "then",
    "also",
    "later",
    "meanwhile",
    "notably",
    "however",
    "moreover",
    "furthermore",
    "additionally",
    "still",
    "instead",
    "indeed",
    "finally",
    "eventually",
    "earlier",
    "so",
    "thus",
    "yet",
    "now",
    "subsequently",
];

pub(super) struct Parting<'v> {
    pub(super) vocabulary: &'v Vocabulary,
    context: Context,
    tries: u32,
    /// "according to X,": who says what is being read.
    speaker: Vec<Piece>,
    /// The sentence may leave out verbs as headlines do.
    pub(super) telegraphic: bool,
    /// The last happening that was understood, in pieces.
    pub(super) last: Option<Vec<Piece>>,
    pub(super) readings: Vec<Reading>,
    pub(super) left: Option<Left>,
    /// The words that are the reason for it.
    pub(super) left_words: Option<String>,
}

impl<'v> Parting<'v> {
    pub(super) fn new(vocabulary: &'v Vocabulary, context: Context) -> Self {
        let (speaker, readings) = (Vec::new(), Vec::new());
        Self { vocabulary, context, tries: MOST_TRIES, speaker, telegraphic: false, last: None, readings, left: None, left_words: None }
    }

    /// Reads all statements of a sentence.
    pub(super) fn read(&mut self, pieces: &[Piece]) {
        let pieces = dated_in_front(without_brackets(pieces));
        let pieces = match self.attributed(&pieces) {
            Some(Some((speaker, rest))) => {
                self.speaker = speaker;
                rest
            }
            // Somebody says so, and who is not known.
            Some(None) => {
                self.left = Some(Left::Name);
                return;
            }
            None if self.says_in_between(&pieces) => {
                self.left = Some(Left::Speaker);
                return;
            }
            None => pieces,
        };
        if !self.clause(&pieces) {
            self.presupposed(&pieces);
        }
    }

    /// "since government forces recaptured the city in 2016": what something is dated by has happened, also where the rest is
    /// not understood.
    fn presupposed(&mut self, pieces: &[Piece]) {
        // "will withdraw after the rebels take Homs": what is only to come has not happened.
        if pieces.iter().any(|piece| piece.is_plain_word() && piece.is_one_of(&MODALS)) {
            return;
        }
        for (at, piece) in pieces.iter().enumerate() {
            let side = match piece.chunk() {
                Some(ChunkKind::Order(order)) => order.side,
                _ => continue,
            };
            let front = pieces.get(..at).unwrap_or_default();
            if !matches!(side, Side::Since | Side::After | Side::When) || self.says(front) {
                continue;
            }
            let behind = pieces.get(at.saturating_add(1)..).unwrap_or_default();
            let end = behind.iter().position(is_break).unwrap_or(behind.len());
            let clause = behind.get(..end).unwrap_or_default().to_vec();
            if self.has_verb(&clause) {
                self.aside(&clause);
            }
        }
    }

    /// Reads a stretch; tells whether its main part was understood.
    fn clause(&mut self, pieces: &[Piece]) -> bool {
        let pieces = trimmed(pieces);
        if pieces.is_empty() {
            return false;
        }
        if let Some((main, side)) = self.contrasted(pieces) {
            let understood = self.clause(&main);
            self.aside(&side);
            return understood;
        }
        if self.understand(pieces) {
            return true;
        }
        if Self::is_denied_cleft(pieces) {
            return false;
        }
        // What stands in another order, or leaves out what is plain, is put into words that the language has.
        let plain = [self.cleft(pieces), self.only_ones(pieces), self.of_in_front(pieces), self.followed(pieces)];
        if let Some(plain) = plain.into_iter().flatten().next() {
            return self.understand(&plain) || !pieces.first().is_some_and(|piece| piece.is_word("it")) && self.parted(&plain);
        }
        let dated = self.dated_behind(pieces);
        let both = dated.as_ref().and_then(|dated| self.supplied(dated));
        for whole in [self.supplied(pieces), dated, both].into_iter().flatten() {
            if self.understand(&whole) {
                return true;
            }
        }
        self.parted(pieces)
    }

    /// Reads a stretch by its parts.
    fn parted(&mut self, pieces: &[Piece]) -> bool {
        if let Some((main, side)) = self.relative(pieces) {
            let understood = self.clause(&main);
            if let Some(side) = side {
                self.aside(&side);
            }
            return understood;
        }
        if let Some((main, side)) = self.participle(pieces) {
            let understood = self.clause(&main);
            self.aside(&side);
            return understood;
        }
        if let Some((main, sides)) = self.gapped(pieces) {
            let understood = self.clause(&main);
            for side in sides {
                self.aside(&side);
            }
            return understood;
        }
        if let Some((main, sides)) = self.insert(pieces) {
            let first = self.readings.len();
            let understood = self.clause(&main);
            // What is listed behind a colon is part of the claim that it spells out.
            if let (Some(list), Some(reading)) = (spelt_out(pieces, &main), self.readings.get_mut(first)) {
                reading.span = reading.span.to(list);
            }
            for side in sides {
                self.aside(&side);
            }
            return understood;
        }
        self.joined(pieces)
    }

    /// Reads what came off; that it is not understood says nothing of the sentence.
    pub(super) fn aside(&mut self, pieces: &[Piece]) {
        let (left, words) = (self.left, self.left_words.clone());
        self.clause(pieces);
        (self.left, self.left_words) = (left, words);
    }

    /// Reads a stretch as one statement, every word of it.
    fn understand(&mut self, pieces: &[Piece]) -> bool {
        match self.attempt(pieces) {
            Ok(reading) => {
                // "the latter six days afterwards" leans on what was just dated.
                self.context.previous = day_of(&reading.statement).or(self.context.previous);
                self.last = self.happening(&reading.statement).then(|| pieces.to_vec());
                self.readings.push(reading);
                // What was tried in vain before it was taken apart says nothing any more.
                self.left = None;
                true
            }
            Err((left, words)) => {
                (self.left, self.left_words) = (Some(left), words);
                false
            }
        }
    }

    /// Whether a statement tells of one thing that happened.
    fn happening(&self, statement: &Statement) -> bool {
        let Body::Clause(clause) = &statement.body else { return false };
        let plain = !clause.negated && clause.aspect == Aspect::default() && clause.first.is_none() && clause.circumstances.is_empty();
        plain && self.speaker.is_empty() && self.vocabulary.relation(clause.relation).sort == Sort::Event
    }

    pub(super) fn attempt(&mut self, pieces: &[Piece]) -> Result<Reading, (Left, Option<String>)> {
        let Some(tries) = self.tries.checked_sub(1) else { return Err((Left::Form, None)) };
        self.tries = tries;
        if !pieces.iter().any(|piece| self.is_verb(piece)) {
            return Err((Left::NoVerb, None));
        }
        let whole: Vec<Piece> = self.speaker.iter().chain(pieces).cloned().collect();
        let restated = Restated::new(&whole);
        let words = restated.words.clone();
        let because = |problem: Problem| {
            let about = problem.span.of(&words);
            let verb = pieces.iter().find(|piece| self.is_finite(piece));
            if let ("unknown-verb", Some(verb)) = (problem.code, verb) {
                return (Left::Phrasing, Some(verb.words.clone()));
            }
            let left = Left::from_code(problem.code);
            (left, (left.is_of_words() && about.len() < words.len()).then(|| about.to_owned()))
        };
        let written = syntax::statement(&words).map_err(because)?;
        let statement = resolve(&written, &words, self.vocabulary, &self.context).map_err(because)?;
        if let Some((name, _)) = statement.unknown_name() {
            return Err((Left::Name, Some(name.to_owned())));
        }
        // "On Monday, they left Karsk and reached Drumme": a date in front is that of both, which the parts see to.
        if pieces.first().is_some_and(Piece::is_time)
            && let Body::All(parts) = &statement.body
            && parts.iter().any(|part| part.clauses().iter().all(|clause| clause.times.is_empty()))
        {
            return Err((Left::Form, None));
        }
        let span = restated.place(Span::new(0, words.len())).ok_or((Left::Form, None))?;
        Ok(Reading { statement, words, span, restated })
    }

    /// Parts that are joined: the second takes the subject of the first where it has none of its own.
    fn joined(&mut self, pieces: &[Piece]) -> bool {
        let places: Vec<usize> = (1..pieces.len()).filter(|at| pieces.get(*at).is_some_and(joins)).collect();
        for at in places {
            let left = trimmed(pieces.get(..at).unwrap_or_default());
            let right = trimmed(pieces.get(at.saturating_add(1)..).unwrap_or_default());
            if !self.has_verb(left) || !self.has_verb(right) {
                continue;
            }
            let failure = self.left;
            let understood = self.clause(left);
            // What followed may have followed on what was not understood.
            self.last = self.last.take().filter(|_| understood);
            // What stands behind "X said that" is X's, whatever joins it.
            if self.says(left) {
                return understood;
            }
            let starts_with_verb = right.first().is_some_and(|piece| self.is_finite(piece));
            let right: Vec<Piece> = if starts_with_verb {
                // A date in front of both is the date of both.
                let dated = right.iter().any(Piece::is_time);
                let verb = left.iter().position(|piece| self.is_finite(piece)).unwrap_or(0);
                let times = left.iter().take(verb).filter(|piece| !dated && piece.is_time()).map(Piece::lent);
                let subject = self.subject(left).into_iter().map(Piece::lent);
                subject.chain(right.iter().cloned()).chain(times).collect()
            } else {
                right.to_vec()
            };
            let also = self.clause(&right);
            if !understood || !also {
                self.left = self.left.or(failure);
            }
            return understood;
        }
        false
    }

    /// What stands before the first finite verb, without dates and commas.
    fn subject<'p>(&self, pieces: &'p [Piece]) -> Vec<&'p Piece> {
        let verb = pieces.iter().position(|piece| self.is_finite(piece)).unwrap_or(0);
        pieces.get(..verb).unwrap_or_default().iter().filter(|piece| !piece.is_time() && !piece.is_comma()).collect()
    }
}

fn joins(piece: &Piece) -> bool {
    matches!(piece.chunk(), Some(ChunkKind::Conjunction(Conjunction::And | Conjunction::But) | ChunkKind::Colon | ChunkKind::Dash))
        || piece.is_comma()
}

/// Where the list behind a colon stands, if it is what was taken off.
fn spelt_out(pieces: &[Piece], main: &[Piece]) -> Option<Span> {
    let list = pieces.get(main.len()..)?;
    let colon = list.first().filter(|piece| matches!(piece.chunk(), Some(ChunkKind::Colon)))?;
    let last = list.last()?;
    Some(colon.span.to(last.span))
}

/// Without what stands in brackets, and without the brackets.
fn without_brackets(pieces: &[Piece]) -> Vec<Piece> {
    let mut depth = 0_u32;
    let mut kept = Vec::new();
    for piece in pieces {
        match piece.chunk() {
            Some(ChunkKind::OpenBracket) => depth = depth.saturating_add(1),
            Some(ChunkKind::CloseBracket) => depth = depth.saturating_sub(1),
            _ if depth == 0 => kept.push(piece.clone()),
            _ => {}
        }
    }
    kept
}

/// "Nov. 27: rebels pushed east": the date of what follows.
fn dated_in_front(pieces: Vec<Piece>) -> Vec<Piece> {
    match pieces.as_slice() {
        [date, colon, rest @ ..] if date.is_time() && matches!(colon.chunk(), Some(ChunkKind::Colon | ChunkKind::Dash)) => {
            let comma = Piece { kind: Kind::Chunk(ast::ChunkKind::Comma), words: ",".to_owned(), folded: ",".to_owned(), ..colon.clone() };
            [date.clone(), comma].into_iter().chain(rest.iter().cloned()).collect()
        }
        _ => pieces,
    }
}

/// Without commas and words that only lead over at the ends.
fn trimmed(pieces: &[Piece]) -> &[Piece] {
    let mut pieces = pieces;
    while let [first, rest @ ..] = pieces {
        let leads = !first.is_name() && first.is_one_of(&LEADING) && !matches!(rest.first(), Some(next) if next.is_word("that"));
        if is_break(first) || leads {
            pieces = rest;
        } else {
            break;
        }
    }
    while let [rest @ .., last] = pieces {
        if is_break(last) || joins(last) {
            pieces = rest;
        } else {
            break;
        }
    }
    pieces
}

/// The one day that a statement gives.
fn day_of(statement: &Statement) -> Option<Day> {
    let clauses = statement.clauses();
    let mut days = clauses.iter().flat_map(|clause| &clause.times).filter_map(|time| match time {
        Time::Window { days, .. } => days.single_day(),
        _ => None,
    });
    let day = days.next()?;
    days.all(|other| other == day).then_some(day)
}
