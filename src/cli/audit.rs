//! `factum audit`: what is wrong with the record itself.

use std::io::{self, Write as _};
use std::path::PathBuf;

use super::args::{Audit, AuditFormat};
use super::check::{facts_given, is_draft, load};
use super::files::{FileError, Place, Project, read, shown};
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
    // An article may be looked through before there are facts of it.
    let is_article = |path: &PathBuf| !path.is_dir() && is_draft(&shown(path));
    let (mut articles, facts): (Vec<PathBuf>, Vec<PathBuf>) = options.paths.iter().cloned().partition(is_article);
    articles.sort();
    articles.dedup();
    let mut found = Vec::new();
    for path in &articles {
        found.extend(check::audit_article(&read(&Place::given(path))?));
    }
    if facts.is_empty() {
        let exit = if found.is_empty() { Exit::Met } else { Exit::Failed };
        return Ok((found, exit));
    }
    let (base, problems) = load(&Project::default(), &facts_given(&facts)?)?;
    if base.facts.is_empty() && problems.is_empty() {
        complain("error: there are no facts to look through");
        complain("help: name a fact file, a folder that has one, or an article");
        return Ok((found, Exit::Nothing));
    }
    let judge = Judge::new(&base, Settings { as_of: None, known_by: None, assumptions: Assumptions::ALL });
    // Of a name that only a broken fact speaks of it is not known that nothing is said.
    let broken = !problems.is_empty();
    found.extend(check::audit(&judge).into_iter().filter(|one| !broken || one.code != "unused-name"));
    found.extend(problems);
    found.sort_by(|a, b| (a.document.name(), a.span, a.code).cmp(&(b.document.name(), b.span, b.code)));
    let exit = match (broken, found.is_empty()) {
        (true, _) => Exit::CouldNot,
        (false, true) => Exit::Met,
        (false, false) => Exit::Failed,
    };
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
