//! States: on which days one holds, from when to when, for how long, and whether still, again, always or no longer.

use super::{Reading, ends};
use crate::statement::{Clause, Tense, Time, TimeWord};
use crate::syntax::ast::Bound;
use crate::time::{DaySet, Grain, When};
use crate::verdict::distance::{Extent, length_window};
use crate::verdict::world::{Arg, Fluent, Known, Mention, Origin, Term, World};

impl World<'_> {
    pub(super) fn days_in(&mut self, fluent: &Fluent, range: Option<(i64, i64)>, from: Term, to: Term) -> Known {
        let mut mention = self.fresh(fluent, from, to, true);
        self.set_value(&mut mention, range);
        self.mention(mention)
    }

    pub(super) fn days_out(&mut self, fluent: &Fluent, range: Option<(i64, i64)>, from: Term, to: Term) -> Known {
        let mut mention = self.fresh(fluent, from, to, false);
        self.set_value(&mut mention, range);
        self.mention(mention)
    }

    /// Some day of a set is in (`inside`) or out.
    fn some_day(&mut self, fluent: &Fluent, range: Option<(i64, i64)>, set: &DaySet, inside: bool) -> Known {
        if set.is_empty() {
            return Known::False;
        }
        let day = Term::of(self.unknown_in(set));
        if inside { self.days_in(fluent, range, day, day) } else { self.days_out(fluent, range, day, day) }
    }

    /// Every day of a set is in (`inside`) or out.
    fn every_day(&mut self, fluent: &Fluent, range: Option<(i64, i64)>, set: &DaySet, inside: bool) -> Known {
        let parts: Vec<Known> = set
            .pieces()
            .to_vec()
            .into_iter()
            .map(|(from, to)| {
                let (from, to) = (Term::day(from), Term::day(to));
                if inside { self.days_in(fluent, range, from, to) } else { self.days_out(fluent, range, from, to) }
            })
            .collect();
        self.all(&parts)
    }

    pub(super) fn state(&mut self, fluent: &Fluent, range: Option<(i64, i64)>, clause: &Clause, reading: Reading, positive: bool) -> Known {
        // "somebody held it throughout" fails only if it fails for each who is recorded; nobody else need ever have.
        if !positive
            && Self::is_open(fluent)
            && let Some(each) = self.recorded_fillers(fluent)
        {
            let parts: Vec<Known> = each.iter().map(|one| self.state(one, range, clause, reading, false)).collect();
            return self.all(&parts);
        }
        let aspect = clause.aspect;
        // "still", "no longer", "again", "always": about a day, or a window.
        let windows: Vec<&Time> = clause.times.iter().collect();
        if aspect.still || aspect.no_longer || aspect.again || aspect.always {
            return self.aspect_of_state(fluent, range, clause, reading, positive);
        }
        if clause.first.is_some() && clause.relation != crate::vocabulary::IS_A {
            // Cannot be decided: to let it be is safe, it only ever leads to `unknown`.
            return Known::True;
        }
        if windows.is_empty() {
            let reference = Term::number(reading.reference);
            return match (clause.tense, positive) {
                (Tense::Present, true) => self.days_in(fluent, range, reference, reference),
                (Tense::Present, false) => self.days_out(fluent, range, reference, reference),
                (_, true) => self.some_day(fluent, range, &up_to(reading.reference), true),
                (_, false) => self.days_out(fluent, range, Term::START, reference),
            };
        }
        let mut parts = Vec::new();
        for time in &clause.times {
            parts.push(match time {
                Time::Window { word, days, second, .. } => {
                    // "had held it since 2020": up to the time that is spoken of, which need not be the reference day.
                    let spoken_of = self.span(ends(reading.days(days)).1).1.min(reading.reference);
                    let past = *word == TimeWord::Since && clause.tense == Tense::Pluperfect;
                    let reading = if past { Reading { reference: spoken_of, ..reading } } else { reading };
                    self.window_of_state(fluent, range, *word, days, second.as_ref(), reading, positive)
                }
                Time::Recorded { start, end, joined } => {
                    self.recorded_state(fluent, range, start.as_ref(), end.as_ref(), *joined, reading, positive)
                }
                Time::Lasting { bound, length, .. } => self.lasting(fluent, range, clause, *bound, *length, reading, positive),
                Time::Order { side, distance, within, anchor, .. } => {
                    self.state_by_happening(fluent, range, *side, *distance, *within, anchor, reading, positive)
                }
            });
        }
        self.both(&parts, positive)
    }

    /// The recorded fluents that an open one speaks of; nothing where one of them is open itself, or a whole kind is meant.
    fn recorded_fillers(&self, fluent: &Fluent) -> Option<Vec<Fluent>> {
        if fluent.args.iter().any(|arg| matches!(arg, Arg::AllOf { .. })) {
            return None;
        }
        let mut found: Vec<Fluent> = Vec::new();
        for at in self.of_relation(fluent.relation) {
            let Some(mention) = self.mentions.get(at).filter(|m| m.inside && self.covers(fluent, &m.fluent)) else { continue };
            if mention.fluent.args.contains(&Arg::Any) {
                return None;
            }
            // The claim's own first participant stays: a group is asked about as a group.
            let mut one = mention.fluent.clone();
            one.circumstances.clone_from(&fluent.circumstances);
            for (slot, asked) in one.args.iter_mut().zip(&fluent.args) {
                if *asked != Arg::Any {
                    slot.clone_from(asked);
                }
            }
            if !found.contains(&one) {
                found.push(one);
            }
        }
        found.sort();
        Some(found)
    }

    /// Whether the fluent leaves a participant open: then "every day" may be by different ones, and only single days are asked.
    pub(super) fn is_open(fluent: &Fluent) -> bool {
        fluent.args.iter().any(|arg| matches!(arg, Arg::Any | Arg::AllOf { .. }))
    }

    #[expect(clippy::too_many_arguments, reason = "one row of the table of time words")]
    fn window_of_state(
        &mut self,
        fluent: &Fluent,
        range: Option<(i64, i64)>,
        word: TimeWord,
        days: &When,
        second: Option<&When>,
        reading: Reading,
        positive: bool,
    ) -> Known {
        let set = reading.days(days).clone();
        let (a, b) = ends(&set);
        self.grain = days.grain;
        let reference = Term::number(reading.reference);
        // Cannot be decided: to let it be is safe, it only ever leads to `unknown`.
        let cannot = Known::True;
        match (word, positive) {
            (TimeWord::On, true) => self.some_day(fluent, range, &set, true),
            (TimeWord::On, false) => self.every_day(fluent, range, &set, false),
            (TimeWord::Throughout, true) => self.every_day(fluent, range, &set, true),
            (TimeWord::Throughout, false) if Self::is_open(fluent) => cannot,
            (TimeWord::Throughout, false) => self.some_day(fluent, range, &set, false),
            (TimeWord::AsOf, true) => self.days_in(fluent, range, b, b),
            (TimeWord::AsOf, false) => self.days_out(fluent, range, b, b),
            (TimeWord::By, true) if reading.strong => self.days_in(fluent, range, b, b),
            (TimeWord::By, false) if reading.strong => self.days_out(fluent, range, b, b),
            (TimeWord::By, true) => self.some_between(fluent, range, Term::START, b),
            (TimeWord::By, false) => self.days_out(fluent, range, Term::START, b),
            (TimeWord::Before, true) => self.some_between(fluent, range, Term::START, a.plus(-1)),
            (TimeWord::Before, false) => self.days_out(fluent, range, Term::START, a.plus(-1)),
            // Past its reference day a statement commits to nothing.
            (TimeWord::After, true) => self.some_between(fluent, range, b.plus(1), Term::END),
            (TimeWord::After, false) if reading.reference >= self.span(b).1 => self.days_out(fluent, range, b.plus(1), reference),
            (TimeWord::After, false) => self.days_out(fluent, range, b.plus(1), Term::END),
            (TimeWord::Since, _) => self.since(fluent, range, &set, reference, reading, positive),
            (TimeWord::Until, true) if reading.at_bounds().strong => {
                let last = Term::of(self.unknown_in(&shifted(&set, -1, 0)));
                let mut mention = self.fresh(fluent, last, last, true);
                self.set_value(&mut mention, range);
                mention.closed = true;
                let parts = [self.mention(mention), self.days_out(fluent, range, last.plus(1), last.plus(1))];
                self.note_ending(fluent, last);
                self.all(&parts)
            }
            (TimeWord::Until, true) => self.days_in(fluent, range, a.plus(-1), a.plus(-1)),
            (TimeWord::Until, false) if Self::is_open(fluent) => cannot,
            (TimeWord::Until, false) if reading.at_bounds().strong => {
                // It never goes from in to out there: from some day on it is in, and before that it is not.
                let turn = Term::of(self.unknown_between(self.span(a).0.saturating_sub(1), self.span(b).1.saturating_add(2)));
                let parts = [
                    self.le(a.plus(-1), turn),
                    self.le(turn, b.plus(2)),
                    self.days_out(fluent, range, a.plus(-1), turn.plus(-1)),
                    self.days_in(fluent, range, turn, b.plus(1)),
                ];
                self.all(&parts)
            }
            (TimeWord::Until, false) => self.days_out(fluent, range, a.plus(-1), a.plus(-1)),
            (TimeWord::Between, _) => {
                let last = second.map(|when| reading.days(when).clone());
                let (_, d) = last.as_ref().map_or((a, b), ends);
                if positive { self.some_between(fluent, range, a, d) } else { self.days_out(fluent, range, a, d) }
            }
            (TimeWord::FromTo, _) => {
                let last = second.map(|when| reading.days(when).clone()).unwrap_or_else(|| set.clone());
                let (c, d) = ends(&last);
                self.stretch_from_to(fluent, range, (&set, a, b), (&last, c, d), reading, positive)
            }
        }
    }

    pub(super) fn some_between(&mut self, fluent: &Fluent, range: Option<(i64, i64)>, from: Term, to: Term) -> Known {
        let day = Term::of(self.unknown_between(self.span(from).0, self.span(to).1));
        let parts = [self.days_in(fluent, range, day, day), self.le(from, day), self.le(day, to)];
        self.all(&parts)
    }

    pub(super) fn some_out_between(&mut self, fluent: &Fluent, range: Option<(i64, i64)>, from: Term, to: Term) -> Known {
        let day = Term::of(self.unknown_between(self.span(from).0, self.span(to).1));
        let parts = [self.days_out(fluent, range, day, day), self.le(from, day), self.le(day, to)];
        self.all(&parts)
    }

    /// An episode starts in the window and lasts to `until` (strong), or every day from the window's end on (weak).
    fn since(&mut self, fluent: &Fluent, range: Option<(i64, i64)>, set: &DaySet, until: Term, reading: Reading, positive: bool) -> Known {
        // It began by the day up to which it lasted.
        let begun = set.intersection(&up_to(until.offset));
        let set = if reading.at_bounds().strong { &begun } else { set };
        if set.is_empty() {
            return if positive { Known::False } else { Known::True };
        }
        let (a, b) = ends(set);
        // Where it may have begun at any time before, nothing is said of its beginning.
        let strong = reading.at_bounds().strong && a != Term::START;
        match (positive, strong) {
            (true, true) => {
                let start = Term::of(self.unknown_in(set));
                let mut mention = self.fresh(fluent, start, until, true);
                self.set_value(&mut mention, range);
                mention.begins = true;
                let mut before = self.fresh(fluent, start.plus(-1), start.plus(-1), false);
                self.set_value(&mut before, range);
                before.before_beginning = true;
                let parts = [self.mention(mention), self.mention(before), self.le(start, until)];
                self.all(&parts)
            }
            (true, false) => self.days_in(fluent, range, b, until),
            (false, _) if Self::is_open(fluent) => {
                // Cannot be decided: to let it be is safe, it only ever leads to `unknown`.
                Known::True
            }
            (false, true) => {
                let later = self.some_out_between(fluent, range, b, until);
                let earlier = self.days_in(fluent, range, a.plus(-1), until);
                self.any(&[later, earlier])
            }
            (false, false) => self.some_out_between(fluent, range, b, until),
        }
    }

    fn stretch_from_to(
        &mut self,
        fluent: &Fluent,
        range: Option<(i64, i64)>,
        (first, a, b): (&DaySet, Term, Term),
        (last, c, d): (&DaySet, Term, Term),
        reading: Reading,
        positive: bool,
    ) -> Known {
        let strong = reading.at_bounds().strong;
        match (positive, strong) {
            (true, true) => {
                let (start, end) = (Term::of(self.unknown_in(first)), Term::of(self.unknown_in(last)));
                self.episode(fluent, range, start, end, (false, false))
            }
            (true, false) => self.days_in(fluent, range, b, c),
            (false, _) if Self::is_open(fluent) || self.span(b).1 > self.span(c).0 => {
                // Cannot be decided: to let it be is safe, it only ever leads to `unknown`.
                Known::True
            }
            (false, true) => {
                let broken = self.some_out_between(fluent, range, b, c);
                let earlier = self.days_in(fluent, range, a.plus(-1), c);
                let later = self.days_in(fluent, range, b, d.plus(1));
                self.any(&[broken, earlier, later])
            }
            (false, false) => self.some_out_between(fluent, range, b, c),
        }
    }

    /// The state begins on one day and ends on another, unless it is joined to another stretch there.
    fn episode(&mut self, fluent: &Fluent, range: Option<(i64, i64)>, start: Term, end: Term, joined: (bool, bool)) -> Known {
        let mut mention = self.fresh(fluent, start, end, true);
        self.set_value(&mut mention, range);
        mention.begins = true;
        mention.closed = true;
        let mut parts = vec![self.mention(mention), self.le(start, end)];
        if !joined.0 {
            let mut before = self.fresh(fluent, start.plus(-1), start.plus(-1), false);
            before.before_beginning = true;
            parts.push(self.mention(before));
        }
        if !joined.1 {
            let after = self.fresh(fluent, end.plus(1), end.plus(1), false);
            parts.push(self.mention(after));
        }
        self.note_ending(fluent, end);
        self.all(&parts)
    }

    #[expect(clippy::too_many_arguments, reason = "these are the columns of a table")]
    fn recorded_state(
        &mut self,
        fluent: &Fluent,
        range: Option<(i64, i64)>,
        start: Option<&When>,
        end: Option<&When>,
        joined: (bool, bool),
        reading: Reading,
        positive: bool,
    ) -> Known {
        if !positive {
            // Cannot be decided: to let it be is safe, it only ever leads to `unknown`.
            return Known::True;
        }
        let from = start.map(|when| {
            self.grain = when.grain;
            Term::of(self.unknown_in(reading.days(when)))
        });
        let to = end.map(|when| Term::of(self.unknown_in(reading.days(when))));
        match (from, to) {
            (Some(from), Some(to)) => self.episode(fluent, range, from, to, joined),
            (Some(from), None) => {
                let mut mention = self.fresh(fluent, from, from, true);
                self.set_value(&mut mention, range);
                mention.begins = true;
                let mut before = self.fresh(fluent, from.plus(-1), from.plus(-1), false);
                before.before_beginning = true;
                let parts = [self.mention(mention), self.mention(before)];
                self.all(&parts)
            }
            (None, Some(to)) => {
                let mut mention = self.fresh(fluent, to, to, true);
                mention.closed = true;
                let after = self.fresh(fluent, to.plus(1), to.plus(1), false);
                let parts = [self.mention(mention), self.mention(after)];
                self.note_ending(fluent, to);
                self.all(&parts)
            }
            (None, None) => self.some_day(fluent, range, &up_to(reading.reference), true),
        }
    }

    /// "for four years", up to the reference day.
    #[expect(clippy::too_many_arguments, reason = "one row of the table of time words")]
    fn lasting(
        &mut self,
        fluent: &Fluent,
        range: Option<(i64, i64)>,
        clause: &Clause,
        bound: Option<crate::syntax::ast::Bound>,
        length: crate::time::Length,
        reading: Reading,
        positive: bool,
    ) -> Known {
        // "had held it for three years on 1 June": up to that day, not up to now.
        let others: Vec<&Time> = clause.times.iter().filter(|time| !matches!(time, Time::Lasting { .. })).collect();
        let reading = match others.as_slice() {
            [] => reading,
            [Time::Window { word: TimeWord::On | TimeWord::AsOf, days, .. }] => match days.single_day() {
                Some(day) => Reading { reference: day.epoch_days(), ..reading },
                // Cannot be decided: to let it be is safe, it only ever leads to `unknown`.
                None => return Known::True,
            },
            // Cannot be decided: to let it be is safe, it only ever leads to `unknown`.
            _ => return Known::True,
        };
        let reaching = clause.tense != Tense::Past || clause.times.len() > 1;
        if !reaching {
            // "held it for four years": some time; how long exactly cannot be told from this side.
            return self.lasted(fluent, range, bound, length, reading, positive);
        }
        let grain =
            self.beginnings.iter().filter(|known| self.covers(fluent, &known.fluent)).map(|known| known.grain).max().unwrap_or(Grain::Day);
        // A limit says nothing of where the state began beyond it.
        let exact = matches!(bound, None | Some(Bound::Exactly | Bound::Merely));
        let set = length_window(
            crate::time::Day::from_epoch_days(reading.reference),
            bound,
            length,
            grain,
            if exact { reading.at_bounds().strong } else { reading.strong },
        );
        // What began in some month of which the day is not known has lasted 26 months or 27: neither is wrong.
        let set = match set.first().filter(|_| positive && exact && !reading.fact && grain == Grain::Month) {
            Some(first) if first.is_finite() => DaySet::single(first.plus_months(-1), set.last().unwrap_or(first)),
            _ => set,
        };
        let until = Term::number(reading.reference);
        self.since(fluent, range, &set, until, Reading { boundaries: false, ..reading.at_bounds() }, positive)
    }

    /// "held it for four years": some episode that is over had that length.
    fn lasted(
        &mut self,
        fluent: &Fluent,
        range: Option<(i64, i64)>,
        bound: Option<Bound>,
        length: crate::time::Length,
        reading: Reading,
        positive: bool,
    ) -> Known {
        let Extent { low, high } = crate::verdict::distance::lasting(bound, length, reading.strong);
        let between = |world: &mut Self, from: Term, to: Term, positive: bool| {
            let start = low.map_or(Term::START, |n| from.plus(n));
            let end = high.map_or(Term::END, |n| from.plus(n));
            world.within(to, start, end, positive)
        };
        if positive {
            let reference = reading.reference;
            let (start, end) =
                (Term::of(self.unknown_between(i64::MIN / 16, reference)), Term::of(self.unknown_between(i64::MIN / 16, reference)));
            let parts = [self.episode(fluent, range, start, end, (false, false)), between(self, start, end, true)];
            return self.all(&parts);
        }
        let episodes: Vec<Mention> = self
            .of_relation(fluent.relation)
            .into_iter()
            .filter_map(|at| self.mentions.get(at))
            .filter(|m| m.inside && m.begins && m.closed && self.covers(fluent, &m.fluent))
            .cloned()
            .collect();
        let mut each = Vec::new();
        for episode in episodes {
            let other = between(self, episode.from, episode.to, false);
            each.push(self.any(&[Known::Lit(!episode.guard), other]));
        }
        self.all(&each)
    }

    fn aspect_of_state(&mut self, fluent: &Fluent, range: Option<(i64, i64)>, clause: &Clause, reading: Reading, positive: bool) -> Known {
        let aspect = clause.aspect;
        let set = match clause.times.as_slice() {
            [] => DaySet::day(crate::time::Day::from_epoch_days(reading.reference)),
            [Time::Window { word: TimeWord::On | TimeWord::AsOf | TimeWord::By, days, .. }] => reading.days(days).clone(),
            // "always since", "still … since": the time word says it all.
            _ => {
                let plain = Clause { aspect: crate::statement::Aspect::default(), ..clause.clone() };
                if aspect.no_longer || aspect.again {
                    // Cannot be decided: to let it be is safe, it only ever leads to `unknown`.
                    return Known::True;
                }
                return self.state(fluent, range, &plain, reading, positive);
            }
        };
        let (a, b) = ends(&set);
        if aspect.always {
            let (from, to) = if clause.times.is_empty() { (Term::START, b) } else { (a, b) };
            return match positive {
                true => self.days_in(fluent, range, from, to),
                false if Self::is_open(fluent) => {
                    // Cannot be decided: to let it be is safe, it only ever leads to `unknown`.
                    Known::True
                }
                false => self.some_out_between(fluent, range, from, to),
            };
        }
        if aspect.again {
            // In now, out before, in before that.
            if !positive {
                // Cannot be decided: to let it be is safe, it only ever leads to `unknown`.
                return Known::True;
            }
            let now = self.some_day(fluent, range, &set, true);
            if !reading.strong {
                return now;
            }
            let gap = Term::of(self.unknown_between(self.span(Term::START).0, self.span(b).1));
            let earlier = Term::of(self.unknown_between(self.span(Term::START).0, self.span(b).1));
            let parts = [
                now,
                self.days_out(fluent, range, gap, gap),
                self.days_in(fluent, range, earlier, earlier),
                self.lt(earlier, gap),
                self.lt(gap, a),
            ];
            return self.all(&parts);
        }
        if aspect.no_longer {
            let over = |world: &mut Self, positive: bool| {
                if positive { world.some_day(fluent, range, &set, false) } else { world.every_day(fluent, range, &set, true) }
            };
            let now = over(self, positive);
            if !reading.strong {
                return now;
            }
            let before = if positive {
                self.some_between(fluent, range, Term::START, b.plus(-1))
            } else {
                self.days_out(fluent, range, Term::START, a.plus(-1))
            };
            return self.both(&[now, before], positive);
        }
        // still
        match (positive, reading.strong) {
            (true, true) => {
                let day = Term::of(self.unknown_in(&set));
                self.days_in(fluent, range, day.plus(-1), day)
            }
            (true, false) => self.some_day(fluent, range, &set, true),
            (false, true) => {
                // On no day of the window is it in together with the day before.
                let out = self.every_day(fluent, range, &set, false);
                if set.pieces().len() == 1 && a == b {
                    let before = self.days_out(fluent, range, a.plus(-1), a.plus(-1));
                    self.any(&[out, before])
                } else {
                    out
                }
            }
            (false, false) => self.every_day(fluent, range, &set, false),
        }
    }

    fn note_ending(&mut self, fluent: &Fluent, day: Term) {
        if matches!(self.origin, Origin::Fact(_)) {
            let guard = self.mentions.iter().rev().find(|m| m.inside && m.to == day && m.fluent == *fluent).map(|m| m.guard);
            if let Some(guard) = guard {
                self.endings.push(crate::verdict::world::Beginning { guard, fluent: fluent.clone(), day, grain: self.grain });
            }
        }
    }
}

fn up_to(day: i64) -> DaySet {
    DaySet::single(crate::time::Day::MIN, crate::time::Day::from_epoch_days(day))
}

fn shifted(set: &DaySet, first: i64, last: i64) -> DaySet {
    match (set.first(), set.last()) {
        (Some(a), Some(b)) => DaySet::single(if a.is_finite() { a.plus(first) } else { a }, if b.is_finite() { b.plus(last) } else { b }),
        _ => set.clone(),
    }
}
