//! What is asked of every format alike: the same bytes from the same inputs, and that no text is more than words.

use std::fs;
use std::path::Path;
use std::process::Output;

use factum::report::Format;
use serde_json::Value;
use tempfile::TempDir;

use super::formats::{CONFIG, output, project};
use super::program::{factum, told};

/// A project of several folders, with drafts, includes, two configs and a finding of each sort.
fn large() -> TempDir {
    let folder = project();
    let here = folder.path();
    for n in 0..6 {
        let deep = here.join(format!("part{n}/deep"));
        fs::create_dir_all(&deep).unwrap();
        let lines: String =
            (1..40).map(|day| format!("Norrin acquired Halden on 2025-{:02}-{:02}\n", day % 12 + 1, day % 28 + 1)).collect();
        fs::write(deep.join("a.claims"), format!("as of 2025-03-10\ninclude \"../b.claims\"\n{lines}Norrin glorped Halden\n")).unwrap();
        fs::write(here.join(format!("part{n}/b.claims")), "Lind leads Norrin\nLind led Norrin in 2019\n").unwrap();
        let draft = "---\ndate: 2025-03-11\n---\n\nNorrin acquired Halden on 7 March. Mara Lind has led Norrin since 2019. Halden was founded in 1999.\n\n<!-- factum: allow wrong-date because so it was said -->\nNorrin acquired Halden on 8 March 2025.\n";
        fs::write(deep.join("draft.md"), draft).unwrap();
        fs::write(
            deep.join("page.html"),
            "<html><head><meta name=date content=2025-03-11></head><p>Norrin acquired Halden on 9 March 2025.</p>",
        )
        .unwrap();
    }
    fs::write(here.join("part1/factum.toml"), "[levels]\nwrong-date = \"warn\"\n").unwrap();
    fs::write(here.join("part2/own.facts"), "name Orla: person\nOrla has led Halden since 2021\n").unwrap();
    folder
}

/// On one thread, on two and on four, here and in a folder with another name and path.
#[test]
fn threads_and_folders_change_nothing() {
    let (here, there) = (large(), large());
    let elsewhere = there.path().parent().unwrap().join(format!("{}-a longer name", there.path().file_name().unwrap().to_string_lossy()));
    fs::rename(there.path(), &elsewhere).unwrap();
    for format in Format::ALL {
        let run = |folder: &Path, jobs: &str| {
            let output = factum(folder, &["check", "--format", format.name(), "--coverage", "--jobs", jobs]);
            assert_eq!(output.status.code(), Some(2), "{}", told(&output));
            (output.stdout, output.stderr)
        };
        let first = run(here.path(), "1");
        assert!(first.0.len() > 500, "{}: {}", format.name(), first.0.len());
        for jobs in ["2", "4"] {
            assert!(first == run(here.path(), jobs), "{} on {jobs} threads", format.name());
        }
        assert!(first == run(&elsewhere, "2"), "{} in another folder", format.name());
        let text = String::from_utf8(first.0).unwrap();
        assert!(!text.contains(here.path().to_str().unwrap()), "{} names a folder of this machine", format.name());
    }
    fs::rename(&elsewhere, there.path()).unwrap();
}

/// Marks that mean something in one of the formats, an escape and a turn of direction.
const MARKS: &str = "::error::no ]]> </script><script>alert(1)</script> | `code` [link](http://example.org) @somebody # % $(id) &amp; \u{1b}[31m \u{202e}flah";

/// A project in which they stand in claims, names, quotes, file names of all sorts, reasons and corrections.
fn hostile() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let (city, party) = (format!("\"{MARKS}\""), format!("\"party {MARKS}\""));
    let on_unix = "x ::error::no ]]> <script> | `c` [l](u), %0A \u{1b}[31m \u{202e}";
    let name = |ending: &str| if cfg!(unix) { format!("{on_unix}.{ending}") } else { format!("x.{ending}") };
    let facts = format!(
        "source gazette \"{source}\"\nhorizon 2024-12-31\nname {city}: city\nname {party}: party\n{city} is a city\n    > \u{201c}the city {MARKS}\u{201d}\n{party} captured {city} on 2024-11-29\n    > \u{201c}taken {MARKS}\u{201d}\n",
        source = name("md")
    );
    let claims = format!(
        "{city} is a city\n{city} is a party\n\"other {MARKS}\" is a city\n{MARKS}\n\"third\" is a city # factum: allow unknown because {MARKS}\n{party} captured {city} on 2024-11-30\n{party} holds {city}\n"
    );
    for (file, text) in [
        (name("md").as_str(), format!("2024-12-01\n\nthe city {MARKS}\n\ntaken {MARKS}\n")),
        (name("facts").as_str(), facts),
        (name("claims").as_str(), claims),
        ("factum.toml", CONFIG.to_owned()),
    ] {
        fs::write(folder.path().join(file), text).unwrap();
    }
    folder
}

/// How many claims it has.
const CLAIMS: usize = 7;

fn text(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

#[test]
fn marks_of_other_languages_are_words() {
    let folder = hostile();
    for format in Format::ALL {
        let output = output(folder.path(), format);
        let text = text(&output);
        assert!(text.len() > 300, "{}", told(&output));
        for (stream, text) in [("output", &text), ("error", &String::from_utf8(output.stderr.clone()).unwrap())] {
            let name = format.name();
            assert!(text.lines().all(|line| !line.trim_start().starts_with("::error::")), "{name}, {stream}: {text}");
            assert!(!text.contains(['\u{1b}', '\u{202e}']), "{name}, {stream}: {text:?}");
        }
        match format {
            Format::Json | Format::Sarif => drop(serde_json::from_str::<Value>(&text).unwrap()),
            Format::ClaimReview => {
                serde_json::from_str::<Value>(&text).unwrap();
                assert!(!text.contains(['<', '>', '&']), "{text}");
            }
            Format::Jsonl | Format::Rdjsonl => text.lines().for_each(|line| drop(serde_json::from_str::<Value>(line).unwrap())),
            Format::Junit => {
                let suites = junit_parser::from_reader(text.as_bytes()).unwrap();
                assert_eq!(suites.suites[0].cases.len(), CLAIMS);
                assert!(!text.contains("<script") && !text.contains("]]>"), "{text}");
            }
            Format::Github => {
                let commands = text.lines().filter(|line| line.starts_with("::")).count();
                assert_eq!(commands, 4, "{text}");
                // The name ends where the program ends it.
                assert!(text.lines().take(commands).all(|line| line.split("::").count() >= 3 && line.contains(".claims,line=")), "{text}");
                assert!(!text.contains("file=x ::"), "{text}");
            }
            Format::Markdown => {
                for row in text.lines().filter(|line| line.starts_with('|')) {
                    assert_eq!(row.matches('|').count(), 6, "{row}");
                    assert!(!row.contains("](") && !row.contains("<script") && !row.contains('@'), "{row}");
                }
            }
            Format::Tsv => assert!(text.lines().all(|line| line.matches('\t').count() == 2)),
            Format::Tap => {
                let points: Vec<&str> = text.lines().filter(|line| line.starts_with("ok ") || line.starts_with("not ok ")).collect();
                assert_eq!(points.len(), CLAIMS, "{text}");
                assert!(points.iter().all(|point| !point.replace("\\#", "").replacen(" # SKIP accepted: ", "", 1).contains('#')), "{text}");
            }
            Format::Html => {
                assert_eq!((text.matches("<script").count(), text.matches("</script").count()), (1, 1), "{text}");
                assert!(!text.contains("href=\"http") && text.contains("<figure class=\"timeline\""), "{text}");
            }
            Format::Human => {}
        }
    }
}

/// The job summary, `explain`, `list` and the kept verdicts show the same words.
#[test]
fn marks_are_words_elsewhere_too() {
    let folder = hostile();
    let summary = folder.path().join("summary");
    let run =
        super::program::program(folder.path(), &["check", "--format", "github"]).env("GITHUB_STEP_SUMMARY", &summary).output().unwrap();
    let mut shown = vec![("check", text(&run)), ("the job summary", fs::read_to_string(&summary).unwrap())];
    for arguments in [&["list", "facts"][..], &["list", "claims"], &["list", "names", "--format", "json"], &["audit"], &["snapshot"]] {
        let output = factum(folder.path(), arguments);
        shown.push((arguments[0], told(&output)));
    }
    for (place, text) in shown {
        assert!(!text.contains(['\u{1b}', '\u{202e}']), "{place}: {text:?}");
        assert!(text.lines().all(|line| !line.trim_start().starts_with("::error::")), "{place}: {text}");
    }
}
