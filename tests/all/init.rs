//! `factum init`, and what somebody does next who has seen nothing else.

use std::fs;
use std::path::Path;

use tempfile::TempDir;

use super::program::{factum, told};

const FILES: [&str; 5] = ["dispatch.md", "draft.md", "factum.toml", "first.facts", "review.claims"];

fn folder() -> TempDir {
    tempfile::tempdir().unwrap()
}

fn files(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

fn run(folder: &Path, arguments: &[&str]) -> String {
    let output = factum(folder, arguments);
    assert_eq!(output.status.code(), Some(0), "{arguments:?}: {}", told(&output));
    told(&output)
}

#[test]
fn what_it_writes_passes() {
    let folder = folder();
    insta::assert_snapshot!("init", run(folder.path(), &["init"]));
    assert_eq!(files(folder.path()), FILES);
    // The draft is checked too, and nothing is left to wonder about.
    insta::assert_snapshot!("init_check", run(folder.path(), &["check", "--format", "tsv"]));
    insta::assert_snapshot!("init_facts", run(folder.path(), &["list", "facts"]));
    insta::assert_snapshot!("init_claims", run(folder.path(), &["list", "claims"]));
    let explained = run(folder.path(), &["explain", "review.claims:10"]);
    assert!(explained.starts_with("contradicted[wrong-date]: "), "{explained}");
}

/// Each command that it says to try next does something.
#[test]
fn what_it_says_to_try_works() {
    let folder = folder();
    let told = run(folder.path(), &["init"]);
    let commands: Vec<Vec<&str>> = told
        .lines()
        .filter_map(|line| line.trim().trim_start_matches('`').strip_prefix("factum "))
        .map(|line| line.split("  ").next().unwrap().split('`').next().unwrap().split(' ').collect())
        .collect();
    assert_eq!(commands.len(), 5, "{told}");
    for command in commands {
        assert!(run(folder.path(), &command).lines().count() > 2, "{command:?}");
    }
}

#[test]
fn into_a_new_folder() {
    let folder = folder();
    let told = run(folder.path(), &["init", "reviews/first"]);
    assert!(told.starts_with("written into reviews/first:\n") && told.contains("try next, in reviews/first:"), "{told}");
    assert_eq!(files(&folder.path().join("reviews/first")), FILES);
    run(folder.path(), &["check", "reviews/first"]);
}

#[test]
fn nothing_is_overwritten() {
    for name in FILES {
        let folder = folder();
        fs::write(folder.path().join(name), "mine\n").unwrap();
        let output = factum(folder.path(), &["init"]);
        assert_eq!(output.status.code(), Some(2));
        assert_eq!(
            told(&output),
            format!(
                "--- standard error\nerror: `{name}` is there already; nothing was written\nhelp: name a folder that is new: `factum init FOLDER`\n--- exit 2\n"
            )
        );
        assert_eq!(files(folder.path()), [name]);
        assert_eq!(fs::read_to_string(folder.path().join(name)).unwrap(), "mine\n");
    }
}

#[cfg(unix)]
#[test]
fn a_link_that_leads_nowhere_is_there_too() {
    let folder = folder();
    let outside = folder.path().join("outside");
    let inside = folder.path().join("inside");
    fs::create_dir(&inside).unwrap();
    std::os::unix::fs::symlink(&outside, inside.join("draft.md")).unwrap();
    assert_eq!(factum(&inside, &["init"]).status.code(), Some(2));
    assert!(!outside.exists() && files(&inside) == ["draft.md"]);
}

/// Settings that are only shown are settings that there are.
#[test]
fn what_the_config_shows_can_be_used() {
    let folder = folder();
    run(folder.path(), &["init"]);
    fs::create_dir(folder.path().join("record")).unwrap();
    fs::write(folder.path().join("record/ships.facts"), "name Petrel: ship\n").unwrap();
    let config = fs::read_to_string(folder.path().join("factum.toml")).unwrap();
    let is_setting = |line: &str| {
        line.strip_prefix("# ").is_some_and(|line| line.split(" = ").next().unwrap().chars().all(|c| c.is_ascii_lowercase() || c == '-'))
    };
    let used: Vec<&str> = config.lines().map(|line| if is_setting(line) { &line[2..] } else { line }).collect();
    assert_eq!(config.lines().filter(|line| is_setting(line)).count(), 4, "{config}");
    fs::write(folder.path().join("factum.toml"), used.join("\n")).unwrap();
    let told = run(folder.path(), &["list", "config"]);
    for line in ["as-of  ", "known-by  ", "facts  ", "assume  "] {
        let row = told.lines().find(|row| row.starts_with(line)).unwrap_or_else(|| panic!("no {line} in {told}"));
        assert!(row.contains("factum.toml:"), "{row}");
    }
}
