//! What stands around a document of a project: its settings, the fact files that it is checked against, the other files. For
//! the language server, which reads files only through here.
//!
//! In: a document's path, seen from where the program works, and the texts that an editor has open. Out: a [`Setup`] and fact
//! bases. Never: reads outside the project's folder.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::args::Judging;
pub(crate) use super::check::load_in_columns;
use super::check::{CHECKED, FACTS, facts_around, in_order};
use super::config::{ConfigError, Configs, Environment, Resolved};
pub(crate) use super::files::{FileError, Place, Project, shown};
use crate::check::Policy;
use crate::text::{Diagnostic, Document};
use crate::verdict::Settings;

/// What a document is checked with.
#[derive(Clone, Debug)]
pub(crate) struct Setup {
    /// The fact files, sorted by path.
    pub(crate) facts: Vec<Place>,
    /// What verdicts depend on beside them.
    pub(crate) settings: Settings,
    /// What comes of a verdict.
    pub(crate) policy: Policy,
    /// The name of its config, if it has one.
    pub(crate) config: Option<String>,
    /// Whether the config leaves it out.
    pub(crate) left_out: bool,
}

/// Why a document's settings cannot be used.
#[derive(Debug)]
pub(crate) enum SetupError {
    /// Faults of a config, with their places.
    Written(Vec<Diagnostic>),
    /// Anything else, in words.
    Other(String),
}

impl From<ConfigError> for SetupError {
    fn from(error: ConfigError) -> Self {
        match error {
            ConfigError::Written(problems) => Self::Written(problems),
            other => Self::Other(other.to_string()),
        }
    }
}

impl From<FileError> for SetupError {
    fn from(error: FileError) -> Self {
        Self::Other(error.to_string())
    }
}

/// Finds the settings and fact files of a document as `factum check` does for one in the folder `root`. Fact files that are only
/// open in an editor count as those on disk do.
pub(crate) fn setup(root: &Path, file: &Path, unsaved: &BTreeMap<String, Arc<Document>>) -> Result<Setup, SetupError> {
    let environment = Environment::read()?;
    let folder = file.parent().unwrap_or(root);
    let config = Configs::new(environment.config().as_deref(), false)?.of(folder)?;
    let resolved = Resolved::new(&Judging::default(), &environment, config.as_deref())?;
    let mut facts = resolved.facts;
    if folder.is_dir() || folder.as_os_str().is_empty() {
        facts.extend(facts_around(root, file)?);
    }
    let above: Vec<&Path> = file.ancestors().skip(1).take_while(|above| above.starts_with(root)).collect();
    for name in unsaved.keys() {
        let path = Path::new(name);
        let is_facts = path.extension().and_then(|ending| ending.to_str()).is_some_and(|ending| FACTS.contains(&ending));
        if is_facts && path.parent().is_some_and(|parent| above.contains(&parent)) {
            facts.push(Place::found(path, root));
        }
    }
    in_order(&mut facts);
    let left_out = config.as_ref().is_some_and(|config| !config.takes(file, true));
    let config = config.map(|config| config.name().to_owned());
    Ok(Setup { facts, settings: resolved.settings, policy: resolved.policy, config, left_out })
}

/// Whether a text is what is on disk under its name.
pub(crate) fn is_saved(root: &Path, document: &Document) -> bool {
    let place = Place::found(Path::new(document.name()), root);
    super::files::read(&place).is_ok_and(|saved| saved.text() == document.text())
}

/// All claim files, drafts and fact files of a folder, sorted.
pub(crate) fn files_below(root: &Path) -> Result<Vec<Place>, FileError> {
    let endings: Vec<&str> = CHECKED.into_iter().chain(FACTS).collect();
    super::files::below(root, &endings)
}

/// Goes into a folder, from where all names are seen then. Tells the folder, so that names can be made paths again; where it
/// cannot be gone into, the program stays where it is.
pub(crate) fn work_in(folder: Option<&Path>) -> PathBuf {
    if let Some(folder) = folder
        && std::env::set_current_dir(folder).is_ok()
    {
        return folder.to_path_buf();
    }
    std::env::current_dir().unwrap_or_default()
}
