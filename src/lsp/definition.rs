//! Where something comes from: the words that decide a claim, the line that declares a name, the file that a line names.

use std::sync::Arc;

use lsp_types::Location;

use super::view::View;
use super::workspace::Kind;
use crate::cli::project::Project;
use crate::facts::Library as _;
use crate::syntax::{ClaimLine, Declaration, claim_line, declaration, evidence as quote_line};
use crate::text::{Document, Span};
use crate::vocabulary::without_comment;

/// How many places are given.
const MOST_PLACES: usize = 50;

/// Where what stands at a place was defined: the file that the line names, the line that declares the name; in all else of a
/// claim, what decides it.
pub(super) fn definition(view: &View<'_, '_>, at: usize) -> Vec<Location> {
    if let Some(found) = named_file(view, at).or_else(|| quoted(view, at)) {
        return vec![found];
    }
    if let Some(mention) = view.name_at(at) {
        let places = mention.ids.iter().map(|id| &view.vocabulary().name(*id).place);
        let found: Vec<Location> = places.filter_map(|place| view.frame.location(&place.document, place.span)).take(MOST_PLACES).collect();
        if !found.is_empty() {
            return found;
        }
    }
    evidence(view, at)
}

/// What decides the claim at a place: the words of the sources, or the facts where they have none.
pub(super) fn evidence(view: &View<'_, '_>, at: usize) -> Vec<Location> {
    let mut found: Vec<Location> = Vec::new();
    for judged in view.verdicts(at).iter().take(1) {
        for evidence in judged.evidence.iter().take(MOST_PLACES) {
            let (document, span) = evidence.place();
            if let Some(location) = view.frame.location(document, span)
                && !found.contains(&location)
            {
                found.push(location);
            }
        }
    }
    found
}

/// The file that a `source` or `include` line names.
fn named_file(view: &View<'_, '_>, at: usize) -> Option<Location> {
    let line = view.line(at);
    let (path, span) = match view.kind() {
        Kind::Claims => match claim_line(line.words).ok()? {
            ClaimLine::Include(path, span) => (path, span),
            _ => return None,
        },
        Kind::Facts | Kind::Vocabulary if !line.indented => match declaration(line.words).ok()? {
            Declaration::Source { path, .. } | Declaration::Include(path) => path,
            _ => return None,
        },
        _ => return None,
    };
    let span = span.shifted(line.offset);
    let document: Arc<Document> =
        (span.start <= at && at <= span.end).then(|| Project::with(view.unsaved.clone()).open(view.document(), &path).ok()).flatten()?;
    view.frame.location(&document, Span::default())
}

/// Where the words of a quote stand in their source.
fn quoted(view: &View<'_, '_>, at: usize) -> Option<Location> {
    if view.kind() != Kind::Facts {
        return None;
    }
    let (_, raw) = view.document().line_at(at);
    let (words, _) = quote_line(without_comment(raw).trim())?;
    view.judge.base().sources.iter().find_map(|source| view.frame.location(&source.document, source.find(&words)?))
}
