//! Days, imprecise dates and the windows they open.
//!
//! In comes a date as it was written ([`WrittenDate`], [`Edtf`]) and, where it leans on something, an [`Anchor`];
//! out goes a [`When`]: the days it means, in a narrow and in a wide reading. Nothing here parses a text, reads a
//! clock or knows about claims, and nothing outside this folder uses chrono.

mod cut;
mod day;
mod edtf;
mod length;
mod pattern;
mod problem;
mod resolve;
mod window;
mod written;

pub use chrono::Weekday;

pub use day::{Day, NotADay, PLAIN_YEARS, month_length, month_name};
pub use edtf::{Edge, Edtf, EdtfDate, EdtfFault, EdtfPart, SetKind};
pub use length::{Length, Unit};
pub use pattern::{DatePattern, Digits, Doubt};
pub use problem::DateProblem;
pub use resolve::{Anchor, Direction, resolve};
pub use window::{DaySet, Grain, When};
pub use written::{DateForm, Portion, Season, Slice, Which, WrittenDate, YearRef};
