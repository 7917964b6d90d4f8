//! Findings that are accepted: in place, with a reason, and by a baseline.

use std::fs;

use tempfile::TempDir;

use super::formats::project;
use super::program::{factum, told};

fn claims(folder: &TempDir, text: &str) {
    fs::write(folder.path().join("norrin.claims"), text).unwrap();
    fs::write(folder.path().join("factum.toml"), "").unwrap();
}

fn check(folder: &TempDir, arguments: &[&str]) -> (Option<i32>, String) {
    let all: Vec<&str> = ["check"].into_iter().chain(arguments.iter().copied()).collect();
    let output = factum(folder.path(), &all);
    (output.status.code(), told(&output))
}

const WRONG: &str = "Norrin acquired Halden on 7 March 2025";

#[test]
fn in_place() {
    let folder = project();
    for good in [
        format!("{WRONG} # factum: allow wrong-date because the desk knows\n"),
        format!("# factum: allow wrong-date because the desk knows\n{WRONG}\n"),
        format!("# factum: allow wrong-date because the desk knows\n# and so does the editor\n{WRONG}\n"),
        format!("{WRONG} #factum: allow contradicted because the desk knows\n"),
        format!("{WRONG} # factum: allow no-record, wrong-date because the desk knows\n"),
        format!("  # factum:  allow  wrong-date  because  of the 'until' in \u{201c}because\u{201d}  \n  {WRONG}\n"),
    ] {
        claims(&folder, &good);
        let (code, told) = check(&folder, &["--quiet"]);
        assert_eq!(code, Some(0), "{good}{told}");
        assert!(told.contains("0 not as expected, 1 accepted"), "{good}{told}");
    }
    claims(&folder, &format!("{WRONG} # factum: allow wrong-date because the desk knows\n"));
    assert!(check(&folder, &[]).1.contains("accepted: the desk knows"));
    let line: serde_json::Value = serde_json::from_str(check(&folder, &["--format", "jsonl"]).1.lines().next().unwrap()).unwrap();
    assert_eq!(
        (&line["suppressed"], &line["level"], &line["verdict"]),
        (&"the desk knows".into(), &"allow".into(), &"contradicted".into())
    );
}

#[test]
fn in_place_until_a_day() {
    let folder = project();
    claims(&folder, &format!("{WRONG} # factum: allow wrong-date until 2025-03-20 because the desk knows\n"));
    for (arguments, expected) in
        [(&[][..], 0), (&["--as-of", "2025-03-20"], 0), (&["--as-of", "2025-03-21"], 1), (&["--as-of", "2024-01-01"], 0)]
    {
        let (code, told) = check(&folder, arguments);
        assert_eq!(code, Some(expected), "{arguments:?} {told}");
        assert_eq!(told.contains("expired-allow"), expected == 1, "{told}");
    }
}

/// What accepts nothing is said, and a policy may mind it.
#[test]
fn in_place_in_vain() {
    let folder = project();
    const RIGHT: &str = "Norrin acquired Halden on 5 March 2025";
    for (text, message) in [
        (format!("{RIGHT} # factum: allow wrong-date because the desk knows\n"), "there is no `wrong-date` here to accept"),
        (format!("# factum: allow wrong-date because the desk knows\n\n{RIGHT}\n"), "this stands at no claim"),
        (format!("# factum: allow wrong-date because the desk knows\nas of 2025-03-10\n{RIGHT}\n"), "this stands at no claim"),
        (format!("{RIGHT}\n# factum: allow wrong-date because the desk knows\n"), "this stands at no claim"),
        (format!("{RIGHT}\nas of 2025-03-10 # factum: allow no-record because x\n"), "this stands at no claim"),
        (format!("{WRONG} expect contradicted # factum: allow wrong-date because x\n"), "there is no `wrong-date` here to accept"),
    ] {
        claims(&folder, &text);
        let (code, told) = check(&folder, &[]);
        assert_eq!(code, Some(0), "{text}{told}");
        assert!(told.contains("warning[unused-allow]") && told.contains(message) && told.contains(", 1 warning"), "{text}{told}");
        assert_eq!(check(&folder, &["-D", "unused-allow"]).0, Some(1), "{text}");
        let allowed = check(&folder, &["-A", "unused-allow", "--quiet"]);
        assert!(allowed.0 == Some(0) && !allowed.1.contains("warning"), "{text}{}", allowed.1);
    }
    // Another code than the one that is there accepts nothing, and the claim fails.
    claims(&folder, &format!("{WRONG} # factum: allow wrong-order because the desk knows\n"));
    let (code, told) = check(&folder, &[]);
    assert!(code == Some(1) && told.contains("unused-allow"), "{told}");
}

#[test]
fn in_place_and_not_understood() {
    let folder = project();
    for (comment, message) in [
        ("factum: allow wrong-date", "this says not why"),
        ("factum: allow wrong-date because", "this says not why"),
        ("factum: allow because the desk knows", "this says not what is accepted"),
        ("factum: allow wrnog-date because x", "`wrnog-date` is no verdict or code of one"),
        ("factum: alow wrong-date because x", "`alow` is nothing that can be asked for here"),
        ("factum: allow wrong-date until soon because x", "`soon` is no day"),
        ("factum:", "is nothing that can be asked for here"),
    ] {
        claims(&folder, &format!("{WRONG} # {comment}\n"));
        let (code, told) = check(&folder, &[]);
        assert_eq!(code, Some(2), "{comment}\n{told}");
        assert!(told.contains("error[bad-allow]") && told.contains(message), "{comment}\n{told}");
        assert!(told.contains("contradicted[wrong-date]"), "the claim is still judged: {told}");
    }
    // A text that is not understood is not accepted.
    claims(&folder, "Norrin glorped Halden # factum: allow unknown because x\n");
    assert_eq!(check(&folder, &[]).0, Some(2));
}

#[test]
fn baselines() {
    let folder = project();
    const UNKNOWN: &str = "Norrin was founded in 1998";
    claims(&folder, &format!("{WRONG}\n{UNKNOWN}\n"));
    let (code, told) = check(&folder, &["--baseline", "known.txt", "--write-baseline", "--quiet"]);
    assert!(code == Some(0) && told.contains("0 not as expected, 2 accepted"), "{told}");
    let written = fs::read_to_string(folder.path().join("known.txt")).unwrap();
    let lines: Vec<&str> = written.lines().filter(|line| !line.starts_with('#')).collect();
    assert_eq!(lines.len(), 2, "{written}");
    assert!(lines.is_sorted() && lines.iter().any(|line| line.ends_with(&format!("wrong-date norrin.claims: {WRONG}"))), "{written}");
    // Writing is stable, and lines may move.
    check(&folder, &["--baseline", "known.txt", "--write-baseline"]);
    assert_eq!(fs::read_to_string(folder.path().join("known.txt")).unwrap(), written);
    let run = |text: &str| {
        claims(&folder, text);
        check(&folder, &["--baseline", "known.txt", "--quiet"])
    };
    assert_eq!(run(&format!("# moved\n\n\n{UNKNOWN}\n\n  {WRONG}\n")).0, Some(0));
    // One line accepts one finding; another code or other words are new.
    assert_eq!(run(&format!("{WRONG}\n{UNKNOWN}\n{WRONG}\n")).0, Some(1));
    assert_eq!(run(&format!("{WRONG}\n{UNKNOWN}\nNorrin was founded in 1999\n")).0, Some(1));
    let (code, told) = run(&format!("{WRONG}\n"));
    assert!(code == Some(0) && told.contains("1 line of `known.txt` accept"), "{told}");
    // From another folder the same findings are known.
    let inside = folder.path().join("inside");
    fs::create_dir(&inside).unwrap();
    let output = factum(&inside, &["check", "..", "--baseline", "../known.txt", "--quiet"]);
    assert_eq!(output.status.code(), Some(0), "{}", super::program::told(&output));
}

#[test]
fn baselines_that_cannot_be_used() {
    let folder = project();
    claims(&folder, &format!("{WRONG}\n"));
    fs::write(folder.path().join("bad.txt"), "# a comment\n<<<<<<< HEAD\n").unwrap();
    for (arguments, message) in [
        (&["--baseline", "gone.txt"][..], "there is no file or folder `gone.txt`"),
        (&["--baseline", "bad.txt"], "this is no line of a baseline"),
        (&["--write-baseline"], "say where the baseline is to be written"),
    ] {
        let (code, told) = check(&folder, arguments);
        assert!(code == Some(2) && told.contains(message), "{told}");
    }
    // One that the config names is used.
    check(&folder, &["--baseline", "known.txt", "--write-baseline"]);
    fs::write(folder.path().join("factum.toml"), "baseline = \"known.txt\"\n").unwrap();
    assert_eq!(check(&folder, &[]).0, Some(0));
}
