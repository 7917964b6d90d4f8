//! `factum derive`: a fact file drafted from an article.

use std::io::{self, Write};
use std::path::Path;

use schemars::{JsonSchema, Schema, generate::SchemaSettings};
use serde::Serialize;

use super::args::{Derive, DeriveFormat};
use super::extractor::{Extractor, ExtractorError};
use super::files::{FileError, Place, read};
use super::{Exit, complain, unwritten};
use crate::prose::{self, Draft, DraftFact, Extracted, Refusal, article};
use crate::statement::{Body, Filler, in_words};
use crate::text::{Document, escape_json};
use crate::vocabulary::standard;

/// Why there is no draft.
#[derive(Debug, thiserror::Error)]
enum DeriveError {
    #[error(transparent)]
    File(#[from] FileError),
    #[error(transparent)]
    Extractor(#[from] ExtractorError),
}

/// Runs the command.
pub(super) fn derive(options: &Derive) -> Exit {
    match drafted(options) {
        Ok((text, exit)) => unwritten(io::stdout().lock().write_all(text.as_bytes())).unwrap_or(exit),
        Err(error) => {
            complain(&format!("error: {error}"));
            Exit::CouldNot
        }
    }
}

fn drafted(options: &Derive) -> Result<(String, Exit), DeriveError> {
    let extractor = options.extractor.as_deref().map(Extractor::new).transpose()?;
    let (standard, _) = standard(false);
    let mut text = String::new();
    let mut exit = Exit::Met;
    for path in &options.articles {
        let document = read(&Place::given(path))?;
        let article = article(&document);
        let mut draft = prose::derive(&article, standard.clone());
        if let Some(extractor) = &extractor {
            let proposed = extractor.ask(&document, &article, &draft)?;
            let refused;
            (draft, refused) = prose::extracted(draft, &article, &document, &proposed);
            told(document.name(), &proposed, &refused);
            if draft.facts.is_empty() {
                complain(&format!("error: of what the extractor proposes for `{}`, nothing can be taken", document.name()));
                exit = Exit::Nothing;
                continue;
            }
        }
        match options.format {
            DeriveFormat::Facts => {
                let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
                text.push_str(&draft.fact_file(&document, &id_of(path), &name));
            }
            DeriveFormat::Jsonl => draft.facts.iter().filter(|fact| fact.doubt.is_none()).for_each(|fact| {
                let line = serde_json::to_string(&Line::of(fact, &draft, &document)).unwrap_or_default();
                text.push_str(&escape_json(&line));
                text.push('\n');
            }),
        }
    }
    Ok((text, exit))
}

/// Which proposals were not taken, and why.
fn told(article: &str, proposed: &[Extracted], refused: &[Refusal]) {
    for refusal in refused {
        let statement = proposed.get(refusal.at).map(|one| one.statement.as_str()).unwrap_or_default();
        let (number, problem) = (refusal.at.saturating_add(1), &refusal.problem);
        complain(&format!("rejected[{}]: statement {number} for `{article}`, `{statement}`: {}", problem.code, problem.message));
        problem.help.iter().for_each(|help| complain(&format!("help: {help}")));
    }
    if !refused.is_empty() {
        complain(&format!("note: {} of {} statements for `{article}` were rejected", refused.len(), proposed.len()));
    }
}

/// What the source is called in the fact file: the file's name as one word.
fn id_of(path: &Path) -> String {
    let stem = path.file_stem().map(|stem| stem.to_string_lossy().to_lowercase()).unwrap_or_default();
    let id: String = stem.chars().map(|c| if c.is_alphanumeric() { c } else { '-' }).collect();
    if id.is_empty() { "article".to_owned() } else { id }
}

/// A fact on one line.
#[derive(Serialize, JsonSchema)]
#[schemars(title = "A fact that was drawn from an article")]
struct Line<'d> {
    /// The fact in the words of a fact file.
    statement: &'d str,
    /// Who fills the first role of its relation; none where it is several statements, or nobody with a name.
    subject: Option<String>,
    /// Its relation by name.
    relation: Option<&'d str>,
    /// Who or what fills the second role.
    object: Option<String>,
    /// The day, or an EDTF date, on which it happened or began.
    start: Option<String>,
    /// When it ended.
    end: Option<String>,
    /// Who is reported as saying so.
    per: Option<&'d str>,
    /// The sentence that carries it.
    quote: &'d str,
    /// The article.
    file: &'d str,
    /// Where the words that make it start: the line, from 1.
    line: usize,
    /// Where they start: the column, from 1, in Unicode scalar values.
    column: usize,
    /// Their first byte in the file, from 0.
    start_byte: usize,
    /// The byte behind them.
    end_byte: usize,
}

/// The JSON Schema of a line of `derive --format jsonl`.
pub fn schema() -> Schema {
    SchemaSettings::draft2020_12().for_serialize().into_generator().into_root_schema_for::<Line<'static>>()
}

impl<'d> Line<'d> {
    fn of(fact: &'d DraftFact, draft: &'d Draft, document: &'d Document) -> Self {
        let clause = match &fact.statement.body {
            Body::Clause(clause) => Some(clause.as_ref()),
            _ => None,
        };
        let filler = |at: usize| {
            clause.and_then(|clause| clause.roles.get(at)).and_then(|filler| match filler {
                Filler::Name(name, _) => Some(draft.vocabulary.name(*name).name.clone()),
                Filler::Kind(kind, _) => Some(draft.vocabulary.kind(*kind).name.clone()),
                Filler::Said(inner) | Filler::Deed(inner) => Some(in_words(inner, &draft.vocabulary)),
                _ => None,
            })
        };
        let (start, end) = clause.map(prose::bounds).unwrap_or_default();
        let at = document.position(fact.place.start);
        Self {
            statement: &fact.words,
            subject: filler(0),
            relation: clause.map(|clause| draft.vocabulary.relation(clause.relation).name.as_str()),
            object: filler(1),
            start: start.map(|day| day.to_string()),
            end: end.map(|day| day.to_string()),
            per: prose::speaker(&fact.statement, &draft.vocabulary),
            quote: fact.quote.of(document.text()),
            file: document.name(),
            line: at.line,
            column: at.column,
            start_byte: fact.place.start,
            end_byte: fact.place.end,
        }
    }
}
