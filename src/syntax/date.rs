//! Dates and lengths of time, from the parse tree to [`WrittenDate`] and [`Length`].
//!
//! In comes a pair of one of the phrase rules of `grammar/time.pest`; out goes what its words say, with no regard to
//! when they were said. One function for each rule that has something to say, children taken in the order of the
//! grammar.

mod days;
mod parts;
mod words;

use pest::iterators::{Pair, Pairs};

use super::{Rule, parse_edtf};
use crate::time::{DateForm, DateProblem, Length, Season, Weekday, Which, WrittenDate, YearRef};

/// Lowers a pair of `date`, `relative_date`, `month_only`, `weekday_only`, `season_only`, `bare_year` or `apart_only`.
///
/// # Errors
/// [`DateProblem::NotEdtf`] for a literal that only looks like one, [`DateProblem::TwoReadings`] for `05/12/2024`
/// and `2023-24`, [`DateProblem::TooVague`] for a length without a number.
#[allow(clippy::needless_pass_by_value, reason = "a pair is spent when it is lowered")]
pub fn lower_date(pair: Pair<'_, Rule>) -> Result<WrittenDate, DateProblem> {
    let reader = Reader { written: pair.as_str() };
    let (mut approximate, mut weekday, mut form) = (false, None, None);
    for child in pair.clone().into_inner() {
        match child.as_rule() {
            Rule::approximately | Rule::approximately_after => approximate = true,
            Rule::named_day => {
                let (day, beside) = reader.named_day(child)?;
                (form, weekday) = (Some(day), beside);
            }
            _ => form = Some(reader.form(child)?),
        }
    }
    let form = form.ok_or_else(|| reader.unforeseen())?;
    Ok(WrittenDate { written: pair.as_str().to_owned(), weekday, approximate, form })
}

/// Lowers a pair of `duration`; decades and centuries become years, fortnights weeks, and half years months.
///
/// # Errors
/// [`DateProblem::TooVague`] for `several days`, [`DateProblem::OutOfRange`] for a number beyond the calendar.
#[allow(clippy::needless_pass_by_value, reason = "a pair is spent when it is lowered")]
pub fn lower_duration(pair: Pair<'_, Rule>) -> Result<Length, DateProblem> {
    Reader { written: pair.as_str() }.duration(pair.into_inner())
}

/// The walk through one phrase, with its words for messages.
struct Reader<'a> {
    written: &'a str,
}

type Lowered<T> = Result<T, DateProblem>;

impl Reader<'_> {
    fn form(&self, pair: Pair<'_, Rule>) -> Lowered<DateForm> {
        let text = pair.as_str();
        match pair.as_rule() {
            Rule::literal => literal(text),
            Rule::year_range => self.year_range(pair.into_inner()),
            Rule::numeric_day => self.numeric_day(pair),
            Rule::month_date | Rule::month_plain => self.month(pair.into_inner()),
            Rule::season_date | Rule::season_plain => self.season(pair.into_inner()),
            Rule::quarter_date | Rule::quarter_plain | Rule::quarter_apart => self.quarter(pair.into_inner()),
            Rule::decade | Rule::decade_apart => self.decade(text_of(pair.into_inner())).map(DateForm::Decade),
            Rule::year_short => self.short_year(text).map(|year| DateForm::Year(YearRef::Number(year))),
            Rule::century => self.century(pair.into_inner()),
            Rule::era_year => self.era_year(pair.into_inner()).map(DateForm::Year),
            Rule::named_year | Rule::year_plain | Rule::loose_year => {
                Ok(DateForm::Year(YearRef::Number(self.leading_number(text_of(pair.into_inner()))?)))
            }
            Rule::portioned | Rule::edged | Rule::halved => self.portion(pair.into_inner()),
            Rule::sliced => self.slice(pair.into_inner()),
            Rule::season_pointer | Rule::month_pointer => self.nearest(pair.into_inner()),
            Rule::weekday_of_week => self.weekday_of_week(pair.into_inner()),
            Rule::weekday_pointer => self.weekday_pointer(pair.into_inner()),
            Rule::weekday_plain => {
                let weekday = self.weekday(text_of(pair.into_inner()))?;
                Ok(DateForm::Weekday { weekday, which: Which::Bare })
            }
            Rule::unit_pointer => self.unit_pointer(pair.into_inner()),
            _ => self.counted(pair),
        }
    }

    /// Phrases counted from the document or from the date before.
    fn counted(&self, pair: Pair<'_, Rule>) -> Lowered<DateForm> {
        let rule = pair.as_rule();
        let mut children = pair.into_inner();
        match rule {
            Rule::running_unit => Ok(DateForm::Unit { unit: self.one_unit(children.next())?, which: Which::This }),
            Rule::weekend => children.next().map_or(Ok(Which::Bare), |pointer| self.pointer(pointer)).map(DateForm::Weekend),
            Rule::near_day => self.near_day(children.next()),
            Rule::from_now => {
                let (span, back) = self.distance(&mut children, Rule::ago)?;
                Ok(DateForm::FromDocument(if back { backwards(span) } else { span }))
            }
            Rule::from_then => {
                let (span, back) = self.distance(&mut children, Rule::earlier_on)?;
                Ok(DateForm::FromPrevious(if back { backwards(span) } else { span }))
            }
            Rule::rest => self.rest(children),
            Rule::past => match children.next() {
                Some(length) if length.as_rule() == Rule::duration => Ok(DateForm::Past(self.duration(length.into_inner())?)),
                Some(unit) => Ok(DateForm::Past(self.span(1, unit)?)),
                None => Err(self.unforeseen()),
            },
            Rule::neighbour => {
                let unit = self.one_unit(children.next())?;
                let before = children.next().is_some_and(|side| side.as_rule() == Rule::neighbour_before);
                Ok(DateForm::Unit { unit, which: if before { Which::Previous } else { Which::Following } })
            }
            _ => Err(self.unforeseen()),
        }
    }

    /// `last December`, `next spring`.
    fn nearest(&self, mut children: Pairs<'_, Rule>) -> Lowered<DateForm> {
        let which = children.next().map_or(Ok(Which::This), |pointer| self.pointer(pointer))?;
        let year = YearRef::Nearest(which);
        match children.next() {
            Some(name) if name.as_rule() == Rule::month_name => {
                let month = words::month(name.as_str()).ok_or_else(|| self.unforeseen())?;
                Ok(DateForm::Month { year, month })
            }
            name => Ok(DateForm::Season { year, season: self.season_name(name)?, into_next: true }),
        }
    }

    fn weekday_of_week(&self, mut children: Pairs<'_, Rule>) -> Lowered<DateForm> {
        let weekday = self.weekday(text_of(children.by_ref().take(1)))?;
        let week = children.next().map_or(Ok(Which::This), |pointer| self.pointer(pointer))?;
        Ok(DateForm::WeekdayOfWeek { weekday, week })
    }

    fn weekday_pointer(&self, mut children: Pairs<'_, Rule>) -> Lowered<DateForm> {
        let which = children.next().map_or(Ok(Which::Bare), |pointer| self.pointer(pointer))?;
        Ok(DateForm::Weekday { weekday: self.weekday(text_of(children))?, which })
    }

    fn unit_pointer(&self, mut children: Pairs<'_, Rule>) -> Lowered<DateForm> {
        let which = children.next().map_or(Ok(Which::This), |pointer| self.pointer(pointer))?;
        let unit = self.one_unit(children.next())?;
        Ok(DateForm::Unit { unit, which })
    }

    fn pointer(&self, pair: Pair<'_, Rule>) -> Lowered<Which> {
        match pair.into_inner().next().map(|word| word.as_rule()) {
            Some(Rule::that_one) => Ok(Which::That),
            Some(Rule::previous_one) => Ok(Which::Previous),
            Some(Rule::following_one) => Ok(Which::Following),
            Some(Rule::last_one) => Ok(Which::Last),
            Some(Rule::this_one) => Ok(Which::This),
            Some(Rule::next_one) => Ok(Which::Next),
            _ => Err(self.unforeseen()),
        }
    }

    fn near_day(&self, pair: Option<Pair<'_, Rule>>) -> Lowered<DateForm> {
        let offset = match pair.map(|word| word.as_rule()) {
            Some(Rule::before_yesterday) => -2,
            Some(Rule::yesterday) => -1,
            Some(Rule::today) => 0,
            Some(Rule::tomorrow) => 1,
            Some(Rule::after_tomorrow) => 2,
            _ => return Err(self.unforeseen()),
        };
        Ok(DateForm::NearDay(offset))
    }

    fn rest(&self, mut children: Pairs<'_, Rule>) -> Lowered<DateForm> {
        let later = children.next().is_some_and(|word| word.as_rule() == Rule::later_on);
        match children.next().map(|pair| self.form(pair)).transpose()? {
            Some(DateForm::Unit { unit, which: Which::This }) => Ok(DateForm::Rest { unit, later }),
            // `earlier last year` says no more than `last year`.
            Some(unit) => Ok(unit),
            None => Err(self.unforeseen()),
        }
    }

    fn weekday(&self, text: &str) -> Lowered<Weekday> {
        words::weekday(text).ok_or_else(|| self.unforeseen())
    }

    fn season_name(&self, pair: Option<Pair<'_, Rule>>) -> Lowered<Season> {
        let name = pair.map(|name| name.as_str().to_ascii_lowercase());
        match name.as_deref() {
            Some("spring") => Ok(Season::Spring),
            Some("summer") => Ok(Season::Summer),
            Some("autumn" | "fall") => Ok(Season::Autumn),
            Some("winter") => Ok(Season::Winter),
            _ => Err(self.unforeseen()),
        }
    }

    fn small_number(&self, text: &str) -> Lowered<u32> {
        words::number(text).and_then(|number| u32::try_from(number).ok()).ok_or_else(|| self.unforeseen())
    }

    fn leading_number(&self, text: &str) -> Lowered<i64> {
        words::number(text).ok_or_else(|| self.unforeseen())
    }

    /// `1990s`, `'90s`
    fn decade(&self, text: &str) -> Lowered<i64> {
        let number = self.leading_number(text.trim_start_matches(['\'', '\u{2019}', '`']))?;
        Ok(if number < 100 { number.saturating_add(1900) } else { number })
    }

    /// `'82`, `'09`: those that are nearer to our time.
    fn short_year(&self, text: &str) -> Lowered<i64> {
        let number = self.leading_number(text.trim_start_matches(['\'', '\u{2019}', '`']))?;
        Ok(number.saturating_add(if number < 40 { 2000 } else { 1900 }))
    }

    fn unforeseen(&self) -> DateProblem {
        DateProblem::Unforeseen { written: self.written.to_owned() }
    }
}

/// An ISO or EDTF literal. `1939-45` has the shape of one and is a range of years; `2023-24` is a season by the
/// format and two years by custom, and nothing is guessed.
fn literal(text: &str) -> Lowered<DateForm> {
    let numbers = text.split_once('-').and_then(|(year, end)| {
        let (first, last) = (year.parse::<i64>().ok()?, end.parse::<i64>().ok()?);
        (year.len() == 4 && end.len() == 2 && last > first % 100).then_some((first, last))
    });
    match (parse_edtf(text), numbers) {
        (Ok(_), Some((first, code))) if code > 12 => Err(DateProblem::TwoReadings {
            written: text.to_owned(),
            first: format!("{first}-{}", in_century_of(first, code)),
            second: season_in_words(first, code),
        }),
        (Ok(edtf), _) => Ok(DateForm::Edtf(edtf)),
        (Err(_), Some((first, last))) => Ok(DateForm::Years { first, last: in_century_of(first, last) }),
        (Err(problem), None) => Err(problem),
    }
}

/// The year with these last two digits in the century of another: 1939, 45.
fn in_century_of(year: i64, digits: i64) -> i64 {
    year.saturating_sub(year % 100).saturating_add(digits)
}

/// A season code said so that it can be nothing else; a set of one where English has no words for it.
fn season_in_words(year: i64, code: i64) -> String {
    match code {
        21 => format!("spring {year}"),
        22 => format!("summer {year}"),
        23 => format!("autumn {year}"),
        24 => format!("winter {year}"),
        33..=36 => format!("Q{} {year}", code.saturating_sub(32)),
        _ => format!("[{year:04}-{code}]"),
    }
}

fn backwards(span: Length) -> Length {
    Length::new(span.count.saturating_neg(), span.unit)
}

/// The text of the first pair; nothing if there is none.
fn text_of<'i>(mut pairs: impl Iterator<Item = Pair<'i, Rule>>) -> &'i str {
    pairs.next().map_or("", |pair| pair.as_str())
}

fn is_before_christ(era: &str) -> bool {
    era.starts_with(['b', 'B'])
}
