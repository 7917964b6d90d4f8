//! Counterexamples that longer runs have found, kept as they were found so that every run tries them.

use super::super::world::base;
use super::outcome;

const WHO: &str = "horizon 2024-08-28
name the rebels: armed group
name HTS: militant group, part of the rebels
name SNA: militant group, part of the rebels
name the militia: militia
name Hama: city
";

fn world(facts: &[&str]) -> factum::facts::FactBase {
    base(&format!("{WHO}{}\n", facts.join("\n")))
}

/// Which facts count as disputed may not depend on which comes first.
#[test]
fn the_order_of_facts_that_clash() {
    let facts = [
        "SNA held Hama from 2024-06-10 to 2024-07-10",
        "HTS held Hama by 2024-04-06",
        "the militia held Hama from 2024-07-06 to 2024-07-29",
        "the militia has held Hama since 2024-06-03",
    ];
    let claim = "HTS held Hama in 2024-03-17/2024-04-07";
    let expected = outcome(&world(&facts), claim).unwrap();
    let [first, second, third, fourth] = facts;
    for other in [[first, third, fourth, second], [fourth, third, second, first], [third, fourth, first, second]] {
        assert_eq!(outcome(&world(&other), claim).unwrap(), expected, "{other:#?}");
    }
}

/// One window and the same in two halves.
#[test]
fn a_split_window_between_facts_that_clash() {
    let base = world(&[
        "the militia captured Hama on 2024-03-31",
        "the rebels have held Hama since 2024-04-13",
        "the rebels have held Hama since 2024-03-01",
    ]);
    let whole = outcome(&base, "the rebels captured Hama in 2024-03-21/2024-03-22").unwrap();
    let split =
        outcome(&base, "the rebels captured Hama in 2024-03-21/2024-03-21 or the rebels captured Hama in 2024-03-22/2024-03-22").unwrap();
    assert_eq!((whole.0, whole.2), (split.0, split.2));
}
