//! `factum audit`: what is wrong with the record itself.

use std::fs;

use super::program::{factum, told};

const SOURCE: &str = "---
date: 2025-03-10
---

Norrin was founded on Monday, 5 March 2020. Halden acquired Norrin on 1 March 2025. Lind led Halden.
This comes 12 days after Halden acquired Norrin. That came 9 days after Halden acquired Norrin.
";

const FACTS: &str = "source gazette \"gazette.md\"
name Norrin, Halden: company
name Lind, Okafor: person
Halden acquired Norrin on 2025-03-01
    > \"Halden acquired Norrin on 1 March 2025.\"
Lind led Halden from 2020 to 2024
    > \"Lind led Halden.\"
";

fn audited(facts: &str) -> (Option<i32>, String) {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("gazette.md"), SOURCE).unwrap();
    fs::write(folder.path().join("gazette.facts"), facts).unwrap();
    let output = factum(folder.path(), &["audit", "."]);
    (output.status.code(), told(&output))
}

/// A weekday that is not the date's, and a length that the record has otherwise: nine days before the tenth is the first.
#[test]
fn dates_of_a_source_and_an_unused_name() {
    let (code, told) = audited(FACTS);
    assert_eq!(code, Some(1));
    insta::assert_snapshot!("dates_and_names", told);
}

#[test]
fn facts_that_contradict_one_another() {
    let (code, told) = audited(&format!("{FACTS}Okafor led Halden in 2022\n    > \"Lind led Halden.\"\n"));
    assert_eq!(code, Some(1));
    insta::assert_snapshot!("clash", told);
}

#[test]
fn nothing_to_find_and_nothing_to_look_through() {
    let folder = tempfile::tempdir().unwrap();
    let audit = || factum(folder.path(), &["audit", "."]);
    assert_eq!(audit().status.code(), Some(3));
    fs::write(folder.path().join("a.facts"), "horizon 2025-03-10\nname Norrin, Halden: company\nHalden acquired Norrin on 2025-03-01\n")
        .unwrap();
    let output = audit();
    assert_eq!((output.status.code(), told(&output).contains("nothing was found")), (Some(0), true), "{}", told(&output));
}

/// An article is looked through before anybody has written down its facts.
#[test]
fn an_article_without_facts() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(
        folder.path().join("gazette.md"),
        "---\ndate: 2025-03-10\n---\n\nThis comes 12 days after Norrin Lines, a company, acquired Halden Ferries, a company. Norrin Lines acquired Halden Ferries on \
         1 March 2025. The fire left 12 dead: 7 in Karsk and 4 in Drumme. Norrin Lines acquired Halden Ferries on 3 March 2025.\n",
    )
    .unwrap();
    let output = factum(folder.path(), &["audit", "gazette.md"]);
    assert_eq!(output.status.code(), Some(1), "{}", told(&output));
    insta::assert_snapshot!("article", told(&output));
    fs::write(folder.path().join("gazette.md"), "Norrin was founded in 1998.\n").unwrap();
    let output = factum(folder.path(), &["audit", "gazette.md"]);
    assert_eq!((output.status.code(), told(&output).contains("nothing was found")), (Some(0), true), "{}", told(&output));
}

/// A quote that drifted is no reason to keep the rest back.
#[test]
fn a_drifted_quote_beside_the_rest() {
    let (code, told) = audited(&format!("{FACTS}Okafor led Halden in 2022\n    > \"Okafor led Halden.\"\n"));
    assert_eq!(code, Some(2), "{told}");
    for found in ["error[absent-quote]", "error[wrong-weekday]", "error[wrong-distance]"] {
        assert!(told.contains(found), "{told}");
    }
    // Okafor is spoken of, in a fact that is not used.
    assert!(!told.contains("unused-name"), "{told}");
}
