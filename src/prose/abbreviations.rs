//! Abbreviations as newsrooms write them, by what may follow their full stop.

/// What a full stop behind a word says about the sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stop {
    /// It belongs to the word and never ends a sentence: a name or number must follow.
    Inside,
    /// It belongs to the word before a number and ends the sentence otherwise: `Dec. 5`, `No. 10`.
    BeforeNumber,
    /// It belongs to the word, and ends the sentence as well where a new one plainly begins: `the U.S. The army`.
    Either,
    /// As that, but any capital begins a new one unless it goes on saying when: `at 6 p.m. EST`.
    Clock,
    /// It ends the sentence.
    End,
}

const INSIDE: &[&str] = &[
    "mr", "mrs", "ms", "mx", "dr", "prof", "gen", "col", "maj", "lt", "sgt", "cpl", "pvt", "pfc", "spc", "capt", "cmdr", "cdr", "adm",
    "brig", "ens", "rep", "reps", "sen", "sens", "gov", "govs", "pres", "rev", "hon", "fr", "msgr", "sr", "st", "ste", "mt", "ft", "supt",
    "insp", "det", "atty", "amb", "sec", "secy", "asst", "assoc", "dept", "univ", "vs", "v", "cf", "viz", "e.g", "i.e", "approx", "ca",
    "mme", "mlle", "messrs", "mgr", "pte", "cllr",
];
const BEFORE_NUMBER: &[&str] = &[
    "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec", "mon", "tue", "tues", "wed", "thu", "thur",
    "thurs", "fri", "sat", "sun", "no", "nos", "art", "arts", "vol", "fig", "ch", "para", "p", "pp", "est",
];
const EITHER: &[&str] = &[
    "jr", "inc", "ltd", "co", "corp", "bros", "cos", "plc", "llc", "etc", "al", "ave", "blvd", "rd", "hwy", "ph.d", "esq", "assn", "intl",
    "govt",
];
/// What the full stop behind a word says; `word` is without it.
pub(super) fn stop_after(word: &str) -> Stop {
    let small = word.to_lowercase();
    let known = |list: &[&str]| list.contains(&small.as_str());
    let mut letters = small.split('.');
    let dotted = letters.clone().count() > 1 && letters.all(|part| part.chars().count() == 1);
    if matches!(small.as_str(), "a.m" | "p.m" | "am" | "pm") {
        Stop::Clock
    } else if known(INSIDE) {
        Stop::Inside
    } else if known(BEFORE_NUMBER) {
        Stop::BeforeNumber
    } else if known(EITHER) || dotted || is_initial(word) {
        Stop::Either
    } else {
        Stop::End
    }
}

/// Whether a word goes on saying when, behind a time of day.
pub(super) fn goes_on_a_time(word: &str) -> bool {
    const DAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
    let small = word.to_lowercase();
    let loud = word.chars().count() >= 2 && word.chars().count() <= 4 && word.chars().all(char::is_uppercase);
    let is_day = |day: &str| small.strip_prefix(day).is_some_and(|rest| rest.is_empty() || rest.ends_with("day"));
    loud || DAYS.iter().any(|day| is_day(day))
}

/// One capital letter: the initial of a name.
fn is_initial(word: &str) -> bool {
    let mut letters = word.chars();
    letters.next().is_some_and(char::is_uppercase) && letters.next().is_none()
}
