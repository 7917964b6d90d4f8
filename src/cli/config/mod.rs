//! Settings: from options, the environment and `factum.toml`, in this order of precedence, each with where it comes from.
//!
//! In: the arguments, the environment, and the config that stands above an input. Out: [`Resolved`]. Never: changes what a
//! claim means.

mod environment;
mod file;
mod find;
mod resolve;
mod run;

pub use file::schema;

pub(super) use environment::Environment;
pub(super) use find::{Config, Configs};
pub(super) use resolve::{Resolved, no_rule};
pub(super) use run::Run;

use std::fmt;

use super::files::FileError;
use crate::text::Diagnostic;

/// Where a setting comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Origin {
    Default,
    /// A config with the line.
    File(String, usize),
    Environment(&'static str),
    Option(&'static str),
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Default => f.write_str("default"),
            Self::File(file, line) => write!(f, "{file}:{line}"),
            Self::Environment(name) => write!(f, "{name}"),
            Self::Option(name) => write!(f, "{name}"),
        }
    }
}

/// A setting that cannot be used.
#[derive(Debug, thiserror::Error)]
pub(super) enum ConfigError {
    /// Faults of a config, with their places.
    #[error("the settings are wrong")]
    Written(Vec<Diagnostic>),
    /// A fault of a variable.
    #[error("{0}")]
    Variable(String),
    /// Two configs say different things where there can be one only.
    #[error("`{0}` and `{1}` do not agree on {2}, which is for a whole run; give it as an option")]
    Disagree(String, String, &'static str),
    /// A pattern of files that there are none of.
    #[error("no file is meant by `include = [\"{0}\"]` in `{1}`")]
    NoMatch(String, String),
    /// A draft that a report is to take the place of.
    #[error("`{0}` is a draft, and a report or baseline is to be written over it")]
    Overwritten(String),
    #[error(transparent)]
    File(#[from] FileError),
}
