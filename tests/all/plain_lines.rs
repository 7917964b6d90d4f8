//! The quick reader of vocabulary lines against the grammar: on every line of the standard vocabulary, and on lines with faults in them.

use factum::syntax::{self, by_grammar};
use factum::vocabulary::{PRESS, STANDARD};

/// What both make of a line, as a declaration and as a line of a relation.
fn agree(line: &str) {
    assert_eq!(format!("{:?}", syntax::declaration(line)), format!("{:?}", by_grammar::declaration(line)), "`{line}` as a declaration");
    assert_eq!(format!("{:?}", syntax::property(line)), format!("{:?}", by_grammar::property(line)), "`{line}` as a property");
}

fn lines() -> Vec<&'static str> {
    let texts = STANDARD.iter().chain([&PRESS]).map(|(_, text)| *text);
    texts.flat_map(str::lines).map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')).collect()
}

#[test]
fn every_line_of_the_standard_vocabulary() {
    lines().into_iter().for_each(agree);
}

#[test]
fn lines_with_faults() {
    const PIECES: [&str; 34] = [
        " ",
        "  ",
        ",",
        ", ",
        ":",
        ": ",
        "(",
        ")",
        "<",
        ">",
        "{",
        "}",
        "'s",
        "'",
        "|",
        "#",
        "\"",
        "=",
        "=>",
        "_",
        "\t",
        "é",
        "\u{a0}",
        "\u{2019}s",
        "also",
        " also ",
        "part of ",
        " of ",
        "14 in all",
        "per ",
        "alsoran",
        "say ",
        "kind ",
        "or",
    ];
    let all = lines();
    let mut random = fastrand::Rng::with_seed(41);
    for _ in 0..20_000 {
        let mut line: Vec<char> = all[random.usize(0..all.len())].chars().collect();
        for _ in 0..random.usize(1..=3) {
            let from = random.usize(0..=line.len());
            let to = (from + random.usize(0..4)).min(line.len());
            let piece = if random.bool() { PIECES[random.usize(0..PIECES.len())] } else { "" };
            line.splice(from..to, piece.chars());
        }
        agree(&line.into_iter().collect::<String>());
    }
}
