//! Sources: documents with their dates, and the words in them that prove a fact.

use std::collections::HashSet;
use std::sync::Arc;

use crate::prose;
use crate::text::{Document, Folded, Span};
use crate::time::Day;

/// A document that facts are drawn from.
#[derive(Clone, Debug)]
pub struct Source {
    /// Its short name in the fact file.
    pub id: String,
    /// Its text.
    pub document: Arc<Document>,
    /// The day it was published, from its front matter, dateline or byline.
    pub date: Option<Day>,
    /// Its headline, if it gives one.
    pub title: Option<String>,
    /// Who published it, if it says so.
    pub publisher: Option<String>,
    folded: Arc<Folded>,
}

/// Words of a source, found in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quote {
    /// Which source, by its place.
    pub source: usize,
    /// Where in it.
    pub span: Span,
    /// The words, as the fact file has them.
    pub words: String,
}

impl Source {
    /// A source from its text; date, headline and publisher are what its article says of itself.
    pub fn new(id: impl Into<String>, document: Arc<Document>) -> Self {
        let article = prose::article(&document);
        let folded = Arc::new(Folded::new(document.text()));
        Self {
            id: id.into(),
            date: article.date.map(|found| found.value),
            title: article.title.map(|found| found.value),
            publisher: article.publisher.map(|found| found.value),
            document,
            folded,
        }
    }

    /// Where words stand in the source, white space and typographic quotes folded.
    pub fn find(&self, words: &str) -> Option<Span> {
        self.folded.find(words, self.document.text()).map(|range| Span::new(range.start, range.end))
    }

    /// The sentence of the source that is nearest to words that are not in it, for a message.
    pub fn nearest(&self, words: &str) -> Option<String> {
        let wanted: HashSet<String> = words.split_whitespace().map(crate::text::fold_word).collect();
        let best = self
            .document
            .text()
            .split(['.', '\n'])
            .map(|sentence| {
                let common =
                    sentence.split_whitespace().map(crate::text::fold_word).filter(|word| word.len() > 3 && wanted.contains(word)).count();
                (common, sentence.trim())
            })
            .max_by_key(|(common, _)| *common);
        best.filter(|(common, _)| *common > 1).map(|(_, sentence)| sentence.split_whitespace().collect::<Vec<_>>().join(" "))
    }
}
