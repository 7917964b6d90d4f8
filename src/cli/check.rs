//! `factum check`: claim files against fact bases.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rayon::prelude::*;

use super::args::{Check, Judging};
use super::config::{Config, ConfigError, Configs, Environment, Resolved, Run};
use super::files::{FileError, Place, Project, below, directly_in, read, read_input, read_text, shown};
use super::output::{Output, colours, whole};
use super::progress::Progress;
use super::stream::Streamed;
use super::watch::{Watched, watch};
use super::{Exit, complain, misconfigured};
use crate::check::{Baseline, Checked, Draft, Stream, Text, add, check_document, count, read_draft, timelines};
use crate::facts::{FactBase, Loader};
use crate::report::{Finding, Format, Level, Report, Style, is_report};
use crate::text::{Diagnostic, Document};
use crate::verdict::Judge;

/// The endings of what is checked in a folder: that of claim files first, then those of drafts.
pub(super) const CHECKED: [&str; 7] = [CLAIMS, "md", "markdown", "mdx", "html", "htm", "txt"];
const CLAIMS: &str = "claims";

/// The endings of files that are used without being named.
pub(crate) const FACTS: [&str; 2] = ["facts", "vocab"];

/// A claim file or draft, the fact files that it is checked against, and the settings that it has.
struct Task {
    name: String,
    input: Input,
    facts: Vec<Place>,
    settings: usize,
}

/// What is checked.
enum Input {
    Claims(Arc<Document>),
    /// Claims from standard input, which is read when they are judged.
    Waiting,
    /// Read only when it is known that no line names it: then it proves something, or belongs to another file.
    Draft(Place),
    /// A draft from standard input.
    Prose(Arc<Document>),
}

impl Task {
    /// The claim file, if it is one.
    fn claims(&self) -> Result<Option<Arc<Document>>, FileError> {
        match &self.input {
            Input::Claims(document) => Ok(Some(Arc::clone(document))),
            Input::Waiting => read_input(&self.name).map(Some),
            Input::Draft(_) | Input::Prose(_) => Ok(None),
        }
    }
}

/// Which inputs a command takes from folders.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Takes {
    ClaimsAndDrafts,
    OnlyClaims,
}

impl Takes {
    fn endings(self) -> &'static [&'static str] {
        match self {
            Self::ClaimsAndDrafts => &CHECKED,
            Self::OnlyClaims => &[CLAIMS],
        }
    }
}

/// How a plan is carried out.
#[derive(Debug)]
pub(super) struct Manner {
    /// Whether a run without facts passes.
    pub(super) allow_empty: bool,
    /// Whether timelines are wanted.
    pub(super) timelines: bool,
    /// The files that the run, or a config of it, writes: a report among them is no draft.
    pub(super) written: Vec<PathBuf>,
    /// Its baselines, which are no drafts either.
    pub(super) kept: Vec<PathBuf>,
    /// Whether it is told how far it has come.
    pub(super) progress: Progress,
}

/// What is to be checked, and how.
pub(super) struct Plan {
    tasks: Vec<Task>,
    settings: Vec<Resolved>,
    /// The configs of the inputs, in the order in which they were met.
    pub(super) configs: Vec<Arc<Config>>,
    pub(super) environment: Environment,
}

/// Runs the command.
pub(super) fn check(options: &Check) -> Exit {
    use_threads(options.working.jobs);
    let once = || checked(options).unwrap_or_else(|error| misconfigured(&error));
    if !options.watch {
        return once();
    }
    if options.paths.iter().any(|path| path.as_os_str() == "-") {
        complain("error: standard input cannot be watched");
        return Exit::CouldNot;
    }
    let inputs = options.paths.iter().chain(&options.judging.facts).chain(&options.judging.config).chain(&options.baseline);
    watch(&Watched::new(inputs.map(PathBuf::as_path), options.report.iter().map(|(_, path)| path.as_path())), once)
}

/// Sets how many threads judge.
pub(super) fn use_threads(jobs: Option<usize>) {
    if let Some(jobs) = jobs {
        // A second call in one process keeps the first pool, which changes nothing that is printed.
        let _ = rayon::ThreadPoolBuilder::new().num_threads(jobs).build_global();
    }
}

fn checked(options: &Check) -> Result<Exit, ConfigError> {
    let plan = Plan::new(&options.paths, &options.stdin_name, Takes::ClaimsAndDrafts, &options.judging)?;
    let run = Run::new(options.format, &options.report, options.baseline.as_ref(), &plan.environment, &plan.configs)?;
    let output = Output {
        format: run.format,
        reports: run.reports,
        style: Style { colour: colours(options.color), publisher: run.publisher, unknown_too: run.unknown_too },
        quiet: options.working.quiet,
    };
    if let Err(error) = output.ready() {
        complain(&format!("error: {error}"));
        return Ok(Exit::CouldNot);
    }
    let alone = output.reports.is_empty() && run.baseline.is_none() && !options.write_baseline;
    if alone
        && matches!(output.format, Format::Tsv | Format::Jsonl)
        && let Some(exit) = plan.stream(&output, options.allow_empty)?
    {
        return Ok(exit);
    }
    let formats = output.reports.iter().map(|(format, _)| format).chain([&output.format]);
    let manner = Manner {
        allow_empty: options.allow_empty,
        timelines: formats.into_iter().any(|format| format.has_timelines()),
        written: run.report_files,
        kept: run.baseline_files,
        progress: if options.working.quiet { Progress::Silent } else { Progress::Shown },
    };
    let mut report = plan.run(&manner)?;
    if !options.coverage {
        report.unread.clear();
    }
    match (&run.baseline, options.write_baseline) {
        (None, true) => return Err(ConfigError::Variable("say where the baseline is to be written: --baseline FILE".to_owned())),
        (None, false) => {}
        (Some(target), write) => {
            if write {
                if let Ok(old) = read(&target.place())
                    && !old.text().trim().is_empty()
                    && !Baseline::is_one(old.text())
                {
                    return Err(ConfigError::NoBaseline(shown(&target.path)));
                }
                let text = Baseline::written(&report);
                if let Err(error) = whole(target, |out| Ok(out.write_all(text.as_bytes())?)) {
                    complain(&format!("error: {error}"));
                    return Ok(Exit::CouldNot);
                }
            }
            let baseline = Baseline::read(&read(&target.place())?).map_err(ConfigError::Written)?;
            let unmatched = baseline.apply(&mut report);
            if unmatched > 0 {
                let lines = if unmatched == 1 { "line" } else { "lines" };
                complain(&format!(
                    "note: {unmatched} {lines} of `{}` accept nothing that was found; --write-baseline drops them",
                    shown(&target.path)
                ));
            }
        }
    }
    conclude(&mut report, options.allow_empty);
    Ok(output.write(&report))
}

impl Plan {
    /// Finds what is to be checked, and the settings of each.
    pub(super) fn new(paths: &[PathBuf], stdin_name: &str, takes: Takes, judging: &Judging) -> Result<Self, ConfigError> {
        let environment = if judging.isolated { Environment::default() } else { Environment::read()? };
        let named = judging.config.clone().or_else(|| environment.config());
        let mut configs = Configs::new(named.as_deref(), judging.isolated)?;
        let mut plan = Self { tasks: Vec::new(), settings: Vec::new(), configs: Vec::new(), environment };
        // Which settings belong to which config, by its name; there may be inputs without one.
        let mut known: BTreeMap<Option<String>, usize> = BTreeMap::new();
        for path in paths {
            let from_input = path.as_os_str() == "-";
            let folder = path.is_dir();
            let root = if folder { path.as_path() } else { path.parent().unwrap_or(Path::new("")) };
            let files = match (from_input, folder) {
                (true, _) => vec![Place::given(path)],
                (_, true) => below(path, takes.endings())?,
                (_, false) => vec![Place::given(path)],
            };
            let mut left_out = Vec::new();
            for file in &files {
                let config = configs.of(if from_input { Path::new("") } else { file.path.parent().unwrap_or(root) })?;
                if let Some(config) = &config
                    && !from_input
                    && !config.takes(&file.path, !folder)
                {
                    left_out.push(shown(&file.path));
                    continue;
                }
                let settings = match known.get(&config.as_ref().map(|config| config.name().to_owned())) {
                    Some(at) => *at,
                    None => plan.add_settings(&mut known, judging, config)?,
                };
                let mut facts = plan.settings.get(settings).map(|resolved| resolved.facts.clone()).unwrap_or_default();
                let name = if from_input { stdin_name.to_owned() } else { shown(&file.path) };
                let input = match (from_input, is_draft(&name)) {
                    (true, true) => Input::Prose(read_input(stdin_name)?),
                    (true, false) => Input::Waiting,
                    (false, true) => Input::Draft(file.clone()),
                    (false, false) => Input::Claims(read(file)?),
                };
                if !from_input {
                    facts.extend(facts_around(root, &file.path)?);
                }
                in_order(&mut facts);
                plan.tasks.push(Task { name, input, facts, settings });
            }
            if !folder && let Some(file) = left_out.first() {
                complain(&format!("note: `{file}` is left out by `exclude`"));
            }
            if folder {
                let files: Vec<PathBuf> = files.into_iter().map(|file| file.path).collect();
                if let Some(error) = configs.of(path)?.and_then(|config| config.in_vain(path, &files)) {
                    return Err(error);
                }
            }
        }
        plan.tasks.sort_by(|a, b| a.name.cmp(&b.name));
        plan.tasks.dedup_by(|a, b| a.name == b.name);
        if plan.configs.is_empty()
            && let Some(path) = paths.first()
        {
            // Without a claim file there is still a place that says how the empty report is written.
            plan.configs.extend(configs.of(if path.is_dir() { path } else { path.parent().unwrap_or(Path::new("")) })?);
        }
        Ok(plan)
    }

    /// The claim files by name, sorted.
    pub(super) fn files(&self) -> Vec<String> {
        self.tasks.iter().map(|task| task.name.clone()).collect()
    }

    /// Shows all claims of the claim files, each with the fact base that gives its words their meaning. Nothing is judged.
    pub(super) fn claims(&self, mut show: impl FnMut(&FactBase, &Checked)) -> Result<(), ConfigError> {
        let project = Project::default();
        for ((settings, places), tasks) in self.groups() {
            let Some(resolved) = self.settings.get(settings) else { continue };
            let (base, _) = load(&project, places)?;
            let judge = Judge::new(&base, resolved.settings);
            for task in tasks {
                if let Some(document) = task.claims()? {
                    check_document(&judge, &document, &project)
                        .iter()
                        .filter(|claim| claim.is_claim())
                        .for_each(|claim| show(&base, claim));
                }
            }
        }
        Ok(())
    }

    /// Claim files that share their fact files and settings share the fact base.
    fn groups(&self) -> BTreeMap<(usize, &[Place]), Vec<&Task>> {
        let mut groups: BTreeMap<(usize, &[Place]), Vec<&Task>> = BTreeMap::new();
        for task in &self.tasks {
            groups.entry((task.settings, &task.facts)).or_default().push(task);
        }
        groups
    }

    fn add_settings(
        &mut self,
        known: &mut BTreeMap<Option<String>, usize>,
        judging: &Judging,
        config: Option<Arc<Config>>,
    ) -> Result<usize, ConfigError> {
        let at = self.settings.len();
        self.settings.push(Resolved::new(judging, &self.environment, config.as_deref())?);
        known.insert(config.as_ref().map(|config| config.name().to_owned()), at);
        self.configs.extend(config);
        Ok(at)
    }

    /// Judges claim files line by line and writes each verdict when it is there; nothing where there is more to it than that: drafts,
    /// several fact bases, files that include others, facts that are not in order. Then the run is judged as a whole.
    fn stream(&self, output: &Output, allow_empty: bool) -> Result<Option<Exit>, ConfigError> {
        let groups = self.groups();
        let (Some(((settings, places), tasks)), 1) = (groups.into_iter().next(), self.groups().len()) else { return Ok(None) };
        let apart = |task: &&Task| match &task.input {
            Input::Claims(document) => document.text().lines().all(|line| !line.trim_start().starts_with("include")),
            Input::Waiting => true,
            Input::Draft(_) | Input::Prose(_) => false,
        };
        let waiting = tasks.iter().any(|task| matches!(task.input, Input::Waiting));
        let Some(resolved) = self.settings.get(settings).filter(|_| tasks.iter().all(apart) && (tasks.len() == 1 || !waiting)) else {
            return Ok(None);
        };
        let project = Project::default();
        let (base, problems) = load_in_columns(&project, places)?;
        if !waiting && (!problems.is_empty() || base.count() == 0) {
            return Ok(None);
        }
        let judge = Judge::new(&base, resolved.settings);
        let mut streamed = Streamed::new(output, problems.into_iter().map(|problem| Finding::Diagnostic(Box::new(problem))).collect());
        let summary = &mut streamed.report.summary;
        (summary.facts, summary.sources, summary.files) = (base.count(), base.sources.len(), tasks.len());
        if base.count() == 0 && summary.errors == 0 && !allow_empty {
            add(&mut summary.errors, 1);
            complain(&format!(
                "error: there are no facts to check `{}` against",
                tasks.first().map(|task| task.name.as_str()).unwrap_or_default()
            ));
            complain("help: name a fact file with --facts; --allow-empty lets it pass");
        }
        for task in tasks {
            let stream = Stream::new(&judge, &resolved.policy, &project, &task.name, output.format == Format::Jsonl, output.quiet);
            match &task.input {
                Input::Claims(document) => streamed.whole(stream, document.text()),
                _ => streamed.input(stream, &task.name)?,
            }
        }
        let exit = streamed.finish(allow_empty);
        // The process ends here, and the system takes the memory back faster than it could be given back piece by piece.
        drop(judge);
        std::mem::forget(base);
        Ok(Some(exit))
    }

    /// Judges everything. The findings are sorted by file and place and have their levels; the counts of claims by verdict and
    /// level are still to be made.
    pub(super) fn run(&self, manner: &Manner) -> Result<Report, ConfigError> {
        let project = Project::default();
        let mut report = Report::default();
        for ((settings, places), tasks) in self.groups() {
            let Some(resolved) = self.settings.get(settings) else { continue };
            // Drafts are read beside the whole record, and so are timelines drawn.
            let of_claims = tasks.iter().all(|task| matches!(task.input, Input::Claims(_) | Input::Waiting));
            let load = if of_claims && !manner.timelines { load_in_columns } else { load };
            let (base, problems) = load(&project, places)?;
            let broken = !problems.is_empty();
            report.findings.extend(problems.into_iter().map(|problem| Finding::Diagnostic(Box::new(problem))));
            add(&mut report.summary.facts, base.count());
            add(&mut report.summary.sources, base.sources.len());
            let judge = Judge::new(&base, resolved.settings);
            let mut checked: Vec<Checked> = Vec::new();
            let mut names: Vec<&str> = Vec::new();
            for task in &tasks {
                if let Some(document) = task.claims()? {
                    names.push(&task.name);
                    checked.extend(check_document(&judge, &document, &project));
                }
            }
            let mut drafts: Vec<(Arc<Document>, Draft)> = Vec::new();
            for task in &tasks {
                let document = match &task.input {
                    Input::Draft(place) if !project.names(&task.name) => read(place)?,
                    Input::Prose(document) => Arc::clone(document),
                    Input::Draft(_) | Input::Claims(_) | Input::Waiting => continue,
                };
                let own = is_report(document.text()) || Baseline::is_one(document.text());
                let (written, kept) = (is_one_of(&document, &manner.written), is_one_of(&document, &manner.kept));
                if own && (written || kept) {
                    complain(&format!("note: `{}` is left out: this project writes it", task.name));
                    continue;
                }
                if written {
                    return Err(ConfigError::Overwritten(task.name.clone()));
                }
                if own {
                    complain(&format!("note: `{}` looks as if factum had written it, and is checked all the same", task.name));
                }
                names.push(&task.name);
                let draft = read_draft(&judge, &document);
                drafts.push((document, draft));
            }
            add(&mut report.summary.files, names.len());
            let in_drafts = drafts.iter().map(|(_, draft)| draft.count()).fold(0, usize::saturating_add);
            add(&mut report.summary.claims, checked.iter().filter(|claim| claim.is_claim()).count().saturating_add(in_drafts));
            let policy = &resolved.policy;
            let bar = manner.progress.over("judged", checked.len());
            let judged = |claim: &Checked| {
                let findings = claim.findings(&judge, policy, Text::Claims);
                bar.done();
                findings
            };
            let findings: Vec<Vec<Finding>> = checked.par_iter().map(judged).collect();
            report.findings.extend(findings.into_iter().flatten());
            drop(bar);
            // Drafts that fail by what they say against themselves, which takes no facts.
            let mut at_fault: Vec<&str> = Vec::new();
            let bar = manner.progress.over("read", drafts.len());
            for (document, draft) in &drafts {
                let found = draft.findings(&judge, policy, document);
                if found.iter().any(|finding| finding.level() == Level::Deny && is_of_the_text(finding)) {
                    at_fault.push(document.name());
                }
                report.findings.extend(found);
                report.unread.extend(draft.unread(document));
                bar.done();
            }
            drop(bar);
            if manner.timelines {
                let said = checked.iter().filter_map(Checked::said).chain(drafts.iter().flat_map(|(_, draft)| draft.said()));
                let (told, left_out) = timelines(&judge, said);
                report.timelines.extend(told);
                add(&mut report.undrawn, left_out);
            }
            if base.count() == 0 && !broken && !manner.allow_empty {
                let quoted = |names: &[&str]| names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
                let (only_within, unchecked): (Vec<&str>, Vec<&str>) = names.iter().partition(|name| at_fault.contains(name));
                if !only_within.is_empty() {
                    let drafts = quoted(&only_within);
                    complain(&format!(
                        "note: there are no facts to check {drafts} against; it was looked at for what it says against itself"
                    ));
                }
                if !unchecked.is_empty() {
                    add(&mut report.summary.errors, 1);
                    complain(&format!("error: there are no facts to check {} against", quoted(&unchecked)));
                    complain("help: name a fact file with --facts, or put one beside the claims; --allow-empty lets it pass");
                }
            }
            drop(judge);
            // Nobody needs the memory of it again before the process ends.
            std::mem::forget(base);
        }
        report.findings.sort_by(|a, b| {
            let ((x, p), (y, q)) = (a.place(), b.place());
            (x.name(), p).cmp(&(y.name(), q))
        });
        report.unread.sort_by(|a, b| (a.document.name(), a.span).cmp(&(b.document.name(), b.span)));
        Ok(report)
    }
}

/// Whether a finding takes no record to be so.
fn is_of_the_text(finding: &Finding) -> bool {
    matches!(finding, Finding::Verdict(judged) if judged.code.is_of_the_text())
}

/// Whether a document is one of these files.
fn is_one_of(document: &Document, files: &[PathBuf]) -> bool {
    let real = |path: &Path| std::fs::canonicalize(path).ok();
    let here = real(Path::new(document.name()));
    here.is_some() && files.iter().any(|path| real(path) == here)
}

/// Whether a document is prose, by the ending of its name.
pub(super) fn is_draft(name: &str) -> bool {
    name.rsplit_once('.').is_some_and(|(_, ending)| ending != CLAIMS && CHECKED.contains(&ending))
}

/// Counts, and says how the run ends.
pub(super) fn conclude(report: &mut Report, allow_empty: bool) {
    count(report);
    say_exit(report, allow_empty);
}

/// Says how a run ends of which everything is counted.
pub(super) fn say_exit(report: &mut Report, allow_empty: bool) {
    let claims = report.summary.claims;
    report.summary.exit_code = match (report.summary.errors, report.summary.failed) {
        (0, 0) if claims == 0 && !allow_empty => Exit::Nothing,
        (0, 0) => Exit::Met,
        (0, _) => Exit::Failed,
        _ => Exit::CouldNot,
    } as u8;
}

/// The fact files that the options name, folders opened.
pub(super) fn facts_given(paths: &[PathBuf]) -> Result<Vec<Place>, FileError> {
    let mut found = Vec::new();
    for path in paths {
        if path.is_dir() {
            found.extend(below(path, &FACTS)?);
        } else {
            found.push(Place::given(path));
        }
    }
    in_order(&mut found);
    Ok(found)
}

/// Sorted by path, each once; one that is named by hand comes before the same one found.
pub(crate) fn in_order(places: &mut Vec<Place>) {
    places.sort();
    places.dedup_by(|later, earlier| later.path == earlier.path);
}

/// The fact files beside a claim file and in the folders above it, up to the one that was named.
pub(crate) fn facts_around(root: &Path, file: &Path) -> Result<Vec<Place>, FileError> {
    let mut found = Vec::new();
    let mut folder = file.parent();
    while let Some(here) = folder {
        found.extend(directly_in(here, &FACTS)?);
        if here == root || here.as_os_str().is_empty() {
            break;
        }
        folder = here.parent();
    }
    Ok(found)
}

pub(crate) fn load(project: &Project, places: &[Place]) -> Result<(FactBase, Vec<Diagnostic>), FileError> {
    let mut loader = Loader::new(project);
    for place in places {
        let document = project.read(place)?;
        if document.name().ends_with(".csv") {
            loader.table(&document);
        } else {
            loader.facts(&document);
        }
    }
    Ok(loader.finish())
}

/// The same, where only the facts that claims touch are wanted: plain rows of tables stay in columns.
pub(crate) fn load_in_columns(project: &Project, places: &[Place]) -> Result<(FactBase, Vec<Diagnostic>), FileError> {
    let mut loader = Loader::new(project).in_columns();
    for place in places {
        let table = shown(&place.path).ends_with(".csv");
        match project.unsaved(place) {
            None if table => {
                let (name, text) = read_text(place)?;
                loader.table_text(&name, text);
            }
            Some(document) if table => loader.table(&document),
            _ => loader.facts(&project.read(place)?),
        }
    }
    Ok(loader.finish())
}
