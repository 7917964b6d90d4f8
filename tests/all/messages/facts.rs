//! Fact files, sources and tables that are not in order.

use super::facts;

macro_rules! snapshots {
    ($($name:ident: $lines:expr $(, $file:literal = $text:expr)*;)*) => {$(
        #[test]
        fn $name() {
            let others: &[(&str, &[u8])] = &[$(($file, $text.as_bytes())),*];
            insta::assert_snapshot!(concat!("facts_", stringify!($name)), facts($lines, others));
        }
    )*};
}

const NAMES: &str = "name the rebels: armed group\nname Aleppo: city\nhorizon 2024-12-31\n";

snapshots! {
    missing_source: "source gazette \"gazette.md\"\nname Aleppo: city\n";
    absent_quote: "source gazette \"gazette.md\"\nname the rebels: armed group\nname Aleppo: city\nthe rebels captured Aleppo on 2024-11-29\n    > \"the rebels seized Aleppo on 29 November\"\n", "gazette.md" = "2024-12-01\n\nThe rebels took the city of Aleppo on 29 November.\n";
    quote_without_source: &format!("{NAMES}the rebels captured Aleppo\n    > \"words\"\n");
    unclosed_quote: &format!("source gazette \"gazette.md\"\n{NAMES}the rebels captured Aleppo\n    > \"words of the source\n"), "gazette.md" = "2024-12-01\n\nwords of the source\n";
    stray_quote: "name Aleppo: city\n    > \"words\"\n";
    unknown_kind: "name Aleppo: citty\n";
    membership_cycle: "name HTS: militant group, part of the rebels\nname the rebels: armed group, part of HTS\nname Aleppo: city\n";
    kind_cycle: "kind town hall: building\nkind building: town hall\nname Aleppo: city\n";
    includes_itself: "include \"world.facts\"\nname Aleppo: city\n";
    includes_in_a_circle: "include \"a.facts.txt\"\nname Aleppo: city\n", "a.facts.txt" = "include \"b.facts.txt\"\n", "b.facts.txt" = "include \"a.facts.txt\"\n";
    clash_of_relation: "state control(holder: party, thing)\n    say {holder} <control> {thing}\nname Aleppo: city\n";
    two_sources_of_one_name: "source gazette \"a.md\"\nsource gazette \"b.md\"\nname Aleppo: city\n", "a.md" = "2024-12-01\n", "b.md" = "2024-12-02\n";
    prefers_an_unknown_source: "source gazette \"a.md\"\nname Aleppo: city\nprefer gazete over herald\n", "a.md" = "2024-12-01\n";
    trusts_an_unknown_name: "name Aleppo: city\nname Alice: person\ntrust Alise\n";
    a_fact_with_an_unknown_name: &format!("{NAMES}the Kurds captured Aleppo\n");
    a_fact_with_an_unknown_verb: &format!("{NAMES}the rebels glorped Aleppo\n");
    a_fact_with_a_date_that_does_not_exist: &format!("{NAMES}the rebels captured Aleppo on 31 November 2024\n");
    a_fact_with_a_wrong_weekday: &format!("{NAMES}the rebels captured Aleppo on Friday, 5 December 2024\n");
    a_malformed_name: "name Aleppo city:\nname Aleppo: city\n";
    too_many_of_a_kind: "kind ward: district, 2 in all\nname Alpha, Beta, Gamma: ward\nname Aleppo: city\n";
    a_role_that_is_not_there: "event audit site(guest: party, place)\n    say {gest} <audit> {place}\nname Aleppo: city\n";
    unknown_column: "include \"rows.csv\"\nname Aleppo: city\n", "rows.csv" = "subject,relation,object,begin,end\nAlice,leader of,Acme,2010,2014\n";
    unknown_relation_in_a_table: "include \"rows.csv\"\nname Aleppo: city\n", "rows.csv" = "subject,relation,object,start,end\nAlice,leeder of,Acme,2010,2014\n";
    a_row_with_a_bad_date: "include \"rows.csv\"\nname Aleppo: city\n", "rows.csv" = "subject,relation,object,start,end\nAlice,leader of,Acme,2010-02-30,2014\n";
    a_row_that_ends_before_it_starts: "include \"rows.csv\"\nname Aleppo: city\n", "rows.csv" = "subject,relation,object,start,end\nAlice,leader of,Acme,2014,2010\n";
    a_row_that_is_too_short: "include \"rows.csv\"\nname Aleppo: city\n", "rows.csv" = "subject,relation,object,start,end\nAlice,leader of,Acme\n";
    several_faults_at_once: "name Aleppo: citty\nthe rebels glorped Aleppo\nsource gazette \"gazette.md\"\n";
    an_empty_file: "";
    a_source_outside_that_is_not_there: "source gazette \"../gazette.md\"\nname Aleppo: city\n";
    an_absolute_source: "source gazette \"/etc/passwd\"\nname Aleppo: city\n";
    a_folder_as_source: "source gazette \"things\"\nname Aleppo: city\n", "things/x.md" = "x\n";
}

/// Whether a file outside is there or not is nobody's business who reads the message: the same words as without it.
#[test]
fn a_source_outside_the_folder() {
    let outside = super::folder(&[
        ("gazette.md", b"2024-12-01\n"),
        ("in/world.facts", b"source gazette \"../gazette.md\"\nname Aleppo: city\n"),
        ("in/a.claims", b"Aleppo is a city\n"),
    ]);
    let said = super::said(&outside.path().join("in"), &["check", "."]);
    assert_eq!(said, facts("source gazette \"../gazette.md\"\nname Aleppo: city\n", &[]));
    insta::assert_snapshot!("facts_a_source_outside_the_folder", said);
}

/// A link may lie in the project's folder and lead out of it.
#[cfg(unix)]
#[test]
fn a_link_out_of_the_folder() {
    let outside = super::folder(&[("gazette.md", b"2024-12-01\n")]);
    let inside =
        super::folder(&[("world.facts", b"source gazette \"gazette.md\"\nname Aleppo: city\n"), ("a.claims", b"Aleppo is a city\n")]);
    std::os::unix::fs::symlink(outside.path().join("gazette.md"), inside.path().join("gazette.md")).unwrap();
    let said = super::said(inside.path(), &["check", "."]);
    assert!(!said.contains(outside.path().to_str().unwrap()), "{said}");
    insta::assert_snapshot!("facts_a_link_out_of_the_folder", said);
}
