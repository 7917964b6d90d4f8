//! Tables of facts: CSV with the header `subject,relation,object,start,end` and, if wanted, `source,quote,per`.

use std::sync::Arc;

use super::Fact;
use super::source::{Quote, Source};
use crate::statement::{Aspect, Body, Clause, Filler, Statement, Tense, Time};
use crate::syntax::parse_edtf;
use crate::text::{Diagnostic, Document, Problem, Span, nearest, one_of};
use crate::time::When;
use crate::vocabulary::{Builder, NameId, Part, Place, RelationId, Sort, Vocabulary};

/// One row, with the place of each field.
#[derive(Clone, Debug)]
pub(super) struct Row {
    table: usize,
    subject: String,
    relation: String,
    object: String,
    start: String,
    end: String,
    source: String,
    quote: String,
    per: String,
    span: Span,
}

const REQUIRED: [&str; 5] = ["subject", "relation", "object", "start", "end"];
const KNOWN: [&str; 8] = ["subject", "relation", "object", "start", "end", "source", "quote", "per"];

/// Reads the rows of a table; all malformed ones are reported.
pub(super) fn rows(document: &Arc<Document>, table: usize) -> Result<Vec<Row>, Vec<Diagnostic>> {
    let mut reader = csv::ReaderBuilder::new()
        .flexible(true)
        .trim(csv::Trim::All)
        .from_reader(document.text().trim_start_matches('\u{feff}').as_bytes());
    let line_span = |line: u64| {
        let number = usize::try_from(line).unwrap_or(1);
        document
            .lines()
            .nth(number.saturating_sub(1))
            .map_or(Span::default(), |(start, text)| Span::new(start, start.saturating_add(text.len())))
    };
    let wrong = |span: Span, message: String| {
        vec![
            Problem::new("malformed-table", span, message)
                .help("the header is `subject,relation,object,start,end`, and optionally `source,quote,per`")
                .at(document, 0),
        ]
    };
    let headers = reader.headers().cloned().map_err(|error| wrong(line_span(1), format!("this table cannot be read: {error}")))?;
    let mut problems = Vec::new();
    for header in &headers {
        if !KNOWN.contains(&header) {
            let near = one_of(&nearest(header, KNOWN));
            problems.push(
                Problem::new("malformed-table", line_span(1), format!("`{header}` is no column of a table of facts"))
                    .maybe_help(near)
                    .at(document, 0),
            );
        }
    }
    for required in REQUIRED {
        if !headers.iter().any(|header| header == required) {
            problems.extend(wrong(line_span(1), format!("the column `{required}` is missing")));
        }
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    let column = |name: &str| headers.iter().position(|header| header == name);
    let places = KNOWN.map(column);
    let mut found = Vec::new();
    for record in reader.records() {
        match record {
            Ok(record) => {
                let line = record.position().map_or(1, csv::Position::line);
                if record.len() != headers.len() {
                    problems.push(
                        Problem::new(
                            "malformed-table",
                            line_span(line),
                            format!("this row has {} fields, the header {}", record.len(), headers.len()),
                        )
                        .at(document, 0),
                    );
                    continue;
                }
                let field =
                    |at: usize| places.get(at).copied().flatten().and_then(|place| record.get(place)).unwrap_or_default().to_owned();
                let start = record.position().map_or(0, |position| usize::try_from(position.byte()).unwrap_or(0));
                let skip = document.text().len().saturating_sub(document.text().trim_start_matches('\u{feff}').len());
                let (begin, text) = document.line_at(start.saturating_add(skip));
                found.push(Row {
                    table,
                    subject: field(0),
                    relation: field(1),
                    object: field(2),
                    start: field(3),
                    end: field(4),
                    source: field(5),
                    quote: field(6),
                    per: field(7),
                    span: Span::new(begin, begin.saturating_add(text.len())),
                });
            }
            Err(error) => problems.push(
                Problem::new(
                    "malformed-table",
                    error.position().map_or(Span::default(), |p| line_span(p.line())),
                    format!("this row cannot be read: {error}"),
                )
                .at(document, 0),
            ),
        }
    }
    if problems.is_empty() { Ok(found) } else { Err(problems) }
}

/// Makes the names of the rows known, with the kinds of the roles that they fill.
pub(super) fn declare_names(rows: &[Row], tables: &[Arc<Document>], vocabulary: &Vocabulary, builder: &mut Builder) {
    for row in rows {
        let Some(document) = tables.get(row.table) else { continue };
        let place = Place { document: Arc::clone(document), span: row.span };
        let roles = relation(row, vocabulary).map(|id| &vocabulary.relation(id).roles);
        let kind = |at: usize| roles.and_then(|roles| roles.get(at)).map(|role| role.kind);
        for (name, at) in [(&row.subject, 0), (&row.object, 1)] {
            if !name.is_empty() {
                builder.table_name(name, kind(at), place.clone());
            }
        }
    }
}

/// The rows as facts.
pub(super) fn facts(rows: &[Row], tables: &[Arc<Document>], vocabulary: &Vocabulary, sources: &[Source]) -> (Vec<Fact>, Vec<Diagnostic>) {
    let mut found = Vec::new();
    let mut problems = Vec::new();
    for row in rows {
        let Some(document) = tables.get(row.table) else { continue };
        match fact(row, document, vocabulary, sources) {
            Ok(fact) => found.push(fact),
            Err(problem) => problems.push(problem.at(document, 0)),
        }
    }
    join_rows(rows, &mut found);
    // A table speaks up to the last day that any of its rows names.
    for (index, document) in tables.iter().enumerate() {
        let days = rows
            .iter()
            .filter(|row| row.table == index)
            .flat_map(|row| [&row.start, &row.end])
            .filter_map(|date| edtf(date).ok().flatten())
            .filter_map(|when| when.strong.last());
        let last = days.filter(|day| day.is_finite()).max();
        for fact in found.iter_mut().filter(|fact| Arc::ptr_eq(&fact.document, document) && fact.quotes.is_empty()) {
            fact.horizon = last;
        }
    }
    (found, problems)
}

/// A second term that begins on the day after the first ended: neither is the end or the beginning of anything but the term.
fn join_rows(rows: &[Row], facts: &mut [Fact]) {
    use std::collections::HashSet;
    let day = |date: &str| edtf(date).ok().flatten().and_then(|when| when.single_day());
    let key = |row: &Row, day: crate::time::Day| (row.subject.clone(), row.relation.clone(), row.object.clone(), day);
    let starts: HashSet<_> = rows.iter().filter_map(|row| day(&row.start).map(|day| key(row, day))).collect();
    let ends: HashSet<_> = rows.iter().filter_map(|row| day(&row.end).map(|day| key(row, day))).collect();
    let by_words: std::collections::HashMap<String, &Row> = rows.iter().map(|row| (words(row), row)).collect();
    for fact in facts {
        let Some(row) = by_words.get(&fact.words) else { continue };
        let before = day(&row.start).is_some_and(|day| ends.contains(&key(row, day.pred())));
        let after = day(&row.end).is_some_and(|day| starts.contains(&key(row, day.succ())));
        if let Body::Clause(clause) = &mut fact.statement.body {
            for time in &mut clause.times {
                if let Time::Recorded { joined, .. } = time {
                    *joined = (before, after);
                }
            }
        }
    }
}

fn edtf(date: &str) -> Result<Option<When>, String> {
    if date.is_empty() {
        return Ok(None);
    }
    parse_edtf(date).map(|edtf| Some(edtf.to_when())).map_err(|problem| problem.to_string())
}

fn fact(row: &Row, document: &Arc<Document>, vocabulary: &Vocabulary, sources: &[Source]) -> Result<Fact, Problem> {
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
    let clause = Clause {
        relation,
        roles,
        negated: false,
        tense: Tense::Past,
        times: vec![Time::Recorded { start, end, joined: (false, false) }],
        aspect: Aspect::default(),
        first: None,
        circumstances: Vec::new(),
        phrasing: None,
        passive: false,
        verb_span: row.span,
    };
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
    Ok(Fact { words: words(row), document: Arc::clone(document), span: row.span, quotes, per, horizon, statement })
}

/// The relation of a row: by its name, or by a verb that says just one relation of what the row names.
fn relation(row: &Row, vocabulary: &Vocabulary) -> Option<RelationId> {
    vocabulary.relation_named(&row.relation).or_else(|| match said(row, vocabulary).as_slice() {
        [only] => Some(*only),
        _ => None,
    })
}

/// The relations that a verb says in the plainest way, of a subject and an object, which may be of the kinds that the row names.
fn said(row: &Row, vocabulary: &Vocabulary) -> Vec<RelationId> {
    let verb = crate::text::fold_word(row.relation.trim());
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
            let roles = [(&row.subject, 0), (&row.object, 1)];
            let kinds = roles.iter().all(|(name, at)| relation.roles.get(*at).is_some_and(|role| fits(name, role.kind)));
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
    let clause = Clause {
        relation: say,
        roles: vec![Filler::Name(speaker, span), Filler::Said(Box::new(content))],
        negated: false,
        tense: Tense::Past,
        times: Vec::new(),
        aspect: Aspect::default(),
        first: None,
        circumstances: Vec::new(),
        phrasing: None,
        passive: false,
        verb_span: span,
    };
    Statement { body: Body::Clause(Box::new(clause)), span }
}

/// A row as it is shown as evidence.
fn words(row: &Row) -> String {
    let dates = match (row.start.as_str(), row.end.as_str()) {
        ("", "") => String::new(),
        (start, "") => format!(", from {start}"),
        ("", end) => format!(", until {end}"),
        (start, end) => format!(", from {start} to {end}"),
    };
    format!("{} {} {}{dates}", row.subject, row.relation.replace('_', " "), row.object)
}
