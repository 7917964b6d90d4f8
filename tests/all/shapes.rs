//! Claims that are understood by their shape against the same claims read by themselves: whatever a shape says, reading says too.

use std::sync::Arc;

use factum::check::Shapes;
use factum::facts::{FactBase, Loader};
use factum::statement::{Context, resolve};
use factum::syntax;
use factum::text::Document;
use factum::verdict::Plain;
use factum::vocabulary::{Vocabulary, standard_with_cast};

use super::world::{Shelf, shown};

/// The plain claim that reading makes of a text.
fn read(text: &str, vocabulary: &Vocabulary) -> Option<Plain> {
    let written = syntax::statement(text).ok()?;
    Plain::of(&resolve(&written, text, vocabulary, &Context::default()).ok()?)
}

/// Names of all sorts: those that a reader sees nothing in, and those that it does.
fn base() -> FactBase {
    const FACTS: &str = "
name P12, also P 12: party
name Party123456: party
name Norrin, also Norrin Lines, Lines of Norrin: company
name Longer Road, also Later: party
name May, also March, Sunday: person
name First Army, also The Hands: armed force
name Unit 5, also Unit 2024: armed force
name Halden: city
name Place 7, also Place 31, Placeful: city
name City Nine, also Power: city
name Rebel Hands: party
name Noon 12: place
name Old Mill, part of Halden: place
name X: party
name U.S.: country
name Dozens: party
name to: party
name Oslo's Own: party
";
    const ROWS: &str = "subject,relation,object,start,end
Rough1,control,Rough2,2004-01-01,2005-01-01
Rough2,control,Rough1,2004-01-01,2005-01-01
Party9876543,control,Place9876543,2004-01-01,2005-01-01
";
    let shelf = Shelf::default();
    let mut loader = Loader::new(&shelf).in_columns();
    loader.facts(&Arc::new(Document::new("names.facts", FACTS)));
    loader.table(&Arc::new(Document::new("rows.csv", ROWS)));
    let (base, problems) = loader.finish();
    assert!(problems.is_empty(), "{}", shown(&problems));
    base
}

const NAMES: [&str; 38] = [
    "P12",
    "P 12",
    "Party123456",
    "Norrin",
    "Norrin Lines",
    "Lines of Norrin",
    "Longer Road",
    "Later",
    "May",
    "March",
    "Sunday",
    "First Army",
    "The Hands",
    "Unit 5",
    "Unit 2024",
    "Halden",
    "Place 7",
    "Place 31",
    "Placeful",
    "City Nine",
    "Power",
    "Rebel Hands",
    "Noon 12",
    "Old Mill",
    "X",
    "U.S.",
    "Dozens",
    "to",
    "Oslo's Own",
    "Rough1",
    "Rough2",
    "Party9876543",
    "Place9876543",
    "Nobody",
    "p12",
    "halden",
    "NORRIN",
    "party123456",
];

const VERBS: [&str; 22] = [
    "held",
    "has held",
    "had held",
    "did not hold",
    "no longer held",
    "still held",
    "controlled",
    "captured",
    "was held by",
    "was captured by",
    "owned",
    "led",
    "was in the hands of",
    "was part of",
    "and",
    "held the city of",
    "ruled",
    "has ruled",
    "once again held",
    "is",
    "never held",
    "hold",
];

const TIMES: [&str; 20] = [
    "on",
    "by",
    "since",
    "before",
    "after",
    "until",
    "in",
    "during",
    "throughout",
    "as of",
    "",
    "days after",
    "no later than",
    "prior to",
    "within",
    "12",
    "March",
    "not until",
    "up to",
    "ever since",
];

fn claim(random: &mut fastrand::Rng) -> String {
    let of = |list: &[&'static str], random: &mut fastrand::Rng| list[random.usize(0..list.len())];
    let (who, verb, whom, time) = (of(&NAMES, random), of(&VERBS, random), of(&NAMES, random), of(&TIMES, random));
    let (year, month, day) = (random.u32(1995..2030), random.u32(1..=13), random.u32(1..=31));
    let date = if random.u32(0..20) == 0 { "2004-05".to_owned() } else { format!("{year}-{month:02}-{day:02}") };
    match random.u32(0..8) {
        0 => format!("{time} {date} {who} {verb} {whom}"),
        1 => format!("{who} {time} {date} {verb} {whom}"),
        2 => format!("the {who} {verb} the {whom} {time} {date}"),
        3 => format!("{whom} {verb} {who} {time} {date} {}", of(&NAMES, random)),
        _ => format!("{who} {verb} {whom} {time} {date}"),
    }
}

#[test]
fn of_random_claims() {
    let base = base();
    let mut shapes = Shapes::new(&base.vocabulary);
    let mut random = fastrand::Rng::with_seed(11);
    let (mut known, mut all) = (0, 0);
    for _ in 0..40_000 {
        let text = claim(&mut random).split_whitespace().collect::<Vec<_>>().join(" ");
        all += 1;
        if let Some(plain) = shapes.read(&text) {
            known += 1;
            assert_eq!(Some(plain), read(&text, &base.vocabulary), "`{text}`");
        }
    }
    assert!(known > 100, "only {known} of {all} have a known shape");
}

#[test]
fn of_examples() {
    let (vocabulary, _) = standard_with_cast();
    let mut shapes = Shapes::new(&vocabulary);
    for example in vocabulary.examples() {
        for tail in ["", " on 2024-12-05", " by 2024-12-05", " since 2024-12-05"] {
            let text = format!("{}{tail}", example.statement);
            if let Some(plain) = shapes.read(&text) {
                assert_eq!(Some(plain), read(&text, &vocabulary), "`{text}`");
            }
        }
    }
}
