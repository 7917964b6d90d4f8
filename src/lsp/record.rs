//! A fact base with the texts that are checked against it, on a thread of its own: the base is loaded once and stays until one of
//! its files changes.
//!
//! In: texts as they are typed, and questions about places in them. Out: diagnostics and answers. Never: makes typing wait: a
//! question, or a newer state of a text, comes before claims that are still to be judged.

use std::collections::{BTreeMap, BTreeSet};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::{io, thread};

use crossbeam_channel::{Receiver, Sender, TryRecvError};
use lsp_server::{ErrorCode, Message, RequestId, Response};
use rayon::prelude::*;
use serde_json::Value;

use super::documents::Text;
use super::frame::Frame;
use super::shelf::{Answers, Read};
use super::transport::Outgoing;
use super::view::{Ask, View};
use super::workspace::Kind;
use super::{diagnostics, view};
use crate::check::{Checked, Draft, Question, Text as TextKind, check_document_with, read_draft};
use crate::cli::project::{Place, Project, Setup, load_in_columns};
use crate::report::{Finding, is_report};
use crate::text::Document;
use crate::verdict::Judge;

/// The stack of a record's thread; statements may stand in one another.
const STACK: usize = 16 * 1024 * 1024;
/// How many claims are judged before somebody may interrupt again, for each thread that judges.
const AT_ONCE: usize = 2;
/// How many claims are judged before what was found so far is shown.
const SHOWN_AFTER: usize = 64;

/// What a record is told.
#[derive(Debug)]
pub(super) enum Job {
    /// A text is open, or is another now.
    Text(Text),
    Closed(String),
    Ask(RequestId, String, Ask),
}

/// What a record tells.
#[derive(Debug)]
pub(super) enum Event {
    /// The base is there.
    Loaded {
        record: u64,
        /// The files that it came from, those that lines name included.
        files: BTreeSet<String>,
        /// What is wrong with them, by name.
        faults: BTreeMap<String, Vec<lsp_types::Diagnostic>>,
    },
    /// It cannot be loaded.
    Failed { record: u64, why: String },
    /// What was found in a text so far.
    Found { record: u64, name: String, version: i32, diagnostics: Vec<lsp_types::Diagnostic>, all: bool },
}

/// What a record starts with.
pub(super) struct Start {
    /// Its number; each new one has another.
    pub(super) record: u64,
    pub(super) setup: Setup,
    /// Texts that stand for what is on disk.
    pub(super) unsaved: BTreeMap<String, Arc<Document>>,
    pub(super) frame: Arc<Frame>,
    pub(super) events: Sender<Event>,
    pub(super) out: Sender<Outgoing>,
    /// Set when nobody waits for it any more.
    pub(super) superseded: Arc<AtomicBool>,
}

/// Starts a record on a thread of its own.
pub(super) fn start(start: Start, jobs: Receiver<Job>) -> io::Result<()> {
    thread::Builder::new().name("record".to_owned()).stack_size(STACK).spawn(move || keep(&start, &jobs)).map(drop)
}

fn keep(start: &Start, jobs: &Receiver<Job>) {
    // A newer one takes its place already: whoever types in a fact file starts one with every letter.
    if start.superseded.load(Ordering::Relaxed) {
        return;
    }
    let project = Project::with(start.unsaved.clone());
    let loaded = catch_unwind(AssertUnwindSafe(|| load_in_columns(&project, &start.setup.facts)));
    let failed = |why: String| {
        let _ = start.events.send(Event::Failed { record: start.record, why });
    };
    let (base, problems) = match loaded {
        Ok(Ok(loaded)) => loaded,
        Ok(Err(error)) => return failed(error.to_string()),
        Err(_) => return failed("internal error: loading the facts failed; please report it".to_owned()),
    };
    if start.superseded.load(Ordering::Relaxed) {
        return;
    }
    let mut files: BTreeSet<String> = start.setup.facts.iter().map(name_of).collect();
    files.extend(project.all_named());
    let faults = diagnostics::of_files(&problems, &start.frame);
    let faulty = !problems.is_empty();
    if start.events.send(Event::Loaded { record: start.record, files: files.clone(), faults }).is_err() {
        return;
    }
    let judge = Judge::new(&base, start.setup.settings);
    let mut record = Record {
        start,
        judge: &judge,
        sources: base.sources.iter().map(|source| source.document.name().to_owned()).chain(project.all_named()).collect(),
        faulty,
        read: Read::default(),
        answers: Answers::default(),
        texts: BTreeMap::new(),
        states: BTreeMap::new(),
        changed: BTreeSet::new(),
        last: String::new(),
    };
    record.serve(jobs);
}

fn name_of(place: &Place) -> String {
    crate::cli::project::shown(&place.path)
}

/// A text as it was read.
#[derive(Debug)]
pub(super) struct State {
    /// The text in the state in which it was read.
    document: Arc<Document>,
    pub(super) content: Content,
}

/// What a text holds that can be judged.
#[derive(Debug)]
pub(super) enum Content {
    Claims(Vec<Checked>),
    Draft(Draft),
    /// Nothing: it belongs to the record itself, or the settings leave it out.
    Nothing,
}

impl Content {
    /// What a judge is asked in it, each with the byte at which it stands.
    pub(super) fn questions(&self) -> Vec<(usize, Question<'_>)> {
        match self {
            Self::Claims(claims) => claims.iter().filter_map(|claim| Some((claim.offset(), claim.question()?))).collect(),
            Self::Draft(draft) => {
                let marked = draft.marked.iter().filter_map(|claim| Some((claim.offset(), claim.question()?)));
                draft.claims.iter().map(|claim| (claim.span().start, claim.question())).chain(marked).collect()
            }
            Self::Nothing => Vec::new(),
        }
    }
}

/// A loaded fact base and what was asked of it.
struct Record<'r, 'b> {
    start: &'r Start,
    judge: &'r Judge<'b>,
    /// Documents that are no drafts: a fact file names them.
    sources: BTreeSet<String>,
    /// Whether its files have faults.
    faulty: bool,
    read: Read,
    answers: Answers,
    texts: BTreeMap<String, Text>,
    states: BTreeMap<String, State>,
    /// Texts whose claims are not all judged yet.
    changed: BTreeSet<String>,
    /// The one of them that changed last: somebody looks at it.
    last: String,
}

impl Record<'_, '_> {
    fn serve(&mut self, jobs: &Receiver<Job>) {
        loop {
            let job = if self.changed.is_empty() {
                match jobs.recv() {
                    Ok(job) => Some(job),
                    Err(_) => return,
                }
            } else {
                match jobs.try_recv() {
                    Ok(job) => Some(job),
                    Err(TryRecvError::Empty) => None,
                    Err(TryRecvError::Disconnected) => return,
                }
            };
            match job {
                Some(Job::Text(text)) => {
                    let name = text.document.name().to_owned();
                    self.changed.insert(name.clone());
                    self.last.clone_from(&name);
                    self.texts.insert(name, text);
                }
                Some(Job::Closed(name)) => {
                    self.changed.remove(&name);
                    self.texts.remove(&name);
                    self.states.remove(&name);
                }
                Some(Job::Ask(id, name, ask)) => self.reply(id, &name, &ask),
                None => {
                    let Some(name) = self.changed.get(&self.last).or_else(|| self.changed.first()).cloned() else { continue };
                    // A fault of ours in one text does not end the work on the others.
                    let done = catch_unwind(AssertUnwindSafe(|| self.go_on(&name, jobs)));
                    if done.is_err() {
                        self.changed.remove(&name);
                        self.states.remove(&name);
                    }
                }
            }
        }
    }

    /// Reads a text that was changed, and judges claims of it until all are judged or somebody wants something.
    fn go_on(&mut self, name: &str, jobs: &Receiver<Job>) {
        self.look_at(name);
        let (Some(text), Some(state)) = (self.texts.get(name), self.states.get(name)) else {
            self.changed.remove(name);
            return;
        };
        let mut open: Vec<(usize, Question<'_>)> =
            state.content.questions().into_iter().filter(|(_, question)| self.answers.known(*question).is_none()).collect();
        // What is being written comes first.
        open.sort_by_key(|(at, _)| at.abs_diff(text.edited));
        let at_once = AT_ONCE.saturating_mul(rayon::current_num_threads()).max(1);
        let mut since = SHOWN_AFTER;
        for some in open.chunks(at_once) {
            if !jobs.is_empty() {
                return;
            }
            if since >= SHOWN_AFTER && open.len() > at_once {
                self.tell(text, state, false);
                since = 0;
            }
            some.par_iter().for_each(|(_, question)| drop(self.answers.of(self.judge, *question)));
            since = since.saturating_add(some.len());
        }
        self.tell(text, state, true);
        self.changed.remove(name);
    }

    /// Reads a text, if it was not read in this state.
    fn look_at(&mut self, name: &str) {
        let Some(text) = self.texts.get(name) else { return };
        if self.states.get(name).is_some_and(|state| Arc::ptr_eq(&state.document, &text.document)) {
            return;
        }
        let document = &text.document;
        let content = match Kind::of(name) {
            _ if text.fault().is_some() => Content::Nothing,
            Kind::Claims => {
                // Files that are included are read again each time; that is bounded for each reading, not for all together.
                let mut unsaved = self.start.unsaved.clone();
                unsaved.extend(self.texts.iter().map(|(name, text)| (name.clone(), Arc::clone(&text.document))));
                let project = Project::with(unsaved);
                Content::Claims(check_document_with(self.judge, document, &project, &mut self.read))
            }
            Kind::Draft if !self.sources.contains(name) && !is_report(document.text()) => Content::Draft(read_draft(self.judge, document)),
            _ => Content::Nothing,
        };
        self.states.insert(name.to_owned(), State { document: Arc::clone(&text.document), content });
    }

    /// What was found in a text so far: claims that are not judged yet say nothing.
    fn tell(&self, text: &Text, state: &State, all: bool) {
        let found = self.findings(text, state);
        let mut diagnostics = diagnostics::of_text(&found, text, &self.start.frame);
        diagnostics.extend(text.fault().map(|fault| diagnostics::unreadable(&fault)));
        let judged = matches!(&state.content, Content::Claims(claims) if !claims.is_empty());
        if judged && self.judge.base().count() == 0 && !self.faulty {
            diagnostics.push(diagnostics::without_facts());
        }
        let (record, name) = (self.start.record, text.document.name().to_owned());
        let _ = self.start.events.send(Event::Found { record, name, version: text.version, diagnostics, all });
    }

    /// The findings of a text as far as its claims are judged.
    fn findings(&self, text: &Text, state: &State) -> Vec<Finding> {
        let (judge, policy) = (self.judge, &self.start.setup.policy);
        let ask = |question: Question<'_>| self.answers.of(judge, question);
        let known = |question: Option<Question<'_>>| question.is_none_or(|question| self.answers.known(question).is_some());
        match &state.content {
            Content::Claims(claims) => {
                let here = claims.iter().filter(|claim| Arc::ptr_eq(claim.document(), &text.document));
                let judged = here.filter(|claim| known(claim.question()));
                judged.flat_map(|claim| claim.findings_by(judge, policy, TextKind::Claims, &ask)).collect()
            }
            // A draft's comments speak of all claims around them, so it is told when all are judged.
            Content::Draft(draft) if state.content.questions().into_iter().all(|(_, question)| known(Some(question))) => {
                draft.findings_by(judge, policy, &text.document, &ask)
            }
            Content::Draft(_) | Content::Nothing => Vec::new(),
        }
    }

    /// Answers a question about a text.
    fn reply(&mut self, id: RequestId, name: &str, ask: &Ask) {
        if self.start.frame.take_cancelled(&id) {
            let response = Response::new_err(id, ErrorCode::RequestCanceled as i32, "cancelled".to_owned());
            let _ = self.start.out.send(Outgoing::Message(response.into()));
            return;
        }
        let answer = catch_unwind(AssertUnwindSafe(|| {
            self.look_at(name);
            let (Some(text), Some(state)) = (self.texts.get(name), self.states.get(name)) else { return Value::Null };
            let view = View {
                judge: self.judge,
                answers: &self.answers,
                policy: &self.start.setup.policy,
                facts: &self.start.setup.facts,
                unsaved: &self.start.unsaved,
                frame: &self.start.frame,
                text,
                texts: &self.texts,
                state,
            };
            view::answer(&view, ask)
        }));
        let response = match answer {
            Ok(value) => Response { id, response_result: Ok(value) },
            Err(_) => Response::new_err(id, ErrorCode::InternalError as i32, "internal error; please report it".to_owned()),
        };
        let _ = self.start.out.send(Outgoing::Message(Message::Response(response)));
    }
}
