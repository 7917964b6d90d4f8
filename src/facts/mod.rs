//! The fact base: statements with their evidence, names and sources, read from `.facts` files and tables.
//!
//! In: documents that somebody else has read (through a [`Library`]). Out: a [`FactBase`], and every fault found in it with
//! its place. Never: opens a file itself, decides whether a claim is right.

mod columns;
mod load;
mod rows;
mod source;
mod spellings;
mod table;

pub use columns::{Cell, Columns, OPEN_END, OPEN_START, OfRelation, RowId, Table};
pub use load::{Library, LibraryError, Loader, last_day, said};
pub use source::{Quote, Source};

use std::sync::Arc;

use crate::statement::Statement;
use crate::text::{Document, Span};
use crate::time::Day;
use crate::vocabulary::{NameId, Vocabulary};

/// One statement of the record, with what proves it.
#[derive(Clone, Debug)]
pub struct Fact {
    /// What it says.
    pub statement: Statement,
    /// Its words as written; for a row of a table, the row in words.
    pub words: String,
    /// The file it stands in.
    pub document: Arc<Document>,
    /// Where in it.
    pub span: Span,
    /// The words of the sources that carry it.
    pub quotes: Vec<Quote>,
    /// Who is reported as saying so; none where the record says it itself.
    pub per: Option<NameId>,
    /// How far the record reaches that says so: its newest source's date, or its table's last day.
    pub horizon: Option<Day>,
}

/// All facts with the names and relations that they speak of.
#[derive(Clone, Debug)]
pub struct FactBase {
    /// Names, kinds, relations, phrasings.
    pub vocabulary: Arc<Vocabulary>,
    /// The sources, in the order of their files and lines.
    pub sources: Vec<Source>,
    /// The facts, in the order of their files and lines.
    pub facts: Vec<Fact>,
    /// Rows of tables that are not among the facts, where they were loaded so.
    pub columns: Columns,
    /// Sources, by their place, of which the first is believed rather than the second.
    pub preferred: Vec<(usize, usize)>,
    /// Speakers who are believed, or not, whatever is assumed.
    pub trusted: Vec<(NameId, bool)>,
    /// The end of the record, where it is given.
    pub horizon: Option<Day>,
    /// The newest date of any source or table.
    pub last: Option<Day>,
    /// How many files were read.
    pub files: usize,
}

impl FactBase {
    /// The end of the record: as given, or the newest date of any source or table.
    pub fn end(&self) -> Option<Day> {
        self.horizon.or_else(|| self.facts.iter().filter_map(|fact| fact.horizon).max().max(self.last))
    }

    /// How many facts there are, rows included.
    pub fn count(&self) -> usize {
        self.facts.len().saturating_add(self.columns.len())
    }

    /// Whether what a speaker is reported as saying is taken as so: as given for the speaker, else by the assumption.
    pub fn believes(&self, speaker: NameId, voice: bool) -> bool {
        // What is said of the speaker goes before what is said of a group; of two lines about one name, the doubt does. The order
        // of the lines decides nothing.
        let groups = self.vocabulary.groups(speaker);
        let said = self.trusted.iter().filter_map(|(name, believed)| Some((groups.iter().position(|group| group == name)?, *believed)));
        said.min().map_or(voice, |(_, believed)| believed)
    }
}
