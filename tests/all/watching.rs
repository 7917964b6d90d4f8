//! `factum check --watch`, driven as a user drives it: files change while it runs.

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use super::program::program;

/// The program, with the lines that it prints.
struct Watching {
    child: Child,
    lines: Receiver<String>,
}

impl Watching {
    fn start(folder: &Path, arguments: &[&str]) -> Self {
        let mut child = program(folder, arguments).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let out = BufReader::new(child.stdout.take().unwrap());
        let (sender, lines) = channel();
        std::thread::spawn(move || out.lines().map_while(Result::ok).for_each(|line| drop(sender.send(line))));
        Self { child, lines }
    }

    /// All lines up to the one that says how many facts there were; that much is printed at the end of each check.
    fn shown(&self) -> Vec<String> {
        let mut shown = Vec::new();
        loop {
            // This measures nothing: a program that never says it is stopped here.
            let line = self.lines.recv_timeout(Duration::from_secs(120)).expect("the program shows what it found");
            let last = line.starts_with("checked against");
            shown.push(line);
            if last {
                return shown;
            }
        }
    }
}

impl Drop for Watching {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

const FACTS: &str = "name Norrin, Halden: company\nNorrin acquired Halden on 2025-03-05\n";

#[test]
fn a_change_is_checked_again() {
    let folder = tempfile::tempdir().unwrap();
    // Whole at once, so that a busy machine sees no half of a file.
    let aside = tempfile::tempdir_in(folder.path().parent().unwrap()).unwrap();
    let put = |name: &str, text: &str| {
        fs::write(aside.path().join(name), text).unwrap();
        fs::rename(aside.path().join(name), folder.path().join(name)).unwrap();
    };
    put("a.facts", FACTS);
    put("a.claims", "Norrin acquired Halden\n");
    let watching = Watching::start(folder.path(), &["check", "--watch", "--quiet", "--report", "html=report.html"]);
    assert_eq!(watching.shown()[0], "1 claim: 1 supported, 0 contradicted, 0 unknown, 0 refused as expected, 0 errors; 0 not as expected");
    // A busy machine may see one change by itself and the next one later: what is shown in the end is looked at.
    let until = |wanted: &str| {
        loop {
            let again = watching.shown();
            assert_eq!(again[0], "--- checked again");
            if again.iter().any(|line| line.starts_with(wanted)) {
                break;
            }
        }
    };
    put("a.claims", "Norrin acquired Halden on 2025-03-06\n");
    until("contradicted[wrong-date]");
    // A fact file counts as well, a file that says the same does not, and neither does the report that the run writes.
    put("a.claims", "Norrin acquired Halden on 2025-03-06\n");
    put("a.facts", &FACTS.replace("03-05", "03-06"));
    until("1 claim: 1 supported");
    // A file that an editor puts in the place of another.
    put("a.new", "Norrin acquired Halden in 2024\n");
    fs::rename(folder.path().join("a.new"), folder.path().join("a.claims")).unwrap();
    until("contradicted[wrong-date]");
    // What is wrong with a setting ends nothing.
    put("factum.toml", "exclud = []\n");
    assert_eq!(watching.lines.recv_timeout(Duration::from_secs(120)).unwrap(), "--- checked again");
    fs::remove_file(folder.path().join("factum.toml")).unwrap();
    assert!(watching.shown().len() > 2);
}

#[test]
fn standard_input_is_not_watched() {
    let folder = tempfile::tempdir().unwrap();
    let output = super::program::factum_within(folder.path(), &["check", "--watch", "-"]);
    assert_eq!(super::program::told(&output), "--- standard error\nerror: standard input cannot be watched\n--- exit 2\n");
}
