//! "X announced that c": against what X is recorded as saying, on the content alone.

use super::ask::Decision;
use super::judge::Judge;
use super::prepare::Counting;
use super::{Assumptions, Code, Judgement, Verdict};
use crate::facts::said;
use crate::statement::{Body, Clause, Filler, Statement};
use crate::time::Day;
use crate::vocabulary::{NameId, RelationId, Tie};

impl Judge<'_> {
    /// "X announced that c": against what X is recorded as saying.
    pub(super) fn attributed(&self, claim: &Statement, clause: &Clause, as_of: Option<Day>) -> Judgement {
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
        let Some((speaker, content, denies)) = said(clause, &self.base().vocabulary) else {
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
            return Judgement { horizon: self.end(), ..Judgement::plain(Verdict::Unknown, Code::NoRecord) };
        }
        let all: Vec<usize> = sayings.clone();
        let records = self.records(&all, Counting::Contents);
        let end = self.horizon(&all);
        let reference = as_of.or(self.settings().as_of).map(Day::epoch_days).or(end).unwrap_or(0);
        let quiet = Assumptions { voice: true, ..self.settings().assumptions };
        let (whole, disputed) = self.decide_all(&records, content, reference, quiet);
        let strict = || self.decide_all(&records, content, reference, Assumptions { voice: true, ..Assumptions::NONE }).0.verdict;
        let shown = |decision: &Decision, code: Code| Judgement {
            strict: strict(),
            facts: decision.facts.clone(),
            assumptions: decision.assumptions.clone(),
            reference: Some(Day::from_epoch_days(reference)),
            horizon: end.map(Day::from_epoch_days),
            ..Judgement::plain(decision.verdict, code)
        };
        if disputed {
            return Judgement { facts: records.disputed.clone(), ..shown(&whole, Code::SourcesDisagree) };
        }
        match whole.verdict {
            Verdict::Unknown => shown(&whole, Code::TooVague),
            // What was said on one day says nothing of what was said on another.
            Verdict::Contradicted if whole.facts.iter().any(|at| self.said_otherwise(claim, clause, *at, as_of)) => {
                shown(&Decision::unknown(false), Code::TooVague)
            }
            Verdict::Contradicted => {
                let code = self.code_of_contradiction(content, &records, &whole, reference);
                shown(&whole, code)
            }
            Verdict::Supported => self.said_then(claim, clause, content, &all, reference, as_of).unwrap_or_else(|| {
                // Several sayings together support it, none alone: each of them must have been said then.
                let undated = |at: &&usize| self.saying_dated(claim, clause, **at, as_of).verdict != Verdict::Supported;
                match whole.facts.iter().filter(|at| all.contains(at)).find(undated) {
                    Some(at) => {
                        let other = self.saying_dated(claim, clause, *at, as_of);
                        Judgement { verdict: Verdict::Unknown, strict: Verdict::Unknown, code: Code::TooVague, facts: vec![*at], ..other }
                    }
                    None => shown(&whole, Code::Follows),
                }
            }),
        }
    }

    /// One saying alone says so: was it said then? Of several the one that says so without assumptions, else the first.
    fn said_then(
        &self,
        claim: &Statement,
        clause: &Clause,
        content: &Statement,
        sayings: &[usize],
        reference: i64,
        as_of: Option<Day>,
    ) -> Option<Judgement> {
        let alone = |at: usize, assumptions: Assumptions| {
            self.decide_all(&self.records(&[at], Counting::Contents), content, reference, Assumptions { voice: true, ..assumptions }).0
        };
        let (mut supported, mut wrong, mut open) = (None, None, None);
        for at in sayings {
            let says_so = alone(*at, self.settings().assumptions);
            if says_so.verdict != Verdict::Supported {
                continue;
            }
            // What it takes to read the claim in the words that were said.
            let plainly = says_so.assumptions.is_empty() || alone(*at, Assumptions::NONE).verdict == Verdict::Supported;
            let judged = self.saying_dated(claim, clause, *at, as_of);
            match judged.verdict {
                Verdict::Supported => {
                    let strict = if plainly { judged.strict } else { Verdict::Unknown };
                    let mut assumptions = judged.assumptions.clone();
                    assumptions.extend(says_so.assumptions);
                    assumptions.sort_unstable();
                    assumptions.dedup();
                    let judged = Judgement { strict, assumptions, facts: vec![*at], code: Code::Recorded, ..judged };
                    if strict == Verdict::Supported {
                        return Some(judged);
                    }
                    supported = supported.or(Some(judged));
                }
                Verdict::Contradicted => wrong = Some(Judgement { facts: vec![*at], ..judged }),
                Verdict::Unknown => open = Some(judged),
            }
        }
        supported.or(open).or(wrong)
    }

    /// Whether a claim says when it was said, and this saying was not said then for certain.
    fn said_otherwise(&self, claim: &Statement, clause: &Clause, at: usize, as_of: Option<Day>) -> bool {
        !clause.times.is_empty() && self.saying_dated(claim, clause, at, as_of).verdict != Verdict::Supported
    }

    /// Whether a recorded saying, whatever its words, fits the claim's own date.
    fn saying_dated(&self, claim: &Statement, clause: &Clause, at: usize, as_of: Option<Day>) -> Judgement {
        let Some(Body::Clause(recorded)) = self.fact(at).map(|fact| &fact.statement.body) else {
            return Judgement::plain(Verdict::Unknown, Code::NoRecord);
        };
        let content = recorded.roles.iter().find(|filler| matches!(filler, Filler::Said(_))).cloned();
        let mut same = clause.clone();
        for filler in &mut same.roles {
            if let (Filler::Said(_), Some(content)) = (&*filler, &content) {
                *filler = content.clone();
            }
        }
        self.judge_by(&Statement { body: Body::Clause(Box::new(same)), span: claim.span }, as_of, |_| Counting::Sayings)
    }

    /// The recorded sayings of a speaker, or of a part of that speaker, in a verb that says as much.
    fn sayings(&self, speaker: NameId, verb: RelationId) -> Vec<usize> {
        let vocabulary = &self.base().vocabulary;
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
        (0..self.facts())
            .filter(|at| {
                let Some(Body::Clause(clause)) = self.fact(*at).map(|fact| &fact.statement.body) else { return false };
                let told = !clause.negated && !clause.aspect.never;
                told && said(clause, vocabulary).is_some_and(|(name, _, _)| vocabulary.is_part_of(name, speaker))
                    && says_as_much(clause.relation)
            })
            .collect()
    }
}
