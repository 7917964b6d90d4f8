//! What happens while somebody types: diagnostics, fixes, completion, formatting.

use std::path::Path;

use async_lsp::lsp_types::request::{CodeActionRequest, Completion, Formatting};
use async_lsp::lsp_types::*;

use super::client::{Editor, code, folder};
use super::{CLAIMS, FACTS, GAZETTE, opened, project};
use crate::program::factum_within;

#[test]
fn places_are_counted_as_agreed() {
    let folder = folder(&[
        (
            "a.facts",
            "horizon 2024-12-31\nname Caf\u{e9} \u{1D538}lpha: organisation\nname Mara Lind: person\nMara Lind led Caf\u{e9} \u{1D538}lpha in 2020\n",
        ),
        ("a.claims", "Caf\u{e9} \u{1D538}lpha was led by Mara Lind in 2020\nMara Lind led Caf\u{e9} \u{1D538}lpha in xyzzy westward\n"),
    ]);
    let (utf8, utf16) = (PositionEncodingKind::UTF8, PositionEncodingKind::UTF16);
    let mut seen = Vec::new();
    for (offered, agreed) in [
        (Some(vec![utf8.clone(), utf16.clone()]), utf8.clone()),
        (Some(vec![utf16.clone()]), utf16.clone()),
        (Some(vec![PositionEncodingKind::UTF32]), utf16.clone()),
        (None, utf16.clone()),
    ] {
        let mut editor = Editor::new(folder.path(), offered.as_deref());
        assert_eq!(editor.abilities.capabilities.position_encoding, Some(agreed));
        editor.open("a.claims");
        let found = editor.shown("a.claims", |shown| !shown.is_empty());
        assert_eq!(found.len(), 1, "{found:#?}");
        seen.push((found[0].range, editor.words("a.claims", found[0].range)));
        assert_eq!(editor.quit(), Some(0));
    }
    let words: Vec<&str> = seen.iter().map(|(_, words)| words.as_str()).collect();
    assert!(words.iter().all(|one| *one == words[0] && one.contains("westward")), "{words:?}");
    assert_ne!(seen[0].0, seen[1].0, "the units differ, so must the numbers");
    assert_eq!(seen[1].0, seen[2].0);
}

#[test]
fn a_verdict_is_shown_with_what_decides_it() {
    let (_folder, mut editor) = opened();
    let found = editor.codes("norrin.claims", &["wrong-date"]);
    let wrong = &found[0];
    assert_eq!(editor.words("norrin.claims", wrong.range), "7 March 2025");
    assert_eq!(wrong.severity, Some(DiagnosticSeverity::ERROR));
    assert_eq!(wrong.source.as_deref(), Some("factum"));
    assert!(wrong.message.starts_with("contradicted: recorded two days earlier, on 5 March 2025"), "{}", wrong.message);
    let related = wrong.related_information.as_ref().unwrap();
    assert_eq!(editor.place(&related[0].location), ("gazette.md".to_owned(), "Norrin acquired Halden on 5 March.".to_owned()));
}

#[test]
fn diagnostics_follow_what_is_typed() {
    let (_folder, mut editor) = opened();
    editor.replace("norrin.claims", "7 March", "5 March");
    editor.codes("norrin.claims", &[]);
    editor.replace("norrin.claims", "still leads", "stil leads");
    let found = editor.shown("norrin.claims", |shown| shown.len() == 1);
    assert!(editor.words("norrin.claims", found[0].range).contains("stil"));
    editor.replace("norrin.claims", "stil leads", "never led");
    let found = editor.shown("norrin.claims", |shown| shown.len() == 1);
    assert!(found[0].message.starts_with("contradicted"), "{}", found[0].message);
    // Lines between, and with other line ends.
    editor.replace("norrin.claims", "Lind never led Norrin\n", "\r\nLind never led Norrin expect contradicted\r\n# done\r\n");
    editor.codes("norrin.claims", &[]);
    assert_eq!(editor.quit(), Some(0));
}

#[test]
fn what_is_typed_into_a_fact_file_counts_before_it_is_saved() {
    let (_folder, mut editor) = opened();
    editor.open("norrin.facts");
    editor.replace("norrin.facts", "Halden on 5 March 2025", "Halden on 7 March 2025");
    editor.codes("norrin.claims", &[]);
    // A quote must stand in its source, unsaved or not.
    editor.replace("norrin.facts", "on 5 March.\"", "on 6 March.\"");
    editor.codes("norrin.facts", &["absent-quote"]);
    editor.open("gazette.md");
    editor.replace("gazette.md", "on 5 March.", "on 6 March.");
    editor.codes("norrin.facts", &[]);
    // What is not saved is gone with its window.
    editor.close("gazette.md");
    editor.codes("norrin.facts", &["absent-quote"]);
    editor.close("norrin.facts");
    editor.codes("norrin.claims", &["wrong-date"]);
    assert_eq!(editor.quit(), Some(0));
}

#[test]
fn a_new_fact_file_counts_at_once() {
    let folder = folder(&[("a.claims", "Halden is a company\n")]);
    let mut editor = Editor::new(folder.path(), None);
    editor.open("a.claims");
    editor.shown("a.claims", |shown| shown.iter().any(|one| code(one) == "no-facts"));
    editor.open_as("a.facts", "horizon 2024-12-31\nname Halden: company\nHalden is a company\n");
    editor.codes("a.claims", &[]);
    // Faults of vocabulary and fact files are shown in them.
    editor.open_as("a.vocab", "state broken(\n");
    editor.shown("a.vocab", |shown| shown.len() == 1);
    editor.replace("a.facts", "Halden is a company\n", "Halden xyzzied Norrin\n");
    editor.shown("a.facts", |shown| shown.len() == 1);
    assert_eq!(editor.quit(), Some(0));
}

#[test]
fn drafts_are_judged_as_they_are_written() {
    let draft = "---\ndate: 2025-03-10\n---\n# Norrin grows\n\nNorrin acquired Halden on 7 March 2025. Nobody was surprised.\n\n<!-- claim: Lind leads Norrin -->\n";
    let folder = folder(&[("gazette.md", GAZETTE), ("norrin.facts", FACTS), ("draft.md", draft)]);
    let mut editor = Editor::new(folder.path(), None);
    editor.open("draft.md");
    let found = editor.codes("draft.md", &["wrong-date"]);
    assert_eq!(editor.words("draft.md", found[0].range), "on 7 March 2025");
    editor.replace("draft.md", "7 March", "5 March");
    editor.codes("draft.md", &[]);
    // A source is no draft.
    editor.open("gazette.md");
    editor.codes("gazette.md", &[]);
    assert_eq!(editor.quit(), Some(0));
}

#[test]
fn settings_are_those_of_the_project() {
    let folder = folder(&[
        ("gazette.md", GAZETTE),
        ("norrin.facts", FACTS),
        ("norrin.claims", CLAIMS),
        ("factum.toml", "[levels]\nwrong-date = \"warn\"\n"),
    ]);
    let mut editor = Editor::new(folder.path(), None);
    editor.open("norrin.claims");
    let found = editor.codes("norrin.claims", &["wrong-date"]);
    assert_eq!(found[0].severity, Some(DiagnosticSeverity::WARNING));
    // A fault in them is shown where it is.
    std::fs::write(folder.path().join("factum.toml"), "levles = 1\n").unwrap();
    let changed = |uri| DidChangeWatchedFilesParams { changes: vec![FileEvent { uri, typ: FileChangeType::CHANGED }] };
    editor.notify::<notification::DidChangeWatchedFiles>(changed(editor.uri("factum.toml")));
    let found = editor.shown("factum.toml", |shown| !shown.is_empty());
    assert!(found[0].message.contains("levles"), "{}", found[0].message);
    std::fs::write(folder.path().join("factum.toml"), "").unwrap();
    editor.notify::<notification::DidChangeWatchedFiles>(changed(editor.uri("factum.toml")));
    editor.codes("factum.toml", &[]);
    let found = editor.shown("norrin.claims", |shown| shown.len() == 1 && shown[0].severity == Some(DiagnosticSeverity::ERROR));
    assert_eq!(code(&found[0]), "wrong-date");
    // Open in the editor, they count when they are saved.
    editor.open("factum.toml");
    std::fs::write(folder.path().join("factum.toml"), "[levels]\ncontradicted = \"warn\"\n").unwrap();
    let text_document = editor.id("factum.toml");
    editor.notify::<notification::DidSaveTextDocument>(DidSaveTextDocumentParams { text_document, text: None });
    editor.shown("norrin.claims", |shown| shown.len() == 1 && shown[0].severity == Some(DiagnosticSeverity::WARNING));
    assert_eq!(editor.quit(), Some(0));
}

/// Nothing is found in an editor that a run does not find, and the other way round.
#[test]
fn what_is_shown_is_what_a_run_finds() {
    let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("claims/syria");
    let read = |name: &str| std::fs::read_to_string(examples.join(name)).unwrap();
    // Without what their author expects, many of the claims are to be shown.
    let claims: String = read("review.claims").lines().map(|line| line.split(" expect ").next().unwrap().to_owned() + "\n").collect();
    let (dispatch, facts) = (read("dispatch.md"), read("syria.facts"));
    let folder = folder(&[("dispatch.md", dispatch.as_str()), ("syria.facts", facts.as_str()), ("review.claims", claims.as_str())]);
    let output = factum_within(folder.path(), &["check", "review.claims", "--format", "jsonl"]);
    let mut wanted: Vec<(u64, String)> = String::from_utf8(output.stdout)
        .unwrap()
        .lines()
        .map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap())
        .filter(|line| line["type"] == "diagnostic" || line["type"] == "verdict" && line["level"] != "allow")
        .map(|line| (line["line"].as_u64().unwrap(), line["code"].as_str().unwrap().to_owned()))
        .collect();
    wanted.sort();
    assert!(wanted.len() > 50, "{wanted:?}");
    let mut editor = Editor::new(folder.path(), None);
    editor.open("review.claims");
    let found = editor.shown("review.claims", |shown| shown.len() >= wanted.len());
    let mut found: Vec<(u64, String)> = found.iter().map(|one| (u64::from(one.range.start.line) + 1, code(one).to_owned())).collect();
    found.sort();
    assert_eq!(found, wanted);
    assert_eq!(editor.quit(), Some(0));
}

/// The fixes offered at words of a file.
fn fixes(editor: &Editor, name: &str, words: &str) -> Vec<CodeAction> {
    let position = editor.at(name, words, 1).position;
    let params = CodeActionParams {
        text_document: editor.id(name),
        range: Range { start: position, end: position },
        context: CodeActionContext::default(),
        work_done_progress_params: WorkDoneProgressParams::default(),
        partial_result_params: PartialResultParams::default(),
    };
    let found = editor.ask::<CodeActionRequest>(params).unwrap_or_default();
    found
        .into_iter()
        .map(|action| match action {
            CodeActionOrCommand::CodeAction(action) => action,
            CodeActionOrCommand::Command(command) => panic!("{command:?}"),
        })
        .collect()
}

/// Takes the fix whose title begins so, and gives the names of the files that it changed.
fn take(editor: &mut Editor, name: &str, words: &str, title: &str) -> Vec<String> {
    let found = fixes(editor, name, words);
    let titles: Vec<&str> = found.iter().map(|fix| fix.title.as_str()).collect();
    let fix = found.iter().find(|fix| fix.title.starts_with(title)).unwrap_or_else(|| panic!("no `{title}` among {titles:?}"));
    let changes = fix.edit.clone().unwrap().changes.unwrap();
    changes
        .into_iter()
        .map(|(uri, edits)| {
            let path = uri.to_file_path().unwrap();
            let name = path.file_name().unwrap().to_str().unwrap().to_owned();
            editor.edit(&name, &edits);
            name
        })
        .collect()
}

#[test]
fn the_corrected_claim_is_taken() {
    let (_folder, mut editor) = opened();
    take(&mut editor, "norrin.claims", "7 March", "Correct: ");
    editor.codes("norrin.claims", &[]);
    assert!(!editor.text("norrin.claims").contains("7 March"), "{}", editor.text("norrin.claims"));
    assert!(fixes(&editor, "norrin.claims", "Norrin acquired").is_empty(), "what is right needs no fix");
    assert_eq!(editor.quit(), Some(0));
}

#[test]
fn a_verdict_is_expected() {
    let (_folder, mut editor) = opened();
    take(&mut editor, "norrin.claims", "7 March", "Expect contradicted");
    editor.codes("norrin.claims", &[]);
    assert!(editor.text("norrin.claims").contains("on 7 March 2025 expect contradicted\n"), "{}", editor.text("norrin.claims"));
    editor.replace("norrin.claims", "expect contradicted", "expect unknown  # so far");
    editor.codes("norrin.claims", &["wrong-date"]);
    take(&mut editor, "norrin.claims", "7 March", "Expect contradicted");
    editor.codes("norrin.claims", &[]);
    assert!(editor.text("norrin.claims").contains("expect contradicted  # so far"), "{}", editor.text("norrin.claims"));
    assert_eq!(editor.quit(), Some(0));
}

#[test]
fn an_unknown_name_is_corrected_added_or_declared() {
    for (title, file) in [
        ("Write `halden`", "norrin.claims"),
        ("Add `Haldon` as another name of `Halden`", "norrin.facts"),
        ("Declare `Haldon`", "norrin.facts"),
    ] {
        let (_folder, mut editor) = opened();
        editor.open("norrin.facts");
        editor.replace("norrin.claims", "Norrin Lines bought Halden", "Norrin Lines bought Haldon");
        editor.shown("norrin.claims", |shown| shown.iter().any(|one| code(one) == "unknown-name"));
        let title = if title.starts_with("Write") { "Write `Halden`" } else { title };
        assert_eq!(take(&mut editor, "norrin.claims", "Haldon", title), [file]);
        editor.shown("norrin.claims", |shown| !shown.iter().any(|one| code(one) == "unknown-name"));
        editor.codes("norrin.facts", &[]);
        assert_eq!(editor.quit(), Some(0));
    }
}

#[test]
fn a_quote_is_taken_from_its_source() {
    let (_folder, mut editor) = opened();
    editor.open("norrin.facts");
    editor.replace("norrin.facts", "\"Norrin acquired Halden on 5 March.\"", "\"Norrin acquired all of Halden on 5 March.\"");
    editor.codes("norrin.facts", &["absent-quote"]);
    take(&mut editor, "norrin.facts", "\"Norrin acquired all", "Quote: Norrin acquired Halden on 5 March");
    editor.codes("norrin.facts", &[]);
    assert_eq!(editor.quit(), Some(0));
}

/// What is offered behind a text that is written at the end of a file.
fn offered(editor: &mut Editor, name: &str, written: &str) -> Vec<CompletionItem> {
    let end = editor.position(editor.text(name), editor.text(name).len());
    editor.edit(name, &[TextEdit { range: Range { start: end, end }, new_text: format!("\n{written}") }]);
    let text = editor.text(name);
    let at = TextDocumentPositionParams { text_document: editor.id(name), position: editor.position(text, text.len()) };
    let params = CompletionParams {
        text_document_position: at,
        work_done_progress_params: WorkDoneProgressParams::default(),
        partial_result_params: PartialResultParams::default(),
        context: None,
    };
    match editor.ask::<Completion>(params) {
        Some(CompletionResponse::List(list)) => list.items,
        other => panic!("{other:?}"),
    }
}

#[test]
fn what_may_come_next_is_offered() {
    let (_folder, mut editor) = opened();
    editor.open("norrin.facts");
    for (name, written, wanted, unwanted) in [
        ("norrin.claims", "", "Norrin", "2025-03-10"),
        ("norrin.claims", "", "as of", "Time"),
        ("norrin.claims", "Norrin Li", "Norrin Lines", "Halden"),
        ("norrin.claims", "Lin", "Lind", "Halden"),
        ("norrin.claims", "Norrin ", "acquired", "Norrin"),
        ("norrin.claims", "Norrin acq", "acquired", "led"),
        ("norrin.claims", "Norrin acquired ", "Halden", "acquired"),
        ("norrin.claims", "Norrin acquired Halden ", "on", "Halden"),
        ("norrin.claims", "Norrin acquired Halden on ", "2025-03-10", "on"),
        ("norrin.claims", "Norrin acquired Halden on 5 M", "March", "Halden"),
        ("norrin.claims", "Norrin acquired Halden expect ", "contradicted", "Halden"),
        ("norrin.claims", "Norrin acquired Halden expect unknown [", "no-record", "Halden"),
        ("norrin.claims", "Halden is a ", "company", "Halden"),
        ("norrin.facts", "name Osk: ", "person", "Halden"),
        ("norrin.facts", "name Osk: person, part of Hal", "Halden", "person"),
        ("norrin.facts", "na", "name", "Halden"),
    ] {
        let found: Vec<String> = offered(&mut editor, name, written).into_iter().map(|item| item.label).collect();
        assert!(found.iter().any(|label| label == wanted), "behind `{written}` there is no `{wanted}`: {found:?}");
        assert!(!found.iter().any(|label| label == unwanted), "behind `{written}` there is `{unwanted}`: {found:?}");
    }
    assert_eq!(editor.quit(), Some(0));
}

/// A claim that is put together from what is offered is understood.
#[test]
fn what_is_offered_can_be_taken() {
    let (_folder, mut editor) = opened();
    for (written, label, whole) in [
        ("Norrin Lines acquired Hal", "Halden", "Norrin Lines acquired Halden"),
        ("Halden was acq", "was acquired", "Halden was acquired"),
        ("Norrin Li", "Norrin Lines", "Norrin Lines"),
    ] {
        let found = offered(&mut editor, "norrin.claims", written);
        let Some(item) = found.iter().find(|item| item.label == label) else {
            // "was acq" is two words of which the first is written already: then the second is offered.
            let labels: Vec<&str> = found.iter().map(|item| item.label.as_str()).collect();
            assert!(labels.contains(&"acquired"), "{labels:?}");
            continue;
        };
        let Some(CompletionTextEdit::Edit(edit)) = item.text_edit.clone() else { panic!("{item:?}") };
        editor.edit("norrin.claims", &[edit]);
        assert!(editor.text("norrin.claims").ends_with(&format!("\n{whole}")), "{}", editor.text("norrin.claims"));
    }
    assert_eq!(editor.quit(), Some(0));
}

#[test]
fn a_text_is_laid_out() {
    let folder = project();
    let mut editor = Editor::new(folder.path(), None);
    editor.open("norrin.claims");
    let params = DocumentFormattingParams {
        text_document: editor.id("norrin.claims"),
        options: FormattingOptions::default(),
        work_done_progress_params: WorkDoneProgressParams::default(),
    };
    let edits = editor.ask::<Formatting>(params.clone()).unwrap_or_default();
    editor.edit("norrin.claims", &edits);
    assert!(editor.ask::<Formatting>(params).unwrap_or_default().is_empty(), "what is laid out stays as it is");
    editor.codes("norrin.claims", &["wrong-date"]);
    assert_eq!(editor.quit(), Some(0));
}
