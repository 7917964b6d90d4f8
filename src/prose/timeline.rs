//! When a sentence says that things happened.
//!
//! In: the document's date, and its sentences in their order. Out: the time phrases of each with the days that they mean.
//! *Two days later* and *the same day* hang on the last day that the text gave, *yesterday* and *Thursday* on the document's
//! date. Never: decides what happened on those days.

use super::tense::direction;
use crate::syntax::Running;
use crate::syntax::ast::{Chunk, ChunkKind, Mark, Preposition, Side, TimePhrase};
use crate::text::{Problem, Span};
use crate::time::{Anchor, DateForm, Day, Direction, Grain, Length, Unit, When, Which, WrittenDate, YearRef, resolve};

/// A date without a year, whose past reading lies farther back than this, is the nearest one.
const FAR: Length = Length { count: 6, unit: Unit::Month };

/// Where a text stands in time as it is read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Timeline {
    /// The document's date.
    pub document: Option<Day>,
    /// The last day that the text gave.
    pub previous: Option<Day>,
    /// The last days that the text gave, be they a day, a month or a year.
    pub mentioned: Option<(Day, Day)>,
}

/// What a time phrase does in its sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Role {
    /// It says when: `on Friday`.
    Adjunct,
    /// It says which one is spoken of: `the 2016 battle`.
    Attribute,
    /// It is a time of a day that was named before, or of the document's: `at 18:00`, `the day`.
    Moment,
}

/// A time phrase with the days that it means.
#[derive(Clone, Debug)]
pub struct Dated {
    /// The whole phrase, time word and all, in the sentence.
    pub span: Span,
    /// The date in it.
    pub date_span: Span,
    /// The date as written; none where only a time of the day or `the day` is written.
    pub date: Option<WrittenDate>,
    /// Its time word; [`Preposition::Bare`] where there is none.
    pub preposition: Preposition,
    /// What it does.
    pub role: Role,
    /// The days meant, or why there are none.
    pub days: Result<When, Problem>,
    /// The second date of `from … to` and `between … and`.
    pub second: Option<(Span, Result<When, Problem>)>,
}

impl Timeline {
    /// The beginning of a document of this date.
    pub fn new(document: Option<Day>) -> Self {
        Self { document, previous: None, mentioned: None }
    }

    /// The time phrases of the next sentence, in its order; `running` is that sentence in chunks.
    pub fn read(&mut self, text: &str, running: &Running) -> Vec<Dated> {
        let mut found = Vec::new();
        for (at, chunk) in running.chunks.iter().enumerate() {
            let attribute = running.attributes.iter().find(|(_, span)| *span == chunk.span);
            let dated = match (&chunk.kind, attribute) {
                (ChunkKind::When(phrase), _) if !is_name(text, &running.chunks, at) => {
                    Some(self.phrase(text, running, at, chunk.span, phrase))
                }
                (ChunkKind::MomentOfDay, _) => self.moment(text, running, at, chunk.span),
                (ChunkKind::Word, None) => self.taken_up(text, &running.chunks, at),
                (_, Some((date, span))) if is_attribute(text, &running.chunks, at) => {
                    let days = self.days(date, *span, direction(text, &running.chunks, at), self.document);
                    Some(Dated { date: Some(date.clone()), ..Dated::bare(*span, Role::Attribute, days) })
                }
                _ => None,
            };
            if let Some(dated) = dated {
                self.advance(&dated);
                found.push(dated);
            }
        }
        found
    }

    fn phrase(&self, text: &str, running: &Running, at: usize, span: Span, phrase: &TimePhrase) -> Dated {
        let towards = direction(text, &running.chunks, at);
        let second = phrase.second.as_ref().map(|(date, span)| (*span, self.days(date, *span, towards, self.document)));
        // `between November 27 and December 8, 2024`: the year of the second date is that of the first one too.
        let stand = match &second {
            Some((_, Ok(when))) => when.strong.last().filter(|day| day.is_finite()),
            _ => None,
        };
        let days = match self.year_before(text, &running.chunks, at, &phrase.date) {
            Some(when) => Ok(when),
            None => self.days(&phrase.date, phrase.date_span, towards, stand.or(self.document)),
        };
        let date = Some(phrase.date.clone());
        Dated { span, date_span: phrase.date_span, date, preposition: phrase.preposition, role: Role::Adjunct, days, second }
    }

    /// `the same period last year`, `the same month a year earlier`: the time spoken of, a year before.
    fn year_before(&self, text: &str, chunks: &[Chunk], at: usize, date: &WrittenDate) -> Option<When> {
        let chunk = |place: Option<usize>| place.and_then(|place| chunks.get(place));
        let is = |back: usize, words: &[&str]| {
            let found = chunk(at.checked_sub(back));
            found.is_some_and(|chunk| words.contains(&crate::text::fold_word(chunk.span.of(text)).as_str()))
        };
        let that = |form: &DateForm| matches!(form, DateForm::Unit { which: Which::That, .. });
        let ago = is_year_ago(&date.form);
        if ago && chunk(at.checked_sub(1)).and_then(form).is_some_and(that) {
            // `the same month` is a date by itself, which has been moved already.
            return self.mentioned.map(|(first, last)| When::between(first, last, Grain::Length));
        }
        let moved = that(&date.form) && chunk(at.checked_add(1)).and_then(form).is_some_and(is_year_ago)
            || ago && is(2, &["same"]) && is(1, &["period", "quarter", "season", "time"]);
        let (first, last) = self.mentioned.filter(|_| moved)?;
        let back = Length::new(1, Unit::Year);
        // The day after the last one is moved, so that a month's end stays a month's end.
        Some(When::between(back.before(first), back.before(last.plus(1)).plus(-1), Grain::Length))
    }

    fn days(&self, date: &WrittenDate, span: Span, direction: Direction, document: Option<Day>) -> Result<When, Problem> {
        // `the year before` is counted from the year that was spoken of, `the day before` from the day.
        let wide = matches!(date.form, DateForm::Unit { unit: Unit::Month | Unit::Year, .. });
        let mentioned = self.mentioned.map(|(_, last)| last).filter(|_| wide);
        let anchor = Anchor { document, previous: mentioned.or(self.previous).or(document), direction };
        let when = resolve(date, &anchor).map_err(|problem| Problem::new(problem.code(), span, problem.to_string()))?;
        let yearless = matches!(
            &date.form,
            DateForm::Day { year: YearRef::Unwritten, .. }
                | DateForm::Days { year: YearRef::Unwritten, .. }
                | DateForm::Quarter { year: YearRef::Unwritten, .. }
        );
        let far = |when: &When| when.weak.last().zip(document).is_some_and(|(last, document)| last < FAR.before(document));
        if yearless && direction == Direction::Past && far(&when) {
            let ahead = Anchor { direction: Direction::Future, ..anchor };
            return Ok(resolve(date, &ahead).unwrap_or(when));
        }
        Ok(when)
    }

    /// A time of the day: of the day written right behind it, or of the one that the text speaks of.
    fn moment(&self, text: &str, running: &Running, at: usize, span: Span) -> Option<Dated> {
        let behind = running.chunks.get(at.saturating_add(1)..).unwrap_or_default();
        let skipped = usize::from(behind.first().is_some_and(|chunk| matches!(chunk.kind, ChunkKind::Comma)));
        let next = at.saturating_add(1).saturating_add(skipped);
        if let Some(Chunk { kind: ChunkKind::When(phrase), span: place }) = running.chunks.get(next)
            && matches!(phrase.preposition, Preposition::Bare | Preposition::On)
        {
            let days = self.phrase(text, running, next, *place, phrase).days;
            return Some(Dated::bare(span, Role::Moment, days));
        }
        self.same_day().map(|when| Dated::bare(span, Role::Moment, Ok(when)))
    }

    /// Words that take up a time spoken of before: `the day`, `that time`, `morning`; and `now`.
    fn taken_up(&self, text: &str, chunks: &[Chunk], at: usize) -> Option<Dated> {
        let word = |place: Option<usize>| {
            let chunk = place.and_then(|place| chunks.get(place)).filter(|chunk| matches!(chunk.kind, ChunkKind::Word));
            chunk.map_or_else(String::new, |chunk| crate::text::fold_word(chunk.span.of(text)))
        };
        let (before, here, behind) = (word(at.checked_sub(1)), word(Some(at)), at.checked_add(1).and_then(|place| chunks.get(place)));
        let span = chunks.get(at)?.span;
        match (before.as_str(), here.as_str()) {
            // `the day that`, `the day of the attack`, `the day after it` are other days.
            ("the", "day") => {
                let after = word(Some(at.saturating_add(1)));
                let other =
                    matches!(after.as_str(), "of" | "that" | "he" | "she" | "they" | "it" | "we" | "i" | "the" | "his" | "her" | "their");
                let ordered = behind.is_some_and(|chunk| matches!(chunk.kind, ChunkKind::Order(_) | ChunkKind::When(_)));
                let days = self.same_day().filter(|_| !other && !ordered)?;
                Some(Dated::bare(span, Role::Moment, Ok(days)))
            }
            (_, "day" | "week" | "month" | "year") if is_latest_of_many(text, chunks, at) => {
                let unit = match here.as_str() {
                    "day" => Unit::Day,
                    "week" => Unit::Week,
                    "month" => Unit::Month,
                    _ => Unit::Year,
                };
                Some(Dated::bare(span, Role::Moment, Ok(self.same_unit(unit)?)))
            }
            (_, "now") => {
                let day = self.document?;
                Some(Dated::bare(span, Role::Moment, Ok(When::between(day, day, Grain::Day))))
            }
            ("that", "time") => {
                let (first, last) = self.mentioned?;
                Some(Dated::bare(span, Role::Moment, Ok(When::between(first, last, Grain::Length))))
            }
            ("in" | "during", "morning" | "afternoon" | "evening" | "overnight") => {
                Some(Dated::bare(span, Role::Moment, Ok(self.same_day()?)))
            }
            _ => None,
        }
    }

    /// The day that the text speaks of.
    fn same_day(&self) -> Option<When> {
        let day = self.previous.or(self.document)?;
        Some(When::between(day, day, Grain::Day))
    }

    /// The week, month or year that the day lies in that the text speaks of.
    fn same_unit(&self, unit: Unit) -> Option<When> {
        let form = DateForm::Unit { unit, which: Which::This };
        let this = WrittenDate { written: String::new(), weekday: None, approximate: false, form };
        resolve(&this, &Anchor { document: self.previous.or(self.document), ..Anchor::default() }).ok()
    }

    /// What comes later in the text hangs on this. A time of the day tells of no new one.
    fn advance(&mut self, dated: &Dated) {
        if dated.role == Role::Moment {
            return;
        }
        let last = dated.second.as_ref().map_or(&dated.days, |(_, second)| second);
        let Ok(when) = last else { return };
        if let (Some(first), Some(last)) = (when.strong.first(), when.strong.last())
            && first.is_finite()
            && last.is_finite()
        {
            self.mentioned = Some((first, last));
            if first == last {
                self.previous = Some(first);
            }
        }
    }
}

/// What a time phrase without a second date says.
fn form(chunk: &Chunk) -> Option<&DateForm> {
    match &chunk.kind {
        ChunkKind::When(phrase) if phrase.second.is_none() => Some(&phrase.date.form),
        _ => None,
    }
}

/// `last year`, `a year earlier`, `a year ago`.
fn is_year_ago(form: &DateForm) -> bool {
    match form {
        DateForm::Unit { unit: Unit::Year, which: Which::Last | Which::Previous } => true,
        DateForm::FromPrevious(span) | DateForm::FromDocument(span) => *span == Length::new(-1, Unit::Year),
        _ => false,
    }
}

impl Dated {
    /// A phrase without a time word.
    fn bare(span: Span, role: Role, days: Result<When, Problem>) -> Self {
        Self { span, date_span: span, date: None, preposition: Preposition::Bare, role, days, second: None }
    }
}

/// `Black Friday`, `Good Friday`: a day of its own and not the last Friday.
fn is_name(text: &str, chunks: &[Chunk], at: usize) -> bool {
    const NAMED: &[&str] =
        &["black", "good", "palm", "bloody", "easter", "ash", "holy", "cyber", "super", "maundy", "shrove", "whit", "fat"];
    let is_weekday = chunks.get(at).is_some_and(|chunk| {
        matches!(&chunk.kind, ChunkKind::When(phrase) if phrase.preposition == Preposition::Bare && matches!(phrase.date.form, DateForm::Weekday { .. }))
    });
    let before = at.checked_sub(1).and_then(|place| chunks.get(place));
    is_weekday
        && before.is_some_and(|chunk| {
            let word = chunk.span.of(text);
            word.starts_with(char::is_uppercase) && NAMED.contains(&word.to_lowercase().as_str())
        })
}

/// Whether a day, week, month or year is told of as the latest of those that it is compared with: `for a fourth straight week`,
/// `for the fourth week in a row`, `its best week since November`, `the worst day in years`.
fn is_latest_of_many(text: &str, chunks: &[Chunk], at: usize) -> bool {
    let word = |place: Option<usize>| {
        let chunk = place.and_then(|place| chunks.get(place)).filter(|chunk| matches!(chunk.kind, ChunkKind::Word));
        chunk.map_or_else(String::new, |chunk| crate::text::fold_word(chunk.span.of(text)))
    };
    let behind = |away: usize| word(at.checked_add(away));
    let before = word(at.checked_sub(1));
    if matches!(before.as_str(), "consecutive" | "straight" | "successive") {
        return true;
    }
    let in_a_row = behind(1) == "running" || behind(1) == "in" && behind(2) == "a" && behind(3) == "row";
    let compared = match chunks.get(at.saturating_add(1)).map(|chunk| &chunk.kind) {
        Some(ChunkKind::When(phrase)) => phrase.preposition == Preposition::Since,
        Some(ChunkKind::Order(order)) => order.side == Side::Since && order.distance.is_none(),
        Some(ChunkKind::VagueStretch | ChunkKind::Mark(Mark::Ever)) => true,
        _ => behind(1) == "on" && behind(2) == "record",
    };
    let ordinal = in_a_row && !before.is_empty();
    // `west` is no superlative, and neither is `latest`, which may be a day that was told of before.
    let superlative = matches!(before.as_str(), "best" | "worst") || before.len() > 5 && before.ends_with("est") && before != "latest";
    ordinal || compared && superlative
}

/// Whether a bare year or month is one: a number before a noun is a count (`2000 soldiers`) unless an article or the like shows
/// that it tells one thing from others, and `May` may be a name.
fn is_attribute(text: &str, chunks: &[Chunk], at: usize) -> bool {
    const DETERMINERS: &[&str] = &["the", "a", "an", "this", "its", "his", "her", "their", "our", "s", "'s", "of"];
    const OWNERS: &[&str] = &["his", "her", "their", "your", "my", "our", "early", "mid", "late"];
    let before = at.checked_sub(1).and_then(|place| chunks.get(place));
    let determined = before.is_some_and(|chunk| {
        let word = crate::text::fold_word(chunk.span.of(text));
        DETERMINERS.contains(&word.as_str()) || word.ends_with("'s")
    });
    let Some(chunk) = chunks.get(at) else { return false };
    let words = chunk.span.of(text);
    // `in his 80s` is an age.
    if words.ends_with('s') && before.is_some_and(|chunk| OWNERS.contains(&crate::text::fold_word(chunk.span.of(text)).as_str())) {
        return false;
    }
    if matches!(words, "May" | "March" | "Mar" | "Jan" | "Jun" | "April" | "June" | "August") {
        return determined;
    }
    // `80s` is no count of anything.
    if words.ends_with('s') {
        return true;
    }
    let followed = chunks.get(at.saturating_add(1)).is_some_and(|next| matches!(next.kind, ChunkKind::Word));
    determined || !followed || !words.starts_with(|c: char| c.is_ascii_digit())
}
