//! Who is said to say what a sentence says.
//!
//! In: a sentence in pieces. Out: the speaker in words that the language reads, and what is left for him to say. Never: takes
//! words that somebody says for the writer's own.

use super::asides::RELATIVES;
use super::clauses::Parting;
use super::hedges;
use super::pieces::{Kind, Piece};
use super::verbs::{AUXILIARIES, is_break};
use crate::syntax::ast::ChunkKind;

/// How many words may say who speaks.
const LONGEST_SPEAKER: usize = 4;

impl Parting<'_> {
    /// "…, aid workers say", "according to reports, …", "reportedly": who says it, and what. Nothing inside where the speaker is
    /// no known name.
    pub(super) fn attributed(&self, pieces: &[Piece]) -> Option<Option<(Vec<Piece>, Vec<Piece>)>> {
        let says = |name: &Piece| {
            let word = |words: &str| Piece::put_in(words, name.span);
            let comma = Piece { kind: Kind::Chunk(ChunkKind::Comma), ..word(",") };
            vec![word("according"), word("to"), name.clone(), comma]
        };
        // In front of what is said, or between commas inside it; behind it the language reads it by itself.
        let according = |at: usize| matches!(pieces.get(at..), Some([first, to, ..]) if first.is_word("according") && to.is_word("to"));
        let inside = |at: &usize| *at == 0 || at.checked_sub(1).and_then(|before| pieces.get(before)).is_some_and(Piece::is_comma);
        if let Some(at) = (0..pieces.len()).filter(inside).find(|at| according(*at))
            && let Some(rest) = pieces.get(at.saturating_add(2)..)
            && let Some(comma) = rest.iter().position(Piece::is_comma)
        {
            let who: Vec<&Piece> = rest.get(..comma)?.iter().filter(|piece| !piece.is_one_of(&["the", "a", "an"])).collect();
            let front = pieces.get(..at.saturating_sub(1)).unwrap_or_default();
            let content: Vec<Piece> = front.iter().chain(rest.get(comma.saturating_add(1)..)?).cloned().collect();
            let [speaker] = who.as_slice() else { return Some(None) };
            // Who is only said to report what somebody announced adds nothing to it.
            return Some(speaker.is_name().then(|| {
                let reports = self.is_media(speaker) && self.says(&content);
                let own = |piece: Piece, other: &Piece| Piece { span: other.span, borrowed: false, ..piece };
                let mut said = says(&(*speaker).clone());
                for (piece, other) in said.iter_mut().zip(pieces.get(at..).unwrap_or_default()).take(2) {
                    *piece = own(piece.clone(), other);
                }
                (if reports { Vec::new() } else { said }, content)
            }));
        }
        if let Some(at) = pieces.iter().position(|piece| piece.is_one_of(&hedges::REPORTED)) {
            let media = self.media(pieces.get(at)?.span);
            let rest = pieces.iter().enumerate().filter(|(place, _)| *place != at).map(|(_, piece)| piece.clone()).collect();
            return Some(media.map(|media| (says(&media), rest)));
        }
        let comma = pieces.iter().rposition(is_break)?;
        let (front, behind) = (pieces.get(..comma)?, pieces.get(comma.saturating_add(1)..)?);
        let verb = behind.iter().rposition(|piece| self.is_saying(piece) && !piece.is_one_of(&AUXILIARIES))?;
        let (before, after) = (behind.get(..verb)?, behind.get(verb.saturating_add(1)..)?);
        // "…, said Orlin on Monday"
        let turned = after.iter().position(Piece::is_time).unwrap_or(after.len());
        let (who, times) = if before.is_empty() { after.split_at_checked(turned)? } else { (before, after) };
        if !self.has_verb(front) {
            return None;
        }
        if !times.iter().all(Piece::is_time) {
            // "…, the paper said at first": somebody's words, and more about them than can be told.
            let joins =
                behind.first().is_some_and(|first| matches!(first.chunk(), Some(ChunkKind::Conjunction(_))) || first.is_one_of(&RELATIVES));
            let content = after.iter().any(|piece| piece.is_word("that") || piece.is_name());
            let speaks = (1..=LONGEST_SPEAKER).contains(&before.len()) && !before.iter().any(|piece| self.is_verb(piece));
            return (speaks && !joins && !content).then_some(None);
        }
        let [speaker] = who.iter().filter(|piece| !piece.is_one_of(&["the", "a", "an"])).collect::<Vec<_>>()[..] else {
            return Some(None);
        };
        // What he did, said or denied, and when, is part of what is told.
        let that = Piece::put_in("that", speaker.span);
        let said = [speaker.clone(), behind.get(verb)?.clone()].into_iter().chain(times.iter().cloned()).chain([that]).collect();
        Some(speaker.is_name().then(|| (said, front.to_vec())))
    }

    /// "The rebels, Orlin says, fled", "…, Orlin said, adding that …": somebody says so, in words that are not parted from what he
    /// says.
    pub(super) fn says_in_between(&self, pieces: &[Piece]) -> bool {
        let bare = |piece: &&Piece| !piece.is_one_of(&["the", "a", "an"]) && !piece.is_time();
        // "which they have held": a clause of its own.
        let goes_on = |piece: &&Piece| piece.is_one_of(&RELATIVES) || piece.is_one_of(&AUXILIARIES);
        pieces.split(is_break).filter(|stretch| stretch.len() < pieces.len()).any(|stretch| {
            let words: Vec<&Piece> = stretch.iter().filter(bare).collect();
            match words.as_slice() {
                [verb, who] if self.is_saying(verb) && !verb.is_one_of(&AUXILIARIES) => who.is_name() || !self.is_verb(who),
                // "aid workers say": what is said follows without a verb of its own in between.
                [who @ .., verb] => {
                    self.is_saying(verb)
                        && !verb.is_one_of(&AUXILIARIES)
                        && (1..=LONGEST_SPEAKER).contains(&who.len())
                        && !who.iter().any(goes_on)
                }
                [] => false,
            }
        })
    }

    /// The name that a vocabulary has for reports of nobody in particular.
    pub(super) fn media(&self, span: crate::text::Span) -> Option<Piece> {
        ["media reports", "reports", "the media"].iter().find_map(|words| match self.vocabulary.name_index().exact(words) {
            [only] => {
                let id = crate::vocabulary::NameId(*only);
                let words = self.vocabulary.name(id).name.clone();
                Some(Piece { kind: Kind::Name(vec![id]), folded: crate::text::fold_word(&words), words, span, borrowed: true })
            }
            _ => None,
        })
    }

    pub(super) fn is_media(&self, speaker: &Piece) -> bool {
        self.media(speaker.span).is_some_and(|media| media.name() == speaker.name())
    }

    /// Whether it is reported what somebody says.
    pub(super) fn says(&self, pieces: &[Piece]) -> bool {
        pieces.iter().any(|piece| self.is_saying(piece))
            || pieces.windows(2).any(|pair| matches!(pair, [a, b] if a.is_word("according") && b.is_word("to")))
    }
}
