//! What may be written next: names, verbs and the words that a phrasing goes on with, time words, and in our own files the words
//! that lines are made of.
//!
//! In: a place in a text. Out: what fits what stands before it in the line. Never: offers a word that no phrasing of the
//! vocabulary has there.

use std::cell::Cell;
use std::collections::BTreeSet;

use lsp_types::{CompletionItem, CompletionItemKind, CompletionList, CompletionTextEdit, TextEdit};

use super::keywords::{BEHIND_CLAIMS, CLAIM_LINES, FACT_LINES, MONTHS, PROPERTIES, TIME_WORDS, VERDICTS, VOCABULARY_LINES};
use super::view::View;
use super::workspace::Kind;
use crate::check::Rule;
use crate::statement::{Next, next, phrasing_in_words};
use crate::text::Span;
use crate::vocabulary::{KindId, Name, NameId, Vocabulary};

/// How much is offered at once; with another letter it is asked again.
const MOST_OFFERED: usize = 1000;
/// How many of it are names: of a large base there are too many to look through.
const MOST_NAMES: usize = 200;
/// How many words of a name may stand before the one that is being written.
const MOST_WORDS: usize = 5;

/// How a word is offered; the earlier, the higher it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Sort {
    Name,
    Word,
    Verb,
    Kind,
    Time,
    Keyword,
}

impl Sort {
    fn kind(self) -> CompletionItemKind {
        match self {
            Self::Name => CompletionItemKind::VARIABLE,
            Self::Word => CompletionItemKind::TEXT,
            Self::Verb => CompletionItemKind::FUNCTION,
            Self::Kind => CompletionItemKind::CLASS,
            Self::Time => CompletionItemKind::UNIT,
            Self::Keyword => CompletionItemKind::KEYWORD,
        }
    }
}

/// A word with what it takes the place of.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Offer {
    sort: Sort,
    words: String,
    /// Bytes of the line that it takes the place of.
    from: usize,
    detail: Option<String>,
}

/// What may be written at a place.
pub(super) fn completion(view: &View<'_, '_>, at: usize) -> CompletionList {
    let (start, line) = view.document().line_at(at);
    let before = line.get(..at.saturating_sub(start)).unwrap_or(line);
    let before = before.strip_prefix('\u{feff}').unwrap_or(before);
    let mark = if line.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let mut offers = BTreeSet::new();
    let writing = Writing { view, start, before, names: Cell::new(0) };
    match view.kind() {
        Kind::Claims => writing.claim(&mut offers),
        Kind::Facts => writing.fact(&mut offers),
        Kind::Vocabulary => writing.vocabulary(&mut offers),
        // In prose only names are ours to offer.
        Kind::Draft => writing.names(None, true, &mut offers),
        Kind::Table | Kind::Other => {}
    }
    let is_incomplete = offers.len() > MOST_OFFERED || writing.names.get() >= MOST_NAMES;
    let line_start = start.saturating_add(mark);
    let items = offers.into_iter().take(MOST_OFFERED).map(|offer| {
        let range = view.frame.range(view.document(), Span::new(line_start.saturating_add(offer.from), at));
        CompletionItem {
            label: offer.words.trim_end().to_owned(),
            kind: Some(offer.sort.kind()),
            detail: offer.detail,
            sort_text: Some(format!("{}{}", offer.sort as u8, offer.words.to_lowercase())),
            filter_text: Some(offer.words.clone()),
            text_edit: Some(CompletionTextEdit::Edit(TextEdit { range, new_text: offer.words })),
            ..CompletionItem::default()
        }
    });
    CompletionList { is_incomplete, items: items.collect() }
}

/// A line up to the place at which it is being written.
struct Writing<'w, 'v, 'b> {
    view: &'w View<'v, 'b>,
    /// The byte of the text at which it starts.
    start: usize,
    before: &'w str,
    /// How many names were offered so far.
    names: Cell<usize>,
}

impl Writing<'_, '_, '_> {
    /// Where the word begins that is being written.
    fn word(&self) -> usize {
        let part = |c: char| c.is_alphanumeric() || matches!(c, '-' | '\'' | '\u{2019}' | '_' | '.' | '&');
        let tail = self.before.chars().rev().take_while(|c| part(*c)).map(char::len_utf8).fold(0, usize::saturating_add);
        self.before.len().saturating_sub(tail)
    }

    /// The places at which the words being written may have begun: the last word, or more of them.
    fn beginnings(&self) -> Vec<usize> {
        let mut found = vec![self.word()];
        let mut at = self.word();
        for _ in 0..MOST_WORDS {
            let rest = self.before.get(..at).unwrap_or_default();
            let trimmed = rest.trim_end();
            if trimmed.is_empty() {
                break;
            }
            at = trimmed.rfind(char::is_whitespace).map_or(0, |blank| blank.saturating_add(1));
            found.push(at);
        }
        found
    }

    fn offer(&self, sort: Sort, words: impl Into<String>, from: usize, detail: Option<String>, offers: &mut BTreeSet<Offer>) {
        let words = words.into();
        if begins_with(&words, self.before.get(from..).unwrap_or_default()) {
            offers.insert(Offer { sort, words, from, detail });
        }
    }

    fn keywords(&self, words: &[&str], from: usize, offers: &mut BTreeSet<Offer>) {
        for word in words {
            self.offer(Sort::Keyword, *word, from, None, offers);
        }
    }

    fn claim(&self, offers: &mut BTreeSet<Offer>) {
        let written = crate::vocabulary::without_comment(self.before);
        if written.len() < self.before.len() {
            let comment = self.before.get(written.len()..).unwrap_or_default();
            if comment.contains("allow ") {
                self.rules(offers);
            } else {
                self.keywords(&["factum: allow "], self.word(), offers);
            }
            return;
        }
        let indent = self.before.len().saturating_sub(self.before.trim_start().len());
        if let Some(at) = self.before.rfind("expect ")
            && (at == indent || self.before.get(..at).is_some_and(|text| text.ends_with(char::is_whitespace)))
        {
            if self.before.get(at..).is_some_and(|rest| rest.contains('[')) {
                self.rules(offers);
            } else {
                self.keywords(&VERDICTS, self.word(), offers);
            }
            return;
        }
        self.keywords(&CLAIM_LINES, indent, offers);
        self.statement(indent, true, offers);
    }

    /// Verdicts' codes, where one may be named.
    fn rules(&self, offers: &mut BTreeSet<Offer>) {
        let names: Vec<&str> = Rule::all().map(Rule::name).collect();
        self.keywords(&names, self.word(), offers);
    }

    fn fact(&self, offers: &mut BTreeSet<Offer>) {
        let indent = self.before.len().saturating_sub(self.before.trim_start().len());
        if self.before.trim_start().starts_with('>') {
            return;
        }
        if self.declared(offers) {
            return;
        }
        if indent > 0 {
            self.keywords(&["> \""], indent, offers);
            return;
        }
        self.keywords(&FACT_LINES, indent, offers);
        self.statement(indent, false, offers);
    }

    fn vocabulary(&self, offers: &mut BTreeSet<Offer>) {
        let indent = self.before.len().saturating_sub(self.before.trim_start().len());
        let inside = self.before.trim_start();
        if indent == 0 {
            if !self.declared(offers) {
                self.keywords(&VOCABULARY_LINES, indent, offers);
            }
            return;
        }
        let keyword = inside.split_whitespace().next().unwrap_or_default();
        match keyword {
            "say" | "noun" => {
                if let Some(open) = self.before.rfind('{').filter(|open| !self.before.get(*open..).unwrap_or_default().contains('}')) {
                    for role in self.roles_above() {
                        self.offer(Sort::Kind, format!("{role}}}"), open.saturating_add(1), None, offers);
                    }
                }
            }
            "implies" | "starts" | "ends" | "requires" | "after" | "excludes" | "asserts" | "inverse" | "is" if inside.contains(' ') => {
                if self.before.contains('(') {
                    for role in self.roles_above() {
                        self.offer(Sort::Kind, role, self.word(), None, offers);
                    }
                } else {
                    for relation in self.view.vocabulary().relations() {
                        self.offer(Sort::Kind, relation.name.clone(), self.word(), None, offers);
                    }
                    self.keywords(&PROPERTIES, indent, offers);
                }
            }
            "one" | "once" | "unique" if inside.contains(' ') => {
                for role in self.roles_above() {
                    self.offer(Sort::Kind, role, self.word(), None, offers);
                }
                self.keywords(&["per "], self.word(), offers);
            }
            "yes" | "no" if inside.contains(' ') => {
                self.statement(self.before.len().min(indent.saturating_add(keyword.len())), false, offers)
            }
            _ => self.keywords(&PROPERTIES, indent, offers),
        }
    }

    /// The roles of the relation that the line belongs to.
    fn roles_above(&self) -> Vec<String> {
        let text = self.view.document().text();
        let upto = text.get(..self.start).unwrap_or_default();
        let head = upto.lines().rev().find(|line| !line.trim().is_empty() && !line.starts_with([' ', '\t', '#'])).unwrap_or_default();
        let inside = head.split_once('(').and_then(|(_, rest)| rest.split(')').next()).unwrap_or_default();
        inside
            .split(',')
            .filter_map(|role| role.split(':').next())
            .map(|role| role.trim().to_owned())
            .filter(|role| !role.is_empty())
            .collect()
    }

    /// A declaring line that has gone beyond its keyword. Tells whether it is one.
    fn declared(&self, offers: &mut BTreeSet<Offer>) -> bool {
        let line = self.before;
        let Some(keyword) = line.split_once(' ').map(|(keyword, _)| keyword) else { return false };
        match keyword {
            "name" | "cast" | "kind" | "state" | "event" if line.contains([':', '(']) => {
                if keyword == "name" || keyword == "cast" {
                    let from = self.after_last(&[',', ':']);
                    if let Some(of) = self.before.get(from..).unwrap_or_default().strip_prefix("part of ") {
                        let from = self.before.len().saturating_sub(of.len());
                        for name in self.view.vocabulary().names() {
                            self.offer(Sort::Name, name.name.clone(), from, None, offers);
                        }
                        return true;
                    }
                    self.offer(Sort::Keyword, "part of ", from, None, offers);
                    self.kinds(from, offers);
                } else {
                    self.kinds(self.after_last(&[',', ':', '(']), offers);
                }
                true
            }
            "name" | "cast" => {
                self.keywords(&["also "], self.word(), offers);
                true
            }
            "trust" | "distrust" => {
                for name in self.view.vocabulary().names() {
                    self.offer(Sort::Name, name.name.clone(), keyword.len().saturating_add(1), None, offers);
                }
                true
            }
            "prefer" => {
                for source in &self.view.judge.base().sources {
                    self.offer(Sort::Name, source.id.clone(), self.word(), Some(source.document.name().to_owned()), offers);
                }
                self.keywords(&["over "], self.word(), offers);
                true
            }
            "kind" | "source" | "include" | "horizon" | "disjoint" | "verb" | "double" | "number" | "state" | "event" => {
                if keyword == "disjoint" {
                    self.kinds(self.after_last(&[',', ' ']), offers);
                }
                true
            }
            _ => false,
        }
    }

    fn after_last(&self, marks: &[char]) -> usize {
        let at = self.before.rfind(marks).map_or(0, |at| at.saturating_add(1));
        let rest = self.before.get(at..).unwrap_or_default();
        at.saturating_add(rest.len().saturating_sub(rest.trim_start().len()))
    }

    fn kinds(&self, from: usize, offers: &mut BTreeSet<Offer>) {
        for kind in self.view.vocabulary().kinds() {
            self.offer(Sort::Kind, kind.name.clone(), from, None, offers);
        }
    }

    /// A statement that begins at a byte of the line.
    fn statement(&self, from: usize, claim: bool, offers: &mut BTreeSet<Offer>) {
        let vocabulary = self.view.vocabulary();
        for (words, beginning) in (0_usize..).zip(self.beginnings()) {
            let Some(so_far) = self.before.get(from..beginning).filter(|_| beginning >= from) else { break };
            // What stands before the statement itself.
            let so_far = without_lead(so_far);
            for next in next(so_far, vocabulary) {
                match next {
                    Next::Name(kind) => self.names_from(beginning, Some(kind), false, offers),
                    Next::Subject => self.names_from(beginning, None, false, offers),
                    Next::Verb(verb, phrasing) => {
                        self.offer(Sort::Verb, verb, beginning, Some(phrasing_in_words(vocabulary.phrasing(phrasing))), offers);
                    }
                    // Only a name or a verb can have begun some words ago.
                    _ if words > 0 => {}
                    Next::Word(word) => self.offer(Sort::Word, word, beginning, None, offers),
                    Next::Kind => self.kinds(beginning, offers),
                    Next::Date => {
                        for month in MONTHS {
                            self.offer(Sort::Time, month, beginning, None, offers);
                        }
                        if let Some(day) = self.view.judge.settings().as_of.or_else(|| self.view.judge.base().end()) {
                            self.offer(Sort::Time, day.to_string(), beginning, Some("the last day of the record".to_owned()), offers);
                        }
                    }
                    Next::Time => {
                        for word in TIME_WORDS {
                            self.offer(Sort::Time, word, beginning, None, offers);
                        }
                        if claim {
                            self.keywords(&BEHIND_CLAIMS, beginning, offers);
                        }
                    }
                }
            }
        }
    }

    fn names(&self, kind: Option<KindId>, capital: bool, offers: &mut BTreeSet<Offer>) {
        for beginning in self.beginnings() {
            self.names_from(beginning, kind, capital, offers);
        }
    }

    /// Names of a kind that begin with what is written from a byte on; with `capital`, only where that begins with a capital.
    fn names_from(&self, from: usize, kind: Option<KindId>, capital: bool, offers: &mut BTreeSet<Offer>) {
        let written = self.before.get(from..).unwrap_or_default();
        if capital && !written.chars().next().is_some_and(char::is_uppercase) {
            return;
        }
        let vocabulary = self.view.vocabulary();
        // Names of one's own come behind those of the standard vocabulary, and first here.
        for (number, name) in vocabulary.names().iter().enumerate().rev() {
            let Ok(number) = u32::try_from(number) else { continue };
            if self.names.get() >= MOST_NAMES {
                return;
            }
            if name.unnamed || !kind.is_none_or(|kind| fits(NameId(number), name, kind, vocabulary)) {
                continue;
            }
            for (n, words) in std::iter::once(&name.name).chain(&name.aliases).enumerate() {
                if begins_with(words, written) {
                    self.names.set(self.names.get().saturating_add(1));
                    let detail = if n == 0 { kinds_of(name, vocabulary) } else { Some(format!("also {}", name.name)) };
                    offers.insert(Offer { sort: Sort::Name, words: words.clone(), from, detail });
                }
            }
        }
    }
}

fn fits(id: NameId, name: &Name, kind: KindId, vocabulary: &Vocabulary) -> bool {
    name.kinds.is_empty() || vocabulary.is_a(id, kind) || name.rough && name.kinds.iter().any(|rough| vocabulary.is_kind_of(kind, *rough))
}

fn kinds_of(name: &Name, vocabulary: &Vocabulary) -> Option<String> {
    let kinds: Vec<&str> = name.kinds.iter().map(|kind| vocabulary.kind(*kind).name.as_str()).collect();
    (!kinds.is_empty()).then(|| kinds.join(", "))
}

/// A statement without what says from when, or according to whom, it speaks: "as of 1 May, the rebels".
fn without_lead(text: &str) -> &str {
    let lower = text.trim_start().to_ascii_lowercase();
    if ["as of ", "on ", "in ", "by ", "according to "].iter().any(|lead| lower.starts_with(lead)) {
        return text.rsplit_once(", ").map_or(text, |(_, rest)| rest);
    }
    text
}

/// Whether words begin with what is written of them, in whatever case.
fn begins_with(words: &str, written: &str) -> bool {
    let mut rest = words.chars().flat_map(char::to_lowercase);
    written.chars().flat_map(char::to_lowercase).all(|c| rest.next() == Some(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_begin_in_any_case() {
        assert!(begins_with("Hayat Tahrir al-Sham", "hayat ta"));
        assert!(begins_with("\u{c9}mile", "\u{e9}m"));
        assert!(!begins_with("Homs", "Homsi"));
        assert!(begins_with("anything", ""));
    }

    #[test]
    fn what_leads_a_statement_is_passed_over() {
        assert_eq!(without_lead("as of 1 May 2024, the rebels"), "the rebels");
        assert_eq!(without_lead("the rebels, the army"), "the rebels, the army");
    }
}
