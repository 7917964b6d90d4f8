//! The codes of faults, each with what it means: for `factum explain CODE`, for tables of rules, for an editor's hover.
//!
//! Codes of verdicts are not among them; a few names are both, where a fact can be wrong as a claim can.

/// What a text can be faulted for: the code, and what it means, in a sentence.
pub const FAULTS: [(&str, &str); 55] = [
    ("absent-quote", "a quote stands in none of the sources that are named, or not any more, word for word"),
    ("ambiguous", "the words can be read in two ways, and nothing is guessed; both are shown"),
    ("baseline", "a line of a baseline cannot be read, or the file is none"),
    ("config", "a setting of `factum.toml` is not known, or has a value that it cannot have"),
    ("empty", "there are no words that could say something"),
    ("events-happen", "an event happens on a day, so it cannot last *throughout* a time or *for* a time; states last"),
    ("finer-than-day", "a time finer than a day: the unit of time is the calendar day"),
    ("impossible-date", "the calendar has no such date"),
    ("include-cycle", "a file includes itself, directly or through others"),
    ("include-depth", "files include one another deeper than is followed"),
    ("internal", "a fault of the program itself; please report it with the text that shows it"),
    ("left-over", "these words were given no meaning; a word that is dropped would be a wrong verdict"),
    ("malformed-expectation", "what stands behind `expect` is no verdict"),
    ("malformed-line", "a line of a fact or vocabulary file does not have the shape of its kind"),
    ("malformed-table", "a table lacks a column that it needs, or a row does not fit its columns"),
    ("membership-cycle", "groups are part of one another, or kinds kinds of one another, in a circle"),
    ("missing-include", "the file that is to be included cannot be had"),
    ("missing-source", "the source that is named cannot be found"),
    ("needs-reference", "a date leans on another day (*yesterday*, *Dec. 5* without a year) and there is none; `as of` gives one"),
    ("not-a-date", "it stands where a date belongs and is none"),
    ("not-a-fact", "it says what may or will be, not what was or is"),
    ("not-understood", "the words are known, but not in this order"),
    ("number-too-large", "a number is larger than is counted with"),
    ("out-of-range", "a date lies farther off than is reckoned with"),
    ("pronoun", "*he*, *it* and *they* could be anybody; write the name"),
    ("question", "a question claims nothing"),
    ("relation-clash", "one relation is declared twice, in two ways"),
    ("source-clash", "one name is given to two sources"),
    ("sources-disagree", "facts of the record contradict one another"),
    ("stray-expectation", "an `expect` stands below no claim, or below one that has its own"),
    ("stray-quote", "a quote stands below no fact that it could prove"),
    ("too-deep", "kinds, groups or relations stand in one another deeper than is followed"),
    ("too-long", "there is more of it than is read; docs/limits.md has the limits"),
    ("too-many-declared", "more is declared than is kept; docs/limits.md has the limits"),
    ("too-many-includes", "more files are included in all than are read"),
    ("too-many-of-kind", "a kind has more names than it is said to have members in all"),
    ("too-vague-date", "*in recent days* and the like give no date that could be checked"),
    ("too-vague-length", "*for years* and the like give no length that could be checked"),
    ("two-verbs", "one statement has one verb: join two statements with *and*, or write two lines"),
    ("unclosed-quote", "a quotation is opened and never closed"),
    ("unknown-anchor", "it is dated by a happening that is not known here"),
    ("unknown-code", "an `expect` names a code that does not exist, so that it could never be met"),
    ("unknown-kind", "a kind is named that is declared nowhere"),
    ("unknown-name", "a name is used that is declared nowhere"),
    ("unknown-relation", "a relation is named that is declared nowhere"),
    ("unknown-role", "a relation has no role of that name"),
    ("unknown-source", "a source is named that no `source` line gives"),
    ("unknown-verb", "no relation is said with this verb; a vocabulary file can teach it"),
    ("unreadable", "signs that have no place in a statement"),
    ("unreadable-source", "a source is there and cannot be read, or lies where nothing is read from"),
    ("unused-name", "a name is declared of which no fact says anything"),
    ("wrong-distance", "a source says that it comes so many days after something that its own dates put elsewhere"),
    ("wrong-kind-of-name", "the verb is known, but it is not said of things of this kind"),
    ("wrong-sort", "an event stands where a state belongs, or a state where an event does"),
    ("wrong-weekday", "the weekday is not that date's"),
];

/// What a fault's code means.
#[must_use]
pub fn fault_meaning(code: &str) -> Option<&'static str> {
    FAULTS.iter().find(|(known, _)| *known == code).map(|(_, meaning)| *meaning)
}
