//! Law 5: the same, byte for byte, in the report that programs read: whatever the order of facts and claims, whenever it all
//! happened, and whatever else is on record.
//!
//! Where a fact stands in its file is taken out before, and so is the order in which the facts that decide are named: both
//! follow the file.

use factum::check::check_document;
use factum::facts::FactBase;
use factum::report::{Report, jsonl};
use factum::text::Document;
use factum::time::Day;
use factum::verdict::{Judge, Settings};
use proptest::prelude::*;
use serde_json::Value;
use std::sync::Arc;

use super::super::world::Shelf;
use super::generate::{Claim, Spelling, any_claim, some_facts, world as file};
use super::{base, config, facts};

/// The report on each of the claims, in their order.
fn reported(base: &FactBase, claims: &[Claim], spelling: Spelling) -> Vec<String> {
    let judge = Judge::new(base, Settings::default());
    let lines: Vec<String> = claims.iter().map(|claim| claim.text(spelling)).collect();
    let document = Arc::new(Document::new("a.claims", lines.join("\n")));
    let checked = check_document(&judge, &document, &Shelf::default());
    let mut report = Report::default();
    report.findings.extend(checked.iter().map(|checked| checked.judge(&judge).0));
    let mut bytes = Vec::new();
    jsonl(&report, &mut bytes).unwrap();
    let text = String::from_utf8(bytes).unwrap();
    let found: Vec<String> =
        text.lines().take(claims.len()).map(|line| placeless(serde_json::from_str(line).unwrap()).to_string()).collect();
    assert!(
        found.len() == claims.len() && found.iter().all(|line| line.contains("\"strict_verdict\"")),
        "not a verdict for each claim: {text}"
    );
    found
}

fn placeless(mut line: Value) -> Value {
    fn strip(value: &mut Value) {
        match value {
            Value::Object(fields) => {
                for place in ["line", "column", "end_line", "end_column", "start_byte", "end_byte"] {
                    if fields.get(place).is_some_and(Value::is_number) {
                        fields.remove(place);
                    }
                }
                fields.values_mut().for_each(strip);
            }
            Value::Array(values) => {
                values.iter_mut().for_each(strip);
                values.sort_by_key(Value::to_string);
            }
            _ => {}
        }
    }
    strip(&mut line);
    // The two sides of a clash are named in the order of the file, as evidence is.
    if line["code"] == "sources-disagree" {
        line["message"].take();
    }
    line
}

/// A text with its dates moved back by so many days, in either of the ways that a report writes them.
fn moved_back(text: &str, days: i64) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let iso = rest.get(..10).and_then(|word| Some((10, word.parse::<Day>().ok()?.minus(days).to_string())));
        let after_digit = out.ends_with(|c: char| c.is_ascii_digit());
        match iso.or_else(|| if after_digit { None } else { in_words(rest).map(|(length, day)| (length, day.minus(days).in_words())) }) {
            Some((length, word)) => {
                out.push_str(&word);
                rest = &rest[length..];
            }
            None => {
                out.push(first);
                rest = &rest[first.len_utf8()..];
            }
        }
    }
    out
}

/// The day at the beginning of a text such as "5 December 2024", and the length of its words.
fn in_words(text: &str) -> Option<(usize, Day)> {
    let mut words = text.splitn(3, ' ');
    let (day, month, rest) = (words.next()?, words.next()?, words.next()?);
    let month = (1..=12).find(|number| factum::time::month_name(*number) == month)?;
    let year = rest.get(..4)?;
    let length = text.len() - rest.len() + 4;
    Some((length, Day::from_ymd(year.parse().ok()?, month, day.parse().ok()?)?))
}

proptest! {
    #![proptest_config(config(24))]

    #[test]
    fn the_order_of_facts(
        (world, other) in some_facts().prop_flat_map(|world| (Just(world.clone()), Just(world).prop_shuffle())),
        claims in prop::collection::vec(any_claim(), 3),
    ) {
        let (here, there) = (facts(&world, Spelling::default()), facts(&other, Spelling::default()));
        let expected = reported(&here, &claims, Spelling::default());
        prop_assert_eq!(expected, reported(&there, &claims, Spelling::default()), "facts in another order: {:?}\n{:?}", world, other);
    }

    #[test]
    fn the_order_of_claims(
        world in some_facts(),
        (claims, mixed) in prop::collection::vec(any_claim(), 4).prop_flat_map(|claims| (Just(claims.clone()), Just(claims).prop_shuffle())),
    ) {
        let base = facts(&world, Spelling::default());
        let (mut expected, mut found) = (reported(&base, &claims, Spelling::default()), reported(&base, &mixed, Spelling::default()));
        expected.sort();
        found.sort();
        prop_assert_eq!(expected, found);
    }

    #[test]
    fn another_time(world in some_facts(), claims in prop::collection::vec(any_claim(), 3), days in prop_oneof![-40_000..-1_i64, 1..40_000_i64]) {
        let moved = Spelling { shift: days, ..Spelling::default() };
        let expected = reported(&facts(&world, Spelling::default()), &claims, Spelling::default());
        let found: Vec<String> = reported(&facts(&world, moved), &claims, moved).iter().map(|line| moved_back(line, days)).collect();
        // A window that happens to be a month has other words than one that is none.
        let month = |line: &String| (1..=12).any(|month| line.contains(&format!("in {} ", factum::time::month_name(month))));
        prop_assume!(!expected.iter().chain(&found).any(month));
        prop_assert_eq!(expected, found, "{} days on", days);
    }

    #[test]
    fn an_unrelated_source(world in some_facts(), claims in prop::collection::vec(any_claim(), 3)) {
        let more = "name Carol, Dora: person\nname Globex: company\nname Daraa: town\nCarol led Globex from 2010 to 2014\nDora became the leader of Globex on 2015-01-01\nCarol attacked Daraa on 2024-04-01\n";
        let there = base(&format!("{more}{}", file(&world, Spelling::default())));
        prop_assert_eq!(reported(&facts(&world, Spelling::default()), &claims, Spelling::default()), reported(&there, &claims, Spelling::default()));
    }

    /// 9. A correction that is offered is understood, and comes true.
    #[test]
    fn corrections_are_understood(world in some_facts(), claims in prop::collection::vec(any_claim(), 6)) {
        let base = facts(&world, Spelling::default());
        let judge = Judge::new(&base, Settings::default());
        for line in reported(&base, &claims, Spelling::default()) {
            let line: Value = serde_json::from_str(&line).unwrap();
            if let Some(correction) = line["correction"].as_str() {
                let read = factum::check::judge_text(&judge, correction, None);
                let read = read.map_err(|problem| TestCaseError::fail(format!("`{correction}`: {} [{}]\n{line}", problem.message, problem.code)))?;
                prop_assert!(read.0.unknown_name().is_none(), "`{}` names somebody unknown\n{}", correction, line);
            }
        }
    }
}
