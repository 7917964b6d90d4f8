//! One clause: its verb, the phrasing that fits, and what each word adds.

use std::iter::once;
use std::rc::Rc;

use super::adjuncts::{Adjuncts, Way};
use super::candidates::Candidate;
use super::items::{Item, span_of};
use super::noun_phrase::UNKNOWN_COST;
use super::reader::{ClauseForm, Core, Reader};
use super::refusal::Refusal;
use super::same::same_meaning;
use super::verb_group::MODALS;
use super::{Clause, Filler, Tense, Time};
use crate::text::{Problem, Span, Suggestion};
use crate::vocabulary::{IS_A, PhrasingId, Sort};

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

/// How many other ways to say a reading are looked at.
const MOST_OTHER_WORDS: usize = 12;

impl Reader<'_> {
    /// Reads items as one clause without order to other happenings.
    pub(super) fn clause(&self, items: &[Item], mode: &Mode) -> Result<Clause, Refusal> {
        if self.exhausted() {
            return Err(Self::too_many_readings(items).into());
        }
        self.spend_on(items);
        match mode {
            Mode::Finite => self.clause_once(ClauseForm::Finite, items, || self.any_way(items, mode)),
            Mode::Gerund(_) | Mode::Infinitive(_) => self.any_way(items, mode),
        }
    }

    /// The first way that is understood: as written; without happenings that say where in the story this took place ("in the
    /// fighting", "during the talks"); without commas; without both.
    fn any_way(&self, items: &[Item], mode: &Mode) -> Result<Clause, Refusal> {
        let written = self.take_adjuncts(items)?;
        let without_commas = written.without_commas();
        let ways = once(written).chain(without_commas).flat_map(|way| self.with_and_without_circumstances(way));
        let mut refusal = None;
        for Way { core, adjuncts } in ways {
            match (self.with_core(&Rc::new(Core::new(core)), &adjuncts, mode), &refusal) {
                // Two readings of all the words are not escaped by one that leaves a name unknown.
                (Ok(clause), Some(first)) if Refusal::is_ambiguous(first) && clause.has_unknown() => {}
                (Ok(clause), _) => return Ok(clause),
                (Err(found), None) => refusal = Some(found),
                (Err(_), Some(_)) => {}
            }
        }
        Err(refusal.unwrap_or_else(|| self.left_over(span_of(items)).into()))
    }

    pub(super) fn with_core(&self, core: &Rc<Core>, adjuncts: &Adjuncts, mode: &Mode) -> Result<Clause, Refusal> {
        if let Some(modal) = core.iter().find(|item| item.is_plain_word() && MODALS.contains(&&*item.text)) {
            return Err(Problem::new("not-a-fact", modal.span, format!("`{}` says what may or will be, not what was or is", modal.text))
                .help("only what happened, or is so, can be checked")
                .into());
        }
        if self.exhausted() {
            return Err(Self::too_many_readings(core).into());
        }
        self.spend_on(core);
        let mut candidates = self.candidates(core, mode);
        if candidates.is_empty()
            && let Some(with_deed) = self.read_deed(core)
        {
            candidates = self.candidates(&with_deed, mode);
        }
        if self.exhausted() {
            return Err(Self::too_many_readings(core).into());
        }
        let unread = || Refusal::Unread(Rc::clone(core), mode.clone());
        let best = candidates.iter().map(|candidate| candidate.cost).min().ok_or_else(unread)?;
        candidates.retain(|candidate| candidate.cost == best);
        if best >= UNKNOWN_COST {
            let innocent: Vec<Candidate> =
                candidates.iter().filter(|candidate| self.suspicion(&candidate.clause).is_none()).cloned().collect();
            match (innocent.is_empty(), candidates.first()) {
                (true, Some(first)) => {
                    return Err(self.suspicion(&first.clause).unwrap_or_else(|| self.left_over(span_of(core))).into());
                }
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
            [] => Err(unread()),
            [only] => Ok(self.finish(only, adjuncts)?),
            several => {
                let readings: Vec<String> =
                    several.iter().map(|candidate| format!("`{}`", super::words::reading(&candidate.clause, self.vocabulary))).collect();
                let mut problem = Problem::new(
                    "ambiguous",
                    span_of(core),
                    format!("this can be read in {} ways: {}", readings.len(), readings.join(" or ")),
                )
                .help("say it with other words, so that only one reading is left");
                if self.is_all(core, adjuncts) {
                    problem.suggestions = several.iter().flat_map(|candidate| self.other_words(candidate, adjuncts)).collect();
                }
                Err(problem.into())
            }
        }
    }

    /// Whether a core and what was taken out of it is the whole statement.
    fn is_all(&self, core: &Core, adjuncts: &Adjuncts) -> bool {
        let mut covered: Vec<Span> = core.iter().map(|item| item.span).collect();
        covered.extend(adjuncts.times.iter().filter_map(|time| match time {
            Time::Window { span, .. } | Time::Lasting { span, .. } | Time::Order { span, .. } => Some(*span),
            Time::Recorded { .. } => None,
        }));
        let outside = |(at, c): (usize, char)| c.is_alphanumeric() && !covered.iter().any(|span| span.range().contains(&at));
        !self.text.char_indices().any(outside)
    }

    /// A reading in other words: those of the other phrasings of its relation. Whether they have no other reading is for the
    /// caller to find out.
    fn other_words(&self, candidate: &Candidate, adjuncts: &Adjuncts) -> Vec<Suggestion> {
        let Ok(clause) = self.finish(candidate, adjuncts) else { return Vec::new() };
        let of_relation = (0_u32..)
            .zip(self.vocabulary.phrasings())
            .filter(|(_, phrasing)| phrasing.relation == clause.relation && phrasing.verb.is_some());
        let written = of_relation.take(MOST_OTHER_WORDS).map(|(id, _)| {
            let clause = Clause { phrasing: Some(PhrasingId(id)), passive: false, ..clause.clone() };
            let statement = super::Statement { body: super::Body::Clause(Box::new(clause)), span: Span::default() };
            Suggestion { span: Span::new(0, self.text.len()), text: super::in_words(&statement, self.vocabulary) }
        });
        written.collect()
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
        clause.times.clone_from(&adjuncts.times);
        if self.vocabulary.relation(clause.relation).sort == Sort::Event && clause.relation != IS_A {
            self.events_do_not_last(&clause, adjuncts)?;
            // "The airport is closed" says how it is, not that it was once closed.
            let by = clause.phrasing.is_some() && clause.passive && clause.tense == Tense::Present && clause.times.is_empty();
            let agent = clause.roles.first().is_some_and(|filler| !matches!(filler, Filler::Open));
            if by && !agent && !clause.negated && !adjuncts.aspect.never {
                let event = &self.vocabulary.relation(clause.relation).name;
                let message = format!("this says how things are now, but `{event}` is an event, and events happen on a day");
                return Err(Problem::new("events-happen", clause.verb_span, message).help("say that it happened: `was …`, `has been …`"));
            }
            // "Ann and Bob married": each other.
            self.each_other(&mut clause)?;
            // What went on by the end of a month did so on its last day; what happened at the end of it, on one of its last days.
            for time in &mut clause.times {
                if let Time::Window { word: super::TimeWord::On, days, date_span, .. } = time
                    && adjuncts.edges.contains(date_span)
                {
                    days.strong.clone_from(&days.weak);
                }
            }
        }
        self.counts_once(&clause)?;
        self.one_time(&clause)?;
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
            return Err(self.event_lasts(clause, span, "says how long something lasts"));
        }
        // "has still not fallen" is "not yet".
        let denied = adjuncts.aspect.still && (clause.negated || adjuncts.aspect.never);
        match adjuncts.lasting.filter(|_| !denied) {
            Some(span) => Err(self.event_lasts(clause, span, "is said of what lasts")),
            None => Ok(()),
        }
    }

    fn event_lasts(&self, clause: &Clause, span: Span, what: &str) -> Problem {
        let event = &self.vocabulary.relation(clause.relation).name;
        let words = span.of(self.text);
        Problem::new("events-happen", span, format!("`{words}` {what}, but `{event}` is an event, and events happen on a day"))
            .help("say when it happened (`on`, `in`, `by`), or say the state that it started")
    }

    /// "Norrin and Velt merged": with one another, not each with somebody.
    fn each_other(&self, clause: &mut Clause) -> Result<(), Problem> {
        if !self.vocabulary.relation(clause.relation).symmetric {
            return Ok(());
        }
        let several =
            clause.roles.iter().position(|filler| matches!(filler, Filler::Several(group) if !group.any && !group.neither && !group.only));
        let open = clause.roles.iter().take(2).position(|filler| matches!(filler, Filler::Open));
        let (Some(at), Some(other)) = (several.filter(|at| *at < 2), open) else { return Ok(()) };
        let Some(Filler::Several(group)) = clause.roles.get(at).cloned() else { return Ok(()) };
        let [(one, here), (two, there)] = group.names.as_slice() else {
            return Err(Problem::new("ambiguous", group.span, "who of them with whom, the words do not tell")
                .help("write a statement for each two"));
        };
        // "got married" names one of them only; said of both it is said otherwise.
        (clause.phrasing, clause.passive) = (None, false);
        for (role, name, span) in [(at, one, here), (other, two, there)] {
            if let Some(slot) = clause.roles.get_mut(role) {
                *slot = Filler::Name(*name, *span);
            }
        }
        Ok(())
    }

    /// "on 10 March, on 12 March": nothing happens on both.
    fn one_time(&self, clause: &Clause) -> Result<(), Problem> {
        let days = |time: &Time| match time {
            Time::Window { word: super::TimeWord::On, days, second: None, date_span, .. } => Some((days.weak.clone(), *date_span)),
            _ => None,
        };
        let mut on = clause.times.iter().filter_map(days);
        let Some((first, _)) = on.next() else { return Ok(()) };
        match on.find(|(other, _)| !first.intersects(other)) {
            Some((_, span)) => Err(self.left_over(span).help("a statement says one time; write two statements")),
            None => Ok(()),
        }
    }

    /// "Ann and Bea scored three goals": each of them, or together?
    fn counts_once(&self, clause: &Clause) -> Result<(), Problem> {
        let several = clause.roles.iter().find_map(|filler| match filler {
            Filler::Several(group) if group.names.len() > 1 && !(group.any || group.neither || group.only || group.each) => {
                Some(group.span)
            }
            _ => None,
        });
        let number = clause.roles.iter().find_map(|filler| match filler {
            Filler::Counted(counted) if counted.quantity.weak.high > 0 && !counted.every && counted.number_span != counted.span => {
                Some(counted.span)
            }
            Filler::Number(_, span) => Some(*span),
            _ => None,
        });
        let (Some(several), Some(number)) = (several, number) else { return Ok(()) };
        let (several, words) = (several.of(self.text), number.of(self.text));
        Err(Problem::new("ambiguous", number, format!("`{words}` may be meant of each of `{several}`, or of all of them together"))
            .help("`both A and B` means each; else say it of one of them at a time"))
    }
}
