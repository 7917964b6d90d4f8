//! Statement × facts to verdict: does the strong reading hold in every world, does the weak one fail in every world?

use std::collections::HashMap;
use std::sync::{Arc, Mutex, OnceLock};

use super::ask::{BUDGET, Decision};
use super::prepare::{Counting, Prepared};
use super::relevance::Relevance;
use super::solver::{Lit, Outcome};
use super::timeline::Timelines;
use super::{Assumption, Assumptions, Code, Judgement, Settings, Verdict};
use crate::facts::{Fact, FactBase, said};
use crate::statement::{Body, Statement, Time, TimeWord};
use crate::time::Day;

/// Judges claims against one fact base. May be shared between threads.
pub struct Judge<'b> {
    base: &'b FactBase,
    /// Facts that are only supposed, counted on from those of the fact base.
    supposed: Vec<Fact>,
    settings: Settings,
    relevance: Relevance,
    /// For rows in columns, when the first plain claim comes.
    timelines: OnceLock<Timelines>,
    prepared: Mutex<HashMap<Question, Arc<Records<'b>>>>,
}

/// Which records are asked for: of which facts, and what of them counts.
type Question = (Vec<usize>, Counting);

/// What a set of facts says. Where they contradict one another, each of the largest sets of them that do not.
pub(super) struct Records<'b> {
    /// None at all where there are too many to go through.
    pub(super) believable: Vec<Record<'b>>,
    /// Facts that are in some of them and not in others.
    pub(super) disputed: Vec<usize>,
}

/// Facts that can hold together, ready to be asked about.
pub(super) struct Record<'b> {
    pub(super) prepared: Prepared<'b>,
    /// Assumptions that these facts do not bear.
    pub(super) unbearable: Vec<Assumption>,
}

impl<'b> Record<'b> {
    fn new(mut prepared: Prepared<'b>) -> Self {
        let facts = prepared.all();
        let (once, persistence) = (prepared.world.once, prepared.persistence);
        let mut bears = |assumed: &[Lit]| {
            let with: Vec<Lit> = facts.iter().chain(assumed).copied().collect();
            !matches!(prepared.consistent(&with, &mut BUDGET.clone()), Outcome::Unsatisfiable(_))
        };
        let mut unbearable: Vec<Assumption> = [(Assumption::Once, once), (Assumption::Persistence, persistence)]
            .into_iter()
            .filter(|(_, lit)| !bears(&[*lit]))
            .map(|(assumption, _)| assumption)
            .collect();
        if unbearable.is_empty() && !bears(&[once, persistence]) {
            unbearable = vec![Assumption::Once, Assumption::Persistence];
        }
        Self { prepared, unbearable }
    }

    /// The literals of all facts, and of the assumptions that are on and can be.
    pub(super) fn assumed(&self, assumptions: Assumptions) -> (Vec<Lit>, Vec<Lit>) {
        let made = [
            (assumptions.once, Assumption::Once, self.prepared.world.once),
            (assumptions.persistence, Assumption::Persistence, self.prepared.persistence),
        ];
        let more = made.into_iter().filter(|(on, assumption, _)| *on && !self.unbearable.contains(assumption)).map(|(_, _, lit)| lit);
        (self.prepared.all(), more.collect())
    }
}

impl<'b> Judge<'b> {
    /// A judge over a fact base.
    pub fn new(base: &'b FactBase, settings: Settings) -> Self {
        Self {
            base,
            supposed: Vec::new(),
            settings,
            relevance: Relevance::new(base),
            timelines: OnceLock::new(),
            prepared: Mutex::new(HashMap::new()),
        }
    }

    /// The same judge over another fact base with the same vocabulary: one that [`Judge::touched`] gave.
    pub fn over<'o>(&self, base: &'o FactBase) -> Judge<'o> {
        let relevance = self.relevance.over(base);
        Judge {
            base,
            supposed: Vec::new(),
            settings: self.settings,
            relevance,
            timelines: OnceLock::new(),
            prepared: Mutex::new(HashMap::new()),
        }
    }

    /// The same judge over a record that holds these facts as well.
    pub(super) fn supposing(&self, supposed: Vec<Fact>) -> Self {
        let statements = supposed.iter().map(|fact| &fact.statement);
        let relevance = self.relevance.with(self.base.facts.len(), statements, &self.base.vocabulary);
        Self {
            base: self.base,
            supposed,
            settings: self.settings,
            relevance,
            timelines: OnceLock::new(),
            prepared: Mutex::new(HashMap::new()),
        }
    }

    /// The same judge under other settings.
    pub(super) fn under(&self, settings: Settings) -> Self {
        let (supposed, relevance) = (self.supposed.clone(), self.relevance.clone());
        Self { base: self.base, supposed, settings, relevance, timelines: OnceLock::new(), prepared: Mutex::new(HashMap::new()) }
    }

    /// A fact, by its place; what is only supposed comes after the fact base.
    pub(super) fn fact(&self, at: usize) -> Option<&Fact> {
        self.base.facts.get(at).or_else(|| self.supposed.get(at.checked_sub(self.base.facts.len())?))
    }

    /// How many facts there are.
    pub(super) fn facts(&self) -> usize {
        self.base.facts.len().saturating_add(self.supposed.len())
    }

    /// The end of the record.
    pub(super) fn end(&self) -> Option<Day> {
        let supposed = self.supposed.iter().filter_map(|fact| fact.horizon).max();
        self.base.horizon.or_else(|| self.base.end().max(supposed))
    }

    /// The end of the record of these facts.
    pub(super) fn horizon(&self, facts: &[usize]) -> Option<i64> {
        let of_facts = facts.iter().filter_map(|at| self.fact(*at)).filter_map(|fact| fact.horizon).max();
        self.base.horizon.or(of_facts).or_else(|| self.end()).map(Day::epoch_days)
    }

    /// The fact base.
    pub fn base(&self) -> &'b FactBase {
        self.base
    }

    /// The day that claims speak from, where neither claim nor settings give one.
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    pub(super) fn relevance(&self) -> &Relevance {
        &self.relevance
    }

    pub(super) fn timelines(&self) -> &Timelines {
        self.timelines.get_or_init(|| Timelines::new(self))
    }

    /// The facts that bear on a claim.
    pub(super) fn relevant(&self, statement: &Statement) -> Vec<usize> {
        let mut facts = self.relevance.of(statement, &self.base.vocabulary);
        if let Some(day) = self.settings.known_by {
            facts.retain(|at| self.fact(*at).is_some_and(|fact| fact.horizon.is_none_or(|horizon| horizon <= day)));
        }
        self.in_order(&mut facts);
        facts
    }

    /// Puts facts in an order that does not depend on where they stand: of several proofs the same one is found, however the
    /// files are laid out. What comes first stays in a proof where there is a choice: what the record says itself before what
    /// somebody is reported as saying, the plain before the long.
    pub(super) fn in_order(&self, facts: &mut [usize]) {
        let plainness = |at: usize| self.fact(at).map(|fact| (fact.per.is_some(), fact.words.len(), fact.words.as_str()));
        facts.sort_by(|a, b| plainness(*a).cmp(&plainness(*b)).then(a.cmp(b)));
    }

    /// Judges a claim that has been understood.
    pub fn judge(&self, claim: &Statement, as_of: Option<Day>) -> Judgement {
        if let Some((words, _)) = claim.unknown_name() {
            return Judgement { unknown_name: Some(words.to_owned()), ..Judgement::plain(Verdict::Unknown, Code::UnknownName) };
        }
        if has_wrong_weekday(claim) {
            return Judgement { strict: Verdict::Contradicted, ..Judgement::plain(Verdict::Contradicted, Code::WrongWeekday) };
        }
        if let Body::Clause(clause) = &claim.body
            && said(clause, &self.base.vocabulary).is_some()
        {
            return self.attributed(claim, clause, as_of);
        }
        self.direct(claim, as_of)
    }

    /// The day that a claim speaks from: its own, that of the settings, or the last one of the record.
    pub(super) fn reference(&self, as_of: Option<Day>, end: Option<i64>) -> Option<i64> {
        as_of.or(self.settings.as_of).map(Day::epoch_days).or(end)
    }

    pub(super) fn direct(&self, claim: &Statement, as_of: Option<Day>) -> Judgement {
        self.judge_by(claim, as_of, |voice| Counting::Record { voice })
    }

    /// Judges by what counts of the record, with `voice` and without.
    pub(super) fn judge_by(&self, claim: &Statement, as_of: Option<Day>, counting: impl Fn(bool) -> Counting) -> Judgement {
        let facts = self.relevant(claim);
        let end = self.horizon(&facts);
        let Some(reference) = self.reference(as_of, end) else {
            return Judgement::plain(Verdict::Unknown, Code::NoRecord);
        };
        let assumptions = self.settings.assumptions;
        let records = self.records(&facts, counting(assumptions.voice));
        let (decision, disputed) = self.decide_all(&records, claim, reference, assumptions);
        // What nothing was assumed for stays; what stays open with assumptions is open without, unless facts clash that only
        // they bring in.
        let same = match decision.verdict {
            Verdict::Unknown => !disputed && !decision.costly && records.disputed.is_empty() && !depends_on_boundaries(claim),
            _ => decision.assumptions.is_empty() && records.disputed.is_empty(),
        };
        let strict = if same || assumptions == Assumptions::NONE {
            decision.verdict
        } else {
            self.decide_all(&self.records(&facts, counting(false)), claim, reference, Assumptions::NONE).0.verdict
        };
        let mut judgement = Judgement {
            verdict: decision.verdict,
            strict,
            facts: decision.facts.clone(),
            assumptions: decision.assumptions.clone(),
            reference: Some(Day::from_epoch_days(reference)),
            horizon: end.map(Day::from_epoch_days),
            ..Judgement::plain(decision.verdict, Code::TooVague)
        };
        judgement.code = match decision.verdict {
            Verdict::Supported => self.code_of_support(claim, &decision),
            Verdict::Contradicted => self.code_of_contradiction(claim, &records, &decision, reference),
            Verdict::Unknown if disputed => {
                judgement.facts.clone_from(&records.disputed);
                Code::SourcesDisagree
            }
            Verdict::Unknown if decision.costly => Code::TooCostly,
            Verdict::Unknown => self.code_of_ignorance(claim, &facts, reference, end),
        };
        judgement
    }

    /// What facts say, made ready once for all claims that they bear on.
    pub(super) fn records(&self, facts: &[usize], counting: Counting) -> Arc<Records<'b>> {
        // Where nothing is only reported, it makes no difference whether that counts.
        let reported = facts.iter().any(|at| self.fact(*at).is_some_and(|fact| fact.per.is_some()));
        let counting =
            if !reported && counting == (Counting::Record { voice: true }) { Counting::Record { voice: false } } else { counting };
        let key = (facts.to_vec(), counting);
        if let Ok(cache) = self.prepared.lock()
            && let Some(known) = cache.get(&key)
        {
            return Arc::clone(known);
        }
        let mut whole = self.prepare(facts, counting);
        let sets = self.believable(facts, &mut whole);
        let disputed = match &sets {
            Some(sets) => {
                let believed = |fact: &usize| sets.iter().any(|set| set.contains(fact)) && !sets.iter().all(|set| set.contains(fact));
                facts.iter().copied().filter(believed).collect()
            }
            None => facts.to_vec(),
        };
        let believable = match sets.unwrap_or_default().as_slice() {
            [only] if only.len() == facts.len() => vec![Record::new(whole)],
            several => several.iter().map(|set| Record::new(self.prepare(set, counting))).collect(),
        };
        let made = Arc::new(Records { believable, disputed });
        if let Ok(mut cache) = self.prepared.lock() {
            cache.insert(key, Arc::clone(&made));
        }
        made
    }

    /// The verdict; where facts clash, only if it is the same whichever of them are believed. Tells whether the clash matters.
    pub(super) fn decide_all(
        &self,
        records: &Records<'_>,
        claim: &Statement,
        reference: i64,
        assumptions: Assumptions,
    ) -> (Decision, bool) {
        let mut all: Option<Decision> = None;
        for record in &records.believable {
            let decision = self.decide(record, claim, reference, assumptions, all.as_ref());
            match &mut all {
                None => all = Some(decision),
                Some(first) if first.verdict != decision.verdict => return (Decision::unknown(first.costly || decision.costly), true),
                // It takes what each of them takes.
                Some(first) => first.join(decision),
            }
        }
        all.map_or((Decision::unknown(true), true), |decision| (decision, false))
    }
}

/// Whether the assumption `boundaries` changes how a claim is read.
fn depends_on_boundaries(claim: &Statement) -> bool {
    let plain = |time: &Time| matches!(time, Time::Window { word, .. } if !matches!(word, TimeWord::Since | TimeWord::Until | TimeWord::FromTo | TimeWord::Between));
    matches!(claim.body, Body::Passed(_)) || !claim.clauses().iter().flat_map(|clause| &clause.times).all(plain)
}

fn has_wrong_weekday(claim: &Statement) -> bool {
    claim.clauses().iter().flat_map(|clause| &clause.times).any(|time| match time {
        Time::Window { days, second, .. } => days.weekday_is_wrong() || second.as_ref().is_some_and(crate::time::When::weekday_is_wrong),
        _ => false,
    })
}
