//! Worlds as constraints: on which days each state holds and each event happens, in every way that agrees with what is asserted.
//!
//! A *fluent* is a relation with its participants; in a world it has a set of days. What is asserted of it are *mentions*:
//! "these days are in" and "these days are out", each under a literal that says whether the mention counts. Nothing else
//! need be fixed: a world in which every mention that counts is obeyed can always be completed by leaving all other days
//! out. The axioms (a part's deed is the group's, one holder, what an event starts and ends, disjoint kinds …) are clauses
//! between mentions, made when a mention comes in.

use std::collections::HashMap;

use super::meaning::{Misplaced, Never, Tally};
use super::solver::{Lit, Solver, Unknown};
use crate::statement::Unit;
use crate::time::{Day, DaySet, Grain};
use crate::vocabulary::{IS_A, KindId, Link, NameId, Relation, RelationId, Sort, Tie, Vocabulary};

/// A day, or an unknown day plus an offset, or without end on either side.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Term {
    pub(super) unknown: Unknown,
    pub(super) offset: i64,
}

/// Farther away than any day that is reckoned with.
const FAR: i64 = i64::MAX / 8;

impl Term {
    pub(super) const START: Self = Self { unknown: Unknown::ORIGIN, offset: -FAR };
    pub(super) const END: Self = Self { unknown: Unknown::ORIGIN, offset: FAR };

    pub(super) fn number(offset: i64) -> Self {
        Self { unknown: Unknown::ORIGIN, offset: offset.clamp(-FAR, FAR) }
    }

    pub(super) fn day(day: Day) -> Self {
        if day == Day::MIN {
            Self::START
        } else if day == Day::MAX {
            Self::END
        } else {
            Self::number(day.epoch_days())
        }
    }

    pub(super) fn of(unknown: Unknown) -> Self {
        Self { unknown, offset: 0 }
    }

    pub(super) fn plus(self, days: i64) -> Self {
        if self == Self::START || self == Self::END { self } else { Self { offset: self.offset.saturating_add(days), ..self } }
    }
}

/// A participant.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Arg {
    /// In: somebody, not said who. Out: everybody.
    Any,
    Name(NameId),
    Kind(KindId),
    /// In: one of a kind that nobody named. Out: that one.
    Unnamed(KindId, u32),
    /// Out only: all of a kind but these names and the first unnamed ones.
    AllOf {
        kind: KindId,
        except: Vec<NameId>,
        unnamed_from: u32,
    },
    /// What is said or to be done: by its words, and by what it speaks of where it gives no date.
    Content(String, Option<Box<Fluent>>),
    /// A measured number in its unit; its value is the mention's.
    Value(Unit),
}

/// A relation with its participants.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct Fluent {
    pub(super) relation: RelationId,
    pub(super) args: Vec<Arg>,
    /// The happenings in which it took place.
    pub(super) circumstances: Vec<NameId>,
}

/// Where a mention comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Origin {
    /// A fact, by its place in the fact base.
    Fact(usize),
    /// A declaration.
    Declared,
    /// An assumption.
    Assumed,
    /// The claim.
    Claim,
}

/// Days that are in, or out.
#[derive(Clone, Debug)]
pub(super) struct Mention {
    pub(super) guard: Lit,
    pub(super) fluent: Fluent,
    pub(super) from: Term,
    pub(super) to: Term,
    pub(super) inside: bool,
    pub(super) origin: Origin,
    /// The state is known to begin at `from`.
    pub(super) begins: bool,
    /// The state is known to end at `to`, or nothing is to be concluded from it going on.
    pub(super) closed: bool,
    /// An out-mention that only says that a beginning is one: when the state ended before is not known from it.
    pub(super) before_beginning: bool,
    /// The state goes on after `to`: it is not handed over on that day.
    pub(super) goes_on: bool,
    /// When what goes on is recorded to have begun.
    pub(super) begun: Option<Term>,
    /// Somebody who is not named begins to hold it on `from`.
    pub(super) takes_over: bool,
    /// Only supposed to lie between two others: nothing else is placed by it.
    pub(super) between: bool,
    /// For a measured number, in thousandths: its value (in) or its bounds (out).
    pub(super) value: Option<Unknown>,
    pub(super) range: Option<(i64, i64)>,
    /// How exactly the date was given.
    pub(super) grain: Grain,
    /// Whether the statement that it comes from says when.
    pub(super) dated: bool,
}

/// A recorded beginning or end of a state.
#[derive(Clone, Debug)]
pub(super) struct Beginning {
    pub(super) guard: Lit,
    pub(super) fluent: Fluent,
    pub(super) day: Term,
    pub(super) grain: Grain,
}

/// The constraints so far.
#[derive(Clone, Debug)]
pub(super) struct World<'v> {
    pub(super) vocabulary: &'v Vocabulary,
    pub(super) solver: Solver,
    /// Where an unknown is looked for first.
    near: i64,
    bounds: Vec<(i64, i64)>,
    pub(super) mentions: Vec<Mention>,
    by_relation: HashMap<RelationId, Vec<usize>>,
    pub(super) beginnings: Vec<Beginning>,
    pub(super) endings: Vec<Beginning>,
    /// Days from which on a state may be over: something ended that is not named in full.
    pub(super) possible_ends: Vec<(Fluent, Term)>,
    /// Days beside a handover on which a holder is out, by the literal that says so.
    outs: HashMap<(Fluent, Term), Lit>,
    /// Days beside a handover on which a holder is in, by the literal that says so.
    ins: HashMap<(Fluent, Term), Lit>,
    pub(super) nevers: Vec<Never>,
    pub(super) misplaced: Vec<Misplaced>,
    pub(super) tallies: Vec<Tally>,
    /// The literal of the assumption `once`.
    pub(super) once: Lit,
    truth: Lit,
    /// It is being asked which way a handover goes.
    passing: bool,
    /// What is mentioned now is only supposed, beside a happening that others are placed by.
    pub(super) placing: bool,
    pub(super) origin: Origin,
    pub(super) grain: Grain,
    /// Whether the statement that is being compiled says when.
    pub(super) dated: bool,
}

/// A formula that is already a literal, or known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Known {
    True,
    False,
    Lit(Lit),
}

impl Known {
    pub(super) fn not(self) -> Self {
        match self {
            Self::True => Self::False,
            Self::False => Self::True,
            Self::Lit(lit) => Self::Lit(!lit),
        }
    }
}

impl<'v> World<'v> {
    /// Without constraints. Days that nothing fixes are looked for near the day `near`, so that a world that is told is one of
    /// its time.
    pub(super) fn new(vocabulary: &'v Vocabulary, near: i64) -> Self {
        let mut solver = Solver::new();
        let truth = solver.variable();
        solver.clause(&[truth]);
        let once = solver.variable();
        Self {
            vocabulary,
            solver,
            near,
            bounds: vec![(0, 0)],
            mentions: Vec::new(),
            by_relation: HashMap::new(),
            beginnings: Vec::new(),
            endings: Vec::new(),
            possible_ends: Vec::new(),
            outs: HashMap::new(),
            ins: HashMap::new(),
            nevers: Vec::new(),
            misplaced: Vec::new(),
            tallies: Vec::new(),
            once,
            truth,
            passing: false,
            placing: false,
            origin: Origin::Declared,
            grain: Grain::Day,
            dated: false,
        }
    }

    /// A literal that is always true.
    pub(super) fn truth(&self) -> Lit {
        self.truth
    }

    /// A new unknown day, or number, within a set.
    pub(super) fn unknown_in(&mut self, set: &DaySet) -> Unknown {
        let far = |day: Day| Term::day(day).offset;
        let low = set.first().map_or(-FAR, far);
        let high = set.last().map_or(FAR, far);
        let unknown = self.unknown_between(low, high);
        // Between the pieces there is nothing.
        for pair in set.pieces().windows(2) {
            if let [(_, end), (start, _)] = pair {
                let before = self.le(Term::of(unknown), Term::day(*end));
                let after = self.le(Term::day(*start), Term::of(unknown));
                self.assert_any(&[before, after]);
            }
        }
        unknown
    }

    /// A new unknown number between two. Where there is none between them, it is left free: whoever asks says besides what
    /// it must lie between, under a literal of its own, and a fact that cannot be must not make every world impossible.
    pub(super) fn unknown_between(&mut self, low: i64, high: i64) -> Unknown {
        let (low, high) = if low > high { (-FAR, FAR) } else { (low, high) };
        let unknown = self.solver.unknown(self.near.clamp(low, high));
        self.bounds.push((low, high));
        if low > -FAR {
            let lit = self.solver.at_most(Unknown::ORIGIN, unknown, low.saturating_neg());
            self.solver.clause(&[lit]);
        }
        if high < FAR {
            let lit = self.solver.at_most(unknown, Unknown::ORIGIN, high);
            self.solver.clause(&[lit]);
        }
        unknown
    }

    /// A new unknown that is no day: the least number is looked for first.
    pub(super) fn unknown_number(&mut self, low: i64, high: i64) -> Unknown {
        let near = std::mem::replace(&mut self.near, low);
        let unknown = self.unknown_between(low, high);
        self.near = near;
        unknown
    }

    /// The least and the greatest that a term can be.
    pub(super) fn span(&self, term: Term) -> (i64, i64) {
        let index = term.unknown;
        let (low, high) = if index == Unknown::ORIGIN { (0, 0) } else { self.bounds.get(index.place()).copied().unwrap_or((-FAR, FAR)) };
        let add = |n: i64| if n <= -FAR || n >= FAR { n } else { n.saturating_add(term.offset).clamp(-FAR, FAR) };
        (add(low), add(high))
    }

    /// `a <= b`
    pub(super) fn le(&mut self, a: Term, b: Term) -> Known {
        if a == Term::START || b == Term::END {
            return Known::True;
        }
        if a == Term::END || b == Term::START {
            return Known::False;
        }
        if a.unknown == b.unknown {
            return if a.offset <= b.offset { Known::True } else { Known::False };
        }
        let ((a_low, a_high), (b_low, b_high)) = (self.span(a), self.span(b));
        if a_high <= b_low && a_high < FAR && b_low > -FAR {
            return Known::True;
        }
        if a_low > b_high && a_low > -FAR && b_high < FAR {
            return Known::False;
        }
        Known::Lit(self.solver.at_most(a.unknown, b.unknown, b.offset.saturating_sub(a.offset)))
    }

    /// `a < b`
    pub(super) fn lt(&mut self, a: Term, b: Term) -> Known {
        match (a, b) {
            (a, _) if a == Term::START => Known::True,
            (_, b) if b == Term::END => Known::True,
            (a, b) => self.le(a.plus(1), b),
        }
    }

    /// At least one of these holds.
    pub(super) fn assert_any(&mut self, parts: &[Known]) {
        let mut lits = Vec::with_capacity(parts.len());
        for part in parts {
            match part {
                Known::True => return,
                Known::False => {}
                Known::Lit(lit) => lits.push(*lit),
            }
        }
        self.solver.clause(&lits);
    }

    /// A literal that makes all of these hold.
    pub(super) fn all(&mut self, parts: &[Known]) -> Known {
        let mut lits = Vec::new();
        for part in parts {
            match part {
                Known::True => {}
                Known::False => return Known::False,
                Known::Lit(lit) => lits.push(*lit),
            }
        }
        match lits.as_slice() {
            [] => Known::True,
            [only] => Known::Lit(*only),
            several => {
                let whole = self.solver.variable();
                for lit in several {
                    self.solver.clause(&[!whole, *lit]);
                }
                Known::Lit(whole)
            }
        }
    }

    /// A literal that makes one of these hold.
    pub(super) fn any(&mut self, parts: &[Known]) -> Known {
        let mut lits = Vec::new();
        for part in parts {
            match part {
                Known::True => return Known::True,
                Known::False => {}
                Known::Lit(lit) => lits.push(*lit),
            }
        }
        match lits.as_slice() {
            [] => Known::False,
            [only] => Known::Lit(*only),
            several => {
                let whole = self.solver.variable();
                let clause: Vec<Lit> = several.iter().copied().chain([!whole]).collect();
                self.solver.clause(&clause);
                Known::Lit(whole)
            }
        }
    }

    /// A literal that makes at least `least` of these hold (sequential counter).
    pub(super) fn at_least(&mut self, least: usize, parts: &[Known]) -> Known {
        let sure = parts.iter().filter(|part| **part == Known::True).count();
        let open: Vec<Known> = parts.iter().filter(|part| matches!(part, Known::Lit(_))).copied().collect();
        let least = least.saturating_sub(sure);
        if least == 0 {
            return Known::True;
        }
        if least > open.len() {
            return Known::False;
        }
        if least == open.len() {
            return self.all(&open);
        }
        // row[j]: at least j+1 of the parts so far
        let mut row: Vec<Known> = Vec::new();
        for part in open {
            let mut next = Vec::new();
            for j in 0..least {
                let before = row.get(j).copied().unwrap_or(Known::False);
                let one_less = j.checked_sub(1).map_or(Known::True, |j| row.get(j).copied().unwrap_or(Known::False));
                let with = self.all(&[one_less, part]);
                next.push(self.any(&[before, with]));
            }
            row = next;
        }
        row.last().copied().unwrap_or(Known::False)
    }

    /// Says that days are in or out. The literal that comes back makes it so.
    pub(super) fn mention(&mut self, mention: Mention) -> Known {
        let guard = mention.guard;
        self.add(mention, 0);
        Known::Lit(guard)
    }

    /// A mention of the current origin, under a new literal.
    pub(super) fn fresh(&mut self, fluent: &Fluent, from: Term, to: Term, inside: bool) -> Mention {
        let guard = self.solver.variable();
        Mention {
            guard,
            fluent: fluent.clone(),
            from,
            to,
            inside,
            origin: self.origin,
            begins: false,
            closed: false,
            before_beginning: false,
            goes_on: false,
            begun: None,
            takes_over: false,
            between: self.placing,
            value: None,
            range: None,
            grain: self.grain,
            dated: self.dated,
        }
    }

    fn add(&mut self, mut mention: Mention, depth: usize) {
        // An inverse is said by the relation that it is the inverse of.
        let relation = self.vocabulary.relation(mention.fluent.relation);
        if let Some(original) = relation.inverse_of {
            mention.fluent = Fluent {
                relation: original,
                args: mention.fluent.args.iter().rev().cloned().collect(),
                circumstances: mention.fluent.circumstances.clone(),
            };
        }
        let relation = self.vocabulary.relation(mention.fluent.relation);
        if relation.permanent {
            mention.from = Term::START;
            mention.to = Term::END;
        }
        let known: Vec<usize> = self.by_relation.get(&mention.fluent.relation).cloned().unwrap_or_default();
        let mut derived = Vec::new();
        let lasting = relation.sort == Sort::State && !relation.transitive;
        for other_at in known {
            // Most of what is known has nothing to do with it: that is seen before anything is copied.
            let Some(other) = self.mentions.get(other_at) else { continue };
            let meets = match (mention.inside, other.inside) {
                (true, false) => self.covers(&other.fluent, &mention.fluent),
                (false, true) => self.covers(&mention.fluent, &other.fluent),
                (true, true) => true,
                (false, false) => false,
            };
            if !meets {
                continue;
            }
            let (from, to) = (other.from, other.to);
            let differ = mention.inside != other.inside;
            if (differ || lasting) && (self.lt(mention.to, from) == Known::True || self.lt(to, mention.from) == Known::True) {
                continue;
            }
            let Some(other) = self.mentions.get(other_at).cloned() else { continue };
            match (mention.inside, other.inside) {
                (true, false) => self.apart(&mention, &other),
                (false, true) => self.apart(&other, &mention),
                (true, true) => {
                    self.exclusive(relation, &mention, &other);
                    self.unique(relation, &mention, &other);
                    if relation.transitive && depth < 8 {
                        derived.extend(self.chained(&mention, &other));
                        derived.extend(self.chained(&other, &mention));
                    }
                }
                (false, false) => {}
            }
        }
        if mention.inside {
            self.excluded(relation, &mention);
        }
        let at = self.mentions.len();
        self.by_relation.entry(mention.fluent.relation).or_default().push(at);
        if mention.begins && mention.inside && matches!(mention.origin, Origin::Fact(_)) {
            self.beginnings.push(Beginning {
                guard: mention.guard,
                fluent: mention.fluent.clone(),
                day: mention.from,
                grain: mention.grain,
            });
        }
        self.mentions.push(mention.clone());
        if mention.inside {
            for never in self.nevers.clone() {
                if never.concerns(mention.fluent.relation) {
                    self.against(&never, &mention);
                }
            }
            for misplaced in self.misplaced.clone() {
                if misplaced.concerns(mention.fluent.relation) {
                    self.misplace(&misplaced, &mention);
                }
            }
            if mention.goes_on {
                for never in self.nevers.clone() {
                    self.taken_by(&never, &mention);
                }
            }
        }
        if mention.inside && depth < 12 {
            derived.extend(self.consequences(relation, &mention));
            for consequence in derived {
                if !self.already(&consequence) {
                    self.add(consequence, depth.saturating_add(1));
                }
            }
        }
    }

    fn already(&self, mention: &Mention) -> bool {
        self.by_relation.get(&mention.fluent.relation).is_some_and(|known| {
            known.iter().filter_map(|at| self.mentions.get(*at)).any(|other| {
                other.guard == mention.guard
                    && other.inside == mention.inside
                    && other.from == mention.from
                    && other.to == mention.to
                    && other.fluent == mention.fluent
                    && other.begins == mention.begins
            })
        })
    }

    /// What follows from days being in: states begin and end, implied relations hold.
    fn consequences(&mut self, relation: &Relation, mention: &Mention) -> Vec<Mention> {
        let mut found = Vec::new();
        let links: Vec<Link> = relation.links.clone();
        for link in &links {
            let target = self.vocabulary.relation(link.target);
            let args: Vec<Arg> =
                link.roles.iter().map(|role| role.and_then(|role| mention.fluent.args.get(role)).cloned().unwrap_or(Arg::Any)).collect();
            // A name that cannot fill the target's role says nothing of it.
            let fits = args.iter().zip(&target.roles).all(|(arg, role)| match arg {
                Arg::Name(name) => self.vocabulary.name(*name).kinds.is_empty() || self.vocabulary.is_a(*name, role.kind),
                _ => true,
            });
            if !fits {
                continue;
            }
            let fluent = Fluent { relation: link.target, args, circumstances: mention.fluent.circumstances.clone() };
            let like = |from: Term, to: Term, inside: bool| Mention {
                fluent: fluent.clone(),
                from,
                to,
                inside,
                begins: false,
                closed: false,
                before_beginning: false,
                goes_on: false,
                begun: None,
                takes_over: false,
                ..mention.clone()
            };
            let t = mention.from;
            match link.tie {
                Tie::Implies => found.push(Mention {
                    begins: mention.begins && relation.sort == Sort::State,
                    closed: mention.closed,
                    ..like(mention.from, mention.to, true)
                }),
                Tie::Starts | Tie::IsStartOf => {
                    // Of a holder whom nobody names it is not known that he did not hold it before, nor that nobody did.
                    if fluent.args.contains(&Arg::Any) {
                        let somebody = fluent.args.iter().filter(|arg| **arg == Arg::Any).count() == 1;
                        found.push(Mention { takes_over: somebody, ..like(t, t, true) });
                        continue;
                    }
                    found.push(Mention { begins: true, ..like(t, t, true) });
                    for fluent in self.tops(&fluent, target.one.is_some()) {
                        found.push(Mention { fluent, before_beginning: true, ..like(t.plus(-1), t.plus(-1), false) });
                    }
                }
                Tie::Ends | Tie::IsEndOf => {
                    // "Carol resigned", from what is not said: any of her offices may have ended then, none certainly did.
                    if fluent.args.contains(&Arg::Any) {
                        if mention.origin != Origin::Claim && fluent.args.first() != Some(&Arg::Any) {
                            self.possible_ends.push((fluent.clone(), t.plus(1)));
                        }
                        continue;
                    }
                    found.push(Mention { closed: true, ..like(t.plus(-1), t.plus(-1), true) });
                    found.push(like(t.plus(1), t.plus(1), false));
                    if matches!(mention.origin, Origin::Fact(_)) {
                        self.endings.push(Beginning { guard: mention.guard, fluent: fluent.clone(), day: t, grain: mention.grain });
                    }
                }
                Tie::Requires => found.push(Mention { closed: true, ..like(t.plus(-1), t.plus(-1), true) }),
                Tie::After => {
                    let (_, latest) = self.span(t);
                    let earlier = self.unknown_between(-FAR, if latest >= FAR { FAR } else { latest.saturating_sub(1) });
                    let before = self.le(Term::of(earlier), t.plus(-1));
                    self.assert_any(&[Known::Lit(!mention.guard), before]);
                    found.push(Mention { closed: true, ..like(Term::of(earlier), Term::of(earlier), true) });
                }
                // What somebody asserts by it is a fact of its own, made when the fact base is read.
                Tie::Excludes | Tie::Asserts => {}
            }
        }
        if relation.symmetric {
            let mut args = mention.fluent.args.clone();
            if args.len() >= 2 {
                args.swap(0, 1);
                found.push(Mention { fluent: Fluent { args, ..mention.fluent.clone() }, ..mention.clone() });
            }
        }
        found
    }

    /// A fluent for the largest groups of its first participant, or as it is.
    pub(super) fn tops(&self, fluent: &Fluent, lift: bool) -> Vec<Fluent> {
        let Some(Arg::Name(name)) = fluent.args.first() else { return vec![fluent.clone()] };
        if !lift {
            return vec![fluent.clone()];
        }
        let kind = self.vocabulary.relation(fluent.relation).roles.first().map(|role| role.kind);
        let groups = self.vocabulary.groups(*name);
        let able =
            |group: &NameId| kind.is_none_or(|kind| self.vocabulary.name(*group).kinds.is_empty() || self.vocabulary.is_a(*group, kind));
        let tops: Vec<NameId> = groups
            .iter()
            .copied()
            .filter(|group| able(group) && !self.vocabulary.groups(*group).iter().any(|above| above != group && able(above)))
            .collect();
        let with = |name: NameId| {
            let mut args = fluent.args.clone();
            if let Some(first) = args.first_mut() {
                *first = Arg::Name(name);
            }
            Fluent { args, ..fluent.clone() }
        };
        tops.into_iter().map(with).collect()
    }

    /// Days that are in and days that are out do not meet, where the one speaks of the other.
    fn apart(&mut self, inside: &Mention, outside: &Mention) {
        if !self.covers(&outside.fluent, &inside.fluent) {
            return;
        }
        let mut parts = vec![Known::Lit(!inside.guard), Known::Lit(!outside.guard)];
        if let (Some(value), Some((low, high))) = (inside.value, outside.range) {
            parts.push(self.lt(Term::of(value), Term::number(low)));
            parts.push(self.lt(Term::number(high), Term::of(value)));
        }
        parts.push(self.lt(inside.to, outside.from));
        parts.push(self.lt(outside.to, inside.from));
        self.maybe_empty(inside, &mut parts);
        self.maybe_empty(outside, &mut parts);
        self.assert_any(&parts);
    }

    pub(super) fn maybe_empty(&mut self, mention: &Mention, parts: &mut Vec<Known>) {
        if mention.from != mention.to {
            let empty = self.lt(mention.to, mention.from);
            parts.push(empty);
        }
    }

    /// Whether what is out for `general` is out for `special`: the same, or a part, or a special case of it.
    pub(super) fn covers(&self, general: &Fluent, special: &Fluent) -> bool {
        if general.relation != special.relation || !general.circumstances.iter().all(|c| special.circumstances.contains(c)) {
            return false;
        }
        let lift = self.vocabulary.relation(general.relation).roles.first().map(|role| role.kind);
        general.args.iter().zip(&special.args).enumerate().all(|(role, (g, s))| self.arg_covers(g, s, if role == 0 { lift } else { None }))
    }

    fn arg_covers(&self, general: &Arg, special: &Arg, lift: Option<KindId>) -> bool {
        match (general, special) {
            (Arg::Any, _) => true,
            (Arg::Name(group), Arg::Name(name)) => {
                group == name
                    || lift.is_some_and(|kind| {
                        self.vocabulary.is_part_of(*name, *group)
                            && (self.vocabulary.name(*group).kinds.is_empty() || self.vocabulary.is_a(*group, kind))
                    })
            }
            (Arg::Kind(wide), Arg::Kind(narrow)) => self.vocabulary.is_kind_of(*narrow, *wide),
            (Arg::AllOf { kind, except, .. }, Arg::Name(name)) => self.vocabulary.is_a(*name, *kind) && !except.contains(name),
            (Arg::AllOf { kind, unnamed_from, .. }, Arg::Unnamed(of, number)) => {
                self.vocabulary.is_kind_of(*of, *kind) && number >= unnamed_from
            }
            (Arg::Unnamed(a, x), Arg::Unnamed(b, y)) => a == b && x == y,
            (Arg::Content(a, general), Arg::Content(b, special)) => {
                a == b || general.as_ref().zip(special.as_ref()).is_some_and(|(general, special)| self.covers(general, special))
            }
            (Arg::Value(a), Arg::Value(b)) => a == b,
            _ => false,
        }
    }

    /// One holder at a time; the day of a handover is shared.
    fn exclusive(&mut self, relation: &Relation, a: &Mention, b: &Mention) {
        if a.fluent.relation == IS_A {
            self.disjoint_kinds(a, b);
        }
        for (role, per) in relation.one.iter().chain(&relation.functions) {
            self.only_one(relation, *role, per, a, b);
        }
    }

    /// For the same fillers of `per`, only one of `role` on any day.
    fn only_one(&mut self, relation: &Relation, role: usize, per: &[usize], a: &Mention, b: &Mention) {
        let same = |at: usize| match (a.fluent.args.get(at), b.fluent.args.get(at)) {
            (Some(Arg::Any) | None, _) | (_, Some(Arg::Any) | None) => false,
            (x, y) => x == y,
        };
        if !per.iter().all(|at| same(*at)) {
            return;
        }
        for (new, old) in [(a, b), (b, a)] {
            if new.takes_over && !old.fluent.args.contains(&Arg::Any) {
                self.taken_over(old, new);
            }
        }
        let differ = match (a.fluent.args.get(role), b.fluent.args.get(role)) {
            (Some(Arg::Name(x)), Some(Arg::Name(y))) => !self.vocabulary.count_as_one(*x, *y) && !self.may_contain(*x, *y),
            (Some(Arg::Unnamed(..)), Some(Arg::Unnamed(..) | Arg::Name(_))) | (Some(Arg::Name(_)), Some(Arg::Unnamed(..))) => {
                a.fluent.args.get(role) != b.fluent.args.get(role)
            }
            (Some(Arg::Value(x)), Some(Arg::Value(y))) => {
                if x == y {
                    self.same_value(a, b);
                }
                return;
            }
            _ => false,
        };
        if !differ {
            return;
        }
        let mut parts = vec![Known::Lit(!a.guard), Known::Lit(!b.guard)];
        self.maybe_empty(a, &mut parts);
        self.maybe_empty(b, &mut parts);
        let a_first = self.lt(a.to, b.from);
        let b_first = self.lt(b.to, a.from);
        parts.extend([a_first, b_first]);
        if relation.sort == Sort::State && !parts.contains(&Known::True) {
            // On the day of a handover both hold: the one's last, the other's first.
            parts.push(self.handover(a, b));
            parts.push(self.handover(b, a));
        }
        self.assert_any(&parts);
    }

    fn handover(&mut self, old: &Mention, new: &Mention) -> Known {
        if old.goes_on {
            return Known::False;
        }
        let (at_most, at_least) = (self.le(old.to, new.from), self.le(new.from, old.to));
        if at_most == Known::False || at_least == Known::False {
            return Known::False;
        }
        let day = old.to;
        let mut parts = vec![at_most, at_least];
        // Nor did it begin on the last day of the record, if that is not recorded.
        if new.goes_on {
            let earlier = self.lt(day, new.to);
            if earlier != Known::True {
                let mut recorded = match new.begun {
                    Some(begun) => vec![self.le(begun, day), self.le(day, begun)],
                    None => vec![Known::False],
                };
                // Looked at only where it certainly is that day: elsewhere it would cost much and decide little.
                if earlier == Known::False && !recorded.contains(&Known::False) && !self.passing {
                    recorded.push(self.one_way(old, new, day));
                }
                let recorded = self.all(&recorded);
                parts.push(self.any(&[earlier, recorded]));
            }
        }
        for (mention, out) in [(old, day.plus(1)), (new, day.plus(-1))] {
            parts.extend(self.out_on(mention, out));
        }
        self.all(&parts)
    }

    /// Of two who hold on one day only, it could as well go the other way: the one held it before, or the other holds it after.
    fn one_way(&mut self, old: &Mention, new: &Mention, day: Term) -> Known {
        let mut ways = vec![self.le(old.from, day.plus(-1)), self.le(day.plus(1), new.to)];
        if ways.contains(&Known::True) {
            return Known::True;
        }
        for (mention, beside) in [(old, day.plus(-1)), (new, day.plus(1))] {
            for fluent in self.tops(&mention.fluent, true) {
                let asked = (fluent.clone(), beside);
                if let Some(&guard) = self.ins.get(&asked) {
                    ways.push(Known::Lit(guard));
                    continue;
                }
                let guard = self.solver.variable();
                self.ins.insert(asked, guard);
                let held = Mention {
                    guard,
                    fluent,
                    from: beside,
                    to: beside,
                    begins: false,
                    closed: true,
                    before_beginning: false,
                    goes_on: false,
                    begun: None,
                    takes_over: false,
                    origin: self.origin,
                    ..mention.clone()
                };
                // Asked of this once: else there might be no end to it.
                let passing = std::mem::replace(&mut self.passing, true);
                self.add(held, 12);
                self.passing = passing;
                ways.push(Known::Lit(guard));
            }
        }
        self.any(&ways)
    }

    /// On a day beside a mention its holder, the whole group, does not hold it.
    fn out_on(&mut self, mention: &Mention, day: Term) -> Vec<Known> {
        let mut outs = Vec::new();
        for fluent in self.tops(&mention.fluent, true) {
            // Many hand over on one day, and what is out then is the same for all of them.
            let asked = (fluent.clone(), day);
            if let Some(&guard) = self.outs.get(&asked) {
                outs.push(Known::Lit(guard));
                continue;
            }
            let guard = self.solver.variable();
            self.outs.insert(asked, guard);
            let out = Mention {
                guard,
                fluent,
                from: day,
                to: day,
                inside: false,
                begins: false,
                closed: true,
                before_beginning: true,
                goes_on: false,
                begun: None,
                takes_over: false,
                origin: self.origin,
                ..mention.clone()
            };
            // What is just being taken in is not among the known mentions yet.
            self.apart(mention, &out);
            self.add(out, 12);
            outs.push(Known::Lit(guard));
        }
        outs
    }

    /// Somebody took it over from whoever held it: whoever that was had not held it before, or does no more.
    fn taken_over(&mut self, old: &Mention, new: &Mention) {
        let day = new.from;
        let mut parts = vec![Known::Lit(!old.guard), Known::Lit(!new.guard), self.lt(day, old.from), self.lt(old.to, day)];
        if parts.contains(&Known::True) {
            return;
        }
        // What goes on is not just being taken over.
        let sides = if old.goes_on { vec![day.plus(-1)] } else { vec![day.plus(-1), day.plus(1)] };
        for beside in sides {
            let outs = self.out_on(old, beside);
            parts.push(self.all(&outs));
        }
        self.assert_any(&parts);
    }

    fn same_value(&mut self, a: &Mention, b: &Mention) {
        let (Some(x), Some(y)) = (a.value, b.value) else { return };
        for (one, two) in [(x, y), (y, x)] {
            let parts = [
                Known::Lit(!a.guard),
                Known::Lit(!b.guard),
                self.lt(a.to, b.from),
                self.lt(b.to, a.from),
                self.le(Term::of(one), Term::of(two)),
            ];
            self.assert_any(&parts);
        }
    }

    fn disjoint_kinds(&mut self, a: &Mention, b: &Mention) {
        if let ([Arg::Name(x), Arg::Kind(k)], [Arg::Name(y), Arg::Kind(l)]) = (a.fluent.args.as_slice(), b.fluent.args.as_slice())
            && x == y
            && self.vocabulary.are_disjoint(*k, *l)
        {
            self.solver.clause(&[!a.guard, !b.guard]);
        }
    }

    /// A happening that cannot come twice comes once.
    fn unique(&mut self, relation: &Relation, a: &Mention, b: &Mention) {
        let Some(per) = relation.once.as_ref().filter(|_| relation.unique) else { return };
        if !self.same_happening(per, &a.fluent, &b.fluent) {
            return;
        }
        if !self.compatible(&a.fluent, &b.fluent) {
            self.solver.clause(&[!a.guard, !b.guard]);
            return;
        }
        for (x, y) in [(a.from, b.from), (b.from, a.from)] {
            let ordered = self.le(x, y);
            self.assert_any(&[Known::Lit(!a.guard), Known::Lit(!b.guard), ordered]);
        }
    }

    /// Whether two mentions are of one happening, by the roles that identify it.
    pub(super) fn same_happening(&self, per: &[usize], a: &Fluent, b: &Fluent) -> bool {
        a.relation == b.relation
            && per.iter().any(|at| !matches!(a.args.get(*at), Some(Arg::Any) | None))
            && per.iter().all(|at| match (a.args.get(*at), b.args.get(*at)) {
                // What neither says makes no difference between them.
                (Some(Arg::Any), Some(Arg::Any)) => *at > 0,
                (Some(Arg::Any) | None, _) | (_, Some(Arg::Any) | None) => false,
                (Some(Arg::Name(x)), Some(Arg::Name(y))) => x == y || *at == 0 && self.vocabulary.count_as_one(*x, *y),
                (x, y) => x == y,
            })
    }

    /// Whether the participants of two mentions can be the same: nobody is excluded by somebody else.
    pub(super) fn compatible(&self, a: &Fluent, b: &Fluent) -> bool {
        a.args.iter().zip(&b.args).enumerate().all(|(role, (x, y))| match (x, y) {
            (Arg::Name(x), Arg::Name(y)) => {
                let related = role == 0 && (self.vocabulary.is_part_of(*x, *y) || self.vocabulary.is_part_of(*y, *x));
                x == y || related || self.may_contain(*x, *y)
            }
            (Arg::Content(x, _), Arg::Content(y, _)) => x == y,
            _ => true,
        })
    }

    /// Whether one of two places may lie in the other: a town in a state, not one city in another.
    pub(super) fn may_contain(&self, a: NameId, b: NameId) -> bool {
        let Some(place) = self.vocabulary.kind_named("place") else { return false };
        let kinds = &self.vocabulary.name(a).kinds;
        let both = self.vocabulary.is_a(a, place) && self.vocabulary.is_a(b, place);
        both && !kinds.iter().any(|kind| self.vocabulary.name(b).kinds.contains(kind))
    }

    /// Relations that exclude one another.
    fn excluded(&mut self, relation: &Relation, mention: &Mention) {
        let mut pairs: Vec<(RelationId, Vec<Arg>)> = Vec::new();
        for link in relation.links.iter().filter(|link| link.tie == Tie::Excludes) {
            pairs.push((link.target, mention.fluent.args.clone()));
        }
        for (id, other) in self.vocabulary.relations().iter().enumerate() {
            let id = RelationId(u32::try_from(id).unwrap_or(u32::MAX));
            if other.links.iter().any(|link| link.tie == Tie::Excludes && link.target == mention.fluent.relation) {
                pairs.push((id, mention.fluent.args.clone()));
            }
        }
        for (target, args) in pairs {
            // Where the other is an inverse, it stands under its original with the participants turned round.
            let (target, args) = match self.vocabulary.relation(target).inverse_of {
                Some(original) => (original, args.into_iter().rev().collect()),
                None => (target, args),
            };
            let known: Vec<usize> = self.by_relation.get(&target).cloned().unwrap_or_default();
            for at in known {
                let Some(other) = self.mentions.get(at).cloned() else { continue };
                if other.inside && other.fluent.args == args && !args.contains(&Arg::Any) {
                    // A state that begins on the day on which the other ends may share that day with it.
                    let (before, after) = (
                        if other.begins { self.le(mention.to, other.from) } else { self.lt(mention.to, other.from) },
                        if mention.begins { self.le(other.to, mention.from) } else { self.lt(other.to, mention.from) },
                    );
                    let parts = [Known::Lit(!mention.guard), Known::Lit(!other.guard), before, after];
                    self.assert_any(&parts);
                }
            }
        }
    }

    /// `a R b` and `b R c` give `a R c`.
    fn chained(&mut self, first: &Mention, second: &Mention) -> Option<Mention> {
        let ([a, b], [b2, c]) = (first.fluent.args.as_slice(), second.fluent.args.as_slice()) else { return None };
        if b != b2 || matches!(b, Arg::Any) || a == c {
            return None;
        }
        // Without an end on either side; other states would need the days that both share.
        if first.from != Term::START || second.from != Term::START {
            return None;
        }
        let fluent = Fluent { args: vec![a.clone(), c.clone()], ..first.fluent.clone() };
        // What is known already is known for one more reason; nothing new comes of it, so that chains come to an end.
        let known = self
            .of_relation(fluent.relation)
            .into_iter()
            .filter_map(|at| self.mentions.get(at))
            .find(|m| m.inside && m.fluent == fluent)
            .map(|m| m.guard);
        if let Some(known) = known {
            self.solver.clause(&[!first.guard, !second.guard, known]);
            return None;
        }
        let guard = self.solver.variable();
        self.solver.clause(&[!first.guard, !second.guard, guard]);
        let origin = first.origin.max(second.origin);
        Some(Mention { guard, fluent, origin, ..first.clone() })
    }

    /// Whether it may happen, or begin, again: by its relation, or since what it happens to comes again.
    pub(super) fn happens_again(&self, fluent: &Fluent) -> bool {
        let recurs = |arg: &Arg| matches!(arg, Arg::Name(name) if self.vocabulary.recurs(*name));
        self.vocabulary.relation(fluent.relation).repeatable || fluent.args.iter().any(recurs)
    }

    /// The mentions of a relation.
    pub(super) fn of_relation(&self, relation: RelationId) -> Vec<usize> {
        self.by_relation.get(&relation).cloned().unwrap_or_default()
    }
}
