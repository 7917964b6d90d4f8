//! Mutations that keep a text a text of this language more often than flipped bytes do: words of the grammar, sentences and
//! declarations of the standard vocabulary, dates, whole lines and parts, and what somebody hostile would put between them.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::OnceLock;
use std::{fs, io};

use factum::vocabulary::STANDARD;

const GRAMMAR: [&str; 7] = [
    include_str!("../grammar/words.pest"),
    include_str!("../grammar/time.pest"),
    include_str!("../grammar/statement.pest"),
    include_str!("../grammar/vocabulary.pest"),
    include_str!("../grammar/facts.pest"),
    include_str!("../grammar/claims.pest"),
    include_str!("../grammar/edtf.pest"),
];

/// Dates and numbers at the edges of what there is, and shapes that are nearly right.
const DATES: [&str; 44] = [
    "2024-12-05",
    "2024-02-30",
    "2024-11",
    "2024",
    "2024-11-29?",
    "2020~",
    "../2016",
    "2016/..",
    "/2011",
    "[2024-12-07..2024-12-08]",
    "{2024-12-07,2024-12-09}",
    "2024-24",
    "2024-XX-30",
    "XXXX-12-25",
    "20X3-1X-0X",
    "19",
    "193",
    "Y-123456789",
    "Y9E99",
    "1848S2",
    "-0044-03-15",
    "0000-01-01",
    "-9999-12-31",
    "4000000000-12-31",
    "5 December 2024",
    "Dec. 5",
    "Thursday, December 5, 2024",
    "05/12/2024",
    "5.12.2024",
    "1939-45",
    "2023-24",
    "the 1800s",
    "the 19th century",
    "44 BC",
    "late December 2024",
    "the last week of November",
    "winter 2024-25",
    "the fifth Monday in May 2024",
    "yesterday",
    "three weeks ago",
    "999999999999999999 years ago",
    "2024-12-05T23:59:59Z",
    "2024-%12-?05~",
    "about 2024",
];

/// What somebody hostile would write, or a careless editor.
const ODD: [&str; 26] = [
    "\u{1b}[31m",
    "\u{1b}]8;;x\u{7}",
    "\u{202e}",
    "\u{2066}",
    "\u{200f}",
    "\u{feff}",
    "\u{2028}",
    "\u{85}",
    "\u{9b}",
    "\0",
    "\r",
    "\t",
    "\u{a0}",
    "\u{202f}",
    "\u{301}",
    "é",
    "İ",
    "ß",
    "ﬁ",
    "家",
    "👩\u{200d}🚀",
    "\"",
    "\u{201c}",
    "\\",
    "`",
    "%0A",
];

/// Shapes of lines in files of every kind.
const LINES: [&str; 40] = [
    "--- facts",
    "--- claims",
    "--- claims strict",
    "--- claims without once",
    "--- claims known-by 2024-06-01",
    "--- source a.md",
    "as of 2024-12-08",
    "horizon 2024-12-08",
    "source a \"a.md\"",
    "include \"a.md\"",
    "    > \"the rebels captured Hama\"",
    "prefer a over b",
    "trust Alice",
    "distrust the rebels",
    "name Norrin, also Norrin Lines: city",
    "name HTS: armed group, part of the rebels",
    "kind key city, key cities: city, 14 in all, of Syria",
    "disjoint city, person",
    "number umpteen = 11..99, tolerant 5..199",
    "verb glorp glorped glorping",
    "double glorp",
    "state guard(party: party or place, place: place)",
    "    say {party} <guard> {place}",
    "    noun {party}'s guard|watch (of {place})",
    "    one party per place",
    "    once per place",
    "    unique per party",
    "    ends hold(_, place)",
    "    inverse hold(place, party)",
    "    implies hold(party, place)",
    "    symmetric",
    "    transitive",
    "    repeatable",
    "    speech denies",
    "event storm(party: party, place: place)",
    "    starts guard(party, place)",
    "subject,relation,object,start,end",
    "subject,relation,object,start,end,source,quote,per",
    "the rebels,hold,Aleppo,2024-11-29,,,,Alice",
    "\"Alice\",leader of,\"Ac\"\"me\",2010,[2014..2015],a,\"said\nso\",",
];

/// The keywords of all grammars.
fn words() -> &'static [String] {
    static WORDS: OnceLock<Vec<String>> = OnceLock::new();
    WORDS.get_or_init(|| {
        let mut found = BTreeSet::new();
        for line in GRAMMAR.iter().flat_map(|text| text.lines()) {
            let code = line.split("//").next().unwrap_or_default();
            found.extend(
                code.split('"').skip(1).step_by(2).filter(|word| !word.contains('\\') && !word.trim().is_empty()).map(str::to_owned),
            );
        }
        for (_, text) in STANDARD {
            for line in text.lines() {
                for sort in ["number ", "verb ", "kind ", "cast "] {
                    found.extend(
                        line.strip_prefix(sort).and_then(|rest| rest.split([',', ':', '=']).next()).map(|word| word.trim().to_owned()),
                    );
                }
            }
        }
        found.into_iter().collect()
    })
}

/// The example statements of the standard vocabulary.
fn sentences() -> &'static [&'static str] {
    static SENTENCES: OnceLock<Vec<&str>> = OnceLock::new();
    SENTENCES.get_or_init(|| {
        let lines = STANDARD.iter().flat_map(|(_, text)| text.lines());
        lines.filter_map(|line| line.trim().strip_prefix("yes ")).map(|line| line.split("=>").next().unwrap_or(line).trim()).collect()
    })
}

/// Texts of this repository that a target can begin with.
///
/// # Errors
/// Those of the disk.
pub fn examples(target: &str, root: &Path) -> io::Result<Vec<String>> {
    let read = |path: &str| fs::read_to_string(root.join(path));
    Ok(match target {
        "dates" => DATES.iter().map(|date| (*date).to_owned()).chain(words().iter().cloned()).collect(),
        "claims" => vec![read("claims/syria/review.claims")?, read("claims/apollo/review.claims")?, sentences().join("\n")],
        "facts" => vec![read("claims/syria/syria.facts")?, read("claims/apollo/apollo.facts")?, read("fuzz/record.facts")?],
        "vocabulary" => STANDARD.iter().map(|(_, text)| (*text).to_owned()).chain([LINES.join("\n")]).collect(),
        "tables" => vec![LINES[36..].join("\n")],
        "writers" => vec![ODD.join("\n"), ODD.join("a"), read("claims/syria/dispatch.md")?],
        _ => {
            let mut paths: Vec<_> = fs::read_dir(root.join("tests/cases"))?.map(|entry| Ok(entry?.path())).collect::<io::Result<_>>()?;
            paths.sort();
            paths.iter().map(fs::read_to_string).collect::<io::Result<_>>()?
        }
    })
}

struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from((self.0 >> 33) % (sides.max(1) as u64)).unwrap_or(0)
    }

    fn of<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[self.roll(all.len())]
    }
}

/// Changes `data[..size]` in place, to at most `most` bytes; gives the new size.
pub fn mutate(data: &mut [u8], size: usize, most: usize, seed: u32) -> usize {
    let mut dice = Dice(u64::from(seed));
    dice.roll(2);
    // The fuzzer's own mutations find what nobody thought of.
    if dice.roll(3) == 0 {
        return libfuzzer_sys::fuzzer_mutate(data, size, most);
    }
    let mut text = String::from_utf8_lossy(&data[..size]).into_owned();
    for _ in 0..=dice.roll(3) {
        text = changed(&text, &mut dice);
    }
    let mut end = text.len().min(most).min(data.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    data[..end].copy_from_slice(&text.as_bytes()[..end]);
    end
}

fn changed(text: &str, dice: &mut Dice) -> String {
    let mut lines: Vec<String> = text.split('\n').map(str::to_owned).collect();
    let at = dice.roll(lines.len());
    let other = lines[dice.roll(lines.len())].clone();
    match dice.roll(12) {
        0 => lines.insert(at, (*dice.of(sentences())).to_owned()),
        1 => lines.insert(at, (*dice.of(&LINES)).to_owned()),
        2 => lines.insert(at, other),
        3 if lines.len() > 1 => {
            lines.remove(at);
        }
        4 => lines.swap(at, 0),
        _ => {
            let mut parts: Vec<String> = lines[at].split(' ').map(str::to_owned).collect();
            let here = dice.roll(parts.len());
            match dice.roll(10) {
                0 | 1 => parts.insert(here, dice.of(words()).clone()),
                2 => parts[here] = dice.of(words()).clone(),
                3 => parts.insert(here, (*dice.of(&DATES)).to_owned()),
                4 => parts[here] = (*dice.of(&DATES)).to_owned(),
                5 if parts.len() > 1 => {
                    parts.remove(here);
                }
                6 => {
                    // Two sentences, the first half of one and the second of the other.
                    let end: Vec<&str> = other.split(' ').collect();
                    parts.truncate(here + 1);
                    parts.extend(end[dice.roll(end.len())..].iter().map(|word| (*word).to_owned()));
                }
                7 => {
                    let inside = parts[here].char_indices().map(|(at, _)| at).nth(dice.roll(parts[here].chars().count())).unwrap_or(0);
                    parts[here].insert_str(inside, dice.of::<&str>(&ODD));
                }
                8 if here + 1 < parts.len() => {
                    let next = parts.remove(here + 1);
                    parts[here].push_str(&next);
                }
                _ => {
                    let word = parts[here].clone();
                    let place = dice.roll(parts.len());
                    parts.insert(place, word);
                }
            }
            lines[at] = parts.join(" ");
        }
    }
    lines.join("\n")
}
