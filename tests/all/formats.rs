//! Every format of one small run: its layout under snapshot, and its rules as others read them.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;

use factum::report::Format;
use serde_json::Value;
use tempfile::TempDir;

use super::program::{factum, program, told};

const SOURCE: &str =
    "---\ndate: 2025-03-10\n---\nNorrin acquired Halden on 5 March. \u{201c}Mara Lind\u{201d} has led Norrin since 2020.\n";
const FACTS: &str = "source gazette \"gazette.md\"\n\nname Norrin: company\nname Halden: company\nname Mara Lind, also Lind: person\n\nNorrin acquired Halden on 5 March 2025\n    > \"Norrin acquired Halden on 5 March.\"\nLind has led Norrin since 2020\n    > \"has led Norrin since 2020.\"\n";
const CLAIMS: &str = "as of 2025-03-10\n\nNorrin acquired Halden on 5 March 2025\nNorrin acquired Halden on 7 March 2025\nNorrin was founded in 1998\nNorrin was founded in 1999   # factum: allow no-record because the archive has been asked\nNorrin glorped Halden   expect error\nLind led Norrin in 2019   expect contradicted\n";
pub const CONFIG: &str = "[levels]\nno-record = \"warn\"\n\n[claimreview]\nauthor = \"The Gazette\"\nurl = \"https://example.org/facts\"\n";

/// A project that has a finding of each sort.
pub fn project() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in [("gazette.md", SOURCE), ("norrin.facts", FACTS), ("norrin.claims", CLAIMS), ("factum.toml", CONFIG)] {
        fs::write(folder.path().join(name), text).unwrap();
    }
    folder
}

pub fn output(folder: &Path, format: Format) -> Output {
    factum(folder, &["check", "--format", format.name()])
}

fn text(format: Format) -> String {
    String::from_utf8(output(project().path(), format).stdout).unwrap()
}

pub fn json(format: Format) -> Value {
    serde_json::from_str(&text(format)).unwrap()
}

#[test]
fn layouts() {
    for format in Format::ALL {
        let told = told(&output(project().path(), format));
        // The hashes and the long list of rules say nothing to a reader.
        let told = if format == Format::Sarif { serde_json::to_string_pretty(&json(format)["runs"][0]["results"]).unwrap() } else { told };
        // The style and the script are files of their own.
        let told = if format == Format::Html { without(&without(&told, "<style>", "</style>"), "<script>", "</script>") } else { told };
        let told = without(&told, "style-src 'sha256-", "'; script-src 'sha256-");
        let told = without(&told, "script-src 'sha256-", "'; base-uri");
        insta::assert_snapshot!(format.name(), told);
    }
}

fn without(text: &str, from: &str, to: &str) -> String {
    match text.split_once(from).and_then(|(before, rest)| rest.split_once(to).map(|(_, after)| (before, after))) {
        Some((before, after)) => format!("{before}{from}…{to}{after}"),
        None => text.to_owned(),
    }
}

/// The exit code is that of the findings, not of the format.
#[test]
fn exit_codes_are_the_same() {
    let folder = project();
    let good = folder.path().join("good");
    fs::create_dir(&good).unwrap();
    fs::write(good.join("one.claims"), "Norrin acquired Halden on 5 March 2025\n").unwrap();
    fs::write(folder.path().join("bad.claims"), "Norrin glorped Halden\n").unwrap();
    let empty = folder.path().join("empty");
    fs::create_dir(&empty).unwrap();
    for format in Format::ALL {
        for (path, code) in [("good", 0), ("norrin.claims", 1), ("bad.claims", 2), ("empty", 3)] {
            let output = factum(folder.path(), &["check", path, "--facts", "norrin.facts", "--format", format.name()]);
            assert_eq!(output.status.code(), Some(code), "{path} as {}: {}", format.name(), told(&output));
        }
    }
}

fn docs(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/schema").join(name)
}

/// The published schemas are those of the types. `UPDATE_SCHEMAS=1` writes them.
#[test]
fn schemas_are_published() {
    for (name, schema) in [
        ("result.json", factum::report::schema()),
        ("line.json", factum::report::schema_of_lines()),
        ("config.json", factum::cli::config_schema()),
        ("list.json", factum::cli::list_schema()),
        ("derived.json", factum::cli::derived_schema()),
        ("extractor-input.json", factum::cli::extractor_input_schema()),
        ("extractor-answer.json", factum::cli::extractor_answer_schema()),
    ] {
        let text = serde_json::to_string_pretty(schema.as_value()).unwrap() + "\n";
        if std::env::var_os("UPDATE_SCHEMAS").is_some() {
            fs::write(docs(name), &text).unwrap();
        }
        assert!(fs::read_to_string(docs(name)).unwrap().lines().eq(text.lines()), "docs/schema/{name} is not that of the types");
    }
}

pub fn valid(schema: &str, value: &Value) -> Result<(), String> {
    let schema: Value = serde_json::from_str(&fs::read_to_string(docs(schema)).unwrap()).unwrap();
    jsonschema::validator_for(&schema).unwrap().validate(value).map_err(|error| error.to_string())
}

#[test]
fn json_validates() {
    let whole = json(Format::Json);
    valid("result.json", &whole).unwrap();
    let lines: Vec<Value> = text(Format::Jsonl).lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    for line in &lines {
        valid("line.json", line).unwrap();
    }
    // The document holds the same objects as the lines.
    let mut from_lines = lines;
    let mut summary = from_lines.pop().unwrap();
    summary.as_object_mut().unwrap().remove("type");
    assert_eq!(whole["findings"].as_array().unwrap(), &from_lines);
    assert_eq!(whole["summary"], summary);
    // The schema can refuse.
    let mut wrong = whole.clone();
    wrong["findings"][0]["verdict"] = "perhaps".into();
    assert!(valid("result.json", &wrong).is_err());
    wrong = whole;
    wrong["summary"].as_object_mut().unwrap().remove("claims");
    assert!(valid("result.json", &wrong).is_err());
}

/// What the other commands write as JSON keeps to a published schema too.
#[test]
fn json_of_other_commands_validates() {
    let folder = project();
    let mut seen = 0;
    for (arguments, schema, by_line) in [
        (&["derive", "gazette.md", "--format", "jsonl"][..], "derived.json", true),
        (&["audit", "--format", "jsonl"], "line.json", true),
        (&["list", "names", "--format", "json"], "list.json", false),
        (&["list", "facts", "--like", "Norrin", "--format", "json"], "list.json", false),
        (&["list", "claims", "--format", "json"], "list.json", false),
    ] {
        let text = String::from_utf8(factum(folder.path(), arguments).stdout).unwrap();
        let parts: Vec<&str> = if by_line { text.lines().collect() } else { vec![&text] };
        assert!(!parts.is_empty(), "{arguments:?}");
        for part in parts {
            seen += 1;
            valid(schema, &serde_json::from_str(part).unwrap()).unwrap_or_else(|fault| panic!("{arguments:?}: {fault}: {part}"));
        }
    }
    assert!(seen > 5);
}

/// A config that the program takes is one that the schema takes, and the other way round.
#[test]
fn the_schema_of_configs_refuses_what_the_program_refuses() {
    let folder = project();
    for (config, good) in [
        (CONFIG, true),
        ("include = [\"*.claims\"]\nexclude = [\"old/**\"]\nfacts = [\"norrin.facts\"]\nformat = \"tap\"\n", true),
        ("as-of = \"2025-03-10\"\nassume = [\"once\"]\n[draft-levels]\nunknown = \"allow\"\n[reports]\nsarif = \"out.sarif\"\n", true),
        ("colour = true\n", false),
        ("[levels]\nunknwon = \"deny\"\n", false),
        ("[levels]\nunknown = \"denied\"\n", false),
        ("facts = \"norrin.facts\"\n", false),
        ("assume = [\"twice\"]\n", false),
        ("format = \"xml\"\n", false),
        ("[reports]\nxml = \"out.xml\"\n", false),
        ("[claimreview]\nname = \"A\"\n", false),
    ] {
        let value: Value = serde_json::to_value(toml::from_str::<toml::Table>(config).unwrap()).unwrap();
        assert_eq!(valid("config.json", &value).is_ok(), good, "{config}: {:?}", valid("config.json", &value));
        fs::write(folder.path().join("factum.toml"), config).unwrap();
        let output = factum(folder.path(), &["check"]);
        assert_eq!(output.status.code() != Some(2), good, "{config}: {}", told(&output));
    }
}

#[test]
fn junit_is_read_back() {
    let suites = junit_parser::from_reader(text(Format::Junit).as_bytes()).unwrap();
    assert_eq!(suites.suites.len(), 1);
    let suite = &suites.suites[0];
    assert_eq!((suite.name.as_str(), suite.tests, suite.failures, suite.errors, suite.skipped), ("norrin.claims", 6, 1, 0, 1));
    let failed: Vec<_> = suite.cases.iter().filter(|case| case.status.is_failure()).collect();
    assert_eq!(failed[0].name, "norrin.claims:4::Norrin acquired Halden on 7 March 2025");
    assert!(failed[0].status.failure_as_ref().text.contains("gazette.md:4:1"));
}

/// As many test points as the plan says, each in its place.
#[test]
fn tap_keeps_its_plan() {
    let text = text(Format::Tap);
    let mut lines = text.lines();
    assert_eq!(lines.next(), Some("TAP version 14"));
    let planned: usize = lines.next().unwrap().strip_prefix("1..").unwrap().parse().unwrap();
    let points: Vec<&str> = lines.filter(|line| line.starts_with("ok ") || line.starts_with("not ok ")).collect();
    assert_eq!(points.len(), planned);
    for (n, point) in points.iter().enumerate() {
        assert!(point.trim_start_matches("not ").starts_with(&format!("ok {} - ", n + 1)), "{point}");
    }
    assert_eq!(points.iter().filter(|point| point.starts_with("not ok") && !point.contains("# TODO")).count(), 1);
}

/// A correction that a review tool puts in place leaves a claim that is supported.
#[test]
fn suggestions_can_be_put_in_place() {
    let folder = project();
    let output = output(folder.path(), Format::Rdjsonl);
    let finding: Value = serde_json::from_str(String::from_utf8(output.stdout).unwrap().lines().next().unwrap()).unwrap();
    let suggestion = &finding["suggestions"][0];
    let at = |end: &str| {
        let place = &suggestion["range"][end];
        (place["line"].as_u64().unwrap() as usize, place["column"].as_u64().unwrap() as usize)
    };
    let mut lines: Vec<String> = CLAIMS.lines().map(str::to_owned).collect();
    let ((line, from), (_, to)) = (at("start"), at("end"));
    lines[line - 1].replace_range(from - 1..to - 1, suggestion["text"].as_str().unwrap());
    fs::write(folder.path().join("norrin.claims"), lines.join("\n") + "\n").unwrap();
    assert_eq!(factum(folder.path(), &["check"]).status.code(), Some(0));
}

#[test]
fn github_shows_the_worst_first_and_says_what_it_does_not_show() {
    let folder = project();
    let mut claims: String = (10..25).map(|n| format!("Norrin was founded in 19{n}\n")).collect();
    claims.push_str("Norrin acquired Halden on 7 March 2025\n");
    fs::write(folder.path().join("norrin.claims"), claims).unwrap();
    let summary = folder.path().join("summary.md");
    fs::write(&summary, "before\n").unwrap();
    let run = program(folder.path(), &["check", "--format", "github", "--isolated"]).env("GITHUB_STEP_SUMMARY", &summary).output().unwrap();
    let text = String::from_utf8(run.stdout.clone()).unwrap();
    let errors: Vec<&str> = text.lines().filter(|line| line.starts_with("::error ")).collect();
    assert_eq!(errors.len(), 10, "{}", told(&run));
    assert!(errors[0].starts_with("::error file=norrin.claims,line=16,endLine=16,col=1,endColumn=39,title=contradicted [wrong-date]::"));
    assert!(errors[9].contains("7 more errors are not shown here"), "{}", errors[9]);
    // All of them are in the table, behind what other steps wrote.
    let table = fs::read_to_string(&summary).unwrap();
    assert!(table.starts_with("before\n### factum\n"), "{table}");
    assert_eq!(table.lines().filter(|line| line.starts_with("| **fails** |")).count(), 16, "{table}");
}

#[test]
fn reports_are_written_whole_or_not_at_all() {
    let folder = project();
    let all: Vec<String> = Format::ALL.iter().map(|format| format!("--report={0}=out.{0}", format.name())).collect();
    let arguments: Vec<&str> = ["check", "--quiet"].into_iter().chain(all.iter().map(String::as_str)).collect();
    assert_eq!(factum(folder.path(), &arguments).status.code(), Some(1));
    for format in Format::ALL {
        let written = fs::read(folder.path().join(format!("out.{}", format.name()))).unwrap();
        assert!(written == output(folder.path(), format).stdout, "{}", format.name());
    }
    // A report that cannot be written is said, and what was there before stays.
    for (report, message) in [
        ("sarif=nowhere/out.sarif", "`nowhere/out.sarif` cannot be written"),
        ("srif=out", "did you mean `sarif`?"),
        ("sarif", "write it as `sarif=factum.sarif`"),
        ("sarif=", "the path is empty"),
    ] {
        let output = factum(folder.path(), &["check", "--report", report]);
        assert_eq!(output.status.code(), Some(2));
        assert!(told(&output).contains(message), "{}", told(&output));
    }
    let twice = factum(folder.path(), &["check", "--report", "tap=out", "--report", "tsv=out"]);
    assert!(told(&twice).contains("two reports are to be written to `out`"), "{}", told(&twice));
    let left: Vec<_> = fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert!(left.iter().all(|name| !name.to_string_lossy().starts_with(".factum-")), "{left:?}");
}

#[cfg(unix)]
#[test]
fn reports_can_be_read_by_others_and_go_into_devices() {
    use std::os::unix::fs::PermissionsExt;
    let folder = project();
    fs::write(folder.path().join("plain"), "").unwrap();
    factum(folder.path(), &["check", "--report", "tap=out", "--report", "tsv=/dev/null"]);
    let mode = |name: &str| fs::metadata(folder.path().join(name)).unwrap().permissions().mode();
    assert_eq!(mode("out"), mode("plain"));
    assert!(!fs::metadata("/dev/null").unwrap().is_file());
    std::os::unix::fs::symlink("out", folder.path().join("link")).unwrap();
    factum(folder.path(), &["check", "--report", "tsv=link"]);
    assert!(fs::symlink_metadata(folder.path().join("link")).unwrap().is_symlink());
    assert!(fs::read_to_string(folder.path().join("out")).unwrap().starts_with("norrin.claims:3\t"));
}

#[test]
fn claimreview_needs_somebody_who_stands_for_it() {
    let folder = project();
    for (config, missing) in [
        ("", "an author and a url"),
        ("[claimreview]\nauthor = \"The Gazette\"\n", "a url"),
        ("[claimreview]\nurl = \"https://example.org\"\n", "an author"),
    ] {
        fs::write(folder.path().join("factum.toml"), config).unwrap();
        let output = factum(folder.path(), &["check", "--format", "claimreview"]);
        assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0));
        assert!(told(&output).contains(&format!("`claimreview` needs {missing}")), "{}", told(&output));
    }
    let reviews = |config: &str| {
        fs::write(folder.path().join("factum.toml"), config).unwrap();
        let output = output(folder.path(), Format::ClaimReview);
        serde_json::from_slice::<Value>(&output.stdout).unwrap().as_array().unwrap().len()
    };
    let unknown = format!("{CONFIG}unknown = true\n");
    assert_eq!((reviews(CONFIG), reviews(&unknown)), (3, 5));
}
