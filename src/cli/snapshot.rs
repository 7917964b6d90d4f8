//! `factum snapshot`: verdicts kept beside each claim file, and what changed since.

use std::fmt::Write as _;
use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use super::args::{Judging, Snapshot};
use super::check::{Manner, Plan, Takes, conclude, use_threads};
use super::config::ConfigError;
use super::files::read;
use super::output::{Target, whole};
use super::progress::Progress;
use super::session::in_words;
use super::{Exit, complain, misconfigured, unwritten};
use crate::report::{Change, Finding, Report, changes, faults, verdicts};
use crate::text::{Diagnostic, Severity, escape_controls};

/// The ending of a file of kept verdicts.
const ENDING: &str = "verdicts";

/// The verdicts of a claim file as they are now.
struct Now {
    file: String,
    text: String,
}

/// Runs the command.
pub(super) fn snapshot(options: &Snapshot) -> Exit {
    use_threads(options.working.jobs);
    let progress = if options.working.quiet { Progress::Silent } else { Progress::Shown };
    match judged(&options.paths, &options.judging, progress) {
        Err(error) => misconfigured(&error),
        Ok((report, files)) => match Exit::of(report.summary.exit_code) {
            Exit::CouldNot => {
                let _ = faults(&errors(&report), &mut io::stderr().lock());
                complain("error: verdicts are not kept while there are errors");
                Exit::CouldNot
            }
            Exit::Nothing => {
                complain("error: there is nothing to check: no claim was found");
                Exit::Nothing
            }
            Exit::Met | Exit::Failed => match compared(options, &files) {
                Ok(exit) => exit,
                Err(error) => misconfigured(&error),
            },
        },
    }
}

fn judged(paths: &[PathBuf], judging: &Judging, progress: Progress) -> Result<(Report, Vec<Now>), ConfigError> {
    let plan = Plan::new(paths, "stdin.claims", Takes::OnlyClaims, judging)?;
    let manner = Manner { allow_empty: false, timelines: false, written: Vec::new(), progress };
    let mut report = plan.run(&manner)?;
    conclude(&mut report, false);
    // Included claims are kept beside the file that they stand in.
    let mut files = plan.files();
    files.extend(report.findings.iter().filter(|finding| is_verdict(finding)).map(|finding| finding.place().0.name().to_owned()));
    files.sort();
    files.dedup();
    let now = files
        .into_iter()
        .map(|file| {
            let here: Vec<&Finding> =
                report.findings.iter().filter(|finding| finding.place().0.name() == file && is_verdict(finding)).collect();
            Now { text: verdicts(&here), file }
        })
        .collect();
    Ok((report, now))
}

/// Verdicts, and refusals that are expected; what is said about comments is no verdict.
fn is_verdict(finding: &Finding) -> bool {
    match finding {
        Finding::Verdict(_) => true,
        Finding::Diagnostic(diagnostic) => diagnostic.severity == Severity::Expected && diagnostic.label.is_some(),
    }
}

fn errors(report: &Report) -> Vec<Diagnostic> {
    let error = |finding: &Finding| match finding {
        Finding::Diagnostic(diagnostic) if diagnostic.severity == Severity::Error => Some((**diagnostic).clone()),
        _ => None,
    };
    report.findings.iter().filter_map(error).collect()
}

fn compared(options: &Snapshot, files: &[Now]) -> Result<Exit, ConfigError> {
    let mut told = String::new();
    let mut changed = 0_usize;
    let mut kept = 0_usize;
    for now in files {
        let path = Path::new(&now.file).with_extension(ENDING);
        // What lies beside a claim file comes with the project: no link leads elsewhere.
        let within = path.parent().map(Path::to_path_buf);
        let target = Target { path, within };
        let old = if fs::symlink_metadata(&target.path).is_ok() { Some(read(&target.place())?) } else { None };
        match &old {
            Some(old) if same(old.text(), &now.text) => {
                kept = kept.saturating_add(1);
                continue;
            }
            Some(old) => {
                tell(&now.file, &changes(old.text(), &now.text), &mut told);
                changed = changed.saturating_add(1);
            }
            None if options.check => {
                let _ = writeln!(told, "{}: no verdicts are kept; `factum snapshot` records them", escape_controls(&now.file));
                changed = changed.saturating_add(1);
            }
            None => {}
        }
        if options.accept || (old.is_none() && !options.check) {
            if let Err(error) = whole(&target, |out| Ok(out.write_all(now.text.as_bytes())?)) {
                return Err(ConfigError::Variable(error.to_string()));
            }
            let _ = writeln!(told, "{}: verdicts written", escape_controls(&now.file));
        }
    }
    let (n, all) = (changed, files.len());
    let _ = writeln!(told, "{all} claim file{}: {n} changed, {kept} as before", if all == 1 { "" } else { "s" });
    if changed > 0 && !options.accept {
        let _ = writeln!(told, "`factum snapshot --accept` takes the changes over");
    }
    let exit = if changed > 0 && !options.accept { Exit::Failed } else { Exit::Met };
    Ok(unwritten(io::stdout().lock().write_all(told.as_bytes())).unwrap_or(exit))
}

/// Whether two texts say the same; what git does to line ends is no change.
fn same(old: &str, new: &str) -> bool {
    old.lines().eq(new.lines())
}

/// What changed in a file: the old lines, the new ones, and so the facts behind them.
fn tell(file: &str, changes: &[Change], told: &mut String) {
    let _ = writeln!(told, "{}: verdicts changed", escape_controls(file));
    for change in changes {
        let _ = writeln!(told, "  {}", escape_controls(&change.claim));
        for (mark, lines) in [('-', &change.before), ('+', &change.after)] {
            for line in lines {
                let _ = writeln!(told, "    {mark} {}", escape_controls(line));
            }
        }
    }
}

/// Why the verdicts of a folder cannot be given.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct SnapshotError(String);

/// The verdicts of the claim files of a folder as `factum snapshot` keeps them, with the names of the files below the folder,
/// sorted. `factum.toml` is found upward from them; variables are not looked at.
///
/// # Errors
/// Files that cannot be read, claims and facts that are not understood, and a folder without claims.
pub fn folder(path: impl AsRef<Path>) -> Result<Vec<(String, String)>, SnapshotError> {
    crate::syntax::bound_parsers();
    let path = path.as_ref();
    let (report, files) = judged(&[path.to_path_buf()], &Judging::default(), Progress::Silent).map_err(|error| {
        SnapshotError(match &error {
            ConfigError::Written(problems) => in_words(problems),
            other => other.to_string(),
        })
    })?;
    let broken = errors(&report);
    if !broken.is_empty() || report.summary.errors > 0 {
        return Err(SnapshotError(format!("there are errors\n{}", in_words(&broken))));
    }
    if report.summary.claims == 0 {
        return Err(SnapshotError(format!("there is no claim in `{}`", path.display())));
    }
    let below = |file: &str| Path::new(file).strip_prefix(path).map_or_else(|_| file.to_owned(), super::files::shown);
    Ok(files.into_iter().map(|now| (below(&now.file), now.text)).collect())
}
