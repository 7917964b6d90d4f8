//! How a verdict comes about, for whoever asks: the steps from the facts to it, what it would be without each assumption, and
//! what was looked at beside the facts that decide.
//!
//! In: a claim. Out: a [`Derivation`]. Never: gives a step that is not itself supported; it can be checked like any claim.

use super::ask::BUDGET;
use super::explain::{Explanation, explain};
use super::judge::{Judge, Record};
use super::prepare::Counting;
use super::say::in_world;
use super::solver::{Lit, Outcome};
use super::world::{Arg, Origin};
use super::{Assumption, Assumptions, Code, Judgement, Settings, Verdict};
use crate::statement::{Clause, Context, Filler, Statement, in_words, resolve};
use crate::syntax;
use crate::time::Day;
use crate::vocabulary::{NameId, RelationId};

/// More steps than this are not shown.
const MOST_STEPS: usize = 5;

/// More facts that were not used than this are only counted.
const MOST_UNUSED: usize = 5;

/// A verdict with all that is said of how it comes about.
#[derive(Clone, Debug)]
pub struct Derivation {
    /// The verdict with the facts and assumptions that decide it.
    pub judgement: Judgement,
    /// Why, in words.
    pub explanation: Explanation,
    /// What follows from the facts on the way, each a statement that can itself be checked.
    pub steps: Vec<String>,
    /// The verdict without each of the assumptions that it rests on.
    pub without: Vec<(Assumption, Verdict)>,
    /// Facts about the same that were looked at and do not decide it.
    pub unused: Vec<Unused>,
    /// How many more of these there are.
    pub unused_more: usize,
}

/// A fact that was looked at and does not decide.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unused {
    /// Its place in the fact base.
    pub fact: usize,
    /// Why it does not decide.
    pub why: Why,
}

/// Why a fact does not decide.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// Its source was published after the day by which things are to be known.
    TooLate,
    /// Somebody is reported as saying so, and that is not taken as so.
    NotBelieved,
    /// It contradicts a fact whose source is preferred.
    GivesWay,
    /// It says the same: one of them is enough.
    SaysAsMuch,
    /// With it the claim can be true or false.
    LeavesOpen,
    /// The verdict is the same without it.
    NothingHangsOnIt,
}

impl Why {
    /// The same in words.
    #[must_use]
    pub fn in_words(self) -> &'static str {
        match self {
            Self::TooLate => "published too late",
            Self::NotBelieved => "only reported, and that is not taken as so here",
            Self::GivesWay => "gives way to a source that is preferred",
            Self::SaysAsMuch => "says as much; one is enough",
            Self::LeavesOpen => "leaves it open",
            Self::NothingHangsOnIt => "nothing hangs on it",
        }
    }
}

/// Derives the verdict on a claim; `text` is the claim's own words.
pub fn derive(judge: &Judge<'_>, text: &str, claim: &Statement, as_of: Option<Day>) -> Derivation {
    let judgement = judge.judge(claim, as_of);
    let explanation = explain(judge, text, claim, &judgement, as_of);
    let without =
        judgement.assumptions.iter().map(|assumption| (*assumption, judge.without(*assumption).judge(claim, as_of).verdict)).collect();
    let steps = judge.steps(claim, &judgement, as_of);
    let mut unused = judge.unused(claim, &judgement, as_of);
    let unused_more = unused.len().saturating_sub(MOST_UNUSED);
    unused.truncate(MOST_UNUSED);
    Derivation { judgement, explanation, steps, without, unused, unused_more }
}

impl<'b> Judge<'b> {
    /// The same judge that does not make an assumption.
    fn without(&self, assumption: Assumption) -> Self {
        let all = self.settings().assumptions;
        let assumptions = match assumption {
            Assumption::Boundaries => Assumptions { boundaries: false, ..all },
            Assumption::Once => Assumptions { once: false, ..all },
            Assumption::Persistence => Assumptions { persistence: false, ..all },
            Assumption::Voice => Assumptions { voice: false, ..all },
        };
        self.under(Settings { assumptions, ..*self.settings() })
    }

    /// What follows from the facts that decide, in the relation that the claim speaks of, and the days that they come to.
    fn steps(&self, claim: &Statement, judgement: &Judgement, as_of: Option<Day>) -> Vec<String> {
        if judgement.verdict == Verdict::Unknown || judgement.facts.is_empty() {
            return Vec::new();
        }
        let vocabulary = &self.base().vocabulary;
        let records = self.records(&self.relevant(claim), Counting::Record { voice: self.settings().assumptions.voice });
        let Some(record) = records.believable.first() else { return Vec::new() };
        let facts = || judgement.facts.iter().filter_map(|at| self.fact(*at));
        let mut known: Vec<String> = facts().map(|fact| in_words(&fact.statement, vocabulary)).collect();
        known.push(in_words(claim, vocabulary));
        let mut steps = Vec::new();
        for statement in self.told_by(record, claim, judgement) {
            let words = in_words(&statement, vocabulary);
            if steps.len() >= MOST_STEPS || known.contains(&words) {
                continue;
            }
            known.push(words.clone());
            let read = syntax::statement(&words).and_then(|written| resolve(&written, &words, vocabulary, &Context::default()));
            if read.is_ok_and(|read| self.judge(&read, as_of).verdict == Verdict::Supported) {
                steps.push(words);
            }
        }
        steps
    }

    /// What the deciding facts, and the assumptions, say of the matter in some world.
    fn told_by(&self, record: &Record<'b>, claim: &Statement, judgement: &Judgement) -> Vec<Statement> {
        let vocabulary = &self.base().vocabulary;
        let mut question = record.prepared.clone();
        let (facts, more) = record.assumed(self.settings().assumptions);
        let assumed: Vec<Lit> = facts.into_iter().chain(more).collect();
        let Outcome::Satisfiable(model) = question.consistent(&assumed, &mut BUDGET.clone()) else { return Vec::new() };
        let matter = matter(claim);
        let relations: Vec<RelationId> =
            claim.clauses().iter().map(|clause| vocabulary.relation(clause.relation).inverse_of.unwrap_or(clause.relation)).collect();
        let reference = judgement.reference.map_or(i64::MAX, Day::epoch_days);
        let mut told = Vec::new();
        for mention in question.world.mentions.iter().take(question.recorded) {
            let like: Vec<&Clause> = match mention.origin {
                Origin::Fact(at) if judgement.facts.contains(&at) => self.fact(at).map(|fact| fact.statement.clauses()).unwrap_or_default(),
                Origin::Assumed if relations.contains(&mention.fluent.relation) => claim.clauses(),
                _ => continue,
            };
            // What only says that a beginning is one, or that somebody was out beside a handover, is no news.
            let side_issue = mention.before_beginning || !mention.inside && mention.closed;
            let shares = mention.fluent.args.iter().any(|arg| matches!(arg, Arg::Name(name) if matter.contains(name)));
            // A day that a fact leaves to others to fix is a step of its own.
            let (low, high) = question.world.span(mention.from);
            let first = !question.world.mentions.iter().take_while(|m| !std::ptr::eq(*m, mention)).any(|m| m.guard == mention.guard);
            let fixed = first && low < high && mention.inside && matches!(mention.origin, Origin::Fact(_));
            if !side_issue && (fixed || shares && relations.contains(&mention.fluent.relation)) {
                told.extend(in_world(&model, mention, &like, reference, vocabulary));
            }
        }
        told
    }

    /// The facts that speak of the claim's matter and do not decide it, each with the reason.
    fn unused(&self, claim: &Statement, judgement: &Judgement, as_of: Option<Day>) -> Vec<Unused> {
        if matches!(judgement.code, Code::UnknownName | Code::WrongWeekday) {
            return Vec::new();
        }
        let vocabulary = &self.base().vocabulary;
        let matter = matter(claim);
        let relevant = self.relevant(claim);
        let records = self.records(&relevant, Counting::Record { voice: self.settings().assumptions.voice });
        let believed: Vec<usize> =
            records.believable.iter().flat_map(|record| record.prepared.selectors.iter().map(|selector| selector.fact)).collect();
        self.relevance()
            .of(claim, vocabulary)
            .into_iter()
            .filter(|at| !judgement.facts.contains(at))
            .filter(|at| self.fact(*at).is_some_and(|fact| names(&fact.statement, 0).iter().any(|name| matter.contains(name))))
            .map(|fact| {
                let reported = self.fact(fact).and_then(|fact| fact.per);
                let why = if !relevant.contains(&fact) {
                    Why::TooLate
                } else if !believed.contains(&fact) {
                    Why::GivesWay
                } else if reported.is_some_and(|speaker| !self.base().believes(speaker, self.settings().assumptions.voice)) {
                    Why::NotBelieved
                } else if judgement.verdict == Verdict::Unknown {
                    Why::LeavesOpen
                } else if self.alone_decides(fact, claim, judgement, as_of) {
                    Why::SaysAsMuch
                } else {
                    Why::NothingHangsOnIt
                };
                Unused { fact, why }
            })
            .collect()
    }

    fn alone_decides(&self, fact: usize, claim: &Statement, judgement: &Judgement, as_of: Option<Day>) -> bool {
        let records = self.records(&[fact], Counting::Record { voice: self.settings().assumptions.voice });
        let Some(reference) = judgement.reference.map(Day::epoch_days).or(self.reference(as_of, None)) else { return false };
        self.decide_all(&records, claim, reference, self.settings().assumptions).0.verdict == judgement.verdict
    }
}

/// What a claim is about: whom or what it names beside the one who acts, or who acts where there is nothing else.
fn matter(claim: &Statement) -> Vec<NameId> {
    let beside = names(claim, 1);
    if beside.is_empty() { names(claim, 0) } else { beside }
}

/// Everybody and everything that a statement names, from a role on.
pub(super) fn names(statement: &Statement, from: usize) -> Vec<NameId> {
    let mut found = Vec::new();
    for filler in statement.clauses().into_iter().flat_map(|clause| clause.roles.iter().skip(from)) {
        match filler {
            Filler::Name(name, _) => found.push(*name),
            Filler::Several(group) => found.extend(group.names.iter().map(|(name, _)| *name)),
            Filler::Counted(counted) => found.extend(counted.listed.iter().chain(&counted.except).map(|(name, _)| *name)),
            _ => {}
        }
    }
    found
}
