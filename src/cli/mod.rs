//! The command line: the only place that reads files, prints and looks at the environment.

mod args;
mod check;
mod files;

use std::process::ExitCode;

use clap::Parser as _;

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

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}

/// Runs the program with the arguments of the process.
pub fn run() -> ExitCode {
    let arguments = args::Arguments::parse();
    let exit = match arguments.command {
        args::Command::Check(options) => check::check(&options),
        args::Command::Explain { code } => explain(&code),
    };
    exit.into()
}

fn explain(code: &str) -> Exit {
    use crate::verdict::Code;
    if let Some(known) = Code::ALL.iter().find(|known| known.name() == code) {
        println!("{}: {}", known.name(), known.meaning());
        return Exit::Met;
    }
    let near = crate::text::one_of(&crate::text::nearest(code, Code::ALL.iter().map(|code| code.name())));
    eprintln!("error: `{}` is no code of a verdict", crate::text::escape_controls(code));
    eprintln!("help: {}", near.unwrap_or_else(|| Code::ALL.map(Code::name).join(", ")));
    Exit::CouldNot
}
