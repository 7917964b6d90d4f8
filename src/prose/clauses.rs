//! A sentence taken apart until each part is a statement.
//!
//! The order of trying: the whole; then without relative clauses, participles and appositions, each read by itself; then
//! the parts that are joined, the second with the subject of the first. A part that is said by somebody, or that stands
//! behind a condition, is never read as the writer's own.

use super::hedges;
use super::pieces::{Kind, Piece, Restated};
use super::reading::{Left, Reading};
use crate::statement::{Body, Context, MODALS, Statement, Time, resolve};
use crate::syntax::ast::{ChunkKind, Conjunction, Side};
use crate::syntax::{self, ast};
use crate::time::Day;
use crate::vocabulary::{Form, KindId, Vocabulary, without_possessive};

/// How often a sentence is tried to be read, in all its parts.
const MOST_TRIES: u32 = 120;

/// How many words may say who speaks.
const LONGEST_SPEAKER: usize = 4;

const RELATIVES: [&str; 3] = ["who", "which", "that"];

/// Words that open a clause of its own, of which the main clause does not depend.
const ASIDES: [&str; 6] = ["while", "although", "though", "whereas", "as", "after"];

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
    vocabulary: &'v Vocabulary,
    context: Context,
    tries: u32,
    /// "according to X,": who says what is being read.
    speaker: Vec<Piece>,
    pub(super) readings: Vec<Reading>,
    pub(super) left: Option<Left>,
}

impl<'v> Parting<'v> {
    pub(super) fn new(vocabulary: &'v Vocabulary, context: Context) -> Self {
        Self { vocabulary, context, tries: MOST_TRIES, speaker: Vec::new(), readings: Vec::new(), left: None }
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
                self.left = Some(Left::Form);
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

    /// "…, aid workers say", "according to reports, …", "reportedly": who says it, and what. Nothing inside where the speaker is
    /// no known name.
    fn attributed(&self, pieces: &[Piece]) -> Option<Option<(Vec<Piece>, Vec<Piece>)>> {
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
        if !times.iter().all(Piece::is_time) || !self.has_verb(front) {
            return None;
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
    fn says_in_between(&self, pieces: &[Piece]) -> bool {
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
    fn media(&self, span: crate::text::Span) -> Option<Piece> {
        ["media reports", "reports", "the media"].iter().find_map(|words| match self.vocabulary.name_index().exact(words) {
            [only] => {
                let id = crate::vocabulary::NameId(*only);
                let words = self.vocabulary.name(id).name.clone();
                Some(Piece { kind: Kind::Name(vec![id]), folded: crate::text::fold_word(&words), words, span, borrowed: true })
            }
            _ => None,
        })
    }

    fn is_media(&self, speaker: &Piece) -> bool {
        self.media(speaker.span).is_some_and(|media| media.name() == speaker.name())
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
            let understood = self.clause(&main);
            for side in sides {
                self.aside(&side);
            }
            return understood;
        }
        self.joined(pieces)
    }

    /// "Karsk fell on Monday, while Drumme held out": behind or before a comma, *while* sets one thing against another and does
    /// not say that both happened at once.
    fn contrasted(&self, pieces: &[Piece]) -> Option<(Vec<Piece>, Vec<Piece>)> {
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

    /// Reads what came off; that it is not understood says nothing of the sentence.
    pub(super) fn aside(&mut self, pieces: &[Piece]) {
        let left = self.left;
        self.clause(pieces);
        self.left = left;
    }

    /// Reads a stretch as one statement, every word of it.
    fn understand(&mut self, pieces: &[Piece]) -> bool {
        match self.attempt(pieces) {
            Ok(reading) => {
                // "the latter six days afterwards" leans on what was just dated.
                self.context.previous = day_of(&reading.statement).or(self.context.previous);
                self.readings.push(reading);
                // What was tried in vain before it was taken apart says nothing any more.
                self.left = None;
                true
            }
            Err(left) => {
                self.left = Some(left);
                false
            }
        }
    }

    fn attempt(&mut self, pieces: &[Piece]) -> Result<Reading, Left> {
        let Some(tries) = self.tries.checked_sub(1) else { return Err(Left::Form) };
        self.tries = tries;
        if !pieces.iter().any(|piece| self.is_verb(piece)) {
            return Err(Left::Verb);
        }
        let whole: Vec<Piece> = self.speaker.iter().chain(pieces).cloned().collect();
        let restated = Restated::new(&whole);
        let words = restated.words.clone();
        let written = syntax::statement(&words).map_err(|problem| Left::from_code(problem.code))?;
        let statement = resolve(&written, &words, self.vocabulary, &self.context).map_err(|problem| Left::from_code(problem.code))?;
        if statement.unknown_name().is_some() {
            return Err(Left::Name);
        }
        // "On Monday, they left Karsk and reached Drumme": a date in front is that of both, which the parts see to.
        if pieces.first().is_some_and(Piece::is_time)
            && let Body::All(parts) = &statement.body
            && parts.iter().any(|part| part.clauses().iter().all(|clause| clause.times.is_empty()))
        {
            return Err(Left::Form);
        }
        let span = restated.place(crate::text::Span::new(0, words.len())).ok_or(Left::Form)?;
        Ok(Reading { statement, words, span, restated })
    }

    /// "the rebels, who have held Idlib since 2020, advanced": the main clause without it, and the relative clause as one
    /// of its own.
    fn relative(&mut self, pieces: &[Piece]) -> Option<(Vec<Piece>, Option<Vec<Piece>>)> {
        let at = (1..pieces.len()).find(|at| {
            let here = pieces.get(*at).is_some_and(|piece| !piece.is_name() && piece.is_one_of(&RELATIVES));
            let before = pieces.get(at.saturating_sub(1));
            let comma = before.is_some_and(Piece::is_comma);
            let antecedent = before.is_some_and(Piece::is_name);
            let that = pieces.get(*at).is_some_and(|piece| piece.is_word("that"));
            let goes_on = pieces.get(at.saturating_add(1)).is_some_and(|next| self.is_finite(next));
            here && if that { antecedent && goes_on } else { antecedent || comma }
        })?;
        let comma = pieces.get(at.saturating_sub(1)).is_some_and(Piece::is_comma);
        let start = if comma { at.saturating_sub(1) } else { at };
        let behind = pieces.get(at.saturating_add(1)..)?;
        let antecedent = pieces.get(..start)?.iter().rev().find(|piece| !piece.is_comma()).filter(|piece| piece.is_name());
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
    fn with_antecedent(&self, inside: &[Piece], antecedent: &Piece) -> Vec<Piece> {
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
    fn gapped(&self, pieces: &[Piece]) -> Option<(Vec<Piece>, Vec<Vec<Piece>>)> {
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
    fn participle(&self, pieces: &[Piece]) -> Option<(Vec<Piece>, Vec<Piece>)> {
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
    fn insert(&self, pieces: &[Piece]) -> Option<(Vec<Piece>, Vec<Vec<Piece>>)> {
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
            && !front.iter().any(|piece| self.is_work(piece))
            && self.is_plain(rest)
        {
            return Some((rest.to_vec(), Vec::new()));
        }
        // "four of the 14 provincial capitals: Damascus, …": what is listed behind a colon spells out what is said.
        if let Some(colon) = pieces.iter().position(|piece| matches!(piece.chunk(), Some(ChunkKind::Colon)))
            && let (front, Some(behind)) = (pieces.get(..colon)?, pieces.get(colon.saturating_add(1)..))
            && self.has_verb(front)
            && !self.has_verb(behind)
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
            let antecedent = before.last().filter(|piece| piece.is_name());
            if number > 0 && self.is_participle(inside) {
                let side = antecedent.filter(|_| inside.iter().any(|piece| piece.is_word("by"))).map(|name| {
                    let was = Piece::put_in("was", first.span);
                    [name.lent(), was].into_iter().chain(inside.iter().cloned()).collect()
                });
                return Some((cut(), side.into_iter().collect()));
            }
            let opens = !first.is_name() && (first.is_one_of(&ASIDES) || matches!(first.chunk(), Some(ChunkKind::Order(_))));
            if opens && inside.iter().skip(1).any(|piece| self.is_finite(piece)) && bounds.len() > 1 {
                let asserted = first.is_one_of(&ASIDES) && !first.is_word("as") && !first.is_word("after");
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
        }
        None
    }

    /// "Hama, a city south of Aleppo": is a city, and is south of Aleppo.
    fn apposition(&self, name: &Piece, inside: &[Piece]) -> Vec<Vec<Piece>> {
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

    fn forms(&self, piece: &Piece) -> &'v [(String, Form)] {
        if piece.is_plain_word() { self.vocabulary.verbs().read(&piece.folded) } else { &[] }
    }

    fn is_verb(&self, piece: &Piece) -> bool {
        !self.forms(piece).is_empty() || piece.is_plain_word() && piece.is_one_of(&AUXILIARIES)
    }

    /// A form that a clause can have as its verb. A bare form in front of a noun may be no verb; the resolver sees that.
    fn is_finite(&self, piece: &Piece) -> bool {
        self.forms(piece).iter().any(|(_, form)| matches!(form, Form::Past | Form::Third | Form::Base))
            || piece.is_plain_word() && piece.is_one_of(&AUXILIARIES)
    }

    /// Whether there is a finite verb. Behind a determiner or a preposition the same word is a noun: "a call", "to attack".
    fn has_verb(&self, pieces: &[Piece]) -> bool {
        let no_verb_behind = ["the", "a", "an", "its", "their", "his", "her", "this", "to", "of", "in", "with", "for", "under"];
        pieces.iter().enumerate().any(|(at, piece)| {
            let before = at.checked_sub(1).and_then(|before| pieces.get(before));
            self.is_finite(piece) && !before.is_some_and(|before| !before.is_name() && before.is_one_of(&no_verb_behind))
        })
    }

    /// "led by HTS", "forcing the army to redeploy"
    fn is_participle(&self, inside: &[Piece]) -> bool {
        let Some(first) = inside.iter().find(|piece| !piece.folded.ends_with("ly")) else { return false };
        let forms = self.forms(first);
        let gerund = first.is_plain_word()
            && first.folded.ends_with("ing")
            && (forms.is_empty() || forms.iter().all(|(_, form)| *form == Form::Gerund));
        let passive = forms.iter().any(|(_, form)| *form == Form::Participle) && inside.iter().any(|piece| piece.is_one_of(&["by", "as"]));
        gerund || passive
    }

    /// A film, a novel: what happens in it did not happen.
    fn is_work(&self, piece: &Piece) -> bool {
        let kind = self.vocabulary.kind_index().exact(&piece.folded).first().map(|id| KindId(*id));
        let of = |name: &str| self.vocabulary.kind_named(name);
        let work = of("work");
        kind.zip(work).is_some_and(|(kind, work)| self.vocabulary.is_kind_of(kind, work))
            || piece.name().zip(work).is_some_and(|(name, work)| self.vocabulary.is_a(name, work))
            || piece.is_one_of(&["dream", "scenario", "simulation", "story", "drill", "exercise", "bid", "attempt", "move", "vote"])
    }

    /// Neither denied nor counted, first nor only.
    fn is_plain(&self, pieces: &[Piece]) -> bool {
        !pieces.iter().any(|piece| {
            matches!(
                piece.chunk(),
                Some(ChunkKind::Not | ChunkKind::Mark(_) | ChunkKind::Number(_) | ChunkKind::Bound(_) | ChunkKind::FirstTime)
            ) || !piece.is_name()
                && (piece.is_one_of(&["no", "none", "nobody", "first", "last"]) || self.vocabulary.number_word(&piece.folded).is_some())
        })
    }

    fn is_saying(&self, piece: &Piece) -> bool {
        self.forms(piece).iter().any(|(base, _)| {
            self.vocabulary.with_verb(base).iter().any(|id| {
                let relation = self.vocabulary.relation(self.vocabulary.phrasing(*id).relation);
                relation.roles.iter().any(|role| self.vocabulary.kind(role.kind).name == "statement")
            })
        })
    }

    /// Whether it is reported what somebody says.
    fn says(&self, pieces: &[Piece]) -> bool {
        pieces.iter().any(|piece| self.is_saying(piece))
            || pieces.windows(2).any(|pair| matches!(pair, [a, b] if a.is_word("according") && b.is_word("to")))
    }
}

/// "Veldonia's"
fn is_owner(piece: &Piece) -> bool {
    piece.is_name() && without_possessive(&piece.words).is_some()
}

const AUXILIARIES: [&str; 13] = ["is", "are", "was", "were", "has", "have", "had", "do", "does", "did", "been", "being", "be"];

fn is_break(piece: &Piece) -> bool {
    matches!(piece.chunk(), Some(ChunkKind::Comma | ChunkKind::Dash | ChunkKind::Colon))
}

fn joins(piece: &Piece) -> bool {
    matches!(piece.chunk(), Some(ChunkKind::Conjunction(Conjunction::And | Conjunction::But) | ChunkKind::Colon | ChunkKind::Dash))
        || piece.is_comma()
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
