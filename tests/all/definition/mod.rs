//! The definition that can be run: what a verdict is, by enumerating worlds, to be read beside `language.md`.
//!
//! It is slow and plain on purpose and shares no code with the engine: it has its own facts and claims ([`language`]), its own
//! worlds ([`worlds`]), its own reading of every time word ([`readings`]) and its own assumptions ([`assumptions`]). What the
//! two have in common is the text of the facts and claims, which the engine reads through its grammar. [`random`] makes both
//! up and compares.

mod assumptions;
mod generate;
mod histories;
mod language;
mod random;
mod readings;
mod record;
mod speaks;
mod verdict;
mod worlds;
