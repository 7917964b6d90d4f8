//! The verb with its helpers: tense, voice, and which words it takes.

use std::rc::Rc;

use super::Tense;
use super::items::{Item, Place};
use crate::syntax::ast::{ChunkKind, Mark};
use crate::vocabulary::{Form, Verbs};

/// One way to read a run of words as a verb.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct VerbGroup {
    /// First item.
    pub(super) start: usize,
    /// One past the last item.
    pub(super) end: usize,
    /// The main verb's base form.
    pub(super) base: String,
    /// *was captured*
    pub(super) passive: bool,
    pub(super) tense: Tense,
    /// *capturing*, *being captured*: no finite verb, as after "before".
    pub(super) gerund: bool,
    /// *capture*, as after "to".
    pub(super) bare: bool,
    /// An adverb between helper and verb: *was fully liberated*.
    pub(super) adverb: Option<Rc<str>>,
    /// Whether *all* or *both* stands inside.
    pub(super) floating: bool,
}

fn forms<'v>(verbs: &'v Verbs, item: Option<&Item>) -> &'v [(String, Form)] {
    item.filter(|item| item.is_plain_word()).map(|item| verbs.read(&item.text)).unwrap_or_default()
}

fn skip_floating(items: &[Item], mut at: usize, floating: &mut bool) -> usize {
    while items.get(at).is_some_and(|item| matches!(item.chunk(), Some(ChunkKind::Mark(Mark::All | Mark::Both)))) {
        *floating = true;
        at = at.next();
    }
    at
}

/// Words that make a statement about what may, must or will be; it is refused, since only what was or is can be checked.
pub(crate) const MODALS: [&str; 9] = ["will", "would", "could", "might", "may", "should", "must", "can", "shall"];

const AUXILIARIES: [&str; 12] = ["am", "is", "are", "was", "were", "has", "have", "had", "do", "does", "did", "being"];

/// All ways to read a verb that starts at item `start`.
pub(super) fn verb_groups(items: &[Item], start: usize, verbs: &Verbs) -> Vec<VerbGroup> {
    let mut found = Vec::new();
    let Some(first) = items.get(start) else { return found };
    if !first.is_plain_word() {
        return found;
    }
    let mut floating = false;
    let next = skip_floating(items, start.next(), &mut floating);
    let group = |end: usize, base: &str, tense: Tense, passive: bool, floating: bool| VerbGroup {
        start,
        end,
        base: base.to_owned(),
        passive,
        tense,
        gerund: false,
        bare: false,
        adverb: None,
        floating,
    };
    let main = |at: usize, wanted: Form| {
        forms(verbs, items.get(at)).iter().filter(move |(_, form)| *form == wanted).map(|(base, _)| base.as_str())
    };
    match &*first.text {
        "do" | "does" | "did" => {
            let tense = if first.is_word("did") { Tense::Past } else { Tense::Present };
            found.extend(main(next, Form::Base).map(|base| group(next.next(), base, tense, false, floating)));
        }
        "have" | "has" | "had" => {
            let tense = if first.is_word("had") { Tense::Pluperfect } else { Tense::Perfect };
            found.extend(main(next, Form::Participle).map(|base| group(next.next(), base, tense, false, floating)));
            if items.get(next).is_some_and(|item| item.is_word("been")) {
                let mut floating = floating;
                let after = skip_floating(items, next.next(), &mut floating);
                found.extend(main(after, Form::Participle).map(|base| group(after.next(), base, tense, true, floating)));
                found.extend(main(after, Form::Gerund).map(|base| group(after.next(), base, tense, false, floating)));
            }
        }
        "am" | "is" | "are" | "was" | "were" => {
            let tense = if matches!(&*first.text, "was" | "were") { Tense::Past } else { Tense::Present };
            found.extend(main(next, Form::Participle).map(|base| group(next.next(), base, tense, true, floating)));
            found.extend(main(next, Form::Gerund).map(|base| group(next.next(), base, tense, false, floating)));
            if items.get(next).is_some_and(|item| item.is_word("being")) {
                found.extend(main(next.next(), Form::Participle).map(|base| group(next.on(2), base, tense, true, floating)));
            }
        }
        "being" => {
            found.extend(
                main(next, Form::Participle)
                    .map(|base| VerbGroup { gerund: true, ..group(next.next(), base, Tense::Past, true, floating) }),
            );
        }
        _ => {}
    }
    for (base, form) in forms(verbs, Some(first)) {
        let end = start.next();
        match form {
            Form::Past => found.push(group(end, base, Tense::Past, false, false)),
            Form::Third => found.push(group(end, base, Tense::Present, false, false)),
            Form::Base => found.push(VerbGroup { bare: true, ..group(end, base, Tense::Present, false, false) }),
            Form::Gerund => found.push(VerbGroup { gerund: true, ..group(end, base, Tense::Past, false, false) }),
            Form::Participle => {}
        }
    }
    // "was fully liberated", "has seriously injured": the same group with an adverb in it.
    if AUXILIARIES.contains(&&*first.text) {
        let place = (start.next()..items.len().min(start.on(4)))
            .find(|at| items.get(*at).is_some_and(|item| item.is_plain_word() && item.text.ends_with("ly")));
        if let Some(place) = place {
            let adverb = items.get(place).map(|item| item.text.clone());
            let without: Vec<Item> = items.iter().enumerate().filter(|(at, _)| *at != place).map(|(_, item)| item.clone()).collect();
            let inner = verb_groups(&without, start, verbs).into_iter().filter(|group| group.end > place && group.adverb.is_none());
            found.extend(inner.map(|group| VerbGroup { end: group.end.next(), adverb: adverb.clone(), ..group }));
        }
    }
    // "were all in rebel hands": *all* after the copula.
    if floating && found.iter().any(|g| g.base == "be" && g.end == start.next()) {
        found.extend(found.clone().into_iter().filter(|g| g.base == "be" && g.end == start.next()).map(|g| VerbGroup {
            end: next,
            floating: true,
            ..g
        }));
    }
    found
}
