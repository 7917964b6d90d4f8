//! The lines that teach a word which nobody knows: a verb, a name or a kind, as far as the statement tells what it is.
//!
//! In: a statement that is not understood, or one with an unknown name. Out: lines for a vocabulary or fact file. Never: teaches more
//! than what the statement needs.

use super::items::{Item, ItemKind};
use super::reader::Reader;
use super::refusal::HELPERS;
use super::{Filler, Statement};
use crate::syntax::ast::ChunkKind;
use crate::vocabulary::{Form, IS_A, KindId, NameId, Vocabulary};

impl Reader<'_> {
    /// The lines of a vocabulary file with which an unknown verb is read here.
    pub(super) fn lesson(&self, core: &[Item], verb: &Item) -> String {
        let base = base_of(&verb.text, self.vocabulary);
        let (mut front, mut back): (Vec<Lesson<'_>>, Vec<Lesson<'_>>) = (Vec::new(), Vec::new());
        let (mut open, mut behind, mut passive) = (false, false, false);
        for item in core {
            if item.number == verb.number {
                (open, behind) = (false, true);
                continue;
            }
            let side = if behind { &mut back } else { &mut front };
            match &item.kind {
                ItemKind::Name { ids, .. } => {
                    open = false;
                    side.push(Lesson::Slot(ids.first().map_or("thing", |id| self.general_kind(*id))));
                }
                ItemKind::Inner(_) => side.push(Lesson::Slot("statement")),
                ItemKind::Chunk(_) if behind && PREPOSITIONS.contains(&&*item.text) => {
                    open = false;
                    side.push(Lesson::Word(&item.text));
                }
                ItemKind::Chunk(_) if HELPERS.contains(&&*item.text) || item.is_word("been") => {
                    passive |= !behind && !matches!(&*item.text, "has" | "have" | "had");
                }
                // "3,150 patients" are people.
                ItemKind::Chunk(_) if !open && !self.kinds_from(item.span.start).is_empty() => {
                    let kind = self.kinds_from(item.span.start).iter().find_map(|hit| hit.ids.first().copied());
                    open = true;
                    side.push(Lesson::Slot(kind.map_or("thing", |kind| self.general(KindId(kind)))));
                }
                ItemKind::Chunk(chunk) if matches!(**chunk, ChunkKind::Number(_) | ChunkKind::Bound(_)) => {}
                // Words that nobody knows are one thing together.
                ItemKind::Chunk(_) if open || item.is_determiner() => {}
                ItemKind::Chunk(_) => {
                    open = true;
                    side.push(Lesson::Slot(if behind { "thing" } else { "party" }));
                }
            }
        }
        if passive && verb.text.ends_with("ed") {
            // A phrasing is said in the active: who did it stands behind *by*, or is not said.
            let by = back.windows(2).position(|pair| matches!(pair, [Lesson::Word("by"), Lesson::Slot(_)]));
            let agent =
                by.map_or(Lesson::Slot("party"), |by| back.drain(by..by.saturating_add(2)).next_back().unwrap_or(Lesson::Slot("party")));
            back.splice(0..0, std::mem::replace(&mut front, vec![agent]));
        }
        if front.is_empty() {
            front.push(Lesson::Slot("party"));
        }
        let mut roles: Vec<(String, String)> = Vec::new();
        let mut pattern: Vec<String> = Vec::new();
        let mut put = |parts: Vec<Lesson<'_>>, pattern: &mut Vec<String>| {
            for part in parts {
                match part {
                    Lesson::Word(word) => pattern.push(word.to_owned()),
                    Lesson::Slot(kind) => push_role(&mut roles, pattern, kind),
                }
            }
        };
        put(front, &mut pattern);
        pattern.push(format!("<{base}>"));
        put(back, &mut pattern);
        let said: Vec<String> =
            roles.iter().map(|(role, kind)| if role == kind { role.clone() } else { format!("{role}: {kind}") }).collect();
        // What may happen again contradicts less: the safe thing to be taught.
        let (roles, pattern) = (said.join(", "), pattern.join(" "));
        format!("`event {base}({roles})`, and below it, indented, `say {pattern}` and `repeatable` (not if it can happen only once)")
    }

    /// The most general kind that says what a name is.
    fn general_kind(&self, name: NameId) -> &'static str {
        let is = |kind: &str| self.vocabulary.kind_named(kind).is_some_and(|kind| self.vocabulary.is_a(name, kind));
        GENERAL.into_iter().find(|kind| is(kind)).unwrap_or("thing")
    }

    /// The most general kind that this is one of.
    fn general(&self, kind: KindId) -> &'static str {
        GENERAL.into_iter().find(|general| self.vocabulary.is_kind_of_named(kind, general)).unwrap_or("thing")
    }
}

/// Kinds that a role of a new relation may ask for.
const GENERAL: [&str; 6] = ["place", "party", "happening", "office", "work", "thing"];

/// Part of a phrasing that would read a verb which nobody knows.
#[derive(Clone, Copy, Debug)]
enum Lesson<'i> {
    /// Something of a kind.
    Slot(&'static str),
    /// A word as it is.
    Word(&'i str),
}

/// Small words that stand between a verb and what it is said of.
pub(super) const PREPOSITIONS: [&str; 22] = [
    "in", "on", "at", "of", "from", "with", "into", "over", "against", "through", "near", "to", "by", "for", "up", "down", "out", "off",
    "away", "back", "about", "around",
];

/// A role of a kind, by another name where that one is taken.
fn push_role(roles: &mut Vec<(String, String)>, pattern: &mut Vec<String>, kind: &str) {
    let taken = |name: &str, roles: &[(String, String)]| roles.iter().any(|(role, _)| role == name);
    let names = [kind.to_owned(), format!("other {kind}"), format!("third {kind}"), format!("fourth {kind}")];
    if let Some(name) = names.into_iter().find(|name| !taken(name, roles)) {
        pattern.push(format!("{{{name}}}"));
        roles.push((name, kind.to_owned()));
    }
}

/// How a stem ends that has lost an e, behind a consonant: "downgrad", but not "load".
const LOST_AN_E: [&str; 36] = [
    "at", "dg", "bl", "pl", "tl", "dl", "gl", "ir", "ov", "ur", "iz", "is", "ad", "id", "od", "ud", "ak", "ik", "ok", "uk", "ap", "ip",
    "am", "im", "um", "in", "un", "ar", "ut", "ul", "as", "ag", "ns", "rs", "rg", "lg",
];

fn ends_behind_a_consonant(stem: &str, end: &str) -> bool {
    let before = stem.strip_suffix(end).and_then(|rest| rest.chars().next_back());
    // "at" and the others of that row always have it, even behind a vowel ("create", "seize").
    let vowel = before.is_some_and(|before| "aeiou".contains(before));
    before.is_some() && (!vowel || matches!(end, "at" | "iz" | "is"))
}

/// The base form of a verb that is not known, as far as its form tells.
fn base_of(word: &str, vocabulary: &Vocabulary) -> String {
    let mut guesses: Vec<String> = Vec::new();
    for (ending, instead) in [("ied", "y"), ("ies", "y"), ("ed", ""), ("ed", "e"), ("s", ""), ("es", "")] {
        guesses.extend(word.strip_suffix(ending).map(|stem| format!("{stem}{instead}")));
    }
    // "zapped" is of "zap", "rolled" of "roll".
    if let Some(stem) = word.strip_suffix("ed").filter(|stem| !stem.ends_with(['l', 's', 'f', 'z'])) {
        let mut letters = stem.chars().rev();
        if letters.next() == letters.next() {
            let short = stem.char_indices().next_back().and_then(|(last, _)| stem.get(..last)).map(str::to_owned);
            guesses.splice(0..0, short);
        }
    }
    let writes = |base: &String| [Form::Past, Form::Third].into_iter().any(|form| vocabulary.verbs().write(base, form) == word);
    guesses.retain(writes);
    // "quoted" is of "quote", "visited" of "visit": a stem that cannot end so has lost an e.
    let cut = |base: &str| word.strip_suffix("ed") == Some(base);
    let lost = |base: &str| base.ends_with(['v', 'c', 'z', 'u']) || LOST_AN_E.iter().any(|end| ends_behind_a_consonant(base, end));
    let stem = |base: &String| !(cut(base) && lost(base));
    guesses.iter().find(|base| stem(base)).or(guesses.first()).cloned().unwrap_or_else(|| word.to_owned())
}

/// The lines of a fact file with which the first unknown name of a statement is known: the name, of the kind that its place asks
/// for; or the kind, where it is one.
pub fn declaring_lines(statement: &Statement, vocabulary: &Vocabulary) -> Vec<String> {
    let unknown = statement.clauses().into_iter().find_map(|clause| {
        let mut roles = clause.roles.iter().enumerate();
        roles.find_map(|(at, filler)| filler.unknown().map(|(words, _)| (clause, at, words)))
    });
    let Some((clause, at, words)) = unknown else { return Vec::new() };
    if matches!(crate::text::fold_word(words).as_str(), "he" | "she" | "it" | "they" | "him" | "her" | "them" | "who" | "we" | "i" | "you")
    {
        return Vec::new();
    }
    // What "is a city" is a city.
    let wanted = match clause.roles.get(1) {
        Some(Filler::Kind(kind, _)) if clause.relation == IS_A => vocabulary.kind(*kind).name.as_str(),
        _ => vocabulary.relation(clause.relation).roles.get(at).map_or("thing", |role| vocabulary.kind(role.kind).name.as_str()),
    };
    let wanted = wanted.split(" or ").next().unwrap_or(wanted);
    let mut each = words.split_whitespace();
    let first = each.next().unwrap_or_default();
    // "the 2024 final" has a year in its name.
    let year = first.len() == 4 && first.bytes().all(|byte| byte.is_ascii_digit());
    if !year && (vocabulary.number_word(first).is_some() || first.starts_with(|c: char| c.is_ascii_digit())) {
        // "four hives": of a kind that is not known. With more than a noun behind it, it cannot be told what that is.
        return match (each.next(), each.next()) {
            (Some(noun), None) if vocabulary.kind_named(noun).is_none() => vec![kind_line(noun, wanted)],
            _ => Vec::new(),
        };
    }
    // No name begins so or has a score in it.
    let digits = |word: &str| word.contains(|c: char| c.is_ascii_digit());
    if PREPOSITIONS.contains(&first) || first == "too" || words.split_whitespace().skip(usize::from(year)).any(digits) {
        return Vec::new();
    }
    // Of what kind it is, its last word may say.
    let last = words.rsplit(' ').next().filter(|last| last.len() < words.len()).map(crate::text::fold_word);
    let slot = vocabulary.kind_named(wanted);
    let fits = |kind: &KindId| slot.is_none_or(|slot| vocabulary.is_kind_of(*kind, slot));
    let own = last.and_then(|last| vocabulary.kind_named(&last)).filter(fits).map(|kind| vocabulary.kind(kind).name.as_str());
    let wanted = own.unwrap_or(wanted);
    let plain = !words.contains([',', ':', '(', ')', '=', '"', '{', '}', '<', '>', '#']);
    vec![if plain { format!("name {words}: {wanted}") } else { format!("name \"{}\": {wanted}", words.replace('"', "\\\"")) }]
}

/// A kind by a noun that may stand in the plural.
pub(super) fn kind_line(noun: &str, parent: &str) -> String {
    let singulars = [
        noun.strip_suffix("ies").map(|stem| format!("{stem}y")),
        noun.strip_suffix("es").map(str::to_owned),
        noun.strip_suffix('s').map(str::to_owned),
    ];
    let one = singulars.into_iter().flatten().find(|one| crate::vocabulary::plural_of(one) == noun);
    format!("kind {}: {parent}", one.as_deref().unwrap_or(noun))
}
