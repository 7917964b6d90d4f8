//! Quick fixes: edits that make a finding go away for a reason that the writer agrees with.
//!
//! In: a stretch of a text. Out: edits to the text, or to the fact file that it is checked against. Never: offers words that do
//! not parse, or an edit to a file that lies outside of the project.

use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;

use lsp_types::{CodeAction, CodeActionKind, CodeActionOrCommand, TextEdit, Uri, WorkspaceEdit};

use super::view::{View, line_at};
use super::workspace::Kind;
use crate::cli::project::{Project, shown};
use crate::report::{Finding, Judged, Level};
use crate::syntax::{self, ClaimLine, Declaration, claim_line, declaration, is_declaration};
use crate::text::{Diagnostic, Document, Span, nearest};
use crate::verdict::{Code, Verdict};
use crate::vocabulary::without_comment;

/// How many near names are offered for one that nobody knows.
const MOST_NEAR: usize = 3;

/// The fixes of what is found in a stretch of a text.
pub(super) fn fixes(view: &View<'_, '_>, span: Span) -> Vec<CodeActionOrCommand> {
    let mut fixes = Fixes { view, found: Vec::new() };
    for finding in view.findings(span) {
        match &finding {
            Finding::Verdict(judged) if judged.level != Level::Allow => fixes.verdict(judged),
            Finding::Diagnostic(fault) => fixes.fault(fault),
            Finding::Verdict(_) => {}
        }
    }
    if view.kind() == Kind::Facts {
        fixes.quote(span);
    }
    fixes.found.into_iter().map(CodeActionOrCommand::CodeAction).collect()
}

struct Fixes<'f, 'v, 'b> {
    view: &'f View<'v, 'b>,
    found: Vec<CodeAction>,
}

impl Fixes<'_, '_, '_> {
    fn push(&mut self, title: String, preferred: bool, document: &Arc<Document>, span: Span, new_text: String) {
        let uri: Option<Uri> = if document.name() == self.view.document().name() {
            Some(self.view.text.uri.clone())
        } else {
            self.view.frame.workspace.uri(document)
        };
        let Some(uri) = uri else { return };
        let edit = TextEdit { range: self.view.frame.range(document, span), new_text };
        // A URI is made of its text and nothing that changes.
        #[expect(clippy::mutable_key_type, reason = "the protocol's type has it so; nothing changes a key here")]
        let changes = HashMap::from([(uri, vec![edit])]);
        let action = CodeAction {
            title: crate::text::escape_controls(&title),
            kind: Some(CodeActionKind::QUICKFIX),
            is_preferred: preferred.then_some(true),
            edit: Some(WorkspaceEdit { changes: Some(changes), ..WorkspaceEdit::default() }),
            ..CodeAction::default()
        };
        if !self.found.contains(&action) {
            self.found.push(action);
        }
    }

    fn verdict(&mut self, judged: &Judged) {
        let document = Arc::clone(&judged.document);
        let words = judged.span.of(document.text());
        if let Some(correction) = &judged.correction {
            // The words of a draft are put together for the claim; only where they stand so can they be replaced.
            let stands_so = self.view.kind() == Kind::Claims || self.view.read(words).is_ok();
            if stands_so && self.view.read(correction).is_ok() {
                let (span, new_text) = super::formatting::smallest(words, correction);
                self.push(format!("Correct: {correction}"), true, &document, span.shifted(judged.span.start), new_text);
            }
        }
        if self.view.kind() == Kind::Claims {
            self.expect(judged);
        }
        if judged.code == Code::UnknownName {
            self.unknown_name(judged);
        }
    }

    /// Says that the verdict is as its author expects.
    fn expect(&mut self, judged: &Judged) {
        let document = Arc::clone(&judged.document);
        let line = line_at(&document, judged.span.start);
        let Ok(ClaimLine::Claim(claim, expected)) = claim_line(line.words) else { return };
        let name = judged.verdict.name();
        let title = format!("Expect {name}");
        match expected {
            Some(expectation) => {
                let span = expectation.span.shifted(line.offset);
                self.push(title, false, &document, span, format!("expect {name}"));
            }
            None => {
                // An expectation on the line below belongs to this claim too.
                let next = document.line_at(line.end.saturating_add(1));
                let below = without_comment(next.1).trim();
                if next.0 > line.start
                    && let Ok(ClaimLine::Expect(expectation)) = claim_line(below)
                {
                    let indent = next.1.len().saturating_sub(next.1.trim_start().len());
                    let span = expectation.span.shifted(next.0.saturating_add(indent));
                    self.push(title, false, &document, span, format!("expect {name}"));
                    return;
                }
                let end = claim.end.saturating_add(line.offset);
                // A claim that ends with a full stop still ends.
                let text = claim.of(line.words);
                let kept = text.trim_end();
                let end = end.saturating_sub(text.len().saturating_sub(kept.len()));
                self.push(title, judged.verdict == Verdict::Unknown, &document, Span::new(end, end), format!(" expect {name}"));
            }
        }
    }

    /// A name that nobody knows: another that was meant, one more name of somebody known, or a new one.
    fn unknown_name(&mut self, judged: &Judged) {
        let document = Arc::clone(&judged.document);
        let words = judged.span.of(document.text());
        let vocabulary = self.view.vocabulary();
        let Ok(statement) = self.view.read(words) else { return };
        let Some((unknown, at)) = statement.unknown_name() else { return };
        let unknown = unknown.to_owned();
        let place = at.shifted(judged.span.start);
        let known: Vec<&str> =
            vocabulary.names().iter().flat_map(|name| std::iter::once(&name.name).chain(&name.aliases)).map(String::as_str).collect();
        for near in nearest(&unknown, known).into_iter().take(MOST_NEAR) {
            let mut changed = words.to_owned();
            if changed.get(at.range()).is_some() {
                changed.replace_range(at.range(), near);
            }
            if self.view.read(&changed).is_ok_and(|read| read.unknown_name().is_none_or(|(other, _)| other != unknown)) {
                self.push(format!("Write `{near}`"), true, &document, place, near.to_owned());
            }
            self.alias(&unknown, near);
        }
        let kind = statement
            .clauses()
            .iter()
            .find_map(|clause| {
                let role = clause.roles.iter().position(|filler| filler.unknown().is_some_and(|(words, _)| words == unknown))?;
                Some(vocabulary.relation(clause.relation).roles.get(role)?.kind)
            })
            .map_or("thing", |kind| vocabulary.kind(kind).name.as_str())
            .to_owned();
        self.declare(&unknown, &kind);
    }

    /// One more name in the line that declares somebody.
    fn alias(&mut self, unknown: &str, near: &str) {
        let vocabulary = self.view.vocabulary();
        let [id] = vocabulary.name_index().exact(near) else { return };
        let name = vocabulary.name(crate::vocabulary::NameId(*id));
        let document = self.present(&name.place.document);
        let line = line_at(&document, name.place.span.start.min(document.text().len()));
        let Ok(Declaration::Name { names, aliases, cast: false, .. }) = declaration(line.words) else { return };
        // One line may declare several; only of one alone is it clear whose the new name is.
        let [(_, only)] = names.as_slice() else { return };
        let last = aliases.last().map_or(*only, |(_, span)| *span);
        let written = quoted_if_needed(unknown);
        let new_text = if aliases.is_empty() { format!(", also {written}") } else { format!(", {written}") };
        let end = last.shifted(line.offset).end;
        let changed =
            format!("{}{new_text}{}", line.words.get(..last.end).unwrap_or_default(), line.words.get(last.end..).unwrap_or_default());
        if declaration(&changed).is_ok() {
            let title = format!("Add `{unknown}` as another name of `{}` in `{}`", name.name, document.name());
            self.push(title, false, &document, Span::new(end, end), new_text);
        }
    }

    /// A line that declares somebody, in the nearest fact file.
    fn declare(&mut self, unknown: &str, kind: &str) {
        let line = format!("name {}: {kind}", quoted_if_needed(unknown));
        if declaration(&line).is_err() {
            return;
        }
        let Some(document) = self.fact_file() else { return };
        // Behind the last name, or where the facts begin.
        let last_name = document.lines().filter(|(_, raw)| raw.starts_with("name ")).last();
        let last_head =
            || document.lines().take_while(|(_, raw)| raw.trim().is_empty() || raw.starts_with('#') || is_declaration(raw)).last();
        let (at, new_text) = match last_name.or_else(last_head) {
            Some((start, raw)) => (start.saturating_add(raw.len()), format!("\n{line}")),
            None => (0, format!("{line}\n")),
        };
        self.push(format!("Declare `{unknown}` in `{}`", document.name()), false, &document, Span::new(at, at), new_text);
    }

    /// The fact file that is nearest to the text: the first beside it, else the first that there is.
    fn fact_file(&self) -> Option<Arc<Document>> {
        let folder = Path::new(self.view.document().name()).parent();
        let mut files: Vec<_> = self.view.facts.iter().filter(|place| Kind::of(&shown(&place.path)) == Kind::Facts).collect();
        files.sort_by_key(|place| (place.path.parent() != folder, place.path.clone()));
        let project = Project::with(self.view.unsaved.clone());
        files.first().and_then(|place| project.read(place).ok()).map(|document| self.present(&document))
    }

    /// A document as it is open, if it is.
    fn present(&self, document: &Arc<Document>) -> Arc<Document> {
        self.view.texts.get(document.name()).map_or_else(|| Arc::clone(document), |text| Arc::clone(&text.document))
    }

    /// A text that is not understood: a word that may have been meant, where that makes it understood.
    fn fault(&mut self, fault: &Diagnostic) {
        let document = Arc::clone(&fault.document);
        if document.name() != self.view.document().name() || self.view.kind() != Kind::Claims {
            return;
        }
        let line = line_at(&document, fault.span.start);
        for help in &fault.help {
            let Some(meant) = help.strip_prefix("did you mean ") else { continue };
            // What is meant stands between backticks.
            for near in meant.split('`').skip(1).step_by(2).take(MOST_NEAR) {
                let within = Span::new(fault.span.start.saturating_sub(line.offset), fault.span.end.saturating_sub(line.offset));
                let mut changed = line.words.to_owned();
                if fault.span.start < line.offset || changed.get(within.range()).is_none() {
                    continue;
                }
                changed.replace_range(within.range(), near);
                let understood = match claim_line(&changed) {
                    Ok(ClaimLine::Claim(span, _)) => self.view.read(span.of(&changed)).is_ok(),
                    Ok(_) => true,
                    Err(_) => false,
                };
                if understood {
                    self.push(format!("Write `{near}`"), true, &document, fault.span, near.to_owned());
                }
            }
        }
    }

    /// A quote that is in no source: the words that are.
    fn quote(&mut self, span: Span) {
        let document = Arc::clone(self.view.document());
        let (start, raw) = document.line_at(span.start);
        let text = without_comment(raw);
        let Some((words, place)) = syntax::evidence(text.trim()) else { return };
        let sources = &self.view.judge.base().sources;
        if sources.iter().any(|source| source.find(&words).is_some()) {
            return;
        }
        let indent = text.len().saturating_sub(text.trim_start().len());
        let place = place.shifted(start.saturating_add(indent));
        for near in sources.iter().filter_map(|source| source.nearest(&words).filter(|near| source.find(near).is_some())).take(MOST_NEAR) {
            let new_text = format!("\"{near}\"");
            if syntax::evidence(&format!("> {new_text}")).is_some_and(|(read, _)| read == near) {
                self.push(format!("Quote: {near}"), true, &document, place, new_text);
            }
        }
    }
}

/// A name as it may stand in a declaring line: in quotation marks where it holds what such a line is parted by.
fn quoted_if_needed(name: &str) -> String {
    let parted = name.contains([',', ':', '(', ')', '=', '{', '}', '<', '>', '#']) || name.contains(" also ") || name.contains(" part of ");
    if parted && !name.contains('"') { format!("\"{name}\"") } else { name.to_owned() }
}
