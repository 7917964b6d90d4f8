//! What a written date means, beside the date of its document and the date that the text gave before.
//!
//! In comes a [`WrittenDate`] and an [`Anchor`]; out goes a [`When`]. No clock is read: without a date to stand on a
//! relative date is a [`DateProblem::NeedsReference`].

use chrono::Weekday;

use super::{
    DateForm, DateProblem, Day, DaySet, Grain, Length, Season, Unit, When, Which, WrittenDate, YearRef, cut, month_length, month_name,
};

/// The years searched for a date without one: 29 February comes round within eight, over a century's turn.
const SEARCHED_YEARS: i64 = 8;

/// What relative dates are counted from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Anchor {
    /// The document's own date.
    pub document: Option<Day>,
    /// The date that the text gave last.
    pub previous: Option<Day>,
    /// Whether the text tells what was or what will be.
    pub direction: Direction,
}

/// Which way from the document's date an unfinished date lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Direction {
    /// On or before it.
    #[default]
    Past,
    /// On or after it.
    Future,
}

/// The days that a written date means.
///
/// A weekday that is not the date's is kept in [`When::written_weekday`] and is no error here.
///
/// # Errors
/// [`DateProblem::ImpossibleDate`] for a day that the calendar lacks, [`DateProblem::NeedsReference`] if the anchor
/// has not what the words lean on, [`DateProblem::NoSuchPart`] for a part that its whole does not have.
pub fn resolve(written: &WrittenDate, anchor: &Anchor) -> Result<When, DateProblem> {
    let resolver = Resolver { written: &written.written, anchor };
    let mut when = resolver.form(&written.form)?;
    if written.approximate {
        when = around(when);
    }
    when.written_weekday = written.weekday;
    Ok(when)
}

/// The wide reading moved outwards by what *about* allows for a date given so finely.
fn around(when: When) -> When {
    let pad = match when.grain {
        Grain::Day => Length::new(3, Unit::Day),
        Grain::Week | Grain::Length => Length::new(1, Unit::Week),
        Grain::Month | Grain::Season | Grain::Quarter => Length::new(1, Unit::Month),
        Grain::HalfYear => Length::new(3, Unit::Month),
        Grain::Year => Length::new(1, Unit::Year),
        Grain::Decade => Length::new(10, Unit::Year),
        Grain::Century => Length::new(100, Unit::Year),
    };
    let weak = DaySet::from_pieces(when.weak.pieces().iter().map(|&(first, last)| {
        // The day after the last one is moved, so that a month's end stays a month's end.
        (pad.before(first), pad.after(last.succ()).pred())
    }));
    When { weak, approximate: true, ..when }
}

struct Resolver<'a> {
    written: &'a str,
    anchor: &'a Anchor,
}

impl Resolver<'_> {
    fn form(&self, form: &DateForm) -> Result<When, DateProblem> {
        match form.year() {
            Some(YearRef::Number(year)) => self.in_year(form, year),
            Some(YearRef::Relative(which)) => {
                let (day, offset) = self.unit_of(which)?;
                self.in_year(form, day.year().saturating_add(offset))
            }
            Some(YearRef::Unwritten) => {
                let document = self.document()?;
                match self.anchor.direction {
                    Direction::Past => self.search(form, false, |when| when.weak.first().is_some_and(|first| first <= document)),
                    Direction::Future => self.search(form, true, |when| when.weak.last().is_some_and(|last| last >= document)),
                }
            }
            Some(YearRef::Nearest(which)) => self.nearest(form, which),
            None => self.in_year(form, 0),
        }
    }

    /// The one of its kind that *last*, *this* or *next* picks: wholly before, in the same year, wholly after.
    fn nearest(&self, form: &DateForm, which: Which) -> Result<When, DateProblem> {
        let (from, _) = self.unit_of(which)?;
        match which {
            Which::Last | Which::Previous => self.search_near(from, form, false, |when| when.strong.last().is_some_and(|last| last < from)),
            Which::Next | Which::Following => {
                self.search_near(from, form, true, |when| when.strong.first().is_some_and(|first| from < first))
            }
            Which::This | Which::That | Which::Bare => self.in_year(form, from.year()),
        }
    }

    fn search(&self, form: &DateForm, rising: bool, good: impl Fn(&When) -> bool) -> Result<When, DateProblem> {
        self.search_near(self.document()?, form, rising, good)
    }

    /// The first year, going one way, in which the form exists and is good.
    fn search_near(&self, from: Day, form: &DateForm, rising: bool, good: impl Fn(&When) -> bool) -> Result<When, DateProblem> {
        let mut problem = self.needs_reference();
        for step in -1..=SEARCHED_YEARS {
            let year = if rising { from.year().saturating_add(step) } else { from.year().saturating_sub(step) };
            match self.in_year(form, year) {
                Ok(when) if good(&when) => return Ok(when),
                Ok(_) => {}
                Err(found) => problem = found,
            }
        }
        Err(problem)
    }

    /// The days of a form, with its year settled; forms without a year do not look at it.
    fn in_year(&self, form: &DateForm, year: i64) -> Result<When, DateProblem> {
        match form {
            DateForm::Edtf(edtf) => Ok(edtf.to_when()),
            DateForm::Day { month, day, year: written } => {
                let day = self.day(year, *month, *day, *written)?;
                Ok(When::between(day, day, Grain::Day))
            }
            DateForm::Days { month, first, last, year: written } => {
                let (first, last) = (self.day(year, *month, *first, *written)?, self.day(year, *month, *last, *written)?);
                if last < first {
                    return Err(DateProblem::NoSuchPart { written: self.written.to_owned() });
                }
                Ok(When::between(first, last, Grain::Length))
            }
            DateForm::Month { month, .. } => self.months(year, *month, 1, Grain::Month),
            DateForm::Season { season, into_next, year: said } => {
                let runs_on = *into_next || !matches!(said, YearRef::Number(_));
                self.season(year, *season, runs_on)
            }
            DateForm::Quarter { number, .. } => {
                let month = number.checked_sub(1).filter(|&before| before < 4).map(|before| before.saturating_mul(3).saturating_add(1));
                let month = month.ok_or_else(|| DateProblem::NoSuchPart { written: self.written.to_owned() })?;
                self.months(year, month, 3, Grain::Quarter)
            }
            DateForm::Year(_) => self.years(year, year, Grain::Year),
            DateForm::Years { first, last } if first <= last => self.years(*first, *last, Grain::Length),
            DateForm::Years { .. } => Err(DateProblem::NoSuchPart { written: self.written.to_owned() }),
            DateForm::Decade(first) => {
                let decade = self.years(*first, first.saturating_add(9), Grain::Decade)?;
                if first % 100 != 0 {
                    return Ok(decade);
                }
                // `the 1800s` are ten years to some and a hundred to others.
                let century = self.years(*first, first.saturating_add(99), Grain::Century)?;
                Ok(When::vague(decade.strong, &century.strong, Grain::Decade))
            }
            DateForm::Century(first) => {
                // From 1900 or from 1901: who counts strictly ends it a year later.
                let sure = self.years(first.saturating_add(1), first.saturating_add(99), Grain::Century)?;
                let possible = self.years(*first, first.saturating_add(100), Grain::Century)?;
                Ok(When::vague(sure.strong, &possible.strong, Grain::Century))
            }
            DateForm::Portion { portion, of } => {
                let whole = self.in_year(of, year)?;
                cut::portion(&whole, *portion).ok_or_else(|| DateProblem::NoSuchPart { written: self.written.to_owned() })
            }
            DateForm::Slice { slice, of } => {
                let whole = self.in_year(of, year)?;
                cut::slice(&whole, *slice).ok_or_else(|| DateProblem::NoSuchPart { written: self.written.to_owned() })
            }
            _ => self.relative(form),
        }
    }

    fn relative(&self, form: &DateForm) -> Result<When, DateProblem> {
        match form {
            DateForm::Weekday { weekday, which } => self.weekday(*weekday, *which),
            DateForm::WeekdayOfWeek { weekday, week } => {
                let (day, offset) = self.unit_of(*week)?;
                Ok(one_day(in_week(day, *weekday).plus(offset.saturating_mul(7))))
            }
            DateForm::Weekend(which) => self.weekend(*which),
            DateForm::Unit { unit, which } => self.unit(*unit, *which),
            DateForm::NearDay(offset) => Ok(one_day(self.document()?.plus(*offset))),
            DateForm::FromDocument(span) => Ok(distant(self.document()?, *span)),
            DateForm::FromPrevious(span) => {
                let from = self.previous()?;
                let mut when = distant(from, *span);
                if span.unit == Unit::Day && span.count != 0 {
                    // Some writers count the day they start from: two days later may be one day on.
                    let inclusive = from.plus(span.count.saturating_sub(span.count.signum()));
                    when.weak = when.weak.union(&DaySet::day(inclusive));
                }
                Ok(when)
            }
            DateForm::Past(span) => {
                let document = self.document()?;
                let from = span.before(document);
                Ok(When::vague(DaySet::single(from.succ().min(document), document), &DaySet::single(from, document), Grain::Length))
            }
            DateForm::Rest { unit, later } => self.rest(*unit, *later),
            _ => Err(DateProblem::Unforeseen { written: self.written.to_owned() }),
        }
    }

    /// A bare weekday is the nearest in the text's direction. *Last* and *next* are taken by some as the nearest
    /// and by others as the one in the week before or after: the wide reading has both.
    fn weekday(&self, weekday: Weekday, which: Which) -> Result<When, DateProblem> {
        let (from, weeks) = self.unit_of(which)?;
        let in_that_week = in_week(from, weekday).plus(weeks.saturating_mul(7));
        let nearest = match which {
            Which::Bare | Which::This => match self.anchor.direction {
                Direction::Past => on_or_before(from, weekday),
                Direction::Future => on_or_before(from.plus(6), weekday),
            },
            Which::Last | Which::Previous => on_or_before(from.pred(), weekday),
            Which::Next | Which::Following => on_or_before(from.plus(7), weekday),
            Which::That => return Ok(one_day(in_that_week)),
        };
        let when = one_day(nearest);
        Ok(match which {
            Which::Bare => when,
            Which::This => When::vague(DaySet::day(in_that_week), &when.weak, Grain::Day),
            _ => When::vague(when.strong, &DaySet::day(in_that_week), Grain::Day),
        })
    }

    fn weekend(&self, which: Which) -> Result<When, DateProblem> {
        let (from, weeks) = self.unit_of(which)?;
        let saturday = match which {
            Which::Bare if self.anchor.direction == Direction::Past => on_or_before(from, Weekday::Sat),
            // Over only when its Sunday is.
            Which::Last | Which::Previous => on_or_before(from.plus(-2), Weekday::Sat),
            _ => in_week(from, Weekday::Sat).plus(weeks.saturating_mul(7)),
        };
        let coming = match which {
            Which::Next | Which::Following => on_or_before(from.plus(7), Weekday::Sat),
            _ => saturday,
        };
        Ok(When::vague(DaySet::single(saturday, saturday.succ()), &DaySet::single(coming, coming.succ()), Grain::Week))
    }

    /// A day, week, month or year before, at or after another. Weeks run from Monday; the wide reading also allows
    /// for weeks from Sunday and for seven days counted from the day itself.
    fn unit(&self, unit: Unit, which: Which) -> Result<When, DateProblem> {
        let (day, offset) = self.unit_of(which)?;
        let (first, last) = calendar(day, unit, offset);
        let grain = match unit {
            Unit::Day => Grain::Day,
            Unit::Week => Grain::Week,
            Unit::Month => Grain::Month,
            Unit::Year => Grain::Year,
        };
        let strong = DaySet::single(first, last);
        if unit != Unit::Week {
            return Ok(When::exact(strong, grain));
        }
        let seven = match offset {
            -1 => (day.plus(-7), day.pred()),
            1 => (day.succ(), day.plus(7)),
            _ => (first, last),
        };
        let weak = DaySet::from_pieces([(first.pred(), last), seven]);
        Ok(When::vague(strong, &weak, grain))
    }

    fn rest(&self, unit: Unit, later: bool) -> Result<When, DateProblem> {
        let document = self.document()?;
        let (first, last) = calendar(document, unit, 0);
        let (strong, weak) = if later {
            ((document.succ().min(last), last), (document, last))
        } else {
            ((first, document.pred().max(first)), (first, document))
        };
        Ok(When::vague(DaySet::single(strong.0, strong.1), &DaySet::single(weak.0, weak.1), Grain::Length))
    }

    fn season(&self, year: i64, season: Season, runs_on: bool) -> Result<When, DateProblem> {
        let first = match season {
            Season::Spring => 3,
            Season::Summer => 6,
            Season::Autumn => 9,
            Season::Winter => 12,
        };
        let three = self.months(year, first, 3, Grain::Season)?;
        if season == Season::Winter && !runs_on {
            // The winter of a year may be the one that begins or the one that ends in it: December is certain for
            // nobody else, the rest is possible.
            let december = self.months(year, 12, 1, Grain::Season)?;
            let before = self.months(year, 1, 2, Grain::Season)?;
            return Ok(When::vague(december.strong, &three.weak.union(&before.weak), Grain::Season));
        }
        // By the sun a season begins and ends three weeks later, and in the south it is the other half of the year.
        let by_sun = three.strong.shift(21);
        let south = self.months(year, (first.saturating_add(6)).checked_rem(12).unwrap_or(0), 3, Grain::Season).map(|when| when.strong);
        let south = south.map(|days| days.union(&days.shift(21))).unwrap_or_else(|_| by_sun.clone());
        Ok(When::vague(three.strong, &by_sun.union(&south), Grain::Season))
    }

    fn day(&self, year: i64, month: u32, day: u32, written: YearRef) -> Result<Day, DateProblem> {
        let exists_somewhere = day >= 1 && day <= month_length(2000, month);
        Day::from_ymd(year, month, day).ok_or_else(|| DateProblem::ImpossibleDate {
            written: self.written.to_owned(),
            month_name: match written {
                YearRef::Unwritten if !exists_somewhere => month_name(month).to_owned(),
                _ if month == 2 => format!("{} {year}", month_name(month)),
                _ => month_name(month).to_owned(),
            },
            // Of an unwritten February the longest is meant, of a written one its own.
            last_day: month_length(if written == YearRef::Unwritten && !exists_somewhere { 2000 } else { year }, month),
        })
    }

    fn months(&self, year: i64, month: u32, count: i64, grain: Grain) -> Result<When, DateProblem> {
        let first = Day::from_ymd(year, month, 1).ok_or_else(|| self.unforeseen())?;
        Ok(When::between(first, first.plus_months(count).pred(), grain))
    }

    fn years(&self, first: i64, last: i64, grain: Grain) -> Result<When, DateProblem> {
        let from = Day::from_ymd(first, 1, 1).ok_or_else(|| self.unforeseen())?;
        let to = Day::from_ymd(last, 12, 31).ok_or_else(|| self.unforeseen())?;
        Ok(When::between(from, to, grain))
    }

    /// The day that one of many is counted from, and how many units away it is.
    fn unit_of(&self, which: Which) -> Result<(Day, i64), DateProblem> {
        match which {
            Which::Bare | Which::This => Ok((self.document()?, 0)),
            Which::Last => Ok((self.document()?, -1)),
            Which::Next => Ok((self.document()?, 1)),
            Which::That => Ok((self.previous()?, 0)),
            Which::Previous => Ok((self.previous()?, -1)),
            Which::Following => Ok((self.previous()?, 1)),
        }
    }

    fn document(&self) -> Result<Day, DateProblem> {
        self.anchor.document.filter(|day| day.is_finite()).ok_or_else(|| self.needs_reference())
    }

    fn previous(&self) -> Result<Day, DateProblem> {
        self.anchor.previous.filter(|day| day.is_finite()).ok_or_else(|| self.needs_reference())
    }

    fn needs_reference(&self) -> DateProblem {
        DateProblem::NeedsReference { written: self.written.to_owned() }
    }

    fn unforeseen(&self) -> DateProblem {
        DateProblem::Unforeseen { written: self.written.to_owned() }
    }
}

fn one_day(day: Day) -> When {
    When::between(day, day, Grain::Day)
}

/// The day of the week in the Monday-to-Sunday week of a day.
fn in_week(day: Day, weekday: Weekday) -> Day {
    let monday = day.minus(i64::from(day.weekday().num_days_from_monday()));
    monday.plus(i64::from(weekday.num_days_from_monday()))
}

/// The latest such weekday not after a day.
fn on_or_before(day: Day, weekday: Weekday) -> Day {
    let candidate = in_week(day, weekday);
    if candidate <= day { candidate } else { candidate.plus(-7) }
}

/// First and last day of the calendar unit so many units from the one that a day lies in.
fn calendar(day: Day, unit: Unit, offset: i64) -> (Day, Day) {
    let (year, month, _) = day.ymd();
    let first = match unit {
        Unit::Day => day,
        Unit::Week => in_week(day, Weekday::Mon),
        Unit::Month => Day::from_ymd(year, month, 1).unwrap_or(day),
        Unit::Year => Day::from_ymd(year, 1, 1).unwrap_or(day),
    };
    let first = Length::new(offset, unit).after(first);
    (first, Length::new(1, unit).after(first).pred())
}

/// A day so long before or after another. Days are exact. Of longer units some writers count pages of the calendar
/// and others round the distance: certain are the days that both allow, possible those that either does.
fn distant(from: Day, span: Length) -> When {
    let target = span.after(from);
    let (slack, grain) = match span.unit {
        Unit::Day => return one_day(target),
        Unit::Week => (Length::new(3, Unit::Day), Grain::Week),
        Unit::Month => (Length::new(15, Unit::Day), Grain::Month),
        Unit::Year => (Length::new(6, Unit::Month), Grain::Year),
    };
    // "A year ago" may be meant as loosely as that, but what was half a year ago surely is not.
    let narrow = match span.unit {
        Unit::Year => Length::new(span.count.abs().saturating_mul(2).min(6), Unit::Month),
        _ => slack,
    };
    let sure = DaySet::single(narrow.before(target), narrow.after(target));
    let rounded = DaySet::single(slack.before(target), slack.after(target));
    let (first, last) = calendar(target, span.unit, 0);
    let page = DaySet::single(first, last);
    When::vague(sure.intersection(&page), &rounded.union(&page), grain)
}
