//! What fails a run: options, the environment and `factum.toml`, and what is wrong with them.

use std::fs;
use std::path::Path;
use std::process::Output;

use tempfile::TempDir;

use super::formats::project;
use super::program::{factum, program, told};

fn with(folder: &TempDir, config: &str) {
    fs::write(folder.path().join("factum.toml"), config).unwrap();
}

fn code(output: &Output) -> Option<i32> {
    output.status.code()
}

fn check(folder: &TempDir, arguments: &[&str]) -> Output {
    let all: Vec<&str> = ["check", "--format", "tsv"].into_iter().chain(arguments.iter().copied()).collect();
    factum(folder.path(), &all)
}

#[test]
fn levels_by_verdict_and_code() {
    let folder = project();
    with(&folder, "");
    // One claim is contradicted, one is unknown; those that are accepted or expected have no say.
    for (arguments, expected) in [
        (&[][..], 1),
        (&["-W", "contradicted"], 1),
        (&["-W", "contradicted", "-W", "unknown"], 0),
        (&["-W", "contradicted,unknown"], 0),
        (&["-A", "contradicted", "-A", "no-record"], 0),
        (&["-W", "contradicted,unknown", "-D", "no-record"], 1),
        (&["-A", "wrong-date", "-W", "unknown"], 0),
        (&["-A", "contradicted", "-W", "unknown", "-D", "supported"], 1),
        (&["-A", "contradicted", "-W", "unknown", "-D", "recorded"], 1),
        (&["-A", "contradicted", "-W", "unknown", "-D", "follows"], 0),
    ] {
        let output = check(&folder, arguments);
        assert_eq!(code(&output), Some(expected), "{arguments:?}: {}", told(&output));
    }
    let warned = check(&folder, &["-W", "contradicted,unknown"]);
    assert!(told(&warned).contains("0 not as expected, 2 warnings, 1 accepted"), "{}", told(&warned));
}

/// An option beats a variable, that beats the config, and that beats the default.
#[test]
fn precedence() {
    let folder = project();
    let run = |config: &str, variable: &str, options: &[&str]| {
        with(&folder, config);
        let all: Vec<&str> = ["check", "-A", "wrong-date"].into_iter().chain(options.iter().copied()).collect();
        code(&program(folder.path(), &all).env("FACTUM_WARN", variable).output().unwrap())
    };
    const DENY: &str = "[levels]\nno-record = \"deny\"\n";
    const WARN: &str = "[levels]\nno-record = \"warn\"\n";
    assert_eq!(run("", "", &[]), Some(1), "default");
    assert_eq!(run(WARN, "", &[]), Some(0), "config over default");
    assert_eq!(run(DENY, "unknown", &[]), Some(0), "variable over config, though the config is closer");
    assert_eq!(run(DENY, "unknown", &["-D", "unknown"]), Some(1), "option over variable");
    assert_eq!(run(WARN, "unknown", &["-D", "unknown", "--isolated"]), Some(1));
    assert_eq!(run(WARN, "unknown", &["--isolated"]), Some(1), "neither is looked at");
}

#[test]
fn settings_that_are_wrong() {
    let folder = project();
    for (config, messages) in [
        (
            "[levels]\nunknwon = \"deny\"\n",
            &["there is no setting `unknwon` under `[levels]`", "did you mean `unknown`?", "factum.toml:2:1"][..],
        ),
        ("asof = 2025-03-10\nexclde = []\n", &["there is no setting `asof`", "did you mean `as-of`?", "did you mean", "`exclude`"]),
        ("as-of = \"10 March\"\n", &["`10 March` is no day; write it as `2024-12-08`", "factum.toml:1:9"]),
        ("as-of = 20250310\n", &["is no day"]),
        ("[levels]\nunknown = \"denny\"\n", &["`denny` is no level; did you mean `deny`?"]),
        ("assume = [\"onse\"]\n", &["`onse` is no assumption; did you mean `once`?"]),
        ("format = \"srif\"\n", &["`srif` is no format; did you mean `sarif`?"]),
        ("facts = [\"../secret.facts\"]\n", &["`../secret.facts` is not a path inside the folder of `factum.toml`"]),
        ("facts = [\"/etc/passwd\"]\n", &["is not a path inside"]),
        ("facts = [\"gone.facts\"]\n", &["there is no file or folder `gone.facts`"]),
        ("exclude = [\"a[\"]\n", &["this is no glob"]),
        ("include = [\"nothing/**\"]\n", &["no file is meant by `include = [\"nothing/**\"]` in `factum.toml`"]),
        ("facts = \n", &["factum.toml:1"]),
        ("facts = 3\n", &["invalid type: integer `3`", "factum.toml:1:9"]),
        ("[reports]\nsarif = \"../out.sarif\"\n", &["is not a path inside"]),
        ("[claimreview]\nautor = \"A\"\n", &["under `[claimreview]`", "did you mean `author`"]),
    ] {
        with(&folder, config);
        let output = check(&folder, &[]);
        assert_eq!(code(&output), Some(2), "{config}");
        for message in messages {
            assert!(told(&output).contains(message), "{config} says\n{}", told(&output));
        }
    }
    with(&folder, "");
    for (arguments, message) in [
        (&["-D", "unknwon"][..], "`unknwon` is no verdict or code of one; did you mean `unknown`?"),
        (&["-D", "unknown", "-W", "unknown"], "`unknown` is given two levels"),
        (&["--config", "gone.toml"], "there is no file or folder `gone.toml`"),
    ] {
        let output = check(&folder, arguments);
        assert_eq!(code(&output), Some(2));
        assert!(told(&output).contains(message), "{}", told(&output));
    }
    for (variable, value, message) in [
        ("FACTUM_WARM", "unknown", "the variable `FACTUM_WARM` is no setting; did you mean `FACTUM_WARN`?"),
        ("FACTUM_WARN", "unknwon", "`FACTUM_WARN`: `unknwon` is no verdict or code of one; did you mean `unknown`?"),
        ("FACTUM_AS_OF", "yesterday", "`FACTUM_AS_OF`: `yesterday` is no day"),
        ("FACTUM_FORMAT", "xml", "`FACTUM_FORMAT`: `xml` is no format"),
    ] {
        let output = program(folder.path(), &["check"]).env(variable, value).output().unwrap();
        assert_eq!(code(&output), Some(2));
        assert!(told(&output).contains(message), "{}", told(&output));
    }
}

/// The config is that of the input, not of where the program is started, and its paths are its own.
#[test]
fn configs_are_found_upward_from_each_input() {
    let folder = project();
    let (a, b) = (folder.path().join("a"), folder.path().join("b/deep"));
    for place in [&a, &b] {
        fs::create_dir_all(place).unwrap();
        fs::write(place.join("one.claims"), "Norrin was founded in 1998\n").unwrap();
    }
    fs::write(a.join("factum.toml"), "[levels]\nunknown = \"allow\"\n").unwrap();
    with(&folder, "facts = [\"norrin.facts\"]\nas-of = 2025-03-10\n[levels]\nunknown = \"warn\"\n");
    fs::copy(folder.path().join("norrin.facts"), a.join("norrin.facts")).unwrap();
    fs::copy(folder.path().join("gazette.md"), a.join("gazette.md")).unwrap();
    let levels = |place: &Path, arguments: &[&str]| {
        let all: Vec<&str> = ["check", "--format", "jsonl"].into_iter().chain(arguments.iter().copied()).collect();
        let output = factum(place, &all);
        assert_eq!(code(&output), Some(0), "{}", told(&output));
        let text = String::from_utf8(output.stdout).unwrap();
        let lines = text.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap());
        lines.filter(|line| line["type"] == "verdict").map(|line| line["level"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(levels(folder.path(), &["a", "b"]), ["allow", "warn"]);
    // From inside, and from beside.
    assert_eq!(levels(&b, &["one.claims"]), ["warn"]);
    assert_eq!(levels(&b, &["."]), ["warn"]);
    assert_eq!(levels(&b, &["../../a/one.claims"]), ["allow"]);
    assert_eq!(levels(&a, &["../b"]), ["warn"]);
    // One that is named is for all.
    assert_eq!(levels(folder.path(), &["b", "--config", "a/factum.toml", "--facts", "norrin.facts"]), ["allow"]);
}

#[test]
fn excludes_bind_paths_given_by_hand() {
    let folder = project();
    with(&folder, "exclude = [\"norrin.claims\"]\n");
    for arguments in [&["norrin.claims"][..], &["."], &["./norrin.claims"]] {
        let output = check(&folder, arguments);
        assert_eq!(code(&output), Some(3), "{}", told(&output));
    }
    let by_hand = check(&folder, &["norrin.claims"]);
    assert!(told(&by_hand).contains("`norrin.claims` is left out by `exclude`"), "{}", told(&by_hand));
    fs::create_dir(folder.path().join("old")).unwrap();
    fs::write(folder.path().join("old/x.claims"), "nonsense glorps\n").unwrap();
    for exclude in ["old", "old/", "old/**", "/old", "**/x.claims", "x.*"] {
        with(&folder, &format!("exclude = [\"{exclude}\"]\n"));
        assert_eq!(code(&check(&folder, &[])), Some(1), "{exclude}");
    }
    with(&folder, "include = [\"old/*\"]\n");
    assert_eq!(code(&check(&folder, &[])), Some(2), "only the other file is checked");
    with(&folder, "exclude = [\"ld\"]\n");
    assert_eq!(code(&check(&folder, &[])), Some(2), "part of a name is no match");
}

/// What is for a whole run is an error where two configs do not agree.
#[test]
fn configs_that_disagree_about_a_run() {
    let folder = project();
    let inner = folder.path().join("inner");
    fs::create_dir(&inner).unwrap();
    fs::write(inner.join("one.claims"), "Norrin acquired Halden on 5 March 2025\n").unwrap();
    fs::write(inner.join("factum.toml"), "format = \"tap\"\n").unwrap();
    with(&folder, "format = \"tsv\"\n");
    let output = factum(folder.path(), &["check"]);
    assert_eq!(code(&output), Some(2));
    assert!(told(&output).contains("do not agree on `format`"), "{}", told(&output));
    assert_eq!(code(&factum(folder.path(), &["check", "--format", "tsv"])), Some(1));
}

#[test]
fn reports_of_the_config_are_written() {
    let folder = project();
    with(&folder, "format = \"tap\"\n[reports]\nsarif = \"out.sarif\"\ntsv = \"out.tsv\"\n");
    let output = factum(folder.path(), &["check"]);
    assert!(told(&output).starts_with("TAP version 14\n"));
    assert!(fs::read_to_string(folder.path().join("out.tsv")).unwrap().starts_with("norrin.claims:3\t"));
    assert!(folder.path().join("out.sarif").exists());
}

#[test]
fn list_config() {
    let folder = project();
    with(
        &folder,
        "exclude = [\"old\", \"*.tmp.claims\"]\nas-of = 2025-03-10\nassume = []\n\n[levels]\nno-record = \"warn\"\nunknown = \"deny\"\n\n[reports]\nsarif = \"out.sarif\"\n",
    );
    let output = program(folder.path(), &["list", "config", "--known-by", "2025-03-11", "-A", "too-vague"])
        .env("FACTUM_DENY", "no-record")
        .output()
        .unwrap();
    insta::assert_snapshot!(told(&output));
    let isolated = factum(folder.path(), &["list", "config", "--isolated"]);
    assert!(
        told(&isolated)
            .lines()
            .filter(|line| !line.starts_with("config") && !line.starts_with("---"))
            .all(|line| line.ends_with("default"))
    );
}

/// A project may be a stranger's: what comes with it leads nowhere else, neither to be read nor to be written.
#[cfg(unix)]
#[test]
fn no_link_of_a_project_leads_out_of_it() {
    use std::os::unix::fs::symlink;
    let folder = project();
    let outside = tempfile::tempdir().unwrap();
    let secret = outside.path().join("secret");
    let untouched = || assert_eq!(fs::read_to_string(&secret).unwrap(), "secret = words\n");
    fs::write(&secret, "secret = words\n").unwrap();
    let refused = |arguments: &[&str]| {
        let output = factum(folder.path(), arguments);
        assert_eq!(code(&output), Some(2), "{arguments:?}: {}", told(&output));
        assert!(!told(&output).contains("words"), "{}", told(&output));
        untouched();
    };
    for (name, config) in [
        ("out.sarif", "[reports]\nsarif = \"out.sarif\"\n"),
        ("known.txt", "baseline = \"known.txt\"\n"),
        ("more.facts", "facts = [\"more.facts\"]\n"),
    ] {
        with(&folder, config);
        symlink(&secret, folder.path().join(name)).unwrap();
        refused(&["check"]);
        refused(&["check", "--write-baseline"]);
        fs::remove_file(folder.path().join(name)).unwrap();
    }
    symlink(outside.path(), folder.path().join("far")).unwrap();
    for config in
        ["[reports]\nsarif = \"far/secret\"\n", "baseline = \"far/secret\"\n", "facts = [\"far\"]\n", "facts = [\"far/secret\"]\n"]
    {
        with(&folder, config);
        refused(&["check"]);
    }
    with(&folder, "");
    symlink(&secret, folder.path().join("norrin.verdicts")).unwrap();
    for option in ["--check", "--accept"] {
        refused(&["snapshot", option]);
    }
    fs::remove_file(folder.path().join("norrin.verdicts")).unwrap();
    fs::remove_file(folder.path().join("factum.toml")).unwrap();
    symlink(&secret, folder.path().join("factum.toml")).unwrap();
    refused(&["check"]);
    // What the user names is the user's own.
    symlink(outside.path().join("new"), folder.path().join("mine")).unwrap();
    fs::remove_file(folder.path().join("factum.toml")).unwrap();
    fs::write(outside.path().join("new"), "").unwrap();
    assert_eq!(code(&factum(folder.path(), &["check", "--report", "tsv=mine"])), Some(1));
    assert!(fs::read_to_string(outside.path().join("new")).unwrap().starts_with("norrin.claims:3"));
}
