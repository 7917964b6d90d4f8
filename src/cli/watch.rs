//! `factum check --watch`: the same check again whenever something that it reads has changed.
//!
//! What has changed is told by the system and by the bytes of the files, never by a clock: a file that was touched and says the same
//! is no change, and nor is a report that the run itself writes.

use std::collections::BTreeSet;
use std::io::{self, IsTerminal as _, Write as _};
use std::path::{Path, PathBuf};
use std::sync::mpsc;
use std::time::Duration;

use notify_debouncer_mini::new_debouncer;
use notify_debouncer_mini::notify::RecursiveMode;
use sha2::{Digest as _, Sha256};

use super::files::{below, read, shown};
use super::{Exit, complain, unwritten};

/// How long the files have to be quiet before they are read again.
const SETTLED: Duration = Duration::from_millis(50);

/// The endings of what a check may read.
const READ: [&str; 11] = ["claims", "facts", "vocab", "csv", "md", "markdown", "html", "htm", "txt", "toml", "baseline"];

/// What a terminal takes for an order to be empty.
const CLEARED: &str = "\u{1b}[2J\u{1b}[3J\u{1b}[H";

/// What is looked at.
#[derive(Debug, Default)]
pub(super) struct Watched {
    /// Folders, with all that is in them.
    folders: BTreeSet<PathBuf>,
    /// Files of other endings that were named.
    files: BTreeSet<PathBuf>,
    /// Files that the run writes.
    written: BTreeSet<PathBuf>,
}

impl Watched {
    /// What the inputs of a run are, and what it writes.
    pub(super) fn new<'p>(inputs: impl Iterator<Item = &'p Path>, written: impl Iterator<Item = &'p Path>) -> Self {
        let mut watched = Self { written: written.map(Path::to_path_buf).collect(), ..Self::default() };
        for path in inputs {
            let folder = if path.is_dir() { path } else { path.parent().unwrap_or(Path::new("")) };
            if !path.is_dir() {
                watched.files.insert(path.to_path_buf());
            }
            // The facts of a claim file, and its config, may stand above it.
            let named = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
            let above = named.ancestors().find(|above| above.join("factum.toml").is_file());
            watched.folders.insert(above.filter(|above| !above.as_os_str().is_empty()).unwrap_or(named).to_path_buf());
        }
        watched
    }

    /// All bytes that a run may read, in short.
    fn state(&self) -> Vec<u8> {
        let mut hash = Sha256::new();
        let found = self.folders.iter().filter_map(|folder| below(folder, &READ).ok()).flatten().map(|place| place.path);
        let paths: BTreeSet<PathBuf> = found.chain(self.files.iter().cloned()).filter(|path| !self.written.contains(path)).collect();
        for path in paths {
            hash.update(shown(&path));
            match read(&super::files::Place::given(&path)) {
                Ok(document) => hash.update(document.text()),
                // One that cannot be read is told by the run.
                Err(error) => hash.update(error.to_string()),
            }
            hash.update([0]);
        }
        hash.finalize().to_vec()
    }
}

/// Checks, and checks again on every change, until the program is stopped.
pub(super) fn watch(watched: &Watched, check: impl Fn() -> Exit) -> Exit {
    let (sender, changes) = mpsc::channel();
    let mut watcher = match new_debouncer(SETTLED, sender) {
        Ok(watcher) => watcher,
        Err(error) => return cannot(&error.to_string()),
    };
    for folder in &watched.folders {
        if let Err(error) = watcher.watcher().watch(folder, RecursiveMode::Recursive) {
            return cannot(&format!("`{}`: {error}", shown(folder)));
        }
    }
    let terminal = io::stdout().is_terminal();
    let mut state = None;
    loop {
        let now = watched.state();
        if state.as_ref() != Some(&now) {
            let again = state.is_some();
            state = Some(now);
            let begins = match (terminal, again) {
                (true, _) => CLEARED,
                (false, true) => "--- checked again\n",
                (false, false) => "",
            };
            if let Some(exit) = unwritten(io::stdout().lock().write_all(begins.as_bytes())) {
                return exit;
            }
            check();
        }
        match changes.recv() {
            Ok(Ok(_)) => {}
            Ok(Err(error)) => return cannot(&error.to_string()),
            Err(_) => return cannot("the system tells of no more changes"),
        }
    }
}

fn cannot(why: &str) -> Exit {
    complain(&format!("error: the files cannot be watched: {why}"));
    Exit::CouldNot
}
