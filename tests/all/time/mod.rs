//! The calendar side, from words to days. What a statement makes of a date is asked of `syntax::statement`, as it is asked
//! by everybody else; a grammar rule of its own is nobody's to call.

mod days;
mod edtf;
mod phrases;
mod relative;
mod sweep;

use factum::syntax::ast::{Chunk, ChunkKind, TimePhrase};
use factum::syntax::statement;
use factum::time::{Anchor, Day, DaySet, Direction, When, WrittenDate, resolve};

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

/// The date that begins right behind "on" in `text`, with the words that it takes.
fn date_behind_on(text: &str) -> Result<Option<(WrittenDate, String)>, String> {
    let whole = format!("on {text}");
    let written = statement(&whole).map_err(|problem| problem.message)?;
    Ok(match written.chunks.into_iter().next() {
        Some(Chunk { kind: ChunkKind::When(TimePhrase { date, date_span, second: None, .. }), .. }) if date_span.start == 3 => {
            Some((date, date_span.of(&whole).to_owned()))
        }
        _ => None,
    })
}

/// What a phrase means if all of it is a date; `None` if it is not.
fn read(text: &str, anchor: &Anchor) -> Option<Result<When, String>> {
    match date_behind_on(text) {
        Err(message) => Some(Err(message)),
        Ok(Some((date, taken))) if taken == text => Some(resolve(&date, anchor).map_err(|problem| problem.to_string())),
        Ok(_) => None,
    }
}

/// `2024-12-05` for one day, `2024-12-01..2024-12-31` for more, with blanks between pieces.
fn shown(days: &DaySet) -> String {
    let piece = |&(first, last): &(Day, Day)| if first == last { first.to_string() } else { format!("{first}..{last}") };
    days.pieces().iter().map(piece).collect::<Vec<_>>().join(" ")
}

fn anchor(document: &str, previous: &str) -> Anchor {
    Anchor { document: Some(day(document)), previous: Some(day(previous)), direction: Direction::Past }
}

/// Checks lines of `phrase => strong` or `phrase => strong / weak`; without a weak one both are the same.
fn check(table: &str, anchor: &Anchor) {
    let mut wrong = Vec::new();
    for line in table.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let (phrase, expected) = line.split_once(" => ").unwrap();
        let (strong, weak) = expected.split_once(" / ").unwrap_or((expected, expected));
        match read(phrase, anchor) {
            Some(Ok(when)) if shown(&when.strong) == strong && shown(&when.weak) == weak => {}
            Some(Ok(when)) => wrong.push(format!("{phrase} => {} / {}", shown(&when.strong), shown(&when.weak))),
            Some(Err(problem)) => wrong.push(format!("{phrase}: {problem}")),
            None => wrong.push(format!("{phrase}: is not all of it a date")),
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}
