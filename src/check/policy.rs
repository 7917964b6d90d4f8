//! The policy: which verdicts fail a run, which are only counted, and which pass.
//!
//! In: levels for verdicts and codes, in layers of which the first speaks first. Out: the level of each finding. Never:
//! changes a verdict; lets a text pass that was not understood.

use std::collections::BTreeMap;

use crate::report::{Finding, Level, Report, Summary};
use crate::text::Severity;
use crate::verdict::{Code, Verdict};

/// The code of an `allow` that accepts nothing.
pub const UNUSED_ALLOW: &str = "unused-allow";
/// The code of an `allow` whose day is over.
pub const EXPIRED_ALLOW: &str = "expired-allow";

/// Faults of a text that was read in full, so that a policy may say how bad they are.
const WARNINGS: [&str; 2] = [EXPIRED_ALLOW, UNUSED_ALLOW];

/// What a level can be given to: a verdict, a code of a verdict, or a fault that need not fail a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Rule(&'static str);

impl Rule {
    /// All rules by name: verdicts first.
    pub fn all() -> impl Iterator<Item = Self> {
        let verdicts = [Verdict::Supported, Verdict::Contradicted, Verdict::Unknown].into_iter().map(Verdict::name);
        verdicts.chain(Code::ALL.into_iter().map(Code::name)).chain(WARNINGS).map(Self)
    }

    /// The rule of a name.
    pub fn by_name(name: &str) -> Option<Self> {
        Self::all().find(|rule| rule.0 == name)
    }

    /// Its name.
    pub fn name(self) -> &'static str {
        self.0
    }
}

/// Levels that were given together: in a file, in the environment, on the command line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Levels {
    /// For claims, wherever they stand.
    pub all: BTreeMap<Rule, Level>,
    /// For claims in drafts, where they differ.
    pub drafts: BTreeMap<Rule, Level>,
}

/// Which text a claim stands in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Text {
    /// A claim file, each line of which was written to be checked.
    #[default]
    Claims,
    /// A draft, in which a false alarm costs trust.
    Draft,
}

/// Which verdicts fail a run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Policy {
    /// The first layer that knows a finding's code or verdict decides; in a layer, a code goes before a verdict.
    pub layers: Vec<Levels>,
}

impl Policy {
    /// The level of a verdict with its code. Where no layer speaks: what is contradicted fails, and what is unknown fails in
    /// claim files and warns in drafts.
    pub fn level(&self, text: Text, verdict: Verdict, code: Code) -> Level {
        self.given(text, &[code.name(), verdict.name()]).unwrap_or(match (verdict, text) {
            (Verdict::Supported, _) => Level::Allow,
            (Verdict::Unknown, Text::Draft) => Level::Warn,
            _ => Level::Deny,
        })
    }

    fn given(&self, text: Text, names: &[&str]) -> Option<Level> {
        self.layers.iter().find_map(|layer| {
            let maps = match text {
                Text::Claims => [None, Some(&layer.all)],
                Text::Draft => [Some(&layer.drafts), Some(&layer.all)],
            };
            let told = |name: &&str| maps.iter().flatten().find_map(|map| map.iter().find(|(rule, _)| rule.0 == *name));
            names.iter().find_map(told).map(|(_, level)| *level)
        })
    }

    /// Gives a finding its level. A claim that says what it expects is its own policy and keeps its level; one that was
    /// accepted is.
    pub fn apply(&self, text: Text, finding: &mut Finding) {
        match finding {
            Finding::Verdict(judged) => {
                if judged.expected.is_none() && judged.accepted.is_none() {
                    judged.level = self.level(text, judged.verdict, judged.code);
                }
            }
            Finding::Diagnostic(diagnostic) => {
                if WARNINGS.contains(&diagnostic.code) {
                    diagnostic.severity = match self.given(text, &[diagnostic.code]) {
                        Some(Level::Allow) => Severity::Expected,
                        Some(Level::Deny) => Severity::Error,
                        Some(Level::Warn) | None => Severity::Warning,
                    };
                }
            }
        }
    }
}

/// Counts the findings of a report by verdict and level. What else is counted (claims, facts, files) is left as it is.
pub fn count(report: &mut Report) {
    count_all(&report.findings, &mut report.summary);
}

/// The same for some findings.
pub(super) fn count_all(findings: &[Finding], summary: &mut Summary) {
    for finding in findings {
        match finding {
            Finding::Verdict(judged) => {
                count_verdict(judged.verdict, judged.level, summary);
                add(&mut summary.suppressed, usize::from(judged.accepted.is_some()));
            }
            Finding::Diagnostic(diagnostic) => match diagnostic.severity {
                Severity::Expected if WARNINGS.contains(&diagnostic.code) => {}
                Severity::Expected => add(&mut summary.refused, 1),
                Severity::Warning => add(&mut summary.warnings, 1),
                // The claim was judged; the policy minds what stands beside it.
                Severity::Error if WARNINGS.contains(&diagnostic.code) => add(&mut summary.failed, 1),
                Severity::Error => add(&mut summary.errors, 1),
            },
        }
    }
}

/// Counts a verdict with its level.
pub(super) fn count_verdict(verdict: Verdict, level: Level, summary: &mut Summary) {
    match verdict {
        Verdict::Supported => add(&mut summary.supported, 1),
        Verdict::Contradicted => add(&mut summary.contradicted, 1),
        Verdict::Unknown => add(&mut summary.unknown, 1),
    }
    add(&mut summary.failed, usize::from(level == Level::Deny));
    add(&mut summary.warnings, usize::from(level == Level::Warn));
}

/// Counts on; a count that no machine can hold stays at the largest.
pub fn add(count: &mut usize, more: usize) {
    *count = count.saturating_add(more);
}
