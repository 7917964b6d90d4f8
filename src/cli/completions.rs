//! `factum completions`: what a shell needs to complete commands and options, from the definitions that `--help` shows.

use std::io::{self, Write as _};

use clap::CommandFactory as _;

use super::args::{Arguments, Completions};
use super::{Exit, unwritten};

/// Runs the command.
pub(super) fn completions(options: &Completions) -> Exit {
    // Into memory first: the generator takes a closed output for a fault of its own.
    let mut script = Vec::new();
    clap_complete::generate(options.shell, &mut Arguments::command(), "factum", &mut script);
    unwritten(io::stdout().lock().write_all(&script)).unwrap_or(Exit::Met)
}
