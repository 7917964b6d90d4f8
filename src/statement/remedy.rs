//! What a statement that is refused may have been meant to say.
//!
//! In: the words of a statement, and why they are refused. Out: the same problem with suggestions. Each is the statement in its own
//! words with few of them changed, and each was read again and understood, names and all. Never: suggests what it has not read.

use std::collections::BTreeSet;

use super::{Body, Clause, Context, Filler, Statement, in_words, resolve};
use crate::syntax;
use crate::syntax::ast::{Chunk, ChunkKind};
use crate::text::limits::LONGEST_MENDED;
use crate::text::{Problem, Span, Suggestion, nearest, one_of};
use crate::vocabulary::{Form, Tie, Vocabulary};

/// How many changed statements are read for one that is refused.
const MOST_TRIED: usize = 40;

/// How many suggestions are made.
const MOST_SUGGESTED: usize = 3;

/// Words that belong to the language itself and may be misspelt.
const KEYWORDS: [&str; 66] = [
    "on",
    "in",
    "at",
    "by",
    "before",
    "after",
    "since",
    "until",
    "during",
    "throughout",
    "from",
    "to",
    "between",
    "and",
    "or",
    "as",
    "of",
    "within",
    "for",
    "still",
    "already",
    "longer",
    "not",
    "yet",
    "never",
    "always",
    "again",
    "first",
    "into",
    "days",
    "neither",
    "nor",
    "no",
    "least",
    "than",
    "most",
    "more",
    "fewer",
    "only",
    "both",
    "all",
    "according",
    "that",
    "early",
    "late",
    "said",
    "is",
    "was",
    "January",
    "February",
    "March",
    "April",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
];

/// The verbs that a passive or a question is made with.
const HELPERS: [&str; 11] = ["did", "does", "do", "was", "were", "is", "are", "has", "have", "had", "been"];

/// Prepositions that are easily taken for one another.
const PREPOSITIONS: [&str; 12] = ["of", "in", "on", "at", "to", "by", "with", "from", "for", "over", "against", "into"];

/// Reads a statement and gives it its meaning. One that is refused comes with what it may have been meant to say.
///
/// # Errors
/// A [`Problem`] that points at what has no meaning, or says that there are two readings.
pub fn understand(text: &str, vocabulary: &Vocabulary, context: &Context) -> Result<Statement, Problem> {
    let tried = Tried { vocabulary, context };
    tried.read(text).map_err(|problem| tried.mended(text, problem))
}

/// What a statement with an unknown name may have been meant to say, if it is misspelt: the whole statement, understood.
pub fn respelt(text: &str, place: Span, vocabulary: &Vocabulary, context: &Context) -> Vec<String> {
    let tried = Tried { vocabulary, context };
    if text.len() > LONGEST_MENDED {
        return Vec::new();
    }
    let numbers = tried.undated(text, place);
    let edits = tried.spelling(text, "unknown-name", place).into_iter().chain(numbers).take(MOST_TRIED);
    let mut found: Vec<String> =
        edits.map(|(span, words)| changed(text, span, &words)).filter(|changed| tried.good(changed).is_some()).collect();
    found.sort_unstable();
    found.dedup();
    found.truncate(MOST_SUGGESTED);
    found
}

/// What is tried, and in what world.
struct Tried<'a> {
    vocabulary: &'a Vocabulary,
    context: &'a Context,
}

/// A change of a statement: these words for those in a place.
type Edit = (Span, String);

impl Tried<'_> {
    fn read(&self, text: &str) -> Result<Statement, Problem> {
        syntax::statement(text).and_then(|written| resolve(&written, text, self.vocabulary, self.context))
    }

    /// What a changed statement means, if it is understood and all its names are known.
    fn good(&self, text: &str) -> Option<Statement> {
        self.read(text).ok().filter(|statement| statement.unknown_name().is_none())
    }

    /// The problem with the suggestions that hold.
    fn mended(&self, text: &str, problem: Problem) -> Problem {
        // Nothing is wrong with the words of these, or nothing that other words would mend.
        if text.len() > LONGEST_MENDED || matches!(problem.code, "too-long" | "needs-reference" | "impossible-date" | "internal" | "empty")
        {
            return problem;
        }
        let mut found: Vec<Suggestion> = Vec::new();
        let mut seen = BTreeSet::from([text.trim().to_owned()]);
        let mut left = MOST_TRIED;
        let all_readings = problem.code == "ambiguous";
        for (spelling, edits) in [(true, self.spelling(text, problem.code, problem.span)), (false, self.shape(text, &problem))] {
            for (span, words) in edits {
                // Of several ways to mend one place by other small words, the first will do.
                if !spelling && !all_readings && found.iter().any(|known| known.span.start == span.start) {
                    continue;
                }
                let changed = changed(text, span, &words);
                if words.is_empty() && turns(span.of(text)) {
                    continue;
                }
                if left == 0 || found.len() >= MOST_SUGGESTED || !seen.insert(changed.clone()) {
                    continue;
                }
                left = left.saturating_sub(1);
                if self.good(&changed).is_some() {
                    found.push(Suggestion { span, text: words });
                }
            }
            if !found.is_empty() {
                break;
            }
        }
        let lasting = if problem.code == "events-happen" { self.state_of(text, &problem) } else { None };
        let unknown = self.unknown_in(text, &problem);
        offered(text, problem, found, lasting, unknown)
    }

    /// Words of the place that is complained of, each with those that it may be a misspelling of.
    fn spelling(&self, text: &str, code: &str, place: Span) -> Vec<Edit> {
        if !matches!(
            code,
            "unknown-verb" | "unknown-name" | "unknown-kind" | "left-over" | "not-understood" | "two-verbs" | "wrong-kind-of-name"
        ) {
            return Vec::new();
        }
        let Ok(written) = syntax::statement(text) else { return Vec::new() };
        let inside = |chunk: &&Chunk| matches!(chunk.kind, ChunkKind::Word) && overlaps(chunk.span, place);
        let words: Vec<&Chunk> = written.chunks.iter().filter(inside).take(8).collect();
        let mut edits = Vec::new();
        for chunk in words {
            let word = chunk.span.of(text);
            let verbs = nearest(word, self.vocabulary.verbs().known());
            let keywords = nearest(word, KEYWORDS);
            edits.extend(keywords.into_iter().chain(verbs).map(|near| (chunk.span, near.to_owned())));
            let kinds = self.vocabulary.near_kinds(word);
            edits.extend(kinds.into_iter().chain(self.vocabulary.near_names(word)).map(|near| (chunk.span, near)));
        }
        edits
    }

    /// The same words in another shape.
    fn shape(&self, text: &str, problem: &Problem) -> Vec<Edit> {
        let end = text.trim_end().len();
        let mut edits: Vec<Edit> = Vec::new();
        match problem.code {
            "ambiguous" if !date_readings(problem.span.of(text)).is_empty() => {
                return date_readings(problem.span.of(text)).into_iter().map(|date| (problem.span, date)).collect();
            }
            // Each reading in words that have no other.
            "ambiguous" => return problem.suggestions.iter().map(|suggestion| (suggestion.span, suggestion.text.clone())).collect(),
            "question" => return self.asked(text),
            "events-happen" => {
                let rest = problem.span.of(text).split_once(' ').map_or("", |(_, rest)| rest);
                return ["in", "on", "by"].map(|word| (problem.span, format!("{word} {rest}"))).to_vec();
            }
            "not-a-fact" | "pronoun" => return edits,
            "two-verbs" => {
                edits.push((Span::new(problem.span.start, problem.span.start), "and ".to_owned()));
            }
            "unreadable" => edits.push((Span::new(problem.span.start, end), String::new())),
            _ => {}
        }
        let Ok(written) = syntax::statement(text) else { return edits };
        let words: Vec<&Chunk> = written.chunks.iter().collect();
        edits.extend(self.undated(text, Span::new(0, end)));
        // "captured Hama", without who did it
        if let Some((first, rest)) = words.split_first()
            && let Some((base, _)) = self.verb(text, first).iter().find(|(_, form)| matches!(form, Form::Past))
            && let Some(next) = rest.first()
        {
            let behind = text.get(next.span.start..end).unwrap_or_default().trim_end_matches('.');
            let participle = self.vocabulary.verbs().write(base, Form::Participle);
            edits.push((Span::new(0, text.len()), format!("{behind} was {participle}")));
        }
        // "not captured"
        for pair in words.windows(2) {
            if let [first, verb] = pair
                && matches!(first.kind, ChunkKind::Not)
                && let Some((base, _)) = self.verb(text, verb).iter().find(|(_, form)| matches!(form, Form::Past))
            {
                edits.push((first.span.to(verb.span), format!("did not {base}")));
            }
        }
        // "Hama captured on 5 December", "Aleppo captured the rebels"
        for (at, chunk) in words.iter().enumerate() {
            let forms = self.verb(text, chunk);
            let before = at.checked_sub(1).and_then(|before| words.get(before)).map_or("", |before| before.span.of(text));
            let helped = at.checked_sub(1).and_then(|before| words.get(before)).is_some_and(|b| HELPERS.contains(&b.span.of(text)));
            if !matches!(chunk.kind, ChunkKind::Word) || helped || at == 0 {
                continue;
            }
            if let Some((base, _)) = forms.iter().find(|(_, form)| matches!(form, Form::Past | Form::Participle)) {
                let participle = self.vocabulary.verbs().write(base, Form::Participle);
                let was = if before.ends_with('s') && before.starts_with(char::is_lowercase) { "were" } else { "was" };
                edits.push((chunk.span, format!("{was} {participle}")));
                edits.push((chunk.span, format!("{was} {participle} by")));
            }
        }
        // Without what is left over; without all that follows it.
        if problem.span.start > 0 || problem.span.end < end {
            edits.push((widened(text, problem.span), String::new()));
            edits.push((widened(text, Span::new(problem.span.start, end)), String::new()));
        }
        // Another preposition, or none.
        let near =
            words.iter().filter(|chunk| chunk.span.end.saturating_add(1) >= problem.span.start && chunk.span.start <= problem.span.end);
        for chunk in near.filter(|chunk| PREPOSITIONS.contains(&chunk.span.of(text))) {
            edits.push((widened(text, chunk.span), String::new()));
            let others = PREPOSITIONS.iter().filter(|word| **word != chunk.span.of(text));
            edits.extend(others.map(|word| (chunk.span, (*word).to_owned())));
        }
        edits
    }

    /// A year without its preposition.
    fn undated(&self, text: &str, place: Span) -> Vec<Edit> {
        let Ok(written) = syntax::statement(text) else { return Vec::new() };
        let year = |chunk: &&Chunk| matches!(chunk.kind, ChunkKind::Number(_)) && overlaps(chunk.span, place);
        written.chunks.iter().filter(year).map(|chunk| (Span::new(chunk.span.start, chunk.span.start), "in ".to_owned())).collect()
    }

    /// What a chunk may be as a verb.
    fn verb(&self, text: &str, chunk: &Chunk) -> &[(String, Form)] {
        self.vocabulary.verbs().read(&crate::text::fold_word(chunk.span.of(text)))
    }

    /// What a question asks about, as a statement.
    fn asked(&self, text: &str) -> Vec<Edit> {
        let asked = text.trim().trim_end_matches('?').trim_end();
        let whole = Span::new(0, text.len());
        let Some((helper, rest)) = asked.split_once(' ') else { return Vec::new() };
        let helper = crate::text::fold_word(helper);
        if !HELPERS.contains(&helper.as_str()) {
            return vec![(whole, asked.to_owned())];
        }
        let words: Vec<&str> = rest.split_whitespace().collect();
        let form = match helper.as_str() {
            "did" => Some(Form::Past),
            "does" => Some(Form::Third),
            "do" => Some(Form::Base),
            _ => None,
        };
        let turned = |at: usize, word: &&str| {
            let (before, behind) = (words.get(..at)?, words.get(at.saturating_add(1)..)?);
            let verb = match form {
                Some(form) => {
                    let folded = crate::text::fold_word(word);
                    let (base, _) = self.vocabulary.verbs().read(&folded).iter().find(|(_, known)| *known == Form::Base)?;
                    self.vocabulary.verbs().write(base, form)
                }
                None => format!("{helper} {word}"),
            };
            Some((whole, [before, &[verb.as_str()], behind].concat().join(" ")))
        };
        words.iter().enumerate().skip(1).filter_map(|(at, word)| turned(at, word)).collect()
    }

    /// The first word with a capital among those that are left over which is part of no known name.
    fn unknown_in(&self, text: &str, problem: &Problem) -> Option<String> {
        if problem.code != "left-over" {
            return None;
        }
        let written = syntax::statement(text).ok()?;
        let names: Vec<Span> = written
            .chunks
            .iter()
            .filter_map(|chunk| self.vocabulary.name_index().starting_at(text, chunk.span.start).first().map(|name| name.span))
            .collect();
        let unknown = |chunk: &&Chunk| {
            matches!(chunk.kind, ChunkKind::Word)
                && overlaps(chunk.span, problem.span)
                && chunk.span.of(text).starts_with(char::is_uppercase)
                && !names.iter().any(|name| overlaps(*name, chunk.span))
        };
        written.chunks.iter().find(unknown).map(|chunk| chunk.span.of(text).to_owned())
    }

    /// The state that an event starts, said with the time that only a state can have.
    fn state_of(&self, text: &str, problem: &Problem) -> Option<String> {
        let event = self.good(&changed(text, widened(text, problem.span), ""))?;
        let Body::Clause(clause) = event.body else { return None };
        let links = &self.vocabulary.relation(clause.relation).links;
        let link = links.iter().find(|link| link.tie == Tie::IsStartOf).or_else(|| links.iter().find(|link| link.tie == Tie::Starts))?;
        let filler = |role: &Option<usize>| role.and_then(|role| clause.roles.get(role)).cloned().unwrap_or(Filler::Open);
        let roles = link.roles.iter().map(filler).collect();
        let state = Clause { relation: link.target, roles, phrasing: None, passive: false, ..*clause };
        let words = in_words(&Statement { body: Body::Clause(Box::new(state)), span: event.span }, self.vocabulary);
        let lasting = format!("{words} {}", problem.span.of(text));
        self.good(&lasting).map(|_| lasting)
    }
}

/// The problem with what is suggested, and said so in words.
fn offered(text: &str, mut problem: Problem, found: Vec<Suggestion>, lasting: Option<String>, unknown: Option<String>) -> Problem {
    let mut help = Vec::new();
    if let Some(lasting) = &lasting {
        help.push(format!("a state lasts; did you mean `{lasting}`?"));
    }
    let word = |suggestion: &Suggestion| {
        let one = |words: &str| !words.is_empty() && !words.contains(' ');
        one(&suggestion.text) && one(suggestion.span.of(text))
    };
    let same = |suggestion: &Suggestion| found.first().is_some_and(|first| first.span == suggestion.span);
    if !found.is_empty() && found.iter().all(|suggestion| word(suggestion) && same(suggestion)) {
        let words: Vec<&str> = found.iter().map(|suggestion| suggestion.text.as_str()).collect();
        help.extend(one_of(&words));
    } else if !found.is_empty() {
        let whole = |shorter: bool| -> Vec<String> {
            // "Without it" is said where all that is complained of is left out, and nothing else.
            let left_out = |suggestion: &Suggestion| suggestion.text.is_empty() && suggestion.span.to(problem.span) == suggestion.span;
            let of = found.iter().filter(|suggestion| left_out(suggestion) == shorter);
            of.map(|suggestion| changed(text, suggestion.span, &suggestion.text)).collect()
        };
        help.extend(one_of(&whole(false).iter().map(String::as_str).collect::<Vec<_>>()));
        help.extend(whole(true).first().map(|left| format!("without it, `{left}` can be checked")));
    }
    // "Hama, Homs and Idlib": the list is read up to the name that nobody knows.
    help.extend(unknown.into_iter().map(|name| format!("`{name}` is no name that is known here")));
    problem.suggestions = found;
    problem.suggestions.extend(lasting.map(|lasting| Suggestion { span: Span::new(0, text.len()), text: lasting }));
    // What can be done at once stands first.
    help.append(&mut problem.help);
    problem.help = help;
    problem
}

/// A statement with other words in a place, blanks settled.
fn changed(text: &str, span: Span, words: &str) -> String {
    let before = text.get(..span.start).unwrap_or_default();
    let behind = text.get(span.end..).unwrap_or_default();
    format!("{before}{words}{behind}").split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A date in three numbers, day or month first: both ways to write it clearly.
fn date_readings(words: &str) -> Vec<String> {
    let numbers: Vec<u32> = words.split(|c: char| !c.is_ascii_digit()).map(str::parse).collect::<Result<_, _>>().unwrap_or_default();
    match numbers.as_slice() {
        [first, second, year] => vec![format!("{year:04}-{second:02}-{first:02}"), format!("{year:04}-{first:02}-{second:02}")],
        _ => Vec::new(),
    }
}

/// Whether words without which a statement says something else altogether are among these: they are never left out.
fn turns(words: &str) -> bool {
    const TURNING: [&str; 14] =
        ["not", "no", "never", "neither", "nor", "only", "none", "without", "cannot", "hardly", "barely", "nobody", "nothing", "longer"];
    words.split_whitespace().map(crate::text::fold_word).any(|word| TURNING.contains(&word.as_str()) || word.ends_with("n't"))
}

/// A place with the commas and blanks around it.
fn widened(text: &str, span: Span) -> Span {
    let before = text.get(..span.start).unwrap_or_default();
    let kept = before.trim_end_matches([' ', ',', '\u{a0}', '\t']).len();
    Span::new(kept, span.end)
}

fn overlaps(one: Span, other: Span) -> bool {
    one.start < other.end && other.start < one.end
}
