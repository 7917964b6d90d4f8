//! An editor: the program as a language server, spoken to through a client library, and the texts that are open in it.

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;
use std::time::Duration;

use async_lsp::lsp_types::notification::{
    DidChangeTextDocument, DidCloseTextDocument, DidOpenTextDocument, Exit, Initialized, LogMessage, Notification, PublishDiagnostics,
};
use async_lsp::lsp_types::request::{Initialize, InlayHintRefreshRequest, RegisterCapability, Request, Shutdown};
use async_lsp::lsp_types::*;
use async_lsp::router::Router;
use async_lsp::{MainLoop, ServerSocket};
use async_process::{Child, Command};
use futures::executor::block_on;
use tempfile::TempDir;

/// How long anything is waited for before it is taken never to come.
const PATIENCE: Duration = Duration::from_secs(240);

/// What the server says of its own accord.
enum Said {
    Diagnostics(PublishDiagnosticsParams),
    Log(String),
}

pub(super) struct Editor {
    server: ServerSocket,
    said: Receiver<Said>,
    child: Child,
    folder: PathBuf,
    pub(super) abilities: InitializeResult,
    open: BTreeMap<String, (i32, String)>,
    shown: BTreeMap<String, (Option<i32>, Vec<Diagnostic>)>,
    pub(super) logged: Vec<String>,
}

/// A folder with these files.
pub(super) fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    folder
}

impl Editor {
    /// Opens a folder in an editor that counts in these units, the best liked first; none is what old editors offer.
    pub(super) fn new(folder: &Path, encodings: Option<&[PositionEncodingKind]>) -> Self {
        let folder = folder.canonicalize().unwrap();
        let (tell, said) = channel();
        let (main_loop, server) = MainLoop::new_client(|_| {
            let mut router: Router<Sender<Said>> = Router::new(tell);
            router
                .notification::<PublishDiagnostics>(|tell, params| {
                    let _ = tell.send(Said::Diagnostics(params));
                    ControlFlow::Continue(())
                })
                .notification::<LogMessage>(|tell, params| {
                    let _ = tell.send(Said::Log(params.message));
                    ControlFlow::Continue(())
                })
                .request::<RegisterCapability, _>(|_, _| async { Ok(()) })
                .request::<InlayHintRefreshRequest, _>(|_, ()| async { Ok(()) })
                .unhandled_notification(|_, _| ControlFlow::Continue(()));
            router
        });
        let mut child = Command::new(env!("CARGO_BIN_EXE_factum"))
            .arg("lsp")
            .current_dir("/")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::inherit())
            .kill_on_drop(true)
            .spawn()
            .unwrap();
        let (stdout, stdin) = (child.stdout.take().unwrap(), child.stdin.take().unwrap());
        // The loop ends with an error when the server has gone; what matters of that is its exit code.
        thread::spawn(move || block_on(main_loop.run_buffered(stdout, stdin)));
        let uri = Url::from_file_path(&folder).unwrap();
        let params = InitializeParams {
            workspace_folders: Some(vec![WorkspaceFolder { uri, name: "project".to_owned() }]),
            capabilities: ClientCapabilities {
                general: Some(GeneralClientCapabilities { position_encodings: encodings.map(<[_]>::to_vec), ..Default::default() }),
                text_document: Some(TextDocumentClientCapabilities {
                    hover: Some(HoverClientCapabilities { content_format: Some(vec![MarkupKind::Markdown]), ..Default::default() }),
                    publish_diagnostics: Some(PublishDiagnosticsClientCapabilities {
                        related_information: Some(true),
                        ..Default::default()
                    }),
                    ..Default::default()
                }),
                workspace: Some(WorkspaceClientCapabilities {
                    inlay_hint: Some(InlayHintWorkspaceClientCapabilities { refresh_support: Some(true) }),
                    did_change_watched_files: Some(DidChangeWatchedFilesClientCapabilities {
                        dynamic_registration: Some(true),
                        ..Default::default()
                    }),
                    ..Default::default()
                }),
                ..Default::default()
            },
            ..Default::default()
        };
        let abilities = block_on(server.request::<Initialize>(params)).unwrap();
        server.notify::<Initialized>(InitializedParams {}).unwrap();
        Self { server, said, child, folder, abilities, open: BTreeMap::new(), shown: BTreeMap::new(), logged: Vec::new() }
    }

    pub(super) fn uri(&self, name: &str) -> Url {
        Url::from_file_path(self.folder.join(name)).unwrap()
    }

    pub(super) fn id(&self, name: &str) -> TextDocumentIdentifier {
        TextDocumentIdentifier { uri: self.uri(name) }
    }

    pub(super) fn text(&self, name: &str) -> &str {
        &self.open[name].1
    }

    pub(super) fn notify<N: Notification>(&self, params: N::Params) {
        self.server.notify::<N>(params).unwrap();
    }

    pub(super) fn ask<R: Request>(&self, params: R::Params) -> R::Result {
        self.try_ask::<R>(params).unwrap()
    }

    pub(super) fn try_ask<R: Request>(&self, params: R::Params) -> async_lsp::Result<R::Result> {
        block_on(self.server.request::<R>(params))
    }

    /// Opens a file as it is on disk.
    pub(super) fn open(&mut self, name: &str) {
        let text = std::fs::read_to_string(self.folder.join(name)).unwrap();
        self.open_as(name, &text);
    }

    /// Opens a file with a text that need not be on disk.
    pub(super) fn open_as(&mut self, name: &str, text: &str) {
        self.open.insert(name.to_owned(), (1, text.to_owned()));
        self.shown.remove(name);
        let text_document = TextDocumentItem { uri: self.uri(name), language_id: "factum".to_owned(), version: 1, text: text.to_owned() };
        self.notify::<DidOpenTextDocument>(DidOpenTextDocumentParams { text_document });
    }

    pub(super) fn close(&mut self, name: &str) {
        self.open.remove(name);
        self.notify::<DidCloseTextDocument>(DidCloseTextDocumentParams { text_document: self.id(name) });
    }

    /// Puts one text in the place of the first other one, as a change of that place.
    pub(super) fn replace(&mut self, name: &str, old: &str, new: &str) {
        let text = self.text(name).to_owned();
        let at = text.find(old).unwrap_or_else(|| panic!("`{old}` is not in:\n{text}"));
        let range = Range { start: self.position(&text, at), end: self.position(&text, at + old.len()) };
        self.edit(name, &[TextEdit { range, new_text: new.to_owned() }]);
    }

    /// Makes edits, each in the text as it was before all of them, the way an editor does.
    pub(super) fn edit(&mut self, name: &str, edits: &[TextEdit]) {
        let (version, mut text) = self.open[name].clone();
        let mut sorted = edits.to_vec();
        sorted.sort_by_key(|edit| std::cmp::Reverse((edit.range.start.line, edit.range.start.character)));
        let mut content_changes = Vec::new();
        for edit in sorted {
            let (from, to) = (self.offset(&text, edit.range.start), self.offset(&text, edit.range.end));
            text.replace_range(from..to, &edit.new_text);
            content_changes.push(TextDocumentContentChangeEvent { range: Some(edit.range), range_length: None, text: edit.new_text });
        }
        self.open.insert(name.to_owned(), (version + 1, text));
        let text_document = VersionedTextDocumentIdentifier { uri: self.uri(name), version: version + 1 };
        self.notify::<DidChangeTextDocument>(DidChangeTextDocumentParams { text_document, content_changes });
    }

    fn width(&self, c: char) -> usize {
        let utf8 = self.abilities.capabilities.position_encoding == Some(PositionEncodingKind::UTF8);
        if utf8 { c.len_utf8() } else { c.len_utf16() }
    }

    pub(super) fn position(&self, text: &str, at: usize) -> Position {
        let line = text[..at].matches('\n').count();
        let start = text[..at].rfind('\n').map_or(0, |end| end + 1);
        let character: usize = text[start..at].chars().map(|c| self.width(c)).sum();
        Position { line: line.try_into().unwrap(), character: character.try_into().unwrap() }
    }

    pub(super) fn offset(&self, text: &str, position: Position) -> usize {
        let start = text.split_inclusive('\n').take(position.line as usize).map(str::len).sum::<usize>();
        let mut left = position.character as usize;
        let mut at = start;
        for c in text[start..].chars().take_while(|c| *c != '\n') {
            if left == 0 {
                break;
            }
            left -= self.width(c);
            at += c.len_utf8();
        }
        at
    }

    /// The place of words in an open text, `into` characters behind their start.
    pub(super) fn at(&self, name: &str, words: &str, into: usize) -> TextDocumentPositionParams {
        let text = self.text(name);
        let at = text.find(words).unwrap_or_else(|| panic!("`{words}` is not in:\n{text}"));
        let at = at + words.chars().take(into).map(char::len_utf8).sum::<usize>();
        TextDocumentPositionParams { text_document: self.id(name), position: self.position(text, at) }
    }

    /// The words of a file that a range covers, as it is open or on disk.
    pub(super) fn words(&self, name: &str, range: Range) -> String {
        let text = self.open.get(name).map_or_else(|| std::fs::read_to_string(self.folder.join(name)).unwrap(), |(_, text)| text.clone());
        text[self.offset(&text, range.start)..self.offset(&text, range.end)].to_owned()
    }

    /// The name of a file of the folder by its URI, with the words of the range.
    pub(super) fn place(&self, location: &Location) -> (String, String) {
        let path = location.uri.to_file_path().unwrap();
        let name = path.strip_prefix(&self.folder).unwrap().to_str().unwrap().to_owned();
        let words = self.words(&name, location.range);
        (name, words)
    }

    /// Waits until what is shown of a file is as it is wanted, and gives it.
    pub(super) fn shown(&mut self, name: &str, wanted: impl Fn(&[Diagnostic]) -> bool) -> Vec<Diagnostic> {
        loop {
            // Of a text that is open, only what is said of its present state counts.
            if let Some((version, shown)) = self.shown.get(name)
                && self.open.get(name).is_none_or(|(present, _)| version.is_none_or(|version| version == *present))
                && wanted(shown)
            {
                return shown.clone();
            }
            match self.said.recv_timeout(PATIENCE) {
                Ok(Said::Diagnostics(params)) => {
                    let path = params.uri.to_file_path().unwrap();
                    let name = path.strip_prefix(&self.folder).unwrap().to_str().unwrap().to_owned();
                    self.shown.insert(name, (params.version, params.diagnostics));
                }
                Ok(Said::Log(message)) => self.logged.push(message),
                Err(error) => panic!(
                    "`{name}` is never shown as it should be ({error}); at last: {:#?}, logged: {:?}",
                    self.shown.get(name),
                    self.logged
                ),
            }
        }
    }

    /// Waits until the diagnostics of a file have these codes, in the order of their places.
    pub(super) fn codes(&mut self, name: &str, wanted: &[&str]) -> Vec<Diagnostic> {
        self.shown(name, |shown| {
            let mut sorted: Vec<&Diagnostic> = shown.iter().collect();
            sorted.sort_by_key(|diagnostic| diagnostic.range.start);
            sorted.iter().map(|diagnostic| code(diagnostic)).eq(wanted.iter().copied())
        })
    }

    /// Waits for a line of the log.
    pub(super) fn log(&mut self, words: &str) {
        while !self.logged.iter().any(|line| line.contains(words)) {
            match self.said.recv_timeout(PATIENCE) {
                Ok(Said::Log(message)) => self.logged.push(message),
                Ok(Said::Diagnostics(_)) => {}
                Err(error) => panic!("`{words}` is never logged ({error}): {:?}", self.logged),
            }
        }
    }

    /// Takes leave, and gives the exit code of the server.
    pub(super) fn quit(mut self) -> Option<i32> {
        self.ask::<Shutdown>(());
        self.notify::<Exit>(());
        block_on(self.child.status()).unwrap().code()
    }
}

pub(super) fn code(diagnostic: &Diagnostic) -> &str {
    match &diagnostic.code {
        Some(NumberOrString::String(code)) => code,
        _ => "",
    }
}
