//! `tests/prose/stories/*.case`: whole drafts as newsrooms write them, with errors in them that were written down before the
//! program read the draft.
//!
//! `--- facts` is the record, `--- draft` the draft, and each line below `--- errors` the words of the draft that say what is not
//! so. What the program flags must be one of them; how many it flags is a share that may only grow.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use factum::check::{Policy, read_draft};
use factum::report::Finding;
use factum::text::{Document, Span};
use factum::verdict::{Judge, Settings};

use crate::world::{Shelf, load, shown};

/// Of the errors in all stories together, so many in a hundred are found.
const FOUND: usize = 60;

struct Story {
    name: String,
    facts: String,
    draft: String,
    errors: Vec<(Span, String)>,
}

fn stories() -> Vec<Story> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/prose/stories");
    let mut files: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    assert!(files.len() >= 3);
    let story = |path: &std::path::PathBuf| {
        let text = fs::read_to_string(path).unwrap();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        let (_, rest) = text.split_once("--- facts\n").unwrap();
        let (facts, rest) = rest.split_once("--- draft\n").unwrap();
        let (draft, errors) = rest.split_once("--- errors\n").unwrap();
        let place = |words: &str| {
            let start = draft.find(words).unwrap_or_else(|| panic!("{name}: the draft does not have `{words}`"));
            (Span::new(start, start + words.len()), words.to_owned())
        };
        let errors = errors.lines().filter(|line| !line.is_empty()).map(place).collect();
        Story { name: name.clone(), facts: facts.to_owned(), draft: draft.to_owned(), errors }
    };
    files.iter().map(story).collect()
}

/// Whether two places share at least half of the shorter one.
fn meet(a: Span, b: Span) -> bool {
    let shared = a.end.min(b.end).saturating_sub(a.start.max(b.start));
    shared > 0 && 2 * shared >= (a.end - a.start).min(b.end - b.start)
}

#[test]
fn what_is_flagged_in_a_story_is_wrong_in_it() {
    let (mut all, mut found, mut alarms, mut missed) = (0, 0, Vec::new(), Vec::new());
    for story in stories() {
        let (base, problems) = load(&Arc::new(Document::new("it.facts", story.facts.as_str())), &Shelf::default());
        assert!(problems.is_empty(), "{}: its facts are not in order:\n{}", story.name, shown(&problems));
        let judge = Judge::new(&base, Settings::default());
        let document = Arc::new(Document::new("draft.md", story.draft.as_str()));
        let findings = read_draft(&judge, &document).findings(&judge, &Policy::default(), &document);
        let flagged: Vec<&Finding> = findings.iter().filter(|finding| finding.kind() == "contradicted").collect();
        for finding in &flagged {
            let place = finding.place().1;
            if !story.errors.iter().any(|(error, _)| meet(*error, place)) {
                alarms.push(format!("{}: [{}] {}", story.name, finding.code(), place.of(&story.draft)));
            }
        }
        for (error, words) in &story.errors {
            all += 1;
            if flagged.iter().any(|finding| meet(*error, finding.place().1)) {
                found += 1;
            } else {
                missed.push(format!("{}: {words}", story.name));
            }
            let same = findings.iter().find(|finding| finding.kind() == "supported" && finding.place().1 == *error);
            assert!(same.is_none(), "{}: supported: {words}", story.name);
        }
    }
    assert!(alarms.is_empty(), "false alarms:\n{}", alarms.join("\n"));
    assert!(found * 100 >= all * FOUND, "{found} of {all} errors are found; not these:\n{}", missed.join("\n"));
}
