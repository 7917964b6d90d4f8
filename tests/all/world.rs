//! A world in memory: its files, the fact base that they make, and the day and assumptions that claims are judged under.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use factum::facts::{FactBase, Library, LibraryError, Loader};
use factum::text::{Diagnostic, Document};
use factum::vocabulary::{Builder, standard};

/// Files by name, for `source` and `include` lines; nothing is read from a disk.
#[derive(Debug, Default)]
pub struct Shelf(BTreeMap<String, Arc<Document>>);

impl Shelf {
    pub fn put(&mut self, name: &str, text: &str) {
        self.0.insert(name.to_owned(), Arc::new(Document::new(name, text)));
    }
}

impl Library for Shelf {
    fn open(&self, _from: &Document, path: &str) -> Result<Arc<Document>, LibraryError> {
        self.0.get(path).cloned().ok_or_else(|| LibraryError::Missing(path.to_owned()))
    }
}

/// The fact base of one fact file, with the faults that are found in it.
pub fn load(document: &Arc<Document>, shelf: &Shelf) -> (FactBase, Vec<Diagnostic>) {
    // The standard vocabulary is read once for all worlds.
    static STANDARD: OnceLock<Builder> = OnceLock::new();
    let standard = STANDARD.get_or_init(|| {
        let (builder, problems) = standard(false);
        assert!(problems.is_empty(), "{}", shown(&problems));
        builder
    });
    let mut loader = Loader::with_vocabulary(shelf, standard.clone());
    loader.facts(document);
    loader.finish()
}

/// The same, of facts that are known to be in order.
pub fn base(facts: &str) -> FactBase {
    let (base, problems) = load(&Arc::new(Document::new("world.facts", facts)), &Shelf::default());
    assert!(problems.is_empty(), "{}\nin\n{facts}", shown(&problems));
    base
}

/// Faults as lines of text.
pub fn shown(problems: &[Diagnostic]) -> String {
    let one = |problem: &Diagnostic| {
        let at = problem.document.position(problem.span.start);
        let words = problem.span.of(problem.document.text());
        format!("{}:{}:{}: {} [{}] at `{words}`", problem.document.name(), at.line, at.column, problem.message, problem.code)
    };
    problems.iter().map(one).collect::<Vec<_>>().join("\n")
}
