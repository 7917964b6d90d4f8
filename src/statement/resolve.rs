//! Whole statements: who says so, order to other happenings, and statements joined by *and* and *or*.

use super::items::{Item, ItemKind, Place, items, span_of, trimmed};
use super::reader::{Inner, Level, Reader};
use super::refusal::Refusal;
use super::{Body, Clause, Filler, Passed, Statement};
use crate::syntax::ast::{self, ChunkKind, Conjunction, Mark, Order, Side};
use crate::text::limits::DEEPEST_STATEMENTS;
use crate::text::{Problem, Span};
use crate::time::Day;
use crate::vocabulary::Vocabulary;

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
    let items = items(written, text, vocabulary);
    let reader = Reader::new(text, vocabulary, context, items.len());
    let read = reader.statement_at(&items, 0);
    // Where not every way could be tried, the one that was found may not be the only one.
    if reader.exhausted() {
        return Err(Reader::too_many_readings(&items));
    }
    let mut statement = read.map_err(|refusal| reader.told(refusal))?;
    statement.span = written.span;
    Ok(statement)
}

impl Reader<'_> {
    pub(super) fn statement_at(&self, items: &[Item], depth: usize) -> Result<Statement, Refusal> {
        if depth > DEEPEST_STATEMENTS {
            return Err(Self::too_deep(items).into());
        }
        if self.exhausted() {
            return Err(Self::too_many_readings(items).into());
        }
        self.spend_on(items);
        self.statement_once(Level::Statement, depth, items, || self.any_statement(items, depth))
    }

    pub(super) fn too_deep(items: &[Item]) -> Problem {
        Problem::new("too-long", span_of(items), "statements stand too deep in one another here")
    }

    /// The first way that is understood: as one clause with what is said, order and joints in it; then joined at each of the
    /// words that join.
    fn any_statement(&self, items: &[Item], depth: usize) -> Result<Statement, Refusal> {
        let items = trimmed(items);
        if items.is_empty() {
            return Err(Problem::new("empty", span_of(items), "there is no statement here").into());
        }
        if let Some(passed) = self.passed(items, depth)? {
            return Ok(passed);
        }
        if let Some(attributed) = self.according_to(items, depth)? {
            return Ok(attributed);
        }
        if let Some(rewritten) = self.the_only(items).or_else(|| self.apart_from(items)) {
            return self.statement_at(&rewritten, depth.next());
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

    /// "according to X, …" and "…, according to X"
    fn according_to(&self, items: &[Item], depth: usize) -> Result<Option<Statement>, Refusal> {
        let Some(at) = items.windows(2).position(|pair| matches!(pair, [a, b] if a.is_word("according") && b.is_word("to"))) else {
            return Ok(None);
        };
        let Some(say) = self.vocabulary.relation_named("say") else { return Ok(None) };
        let party = self.vocabulary.relation(say).roles.first().map_or(crate::vocabulary::KindId(0), |role| role.kind);
        let behind = items.get(at.on(2)..).unwrap_or_default();
        let comma = behind.iter().position(|item| item.is_comma());
        let (who, rest): (&[Item], Vec<Item>) = if at == 0 {
            let Some(comma) = comma else {
                return Err(Problem::new("left-over", span_of(items), "where the speaker's name ends cannot be told")
                    .help("put a comma behind it: `according to X, …`")
                    .into());
            };
            (behind.get(..comma).unwrap_or_default(), behind.get(comma.next()..).unwrap_or_default().to_vec())
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
        let content = self.statement_at(&rest, depth.next())?;
        let clause = Clause::of(say, vec![speaker, Filler::Said(Box::new(content))], span_of(who));
        Ok(Some(Statement { body: Body::Clause(Box::new(clause)), span: span_of(items) }))
    }

    /// "X announced on Dec 8 that …": what follows *that* is read as a statement of its own. Without *that*, what follows
    /// the verb.
    fn said(&self, items: &[Item], depth: usize) -> Result<Option<Vec<Item>>, Refusal> {
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
            items.iter().enumerate().skip(verb.next()).find(|(_, item)| item.is_word("that") || item.is_word("whether")).map(|(at, _)| at);
        let build = |upto: usize, content: Statement| {
            let mut outer = items.get(..=upto).unwrap_or_default().to_vec();
            let span = content.span;
            if that.is_none() {
                outer.push(Item::that(Span::new(span.start, span.start)));
            }
            outer.push(self.inner(Inner::Said, items.get(upto.next()..).unwrap_or_default(), content));
            outer
        };
        match that {
            Some(at) => {
                let content = self.statement_at(items.get(at.next()..).unwrap_or_default(), depth.next())?;
                Ok(Some(build(at, content)))
            }
            None => {
                // Only where the rest is a statement by itself; "claimed victory in Hama" has none.
                let inner = items.get(verb.next()..).unwrap_or_default();
                match self.statement_at(inner, depth.next()) {
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
        let copula = items.get(..only)?.iter().rposition(|item| matches!(&*item.text, "is" | "are" | "was" | "were"))?;
        if items.get(copula.next()..only)?.iter().any(|item| !item.is_determiner()) {
            return None;
        }
        let (_, end) = self.kinds_at(items, only.next(), items.len()).into_iter().max_by_key(|(_, end)| *end)?;
        let verb = items.get(end..)?;
        let copula_item = items.get(copula)?.clone();
        let of = Item::of(items.get(only)?.span);
        // Words before the names (dates, attributions) stay in front.
        let start = items.get(..copula)?.iter().position(|item| matches!(item.kind, ItemKind::Name { .. }))?;
        let mut rewritten = items.get(..start)?.to_vec();
        rewritten.push(items.get(only)?.clone());
        rewritten.extend_from_slice(items.get(start..copula)?);
        rewritten.push(of);
        rewritten.extend_from_slice(items.get(only.next()..end)?);
        rewritten.push(copula_item);
        rewritten.extend_from_slice(verb);
        Some(rewritten)
    }

    /// "Apart from Damascus, no provincial capital …": the exception moves behind what it is an exception to.
    fn apart_from(&self, items: &[Item]) -> Option<Vec<Item>> {
        let [first, second, ..] = items else { return None };
        if !matches!((&*first.text, &*second.text), ("apart" | "aside", "from") | ("except", "for")) {
            return None;
        }
        let no = items.iter().position(|item| item.is_word("no"))?;
        let (_, end) = self.kinds_at(items, no.next(), items.len()).into_iter().max_by_key(|(_, end)| *end)?;
        // The exception ends at the last comma before "no", or before the subject in front of it.
        let comma = items.get(..no)?.iter().rposition(|item| item.is_comma())?;
        let exception = trimmed(items.get(..comma)?);
        let mut rewritten = items.get(comma.next()..end)?.to_vec();
        rewritten.extend_from_slice(exception);
        rewritten.extend_from_slice(items.get(end..)?);
        Some(rewritten)
    }

    /// "More than ten days passed between … and …"
    fn passed(&self, items: &[Item], depth: usize) -> Result<Option<Statement>, Refusal> {
        let [first, verb, between, rest @ ..] = items else { return Ok(None) };
        let Some(ChunkKind::Stretch(stretch)) = first.chunk() else { return Ok(None) };
        if !matches!(&*verb.text, "passed" | "elapsed" | "lay") || !between.is_word("between") {
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
            match (one(rest.get(..at)), one(rest.get(at.next()..))) {
                (Ok(from), Ok(to)) => {
                    let passed = Passed { bound: stretch.bound, length: stretch.length, from, to };
                    return Ok(Some(Statement { body: Body::Passed(Box::new(passed)), span: span_of(items) }));
                }
                (Err(found), _) | (_, Err(found)) => {
                    problem.get_or_insert(found);
                }
            }
        }
        Err(problem.unwrap_or_else(|| self.left_over(span_of(items)).into()))
    }

    /// Two statements, of which the second may share subject, or subject and verb, with the first.
    fn joined(&self, items: &[Item], at: usize, depth: usize) -> Result<Statement, Refusal> {
        let Some(ChunkKind::Conjunction(conjunction)) = items.get(at).and_then(Item::chunk) else {
            return Err(self.left_over(span_of(items)).into());
        };
        let left_items = trimmed(items.get(..at).unwrap_or_default());
        let left = self.statement_at(left_items, depth.next())?;
        let right = self.continued(left_items, items.get(at.next()..).unwrap_or_default(), &left, depth)?;
        let span = span_of(items);
        let any = *conjunction == Conjunction::Or;
        // "A and B or C" can be read in two ways.
        let mixed = |part: &Statement| matches!((&part.body, any), (Body::All(_), true) | (Body::Any(_), false));
        if mixed(&left) || mixed(&right) {
            return Err(Problem::new("ambiguous", span, "`and` and `or` in one statement can be read in two ways")
                .help("write two statements, or say it with `both … and` and `either … or` about one thing")
                .into());
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
    fn but_not(&self, items: &[Item], depth: usize) -> Result<Statement, Refusal> {
        let at = items
            .windows(2)
            .position(|pair| matches!(pair, [a, b] if matches!(a.chunk(), Some(ChunkKind::Comma | ChunkKind::Conjunction(Conjunction::But | Conjunction::And))) && matches!(b.chunk(), Some(ChunkKind::Not))))
            .ok_or_else(|| self.left_over(span_of(items)))?;
        let left_items = trimmed(items.get(..at).unwrap_or_default());
        let left = self.statement_at(left_items, depth.next())?;
        let mut right = self.continued(left_items, items.get(at.on(2)..).unwrap_or_default(), &left, depth)?;
        let (Body::Clause(said), Body::Clause(clause)) = (&left.body, &mut right.body) else {
            return Err(self.left_over(span_of(items)).into());
        };
        // "was born in Veles, not in Karst" does not say where somebody was.
        if said.relation != clause.relation {
            return Err(self.left_over(span_of(items.get(at..).unwrap_or_default())).into());
        }
        clause.negated = !clause.negated;
        Ok(Statement { body: Body::All(vec![left, right]), span: span_of(items) })
    }

    fn continued(&self, left_items: &[Item], right: &[Item], left: &Statement, depth: usize) -> Result<Statement, Refusal> {
        let right = trimmed(right);
        let last = match &left.body {
            Body::All(parts) | Body::Any(parts) => parts.last(),
            _ => Some(left),
        };
        let full = self.statement_at(right, depth.next());
        if full.as_ref().is_ok_and(|statement| statement.unknown_name().is_none()) {
            return full;
        }
        let mut best = full;
        if let Some(Body::Clause(clause)) = last.map(|statement| &statement.body) {
            // "did not acquire A or sell B": whether that is denied as well, the words do not tell.
            if clause.negated || clause.aspect.never {
                let problem = Problem::new("ambiguous", span_of(right), "what is denied before may be denied here as well, or not");
                return Err(problem.help("write two statements").into());
            }
            let timed = |item: &Item| matches!(item.chunk(), Some(ChunkKind::When(_) | ChunkKind::Lasting(_)));
            // "A and B fell on 3 March and 12 March"
            if clause.roles.iter().any(|filler| matches!(filler, Filler::Several(_))) && right.iter().all(timed) {
                let problem = Problem::new("ambiguous", span_of(right), "which of them on which day, the words do not tell");
                return Err(problem.help("write a statement for each").into());
            }
            let dated = right.iter().any(timed);
            // "acquired A and sold B in 2021"
            let open =
                dated && !left_items.iter().any(timed) && right.iter().any(|item| !self.vocabulary.verbs().read(&item.text).is_empty());
            if open && best.is_err() {
                let problem = Problem::new("ambiguous", span_of(right), "the time may be that of both, or only of the second");
                return Err(problem.help("say of each when it was").into());
            }
            let plain = |item: &&Item| !matches!(item.chunk(), Some(ChunkKind::When(_) | ChunkKind::Lasting(_) | ChunkKind::Comma));
            // What stands in front is said of both: "in 2020 it acquired A and sold B".
            let fronted = |item: &&Item| plain(item) || !dated && timed(item);
            let before: Vec<Item> =
                left_items.iter().filter(|item| item.span.end <= clause.verb_span.start).filter(fronted).cloned().collect();
            let through: Vec<Item> =
                left_items.iter().filter(|item| item.span.end <= clause.verb_span.end).filter(plain).cloned().collect();
            for shared in [before, through] {
                let whole: Vec<Item> = shared.into_iter().chain(right.iter().cloned()).collect();
                match self.statement_at(&whole, depth.next()) {
                    Ok(statement) if statement.unknown_name().is_none() => return Ok(Statement { span: span_of(right), ..statement }),
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

/// The conjunction that has a date behind it and, after a verb, one before it.
fn dated_on_both_sides(items: &[Item]) -> Option<usize> {
    let dated = |item: &Item| matches!(item.chunk(), Some(ChunkKind::When(_)));
    let joins = |item: &Item| matches!(item.chunk(), Some(ChunkKind::Conjunction(Conjunction::And | Conjunction::Or | Conjunction::But)));
    items.iter().enumerate().position(|(at, item)| {
        let before = items.get(1..at).unwrap_or_default().iter().any(dated);
        let after = items.get(at.next()..).unwrap_or_default().iter().any(dated);
        joins(item) && before && (after || items.get(at.saturating_sub(1)).is_some_and(dated))
    })
}
