//! A sentence as its amounts and what stands between them.
//!
//! In: a sentence and the number words of the vocabulary. Out: [`Token`]s in the order of the text; an amount has its value, how
//! finely it is given and what it is an amount of. Never: takes a date or a length of time for an amount.

use crate::syntax::ast::{Chunk, ChunkKind, Conjunction, Figure, Mark};
use crate::syntax::running;
use crate::text::{Span, fold_word};
use crate::vocabulary::Vocabulary;

/// A word, an amount or a mark of a sentence.
#[derive(Clone, Debug)]
pub(super) struct Token {
    pub(super) kind: Kind,
    /// As it is compared.
    pub(super) folded: String,
    pub(super) span: Span,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Amount(Amount),
    Word,
    And,
    Or,
    Comma,
    /// `:`
    Colon,
    /// `;`
    Semicolon,
    Dash,
    Open,
    Close,
    /// A date, a length of time, a time of the day.
    Time,
    /// Whatever may hold an amount that is not understood: quoted words, `dozens`, `7-9`, `A380`.
    Opaque,
}

/// How much or how many, in thousandths.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Amount {
    pub(super) value: i128,
    /// By how much the true value may lie beside it, since it was rounded; nothing for a count that shows no rounding.
    pub(super) slack: i128,
    pub(super) percent: bool,
    pub(super) currency: Option<char>,
    /// Whether it says *million* or the like, which another amount beside it may leave out: `3 of 14 million`.
    pub(super) scaled: bool,
    /// Whether words around it say that it is not meant exactly.
    pub(super) hedged: bool,
}

/// Words before an amount that make it more or less than it says.
const HEDGES: [&str; 22] = [
    "about",
    "around",
    "nearly",
    "almost",
    "some",
    "roughly",
    "approximately",
    "over",
    "under",
    "estimated",
    "between",
    "circa",
    "another",
    "additional",
    "further",
    "above",
    "below",
    "up",
    "than",
    "least",
    "most",
    "every",
];
/// Words by which a number in digits is multiplied.
const SCALES: [(&str, i128); 9] = [
    ("hundred", 100),
    ("thousand", 1_000),
    ("million", 1_000_000),
    ("billion", 1_000_000_000),
    ("trillion", 1_000_000_000_000),
    ("m", 1_000_000),
    ("mn", 1_000_000),
    ("bn", 1_000_000_000),
    ("tn", 1_000_000_000_000),
];
/// Number words that are round where they stand alone.
const ROUND: [&str; 9] = ["hundred", "thousand", "million", "billion", "trillion", "dozen", "half", "pair", "couple"];

/// The tokens of a sentence; none where something in it cannot be read at all.
pub(super) fn tokens(text: &str, vocabulary: &Vocabulary) -> Vec<Token> {
    let running = running(text);
    if !running.problems.is_empty() {
        return Vec::new();
    }
    let words: Vec<String> = running.chunks.iter().map(|chunk| fold_word(chunk.span.of(text))).collect();
    let mut tokens = Vec::new();
    let mut at = 0_usize;
    while let Some((chunk, word)) = running.chunks.get(at).zip(words.get(at)) {
        let dated = running.attributes.iter().any(|(_, span)| *span == chunk.span);
        let (kind, taken) = if dated { (Kind::Time, 1) } else { kind(chunk, text, at, &words, &running.chunks, vocabulary) };
        let end = running.chunks.get(at.saturating_add(taken).saturating_sub(1)).map_or(chunk.span, |last| last.span);
        tokens.push(Token { kind, folded: word.clone(), span: chunk.span.to(end) });
        at = at.saturating_add(taken.max(1));
    }
    hedge(&mut tokens);
    tokens
}

/// What a chunk is, and how many chunks it takes.
fn kind(chunk: &Chunk, text: &str, at: usize, words: &[String], chunks: &[Chunk], vocabulary: &Vocabulary) -> (Kind, usize) {
    let one = |kind| (kind, 1);
    match &chunk.kind {
        ChunkKind::Number(figure) => {
            let (amount, taken) = in_digits(*figure, chunk.span.of(text), words.get(at.saturating_add(1)..).unwrap_or_default());
            (Kind::Amount(amount), taken)
        }
        ChunkKind::Word => {
            let is_word = |chunk: &&Chunk| matches!(chunk.kind, ChunkKind::Word | ChunkKind::Conjunction(Conjunction::And));
            let run = chunks.get(at..).unwrap_or_default().iter().take(8).take_while(is_word).count();
            let run: Vec<&str> = words.iter().skip(at).take(run).map(String::as_str).collect();
            in_words(&run, words, at, vocabulary).unwrap_or_else(|| {
                let opaque = chunk.span.of(text).contains(|c: char| c.is_numeric() || matches!(c, '%' | '+' | '±' | '\u{2030}'));
                one(if opaque { Kind::Opaque } else { Kind::Word })
            })
        }
        ChunkKind::When(_) | ChunkKind::Lasting(_) | ChunkKind::MomentOfDay | ChunkKind::VagueStretch => one(Kind::Time),
        ChunkKind::Conjunction(Conjunction::And) => one(Kind::And),
        ChunkKind::Conjunction(Conjunction::Or) => one(Kind::Or),
        ChunkKind::Comma => one(Kind::Comma),
        ChunkKind::Colon => one(if chunk.span.of(text) == ":" { Kind::Colon } else { Kind::Semicolon }),
        ChunkKind::Dash => one(Kind::Dash),
        ChunkKind::OpenBracket => one(Kind::Open),
        ChunkKind::CloseBracket => one(Kind::Close),
        ChunkKind::Mark(Mark::Only | Mark::All | Mark::Both) | ChunkKind::Bound(_) | ChunkKind::FirstTime => one(Kind::Word),
        _ => one(Kind::Opaque),
    }
}

/// A number in digits with the words behind it that belong to it: `1.2 million`, `25 per cent`.
fn in_digits(figure: Figure, written: &str, behind: &[String]) -> (Amount, usize) {
    let decimals = written.split_once('.').map_or(0, |(_, fraction)| fraction.chars().filter(char::is_ascii_digit).count());
    let value = i128::from(figure.thousandths);
    let finest = 1000_i128.checked_div(10_i128.saturating_pow(u32::try_from(decimals).unwrap_or(3))).unwrap_or(1).max(1);
    let next = |away: usize| behind.get(away).map(String::as_str).unwrap_or_default();
    let scale = SCALES.iter().find(|(word, _)| *word == next(0)).map(|(_, scale)| *scale);
    let mut taken = 1_usize.saturating_add(usize::from(scale.is_some()));
    let scaled = scale.is_some();
    let scale = scale.unwrap_or(1);
    let worded = match (next(taken.saturating_sub(1)), next(taken)) {
        ("percent" | "pc" | "%", _) => 1,
        ("per", "cent") => 2,
        _ => 0,
    };
    taken = taken.saturating_add(worded);
    let percent = figure.percent || worded > 0;
    let exact = decimals == 0 && scale == 1 && !percent && figure.currency.is_none();
    let unit = if decimals > 0 { finest } else { rounded_to(value) };
    let slack = if exact && unit == 1000 { 0 } else { unit.saturating_mul(scale).checked_div(2).unwrap_or(0) };
    (Amount { value: value.saturating_mul(scale), slack, percent, currency: figure.currency, scaled, hedged: false }, taken)
}

/// To which power of ten a whole number shows that it was rounded: zeros at its end count, but for the first two digits.
fn rounded_to(thousandths: i128) -> i128 {
    let digits = thousandths.checked_div(1000).unwrap_or(0).to_string();
    let zeros = digits.len().saturating_sub(digits.trim_end_matches('0').len()).min(digits.len().saturating_sub(2));
    10_i128.saturating_pow(u32::try_from(zeros).unwrap_or(0)).saturating_mul(1000)
}

/// `twelve`, `two hundred and five`, `ten percent`; `dozens` is none that could be added up.
fn in_words(run: &[&str], words: &[String], at: usize, vocabulary: &Vocabulary) -> Option<(Kind, usize)> {
    let (mut taken, sure, tolerant) = vocabulary.numbers().read(run)?;
    if sure.low != sure.high || sure != tolerant {
        return Some((Kind::Opaque, taken));
    }
    let scaled = run.iter().take(taken).any(|word| SCALES.iter().any(|(scale, _)| scale == word));
    let round = run.first().is_some_and(|first| ROUND.contains(first));
    let next = |away: usize| words.get(at.saturating_add(away)).map(String::as_str).unwrap_or_default();
    let worded = match (next(taken), next(taken.saturating_add(1))) {
        ("percent", _) => 1,
        ("per", "cent") => 2,
        _ => 0,
    };
    taken = taken.saturating_add(worded);
    let value = i128::from(sure.low).saturating_mul(1000);
    let unit = rounded_to(value);
    let slack = if unit == 1000 && worded == 0 { 0 } else { unit.checked_div(2).unwrap_or(0) };
    Some((Kind::Amount(Amount { value, slack, percent: worded > 0, currency: None, scaled, hedged: round }), taken))
}

/// Marks the amounts that words beside them make vague.
fn hedge(tokens: &mut [Token]) {
    let hedged: Vec<bool> = (0..tokens.len())
        .map(|at| {
            let back = |away: usize| at.checked_sub(away).and_then(|before| tokens.get(before));
            let before = back(1);
            let up_to = before.is_some_and(|to| to.is_word(&["to"])) && back(2).is_some_and(|up| up.is_word(&["up"]));
            let after = tokens.get(at.saturating_add(1));
            let vague = |token: &Token| match token.kind {
                Kind::Word => {
                    let last = token.folded.rsplit(' ').next().unwrap_or_default();
                    HEDGES.contains(&last)
                }
                _ => false,
            };
            up_to
                || before.is_some_and(vague)
                || after.is_some_and(|token| token.kind == Kind::Or || token.folded == "plus" || token.folded == "odd")
        })
        .collect();
    for (token, vague) in tokens.iter_mut().zip(hedged) {
        if let Kind::Amount(amount) = &mut token.kind {
            amount.hedged |= vague;
        }
    }
}

impl Amount {
    /// Whether it is an amount of the same sort as another, neither of them vague, so that the two can be added or compared.
    pub(super) fn goes_with(self, other: Self) -> bool {
        let same = self.percent == other.percent && self.currency == other.currency && self.scaled == other.scaled;
        same && !self.hedged && !other.hedged
    }

    /// As it is written in a message.
    pub(super) fn shown(value: i128) -> String {
        let negative = if value < 0 { "-" } else { "" };
        let (whole, rest) = (value.abs().checked_div(1000).unwrap_or(0), value.abs().checked_rem(1000).unwrap_or(0));
        let digits = whole.to_string();
        let grouped: String = digits
            .chars()
            .enumerate()
            .flat_map(|(at, digit)| {
                let comma = at > 0 && digits.len() > 4 && digits.len().saturating_sub(at) % 3 == 0;
                comma.then_some(',').into_iter().chain(std::iter::once(digit))
            })
            .collect();
        let fraction = if rest == 0 { String::new() } else { format!(".{}", format!("{rest:03}").trim_end_matches('0')) };
        format!("{negative}{grouped}{fraction}")
    }
}

impl Token {
    pub(super) fn amount(&self) -> Option<Amount> {
        match self.kind {
            Kind::Amount(amount) => Some(amount),
            _ => None,
        }
    }

    pub(super) fn is_word(&self, words: &[&str]) -> bool {
        self.kind == Kind::Word && words.contains(&self.folded.as_str())
    }
}
