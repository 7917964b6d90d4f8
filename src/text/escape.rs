//! What may be shown as it is, and what is written out. Every writer uses the one list that stands here.

use std::fmt::Write as _;

/// Whether a character would act on a terminal, hide, or make text read other than it is written:
///
/// - all control characters: C0 with tab and line ends, DEL, C1 (terminal escapes begin with one);
/// - marks that turn or set off the direction of text: U+061C, U+200E, U+200F, U+202A–202E, U+2066–2069;
/// - line and paragraph separators: U+2028, U+2029;
/// - characters without width: U+00AD, U+034F, U+115F, U+1160, U+17B4, U+17B5, U+180B–180F, U+200B–200D, U+2060–2065,
///   U+206A–206F, U+3164, U+FEFF, U+FFA0, U+FFF0–FFFB, U+1BCA0–1BCA3, U+1D173–1D17A;
/// - variation selectors, U+FE00–FE0F, and all of U+E0000–E0FFF, tags among them, in which a whole text can be hidden.
pub const fn is_hidden(c: char) -> bool {
    matches!(c,
        '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}'
        | '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}'
        | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}'
        | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}'
        | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}')
}

/// A text for people: what is hidden is written out as `\u{1b}`.
pub fn escape_controls(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if is_hidden(c) {
            // Writing to a string cannot fail.
            let _ = write!(out, "\\u{{{:x}}}", u32::from(c));
        } else {
            out.push(c);
        }
    }
    out
}

/// A line of JSON: what is hidden is written out as JSON does it, `\u001b`, in two halves where it takes two.
pub fn escape_json(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    for c in line.chars() {
        if is_hidden(c) {
            for unit in c.encode_utf16(&mut [0; 2]) {
                let _ = write!(out, "\\u{unit:04x}");
            }
        } else {
            out.push(c);
        }
    }
    out
}
