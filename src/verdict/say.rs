//! What a mention says, as a statement in our own language: who, what, and the days that it has in one world.
//!
//! In: a mention, a world's days, and clauses whose manner of speaking is taken over. Out: a statement, or nothing where there
//! are no words for it. Never: asks whether it is so.

use super::solver::Model;
use super::world::{Arg, Fluent, Mention, Origin, Term};
use crate::statement::{Body, Clause, Filler, Measure, Quantity, Statement, Tense, Time, TimeWord};
use crate::syntax::Interval;
use crate::text::Span;
use crate::time::{Day, DaySet, Grain, When};
use crate::vocabulary::{IS_A, Sort, Vocabulary};

/// A mention as a statement with its days in a world; nothing if it does not count there or cannot be said.
pub(super) fn in_world(model: &Model, mention: &Mention, like: &[&Clause], reference: i64, vocabulary: &Vocabulary) -> Option<Statement> {
    if !model.holds(mention.guard) {
        return None;
    }
    let relation = vocabulary.relation(mention.fluent.relation);
    let mut clause = in_the_manner_of(&mention.fluent, mention.value.map(|value| model.number(value)), like)?;
    clause.negated = !mention.inside;
    let day = |term: Term| {
        let finite = term != Term::START && term != Term::END;
        let day = Day::from_epoch_days(model.number(term.unknown).saturating_add(term.offset));
        (finite && day.is_finite()).then_some(day)
    };
    if relation.permanent {
        clause.tense = Tense::Present;
        return Some(whole(clause));
    }
    let (from, to) = (day(mention.from), day(mention.to));
    let (word, days, second) = match (from, to) {
        (Some(from), Some(to)) if from > to => return None,
        _ if relation.sort == Sort::Event => (TimeWord::On, one(from?), None),
        (Some(from), Some(to)) if mention.begins && mention.closed => (TimeWord::FromTo, one(from), Some(one(to))),
        (Some(from), Some(to)) if mention.begins && from < to => {
            if to.epoch_days() < reference {
                return None;
            }
            clause.tense = Tense::Perfect;
            (TimeWord::Since, one(from), None)
        }
        (Some(from), Some(to)) if from == to && mention.closed && mention.inside => (TimeWord::Until, one(from), None),
        (Some(from), Some(to)) if from == to => (TimeWord::On, one(from), None),
        (Some(from), Some(to)) if mention.inside => (TimeWord::Throughout, When::between(from, to, Grain::Length), None),
        (Some(from), Some(to)) => (TimeWord::On, When::between(from, to, Grain::Length), None),
        (None, Some(to)) if !mention.inside => (TimeWord::By, one(to), None),
        (Some(from), None) if !mention.inside && mention.to == Term::END => {
            (TimeWord::On, When::between(from, Day::MAX, Grain::Length), None)
        }
        _ => return None,
    };
    clause.times = vec![Time::Window { word, days, second, span: Span::default(), date_span: Span::default() }];
    Some(whole(clause))
}

/// A fluent as a clause, phrased as one of these that speaks of the same.
fn in_the_manner_of(fluent: &Fluent, value: Option<i64>, like: &[&Clause]) -> Option<Clause> {
    let mut roles = Vec::new();
    for arg in &fluent.args {
        roles.push(match arg {
            Arg::Any => Filler::Open,
            Arg::Name(name) => Filler::Name(*name, Span::default()),
            Arg::Kind(kind) if fluent.relation == IS_A => Filler::Kind(*kind, Span::default()),
            Arg::Value(unit) => {
                let exactly = Interval { low: value?, high: value? };
                let quantity = Quantity { strong: exactly, weak: exactly };
                Filler::Number(Measure { quantity, unit: *unit }, Span::default())
            }
            Arg::Kind(_) | Arg::Unnamed(..) | Arg::AllOf { .. } | Arg::Content(..) => return None,
        });
    }
    let filled = |clause: &&&Clause| {
        clause.relation == fluent.relation
            && clause.roles.len() == roles.len()
            && clause.roles.iter().zip(&roles).all(|(theirs, ours)| (*theirs == Filler::Open) == (*ours == Filler::Open))
    };
    let manner = like.iter().find(filled);
    Some(Clause {
        circumstances: fluent.circumstances.iter().map(|name| (*name, Span::default())).collect(),
        phrasing: manner.and_then(|clause| clause.phrasing),
        passive: manner.is_some_and(|clause| clause.passive),
        ..Clause::of(fluent.relation, roles, Span::default())
    })
}

/// Of mentions that count together the first one: the others follow from it.
pub(super) fn roots<'m>(mentions: impl Iterator<Item = &'m Mention>, wanted: impl Fn(Origin) -> bool) -> Vec<&'m Mention> {
    let mut found: Vec<&Mention> = Vec::new();
    for mention in mentions.filter(|mention| wanted(mention.origin)) {
        if !found.iter().any(|root| root.guard == mention.guard) {
            found.push(mention);
        }
    }
    found
}

/// Just that day.
pub(super) fn one(day: Day) -> When {
    When::exact(DaySet::day(day), Grain::Day)
}

/// A clause that stands for itself.
pub(super) fn whole(clause: Clause) -> Statement {
    Statement { body: Body::Clause(Box::new(clause)), span: Span::default() }
}
