//! The command line as a whole: help, completions and manual pages speak of the same commands.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use super::program::{factum, told};

/// What a run that has to succeed prints.
fn printed(arguments: &[&str]) -> String {
    let output = factum(Path::new("."), arguments);
    assert!(output.status.success(), "{arguments:?}: {}", told(&output));
    String::from_utf8(output.stdout).unwrap()
}

/// All commands, each as the words that name it, as `--help` has them.
fn commands() -> Vec<Vec<String>> {
    fn walk(path: &[String], found: &mut Vec<Vec<String>>) {
        let arguments: Vec<&str> = path.iter().map(String::as_str).chain(["--help"]).collect();
        let help = printed(&arguments);
        let listed = help.lines().skip_while(|line| *line != "Commands:").skip(1).take_while(|line| line.starts_with("  "));
        for name in listed.filter_map(|line| line.strip_prefix("  ")?.split(' ').next()).filter(|name| !name.is_empty() && *name != "help")
        {
            let below: Vec<String> = path.iter().cloned().chain([name.to_owned()]).collect();
            found.push(below.clone());
            walk(&below, found);
        }
    }
    let mut found = Vec::new();
    walk(&[], &mut found);
    let names: BTreeSet<String> = found.iter().map(|words| words.join(" ")).collect();
    for known in ["check", "derive", "explain", "init", "list", "list names", "list config", "snapshot", "completions", "man"] {
        assert!(names.contains(known), "`{known}` is missing in {names:?}");
    }
    found
}

#[test]
fn every_help_has_an_example() {
    for command in std::iter::once(Vec::new()).chain(commands()) {
        let arguments: Vec<&str> = command.iter().map(String::as_str).chain(["--help"]).collect();
        let help = printed(&arguments);
        let example = format!("  factum {}", command.join(" "));
        assert!(help.contains("Example") && help.lines().any(|line| line.starts_with(&example)), "{arguments:?}: {help}");
    }
}

#[test]
fn completions_name_every_command() {
    let commands = commands();
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let script = printed(&["completions", shell]);
        for name in commands.iter().flatten() {
            let word = |at: usize| {
                !script[..at].ends_with(|c: char| c.is_alphanumeric()) && !script[at + name.len()..].starts_with(char::is_alphanumeric)
            };
            assert!(script.match_indices(name.as_str()).any(|(at, _)| word(at)), "{shell} does not know `{name}`");
        }
        assert!(script.contains("known-by"), "{shell} knows no options");
    }
}

/// A shell that has read the script completes with it.
#[cfg(unix)]
#[test]
fn bash_completes() {
    let folder = tempfile::tempdir().unwrap();
    let script = folder.path().join("factum.bash");
    fs::write(&script, printed(&["completions", "bash"])).unwrap();
    let completed = |words: &[&str]| {
        let run = format!(
            "source '{}'; COMP_WORDS=(factum {}); COMP_CWORD={}; _factum factum '{}' ''; printf '%s\\n' \"${{COMPREPLY[@]}}\"",
            script.display(),
            words.join(" "),
            words.len(),
            words.last().unwrap(),
        );
        let output = std::process::Command::new("bash").args(["--norc", "-c", &run]).output().expect("there is a bash");
        assert!(output.status.success(), "{}", told(&output));
        String::from_utf8(output.stdout).unwrap().lines().map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(completed(&["expl"]), ["explain"]);
    assert_eq!(completed(&["list", "rel"]), ["relations"]);
    assert_eq!(completed(&["list", "names", "--like-nothing"]), [""]);
    assert!(completed(&["check", "--known"]).contains(&"--known-by".to_owned()));
}

#[test]
fn manual_pages() {
    let commands = commands();
    let page = printed(&["man"]);
    for command in commands.iter().filter(|command| command.len() == 1) {
        assert!(page.contains(&format!("factum\\-{}(1)", command[0])), "{command:?} is not in {page}");
    }
    let folder = tempfile::tempdir().unwrap();
    printed(&["man", "--to", folder.path().to_str().unwrap()]);
    let mut written: Vec<String> =
        fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    let mut expected: Vec<String> = commands.iter().map(|command| format!("factum-{}.1", command.join("-"))).collect();
    expected.push("factum.1".to_owned());
    written.sort();
    expected.sort();
    assert_eq!(written, expected);
    for command in &commands {
        let arguments: Vec<&str> = ["man"].into_iter().chain(command.iter().map(String::as_str)).collect();
        let page = printed(&arguments);
        assert_eq!(page, fs::read_to_string(folder.path().join(format!("factum-{}.1", command.join("-")))).unwrap());
        assert!(page.contains("Example"), "{command:?} has no example: {page}");
        assert!(!page.contains("2026") && page.starts_with(".ie"), "{page}");
    }
}

#[test]
fn a_manual_page_that_is_not_there() {
    let output = factum(Path::new("."), &["man", "list", "nams"]);
    assert_eq!(output.status.code(), Some(2));
    insta::assert_snapshot!("no_page", told(&output));
}
