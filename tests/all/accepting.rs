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

/// A draft's findings by line: what is not accepted, and what is said of comments.
fn drafted(text: &str, name: &str, arguments: &[&str]) -> Vec<String> {
    let folder = project();
    fs::remove_file(folder.path().join("norrin.claims")).unwrap();
    fs::write(folder.path().join("factum.toml"), "").unwrap();
    fs::write(folder.path().join(name), text).unwrap();
    let all: Vec<&str> = ["check", name, "--format", "jsonl"].into_iter().chain(arguments.iter().copied()).collect();
    let output = factum(folder.path(), &all);
    let text = String::from_utf8(output.stdout.clone()).unwrap();
    let lines = text.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap());
    let found =
        lines.filter(|line| line["type"] != "summary" && (line["level"] != "allow" || line["suppressed"].is_string())).map(|line| {
            let what = line["suppressed"].as_str().map_or_else(|| line["code"].as_str().unwrap().to_owned(), |why| format!("({why})"));
            format!("{} {what}", line["line"])
        });
    found.collect()
}

const DRAFT: &str = "---\ndate: 2025-03-11\n---\n\n";

#[test]
fn in_place_in_drafts() {
    for (text, expected) in [
        // Beside the words: those of its line, and no others.
        ("Norrin acquired Halden on 7 March. <!-- factum: allow wrong-date because a -->\n", &["5 (a)"][..]),
        (
            "- Norrin acquired Halden on 7 March. <!-- factum: allow wrong-date because a -->\n- Norrin acquired Halden on 8 March.\n",
            &["5 (a)", "6 wrong-date"],
        ),
        (
            "- Norrin acquired Halden on 5 March. <!-- factum: allow wrong-date because a -->\n- Norrin acquired Halden on 8 March.\n",
            &["5 unused-allow", "6 wrong-date"],
        ),
        // Alone: those of the line below, whatever marks stand around it.
        ("<!-- factum: allow wrong-date because a -->\nNorrin acquired Halden on 7 March.\n", &["6 (a)"]),
        ("- x\n\n  <!-- factum: allow wrong-date because a -->\n- Norrin acquired Halden on 7 March.\n", &["8 (a)"]),
        ("<!-- factum: allow wrong-date\n     because a -->\nNorrin acquired Halden on 7 March.\n", &["7 (a)"]),
        ("<!-- factum: allow wrong-date because a -->\n\nNorrin acquired Halden on 7 March.\n", &["5 unused-allow", "7 wrong-date"]),
        // In bold, in headings, in tables.
        ("**Norrin acquired Halden on 7 March.** <!-- factum: allow wrong-date because a -->\n", &["5 (a)"]),
        ("**Norrin acquired Halden on 7 March. <!-- factum: allow wrong-date because a -->**\n", &["5 (a)"]),
        ("## Norrin acquired Halden on 7 March <!-- factum: allow wrong-date because a -->\n", &["5 (a)"]),
        ("| a | b |\n| --- | --- |\n| Norrin acquired Halden on 7 March. | x <!-- factum: allow wrong-date because a --> |\n", &["7 (a)"]),
        // As MDX has it, beside, alone and over several lines; in code it is code.
        ("Norrin acquired Halden on 7 March. {/* factum: allow wrong-date because a */}\n", &["5 (a)"]),
        ("Norrin acquired Halden on 7 March. {/*factum: allow wrong-date because *a* and _b_*/}\n", &["5 (*a* and _b_)"]),
        ("{/* factum: allow wrong-date because a */}\nNorrin acquired Halden on 7 March.\n", &["6 (a)"]),
        ("{/*\n\nfactum: allow wrong-date because a\n*/}\nNorrin acquired Halden on 7 March.\n", &["9 (a)"]),
        ("`{/* factum: allow wrong-date because a */}`\nNorrin acquired Halden on 7 March.\n", &["6 wrong-date"]),
        ("{/* factum: allow wrong-date */}\nNorrin acquired Halden on 7 March.\n", &["5 bad-allow", "6 wrong-date"]),
        // In a block of claims, as in a claim file.
        (
            "```claims\n# factum: allow wrong-date because a\nNorrin acquired Halden on 2025-03-07\nNorrin acquired Halden on 2025-03-08 # factum: allow wrong-date because b\n\n# factum: allow wrong-date because c\n```\n",
            &["7 (a)", "8 (b)", "10 unused-allow"],
        ),
        // For a time.
        ("<!-- factum: allow wrong-date until 2025-03-11 because a -->\nNorrin acquired Halden on 7 March.\n", &["6 (a)"]),
    ] {
        for name in ["draft.md", "draft.mdx"] {
            assert_eq!(drafted(&format!("{DRAFT}{text}"), name, &[]), expected, "{name}: {text}");
        }
    }
    let until = format!("{DRAFT}<!-- factum: allow wrong-date until 2025-03-11 because a -->\nNorrin acquired Halden on 7 March.\n");
    assert_eq!(drafted(&until, "draft.md", &["--as-of", "2025-03-12"]), ["5 expired-allow", "6 wrong-date"]);
    assert_eq!(
        drafted(
            "<html><p><!-- factum: allow wrong-date because a --></p>\n<p>Norrin acquired Halden on 7 March 2025.</p>\n",
            "x.html",
            &[]
        ),
        ["2 (a)"]
    );
}

#[test]
fn in_place_in_front_matter() {
    const CLAIM: &str = "Norrin acquired Halden on 7 March 2025";
    for (head, expected) in [
        (format!("title: {CLAIM} # factum: allow wrong-date because a"), &["2 (a)"][..]),
        (format!("title: \"{CLAIM}\" # factum: allow wrong-date because a"), &["2 (a)"]),
        (format!("# factum: allow wrong-date because a\ntitle: '{CLAIM}'"), &["3 (a)"]),
        (format!("tags: [a, b] # factum: allow wrong-date because a\ntitle: {CLAIM}"), &["2 unused-allow", "3 wrong-date"]),
        (format!("note: \"# factum: allow wrong-date because a\"\ntitle: {CLAIM}"), &["3 wrong-date"]),
        (format!("note: >\n  # factum: allow wrong-date because a\ntitle: {CLAIM}"), &["4 wrong-date"]),
        (format!("- : x\n# factum: allow wrong-date because a\ntitle: {CLAIM}"), &["4 (a)"]),
    ] {
        assert_eq!(drafted(&format!("---\n{head}\n---\n\nx\n"), "draft.md", &[]), expected, "{head}");
    }
    let toml = format!("+++\ntitle = \"{CLAIM}\" # factum: allow wrong-date because a\nnote = \"# factum: x\"\n+++\n");
    assert_eq!(drafted(&toml, "draft.md", &[]), ["2 (a)"]);
}

/// A draft is never left out because of what stands in it; a report is, where the project says that it writes it there.
#[test]
fn no_draft_silences_itself() {
    let folder = project();
    let here = folder.path();
    fs::remove_file(here.join("norrin.claims")).unwrap();
    fs::write(here.join("factum.toml"), "").unwrap();
    let draft = "<!-- a report by factum -->\n<meta name=\"generator\" content=\"factum\">\n\nNorrin acquired Halden on 7 March 2025.\n";
    for name in ["draft.md", "page.html", "words.txt"] {
        fs::write(here.join(name), draft).unwrap();
        let (code, told) = check(&folder, &[]);
        assert!(code == Some(1) && told.contains(&format!("note: `{name}` looks as if factum had written it")), "{told}");
        fs::remove_file(here.join(name)).unwrap();
    }
    // A report of this run or of the config is no draft, even where an option beats the config; elsewhere it is looked at.
    fs::write(here.join("one.md"), "Norrin acquired Halden on 8 March 2025.\n").unwrap();
    let reports = ["--report", "markdown=table.md", "--report", "html=page.html", "--baseline", "known.txt", "--write-baseline"];
    let (code, told) = check(&folder, &reports);
    assert!(code == Some(0) && !told.contains("note:"), "{told}");
    let (code, told) = check(&folder, &reports);
    assert!(
        code == Some(0) && ["table.md", "page.html", "known.txt"].iter().all(|name| told.contains(&format!("`{name}` is left out"))),
        "{told}"
    );
    let (_, told) = check(&folder, &[]);
    assert!(told.contains("`table.md` looks as if") && told.contains("`page.html` looks as if"), "{told}");
    fs::write(here.join("factum.toml"), "baseline = \"known.txt\"\n[reports]\nmarkdown = \"table.md\"\nhtml = \"page.html\"\n").unwrap();
    let (code, told) = check(&folder, &["--report", "tsv=other.tsv"]);
    assert!(code == Some(0) && told.contains("`page.html` is left out: this project writes it"), "{told}");
    // What is no report is not written over.
    fs::write(here.join("page.html"), "<p>Norrin acquired Halden on 8 March 2025.</p>").unwrap();
    let (code, told) = check(&folder, &[]);
    assert!(code == Some(2) && told.contains("`page.html` is a draft, and a report or baseline is to be written over it"), "{told}");
    assert!(fs::read_to_string(here.join("page.html")).unwrap().starts_with("<p>"));
}
