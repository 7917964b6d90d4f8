//! What reading one statement works with: its text, the vocabulary, what is left of the work it may cost, and what has been
//! read of it already.
//!
//! A statement is tried in many ways, by commas, circumstances, order and joints, and most of them have most of their words
//! in common. So what a run of items means is found out once: noun phrases by [`Core`], clauses and statements by the reader.
//! Items keep their numbers in every way that they are put together, which makes a run known again. Never: outlives the
//! statement, decides what anything means.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::ops::Deref;
use std::rc::Rc;

use super::items::{Item, span_of};
use super::noun_phrase::Read;
use super::refusal::Refusal;
use super::resolve::Context;
use super::verb_group::VerbGroup;
use super::{Clause, Statement};
use crate::text::limits::{MOST_STEPS, MOST_STEPS_OF_TELLING};
use crate::text::{Problem, Span};
use crate::vocabulary::{KindId, NameMatch, Part, PhrasingId, Vocabulary};

/// Reads one statement.
pub(super) struct Reader<'a> {
    pub(super) text: &'a str,
    pub(super) vocabulary: &'a Vocabulary,
    pub(super) context: &'a Context,
    /// What is left of the work that one statement may cost; hostile input stops here.
    steps: Cell<u32>,
    /// The number for the next item that stands for several.
    next_number: Cell<u32>,
    inner_numbers: RefCell<HashMap<(Inner, Run), u32>>,
    kinds: RefCell<HashMap<usize, Rc<[NameMatch]>>>,
    clauses: RefCell<HashMap<(ClauseForm, Run), Result<Clause, Refusal>>>,
    statements: RefCell<HashMap<(Level, usize, Run), Result<Statement, Refusal>>>,
    voices: RefCell<HashMap<(PhrasingId, bool, Option<Rc<str>>), Rc<[Voice]>>>,
}

/// What stands before the verb of a phrasing and what behind it, in one voice.
pub(super) type Voice = (Vec<Part>, Vec<Part>);

/// Items by their numbers.
type Run = Box<[u32]>;

/// What a run of items is read as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Level {
    /// Something that may be said by somebody, and joined of several.
    Statement,
    /// A clause with its order to others.
    Sentence,
}

/// What a clause is that is read without looking at others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum ClauseForm {
    /// With its own subject.
    Finite,
    /// What is to be done, by nobody that is named.
    ToDo,
}

/// What an item that stands for several is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Inner {
    /// What somebody says.
    Said,
    /// What somebody vows or tries.
    Deed,
}

/// Items of one clause, with the noun phrases found in them.
#[derive(Debug)]
pub(super) struct Core {
    items: Vec<Item>,
    read: RefCell<HashMap<(usize, usize, KindId, bool), Rc<[Read]>>>,
    groups: RefCell<HashMap<usize, Rc<[VerbGroup]>>>,
}

impl Deref for Core {
    type Target = [Item];

    fn deref(&self) -> &[Item] {
        &self.items
    }
}

impl Core {
    pub(super) fn new(items: Vec<Item>) -> Self {
        Self { items, read: RefCell::default(), groups: RefCell::default() }
    }

    /// The noun phrases at a place, found out once.
    pub(super) fn noun_phrases(&self, reader: &Reader<'_>, at: usize, limit: usize, kind: KindId, possessive: bool) -> Rc<[Read]> {
        let key = (at, limit, kind, possessive);
        if let Some(known) = self.read.borrow().get(&key) {
            return Rc::clone(known);
        }
        let read: Rc<[Read]> = reader.noun_phrases(self, at, limit, kind, possessive).into();
        reader.spend_many(WORK_OF_NOUN_PHRASES);
        self.read.borrow_mut().insert(key, Rc::clone(&read));
        read
    }

    /// The verbs that begin at a place, found out once.
    pub(super) fn verb_groups(&self, reader: &Reader<'_>, start: usize) -> Rc<[VerbGroup]> {
        if let Some(known) = self.groups.borrow().get(&start) {
            return Rc::clone(known);
        }
        reader.spend();
        let groups: Rc<[VerbGroup]> = super::verb_group::verb_groups(self, start, reader.vocabulary.verbs()).into();
        self.groups.borrow_mut().insert(start, Rc::clone(&groups));
        groups
    }
}

/// What looking for noun phrases at one place costs, in steps.
const WORK_OF_NOUN_PHRASES: u32 = 4;

/// So many items that are put together anew are as much work as one step.
const ITEMS_A_STEP: usize = 8;

fn run(items: &[Item]) -> Run {
    items.iter().map(|item| item.number).collect()
}

impl<'a> Reader<'a> {
    /// A reader of a statement whose items have the numbers below `first_number`.
    pub(super) fn new(text: &'a str, vocabulary: &'a Vocabulary, context: &'a Context, first_number: usize) -> Self {
        Self {
            text,
            vocabulary,
            context,
            steps: Cell::new(MOST_STEPS),
            next_number: Cell::new(u32::try_from(first_number).unwrap_or(u32::MAX)),
            inner_numbers: RefCell::default(),
            kinds: RefCell::default(),
            clauses: RefCell::default(),
            statements: RefCell::default(),
            voices: RefCell::default(),
        }
    }

    /// Uses up one step of work; false when none is left.
    pub(super) fn spend(&self) -> bool {
        let left = self.steps.get();
        self.spend_many(1);
        left > 0
    }

    /// Uses up so many steps, or what is left.
    pub(super) fn spend_many(&self, steps: u32) {
        self.steps.set(self.steps.get().saturating_sub(steps));
    }

    /// Uses up what it costs to try these items in one more way.
    pub(super) fn spend_on(&self, items: &[Item]) {
        let steps = items.len().checked_div(ITEMS_A_STEP).unwrap_or_default().saturating_add(1);
        self.spend_many(u32::try_from(steps).unwrap_or(u32::MAX));
    }

    pub(super) fn exhausted(&self) -> bool {
        self.steps.get() == 0
    }

    /// What there is to spend on telling why a statement is refused, however much was spent on trying to understand it.
    pub(super) fn turn_to_telling(&self) {
        self.steps.set(MOST_STEPS_OF_TELLING);
    }

    /// The fault of a statement on which all the work was spent.
    pub(super) fn too_many_readings(items: &[Item]) -> Problem {
        Problem::new("too-long", span_of(items), "this statement can be read in too many ways to try them all")
            .help("split it into several statements; the names of a list are parted by commas")
    }

    pub(super) fn left_over(&self, span: Span) -> Problem {
        Problem::new("left-over", span, format!("I do not know what `{}` adds here", span.of(self.text)))
            .help("every word of a statement must have a meaning; leave it out, or say it in a way that the vocabulary knows")
    }

    /// An item for a statement that these items make.
    pub(super) fn inner(&self, as_what: Inner, items: &[Item], statement: Statement) -> Item {
        let fresh = self.next_number.get();
        let number = *self.inner_numbers.borrow_mut().entry((as_what, run(items))).or_insert(fresh);
        if number == fresh {
            self.next_number.set(fresh.saturating_add(1));
        }
        let span = statement.span;
        Item::inner(statement, span, number)
    }

    /// The kinds whose words begin at a byte of the text, found out once.
    pub(super) fn kinds_from(&self, start: usize) -> Rc<[NameMatch]> {
        let find = || self.vocabulary.kind_index().starting_at(self.text, start).into();
        Rc::clone(self.kinds.borrow_mut().entry(start).or_insert_with(find))
    }

    /// A phrasing in the voice of a verb, found out once.
    pub(super) fn voices(&self, id: PhrasingId, group: &VerbGroup) -> Rc<[Voice]> {
        let find = || super::voice::voices(self.vocabulary.phrasing(id), group).into();
        Rc::clone(self.voices.borrow_mut().entry((id, group.passive, group.adverb.clone())).or_insert_with(find))
    }

    /// What these items mean as a clause, found out once.
    pub(super) fn clause_once(
        &self,
        form: ClauseForm,
        items: &[Item],
        find: impl FnOnce() -> Result<Clause, Refusal>,
    ) -> Result<Clause, Refusal> {
        let key = (form, run(items));
        if let Some(known) = self.clauses.borrow().get(&key) {
            return known.clone();
        }
        let found = find();
        self.clauses.borrow_mut().insert(key, found.clone());
        found
    }

    /// What these items mean at a depth, found out once.
    pub(super) fn statement_once(
        &self,
        level: Level,
        depth: usize,
        items: &[Item],
        find: impl FnOnce() -> Result<Statement, Refusal>,
    ) -> Result<Statement, Refusal> {
        let key = (level, depth, run(items));
        if let Some(known) = self.statements.borrow().get(&key) {
            return known.clone();
        }
        let found = find();
        self.statements.borrow_mut().insert(key, found.clone());
        found
    }
}
