//! One JSON document: the objects of `jsonl` in a list, and the summary beside it.

use std::io::{self, Write};

use super::Report;
use super::jsonl::text;
use super::wire::{Line, VERSION};

/// Writes a report as one document, one finding after the other.
///
/// # Errors
/// What the writer gives.
pub fn json(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    write!(out, "{{\"version\":{VERSION},\"findings\":[")?;
    for (n, finding) in report.findings.iter().enumerate() {
        let separator = if n == 0 { "" } else { "," };
        write!(out, "{separator}\n{}", text(&Line::of(finding))?)?;
    }
    writeln!(out, "\n],\n\"summary\":{}}}", text(&report.summary)?)
}
