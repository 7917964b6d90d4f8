//! `factum list names`: who and what there is, in the form in which it is declared.

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::Serialize;

use super::bases::bases;
use super::like::Like;
use super::{At, Page};
use crate::cli::args::Listing;
use crate::cli::config::ConfigError;
use crate::vocabulary::{STANDARD, Vocabulary};

/// A name.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
pub(super) struct Named {
    /// The first of its names.
    name: String,
    /// Its other names, sorted.
    aliases: Vec<String>,
    /// Its kinds, as declared.
    kinds: Vec<String>,
    /// The groups that it is directly part of.
    groups: Vec<String>,
    /// Where it was declared first.
    at: At,
}

/// The names, those of the standard vocabulary only where they are wanted.
pub(super) fn names(options: &Listing, all: bool) -> Result<Vec<Named>, ConfigError> {
    let like = Like::new(options);
    let mut found = BTreeSet::new();
    for base in bases(options)? {
        let vocabulary = &base.base.vocabulary;
        for name in vocabulary.names().iter().filter(|name| !name.unnamed) {
            let document = &name.place.document;
            if !all && STANDARD.iter().any(|(file, text)| *file == document.name() && *text == document.text()) {
                continue;
            }
            if like.takes(std::iter::once(&name.name).chain(&name.aliases).map(String::as_str)) {
                found.insert(Named::new(name, vocabulary));
            }
        }
    }
    let mut found: Vec<Named> = found.into_iter().collect();
    found.sort_by_cached_key(|name| (sorted_as(&name.name), name.clone()));
    Ok(found)
}

/// How a name is sorted: without its article, whether written in capital letters or not.
pub(super) fn sorted_as(name: &str) -> String {
    let folded = name.to_lowercase();
    folded.strip_prefix("the ").map_or_else(|| folded.clone(), str::to_owned)
}

impl Named {
    fn new(name: &crate::vocabulary::Name, vocabulary: &Vocabulary) -> Self {
        let aliases: BTreeSet<String> = name.aliases.iter().filter(|alias| **alias != name.name).cloned().collect();
        Self {
            name: name.name.clone(),
            aliases: aliases.into_iter().collect(),
            kinds: name.kinds.iter().map(|kind| vocabulary.kind(*kind).name.clone()).collect(),
            groups: name.groups.iter().map(|group| vocabulary.name(*group).name.clone()).collect(),
            at: At::new(&name.place.document, name.place.span),
        }
    }

    pub(super) fn show(&self, page: &mut Page) {
        let notes: Vec<String> = self.kinds.iter().cloned().chain(self.groups.iter().map(|group| format!("part of {group}"))).collect();
        let colon = if notes.is_empty() { "" } else { ": " };
        page.line(0, &format!("{}{colon}{}", self.name, notes.join(", ")));
        if !self.aliases.is_empty() {
            page.line(1, &format!("also {}", self.aliases.join(", ")));
        }
        page.line(1, &self.at.line());
    }
}
