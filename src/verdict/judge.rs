//! Statement × facts to verdict: does the strong reading hold in every world, does the weak one fail in every world?

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use super::meaning::Reading;
use super::prepare::{Prepared, Selector, horizon, prepare};
use super::relevance::Relevance;
use super::solver::{Lit, Outcome};
use super::world::{Known, Origin};
use super::{Assumption, Assumptions, Code, Judgement, Settings, Verdict};
use crate::facts::{FactBase, said};
use crate::statement::{Body, Clause, Filler, Statement, Time};
use crate::time::Day;
use crate::vocabulary::{NameId, RelationId, Tie};

/// Conflicts that a search may run into before it is given up as too costly.
const BUDGET: u64 = 20_000;

/// Judges claims against one fact base. May be shared between threads.
pub struct Judge<'b> {
    base: &'b FactBase,
    settings: Settings,
    relevance: Relevance,
    prepared: Mutex<HashMap<(Vec<usize>, bool), Arc<Checked<'b>>>>,
}

/// Prepared facts with what is wrong among them.
struct Checked<'b> {
    prepared: Prepared<'b>,
    /// Facts that cannot hold together; nothing decides between them.
    disputed: Vec<usize>,
    /// Facts that give way to a preferred source.
    overruled: Vec<usize>,
    /// Assumptions that these facts do not bear.
    unbearable: Vec<Assumption>,
}

/// What is decided, with the literals that decide it.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Decision {
    verdict: Verdict,
    facts: Vec<usize>,
    assumptions: Vec<Assumption>,
    costly: bool,
}

impl Decision {
    fn unknown(costly: bool) -> Self {
        Self { verdict: Verdict::Unknown, facts: Vec::new(), assumptions: Vec::new(), costly }
    }
}

impl<'b> Judge<'b> {
    /// A judge over a fact base.
    pub fn new(base: &'b FactBase, settings: Settings) -> Self {
        Self { base, settings, relevance: Relevance::new(base), prepared: Mutex::new(HashMap::new()) }
    }

    /// The fact base.
    pub fn base(&self) -> &'b FactBase {
        self.base
    }

    /// The day that claims speak from, where neither claim nor settings give one.
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// The facts that bear on a claim.
    fn relevant(&self, statement: &Statement) -> Vec<usize> {
        let facts = self.relevance.of(statement, &self.base.vocabulary);
        match self.settings.known_by {
            None => facts,
            Some(day) => {
                facts.into_iter().filter(|at| self.base.facts.get(*at).is_some_and(|fact| fact.horizon.is_none_or(|h| h <= day))).collect()
            }
        }
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

    fn direct(&self, claim: &Statement, as_of: Option<Day>) -> Judgement {
        let facts = self.relevant(claim);
        let end = horizon(self.base, &facts);
        let Some(reference) = as_of.map(Day::epoch_days).or(self.settings.as_of.map(Day::epoch_days)).or(end) else {
            return Judgement::plain(Verdict::Unknown, Code::NoRecord);
        };
        let checked = self.checked(&facts, false);
        let default = self.decide_with_disputes(&checked, claim, reference, self.settings.assumptions);
        let strict = if self.settings.assumptions == Assumptions::NONE {
            default.clone()
        } else {
            self.decide_with_disputes(&checked, claim, reference, Assumptions::NONE)
        };
        let (decision, disputed) = default;
        let mut judgement = Judgement {
            verdict: decision.verdict,
            strict: strict.0.verdict,
            facts: decision.facts.clone(),
            assumptions: decision.assumptions.clone(),
            reference: Some(Day::from_epoch_days(reference)),
            horizon: end.map(Day::from_epoch_days),
            ..Judgement::plain(decision.verdict, Code::TooVague)
        };
        judgement.code = match decision.verdict {
            Verdict::Supported => self.code_of_support(claim, &decision),
            Verdict::Contradicted => self.code_of_contradiction(claim, &checked, &decision, reference),
            Verdict::Unknown if disputed => {
                judgement.facts.clone_from(&checked.disputed);
                Code::SourcesDisagree
            }
            Verdict::Unknown if decision.costly => Code::TooCostly,
            Verdict::Unknown => self.code_of_ignorance(claim, &checked, reference, end),
        };
        judgement
    }

    fn checked(&self, facts: &[usize], contents_only: bool) -> Arc<Checked<'b>> {
        let key = (facts.to_vec(), contents_only);
        if let Ok(cache) = self.prepared.lock()
            && let Some(known) = cache.get(&key)
        {
            return Arc::clone(known);
        }
        let made = Arc::new(self.check(prepare(self.base, facts, contents_only)));
        if let Ok(mut cache) = self.prepared.lock() {
            cache.insert(key, Arc::clone(&made));
        }
        made
    }

    /// Finds facts that cannot hold together, and assumptions that they do not bear.
    fn check(&self, mut prepared: Prepared<'b>) -> Checked<'b> {
        let mut overruled = Vec::new();
        let mut disputed: Vec<usize> = Vec::new();
        loop {
            let left: Vec<Selector> =
                prepared.selectors.iter().filter(|s| !overruled.contains(&s.fact) && !disputed.contains(&s.fact)).copied().collect();
            let lits: Vec<Lit> = left.iter().map(|s| s.lit).collect();
            let Outcome::Unsatisfiable(core) = prepared.consistent(&lits, &mut BUDGET.clone()) else { break };
            let core = minimal(&mut prepared, core, &[]);
            let clash: Vec<usize> = left.iter().filter(|s| core.contains(&s.lit)).map(|s| s.fact).collect();
            if clash.is_empty() {
                break;
            }
            match self.give_way(&clash) {
                Some(loser) => overruled.push(loser),
                None => disputed.extend(clash),
            }
        }
        // Whatever cannot stand beside a disputed fact is disputed too, so that the order of the facts decides nothing.
        let mut next = 0;
        while let Some(fact) = disputed.get(next).copied() {
            next += 1;
            let own = |s: &&Selector| s.fact == fact;
            let stands: Vec<Selector> = prepared
                .selectors
                .iter()
                .filter(|s| own(s) || !overruled.contains(&s.fact) && !disputed.contains(&s.fact))
                .copied()
                .collect();
            let lits: Vec<Lit> = stands.iter().map(|s| s.lit).collect();
            if let Outcome::Unsatisfiable(core) = prepared.consistent(&lits, &mut BUDGET.clone()) {
                let core = minimal(&mut prepared, core, &[]);
                let more: Vec<usize> = stands.iter().filter(|s| core.contains(&s.lit) && s.fact != fact).map(|s| s.fact).collect();
                if !more.is_empty() {
                    disputed.extend(more);
                    next = 0;
                }
            }
        }
        disputed.sort_unstable();
        disputed.dedup();
        let sound: Vec<Lit> =
            prepared.selectors.iter().filter(|s| !overruled.contains(&s.fact) && !disputed.contains(&s.fact)).map(|s| s.lit).collect();
        let mut unbearable = Vec::new();
        for (assumption, lit) in [(Assumption::Once, prepared.world.once), (Assumption::Persistence, prepared.persistence)] {
            let with: Vec<Lit> = sound.iter().copied().chain([lit]).collect();
            if matches!(prepared.consistent(&with, &mut BUDGET.clone()), Outcome::Unsatisfiable(_)) {
                unbearable.push(assumption);
            }
        }
        if unbearable.is_empty() {
            let with: Vec<Lit> = sound.iter().copied().chain([prepared.world.once, prepared.persistence]).collect();
            if matches!(prepared.consistent(&with, &mut BUDGET.clone()), Outcome::Unsatisfiable(_)) {
                unbearable = vec![Assumption::Once, Assumption::Persistence];
            }
        }
        Checked { prepared, disputed, overruled, unbearable }
    }

    /// Which of these facts gives way, if the fact base prefers another's source.
    fn give_way(&self, clash: &[usize]) -> Option<usize> {
        let sources = |fact: usize| {
            self.base.facts.get(fact).map(|fact| fact.quotes.iter().map(|quote| quote.source).collect::<Vec<_>>()).unwrap_or_default()
        };
        clash.iter().copied().find(|loser| {
            let own = sources(*loser);
            !own.is_empty()
                && own.iter().all(|source| {
                    clash
                        .iter()
                        .filter(|winner| *winner != loser)
                        .any(|winner| sources(*winner).iter().any(|other| self.base.preferred.contains(&(*other, *source))))
                })
        })
    }

    /// The verdict; where facts clash, only if it is the same whichever of them is believed. Tells whether the clash matters.
    fn decide_with_disputes(&self, checked: &Checked<'b>, claim: &Statement, reference: i64, assumptions: Assumptions) -> (Decision, bool) {
        let without = self.decide(checked, claim, reference, assumptions, &checked.disputed);
        if checked.disputed.is_empty() {
            return (without, false);
        }
        let mut decisions = Vec::new();
        for kept in &checked.disputed {
            let left_out: Vec<usize> = checked.disputed.iter().copied().filter(|fact| fact != kept).collect();
            decisions.push(self.decide(checked, claim, reference, assumptions, &left_out));
        }
        // Whichever of them is believed, it comes out the same.
        let agreed = decisions.first().filter(|first| {
            let open = without.verdict == Verdict::Unknown || without.verdict == first.verdict;
            open && decisions.iter().all(|decision| decision.verdict == first.verdict)
        });
        if let Some(first) = agreed {
            return (first.clone(), false);
        }
        let verdicts: Vec<Verdict> = decisions.iter().map(|decision| decision.verdict).collect();
        if verdicts.iter().all(|verdict| *verdict == without.verdict) { (without, false) } else { (Decision::unknown(false), true) }
    }

    /// The assumed literals of the facts that count and the assumptions that are on.
    fn assumed(&self, checked: &Checked<'b>, assumptions: Assumptions, left_out: &[usize]) -> (Vec<Lit>, Vec<Lit>) {
        let counts = |selector: &&Selector| {
            let believed = match (selector.voiced, self.base.facts.get(selector.fact).and_then(|fact| fact.per)) {
                (true, Some(speaker)) => self.base.believes(speaker, assumptions.voice),
                (true, None) => assumptions.voice,
                (false, _) => true,
            };
            believed && !left_out.contains(&selector.fact) && !checked.overruled.contains(&selector.fact)
        };
        let facts = checked.prepared.selectors.iter().filter(counts).map(|selector| selector.lit).collect();
        let mut more = Vec::new();
        if assumptions.once && !checked.unbearable.contains(&Assumption::Once) {
            more.push(checked.prepared.world.once);
        }
        if assumptions.persistence && !checked.unbearable.contains(&Assumption::Persistence) {
            more.push(checked.prepared.persistence);
        }
        (facts, more)
    }

    fn decide(&self, checked: &Checked<'b>, claim: &Statement, reference: i64, assumptions: Assumptions, left_out: &[usize]) -> Decision {
        let mut costly = false;
        for (verdict, strong, positive) in [(Verdict::Supported, true, false), (Verdict::Contradicted, false, true)] {
            let reading = Reading { strong, boundaries: assumptions.boundaries, fact: false, reference };
            match self.excluded(checked, claim, reading, positive, assumptions, left_out) {
                Excluded::Yes { facts, assumptions: mut used } => {
                    // Did it take the assumption `boundaries`?
                    let plain = Reading { boundaries: false, ..reading };
                    if assumptions.boundaries
                        && !matches!(
                            self.excluded(checked, claim, plain, positive, Assumptions { boundaries: false, ..assumptions }, left_out),
                            Excluded::Yes { .. }
                        )
                    {
                        used.push(Assumption::Boundaries);
                    }
                    used.sort_unstable();
                    return Decision { verdict, facts, assumptions: used, costly: false };
                }
                Excluded::No => {}
                Excluded::TooCostly => costly = true,
            }
        }
        Decision::unknown(costly)
    }

    /// Whether no world has the claim true (`positive`) or false in a reading, and which facts and assumptions exclude it.
    fn excluded(
        &self,
        checked: &Checked<'b>,
        claim: &Statement,
        reading: Reading,
        positive: bool,
        assumptions: Assumptions,
        left_out: &[usize],
    ) -> Excluded {
        let mut question = checked.prepared.clone();
        question.world.origin = Origin::Declared;
        declare_kinds(&mut question, claim);
        question.world.origin = Origin::Claim;
        let recorded = question.recorded;
        let from = question.world.mentions.len();
        let goal = match question.world.statement(claim, reading, positive) {
            Known::True => return Excluded::No,
            Known::False => return Excluded::Yes { facts: Vec::new(), assumptions: Vec::new() },
            Known::Lit(goal) => goal,
        };
        question.assume_once(from, recorded);
        let (facts, more) = self.assumed(checked, assumptions, left_out);
        let assumed: Vec<Lit> = std::iter::once(goal).chain(facts.iter().copied()).chain(more.iter().copied()).collect();
        let core = match question.consistent(&assumed, &mut BUDGET.clone()) {
            Outcome::Satisfiable(_) => return Excluded::No,
            Outcome::TooCostly => return Excluded::TooCostly,
            Outcome::Unsatisfiable(core) => core,
        };
        // Assumptions are given up first, so that a verdict rests on as few as possible.
        let core = minimal(&mut question, core, &more);
        if !core.contains(&goal) {
            return Excluded::No;
        }
        let mut used: Vec<usize> = Vec::new();
        let mut rests = Vec::new();
        for selector in &question.selectors {
            if core.contains(&selector.lit) {
                used.push(selector.fact);
                let speaker = self.base.facts.get(selector.fact).and_then(|fact| fact.per);
                let trusted = speaker.is_some_and(|speaker| self.base.believes(speaker, false));
                if selector.voiced && !trusted && !rests.contains(&Assumption::Voice) {
                    rests.push(Assumption::Voice);
                }
            }
        }
        if core.contains(&question.world.once) {
            rests.push(Assumption::Once);
        }
        if core.contains(&question.persistence) {
            rests.push(Assumption::Persistence);
        }
        // What `once` matched the claim with, and what the deciding facts hang on, belongs to the proof.
        if core.contains(&question.world.once) {
            used.extend(question.matched(from, recorded));
        }
        used.extend(self.hung_on(&used));
        used.sort_unstable();
        used.dedup();
        Excluded::Yes { facts: used, assumptions: rests }
    }

    /// The days to which facts are dated exactly, by their own words or by what they hang on.
    pub(super) fn days_of_facts(&self, facts: &[usize]) -> Vec<Day> {
        let mut all: Vec<usize> = facts.to_vec();
        for at in facts {
            if let Some(fact) = self.base.facts.get(*at) {
                all.extend(self.relevant(&fact.statement));
            }
        }
        all.sort_unstable();
        all.dedup();
        let checked = self.checked(&all, false);
        let mut question = checked.prepared.clone();
        let (lits, more) = self.assumed(&checked, self.settings.assumptions, &checked.disputed);
        let assumed: Vec<Lit> = lits.into_iter().chain(more).collect();
        let Outcome::Satisfiable(model) = question.consistent(&assumed, &mut BUDGET.clone()) else { return Vec::new() };
        let mut terms = Vec::new();
        for mention in question.world.mentions.iter().take(question.recorded) {
            if let (Origin::Fact(fact), true) = (mention.origin, mention.inside)
                && facts.contains(&fact)
            {
                terms.extend([mention.from, mention.to]);
            }
        }
        let mut days = Vec::new();
        for term in terms {
            if term == super::world::Term::START || term == super::world::Term::END {
                continue;
            }
            let value = model.number(term.unknown).saturating_add(term.offset);
            let here = super::world::Term::number(value);
            // Exact, if it can be neither earlier nor later.
            let fixed = [(term.plus(1), here), (here.plus(1), term)].into_iter().all(|(a, b)| match question.world.le(a, b) {
                Known::True => false,
                Known::False => true,
                Known::Lit(lit) => {
                    let with: Vec<Lit> = assumed.iter().copied().chain([lit]).collect();
                    matches!(question.consistent(&with, &mut BUDGET.clone()), Outcome::Unsatisfiable(_))
                }
            });
            let day = Day::from_epoch_days(value);
            if fixed && !days.contains(&day) {
                days.push(day);
            }
        }
        days
    }

    /// The facts that date the happenings by which these facts date themselves.
    fn hung_on(&self, facts: &[usize]) -> Vec<usize> {
        let mut found = Vec::new();
        for at in facts {
            let Some(fact) = self.base.facts.get(*at) else { continue };
            let anchors = fact
                .statement
                .clauses()
                .into_iter()
                .flat_map(|clause| &clause.times)
                .filter_map(|time| if let Time::Order { anchor, .. } = time { Some(anchor.as_ref()) } else { None });
            for anchor in anchors {
                let relations: Vec<RelationId> = anchor.clauses().iter().map(|clause| clause.relation).collect();
                let dates = |other: &usize| {
                    self.base.facts.get(*other).is_some_and(|fact| match &fact.statement.body {
                        Body::Clause(clause) => {
                            !clause.times.is_empty()
                                && clause.times.iter().all(|time| !matches!(time, Time::Order { .. }))
                                && self.tells(clause.relation, &relations)
                                && !facts.contains(other)
                        }
                        _ => false,
                    })
                };
                found.extend(self.relevance.of(anchor, &self.base.vocabulary).into_iter().filter(dates));
            }
        }
        found
    }

    /// Whether a relation is one of these or implies one.
    fn tells(&self, relation: RelationId, wanted: &[RelationId]) -> bool {
        wanted.contains(&relation)
            || self.base.vocabulary.relation(relation).links.iter().any(|link| link.tie == Tie::Implies && wanted.contains(&link.target))
    }

    // --- who said it ---------------------------------------------------------------------------------------------------

    /// "X announced that c": against what X is recorded as saying.
    fn attributed(&self, claim: &Statement, clause: &Clause, as_of: Option<Day>) -> Judgement {
        if clause.negated || clause.aspect.never {
            let plain = Clause { negated: false, aspect: crate::statement::Aspect { never: false, ..clause.aspect }, ..clause.clone() };
            let turned = Statement { body: Body::Clause(Box::new(plain.clone())), span: claim.span };
            let found = self.attributed(&turned, &plain, as_of);
            // That it is not recorded does not mean that it was not said.
            return match found.verdict {
                Verdict::Supported => {
                    Judgement { verdict: Verdict::Contradicted, code: Code::Denied, strict: found.strict.turned(), ..found }
                }
                Verdict::Contradicted => {
                    Judgement { verdict: Verdict::Supported, code: Code::Follows, strict: found.strict.turned(), ..found }
                }
                Verdict::Unknown => found,
            };
        }
        let Some((speaker, content, denies)) = said(clause, &self.base.vocabulary) else {
            return Judgement::plain(Verdict::Unknown, Code::NoRecord);
        };
        // Who denies something says that it is not so.
        let contrary = match &content.body {
            Body::Clause(inner) if denies => {
                Statement { body: Body::Clause(Box::new(Clause { negated: !inner.negated, ..inner.as_ref().clone() })), span: content.span }
            }
            _ => content.clone(),
        };
        let content = &contrary;
        let sayings = self.sayings(speaker, clause.relation);
        if sayings.is_empty() {
            return Judgement { horizon: self.base.end(), ..Judgement::plain(Verdict::Unknown, Code::NoRecord) };
        }
        let all: Vec<usize> = sayings.clone();
        let checked = self.checked(&all, true);
        let reference = as_of.or(self.settings.as_of).map(Day::epoch_days).or(checked.prepared.horizon).unwrap_or(0);
        let quiet = Assumptions { voice: true, ..self.settings.assumptions };
        let (whole, disputed) = self.decide_with_disputes(&checked, content, reference, quiet);
        let shown = |decision: &Decision, code: Code| Judgement {
            strict: decision.verdict,
            facts: decision.facts.clone(),
            assumptions: decision.assumptions.clone(),
            reference: Some(Day::from_epoch_days(reference)),
            horizon: checked.prepared.horizon.map(Day::from_epoch_days),
            ..Judgement::plain(decision.verdict, code)
        };
        if disputed {
            return Judgement { facts: checked.disputed.clone(), ..shown(&whole, Code::SourcesDisagree) };
        }
        match whole.verdict {
            Verdict::Unknown => shown(&whole, Code::TooVague),
            Verdict::Contradicted => {
                let code = self.code_of_contradiction(content, &checked, &whole, reference);
                Judgement {
                    strict: self.decide(&checked, content, reference, Assumptions { voice: true, ..Assumptions::NONE }, &[]).verdict,
                    ..shown(&whole, code)
                }
            }
            Verdict::Supported => {
                // What they say supports it; was it said then?
                let mut wrong = None;
                let mut open = None;
                for at in &all {
                    let alone = self.checked(&[*at], true);
                    if self.decide(&alone, content, reference, quiet, &[]).verdict != Verdict::Supported {
                        continue;
                    }
                    let judged = self.saying_dated(claim, clause, *at, as_of);
                    match judged.verdict {
                        Verdict::Supported => {
                            let strict = judged.strict;
                            return Judgement { strict, facts: vec![*at], code: Code::Recorded, ..judged };
                        }
                        Verdict::Contradicted => wrong = Some(Judgement { facts: vec![*at], ..judged }),
                        Verdict::Unknown => open = Some(judged),
                    }
                }
                // Several sayings together support it, none alone.
                open.or(wrong).unwrap_or_else(|| shown(&whole, Code::Follows))
            }
        }
    }

    /// Whether a recorded saying, whatever its words, fits the claim's own date.
    fn saying_dated(&self, claim: &Statement, clause: &Clause, at: usize, as_of: Option<Day>) -> Judgement {
        let Some(Body::Clause(recorded)) = self.base.facts.get(at).map(|fact| &fact.statement.body) else {
            return Judgement::plain(Verdict::Unknown, Code::NoRecord);
        };
        let content = recorded.roles.iter().find(|filler| matches!(filler, Filler::Said(_))).cloned();
        let mut same = clause.clone();
        for filler in &mut same.roles {
            if let (Filler::Said(_), Some(content)) = (&*filler, &content) {
                *filler = content.clone();
            }
        }
        self.direct(&Statement { body: Body::Clause(Box::new(same)), span: claim.span }, as_of)
    }

    /// The recorded sayings of a speaker, or of a part of that speaker, in a verb that says as much.
    fn sayings(&self, speaker: NameId, verb: RelationId) -> Vec<usize> {
        let vocabulary = &self.base.vocabulary;
        let says_as_much = |relation: RelationId| {
            let mut open = vec![relation];
            let mut seen = Vec::new();
            while let Some(id) = open.pop() {
                if id == verb {
                    return true;
                }
                if !seen.contains(&id) {
                    seen.push(id);
                    open.extend(vocabulary.relation(id).links.iter().filter(|link| link.tie == Tie::Implies).map(|link| link.target));
                }
            }
            false
        };
        (0..self.base.facts.len())
            .filter(|at| {
                let Some(Body::Clause(clause)) = self.base.facts.get(*at).map(|fact| &fact.statement.body) else { return false };
                said(clause, vocabulary).is_some_and(|(name, _, _)| vocabulary.is_part_of(name, speaker)) && says_as_much(clause.relation)
            })
            .collect()
    }

    // --- codes -----------------------------------------------------------------------------------------------------------

    fn code_of_support(&self, claim: &Statement, decision: &Decision) -> Code {
        let same = |at: &usize| {
            let fact = self.base.facts.get(*at);
            match (&claim.body, fact.map(|fact| &fact.statement.body)) {
                (Body::Clause(claim), Some(Body::Clause(fact))) => {
                    let inner = said(fact, &self.base.vocabulary)
                        .and_then(|(_, inner, _)| if let Body::Clause(c) = &inner.body { Some(c.relation) } else { None });
                    claim.relation == fact.relation || Some(claim.relation) == inner
                }
                _ => false,
            }
        };
        if matches!(decision.facts.as_slice(), [only] if same(only)) && !decision.assumptions.iter().any(|a| *a != Assumption::Voice) {
            Code::Recorded
        } else {
            Code::Follows
        }
    }

    fn code_of_contradiction(&self, claim: &Statement, checked: &Checked<'b>, decision: &Decision, reference: i64) -> Code {
        let clauses = claim.clauses();
        let clause = clauses.first();
        if clause.is_some_and(|clause| clause.relation == crate::vocabulary::IS_A) {
            return Code::WrongKind;
        }
        // Without its dates, without its order: what is left when the claim no longer fails?
        let without = |keep: &dyn Fn(&Time) -> bool| {
            let Body::Clause(clause) = &claim.body else { return None };
            let times: Vec<Time> = clause.times.iter().filter(|time| keep(time)).cloned().collect();
            let changed = times.len() < clause.times.len() || clause.first.is_some();
            let body = Body::Clause(Box::new(Clause {
                times,
                first: None,
                tense: if clause.tense == crate::statement::Tense::Perfect { crate::statement::Tense::Past } else { clause.tense },
                ..clause.as_ref().clone()
            }));
            changed.then_some(Statement { body, span: claim.span })
        };
        let recovers = |statement: Option<Statement>| {
            statement.is_some_and(|s| {
                self.decide(checked, &s, reference, self.settings.assumptions, &checked.disputed).verdict != Verdict::Contradicted
            })
        };
        let has = |wanted: &dyn Fn(&Time) -> bool| clauses.iter().any(|clause| clause.times.iter().any(wanted));
        let order = |time: &Time| matches!(time, Time::Order { .. });
        if matches!(claim.body, Body::Passed(_)) {
            return Code::WrongOrder;
        }
        if has(&order) && recovers(without(&|time| !order(time))) {
            return Code::WrongOrder;
        }
        let facts = || decision.facts.iter().filter_map(|at| self.base.facts.get(*at));
        let fact_clauses = || facts().flat_map(|fact| fact.statement.clauses());
        if clause.is_some_and(|clause| clause.roles.iter().any(|filler| matches!(filler, Filler::Counted(_) | Filler::Number(..))))
            && !recovers(without(&|_| false))
        {
            return Code::WrongNumber;
        }
        let closed = fact_clauses().any(|clause| {
            clause.roles.iter().any(|filler| {
                matches!(filler, Filler::Several(group) if group.only)
                    || matches!(filler, Filler::Counted(counted) if !counted.listed.is_empty())
            })
        });
        if closed && clause.is_some_and(|clause| self.base.vocabulary.relation(clause.relation).sort == crate::vocabulary::Sort::State) {
            return Code::ClosedList;
        }
        if recovers(without(&|_| false)) && !clause.is_some_and(|clause| clause.negated || clause.aspect.never) {
            let held_by_other = clause.is_some_and(|clause| self.other_holder(clause, &decision.facts));
            let lasting =
                clause.is_some_and(|clause| self.base.vocabulary.relation(clause.relation).sort == crate::vocabulary::Sort::State);
            return if held_by_other && lasting { Code::OtherHolder } else { Code::WrongDate };
        }
        if closed {
            return Code::ClosedList;
        }
        if clause.is_some_and(|clause| clause.negated || clause.aspect.never)
            || fact_clauses().any(|clause| clause.negated || clause.aspect.never || clause.aspect.no_longer)
        {
            return Code::Denied;
        }
        match clause {
            Some(clause)
                if self.base.vocabulary.relation(clause.relation).sort == crate::vocabulary::Sort::State
                    && self.other_holder(clause, &decision.facts) =>
            {
                Code::OtherHolder
            }
            Some(clause) if !clause.times.is_empty() && self.same_participants(clause, &decision.facts) => Code::WrongDate,
            Some(_) => Code::WrongName,
            None => Code::WrongDate,
        }
    }

    /// Whether a fact that decides has somebody else in the claim's place.
    fn other_holder(&self, claim: &Clause, facts: &[usize]) -> bool {
        let Some(Filler::Name(subject, _)) = claim.roles.first() else { return false };
        facts.iter().filter_map(|at| self.base.facts.get(*at)).flat_map(|fact| fact.statement.clauses()).any(|clause| {
            matches!(clause.roles.first(), Some(Filler::Name(other, _)) if !self.base.vocabulary.count_as_one(*other, *subject))
                && said(clause, &self.base.vocabulary).is_none()
        })
    }

    fn same_participants(&self, claim: &Clause, facts: &[usize]) -> bool {
        let names = |clause: &Clause| {
            clause.roles.iter().filter_map(|filler| if let Filler::Name(name, _) = filler { Some(*name) } else { None }).collect::<Vec<_>>()
        };
        let wanted = names(claim);
        facts.iter().filter_map(|at| self.base.facts.get(*at)).flat_map(|fact| fact.statement.clauses()).any(|clause| {
            let have = names(clause);
            wanted.iter().all(|name| have.iter().any(|other| self.base.vocabulary.count_as_one(*name, *other)))
        })
    }

    fn code_of_ignorance(&self, claim: &Statement, checked: &Checked<'b>, reference: i64, end: Option<i64>) -> Code {
        let recorded = claim.clauses().iter().all(|clause| {
            let relation = self.base.vocabulary.relation(clause.relation);
            let id = relation.inverse_of.unwrap_or(clause.relation);
            let direct = checked.prepared.has_record(id) || !checked.prepared.world.tallies.is_empty();
            direct
                || relation
                    .links
                    .iter()
                    .any(|link| matches!(link.tie, Tie::IsStartOf | Tie::IsEndOf) && checked.prepared.has_record(link.target))
        });
        let (first, last) = days_of(claim);
        let late = end.is_some_and(|end| first.map_or(reference > end && asks_now(claim), |day| day > end));
        if late {
            return Code::PastHorizon;
        }
        if !recorded {
            return Code::NoRecord;
        }
        if !self.settings.assumptions.voice {
            let with = Assumptions { voice: true, ..self.settings.assumptions };
            if self.decide(checked, claim, reference, with, &checked.disputed).verdict != Verdict::Unknown {
                return Code::OnlyAttributed;
            }
        }
        let earliest = checked
            .prepared
            .world
            .mentions
            .iter()
            .take(checked.prepared.recorded)
            .filter(|m| m.inside && matches!(m.origin, Origin::Fact(_)))
            .map(|m| checked.prepared.world.span(m.from).0)
            .filter(|day| *day > i64::MIN / 32)
            .min();
        if let (Some(last), Some(earliest)) = (last, earliest)
            && last < earliest
        {
            return Code::BeforeRecord;
        }
        Code::TooVague
    }
}

enum Excluded {
    Yes { facts: Vec<usize>, assumptions: Vec<Assumption> },
    No,
    TooCostly,
}

/// Makes a core smaller: what can be left out without a world appearing is left out, `first` before the rest.
fn minimal(prepared: &mut Prepared<'_>, core: Vec<Lit>, first: &[Lit]) -> Vec<Lit> {
    let mut core = core;
    let order: Vec<Lit> = core
        .iter()
        .copied()
        .filter(|lit| first.contains(lit))
        .chain(core.iter().copied().rev().filter(|lit| !first.contains(lit)))
        .collect();
    for lit in order {
        if !core.contains(&lit) {
            continue;
        }
        let without: Vec<Lit> = core.iter().copied().filter(|other| *other != lit).collect();
        if let Outcome::Unsatisfiable(smaller) = prepared.consistent(&without, &mut BUDGET.clone()) {
            core = without.into_iter().filter(|lit| smaller.contains(lit)).collect();
        }
    }
    core
}

/// The kinds that a claim's names are declared to be of count as recorded.
fn declare_kinds(question: &mut Prepared<'_>, claim: &Statement) {
    use super::world::{Arg, Fluent, Term};
    for clause in claim.clauses() {
        if clause.relation != crate::vocabulary::IS_A {
            continue;
        }
        let names: Vec<NameId> = match clause.roles.first() {
            Some(Filler::Name(name, _)) => vec![*name],
            Some(Filler::Several(group)) => group.names.iter().map(|(name, _)| *name).collect(),
            _ => Vec::new(),
        };
        for name in names {
            for kind in question.world.vocabulary.name(name).kinds.clone() {
                let fluent =
                    Fluent { relation: crate::vocabulary::IS_A, args: vec![Arg::Name(name), Arg::Kind(kind)], circumstances: Vec::new() };
                let mut mention = question.world.fresh(&fluent, Term::START, Term::END, true);
                mention.guard = question.world.truth();
                question.world.mention(mention);
            }
        }
    }
}

fn has_wrong_weekday(claim: &Statement) -> bool {
    claim.clauses().iter().flat_map(|clause| &clause.times).any(|time| match time {
        Time::Window { days, second, .. } => days.weekday_is_wrong() || second.as_ref().is_some_and(crate::time::When::weekday_is_wrong),
        _ => false,
    })
}

/// Whether a claim without a date asks about its reference day.
fn asks_now(claim: &Statement) -> bool {
    claim.clauses().iter().any(|clause| {
        matches!(clause.tense, crate::statement::Tense::Present | crate::statement::Tense::Perfect)
            || clause.aspect.still
            || clause.aspect.no_longer
    })
}

/// The first and the last day that a claim's own dates give.
fn days_of(claim: &Statement) -> (Option<i64>, Option<i64>) {
    let sets = || {
        claim.clauses().into_iter().flat_map(|clause| &clause.times).filter_map(|time| match time {
            Time::Window { days, .. } => Some(&days.weak),
            _ => None,
        })
    };
    let finite = |day: Day| day.is_finite().then(|| day.epoch_days());
    (sets().filter_map(|set| set.first().and_then(finite)).max(), sets().filter_map(|set| set.last().and_then(finite)).min())
}
