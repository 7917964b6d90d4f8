//! 9. In words and back again, over the whole standard vocabulary: the `yes` lines of its relations, with a time and denied.

use factum::statement::{Context, Filler, Statement, in_words, resolve};
use factum::syntax;
use factum::text::Problem;
use factum::time::Day;
use factum::vocabulary::{Vocabulary, standard_with_cast};
use proptest::prelude::*;
use std::sync::OnceLock;

use super::config;

fn vocabulary() -> &'static Vocabulary {
    static ONCE: OnceLock<Vocabulary> = OnceLock::new();
    ONCE.get_or_init(|| standard_with_cast().0)
}

fn read(text: &str) -> Result<Statement, Problem> {
    let context = Context { document: Day::from_ymd(2024, 12, 8), previous: None };
    syntax::statement(text).and_then(|written| resolve(&written, text, vocabulary(), &context))
}

/// Times of every kind, with one reading and with two.
const TIMES: [&str; 17] = [
    "",
    " on 2024-11-29",
    " in November 2024",
    " by 2024-11-29",
    " before 2024-11-29",
    " after 2024-11-29",
    " in [2024-11-27..2024-11-29]",
    " between 2024-11-20 and 2024-11-29",
    " throughout 2023",
    " since 2022",
    " until 2024-11-29",
    " from 2021 to 2023",
    " as of 2024-11-29",
    " in late November 2024",
    " in early December 2024",
    " by mid-November 2024",
    " since late 2022",
];

/// What a statement means, without where its words stand and which words they were.
fn meaning(statement: &Statement) -> Vec<String> {
    let one = |clause: &factum::statement::Clause| {
        let shown = format!(
            "{:?} {:?} {} {:?} {:?} {:?} {:?} {:?}",
            clause.relation, clause.roles, clause.negated, clause.tense, clause.times, clause.aspect, clause.first, clause.circumstances
        );
        placeless(&shown)
    };
    statement.clauses().into_iter().map(one).collect()
}

fn placeless(shown: &str) -> String {
    let mut parts = shown.split("Span { ");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |so_far, part| so_far + part.split_once(" }").map_or("", |(_, rest)| rest))
}

/// Whether it is in the passive, or somebody says, vows or tries something in it: such words can be put in several ways.
fn is_involved(statement: &Statement) -> bool {
    let inner = |filler: &Filler| matches!(filler, Filler::Said(_) | Filler::Deed(_));
    statement.clauses().iter().any(|clause| clause.passive || clause.roles.iter().any(inner))
}

fn any_text() -> impl Strategy<Value = String> {
    let yes: Vec<&str> =
        vocabulary().examples().iter().filter(|example| example.fillers.is_some()).map(|example| example.statement.as_str()).collect();
    (prop::sample::select(yes), prop::sample::select(TIMES.to_vec())).prop_map(|(text, time)| format!("{text}{time}"))
}

fn comes_back(text: &str, wanted: impl Fn(&Statement) -> bool) -> Result<(), TestCaseError> {
    // Not every time goes with every statement; what is refused is no matter here.
    let Ok(statement) = read(text) else { return Ok(()) };
    if !wanted(&statement) {
        return Ok(());
    }
    let words = in_words(&statement, vocabulary());
    let again = read(&words)
        .map_err(|problem| TestCaseError::fail(format!("`{text}` in words is `{words}`: {} [{}]", problem.message, problem.code)))?;
    prop_assert_eq!(meaning(&statement), meaning(&again), "`{}` in words is `{}`", text, words);
    Ok(())
}

proptest! {
    #![proptest_config(config(400))]

    #[test]
    fn a_paraphrase_means_what_it_paraphrases(text in any_text()) {
        comes_back(&text, |statement| !is_involved(statement))?;
    }

    #[test]
    fn so_does_one_in_the_passive_or_of_what_somebody_says(text in any_text()) {
        comes_back(&text, is_involved)?;
    }
}
