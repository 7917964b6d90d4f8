//! SARIF as others read it: by the schema of the standard, by types that were made from it, and by GitHub's rules.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use factum::report::Format;
use serde_json::Value;

use super::formats::{json, output, project};
use super::program::{factum, told};

/// The schema of the standard as `serde-sarif`, which the tests use anyway, brings it along; `SARIF_SCHEMA` names another copy.
/// None where cargo cannot tell where the crate lies.
fn schema() -> Option<Value> {
    let named = std::env::var_os("SARIF_SCHEMA").map(PathBuf::from);
    let path = named.or_else(|| {
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let manifest = Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml");
        let output = Command::new(cargo)
            .args(["metadata", "--format-version", "1", "--offline", "--locked", "--manifest-path"])
            .arg(manifest)
            .output()
            .ok()?;
        let metadata: Value = serde_json::from_slice(&output.stdout).ok()?;
        let package = metadata["packages"].as_array()?.iter().find(|package| package["name"] == "serde-sarif")?;
        Some(Path::new(package["manifest_path"].as_str()?).parent()?.join("src/schema.json"))
    });
    let text = path.and_then(|path| fs::read_to_string(path).ok());
    if text.is_none() {
        eprintln!("left out: SARIF against the schema of the standard, which was not found; SARIF_SCHEMA names it");
    }
    let schema: Value = serde_json::from_str(&text?).unwrap();
    assert!(schema["title"].as_str().unwrap().contains("(SARIF) Version 2.1.0"), "{}", schema["title"]);
    Some(schema)
}

#[test]
fn sarif_is_valid_by_the_standard() {
    let Some(schema) = schema() else { return };
    let validator = jsonschema::validator_for(&schema).unwrap();
    let faults = |log: &Value| validator.iter_errors(log).map(|error| format!("{}: {error}", error.instance_path())).collect::<Vec<_>>();
    for (name, log) in [("a project", json(Format::Sarif)), ("every code", hard()), ("nothing", empty())] {
        assert_eq!(faults(&log), Vec::<String>::new(), "{name}");
    }
    let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("claims");
    let output = factum(&examples, &["check", ".", "--format", "sarif"]);
    assert_eq!(faults(&serde_json::from_slice(&output.stdout).unwrap()), Vec::<String>::new(), "the examples");
    // It can refuse.
    for (part, wrong) in [("/runs/0/results/0/level", "bad"), ("/runs/0/columnKind", "bytes"), ("/version", "2.0.0")] {
        let mut log = json(Format::Sarif);
        *log.pointer_mut(part).unwrap() = wrong.into();
        assert!(!faults(&log).is_empty(), "{part} may be `{wrong}`");
    }
}

/// A run with faults of texts, marks in names, and places that are not ASCII.
fn hard() -> Value {
    let folder = project();
    let claims = "Norrin glorped Halden\nNorrin acquired Halden on 31 February 2025\n\u{201c}\u{e9}\u{1f600}\u{201d} acquired Halden\nNorrin acquired Halden on 7 March 2025 # factum: allow no-record because x\ninclude \"gone.claims\"\n";
    fs::write(folder.path().join("a b#c%\u{e9}.claims"), claims).unwrap();
    fs::write(folder.path().join("more.facts"), "Norrin glorps\nsource x \"gone.md\"\n").unwrap();
    let output = output(folder.path(), Format::Sarif);
    assert_eq!(output.status.code(), Some(2), "{}", told(&output));
    serde_json::from_slice(&output.stdout).unwrap()
}

fn empty() -> Value {
    let folder = tempfile::tempdir().unwrap();
    serde_json::from_slice(&output(folder.path(), Format::Sarif).stdout).unwrap()
}

/// A URI reference is relative, has slashes, and nothing in it that would have to be encoded.
fn is_uri_of_a_file(uri: &str) -> bool {
    let mut rest = uri.chars();
    let mut plain = true;
    while let Some(c) = rest.next() {
        plain &= match c {
            '%' => rest.next().is_some_and(|c| c.is_ascii_hexdigit()) && rest.next().is_some_and(|c| c.is_ascii_hexdigit()),
            '/' | '-' | '.' | '_' | '~' => true,
            c => c.is_ascii_alphanumeric(),
        };
    }
    plain && !uri.is_empty() && !uri.starts_with('/')
}

/// What GitHub takes of a file and what it needs, for every result, whatever the code.
#[test]
fn sarif_keeps_to_the_limits_of_github() {
    for log in [json(Format::Sarif), hard(), empty()] {
        let runs = log["runs"].as_array().unwrap();
        assert_eq!(runs.len(), 1);
        let run = &runs[0];
        assert_eq!(run["columnKind"], "unicodeCodePoints");
        let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
        let ids: BTreeMap<&str, usize> = rules.iter().enumerate().map(|(n, rule)| (rule["id"].as_str().unwrap(), n)).collect();
        let results = run["results"].as_array().unwrap();
        assert!(results.len() <= 25_000 && rules.len() <= 25_000);
        let mut hashes = BTreeSet::new();
        for result in results {
            assert_eq!(ids.get(result["ruleId"].as_str().unwrap()), Some(&usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap()));
            assert!(["error", "warning", "note"].contains(&result["level"].as_str().unwrap()));
            assert!(hashes.insert(result["partialFingerprints"]["primaryLocationLineHash"].as_str().unwrap()), "{result}");
            let (places, related) = (result["locations"].as_array().unwrap(), result["relatedLocations"].as_array());
            assert!(places.len() == 1 && related.is_none_or(|related| related.len() <= 1000));
            for place in places.iter().chain(related.into_iter().flatten()) {
                let uri = place["physicalLocation"]["artifactLocation"]["uri"].as_str().unwrap();
                assert!(is_uri_of_a_file(uri), "{uri}");
                let region = &place["physicalLocation"]["region"];
                let at = |key: &str| region[key].as_u64().unwrap();
                assert!(at("startLine") >= 1 && at("startColumn") >= 1 && at("endLine") >= at("startLine"), "{region}");
                assert!(at("endLine") > at("startLine") || at("endColumn") >= at("startColumn"), "{region}");
            }
        }
    }
    let names: BTreeSet<String> = hard()["runs"][0]["results"]
        .as_array()
        .unwrap()
        .iter()
        .map(|result| result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"].as_str().unwrap().to_owned())
        .collect();
    assert!(names.contains("a%20b%23c%25%C3%A9.claims"), "{names:?}");
}

/// GitHub takes 25,000 results of a run and shows the first 5,000 by how bad they are; what is more is left out, the mildest first,
/// and said.
#[test]
fn sarif_says_what_does_not_fit() {
    let folder = project();
    let mut claims = "Norrin was founded in 1998\n".repeat(25_003);
    claims.push_str("Norrin acquired Halden on 7 March 2025\n");
    fs::write(folder.path().join("norrin.claims"), claims).unwrap();
    let log: Value = serde_json::from_slice(&output(folder.path(), Format::Sarif).stdout).unwrap();
    let run = &log["runs"][0];
    let results = run["results"].as_array().unwrap();
    assert_eq!(results.len(), 25_000);
    assert!(results.iter().any(|result| result["ruleId"] == "wrong-date"), "the worst is not left out");
    let told = run["invocations"][0]["toolExecutionNotifications"][0]["message"]["text"].as_str().unwrap();
    assert!(told.contains("4 more"), "{told}");
}

/// Types that were made from the official schema read it and have nothing left over.
#[test]
fn sarif_is_read_back() {
    let written = json(Format::Sarif);
    let read: serde_sarif::sarif::Sarif = serde_json::from_value(written.clone()).unwrap();
    let again = serde_json::to_value(&read).unwrap();
    assert_eq!(written["runs"][0]["results"], again["runs"][0]["results"]);
    assert_eq!(written["runs"][0]["tool"], again["runs"][0]["tool"]);
}

/// What GitHub's documentation asks of an upload.
#[test]
fn sarif_is_what_github_takes() {
    let log = json(Format::Sarif);
    assert_eq!((&log["version"], &log["runs"][0]["columnKind"]), (&"2.1.0".into(), &"unicodeCodePoints".into()));
    let rules = log["runs"][0]["tool"]["driver"]["rules"].as_array().unwrap();
    let ids: BTreeSet<&str> = rules.iter().map(|rule| rule["id"].as_str().unwrap()).collect();
    assert_eq!(ids.len(), rules.len(), "a rule is declared twice");
    for rule in rules {
        for part in ["shortDescription", "fullDescription", "help"] {
            assert!(!rule[part]["text"].as_str().unwrap().trim().is_empty(), "{rule}");
        }
    }
    let results = log["runs"][0]["results"].as_array().unwrap();
    assert_eq!(results.len(), 3, "what fails, what warns and what was accepted");
    let mut hashes = BTreeSet::new();
    for result in results {
        let index = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
        assert_eq!(rules[index]["id"], result["ruleId"]);
        assert!(!result["message"]["text"].as_str().unwrap().is_empty());
        let place = &result["locations"][0]["physicalLocation"];
        assert_eq!(place["artifactLocation"]["uri"], "norrin.claims");
        let region = &place["region"];
        assert!(region["startLine"].as_u64().unwrap() >= 1 && region["startColumn"].as_u64().unwrap() >= 1);
        assert!(region["endColumn"].as_u64().unwrap() > region["startColumn"].as_u64().unwrap());
        assert!(hashes.insert(result["partialFingerprints"]["primaryLocationLineHash"].as_str().unwrap()));
    }
    let wrong = results.iter().find(|result| result["ruleId"] == "wrong-date").unwrap();
    let evidence = &wrong["relatedLocations"][0]["physicalLocation"];
    assert_eq!((&evidence["artifactLocation"]["uri"], &evidence["region"]["startLine"]), (&"gazette.md".into(), &4.into()));
    let change = &wrong["fixes"][0]["artifactChanges"][0]["replacements"][0];
    assert_eq!(change["insertedContent"]["text"], "Norrin acquired Halden on 2025-03-05");
    assert_eq!(change["deletedRegion"]["startLine"], 4);
    let accepted = results.iter().find(|result| result["suppressions"].is_array()).unwrap();
    assert_eq!(accepted["suppressions"][0]["justification"], "the archive has been asked");
}
