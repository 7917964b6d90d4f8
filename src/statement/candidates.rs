//! Every way in which a core is a verb with what belongs to it.
//!
//! In: a core without dates and small words. Out: candidates with what each costs in unknown words. Never: chooses one.

use std::rc::Rc;

use super::adjuncts::Adjuncts;
use super::clause::Mode;
use super::items::{Item, ItemKind, Place, span_of};
use super::noun_phrase::UNKNOWN_COST;
use super::pattern::Binding;
use super::reader::{ClauseForm, Core, Inner, Reader};
use super::same::same_filler;
use super::verb_group::VerbGroup;
use super::{Aspect, Body, Clause, Filler, Statement};
use crate::vocabulary::{Form, IS_A, KindId, Part, Phrasing, PhrasingId};

/// One way to read a clause.
#[derive(Clone, Debug)]
pub(super) struct Candidate {
    pub(super) clause: Clause,
    pub(super) cost: u32,
    pub(super) group: VerbGroup,
}

impl Reader<'_> {
    /// All ways to read a core.
    pub(super) fn candidates(&self, core: &Core, mode: &Mode) -> Vec<Candidate> {
        let mut found = Vec::new();
        // A clause that borrows its subject begins with its verb.
        let starts = match mode {
            Mode::Finite => core.len(),
            Mode::Gerund(_) | Mode::Infinitive(_) => 1,
        };
        for start in 0..starts {
            for group in core.verb_groups(self, start).iter() {
                let fits = match mode {
                    Mode::Finite => !group.gerund,
                    Mode::Gerund(_) => group.gerund,
                    Mode::Infinitive(_) => group.bare,
                };
                if !fits {
                    continue;
                }
                for id in self.vocabulary.with_verb(&group.base) {
                    self.phrasing(core, group, *id, mode, &mut found);
                }
                if group.base == "be" && !group.passive && matches!(mode, Mode::Finite) {
                    self.kind_statement(core, group, &mut found);
                }
            }
        }
        found
    }

    fn phrasing(&self, core: &Core, group: &VerbGroup, id: PhrasingId, mode: &Mode, found: &mut Vec<Candidate>) {
        let phrasing = self.vocabulary.phrasing(id);
        if !self.spend() || !has_words_of(core, phrasing) {
            return;
        }
        for (before, after) in self.voices(id, group).iter() {
            let left = match mode {
                Mode::Finite => self.bind(phrasing.relation, before, core, 0, group.start),
                Mode::Gerund(subject) | Mode::Infinitive(subject) => match before.as_slice() {
                    [Part::Slot { role, .. }] if self.may_fill(phrasing, *role, subject) => {
                        vec![Binding { roles: vec![(*role, subject.clone())], cost: 0 }]
                    }
                    _ => Vec::new(),
                },
            };
            if left.is_empty() {
                continue;
            }
            let right = self.bind(phrasing.relation, after, core, group.end, core.len());
            for l in &left {
                for r in &right {
                    if let Some(clause) = self.assemble(core, id, group, l, r) {
                        found.push(Candidate { clause, cost: l.cost.saturating_add(r.cost), group: group.clone() });
                    }
                }
            }
        }
    }

    fn may_fill(&self, phrasing: &Phrasing, role: usize, filler: &Filler) -> bool {
        match (filler, self.vocabulary.relation(phrasing.relation).roles.get(role)) {
            (Filler::Name(name, _), Some(role)) => self.fits(*name, role.kind),
            (Filler::Open | Filler::Unknown(..) | Filler::UnknownAmong(_) | Filler::Several(_) | Filler::Counted(_), Some(_)) => true,
            _ => false,
        }
    }

    fn assemble(&self, core: &Core, id: PhrasingId, group: &VerbGroup, left: &Binding, right: &Binding) -> Option<Clause> {
        let phrasing = self.vocabulary.phrasing(id);
        let relation = self.vocabulary.relation(phrasing.relation);
        let mut roles = vec![Filler::Open; relation.roles.len()];
        for (role, filler) in left.roles.iter().chain(&right.roles) {
            let slot = roles.get_mut(*role)?;
            if *slot != Filler::Open {
                return None;
            }
            *slot = filler.clone();
        }
        Some(Clause {
            relation: phrasing.relation,
            roles,
            negated: false,
            tense: group.tense,
            times: Vec::new(),
            aspect: Aspect::default(),
            first: None,
            circumstances: Vec::new(),
            phrasing: Some(id),
            passive: group.passive,
            verb_span: core.get(group.start..group.end).map(span_of).unwrap_or_default(),
        })
    }

    /// "HTS is an Islamist militant group", "Aleppo and Hama are cities"
    fn kind_statement(&self, core: &Core, group: &VerbGroup, found: &mut Vec<Candidate>) {
        let mut at = group.end;
        if core.get(at).is_some_and(Item::is_determiner) {
            at = at.next();
        } else if core.get(at).is_some_and(|item| item.is_word("one")) && core.get(at.next()).is_some_and(|item| item.is_word("of")) {
            at = at.on(2);
            at = at.on(usize::from(core.get(at).is_some_and(Item::is_determiner)));
        }
        // "the first flare-up in years": the reader has noted that it is a first.
        at = at.on(usize::from(core.get(at).is_some_and(|item| item.is_word("first"))));
        for (kind, end) in self.kinds_at(core, at, core.len()) {
            // "a city of Syria", where that is whose they are said to be
            let owned = core.get(end).is_some_and(|item| item.is_word("of") || item.is_word("in"))
                && matches!(core.get(end.next()).map(|item| &item.kind), Some(ItemKind::Name { ids, .. }) if self.vocabulary.kind(kind).of.is_some_and(|of| ids.contains(&of)));
            let end = if owned { end.on(2) } else { end };
            if end != core.len() {
                continue;
            }
            let span = core.get(at..end).map(span_of).unwrap_or_default();
            let verb = core.get(group.start).map(|item| item.span).unwrap_or_default();
            for name in self.subjects(core, group.start) {
                let cost = if name.unknown().is_some() { UNKNOWN_COST + 1 } else { 0 };
                found.push(Candidate {
                    clause: Clause { tense: group.tense, ..Clause::of(IS_A, vec![name, Filler::Kind(kind, span)], verb) },
                    cost,
                    group: group.clone(),
                });
            }
        }
    }

    /// The names that stand before a copula, of whatever kind.
    fn subjects(&self, core: &Core, end: usize) -> Vec<Filler> {
        let mut found: Vec<Filler> = Vec::new();
        for kind in 0..self.vocabulary.kinds().len() {
            let kind = KindId(u32::try_from(kind).unwrap_or(0));
            if !self.vocabulary.kind(kind).parents.is_empty() {
                continue;
            }
            for read in core.noun_phrases(self, 0, end, kind, false).iter() {
                let usable = matches!(read.filler, Filler::Name(..) | Filler::Several(_)) || read.filler.unknown().is_some();
                if read.end == end && usable && !found.iter().any(|known| same_filler(known, &read.filler)) {
                    found.push(read.filler.clone());
                }
            }
        }
        if found.iter().any(|filler| filler.unknown().is_none()) {
            found.retain(|filler| filler.unknown().is_none());
        }
        found
    }

    /// "vowed to defeat the insurgency": the words after *to* as something to be done.
    pub(super) fn read_deed(&self, core: &Core) -> Option<Core> {
        for (at, item) in core.iter().enumerate() {
            let infinitive = item.is_word("to")
                && core.get(at.next()).is_some_and(|next| {
                    next.is_plain_word() && self.vocabulary.verbs().read(&next.text).iter().any(|(_, form)| *form == Form::Base)
                });
            if !infinitive || at == 0 {
                continue;
            }
            let inner = core.get(at.next()..)?;
            let to_do = || self.with_core(&Rc::new(Core::new(inner.to_vec())), &Adjuncts::default(), &Mode::Infinitive(Filler::Open));
            if let Ok(clause) = self.clause_once(ClauseForm::ToDo, inner, to_do) {
                let statement = Statement { body: Body::Clause(Box::new(clause)), span: span_of(inner) };
                let mut outer = core.get(..=at)?.to_vec();
                outer.push(self.inner(Inner::Deed, inner, statement));
                return Some(Core::new(outer));
            }
        }
        None
    }
}

/// Whether all words that a phrasing cannot do without stand somewhere in a core; most phrasings of a common verb are out at once.
fn has_words_of(core: &Core, phrasing: &Phrasing) -> bool {
    phrasing.before.iter().chain(&phrasing.after).all(|part| match part {
        Part::Words(words) => core.iter().any(|item| item.is_one_of(words)),
        Part::Slot { .. } | Part::Optional(_) => true,
    })
}
