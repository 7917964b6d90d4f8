//! Written dates to the days they mean, under a time word.

use super::reader::Reader;
use super::{Time, TimeWord};
use crate::syntax::ast::{Preposition, TimePhrase};
use crate::text::{Problem, Span};
use crate::time::{Anchor, DateProblem, Direction, When, WrittenDate, resolve};

/// So many pieces of a set of days are as much work as one step.
const PIECES_A_STEP: usize = 8;

impl Reader<'_> {
    /// A time phrase with its days.
    pub(super) fn window(&self, phrase: &TimePhrase, span: Span) -> Result<Time, Problem> {
        let word = match phrase.preposition {
            Preposition::On | Preposition::In | Preposition::During | Preposition::At | Preposition::Bare => TimeWord::On,
            Preposition::Throughout => TimeWord::Throughout,
            Preposition::By => TimeWord::By,
            Preposition::Before => TimeWord::Before,
            Preposition::After => TimeWord::After,
            Preposition::Since => TimeWord::Since,
            Preposition::Until => TimeWord::Until,
            Preposition::AsOf => TimeWord::AsOf,
            Preposition::From => TimeWord::FromTo,
            Preposition::Between => TimeWord::Between,
        };
        // "between November 27 and December 8, 2024": the year of the second date is that of the first one too.
        let second = match &phrase.second {
            Some((date, at)) => Some(self.days(date, *at, self.context.document)?),
            None => None,
        };
        let stand = second.as_ref().and_then(|when: &When| when.strong.last()).filter(|day| day.is_finite()).or(self.context.document);
        let days = self.days(&phrase.date, phrase.date_span, stand)?;
        if let Some(second) = &second
            && let (Some(start), Some(end)) = (days.weak.first(), second.weak.last())
            && start > end
        {
            return Err(Problem::new("impossible-date", span, format!("`{}` ends before it begins", span.of(self.text))));
        }
        Ok(Time::Window { word, days, second, span, date_span: phrase.date_span })
    }

    fn days(&self, date: &WrittenDate, span: Span, document: Option<crate::time::Day>) -> Result<When, Problem> {
        let anchor = Anchor { document, previous: self.context.previous, direction: Direction::Past };
        let when = resolve(date, &anchor).map_err(|problem| date_problem(&problem, span))?;
        // A pattern such as `XXXX-12-25` is thousands of days, in each way of reading the statement.
        let pieces = when.strong.pieces().len().saturating_add(when.weak.pieces().len());
        self.spend_many(u32::try_from(pieces.checked_div(PIECES_A_STEP).unwrap_or_default()).unwrap_or(u32::MAX));
        Ok(when)
    }
}

/// A fault of a date in words for people.
pub(super) fn date_problem(problem: &DateProblem, span: Span) -> Problem {
    let found = Problem::new(problem.code(), span, problem.to_string());
    match problem {
        DateProblem::NeedsReference { .. } => {
            found.help("write the whole date, or give it a day to stand on: an `as of DATE` line in the file, or `--as-of DATE`")
        }
        DateProblem::TooVague { .. } => found.help("write a date, a month or a year"),
        _ => found,
    }
}
