//! Workflow commands that GitHub shows as annotations beside the lines of a change.
//!
//! GitHub shows ten errors and ten warnings of a step and drops the others without a word, so the worst come first, and what
//! is left out is said.

use std::io::{self, Write};

use super::human::summary;
use super::{Finding, Level, Report};
use crate::text::escape_controls;
use crate::verdict::Verdict;

/// How many annotations of a kind GitHub shows for one step.
const SHOWN: usize = 10;

/// Writes an annotation for each finding that is not as it should be, as many as are shown, and the summary.
///
/// # Errors
/// What the writer gives.
pub fn github(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    for (level, command) in [(Level::Deny, "error"), (Level::Warn, "warning")] {
        let mut findings: Vec<&Finding> = report.findings.iter().filter(|finding| finding.level() == level).collect();
        // The sort is stable: those that are as bad stay in the order of files and lines.
        findings.sort_by_key(|finding| rank(finding));
        let left_out = findings.len().saturating_sub(SHOWN);
        // The last place says that there are more.
        let room = if left_out > 0 { SHOWN.saturating_sub(1) } else { SHOWN };
        for finding in findings.iter().take(room) {
            annotation(command, finding, out)?;
        }
        if let Some(more) = findings.len().checked_sub(room).filter(|more| *more > 0) {
            let many = if level == Level::Deny { "errors" } else { "warnings" };
            let message = format!("{more} more {many} are not shown here: GitHub shows {SHOWN} of a kind. All are in the job summary");
            writeln!(out, "::{command} title=factum::{}", data(&message))?;
        }
    }
    // A line that is no command: what looks like one can only stand at the start of a line, and these words are ours.
    writeln!(out, "{}", summary(&report.summary))
}

/// A claim that is false is worse than a text that cannot be read, and that is worse than what is not known.
fn rank(finding: &Finding) -> u8 {
    match finding {
        Finding::Verdict(judged) => match judged.verdict {
            Verdict::Contradicted => 0,
            Verdict::Unknown => 2,
            Verdict::Supported => 3,
        },
        Finding::Diagnostic(_) => 1,
    }
}

fn annotation(command: &str, finding: &Finding, out: &mut dyn Write) -> io::Result<()> {
    let (document, span) = finding.place();
    let (start, end) = (document.position(span.start), document.position(span.end));
    let title = format!("{} [{}]", finding.kind(), finding.code());
    let mut message: Vec<String> = vec![data(finding.words())];
    message.extend(finding.told().iter().map(|line| data(line)));
    // Columns are shown for annotations of a single line only.
    let columns = if start.line == end.line { format!(",col={},endColumn={}", start.column, end.column) } else { String::new() };
    writeln!(
        out,
        "::{command} file={},line={},endLine={}{columns},title={}::{}",
        property(document.name()),
        start.line,
        end.line,
        property(&title),
        message.join("%0A")
    )
}

/// The text behind the second `::`.
fn data(text: &str) -> String {
    escape_controls(text).replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// The value of a property, which a comma or a colon would end.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
