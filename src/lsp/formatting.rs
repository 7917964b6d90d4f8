//! A text laid out as `factum fmt` lays it out.

use std::sync::Arc;

use super::workspace::Kind;
use crate::layout::layout;
use crate::text::{Document, Span};

/// The text laid out anew; nothing where that changes nothing, where it is no text of ours, or where a line of it cannot be read:
/// what is wrong is shown already.
pub(super) fn formatted(document: &Arc<Document>) -> Option<String> {
    let ours = Kind::of(document.name()).is_ours();
    let laid_out = ours.then(|| layout(document).ok()).flatten()?;
    (laid_out != document.text()).then_some(laid_out)
}

/// The smallest edit that makes one text of another: what stands before and behind what both share stays.
pub(super) fn smallest(old: &str, new: &str) -> (Span, String) {
    let common = old.char_indices().zip(new.chars()).take_while(|((_, a), b)| a == b);
    let start = common.last().map_or(0, |((at, c), _)| at.saturating_add(c.len_utf8()));
    let (rest_of_old, rest_of_new) = (old.get(start..).unwrap_or_default(), new.get(start..).unwrap_or_default());
    let behind = rest_of_old.chars().rev().zip(rest_of_new.chars().rev()).take_while(|(a, b)| a == b);
    let behind = behind.map(|(c, _)| c.len_utf8()).fold(0, usize::saturating_add);
    let end = old.len().saturating_sub(behind);
    (Span::new(start, end), new.get(start..new.len().saturating_sub(behind)).unwrap_or_default().to_owned())
}
