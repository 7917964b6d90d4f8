//! What a story might be made of: statements that a world of the kind has, and the claim's own words or their contrary.
//!
//! Nothing here is sure to make a story; whoever asks tries it.

use super::super::ask::{BUDGET, contrary_of};
use super::super::judge::{Judge, Record, Records};
use super::super::meaning::Reading;
use super::super::prepare::Prepared;
use super::super::say::{in_world, one, roots, whole};
use super::super::solver::{Lit, Model, Outcome, Unknown};
use super::super::world::{Known, Mention, Origin, Term};
use super::super::{Verdict, ask};
use crate::statement::{Aspect, Body, Clause, Counted, Filler, Measure, Quantity, Statement, Tense, Time, TimeWord};
use crate::syntax::Interval;
use crate::text::Span;
use crate::time::{Day, Grain, When};
use crate::vocabulary::{NameId, Vocabulary};

/// How often wishes for a world are given up before it is taken as it comes.
const MOST_WISHES_GIVEN_UP: usize = 8;

/// A world of the kind that is looked for.
struct Found<'b> {
    question: Prepared<'b>,
    model: Model,
    /// The first mention of the claim.
    from: usize,
}

/// A day, or two, that the facts leave open, as a world has them.
struct Fixed {
    from: Term,
    to: Term,
    days: (i64, i64),
    statement: Statement,
}

impl<'b> Judge<'b> {
    /// What might make a claim true, or false, the likeliest first.
    pub(super) fn outlines(&self, claim: &Statement, verdict: Verdict, reference: i64, records: &Records<'b>) -> Vec<Vec<Statement>> {
        let mut all = Vec::new();
        if let Some(record) = records.believable.first()
            && let Some(found) = self.world(record, claim, verdict, reference)
        {
            let open = self.left_open(&found, reference);
            let asked = self.asked(&found, claim, reference);
            all.extend(self.promising(record, claim, verdict, reference, &open, &asked));
        }
        all.extend(in_own_words(claim, verdict, Some(reference), &self.base().vocabulary));
        all.retain(|outline| !outline.is_empty());
        all
    }

    /// Which of these statements could do, by the worlds of the record as it is: those that fix what the facts leave open, those
    /// that are news, or both.
    fn promising(
        &self,
        record: &Record<'b>,
        claim: &Statement,
        verdict: Verdict,
        reference: i64,
        open: &[Fixed],
        asked: &[Statement],
    ) -> Vec<Vec<Statement>> {
        let assumptions = self.settings().assumptions;
        let (reading, positive) = contrary_of(verdict, reference, assumptions);
        let mut question = record.prepared.clone();
        let mut lines: Vec<(Lit, bool, &Statement)> = Vec::new();
        for fixed in open {
            let mut parts = Vec::new();
            for (term, day) in [(fixed.from, fixed.days.0), (fixed.to, fixed.days.1)] {
                let day = Term::number(day);
                parts.extend([question.world.le(term, day), question.world.le(day, term)]);
            }
            if let Known::Lit(lit) = question.world.all(&parts) {
                lines.push((lit, false, &fixed.statement));
            }
        }
        for (number, statement) in asked.iter().enumerate() {
            question.world.origin = Origin::Fact(self.facts().saturating_add(number));
            let as_fact = Reading { strong: true, boundaries: false, fact: true, reference };
            if let Known::Lit(lit) = question.world.dated_statement(statement, as_fact, true) {
                lines.push((lit, true, statement));
            }
        }
        question.world.origin = Origin::Declared;
        ask::declare_kinds(&mut question, claim);
        question.world.origin = Origin::Claim;
        let (recorded, from) = (question.recorded, question.world.mentions.len());
        let Known::Lit(goal) = question.world.statement(claim, reading, positive) else { return Vec::new() };
        question.assume_once(from, recorded);
        let (facts, more) = record.assumed(assumptions);
        let mut found: Vec<Vec<Statement>> = Vec::new();
        for wanted in [&[false][..], &[true], &[false, true]] {
            let with: Vec<Lit> = lines.iter().filter(|(_, news, _)| wanted.contains(news)).map(|(lit, _, _)| *lit).collect();
            if with.is_empty() {
                continue;
            }
            let all: Vec<Lit> =
                std::iter::once(goal).chain(facts.iter().copied()).chain(more.iter().copied()).chain(with.iter().copied()).collect();
            if let Outcome::Unsatisfiable(core) = question.consistent(&all, &mut BUDGET.clone()) {
                let core = ask::minimal(&mut question, core, &with);
                let told: Vec<Statement> =
                    lines.iter().filter(|(lit, _, _)| core.contains(lit)).map(|(_, _, statement)| (*statement).clone()).collect();
                if !found.contains(&told) {
                    found.push(told);
                }
            }
        }
        found
    }

    /// A world of this record in which the claim is so (in its strong reading), or is not so (in its weak one); by preference
    /// one whose days lie where the record is.
    fn world(&self, record: &Record<'b>, claim: &Statement, verdict: Verdict, reference: i64) -> Option<Found<'b>> {
        let assumptions = self.settings().assumptions;
        let positive = verdict == Verdict::Supported;
        let reading = Reading { strong: positive, boundaries: assumptions.boundaries, fact: false, reference };
        let mut question = record.prepared.clone();
        question.world.origin = Origin::Declared;
        ask::declare_kinds(&mut question, claim);
        question.world.origin = Origin::Claim;
        let (recorded, from) = (question.recorded, question.world.mentions.len());
        let goal = match question.world.statement(claim, reading, positive) {
            Known::True => question.world.truth(),
            Known::False => return None,
            Known::Lit(goal) => goal,
        };
        question.assume_once(from, recorded);
        let (facts, more) = record.assumed(assumptions);
        let must: Vec<Lit> = std::iter::once(goal).chain(facts).chain(more).collect();
        let mut wishes = wishes(&mut question, reference);
        for _ in 0..MOST_WISHES_GIVEN_UP {
            let all: Vec<Lit> = must.iter().chain(&wishes).copied().collect();
            match question.consistent(&all, &mut BUDGET.clone()) {
                Outcome::Satisfiable(model) => return Some(Found { question, model, from }),
                Outcome::TooCostly => return None,
                Outcome::Unsatisfiable(core) => wishes.retain(|wish| !core.contains(wish)),
            }
        }
        match question.consistent(&must, &mut BUDGET.clone()) {
            Outcome::Satisfiable(model) => Some(Found { question, model, from }),
            _ => None,
        }
    }

    /// What the facts leave open of their days, as the world has it.
    fn left_open(&self, found: &Found<'_>, reference: i64) -> Vec<Fixed> {
        let world = &found.question.world;
        let open = |mention: &&Mention| [mention.from, mention.to].into_iter().any(|term| is_open(found, term));
        let told = roots(world.mentions.iter().take(found.question.recorded), |origin| matches!(origin, Origin::Fact(_)));
        told.into_iter()
            .filter(open)
            .filter_map(|mention| {
                let like = match mention.origin {
                    Origin::Fact(at) => self.fact(at).map(|fact| fact.statement.clauses()),
                    _ => None,
                };
                let statement = in_world(&found.model, mention, &like.unwrap_or_default(), reference, &self.base().vocabulary)?;
                let day = |term: Term| found.model.number(term.unknown).saturating_add(term.offset);
                let days = (day(mention.from), day(mention.to));
                Some(Fixed { from: mention.from, to: mention.to, days, statement })
            })
            .collect()
    }

    /// What the claim asks of the world, as the world has it.
    fn asked(&self, found: &Found<'_>, claim: &Statement, reference: i64) -> Vec<Statement> {
        let clauses = claim.clauses();
        let asked = roots(found.question.world.mentions.iter().skip(found.from), |origin| origin == Origin::Claim);
        let vocabulary = &self.base().vocabulary;
        asked.into_iter().filter_map(|mention| in_world(&found.model, mention, &clauses, reference, vocabulary)).collect()
    }
}

/// A claim in its own words, or their contrary; each way in which it could be.
pub(super) fn in_own_words(claim: &Statement, verdict: Verdict, reference: Option<i64>, vocabulary: &Vocabulary) -> Vec<Vec<Statement>> {
    let day = reference.map(Day::from_epoch_days);
    if verdict == Verdict::Supported {
        let mut all = affirmed(claim, day, vocabulary);
        all.push(vec![claim.clone()]);
        all
    } else {
        denied(claim, day, vocabulary)
    }
}

fn affirmed(claim: &Statement, day: Option<Day>, vocabulary: &Vocabulary) -> Vec<Vec<Statement>> {
    match &claim.body {
        Body::Clause(clause) => {
            vec![vec![whole(dated(clause.as_ref().clone(), TimeWord::On, day, vocabulary))], vec![claim.clone()]]
        }
        Body::All(parts) => {
            vec![parts.iter().filter_map(|part| affirmed(part, day, vocabulary).into_iter().next()).flatten().collect()]
        }
        Body::Any(parts) => parts.iter().flat_map(|part| affirmed(part, day, vocabulary)).collect(),
        Body::Passed(_) => vec![vec![claim.clone()]],
    }
}

fn denied(claim: &Statement, day: Option<Day>, vocabulary: &Vocabulary) -> Vec<Vec<Statement>> {
    match &claim.body {
        Body::Clause(clause) => {
            let was_denied = clause.negated || clause.aspect.never;
            let aspect = Aspect { never: false, ..clause.aspect };
            let mut contrary = Clause { negated: !was_denied, aspect, ..clause.as_ref().clone() };
            // A claim is false only if it is so on none of the days that it may mean.
            for time in &mut contrary.times {
                if let Time::Window { days, .. } = time {
                    *days = When::exact(days.weak.clone(), days.grain);
                }
            }
            let word = if was_denied || clause.tense == Tense::Present { TimeWord::On } else { TimeWord::By };
            let mut all = vec![vec![whole(dated(contrary.clone(), word, day, vocabulary))], vec![whole(contrary.clone())]];
            // "Aleppo and Hama fell": it is enough that one did not.
            if let Some((role, names)) = joined(clause).filter(|_| !was_denied) {
                for name in names {
                    let mut one = contrary.clone();
                    if let Some(slot) = one.roles.get_mut(role) {
                        *slot = Filler::Name(name, Span::default());
                    }
                    all.push(vec![whole(dated(one, word, day, vocabulary))]);
                }
            }
            // "After D", of a state, may be at any time to come.
            if let Some(later) = on_all_later_days(&contrary).filter(|_| !was_denied) {
                all.push(vec![whole(later)]);
            }
            // Another number does, where there can be only one.
            if !was_denied && let Some(other) = other_number(clause) {
                all.push(vec![whole(dated(other, TimeWord::On, day, vocabulary))]);
            }
            all
        }
        Body::All(parts) => parts.iter().flat_map(|part| denied(part, day, vocabulary)).collect(),
        Body::Any(parts) => vec![parts.iter().filter_map(|part| denied(part, day, vocabulary).into_iter().next()).flatten().collect()],
        Body::Passed(_) => Vec::new(),
    }
}

/// The same on every day that comes after, instead of on some.
fn on_all_later_days(clause: &Clause) -> Option<Clause> {
    let mut clause = clause.clone();
    let after = clause.times.iter_mut().find_map(|time| match time {
        Time::Window { word: word @ TimeWord::After, days, .. } => Some((word, days)),
        _ => None,
    });
    let (word, days) = after?;
    let first = days.weak.last().filter(|day| day.is_finite())?.succ();
    (*word, *days) = (TimeWord::On, When::between(first, Day::MAX, Grain::Length));
    Some(clause)
}

/// The same with the nearest number that the claim cannot mean.
fn other_number(clause: &Clause) -> Option<Clause> {
    clause.roles.iter().enumerate().find_map(|(role, filler)| {
        let beside = |quantity: &Quantity, unit: i64| {
            // Below where there is anything below, since above there may be no end.
            let below = quantity.weak.low.checked_sub(unit).filter(|number| *number >= 0);
            let number = below.or_else(|| quantity.weak.high.checked_add(unit));
            let exactly = Interval { low: number?, high: number? };
            Some(Quantity { strong: exactly, weak: exactly })
        };
        let other = match filler {
            Filler::Number(measure, span) => Filler::Number(Measure { quantity: beside(&measure.quantity, 1000)?, ..*measure }, *span),
            Filler::Counted(counted) => Filler::Counted(Counted { quantity: beside(&counted.quantity, 1)?, ..counted.clone() }),
            _ => return None,
        };
        let mut clause = clause.clone();
        *clause.roles.get_mut(role)? = other;
        Some(clause)
    })
}

/// The role that several names fill together, with the names.
fn joined(clause: &Clause) -> Option<(usize, Vec<NameId>)> {
    clause.roles.iter().enumerate().find_map(|(role, filler)| match filler {
        Filler::Several(group) if !group.any && !group.neither && !group.only => {
            Some((role, group.names.iter().map(|(name, _)| *name).collect()))
        }
        _ => None,
    })
}

/// A statement that gives no date, with one.
fn dated(clause: Clause, word: TimeWord, day: Option<Day>, vocabulary: &Vocabulary) -> Clause {
    let Some(day) = day.filter(|_| clause.times.is_empty() && !vocabulary.relation(clause.relation).permanent) else { return clause };
    let time = Time::Window { word, days: one(day), second: None, span: Span::default(), date_span: Span::default() };
    Clause { tense: Tense::Past, times: vec![time], ..clause }
}

fn is_open(found: &Found<'_>, term: Term) -> bool {
    let (low, high) = found.question.world.span(term);
    term.unknown != Unknown::ORIGIN && low != high
}

/// That all days lie between the first that is recorded and the reference day.
fn wishes(question: &mut Prepared<'_>, reference: i64) -> Vec<Lit> {
    let near = |day: &i64| Day::from_epoch_days(*day).is_finite();
    let world = &mut question.world;
    let told = world.mentions.iter().filter(|mention| matches!(mention.origin, Origin::Fact(_)));
    let first = told.flat_map(|mention| [world.span(mention.from).0, world.span(mention.to).1]).filter(near).min();
    let from = Term::number(first.unwrap_or(reference).min(reference));
    let open: Vec<(Term, Term)> =
        world.mentions.iter().filter(|m| m.from.unknown != Unknown::ORIGIN && m.inside).map(|m| (m.from, m.to)).collect();
    let mut wishes = Vec::new();
    for (start, end) in open {
        for wish in [world.le(from, start), world.le(end, Term::number(reference))] {
            if let Known::Lit(lit) = wish
                && !wishes.contains(&lit)
            {
                wishes.push(lit);
            }
        }
    }
    wishes
}
