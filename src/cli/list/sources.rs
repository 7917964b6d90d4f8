//! `factum list sources`: where the record comes from.

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::Serialize;

use super::Page;
use super::bases::bases;
use super::like::Like;
use crate::cli::args::Listing;
use crate::cli::config::ConfigError;
use crate::facts::Source;

/// A source.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
pub(super) struct Sourced {
    /// The file, relative to where the program was started.
    file: String,
    /// Its short name in the fact file.
    name: String,
    /// The day it was published.
    date: Option<String>,
    /// Its headline.
    title: Option<String>,
    /// Who published it.
    publisher: Option<String>,
    /// The facts that are drawn from it, in the order of their files and lines.
    facts: Vec<String>,
}

/// The sources, sorted by file.
pub(super) fn sources(options: &Listing) -> Result<Vec<Sourced>, ConfigError> {
    let like = Like::new(options);
    let mut found = BTreeSet::new();
    for base in bases(options)? {
        let mut drawn: Vec<Vec<String>> = vec![Vec::new(); base.base.sources.len()];
        for fact in base.facts() {
            for at in fact.quotes.iter().map(|quote| quote.source).collect::<BTreeSet<usize>>() {
                drawn.get_mut(at).into_iter().for_each(|facts| facts.push(fact.words.clone()));
            }
        }
        for (at, source) in base.sources() {
            let texts = [Some(source.id.as_str()), Some(source.document.name()), source.title.as_deref(), source.publisher.as_deref()];
            if like.takes(texts.into_iter().flatten()) {
                found.insert(Sourced::new(source, drawn.get(at).cloned().unwrap_or_default()));
            }
        }
    }
    Ok(found.into_iter().collect())
}

impl Sourced {
    fn new(source: &Source, facts: Vec<String>) -> Self {
        Self {
            file: source.document.name().to_owned(),
            name: source.id.clone(),
            date: source.date.map(|day| day.to_string()),
            title: source.title.clone(),
            publisher: source.publisher.clone(),
            facts,
        }
    }

    pub(super) fn show(&self, page: &mut Page) {
        page.line(0, &format!("{}: {}", self.name, self.file));
        self.title.iter().for_each(|title| page.line(1, title));
        let date = self.date.as_deref().unwrap_or("no date");
        let publisher = self.publisher.as_ref().map(|publisher| format!("{publisher}, ")).unwrap_or_default();
        page.line(1, &format!("{publisher}{date}"));
        page.line(
            1,
            &match self.facts.len() {
                0 => "no facts are drawn from it".to_owned(),
                1 => "1 fact is drawn from it".to_owned(),
                many => format!("{many} facts are drawn from it"),
            },
        );
    }
}
