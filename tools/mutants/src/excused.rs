//! The mutants that need not be caught, each with its reason.
//!
//! A line is an id, ` -- ` and the reason; lines that begin with `#` and empty ones say nothing.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use crate::error::{Error, file};

/// Reasons by ids. A file that is not there excuses nothing.
///
/// # Errors
/// A line without a reason, or an id that comes twice.
pub fn read(path: &Path) -> Result<BTreeMap<String, String>, Error> {
    let text = match fs::read_to_string(path) {
        Err(problem) if problem.kind() == std::io::ErrorKind::NotFound => String::new(),
        other => other.map_err(file(path))?,
    };
    let mut excused = BTreeMap::new();
    for (at, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty() && !line.starts_with('#')) {
        let fault = |problem: &str| Error::Line { file: path.to_owned(), line: at + 1, problem: problem.to_owned() };
        let (id, reason) = line.split_once(" -- ").ok_or_else(|| fault("an id, ` -- ` and a reason are needed"))?;
        if reason.trim().is_empty() {
            return Err(fault("the reason is missing"));
        }
        if excused.insert(id.trim().to_owned(), reason.trim().to_owned()).is_some() {
            return Err(fault("this id is excused above already"));
        }
    }
    Ok(excused)
}
