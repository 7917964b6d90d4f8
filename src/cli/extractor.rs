//! A user's own program that proposes the statements of an article: `factum derive --extractor CMD`.
//!
//! In: a command line and a document. Out: what the program proposed, or why it cannot be used. The program gets the document as
//! JSON on standard input and answers in JSON on standard output; its standard error is the user's to read. Only the command line
//! names it, never a config, a variable or a document, and no shell has a part in it. It may take its time: the program reads no
//! clock, so whoever waits in vain ends both with Ctrl-C. Never: believes the answer; `prose::extracted` looks at each statement.

use std::io::{self, Read, Write as _};
use std::process::{Child, Command, Stdio};

use schemars::{JsonSchema, Schema, generate::SchemaSettings};
use serde::{Deserialize, Serialize};

use crate::prose::{Article, Draft, Extracted, sentences};
use crate::text::limits::{LARGEST_ANSWER, MOST_EXTRACTED, size_in_words};
use crate::text::{BlockKind, Document};

/// Why an extractor cannot be used.
#[derive(Debug, thiserror::Error)]
pub(super) enum ExtractorError {
    #[error("`--extractor` names no program")]
    Empty,
    #[error("`--extractor`: a quotation mark in `{0}` is never closed")]
    Unclosed(String),
    #[error("the extractor `{0}` cannot be started: {1}")]
    NotStarted(String, io::Error),
    #[error("what the extractor `{0}` answers cannot be read: {1}")]
    Unreadable(String, io::Error),
    #[error("the extractor `{0}` answers with more than the {size} that are read", size = size_in_words(LARGEST_ANSWER))]
    TooLarge(String),
    #[error("the extractor `{0}` proposes more than the {MOST_EXTRACTED} statements that are taken")]
    TooMany(String),
    #[error("the extractor `{0}` failed: {1}; nothing that it proposed is taken")]
    Failed(String, String),
    #[error("the extractor `{program}` answers with what is no JSON of the kind that is asked for (line {line}): {what}")]
    Malformed { program: String, line: usize, what: String },
}

/// What an extractor gets.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(title = "What factum gives an extractor")]
struct Given<'d> {
    /// The file, as it was named.
    file: &'d str,
    /// The headline.
    title: Option<&'d str>,
    /// The day of the article, `2024-12-08`; relative dates hang on it.
    date: Option<String>,
    /// The place of its dateline.
    place: Option<&'d str>,
    /// Who published it.
    publisher: Option<&'d str>,
    /// Its sentences, in the order of the article. Code and remarks are left out.
    sentences: Vec<GivenSentence<'d>>,
    /// Whom and what it names, as far as the program can tell; statements may name these and no others.
    names: Vec<GivenName<'d>>,
}

/// A sentence of the document.
#[derive(Debug, Serialize, JsonSchema)]
struct GivenSentence<'d> {
    /// Its words, without markup.
    text: &'d str,
    /// What it stands in.
    within: Within,
    /// The line of the file, from 1.
    line: usize,
    /// Its first byte in the file.
    start_byte: usize,
    /// The byte behind its last one.
    end_byte: usize,
}

/// Where a sentence can stand.
#[derive(Clone, Copy, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
enum Within {
    /// The headline, or a heading.
    Heading,
    /// A paragraph.
    Paragraph,
    /// An item of a list.
    ListItem,
    /// A cell of a table.
    Cell,
    /// Somebody else's words, set off.
    Quotation,
    /// What is written under a picture or table.
    Caption,
}

/// A name of the document.
#[derive(Debug, Serialize, JsonSchema)]
struct GivenName<'d> {
    /// The name.
    name: &'d str,
    /// Other ways to write it.
    also: Vec<&'d str>,
    /// Its kinds.
    kinds: Vec<&'d str>,
    /// The groups that it leads, of which it may be part.
    leads: Vec<&'d str>,
}

/// What an extractor answers: one such object, or one line for each statement.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "What an extractor answers")]
struct Answer {
    /// What it proposes.
    statements: Vec<Proposal>,
}

/// A statement that an extractor proposes. One that says more than this would have something left out, so nothing else may stand in it.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Proposal {
    /// The statement, as it would stand in a fact file; *according to X, …* says who says so.
    statement: String,
    /// Words of the document that prove it, verbatim.
    quote: String,
}

/// An answer in one of its two forms.
#[derive(Debug, JsonSchema)]
#[schemars(untagged, title = "What an extractor answers")]
#[expect(dead_code, reason = "only its schema is used: the two forms are read one after the other")]
enum Answered {
    /// All in one object.
    Whole(Answer),
    /// One line of several.
    Line(Proposal),
}

/// The JSON Schema of what an extractor gets.
pub fn given_schema() -> Schema {
    SchemaSettings::draft2020_12().for_serialize().into_generator().into_root_schema_for::<Given<'_>>()
}

/// The JSON Schema of what an extractor answers.
pub fn answer_schema() -> Schema {
    SchemaSettings::draft2020_12().for_deserialize().into_generator().into_root_schema_for::<Answered>()
}

/// A program with its arguments.
pub(super) struct Extractor {
    program: String,
    arguments: Vec<String>,
}

impl Extractor {
    /// Splits a command line into words as a shell does, and does nothing else that a shell does.
    pub(super) fn new(command: &str) -> Result<Self, ExtractorError> {
        let words = shlex::split(command).ok_or_else(|| ExtractorError::Unclosed(command.to_owned()))?;
        let mut words = words.into_iter();
        let program = words.next().filter(|program| !program.is_empty()).ok_or(ExtractorError::Empty)?;
        Ok(Self { program, arguments: words.collect() })
    }

    /// What it proposes for an article.
    pub(super) fn ask(&self, document: &Document, article: &Article, draft: &Draft) -> Result<Vec<Extracted>, ExtractorError> {
        let given = serde_json::to_vec(&given(document, article, draft)).unwrap_or_default();
        let name = || self.program.clone();
        let mut child = Command::new(&self.program)
            .args(&self.arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|error| ExtractorError::NotStarted(name(), error))?;
        let bytes = std::thread::scope(|scope| {
            if let Some(mut input) = child.stdin.take() {
                // An extractor need not read all that it is given, or anything.
                scope.spawn(move || input.write_all(&given));
            }
            let read = answer(&mut child);
            if !matches!(read, Ok(Some(_))) {
                // It is not waited for, and whoever writes to it stops.
                let _ = child.kill();
            }
            read
        });
        let status = child.wait().map_err(|error| ExtractorError::Unreadable(name(), error))?;
        let bytes = match bytes {
            Ok(Some(bytes)) => bytes,
            Ok(None) => return Err(ExtractorError::TooLarge(name())),
            Err(error) => return Err(ExtractorError::Unreadable(name(), error)),
        };
        if !status.success() {
            let how = status.code().map_or_else(|| "it was stopped".to_owned(), |code| format!("it ended with exit code {code}"));
            return Err(ExtractorError::Failed(name(), how));
        }
        let answer = String::from_utf8(bytes).map_err(|_| ExtractorError::Malformed {
            program: name(),
            line: 1,
            what: "it is not UTF-8".to_owned(),
        })?;
        self.read(&answer)
    }

    /// Reads an answer: one object, or one line for each statement.
    fn read(&self, answer: &str) -> Result<Vec<Extracted>, ExtractorError> {
        let malformed = |line: usize, error: &serde_json::Error| ExtractorError::Malformed {
            program: self.program.clone(),
            line,
            what: error.to_string(),
        };
        let answer = answer.strip_prefix('\u{feff}').unwrap_or(answer);
        let lines = || (1_usize..).zip(answer.lines()).filter(|(_, line)| !line.trim().is_empty());
        let by_line = lines().next().is_none_or(|(_, first)| serde_json::from_str::<Proposal>(first).is_ok());
        let proposals: Vec<Proposal> = if by_line {
            lines().map(|(at, line)| serde_json::from_str(line).map_err(|error| malformed(at, &error))).collect::<Result<_, _>>()?
        } else {
            serde_json::from_str::<Answer>(answer).map_err(|error| malformed(error.line(), &error))?.statements
        };
        if proposals.len() > MOST_EXTRACTED {
            return Err(ExtractorError::TooMany(self.program.clone()));
        }
        Ok(proposals.into_iter().map(|Proposal { statement, quote }| Extracted { statement, quote }).collect())
    }
}

/// All that a program writes; nothing where that is more than is read.
fn answer(child: &mut Child) -> io::Result<Option<Vec<u8>>> {
    let Some(output) = child.stdout.take() else { return Ok(Some(Vec::new())) };
    let mut bytes = Vec::new();
    let read = output.take(LARGEST_ANSWER.saturating_add(1)).read_to_end(&mut bytes)?;
    Ok((u64::try_from(read).unwrap_or(u64::MAX) <= LARGEST_ANSWER).then_some(bytes))
}

fn given<'d>(document: &'d Document, article: &'d Article, draft: &'d Draft) -> Given<'d> {
    let within = |kind: &BlockKind| match kind {
        BlockKind::Title | BlockKind::Heading(_) => Some(Within::Heading),
        BlockKind::Paragraph => Some(Within::Paragraph),
        BlockKind::ListItem(_) => Some(Within::ListItem),
        BlockKind::Cell(_) => Some(Within::Cell),
        BlockKind::Quotation => Some(Within::Quotation),
        BlockKind::Caption => Some(Within::Caption),
        BlockKind::Code(_) | BlockKind::Comment | BlockKind::Byline => None,
    };
    let blocks = article.blocks.iter().filter_map(|block| Some((block, within(&block.kind)?)));
    let sentences = blocks.flat_map(|(block, within)| {
        sentences(block).map(move |span| {
            let place = block.source_span(span);
            GivenSentence {
                text: span.of(&block.text),
                within,
                line: document.position(place.start).line,
                start_byte: place.start,
                end_byte: place.end,
            }
        })
    });
    fn all(words: &std::collections::BTreeSet<String>) -> Vec<&str> {
        words.iter().map(String::as_str).collect()
    }
    Given {
        file: document.name(),
        title: article.title.as_ref().map(|found| found.value.as_str()),
        date: article.date.map(|found| found.value.to_string()),
        place: article.place.as_ref().map(|found| found.value.as_str()),
        publisher: article.publisher.as_ref().map(|found| found.value.as_str()),
        sentences: sentences.collect(),
        names: draft
            .names
            .names
            .iter()
            .map(|name| GivenName { name: &name.name, also: all(&name.aliases), kinds: all(&name.kinds), leads: all(&name.leads) })
            .collect(),
    }
}
