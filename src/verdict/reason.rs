//! Why a verdict is what it is, as a code: by asking what is left of the verdict when a part of the claim is taken away.

use super::ask::Decision;
use super::judge::{Judge, Record, Records};
use super::prepare::Counting;
use super::world::Origin;
use super::{Assumption, Assumptions, Code, Verdict};
use crate::facts::said;
use crate::statement::{Body, Clause, Filler, Statement, Time};
use crate::time::Day;
use crate::vocabulary::Tie;

impl Judge<'_> {
    pub(super) fn code_of_support(&self, claim: &Statement, decision: &Decision) -> Code {
        let same = |at: &usize| {
            let fact = self.fact(*at);
            match (&claim.body, fact.map(|fact| &fact.statement.body)) {
                (Body::Clause(claim), Some(Body::Clause(fact))) => {
                    let inner = said(fact, &self.base().vocabulary)
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

    pub(super) fn code_of_contradiction(&self, claim: &Statement, records: &Records<'_>, decision: &Decision, reference: i64) -> Code {
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
            statement
                .is_some_and(|s| self.decide_all(records, &s, reference, self.settings().assumptions).0.verdict != Verdict::Contradicted)
        };
        let has = |wanted: &dyn Fn(&Time) -> bool| clauses.iter().any(|clause| clause.times.iter().any(wanted));
        let order = |time: &Time| matches!(time, Time::Order { .. });
        if matches!(claim.body, Body::Passed(_)) {
            return Code::WrongOrder;
        }
        if has(&order) && recovers(without(&|time| !order(time))) {
            return Code::WrongOrder;
        }
        let facts = || decision.facts.iter().filter_map(|at| self.fact(*at));
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
        if closed && clause.is_some_and(|clause| self.base().vocabulary.relation(clause.relation).sort == crate::vocabulary::Sort::State) {
            return Code::ClosedList;
        }
        if recovers(without(&|_| false)) && !clause.is_some_and(|clause| clause.negated || clause.aspect.never) {
            let held_by_other = clause.is_some_and(|clause| self.other_holder(clause, &decision.facts));
            let lasting =
                clause.is_some_and(|clause| self.base().vocabulary.relation(clause.relation).sort == crate::vocabulary::Sort::State);
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
                if self.base().vocabulary.relation(clause.relation).sort == crate::vocabulary::Sort::State
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
        facts.iter().filter_map(|at| self.fact(*at)).flat_map(|fact| fact.statement.clauses()).any(|clause| {
            matches!(clause.roles.first(), Some(Filler::Name(other, _)) if !self.base().vocabulary.count_as_one(*other, *subject))
                && said(clause, &self.base().vocabulary).is_none()
        })
    }

    fn same_participants(&self, claim: &Clause, facts: &[usize]) -> bool {
        let names = |clause: &Clause| {
            clause.roles.iter().filter_map(|filler| if let Filler::Name(name, _) = filler { Some(*name) } else { None }).collect::<Vec<_>>()
        };
        let wanted = names(claim);
        facts.iter().filter_map(|at| self.fact(*at)).flat_map(|fact| fact.statement.clauses()).any(|clause| {
            let have = names(clause);
            wanted.iter().all(|name| have.iter().any(|other| self.base().vocabulary.count_as_one(*name, *other)))
        })
    }

    pub(super) fn code_of_ignorance(&self, claim: &Statement, facts: &[usize], reference: i64, end: Option<i64>) -> Code {
        let records = self.records(facts, Counting::Record { voice: true });
        let told: Vec<&Record<'_>> = records.believable.iter().collect();
        let recorded = claim.stated_clauses().iter().all(|clause| {
            let relation = self.base().vocabulary.relation(clause.relation);
            let id = relation.inverse_of.unwrap_or(clause.relation);
            let has_record = |id| told.iter().any(|record| record.prepared.has_record(id));
            let direct = has_record(id) || told.iter().any(|record| !record.prepared.world.tallies.is_empty());
            direct || relation.links.iter().any(|link| matches!(link.tie, Tie::IsStartOf | Tie::IsEndOf) && has_record(link.target))
        });
        let (first, last) = days_of(claim);
        let late = end.is_some_and(|end| first.map_or(reference > end && asks_now(claim), |day| day > end));
        if late {
            return Code::PastHorizon;
        }
        if !recorded {
            return Code::NoRecord;
        }
        if !self.settings().assumptions.voice {
            let with = Assumptions { voice: true, ..self.settings().assumptions };
            if self.decide_all(&self.records(facts, Counting::Record { voice: true }), claim, reference, with).0.verdict != Verdict::Unknown
            {
                return Code::OnlyAttributed;
            }
        }
        let told_days = |record: &&Record<'_>| {
            let prepared = &record.prepared;
            let mentions = prepared.world.mentions.iter().take(prepared.recorded);
            let told = mentions.filter(|m| m.inside && matches!(m.origin, Origin::Fact(_)));
            told.map(|m| prepared.world.span(m.from).0).collect::<Vec<_>>()
        };
        let earliest = told.iter().flat_map(told_days).filter(|day| *day > i64::MIN / 32).min();
        if let (Some(last), Some(earliest)) = (last, earliest)
            && last < earliest
        {
            return Code::BeforeRecord;
        }
        Code::TooVague
    }
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
