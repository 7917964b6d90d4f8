//! Whole statements: who says so, order to other happenings, and statements joined by *and* and *or*.

use super::clause::{Mode, Reader};
use super::items::{Item, ItemKind, items, span_of};
use super::{Body, Clause, Filler, Passed, Statement, Time};
use crate::syntax::ast::{self, ChunkKind, Conjunction, Mark, Order, Side, Stretch};
use crate::text::{Problem, Span};
use crate::time::Day;
use crate::vocabulary::{Part, Vocabulary};

/// What a statement's dates may lean on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Context {
    /// The document's own date, or the reference day of a claim.
    pub document: Option<Day>,
    /// The date that the statement before gave.
    pub previous: Option<Day>,
}

/// Gives a written statement its meaning.
///
/// # Errors
/// A [`Problem`] that points at what has no meaning, or says that there are two readings.
pub fn resolve(written: &ast::Statement, text: &str, vocabulary: &Vocabulary, context: &Context) -> Result<Statement, Problem> {
    let reader = Reader::new(text, vocabulary, context);
    let items = items(written, text, vocabulary);
    let mut statement = reader.statement(&items)?;
    statement.span = written.span;
    Ok(statement)
}

/// Words for what was named before.
const PRONOUNS: [&str; 8] = ["it", "he", "she", "they", "them", "him", "her", "this"];

/// How deep statements may stand in one another.
const DEEPEST: usize = 6;

impl Reader<'_> {
    fn statement(&self, items: &[Item]) -> Result<Statement, Problem> {
        self.statement_at(items, 0)
    }

    fn statement_at(&self, items: &[Item], depth: usize) -> Result<Statement, Problem> {
        if depth > DEEPEST {
            return Err(Problem::new("too-long", span_of(items), "statements stand too deep in one another here"));
        }
        if self.exhausted() {
            return Err(Self::too_many_readings(items));
        }
        let items = trimmed(items);
        if items.is_empty() {
            return Err(Problem::new("empty", span_of(items), "there is no statement here"));
        }
        if let Some(passed) = self.passed(items, depth)? {
            return Ok(passed);
        }
        if let Some(attributed) = self.according_to(items, depth)? {
            return Ok(attributed);
        }
        if let Some(rewritten) = self.the_only(items).or_else(|| self.apart_from(items)) {
            return self.statement_at(&rewritten, depth + 1);
        }
        if let Some(with_content) = self.said(items, depth)? {
            return self.sentence(&with_content, depth);
        }
        // Dates on both sides of an *and* belong each to its own side.
        if let Some(at) = dated_on_both_sides(items) {
            return self.joined(items, at, depth);
        }
        let first = match self.sentence(items, depth) {
            Ok(statement) if statement.unknown_name().is_none() => return Ok(statement),
            other => other,
        };
        let conjunctions = items.iter().enumerate().filter(|(_, item)| {
            matches!(item.chunk(), Some(ChunkKind::Conjunction(Conjunction::And | Conjunction::Or | Conjunction::But)))
        });
        for (at, _) in conjunctions {
            if let Ok(statement) = self.joined(items, at, depth)
                && statement.unknown_name().is_none()
            {
                return Ok(statement);
            }
        }
        if let Ok(statement) = self.but_not(items, depth) {
            return Ok(statement);
        }
        first
    }

    /// A clause with order to other happenings.
    fn sentence(&self, items: &[Item], depth: usize) -> Result<Statement, Problem> {
        let whole = span_of(items);
        let wrap = |clause: Clause| Statement { body: Body::Clause(Box::new(clause)), span: whole };
        let order_at = items.iter().enumerate().find_map(|(at, item)| match item.chunk() {
            Some(ChunkKind::Order(order)) => Some((at, *order)),
            _ => None,
        });
        let Some((at, order)) = order_at else { return self.clause(items, &Mode::Finite).map(wrap) };
        let mut problem = None;
        for end in (at + 1..=items.len()).rev() {
            let anchor_items = trimmed(items.get(at + 1..end).unwrap_or_default());
            if anchor_items.is_empty() {
                continue;
            }
            let rest: Vec<Item> = items.get(..at).unwrap_or_default().iter().chain(items.get(end..).unwrap_or_default()).cloned().collect();
            if trimmed(&rest).is_empty() {
                continue;
            }
            let main = match self.sentence(trimmed(&rest), depth + 1) {
                Ok(main) => main,
                Err(found) => {
                    problem.get_or_insert(found);
                    continue;
                }
            };
            let Body::Clause(clause) = main.body else { continue };
            match self.anchor(&order, anchor_items, &clause, depth) {
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
    fn anchor(&self, order: &Order, items: &[Item], main: &Clause, depth: usize) -> Result<Statement, Problem> {
        let span = span_of(items);
        let wrap = |clause: Clause| Statement { body: Body::Clause(Box::new(clause)), span };
        let subject = self.subject_of(main);
        if let Ok(clause) = self.clause(items, &Mode::Gerund(subject)) {
            return Ok(wrap(clause));
        }
        // "the announcement that Homs had fallen"
        let with_content = items.iter().position(|item| item.is_word("that")).filter(|at| *at > 0).and_then(|at| {
            let content = self.statement_at(items.get(at + 1..)?, depth + 1).ok()?;
            let mut outer = items.get(..=at)?.to_vec();
            outer.push(Item { span: content.span, kind: ItemKind::Inner(Box::new(content)), text: String::new() });
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
        let full = self.sentence(trimmed(items), depth + 1)?;
        match full.unknown_name() {
            None => Ok(full),
            Some((words, at)) if PRONOUNS.contains(&words.to_lowercase().as_str()) => {
                Err(Problem::new("pronoun", at, format!("`{words}` could be anybody: pronouns are not read")).help("write the name"))
            }
            Some((words, at)) => {
                Err(Problem::new("unknown-anchor", at, format!("`{words}` is no name that is known here, so nothing can be dated by it")))
            }
        }
    }

    /// "before the offensive", "three days into the war": by the happening's beginning.
    fn happening_as_clause(&self, order: &Order, name: crate::vocabulary::NameId, at: Span, span: Span) -> Result<Statement, Problem> {
        let shown = at.of(self.text);
        if order.side == Side::After {
            return Err(Problem::new("ambiguous", span, format!("`after {shown}` can be read as after its beginning or after its end"))
                .help(format!("write `after {shown} began` or `after {shown} ended`")));
        }
        let Some(relation) = self.vocabulary.relation_named("begin") else {
            return Err(Problem::new("not-understood", span, "the vocabulary has no event `begin`, so a happening cannot date anything"));
        };
        Ok(Statement { body: Body::Clause(Box::new(Clause::of(relation, vec![Filler::Name(name, at)], span))), span })
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
            if literal.is_none_or(|words| !items.iter().any(|item| words.contains(&item.text))) {
                continue;
            }
            let (core, times): (Vec<Item>, Vec<Item>) =
                items.get(start..)?.iter().cloned().partition(|item| !matches!(item.chunk(), Some(ChunkKind::When(_))));
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
                    Some(known) if !super::clause::same_meaning(known, &clause) => return None,
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
                super::clause::passive(&phrasing.before, &phrasing.after).into_iter().next().map(|(front, _)| front)
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

    /// "according to X, …" and "…, according to X"
    fn according_to(&self, items: &[Item], depth: usize) -> Result<Option<Statement>, Problem> {
        let Some(at) = items.windows(2).position(|pair| matches!(pair, [a, b] if a.is_word("according") && b.is_word("to"))) else {
            return Ok(None);
        };
        let Some(say) = self.vocabulary.relation_named("say") else { return Ok(None) };
        let party = self.vocabulary.relation(say).roles.first().map_or(crate::vocabulary::KindId(0), |role| role.kind);
        let behind = items.get(at + 2..).unwrap_or_default();
        let comma = behind.iter().position(|item| matches!(item.chunk(), Some(ChunkKind::Comma)));
        let (who, rest): (&[Item], Vec<Item>) = if at == 0 {
            let Some(comma) = comma else {
                return Err(Problem::new("left-over", span_of(items), "where the speaker's name ends cannot be told")
                    .help("put a comma behind it: `according to X, …`"));
            };
            (behind.get(..comma).unwrap_or_default(), behind.get(comma + 1..).unwrap_or_default().to_vec())
        } else {
            (behind, trimmed(items.get(..at).unwrap_or_default()).to_vec())
        };
        let speaker = self
            .noun_phrases(who, 0, who.len(), party, false)
            .into_iter()
            .filter(|read| read.end == who.len())
            .min_by_key(|read| read.cost)
            .map(|read| read.filler)
            .ok_or_else(|| self.left_over(span_of(who)))?;
        let content = self.statement_at(&rest, depth + 1)?;
        let clause = Clause::of(say, vec![speaker, Filler::Said(Box::new(content))], span_of(who));
        Ok(Some(Statement { body: Body::Clause(Box::new(clause)), span: span_of(items) }))
    }

    /// "X announced on Dec 8 that …": what follows *that* is read as a statement of its own. Without *that*, what follows
    /// the verb.
    fn said(&self, items: &[Item], depth: usize) -> Result<Option<Vec<Item>>, Problem> {
        let speaks = |item: &Item| {
            item.is_plain_word()
                && self.vocabulary.verbs().read(&item.text).iter().any(|(base, _)| {
                    self.vocabulary.with_verb(base).iter().any(|id| {
                        let relation = self.vocabulary.relation(self.vocabulary.phrasing(*id).relation);
                        relation.roles.iter().any(|role| self.vocabulary.kind(role.kind).name == "statement")
                    })
                })
        };
        let Some(verb) = items.iter().position(speaks) else { return Ok(None) };
        if items.iter().any(|item| matches!(item.kind, ItemKind::Inner(_))) {
            return Ok(None);
        }
        let that =
            items.iter().enumerate().skip(verb + 1).find(|(_, item)| item.is_word("that") || item.is_word("whether")).map(|(at, _)| at);
        let build = |upto: usize, content: Statement| {
            let mut outer = items.get(..=upto).unwrap_or_default().to_vec();
            let span = content.span;
            if that.is_none() {
                outer.push(Item {
                    kind: ItemKind::Chunk(ChunkKind::Word),
                    span: Span::new(span.start, span.start),
                    text: "that".to_owned(),
                });
            }
            outer.push(Item { kind: ItemKind::Inner(Box::new(content)), span, text: String::new() });
            outer
        };
        match that {
            Some(at) => {
                let content = self.statement_at(items.get(at + 1..).unwrap_or_default(), depth + 1)?;
                Ok(Some(build(at, content)))
            }
            None => {
                // Only where the rest is a statement by itself; "claimed victory in Hama" has none.
                let inner = items.get(verb + 1..).unwrap_or_default();
                match self.statement_at(inner, depth + 1) {
                    Ok(content) if content.unknown_name().is_none() => {
                        let outer = build(verb, content);
                        Ok(self.sentence(&outer, depth).is_ok().then_some(outer))
                    }
                    _ => Ok(None),
                }
            }
        }
    }

    /// "Damascus was the only provincial capital still held by the government": only Damascus of the provincial capitals was …
    fn the_only(&self, items: &[Item]) -> Option<Vec<Item>> {
        let only = items.iter().position(|item| matches!(item.chunk(), Some(ChunkKind::Mark(Mark::Only))))?;
        let copula = items.get(..only)?.iter().rposition(|item| matches!(item.text.as_str(), "is" | "are" | "was" | "were"))?;
        if items.get(copula + 1..only)?.iter().any(|item| !item.is_determiner()) {
            return None;
        }
        let (_, end) = self.kinds_at(items, only + 1, items.len()).into_iter().max_by_key(|(_, end)| *end)?;
        let verb = items.get(end..)?;
        let copula_item = items.get(copula)?.clone();
        let of = Item { kind: ItemKind::Chunk(ChunkKind::Word), span: items.get(only)?.span, text: "of".to_owned() };
        // Words before the names (dates, attributions) stay in front.
        let start = items.get(..copula)?.iter().position(|item| matches!(item.kind, ItemKind::Name { .. }))?;
        let mut rewritten = items.get(..start)?.to_vec();
        rewritten.push(items.get(only)?.clone());
        rewritten.extend_from_slice(items.get(start..copula)?);
        rewritten.push(of);
        rewritten.extend_from_slice(items.get(only + 1..end)?);
        rewritten.push(copula_item);
        rewritten.extend_from_slice(verb);
        Some(rewritten)
    }

    /// "Apart from Damascus, no provincial capital …": the exception moves behind what it is an exception to.
    fn apart_from(&self, items: &[Item]) -> Option<Vec<Item>> {
        let [first, second, ..] = items else { return None };
        if !matches!((first.text.as_str(), second.text.as_str()), ("apart" | "aside", "from") | ("except", "for")) {
            return None;
        }
        let no = items.iter().position(|item| item.is_word("no"))?;
        let (_, end) = self.kinds_at(items, no + 1, items.len()).into_iter().max_by_key(|(_, end)| *end)?;
        // The exception ends at the last comma before "no", or before the subject in front of it.
        let comma = items.get(..no)?.iter().rposition(|item| matches!(item.chunk(), Some(ChunkKind::Comma)))?;
        let exception = trimmed(items.get(..comma)?);
        let mut rewritten = items.get(comma + 1..end)?.to_vec();
        rewritten.extend_from_slice(exception);
        rewritten.extend_from_slice(items.get(end..)?);
        Some(rewritten)
    }

    /// "More than ten days passed between … and …"
    fn passed(&self, items: &[Item], depth: usize) -> Result<Option<Statement>, Problem> {
        let [first, verb, between, rest @ ..] = items else { return Ok(None) };
        let Some(ChunkKind::Stretch(stretch)) = first.chunk() else { return Ok(None) };
        if !matches!(verb.text.as_str(), "passed" | "elapsed" | "lay") || !between.is_word("between") {
            return Ok(None);
        }
        let order = Order { side: Side::Of, distance: None, within: false };
        let nothing = Clause::of(crate::vocabulary::IS_A, Vec::new(), Span::default());
        let mut problem = None;
        for (at, item) in rest.iter().enumerate() {
            if !matches!(item.chunk(), Some(ChunkKind::Conjunction(Conjunction::And))) {
                continue;
            }
            let one = |part: Option<&[Item]>| self.anchor(&order, part.unwrap_or_default(), &nothing, depth);
            match (one(rest.get(..at)), one(rest.get(at + 1..))) {
                (Ok(from), Ok(to)) => {
                    let passed = Passed { bound: stretch.bound, length: stretch.length, from, to };
                    return Ok(Some(Statement { body: Body::Passed(Box::new(passed)), span: span_of(items) }));
                }
                (Err(found), _) | (_, Err(found)) => {
                    problem.get_or_insert(found);
                }
            }
        }
        Err(problem.unwrap_or_else(|| self.left_over(span_of(items))))
    }

    /// Two statements, of which the second may share subject, or subject and verb, with the first.
    fn joined(&self, items: &[Item], at: usize, depth: usize) -> Result<Statement, Problem> {
        let Some(ChunkKind::Conjunction(conjunction)) = items.get(at).and_then(Item::chunk) else {
            return Err(self.left_over(span_of(items)));
        };
        let left_items = trimmed(items.get(..at).unwrap_or_default());
        let left = self.statement_at(left_items, depth + 1)?;
        let right = self.continued(left_items, items.get(at + 1..).unwrap_or_default(), &left, depth)?;
        let span = span_of(items);
        let any = *conjunction == Conjunction::Or;
        // "A and B or C" can be read in two ways.
        let mixed = |part: &Statement| matches!((&part.body, any), (Body::All(_), true) | (Body::Any(_), false));
        if mixed(&left) || mixed(&right) {
            return Err(Problem::new("ambiguous", span, "`and` and `or` in one statement can be read in two ways")
                .help("write two statements, or say it with `both … and` and `either … or` about one thing"));
        }
        let mut parts = Vec::new();
        for part in [left, right] {
            match (part.body, any) {
                (Body::All(inner), false) | (Body::Any(inner), true) => parts.extend(inner),
                (body, _) => parts.push(Statement { body, span: part.span }),
            }
        }
        Ok(Statement { body: if any { Body::Any(parts) } else { Body::All(parts) }, span })
    }

    /// "captured Aleppo, not Hama"
    fn but_not(&self, items: &[Item], depth: usize) -> Result<Statement, Problem> {
        let at = items
            .windows(2)
            .position(|pair| matches!(pair, [a, b] if matches!(a.chunk(), Some(ChunkKind::Comma | ChunkKind::Conjunction(Conjunction::But | Conjunction::And))) && matches!(b.chunk(), Some(ChunkKind::Not))))
            .ok_or_else(|| self.left_over(span_of(items)))?;
        let left_items = trimmed(items.get(..at).unwrap_or_default());
        let left = self.statement_at(left_items, depth + 1)?;
        let mut right = self.continued(left_items, items.get(at + 2..).unwrap_or_default(), &left, depth)?;
        if let Body::Clause(clause) = &mut right.body {
            clause.negated = !clause.negated;
        }
        Ok(Statement { body: Body::All(vec![left, right]), span: span_of(items) })
    }

    fn continued(&self, left_items: &[Item], right: &[Item], left: &Statement, depth: usize) -> Result<Statement, Problem> {
        let right = trimmed(right);
        let last = match &left.body {
            Body::All(parts) | Body::Any(parts) => parts.last(),
            _ => Some(left),
        };
        let full = self.statement_at(right, depth + 1);
        if full.as_ref().is_ok_and(|statement| statement.unknown_name().is_none()) {
            return full;
        }
        let mut best = full;
        if let Some(Body::Clause(clause)) = last.map(|statement| &statement.body) {
            let plain = |item: &&Item| !matches!(item.chunk(), Some(ChunkKind::When(_) | ChunkKind::Lasting(_) | ChunkKind::Comma));
            let before: Vec<Item> =
                left_items.iter().filter(|item| item.span.end <= clause.verb_span.start).filter(plain).cloned().collect();
            let through: Vec<Item> =
                left_items.iter().filter(|item| item.span.end <= clause.verb_span.end).filter(plain).cloned().collect();
            for shared in [before, through] {
                let whole: Vec<Item> = shared.into_iter().chain(right.iter().cloned()).collect();
                match self.statement_at(&whole, depth + 1) {
                    Ok(statement) if statement.unknown_name().is_none() => return Ok(statement),
                    Ok(statement) => {
                        if best.is_err() {
                            best = Ok(statement);
                        }
                    }
                    Err(_) => {}
                }
            }
        }
        best
    }
}

impl Clause {
    /// A plain past clause, as noun phrases and attributions give.
    pub(super) fn of(relation: crate::vocabulary::RelationId, roles: Vec<Filler>, span: Span) -> Self {
        Self {
            relation,
            roles,
            negated: false,
            tense: super::Tense::Past,
            times: Vec::new(),
            aspect: super::Aspect::default(),
            first: None,
            circumstances: Vec::new(),
            phrasing: None,
            passive: false,
            verb_span: span,
        }
    }
}

/// Items without commas at their ends.
fn trimmed(items: &[Item]) -> &[Item] {
    let comma = |item: &Item| matches!(item.chunk(), Some(ChunkKind::Comma));
    let start = items.iter().take_while(|item| comma(item)).count();
    let end = items.iter().rposition(|item| !comma(item)).map_or(start, |last| last + 1);
    items.get(start..end.max(start)).unwrap_or_default()
}

/// The conjunction that has a date behind it and, after a verb, one before it.
fn dated_on_both_sides(items: &[Item]) -> Option<usize> {
    let dated = |item: &Item| matches!(item.chunk(), Some(ChunkKind::When(_)));
    let joins = |item: &Item| matches!(item.chunk(), Some(ChunkKind::Conjunction(Conjunction::And | Conjunction::Or | Conjunction::But)));
    items.iter().enumerate().position(|(at, item)| {
        let before = items.get(1..at).unwrap_or_default().iter().any(dated);
        let after = items.get(at + 1..).unwrap_or_default().iter().any(dated);
        joins(item) && before && (after || items.get(at.saturating_sub(1)).is_some_and(dated))
    })
}
