//! No text acts on a terminal, hides, or makes other text read other than it is written, wherever it comes from and in whichever
//! format it is shown. Each character that could is fed through each place, and all bytes that come out are looked at.

use std::collections::BTreeSet;
use std::fs;
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

use super::program::{factum, program, told};

/// The characters, written down apart from the program's own list. NUL is left out: no argument and no text can hold it.
fn hidden() -> Vec<char> {
    let ranges = [
        ('\u{1}', '\u{1f}'),
        ('\u{7f}', '\u{9f}'),
        ('\u{ad}', '\u{ad}'),
        ('\u{34f}', '\u{34f}'),
        ('\u{61c}', '\u{61c}'),
        ('\u{115f}', '\u{1160}'),
        ('\u{17b4}', '\u{17b5}'),
        ('\u{180b}', '\u{180f}'),
        ('\u{200b}', '\u{200f}'),
        ('\u{2028}', '\u{202e}'),
        ('\u{2060}', '\u{206f}'),
        ('\u{3164}', '\u{3164}'),
        ('\u{fe00}', '\u{fe0f}'),
        ('\u{feff}', '\u{feff}'),
        ('\u{ffa0}', '\u{ffa0}'),
        ('\u{fff9}', '\u{fffb}'),
        ('\u{1bca0}', '\u{1bca3}'),
        ('\u{1d173}', '\u{1d17a}'),
        ('\u{e0001}', '\u{e0001}'),
        ('\u{e0020}', '\u{e0023}'),
        ('\u{e007f}', '\u{e007f}'),
        ('\u{e0100}', '\u{e0100}'),
        ('\u{e01ef}', '\u{e01ef}'),
    ];
    ranges.into_iter().flat_map(|(first, last)| first..=last).collect()
}

/// The same a few at a time, for places that are shown in their line: a line that is too wide is cut.
fn few_but(without: &[char]) -> Vec<String> {
    let all: Vec<char> = hidden().into_iter().filter(|c| !without.contains(c)).collect();
    all.chunks(10).map(|part| part.iter().map(|c| format!("k{c}z")).collect()).collect()
}

/// All of them but those that a place cannot hold, each between letters.
fn all_but(without: &[char]) -> String {
    hidden().into_iter().filter(|c| !without.contains(c)).map(|c| format!("k{c}z")).collect()
}

/// How a format writes what is hidden.
#[derive(Clone, Copy, PartialEq)]
enum Format {
    /// As text, in whichever format.
    Human,
    Jsonl,
}

/// The other formats, and whether they are JSON.
const OTHERS: [(&str, bool); 10] = [
    ("json", true),
    ("tsv", false),
    ("sarif", true),
    ("junit", false),
    ("tap", false),
    ("github", false),
    ("rdjsonl", true),
    ("markdown", false),
    ("html", false),
    ("claimreview", true),
];

/// What must stand in the output for a character.
fn written_out(c: char, format: Format) -> Vec<String> {
    match format {
        Format::Human => vec![format!("\\u{{{:x}}}", u32::from(c))],
        Format::Jsonl => {
            let units: String = c.encode_utf16(&mut [0; 2]).iter().map(|unit| format!("\\u{unit:04x}")).collect();
            // JSON has shorter forms for some; a message inside it was written for people first.
            let short = match c {
                '\t' => "\\t",
                '\n' => "\\n",
                '\r' => "\\r",
                '\u{8}' => "\\b",
                '\u{c}' => "\\f",
                _ => "",
            };
            [units, short.to_owned()].into_iter().filter(|form| !form.is_empty()).collect()
        }
    }
}

/// Nothing hidden comes out but the line ends that the program sets itself, and each character that went in is written out.
fn safe(output: &Output, format: Format, went_in: &str, place: &str) {
    safe_but(output, format, went_in, "", place);
}

fn safe_but(output: &Output, format: Format, went_in: &str, own: &str, place: &str) {
    let text = String::from_utf8([output.stdout.as_slice(), output.stderr.as_slice()].concat()).expect("the output is text");
    let hidden: BTreeSet<char> = hidden().into_iter().collect();
    let found: BTreeSet<String> = text
        .chars()
        .filter(|c| *c != '\n' && !own.contains(*c) && (*c == '\0' || hidden.contains(c)))
        .map(|c| c.escape_unicode().to_string())
        .collect();
    assert!(found.is_empty(), "{place}: {found:?} come out as they are:\n{}", told(output).escape_debug());
    assert!(!told(output).contains("panicked"), "{place}:\n{}", told(output));
    let lost: Vec<String> = went_in
        .chars()
        .filter(|c| hidden.contains(c) && *c != '\t')
        .filter(|c| !written_out(*c, format).iter().any(|form| text.contains(form)))
        .map(|c| c.escape_unicode().to_string())
        .collect();
    assert!(lost.is_empty(), "{place}: {lost:?} are not shown at all:\n{}", told(output).escape_debug());
}

fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        fs::write(folder.path().join(name), text).unwrap();
    }
    folder
}

/// Checks a folder in every format. That nothing is lost is asked of the first two, as the others show less.
fn checked(files: &[(&str, &str)], went_in: [&str; 2], place: &str) {
    let folder = folder(files);
    // One run writes all the others.
    let reports: Vec<String> = OTHERS.iter().map(|(name, _)| format!("--report={name}=out.{name}")).collect();
    let arguments: Vec<&str> = ["check", "."].into_iter().chain(reports.iter().map(String::as_str)).collect();
    fs::write(folder.path().join("factum.toml"), "[claimreview]\nauthor = \"A\"\nurl = \"https://example.org/\"\n").unwrap();
    let run = factum(folder.path(), &arguments);
    for (name, is_json) in OTHERS {
        // Where the run itself was refused there is none.
        let Ok(text) = fs::read(folder.path().join(format!("out.{name}"))) else { continue };
        let output = Output { stdout: text.clone(), stderr: run.stderr.clone(), status: run.status };
        // A tab is what a table of tabs is made of.
        safe_but(
            &output,
            if is_json { Format::Jsonl } else { Format::Human },
            "",
            if name == "tsv" { "\t" } else { "" },
            &format!("{place} ({name})"),
        );
        if is_json && name != "rdjsonl" {
            serde_json::from_slice::<serde_json::Value>(&text).unwrap_or_else(|error| panic!("{place}, {name}: {error}"));
        }
    }
    for (format, name, shown) in [(Format::Human, "human", went_in[0]), (Format::Jsonl, "jsonl", went_in[1])] {
        let output = factum(folder.path(), &["check", ".", "--format", name]);
        safe(&output, format, shown, &format!("{place} ({name})"));
        if format == Format::Jsonl {
            for line in String::from_utf8(output.stdout).unwrap().lines() {
                serde_json::from_str::<serde_json::Value>(line).unwrap_or_else(|error| panic!("{place}: {error} in {line}"));
            }
        }
    }
}

const WORLD: &str = "horizon 2024-12-31\nname Aleppo: city\nAleppo is a city\n";

#[test]
fn in_claims() {
    // No line holds a line end. A claim that is not understood is shown in its line; JSON gives its place instead.
    for few in few_but(&['\n']) {
        checked(&[("w.facts", WORLD), ("a.claims", &format!("Aleppo captured {few}\n"))], [&few, ""], "an unreadable claim");
    }
    let each: String = hidden().iter().filter(|c| **c != '\n').map(|c| format!("Alep{c}po is a city\n{c}\n")).collect();
    checked(&[("w.facts", WORLD), ("a.claims", &each)], ["", ""], "one character in a claim, or alone");
}

#[test]
fn in_names_that_are_understood() {
    let all = all_but(&['\n', '\r']);
    let facts = format!("name \"{all}\": city\n\"{all}\" is a city\n");
    checked(&[("w.facts", &facts), ("a.claims", &format!("\"{all}\" is a city\n"))], [&all, &all], "a name");
}

#[test]
fn in_names_that_are_not_known() {
    let all = all_but(&['\n', '\r']);
    checked(&[("w.facts", WORLD), ("a.claims", &format!("\"{all}\" is a city\n"))], [&all, &all], "an unknown name");
}

#[test]
fn in_fact_files() {
    for few in few_but(&['\n']) {
        let lines = [
            format!("Aleppo {few} Hama"),
            format!("name Hama: {few}"),
            format!("kind {few}: {few}"),
            format!("horizon {few}"),
            format!("trust \"{few}\""),
        ];
        let vocabulary = format!("state zap{few}(party, place)\n    say {{party}} <zap> {{{few}}}\n    {few}\n");
        let facts = format!("{WORLD}{}\n", lines.join("\n"));
        checked(&[("w.facts", &facts), ("w.vocab", &vocabulary), ("a.claims", "Aleppo is a city\n")], [&few, ""], "lines of facts");
    }
}

#[test]
fn in_quotes_and_sources() {
    const FACT: &str = "name HTS: militant group\nHTS captured Aleppo on 2024-11-29\n";
    const CLAIM: &str = "HTS captured Aleppo on 2024-11-29\n";
    for few in few_but(&['\n']) {
        let source = format!("2024-12-01\n\nthe {few} town\n");
        let facts = format!("source gazette \"g.md\"\n{WORLD}{FACT}    > \"the {few} town\"\n");
        checked(&[("w.facts", &facts), ("g.md", &source), ("a.claims", CLAIM)], [&few, &few], "a quote and its source");
    }
    // The nearest sentence is shown with its white space folded.
    let all = all_but(&['\n']);
    let source = format!("2024-12-01\n\nthe {all} town near Aleppo\n");
    let facts = format!("source gazette \"g.md\"\n{WORLD}{FACT}    > \"the town near Aleppo indeed {all}\"\n");
    checked(&[("w.facts", &facts), ("g.md", &source), ("a.claims", CLAIM)], ["", ""], "a quote that is gone");
}

#[test]
fn in_paths_of_lines() {
    let all = all_but(&['\n']);
    for line in ["source gazette", "include"] {
        let facts = format!("{WORLD}{line} \"{all}\"\n");
        checked(&[("w.facts", &facts), ("a.claims", "Aleppo is a city\n")], [&all, &all], line);
    }
    checked(&[("w.facts", WORLD), ("a.claims", &format!("include \"{all}\"\n"))], [&all, &all], "include in claims");
}

#[test]
fn in_tables() {
    // A cell in quotes may even hold a line end.
    let all = all_but(&[]);
    let facts = format!("{WORLD}include \"rows.csv\"\n");
    let header = "subject,relation,object,start,end\n";
    let one_line = all_but(&['\n']);
    for (row, shown, place) in [
        (format!("Alice,\"{all}\",Acme,2010,2014\n"), [one_line.as_str(), all.as_str()], "a relation"),
        (format!("Alice,leader of,Acme,\"{all}\",2014\n"), [&one_line, &all], "a date"),
        (format!("\"{all}\",leader of,Acme,2010,2014,9\n"), ["", ""], "a row that is too long"),
    ] {
        let table = format!("{header}{row}");
        checked(&[("w.facts", &facts), ("rows.csv", &table), ("a.claims", "Aleppo is a city\n")], shown, place);
    }
    let table = format!("subject,\"{all}\",relation,object,start,end\n");
    checked(&[("w.facts", &facts), ("rows.csv", &table), ("a.claims", "Aleppo is a city\n")], [&one_line, &all], "a column");
}

/// Systems differ in what a file may be called; on Unix it is nearly anything.
#[cfg(unix)]
#[test]
fn in_file_names() {
    let all: Vec<char> = hidden();
    // A name holds 255 bytes.
    for part in all.chunks(30) {
        let name: String = part.iter().map(|c| format!("k{c}z")).collect();
        let claims = format!("{name}.claims");
        checked(&[("w.facts", WORLD), (&claims, "Aleppo is a city\n")], [&name, &name], "a claim file's name");
        let facts = format!("{name}.facts");
        checked(&[(&facts, "Aleppo glorps\n"), ("a.claims", "Aleppo is a city\n")], [&name, &name], "a fact file's name");
        checked(&[(&claims, "Aleppo is a city\n")], [&name, ""], "the name of a claim file without facts");
        checked(&[("w.facts", WORLD), (&claims, "\0")], [&name, ""], "the name of a binary file");
    }
}

#[test]
fn in_arguments() {
    let folder = folder(&[("w.facts", WORLD), ("a.claims", "Aleppo is a city\n")]);
    let all = all_but(&[]);
    let option = format!("--{all}");
    for arguments in [
        &["check", &all][..],
        &["check", "a.claims", "--facts", &all],
        &["check", "a.claims", "--as-of", &all],
        &["check", "a.claims", "--known-by", &all],
        &["check", "a.claims", "--format", &all],
        &["check", "a.claims", "--assume", &all],
        &["check", "a.claims", "--color", &all],
        &["check", "a.claims", "--jobs", &all],
        &["check", &option],
        &["explain", &all],
        &["explain", "no-record", &all],
        &[&all],
    ] {
        let output = factum(folder.path(), arguments);
        assert_eq!(output.status.code(), Some(2), "{}", told(&output));
        safe(&output, Format::Human, &all, &format!("factum {}", arguments[..arguments.len() - 1].join(" ")));
    }
    // What looks like a command to whoever reads the output line by line does not get a line of its own.
    for arguments in
        [&["check", "a.claims", "--format", "x\n::error::no"][..], &["check", "x\n::error::no"], &["explain", "x\n::error::no"]]
    {
        let output = factum(folder.path(), arguments);
        assert!(told(&output).lines().all(|line| !line.starts_with("::")), "{}", told(&output));
    }
}

#[test]
fn in_the_name_of_the_input() {
    use std::io::Write;
    let folder = folder(&[("w.facts", WORLD)]);
    let all = all_but(&[]);
    for (format, name) in [(Format::Human, "human"), (Format::Jsonl, "jsonl")] {
        for claim in ["Aleppo is a city\n", "Aleppo glorps\n", "\0"] {
            let arguments = ["check", "-", "--facts", "w.facts", "--format", name, "--stdin-name", &all];
            let mut run =
                program(folder.path(), &arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
            run.stdin.take().unwrap().write_all(claim.as_bytes()).unwrap();
            let format = if claim == "\0" { Format::Human } else { format };
            safe(&run.wait_with_output().unwrap(), format, &all, "the name of the input");
        }
    }
}

/// Colours are the program's own; with them on, nothing but them comes out.
#[test]
fn beside_colours() {
    let all = all_but(&['\n', '\r']);
    let folder =
        folder(&[("w.facts", &format!("name \"{all}\": city\n\"{all}\" is a city\n")), ("a.claims", &format!("\"{all}\" is a city\n"))]);
    let output =
        Command::new(env!("CARGO_BIN_EXE_factum")).args(["check", ".", "--color", "always"]).current_dir(folder.path()).output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(text.contains("\u{1b}["), "there are no colours");
    // The program's own: `ESC [ numbers m`.
    let mut rest = text.as_str();
    let mut plain = String::new();
    while let Some((before, after)) = rest.split_once("\u{1b}[") {
        plain.push_str(before);
        let end = after.find(|c: char| !(c.is_ascii_digit() || c == ';')).unwrap();
        assert_eq!(&after[end..=end], "m", "{}", after.escape_debug());
        rest = &after[end + 1..];
    }
    plain.push_str(rest);
    safe(&Output { stdout: plain.into_bytes(), stderr: output.stderr, status: output.status }, Format::Human, &all, "colours");
}
