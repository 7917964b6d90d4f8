//! Sentences whose words stand in another order for emphasis, put back: "it was X that …", "the only cities left to X were …",
//! "of the six towns, four …".
//!
//! In: a clause in pieces. Out: the same in plain order. Never: turns round what is denied.

use super::clauses::Parting;
use super::pieces::Piece;
use super::verbs::is_break;
use crate::syntax::ast::{ChunkKind, Mark};
use crate::vocabulary::without_possessive;

const BE: [&str; 4] = ["is", "are", "was", "were"];

/// Whether "it" at the start of these pieces stands for nothing: "it was Brask that captured Drumme".
pub(super) fn is_cleft(pieces: &[Piece]) -> bool {
    focus(pieces).is_some()
}

/// What a cleft sets off, and what it says of that; the first piece is "it".
fn focus(pieces: &[Piece]) -> Option<(&[Piece], &[Piece])> {
    let [it, be, rest @ ..] = pieces else { return None };
    // "It" may have given way to a name already.
    if !(it.is_name() || it.is_word("it")) || !be.is_one_of(&BE) {
        return None;
    }
    let opens = |piece: &Piece| piece.is_plain_word() && piece.is_one_of(&["that", "who", "which", "whom"]);
    let at = rest.iter().position(opens)?;
    let (front, behind) = (rest.get(..at)?, rest.get(at.saturating_add(1)..)?);
    let front = match front {
        [front @ .., comma] if comma.is_comma() => front,
        _ => front,
    };
    // Only a name or a date is set off so; "it was captured by the rebels, who …" goes on about a city.
    let bare = match front {
        [the, rest @ ..] if the.is_word("the") && !the.is_name() => rest,
        _ => front,
    };
    let set_off = bare.first().is_some_and(|piece| piece.is_name() || piece.is_time() || piece.is_one_of(&["in", "near", "at"]));
    (set_off && !behind.is_empty()).then_some((front, behind))
}

impl Parting<'_> {
    /// "It was Brask, not the army, that captured Drumme": Brask captured Drumme.
    pub(super) fn cleft(&self, pieces: &[Piece]) -> Option<Vec<Piece>> {
        if !pieces.first()?.folded_as_it() {
            return None;
        }
        let (focus, behind) = focus(pieces)?;
        let focus: Vec<Piece> = match focus.iter().position(is_break) {
            // "…, not Y": what it was not says no more than what it was.
            Some(comma) => match focus.get(comma.saturating_add(1)..)? {
                [not, ..] if matches!(not.chunk(), Some(ChunkKind::Not)) => focus.get(..comma)?.to_vec(),
                _ => return None,
            },
            None => focus.to_vec(),
        };
        let first = behind.iter().find(|piece| !matches!(piece.chunk(), Some(ChunkKind::Mark(_) | ChunkKind::Not)))?;
        if self.is_finite(first) {
            return Some(focus.iter().chain(behind).cloned().collect());
        }
        // "It was Drumme that the army lost", "It was on Monday that …"
        match focus.as_slice() {
            [.., name] if name.is_name() && focus.iter().all(|piece| piece.is_name() || piece.is_word("the")) => {
                let owned = Piece { borrowed: false, ..name.clone() };
                Some(
                    self.with_antecedent(behind, &owned)
                        .into_iter()
                        .map(|piece| if piece.span == name.span { owned.clone() } else { piece })
                        .collect(),
                )
            }
            _ if focus.iter().any(Piece::is_time) => Some(behind.iter().chain(&focus).cloned().collect()),
            _ => None,
        }
    }

    /// "It was not Brask that captured Drumme" does not say that Brask did.
    pub(super) fn is_denied_cleft(pieces: &[Piece]) -> bool {
        matches!(pieces, [it, be, not, ..] if it.folded_as_it() && be.is_one_of(&BE) && matches!(not.chunk(), Some(ChunkKind::Not)))
            && pieces.iter().any(|piece| piece.is_one_of(&["that", "who", "which", "whom"]))
    }

    /// "By Sunday the only capitals left to the government were Damascus and Latakia": only those of the capitals were left
    /// to it.
    pub(super) fn only_ones(&self, pieces: &[Piece]) -> Option<Vec<Piece>> {
        let only = pieces.windows(2).position(
            |pair| matches!(pair, [the, only] if the.is_word("the") && matches!(only.chunk(), Some(ChunkKind::Mark(Mark::Only)))),
        )?;
        let times = pieces.get(..only)?;
        if !times.iter().all(|piece| piece.is_time() || piece.is_comma()) {
            return None;
        }
        let (mark, behind) = pieces.get(only.saturating_add(1)..)?.split_first()?;
        let noun = self.kind_at(behind)?;
        let (kind, behind) = behind.split_at_checked(noun)?;
        let be = behind.iter().position(|piece| piece.is_plain_word() && piece.is_one_of(&BE))?;
        let (said, list) = (behind.get(..be)?, behind.get(be.saturating_add(1)..)?);
        let list = match list {
            [colon, list @ ..] if is_break(colon) => list,
            _ => list,
        };
        let listed = |piece: &Piece| piece.is_name() || piece.is_comma() || matches!(piece.chunk(), Some(ChunkKind::Conjunction(_)));
        let end = list.iter().position(|piece| !listed(piece)).unwrap_or(list.len());
        let (names, after) = list.split_at_checked(end)?;
        let denies =
            |piece: &Piece| matches!(piece.chunk(), Some(ChunkKind::Not | ChunkKind::Mark(Mark::Never | Mark::NotYet | Mark::NoLonger)));
        if said.iter().any(denies) || names.is_empty() || said.is_empty() || !after.iter().all(Piece::is_time) {
            return None;
        }
        let place = mark.span;
        let word = |words: &str| Piece::put_in(words, place);
        let of: Vec<Piece> = [word("of"), word("the")].into_iter().chain(kind.iter().cloned()).collect();
        let listed: Vec<Piece> = std::iter::once(mark.clone()).chain(names.iter().cloned()).chain(of).collect();
        let times: Vec<Piece> = times.iter().chain(after).filter(|piece| piece.is_time()).cloned().collect();
        // "the only cities that the army still held were …"
        let said = if said.first()?.is_word("that") { said.get(1..)? } else { said };
        let verb = said.iter().position(|piece| self.is_finite(piece));
        let with_subject = verb.filter(|verb| *verb > 0 && said.get(..*verb).is_some_and(|front| front.iter().any(Piece::is_name)));
        let said: Vec<Piece> = if with_subject.is_some() {
            said.iter().cloned().chain(listed).collect()
        } else {
            listed.into_iter().chain([behind.get(be)?.clone()]).chain(said.iter().cloned()).collect()
        };
        Some(said.into_iter().chain(times).collect())
    }

    /// "Of the six towns, four are in rebel hands": four of the six towns are.
    pub(super) fn of_in_front(&self, pieces: &[Piece]) -> Option<Vec<Piece>> {
        let comma = pieces.iter().position(Piece::is_comma)?;
        let (front, behind) = (pieces.get(..comma)?, pieces.get(comma.saturating_add(1)..)?);
        let [of, rest @ ..] = front else { return None };
        if !of.is_word("of") || rest.is_empty() || rest.iter().any(|piece| piece.is_time() || self.is_finite(piece)) {
            return None;
        }
        let counts = |piece: &Piece| {
            matches!(piece.chunk(), Some(ChunkKind::Number(_) | ChunkKind::Bound(_) | ChunkKind::Mark(Mark::Only)))
                || piece.is_plain_word() && self.vocabulary.number_word(&piece.folded).is_some()
        };
        let number = behind.iter().take_while(|piece| counts(piece)).count();
        let (number, said) = behind.split_at_checked(number)?;
        // "four towns": of what they are four stands behind them already.
        let goes_on = said.first().is_some_and(|piece| self.is_finite(piece));
        (!number.is_empty() && goes_on).then(|| number.iter().chain(front).chain(said).cloned().collect())
    }

    /// How many pieces from the first on name a kind.
    fn kind_at(&self, pieces: &[Piece]) -> Option<usize> {
        (1..=pieces.len().min(4)).rev().find(|end| {
            let words: Vec<&str> = pieces.iter().take(*end).map(|piece| piece.folded.as_str()).collect();
            !self.vocabulary.kind_index().exact(&words.join(" ")).is_empty()
        })
    }
}

impl Piece {
    /// Whether it is *it*, or the name that a bare "it" was taken for.
    fn folded_as_it(&self) -> bool {
        self.is_word("it")
            || self.is_name() && self.span.start.saturating_add("it".len()) == self.span.end && without_possessive(&self.words).is_none()
    }
}
