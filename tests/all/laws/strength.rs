//! What a fact says, it says: repeated, denied, without assumptions, and in other words.

use factum::statement::in_words;
use factum::verdict::Verdict;
use proptest::prelude::*;

use super::generate::{Spelling, any_claim, plain_claim, some_facts};
use super::{clashes, config, facts, judged, outcome, shown, verdict};

proptest! {
    #![proptest_config(config(32))]

    /// 1. Reflexivity: a claim that repeats a fact word for word is supported.
    #[test]
    fn repeating_a_fact_is_supported(world in some_facts()) {
        let base = facts(&world, Spelling::default());
        for fact in &world {
            let text = fact.text(Spelling::default());
            if !clashes(&base, &text)? {
                prop_assert_eq!(verdict(&base, &text)?, Verdict::Supported, "{}", shown(&world, &fact.claim()));
            }
        }
    }

    /// 2. Duality: `not c` turns the verdict round, with assumptions and without.
    #[test]
    fn denying_turns_the_verdict_round(world in some_facts(), claims in prop::collection::vec(plain_claim(), 3)) {
        let base = facts(&world, Spelling::default());
        for claim in claims {
            let (said, denied) = (judged(&base, &claim.text(Spelling::default()))?.1, judged(&base, &claim.denied().text(Spelling::default()))?.1);
            prop_assert_eq!(said.verdict.turned(), denied.verdict, "{}", shown(&world, &claim));
            prop_assert_eq!(said.strict.turned(), denied.strict, "strict: {}", shown(&world, &claim));
        }
    }

    /// What is decided without assumptions is decided the same with them.
    #[test]
    fn assumptions_only_add(world in some_facts(), claims in prop::collection::vec(any_claim(), 3)) {
        let base = facts(&world, Spelling::default());
        for claim in claims {
            let text = claim.text(Spelling::default());
            let judgement = judged(&base, &text)?.1;
            if judgement.strict != Verdict::Unknown && !clashes(&base, &text)? {
                prop_assert_eq!(judgement.verdict, judgement.strict, "{}", shown(&world, &claim));
            }
        }
    }

    /// 9. A paraphrase means what it paraphrases.
    #[test]
    fn a_paraphrase_is_judged_the_same(world in some_facts(), claims in prop::collection::vec(any_claim(), 3)) {
        let base = facts(&world, Spelling::default());
        for claim in claims.into_iter().flat_map(|claim| [claim, claim.denied()]) {
            let text = claim.text(Spelling::default());
            let (statement, _) = judged(&base, &text)?;
            let words = in_words(&statement, &base.vocabulary);
            prop_assert_eq!(outcome(&base, &text)?, outcome(&base, &words)?, "{}\nin words: {}", shown(&world, &claim), words);
        }
    }
}
