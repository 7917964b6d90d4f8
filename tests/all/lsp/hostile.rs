//! Messages that no editor would send: each gets an error or nothing, and the next one is served.

use std::io::{BufReader, Read as _, Write as _};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use async_lsp::lsp_types::request::{HoverRequest, Request};
use async_lsp::lsp_types::*;
use lsp_server::{Message, Response};
use serde_json::{Value, json};

use super::client::Editor;
use super::{opened, project};

fn hover_at(editor: &Editor, uri: Url, position: Position) -> async_lsp::Result<Option<Hover>> {
    editor.try_ask::<HoverRequest>(HoverParams {
        text_document_position_params: TextDocumentPositionParams { text_document: TextDocumentIdentifier { uri }, position },
        work_done_progress_params: WorkDoneProgressParams::default(),
    })
}

fn code_of<T: std::fmt::Debug>(answer: async_lsp::Result<T>) -> i32 {
    match answer {
        Err(async_lsp::Error::Response(error)) => error.code.0,
        other => panic!("this is no error: {other:?}"),
    }
}

#[test]
fn places_that_are_nowhere() {
    let (_folder, mut editor) = opened();
    let uri = editor.uri("norrin.claims");
    for position in [Position { line: 1000, character: 0 }, Position { line: u32::MAX, character: u32::MAX }] {
        assert_eq!(code_of(hover_at(&editor, uri.clone(), position)), -32602);
    }
    // Behind the end of a line counts as its end.
    assert!(hover_at(&editor, uri.clone(), Position { line: 4, character: u32::MAX }).unwrap().is_some());
    // A change of what is not there is not made.
    let nowhere = Range { start: Position { line: 900, character: 0 }, end: Position { line: 901, character: 0 } };
    let text_document = VersionedTextDocumentIdentifier { uri, version: 9 };
    let change = TextDocumentContentChangeEvent { range: Some(nowhere), range_length: None, text: "x".to_owned() };
    editor.notify::<notification::DidChangeTextDocument>(DidChangeTextDocumentParams { text_document, content_changes: vec![change] });
    editor.log("the place of a change is nowhere in the text");
    editor.replace("norrin.claims", "7 March", "5 March");
    editor.codes("norrin.claims", &[]);
    assert_eq!(editor.quit(), Some(0));
}

#[test]
fn files_outside_of_the_folder() {
    let (folder, mut editor) = opened();
    let outside = tempfile::tempdir().unwrap();
    std::fs::write(outside.path().join("secret.claims"), "the secret word captured Aleppo\n").unwrap();
    let secret = Url::from_file_path(outside.path().join("secret.claims")).unwrap();
    let dotted = Url::parse(&format!("file://{}/%2e%2e/secret.claims", folder.path().display())).unwrap();
    for uri in [secret, dotted, Url::parse("untitled:One.claims").unwrap(), Url::parse("https://example.org/a.claims").unwrap()] {
        assert_eq!(code_of(hover_at(&editor, uri.clone(), Position::default())), -32602, "{uri}");
        let text_document = TextDocumentItem { uri: uri.clone(), language_id: String::new(), version: 1, text: "nonsense".to_owned() };
        editor.notify::<notification::DidOpenTextDocument>(DidOpenTextDocumentParams { text_document });
        assert_eq!(code_of(hover_at(&editor, uri, Position::default())), -32602);
    }
    // Lines of a file in the folder lead no further than they do in a run on the command line.
    let above = outside.path().join("secret.claims");
    editor.open_as("more.claims", &format!("include \"{}\"\ninclude \"../secret.claims\"\n", above.display()));
    let found = editor.shown("more.claims", |shown| shown.len() == 2);
    assert!(
        found.iter().all(|one| one.message.contains("lies outside the project's folder") && !one.message.contains("secret word")),
        "{found:#?}"
    );
    assert_eq!(code_of(hover_at(&editor, editor.uri("closed.claims"), Position::default())), -32602, "what is not open is not read");
    assert_eq!(editor.quit(), Some(0));
}

#[test]
fn requests_that_nobody_serves() {
    enum Unknown {}
    impl Request for Unknown {
        type Params = Value;
        type Result = Value;
        const METHOD: &'static str = "factum/doesNotExist";
    }
    enum Wrong {}
    impl Request for Wrong {
        type Params = Value;
        type Result = Value;
        const METHOD: &'static str = "textDocument/hover";
    }
    let (_folder, editor) = opened();
    assert_eq!(code_of(editor.try_ask::<Unknown>(json!({}))), -32601);
    for params in [
        json!(null),
        json!([]),
        json!({"textDocument": 3}),
        json!({"textDocument": {"uri": "::"}, "position": {"line": -1, "character": 1e99}}),
    ] {
        assert_eq!(code_of(editor.try_ask::<Wrong>(params)), -32602);
    }
    assert_eq!(editor.quit(), Some(0));
}

/// The program, spoken to byte by byte.
struct Raw {
    child: Child,
    stdin: Option<ChildStdin>,
    stdout: BufReader<ChildStdout>,
}

impl Raw {
    fn new() -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_factum"))
            .arg("lsp")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let stdin = child.stdin.take();
        let stdout = BufReader::new(child.stdout.take().unwrap());
        Self { child, stdin, stdout }
    }

    fn send(&mut self, body: &str) {
        let message = format!("Content-Length: {}\r\n\r\n{body}", body.len());
        self.stdin.as_mut().unwrap().write_all(message.as_bytes()).unwrap();
    }

    fn request(&mut self, id: i32, method: &str, params: &Value) -> Response {
        self.send(&json!({"jsonrpc": "2.0", "id": id, "method": method, "params": params}).to_string());
        loop {
            if let Message::Response(response) = Message::read(&mut self.stdout).unwrap().unwrap() {
                assert_eq!(response.id, id.into());
                return response;
            }
        }
    }

    fn initialize(&mut self) {
        assert!(self.request(1, "initialize", &json!({"capabilities": {}})).response_result.is_ok());
        self.send(r#"{"jsonrpc":"2.0","method":"initialized","params":{}}"#);
    }

    /// Says nothing more, and gives the exit code and what was said on standard error.
    fn end(mut self) -> (Option<i32>, String) {
        drop(self.stdin.take());
        let code = self.child.wait().unwrap().code();
        let mut told = String::new();
        self.child.stderr.take().unwrap().read_to_string(&mut told).unwrap();
        assert!(!told.contains("panicked"), "{told}");
        (code, told)
    }
}

fn error(response: Response) -> i32 {
    response.response_result.unwrap_err().code
}

#[test]
fn messages_out_of_order() {
    let mut raw = Raw::new();
    assert_eq!(error(raw.request(1, "textDocument/hover", &json!({}))), -32002);
    assert_eq!(error(raw.request(2, "initialize", &json!("nonsense"))), -32602);
    raw.initialize();
    assert_eq!(error(raw.request(3, "initialize", &json!({"capabilities": {}}))), -32600);
    assert!(raw.request(4, "shutdown", &Value::Null).response_result.is_ok());
    assert_eq!(error(raw.request(5, "textDocument/hover", &json!({}))), -32600);
    raw.send(r#"{"jsonrpc":"2.0","method":"exit"}"#);
    assert_eq!(raw.end().0, Some(0));
    let mut raw = Raw::new();
    raw.initialize();
    raw.send(r#"{"jsonrpc":"2.0","method":"exit"}"#);
    assert_eq!(raw.end().0, Some(1), "without leave taken");
}

#[test]
fn bytes_that_are_no_messages() {
    for bad in ["", "{", "[]", "null", "\"\u{1F600}\"", r#"{"jsonrpc":"2.0"}"#, r#"{"id":1}"#, &"[".repeat(100_000)] {
        let mut raw = Raw::new();
        raw.initialize();
        raw.send(bad);
        // It says so to nobody in particular, and serves what follows.
        let mut line = String::new();
        std::io::BufRead::read_line(&mut raw.stdout, &mut line).unwrap();
        let length: usize = line.trim().strip_prefix("Content-Length: ").unwrap().parse().unwrap();
        let mut body = vec![0; length + 2];
        raw.stdout.read_exact(&mut body).unwrap();
        let answer: Value = serde_json::from_slice(&body[2..]).unwrap();
        assert!(answer["error"]["code"].is_number(), "{answer}");
        assert!(raw.request(2, "shutdown", &Value::Null).response_result.is_ok());
        raw.send(r#"{"jsonrpc":"2.0","method":"exit"}"#);
        assert_eq!(raw.end().0, Some(0));
    }
    for head in [
        "\u{1F600}\r\n\r\n",
        "Content-Length: -1\r\n\r\n{}",
        "Content-Length: 184467440737095516150\r\n\r\n{}",
        "Content-Length: 9999999999999\r\n\r\n{}",
        &"a".repeat(1 << 20),
    ] {
        let mut raw = Raw::new();
        raw.initialize();
        // It may be gone before all of it is taken.
        let _ = raw.stdin.as_mut().unwrap().write_all(head.as_bytes());
        assert_eq!(raw.end().0, Some(1), "{}", head.get(..40).unwrap_or(head));
    }
}

#[test]
fn texts_that_no_check_reads() {
    let folder = project();
    let mut editor = Editor::new(folder.path(), None);
    let long = "Norrin acquired Halden and ".repeat(5_000);
    for (text, at_least) in [("a\u{0}b\n", 1), (long.as_str(), 1), ("\u{feff}", 0), ("\r\r\r\n\r", 0), ("((((((((\n\u{202e}\u{1F600}\n", 1)]
    {
        editor.open_as("bad.claims", text);
        let found = editor.shown("bad.claims", |shown| shown.len() >= at_least);
        assert!(found.iter().all(|one| !one.message.contains(['\u{202e}', '\u{0}'])), "{found:#?}");
        for (line, character) in [(0, 0), (0, 1), (0, 100_000)] {
            let _ = hover_at(&editor, editor.uri("bad.claims"), Position { line, character }).unwrap();
        }
        editor.close("bad.claims");
    }
    assert_eq!(editor.quit(), Some(0));
}
