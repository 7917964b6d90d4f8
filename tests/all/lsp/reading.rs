//! What an editor shows of what is written: hovers, places, outlines, hints.

use async_lsp::lsp_types::request::{
    DocumentSymbolRequest, GotoDefinition, GotoImplementation, HoverRequest, InlayHintRequest, References,
};
use async_lsp::lsp_types::*;

use super::client::{Editor, folder};
use super::{FACTS, GAZETTE, opened};

fn hover(editor: &Editor, name: &str, words: &str, into: usize) -> Option<String> {
    let params = HoverParams {
        text_document_position_params: editor.at(name, words, into),
        work_done_progress_params: WorkDoneProgressParams::default(),
    };
    editor.ask::<HoverRequest>(params).map(|hover| match hover.contents {
        HoverContents::Markup(markup) => markup.value,
        other => panic!("{other:?}"),
    })
}

fn places(editor: &Editor, found: Option<GotoDefinitionResponse>) -> Vec<(String, String)> {
    match found {
        Some(GotoDefinitionResponse::Array(found)) => found.iter().map(|location| editor.place(location)).collect(),
        other => panic!("{other:?}"),
    }
}

fn definition(editor: &Editor, name: &str, words: &str, into: usize) -> Vec<(String, String)> {
    let params = GotoDefinitionParams {
        text_document_position_params: editor.at(name, words, into),
        work_done_progress_params: WorkDoneProgressParams::default(),
        partial_result_params: PartialResultParams::default(),
    };
    places(editor, editor.ask::<GotoDefinition>(params))
}

#[test]
fn a_claim_is_explained() {
    let (_folder, editor) = opened();
    insta::assert_snapshot!(hover(&editor, "norrin.claims", "7 March", 0).unwrap());
    insta::assert_snapshot!(hover(&editor, "norrin.claims", "Lind still", 1).unwrap());
    assert_eq!(hover(&editor, "norrin.claims", "what is to be printed", 0), None, "a comment says nothing");
    assert_eq!(editor.quit(), Some(0));
}

#[test]
fn facts_and_names_are_explained() {
    let (_folder, mut editor) = opened();
    editor.open("norrin.facts");
    insta::assert_snapshot!(hover(&editor, "norrin.facts", "acquired Halden on 5 March 2025", 2).unwrap());
    insta::assert_snapshot!(hover(&editor, "norrin.facts", "Norrin Lines", 2).unwrap());
    assert_eq!(editor.quit(), Some(0));
}

/// Whatever somebody calls a thing, it is shown and does nothing.
#[test]
fn names_are_shown_as_they_are() {
    let name = "<img src=x> [click](command:evil) **bold** `code`";
    let facts = format!("horizon 2024-12-31\nname Halden, also \"{name}\": company\nHalden is a company\n");
    let folder = folder(&[("a.facts", facts.as_str()), ("a.claims", "Halden is a company\n")]);
    let mut editor = Editor::new(folder.path(), None);
    editor.open("a.claims");
    editor.codes("a.claims", &[]);
    let shown = hover(&editor, "a.claims", "Halden", 2).unwrap();
    assert!(shown.contains("&lt;img src=x&gt; \\[click\\](command:evil) \\*\\*bold\\*\\* \\`code\\`"), "{shown}");
    assert_eq!(editor.quit(), Some(0));
}

#[test]
fn the_way_to_quotes_and_declarations() {
    let (_folder, mut editor) = opened();
    let quote = ("gazette.md".to_owned(), "Norrin acquired Halden on 5 March.".to_owned());
    assert_eq!(definition(&editor, "norrin.claims", "acquired", 2), std::slice::from_ref(&quote), "the verb has what decides");
    let declared = ("norrin.facts".to_owned(), "name Halden: company".to_owned());
    assert_eq!(definition(&editor, "norrin.claims", "Halden on", 2), [declared]);
    let params = GotoDefinitionParams {
        text_document_position_params: editor.at("norrin.claims", "Halden on", 2),
        work_done_progress_params: WorkDoneProgressParams::default(),
        partial_result_params: PartialResultParams::default(),
    };
    assert_eq!(places(&editor, editor.ask::<GotoImplementation>(params)), std::slice::from_ref(&quote));
    editor.open("norrin.facts");
    assert_eq!(definition(&editor, "norrin.facts", "\"Norrin acquired", 3), [quote]);
    assert_eq!(definition(&editor, "norrin.facts", "\"gazette.md\"", 3), [("gazette.md".to_owned(), String::new())]);
    assert_eq!(editor.quit(), Some(0));
}

#[test]
fn a_name_is_found_wherever_it_stands() {
    let draft = "# Letters\n\nMara Lind was seen. So was Norrin.\n";
    let folder = folder(&[("gazette.md", GAZETTE), ("norrin.facts", FACTS), ("norrin.claims", super::CLAIMS), ("letters.md", draft)]);
    let mut editor = Editor::new(folder.path(), None);
    editor.open("norrin.claims");
    editor.codes("norrin.claims", &["wrong-date"]);
    let find = |editor: &Editor, declared: bool| {
        let params = ReferenceParams {
            text_document_position: editor.at("norrin.claims", "Lind still", 1),
            context: ReferenceContext { include_declaration: declared },
            work_done_progress_params: WorkDoneProgressParams::default(),
            partial_result_params: PartialResultParams::default(),
        };
        let found = editor.ask::<References>(params).unwrap();
        let mut found: Vec<(String, String)> = found.iter().map(|location| editor.place(location)).collect();
        found.sort();
        found
    };
    let pair = |name: &str, words: &str| (name.to_owned(), words.to_owned());
    let used = [
        pair("gazette.md", "Mara Lind"),
        pair("letters.md", "Mara Lind"),
        pair("norrin.claims", "Lind"),
        pair("norrin.facts", "Lind"),
        pair("norrin.facts", "Mara Lind"),
    ];
    assert_eq!(find(&editor, false), used);
    assert_eq!(find(&editor, true).len(), used.len() + 2, "both names in the line that declares them");
    assert_eq!(editor.quit(), Some(0));
}

fn outline(editor: &Editor, name: &str) -> String {
    let params = DocumentSymbolParams {
        text_document: editor.id(name),
        work_done_progress_params: WorkDoneProgressParams::default(),
        partial_result_params: PartialResultParams::default(),
    };
    match editor.ask::<DocumentSymbolRequest>(params) {
        Some(DocumentSymbolResponse::Nested(symbols)) => {
            let lines = symbols.iter().map(|symbol| {
                let lines = symbol.range.start.line..=symbol.range.end.line;
                assert!(lines.contains(&symbol.selection_range.start.line), "{symbol:?}");
                format!("{:?} {} {:?} at {:?}", symbol.kind, symbol.name, symbol.detail, lines)
            });
            lines.collect::<Vec<_>>().join("\n")
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn what_a_file_holds() {
    let (_folder, mut editor) = opened();
    editor.open("norrin.facts");
    editor.open_as(
        "more.vocab",
        "kind depot: place\nstate staffs(staff: person, depot)\n    say {staff} <staff> {depot}\nnumber gross = 144\n",
    );
    insta::assert_snapshot!(outline(&editor, "norrin.claims"));
    insta::assert_snapshot!(outline(&editor, "norrin.facts"));
    insta::assert_snapshot!(outline(&editor, "more.vocab"));
    assert_eq!(editor.quit(), Some(0));
}

#[test]
fn verdicts_stand_behind_their_claims() {
    let (_folder, editor) = opened();
    let params = InlayHintParams {
        text_document: editor.id("norrin.claims"),
        range: Range { start: Position::default(), end: Position { line: 5, character: 0 } },
        work_done_progress_params: WorkDoneProgressParams::default(),
    };
    let text = editor.text("norrin.claims").to_owned();
    let found: Vec<(String, String)> = editor
        .ask::<InlayHintRequest>(params)
        .unwrap()
        .into_iter()
        .map(|hint| {
            let before = text[..editor.offset(&text, hint.position)].lines().last().unwrap().to_owned();
            let InlayHintLabel::String(label) = hint.label else { panic!("a label in parts") };
            (before, label)
        })
        .collect();
    assert_eq!(
        found,
        [
            ("Norrin Lines bought Halden last week".to_owned(), "supported [recorded]".to_owned()),
            ("Norrin acquired Halden on 7 March 2025".to_owned(), "contradicted [wrong-date]".to_owned()),
            // Cut off where the range ends: the line of the last claim is no part of it but for its start.
            ("Lind still leads Norrin".to_owned(), "supported [recorded]".to_owned()),
        ]
    );
    assert_eq!(editor.quit(), Some(0));
}
