//! What is said to people who have written something wrong, of the kinds that people write; and the laws that what is suggested is
//! understood, and that the lines that are offered do what they are offered for.

use std::sync::Arc;

use factum::check::check_document;
use factum::facts::FactBase;
use factum::report::Finding;
use factum::statement::{Context, understand};
use factum::text::{Document, Problem, Span};
use factum::time::Day;
use factum::verdict::{Judge, Settings};

use super::super::world::{Shelf, base};

const WORLD: &str = "horizon 2024-12-31
name the rebels, also rebels: armed group
name HTS, also Hayat Tahrir al-Sham: militant group, part of the rebels
name Aleppo, Hama, Homs: city
name Alice Moss, also Moss: person
name the guild, also guild: organisation
name Acme, Globex: company
name the offensive: offensive
the rebels launched the offensive on 2024-11-27
the rebels captured Hama on 2024-12-05
the rebels have held Aleppo since 2024-11-29
Moss has led the guild since 2019
Acme acquired Globex on 2024-03-05
";

/// Wrong inputs, by what is wrong with them.
const WRONG: [&str; 92] = [
    // Words misspelt.
    "rebels captued Hama on 2024-12-05",
    "rebels catpured Hama",
    "rebels capturd Hama",
    "rebels heldd Aleppo",
    "rebels captured Hama onn 2024-12-05",
    "rebels captured Hama bfore 2024-12-06",
    "rebels captured Hama sinse November",
    "rebels stil hold Aleppo",
    "rebels allready held Aleppo on 2024-12-01",
    "rebels nevr held Homs",
    "rebels no loner hold Aleppo",
    "bothh Aleppo and Hama fell",
    "niether Hama nor Homs fell",
    "rebels captured atleast two cities",
    "rebels captured at leest two cities",
    "rebels captured Hama in Decmber 2024",
    "rebels captured Hama on 5 Decembre 2024",
    "rebels captured two citys",
    "acording to HTS, rebels captured Hama",
    "HTS siad that rebels captured Hama",
    // Names.
    "rebels captured Alepo",
    "rebels captured aleppoo",
    "the rebbels captured Hama",
    "Alice Mos leads the guild",
    "Mos leads the guild",
    "Hayat Tahrir al Sham captured Hama",
    "the Kurds captured Hama",
    "rebels captured the city of Idlib",
    "rebels captured Hama, Homs and Idlib",
    "Acme acquired Initech",
    // Verbs and kinds that nobody taught.
    "rebels glorped Hama",
    "Moss inspected Hama on 12 May 2024",
    "Moss was glorped by the guild",
    "Acme zapped Globex in 2024",
    "Acme quoted up Globex",
    "the guild certifies Acme",
    "Moss is an inspector",
    "Moss burned four colonies",
    "the guild owns eleven hives",
    "the guild has 340 members",
    "Hama is an agency of Homs",
    // The shape of the statement.
    "Hama captured on 5 December 2024",
    "Aleppo captured the rebels",
    "Hama on 2024-12-05",
    "rebels",
    "rebels captured",
    "captured Hama",
    "rebels captured held Hama",
    "rebels Hama captured",
    "rebels captured Hama 2024",
    "rebels captured Hama December 2024",
    "Acme acquired Globex 5 March 2024",
    "rebels captured of Hama",
    "Moss leads of the guild",
    "Moss has led at the guild since 2019",
    "rebels did captured Hama",
    "rebels have capture Hama",
    "rebels not captured Homs",
    "rebels did not not capture Homs",
    "rebels captured Hama westward",
    "rebels quickly and brutally captured Hama",
    "rebels captured Hama with the help of God",
    "rebels captured Hama, which is a city",
    "he captured Hama",
    "they captured Hama on 2024-12-05",
    "rebels will capture Homs",
    "rebels may have captured Homs",
    "rebels captured Hama. HTS held Aleppo.",
    "did rebels capture Hama?",
    "does Moss lead the guild?",
    "was Hama captured by the rebels?",
    "who captured Hama?",
    "is Hama a city?",
    "HTS said the fee was too high",
    "rebels captured Hama and Homs or Aleppo",
    // Time.
    "rebels captured Hama throughout December 2024",
    "rebels captured Hama for three days",
    "Acme acquired Globex throughout 2024",
    "rebels captured Hama on 05/12/2024",
    "rebels captured Hama on 31 November 2024",
    "rebels captured Hama on 2024-11-31",
    "rebels captured Hama on Friday",
    "rebels captured Hama a few days ago",
    "rebels captured Hama in recent days",
    "rebels have held Aleppo for years",
    "rebels captured Hama at 2024",
    "rebels captured Hama between 2024-12-09 and 2024-12-01",
    // Marks, and lines of a claim file.
    "rebels captured Hama @ dawn",
    "rebels captured \"Hama",
    "rebels captured Hama expect suported",
    "rebels captured Hama expects unknown",
    "rebels captured Hama expect supported [recordet]",
];

/// What is said of one line, without the line itself.
fn said(base: &FactBase, line: &str) -> String {
    let judge = Judge::new(base, Settings::default());
    let document = Arc::new(Document::new("a.claims", format!("{line}\n")));
    let mut told = String::new();
    for checked in check_document(&judge, &document, &Shelf::default()) {
        match checked.judge(&judge).0 {
            Finding::Diagnostic(found) => {
                told.push_str(&format!("error[{}] at `{}`: {}\n", found.code, found.span.of(document.text()), found.message));
                found.help.iter().for_each(|help| told.push_str(&format!("    {help}\n")));
            }
            Finding::Verdict(found) => {
                told.push_str(&format!(
                    "{}[{}] ({}): {}\n",
                    found.verdict.name(),
                    found.code,
                    found.assumptions.iter().map(|assumption| assumption.name()).collect::<Vec<_>>().join(", "),
                    found.message
                ));
                found.settle.iter().for_each(|settle| told.push_str(&format!("    {settle}\n")));
            }
        }
    }
    told
}

#[test]
fn what_is_said_of_wrong_inputs() {
    let base = base(WORLD);
    let told: String = WRONG.iter().map(|line| format!("{line}\n  {}\n", said(&base, line).replace('\n', "\n  ").trim_end())).collect();
    insta::assert_snapshot!("what_is_said_of_wrong_inputs", told);
}

fn context() -> Context {
    Context { document: Day::from_ymd(2024, 12, 31), previous: None }
}

fn read(base: &FactBase, text: &str) -> Result<Option<String>, Problem> {
    understand(text, &base.vocabulary, &context()).map(|statement| statement.unknown_name().map(|(words, _)| words.to_owned()))
}

fn with(text: &str, span: Span, words: &str) -> String {
    format!("{}{words}{}", &text[..span.start], &text[span.end..])
}

/// Every suggestion, put into its place, is understood, names and all.
fn suggestions_hold(base: &FactBase, text: &str) -> usize {
    let Err(problem) = read(base, text) else { return 0 };
    for suggestion in &problem.suggestions {
        let changed = with(text, suggestion.span, &suggestion.text);
        assert!(matches!(read(base, &changed), Ok(None)), "`{text}` [{}]: `{changed}` is suggested and not understood", problem.code);
    }
    problem.suggestions.len()
}

/// What stands between backticks.
fn quoted(help: &str) -> Vec<&str> {
    help.split('`').skip(1).step_by(2).collect()
}

/// The lines that an unknown verb, name or kind comes with make it known.
fn lines_teach(base: &FactBase, text: &str) -> usize {
    let more = |lines: &str| super::super::world::base(&format!("{WORLD}{lines}\n"));
    match read(base, text) {
        Err(problem) if problem.code == "unknown-verb" => {
            let lesson = problem.help.iter().find(|help| help.contains("`event ")).unwrap_or_else(|| panic!("`{text}` teaches nothing"));
            let [head, say, flag] = quoted(lesson)[..] else { panic!("{lesson}") };
            let after = read(&more(&format!("{head}\n    {say}\n    {flag}")), text);
            assert!(after.is_ok(), "`{text}` with\n{head}\n    {say}\n{after:?}");
            1
        }
        Err(problem) if problem.code == "unknown-kind" => {
            let line = problem.help.iter().flat_map(|help| quoted(help)).find(|line| line.starts_with("kind ")).unwrap();
            let after = read(&more(line), text);
            assert!(after.as_ref().map_or_else(|now| now.code != "unknown-kind", |_| true), "`{text}` with {line}: {after:?}");
            1
        }
        Ok(Some(words)) => {
            let told = said(base, text);
            let line = quoted(&told).into_iter().find(|line| line.starts_with("name ") || line.starts_with("kind "));
            let line = line.unwrap_or_else(|| panic!("`{text}`: {told}"));
            let after = read(&more(line), text);
            assert!(after.as_ref().is_ok_and(|still| still.as_deref() != Some(&words)), "`{text}` with {line}: {after:?}");
            1
        }
        _ => 0,
    }
}

#[test]
fn what_is_suggested_is_understood() {
    let base = base(WORLD);
    let made: usize = WRONG.iter().map(|line| suggestions_hold(&base, line)).sum();
    assert!(made >= 40, "only {made} suggestions are made");
}

#[test]
fn lines_that_are_offered_teach() {
    let base = base(WORLD);
    let taught: usize = WRONG.iter().map(|line| lines_teach(&base, line)).sum();
    assert!(taught >= 15, "only {taught} lines are offered");
}

/// Good claims, torn at random.
#[test]
fn so_it_is_of_claims_torn_at_random() {
    let base = base(WORLD);
    let mut random = fastrand::Rng::with_seed(20_241_208);
    let (mut made, mut taught) = (0, 0);
    for _ in 0..300 {
        let (claim, _) = super::claims::KEYWORDS[random.usize(..super::claims::KEYWORDS.len())];
        let mut words: Vec<String> = claim.split(' ').map(str::to_owned).collect();
        let at = random.usize(..words.len());
        let mut letters: Vec<char> = words[at].chars().collect();
        let letter = random.usize(..letters.len());
        match random.u8(..6) {
            0 => drop(words.remove(at)),
            1 => words[at].push(letters[letters.len() - 1]),
            2 if letters.len() > 1 => {
                let other = (letter + 1) % letters.len();
                letters.swap(letter, other);
                words[at] = letters.iter().collect();
            }
            3 if letters.len() > 3 => {
                letters.remove(letter);
                words[at] = letters.iter().collect();
            }
            4 => words.swap(at, 0),
            _ => words.insert(at, ["the", "of", "in", "captured", "quickly", "was", "not", "zorbled"][random.usize(..8)].to_owned()),
        }
        let torn = words.join(" ");
        made += suggestions_hold(&base, &torn);
        taught += lines_teach(&base, &torn);
    }
    assert!(made > 40 && taught > 20, "{made} suggestions, {taught} lines");
}
