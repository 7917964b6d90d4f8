//! Dates that carry their own year, and the shapes that are no dates.

use factum::syntax::ast::ChunkKind;
use factum::syntax::statement;
use factum::time::{Anchor, Length, Unit, Weekday};

use super::{anchor, check, date_behind_on, read, shown};

#[test]
fn days() {
    for phrase in [
        "5 December 2024",
        "5th of December, 2024",
        "5th December 2024",
        "the 5th of December 2024",
        "the fifth of December, 2024",
        "December 5, 2024",
        "December 5th, 2024",
        "December 5,2024",
        "December 5 2024",
        "DECEMBER 5, 2024",
        "december the fifth, 2024",
        "Dec. 5, 2024",
        "Dec 5 2024",
        "5 Dec. 2024",
        "5\u{a0}December\u{a0}2024",
        "5.12.2024",
        "2024-12-05",
        "Thursday, December 5, 2024",
        "Thursday 5 December 2024",
        "Thurs., Dec. 5, 2024",
        "Thursday (December 5, 2024)",
        "5 December 2024 (Thursday)",
        "Thursday evening, December 5, 2024",
        "the evening of December 5, 2024",
        "the early hours of December 5, 2024",
        "early on Thursday, December 5, 2024",
        "Thursday, the 5th of December 2024",
    ] {
        let when = read(phrase, &Anchor::default()).unwrap_or_else(|| panic!("{phrase}")).unwrap_or_else(|problem| panic!("{problem}"));
        assert_eq!(shown(&when.strong), "2024-12-05", "{phrase}");
        assert!(when.single_day().is_some() && !when.weekday_is_wrong(), "{phrase}");
    }
}

#[test]
fn longer_than_a_day() {
    check(
        "
        November 2024 => 2024-11-01..2024-11-30
        Nov. of 2024 => 2024-11-01..2024-11-30
        Sept. 2024 => 2024-09-01..2024-09-30
        5–8 December 2024 => 2024-12-05..2024-12-08
        December 5-8, 2024 => 2024-12-05..2024-12-08
        early November 2024 => 2024-11-01..2024-11-10 / 2024-11-01..2024-11-15
        mid-November 2024 => 2024-11-11..2024-11-20 / 2024-11-08..2024-11-23
        late November 2024 => 2024-11-21..2024-11-30 / 2024-11-16..2024-11-30
        the middle of November 2024 => 2024-11-11..2024-11-20 / 2024-11-08..2024-11-23
        the start of November 2024 => 2024-11-01 / 2024-11-01..2024-11-10
        the end of 2024 => 2024-12-31 / 2024-10-01..2024-12-31
        early 2024 => 2024-01-01..2024-04-30 / 2024-01-01..2024-06-30
        mid-2024 => 2024-05-01..2024-08-31 / 2024-04-01..2024-09-30
        late in 2024 => 2024-09-01..2024-12-31 / 2024-07-01..2024-12-31
        the first half of 2024 => 2024-01-01..2024-06-30
        the second half of November 2024 => 2024-11-16..2024-11-30
        the first day of 2024 => 2024-01-01
        the last day of February 2024 => 2024-02-29
        the first days of November 2024 => 2024-11-01..2024-11-03 / 2024-11-01..2024-11-07
        the last week of November 2024 => 2024-11-24..2024-11-30 / 2024-11-21..2024-11-30
        the first week of November 2024 => 2024-11-01..2024-11-07 / 2024-11-01..2024-11-10
        the second week of November 2024 => 2024-11-08..2024-11-14 / 2024-11-05..2024-11-17
        the first three months of 2024 => 2024-01-01..2024-03-31
        the last Thursday of November 2024 => 2024-11-28
        the second Monday in May 2024 => 2024-05-13
        the first quarter of 2024 => 2024-01-01..2024-03-31
        the final quarter of 2024 => 2024-10-01..2024-12-31
        Q3 2024 => 2024-07-01..2024-09-30
        spring 2024 => 2024-03-01..2024-05-31 / 2024-03-01..2024-06-21 2024-09-01..2024-12-21
        winter 2024-25 => 2024-12-01..2025-02-28 / 2024-06-01..2024-09-21 2024-12-01..2025-03-21
        the winter of 2024 => 2024-12-01..2024-12-31 / 2024-01-01..2024-02-29 2024-12-01..2025-02-28
        2024 => 2024-01-01..2024-12-31
        the year 2024 => 2024-01-01..2024-12-31
        1939–45 => 1939-01-01..1945-12-31
        the 1990s => 1990-01-01..1999-12-31
        the early 1990s => 1990-01-01..1993-12-31 / 1990-01-01..1994-12-31
        the 1800s => 1800-01-01..1809-12-31 / 1800-01-01..1899-12-31
        the 19th century => 1801-01-01..1899-12-31 / 1800-01-01..1900-12-31
        the mid-nineteenth century => 1834-01-01..1867-12-31 / 1826-01-01..1875-12-31
        the 1st century BC => -0098-01-01..0000-12-31 / -0099-01-01..0001-12-31
        44 BC => -0043-01-01..-0043-12-31
        15 March 44 BC => -0043-03-15
        March 15, 44 BC => -0043-03-15
        March 44 BC => -0043-03-01..-0043-03-31
        5 December 14 AD => 0014-12-05
        5 December 3500 AD => 3500-12-05
        circa 2016 => 2016-01-01..2016-12-31 / 2015-01-01..2017-12-31
        around 5 December 2024 => 2024-12-05 / 2024-12-02..2024-12-08
        about November 2024 => 2024-11-01..2024-11-30 / 2024-10-01..2024-12-31
        ",
        &Anchor::default(),
    );
}

#[test]
fn a_wrong_weekday_is_kept_for_the_caller() {
    let when = read("Friday, December 5, 2024", &Anchor::default()).unwrap().unwrap();
    assert_eq!(when.written_weekday, Some(Weekday::Fri));
    assert!(when.weekday_is_wrong());
}

#[test]
fn problems() {
    for (phrase, message) in [
        ("30 February 2024", "`30 February 2024` does not exist: February 2024 has 29 days"),
        ("29 February 2023", "`29 February 2023` does not exist: February 2023 has 28 days"),
        ("31 November", "`31 November` does not exist: November has 30 days"),
        ("2024-02-30", "`2024-02-30` does not exist: February 2024 has 29 days"),
        ("05/12/2024", "`05/12/2024` can be read as 5 December 2024 or as 12 May 2024"),
        ("2023-24", "`2023-24` can be read as 2023-2024 or as winter 2023"),
        ("several years ago", "`several years ago` is too vague to mean certain days"),
        ("six hours later", "`six hours later` is not a whole number of days, and a day is the smallest unit here"),
        ("the fifth week of February 2023", "`the fifth week of February 2023` names a part that is not there"),
        ("8–5 December 2024", "`8–5 December 2024` names a part that is not there"),
    ] {
        let Some(Err(problem)) = read(phrase, &anchor("2024-12-08", "2024-12-05")) else {
            panic!("{phrase} was read");
        };
        assert_eq!(problem, message);
    }
}

/// Every way out that a message offers can be read, and means one thing.
#[test]
fn offers_are_read() {
    let mut offered = 0;
    for code in 13..=41 {
        for phrase in [format!("2001-{code}"), "05/12/2001".to_owned(), "2024-25".to_owned()] {
            let Some(Err(message)) = read(&phrase, &Anchor::default()) else { continue };
            let Some((first, second)) = message.split_once(" can be read as ").and_then(|(_, offers)| offers.split_once(" or as ")) else {
                continue;
            };
            for offer in [first, second] {
                offered += 1;
                assert!(matches!(read(offer, &Anchor::default()), Some(Ok(_))), "{offer}");
            }
        }
    }
    assert!(offered > 50, "only {offered} offers");
}

/// What a date takes of a text that goes on: nothing, or exactly this much.
#[test]
fn no_more_and_no_less() {
    for (text, taken) in [
        ("500", None),
        ("about 2000 soldiers", None),
        ("about 2016 by rebels", Some("about 2016")),
        ("2000%", None),
        ("-2000 men", None),
        ("march 10 miles", None),
        ("Decembers 5", None),
        ("the fall of Aleppo", None),
        ("December 5, 3 soldiers", Some("December 5")),
        ("December 5, rebels", Some("December 5")),
        ("2024-11-29.", Some("2024-11-29")),
        ("2024-11-29th", None),
        ("early December.", Some("early December")),
        ("2024-style", None),
        ("2,024", None),
        ("2024.", Some("2024")),
        ("Mayor", None),
        ("Dec. and", Some("Dec.")),
        ("Sundays", None),
        ("the day before the offensive", None),
        ("the day before, rebels", Some("the day before")),
        ("two days later than planned", None),
        ("todays", None),
        ("Thursdayy", None),
        ("yesterdays", None),
        ("20244", None),
    ] {
        let found = date_behind_on(text).unwrap_or_else(|problem| panic!("{text}: {problem}")).map(|(_, taken)| taken);
        assert_eq!(found.as_deref(), taken, "`{text}`");
    }
}

/// Times of the day are understood and say nothing, for the day is the unit.
#[test]
fn moments_of_the_day() {
    for (text, taken) in [
        ("at 10:30 p.m. UTC rebels", Some("at 10:30 p.m. UTC")),
        ("overnight rebels", Some("overnight")),
        ("at dawn rebels", Some("at dawn")),
        ("in the city", None),
        ("at 10 cities", None),
    ] {
        let written = statement(text).unwrap();
        let first = &written.chunks[0];
        let found = matches!(first.kind, ChunkKind::MomentOfDay).then(|| first.span.of(text));
        assert_eq!(found, taken, "`{text}`");
    }
}

#[test]
fn lengths() {
    for (text, count, unit) in [
        ("three days", 3, Unit::Day),
        ("a week", 1, Unit::Week),
        ("10 years", 10, Unit::Year),
        ("a couple of months", 2, Unit::Month),
        ("a fortnight", 2, Unit::Week),
        ("two decades", 20, Unit::Year),
        ("half a century", 50, Unit::Year),
        ("a year and a half", 18, Unit::Month),
        ("two and a half years", 30, Unit::Month),
        ("forty-eight days", 48, Unit::Day),
        ("Twenty One Days", 21, Unit::Day),
        ("1,000 days", 1000, Unit::Day),
        ("48 hours", 2, Unit::Day),
    ] {
        let whole = format!("for {text}");
        let written = statement(&whole).unwrap_or_else(|problem| panic!("{text}: {}", problem.message));
        let [chunk] = written.chunks.as_slice() else { panic!("{text}: {:?}", written.chunks) };
        let ChunkKind::Lasting(stretch) = &chunk.kind else { panic!("{text}: {:?}", chunk.kind) };
        assert_eq!((stretch.length, stretch.bound), (Length::new(count, unit), None), "{text}");
    }
    assert_eq!(statement("for a few days").unwrap_err().code, "too-vague-date");
    assert_eq!(statement("for five hours").unwrap_err().code, "finer-than-day");
}

#[test]
fn every_day_is_read_back_from_its_words() {
    let mut day = super::day("2023-12-31");
    for _ in 0..800 {
        for words in [day.in_words(), day.to_string()] {
            let when = read(&words, &Anchor::default()).unwrap().unwrap();
            assert_eq!(when.single_day(), Some(day), "{words}");
        }
        day = day.succ();
    }
}
