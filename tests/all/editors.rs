//! What editors get beside the server: grammars for highlighting, of which the keywords are those of the grammars that read the
//! language, and a VS Code extension that holds together.
//!
//! `FACTUM_WRITE_GRAMMARS=1 cargo test --test all editors` writes the keywords into the TextMate grammars anew.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use pest_meta::ast::{Expr, Rule};
use pest_meta::parser;
use serde_json::Value;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// All rules, and for each of our files the names of those that it declares.
fn rules() -> (BTreeMap<String, Rule>, BTreeMap<&'static str, Vec<String>>) {
    let files = ["words", "time", "statement", "vocabulary", "facts", "claims"];
    let texts = files.map(|file| fs::read_to_string(root().join(format!("grammar/{file}.pest"))).unwrap());
    let parsed = |text: &str| parser::consume_rules(parser::parse(parser::Rule::grammar_rules, text).unwrap());
    let all = parsed(&texts.concat()).unwrap();
    let mut declared = BTreeMap::new();
    for (file, text) in files.into_iter().zip(&texts) {
        let names = all.iter().map(|rule| rule.name.clone());
        // A rule is declared where its name and an equals sign begin a line.
        let here = names.filter(|name| {
            text.lines().any(|line| line.strip_prefix(name.as_str()).is_some_and(|rest| rest.trim_start().starts_with('=')))
        });
        declared.insert(file, here.collect());
    }
    (all.into_iter().map(|rule| (rule.name.clone(), rule)).collect(), declared)
}

/// A piece of what a rule may match: a literal with whether its case counts, a blank, or something that is no literal.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Piece {
    Word(String, bool),
    Blank,
    Other,
}

fn pieces(expr: &Expr, rules: &BTreeMap<String, Rule>, deep: bool) -> Vec<Vec<Piece>> {
    let word = |text: &str, insensitive: bool| {
        let is_word = text.split(' ').all(|word| !word.is_empty() && word.chars().all(char::is_alphabetic));
        vec![vec![if is_word { Piece::Word(text.to_owned(), insensitive) } else { Piece::Other }]]
    };
    match expr {
        Expr::Str(text) if text == " " => vec![vec![Piece::Blank]],
        Expr::Str(text) => word(text, false),
        Expr::Insens(text) => word(text, true),
        Expr::PosPred(_) | Expr::NegPred(_) => vec![Vec::new()],
        Expr::Ident(name) => match name.as_str() {
            "space" => vec![vec![Piece::Blank]],
            "gap" => vec![Vec::new()],
            "eow" | "SOI" | "EOI" => vec![Vec::new()],
            // What a rule is made of by name belongs to that rule, but for marks that make only a phrase.
            _ if deep && rules.get(name).is_some_and(|rule| is_literal(&rule.expr)) => pieces(&rules[name].expr, rules, deep),
            _ => vec![vec![Piece::Other]],
        },
        Expr::Seq(first, second) => {
            let (first, second) = (pieces(first, rules, deep), pieces(second, rules, deep));
            first.iter().flat_map(|a| second.iter().map(|b| a.iter().chain(b).cloned().collect())).collect()
        }
        Expr::Choice(first, second) => pieces(first, rules, deep).into_iter().chain(pieces(second, rules, deep)).collect(),
        Expr::Opt(inner) => std::iter::once(Vec::new()).chain(pieces(inner, rules, deep)).collect(),
        Expr::Rep(inner) | Expr::RepOnce(inner) => {
            let mut found = vec![vec![Piece::Other]];
            found.extend(pieces(inner, rules, deep).into_iter().map(|one| std::iter::once(Piece::Other).chain(one).collect()));
            found
        }
        _ => vec![vec![Piece::Other]],
    }
}

fn is_literal(expr: &Expr) -> bool {
    match expr {
        Expr::Str(text) | Expr::Insens(text) => text.chars().all(char::is_alphabetic),
        Expr::Ident(name) => ["space", "eow"].contains(&name.as_str()),
        Expr::Seq(a, b) | Expr::Choice(a, b) => is_literal(a) && is_literal(b),
        Expr::Opt(inner) => is_literal(inner),
        _ => false,
    }
}

/// The phrases of a rule: words with blanks between, up to what is no word; with `leading`, only those that it begins with.
fn phrases(rule: &str, rules: &BTreeMap<String, Rule>, leading: bool) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    // What a line begins with is the word of its rule, not what may follow.
    for run in pieces(&rules[rule].expr, rules, !leading) {
        for (n, part) in run.split(|piece| *piece == Piece::Other).enumerate() {
            if leading && n > 0 {
                break;
            }
            let words: Vec<&Piece> = part.iter().filter(|piece| **piece != Piece::Blank).collect();
            let phrase: Vec<String> = words
                .iter()
                .map(|word| match word {
                    Piece::Word(text, true) => format!("(?i:{})", text.replace(' ', "\\s+")),
                    Piece::Word(text, false) => text.replace(' ', "\\s+"),
                    Piece::Blank | Piece::Other => unreachable!(),
                })
                .collect();
            if !phrase.is_empty() {
                found.insert(phrase.join("\\s+"));
            }
        }
    }
    found
}

/// What is highlighted together: its name in the TextMate grammars, what stands before and behind it there, the rules whose words
/// it has, and whether only their first ones.
struct Class {
    name: &'static str,
    before: &'static str,
    behind: &'static str,
    rules: &'static [&'static str],
    leading: bool,
}

const WORD: (&str, &str) = ("(?<![\\w-])", "(?![\\w-])");

const CLASSES: [Class; 11] = [
    Class { name: "claim-line", before: "^\\s*", behind: "(?=\\s)", rules: &["claims_as_of", "claims_include"], leading: true },
    Class { name: "expectation", before: WORD.0, behind: WORD.1, rules: &["expectation"], leading: true },
    Class { name: "verdict", before: WORD.0, behind: WORD.1, rules: &["expected"], leading: false },
    Class {
        name: "declaration",
        before: "^",
        behind: "(?=\\s)",
        rules: &[
            "kind",
            "disjoint",
            "number_word",
            "verb_forms",
            "doubling",
            "name",
            "cast",
            "sort",
            "source",
            "include",
            "prefer",
            "trust",
            "distrust",
            "horizon",
        ],
        leading: true,
    },
    Class {
        name: "property",
        before: "^\\s+",
        behind: "(?=\\s|$)",
        rules: &["say", "noun", "yes", "no", "once", "unique", "one", "link_word", "flag", "speech"],
        leading: true,
    },
    Class { name: "note", before: WORD.0, behind: WORD.1, rules: &["also", "part_of", "total", "recurring", "one_off"], leading: false },
    Class {
        name: "time-word",
        before: WORD.0,
        behind: WORD.1,
        rules: &["as_of", "on", "in_", "during", "throughout", "by", "before", "after", "since", "until", "at", "into", "while_", "within"],
        leading: false,
    },
    Class {
        name: "mark",
        before: WORD.0,
        behind: WORD.1,
        rules: &["no_longer", "not_yet", "only", "still", "already", "never", "always", "again", "both", "all", "yet", "ever", "negation"],
        leading: false,
    },
    Class { name: "conjunction", before: WORD.0, behind: WORD.1, rules: &["and", "or", "but", "nor", "neither", "either"], leading: false },
    Class {
        name: "bound",
        before: WORD.0,
        behind: WORD.1,
        rules: &["strictly_more", "strictly_fewer", "at_least", "at_most", "exactly", "nearly"],
        leading: false,
    },
    Class { name: "calendar", before: WORD.0, behind: WORD.1, rules: &["month_name", "weekday_name"], leading: false },
];

/// Rules with words that are not highlighted by themselves, with the reason.
const LEFT_OUT: [(&str, &str); 26] = [
    ("from_to", "its words are names' words as well"),
    ("between_and", "likewise"),
    ("lasting", "`for` is in every other sentence"),
    ("vague_stretch", "likewise"),
    ("first_time", "likewise"),
    ("near", "it only names others"),
    ("of", "`of` is in every other name"),
    ("since_then", "it is `since`"),
    ("more_than", "bounds that are bounds only before a number"),
    ("fewer_than", "likewise"),
    ("about", "likewise"),
    ("merely", "likewise"),
    ("weekday_full", "it is part of `weekday_name`"),
    ("number_word", "`tolerant` stands inside of a line of numbers"),
    ("unit_flag", "likewise"),
    ("prefer", "`over` stands inside of a line of sources"),
    ("once", "`per` stands inside of its line"),
    ("unique", "likewise"),
    ("one", "likewise"),
    ("denies", "it is part of `speech`"),
    ("kind_of", "`of` is in every other name"),
    ("possessive", "an ending is no word"),
    ("filler", "a blank for a filler is no word"),
    ("term", "what ends a term belongs to others"),
    ("relation", "its word is that of `sort`"),
    ("speech", "its words stand together"),
];

/// The expression of a class, the longest phrases first, as the first that fits wins.
fn expression(class: &Class, rules: &BTreeMap<String, Rule>) -> String {
    let found: BTreeSet<String> = class.rules.iter().flat_map(|rule| phrases(rule, rules, class.leading)).collect();
    assert!(!found.is_empty(), "`{}` has no words", class.name);
    let mut found: Vec<String> = found.into_iter().collect();
    found.sort_by(|a, b| b.len().cmp(&a.len()).then(a.cmp(b)));
    format!("{}(?:{}){}", class.before, found.join("|"), class.behind)
}

const GRAMMARS: [(&str, &str, &[&str]); 3] = [
    ("claims", "source.factum.claims", &["claim-line", "expectation", "verdict", "time-word", "mark", "conjunction", "bound", "calendar"]),
    ("facts", "source.factum.facts", &["declaration", "property", "note", "time-word", "mark", "conjunction", "bound", "calendar"]),
    ("vocab", "source.factum.vocab", &["declaration", "property", "note"]),
];

fn grammar(name: &str) -> (PathBuf, Value) {
    let path = root().join(format!("editors/vscode/syntaxes/{name}.tmLanguage.json"));
    let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    (path, serde_json::from_str(&text).unwrap())
}

#[test]
fn highlighted_words_are_those_of_the_grammars() {
    let (rules, _) = rules();
    let mut wrong = Vec::new();
    for (name, scope, classes) in GRAMMARS {
        let (path, mut grammar) = grammar(name);
        assert_eq!(grammar["scopeName"], scope);
        for class in classes {
            let class = CLASSES.iter().find(|known| known.name == *class).unwrap();
            let wanted = expression(class, &rules);
            let found = grammar["repository"][class.name]["match"].as_str().unwrap_or_default().to_owned();
            if found != wanted {
                grammar["repository"][class.name]["match"] = Value::String(wanted.clone());
                wrong.push(format!("{name}, {}: it is\n  {found}\nand has to be\n  {wanted}", class.name));
            }
        }
        if std::env::var_os("FACTUM_WRITE_GRAMMARS").is_some() {
            fs::write(path, serde_json::to_string_pretty(&grammar).unwrap() + "\n").unwrap();
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

/// No rule with words is forgotten: it is highlighted, or there is a reason why not.
#[test]
fn no_word_is_forgotten() {
    let (rules, declared) = rules();
    let highlighted: BTreeSet<&str> = CLASSES.iter().flat_map(|class| class.rules).copied().collect();
    let mut forgotten = Vec::new();
    for file in ["claims", "facts", "vocabulary", "statement"] {
        for rule in &declared[file] {
            let own = pieces(&rules[rule].expr, &rules, false).into_iter().flatten().any(|piece| matches!(piece, Piece::Word(..)));
            let known = highlighted.contains(rule.as_str()) || LEFT_OUT.iter().any(|(left, _)| left == rule);
            if own && !known {
                forgotten.push(format!("{file}: {rule}"));
            }
        }
    }
    assert!(forgotten.is_empty(), "{forgotten:#?}");
}

#[test]
fn grammars_name_only_what_they_have() {
    for (name, _, _) in GRAMMARS {
        let (_, grammar) = grammar(name);
        let repository = grammar["repository"].as_object().unwrap();
        let mut used = BTreeSet::new();
        let mut open: Vec<&Value> = vec![&grammar["patterns"]];
        open.extend(repository.values());
        while let Some(value) = open.pop() {
            match value {
                Value::Object(map) => {
                    if let Some(Value::String(include)) = map.get("include") {
                        let key = include.strip_prefix('#').unwrap_or_else(|| panic!("{name}: {include}"));
                        assert!(repository.contains_key(key), "{name}: there is no {include}");
                        used.insert(key.to_owned());
                    }
                    open.extend(map.values());
                }
                Value::Array(all) => open.extend(all),
                _ => {}
            }
        }
        let unused: Vec<&String> = repository.keys().filter(|key| !used.contains(*key)).collect();
        assert!(unused.is_empty(), "{name}: nothing includes {unused:?}");
    }
}

fn json(path: &Path) -> Value {
    let text = fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

#[test]
fn the_extension_holds_together() {
    let folder = root().join("editors/vscode");
    let manifest = json(&folder.join("package.json"));
    for field in ["name", "displayName", "description", "version", "publisher", "license", "main"] {
        assert!(manifest[field].as_str().is_some_and(|value| !value.is_empty()), "`{field}` is missing");
    }
    assert_eq!(manifest["version"], env!("CARGO_PKG_VERSION"), "it goes with this version of the program");
    assert!(manifest["engines"]["vscode"].as_str().is_some_and(|version| version.starts_with('^')));
    let there = |path: &Value| {
        let path = path.as_str().unwrap_or_else(|| panic!("{path} is no path"));
        assert!(folder.join(path).is_file(), "there is no `{path}`");
        folder.join(path)
    };
    there(&manifest["main"]);
    let mut languages = BTreeMap::new();
    for language in manifest["contributes"]["languages"].as_array().unwrap() {
        let configuration = json(&there(&language["configuration"]));
        assert_eq!(configuration["comments"]["lineComment"], "#");
        languages.insert(language["id"].as_str().unwrap(), language["extensions"][0].as_str().unwrap());
    }
    assert_eq!(languages, BTreeMap::from([("factum-claims", ".claims"), ("factum-facts", ".facts"), ("factum-vocab", ".vocab")]));
    let grammars = manifest["contributes"]["grammars"].as_array().unwrap();
    assert_eq!(grammars.len(), languages.len());
    for grammar in grammars {
        assert!(languages.contains_key(grammar["language"].as_str().unwrap()));
        assert_eq!(json(&there(&grammar["path"]))["scopeName"], grammar["scopeName"]);
    }
    // What the extension asks of the settings is what it declares.
    let script = fs::read_to_string(folder.join("extension.js")).unwrap();
    for setting in manifest["contributes"]["configuration"]["properties"].as_object().unwrap().keys() {
        let key = setting.strip_prefix("factum.").unwrap();
        assert!(script.contains(&format!("\"{key}\"")), "`{setting}` is used nowhere");
    }
    for id in languages.keys() {
        assert!(script.contains(id), "`{id}` is never served");
    }
}
