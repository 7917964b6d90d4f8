//! `factum audit`: what is wrong with the record itself.

use std::io::{self, Write as _};

use super::args::{Audit, AuditFormat};
use super::check::{facts_given, load};
use super::files::{FileError, Project};
use super::{Exit, complain, unwritten};
use crate::check;
use crate::report::{Finding, Report, faults, jsonl};
use crate::text::Diagnostic;
use crate::verdict::{Assumptions, Judge, Settings};

/// Runs the command.
pub(super) fn audit(options: &Audit) -> Exit {
    match looked_through(options) {
        Ok((found, exit)) => unwritten(write(options.format, &found)).unwrap_or(exit),
        Err(error) => {
            complain(&format!("error: {error}"));
            Exit::CouldNot
        }
    }
}

fn looked_through(options: &Audit) -> Result<(Vec<Diagnostic>, Exit), FileError> {
    let (base, problems) = load(&Project::default(), &facts_given(&options.paths)?)?;
    if !problems.is_empty() {
        return Ok((problems, Exit::CouldNot));
    }
    if base.facts.is_empty() {
        complain("error: there are no facts to look through");
        complain("help: name a fact file, or a folder that has one");
        return Ok((Vec::new(), Exit::Nothing));
    }
    let judge = Judge::new(&base, Settings { as_of: None, known_by: None, assumptions: Assumptions::ALL });
    let found = check::audit(&judge);
    let exit = if found.is_empty() { Exit::Met } else { Exit::Failed };
    Ok((found, exit))
}

fn write(format: AuditFormat, found: &[Diagnostic]) -> io::Result<()> {
    let mut out = io::BufWriter::new(io::stdout().lock());
    match format {
        AuditFormat::Human => {
            faults(found, &mut out)?;
            let count = found.len();
            writeln!(
                out,
                "{}",
                match count {
                    0 => "nothing was found".to_owned(),
                    1 => "1 finding".to_owned(),
                    _ => format!("{count} findings"),
                }
            )?;
        }
        AuditFormat::Jsonl => {
            let findings: Vec<Finding> = found.iter().map(|found| Finding::Diagnostic(Box::new(found.clone()))).collect();
            let report = Report { findings, ..Report::default() };
            jsonl(&report, &mut out)?;
        }
    }
    out.flush()
}
