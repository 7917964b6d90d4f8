//! `factum check --coverage`: the sentences of drafts that were not judged.

use std::fs;

use crate::program::{factum, told};

const FACTS: &str = "horizon 2021-03-12\nname Brask: militant group\nname Karsk: city\nBrask captured Karsk on 2021-03-04\n";

const DRAFT: &str = "---\ndate: 2021-03-12\n---\n\
    Brask captured Karsk on 4 March. Brask dithered near Karsk. It rained.\n\
    Did Brask capture\nKarsk? Perhaps Brask captured Karsk on 9 March.\n\
    \"Brask captured Karsk on 9 March,\" nobody at all ever said.\n\n\
    - They were 12 or so\u{202e}.\n- The weather was fine on Monday.\n\n> Brask captured Karsk on 9 March.\n";

#[test]
fn sentences_that_were_not_judged_are_listed_with_the_reason() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("it.facts"), FACTS).unwrap();
    fs::write(folder.path().join("draft.md"), DRAFT).unwrap();
    let run = |more: &[&str]| told(&factum(folder.path(), &[&["check", "."], more].concat()));
    insta::assert_snapshot!("coverage", run(&["--coverage"]));
    assert!(!run(&[]).contains("draft.md:4:34"), "{}", run(&[]));
    for format in ["jsonl", "json", "tsv", "sarif", "github", "markdown", "tap"] {
        assert_eq!(run(&["--coverage", "--format", format]), run(&["--format", format]), "{format}");
    }
}
