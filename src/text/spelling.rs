//! Near misses: which of the words that would do is closest to the one that was written.

/// The known words that `word` may be a misspelling of: those that are nearest to it, at most five, in whatever order the known
/// ones come; none when nothing is near.
pub fn nearest<'k>(word: &str, known: impl IntoIterator<Item = &'k str>) -> Vec<&'k str> {
    let wanted = super::fold_word(word);
    let length = wanted.chars().count();
    if length > super::limits::LONGEST_MISSPELT {
        return Vec::new();
    }
    let mut near: Vec<(usize, &str)> = known
        .into_iter()
        .filter_map(|candidate| {
            let folded = super::fold_word(candidate);
            let other = folded.chars().count();
            // A third of the letters may differ, but a word of three letters only by one, and a short one by no more than two.
            let longer = length.max(other).max(3);
            let near = |distance: usize| distance.saturating_mul(3) <= longer && (distance <= 2 || longer >= 12);
            // Words of other lengths differ by that much at least; most need no closer look.
            if !near(length.abs_diff(other)) {
                return None;
            }
            let distance = strsim::osa_distance(&wanted, &folded);
            (distance > 0 && near(distance)).then_some((distance, candidate))
        })
        .collect();
    near.sort_unstable();
    near.dedup();
    // Beside a near one, a farther one is noise.
    let best = near.first().map(|(distance, _)| *distance);
    near.retain(|(distance, _)| Some(*distance) == best);
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
