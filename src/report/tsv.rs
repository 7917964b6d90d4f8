//! `file:line`, verdict and code, with tabs between: for pipes, and for very many claims.

use std::io::{self, Write};

use super::Report;
use crate::text::escape_controls;

/// Writes a line for each finding.
///
/// # Errors
/// What the writer gives.
pub fn tsv(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    for finding in &report.findings {
        let (document, span) = finding.place();
        let line = document.position(span.start).line;
        writeln!(out, "{}:{line}\t{}\t{}", escape_controls(document.name()), finding.kind(), finding.code())?;
    }
    Ok(())
}
