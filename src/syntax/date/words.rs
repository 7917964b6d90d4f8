//! Numbers, months and weekdays by their words. The grammar has already made sure that the words are there.

use crate::time::Weekday;

/// Cardinals and ordinals up to nineteen, then the tens.
const NUMBERS: [(&str, &str, i64); 27] = [
    ("one", "first", 1),
    ("two", "second", 2),
    ("three", "third", 3),
    ("four", "fourth", 4),
    ("five", "fifth", 5),
    ("six", "sixth", 6),
    ("seven", "seventh", 7),
    ("eight", "eighth", 8),
    ("nine", "ninth", 9),
    ("ten", "tenth", 10),
    ("eleven", "eleventh", 11),
    ("twelve", "twelfth", 12),
    ("thirteen", "thirteenth", 13),
    ("fourteen", "fourteenth", 14),
    ("fifteen", "fifteenth", 15),
    ("sixteen", "sixteenth", 16),
    ("seventeen", "seventeenth", 17),
    ("eighteen", "eighteenth", 18),
    ("nineteen", "nineteenth", 19),
    ("twenty", "twentieth", 20),
    ("thirty", "thirtieth", 30),
    ("forty", "fortieth", 40),
    ("fifty", "fiftieth", 50),
    ("sixty", "sixtieth", 60),
    ("seventy", "seventieth", 70),
    ("eighty", "eightieth", 80),
    ("ninety", "ninetieth", 90),
];

const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// A number in digits (with commas or an ordinal ending) or in words, cardinal or ordinal, up to ninety-nine.
pub(super) fn number(text: &str) -> Option<i64> {
    let text = text.trim().to_ascii_lowercase();
    if text.starts_with(|first: char| first.is_ascii_digit()) {
        let digits: String = text.chars().filter(|&c| c != ',').take_while(char::is_ascii_digit).collect();
        return digits.parse().ok();
    }
    text.split(|c: char| !c.is_ascii_alphabetic())
        .filter(|word| !word.is_empty())
        .map(|word| NUMBERS.iter().find(|(cardinal, ordinal, _)| word == *cardinal || word == *ordinal).map(|entry| entry.2))
        .sum()
}

/// A month, 1-12, by the beginning of its name.
pub(super) fn month(text: &str) -> Option<u32> {
    let start = text.get(..3)?.to_ascii_lowercase();
    (1..).zip(MONTHS).find(|(_, name)| *name == start).map(|(number, _)| number)
}

/// A weekday by its name, whole or short.
pub(super) fn weekday(text: &str) -> Option<Weekday> {
    text.get(..3)?.parse().ok()
}
