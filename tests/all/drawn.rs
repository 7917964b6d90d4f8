//! Larger records, where no world can be listed: worlds drawn at random, in which the verdicts must come true.
//!
//! A world is made up first, and facts of it are told, vaguely, fifteen to thirty of them. Then the world is changed step by
//! step, each time so that every fact is still true, and looked at now and then: a claim that is supported must be true in
//! each of the worlds, one that is contradicted false. Nothing is assumed, since a world that is drawn keeps to no assumption.
//! What is true in a world is told here from language.md, without the engine.

use factum::check::judge_text;
use factum::verdict::{Assumptions, Judge, Settings, Verdict};
use fastrand::Rng;
use rayon::prelude::*;

use super::laws::generate::{Claim, Fact, GROUP, PARTS, Spelling, Verb, When, world as written};
use super::laws::shown;
use super::world::base;

const PARTIES: usize = 5;
const CITIES: usize = 3;
/// The record ends on this day, and the days of a world go on a little.
const LAST: i64 = 180;
const DAYS: i64 = LAST + 20;
/// A world begins before anything is told of it.
const BEFORE: i64 = 20;

/// Who holds each city on each day (one party by itself; its group holds it too), and what happens.
#[derive(Clone, Debug)]
struct World {
    holder: Vec<Vec<Option<usize>>>,
    captures: Vec<(usize, usize, i64)>,
    attacks: Vec<(usize, usize, i64)>,
}

fn acts_for(who: usize, other: usize) -> bool {
    who == other || other == GROUP && PARTS.contains(&who)
}

fn group(who: usize) -> usize {
    if PARTS.contains(&who) { GROUP } else { who }
}

impl World {
    fn random(rng: &mut Rng) -> Self {
        let mut world = Self { holder: vec![vec![None; (BEFORE + DAYS) as usize]; CITIES], captures: Vec::new(), attacks: Vec::new() };
        for _ in 0..40 {
            world.change(rng);
        }
        world
    }

    fn holder(&self, city: usize, day: i64) -> Option<usize> {
        usize::try_from(day + BEFORE).ok().and_then(|at| self.holder[city].get(at).copied()).flatten()
    }

    fn holds(&self, party: usize, city: usize, day: i64) -> bool {
        self.holder(city, day).is_some_and(|who| acts_for(who, party))
    }

    /// One random change; whether the world is still one is for `is_one`.
    fn change(&mut self, rng: &mut Rng) {
        let (party, city, day) = (rng.usize(..PARTIES), rng.usize(..CITIES), rng.i64(-5..DAYS));
        match rng.u8(0..8) {
            // Somebody, or nobody, holds it for a while.
            0..3 => {
                let who = (rng.u8(0..5) > 0).then_some(party);
                for day in day..day + rng.i64(1..50) {
                    if day < DAYS {
                        self.holder[city][(day + BEFORE) as usize] = who;
                    }
                }
            }
            // A capture, with the holding that it starts.
            3 | 4 if day <= LAST => {
                self.captures.push((party, city, day));
                for day in day..(day + rng.i64(1..60)).min(DAYS) {
                    self.holder[city][(day + BEFORE) as usize] = Some(party);
                }
                self.holder[city][(day - 1 + BEFORE) as usize] = (0..PARTIES).find(|other| group(*other) != group(party) && rng.bool());
            }
            5 if !self.captures.is_empty() => {
                let at = rng.usize(..self.captures.len());
                self.captures.swap_remove(at);
            }
            6 if !self.attacks.is_empty() => {
                let at = rng.usize(..self.attacks.len());
                self.attacks.swap_remove(at);
            }
            _ if day <= LAST => self.attacks.push((party, city, day)),
            _ => {}
        }
        // Who was not holding it, or had held it before, did not capture it.
        let kept: Vec<_> = self
            .captures
            .iter()
            .copied()
            .filter(|(who, city, day)| self.holder(*city, *day) == Some(*who) && !self.holds(group(*who), *city, day - 1))
            .collect();
        self.captures = kept;
    }

    fn days(&self, party: usize, city: usize) -> impl Fn(i64) -> bool {
        move |day| self.holds(party, city, day)
    }

    fn happened(&self, verb: Verb, party: usize, city: usize, when: impl Fn(i64) -> bool) -> bool {
        let all = if verb == Verb::Capture { &self.captures } else { &self.attacks };
        all.iter().any(|(who, there, day)| acts_for(*who, party) && *there == city && when(*day))
    }

    /// The table of language.md section 4, for what is said here; from the last day of the record.
    fn is_so(&self, verb: Verb, party: usize, city: usize, when: When, strong: bool) -> bool {
        if verb != Verb::Hold {
            return self.happened(verb, party, city, |t| match when {
                When::Ever => t <= LAST,
                When::On(a) => t == a,
                When::OneOf(a, more) | When::In(a, more) => (a..=a + more).contains(&t),
                When::By(a) => t <= a,
                When::Before(a) => t < a,
                When::After(a) => a < t && t <= LAST,
                other => unreachable!("nothing that happens is said with {other:?}"),
            });
        }
        let on = self.days(party, city);
        let some = |from: i64, to: i64| (from..=to).any(&on);
        let every = |from: i64, to: i64| (from..=to).all(&on);
        match when {
            When::Ever => some(-BEFORE, LAST),
            When::On(a) => on(a),
            When::OneOf(a, more) | When::In(a, more) => some(a, a + more),
            When::By(a) => {
                if strong {
                    on(a)
                } else {
                    some(-BEFORE, a)
                }
            }
            When::Before(a) => some(-BEFORE, a - 1),
            When::After(a) => some(a + 1, DAYS - 1),
            When::Throughout(a, more) => every(a, a + more),
            When::Since(a) => every(a, LAST) && (!strong || !on(a - 1)),
            When::Until(a) => {
                if strong {
                    on(a - 1) && !on(a) || on(a) && !on(a + 1)
                } else {
                    on(a - 1)
                }
            }
            When::FromTo(a, more) => every(a, a + more) && (!strong || !on(a - 1) && !on(a + more + 1)),
        }
    }

    fn has(&self, fact: &Fact) -> bool {
        self.is_so(fact.verb, fact.party, fact.city, fact.when, true)
    }

    fn makes_true(&self, claim: &Claim, strong: bool) -> bool {
        let plain = self.is_so(claim.verb, claim.party, claim.city, claim.when, strong != claim.negated);
        plain != claim.negated
    }
}

fn event_when(rng: &mut Rng, day: i64) -> When {
    match rng.u8(0..9) {
        0..3 => When::On(day),
        3 | 4 => When::OneOf(day - rng.i64(0..10), rng.i64(1..20)),
        5 => When::By(day + rng.i64(0..10)),
        6 => When::Before(day + rng.i64(0..10)),
        7 => When::After(day - rng.i64(0..10)),
        _ => When::Ever,
    }
}

fn state_when(rng: &mut Rng, day: i64) -> When {
    match rng.u8(0..9) {
        0..3 => When::On(day),
        3 => When::Throughout(day, rng.i64(1..20)),
        4 => When::Since(day),
        5 => When::Until(day),
        6 => When::By(day),
        _ => When::FromTo(day, rng.i64(1..40)),
    }
}

fn plain_when(rng: &mut Rng, day: i64) -> When {
    match rng.u8(0..7) {
        0 | 1 => When::On(day),
        2 | 3 => When::In(day, rng.i64(1..40)),
        4 => When::By(day),
        5 => When::Before(day),
        _ => When::After(day),
    }
}

/// Facts that are true in a world: where something happens or changes they are likelier to be told.
fn told(world: &World, rng: &mut Rng) -> Vec<Fact> {
    let wanted = rng.usize(15..=30);
    let mut facts: Vec<Fact> = Vec::new();
    for _ in 0..20_000 {
        let (party, city) = (rng.usize(..PARTIES), rng.usize(..CITIES));
        let day = rng.i64(0..LAST - 40);
        let fact = match rng.u8(0..6) {
            0..3 if !world.captures.is_empty() => {
                let (who, city, day) = world.captures[rng.usize(..world.captures.len())];
                Fact { party: if rng.bool() { who } else { group(who) }, verb: Verb::Capture, city, when: event_when(rng, day.max(0)) }
            }
            3 if !world.attacks.is_empty() => {
                let (party, city, day) = world.attacks[rng.usize(..world.attacks.len())];
                Fact { party, verb: Verb::Attack, city, when: event_when(rng, day.max(0)) }
            }
            _ => Fact { party, verb: Verb::Hold, city, when: state_when(rng, day) },
        };
        let beginning = |day: i64| day >= 0;
        let dated = match fact.when {
            When::OneOf(a, _) | When::Before(a) | When::After(a) | When::By(a) => beginning(a),
            _ => true,
        };
        if dated && world.has(&fact) && !facts.contains(&fact) {
            facts.push(fact);
        }
        if facts.len() == wanted {
            break;
        }
    }
    facts
}

fn asked(facts: &[Fact], rng: &mut Rng) -> Claim {
    let near = facts[rng.usize(..facts.len())];
    let party = if rng.bool() { near.party } else { rng.usize(..PARTIES) };
    let verb = if rng.u8(0..3) > 0 { near.verb } else { [Verb::Capture, Verb::Hold, Verb::Attack][rng.usize(..3)] };
    let day = match near.when {
        When::On(a) | When::OneOf(a, _) | When::By(a) | When::Before(a) | When::After(a) | When::Since(a) | When::Until(a) => a,
        When::In(a, _) | When::Throughout(a, _) | When::FromTo(a, _) => a,
        When::Ever => rng.i64(0..LAST - 40),
    };
    let day = (day + rng.i64(-12..=12)).clamp(0, LAST - 1);
    let lasting = verb == Verb::Hold && rng.u8(0..3) == 0;
    let when = if lasting { state_when(rng, day) } else { plain_when(rng, day) };
    // What a denial denies of a beginning or an end is another matter.
    Claim { party, verb, city: near.city, when, negated: !lasting && rng.u8(0..4) == 0 }
}

/// What came of one record: what is wrong, how many claims were decided, and how many of the others were true in one world
/// that was drawn and false in another.
fn looked_at(seed: u64) -> (Vec<String>, usize, usize) {
    let rng = &mut Rng::with_seed(seed);
    let mut world = World::random(rng);
    let facts = told(&world, rng);
    let record = base(&written(&facts, Spelling::default()));
    let judge = Judge::new(&record, Settings { assumptions: Assumptions::NONE, ..Settings::default() });
    let mut decided: Vec<(Claim, Verdict)> = Vec::new();
    let mut open: Vec<(Claim, bool, bool)> = Vec::new();
    for _ in 0..40 {
        let claim = asked(&facts, rng);
        let judgement = judge_text(&judge, &claim.text(Spelling::default()), None).unwrap().1;
        if judgement.verdict != Verdict::Unknown {
            decided.push((claim, judgement.verdict));
        } else {
            open.push((claim, false, false));
        }
    }
    let mut found = Vec::new();
    for _ in 0..60 {
        for (claim, verdict) in &decided {
            let kept = match verdict {
                Verdict::Supported => world.makes_true(claim, true),
                _ => !world.makes_true(claim, false),
            };
            if !kept {
                found.push(format!("seed {seed}: {}, and not so in a world {world:?}{}", verdict.name(), shown(&facts, claim)));
                return (found, decided.len(), 0);
            }
        }
        for (claim, was_true, was_false) in &mut open {
            *was_true |= world.makes_true(claim, true);
            *was_false |= !world.makes_true(claim, false);
        }
        for _ in 0..60 {
            let mut other = world.clone();
            other.change(rng);
            if facts.iter().all(|fact| other.has(fact)) {
                world = other;
            }
        }
    }
    let both = open.iter().filter(|(_, was_true, was_false)| *was_true && *was_false).count();
    (found, decided.len(), both)
}

#[test]
fn verdicts_come_true_in_worlds_drawn_at_random() {
    let records = std::env::var("FACTUM_DRAWN_RECORDS").ok().and_then(|number| number.parse().ok()).unwrap_or(40_u64);
    let all: Vec<(Vec<String>, usize, usize)> = (0..records).into_par_iter().map(|seed| looked_at(20_241_208 + seed)).collect();
    let decided: usize = all.iter().map(|(_, decided, _)| decided).sum();
    let both: usize = all.iter().map(|(_, _, both)| both).sum();
    let found: Vec<&str> = all.iter().flat_map(|(found, _, _)| found).map(String::as_str).collect();
    println!("{decided} verdicts on {records} records; {both} of the open claims were true in one world and false in another");
    assert!(found.is_empty(), "{} of {records} records:\n{}", found.len(), found.iter().take(3).copied().collect::<Vec<_>>().join("\n"));
    assert!(decided as u64 > records * 8, "only {decided} verdicts were decided");
    // The worlds differ: what is open comes out both ways.
    assert!(both as u64 > records * 2, "only {both} open claims came out both ways");
}
