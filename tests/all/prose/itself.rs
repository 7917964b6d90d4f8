//! A draft for which there is no record: only what it says against itself can be found.

use std::fs;
use std::path::Path;

use crate::program::{factum, told};

const WRONG: &str = "---
date: 2021-03-12
---

# Quiet returns to Drumme

Veldonian rebels captured the city of Drumme on 6 March 2021. The blast left 12 dead: 7 in Karsk and 4 in Drumme. \
On Thursday, 10 March 2021, shops opened again.
";

const RIGHT: &str = "---
date: 2021-03-12
---

The blast left 11 dead: 7 in Karsk and 4 in Drumme.
";

fn check(files: &[(&str, &str)], arguments: &[&str]) -> (Option<i32>, String) {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        fs::write(folder.path().join(name), text).unwrap();
    }
    let all: Vec<&str> = ["check", "."].iter().chain(arguments).copied().collect();
    let output = factum(folder.path(), &all);
    (output.status.code(), told(&output))
}

#[test]
fn a_fault_needs_no_facts() {
    let (code, told) = check(&[("draft.md", WRONG)], &[]);
    assert_eq!(code, Some(1), "{told}");
    insta::assert_snapshot!("itself", told);
}

/// A draft of which nothing could be said is not passed, whatever stands beside it.
#[test]
fn without_facts_and_faults_nothing_passes() {
    for (files, code) in [
        (vec![("draft.md", RIGHT)], Some(2)),
        (vec![("draft.md", RIGHT), ("other.md", WRONG)], Some(2)),
        (vec![("draft.md", WRONG), ("one.claims", "Norrin acquired Halden in 2020\n")], Some(2)),
        (vec![("other.md", WRONG)], Some(1)),
    ] {
        let (found, told) = check(&files, &[]);
        assert_eq!(found, code, "{told}");
    }
    // What is let pass is no check.
    let (code, told) = check(&[("draft.md", WRONG)], &["-A", "wrong-sum,wrong-weekday"]);
    assert_eq!(code, Some(2), "{told}");
}

/// Two sentences that exclude each other are found by the names that the draft gives itself.
#[test]
fn its_own_names_are_enough() {
    let draft = "---\ndate: 2021-03-12\n---\nNorrin Lines, a company, acquired Halden Ferries on 5 March 2021. The port was quiet. \
                 Norrin Lines acquired Halden Ferries on 7 March 2021.\n";
    let (code, told) = check(&[("draft.md", draft)], &["--quiet"]);
    assert_eq!(code, Some(1), "{told}");
    assert!(told.contains("contradicts-itself"), "{told}");
}

/// The places are right whatever stands around them.
#[test]
fn places_are_exact() {
    let words = "12 dead: 7 in Karsk and 4 in Drumme";
    for before in [
        "",
        "\u{feff}",
        "\r\n\r\n",
        "caf\u{e9} \u{1f642} \u{202e}e\u{301}\u{202c} \u{5d0}\u{5d1}\u{5d2} 50 %. ",
        "\t",
        "> no\n\n",
        "---\r\ntitle: x\r\n---\r\n\r\n",
    ] {
        let text = format!("{before}The blast left {words}.\r\n");
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("draft.md"), &text).unwrap();
        let output = factum(Path::new(folder.path()), &["check", "draft.md", "--format", "jsonl"]);
        let shown = told(&output);
        let found =
            shown.lines().filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok()).find(|line| line["code"] == "wrong-sum");
        // A tab makes code of a line, and code is not read.
        if before == "\t" {
            assert!(found.is_none(), "{shown}");
            continue;
        }
        let found = found.unwrap_or_else(|| panic!("{before:?}: {shown}"));
        let place = |key: &str| usize::try_from(found[key].as_u64().unwrap()).unwrap();
        assert_eq!(&text[place("start_byte")..place("end_byte")], words, "{before:?}");
    }
}
