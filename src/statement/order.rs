//! Order to other happenings: "captured Hama before Aleppo", "two days after the offensive began".
//!
//! In: the items of a clause. Out: the clause with an [`Time::Order`] for each word of order, whose anchor is a statement. What
//! each is about may end anywhere behind the word, so that each end is tried. Never: joins statements.

use super::clause::Mode;
use super::items::{Item, Place, span_of, trimmed};
use super::reader::{Core, Inner, Level, Reader};
use super::refusal::Refusal;
use super::same::same_meaning;
use super::{Body, Clause, Filler, Statement, Time};
use crate::syntax::ast::{ChunkKind, Order, Side, Stretch};
use crate::text::limits::DEEPEST_STATEMENTS;
use crate::text::{Problem, Span};
use crate::vocabulary::{IS_A, NameId, Part};

/// Words for what was named before.
const PRONOUNS: [&str; 8] = ["it", "he", "she", "they", "them", "him", "her", "this"];

impl Reader<'_> {
    /// A clause with order to other happenings.
    pub(super) fn sentence(&self, items: &[Item], depth: usize) -> Result<Statement, Refusal> {
        if depth > DEEPEST_STATEMENTS {
            return Err(Self::too_deep(items).into());
        }
        if self.exhausted() {
            return Err(Self::too_many_readings(items).into());
        }
        self.spend_on(items);
        self.statement_once(Level::Sentence, depth, items, || self.any_sentence(items, depth))
    }

    fn any_sentence(&self, items: &[Item], depth: usize) -> Result<Statement, Refusal> {
        let whole = span_of(items);
        let wrap = |clause: Clause| Statement { body: Body::Clause(Box::new(clause)), span: whole };
        let order_at = items.iter().enumerate().find_map(|(at, item)| match item.chunk() {
            Some(ChunkKind::Order(order)) => Some((at, *order)),
            _ => None,
        });
        let Some((at, order)) = order_at else { return self.clause(items, &Mode::Finite).map(wrap) };
        let mut problem = None;
        for end in (at.next()..=items.len()).rev() {
            let anchor_items = trimmed(items.get(at.next()..end).unwrap_or_default());
            if anchor_items.is_empty() {
                continue;
            }
            let rest: Vec<Item> = items.get(..at).unwrap_or_default().iter().chain(items.get(end..).unwrap_or_default()).cloned().collect();
            if trimmed(&rest).is_empty() {
                continue;
            }
            let main = match self.sentence(trimmed(&rest), depth.next()) {
                Ok(main) => main,
                Err(found) => {
                    if problem.is_none() || found.is_too_long() {
                        problem = Some(found);
                    }
                    continue;
                }
            };
            let Body::Clause(clause) = main.body else { continue };
            match self.anchor(&order, anchor_items, &clause, depth) {
                // "X after Y captured Z" is not "X captured Z after Y": a bare name before a verb is its subject.
                Ok(anchor) if is_bare(&anchor) && !ends_clearly(items, at, end) => {
                    if problem.is_none() {
                        problem = Some(Problem::new("not-understood", anchor.span, "whose verb stands behind this cannot be told").into());
                    }
                }
                Ok(anchor) => {
                    let mut clause = *clause;
                    let span = items.get(at..end).map(span_of).unwrap_or_default();
                    let distance = order.distance.map(|Stretch { bound, length }| (bound, length));
                    clause.times.push(Time::Order { side: order.side, distance, within: order.within, anchor: Box::new(anchor), span });
                    return Ok(wrap(clause));
                }
                // The anchor's fault is the telling one where the rest was understood.
                Err(found) => {
                    if end == items.len() || problem.is_none() {
                        problem = Some(found);
                    }
                }
            }
        }
        // The word may be part of a phrasing ("named after").
        match self.clause(items, &Mode::Finite) {
            Ok(clause) => Ok(wrap(clause)),
            Err(found) => Err(problem.unwrap_or(found)),
        }
    }

    /// The other happening: a clause, "capturing Aleppo", "the fall of Aleppo", "the offensive", or just "Aleppo".
    pub(super) fn anchor(&self, order: &Order, items: &[Item], main: &Clause, depth: usize) -> Result<Statement, Refusal> {
        let span = span_of(items);
        let wrap = |clause: Clause| Statement { body: Body::Clause(Box::new(clause)), span };
        let subject = self.subject_of(main);
        if let Ok(clause) = self.clause(items, &Mode::Gerund(subject)) {
            return Ok(wrap(clause));
        }
        // "the announcement that Homs had fallen"
        let with_content = items.iter().position(|item| item.is_word("that")).filter(|at| *at > 0).and_then(|at| {
            let content = self.statement_at(items.get(at.next()..)?, depth.next()).ok()?;
            let mut outer = items.get(..=at)?.to_vec();
            outer.push(self.inner(Inner::Said, items.get(at.next()..)?, content));
            Some(outer)
        });
        if let Some(clause) = self.noun_clause(with_content.as_deref().unwrap_or(items)) {
            return Ok(wrap(clause));
        }
        if let Some(happening) = self.vocabulary.kind_named("happening")
            && let Some((name, at, _, _)) = self
                .names(items, 0, items.len(), happening)
                .into_iter()
                .find(|(name, _, end, owns)| *end == items.len() && !owns && self.vocabulary.is_a(*name, happening))
        {
            return self.happening_as_clause(order, name, at, span);
        }
        if let Some(clause) = self.ellipsis(items, main) {
            return Ok(wrap(clause));
        }
        let full = self.sentence(trimmed(items), depth.next())?;
        // "when Berg was a student": since when, nothing tells.
        if full.clauses().first().is_some_and(|clause| clause.relation == IS_A) {
            return Err(Problem::new("not-understood", span, "what somebody is dates nothing").help("say what happened then").into());
        }
        match full.unknown_name() {
            None => Ok(full),
            Some((words, at)) if PRONOUNS.contains(&words.to_lowercase().as_str()) => {
                Err(Problem::new("pronoun", at, format!("`{words}` could be anybody: pronouns are not read")).help("write the name").into())
            }
            Some((words, at)) => {
                Err(Problem::new("unknown-anchor", at, format!("`{words}` is no name that is known here, so nothing can be dated by it"))
                    .into())
            }
        }
    }

    /// "before the offensive", "three days into the war": by the happening's beginning.
    fn happening_as_clause(&self, order: &Order, name: NameId, at: Span, span: Span) -> Result<Statement, Refusal> {
        let shown = at.of(self.text);
        if order.side == Side::After {
            return Err(Problem::new("ambiguous", span, format!("`after {shown}` can be read as after its beginning or after its end"))
                .help(format!("write `after {shown} began` or `after {shown} ended`"))
                .into());
        }
        let Some(relation) = self.vocabulary.relation_named("begin") else {
            return Err(
                Problem::new("not-understood", span, "the vocabulary has no event `begin`, so a happening cannot date anything").into()
            );
        };
        // Who begins it and where is left open.
        let mut named = false;
        let fillers = self.vocabulary.relation(relation).roles.iter().map(|role| {
            let its = !named && self.vocabulary.is_a(name, role.kind);
            named |= its;
            if its { Filler::Name(name, at) } else { Filler::Open }
        });
        let clause = Clause::of(relation, fillers.collect(), span);
        Ok(Statement { body: Body::Clause(Box::new(clause)), span })
    }

    /// "the fall of Aleppo", "the start of the offensive"
    fn noun_clause(&self, items: &[Item]) -> Option<Clause> {
        let mut found: Option<Clause> = None;
        for id in self.vocabulary.noun_phrasings() {
            let phrasing = self.vocabulary.phrasing(*id);
            let owned = matches!(phrasing.before.first(), Some(Part::Slot { .. }));
            let start = usize::from(!owned && items.first().is_some_and(Item::is_determiner));
            // Its words must all be there before the costlier match is tried.
            let literal = phrasing.before.iter().find_map(|part| if let Part::Words(words) = part { Some(words) } else { None });
            if literal.is_none_or(|words| !items.iter().any(|item| item.is_one_of(words))) {
                continue;
            }
            let (core, times): (Vec<Item>, Vec<Item>) =
                items.get(start..)?.iter().cloned().partition(|item| !matches!(item.chunk(), Some(ChunkKind::When(_))));
            let core = Core::new(core);
            for binding in self.bind(phrasing.relation, &phrasing.before, &core, 0, core.len()) {
                if binding.cost > 0 {
                    continue;
                }
                let mut clause = Clause::of(
                    phrasing.relation,
                    vec![Filler::Open; self.vocabulary.relation(phrasing.relation).roles.len()],
                    span_of(items),
                );
                for (role, filler) in binding.roles {
                    *clause.roles.get_mut(role)? = filler;
                }
                for time in &times {
                    if let Some(ChunkKind::When(phrase)) = time.chunk() {
                        clause.times.push(self.window(phrase, time.span).ok()?);
                    }
                }
                match &found {
                    Some(known) if !same_meaning(known, &clause) => return None,
                    _ => found = Some(clause),
                }
            }
        }
        found
    }

    /// "captured Hama before Aleppo": the same relation with one participant exchanged.
    fn ellipsis(&self, items: &[Item], main: &Clause) -> Option<Clause> {
        let roles = &self.vocabulary.relation(main.relation).roles;
        let mut ways = Vec::new();
        for (index, role) in roles.iter().enumerate() {
            if matches!(main.roles.get(index), None | Some(Filler::Open | Filler::Said(_) | Filler::Deed(_))) {
                continue;
            }
            for read in self.noun_phrases(items, 0, items.len(), role.kind, false) {
                if read.end == items.len() && read.cost == 0 && matches!(read.filler, Filler::Name(..)) {
                    let mut clause = Clause::of(main.relation, main.roles.clone(), span_of(items));
                    *clause.roles.get_mut(index)? = read.filler;
                    ways.push(clause);
                }
            }
        }
        match ways.as_slice() {
            [only] => Some(only.clone()),
            _ => None,
        }
    }

    /// Who or what stands before the verb.
    fn subject_of(&self, clause: &Clause) -> Filler {
        let role = clause.phrasing.and_then(|id| {
            let phrasing = self.vocabulary.phrasing(id);
            let turned = if clause.passive {
                super::voice::passive(&phrasing.before, &phrasing.after).into_iter().next().map(|(front, _)| front)
            } else {
                None
            };
            match turned.as_deref().unwrap_or(&phrasing.before).first() {
                Some(Part::Slot { role, .. }) => Some(*role),
                _ => None,
            }
        });
        // A passive without an agent ("was captured after launching …") has no one to lend.
        role.and_then(|role| clause.roles.get(role)).cloned().unwrap_or(Filler::Open)
    }
}

/// Whether an anchor is only a name or noun, without a verb of its own.
fn is_bare(anchor: &Statement) -> bool {
    matches!(&anchor.body, Body::Clause(clause) if clause.verb_span == anchor.span)
}

/// Whether it can be told that the anchor of an order word ends at a place, and is not the subject of what comes next.
fn ends_clearly(items: &[Item], at: usize, end: usize) -> bool {
    let parts =
        |item: &Item| item.is_comma() || matches!(item.chunk(), Some(ChunkKind::When(_) | ChunkKind::Order(_) | ChunkKind::Conjunction(_)));
    at == 0 || items.get(end).is_none_or(parts)
}
