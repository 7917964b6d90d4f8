//! Plain claims of one shape, understood once: `Oslo held Bergen on 2004-05-05` is understood as `Paris held Bonn on 2011-01-31` was.
//!
//! In: the words of a claim. Out: the plain claim that they make, or nothing, where the words have to be read by themselves. Never: takes
//! a claim for anything that reading it by itself would not make of it.
//!
//! A shape is what the reader looks at: each other word as it is written, the kinds of each name, where a whole date stands. What the
//! reader could see in a name beside its kinds keeps it out of all shapes: words that the grammar or a phrasing knows, a kind's words at
//! its beginning, ownership of a kind. A test reads claims both ways.

use std::collections::HashSet;

use hashbrown::HashMap;

use crate::statement::{Body, Context, Filler, Time, TimeWord, resolve};
use crate::syntax;
use crate::text::Span;
use crate::time::{Day, PLAIN_YEARS};
use crate::verdict::Plain;
use crate::vocabulary::{KindId, NameId, Part, RelationId, Vocabulary};

/// More shapes than this are not kept: a text with so many has no use for them.
const MOST_SHAPES: usize = 4096;
/// Longer claims are read by themselves.
const LONGEST: usize = 160;
const MOST_NAMES: usize = 2;

/// What a shape means.
#[derive(Clone, Copy, Debug)]
enum Meaning {
    /// Claims of this shape are read by themselves.
    Unknown,
    /// With which of its names in which role.
    Plain { relation: RelationId, subject: usize, object: usize, word: TimeWord },
}

/// What is known of a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Class {
    NotAsked,
    /// The reader may see more in it than its kinds.
    Special,
    /// Which kinds it has.
    Of(u16),
}

/// The shapes of the claims that were read so far.
#[derive(Debug)]
pub struct Shapes<'v> {
    vocabulary: &'v Vocabulary,
    shapes: HashMap<Box<[u8]>, Meaning>,
    classes: Vec<Class>,
    kinds: HashMap<(Vec<KindId>, bool), u16>,
    /// Words that phrasings and numbers are made of.
    words: HashSet<&'v str>,
    /// Words that the grammar knows.
    grammar: HashSet<String>,
    owners: HashSet<NameId>,
    key: Vec<u8>,
    folded: String,
}

/// A claim cut into names, a date and other words.
#[derive(Default)]
struct Cut {
    names: [Option<(NameId, Span)>; MOST_NAMES],
    date: Option<(i32, Span)>,
}

impl<'v> Shapes<'v> {
    /// None yet.
    pub fn new(vocabulary: &'v Vocabulary) -> Self {
        let mut words = HashSet::new();
        for phrasing in vocabulary.phrasings() {
            phrasing.before.iter().chain(&phrasing.after).for_each(|part| words_of(part, &mut words));
        }
        words.extend(vocabulary.numbers().known());
        let owners = vocabulary.kinds().iter().filter_map(|kind| kind.of).collect();
        let classes = vec![Class::NotAsked; vocabulary.names().len()];
        let (shapes, kinds, key, folded) = (HashMap::new(), HashMap::new(), Vec::new(), String::new());
        Self { vocabulary, shapes, classes, kinds, words, grammar: grammar_words(), owners, key, folded }
    }

    /// The plain claim that these words make, where that is known from their shape.
    pub fn read(&mut self, text: &str) -> Option<Plain> {
        let cut = self.cut(text)?;
        let meaning = match self.shapes.get(self.key.as_slice()) {
            Some(known) => *known,
            None => {
                let found = self.understand(text, &cut);
                if self.shapes.len() < MOST_SHAPES {
                    self.shapes.insert(self.key.as_slice().into(), found);
                }
                found
            }
        };
        let Meaning::Plain { relation, subject, object, word } = meaning else { return None };
        let name = |at: usize| cut.names.get(at).copied().flatten().map(|(name, _)| name);
        Some(Plain { relation, subject: name(subject)?, object: name(object)?, word, day: cut.date?.0 })
    }

    /// Cuts a claim and makes its key; nothing where it has no shape.
    fn cut(&mut self, text: &str) -> Option<Cut> {
        self.key.clear();
        let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b' ' | b'-' | b'_');
        if text.len() > LONGEST || !text.bytes().all(is_plain) {
            return None;
        }
        let mut cut = Cut::default();
        let mut named = 0_usize;
        let mut at = 0_usize;
        // Whether a name that ends in a number stands just before.
        let mut after_number = false;
        while at < text.len() {
            let rest = text.get(at..)?;
            let token = rest.split(' ').next()?;
            if token.is_empty() {
                return None;
            }
            if let Some((name, length)) = self.name_at(rest)? {
                let Class::Of(class) = self.class(name) else { return None };
                if cut.names.iter().flatten().any(|(known, _)| *known == name) {
                    return None;
                }
                *cut.names.get_mut(named)? = Some((name, Span::new(at, at.saturating_add(length))));
                named = named.saturating_add(1);
                self.key.push(1);
                self.key.extend_from_slice(&class.to_le_bytes());
                after_number = rest.get(..length)?.ends_with(|c: char| c.is_ascii_digit())
                    && !rest.get(..length)?.rsplit(' ').next()?.starts_with(|c: char| c.is_ascii_alphabetic());
                at = at.saturating_add(length).saturating_add(1);
                continue;
            }
            match whole_date(token) {
                Some(day) if cut.date.is_none() => {
                    cut.date = Some((day, Span::new(at, at.saturating_add(token.len()))));
                    self.key.push(2);
                }
                _ => {
                    // A number before a word may be a date or a length with it.
                    let is_verb =
                        || !self.vocabulary.verbs().read(token).is_empty() && !MONTHS.contains(&token.to_ascii_lowercase().as_str());
                    let is_time_word = matches!(token, "on" | "by" | "since" | "was" | "is");
                    if token == "expect" || after_number && !is_time_word && !is_verb() {
                        return None;
                    }
                    self.key.extend_from_slice(token.as_bytes());
                    self.key.push(b' ');
                }
            }
            after_number = false;
            at = at.saturating_add(token.len()).saturating_add(1);
        }
        // A blank at the end would have been taken for one between words.
        (!text.ends_with(' ') && named == MOST_NAMES && cut.date.is_some()).then_some(cut)
    }

    /// The longest name that begins a text, and its length in bytes. Nothing at all where it may be one of several.
    #[expect(clippy::option_option, reason = "no name, or no shape")]
    fn name_at(&mut self, text: &str) -> Option<Option<(NameId, usize)>> {
        let index = self.vocabulary.name_index();
        let first = text.split(' ').next()?;
        self.folded.clear();
        self.folded.push_str(first);
        self.folded.make_ascii_lowercase();
        let longest = index.longest_from(&self.folded);
        let mut found = index.folded(&self.folded).map(|ids| (ids, first.len()));
        let mut end = first.len();
        for word in text.split(' ').skip(1).take(longest.saturating_sub(1)) {
            self.folded.push(' ');
            self.folded.push_str(word);
            self.folded.make_ascii_lowercase();
            end = end.saturating_add(1).saturating_add(word.len());
            found = index.folded(&self.folded).map(|ids| (ids, end)).or(found);
        }
        match found {
            None => Some(None),
            Some(([id], length)) => Some(Some((NameId(*id), length))),
            Some(_) => None,
        }
    }

    fn class(&mut self, name: NameId) -> Class {
        let at = usize::try_from(name.0).unwrap_or(usize::MAX);
        match self.classes.get(at) {
            None => Class::Special,
            Some(Class::NotAsked) => {
                let class = if self.is_special(name) { Class::Special } else { self.class_of_kinds(name) };
                if let Some(slot) = self.classes.get_mut(at) {
                    *slot = class;
                }
                class
            }
            Some(known) => *known,
        }
    }

    fn class_of_kinds(&mut self, name: NameId) -> Class {
        let name = self.vocabulary.name(name);
        let next = u16::try_from(self.kinds.len());
        let known = self.kinds.entry((name.kinds.clone(), name.rough));
        next.map_or(Class::Special, |next| Class::Of(*known.or_insert(next)))
    }

    /// Whether the reader may see more in a name, or in one of its other names, than its kinds.
    fn is_special(&self, id: NameId) -> bool {
        let name = self.vocabulary.name(id);
        self.owners.contains(&id) || name.unnamed || std::iter::once(&name.name).chain(&name.aliases).any(|words| self.is_telling(words))
    }

    fn is_telling(&self, words: &str) -> bool {
        let folded = words.to_ascii_lowercase();
        let is_name = |word: &str| word.len() > 3 || word.bytes().any(|byte| byte.is_ascii_digit());
        let begins = words.starts_with(|c: char| c.is_ascii_uppercase());
        let first = folded.split(' ').next().unwrap_or_default();
        let kinds = self.vocabulary.kind_index();
        !words.is_ascii()
            || !begins
            || !words.split(' ').any(is_name)
            || self.words.contains(folded.as_str())
            || folded.split(' ').any(|word| self.grammar.contains(word))
            || SMALL.contains(&folded.as_str())
            || kinds.folded(first).is_some()
            || kinds.longest_from(first) > 1
            || !self.vocabulary.verbs().read(&folded).is_empty()
            || !is_only_words(words)
    }

    /// Reads a claim by itself, and tells which of its names is in which role.
    fn understand(&self, text: &str, cut: &Cut) -> Meaning {
        let context = Context::default();
        let Ok(statement) = syntax::statement(text).and_then(|written| resolve(&written, text, self.vocabulary, &context)) else {
            return Meaning::Unknown;
        };
        let (Some(plain), Body::Clause(clause)) = (Plain::of(&statement), &statement.body) else { return Meaning::Unknown };
        let at = |role: usize| {
            let Some(Filler::Name(name, span)) = clause.roles.get(role) else { return None };
            cut.names.iter().flatten().position(|(known, place)| known == name && place == span)
        };
        let same_date =
            clause.times.iter().all(|time| matches!(time, Time::Window { date_span, .. } if cut.date == Some((plain.day, *date_span))));
        match (at(0), at(1)) {
            (Some(subject), Some(object)) if same_date => Meaning::Plain { relation: plain.relation, subject, object, word: plain.word },
            _ => Meaning::Unknown,
        }
    }
}

/// Months that are verbs as well: behind a number they are months.
const MONTHS: [&str; 2] = ["may", "march"];

/// Words that the reader itself looks for, and that could be the whole of a name.
const SMALL: [&str; 24] = [
    "according",
    "apart",
    "aside",
    "except",
    "passed",
    "elapsed",
    "between",
    "percent",
    "cent",
    "that",
    "this",
    "these",
    "those",
    "their",
    "whether",
    "which",
    "with",
    "from",
    "been",
    "being",
    "could",
    "would",
    "should",
    "shall",
];

/// All words that stand between quotation marks in the grammar of statements.
fn grammar_words() -> HashSet<String> {
    const GRAMMARS: [&str; 3] =
        [include_str!("../../grammar/words.pest"), include_str!("../../grammar/time.pest"), include_str!("../../grammar/statement.pest")];
    let quoted = GRAMMARS.iter().flat_map(|text| text.lines()).flat_map(|line| line.split('"').skip(1).step_by(2));
    quoted.flat_map(|words| words.split(|c: char| !c.is_alphanumeric())).map(str::to_lowercase).collect()
}

fn words_of<'p>(part: &'p Part, words: &mut HashSet<&'p str>) {
    match part {
        Part::Slot { .. } => {}
        Part::Words(choice) => words.extend(choice.iter().map(String::as_str)),
        Part::Optional(inner) => inner.iter().for_each(|part| words_of(part, words)),
    }
}

/// Whether the grammar sees nothing but words, and numbers behind them, in a name.
fn is_only_words(name: &str) -> bool {
    // A word of letters with a long number at its end is nothing else to the grammar.
    let letters = name.trim_end_matches(|c: char| c.is_ascii_digit());
    if letters.len() > 2 && name.len() > letters.len().saturating_add(4) && letters.bytes().all(|byte| byte.is_ascii_alphabetic()) {
        return true;
    }
    syntax::is_only_words(name)
}

/// A whole date as ISO 8601 writes it, in a year that is read as such.
fn whole_date(token: &str) -> Option<i32> {
    let [a, b, c, d, b'-', e, f, b'-', g, h] = *token.as_bytes() else { return None };
    let digit = |byte: u8| byte.is_ascii_digit().then(|| u32::from(byte & 0x0f));
    let two = |tens: u8, ones: u8| Some(digit(tens)?.saturating_mul(10).saturating_add(digit(ones)?));
    let year = two(a, b)?.saturating_mul(100).saturating_add(two(c, d)?);
    let is_year = PLAIN_YEARS.contains(&i64::from(year));
    i32::try_from(Day::from_ymd(year.into(), two(e, f)?, two(g, h)?)?.epoch_days()).ok().filter(|_| is_year)
}
