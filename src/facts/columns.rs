//! Rows of tables that are not made into statements: who, of what, from when to when, by relation and object.
//!
//! In: plain rows (two names and exact days), read by `table`. Out: the rows that touch a name, in the order of their days; and a row
//! as the [`Fact`] that it is, when somebody asks for it. Never: holds a row that a plain row cannot be: dates that are not exact, quotes
//! and speakers stand among the facts.
//!
//! A row takes sixteen bytes. Its words are not kept: they are written again from its columns, as the row was plain.

use std::collections::HashMap;
use std::sync::{Arc, OnceLock};

use super::Fact;
use crate::statement::{Body, Clause, Filler, Statement, Time};
use crate::text::{Document, Span};
use crate::time::{Day, DaySet, Grain, When};
use crate::vocabulary::{NameId, RelationId, Vocabulary};

/// A day that a row does not give, as its beginning and as its end.
pub const OPEN_START: i32 = i32::MIN;
/// See [`OPEN_START`].
pub const OPEN_END: i32 = i32::MAX;

/// A row without its object, by which it is found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cell {
    /// The first day, since 1970-01-01; [`OPEN_START`] where it is not given.
    pub start: i32,
    /// The last day; [`OPEN_END`] where it is not given.
    pub end: i32,
    /// Who.
    pub subject: NameId,
    /// The line, counted over all tables.
    pub line: u32,
}

/// A table that rows stand in.
#[derive(Clone, Debug)]
pub struct Table {
    /// The file. Of a large one the text is not kept.
    pub document: Arc<Document>,
    /// The number of its first line, counted over all tables.
    pub first_line: u32,
    /// The last day that any of its rows names: so far it speaks.
    pub last: Option<Day>,
}

/// The rows of one relation.
#[derive(Clone, Debug)]
pub struct OfRelation {
    /// Which.
    pub relation: RelationId,
    /// As the rows write it.
    spelling: String,
    /// The least object, and for each from there on where its cells begin; one more for the end.
    first_object: u32,
    starts: Vec<u32>,
    /// By object, then by their days.
    cells: Vec<Cell>,
    /// For each object, whether its cells are a plain history: one holder after the other.
    plain: Vec<bool>,
    /// The cells by subject, when they are first asked for so.
    by_subject: OnceLock<Vec<(NameId, u32)>>,
}

/// Rows by relation and object.
#[derive(Clone, Debug, Default)]
pub struct Columns {
    tables: Vec<Table>,
    relations: Vec<OfRelation>,
    /// Exact bounds of rows that stand among the facts: a row here may be joined to one of them.
    joints: HashMap<(RelationId, NameId, NameId), Vec<(i32, i32)>>,
    /// The lines, over all tables, of the facts that are rows, in the order of the facts.
    lines_of_facts: Vec<u32>,
}

/// Where a row stands among the columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct RowId {
    /// The line, counted over all tables: rows are in the order of their lines.
    line: u32,
    relation: u32,
    cell: u32,
}

/// A plain row as it is read.
#[derive(Clone, Copy, Debug)]
pub(super) struct Plain {
    pub(super) relation: u32,
    pub(super) object: u32,
    pub(super) subject: u32,
    pub(super) start: i32,
    pub(super) end: i32,
    pub(super) line: u32,
}

impl RowId {
    /// The line, counted over all tables.
    pub fn line(self) -> u32 {
        self.line
    }
}

impl OfRelation {
    /// The rows of one relation; subjects and objects are names already.
    fn new(relation: RelationId, spelling: String, rows: &[Plain]) -> Self {
        let least = rows.iter().map(|row| row.object).min().unwrap_or(0);
        let greatest = rows.iter().map(|row| row.object).max().unwrap_or(0);
        let width = place(greatest.saturating_sub(least)).saturating_add(1);
        let at = |object: u32| place(object.saturating_sub(least));
        // Counted, then placed: sorting by object costs two passes.
        let mut starts = vec![0_u32; width.saturating_add(1)];
        for row in rows {
            if let Some(count) = starts.get_mut(at(row.object).saturating_add(1)) {
                *count = count.saturating_add(1);
            }
        }
        let mut sum = 0_u32;
        for count in &mut starts {
            sum = sum.saturating_add(*count);
            *count = sum;
        }
        let mut next = starts.clone();
        let empty = Cell { start: 0, end: 0, subject: NameId(0), line: 0 };
        let mut cells = vec![empty; rows.len()];
        for row in rows {
            if let Some(free) = next.get_mut(at(row.object)) {
                if let Some(cell) = cells.get_mut(place(*free)) {
                    *cell = Cell { start: row.start, end: row.end, subject: NameId(row.subject), line: row.line };
                }
                *free = free.saturating_add(1);
            }
        }
        let mut plain = Vec::with_capacity(width);
        for bounds in starts.windows(2) {
            let [from, to] = bounds else { continue };
            let own = cells.get_mut(place(*from)..place(*to)).unwrap_or_default();
            own.sort_unstable();
            plain.push(is_plain_history(own));
        }
        Self { relation, spelling, first_object: least, starts, cells, plain, by_subject: OnceLock::new() }
    }

    fn index(&self, object: NameId) -> Option<usize> {
        object.0.checked_sub(self.first_object).map(place).filter(|at| *at < self.plain.len())
    }

    fn bounds(&self, object: NameId) -> (usize, usize) {
        let bound = |at: usize| self.starts.get(at).copied().map_or(0, place);
        self.index(object).map_or((0, 0), |at| (bound(at), bound(at.saturating_add(1))))
    }

    /// The cells of an object, by their days.
    pub fn of_object(&self, object: NameId) -> &[Cell] {
        let (from, to) = self.bounds(object);
        self.cells.get(from..to).unwrap_or_default()
    }

    /// Whether the cells of an object are a plain history: each after the other, sharing no more than the day of a handover, nobody's
    /// second term joined to the first, only the last without an end.
    pub fn is_plain(&self, object: NameId) -> bool {
        self.index(object).and_then(|at| self.plain.get(at)).copied().unwrap_or(true)
    }

    /// The numbers of the cells of a subject.
    fn of_subject(&self, subject: NameId) -> impl Iterator<Item = u32> {
        let by_subject = self.by_subject.get_or_init(|| {
            let mut all: Vec<(NameId, u32)> = self.cells.iter().map(|cell| cell.subject).zip(0..).collect();
            all.sort_unstable();
            all
        });
        let from = by_subject.partition_point(|(other, _)| *other < subject);
        by_subject.iter().skip(from).take_while(move |(other, _)| *other == subject).map(|(_, cell)| *cell)
    }

    fn object_of(&self, cell: u32) -> NameId {
        let after = self.starts.partition_point(|start| *start <= cell);
        NameId(self.first_object.saturating_add(u32::try_from(after.saturating_sub(1)).unwrap_or(u32::MAX)))
    }
}

/// Whether these cells, sorted, are one holder after the other.
fn is_plain_history(cells: &[Cell]) -> bool {
    let lasts = |cell: &Cell| cell.start < cell.end;
    let whole = cells.iter().all(|cell| cell.start != OPEN_START);
    let closed = cells.split_last().is_none_or(|(_, before)| before.iter().all(|cell| cell.end != OPEN_END));
    let apart = cells.windows(2).all(|pair| match pair {
        [a, b] if a.end == b.start => a.subject != b.subject && lasts(a) && lasts(b),
        [a, b] => a.end < b.start,
        _ => true,
    });
    // A term that begins where one's own ended is the same episode. Only the next two can begin so soon.
    let joined = cells.iter().enumerate().any(|(at, a)| {
        let next = cells.get(at.saturating_add(1)..).unwrap_or_default().iter().take(3);
        next.clone().any(|b| a.subject == b.subject && b.start <= a.end.saturating_add(1))
    });
    whole && closed && apart && !joined
}

fn place(number: u32) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}

impl Columns {
    pub(super) fn new(tables: Vec<Table>) -> Self {
        Self { tables, ..Self::default() }
    }

    /// Takes in the rows of a relation.
    pub(super) fn add(&mut self, relation: RelationId, spelling: String, rows: &[Plain]) {
        self.relations.push(OfRelation::new(relation, spelling, rows));
    }

    /// Notes a row that stands among the facts.
    pub(super) fn note(&mut self, line: u32, joint: Option<(RelationId, NameId, NameId, i32, i32)>) {
        self.lines_of_facts.push(line);
        if let Some((relation, subject, object, start, end)) = joint {
            self.joints.entry((relation, subject, object)).or_default().push((start, end));
        }
    }

    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.relations.iter().map(|of| of.cells.len()).fold(0, usize::saturating_add)
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.relations.is_empty()
    }

    /// The rows by relation.
    pub fn relations(&self) -> &[OfRelation] {
        &self.relations
    }

    /// The tables.
    pub fn tables(&self) -> &[Table] {
        &self.tables
    }

    /// Rows of the relation at a place of [`Columns::relations`] with a name in a role.
    pub fn rows_with(&self, at: usize, role: usize, name: NameId) -> Vec<RowId> {
        let Some(of) = self.relations.get(at) else { return Vec::new() };
        match role {
            0 => of.of_subject(name).filter_map(|cell| self.id(at, place(cell))).collect(),
            1 => {
                let (from, to) = of.bounds(name);
                (from..to).filter_map(|cell| self.id(at, cell)).collect()
            }
            _ => Vec::new(),
        }
    }

    /// All rows of the relation at a place, up to so many.
    pub fn rows_of(&self, at: usize, most: usize) -> Vec<RowId> {
        let count = self.relations.get(at).map_or(0, |of| of.cells.len().min(most));
        (0..count).filter_map(|cell| self.id(at, cell)).collect()
    }

    fn id(&self, at: usize, cell: usize) -> Option<RowId> {
        let line = self.relations.get(at)?.cells.get(cell)?.line;
        Some(RowId { line, relation: u32::try_from(at).ok()?, cell: u32::try_from(cell).ok()? })
    }

    /// The line, over all tables, of a fact that is a row: `number` counts such facts.
    pub fn line_of_fact(&self, number: usize) -> Option<u32> {
        self.lines_of_facts.get(number).copied()
    }

    /// How many of the facts are rows; they are the last ones.
    pub fn rows_among_facts(&self) -> usize {
        self.lines_of_facts.len()
    }

    /// The table that a line belongs to, and its number there, from 1.
    pub fn table_of(&self, line: u32) -> Option<(&Table, u32)> {
        let after = self.tables.partition_point(|table| table.first_line <= line);
        let table = self.tables.get(after.checked_sub(1)?)?;
        Some((table, line.saturating_sub(table.first_line).saturating_add(1)))
    }

    /// A row as a fact.
    pub fn fact(&self, id: RowId, vocabulary: &Vocabulary) -> Option<Fact> {
        let of = self.relations.get(place(id.relation))?;
        let cell = of.cells.get(place(id.cell))?;
        self.fact_of(of, cell, of.object_of(id.cell), vocabulary)
    }

    /// A cell of an object as a fact.
    pub fn fact_of(&self, of: &OfRelation, cell: &Cell, object: NameId, vocabulary: &Vocabulary) -> Option<Fact> {
        let (table, number) = self.table_of(cell.line)?;
        let (document, span) = self.stated(of, cell, object, table, number, vocabulary);
        // As the reader of dates makes it of the same day.
        let exact = |day: i32| When::exact(DaySet::day(Day::from_epoch_days(day.into())), Grain::Day);
        let day = |day: i32, open: i32| (day != open).then(|| exact(day));
        let joined = self.joined(of, cell, object);
        let mut clause = Clause::between(of.relation, cell.subject, object, vocabulary.relation(of.relation).roles.len());
        for role in &mut clause.roles {
            if let Filler::Name(_, place) = role {
                *place = span;
            }
        }
        clause.verb_span = span;
        clause.times.push(Time::Recorded { start: day(cell.start, OPEN_START), end: day(cell.end, OPEN_END), joined });
        let statement = Statement { body: Body::Clause(Box::new(clause)), span };
        let words = self.words(of, cell, object, vocabulary);
        Some(Fact { statement, words, document, span, quotes: Vec::new(), per: None, horizon: table.last })
    }

    /// A cell as it is shown as evidence.
    pub fn words(&self, of: &OfRelation, cell: &Cell, object: NameId, vocabulary: &Vocabulary) -> String {
        let (subject, object) = (&vocabulary.name(cell.subject).name, &vocabulary.name(object).name);
        super::table::in_words(subject, &of.spelling, object, &written(cell.start, OPEN_START), &written(cell.end, OPEN_END))
    }

    /// Where a cell stands: in its table, or, where the text of that is not kept, in its own line, written again.
    fn stated(
        &self,
        of: &OfRelation,
        cell: &Cell,
        object: NameId,
        table: &Table,
        number: u32,
        vocabulary: &Vocabulary,
    ) -> (Arc<Document>, Span) {
        if let Some((start, text)) = table.document.line(place(number)) {
            return (Arc::clone(&table.document), Span::new(start, start.saturating_add(text.len())));
        }
        let (subject, object) = (&vocabulary.name(cell.subject).name, &vocabulary.name(object).name);
        let line = format!("{subject},{},{object},{},{}", of.spelling, written(cell.start, OPEN_START), written(cell.end, OPEN_END));
        let span = Span::new(0, line.len());
        (Arc::new(Document::excerpt(table.document.name(), line, place(number))), span)
    }

    /// Whether a row of the same ends on the day before, or begins on the day after.
    fn joined(&self, of: &OfRelation, cell: &Cell, object: NameId) -> (bool, bool) {
        let same = of.of_object(object).iter().filter(|other| other.subject == cell.subject).map(|other| (other.start, other.end));
        let others = self.joints.get(&(of.relation, cell.subject, object)).map(Vec::as_slice).unwrap_or_default();
        let (mut before, mut after) = (false, false);
        for (start, end) in same.chain(others.iter().copied()) {
            before |= cell.start != OPEN_START && end != OPEN_END && end == cell.start.saturating_sub(1);
            after |= cell.end != OPEN_END && start != OPEN_START && start == cell.end.saturating_add(1);
        }
        (before, after)
    }

    /// The same for a row that stands among the facts.
    pub(super) fn joins(&self, relation: RelationId, subject: NameId, object: NameId, start: i32, end: i32) -> (bool, bool) {
        let cell = Cell { start, end, subject, line: 0 };
        let of = self.relations.iter().filter(|of| of.relation == relation);
        let mut found = (false, false);
        for of in of {
            let (before, after) = self.joined(of, &cell, object);
            found = (found.0 || before, found.1 || after);
        }
        found
    }
}

/// A day as a plain row writes it.
fn written(day: i32, open: i32) -> String {
    if day == open { String::new() } else { Day::from_epoch_days(day.into()).to_string() }
}
