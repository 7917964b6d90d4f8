//! `tests/prose/*.case`: small records, and drafts with all that is to be found in them, written by hand.
//!
//! `--- facts` is the fact file of the case, `--- source NAME` a document that it may name. `--- draft` is a Markdown draft, with
//! `crlf` behind it one whose lines end so; `--- findings` below it has a line for each finding in the order of the text,
//! `verdict [code]: words of the span`, with `accepted` before the colon where a comment accepts it. Nothing else may be found.
//! A line below a draft's findings that begins with `#` tells of the next draft.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::sync::Arc;

use factum::check::{Policy, read_draft};
use factum::report::Finding;
use factum::text::Document;
use factum::verdict::{Judge, Settings};

use crate::world::{Shelf, load, shown};

/// A draft with its findings, and the line at which it stands in its case.
pub struct Draft {
    pub line: usize,
    pub text: String,
    findings: Vec<String>,
}

/// A record and the drafts that are checked against it.
pub struct Case {
    pub name: String,
    facts: String,
    shelf: Shelf,
    pub drafts: Vec<Draft>,
}

fn case(name: &str, text: &str) -> Case {
    let mut case = Case { name: name.to_owned(), facts: String::new(), shelf: Shelf::default(), drafts: Vec::new() };
    let (mut source, mut source_text) = (String::new(), String::new());
    let (mut head, mut end) = (vec![""], "\n");
    for (number, line) in text.lines().enumerate() {
        if let Some(words) = line.strip_prefix("--- ") {
            head = words.split_whitespace().collect();
            match head.as_slice() {
                ["facts"] => {}
                ["findings"] => assert!(!case.drafts.is_empty(), "{name}: findings of no draft"),
                ["source", file] => source = (*file).to_owned(),
                ["draft", rest @ ..] => {
                    end = match rest {
                        [] => "\n",
                        ["crlf"] => "\r\n",
                        other => panic!("{name}: a draft has no {other:?}"),
                    };
                    case.drafts.push(Draft { line: number + 2, text: String::new(), findings: Vec::new() });
                }
                other => panic!("{name}: {other:?} is no part of a case"),
            }
            continue;
        }
        match head[0] {
            "facts" => case.facts.push_str(&format!("{line}\n")),
            "source" => source_text.push_str(&format!("{line}\n")),
            "draft" => case.drafts.last_mut().unwrap().text.push_str(&format!("{line}{end}")),
            "findings" if !line.trim().is_empty() && !line.starts_with("# ") => {
                case.drafts.last_mut().unwrap().findings.push(line.to_owned())
            }
            "findings" => {}
            _ => assert!(line.is_empty() || line.starts_with('#'), "{name}: `{line}` stands before the first part"),
        }
    }
    if !source.is_empty() {
        case.shelf.put(&source, &source_text);
    }
    case
}

/// All cases.
pub fn all() -> Vec<Case> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/prose");
    let mut files: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|ending| ending == "case"));
    files.sort();
    let wanted = std::env::var("FACTUM_CASE").unwrap_or_default();
    files.retain(|path| path.to_string_lossy().contains(&wanted));
    files.iter().map(|path| case(path.file_name().unwrap().to_str().unwrap(), &fs::read_to_string(path).unwrap())).collect()
}

/// The codes that are expected of drafts.
pub fn codes() -> BTreeSet<String> {
    let code = |line: &String| line.split_once('[').and_then(|(_, rest)| rest.split_once(']')).map(|(code, _)| code.to_owned());
    all().iter().flat_map(|case| &case.drafts).flat_map(|draft| &draft.findings).filter_map(code).collect()
}

fn line(finding: &Finding) -> String {
    let (document, span) = finding.place();
    let words = span.of(document.text()).split_whitespace().collect::<Vec<_>>().join(" ");
    let accepted = matches!(finding, Finding::Verdict(judged) if judged.accepted.is_some());
    format!("{} [{}]{}: {words}", finding.kind(), finding.code(), if accepted { " accepted" } else { "" })
}

#[test]
fn every_draft_has_the_findings_written_below_it_and_no_other() {
    let mut wrong = Vec::new();
    let (mut drafts, mut findings) = (0, 0);
    for case in all() {
        let (base, problems) = load(&Arc::new(Document::new(format!("{}.facts", case.name), case.facts.as_str())), &case.shelf);
        assert!(problems.is_empty(), "{}: its facts are not in order:\n{}", case.name, shown(&problems));
        let judge = Judge::new(&base, Settings::default());
        for draft in &case.drafts {
            let document = Arc::new(Document::new("draft.md", draft.text.as_str()));
            let read = read_draft(&judge, &document);
            let mut found = read.findings(&judge, &Policy::default(), &document);
            found.sort_by_key(|finding| finding.place().1);
            let found: Vec<String> = found.iter().map(line).collect();
            drafts += 1;
            findings += found.len();
            if found != draft.findings {
                let lines = |lines: &[String]| lines.iter().map(|line| format!("\n      {line}")).collect::<String>();
                let (place, expected, got) = (format!("{}:{}", case.name, draft.line), lines(&draft.findings), lines(&found));
                wrong.push(format!("{place}: {}\n    expected{expected}\n    got{got}", draft.text.trim()));
            }
        }
    }
    assert!(std::env::var_os("FACTUM_CASE").is_some() || drafts >= 40 && findings >= 60, "{findings} findings in {drafts} drafts");
    assert!(wrong.is_empty(), "{} of {drafts} drafts differ:\n{}", wrong.len(), wrong.join("\n"));
}
