//! What an editor may ask about a text that is open, and what it is told that it may ask.
//!
//! In: a request as it came. Out: the question, with the text and the place that it is about. Never: looks at the text.

use lsp_types::request::{
    CodeActionRequest, Completion, DocumentSymbolRequest, Formatting, GotoDefinition, GotoImplementation, HoverRequest, InlayHintRequest,
    References, Request as _,
};
use lsp_types::{
    CodeActionKind, CodeActionOptions, CodeActionParams, CodeActionProviderCapability, CompletionOptions, CompletionParams,
    DocumentFormattingParams, DocumentSymbolParams, GotoDefinitionParams, HoverParams, HoverProviderCapability,
    ImplementationProviderCapability, InlayHintParams, OneOf, Position, Range, ReferenceParams, ServerCapabilities, ServerInfo,
    TextDocumentSyncCapability, TextDocumentSyncKind, TextDocumentSyncOptions, TextDocumentSyncSaveOptions, Uri,
};
use serde_json::{Value, json};

use super::frame::Frame;

/// What a request asks about an open text.
#[derive(Debug)]
pub(super) enum Asked {
    Hover(Uri, Position),
    Definition(Uri, Position),
    Evidence(Uri, Position),
    References(Uri, Position, bool),
    Completion(Uri, Position),
    Fixes(Uri, Range),
    Inlay(Uri, Range),
    Symbols(Uri),
    Format(Uri),
}

/// Why a request asks nothing that can be answered.
#[derive(Debug)]
pub(super) enum NoQuestion {
    Unknown,
    Unreadable(String),
}

impl Asked {
    pub(super) fn uri(&self) -> &Uri {
        match self {
            Self::Hover(uri, _)
            | Self::Definition(uri, _)
            | Self::Evidence(uri, _)
            | Self::References(uri, _, _)
            | Self::Completion(uri, _)
            | Self::Fixes(uri, _)
            | Self::Inlay(uri, _)
            | Self::Symbols(uri)
            | Self::Format(uri) => uri,
        }
    }
}

/// Reads a request.
pub(super) fn asked(method: &str, params: Value) -> Result<Asked, NoQuestion> {
    fn read<P: serde::de::DeserializeOwned>(params: Value) -> Result<P, NoQuestion> {
        serde_json::from_value(params).map_err(|error| NoQuestion::Unreadable(format!("the parameters cannot be read: {error}")))
    }
    Ok(match method {
        HoverRequest::METHOD => {
            let HoverParams { text_document_position_params: at, .. } = read(params)?;
            Asked::Hover(at.text_document.uri, at.position)
        }
        GotoDefinition::METHOD => {
            let GotoDefinitionParams { text_document_position_params: at, .. } = read(params)?;
            Asked::Definition(at.text_document.uri, at.position)
        }
        GotoImplementation::METHOD => {
            let GotoDefinitionParams { text_document_position_params: at, .. } = read(params)?;
            Asked::Evidence(at.text_document.uri, at.position)
        }
        References::METHOD => {
            let ReferenceParams { text_document_position: at, context, .. } = read(params)?;
            Asked::References(at.text_document.uri, at.position, context.include_declaration)
        }
        Completion::METHOD => {
            let CompletionParams { text_document_position: at, .. } = read(params)?;
            Asked::Completion(at.text_document.uri, at.position)
        }
        CodeActionRequest::METHOD => {
            let CodeActionParams { text_document, range, .. } = read(params)?;
            Asked::Fixes(text_document.uri, range)
        }
        InlayHintRequest::METHOD => {
            let InlayHintParams { text_document, range, .. } = read(params)?;
            Asked::Inlay(text_document.uri, range)
        }
        DocumentSymbolRequest::METHOD => {
            let DocumentSymbolParams { text_document, .. } = read(params)?;
            Asked::Symbols(text_document.uri)
        }
        Formatting::METHOD => {
            let DocumentFormattingParams { text_document, .. } = read(params)?;
            Asked::Format(text_document.uri)
        }
        _ => return Err(NoQuestion::Unknown),
    })
}

/// What the server can do, as it says when it is asked first.
pub(super) fn abilities(frame: &Frame) -> Value {
    let sync = TextDocumentSyncOptions {
        open_close: Some(true),
        change: Some(TextDocumentSyncKind::INCREMENTAL),
        save: Some(TextDocumentSyncSaveOptions::Supported(true)),
        ..TextDocumentSyncOptions::default()
    };
    let capabilities = ServerCapabilities {
        position_encoding: Some(frame.encoding.kind()),
        text_document_sync: Some(TextDocumentSyncCapability::Options(sync)),
        hover_provider: Some(HoverProviderCapability::Simple(true)),
        definition_provider: Some(OneOf::Left(true)),
        implementation_provider: Some(ImplementationProviderCapability::Simple(true)),
        references_provider: Some(OneOf::Left(true)),
        completion_provider: Some(CompletionOptions {
            trigger_characters: Some([" ", "{", "[", "\"", "(", ","].map(str::to_owned).to_vec()),
            ..CompletionOptions::default()
        }),
        code_action_provider: Some(CodeActionProviderCapability::Options(CodeActionOptions {
            code_action_kinds: Some(vec![CodeActionKind::QUICKFIX]),
            ..CodeActionOptions::default()
        })),
        document_formatting_provider: Some(OneOf::Left(true)),
        document_symbol_provider: Some(OneOf::Left(true)),
        inlay_hint_provider: Some(OneOf::Left(true)),
        ..ServerCapabilities::default()
    };
    let info = ServerInfo { name: "factum".to_owned(), version: Some(env!("CARGO_PKG_VERSION").to_owned()) };
    json!({ "capabilities": capabilities, "serverInfo": info })
}
