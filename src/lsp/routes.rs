//! Which record a text belongs to, and when a record is loaded anew.
//!
//! In: what is open, what changed, what the records tell. Out: records, each started once for the fact files and settings that
//! its texts share. Never: drops a record before its successor is there, so that there is always one that answers.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use crossbeam_channel::{Sender, unbounded};
use lsp_types::Diagnostic;

use super::diagnostics;
use super::documents::Text;
use super::frame::Frame;
use super::record::{self, Event, Job, Start};
use super::transport::Outgoing;
use super::workspace::Kind;
use crate::cli::project::{Place, Setup, SetupError, is_saved, setup};
use crate::text::Document;

/// How a text came to be another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Change {
    Opened,
    Typed,
    Closed,
}

/// What the texts of one record share: their config and their fact files.
type Key = (Option<String>, Vec<Place>);

/// A record that was started.
#[derive(Debug)]
struct Running {
    number: u64,
    jobs: Sender<Job>,
    superseded: Arc<AtomicBool>,
}

/// The records of one key: the one that answers, and the one that will.
#[derive(Debug)]
struct Keeper {
    setup: Setup,
    now: Option<Running>,
    next: Option<Running>,
    /// Files that changed since the next one was started.
    touched: BTreeSet<String>,
    /// The files that the present one came from.
    files: BTreeSet<String>,
    faults: BTreeMap<String, Vec<Diagnostic>>,
}

impl Drop for Keeper {
    fn drop(&mut self) {
        for running in self.now.iter().chain(&self.next) {
            running.superseded.store(true, Ordering::Relaxed);
        }
    }
}

/// All records.
pub(super) struct Routes {
    pub(super) frame: Arc<Frame>,
    events: Sender<Event>,
    out: Sender<Outgoing>,
    keepers: BTreeMap<Key, Keeper>,
    /// The record of each open text.
    of: BTreeMap<String, Key>,
    /// What is wrong with settings, by the name of the config, or of the text that has them.
    settings: BTreeMap<String, Vec<Diagnostic>>,
    /// Names of which that changed.
    unshown: BTreeSet<String>,
    started: u64,
}

impl Routes {
    pub(super) fn new(events: Sender<Event>, out: Sender<Outgoing>) -> Self {
        Self {
            frame: Arc::default(),
            events,
            out,
            keepers: BTreeMap::new(),
            of: BTreeMap::new(),
            settings: BTreeMap::new(),
            unshown: BTreeSet::new(),
            started: 0,
        }
    }

    /// Hands a job to the record of a text. Tells whether there is one.
    pub(super) fn send(&self, name: &str, job: Job) -> bool {
        let Some(keeper) = self.of.get(name).and_then(|key| self.keepers.get(key)) else { return false };
        keeper.now.as_ref().or(keeper.next.as_ref()).is_some_and(|running| running.jobs.send(job).is_ok())
    }

    /// A text was opened, changed or closed.
    pub(super) fn changed(&mut self, name: &str, text: &Text, change: Change, open: &BTreeMap<String, Text>) {
        let moves = change != Change::Typed && matches!(Kind::of(name), Kind::Facts | Kind::Vocabulary | Kind::Other);
        if moves {
            self.group(open);
        } else {
            self.place(name, open);
        }
        if change != Change::Closed {
            if let Some(keeper) = self.of.get(name).and_then(|key| self.keepers.get(key)) {
                for running in keeper.now.iter().chain(&keeper.next) {
                    let _ = running.jobs.send(Job::Text(text.clone()));
                }
            }
        } else {
            for running in self.keepers.values().flat_map(|keeper| keeper.now.iter().chain(&keeper.next)) {
                let _ = running.jobs.send(Job::Closed(name.to_owned()));
            }
        }
        // What is opened or closed is, for the most part, what is on disk, and nothing has to be loaded for it.
        if change == Change::Typed || !is_saved(&self.frame.workspace.root(name), &text.document) {
            self.touch(&BTreeSet::from([name.to_owned()]), open);
        }
    }

    /// Files changed that nobody has open.
    pub(super) fn on_disk(&mut self, names: &BTreeSet<String>, open: &BTreeMap<String, Text>) {
        self.group(open);
        self.touch(names, open);
    }

    /// Loads anew what came from files that changed.
    fn touch(&mut self, names: &BTreeSet<String>, open: &BTreeMap<String, Text>) {
        let keys: Vec<Key> = self.keepers.keys().cloned().collect();
        for key in keys {
            let Some(keeper) = self.keepers.get_mut(&key) else { continue };
            if keeper.next.is_some() {
                keeper.touched.extend(names.iter().cloned());
            } else if names.iter().any(|name| keeper.files.contains(name)) {
                self.load(&key, open);
            }
        }
    }

    /// Finds the record of one text.
    fn place(&mut self, name: &str, open: &BTreeMap<String, Text>) {
        if !open.contains_key(name) {
            self.of.remove(name);
            self.forget_unused();
            return;
        }
        if self.of.contains_key(name) || matches!(Kind::of(name), Kind::Other | Kind::Table) {
            return;
        }
        let unsaved = unsaved(open);
        let root = self.frame.workspace.root(name);
        match setup(&root, Path::new(name), &unsaved) {
            Ok(setup) if setup.left_out => {}
            Ok(setup) => {
                let key = (setup.config.clone(), setup.facts.clone());
                self.of.insert(name.to_owned(), key.clone());
                let fresh = !self.keepers.contains_key(&key);
                let keeper = self.keepers.entry(key.clone()).or_insert_with(|| Keeper {
                    setup: setup.clone(),
                    now: None,
                    next: None,
                    touched: BTreeSet::new(),
                    files: BTreeSet::new(),
                    faults: BTreeMap::new(),
                });
                let same = keeper.setup.settings == setup.settings && keeper.setup.policy == setup.policy;
                keeper.setup = setup;
                if fresh || !same {
                    self.load(&key, open);
                } else if let (Some(keeper), Some(text)) = (self.keepers.get(&key), open.get(name)) {
                    for running in keeper.now.iter().chain(&keeper.next) {
                        let _ = running.jobs.send(Job::Text(text.clone()));
                    }
                }
            }
            Err(SetupError::Written(problems)) => {
                for (config, faults) in diagnostics::of_files(&problems, &self.frame) {
                    self.unshown.insert(config.clone());
                    self.settings.insert(config, faults);
                }
            }
            Err(SetupError::Other(why)) => {
                self.unshown.insert(name.to_owned());
                self.settings.insert(name.to_owned(), vec![diagnostics::misconfigured(&why)]);
            }
        }
    }

    /// Finds the records of all texts anew: fact files or settings came or went.
    fn group(&mut self, open: &BTreeMap<String, Text>) {
        self.unshown.extend(std::mem::take(&mut self.settings).into_keys());
        self.of.clear();
        for name in open.keys() {
            self.place(name, open);
        }
        self.forget_unused();
    }

    fn forget_unused(&mut self) {
        let used: BTreeSet<&Key> = self.of.values().collect();
        // Whoever closes one file often opens the next of the same project; what is loaded stays until another is in use.
        if used.is_empty() {
            return;
        }
        let unused: Vec<Key> = self.keepers.keys().filter(|key| !used.contains(key)).cloned().collect();
        for key in unused {
            if let Some(keeper) = self.keepers.remove(&key) {
                self.unshown.extend(keeper.faults.keys().cloned());
            }
        }
    }

    /// Starts the next record of a key.
    fn load(&mut self, key: &Key, open: &BTreeMap<String, Text>) {
        self.started = self.started.saturating_add(1);
        let Some(keeper) = self.keepers.get_mut(key) else { return };
        if let Some(old) = keeper.next.take() {
            old.superseded.store(true, Ordering::Relaxed);
        }
        keeper.touched.clear();
        let (jobs, inbox) = unbounded();
        let superseded = Arc::new(AtomicBool::new(false));
        for (name, text) in open {
            if self.of.get(name) == Some(key) {
                let _ = jobs.send(Job::Text(text.clone()));
            }
        }
        let start = Start {
            record: self.started,
            setup: keeper.setup.clone(),
            unsaved: unsaved(open),
            frame: Arc::clone(&self.frame),
            events: self.events.clone(),
            out: self.out.clone(),
            superseded: Arc::clone(&superseded),
        };
        // Without a thread there is nothing to be had, and nothing to be said but that.
        if record::start(start, inbox).is_ok() {
            keeper.next = Some(Running { number: self.started, jobs, superseded });
        }
    }

    /// A record is there: it answers from now on. Gives the names whose faults may have changed.
    pub(super) fn loaded(
        &mut self,
        number: u64,
        files: BTreeSet<String>,
        faults: BTreeMap<String, Vec<Diagnostic>>,
        open: &BTreeMap<String, Text>,
    ) -> BTreeSet<String> {
        let Some((key, keeper)) = self.keepers.iter_mut().find(|(_, keeper)| is(keeper.next.as_ref(), number)) else {
            return BTreeSet::new();
        };
        if let Some(old) = std::mem::replace(&mut keeper.now, keeper.next.take()) {
            old.superseded.store(true, Ordering::Relaxed);
        }
        let names: BTreeSet<String> = keeper.faults.keys().chain(faults.keys()).cloned().collect();
        keeper.faults = faults;
        keeper.files = files;
        // Whoever typed on while it was loaded sees what it was, and soon what it is.
        let stale = keeper.touched.iter().any(|name| keeper.files.contains(name));
        let key = key.clone();
        if stale {
            self.load(&key, open);
        }
        names
    }

    /// A record cannot be loaded. The one before goes on, if there is one.
    pub(super) fn failed(&mut self, number: u64, why: &str, open: &BTreeMap<String, Text>) -> BTreeSet<String> {
        let Some((key, keeper)) = self.keepers.iter_mut().find(|(_, keeper)| is(keeper.next.as_ref(), number)) else {
            return BTreeSet::new();
        };
        keeper.next = None;
        keeper.faults.clear();
        let names: BTreeSet<String> = open.keys().filter(|name| self.of.get(*name) == Some(key)).cloned().collect();
        for name in &names {
            keeper.faults.insert(name.clone(), vec![diagnostics::misconfigured(why)]);
        }
        names
    }

    /// Whether a record is the one that answers for a text.
    pub(super) fn is_current(&self, number: u64, name: &str) -> bool {
        self.of.get(name).and_then(|key| self.keepers.get(key)).is_some_and(|keeper| is(keeper.now.as_ref(), number))
    }

    /// What is wrong with a file as part of records and settings.
    pub(super) fn faults(&self, name: &str) -> impl Iterator<Item = &Diagnostic> {
        let of_records = self.keepers.values().filter_map(|keeper| keeper.faults.get(name));
        of_records.chain(self.settings.get(name)).flatten()
    }

    /// Names whose settings' faults changed since they were asked for.
    pub(super) fn take_settings(&mut self) -> BTreeSet<String> {
        std::mem::take(&mut self.unshown)
    }
}

fn is(running: Option<&Running>, number: u64) -> bool {
    running.is_some_and(|running| running.number == number)
}

/// The texts that stand for what is on disk. One that is no text, though an editor shows it, stands for nothing.
fn unsaved(open: &BTreeMap<String, Text>) -> BTreeMap<String, Arc<Document>> {
    let good = open.iter().filter(|(_, text)| text.fault().is_none());
    good.map(|(name, text)| (name.clone(), Arc::clone(&text.document))).collect()
}
