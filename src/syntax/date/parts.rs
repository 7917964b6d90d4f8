//! Parts of something longer (`late December`, `the first week of May`) and lengths of time (`three days`).

use pest::iterators::{Pair, Pairs};

use super::{Lowered, Reader, Rule, words};
use crate::time::{DateForm, DateProblem, Length, Portion, Slice, Unit};

impl Reader<'_> {
    pub(super) fn portion(&self, mut children: Pairs<'_, Rule>) -> Lowered<DateForm> {
        let which = children.next().and_then(|word| word.into_inner().next()).map(|word| word.as_rule());
        let portion = match which {
            Some(Rule::early) => Portion::Early,
            Some(Rule::middle) => Portion::Mid,
            Some(Rule::late) => Portion::Late,
            Some(Rule::beginning) => Portion::Start,
            Some(Rule::ending) => Portion::End,
            Some(Rule::first_half) => Portion::FirstHalf,
            Some(Rule::second_half) => Portion::SecondHalf,
            _ => return Err(self.unforeseen()),
        };
        let of = children.next().ok_or_else(|| self.unforeseen())?;
        Ok(DateForm::Portion { portion, of: Box::new(self.form(of)?) })
    }

    pub(super) fn slice(&self, mut children: Pairs<'_, Rule>) -> Lowered<DateForm> {
        let place = children.next().and_then(|place| place.into_inner().next()).ok_or_else(|| self.unforeseen())?;
        let kind = children.next().ok_or_else(|| self.unforeseen())?;
        let from_end = place.as_rule() == Rule::slice_last;
        let number = match place.as_rule() {
            Rule::slice_ordinal => i64::from(self.small_number(place.as_str())?),
            _ => 1,
        };
        let slice = match kind.as_rule() {
            Rule::weekday_name => Slice::Weekday { weekday: self.weekday(kind.as_str())?, number, from_end },
            Rule::date_count => {
                let unit = children.next().ok_or_else(|| self.unforeseen())?;
                let span = self.span(self.count(kind)?, unit)?;
                Slice::Run { unit: span.unit, count: Some(span.count), from_end }
            }
            _ => {
                let plural = kind.as_str().ends_with(['s', 'S']);
                let span = self.span(1, kind)?;
                match number {
                    1 if plural => Slice::Run { unit: span.unit, count: None, from_end },
                    1 => Slice::Run { unit: span.unit, count: Some(span.count), from_end },
                    _ if span.count == 1 => Slice::Nth { unit: span.unit, number },
                    _ => {
                        return Err(DateProblem::NoSuchPart { written: self.written.to_owned() });
                    }
                }
            }
        };
        let of = children.next().ok_or_else(|| self.unforeseen())?;
        Ok(DateForm::Slice { slice, of: Box::new(self.form(of)?) })
    }

    /// A length and whether the word after it looks back.
    pub(super) fn distance(&self, children: &mut Pairs<'_, Rule>, back: Rule) -> Lowered<(Length, bool)> {
        let length = children.next().ok_or_else(|| self.unforeseen())?;
        let span = self.duration(length.into_inner())?;
        Ok((span, children.next().is_some_and(|word| word.as_rule() == back)))
    }

    pub(super) fn duration(&self, mut children: Pairs<'_, Rule>) -> Lowered<Length> {
        let first = children.next().ok_or_else(|| self.unforeseen())?;
        match first.as_rule() {
            Rule::year_and_half => {
                let count = first.into_inner().next().map_or(Err(self.unforeseen()), |count| self.count(count))?;
                Ok(Length::new(count.saturating_mul(12).saturating_add(6), Unit::Month))
            }
            Rule::half_unit => match first.into_inner().next().map(|unit| unit.as_rule()) {
                Some(Rule::unit_decade) => Ok(Length::new(5, Unit::Year)),
                Some(Rule::unit_century) => Ok(Length::new(50, Unit::Year)),
                _ => Ok(Length::new(6, Unit::Month)),
            },
            _ => {
                let count = self.count(first)?;
                children.next().map_or(Err(self.unforeseen()), |unit| self.span(count, unit))
            }
        }
    }

    pub(super) fn count(&self, pair: Pair<'_, Rule>) -> Lowered<i64> {
        let inner = pair.into_inner().next().ok_or_else(|| self.unforeseen())?;
        match inner.as_rule() {
            Rule::one_count => Ok(1),
            Rule::couple => Ok(2),
            Rule::vague_count => Err(DateProblem::TooVague { written: self.written.to_owned() }),
            _ => words::number(inner.as_str())
                .filter(|&count| count < 1_000_000_000)
                .ok_or_else(|| DateProblem::OutOfRange { written: self.written.to_owned() }),
        }
    }

    /// So many of a unit; the pair is `unit_name` or one of its alternatives.
    pub(super) fn span(&self, count: i64, pair: Pair<'_, Rule>) -> Lowered<Length> {
        match pair.as_rule() {
            Rule::unit_name => pair.into_inner().next().map_or(Err(self.unforeseen()), |unit| self.span(count, unit)),
            Rule::unit_hour if count % 24 == 0 => Ok(Length::new(count / 24, Unit::Day)),
            Rule::unit_hour => Err(DateProblem::FinerThanDay { written: self.written.to_owned() }),
            Rule::unit_day => Ok(Length::new(count, Unit::Day)),
            Rule::unit_week => Ok(Length::new(count, Unit::Week)),
            Rule::unit_fortnight => Ok(Length::new(count.saturating_mul(2), Unit::Week)),
            Rule::unit_month => Ok(Length::new(count, Unit::Month)),
            Rule::unit_year => Ok(Length::new(count, Unit::Year)),
            Rule::unit_decade => Ok(Length::new(count.saturating_mul(10), Unit::Year)),
            Rule::unit_century => Ok(Length::new(count.saturating_mul(100), Unit::Year)),
            _ => Err(self.unforeseen()),
        }
    }

    pub(super) fn one_unit(&self, pair: Option<Pair<'_, Rule>>) -> Lowered<Unit> {
        pair.map_or(Err(self.unforeseen()), |unit| self.span(1, unit)).map(|span| span.unit)
    }
}
