//! The plainest claims on the plainest records, without a solver: who held what on a day, where all that is recorded of the thing is one
//! holder after the other on exact days.
//!
//! In: a claim of two names and one exact date on a state that one holder has at a time, and rows in columns. Out: what the general
//! engine makes of the same, found by binary search; or nothing where the claim or the record is any less plain: then the general
//! engine is asked. Never: decides what that would decide otherwise. A test holds both against each other on random tables.
//!
//! Why this is enough: with nothing else recorded of the thing, the worlds differ only in the days between the rows. A row says that
//! its holder has it from its first day to its last, not on the day before and not on the day after, and that nobody else has it
//! strictly between. What follows from one row, or from `once` and one row, is all that there is to follow.

use super::judge::Judge;
use super::{Assumption, Assumptions, Code, Judgement, Verdict};
use crate::facts::{Cell, Fact, OPEN_END, OfRelation};
use crate::statement::{Aspect, Body, Clause, Filler, Statement, Tense, Time, TimeWord};
use crate::time::{Day, Grain};
use crate::vocabulary::{NameId, RelationId, Sort, Tie};

/// A claim with two names and an exact date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Plain {
    /// What is claimed.
    pub relation: RelationId,
    /// Who.
    pub subject: NameId,
    /// Of what.
    pub object: NameId,
    /// The time word.
    pub word: TimeWord,
    /// The day, since 1970-01-01.
    pub day: i32,
}

impl Plain {
    /// A statement as a plain claim, if it is one.
    pub fn of(statement: &Statement) -> Option<Self> {
        let Body::Clause(clause) = &statement.body else { return None };
        let Clause {
            relation, roles, negated: false, tense: Tense::Past | Tense::Perfect, times, aspect, first: None, circumstances, ..
        } = clause.as_ref()
        else {
            return None;
        };
        let ([Filler::Name(subject, _), Filler::Name(object, _)], [Time::Window { word, days, second: None, .. }]) =
            (roles.as_slice(), times.as_slice())
        else {
            return None;
        };
        let known = matches!(word, TimeWord::On | TimeWord::AsOf | TimeWord::Throughout | TimeWord::By | TimeWord::Since);
        let exact = days.single_day().filter(|_| days.grain == Grain::Day && !days.approximate && days.written_weekday.is_none());
        let day = i32::try_from(exact?.epoch_days()).ok()?;
        let plain = known && *aspect == Aspect::default() && circumstances.is_empty();
        plain.then_some(Self { relation: *relation, subject: *subject, object: *object, word: *word, day })
    }
}

/// What a plain claim comes to.
#[derive(Clone, Copy, Debug)]
pub struct Decided<'b> {
    /// The verdict.
    pub verdict: Verdict,
    /// Why.
    pub code: Code,
    /// The assumption that it rests on, if it rests on one.
    pub assumption: Option<Assumption>,
    /// The row that decides it; none decides an unknown.
    pub row: Option<(&'b OfRelation, &'b Cell)>,
    /// The reference day.
    pub reference: Day,
    /// The day on which the record of the matter ends.
    pub horizon: Day,
}

/// Which relations of the columns have plain histories, as far as that can be known without looking at one.
#[derive(Clone, Debug, Default)]
pub(super) struct Timelines {
    /// By the places of the columns' relations.
    ready: Vec<Option<RelationId>>,
}

impl Timelines {
    pub(super) fn new(judge: &Judge<'_>) -> Self {
        let columns = &judge.base().columns;
        let ready = (0_usize..).zip(columns.relations()).map(|(at, of)| (judge.is_ready(at, of.relation)).then_some(of.relation));
        Self { ready: ready.collect() }
    }
}

impl Judge<'_> {
    /// Whether a relation is a state with one holder, and nothing else that is recorded speaks of it.
    fn is_ready(&self, at: usize, id: RelationId) -> bool {
        let vocabulary = &self.base().vocabulary;
        let relation = vocabulary.relation(id);
        let simple = relation.sort == Sort::State
            && relation.roles.len() == 2
            && relation.one.as_ref().is_some_and(|(role, per)| *role == 0 && per.as_slice() == [1])
            && relation.functions.is_empty()
            && relation.once.is_none()
            && relation.links.is_empty()
            && relation.inverse_of.is_none()
            && !(relation.permanent || relation.transitive || relation.symmetric || relation.unique || relation.repeatable);
        let turned = vocabulary
            .relations()
            .iter()
            .any(|other| other.inverse_of == Some(id) || other.links.iter().any(|link| link.tie == Tie::Excludes && link.target == id));
        let claim = Clause::between(id, NameId(0), NameId(1), 2);
        let statement = Statement { body: Body::Clause(Box::new(claim)), span: crate::text::Span::default() };
        let tied = self.relevance().leads(&statement, vocabulary).into_iter().map(|(relation, _)| relation);
        simple
            && !turned
            && tied.into_iter().all(|tied| {
                let stated = tied != id && !self.relevance().recorded_at(&(tied, None)).is_empty();
                !stated && !self.relevance().spoken().others_speak_of(at, tied)
            })
    }

    /// What a plain claim comes to, if it can be told without the general engine.
    pub fn decide_plain(&self, claim: &Plain, as_of: Option<Day>) -> Option<Decided<'_>> {
        let settings = self.settings();
        if settings.assumptions != Assumptions::ALL || settings.known_by.is_some() {
            return None;
        }
        let base = self.base();
        let at = self.timelines().ready.iter().position(|ready| *ready == Some(claim.relation))?;
        let of = base.columns.relations().get(at)?;
        // Whatever is stated of the thing in words is not plain.
        if !of.is_plain(claim.object) || !self.relevance().recorded_at(&(claim.relation, Some((1, claim.object)))).is_empty() {
            return None;
        }
        let cells = of.of_object(claim.object);
        if base.vocabulary.recurs(claim.subject) || base.vocabulary.recurs(claim.object) {
            return None;
        }
        let in_groups = |name: NameId| self.relevance().is_in_groups(name, &base.vocabulary);
        if self.relevance().has_groups() && (in_groups(claim.subject) || cells.iter().any(|cell| in_groups(cell.subject))) {
            return None;
        }
        let end = base.horizon.or_else(|| match base.columns.tables() {
            [only] => only.last,
            _ => cells.iter().filter_map(|cell| base.columns.table_of(cell.line)?.0.last).max(),
        })?;
        let reference = as_of.or(settings.as_of).unwrap_or(end);
        let horizon = i32::try_from(end.epoch_days()).ok()?;
        // What lies past the end of the record, or is asked from before it, is told apart more finely.
        if reference < end || claim.day > horizon || cells.is_empty() {
            return None;
        }
        let history = History { cells, subject: claim.subject };
        let found = match claim.word {
            TimeWord::On | TimeWord::AsOf | TimeWord::Throughout => history.on(claim.day)?,
            TimeWord::By => history.by(claim.day)?,
            TimeWord::Since => history.since(claim.day, i32::try_from(reference.epoch_days()).ok()?)?,
            _ => return None,
        };
        let Found { verdict, code, assumption, cell } = found;
        Some(Decided { verdict, code, assumption, row: cell.map(|cell| (of, cell)), reference, horizon: end })
    }

    /// A decision as a judgement, with the fact that decides it.
    pub fn in_full(&self, claim: &Plain, decided: &Decided<'_>) -> (Judgement, Option<Fact>) {
        let fact = decided.row.and_then(|(of, cell)| self.base().columns.fact_of(of, cell, claim.object, &self.base().vocabulary));
        let strict = if decided.assumption.is_some() { Verdict::Unknown } else { decided.verdict };
        let judgement = Judgement {
            facts: fact.iter().map(|_| 0).collect(),
            assumptions: decided.assumption.into_iter().collect(),
            strict,
            reference: Some(decided.reference),
            horizon: Some(decided.horizon),
            ..Judgement::plain(decided.verdict, decided.code)
        };
        (judgement, fact)
    }
}

/// What a history says.
struct Found<'b> {
    verdict: Verdict,
    code: Code,
    assumption: Option<Assumption>,
    cell: Option<&'b Cell>,
}

impl<'b> Found<'b> {
    fn recorded(cell: &'b Cell) -> Self {
        Self { verdict: Verdict::Supported, code: Code::Recorded, assumption: None, cell: Some(cell) }
    }

    fn against(code: Code, cell: &'b Cell) -> Self {
        Self { verdict: Verdict::Contradicted, code, assumption: None, cell: Some(cell) }
    }

    fn once(cell: &'b Cell) -> Self {
        Self::against(Code::WrongDate, cell).resting_on(Assumption::Once)
    }

    fn follows(cell: &'b Cell) -> Self {
        Self { code: Code::Follows, ..Self::recorded(cell) }
    }

    fn resting_on(self, assumption: Assumption) -> Self {
        Self { assumption: Some(assumption), ..self }
    }

    fn unknown(code: Code) -> Self {
        Self { verdict: Verdict::Unknown, code, assumption: None, cell: None }
    }
}

/// Who held a thing, one after the other, and of whom that is claimed.
struct History<'b> {
    cells: &'b [Cell],
    subject: NameId,
}

impl<'b> History<'b> {
    fn own(&self) -> impl DoubleEndedIterator<Item = &'b Cell> {
        self.cells.iter().filter(|cell| cell.subject == self.subject)
    }

    /// Nobody knows: from before the first row on, or in between.
    fn silent(&self, day: i32) -> Found<'b> {
        let early = self.cells.first().is_some_and(|first| day < first.start);
        Found::unknown(if early { Code::BeforeRecord } else { Code::TooVague })
    }

    /// The cells that can have to do with a day: those that begin up to it, the last two, and the next.
    fn around(&self, day: i32) -> &'b [Cell] {
        let after = self.cells.partition_point(|cell| cell.start <= day);
        let (from, to) = (after.saturating_sub(2), after.saturating_add(1).min(self.cells.len()));
        self.cells.get(from..to).unwrap_or_default()
    }

    /// The last row, where it has no end and a day lies behind its beginning: that it goes on is for `persistence` to say.
    fn left_open(&self, day: i32) -> Option<&'b Cell> {
        self.cells.last().filter(|last| last.end == OPEN_END && last.start < day)
    }

    /// What follows from a state going on from its row, up to the end of the record.
    fn gone_on(&self, cell: &'b Cell) -> Option<Found<'b>> {
        if cell.subject == self.subject {
            Some(Found::follows(cell).resting_on(Assumption::Persistence))
        } else if self.own().next().is_none() {
            Some(Found::against(Code::OtherHolder, cell).resting_on(Assumption::Persistence))
        } else {
            // There is more than one reason.
            None
        }
    }

    /// Held it on a day; none where that takes more than one row to tell.
    fn on(&self, day: i32) -> Option<Found<'b>> {
        if let Some(cell) = self.left_open(day) {
            return self.gone_on(cell);
        }
        let near = self.around(day);
        if let Some(cell) = near.iter().find(|cell| cell.subject == self.subject && cell.start <= day && day <= cell.end) {
            return Some(Found::recorded(cell));
        }
        if let Some(cell) = near.iter().find(|cell| cell.subject != self.subject && cell.start < day && day < cell.end) {
            return Some(Found::against(Code::OtherHolder, cell));
        }
        let beside =
            |cell: &&Cell| cell.subject == self.subject && (cell.end.saturating_add(1) == day || cell.start.saturating_sub(1) == day);
        if let Some(cell) = near.iter().find(beside) {
            return Some(Found::against(Code::WrongDate, cell));
        }
        // Its holder is recorded, and not then: the last of his terms before, or any after, tells that he did not begin again.
        Some(match self.own().rfind(|cell| cell.start <= day).or_else(|| self.own().next()) {
            Some(cell) => Found::once(cell),
            None => self.silent(day),
        })
    }

    /// Held it by a day; none where that takes more than one row to tell.
    fn by(&self, day: i32) -> Option<Found<'b>> {
        if let Some(cell) = self.left_open(day).filter(|cell| cell.subject == self.subject) {
            return self.gone_on(cell);
        }
        let near = self.around(day);
        if let Some(cell) = near.iter().find(|cell| cell.subject == self.subject && cell.start <= day && day <= cell.end) {
            return Some(Found::recorded(cell));
        }
        Some(match self.own().next() {
            // Had it, and perhaps again.
            Some(first) if first.start <= day => Found::unknown(Code::TooVague),
            Some(first) => Found::once(first),
            None => self.silent(day),
        })
    }

    /// Held it from this day to another; none where that takes more than one row to tell.
    fn since(&self, day: i32, until: i32) -> Option<Found<'b>> {
        if day > until {
            return None;
        }
        let within = |at: i32| day <= at && at <= until;
        // Of those between the two days, any one is enough. Of a row without an end, only its first day is sure.
        let from = self.cells.partition_point(|cell| cell.end < day.saturating_sub(1));
        for cell in self.cells.get(from..).unwrap_or_default() {
            let last = if cell.end == OPEN_END { cell.start } else { cell.end };
            if cell.subject != self.subject && cell.start < until && last > day {
                return Some(Found::against(Code::OtherHolder, cell));
            }
            if cell.subject == self.subject && (within(cell.end.saturating_add(1)) || within(cell.start.saturating_sub(1))) {
                return Some(Found::against(Code::WrongDate, cell));
            }
        }
        // Nothing lies between the two days but what one row holds.
        match self.cells.iter().rfind(|cell| cell.start <= day && day <= cell.end && cell.end >= until) {
            // From the last day of the record to that day it need not go on.
            Some(cell) if cell.end == OPEN_END && cell.subject == self.subject && cell.start == day && day == until => {
                return Some(Found::recorded(cell));
            }
            Some(cell) if cell.end == OPEN_END && cell.start == day => return self.gone_on(cell),
            Some(cell) if cell.end == OPEN_END || cell.subject != self.subject => return None,
            Some(cell) if cell.start == day => return Some(Found::recorded(cell)),
            Some(cell) => return Some(Found::against(Code::WrongDate, cell).resting_on(Assumption::Boundaries)),
            None => {}
        }
        Some(match self.own().rfind(|cell| cell.start <= day).or_else(|| self.own().next()) {
            Some(cell) => Found::once(cell),
            None => self.silent(day),
        })
    }
}
