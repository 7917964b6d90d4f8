//! Claims that are answered as they are read, against the same claims judged as a whole; standard input; rows in columns.

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::Stdio;

use super::program::{factum, program, told};

const FACTS: &str = "name P1, also First Party: party\nname P9: party\nname P7: party, part of P9\nP3 held Cando on 2004-06-01\n";

/// Rows of every sort: plain, without bounds, imprecise, under other names, of a part of a group.
const ROWS: &str = "subject,relation,object,start,end
P1,control,Aranda,2004-01-01,2004-03-31
P2,control,Aranda,2004-03-31,2004-06-30
P1,control,Aranda,2004-08-01,
P2,control,Borun,2004-02,2004-05-10
First Party,control,Borun,2004-05-10,2004-07-01
P7,control,Dorrin,2004-01-01,2004-02-01
P3,control,Dorrin,2004-02-10,2004-02-10
P3,control,Cando,2004-01-05,2004-12-01
P1,control,Emmet,,2004-12-08
P5,control,Emmet,2004-12-08,2004-12-20
P1,control,Fintra,2004-01-01,2004-03-31
P2,control,Fintra,2004-03-31,2004-06-30
P4,control,Fintra,2004-07-10,2004-10-30
P3,control,Gotha,2004-02-01,2004-10-30
";

const CLAIMS: &str = "# Who held what.
P1 held Aranda on 2004-02-01
P2 held Aranda on 2004-02-01   expect contradicted
P2 held Aranda by 2004-02-01
P1 held Aranda since 2004-08-01
P1 held Aranda on 2004-07-15
    expect contradicted [wrong-date]

# allow unknown: nobody knows
P4 held Aranda on 2004-07-15
P4 held Nowhere on 2004-07-15
P4 held Nowhere quickly on 2004-07-15
P1 held Borun on 2004-06-01 # allow unknown: in vain
P9 held Dorrin on 2004-01-15
as of 2004-09-01
P1 held Aranda by 2004-02-10
P1 still holds Aranda
P2 held Aranda on 2004-02-30
P3 held Cando on 2004-06-02
P5 held Emmet on 2004-12-10
expect supported
P5 held Emmet on 2004-12-09
P2 held Borun last month
";

fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("w.facts"), FACTS).unwrap();
    std::fs::write(folder.path().join("rows.csv"), ROWS).unwrap();
    // More than one block, so that blocks of every kind meet.
    let line = |n: usize| format!("P{} held {} on 2004-{:02}-{:02}\n", n % 5, ["Fintra", "Gotha"][n % 2], n % 12 + 1, n % 28 + 1);
    let plain: String = (0..4_200).map(line).collect();
    std::fs::write(folder.path().join("a.claims"), format!("{plain}{CLAIMS}{}", &plain[..1_000])).unwrap();
    std::fs::write(folder.path().join("b.claims"), CLAIMS).unwrap();
    folder
}

fn checked(folder: &Path, files: &[&str], format: &str, more: &[&str]) -> String {
    let arguments =
        [&["check"], files, &["--facts", "w.facts", "--facts", "rows.csv", "--isolated", "--format", format][..], more].concat();
    told(&factum(folder, &arguments))
}

#[test]
fn say_what_the_whole_says() {
    let folder = folder();
    let compare = |files: &[&str], format: &str, more: &[&str]| {
        let streamed = checked(folder.path(), files, format, more);
        // With a second report the run is judged as a whole.
        let whole = checked(folder.path(), files, format, &[more, &["--report", "json=other.json"]].concat());
        assert!(streamed == whole, "{format} {more:?}: {}", first_difference(&streamed, &whole));
        streamed.lines().count()
    };
    assert!(compare(&["a.claims", "b.claims"], "tsv", &["--jobs", "3"]) > 4_200);
    for format in ["tsv", "jsonl"] {
        for more in [&["--jobs", "1"][..], &["--quiet"], &["--strict"], &["--as-of", "2004-10-01"]] {
            assert!(compare(&["b.claims"], format, more) > 5);
        }
    }
}

fn first_difference(a: &str, b: &str) -> String {
    let pair = a.lines().zip(b.lines()).find(|(a, b)| a != b);
    pair.map_or_else(|| "one is longer".to_owned(), |(a, b)| format!("\nstreamed {a}\nwhole    {b}"))
}

#[test]
fn answer_what_is_read_before_more_comes() {
    let folder = folder();
    let arguments = ["check", "-", "--facts", "w.facts", "--facts", "rows.csv", "--isolated", "--format", "tsv"];
    let mut run = program(folder.path(), &arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    let mut input = run.stdin.take().unwrap();
    let mut output = BufReader::new(run.stdout.take().unwrap());
    let mut ask = |claim: &str| {
        input.write_all(claim.as_bytes()).unwrap();
        let mut line = String::new();
        output.read_line(&mut line).unwrap();
        line.split_once(':').unwrap().1.to_owned()
    };
    assert_eq!(ask("P1 held Aranda on 2004-02-01\n"), "1\tsupported\trecorded\n");
    assert_eq!(ask("P2 held Aranda on 2004-02-01 expect contradicted\n"), "2\tcontradicted\tother-holder\n");
    assert_eq!(ask("# a comment\n\nP3 held Cando on 2004-06-02\n"), "5\tsupported\trecorded\n");
    // Its claim was answered long ago.
    assert_eq!(ask("   expect supported\n"), "6\terror\tstray-expectation\n");
    drop(input);
    assert_eq!(run.wait().unwrap().code(), Some(2));
}

#[test]
fn standard_input_says_what_a_file_says() {
    let folder = folder();
    let text = std::fs::read(folder.path().join("b.claims")).unwrap().repeat(40);
    let text: Vec<u8> =
        text.split_inclusive(|byte| *byte == b'\n').filter(|line| !line.trim_ascii().starts_with(b"expect")).flatten().copied().collect();
    std::fs::write(folder.path().join("a.claims"), &text).unwrap();
    for format in ["tsv", "jsonl"] {
        let facts = ["--facts", "w.facts", "--facts", "rows.csv", "--isolated", "--format", format];
        let file = factum(folder.path(), &[&["check", "a.claims"], &facts[..]].concat());
        let mut run = program(folder.path(), &[&["check", "-", "--stdin-name", "a.claims"], &facts[..]].concat())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut input = run.stdin.take().unwrap();
        let text = text.clone();
        let writer = std::thread::spawn(move || text.chunks(5_000).all(|chunk| input.write_all(chunk).is_ok()));
        let streamed = run.wait_with_output().unwrap();
        assert!(writer.join().unwrap());
        let (streamed, file) = (told(&streamed), told(&file));
        assert!(streamed == file, "{format}: {}", first_difference(&streamed, &file));
    }
}

/// All bad rows are named, by their lines, and none is taken.
#[test]
fn name_every_bad_row() {
    let folder = folder();
    let rows = "subject,relation,object,start,end\nP1,control,Aranda,2004-01-01,2004-03-31\nP1,control,Aranda\nP1,control,Aranda,2004-13-01,\n\nP1,zorbs,Aranda,2004-01-01,\nP2,control,Borun,2004-03-01,2004-02-01\n";
    std::fs::write(folder.path().join("rows.csv"), rows).unwrap();
    let output = checked(folder.path(), &["b.claims"], "tsv", &[]);
    assert_eq!(output.lines().filter(|line| line.starts_with("rows.csv")).collect::<Vec<_>>(), ["rows.csv:3\terror\tmalformed-table"]);
    assert!(output.ends_with("--- exit 2\n"));
    std::fs::write(folder.path().join("rows.csv"), rows.replace("P1,control,Aranda\n", "")).unwrap();
    let output = checked(folder.path(), &["b.claims"], "tsv", &[]);
    for line in ["rows.csv:3\terror\tnot-a-date", "rows.csv:5\terror\tunknown-relation", "rows.csv:6\terror\timpossible-date"] {
        assert!(
            output.contains(line),
            "{line} in {}",
            output.lines().filter(|line| line.starts_with("rows")).collect::<Vec<_>>().join("\n")
        );
    }
}
