//! Sources: documents with their dates, and the words in them that prove a fact.

use std::collections::HashSet;
use std::sync::Arc;

use crate::text::{Document, Folded, Span};
use crate::time::Day;

/// A document that facts are drawn from.
#[derive(Clone, Debug)]
pub struct Source {
    /// Its short name in the fact file.
    pub id: String,
    /// Its text.
    pub document: Arc<Document>,
    /// The day it was published, from its front matter or first line.
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
    /// A source from its text; date, headline and publisher are read off its front matter (`key: value` lines between
    /// `---` lines) or, for the date, off a first line that holds one.
    pub fn new(id: impl Into<String>, document: Arc<Document>) -> Self {
        let front = front_matter(document.text());
        let entry = |key: &str| front.iter().find(|(k, _)| k == key).map(|(_, value)| value.clone());
        let date = entry("date").and_then(|value| value.get(..10).unwrap_or(&value).parse().ok()).or_else(|| first_date(document.text()));
        let folded = Arc::new(Folded::new(document.text()));
        Self { id: id.into(), date, title: entry("title"), publisher: entry("publisher"), document, folded }
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

fn front_matter(text: &str) -> Vec<(String, String)> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut lines = text.lines();
    if lines.next().map(str::trim_end) != Some("---") {
        return Vec::new();
    }
    lines
        .take_while(|line| line.trim_end() != "---")
        .filter_map(|line| line.split_once(':'))
        .map(|(key, value)| (key.trim().to_lowercase(), value.trim().trim_matches(['"', '\'']).to_owned()))
        .collect()
}

/// An ISO date in the first line that has any words: a dateline or a byline.
fn first_date(text: &str) -> Option<Day> {
    let line = text.lines().find(|line| !line.trim().is_empty() && line.trim() != "---")?;
    line.split(|c: char| !(c.is_ascii_digit() || c == '-')).find_map(|word| (word.len() == 10).then(|| word.parse().ok()).flatten())
}
