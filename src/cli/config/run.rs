//! The settings of a whole run, which its inputs share though each may have a config of its own.

use std::path::PathBuf;
use std::sync::Arc;

use toml::Spanned;

use super::find::span;
use super::resolve::{Row, key, no_name};
use super::{Config, ConfigError, Environment, Origin};
use crate::cli::files::shown;
use crate::cli::output::Target;
use crate::report::{Format, Publisher};

/// The settings of a whole run, on which all its configs must agree.
#[derive(Debug)]
pub(in crate::cli) struct Run {
    pub(in crate::cli) format: Format,
    pub(in crate::cli) reports: Vec<(Format, Target)>,
    pub(in crate::cli) baseline: Option<Target>,
    /// Every file that the options or a config name to be written, those of configs that an option beats as well.
    pub(in crate::cli) written: Vec<PathBuf>,
    pub(in crate::cli) publisher: Option<Publisher>,
    pub(in crate::cli) unknown_too: bool,
    pub(in crate::cli) rows: Vec<Row>,
}

impl Run {
    /// Resolves them; `given` are the options of the command, where it has them.
    pub(in crate::cli) fn new(
        format: Option<Format>,
        reports: &[(Format, PathBuf)],
        baseline: Option<&PathBuf>,
        environment: &Environment,
        configs: &[Arc<Config>],
    ) -> Result<Self, ConfigError> {
        // What is wrong in a file is said, whether or not an option beats it.
        for config in configs {
            let named = config.written.format.as_ref().map(|format| (format.get_ref().as_str(), span(format)));
            let reports = config.written.reports.iter().map(|(name, path)| (name.as_str(), span(path)));
            for (name, place) in named.into_iter().chain(reports) {
                format_by(name).map_err(|message| ConfigError::Written(vec![config.fault(place, message)]))?;
            }
            for path in config.written.reports.values().chain(&config.written.baseline) {
                config.path(path).map_err(|fault| ConfigError::Written(vec![fault]))?;
            }
        }
        let mut rows = Vec::new();
        let (format, origin) = match (format, environment.text("FACTUM_FORMAT")?) {
            (Some(format), _) => (format, Origin::Option("--format")),
            (None, Some(name)) => {
                let format = format_by(&name).map_err(|message| ConfigError::Variable(format!("`FACTUM_FORMAT`: {message}")))?;
                (format, Origin::Environment("FACTUM_FORMAT"))
            }
            (None, None) => match agreed(configs, "`format`", |config| config.written.format.as_ref().map(Spanned::get_ref).cloned())? {
                None => (Format::Human, Origin::Default),
                Some((config, name)) => {
                    let place = config.written.format.as_ref().map(span).unwrap_or_default();
                    let format = format_by(&name).map_err(|message| ConfigError::Written(vec![config.fault(place, message)]))?;
                    (format, config.origin(place))
                }
            },
        };
        rows.push(("format".to_owned(), format.name().to_owned(), origin));
        let mut written: Vec<(Format, Target)> = Vec::new();
        for (format, path) in reports {
            rows.push((format!("reports.{}", format.name()), shown(path), Origin::Option("--report")));
            written.push((*format, Target { path: path.clone(), within: None }));
        }
        let wanted = |config: &Config| {
            let reports = &config.written.reports;
            (!reports.is_empty()).then(|| reports.iter().map(|(name, path)| (name.clone(), path.get_ref().clone())).collect::<Vec<_>>())
        };
        if written.is_empty()
            && let Some((config, _)) = agreed(configs, "`[reports]`", wanted)?
        {
            for (name, path) in &config.written.reports {
                let format = format_by(name).map_err(|message| ConfigError::Written(vec![config.fault(span(path), message)]))?;
                let place = config.path(path).map_err(|fault| ConfigError::Written(vec![fault]))?;
                rows.push((format!("reports.{name}"), shown(&place), config.origin(span(path))));
                written.push((format, Target { path: place, within: Some(config.folder.clone()) }));
            }
        }
        let baseline = match baseline {
            Some(path) => Some((Target { path: path.clone(), within: None }, Origin::Option("--baseline"))),
            None => match agreed(configs, "`baseline`", |config| config.written.baseline.as_ref().map(Spanned::get_ref).cloned())? {
                Some((config, _)) => match &config.written.baseline {
                    Some(path) => {
                        let place = config.path(path).map_err(|fault| ConfigError::Written(vec![fault]))?;
                        Some((Target { path: place, within: Some(config.folder.clone()) }, config.origin(span(path))))
                    }
                    None => None,
                },
                None => None,
            },
        };
        if let Some((target, origin)) = &baseline {
            rows.push(("baseline".to_owned(), shown(&target.path), origin.clone()));
        }
        let review = |config: &Config| {
            let written = &config.written.claimreview;
            let publisher = Publisher {
                author: written.author.clone(),
                url: written.url.clone(),
                author_url: written.author_url.clone(),
                date: written.date.clone(),
            };
            (publisher != Publisher::default() || written.unknown).then_some((publisher, written.unknown))
        };
        let review = agreed(configs, "`[claimreview]`", review)?;
        if let Some((config, (publisher, _))) = &review {
            let place = key(config, "[claimreview]").unwrap_or_default();
            rows.push(("claimreview.author".to_owned(), publisher.author.clone(), config.origin(place)));
            rows.push(("claimreview.url".to_owned(), publisher.url.clone(), config.origin(place)));
        }
        let mut all: Vec<PathBuf> =
            written.iter().map(|(_, target)| &target.path).chain(baseline.iter().map(|(target, _)| &target.path)).cloned().collect();
        for config in configs {
            let named = config.written.reports.values().chain(&config.written.baseline);
            all.extend(named.filter_map(|path| config.path(path).ok()));
        }
        let unknown_too = review.as_ref().is_some_and(|(_, (_, unknown))| *unknown);
        Ok(Self {
            format,
            reports: written,
            baseline: baseline.map(|(target, _)| target),
            written: all,
            publisher: review.map(|(_, (publisher, _))| publisher),
            unknown_too,
            rows,
        })
    }
}

fn format_by(name: &str) -> Result<Format, String> {
    Format::by_name(name).ok_or_else(|| no_name(name, "format", &Format::ALL.map(Format::name)))
}

/// The one value that the configs of a run have of a setting; a config that is silent about it has no say.
fn agreed<'c, T: PartialEq>(
    configs: &'c [Arc<Config>],
    what: &'static str,
    value: impl Fn(&Config) -> Option<T>,
) -> Result<Option<(&'c Config, T)>, ConfigError> {
    let mut found: Option<(&'c Config, T)> = None;
    for config in configs {
        let Some(here) = value(config) else { continue };
        match &found {
            Some((other, there)) if *there != here => {
                return Err(ConfigError::Disagree(other.name().to_owned(), config.name().to_owned(), what));
            }
            Some(_) => {}
            None => found = Some((config.as_ref(), here)),
        }
    }
    Ok(found)
}
