//! A claim file against a judge: its lines to claims, each claim to a finding. What the command line, a test suite and an
//! editor have in common.
//!
//! In: a document and a [`Judge`]. Out: [`Finding`]s. Never: reads a file but through the [`Library`] it is given, prints.

mod allow;
mod answer;
mod audit;
mod baseline;
mod draft;
mod itself;
mod policy;
mod shapes;
mod stream;
mod timelines;

pub use allow::{Allow, allow};
pub use answer::{Anew, Answer, Ask, Question, Reads, evidence};
pub use audit::{audit, audit_article};
pub use baseline::Baseline;
pub use draft::{Draft, DraftClaim, read_draft};
pub use itself::{Far, Fault, Own, Sentences, exclusions, far};
pub use policy::{EXPIRED_ALLOW, Levels, Policy, Rule, Text, UNUSED_ALLOW, add, count};
pub use shapes::Shapes;
pub use stream::{Stream, Written};
pub use timelines::timelines;

use std::sync::Arc;

use crate::facts::{Library, LibraryError};
use crate::report::{Accepted, Finding, Judged, Level};
use crate::statement::{Context, Statement, resolve};
use crate::syntax::{self, ClaimLine, Expectation, ExpectedVerdict};
use crate::text::limits::{DEEPEST_INCLUDE, MOST_INCLUDED};
use crate::text::{Document, FAULTS, Problem, Severity, Span, nearest, one_of};
use crate::time::{Anchor, Day, Direction, resolve as resolve_date};
use crate::verdict::{Code, Judge, Judgement, Verdict};
use crate::vocabulary::without_comment;

/// A line of a claim file, read as far as it can be without the others.
#[derive(Clone, Debug)]
pub struct Checked {
    document: Arc<Document>,
    /// Where the claim's words start.
    offset: usize,
    text: String,
    read: Result<Statement, Problem>,
    as_of: Option<Day>,
    expected: Option<Expectation>,
    /// What may be found here, with the places of the comments that say so.
    allows: Vec<(Allow, Span)>,
}

/// Reads a claim file's lines; dates that lean on the claim before lean on it in the order of the file.
pub fn check_document(judge: &Judge<'_>, document: &Arc<Document>, library: &dyn Library) -> Vec<Checked> {
    check_document_with(judge, document, library, &mut Anew)
}

/// The same, with each line and statement read by somebody who may have read it before.
pub fn check_document_with(judge: &Judge<'_>, document: &Arc<Document>, library: &dyn Library, reads: &mut dyn Reads) -> Vec<Checked> {
    let mut found = Vec::new();
    let mut included = Included { open: vec![document.name().to_owned()], opened: 0 };
    read_lines(judge, document, library, reads, &mut included, &mut Carried::default(), &mut found);
    found
}

/// What lines hand on to those below them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Carried {
    /// The day that an `as of` line gave.
    as_of: Option<Day>,
    /// The date that the claim before gave.
    previous: Option<Day>,
}

/// What the `include` lines of a claim file have opened.
struct Included {
    /// The files that stand in one another here, by name.
    open: Vec<String>,
    /// How many were opened in all; one that is included twice counts twice.
    opened: usize,
}

impl Included {
    fn open_next(&mut self, library: &dyn Library, from: &Document, path: &str) -> Result<Arc<Document>, LibraryError> {
        self.opened = self.opened.saturating_add(1);
        library.open(from, path)
    }
}

fn read_lines(
    judge: &Judge<'_>,
    document: &Arc<Document>,
    library: &dyn Library,
    reads: &mut dyn Reads,
    included: &mut Included,
    carried: &mut Carried,
    found: &mut Vec<Checked>,
) {
    // Comments that stand above a claim, until it comes.
    let mut above: Vec<(Allow, Span)> = Vec::new();
    for (start, raw) in document.lines() {
        let line = without_comment(raw);
        let text = line.trim();
        let comment = raw.get(line.len()..).and_then(|comment| comment.strip_prefix('#'));
        let mut beside = None;
        if let Some(comment) = comment {
            let at = start.saturating_add(line.len()).saturating_add(1);
            match allow(comment) {
                Some(Ok(allow)) if text.is_empty() => {
                    let span = allow.span.shifted(at);
                    above.push((allow, span));
                }
                Some(Ok(allow)) => {
                    let span = allow.span.shifted(at);
                    beside = Some((allow, span));
                }
                Some(Err(problem)) => found.push(Checked::fault(document, at, comment, problem)),
                None => {}
            }
        }
        if text.is_empty() {
            if comment.is_none() {
                in_vain(document, &mut above, found);
            }
            continue;
        }
        let offset = start.saturating_add(line.len()).saturating_sub(line.trim_start().len());
        let fault = |problem: Problem, expected: Option<Expectation>| Checked {
            document: Arc::clone(document),
            offset,
            text: text.to_owned(),
            read: Err(problem),
            as_of: None,
            expected,
            allows: Vec::new(),
        };
        let line = reads.line(text);
        let at_claim = matches!(line, Ok(ClaimLine::Claim(..) | ClaimLine::Expect(_)));
        match line {
            Err(problem) => found.push(fault(problem, None)),
            Ok(ClaimLine::AsOf(date, span)) => {
                match resolve_date(&date, &Anchor { document: None, previous: None, direction: Direction::Past }) {
                    Ok(when) => carried.as_of = when.strong.last().filter(|day| day.is_finite()),
                    Err(problem) => found.push(fault(Problem::new(problem.code(), span, problem.to_string()), None)),
                }
            }
            Ok(ClaimLine::Include(_, span)) if included.opened >= MOST_INCLUDED => {
                found.push(fault(
                    Problem::new("too-many-includes", span, format!("more than {MOST_INCLUDED} files are included in all here"))
                        .help("put what belongs together into one file"),
                    None,
                ));
            }
            Ok(ClaimLine::Include(path, span)) => match included.open_next(library, document, &path) {
                Ok(other) if included.open.iter().any(|name| name == other.name()) => {
                    found.push(fault(Problem::new("include-cycle", span, format!("`{path}` includes itself, directly or not")), None));
                }
                Ok(_) if included.open.len() >= DEEPEST_INCLUDE => {
                    found.push(fault(
                        Problem::new("include-depth", span, format!("files include one another more than {DEEPEST_INCLUDE} deep here")),
                        None,
                    ));
                }
                Ok(other) => {
                    included.open.push(other.name().to_owned());
                    let mut own = Carried { as_of: carried.as_of, previous: None };
                    read_lines(judge, &other, library, reads, included, &mut own, found);
                    included.open.pop();
                }
                Err(error) => found.push(fault(Problem::new("missing-include", span, error.to_string()), None)),
            },
            Ok(ClaimLine::Expect(expected)) => match found.last_mut() {
                Some(claim) if claim.expected.is_none() => claim.expected = Some(expected),
                _ => {
                    let span = expected.span;
                    found.push(fault(
                        Problem::new("stray-expectation", span, "this expectation stands below no claim, or below one that has its own"),
                        None,
                    ));
                }
            },
            Ok(ClaimLine::Claim(span, expected)) => {
                let words = span.of(text);
                let context = Context { document: carried.as_of.or(judge.settings().as_of), previous: carried.previous };
                let read = unknown_code(&expected, span).map_or_else(|| reads.statement(words, &judge.base().vocabulary, &context), Err);
                if let Ok(statement) = &read {
                    carried.previous = crate::facts::last_day(statement).or(carried.previous);
                }
                found.push(Checked {
                    document: Arc::clone(document),
                    offset: offset.saturating_add(span.start),
                    text: words.to_owned(),
                    read,
                    as_of: carried.as_of,
                    expected,
                    allows: std::mem::take(&mut above),
                });
            }
        }
        // What stands above belongs to a claim that follows at once, what stands beside to the claim of its line, or of the
        // line above where this one only says what is expected.
        in_vain(document, &mut above, found);
        if let Some((allow, span)) = beside {
            let same = |claim: &&mut Checked| at_claim && Arc::ptr_eq(&claim.document, document) && claim.is_claim();
            match found.last_mut().filter(same) {
                Some(claim) => claim.allows.push((allow, span)),
                _ => in_vain(document, &mut vec![(allow, span)], found),
            }
        }
    }
    in_vain(document, &mut above, found);
}

/// A code that is expected and does not exist would never be met.
fn unknown_code(expected: &Option<Expectation>, claim: Span) -> Option<Problem> {
    let expected = expected.as_ref()?;
    let code = expected.code.as_deref()?;
    let known = || Code::ALL.iter().map(|code| code.name()).chain(FAULTS.iter().map(|(code, _)| *code));
    let span = Span::new(expected.span.start.saturating_sub(claim.start), expected.span.end.saturating_sub(claim.start));
    (!known().any(|known| known == code)).then(|| {
        Problem::new("unknown-code", span, format!("`{code}` is no code"))
            .maybe_help(one_of(&nearest(code, known())))
            .help("`factum explain CODE` tells what a code means; docs/codes.md lists them")
    })
}

/// Reports comments that stand at no claim.
fn in_vain(document: &Arc<Document>, allows: &mut Vec<(Allow, Span)>, found: &mut Vec<Checked>) {
    for (_, span) in allows.drain(..) {
        let problem = Problem::new(UNUSED_ALLOW, Span::new(0, span.end.saturating_sub(span.start)), "this stands at no claim")
            .help("put it at the end of a claim's line, or on the line above it");
        found.push(Checked::fault(document, span.start, span.of(document.text()), problem));
    }
}

impl Checked {
    /// A line or comment that cannot be read.
    fn fault(document: &Arc<Document>, offset: usize, text: &str, problem: Problem) -> Self {
        let (document, text) = (Arc::clone(document), text.to_owned());
        Self { document, offset, text, read: Err(problem), as_of: None, expected: None, allows: Vec::new() }
    }

    /// Whether it is a claim, or a line that was to be one.
    pub fn is_claim(&self) -> bool {
        self.read.as_ref().map_or_else(|problem| problem.code != UNUSED_ALLOW, |_| true)
    }

    /// What comes of it by a policy: its finding with its level, accepted where a comment says so, and behind it the comments
    /// that accept nothing.
    pub fn findings(&self, judge: &Judge<'_>, policy: &Policy, text: Text) -> Vec<Finding> {
        self.findings_by(judge, policy, text, &|question| Arc::new(Answer::new(judge, question)))
    }

    /// The same, with the answer from somebody who may have given it before.
    pub fn findings_by(&self, judge: &Judge<'_>, policy: &Policy, text: Text, ask: &Ask<'_>) -> Vec<Finding> {
        let (mut finding, _) = self.judge_by(ask);
        policy.apply(text, &mut finding);
        let mut beside = accept(&self.document, &self.allows, judge.settings().as_of, &mut finding);
        beside.iter_mut().for_each(|other| policy.apply(text, other));
        std::iter::once(finding).chain(beside).collect()
    }

    /// The document that it stands in.
    pub fn document(&self) -> &Arc<Document> {
        &self.document
    }

    /// What it says and where, if it was understood.
    pub fn said(&self) -> Option<(&Arc<Document>, Span, &Statement)> {
        let statement = self.read.as_ref().ok()?;
        Some((&self.document, statement.span.shifted(self.offset), statement))
    }

    /// The claim's own words.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Where in the document they start.
    pub fn offset(&self) -> usize {
        self.offset
    }

    /// What it says.
    ///
    /// # Errors
    /// The [`Problem`] of a claim that was not understood.
    pub fn statement(&self) -> Result<&Statement, &Problem> {
        self.read.as_ref()
    }

    /// The day that it speaks from, where the file gives one.
    pub fn as_of(&self) -> Option<Day> {
        self.as_of
    }

    /// The finding: a verdict, or the fault of a claim that was not understood. Tells whether such a fault was expected.
    pub fn judge(&self, judge: &Judge<'_>) -> (Finding, bool) {
        self.judge_by(&|question| Arc::new(Answer::new(judge, question)))
    }

    /// What a judge is asked here; nothing where the claim was not understood.
    pub fn question(&self) -> Option<Question<'_>> {
        self.read.as_ref().ok().map(|statement| Question { words: &self.text, statement, as_of: self.as_of })
    }

    fn judge_by(&self, ask: &Ask<'_>) -> (Finding, bool) {
        match &self.read {
            Ok(statement) => (self.verdict(statement, &ask(Question { words: &self.text, statement, as_of: self.as_of })), false),
            // A date that the calendar does not have makes the claim false, whatever the rest says.
            Err(problem) if problem.code == Code::ImpossibleDate.name() => (self.impossible(problem), false),
            Err(problem) => {
                let expected = self
                    .expected
                    .as_ref()
                    .is_some_and(|e| e.verdict == ExpectedVerdict::Error && e.code.as_deref().is_none_or(|code| code == problem.code));
                let mut diagnostic = problem.clone().at(&self.document, self.offset);
                if problem.code == UNUSED_ALLOW {
                    diagnostic.severity = Severity::Warning;
                }
                if expected {
                    diagnostic.severity = Severity::Expected;
                    diagnostic.label = Some("refused, as expected".to_owned());
                }
                (Finding::Diagnostic(Box::new(diagnostic)), expected)
            }
        }
    }

    fn verdict(&self, statement: &Statement, answer: &Answer) -> Finding {
        let span = statement.span.shifted(self.offset);
        self.expecting(answer.at(&self.document, span, |span| Some(span.shifted(self.offset))))
    }

    fn impossible(&self, problem: &Problem) -> Finding {
        let span = Span::new(0, self.text.trim_end().len()).shifted(self.offset);
        let verdict = (Verdict::Contradicted, Code::ImpossibleDate);
        let judged = Judged::new(&self.document, span, self.text.clone(), verdict, problem.message.clone());
        self.expecting(Judged { wrong: Some(problem.span.shifted(self.offset)), ..judged })
    }

    /// With what its author expects, and the level that follows from it.
    fn expecting(&self, judged: Judged) -> Finding {
        let level = self.level(judged.verdict, judged.code);
        Finding::Verdict(Box::new(Judged { expected: self.expected(), level, ..judged }))
    }

    /// What its author expects of it: a verdict, and its code in square brackets where that is expected too.
    pub fn expected(&self) -> Option<String> {
        self.expected.as_ref().map(|expectation| {
            let verdict = match expectation.verdict {
                ExpectedVerdict::Supported => "supported",
                ExpectedVerdict::Contradicted => "contradicted",
                ExpectedVerdict::Unknown => "unknown",
                ExpectedVerdict::Error => "error",
            };
            expectation.code.as_ref().map_or_else(|| verdict.to_owned(), |code| format!("{verdict} [{code}]"))
        })
    }

    /// A claim must be supported, or be what its author expects; anything else fails, an unexpected improvement too.
    fn level(&self, verdict: Verdict, code: Code) -> Level {
        let met = match &self.expected {
            None => verdict == Verdict::Supported,
            Some(expectation) => {
                let same = matches!(
                    (expectation.verdict, verdict),
                    (ExpectedVerdict::Supported, Verdict::Supported)
                        | (ExpectedVerdict::Contradicted, Verdict::Contradicted)
                        | (ExpectedVerdict::Unknown, Verdict::Unknown)
                );
                same && expectation.code.as_deref().is_none_or(|wanted| wanted == code.name())
            }
        };
        if met { Level::Allow } else { Level::Deny }
    }
}

/// Accepts a finding that would fail or warn, if one of these comments says so; `as_of` is the day against which they expire.
/// The comments that accept nothing are told, unless an expired one is the reason.
pub fn accept(document: &Arc<Document>, allows: &[(Allow, Span)], as_of: Option<Day>, finding: &mut Finding) -> Vec<Finding> {
    let mut told = Vec::new();
    for (allow, span) in allows {
        let open = finding.level() != Level::Allow;
        let warning = |code: &'static str, message: String, help: &str| {
            let mut diagnostic = Problem::new(code, *span, message).help(help).at(document, 0);
            diagnostic.severity = Severity::Warning;
            Finding::Diagnostic(Box::new(diagnostic))
        };
        match finding {
            Finding::Verdict(judged)
                if open && allow.rules.iter().any(|rule| [judged.code.name(), judged.verdict.name()].contains(&rule.name())) =>
            {
                match allow.until.filter(|until| as_of.is_some_and(|day| day > *until)) {
                    Some(until) => {
                        told.push(warning(
                            EXPIRED_ALLOW,
                            format!("this was accepted until {until}"),
                            "look again, and give a later day or correct the claim",
                        ));
                    }
                    None => {
                        judged.accepted = Some(Accepted::InPlace(allow.reason.clone()));
                        judged.level = Level::Allow;
                    }
                }
            }
            _ => {
                let names = allow.rules.iter().map(|rule| format!("`{}`", rule.name())).collect::<Vec<_>>().join(" or ");
                told.push(warning(UNUSED_ALLOW, format!("there is no {names} here to accept"), "take the comment away"));
            }
        }
    }
    told
}

/// For whoever needs the bare judgement of a statement's text: a library user, a test.
///
/// # Errors
/// The [`Problem`] of a text that is not understood.
pub fn judge_text(judge: &Judge<'_>, text: &str, as_of: Option<Day>) -> Result<(Statement, Judgement), Problem> {
    let context = Context { document: as_of.or(judge.settings().as_of), previous: None };
    let statement = syntax::statement(text).and_then(|written| resolve(&written, text, &judge.base().vocabulary, &context))?;
    let judgement = judge.judge(&statement, as_of);
    Ok((statement, judgement))
}
