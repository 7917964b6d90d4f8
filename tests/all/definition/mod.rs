//! The definition that can be run: what a verdict is, by enumerating worlds, to be read beside `language.md`.
//!
//! It is slow and plain on purpose and shares no code with the engine: it has its own facts and claims ([`language`]), its own
//! worlds ([`worlds`]), its own reading of every time word ([`readings`]) and its own assumptions ([`assumptions`]). What the
//! two have in common is the text of the facts and claims, which the engine reads through its grammar. [`random`] makes both
//! up and compares.
//!
//! [`kinds`] and [`numbers`] do the same for *is a* and for numbers of people whom nobody names.
//!
//! What is not in it yet: *is a* with dates; how many there are of a kind in all, for *is a*; numbers with dates, and people
//! with names among them; offices, inverse and transitive relations, what implies what; sayings with dates, who denies or
//! confirms, *and* and *or* within a saying; `prefer`; tables; months that are early, middle or late, dates that hang on the
//! claim's day; lengths counted in months; abandoning, and facts that hang on one another, beside months and years; states
//! that are put before, after or until a happening; *throughout* and *for* of what is not on end.

mod assumptions;
mod generate;
mod histories;
mod kinds;
mod language;
mod numbers;
mod random;
mod readings;
mod record;
mod speaks;
mod stretched;
mod verdict;
mod words;
mod worlds;
