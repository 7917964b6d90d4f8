//! `factum snapshot`: verdicts beside the claim files.

use std::fs;
use std::path::Path;

use super::formats::project;
use super::program::{factum, told};

fn snapshot(folder: &Path, arguments: &[&str]) -> (Option<i32>, String) {
    let all: Vec<&str> = ["snapshot"].into_iter().chain(arguments.iter().copied()).collect();
    let output = factum(folder, &all);
    (output.status.code(), told(&output))
}

#[test]
fn recorded_compared_accepted() {
    let folder = project();
    let kept = || fs::read_to_string(folder.path().join("norrin.verdicts")).unwrap();
    let (code, told) = snapshot(folder.path(), &["--check"]);
    assert!(code == Some(1) && told.contains("norrin.claims: no verdicts are kept"), "{told}");
    assert!(!folder.path().join("norrin.verdicts").exists());
    assert_eq!(snapshot(folder.path(), &[]).0, Some(0));
    insta::assert_snapshot!("kept", kept());
    let before = kept();
    for arguments in [&[][..], &["--check"], &["--accept"]] {
        assert_eq!(snapshot(folder.path(), arguments).0, Some(0));
        assert_eq!(kept(), before);
    }
    // Lines may move, and line ends may change.
    let claims = fs::read_to_string(folder.path().join("norrin.claims")).unwrap();
    fs::write(folder.path().join("norrin.claims"), format!("# moved\n\n{claims}")).unwrap();
    fs::write(folder.path().join("norrin.verdicts"), before.replace('\n', "\r\n")).unwrap();
    assert_eq!(snapshot(folder.path(), &["--check"]).0, Some(0));
    // A fact that changes a verdict is told, and nothing is written until it is accepted.
    let facts = fs::read_to_string(folder.path().join("norrin.facts")).unwrap();
    let facts = facts.replace("Norrin acquired Halden on 5 March 2025", "Norrin acquired Halden on 7 March 2025");
    fs::write(folder.path().join("norrin.facts"), facts).unwrap();
    let changed = snapshot(folder.path(), &[]);
    assert_eq!((changed.0, snapshot(folder.path(), &["--check"]).0), (Some(1), Some(1)));
    insta::assert_snapshot!("changed", changed.1);
    assert!(kept().contains("\r\n"));
    assert_eq!(snapshot(folder.path(), &["--accept"]).0, Some(0));
    assert_eq!(snapshot(folder.path(), &["--check"]).0, Some(0));
}

#[test]
fn what_cannot_be_kept() {
    let folder = project();
    fs::write(folder.path().join("norrin.claims"), "Norrin glorped Halden\n").unwrap();
    let (code, told) = snapshot(folder.path(), &[]);
    assert!(code == Some(2) && told.contains("error[unknown-verb]"), "{told}");
    assert!(!folder.path().join("norrin.verdicts").exists());
    fs::write(folder.path().join("norrin.claims"), "").unwrap();
    assert_eq!(snapshot(folder.path(), &[]).0, Some(3));
}

#[test]
fn from_a_test_suite() {
    let folder = project();
    let verdicts = factum::snapshot::folder(folder.path()).unwrap();
    assert_eq!(verdicts.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>(), ["norrin.claims"]);
    snapshot(folder.path(), &[]);
    assert_eq!(fs::read_to_string(folder.path().join("norrin.verdicts")).unwrap(), verdicts[0].1);
    fs::write(folder.path().join("norrin.claims"), "Norrin glorped Halden\n").unwrap();
    assert!(factum::snapshot::folder(folder.path()).unwrap_err().to_string().contains("unknown-verb"));
    let empty = tempfile::tempdir().unwrap();
    assert!(factum::snapshot::folder(empty.path()).unwrap_err().to_string().contains("there is no claim"));
}
