//! Tables of facts: CSV with the header `subject,relation,object,start,end` and, if wanted, `source,quote,per`.
//!
//! In: the rows of a table (from `rows`). Out: each as a fact, with what is wrong with it. Never: holds back the good rows' faults: all
//! bad rows are named.

use std::collections::HashMap;
use std::sync::Arc;

use super::Fact;
use super::columns::{Columns, OPEN_END, OPEN_START, Plain};
use super::rows::{Row, exact_day};
use super::source::{Quote, Source};
use super::spellings::Spellings;
use crate::statement::{Body, Clause, Filler, Statement, Time};
use crate::syntax::parse_edtf;
use crate::text::{Diagnostic, Document, Problem, Span, nearest, one_of};
use crate::time::{Day, When};
use crate::vocabulary::{Builder, KindId, NameId, Part, Place, RelationId, Sort, Vocabulary};

/// The tables of a fact base, read and not yet understood.
#[derive(Default)]
pub(super) struct Tables {
    /// Each with the number of its first line over all tables, and the last exact day of its plain rows.
    pub(super) read: Vec<(Arc<Document>, u32, Option<i32>)>,
    /// Rows that are more than plain ones, in the order of the tables.
    pub(super) rows: Vec<Row>,
    /// Plain rows, names and relations by the numbers of their spellings.
    pub(super) plain: Vec<Plain>,
    pub(super) spellings: Spellings,
    pub(super) relations: Vec<String>,
    /// Where each spelling of a name came up, by its number, and in which roles of which relations.
    pub(super) met: Vec<Met>,
    pub(super) lines: u32,
}

/// A spelling's first row, and the roles that it fills.
pub(super) struct Met {
    document: Arc<Document>,
    span: Span,
    first: (u32, u32),
    more: Vec<(u32, u32)>,
}

impl Tables {
    /// Notes a name of a row, and gives the number of its spelling.
    pub(super) fn meet(&mut self, words: &str, relation: u32, role: u32, place: impl FnOnce() -> (Arc<Document>, Span)) -> u32 {
        let number = self.spellings.number(words);
        match usize::try_from(number).ok().and_then(|at| self.met.get_mut(at)) {
            Some(met) => {
                if met.first != (relation, role) && !met.more.contains(&(relation, role)) {
                    met.more.push((relation, role));
                }
            }
            None => {
                let (document, span) = place();
                self.met.push(Met { document, span, first: (relation, role), more: Vec::new() });
            }
        }
        number
    }

    /// The number of a relation's spelling.
    pub(super) fn relation(&mut self, words: &str) -> u32 {
        let at = self.relations.iter().position(|known| known == words).unwrap_or_else(|| {
            self.relations.push(words.to_owned());
            self.relations.len().saturating_sub(1)
        });
        u32::try_from(at).unwrap_or(u32::MAX)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.rows.is_empty() && self.plain.is_empty()
    }

    /// Makes the names of the rows known, with the kinds of the roles that they fill.
    pub(super) fn declare_names(&mut self, vocabulary: &Vocabulary, builder: &mut Builder) {
        let relations: Vec<Option<RelationId>> = self.relations.iter().map(|words| plainly_named(words, vocabulary)).collect();
        let kind = |(relation, role): (u32, u32)| -> Option<KindId> {
            let id = (*relations.get(usize::try_from(relation).ok()?)?)?;
            vocabulary.relation(id).roles.get(usize::try_from(role).ok()?).map(|role| role.kind)
        };
        for (number, met) in (0..).zip(std::mem::take(&mut self.met)) {
            let name = self.spellings.get(number);
            let place = Place { document: met.document, span: met.span };
            for role in std::iter::once(met.first).chain(met.more) {
                builder.table_name(name, kind(role), place.clone());
            }
        }
    }

    /// The plain rows as columns; those that turn out to be more than plain join the other rows.
    fn columns(&mut self, vocabulary: &Vocabulary, tables: Vec<super::columns::Table>) -> Columns {
        let names: Vec<Option<NameId>> = (0..)
            .take(self.spellings.len())
            .map(|number| {
                let words = self.spellings.get(number);
                let id = NameId(*vocabulary.name_index().exact(words).first()?);
                // What is written another way than the name itself is kept as it is written.
                (vocabulary.name(id).name == words).then_some(id)
            })
            .collect();
        let name = |number: u32| usize::try_from(number).ok().and_then(|at| names.get(at)).copied().flatten();
        let mut columns = Columns::new(tables);
        let mut plain = std::mem::take(&mut self.plain);
        // One spelling of each relation; the others are kept as they are written.
        let mut taken: Vec<RelationId> = Vec::new();
        for (number, words) in (0..).zip(&self.relations) {
            let id = plainly_named(words, vocabulary).filter(|id| !taken.contains(id)).filter(|id| {
                let relation = vocabulary.relation(*id);
                relation.roles.len() >= 2 && relation.inverse_of.is_none()
            });
            taken.extend(id);
            // A verb says it only of what is of the right kinds.
            let by_verb = id.filter(|_| vocabulary.relation_named(words).is_none()).map(|id| &vocabulary.relation(id).roles);
            let fits = |names: &(NameId, NameId)| {
                by_verb.is_none_or(|roles| {
                    let fit = |(name, role): (NameId, &crate::vocabulary::Role)| {
                        vocabulary.name(name).kinds.is_empty() || vocabulary.is_a(name, role.kind)
                    };
                    [names.0, names.1].into_iter().zip(roles).all(fit)
                })
            };
            let event = id.is_some_and(|id| vocabulary.relation(id).sort == Sort::Event);
            let one = self.relations.len() == 1;
            let mut own: Vec<Plain> =
                if one { std::mem::take(&mut plain) } else { plain.iter().filter(|row| row.relation == number).copied().collect() };
            own.retain_mut(|row| {
                let names =
                    name(row.subject).zip(name(row.object)).filter(|_| id.is_some() && !(event && row.end != OPEN_END)).filter(fits);
                match names {
                    Some((subject, object)) => {
                        (row.subject, row.object) = (subject.0, object.0);
                        true
                    }
                    None => {
                        self.rows.push(Row::of_plain(row, &self.read, &self.spellings, words));
                        false
                    }
                }
            });
            if let Some(id) = id.filter(|_| !own.is_empty()) {
                columns.add(id, words.clone(), &own);
            }
        }
        self.rows.sort_by_key(|row| row.line);
        columns
    }

    /// The rows as facts and columns, and what is wrong with them.
    pub(super) fn finish(mut self, vocabulary: &Vocabulary, sources: &[Source]) -> (Vec<Fact>, Columns, Vec<Diagnostic>) {
        let tables = self.table_ends();
        let mut columns = self.columns(vocabulary, tables);
        let mut found: Vec<(u32, Fact)> = Vec::new();
        let mut problems = Vec::new();
        for row in &self.rows {
            match fact(row, vocabulary, sources) {
                Ok(mut fact) => {
                    if fact.quotes.is_empty() {
                        fact.horizon = columns.table_of(row.line).and_then(|(table, _)| table.last);
                    }
                    found.push((row.line, fact));
                }
                Err(problem) => problems.push(problem.at(&row.document, 0)),
            }
        }
        self.join_rows(&mut found, &mut columns, vocabulary);
        (found.into_iter().map(|(_, fact)| fact).collect(), columns, problems)
    }

    /// A table speaks up to the last day that any of its rows names.
    fn table_ends(&self) -> Vec<super::columns::Table> {
        let mut tables: Vec<super::columns::Table> = self
            .read
            .iter()
            .map(|(document, first_line, last)| super::columns::Table {
                document: Arc::clone(document),
                first_line: *first_line,
                last: last.map(|day| Day::from_epoch_days(day.into())),
            })
            .collect();
        for row in &self.rows {
            let days =
                [&row.start, &row.end].into_iter().filter_map(|date| edtf(date).ok().flatten()).filter_map(|when| when.strong.last());
            if let (Some(last), Some(table)) = (days.filter(|day| day.is_finite()).max(), tables.get_mut(row.table)) {
                table.last = table.last.max(Some(last));
            }
        }
        tables
    }

    /// A second term that begins on the day after the first ended: neither is the end or the beginning of anything but the term.
    fn join_rows(&self, found: &mut [(u32, Fact)], columns: &mut Columns, vocabulary: &Vocabulary) {
        let by_line: HashMap<u32, &Row> = self.rows.iter().map(|row| (row.line, row)).collect();
        let who = |row: &Row| {
            let name = |words: &str| vocabulary.name_index().exact(words).first().map(|id| NameId(*id));
            let relation = relation(row, vocabulary)?;
            Some((relation, name(&row.subject)?, name(&row.object)?))
        };
        // A day that is known, however it is written.
        let day = |date: &str| {
            let day = edtf(date).ok().flatten().and_then(|when| when.single_day());
            day.and_then(|day| i32::try_from(day.epoch_days()).ok())
        };
        let bounds = |row: &Row| (day(&row.start).unwrap_or(OPEN_START), day(&row.end).unwrap_or(OPEN_END));
        let mut ends: HashMap<_, Vec<(i32, i32)>> = HashMap::new();
        for (line, _) in found.iter() {
            let joint = by_line.get(line).and_then(|row| who(row).map(|who| (who, bounds(row))));
            if let Some((who, bounds)) = joint {
                ends.entry(who).or_default().push(bounds);
            }
            columns.note(*line, joint.map(|((relation, subject, object), (start, end))| (relation, subject, object, start, end)));
        }
        for (line, fact) in found {
            let Some((who, (start, end))) = by_line.get(line).and_then(|row| who(row).map(|who| (who, bounds(row)))) else { continue };
            let own = ends.get(&who).map(Vec::as_slice).unwrap_or_default();
            let before = start != OPEN_START && own.iter().any(|(_, other)| *other != OPEN_END && *other == start.saturating_sub(1));
            let after = end != OPEN_END && own.iter().any(|(other, _)| *other != OPEN_START && *other == end.saturating_add(1));
            let columns = columns.joins(who.0, who.1, who.2, start, end);
            if let Body::Clause(clause) = &mut fact.statement.body {
                for time in &mut clause.times {
                    if let Time::Recorded { joined, .. } = time {
                        *joined = (before || columns.0, after || columns.1);
                    }
                }
            }
        }
    }
}

/// Whether a date is one that a plain row may have, as a number of days; a date that is left out is open.
pub(super) fn plain_day(date: &str, open: i32) -> Option<i32> {
    if date.is_empty() { Some(open) } else { exact_day(date) }
}

fn edtf(date: &str) -> Result<Option<When>, String> {
    if date.is_empty() {
        return Ok(None);
    }
    parse_edtf(date).map(|edtf| Some(edtf.to_when())).map_err(|problem| problem.to_string())
}

fn fact(row: &Row, vocabulary: &Vocabulary, sources: &[Source]) -> Result<Fact, Problem> {
    let known = || vocabulary.relations().iter().map(|relation| relation.name.as_str());
    let relation = relation(row, vocabulary).ok_or_else(|| {
        let said: Vec<&str> = said(row, vocabulary).into_iter().map(|id| vocabulary.relation(id).name.as_str()).collect();
        let near = if said.is_empty() { nearest(&row.relation, known()) } else { said };
        Problem::new("unknown-relation", row.span, format!("`{}` is no relation that is known here", row.relation))
            .maybe_help(one_of(&near))
            .help("a vocabulary file can declare it: `state NAME(subject: party, object: party)`")
    })?;
    let meaning = vocabulary.relation(relation);
    let name = |name: &str| vocabulary.name_index().exact(name).first().map(|id| NameId(*id));
    let mut roles = vec![Filler::Open; meaning.roles.len()];
    for (at, written) in [(0, &row.subject), (1, &row.object)] {
        if written.is_empty() {
            continue;
        }
        let Some(slot) = roles.get_mut(at) else {
            return Err(Problem::new("malformed-table", row.span, format!("`{}` has no object", meaning.name)));
        };
        let id =
            name(written).ok_or_else(|| Problem::new("unknown-name", row.span, format!("`{written}` is no name that is known here")))?;
        *slot = Filler::Name(id, row.span);
    }
    let date = |written: &str| {
        edtf(written).map_err(|why| {
            Problem::new("not-a-date", row.span, why).help("dates in a table are EDTF: `2024-11-29`, `2016`, `[2024-12-07..2024-12-08]`")
        })
    };
    let (start, end) = (date(&row.start)?, date(&row.end)?);
    if let (Some(start), Some(end)) =
        (start.as_ref().and_then(|when| when.strong.first()), end.as_ref().and_then(|when| when.strong.last()))
        && start > end
    {
        return Err(Problem::new("impossible-date", row.span, format!("the row ends on {end}, before it starts on {start}")));
    }
    if meaning.sort == Sort::Event && end.is_some() {
        return Err(Problem::new(
            "malformed-table",
            row.span,
            format!("`{}` is an event; its date stands in `start` and it has no `end`", meaning.name),
        ));
    }
    let time = Time::Recorded { start, end, joined: (false, false) };
    let clause = Clause { times: vec![time], ..Clause::of(relation, roles, row.span) };
    let mut statement = Statement { body: Body::Clause(Box::new(clause)), span: row.span };
    let mut per = None;
    if !row.per.is_empty() {
        let speaker =
            name(&row.per).ok_or_else(|| Problem::new("unknown-name", row.span, format!("`{}` is no name that is known here", row.per)))?;
        per = Some(speaker);
        statement = reported(statement, speaker, vocabulary);
    }
    let mut quotes = Vec::new();
    let mut horizon = None;
    if !row.quote.is_empty() {
        let within: Vec<(usize, &Source)> =
            sources.iter().enumerate().filter(|(_, source)| row.source.is_empty() || source.id == row.source).collect();
        if within.is_empty() {
            return Err(Problem::new("unknown-source", row.span, format!("`{}` is no source that is named here", row.source))
                .help("name it in a fact file: `source ID \"file\"`"));
        }
        let hit = within.iter().find_map(|(at, source)| source.find(&row.quote).map(|span| (*at, span, source.date)));
        let (source, span, date) =
            hit.ok_or_else(|| Problem::new("absent-quote", row.span, "the quote of this row is not in its source"))?;
        quotes.push(Quote { source, span, words: row.quote.clone() });
        horizon = date;
    }
    Ok(Fact { words: words(row), document: Arc::clone(&row.document), span: row.span, quotes, per, horizon, statement })
}

/// The relation of a row: by its name, or by a verb that says just one relation of what the row names.
fn relation(row: &Row, vocabulary: &Vocabulary) -> Option<RelationId> {
    vocabulary.relation_named(&row.relation).or_else(|| match said(row, vocabulary).as_slice() {
        [only] => Some(*only),
        _ => None,
    })
}

/// The relation of this name, or the only one that this verb says of anything in the plainest way.
fn plainly_named(words: &str, vocabulary: &Vocabulary) -> Option<RelationId> {
    vocabulary.relation_named(words).or_else(|| match said_of(words, [None, None], vocabulary).as_slice() {
        [only] => Some(*only),
        _ => None,
    })
}

/// The relations that a verb says in the plainest way, of a subject and an object, which may be of the kinds that the row names.
fn said(row: &Row, vocabulary: &Vocabulary) -> Vec<RelationId> {
    said_of(&row.relation, [Some(&row.subject), Some(&row.object)], vocabulary)
}

fn said_of(verb: &str, names: [Option<&String>; 2], vocabulary: &Vocabulary) -> Vec<RelationId> {
    let verb = crate::text::fold_word(verb.trim());
    let fits = |name: &str, kind| {
        vocabulary
            .name_index()
            .exact(name)
            .first()
            .is_none_or(|id| vocabulary.name(NameId(*id)).kinds.is_empty() || vocabulary.is_a(NameId(*id), kind))
    };
    let mut found: Vec<RelationId> = Vec::new();
    for (base, _) in vocabulary.verbs().read(&verb) {
        for id in vocabulary.with_verb(base) {
            let phrasing = vocabulary.phrasing(*id);
            let relation = vocabulary.relation(phrasing.relation);
            let plain = matches!(
                (phrasing.before.as_slice(), phrasing.after.as_slice()),
                ([Part::Slot { role: 0, possessive: false }], [Part::Slot { role: 1, possessive: false }])
            );
            let kinds = names
                .iter()
                .zip(0..)
                .all(|(name, at)| relation.roles.get::<usize>(at).is_some_and(|role| name.is_none_or(|name| fits(name, role.kind))));
            if plain && kinds && !found.contains(&phrasing.relation) {
                found.push(phrasing.relation);
            }
        }
    }
    found.sort_unstable();
    found
}

fn reported(content: Statement, speaker: NameId, vocabulary: &Vocabulary) -> Statement {
    let Some(say) = vocabulary.relation_named("say") else { return content };
    let span = content.span;
    let clause = Clause::of(say, vec![Filler::Name(speaker, span), Filler::Said(Box::new(content))], span);
    Statement { body: Body::Clause(Box::new(clause)), span }
}

/// A row as it is shown as evidence.
fn words(row: &Row) -> String {
    in_words(&row.subject, &row.relation, &row.object, &row.start, &row.end)
}

/// The same from its fields.
pub(super) fn in_words(subject: &str, relation: &str, object: &str, start: &str, end: &str) -> String {
    let dates = match (start, end) {
        ("", "") => String::new(),
        (start, "") => format!(", from {start}"),
        ("", end) => format!(", until {end}"),
        (start, end) => format!(", from {start} to {end}"),
    };
    format!("{subject} {} {object}{dates}", relation.replace('_', " "))
}
