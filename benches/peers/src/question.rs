//! What all are asked of each claim, with fields already split, and how an answer is told: one letter a claim, in the order of the claims.
//!
//! A claim is *supported* (s) where a row says so, *contradicted* (c) where a row excludes it, or where the rows name all the times at
//! which its holder began, and *unknown* (u) where neither is so.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::Path;

/// A claim with its fields split.
pub struct Claim {
    pub party: String,
    pub place: String,
    pub word: String,
    pub day: i32,
}

/// Days since 1970-01-01 of a date.
pub fn day(date: &str) -> i32 {
    let mut parts = date.split('-').map(|part| part.parse::<i64>().unwrap_or(0));
    let (year, month, day) = (parts.next().unwrap_or(0), parts.next().unwrap_or(1), parts.next().unwrap_or(1));
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let of_era = year.rem_euclid(400);
    let of_year = (153 * (month + if month > 2 { -3 } else { 9 }) + 2) / 5 + day - 1;
    (era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468) as i32
}

/// The claims of a folder.
pub fn claims(folder: &Path) -> io::Result<Vec<Claim>> {
    let mut found = Vec::new();
    for line in BufReader::new(File::open(folder.join("claims.tsv"))?).lines() {
        let line = line?;
        let mut fields = line.split('\t');
        let mut next = || fields.next().unwrap_or_default().to_owned();
        found.push(Claim { party: next(), place: next(), word: next(), day: day(&next()) });
    }
    Ok(found)
}

/// The rows of a folder: party, place, first and last day.
pub fn rows(folder: &Path) -> io::Result<Vec<(String, String, i32, i32)>> {
    let mut reader = csv::Reader::from_path(folder.join("facts.csv"))?;
    let mut record = csv::StringRecord::new();
    let mut found = Vec::new();
    while reader.read_record(&mut record)? {
        let field = |at: usize| record.get(at).unwrap_or_default();
        found.push((field(0).to_owned(), field(2).to_owned(), day(field(3)), day(field(4))));
    }
    Ok(found)
}

/// The answers that factum writes as `tsv`, as letters.
pub fn letters(mut tsv: impl Read) -> io::Result<String> {
    let mut text = String::new();
    tsv.read_to_string(&mut text)?;
    Ok(text.lines().filter_map(|line| line.split('\t').nth(1)?.chars().next()).collect())
}
