//! `factum check`: claim files against fact bases.

use std::collections::BTreeMap;
use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rayon::prelude::*;

use super::args::{AssumptionName, Check, Colour, Format};
use super::files::{FileError, Place, Project, below, directly_in, read, read_input};
use super::{Exit, complain, unwritten};
use crate::check::{Checked, check_document};
use crate::facts::{FactBase, Loader};
use crate::report::{Finding, Level, Report, human, jsonl};
use crate::text::{Diagnostic, Document};
use crate::verdict::{Assumptions, Judge, Settings, Verdict};

const FACTS: [&str; 2] = ["facts", "vocab"];

/// A claim file and the fact files that it is checked against.
struct Task {
    document: Arc<Document>,
    facts: Vec<Place>,
}

/// Runs the command.
pub(super) fn check(options: &Check) -> Exit {
    if let Some(jobs) = options.jobs {
        // A second call in one process keeps the first pool, which changes nothing that is printed.
        let _ = rayon::ThreadPoolBuilder::new().num_threads(jobs).build_global();
    }
    match run(options) {
        Ok(report) => print(options, &report),
        Err(error) => {
            complain(&format!("error: {error}"));
            Exit::CouldNot
        }
    }
}

fn run(options: &Check) -> Result<Report, FileError> {
    let given = facts_given(&options.facts)?;
    let tasks = tasks(options, &given)?;
    let settings =
        Settings { as_of: options.as_of, known_by: options.known_by, assumptions: assumptions(options.strict, options.assume.as_deref()) };
    // Claim files that share their fact files share the fact base.
    let mut groups: BTreeMap<Vec<Place>, Vec<Arc<Document>>> = BTreeMap::new();
    for task in tasks {
        groups.entry(task.facts).or_default().push(task.document);
    }
    let project = Project::default();
    let mut report = Report::default();
    for (paths, documents) in groups {
        let (base, problems) = load(&project, &paths)?;
        let broken = !problems.is_empty();
        add(&mut report.summary.errors, problems.len());
        report.findings.extend(problems.into_iter().map(|problem| Finding::Diagnostic(Box::new(problem))));
        add(&mut report.summary.facts, base.facts.len());
        add(&mut report.summary.sources, base.sources.len());
        let judge = Judge::new(&base, settings);
        let mut checked: Vec<Checked> = Vec::new();
        for document in &documents {
            add(&mut report.summary.files, 1);
            checked.extend(check_document(&judge, document, &project));
        }
        let findings: Vec<(Finding, bool)> = checked.par_iter().map(|claim| claim.judge(&judge)).collect();
        for (finding, refused_as_expected) in findings {
            count(&mut report, &finding, refused_as_expected);
            report.findings.push(finding);
        }
        if base.facts.is_empty() && !broken && !documents.is_empty() && !options.allow_empty {
            add(&mut report.summary.errors, 1);
            let names: Vec<String> = documents.iter().map(|document| format!("`{}`", document.name())).collect();
            complain(&format!("error: there are no facts to check {} against", names.join(", ")));
            complain("help: name a fact file with --facts, or put one beside the claims; --allow-empty lets it pass");
        }
    }
    report.findings.sort_by(|a, b| {
        let ((x, p), (y, q)) = (a.place(), b.place());
        (x.name(), p).cmp(&(y.name(), q))
    });
    let claims = report.summary.claims;
    report.summary.exit_code = match (report.summary.errors, report.summary.failed) {
        (0, 0) if claims == 0 && !options.allow_empty => Exit::Nothing,
        (0, 0) => Exit::Met,
        (0, _) => Exit::Failed,
        _ => Exit::CouldNot,
    } as u8;
    Ok(report)
}

/// Counts on; a count that no machine can hold stays at the largest.
fn add(count: &mut usize, more: usize) {
    *count = count.saturating_add(more);
}

fn count(report: &mut Report, finding: &Finding, refused_as_expected: bool) {
    let summary = &mut report.summary;
    match finding {
        Finding::Verdict(judged) => {
            add(&mut summary.claims, 1);
            match judged.verdict {
                Verdict::Supported => add(&mut summary.supported, 1),
                Verdict::Contradicted => add(&mut summary.contradicted, 1),
                Verdict::Unknown => add(&mut summary.unknown, 1),
            }
            add(&mut summary.failed, usize::from(judged.level == Level::Deny));
        }
        Finding::Diagnostic(_) => {
            add(&mut summary.claims, 1);
            add(&mut summary.errors, usize::from(!refused_as_expected));
            add(&mut summary.refused, usize::from(refused_as_expected));
        }
    }
}

/// What is assumed.
pub(super) fn assumptions(strict: bool, named: Option<&[AssumptionName]>) -> Assumptions {
    if strict {
        return Assumptions::NONE;
    }
    match named {
        None => Assumptions::ALL,
        Some(names) => Assumptions {
            persistence: names.contains(&AssumptionName::Persistence),
            once: names.contains(&AssumptionName::Once),
            boundaries: names.contains(&AssumptionName::Boundaries),
            voice: names.contains(&AssumptionName::Voice),
        },
    }
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
pub(super) fn in_order(places: &mut Vec<Place>) {
    places.sort();
    places.dedup_by(|later, earlier| later.path == earlier.path);
}

fn tasks(options: &Check, given: &[Place]) -> Result<Vec<Task>, FileError> {
    let mut tasks: Vec<Task> = Vec::new();
    for path in &options.paths {
        if path.as_os_str() == "-" {
            tasks.push(Task { document: read_input(&options.stdin_name)?, facts: given.to_vec() });
            continue;
        }
        let (root, files) = if path.is_dir() {
            (path.as_path(), below(path, &["claims"])?)
        } else {
            (path.parent().unwrap_or(Path::new("")), vec![Place::given(path)])
        };
        for file in files {
            let document = read(&file)?;
            let mut facts = given.to_vec();
            facts.extend(facts_around(root, &file.path)?);
            in_order(&mut facts);
            tasks.push(Task { document, facts });
        }
    }
    tasks.sort_by(|a, b| a.document.name().cmp(b.document.name()));
    tasks.dedup_by(|a, b| a.document.name() == b.document.name());
    Ok(tasks)
}

/// The fact files beside a claim file and in the folders above it, up to the one that was named.
pub(super) fn facts_around(root: &Path, file: &Path) -> Result<Vec<Place>, FileError> {
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

pub(super) fn load(project: &Project, places: &[Place]) -> Result<(FactBase, Vec<Diagnostic>), FileError> {
    let mut loader = Loader::new(project);
    for place in places {
        let document = read(place)?;
        if document.name().ends_with(".csv") {
            loader.table(&document);
        } else {
            loader.facts(&document);
        }
    }
    Ok(loader.finish())
}

fn print(options: &Check, report: &Report) -> Exit {
    let out = std::io::stdout();
    let colour = match options.color {
        Colour::Always => true,
        Colour::Never => false,
        Colour::Auto => out.is_terminal() && std::env::var_os("NO_COLOR").is_none(),
    };
    let mut shown = report.clone();
    if options.quiet {
        shown.findings.retain(|finding| match finding {
            Finding::Verdict(judged) => judged.level != Level::Allow,
            Finding::Diagnostic(diagnostic) => diagnostic.label.is_none(),
        });
    }
    let mut out = std::io::BufWriter::new(out.lock());
    let written = match options.format {
        Format::Human => human(&shown, colour, &mut out),
        Format::Jsonl => jsonl(&shown, &mut out),
    };
    let written = written.and_then(|()| out.flush());
    if report.summary.exit_code == Exit::Nothing as u8 {
        complain("error: there is nothing to check: no claim was found");
        complain("help: a claim file ends in `.claims` and has one claim a line; --allow-empty lets an empty run pass");
    }
    if let Some(exit) = unwritten(written) {
        return exit;
    }
    match report.summary.exit_code {
        0 => Exit::Met,
        1 => Exit::Failed,
        3 => Exit::Nothing,
        _ => Exit::CouldNot,
    }
}
