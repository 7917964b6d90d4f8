//! `factum list`: what the program knows, and where each thing was defined.
//!
//! In: the fact bases and claim files of a folder. Out: entries, sorted, each once, for people or as one JSON document. Never:
//! judges a claim.

mod bases;
mod claims;
mod config;
mod facts;
mod held;
mod kinds;
mod like;
mod names;
mod relations;
mod sources;

use std::fmt::Write as _;
use std::io::{self, Write as _};

use schemars::{JsonSchema, Schema, generate::SchemaSettings};
use serde::Serialize;

use super::args::{List, ListFormat, Listing};
use super::config::ConfigError;
use super::{Exit, complain, misconfigured, unwritten};
use crate::text::{Document, Span, escape_controls, escape_json};

/// Everything of one sort.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(untagged)]
#[schemars(title = "What factum knows")]
enum Listed {
    /// Of `list names`.
    Names {
        /// Sorted by name.
        names: Vec<names::Named>,
    },
    /// Of `list kinds`.
    Kinds {
        /// Sorted by name.
        kinds: Vec<kinds::Class>,
    },
    /// Of `list relations`.
    Relations {
        /// Sorted by name.
        relations: Vec<relations::Related>,
    },
    /// Of `list facts`.
    Facts {
        /// In the order of their files and lines.
        facts: Vec<facts::Recorded>,
        /// Who held what is looked for, where a name is; sorted by state and day.
        held: Vec<held::Held>,
    },
    /// Of `list sources`.
    Sources {
        /// Sorted by file.
        sources: Vec<sources::Sourced>,
    },
    /// Of `list claims`.
    Claims {
        /// In the order of their files and lines.
        claims: Vec<claims::Claimed>,
    },
}

/// A place in a file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
struct At {
    /// The file, relative to where the program was started; `english/…` is the standard vocabulary.
    file: String,
    /// The line, from 1.
    line: usize,
    /// The column in Unicode scalar values, from 1.
    column: usize,
}

impl At {
    fn new(document: &Document, span: Span) -> Self {
        let at = document.position(span.start);
        Self { file: document.name().to_owned(), line: at.line, column: at.column }
    }

    fn line(&self) -> String {
        format!("{}:{}", self.file, self.line)
    }
}

/// Text for people, line by line.
#[derive(Default)]
struct Page(String);

impl Page {
    /// A line, so far indented, safe to show.
    fn line(&mut self, depth: usize, text: &str) {
        let text = escape_controls(text);
        // What begins a line like this is a command to a workflow's log.
        let (mark, text) = text.strip_prefix("::").map_or(("", text.as_str()), |rest| ("\\u{3a}:", rest));
        // Writing to a string cannot fail.
        let _ = writeln!(self.0, "{:1$}{mark}{text}", "", depth.saturating_mul(4));
    }
}

/// Runs the command.
pub(super) fn list(what: &List) -> Exit {
    let listed = match what {
        List::Config { path, judging } => {
            return match config::config(path, judging) {
                Ok(lines) => unwritten(io::stdout().lock().write_all(lines.as_bytes())).unwrap_or(Exit::Met),
                Err(error) => misconfigured(&error),
            };
        }
        List::Names(options) => names::names(&options.listing, options.all).map(|names| (Listed::Names { names }, &options.listing)),
        List::Kinds(options) => kinds::kinds(options).map(|kinds| (Listed::Kinds { kinds }, options)),
        List::Relations(options) => relations::relations(options).map(|relations| (Listed::Relations { relations }, options)),
        List::Facts(options) => facts::facts(options).map(|(facts, held)| (Listed::Facts { facts, held }, options)),
        List::Sources(options) => sources::sources(options).map(|sources| (Listed::Sources { sources }, options)),
        List::Claims(options) => claims::claims(options).map(|claims| (Listed::Claims { claims }, options)),
    };
    match listed {
        Ok((listed, options)) => print(&listed, options).unwrap_or_else(|error| misconfigured(&error)),
        Err(error) => misconfigured(&error),
    }
}

fn print(listed: &Listed, options: &Listing) -> Result<Exit, ConfigError> {
    let (what, empty) = match listed {
        Listed::Names { names } => ("names", names.is_empty()),
        Listed::Kinds { kinds } => ("kinds", kinds.is_empty()),
        Listed::Relations { relations } => ("relations", relations.is_empty()),
        Listed::Facts { facts, .. } => ("facts", facts.is_empty()),
        Listed::Sources { sources } => ("sources", sources.is_empty()),
        Listed::Claims { claims } => ("claims", claims.is_empty()),
    };
    if empty {
        return nothing(what, options);
    }
    let text = match (options.format, listed) {
        (ListFormat::Json, listed) => escape_lines(&serde_json::to_string_pretty(listed).unwrap_or_default()),
        (ListFormat::Human, listed) => {
            let mut page = Page::default();
            match listed {
                Listed::Names { names } => names.iter().for_each(|entry| entry.show(&mut page)),
                Listed::Kinds { kinds } => kinds.iter().for_each(|entry| entry.show(&mut page)),
                Listed::Relations { relations } => relations.iter().for_each(|entry| entry.show(&mut page)),
                Listed::Facts { facts, held } => {
                    facts::show(facts, &mut page);
                    held::show(held, &mut page);
                }
                Listed::Sources { sources } => sources.iter().for_each(|entry| entry.show(&mut page)),
                Listed::Claims { claims } => claims.iter().for_each(|entry| entry.show(&mut page)),
            }
            page.0
        }
    };
    Ok(unwritten(io::stdout().lock().write_all(text.as_bytes())).unwrap_or(Exit::Met))
}

/// JSON in lines; what is hidden is written out, line ends between values are not.
fn escape_lines(json: &str) -> String {
    json.lines().map(|line| escape_json(line) + "\n").collect()
}

/// An empty list is said to be one: it may come of a wrong folder or a slip of the pen.
fn nothing(what: &str, options: &Listing) -> Result<Exit, ConfigError> {
    let place = super::files::shown(&options.path);
    match &options.like {
        Some(word) => {
            complain(&format!("error: there are no {what} like `{word}` in `{place}`"));
            like::near(word, options)?.iter().for_each(|help| complain(&format!("help: {help}")));
        }
        None => {
            complain(&format!("error: there are no {what} in `{place}`"));
            match what {
                "claims" => complain("help: a claim file ends in `.claims` and has one claim a line"),
                "names" => complain("help: name a fact file with --facts; --all lists the names of the standard vocabulary"),
                _ => complain("help: name a fact file with --facts, or a folder that has one"),
            }
        }
    }
    Ok(Exit::Nothing)
}

/// The JSON Schema of what `factum list … --format json` prints.
pub fn schema() -> Schema {
    SchemaSettings::draft2020_12().for_serialize().into_generator().into_root_schema_for::<Listed>()
}
