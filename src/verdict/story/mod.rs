//! The two stories of an unknown: what the record could still come to say, so that the claim is true, and so that it is false.
//!
//! In: a claim that is unknown. Out: for either side a few dated statements in our own language. Taken into the record as facts
//! they contradict nothing in it, and the claim is then supported, or contradicted. Where the sources disagree, what each
//! side has of it. Never: shows a story that has not been tried so, or one that is longer than it must be.
//!
//! Where a story comes from matters little, since it is tried: from a world of the kind (the days on which it has what the
//! record leaves open, and what the claim asks of it), else from the claim's own words and their contrary.

mod outline;

use std::sync::Arc;

use super::ask::{Excluded, contrary_of};
use super::judge::{Judge, Records};
use super::prepare::Counting;
use super::{Assumption, Code, Judgement, Verdict};
use crate::facts::{Fact, last_day, said};
use crate::statement::{Body, Context, Statement, in_words, resolve};
use crate::syntax;
use crate::text::Document;
use crate::time::Day;

/// What would make an unknown claim true, and what would make it false: statements that can be added to the record as facts.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, schemars::JsonSchema)]
pub struct Stories {
    /// With these the claim is supported; nothing where no such story was found.
    #[serde(rename = "true")]
    pub supported: Option<Vec<String>>,
    /// With these it is contradicted.
    #[serde(rename = "false")]
    pub contradicted: Option<Vec<String>>,
}

impl Stories {
    fn known(self) -> Option<Self> {
        (self.supported.is_some() || self.contradicted.is_some()).then_some(self)
    }
}

/// More statements than this are not tried together.
const MOST_TOLD: usize = 24;

/// A longer story than this explains nothing.
const LONGEST: usize = 5;

/// One statement of a story, in words that were read again.
#[derive(Clone, Debug, PartialEq)]
struct Told {
    words: String,
    statement: Statement,
}

/// What of the record a story must leave as it is.
struct Before<'a> {
    disputed: &'a [usize],
    unbearable: Vec<Assumption>,
}

impl Judge<'_> {
    /// The two stories of a claim that is unknown; `text` is its own words.
    pub fn stories(&self, text: &str, claim: &Statement, judgement: &Judgement, as_of: Option<Day>) -> Option<Stories> {
        if judgement.verdict != Verdict::Unknown || matches!(judgement.code, Code::UnknownName | Code::TooCostly) {
            return None;
        }
        if self.is_saying(claim) {
            let before = Before { disputed: &[], unbearable: Vec::new() };
            let reference = self.reference(as_of, judgement.horizon.map(Day::epoch_days));
            let side = |verdict: Verdict| {
                outline::in_own_words(claim, verdict, reference, &self.base().vocabulary)
                    .into_iter()
                    .find_map(|told| self.tried(&told, text, claim, verdict, as_of, &before))
            };
            return Stories { supported: side(Verdict::Supported), contradicted: side(Verdict::Contradicted) }.known();
        }
        let facts = self.relevant(claim);
        let reference = self.reference(as_of, self.horizon(&facts))?;
        let records = self.records(&facts, Counting::Record { voice: self.settings().assumptions.voice });
        if judgement.code == Code::SourcesDisagree {
            return self.sides(&records, claim, reference).known();
        }
        let before = Before { disputed: &records.disputed, unbearable: unbearable(&records) };
        let side = |verdict: Verdict| {
            self.outlines(claim, verdict, reference, &records)
                .into_iter()
                .find_map(|told| self.tried(&told, text, claim, verdict, as_of, &before))
        };
        Stories { supported: side(Verdict::Supported), contradicted: side(Verdict::Contradicted) }.known()
    }

    /// What each side has of a matter on which the sources disagree.
    fn sides(&self, records: &Records<'_>, claim: &Statement, reference: i64) -> Stories {
        let mut stories = Stories::default();
        for record in &records.believable {
            let decision = self.decide(record, claim, reference, self.settings().assumptions, None);
            let own = decision.facts.iter().filter(|at| records.disputed.contains(at)).filter_map(|at| self.fact(*at));
            let told: Vec<String> = own.map(|fact| in_words(&fact.statement, &self.base().vocabulary)).collect();
            let slot = match decision.verdict {
                Verdict::Supported => &mut stories.supported,
                Verdict::Contradicted => &mut stories.contradicted,
                Verdict::Unknown => continue,
            };
            if slot.is_none() && !told.is_empty() {
                *slot = Some(told);
            }
        }
        stories
    }

    /// The story of these statements, with as few of them as do, if it is one.
    fn tried(
        &self,
        outline: &[Statement],
        text: &str,
        claim: &Statement,
        verdict: Verdict,
        as_of: Option<Day>,
        before: &Before<'_>,
    ) -> Option<Vec<String>> {
        let mut told: Vec<Told> = Vec::new();
        for statement in outline.iter().take(MOST_TOLD) {
            // What cannot be said in words that mean the same is left out; the rest may do.
            if let Some(one) =
                self.told(statement, (statement == claim).then_some(text)).filter(|one| !told.iter().any(|other| other.words == one.words))
            {
                told.push(one);
            }
        }
        let mut needed = self.carries(&told, claim, verdict, as_of, before)?;
        // What the proof does not take is left out at once, the rest one by one.
        if needed.len() < told.len() && self.carries(&needed, claim, verdict, as_of, before).is_none() {
            needed = told;
        }
        let mut at = needed.len();
        while let Some(next) = at.checked_sub(1) {
            at = next;
            if needed.len() > 1 {
                let fewer: Vec<Told> = needed.iter().enumerate().filter(|(other, _)| *other != at).map(|(_, one)| one.clone()).collect();
                if self.carries(&fewer, claim, verdict, as_of, before).is_some() {
                    needed = fewer;
                }
            }
        }
        (needed.len() <= LONGEST).then(|| needed.into_iter().map(|one| one.words).collect())
    }

    /// A statement in words, as they are read again: in those of the vocabulary, else as they were written.
    fn told(&self, statement: &Statement, written: Option<&str>) -> Option<Told> {
        let ours = self.read_again(in_words(statement, &self.base().vocabulary));
        ours.or_else(|| self.read_again(written?.trim_end_matches('.').to_owned()))
    }

    fn read_again(&self, words: String) -> Option<Told> {
        let vocabulary = &self.base().vocabulary;
        // Its dates are written in full, so there is nothing for them to lean on.
        let read = syntax::statement(&words).and_then(|written| resolve(&written, &words, vocabulary, &Context::default())).ok()?;
        (read.unknown_name().is_none()).then_some(Told { words, statement: read })
    }

    /// Whether a claim gets this verdict once these statements are taken into the record, and nothing else there changes; which
    /// of them the proof takes.
    fn carries(&self, told: &[Told], claim: &Statement, verdict: Verdict, as_of: Option<Day>, before: &Before<'_>) -> Option<Vec<Told>> {
        if told.is_empty() {
            return None;
        }
        let judge = self.supposing(told.iter().map(|one| self.as_fact(one)).collect());
        let used = if self.is_saying(claim) {
            let judgement = judge.judge(claim, as_of);
            (judgement.verdict == verdict).then_some(judgement.facts)?
        } else {
            let facts = judge.relevant(claim);
            let reference = judge.reference(as_of, judge.horizon(&facts))?;
            let assumptions = self.settings().assumptions;
            let records = judge.records(&facts, Counting::Record { voice: assumptions.voice });
            if records.disputed != before.disputed || unbearable(&records).iter().any(|one| !before.unbearable.contains(one)) {
                return None;
            }
            let (reading, positive) = contrary_of(verdict, reference, assumptions);
            let mut used = Vec::new();
            for record in &records.believable {
                match judge.excluded(record, claim, reading, positive, assumptions, &used) {
                    Excluded::Yes { facts, .. } => used.extend(facts),
                    Excluded::No | Excluded::TooCostly => return None,
                }
            }
            used.sort_unstable();
            used.dedup();
            used
        };
        let first = self.base().facts.len();
        Some(used.iter().filter_map(|at| told.get(at.checked_sub(first)?)).cloned().collect())
    }

    /// A statement as a fact that nobody quotes, as the loader would read it.
    fn as_fact(&self, told: &Told) -> Fact {
        let document = match self.base().sources.as_slice() {
            [only] => only.date,
            _ => None,
        };
        let speaker = match &told.statement.body {
            Body::Clause(clause) => said(clause, &self.base().vocabulary).map(|(name, _, _)| name),
            _ => None,
        };
        Fact {
            statement: told.statement.clone(),
            words: told.words.clone(),
            document: Arc::new(Document::new("story", told.words.as_str())),
            span: told.statement.span,
            quotes: Vec::new(),
            per: speaker,
            horizon: document.or(self.base().horizon).or_else(|| last_day(&told.statement)),
        }
    }

    fn is_saying(&self, claim: &Statement) -> bool {
        matches!(&claim.body, Body::Clause(clause) if said(clause, &self.base().vocabulary).is_some())
    }
}

/// The assumptions that some part of the record does not bear.
fn unbearable(records: &Records<'_>) -> Vec<Assumption> {
    let mut all: Vec<Assumption> = records.believable.iter().flat_map(|record| record.unbearable.iter().copied()).collect();
    all.sort_unstable();
    all.dedup();
    all
}
