//! Arguments to exit code: 0 if every survivor is excused, 1 if not, 2 if there are no results.

use std::process::ExitCode;

use clap::Parser;
use factum_mutants::{Options, run};

fn main() -> ExitCode {
    match run(&Options::parse()) {
        Ok(None) => ExitCode::SUCCESS,
        Ok(Some(report)) => {
            println!("{report}");
            if report.survivors().next().is_none() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
        }
        Err(problem) => {
            eprintln!("error: {problem}");
            ExitCode::from(2)
        }
    }
}
