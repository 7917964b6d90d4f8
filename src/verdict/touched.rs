//! Claims against rows in columns: the rows that bear on a claim become facts, and the claim is judged on those alone.
//!
//! In: a claim and a fact base with rows in columns. Out: a fact base of the facts that can bear on it, which is all that its verdict
//! depends on. Never: leaves one out that can; where there are more than can be judged on, there is none.

use std::collections::BTreeSet;

use super::judge::Judge;
use super::relevance::{Key, Patterns, Relevance};
use super::{Code, Judgement, Verdict};
use crate::facts::{Columns, Fact, FactBase, RowId, said};
use crate::statement::{Body, Statement};
use crate::vocabulary::{NameId, RelationId, Vocabulary};

/// Rows that a verdict may rest on. A claim that touches more leaves too much open to be judged on each of them.
pub(super) const MOST_ROWS: usize = 400;

/// What rows in columns speak of.
#[derive(Clone, Debug, Default)]
pub(super) struct Spoken {
    /// For each relation of the columns, the relations that its rows speak of, with the role of the row that fills each role.
    patterns: Vec<Vec<(RelationId, Vec<Option<usize>>)>>,
}

impl Spoken {
    pub(super) fn new(columns: &Columns, vocabulary: &Vocabulary, patterns: impl Fn(&Statement) -> Patterns) -> Self {
        // What a row speaks of is the same for all rows of a relation: tried with two names that are told apart.
        let (who, whom) = (NameId(0), NameId(1));
        let role = |names: &Vec<NameId>| match names.as_slice() {
            [name] if *name == who => Some(0),
            [name] if *name == whom => Some(1),
            _ => None,
        };
        let of = columns.relations().iter().map(|of| {
            let clause = crate::statement::Clause::between(of.relation, who, whom, vocabulary.relation(of.relation).roles.len());
            let statement = Statement { body: Body::Clause(Box::new(clause)), span: crate::text::Span::default() };
            let found = patterns(&statement).into_iter();
            found.map(|(relation, names)| (relation, names.iter().map(role).collect())).collect()
        });
        Self { patterns: of.collect() }
    }

    /// The rows that are looked for under a key; more than `most` only in so far.
    fn rows(&self, columns: &Columns, key: &Key, most: usize) -> Vec<RowId> {
        let mut found = Vec::new();
        for (at, patterns) in self.patterns.iter().enumerate() {
            for (relation, roles) in patterns.iter().filter(|(relation, _)| *relation == key.0) {
                let _ = relation;
                match key.1 {
                    None => found.extend(columns.rows_of(at, most)),
                    Some((role, name)) => {
                        if let Some(role) = roles.get(role).copied().flatten() {
                            found.extend(columns.rows_with(at, role, name));
                        }
                    }
                }
            }
        }
        found
    }

    /// Whether rows of another relation than the one at a place speak of a relation.
    pub(super) fn others_speak_of(&self, at: usize, relation: RelationId) -> bool {
        self.patterns.iter().enumerate().any(|(other, patterns)| other != at && patterns.iter().any(|(spoken, _)| *spoken == relation))
    }
}

impl Judge<'_> {
    /// The facts that can bear on a claim, as a fact base of their own, where this one has rows in columns; none where there are too many.
    pub fn touched(&self, claim: &Statement) -> Option<FactBase> {
        let base = self.base();
        let (facts, rows) = self.relevance().with_rows(claim, base, MOST_ROWS)?;
        // Who says what is looked for among all that is stated.
        let saying = claim.clauses().iter().any(|clause| said(clause, &base.vocabulary).is_some());
        let stated = base.facts.len().saturating_sub(base.columns.rows_among_facts());
        let mut plain: Vec<Fact> = Vec::new();
        let mut of_tables: Vec<(u32, Fact)> = Vec::new();
        for (at, fact) in base.facts.iter().enumerate().filter(|(at, _)| saying || facts.contains(at)) {
            match at.checked_sub(stated) {
                None => plain.push(fact.clone()),
                Some(number) => of_tables.push((base.columns.line_of_fact(number).unwrap_or(u32::MAX), fact.clone())),
            }
        }
        of_tables.extend(rows.into_iter().map(|(id, fact)| (id.line(), fact)));
        of_tables.sort_by_key(|(line, _)| *line);
        plain.extend(of_tables.into_iter().map(|(_, fact)| fact));
        Some(self.with_facts(plain))
    }

    /// A fact base of one fact.
    pub fn only(&self, fact: Option<Fact>) -> FactBase {
        self.with_facts(fact.into_iter().collect())
    }

    fn with_facts(&self, facts: Vec<Fact>) -> FactBase {
        let base = self.base();
        FactBase {
            vocabulary: std::sync::Arc::clone(&base.vocabulary),
            sources: base.sources.clone(),
            facts,
            columns: Columns::default(),
            preferred: base.preferred.clone(),
            trusted: base.trusted.clone(),
            horizon: base.horizon,
            last: base.last,
            files: base.files,
        }
    }

    /// The verdict on a claim that touches more rows than are judged on.
    pub fn touches_too_much(&self) -> Judgement {
        Judgement::plain(Verdict::Unknown, Code::TooCostly)
    }
}

impl Relevance {
    /// The facts and the rows that can bear on a statement; none where there are more than so many rows.
    fn with_rows(&self, statement: &Statement, base: &FactBase, most: usize) -> Option<(BTreeSet<usize>, Vec<(RowId, Fact)>)> {
        let vocabulary = &base.vocabulary;
        let mut open: Vec<Key> = self.leads(statement, vocabulary);
        let mut seen: BTreeSet<Key> = open.iter().copied().collect();
        let (mut facts, mut rows) = (BTreeSet::new(), BTreeSet::new());
        let mut found: Vec<(RowId, Fact)> = Vec::new();
        while let Some(key) = open.pop() {
            for fact in self.recorded_at(&key) {
                if facts.insert(*fact) {
                    open.extend(self.leads_of(*fact).iter().filter(|next| seen.insert(**next)));
                }
            }
            for id in self.spoken().rows(&base.columns, &key, most.saturating_add(1)) {
                if rows.insert(id) {
                    let fact = base.columns.fact(id, vocabulary)?;
                    open.extend(self.leads(&fact.statement, vocabulary).into_iter().filter(|next| seen.insert(*next)));
                    found.push((id, fact));
                    if rows.len() > most {
                        return None;
                    }
                }
            }
        }
        Some((facts, found))
    }
}
