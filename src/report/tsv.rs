//! `file:line`, verdict and code, with tabs between: for pipes, and for very many claims.

use std::io::{self, Write};

use super::{Finding, Report};
use crate::text::escape_controls;

/// Writes a line for each finding.
///
/// # Errors
/// What the writer gives.
pub fn tsv(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    report.findings.iter().try_for_each(|finding| tsv_line(finding, out))
}

/// Writes the line of one finding.
///
/// # Errors
/// What the writer gives.
pub fn tsv_line(finding: &Finding, out: &mut dyn Write) -> io::Result<()> {
    let (document, span) = finding.place();
    let line = document.position(span.start).line;
    writeln!(out, "{}:{line}\t{}\t{}", escape_controls(document.name()), finding.kind(), finding.code())
}
