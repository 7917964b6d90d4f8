//! The variables that are settings. One that is nearly one of them is an error: it would do nothing without a word.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::PathBuf;

use super::ConfigError;
use crate::text::{nearest, one_of};

const VARIABLES: [&str; 9] = [
    "FACTUM_ALLOW",
    "FACTUM_AS_OF",
    "FACTUM_ASSUME",
    "FACTUM_CONFIG",
    "FACTUM_DENY",
    "FACTUM_FACTS",
    "FACTUM_FORMAT",
    "FACTUM_KNOWN_BY",
    "FACTUM_WARN",
];

/// The variables that are set.
#[derive(Clone, Debug, Default)]
pub(in crate::cli) struct Environment(BTreeMap<&'static str, OsString>);

impl Environment {
    /// Reads the variables of the process.
    pub(in crate::cli) fn read() -> Result<Self, ConfigError> {
        let mut found = BTreeMap::new();
        // Sorted, so that of several wrong ones the same is named each time.
        let set: BTreeMap<OsString, OsString> = std::env::vars_os().collect();
        for (name, value) in set {
            let name = name.to_string_lossy();
            if !name.starts_with("FACTUM_") {
                continue;
            }
            let Some(known) = VARIABLES.into_iter().find(|known| *known == name) else {
                match one_of(&nearest(&name, VARIABLES)) {
                    Some(near) => return Err(ConfigError::Variable(format!("the variable `{name}` is no setting; {near}"))),
                    // Somebody else's: a script's own, or a test's.
                    None => continue,
                }
            };
            // Set to nothing is what a workflow does that has nothing to say.
            if !value.is_empty() {
                found.insert(known, value);
            }
        }
        Ok(Self(found))
    }

    /// The text of a variable.
    pub(super) fn text(&self, name: &'static str) -> Result<Option<String>, ConfigError> {
        self.0
            .get(name)
            .map(|value| value.clone().into_string().map_err(|_| ConfigError::Variable(format!("the variable `{name}` is no text"))))
            .transpose()
    }

    /// The entries of a variable, with commas between.
    pub(super) fn list(&self, name: &'static str) -> Result<Option<Vec<String>>, ConfigError> {
        let entries = |text: String| text.split(',').map(|entry| entry.trim().to_owned()).filter(|entry| !entry.is_empty()).collect();
        Ok(self.text(name)?.map(entries))
    }

    /// The paths of a variable, with the system's separator between.
    pub(super) fn paths(&self, name: &str) -> Vec<PathBuf> {
        self.0.get(name).map(|value| std::env::split_paths(value).filter(|path| !path.as_os_str().is_empty()).collect()).unwrap_or_default()
    }

    /// The config that it names.
    pub(in crate::cli) fn config(&self) -> Option<PathBuf> {
        self.0.get("FACTUM_CONFIG").map(PathBuf::from)
    }
}
