//! Declarations to tables. All are collected first, so that a line may speak of what a later line or file declares.

use std::collections::HashSet;
use std::mem::{Discriminant, discriminant};
use std::sync::{Arc, OnceLock};

use hashbrown::HashMap;

use super::inflect::plural;
use super::{
    Kind, KindId, Link, Name, NameId, NameIndex, Numbers, Part, Phrasing, PhrasingId, Reading, Relation, RelationId, Role, Sort, Speech,
    Tie, Unread, Verbs, Vocabulary,
};
use crate::syntax::{Declaration, Element, KindNote, LinkWord, NameNote, Property, property};
use crate::text::limits::{MOST_ABOVE, MOST_DECLARED, MOST_LISTED};
use crate::text::{Diagnostic, Document, Problem, Span, nearest, one_of};

/// Where something was declared.
#[derive(Clone, Debug)]
pub struct Place {
    /// The file.
    pub document: Arc<Document>,
    /// The line.
    pub span: Span,
}

/// A statement that a vocabulary file says must, or must not, be understood.
#[derive(Clone, Debug)]
pub struct Example {
    /// As which relation.
    pub relation: RelationId,
    /// The statement.
    pub statement: String,
    /// What fills the roles; none for a statement that must not be understood as that relation.
    pub fillers: Option<Vec<String>>,
    /// Where it stands.
    pub place: Place,
}

#[derive(Clone, Debug)]
struct Raw<T> {
    what: T,
    document: Arc<Document>,
    offset: usize,
    line: Span,
}

impl<T> Raw<T> {
    fn place(&self) -> Place {
        Place { document: Arc::clone(&self.document), span: self.line }
    }
}

/// A line of a relation.
#[derive(Clone, Debug)]
enum Line {
    Read(Property),
    /// A phrasing that is read when it is asked for, with its verb.
    Unread(Option<String>),
}

/// Collects declarations and makes a vocabulary of them.
#[derive(Clone, Debug, Default)]
pub struct Builder {
    declarations: Vec<Raw<Declaration>>,
    /// How many there are of each sort.
    counts: HashMap<Discriminant<Declaration>, usize>,
    /// With the number of the relation's declaration that the line belongs to.
    properties: Vec<(usize, Raw<Line>)>,
    /// Names that tables of facts bring along, with the kind of the column that they stand in.
    table_names: Vec<(String, Option<KindId>, Place)>,
    with_cast: bool,
}

struct Tables {
    kinds: Vec<Kind>,
    names: Vec<Name>,
    relations: Vec<Relation>,
    by_name: HashMap<String, RelationId>,
    kind_index: NameIndex,
    name_index: NameIndex,
    disjoint: Vec<Vec<KindId>>,
    problems: Vec<Diagnostic>,
}

impl Builder {
    /// An empty builder. With `with_cast`, names that exist only for examples are taken in as well.
    pub fn new(with_cast: bool) -> Self {
        Self { with_cast, ..Self::default() }
    }

    /// Takes a declaration in; `offset` is the byte at which its line starts. Gives its number, for [`Builder::property`].
    pub fn declare(&mut self, declaration: Declaration, document: &Arc<Document>, offset: usize, line: Span) -> usize {
        let count = self.counts.entry(discriminant(&declaration)).or_default();
        *count = count.saturating_add(1);
        self.declarations.push(Raw { what: declaration, document: Arc::clone(document), offset, line });
        self.declarations.len().saturating_sub(1)
    }

    /// Whether no more of what a declaration declares is taken in.
    pub fn is_full(&self, declaration: &Declaration) -> bool {
        matches!(declaration, Declaration::Kind { .. } | Declaration::Relation { .. } | Declaration::Disjoint(_))
            && self.counts.get(&discriminant(declaration)).is_some_and(|count| *count >= MOST_DECLARED)
    }

    /// Takes in an indented line of the relation that was declared as number `relation`.
    pub fn property(&mut self, relation: usize, property: Property, document: &Arc<Document>, offset: usize, line: Span) {
        self.properties.push((relation, Raw { what: Line::Read(property), document: Arc::clone(document), offset, line }));
    }

    /// The same for a phrasing that is known to be in order, and is read when it is asked for.
    pub(super) fn phrasing(&mut self, relation: usize, verb: Option<String>, document: &Arc<Document>, offset: usize, line: Span) {
        self.properties.push((relation, Raw { what: Line::Unread(verb), document: Arc::clone(document), offset, line }));
    }

    /// Whether a declaration is that of a relation.
    pub fn is_relation(&self, declaration: usize) -> bool {
        self.declarations.get(declaration).is_some_and(|raw| matches!(raw.what, Declaration::Relation { .. }))
    }

    /// Makes the name of a table's row known, with the kind of the role that it fills and the row. Names that are declared keep
    /// their kinds and places.
    pub fn table_name(&mut self, name: &str, kind: Option<KindId>, place: Place) {
        self.table_names.push((name.to_owned(), kind, place));
    }

    /// All declarations as tables, and what is wrong with them.
    pub fn finish(&self) -> (Vocabulary, Vec<Diagnostic>) {
        let mut tables = Tables {
            kinds: Vec::new(),
            names: Vec::new(),
            relations: Vec::new(),
            by_name: HashMap::from([("is a".to_owned(), super::IS_A)]),
            kind_index: NameIndex::default(),
            name_index: NameIndex::default(),
            disjoint: Vec::new(),
            problems: Vec::new(),
        };
        let (mut verbs, mut numbers) = (Verbs::default(), Numbers::default());
        self.words(&mut verbs, &mut numbers);
        self.kinds(&mut tables);
        let ancestors = tables.kind_ancestors();
        self.names(&mut tables);
        let groups = tables.name_groups();
        tables.report_deep(&ancestors, &groups);
        self.kind_owners(&mut tables);
        let by_declaration = self.relations(&mut tables);
        let mut phrasings = Vec::new();
        let mut examples = Vec::new();
        self.properties(&mut tables, &by_declaration, &mut phrasings, &mut examples);

        let mut by_verb: HashMap<String, Vec<PhrasingId>> = HashMap::new();
        let mut nouns = Vec::new();
        for (number, phrasing) in phrasings.iter().enumerate() {
            let id = PhrasingId(u32::try_from(number).unwrap_or(u32::MAX));
            match &phrasing.verb {
                Some(verb) => {
                    by_verb
                        .entry_ref(verb.as_str())
                        .or_insert_with(|| {
                            verbs.add(verb);
                            Vec::new()
                        })
                        .push(id);
                }
                None => nouns.push(id),
            }
        }
        for auxiliary in ["be", "have", "do"] {
            verbs.add(auxiliary);
        }
        let alone: Vec<NameId> = (0..number(tables.names.len())).map(NameId).collect();
        // Most are part of nothing.
        let groups = groups.into_iter().map(|groups| if groups.len() > 1 { groups.into() } else { Box::default() }).collect();
        let vocabulary = Vocabulary {
            ancestors,
            groups,
            alone,
            kinds: tables.kinds,
            names: tables.names,
            relations: tables.relations,
            phrasings,
            disjoint: tables.disjoint,
            verbs,
            numbers,
            name_index: tables.name_index,
            kind_index: tables.kind_index,
            by_verb,
            nouns,
            examples,
        };
        (vocabulary, tables.problems)
    }

    /// The same where `vocabulary` is what all declarations without the names of tables make, and nothing was wrong with it.
    pub fn finish_after(mut self, mut vocabulary: Vocabulary) -> (Vocabulary, Vec<Diagnostic>) {
        if vocabulary.kinds.iter().any(|kind| kind.total.is_some()) {
            return self.finish();
        }
        vocabulary.take_table_names(std::mem::take(&mut self.table_names));
        (vocabulary, Vec::new())
    }

    fn words(&self, verbs: &mut Verbs, numbers: &mut Numbers) {
        for raw in &self.declarations {
            match &raw.what {
                Declaration::Verb(forms) => verbs.irregular(forms),
                Declaration::Double(base) => verbs.doubling(base),
                Declaration::Number { word, sure, tolerant } => numbers.add(&word.0, *sure, *tolerant),
                _ => {}
            }
        }
    }

    fn kinds(&self, tables: &mut Tables) {
        for raw in &self.declarations {
            let Declaration::Kind { name, plural: irregular, notes } = &raw.what else { continue };
            let total = notes.iter().find_map(|note| if let KindNote::Total(total) = note { Some(*total) } else { None });
            // A kind may be declared again, to say more of it.
            let id = match tables.kind_index.exact(&name.0) {
                [known, ..] => *known,
                [] => {
                    let id = number(tables.kinds.len());
                    tables.kinds.push(Kind {
                        name: name.0.clone(),
                        parents: Vec::new(),
                        total: None,
                        recurring: None,
                        of: None,
                        place: raw.place(),
                    });
                    tables.kind_index.add(&name.0, id);
                    let regular = plural(&name.0);
                    tables.kind_index.add(irregular.as_deref().unwrap_or(&regular), id);
                    id
                }
            };
            if let Some(kind) = tables.kinds.get_mut(id as usize) {
                kind.total = total.or(kind.total);
                let said = |note: &KindNote| match note {
                    KindNote::Recurring => Some(true),
                    KindNote::OneOff => Some(false),
                    _ => None,
                };
                kind.recurring = notes.iter().find_map(said).or(kind.recurring);
            }
        }
        self.kinds_of_roles(tables);
        for raw in &self.declarations {
            match &raw.what {
                Declaration::Kind { name, notes, .. } => {
                    let Some(id) = tables.kind_index.exact(&name.0).first().copied() else { continue };
                    for note in notes {
                        if let KindNote::Parent(written) = note
                            && let Some(parent) = tables.kind_ref(written, raw)
                            && let Some(kind) = tables.kinds.get_mut(id as usize)
                            && !kind.parents.contains(&parent)
                        {
                            kind.parents.push(parent);
                            if tables.kind_reaches(parent, KindId(id)) {
                                if let Some(kind) = tables.kinds.get_mut(id as usize) {
                                    kind.parents.pop();
                                }
                                let message = format!("every `{}` is a `{}` already, so that this would be a circle", written.0, name.0);
                                tables.report(raw, Problem::new("membership-cycle", written.1, message));
                            }
                        }
                    }
                }
                Declaration::Disjoint(kinds) => {
                    let set = kinds.iter().filter_map(|kind| tables.kind_ref(kind, raw)).collect();
                    tables.disjoint.push(set);
                }
                _ => {}
            }
        }
    }

    /// A role may be filled by one kind or another ("party or place"): the two together are a kind of their own.
    fn kinds_of_roles(&self, tables: &mut Tables) {
        for raw in &self.declarations {
            let Declaration::Relation { roles, .. } = &raw.what else { continue };
            for (_, (union, span)) in roles {
                if !union.contains(" or ") || !tables.kind_index.exact(union).is_empty() {
                    continue;
                }
                let members: Vec<KindId> = union.split(" or ").filter_map(|kind| tables.kind_ref(&(kind.to_owned(), *span), raw)).collect();
                let id = number(tables.kinds.len());
                tables.kinds.push(Kind {
                    name: union.clone(),
                    parents: Vec::new(),
                    total: None,
                    recurring: None,
                    of: None,
                    place: raw.place(),
                });
                tables.kind_index.add(union, id);
                for member in members {
                    if let Some(kind) = tables.kinds.get_mut(member.0 as usize) {
                        kind.parents.push(KindId(id));
                    }
                }
            }
        }
    }

    fn names(&self, tables: &mut Tables) {
        for raw in &self.declarations {
            let Declaration::Name { names, aliases, notes, cast } = &raw.what else { continue };
            if *cast && !self.with_cast {
                continue;
            }
            if names.len() > 1
                && let Some(alias) = aliases.first()
            {
                tables.report(
                    raw,
                    Problem::new("malformed-line", alias.1, "whose other name this is cannot be told, since the line has several names")
                        .help("give a name with other names a line of its own"),
                );
            }
            let kinds: Vec<KindId> = notes
                .iter()
                .filter_map(|note| if let NameNote::Kind(kind) = note { Some(kind) } else { None })
                .filter_map(|k| tables.kind_ref(k, raw))
                .collect();
            for name in names {
                let id = match tables.name_index.exact(&name.0) {
                    [known, ..] => *known,
                    [] => tables.add_name(&name.0, raw.place(), false),
                };
                for alias in aliases {
                    tables.name_index.add(&alias.0, id);
                }
                if let Some(entry) = tables.names.get_mut(id as usize) {
                    entry.aliases.extend(aliases.iter().map(|alias| alias.0.clone()));
                    for kind in &kinds {
                        if !entry.kinds.contains(kind) {
                            entry.kinds.push(*kind);
                        }
                    }
                }
            }
        }
        for (name, kind, place) in &self.table_names {
            if tables.name_index.exact(name).is_empty() {
                tables.add_name(name, place.clone(), false);
            }
            let id = tables.name_index.exact(name).first().copied();
            if let (Some(kind), Some(entry)) = (kind, id.and_then(|id| tables.names.get_mut(id as usize))) {
                entry.take_rough_kind(*kind);
            }
        }
        for raw in &self.declarations {
            let Declaration::Name { names, notes, cast, .. } = &raw.what else { continue };
            if *cast && !self.with_cast {
                continue;
            }
            for note in notes {
                let NameNote::PartOf(group) = note else { continue };
                let Some(group_id) = tables.name_ref(group, raw) else { continue };
                for name in names {
                    let Some(id) = tables.name_index.exact(&name.0).first().copied() else { continue };
                    if let Some(entry) = tables.names.get_mut(id as usize) {
                        entry.groups.push(group_id);
                    }
                    if tables.reaches(group_id, NameId(id)) {
                        if let Some(entry) = tables.names.get_mut(id as usize) {
                            entry.groups.pop();
                        }
                        tables.report(
                            raw,
                            Problem::new(
                                "membership-cycle",
                                group.1,
                                format!("`{}` is already part of `{}`, directly or not, so it cannot hold it as a part", group.0, name.0),
                            ),
                        );
                    }
                }
            }
        }
        // Members of counted kinds that nobody named, so that counting can speak of them.
        let ancestors = tables.kind_ancestors();
        for id in 0..number(tables.kinds.len()) {
            let Some(total) = tables.kinds.get(id as usize).and_then(|k| k.total) else { continue };
            let of_kind = |name: &Name| name.kinds.iter().any(|k| ancestors.get(k.0 as usize).is_some_and(|a| a.contains(&KindId(id))));
            let named = tables.names.iter().filter(|name| of_kind(name)).count();
            let (place, label) = match tables.kinds.get(id as usize) {
                Some(kind) => (kind.place.clone(), kind.name.clone()),
                None => continue,
            };
            if named > total as usize {
                tables.problems.push(
                    Problem::new(
                        "too-many-of-kind",
                        place.span,
                        format!("`{label}` is said to have {total} in all, but {named} names are of that kind"),
                    )
                    .at(&place.document, 0),
                );
            }
            for n in named..(total as usize).min(named.saturating_add(64)) {
                let unnamed = tables.add_name(&format!("{label} number {}", n.saturating_add(1)), place.clone(), true);
                if let Some(entry) = tables.names.get_mut(unnamed as usize) {
                    entry.kinds.push(KindId(id));
                }
            }
        }
    }

    fn kind_owners(&self, tables: &mut Tables) {
        for raw in &self.declarations {
            let Declaration::Kind { name, notes, .. } = &raw.what else { continue };
            for note in notes {
                let KindNote::Of(owner) = note else { continue };
                let (Some(owner), Some(id)) = (tables.name_ref(owner, raw), tables.kind_index.exact(&name.0).first().copied()) else {
                    continue;
                };
                if let Some(kind) = tables.kinds.get_mut(id as usize) {
                    kind.of = Some(owner);
                }
            }
        }
    }

    fn relations(&self, tables: &mut Tables) -> HashMap<usize, RelationId> {
        let mut by_declaration = HashMap::new();
        let place = self
            .declarations
            .first()
            .map_or_else(|| Place { document: Arc::new(Document::new("", "")), span: Span::default() }, Raw::place);
        let anything = KindId(0);
        tables.relations.push(Relation {
            name: "is a".to_owned(),
            sort: Sort::State,
            roles: vec![Role { name: "name".to_owned(), kind: anything }, Role { name: "kind".to_owned(), kind: anything }],
            one: None,
            functions: Vec::new(),
            once: None,
            unique: false,
            repeatable: false,
            permanent: true,
            transitive: false,
            symmetric: false,
            links: Vec::new(),
            inverse_of: None,
            speech: None,
            place,
        });
        for (at, raw) in self.declarations.iter().enumerate() {
            let Declaration::Relation { name, event, roles } = &raw.what else { continue };
            if let Some(known) = tables.by_name.get(&name.0).map(|id| id.0 as usize) {
                // Declared again: more properties and phrasings for the same relation, if it has the same roles.
                let same = tables.relations.get(known).is_some_and(|r| {
                    r.roles.len() == roles.len()
                        && r.roles.iter().zip(roles).all(|(a, (b, _))| a.name == b.0)
                        && (r.sort == Sort::Event) == *event
                });
                if same {
                    by_declaration.insert(at, RelationId(number(known)));
                } else {
                    tables.report(
                        raw,
                        Problem::new("relation-clash", name.1, format!("`{}` is already a relation, with other roles", name.0)),
                    );
                }
                continue;
            }
            let roles = roles
                .iter()
                .map(|(role, kind)| Role { name: role.0.clone(), kind: tables.kind_ref(kind, raw).unwrap_or(anything) })
                .collect();
            let id = RelationId(number(tables.relations.len()));
            by_declaration.insert(at, id);
            tables.by_name.insert(name.0.clone(), id);
            tables.relations.push(Relation {
                name: name.0.clone(),
                sort: if *event { Sort::Event } else { Sort::State },
                roles,
                one: None,
                functions: Vec::new(),
                once: None,
                unique: false,
                repeatable: false,
                permanent: false,
                transitive: false,
                symmetric: false,
                links: Vec::new(),
                inverse_of: None,
                speech: None,
                place: raw.place(),
            });
        }
        by_declaration
    }

    fn properties(
        &self,
        tables: &mut Tables,
        by_declaration: &HashMap<usize, RelationId>,
        phrasings: &mut Vec<Phrasing>,
        examples: &mut Vec<Example>,
    ) {
        let mut role_names: HashMap<RelationId, Arc<[String]>> = HashMap::new();
        for (declaration, raw) in &self.properties {
            let Some(&id) = by_declaration.get(declaration) else { continue };
            let Some(relation) = tables.relations.get(id.0 as usize) else { continue };
            let property = match &raw.what {
                Line::Read(property) => property,
                Line::Unread(verb) => {
                    let names = || relation.roles.iter().map(|role| role.name.clone()).collect();
                    let roles = Arc::clone(role_names.entry(id).or_insert_with(names));
                    let unread = Unread { document: Arc::clone(&raw.document), line: raw.line, roles };
                    phrasings.push(Phrasing { relation: id, verb: verb.clone(), reading: OnceLock::new(), unread: Some(unread) });
                    continue;
                }
            };
            // Nearly all lines are phrasings, which leave the relation as it is.
            let done = match property {
                Property::Say(elements) => phrasing(id, relation, elements, true).map(|phrasing| phrasings.push(phrasing)),
                Property::Noun(elements) => phrasing(id, relation, elements, false).map(|phrasing| phrasings.push(phrasing)),
                Property::Yes { statement, fillers } => {
                    let (statement, fillers) = (statement.0.clone(), Some(fillers.clone()));
                    examples.push(Example { relation: id, statement, fillers, place: raw.place() });
                    Ok(())
                }
                Property::No(statement) => {
                    examples.push(Example { relation: id, statement: statement.0.clone(), fillers: None, place: raw.place() });
                    Ok(())
                }
                what => tables.property(relation.clone(), what).map(|changed| {
                    if let Some(slot) = tables.relations.get_mut(id.0 as usize) {
                        *slot = changed;
                    }
                }),
            };
            if let Err(problem) = done {
                tables.report(raw, problem);
            }
        }
    }
}

/// Something and all above it, itself first, no further than is allowed and one more.
fn closure<'t, T: Copy + PartialEq + 't>(from: T, above: impl Fn(&T) -> &'t [T]) -> Vec<T> {
    let mut all = vec![from];
    let mut next = 0_usize;
    while let Some(one) = all.get(next).copied() {
        for other in above(&one) {
            if all.len() <= MOST_ABOVE && !all.contains(other) {
                all.push(*other);
            }
        }
        next = next.saturating_add(1);
    }
    all
}

fn number(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

impl Tables {
    fn report<T>(&mut self, raw: &Raw<T>, problem: Problem) {
        self.problems.push(problem.at(&raw.document, raw.offset));
    }

    fn add_name(&mut self, name: &str, place: Place, unnamed: bool) -> u32 {
        let id = number(self.names.len());
        self.names.push(Name {
            name: name.to_owned(),
            aliases: Vec::new(),
            kinds: Vec::new(),
            groups: Vec::new(),
            place,
            unnamed,
            rough: false,
        });
        if !unnamed {
            self.name_index.add(name, id);
        }
        id
    }

    fn kind_ref<T>(&mut self, kind: &(String, Span), raw: &Raw<T>) -> Option<KindId> {
        match self.kind_index.exact(&kind.0).first() {
            Some(id) => Some(KindId(*id)),
            None => {
                let near = one_of(&nearest(&kind.0, self.kind_index.known()));
                // "football club" is a club, if that is known.
                let last = kind.0.rsplit(' ').next().filter(|last| last.len() < kind.0.len());
                let last = last.filter(|last| !self.kind_index.exact(last).is_empty());
                let (parent, which) = match last {
                    Some(last) => (last, "or whatever it is a kind of"),
                    None => ("thing", "or `party`, `person`, `place`, `happening`, `work`: whatever it is a kind of"),
                };
                let problem = Problem::new("unknown-kind", kind.1, format!("`{}` is no kind that is known here", kind.0))
                    .maybe_help(near)
                    .help(format!("declare it with `kind {}: {parent}` ({which}; `factum list kinds` has them all)", kind.0));
                self.report(raw, problem);
                None
            }
        }
    }

    fn name_ref<T>(&mut self, name: &(String, Span), raw: &Raw<T>) -> Option<NameId> {
        match self.name_index.exact(&name.0).first() {
            Some(id) => Some(NameId(*id)),
            None => {
                let known = self.names.iter().flat_map(|name| std::iter::once(&name.name).chain(&name.aliases));
                let near = one_of(&nearest(&name.0, known.map(String::as_str)));
                self.report(
                    raw,
                    Problem::new("unknown-name", name.1, format!("`{}` is no name that is known here", name.0)).maybe_help(near),
                );
                None
            }
        }
    }

    fn kind_ancestors(&self) -> Vec<Vec<KindId>> {
        let parents = |kind: &KindId| self.kinds.get(kind.0 as usize).map(|kind| kind.parents.as_slice()).unwrap_or_default();
        (0..self.kinds.len()).map(|id| closure(KindId(number(id)), parents)).collect()
    }

    fn name_groups(&self) -> Vec<Vec<NameId>> {
        let groups = |name: &NameId| self.names.get(name.0 as usize).map(|name| name.groups.as_slice()).unwrap_or_default();
        (0..self.names.len()).map(|id| closure(NameId(number(id)), groups)).collect()
    }

    /// Reports what stands so far below others that not all of them are known to it.
    fn report_deep(&mut self, ancestors: &[Vec<KindId>], groups: &[Vec<NameId>]) {
        let kinds =
            self.kinds.iter().zip(ancestors).filter(|(_, above)| above.len() > MOST_ABOVE).map(|(kind, _)| (&kind.name, &kind.place));
        let names = self.names.iter().zip(groups).filter(|(_, above)| above.len() > MOST_ABOVE).map(|(name, _)| (&name.name, &name.place));
        let found = kinds.chain(names).next().map(|(name, place)| {
            Problem::new(
                "too-deep",
                place.span,
                format!("`{name}` is a kind of, or part of, more than {MOST_ABOVE} others, directly or not"),
            )
            .at(&place.document, 0)
        });
        self.problems.extend(found);
    }

    /// Whether a kind is another one, directly or not.
    fn kind_reaches(&self, from: KindId, to: KindId) -> bool {
        let parents = |kind: &KindId| self.kinds.get(kind.0 as usize).map(|kind| kind.parents.as_slice()).unwrap_or_default();
        closure(from, parents).contains(&to)
    }

    fn reaches(&self, from: NameId, to: NameId) -> bool {
        let mut open = vec![from];
        let mut seen = HashSet::new();
        while let Some(name) = open.pop() {
            if name == to {
                return true;
            }
            if seen.insert(name) {
                open.extend(self.names.get(name.0 as usize).map(|n| n.groups.as_slice()).unwrap_or_default());
            }
        }
        false
    }

    fn role(relation: &Relation, role: &(String, Span)) -> Result<usize, Problem> {
        relation.role(&role.0).ok_or_else(|| {
            Problem::new("unknown-role", role.1, format!("`{}` has no role `{}`", relation.name, role.0))
                .maybe_help(one_of(&relation.roles.iter().map(|r| r.name.as_str()).collect::<Vec<_>>()))
        })
    }

    /// A relation with what a line says of it.
    fn property(&self, mut relation: Relation, what: &Property) -> Result<Relation, Problem> {
        let roles = |list: &[(String, Span)]| list.iter().map(|role| Self::role(&relation, role)).collect::<Result<Vec<_>, _>>();
        match what {
            Property::Once { per, unique } => {
                let per = roles(per)?;
                relation.once = Some(per);
                relation.unique = *unique;
            }
            Property::One { role, per } => {
                let one = (Self::role(&relation, role)?, roles(per)?);
                match relation.one {
                    None => relation.one = Some(one),
                    Some(_) => relation.functions.push(one),
                }
            }
            Property::Repeatable => relation.repeatable = true,
            Property::Symmetric => relation.symmetric = true,
            Property::Transitive => relation.transitive = true,
            Property::Permanent => relation.permanent = true,
            Property::Speech { denies } => relation.speech = Some(if *denies { Speech::Denies } else { Speech::Asserts }),
            Property::Link { word, target, fillers } => self.link(&mut relation, *word, target, fillers)?,
            // Ways to say it, and examples of them, stand beside it.
            Property::Say(_) | Property::Noun(_) | Property::Yes { .. } | Property::No(_) => {}
        }
        Ok(relation)
    }

    fn link(&self, relation: &mut Relation, word: LinkWord, target: &(String, Span), fillers: &[(String, Span)]) -> Result<(), Problem> {
        let Some(at) = self.by_name.get(&target.0).map(|id| id.0 as usize) else {
            let near = one_of(&nearest(&target.0, self.relations.iter().map(|r| r.name.as_str())));
            return Err(
                Problem::new("unknown-relation", target.1, format!("`{}` is no relation that is known here", target.0)).maybe_help(near)
            );
        };
        let target_id = RelationId(number(at));
        let Some(other) = self.relations.get(at) else { return Ok(()) };
        if word == LinkWord::Inverse {
            relation.inverse_of = Some(target_id);
            return Ok(());
        }
        let roles = if fillers.is_empty() {
            // By name, where nothing is said: excludes, and ties between relations with the same roles.
            (0..other.roles.len()).map(|n| (n < relation.roles.len()).then_some(n)).collect()
        } else {
            if fillers.len() != other.roles.len() {
                return Err(Problem::new(
                    "unknown-role",
                    target.1,
                    format!("`{}` has {} roles, not {}", other.name, other.roles.len(), fillers.len()),
                ));
            }
            fillers
                .iter()
                .map(|filler| if filler.0 == "_" { Ok(None) } else { Self::role(relation, filler).map(Some) })
                .collect::<Result<Vec<_>, _>>()?
        };
        let state_wanted = matches!(
            word,
            LinkWord::Starts | LinkWord::Ends | LinkWord::Requires | LinkWord::After | LinkWord::IsStartOf | LinkWord::IsEndOf
        );
        if state_wanted && other.sort != Sort::State {
            return Err(Problem::new(
                "wrong-sort",
                target.1,
                format!("`{}` is an event; only a state can begin, end or be required", other.name),
            ));
        }
        if word == LinkWord::Implies && other.sort != relation.sort {
            return Err(Problem::new("wrong-sort", target.1, "a state implies a state and an event implies an event".to_owned()));
        }
        if relation.links.len() >= MOST_LISTED {
            return Err(Problem::new("too-long", target.1, format!("a relation has at most {MOST_LISTED} ties to others")));
        }
        relation.links.push(Link {
            tie: match word {
                LinkWord::Implies => Tie::Implies,
                LinkWord::Starts => Tie::Starts,
                LinkWord::Ends => Tie::Ends,
                LinkWord::Requires => Tie::Requires,
                LinkWord::After => Tie::After,
                LinkWord::IsStartOf => Tie::IsStartOf,
                LinkWord::IsEndOf => Tie::IsEndOf,
                LinkWord::Excludes | LinkWord::Inverse => Tie::Excludes,
                LinkWord::Asserts => Tie::Asserts,
            },
            target: target_id,
            roles,
        });
        Ok(())
    }
}

fn phrasing(id: RelationId, relation: &Relation, elements: &Arc<[Element]>, with_verb: bool) -> Result<Phrasing, Problem> {
    let (verb, reading) = reading(elements, with_verb, &|role| Tables::role(relation, role))?;
    Ok(Phrasing { relation: id, verb, reading: OnceLock::from(reading), unread: None })
}

/// A line that waited to be read; nothing where it is no phrasing.
pub(super) fn read_late(unread: &Unread) -> Option<Reading> {
    let role = |role: &(String, Span)| {
        let at = unread.roles.iter().position(|name| *name == role.0);
        at.ok_or_else(|| Problem::new("unknown-role", role.1, format!("there is no role `{}`", role.0)))
    };
    let (elements, with_verb) = match property(unread.line.of(unread.document.text())).ok()? {
        Property::Say(elements) => (elements, true),
        Property::Noun(elements) => (elements, false),
        _ => return None,
    };
    reading(&elements, with_verb, &role).ok().map(|(_, reading)| reading)
}

type RoleOf<'r> = dyn Fn(&(String, Span)) -> Result<usize, Problem> + 'r;

/// The verb of a phrasing, and what stands around it.
fn reading(elements: &Arc<[Element]>, with_verb: bool, role: &RoleOf<'_>) -> Result<(Option<String>, Reading), Problem> {
    let at = elements.iter().position(|element| matches!(element, Element::Verb(_)));
    let (verb, before, after) = match (at, with_verb) {
        (Some(at), true) => {
            let verb = if let Some(Element::Verb(verb)) = elements.get(at) { Some(verb.clone()) } else { None };
            (verb, elements.get(..at).unwrap_or_default(), elements.get(at.saturating_add(1)..).unwrap_or_default())
        }
        (None, false) => (None, elements.as_ref(), [].as_slice()),
        (None, true) => {
            return Err(Problem::new("malformed-line", Span::default(), "a `say` line needs a verb in angle brackets, such as `<hold>`"));
        }
        (Some(_), false) => return Err(Problem::new("malformed-line", Span::default(), "a `noun` line has no verb")),
    };
    Ok((verb, Reading { before: parts(before, role)?, after: parts(after, role)?, shown: Arc::clone(elements) }))
}

fn parts(elements: &[Element], role_of: &RoleOf<'_>) -> Result<Vec<Part>, Problem> {
    elements
        .iter()
        .map(|element| match element {
            Element::Slot { role, possessive, span } => Ok(Part::Slot { role: role_of(&(role.clone(), *span))?, possessive: *possessive }),
            Element::Words(words) => Ok(Part::Words(Arc::clone(words))),
            Element::Optional(inner) => Ok(Part::Optional(parts(inner, role_of)?)),
            Element::Verb(_) => Err(Problem::new("malformed-line", Span::default(), "a phrasing has one verb")),
        })
        .collect()
}
