//! Verdicts behind their claims, where an editor shows such hints.

use lsp_types::{InlayHint, InlayHintLabel};

use super::view::View;
use super::workspace::Kind;
use crate::report::{Finding, Judged};
use crate::text::Span;

/// The hints of a stretch of a text. Claims that are still to be judged have none yet; the editor is told to ask again.
pub(super) fn hints(view: &View<'_, '_>, span: Span) -> Vec<InlayHint> {
    if !matches!(view.kind(), Kind::Claims | Kind::Draft) {
        return Vec::new();
    }
    let judged = view.judged_so_far(span);
    judged.iter().filter_map(|finding| if let Finding::Verdict(judged) = finding { Some(hint(view, judged)) } else { None }).collect()
}

fn hint(view: &View<'_, '_>, judged: &Judged) -> InlayHint {
    let place = Span::new(judged.span.end, judged.span.end);
    InlayHint {
        position: view.frame.range(view.document(), place).start,
        label: InlayHintLabel::String(format!("{} [{}]", judged.verdict.name(), judged.code.name())),
        kind: None,
        text_edits: None,
        tooltip: None,
        padding_left: Some(true),
        padding_right: Some(true),
        data: None,
    }
}
