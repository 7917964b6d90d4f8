//! The standard vocabulary against its own `yes` and `no` lines, and against itself; the names that newsrooms use on top of it.

use std::collections::BTreeMap;
use std::sync::Arc;

use factum::statement::{Context, Filler, Statement, in_words, resolve};
use factum::syntax;
use factum::text::Document;
use factum::time::Day;
use factum::vocabulary::{
    Example, Form, Found, IS_A, KindId, NameId, Part, RelationId, Vocabulary, load, standard as standard_words, standard_with_cast,
};

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

/// Some name of a kind, or a figure, or what is said: enough to put into a phrasing.
fn some_filler(kind: KindId, turn: usize, vocabulary: &Vocabulary) -> String {
    match vocabulary.kind(kind).name.as_str() {
        "number" => "12".to_owned(),
        "money" => "$5 million".to_owned(),
        "statement" => "Homs had fallen".to_owned(),
        "deed" => "to leave Homs".to_owned(),
        of_kind => {
            let ids = (0..vocabulary.names().len()).map(|n| NameId(u32::try_from(n).unwrap()));
            let fitting: Vec<&str> = ids.filter(|id| vocabulary.is_a(*id, kind)).map(|id| vocabulary.name(id).name.as_str()).collect();
            match fitting.len() {
                0 => format!("a {of_kind}"),
                several => fitting[turn % several].to_owned(),
            }
        }
    }
}

fn put_together(parts: &[Part], relation: RelationId, with_optional: bool, vocabulary: &Vocabulary, words: &mut Vec<String>) {
    for part in parts {
        match part {
            Part::Optional(inner) if with_optional => put_together(inner, relation, true, vocabulary, words),
            Part::Optional(_) => {}
            Part::Words(choice) => words.push(choice[0].clone()),
            Part::Slot { role, possessive } => {
                let filler = some_filler(vocabulary.relation(relation).roles[*role].kind, role * 5, vocabulary);
                words.push(if *possessive { format!("{filler}'s") } else { filler });
            }
        }
    }
}

/// A statement with two readings is refused, so that a second relation with the same words would take the first one's away.
#[test]
fn no_phrasing_is_read_in_two_ways() {
    let vocabulary = standard();
    let context = Context { document: Day::from_ymd(2024, 12, 8), previous: None };
    let mut wrong = Vec::new();
    for phrasing in vocabulary.phrasings() {
        let Some(verb) = &phrasing.verb else { continue };
        let parts = || phrasing.before.iter().chain(&phrasing.after);
        let optional = parts().any(|part| matches!(part, Part::Optional(_)));
        for with_optional in [false, true].into_iter().take(1 + usize::from(optional)) {
            let mut words = Vec::new();
            put_together(&phrasing.before, phrasing.relation, with_optional, &vocabulary, &mut words);
            words.push(if verb == "be" { "was".to_owned() } else { vocabulary.verbs().write(verb, Form::Past) });
            put_together(&phrasing.after, phrasing.relation, with_optional, &vocabulary, &mut words);
            let text = words.join(" ");
            let read = syntax::statement(&text).and_then(|written| resolve(&written, &text, &vocabulary, &context));
            if let Err(problem) = read
                && problem.code == "ambiguous"
            {
                wrong.push(format!("{text}: {}", problem.message));
            }
        }
    }
    assert!(wrong.is_empty(), "{} phrasings:\n{}", wrong.len(), wrong.join("\n"));
}

const PRESS: &str = include_str!("../../grammar/english/press.vocab");

/// The standard vocabulary with the names of newsrooms, and some names of an article.
fn with_press(article: &str) -> Vocabulary {
    let (mut builder, mut problems) = standard_words(false);
    for (name, text) in [("press.vocab", PRESS), ("article.vocab", article)] {
        let document = Arc::new(Document::new(name, text));
        load(&document, &mut builder, &mut problems, |found| {
            if let Found::Other(line) = found {
                panic!("{name} holds a line that declares nothing: {}", line.text);
            }
        });
    }
    let (vocabulary, more) = builder.finish();
    problems.extend(more);
    assert!(problems.is_empty(), "{}", shown(&problems));
    vocabulary
}

#[test]
fn every_name_of_the_press_is_one_party_and_is_named_once() {
    let before = standard_words(false).0.finish().0.names().len();
    let vocabulary = with_press("");
    let lines = PRESS.lines().filter(|line| line.starts_with("name ")).count();
    // Two lines that share a form would be one name.
    assert_eq!(vocabulary.names().len(), before + lines);
    for name in vocabulary.names() {
        for form in std::iter::once(&name.name).chain(&name.aliases) {
            assert_eq!(vocabulary.name_index().exact(form).len(), 1, "`{form}` names several");
        }
    }
}

#[test]
fn names_of_the_press_leave_ordinary_words_alone() {
    let vocabulary = with_press("");
    // Small letters count as capitals: "WHO" would take every *who* away.
    for word in ["who", "is", "it", "car", "fed", "reports", "court", "house", "union", "company", "opposition", "officials"] {
        assert!(vocabulary.name_index().exact(word).is_empty(), "`{word}` is a name");
    }
}

fn fillers_with_press(text: &str) -> Vec<String> {
    let vocabulary = with_press("name Homs: city\nname Aleppo: city");
    let context = Context { document: Day::from_ymd(2024, 12, 8), previous: None };
    let statement = syntax::statement(text).and_then(|written| resolve(&written, text, &vocabulary, &context));
    let statement = statement.unwrap_or_else(|problem| panic!("{text}: {}", problem.message));
    let clause = *statement.clauses().first().unwrap();
    let name = |filler: &Filler| match filler {
        Filler::Name(name, _) => vocabulary.name(*name).name.clone(),
        _ => "_".to_owned(),
    };
    clause.roles.iter().map(name).collect()
}

#[test]
fn common_nouns_of_news_are_parties() {
    assert_eq!(fillers_with_press("insurgents captured Homs from government forces"), ["the rebels", "Homs", "the government"]);
    assert_eq!(fillers_with_press("Aleppo is in opposition fighters' hands"), ["the rebels", "Aleppo"]);
    assert_eq!(fillers_with_press("the military retook Homs from militants"), ["the army", "Homs", "the rebels"]);
    assert_eq!(fillers_with_press("U.S. troops are stationed in Syria"), ["the United States", "Syria"]);
    assert_eq!(fillers_with_press("the Security Council condemned Turkey"), ["the Security Council", "Turkey", "_"]);
}

#[test]
fn who_fights_on_one_side_is_no_rival_holder() {
    let vocabulary = with_press("");
    let named = |form: &str| NameId(vocabulary.name_index().exact(form)[0]);
    let part_of = |part: &str, group: &str| vocabulary.name(named(part)).groups.contains(&named(group));
    assert!(part_of("the army", "the government"));
    assert!(part_of("separatists", "the rebels"));
    assert!(!part_of("the opposition", "the rebels"));
    assert_ne!(named("the opposition"), named("opposition fighters"));
}
