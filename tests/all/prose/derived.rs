//! `factum derive`: fact files drafted from the articles in `tests/prose/articles`.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use factum::check::{Policy, read_draft};
use factum::prose::{article, derive};
use factum::report::Finding;
use factum::text::Document;
use factum::verdict::{Judge, Settings, Verdict};
use factum::vocabulary::{Builder, standard};

use super::drafts;
use crate::program::{factum, told};
use crate::world::{Shelf, load, shown};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/prose/articles")
}

/// The articles by file name.
fn articles() -> Vec<(String, String)> {
    let mut files: Vec<PathBuf> = fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    assert!(files.len() >= 3);
    files.iter().map(|path| (path.file_name().unwrap().to_str().unwrap().to_owned(), fs::read_to_string(path).unwrap())).collect()
}

/// Every text that is at hand.
fn texts() -> Vec<(String, String)> {
    let drafts = drafts::all().into_iter().flat_map(|case| case.drafts).map(|draft| draft.text);
    let numbered = drafts.enumerate().map(|(number, text)| (format!("draft-{number}.md"), text));
    articles().into_iter().chain(numbered).collect()
}

fn derived(name: &str, text: &str) -> String {
    let document = Document::new(name, text);
    // The standard vocabulary is read once for all articles.
    static STANDARD: OnceLock<Builder> = OnceLock::new();
    let standard = STANDARD.get_or_init(|| standard(false).0).clone();
    derive(&article(&document), standard).fact_file(&document, "it", name)
}

#[test]
fn fact_files() {
    for (name, _) in articles() {
        let output = factum(&folder(), &["derive", &name]);
        assert_eq!(output.status.code(), Some(0), "{}", told(&output));
        insta::assert_snapshot!(format!("derived_{}", name.replace('.', "_")), told(&output));
    }
}

/// What is written loads without a fault; a quote that is not found would be one.
#[test]
fn what_is_written_loads_and_is_the_same_twice() {
    let mut facts = 0;
    for (name, text) in texts() {
        let written = derived(&name, &text);
        assert_eq!(written, derived(&name, &text), "{name}");
        let mut shelf = Shelf::default();
        shelf.put(&name, &text);
        let (base, problems) = load(&Arc::new(Document::new("it.facts", written.as_str())), &shelf);
        assert!(problems.is_empty(), "{name}:\n{}\nin\n{written}", shown(&problems));
        for fact in &base.facts {
            assert!(!fact.quotes.is_empty(), "{name}: `{}` has no quote", fact.words);
            for quote in &fact.quotes {
                assert!(!quote.span.of(base.sources[quote.source].document.text()).is_empty(), "{name}: {}", fact.words);
            }
        }
        facts += base.facts.len();
    }
    assert!(facts > 35, "{facts}");
}

#[test]
fn an_article_does_not_contradict_itself() {
    let mut supported = 0;
    for (name, text) in articles() {
        let mut shelf = Shelf::default();
        shelf.put(&name, &text);
        let (base, _) = load(&Arc::new(Document::new("it.facts", derived(&name, &text))), &shelf);
        let judge = Judge::new(&base, Settings::default());
        let document = Arc::new(Document::new(name.as_str(), text.as_str()));
        for finding in read_draft(&judge, &document).findings(&judge, &Policy::default(), &document) {
            let Finding::Verdict(judged) = &finding else { continue };
            assert_ne!(judged.verdict, Verdict::Contradicted, "{name}: {}: {}", judged.paraphrase, judged.message);
            supported += usize::from(judged.verdict == Verdict::Supported);
        }
    }
    assert!(supported > 20, "{supported}");
}

#[test]
fn a_line_of_json_has_these_fields_and_points_at_its_words() {
    let expected: BTreeSet<&str> =
        ["statement", "subject", "relation", "object", "start", "end", "per", "quote", "file", "line", "column", "start_byte", "end_byte"]
            .into();
    for (name, text) in articles() {
        let output = factum(&folder(), &["derive", &name, "--format", "jsonl"]);
        let lines = String::from_utf8(output.stdout).unwrap();
        assert!(lines.lines().count() >= 5, "{name}: {lines}");
        for line in lines.lines() {
            let fact: serde_json::Map<String, serde_json::Value> = serde_json::from_str(line).unwrap();
            assert_eq!(fact.keys().map(String::as_str).collect::<BTreeSet<_>>(), expected, "{line}");
            let at = |field: &str| usize::try_from(fact[field].as_u64().unwrap()).unwrap();
            let quote = fact["quote"].as_str().unwrap();
            let start = text.find(quote).unwrap_or_else(|| panic!("{name} does not have {quote:?}"));
            assert!(start <= at("start_byte") && at("start_byte") < at("end_byte"), "{line}");
            assert!(at("end_byte") <= start + quote.len(), "{line}");
            let before = &text[..at("start_byte")];
            assert_eq!(at("line"), before.matches('\n').count() + 1, "{line}");
            assert_eq!(at("column"), before.rsplit('\n').next().unwrap().chars().count() + 1, "{line}");
        }
    }
}
