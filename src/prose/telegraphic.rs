//! Headlines, bullets and rows of tables, which leave out what running prose does not: "5 December: Hama captured by the
//! rebels", "Lowe in Port Amber", "Strike began: 23 May".
//!
//! In: a clause that is not understood as it stands. Out: the same with its verb in. Only where a sentence has no full stop.

use super::clauses::Parting;
use super::pieces::Piece;
use super::verbs::AUXILIARIES;
use crate::syntax::ast::{ChunkKind, Conjunction};
use crate::vocabulary::{Form, without_possessive};

/// Whether the words of a sentence may be telegraphic: it does not end as a sentence does.
pub(super) fn is_telegraphic(text: &str) -> bool {
    !text.trim_end().ends_with(['.', '!', '?', '"', '\u{201d}', '\'', '\u{2019}', ')', '\u{2026}'])
}

impl Parting<'_> {
    /// The clause with *was* or *were* where a headline leaves it out.
    pub(super) fn supplied(&self, pieces: &[Piece]) -> Option<Vec<Piece>> {
        if !self.telegraphic || pieces.iter().any(|piece| piece.is_plain_word() && piece.is_one_of(&AUXILIARIES)) {
            return None;
        }
        let joins = |piece: &Piece| piece.is_comma() || matches!(piece.chunk(), Some(ChunkKind::Conjunction(Conjunction::And)));
        let start = pieces.iter().position(|piece| !piece.is_time() && !piece.is_comma() && !piece.is_word("the"))?;
        let names = pieces.get(start..)?.iter().take_while(|piece| piece.is_name() || joins(piece)).count();
        let end = start.saturating_add(names);
        let subject = pieces.get(start..end)?;
        let owner = subject.last().is_none_or(|last| !last.is_name() || without_possessive(&last.words).is_some());
        let next = pieces.get(end).filter(|_| !owner)?;
        let participle = self.forms(next).iter().any(|(_, form)| *form == Form::Participle);
        // A heading that only names, "Rebels in Aleppo", says nothing; one with a date does.
        let verbless = pieces.iter().any(Piece::is_time)
            && !pieces.iter().any(|piece| self.is_finite(piece))
            && next.is_plain_word()
            && !next.folded.ends_with("ing");
        if !participle && !verbless {
            return None;
        }
        let be = Piece::put_in(if subject.len() > 1 { "were" } else { "was" }, next.span);
        Some(pieces.get(..end)?.iter().cloned().chain([be]).chain(pieces.get(end..)?.iter().cloned()).collect())
    }

    /// "Strike began: 23 May", "Storm formed, 31 August": the date behind is that of what stands in front.
    pub(super) fn dated_behind(&self, pieces: &[Piece]) -> Option<Vec<Piece>> {
        let [front @ .., colon, date] = pieces else { return None };
        let parted = matches!(colon.chunk(), Some(ChunkKind::Colon | ChunkKind::Dash | ChunkKind::Comma));
        let fits = self.telegraphic && parted && date.is_time() && !front.iter().any(Piece::is_time) && front.iter().any(Piece::is_name);
        fits.then(|| front.iter().chain([date]).cloned().collect())
    }
}
