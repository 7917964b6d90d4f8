//! A phrasing in the voice of a verb: active as declared, passive turned round.
//!
//! In: a phrasing and a verb group. Out: what stands before the verb and what behind it. Never: looks at a statement's words.

use std::sync::Arc;

use super::reader::Voice;
use super::verb_group::VerbGroup;
use crate::vocabulary::{Part, Phrasing};

/// The passive of a phrasing: what stands behind the verb moves in front, the agent behind; it may be left out. What moves is
/// the direct object ("Aleppo was captured"), the object of a verb with a particle ("Globex was taken over"), or the noun of
/// an idiom with what belongs to it ("control of Homs was lost").
pub(super) fn passive(before: &[Part], after: &[Part]) -> Vec<Voice> {
    let [Part::Slot { role: agent, possessive: false }] = before else { return Vec::new() };
    let by = Part::Optional(vec![Part::Words(Arc::from(["by".to_owned()])), Part::Slot { role: *agent, possessive: false }]);
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
pub(super) fn voices(phrasing: &Phrasing, group: &VerbGroup) -> Vec<Voice> {
    let has = |part: &Part, adverb: &str| match part {
        Part::Words(words) => words.iter().any(|word| word == adverb),
        Part::Optional(inner) => matches!(inner.as_slice(), [Part::Words(words)] if words.iter().any(|word| word == adverb)),
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
