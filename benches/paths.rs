//! How long the parts of a run take, one by one: `cargo bench`.
//!
//! Whole runs beside what a user would pick instead are in `benches/peers`, counts of instructions in `benches/instructions`.

#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::panic,
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    reason = "a benchmark that cannot be set up has nothing to measure"
)]

use std::sync::Arc;

use divan::{Bencher, black_box};
use factum::check::Shapes;
use factum::facts::{FactBase, Library, LibraryError, Loader};
use factum::report::{Finding, Report, tsv};
use factum::statement::{Context, resolve};
use factum::syntax;
use factum::text::Document;
use factum::verdict::{Judge, Plain, Settings};
use factum::vocabulary::standard;

fn main() {
    divan::main();
}

struct NoFiles;

impl Library for NoFiles {
    fn open(&self, _from: &Document, path: &str) -> Result<Arc<Document>, LibraryError> {
        Err(LibraryError::Missing(path.to_owned()))
    }
}

/// Places with ten holdings each, one year after the other.
fn table(places: usize) -> String {
    let row = |place: usize, n: usize| format!("Party{},control,Place{place},{}-01-01,{}-12-30\n", (place + n) % 50, 2000 + n, 2000 + n);
    let rows: String = (0..places).flat_map(|place| (0..10).map(move |n| row(place, n))).collect();
    format!("subject,relation,object,start,end\n{rows}")
}

fn base(places: usize) -> FactBase {
    let mut loader = Loader::new(&NoFiles).in_columns();
    loader.table_text("facts.csv", table(places));
    loader.finish().0
}

const CLAIM: &str = "Party7 held Place3 on 2004-05-05";

#[divan::bench]
fn start() -> FactBase {
    Loader::new(&NoFiles).finish().0
}

#[divan::bench]
fn standard_vocabulary() -> usize {
    standard(false).0.finish().0.phrasings().len()
}

#[divan::bench(args = [1_000, 10_000])]
fn load_rows(bencher: Bencher<'_, '_>, places: usize) {
    let text = table(places);
    bencher.counter(divan::counter::ItemsCount::new(places * 10)).bench_local(|| {
        let mut loader = Loader::new(&NoFiles).in_columns();
        loader.table_text("facts.csv", text.clone());
        loader.finish().0.count()
    });
}

#[divan::bench]
fn parse() -> bool {
    syntax::statement(black_box(CLAIM)).is_ok()
}

#[divan::bench]
fn parse_and_resolve(bencher: Bencher<'_, '_>) {
    let base = base(10);
    bencher.bench_local(|| {
        syntax::statement(CLAIM).and_then(|written| resolve(&written, CLAIM, &base.vocabulary, &Context::default())).is_ok()
    });
}

#[divan::bench]
fn by_shape(bencher: Bencher<'_, '_>) {
    let base = base(10);
    let mut shapes = Shapes::new(&base.vocabulary);
    bencher.bench_local(|| shapes.read(black_box(CLAIM)).is_some());
}

#[divan::bench(args = [10, 10_000])]
fn judge_plain(bencher: Bencher<'_, '_>, places: usize) {
    let base = base(places);
    let judge = Judge::new(&base, Settings::default());
    let plain: Plain = Shapes::new(&base.vocabulary).read(CLAIM).expect("a plain claim");
    bencher.bench_local(|| judge.decide_plain(black_box(&plain), None).is_some());
}

#[divan::bench(args = [10, 10_000])]
fn judge_by_the_general_engine(bencher: Bencher<'_, '_>, places: usize) {
    let base = base(places);
    let judge = Judge::new(&base, Settings::default());
    let written = syntax::statement(CLAIM).expect("a claim");
    let statement = resolve(&written, CLAIM, &base.vocabulary, &Context::default()).expect("a claim");
    bencher.bench_local(|| judge.touched(&statement).map(|touched| judge.over(&touched).judge(&statement, None).verdict));
}

#[divan::bench]
fn write_tsv(bencher: Bencher<'_, '_>) {
    let document = Arc::new(Document::new("a.claims", "a line\n"));
    let one = factum::text::Problem::new("unreadable", factum::text::Span::new(0, 6), "this line cannot be read").at(&document, 0);
    let report = Report { findings: vec![Finding::Diagnostic(Box::new(one)); 1_000], ..Report::default() };
    bencher.counter(divan::counter::ItemsCount::new(1_000_usize)).bench_local(|| {
        let mut out = Vec::new();
        tsv(&report, &mut out).map(|()| out.len())
    });
}
