//! The same record and claim in a calendar with more days around them.
//!
//! A calendar is a stand-in for all days: what needs more days before or after what is named than it has is missing among
//! its worlds. Where the engine and the definition differ, a longer calendar tells whether it was that.

use super::language::{Calendar, Claim, Clause, Day, Fact, Named, Party, When, Window};
use super::verdict::{Assumed, Definition, Verdict};

/// Days more before and after, from those that cost little to those that cost much.
const MORE: [(Day, Day); 6] = [(1, 0), (0, 1), (1, 1), (2, 1), (2, 2), (3, 2)];

/// The first verdict that a longer calendar gives and a shorter one does not; nothing where there is none, or too many worlds.
pub fn verdict_with_more_days(
    (facts, trust): (&[Fact], &[(Party, bool)]),
    claim: &Claim,
    reference: Day,
    assumed: Assumed,
    calendar: Calendar,
    with_fewer: Verdict,
) -> Option<Verdict> {
    let mut verdicts = MORE.into_iter().map_while(|(before, after)| {
        let facts: Vec<Fact> = facts.iter().map(|fact| later_fact(fact, before)).collect::<Option<_>>()?;
        let claim = later_claim(claim, before)?;
        let calendar = Calendar { days: calendar.days + before + after, horizon: calendar.horizon + before };
        Definition::new(&facts, trust, calendar).verdict(&claim, reference + before, assumed)
    });
    verdicts.find(|verdict| *verdict != with_fewer)
}

/// Nothing for a month or a year: its days stand for many.
fn later(window: Window, by: Day) -> Option<Window> {
    (window.named == Named::Days).then(|| Window { first: window.first + by, last: window.last + by, ..window })
}

fn later_when(when: &When, by: Day) -> Option<When> {
    let window = |w: &Window| later(*w, by);
    Some(match when {
        When::Undated | When::Now | When::For(..) => when.clone(),
        When::On(w) => When::On(window(w)?),
        When::Throughout(w) => When::Throughout(window(w)?),
        When::AsOf(w) => When::AsOf(window(w)?),
        When::By(w) => When::By(window(w)?),
        When::Before(w) => When::Before(window(w)?),
        When::After(w) => When::After(window(w)?),
        When::Since(w) => When::Since(window(w)?),
        When::Until(w) => When::Until(window(w)?),
        When::FromTo(a, b) => When::FromTo(window(a)?, window(b)?),
        When::Between(a, b) => When::Between(window(a)?, window(b)?),
        When::Order { side, distance, other } => {
            When::Order { side: *side, distance: *distance, other: Box::new(later_clause(other, by)?) }
        }
    })
}

fn later_clause(clause: &Clause, by: Day) -> Option<Clause> {
    Some(Clause { when: later_when(&clause.when, by)?, ..clause.clone() })
}

fn later_fact(fact: &Fact, by: Day) -> Option<Fact> {
    Some(match fact {
        Fact::Said(clause) => Fact::Said(later_clause(clause, by)?),
        Fact::Reported(who, clause) => Fact::Reported(*who, later_clause(clause, by)?),
        Fact::Only { who, verb, day, places } => Fact::Only { who: *who, verb: *verb, day: day + by, places: places.clone() },
    })
}

fn later_claim(claim: &Claim, by: Day) -> Option<Claim> {
    let clause = |clause: &Clause| later_clause(clause, by);
    let all = |parts: &[Claim]| parts.iter().map(|part| later_claim(part, by)).collect::<Option<Vec<_>>>();
    Some(match claim {
        Claim::One(one) => Claim::One(clause(one)?),
        Claim::According(who, content) => Claim::According(*who, Box::new(later_claim(content, by)?)),
        Claim::All(parts) => Claim::All(all(parts)?),
        Claim::Any(parts) => Claim::Any(all(parts)?),
        Claim::Places { clause: one, how } => Claim::Places { clause: clause(one)?, how: *how },
        Claim::Only { clause: one, places } => Claim::Only { clause: clause(one)?, places: places.clone() },
        Claim::Count { clause: one, bound, number, kind } => {
            Claim::Count { clause: clause(one)?, bound: *bound, number: *number, kind: *kind }
        }
        Claim::NoPlace { clause: one, kind } => Claim::NoPlace { clause: clause(one)?, kind: *kind },
    })
}
