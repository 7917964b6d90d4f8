//! `vocabulary.pest` and `facts.pest`: what the lines of vocabulary and fact files declare.

use std::sync::Arc;

use pest::Parser;

use super::date::lower_date;
use super::statement::{date_problem, short_enough};
use super::{Grammar, Pair, Pairs, Rule, internal, plain_line, span_of, stopped_at, too_costly};
use crate::text::limits::{DEEPEST_BRACKETS, MOST_LISTED, MOST_PARTS, MOST_ROLES};
use crate::text::{Problem, Span};
use crate::time::WrittenDate;

/// A word or words with their place.
pub type Spanned = (String, Span);

/// One declaring line.
#[derive(Clone, Debug)]
#[allow(missing_docs, reason = "each is the keyword of its line; the grammar file shows the shapes")]
pub enum Declaration {
    Kind { name: Spanned, plural: Option<String>, notes: Vec<KindNote> },
    Disjoint(Vec<Spanned>),
    Number { word: Spanned, sure: Interval, tolerant: Interval },
    Verb(Vec<String>),
    Double(String),
    Name { names: Vec<Spanned>, aliases: Vec<Spanned>, notes: Vec<NameNote>, cast: bool },
    Relation { name: Spanned, event: bool, roles: Vec<(Spanned, Spanned)> },
    Source { id: Spanned, path: Spanned },
    Include(Spanned),
    Prefer(Spanned, Spanned),
    Trust(Spanned, bool),
    Horizon(WrittenDate, Span),
}

/// What stands behind a kind's colon.
#[derive(Clone, Debug)]
pub enum KindNote {
    /// Another kind that it is a kind of.
    Parent(Spanned),
    /// How many there are in all.
    Total(u32),
    /// Each comes again: a league has a winner each season.
    Recurring,
    /// None comes again, though it is a kind of what does: a final.
    OneOff,
    /// The place or body whose things they are.
    Of(Spanned),
}

/// What stands behind a name's colon.
#[derive(Clone, Debug)]
pub enum NameNote {
    /// A kind.
    Kind(Spanned),
    /// A group that it is part of.
    PartOf(Spanned),
}

/// Whole numbers from the first to the last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Interval {
    /// The least.
    pub low: i64,
    /// The greatest.
    pub high: i64,
}

/// How a relation is tied to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[allow(missing_docs, reason = "each is the word itself")]
pub enum LinkWord {
    Implies,
    Starts,
    Ends,
    Requires,
    After,
    IsStartOf,
    IsEndOf,
    Inverse,
    Excludes,
    Asserts,
}

/// One indented line of a relation.
#[derive(Clone, Debug)]
#[allow(missing_docs, reason = "each is the keyword of its line; the grammar file shows the shapes")]
pub enum Property {
    Once { per: Vec<Spanned>, unique: bool },
    One { role: Spanned, per: Vec<Spanned> },
    Link { word: LinkWord, target: Spanned, fillers: Vec<Spanned> },
    Repeatable,
    Symmetric,
    Transitive,
    Permanent,
    Speech { denies: bool },
    Say(Arc<[Element]>),
    Noun(Arc<[Element]>),
    Yes { statement: Spanned, fillers: Vec<String> },
    No(Spanned),
}

/// One part of a phrasing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Element {
    /// A noun phrase that fills a role.
    Slot {
        /// The role's name.
        role: String,
        /// Whether it must say whose: "the rebels' hands".
        possessive: bool,
        /// Where it stands in its line.
        span: Span,
    },
    /// A verb, by its base form.
    Verb(String),
    /// One of these words.
    Words(Arc<[String]>),
    /// May be left out.
    Optional(Vec<Element>),
}

/// Reads one line as a declaration.
///
/// # Errors
/// A [`Problem`] that points at where the line stops making sense.
pub fn declaration(text: &str) -> Result<Declaration, Problem> {
    plain_line::declaration(text).map_or_else(|| by_grammar::declaration(text), Ok)
}

/// Reads an indented line of a relation.
///
/// # Errors
/// A [`Problem`] that points at where the line stops making sense.
pub fn property(text: &str) -> Result<Property, Problem> {
    plain_line::property(text).map_or_else(|| by_grammar::property(text), Ok)
}

/// The same lines read by the grammar alone: for the test that holds both ways against each other.
pub mod by_grammar {
    pub use super::{declaration_by_grammar as declaration, property_by_grammar as property};
}

/// Reads one line as a declaration, by the grammar alone.
///
/// # Errors
/// A [`Problem`] that points at where the line stops making sense.
pub fn declaration_by_grammar(text: &str) -> Result<Declaration, Problem> {
    let whole = Span::new(0, text.len());
    let mut pairs = Grammar::parse(Rule::declaration, text).map_err(|error| malformed(&error, text))?;
    let line = pairs.next().and_then(|pair| pair.into_inner().next()).ok_or_else(|| internal(whole, "an empty line"))?;
    let rule = line.as_rule();
    bounded(&line, rule)?;
    let mut children = line.into_inner();
    match rule {
        Rule::kind => kind(children, whole),
        Rule::disjoint => Ok(Declaration::Disjoint(children.map(|c| term(&c)).collect())),
        Rule::number_word => number_word(children, whole),
        Rule::verb_forms => {
            let forms = next(&mut children, whole)?;
            Ok(Declaration::Verb(forms.as_str().split_whitespace().map(str::to_owned).collect()))
        }
        Rule::doubling => Ok(Declaration::Double(term(&next(&mut children, whole)?).0)),
        Rule::name => name(children, false),
        Rule::cast => name(children, true),
        Rule::relation => relation(children, whole),
        Rule::source => Ok(Declaration::Source { id: term(&next(&mut children, whole)?), path: quoted(&next(&mut children, whole)?) }),
        Rule::include => Ok(Declaration::Include(quoted(&next(&mut children, whole)?))),
        Rule::prefer => Ok(Declaration::Prefer(name_text(next(&mut children, whole)?), name_text(next(&mut children, whole)?))),
        Rule::trust => Ok(Declaration::Trust(name_text(next(&mut children, whole)?), true)),
        Rule::distrust => Ok(Declaration::Trust(name_text(next(&mut children, whole)?), false)),
        Rule::horizon => {
            let point = next(&mut children, whole)?;
            let span = span_of(&point);
            let date = point.into_inner().next().ok_or_else(|| internal(span, "horizon"))?;
            Ok(Declaration::Horizon(lower_date(date).map_err(|problem| date_problem(&problem, span))?, span))
        }
        _ => Err(internal(whole, text)),
    }
}

/// Refuses a line that lists more than one line should.
fn bounded(line: &Pair<'_>, rule: Rule) -> Result<(), Problem> {
    let (most, what) = if rule == Rule::relation { (MOST_ROLES, "roles") } else { (MOST_LISTED, "names and kinds") };
    // The keyword's own word of a relation, and its name, are no roles.
    let skipped = if rule == Rule::relation { 2 } else { 0 };
    let listed = line.clone().into_inner().flat_map(|child| match child.as_rule() {
        Rule::names | Rule::aliases => child.into_inner().collect::<Vec<_>>(),
        _ => vec![child],
    });
    match listed.skip(skipped).nth(most) {
        Some(first) => Err(Problem::new("too-long", span_of(&first), format!("one line has at most {most} {what}"))
            .help(if rule == Rule::relation { "split it into several relations" } else { "split it into several lines" })),
        None => Ok(()),
    }
}

/// Refuses brackets inside brackets before the parser follows them down.
fn shallow(text: &str) -> Result<(), Problem> {
    let mut depth = 0_usize;
    for (at, c) in text.char_indices() {
        match c {
            '(' => depth = depth.saturating_add(1),
            ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > DEEPEST_BRACKETS {
            let place = Span::new(at, at.saturating_add(1));
            return Err(Problem::new("too-long", place, format!("brackets stand in one another at most {DEEPEST_BRACKETS} deep")));
        }
    }
    Ok(())
}

/// The shape of a line by its keyword, for messages.
fn shape(keyword: &str) -> Option<&'static str> {
    Some(match keyword {
        "kind" => "kind provincial capital: city, 14 in all",
        "disjoint" => "disjoint person, place",
        "number" => "number dozens = 24..99, tolerant 20..199",
        "verb" => "verb hold held held",
        "double" => "double travel",
        "name" => "name HTS, also Hayat Tahrir al-Sham: militant group, part of rebels",
        "cast" => "cast the rebels, also rebel: party",
        "state" => "state control(holder: party, place)",
        "event" => "event capture(party, place)",
        "source" => "source homs \"dispatch.md\"",
        "include" => "include \"names.facts\"",
        "prefer" => "prefer gazette over herald",
        "trust" | "distrust" => "distrust ministry",
        "horizon" => "horizon 2024-12-08",
        _ => return None,
    })
}

/// Whether a line starts with a keyword of a declaration. A relation's needs its bracket, since `state` and `event` are words too.
pub fn is_declaration(text: &str) -> bool {
    let keyword = text.split_whitespace().next().unwrap_or_default();
    match keyword {
        "state" | "event" => text.contains('('),
        "name" | "cast" | "kind" => text.contains(':') || !text.trim_end().ends_with('.'),
        "source" | "include" => text.contains(['"', '\u{201c}']),
        other => shape(other).is_some(),
    }
}

fn malformed(error: &pest::error::Error<Rule>, text: &str) -> Problem {
    let keyword = text.split_whitespace().next().unwrap_or_default();
    if let Some(problem) = too_costly(error, Span::new(0, text.len())) {
        return problem;
    }
    let at = stopped_at(error, text);
    // Where the line ends too early, its last character is marked.
    let last = text.trim_end().char_indices().next_back().map_or(0, |(last, _)| last);
    let at = if at.start >= text.len() { Span::new(last, text.len()) } else { at };
    match shape(keyword) {
        Some(shape) => Problem::new("malformed-line", at, format!("this is not how a `{keyword}` line goes on"))
            .help(format!("it looks like this: `{shape}`")),
        None => Problem::new("malformed-line", at, "this line cannot be read"),
    }
}

fn next<'t>(children: &mut Pairs<'t>, whole: Span) -> Result<Pair<'t>, Problem> {
    children.next().ok_or_else(|| internal(whole, "a line that ends early"))
}

fn term(pair: &Pair<'_>) -> Spanned {
    (pair.as_str().split_whitespace().collect::<Vec<_>>().join(" "), span_of(pair))
}

/// The text between quotation marks.
pub(super) fn text_of(pair: &Pair<'_>) -> String {
    pair.as_str().trim_matches(['"', '\u{201c}', '\u{201d}']).replace("\\\"", "\"")
}

fn quoted(pair: &Pair<'_>) -> Spanned {
    (text_of(pair), span_of(pair))
}

fn name_text(pair: Pair<'_>) -> Spanned {
    let span = span_of(&pair);
    match pair.into_inner().next() {
        Some(inner) if matches!(inner.as_rule(), Rule::text) => (text_of(&inner), span),
        Some(inner) => term(&inner),
        None => (String::new(), span),
    }
}

fn kind(mut children: Pairs<'_>, whole: Span) -> Result<Declaration, Problem> {
    let name = term(&next(&mut children, whole)?);
    let mut plural = None;
    let mut notes = Vec::new();
    for child in children {
        let span = span_of(&child);
        match child.as_rule() {
            Rule::plural => plural = Some(term(&child).0),
            Rule::total => {
                let count = child.into_inner().next().and_then(|count| count.as_str().parse().ok());
                notes.push(KindNote::Total(
                    count.ok_or_else(|| Problem::new("number-too-large", span, "there are not that many of anything"))?,
                ));
            }
            Rule::recurring => notes.push(KindNote::Recurring),
            Rule::one_off => notes.push(KindNote::OneOff),
            Rule::kind_of => notes.push(KindNote::Of(child.into_inner().next().map(|c| term(&c)).unwrap_or_default())),
            _ => notes.push(KindNote::Parent(term(&child))),
        }
    }
    Ok(Declaration::Kind { name, plural, notes })
}

fn number_word(mut children: Pairs<'_>, whole: Span) -> Result<Declaration, Problem> {
    let word = term(&next(&mut children, whole)?);
    let mut intervals = Vec::new();
    for child in children {
        let span = span_of(&child);
        let too_large = || Problem::new("number-too-large", span, "this number is larger than is counted with");
        match child.as_rule() {
            Rule::count => {
                let value = child.as_str().parse().map_err(|_| too_large())?;
                intervals.push(Interval { low: value, high: value });
            }
            Rule::interval => {
                let ends: Vec<i64> =
                    child.into_inner().map(|end| end.as_str().parse().map_err(|_| too_large())).collect::<Result<_, _>>()?;
                if let [low, high] = ends.as_slice() {
                    intervals.push(Interval { low: *low, high: *high });
                }
            }
            _ => {}
        }
    }
    let sure = intervals.first().copied().ok_or_else(|| internal(whole, "a number"))?;
    Ok(Declaration::Number { word, sure, tolerant: intervals.get(1).copied().unwrap_or(sure) })
}

fn name(children: Pairs<'_>, cast: bool) -> Result<Declaration, Problem> {
    let (mut names, mut aliases, mut notes) = (Vec::new(), Vec::new(), Vec::new());
    for child in children {
        match child.as_rule() {
            Rule::names => names = child.into_inner().map(name_text).collect(),
            Rule::aliases => aliases = child.into_inner().map(name_text).collect(),
            Rule::part_of => notes.push(NameNote::PartOf(child.into_inner().next().map(name_text).unwrap_or_default())),
            _ => notes.push(NameNote::Kind(term(&child))),
        }
    }
    Ok(Declaration::Name { names, aliases, notes, cast })
}

fn relation(mut children: Pairs<'_>, whole: Span) -> Result<Declaration, Problem> {
    let event = next(&mut children, whole)?.as_str() == "event";
    let name = term(&next(&mut children, whole)?);
    let roles = children
        .map(|role| {
            let mut parts = role.into_inner();
            let name = parts.next().map(|p| term(&p)).unwrap_or_default();
            let kind = parts.next().map_or_else(|| name.clone(), |p| term(&p));
            (name, kind)
        })
        .collect();
    Ok(Declaration::Relation { name, event, roles })
}

/// Reads an indented line of a relation, by the grammar alone.
///
/// # Errors
/// A [`Problem`] that points at where the line stops making sense.
pub fn property_by_grammar(text: &str) -> Result<Property, Problem> {
    let whole = Span::new(0, text.len());
    short_enough(text, "line of a relation")?;
    shallow(text)?;
    let mut pairs = Grammar::parse(Rule::property, text).map_err(|error| {
        if let Some(problem) = too_costly(&error, whole) {
            return problem;
        }
        Problem::new("malformed-line", stopped_at(&error, text), "this is no property of a relation")
            .help("it may say: say, noun, yes, no, once per, unique per, one … per …, starts, ends, implies, requires, after, is start of, is end of, inverse, excludes, asserts, repeatable, symmetric, transitive, permanent, speech")
    })?;
    let line = pairs.next().and_then(|pair| pair.into_inner().next()).ok_or_else(|| internal(whole, "an empty line"))?;
    let rule = line.as_rule();
    let words = line.as_str().to_owned();
    let mut children = line.into_inner();
    Ok(match rule {
        Rule::once => Property::Once { per: children.map(|c| term(&c)).collect(), unique: false },
        Rule::unique => Property::Once { per: children.map(|c| term(&c)).collect(), unique: true },
        Rule::one => {
            let role = term(&next(&mut children, whole)?);
            Property::One { role, per: children.map(|c| term(&c)).collect() }
        }
        Rule::link => {
            let word = link_word(&next(&mut children, whole)?)?;
            let target = term(&next(&mut children, whole)?);
            Property::Link { word, target, fillers: children.map(|c| term(&c)).collect() }
        }
        Rule::flag => match words.as_str() {
            "repeatable" => Property::Repeatable,
            "symmetric" => Property::Symmetric,
            "transitive" => Property::Transitive,
            _ => Property::Permanent,
        },
        Rule::speech => Property::Speech { denies: children.next().is_some() },
        Rule::say => Property::Say(pattern(next(&mut children, whole)?)?),
        Rule::noun => Property::Noun(pattern(next(&mut children, whole)?)?),
        Rule::yes => {
            let statement = next(&mut children, whole)?;
            let span = span_of(&statement);
            Property::Yes {
                statement: (statement.as_str().trim_end().to_owned(), span),
                fillers: children.map(|c| c.as_str().trim().to_owned()).collect(),
            }
        }
        Rule::no => {
            let statement = next(&mut children, whole)?;
            Property::No((statement.as_str().trim().to_owned(), span_of(&statement)))
        }
        _ => return Err(internal(whole, text)),
    })
}

fn link_word(pair: &Pair<'_>) -> Result<LinkWord, Problem> {
    Ok(match pair.as_str() {
        "implies" => LinkWord::Implies,
        "starts" => LinkWord::Starts,
        "ends" => LinkWord::Ends,
        "requires" => LinkWord::Requires,
        "after" => LinkWord::After,
        "is start of" => LinkWord::IsStartOf,
        "is end of" => LinkWord::IsEndOf,
        "inverse" => LinkWord::Inverse,
        "excludes" => LinkWord::Excludes,
        "asserts" => LinkWord::Asserts,
        other => return Err(internal(span_of(pair), other)),
    })
}

fn pattern(pair: Pair<'_>) -> Result<Arc<[Element]>, Problem> {
    let is_part = |inner: &Pair<'_>| matches!(inner.as_rule(), Rule::optional | Rule::slot | Rule::verb | Rule::choice);
    if let Some(part) = pair.clone().into_inner().flatten().filter(is_part).nth(MOST_PARTS) {
        return Err(Problem::new("too-long", span_of(&part), format!("a phrasing has at most {MOST_PARTS} parts")));
    }
    pair.into_inner().map(element).collect()
}

fn element(pair: Pair<'_>) -> Result<Element, Problem> {
    let span = span_of(&pair);
    match pair.as_rule() {
        Rule::optional => Ok(Element::Optional(pair.into_inner().map(element).collect::<Result<_, _>>()?)),
        Rule::slot => {
            let mut children = pair.into_inner();
            let role = children.next().map(|role| role.as_str().to_owned()).unwrap_or_default();
            Ok(Element::Slot { role, possessive: children.next().is_some(), span })
        }
        Rule::verb => Ok(Element::Verb(pair.into_inner().next().map(|base| base.as_str().to_owned()).unwrap_or_default())),
        Rule::choice => Ok(Element::Words(pair.into_inner().map(|word| crate::text::fold_word(word.as_str())).collect())),
        _ => Err(internal(span, pair.as_str())),
    }
}

/// Reads a `> "quote"` line; nothing where it is none.
pub fn evidence(text: &str) -> Option<Spanned> {
    let mut pairs = Grammar::parse(Rule::evidence, text).ok()?;
    pairs.next()?.into_inner().find(|pair| matches!(pair.as_rule(), Rule::text)).map(|pair| quoted(&pair))
}
