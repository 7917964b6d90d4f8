//! Wider and narrower windows.

use factum::verdict::Verdict;
use proptest::prelude::*;

use super::generate::{Claim, Fact, Spelling, Verb, When, any_claim, plain_claim, some_facts};
use super::{config, facts, outcome, shown, verdict};

fn window() -> impl Strategy<Value = (i64, i64)> {
    (20..120_i64, 1..30_i64)
}

proptest! {
    #![proptest_config(config(32))]

    /// 4. Widening a claim's window never turns supported into contradicted.
    #[test]
    fn a_wider_claim_is_not_contradicted(world in some_facts(), claim in plain_claim(), (a, more) in window(), (left, right) in (0..20_i64, 0..20_i64)) {
        let base = facts(&world, Spelling::default());
        let narrow = Claim { when: When::In(a, more), ..claim };
        let wide = Claim { when: When::In(a - left, more + left + right), ..claim };
        if verdict(&base, &narrow.text(Spelling::default()))? == Verdict::Supported {
            let wider = verdict(&base, &wide.text(Spelling::default()))?;
            prop_assert!(wider != Verdict::Contradicted, "{}\nwider: {}", shown(&world, &narrow), wide.text(Spelling::default()));
        }
    }

    /// 4. Narrowing a fact's window never turns a decided verdict into its opposite.
    #[test]
    fn a_narrower_fact_decides_no_other_way(world in some_facts(), (a, more) in window(), cut in (0.0..0.5_f64, 0.0..0.5_f64), party in 0..5_usize, claims in prop::collection::vec(any_claim(), 3)) {
        let share = |part: f64| (more as f64 * part) as i64;
        let (left, right) = (share(cut.0), share(cut.1));
        let with = |when| {
            let mut all = world.clone();
            all.push(Fact { party, verb: Verb::Capture, city: 1, when });
            all
        };
        let (wide, narrow) = (with(When::OneOf(a, more)), with(When::OneOf(a + left, more - left - right)));
        let (before, after) = (facts(&wide, Spelling::default()), facts(&narrow, Spelling::default()));
        for claim in claims {
            let text = claim.text(Spelling::default());
            let (first, second) = (verdict(&before, &text)?, verdict(&after, &text)?);
            prop_assert!(first == Verdict::Unknown || second != first.turned(), "{:?}, then {:?} with {:?}{}", first, second, narrow.last(), shown(&wide, &claim));
        }
    }

    /// 7. Splitting a window in two and joining with *or* changes nothing.
    #[test]
    fn a_split_window_is_the_window(world in some_facts(), claims in prop::collection::vec(plain_claim(), 3), (a, more) in window(), at in 0.0..1.0_f64) {
        let base = facts(&world, Spelling::default());
        let first = (more as f64 * at) as i64;
        for claim in claims {
            let part = |when| Claim { when, ..claim }.text(Spelling::default());
            let whole = part(When::In(a, more));
            let split = format!("{} or {}", part(When::In(a, first)), part(When::In(a + first + 1, more - first - 1)));
            let ((one, _, strict_one), (two, _, strict_two)) = (outcome(&base, &whole)?, outcome(&base, &split)?);
            prop_assert_eq!((one, strict_one), (two, strict_two), "{}\nsplit: {}", shown(&world, &Claim { when: When::In(a, more), ..claim }), split);
        }
    }
}
