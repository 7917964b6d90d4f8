//! Which config an input has: the first `factum.toml` upward from it, or the one that was named.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use globset::{GlobBuilder, GlobSet, GlobSetBuilder};
use toml::Spanned;

use super::file::{self, Written};
use super::{ConfigError, Origin};
use crate::cli::files::{Place, below, read, shown};
use crate::text::{Diagnostic, Document, Problem, Span};

/// The name that is looked for.
const NAME: &str = "factum.toml";

/// A config that was read.
#[derive(Debug)]
pub(in crate::cli) struct Config {
    /// The folder that its paths are relative to, as seen from where the program was started.
    pub(super) folder: PathBuf,
    pub(super) document: Arc<Document>,
    pub(super) written: Written,
    include: Vec<(String, GlobSet)>,
    exclude: GlobSet,
}

impl Config {
    /// Reads one that the user named, or one that was found: it comes with the project, and so it may not be a link, which could
    /// lead to a file that is nobody's business.
    fn read(path: &Path, found: bool) -> Result<Self, ConfigError> {
        let place = if found { Place::found(path, path.parent().unwrap_or(Path::new(""))) } else { Place::given(path) };
        let document = read(&place)?;
        let written = file::read(&document).map_err(ConfigError::Written)?;
        let folder = path.parent().unwrap_or(Path::new("")).to_path_buf();
        let mut problems = Vec::new();
        let mut sets = |globs: &[Spanned<String>]| -> Vec<(String, GlobSet)> {
            let read = globs.iter().map(|glob| (glob.get_ref().clone(), set(glob.get_ref()).map_err(|error| (span(glob), error))));
            read.filter_map(|(pattern, set)| match set {
                Ok(set) => Some((pattern, set)),
                Err((span, error)) => {
                    problems.push(Problem::new("config", span, format!("this is no glob: {}", error.kind())).at(&document, 0));
                    None
                }
            })
            .collect()
        };
        let include = sets(&written.include);
        let exclude = sets(&written.exclude);
        if !problems.is_empty() {
            return Err(ConfigError::Written(problems));
        }
        // Each was built by itself already, so all together can be built.
        let exclude = join(exclude.iter().map(|(pattern, _)| pattern.as_str())).unwrap_or_default();
        Ok(Self { folder, document, written, include, exclude })
    }

    /// Its name as shown.
    pub(in crate::cli) fn name(&self) -> &str {
        self.document.name()
    }

    /// Whether a file that was found in a folder is to be checked, or, if it was named by hand, is not left out.
    pub(in crate::cli) fn takes(&self, path: &Path, by_hand: bool) -> bool {
        let Some(inside) = self.inside(path) else { return true };
        let included = by_hand || self.include.is_empty() || self.include.iter().any(|(_, set)| set.is_match(&inside));
        included && !self.exclude.is_match(&inside)
    }

    /// A path as seen from the config's folder, where it lies in it.
    fn inside(&self, path: &Path) -> Option<PathBuf> {
        if let Ok(inside) = path.strip_prefix(&self.folder)
            && inside.components().all(|part| matches!(part, Component::Normal(_)))
        {
            return Some(inside.to_path_buf());
        }
        let real = fs::canonicalize(path).ok()?;
        real.strip_prefix(fs::canonicalize(folder_or_here(&self.folder)).ok()?).ok().map(Path::to_path_buf)
    }

    /// A pattern of `include` that means none of the files that are checked, when all that lie in its folder are.
    pub(in crate::cli) fn in_vain(&self, named: &Path, files: &[PathBuf]) -> Option<ConfigError> {
        let whole = fs::canonicalize(folder_or_here(&self.folder)).ok()?.starts_with(fs::canonicalize(folder_or_here(named)).ok()?);
        let unmatched = |set: &GlobSet| !files.iter().filter_map(|file| self.inside(file)).any(|file| set.is_match(file));
        let (pattern, _) = self.include.iter().filter(|_| whole).find(|(_, set)| unmatched(set))?;
        Some(ConfigError::NoMatch(pattern.clone(), self.name().to_owned()))
    }

    /// The line of a setting.
    pub(super) fn origin(&self, span: Span) -> Origin {
        Origin::File(self.name().to_owned(), self.document.position(span.start).line)
    }

    /// A fault of a value.
    pub(super) fn fault(&self, span: Span, message: impl Into<String>) -> Diagnostic {
        Problem::new("config", span, message).at(&self.document, 0)
    }

    /// A path of the config. A config comes with the project, so it names nothing outside the project's folder.
    pub(super) fn path(&self, written: &Spanned<String>) -> Result<PathBuf, Diagnostic> {
        let path = Path::new(written.get_ref());
        let plain = path.components().all(|part| matches!(part, Component::Normal(_) | Component::CurDir));
        if written.get_ref().is_empty() || !plain || written.get_ref().contains('\\') {
            let message = format!("`{}` is not a path inside the folder of `{NAME}`", written.get_ref());
            return Err(self.fault(span(written), message));
        }
        Ok(self.folder.join(path))
    }

    /// Fact files that the config names, folders opened; no link leads out of its folder.
    pub(super) fn facts(&self, path: &Path) -> Result<Vec<Place>, ConfigError> {
        if path.is_dir() {
            let real = fs::canonicalize(path).ok();
            let root = fs::canonicalize(folder_or_here(&self.folder)).ok();
            if real.zip(root).is_none_or(|(real, root)| !real.starts_with(root)) {
                return Err(ConfigError::Variable(format!("`{}` leads out of the folder of `{}`", shown(path), self.name())));
            }
            return Ok(below(path, &crate::cli::check::FACTS)?);
        }
        Ok(vec![Place::found(path, &self.folder)])
    }
}

pub(super) fn span<T>(value: &Spanned<T>) -> Span {
    Span::new(value.span().start, value.span().end)
}

fn folder_or_here(folder: &Path) -> &Path {
    if folder.as_os_str().is_empty() { Path::new(".") } else { folder }
}

fn set(pattern: &str) -> Result<GlobSet, globset::Error> {
    join(std::iter::once(pattern))
}

/// As `.gitignore` has it: a pattern without a slash means that name anywhere, and a folder means all that is in it.
fn join<'p>(patterns: impl Iterator<Item = &'p str>) -> Result<GlobSet, globset::Error> {
    let mut set = GlobSetBuilder::new();
    for pattern in patterns {
        let pattern = pattern.strip_prefix("./").unwrap_or(pattern);
        let pattern = pattern.strip_suffix('/').unwrap_or(pattern);
        let pattern = match pattern.strip_prefix('/') {
            Some(rooted) => rooted.to_owned(),
            None if pattern.contains('/') => pattern.to_owned(),
            None => format!("**/{pattern}"),
        };
        for pattern in [format!("{pattern}/**"), pattern] {
            set.add(GlobBuilder::new(&pattern).literal_separator(true).build()?);
        }
    }
    set.build()
}

/// The configs of a run, each read once.
#[derive(Debug, Default)]
pub(in crate::cli) struct Configs {
    /// For all inputs.
    given: Option<Arc<Config>>,
    isolated: bool,
    found: BTreeMap<PathBuf, Option<Arc<Config>>>,
}

impl Configs {
    /// With `isolated`, there is none; with `given`, it is the one for all inputs.
    pub(in crate::cli) fn new(given: Option<&Path>, isolated: bool) -> Result<Self, ConfigError> {
        let given = given.filter(|_| !isolated).map(|path| Config::read(path, false)).transpose()?.map(Arc::new);
        Ok(Self { given, isolated, found: BTreeMap::new() })
    }

    /// The config of what lies in a folder.
    pub(in crate::cli) fn of(&mut self, folder: &Path) -> Result<Option<Arc<Config>>, ConfigError> {
        if self.isolated || self.given.is_some() {
            return Ok(self.given.clone());
        }
        let mut passed = Vec::new();
        let mut found = None;
        for here in upward(folder) {
            if let Some(known) = self.found.get(&here) {
                found.clone_from(known);
                break;
            }
            let path = here.join(NAME);
            passed.push(here);
            if fs::symlink_metadata(&path).is_ok() {
                found = Some(Arc::new(Config::read(&path, true)?));
                break;
            }
        }
        for folder in passed {
            self.found.insert(folder, found.clone());
        }
        Ok(found)
    }
}

/// A folder and those above it, as seen from where the program was started: above `` lies `..`.
fn upward(folder: &Path) -> Vec<PathBuf> {
    let depth = fs::canonicalize(folder_or_here(folder)).map_or(1, |real| real.ancestors().count());
    let mut here: PathBuf = folder.components().filter(|part| !matches!(part, Component::CurDir)).collect();
    let mut found = Vec::new();
    for _ in 0..depth {
        let above = match here.components().next_back() {
            Some(Component::Normal(_)) => here.parent().map(Path::to_path_buf).unwrap_or_default(),
            Some(Component::RootDir | Component::Prefix(_)) => here.clone(),
            _ => here.join(".."),
        };
        found.push(std::mem::replace(&mut here, above));
    }
    found
}
