//! 5. What a verdict may not depend on: the calendar's zero, the order of the facts, and what has nothing to do with it.

use proptest::prelude::*;

use super::generate::{Spelling, any_claim, some_facts, world as file};
use super::{base, config, facts, outcome, shown};

proptest! {
    #![proptest_config(config(24))]

    #[test]
    fn shifting_every_date_changes_nothing(world in some_facts(), claims in prop::collection::vec(any_claim(), 3), days in prop_oneof![-40_000..-1_i64, 1..40_000_i64]) {
        let moved = Spelling { shift: days, ..Spelling::default() };
        let (here, there) = (facts(&world, Spelling::default()), facts(&world, moved));
        for claim in claims {
            prop_assert_eq!(outcome(&here, &claim.text(Spelling::default()))?, outcome(&there, &claim.text(moved))?, "{} days on: {}", days, shown(&world, &claim));
        }
    }

    #[test]
    fn the_order_of_facts_changes_nothing((world, other) in some_facts().prop_flat_map(|world| (Just(world.clone()), Just(world).prop_shuffle())), claims in prop::collection::vec(any_claim(), 3)) {
        let (here, there) = (facts(&world, Spelling::default()), facts(&other, Spelling::default()));
        for claim in claims {
            let text = claim.text(Spelling::default());
            prop_assert_eq!(outcome(&here, &text)?, outcome(&there, &text)?, "{}\nin another order: {:?}", shown(&world, &claim), other);
        }
    }

    #[test]
    fn an_unrelated_source_changes_nothing(world in some_facts(), claims in prop::collection::vec(any_claim(), 3)) {
        let here = facts(&world, Spelling::default());
        let more = "name Carol, Dora: person\nname Globex: company\nname Daraa: town\nCarol led Globex from 2010 to 2014\nDora became the leader of Globex on 2015-01-01\nCarol attacked Daraa on 2024-04-01\n";
        let there = base(&format!("{more}{}", file(&world, Spelling::default())));
        for claim in claims {
            let text = claim.text(Spelling::default());
            prop_assert_eq!(outcome(&here, &text)?, outcome(&there, &text)?, "{}", shown(&world, &claim));
        }
    }
}
