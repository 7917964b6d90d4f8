//! Which facts can bear on a statement: those that share a participant with it in a related relation, and so on from there.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use super::touched::Spoken;
use crate::facts::FactBase;
use crate::statement::{Clause, Filler, Statement};
use crate::vocabulary::{IS_A, KindId, NameId, RelationId, Tie, Vocabulary};

/// A relation and, if it is known, who fills one of its roles.
pub(super) type Key = (RelationId, Option<(usize, NameId)>);

/// Relations with the names that fill their roles.
pub(super) type Patterns = Vec<(RelationId, Vec<Vec<NameId>>)>;

/// Which facts can bear on a statement, of a fact base and of what is supposed beside it.
#[derive(Clone, Debug)]
pub(super) struct Relevance {
    ties: Arc<Ties>,
    recorded: Arc<Index>,
    /// Of rows in columns.
    spoken: Arc<Spoken>,
    /// Of facts that are only supposed.
    supposed: Index,
}

/// Facts by the relations and participants that they speak of, what follows from them included.
#[derive(Clone, Debug, Default)]
struct Index {
    by_key: HashMap<Key, Vec<usize>>,
    /// The place of the first fact.
    first: usize,
    /// For each fact, where it leads.
    leads: Vec<Vec<Key>>,
}

impl Index {
    fn new<'s>(first: usize, statements: impl Iterator<Item = &'s Statement>, ties: &Ties, vocabulary: &Vocabulary) -> Self {
        let mut index = Self { first, ..Self::default() };
        for (at, statement) in statements.enumerate() {
            let patterns = ties.patterns(statement, vocabulary);
            let mut keys = BTreeSet::new();
            for (relation, args) in &patterns {
                keys.insert((*relation, None));
                for (role, arg) in args.iter().enumerate() {
                    keys.extend(arg.iter().map(|name| (*relation, Some((role, *name)))));
                }
            }
            for key in keys {
                index.by_key.entry(key).or_default().push(first.saturating_add(at));
            }
            let leads = patterns.iter().flat_map(|(relation, args)| ties.keys(*relation, args, vocabulary)).collect::<BTreeSet<_>>();
            index.leads.push(leads.into_iter().collect());
        }
        index
    }

    fn at(&self, key: &Key) -> &[usize] {
        self.by_key.get(key).map(Vec::as_slice).unwrap_or_default()
    }

    fn leads_of(&self, fact: usize) -> &[Key] {
        fact.checked_sub(self.first).and_then(|at| self.leads.get(at)).map(Vec::as_slice).unwrap_or_default()
    }
}

/// What ties names and relations to one another.
#[derive(Debug)]
struct Ties {
    /// The parts of each group.
    parts: HashMap<NameId, Vec<NameId>>,
    /// For each relation, the relations that tie it to others, in both directions, with how the roles correspond.
    ties: HashMap<RelationId, Vec<(RelationId, Vec<Option<usize>>)>>,
    /// Relations that another one turns round or excludes.
    turned: HashSet<RelationId>,
}

impl Relevance {
    pub(super) fn new(base: &FactBase) -> Self {
        let vocabulary = &base.vocabulary;
        let mut parts: HashMap<NameId, Vec<NameId>> = HashMap::new();
        for (name, groups) in vocabulary.names_in_groups() {
            for group in groups.iter().filter(|group| **group != name) {
                parts.entry(*group).or_default().push(name);
            }
        }
        let turned = vocabulary.relations().iter().flat_map(|relation| {
            let excluded = relation.links.iter().filter(|link| link.tie == Tie::Excludes).map(|link| link.target);
            relation.inverse_of.into_iter().chain(excluded)
        });
        let ties = Ties { parts, ties: ties(vocabulary), turned: turned.collect() };
        let recorded = Index::new(0, base.facts.iter().map(|fact| &fact.statement), &ties, vocabulary);
        let spoken = Spoken::new(&base.columns, vocabulary, |statement| ties.patterns(statement, vocabulary));
        Self { ties: Arc::new(ties), recorded: Arc::new(recorded), spoken: Arc::new(spoken), supposed: Index::default() }
    }

    /// The same for another fact base with the same vocabulary.
    pub(super) fn over(&self, base: &FactBase) -> Self {
        let recorded = Index::new(0, base.facts.iter().map(|fact| &fact.statement), &self.ties, &base.vocabulary);
        Self { ties: Arc::clone(&self.ties), recorded: Arc::new(recorded), spoken: Arc::default(), supposed: Index::default() }
    }

    /// Where a statement leads.
    pub(super) fn leads(&self, statement: &Statement, vocabulary: &Vocabulary) -> Vec<Key> {
        let patterns = self.ties.patterns(statement, vocabulary);
        patterns.iter().flat_map(|(relation, args)| self.ties.keys(*relation, args, vocabulary)).collect()
    }

    /// The facts under a key.
    pub(super) fn recorded_at(&self, key: &Key) -> &[usize] {
        self.recorded.at(key)
    }

    /// Where a fact leads.
    pub(super) fn leads_of(&self, fact: usize) -> &[Key] {
        self.recorded.leads_of(fact)
    }

    /// What rows in columns speak of.
    pub(super) fn spoken(&self) -> &Spoken {
        &self.spoken
    }

    /// Whether any name is part of another.
    pub(super) fn has_groups(&self) -> bool {
        !self.ties.parts.is_empty()
    }

    /// Whether a name is part of something, or something is part of it.
    pub(super) fn is_in_groups(&self, name: NameId, vocabulary: &Vocabulary) -> bool {
        vocabulary.groups(name).len() > 1 || self.ties.parts.contains_key(&name)
    }

    /// The same with facts that are only supposed, counted from `first` on.
    pub(super) fn with<'s>(&self, first: usize, supposed: impl Iterator<Item = &'s Statement>, vocabulary: &Vocabulary) -> Self {
        let supposed = Index::new(first, supposed, &self.ties, vocabulary);
        let (ties, recorded, spoken) = (Arc::clone(&self.ties), Arc::clone(&self.recorded), Arc::clone(&self.spoken));
        Self { ties, recorded, spoken, supposed }
    }

    /// The facts that can bear on a statement, sorted.
    pub(super) fn of(&self, statement: &Statement, vocabulary: &Vocabulary) -> Vec<usize> {
        let mut open = self.leads(statement, vocabulary);
        let mut seen: BTreeSet<Key> = open.iter().copied().collect();
        let mut facts = BTreeSet::new();
        while let Some(key) = open.pop() {
            for index in [self.recorded.as_ref(), &self.supposed] {
                for fact in index.at(&key) {
                    if facts.insert(*fact) {
                        open.extend(index.leads_of(*fact).iter().filter(|next| seen.insert(**next)));
                    }
                }
            }
        }
        facts.into_iter().collect()
    }
}

impl Ties {
    /// The relations with participants that a statement speaks of, and those tied to them.
    fn patterns(&self, statement: &Statement, vocabulary: &Vocabulary) -> Patterns {
        let mut found: Patterns = Vec::new();
        for clause in statement.clauses() {
            let relation = vocabulary.relation(clause.relation);
            let mut args = names(clause, vocabulary);
            let id = match relation.inverse_of {
                Some(original) => {
                    args.reverse();
                    original
                }
                None => clause.relation,
            };
            let mut open = vec![(id, args, 0_u8)];
            let mut seen = Vec::new();
            while let Some((id, args, depth)) = open.pop() {
                if depth > 3 || seen.contains(&id) {
                    continue;
                }
                seen.push(id);
                for (target, roles) in self.ties.get(&id).map(Vec::as_slice).unwrap_or_default() {
                    let mapped = roles.iter().map(|role| role.and_then(|role| args.get(role)).cloned().unwrap_or_default()).collect();
                    open.push((*target, mapped, depth.saturating_add(1)));
                }
                // A tied relation of which no participant is shared cannot bear on the statement.
                if depth == 0 || args.iter().any(|names| !names.is_empty()) {
                    found.push((id, args));
                }
            }
            // Happenings in which it took place are dated by their beginnings and ends.
            for (name, _) in &clause.circumstances {
                for event in ["begin", "end"] {
                    if let Some(id) = vocabulary.relation_named(event) {
                        let roles = vocabulary.relation(id).roles.len();
                        let mut args = vec![Vec::new(); roles];
                        if let Some(last) = args.last_mut() {
                            last.push(*name);
                        }
                        found.push((id, args));
                    }
                }
            }
        }
        found
    }

    /// Where to look for facts about a relation with participants: by the roles that tell one matter from another.
    fn keys(&self, relation: RelationId, args: &[Vec<NameId>], vocabulary: &Vocabulary) -> Vec<Key> {
        let meaning = vocabulary.relation(relation);
        // What is mirrored, chained or excluded the other way round is looked for in every role.
        if meaning.symmetric || meaning.transitive || self.turned.contains(&relation) {
            let everybody: Vec<NameId> = args.iter().flatten().copied().collect();
            return (0..args.len()).flat_map(|role| self.named(relation, role, &everybody, vocabulary)).collect();
        }
        let mut chosen: Vec<Vec<usize>> = Vec::new();
        if let Some((_, per)) = &meaning.one {
            chosen.push(per.clone());
        }
        if let Some(per) = &meaning.once {
            chosen.push(per.clone());
        }
        chosen.push((1..args.len()).collect());
        let mut keys = Vec::new();
        let mut any = false;
        for roles in chosen {
            // The first named role of a set is enough: it holds every fact that agrees on all of them.
            if let Some(role) = roles.iter().find(|role| args.get(**role).is_some_and(|names| !names.is_empty())) {
                any = true;
                keys.extend(self.named(relation, *role, args.get(*role).map(Vec::as_slice).unwrap_or_default(), vocabulary));
            }
        }
        if !any {
            match args.first() {
                Some(first) if !first.is_empty() => keys.extend(self.named(relation, 0, first, vocabulary)),
                _ => keys.push((relation, None)),
            }
        }
        keys
    }

    fn named(&self, relation: RelationId, role: usize, names: &[NameId], vocabulary: &Vocabulary) -> Vec<Key> {
        let mut keys = Vec::new();
        for name in names {
            keys.push((relation, Some((role, *name))));
            if role == 0 {
                let groups = vocabulary.groups(*name).iter().copied();
                let parts = self.parts.get(name).map(Vec::as_slice).unwrap_or_default().iter().copied();
                keys.extend(groups.chain(parts).map(|other| (relation, Some((role, other)))));
            }
        }
        keys
    }
}

/// For each relation, the relations that can bear on it, in both directions.
fn ties(vocabulary: &Vocabulary) -> HashMap<RelationId, Vec<(RelationId, Vec<Option<usize>>)>> {
    let mut ties: HashMap<RelationId, Vec<(RelationId, Vec<Option<usize>>)>> = HashMap::new();
    for (id, relation) in vocabulary.relations().iter().enumerate() {
        let id = RelationId(u32::try_from(id).unwrap_or(u32::MAX));
        if id == IS_A {
            continue;
        }
        for link in &relation.links {
            let target = vocabulary.relation(link.target);
            let (target_id, roles): (RelationId, Vec<Option<usize>>) = match target.inverse_of {
                Some(original) => (original, link.roles.iter().rev().copied().collect()),
                None => (link.target, link.roles.clone()),
            };
            // Back: for each role of this relation, the target's role that it fills.
            let back = (0..relation.roles.len()).map(|role| roles.iter().position(|r| *r == Some(role))).collect();
            ties.entry(id).or_default().push((target_id, roles));
            ties.entry(target_id).or_default().push((id, back));
        }
    }
    ties
}

/// The names that fill each role; of a kind that is counted or closed, all its members.
fn names(clause: &Clause, vocabulary: &Vocabulary) -> Vec<Vec<NameId>> {
    let members = |kind: KindId| vocabulary.members(kind);
    clause
        .roles
        .iter()
        .map(|filler| match filler {
            Filler::Name(name, _) => vec![*name],
            Filler::Several(group) => {
                let mut names: Vec<NameId> = group.names.iter().map(|(name, _)| *name).collect();
                if group.only {
                    let kind = group.of.or_else(|| names.first().and_then(|name| vocabulary.name(*name).kinds.first().copied()));
                    names.extend(kind.map(members).unwrap_or_default());
                }
                names
            }
            Filler::Counted(counted) => {
                let mut names = members(counted.kind);
                names.extend(counted.listed.iter().chain(&counted.except).map(|(name, _)| *name));
                names
            }
            _ => Vec::new(),
        })
        .collect()
}
