//! What the machine does to a run: files that are not there or cannot be read, output that nobody takes.
//!
//! There are no report files yet; when there are, they must appear whole or not at all, and that belongs here.

use std::fs;
use std::process::{Command, Stdio};

use tempfile::TempDir;

use super::program::{factum_within, program, told};

const FACTS: &str = "horizon 2024-12-31\nname Aleppo, Hama: city\nAleppo is a city\n";

fn folder() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("world.facts"), FACTS).unwrap();
    fs::write(folder.path().join("a.claims"), "Aleppo is a city\n").unwrap();
    folder
}

/// Exit code 2, the words, and nothing of a panic.
fn could_not(folder: &TempDir, arguments: &[&str], words: &str) {
    let output = factum_within(folder.path(), arguments);
    let told = told(&output);
    assert_eq!(output.status.code(), Some(2), "{told}");
    assert!(told.contains(words), "`{words}` is not said:\n{told}");
    assert!(!told.contains("panicked") && !told.contains(folder.path().to_str().unwrap()), "{told}");
}

#[test]
fn files_that_are_not_there() {
    let folder = folder();
    could_not(&folder, &["check", "b.claims"], "there is no file or folder `b.claims`");
    could_not(&folder, &["check", "b/c.claims"], "there is no file or folder `b/c.claims`");
    could_not(&folder, &["check", "a.claims", "--facts", "b.facts"], "there is no file or folder `b.facts`");
    could_not(&folder, &["check", "a.claims/b.claims"], "`a.claims/b.claims`");
}

#[test]
fn bytes_that_are_no_text() {
    for (bytes, words) in [(&b"Aleppo is a c\xffty\n"[..], "byte 13 is not UTF-8"), (b"Aleppo\0is a city\n", "byte 6 is NUL")] {
        let folder = folder();
        for (name, arguments) in [
            ("a.claims", &["check", "a.claims"][..]),
            ("world.facts", &["check", "a.claims"]),
            ("more.vocab", &["check", "a.claims"]),
            ("rows.csv", &["check", "a.claims", "--facts", "rows.csv"]),
        ] {
            let before = fs::read(folder.path().join(name));
            fs::write(folder.path().join(name), bytes).unwrap();
            could_not(&folder, arguments, words);
            match before {
                Ok(before) => fs::write(folder.path().join(name), before).unwrap(),
                Err(_) => fs::remove_file(folder.path().join(name)).unwrap(),
            }
        }
        fs::write(folder.path().join("named.md"), bytes).unwrap();
        fs::write(folder.path().join("world.facts"), format!("source gazette \"named.md\"\n{FACTS}")).unwrap();
        could_not(&folder, &["check", "."], words);
    }
}

/// Bytes cut in the middle of a character are refused on standard input as well.
#[test]
fn input_that_is_no_text() {
    use std::io::Write;
    let folder = folder();
    let mut run = program(folder.path(), &["check", "-", "--facts", "world.facts"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    run.stdin.take().unwrap().write_all(b"Aleppo is a cit\xc3").unwrap();
    let output = run.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(2), "{}", told(&output));
    assert!(told(&output).contains("byte 15 is not UTF-8"), "{}", told(&output));
}

#[cfg(unix)]
mod unix {
    use std::os::unix::fs::PermissionsExt;
    use std::path::Path;

    use super::*;

    fn forbid(path: &Path, mode: u32) {
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    }

    /// Permissions do not bind the superuser; such a run can only show that they do no harm.
    fn bound_by_permissions(folder: &TempDir) -> bool {
        let path = folder.path().join("probe");
        fs::write(&path, "x").unwrap();
        forbid(&path, 0o000);
        let bound = fs::read(&path).is_err();
        fs::remove_file(&path).unwrap();
        if !bound {
            eprintln!("permissions do not bind this user: only a run that is allowed everything is checked");
        }
        bound
    }

    #[test]
    fn files_that_may_not_be_read() {
        let folder = folder();
        let bound = bound_by_permissions(&folder);
        for name in ["a.claims", "world.facts"] {
            let path = folder.path().join(name);
            forbid(&path, 0o000);
            if bound {
                could_not(&folder, &["check", "."], &format!("`{name}` cannot be read: Permission denied"));
            } else {
                assert_eq!(factum_within(folder.path(), &["check", "."]).status.code(), Some(0));
            }
            forbid(&path, 0o644);
        }
    }

    /// What stands in it would go unchecked, and the run would pass.
    #[test]
    fn a_folder_that_may_not_be_read() {
        let folder = folder();
        let bound = bound_by_permissions(&folder);
        let shut = folder.path().join("shut");
        fs::create_dir(&shut).unwrap();
        fs::write(shut.join("b.claims"), "Hama is a person\n").unwrap();
        forbid(&shut, 0o000);
        let output = factum_within(folder.path(), &["check", "."]);
        forbid(&shut, 0o755);
        if bound {
            assert_eq!(output.status.code(), Some(2), "{}", told(&output));
            assert!(told(&output).contains("`shut` cannot be read"), "{}", told(&output));
        } else {
            assert!(told(&output).contains("shut/b.claims:1"), "{}", told(&output));
        }
    }

    /// Nothing is written but to the output, so that a folder in which nothing can be made is as good as any.
    #[test]
    fn a_folder_that_cannot_be_written_to() {
        let folder = folder();
        forbid(folder.path(), 0o555);
        let output = factum_within(folder.path(), &["check", "."]);
        forbid(folder.path(), 0o755);
        assert_eq!(output.status.code(), Some(0), "{}", told(&output));
        let mut names: Vec<_> = fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        names.sort();
        assert_eq!(names, ["a.claims", "world.facts"]);
    }

    /// Through a shell, which alone can close what a child writes to.
    fn shell(folder: &TempDir, line: &str) -> std::process::Output {
        Command::new("sh")
            .args(["-c", line])
            .env("FACTUM", env!("CARGO_BIN_EXE_factum"))
            .env("NO_COLOR", "1")
            .current_dir(folder.path())
            .output()
            .unwrap()
    }

    fn many_claims(claim: &str) -> TempDir {
        let folder = folder();
        // More than a pipe holds, so that the program still writes when the reader is gone.
        fs::write(folder.path().join("a.claims"), format!("{claim}\n").repeat(3000)).unwrap();
        folder
    }

    #[test]
    fn a_reader_that_has_had_enough() {
        for (claim, code) in [("Aleppo is a city", "0"), ("Hama is a person", "1"), ("Aleppo glorps", "2")] {
            let folder = many_claims(claim);
            for format in ["human", "jsonl"] {
                let line = format!("{{ \"$FACTUM\" check . --format {format}; echo \"exit $?\" >&2; }} | head -n 1 > first");
                let output = shell(&folder, &line);
                let said = told(&output);
                assert!(said.contains(&format!("exit {code}\n")), "{claim}, {format}:\n{said}");
                assert!(!said.contains("panicked") && !said.contains("error:"), "{said}");
                assert_eq!(fs::read_to_string(folder.path().join("first")).unwrap().lines().count(), 1);
            }
        }
    }

    #[test]
    fn output_that_is_closed() {
        let folder = folder();
        // The system gives a program that starts without an output one that takes everything.
        for line in
            ["\"$FACTUM\" check . >&-", "\"$FACTUM\" check . 2>&-", "\"$FACTUM\" check . >&- 2>&- <&-", "\"$FACTUM\" explain no-record >&-"]
        {
            let output = shell(&folder, line);
            assert_eq!(output.status.code(), Some(0), "{line}: {}", told(&output));
        }
        let output = shell(&folder, "\"$FACTUM\" check b.claims >&- 2>&-");
        assert_eq!(output.status.code(), Some(2), "{}", told(&output));
        let output = shell(&folder, "\"$FACTUM\" check - --facts world.facts <&-");
        assert_eq!(output.status.code(), Some(3), "{}", told(&output));
    }

    /// Linux has a device that is always full.
    #[cfg(target_os = "linux")]
    #[test]
    fn a_full_disk() {
        let folder = folder();
        for arguments in
            ["check .", "check . --format jsonl", "check . --quiet", "explain no-record", "--help", "check --help", "--version"]
        {
            let output = shell(&folder, &format!("\"$FACTUM\" {arguments} > /dev/full"));
            let said = told(&output);
            assert_eq!(output.status.code(), Some(2), "{arguments}: {said}");
            assert!(said.contains("error: the output cannot be written: No space left on device"), "{arguments}: {said}");
            assert!(!said.contains("panicked"), "{arguments}: {said}");
        }
        // Where not even the fault can be told, the exit code still tells it.
        for (arguments, code) in [("check b.claims", 2), ("explain no-such-code", 2), ("check --no-such-option", 2), ("check .", 0)] {
            let output = shell(&folder, &format!("\"$FACTUM\" {arguments} 2> /dev/full"));
            assert_eq!(output.status.code(), Some(code), "{arguments}: {}", told(&output));
        }
    }
}
