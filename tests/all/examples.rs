//! The worked examples under `claims/`, judged by the program as a user runs it.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use super::program::{factum, told};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_path_buf()
}

fn names() -> Vec<String> {
    let folders = fs::read_dir(root().join("claims")).unwrap().map(|entry| entry.unwrap()).filter(|entry| entry.path().is_dir());
    let mut names: Vec<String> = folders.map(|entry| entry.file_name().into_string().unwrap()).collect();
    names.sort();
    assert!(names.len() >= 2, "{names:?}");
    names
}

fn lines(name: &str) -> Vec<serde_json::Value> {
    let output = factum(&root(), &["check", &format!("claims/{name}"), "--format", "jsonl"]);
    String::from_utf8(output.stdout).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// The codes that claims of the examples get and were expected to get, by verdict at least.
pub fn codes() -> BTreeSet<String> {
    let met = |line: &&serde_json::Value| line["type"] == "verdict" && line["level"] == "allow" && !line["expected"].is_null();
    names()
        .iter()
        .flat_map(|name| lines(name))
        .collect::<Vec<_>>()
        .iter()
        .filter(met)
        .map(|line| line["code"].as_str().unwrap().to_owned())
        .collect()
}

#[test]
fn all_claims_are_as_expected() {
    for name in names() {
        let output = factum(&root(), &["check", &format!("claims/{name}"), "--quiet"]);
        assert_eq!(output.status.code(), Some(0), "claims/{name}:\n{}", told(&output));
        let lines = lines(&name);
        let summary = lines.last().unwrap();
        assert_eq!(summary["type"], "summary");
        assert!(summary["claims"].as_u64().unwrap() >= 40, "claims/{name}: {summary}");
        // Every claim of a claim file says what it expects, so that none passes only because it happens to be supported.
        let silent = |line: &&serde_json::Value| {
            let in_claims = line["file"].as_str().is_some_and(|file| file.ends_with(".claims"));
            line["type"] == "verdict" && in_claims && line["expected"].is_null()
        };
        let silent: Vec<&serde_json::Value> = lines.iter().filter(silent).map(|line| &line["claim"]).collect();
        assert!(silent.is_empty(), "claims/{name} expect nothing of {silent:?}");
    }
}

/// The draft beside the claims: what is right, wrong and unknown in it, by hand. What is wrong is accepted in place, so that the
/// example passes.
#[test]
fn the_draft_has_these_verdicts() {
    let found: Vec<String> = lines("syria")
        .iter()
        .filter(|line| line["file"] == "claims/syria/draft.md" && line["type"] == "verdict")
        .map(|line| {
            let accepted = if line["suppressed"].is_null() { "" } else { " accepted" };
            let field = |name: &str| line[name].as_str().unwrap().split_whitespace().collect::<Vec<_>>().join(" ");
            format!("{}{accepted}: {}", field("verdict"), field("claim"))
        })
        .collect();
    assert_eq!(found.join("\n"), DRAFT.trim());
}

const DRAFT: &str = "
supported: The rebels launched the offensive on 27 November
supported: Two days later, they took control of Aleppo
supported: Syria's second-largest city
supported: Government forces had recaptured the city in 2016
supported: The army announced a temporary withdrawal
supported: According to the Syrian military, dozens of soldiers died in the fighting for Aleppo
unknown: The rebels attacked Homs on 6 December
supported: HTS, an Islamist militant group, leads the rebels
supported: an Islamist militant group
supported: Assad, who has ruled Syria since 2000, vowed on 1 December to defend Syria's stability
supported: has ruled Syria since 2000
unknown: He met foreign officials in Damascus
supported: 5 December: the rebels declared victory over Hama
supported: a city
supported: south of Aleppo
supported: 8 December: rebel commander Hassan Abdul Ghany announced that the insurgents had fully liberated Homs
supported: The government still holds Damascus, Latakia and Tartus
supported: has gone on for 13 years
contradicted accepted: The rebels captured Hama on 4 December
contradicted accepted: Assad has ruled Syria since 1998
contradicted accepted: Hama is north of Aleppo
contradicted accepted: On 8 December, the rebels held Latakia
contradicted accepted: 12 dead: 7 in Aleppo and 4 in Hama
contradicted accepted: 3 of the 14 capitals (25 percent)
supported: The rebels declared victory over Hama on 5 December
contradicted accepted: Six days later, on 8 December
unknown: The rebels captured Homs on 7 December
contradicted accepted: The city of Homs fell to the rebels on 8 December
supported: city
";

/// Proofs, quotes and layout. Verdicts are pinned by `expect` in the claims themselves, so that accepting cannot change one.
#[test]
fn outputs() {
    for name in names() {
        for format in ["human", "jsonl"] {
            let output = factum(&root(), &["check", &format!("claims/{name}"), "--format", format]);
            insta::assert_snapshot!(format!("{name}_{format}"), told(&output));
        }
    }
}

/// Same inputs, same bytes: on one thread and on many.
#[test]
fn threads_change_nothing() {
    for name in names() {
        let run = |jobs: &str| factum(&root(), &["check", &format!("claims/{name}"), "--format", "jsonl", "--jobs", jobs]).stdout;
        assert!(run("1") == run("7"), "claims/{name}");
    }
}
