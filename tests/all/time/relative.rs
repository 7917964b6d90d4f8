//! Dates that lean on another: on the document's own, or on the one before.

use factum::time::{Anchor, Direction};

use super::{anchor, check, day, read, shown};

/// The document is of Wednesday, 11 December 2024, and has just spoken of Thursday, 28 November.
#[test]
fn from_the_document_and_the_date_before() {
    check(
        "
        Dec. 5 => 2024-12-05
        December 11 => 2024-12-11
        December 12 => 2023-12-12
        29 February => 2024-02-29
        early December => 2024-12-01..2024-12-10 / 2024-12-01..2024-12-15
        late December => 2023-12-21..2023-12-31 / 2023-12-16..2023-12-31
        the last week of November => 2024-11-24..2024-11-30 / 2024-11-21..2024-11-30
        December => 2024-12-01..2024-12-31
        the summer => 2024-06-01..2024-08-31 / 2024-06-01..2024-09-21
        the third quarter => 2024-07-01..2024-09-30
        Wednesday => 2024-12-11
        Thursday => 2024-12-05
        Thursday night => 2024-12-05
        last Wednesday => 2024-12-04
        last Monday => 2024-12-09 / 2024-12-02 2024-12-09
        next Friday => 2024-12-13 / 2024-12-13 2024-12-20
        this Friday => 2024-12-13 / 2024-12-06 2024-12-13
        that Friday => 2024-11-29
        Tuesday of last week => 2024-12-03
        today => 2024-12-11
        earlier today => 2024-12-11
        this morning => 2024-12-11
        yesterday => 2024-12-10
        last night => 2024-12-10
        tomorrow => 2024-12-12
        the day before yesterday => 2024-12-09
        last week => 2024-12-02..2024-12-08 / 2024-12-01..2024-12-10
        this week => 2024-12-09..2024-12-15 / 2024-12-08..2024-12-15
        last month => 2024-11-01..2024-11-30
        this year => 2024-01-01..2024-12-31
        next year => 2025-01-01..2025-12-31
        last weekend => 2024-12-07..2024-12-08
        this weekend => 2024-12-14..2024-12-15
        earlier this week => 2024-12-09..2024-12-10 / 2024-12-09..2024-12-11
        later this month => 2024-12-12..2024-12-31 / 2024-12-11..2024-12-31
        late last month => 2024-11-21..2024-11-30 / 2024-11-16..2024-11-30
        the end of the year => 2024-12-31 / 2024-10-01..2024-12-31
        the first quarter of last year => 2023-01-01..2023-03-31
        last December => 2023-12-01..2023-12-31
        next March => 2025-03-01..2025-03-31
        December last year => 2023-12-01..2023-12-31
        three days ago => 2024-12-08
        a couple of days ago => 2024-12-09
        a week ago => 2024-12-02..2024-12-07 / 2024-12-01..2024-12-08
        a fortnight ago => 2024-11-25..2024-11-30 / 2024-11-24..2024-12-01
        ten years ago => 2014-06-11..2014-12-31 / 2014-01-01..2015-06-11
        two days from now => 2024-12-13
        the past three days => 2024-12-09..2024-12-11 / 2024-12-08..2024-12-11
        two days later => 2024-11-30 / 2024-11-29..2024-11-30
        three days earlier => 2024-11-25 / 2024-11-25..2024-11-26
        the same day => 2024-11-28
        the next day => 2024-11-29
        the following day => 2024-11-29
        the previous day => 2024-11-27
        the day before => 2024-11-27
        the week before => 2024-11-18..2024-11-24 / 2024-11-17..2024-11-27
        the following month => 2024-12-01..2024-12-31
        that year => 2024-01-01..2024-12-31
        December of that year => 2024-12-01..2024-12-31
        ",
        &anchor("2024-12-11", "2024-11-28"),
    );
}

#[test]
fn looking_ahead() {
    let ahead = Anchor { direction: Direction::Future, ..anchor("2024-12-11", "2024-12-11") };
    check(
        "
        December 5 => 2025-12-05
        December 12 => 2024-12-12
        29 February => 2028-02-29
        January => 2025-01-01..2025-01-31
        Wednesday => 2024-12-11
        Tuesday => 2024-12-17
        ",
        &ahead,
    );
}

#[test]
fn without_a_date_to_stand_on() {
    for phrase in [
        "Dec. 5",
        "Thursday",
        "yesterday",
        "last week",
        "two days later",
        "the next day",
        "that year",
        "late December",
        "December of that year",
        "the end of the month",
        "three years ago",
        "last summer",
    ] {
        let problem = read(phrase, &Anchor::default()).unwrap().unwrap_err();
        assert_eq!(problem, format!("`{phrase}` needs a date to count from"));
    }
    let only_document = Anchor { previous: None, ..anchor("2024-12-11", "2024-12-11") };
    assert!(read("the next day", &only_document).unwrap().is_err());
    assert!(read("yesterday", &only_document).unwrap().is_ok());
}

/// Moving the document by whole weeks moves what is counted in days and weeks by as much.
#[test]
fn shifting_the_document_shifts_the_date() {
    for phrase in [
        "yesterday",
        "Thursday",
        "last Monday",
        "last week",
        "this weekend",
        "three days ago",
        "earlier this week",
        "two days later",
        "the week before",
    ] {
        let near = read(phrase, &anchor("2024-12-11", "2024-11-28")).unwrap().unwrap();
        let far = read(phrase, &anchor("2031-08-20", "2031-08-07")).unwrap().unwrap();
        let days = day("2031-08-20").since(day("2024-12-11")).unwrap();
        assert_eq!(shown(&near.strong.shift(days)), shown(&far.strong), "{phrase}");
        assert_eq!(shown(&near.weak.shift(days)), shown(&far.weak), "{phrase}");
    }
}
