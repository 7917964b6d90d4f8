//! Text as it is compared: letters folded, white space folded.

/// A word as names and keywords are compared: lower case, typographic apostrophes and hyphens made plain.
pub fn fold_word(word: &str) -> String {
    if word.bytes().all(|byte| byte.is_ascii() && byte != b'`') {
        return word.to_ascii_lowercase();
    }
    word.chars()
        .flat_map(|c| match c {
            '\u{2019}' | '\u{2018}' | '\u{02bc}' | '`' => '\''.to_lowercase(),
            '\u{2010}' | '\u{2011}' | '\u{2013}' => '-'.to_lowercase(),
            other => other.to_lowercase(),
        })
        .collect()
}

/// A text with runs of white space made one blank and typographic quotes made plain, with the way back to the bytes of
/// the original. Quotes are looked up in it.
#[derive(Clone, Debug)]
pub struct Folded {
    text: String,
    /// For each byte of `text`, the byte of the original that it comes from; one more for the end.
    origin: Vec<usize>,
}

impl Folded {
    /// Folds a text. Markup that only sets off words (`>` at the start of a Markdown line, `*`, `_`) is kept.
    pub fn new(original: &str) -> Self {
        let mut text = String::with_capacity(original.len());
        let mut origin = Vec::with_capacity(original.len().saturating_add(1));
        let mut blank = true;
        for (at, c) in original.char_indices() {
            let plain = match c {
                '\u{201c}' | '\u{201d}' | '\u{201e}' | '\u{00ab}' | '\u{00bb}' => '"',
                '\u{2018}' | '\u{2019}' | '\u{201a}' | '\u{02bc}' => '\'',
                '\u{2013}' | '\u{2014}' | '\u{2011}' | '\u{2010}' => '-',
                other => other,
            };
            if plain.is_whitespace() {
                if !blank {
                    text.push(' ');
                    origin.push(at);
                }
                blank = true;
            } else {
                text.push(plain);
                origin.extend(std::iter::repeat_n(at, plain.len_utf8()));
                blank = false;
            }
        }
        while text.ends_with(' ') {
            text.pop();
            origin.pop();
        }
        origin.push(original.len());
        Self { text, origin }
    }

    /// Where `needle` (folded too) stands in the original, as a range of its bytes; the first place.
    pub fn find(&self, needle: &str, original: &str) -> Option<std::ops::Range<usize>> {
        let needle = Self::new(needle).text;
        if needle.is_empty() {
            return None;
        }
        let at = self.text.find(&needle)?;
        let start = *self.origin.get(at)?;
        let last = *self.origin.get(at.checked_add(needle.len())?.checked_sub(1)?)?;
        let width = original.get(last..)?.chars().next().map_or(0, char::len_utf8);
        Some(start..last.checked_add(width)?)
    }
}
