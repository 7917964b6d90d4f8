//! What a document says against itself, which needs no record to be wrong.
//!
//! In: sentences of a draft or source in their order, and the statements that were read in them. Out: [`Fault`]s with all places
//! that belong to each: a weekday that is not its date's, figures that do not add up, a distance that the dates beside it do not
//! have, statements that exclude one another. Of the record only [`far`] takes notice. Never: takes for a fault what can be read so that it is none.

use std::sync::Arc;

use super::judge_text;
use crate::facts::{Columns, Fact, FactBase, said};
use crate::prose::{Dated, Misfit, MisfitKind, Misstep, Timeline, comes_after, misfits, missteps, single_days, weekday_behind};
use crate::statement::{Body, Statement, Time, TimeWord};
use crate::syntax::running;
use crate::text::limits::MOST_COMPARED;
use crate::text::{Block, Document, Span};
use crate::time::{Day, Length, Unit};
use crate::verdict::{Assumption, Assumptions, Code, Judge, Settings, Verdict, explain, weekday_name};
use crate::vocabulary::Vocabulary;

/// Dates of one event that lie so many days apart are two accounts of it; farther apart it may have happened twice.
const ONE_EVENT: i64 = 31;

/// Something that a document says against itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// What is wrong.
    pub code: Code,
    /// Where, in the document.
    pub span: Span,
    /// What is wrong, in words.
    pub message: String,
    /// The other words of the document that it does not agree with.
    pub against: Vec<Span>,
}

/// A statement that a document makes in its own name.
#[derive(Clone, Debug)]
pub struct Own {
    /// What it says.
    pub statement: Statement,
    /// In our language.
    pub words: String,
    /// Where it stands in the document.
    pub span: Span,
}

/// Reads a document's sentences one by one for what each has against itself or against the one before it.
pub struct Sentences<'v> {
    vocabulary: &'v Vocabulary,
    timeline: Timeline,
    /// The days that the sentence before gave, in one block with the next.
    before: Vec<Day>,
}

impl<'v> Sentences<'v> {
    /// At the beginning of a document of this day.
    pub fn new(vocabulary: &'v Vocabulary, document: Option<Day>) -> Self {
        Self { vocabulary, timeline: Timeline::new(document), before: Vec::new() }
    }

    /// The next sentence, in its block; `first` tells that no other one stands before it there.
    pub fn read(&mut self, block: &Block, sentence: Span, first: bool) -> Vec<Fault> {
        let text = sentence.of(&block.text);
        let running = running(text);
        let place = |span: Span| block.source_span(span.shifted(sentence.start));
        if first {
            self.before.clear();
        }
        let dated = self.timeline.read(text, &running);
        let mut faults: Vec<Fault> = dated.iter().filter_map(|dated| wrong_weekday(text, dated, place)).collect();
        faults.extend(missteps(text, &running, &dated, &self.before).into_iter().map(|Misstep { span, message }| Fault {
            code: Code::WrongDistance,
            span: place(span),
            message,
            against: Vec::new(),
        }));
        faults.extend(misfits(text, self.vocabulary).into_iter().map(|Misfit { kind, span, message }| Fault {
            code: match kind {
                MisfitKind::Sum => Code::WrongSum,
                MisfitKind::Share => Code::WrongShare,
            },
            span: place(span),
            message,
            against: Vec::new(),
        }));
        self.before = single_days(&dated);
        faults
    }
}

/// A document that says how long after something it comes, where the record has it otherwise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Far {
    /// Where it says so, in the document.
    pub span: Span,
    /// When that would be, and when it was.
    pub message: String,
    /// The facts that have it so, by their places.
    pub facts: Vec<usize>,
}

/// "This comes 12 days after rebels launched an offensive", in a document of a given day. `inclusive` lets pass what is right if the
/// first day is counted too.
pub fn far(judge: &Judge<'_>, block: &Block, sentence: Span, day: Day, inclusive: bool) -> Option<Far> {
    let text = sentence.of(&block.text);
    let since = comes_after(text).filter(|since| since.length.unit == Unit::Day && since.length.count > 0)?;
    let count = since.length.count;
    let wrong = |length: Length| {
        let claim = format!("{} on {}", since.anchor.of(text), length.before(day));
        let (statement, judgement) = judge_text(judge, &claim, Some(day)).ok()?;
        let wrong = judgement.verdict == Verdict::Contradicted && judgement.code == Code::WrongDate;
        wrong.then(|| (explain(judge, &claim, &statement, &judgement, Some(day)).message, judgement.facts))
    };
    let (why, facts) = wrong(since.length)?;
    if inclusive {
        wrong(Length::new(count.saturating_sub(1), Unit::Day))?;
    }
    let days = if count == 1 { "one day".to_owned() } else { format!("{count} days") };
    let message = format!("{days} before {} is {}: {why}", day.in_words(), since.length.before(day).in_words());
    Some(Far { span: block.source_span(since.span.shifted(sentence.start)), message, facts })
}

/// "Thursday, 27 November 2024" where that is a Wednesday, or "27 November, a Thursday".
fn wrong_weekday(text: &str, dated: &Dated, place: impl Fn(Span) -> Span) -> Option<Fault> {
    let days = dated.days.as_ref().ok()?;
    let day = days.single_day()?;
    let behind = weekday_behind(text, dated.date_span.end).filter(|(said, _)| *said != weekday_name(day));
    let span = match behind {
        Some((_, weekday)) => dated.date_span.to(weekday),
        None if days.weekday_is_wrong() => dated.date_span,
        None => return None,
    };
    let message = format!("{} is a {}", day.in_words(), weekday_name(day));
    Some(Fault { code: Code::WrongWeekday, span: place(span), message, against: Vec::new() })
}

/// Statements of one document, in its order, that exclude ones before them, each with its number and those of the others.
///
/// Each statement is judged against a record of those before it. What somebody is said to say is left out: two people may well
/// disagree. Headlines belong out of it too, which say less exactly what stands below them.
pub fn exclusions(
    own: &[(usize, Own)],
    vocabulary: &Vocabulary,
    document: &Arc<Document>,
    day: Option<Day>,
) -> Vec<(usize, Fault, Vec<usize>)> {
    let told = |own: &Own| match &own.statement.body {
        Body::Clause(clause) => said(clause, vocabulary).is_none() && own.statement.unknown_name().is_none(),
        _ => false,
    };
    let own: Vec<(usize, &Own)> = own.iter().map(|(at, own)| (*at, own)).filter(|(_, own)| told(own)).take(MOST_COMPARED).collect();
    if own.len() < 2 {
        return Vec::new();
    }
    let mut base = FactBase {
        vocabulary: Arc::new(vocabulary.clone()),
        sources: Vec::new(),
        facts: Vec::new(),
        preferred: Vec::new(),
        trusted: Vec::new(),
        horizon: day,
        columns: Columns::default(),
        last: None,
        files: 1,
    };
    let assumptions = Assumptions { once: true, ..Assumptions::NONE };
    let mut found = Vec::new();
    // The statements that the record is made of, in its order.
    let mut kept: Vec<(usize, &Own)> = Vec::new();
    for (at, statement) in own {
        let judge = Judge::new(&base, Settings { as_of: day, known_by: None, assumptions });
        let judgement = judge.judge(&statement.statement, day);
        let facts: Vec<(usize, &Own)> = judgement.facts.iter().filter_map(|fact| kept.get(*fact)).copied().collect();
        let excluded = judgement.verdict == Verdict::Contradicted
            && !facts.is_empty()
            && !matches!(judgement.code, Code::WrongWeekday | Code::ImpossibleDate | Code::WrongKind)
            && (judgement.strict == Verdict::Contradicted
                || judgement.code == Code::WrongDate && judgement.assumptions == [Assumption::Once] && is_one_event(statement, &facts));
        if excluded {
            let why = explain(&judge, &statement.words, &statement.statement, &judgement, day).message;
            let message = format!("the text has it otherwise elsewhere: {why}");
            let against = facts.iter().map(|(_, own)| own.span).collect();
            let places = facts.iter().map(|(at, _)| *at).collect();
            found.push((at, Fault { code: Code::ContradictsItself, span: statement.span, message, against }, places));
            // What contradicts is no ground for the next.
            continue;
        }
        kept.push((at, statement));
        base.facts.push(Fact {
            statement: statement.statement.clone(),
            words: statement.words.clone(),
            document: Arc::clone(document),
            span: statement.span,
            quotes: Vec::new(),
            per: None,
            horizon: day,
        });
    }
    found
}

/// Whether a statement and the one that it does not agree with give two days that lie close together.
fn is_one_event(statement: &Own, facts: &[(usize, &Own)]) -> bool {
    let [(_, other)] = facts else { return false };
    let near = |a: Day, b: Day| a.since(b).is_some_and(|days| days.abs() <= ONE_EVENT);
    day_of(&statement.statement).zip(day_of(&other.statement)).is_some_and(|(a, b)| near(a, b))
}

/// The one day that a clause says it was on.
fn day_of(statement: &Statement) -> Option<Day> {
    let Body::Clause(clause) = &statement.body else { return None };
    match clause.times.as_slice() {
        [Time::Window { word: TimeWord::On, days, second: None, .. }] => days.single_day(),
        _ => None,
    }
}
