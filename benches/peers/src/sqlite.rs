//! SQLite, from Rust: the table with an index by place, then a prepared query for each claim.

use std::path::Path;

use rusqlite::{Connection, OptionalExtension, params};

use crate::question::{claims, rows};
use crate::work::LAST;

const SCHEMA: &str = "
    PRAGMA journal_mode = off; PRAGMA synchronous = off; PRAGMA cache_size = -1000000;
    CREATE TABLE held (place TEXT, first INTEGER, last INTEGER, party TEXT);";

const QUESTION: &str = "
    SELECT CASE
        WHEN ?3 <> 'since' AND max(party = ?1 AND first <= ?4 AND ?4 <= last) THEN 's'
        WHEN ?3 = 'since' AND max(party = ?1 AND first = ?4 AND last >= ?5) THEN 's'
        WHEN ?3 = 'on' AND (max(party <> ?1 AND first < ?4 AND ?4 < last) OR max(party = ?1)) THEN 'c'
        WHEN ?3 = 'by' AND min(CASE WHEN party = ?1 THEN first END) > ?4 THEN 'c'
        WHEN ?3 = 'since' AND (max(party <> ?1 AND last > ?4 AND first < ?5)
            OR max(party = ?1 AND (last + 1 BETWEEN ?4 AND ?5 OR first - 1 BETWEEN ?4 AND ?5))) THEN 'c'
        ELSE 'u' END
    FROM held WHERE place = ?2";

/// The answers, from the CSV file (`ready` none) or from a database file that is made first if it is not there.
pub fn answers(folder: &Path, ready: Option<&Path>) -> Result<String, Box<dyn std::error::Error>> {
    let database = match ready {
        Some(path) if path.exists() => Connection::open(path)?,
        Some(path) => filled(Connection::open(path)?, folder)?,
        None => filled(Connection::open_in_memory()?, folder)?,
    };
    let mut question = database.prepare(QUESTION)?;
    let mut found = String::new();
    for claim in claims(folder)? {
        let answer: Option<String> =
            question.query_row(params![claim.party, claim.place, claim.word, claim.day, LAST], |row| row.get(0)).optional()?;
        found.push_str(answer.as_deref().unwrap_or("u"));
    }
    Ok(found)
}

fn filled(mut database: Connection, folder: &Path) -> Result<Connection, Box<dyn std::error::Error>> {
    database.execute_batch(SCHEMA)?;
    let transaction = database.transaction()?;
    {
        let mut insert = transaction.prepare("INSERT INTO held VALUES (?1, ?2, ?3, ?4)")?;
        for (party, place, first, last) in rows(folder)? {
            insert.execute(params![place, first, last, party])?;
        }
    }
    transaction.execute_batch("CREATE INDEX by_place ON held (place, first, last, party)")?;
    transaction.commit()?;
    Ok(database)
}
