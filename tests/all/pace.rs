//! What reading costs: an ordinary statement next to nothing, the worst one an amount that nobody waits for.

use std::time::{Duration, Instant};

use factum::statement::{Context, resolve};
use factum::syntax;
use factum::time::Day;
use factum::vocabulary::{Vocabulary, standard_with_cast};

fn read(text: &str, vocabulary: &Vocabulary) -> String {
    let context = Context { document: Day::from_ymd(2024, 12, 8), previous: None };
    format!("{:?}", syntax::statement(text).and_then(|written| resolve(&written, text, vocabulary, &context)))
}

/// The least of three runs: other programs run on the machine too.
fn cost(mut run: impl FnMut()) -> Duration {
    (0..3)
        .map(|_| {
            let start = Instant::now();
            run();
            start.elapsed()
        })
        .min()
        .unwrap_or_default()
}

fn words(part: &str, times: usize) -> String {
    part.split_whitespace().cycle().take(times).collect::<Vec<_>>().join(" ")
}

#[test]
#[ignore = "a measurement: run it alone, in release, with --nocapture"]
fn reading() {
    let (vocabulary, _) = standard_with_cast();
    let ordinary: Vec<&str> =
        vocabulary.examples().iter().filter(|example| example.fillers.is_some()).map(|example| example.statement.as_str()).collect();
    let all = cost(|| ordinary.iter().for_each(|text| drop(read(text, &vocabulary))));
    let each = all / u32::try_from(ordinary.len()).unwrap();
    println!("{} ordinary statements: {each:?} each", ordinary.len());
    assert!(each < Duration::from_millis(1), "{each:?} for an ordinary statement");
    // Parts that have been costly, as often as a statement can hold them.
    let parts = [
        "and captured Homs",
        "before capturing Homs",
        "before Homs",
        "vowed to capture Hama and to take",
        "in the fighting ,",
        "three cities",
        "held be have",
        "no longer",
        "not",
        "XXXX-12-25",
    ];
    let mut costs: Vec<(Duration, &str)> = Vec::new();
    for part in parts {
        let text = format!("the rebels captured Hama {}", words(part, 140));
        costs.push((cost(|| drop(read(&text, &vocabulary))), part));
    }
    costs.sort();
    println!("{costs:?}");
    assert!(costs.iter().all(|(cost, _)| *cost < Duration::from_secs(1)), "{costs:?}");
}
