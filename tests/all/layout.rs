//! `factum fmt`: what a layout may not change, over every file of the repository and over files that nobody would write.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use factum::layout::layout;
use factum::syntax::{ClaimLine, Declaration, ast::ChunkKind, claim_line, declaration, evidence, property, statement};
use factum::text::Document;
use factum::vocabulary::{Builder, Found, load, without_comment};

use super::program::{factum, program, told};

/// What `Debug` prints, without the places.
fn without_places(text: &str) -> String {
    let mut kept = String::new();
    for (at, piece) in text.split("Span { start: ").enumerate() {
        kept.push_str(if at == 0 { piece } else { piece.split_once('}').expect("a span is printed whole").1 });
    }
    kept
}

/// Blanks of whatever kind as one: a date, and an example of a phrasing, remember their words.
fn settled(what: &str) -> String {
    what.replace("\\u{a0}", " ").replace("\\t", " ").split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What a statement is cut into, with the words of each piece.
fn cut(text: &str) -> String {
    match statement(text) {
        Err(problem) => format!("{} in {text}", problem.code),
        Ok(cut) => {
            let piece = |kind: &ChunkKind, words: &str| match kind {
                ChunkKind::Quoted => words.to_owned(),
                _ => words.split_whitespace().collect::<Vec<_>>().join(" "),
            };
            let pieces = cut
                .chunks
                .iter()
                .map(|c| format!("{}={}", settled(&without_places(&format!("{:?}", c.kind))), piece(&c.kind, c.span.of(text))));
            pieces.collect::<Vec<_>>().join("|")
        }
    }
}

/// All that a file declares and states, and its comments, in order.
fn meaning(document: &Arc<Document>) -> Vec<String> {
    let mut found = Vec::new();
    for (_, raw) in document.lines() {
        let comment = &raw[without_comment(raw).len()..];
        if !comment.is_empty() {
            found.push(comment.trim_end().to_owned());
        }
    }
    if document.name().ends_with(".claims") {
        for (_, raw) in document.lines() {
            let line = without_comment(raw).trim();
            found.push(match (line.is_empty(), claim_line(line)) {
                (true, _) => continue,
                (_, Ok(ClaimLine::Claim(span, expected))) => {
                    format!("{} {}", cut(span.of(line)), without_places(&format!("{:?}", expected)))
                }
                (_, other) => without_places(&format!("{other:?}")),
            });
        }
        return found;
    }
    let mut builder = Builder::new(true);
    let mut problems = Vec::new();
    load(document, &mut builder, &mut problems, |what| {
        found.push(match what {
            Found::Declared(_, line) => without_places(&format!("{:?}", declaration(line.text))),
            Found::Other(line) => match evidence(line.text) {
                Some((words, _)) => format!("> {words}"),
                None => cut(line.text),
            },
        });
    });
    // The lines of relations do not come by one by one: what they are stands here, and whether they are read in `problems`.
    let mut in_relation = false;
    for (_, raw) in document.lines() {
        let line = without_comment(raw);
        if line.trim().is_empty() {
            continue;
        }
        if !line.starts_with(char::is_whitespace) {
            in_relation = matches!(declaration(line.trim()), Ok(Declaration::Relation { .. }));
        } else if in_relation {
            found.extend(property(line.trim()).ok().map(|what| settled(&without_places(&format!("{what:?}")))));
        }
    }
    found.extend(problems.iter().map(|problem| format!("{} {}", problem.code, problem.message)));
    found
}

/// Lays out a text; what cannot be read is left alone.
fn laid_out(name: &str, text: &str) -> Option<String> {
    layout(&Arc::new(Document::new(name, text))).ok()
}

/// The laws of a layout on one file.
fn keeps_its_meaning(name: &str, text: &str) {
    let before = Arc::new(Document::new(name, text));
    let Some(laid) = laid_out(name, text) else { return };
    let after = Arc::new(Document::new(name, laid.clone()));
    assert_eq!(meaning(&before), meaning(&after), "{name}\n{text}\n--- laid out\n{laid}");
    assert_eq!(laid_out(name, &laid).as_deref(), Some(laid.as_str()), "{name}: once more\n{text}");
    assert!(laid.lines().all(|line| line.trim_end() == line), "{laid}");
    assert!(!laid.contains("\n\n\n") && !laid.starts_with('\n') && (laid.is_empty() || laid.ends_with('\n')), "{laid}");
}

/// Every claim, fact and vocabulary file of the repository, and the worlds of the cases.
fn corpus() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut open = ["claims", "grammar", "examples", "fuzz", "src", "tests"].map(|folder| root.join(folder)).to_vec();
    let mut found = Vec::new();
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            if path.is_dir() {
                if name != "target" {
                    open.push(path);
                }
                continue;
            }
            match path.extension().and_then(|ending| ending.to_str()) {
                Some("claims" | "facts" | "vocab") => found.push((name, fs::read_to_string(path).unwrap())),
                Some("case") => {
                    let text = fs::read_to_string(path).unwrap();
                    for section in text.split("\n--- ").skip(1) {
                        let (head, body) = section.split_once('\n').unwrap_or((section, ""));
                        let ending = if head.starts_with("claims") { "claims" } else { "facts" };
                        found.push((format!("{name}.{ending}"), body.to_owned()));
                    }
                }
                _ => {}
            }
        }
    }
    found.sort();
    assert!(found.len() > 80, "only {} files were found", found.len());
    found
}

#[test]
fn every_file_keeps_its_meaning() {
    for (name, text) in corpus() {
        keeps_its_meaning(&name, &text);
        keeps_its_meaning(&name, &text.replace('\n', "\r\n"));
    }
}

/// Files of lines that were torn out of others, with blanks, tabs and comments where nobody puts them.
#[test]
fn so_does_a_file_that_nobody_would_write() {
    let corpus = corpus();
    let lines: Vec<&str> = corpus.iter().flat_map(|(_, text)| text.lines()).collect();
    let mut random = fastrand::Rng::with_seed(20_241_208);
    let mut laid = 0;
    for _ in 0..4000 {
        let ending = ["claims", "facts", "vocab"][random.usize(..3)];
        let mut text = String::new();
        for _ in 0..random.usize(1..8) {
            let line = lines[random.usize(..lines.len())];
            let mut torn = String::new();
            if random.u8(..4) == 0 {
                torn.push_str(["    ", "\t", " ", "\u{a0}"][random.usize(..4)]);
            }
            for c in if random.u8(..3) == 0 { line.trim_start().chars() } else { line.chars() } {
                torn.push(c);
                if random.u8(..12) == 0 && (c == ' ' || random.u8(..12) == 0) {
                    torn.push_str([" ", "  ", "\t", " , ", "\u{a0}", " # ", ":", "\"", "(", ")"][random.usize(..10)]);
                }
            }
            torn.push_str(["", "", "", "  ", "  # a comment", "\t#tight", "\r"][random.usize(..7)]);
            text.push_str(&torn);
            text.push_str(["\n", "\n", "\n\n\n", " \n\t\n", "\r\n"][random.usize(..5)]);
        }
        laid += usize::from(laid_out(&format!("torn.{ending}"), &text).is_some());
        keeps_its_meaning(&format!("torn.{ending}"), &text);
    }
    assert!(laid > 200, "only {laid} of the files could be laid out");
}

#[test]
fn the_layout_of_a_claim_file() {
    let text = "\u{feff}As  of   10 March 2025\r\n\r\n\r\nNorrin   bought Halden   expect   supported [ recorded ]\n# of its own  \n\
        Lind said  \"two  blanks\"\texpect unknown #why not\n   Lind leads Norrin   # plain\nLind led Norrin in 2019   expect contradicted     # long ago\n\
        expect error\n\n\n  # last\n\n";
    let text = text.replace("[ recorded ]", "[recorded]");
    insta::assert_snapshot!("layout_claims", laid_out("a.claims", &text.replace("\r\n", "\n")).unwrap());
    // A file has the line ends of its first line.
    assert_eq!(laid_out("a.claims", "Lind  led\r\n\nLind leads").unwrap(), "Lind led\r\n\r\nLind leads\r\n");
    assert_eq!(laid_out("a.claims", "Lind  led\n\r\nLind leads").unwrap(), "Lind led\n\nLind leads\n");
    assert_eq!(laid_out("a.claims", " \n\n").unwrap(), "");
}

#[test]
fn the_layout_of_a_fact_file() {
    let text = "source  gazette   \"gazette  of today.md\"  # where it is from\nname  Norrin ,also Norrin Lines,also   Lines:company,part  of   \"the  group\"\n\
        kind ferry,ferries:ship,7 in all\n\n\n\n  Norrin   acquired Halden , it is said, on  5  March 2025 .\n> \"Norrin  acquired Halden\"\n\
        \t>\u{201c}on 5 March\u{201d}\n      # among quotes\n  > \"2025\"   # where\nprefer   gazette   over \"the herald\"\nhorizon  March   2025\n";
    insta::assert_snapshot!("layout_facts", laid_out("a.facts", text).unwrap());
}

#[test]
fn the_layout_of_a_vocabulary_file() {
    let text = "number dozens=24..99,tolerant  20..199\nstate   leader of( leader : party,body:party )\n  one  leader  per body\n\
        \tsay {leader}   <lead> ( ( the )   great|big ) {body}\n  starts leader of( leader,_ )\n  yes Lind  led Norrin=>Lind,  Norrin\n  yes Lind led 2,850  men=>Lind, 2,850\n  no Lind   led\n\
        verb  hold   held held\ncast   the rebels ,also rebel:party\n";
    insta::assert_snapshot!("layout_vocabulary", laid_out("a.vocab", text).unwrap());
}

/// A quote behind a relation would become a line of it, an indented declaration a declaration.
#[test]
fn what_a_blank_would_change_is_left() {
    let text = "Norrin acquired Halden\nstate owns(owner: party, thing)\n    say {owner} <own> {thing}\n> \"a quote\"\n";
    assert_eq!(laid_out("a.facts", text).unwrap(), text);
    let text = "    name Norrin: company\n";
    assert_eq!(laid_out("a.facts", text).unwrap(), text);
}

fn folder_with(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder
}

#[test]
fn files_are_written_where_they_change() {
    let folder = folder_with(&[
        ("good.claims", "Lind leads Norrin\n"),
        ("deep/loose.claims", "Lind   leads Norrin\n"),
        ("loose.facts", "name  Lind:person\n"),
        ("broken.vocab", "kind  a:b\nstate broken\n    say {a} <b>\n"),
        ("draft.md", "Lind   leads Norrin.\n"),
    ]);
    let before = fs::metadata(folder.path().join("good.claims")).unwrap().modified().unwrap();
    insta::assert_snapshot!("layout_check", told(&factum(folder.path(), &["fmt", "--check"])));
    insta::assert_snapshot!("layout_write", told(&factum(folder.path(), &["fmt"])));
    let read = |name: &str| fs::read_to_string(folder.path().join(name)).unwrap();
    assert_eq!(read("deep/loose.claims"), "Lind leads Norrin\n");
    assert_eq!(read("loose.facts"), "name Lind: person\n");
    assert_eq!(read("broken.vocab"), "kind  a:b\nstate broken\n    say {a} <b>\n");
    assert_eq!(read("draft.md"), "Lind   leads Norrin.\n");
    assert_eq!(fs::metadata(folder.path().join("good.claims")).unwrap().modified().unwrap(), before);
    fs::remove_file(folder.path().join("broken.vocab")).unwrap();
    assert_eq!(told(&factum(folder.path(), &["fmt", "--check"])), "--- exit 0\n");
}

#[test]
fn what_is_left_out_stays_as_it_is() {
    let folder =
        folder_with(&[("factum.toml", "exclude = [\"old.claims\"]\n"), ("old.claims", "Lind   leads\n"), ("a.claims", "Lind leads\n")]);
    assert_eq!(told(&factum(folder.path(), &["fmt", "--check"])), "--- exit 0\n");
    let output = told(&factum(folder.path(), &["fmt", "a.claims", "draft.md"]));
    assert!(output.contains("`draft.md` has no layout; files that have one end in .claims, .facts or .vocab"), "{output}");
    let empty = folder_with(&[]);
    assert!(told(&factum(empty.path(), &["fmt"])).ends_with("was found\n--- exit 3\n"));
}

#[test]
fn standard_input_goes_to_standard_output() {
    use std::io::Write as _;
    use std::process::Stdio;
    let run = |arguments: &[&str], text: &str| {
        let folder = folder_with(&[]);
        let mut child =
            program(folder.path(), arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        child.stdin.take().unwrap().write_all(text.as_bytes()).unwrap();
        told(&child.wait_with_output().unwrap())
    };
    assert_eq!(run(&["fmt", "-"], "Lind  leads\n"), "Lind leads\n--- exit 0\n");
    assert_eq!(run(&["fmt", "-", "--stdin-name", "a.facts"], "name  Lind:person"), "name Lind: person\n--- exit 0\n");
    insta::assert_snapshot!("layout_input_check", run(&["fmt", "-", "--check"], "Lind  leads\n"));
    insta::assert_snapshot!("layout_input_broken", run(&["fmt", "-"], "Lind  leads\ndid  Lind lead?\n"));
    assert!(run(&["fmt", "-", "--stdin-name", "a.md"], "Lind  leads\n").ends_with("--- exit 2\n"));
}
