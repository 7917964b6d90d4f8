//! Events: that one happened and on which day, that none did, and what time words say of the day.

use std::sync::Arc;

use super::{Reading, ends};
use crate::statement::{Clause, First, Tense, Time, TimeWord};
use crate::syntax::ast::Side;
use crate::time::{DaySet, Grain, When};
use crate::verdict::solver::{Lit, Unknown};
use crate::verdict::world::{Arg, Fluent, Known, Mention, Origin, Term, World};
use crate::vocabulary::{NameId, RelationId, Tie};

/// "No such event": holds for every mention, also for those that come later.
#[derive(Clone, Debug)]
pub(in crate::verdict) struct Never {
    guard: Lit,
    fluent: Fluent,
    range: Option<(i64, i64)>,
    clause: Arc<Clause>,
    reading: Reading,
}

impl Never {
    pub(in crate::verdict) fn concerns(&self, relation: RelationId) -> bool {
        self.fluent.relation == relation
    }
}

impl World<'_> {
    /// The days among which an event's day must lie, so far as they are known without looking at other happenings.
    pub(super) fn unknown_day(&mut self, clause: &Clause, reading: Reading) -> Unknown {
        self.grain = clause
            .times
            .iter()
            .find_map(|time| match time {
                Time::Window { word: TimeWord::On, days, .. } => Some(days.grain),
                Time::Recorded { start: Some(start), .. } => Some(start.grain),
                _ => None,
            })
            .unwrap_or(Grain::Day);
        let set = self.window(clause, reading);
        self.unknown_in(&if set.is_empty() { all_days() } else { set })
    }

    /// "had fallen on D" means by then in the weak reading.
    fn loose(clause: &Clause, reading: Reading) -> bool {
        clause.aspect.already || clause.tense == Tense::Pluperfect && !reading.strong
    }

    /// The days that all of a clause's own dates allow.
    fn window(&self, clause: &Clause, reading: Reading) -> DaySet {
        let loose = Self::loose(clause, reading);
        clause.times.iter().fold(all_days(), |set, time| match time {
            Time::Window { word: TimeWord::On, days, second: None, .. } if !loose => set.intersection(reading.days(days)),
            Time::Recorded { start: Some(start), .. } => set.intersection(reading.days(start)),
            _ => set,
        })
    }

    /// The event happened, and when.
    pub(super) fn event(&mut self, fluent: &Fluent, range: Option<(i64, i64)>, clause: &Clause, reading: Reading) -> (Known, Term) {
        let day = self.unknown_day(clause, reading);
        if self.window(clause, reading).is_empty() {
            return (Known::False, Term::of(day));
        }
        let day = Term::of(day);
        let mut mention = self.fresh(fluent, day, day, true);
        self.set_value(&mut mention, range);
        let happened = self.mention(mention);
        let when = self.conditions(clause, day, reading, true);
        (self.all(&[happened, when]), day)
    }

    /// Not for the first time then: it did not happen then at all, or also before. Of those days the first one counts, so that
    /// it is asked for before all of them.
    fn no_first(&mut self, fluent: &Fluent, range: Option<(i64, i64)>, clause: &Clause, first: &First, reading: Reading) -> Known {
        let plain = Clause { first: None, ..clause.clone() };
        if is_open_to_choice(clause) {
            return self.none_or_several(fluent, range, &plain, first, reading);
        }
        let begin = match clause.times.as_slice() {
            [Time::Window { word: TimeWord::On, days, .. }] if !Self::loose(clause, reading) => ends(reading.days(days)).0,
            // Cannot be decided: to let it be is safe, it only ever leads to `unknown`.
            _ => return Known::True,
        };
        let none = self.no_event(fluent, range, &plain, reading);
        let since = match &first.since {
            Some(when) => reading.days(when).last().map_or(Term::START, |day| Term::day(day).plus(1)),
            None if first.vaguely => begin.plus(if reading.strong { -730 } else { -365 }),
            None => Term::START,
        };
        let before = self.some_mention(fluent, since, begin.plus(-1), true);
        self.any(&[none, before])
    }

    /// It did not happen at all; or, in the strong reading, more than once: which one is meant is not said, and only one can be
    /// the first.
    fn none_or_several(&mut self, fluent: &Fluent, range: Option<(i64, i64)>, plain: &Clause, first: &First, reading: Reading) -> Known {
        if first.vaguely {
            // Cannot be decided: to let it be is safe, it only ever leads to `unknown`.
            return Known::True;
        }
        let mut after = plain.clone();
        let mut since = Term::START;
        if let Some(days) = first.since.clone() {
            since = reading.days(&days).last().map_or(Term::START, |day| Term::day(day).plus(1));
            let (span, date_span) = (plain.verb_span, plain.verb_span);
            after.times.push(Time::Window { word: TimeWord::After, days, second: None, span, date_span });
        }
        let none = self.no_event(fluent, range, &after, reading);
        if !reading.strong {
            return none;
        }
        let (one, day) = self.event(fluent, range, &after, reading);
        let earlier = self.some_mention(fluent, since, day.plus(-1), true);
        let several = self.all(&[one, earlier]);
        self.any(&[none, several])
    }

    /// No such event happened.
    pub(super) fn no_event(&mut self, fluent: &Fluent, range: Option<(i64, i64)>, clause: &Clause, reading: Reading) -> Known {
        if let Some(first) = clause.first.as_ref().filter(|_| !clause.times.iter().any(since_happening)) {
            return self.no_first(fluent, range, clause, first, reading);
        }
        let guard = self.solver.variable();
        let never = Never { guard, fluent: fluent.clone(), range, clause: Arc::new(clause.clone()), reading };
        for at in self.of_relation(fluent.relation) {
            if let Some(mention) = self.mentions.get(at).cloned() {
                self.against(&never, &mention);
            }
        }
        self.no_beginning(&never);
        self.nevers.push(never);
        Known::Lit(guard)
    }

    /// An event that *is* the beginning or end of a state did not happen either where only the state is recorded.
    fn no_beginning(&mut self, never: &Never) {
        let links = self.vocabulary.relation(never.fluent.relation).links.clone();
        for link in links.iter().filter(|link| matches!(link.tie, Tie::IsStartOf | Tie::IsEndOf)) {
            if !self.settled_by(&never.fluent, &links, link.tie) {
                continue;
            }
            let target = |roles: &[Option<usize>]| -> Vec<Arg> {
                roles.iter().map(|role| role.and_then(|role| never.fluent.args.get(role)).cloned().unwrap_or(Arg::Any)).collect()
            };
            let state = Fluent { relation: link.target, args: target(&link.roles), circumstances: Vec::new() };
            let recorded = if link.tie == Tie::IsStartOf { self.beginnings.clone() } else { self.endings.clone() };
            for bound in recorded.iter().filter(|bound| bound.fluent.relation == state.relation) {
                if !self.covers(&state, &bound.fluent) {
                    continue;
                }
                let mut parts = vec![Known::Lit(!never.guard), Known::Lit(!bound.guard)];
                parts.push(self.conditions(&never.clause, bound.day, never.reading, false));
                for other in &links {
                    if !matches!(other.tie, Tie::Requires | Tie::After) {
                        continue;
                    }
                    let mut args = target(&other.roles);
                    // What the event leaves open, the state's own participants fill.
                    for (place, role) in other.roles.iter().enumerate() {
                        let shared = role.and_then(|role| link.roles.iter().position(|r| *r == Some(role)));
                        if let (Some(slot @ Arg::Any), Some(arg)) = (args.get_mut(place), shared.and_then(|at| bound.fluent.args.get(at))) {
                            *slot = arg.clone();
                        }
                    }
                    let fluent = Fluent { relation: other.target, args, circumstances: Vec::new() };
                    let (from, to) = if other.tie == Tie::Requires && never.reading.strong {
                        (bound.day.plus(-1), bound.day.plus(-1))
                    } else {
                        (Term::START, bound.day.plus(-1))
                    };
                    let out = self.fresh(&fluent, from, to, false);
                    parts.push(self.mention(out));
                }
                self.assert_any(&parts);
            }
        }
    }

    /// Whether a state's beginning or end tells all participants of the event that it is: who made it begin, it does not tell.
    pub(super) fn settled_by(&self, event: &Fluent, links: &[crate::vocabulary::Link], tie: Tie) -> bool {
        event.args.iter().enumerate().all(|(role, arg)| {
            *arg == Arg::Any
                || links
                    .iter()
                    .any(|link| (link.tie == tie || matches!(link.tie, Tie::Requires | Tie::After)) && link.roles.contains(&Some(role)))
        })
    }

    /// Who goes on holding what somebody took on that day took it himself: it is not just being handed over.
    pub(in crate::verdict) fn taken_by(&mut self, never: &Never, holding: &Mention) {
        let somebody: Vec<Mention> = self
            .of_relation(never.fluent.relation)
            .into_iter()
            .filter_map(|at| self.mentions.get(at))
            .filter(|mention| mention.inside && mention.fluent.args.contains(&Arg::Any))
            .cloned()
            .collect();
        for mention in somebody {
            self.taken_by_somebody(never, &mention, holding);
        }
    }

    fn taken_by_somebody(&mut self, never: &Never, mention: &Mention, holding: &Mention) {
        if never.range.is_some() || !never.fluent.circumstances.is_empty() {
            return;
        }
        let links = self.vocabulary.relation(never.fluent.relation).links.clone();
        for link in links.iter().filter(|link| matches!(link.tie, Tie::Starts | Tie::IsStartOf)) {
            let Some((held_by, _)) = self.vocabulary.relation(link.target).one.as_ref().filter(|_| link.target == holding.fluent.relation)
            else {
                continue;
            };
            let taker = link.roles.get(*held_by).copied().flatten();
            // All else is the same, only who took it is not told.
            let alike = never
                .fluent
                .args
                .iter()
                .zip(&mention.fluent.args)
                .enumerate()
                .all(|(role, (denied, told))| denied == told || *denied == Arg::Any || *told == Arg::Any && Some(role) == taker);
            // The one who is said not to have taken it is the holder with all that are part of him.
            let denied: Vec<Arg> =
                link.roles.iter().map(|role| role.and_then(|role| never.fluent.args.get(role)).cloned().unwrap_or(Arg::Any)).collect();
            let holders = self.tops(&holding.fluent, true);
            if !alike || denied.contains(&Arg::Any) || !matches!(holders.as_slice(), [holder] if holder.args == denied) {
                continue;
            }
            let mut parts = vec![Known::Lit(!never.guard), Known::Lit(!mention.guard), Known::Lit(!holding.guard)];
            parts.extend([self.lt(mention.from, holding.to), self.lt(holding.to, mention.from)]);
            if let Some(begun) = holding.begun {
                let just_begun = [self.le(begun, holding.to), self.le(holding.to, begun)];
                parts.push(self.all(&just_begun));
            }
            parts.push(self.conditions(&never.clause, mention.from, never.reading, false));
            self.assert_any(&parts);
        }
    }

    /// A mention and a "no such event" do not go together, unless the mention lies at another time.
    pub(in crate::verdict) fn against(&mut self, never: &Never, mention: &Mention) {
        if mention.inside && mention.fluent.args.contains(&Arg::Any) {
            for holding in self.mentions.iter().filter(|holding| holding.goes_on).cloned().collect::<Vec<_>>() {
                self.taken_by_somebody(never, mention, &holding);
            }
        }
        if !mention.inside || !self.covers(&Fluent { circumstances: Vec::new(), ..never.fluent.clone() }, &mention.fluent) {
            return;
        }
        let mut parts = vec![Known::Lit(!never.guard), Known::Lit(!mention.guard)];
        if let (Some(value), Some((low, high))) = (mention.value, never.range) {
            parts.push(self.lt(Term::of(value), Term::number(low)));
            parts.push(self.lt(Term::number(high), Term::of(value)));
        }
        // A happening that it took place in: said of it, or by the days of that happening.
        for name in &never.fluent.circumstances {
            if !mention.fluent.circumstances.contains(name) {
                parts.push(self.outside_happening(*name, mention.from));
            }
        }
        parts.push(self.conditions(&never.clause, mention.from, never.reading, false));
        self.assert_any(&parts);
    }

    /// Whether a day can lie outside a happening of which the beginning is recorded.
    fn outside_happening(&mut self, name: NameId, day: Term) -> Known {
        let (Some(begin), end) = (self.vocabulary.relation_named("begin"), self.vocabulary.relation_named("end")) else {
            return Known::True;
        };
        let recorded = |world: &Self, relation: Option<RelationId>| -> Vec<(Lit, Term)> {
            let Some(relation) = relation else { return Vec::new() };
            let hit = |m: &&Mention| m.inside && m.fluent.args.last() == Some(&Arg::Name(name)) && matches!(m.origin, Origin::Fact(_));
            world.of_relation(relation).into_iter().filter_map(|at| world.mentions.get(at)).filter(hit).map(|m| (m.guard, m.from)).collect()
        };
        let begins = recorded(self, Some(begin));
        let Some((guard, start)) = begins.first().copied() else { return Known::True };
        let mut parts = vec![Known::Lit(!guard), self.lt(day, start)];
        for (_, stop) in recorded(self, end) {
            parts.push(self.lt(stop, day));
        }
        self.any(&parts)
    }

    /// What the time words say of an event's day.
    pub(super) fn conditions(&mut self, clause: &Clause, day: Term, reading: Reading, positive: bool) -> Known {
        let mut parts = Vec::new();
        let reference = Term::number(reading.reference);
        let bounded = clause.times.iter().any(|time| {
            matches!(time, Time::Window { word, .. } if !matches!(word, TimeWord::Before | TimeWord::After | TimeWord::Since))
                || matches!(time, Time::Recorded { .. })
        });
        if !bounded {
            parts.push(self.within(day, Term::START, reference, positive));
        }
        for time in &clause.times {
            parts.push(match time {
                // "had fallen on D", "had already fallen on D": by then at the latest, in the weak reading or in both.
                Time::Window { word: TimeWord::On, days, second: None, .. } if Self::loose(clause, reading) => {
                    self.window_of_event(TimeWord::By, days, None, day, reading, positive)
                }
                Time::Window { word, days, second, .. } => self.window_of_event(*word, days, second.as_ref(), day, reading, positive),
                Time::Recorded { start, .. } => match start {
                    Some(start) => self.within_set(day, reading.days(start), positive),
                    None => {
                        let known = Known::True;
                        if positive { known } else { known.not() }
                    }
                },
                // Events have no length.
                Time::Lasting { .. } => {
                    // Cannot be decided: to let it be is safe, it only ever leads to `unknown`.
                    Known::True
                }
                Time::Order { side: Side::Since, distance: None, anchor, .. } if clause.first.is_some() => {
                    self.first_since(clause, anchor, day, reading, positive)
                }
                Time::Order { side, distance, within, anchor, .. } => {
                    self.ordered(*side, *distance, *within, anchor, day, reading, positive)
                }
            });
        }
        let fluent = self.fluent(clause, None);
        if let Some(first) = clause.first.as_ref().filter(|_| !clause.times.iter().any(since_happening)) {
            let since = match &first.since {
                Some(when) => reading.days(when).last().map_or(Term::START, |day| Term::day(day).plus(1)),
                // "in years": two at the least, in the strong reading.
                None if first.vaguely => day.plus(if reading.strong { -730 } else { -365 }),
                None => Term::START,
            };
            let earlier = day.plus(-1);
            parts.push(self.some_mention(&fluent, since, earlier, !positive));
            if positive && reading.strong && is_open_to_choice(clause) && !first.vaguely {
                parts.push(self.some_mention(&fluent, day.plus(1), reference, false));
            }
        }
        if clause.aspect.again {
            parts.push(self.some_mention(&fluent, Term::START, day.plus(-1), positive));
        }
        self.both(&parts, positive)
    }

    /// Some day of these is in (`positive`), or all are out.
    pub(super) fn some_mention(&mut self, fluent: &Fluent, from: Term, to: Term, positive: bool) -> Known {
        if positive {
            let day = Term::of(self.unknown_between(self.span(from).0, self.span(to).1));
            let mention = self.fresh(fluent, day, day, true);
            let parts = [self.mention(mention), self.le(from, day), self.le(day, to)];
            self.all(&parts)
        } else {
            let mention = self.fresh(fluent, from, to, false);
            self.mention(mention)
        }
    }

    fn window_of_event(
        &mut self,
        word: TimeWord,
        days: &When,
        second: Option<&When>,
        day: Term,
        reading: Reading,
        positive: bool,
    ) -> Known {
        let set = reading.days(days).clone();
        let (a, b) = ends(&set);
        let reference = Term::number(reading.reference);
        match word {
            TimeWord::On => self.within_set(day, &set, positive),
            TimeWord::By | TimeWord::AsOf => self.within(day, Term::START, b, positive),
            TimeWord::Before => self.within(day, Term::START, a.plus(-1), positive),
            TimeWord::After => self.within(day, b.plus(1), reference, positive),
            TimeWord::Since => {
                let from = if reading.counting().strong { b.plus(1) } else { a };
                self.within(day, from, reference, positive)
            }
            TimeWord::Between | TimeWord::FromTo => {
                let set = second.map(|when| reading.days(when).clone());
                let (c, d) = set.as_ref().map_or((a, b), ends);
                if word == TimeWord::Between && reading.counting().strong {
                    self.within(day, b.plus(1), c.plus(-1), positive)
                } else {
                    self.within(day, a, d, positive)
                }
            }
            // An event does not last: "until" says something only with "not", "throughout" nothing.
            TimeWord::Until | TimeWord::Throughout => {
                // Cannot be decided: to let it be is safe, it only ever leads to `unknown`.
                Known::True
            }
        }
    }
}

fn all_days() -> DaySet {
    DaySet::single(crate::time::Day::MIN, crate::time::Day::MAX)
}

/// Whether a clause leaves open which of several happenings it means.
fn is_open_to_choice(clause: &Clause) -> bool {
    matches!(clause.times.as_slice(), [] | [Time::Window { word: TimeWord::By | TimeWord::Before | TimeWord::AsOf, .. }])
}

/// "since the fall of X", without a distance.
fn since_happening(time: &Time) -> bool {
    matches!(time, Time::Order { side: Side::Since, distance: None, .. })
}
