//! Mutation testing by schemata: all mutants of a project are compiled in at once, each behind a switch that an environment
//! variable turns on, so that the project is built once and not once for each mutant.
//!
//! In: a project's folder. Out: a [`Report`]. Never: writes outside the work folder.
//!
//! [`points`] finds what can be changed, [`schemata`] writes the changes into a copy, [`copy`] builds that and takes out what
//! does not compile, [`tests`] learns which test reaches what and runs them, [`results`] keeps what became of each mutant,
//! [`excused`] reads what need not be caught, [`report`] says it all.

pub mod copy;
pub mod error;
pub mod excused;
pub mod points;
pub mod report;
pub mod results;
pub mod schemata;
pub mod tests;

use std::collections::{BTreeMap, BTreeSet};
use std::env;
use std::fs;
use std::hash::Hasher;
use std::path::{self, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use copy::{Built, Project};
use error::{Error, file};
use points::Mutant;
pub use report::Report;
use results::{Line, Outcome, Results};
use tests::{End, Switch, Test};

/// What is asked for.
#[derive(Clone, Debug, clap::Parser)]
#[command(name = "mutants", about = "Mutation testing of factum: builds once, with all mutants compiled in")]
pub struct Options {
    /// Folder of the project
    #[arg(long, default_value = ".")]
    pub project: PathBuf,
    /// Folder for the copy and the results [default: target/mutants below the project]
    #[arg(long)]
    pub work: Option<PathBuf>,
    /// Paths whose files are mutated
    #[arg(long = "module", default_values = ["src/verdict", "src/time", "src/statement"])]
    pub modules: Vec<String>,
    /// Name of the test binary
    #[arg(long, default_value = "all")]
    pub test_binary: String,
    /// List of mutants that need not be caught, below the project
    #[arg(long, default_value = "tests/mutants/excused.txt")]
    pub excused: PathBuf,
    /// Only mutants whose id or printed line contains this
    #[arg(long)]
    pub only: Option<String>,
    /// Only so many, always the same ones
    #[arg(long)]
    pub sample: Option<usize>,
    /// Only the K-th of N parts: K/N
    #[arg(long, value_parser = shard)]
    pub shard: Option<(usize, usize)>,
    /// Tests whose name contains this are not run
    #[arg(long = "skip-test")]
    pub skipped: Vec<String>,
    /// Tests at the same time
    #[arg(long, default_value_t = 2)]
    pub jobs: usize,
    /// A test may take so many times as long as it does without mutants
    #[arg(long, default_value_t = 10.0)]
    pub time_factor: f64,
    /// But always this long, in seconds
    #[arg(long, default_value_t = 10.0)]
    pub least_time: f64,
    /// And this much memory, in MiB
    #[arg(long, default_value_t = 4096)]
    pub memory: u64,
    /// Optimisation of the copy
    #[arg(long, default_value = "2")]
    pub opt_level: String,
    /// Forget earlier results
    #[arg(long)]
    pub fresh: bool,
    /// Only print the mutants; builds nothing
    #[arg(long)]
    pub list: bool,
}

fn shard(text: &str) -> Result<(usize, usize), String> {
    let parts = text.split_once('/').and_then(|(k, n)| Some((k.parse().ok()?, n.parse().ok()?)));
    parts.filter(|(k, n)| (1..=*n).contains(k)).ok_or_else(|| "two numbers are needed, as in `1/4`".to_owned())
}

/// The mutants that are asked for, in the order of their places.
fn chosen<'p>(project: &'p Project, refused: &BTreeSet<u32>, options: &Options) -> Vec<(u32, &'p Mutant)> {
    let wanted = |m: &Mutant| options.only.as_ref().is_none_or(|only| m.id.contains(only.as_str()) || m.shown().contains(only.as_str()));
    let mut chosen: Vec<(u32, &Mutant)> =
        project.mutants.iter().map(|(number, m)| (*number, m)).filter(|(number, m)| !refused.contains(number) && wanted(m)).collect();
    if let Some(size) = options.sample {
        chosen.sort_by_key(|(number, mutant)| {
            let mut hasher = fnv::FnvHasher::default();
            hasher.write(mutant.id.as_bytes());
            // FNV's last byte hardly moves the high bits; numbers of occurrences stand last.
            (hasher.finish().wrapping_mul(0x9E37_79B9_7F4A_7C15).rotate_left(32), *number)
        });
        chosen.truncate(size);
        chosen.sort_by_key(|(number, _)| *number);
    }
    if let Some((part, parts)) = options.shard {
        chosen = chosen.into_iter().enumerate().filter(|(nth, _)| nth % parts == part - 1).map(|(_, one)| one).collect();
    }
    chosen
}

/// Runs it all.
///
/// # Errors
/// What keeps it from being run at all; surviving mutants are in the report.
pub fn run(options: &Options) -> Result<Option<Report>, Error> {
    let folder = path::absolute(&options.project).map_err(file(&options.project))?;
    let project = Project::read(&folder, &options.modules, &options.excused)?;
    if options.list {
        for (_, mutant) in chosen(&project, &BTreeSet::new(), options) {
            println!("{}\n    {}", mutant.shown(), mutant.id);
        }
        for function in &project.left_out {
            println!("left out: {function}");
        }
        return Ok(None);
    }
    let work = options.work.clone().unwrap_or_else(|| folder.join("target/mutants"));
    let work = path::absolute(&work).map_err(file(&work))?;
    fs::create_dir_all(&work).map_err(file(&work))?;
    let begun = Instant::now();
    let built = project.build(&work, &options.opt_level, &options.test_binary)?;
    eprintln!("{} mutants, {} do not compile; built in {:.0} s", project.mutants.len(), built.refused.len(), begun.elapsed().as_secs_f64());
    tests::limit_memory(options.memory);
    let begun = Instant::now();
    let mut fingerprint = project.fingerprint();
    // What survives some of the tests may not survive them all.
    if let Ok(cases) = env::var("FACTUM_LAW_CASES") {
        fingerprint.tests.push_str(&format!(" with {cases} cases"));
    }
    for skipped in options.skipped.iter().collect::<BTreeSet<_>>() {
        fingerprint.tests.push_str(&format!(" without {skipped}"));
    }
    let tests = tests::trace(&built, &work, &fingerprint, &options.skipped, options.jobs)?;
    eprintln!("{} tests reach mutants; traced in {:.0} s", tests.len(), begun.elapsed().as_secs_f64());

    let path = work.join("results.jsonl");
    if options.fresh && path.exists() {
        fs::remove_file(&path).map_err(file(&path))?;
    }
    let results = Results::open(&path, fingerprint)?;
    let chosen = chosen(&project, &built.refused, options);
    if chosen.is_empty() {
        return Err(Error::Nothing);
    }
    let open: Vec<(u32, &Mutant)> = chosen.iter().copied().filter(|(_, mutant)| !results.known.contains_key(&mutant.id)).collect();
    let begun = Instant::now();
    let trial = Trial { built: &built, tests: &tests, results: &results, options, catchers: Mutex::default(), done: AtomicUsize::new(0) };
    for mutant in project.mutants.values() {
        let by = results.known.get(&mutant.id).and_then(|line| line.test.as_deref());
        if let Some(nth) = by.and_then(|name| tests.iter().position(|test| test.name == name)) {
            trial.remember(mutant, nth);
        }
    }
    let lines = tests::each(&open, options.jobs, |_, (number, mutant)| trial.decide(*number, mutant, open.len()))?;
    eprintln!("{} mutants tried in {:.0} s", lines.len(), begun.elapsed().as_secs_f64());

    let mut known = results.known;
    known.extend(lines.into_iter().map(|line| (line.id.clone(), line)));
    let refused = built.refused.iter().filter_map(|number| project.mutants.get(number)).map(Mutant::shown);
    Ok(Some(Report {
        done: chosen.into_iter().filter_map(|(_, mutant)| Some((mutant.clone(), known.get(&mutant.id)?.clone()))).collect(),
        excused: excused::read(&folder.join(&options.excused))?,
        existing: project.mutants.values().map(|mutant| mutant.id.clone()).collect(),
        left_out: project.left_out.iter().cloned().chain(refused).collect(),
    }))
}

/// Mutants on trial.
struct Trial<'a> {
    built: &'a Built,
    tests: &'a [Test],
    results: &'a Results,
    options: &'a Options,
    /// Tests that have caught a mutant of a function, of a file or (under no name) at all: they are tried first, as they are
    /// the likeliest to catch the next one. This decides how long it takes, not what comes out.
    catchers: Mutex<BTreeMap<String, BTreeSet<usize>>>,
    done: AtomicUsize,
}

fn function(mutant: &Mutant) -> String {
    format!("{} {}", mutant.file, mutant.function)
}

impl Trial<'_> {
    /// The test of this number has caught this mutant.
    fn remember(&self, mutant: &Mutant, nth: usize) {
        if let Ok(mut catchers) = self.catchers.lock() {
            for place in [function(mutant), mutant.file.clone(), String::new()] {
                catchers.entry(place).or_default().insert(nth);
            }
        }
    }

    fn decide(&self, number: u32, mutant: &Mutant, of: usize) -> Result<Line, Error> {
        let begun = Instant::now();
        let function = function(mutant);
        let mut order: Vec<usize> =
            (0..self.tests.len()).filter(|nth| self.tests.get(*nth).is_some_and(|t| t.reaches.contains(&number))).collect();
        let reached = !order.is_empty();
        if let Ok(catchers) = self.catchers.lock() {
            let caught = |place: &str, nth: usize| catchers.get(place).is_some_and(|tests| tests.contains(&nth));
            order.sort_by_key(|nth| (!caught(&function, *nth), !caught(&mutant.file, *nth), !caught("", *nth), *nth));
        }
        let mut outcome = if reached { Outcome::Survived } else { Outcome::NotReached };
        let mut by = None;
        for (nth, test) in order.into_iter().filter_map(|nth| Some((nth, self.tests.get(nth)?))) {
            let limit = Duration::from_secs_f64((test.seconds * self.options.time_factor).max(self.options.least_time));
            match tests::run(self.built, &test.name, &Switch::On(number), limit)? {
                End::Passed => continue,
                End::Failed => outcome = Outcome::Caught,
                End::TimedOut => outcome = Outcome::Timeout,
            }
            by = Some(test.name.as_str());
            self.remember(mutant, nth);
            break;
        }
        let seconds = (begun.elapsed().as_secs_f64() * 100.0).round() / 100.0;
        let line = self.results.line(&mutant.id, outcome, by, seconds);
        self.results.keep(&line).map_err(|source| Error::File { path: PathBuf::from("results.jsonl"), source })?;
        let done = self.done.fetch_add(1, Ordering::Relaxed) + 1;
        eprintln!("{done}/{of} {outcome:?} {seconds:.1} s {}", mutant.shown());
        Ok(line)
    }
}
