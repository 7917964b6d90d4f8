//! Who and what: noun phrases to fillers.

use super::amounts::{about, nearly};
use super::items::{Item, ItemKind, Place, span_of};
use super::reader::Reader;
use super::{Counted, Filler, Group, Listed, Measure, Quantity, Statement, Unit};
use crate::syntax::Interval;
use crate::syntax::ast::{Bound, ChunkKind, Conjunction, Figure, Mark};
use crate::text::Span;
use crate::vocabulary::{KindId, NameId};

/// Larger than any number that is counted with; "at least 10" is 10 to this.
pub(crate) const UNBOUNDED: i64 = i64::MAX / 8;

/// A way to read the items from some place on.
#[derive(Clone, Debug)]
pub(super) struct Read {
    pub(super) filler: Filler,
    pub(super) end: usize,
    /// 0 for what is known; unknown words cost, so that a reading with known names wins.
    pub(super) cost: u32,
}

/// An unknown name costs more than any known reading.
pub(super) const UNKNOWN_COST: u32 = 100;

/// Currencies by the words that stand behind a number, with their signs.
const CURRENCIES: [(&[&str], char); 4] =
    [(&["dollar", "dollars"], '$'), (&["euro", "euros"], '\u{20AC}'), (&["pound", "pounds"], '\u{A3}'), (&["yen"], '\u{A5}')];

/// Kinds of values: their slots are never filled by words that are no known name.
const VALUE_KINDS: [&str; 7] = ["rank", "direction", "number", "money", "statement", "deed", "sector"];

struct Number {
    sure: Interval,
    tolerant: Interval,
    end: usize,
    span: Span,
    /// *no*
    none: bool,
    /// *all*, *every*
    every: bool,
    figure: Option<Figure>,
}

impl Reader<'_> {
    /// All ways to read a noun phrase of items `at..`, ending at `limit` at the latest, for a slot of a kind.
    pub(super) fn noun_phrases(&self, items: &[Item], at: usize, limit: usize, kind: KindId, possessive: bool) -> Vec<Read> {
        let mut found = Vec::new();
        let known = |filler: Filler, end: usize| Read { filler, end, cost: 0 };
        match items.get(at).map(|item| &item.kind) {
            Some(ItemKind::Inner(inner)) if at < limit => {
                let wanted = self.vocabulary.kind(kind).name.as_str();
                match wanted {
                    "statement" => found.push(known(Filler::Said(Box::new(Statement::clone(inner))), at.next())),
                    "deed" => found.push(known(Filler::Deed(Box::new(Statement::clone(inner))), at.next())),
                    _ => {}
                }
                return found;
            }
            None => return found,
            _ => {}
        }
        // "to leave Homs", where the reader has already read what is to be done.
        if let (Some(to), Some(ItemKind::Inner(inner))) = (items.get(at), items.get(at.next()).map(|item| &item.kind))
            && to.is_word("to")
            && at.next() < limit
            && self.vocabulary.kind(kind).name == "deed"
        {
            found.push(known(Filler::Deed(Box::new(Statement::clone(inner))), at.on(2)));
            return found;
        }
        let value = VALUE_KINDS.contains(&self.vocabulary.kind(kind).name.as_str());
        let wanted = self.vocabulary.kind(kind).name.as_str();
        if matches!(wanted, "number" | "money") {
            let measured = self.measured(items, at, limit).filter(|(measure, ..)| wanted != "money" || measure.unit != Unit::Percent);
            found.extend(measured.map(|(measure, span, end)| known(Filler::Number(measure, span), end)));
            return found;
        }
        if !possessive {
            found.extend(self.groups(items, at, limit, kind).into_iter().map(|(group, end)| known(Filler::Several(group), end)));
            // A noun counted by "a" may also be a word of an idiom ("won a seat"); the idiom wins.
            let indefinite = items.get(at).is_some_and(|item| matches!(&*item.text, "a" | "an"));
            found.extend(self.counted(items, at, limit, kind).into_iter().map(|(counted, end)| Read {
                filler: Filler::Counted(counted),
                end,
                cost: u32::from(indefinite),
            }));
            found.extend(self.bare_plural(items, at, limit, kind).into_iter().map(|(counted, end)| Read {
                filler: Filler::Counted(counted),
                end,
                cost: 2,
            }));
        }
        for (name, span, end, owns) in self.names(items, at, limit, kind) {
            if possessive || !owns {
                found.push(known(Filler::Name(name, span), end));
            }
        }
        if !value {
            found.extend(self.unknown(items, at, limit, possessive));
            if !possessive {
                found.extend(self.unknown_among(items, at, limit, kind));
            }
        }
        found
    }

    /// One name, with or without article, kind ("the city of Homs", "rebel commander X") and possessive ending.
    pub(super) fn names(&self, items: &[Item], at: usize, limit: usize, kind: KindId) -> Vec<(NameId, Span, usize, bool)> {
        let mut found = Vec::new();
        let mut start = at;
        if items.get(start).is_some_and(Item::is_determiner) {
            start = start.next();
        }
        let mut name_at = |place: usize, wanted: Option<KindId>| {
            if place >= limit {
                return;
            }
            if let Some(Item { kind: ItemKind::Name { ids, possessive }, span, .. }) = items.get(place) {
                for id in ids.iter() {
                    let fits = self.fits(*id, kind) && wanted.is_none_or(|wanted| self.vocabulary.is_a(*id, wanted));
                    if fits {
                        found.push((*id, *span, place.next(), *possessive));
                    }
                }
            }
        };
        name_at(start, None);
        // "the city of Homs", "city Homs"
        for (titled, end) in self.kinds_at(items, start, limit) {
            let next = if items.get(end).is_some_and(|item| item.is_word("of")) { end.next() } else { end };
            name_at(next, Some(titled));
        }
        found
    }

    /// Whether a name may fill a slot: it is of that kind, or nobody said of what kind it is.
    pub(super) fn fits(&self, name: NameId, kind: KindId) -> bool {
        let known = self.vocabulary.name(name);
        known.kinds.is_empty()
            || self.vocabulary.is_a(name, kind)
            || known.rough && known.kinds.iter().any(|rough| self.vocabulary.is_kind_of(kind, *rough))
    }

    /// The kinds whose words stand at an item, with the item after them.
    pub(super) fn kinds_at(&self, items: &[Item], at: usize, limit: usize) -> Vec<(KindId, usize)> {
        let Some(item) = items.get(at).filter(|item| item.is_plain_word() || matches!(item.kind, ItemKind::Name { .. })) else {
            return Vec::new();
        };
        let mut found = Vec::new();
        for hit in self.kinds_from(item.span.start).iter() {
            if hit.possessive {
                continue;
            }
            let mut end = at;
            while items.get(end).is_some_and(|item| item.span.end < hit.span.end) {
                end = end.next();
            }
            if end < limit && items.get(end).is_some_and(|item| item.span.end == hit.span.end) {
                found.extend(hit.ids.iter().map(|id| (KindId(*id), end.next())));
            }
        }
        found
    }

    /// "Aleppo, Hama and Homs", "both A and B", "neither A nor B", "only A, B and C (of the …)".
    fn groups(&self, items: &[Item], at: usize, limit: usize, kind: KindId) -> Vec<(Group, usize)> {
        let mut found = Vec::new();
        let mut start = at;
        let (mut only, mut neither, mut either, mut both) = (false, false, false, false);
        loop {
            match items.get(start).and_then(Item::chunk) {
                Some(ChunkKind::Mark(Mark::Only)) => only = true,
                Some(ChunkKind::Mark(Mark::Both | Mark::All)) => both = true,
                Some(ChunkKind::Conjunction(Conjunction::Neither)) => neither = true,
                Some(ChunkKind::Conjunction(Conjunction::Either)) => either = true,
                _ => break,
            }
            start = start.next();
        }
        let mut names: Vec<(NameId, Span)> = Vec::new();
        let mut joined = None;
        let mut place = start;
        loop {
            let next = self.names(items, place, limit, kind);
            let distinct: Vec<_> = next.iter().filter(|(_, _, _, owns)| !owns).collect();
            let [(name, span, end, _)] = distinct.as_slice() else { break };
            names.push((*name, *span));
            place = *end;
            if names.len() == 1 && only || joined.is_some() && names.len() > 1 {
                self.push_group(items, limit, &mut found, &names, joined, (only, neither, both), (at, place));
            }
            // After ", " or a conjunction another name follows; after the conjunction's name the group may end.
            let mut comma = false;
            if matches!(items.get(place).and_then(Item::chunk), Some(ChunkKind::Comma)) && place.next() < limit {
                comma = true;
                place = place.next();
            }
            match items.get(place).and_then(Item::chunk) {
                Some(ChunkKind::Conjunction(c @ (Conjunction::And | Conjunction::Or | Conjunction::Nor))) if place.next() < limit => {
                    if joined.is_some_and(|known| known != *c) {
                        break;
                    }
                    joined = Some(*c);
                    place = place.next();
                }
                _ if comma => {}
                _ => break,
            }
        }
        let nor = matches!(joined, Some(Conjunction::Nor));
        found.retain(|(group, _)| (!either || group.any) && (!neither || nor));
        found
    }

    #[expect(clippy::too_many_arguments, reason = "one call, and the parts of a group are what they are")]
    fn push_group(
        &self,
        items: &[Item],
        limit: usize,
        found: &mut Vec<(Group, usize)>,
        names: &[(NameId, Span)],
        joined: Option<Conjunction>,
        (only, neither, each): (bool, bool, bool),
        (at, end): (usize, usize),
    ) {
        let span = span_of(items.get(at..end).unwrap_or_default());
        let group = Group { names: names.to_vec(), any: joined == Some(Conjunction::Or), neither, each, only, of: None, span };
        // "only A and B of the provincial capitals"
        if only && items.get(end).is_some_and(|item| item.is_word("of")) {
            let after = if items.get(end.next()).is_some_and(Item::is_determiner) { end.on(2) } else { end.next() };
            for (of, next) in self.kinds_at(items, after, limit) {
                let span = span_of(items.get(at..next).unwrap_or_default());
                found.push((Group { of: Some(of), span, ..group.clone() }, next));
            }
        }
        found.push((group, end));
    }

    /// "three cities", "no city", "at least 10 soldiers", "11 of the 14 provincial capitals", "Syria's 14 provincial capitals".
    fn counted(&self, items: &[Item], at: usize, limit: usize, kind: KindId) -> Vec<(Counted, usize)> {
        let mut found = Vec::new();
        let mut place = at;
        let only = matches!(items.get(place).and_then(Item::chunk), Some(ChunkKind::Mark(Mark::Only)));
        place = place.on(usize::from(only));
        let Some((number, bounded)) = self.number(items, place, limit) else { return found };
        // Nobody counts people in dollars, in hundredths or in halves.
        if number.figure.is_some_and(|figure| figure.percent || figure.currency.is_some() || figure.thousandths % 1000 != 0) {
            return found;
        }
        place = number.end;
        let mut total = None;
        let mut owner = None;
        if items.get(place).is_some_and(|item| item.is_word("of")) {
            place = place.next();
            // "of the 14", "of Syria's 14", "of 14"
            if let Some(Item { kind: ItemKind::Name { ids, possessive: true }, .. }) = items.get(place) {
                owner = ids.first().copied();
                place = place.next();
            } else if items.get(place).is_some_and(Item::is_determiner) {
                place = place.next();
            }
            if let Some((all, _)) = self.number(items, place, limit).filter(|(n, _)| !n.none && !n.every) {
                total = Some(all.sure);
                place = all.end;
            }
        } else if let Some(Item { kind: ItemKind::Name { ids, .. }, .. }) = items.get(place) {
            // "three Syrian cities": the owner as an adjective
            if !self.kinds_at(items, place.next(), limit).is_empty() {
                owner = ids.first().copied();
                place = place.next();
            }
        }
        for (of, mut end) in self.kinds_at(items, place, limit) {
            if !self.vocabulary.is_kind_of(of, kind) && !self.vocabulary.is_kind_of(kind, of) {
                continue;
            }
            // "provincial capitals of Syria": only where that is whose they are said to be.
            if items.get(end).is_some_and(|item| item.is_word("of") || item.is_word("in"))
                && let Some(Item { kind: ItemKind::Name { ids, possessive: false }, .. }) =
                    items.get(end.next()).filter(|_| end.next() < limit)
                && self.vocabulary.kind(of).of.is_some_and(|whose| ids.contains(&whose))
            {
                end = end.on(2);
            }
            if owner.is_some() && owner != self.vocabulary.kind(of).of {
                continue;
            }
            let quantity = self.quantity(&number, if only { Some(Bound::Merely) } else { bounded });
            let counted = Counted {
                quantity,
                kind: of,
                total,
                listed: Vec::new(),
                except: Vec::new(),
                every: number.every,
                number_span: number.span,
                span: span_of(items.get(at..end).unwrap_or_default()),
            };
            // "…: Damascus, Latakia and Tartus"
            if matches!(items.get(end).and_then(Item::chunk), Some(ChunkKind::Colon | ChunkKind::Dash)) {
                for (group, next) in self.groups(items, end.next(), limit, of) {
                    if !group.any && !group.neither {
                        found.push((Counted { listed: group.names, ..counted.clone() }, next));
                    }
                }
            }
            // "no city apart from Damascus"
            if let Some((except, next)) = self.exception(items, end, limit, of) {
                found.push((Counted { except, ..counted.clone() }, next));
            }
            found.push((counted, end));
        }
        found
    }

    /// "civilians", "workers": some of them, nobody says how many.
    fn bare_plural(&self, items: &[Item], at: usize, limit: usize, kind: KindId) -> Vec<(Counted, usize)> {
        let some = Quantity { strong: Interval { low: 1, high: UNBOUNDED }, weak: Interval { low: 1, high: UNBOUNDED } };
        let mut found = Vec::new();
        let start = if items.get(at).is_some_and(Item::is_determiner) { return found } else { at };
        for (of, end) in self.kinds_at(items, start, limit) {
            let words = span_of(items.get(start..end).unwrap_or_default());
            let singular = crate::text::fold_word(words.of(self.text)) == self.vocabulary.kind(of).name;
            if !singular && (self.vocabulary.is_kind_of(of, kind) || self.vocabulary.is_kind_of(kind, of)) {
                found.push((
                    Counted {
                        quantity: some,
                        kind: of,
                        total: None,
                        listed: Vec::new(),
                        except: Vec::new(),
                        every: false,
                        number_span: words,
                        span: words,
                    },
                    end,
                ));
            }
        }
        found
    }

    /// "apart from A and B", "except A", "other than A"
    pub(super) fn exception(&self, items: &[Item], at: usize, limit: usize, kind: KindId) -> Option<(Vec<(NameId, Span)>, usize)> {
        let words = |offset: usize| items.get(at.on(offset)).map(|item| &*item.text).unwrap_or_default();
        let start = match (words(0), words(1)) {
            ("apart" | "aside", "from") | ("other", "than") | ("except", "for") => at.on(2),
            ("except" | "but" | "besides", _) => at.next(),
            _ => return None,
        };
        let best = self.groups(items, start, limit, kind).into_iter().filter(|(group, _)| !group.any).max_by_key(|(_, end)| *end);
        match best {
            Some((group, end)) => Some((group.names, end)),
            None => self
                .names(items, start, limit, kind)
                .into_iter()
                .find(|(_, _, _, owns)| !owns)
                .map(|(name, span, end, _)| (vec![(name, span)], end)),
        }
    }

    /// A number with the bound before it.
    fn number(&self, items: &[Item], at: usize, limit: usize) -> Option<(Number, Option<Bound>)> {
        let mut place = at;
        let mut bounded = None;
        let start = items.get(at)?.span;
        let every_word =
            |item: &Item| item.is_word("every") || item.is_word("each") || matches!(item.chunk(), Some(ChunkKind::Mark(Mark::All)));
        match items.get(place).and_then(Item::chunk) {
            Some(ChunkKind::Bound(bound)) => {
                bounded = Some(*bound);
                place = place.next();
            }
            _ => {
                let text = items.get(place).map(|item| &*item.text).unwrap_or_default();
                let next = items.get(place.next()).map(|item| &*item.text).unwrap_or_default();
                let (bound, width) = match (text, next) {
                    ("over", _) => (Some(Bound::MoreThan), 1),
                    ("under", _) => (Some(Bound::FewerThan), 1),
                    ("nearly" | "almost", _) => (Some(Bound::Nearly), 1),
                    ("about" | "around" | "roughly" | "approximately" | "some", _) => (Some(Bound::About), 1),
                    ("up", "to") => (Some(Bound::AtMost), 2),
                    ("just", _) => (Some(Bound::Merely), 1),
                    _ => (None, 0),
                };
                if bound.is_some() && self.plain_number(items, place.on(width), limit).is_some() {
                    bounded = bound;
                    place = place.on(width);
                }
            }
        }
        if let Some(mut number) = self.plain_number(items, place, limit) {
            number.span = start.to(number.span);
            return Some((number, bounded));
        }
        let item = items.get(place).filter(|_| place < limit && bounded.is_none())?;
        let one = |low, high| Interval { low, high };
        let (none, every, sure) = match &*item.text {
            "no" => (true, false, one(0, 0)),
            "a" | "an" | "one" | "any" | "some" => (false, false, one(1, UNBOUNDED)),
            _ if every_word(item) => (false, true, one(0, 0)),
            _ => return None,
        };
        let end = place.next();
        if every {
            // "all 14 provincial capitals", "all the cities"
            let after = if items.get(end).is_some_and(Item::is_determiner) { end.next() } else { end };
            if let Some(number) = self.plain_number(items, after, limit) {
                return Some((Number { every: true, ..number }, None));
            }
            return Some((Number { sure, tolerant: sure, end: after, span: item.span, none, every, figure: None }, None));
        }
        let bounded = if none { Some(Bound::Exactly) } else { Some(Bound::AtLeast) };
        let sure = if none { sure } else { one(1, 1) };
        Some((Number { sure, tolerant: sure, end, span: item.span, none, every, figure: None }, bounded))
    }

    /// Digits or number words.
    fn plain_number(&self, items: &[Item], at: usize, limit: usize) -> Option<Number> {
        let item = items.get(at).filter(|_| at < limit)?;
        if let Some(ChunkKind::Number(figure)) = item.chunk() {
            // "1.2 million"
            let unit = items
                .get(at.next())
                .filter(|_| at.next() < limit)
                .and_then(|next| self.vocabulary.number_word(&next.text))
                .filter(|(sure, _)| sure.low == sure.high && sure.low >= 100);
            let (scaled, end, span) = match unit {
                Some((unit, _)) => (figure.thousandths.checked_mul(unit.low)?, at.on(2), item.span.to(items.get(at.next())?.span)),
                None => (figure.thousandths, at.next(), item.span),
            };
            let value = scaled / 1000;
            let exact = Interval { low: value, high: value };
            return Some(Number {
                sure: exact,
                tolerant: exact,
                end,
                span,
                none: false,
                every: false,
                figure: Some(Figure { thousandths: scaled, ..*figure }),
            });
        }
        let words: Vec<&str> = items
            .get(at..limit.min(at.on(8)))?
            .iter()
            .map_while(|item| match item.chunk() {
                Some(ChunkKind::Word | ChunkKind::Conjunction(Conjunction::And)) => Some(&*item.text),
                _ => None,
            })
            .collect();
        let (skip, words) = match words.as_slice() {
            // "a dozen", "a hundred", "the three"
            ["a", rest @ ..] if self.vocabulary.numbers().read(rest).is_some_and(|(_, sure, _)| sure.low >= 2) => (1, rest),
            rest => (0, rest),
        };
        let (length, sure, tolerant) = self.vocabulary.numbers().read(words)?;
        let end = at.on(skip).on(length);
        // "dozens of soldiers"
        let vague = sure.low != sure.high;
        let end =
            if vague && items.get(end).is_some_and(|item| item.is_word("of")) && !items.get(end.next()).is_some_and(Item::is_determiner) {
                end.next()
            } else {
                end
            };
        Some(Number { sure, tolerant, end, span: span_of(items.get(at..at.on(skip).on(length))?), none: false, every: false, figure: None })
    }

    /// How a number is meant, by its bound: a bare one is exact in the strong reading and the least in the weak one.
    fn quantity(&self, number: &Number, bound: Option<Bound>) -> Quantity {
        let Interval { low, high } = number.sure;
        let (weak_low, weak_high) = (number.tolerant.low, number.tolerant.high);
        let of = |a: i64, b: i64| Interval { low: a, high: b };
        let vague = low != high || number.sure != number.tolerant;
        match bound {
            None if vague => Quantity { strong: of(low, high), weak: of(weak_low, weak_high) },
            None => Quantity { strong: of(low, high), weak: of(low, UNBOUNDED) },
            Some(Bound::Exactly | Bound::Merely) => Quantity { strong: of(low, high), weak: of(weak_low, weak_high) },
            Some(Bound::AtLeast) => Quantity { strong: of(low, UNBOUNDED), weak: of(weak_low, UNBOUNDED) },
            Some(Bound::MoreThan) => {
                Quantity { strong: of(high.saturating_add(1), UNBOUNDED), weak: of(weak_low.saturating_add(1), UNBOUNDED) }
            }
            Some(Bound::AtMost) => Quantity { strong: of(0, high), weak: of(0, weak_high) },
            Some(Bound::FewerThan) => Quantity { strong: of(0, low.saturating_sub(1)), weak: of(0, weak_high.saturating_sub(1)) },
            Some(Bound::Nearly) => Quantity { strong: nearly(low, true), weak: nearly(weak_high, false) },
            Some(Bound::About) => Quantity {
                strong: of(about(low, true).low, about(high, true).high),
                weak: of(about(weak_low, false).low, about(weak_high, false).high),
            },
        }
    }

    /// A number that fills a slot of its own: "54%", "$2.5 billion", "85 euros", "7.1". Counted in thousandths.
    fn measured(&self, items: &[Item], at: usize, limit: usize) -> Option<(Measure, Span, usize)> {
        let (number, bound) = self.number(items, at, limit).filter(|(n, _)| !n.every)?;
        let scale = |interval: Interval| Interval {
            low: interval.low.saturating_mul(1000),
            high: if interval.high >= UNBOUNDED { UNBOUNDED } else { interval.high.saturating_mul(1000) },
        };
        let thousandths = match number.figure {
            Some(figure) => Number {
                sure: Interval { low: figure.thousandths, high: figure.thousandths },
                tolerant: Interval { low: figure.thousandths, high: figure.thousandths },
                ..number
            },
            None => Number { sure: scale(number.sure), tolerant: scale(number.tolerant), ..number },
        };
        let mut quantity = self.quantity(&thousandths, bound);
        if bound.is_none() {
            // A measured number is not "at least": it is that number.
            quantity.weak = thousandths.tolerant;
        }
        let mut end = thousandths.end;
        let mut unit = match thousandths.figure {
            Some(Figure { percent: true, .. }) => Unit::Percent,
            Some(Figure { currency: Some(sign), .. }) => Unit::Currency(sign),
            _ => Unit::Plain,
        };
        // "percent", "per cent", "euros"
        let word = |at: usize| items.get(at).filter(|_| at < limit).map(|item| &*item.text).unwrap_or_default();
        let after = match (word(end), word(end.next())) {
            ("percent", _) => Some((Unit::Percent, 1)),
            ("per", "cent") => Some((Unit::Percent, 2)),
            (name, _) => CURRENCIES.iter().find(|(names, _)| names.contains(&name)).map(|(_, sign)| (Unit::Currency(*sign), 1)),
        };
        if let (Unit::Plain, Some((named, width))) = (unit, after) {
            (unit, end) = (named, end.on(width));
        }
        let span = span_of(items.get(at..end.min(limit))?);
        (end <= limit).then_some((Measure { quantity, unit }, span, end))
    }

    /// Words that are no known name, at every length: the slot's filler is then an unknown name.
    fn unknown(&self, items: &[Item], at: usize, limit: usize, possessive: bool) -> Vec<Read> {
        let mut start = at;
        if items.get(start).is_some_and(Item::is_determiner) {
            start = start.next();
        }
        let mut found = Vec::new();
        if items.get(start).is_some_and(|item| NEVER_NAMES.contains(&&*item.text)) {
            return found;
        }
        for end in start.next()..=limit.min(start.on(7)) {
            let Some(words) = items.get(start..end) else { break };
            let nameable = |item: &Item| match &item.kind {
                ItemKind::Chunk(chunk) => matches!(**chunk, ChunkKind::Word | ChunkKind::Number(_) | ChunkKind::Quoted),
                ItemKind::Name { .. } => true,
                ItemKind::Inner(_) => false,
            };
            if !words.iter().all(nameable) {
                break;
            }
            // A lone known name of the wrong kind is not unknown; a helper verb is no part of a name.
            if matches!(words, [Item { kind: ItemKind::Name { .. }, .. }]) || words.iter().any(|item| HELPERS.contains(&&*item.text)) {
                continue;
            }
            let span = span_of(words);
            let text = span.of(self.text);
            let text = if possessive { crate::vocabulary::without_possessive(text).map_or(text, |(stem, _)| stem) } else { text };
            let extra = u32::try_from(words.len()).unwrap_or(UNKNOWN_COST);
            found.push(Read { filler: Filler::Unknown(text.to_owned(), span), end, cost: UNKNOWN_COST.saturating_add(extra) });
        }
        found
    }
}

impl Reader<'_> {
    /// "Aleppo, Fooville and Homs", where Fooville is not known: the list is read, and its filler says which name is missing.
    fn unknown_among(&self, items: &[Item], at: usize, limit: usize, kind: KindId) -> Vec<Read> {
        let mut found = Vec::new();
        let heads = |item: &Item| {
            matches!(
                item.chunk(),
                Some(
                    ChunkKind::Mark(Mark::Only | Mark::Both | Mark::All)
                        | ChunkKind::Conjunction(Conjunction::Neither | Conjunction::Either)
                )
            )
        };
        let skipped = items.get(at..limit).unwrap_or_default().iter().take_while(|item| heads(item)).count();
        let mut place = at.on(skipped);
        let mut unknown: Option<Span> = None;
        let (mut members, mut joined) = (0_u32, false);
        loop {
            // A known name is taken whole; of others, the words with capitals up to what parts the list.
            let known = self.names(items, place, limit, kind).into_iter().filter(|(.., owns)| !owns).map(|(_, _, end, _)| end).max();
            let ends = match known {
                Some(end) => vec![end],
                None => self.capitalised(items, place, limit),
            };
            let Some(last) = ends.last().copied() else { break };
            members = members.saturating_add(1);
            let start = place.on(usize::from(items.get(place).is_some_and(Item::is_determiner)));
            let missing = |end: usize| unknown.or_else(|| known.is_none().then(|| span_of(items.get(start..end).unwrap_or_default())));
            for end in ends {
                let Some(place) = missing(end).filter(|_| joined && members > 1) else { continue };
                // "only A and B of the provincial capitals"
                let after = end.next().on(usize::from(items.get(end.next()).is_some_and(Item::is_determiner)));
                let of =
                    if items.get(end).is_some_and(|item| item.is_word("of")) { self.kinds_at(items, after, limit) } else { Vec::new() };
                for end in of.into_iter().map(|(_, end)| end).chain([end]) {
                    let span = span_of(items.get(at..end).unwrap_or_default());
                    let words = |span: Span| span.of(self.text).to_owned();
                    let listed = Listed { words: words(span), span, unknown: words(place), place };
                    // More costly than to take the words for one name, where that is possible.
                    let cost = UNKNOWN_COST.saturating_add(members).saturating_add(2);
                    found.push(Read { filler: Filler::UnknownAmong(Box::new(listed)), end, cost });
                }
            }
            unknown = missing(last);
            place = last;
            let comma = matches!(items.get(place).and_then(Item::chunk), Some(ChunkKind::Comma));
            place = place.on(usize::from(comma));
            let joins = matches!(
                items.get(place).and_then(Item::chunk),
                Some(ChunkKind::Conjunction(Conjunction::And | Conjunction::Or | Conjunction::Nor))
            );
            joined = joined || joins;
            place = place.on(usize::from(joins));
            if !comma && !joins || place >= limit {
                break;
            }
        }
        found
    }

    /// Where a name of words with capitals may end that starts at an item, with or without article.
    fn capitalised(&self, items: &[Item], at: usize, limit: usize) -> Vec<usize> {
        let start = at.on(usize::from(items.get(at).is_some_and(Item::is_determiner)));
        let capital = |item: &Item| {
            let name = matches!(&item.kind, ItemKind::Name { .. }) || matches!(item.chunk(), Some(ChunkKind::Word));
            name && item.span.of(self.text).starts_with(char::is_uppercase)
        };
        let words = items.get(start..limit).unwrap_or_default().iter().take(4).take_while(|item| capital(item));
        // A lone name is known: of another kind than is asked for.
        let lone = matches!(items.get(start).map(|item| &item.kind), Some(ItemKind::Name { .. }));
        (1..=words.count()).filter(|count| !(lone && *count == 1)).map(|count| start.on(count)).collect()
    }
}

/// Words that say how many, or that it is not said who: no name begins so.
const NEVER_NAMES: [&str; 16] = [
    "nobody",
    "none",
    "everybody",
    "everyone",
    "somebody",
    "someone",
    "anybody",
    "anyone",
    "most",
    "many",
    "few",
    "several",
    "half",
    "hardly",
    "scarcely",
    "almost",
];

/// Words that belong to a verb or join clauses, never to a name.
const HELPERS: [&str; 34] = [
    "is", "are", "was", "were", "be", "been", "being", "am", "has", "have", "had", "do", "does", "did", "will", "would", "could", "might",
    "may", "should", "must", "can", "shall", "who", "which", "that", "because", "if", "whether", "although", "though", "than", "by", "to",
];
