//! Dates as written, their days, and the days as printed.

use factum::syntax::ast::ChunkKind;
use factum::syntax::{parse_edtf, statement};
use factum::time::{Anchor, DateProblem, Day, DaySet, Direction, Edtf, When, WrittenDate, resolve};

/// The wide reading of a date covers the narrow one; the days of both are printed as they are read.
pub fn dates(text: &str) {
    for line in text.lines() {
        match parse_edtf(line) {
            Ok(edtf) => value(&edtf),
            Err(problem) => foreseen(&problem),
        }
        for before in ["", "on ", "from ", "for ", "Aleppo fell "] {
            phrases(&format!("{before}{line}"));
        }
        if let Ok(day) = line.parse::<Day>() {
            printed(day);
        }
    }
}

fn value(edtf: &Edtf) {
    let (narrow, wide) = ((edtf.lower_strict(), edtf.upper_strict()), (edtf.lower_fuzzy(), edtf.upper_fuzzy()));
    assert!(narrow.0.zip(wide.0).is_none_or(|(narrow, wide)| wide <= narrow), "{edtf:?} begins later when it is doubted");
    assert!(narrow.1.zip(wide.1).is_none_or(|(narrow, wide)| narrow <= wide), "{edtf:?} ends sooner when it is doubted");
    read(&edtf.to_when());
    for member in edtf.members() {
        read(&member);
    }
}

fn phrases(text: &str) {
    let written = match statement(text) {
        Ok(written) => written,
        Err(problem) => {
            assert_ne!(problem.code, "internal", "{}", problem.message);
            return;
        }
    };
    for chunk in &written.chunks {
        assert!(text.get(chunk.span.range()).is_some_and(|words| !words.is_empty()), "{chunk:?} is no part of the text");
        if let ChunkKind::When(phrase) = &chunk.kind {
            date(&phrase.date);
            if let Some((second, _)) = &phrase.second {
                date(second);
            }
        }
    }
}

fn date(written: &WrittenDate) {
    let day = |text: &str| text.parse::<Day>().ok();
    let anchors = [
        Anchor { document: day("2024-12-11"), previous: day("2024-02-29"), direction: Direction::Past },
        Anchor { document: day("2024-02-29"), previous: None, direction: Direction::Future },
        Anchor { document: day("-3999999999-01-01"), previous: day("4000000000-12-31"), direction: Direction::Past },
        Anchor::default(),
    ];
    for anchor in anchors {
        match resolve(written, &anchor) {
            Ok(when) => read(&when),
            Err(problem) => foreseen(&problem),
        }
    }
}

fn foreseen(problem: &DateProblem) {
    assert!(!matches!(problem, DateProblem::Unforeseen { .. }), "{problem}");
    assert!(!problem.to_string().is_empty() && !problem.code().is_empty());
}

fn read(when: &When) {
    assert!(!when.strong.is_empty(), "a date means no day: {when:?}");
    assert!(when.weak.covers(&when.strong), "the wide reading does not cover the narrow one: {when:?}");
    for days in [&when.strong, &when.weak] {
        in_order(days);
        for (first, last) in days.pieces().iter().take(4) {
            printed(*first);
            printed(*last);
        }
    }
}

fn in_order(days: &DaySet) {
    assert!(days.pieces().iter().all(|(first, last)| first <= last), "an interval runs backwards: {days:?}");
    assert!(days.pieces().windows(2).all(|pair| pair[0].1.succ() < pair[1].0), "intervals touch: {days:?}");
}

/// A day is read as it is printed: as ISO, in words, and, of four digits, as EDTF.
fn printed(day: Day) {
    if !day.is_finite() {
        return;
    }
    assert_eq!(day.to_string().parse::<Day>(), Ok(day), "printed as ISO");
    let year = day.year();
    if (-9999..=9999).contains(&year) {
        let edtf = parse_edtf(&day.to_string()).map(|edtf| edtf.to_when());
        assert_eq!(edtf.map(|when| when.single_day()), Ok(Some(day)), "printed as EDTF");
    }
    if (-9998..=9999).contains(&year) {
        let words = format!("on {}", day.in_words());
        let written = statement(&words).unwrap_or_else(|problem| panic!("`{words}` is not read: {}", problem.message));
        let [chunk] = written.chunks.as_slice() else { panic!("`{words}` is more than a date: {written:?}") };
        let ChunkKind::When(phrase) = &chunk.kind else { panic!("`{words}` is no date: {chunk:?}") };
        let when = resolve(&phrase.date, &Anchor::default());
        assert_eq!(when.map(|when| when.single_day()), Ok(Some(day)), "printed in words");
    }
}
