//! `factum list`: names, relations, facts, sources and claims, for people and as JSON.

use std::fs;

use serde_json::Value;
use tempfile::TempDir;

use super::formats::valid;
use super::program::{factum, told};

const FACTS: &str = "source notes \"notes.md\"
source log \"log.md\"
kind lighthouse: place
name the council, also council: party
name Mara Lind, also Lind, Ms Lind: person, part of the council
name Ulm Tower, also the tower: lighthouse, asset
name Norrin: company
Lind visited Ulm Tower on 5 March 2025
    > \"went out to the tower on 5 March\"
Norrin owned Ulm Tower in 2024
the council announced on 2025-03-09 that Norrin sold Ulm Tower
    > \"Norrin had sold it, the council announced\"
";

const TABLE: &str = "subject,relation,object,start,end\nPiet Ahr,leader_of,Norrin,2020-01-01,\nNorrin,acquire,Halden,2021-05-02,\n";

fn folder() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in [
        ("harbour/world.facts", FACTS),
        (
            "harbour/notes.md",
            "---\ntitle: At the tower\ndate: 2025-03-06\npublisher: The Gazette\n---\nLind went out to the tower on 5 March.\n",
        ),
        ("harbour/log.md", "2025-03-09\n\nNorrin had sold it, the council announced.\n"),
        (
            "harbour/review.claims",
            "as of 2025-03-10\nLind visited the tower last week\nNorrin flattened the tower\nNorrin owns Halden   expect unknown\n",
        ),
        ("inland/mill.facts", "name the mill, also mill: place\nname Mara Lind: person\nLind left the mill on 2 May 2019\n"),
        ("people.vocab", "name Tove Berg: person\n"),
        ("tables/firms.csv", TABLE),
        ("empty/readme.md", "Nothing.\n"),
    ] {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder
}

fn listed(folder: &TempDir, arguments: &[&str]) -> String {
    let all: Vec<&str> = ["list"].iter().chain(arguments).copied().collect();
    let told = told(&factum(folder.path(), &all));
    assert!(!told.contains(folder.path().to_str().unwrap()), "an absolute path is shown:\n{told}");
    told
}

fn json(folder: &TempDir, what: &str, arguments: &[&str]) -> Vec<Value> {
    let all: Vec<&str> = ["list", what, "--format", "json"].iter().chain(arguments).copied().collect();
    let output = factum(folder.path(), &all);
    assert!(output.status.success(), "{}", told(&output));
    let whole: Value = serde_json::from_slice(&output.stdout).unwrap();
    valid("list.json", &whole).unwrap();
    whole[what].as_array().unwrap().clone()
}

fn texts(entries: &[Value], key: &str) -> Vec<String> {
    entries.iter().map(|entry| entry[key].as_str().unwrap().to_owned()).collect()
}

#[test]
fn for_people() {
    let folder = folder();
    for (name, arguments) in [
        ("names", &["names", "harbour", "--facts", "tables/firms.csv"][..]),
        ("relations", &["relations", "harbour", "--like", "visited"]),
        ("facts", &["facts", "harbour", "--facts", "tables/firms.csv"]),
        ("sources", &["sources"]),
        ("claims", &["claims", "harbour"]),
    ] {
        insta::assert_snapshot!(format!("list_{name}"), listed(&folder, arguments));
    }
}

/// A folder with several fact bases is listed as a whole, and what they share only once.
#[test]
fn several_bases() {
    let folder = folder();
    let names = texts(&json(&folder, "names", &[]), "name");
    assert_eq!(names.iter().filter(|name| *name == "Norrin").count(), 1, "{names:?}");
    assert!(names.contains(&"the mill".to_owned()) && names.contains(&"Ulm Tower".to_owned()), "{names:?}");
    let relations = texts(&json(&folder, "relations", &[]), "relation");
    assert!(relations.len() > 700 && relations.is_sorted(), "{}", relations.len());
    assert_eq!(relations.iter().filter(|name| *name == "acquire").count(), 1);
}

#[test]
fn names_of_the_standard_vocabulary() {
    let folder = folder();
    let own = texts(&json(&folder, "names", &["harbour"]), "name");
    assert_eq!(own, ["the council", "Mara Lind", "Norrin", "Ulm Tower"], "sorted without articles");
    let all = json(&folder, "names", &["harbour", "--all"]);
    assert!(own.iter().all(|name| texts(&all, "name").contains(name)));
    let standard: Vec<&Value> = all.iter().filter(|name| name["at"]["file"].as_str().unwrap().starts_with("english/")).collect();
    assert_eq!(standard.len() + own.len(), all.len());
    assert!(!standard.is_empty());
    // Without a fact file there are still those.
    assert_eq!(json(&folder, "names", &["empty", "--all"]).len(), standard.len());
}

/// Names of tables stand where the table has them first.
#[test]
fn names_of_tables() {
    let folder = folder();
    let names = json(&folder, "names", &["tables/firms.csv"]);
    assert_eq!(texts(&names, "name"), ["Halden", "Norrin", "Piet Ahr"]);
    let lines: Vec<(&str, u64)> =
        names.iter().map(|name| (name["at"]["file"].as_str().unwrap(), name["at"]["line"].as_u64().unwrap())).collect();
    assert_eq!(lines, [("tables/firms.csv", 3), ("tables/firms.csv", 2), ("tables/firms.csv", 2)]);
}

#[test]
fn what_is_like_a_word() {
    let folder = folder();
    let relations = |word: &str| texts(&json(&folder, "relations", &["harbour", "--like", word]), "relation");
    // Any form of a verb; a word of a phrasing; a word that is only the name of a role is none.
    assert!(relations("bought").contains(&"acquire".to_owned()) && relations("buys") == relations("bought"));
    assert!(relations("control of").contains(&"control".to_owned()));
    assert!(!relations("bought").contains(&"visit".to_owned()));
    // Where no phrasing has the word, what such a thing can take part in: a place is visited and acquires nothing.
    for word in ["Ulm Tower", "the tower", "lighthouse"] {
        assert!(relations(word).contains(&"visit".to_owned()), "{word}");
        assert!(!relations(word).contains(&"die at age".to_owned()), "{word}");
    }
    // A name is found by any of its names, and facts under whichever they are written.
    assert_eq!(texts(&json(&folder, "names", &["harbour", "--like", "ms l"]), "name"), ["Mara Lind"]);
    assert_eq!(texts(&json(&folder, "facts", &["harbour", "--like", "Ms Lind"]), "fact"), ["Lind visited Ulm Tower on 5 March 2025"]);
    assert_eq!(texts(&json(&folder, "sources", &["--like", "gazette"]), "name"), ["notes"]);
    assert_eq!(texts(&json(&folder, "claims", &["--like", "flattened"]), "claim"), ["Norrin flattened the tower"]);
}

/// For a name that is looked for: who held it when, also on days that the facts only count from others, and what that rests on.
#[test]
fn who_held_it_when() {
    let folder = tempfile::tempdir().unwrap();
    let facts = "horizon 2024-12-31
name the rebels, also rebels: armed group
name HTS: militant group, part of the rebels
name the army: armed force
name Aleppo, also the city: city
name the offensive: offensive
the army captured Aleppo on 2016-12-22
the rebels launched the offensive on 2024-11-27
HTS captured Aleppo two days after the rebels launched the offensive
";
    fs::write(folder.path().join("world.facts"), facts).unwrap();
    let told = listed(&folder, &["facts", "--like", "the city"]);
    insta::assert_snapshot!("list_held", told);
    let known = ["control of Aleppo, day by day", "2016-12-22 to 2024-11-", "the army", "2024-11-29 to 2024-12-31", "the rebels"];
    assert!(known.iter().all(|words| told.contains(words)), "{told}");
    // Nothing is drawn of a name that nobody holds, nor without the assumption that it rests on.
    assert!(!listed(&folder, &["facts", "--like", "the army"]).contains("day by day"));
    assert!(!listed(&folder, &["facts", "--like", "the city", "--strict"]).contains("2024-12-31"));
    let output = factum(folder.path(), &["list", "facts", "--like", "Aleppo", "--format", "json"]);
    let whole: Value = serde_json::from_slice(&output.stdout).unwrap();
    valid("list.json", &whole).unwrap();
    assert_eq!(texts(whole["held"].as_array().unwrap(), "holder"), ["the army", "HTS", "the rebels"]);
}

#[test]
fn only_what_was_known_by_then() {
    let folder = folder();
    let sources = |day: &str| texts(&json(&folder, "sources", &["harbour", "--known-by", day]), "name");
    assert_eq!(sources("2025-03-10"), ["log", "notes"]);
    assert_eq!(sources("2025-03-08"), ["notes"]);
    let facts = texts(&json(&folder, "facts", &["harbour", "--known-by", "2025-03-08"]), "fact");
    assert!(facts.iter().all(|fact| !fact.contains("sold")) && facts.iter().any(|fact| fact.contains("visited")), "{facts:?}");
}

#[test]
fn what_is_not_there() {
    let folder = folder();
    for (name, arguments, exit) in [
        ("names", &["names", "empty"][..], 3),
        ("facts", &["facts", "empty"], 3),
        ("claims", &["claims", "inland"], 3),
        ("like", &["names", "harbour", "--like", "Norin"], 3),
        ("file", &["facts", "gone.facts"], 2),
    ] {
        let told = listed(&folder, arguments);
        assert!(told.ends_with(&format!("--- exit {exit}\n")), "{told}");
        insta::assert_snapshot!(format!("list_without_{name}"), told);
    }
}

/// What acts on a terminal is written out, and a fault in a fact file is not passed over in silence.
#[test]
fn hostile_names() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a.facts"), "name \"Evil\u{1b}[31m\u{202e}\": place\nnonsense line\n").unwrap();
    for format in ["human", "json"] {
        let told = listed(&folder, &["names", "--format", format]);
        assert!(!told.contains(['\u{1b}', '\u{202e}']), "{told:?}");
        assert!(told.contains("Evil") && told.contains("warning: 1 fault in the fact files"), "{told}");
    }
}
