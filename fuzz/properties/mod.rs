//! What must hold of any text, whoever wrote it. The fuzz targets look for texts of which it does not; the test run tries
//! the texts that were found before.
//!
//! In: a text. Out: nothing, or a panic that says what does not hold. Never: expects the text to make sense.

mod dates;
mod findings;
mod reports;
mod writers;

use std::sync::{Arc, OnceLock};

use factum::facts::{FactBase, Loader};
use factum::text::{Diagnostic, Document};
use factum::verdict::Settings;
use factum::vocabulary::{Builder, load, standard};

pub use dates::dates;
pub use writers::writers;

use findings::{Base, Shelf, places_exist};

/// A property of any text.
pub type Property = fn(&str);

/// The targets by their names.
pub const TARGETS: [(&str, Property); 7] = [
    ("dates", dates),
    ("claims", claims),
    ("facts", facts),
    ("vocabulary", vocabulary),
    ("tables", tables),
    ("verdicts", verdicts),
    ("writers", writers),
];

/// A small vocabulary, read once.
fn builder() -> Builder {
    static BUILDER: OnceLock<Builder> = OnceLock::new();
    let read = || {
        let mut builder = Builder::new(false);
        let mut problems = Vec::new();
        load(&Arc::new(Document::new("small.vocab", include_str!("../small.vocab"))), &mut builder, &mut problems, |_| {});
        problems.extend(builder.finish().1);
        assert!(problems.is_empty(), "{}", said(&problems));
        builder
    };
    BUILDER.get_or_init(read).clone()
}

/// Each claim gets a finding on its own line, and all spans are whole characters of their documents.
pub fn claims(text: &str) {
    static BASE: OnceLock<FactBase> = OnceLock::new();
    let base = BASE.get_or_init(|| {
        let shelf = Shelf::default();
        let mut loader = Loader::with_vocabulary(&shelf, standard(true).0);
        loader.facts(&Arc::new(Document::new("record.facts", include_str!("../record.facts"))));
        let (base, problems) = loader.finish();
        assert!(problems.is_empty(), "{}", said(&problems));
        base
    });
    findings::claims(base, &Arc::new(Document::new("any.claims", text)), Settings::default(), &Shelf::default());
}

/// What is wrong with a fact file is reported at places that exist, and twice the same.
pub fn facts(text: &str) {
    twice(text, "any.facts", |document, loader| loader.facts(document));
}

/// The same of a vocabulary file.
pub fn vocabulary(text: &str) {
    twice(text, "any.vocab", |document, loader| loader.facts(document));
}

/// The same of a table.
pub fn tables(text: &str) {
    twice(text, "any.csv", |document, loader| loader.table(document));
}

fn twice(text: &str, name: &str, read: impl Fn(&Arc<Document>, &mut Loader<'_>)) {
    let shelf = Shelf::default();
    let document = Arc::new(Document::new(name, text));
    let once = || {
        let mut loader = Loader::with_vocabulary(&shelf, builder());
        read(&document, &mut loader);
        let (base, problems) = loader.finish();
        places_exist(&base, &problems);
        reports::bytes(&reports::of_problems(problems))
    };
    repeats(text, once);
}

/// A record and claims in one text, as in `tests/cases`: each claim gets a finding, and two runs give the same bytes.
pub fn verdicts(text: &str) {
    let once = || {
        let base = Base::of_case(text);
        let report = base.report();
        writers::are_clean(&report);
        reports::bytes(&report)
    };
    repeats(text, once);
}

/// Runs once, and of every fourth text a second time: what it gives is the same.
fn repeats(text: &str, run: impl Fn() -> String) {
    let first = run();
    if text.len().is_multiple_of(4) {
        assert_eq!(first, run(), "two runs differ");
    }
}

fn said(problems: &[Diagnostic]) -> String {
    problems.iter().map(|problem| format!("{}: {}\n", problem.span.of(problem.document.text()), problem.message)).collect()
}
