//! What may stand on the command line.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::text::escape_controls;
use crate::time::Day;

/// Checks statements against a record of sources.
#[derive(Debug, Parser)]
#[command(name = "factum", version, about, propagate_version = true, max_term_width = 100)]
pub struct Arguments {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Give verdicts on claim files and folders of them
    #[command(
        after_help = "Example:\n  factum check claims/syria\n  factum check review.claims --facts syria.facts --as-of 2024-12-08\n\nExit codes: 0 all as it should be, 1 claims failed, 2 could not check, 3 nothing to check"
    )]
    Check(Check),
    /// Say how the verdict on a claim comes about, or what a code means
    #[command(
        after_help = "Examples:\n  factum explain wrong-date\n  factum explain claims/syria/review.claims:33\n  factum explain \"rebels captured Hama on 2024-12-04\" --facts claims/syria"
    )]
    Explain(Explain),
}

/// Options of `explain`.
#[derive(Debug, Args)]
pub struct Explain {
    /// A claim where it stands (`FILE:LINE`), a claim in quotes, or a code such as `wrong-date`
    #[arg(value_name = "WHAT")]
    pub what: String,
    /// A fact file, a table (`.csv`) or a folder of fact files; may be given several times
    #[arg(long, value_name = "PATH")]
    pub facts: Vec<PathBuf>,
    /// The reference day of claims that give none
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub as_of: Option<Day>,
    /// Only what sources published by then say
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub known_by: Option<Day>,
    /// Assume nothing: only what follows from the facts by logic
    #[arg(long, conflicts_with = "assume")]
    pub strict: bool,
    /// Assume only these
    #[arg(long, value_name = "NAME,…", value_delimiter = ',')]
    pub assume: Option<Vec<AssumptionName>>,
}

/// Options of `check`.
#[derive(Debug, Args)]
pub struct Check {
    /// Claim files (`.claims`), folders of them, or `-` for standard input
    #[arg(default_value = ".")]
    pub paths: Vec<PathBuf>,
    /// A fact file, a table (`.csv`) or a folder of fact files; may be given several times
    #[arg(long, value_name = "PATH")]
    pub facts: Vec<PathBuf>,
    /// The reference day of claims that give none
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub as_of: Option<Day>,
    /// Only what sources published by then say
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub known_by: Option<Day>,
    /// Assume nothing: only what follows from the facts by logic
    #[arg(long, conflicts_with = "assume")]
    pub strict: bool,
    /// Assume only these
    #[arg(long, value_name = "NAME,…", value_delimiter = ',')]
    pub assume: Option<Vec<AssumptionName>>,
    /// How to print
    #[arg(long, value_enum, default_value_t = Format::Human)]
    pub format: Format,
    /// What claims from standard input are called
    #[arg(long, value_name = "NAME", default_value = "stdin.claims")]
    pub stdin_name: String,
    /// How many threads to use; the output is the same with any number
    #[arg(long, value_name = "N")]
    pub jobs: Option<usize>,
    /// Terminal colours
    #[arg(long, value_enum, default_value_t = Colour::Auto)]
    pub color: Colour,
    /// Print only what is not as it should be, and the summary
    #[arg(long)]
    pub quiet: bool,
    /// Let a run without claims or facts pass
    #[arg(long)]
    pub allow_empty: bool,
}

/// The assumptions by name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum AssumptionName {
    /// A state goes on until the record ends it
    Persistence,
    /// What is not repeatable happened only when the record says
    Once,
    /// since, until, from … to and for say where a state began and ended
    Boundaries,
    /// What a source reports somebody as saying is taken as so
    Voice,
}

/// The formats.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people
    Human,
    /// One JSON object a line
    Jsonl,
}

/// When to use colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Colour {
    /// On a terminal, unless `NO_COLOR` is set
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

fn day(text: &str) -> Result<Day, String> {
    text.parse().map_err(|_| format!("`{}` is no day; write it as `2024-12-08`", escape_controls(text)))
}
