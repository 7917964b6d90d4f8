//! Where a name is used: in claims, facts, sources and drafts of the project.
//!
//! In: a place at which a name stands. Out: the places of the same name, under any of its names. Never: reads more than a run of
//! `factum check` would.

use std::collections::BTreeMap;
use std::sync::Arc;

use lsp_types::Location;

use super::mention::in_document;
use super::view::View;
use super::workspace::Kind;
use crate::cli::project::{Project, files_below, shown};
use crate::text::Document;

/// How many places are given.
const MOST_PLACES: usize = 10_000;

/// The places of the name that stands at a place, sorted by file; with `declared`, the line that declares it too.
pub(super) fn references(view: &View<'_, '_>, at: usize, declared: bool) -> Vec<Location> {
    let Some(mention) = view.name_at(at) else { return Vec::new() };
    let vocabulary = view.vocabulary();
    let mut found = Vec::new();
    for document in documents(view).values() {
        let ours = Kind::of(document.name()).is_ours() || Kind::of(document.name()) == Kind::Table;
        for other in in_document(document, ours, vocabulary) {
            if !other.ids.iter().any(|id| mention.ids.contains(id)) {
                continue;
            }
            let declares = mention.ids.iter().map(|id| &vocabulary.name(*id).place).any(|place| {
                place.document.name() == document.name() && place.span.start <= other.span.start && other.span.end <= place.span.end
            });
            if declares && !declared {
                continue;
            }
            found.extend(view.frame.location(document, other.span));
            if found.len() >= MOST_PLACES {
                return found;
            }
        }
    }
    found
}

/// All documents of the project by name, those that are open as they are there.
fn documents(view: &View<'_, '_>) -> BTreeMap<String, Arc<Document>> {
    let mut all: BTreeMap<String, Arc<Document>> = BTreeMap::new();
    for source in &view.judge.base().sources {
        all.insert(source.document.name().to_owned(), Arc::clone(&source.document));
    }
    let root = view.frame.workspace.root(view.document().name());
    let project = Project::with(view.unsaved.clone());
    for place in view.facts.iter().chain(&files_below(&root).unwrap_or_default()) {
        // A file that cannot be read holds no name that anybody sees.
        if !all.contains_key(&shown(&place.path))
            && let Ok(document) = project.read(place)
        {
            all.insert(document.name().to_owned(), document);
        }
    }
    for (name, text) in view.texts {
        all.insert(name.clone(), Arc::clone(&text.document));
    }
    all
}
