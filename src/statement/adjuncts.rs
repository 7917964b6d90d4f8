//! What a clause says beside its phrasing: dates, durations, small words, and the happenings in which it took place.
//!
//! In: the items of a clause. Out: the items that are for the phrasing, and what was taken out. Never: looks for a phrasing.

use std::iter::{once, once_with};
use std::ops::Range;

use super::items::{Item, ItemKind, Place, trimmed};
use super::reader::Reader;
use super::{Aspect, First, Time};
use crate::syntax::ast::{ChunkKind, Mark, Preposition};
use crate::text::{Problem, Span};
use crate::time::{DateForm, Portion};
use crate::vocabulary::NameId;

/// What was taken out of a clause before its phrasing is looked for.
#[derive(Clone, Debug, Default)]
pub(super) struct Adjuncts {
    pub(super) times: Vec<Time>,
    /// The dates among them that name the beginning or end of something: its first or last day, or the days around that.
    pub(super) edges: Vec<Span>,
    pub(super) aspect: Aspect,
    /// *still*, *no longer*, *always*: said of what lasts.
    pub(super) lasting: Option<Span>,
    pub(super) first: Option<First>,
    /// *not*, by the number of the phrasing's items before it.
    pub(super) not_at: Option<(usize, Span)>,
    pub(super) circumstances: Vec<(NameId, Span)>,
}

/// One way to part a clause into what is for its phrasing and what is beside it.
#[derive(Clone, Debug)]
pub(super) struct Way {
    pub(super) core: Vec<Item>,
    pub(super) adjuncts: Adjuncts,
}

impl Way {
    /// The same without commas, if it has any.
    pub(super) fn without_commas(&self) -> Option<Way> {
        if !self.core.iter().any(Item::is_comma) {
            return None;
        }
        let core = self.core.iter().filter(|item| !item.is_comma()).cloned().collect();
        let not_at = self.adjuncts.not_at.map(|(at, span)| (self.core.iter().take(at).filter(|item| !item.is_comma()).count(), span));
        Some(Way { core, adjuncts: Adjuncts { not_at, ..self.adjuncts.clone() } })
    }

    /// The same without the words of these happenings, which are circumstances then.
    fn without(&self, holes: &[&Circumstance]) -> Way {
        let kept = self.core.iter().enumerate().filter(|(at, _)| !holes.iter().any(|hole| hole.words.contains(at)));
        let kept: Vec<Item> = kept.map(|(_, item)| item.clone()).collect();
        let core = trimmed(&kept).to_vec();
        let circumstances = holes.iter().map(|hole| (hole.name, hole.span)).collect();
        let not_at = self.adjuncts.not_at.filter(|(at, _)| *at <= core.len());
        Way { core, adjuncts: Adjuncts { circumstances, not_at, ..self.adjuncts.clone() } }
    }
}

/// A happening that is introduced by "in", "during" or "throughout", and the items that say so.
struct Circumstance {
    words: Range<usize>,
    name: NameId,
    span: Span,
}

impl Reader<'_> {
    /// Takes dates, durations and small words out; what is left is for the phrasing.
    pub(super) fn take_adjuncts(&self, items: &[Item]) -> Result<Way, Problem> {
        let mut core: Vec<Item> = Vec::new();
        let mut adjuncts = Adjuncts::default();
        let mut taken_before = true;
        let mut since_first = None;
        let mut vague = None;
        let is_verb =
            |at: usize| items.get(at).is_some_and(|item| item.is_plain_word() && !self.vocabulary.verbs().read(&item.text).is_empty());
        let before = |at: usize| at.checked_sub(1).and_then(|before| items.get(before));
        let first_of_kind =
            |at: usize| items.get(at).is_some_and(|item| item.is_word("first")) && !self.kinds_at(items, at.next(), items.len()).is_empty();
        let first_adverb = |at: usize| items.get(at).is_some_and(|item| item.is_word("first")) && is_verb(at.next());
        let has_first = items
            .iter()
            .enumerate()
            .any(|(at, item)| matches!(item.chunk(), Some(ChunkKind::FirstTime)) || first_of_kind(at) || first_adverb(at));
        let mut marks: Vec<(Mark, Span)> = Vec::new();
        for (at, item) in items.iter().enumerate() {
            let drop_comma = |core: &mut Vec<Item>| {
                // A comma before what was taken out goes with it.
                if core.last().is_some_and(Item::is_comma) {
                    core.pop();
                }
            };
            let mut taken = true;
            match item.chunk() {
                Some(ChunkKind::When(phrase)) => {
                    // Patterns of thousands of days, one beside the other, are costly by themselves.
                    if self.exhausted() {
                        return Err(Self::too_many_readings(items));
                    }
                    let time = self.window(phrase, item.span)?;
                    if matches!(phrase.date.form, DateForm::Portion { portion: Portion::Start | Portion::End, .. }) {
                        adjuncts.edges.push(phrase.date_span);
                    }
                    if has_first && phrase.preposition == Preposition::Since {
                        if let Time::Window { days, .. } = time {
                            since_first = Some(days);
                        }
                    } else {
                        adjuncts.times.push(time);
                    }
                    drop_comma(&mut core);
                }
                Some(ChunkKind::Lasting(stretch)) => {
                    adjuncts.times.push(Time::Lasting { bound: stretch.bound, length: stretch.length, span: item.span });
                    drop_comma(&mut core);
                }
                // "lasted 13 years"
                Some(ChunkKind::Stretch(stretch))
                    if before(at)
                        .is_some_and(|before| self.vocabulary.verbs().read(&before.text).iter().any(|(base, _)| base == "last")) =>
                {
                    adjuncts.times.push(Time::Lasting { bound: stretch.bound, length: stretch.length, span: item.span });
                }
                Some(ChunkKind::Word) if first_adverb(at) && !first_of_kind(at) => {
                    adjuncts.first = Some(First { since: None, vaguely: false })
                }
                // "Aleppo, Hama and Homs all fell"
                Some(ChunkKind::Mark(Mark::All | Mark::Both))
                    if is_verb(at.next())
                        && self.kinds_at(items, at.next(), items.len()).is_empty()
                        && before(at).is_some_and(|before| matches!(before.kind, ItemKind::Name { .. })) => {}
                Some(ChunkKind::VagueStretch) => vague = Some(item.span),
                Some(ChunkKind::FirstTime) => adjuncts.first = Some(First { since: None, vaguely: false }),
                Some(ChunkKind::MomentOfDay) => {}
                Some(ChunkKind::Not) => {
                    if let Some((_, before)) = adjuncts.not_at {
                        return Err(Problem::new("left-over", before.to(item.span), "`not` stands here twice")
                            .help("say it without the double negation"));
                    }
                    adjuncts.not_at = Some((core.len(), item.span));
                }
                Some(ChunkKind::Mark(
                    mark @ (Mark::NoLonger
                    | Mark::NotYet
                    | Mark::Still
                    | Mark::Already
                    | Mark::Never
                    | Mark::Always
                    | Mark::Again
                    | Mark::Yet
                    | Mark::Ever),
                )) => {
                    marks.push((*mark, item.span));
                }
                Some(ChunkKind::Comma) if taken_before => {}
                _ => {
                    core.push(item.clone());
                    taken = false;
                }
            }
            taken_before = taken && !matches!(item.chunk(), Some(ChunkKind::Not | ChunkKind::Mark(_)));
        }
        while core.last().is_some_and(Item::is_comma) {
            core.pop();
        }
        if has_first {
            let first = adjuncts.first.get_or_insert(First { since: None, vaguely: false });
            first.since = since_first;
            first.vaguely = vague.take().is_some();
        }
        if let Some(span) = vague {
            return Err(Problem::new("too-vague-length", span, format!("`{}` gives no length that could be checked", span.of(self.text)))
                .help("say how long: `for at least three years`"));
        }
        self.small_words(&marks, &mut adjuncts)?;
        Ok(Way { core, adjuncts })
    }

    fn small_words(&self, marks: &[(Mark, Span)], adjuncts: &mut Adjuncts) -> Result<(), Problem> {
        for (mark, span) in marks {
            let aspect = &mut adjuncts.aspect;
            if matches!(mark, Mark::Still | Mark::NoLonger | Mark::Always) {
                adjuncts.lasting = Some(*span);
            }
            match mark {
                Mark::Still => aspect.still = true,
                Mark::NoLonger => aspect.no_longer = true,
                Mark::Never => aspect.never = true,
                Mark::NotYet => (aspect.never, aspect.already) = (true, true),
                Mark::Always => aspect.always = true,
                Mark::Again => aspect.again = true,
                Mark::Already => aspect.already = true,
                // "had not fallen yet", "has not ever held"
                Mark::Yet | Mark::Ever if adjuncts.not_at.is_some() => {
                    adjuncts.not_at = None;
                    aspect.never = true;
                    aspect.already = *mark == Mark::Yet;
                }
                Mark::Ever if aspect.never => {}
                Mark::Yet | Mark::Ever | Mark::Only | Mark::Both | Mark::All => return Err(self.left_over(*span)),
            }
        }
        Ok(())
    }

    /// The way itself, then every way to take happenings out of its core that are introduced by "in", "during" and the like.
    pub(super) fn with_and_without_circumstances(&self, way: Way) -> impl Iterator<Item = Way> {
        once(way.clone()).chain(once_with(move || self.without_circumstances(&way)).flatten())
    }

    fn without_circumstances(&self, way: &Way) -> Vec<Way> {
        let Some(happening) = self.vocabulary.kind_named("happening") else { return Vec::new() };
        let mut hits = Vec::new();
        for (at, item) in way.core.iter().enumerate() {
            let introduces = matches!(&*item.text, "in" | "during" | "throughout" | "amid" | "while") || item.is_word("in the course of");
            if !introduces {
                continue;
            }
            for (name, span, end, owns) in self.names(&way.core, at.next(), way.core.len(), happening) {
                // A name of no kind is no happening.
                if !owns && self.vocabulary.is_a(name, happening) {
                    hits.push(Circumstance { words: at..end, name, span: item.span.to(span) });
                }
            }
        }
        let mut ways: Vec<Way> = hits.iter().map(|hit| way.without(&[hit])).collect();
        if let [a, b] = hits.as_slice()
            && a.words.end <= b.words.start
        {
            ways.push(way.without(&[a, b]));
        }
        ways
    }
}
