//! `factum list relations`: what can be said of names, and in which words.

use std::collections::{BTreeMap, BTreeSet};

use schemars::JsonSchema;
use serde::Serialize;

use super::bases::bases;
use super::like::{Like, words};
use super::{At, Page};
use crate::cli::args::Listing;
use crate::cli::config::ConfigError;
use crate::statement::phrasing_in_words;
use crate::text::Span;
use crate::vocabulary::{KindId, Phrasing, Relation, Sort, Vocabulary, standard_with_cast};

/// A relation.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
pub(super) struct Related {
    /// As declared.
    relation: String,
    /// `state` (lasts over days) or `event` (happens on a day).
    sort: &'static str,
    /// Who and what takes part.
    roles: Vec<Role>,
    /// The ways to say it, as declared: roles in braces, alternatives with `|`, what may be left out in parentheses.
    phrasings: Vec<String>,
    /// A statement that says it.
    example: Option<String>,
    /// Where it was declared.
    at: At,
}

/// A place in a relation.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
struct Role {
    /// What it is called in phrasings.
    name: String,
    /// The kind of what may fill it.
    kind: String,
}

/// The relations that can be spoken of.
pub(super) fn relations(options: &Listing) -> Result<Vec<Related>, ConfigError> {
    let like = Like::new(options);
    let mut found = BTreeSet::new();
    // A run takes in no examples of the standard vocabulary; by the lines of their relations they are found again.
    let (shown, _) = standard_with_cast();
    let standard: BTreeMap<(&str, Span), &str> = shown
        .examples()
        .iter()
        .rev()
        .filter(|example| example.fillers.is_some())
        .map(|example| (shown.relation(example.relation), example.statement.as_str()))
        .map(|(relation, example)| ((relation.place.document.name(), relation.place.span), example))
        .collect();
    for base in bases(options)? {
        let vocabulary = &base.base.vocabulary;
        let mut phrasings: BTreeMap<u32, Vec<&Phrasing>> = BTreeMap::new();
        for phrasing in vocabulary.phrasings() {
            phrasings.entry(phrasing.relation.0).or_default().push(phrasing);
        }
        let mut examples: BTreeMap<u32, &str> = BTreeMap::new();
        for example in vocabulary.examples().iter().filter(|example| example.fillers.is_some()) {
            examples.entry(example.relation.0).or_insert(&example.statement);
        }
        let all: Vec<(&Relation, &[&Phrasing], Option<&str>)> = (0_u32..)
            .zip(vocabulary.relations())
            .map(|(id, relation)| {
                let own = examples.get(&id).or_else(|| standard.get(&(relation.place.document.name(), relation.place.span)));
                (relation, phrasings.get(&id).map(Vec::as_slice).unwrap_or_default(), own.copied())
            })
            .filter(|(_, phrasings, _)| !phrasings.is_empty())
            .collect();
        let chosen: Vec<_> = match like.wanted() {
            None => all,
            Some(wanted) => {
                let wanted: Vec<BTreeSet<String>> = wanted.iter().map(|word| readings(word, vocabulary)).collect();
                let by_word: Vec<_> = all.iter().filter(|(relation, phrasings, _)| says(relation, phrasings, &wanted)).copied().collect();
                if by_word.is_empty() { taking_part(&all, &like, vocabulary) } else { by_word }
            }
        };
        found.extend(chosen.into_iter().map(|(relation, phrasings, example)| Related {
            relation: relation.name.clone(),
            sort: if relation.sort == Sort::State { "state" } else { "event" },
            roles:
                relation.roles.iter().map(|role| Role { name: role.name.clone(), kind: vocabulary.kind(role.kind).name.clone() }).collect(),
            phrasings: phrasings.iter().map(|phrasing| phrasing_in_words(phrasing)).collect(),
            example: example.map(str::to_owned),
            at: At::new(&relation.place.document, relation.place.span),
        }));
    }
    Ok(found.into_iter().collect())
}

/// A word as it is and, where it may be a form of a verb, that verb.
fn readings(word: &str, vocabulary: &Vocabulary) -> BTreeSet<String> {
    let verbs = vocabulary.verbs().read(word).iter().map(|(base, _)| base.clone());
    std::iter::once(word.to_owned()).chain(verbs).collect()
}

/// Whether the relation's name, or one of its phrasings, has all these words.
fn says(relation: &Relation, phrasings: &[&Phrasing], wanted: &[BTreeSet<String>]) -> bool {
    let has = |text: &str| {
        // A role's name is none of the words that are said.
        let said: String = text.split('{').map(|part| part.split_once('}').map_or(part, |(_, rest)| rest)).collect();
        let said = words(&said.replace(['|', '(', ')'], " "));
        wanted.iter().all(|word| said.iter().any(|other| word.contains(other)))
    };
    has(&relation.name) || phrasings.iter().any(|phrasing| has(&phrasing_in_words(phrasing)))
}

/// The relations in which a name, or something of a kind, can take part.
fn taking_part<'v>(
    all: &[(&'v Relation, &'v [&'v Phrasing], Option<&'v str>)],
    like: &Like,
    vocabulary: &Vocabulary,
) -> Vec<(&'v Relation, &'v [&'v Phrasing], Option<&'v str>)> {
    let names = like.names(vocabulary);
    let given = like.given.as_deref().unwrap_or_default();
    let kinds: Vec<KindId> = vocabulary.kind_index().exact(given).iter().copied().map(KindId).collect();
    all.iter()
        .filter(|(relation, ..)| {
            relation.roles.iter().any(|role| {
                names.iter().any(|name| vocabulary.is_a(*name, role.kind))
                    || kinds.iter().any(|kind| vocabulary.is_kind_of(*kind, role.kind))
            })
        })
        .copied()
        .collect()
}

impl Related {
    pub(super) fn show(&self, page: &mut Page) {
        let roles: Vec<String> = self
            .roles
            .iter()
            .map(|role| if role.name == role.kind { role.name.clone() } else { format!("{}: {}", role.name, role.kind) })
            .collect();
        page.line(0, &format!("{} {}({})", self.sort, self.relation, roles.join(", ")));
        self.phrasings.iter().for_each(|phrasing| page.line(1, phrasing));
        self.example.iter().for_each(|example| page.line(1, &format!("for example: {example}")));
        page.line(1, &self.at.line());
    }
}
