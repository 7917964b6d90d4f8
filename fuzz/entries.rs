//! Many inputs in one text file that a person can read: each begins with a line `=== NAME`. What would not survive an editor
//! or a checkout (control characters, marks that reorder text, a carriage return) is written as an escape.

use std::fmt::Write as _;

const HEAD: &str = "=== ";

/// The inputs of a file, with their names.
pub fn unpack(file: &str) -> Vec<(String, String)> {
    let mut found: Vec<(String, String)> = Vec::new();
    let mut first = true;
    for line in file.lines() {
        if let Some(name) = line.strip_prefix(HEAD) {
            found.push((name.to_owned(), String::new()));
            first = true;
        } else if let Some((_, text)) = found.last_mut() {
            if !first {
                text.push('\n');
            }
            text.push_str(&unescape(line));
            first = false;
        }
    }
    found
}

/// The file of these inputs.
pub fn pack<'e>(entries: impl IntoIterator<Item = (&'e str, &'e str)>) -> String {
    let mut file = String::new();
    for (name, text) in entries {
        let _ = writeln!(file, "{HEAD}{name}");
        for line in text.split('\n') {
            let _ = writeln!(file, "{}", escape(line));
        }
    }
    file
}

fn escape(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    let last = line.chars().count().saturating_sub(1);
    for (n, c) in line.chars().enumerate() {
        let odd = c.is_control() || (c.is_whitespace() && (c != ' ' || n == last)) || hidden(c) || (n == 0 && line.starts_with(HEAD));
        match c {
            '\\' => out.push_str("\\\\"),
            _ if odd => {
                let _ = write!(out, "\\u{{{:x}}}", u32::from(c));
            }
            _ => out.push(c),
        }
    }
    out
}

fn hidden(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{61c}' | '\u{fff9}'..='\u{fffb}')
}

fn unescape(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    let mut rest = line;
    while let Some(at) = rest.find('\\') {
        out.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        if let Some(after) = rest.strip_prefix('\\') {
            out.push('\\');
            rest = after;
        } else if let Some((code, after)) = rest.strip_prefix("u{").and_then(|inside| inside.split_once('}')) {
            out.extend(u32::from_str_radix(code, 16).ok().and_then(char::from_u32));
            rest = after;
        }
    }
    out.push_str(rest);
    out
}
