//! `factum man`: manual pages, from the definitions that `--help` shows.

use std::io::{self, Write as _};

use clap::CommandFactory as _;

use super::args::{Arguments, Man};
use super::files::shown;
use super::{Exit, complain, unwritten};
use crate::text::{nearest, one_of};

/// Runs the command.
pub(super) fn man(options: &Man) -> Exit {
    // As for the pages that are written: `help` has none.
    let mut command = Arguments::command().disable_help_subcommand(true);
    if let Some(folder) = &options.to {
        return match clap_mangen::generate_to(command, folder) {
            Ok(()) => Exit::Met,
            Err(error) => {
                complain(&format!("error: the pages cannot be written into `{}`: {error}", shown(folder)));
                Exit::CouldNot
            }
        };
    }
    // Commands learn their whole names, such as `factum-list-names`, only now.
    command.build();
    let mut wanted = &command;
    for name in &options.command {
        match wanted.find_subcommand(name) {
            Some(found) => wanted = found,
            None => {
                let near = one_of(&nearest(name, wanted.get_subcommands().map(clap::Command::get_name)));
                complain(&format!("error: `{}` has no command `{name}`", wanted.get_bin_name().unwrap_or("factum")));
                near.iter().for_each(|near| complain(&format!("help: {near}")));
                return Exit::CouldNot;
            }
        }
    }
    let mut page = Vec::new();
    let written = clap_mangen::Man::new(wanted.clone()).render(&mut page).and_then(|()| io::stdout().lock().write_all(&page));
    unwritten(written).unwrap_or(Exit::Met)
}
