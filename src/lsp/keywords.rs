//! The words that lines of our own files are made of, as they are offered. What the grammars have, they have; a test sees to it.

/// The words that lines of claim files begin with.
pub(super) const CLAIM_LINES: [&str; 3] = ["as of ", "include \"", "expect "];
/// Those of fact files.
pub(super) const FACT_LINES: [&str; 9] =
    ["source ", "name ", "kind ", "include \"", "prefer ", "trust ", "distrust ", "horizon ", "according to "];
/// Those of vocabulary files.
pub(super) const VOCABULARY_LINES: [&str; 10] =
    ["kind ", "name ", "state ", "event ", "verb ", "double ", "number ", "disjoint ", "cast ", "include \""];
/// Those of the lines below a relation.
pub(super) const PROPERTIES: [&str; 22] = [
    "say ",
    "noun ",
    "yes ",
    "no ",
    "one ",
    "once per ",
    "unique per ",
    "implies ",
    "starts ",
    "ends ",
    "requires ",
    "after ",
    "excludes ",
    "asserts ",
    "inverse ",
    "is start of ",
    "is end of ",
    "repeatable",
    "symmetric",
    "transitive",
    "permanent",
    "speech",
];
/// Words that say when, with a date or something else behind them.
pub(super) const TIME_WORDS: [&str; 14] = [
    "on ",
    "in ",
    "by ",
    "before ",
    "after ",
    "since ",
    "until ",
    "as of ",
    "during ",
    "throughout ",
    "from ",
    "between ",
    "for ",
    "within ",
];
/// What may stand behind a whole claim.
pub(super) const BEHIND_CLAIMS: [&str; 4] = ["expect supported", "expect contradicted", "expect unknown", "expect error"];
pub(super) const VERDICTS: [&str; 4] = ["supported", "contradicted", "unknown", "error"];
pub(super) const MONTHS: [&str; 12] =
    ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

#[cfg(test)]
mod tests {
    use super::*;

    /// What is offered is what a grammar reads: each word stands in it as a literal.
    #[test]
    fn offered_words_are_those_of_the_grammars() {
        let claims = include_str!("../../grammar/claims.pest");
        let declarations = include_str!("../../grammar/vocabulary.pest");
        let statements = [include_str!("../../grammar/statement.pest"), include_str!("../../grammar/time.pest")].concat();
        let own: [(&[&str], &str); 7] = [
            (&CLAIM_LINES, claims),
            (&BEHIND_CLAIMS, claims),
            (&VERDICTS, claims),
            (FACT_LINES.get(..8).unwrap(), declarations),
            (&VOCABULARY_LINES, declarations),
            (&PROPERTIES, declarations),
            (&TIME_WORDS, &statements),
        ];
        for (offered, grammar) in own {
            for phrase in offered {
                for word in phrase.trim_end_matches('"').split_whitespace() {
                    // Several words may stand in one literal.
                    let literal = grammar.contains(&format!("\"{word}\"")) || grammar.contains(&format!("\"{}\"", phrase.trim()));
                    assert!(literal, "`{word}` is no literal of its grammar");
                }
            }
        }
        for month in MONTHS {
            let small = month.to_lowercase();
            assert!(statements.contains(&format!("\"{small}\"")) || statements.contains(&format!("\"{month}\"")), "{month}");
        }
    }
}
