//! Why a statement is not understood.
//!
//! Most ways of trying a statement come to nothing, and nobody asks why; finding out costs more than trying. So a way that no
//! phrasing fits gives a [`Refusal`] that only remembers what was tried, and the one that is told is looked into.

use std::rc::Rc;

use super::clause::Mode;
use super::items::{Item, ItemKind, span_of};
use super::reader::{Core, Reader};
use super::{Clause, Filler};
use crate::text::{Problem, Span, nearest, one_of};
use crate::vocabulary::{Form, KindId, NameId, Part, Phrasing};

/// Why something is not understood.
#[derive(Clone, Debug)]
pub(super) enum Refusal {
    /// What is wrong.
    Found(Problem),
    /// No phrasing fits these words; [`Reader::told`] finds out why.
    Unread(Rc<Core>, Mode),
}

impl From<Problem> for Refusal {
    fn from(problem: Problem) -> Self {
        Refusal::Found(problem)
    }
}

impl Refusal {
    /// Whether there was more than one reading.
    pub(super) fn is_ambiguous(&self) -> bool {
        matches!(self, Refusal::Found(problem) if problem.code == "ambiguous")
    }

    /// Whether it is for the size of the statement alone.
    pub(super) fn is_too_long(&self) -> bool {
        matches!(self, Refusal::Found(problem) if problem.code == "too-long")
    }
}

/// How telling a fault is: words left over beside a phrasing that fits more so than a name of the wrong kind, and the more so
/// the fewer they are.
const WORDS_LEFT: usize = 10;
const WRONG_KIND: usize = 5;

impl Reader<'_> {
    /// The refusal in words.
    pub(super) fn told(&self, refusal: Refusal) -> Problem {
        match refusal {
            Refusal::Found(problem) => problem,
            Refusal::Unread(core, mode) => {
                self.turn_to_telling();
                self.why_not(&core, &mode)
            }
        }
    }

    /// Why words that would have to be a name are none.
    pub(super) fn suspicion(&self, clause: &Clause) -> Option<Problem> {
        clause.roles.iter().find_map(|filler| {
            let Filler::Unknown(words, span) = filler else { return None };
            if let Some(problem) = self.beside_a_name(*span) {
                return Some(problem);
            }
            let mut at = span.start;
            for word in words.split_whitespace() {
                let start = self.text.get(at..).and_then(|rest| rest.find(word)).map_or(at, |offset| at.saturating_add(offset));
                let place = Span::new(start, start.saturating_add(word.len()));
                at = place.end;
                let lower = word.chars().next().is_some_and(char::is_lowercase);
                let folded = crate::text::fold_word(word);
                let verb = self.vocabulary.verbs().read(&folded).iter().any(|(_, form)| matches!(form, Form::Past));
                if lower && verb && words.contains(' ') {
                    return Some(
                        Problem::new("two-verbs", place, format!("`{word}` is a second verb in this statement"))
                            .help("one statement has one verb; join two with `and`, or write two statements"),
                    );
                }
                let adverb = folded.ends_with("ly") || folded.ends_with("ward") || folded.ends_with("wards");
                if lower && adverb {
                    return Some(self.left_over(place));
                }
                if lower
                    && matches!(
                        folded.as_str(),
                        "in" | "on"
                            | "at"
                            | "of"
                            | "from"
                            | "with"
                            | "into"
                            | "over"
                            | "against"
                            | "through"
                            | "near"
                            | "amid"
                            | "alongside"
                            | "without"
                            | "toward"
                            | "towards"
                    )
                {
                    let rest = Span::new(place.start, span.end);
                    return Some(self.left_over(rest));
                }
            }
            None
        })
    }

    /// "Aleppo sincee": words behind a known name are left over, unless they make it another thing ("HTS fighters").
    fn beside_a_name(&self, span: Span) -> Option<Problem> {
        let found = self.vocabulary.name_index().starting_at(self.text, span.start);
        let known = found.iter().find(|m| m.end < span.end && !m.possessive)?;
        let own = known
            .ids
            .iter()
            .any(|id| crate::text::fold_word(&self.vocabulary.name(NameId(*id)).name) == crate::text::fold_word(known.span.of(self.text)));
        let rest = Span::new(known.end, span.end);
        let words = rest.of(self.text);
        let start = span.end.saturating_sub(words.trim_start().len());
        let rest = Span::new(start, span.end);
        let lower = words.trim().chars().next().is_some_and(char::is_lowercase);
        let noun = self.vocabulary.kind_index().starting_at(self.text, start).iter().any(|m| m.end <= span.end)
            || rest.of(self.text).contains(['-', '\'']);
        (own && lower && !noun).then(|| self.left_over(rest))
    }

    /// Why no phrasing fits: no verb that is known, words left over, or a name of the wrong kind.
    fn why_not(&self, core: &Core, mode: &Mode) -> Problem {
        let mut best: Option<(usize, Problem)> = None;
        let mut consider = |reach: usize, problem: Problem| {
            if best.as_ref().is_none_or(|(known, _)| reach > *known) {
                best = Some((reach, problem));
            }
        };
        let mut any_verb = false;
        for start in 0..core.len() {
            for group in core.verb_groups(self, start).iter() {
                if self.vocabulary.with_verb(&group.base).is_empty() || matches!(mode, Mode::Finite) && group.gerund {
                    continue;
                }
                any_verb |= group.base != "be";
                for id in self.vocabulary.with_verb(&group.base) {
                    let phrasing = self.vocabulary.phrasing(*id);
                    for (before, after) in self.voices(*id, group).iter() {
                        let left_fits = self.bind(phrasing.relation, before, core, 0, start).iter().any(|b| b.cost == 0);
                        // Words left over behind, or in front.
                        for end in (group.end..core.len()).rev() {
                            if left_fits && self.bind(phrasing.relation, after, core, group.end, end).iter().any(|b| b.cost == 0) {
                                let rest = core.get(end..).map(span_of).unwrap_or_default();
                                consider(WORDS_LEFT.saturating_add(end), self.left_over(rest));
                                break;
                            }
                        }
                        let right_fits = self.bind(phrasing.relation, after, core, group.end, core.len()).iter().any(|b| b.cost == 0);
                        if right_fits && !left_fits && start > 0 {
                            for from in 1..start {
                                if self.bind(phrasing.relation, before, core, from, start).iter().any(|b| b.cost == 0) {
                                    let rest = core.get(..from).map(span_of).unwrap_or_default();
                                    consider(WORDS_LEFT.saturating_add(core.len()).saturating_sub(from), self.left_over(rest));
                                    break;
                                }
                            }
                            if let Some(problem) = self.wrong_kind(core.get(..start).unwrap_or_default(), phrasing, before) {
                                consider(WRONG_KIND, problem);
                            }
                        }
                        if left_fits
                            && !right_fits
                            && let Some(problem) = self.wrong_kind(core.get(group.end..).unwrap_or_default(), phrasing, after)
                        {
                            consider(WRONG_KIND, problem);
                        }
                    }
                }
            }
        }
        if let Some((_, problem)) = best {
            return problem;
        }
        self.no_verb(core, any_verb)
    }

    /// A known name where the role wants another kind.
    fn wrong_kind(&self, items: &[Item], phrasing: &Phrasing, parts: &[Part]) -> Option<Problem> {
        let relation = self.vocabulary.relation(phrasing.relation);
        let [Part::Slot { role, .. }, ..] = parts else { return None };
        let item = items.iter().find(|item| !item.is_determiner())?;
        let ItemKind::Name { ids, .. } = &item.kind else { return None };
        let name = self.vocabulary.name(*ids.first()?);
        let wanted = self.vocabulary.kind(relation.roles.get(*role)?.kind);
        let is = name.kinds.first().map_or("of no kind", |kind| self.vocabulary.kind(*kind).name.as_str());
        if ids.iter().any(|id| self.fits(*id, relation.roles.get(*role).map_or(KindId(0), |r| r.kind))) {
            return None;
        }
        Some(
            Problem::new(
                "wrong-kind-of-name",
                item.span,
                format!(
                    "`{}` is {}, but `{}` speaks of a {} here",
                    name.name,
                    with_article(is),
                    super::words::shown(phrasing),
                    wanted.name
                ),
            )
            .help(format!("if it is also a {}, say so: `name {}: {}`", wanted.name, name.name, wanted.name)),
        )
    }

    fn no_verb(&self, core: &[Item], any_verb: bool) -> Problem {
        let unknown_word =
            |item: &&Item| item.is_plain_word() && !item.is_determiner() && item.text.chars().next().is_some_and(char::is_alphabetic);
        // The likeliest verb is a word in small letters that looks like one; the nearest known form wins.
        let mut words: Vec<(&Item, Vec<&str>)> = core
            .iter()
            .filter(unknown_word)
            .filter(|item| self.vocabulary.verbs().read(&item.text).iter().all(|(base, _)| self.vocabulary.with_verb(base).is_empty()))
            .map(|item| (item, nearest(&item.text, self.vocabulary.verbs().known())))
            .collect();
        words.sort_by_key(|(item, near)| {
            let lower = item.span.of(self.text).chars().next().is_some_and(char::is_lowercase);
            let form = item.text.ends_with("ed") || item.text.ends_with('s');
            (near.is_empty(), !(lower && form), !lower, item.span.start)
        });
        match words.first() {
            Some((item, near)) if !any_verb || !near.is_empty() => {
                Problem::new("unknown-verb", item.span, format!("I know no verb `{}`", item.text))
                    .maybe_help(one_of(near))
                    .help(format!("a vocabulary file can teach it: `say {{party}} <{}> {{place}}` under a relation", item.text))
            }
            _ => Problem::new("not-understood", span_of(core), "I cannot read this as a statement")
                .help("a statement says who did what, to whom and when: `the rebels captured Aleppo on 2024-11-29`"),
        }
    }
}

fn with_article(noun: &str) -> String {
    if noun.starts_with("of ") {
        return noun.to_owned();
    }
    let article = if noun.starts_with(['a', 'e', 'i', 'o']) { "an" } else { "a" };
    format!("{article} {noun}")
}
