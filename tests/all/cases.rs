//! `tests/cases/*.case`: tiny worlds with claims whose verdicts were written by hand.
//!
//! A case is a text in parts. `--- facts` is the fact file; `--- source NAME` a document that it may name by `source` or
//! `include`; `--- claims` are claims in the claim-file format, each with the verdict that language.md gives it. Behind
//! `claims` may stand `strict`, `without NAME` (an assumption that is off) and `known-by DATE`.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::sync::Arc;

use factum::check::{Checked, check_document};
use factum::facts::FactBase;
use factum::report::{Finding, Level};
use factum::text::{Diagnostic, Document};
use factum::verdict::{Assumptions, Judge, Settings};

use super::world::{Shelf, load, shown};

/// One part of a case: the words of its head, and its text.
pub struct Part {
    pub head: Vec<String>,
    pub text: String,
}

/// The parts of a case. Each keeps its place: the lines before it are blank, so that line numbers are the case file's.
fn parts(text: &str) -> Vec<Part> {
    let mut found: Vec<Part> = Vec::new();
    for (n, line) in text.lines().enumerate() {
        if let Some(head) = line.strip_prefix("--- ") {
            found.push(Part { head: head.split_whitespace().map(str::to_owned).collect(), text: "\n".repeat(n + 1) });
        } else if let Some(part) = found.last_mut() {
            part.text.push_str(line);
            part.text.push('\n');
        } else {
            assert!(line.is_empty() || line.starts_with('#'), "`{line}` stands before the first part");
        }
    }
    found
}

/// What a claims part is judged under.
pub fn settings(head: &[String]) -> Settings {
    let mut settings = Settings::default();
    let mut words = head.iter().skip(1).map(String::as_str);
    while let Some(word) = words.next() {
        match word {
            "strict" => settings.assumptions = Assumptions::NONE,
            "without" => {
                let all = &mut settings.assumptions;
                *(match words.next().unwrap() {
                    "persistence" => &mut all.persistence,
                    "once" => &mut all.once,
                    "boundaries" => &mut all.boundaries,
                    "voice" => &mut all.voice,
                    other => panic!("`{other}` is no assumption"),
                }) = false;
            }
            "known-by" => settings.known_by = Some(words.next().unwrap().parse().unwrap()),
            other => panic!("`{other}` is nothing that a claims part can ask for"),
        }
    }
    settings
}

/// What came of a case: what differs, how many claims there were, and the codes that a claim's author asked for and got.
#[derive(Default)]
pub struct Outcome {
    pub wrong: Vec<String>,
    pub claims: usize,
    pub codes: BTreeSet<String>,
}

fn judge_part(base: &FactBase, part: &Part, case: &Case, outcome: &mut Outcome) {
    let name = &case.name;
    let judge = Judge::new(base, settings(&part.head));
    for claim in case.read(&judge, part) {
        outcome.claims += 1;
        let (finding, refused_as_expected) = claim.judge(&judge);
        let (document, span) = finding.place();
        let line = document.position(span.start).line;
        let place = format!("{name}:{line} ({})", part.head.join(" "));
        let written = document.line_at(span.start).1.trim();
        match &finding {
            Finding::Verdict(judged) => {
                let got = format!("{} [{}]", judged.verdict.name(), judged.code);
                let Some(expected) = &judged.expected else {
                    outcome.wrong.push(format!("{place}: {written}\n    says nothing of what is expected; got {got}"));
                    continue;
                };
                if judged.level == Level::Deny {
                    let claim = written.split(" expect ").next().unwrap_or(written);
                    outcome.wrong.push(format!(
                        "{place}: {claim}\n    expected {expected}\n    got      {got}: {}\n    read as  {}",
                        judged.message, judged.paraphrase
                    ));
                } else if expected.ends_with(']') {
                    outcome.codes.insert(judged.code.name().to_owned());
                }
            }
            Finding::Diagnostic(problem) => {
                if !refused_as_expected {
                    outcome.wrong.push(format!("{place}: {written}\n    got      error [{}]: {}", problem.code, problem.message));
                }
            }
        }
    }
}

/// A case as it is read: its facts, the documents beside them, and the parts with claims.
pub struct Case {
    pub name: String,
    pub facts: String,
    pub shelf: Shelf,
    pub claims: Vec<Part>,
}

impl Case {
    /// The fact base with more lines below the facts.
    pub fn base(&self, more: &str) -> (FactBase, Vec<Diagnostic>) {
        load(&Arc::new(Document::new(format!("{}.facts", self.name), format!("{}\n{more}", self.facts))), &self.shelf)
    }

    /// The claims of a part, read.
    pub fn read(&self, judge: &Judge<'_>, part: &Part) -> Vec<Checked> {
        check_document(judge, &Arc::new(Document::new(self.name.as_str(), part.text.clone())), &self.shelf)
    }
}

fn case(name: &str, text: &str) -> Case {
    let mut case = Case { name: name.to_owned(), facts: String::new(), shelf: Shelf::default(), claims: Vec::new() };
    for part in parts(text) {
        match part.head.first().map(String::as_str) {
            Some("facts") => case.facts = part.text,
            Some("source") => case.shelf.put(&part.head[1], part.text.trim_start_matches('\n')),
            Some("claims") => case.claims.push(part),
            other => panic!("{name}: {other:?} is no part of a case"),
        }
    }
    assert!(!case.facts.is_empty(), "{name} has no facts");
    case
}

fn run(case: &Case) -> Outcome {
    let (base, problems) = case.base("");
    let mut outcome = Outcome::default();
    if !problems.is_empty() {
        outcome.wrong.push(format!("{}: its facts are not in order:\n{}", case.name, shown(&problems)));
    }
    for part in &case.claims {
        judge_part(&base, part, case, &mut outcome);
    }
    outcome
}

/// All cases. `FACTUM_CASE=tolls` looks at one case alone.
pub fn all() -> Vec<Case> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let mut files: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "case"))
        .collect();
    files.sort();
    let wanted = std::env::var("FACTUM_CASE").unwrap_or_default();
    files.retain(|path| path.to_string_lossy().contains(&wanted));
    files.iter().map(|path| case(path.file_name().unwrap().to_str().unwrap(), &fs::read_to_string(path).unwrap())).collect()
}

/// The worked examples under `claims/`, as cases.
pub fn examples() -> Vec<Case> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("claims");
    let mut folders: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_dir()).collect();
    folders.sort();
    folders
        .iter()
        .map(|folder| {
            let name = folder.file_name().unwrap().to_str().unwrap().to_owned();
            let mut case = Case { name, facts: String::new(), shelf: Shelf::default(), claims: Vec::new() };
            for entry in fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                let text = fs::read_to_string(&path).unwrap();
                match path.extension().and_then(|ending| ending.to_str()) {
                    Some("facts") => case.facts = text,
                    Some("claims") => case.claims.push(Part { head: vec!["claims".to_owned()], text }),
                    _ => case.shelf.put(path.file_name().unwrap().to_str().unwrap(), &text),
                }
            }
            assert!(!case.facts.is_empty() && !case.claims.is_empty(), "{}", case.name);
            case
        })
        .collect()
}

/// All cases, each with what came of it.
pub fn outcomes() -> Vec<(String, Outcome)> {
    all().into_iter().map(|case| (case.name.clone(), run(&case))).collect()
}

#[test]
fn every_claim_gets_the_verdict_written_beside_it() {
    let outcomes = outcomes();
    let empty: Vec<&str> = outcomes.iter().filter(|(_, outcome)| outcome.claims == 0).map(|(name, _)| name.as_str()).collect();
    assert!(
        (outcomes.len() >= 25 || std::env::var_os("FACTUM_CASE").is_some()) && empty.is_empty(),
        "{} cases; without claims: {empty:?}",
        outcomes.len()
    );
    let claims: usize = outcomes.iter().map(|(_, outcome)| outcome.claims).sum();
    let wrong: Vec<&str> = outcomes.iter().flat_map(|(_, outcome)| &outcome.wrong).map(String::as_str).collect();
    assert!(wrong.is_empty(), "{} of {claims} claims in {} cases differ:\n{}", wrong.len(), outcomes.len(), wrong.join("\n"));
}
