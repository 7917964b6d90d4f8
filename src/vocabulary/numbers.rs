//! Number words: exact ones that combine (two hundred and five), vague ones with two intervals (dozens).

use hashbrown::HashMap;

use crate::syntax::Interval;

/// The number words of a vocabulary.
#[derive(Clone, Debug, Default)]
pub struct Numbers {
    words: HashMap<String, (Interval, Interval)>,
    longest: usize,
}

impl Numbers {
    /// Declares a word or words.
    pub fn add(&mut self, words: &str, sure: Interval, tolerant: Interval) {
        self.longest = self.longest.max(words.split(' ').count());
        self.words.insert(crate::text::fold_word(words), (sure, tolerant));
    }

    /// What exactly these words mean.
    pub fn word(&self, words: &str) -> Option<(Interval, Interval)> {
        self.words.get(words).copied()
    }

    /// The vague word that means just these intervals, if there is one.
    pub fn vague(&self, sure: Interval, tolerant: Interval) -> Option<&str> {
        let means = |known: &(Interval, Interval)| sure != tolerant && sure.low < sure.high && *known == (sure, tolerant);
        self.words.iter().filter(|(_, known)| means(known)).map(|(word, _)| word.as_str()).min()
    }

    /// All words, for near misses; sorted.
    pub fn known(&self) -> Vec<&str> {
        let mut known: Vec<&str> = self.words.keys().map(String::as_str).collect();
        known.sort_unstable();
        known
    }

    /// Reads the longest number at the start of `words` (folded): how many words it takes and what it means.
    pub fn read(&self, words: &[&str]) -> Option<(usize, Interval, Interval)> {
        let mut best = None;
        // A vague number, or any that stands in the table as it is, longest first.
        for length in (1..=self.longest.min(words.len())).rev() {
            let joined = words.get(..length)?.join(" ");
            if let Some((sure, tolerant)) = self.word(&joined) {
                best = Some((length, sure, tolerant));
                break;
            }
        }
        let compound = self.compound(words);
        match (best, compound) {
            (Some((length, ..)), Some((longer, value))) if longer > length => Some((longer, exact(value), exact(value))),
            (None, Some((length, value))) => Some((length, exact(value), exact(value))),
            (best, _) => best,
        }
    }

    fn exact_word(&self, word: &str) -> Option<i64> {
        self.word(word).filter(|(sure, tolerant)| sure.low == sure.high && sure == tolerant).map(|(sure, _)| sure.low)
    }

    /// twenty-five · two hundred and five · three million
    fn compound(&self, words: &[&str]) -> Option<(usize, i64)> {
        let (mut total, mut part, mut taken) = (0_i64, None::<i64>, 0);
        for (index, word) in words.iter().enumerate() {
            // "and" counts only where another number follows it.
            if *word == "and" && part.is_some() {
                continue;
            }
            let Some(value) = self.below_hundred_or_unit(word) else { break };
            if taken < index && part.is_some_and(|p| p % 100 != 0) {
                break; // "three and four" are two numbers
            }
            part = match part {
                None => Some(value),
                Some(before) if value == 100 => Some(before.checked_mul(100)?),
                Some(before) if value > 100 => {
                    total = total.checked_add(before.checked_mul(value)?)?;
                    Some(0)
                }
                Some(before) if before % 100 == 0 => Some(before.checked_add(value)?),
                Some(_) => break,
            };
            taken = index.saturating_add(1);
        }
        part.map(|part| (taken, total.saturating_add(part)))
    }

    fn below_hundred_or_unit(&self, word: &str) -> Option<i64> {
        match word.split_once('-') {
            Some((tens, ones)) => match (self.exact_word(tens), self.exact_word(ones)) {
                (Some(tens @ 20..=90), Some(ones @ 1..=9)) => Some(tens.saturating_add(ones)),
                _ => None,
            },
            None => self.exact_word(word),
        }
    }
}

fn exact(value: i64) -> Interval {
    Interval { low: value, high: value }
}
