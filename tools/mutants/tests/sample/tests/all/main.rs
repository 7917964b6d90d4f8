use std::fs;
use std::path::Path;

use sample::sums::{evens, grown, halvings, joined, old, steps, Number};

#[test]
fn borders() {
    assert!(grown(18));
    assert!(!grown(17));
    assert!(grown(19));
    assert!(old(70));
    assert!(!old(60));
}

#[test]
fn steps_are_counted() {
    assert_eq!(steps(3), 3);
    assert_eq!(halvings(Number(8)), 2);
}

#[test]
fn lists_and_texts() {
    assert_eq!(joined("a", "b"), "ab");
    assert_eq!(evens(&[Some(1), Some(4), None]), [4]);
    assert_eq!(evens(&[Some(4), Some(7), Some(2)]), [2]);
}

/// As tests do that look at the source: it fails in the copy, and reaches nothing.
#[test]
fn the_source_is_as_written() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/sums.rs");
    assert!(!fs::read_to_string(source).unwrap().contains("mutant::on"));
}
