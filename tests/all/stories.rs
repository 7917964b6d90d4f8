//! The two stories of an unknown, taken at their word: added to the record as facts, they make the claim what they say.
//!
//! Through the library's front door only: what is printed is appended to the fact file, and everything is read again.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};

use factum::check::judge_text;
use factum::report::Finding;
use factum::text::Span;
use factum::verdict::{Code, Judge, Settings, Stories, Verdict, explain};
use proptest::prelude::*;
use proptest::test_runner::TestRunner;
use rayon::prelude::*;

use super::cases::{self, Case};
use super::laws::generate::{Claim, Fact, Spelling, any_claim, some_facts, world};
use super::laws::{config, shown};
use super::world::{base, shown as faults};

/// How many unknowns have a story of either kind.
#[derive(Debug, Default)]
struct Told {
    unknown: usize,
    supported: usize,
    contradicted: usize,
    without: BTreeMap<&'static str, Vec<String>>,
}

impl Told {
    fn add(mut self, other: Self) -> Self {
        self.unknown += other.unknown;
        self.supported += other.supported;
        self.contradicted += other.contradicted;
        for (code, claims) in other.without {
            self.without.entry(code).or_default().extend(claims);
        }
        self
    }
}

fn each(stories: &Stories) -> impl Iterator<Item = (Verdict, &Vec<String>)> {
    [(Verdict::Supported, &stories.supported), (Verdict::Contradicted, &stories.contradicted)]
        .into_iter()
        .filter_map(|(verdict, story)| story.as_ref().map(|told| (verdict, told)))
}

/// What of a case's claims differs from their stories.
fn differing(case: &Case, told: &mut Told) -> Vec<String> {
    let mut wrong = Vec::new();
    let (record, _) = case.base("");
    for part in &case.claims {
        let settings = cases::settings(&part.head);
        let judge = Judge::new(&record, settings);
        for (number, claim) in case.read(&judge, part).iter().enumerate() {
            let Finding::Verdict(judged) = claim.judge(&judge).0 else { continue };
            if judged.verdict != Verdict::Unknown {
                assert!(judged.stories.is_none(), "{}: {}", case.name, judged.paraphrase);
                continue;
            }
            if matches!(judged.code, Code::UnknownName | Code::TooCostly) {
                continue;
            }
            told.unknown += 1;
            let stories = judged.stories.clone().unwrap_or_default();
            told.supported += usize::from(stories.supported.is_some());
            told.contradicted += usize::from(stories.contradicted.is_some());
            for (name, story) in [("true", &stories.supported), ("false", &stories.contradicted)] {
                if story.is_none() {
                    told.without.entry(name).or_default().push(format!("{} [{}]: {}", case.name, judged.code, judged.paraphrase));
                }
            }
            for (verdict, story) in each(&stories) {
                let (mut more, problems) = case.base(&story.join("\n"));
                let place = format!("{} ({}): {}\n    {} if {story:?}", case.name, part.head.join(" "), judged.paraphrase, verdict.name());
                if !problems.is_empty() {
                    wrong.push(format!("{place}\n    {}", faults(&problems)));
                    continue;
                }
                // Where the sources disagree, a story is what the one side has: without the other it is the record.
                if judged.code == Code::SourcesDisagree {
                    let disputed: Vec<Span> = judged.evidence.iter().map(|evidence| evidence.stated.1).collect();
                    more.facts.retain(|fact| !disputed.contains(&fact.span));
                }
                let judge = Judge::new(&more, settings);
                match case.read(&judge, part)[number].judge(&judge).0 {
                    Finding::Verdict(again) if again.verdict == verdict => {}
                    Finding::Verdict(again) => {
                        wrong.push(format!("{place}\n    got {} [{}]: {}", again.verdict.name(), again.code, again.message))
                    }
                    Finding::Diagnostic(problem) => wrong.push(format!("{place}\n    {}", problem.message)),
                }
            }
        }
    }
    wrong
}

#[test]
fn of_the_cases_and_examples() {
    let mut all = cases::all();
    all.extend(cases::examples());
    let (wrong, told): (Vec<String>, Told) = all
        .par_iter()
        .map(|case| {
            let mut told = Told::default();
            (differing(case, &mut told), told)
        })
        .reduce(Default::default, |(mut all, told), (wrong, more)| {
            all.extend(wrong);
            (all, told.add(more))
        });
    assert!(wrong.is_empty(), "{} stories are not kept:\n{}", wrong.len(), wrong.join("\n"));
    // Where the words fit in a loose reading and not in a strict one there is no story to tell.
    let enough = |stories: usize, share: usize| stories * 100 >= told.unknown * share || std::env::var_os("FACTUM_CASE").is_some();
    assert!(enough(told.supported, 80) && enough(told.contradicted, 65), "{told:#?}");
}

/// The same for claims on random facts.
#[test]
fn of_random_facts() {
    let (unknown, told) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let worlds = (some_facts(), prop::collection::vec(any_claim(), 4));
    let checked = TestRunner::new(config(24)).run(&worlds, |(facts, claims)| {
        for claim in claims {
            if let Some(stories) = kept_stories(&facts, &claim)? {
                unknown.fetch_add(2, Ordering::Relaxed);
                told.fetch_add(each(&stories).count(), Ordering::Relaxed);
            }
        }
        Ok(())
    });
    if let Err(error) = checked {
        panic!("{error}");
    }
    let (unknown, told) = (unknown.into_inner(), told.into_inner());
    assert!(unknown > 100 && told * 100 >= unknown * 95, "only {told} of {unknown} stories are told");
}

/// The stories of a claim, if it is unknown, after each was found to be kept.
fn kept_stories(facts: &[Fact], claim: &Claim) -> Result<Option<Stories>, TestCaseError> {
    let text = claim.text(Spelling::default());
    let written = world(facts, Spelling::default());
    let record = base(&written);
    let judge = Judge::new(&record, Settings::default());
    let (statement, judgement) = judge_text(&judge, &text, None).unwrap();
    let stories = explain(&judge, &text, &statement, &judgement, None).stories;
    prop_assert!(judgement.verdict == Verdict::Unknown || stories.is_none());
    if judgement.verdict != Verdict::Unknown || judgement.code == Code::SourcesDisagree {
        return Ok(None);
    }
    let stories = stories.unwrap_or_default();
    for (verdict, story) in each(&stories) {
        let more = base(&format!("{written}{}\n", story.join("\n")));
        let again = judge_text(&Judge::new(&more, Settings::default()), &text, None).unwrap().1;
        prop_assert!(again.verdict == verdict, "{} [{}] with {story:?}{}", again.verdict.name(), again.code, shown(facts, claim));
    }
    Ok(Some(stories))
}
