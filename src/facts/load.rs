//! `.facts` and `.vocab` files, tables and the sources that they name, to a fact base.

use std::sync::Arc;

use super::rows::Text;
use super::source::{Quote, Source};
use super::table::Tables;
use super::{Fact, FactBase};
use crate::statement::{Body, Clause, Context, Filler, Statement, Time, TimeWord, declaring_lines, in_words, understand};
use crate::syntax::{self, Declaration, evidence};
use crate::text::limits::{DEEPEST_INCLUDE, MOST_INCLUDED};
use crate::text::{Diagnostic, Document, Problem, Span, nearest, one_of};
use crate::time::{Anchor, Day, Direction};
use crate::vocabulary::{Builder, Found, NameId, Speech, Tie, Vocabulary, load, standard};

/// Where documents come from. The command line's own implementation keeps to the project's folder.
pub trait Library {
    /// The document that a line of `from` names by `path`, relative to `from`.
    ///
    /// # Errors
    /// Why it cannot be had.
    fn open(&self, from: &Document, path: &str) -> Result<Arc<Document>, LibraryError>;
}

/// Why a document cannot be had.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LibraryError {
    /// There is none.
    #[error("there is no file `{0}`")]
    Missing(String),
    /// It lies where nothing may be read from.
    #[error("`{0}` lies outside the project's folder")]
    Outside(String),
    /// It is no regular file.
    #[error("`{0}` is no regular file")]
    NotAFile(String),
    /// It cannot be read.
    #[error("`{0}` cannot be read: {1}")]
    Unreadable(String, String),
    /// It is larger than is read; the limit in words.
    #[error("`{0}` is larger than the {1} that are read of such a file")]
    TooLarge(String, String),
    /// With it, all named files are larger together than is read; the limit in words.
    #[error("with `{0}`, the files that lines name are larger together than the {1} that are read")]
    TooMuch(String, String),
    /// Somebody wrote to it meanwhile.
    #[error("`{0}` changed while it was read")]
    Changed(String),
}

/// A line that waits until all names are known.
struct Pending {
    document: Arc<Document>,
    offset: usize,
    text: String,
    quotes: Vec<(String, Span)>,
}

/// Reads fact files one by one and makes a fact base of them.
pub struct Loader<'l> {
    library: &'l dyn Library,
    builder: Builder,
    problems: Vec<Diagnostic>,
    pending: Vec<Pending>,
    tables: Tables,
    in_columns: bool,
    sources: Vec<Source>,
    prefer: Vec<(Arc<Document>, usize, (String, Span), (String, Span))>,
    trust: Vec<(Arc<Document>, usize, (String, Span), bool)>,
    horizon: Option<Day>,
    read: Vec<String>,
    open: Vec<String>,
    included: usize,
}

impl<'l> Loader<'l> {
    /// A loader that starts with the standard vocabulary.
    pub fn new(library: &'l dyn Library) -> Self {
        let (builder, problems) = standard(false);
        Self { problems, ..Self::with_vocabulary(library, builder) }
    }

    /// A loader that starts with a vocabulary read before: for callers that load many fact bases, or that need only a part of
    /// the standard vocabulary.
    pub fn with_vocabulary(library: &'l dyn Library, builder: Builder) -> Self {
        Self {
            library,
            builder,
            problems: Vec::new(),
            pending: Vec::new(),
            tables: Tables::default(),
            in_columns: false,
            sources: Vec::new(),
            prefer: Vec::new(),
            trust: Vec::new(),
            horizon: None,
            read: Vec::new(),
            open: Vec::new(),
            included: 0,
        }
    }

    /// Reads a `.facts` or `.vocab` file. A file that was read already is left alone.
    pub fn facts(&mut self, document: &Arc<Document>) {
        if self.read.iter().any(|name| name == document.name()) {
            return;
        }
        self.read.push(document.name().to_owned());
        self.open.push(document.name().to_owned());
        let vocabulary_file = document.name().ends_with(".vocab");
        let mut others = Vec::new();
        let mut found = Vec::new();
        load(document, &mut self.builder, &mut self.problems, |what| match what {
            Found::Declared(_, line) => found.push(line),
            Found::Other(line) => others.push(line),
        });
        // Declarations that ask for more than a table entry.
        for line in &found {
            if let Ok(declaration) = syntax::declaration(line.text) {
                self.directive(declaration, document, line.offset);
            }
        }
        let mut last: Option<Pending> = None;
        for line in others {
            if vocabulary_file {
                self.problems.push(crate::vocabulary::not_a_declaration(document, line));
                continue;
            }
            if let Some((words, span)) = evidence(line.text) {
                match last.as_mut() {
                    Some(fact) => fact.quotes.push((words, span.shifted(line.offset))),
                    None => self.problems.push(
                        Problem::new("stray-quote", Span::new(0, line.text.len()), "this quote stands below no statement")
                            .help("a quote follows the fact that it proves")
                            .at(document, line.offset),
                    ),
                }
                continue;
            }
            if line.text.starts_with('>') {
                let problem =
                    Problem::new("unclosed-quote", Span::new(0, line.text.len()), "a quote stands between quotation marks, on one line")
                        .help("write it like this: `> \"words of the source\"`; where the source breaks its lines does not matter");
                self.problems.push(problem.at(document, line.offset));
                continue;
            }
            self.pending.extend(last.take());
            last = Some(Pending { document: Arc::clone(document), offset: line.offset, text: line.text.to_owned(), quotes: Vec::new() });
        }
        self.pending.extend(last.take());
        self.open.pop();
    }

    /// The same loader, that leaves plain rows of tables in columns: for very many rows, of which only some are asked about.
    #[must_use]
    pub fn in_columns(self) -> Self {
        Self { in_columns: true, ..self }
    }

    /// Reads a table of facts (CSV).
    pub fn table(&mut self, document: &Arc<Document>) {
        self.any_table(document.name(), Text::Document(Arc::clone(document)));
    }

    /// The same from its name and its text, which is not kept longer than it is needed.
    pub fn table_text(&mut self, name: &str, text: String) {
        self.any_table(name, Text::Loose(name.to_owned(), text));
    }

    fn any_table(&mut self, name: &str, text: Text) {
        if self.read.iter().any(|known| known == name) {
            return;
        }
        self.read.push(name.to_owned());
        if let Err(problems) = self.tables.read(text, self.in_columns) {
            self.problems.extend(problems);
        }
    }

    fn include(&mut self, from: &Document, path: &str) -> Result<Arc<Document>, LibraryError> {
        self.included = self.included.saturating_add(1);
        self.library.open(from, path)
    }

    fn directive(&mut self, declaration: Declaration, document: &Arc<Document>, offset: usize) {
        match declaration {
            Declaration::Source { id, path } => match self.library.open(document, &path.0) {
                Ok(source) => {
                    if self.sources.iter().any(|known| known.id == id.0 && known.document.name() != source.name()) {
                        self.problems.push(
                            Problem::new("source-clash", id.1, format!("`{}` already names another source", id.0)).at(document, offset),
                        );
                    } else if !self.sources.iter().any(|known| known.id == id.0) {
                        self.sources.push(Source::new(id.0, source));
                    }
                }
                Err(error) => {
                    let code = if matches!(error, LibraryError::Missing(_)) { "missing-source" } else { "unreadable-source" };
                    let problem =
                        Problem::new(code, path.1, error.to_string()).help("a source's path is relative to the file that names it");
                    self.problems.push(problem.at(document, offset));
                }
            },
            // Counted before it is opened: a file that was refused cost its reading too.
            Declaration::Include(path) if self.included >= MOST_INCLUDED => {
                let problem =
                    Problem::new("too-many-includes", path.1, format!("more than {MOST_INCLUDED} files are included in all here"))
                        .help("put what belongs together into one file");
                self.problems.push(problem.at(document, offset));
            }
            Declaration::Include(path) => match self.include(document, &path.0) {
                Ok(included) if self.open.iter().any(|name| name == included.name()) => {
                    let problem = Problem::new("include-cycle", path.1, format!("`{}` includes itself, directly or not", path.0));
                    self.problems.push(problem.at(document, offset));
                }
                Ok(_) if self.open.len() >= DEEPEST_INCLUDE => {
                    let problem =
                        Problem::new("include-depth", path.1, format!("files include one another more than {DEEPEST_INCLUDE} deep here"));
                    self.problems.push(problem.at(document, offset));
                }
                Ok(included) if included.name().ends_with(".csv") => self.table(&included),
                Ok(included) => self.facts(&included),
                Err(error) => {
                    let problem = Problem::new("missing-include", path.1, error.to_string())
                        .help("an included file's path is relative to the file that includes it");
                    self.problems.push(problem.at(document, offset));
                }
            },
            Declaration::Prefer(first, second) => self.prefer.push((Arc::clone(document), offset, first, second)),
            Declaration::Trust(name, believed) => self.trust.push((Arc::clone(document), offset, name, believed)),
            Declaration::Horizon(date, span) => {
                match crate::time::resolve(&date, &Anchor { document: None, previous: None, direction: Direction::Past }) {
                    Ok(when) => self.horizon = when.strong.last(),
                    Err(problem) => self.problems.push(Problem::new(problem.code(), span, problem.to_string()).at(document, offset)),
                }
            }
            _ => {}
        }
    }

    /// All that was read as a fact base, and what is wrong with it, sorted by place.
    pub fn finish(mut self) -> (FactBase, Vec<Diagnostic>) {
        let (mut vocabulary, mut problems) = self.builder.finish();
        if !self.tables.is_empty() {
            self.tables.declare_names(&vocabulary, &mut self.builder);
            let builder = std::mem::take(&mut self.builder);
            // What was wrong may be right with the names of the tables.
            (vocabulary, problems) = if problems.is_empty() { builder.finish_after(vocabulary) } else { builder.finish() };
        }
        self.problems.extend(problems);
        let mut facts = Vec::new();
        let mut previous: Option<(String, Day)> = None;
        for pending in std::mem::take(&mut self.pending) {
            let before = previous.as_ref().filter(|(name, _)| name == pending.document.name()).map(|(_, day)| *day);
            match self.fact(&pending, &vocabulary, before) {
                Ok(fact) => {
                    if let Some(day) = last_day(&fact.statement) {
                        previous = Some((pending.document.name().to_owned(), day));
                    }
                    let asserted = asserted(&fact, &vocabulary);
                    facts.push(fact);
                    facts.extend(asserted);
                }
                Err(problem) => self.problems.push(problem),
            }
        }
        let (from_tables, columns, problems) = std::mem::take(&mut self.tables).finish(&vocabulary, &self.sources);
        facts.extend(from_tables);
        self.problems.extend(problems);
        let of_tables = columns.tables().iter().filter_map(|table| table.last).max();
        let last = facts.iter().filter_map(|fact| fact.horizon).max().max(of_tables.filter(|_| !columns.is_empty()));
        let mut base = FactBase {
            sources: std::mem::take(&mut self.sources),
            facts,
            columns,
            last,
            preferred: Vec::new(),
            trusted: Vec::new(),
            horizon: self.horizon,
            files: self.read.len(),
            vocabulary: Arc::new(vocabulary),
        };
        self.order_of_belief(&mut base);
        self.problems.sort_by(|a, b| (a.document.name(), a.span).cmp(&(b.document.name(), b.span)));
        (base, self.problems)
    }

    fn fact(&self, pending: &Pending, vocabulary: &Vocabulary, previous: Option<Day>) -> Result<Fact, Diagnostic> {
        let place = |problem: Problem| problem.at(&pending.document, pending.offset);
        let mut quotes = Vec::new();
        for (words, span) in &pending.quotes {
            let found = self
                .sources
                .iter()
                .enumerate()
                .find_map(|(at, source)| source.find(words).map(|span| Quote { source: at, span, words: words.clone() }));
            match found {
                Some(quote) => quotes.push(quote),
                None => {
                    let near = self.sources.iter().find_map(|source| {
                        source.nearest(words).map(|sentence| format!("the nearest that `{}` has is: {sentence}", source.document.name()))
                    });
                    let message = if self.sources.is_empty() {
                        "no source is named that could hold this quote"
                    } else {
                        "this quote is in none of the sources"
                    };
                    let problem = Problem::new(
                        "absent-quote",
                        Span::new(span.start.saturating_sub(pending.offset), span.end.saturating_sub(pending.offset)),
                        message,
                    )
                    .maybe_help(near)
                    .help("a quote must stand in its source word for word; white space and typographic quotes do not count");
                    return Err(place(problem));
                }
            }
        }
        // A fact's dates lean on the date of the source that carries it, else on that of the only source.
        let document = match quotes.first() {
            Some(quote) => self.sources.get(quote.source).and_then(|source| source.date),
            None => match self.sources.as_slice() {
                [only] => only.date,
                _ => None,
            },
        };
        let context = Context { document: document.or(self.horizon), previous };
        let statement = understand(&pending.text, vocabulary, &context).map_err(place)?;
        check(&statement, vocabulary).map_err(place)?;
        let horizon = quotes.iter().filter_map(|quote| self.sources.get(quote.source).and_then(|source| source.date)).max().or(document);
        let horizon = horizon.or_else(|| last_day(&statement));
        let per = speaker(&statement, vocabulary);
        Ok(Fact {
            per,
            words: pending.text.clone(),
            document: Arc::clone(&pending.document),
            span: statement.span.shifted(pending.offset),
            quotes,
            horizon,
            statement,
        })
    }

    fn order_of_belief(&mut self, base: &mut FactBase) {
        for (document, offset, first, second) in &self.prefer {
            let mut find = |name: &(String, Span)| {
                let at = base.sources.iter().position(|source| source.id == name.0);
                if at.is_none() {
                    let near = one_of(&nearest(&name.0, base.sources.iter().map(|source| source.id.as_str())));
                    self.problems.push(
                        Problem::new("unknown-source", name.1, format!("`{}` is no source that is named here", name.0))
                            .maybe_help(near)
                            .at(document, *offset),
                    );
                }
                at
            };
            if let (Some(first), Some(second)) = (find(first), find(second)) {
                base.preferred.push((first, second));
            }
        }
        for (document, offset, name, believed) in &self.trust {
            match base.vocabulary.name_index().exact(&name.0).first() {
                Some(id) => base.trusted.push((NameId(*id), *believed)),
                None => {
                    let near = one_of_names(&base.vocabulary, &name.0);
                    self.problems.push(
                        Problem::new("unknown-name", name.1, format!("`{}` is no name that is known here", name.0))
                            .maybe_help(near)
                            .at(document, *offset),
                    );
                }
            }
        }
    }
}

/// What a fact may not hold: names that nobody knows, dates that contradict their weekday.
fn check(statement: &Statement, vocabulary: &Vocabulary) -> Result<(), Problem> {
    if let Some((words, span)) = statement.unknown_name() {
        let lines = declaring_lines(statement, vocabulary).join("`, `");
        return Err(Problem::new("unknown-name", span, format!("`{words}` is no name that is known here"))
            .maybe_help(one_of_names(vocabulary, words))
            .help(format!("declare it: `{lines}` (or whatever it is)")));
    }
    for clause in statement.clauses() {
        for time in &clause.times {
            if let Time::Window { days, second, date_span, .. } = time
                && (days.weekday_is_wrong() || second.as_ref().is_some_and(crate::time::When::weekday_is_wrong))
            {
                return Err(Problem::new("wrong-weekday", *date_span, "this weekday is not that date's"));
            }
        }
    }
    Ok(())
}

fn one_of_names(vocabulary: &Vocabulary, words: &str) -> Option<String> {
    let near = vocabulary.near_names(words);
    one_of(&near.iter().map(String::as_str).collect::<Vec<_>>())
}

/// Who is reported as saying what the statement says.
fn speaker(statement: &Statement, vocabulary: &Vocabulary) -> Option<NameId> {
    let Body::Clause(clause) = &statement.body else { return None };
    said(clause, vocabulary).map(|(name, _, _)| name)
}

/// For a saying: the speaker, what is said, and whether it is denied.
pub fn said<'s>(clause: &'s Clause, vocabulary: &Vocabulary) -> Option<(NameId, &'s Statement, bool)> {
    let speech = vocabulary.relation(clause.relation).speech?;
    let name = clause.roles.iter().find_map(|filler| if let Filler::Name(name, _) = filler { Some(*name) } else { None })?;
    let inner = clause.roles.iter().find_map(|filler| if let Filler::Said(inner) = filler { Some(inner.as_ref()) } else { None })?;
    Some((name, inner, speech == Speech::Denies))
}

/// What the doer of a deed says by it, where the vocabulary has it say anything: who declares victory over a city says that it
/// was taken. Each is a fact of its own with the same proof.
fn asserted(fact: &Fact, vocabulary: &Vocabulary) -> Vec<Fact> {
    let (Body::Clause(clause), Some(say)) = (&fact.statement.body, vocabulary.relation_named("say")) else { return Vec::new() };
    let Some(speaker @ Filler::Name(name, _)) = clause.roles.first() else { return Vec::new() };
    if clause.negated || clause.aspect.never {
        return Vec::new();
    }
    let links = vocabulary.relation(clause.relation).links.iter().filter(|link| link.tie == Tie::Asserts);
    let contents = links.filter_map(|link| {
        let target = vocabulary.relation(link.target);
        let roles: Vec<Filler> =
            link.roles.iter().map(|role| role.and_then(|role| clause.roles.get(role)).cloned().unwrap_or(Filler::Open)).collect();
        let fits = roles.iter().zip(&target.roles).all(|(filler, role)| match filler {
            Filler::Name(name, _) => vocabulary.is_a(*name, role.kind),
            _ => true,
        });
        fits.then(|| Clause { relation: link.target, roles, phrasing: None, passive: false, ..clause.as_ref().clone() })
    });
    let span = fact.statement.span;
    contents
        .map(|content| {
            let content = Statement { body: Body::Clause(Box::new(content)), span };
            let said = Clause {
                relation: say,
                roles: vec![speaker.clone(), Filler::Said(Box::new(content.clone()))],
                times: Vec::new(),
                phrasing: None,
                passive: false,
                ..clause.as_ref().clone()
            };
            Fact {
                words: format!("according to {}, {}", vocabulary.name(*name).name, in_words(&content, vocabulary)),
                statement: Statement { body: Body::Clause(Box::new(said)), span },
                per: Some(*name),
                ..fact.clone()
            }
        })
        .collect()
}

/// The last day that a statement's dates give, if they give one.
pub fn last_day(statement: &Statement) -> Option<Day> {
    let Body::Clause(clause) = &statement.body else { return None };
    clause
        .times
        .iter()
        .filter_map(|time| match time {
            Time::Window { word: TimeWord::On | TimeWord::By | TimeWord::AsOf, days, .. } => days.strong.last(),
            // What lies after a day is not dated by it.
            Time::Window { word: TimeWord::After | TimeWord::Before, .. } => None,
            Time::Window { second, days, .. } => second.as_ref().unwrap_or(days).strong.last(),
            _ => None,
        })
        .rfind(|day| day.is_finite())
}
