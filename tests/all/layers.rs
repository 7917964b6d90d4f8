//! `house.md`'s picture of the code, checked against the code: who may import whom, and what may be used only where.

use std::fs;
use std::path::{Path, PathBuf};

/// From the ground up: a layer may use those before it. `text` is under everything.
const LAYERS: [&str; 15] = [
    "text",
    "time",
    "syntax",
    "vocabulary",
    "layout",
    "statement",
    "prose",
    "facts",
    "verdict",
    "report",
    "check",
    "cli",
    "library",
    "snapshot",
    "lsp",
];

struct File {
    /// Path below `src`, with slashes.
    path: String,
    text: String,
}

impl File {
    fn layer(&self) -> &str {
        let first = self.path.split('/').next().unwrap();
        first.strip_suffix(".rs").unwrap_or(first)
    }

    /// Lines of code with their numbers; comments and attributes that only name a thing do not count.
    fn code(&self) -> impl Iterator<Item = (usize, &str)> {
        self.text
            .lines()
            .enumerate()
            .map(|(n, line)| (n + 1, line.split("//").next().unwrap_or_default()))
            .filter(|(_, line)| !line.trim().is_empty())
    }

    fn lines_with<'f>(&'f self, words: &'f [&'f str]) -> impl Iterator<Item = String> + 'f {
        self.code()
            .filter(|(_, line)| words.iter().any(|word| line.contains(word)))
            .map(|(n, line)| format!("src/{}:{n}: {}", self.path, line.trim()))
    }
}

fn files() -> Vec<File> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut open = vec![root.clone()];
    let mut found = Vec::new();
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path: PathBuf = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                let below = path.strip_prefix(&root).unwrap().to_str().unwrap().replace('\\', "/");
                found.push(File { path: below, text: fs::read_to_string(&path).unwrap() });
            }
        }
    }
    found.sort_by(|a, b| a.path.cmp(&b.path));
    assert!(found.len() > 40, "only {} files were found below src", found.len());
    found
}

/// The layers that a line names after `crate::`, groups in braces included.
fn named(line: &str) -> Vec<&str> {
    let word = |text: &'_ str| text.len() - text.trim_start_matches(|c: char| c.is_alphanumeric() || c == '_').len();
    let mut found = Vec::new();
    for (at, _) in line.match_indices("crate::") {
        let rest = &line[at + "crate::".len()..];
        let Some(group) = rest.strip_prefix('{') else {
            found.push(&rest[..word(rest)]);
            continue;
        };
        found.extend(group.split('}').next().unwrap_or(group).split(',').map(|part| &part.trim()[..word(part.trim())]));
    }
    found
}

#[test]
fn imports_run_one_way() {
    let place = |layer: &str| LAYERS.iter().position(|known| *known == layer);
    let mut wrong = Vec::new();
    let mut seen = 0;
    for file in files() {
        // The façade and the arguments-to-exit-code stand above all layers.
        if ["lib", "main"].contains(&file.layer()) {
            continue;
        }
        let Some(here) = place(file.layer()) else {
            wrong.push(format!("src/{}: no layer of house.md", file.path));
            continue;
        };
        for (n, line) in file.code() {
            for layer in named(line) {
                seen += 1;
                match place(layer) {
                    Some(there) if there <= here => {}
                    Some(_) => wrong.push(format!("src/{}:{n}: `{}` uses `{layer}`, which lies above it", file.path, file.layer())),
                    None => wrong.push(format!("src/{}:{n}: `{layer}` is no layer", file.path)),
                }
            }
        }
    }
    assert!(seen > 50, "only {seen} imports were seen");
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

/// What is written and what is meant meet in one place.
#[test]
fn only_statements_know_the_ast() {
    let wrong: Vec<String> = files()
        .iter()
        .filter(|file| !["syntax", "statement", "prose", "verdict"].contains(&file.layer()))
        .flat_map(|file| file.lines_with(&["syntax::ast", "ast::"]).collect::<Vec<_>>())
        .collect();
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

fn kept_below(layer: &str, words: &[&str]) {
    let files = files();
    let used = files.iter().filter(|file| file.layer() == layer).flat_map(|file| file.lines_with(words)).count();
    assert!(used > 0, "{words:?} are used nowhere in {layer}: the test looks for the wrong words");
    let wrong: Vec<String> =
        files.iter().filter(|file| file.layer() != layer).flat_map(|file| file.lines_with(words).collect::<Vec<_>>()).collect();
    assert!(wrong.is_empty(), "outside src/{layer}:\n{}", wrong.join("\n"));
}

#[test]
fn pest_lives_in_syntax() {
    kept_below("syntax", &["pest::", "pest_derive::"]);
}

#[test]
fn chrono_lives_in_time() {
    kept_below("time", &["chrono::"]);
}

#[test]
fn files_and_printing_live_in_the_command_line() {
    kept_below("cli", &["std::fs", "fs::read", "println!", "eprintln!", "print!(", "std::env::", "std::io::std"]);
}

/// The program reads no clock, anywhere.
#[test]
fn nothing_reads_a_clock() {
    let words = ["SystemTime", "Instant", "Utc::now", "Local::now", "Local::today"];
    let wrong: Vec<String> = files().iter().flat_map(|file| file.lines_with(&words).collect::<Vec<_>>()).collect();
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}
