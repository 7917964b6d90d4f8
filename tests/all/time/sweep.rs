//! Phrases put together at random: nothing may panic, and the wide reading always covers the narrow one.

use factum::syntax::ast::ChunkKind;
use factum::syntax::{parse_edtf, statement};
use factum::time::{Anchor, DateProblem, resolve};

use super::anchor;

const WORDS: &[&str] = &[
    "the",
    "of",
    "in",
    "early",
    "mid",
    "late",
    "last",
    "first",
    "second",
    "next",
    "this",
    "that",
    "end",
    "beginning",
    "half",
    "week",
    "weeks",
    "day",
    "days",
    "month",
    "year",
    "years",
    "decade",
    "century",
    "19th",
    "1990s",
    "1800s",
    "2024",
    "-0044",
    "2024-12-05",
    "2024-02",
    "20XX",
    "2024-24",
    "/",
    "..",
    "[",
    "]",
    "{",
    "}",
    ",",
    "-",
    "–",
    "?",
    "~",
    "%",
    "December",
    "Feb.",
    "May",
    "30",
    "29",
    "31st",
    "fifth",
    "Thursday",
    "Sun.",
    "winter",
    "Q4",
    "quarter",
    "ago",
    "later",
    "earlier",
    "yesterday",
    "three",
    "ninety-nine",
    "999999999",
    "a",
    "couple",
    "several",
    "about",
    "circa",
    "BC",
    "AD",
    "morning",
    "at",
    "10:30",
    "(",
    ")",
    "Y99999",
    "E9",
    "S3",
    "X",
    "T10:00:00Z",
    "é",
    "\u{a0}",
];

/// A small generator of our own, so that a failure comes back.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from((self.0 >> 33) % sides as u64).unwrap()
    }
}

#[test]
fn nothing_panics_and_weak_covers_strong() {
    let anchors = [anchor("2024-12-11", "2024-02-29"), anchor("-0001-01-01", "9999-12-31"), Anchor::default()];
    let mut dice = Dice(20_241_205);
    let mut read = 0;
    for _ in 0..10_000 {
        let mut text = String::new();
        for _ in 0..=dice.roll(6) {
            text.push_str(WORDS[dice.roll(WORDS.len())]);
            if dice.roll(4) > 0 {
                text.push(' ');
            }
        }
        let _ = parse_edtf(text.trim()).map(|value| value.to_when());
        for word in ["on", "for", ""] {
            let written = match statement(&format!("{word} {text}")) {
                Ok(written) => written,
                Err(problem) => {
                    assert_ne!(problem.code, "internal", "{text}: {}", problem.message);
                    continue;
                }
            };
            let phrases =
                written.chunks.iter().filter_map(|chunk| if let ChunkKind::When(phrase) = &chunk.kind { Some(phrase) } else { None });
            for date in phrases.flat_map(|phrase| [Some(&phrase.date), phrase.second.as_ref().map(|(date, _)| date)]).flatten() {
                for anchor in &anchors {
                    match resolve(date, anchor) {
                        Ok(when) => {
                            read += 1;
                            assert!(!when.strong.is_empty() && when.weak.covers(&when.strong), "{text}");
                        }
                        Err(problem) => assert!(!matches!(problem, DateProblem::Unforeseen { .. }), "{text}: {problem}"),
                    }
                }
            }
        }
    }
    assert!(read > 1_000, "only {read} readings");
}
