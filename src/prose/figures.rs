//! Figures of one sentence that must fit one another: parts and their whole, a part and its share, a change and its rate.
//!
//! In: a sentence and the vocabulary. Out: a [`Misfit`] for each that cannot be so, with the words that say it. Never: adds up
//! what may not belong together. Every amount between a whole and its last part must be understood, none may be vague, and
//! each part must say of itself that it is one; whatever else there is, the sentence is left alone.

use super::amounts::{Amount, Kind, Token, tokens};
use crate::text::Span;
use crate::vocabulary::{KindId, Vocabulary};

/// Figures that do not fit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Misfit {
    /// What does not fit.
    pub kind: MisfitKind,
    /// From the first figure to the last, in the sentence.
    pub span: Span,
    /// What they come to, in words.
    pub message: String,
}

/// What figures can be to one another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum MisfitKind {
    /// Parts and their whole.
    Sum,
    /// A part or a change, and its percentage.
    Share,
}

/// Where parts can lie.
const PLACES: [&str; 12] = ["in", "at", "from", "near", "on", "outside", "inside", "around", "across", "along", "off", "by"];
/// Words that begin another phrase, so that the noun before them is over.
const PREPOSITIONS: [&str; 26] = [
    "in", "at", "from", "near", "on", "outside", "inside", "around", "across", "along", "off", "by", "of", "to", "for", "with", "into",
    "over", "under", "against", "between", "among", "per", "as", "than", "versus",
];
/// Words of parts that are not told to the last one.
const INCOMPLETE: [&str; 18] = [
    "more",
    "some",
    "several",
    "many",
    "rest",
    "remaining",
    "remainder",
    "additional",
    "another",
    "unknown",
    "others",
    "other",
    "including",
    "least",
    "mostly",
    "also",
    "each",
    "respectively",
];
/// Words at the end of who told it.
const SAID: [&str; 8] = ["said", "says", "reported", "announced", "added", "told", "say", "confirmed"];
/// What tells of a change.
const CHANGES: [&str; 42] = [
    "rise",
    "rises",
    "rose",
    "risen",
    "increase",
    "increased",
    "increases",
    "grew",
    "grown",
    "growth",
    "up",
    "jump",
    "jumped",
    "climbed",
    "climb",
    "gain",
    "gained",
    "surge",
    "surged",
    "soared",
    "drop",
    "dropped",
    "fell",
    "fallen",
    "fall",
    "decline",
    "declined",
    "decrease",
    "decreased",
    "down",
    "cut",
    "shrank",
    "lost",
    "slid",
    "slump",
    "slumped",
    "plunged",
    "plunge",
    "reduction",
    "reduced",
    "rising",
    "falling",
];

/// The figures of a sentence that do not fit one another.
pub fn misfits(text: &str, vocabulary: &Vocabulary) -> Vec<Misfit> {
    let tokens = tokens(text, vocabulary);
    // Most sentences have no two amounts.
    if tokens.iter().filter(|token| token.amount().is_some()).count() < 2 {
        return Vec::new();
    }
    let reader = Reader { text, tokens: &tokens, vocabulary };
    let mut found: Vec<Misfit> = Vec::new();
    for at in 0..tokens.len() {
        found.extend(reader.listed(at));
        found.extend(reader.beside(at));
        found.extend(reader.share(at));
    }
    found.extend(reader.change());
    found.sort_by_key(|misfit| (misfit.span.start, misfit.span.end));
    found.dedup_by(|later, earlier| later.span.start < earlier.span.end);
    found
}

struct Reader<'t> {
    text: &'t str,
    tokens: &'t [Token],
    vocabulary: &'t Vocabulary,
}

/// A whole: its amount and the words behind it.
struct Whole<'t> {
    amount: Amount,
    span: Span,
    /// What is counted; money need not say.
    noun: Option<&'t Token>,
}

impl<'t> Reader<'t> {
    fn token(&self, at: usize) -> Option<&'t Token> {
        self.tokens.get(at)
    }

    fn is_word(&self, at: usize, words: &[&str]) -> bool {
        self.token(at).is_some_and(|token| token.is_word(words))
    }

    /// The only amount before a place, if it is money or a noun follows it and nothing unclear lies between.
    fn whole_before(&self, end: usize) -> Option<Whole<'t>> {
        let before = self.tokens.get(..end)?;
        let mut amounts = before.iter().enumerate().filter_map(|(at, token)| Some((at, token.amount()?)));
        let (at, amount) = amounts.next()?;
        if amounts.next().is_some() || amount.hedged || amount.percent || amount.value < 2000 {
            return None;
        }
        let between = before.get(at.saturating_add(1)..)?;
        let plain = |token: &Token| matches!(token.kind, Kind::Word | Kind::Time | Kind::And);
        let noun = between.first().filter(|token| token.kind == Kind::Word && !token.is_word(&PREPOSITIONS));
        let counts = noun.is_some() || amount.currency.is_some();
        (counts && between.iter().all(plain)).then_some(Whole { amount, span: self.token(at)?.span, noun })
    }

    /// `12 dead: 7 in Aleppo and 4 in Hama`, in brackets and between dashes too.
    fn listed(&self, at: usize) -> Option<Misfit> {
        let whole_list = |closing: Kind| {
            let rest = self.tokens.get(at.saturating_add(1)..)?;
            rest.iter().position(|token| token.kind == closing).map(|end| end.saturating_add(at).saturating_add(1))
        };
        let end = match self.token(at)?.kind {
            Kind::Colon => self.tokens.len(),
            Kind::Open => whole_list(Kind::Close)?,
            Kind::Dash => whole_list(Kind::Dash).unwrap_or(self.tokens.len()),
            _ => return None,
        };
        let whole = self.whole_before(at)?;
        let parts = self.parts(self.tokens.get(at.saturating_add(1)..end)?, &whole)?;
        let last = self.closed(end, parts.last()?.1);
        let amounts: Vec<Amount> = parts.iter().map(|(amount, _)| *amount).collect();
        self.sum(&whole, &amounts, false).map(|message| Misfit { kind: MisfitKind::Sum, span: whole.span.to(last), message })
    }

    /// The parts of a list, if each of them is one; with where each stands.
    fn parts(&self, list: &[Token], whole: &Whole<'_>) -> Option<Vec<(Amount, Span)>> {
        let mut parts: Vec<(Amount, Span)> = Vec::new();
        let mut segments = list.split(|token| matches!(token.kind, Kind::Comma | Kind::And | Kind::Semicolon)).peekable();
        while let Some(segment) = segments.next() {
            let Some((first, rest)) = segment.split_first() else { continue };
            let clear = |token: &Token| matches!(token.kind, Kind::Word | Kind::Time);
            if let Some(amount) = first.amount() {
                if !amount.goes_with(whole.amount)
                    || !rest.iter().all(clear)
                    || rest.iter().any(|token| token.is_word(&INCOMPLETE))
                    || !self.is_part(rest, whole)
                {
                    return None;
                }
                let last = rest.iter().rfind(|token| token.folded.contains(char::is_alphanumeric));
                parts.push((amount, first.span.to(last.map_or(first.span, |last| last.span))));
            } else if first.is_word(&["a", "an"]) && self.is_noun_of(rest.first()?, whole) && rest.iter().all(clear) {
                let amount = Amount { value: 1000, slack: 0, percent: false, currency: None, scaled: false, hedged: false };
                parts.push((amount, first.span.to(rest.last()?.span)));
            } else if segments.peek().is_none()
                && (segment.last().is_some_and(|last| last.is_word(&SAID)) || first.is_word(&["according"]))
                && segment.iter().all(clear)
            {
                break;
            } else if let Some((_, span)) = parts.last_mut()
                && segment.iter().all(clear)
                && !segment.iter().any(|token| token.is_word(&INCOMPLETE))
                && first.span.of(self.text).starts_with(char::is_uppercase)
            {
                // `in Aleppo and Idlib`
                *span = span.to(segment.last()?.span);
            } else {
                return None;
            }
        }
        (parts.len() > 1).then_some(parts)
    }

    /// Whether the words behind an amount say that it is a part of the whole: where it lies, or of what kind it is.
    fn is_part(&self, behind: &[Token], whole: &Whole<'_>) -> bool {
        match behind {
            [first, _, ..] if first.is_word(&PLACES) => true,
            [noun, rest @ ..] => {
                self.is_noun_of(noun, whole) && rest.first().is_none_or(|next| next.is_word(&PREPOSITIONS) || next.kind == Kind::Time)
            }
            [] => false,
        }
    }

    /// Whether a noun counts what the whole counts: it is the same one, or of a kind of it.
    fn is_noun_of(&self, noun: &Token, whole: &Whole<'_>) -> bool {
        let Some(counted) = whole.noun.filter(|_| noun.kind == Kind::Word) else { return false };
        let stem = |word: &str| word.trim_end_matches('s').to_owned();
        let kind = |token: &Token| {
            let found = self.vocabulary.kind_index().starting_at(self.text, token.span.start);
            found.first().and_then(|hit| hit.ids.first()).map(|id| KindId(*id))
        };
        let person = |token: &Token| {
            const PEOPLE: [&str; 9] = ["people", "dead", "killed", "injured", "wounded", "victims", "persons", "casualties", "deaths"];
            let of_kind = kind(token).zip(self.vocabulary.kind_named("person"));
            token.is_word(&PEOPLE) || of_kind.is_some_and(|(kind, person)| self.vocabulary.is_kind_of(kind, person))
        };
        let all_people = counted.is_word(&["people", "dead", "victims", "persons", "casualties", "deaths"]);
        stem(&noun.folded) == stem(&counted.folded)
            || kind(noun).zip(kind(counted)).is_some_and(|(own, of)| self.vocabulary.is_kind_of(own, of))
            || all_people && person(noun)
    }

    /// `48 soldiers, 30 of them from Homs and 20 from Hama`: parts of which there may be more, and never more than the whole.
    fn beside(&self, at: usize) -> Option<Misfit> {
        if self.token(at)?.kind != Kind::Comma {
            return None;
        }
        let whole = self.whole_before(at)?;
        let mut parts: Vec<Amount> = Vec::new();
        let mut end = whole.span;
        let mut place: Option<&str> = None;
        let mut told_of_them = false;
        let mut next = at.saturating_add(1);
        if self.is_word(next, &["including"]) {
            let (amount, noun) = (self.token(next.saturating_add(1))?, self.token(next.saturating_add(2))?);
            let only = amount.amount().filter(|only| only.goes_with(whole.amount))?;
            let near = self.tokens.get(..at)?.iter().skip_while(|token| token.amount().is_none()).count() <= 3;
            return (near && self.is_noun_of(noun, &whole)).then(|| self.sum(&whole, &[only], true)).flatten().map(|message| Misfit {
                kind: MisfitKind::Sum,
                span: whole.span.to(noun.span),
                message,
            });
        }
        while let Some(amount) = self.token(next).and_then(Token::amount) {
            if !amount.goes_with(whole.amount) {
                return None;
            }
            let of_them = self.is_word(next.saturating_add(1), &["of"])
                && self.is_word(next.saturating_add(2), &["them", "whom", "which", "these", "those"]);
            let behind = next.saturating_add(if of_them { 3 } else { 1 });
            // Whose parts they are is sure only where no other things were named meanwhile.
            if of_them && amount.value > whole.amount.value && self.is_alone(at) {
                let span = whole.span.to(self.token(behind.saturating_sub(1))?.span);
                return self.sum(&whole, &[amount], true).map(|message| Misfit { kind: MisfitKind::Sum, span, message });
            }
            let preposition = self.token(behind).filter(|token| token.is_word(&PLACES))?;
            if place.is_some_and(|known| known != preposition.folded) {
                return None;
            }
            place = Some(&preposition.folded);
            told_of_them |= of_them;
            parts.push(amount);
            let rest = self.tokens.get(behind.saturating_add(1)..)?;
            let length = rest.iter().take_while(|token| token.kind == Kind::Word || token.kind == Kind::Time).count();
            end = self.token(behind.saturating_add(length))?.span;
            next = behind.saturating_add(length).saturating_add(1);
            while self.token(next).is_some_and(|token| matches!(token.kind, Kind::Comma | Kind::And)) {
                next = next.saturating_add(1);
            }
        }
        if parts.len() < 2 || !(told_of_them || self.is_alone(at)) {
            return None;
        }
        self.sum(&whole, &parts, true).map(|message| Misfit { kind: MisfitKind::Sum, span: whole.span.to(end), message })
    }

    /// A span with the bracket that stands at a place.
    fn closed(&self, at: usize, span: Span) -> Span {
        self.token(at).filter(|token| token.kind == Kind::Close).map_or(span, |bracket| span.to(bracket.span))
    }

    /// Whether what is counted before a place is the only thing in the plural there, so that `of them` means it.
    fn is_alone(&self, end: usize) -> bool {
        let behind = self.tokens.get(..end).unwrap_or_default().iter().skip_while(|token| token.amount().is_none()).skip(2);
        !behind
            .into_iter()
            .any(|token| token.kind == Kind::Word && token.folded.len() > 3 && token.folded.ends_with('s') && !token.folded.ends_with("ss"))
    }

    /// Why parts and whole do not fit. Of parts that may not be all only too many is wrong.
    fn sum(&self, whole: &Whole<'_>, parts: &[Amount], may_lack: bool) -> Option<String> {
        let (sum, slack) = parts
            .iter()
            .fold((0_i128, whole.amount.slack), |(sum, slack), part| (sum.saturating_add(part.value), slack.saturating_add(part.slack)));
        let over = sum.saturating_sub(whole.amount.value);
        if over.abs() <= slack || may_lack && over < 0 {
            return None;
        }
        let shown: Vec<String> = parts.iter().map(|part| Amount::shown(part.value)).collect();
        let total = Amount::shown(whole.amount.value);
        Some(match shown.as_slice() {
            [only] => format!("{only} is more than the {total} of which it is said to be a part"),
            [first @ .., last] => format!("{} and {last} make {}, not {total}", first.join(", "), Amount::shown(sum)),
            [] => return None,
        })
    }

    /// `3 of the 14`: the two amounts, and the place of the last token.
    fn part_of(&self, at: usize) -> Option<(Amount, Amount, usize)> {
        let plain = |amount: Amount| (!amount.hedged && !amount.percent && amount.currency.is_none() && amount.value > 0).then_some(amount);
        let part = plain(self.token(at)?.amount()?)?;
        let mut next = at.saturating_add(1);
        next = next.saturating_add(usize::from(self.is_word(next, &["out"])));
        if !self.is_word(next, &["of"]) {
            return None;
        }
        for away in 1..=4_usize {
            let place = next.saturating_add(away);
            let token = self.token(place)?;
            if let Some(whole) = token.amount() {
                return plain(whole).filter(|whole| part.goes_with(*whole)).map(|whole| (part, whole, place));
            }
            if token.kind != Kind::Word || token.is_word(&PREPOSITIONS) {
                return None;
            }
        }
        None
    }

    /// `3 of the 14 capitals (21 %)`, `21 % (3 of 14)`, `15 of the 14`.
    fn share(&self, at: usize) -> Option<Misfit> {
        let (part, whole, last) = self.part_of(at)?;
        let first = self.token(at)?.span;
        if part.value > whole.value.saturating_add(whole.slack).saturating_add(part.slack) {
            let message =
                format!("{} is more than the {} of which it is said to be a part", Amount::shown(part.value), Amount::shown(whole.value));
            return Some(Misfit { kind: MisfitKind::Sum, span: first.to(self.token(last)?.span), message });
        }
        let percent = |at: usize| self.token(at).and_then(Token::amount).filter(|amount| amount.percent && !amount.hedged);
        let closes = |at: usize| {
            self.token(at).is_none_or(|token| matches!(token.kind, Kind::Close | Kind::Comma | Kind::Dash | Kind::Semicolon | Kind::Colon))
        };
        // The percentage before: `21 % (3 of 14)`, `21 percent, or 3 of the 14`.
        let opening = at.checked_sub(1).filter(|before| match self.token(*before).map(|token| token.kind) {
            Some(Kind::Open) => true,
            Some(Kind::Or) => before.checked_sub(1).and_then(|comma| self.token(comma)).is_some_and(|token| token.kind == Kind::Comma),
            _ => false,
        });
        if let Some(opening) = opening {
            let skipped = opening.checked_sub(usize::from(self.token(opening).is_some_and(|token| token.kind == Kind::Or)))?;
            let before = self.tokens.get(..skipped)?;
            let words = before.iter().rev().take_while(|token| token.kind == Kind::Word).count();
            let place = skipped.checked_sub(words)?.checked_sub(1)?;
            if let Some(share) = percent(place).filter(|_| words <= 5) {
                let span = self.token(place)?.span.to(self.closed(last.saturating_add(1), self.token(last)?.span));
                return rate(part, whole, false, share).map(|message| Misfit { kind: MisfitKind::Share, span, message });
            }
        }
        // Behind: `3 of the 14 capitals, or 21 %,`.
        let rest = self.tokens.get(last.saturating_add(1)..)?;
        let words = rest.iter().take_while(|token| token.kind == Kind::Word && !token.is_word(&PREPOSITIONS)).count();
        let mut next = last.saturating_add(words).saturating_add(1);
        if words > 4 || !self.token(next).is_some_and(|token| matches!(token.kind, Kind::Comma | Kind::Open | Kind::Dash)) {
            return None;
        }
        next = next.saturating_add(1);
        next = next.saturating_add(usize::from(self.token(next).is_some_and(|token| token.kind == Kind::Or)));
        let share = percent(next).filter(|_| closes(next.saturating_add(1)))?;
        let span = first.to(self.closed(next.saturating_add(1), self.token(next)?.span));
        rate(part, whole, false, share).map(|message| Misfit { kind: MisfitKind::Share, span, message })
    }

    /// `up from 40 to 60, a rise of 30 %`: the only three amounts of their sentence.
    fn change(&self) -> Option<Misfit> {
        let amounts: Vec<(usize, Amount)> = self.tokens.iter().enumerate().filter_map(|(at, token)| Some((at, token.amount()?))).collect();
        let [_, _, _] = amounts.as_slice() else { return None };
        let opaque = self.tokens.iter().any(|token| token.kind == Kind::Opaque);
        if opaque || !self.tokens.iter().any(|token| token.is_word(&CHANGES)) {
            return None;
        }
        let (rate_at, percent) = *amounts.iter().find(|(_, amount)| amount.percent && !amount.hedged)?;
        let mut others = amounts.iter().filter(|(at, _)| *at != rate_at);
        let ((first, from), (second, to)) = (*others.next()?, *others.next()?);
        let plain = |amount: &Amount| !amount.percent && !amount.hedged && amount.value > 0;
        let told = first.checked_sub(1).is_some_and(|before| self.is_word(before, &["from"]))
            && second.checked_sub(1).is_some_and(|before| self.is_word(before, &["to"]))
            && second.saturating_sub(first) <= 5
            && !(first..second).contains(&rate_at);
        // `30 % of the shares` is no rate, and `30 percentage points` none either.
        let other_rate = self.is_word(rate_at.saturating_add(1), &["of", "points", "point", "percentage"]);
        if !told || other_rate || !plain(&from) || !plain(&to) || !from.goes_with(to) {
            return None;
        }
        let span = self.token(first.min(rate_at))?.span.to(self.token(second.max(rate_at))?.span);
        rate(from, to, true, percent).map(|message| Misfit { kind: MisfitKind::Share, span, message })
    }
}

/// Why a percentage is not that of two amounts: of the part in the whole, or of the change from the first to the second. Each
/// may lie as far from what it says as its rounding allows.
fn rate(first: Amount, second: Amount, change: bool, percent: Amount) -> Option<String> {
    // In thousandths of a percent.
    let share = |a: i128, b: i128| -> Option<i128> {
        let (part, base) = if change { (b.saturating_sub(a).abs(), a) } else { (a, b) };
        (base > 0).then(|| part.saturating_mul(100_000).checked_div(base)).flatten()
    };
    let ends = [-1_i128, 1].into_iter().flat_map(|one| [-1_i128, 1].into_iter().map(move |other| (one, other)));
    let shares: Vec<i128> = ends
        .filter_map(|(one, other)| {
            share(
                first.value.saturating_add(first.slack.saturating_mul(one)),
                second.value.saturating_add(second.slack.saturating_mul(other)),
            )
        })
        .collect();
    let (low, high) = (shares.iter().min()?, shares.iter().max()?);
    // A whole percent may have been rounded or cut off.
    let slack = percent.slack.saturating_mul(2).max(1);
    if percent.value >= low.saturating_sub(slack) && percent.value <= high.saturating_add(slack) {
        return None;
    }
    let exact = share(first.value, second.value)?;
    // One decimal is enough to see that it is another.
    let shown = Amount::shown(exact.saturating_add(50).checked_div(100)?.saturating_mul(100));
    let (a, b, stated) = (Amount::shown(first.value), Amount::shown(second.value), Amount::shown(percent.value));
    Some(if change {
        format!("from {a} to {b} is a change of {shown} %, not of {stated} %")
    } else {
        format!("{a} of {b} is {shown} %, not {stated} %")
    })
}
