//! Who is who: other names (5), parts and groups (6).

use factum::verdict::Verdict;
use proptest::prelude::*;

use super::generate::{Claim, GROUP, PARTS, Spelling, any_claim, plain_claim, some_facts};
use super::{config, facts, outcome, shown, verdict};

proptest! {
    #![proptest_config(config(24))]

    /// 5. Renaming by alias, in the facts, in the claim or in both.
    #[test]
    fn another_name_changes_nothing(world in some_facts(), claims in prop::collection::vec(any_claim(), 3)) {
        let other = Spelling { aliases: true, ..Spelling::default() };
        let (here, there) = (facts(&world, Spelling::default()), facts(&world, other));
        for claim in claims {
            let expected = outcome(&here, &claim.text(Spelling::default()))?;
            prop_assert_eq!(expected, outcome(&here, &claim.text(other))?, "claim by other names: {}", shown(&world, &claim));
            prop_assert_eq!(expected, outcome(&there, &claim.text(Spelling::default()))?, "facts by other names: {}", shown(&world, &claim));
        }
    }

    /// 6. A part's deed is the group's: supported of a part is supported of the group, contradicted of the group is
    /// contradicted of its parts.
    #[test]
    fn what_a_part_does_the_group_does(world in some_facts(), claims in prop::collection::vec(plain_claim(), 3), part in prop::sample::select(PARTS.to_vec())) {
        let base = facts(&world, Spelling::default());
        for claim in claims {
            let (of_part, of_group) = (Claim { party: part, ..claim }, Claim { party: GROUP, ..claim });
            let (part, group) = (verdict(&base, &of_part.text(Spelling::default()))?, verdict(&base, &of_group.text(Spelling::default()))?);
            prop_assert!(part != Verdict::Supported || group == Verdict::Supported, "the group is {:?}: {}", group, shown(&world, &of_part));
            prop_assert!(group != Verdict::Contradicted || part == Verdict::Contradicted, "the part is {:?}: {}", part, shown(&world, &of_group));
        }
    }

    /// 6. … never the reverse: where no fact names a part, nothing is supported of it.
    #[test]
    fn what_the_group_does_a_part_need_not(world in some_facts(), claims in prop::collection::vec(plain_claim(), 3), part in prop::sample::select(PARTS.to_vec())) {
        let mut world = world;
        for fact in &mut world {
            if PARTS.contains(&fact.party) {
                fact.party = GROUP;
            }
        }
        let base = facts(&world, Spelling::default());
        for claim in claims {
            let claim = Claim { party: part, ..claim };
            prop_assert!(verdict(&base, &claim.text(Spelling::default()))? != Verdict::Supported, "{}", shown(&world, &claim));
        }
    }
}
