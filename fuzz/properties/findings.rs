//! Records and claims to findings, without a disk.

use std::collections::BTreeMap;
use std::sync::Arc;

use factum::check::check_document;
use factum::facts::{FactBase, Library, LibraryError, Loader};
use factum::report::{Finding, Report};
use factum::syntax::{ClaimLine, claim_line};
use factum::text::{Diagnostic, Document, Span};
use factum::verdict::{Assumptions, Judge, Settings};
use factum::vocabulary::without_comment;

use super::{builder, reports};

/// Files by name, for `source` and `include` lines.
#[derive(Debug, Default)]
pub struct Shelf(BTreeMap<String, Arc<Document>>);

impl Library for Shelf {
    fn open(&self, _from: &Document, path: &str) -> Result<Arc<Document>, LibraryError> {
        self.0.get(path).cloned().ok_or_else(|| LibraryError::Missing(path.to_owned()))
    }
}

/// A record with the claims that are held against it.
pub struct Base {
    shelf: Shelf,
    facts: FactBase,
    problems: Vec<Diagnostic>,
    claims: Vec<(Settings, Arc<Document>)>,
}

impl Base {
    /// Reads a text in parts, as the cases of the test run are: `--- facts`, `--- source NAME`, `--- claims`, behind which
    /// may stand what is assumed. What stands before the first part, and in parts of other names, is claims.
    pub fn of_case(text: &str) -> Self {
        let mut parts: Vec<(Vec<&str>, String)> = vec![(vec!["claims"], String::new())];
        for line in text.split('\n') {
            if let Some(head) = line.strip_prefix("--- ") {
                parts.push((head.split_whitespace().collect(), String::new()));
            } else if let Some((_, text)) = parts.last_mut() {
                text.push_str(line);
                text.push('\n');
            }
        }
        let mut shelf = Shelf::default();
        let mut facts = Vec::new();
        let mut claims = Vec::new();
        for (number, (head, text)) in parts.iter().enumerate() {
            match head.as_slice() {
                ["facts", ..] => facts.push(Arc::new(Document::new(format!("{number}.facts"), text.as_str()))),
                ["source", name, ..] => {
                    shelf.0.insert((*name).to_owned(), Arc::new(Document::new(*name, text.as_str())));
                }
                [_, options @ ..] => claims.push((settings(options), Arc::new(Document::new(format!("{number}.claims"), text.as_str())))),
                [] => {}
            }
        }
        let mut loader = Loader::with_vocabulary(&shelf, builder());
        for document in &facts {
            loader.facts(document);
        }
        let (facts, problems) = loader.finish();
        places_exist(&facts, &problems);
        Self { shelf, facts, problems, claims }
    }

    /// All that a run over it would report.
    pub fn report(&self) -> Report {
        let mut report = reports::of_problems(self.problems.clone());
        for (settings, document) in &self.claims {
            report.findings.extend(claims(&self.facts, document, *settings, &self.shelf));
            report.summary.files += 1;
        }
        report.summary.facts = self.facts.facts.len();
        report
    }
}

fn settings(options: &[&str]) -> Settings {
    let mut settings = Settings::default();
    for option in options {
        match *option {
            "strict" => settings.assumptions = Assumptions::NONE,
            "persistence" => settings.assumptions.persistence = false,
            "once" => settings.assumptions.once = false,
            "boundaries" => settings.assumptions.boundaries = false,
            "voice" => settings.assumptions.voice = false,
            day => settings.known_by = settings.known_by.or(day.parse().ok()),
        }
    }
    settings
}

/// The findings of a claim file: one on each line that holds a claim, at places that exist.
pub fn claims(base: &FactBase, document: &Arc<Document>, settings: Settings, library: &dyn Library) -> Vec<Finding> {
    let judge = Judge::new(base, settings);
    let checked = check_document(&judge, document, library);
    let findings: Vec<Finding> = checked.iter().map(|claim| claim.judge(&judge).0).collect();
    findings.iter().for_each(finding_exists);
    for (number, (_, raw)) in document.lines().enumerate() {
        let text = without_comment(raw).trim();
        let claim = !text.is_empty() && matches!(claim_line(text), Ok(ClaimLine::Claim(..)) | Err(_));
        let here = |finding: &&Finding| {
            let (at, span) = finding.place();
            Arc::ptr_eq(at, document) && at.position(span.start).line == number + 1
        };
        let found = findings.iter().filter(here).count();
        assert!(!claim || found == 1, "line {} is a claim and has {found} findings", number + 1);
    }
    findings
}

fn finding_exists(finding: &Finding) {
    match finding {
        Finding::Verdict(judged) => {
            exists(&judged.document, judged.span);
            if let Some(wrong) = judged.wrong {
                exists(&judged.document, wrong);
            }
            for evidence in &judged.evidence {
                exists(&evidence.stated.0, evidence.stated.1);
                if let Some((_, document, span)) = &evidence.quote {
                    exists(document, *span);
                }
            }
        }
        Finding::Diagnostic(diagnostic) => problem_exists(diagnostic),
    }
}

/// All places that a record and its faults speak of are whole characters of their documents.
pub fn places_exist(base: &FactBase, problems: &[Diagnostic]) {
    problems.iter().for_each(problem_exists);
    for fact in &base.facts {
        exists(&fact.document, fact.span);
        for quote in &fact.quotes {
            exists(&base.sources[quote.source].document, quote.span);
        }
    }
}

fn problem_exists(diagnostic: &Diagnostic) {
    assert_ne!(diagnostic.code, "internal", "{}", diagnostic.message);
    exists(&diagnostic.document, diagnostic.span);
    for other in &diagnostic.others {
        exists(&other.document, other.span);
    }
}

fn exists(document: &Document, span: Span) {
    assert!(
        document.text().get(span.range()).is_some(),
        "{span:?} is no part of `{}`, of {} bytes",
        document.name(),
        document.text().len()
    );
}
