//! `factum explain`: how the verdict on a claim comes about, or what a code means; short enough for a screen.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::args::{AssumptionName, Explain};
use super::check::{facts_around, in_order, is_draft, load};
use super::config::{ConfigError, Configs, Environment, Resolved};
use super::files::{Place, Project, read};
use super::{Exit, complain, misconfigured, unwritten};
use crate::check::{Checked, check_document, evidence, read_draft};
use crate::facts::Fact;
use crate::report::Evidence;
use crate::statement::in_words;
use crate::text::{Document, FAULTS, escape_controls, fault_meaning, nearest, one_of};
use crate::time::Day;
use crate::verdict::{Assumption, Code, Derivation, Judge, Settings, Verdict, derive};

/// What a claim that stands in no file is called.
const UNWRITTEN: &str = "claim";

/// What is to be explained.
enum What {
    Code(String),
    /// The claims of one line of a file.
    Line(PathBuf, usize),
    Claim(String),
}

/// Runs the command.
pub(super) fn explain(options: &Explain) -> Exit {
    let explained = match what(&options.what) {
        What::Code(code) => return explain_code(&code),
        What::Line(path, line) => explain_line(options, &path, line),
        What::Claim(words) => explain_words(options, &words),
    };
    match explained {
        Ok((text, exit)) => unwritten(std::io::stdout().lock().write_all(text.as_bytes())).unwrap_or(exit),
        Err(error) => misconfigured(&error),
    }
}

/// The settings of what stands in a folder: those of its config, of the environment and of the options.
fn resolved(options: &Explain, folder: &Path) -> Result<Resolved, ConfigError> {
    let judging = &options.judging;
    let environment = if judging.isolated { Environment::default() } else { Environment::read()? };
    let named = judging.config.clone().or_else(|| environment.config());
    let config = Configs::new(named.as_deref(), judging.isolated)?.of(folder)?;
    Resolved::new(judging, &environment, config.as_deref())
}

fn what(argument: &str) -> What {
    if let Some((path, line)) = argument.rsplit_once(':')
        && let Ok(line) = line.parse::<usize>()
        && !path.is_empty()
        && (!argument.contains(char::is_whitespace) || Path::new(path).exists())
    {
        return What::Line(PathBuf::from(path), line);
    }
    if argument.trim().contains(char::is_whitespace) { What::Claim(argument.trim().to_owned()) } else { What::Code(argument.to_owned()) }
}

fn explain_code(code: &str) -> Exit {
    if let Some(meaning) = word(code) {
        return unwritten(std::io::stdout().lock().write_all(lines("", &format!("{code}: {meaning}")).as_bytes())).unwrap_or(Exit::Met);
    }
    let of_verdict = Code::ALL.iter().find(|known| known.name() == code).map(|known| known.meaning());
    let meanings: Vec<&str> = match (of_verdict, fault_meaning(code)) {
        (Some(verdict), Some(fault)) if verdict == fault => vec![verdict],
        (verdict, fault) => verdict.into_iter().chain(fault).collect(),
    };
    if !meanings.is_empty() {
        let lines: String = meanings.iter().map(|meaning| format!("{code}: {meaning}\n")).collect();
        return unwritten(std::io::stdout().lock().write_all(lines.as_bytes())).unwrap_or(Exit::Met);
    }
    let codes = || Code::ALL.iter().map(|code| code.name()).chain(FAULTS.iter().map(|(code, _)| *code));
    let known = || codes().chain(WORDS);
    let near = one_of(&nearest(code, known()));
    complain(&format!("error: `{code}` is no code"));
    match near {
        Some(near) => complain(&format!("help: {near}")),
        None => {
            let verdicts: Vec<&str> = Code::ALL.iter().map(|code| code.name()).collect();
            complain(&format!("help: codes of verdicts are {}", verdicts.join(", ")));
            complain("help: those of faults stand in square brackets behind `error`, and in docs/codes.md");
        }
    }
    complain("help: a claim is given in quotes, one that stands in a file as `FILE:LINE`");
    Exit::CouldNot
}

/// Words of a verdict that are no codes.
const WORDS: [&str; 7] = ["supported", "contradicted", "unknown", "persistence", "once", "boundaries", "voice"];

/// What such a word means.
fn word(word: &str) -> Option<String> {
    let verdict = match word {
        "supported" => "a verdict: the claim is true in every way of filling the gaps of the record",
        "contradicted" => {
            "a verdict: the claim is false in every way of filling the gaps of the record; that takes a reason, silence is none"
        }
        "unknown" => "a verdict: neither supported nor contradicted; what would settle it is told",
        _ => {
            let assumption = [Assumption::Boundaries, Assumption::Once, Assumption::Persistence, Assumption::Voice];
            let named = assumption.into_iter().find(|assumption| assumption.name() == word)?;
            return Some(format!("an assumption: {}; `--strict` goes without, `--assume` says which are made", says(named)));
        }
    };
    Some(verdict.to_owned())
}

fn explain_line(options: &Explain, path: &Path, line: usize) -> Result<(String, Exit), ConfigError> {
    let place = Place::given(path);
    let document = read(&place)?;
    let folder = path.parent().unwrap_or(Path::new(""));
    let Resolved { mut facts, settings, .. } = resolved(options, folder)?;
    facts.extend(facts_around(folder, path)?);
    in_order(&mut facts);
    explain_claims(options, &document, Some(line), &facts, settings)
}

fn explain_words(options: &Explain, words: &str) -> Result<(String, Exit), ConfigError> {
    if words.contains(['\n', '\r']) {
        complain(&format!("error: `{words}` has more than one line"));
        complain("help: a claim stands on one line");
        return Ok((String::new(), Exit::CouldNot));
    }
    let Resolved { mut facts, settings, .. } = resolved(options, Path::new(""))?;
    if facts.is_empty() {
        // As `factum check` finds them for what stands here.
        facts = facts_around(Path::new(""), Path::new(UNWRITTEN))?;
    }
    explain_claims(options, &Arc::new(Document::new(UNWRITTEN, words)), None, &facts, settings)
}

/// The claims of a document, or those of one line of it, explained.
fn explain_claims(
    options: &Explain,
    document: &Arc<Document>,
    line: Option<usize>,
    facts: &[Place],
    settings: Settings,
) -> Result<(String, Exit), ConfigError> {
    let project = Project::default();
    let (base, problems) = load(&project, facts)?;
    let judge = Judge::new(&base, settings);
    let mut text = String::new();
    if !problems.is_empty() {
        let count = problems.len();
        complain(&format!("warning: {count} fault{} in the fact files; `factum check` shows them", if count == 1 { "" } else { "s" }));
    }
    if base.facts.is_empty() {
        let claim = if line.is_some() { document.name() } else { document.text() };
        complain(&format!("error: there are no facts to check `{claim}` against"));
        complain("help: name a fact file with --facts");
        return Ok((text, Exit::CouldNot));
    }
    if line.is_some() && is_draft(document.name()) {
        return Ok(explain_draft(options, document, line.unwrap_or_default(), &judge));
    }
    let at = |claim: &Checked| claim.document().position(claim.offset()).line;
    let wanted: Vec<Checked> = check_document(&judge, document, &project)
        .into_iter()
        .filter(|claim| line.is_none_or(|line| claim.document().name() == document.name() && at(claim) == line))
        .collect();
    if wanted.is_empty() {
        complain(&match line {
            Some(line) => format!("error: there is no claim on line {line} of `{}`", document.name()),
            None => format!("error: there is no claim in `{}`", document.text()),
        });
        return Ok((text, Exit::CouldNot));
    }
    let mut exit = Exit::Met;
    for claim in wanted {
        match claim.statement() {
            Ok(statement) => {
                let derivation = derive(&judge, claim.text(), statement, claim.as_of());
                let place = line.map(|line| format!("{}:{line}", document.name()));
                let shown = Shown { judge: &judge, options, claim: claim.text(), derivation: &derivation, place };
                text.push_str(&shown.text(&in_words(statement, &base.vocabulary)));
            }
            Err(problem) => {
                let meaning = fault_meaning(problem.code).unwrap_or_default();
                text.push_str(&lines("", &format!("not understood[{}]: {}", problem.code, claim.text())));
                text.push_str(&lines("why: ", &problem.message));
                problem.help.iter().for_each(|help| text.push_str(&lines("help: ", help)));
                text.push_str(&lines(&format!("{}: ", problem.code), meaning));
                exit = Exit::CouldNot;
            }
        }
    }
    Ok((text, exit))
}

/// The statements of a draft that reach into a line.
fn explain_draft(options: &Explain, document: &Arc<Document>, line: usize, judge: &Judge<'_>) -> (String, Exit) {
    let draft = read_draft(judge, document);
    let mut text = String::new();
    for claim in &draft.claims {
        let span = claim.span();
        if !(document.position(span.start).line..=document.position(span.end).line).contains(&line) {
            continue;
        }
        let derivation = derive(judge, claim.words(), claim.statement(), claim.as_of());
        let place = Some(format!("{}:{line}", document.name()));
        let shown = Shown { judge, options, claim: claim.words(), derivation: &derivation, place };
        if !text.is_empty() {
            text.push('\n');
        }
        text.push_str(&shown.text(&in_words(claim.statement(), &judge.base().vocabulary)));
    }
    if text.is_empty() {
        complain(&format!("error: line {line} of `{}` makes no statement that is judged", document.name()));
        let left = draft.unread(document).find(|unread| document.position(unread.span.start).line == line);
        left.iter().for_each(|unread| complain(&format!("help: a sentence there was left alone: {}", unread.reason)));
        return (text, Exit::CouldNot);
    }
    (text, Exit::Met)
}

/// One claim with its derivation, ready to be written.
struct Shown<'e, 'b> {
    judge: &'e Judge<'b>,
    options: &'e Explain,
    /// Its words.
    claim: &'e str,
    derivation: &'e Derivation,
    /// Where the claim stands, if it stands anywhere.
    place: Option<String>,
}

impl Shown<'_, '_> {
    fn text(&self, paraphrase: &str) -> String {
        let Derivation { judgement, explanation, steps, without, unused, unused_more } = self.derivation;
        let mut text = lines("", &format!("{}[{}]: {paraphrase}", judgement.verdict.name(), judgement.code));
        if self.claim != paraphrase {
            text.push_str(&lines("claimed: ", self.claim));
        }
        // The facts follow, each with its place.
        let names_facts = !judgement.facts.is_empty() && explanation.message.contains('`');
        text.push_str(&lines("why: ", if names_facts { judgement.code.meaning() } else { &explanation.message }));
        if let Some(day) = judgement.reference {
            let end = judgement.horizon.map(|end| format!("; the record of this ends on {}", end.in_words())).unwrap_or_default();
            text.push_str(&lines("speaks from: ", &format!("{}{end}", day.in_words())));
        }
        let facts: Vec<&Fact> = judgement.facts.iter().filter_map(|at| self.judge.base().facts.get(*at)).collect();
        heading(
            &mut text,
            if judgement.verdict == Verdict::Unknown { "facts on both sides:" } else { "facts that decide it:" },
            !facts.is_empty(),
        );
        for fact in facts {
            self.fact(fact, &mut text);
        }
        heading(&mut text, "steps, each a statement that can be checked:", !steps.is_empty());
        steps.iter().for_each(|step| text.push_str(&lines("  ", step)));
        heading(&mut text, "rests on:", !without.is_empty());
        for (assumption, verdict) in without {
            text.push_str(&lines(
                "  ",
                &format!("{}, which says: {}; {}", assumption.name(), says(*assumption), other(*verdict, judgement.verdict)),
            ));
        }
        if without.len() > 1 {
            text.push_str(&lines("  ", &format!("without any of them {}", judgement.strict.name())));
        }
        heading(&mut text, "looked at as well:", !unused.is_empty());
        for fact in unused {
            let words = self.judge.base().facts.get(fact.fact).map(|fact| fact.words.as_str()).unwrap_or_default();
            text.push_str(&lines("  ", &format!("{words}: {}", fact.why.in_words())));
        }
        if *unused_more > 0 {
            text.push_str(&format!("  and {unused_more} more\n"));
        }
        if let Some(correction) = &explanation.correction {
            text.push_str(&lines("correct: ", correction));
        }
        if let Some(stories) = &explanation.stories {
            for (name, story) in [("true if: ", &stories.supported), ("false if: ", &stories.contradicted)] {
                story.iter().for_each(|told| text.push_str(&lines(name, &told.join("; "))));
            }
        }
        explanation.settle.iter().for_each(|settle| text.push_str(&lines("would settle it: ", settle)));
        text.push_str(&lines("again: ", &self.command()));
        text
    }

    fn fact(&self, fact: &Fact, text: &mut String) {
        let Evidence { fact: words, quote, stated, date, per } = evidence(self.judge, fact);
        text.push_str(&lines("  ", &words));
        let (document, span, quote) = match &quote {
            Some((words, document, span)) => (document, span, format!("\"{words}\" ")),
            None => (&stated.0, &stated.1, String::new()),
        };
        let at = document.position(span.start);
        let mut place = format!("{quote}{}:{}:{}", document.name(), at.line, at.column);
        date.iter().for_each(|date| place.push_str(&format!(", {date}")));
        per.iter().for_each(|per| place.push_str(&format!(", per {per}")));
        text.push_str(&lines("    ", &place));
    }

    /// The command that explains the same again.
    fn command(&self) -> String {
        let options = &self.options.judging;
        let mut words = vec!["factum".to_owned(), "explain".to_owned()];
        words.push(quoted(self.place.as_deref().unwrap_or(self.claim)));
        for path in &options.facts {
            words.extend(["--facts".to_owned(), quoted(&path.to_string_lossy())]);
        }
        let days: [(&str, Option<Day>); 2] = [("--as-of", options.as_of), ("--known-by", options.known_by)];
        for (option, day) in days {
            day.iter().for_each(|day| words.extend([option.to_owned(), day.to_string()]));
        }
        if options.strict {
            words.push("--strict".to_owned());
        }
        if options.isolated {
            words.push("--isolated".to_owned());
        }
        if let Some(path) = &options.config {
            words.extend(["--config".to_owned(), quoted(&path.to_string_lossy())]);
        }
        if let Some(named) = &options.assume {
            let names: Vec<&str> = named.iter().map(|name| assumption(*name).name()).collect();
            words.extend(["--assume".to_owned(), names.join(",")]);
        }
        words.join(" ")
    }
}

/// A line that begins so, safe to show.
fn lines(begin: &str, text: &str) -> String {
    format!("{begin}{}\n", escape_controls(text))
}

fn heading(text: &mut String, heading: &str, wanted: bool) {
    if wanted {
        text.push_str(heading);
        text.push('\n');
    }
}

fn says(assumption: Assumption) -> &'static str {
    match assumption {
        Assumption::Boundaries => "since, until, from … to and for say where a state began and ended",
        Assumption::Once => "what is not repeatable happened only when the record says",
        Assumption::Persistence => "a state goes on until the record ends it",
        Assumption::Voice => "what somebody is reported as saying is so",
    }
}

fn other(without: Verdict, with: Verdict) -> String {
    if without == with {
        format!("without it {} all the same, by another way", without.name())
    } else {
        format!("without it {}", without.name())
    }
}

fn assumption(name: AssumptionName) -> Assumption {
    match name {
        AssumptionName::Persistence => Assumption::Persistence,
        AssumptionName::Once => Assumption::Once,
        AssumptionName::Boundaries => Assumption::Boundaries,
        AssumptionName::Voice => Assumption::Voice,
    }
}

/// A word of a command line, quoted where a shell would take it apart.
fn quoted(word: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '/' | '.' | '_' | '-' | ':' | ',');
    if !word.is_empty() && word.chars().all(plain) { word.to_owned() } else { format!("'{}'", word.replace('\'', "'\\''")) }
}
