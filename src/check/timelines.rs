//! Timelines of what the claims of a run speak of, and of what else the record tells.
//!
//! In: a judge, and statements with their places. Out: [`Timeline`]s. Never: tells what a claim could not say.

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

use crate::report::{Claimed, Held, Timeline};
use crate::statement::Statement;
use crate::text::{Document, Span};
use crate::verdict::{Judge, Seat, seats, spoken, tenures};

/// How many are told of one record; those that claims speak of go first.
const MOST_TIMELINES: usize = 40;

/// The timelines, and how many more there would be.
pub fn timelines<'c>(
    judge: &Judge<'_>,
    claims: impl IntoIterator<Item = (&'c Arc<Document>, Span, &'c Statement)>,
) -> (Vec<Timeline>, usize) {
    let vocabulary = &judge.base().vocabulary;
    let mut asked: BTreeMap<Seat, Vec<Claimed>> = seats(judge).into_iter().map(|seat| (seat, Vec::new())).collect();
    for (document, span, statement) in claims {
        for (seat, days) in spoken(statement, vocabulary) {
            // Of what no fact speaks there is nothing to draw.
            let Some(of_seat) = asked.get_mut(&seat) else { continue };
            if of_seat.last().is_none_or(|last| last.span != span || last.days != days || last.document.name() != document.name()) {
                of_seat.push(Claimed { document: Arc::clone(document), span, days });
            }
        }
    }
    let title = |seat: Seat| {
        // Some states are called *leader of*.
        let state = &vocabulary.relation(seat.relation).name;
        format!("{} of {}", state.strip_suffix(" of").unwrap_or(state), vocabulary.name(seat.of).name)
    };
    let mut asked: Vec<(String, Seat, Vec<Claimed>)> = asked.into_iter().map(|(seat, claims)| (title(seat), seat, claims)).collect();
    asked.sort_by(|(a, _, in_a), (b, _, in_b)| (in_a.is_empty(), a).cmp(&(in_b.is_empty(), b)));
    let mut left_out = asked.len().saturating_sub(MOST_TIMELINES);
    asked.truncate(MOST_TIMELINES);
    let end = judge.base().end();
    let told = asked.into_par_iter().map(|(title, seat, mut claims)| {
        claims.sort_by(|a, b| (a.document.name(), a.span).cmp(&(b.document.name(), b.span)));
        let held = tenures(judge, seat)?.into_iter().map(|tenure| Held {
            holder: vocabulary.name(tenure.holder).name.clone(),
            from: tenure.from,
            to: tenure.to,
            earliest: tenure.earliest,
            latest: tenure.latest,
            assumptions: tenure.assumptions,
        });
        Some(Timeline { title, held: held.collect(), end, claims })
    });
    let told: Vec<Option<Timeline>> = told.collect();
    left_out = left_out.saturating_add(told.iter().filter(|timeline| timeline.is_none()).count());
    // Where the record is sure of nobody, there is nothing to draw.
    (told.into_iter().flatten().filter(|timeline| !timeline.held.is_empty()).collect(), left_out)
}
