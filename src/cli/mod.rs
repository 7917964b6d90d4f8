//! The command line: the only place that reads files, prints and looks at the environment.

mod args;
mod audit;
mod beneath;
mod check;
mod completions;
mod config;
mod derive;
mod explain;
mod extractor;
mod files;
mod fmt;
mod init;
mod list;
mod man;
mod output;
mod progress;
pub(crate) mod project;
mod session;
mod snapshot;
mod stream;
mod watch;

pub use config::schema as config_schema;
pub use derive::schema as derived_schema;
pub use extractor::{answer_schema as extractor_answer_schema, given_schema as extractor_input_schema};
pub use list::schema as list_schema;
pub(crate) use session::Session;
pub use snapshot::{SnapshotError, folder};

use std::io::{self, Write as _};
use std::process::ExitCode;

use clap::Parser as _;
use clap::builder::StyledStr;
use clap::error::{ContextKind, ContextValue};

use crate::text::escape_controls;

/// The program's exit codes, the same in every format.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// The policy is met.
    Met = 0,
    /// Claims failed the policy.
    Failed = 1,
    /// It could not be checked.
    CouldNot = 2,
    /// There was nothing to check.
    Nothing = 3,
}

impl Exit {
    /// The exit of a report's code.
    const fn of(code: u8) -> Self {
        match code {
            0 => Self::Met,
            1 => Self::Failed,
            3 => Self::Nothing,
            _ => Self::CouldNot,
        }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}

/// The language server, which stands beside the command line and is given its input and output here. It tells whether the editor
/// took its leave.
pub type Serve = fn(io::BufReader<io::Stdin>, io::Stdout) -> io::Result<bool>;

/// Runs the program with the arguments of the process.
pub fn run(serve: Serve) -> ExitCode {
    crate::syntax::bound_parsers();
    let arguments = match args::Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => return misread(error).into(),
    };
    let exit = match arguments.command {
        args::Command::Check(options) => check::check(&options),
        args::Command::Audit(options) => audit::audit(&options),
        args::Command::Derive(options) => derive::derive(&options),
        args::Command::Snapshot(options) => snapshot::snapshot(&options),
        args::Command::List(what) => list::list(&what),
        args::Command::Explain(options) => explain::explain(&options),
        args::Command::Fmt(options) => fmt::fmt(&options),
        args::Command::Init(options) => init::init(&options),
        args::Command::Completions(options) => completions::completions(&options),
        args::Command::Man(options) => man::man(&options),
        args::Command::Lsp(options) => {
            check::use_threads(options.jobs);
            match serve(io::BufReader::new(io::stdin()), io::stdout()) {
                Ok(in_order) => {
                    if in_order {
                        Exit::Met
                    } else {
                        Exit::Failed
                    }
                }
                Err(error) => unwritten(Err(error)).unwrap_or(Exit::Failed),
            }
        }
    };
    exit.into()
}

/// Settings that cannot be used, with their places where they have some.
fn misconfigured(error: &config::ConfigError) -> Exit {
    if let config::ConfigError::Written(problems) = error {
        let _ = crate::report::faults(problems, &mut io::stderr().lock());
    } else {
        complain(&format!("error: {error}"));
    }
    Exit::CouldNot
}

/// A line on standard error, whatever it quotes made safe to show. Where even that cannot be written, the exit code is left.
fn complain(line: &str) {
    let _ = writeln!(io::stderr().lock(), "{}", escape_controls(line));
}

/// What becomes of a run whose output was not all written; none where that is no fault.
fn unwritten(written: io::Result<()>) -> Option<Exit> {
    match written {
        Ok(()) => None,
        // A reader that closed early (`| head`) has had enough.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => None,
        Err(error) => {
            complain(&format!("error: the output cannot be written: {error}"));
            Some(Exit::CouldNot)
        }
    }
}

/// Help and version, or arguments that are wrong. The messages are clap's, and quote what was typed.
fn misread(mut error: clap::Error) -> Exit {
    let quoted: Vec<(ContextKind, ContextValue)> =
        error.context().filter(|(kind, _)| *kind != ContextKind::Usage).map(|(kind, value)| (kind, shown(value))).collect();
    for (kind, value) in quoted {
        error.insert(kind, value);
    }
    let exit = if error.use_stderr() { Exit::CouldNot } else { Exit::Met };
    unwritten(error.print()).unwrap_or(exit)
}

fn shown(value: &ContextValue) -> ContextValue {
    match value {
        ContextValue::String(text) => ContextValue::String(escape_controls(text)),
        ContextValue::Strings(texts) => ContextValue::Strings(texts.iter().map(|text| escape_controls(text)).collect()),
        // Tips quote as well; of what is styled, the words are kept.
        ContextValue::StyledStr(text) => ContextValue::StyledStr(plain(text)),
        ContextValue::StyledStrs(texts) => ContextValue::StyledStrs(texts.iter().map(plain).collect()),
        other => other.clone(),
    }
}

fn plain(text: &StyledStr) -> StyledStr {
    StyledStr::from(escape_controls(&text.to_string()))
}
