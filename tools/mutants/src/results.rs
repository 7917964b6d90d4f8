//! What became of each mutant, kept line by line, so that a run that was stopped goes on where it was.
//!
//! A mutant that was caught stays caught while the source is the same, whatever tests come to it; one that was not is tried
//! again as soon as the tests have changed.

use std::collections::BTreeMap;
use std::fs::{self, File, OpenOptions};
use std::io::Write;
use std::path::Path;
use std::sync::Mutex;

use serde::{Deserialize, Serialize};

use crate::copy::Fingerprint;
use crate::error::{Error, file};

/// What became of a mutant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// A test failed.
    Caught,
    /// A test did not end in time, which is noticed too.
    Timeout,
    /// All tests that reach it passed.
    Survived,
    /// No test reaches it.
    NotReached,
}

impl Outcome {
    /// Whether somebody would have noticed.
    #[must_use]
    pub fn noticed(self) -> bool {
        matches!(self, Self::Caught | Self::Timeout)
    }
}

/// One line.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Line {
    /// Of the mutant.
    pub id: String,
    /// What became of it.
    pub outcome: Outcome,
    /// The test that noticed it.
    pub test: Option<String>,
    /// How long it took.
    pub seconds: f64,
    source: String,
    tests: String,
}

/// The file and what stands in it.
pub struct Results {
    out: Mutex<File>,
    fingerprint: Fingerprint,
    /// By the ids of their mutants; the last line of each counts.
    pub known: BTreeMap<String, Line>,
}

impl Results {
    /// Reads what is known of the project in this state, and opens the file for more.
    ///
    /// # Errors
    /// A file that cannot be used. A line that was cut off is forgotten.
    pub fn open(path: &Path, fingerprint: Fingerprint) -> Result<Self, Error> {
        let text = fs::read_to_string(path).unwrap_or_default();
        let stands = |line: &Line| line.source == fingerprint.source && (line.outcome.noticed() || line.tests == fingerprint.tests);
        let lines = text.lines().filter_map(|line| serde_json::from_str::<Line>(line).ok()).filter(stands);
        let known = lines.map(|line| (line.id.clone(), line)).collect();
        let mut out = OpenOptions::new().append(true).create(true).open(path).map_err(file(path))?;
        if !text.is_empty() && !text.ends_with('\n') {
            out.write_all(b"\n").map_err(file(path))?;
        }
        Ok(Self { out: Mutex::new(out), fingerprint, known })
    }

    /// A new line.
    pub fn line(&self, id: &str, outcome: Outcome, test: Option<&str>, seconds: f64) -> Line {
        let Fingerprint { source, tests } = self.fingerprint.clone();
        Line { id: id.to_owned(), outcome, test: test.map(str::to_owned), seconds, source, tests }
    }

    /// Writes a line at once.
    ///
    /// # Errors
    /// A file that cannot be written.
    pub fn keep(&self, line: &Line) -> std::io::Result<()> {
        let text = serde_json::to_string(line)? + "\n";
        match self.out.lock() {
            Ok(mut out) => out.write_all(text.as_bytes()),
            Err(_) => Ok(()),
        }
    }
}
