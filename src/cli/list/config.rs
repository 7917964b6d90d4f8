//! `factum list config`: each setting, its value, and where it comes from.

use std::path::Path;
use std::sync::Arc;

use crate::cli::args::Judging;
use crate::cli::config::{Config, ConfigError, Configs, Environment, Resolved, Run};
use crate::text::escape_controls;

/// The lines of the list.
pub(super) fn config(path: &Path, judging: &Judging) -> Result<String, ConfigError> {
    let environment = if judging.isolated { Environment::default() } else { Environment::read()? };
    let given = judging.config.clone().or_else(|| environment.config());
    let mut configs = Configs::new(given.as_deref(), judging.isolated)?;
    let folder = if path.is_dir() { path } else { path.parent().unwrap_or(Path::new("")) };
    let config: Option<Arc<Config>> = configs.of(folder)?;
    let name = config.as_ref().map_or("none", |config| config.name()).to_owned();
    let resolved = Resolved::new(judging, &environment, config.as_deref())?;
    let run = Run::new(None, &[], None, &environment, config.as_slice())?;
    let mut rows: Vec<(String, String, String)> =
        resolved.rows.into_iter().chain(run.rows).map(|(name, value, origin)| (name, value, origin.to_string())).collect();
    rows.sort();
    rows.insert(0, ("config".to_owned(), name, String::new()));
    let width = |part: fn(&(String, String, String)) -> &str| rows.iter().map(|row| part(row).chars().count()).max().unwrap_or(0);
    let (names, values) = (width(|row| &row.0), width(|row| &row.1).min(60));
    let lines = rows.iter().map(|(name, value, origin)| {
        let line = format!("{name:names$}  {value:values$}  {origin}");
        escape_controls(line.trim_end()) + "\n"
    });
    Ok(lines.collect())
}
