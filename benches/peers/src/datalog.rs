//! ascent: the same rules as Datalog, compiled.

use std::collections::HashMap;
use std::path::Path;

use ascent::ascent;

use crate::question::{claims, rows};
use crate::work::LAST;

const UNTIL: i32 = LAST as i32;

ascent! {
    struct Record;
    // place, party, first day, last day
    relation held(u32, u32, i32, i32);
    // number, place, party, day
    relation on(u32, u32, u32, i32);
    relation by(u32, u32, u32, i32);
    relation since(u32, u32, u32, i32);
    relation holder(u32, u32);
    relation earlier(u32);
    relation supported(u32);
    relation against(u32);

    holder(place, party) <-- held(place, party, _, _);
    supported(n) <-- on(n, place, party, day), held(place, party, first, last), if first <= day && day <= last;
    supported(n) <-- by(n, place, party, day), held(place, party, first, last), if first <= day && day <= last;
    supported(n) <-- since(n, place, party, day), held(place, party, first, last), if first == day && *last >= UNTIL;
    against(n) <-- on(n, place, party, day), held(place, other, first, last), if other != party && first < day && day < last;
    against(n) <-- on(n, place, party, _), holder(place, party);
    earlier(n) <-- by(n, place, party, day), held(place, party, first, _), if first <= day;
    against(n) <-- by(n, place, party, _), holder(place, party), !earlier(n);
    against(n) <-- since(n, place, party, day), held(place, other, first, last), if other != party && last > day && *first < UNTIL;
    against(n) <-- since(n, place, party, day), held(place, party, first, last),
        if (*day..=UNTIL).contains(&(last + 1)) || (*day..=UNTIL).contains(&(first - 1));
}

/// The answers.
pub fn answers(folder: &Path) -> Result<String, Box<dyn std::error::Error>> {
    let mut names: HashMap<String, u32> = HashMap::new();
    let mut number = |name: String| {
        let next = names.len() as u32;
        *names.entry(name).or_insert(next)
    };
    let mut record = Record::default();
    record.held = rows(folder)?.into_iter().map(|(party, place, first, last)| (number(place), number(party), first, last)).collect();
    let claims = claims(folder)?;
    let count = claims.len();
    for (n, claim) in (0..).zip(claims) {
        let row = (n, number(claim.place), number(claim.party), claim.day);
        match claim.word.as_str() {
            "on" => record.on.push(row),
            "by" => record.by.push(row),
            _ => record.since.push(row),
        }
    }
    record.run();
    let mut found = vec![b'u'; count];
    record.against.iter().for_each(|(n,)| found[*n as usize] = b'c');
    record.supported.iter().for_each(|(n,)| found[*n as usize] = b's');
    Ok(String::from_utf8(found)?)
}
