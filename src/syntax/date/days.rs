//! Days, months, seasons, quarters and years, by name or number.

use pest::iterators::{Pair, Pairs};

use super::{Lowered, Reader, Rule, in_century_of, is_before_christ, text_of, words};
use crate::time::{DateForm, DateProblem, Weekday, YearRef, month_name};

impl Reader<'_> {
    /// A day of a year, and the weekday beside it.
    pub(super) fn named_day(&self, pair: Pair<'_, Rule>) -> Lowered<(DateForm, Option<Weekday>)> {
        let (mut form, mut weekday) = (None, None);
        for child in pair.into_inner() {
            match child.as_rule() {
                Rule::weekday_name => weekday = Some(self.weekday(child.as_str())?),
                _ => form = Some(self.day_of_year(child.into_inner())?),
            }
        }
        Ok((form.ok_or_else(|| self.unforeseen())?, weekday))
    }

    /// Month, one or two days and perhaps a year, in whichever order they stand.
    pub(super) fn day_of_year(&self, children: Pairs<'_, Rule>) -> Lowered<DateForm> {
        let (mut month, mut days, mut year) = (None, Vec::new(), YearRef::Unwritten);
        for child in children {
            match child.as_rule() {
                Rule::month_name => month = words::month(child.as_str()),
                Rule::day_of_month => days.push(self.small_number(child.as_str())?),
                _ => year = self.year(child)?,
            }
        }
        match (month, days.as_slice()) {
            (Some(month), [day]) => Ok(DateForm::Day { year, month, day: *day }),
            (Some(month), [first, last]) => Ok(DateForm::Days { year, month, first: *first, last: *last }),
            _ => Err(self.unforeseen()),
        }
    }

    /// With slashes both orders are in use, so only a number above twelve decides; with dots the day comes first.
    pub(super) fn numeric_day(&self, pair: Pair<'_, Rule>) -> Lowered<DateForm> {
        let kind = pair.into_inner().next().ok_or_else(|| self.unforeseen())?;
        let dotted = kind.as_rule() == Rule::numeric_dotted;
        let mut numbers = kind.into_inner().map(|child| child.as_str().parse::<u32>());
        let (Some(Ok(first)), Some(Ok(second)), Some(Ok(year))) = (numbers.next(), numbers.next(), numbers.next()) else {
            return Err(self.unforeseen());
        };
        let (day, month) = match (first, second) {
            _ if dotted => (first, second),
            (_, 13..) => (second, first),
            (13.., _) => (first, second),
            _ if first == second => (first, second),
            _ => {
                return Err(DateProblem::TwoReadings {
                    written: self.written.to_owned(),
                    first: format!("{first} {} {year}", month_name(second)),
                    second: format!("{second} {} {year}", month_name(first)),
                });
            }
        };
        if !(1..=12).contains(&month) {
            return Err(DateProblem::OutOfRange { written: self.written.to_owned() });
        }
        Ok(DateForm::Day { year: YearRef::Number(i64::from(year)), month, day })
    }

    pub(super) fn month(&self, mut children: Pairs<'_, Rule>) -> Lowered<DateForm> {
        let month = children.next().and_then(|name| words::month(name.as_str())).ok_or_else(|| self.unforeseen())?;
        let year = children.next().map_or(Ok(YearRef::Unwritten), |year| self.year(year))?;
        Ok(DateForm::Month { year, month })
    }

    pub(super) fn season(&self, mut children: Pairs<'_, Rule>) -> Lowered<DateForm> {
        let season = self.season_name(children.next())?;
        let Some(year) = children.next() else {
            return Ok(DateForm::Season { year: YearRef::Unwritten, season, into_next: false });
        };
        let into_next = year.as_rule() == Rule::season_years;
        let year =
            if into_next { YearRef::Number(self.leading_number(year.as_str().get(..4).unwrap_or_default())?) } else { self.year(year)? };
        Ok(DateForm::Season { year, season, into_next })
    }

    pub(super) fn quarter(&self, children: Pairs<'_, Rule>) -> Lowered<DateForm> {
        let (mut number, mut year) = (0, YearRef::Unwritten);
        for child in children {
            match child.as_rule() {
                Rule::quarter_short => {
                    number = self.small_number(child.as_str().get(1..).unwrap_or_default())?;
                }
                Rule::quarter_ordinal => {
                    number = words::number(child.as_str()).and_then(|n| u32::try_from(n).ok()).filter(|&n| n > 0).unwrap_or(4);
                }
                _ => year = self.year(child)?,
            }
        }
        Ok(DateForm::Quarter { year, number })
    }

    /// The 19th century begins in 1800 and the 2nd century BC in 200 BC, which is the year -199.
    pub(super) fn century(&self, mut children: Pairs<'_, Rule>) -> Lowered<DateForm> {
        let number = i64::from(self.small_number(text_of(children.by_ref().take(1)))?);
        let before_christ = children.next().is_some_and(|era| is_before_christ(era.as_str()));
        Ok(DateForm::Century(if before_christ {
            1_i64.saturating_sub(number.saturating_mul(100))
        } else {
            number.saturating_sub(1).saturating_mul(100)
        }))
    }

    pub(super) fn era_year(&self, children: Pairs<'_, Rule>) -> Lowered<YearRef> {
        let (mut number, mut before_christ) = (0, false);
        for child in children {
            match child.as_rule() {
                Rule::plain_number => number = self.leading_number(child.as_str())?,
                _ => before_christ = is_before_christ(child.as_str()),
            }
        }
        // The year before 1 AD is 1 BC in history and 0 in the calendar used here.
        Ok(YearRef::Number(if before_christ { 1_i64.saturating_sub(number) } else { number }))
    }

    pub(super) fn year_range(&self, mut children: Pairs<'_, Rule>) -> Lowered<DateForm> {
        let (first, last) = (text_of(children.by_ref().take(1)), text_of(children.by_ref().take(1)));
        let (from, to) = (self.leading_number(first)?, self.leading_number(last)?);
        Ok(DateForm::Years { first: from, last: if last.len() == 2 { in_century_of(from, to) } else { to } })
    }

    /// A year by number or by pointer.
    pub(super) fn year(&self, pair: Pair<'_, Rule>) -> Lowered<YearRef> {
        match pair.as_rule() {
            Rule::calendar_year => self.leading_number(pair.as_str()).map(YearRef::Number),
            Rule::era_year => self.era_year(pair.into_inner()),
            _ => match pair.into_inner().next() {
                Some(pointer) => self.pointer(pointer).map(YearRef::Relative),
                None => Err(self.unforeseen()),
            },
        }
    }
}
