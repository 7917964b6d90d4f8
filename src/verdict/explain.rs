//! A verdict in words: what decides it, how far the claim is off, what it would have to say, what would settle it.

use super::judge::Judge;
use super::{Code, Judgement, Stories, Verdict};
use crate::facts::Fact;
use crate::statement::{Body, Clause, Context, Filler, Statement, Time, TimeWord, declaring_lines, resolve, respelt, same_deed};
use crate::syntax;
use crate::text::{Span, one_of};
use crate::time::{Day, Grain};

/// What is said of a verdict beside its code.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Explanation {
    /// Why, in one line.
    pub message: String,
    /// For a contradicted claim, the part of it that is wrong.
    pub wrong: Option<Span>,
    /// The claim as it would be right, where that is certain.
    pub correction: Option<String>,
    /// For an unknown: what would settle it.
    pub settle: Option<String>,
    /// For an unknown: what would make it true, and what false.
    pub stories: Option<Stories>,
}

/// Explains a judgement of a claim; `text` is the claim's own words.
pub fn explain(judge: &Judge<'_>, text: &str, claim: &Statement, judgement: &Judgement, as_of: Option<Day>) -> Explanation {
    let facts: Vec<&Fact> = judgement.facts.iter().filter_map(|at| judge.fact(*at)).collect();
    let told = |fact: &Fact| format!("`{}`", fact.words);
    let first = facts.first().map(|fact| told(fact)).unwrap_or_default();
    let all = || facts.iter().map(|fact| told(fact)).collect::<Vec<_>>().join(" and ");
    let mut found = Explanation {
        wrong: wrong_part(claim, judgement.code),
        stories: judge.stories(text, claim, judgement, as_of),
        ..Explanation::default()
    };
    match judgement.code {
        Code::Recorded => found.message = format!("recorded: {first}"),
        Code::Follows if facts.is_empty() => found.message = "it holds whatever the record says".to_owned(),
        Code::Follows => found.message = format!("follows from {}", all()),
        Code::WrongWeekday => weekday(text, claim, &mut found),
        Code::OtherHolder if !facts.is_empty() => found.message = because("the record has another holder then", &all()),
        Code::WrongDate | Code::OtherHolder | Code::WrongOrder => {
            correct_date(judge, text, claim, judgement, as_of, &mut found);
            if found.message.is_empty() {
                let how = match judgement.code {
                    Code::OtherHolder => "the record has another holder then",
                    Code::WrongOrder => "the record has another order",
                    _ => "the record has another time",
                };
                found.message = if facts.is_empty() { how.to_owned() } else { format!("{how}: {}", all()) };
            }
        }
        Code::WrongNumber => found.message = because("the record has another number", &all()),
        Code::WrongName => found.message = because("the record has it otherwise", &all()),
        Code::ClosedList => found.message = because("the record lists all there are", &all()),
        Code::Denied => found.message = because("the record says the contrary", &all()),
        Code::WrongKind => {
            found.message = if facts.is_empty() {
                "it is declared to be of a kind that excludes this one".to_owned()
            } else {
                format!("it is of another kind: {}", all())
            }
        }
        // The last four come from a text itself; no claim is judged so.
        Code::ImpossibleDate | Code::WrongSum | Code::WrongShare | Code::WrongDistance | Code::ContradictsItself => {
            found.message = judgement.code.meaning().to_owned();
        }
        Code::SourcesDisagree => {
            found.message = format!("the sources disagree: {}", facts.iter().map(|fact| told(fact)).collect::<Vec<_>>().join(" against "));
            found.settle = Some("a line such as `prefer SOURCE over SOURCE` in the fact base, or a third look at the sources".to_owned());
        }
        Code::PastHorizon => {
            let end = judgement.horizon.map(Day::in_words).unwrap_or_default();
            found.message = format!("the record of this ends on {end}");
            found.settle = Some("a source from that day or later".to_owned());
        }
        Code::BeforeRecord => {
            found.message = Code::BeforeRecord.meaning().to_owned();
            found.settle = Some("a source that speaks of that time".to_owned());
        }
        Code::UnknownName => unknown_name(judge, text, claim, judgement, as_of, &mut found),
        Code::NoRecord => {
            found.message = Code::NoRecord.meaning().to_owned();
            found.settle =
                Some(format!("a fact that says `{}`, or that it was not so", crate::statement::in_words(claim, &judge.base().vocabulary)));
        }
        Code::TooVague => match at_another_time(judge, claim) {
            Some(fact) => {
                found.message = format!("the record has it at another time; that it happened then too is left open: {}", told(fact));
                found.settle = Some("a source for that time".to_owned());
            }
            None => {
                found.message = Code::TooVague.meaning().to_owned();
                found.settle = Some("a source that is as exact as the claim".to_owned());
            }
        },
        Code::OnlyAttributed => {
            found.message = Code::OnlyAttributed.meaning().to_owned();
            found.settle = Some("a source that says so itself, or `trust NAME` in the fact base".to_owned());
        }
        Code::TooCostly => {
            found.message = Code::TooCostly.meaning().to_owned();
            found.settle = Some("splitting the claim".to_owned());
        }
    }
    found
}

/// What may happen again, and is recorded: a fact that tells of it, where a claim has it at a time that no fact has.
fn at_another_time<'j>(judge: &'j Judge<'_>, claim: &Statement) -> Option<&'j Fact> {
    let Body::Clause(clause) = &claim.body else { return None };
    let on = |clause: &Clause| match clause.times.as_slice() {
        [Time::Window { word: TimeWord::On, days, second: None, .. }] => Some(days.weak.clone()),
        _ => None,
    };
    let vocabulary = &judge.base().vocabulary;
    let recurs = |filler: &Filler| matches!(filler, Filler::Name(name, _) if vocabulary.recurs(*name));
    let again = vocabulary.relation(clause.relation).repeatable || clause.roles.iter().any(recurs);
    let claimed = on(clause).filter(|_| again)?;
    let elsewhen = |told: &Clause| on(told).is_some_and(|days| !days.intersects(&claimed));
    (0..judge.facts())
        .filter_map(|at| judge.fact(at))
        .find(|fact| matches!(&fact.statement.body, Body::Clause(told) if same_deed(clause, told) && elsewhen(told)))
}

/// A reason with the facts that it rests on; without any it follows from the words alone.
fn because(reason: &str, facts: &str) -> String {
    if facts.is_empty() { "no record could have it so: its own words exclude one another".to_owned() } else { format!("{reason}: {facts}") }
}

fn unknown_name(judge: &Judge<'_>, text: &str, claim: &Statement, judgement: &Judgement, as_of: Option<Day>, found: &mut Explanation) {
    let words = judgement.unknown_name.clone().unwrap_or_default();
    let vocabulary = &judge.base().vocabulary;
    let near = vocabulary.near_names(&words);
    found.message = format!("`{words}` is no name that the record knows");
    // Only what the claim can be said with is offered.
    let span = claim.unknown_name().map(|(_, span)| span);
    let context = Context { document: as_of.or(judge.settings().as_of), previous: None };
    let does = |near: &&str| {
        let claim = span.map(|span| replaced(text, span, near)).unwrap_or_default();
        let read = syntax::statement(&claim).and_then(|written| resolve(&written, &claim, vocabulary, &context));
        read.is_ok_and(|statement| statement.unknown_name().is_none_or(|(still, _)| still != words))
    };
    let near: Vec<&str> = near.iter().map(String::as_str).filter(does).collect();
    let whole = span.map(|span| respelt(text, span, vocabulary, &context)).filter(|_| near.is_empty()).unwrap_or_default();
    let near = one_of(&near).or_else(|| one_of(&whole.iter().map(String::as_str).collect::<Vec<_>>()));
    let lines = declaring_lines(claim, vocabulary);
    let needed = match lines.as_slice() {
        [] => format!("the name of whom `{words}` means; it could be anybody"),
        lines => format!("a fact file with `{}` (or whatever it is) and a source that speaks of it", lines.join("`, `")),
    };
    found.settle = Some(match near {
        Some(near) => format!("{near} If it is right: {needed}"),
        None => needed,
    });
}

/// The part of a claim that a contradiction is about: its date, else its number, else its verb.
fn wrong_part(claim: &Statement, code: Code) -> Option<Span> {
    let clauses = claim.clauses();
    let clause = clauses.first()?;
    let dated = || {
        clause.times.iter().find_map(|time| match time {
            Time::Window { date_span, .. } => Some(*date_span),
            Time::Order { span, .. } | Time::Lasting { span, .. } => Some(*span),
            Time::Recorded { .. } => None,
        })
    };
    match code {
        Code::WrongDate | Code::WrongOrder | Code::WrongWeekday | Code::PastHorizon => dated(),
        Code::WrongNumber => clause.roles.iter().find_map(|filler| match filler {
            Filler::Counted(counted) => Some(counted.number_span),
            Filler::Number(_, span) => Some(*span),
            _ => None,
        }),
        Code::OtherHolder | Code::WrongName => clause.roles.iter().find_map(|filler| match filler {
            Filler::Name(_, span) => Some(*span),
            _ => None,
        }),
        Code::WrongKind => clause.roles.iter().find_map(|filler| if let Filler::Kind(_, span) = filler { Some(*span) } else { None }),
        Code::ClosedList | Code::Denied => clause.roles.iter().rev().find_map(|filler| match filler {
            Filler::Name(_, span) => Some(*span),
            Filler::Several(group) => Some(group.span),
            Filler::Counted(counted) => Some(counted.span),
            _ => None,
        }),
        _ => None,
    }
}

fn weekday(text: &str, claim: &Statement, found: &mut Explanation) {
    for clause in claim.clauses() {
        for time in &clause.times {
            let Time::Window { days, date_span, .. } = time else { continue };
            if let (true, Some(day)) = (days.weekday_is_wrong(), days.single_day()) {
                found.wrong = Some(*date_span);
                found.message = format!("{} is a {}", day.in_words(), weekday_name(day));
                found.correction = Some(replaced(text, *date_span, &day.to_string()));
            }
        }
    }
}

/// The name of a day's weekday.
pub fn weekday_name(day: Day) -> &'static str {
    use crate::time::Weekday;
    match day.weekday() {
        Weekday::Mon => "Monday",
        Weekday::Tue => "Tuesday",
        Weekday::Wed => "Wednesday",
        Weekday::Thu => "Thursday",
        Weekday::Fri => "Friday",
        Weekday::Sat => "Saturday",
        Weekday::Sun => "Sunday",
    }
}

fn replaced(text: &str, span: Span, with: &str) -> String {
    let before = text.get(..span.start).unwrap_or_default();
    let after = text.get(span.end..).unwrap_or_default();
    format!("{before}{with}{after}").trim().to_owned()
}

/// Puts the recorded date in the place of the claimed one; offered only when the claim is then supported.
fn correct_date(judge: &Judge<'_>, text: &str, claim: &Statement, judgement: &Judgement, as_of: Option<Day>, found: &mut Explanation) {
    let clauses = claim.clauses();
    let Some(clause) = clauses.first() else { return };
    let windows: Vec<_> = clause
        .times
        .iter()
        .filter_map(|time| {
            if let Time::Window { word, days, span, date_span, second: None } = time {
                Some((*word, days, *span, *date_span))
            } else {
                None
            }
        })
        .collect();
    let [(word, days, span, date_span)] = windows.as_slice() else { return };
    if clause.negated || clause.aspect.never {
        return;
    }
    let document = as_of.or(judge.settings().as_of);
    // That a state still holds where the record ends is not when it was.
    let lasts = judge.base().vocabulary.relation(clause.relation).sort == crate::vocabulary::Sort::State;
    for day in recorded_days(judge, judgement) {
        if lasts && Some(day) == judgement.horizon {
            continue;
        }
        let corrected = match word {
            TimeWord::On if days.grain != Grain::Day => replaced(text, *span, &format!("on {day}")),
            TimeWord::On | TimeWord::Since | TimeWord::Until | TimeWord::By | TimeWord::AsOf => {
                replaced(text, *date_span, &day.to_string())
            }
            _ => continue,
        };
        let vocabulary = &judge.base().vocabulary;
        let context = Context { document, previous: None };
        let Ok(read) = syntax::statement(&corrected).and_then(|written| resolve(&written, &corrected, vocabulary, &context)) else {
            continue;
        };
        if judge.judge(&read, as_of).verdict != Verdict::Supported {
            continue;
        }
        found.message = match days.single_day().and_then(|claimed| day.since(claimed)) {
            Some(off) if off != 0 => {
                format!("recorded {} {}, on {}", in_days(off.abs()), if off > 0 { "later" } else { "earlier" }, day.in_words())
            }
            _ => format!("recorded on {}", day.in_words()),
        };
        found.correction = Some(corrected.trim_end_matches('.').to_owned());
        return;
    }
}

fn in_days(n: i64) -> String {
    const WORDS: [&str; 13] = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];
    let number = usize::try_from(n).ok().and_then(|n| WORDS.get(n)).map_or_else(|| n.to_string(), |word| (*word).to_owned());
    format!("{number} day{}", if n == 1 { "" } else { "s" })
}

/// The days that the deciding facts are dated to, by their own words or by what they hang on.
fn recorded_days(judge: &Judge<'_>, judgement: &Judgement) -> Vec<Day> {
    let mut found = judge.days_of_facts(&judgement.facts);
    found.sort_unstable();
    found.dedup();
    found
}
