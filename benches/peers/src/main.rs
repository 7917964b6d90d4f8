//! The same questions to factum and to what a user would pick instead, on the same files in one session.
//!
//! `peers generate FOLDER SIZE [SEED]` writes the work. `peers run FOLDER FACTUM [PYTHON]` asks everybody five times, each time as a whole
//! process from cold, checks that all answer alike, and prints medians, ratios and peak memory. `PYTHON` is a Python that has DuckDB
//! (`pip install duckdb`); without it DuckDB is left out. Times and memory come from GNU `time`.

mod datalog;
mod question;
mod sqlite;
mod work;

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};

type Failure = Box<dyn std::error::Error>;

const RUNS: usize = 5;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let done = match words.as_slice() {
        ["generate", folder, size, seed @ ..] => generate(Path::new(folder), size, seed.first().and_then(|seed| seed.parse().ok())),
        ["run", folder, factum, python @ ..] => run(Path::new(folder), factum, python.first().copied()),
        // What `run` starts for each run of a peer.
        ["sqlite", folder, out] => answered(out, sqlite::answers(Path::new(folder), None)),
        ["sqlite-ready", folder, out] => {
            let folder = Path::new(folder);
            answered(out, sqlite::answers(folder, Some(&folder.join("ready.sqlite"))))
        }
        ["ascent", folder, out] => answered(out, datalog::answers(Path::new(folder))),
        _ => Err("peers generate FOLDER SIZE [SEED] | peers run FOLDER FACTUM [PYTHON]".into()),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::from(2)
        }
    }
}

fn generate(folder: &Path, size: &str, seed: Option<u64>) -> Result<(), Failure> {
    let names = "tiny, small, medium, large, imprecise, small-imprecise";
    let size = work::Size::named(size).ok_or_else(|| format!("there is no size `{size}`: {names}"))?;
    Ok(work::write(folder, size, seed.unwrap_or(7))?)
}

fn answered(out: &str, answers: Result<String, Failure>) -> Result<(), Failure> {
    Ok(fs::write(out, answers?)?)
}

/// One who is asked.
struct Peer {
    name: &'static str,
    command: Vec<String>,
    /// Where the answers are written.
    out: PathBuf,
    /// Whether they are the lines of `tsv`, on standard output.
    tsv: bool,
}

fn run(folder: &Path, factum: &str, python: Option<&str>) -> Result<(), Failure> {
    let own = std::env::current_exe()?.display().to_string();
    let of = folder.display().to_string();
    let out = |name: &str| folder.join(format!("{name}.out"));
    let words = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
    let (claims, facts) = (format!("{of}/work.claims"), format!("{of}/facts.csv"));
    let check = [factum, "check", "--isolated", "--jobs", "1", "--format", "tsv", &claims, "--facts", &facts];
    let mut peers = vec![Peer { name: "factum", command: words(&check), out: out("factum"), tsv: true }];
    for name in ["ascent", "sqlite", "sqlite-ready"] {
        let answers = out(name);
        peers.push(Peer { name, command: words(&[&own, name, &of, &answers.display().to_string()]), out: answers, tsv: false });
    }
    if let Some(python) = python {
        let script = concat!(env!("CARGO_MANIFEST_DIR"), "/duck.py");
        let answers = out("duckdb");
        peers.push(Peer { name: "duckdb", command: words(&[python, script, &of, &answers.display().to_string()]), out: answers, tsv: false });
    }
    // The database file is made before anybody is timed.
    measured(peers.iter().find(|peer| peer.name == "sqlite-ready").ok_or("no peer")?)?;
    let mut times: Vec<Vec<(f64, u64)>> = peers.iter().map(|_| Vec::new()).collect();
    let mut answers: Vec<String> = Vec::new();
    for round in 0..RUNS {
        for (peer, times) in peers.iter().zip(&mut times) {
            times.push(measured(peer)?);
            if round == 0 {
                let file = File::open(&peer.out)?;
                answers.push(if peer.tsv { question::letters(file)? } else { fs::read_to_string(&peer.out)? });
            }
        }
    }
    let ours = answers.first().ok_or("no answers")?;
    for (peer, theirs) in peers.iter().zip(&answers) {
        if let Some(at) = ours.bytes().zip(theirs.bytes()).position(|(a, b)| a != b).or((ours.len() != theirs.len()).then_some(ours.len())) {
            return Err(format!("factum and {} do not answer alike: claim {}", peer.name, at + 1).into());
        }
    }
    let count = |letter: char| ours.chars().filter(|c| *c == letter).count();
    println!("{} claims, all answered alike: {} supported, {} contradicted, {} unknown", ours.len(), count('s'), count('c'), count('u'));
    let median = |times: &[(f64, u64)]| {
        let mut seconds: Vec<f64> = times.iter().map(|(seconds, _)| *seconds).collect();
        seconds.sort_by(f64::total_cmp);
        seconds.get(seconds.len() / 2).copied().unwrap_or(f64::NAN)
    };
    let first = times.first().map_or(f64::NAN, |times| median(times));
    println!("{:<14} {:>9} {:>8} {:>10}", "", "median s", "ratio", "peak MiB");
    for (peer, times) in peers.iter().zip(&times) {
        let peak = times.iter().map(|(_, kib)| *kib).max().unwrap_or(0);
        println!("{:<14} {:>9.3} {:>8.2} {:>10}", peer.name, median(times), median(times) / first, peak / 1024);
    }
    Ok(())
}

/// Wall seconds and peak KiB of one run.
fn measured(peer: &Peer) -> Result<(f64, u64), Failure> {
    let told = peer.out.with_extension("time");
    let stdout = if peer.tsv { Stdio::from(File::create(&peer.out)?) } else { Stdio::null() };
    let mut command = Command::new("/usr/bin/time");
    command.args(["-f", "%e %M", "-o"]).arg(&told).args(&peer.command).stdout(stdout).stderr(Stdio::null());
    let status = command.status()?;
    // Claims that are not supported make factum end with 1.
    if !matches!(status.code(), Some(0 | 1)) {
        return Err(format!("{} ended with {status}", peer.name).into());
    }
    let text = fs::read_to_string(&told)?;
    let line = text.lines().last().unwrap_or_default();
    let (seconds, kib) = line.split_once(' ').ok_or("no times")?;
    Ok((seconds.parse()?, kib.parse()?))
}
