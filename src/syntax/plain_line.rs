//! The lines of vocabulary files in their plainest shapes, read without the grammar.
//!
//! In: a line. Out: what `vocabulary.pest` makes of it, or nothing where it is not of a plain shape: then the grammar reads it.
//! Never: reads a line otherwise than the grammar, says what is wrong with one. The standard vocabulary has nine thousand lines and
//! is read at every start; the grammar would take nearly all of the time that a short run has. A test holds both against each
//! other on every line of it and on lines with faults in them.

use super::declaration::{Declaration, Element, KindNote, LinkWord, NameNote, Property, Spanned};
use crate::text::limits::{DEEPEST_BRACKETS, LONGEST_STATEMENT, MOST_LISTED, MOST_PARTS, MOST_ROLES};
use crate::text::{Span, fold_word};

/// A part of a line, with the byte at which it starts.
#[derive(Clone, Copy)]
struct Piece<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Piece<'t> {
    /// A whole line; none where it has blanks or other marks that only the grammar knows what to do with, or quotation marks.
    fn line(text: &'t str) -> Option<Self> {
        let mut before = 0;
        let is_plain = text.len() <= LONGEST_STATEMENT
            && text.bytes().all(|byte| {
                let two_blanks = byte == b' ' && before == b' ';
                before = byte;
                byte.is_ascii() && !byte.is_ascii_control() && byte != b'"' && !two_blanks
            });
        is_plain.then_some(Self { text, at: 0 })
    }

    fn span(self) -> Span {
        Span::new(self.at, self.at.saturating_add(self.text.len()))
    }

    fn after(self, prefix: &str) -> Option<Self> {
        let text = self.text.strip_prefix(prefix)?;
        Some(Self { text, at: self.at.saturating_add(prefix.len()) })
    }

    fn before(self, suffix: char) -> Option<Self> {
        Some(Self { text: self.text.strip_suffix(suffix)?, at: self.at })
    }

    fn trimmed(self) -> Self {
        let text = self.text.trim_start_matches(' ');
        let at = self.at.saturating_add(self.text.len().saturating_sub(text.len()));
        Self { text: text.trim_end_matches(' '), at }
    }

    /// What stands before and behind the first of a mark.
    fn cut(self, mark: char) -> Option<(Self, Self)> {
        let (before, behind) = self.text.split_once(mark)?;
        let at = self.at.saturating_add(before.len()).saturating_add(mark.len_utf8());
        Some((Self { text: before, at: self.at }, Self { text: behind, at }))
    }

    /// The parts between commas, without blanks around them.
    fn listed(self) -> impl Iterator<Item = Self> {
        let mut at = self.at;
        self.text.split(',').map(move |text| {
            let piece = Self { text, at };
            at = at.saturating_add(text.len()).saturating_add(1);
            piece.trimmed()
        })
    }

    /// Words that the grammar calls a term, with their place.
    fn term(self) -> Option<Spanned> {
        // *also* and *part of* end a term; what only may do so is left to the grammar.
        let ends = |word: &str| word.eq_ignore_ascii_case("part") || word.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("also"));
        (!self.text.split(' ').any(ends)).then_some(())?;
        self.words()
    }

    /// The same where *also* is a word like others.
    fn words(self) -> Option<Spanned> {
        let mark = |c: char| matches!(c, ',' | ':' | '(' | ')' | '=' | '{' | '}' | '<' | '>' | '#');
        let is_term = !self.text.is_empty() && !self.text.starts_with(' ') && !self.text.ends_with(' ') && !self.text.contains(mark);
        is_term.then(|| (self.text.to_owned(), self.span()))
    }
}

/// All of a list; none where one of it is none, or where there are more than `most`.
fn all<'t, T>(list: impl Iterator<Item = Piece<'t>>, most: usize, each: impl Fn(Piece<'t>) -> Option<T>) -> Option<Vec<T>> {
    let found: Vec<T> = list.map(each).collect::<Option<_>>()?;
    (found.len() <= most).then_some(found)
}

/// A declaring line of a plain shape.
pub(super) fn declaration(text: &str) -> Option<Declaration> {
    let line = Piece::line(text)?;
    let (keyword, rest) = line.cut(' ')?;
    match keyword.text {
        "kind" => kind(rest),
        "name" => name(rest, false),
        "cast" => name(rest, true),
        "state" => relation(rest, false),
        "event" => relation(rest, true),
        "verb" => Some(Declaration::Verb(rest.term()?.0.split(' ').map(str::to_owned).collect())),
        "double" => Some(Declaration::Double(rest.term()?.0)),
        "disjoint" => {
            let kinds = all(rest.listed(), MOST_LISTED, Piece::term)?;
            (kinds.len() > 1).then_some(Declaration::Disjoint(kinds))
        }
        _ => None,
    }
}

fn kind(rest: Piece<'_>) -> Option<Declaration> {
    let (names, notes) = rest.cut(':').map_or((rest, None), |(names, notes)| (names, Some(notes)));
    let mut names = names.listed();
    let name = names.next()?.term()?;
    let plural = match names.next() {
        Some(plural) => Some(plural.term()?.0),
        None => None,
    };
    if names.next().is_some() {
        return None;
    }
    let parent = |piece: Piece<'_>| {
        let other = piece.text.starts_with("of ")
            || piece.text.starts_with(|c: char| c.is_ascii_digit())
            || matches!(piece.text, "recurring" | "one-off");
        (!other).then(|| piece.term().map(KindNote::Parent)).flatten()
    };
    let notes = match notes {
        Some(notes) => all(notes.listed(), MOST_LISTED.saturating_sub(2), parent)?,
        None => Vec::new(),
    };
    Some(Declaration::Kind { name, plural, notes })
}

fn name(rest: Piece<'_>, cast: bool) -> Option<Declaration> {
    let (who, notes) = rest.cut(':').map_or((rest, None), |(who, notes)| (who, Some(notes)));
    if cast && notes.is_none() {
        return None;
    }
    let (mut names, mut aliases) = (Vec::new(), Vec::new());
    for piece in who.listed() {
        match piece.after("also ") {
            Some(alias) => aliases.push(alias.trimmed().term()?),
            None if aliases.is_empty() => names.push(piece.term()?),
            None => aliases.push(piece.term()?),
        }
    }
    let note = |piece: Piece<'_>| match piece.after("part of ") {
        Some(group) => group.term().map(NameNote::PartOf),
        None => piece.term().map(NameNote::Kind),
    };
    let notes = match notes {
        Some(notes) => all(notes.listed(), MOST_LISTED, note)?,
        None => Vec::new(),
    };
    let listed = names.len().saturating_add(aliases.len()).saturating_add(notes.len());
    (!names.is_empty() && listed <= MOST_LISTED).then_some(Declaration::Name { names, aliases, notes, cast })
}

fn relation(rest: Piece<'_>, event: bool) -> Option<Declaration> {
    let (name, roles) = rest.cut('(')?;
    let name = name.trimmed().words()?;
    let role = |piece: Piece<'_>| match piece.cut(':') {
        Some((role, kind)) => Some((role.trimmed().words()?, kind.trimmed().term()?)),
        None => piece.words().map(|role| (role.clone(), role)),
    };
    let roles = all(roles.before(')')?.listed(), MOST_ROLES, role)?;
    Some(Declaration::Relation { name, event, roles })
}

/// A line of a relation of a plain shape.
pub(super) fn property(text: &str) -> Option<Property> {
    let line = Piece::line(text)?;
    match line.text {
        "repeatable" => return Some(Property::Repeatable),
        "symmetric" => return Some(Property::Symmetric),
        "transitive" => return Some(Property::Transitive),
        "permanent" => return Some(Property::Permanent),
        _ => {}
    }
    let (keyword, rest) = line.cut(' ')?;
    match keyword.text {
        "say" => pattern(rest).map(|elements| Property::Say(elements.into())),
        "noun" => pattern(rest).map(|elements| Property::Noun(elements.into())),
        "once" => Some(Property::Once { per: all(rest.after("per ")?.listed(), MOST_LISTED, Piece::words)?, unique: false }),
        "one" => {
            let (role, per) = rest.cut(' ')?;
            Some(Property::One { role: role.words()?, per: all(per.after("per ")?.listed(), MOST_LISTED, Piece::words)? })
        }
        "implies" => link(LinkWord::Implies, rest),
        "starts" => link(LinkWord::Starts, rest),
        "ends" => link(LinkWord::Ends, rest),
        "requires" => link(LinkWord::Requires, rest),
        "after" => link(LinkWord::After, rest),
        "inverse" => link(LinkWord::Inverse, rest),
        "excludes" => link(LinkWord::Excludes, rest),
        "asserts" => link(LinkWord::Asserts, rest),
        _ => None,
    }
}

fn link(word: LinkWord, rest: Piece<'_>) -> Option<Property> {
    let Some((target, fillers)) = rest.cut('(') else {
        return Some(Property::Link { word, target: rest.words()?, fillers: Vec::new() });
    };
    // A filler that only begins with `_` is two things to the grammar.
    let filler = |piece: Piece<'_>| if piece.text.len() > 1 && piece.text.starts_with('_') { None } else { piece.words() };
    let fillers = all(fillers.before(')')?.listed(), MOST_LISTED, filler)?;
    Some(Property::Link { word, target: target.trimmed().words()?, fillers })
}

/// The words, slots and verb of a phrasing.
fn pattern(rest: Piece<'_>) -> Option<Vec<Element>> {
    let mut open: Vec<Vec<Element>> = vec![Vec::new()];
    let mut parts = 0_usize;
    let mut rest = rest;
    loop {
        while let Some(inside) = rest.after("(") {
            open.push(Vec::new());
            parts = parts.saturating_add(1);
            rest = inside;
        }
        // The innermost brackets stand open here; the first of the list is the line itself.
        if open.len() > DEEPEST_BRACKETS.saturating_add(1) {
            return None;
        }
        let (element, behind) = element(rest)?;
        parts = parts.saturating_add(1);
        open.last_mut()?.push(element);
        rest = behind;
        while let Some(behind) = rest.after(")") {
            let inner = open.pop()?;
            open.last_mut()?.push(Element::Optional(inner));
            rest = behind;
        }
        if parts > MOST_PARTS {
            return None;
        }
        if rest.text.is_empty() {
            break;
        }
        rest = rest.after(" ")?;
    }
    match open.as_mut_slice() {
        [only] => Some(std::mem::take(only)),
        _ => None,
    }
}

/// One slot, verb or choice of words, and what stands behind it.
fn element<'t>(rest: Piece<'t>) -> Option<(Element, Piece<'t>)> {
    if let Some(inside) = rest.after("{") {
        let (slot, behind) = inside.cut('}')?;
        let (role, possessive) = slot.text.strip_suffix("'s").map_or((slot.text, false), |role| (role, true));
        let is_plain = !role.is_empty() && !role.contains(['\'', '\u{2019}', '`']);
        let span = Span::new(rest.at, behind.at);
        return is_plain.then(|| (Element::Slot { role: role.to_owned(), possessive, span }, behind));
    }
    if let Some(inside) = rest.after("<") {
        let (base, behind) = inside.cut('>')?;
        return (!base.text.is_empty()).then(|| (Element::Verb(base.text.to_owned()), behind));
    }
    let end = rest.text.find([' ', '(', ')', '{', '}', '<', '>']).unwrap_or(rest.text.len());
    let words = rest.text.get(..end)?;
    let choice: Vec<&str> = words.split('|').collect();
    if choice.iter().any(|word| word.is_empty()) {
        return None;
    }
    let words = choice.into_iter().map(fold_word).collect();
    Some((Element::Words(words), Piece { text: rest.text.get(end..)?, at: rest.at.saturating_add(end) }))
}
