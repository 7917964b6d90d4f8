//! Which fact bases a list is made from: those that claims at each place would be checked against.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use crate::cli::args::Listing;
use crate::cli::check::{FACTS, facts_around, in_order, load};
use crate::cli::complain;
use crate::cli::config::{ConfigError, Configs, Environment, Resolved};
use crate::cli::files::{Place, Project, below};
use crate::facts::{Fact, FactBase, Source};
use crate::time::Day;
use crate::verdict::Settings;

/// A fact base and the settings of those who ask it.
pub(super) struct Base {
    pub(super) base: FactBase,
    pub(super) settings: Settings,
}

impl Base {
    /// The facts that the settings let in.
    pub(super) fn facts(&self) -> impl Iterator<Item = &Fact> {
        self.base.facts.iter().filter(|fact| self.is_known(fact.horizon))
    }

    /// The sources that the settings let in, each with its place among all.
    pub(super) fn sources(&self) -> impl Iterator<Item = (usize, &Source)> {
        self.base.sources.iter().enumerate().filter(|(_, source)| self.is_known(source.date))
    }

    fn is_known(&self, day: Option<Day>) -> bool {
        !matches!((day, self.settings.known_by), (Some(day), Some(by)) if day > by)
    }
}

/// The fact bases of what was named: one for a file; for a folder, one for every folder in it that has fact files. Where there
/// are none, the standard vocabulary is still there.
pub(super) fn bases(options: &Listing) -> Result<Vec<Base>, ConfigError> {
    let (found, faults) = all(options)?;
    if faults > 0 {
        let s = if faults == 1 { "" } else { "s" };
        complain(&format!("warning: {faults} fault{s} in the fact files; `factum check` shows them"));
    }
    Ok(found)
}

/// The same without a word, and how many faults there are in them.
pub(super) fn all(options: &Listing) -> Result<(Vec<Base>, usize), ConfigError> {
    let judging = &options.judging;
    let environment = if judging.isolated { Environment::default() } else { Environment::read()? };
    let named = judging.config.clone().or_else(|| environment.config());
    let mut configs = Configs::new(named.as_deref(), judging.isolated)?;
    let mut groups: Vec<(PathBuf, Vec<Place>)> = Vec::new();
    let path = options.path.as_path();
    let parent = |path: &Path| path.parent().unwrap_or(Path::new("")).to_path_buf();
    if path.is_dir() {
        let mut seen = BTreeSet::new();
        for file in below(path, &FACTS)? {
            let folder = parent(&file.path);
            if seen.insert(folder.clone()) {
                groups.push((folder, facts_around(path, &file.path)?));
            }
        }
        if groups.is_empty() {
            groups.push((path.to_path_buf(), Vec::new()));
        }
    } else {
        // Of a file that is not there it has to be said so, whatever its name.
        crate::cli::files::read(&Place::given(path))?;
        let is_facts = path.extension().and_then(|ending| ending.to_str()).is_some_and(|ending| FACTS.contains(&ending) || ending == "csv");
        let folder = parent(path);
        let places = if is_facts { vec![Place::given(path)] } else { facts_around(&folder, path)? };
        groups.push((folder, places));
    }
    let project = Project::default();
    let mut found = Vec::new();
    let mut faults = BTreeSet::new();
    for (folder, mut places) in groups {
        let resolved = Resolved::new(judging, &environment, configs.of(&folder)?.as_deref())?;
        places.extend(resolved.facts);
        in_order(&mut places);
        let (base, problems) = load(&project, &places)?;
        faults.extend(problems.into_iter().map(|problem| (problem.document.name().to_owned(), problem.span, problem.message)));
        found.push(Base { base, settings: resolved.settings });
    }
    Ok((found, faults.len()))
}
