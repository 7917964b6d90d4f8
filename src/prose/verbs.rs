//! Which pieces of a sentence may be verbs. The vocabulary knows the verbs; the auxiliaries are the language's own.

use super::clauses::Parting;
use super::pieces::Piece;
use crate::syntax::ast::ChunkKind;
use crate::vocabulary::Form;

pub(super) const AUXILIARIES: [&str; 13] = ["is", "are", "was", "were", "has", "have", "had", "do", "does", "did", "been", "being", "be"];

pub(super) fn is_break(piece: &Piece) -> bool {
    matches!(piece.chunk(), Some(ChunkKind::Comma | ChunkKind::Dash | ChunkKind::Colon))
}

impl<'v> Parting<'v> {
    pub(super) fn forms(&self, piece: &Piece) -> &'v [(String, Form)] {
        if piece.is_plain_word() { self.vocabulary.verbs().read(&piece.folded) } else { &[] }
    }

    pub(super) fn is_verb(&self, piece: &Piece) -> bool {
        !self.forms(piece).is_empty() || piece.is_plain_word() && piece.is_one_of(&AUXILIARIES)
    }

    /// A form that a clause can have as its verb. A bare form in front of a noun may be no verb; the resolver sees that.
    pub(super) fn is_finite(&self, piece: &Piece) -> bool {
        self.forms(piece).iter().any(|(_, form)| matches!(form, Form::Past | Form::Third | Form::Base))
            || piece.is_plain_word() && piece.is_one_of(&AUXILIARIES)
    }

    /// Whether there is a finite verb. Behind a determiner or a preposition the same word is a noun: "a call", "to attack".
    pub(super) fn has_verb(&self, pieces: &[Piece]) -> bool {
        let no_verb_behind = ["the", "a", "an", "its", "their", "his", "her", "this", "to", "of", "in", "with", "for", "under"];
        pieces.iter().enumerate().any(|(at, piece)| {
            let before = at.checked_sub(1).and_then(|before| pieces.get(before));
            self.is_finite(piece) && !before.is_some_and(|before| !before.is_name() && before.is_one_of(&no_verb_behind))
        })
    }

    /// "led by HTS", "forcing the army to redeploy"
    pub(super) fn is_participle(&self, inside: &[Piece]) -> bool {
        let Some(first) = inside.iter().find(|piece| !piece.folded.ends_with("ly")) else { return false };
        let forms = self.forms(first);
        let gerund = first.is_plain_word()
            && first.folded.ends_with("ing")
            && (forms.is_empty() || forms.iter().all(|(_, form)| *form == Form::Gerund));
        let passive = forms.iter().any(|(_, form)| *form == Form::Participle) && inside.iter().any(|piece| piece.is_one_of(&["by", "as"]));
        gerund || passive
    }

    pub(super) fn is_saying(&self, piece: &Piece) -> bool {
        piece.is_plain_word() && self.vocabulary.may_say(&piece.folded)
    }
}
