//! Near misses: which of the words that would do is closest to the one that was written.

/// The known words that `word` may be a misspelling of: those that are nearest to it, at most five, in whatever order the known
/// ones come; none when nothing is near.
pub fn nearest<'k>(word: &str, known: impl IntoIterator<Item = &'k str>) -> Vec<&'k str> {
    let wanted = super::fold_word(word);
    let length = wanted.chars().count();
    if length > super::limits::LONGEST_MISSPELT {
        return Vec::new();
    }
    let letters = Letters::of(&wanted);
    let mut near: Vec<(usize, &str)> = known
        .into_iter()
        .filter_map(|candidate| {
            // Of a hundred thousand names nearly all are told apart by their letters, without being folded or compared.
            let plain = candidate.is_ascii();
            if plain && !is_near(length.abs_diff(candidate.len()), length, candidate.len()) {
                return None;
            }
            if plain && !is_near(Letters::of(candidate).least_distance(&letters), length, candidate.len()) {
                return None;
            }
            let folded = super::fold_word(candidate);
            let other = folded.chars().count();
            let near = |distance: usize| is_near(distance, length, other);
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

/// A third of the letters may differ, but of a word of three letters only one, and of a short one no more than two.
fn is_near(distance: usize, length: usize, other: usize) -> bool {
    let longer = length.max(other).max(3);
    distance.saturating_mul(3) <= longer && (distance <= 2 || longer >= 12)
}

/// How often each letter occurs in a word; several letters may share a place, which makes words look nearer, never further.
struct Letters([usize; 32]);

impl Letters {
    /// Those of a word that is folded, or that is plain ASCII.
    fn of(word: &str) -> Self {
        let mut letters = [0_usize; 32];
        for c in word.chars() {
            let place = u32::from(c.to_ascii_lowercase()) & 31;
            if let Some(count) = usize::try_from(place).ok().and_then(|place| letters.get_mut(place)) {
                *count = count.saturating_add(1);
            }
        }
        Self(letters)
    }

    /// How many steps two words with these letters are apart at least: a step takes one letter away, adds one, or both.
    fn least_distance(&self, other: &Self) -> usize {
        let more = |a: &Self, b: &Self| a.0.iter().zip(&b.0).map(|(a, b)| a.saturating_sub(*b)).fold(0, usize::saturating_add);
        more(self, other).max(more(other, self))
    }
}

/// "did you mean `a`?" or "did you mean one of `a`, `b`?"; nothing where there is no candidate.
pub fn one_of(candidates: &[&str]) -> Option<String> {
    match candidates {
        [] => None,
        [only] => Some(format!("did you mean `{only}`?")),
        several => Some(format!("did you mean one of {}?", several.iter().map(|c| format!("`{c}`")).collect::<Vec<_>>().join(", "))),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        /// Telling words apart by their letters leaves out none that is near.
        #[test]
        fn letters_leave_out_nothing_near(word in "[a-cA-C \u{e9}\u{2019}]{1,12}", known in prop::collection::vec("[a-cA-C \u{e9}\u{2019}]{1,12}", 1..8)) {
            let folded = super::super::fold_word(&word);
            let mut wanted: Vec<(usize, &str)> = known
                .iter()
                .map(|candidate| (strsim::osa_distance(&folded, &super::super::fold_word(candidate)), candidate.as_str()))
                .filter(|(distance, candidate)| *distance > 0 && is_near(*distance, word.chars().count(), candidate.chars().count()))
                .collect();
            wanted.sort_unstable();
            wanted.dedup();
            wanted.truncate(5);
            let wanted: Vec<&str> = wanted.into_iter().map(|(_, candidate)| candidate).collect();
            prop_assert_eq!(nearest(&word, known.iter().map(String::as_str)), wanted);
        }
    }
}
