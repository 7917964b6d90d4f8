//! The program itself, run as a user runs it, in a folder of its own.

use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::sync::mpsc;
use std::time::Duration;

/// `factum` with a folder as its current one, so that no path of this machine stands in what it prints.
pub fn program(folder: &Path, arguments: &[&str]) -> Command {
    let mut program = Command::new(env!("CARGO_BIN_EXE_factum"));
    for (name, _) in std::env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("FACTUM_")) {
        program.env_remove(name);
    }
    program.args(arguments).current_dir(folder).env("NO_COLOR", "1").env_remove("RUST_BACKTRACE").env_remove("GITHUB_STEP_SUMMARY");
    program
}

/// Runs it.
pub fn factum(folder: &Path, arguments: &[&str]) -> Output {
    program(folder, arguments).output().expect("the program runs")
}

/// Runs it without an input, and stops it when it takes longer than anything may: a run that waits for ever is a failure, not a
/// test that never ends. This measures nothing; a run that ends at all ends long before.
pub fn factum_within(folder: &Path, arguments: &[&str]) -> Output {
    let run = program(folder, arguments).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("it runs");
    let id = run.id().to_string();
    let (done, ended) = mpsc::channel();
    std::thread::spawn(move || done.send(run.wait_with_output()));
    if let Ok(output) = ended.recv_timeout(Duration::from_secs(120)) {
        return output.expect("its output can be read");
    }
    let _ = Command::new("kill").args(["-9", &id]).status();
    panic!("`factum {}` does not end", arguments.join(" "));
}

/// What a run printed and how it ended, for a snapshot.
pub fn told(output: &Output) -> String {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let code = output.status.code().map_or_else(|| "none".to_owned(), |code| code.to_string());
    let mut shown = text(&output.stdout);
    if !output.stderr.is_empty() {
        shown.push_str("--- standard error\n");
        shown.push_str(&text(&output.stderr));
    }
    shown.push_str(&format!("--- exit {code}\n"));
    shown
}
