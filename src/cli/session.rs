//! What the command line does with a folder, for those who call it from their own program.
//!
//! In: a path. Out: a fact base, or the report on what lies there. Never: prints, looks at variables or the arguments of the
//! process.

use std::path::Path;

use super::args::Judging;
use super::check::{Manner, Plan, Takes, conclude, facts_given, load};
use super::config::ConfigError;
use super::files::Project;
use super::progress::Progress;
use crate::facts::FactBase;
use crate::report::{Report, faults};
use crate::text::Diagnostic;

/// One call.
pub(crate) struct Session;

impl Session {
    /// The fact files of a path, and what is wrong in them.
    pub(crate) fn load(path: &Path) -> Result<(FactBase, Vec<Diagnostic>), String> {
        let places = facts_given(&[path.to_path_buf()]).map_err(|error| error.to_string())?;
        if places.is_empty() {
            return Err(format!("there is no fact file in `{}`", path.display()));
        }
        load(&Project::default(), &places).map_err(|error| error.to_string())
    }

    /// The report on a path, as `factum check` makes it.
    pub(crate) fn check(path: &Path) -> Result<Report, String> {
        let check = || -> Result<Report, ConfigError> {
            let plan = Plan::new(&[path.to_path_buf()], "stdin.claims", Takes::ClaimsAndDrafts, &Judging::default())?;
            let manner = Manner { allow_empty: false, timelines: true, written: Vec::new(), progress: Progress::Silent };
            let mut report = plan.run(&manner)?;
            conclude(&mut report, false);
            Ok(report)
        };
        check().map_err(|error| match &error {
            ConfigError::Written(problems) => in_words(problems),
            other => other.to_string(),
        })
    }
}

/// Faults of texts as they are shown at the command line.
pub(super) fn in_words(problems: &[Diagnostic]) -> String {
    let mut out = Vec::new();
    // Writing to memory cannot fail.
    let _ = faults(problems, &mut out);
    String::from_utf8_lossy(&out).into_owned()
}
