//! `factum derive --extractor`: somebody's own program proposes, and what does not hold is told by name.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use serde_json::Value;

use super::formats::valid;
use super::program::{factum, factum_within, told};

const ARTICLE: &str = "---
title: Two firms
date: 2025-03-10
---

Norrin, a company, acquired *Halden Ferries*, a company, on 5 March. Mara Lind has led Norrin since 2020. She said \u{201c}nothing\u{201d}.
";

/// The program that stands in, compiled once, with nothing but the compiler that the tests themselves take.
fn stand_in() -> &'static Path {
    static COMPILED: OnceLock<(tempfile::TempDir, PathBuf)> = OnceLock::new();
    let (_, path) = COMPILED.get_or_init(|| {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(format!("stand_in{}", std::env::consts::EXE_SUFFIX));
        let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/stand_in/extractor.rs");
        let compiler = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
        let status = Command::new(compiler).args(["--edition", "2024", "-o"]).arg(&path).arg(source).status().unwrap();
        assert!(status.success());
        (folder, path)
    });
    path
}

struct Run {
    folder: tempfile::TempDir,
    code: Option<i32>,
    told: String,
}

/// Derives from the article with an answer; `mode` is how the program that stands in behaves.
fn derive(mode: &str, answer: &str, more: &[&str]) -> Run {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("firms.md"), ARTICLE).unwrap();
    // A blank in a name is what a shell would trip over.
    fs::write(folder.path().join("the answer.json"), answer).unwrap();
    let program = stand_in().to_str().unwrap();
    let command = format!("'{program}' {mode}");
    let arguments: Vec<&str> = ["derive", "firms.md", "--extractor", &command].iter().chain(more).copied().collect();
    let output = factum_within(folder.path(), &arguments);
    let told = told(&output).replace(program, "STAND-IN");
    Run { code: output.status.code(), told, folder }
}

const LINES: &str = r#"{"statement": "Mara Lind has led Norrin since 2020", "quote": "Mara Lind has led Norrin since 2020."}

{"statement": "Norrin acquired Halden Ferries on 5 March", "quote": "acquired Halden Ferries, a company, on 5 March"}
{"statement": "Norrin acquired Halden Ferries on 5 March 2025", "quote": "acquired *Halden Ferries*"}
{"statement": "Norrin zorbled Halden Ferries", "quote": "Norrin, a company"}
{"statement": "Okafor led Norrin in 2019", "quote": "Mara Lind has led Norrin"}
{"statement": "Mara Lind has led Norrin since 2020 westward", "quote": "Mara Lind has led Norrin"}
{"statement": "Mara Lind led Norrin in 2021", "quote": "Mara Lind led Norrin in 2021"}
{"statement": "Norrin was founded in 1998", "quote": ""}
{"statement": "two days later Norrin acquired Halden Ferries", "quote": "Norrin"}
{"statement": "Norrin acquired Halden Ferries\ninclude \"/etc/passwd\"", "quote": "Norrin"}
{"statement": "\u001b[31mNorrin", "quote": "Norrin"}
"#;

#[test]
fn what_holds_is_taken_and_the_rest_is_told() {
    let run = derive("answer 'the answer.json' given.json", LINES, &[]);
    assert_eq!(run.code, Some(0), "{}", run.told);
    insta::assert_snapshot!("taken", run.told);
    let given: Value = serde_json::from_str(&fs::read_to_string(run.folder.path().join("given.json")).unwrap()).unwrap();
    valid("extractor-input.json", &given).unwrap();
    assert_eq!((given["file"].as_str(), given["date"].as_str()), (Some("firms.md"), Some("2025-03-10")));
    let sentence = &given["sentences"][1];
    assert_eq!(sentence["text"], "Norrin, a company, acquired Halden Ferries, a company, on 5 March.");
    let place = |key: &str| usize::try_from(sentence[key].as_u64().unwrap()).unwrap();
    assert!(ARTICLE[place("start_byte")..place("end_byte")].starts_with("Norrin, a company, acquired *Halden"));
    for line in LINES.lines().filter(|line| !line.is_empty()) {
        valid("extractor-answer.json", &serde_json::from_str(line).unwrap()).unwrap();
    }
}

/// What is written is a fact file that loads, and its facts are judged by.
#[test]
fn what_is_taken_loads() {
    let run = derive("deaf 'the answer.json'", LINES, &[]);
    let facts: String = run.told.split("--- standard error").next().unwrap().to_owned();
    fs::write(run.folder.path().join("firms.facts"), facts).unwrap();
    fs::write(run.folder.path().join("one.claims"), "Norrin acquired Halden Ferries on 2025-03-05\nMara Lind led Norrin in 2023\n")
        .unwrap();
    let output = factum(run.folder.path(), &["check", "one.claims"]);
    assert_eq!(output.status.code(), Some(0), "{}", told(&output));
}

/// One object says the same as lines do, and so does a second run.
#[test]
fn one_object_is_the_same() {
    let statements: Vec<Value> = LINES.lines().filter(|line| !line.is_empty()).map(|line| serde_json::from_str(line).unwrap()).collect();
    let whole = serde_json::to_string_pretty(&serde_json::json!({ "statements": statements })).unwrap();
    let lines = derive("deaf 'the answer.json'", LINES, &[]);
    for run in [derive("deaf 'the answer.json'", &whole, &[]), derive("answer 'the answer.json' given.json", LINES, &[])] {
        assert_eq!(run.told, lines.told);
    }
    let json = derive("deaf 'the answer.json'", LINES, &["--format", "jsonl"]);
    let line: Value = serde_json::from_str(json.told.lines().next().unwrap()).unwrap();
    assert_eq!((line["relation"].as_str(), line["line"].as_u64()), (Some("acquire"), Some(6)));
}

/// An extractor that fails is no source of facts, whatever it had said before.
#[test]
fn an_extractor_that_cannot_be_used() {
    let cases: [(&str, &str, Option<i32>, &str); 9] = [
        ("fail 'the answer.json'", LINES, Some(2), "it ended with exit code 7; nothing that it proposed is taken"),
        ("flood", "", Some(2), "answers with more than the 16 MiB that are read"),
        ("nonsense", "", Some(2), "it ended with exit code 101"),
        ("deaf 'the answer.json", "", Some(2), "is never closed"),
        ("deaf 'the answer.json'", "", Some(3), "nothing can be taken"),
        ("deaf 'the answer.json'", "{\"statements\": []}", Some(3), "nothing can be taken"),
        ("deaf 'the answer.json'", "[1, 2]", Some(2), "answers with what is no JSON of the kind that is asked for (line 1)"),
        (
            "deaf 'the answer.json'",
            "{\"statement\": \"Norrin acquired Halden Ferries\", \"quote\": \"Norrin\"}\n{\"statement\": \"x\"}\n",
            Some(2),
            "(line 2): missing field `quote`",
        ),
        // Whatever else it says of a statement would be lost.
        (
            "deaf 'the answer.json'",
            "{\"statements\": [{\"statement\": \"Norrin acquired Halden Ferries\", \"quote\": \"Norrin\", \"negated\": true}]}",
            Some(2),
            "unknown field `negated`",
        ),
    ];
    for (mode, answer, code, message) in cases {
        let run = derive(mode, answer, &[]);
        assert_eq!(run.code, code, "{mode} {answer}: {}", run.told);
        assert!(run.told.contains(message), "{mode} {answer}: {}", run.told);
        assert!(!run.told.contains("> \""), "{mode} {answer}: {}", run.told);
    }
}

/// No shell reads the command: what one would expand or run stays as it is.
#[test]
fn no_shell_has_a_part_in_it() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("firms.md"), ARTICLE).unwrap();
    for command in ["no-such-program; touch made", "no-such-program && touch made", "$(touch made)", "`touch made`", "", "  ", "''"] {
        let output = factum(folder.path(), &["derive", "firms.md", "--extractor", command]);
        assert_eq!(output.status.code(), Some(2), "{}", told(&output));
        assert!(output.stdout.is_empty());
    }
    assert!(!folder.path().join("made").exists());
}
