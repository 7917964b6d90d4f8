//! Days, sets of days and lengths of time.

use factum::time::{Day, DaySet, Length, Unit, Weekday};

use super::{day, shown};

#[test]
fn a_day_survives_being_written() {
    for text in ["2024-12-05", "1970-01-01", "0000-02-29", "-0999-01-01", "9999-12-31", "123456789-01-01", "-123456789-12-31"] {
        assert_eq!(day(text).to_string(), text);
    }
    for text in
        ["2024-02-30", "2023-02-29", "2024-13-01", "2024-00-01", "24-12-05", "-0000-01-01", "2024-12-5", "2024-12", "+2024-12-05", ".."]
    {
        assert!(text.parse::<Day>().is_err(), "{text}");
    }
}

#[test]
fn days_are_counted_from_1970() {
    for (text, count) in [("1970-01-01", 0), ("1969-12-31", -1), ("2000-03-01", 11_017), ("0000-01-01", -719_528)] {
        assert_eq!(day(text).epoch_days(), count);
        assert_eq!(Day::from_epoch_days(count), day(text));
    }
}

#[test]
fn every_day_of_a_turn_follows_the_one_before() {
    let mut current = day("-0004-01-01");
    for _ in 0..150_000 {
        let next = current.succ();
        let (year, month, number) = next.ymd();
        assert_eq!(Day::from_ymd(year, month, number), Some(next));
        assert_eq!(next.weekday(), current.weekday().succ());
        assert_eq!(next.pred(), current);
        current = next;
    }
}

#[test]
fn weekdays_are_right_far_away() {
    assert_eq!(day("2024-12-05").weekday(), Weekday::Thu);
    assert_eq!(day("12024-12-05").weekday(), Weekday::Thu);
    assert_eq!(Day::from_ymd(2024 - 4_000_000, 12, 5).map(Day::weekday), Some(Weekday::Thu));
}

#[test]
fn months_are_cut_to_their_end() {
    assert_eq!(day("2024-01-31").plus_months(1), day("2024-02-29"));
    assert_eq!(day("2023-01-31").plus_months(1), day("2023-02-28"));
    assert_eq!(day("2024-02-29").plus_years(1), day("2025-02-28"));
    assert_eq!(day("2024-03-31").plus_months(-13), day("2023-02-28"));
    assert_eq!(Length::new(2, Unit::Week).before(day("2024-12-15")), day("2024-12-01"));
}

#[test]
fn nothing_overflows() {
    for start in [Day::MIN, Day::MAX, Day::from_epoch_days(i64::MAX - 1), Day::from_epoch_days(0)] {
        for step in [i64::MIN, -1, 0, 1, i64::MAX] {
            let moved = [start.plus(step), start.plus_months(step), start.plus_years(step)];
            assert!(start.is_finite() || moved.iter().all(|&day| day == start));
            for day in moved {
                let _ = (day.ymd(), day.weekday(), day.in_words(), day.to_string());
            }
            for unit in [Unit::Day, Unit::Week, Unit::Month, Unit::Year] {
                let _ = (Length::new(step, unit).after(start), Length::new(step, unit).before(start));
            }
        }
    }
    assert!(Day::from_ymd(i64::MAX, 12, 31).is_some_and(Day::is_finite));
    assert!(Day::from_ymd(i64::MIN, 1, 1).is_some_and(Day::is_finite));
    for (farthest, step) in [("4000000000-12-31", 1), ("-4000000000-01-01", -1)] {
        assert_eq!(day(farthest).plus(step).to_string(), farthest);
        assert_eq!(Day::from_epoch_days(step * (i64::MAX - 1)).to_string(), farthest);
    }
}

#[test]
fn words_for_a_day() {
    assert_eq!(day("2024-12-05").in_words(), "5 December 2024");
    assert_eq!(day("-0043-03-15").in_words(), "15 March 44 BC");
}

#[test]
fn sets_are_kept_in_one_shape() {
    let piece = |a: &str, b: &str| (day(a), day(b));
    let set = DaySet::from_pieces([
        piece("2024-01-05", "2024-01-01"),
        piece("2024-02-01", "2024-02-03"),
        piece("2024-01-06", "2024-01-08"),
        piece("2024-02-02", "2024-02-02"),
    ]);
    assert_eq!(shown(&set), "2024-01-01..2024-01-08 2024-02-01..2024-02-03");
    assert!(set.contains(day("2024-01-08")) && !set.contains(day("2024-01-09")));
    assert_eq!(shown(&set.shift(30)), "2024-01-31..2024-02-07 2024-03-02..2024-03-04");
    let other = DaySet::single(day("2024-01-08"), day("2024-02-01"));
    assert_eq!(shown(&set.intersection(&other)), "2024-01-08 2024-02-01");
    assert_eq!(shown(&set.union(&other)), "2024-01-01..2024-02-03");
    assert!(set.union(&other).covers(&set) && !set.covers(&other) && set.intersects(&other));
    assert!(!set.intersects(&DaySet::day(day("2024-01-20"))));
    let open = DaySet::single(Day::MIN, day("2024-01-01"));
    assert!(open.contains(day("-0999-01-01")));
    assert_eq!(open.shift(1), DaySet::single(Day::MIN, day("2024-01-02")));
    assert_eq!(open.union(&DaySet::single(day("2024-01-02"), Day::MAX)), DaySet::single(Day::MIN, Day::MAX));
    assert!(DaySet::default().is_empty() && DaySet::default().first().is_none());
}
