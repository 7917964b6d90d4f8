//! What may stand on the command line.

use std::path::PathBuf;

use clap::builder::PossibleValue;
use clap::{Args, Parser, Subcommand, ValueEnum};

use super::config::no_rule;
use crate::check::Rule;
use crate::report::Format;
use crate::text::{escape_controls, nearest, one_of};
use crate::time::Day;

/// Checks statements against a record of sources.
#[derive(Debug, Parser)]
#[command(
    name = "factum",
    version,
    about,
    propagate_version = true,
    max_term_width = 100,
    after_help = "Example:\n  factum init reviews   # a first source, fact file, claim file and draft\n  factum check reviews"
)]
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
        after_help = "Example:\n  factum check claims/syria\n  factum check review.claims --facts syria.facts --as-of 2024-12-08\n  factum check --watch --quiet   # shows again on every change what is not as it should be\n\nExit codes: 0 all as it should be, 1 claims failed, 2 could not check, 3 nothing to check"
    )]
    Check(Check),
    /// Draft a fact file from an article, for a person to review
    #[command(
        after_help = "Example:\n  factum derive homs.txt > homs.facts\n  factum derive homs.md --format jsonl\n  factum derive homs.md --extractor \"./propose --model small\""
    )]
    Derive(Derive),
    /// Keep verdicts beside the claim files, and tell what changed since
    #[command(
        after_help = "Example:\n  factum snapshot claims           # records what is new, tells what changed\n  factum snapshot claims --accept  # takes the changes over\n  factum snapshot claims --check   # for CI: writes nothing\n\nExit codes: 0 nothing changed, 1 something did, 2 could not check, 3 nothing to check"
    )]
    Snapshot(Snapshot),
    /// Look for what is wrong with the record itself
    #[command(
        after_help = "Example:\n  factum audit claims/syria\n  factum audit dispatch.md\n\nExit codes: 0 nothing was found, 1 something was, 2 could not look, 3 there are no facts"
    )]
    Audit(Audit),
    /// Show what the program knows, and where each thing was defined
    #[command(subcommand, after_help = "Example:\n  factum list names claims/syria\n  factum list relations --like capture")]
    List(List),
    /// Say how the verdict on a claim comes about, or what a code means
    #[command(
        after_help = "Examples:\n  factum explain wrong-date\n  factum explain claims/syria/review.claims:33\n  factum explain \"rebels captured Hama on 2024-12-04\" --facts claims/syria"
    )]
    Explain(Explain),
    /// Lay out claim, fact and vocabulary files in one way; what they say stays the same
    #[command(
        after_help = "Example:\n  factum fmt                   # the files in and below this folder\n  factum fmt --check claims    # for CI: writes nothing, shows what would change\n  factum fmt - --stdin-name norrin.facts < draft\n\nExit codes: 0 all is laid out, 1 --check found what is not, 2 could not read or write, 3 there is nothing to lay out"
    )]
    Fmt(Fmt),
    /// Write a first config, source, fact file, claim file and draft that pass
    #[command(
        after_help = "Example:\n  factum init\n  factum init reviews\n\nNothing is overwritten: where one of the files is there already, none is written"
    )]
    Init(Init),
    /// Print a shell's completions
    #[command(
        after_help = "Example:\n  factum completions bash > ~/.local/share/bash-completion/completions/factum\n  factum completions zsh > ~/.zfunc/_factum\n  factum completions fish > ~/.config/fish/completions/factum.fish"
    )]
    Completions(Completions),
    /// Print the manual page of the program or of a command
    #[command(
        after_help = "Example:\n  factum man | man -l -\n  factum man list names | man -l -\n  factum man --to ~/.local/share/man/man1"
    )]
    Man(Man),
    /// Serve an editor: verdicts while typing, completion and more, over standard input and output
    #[command(
        after_help = "Example:\n  factum lsp   # started by an editor, not by hand; docs/editors.md has the settings for three of them"
    )]
    Lsp(Lsp),
}

/// Options of `lsp`.
#[derive(Debug, Args)]
pub struct Lsp {
    /// How many threads judge
    #[arg(long, value_name = "N")]
    pub jobs: Option<usize>,
    /// Accepted because editors give it; there is no other way to be talked to
    #[arg(long, hide = true)]
    pub stdio: bool,
}

/// Options of `fmt`.
#[derive(Debug, Args)]
pub struct Fmt {
    /// Claim, fact and vocabulary files, folders of them, or `-` for standard input, which goes to standard output
    #[arg(default_value = ".")]
    pub paths: Vec<PathBuf>,
    /// Write nothing, and show what would change
    #[arg(long)]
    pub check: bool,
    /// What standard input is called; the ending says what kind of file it is
    #[arg(long, value_name = "NAME", default_value = "stdin.claims")]
    pub stdin_name: String,
}

/// Options of `init`.
#[derive(Debug, Args)]
pub struct Init {
    /// The folder to write into; made where there is none
    #[arg(default_value = ".")]
    pub folder: PathBuf,
}

/// Options of `completions`.
#[derive(Debug, Args)]
pub struct Completions {
    /// Which shell
    #[arg(value_enum)]
    pub shell: clap_complete::Shell,
}

/// Options of `man`.
#[derive(Debug, Args)]
pub struct Man {
    /// The command whose page is wanted, such as `check` or `list names`; the program's own without it
    pub command: Vec<String>,
    /// Write the pages of all commands into this folder instead
    #[arg(long, value_name = "FOLDER", conflicts_with = "command")]
    pub to: Option<PathBuf>,
}

/// Options of `explain`.
#[derive(Debug, Args)]
pub struct Explain {
    /// A claim where it stands (`FILE:LINE`), a claim in quotes, or a code such as `wrong-date`
    #[arg(value_name = "WHAT")]
    pub what: String,
    /// The settings
    #[command(flatten)]
    pub judging: Judging,
}

/// Options of `derive`.
#[derive(Debug, Args)]
pub struct Derive {
    /// Articles: plain text, Markdown or HTML
    #[arg(required = true)]
    pub articles: Vec<PathBuf>,
    /// Take the statements that a program of your own proposes: it gets each article as JSON and answers with statements and
    /// quotes. The command is split into words as a shell does it, and runs without one
    #[arg(long, value_name = "CMD")]
    pub extractor: Option<String>,
    /// How to print
    #[arg(long, value_enum, default_value_t = DeriveFormat::Facts)]
    pub format: DeriveFormat,
}

/// What `derive` can write.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum DeriveFormat {
    /// A fact file
    Facts,
    /// One JSON object a fact
    Jsonl,
}

/// Options of `audit`.
#[derive(Debug, Args)]
pub struct Audit {
    /// Fact files, tables, folders of them, or articles (`.md`, `.html`, `.txt`) of which there are no facts yet
    #[arg(default_value = ".")]
    pub paths: Vec<PathBuf>,
    /// How to print
    #[arg(long, value_enum, default_value_t = AuditFormat::Human)]
    pub format: AuditFormat,
}

/// What `audit` can write.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum AuditFormat {
    /// For people
    Human,
    /// One JSON object a finding
    Jsonl,
}

/// What `list` can list.
#[derive(Debug, Subcommand)]
pub enum List {
    /// Names with their other names, kinds and groups
    #[command(
        after_help = "Example:\n  factum list names\n  factum list names claims/syria --like Hama\n  factum list names --all --format json"
    )]
    Names(Names),
    /// Classes of names, and what each is a kind of
    #[command(after_help = "Example:\n  factum list kinds --like organisation   # organisations of all kinds")]
    Kinds(Listing),
    /// Relations with all ways to say them
    #[command(
        after_help = "Example:\n  factum list relations --like captured   # those with this word\n  factum list relations --like Hama       # those that this name can take part in"
    )]
    Relations(Listing),
    /// Facts by name, with the words that prove them; with `--like NAME`, who held it when
    #[command(after_help = "Example:\n  factum list facts claims/syria\n  factum list facts --facts syria.facts --like Hama")]
    Facts(Listing),
    /// Sources with date, headline, publisher and the facts that are drawn from them
    #[command(after_help = "Example:\n  factum list sources claims/syria\n  factum list sources --known-by 2024-12-08 --format json")]
    Sources(Listing),
    /// The claims of claim files, and how each is understood
    #[command(after_help = "Example:\n  factum list claims claims/syria\n  factum list claims review.claims --format json")]
    Claims(Listing),
    /// Each setting with its value and where it comes from: an option, a variable, `factum.toml` or the default
    #[command(after_help = "Example:\n  factum list config\n  factum list config drafts/today.claims --as-of 2024-12-08")]
    Config {
        /// The claim file or folder that the settings are for
        #[arg(default_value = ".")]
        path: PathBuf,
        /// The settings
        #[command(flatten)]
        judging: Judging,
    },
}

/// What is listed, and how.
#[derive(Debug, Args)]
pub struct Listing {
    /// A folder, or a claim or fact file
    #[arg(default_value = ".")]
    pub path: PathBuf,
    /// Only what has this name or word
    #[arg(long, value_name = "WORD")]
    pub like: Option<String>,
    /// How to print
    #[arg(long, value_enum, default_value_t = ListFormat::Human)]
    pub format: ListFormat,
    /// The settings
    #[command(flatten)]
    pub judging: Judging,
}

/// Options of `list names`.
#[derive(Debug, Args)]
pub struct Names {
    /// The names of the standard vocabulary as well
    #[arg(long)]
    pub all: bool,
    /// The rest
    #[command(flatten)]
    pub listing: Listing,
}

/// How a list is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ListFormat {
    /// For people
    Human,
    /// One JSON document
    Json,
}

/// What verdicts and their levels depend on.
#[derive(Debug, Default, Args)]
pub struct Judging {
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
    /// Let a verdict, or the code of one, fail the run
    #[arg(short = 'D', long, value_name = "CODE", value_delimiter = ',', value_parser = rule)]
    pub deny: Vec<Rule>,
    /// Count a verdict, or the code of one, and let it pass
    #[arg(short = 'W', long, value_name = "CODE", value_delimiter = ',', value_parser = rule)]
    pub warn: Vec<Rule>,
    /// Let a verdict, or the code of one, pass
    #[arg(short = 'A', long, value_name = "CODE", value_delimiter = ',', value_parser = rule)]
    pub allow: Vec<Rule>,
    /// The config for all inputs, instead of the `factum.toml` above each
    #[arg(long, value_name = "FILE", conflicts_with = "isolated")]
    pub config: Option<PathBuf>,
    /// Use no config and no variables
    #[arg(long)]
    pub isolated: bool,
}

/// Options of `check`.
#[derive(Debug, Args)]
pub struct Check {
    /// Claim files (`.claims`), folders of them, or `-` for standard input
    #[arg(default_value = ".")]
    pub paths: Vec<PathBuf>,
    /// What the verdicts depend on
    #[command(flatten)]
    pub judging: Judging,
    /// How to print to standard output
    #[arg(long, value_name = "F", value_enum)]
    pub format: Option<Format>,
    /// Write a report into a file as well; may be given several times
    #[arg(long, value_name = "F=PATH", value_parser = report)]
    pub report: Vec<(Format, PathBuf)>,
    /// Accept the findings that stand in this file
    #[arg(long, value_name = "FILE")]
    pub baseline: Option<PathBuf>,
    /// Write all findings that would fail or warn into the baseline, and accept them
    #[arg(long)]
    pub write_baseline: bool,
    /// What claims from standard input are called
    #[arg(long, value_name = "NAME", default_value = "stdin.claims")]
    pub stdin_name: String,
    /// How it goes about it
    #[command(flatten)]
    pub working: Working,
    /// Terminal colours
    #[arg(long, value_enum, default_value_t = Colour::Auto)]
    pub color: Colour,
    /// List the sentences of drafts with a date, a number or a known name that were not judged, and why (in human format)
    #[arg(long)]
    pub coverage: bool,
    /// Let a run without claims or facts pass
    #[arg(long)]
    pub allow_empty: bool,
    /// Check again whenever a file changes, until Ctrl-C
    #[arg(long, conflicts_with = "write_baseline")]
    pub watch: bool,
}

/// Options of `snapshot`.
#[derive(Debug, Args)]
pub struct Snapshot {
    /// Claim files (`.claims`) and folders of them
    #[arg(default_value = ".")]
    pub paths: Vec<PathBuf>,
    /// What the verdicts depend on
    #[command(flatten)]
    pub judging: Judging,
    /// Write the verdicts as they are now
    #[arg(long, conflicts_with = "check")]
    pub accept: bool,
    /// Write nothing; a claim file without kept verdicts is a change too
    #[arg(long)]
    pub check: bool,
    /// How it goes about it
    #[command(flatten)]
    pub working: Working,
}

/// How a command goes about its work.
#[derive(Debug, Args)]
pub struct Working {
    /// How many threads to use; the output is the same with any number
    #[arg(long, value_name = "N")]
    pub jobs: Option<usize>,
    /// Print only what is not as it should be, and the summary; show no progress
    #[arg(long)]
    pub quiet: bool,
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

impl ValueEnum for Format {
    fn value_variants<'a>() -> &'a [Self] {
        &Self::ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(self.name()).help(self.about()))
    }
}

/// `F=PATH`
pub(super) fn report(text: &str) -> Result<(Format, PathBuf), String> {
    let (name, path) = text.split_once('=').ok_or_else(|| "write it as `sarif=factum.sarif`".to_owned())?;
    let format = Format::by_name(name).ok_or_else(|| {
        let near = one_of(&nearest(name, Format::ALL.iter().map(|format| format.name())));
        let known = || format!("there are {}", Format::ALL.map(Format::name).join(", "));
        format!("`{}` is no format; {}", escape_controls(name), near.unwrap_or_else(known))
    })?;
    if path.is_empty() { Err("the path is empty".to_owned()) } else { Ok((format, PathBuf::from(path))) }
}

fn rule(text: &str) -> Result<Rule, String> {
    Rule::by_name(text).ok_or_else(|| no_rule(text))
}

fn day(text: &str) -> Result<Day, String> {
    text.parse().map_err(|_| format!("`{}` is no day; write it as `2024-12-08`", escape_controls(text)))
}
