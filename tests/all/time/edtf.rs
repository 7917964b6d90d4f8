//! EDTF values: what is read, what is refused, and the bounds.

use factum::syntax::parse_edtf;
use factum::time::{Anchor, DateProblem, Day, Edtf};

use super::{check, shown};

fn bound(day: Option<Day>) -> String {
    day.map_or_else(|| "..".to_owned(), |day| day.to_string())
}

/// Strict bounds, then fuzzy ones where they differ.
#[test]
fn bounds() {
    for (text, strict, fuzzy) in [
        ("2024", "2024-01-01 2024-12-31", ""),
        ("2024-02", "2024-02-01 2024-02-29", ""),
        ("-0043-03-15", "-0043-03-15 -0043-03-15", ""),
        ("18", "1800-01-01 1899-12-31", ""),
        ("-03", "-0399-01-01 -0300-12-31", ""),
        ("202", "2020-01-01 2029-12-31", ""),
        ("202~", "2020-01-01 2029-12-31", "2010-01-01 2039-12-31"),
        ("2024~", "2024-01-01 2024-12-31", "2023-01-01 2025-12-31"),
        ("2024-05%", "2024-05-01 2024-05-31", "2022-03-01 2026-07-31"),
        ("2024-05-?20", "2024-05-20 2024-05-20", "2024-05-19 2024-05-21"),
        ("2024~-05-?20", "2024-05-20 2024-05-20", "2023-05-19 2025-05-21"),
        ("2024-X2-30", "2024-12-30 2024-12-30", ""),
        ("20X4-02-29", "2004-02-29 2084-02-29", ""),
        ("-01XX-02-29", "-0196-02-29 -0104-02-29", ""),
        ("2024-24", "2024-12-01 2024-12-31", ""),
        ("2024-35", "2024-07-01 2024-09-30", ""),
        ("2024-38", "2024-05-01 2024-08-31", ""),
        ("2024-41", "2024-07-01 2024-12-31", ""),
        ("2024-22?", "2024-06-01 2024-08-31", "2023-03-01 2025-11-30"),
        ("1848S3", "1848-01-01 1848-12-31", "1840-01-01 1849-12-31"),
        ("-1848S2", "-1848-01-01 -1848-12-31", "-1899-01-01 -1800-12-31"),
        ("Y12E5", "1200000-01-01 1200000-12-31", ""),
        ("Y-345678S2", "-345678-01-01 -345678-12-31", "-349999-01-01 -340000-12-31"),
        ("2011-05/2024", "2011-05-01 2024-12-31", ""),
        ("2011~/2024-06%", "2011-01-01 2024-06-30", "2010-01-01 2026-08-30"),
        ("/2011-05", "2001-05-31 2011-05-31", ""),
        ("2011-05/", "2011-05-01 2021-05-01", ""),
        ("../2011", ".. 2011-12-31", ""),
        ("2011/..", "2011-01-01 ..", ""),
        ("[1939..1945, 1914]", "1914-01-01 1945-12-31", ""),
        ("{..1914,1939-09}", ".. 1939-09-30", ""),
        ("2024-12-05T22:15:00+03:00", "2024-12-05 2024-12-05", ""),
    ] {
        let value = parse_edtf(text).unwrap_or_else(|problem| panic!("{problem}"));
        assert_eq!(format!("{} {}", bound(value.lower_strict()), bound(value.upper_strict())), strict, "{text}");
        let expected = if fuzzy.is_empty() { strict } else { fuzzy };
        assert_eq!(format!("{} {}", bound(value.lower_fuzzy()), bound(value.upper_fuzzy())), expected, "{text}");
    }
}

#[test]
fn refused_with_a_reason() {
    for (text, reason) in [
        ("2023-XX-30/2022", "the end begins before the beginning"),
        ("2024-02/2024", "the end begins before the beginning"),
        ("2024-42", "a season has a number from 21 to 41"),
        ("Y2024", "a year after `Y` has at least five digits and does not begin with 0"),
        ("-0000", "year 0 has no sign"),
        ("2024-12-05T25:00:00", "no clock shows this time"),
        ("2024-12-05T12:00:00-13", "no clock shows this time"),
        ("2024 ", "nothing fits from character 5 on"),
        ("12345", "nothing fits from character 5 on"),
        ("", "nothing fits from character 1 on"),
    ] {
        let Err(DateProblem::NotEdtf { why, .. }) = parse_edtf(text) else {
            panic!("{text} was read");
        };
        assert_eq!(why, reason, "{text}");
    }
}

#[test]
fn days_that_a_value_means() {
    check(
        "
        20X3-10-09 => 2003-10-09 2013-10-09 2023-10-09 2033-10-09 2043-10-09 2053-10-09 2063-10-09 2073-10-09 2083-10-09 2093-10-09
        2024-1X-01 => 2024-10-01 2024-11-01 2024-12-01
        [2024-12-07,2024-12-09] => 2024-12-07 2024-12-09
        2024-11-3X => 2024-11-30
        /2024 => 2014-12-31..2024-12-31 / ....2024-12-31
        ../2016 => ....2016-12-31
        2020~ => 2020-01-01..2020-12-31 / 2019-01-01..2021-12-31
        2024-24 => 2024-12-01..2024-12-31 / 2024-01-01..2024-02-29 2024-12-01..2025-02-28
        ",
        &Anchor::default(),
    );
}

#[test]
fn many_pieces_are_still_quick() {
    let started = std::time::Instant::now();
    let days = parse_edtf("XXXX-XX-27").unwrap().to_when().strong;
    assert_eq!(days.pieces().len(), 1);
    assert_eq!(parse_edtf("XXXX-12-25").unwrap().to_when().strong.pieces().len(), 10_000);
    assert!(started.elapsed().as_secs() < 5);
}

#[test]
fn all_of_is_kept_apart_and_one_of_is_not() {
    let all = parse_edtf("{2024-12-05,2024-12-07}").unwrap();
    let each: Vec<String> = all.members().iter().map(|when| shown(&when.strong)).collect();
    assert_eq!(each, ["2024-12-05", "2024-12-07"]);
    let one = parse_edtf("[2024-12-05,2024-12-07]").unwrap();
    assert_eq!(one.members().len(), 1);
    assert!(matches!(one, Edtf::Set { .. }));
}

#[test]
fn huge_numbers_stop_at_the_farthest_year() {
    for text in ["Y9E99999999999", "Y-9E400", "Y99999999999999999999999999", "1234S99999999999"] {
        let value = parse_edtf(text).unwrap();
        assert!(value.lower_fuzzy().is_some_and(Day::is_finite), "{text}");
    }
}
