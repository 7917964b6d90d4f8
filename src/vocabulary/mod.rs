//! Names, kinds, relations, phrasings and the forms of words: everything that is data about the language and the world.
//!
//! In: declarations (from `syntax`). Out: tables that are looked up by number, and by words. Never: reads a file, knows a
//! verb or a kind by name: what `hold` means stands in `grammar/english`, not here. The only relation that is built in is
//! *is a* (a name is of a kind).

mod build;
mod inflect;
mod load;
mod names;
mod numbers;

pub use build::{Builder, Example, Place};
pub use inflect::{Form, Verbs};
pub use load::{Found, Line, PRESS, STANDARD, load, no_declaration, not_a_declaration, standard, standard_with_cast, without_comment};
pub use names::{NameIndex, NameMatch, without_possessive};
pub use numbers::Numbers;

use std::ops::Deref;
use std::sync::{Arc, OnceLock};

use hashbrown::HashMap;

use crate::syntax::{Element, Interval};
use crate::text::{Document, Span};

/// A kind, by its place in [`Vocabulary::kinds`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct KindId(pub u32);

/// A relation, by its place in [`Vocabulary::relations`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RelationId(pub u32);

/// A name, by its place in [`Vocabulary::names`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct NameId(pub u32);

/// A phrasing, by its place in [`Vocabulary::phrasings`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PhrasingId(pub u32);

/// The relation *is a*: first role a name, second a kind. Always number 0.
pub const IS_A: RelationId = RelationId(0);

/// A class of names.
#[derive(Clone, Debug)]
pub struct Kind {
    /// As declared, in the singular.
    pub name: String,
    /// What it is a kind of, directly.
    pub parents: Vec<KindId>,
    /// How many there are in all, if that was said.
    pub total: Option<u32>,
    /// Whether each comes again, so that what happens to it is not said of it once and for all; if that was said of this kind
    /// itself.
    pub recurring: Option<bool>,
    /// Whose they are ("of Syria"), if that was said.
    pub of: Option<NameId>,
    /// Where it was declared.
    pub place: Place,
}

/// Something that has a name.
#[derive(Clone, Debug)]
pub struct Name {
    /// The first of its names.
    pub name: String,
    /// Its other names.
    pub aliases: Vec<String>,
    /// Its kinds, as declared.
    pub kinds: Vec<KindId>,
    /// The groups it is directly part of.
    pub groups: Vec<NameId>,
    /// Where it was declared.
    pub place: Place,
    /// A member of a counted kind that nobody named.
    pub unnamed: bool,
    /// Its kind is only that of a table's column: it may be something narrower.
    pub rough: bool,
}

impl Name {
    /// Takes the kind of a table's column for its own, where nobody says better what it is.
    fn take_rough_kind(&mut self, kind: KindId) {
        if self.kinds.is_empty() || self.rough && !self.kinds.contains(&kind) {
            self.kinds.push(kind);
            self.rough = true;
        }
    }
}

/// A state lasts, an event happens on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Sort {
    /// Lasts over days.
    State,
    /// Happens on a day.
    Event,
}

/// A place in a relation.
#[derive(Clone, Debug)]
pub struct Role {
    /// What it is called in phrasings.
    pub name: String,
    /// What may fill it.
    pub kind: KindId,
}

/// How a relation is tied to another one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Tie {
    /// The other holds on the same days.
    Implies,
    /// The other, a state, begins on that day.
    Starts,
    /// The other, a state, ends on that day.
    Ends,
    /// The other, a state, held on the day before.
    Requires,
    /// The other, a state, held on some earlier day.
    After,
    /// The event *is* the beginning of the state.
    IsStartOf,
    /// The event *is* the end of the state.
    IsEndOf,
    /// Never both on one day.
    Excludes,
    /// Who does this says thereby that the other, an event, happened then.
    Asserts,
}

/// A tie with how its participants correspond.
#[derive(Clone, Debug)]
pub struct Link {
    /// How.
    pub tie: Tie,
    /// To what.
    pub target: RelationId,
    /// For each role of the target, the role of this relation that fills it.
    pub roles: Vec<Option<usize>>,
}

/// What a saying does with what is said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Speech {
    /// The speaker asserts it.
    Asserts,
    /// The speaker asserts the contrary.
    Denies,
}

/// A relation between participants.
#[derive(Clone, Debug)]
pub struct Relation {
    /// As declared.
    pub name: String,
    /// State or event.
    pub sort: Sort,
    /// Its roles; the first is the one that groups inherit from their parts.
    pub roles: Vec<Role>,
    /// On one day, only one filler of the first for given fillers of the others.
    pub one: Option<(usize, Vec<usize>)>,
    /// Further roles of which there is only one for given others.
    pub functions: Vec<(usize, Vec<usize>)>,
    /// Which roles identify a happening; none for all of them.
    pub once: Option<Vec<usize>>,
    /// The happening cannot come twice, whatever one assumes.
    pub unique: bool,
    /// May happen again to the same participants.
    pub repeatable: bool,
    /// Holds always or never.
    pub permanent: bool,
    /// `a R b` and `b R c` give `a R c`.
    pub transitive: bool,
    /// `a R b` gives `b R a`.
    pub symmetric: bool,
    /// Ties to other relations.
    pub links: Vec<Link>,
    /// For the inverse of another relation: that relation.
    pub inverse_of: Option<RelationId>,
    /// Whether it is a saying.
    pub speech: Option<Speech>,
    /// Where it was declared.
    pub place: Place,
}

impl Relation {
    /// The place of a role by its name.
    pub fn role(&self, name: &str) -> Option<usize> {
        self.roles.iter().position(|role| role.name == name)
    }
}

/// Part of a phrasing, with roles as numbers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// A noun phrase that fills a role.
    Slot {
        /// Which role.
        role: usize,
        /// Whether it says whose ("the rebels' hands").
        possessive: bool,
    },
    /// One of these words.
    Words(Arc<[String]>),
    /// May be left out.
    Optional(Vec<Part>),
}

/// One way to say a relation.
///
/// What stands around its verb is read when it is first asked for, where the line is known to be in order: most of the standard vocabulary
/// is never asked for in a run.
#[derive(Clone, Debug)]
pub struct Phrasing {
    /// What it says.
    pub relation: RelationId,
    /// Its verb, by base form; none for a noun phrase.
    pub verb: Option<String>,
    reading: OnceLock<Reading>,
    unread: Option<Unread>,
}

/// What a phrasing is made of.
#[derive(Clone, Debug, Default)]
pub struct Reading {
    /// What stands before the verb, or the whole noun phrase.
    pub before: Vec<Part>,
    /// What stands after it.
    pub after: Vec<Part>,
    /// The elements as declared, for showing.
    pub shown: Arc<[Element]>,
}

/// A line that is not read yet.
#[derive(Clone, Debug)]
struct Unread {
    document: Arc<Document>,
    line: Span,
    /// The names of the relation's roles, in order.
    roles: Arc<[String]>,
}

impl Deref for Phrasing {
    type Target = Reading;

    fn deref(&self) -> &Reading {
        // Only lines of our own wait to be read, and a test reads all of them.
        self.reading.get_or_init(|| self.unread.as_ref().and_then(build::read_late).unwrap_or_default())
    }
}

/// Everything that is known about the language and the names.
#[derive(Clone, Debug)]
pub struct Vocabulary {
    kinds: Vec<Kind>,
    names: Vec<Name>,
    relations: Vec<Relation>,
    phrasings: Vec<Phrasing>,
    /// The kinds that each kind is, itself included, sorted.
    ancestors: Vec<Vec<KindId>>,
    /// The groups that each name is part of, itself first, directly or not; none for one that is part of nothing.
    groups: Vec<Box<[NameId]>>,
    /// Every name by itself: all the groups of one that is part of nothing.
    alone: Vec<NameId>,
    disjoint: Vec<Vec<KindId>>,
    verbs: Verbs,
    numbers: Numbers,
    name_index: NameIndex,
    kind_index: NameIndex,
    by_verb: HashMap<String, Vec<PhrasingId>>,
    nouns: Vec<PhrasingId>,
    examples: Vec<Example>,
}

impl Vocabulary {
    /// The kinds, by number.
    pub fn kinds(&self) -> &[Kind] {
        &self.kinds
    }

    /// The names, by number.
    pub fn names(&self) -> &[Name] {
        &self.names
    }

    /// The relations, by number.
    pub fn relations(&self) -> &[Relation] {
        &self.relations
    }

    /// The phrasings, by number.
    pub fn phrasings(&self) -> &[Phrasing] {
        &self.phrasings
    }

    /// The statements that vocabulary files say must and must not be understood.
    pub fn examples(&self) -> &[Example] {
        &self.examples
    }

    /// A kind. Numbers of another vocabulary are no numbers of this one.
    #[expect(clippy::indexing_slicing, reason = "only the builder of this vocabulary gives out its numbers")]
    pub fn kind(&self, id: KindId) -> &Kind {
        &self.kinds[id.0 as usize]
    }

    /// A name.
    #[expect(clippy::indexing_slicing, reason = "only the builder of this vocabulary gives out its numbers")]
    pub fn name(&self, id: NameId) -> &Name {
        &self.names[id.0 as usize]
    }

    /// A relation.
    #[expect(clippy::indexing_slicing, reason = "only the builder of this vocabulary gives out its numbers")]
    pub fn relation(&self, id: RelationId) -> &Relation {
        &self.relations[id.0 as usize]
    }

    /// A phrasing.
    #[expect(clippy::indexing_slicing, reason = "only the builder of this vocabulary gives out its numbers")]
    pub fn phrasing(&self, id: PhrasingId) -> &Phrasing {
        &self.phrasings[id.0 as usize]
    }

    /// The kinds that a kind is: itself and all above it.
    #[expect(clippy::indexing_slicing, reason = "only the builder of this vocabulary gives out its numbers")]
    pub fn kinds_of_kind(&self, id: KindId) -> &[KindId] {
        &self.ancestors[id.0 as usize]
    }

    /// Whether every `kind` is a `wanted`.
    pub fn is_kind_of(&self, kind: KindId, wanted: KindId) -> bool {
        self.kinds_of_kind(kind).contains(&wanted)
    }

    /// Whether it comes again, so that what happens to it is not said once and for all: a league, but not "the 2025 league".
    pub fn recurs(&self, name: NameId) -> bool {
        let known = self.name(name);
        // What is said of a narrower kind counts before what is said of a wider one.
        let said = |kind: &KindId| self.kinds_of_kind(*kind).iter().find_map(|kind| self.kind(*kind).recurring);
        known.kinds.iter().any(|kind| said(kind) == Some(true))
            && !known.name.split(|c: char| !c.is_ascii_digit()).any(|digits| digits.len() == 4)
    }

    /// Whether a name is known to be of a kind.
    pub fn is_a(&self, name: NameId, kind: KindId) -> bool {
        self.name(name).kinds.iter().any(|k| self.is_kind_of(*k, kind))
    }

    /// Whether every `kind` is of the kind with this declared name.
    pub fn is_kind_of_named(&self, kind: KindId, wanted: &str) -> bool {
        self.kind_named(wanted).is_some_and(|wanted| self.is_kind_of(kind, wanted))
    }

    /// Whether a name is known to be of the kind with this declared name.
    pub fn is_a_named(&self, name: NameId, wanted: &str) -> bool {
        self.kind_named(wanted).is_some_and(|wanted| self.is_a(name, wanted))
    }

    /// Whether a word, in small letters, is a form of a verb by which somebody says that something is so.
    pub fn may_say(&self, word: &str) -> bool {
        let says = |id: &PhrasingId| {
            let relation = self.relation(self.phrasing(*id).relation);
            relation.roles.iter().any(|role| self.kind(role.kind).name == "statement")
        };
        self.verbs.read(word).iter().any(|(base, _)| self.with_verb(base).iter().any(says))
    }

    /// Whether nothing can be of both kinds.
    pub fn are_disjoint(&self, a: KindId, b: KindId) -> bool {
        self.disjoint.iter().any(|set| {
            let within = |kind: KindId| set.iter().filter(move |one| self.is_kind_of(kind, **one));
            within(a).any(|x| within(b).any(|y| x != y))
        })
    }

    /// A name and the groups that it is part of, directly or not; itself first.
    #[expect(clippy::indexing_slicing, reason = "only the builder of this vocabulary gives out its numbers")]
    pub fn groups(&self, name: NameId) -> &[NameId] {
        let at = name.0 as usize;
        match self.groups.get(at) {
            Some(groups) if !groups.is_empty() => groups,
            _ => std::slice::from_ref(&self.alone[at]),
        }
    }

    /// The names that are part of something, with what they are part of, themselves first.
    pub fn names_in_groups(&self) -> impl Iterator<Item = (NameId, &[NameId])> {
        self.alone.iter().zip(&self.groups).filter(|(_, groups)| !groups.is_empty()).map(|(name, groups)| (*name, groups.as_ref()))
    }

    /// Whether what `part` does, `group` does.
    pub fn is_part_of(&self, part: NameId, group: NameId) -> bool {
        self.groups(part).contains(&group)
    }

    /// Whether two names count as one party: the same, one part of the other, or parts of one group.
    pub fn count_as_one(&self, a: NameId, b: NameId) -> bool {
        self.groups(a).iter().any(|group| self.groups(b).contains(group))
    }

    /// The names that are of a kind, in the order of their declaration.
    pub fn members(&self, kind: KindId) -> Vec<NameId> {
        (0..self.names.len()).filter_map(|n| u32::try_from(n).ok()).map(NameId).filter(|name| self.is_a(*name, kind)).collect()
    }

    /// Takes in the names of tables, each with its kinds in the order in which the rows give it roles. What else the vocabulary says
    /// of names must be settled without them: no line names one of them as a group or an owner, no kind counts its members.
    fn take_table_names(&mut self, names: Vec<(String, Option<KindId>, Place)>) {
        for (name, kind, place) in names {
            let known = self.name_index.exact(&name).first().map(|id| NameId(*id));
            let id = known.unwrap_or_else(|| {
                let id = NameId(u32::try_from(self.names.len()).unwrap_or(u32::MAX));
                self.name_index.add(&name, id.0);
                self.alone.push(id);
                let (aliases, kinds, groups) = (Vec::new(), Vec::new(), Vec::new());
                self.names.push(Name { name, aliases, kinds, groups, place, unnamed: false, rough: false });
                id
            });
            if let (Some(kind), Some(entry)) = (kind, self.names.get_mut(id.0 as usize)) {
                entry.take_rough_kind(kind);
            }
        }
    }

    /// The forms of verbs.
    pub fn verbs(&self) -> &Verbs {
        &self.verbs
    }

    /// Number words.
    pub fn numbers(&self) -> &Numbers {
        &self.numbers
    }

    /// Names by their words.
    pub fn name_index(&self) -> &NameIndex {
        &self.name_index
    }

    /// The names that these words may be a misspelling of, best first, as they were declared.
    pub fn near_names(&self, words: &str) -> Vec<String> {
        let spelled = |near: &str| {
            let id = self.name_index.exact(near).first()?;
            let name = self.name(NameId(*id));
            std::iter::once(&name.name).chain(&name.aliases).find(|name| names::folded(name).0 == near).cloned()
        };
        near_in(&self.name_index, words, spelled)
    }

    /// The kinds that these words may be a misspelling of, best first, as they were declared.
    pub fn near_kinds(&self, words: &str) -> Vec<String> {
        near_in(&self.kind_index, words, |_| None)
    }

    /// Kinds by their words, singular and plural.
    pub fn kind_index(&self) -> &NameIndex {
        &self.kind_index
    }

    /// The phrasings with a verb, by its base form.
    pub fn with_verb(&self, base: &str) -> &[PhrasingId] {
        self.by_verb.get(base).map(Vec::as_slice).unwrap_or_default()
    }

    /// The base forms of all verbs that a phrasing uses.
    pub fn verb_bases(&self) -> impl Iterator<Item = &str> {
        self.by_verb.keys().map(String::as_str)
    }

    /// The noun phrases.
    pub fn noun_phrasings(&self) -> &[PhrasingId] {
        &self.nouns
    }

    /// A relation by its declared name; `_` counts as a blank.
    pub fn relation_named(&self, name: &str) -> Option<RelationId> {
        let wanted = name.replace('_', " ");
        self.relations.iter().position(|r| r.name == wanted).and_then(|n| u32::try_from(n).ok()).map(RelationId)
    }

    /// A kind by its declared name.
    pub fn kind_named(&self, name: &str) -> Option<KindId> {
        self.kinds.iter().position(|k| k.name == name).and_then(|n| u32::try_from(n).ok()).map(KindId)
    }

    /// The sure and tolerant intervals of a vague number, or the number itself twice.
    pub fn number_word(&self, words: &str) -> Option<(Interval, Interval)> {
        self.numbers.word(words)
    }
}

/// Near misses in an index, spelled as they should be where that is known.
fn near_in(index: &NameIndex, words: &str, spelled: impl Fn(&str) -> Option<String>) -> Vec<String> {
    let near = crate::text::nearest(words, index.known());
    near.into_iter().map(|near| spelled(near).unwrap_or_else(|| near.to_owned())).collect()
}

/// The plural of a noun by rule, for writing.
pub fn plural_of(noun: &str) -> String {
    // The vocabulary gives these their plurals itself, and no other is read again.
    for (one, many) in [("person", "people"), ("child", "children")] {
        if let Some(stem) = noun.strip_suffix(one) {
            return format!("{stem}{many}");
        }
    }
    inflect::plural(noun)
}
