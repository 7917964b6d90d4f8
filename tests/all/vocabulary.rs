//! The standard vocabulary against its own `yes` and `no` lines.

use std::collections::BTreeMap;

use factum::statement::{Context, Filler, Statement, in_words, resolve};
use factum::syntax;
use factum::time::Day;
use factum::vocabulary::{Example, IS_A, RelationId, Vocabulary, standard_with_cast};

use super::world::shown;

fn standard() -> Vocabulary {
    let (vocabulary, problems) = standard_with_cast();
    assert!(problems.is_empty(), "{}", shown(&problems));
    vocabulary
}

#[test]
fn loads_without_a_fault_and_says_enough() {
    let vocabulary = standard();
    assert!(vocabulary.relations().len() >= 100, "{} relations", vocabulary.relations().len());
    assert!(vocabulary.phrasings().len() >= 400, "{} phrasings", vocabulary.phrasings().len());
}

#[test]
fn every_relation_has_examples() {
    let vocabulary = standard();
    let mut counted: BTreeMap<u32, (usize, usize)> = BTreeMap::new();
    for example in vocabulary.examples() {
        let (yes, no) = counted.entry(example.relation.0).or_default();
        *(if example.fillers.is_some() { yes } else { no }) += 1;
    }
    let numbers = (0..vocabulary.relations().len()).map(|n| RelationId(u32::try_from(n).unwrap()));
    let wrong: Vec<String> = numbers
        .filter(|id| *id != IS_A)
        .filter_map(|id| {
            let (yes, no) = counted.get(&id.0).copied().unwrap_or_default();
            (yes < 2 || no < 1).then(|| format!("{}: {yes} yes, {no} no", vocabulary.relation(id).name))
        })
        .collect();
    assert!(wrong.is_empty(), "relations with fewer than two `yes` and one `no`:\n{}", wrong.join("\n"));
}

fn read(example: &Example, vocabulary: &Vocabulary) -> Result<Statement, factum::text::Problem> {
    // "yesterday" and a date without a year need a day to stand on.
    let context = Context { document: Day::from_ymd(2024, 12, 8), previous: None };
    syntax::statement(&example.statement).and_then(|written| resolve(&written, &example.statement, vocabulary, &context))
}

/// The fillers of a `yes` line; the commas inside a number are none between fillers.
fn wanted(fillers: &[String]) -> Vec<String> {
    let mut joined: Vec<String> = Vec::new();
    for filler in fillers {
        let thousands = filler.len() == 3 && filler.bytes().all(|byte| byte.is_ascii_digit());
        match joined.last_mut() {
            Some(last) if thousands && last.bytes().all(|byte| byte.is_ascii_digit() || byte == b',') => {
                last.push(',');
                last.push_str(filler);
            }
            _ => joined.push(filler.clone()),
        }
    }
    joined
}

/// Names must be the ones that the line gives; other fillers (numbers, what is said, what is planned) only be there. "Civilians"
/// and "500 jobs" name nobody, so that a line may well say that nobody is named.
fn fills(filler: &Filler, wanted: &str, vocabulary: &Vocabulary) -> bool {
    match filler {
        Filler::Open => wanted == "_",
        Filler::Name(name, _) => vocabulary.name_index().exact(wanted).contains(&name.0),
        Filler::Counted(_) => true,
        _ => wanted != "_",
    }
}

#[test]
fn every_example_is_read_as_it_should_be() {
    let vocabulary = standard();
    let mut wrong = Vec::new();
    for example in vocabulary.examples() {
        let at = example.place.document.position(example.place.span.start);
        let mut fail = |what: String| {
            wrong.push(format!(
                "{}:{} [{}] {:?}: {what}",
                example.place.document.name(),
                at.line,
                vocabulary.relation(example.relation).name,
                example.statement
            ));
        };
        match (&example.fillers, read(example, &vocabulary)) {
            (Some(_), Err(problem)) => fail(format!("is not understood: {}", problem.message)),
            (Some(fillers), Ok(statement)) => {
                let wanted = wanted(fillers);
                let fits = statement.clauses().iter().any(|clause| {
                    clause.relation == example.relation
                        && clause.roles.len() == wanted.len()
                        && clause.roles.iter().zip(&wanted).all(|(filler, wanted)| fills(filler, wanted, &vocabulary))
                });
                if !fits {
                    fail(format!("wants {wanted:?}, is read as {}", in_words(&statement, &vocabulary)));
                }
            }
            (None, Ok(statement))
                if statement.unknown_name().is_none()
                    && statement.clauses().first().is_some_and(|clause| clause.relation == example.relation) =>
            {
                fail("is understood and must not be".to_owned());
            }
            (None, _) => {}
        }
    }
    assert!(wrong.is_empty(), "{} of {} examples:\n{}", wrong.len(), vocabulary.examples().len(), wrong.join("\n"));
}
