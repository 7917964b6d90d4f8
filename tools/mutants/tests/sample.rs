//! The whole tool on a small project of its own.

#![allow(missing_docs)]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use clap::Parser;
use factum_mutants::points::{Form, points};
use factum_mutants::results::Outcome;
use factum_mutants::schemata::Schemata;
use factum_mutants::{Options, Report, run};

/// A work folder of its own below cargo's.
fn work(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}

fn tried(work: &Path, more: &[&str]) -> Report {
    let project = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/sample");
    let arguments =
        ["mutants", "--project", project.to_str().unwrap(), "--work", work.to_str().unwrap(), "--module", "src/sums", "--least-time", "2"];
    run(&Options::parse_from(arguments.iter().chain(more))).unwrap().unwrap()
}

fn outcomes(report: &Report) -> BTreeMap<&str, Outcome> {
    report.done.iter().map(|(mutant, line)| (mutant.id.as_str(), line.outcome)).collect()
}

#[test]
fn each_mutant_comes_to_what_it_should() {
    let work = work("outcomes");
    let excuses = work.join("excused.txt");
    let list = "# why\nsrc/sums.rs old: replaced > with >= #1 -- the border is nobody's business\n\
        src/sums.rs old: replaced > with < #1 -- caught since\nsrc/sums.rs gone: deleted ! #1 -- gone\n";
    fs::write(&excuses, list).unwrap();
    let report = tried(&work, &["--excused", excuses.to_str().unwrap()]);
    let outcomes = outcomes(&report);
    let of = |id: &str| outcomes.get(format!("src/sums.rs {id}").as_str()).copied();
    assert_eq!(of("grown: replaced >= with > #1"), Some(Outcome::Caught));
    assert_eq!(of("grown: replaced body with true #1"), Some(Outcome::Caught));
    assert_eq!(of("old: replaced > with >= #1"), Some(Outcome::Survived));
    assert_eq!(of("old: replaced 65 with 66 #1"), Some(Outcome::Survived));
    assert_eq!(of("steps: replaced -= with += #1"), Some(Outcome::Caught), "an overflow is checked");
    assert_eq!(of("halvings: replaced 2 with 3 #1"), Some(Outcome::Caught));
    assert_eq!(of("halvings: deleted call of halve #1"), Some(Outcome::Timeout));
    assert_eq!(of("forgotten: deleted - #1"), Some(Outcome::NotReached));
    assert_eq!(of("joined: replaced + with - #1"), None, "it does not compile");
    assert_eq!(of("joined: replaced body with Default::default() #1"), Some(Outcome::Caught));
    assert_eq!(of("evens: replaced guard with true #1"), Some(Outcome::Caught));
    assert_eq!(of("evens: replaced condition with false #1"), Some(Outcome::Caught));
    assert_eq!(of("evens: deleted call of clear #1"), Some(Outcome::Caught));
    assert!(outcomes.keys().all(|id| !id.contains("twice") && !id.contains("inside")), "{outcomes:?}");
    assert!(report.left_out.iter().any(|left| left.contains("const fn twice")), "{:?}", report.left_out);
    assert!(report.left_out.iter().any(|left| left.contains("replaced + with - in joined")), "{:?}", report.left_out);
    // The survivor with an excuse is none; excuses for what is caught or gone are told.
    assert!(report.survivors().all(|(mutant, _)| mutant.id != "src/sums.rs old: replaced > with >= #1"));
    let stale = report.stale();
    assert_eq!(
        stale,
        [("src/sums.rs gone: deleted ! #1", "there is no such mutant"), ("src/sums.rs old: replaced > with < #1", "is caught now")]
    );

    // A second run has nothing left to do, and says the same; so does one whose last line was cut off.
    let kept = fs::read_to_string(work.join("results.jsonl")).unwrap();
    let again = tried(&work, &[]);
    assert_eq!(self::outcomes(&again), outcomes);
    assert_eq!(fs::read_to_string(work.join("results.jsonl")).unwrap(), kept);
    fs::write(work.join("results.jsonl"), &kept[..kept.len() - 20]).unwrap();
    assert_eq!(self::outcomes(&tried(&work, &[])), outcomes);
    assert_eq!(fs::read_to_string(work.join("results.jsonl")).unwrap().lines().count(), kept.lines().count() + 1);

    // Parts make up the whole, and a sample is always the same.
    let parts: usize = ["1/3", "2/3", "3/3"].iter().map(|part| tried(&work, &["--shard", part]).done.len()).sum();
    assert_eq!(parts, outcomes.len());
    let sample = tried(&work, &["--sample", "5"]);
    assert_eq!(sample.done.len(), 5);
    assert_eq!(self::outcomes(&sample), self::outcomes(&tried(&work, &["--sample", "5"])));
    assert!(tried(&work, &["--only", "in old"]).done.iter().all(|(mutant, _)| mutant.function == "old"));
}

fn changed(text: &str) -> Vec<(String, Form)> {
    points("src/x.rs", text).unwrap().mutants.into_iter().map(|mutant| (mutant.what, mutant.form)).collect()
}

#[test]
fn what_is_compiled_or_matched_is_left_alone() {
    for text in [
        "const A: u32 = 1 + 2;",
        "static A: bool = !true;",
        "fn a(b: [u8; 4]) -> [u8; 4] { [b[0]; 4] }",
        "fn a() -> &'static str { assert!(1 < 2); \"\" }",
        "#[cfg(test)] mod tests { fn a() -> bool { 1 < 2 } }",
        "impl std::fmt::Display for A { fn fmt(&self) -> bool { 1 < 2 } }",
        "fn a(b: u8) -> &'static str { match b { 1 => \"\", 2..=3 => \"\", _ => \"\" } }",
        "#[repr(u8)] enum A { B = 1 }",
    ] {
        assert_eq!(changed(text), [], "{text}");
    }
}

/// Operands keep together when another operator binds them otherwise.
#[test]
fn operands_stay_together() {
    let form = Form::Instead("(a - b) * (c)".to_owned());
    assert!(changed("fn f() -> X { a - b + c }").contains(&("replaced + with *".to_owned(), form)));
}

/// Moved lines change no id.
#[test]
fn ids_do_not_hang_on_lines() {
    let ids = |text: &str| points("src/x.rs", text).unwrap().mutants.into_iter().map(|mutant| mutant.id).collect::<Vec<_>>();
    let text = "impl A { fn f(&self) -> bool { a < b && c < d } }";
    assert!(ids(text).contains(&"src/x.rs A::f: replaced < with <= #2".to_owned()));
    assert_eq!(ids(text), ids(&format!("// more\n\n{}", text.replace("&&", "\n&&"))));
}

#[test]
fn an_error_is_traced_to_its_mutant() {
    let text = "fn f(a: u8) -> X { g(a + 1) }";
    let found = points("src/x.rs", text).unwrap();
    let numbered: Vec<_> = (1..).zip(&found.mutants).collect();
    let schemata = Schemata::new(text, &numbered);
    syn::parse_file(&schemata.text).unwrap();
    let at = schemata.text.find("(a) * (1)").unwrap();
    let star = numbered.iter().find(|(_, mutant)| mutant.what == "replaced + with *").unwrap().0;
    assert_eq!(schemata.blamed(&(at..at + 9)), [star]);
    let whole = schemata.text.find("g(").unwrap();
    assert_eq!(schemata.blamed(&(whole..schemata.text.len())).len(), numbered.len());
}
