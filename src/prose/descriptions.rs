//! Noun phrases that say more than the name: "another key city of Homs", "two key cities, Aleppo and Hama". The name stays,
//! and what is said of it besides comes off as a statement of its own.

use super::pieces::{Kind, Piece};
use crate::syntax::ast::{ChunkKind, Conjunction};
use crate::vocabulary::{KindId, Vocabulary, without_possessive};

/// Adjectives between a determiner and its noun.
const MOST_ADJECTIVES: usize = 3;

/// Adverbs that place a statement in the telling and say nothing of the world.
const FILLERS: [&str; 11] =
    ["also", "recently", "meanwhile", "therefore", "thus", "finally", "eventually", "subsequently", "instead", "consequently", "notably"];

/// Kinds whose name follows behind *of*: "the city of Homs" is Homs, "the capital of Idlib" is not Idlib.
pub(super) const NAMED_BEHIND_OF: [&str; 10] =
    ["city", "town", "village", "island", "province", "state", "region", "country", "republic", "port city"];

const DIRECTIONS: [&str; 14] = [
    "central",
    "northern",
    "southern",
    "eastern",
    "western",
    "north-eastern",
    "north-western",
    "south-eastern",
    "south-western",
    "northeastern",
    "northwestern",
    "southeastern",
    "southwestern",
    "coastal",
];

/// The pieces without descriptions and fillers, and what the descriptions say.
pub(super) fn simplified(pieces: &[Piece], text: &str, vocabulary: &Vocabulary) -> (Vec<Piece>, Vec<Vec<Piece>>) {
    let mut kept: Vec<Piece> = Vec::new();
    let mut sides = Vec::new();
    let mut at = 0_usize;
    while let Some(piece) = pieces.get(at) {
        if let Some(found) = described_name(pieces, at, text, vocabulary) {
            kept.push(found.name);
            sides.extend(found.sides);
            at = found.end;
            continue;
        }
        if let Some((name, end)) = titled(pieces, at, text, vocabulary) {
            kept.push(name);
            at = end;
            continue;
        }
        if let Some((list, end)) = described_list(pieces, at, text, vocabulary) {
            kept.extend(list);
            at = end;
            continue;
        }
        if piece.is_name() || !piece.is_one_of(&FILLERS) {
            kept.push(piece.clone());
        }
        at = at.saturating_add(1);
    }
    (kept, sides)
}

struct Described {
    name: Piece,
    sides: Vec<Vec<Piece>>,
    end: usize,
}

/// "another key city of Homs", "Syria's central city of Homs", "the rebel commander Hassan Abdul Ghany"
fn described_name(pieces: &[Piece], at: usize, text: &str, vocabulary: &Vocabulary) -> Option<Described> {
    let first = pieces.get(at)?;
    let owner = (first.is_name() && without_possessive(&first.words).is_some()).then_some(first);
    let determined = first.is_one_of(&["the", "a", "an", "another"]) && !first.is_name();
    let from = if owner.is_some() || determined { at.saturating_add(1) } else { at };
    let (start, kind, end) = noun(pieces, from, text, vocabulary)?;
    let after = pieces.get(end)?;
    let name_at = if after.is_word("of") { end.saturating_add(1) } else { end };
    // A bare kind before a name, "rebel commander X", is read as it stands.
    if name_at == end && start == from && owner.is_none() {
        return None;
    }
    let name = pieces.get(name_at).filter(|piece| piece.is_name() && without_possessive(&piece.words).is_none())?;
    let id = name.name()?;
    // Only what the name is known to be says no more than the name; "the spokesman of Acme" is somebody else.
    let by_of = name_at == end || NAMED_BEHIND_OF.contains(&vocabulary.kind(kind).name.as_str());
    if !by_of || !vocabulary.is_a(id, kind) {
        return None;
    }
    let span = first.span.to(name.span);
    let word = |words: &str| Piece::put_in(words, first.span);
    let mut sides = Vec::new();
    let noun_pieces = pieces.get(start..end)?;
    let is_a: Vec<Piece> = [name.lent(), word("is"), word("a")].into_iter().chain(noun_pieces.iter().cloned()).collect();
    sides.push(is_a);
    let direction = pieces.get(from..start)?.iter().find(|piece| piece.is_one_of(&DIRECTIONS));
    if let (Some(owner), Some(direction)) = (owner, direction) {
        let (stem, _) = without_possessive(&owner.words)?;
        let whole = Piece { words: stem.to_owned(), folded: crate::text::fold_word(stem), ..owner.clone() };
        sides.push(vec![name.lent(), word("is"), word("in"), direction.clone(), whole]);
    }
    Some(Described { name: Piece { span, ..name.clone() }, sides, end: name_at.saturating_add(1) })
}

/// "Syrian rebel commander Hassan Abdul Ghany", "UN spokesman Farhan Haq": what somebody is and whose, in front of the name.
fn titled(pieces: &[Piece], at: usize, text: &str, vocabulary: &Vocabulary) -> Option<(Piece, usize)> {
    let of_kind = |piece: &Piece, kind: &str| piece.name().is_some_and(|name| vocabulary.is_a_named(name, kind));
    let first = pieces.get(at)?;
    let before = at.checked_sub(1).and_then(|before| pieces.get(before));
    let end = (at.saturating_add(1)..pieces.len().min(at.saturating_add(MOST_ADJECTIVES).saturating_add(2)))
        .find(|end| pieces.get(*end).is_some_and(|piece| of_kind(piece, "person")))?;
    let (front, name) = (pieces.get(at..end)?, pieces.get(end)?);
    let (title, whose) = front.split_last()?;
    let person = vocabulary.kind_named("person")?;
    let is_title = of_kind(title, "office")
        || vocabulary
            .kind_index()
            .starting_at(text, title.span.start)
            .iter()
            .any(|hit| hit.span == title.span && hit.ids.iter().any(|id| vocabulary.is_kind_of(KindId(*id), person)));
    let party = |piece: &Piece| {
        without_possessive(&piece.words).is_none() && (of_kind(piece, "party") || of_kind(piece, "country")) && !of_kind(piece, "person")
    };
    // Behind a preposition a party may be what that governs, and is no part of the title.
    let governed = before.is_some_and(|before| is_function_word(before) && !before.is_one_of(&["the", "a", "an", "and", "that"]));
    let fits = is_title && !title.borrowed && whose.iter().all(party) && (whose.is_empty() || !governed);
    // Whose he is, is not judged: "Blues footballer Ann scored" is found true of Ann.
    let judged = if whose.is_empty() { first.span } else { name.span };
    fits.then(|| (Piece { span: judged.to(name.span), ..name.clone() }, end.saturating_add(1)))
}

/// "two key cities, Aleppo and Hama, were captured": the list, if it is as long as it says.
fn described_list(pieces: &[Piece], at: usize, text: &str, vocabulary: &Vocabulary) -> Option<(Vec<Piece>, usize)> {
    let number = pieces.get(at)?;
    let (sure, _) = match number.chunk()? {
        ChunkKind::Word => vocabulary.number_word(&number.folded)?,
        _ => return None,
    };
    let (_, kind, end) = noun(pieces, at.saturating_add(1), text, vocabulary)?;
    let comma = pieces.get(end).filter(|piece| piece.is_comma() || matches!(piece.chunk(), Some(ChunkKind::Colon)))?;
    let mut place = end.saturating_add(1);
    let mut list = Vec::new();
    let mut names = 0_i64;
    while let Some(piece) = pieces.get(place) {
        let joins = piece.is_comma() || matches!(piece.chunk(), Some(ChunkKind::Conjunction(Conjunction::And)));
        match piece.name() {
            Some(name) if vocabulary.is_a(name, kind) || vocabulary.name(name).kinds.is_empty() => names = names.saturating_add(1),
            _ if joins && names < sure.low => {}
            _ => break,
        }
        list.push(piece.clone());
        place = place.saturating_add(1);
    }
    if names != sure.low || sure.low != sure.high || names < 2 {
        return None;
    }
    let closing = pieces.get(place).is_some_and(Piece::is_comma) && comma.is_comma();
    Some((list, place.saturating_add(usize::from(closing))))
}

/// Adjectives and the noun behind them, from a piece on: where the noun starts, its kind, and where it ends.
fn noun(pieces: &[Piece], from: usize, text: &str, vocabulary: &Vocabulary) -> Option<(usize, KindId, usize)> {
    (0..=MOST_ADJECTIVES).find_map(|skipped| {
        let start = from.saturating_add(skipped);
        let adjectives = pieces.get(from..start)?;
        if !adjectives
            .iter()
            .all(|piece| matches!(&piece.kind, Kind::Chunk(ChunkKind::Word)) && !is_function_word(piece) || piece.is_name())
        {
            return None;
        }
        let first = pieces.get(start)?;
        if first.borrowed || first.is_name() {
            return None;
        }
        let hit = vocabulary.kind_index().starting_at(text, first.span.start).into_iter().find(|hit| !hit.possessive)?;
        let width = pieces.get(start..)?.iter().take_while(|piece| piece.span.end <= hit.span.end).count();
        let end = start.saturating_add(width);
        let fits = pieces.get(end.checked_sub(1)?)?.span.end == hit.span.end;
        // The head of the phrase is its last noun.
        let goes_on = pieces.get(end).is_some_and(|next| starts_noun(next, text, vocabulary));
        (fits && !goes_on).then_some(())?;
        hit.ids.first().map(|id| (start, KindId(*id), end))
    })
}

fn starts_noun(piece: &Piece, text: &str, vocabulary: &Vocabulary) -> bool {
    piece.is_plain_word()
        && vocabulary.kind_index().starting_at(text, piece.span.start).iter().any(|hit| hit.span.start == piece.span.start)
}

fn is_function_word(piece: &Piece) -> bool {
    piece.is_one_of(&[
        "the", "a", "an", "of", "in", "on", "at", "to", "from", "for", "with", "by", "and", "or", "is", "are", "was", "were", "has",
        "have", "had", "that", "which", "who", "not", "no",
    ])
}
