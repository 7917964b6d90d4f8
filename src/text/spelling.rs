//! Near misses: which of the words that would do is closest to the one that was written.

/// The known words that `word` may be a misspelling of, best first, at most five; none when nothing is near.
pub fn nearest<'k>(word: &str, known: impl IntoIterator<Item = &'k str>) -> Vec<&'k str> {
    let wanted = super::fold_word(word);
    let mut near: Vec<(usize, &str)> = known
        .into_iter()
        .filter_map(|candidate| {
            let folded = super::fold_word(candidate);
            let distance = strsim::osa_distance(&wanted, &folded);
            let longest = wanted.chars().count().max(folded.chars().count());
            // A third of the letters may differ, but a word of three letters only by one.
            (distance > 0 && distance * 3 <= longest.max(3)).then_some((distance, candidate))
        })
        .collect();
    near.sort_unstable();
    near.dedup();
    near.truncate(5);
    near.into_iter().map(|(_, candidate)| candidate).collect()
}

/// "did you mean `a`?" or "did you mean one of `a`, `b`?"; nothing where there is no candidate.
pub fn one_of(candidates: &[&str]) -> Option<String> {
    match candidates {
        [] => None,
        [only] => Some(format!("did you mean `{only}`?")),
        several => Some(format!("did you mean one of {}?", several.iter().map(|c| format!("`{c}`")).collect::<Vec<_>>().join(", "))),
    }
}
