//! Words and phrases of a sentence, each with its place, and statements put together from them.

use super::bare_weekdays::with_bare_weekdays;
use super::weekdays::with_weekdays;
use crate::statement::{Item, ItemKind, items};
use crate::syntax;
use crate::syntax::ast::ChunkKind;
use crate::text::{Problem, Span};
use crate::vocabulary::{NameId, Vocabulary, without_possessive};

/// A word or phrase: from the sentence, or put in for one that stands there.
#[derive(Clone, Debug)]
pub(super) struct Piece {
    pub(super) kind: Kind,
    /// As it is written.
    pub(super) words: String,
    /// As it is compared.
    pub(super) folded: String,
    /// Where it stands in the sentence.
    pub(super) span: Span,
    /// It belongs to another clause that shares it with this one.
    pub(super) borrowed: bool,
}

#[derive(Clone, Debug)]
pub(super) enum Kind {
    Name(Vec<NameId>),
    Chunk(ChunkKind),
}

impl Piece {
    pub(super) fn chunk(&self) -> Option<&ChunkKind> {
        match &self.kind {
            Kind::Chunk(chunk) => Some(chunk),
            Kind::Name(_) => None,
        }
    }

    pub(super) fn is_word(&self, word: &str) -> bool {
        self.folded == word
    }

    pub(super) fn is_one_of(&self, words: &[&str]) -> bool {
        words.contains(&self.folded.as_str())
    }

    pub(super) fn is_plain_word(&self) -> bool {
        matches!(self.chunk(), Some(ChunkKind::Word))
    }

    pub(super) fn is_comma(&self) -> bool {
        matches!(self.chunk(), Some(ChunkKind::Comma))
    }

    /// A date or a length of time.
    pub(super) fn is_time(&self) -> bool {
        matches!(self.chunk(), Some(ChunkKind::When(_) | ChunkKind::Lasting(_) | ChunkKind::MomentOfDay))
    }

    /// The name that it certainly is.
    pub(super) fn name(&self) -> Option<NameId> {
        match &self.kind {
            Kind::Name(ids) => match ids.as_slice() {
                [only] => Some(*only),
                _ => None,
            },
            Kind::Chunk(_) => None,
        }
    }

    pub(super) fn is_name(&self) -> bool {
        matches!(self.kind, Kind::Name(_))
    }

    /// The same for a clause that it does not stand in.
    pub(super) fn lent(&self) -> Self {
        Self { borrowed: true, ..self.clone() }
    }

    /// A word that is put in where something stands.
    pub(super) fn put_in(words: &str, span: Span) -> Self {
        Self { kind: Kind::Chunk(ChunkKind::Word), words: words.to_owned(), folded: words.to_owned(), span, borrowed: true }
    }
}

/// "Veldonia's"
pub(super) fn is_owner(piece: &Piece) -> bool {
    piece.is_name() && without_possessive(&piece.words).is_some()
}

/// Quoted words up to this many are a writer's own, in quotation marks; more are somebody's speech.
pub(super) const LONGEST_FRAGMENT: usize = 6;

/// Cuts a sentence into pieces. What stands between quotation marks and is short is cut too.
pub(super) fn cut(text: &str, vocabulary: &Vocabulary) -> Result<Vec<Piece>, Problem> {
    let written = syntax::statement(text)?;
    let mut pieces = Vec::new();
    for item in items(&written, text, vocabulary) {
        let quoted = matches!(item.chunk(), Some(ChunkKind::Quoted));
        let words = item.span.of(text);
        if quoted && words.split_whitespace().count() <= LONGEST_FRAGMENT {
            let inner = words.trim_matches(['"', '\u{201c}', '\u{201d}']).trim_end_matches([',', '.']);
            let offset = item.span.start.saturating_add(words.find(inner).unwrap_or(0));
            if let Ok(written) = syntax::statement(inner) {
                pieces.extend(items(&written, inner, vocabulary).into_iter().map(|item| piece(item, inner, offset)));
                continue;
            }
        }
        pieces.push(piece(item, text, 0));
    }
    Ok(with_bare_weekdays(with_weekdays(pieces), text))
}

fn piece(item: Item, text: &str, offset: usize) -> Piece {
    let written = item.span.of(text).to_owned();
    let (kind, words) = match &item.kind {
        // Whose it is said to be is part of what is said.
        ItemKind::Name { ids, possessive: true } => {
            let ending = if written.ends_with('s') { "'" } else { "'s" };
            (Kind::Name(ids.to_vec()), written + ending)
        }
        ItemKind::Name { ids, possessive: false } => (Kind::Name(ids.to_vec()), written),
        ItemKind::Chunk(chunk) if matches!(**chunk, ChunkKind::Not) => (Kind::Chunk(ChunkKind::Not), "not".to_owned()),
        ItemKind::Chunk(chunk) => (Kind::Chunk(ChunkKind::clone(chunk)), written),
        // Only a resolver that has read a part already makes these.
        ItemKind::Inner(_) => (Kind::Chunk(ChunkKind::Quoted), written),
    };
    Piece { kind, words, folded: item.text.to_string(), span: item.span.shifted(offset), borrowed: false }
}

/// A statement put together from pieces.
#[derive(Clone, Debug)]
pub(super) struct Restated {
    pub(super) words: String,
    /// For each piece: where it stands in `words`, where in the sentence, and whether it is borrowed.
    places: Vec<(Span, Span, bool)>,
}

impl Restated {
    pub(super) fn new(pieces: &[Piece]) -> Self {
        let mut words = String::new();
        let mut places = Vec::new();
        for piece in pieces {
            let closes = matches!(piece.chunk(), Some(ChunkKind::Comma | ChunkKind::Colon | ChunkKind::CloseBracket));
            if !words.is_empty() && !closes {
                words.push(' ');
            }
            let start = words.len();
            words.push_str(&piece.words);
            places.push((Span::new(start, words.len()), piece.span, piece.borrowed));
        }
        Self { words, places }
    }

    /// Where a stretch of the words stands in the sentence, without what is borrowed.
    pub(super) fn place(&self, span: Span) -> Option<Span> {
        let touched = self.places.iter().filter(|(own, _, borrowed)| !borrowed && own.start < span.end && span.start < own.end);
        touched.map(|(_, place, _)| *place).reduce(Span::to)
    }
}
