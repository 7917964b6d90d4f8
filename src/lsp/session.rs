//! The talk with the editor: what is open, which question goes where, what is shown.
//!
//! In: messages, in the order in which they come, and what the records find. Out: answers and diagnostics. Never: waits for a
//! judge; shows what was found in an older state of a text.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, BufReader, Stdin, Stdout};
use std::sync::Arc;
use std::thread;

use crossbeam_channel::{Receiver, Sender, select, unbounded};
use lsp_server::{ErrorCode, Message, Notification, Request, RequestId, Response};
use lsp_types::notification::{
    Cancel, DidChangeTextDocument, DidChangeWatchedFiles, DidCloseTextDocument, DidOpenTextDocument, DidSaveTextDocument, Exit, LogMessage,
    Notification as _, PublishDiagnostics,
};
use lsp_types::request::{InlayHintRefreshRequest, RegisterCapability, Request as _, Shutdown};
use lsp_types::{
    CancelParams, Diagnostic, DidChangeTextDocumentParams, DidChangeWatchedFilesParams, DidChangeWatchedFilesRegistrationOptions,
    DidCloseTextDocumentParams, DidOpenTextDocumentParams, DidSaveTextDocumentParams, FileSystemWatcher, GlobPattern, InitializeParams,
    LogMessageParams, MessageType, NumberOrString, PublishDiagnosticsParams, Registration, RegistrationParams, Uri,
};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::documents::Text;
use super::frame::Frame;
use super::questions::{Asked, NoQuestion, abilities, asked};
use super::record::{Event, Job};
use super::routes::{Change, Routes};
use super::transport::{self, Incoming, Outgoing};
use super::view::Ask;
use super::workspace::{self, Kind, Workspace};
use super::{formatting, symbols};
use crate::cli::project::work_in;
use crate::text::{Document, Span, escape_controls};

/// What the editor is asked to watch.
const WATCHED: &str = "**/*.{claims,facts,vocab,csv,toml,md,markdown,html,htm,txt}";

/// Why a message comes to nothing.
#[derive(Debug)]
pub(super) struct Fault {
    code: ErrorCode,
    message: String,
}

impl Fault {
    fn new(code: ErrorCode, message: impl Into<String>) -> Self {
        Self { code, message: message.into() }
    }

    fn params(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::InvalidParams, message)
    }
}

/// How far the talk has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    /// Nobody said who speaks.
    Fresh,
    Running,
    /// The editor is about to go.
    Down,
}

struct Session {
    out: Sender<Outgoing>,
    stage: Stage,
    frame: Arc<Frame>,
    /// What is open, by name.
    open: BTreeMap<String, Text>,
    routes: Routes,
    /// What was found in the texts that are open, by name.
    found: BTreeMap<String, Vec<Diagnostic>>,
    /// Names with diagnostics that the editor shows.
    shown: BTreeSet<String>,
    /// Requests of our own, by number.
    asked: i32,
}

/// Serves one editor until it goes. Tells whether it took its leave first.
///
/// # Errors
/// Output that cannot be written.
pub fn serve(mut input: BufReader<Stdin>, mut output: Stdout) -> io::Result<bool> {
    let (out, outgoing) = unbounded::<Outgoing>();
    let writer = thread::Builder::new().name("writer".to_owned()).spawn(move || {
        for message in outgoing {
            if !transport::write(&mut output, &message)? {
                break;
            }
        }
        Ok::<(), io::Error>(())
    })?;
    let (incoming, messages) = unbounded();
    thread::Builder::new().name("reader".to_owned()).spawn(move || {
        loop {
            let read = transport::read(&mut input).unwrap_or(Incoming::End);
            let end = matches!(read, Incoming::End);
            if incoming.send(read).is_err() || end {
                break;
            }
        }
    })?;
    let (events, found) = unbounded();
    let mut session = Session {
        out: out.clone(),
        stage: Stage::Fresh,
        frame: Arc::default(),
        open: BTreeMap::new(),
        routes: Routes::new(events, out.clone()),
        found: BTreeMap::new(),
        shown: BTreeSet::new(),
        asked: 0,
    };
    let in_order = session.talk(&messages, &found);
    let _ = out.send(Outgoing::End);
    match writer.join() {
        Ok(written) => written.map(|()| in_order),
        Err(_) => Ok(false),
    }
}

impl Session {
    fn talk(&mut self, messages: &Receiver<Incoming>, found: &Receiver<Event>) -> bool {
        loop {
            select! {
                recv(messages) -> incoming => match incoming {
                    Ok(Incoming::Message(Message::Request(request))) => self.request(request),
                    Ok(Incoming::Message(Message::Notification(notification))) => {
                        if notification.method == Exit::METHOD {
                            return self.stage == Stage::Down;
                        }
                        if let Err(fault) = self.notification(notification) {
                            self.log(&fault.message);
                        }
                    }
                    // To what we ask there is nothing to be done with the answer.
                    Ok(Incoming::Message(Message::Response(_))) => {}
                    Ok(Incoming::Unreadable(Some(id), why)) => self.answer(id, Err(Fault::new(ErrorCode::InvalidRequest, why))),
                    Ok(Incoming::Unreadable(None, why)) => {
                        let _ = self.out.send(Outgoing::Nameless(why));
                    }
                    Ok(Incoming::End) | Err(_) => return false,
                },
                recv(found) -> event => if let Ok(event) = event {
                    self.event(event);
                },
            }
        }
    }

    fn answer(&self, id: RequestId, answer: Result<Value, Fault>) {
        let response = match answer {
            Ok(value) => Response { id, response_result: Ok(value) },
            Err(fault) => Response::new_err(id, fault.code as i32, escape_controls(&fault.message)),
        };
        let _ = self.out.send(Outgoing::Message(response.into()));
    }

    fn notify(&self, method: &str, params: impl Serialize) {
        let params = serde_json::to_value(params).unwrap_or(Value::Null);
        let _ = self.out.send(Outgoing::Message(Notification { method: method.to_owned(), params }.into()));
    }

    fn ask_client(&mut self, method: &str, params: impl Serialize) {
        self.asked = self.asked.saturating_add(1);
        let params = serde_json::to_value(params).unwrap_or(Value::Null);
        let id = RequestId::from(format!("factum-{}", self.asked));
        let _ = self.out.send(Outgoing::Message(Request { id, method: method.to_owned(), params }.into()));
    }

    fn log(&self, message: &str) {
        self.notify(LogMessage::METHOD, LogMessageParams { typ: MessageType::WARNING, message: escape_controls(message) });
    }

    fn request(&mut self, request: Request) {
        let Request { id, method, params } = request;
        let answer = match (self.stage, method.as_str()) {
            (Stage::Fresh, "initialize") => self.initialize(params),
            (Stage::Fresh, _) => Err(Fault::new(ErrorCode::ServerNotInitialized, "`initialize` comes first")),
            (Stage::Down, _) => Err(Fault::new(ErrorCode::InvalidRequest, "nothing is served after `shutdown`")),
            (Stage::Running, "initialize") => Err(Fault::new(ErrorCode::InvalidRequest, "`initialize` comes once")),
            (Stage::Running, Shutdown::METHOD) => {
                self.stage = Stage::Down;
                Ok(Value::Null)
            }
            (Stage::Running, _) => match self.question(&id, &method, params) {
                Ok(Some(answer)) => Ok(answer),
                // A record answers it.
                Ok(None) => return,
                Err(fault) => Err(fault),
            },
        };
        self.answer(id, answer);
    }

    fn initialize(&mut self, params: Value) -> Result<Value, Fault> {
        let params: InitializeParams = read(params)?;
        #[expect(deprecated, reason = "editors that know no workspace folders give the root in one of these two")]
        let root = params.root_uri.as_ref().and_then(workspace::path).or_else(|| params.root_path.as_ref().map(std::path::PathBuf::from));
        let folders = params.workspace_folders.as_deref().unwrap_or_default().iter().filter_map(|folder| workspace::path(&folder.uri));
        let mut folders: Vec<std::path::PathBuf> = folders.collect();
        if folders.is_empty() {
            folders.extend(root.filter(|root| root.is_absolute()));
        }
        let here = work_in(folders.first().map(std::path::PathBuf::as_path));
        self.frame = Arc::new(Frame::new(&params.capabilities, Workspace { here, folders }));
        self.routes.frame = Arc::clone(&self.frame);
        self.stage = Stage::Running;
        Ok(abilities(&self.frame))
    }

    /// Answers a question about an open text, or hands it on to the record that can.
    fn question(&mut self, id: &RequestId, method: &str, params: Value) -> Result<Option<Value>, Fault> {
        let question = asked(method, params).map_err(|problem| match problem {
            NoQuestion::Unknown => Fault::new(ErrorCode::MethodNotFound, format!("`{method}` is not served")),
            NoQuestion::Unreadable(why) => Fault::params(why),
        })?;
        let name = self.name(question.uri())?;
        let text = self.open.get(&name).ok_or_else(|| Fault::params(format!("`{name}` is not open")))?;
        let nowhere = || Fault::params("this place is nowhere in the text");
        let offset = |position| text.lines.offset(text.document.text(), position, self.frame.encoding).ok_or_else(nowhere);
        let span = |range| text.lines.span(text.document.text(), range, self.frame.encoding).ok_or_else(nowhere);
        let ask = match question {
            Asked::Symbols(_) => {
                return Ok(Some(serde_json::to_value(symbols::symbols(text, &self.frame)).unwrap_or(Value::Null)));
            }
            Asked::Format(_) => return formatted(text, &self.frame).map(Some),
            Asked::Hover(_, position) => Ask::Hover(offset(position)?),
            Asked::Definition(_, position) => Ask::Definition(offset(position)?),
            Asked::Evidence(_, position) => Ask::Evidence(offset(position)?),
            Asked::References(_, position, declared) => Ask::References { at: offset(position)?, declared },
            Asked::Completion(_, position) => Ask::Completion(offset(position)?),
            Asked::Fixes(_, range) => Ask::Fixes(span(range)?),
            Asked::Inlay(_, range) => Ask::Inlay(span(range)?),
        };
        // A text without a record has nothing to tell.
        Ok(if self.routes.send(&name, Job::Ask(id.clone(), name.clone(), ask)) { None } else { Some(Value::Null) })
    }

    fn name(&self, uri: &Uri) -> Result<String, Fault> {
        self.frame.workspace.name(uri).map_err(|error| Fault::params(error.to_string()))
    }

    fn notification(&mut self, notification: Notification) -> Result<(), Fault> {
        let Notification { method, params } = notification;
        if self.stage != Stage::Running {
            return Ok(());
        }
        match method.as_str() {
            "initialized" => self.watch(),
            DidOpenTextDocument::METHOD => {
                let DidOpenTextDocumentParams { text_document: opened } = read(params)?;
                let name = self.name(&opened.uri)?;
                let text = Text::new(&name, opened.uri, opened.version, opened.text).map_err(|error| Fault::params(error.to_string()))?;
                self.open.insert(name.clone(), text.clone());
                self.changed(&name, &text, Change::Opened);
            }
            DidChangeTextDocument::METHOD => {
                let DidChangeTextDocumentParams { text_document: id, content_changes } = read(params)?;
                let name = self.name(&id.uri)?;
                let text = self.open.get(&name).ok_or_else(|| Fault::params(format!("`{name}` is not open")))?;
                let text = text.change(id.version, content_changes, self.frame.encoding);
                let text = text.map_err(|error| Fault::params(format!("`{name}`: {error}")))?;
                self.open.insert(name.clone(), text.clone());
                self.changed(&name, &text, Change::Typed);
            }
            DidCloseTextDocument::METHOD => {
                let DidCloseTextDocumentParams { text_document: id } = read(params)?;
                let name = self.name(&id.uri)?;
                let Some(text) = self.open.remove(&name) else { return Ok(()) };
                self.found.remove(&name);
                self.changed(&name, &text, Change::Closed);
                self.show(&name);
            }
            DidChangeWatchedFiles::METHOD => {
                let DidChangeWatchedFilesParams { changes } = read(params)?;
                let names: BTreeSet<String> = changes.iter().filter_map(|change| self.name(&change.uri).ok()).collect();
                self.on_disk(names);
            }
            DidSaveTextDocument::METHOD => {
                let DidSaveTextDocumentParams { text_document: id, .. } = read(params)?;
                let name = self.name(&id.uri)?;
                self.on_disk(BTreeSet::from([name]));
            }
            Cancel::METHOD => {
                let CancelParams { id } = read(params)?;
                self.frame.cancel(match id {
                    NumberOrString::Number(number) => RequestId::from(number),
                    NumberOrString::String(text) => RequestId::from(text),
                });
            }
            // What begins with a dollar sign may be left alone, and so may what we did not ask for.
            _ => {}
        }
        Ok(())
    }

    /// Files that nobody has open may change as well.
    fn watch(&mut self) {
        if !self.frame.watches {
            return;
        }
        let watcher = FileSystemWatcher { glob_pattern: GlobPattern::String(WATCHED.to_owned()), kind: None };
        let options = DidChangeWatchedFilesRegistrationOptions { watchers: vec![watcher] };
        let registration = Registration {
            id: "factum-files".to_owned(),
            method: DidChangeWatchedFiles::METHOD.to_owned(),
            register_options: serde_json::to_value(options).ok(),
        };
        self.ask_client(RegisterCapability::METHOD, RegistrationParams { registrations: vec![registration] });
    }

    /// Files changed on disk. Of those that are open, what is open counts; but settings count when they are saved.
    fn on_disk(&mut self, names: BTreeSet<String>) {
        let counts = |name: &String| Kind::of(name) == Kind::Other || !self.open.contains_key(name);
        let names: BTreeSet<String> = names.into_iter().filter(counts).collect();
        if !names.is_empty() {
            self.routes.on_disk(&names, &self.open);
            self.show_settings();
        }
    }

    fn changed(&mut self, name: &str, text: &Text, change: Change) {
        self.routes.changed(name, text, change, &self.open);
        self.show_settings();
    }

    /// Shows what is wrong with settings.
    fn show_settings(&mut self) {
        for name in self.routes.take_settings() {
            self.show(&name);
        }
    }

    fn event(&mut self, event: Event) {
        match event {
            Event::Loaded { record, files, faults } => {
                for name in self.routes.loaded(record, files, faults, &self.open) {
                    self.show(&name);
                }
            }
            Event::Failed { record, why } => {
                self.log(&why);
                for name in self.routes.failed(record, &why, &self.open) {
                    self.show(&name);
                }
            }
            Event::Found { record, name, version, diagnostics, all } => {
                let current = self.routes.is_current(record, &name);
                if !current || self.open.get(&name).is_none_or(|text| text.version != version) {
                    return;
                }
                self.found.insert(name.clone(), diagnostics);
                self.show(&name);
                if all && self.frame.refresh && matches!(Kind::of(&name), Kind::Claims | Kind::Draft) {
                    self.ask_client(InlayHintRefreshRequest::METHOD, Value::Null);
                }
            }
        }
    }

    /// Shows what is wrong with a file now.
    fn show(&mut self, name: &str) {
        let mut diagnostics = self.found.get(name).cloned().unwrap_or_default();
        for fault in self.routes.faults(name) {
            if !diagnostics.contains(fault) {
                diagnostics.push(fault.clone());
            }
        }
        let open = self.open.get(name);
        if open.is_none() && diagnostics.is_empty() && !self.shown.contains(name) {
            return;
        }
        let uri = match open {
            Some(text) => Some(text.uri.clone()),
            None => self.frame.workspace.uri(&Document::new(name, "")),
        };
        let Some(uri) = uri else { return };
        if diagnostics.is_empty() {
            self.shown.remove(name);
        } else {
            self.shown.insert(name.to_owned());
        }
        let version = open.map(|text| text.version);
        self.notify(PublishDiagnostics::METHOD, PublishDiagnosticsParams { uri, diagnostics, version });
    }
}

/// The whole text laid out anew, as one edit; none where it is laid out already.
fn formatted(text: &Text, frame: &Frame) -> Result<Value, Fault> {
    let document = &text.document;
    let edits: Vec<lsp_types::TextEdit> = match formatting::formatted(document) {
        None => Vec::new(),
        Some(new_text) => {
            let (span, new_text) = formatting::smallest(document.text(), &new_text);
            vec![lsp_types::TextEdit { range: frame_range(text, frame, span), new_text }]
        }
    };
    serde_json::to_value(edits).map_err(|error| Fault::new(ErrorCode::InternalError, error.to_string()))
}

fn frame_range(text: &Text, frame: &Frame, span: Span) -> lsp_types::Range {
    text.lines.range(text.document.text(), span, frame.encoding)
}

fn read<P: DeserializeOwned>(params: Value) -> Result<P, Fault> {
    serde_json::from_value(params).map_err(|error| Fault::params(format!("the parameters cannot be read: {error}")))
}
