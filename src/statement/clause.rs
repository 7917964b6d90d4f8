//! One clause: its verb, the phrasing that fits, and what each word adds.

use std::cell::Cell;

use super::items::{Item, ItemKind, span_of};
use super::noun_phrase::UNKNOWN_COST;
use super::pattern::Binding;
use super::resolve::Context;
use super::verb_group::{MODALS, VerbGroup, verb_groups};
use super::{Aspect, Clause, Filler, First, Time};
use crate::syntax::ast::{ChunkKind, Mark, Preposition};
use crate::text::{Problem, Span, nearest, one_of};
use crate::vocabulary::{Form, IS_A, KindId, Part, Phrasing, PhrasingId, Vocabulary};

/// Reads one statement.
pub(super) struct Reader<'a> {
    pub(super) text: &'a str,
    pub(super) vocabulary: &'a Vocabulary,
    pub(super) context: &'a Context,
    /// What is left of the work that one statement may cost; hostile input stops here.
    steps: Cell<u32>,
}

/// What one statement may cost, in steps.
const STEPS: u32 = 200_000;

/// Finding out why a clause is not understood takes as long as this many steps.
const WHY_NOT: u32 = 200;

/// What kind of clause is read.
#[derive(Clone, Debug)]
pub(super) enum Mode {
    /// With a subject and a finite verb.
    Finite,
    /// *capturing Aleppo*: the subject is that of the main clause.
    Gerund(Filler),
    /// *to capture Aleppo*: likewise.
    Infinitive(Filler),
}

/// What was taken out of a clause before its phrasing is looked for.
#[derive(Debug, Default)]
struct Adjuncts {
    times: Vec<Time>,
    aspect: Aspect,
    first: Option<First>,
    not_at: Option<(usize, Span)>,
    circumstances: Vec<(crate::vocabulary::NameId, Span)>,
}

#[derive(Clone, Debug)]
struct Candidate {
    clause: Clause,
    cost: u32,
    group: VerbGroup,
}

impl<'a> Reader<'a> {
    pub(super) fn new(text: &'a str, vocabulary: &'a Vocabulary, context: &'a Context) -> Self {
        Self { text, vocabulary, context, steps: Cell::new(STEPS) }
    }

    /// Uses up one step of work; false when none is left.
    pub(super) fn spend(&self) -> bool {
        let left = self.steps.get();
        self.spend_many(1);
        left > 0
    }

    /// Uses up so many steps, or what is left.
    pub(super) fn spend_many(&self, steps: u32) {
        self.steps.set(self.steps.get().saturating_sub(steps));
    }

    pub(super) fn exhausted(&self) -> bool {
        self.steps.get() == 0
    }

    /// The fault of a statement on which all the work was spent.
    pub(super) fn too_many_readings(core: &[Item]) -> Problem {
        Problem::new("too-long", span_of(core), "this statement can be read in too many ways to try them all")
            .help("split it into shorter statements")
    }

    /// Reads items as one clause without order to other happenings.
    pub(super) fn clause(&self, items: &[Item], mode: &Mode) -> Result<Clause, Problem> {
        if self.exhausted() {
            return Err(Self::too_many_readings(items));
        }
        let (core, adjuncts) = self.take_adjuncts(items)?;
        let first = match self.with_core(&core, &adjuncts, mode) {
            Ok(clause) => return Ok(clause),
            Err(problem) => problem,
        };
        // "in the fighting", "during the talks": happenings that say where in the story this took place.
        for (without, names) in self.without_circumstances(&core) {
            let not_at = adjuncts.not_at.filter(|(at, _)| *at <= without.len());
            let more = Adjuncts {
                circumstances: names,
                times: adjuncts.times.clone(),
                first: adjuncts.first.clone(),
                aspect: adjuncts.aspect,
                not_at,
            };
            if let Ok(clause) = self.with_core(&without, &more, mode)
                && (clause.roles.iter().all(|filler| !matches!(filler, Filler::Unknown(..))) || first.code != "ambiguous")
            {
                return Ok(clause);
            }
        }
        if core.iter().any(|item| matches!(item.chunk(), Some(ChunkKind::Comma))) {
            let plain: Vec<Item> = core.iter().filter(|item| !matches!(item.chunk(), Some(ChunkKind::Comma))).cloned().collect();
            let not_at = adjuncts.not_at.map(|(at, span)| {
                let commas = core.iter().take(at).filter(|item| matches!(item.chunk(), Some(ChunkKind::Comma))).count();
                (at - commas, span)
            });
            let adjuncts = Adjuncts { not_at, ..adjuncts };
            if let Ok(clause) = self.with_core(&plain, &adjuncts, mode) {
                return Ok(clause);
            }
            for (without, names) in self.without_circumstances(&plain) {
                let more = Adjuncts {
                    circumstances: names,
                    times: adjuncts.times.clone(),
                    first: adjuncts.first.clone(),
                    aspect: adjuncts.aspect,
                    not_at: adjuncts.not_at.filter(|(at, _)| *at <= without.len()),
                };
                if let Ok(clause) = self.with_core(&without, &more, mode) {
                    return Ok(clause);
                }
            }
        }
        Err(first)
    }

    /// Takes dates, durations and small words out; what is left is for the phrasing.
    fn take_adjuncts(&self, items: &[Item]) -> Result<(Vec<Item>, Adjuncts), Problem> {
        let mut core: Vec<Item> = Vec::new();
        let mut adjuncts = Adjuncts::default();
        let mut taken_before = true;
        let mut since_first = None;
        let mut vague = None;
        let is_verb =
            |at: usize| items.get(at).is_some_and(|item| item.is_plain_word() && !self.vocabulary.verbs().read(&item.text).is_empty());
        let first_of_kind =
            |at: usize| items.get(at).is_some_and(|item| item.is_word("first")) && !self.kinds_at(items, at + 1, items.len()).is_empty();
        let first_adverb = |at: usize| items.get(at).is_some_and(|item| item.is_word("first")) && is_verb(at + 1);
        let has_first = items
            .iter()
            .enumerate()
            .any(|(at, item)| matches!(item.chunk(), Some(ChunkKind::FirstTime)) || first_of_kind(at) || first_adverb(at));
        let mut marks: Vec<(Mark, Span)> = Vec::new();
        for (at, item) in items.iter().enumerate() {
            let drop_comma = |core: &mut Vec<Item>| {
                // A comma before what was taken out goes with it.
                if matches!(core.last().and_then(Item::chunk), Some(ChunkKind::Comma)) {
                    core.pop();
                }
            };
            let mut taken = true;
            match item.chunk() {
                Some(ChunkKind::When(phrase)) => {
                    let time = self.window(phrase, item.span)?;
                    if has_first && phrase.preposition == Preposition::Since {
                        if let Time::Window { days, .. } = time {
                            since_first = Some(days);
                        }
                    } else {
                        adjuncts.times.push(time);
                    }
                    drop_comma(&mut core);
                }
                Some(ChunkKind::Lasting(stretch)) => {
                    adjuncts.times.push(Time::Lasting { bound: stretch.bound, length: stretch.length, span: item.span });
                    drop_comma(&mut core);
                }
                // "lasted 13 years"
                Some(ChunkKind::Stretch(stretch))
                    if at > 0
                        && items
                            .get(at - 1)
                            .is_some_and(|before| self.vocabulary.verbs().read(&before.text).iter().any(|(base, _)| base == "last")) =>
                {
                    adjuncts.times.push(Time::Lasting { bound: stretch.bound, length: stretch.length, span: item.span });
                }
                Some(ChunkKind::Word) if first_adverb(at) && !first_of_kind(at) => {
                    adjuncts.first = Some(First { since: None, vaguely: false })
                }
                // "Aleppo, Hama and Homs all fell"
                Some(ChunkKind::Mark(Mark::All | Mark::Both))
                    if is_verb(at + 1)
                        && self.kinds_at(items, at + 1, items.len()).is_empty()
                        && at
                            .checked_sub(1)
                            .and_then(|before| items.get(before))
                            .is_some_and(|before| matches!(before.kind, ItemKind::Name { .. })) => {}
                Some(ChunkKind::VagueStretch) => vague = Some(item.span),
                Some(ChunkKind::FirstTime) => adjuncts.first = Some(First { since: None, vaguely: false }),
                Some(ChunkKind::MomentOfDay) => {}
                Some(ChunkKind::Not) => {
                    if let Some((_, before)) = adjuncts.not_at {
                        return Err(Problem::new("left-over", before.to(item.span), "`not` stands here twice")
                            .help("say it without the double negation"));
                    }
                    adjuncts.not_at = Some((core.len(), item.span));
                }
                Some(ChunkKind::Mark(
                    mark @ (Mark::NoLonger
                    | Mark::NotYet
                    | Mark::Still
                    | Mark::Already
                    | Mark::Never
                    | Mark::Always
                    | Mark::Again
                    | Mark::Yet
                    | Mark::Ever),
                )) => {
                    marks.push((*mark, item.span));
                }
                Some(ChunkKind::Comma) if taken_before => {}
                _ => {
                    core.push(item.clone());
                    taken = false;
                }
            }
            taken_before = taken && !matches!(item.chunk(), Some(ChunkKind::Not | ChunkKind::Mark(_)));
        }
        while matches!(core.last().and_then(Item::chunk), Some(ChunkKind::Comma)) {
            core.pop();
        }
        if has_first {
            let first = adjuncts.first.get_or_insert(First { since: None, vaguely: false });
            first.since = since_first;
            first.vaguely = vague.take().is_some();
        }
        if let Some(span) = vague {
            return Err(Problem::new("too-vague-length", span, format!("`{}` gives no length that could be checked", span.of(self.text)))
                .help("say how long: `for at least three years`"));
        }
        self.small_words(&marks, &mut adjuncts)?;
        Ok((core, adjuncts))
    }

    fn small_words(&self, marks: &[(Mark, Span)], adjuncts: &mut Adjuncts) -> Result<(), Problem> {
        for (mark, span) in marks {
            let aspect = &mut adjuncts.aspect;
            match mark {
                Mark::Still => aspect.still = true,
                Mark::NoLonger => aspect.no_longer = true,
                Mark::Never => aspect.never = true,
                Mark::NotYet => (aspect.never, aspect.already) = (true, true),
                Mark::Always => aspect.always = true,
                Mark::Again => aspect.again = true,
                Mark::Already => aspect.already = true,
                // "had not fallen yet", "has not ever held"
                Mark::Yet | Mark::Ever if adjuncts.not_at.is_some() => {
                    adjuncts.not_at = None;
                    aspect.never = true;
                    aspect.already = *mark == Mark::Yet;
                }
                Mark::Ever if aspect.never => {}
                Mark::Yet | Mark::Ever | Mark::Only | Mark::Both | Mark::All => return Err(self.left_over(*span)),
            }
        }
        Ok(())
    }

    pub(super) fn left_over(&self, span: Span) -> Problem {
        Problem::new("left-over", span, format!("I do not know what `{}` adds here", span.of(self.text)))
            .help("every word of a statement must have a meaning; leave it out, or say it in a way that the vocabulary knows")
    }

    /// Every way to take happenings out of the core that are introduced by "in", "during" or "throughout".
    fn without_circumstances(&self, core: &[Item]) -> Vec<(Vec<Item>, Vec<(crate::vocabulary::NameId, Span)>)> {
        let Some(happening) = self.vocabulary.kind_named("happening") else { return Vec::new() };
        let mut hits = Vec::new();
        for (at, item) in core.iter().enumerate() {
            let introduces =
                matches!(item.text.as_str(), "in" | "during" | "throughout" | "amid" | "while") || item.is_word("in the course of");
            if !introduces {
                continue;
            }
            for (name, span, end, owns) in self.names(core, at + 1, core.len(), happening) {
                // A name of no kind is no happening.
                if !owns && self.vocabulary.is_a(name, happening) {
                    hits.push((at, end, name, item.span.to(span)));
                }
            }
        }
        let cut = |holes: &[&(usize, usize, crate::vocabulary::NameId, Span)]| {
            let rest: Vec<Item> = core
                .iter()
                .enumerate()
                .filter(|(at, _)| !holes.iter().any(|(from, to, _, _)| from <= at && at < to))
                .map(|(_, item)| item.clone())
                .collect();
            let comma = |item: &Item| matches!(item.chunk(), Some(ChunkKind::Comma));
            let start = rest.iter().take_while(|item| comma(item)).count();
            let kept = rest.iter().rposition(|item| !comma(item)).map_or(0, |last| last + 1);
            let rest = rest.get(start..kept.max(start)).unwrap_or_default().to_vec();
            (rest, holes.iter().map(|(_, _, name, span)| (*name, *span)).collect::<Vec<_>>())
        };
        let mut ways: Vec<_> = hits.iter().map(|hit| cut(&[hit])).collect();
        if let [a, b] = hits.as_slice()
            && a.1 <= b.0
        {
            ways.push(cut(&[a, b]));
        }
        ways
    }

    fn with_core(&self, core: &[Item], adjuncts: &Adjuncts, mode: &Mode) -> Result<Clause, Problem> {
        if let Some(modal) = core.iter().find(|item| item.is_plain_word() && MODALS.contains(&item.text.as_str())) {
            return Err(Problem::new("not-a-fact", modal.span, format!("`{}` says what may or will be, not what was or is", modal.text))
                .help("only what happened, or is so, can be checked"));
        }
        let mut candidates = self.candidates(core, mode);
        if candidates.is_empty()
            && let Some(with_deed) = self.read_deed(core)
        {
            candidates = self.candidates(&with_deed, mode);
        }
        if self.exhausted() {
            return Err(Self::too_many_readings(core));
        }
        let Some(best) = candidates.iter().map(|candidate| candidate.cost).min() else { return Err(self.why_not(core, mode)) };
        candidates.retain(|candidate| candidate.cost == best);
        if best >= UNKNOWN_COST {
            let innocent: Vec<Candidate> =
                candidates.iter().filter(|candidate| self.suspicion(&candidate.clause).is_none()).cloned().collect();
            match (innocent.is_empty(), candidates.first()) {
                (true, Some(first)) => return Err(self.suspicion(&first.clause).unwrap_or_else(|| self.left_over(span_of(core)))),
                _ => candidates = innocent,
            }
            // With an unknown name no verdict can be given anyway, so that several readings do no harm.
            candidates.truncate(1);
        }
        // "cut", "hit", "set" are past and present in one; news tells of the past.
        if candidates.iter().any(|candidate| !candidate.group.bare) {
            candidates.retain(|candidate| !candidate.group.bare);
        }
        let mut distinct: Vec<&Candidate> = Vec::new();
        for candidate in &candidates {
            if !distinct.iter().any(|known| same_meaning(&known.clause, &candidate.clause)) {
                distinct.push(candidate);
            }
        }
        match distinct.as_slice() {
            [] => Err(self.why_not(core, mode)),
            [only] => self.finish(only, adjuncts),
            several => {
                let readings: Vec<String> =
                    several.iter().map(|candidate| format!("`{}`", super::words::reading(&candidate.clause, self.vocabulary))).collect();
                Err(Problem::new(
                    "ambiguous",
                    span_of(core),
                    format!("this can be read in {} ways: {}", readings.len(), readings.join(" or ")),
                )
                .help("say it with other words, so that only one reading is left"))
            }
        }
    }

    fn finish(&self, candidate: &Candidate, adjuncts: &Adjuncts) -> Result<Clause, Problem> {
        let mut clause = candidate.clause.clone();
        if let Some((at, span)) = adjuncts.not_at {
            let before_gerund = candidate.group.gerund && at == candidate.group.start;
            let beside_verb = candidate.group.start < at && at <= candidate.group.end;
            if !before_gerund && !beside_verb {
                return Err(self.left_over(span).help("`not` stands beside the verb: `did not hold`, `was not captured`"));
            }
            clause.negated = true;
        }
        if self.vocabulary.relation(clause.relation).sort == crate::vocabulary::Sort::Event && clause.relation != IS_A {
            self.events_do_not_last(&clause, adjuncts)?;
        }
        clause.times.clone_from(&adjuncts.times);
        clause.aspect = adjuncts.aspect;
        clause.first.clone_from(&adjuncts.first);
        clause.circumstances.clone_from(&adjuncts.circumstances);
        Ok(clause)
    }

    /// "throughout", "until" and "for three days" say how long something lasted; an event happens on a day.
    fn events_do_not_last(&self, clause: &Clause, adjuncts: &Adjuncts) -> Result<(), Problem> {
        for time in &adjuncts.times {
            let span = match time {
                Time::Window { word: super::TimeWord::Throughout, span, .. } | Time::Lasting { span, .. } => *span,
                Time::Window { word: super::TimeWord::Until, span, .. } if !clause.negated && !adjuncts.aspect.never => *span,
                _ => continue,
            };
            let event = &self.vocabulary.relation(clause.relation).name;
            return Err(Problem::new(
                "events-happen",
                span,
                format!("`{}` says how long something lasts, but `{event}` is an event, and events happen on a day", span.of(self.text)),
            )
            .help("say when it happened (`on`, `in`, `by`), or say the state that it started"));
        }
        Ok(())
    }

    fn candidates(&self, core: &[Item], mode: &Mode) -> Vec<Candidate> {
        let mut found = Vec::new();
        for start in 0..core.len() {
            for group in verb_groups(core, start, self.vocabulary.verbs()) {
                let fits = match mode {
                    Mode::Finite => !group.gerund,
                    Mode::Gerund(_) => group.gerund && start == 0,
                    Mode::Infinitive(_) => group.bare && start == 0,
                };
                if !fits {
                    continue;
                }
                for id in self.vocabulary.with_verb(&group.base) {
                    self.phrasing(core, &group, *id, mode, &mut found);
                }
                if group.base == "be" && !group.passive && matches!(mode, Mode::Finite) {
                    self.kind_statement(core, &group, &mut found);
                }
            }
        }
        found
    }

    fn phrasing(&self, core: &[Item], group: &VerbGroup, id: PhrasingId, mode: &Mode, found: &mut Vec<Candidate>) {
        let phrasing = self.vocabulary.phrasing(id);
        for (before, after) in voices(phrasing, group) {
            let left = match mode {
                Mode::Finite => self.bind(phrasing.relation, &before, core, 0, group.start),
                Mode::Gerund(subject) | Mode::Infinitive(subject) => match before.as_slice() {
                    [Part::Slot { role, .. }] if self.may_fill(phrasing, *role, subject) => {
                        vec![Binding { roles: vec![(*role, subject.clone())], cost: 0 }]
                    }
                    _ => Vec::new(),
                },
            };
            if left.is_empty() {
                continue;
            }
            let right = self.bind(phrasing.relation, &after, core, group.end, core.len());
            for l in &left {
                for r in &right {
                    if let Some(clause) = self.assemble(core, id, group, l, r) {
                        found.push(Candidate { clause, cost: l.cost + r.cost, group: group.clone() });
                    }
                }
            }
        }
    }

    fn may_fill(&self, phrasing: &Phrasing, role: usize, filler: &Filler) -> bool {
        match (filler, self.vocabulary.relation(phrasing.relation).roles.get(role)) {
            (Filler::Name(name, _), Some(role)) => self.fits(*name, role.kind),
            (Filler::Open | Filler::Unknown(..) | Filler::Several(_) | Filler::Counted(_), Some(_)) => true,
            _ => false,
        }
    }

    fn assemble(&self, core: &[Item], id: PhrasingId, group: &VerbGroup, left: &Binding, right: &Binding) -> Option<Clause> {
        let phrasing = self.vocabulary.phrasing(id);
        let relation = self.vocabulary.relation(phrasing.relation);
        let mut roles = vec![Filler::Open; relation.roles.len()];
        for (role, filler) in left.roles.iter().chain(&right.roles) {
            let slot = roles.get_mut(*role)?;
            if *slot != Filler::Open {
                return None;
            }
            *slot = filler.clone();
        }
        Some(Clause {
            relation: phrasing.relation,
            roles,
            negated: false,
            tense: group.tense,
            times: Vec::new(),
            aspect: Aspect::default(),
            first: None,
            circumstances: Vec::new(),
            phrasing: Some(id),
            passive: group.passive,
            verb_span: core.get(group.start..group.end).map(span_of).unwrap_or_default(),
        })
    }

    /// "HTS is an Islamist militant group", "Aleppo and Hama are cities"
    fn kind_statement(&self, core: &[Item], group: &VerbGroup, found: &mut Vec<Candidate>) {
        let mut at = group.end;
        if core.get(at).is_some_and(Item::is_determiner) {
            at += 1;
        } else if core.get(at).is_some_and(|item| item.is_word("one")) && core.get(at + 1).is_some_and(|item| item.is_word("of")) {
            at += 2;
            at += usize::from(core.get(at).is_some_and(Item::is_determiner));
        }
        // "the first flare-up in years": the reader has noted that it is a first.
        at += usize::from(core.get(at).is_some_and(|item| item.is_word("first")));
        for (kind, end) in self.kinds_at(core, at, core.len()) {
            // "a city of Syria", where that is whose they are said to be
            let owned = core.get(end).is_some_and(|item| item.is_word("of") || item.is_word("in"))
                && matches!(core.get(end + 1).map(|item| &item.kind), Some(ItemKind::Name { ids, .. }) if self.vocabulary.kind(kind).of.is_some_and(|of| ids.contains(&of)));
            let end = if owned { end + 2 } else { end };
            if end != core.len() {
                continue;
            }
            let span = core.get(at..end).map(span_of).unwrap_or_default();
            for name in self.subjects(core, group.start) {
                let cost = if matches!(name, Filler::Unknown(..)) { UNKNOWN_COST + 1 } else { 0 };
                found.push(Candidate {
                    clause: Clause {
                        relation: IS_A,
                        roles: vec![name, Filler::Kind(kind, span)],
                        negated: false,
                        tense: group.tense,
                        times: Vec::new(),
                        aspect: Aspect::default(),
                        first: None,
                        circumstances: Vec::new(),
                        phrasing: None,
                        passive: false,
                        verb_span: core.get(group.start).map(|item| item.span).unwrap_or_default(),
                    },
                    cost,
                    group: group.clone(),
                });
            }
        }
    }

    /// The names that stand before a copula, of whatever kind.
    fn subjects(&self, core: &[Item], end: usize) -> Vec<Filler> {
        let mut found: Vec<Filler> = Vec::new();
        for kind in 0..self.vocabulary.kinds().len() {
            let kind = KindId(u32::try_from(kind).unwrap_or(0));
            if !self.vocabulary.kind(kind).parents.is_empty() {
                continue;
            }
            for read in self.noun_phrases(core, 0, end, kind, false) {
                let usable = matches!(read.filler, Filler::Name(..) | Filler::Several(_) | Filler::Unknown(..));
                if read.end == end && usable && !found.iter().any(|known| same_filler(known, &read.filler)) {
                    found.push(read.filler);
                }
            }
        }
        if found.iter().any(|filler| !matches!(filler, Filler::Unknown(..))) {
            found.retain(|filler| !matches!(filler, Filler::Unknown(..)));
        }
        found
    }

    /// "vowed to defeat the insurgency": the words after *to* as something to be done.
    fn read_deed(&self, core: &[Item]) -> Option<Vec<Item>> {
        for (at, item) in core.iter().enumerate() {
            let infinitive = item.is_word("to")
                && core.get(at + 1).is_some_and(|next| {
                    next.is_plain_word() && self.vocabulary.verbs().read(&next.text).iter().any(|(_, form)| *form == Form::Base)
                });
            if !infinitive || at == 0 {
                continue;
            }
            let inner = core.get(at + 1..)?;
            if let Ok(clause) = self.with_core(inner, &Adjuncts::default(), &Mode::Infinitive(Filler::Open)) {
                let span = span_of(inner);
                let statement = super::Statement { body: super::Body::Clause(Box::new(clause)), span };
                let mut outer = core.get(..=at)?.to_vec();
                outer.push(Item { text: String::new(), kind: ItemKind::Inner(Box::new(statement)), span });
                return Some(outer);
            }
        }
        None
    }

    /// Why words that would have to be a name are none.
    fn suspicion(&self, clause: &Clause) -> Option<Problem> {
        clause.roles.iter().find_map(|filler| {
            let Filler::Unknown(words, span) = filler else { return None };
            if let Some(problem) = self.beside_a_name(*span) {
                return Some(problem);
            }
            let mut at = span.start;
            for word in words.split_whitespace() {
                let start = self.text.get(at..).and_then(|rest| rest.find(word)).map_or(at, |offset| at + offset);
                let place = Span::new(start, start + word.len());
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
        let own = known.ids.iter().any(|id| {
            crate::text::fold_word(&self.vocabulary.name(crate::vocabulary::NameId(*id)).name)
                == crate::text::fold_word(known.span.of(self.text))
        });
        let rest = Span::new(known.end, span.end);
        let words = rest.of(self.text);
        let start = rest.start + (words.len() - words.trim_start().len());
        let rest = Span::new(start, span.end);
        let lower = words.trim().chars().next().is_some_and(char::is_lowercase);
        let noun = self.vocabulary.kind_index().starting_at(self.text, start).iter().any(|m| m.end <= span.end)
            || rest.of(self.text).contains(['-', '\'']);
        (own && lower && !noun).then(|| self.left_over(rest))
    }

    /// Why no phrasing fits: no verb that is known, words left over, or a name of the wrong kind.
    fn why_not(&self, core: &[Item], mode: &Mode) -> Problem {
        self.spend_many(WHY_NOT);
        let mut best: Option<(usize, Problem)> = None;
        let mut consider = |reach: usize, problem: Problem| {
            if best.as_ref().is_none_or(|(known, _)| reach > *known) {
                best = Some((reach, problem));
            }
        };
        let mut any_verb = false;
        for start in 0..core.len() {
            for group in verb_groups(core, start, self.vocabulary.verbs()) {
                if self.vocabulary.with_verb(&group.base).is_empty() || matches!(mode, Mode::Finite) && group.gerund {
                    continue;
                }
                any_verb |= group.base != "be";
                for id in self.vocabulary.with_verb(&group.base) {
                    let phrasing = self.vocabulary.phrasing(*id);
                    for (before, after) in voices(phrasing, &group) {
                        let left_fits = self.bind(phrasing.relation, &before, core, 0, start).iter().any(|b| b.cost == 0);
                        // Words left over behind, or in front.
                        for end in (group.end..core.len()).rev() {
                            if left_fits && self.bind(phrasing.relation, &after, core, group.end, end).iter().any(|b| b.cost == 0) {
                                let rest = core.get(end..).map(span_of).unwrap_or_default();
                                consider(10 + end, self.left_over(rest));
                                break;
                            }
                        }
                        let right_fits = self.bind(phrasing.relation, &after, core, group.end, core.len()).iter().any(|b| b.cost == 0);
                        if right_fits && !left_fits && start > 0 {
                            for from in 1..start {
                                if self.bind(phrasing.relation, &before, core, from, start).iter().any(|b| b.cost == 0) {
                                    consider(10 + core.len() - from, self.left_over(core.get(..from).map(span_of).unwrap_or_default()));
                                    break;
                                }
                            }
                            if let Some(problem) = self.wrong_kind(core.get(..start).unwrap_or_default(), phrasing, &before) {
                                consider(5, problem);
                            }
                        }
                        if left_fits
                            && !right_fits
                            && let Some(problem) = self.wrong_kind(core.get(group.end..).unwrap_or_default(), phrasing, &after)
                        {
                            consider(5, problem);
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
        let known = self.vocabulary.verbs().known();
        // The likeliest verb is a word in small letters that looks like one; the nearest known form wins.
        let mut words: Vec<(&Item, Vec<&str>)> = core
            .iter()
            .filter(unknown_word)
            .filter(|item| self.vocabulary.verbs().read(&item.text).iter().all(|(base, _)| self.vocabulary.with_verb(base).is_empty()))
            .map(|item| (item, nearest(&item.text, known.iter().copied())))
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

/// The passive of a phrasing: what stands behind the verb moves in front, the agent behind; it may be left out. What moves is
/// the direct object ("Aleppo was captured"), the object of a verb with a particle ("Globex was taken over"), or the noun of
/// an idiom with what belongs to it ("control of Homs was lost").
pub(super) fn passive(before: &[Part], after: &[Part]) -> Vec<(Vec<Part>, Vec<Part>)> {
    let [Part::Slot { role: agent, possessive: false }] = before else { return Vec::new() };
    let by = Part::Optional(vec![Part::Words(vec!["by".to_owned()]), Part::Slot { role: *agent, possessive: false }]);
    let mut voices = Vec::new();
    let mut turn = |front: &[Part], back: &[Part]| {
        voices.push((front.to_vec(), back.iter().cloned().chain([by.clone()]).collect::<Vec<_>>()));
        if !back.is_empty() {
            voices.push((front.to_vec(), std::iter::once(by.clone()).chain(back.iter().cloned()).collect()));
        }
    };
    match after {
        [object @ Part::Slot { possessive: false, .. }, rest @ ..] => turn(std::slice::from_ref(object), rest),
        [particle @ Part::Words(_), object @ Part::Slot { possessive: false, .. }, rest @ ..] => {
            let back: Vec<Part> = std::iter::once(particle.clone()).chain(rest.iter().cloned()).collect();
            turn(std::slice::from_ref(object), &back);
            for width in 1..=after.len() {
                turn(after.get(..width).unwrap_or_default(), after.get(width..).unwrap_or_default());
            }
        }
        [Part::Words(_) | Part::Optional(_) | Part::Slot { .. }, ..] => {
            for width in 1..=after.len() {
                turn(after.get(..width).unwrap_or_default(), after.get(width..).unwrap_or_default());
            }
        }
        [] => {}
    }
    voices
}

/// A phrasing for a verb group: in its voice, and without the adverb that the group holds ("was *fully* liberated"). Nothing
/// where the group's adverb is not the phrasing's.
fn voices(phrasing: &Phrasing, group: &VerbGroup) -> Vec<(Vec<Part>, Vec<Part>)> {
    let has = |part: &Part, adverb: &String| match part {
        Part::Words(words) => words.contains(adverb),
        Part::Optional(inner) => matches!(inner.as_slice(), [Part::Words(words)] if words.contains(adverb)),
        Part::Slot { .. } => false,
    };
    let before = match (&group.adverb, phrasing.before.split_last()) {
        (Some(adverb), Some((last, front))) if has(last, adverb) => front,
        (Some(_), _) => return Vec::new(),
        // An adverb that may be left out is no part of the agent.
        (None, Some((Part::Optional(inner), front))) if matches!(inner.as_slice(), [Part::Words(_)]) && group.passive => front,
        (None, _) => phrasing.before.as_slice(),
    };
    if group.passive { passive(before, &phrasing.after) } else { vec![(before.to_vec(), phrasing.after.clone())] }
}

/// Whether two readings say the same, wherever their words stand.
pub(super) fn same_meaning(a: &Clause, b: &Clause) -> bool {
    a.relation == b.relation
        && a.tense == b.tense
        && a.roles.len() == b.roles.len()
        && a.roles.iter().zip(&b.roles).all(|(x, y)| same_filler(x, y))
}

pub(super) fn same_filler(a: &Filler, b: &Filler) -> bool {
    let names = |list: &[(crate::vocabulary::NameId, Span)]| list.iter().map(|(name, _)| *name).collect::<Vec<_>>();
    match (a, b) {
        (Filler::Name(x, _), Filler::Name(y, _)) => x == y,
        (Filler::Kind(x, _), Filler::Kind(y, _)) => x == y,
        (Filler::Unknown(x, _), Filler::Unknown(y, _)) => x == y,
        (Filler::Number(x, _), Filler::Number(y, _)) => x == y,
        (Filler::Several(x), Filler::Several(y)) => {
            names(&x.names) == names(&y.names) && (x.any, x.neither, x.only, x.of) == (y.any, y.neither, y.only, y.of)
        }
        (Filler::Counted(x), Filler::Counted(y)) => {
            (x.quantity, x.kind, x.total, x.every) == (y.quantity, y.kind, y.total, y.every)
                && names(&x.listed) == names(&y.listed)
                && names(&x.except) == names(&y.except)
        }
        _ => a == b,
    }
}
