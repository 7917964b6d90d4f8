//! `factum list kinds`: the classes of names, in the form in which they are declared.

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::Serialize;

use super::bases::bases;
use super::like::Like;
use super::{At, Page};
use crate::cli::args::Listing;
use crate::cli::config::ConfigError;
use crate::vocabulary::{Kind, KindId, Vocabulary};

/// A kind.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
pub(super) struct Class {
    /// In the singular.
    kind: String,
    /// The kinds that it is a kind of, the narrowest first.
    kinds: Vec<String>,
    /// How many there are in all, if that was said.
    total: Option<u32>,
    /// Where it was declared first.
    at: At,
}

/// The kinds; those that are `like` something are such kinds and kinds of them.
pub(super) fn kinds(options: &Listing) -> Result<Vec<Class>, ConfigError> {
    let like = Like::new(options);
    let mut found = BTreeSet::new();
    for base in bases(options)? {
        let vocabulary = &base.base.vocabulary;
        for (id, kind) in (0_u32..).map(KindId).zip(vocabulary.kinds()) {
            let wider = vocabulary.kinds_of_kind(id).iter().map(|kind| vocabulary.kind(*kind).name.as_str());
            // "place or party" is no kind that anybody declares.
            if !kind.name.contains(" or ") && like.takes(wider) {
                found.insert(Class::new(id, kind, vocabulary));
            }
        }
    }
    Ok(found.into_iter().collect())
}

impl Class {
    fn new(id: KindId, kind: &Kind, vocabulary: &Vocabulary) -> Self {
        let wider = vocabulary.kinds_of_kind(id).iter().filter(|other| **other != id).map(|kind| &vocabulary.kind(*kind).name);
        Self {
            kind: kind.name.clone(),
            kinds: wider.filter(|name| !name.contains(" or ")).cloned().collect(),
            total: kind.total,
            at: At::new(&kind.place.document, kind.place.span),
        }
    }

    pub(super) fn show(&self, page: &mut Page) {
        let total = self.total.map(|total| format!("{total} in all"));
        let notes: Vec<String> = self.kinds.iter().cloned().chain(total).collect();
        let colon = if notes.is_empty() { "" } else { ": " };
        page.line(0, &format!("{}{colon}{}", self.kind, notes.join(", ")));
        page.line(1, &self.at.line());
    }
}
