//! The program itself, run as a user runs it, in a folder of its own.

use std::path::Path;
use std::process::{Command, Output};

/// Runs `factum` with a folder as its current one, so that no path of this machine stands in what it prints.
pub fn factum(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_factum"))
        .args(arguments)
        .current_dir(folder)
        .env("NO_COLOR", "1")
        .env_remove("RUST_BACKTRACE")
        .output()
        .expect("the program runs")
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
