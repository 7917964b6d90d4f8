//! What is said at the end: the score of each module, and what nobody noticed.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use crate::points::Mutant;
use crate::results::{Line, Outcome};

/// The whole of a run.
#[derive(Debug)]
pub struct Report {
    /// Mutants with what became of them, in the order of their places.
    pub done: Vec<(Mutant, Line)>,
    /// Ids and reasons.
    pub excused: BTreeMap<String, String>,
    /// All ids that there are, asked for or not.
    pub existing: BTreeSet<String>,
    /// Mutants that the compiler refuses, and functions that are evaluated while compiling.
    pub left_out: Vec<String>,
}

impl Report {
    /// Survivors without an excuse.
    pub fn survivors(&self) -> impl Iterator<Item = &(Mutant, Line)> {
        self.done.iter().filter(|(mutant, line)| !line.outcome.noticed() && !self.excused.contains_key(&mutant.id))
    }

    /// Excuses for what does not exist any more or is caught, with which of the two it is.
    #[must_use]
    pub fn stale(&self) -> Vec<(&str, &'static str)> {
        let noticed: BTreeSet<&str> = self.done.iter().filter(|(_, line)| line.outcome.noticed()).map(|(m, _)| m.id.as_str()).collect();
        let why = |id: &str| match id {
            id if !self.existing.contains(id) => Some("there is no such mutant"),
            id if noticed.contains(id) => Some("is caught now"),
            _ => None,
        };
        self.excused.keys().filter_map(|id| Some((id.as_str(), why(id)?))).collect()
    }

    /// How many of a module (a folder, or all) came to this.
    #[must_use]
    pub fn count(&self, module: Option<&str>, outcome: Outcome) -> usize {
        self.done.iter().filter(|(m, line)| module.is_none_or(|module| folder(m) == module) && line.outcome == outcome).count()
    }
}

fn folder(mutant: &Mutant) -> &str {
    mutant.file.rsplit_once('/').map_or("", |(folder, _)| folder)
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (mutant, line) in self.survivors() {
            let how = if line.outcome == Outcome::NotReached { "not reached" } else { "survived" };
            writeln!(f, "{how}: {}\n    {}", mutant.shown(), mutant.id)?;
        }
        for (id, why) in self.stale() {
            writeln!(f, "excused, but {why}: {id}")?;
        }
        writeln!(
            f,
            "\n{:<16} {:>6} {:>7} {:>8} {:>9} {:>12} {:>8} {:>8}",
            "module", "total", "caught", "timeout", "survived", "not reached", "excused", "score"
        )?;
        let folders: BTreeSet<&str> = self.done.iter().map(|(mutant, _)| folder(mutant)).collect();
        for module in folders.into_iter().map(Some).chain([None]) {
            let [caught, timeout, survived, missed] =
                [Outcome::Caught, Outcome::Timeout, Outcome::Survived, Outcome::NotReached].map(|outcome| self.count(module, outcome));
            let total = caught + timeout + survived + missed;
            let here = |(m, line): &&(Mutant, Line)| module.is_none_or(|module| folder(m) == module) && !line.outcome.noticed();
            let excused = self.done.iter().filter(here).filter(|(m, _)| self.excused.contains_key(&m.id)).count();
            // Tenths of a percent; nothing to catch is nothing missed.
            let score = ((caught + timeout) * 1000).checked_div(total).unwrap_or(1000);
            let score = format!("{}.{} %", score / 10, score % 10);
            let name = module.unwrap_or("all");
            writeln!(f, "{name:<16} {total:>6} {caught:>7} {timeout:>8} {survived:>9} {missed:>12} {excused:>8} {score:>8}")?;
        }
        if !self.left_out.is_empty() {
            writeln!(f, "\nleft out, as they do not compile or are evaluated while compiling:")?;
        }
        self.left_out.iter().try_for_each(|left| writeln!(f, "{left}"))?;
        Ok(())
    }
}
