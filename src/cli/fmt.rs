//! `factum fmt`: claim, fact and vocabulary files in the one layout.
//!
//! A file is written whole, and only where it changes. One with a line that cannot be read is left alone and reported; the others
//! are still laid out.

use std::fmt::Write as _;
use std::io::{self, Write as _};
use std::path::Path;
use std::sync::Arc;

use similar::TextDiff;

use super::args::Fmt;
use super::config::{ConfigError, Configs};
use super::files::{Place, below, read, read_input, shown};
use super::output::{Target, whole};
use super::{Exit, complain, misconfigured, unwritten};
use crate::layout::{LAID_OUT, layout};
use crate::report::faults;
use crate::text::{Diagnostic, Document, escape_controls};

/// Runs the command.
pub(super) fn fmt(options: &Fmt) -> Exit {
    match formatted(options) {
        Ok(exit) => exit,
        Err(error) => misconfigured(&error),
    }
}

/// What a run has come to.
#[derive(Debug, Default)]
struct Told {
    /// What is printed.
    out: String,
    files: usize,
    changed: usize,
    broken: Vec<Diagnostic>,
    unwritten: bool,
}

fn formatted(options: &Fmt) -> Result<Exit, ConfigError> {
    let mut told = Told::default();
    for path in &options.paths {
        if path.as_os_str() == "-" {
            if !has_layout(Path::new(&options.stdin_name)) {
                return Err(ConfigError::Variable(no_layout(&options.stdin_name)));
            }
            told.input(&read_input(&options.stdin_name)?, options.check);
            continue;
        }
        for place in places(path)? {
            let document = read(&place)?;
            let within = path.is_dir().then(|| path.clone());
            told.file(&document, &Target { path: place.path, within }, options.check);
        }
    }
    Ok(told.exit(options))
}

/// The files that a path means. What `exclude` leaves out stays as it is, also where it is named by hand.
fn places(path: &Path) -> Result<Vec<Place>, ConfigError> {
    let folder = path.is_dir();
    if !folder && !has_layout(path) {
        return Err(ConfigError::Variable(no_layout(&shown(path))));
    }
    let mut found = if folder { below(path, &LAID_OUT)? } else { vec![Place::given(path)] };
    let mut configs = Configs::new(None, false)?;
    let mut kept = Vec::with_capacity(found.len());
    for place in found.drain(..) {
        // `include` says what is checked, `exclude` what is nobody's business.
        let config = configs.of(place.path.parent().unwrap_or(Path::new("")))?;
        if config.is_none_or(|config| config.takes(&place.path, true)) {
            kept.push(place);
        } else if !folder {
            complain(&format!("note: `{}` is left out by `exclude`", shown(&place.path)));
        }
    }
    Ok(kept)
}

fn has_layout(path: &Path) -> bool {
    path.extension().and_then(|ending| ending.to_str()).is_some_and(|ending| LAID_OUT.contains(&ending))
}

fn no_layout(name: &str) -> String {
    format!("`{name}` has no layout; files that have one end in .claims, .facts or .vocab")
}

impl Told {
    /// Standard input goes to standard output.
    fn input(&mut self, document: &Arc<Document>, check: bool) {
        self.files = self.files.saturating_add(1);
        match layout(document) {
            Err(problems) => self.broken.extend(problems),
            Ok(laid) if check => self.compare(document, &laid),
            Ok(laid) => self.out.push_str(&laid),
        }
    }

    fn file(&mut self, document: &Arc<Document>, target: &Target, check: bool) {
        self.files = self.files.saturating_add(1);
        let laid = match layout(document) {
            Err(problems) => return self.broken.extend(problems),
            Ok(laid) if laid == document.text() => return,
            Ok(laid) => laid,
        };
        if check {
            return self.compare(document, &laid);
        }
        match whole(target, |out| Ok(out.write_all(laid.as_bytes())?)) {
            Ok(()) => {
                self.changed = self.changed.saturating_add(1);
                // Writing to a string cannot fail.
                let _ = writeln!(self.out, "{}", escape_controls(document.name()));
            }
            Err(error) => {
                complain(&format!("error: {error}"));
                self.unwritten = true;
            }
        }
    }

    /// What would change, as `diff -u` shows it.
    fn compare(&mut self, document: &Document, laid: &str) {
        if laid == document.text() {
            return;
        }
        self.changed = self.changed.saturating_add(1);
        let name = escape_controls(document.name());
        let diff = TextDiff::from_lines(document.text(), laid);
        for line in diff.unified_diff().context_radius(2).header(&name, &format!("{name} (laid out)")).to_string().lines() {
            let _ = writeln!(self.out, "{}", escape_controls(line));
        }
    }

    fn exit(&self, options: &Fmt) -> Exit {
        let written = io::stdout().lock().write_all(self.out.as_bytes());
        let _ = faults(&self.broken, &mut io::stderr().lock());
        let exit = if !self.broken.is_empty() {
            complain("error: a file with a line that cannot be read is left as it is");
            Exit::CouldNot
        } else if self.unwritten {
            Exit::CouldNot
        } else if self.files == 0 {
            complain("error: there is nothing to lay out: no .claims, .facts or .vocab file was found");
            Exit::Nothing
        } else if options.check && self.changed > 0 {
            let files = if self.changed == 1 { "file is" } else { "files are" };
            complain(&format!("{} {files} laid out otherwise; `factum fmt` lays them out", self.changed));
            Exit::Failed
        } else {
            Exit::Met
        };
        unwritten(written).unwrap_or(exit)
    }
}
