//! Why a statement is not understood.
//!
//! Most ways of trying a statement come to nothing, and nobody asks why; finding out costs more than trying. So a way that no
//! phrasing fits gives a [`Refusal`] that only remembers what was tried, and the one that is told is looked into.

use std::rc::Rc;

use super::clause::Mode;
use super::items::{Item, ItemKind, span_of};
use super::reader::{Core, Reader};
use super::verb_group::VerbGroup;
use super::{Clause, Filler, Statement};
use crate::syntax::ast::ChunkKind;
use crate::text::{Problem, Span, nearest};
use crate::vocabulary::{Form, KindId, NameId, Part, Phrasing, Vocabulary};

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
                if let Some(problem) = self.said_what(place, *span) {
                    return Some(problem);
                }
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

    /// "Moss said the fee was too high": who speaks is known, what is said cannot be read.
    fn said_what(&self, verb: Span, span: Span) -> Option<Problem> {
        let before = self.text.get(..verb.start)?.trim_end();
        let named = (0..before.len()).any(|at| {
            before.is_char_boundary(at) && self.vocabulary.name_index().starting_at(before, at).iter().any(|name| name.end == before.len())
        });
        let folded = crate::text::fold_word(verb.of(self.text));
        let speech = self.vocabulary.verbs().read(&folded).iter().filter(|(_, form)| *form == Form::Past).any(|(base, _)| {
            self.vocabulary
                .with_verb(base)
                .iter()
                .any(|id| self.vocabulary.relation(self.vocabulary.phrasing(*id).relation).speech.is_some())
        });
        let behind = self.text.get(verb.end..)?;
        let start = verb.end.saturating_add(behind.len().saturating_sub(behind.trim_start().len()));
        (named && speech && start < span.end).then(|| {
            let rest = Span::new(start, self.text.trim_end().len());
            Problem::new("not-understood", rest, format!("I cannot read what `{}` says here", before))
                .help("what somebody says is a statement too: who did what, to whom and when")
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
        // Where a verb is known and what stands before it fits: how it may go on, and at what cost that was read.
        let mut stopped: Option<(u32, Stopped)> = None;
        for start in 0..core.len() {
            for group in core.verb_groups(self, start).iter() {
                if self.vocabulary.with_verb(&group.base).is_empty() || matches!(mode, Mode::Finite) && group.gerund {
                    continue;
                }
                if group.base == "be" {
                    self.kind_left_over(core, group.end, &mut consider);
                }
                for id in self.vocabulary.with_verb(&group.base) {
                    let phrasing = self.vocabulary.phrasing(*id);
                    for (before, after) in self.voices(*id, group).iter() {
                        let left = self.bind(phrasing.relation, before, core, 0, start).iter().map(|binding| binding.cost).min();
                        let left_fits = left == Some(0);
                        if let Some(cost) = left {
                            let place = (group.start, group.end);
                            match &mut stopped {
                                Some((known, stop)) if (*known, stop.place) == (cost, place) => {
                                    stop.may_follow(super::words::shown_parts(phrasing, after, self.vocabulary))
                                }
                                Some((known, _)) if *known <= cost => {}
                                _ => {
                                    stopped = Some((cost, Stopped::new(place, super::words::shown_parts(phrasing, after, self.vocabulary))))
                                }
                            }
                        }
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
                            // "the rebels brutally captured Hama"
                            let upto =
                                (1..start).rev().find(|to| self.bind(phrasing.relation, before, core, 0, *to).iter().any(|b| b.cost == 0));
                            if let Some(to) = upto {
                                let rest = core.get(to..start).map(span_of).unwrap_or_default();
                                consider(
                                    WORDS_LEFT.saturating_add(core.len()).saturating_sub(start.saturating_sub(to)),
                                    self.left_over(rest),
                                );
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
        // Helpers go with any verb: what stands behind one may be a verb that nobody knows.
        let helps = |stop: &Stopped| {
            let helper = core.get(stop.place.0).is_some_and(|item| HELPERS.contains(&&*item.text));
            helper && self.unknown_words(core).iter().any(|(item, _)| item.text.ends_with("ed") || item.text.ends_with("ing"))
        };
        match stopped {
            Some((_, stopped)) if stopped.place.0 > 0 && !helps(&stopped) => self.behind_verb(core, &stopped),
            _ => self.no_verb(core, mode),
        }
    }

    /// "is an agency of Kelland": a kind, and words behind it.
    fn kind_left_over(&self, core: &Core, at: usize, consider: &mut impl FnMut(usize, Problem)) {
        let at = if core.get(at).is_some_and(Item::is_determiner) { at.saturating_add(1) } else { at };
        let kind = self.kinds_at(core, at, core.len()).into_iter().map(|(_, end)| end).max();
        if let Some(end) = kind.filter(|end| *end < core.len()) {
            consider(end, self.left_over(core.get(end..).map(span_of).unwrap_or_default()));
        }
    }

    /// The verb is known, and fits what stands before it; what follows does not.
    fn behind_verb(&self, core: &Core, stopped: &Stopped) -> Problem {
        let (start, end) = stopped.place;
        let read =
            Span::new(core.first().map_or(0, |item| item.span.start), core.get(end.saturating_sub(1)).map_or(0, |item| item.span.end));
        let rest = core.get(end..).unwrap_or_default();
        let verb = core.get(start..end).map(span_of).unwrap_or_default().of(self.text);
        if let Some(problem) = self.counts_unknown(rest) {
            return problem;
        }
        let follow = stopped.follow.iter().map(|words| format!("`{words}`")).collect::<Vec<_>>().join(", ");
        let follow = if follow.is_empty() { "nothing but a time".to_owned() } else { follow };
        let place = if rest.is_empty() { Span::new(read.end, read.end) } else { span_of(rest) };
        let message = if rest.is_empty() {
            format!("something is missing behind `{verb}`")
        } else {
            format!("I cannot read what stands behind `{verb}` here")
        };
        Problem::new("not-understood", place, message).help(format!("behind `{}` may come: {follow}", read.of(self.text)))
    }

    /// "four colonies": so many of what nobody knows.
    fn counts_unknown(&self, items: &[Item]) -> Option<Problem> {
        let at = items.iter().position(|item| self.is_number(item))?;
        let noun =
            items.get(at.saturating_add(1)..)?.iter().find(|item| !self.is_number(item) && !item.is_determiner() && !item.is_word("of"))?;
        let known = !self.kinds_from(noun.span.start).is_empty();
        (noun.is_plain_word() && !known).then(|| {
            let message = format!("`{}` is no kind that is known here, so they cannot be counted", noun.text);
            Problem::new("unknown-kind", noun.span, message)
                .help(format!("declare it: `{}` (or whatever it is a kind of)", kind_line(&noun.text, "thing")))
        })
    }

    fn is_number(&self, item: &Item) -> bool {
        matches!(item.chunk(), Some(ChunkKind::Number(_) | ChunkKind::Bound(_)))
            || item.is_plain_word() && self.vocabulary.number_word(&item.text).is_some()
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

    /// Words that may be verbs that nobody knows, the likeliest first, each with the known forms that are nearest to it.
    fn unknown_words<'c>(&self, core: &'c [Item]) -> Vec<(&'c Item, Vec<&str>)> {
        let before = |at: usize| at.checked_sub(1).and_then(|before| core.get(before));
        let is_verb =
            |item: &Item| self.vocabulary.verbs().read(&item.text).iter().any(|(base, _)| !self.vocabulary.with_verb(base).is_empty());
        // What follows an article or a number is a noun.
        let may_be = |(at, item): &(usize, &'c Item)| {
            item.is_plain_word()
                && !item.is_determiner()
                && !self.is_number(item)
                && item.text.chars().next().is_some_and(char::is_alphabetic)
                && !item.text.ends_with("ly")
                && !PREPOSITIONS.contains(&&*item.text)
                && !matches!(
                    &*item.text,
                    "between" | "during" | "before" | "after" | "since" | "until" | "within" | "and" | "or" | "than" | "as"
                )
                && !is_verb(item)
                && self.kinds_from(item.span.start).is_empty()
                && before(*at).is_none_or(|before| !before.is_determiner() && !self.is_number(before))
        };
        let mut words: Vec<(&Item, Vec<&str>)> =
            core.iter().enumerate().filter(may_be).map(|(_, item)| (item, nearest(&item.text, self.vocabulary.verbs().known()))).collect();
        // The likeliest verb is a word in small letters that looks like one; the nearest known form wins.
        words.sort_by_key(|(item, near)| {
            let lower = item.span.of(self.text).chars().next().is_some_and(char::is_lowercase);
            let form = item.text.ends_with("ed") || item.text.ends_with('s');
            (!(lower && form), near.is_empty(), !lower, item.span.start)
        });
        words
    }

    fn no_verb(&self, core: &Core, mode: &Mode) -> Problem {
        let unread = || Problem::new("not-understood", span_of(core), "I cannot read this as a statement");
        // A verb that is known is not where the fault lies; how it is said may be.
        let finite = |group: &&VerbGroup| !group.bare && (!group.gerund || !matches!(mode, Mode::Finite));
        let known = (0..core.len()).find_map(|start| {
            let groups = core.verb_groups(self, start);
            let ids = groups.iter().filter(finite).filter(|group| !matches!(&*group.base, "be" | "have" | "do"));
            ids.map(|group| {
                (span_of(core.get(group.start..group.end).unwrap_or_default()), self.vocabulary.with_verb(&group.base).to_vec())
            })
            .find(|(_, ids)| !ids.is_empty())
        });
        if let Some((span, ids)) = known {
            let ways: Vec<String> =
                ids.iter().take(MOST_FOLLOWING).map(|id| format!("`{}`", super::words::shown(self.vocabulary.phrasing(*id)))).collect();
            return unread().help(format!("`{}` is said like this: {}", span.of(self.text), ways.join(", ")));
        }
        match self.unknown_words(core).first() {
            Some((item, _)) if item.span.of(self.text).starts_with(char::is_lowercase) => {
                Problem::new("unknown-verb", item.span, format!("I know no verb `{}`", item.text))
                    .help(format!("a vocabulary or fact file can teach it with these lines: {}", self.lesson(core, item)))
            }
            _ => unread().help("a statement says who did what, to whom and when: `the rebels captured Aleppo on 2024-11-29`"),
        }
    }

    /// The lines of a vocabulary file with which an unknown verb is read here.
    fn lesson(&self, core: &[Item], verb: &Item) -> String {
        let base = base_of(&verb.text, self.vocabulary);
        let (mut front, mut back): (Vec<Lesson<'_>>, Vec<Lesson<'_>>) = (Vec::new(), Vec::new());
        let (mut open, mut behind, mut passive) = (false, false, false);
        for item in core {
            if item.number == verb.number {
                (open, behind) = (false, true);
                continue;
            }
            let side = if behind { &mut back } else { &mut front };
            match &item.kind {
                ItemKind::Name { ids, .. } => {
                    open = false;
                    side.push(Lesson::Slot(ids.first().map_or("thing", |id| self.general_kind(*id))));
                }
                ItemKind::Inner(_) => side.push(Lesson::Slot("statement")),
                ItemKind::Chunk(_) if behind && PREPOSITIONS.contains(&&*item.text) => {
                    open = false;
                    side.push(Lesson::Word(&item.text));
                }
                ItemKind::Chunk(_) if HELPERS.contains(&&*item.text) || item.is_word("been") => {
                    passive |= !behind && !matches!(&*item.text, "has" | "have" | "had");
                }
                // Words that nobody knows are one thing together.
                ItemKind::Chunk(_) if open || item.is_determiner() => {}
                ItemKind::Chunk(_) => {
                    open = true;
                    side.push(Lesson::Slot(if behind { "thing" } else { "party" }));
                }
            }
        }
        if passive && verb.text.ends_with("ed") {
            // A phrasing is said in the active: who did it stands behind *by*, or is not said.
            let by = back.windows(2).position(|pair| matches!(pair, [Lesson::Word("by"), Lesson::Slot(_)]));
            let agent =
                by.map_or(Lesson::Slot("party"), |by| back.drain(by..by.saturating_add(2)).next_back().unwrap_or(Lesson::Slot("party")));
            back.splice(0..0, std::mem::replace(&mut front, vec![agent]));
        }
        if front.is_empty() {
            front.push(Lesson::Slot("party"));
        }
        let mut roles: Vec<(String, String)> = Vec::new();
        let mut pattern: Vec<String> = Vec::new();
        let mut put = |parts: Vec<Lesson<'_>>, pattern: &mut Vec<String>| {
            for part in parts {
                match part {
                    Lesson::Word(word) => pattern.push(word.to_owned()),
                    Lesson::Slot(kind) => push_role(&mut roles, pattern, kind),
                }
            }
        };
        put(front, &mut pattern);
        pattern.push(format!("<{base}>"));
        put(back, &mut pattern);
        let said: Vec<String> =
            roles.iter().map(|(role, kind)| if role == kind { role.clone() } else { format!("{role}: {kind}") }).collect();
        // What may happen again contradicts less: the safe thing to be taught.
        let (roles, pattern) = (said.join(", "), pattern.join(" "));
        format!("`event {base}({roles})`, and below it, indented, `say {pattern}` and `repeatable` (not if it can happen only once)")
    }

    /// The most general kind that says what a name is.
    fn general_kind(&self, name: NameId) -> &'static str {
        const GENERAL: [&str; 6] = ["place", "party", "happening", "office", "work", "thing"];
        let is = |kind: &str| self.vocabulary.kind_named(kind).is_some_and(|kind| self.vocabulary.is_a(name, kind));
        GENERAL.into_iter().find(|kind| is(kind)).unwrap_or("thing")
    }
}

/// Part of a phrasing that would read a verb which nobody knows.
#[derive(Clone, Copy, Debug)]
enum Lesson<'i> {
    /// Something of a kind.
    Slot(&'static str),
    /// A word as it is.
    Word(&'i str),
}

/// Where reading stopped: behind a verb that is known, and what it could have gone on with.
struct Stopped {
    /// The items of the verb.
    place: (usize, usize),
    follow: Vec<String>,
}

/// The verbs that others are made with.
const HELPERS: [&str; 7] = ["is", "are", "was", "were", "has", "have", "had"];

/// How many ways to go on are shown.
const MOST_FOLLOWING: usize = 4;

impl Stopped {
    fn new(place: (usize, usize), words: String) -> Self {
        let mut stopped = Self { place, follow: Vec::new() };
        stopped.may_follow(words);
        stopped
    }

    fn may_follow(&mut self, words: String) {
        if self.follow.len() < MOST_FOLLOWING && !words.is_empty() && !self.follow.contains(&words) {
            self.follow.push(words);
        }
    }
}

/// Small words that stand between a verb and what it is said of.
const PREPOSITIONS: [&str; 22] = [
    "in", "on", "at", "of", "from", "with", "into", "over", "against", "through", "near", "to", "by", "for", "up", "down", "out", "off",
    "away", "back", "about", "around",
];

/// A role of a kind, by another name where that one is taken.
fn push_role(roles: &mut Vec<(String, String)>, pattern: &mut Vec<String>, kind: &str) {
    let taken = |name: &str, roles: &[(String, String)]| roles.iter().any(|(role, _)| role == name);
    let names = [kind.to_owned(), format!("other {kind}"), format!("third {kind}"), format!("fourth {kind}")];
    if let Some(name) = names.into_iter().find(|name| !taken(name, roles)) {
        pattern.push(format!("{{{name}}}"));
        roles.push((name, kind.to_owned()));
    }
}

/// The base form of a verb that is not known, as far as its form tells.
fn base_of(word: &str, vocabulary: &Vocabulary) -> String {
    let mut guesses: Vec<String> = Vec::new();
    for (ending, instead) in [("ied", "y"), ("ies", "y"), ("ed", ""), ("ed", "e"), ("s", ""), ("es", "")] {
        guesses.extend(word.strip_suffix(ending).map(|stem| format!("{stem}{instead}")));
    }
    // "zapped" is of "zap", "rolled" of "roll".
    if let Some(stem) = word.strip_suffix("ed").filter(|stem| !stem.ends_with(['l', 's', 'f', 'z'])) {
        let mut letters = stem.chars().rev();
        if letters.next() == letters.next() {
            let short = stem.char_indices().next_back().and_then(|(last, _)| stem.get(..last)).map(str::to_owned);
            guesses.splice(0..0, short);
        }
    }
    let writes = |base: &String| [Form::Past, Form::Third].into_iter().any(|form| vocabulary.verbs().write(base, form) == word);
    guesses.retain(writes);
    // "quoted" is of "quote", "visited" of "visit": a stem that cannot end so has lost an e.
    let stem = |base: &String| {
        !base.ends_with(['v', 'c', 'z', 'u'])
            && !["at", "dg", "bl", "pl", "tl", "dl", "gl", "ir", "ov", "ur", "iz", "is"].iter().any(|end| base.ends_with(end))
    };
    guesses.iter().find(|base| stem(base)).or(guesses.first()).cloned().unwrap_or_else(|| word.to_owned())
}

/// The lines of a fact file with which the first unknown name of a statement is known: the name, of the kind that its place asks
/// for; or the kind, where it is one.
pub fn declaring_lines(statement: &Statement, vocabulary: &Vocabulary) -> Vec<String> {
    let unknown = statement.clauses().into_iter().find_map(|clause| {
        let at = clause.roles.iter().position(|filler| matches!(filler, Filler::Unknown(..)))?;
        let Some(Filler::Unknown(words, _)) = clause.roles.get(at) else { return None };
        Some((clause, at, words.as_str()))
    });
    let Some((clause, at, words)) = unknown else { return Vec::new() };
    if matches!(crate::text::fold_word(words).as_str(), "he" | "she" | "it" | "they" | "him" | "her" | "them" | "who" | "we" | "i" | "you")
    {
        return Vec::new();
    }
    let wanted = vocabulary.relation(clause.relation).roles.get(at).map_or("thing", |role| vocabulary.kind(role.kind).name.as_str());
    let wanted = wanted.split(" or ").next().unwrap_or(wanted);
    let first = words.split_whitespace().next().unwrap_or_default();
    if vocabulary.number_word(first).is_some() || first.starts_with(|c: char| c.is_ascii_digit()) {
        return vec![kind_line(words.rsplit(' ').next().unwrap_or(words), wanted)];
    }
    let plain = !words.contains([',', ':', '(', ')', '=', '"', '{', '}', '<', '>', '#']);
    vec![if plain { format!("name {words}: {wanted}") } else { format!("name \"{}\": {wanted}", words.replace('"', "\\\"")) }]
}

/// A kind by a noun that may stand in the plural.
fn kind_line(noun: &str, parent: &str) -> String {
    let singulars = [
        noun.strip_suffix("ies").map(|stem| format!("{stem}y")),
        noun.strip_suffix("es").map(str::to_owned),
        noun.strip_suffix('s').map(str::to_owned),
    ];
    let one = singulars.into_iter().flatten().find(|one| crate::vocabulary::plural_of(one) == noun);
    format!("kind {}: {parent}", one.as_deref().unwrap_or(noun))
}

fn with_article(noun: &str) -> String {
    if noun.starts_with("of ") {
        return noun.to_owned();
    }
    let article = if noun.starts_with(['a', 'e', 'i', 'o']) { "an" } else { "a" };
    format!("{article} {noun}")
}
