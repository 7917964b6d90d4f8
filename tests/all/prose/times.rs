//! Time phrases of running sentences, and the days that they mean in a document of a given date.

use factum::prose::{Dated, Role, Timeline};
use factum::syntax;
use factum::time::Day;

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

fn read(timeline: &mut Timeline, sentence: &str) -> Vec<Dated> {
    timeline.read(sentence, &syntax::running(sentence))
}

fn shown(sentence: &str, dated: &Dated) -> String {
    let days = |when: &Result<factum::time::When, factum::text::Problem>| match when {
        Ok(when) => {
            let (first, last) = (when.strong.first().unwrap(), when.strong.last().unwrap());
            if first == last { first.to_string() } else { format!("{first}..{last}") }
        }
        Err(problem) => problem.code.to_owned(),
    };
    let second = dated.second.as_ref().map(|(_, when)| format!(" and {}", days(when))).unwrap_or_default();
    format!("{} = {}{second}", &sentence[dated.span.start..dated.span.end], days(&dated.days))
}

/// Sentences of one document, each with its phrases behind `=>`.
#[track_caller]
fn check(document: &str, table: &str) {
    let mut timeline = Timeline::new(Some(day(document)));
    let mut seen = 0;
    for line in table.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let (sentence, expected) = line.split_once("=>").unwrap_or_else(|| panic!("no `=>` in {line}"));
        let sentence = sentence.trim();
        let found: Vec<String> = read(&mut timeline, sentence).iter().map(|dated| shown(sentence, dated)).collect();
        assert_eq!(found.join("; "), expected.trim(), "{sentence}");
        seen += 1;
    }
    assert!(seen > 0);
}

/// Each line is a document of its own.
#[track_caller]
fn check_each(document: &str, table: &str) {
    for line in table.lines().filter(|line| !line.trim().is_empty()) {
        check(document, line);
    }
}

// 8 December 2024 was a Sunday.

#[test]
fn from_the_date_of_the_document() {
    check_each(
        "2024-12-08",
        "
        The army said Thursday that it had withdrawn. => Thursday = 2024-12-05
        It fell on Sunday. => on Sunday = 2024-12-08
        The city fell late Monday night. => late Monday night = 2024-12-02
        It began a week after, they say, last month. => last month = 2024-11-01..2024-11-30
        They had left two days ago. => two days ago = 2024-12-06
        A decree of today follows one of yesterday. => today = 2024-12-08; yesterday = 2024-12-07
        Earlier this month it was quiet. => Earlier this month = 2024-12-01..2024-12-07
        It happened the weekend before last week. => the weekend = 2024-12-07..2024-12-08; before last week = 2024-11-25..2024-12-01
        Homs is now quiet for a third straight day. => now = 2024-12-08; day = 2024-12-08
        On Black Friday shops were shut. =>
        The Sun said so, and Sat down. =>
        ",
    );
}

#[test]
fn one_phrase_with_its_date_beside_it() {
    let sentence = "He spoke early on Sunday (December 8, 2024) in Homs.";
    let found = read(&mut Timeline::default(), sentence);
    assert_eq!(found.iter().map(|dated| shown(sentence, dated)).collect::<Vec<_>>(), ["early on Sunday (December 8, 2024) = 2024-12-08"]);
    assert!(!found[0].days.as_ref().unwrap().weekday_is_wrong());

    let sentence = "He spoke early on Saturday (December 8, 2024) in Homs.";
    let found = read(&mut Timeline::default(), sentence);
    assert!(found[0].days.as_ref().unwrap().weekday_is_wrong());
}

#[test]
fn on_from_the_last_dated_happening() {
    check(
        "2024-12-08",
        "
        The offensive began on Nov. 27. => on Nov. 27 = 2024-11-27
        Two days later the rebels took Aleppo. => Two days later = 2024-11-29
        They rested the same day. => the same day = 2024-11-29
        The day was long, and later in the day it rained. => day = 2024-11-29; later in the day = 2024-11-29
        Hama fell a week afterwards, at 18:00. => a week afterwards = 2024-12-03..2024-12-08; at 18:00 = 2024-11-29
        Homs fell in December. => in December = 2024-12-01..2024-12-31
        By that time Damascus was surrounded. => time = 2024-12-01..2024-12-31
        ",
    );
    check("2024-12-08", "At 16:15 UTC, Dec. 6, it fell. => At 16:15 UTC = 2024-12-06; Dec. 6 = 2024-12-06");
}

#[test]
fn a_year_back_from_what_was_spoken_of() {
    check(
        "2010-03-03",
        "
        Sales rose in February. => in February = 2010-02-01..2010-02-28
        That was more than in the same period last year. => last year = 2009-02-01..2009-02-28
        Losses of 2008 were made good. => 2008 = 2008-01-01..2008-12-31
        Over the entire year they grew. => the entire year = 2008-01-01..2008-12-31
        They were smaller the year before. => the year before = 2007-01-01..2007-12-31
        ",
    );
    check(
        "2010-03-03",
        "
        Sales rose in February. => in February = 2010-02-01..2010-02-28
        That was more than in the same month a year earlier. => in the same month = 2009-02-01..2009-02-28; a year earlier = 2009-02-01..2009-02-28
        ",
    );
}

/// What is the latest of many is of the week, month or year that the text speaks of.
#[test]
fn the_latest_of_many() {
    check_each(
        "2024-12-08",
        "
        Shares rose for the fourth week in a row. => week = 2024-12-02..2024-12-08
        Shares rose for a fifth straight month. => month = 2024-12-01..2024-12-31
        Ferries have their best week since November. => week = 2024-12-02..2024-12-08; since November = 2024-11-01..2024-11-30
        It was the worst day in years. => day = 2024-12-08
        It was their strongest year on record. => year = 2024-01-01..2024-12-31
        They met for the second year running. => year = 2024-01-01..2024-12-31
        It was the latest week since then. =>
        A week in a rowing boat is long. =>
        The best week was hard. =>
        ",
    );
    check(
        "2024-12-08",
        "Shares fell on Nov. 29. => on Nov. 29 = 2024-11-29\nIt was the worst week since May. => week = 2024-11-25..2024-12-01; since May = 2024-05-01..2024-05-31",
    );
}

/// What the words around a date say of its direction.
#[test]
fn the_future_looks_ahead() {
    check_each(
        "2024-12-08",
        "
        The court will rule on Friday. => on Friday = 2024-12-13
        The court said on Friday that it would rule on Monday. => on Friday = 2024-12-06; on Monday = 2024-12-09
        On Friday, the court will rule. => On Friday = 2024-12-13
        Talks are set to begin on Tuesday. => on Tuesday = 2024-12-10
        Court to rule on Friday => on Friday = 2024-12-13
        The court moved to Paris on Friday. => on Friday = 2024-12-06
        Work should be done in March. => in March = 2025-03-01..2025-03-31
        Work was done in March. => in March = 2024-03-01..2024-03-31
        ",
    );
}

/// A day of a month without its year is seldom more than half a year away.
#[test]
fn days_without_a_year_are_near() {
    check_each(
        "2024-12-08",
        "
        A deal of Jan. 5 is feared. => Jan. 5 = 2025-01-05
        It fell on Oct. 5. => on Oct. 5 = 2024-10-05
        It fell between Nov. 27 and Dec. 1. => between Nov. 27 and Dec. 1 = 2024-11-27 and 2024-12-01
        ",
    );
    check("2025-01-05", "It fell on Dec. 8. => on Dec. 8 = 2024-12-08");
}

#[test]
fn years_and_months_that_tell_one_thing_from_another() {
    let mut timeline = Timeline::new(Some(day("2024-12-08")));
    let sentence = "The 2016 battle cost 2000 soldiers, the '80s and 90s none, and a June vote or the third-quarter report did not help Theresa May in his 80s.";
    let found = read(&mut timeline, sentence);
    let attributes = found.iter().filter(|dated| dated.role == Role::Attribute).count();
    assert_eq!(attributes, 3);
    let found: Vec<String> = found.iter().map(|dated| shown(sentence, dated)).collect();
    assert_eq!(
        found,
        [
            "2016 = 2016-01-01..2016-12-31",
            "the '80s = 1980-01-01..1989-12-31",
            "90s = 1990-01-01..1999-12-31",
            "June = 2024-06-01..2024-06-30",
            "the third-quarter = 2024-07-01..2024-09-30",
        ]
    );
}

#[test]
fn nothing_is_guessed_without_a_date() {
    let mut timeline = Timeline::new(None);
    for (sentence, code) in [
        ("It fell on Friday.", "needs-reference"),
        ("It fell two days later.", "needs-reference"),
        ("It fell on 30 February 2024.", "impossible-date"),
    ] {
        let found = read(&mut timeline, sentence);
        assert_eq!(found.len(), 1, "{sentence}");
        assert_eq!(found[0].days.as_ref().unwrap_err().code, code, "{sentence}");
    }
    assert!(read(&mut timeline, "It fell at 18:00.").is_empty());
}

/// Dates that cannot be read as one are kept as problems, and the rest of the sentence is read.
#[test]
fn a_bad_date_spoils_no_sentence() {
    let running = syntax::running("On 05/12/2024, `Homs` * fell -- at $ 5 \u{201c}or so, on 6 December 2024.");
    assert_eq!(running.problems.iter().map(|problem| problem.code).collect::<Vec<_>>(), ["ambiguous"]);
    let mut timeline = Timeline::default();
    let sentence = "On 05/12/2024, `Homs` * fell -- at $ 5 \u{201c}or so, on 6 December 2024.";
    let found = timeline.read(sentence, &running);
    assert_eq!(found.iter().map(|dated| shown(sentence, dated)).collect::<Vec<_>>(), ["on 6 December 2024 = 2024-12-06"]);
}

/// Every date of a document moves with it.
#[test]
fn shifting_the_document_shifts_its_dates() {
    let sentence = "On Friday they said that yesterday, two days later and last week were too early, and that it will end on Monday.";
    for start in ["2024-02-27", "1999-12-30", "2024-12-08"] {
        let (one, other) = (day(start), day(start).plus(7 * 53));
        let first = read(&mut Timeline::new(Some(one)), sentence);
        let second = read(&mut Timeline::new(Some(other)), sentence);
        assert_eq!(first.len(), 5);
        for (a, b) in first.iter().zip(&second) {
            assert_eq!(a.days.as_ref().unwrap().strong.shift(7 * 53), b.days.as_ref().unwrap().strong, "{}", shown(sentence, a));
        }
    }
}
