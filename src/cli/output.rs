//! Where a report goes: to standard output in one format, into any number of files in others, and into GitHub's job summary.
//!
//! A file is written whole or not at all: into a new file in the same folder, which then takes the place of the old one.

use std::fs::{self, OpenOptions};
use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::{Path, PathBuf};

use super::args::Colour;
use super::files::{Place, shown};
use super::{Exit, complain, unwritten};
use crate::report::{Finding, Format, Level, Report, Style, WriteError, markdown, summary};
use crate::text::Severity;

/// How much GitHub takes for one step's summary, less the line that says that it was cut.
const LARGEST_SUMMARY: usize = 1024 * 1024 - 1024;

/// A file that is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Target {
    pub(super) path: PathBuf,
    /// The folder that it has to lie in. One that the user named may lie anywhere and be a link; one that comes with the project
    /// may not, as the project may be a stranger's.
    pub(super) within: Option<PathBuf>,
}

impl Target {
    /// The file as one that is read.
    pub(super) fn place(&self) -> Place {
        match &self.within {
            None => Place::given(&self.path),
            Some(folder) => Place::found(&self.path, folder),
        }
    }
}

/// Where a report goes.
#[derive(Debug)]
pub(super) struct Output {
    pub(super) format: Format,
    pub(super) reports: Vec<(Format, Target)>,
    pub(super) style: Style,
    /// Only what is not as it should be.
    pub(super) quiet: bool,
}

/// Why a report cannot be written.
#[derive(Debug, thiserror::Error)]
pub(super) enum OutputError {
    #[error(transparent)]
    Refused(#[from] crate::report::Refused),
    #[error("two reports are to be written to `{0}`")]
    Twice(String),
    #[error("`{0}` cannot be written: {1}")]
    File(String, io::Error),
    #[error("the job summary cannot be written: {0}")]
    JobSummary(io::Error),
}

/// Whether standard output gets colours: as asked, else by `NO_COLOR` and `CLICOLOR_FORCE`, else where it is a terminal.
pub(super) fn colours(choice: Colour) -> bool {
    match choice {
        Colour::Always => true,
        Colour::Never => false,
        // As no-color.org has it: an empty variable says nothing. A terminal that calls itself dumb knows no colours.
        Colour::Auto => {
            let set = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty());
            let forced = set("CLICOLOR_FORCE").is_some_and(|value| value != "0");
            let able = io::stdout().is_terminal() && set("TERM").is_none_or(|term| term != "dumb");
            set("NO_COLOR").is_none() && (forced || able)
        }
    }
}

impl Output {
    /// What can be known before the work is done.
    pub(super) fn ready(&self) -> Result<(), OutputError> {
        self.format.ready(&self.style)?;
        let mut paths: Vec<&Path> = Vec::new();
        for (format, target) in &self.reports {
            format.ready(&self.style)?;
            if paths.contains(&target.path.as_path()) {
                return Err(OutputError::Twice(shown(&target.path)));
            }
            paths.push(&target.path);
        }
        Ok(())
    }

    /// Writes it everywhere. The exit is that of the report, unless something could not be written.
    pub(super) fn write(&self, report: &Report) -> Exit {
        let quiet = self.quiet.then(|| without_what_is_right(report));
        let seen = quiet.as_ref().unwrap_or(report);
        let mut out = BufWriter::new(io::stdout().lock());
        let written = match self.format.write(seen, &self.style, &mut out) {
            Ok(()) => out.flush(),
            Err(WriteError::Io(error)) => Err(error),
            Err(WriteError::Refused(refused)) => return could_not(&refused.into()),
        };
        drop(out);
        let mut exit = self.ending(report);
        // What one reader does not take, the others still get.
        for (format, target) in &self.reports {
            // Colours are for terminals.
            let style = Style { colour: false, ..self.style.clone() };
            if let Err(error) = whole(target, |out| format.write(report, &style, out)) {
                exit = could_not(&error);
            }
        }
        if (self.format == Format::Github || self.reports.iter().any(|(format, _)| *format == Format::Github))
            && let Err(error) = job_summary(report)
        {
            exit = could_not(&error);
        }
        unwritten(written).unwrap_or(exit)
    }
}

impl Output {
    /// Says the counts where the output does not, and how the run ends.
    pub(super) fn ending(&self, report: &Report) -> Exit {
        if !self.format.has_summary() && !self.quiet {
            summary(&report.summary).lines().for_each(complain);
        }
        let exit = Exit::of(report.summary.exit_code);
        if exit == Exit::Nothing {
            complain("error: there is nothing to check: no claim was found");
            complain("help: a claim file ends in `.claims` and has one claim a line; --allow-empty lets an empty run pass");
        }
        exit
    }
}

fn could_not(error: &OutputError) -> Exit {
    complain(&format!("error: {error}"));
    Exit::CouldNot
}

fn without_what_is_right(report: &Report) -> Report {
    let mut shown = report.clone();
    shown.findings.retain(|finding| match finding {
        Finding::Verdict(judged) => judged.level != Level::Allow,
        Finding::Diagnostic(diagnostic) => diagnostic.severity != Severity::Expected,
    });
    shown
}

/// Writes a file whole or not at all.
pub(super) fn whole(target: &Target, write: impl FnOnce(&mut dyn Write) -> Result<(), WriteError>) -> Result<(), OutputError> {
    let path = &target.path;
    let failed = |error: io::Error| OutputError::File(shown(path), error);
    let written = |written: Result<(), WriteError>| {
        written.map_err(|error| match error {
            WriteError::Io(error) => failed(error),
            WriteError::Refused(refused) => refused.into(),
        })
    };
    let real = match &target.within {
        // A link keeps being one; what it points to is replaced.
        None => fs::canonicalize(path).unwrap_or_else(|_| path.clone()),
        Some(root) => beneath(path, root).map_err(failed)?,
    };
    if fs::metadata(&real).is_ok_and(|about| !about.is_file() && !about.is_dir()) {
        // A device or a pipe cannot be replaced, and holds no old report that could be half overwritten.
        let mut out = BufWriter::new(OpenOptions::new().write(true).open(&real).map_err(failed)?);
        written(write(&mut out))?;
        return out.flush().map_err(failed);
    }
    let folder = real.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let file = new_file(folder).map_err(|error| failed(error.kind().into()))?;
    let mut out = BufWriter::new(file);
    written(write(&mut out))?;
    let file = out.into_inner().map_err(|error| failed(error.into_error()))?;
    if let Ok(about) = fs::metadata(&real) {
        // What was readable for whom stays so.
        file.as_file().set_permissions(about.permissions()).map_err(failed)?;
    }
    file.persist(&real).map(drop).map_err(|error| failed(error.error))
}

/// Where a file of the project lies, if no link leads out of the project and it is no link or device itself.
fn beneath(path: &Path, root: &Path) -> io::Result<PathBuf> {
    let here = |folder: &Path| fs::canonicalize(if folder.as_os_str().is_empty() { Path::new(".") } else { folder });
    let folder = here(path.parent().unwrap_or(Path::new("")))?;
    let name = path.file_name().ok_or(io::ErrorKind::InvalidInput)?;
    let real = folder.join(name);
    let regular = fs::symlink_metadata(&real).map_or(true, |about| about.is_file());
    if folder.starts_with(here(root)?) && regular { Ok(real) } else { Err(io::Error::other("it is a link, or leads out of the project")) }
}

/// A file that goes away unless it is kept, as readable as any other that the user makes.
fn new_file(folder: &Path) -> io::Result<tempfile::NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".factum-");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    builder.tempfile_in(folder)
}

/// GitHub shows what is appended to the file that it names.
fn job_summary(report: &Report) -> Result<(), OutputError> {
    let Some(path) = std::env::var_os("GITHUB_STEP_SUMMARY").filter(|path| !path.is_empty()) else { return Ok(()) };
    let mut text = Vec::new();
    markdown(report, &mut text).map_err(OutputError::JobSummary)?;
    if text.len() > LARGEST_SUMMARY {
        let end = text.get(..LARGEST_SUMMARY).and_then(|start| start.iter().rposition(|byte| *byte == b'\n')).unwrap_or(0);
        text.truncate(end);
        text.extend_from_slice(b"\n\nThe table is cut here: GitHub takes no more of it.\n");
    }
    let mut file = OpenOptions::new().create(true).append(true).open(path).map_err(OutputError::JobSummary)?;
    file.write_all(&text).map_err(OutputError::JobSummary)
}
