//! What is for a terminal and nothing else: colours, and how far long work has come; and what an interrupted run leaves behind.
//!
//! A terminal is made with `script`; where there is none, what needs one is left out, and says so.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use tempfile::TempDir;

use super::formats::project;
use super::program::{factum, program, told};

/// So many claims that one sees how far they are.
fn many(claims: usize) -> TempDir {
    let folder = project();
    fs::write(folder.path().join("norrin.claims"), "Norrin acquired Halden on 5 March 2025\n".repeat(claims)).unwrap();
    folder
}

/// What comes out of a shell's line in a terminal; none where there is no `script`.
fn in_a_terminal(folder: &Path, line: &str, variables: &[(&str, &str)]) -> Option<String> {
    let mut run = Command::new("script");
    run.args(["-qec", line, "/dev/null"]).current_dir(folder).stdin(Stdio::null()).env_remove("NO_COLOR").env_remove("CLICOLOR_FORCE");
    run.env("TERM", "xterm").env("FACTUM", env!("CARGO_BIN_EXE_factum")).envs(variables.iter().copied());
    let Ok(output) = run.output() else {
        eprintln!("left out: what a terminal shows, as there is no `script`");
        return None;
    };
    Some(String::from_utf8_lossy(&output.stdout).into_owned())
}

#[test]
fn progress_is_shown_on_a_terminal_only() {
    let folder = many(3000);
    let here = folder.path();
    let Some(shown) = in_a_terminal(here, "\"$FACTUM\" check --format tsv > out", &[]) else { return };
    assert!(shown.contains("judged") && shown.contains("of 3000"), "{shown:?}");
    // It goes away when the work is done.
    assert!(shown.rfind("\u{1b}[2K").or(shown.rfind("\r")).is_some_and(|cleared| cleared > shown.rfind("judged").unwrap()), "{shown:?}");
    let quiet = in_a_terminal(here, "\"$FACTUM\" check --quiet --format tsv > out", &[]).unwrap();
    assert!(!quiet.contains("judged"), "{quiet:?}");
    // Few claims are done before anybody has read it.
    let few = many(20);
    assert!(!in_a_terminal(few.path(), "\"$FACTUM\" check --format tsv > out", &[]).unwrap().contains("judged"));
    // Elsewhere there is none, and what is written is the same.
    let output = factum(here, &["check", "--format", "tsv"]);
    assert!(!told(&output).contains("judged"));
    assert_eq!(fs::read(here.join("out")).unwrap(), b"", "with `--quiet` nothing is listed");
    in_a_terminal(here, "\"$FACTUM\" check --format tsv > out", &[]);
    assert_eq!(fs::read(here.join("out")).unwrap(), output.stdout);
}

#[test]
fn colours_are_for_terminals_that_want_them() {
    let folder = project();
    let here = folder.path();
    let coloured = |text: &str| text.contains("\u{1b}[");
    let piped = |options: &[&str], variables: &[(&str, &str)]| {
        let all: Vec<&str> = ["check"].into_iter().chain(options.iter().copied()).collect();
        let output = program(here, &all).env_remove("NO_COLOR").envs(variables.iter().copied()).output().unwrap();
        coloured(&String::from_utf8_lossy(&output.stdout))
    };
    assert!(!piped(&[], &[]));
    assert!(piped(&[], &[("CLICOLOR_FORCE", "1")]));
    assert!(!piped(&[], &[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")]));
    assert!(!piped(&[], &[("CLICOLOR_FORCE", "0")]));
    assert!(piped(&["--color", "always"], &[("NO_COLOR", "1")]), "what is asked for by hand goes first");
    for (options, variables, expected) in [
        ("", &[][..], true),
        ("", &[("NO_COLOR", "1")], false),
        ("", &[("NO_COLOR", "")], true),
        ("", &[("TERM", "dumb")], false),
        ("--color never", &[], false),
        ("--color always", &[("NO_COLOR", "1")], true),
    ] {
        let Some(shown) = in_a_terminal(here, &format!("\"$FACTUM\" check {options} 2> err"), variables) else { return };
        assert!(shown.contains("wrong-date"), "{shown}");
        assert_eq!(coloured(&shown), expected, "{options} {variables:?}");
    }
}

/// Ctrl-C while a report is written: what was there before stays, or the new report is whole; what is left over disturbs nobody.
#[cfg(unix)]
#[test]
fn an_interrupted_run_leaves_no_half_of_a_file() {
    let folder = many(20_000);
    let here = folder.path();
    let new =
        || fs::read_dir(here).unwrap().filter_map(Result::ok).any(|entry| entry.file_name().to_string_lossy().starts_with(".factum-"));
    assert_eq!(factum(here, &["check", "--quiet", "--report", "json=whole.json"]).status.code(), Some(0));
    let whole = fs::read(here.join("whole.json")).unwrap();
    fs::write(here.join("out.json"), "the report of yesterday\n").unwrap();
    let mut run =
        program(here, &["check", "--quiet", "--report", "json=out.json"]).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    // It is stopped as soon as it has begun to write.
    while !new() && run.try_wait().unwrap().is_none() {
        std::thread::sleep(std::time::Duration::from_millis(1));
    }
    let _ = Command::new("kill").args(["-INT", &run.id().to_string()]).status();
    let ended = run.wait().unwrap();
    let written = fs::read(here.join("out.json")).unwrap();
    if ended.success() {
        assert!(written == whole, "it was done before it could be stopped");
    } else {
        assert!(written == b"the report of yesterday\n" || written == whole, "{} bytes of a report", written.len());
    }
    // The next run writes it as if nothing had been.
    assert_eq!(factum(here, &["check", "--quiet", "--report", "json=out.json"]).status.code(), Some(0));
    assert!(fs::read(here.join("out.json")).unwrap() == whole);
}
