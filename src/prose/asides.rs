//! What comes off a clause and leaves one that says the same: relative clauses, participles, appositions, remarks.
//!
//! In: a clause in pieces. Out: the clause without it, and what came off as clauses of their own. Never: takes off what
//! limits the clause.

use super::clauses::Parting;
use super::pieces::{Piece, is_owner};
use super::reading::Reading;
use super::verbs::is_break;
use crate::syntax::ast::{ChunkKind, Conjunction, Preposition};
use crate::vocabulary::{Form, KindId, Sort};

pub(super) const RELATIVES: [&str; 3] = ["who", "which", "that"];

/// Words that open a clause of its own, of which the main clause does not depend.
const ASIDES: [&str; 6] = ["while", "although", "though", "whereas", "as", "after"];

impl Parting<'_> {
    /// "Karsk fell on Monday, while Drumme held out": behind or before a comma, *while* sets one thing against another and does
    /// not say that both happened at once.
    pub(super) fn contrasted(&self, pieces: &[Piece]) -> Option<(Vec<Piece>, Vec<Piece>)> {
        let sets_against = |piece: &Piece| !piece.is_name() && piece.is_one_of(&["while", "whereas"]);
        let behind = pieces.windows(2).position(|pair| matches!(pair, [comma, word] if comma.is_comma() && sets_against(word)));
        let (main, side) = match (pieces.first().filter(|first| sets_against(first)), behind) {
            (Some(_), _) => {
                let comma = pieces.iter().position(Piece::is_comma)?;
                (pieces.get(comma.saturating_add(1)..)?, pieces.get(1..comma)?)
            }
            (None, at) => (pieces.get(..at?)?, pieces.get(at?.saturating_add(2)..)?),
        };
        (self.has_verb(main) && self.has_verb(side) && !self.says(main)).then(|| (main.to_vec(), side.to_vec()))
    }

    /// "the rebels, who have held Idlib since 2020, advanced": the main clause without it, and the relative clause as one
    /// of its own.
    pub(super) fn relative(&mut self, pieces: &[Piece]) -> Option<(Vec<Piece>, Option<Vec<Piece>>)> {
        let at = (1..pieces.len()).find(|at| {
            let here = pieces.get(*at).is_some_and(|piece| !piece.is_name() && piece.is_one_of(&RELATIVES));
            let before = pieces.get(at.saturating_sub(1));
            let comma = before.is_some_and(Piece::is_comma);
            let antecedent = before.is_some_and(Piece::is_name);
            // "it was not Brask that captured Drumme": it does not say that Brask did.
            let front = pieces.get(at.saturating_sub(3)..*at).unwrap_or_default();
            let denied = !comma && front.iter().any(|piece| matches!(piece.chunk(), Some(ChunkKind::Not)));
            let that = pieces.get(*at).is_some_and(|piece| piece.is_word("that"));
            let goes_on = pieces.get(at.saturating_add(1)).is_some_and(|next| self.is_finite(next));
            here && !denied && if that { antecedent && goes_on } else { antecedent || comma }
        })?;
        let comma = pieces.get(at.saturating_sub(1)).is_some_and(Piece::is_comma);
        let start = if comma { at.saturating_sub(1) } else { at };
        let behind = pieces.get(at.saturating_add(1)..)?;
        let front = pieces.get(..start)?;
        let antecedent = front.iter().rev().find(|piece| !piece.is_comma()).filter(|piece| piece.is_name() && !self.hangs_on_a_noun(front));
        // It goes up to the comma that closes it, or to where the main clause goes on.
        let ends: Vec<usize> = if comma {
            vec![behind.iter().position(Piece::is_comma).unwrap_or(behind.len())]
        } else {
            let verbs = (1..behind.len()).filter(|end| behind.get(*end).is_some_and(|piece| self.is_finite(piece) || piece.is_comma()));
            verbs.chain([behind.len()]).collect()
        };
        let parted = |end: usize| {
            let rest = behind.get(end..).unwrap_or_default();
            let rest = if rest.first().is_some_and(Piece::is_comma) && comma { rest.get(1..).unwrap_or_default() } else { rest };
            let front = pieces.get(..start).unwrap_or_default();
            front.iter().chain(rest).cloned().collect::<Vec<Piece>>()
        };
        let side_of = |parting: &Self, end: usize| {
            let inside = behind.get(..end)?;
            antecedent.map(|antecedent| parting.with_antecedent(inside, antecedent))
        };
        // Where both are understood, that is where it ends.
        for end in ends.iter().rev() {
            let side = side_of(self, *end);
            if let Some(side) = &side
                && self.attempt(side).is_ok()
            {
                return Some((parted(*end), Some(side.clone())));
            }
        }
        let end = if comma { *ends.first()? } else { *ends.last()? };
        // One that says which ones are meant cannot be left out unless what it says is known of a name.
        (comma || antecedent.is_some()).then(|| (parted(end), None))
    }

    /// A relative clause with its antecedent in the place of the relative pronoun.
    pub(super) fn with_antecedent(&self, inside: &[Piece], antecedent: &Piece) -> Vec<Piece> {
        let verb = inside.iter().position(|piece| self.is_finite(piece)).unwrap_or(0);
        let before_verb = inside.get(..verb).unwrap_or_default();
        let has_subject = before_verb.iter().any(|piece| piece.is_name() || piece.is_plain_word() && !piece.folded.ends_with("ly"));
        if !has_subject {
            return std::iter::once(antecedent.lent()).chain(inside.iter().cloned()).collect();
        }
        // "which they have controlled since 2020": the antecedent is the object.
        let mut end = verb;
        while inside.get(end).is_some_and(|piece| self.is_verb(piece) || matches!(piece.chunk(), Some(ChunkKind::Mark(_) | ChunkKind::Not)))
        {
            end = end.saturating_add(1);
        }
        let (front, back) = (inside.get(..end).unwrap_or_default(), inside.get(end..).unwrap_or_default());
        front.iter().cloned().chain([antecedent.lent()]).chain(back.iter().cloned()).collect()
    }

    /// "Aleppo and Hama were overrun, Aleppo on November 29 and Hama six days later": the verb is shared by each of them.
    pub(super) fn gapped(&self, pieces: &[Piece]) -> Option<(Vec<Piece>, Vec<Vec<Piece>>)> {
        let comma = pieces.iter().rposition(Piece::is_comma)?;
        let (main, tail) = (pieces.get(..comma)?, pieces.get(comma.saturating_add(1)..)?);
        let verb = main.iter().position(|piece| self.is_finite(piece))?;
        let (subject, predicate) = (main.get(..verb)?, main.get(verb..)?);
        let of_subject = |piece: &Piece| piece.is_name() && subject.iter().any(|other| other.name() == piece.name());
        let mut parts: Vec<Vec<Piece>> = Vec::new();
        for piece in tail {
            match parts.last_mut() {
                _ if of_subject(piece) => {
                    let shared = predicate.iter().filter(|piece| !piece.is_time()).map(Piece::lent);
                    parts.push(std::iter::once(piece.clone()).chain(shared).collect());
                }
                Some(part) if piece.is_time() => part.push(piece.clone()),
                Some(_) if matches!(piece.chunk(), Some(ChunkKind::Conjunction(Conjunction::And))) => {}
                _ => return None,
            }
        }
        (parts.len() > 1).then(|| (main.to_vec(), parts))
    }

    /// "insurgents led by HTS have captured Homs": they were led by HTS, and captured Homs.
    pub(super) fn participle(&self, pieces: &[Piece]) -> Option<(Vec<Piece>, Vec<Piece>)> {
        let at = (1..pieces.len()).find(|at| {
            let before = pieces.get(at.saturating_sub(1)).is_some_and(Piece::is_name);
            let by = pieces.get(at.saturating_add(1)).is_some_and(|next| next.is_one_of(&["by", "as"]));
            let participle = |piece: &Piece| self.forms(piece).iter().any(|(_, form)| *form == Form::Participle);
            before && by && pieces.get(*at).is_some_and(participle)
        })?;
        let end = (at.saturating_add(2)..pieces.len()).find(|end| pieces.get(*end).is_some_and(|piece| self.is_finite(piece)))?;
        let (front, inside, back) = (pieces.get(..at)?, pieces.get(at..end)?, pieces.get(end..)?);
        let name = front.last()?;
        let were = Piece::put_in("were", inside.first()?.span);
        let side = [name.lent(), were].into_iter().chain(inside.iter().cloned()).collect();
        Some((front.iter().chain(back).cloned().collect(), side))
    }

    /// A stretch between commas that can come off: a participle, an apposition, a clause of its own.
    pub(super) fn insert(&mut self, pieces: &[Piece]) -> Option<(Vec<Piece>, Vec<Vec<Piece>>)> {
        // "With Homs gone, …": goes along with the clause and does not limit it.
        if let [first, ..] = pieces
            && first.is_one_of(&["with", "amid", "despite"])
            && let Some(comma) = pieces.iter().position(Piece::is_comma)
            && !pieces.get(..comma)?.iter().any(|piece| self.is_finite(piece))
        {
            return Some((pieces.get(comma.saturating_add(1)..)?.to_vec(), Vec::new()));
        }
        // "in what came as a surprise": a remark on what is told.
        let remark = pieces.windows(2).position(|pair| matches!(pair, [a, b] if a.is_one_of(&["in", "to"]) && b.is_word("what")));
        if let Some(at) = remark.filter(|at| *at > 0) {
            let behind = pieces.get(at..)?;
            let end = behind.iter().position(Piece::is_comma).unwrap_or(behind.len());
            let rest = pieces.get(..at)?.iter().chain(behind.get(end..)?).cloned().collect();
            return Some((rest, Vec::new()));
        }
        // "In a call with foreign officials, Assad vowed …": where it took place narrows what is said, so it may come off only
        // from what is neither denied nor counted.
        if let [first, second, ..] = pieces
            && first.is_one_of(&["in", "at", "during", "on"])
            && second.is_one_of(&["a", "an", "the"])
            && let Some(comma) = pieces.iter().position(Piece::is_comma)
            && let (Some(front), Some(rest)) = (pieces.get(..comma), pieces.get(comma.saturating_add(1)..))
            && !self.has_verb(front)
            && front.iter().any(|piece| self.is_happening(piece))
            && !front.iter().any(|piece| self.is_work(piece) || piece.is_word("eve"))
            && self.is_plain(rest)
        {
            return Some((rest.to_vec(), Vec::new()));
        }
        // "four of the 14 provincial capitals: Damascus, …": what is listed behind a colon spells out what is said.
        if let Some(colon) = pieces.iter().position(|piece| matches!(piece.chunk(), Some(ChunkKind::Colon)))
            && let (front, Some(behind)) = (pieces.get(..colon)?, pieces.get(colon.saturating_add(1)..))
            && self.has_verb(front)
            && !self.has_verb(behind)
            && !behind.iter().any(Piece::is_time)
        {
            return Some((front.to_vec(), Vec::new()));
        }
        let breaks: Vec<usize> = (0..pieces.len()).filter(|at| pieces.get(*at).is_some_and(is_break)).collect();
        let mut bounds: Vec<(usize, usize)> = Vec::new();
        let mut from = 0_usize;
        for at in breaks.iter().copied().chain([pieces.len()]) {
            bounds.push((from, at));
            from = at.saturating_add(1);
        }
        let last = bounds.len().saturating_sub(1);
        // What is inserted is of the time of its clause: "X, based in Y, sold" does not say where X is today.
        let present = pieces.iter().any(|piece| piece.is_plain_word() && piece.is_one_of(&["is", "are", "has", "have"]));
        for (number, (start, end)) in bounds.iter().copied().enumerate() {
            let inside = pieces.get(start..end)?;
            let before = pieces.get(..start.saturating_sub(1)).unwrap_or_default();
            let Some(first) = inside.first() else { continue };
            let without = |first_break: usize, next: usize| {
                let (front, back) = (pieces.get(..first_break).unwrap_or_default(), pieces.get(next..).unwrap_or_default());
                front.iter().chain(back).cloned().collect::<Vec<Piece>>()
            };
            // With the break before it; the one behind it goes too where the clause goes on.
            let cut = || {
                if number == 0 {
                    without(0, end.saturating_add(1))
                } else {
                    without(start.saturating_sub(1), end.saturating_add(usize::from(number < last)))
                }
            };
            // "the capital of Idlib, a city": of which of the two it is said, the words do not tell.
            let owned = matches!(before, [.., of, _] if of.is_word("of") && !of.is_name());
            let antecedent = before.last().filter(|piece| piece.is_name() && !self.hangs_on_a_noun(before));
            let alone = antecedent.filter(|_| !owned);
            // "Karst, never captured in 2023, fell": what is denied there is not denied of the clause.
            let denied =
                matches!(first.chunk(), Some(ChunkKind::Mark(_) | ChunkKind::Not)) && self.is_passive(inside.get(1..).unwrap_or_default());
            if number > 0 && denied {
                return Some((cut(), Vec::new()));
            }
            if number > 0 && self.is_participle(inside) {
                let was = antecedent.filter(|_| inside.iter().any(|piece| piece.is_word("by"))).map(|name| with_be("was", name, inside));
                return Some((cut(), was.into_iter().collect()));
            }
            // "Captured by the rebels on Monday, Karsk …"
            if number == 0 && bounds.len() > 1 && !self.has_active(inside) && self.is_passive(inside) {
                let rest = pieces.get(end.saturating_add(1)..)?;
                let subject = rest.iter().find(|piece| !piece.is_word("the")).filter(|piece| piece.is_name() && !is_owner(piece));
                // "Held by the army since 2016, Karsk fell": up to then.
                let be = if inside.iter().any(is_since) { "had been" } else { "was" };
                return Some((cut(), subject.map(|name| with_be(be, name, inside)).into_iter().collect()));
            }
            if number > 0
                && let Some(name) = alone
                && !self.has_active(inside)
            {
                // "Assad, in power since 2000, …", "Lowe, prime minister since 2020, …"
                if inside.iter().any(is_since) {
                    return Some((cut(), vec![with_be(if present { "has been" } else { "had been" }, name, inside)]));
                }
            }
            // "…, not the army, …": what did not do it says nothing of who did.
            if number > 0
                && inside
                    .iter()
                    .find(|piece| !matches!(piece.chunk(), Some(ChunkKind::Conjunction(Conjunction::But))))
                    .is_some_and(|piece| matches!(piece.chunk(), Some(ChunkKind::Not)))
                && inside
                    .iter()
                    .skip(1)
                    .all(|piece| piece.is_name() || piece.is_word("the") || matches!(piece.chunk(), Some(ChunkKind::Not)))
                && bounds.len() > 1
            {
                return Some((cut(), Vec::new()));
            }
            let opens = !first.is_name() && (first.is_one_of(&ASIDES) || matches!(first.chunk(), Some(ChunkKind::Order(_))));
            if opens && inside.iter().skip(1).any(|piece| self.is_finite(piece)) && bounds.len() > 1 {
                let asserted = first.is_one_of(&ASIDES) && !first.is_word("as") && !first.is_word("after");
                // "Before the deal was done, it did not own X": when something was not so, the clause says.
                if !asserted && !self.is_plain(&cut()) {
                    return None;
                }
                let side = asserted.then(|| inside.get(1..).unwrap_or_default().to_vec());
                return Some((cut(), side.into_iter().collect()));
            }
            if number > 0
                && let Some(name) = antecedent
                && (first.is_one_of(&["a", "an", "the", "another"]) || inside.len() > 1 && is_owner(first))
                && !self.has_verb(inside)
                && (number < last || !inside.iter().any(|piece| matches!(piece.chunk(), Some(ChunkKind::Conjunction(_)))))
            {
                return Some((cut(), self.apposition(name, inside)));
            }
            if number > 0
                && let Some(name) = alone
                && !self.has_active(inside)
            {
                // "Borealis, based in Torv, …"
                if number < last && !first.is_name() && inside.len() > 1 {
                    let side = with_be(if present { "is" } else { "was" }, name, inside);
                    if self.is_passive(inside) || self.lasts(&side) {
                        return Some((cut(), vec![side]));
                    }
                }
            }
        }
        None
    }

    /// Whether there is a verb that a clause can have as its own and that is no participle as well. In front, "head of the
    /// agency", a bare form is a noun.
    fn has_active(&self, pieces: &[Piece]) -> bool {
        pieces.iter().enumerate().any(|(at, piece)| {
            let forms = self.forms(piece);
            let noun = at == 0 && !forms.is_empty() && forms.iter().all(|(_, form)| *form == Form::Base);
            self.is_finite(piece) && !noun && !forms.iter().any(|(_, form)| *form == Form::Participle)
        })
    }

    /// "based in Torv", "captured on Monday": begins with a participle that is no gerund.
    fn is_passive(&self, pieces: &[Piece]) -> bool {
        let first = pieces.iter().find(|piece| !piece.folded.ends_with("ly"));
        first.is_some_and(|first| self.forms(first).iter().any(|(_, form)| *form == Form::Participle))
    }

    fn lasts(&mut self, pieces: &[Piece]) -> bool {
        let Ok(Reading { statement, .. }) = self.attempt(pieces) else { return false };
        statement.clauses().first().is_some_and(|clause| self.vocabulary.relation(clause.relation).sort == Sort::State)
    }

    /// "Hama, a city south of Aleppo": is a city, and is south of Aleppo.
    pub(super) fn apposition(&self, name: &Piece, inside: &[Piece]) -> Vec<Vec<Piece>> {
        let Some(first) = inside.first() else { return Vec::new() };
        let is = Piece::put_in("is", first.span);
        let front = [name.lent(), is];
        let whole: Vec<Piece> = front.iter().cloned().chain(inside.iter().cloned()).collect();
        let noun = inside.iter().position(|piece| piece.is_one_of(&["south", "north", "east", "west", "in", "near"]));
        match noun {
            Some(at) if at > 1 => {
                let (kind, place) = (inside.get(..at).unwrap_or_default(), inside.get(at..).unwrap_or_default());
                vec![front.iter().chain(kind).cloned().collect(), front.iter().chain(place).cloned().collect()]
            }
            _ => vec![whole],
        }
    }

    /// "The airport near Karst, which was captured": which of the two, the words do not tell.
    fn hangs_on_a_noun(&self, front: &[Piece]) -> bool {
        let Some((_, before)) = front.split_last() else { return false };
        let before = match before {
            [rest @ .., the] if the.is_one_of(&["the", "a", "an"]) && !the.is_name() => rest,
            all => all,
        };
        let [.., head, governs] = before else { return false };
        let preposition = !governs.is_name()
            && governs
                .is_one_of(&["of", "near", "in", "at", "from", "to", "with", "by", "for", "on", "outside", "inside", "around", "behind"]);
        // A noun that is said to be one: "the airport near", "the brother of".
        let ahead = before.len().saturating_sub(2);
        let determined =
            before.get(ahead.saturating_sub(3)..ahead).unwrap_or_default().iter().rev().take_while(|piece| !self.is_verb(piece));
        let determined = determined
            .into_iter()
            .any(|piece| !piece.is_name() && piece.is_one_of(&["the", "a", "an", "its", "his", "her", "their"]) || is_owner(piece));
        preposition && determined && (head.is_name() || head.is_plain_word() && !self.is_verb(head))
    }

    /// "the talks", "the attack": something that people take part in.
    fn is_happening(&self, piece: &Piece) -> bool {
        let kind = self.vocabulary.kind_index().exact(&piece.folded).first().map(|id| KindId(*id));
        kind.is_some_and(|kind| self.vocabulary.is_kind_of_named(kind, "happening"))
            || piece.name().is_some_and(|name| self.vocabulary.is_a_named(name, "happening"))
            || piece.is_one_of(&["call", "speech", "interview", "statement", "letter", "address"])
    }

    /// A film, a novel: what happens in it did not happen.
    pub(super) fn is_work(&self, piece: &Piece) -> bool {
        let kind = self.vocabulary.kind_index().exact(&piece.folded).first().map(|id| KindId(*id));
        kind.is_some_and(|kind| self.vocabulary.is_kind_of_named(kind, "work"))
            || piece.name().is_some_and(|name| self.vocabulary.is_a_named(name, "work"))
            || piece.is_one_of(&["dream", "scenario", "simulation", "story", "drill", "exercise", "bid", "attempt", "move", "vote"])
    }

    /// Neither denied nor counted, first nor only.
    pub(super) fn is_plain(&self, pieces: &[Piece]) -> bool {
        !pieces.iter().any(|piece| {
            matches!(
                piece.chunk(),
                Some(ChunkKind::Not | ChunkKind::Mark(_) | ChunkKind::Number(_) | ChunkKind::Bound(_) | ChunkKind::FirstTime)
            ) || !piece.is_name()
                && (piece.is_one_of(&["no", "none", "nobody", "first", "last"]) || self.vocabulary.number_word(&piece.folded).is_some())
        })
    }
}

/// "since 2016"
fn is_since(piece: &Piece) -> bool {
    matches!(piece.chunk(), Some(ChunkKind::When(phrase)) if phrase.preposition == Preposition::Since)
}

/// A name with what it was or is.
fn with_be(be: &str, name: &Piece, said: &[Piece]) -> Vec<Piece> {
    let place = said.first().map_or(name.span, |first| first.span);
    let be = be.split_whitespace().map(|word| Piece::put_in(word, place));
    std::iter::once(name.lent()).chain(be).chain(said.iter().cloned()).collect()
}
