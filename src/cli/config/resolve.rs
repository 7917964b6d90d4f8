//! One value for each setting: an option beats the environment, that beats the config, and that beats the default.

use std::collections::BTreeMap;
use std::path::PathBuf;

use toml::Spanned;

use super::file::{ASSUMPTIONS, LEVELS};
use super::find::span;
use super::{Config, ConfigError, Environment, Origin};
use crate::check::{Levels, Policy, Rule};
use crate::cli::args::{AssumptionName, Judging};
use crate::cli::check::facts_given;
use crate::cli::files::{Place, shown};
use crate::report::Level;
use crate::text::{Diagnostic, Span, escape_controls, nearest, one_of};
use crate::time::Day;
use crate::verdict::{Assumptions, Settings};

/// A setting as it is shown: its name, its value, where it comes from.
pub(in crate::cli) type Row = (String, String, Origin);

/// The settings of the claims that share a config.
#[derive(Debug)]
pub(in crate::cli) struct Resolved {
    pub(in crate::cli) facts: Vec<Place>,
    pub(in crate::cli) settings: Settings,
    pub(in crate::cli) policy: Policy,
    /// All of it, for people.
    pub(in crate::cli) rows: Vec<Row>,
}

/// Where each layer of settings comes from.
struct Sources<'s> {
    options: &'s Judging,
    environment: &'s Environment,
    config: Option<&'s Config>,
    rows: Vec<Row>,
    faults: Vec<Diagnostic>,
}

impl Resolved {
    /// Resolves them.
    pub(in crate::cli) fn new(options: &Judging, environment: &Environment, config: Option<&Config>) -> Result<Self, ConfigError> {
        let mut sources = Sources { options, environment, config, rows: Vec::new(), faults: Vec::new() };
        let facts = sources.facts()?;
        let as_of = sources.day("as-of", "--as-of", options.as_of, "FACTUM_AS_OF", |config| config.written.as_of.as_ref())?;
        let known_by =
            sources.day("known-by", "--known-by", options.known_by, "FACTUM_KNOWN_BY", |config| config.written.known_by.as_ref())?;
        let assumptions = sources.assumptions()?;
        let policy = sources.policy()?;
        sources.globs();
        if !sources.faults.is_empty() {
            return Err(ConfigError::Written(sources.faults));
        }
        Ok(Self { facts, settings: Settings { as_of, known_by, assumptions }, policy, rows: sources.rows })
    }
}

impl Sources<'_> {
    fn row(&mut self, name: &str, value: impl Into<String>, origin: Origin) {
        self.rows.push((name.to_owned(), value.into(), origin));
    }

    fn facts(&mut self) -> Result<Vec<Place>, ConfigError> {
        let given = |paths: &[PathBuf]| paths.iter().map(|path| shown(path)).collect::<Vec<_>>().join(", ");
        if !self.options.facts.is_empty() {
            self.row("facts", given(&self.options.facts), Origin::Option("--facts"));
            return Ok(facts_given(&self.options.facts)?);
        }
        let paths = self.environment.paths("FACTUM_FACTS");
        if !paths.is_empty() {
            self.row("facts", given(&paths), Origin::Environment("FACTUM_FACTS"));
            return Ok(facts_given(&paths)?);
        }
        let Some(config) = self.config.filter(|config| !config.written.facts.is_empty()) else {
            self.row("facts", "those beside the claims and above", Origin::Default);
            return Ok(Vec::new());
        };
        let mut found = Vec::new();
        let mut named = Vec::new();
        for written in &config.written.facts {
            match config.path(written) {
                Ok(path) => {
                    found.extend(config.facts(&path)?);
                    named.push(shown(&path));
                }
                Err(fault) => self.faults.push(fault),
            }
        }
        if let Some(first) = config.written.facts.first() {
            self.row("facts", named.join(", "), config.origin(span(first)));
        }
        Ok(found)
    }

    fn day(
        &mut self,
        name: &str,
        option: &'static str,
        given: Option<Day>,
        variable: &'static str,
        written: impl Fn(&Config) -> Option<&Spanned<toml::Value>>,
    ) -> Result<Option<Day>, ConfigError> {
        if let Some(day) = given {
            self.row(name, day.to_string(), Origin::Option(option));
            return Ok(Some(day));
        }
        let no_day = |text: &str| format!("`{text}` is no day; write it as `2024-12-08`");
        if let Some(text) = self.environment.text(variable)? {
            let day: Day = text.parse().map_err(|_| ConfigError::Variable(format!("`{variable}`: {}", no_day(&text))))?;
            self.row(name, day.to_string(), Origin::Environment(variable));
            return Ok(Some(day));
        }
        if let Some((config, value)) = self.config.and_then(|config| written(config).map(|value| (config, value))) {
            let text = match value.get_ref() {
                toml::Value::String(text) => text.clone(),
                toml::Value::Datetime(date) => date.to_string(),
                other => other.type_str().to_owned(),
            };
            match text.parse::<Day>() {
                Ok(day) => {
                    self.row(name, day.to_string(), config.origin(span(value)));
                    return Ok(Some(day));
                }
                Err(_) => self.faults.push(config.fault(span(value), no_day(&text))),
            }
        }
        self.row(name, "none", Origin::Default);
        Ok(None)
    }

    fn assumptions(&mut self) -> Result<Assumptions, ConfigError> {
        let (names, origin): (Vec<String>, Origin) = if self.options.strict {
            (Vec::new(), Origin::Option("--strict"))
        } else if let Some(names) = &self.options.assume {
            (names.iter().map(|name| name.name().to_owned()).collect(), Origin::Option("--assume"))
        } else if let Some(names) = self.environment.list("FACTUM_ASSUME")? {
            // `none` is how a variable says what an empty list says in a file.
            let names: Vec<String> = names.into_iter().filter(|name| name != "none").collect();
            if let Some(wrong) = names.iter().find(|name| !ASSUMPTIONS.contains(&name.as_str())) {
                return Err(ConfigError::Variable(format!("`FACTUM_ASSUME`: {}", no_name(wrong, "assumption", &ASSUMPTIONS))));
            }
            (names, Origin::Environment("FACTUM_ASSUME"))
        } else if let Some((config, written)) = self.config.and_then(|config| config.written.assume.as_ref().map(|names| (config, names))) {
            let mut names = Vec::new();
            for name in written {
                if ASSUMPTIONS.contains(&name.get_ref().as_str()) {
                    names.push(name.get_ref().clone());
                } else {
                    self.faults.push(config.fault(span(name), no_name(name.get_ref(), "assumption", &ASSUMPTIONS)));
                }
            }
            let place = written.first().map(span).or_else(|| key(config, "assume")).unwrap_or_default();
            (names, config.origin(place))
        } else {
            (ASSUMPTIONS.map(str::to_owned).to_vec(), Origin::Default)
        };
        let on = |name: &str| names.iter().any(|known| known == name);
        let assumptions =
            Assumptions { persistence: on("persistence"), once: on("once"), boundaries: on("boundaries"), voice: on("voice") };
        let shown = if names.is_empty() { "nothing".to_owned() } else { names.join(", ") };
        self.row("assume", shown, origin);
        Ok(assumptions)
    }

    fn policy(&mut self) -> Result<Policy, ConfigError> {
        let options = self.options;
        let mut layers = Vec::new();
        let given =
            [("--deny", Level::Deny, &options.deny), ("--warn", Level::Warn, &options.warn), ("--allow", Level::Allow, &options.allow)];
        let mut layer = Levels::default();
        let mut origins: BTreeMap<(&str, Rule), (Level, Origin)> = BTreeMap::new();
        for (option, level, rules) in given {
            for rule in rules {
                twice(&mut layer, *rule, level)?;
                origins.entry(("levels", *rule)).or_insert((level, Origin::Option(option)));
            }
        }
        layers.push(layer);
        let mut layer = Levels::default();
        for (variable, level) in [("FACTUM_DENY", Level::Deny), ("FACTUM_WARN", Level::Warn), ("FACTUM_ALLOW", Level::Allow)] {
            for name in self.environment.list(variable)?.unwrap_or_default() {
                let rule = Rule::by_name(&name).ok_or_else(|| ConfigError::Variable(format!("`{variable}`: {}", no_rule(&name))))?;
                twice(&mut layer, rule, level)?;
                origins.entry(("levels", rule)).or_insert((level, Origin::Environment(variable)));
            }
        }
        layers.push(layer);
        if let Some(config) = self.config {
            let mut layer = Levels::default();
            for (key, written, into) in
                [("levels", &config.written.levels, &mut layer.all), ("draft-levels", &config.written.draft_levels, &mut layer.drafts)]
            {
                for (name, level) in written {
                    let known = LEVELS.iter().find(|(known, _)| known == level.get_ref()).map(|(_, level)| *level);
                    match (Rule::by_name(name), known) {
                        (Some(rule), Some(known)) => {
                            into.insert(rule, known);
                            origins.entry((key, rule)).or_insert((known, config.origin(span(level))));
                        }
                        // Names of rules were looked at with all other keys.
                        _ => self.faults.push(config.fault(span(level), no_name(level.get_ref(), "level", &LEVELS.map(|(name, _)| name)))),
                    }
                }
            }
            layers.push(layer);
        }
        for (name, default) in [("supported", Level::Allow), ("contradicted", Level::Deny), ("unknown", Level::Deny)] {
            if let Some(rule) = Rule::by_name(name) {
                origins.entry(("levels", rule)).or_insert((default, Origin::Default));
            }
        }
        if let Some(unknown) = Rule::by_name("unknown") {
            origins.entry(("draft-levels", unknown)).or_insert((Level::Warn, Origin::Default));
        }
        for ((key, rule), (level, origin)) in origins {
            let level = LEVELS.iter().find(|(_, known)| *known == level).map_or("", |(name, _)| name);
            self.row(&format!("{key}.{}", rule.name()), level, origin);
        }
        Ok(Policy { layers })
    }

    fn globs(&mut self) {
        for (name, globs) in
            self.config.map(|config| [("include", &config.written.include), ("exclude", &config.written.exclude)]).into_iter().flatten()
        {
            if let (Some(config), Some(first)) = (self.config, globs.first()) {
                let all = globs.iter().map(|glob| glob.get_ref().as_str()).collect::<Vec<_>>().join(", ");
                let origin = config.origin(span(first));
                self.row(name, all, origin);
            }
        }
    }
}

/// Where a key without a value of its own place stands.
pub(super) fn key(config: &Config, name: &str) -> Option<Span> {
    config.document.lines().find(|(_, line)| line.trim_start().starts_with(name)).map(|(start, _)| Span::new(start, start))
}

fn twice(layer: &mut Levels, rule: Rule, level: Level) -> Result<(), ConfigError> {
    match layer.all.insert(rule, level) {
        Some(other) if other != level => Err(ConfigError::Variable(format!("`{}` is given two levels", rule.name()))),
        _ => Ok(()),
    }
}

/// A name that is none of its kind, with what it may have been meant to be.
pub(in crate::cli) fn no_name(name: &str, what: &str, known: &[&'static str]) -> String {
    let near = one_of(&nearest(name, known.iter().copied())).unwrap_or_else(|| format!("there are {}", known.join(", ")));
    format!("`{}` is no {what}; {near}", escape_controls(name))
}

/// A name that is no rule of the policy.
pub(in crate::cli) fn no_rule(name: &str) -> String {
    let rules: Vec<&'static str> = Rule::all().map(Rule::name).collect();
    no_name(name, "verdict or code of one", &rules)
}

impl AssumptionName {
    fn name(self) -> &'static str {
        match self {
            Self::Persistence => "persistence",
            Self::Once => "once",
            Self::Boundaries => "boundaries",
            Self::Voice => "voice",
        }
    }
}
