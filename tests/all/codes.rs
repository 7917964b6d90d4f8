//! Codes of verdicts: documented, told apart, and each asked for by a claim that gets it.

use std::collections::BTreeSet;

use factum::verdict::Code;

use super::prose::drafts;
use super::{cases, examples};

#[test]
fn names_and_meanings_are_told_apart() {
    let names: BTreeSet<&str> = Code::ALL.iter().map(|code| code.name()).collect();
    let meanings: BTreeSet<&str> = Code::ALL.iter().map(|code| code.meaning()).collect();
    assert_eq!(names.len(), Code::ALL.len());
    assert_eq!(meanings.len(), Code::ALL.len());
    for code in Code::ALL {
        assert!(code.name().chars().all(|c| c.is_ascii_lowercase() || c == '-'), "{code}");
        assert!(code.meaning().split_whitespace().count() >= 4 && !code.meaning().ends_with('.'), "{code}: {}", code.meaning());
        // What a program reads is what a person reads.
        assert_eq!(serde_json::to_value(code).unwrap(), code.name());
    }
}

#[test]
fn every_code_is_got_by_a_claim() {
    // A claim that is too costly would cost as much in every run of the tests; the budget is not a setting.
    let mut missing: BTreeSet<&str> = Code::ALL.iter().filter(|code| **code != Code::TooCostly).map(|code| code.name()).collect();
    for (_, outcome) in cases::outcomes() {
        missing.retain(|code| !outcome.codes.contains(*code));
    }
    for code in examples::codes() {
        missing.remove(code.as_str());
    }
    // What a text says against itself no single claim can.
    for code in drafts::codes().iter().filter(|code| Code::ALL.iter().any(|known| known.name() == *code && known.is_of_the_text())) {
        missing.remove(code.as_str());
    }
    assert!(missing.is_empty(), "no claim gets {missing:?}");
}
