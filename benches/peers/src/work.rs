//! The work that all do: who held which place, and lines that say so, from a seed.
//!
//! In: how many facts and claims, how exact, and a seed. Out: a table of facts (CSV), the claims in English, and the same claims with
//! their fields parted by tabs, for those that read no English. Never: looks at a clock.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::Path;

/// Days since 1970-01-01 of the first and the last day that is spoken of: 2000-01-01 and 2024-12-08.
pub const FIRST: i64 = 10_957;
pub const LAST: i64 = 20_065;

/// How many parties there are.
const PARTIES: usize = 200;

/// How much work.
#[derive(Clone, Copy, Debug)]
pub struct Size {
    pub facts: usize,
    pub claims: usize,
    /// Half of the starts and ends only to the month, a tenth as one of several dates.
    pub imprecise: bool,
}

impl Size {
    /// A size by its name.
    pub fn named(name: &str) -> Option<Self> {
        let of = |facts, claims| Self { facts, claims, imprecise: false };
        match name {
            "tiny" => Some(of(1_000, 1_000)),
            "small" => Some(of(10_000, 10_000)),
            "medium" => Some(of(1_000_000, 1_000_000)),
            "large" => Some(of(10_000_000, 1_000_000)),
            "imprecise" => Some(Self { imprecise: true, ..of(1_000_000, 1_000_000) }),
            "small-imprecise" => Some(Self { imprecise: true, ..of(10_000, 10_000) }),
            _ => None,
        }
    }
}

/// A row of the table: who held which place from when to when.
#[derive(Clone, Copy)]
struct Holding {
    party: u32,
    place: u32,
    start: i32,
    end: i32,
}

/// Writes `facts.csv`, `work.claims` and `claims.tsv` into a folder.
pub fn write(folder: &Path, size: Size, seed: u64) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    let mut random = fastrand::Rng::with_seed(seed);
    let mut rows: Vec<Holding> = Vec::with_capacity(size.facts);
    let mut places = 0;
    while rows.len() < size.facts {
        let held = random.usize(8..=32).min(size.facts - rows.len());
        holdings(&mut random, places, held, &mut rows);
        places += 1;
    }
    random.shuffle(&mut rows);
    let mut csv = BufWriter::with_capacity(1 << 20, File::create(folder.join("facts.csv"))?);
    writeln!(csv, "subject,relation,object,start,end")?;
    for row in &rows {
        write!(csv, "{},control,{},", party(row.party), place(row.place))?;
        bound(&mut csv, &mut random, row.start.into(), size.imprecise)?;
        write!(csv, ",")?;
        bound(&mut csv, &mut random, row.end.into(), size.imprecise)?;
        writeln!(csv)?;
    }
    csv.flush()?;
    let mut claims = BufWriter::with_capacity(1 << 20, File::create(folder.join("work.claims"))?);
    let mut fields = BufWriter::with_capacity(1 << 20, File::create(folder.join("claims.tsv"))?);
    for _ in 0..size.claims {
        // Half of them name one who held the place at some time, near a day of which the record tells.
        let row = rows[random.usize(0..rows.len())];
        let who = if random.bool() { row.party } else { random.u32(0..PARTIES as u32) };
        let word = ["on", "on", "by", "since"][random.usize(0..4)];
        let day = if random.bool() { i64::from(if random.bool() { row.start } else { row.end }) } else { random.i64(FIRST..=LAST) };
        writeln!(claims, "{} held {} {word} {}", party(who), place(row.place), date(day))?;
        writeln!(fields, "{}\t{}\t{word}\t{}", party(who), place(row.place), date(day))?;
    }
    claims.flush()?;
    fields.flush()
}

/// A place's holdings one after the other; six in ten hand over on the day on which the next begins.
fn holdings(random: &mut fastrand::Rng, place: u32, count: usize, rows: &mut Vec<Holding>) {
    // So many bounds between the first and the last day, each its own.
    let mut days: Vec<i64> = Vec::with_capacity(2 * count);
    while days.len() < 2 * count {
        let day = random.i64(FIRST..=LAST);
        if !days.contains(&day) {
            days.push(day);
        }
    }
    days.sort_unstable();
    let mut before = u32::MAX;
    let mut handover = None;
    for pair in days.chunks_exact(2) {
        let mut party = random.u32(0..PARTIES as u32);
        while party == before {
            party = random.u32(0..PARTIES as u32);
        }
        before = party;
        let start = handover.unwrap_or(pair[0]);
        rows.push(Holding { party, place, start: start as i32, end: pair[1] as i32 });
        handover = (random.u32(0..10) < 6).then_some(pair[1]);
    }
}

fn bound(out: &mut impl Write, random: &mut fastrand::Rng, day: i64, imprecise: bool) -> io::Result<()> {
    let (year, month, of_month) = civil(day);
    match if imprecise { random.u32(0..10) } else { 9 } {
        0..=4 => write!(out, "{year:04}-{month:02}"),
        5 => write!(out, "\"[{},{}]\"", date(day - random.i64(1..20)), date(day)),
        _ => write!(out, "{year:04}-{month:02}-{of_month:02}"),
    }
}

fn party(number: u32) -> String {
    format!("Party{number}")
}

fn place(number: u32) -> String {
    format!("Place{number}")
}

/// A day as ISO 8601 writes it.
pub fn date(day: i64) -> String {
    let (year, month, day) = civil(day);
    format!("{year:04}-{month:02}-{day:02}")
}

/// Year, month and day of a day since 1970-01-01 (Howard Hinnant's `civil_from_days`).
fn civil(day: i64) -> (i64, i64, i64) {
    let shifted = day + 719_468;
    let era = shifted.div_euclid(146_097);
    let of_era = shifted.rem_euclid(146_097);
    let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted_month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * shifted_month + 2) / 5 + 1;
    let month = if shifted_month < 10 { shifted_month + 3 } else { shifted_month - 9 };
    (year_of_era + era * 400 + i64::from(month <= 2), month, day)
}
