//! Reports in every format.

use factum::report::{Finding, Report};
use factum::text::Diagnostic;

use super::writers::FORMATS;

/// A report of faults alone.
pub fn of_problems(problems: Vec<Diagnostic>) -> Report {
    Report { findings: problems.into_iter().map(|problem| Finding::Diagnostic(Box::new(problem))).collect(), ..Report::default() }
}

/// All that is written of a report, one format after the other.
pub fn bytes(report: &Report) -> String {
    FORMATS.iter().map(|format| format.written(report)).collect()
}
