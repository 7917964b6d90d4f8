//! The tests of the copy: which there are, how long each takes, and which mutants it reaches.
//!
//! In: the test binary. Out: tests, and how a run of one ended. Never: lets a test, or a program that it started, outlive
//! its time or take all memory.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use rustix::process::{Pid, Resource, Rlimit, Signal, getrlimit, kill_process_group, setrlimit};
use std::os::unix::process::CommandExt;
use wait_timeout::ChildExt;

use crate::copy::{Built, Fingerprint};
use crate::error::{Error, file};

/// A test that reaches a mutant.
#[derive(Clone, Debug, serde::Serialize, serde::Deserialize)]
pub struct Test {
    /// As the test binary lists it.
    pub name: String,
    /// How long it took with no mutant switched on.
    pub seconds: f64,
    /// The numbers of the mutants that it reaches.
    pub reaches: BTreeSet<u32>,
}

/// How one test ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// As it should.
    Passed,
    /// It noticed something, or broke.
    Failed,
    /// It was stopped.
    TimedOut,
}

/// What a test does with `FACTUM_MUTANT…`.
pub enum Switch<'a> {
    /// A mutant is switched on.
    On(u32),
    /// Reached mutants are written to this file.
    Trace(&'a Path),
    /// None is switched on.
    Off,
}

/// For a test that is known to end.
const NO_HURRY: Duration = Duration::from_secs(3600);

/// From now on no program that is started may have more memory than this. It is set for this process, as limits are
/// inherited; all that this one still does is wait.
pub fn limit_memory(mebibytes: u64) {
    let maximum = getrlimit(Resource::As).maximum;
    // A limit that cannot be set is one that is lower already.
    let _ = setrlimit(Resource::As, Rlimit { current: Some(mebibytes.saturating_mul(1 << 20)), maximum });
}

/// Runs one test.
///
/// # Errors
/// If the test binary cannot be run at all.
pub fn run(built: &Built, name: &str, switch: &Switch, limit: Duration) -> Result<End, Error> {
    let failed = |source| Error::Program { program: built.tests.display().to_string(), source };
    let mut command = Command::new(&built.tests);
    command
        .args(["--exact", name])
        .current_dir(&built.folder)
        .env_remove("FACTUM_MUTANT")
        .env_remove("FACTUM_MUTANT_TRACE")
        // Snapshots are compared and never written; the search for their root by way of cargo is spared.
        .env("INSTA_UPDATE", "no")
        .env("INSTA_WORKSPACE_ROOT", &built.folder)
        // A case that fails is enough; nobody reads it, so it is neither shrunk nor kept.
        .env("PROPTEST_MAX_SHRINK_ITERS", "0")
        .env("PROPTEST_DISABLE_FAILURE_PERSISTENCE", "true")
        .env("RUST_BACKTRACE", "0")
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .process_group(0);
    match switch {
        Switch::On(number) => command.env("FACTUM_MUTANT", number.to_string()),
        Switch::Trace(file) => command.env("FACTUM_MUTANT_TRACE", file),
        Switch::Off => &mut command,
    };
    let mut child = command.spawn().map_err(failed)?;
    let ended = child.wait_timeout(limit).map_err(failed)?;
    // Also after a test that ended by itself: it may have left a program running.
    let group = i32::try_from(child.id()).ok().and_then(Pid::from_raw);
    if let Some(group) = group {
        let _ = kill_process_group(group, Signal::KILL);
    }
    match ended {
        Some(status) if status.success() => Ok(End::Passed),
        Some(_) => Ok(End::Failed),
        None => child.wait().map_err(failed).map(|_| End::TimedOut),
    }
}

/// All tests that reach a mutant, quickest first. A test that reaches none is not looked at further: it may well fail in the
/// copy, as those do that read the source.
///
/// # Errors
/// If a test fails that reaches mutants: it would catch all of them.
pub fn trace(built: &Built, work: &Path, fingerprint: &Fingerprint, skipped: &[String], jobs: usize) -> Result<Vec<Test>, Error> {
    let key =
        format!("{} {} {:?} {skipped:?} {:?}", fingerprint.source, fingerprint.tests, built.refused, std::env::var("FACTUM_LAW_CASES"));
    let kept = work.join("reached.json");
    if let Ok(text) = fs::read_to_string(&kept)
        && let Ok((same, tests)) = serde_json::from_str::<(String, Vec<Test>)>(&text)
        && same == key
    {
        return Ok(tests);
    }
    let listed = Command::new(&built.tests)
        .args(["--list", "--format", "terse"])
        .output()
        .map_err(|source| Error::Program { program: built.tests.display().to_string(), source })?;
    let listed = String::from_utf8_lossy(&listed.stdout).into_owned();
    let names: Vec<&str> = listed
        .lines()
        .filter_map(|line| line.strip_suffix(": test"))
        .filter(|name| !skipped.iter().any(|skipped| name.contains(skipped.as_str())))
        .collect();
    let folder = work.join("traces");
    fs::create_dir_all(&folder).map_err(file(&folder))?;
    let traced = each(&names, jobs, |nth, name| {
        let path = folder.join(nth.to_string());
        let _ = fs::remove_file(&path);
        let mut end = run(built, name, &Switch::Trace(&path), NO_HURRY)?;
        // No file: nothing was reached.
        let reaches: BTreeSet<u32> = fs::read_to_string(&path).unwrap_or_default().lines().filter_map(|line| line.parse().ok()).collect();
        // Tracing slows a test down; what it takes without is what a mutant is measured by.
        let begun = Instant::now();
        if !reaches.is_empty() && end == End::Passed {
            end = run(built, name, &Switch::Off, NO_HURRY)?;
        }
        let seconds = begun.elapsed().as_secs_f64();
        if !reaches.is_empty() && end != End::Passed {
            return Err(Error::Baseline((*name).to_owned()));
        }
        Ok(Test { name: (*name).to_owned(), seconds, reaches })
    })?;
    let mut tests: Vec<Test> = traced.into_iter().filter(|test| !test.reaches.is_empty()).collect();
    tests.sort_by(|a, b| a.seconds.total_cmp(&b.seconds).then_with(|| a.name.cmp(&b.name)));
    let text = serde_json::to_string(&(key, &tests)).unwrap_or_default();
    fs::write(&kept, text).map_err(file(&kept))?;
    Ok(tests)
}

/// Does something with each of many, so many at a time; what comes out keeps the order. The first error ends it.
///
/// # Errors
/// That of the doing.
pub fn each<T: Sync, R: Send>(all: &[T], jobs: usize, go: impl Fn(usize, &T) -> Result<R, Error> + Sync) -> Result<Vec<R>, Error> {
    let next = AtomicUsize::new(0);
    let done: Mutex<Vec<(usize, Result<R, Error>)>> = Mutex::new(Vec::new());
    std::thread::scope(|scope| {
        for _ in 0..jobs.max(1) {
            scope.spawn(|| {
                loop {
                    let nth = next.fetch_add(1, Ordering::Relaxed);
                    let Some(one) = all.get(nth) else { break };
                    let result = go(nth, one);
                    if result.is_err() {
                        next.store(all.len(), Ordering::Relaxed);
                    }
                    if let Ok(mut done) = done.lock() {
                        done.push((nth, result));
                    }
                }
            });
        }
    });
    let mut done = done.into_inner().unwrap_or_default();
    done.sort_by_key(|(nth, _)| *nth);
    done.into_iter().map(|(_, result)| result).collect()
}
