//! "Aleppo fell on Friday, and Hama followed on Monday": what is said of one is said of the next.
//!
//! In: a clause, and the pieces of the last happening that was understood. Out: that happening with another name in it and
//! another date. Only where one name of the happening is of the kind of the new one.

use super::clauses::Parting;
use super::pieces::Piece;

impl Parting<'_> {
    pub(super) fn followed(&self, pieces: &[Piece]) -> Option<Vec<Piece>> {
        let last = self.last.as_ref()?;
        let words: Vec<&Piece> =
            pieces.iter().filter(|piece| !piece.is_time() && !piece.is_comma() && !piece.is_one_of(&["soon", "then"])).collect();
        let [name, verb] = words.as_slice() else { return None };
        if !verb.is_word("followed") || !verb.is_plain_word() || !pieces.iter().any(Piece::is_time) {
            return None;
        }
        let new = name.name()?;
        let kinds = &self.vocabulary.name(new).kinds;
        let alike =
            |piece: &Piece| piece.name().is_some_and(|known| self.vocabulary.name(known).kinds.iter().any(|kind| kinds.contains(kind)));
        let mut places = last.iter().enumerate().filter(|(_, piece)| alike(piece)).map(|(at, _)| at);
        let place = places.next().filter(|_| places.next().is_none())?;
        if last.get(place)?.name() == Some(new) {
            return None;
        }
        let echo = last.iter().enumerate().filter(|(_, piece)| !piece.is_time() && !piece.is_comma());
        let echo = echo.map(|(at, piece)| if at == place { (*name).clone() } else { piece.lent() });
        Some(echo.chain(pieces.iter().filter(|piece| piece.is_time()).cloned()).collect())
    }
}
