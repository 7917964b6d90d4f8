//! Files and folders that hold nothing, or nothing that can be read, and options that are wrong.

use super::{FACTS, folder, said};

const CLAIM: &[u8] = b"rebels captured Hama\n";

fn check(files: &[(&str, &[u8])], arguments: &[&str]) -> String {
    let arguments: Vec<&str> = ["check"].into_iter().chain(arguments.iter().copied()).collect();
    said(folder(files).path(), &arguments)
}

macro_rules! snapshots {
    ($($name:ident: [$($file:literal = $bytes:expr),*], $arguments:expr;)*) => {$(
        #[test]
        fn $name() {
            let files: &[(&str, &[u8])] = &[$(($file, $bytes)),*];
            insta::assert_snapshot!(concat!("folder_", stringify!($name)), check(files, $arguments));
        }
    )*};
}

snapshots! {
    an_empty_claim_file: ["world.facts" = FACTS.as_bytes(), "a.claims" = b""], &["."];
    a_claim_file_of_comments: ["world.facts" = FACTS.as_bytes(), "a.claims" = b"# nothing yet\n\n"], &["."];
    an_empty_folder: [], &["."];
    no_facts: ["a.claims" = CLAIM], &["."];
    facts_without_claims: ["world.facts" = FACTS.as_bytes()], &["."];
    allowed_to_be_empty: [], &[".", "--allow-empty"];
    a_binary_claim_file: ["world.facts" = FACTS.as_bytes(), "a.claims" = b"\x7fELF\x02\x01\x01\x00\x00\x00"], &["a.claims"];
    a_claim_file_that_is_not_utf8: ["world.facts" = FACTS.as_bytes(), "a.claims" = b"rebels captured Hama in \xe9t\xe9 2024\n"], &["a.claims"];
    a_binary_fact_file: ["world.facts" = b"name Aleppo\x00: city\n", "a.claims" = CLAIM], &["."];
    a_missing_file: ["world.facts" = FACTS.as_bytes()], &["b.claims"];
    a_missing_fact_file: ["a.claims" = CLAIM], &["a.claims", "--facts", "nowhere.facts"];
    an_unknown_option: ["world.facts" = FACTS.as_bytes(), "a.claims" = CLAIM], &["a.claims", "--stric"];
    an_unknown_assumption: ["world.facts" = FACTS.as_bytes(), "a.claims" = CLAIM], &["a.claims", "--assume", "onse"];
    an_unknown_format: ["world.facts" = FACTS.as_bytes(), "a.claims" = CLAIM], &["a.claims", "--format", "xml"];
    a_reference_day_that_is_none: ["world.facts" = FACTS.as_bytes(), "a.claims" = CLAIM], &["a.claims", "--as-of", "2024-02-30"];
    strict_and_assume: ["world.facts" = FACTS.as_bytes(), "a.claims" = CLAIM], &["a.claims", "--strict", "--assume", "once"];
    windows_line_ends_and_a_byte_order_mark: ["world.facts" = FACTS.as_bytes(), "a.claims" = b"\xef\xbb\xbfrebels captured Hama\r\nrebels heldd Aleppo\r\n"], &["a.claims"];
}

#[test]
fn one_line_of_ten_megabytes() {
    let line = "rebels captured Hama and ".repeat(420_000);
    insta::assert_snapshot!(
        "folder_one_line_of_ten_megabytes",
        check(&[("world.facts", FACTS.as_bytes()), ("a.claims", line.as_bytes())], &["a.claims"])
    );
}

#[test]
fn one_fact_of_ten_megabytes() {
    let line = "the rebels captured Hama and ".repeat(360_000);
    insta::assert_snapshot!("folder_one_fact_of_ten_megabytes", check(&[("world.facts", line.as_bytes()), ("a.claims", CLAIM)], &["."]));
}

#[test]
fn an_unknown_command() {
    insta::assert_snapshot!("folder_an_unknown_command", said(folder(&[]).path(), &["chek"]));
}

#[test]
fn a_misspelt_code_to_explain() {
    insta::assert_snapshot!("folder_a_misspelt_code_to_explain", said(folder(&[]).path(), &["explain", "wrong-dat"]));
}

#[test]
fn a_code_to_explain() {
    insta::assert_snapshot!("folder_a_code_to_explain", said(folder(&[]).path(), &["explain", "wrong-date"]));
}
