//! What may come next in a statement that is being written.
//!
//! In: the words so far. Out: what the phrasings that fit them go on with. Never: decides what the words mean; misses what may
//! stand anywhere, such as a date, by listing it: that is one entry of its own.

use std::collections::BTreeSet;

use super::Tense;
use super::items::{Item, items};
use super::reader::{Core, Reader};
use super::resolve::Context;
use super::verb_group::VerbGroup;
use crate::syntax::{self, ast::ChunkKind};
use crate::vocabulary::{Form, KindId, Part, PhrasingId, RelationId, Vocabulary};

/// Something that may come next.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Next {
    /// A name of this kind.
    Name(KindId),
    /// A name of any kind: a statement begins.
    Subject,
    /// One of a phrasing's words.
    Word(String),
    /// A verb, as it is written after what stands there, with a phrasing that has it.
    Verb(String, PhrasingId),
    /// A kind, as in "is a city".
    Kind,
    /// A date.
    Date,
    /// The statement may end here, or say when.
    Time,
}

/// Words that a date may follow.
const BEFORE_DATES: [&str; 16] = [
    "on",
    "in",
    "by",
    "during",
    "throughout",
    "before",
    "after",
    "since",
    "until",
    "till",
    "from",
    "between",
    "to",
    "as of",
    "following",
    "within",
];

/// How deep in a phrasing is looked.
const MOST_PARTS_AHEAD: usize = 32;

/// What may come after these words, sorted; nothing where they cannot be taken apart.
pub fn next(words: &str, vocabulary: &Vocabulary) -> BTreeSet<Next> {
    let mut found = BTreeSet::new();
    let Ok(written) = syntax::statement(words) else {
        if words.trim().is_empty() {
            found.insert(Next::Subject);
        }
        return found;
    };
    let all = items(&written, words, vocabulary);
    let context = Context::default();
    let reader = Reader::new(words, vocabulary, &context, all.len());
    // "on 5": the month may come next.
    if let Some(last) = all.iter().rev().find(|item| !matches!(item.chunk(), Some(ChunkKind::Number(_)))) {
        let text = last.span.of(words).to_ascii_lowercase();
        if BEFORE_DATES.iter().any(|word| text == *word || text.ends_with(&format!(" {word}"))) {
            found.insert(Next::Date);
            if text.ends_with("before") || text.ends_with("after") || text == "since" || text == "until" {
                found.insert(Next::Subject);
            }
        }
    }
    let core = Core::new(of_this_clause(&all));
    // Words that only point are no subject yet.
    if core.iter().all(|item| item.is_determiner() || item.is_comma()) {
        found.insert(Next::Subject);
        return found;
    }
    let ahead = Ahead { reader: &reader, core: &core };
    if ahead.behind_helper(&mut found) {
        return found;
    }
    let mut verb = false;
    for start in 1..core.len() {
        for group in core.verb_groups(&reader, start).iter() {
            for id in vocabulary.with_verb(&group.base) {
                verb |= ahead.after_verb(*id, group, &mut found);
            }
            if group.base == "be" && !group.passive {
                ahead.kind_after(group, &mut found);
            }
        }
    }
    if !verb {
        ahead.verbs(&mut found);
    }
    found
}

/// The items of the clause that is being written, without what says when and without small words that may stand anywhere.
fn of_this_clause(all: &[Item]) -> Vec<Item> {
    let joins = |item: &Item| {
        item.is_word("that")
            || matches!(item.chunk(), Some(ChunkKind::Conjunction(_) | ChunkKind::Order(_) | ChunkKind::Comma | ChunkKind::Colon))
    };
    // What is joined may be a clause of its own, or one more name; where nothing follows yet it is either.
    let own = all.iter().rposition(|item| item.is_word("that") || matches!(item.chunk(), Some(ChunkKind::Order(_))));
    let rest = own.and_then(|at| all.get(at.saturating_add(1)..)).unwrap_or(all);
    let first = rest.iter().position(|item| !joins(item)).unwrap_or(rest.len());
    rest.get(first..)
        .unwrap_or_default()
        .iter()
        .filter(|item| {
            !matches!(
                item.chunk(),
                Some(
                    ChunkKind::When(_)
                        | ChunkKind::Lasting(_)
                        | ChunkKind::Mark(_)
                        | ChunkKind::Not
                        | ChunkKind::MomentOfDay
                        | ChunkKind::FirstTime
                )
            )
        })
        .cloned()
        .collect()
}

struct Ahead<'r, 'a> {
    reader: &'r Reader<'a>,
    core: &'r Core,
}

impl Ahead<'_, '_> {
    /// How a phrasing goes on behind its verb. Tells whether what stands before the verb fits it.
    fn after_verb(&self, id: PhrasingId, group: &VerbGroup, found: &mut BTreeSet<Next>) -> bool {
        let relation = self.reader.vocabulary.phrasing(id).relation;
        let mut fits = false;
        for (before, after) in self.reader.voices(id, group).iter() {
            if self.reader.bind(relation, before, self.core, 0, group.start).iter().any(|binding| binding.cost == 0) {
                fits = true;
                let after: Vec<&Part> = after.iter().collect();
                self.walk(relation, &after, group.end, 0, found);
            }
        }
        fits
    }

    /// "is", "is a": a kind may follow.
    fn kind_after(&self, group: &VerbGroup, found: &mut BTreeSet<Next>) {
        let rest = self.core.get(group.end..).unwrap_or_default();
        match rest {
            [] => {
                found.extend(["a", "an", "the"].map(|word| Next::Word(word.to_owned())));
            }
            [article] if article.is_determiner() => {
                found.insert(Next::Kind);
            }
            _ => {}
        }
    }

    fn walk(&self, relation: RelationId, parts: &[&Part], at: usize, depth: usize, found: &mut BTreeSet<Next>) {
        if depth > MOST_PARTS_AHEAD || self.reader.exhausted() {
            return;
        }
        let further = depth.saturating_add(1);
        let end = self.core.len();
        let Some((part, rest)) = parts.split_first() else {
            if at == end {
                found.insert(Next::Time);
            }
            return;
        };
        match part {
            Part::Optional(inner) => {
                let with: Vec<&Part> = inner.iter().chain(rest.iter().copied()).collect();
                self.walk(relation, &with, at, further, found);
                self.walk(relation, rest, at, further, found);
            }
            Part::Words(words) => match self.core.get(at) {
                None => found.extend(words.iter().map(|word| Next::Word(word.clone()))),
                Some(item) if item.is_one_of(words) => self.walk(relation, rest, at.saturating_add(1), further, found),
                Some(item) if item.is_determiner() => self.walk(relation, parts, at.saturating_add(1), further, found),
                Some(_) => {}
            },
            Part::Slot { role, possessive } => {
                let Some(kind) = self.reader.vocabulary.relation(relation).roles.get(*role).map(|role| role.kind) else { return };
                // Words that only point, and a list that goes on, leave the slot open.
                let open = self.core.get(at..).unwrap_or_default().iter().all(|item| {
                    item.is_determiner()
                        || item.is_comma()
                        || matches!(item.chunk(), Some(ChunkKind::Conjunction(_) | ChunkKind::Number(_) | ChunkKind::Bound(_)))
                });
                if open {
                    // Behind "a" stands a kind.
                    if !self.core.last().is_some_and(|item| item.is_word("a") || item.is_word("an")) {
                        found.insert(Next::Name(kind));
                    }
                    return;
                }
                if let Some(last) = self.core.last()
                    && (last.is_comma() || matches!(last.chunk(), Some(ChunkKind::Conjunction(_))))
                {
                    found.insert(Next::Name(kind));
                }
                for read in self.core.noun_phrases(self.reader, at, end, kind, *possessive).iter().filter(|read| read.cost == 0) {
                    self.walk(relation, rest, read.end, further, found);
                }
            }
        }
    }

    /// The verbs that what stands there can be the subject of.
    fn verbs(&self, found: &mut BTreeSet<Next>) {
        let verbs = self.reader.vocabulary.verbs();
        let end = self.core.len();
        let active = self.verbs_of(end, false, |base| verbs.write(base, Form::Past), found);
        let passive = self.verbs_of(end, true, |base| format!("was {}", verbs.write(base, Form::Participle)), found);
        if active || passive {
            found.extend(["is", "was", "did not", "never", "still"].map(|word| Next::Word(word.to_owned())));
        }
    }

    /// "was", "has", "did" and nothing behind: the verb that they help may come. Tells whether there is one; "was" may also be the
    /// verb itself.
    fn behind_helper(&self, found: &mut BTreeSet<Next>) -> bool {
        let verbs = self.reader.vocabulary.verbs();
        let Some((last, subject)) = self.core.split_last() else { return false };
        let participle = |base: &str| verbs.write(base, Form::Participle);
        match &*last.text {
            "was" | "were" | "is" | "are" => {
                self.verbs_of(subject.len(), true, participle, found);
                false
            }
            "been" => self.verbs_of(subject.len().saturating_sub(1), true, participle, found),
            "has" | "have" | "had" => {
                found.insert(Next::Word("been".to_owned()));
                self.verbs_of(subject.len(), false, participle, found);
                false
            }
            "did" | "does" | "do" => self.verbs_of(subject.len(), false, str::to_owned, found),
            _ => false,
        }
    }

    /// The verbs of which the items up to `end` can be the subject, in one voice. Tells whether there are any.
    fn verbs_of(&self, end: usize, passive: bool, write: impl Fn(&str) -> String, found: &mut BTreeSet<Next>) -> bool {
        let mut any = false;
        for (number, phrasing) in (0..).zip(self.reader.vocabulary.phrasings()) {
            let Some(base) = &phrasing.verb else { continue };
            let id = PhrasingId(number);
            let group = VerbGroup {
                start: end,
                end,
                base: base.clone(),
                passive,
                tense: Tense::Past,
                gerund: false,
                bare: false,
                adverb: None,
                floating: false,
            };
            let fits = self.reader.voices(id, &group).iter().any(|(before, _)| {
                !before.is_empty() && self.reader.bind(phrasing.relation, before, self.core, 0, end).iter().any(|binding| binding.cost == 0)
            });
            if fits && !self.reader.exhausted() {
                any = true;
                found.insert(Next::Verb(write(base), id));
            }
        }
        any
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vocabulary::standard_with_cast;

    fn after(words: &str) -> Vec<String> {
        let (vocabulary, _) = standard_with_cast();
        next(words, &vocabulary)
            .into_iter()
            .map(|next| match next {
                Next::Name(kind) => format!("({})", vocabulary.kind(kind).name),
                Next::Verb(words, _) | Next::Word(words) => words,
                other => format!("{other:?}"),
            })
            .collect()
    }

    #[test]
    fn a_statement_step_by_step() {
        let has = |words: &str, wanted: &[&str]| {
            let found = after(words);
            for one in wanted {
                assert!(found.iter().any(|found| found == one), "after `{words}` there is no {one} in {found:?}");
            }
        };
        has("", &["Subject"]);
        has("the ", &["Subject"]);
        has("the rebels", &["captured", "held", "was defeated", "did not", "is"]);
        has("the rebels captured", &["(place)"]);
        has("the rebels captured Aleppo", &["Time", "from"]);
        has("the rebels captured Aleppo and", &["(place)"]);
        has("the rebels captured Aleppo on", &["Date"]);
        has("Aleppo fell", &["to"]);
        has("Aleppo was captured", &["by", "Time"]);
        has("Aleppo is a", &["Kind"]);
        has("Aleppo was", &["captured", "a"]);
        has("Aleppo has been", &["captured"]);
        has("the rebels did not", &["capture", "hold"]);
        has("the rebels captured Aleppo on 5", &["Date"]);
    }

    #[test]
    fn nothing_is_offered_that_does_not_fit() {
        let found = after("the rebels captured");
        assert!(!found.iter().any(|next| next == "captured" || next == "held"), "{found:?}");
        assert!(after("xyzzy blorb").is_empty(), "{:?}", after("xyzzy blorb"));
    }
}
