//! The quick way for plain claims on rows in columns against the general engine on the same rows as facts: on random tables, the whole
//! judgement, with the words of the facts that decide it. Where there are several proofs, the quick way's must be one.

use std::sync::{Arc, OnceLock};

use factum::facts::{Fact, FactBase, Loader};
use factum::statement::{Context, Statement, resolve};
use factum::syntax;
use factum::text::Document;
use factum::time::Day;
use factum::verdict::{Judge, Judgement, Plain, Settings};
use factum::vocabulary::{Builder, standard};

use super::world::{Shelf, shown};

fn vocabulary() -> &'static Builder {
    static VOCABULARY: OnceLock<Builder> = OnceLock::new();
    VOCABULARY.get_or_init(|| standard(false).0)
}

fn base(table: &str, facts: &str, columns: bool) -> FactBase {
    let shelf = &Shelf::default();
    let loader = Loader::with_vocabulary(shelf, vocabulary().clone());
    let mut loader = if columns { loader.in_columns() } else { loader };
    loader.facts(&Arc::new(Document::new("names.facts", facts)));
    loader.table(&Arc::new(Document::new("rows.csv", table)));
    let (base, problems) = loader.finish();
    assert!(problems.is_empty(), "{}\n{table}", shown(&problems));
    base
}

fn day(number: i64) -> Day {
    Day::from_epoch_days(10_957 + number)
}

/// A table of a few places over forty days: handovers with and without gaps, one day or many, some without an end, some that contradict
/// one another.
fn table(random: &mut fastrand::Rng) -> String {
    let mut rows: Vec<String> = Vec::new();
    for place in ["Aranda", "Borun"] {
        // Every other place is as plain as can be.
        let odd = |random: &mut fastrand::Rng, one_in: u32, rare: bool| rare && random.u32(0..one_in) == 0;
        let rare = random.bool();
        let mut at = random.i64(0..8);
        let mut before = 9;
        let count = random.usize(1..=5);
        for n in 0..count {
            let mut party = random.usize(0..4);
            while party == before && !odd(random, 6, rare) {
                party = random.usize(0..4);
            }
            before = party;
            let end = at + if odd(random, 5, rare) { 0 } else { random.i64(1..9) };
            let (start, last) = (day(at).to_string(), day(end).to_string());
            let left_open = n + 1 == count && random.u32(0..4) == 0 || odd(random, 8, rare);
            let start = if odd(random, 12, rare) { String::new() } else { start };
            let last = if left_open { String::new() } else { last };
            rows.push(format!("P{party},control,{place},{start},{last}"));
            at = match random.u32(0..20) {
                0 if rare => (end - 2).max(0),
                0..=4 => end + 1,
                5..=12 => end,
                _ => end + random.i64(2..6),
            };
        }
    }
    random.shuffle(&mut rows);
    format!("subject,relation,object,start,end\n{}\n", rows.join("\n"))
}

fn claim(random: &mut fastrand::Rng) -> String {
    let word = ["on", "on", "by", "by", "since", "since", "as of", "throughout", "before", "until"][random.usize(0..10)];
    let (verb, word) = match random.u32(0..12) {
        0 => ("did not hold", word),
        1 if word == "since" => ("has held", word),
        _ => ("held", word),
    };
    let place = if random.u32(0..20) == 0 { "Nowhere" } else { ["Aranda", "Borun"][random.usize(0..2)] };
    format!("P{} {verb} {place} {word} {}", random.usize(0..5), day(random.i64(-2..32)))
}

fn read(text: &str, base: &FactBase) -> Option<Statement> {
    let written = syntax::statement(text).ok()?;
    resolve(&written, text, &base.vocabulary, &Context::default()).ok()
}

/// A judgement as text, with the words of its facts in the stead of their places.
fn told<'f>(judgement: &Judgement, fact: impl Fn(usize) -> Option<&'f Fact>) -> String {
    let words: Vec<&str> = judgement.facts.iter().filter_map(|at| fact(*at)).map(|fact| fact.words.as_str()).collect();
    let judgement = Judgement { facts: Vec::new(), ..judgement.clone() };
    format!("{judgement:?} by {words:?}")
}

#[test]
fn are_judged_as_facts_are() {
    let cases: usize = std::env::var("FACTUM_TIMELINE_CASES").ok().and_then(|n| n.parse().ok()).unwrap_or(4_000);
    let mut random = fastrand::Rng::with_seed(7);
    let (mut quick, mut others, mut all) = (0, 0, 0);
    let mut wrong: Vec<String> = Vec::new();
    while all < cases {
        let table = table(&mut random);
        let groups = if random.u32(0..6) == 0 { "name P9: party\nname P1: party, part of P9\n" } else { "" };
        let (rows, facts) = (base(&table, groups, true), base(&table, groups, false));
        let (by_rows, by_facts) = (Judge::new(&rows, Settings::default()), Judge::new(&facts, Settings::default()));
        for _ in 0..12 {
            let text = claim(&mut random);
            let (Some(statement), Some(same)) = (read(&text, &rows), read(&text, &facts)) else { continue };
            assert_eq!(statement, same, "{text}");
            all += 1;
            let judgement = by_facts.judge(&same, None);
            let expected = told(&judgement, |at| facts.facts.get(at));
            let touched = by_rows.touched(&statement).unwrap();
            let found = told(&by_rows.over(&touched).judge(&statement, None), |at| touched.facts.get(at));
            assert_eq!(found, expected, "`{text}` on\n{table}");
            let Some(plain) = Plain::of(&statement) else { continue };
            let Some(decided) = by_rows.decide_plain(&plain, None) else { continue };
            quick += 1;
            let (quickly, fact) = by_rows.in_full(&plain, &decided);
            let found = told(&quickly, |_| fact.as_ref());
            if found == expected {
                continue;
            }
            // Of several proofs, the engine takes any. The quick way takes one row; from that row alone the engine must conclude the same.
            let alike = |a: &Judgement, b: &Judgement| {
                (a.verdict, a.strict, &a.assumptions, a.reference, a.horizon)
                    == (b.verdict, b.strict, &b.assumptions, b.reference, b.horizon)
            };
            let alone = by_rows.only(fact.clone());
            let from_it = by_rows.over(&alone).judge(&statement, None);
            let proved = fact.is_some() && told(&from_it, |at| alone.facts.get(at)) == found;
            if alike(&quickly, &judgement) && proved {
                others += 1;
            } else {
                wrong.push(format!("`{text}` on\n{table}found    {found}\nexpected {expected}\n"));
            }
        }
    }
    println!("{quick} of {all} judged the quick way, {others} of them by another row than the engine's");
    assert!(wrong.is_empty(), "{} of {quick}:\n{}", wrong.len(), wrong.iter().take(12).cloned().collect::<Vec<_>>().join("\n"));
    assert!(quick > all / 8, "only {quick} of {all} are judged the quick way");
}
