//! One JSON object a line, for programs. Names and types are fixed.

use std::io::{self, Write};

use super::wire::Line;
use super::{Finding, Report, Summary};
use crate::text::escape_json;

/// Writes a report line by line.
///
/// # Errors
/// What the writer gives.
pub fn jsonl(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    report.findings.iter().try_for_each(|finding| jsonl_line(finding, out))?;
    jsonl_summary(&report.summary, out)
}

/// Writes the line of one finding.
///
/// # Errors
/// What the writer gives.
pub fn jsonl_line(finding: &Finding, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{}", text(&Line::of(finding))?)
}

/// Writes the last line.
///
/// # Errors
/// What the writer gives.
pub fn jsonl_summary(summary: &Summary, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{}", text(&Line::Summary(summary))?)
}

/// A value on one line. JSON itself leaves marks that reorder or hide text as they are.
pub(super) fn text(value: &impl serde::Serialize) -> io::Result<String> {
    serde_json::to_string(value).map(|text| escape_json(&text)).map_err(io::Error::other)
}
