//! Claims that cannot be understood, or are wrong by themselves.

use super::claim;

/// A right claim for each keyword, and the keyword.
pub(super) const KEYWORDS: [(&str, &str); 40] = [
    ("rebels held Aleppo", "held"),
    ("rebels captured Hama on 2024-12-05", "on"),
    ("rebels captured Hama in December 2024", "in"),
    ("rebels captured Hama during 2024", "during"),
    ("rebels held Aleppo throughout December 2024", "throughout"),
    ("rebels captured Hama by 2024-12-05", "by"),
    ("rebels captured Hama before 2024-12-06", "before"),
    ("rebels captured Hama after 2024-12-04", "after"),
    ("rebels have held Aleppo since 2024-11-29", "since"),
    ("rebels did not capture Hama until 2024-12-05", "until"),
    ("rebels held Aleppo from 2024-11-29 to 2024-12-31", "from"),
    ("rebels held Aleppo from 2024-11-29 to 2024-12-31", "to"),
    ("rebels captured Hama between 1 and 9 December 2024", "between"),
    ("rebels captured Hama between 2024-12-01 and 2024-12-09", "and"),
    ("as of 2024-12-10 rebels held Aleppo", "as"),
    ("as of 2024-12-10 rebels held Aleppo", "of"),
    ("rebels captured Hama within nine days of capturing Aleppo", "within"),
    ("rebels have held Aleppo for a month", "for"),
    ("rebels still hold Aleppo", "still"),
    ("rebels already held Aleppo on 2024-12-01", "already"),
    ("rebels no longer hold Aleppo", "longer"),
    ("rebels have not yet captured Homs", "yet"),
    ("rebels never held Homs", "never"),
    ("rebels have always held Aleppo", "always"),
    ("rebels captured Hama again", "again"),
    ("rebels captured Hama for the first time", "first"),
    ("rebels captured Hama eight days into the offensive", "into"),
    ("rebels captured Hama eight days into the offensive", "days"),
    ("rebels did not hold Homs", "not"),
    ("neither Hama nor Homs fell", "neither"),
    ("neither Hama nor Homs fell", "nor"),
    ("no city fell", "no"),
    ("rebels captured at least two cities", "least"),
    ("rebels captured fewer than five cities", "than"),
    ("rebels held only Aleppo", "only"),
    ("both Aleppo and Hama fell", "both"),
    ("rebels captured Hama or Homs", "or"),
    ("according to HTS, rebels captured Hama", "according"),
    ("HTS said that rebels captured Hama", "that"),
    ("rebels captured Hama on 5 December 2024", "December"),
];

/// A keyword with its last letter once more, as a whole word.
fn glued(words: &str, keyword: &str) -> String {
    let mut done = false;
    let each: Vec<String> = words
        .split(' ')
        .map(|word| {
            if word == keyword && !done {
                done = true;
                format!("{word}{}", word.chars().next_back().unwrap())
            } else {
                word.to_owned()
            }
        })
        .collect();
    assert!(done, "`{keyword}` is no word of `{words}`");
    each.join(" ")
}

/// No keyword may be read in front of a letter: each of these must be refused, or be about a name that nobody knows.
#[test]
fn one_letter_glued_to_a_keyword() {
    let mut told = String::new();
    let mut wrong = Vec::new();
    for (words, keyword) in KEYWORDS {
        let text = glued(words, keyword);
        let said = claim(&text);
        if !said.contains("error[") && !said.contains("unknown-name") {
            wrong.push(format!("{text}\n{said}"));
        }
        told.push_str(&format!("=== {text}\n{said}\n"));
    }
    insta::assert_snapshot!("one_letter_glued_to_a_keyword", told);
    assert!(wrong.is_empty(), "read all the same:\n{}", wrong.join("\n"));
}

macro_rules! snapshots {
    ($($name:ident: $claim:expr;)*) => {$(
        #[test]
        fn $name() {
            insta::assert_snapshot!(concat!("claim_", stringify!($name)), claim($claim));
        }
    )*};
}

snapshots! {
    a_date_that_does_not_exist: "rebels captured Hama on 31 November 2024\n";
    an_iso_date_that_does_not_exist: "rebels captured Hama on 2024-02-30\n";
    a_weekday_that_is_not_the_dates: "rebels captured Hama on Friday, 5 December 2024\n";
    an_ambiguous_date: "rebels captured Hama on 05/12/2024\n";
    a_date_without_a_year: "rebels captured Hama on Friday\n";
    a_window_that_ends_before_it_begins: "rebels captured Hama between 2024-12-09 and 2024-12-01\n";
    an_unknown_name: "the Kurds captured Hama\n";
    a_misspelt_name: "rebels captured Alepo\n";
    an_unknown_verb: "rebels glorped Hama\n";
    a_misspelt_verb: "rebels captued Hama\n";
    two_verbs: "rebels captured held Hama\n";
    no_verb: "Hama on 2024-12-05\n";
    a_word_left_over: "rebels captured Hama westward\n";
    an_event_that_lasts: "rebels captured Hama throughout December 2024\n";
    an_unclosed_quote: "HTS said that \"rebels captured Hama\n";
    a_question: "did rebels capture Hama?\n";
    a_character_that_has_no_place: "rebels captured Hama @ dawn\n";
    a_misspelt_verdict: "rebels captured Hama expect suported\n";
    a_misspelt_code: "rebels captured Hama on 2024-12-06 expect contradicted [wrong-dat]\n";
    an_unexpected_improvement: "rebels captured Hama expect unknown\n";
    an_expectation_of_nothing: "expect supported\n";
    an_as_of_that_is_no_date: "as of someday\nrebels captured Hama\n";
    a_missing_include: "include \"other.claims\"\n";
    a_terminal_escape_in_a_name: "the \u{1b}[31mKurds\u{1b}[0m captured Hama\n";
    several_faults_at_once: "rebels glorped Hama\nrebels captured Hama\nrebels captured Hama on 31 November 2024\nthe Kurds captured Hama\nrebels heldd Hama\n";
}
