//! What is larger, longer or deeper than is read: refused with a message at its place and exit code 2, and the rest still judged.

use std::fs;
use std::path::Path;

use factum::text::limits;
use tempfile::TempDir;

use super::program::{factum_within, told};

const FACTS: &str = "name Aleppo, Hama, Homs: city\nname HTS: militant group\nhorizon 2024-12-31\nHTS captured Hama on 2024-12-05\n";
const GOOD: &str = "HTS captured Hama on 2024-12-05\n";

fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        fs::write(folder.path().join(name), text).unwrap();
    }
    folder
}

fn check(folder: &Path, arguments: &[&str]) -> (Option<i32>, String) {
    let arguments: Vec<&str> = ["check"].iter().chain(arguments).copied().collect();
    let output = factum_within(folder, &arguments);
    let told = told(&output);
    assert!(!told.contains("panicked") && !told.contains("overflowed"), "{told}");
    (output.status.code(), told)
}

/// One claim too much for a limit, above one that is in order: a fault at its place, and a verdict.
fn claim_refused(claim: &str, place: &str, words: &str) {
    let folder = folder(&[("w.facts", FACTS), ("a.claims", &format!("{claim}\n{GOOD}"))]);
    let (code, told) = check(folder.path(), &["."]);
    assert_eq!(code, Some(2), "{told}");
    for part in ["error[too-long]", place, words, "1 supported", "1 error"] {
        assert!(told.contains(part), "`{part}` is not said:\n{told}");
    }
}

/// The same for a line of a fact or vocabulary file.
fn line_refused(file: &str, lines: &str, part: &str) {
    let (facts, vocabulary) = if file.ends_with(".vocab") { (FACTS.to_owned(), lines) } else { (format!("{FACTS}{lines}\n"), "") };
    let folder = folder(&[("w.facts", &facts), ("w.vocab", vocabulary), ("a.claims", GOOD)]);
    let (code, told) = check(folder.path(), &["."]);
    assert_eq!(code, Some(2), "{told}");
    for part in [part, &format!("--> {file}:"), "1 supported"] {
        assert!(told.contains(part), "`{part}` is not said:\n{told}");
    }
}

#[test]
fn statements() {
    let bytes = limits::LONGEST_STATEMENT;
    claim_refused(&format!("{}HTS captured Hama", "a ".repeat(bytes)), "a.claims:1:4097", "4096 bytes");
    claim_refused(&format!("HTS captured {}", "word ".repeat(limits::MOST_CHUNKS)), "a.claims:1:", "at most 160 words and marks");
    claim_refused(&format!("HTS captured {}", "a".repeat(limits::LONGEST_WORD + 1)), "a.claims:1:14", "at most 256 bytes");
    claim_refused(&format!("{}HTS captured Hama", "HTS said that ".repeat(8)), "a.claims:1:", "too deep in one another");
    claim_refused(&format!("HTS captured Hama{}", " before Homs".repeat(12)), "a.claims:1:", "too deep in one another");
    // Up to each limit there is an answer that is none of these.
    for claim in [
        format!("HTS captured {}", "a".repeat(limits::LONGEST_WORD)),
        format!("HTS captured Hama{}", " and Homs".repeat(20)),
        format!("HTS captured Hama{}{GOOD}", " ".repeat(limits::LONGEST_STATEMENT - 100)),
    ] {
        let folder = folder(&[("w.facts", FACTS), ("a.claims", &claim)]);
        let (_, told) = check(folder.path(), &["."]);
        assert!(!told.contains("too-long"), "{told}");
    }
}

#[test]
fn lines_of_fact_files() {
    let names = |n: usize| (0..n).map(|n| format!("N{n}")).collect::<Vec<_>>().join(", ");
    line_refused("w.facts", &format!("name {}: city", names(limits::MOST_LISTED + 1)), "at most 1000 names and kinds");
    line_refused("w.facts", &format!("name HTS, also {}: city", names(limits::MOST_LISTED + 1)), "at most 1000 names and kinds");
    line_refused("w.facts", &format!("HTS captured {}", "a ".repeat(limits::LONGEST_STATEMENT)), "at most 4096 bytes");
    let roles = (0..=limits::MOST_ROLES).map(|n| format!("r{n}: party")).collect::<Vec<_>>().join(", ");
    line_refused("w.vocab", &format!("event zap({roles})\n"), "at most 16 roles");
    let head = "event zap(party, place)\n    say {party} <zap> ";
    line_refused("w.vocab", &format!("{head}{}x{}\n", "(".repeat(20_000), ")".repeat(20_000)), "at most 4096 bytes");
    line_refused("w.vocab", &format!("{head}{}x{}\n", "(".repeat(9), ")".repeat(9)), "at most 8 deep");
    line_refused("w.vocab", &format!("{head}{}\n", "(x) ".repeat(limits::MOST_PARTS)), "at most 32 parts");
    let chain: String = (0..=limits::MOST_ABOVE).map(|n| format!("name P{n}: armed group, part of P{}\n", n + 1)).collect();
    line_refused("w.facts", &format!("{chain}name P{}: armed group", limits::MOST_ABOVE + 1), "error[too-deep]");
    let kinds: String = (0..=limits::MOST_DECLARED).map(|n| format!("kind sort{n}: thing\n")).collect();
    line_refused("w.facts", &kinds, "error[too-many-declared]");
}

/// A name for each of very many things that begin with the same word costs no more than any other name.
#[test]
fn many_names() {
    let names: String = (0..60_000).map(|n| format!("name District {n}: city\n")).collect();
    let folder = folder(&[
        ("w.facts", &format!("{names}horizon 2024-12-31\nDistrict 59999 is a city\n")),
        ("a.claims", "District 59999 is a city\n"),
    ]);
    let (code, told) = check(folder.path(), &["."]);
    assert_eq!(code, Some(0), "{told}");
}

#[test]
fn lines_of_any_file() {
    let long = "x".repeat(limits::LONGEST_LINE + 1);
    let words = "line 2 has 65537 bytes; the longest line that is read has 65536";
    for name in ["a.claims", "w.facts", "w.vocab"] {
        let folder = folder(&[("w.facts", FACTS), ("a.claims", GOOD)]);
        fs::write(folder.path().join(name), format!("# long\n{long}\n")).unwrap();
        let (code, told) = check(folder.path(), &["."]);
        assert_eq!(code, Some(2), "{told}");
        assert!(told.contains(name) && told.contains(words), "{told}");
    }
    let folder = folder(&[
        ("w.facts", &format!("source gazette \"g.md\"\n{FACTS}")),
        ("g.md", &format!("2024-12-05\n{long}\n")),
        ("a.claims", GOOD),
    ]);
    let (code, told) = check(folder.path(), &["."]);
    assert_eq!(code, Some(2), "{told}");
    assert!(told.contains(words) && told.contains("--> w.facts:1:16"), "{told}");
}

/// Lines of the longest length, of whatever kind of thing goes on for ever. Each gets an answer.
#[test]
fn lines_that_go_on() {
    let parts = [
        "and ",
        "or ",
        "not ",
        "but ",
        "nor ",
        ", ",
        ",",
        "\"a\" ",
        "\"",
        "\u{201c}",
        "1",
        "1 ",
        "1,",
        "(",
        ")",
        "()",
        "[",
        "[2024,",
        "{",
        "HTS said that ",
        "according to HTS, ",
        "Hama ",
        "Hama, ",
        "Hama and ",
        "é",
        "漢",
        "a\u{301}",
        "\u{1f600}",
        "\u{200d}",
        "a",
        "a ",
        "a.",
        "a-",
        "Y1",
        "before ",
        "two days after ",
        "HTS captured Hama before ",
        "HTS captured Hama and ",
        "on 2024-12-05 ",
        "from 2024-12-05 to ",
        "between 2024 and ",
        "no longer ",
        "the first half of ",
        "the start of ",
        "late-",
        "twenty ",
        "hundred and ",
        "expect ",
        "expect unknown ",
        " ",
        "\u{a0}",
        "\t",
        "-",
        ".",
        "!",
        ":",
        "'",
        "/",
        "$5 ",
        "5% ",
        "=> ",
        "vowed to capture ",
        "apart from Hama ",
        "three cities ",
    ];
    let mut lines = String::new();
    for part in parts {
        // Once as much as a line holds, once as much as a statement holds, once a few.
        lines.push_str(&format!("{}\n", part.repeat((limits::LONGEST_LINE - 100) / part.len())));
        for bytes in [limits::LONGEST_STATEMENT - 100, 150] {
            let run = part.repeat(bytes / part.len());
            for line in
                [format!("HTS captured Hama {run}"), format!("{run} HTS captured Hama"), format!("HTS captured Hama{run}expect unknown")]
            {
                lines.push_str(&format!("{line}\n"));
            }
        }
    }
    let folder = folder(&[("w.facts", FACTS), ("a.claims", &format!("{lines}{GOOD}"))]);
    let (code, told) = check(folder.path(), &["a.claims", "--quiet", "--format", "jsonl"]);
    assert_eq!(code, Some(2), "{}", told.chars().take(2000).collect::<String>());
    let summary: serde_json::Value = serde_json::from_str(told.lines().rfind(|line| line.starts_with('{')).unwrap()).unwrap();
    assert!(summary["supported"].as_u64().unwrap() >= 1 && summary["errors"].as_u64().unwrap() > 100, "{summary}");
    // The same lines where facts stand.
    fs::write(folder.path().join("w.facts"), format!("{FACTS}{lines}")).unwrap();
    fs::write(folder.path().join("a.claims"), GOOD).unwrap();
    let (code, told) = check(folder.path(), &["a.claims", "--format", "jsonl"]);
    assert_eq!(code, Some(2), "{}", told.chars().take(2000).collect::<String>());
}

/// A file of no size at all on the disk, and larger than is read.
fn vast(path: &Path, bytes: u64) {
    fs::File::create(path).unwrap().set_len(bytes).unwrap();
}

#[test]
fn files() {
    let folder = folder(&[("w.facts", FACTS), ("a.claims", GOOD)]);
    let place = |name: &str| folder.path().join(name);
    for (name, limit, arguments, words) in [
        ("b.claims", limits::LARGEST_CLAIMS, &["b.claims"][..], "`b.claims` is larger than the 256 MiB"),
        ("b.claims", limits::LARGEST_CLAIMS, &["."], "`b.claims` is larger than the 256 MiB"),
        ("b.facts", limits::LARGEST_FACTS, &["a.claims", "--facts", "b.facts"], "`b.facts` is larger than the 64 MiB"),
        ("b.vocab", limits::LARGEST_FACTS, &["a.claims"], "`b.vocab` is larger than the 64 MiB"),
        ("b.csv", limits::LARGEST_TABLE, &["a.claims", "--facts", "b.csv"], "`b.csv` is larger than the 512 MiB"),
        (".gitignore", limits::LARGEST_IGNORE, &["."], "`.gitignore` is larger than the 1 MiB"),
    ] {
        vast(&place(name), limit + 1);
        let (code, told) = check(folder.path(), arguments);
        assert_eq!(code, Some(2), "{told}");
        assert!(told.contains(words), "{told}");
        fs::remove_file(place(name)).unwrap();
    }
    vast(&place("g.md"), limits::LARGEST_NAMED + 1);
    for line in ["source gazette \"g.md\"", "include \"g.md\""] {
        fs::write(place("w.facts"), format!("{line}\n{FACTS}")).unwrap();
        let (code, told) = check(folder.path(), &["."]);
        assert_eq!(code, Some(2), "{told}");
        assert!(
            told.contains("`g.md` is larger than the 64 MiB") && told.contains("--> w.facts:1:") && told.contains("a.claims:"),
            "{told}"
        );
    }
}

/// Each of these files may be read, and is: it holds nothing but NUL. All together may not.
#[test]
fn files_together() {
    let folder = folder(&[("w.facts", FACTS)]);
    vast(&folder.path().join("g.md"), limits::LARGEST_NAMED);
    fs::write(folder.path().join("a.claims"), format!("{}{GOOD}", "include \"g.md\"\n".repeat(9))).unwrap();
    let (code, told) = check(folder.path(), &["."]);
    assert_eq!(code, Some(2), "{told}");
    assert_eq!(told.matches("byte 0 is NUL").count(), 8, "{told}");
    assert!(told.contains("larger together than the 512 MiB") && told.contains("--> a.claims:9:") && told.contains("a.claims:"), "{told}");
}

#[test]
fn standard_input() {
    use std::io::Write;
    use std::process::Stdio;
    let folder = folder(&[("w.facts", FACTS)]);
    let mut run = super::program::program(folder.path(), &["check", "-", "--facts", "w.facts"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut input = run.stdin.take().unwrap();
    let line = GOOD.as_bytes().repeat(1000);
    // The program stops reading when it has seen enough, and the rest cannot be written.
    while input.write_all(&line).is_ok() {}
    drop(input);
    let output = run.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(2), "{}", told(&output));
    assert!(told(&output).contains("`stdin.claims` is larger than the 256 MiB"), "{}", told(&output));
}

#[test]
fn includes() {
    // Each file includes the next one twice, so that without a limit the last is opened 2^15 times.
    let folder = folder(&[("w.facts", FACTS)]);
    for n in 0..14 {
        fs::write(folder.path().join(format!("a{n}.txt")), format!("include \"a{}.txt\"\n", n + 1).repeat(2)).unwrap();
    }
    fs::write(folder.path().join("a14.txt"), GOOD).unwrap();
    fs::write(folder.path().join("a.claims"), format!("include \"a0.txt\"\n{GOOD}")).unwrap();
    let (code, told) = check(folder.path(), &["."]);
    assert_eq!(code, Some(2), "{}", told.chars().take(2000).collect::<String>());
    assert!(told.contains("error[too-many-includes]: more than 1000 files are included in all here"), "{told}");
    // In fact files, each file counts.
    let lines: String = (0..=limits::MOST_INCLUDED).map(|n| format!("include \"f{n}.txt\"\n")).collect();
    for n in 0..=limits::MOST_INCLUDED {
        fs::write(folder.path().join(format!("f{n}.txt")), format!("name N{n}: city\n")).unwrap();
    }
    fs::write(folder.path().join("w.facts"), format!("{lines}{FACTS}")).unwrap();
    fs::write(folder.path().join("a.claims"), GOOD).unwrap();
    let (code, told) = check(folder.path(), &["."]);
    assert_eq!(code, Some(2), "{told}");
    assert!(told.contains("error[too-many-includes]") && told.contains("--> w.facts:1001:9") && told.contains("claims:1:1"), "{told}");
    // One inside the other.
    for n in 0..20 {
        fs::write(folder.path().join(format!("d{n}.txt")), format!("include \"d{}.txt\"\n", n + 1)).unwrap();
    }
    for (file, text) in [("w.facts", format!("include \"d0.txt\"\n{FACTS}")), ("a.claims", format!("include \"d0.txt\"\n{GOOD}"))] {
        fs::write(folder.path().join("w.facts"), FACTS).unwrap();
        fs::write(folder.path().join("a.claims"), GOOD).unwrap();
        fs::write(folder.path().join(file), text).unwrap();
        let (code, told) = check(folder.path(), &["."]);
        assert_eq!(code, Some(2), "{told}");
        assert!(
            told.contains("error[include-depth]: files include one another more than 16 deep here") && told.contains("a.claims:"),
            "{told}"
        );
    }
}
