//! Titles that stand before a person's name and add nothing to it.

/// In small letters, without a full stop.
const TITLES: [&str; 18] =
    ["capt", "col", "dr", "gen", "gov", "lt", "maj", "mr", "mrs", "ms", "mx", "prof", "rep", "rev", "sen", "sgt", "sir", "dame"];

/// Whether a word is such a title, abbreviated with a full stop or without.
pub(super) fn is_title(word: &str) -> bool {
    TITLES.contains(&crate::text::fold_word(word).trim_end_matches('.'))
}
