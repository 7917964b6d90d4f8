//! `factum list facts`: what the record says of each name, with the words that prove it.

use std::collections::{BTreeMap, BTreeSet};

use schemars::JsonSchema;
use serde::Serialize;

use super::bases::{Base, bases};
use super::held::{Held, held};
use super::like::Like;
use super::names::sorted_as;
use super::{At, Page};
use crate::cli::args::Listing;
use crate::cli::config::ConfigError;
use crate::facts::Fact;
use crate::statement::{Clause, Filler, Time, in_words};
use crate::time::Day;
use crate::vocabulary::{NameId, Vocabulary};

/// A fact.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
pub(super) struct Recorded {
    /// Where it stands.
    at: At,
    /// Its words as written; for a row of a table, the row in words.
    fact: String,
    /// How it is understood.
    paraphrase: String,
    /// The names that it speaks of, sorted.
    names: Vec<String>,
    /// The first day that its own dates allow.
    first: Option<String>,
    /// Who is reported as saying so.
    per: Option<String>,
    /// The words that prove it.
    quotes: Vec<Proof>,
}

/// Words of a source.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
struct Proof {
    /// The words.
    quote: String,
    /// Where they stand in the source.
    at: At,
    /// The source's date.
    date: Option<String>,
}

/// The facts, in the order of their files and lines; where a name is looked for, who held it when.
pub(super) fn facts(options: &Listing) -> Result<(Vec<Recorded>, Vec<Held>), ConfigError> {
    let like = Like::new(options);
    let mut found = BTreeSet::new();
    let mut history = BTreeSet::new();
    for base in bases(options)? {
        let vocabulary = &base.base.vocabulary;
        // A name that is given in full means the facts about it, under whichever of its names they are written.
        let wanted = like.names(vocabulary);
        for fact in base.facts() {
            let names = names(fact);
            let takes = if wanted.is_empty() {
                like.takes([fact.words.as_str()]) || names.iter().any(|name| has(&like, *name, vocabulary))
            } else {
                wanted.iter().any(|name| names.contains(name))
            };
            if takes {
                // Under a name that is looked for, that name alone.
                let shown = names.iter().filter(|name| wanted.is_empty() || wanted.contains(name));
                found.insert(Recorded::new(fact, &base, shown.copied()));
            }
        }
        wanted.iter().for_each(|name| history.extend(held(&base, *name)));
    }
    Ok((found.into_iter().collect(), history.into_iter().collect()))
}

fn has(like: &Like, name: NameId, vocabulary: &Vocabulary) -> bool {
    let name = vocabulary.name(name);
    like.takes(std::iter::once(&name.name).chain(&name.aliases).map(String::as_str))
}

/// The names that a fact speaks of.
fn names(fact: &Fact) -> BTreeSet<NameId> {
    let mut found: BTreeSet<NameId> = fact.per.into_iter().collect();
    for clause in fact.statement.clauses() {
        found.extend(clause.circumstances.iter().map(|(name, _)| *name));
        for filler in &clause.roles {
            match filler {
                Filler::Name(name, _) => found.extend([*name]),
                Filler::Several(group) => found.extend(group.names.iter().map(|(name, _)| *name)),
                Filler::Counted(counted) => found.extend(counted.listed.iter().chain(&counted.except).map(|(name, _)| *name)),
                _ => {}
            }
        }
    }
    found
}

/// The first day that a clause's own dates allow.
fn first_day(clause: &Clause) -> Option<Day> {
    let first = |time: &Time| match time {
        Time::Window { days, .. } | Time::Recorded { start: Some(days), .. } | Time::Recorded { end: Some(days), .. } => {
            days.strong.first()
        }
        _ => None,
    };
    clause.times.iter().filter_map(first).filter(|day| day.is_finite()).min()
}

impl Recorded {
    fn new(fact: &Fact, base: &Base, names: impl Iterator<Item = NameId>) -> Self {
        let vocabulary = &base.base.vocabulary;
        let name = |name: NameId| vocabulary.name(name).name.clone();
        let mut names: Vec<String> = names.map(name).collect();
        names.sort_by_cached_key(|name| (sorted_as(name), name.clone()));
        let proof = |quote: &crate::facts::Quote| {
            let source = base.base.sources.get(quote.source)?;
            let date = source.date.map(|day| day.to_string());
            Some(Proof { quote: quote.words.clone(), at: At::new(&source.document, quote.span), date })
        };
        Self {
            at: At::new(&fact.document, fact.span),
            fact: fact.words.clone(),
            paraphrase: in_words(&fact.statement, vocabulary),
            names,
            first: fact.statement.clauses().into_iter().filter_map(first_day).min().map(|day| day.to_string()),
            per: fact.per.map(name),
            quotes: fact.quotes.iter().filter_map(proof).collect(),
        }
    }
}

/// The facts for people, by name: what happened first stands first, what has no date at the end.
pub(super) fn show(found: &[Recorded], page: &mut Page) {
    let mut by_name: BTreeMap<(String, &str), Vec<&Recorded>> = BTreeMap::new();
    for fact in found {
        for name in &fact.names {
            by_name.entry((sorted_as(name), name)).or_default().push(fact);
        }
        if fact.names.is_empty() {
            by_name.entry((String::new(), "")).or_default().push(fact);
        }
    }
    for ((_, name), mut facts) in by_name {
        page.line(0, if name.is_empty() { "(no name)" } else { name });
        facts.sort_by_key(|fact| (fact.first.is_none(), &fact.first, &fact.at));
        for fact in facts {
            page.line(1, &fact.fact);
            page.line(2, &fact.at.line());
            for proof in &fact.quotes {
                let date = proof.date.as_ref().map(|date| format!(" ({date})")).unwrap_or_default();
                page.line(2, &format!("> \"{}\" {}:{}{date}", proof.quote, proof.at.line(), proof.at.column));
            }
        }
    }
}
