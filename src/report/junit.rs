//! JUnit XML: a suite for each file, a test case for each finding.

use std::io::{self, Write};

use quick_junit::{NonSuccessKind, Report as Suites, TestCase, TestCaseStatus, TestSuite};

use super::{Finding, Level, Report};
use crate::text::escape_controls;

/// Writes a report as JUnit. What fails is a failure, a text that cannot be read an error, an accepted finding skipped; a
/// warning passes and is told in the case's output.
///
/// # Errors
/// What the writer gives.
pub fn junit(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    let mut suites = Suites::new("factum");
    let mut suite: Option<(&str, TestSuite)> = None;
    for finding in &report.findings {
        let name = finding.place().0.name();
        if suite.as_ref().is_none_or(|(open, _)| *open != name) {
            if let Some((_, done)) = suite.take() {
                suites.add_test_suite(done);
            }
            suite = Some((name, TestSuite::new(escape_controls(name))));
        }
        if let Some((_, open)) = &mut suite {
            open.add_test_case(case(finding));
        }
    }
    if let Some((_, done)) = suite {
        suites.add_test_suite(done);
    }
    suites.serialize(out).map_err(io::Error::other)
}

fn case(finding: &Finding) -> TestCase {
    let (document, span) = finding.place();
    let place = format!("{}:{}", escape_controls(document.name()), document.position(span.start).line);
    let told = finding.told().iter().map(|line| escape_controls(line)).collect::<Vec<_>>().join("\n");
    let kind = match finding {
        Finding::Verdict(_) => NonSuccessKind::Failure,
        Finding::Diagnostic(_) => NonSuccessKind::Error,
    };
    let status = match (finding.accepted(), finding.level()) {
        (Some(accepted), _) => {
            let mut skipped = TestCaseStatus::skipped();
            skipped.set_message(format!("accepted: {}", escape_controls(accepted.why())));
            skipped
        }
        (None, Level::Deny) => {
            let mut failed = TestCaseStatus::non_success(kind);
            failed.set_message(escape_controls(finding.message())).set_type(finding.code());
            failed.set_description(format!("{place}\n{told}"));
            failed
        }
        _ => TestCaseStatus::success(),
    };
    let mut case = TestCase::new(escape_controls(finding.words()), status);
    case.set_classname(place.as_str());
    if finding.level() == Level::Warn {
        case.set_system_out(format!("warning: {place}\n{told}"));
    }
    case
}
