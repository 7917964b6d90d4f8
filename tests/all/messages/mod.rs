//! What the program says of wrong inputs, each in a folder of its own: the text, and how the run ended.
//!
//! A snapshot freezes what is said; that it is said clearly is for whoever accepts it to see.

mod claims;
mod facts;
mod folders;
mod meant;

use std::path::Path;

use tempfile::TempDir;

use super::program::{factum, told};

/// A fact base in order, for claims that are not.
const FACTS: &str = "horizon 2024-12-31
name the rebels, also rebels: armed group
name HTS: militant group, part of the rebels
name Aleppo, Hama, Homs: city
name the offensive: offensive
the rebels launched the offensive on 2024-11-27
the rebels captured Hama on 2024-12-05
the rebels have held Aleppo since 2024-11-29
";

/// A folder with files in it.
fn folder(files: &[(&str, &[u8])]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in files {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    }
    folder
}

/// What a run says; the folder's own path, which no message may show, must not stand in it.
fn said(folder: &Path, arguments: &[&str]) -> String {
    let told = told(&factum(folder, arguments));
    assert!(!told.contains(folder.to_str().unwrap()), "an absolute path is shown:\n{told}");
    assert!(!told.contains("panicked"), "{told}");
    told
}

/// What `factum check` says of one claim against [`FACTS`], without the summary.
fn claim(words: &str) -> String {
    let folder = folder(&[("world.facts", FACTS.as_bytes()), ("a.claims", words.as_bytes())]);
    said(folder.path(), &["check", "a.claims"])
}

/// What it says of a fact file; the claim beside it is in order.
fn facts(lines: &str, others: &[(&str, &[u8])]) -> String {
    let claim: (&str, &[u8]) = ("a.claims", b"Aleppo is a city\n");
    let files: Vec<(&str, &[u8])> = [("world.facts", lines.as_bytes()), claim].into_iter().chain(others.iter().copied()).collect();
    said(folder(&files).path(), &["check", "."])
}
