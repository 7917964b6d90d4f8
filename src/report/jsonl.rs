//! One JSON object a line, for programs. Names and types are fixed.

use std::io::{self, Write};

use super::Report;
use super::wire::Line;
use crate::text::escape_json;

/// Writes a report line by line.
///
/// # Errors
/// What the writer gives.
pub fn jsonl(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    for finding in &report.findings {
        writeln!(out, "{}", text(&Line::of(finding))?)?;
    }
    writeln!(out, "{}", text(&Line::Summary(&report.summary))?)
}

/// A value on one line. JSON itself leaves marks that reorder or hide text as they are.
pub(super) fn text(value: &impl serde::Serialize) -> io::Result<String> {
    serde_json::to_string(value).map(|text| escape_json(&text)).map_err(io::Error::other)
}
