//! `factum explain`: a claim with all that leads to its verdict, and every code that the program prints.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use factum::text::{FAULTS, fault_meaning};
use factum::verdict::Code;
use tempfile::TempDir;

use super::program::{factum, told};

const FACTS: &str = "horizon 2024-12-31
source dispatch \"dispatch.md\"
name the rebels, also rebels: armed group
name HTS: militant group, part of the rebels
name the army: armed force
name Aleppo, Hama, Homs: city
name the offensive: offensive
the rebels launched the offensive on 2024-11-27
    > \"It began on 27 November\"
the rebels captured Aleppo two days after the rebels launched the offensive
according to the army, the rebels captured Hama on 2024-12-05
    > \"Hama was lost on 5 December, the army said\"
the army captured Homs between 2024-04-10 and 2024-04-20
";

const SOURCE: &str = "# Dispatch\n\n2024-12-08\n\nIt began on 27 November. Hama was lost on 5 December, the army said.\n";

const CLAIMS: &str = "# for review
rebels captured Hama on 2024-12-04
the rebels held Aleppo on 2024-12-20
the army captured Homs on 2024-04-15
the rebels captured Hama westward
";

fn folder() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in [("world.facts", FACTS), ("dispatch.md", SOURCE), ("review.claims", CLAIMS)] {
        fs::write(folder.path().join(name), text).unwrap();
    }
    folder
}

fn explained(folder: &TempDir, arguments: &[&str]) -> String {
    let all: Vec<&str> = ["explain"].iter().chain(arguments).copied().collect();
    let told = told(&factum(folder.path(), &all));
    assert!(!told.contains(folder.path().to_str().unwrap()), "an absolute path is shown:\n{told}");
    told
}

#[test]
fn claims_of_a_file() {
    let folder = folder();
    for (name, line) in [("contradicted", 2), ("supported", 3), ("unknown", 4), ("not_understood", 5), ("no_claim", 1)] {
        insta::assert_snapshot!(format!("line_{name}"), explained(&folder, &[&format!("review.claims:{line}")]));
    }
}

#[test]
fn claims_in_words() {
    let folder = folder();
    let hama = "rebels captured Hama on 2024-12-05";
    insta::assert_snapshot!("words_without_facts", explained(&folder, &[hama]));
    insta::assert_snapshot!("words_strict", explained(&folder, &[hama, "--facts", "world.facts", "--strict"]));
    insta::assert_snapshot!(
        "words_without_once",
        explained(&folder, &["rebels held Hama", "--facts", ".", "--assume", "voice,persistence"])
    );
}

/// What is printed as the command that shows it again shows the same again.
#[test]
fn the_command_shows_the_same_again() {
    let folder = folder();
    for arguments in [
        &["review.claims:2"][..],
        &["it's said that rebels held Hama", "--facts", "."],
        &["rebels held Hama", "--facts", ".", "--as-of", "2024-12-20"],
    ] {
        let first = explained(&folder, arguments);
        let Some(command) = first.lines().find_map(|line| line.strip_prefix("again: factum explain ")) else {
            assert!(first.contains("not understood"), "{first}");
            continue;
        };
        // As a shell would take it apart.
        let words = shell_words(command);
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        assert_eq!(explained(&folder, &words), first);
    }
}

fn shell_words(command: &str) -> Vec<String> {
    let (mut words, mut word, mut inside, mut escaped) = (Vec::new(), String::new(), false, false);
    for c in command.chars() {
        match c {
            _ if escaped => {
                word.push(c);
                escaped = false;
            }
            '\\' if !inside => escaped = true,
            '\'' => inside = !inside,
            ' ' if !inside => words.push(std::mem::take(&mut word)),
            c => word.push(c),
        }
    }
    words.push(word);
    words
}

/// All steps that are shown can themselves be checked, and hold.
#[test]
fn steps_hold() {
    let folder = folder();
    let told = explained(&folder, &["review.claims:3"]);
    let steps: Vec<&str> = told
        .lines()
        .skip_while(|line| !line.starts_with("steps"))
        .skip(1)
        .take_while(|line| line.starts_with("  "))
        .map(str::trim)
        .collect();
    assert!(!steps.is_empty(), "{told}");
    for step in steps {
        let told = explained(&folder, &[step, "--facts", "world.facts"]);
        assert!(told.starts_with("supported"), "{told}");
    }
}

/// The codes that stand in the sources, where a fault is made or a code is named for one.
fn codes_in_sources() -> BTreeSet<String> {
    fn walk(folder: &Path, found: &mut BTreeSet<String>) {
        for entry in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            if entry.is_dir() {
                walk(&entry, found);
            } else if entry.extension().is_some_and(|ending| ending == "rs") {
                let text = fs::read_to_string(&entry).unwrap();
                for (at, _) in text.match_indices("Problem::new(").chain(text.match_indices("code: \"")) {
                    let rest = text[at..].trim_start_matches("Problem::new(").trim_start_matches("code: ").trim_start();
                    if let Some(code) = rest.strip_prefix('"').and_then(|rest| rest.split('"').next()) {
                        found.insert(code.to_owned());
                    }
                }
                // Where a code is chosen first: `let code = if … { "missing-source" } …`, `=> "needs-reference",`.
                let chosen = |line: &&str| line.contains("let code =") || entry.ends_with("time/problem.rs") && line.contains("=> \"");
                for line in text.lines().filter(chosen) {
                    let quoted = line
                        .split('"')
                        .skip(1)
                        .step_by(2)
                        .filter(|word| !word.is_empty() && word.chars().all(|c| c.is_ascii_lowercase() || c == '-'));
                    found.extend(quoted.map(str::to_owned));
                }
            }
        }
    }
    let mut found = BTreeSet::new();
    walk(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut found);
    found
}

#[test]
fn every_code_is_explained() {
    let used = codes_in_sources();
    assert!(used.len() > 40 && used.contains("missing-source") && used.contains("finer-than-day"), "{used:?}");
    let unexplained: Vec<&String> = used.iter().filter(|code| fault_meaning(code).is_none()).collect();
    assert!(unexplained.is_empty(), "no meaning of {unexplained:?}");
    let unused: Vec<&str> = FAULTS.iter().map(|(code, _)| *code).filter(|code| !used.contains(*code)).collect();
    assert!(unused.is_empty(), "nothing is faulted with {unused:?}");
    // The page for users has them all.
    let page = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/codes.md")).unwrap();
    let known = FAULTS.iter().map(|(code, _)| *code).chain(Code::ALL.map(Code::name));
    let missing: Vec<&str> = known.filter(|code| !page.contains(&format!("`{code}`"))).collect();
    assert!(missing.is_empty(), "docs/codes.md lacks {missing:?}");
    let folder = folder();
    for code in ["left-over", "wrong-date", "wrong-weekday"] {
        assert!(explained(&folder, &[code]).starts_with(&format!("{code}: ")), "{code}");
    }
}

#[test]
fn meanings_are_told_apart() {
    let meanings: BTreeSet<&str> = FAULTS.iter().map(|(_, meaning)| *meaning).collect();
    assert_eq!(meanings.len(), FAULTS.len());
    assert!(FAULTS.iter().zip(FAULTS.iter().skip(1)).all(|((a, _), (b, _))| a < b), "they are sorted");
    for (code, meaning) in FAULTS {
        assert!(meaning.split_whitespace().count() >= 4 && !meaning.ends_with('.'), "{code}: {meaning}");
    }
}
