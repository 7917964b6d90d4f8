//! `--like WORD`: what has a name or word, and what comes near one that nothing has.

use std::collections::BTreeSet;

use super::bases::all;
use crate::cli::args::Listing;
use crate::cli::config::ConfigError;
use crate::text::{fold_word, nearest, one_of};
use crate::vocabulary::{NameId, Vocabulary, without_possessive};

/// The words of a text as they are compared.
pub(super) fn words(text: &str) -> Vec<String> {
    text.split(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | ':' | '"' | '(' | ')' | '\u{201c}' | '\u{201d}'))
        .filter(|word| !word.is_empty())
        .map(|word| {
            let word = without_possessive(word).map_or(word, |(stem, _)| stem);
            fold_word(word.trim_end_matches(['.', '?', '!']))
        })
        .filter(|word| !word.is_empty())
        .collect()
}

/// What is looked for; everything, where nothing was given.
pub(super) struct Like {
    wanted: Option<Vec<String>>,
    /// The whole of it, as it was given.
    pub(super) given: Option<String>,
}

impl Like {
    pub(super) fn new(options: &Listing) -> Self {
        let given = options.like.clone();
        Self { wanted: given.as_deref().map(words), given }
    }

    /// Whether one of these texts has the words, one after another; the last may be the beginning of one.
    pub(super) fn takes<'t>(&self, texts: impl IntoIterator<Item = &'t str>) -> bool {
        let Some(wanted) = &self.wanted else { return true };
        let Some((last, before)) = wanted.split_last() else { return true };
        texts.into_iter().any(|text| {
            words(text)
                .windows(wanted.len())
                .any(|run| run.split_last().is_some_and(|(end, start)| start == before && end.starts_with(last.as_str())))
        })
    }

    /// The names that these words are, in full.
    pub(super) fn names(&self, vocabulary: &Vocabulary) -> Vec<NameId> {
        let exact = |name: &str| vocabulary.name_index().exact(name).iter().copied().map(NameId).collect();
        self.given.as_deref().map(exact).unwrap_or_default()
    }

    /// The words looked for, none where nothing is.
    pub(super) fn wanted(&self) -> Option<&[String]> {
        self.wanted.as_deref()
    }
}

/// Help for a word that nothing here has.
pub(super) fn near(word: &str, options: &Listing) -> Result<Option<String>, ConfigError> {
    let mut known: BTreeSet<String> = BTreeSet::new();
    // What is wrong in the fact files has been said before.
    for base in all(options)?.0 {
        let vocabulary = &base.base.vocabulary;
        known.extend(vocabulary.names().iter().flat_map(|name| std::iter::once(&name.name).chain(&name.aliases)).cloned());
        known.extend(vocabulary.kinds().iter().map(|kind| kind.name.clone()));
        known.extend(vocabulary.relations().iter().map(|relation| relation.name.clone()));
        known.extend(vocabulary.verb_bases().map(str::to_owned));
    }
    Ok(one_of(&nearest(word, known.iter().map(String::as_str))))
}
