//! Whom a pronoun means, and which city "the city" is: only where exactly one name that was spoken of fits.

use super::clefts::is_cleft;
use super::pieces::{Kind, Piece, is_owner};
use super::titles::is_title;
use crate::syntax::ast::{ChunkKind, Conjunction};
use crate::text::Span;
use crate::time::Day;
use crate::vocabulary::{KindId, NameId, Vocabulary};

/// What was spoken of before a sentence.
#[derive(Clone, Debug, Default)]
pub struct Memory {
    /// Who and what was named in the sentence before, in order.
    before: Vec<NameId>,
    /// Who and what was named in all sentences so far.
    ever: Vec<NameId>,
    /// The last two that were joined by *and*.
    pair: Option<(NameId, NameId)>,
    /// Of whom else the sentence before spoke, without a name.
    unnamed: Unnamed,
    /// The day of the last happening that was dated.
    day: Option<Day>,
    /// The last happening in pieces, if the sentence before told of one.
    pub(super) last: Option<Vec<Piece>>,
    /// The pronoun of the sentence that may mean several, and whom; for the words around it to decide.
    pub(super) open: Option<(Span, Vec<NameId>)>,
}

/// Which day a sentence tells of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Dated {
    /// It gives none.
    Not,
    /// It gives one.
    On(Day),
    /// It gives several, so that "two days later" could hang on any.
    Several,
}

/// Whether something was spoken of that has no name here, so that a pronoun may mean it.
#[derive(Clone, Debug, Default)]
struct Unnamed {
    person: bool,
    several: bool,
    thing: bool,
    /// "a company": of which kinds one was spoken of that is not named.
    kinds: Vec<KindId>,
}

impl Unnamed {
    fn or(&self, other: &Self) -> Self {
        Self {
            person: self.person || other.person,
            several: self.several || other.several,
            thing: self.thing || other.thing,
            kinds: self.kinds.iter().chain(&other.kinds).copied().collect(),
        }
    }

    /// Whether "the company" may be the one that was not named.
    fn has(&self, kind: KindId, vocabulary: &Vocabulary) -> bool {
        self.kinds.iter().any(|known| vocabulary.is_kind_of(*known, kind) || vocabulary.is_kind_of(kind, *known))
    }

    /// Takes in a word that is no name.
    fn hear(&mut self, piece: &Piece, before: &[Piece], after: Option<&Piece>, text: &str, vocabulary: &Vocabulary) {
        if !piece.is_plain_word() || piece.is_one_of(&DETERMINERS) || after.is_some_and(Piece::is_name) {
            return;
        }
        let kinds = vocabulary.kind_index().starting_at(text, piece.span.start);
        let kind = kinds.first().and_then(|hit| hit.ids.first()).map(|id| KindId(*id));
        let plural = piece.folded.ends_with('s');
        self.kinds.extend(kind.filter(|_| introduces(before)));
        match kind {
            Some(kind) if vocabulary.is_kind_of_named(kind, "party") && plural => self.several = true,
            Some(kind) if vocabulary.is_kind_of_named(kind, "person") => self.person = true,
            Some(_) => self.thing = true,
            None => {
                let noun = before.last().is_some_and(|before| before.is_one_of(&DETERMINERS) || is_owner(before));
                self.thing = self.thing || noun;
                self.person = self.person || noun && may_be_a_person(&piece.folded, before.last());
            }
        }
    }
}

/// What a pronoun may stand for.
#[derive(Clone, Copy)]
enum Wanted {
    /// *he*, *she*
    Person,
    /// *they*: more than one, or a group that acts.
    Several,
    /// *it*
    Thing,
    /// *there*
    Place,
    /// "the fighters": whose they are
    Fighters,
    /// "the soldiers": likewise
    Soldiers,
    /// "the city"
    Kind(KindId),
}

/// Of so many at most the words around a pronoun may choose one.
const MOST_CANDIDATES: usize = 4;

/// Ranks and offices that add nothing to the name of a person behind them.
const RANKS: [&str; 11] =
    ["president", "colonel", "general", "captain", "major", "lieutenant", "sergeant", "admiral", "senator", "professor", "brigadier"];

const DETERMINERS: [&str; 12] = ["the", "a", "an", "this", "that", "these", "those", "its", "their", "his", "her", "another"];

impl Memory {
    /// The day of the last happening that was dated, on which "two days later" leans.
    pub fn previous(&self) -> Option<Day> {
        self.day
    }

    /// A sentence could not even be cut into words: whom it named is not known, and a pronoun behind it may mean any of them.
    pub(super) fn lost(&mut self) {
        self.before.clear();
        self.unnamed = Unnamed { person: true, several: true, thing: true, kinds: Vec::new() };
        (self.pair, self.last, self.open) = (None, None, None);
    }

    /// A sentence was read; `dated` is the day of its happening.
    pub(super) fn heard(&mut self, dated: Dated) {
        self.day = match dated {
            Dated::Not => self.day,
            Dated::On(day) => Some(day),
            Dated::Several => None,
        };
    }

    /// The pieces of a sentence with names in the place of the words that point to them. What may mean several stays.
    pub(super) fn resolved(&mut self, pieces: Vec<Piece>, text: &str, vocabulary: &Vocabulary) -> Vec<Piece> {
        let mut here: Vec<NameId> = Vec::new();
        let mut unnamed = Unnamed::default();
        let mut found: Vec<Piece> = Vec::new();
        let mut pronouns = 0_u32;
        self.open = None;
        let mut at = 0_usize;
        while let Some(piece) = pieces.get(at) {
            let next = pieces.get(at.saturating_add(1));
            let following = pieces.get(at.saturating_add(1)..).unwrap_or_default();
            at = at.saturating_add(1);
            if (is_title(&piece.folded) || piece.is_one_of(&RANKS))
                && !piece.is_name()
                && next.and_then(Piece::name).is_some_and(|name| vocabulary.is_a_named(name, "person"))
            {
                continue;
            }
            if let Some((name, length)) = self.former_or_latter(piece, next) {
                found.push(named(name, piece.span.to(next.map_or(piece.span, |next| next.span)), vocabulary));
                here.push(name);
                at = at.saturating_add(length);
                continue;
            }
            if let Some((wanted, width, span, owns)) = described(piece, following, text, vocabulary)
                && let Some(name) = self.only(&here, &unnamed, wanted, vocabulary)
            {
                let mut named = named(name, span, vocabulary);
                if owns {
                    named.words.push_str("'s");
                }
                found.push(named);
                here.push(name);
                at = at.saturating_add(width);
                continue;
            }
            let wanted = match piece.folded.as_str() {
                _ if piece.is_name() => None,
                "he" | "she" | "him" => Some(Wanted::Person),
                "they" | "them" => Some(Wanted::Several),
                "it" if is_cleft(pieces.get(at.saturating_sub(1)..).unwrap_or_default()) => None,
                "it" => Some(Wanted::Thing),
                "there" if !next.is_some_and(|next| next.is_one_of(&["is", "are", "was", "were", "has", "have", "had"])) => {
                    Some(Wanted::Place)
                }
                _ => None,
            };
            if let Some(wanted) = wanted
                && let Some(name) = self.only(&here, &unnamed, wanted, vocabulary)
            {
                if matches!(wanted, Wanted::Place) {
                    found.push(Piece { borrowed: false, ..Piece::put_in("in", piece.span) });
                }
                found.push(named(name, piece.span, vocabulary));
                here.push(name);
                continue;
            }
            if let Some(wanted) = wanted.filter(|wanted| !matches!(wanted, Wanted::Place)) {
                let names = self.candidates(&here, &unnamed, wanted, vocabulary);
                pronouns = pronouns.saturating_add(1);
                self.open = (pronouns == 1 && (2..=MOST_CANDIDATES).contains(&names.len())).then_some((piece.span, names));
            }
            if let Some(name) = piece.name() {
                if let (Some(ChunkKind::Conjunction(Conjunction::And)), Some(first)) =
                    (found.last().and_then(Piece::chunk), found.iter().rev().nth(1).and_then(Piece::name))
                {
                    self.pair = Some((first, name));
                }
                here.push(name);
            } else {
                let before = pieces.get(..at.saturating_sub(1)).unwrap_or_default();
                unnamed.hear(piece, before, next, text, vocabulary);
            }
            found.push(piece.clone());
        }
        self.ever.extend(here.iter().copied().filter(|name| !self.ever.contains(name)).collect::<Vec<_>>());
        if !here.is_empty() {
            self.before = here;
            self.unnamed = unnamed;
        } else {
            self.unnamed = self.unnamed.or(&unnamed);
        }
        found
    }

    /// The one name spoken of in this sentence or the one before that fits.
    fn only(&self, here: &[NameId], unnamed: &Unnamed, wanted: Wanted, vocabulary: &Vocabulary) -> Option<NameId> {
        let fitting = self.candidates(here, unnamed, wanted, vocabulary);
        // A group and its parts are one party; what is said of a part is true of the group.
        fitting.iter().copied().find(|group| fitting.iter().all(|name| vocabulary.is_part_of(*name, *group)))
    }

    /// All names spoken of in this sentence or the one before that fit.
    fn candidates(&self, here: &[NameId], unnamed: &Unnamed, wanted: Wanted, vocabulary: &Vocabulary) -> Vec<NameId> {
        let unnamed = unnamed.or(&self.unnamed);
        let open = match wanted {
            Wanted::Person => unnamed.person,
            Wanted::Several => unnamed.several,
            Wanted::Thing => unnamed.thing,
            Wanted::Kind(kind) => unnamed.has(kind, vocabulary),
            Wanted::Place | Wanted::Fighters | Wanted::Soldiers => false,
        };
        if open {
            return Vec::new();
        }
        let among = |names: &mut dyn Iterator<Item = NameId>| {
            let mut fitting: Vec<NameId> = names.filter(|name| fits(*name, wanted, vocabulary)).collect();
            fitting.sort_unstable();
            fitting.dedup();
            fitting
        };
        let mut fitting = among(&mut here.iter().chain(&self.before).copied());
        // "the war-hit nation": of a country that nobody called a nation.
        if let (true, Wanted::Kind(kind)) = (fitting.is_empty(), wanted) {
            // Not of a party of which no more is known: any of them might be "the agency".
            let widest =
                |known: KindId| ["party", "organisation", "place", "thing", "happening"].contains(&vocabulary.kind(known).name.as_str());
            let narrower =
                |name: &NameId| vocabulary.name(*name).kinds.iter().any(|known| !widest(*known) && vocabulary.is_kind_of(kind, *known));
            fitting = here.iter().chain(&self.before).copied().filter(narrower).collect();
            fitting.sort_unstable();
            fitting.dedup();
        }
        // "the country", "the fighters": the only one of the whole text, though it was not just spoken of. Of other kinds there
        // may be another that nobody named.
        let told_once = match wanted {
            Wanted::Kind(kind) => vocabulary.is_kind_of_named(kind, "country"),
            Wanted::Fighters | Wanted::Soldiers => true,
            Wanted::Person | Wanted::Several | Wanted::Thing | Wanted::Place => false,
        };
        if fitting.is_empty() && told_once {
            fitting = among(&mut here.iter().chain(&self.ever).copied());
        }
        fitting
    }

    fn former_or_latter(&self, piece: &Piece, next: Option<&Piece>) -> Option<(NameId, usize)> {
        let (former, latter) = self.pair?;
        if !piece.is_word("the") {
            return None;
        }
        match next?.folded.as_str() {
            "former" => Some((former, 1)),
            "latter" => Some((latter, 1)),
            _ => None,
        }
    }
}

/// Whether a noun of no known kind may be a person: "his mother", "a hairdresser".
fn may_be_a_person(noun: &str, before: Option<&Piece>) -> bool {
    const KIN: [&str; 14] = [
        "mother",
        "father",
        "wife",
        "husband",
        "son",
        "daughter",
        "brother",
        "sister",
        "widow",
        "girl",
        "boy",
        "aide",
        "friend",
        "colleague",
    ];
    const ENDINGS: [&str; 9] = ["er", "or", "ist", "ian", "man", "woman", "ee", "ant", "ent"];
    let whose = before.is_some_and(|before| before.is_one_of(&["his", "her", "their"]));
    whose || KIN.contains(&noun) || ENDINGS.iter().any(|ending| noun.ends_with(ending))
}

/// Whether a noun behind these pieces is a new one, "a city": not where it says what a name is, "Tessin is a city", "Tessin, a
/// city".
fn introduces(before: &[Piece]) -> bool {
    let near = before.len().saturating_sub(MOST_ADJECTIVES.saturating_add(1));
    let article = (near..before.len()).rev().find(|at| before.get(*at).is_some_and(|word| word.is_one_of(&["a", "an", "another"])));
    let Some(ahead) = article.and_then(|at| before.get(..at)) else { return false };
    match ahead {
        [.., word] if word.is_one_of(&["is", "are", "was", "were"]) => false,
        [.., name, comma] if comma.words == "," => !name.is_name(),
        _ => true,
    }
}

/// A name in the place of the words that mean it.
pub(super) fn named(name: NameId, span: Span, vocabulary: &Vocabulary) -> Piece {
    let words = vocabulary.name(name).name.clone();
    Piece { kind: Kind::Name(vec![name]), folded: crate::text::fold_word(&words), words, span, borrowed: false }
}

/// "the city", "the central city", "the fighters": a kind with a definite article, perhaps an adjective that helps to tell
/// it, and nothing behind it that says which.
fn described(piece: &Piece, following: &[Piece], text: &str, vocabulary: &Vocabulary) -> Option<(Wanted, usize, Span, bool)> {
    if !piece.is_one_of(&["the", "that", "this", "these", "those"]) {
        return None;
    }
    // "central", "northern": names of sectors, which say where it lies.
    let sector = |piece: &Piece| piece.name().is_some_and(|name| vocabulary.is_a_named(name, "sector"));
    let adjective = |piece: &&Piece| sector(piece) || piece.is_plain_word() && !piece.is_one_of(&DETERMINERS);
    let adjectives = if piece.is_word("the") { following.iter().take(MOST_ADJECTIVES).take_while(adjective).count() } else { 0 };
    (0..=adjectives).find_map(|skipped| {
        let noun = following.get(skipped..)?;
        let first = noun.first()?;
        let hit = vocabulary.kind_index().starting_at(text, first.span.start).into_iter().next()?;
        let width = noun.iter().take_while(|piece| piece.span.end <= hit.end).count();
        let last = noun.get(width.checked_sub(1)?)?;
        // The head of the phrase is its last noun: "the central city" is a city.
        let goes_on = |next: &Piece| {
            limits(next) || vocabulary.kind_index().starting_at(text, next.span.start).iter().any(|hit| hit.span.start == next.span.start)
        };
        let goes_on = !hit.possessive && noun.get(width).is_some_and(goes_on);
        if last.span.end != hit.end || noun.iter().take(width).any(Piece::is_name) || goes_on {
            return None;
        }
        let [kind] = hit.ids.as_slice() else { return None };
        let kind = KindId(*kind);
        let are = |name: &str| last.folded.ends_with('s') && vocabulary.is_kind_of_named(kind, name);
        let wanted = if are("fighter") {
            Wanted::Fighters
        } else if are("soldier") {
            Wanted::Soldiers
        } else {
            Wanted::Kind(kind)
        };
        Some((wanted, skipped.saturating_add(width), piece.span.to(last.span), hit.possessive))
    })
}

/// Adjectives between an article and its noun.
const MOST_ADJECTIVES: usize = 2;

/// What stands behind a noun and says which of its kind is meant.
fn limits(next: &Piece) -> bool {
    next.is_name()
        || next.is_one_of(&["of", "that", "which", "who", "where", "in", "at", "near", "south", "north", "east", "west", "called"])
}

fn fits(name: NameId, wanted: Wanted, vocabulary: &Vocabulary) -> bool {
    let is = |kind: &str| vocabulary.is_a_named(name, kind);
    match wanted {
        Wanted::Person => is("person"),
        Wanted::Several => is("party") && !is("person") && !is("country"),
        Wanted::Thing => !is("person") && !is_plural(name, vocabulary),
        Wanted::Place => is("place") && !is("party"),
        Wanted::Fighters => is("armed group"),
        Wanted::Soldiers => is("armed force"),
        Wanted::Kind(kind) => vocabulary.is_a(name, kind),
    }
}

/// "the rebels": a common noun in the plural.
fn is_plural(name: NameId, vocabulary: &Vocabulary) -> bool {
    let words = &vocabulary.name(name).name;
    let last = words.split_whitespace().next_back().unwrap_or_default();
    last.starts_with(char::is_lowercase) && last.ends_with('s') && !last.ends_with("ss")
}
