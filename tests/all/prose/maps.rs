//! The way back from clean text to the file, on any text at all.

use factum::prose;
use factum::text::{Block, Document, Format, Page, Span};

/// Pieces that documents of all formats are made of, and broken by.
const PIECES: [&str; 86] = [
    "Homs",
    "fell",
    " ",
    "  ",
    "\n",
    "\r\n",
    "\n\n",
    "\t",
    "Dec. 5",
    "*",
    "**",
    "_",
    "~~",
    "`",
    "``",
    "# ",
    "## ",
    "> ",
    "- ",
    "1. ",
    "    ",
    "|",
    "|--|--|",
    "\n|-|-|\n",
    "\\|",
    "\\*",
    "[a](b)",
    "[^1]",
    "[^1]: ",
    "![alt](c)",
    "<b>",
    "</b>",
    "<p>",
    "</p>",
    "<div>",
    "</div>",
    "<!-- ",
    " -->",
    "<!-- claim: x -->",
    "<br>",
    "<del>",
    "</del>",
    "<table>",
    "<tr>",
    "<td>",
    "</table>",
    "<ul>",
    "<li>",
    "</ul>",
    "<script>",
    "</script>",
    "<pre>",
    "</pre>",
    "<title>",
    "</title>",
    "<time datetime='2024-12-05'>",
    "</>",
    "<",
    ">",
    "&",
    "&amp;",
    "&eacute;",
    "&#8217;",
    "&notin",
    "&#0;",
    "&nbsp;",
    "&NotEqualTilde;",
    "\u{e9}",
    "\u{201c}",
    "\u{201d}",
    "\u{1f600}",
    "\u{200b}",
    "\u{a0}",
    "\u{2028}",
    "---\n",
    "+++\n",
    "title: \"a\\u00e9\"\n",
    "date: 2024-12-08\n",
    "```\n",
    "```claims\n",
    "<q>",
    "</q>",
    "<a href=x>",
    "<!DOCTYPE html>",
    "\u{feff}",
    "BEIRUT (AP) \u{2014} ",
];

/// Every byte has its place in the file, places rise, and what is said to stand in the file does.
pub fn is_sound(block: &Block, text: &str) {
    assert!(block.lead <= block.text.len());
    let mut before = Span::default();
    for (at, c) in block.text.char_indices() {
        let end = at + c.len_utf8();
        let place = block.source_span(Span::new(at, end));
        assert!(place.end <= text.len() && place.start < place.end, "{c:?} at {at} of {block:?} has no place: {place:?}");
        assert!(
            place.start >= before.start && place.end >= before.end,
            "{c:?} at {at} of {block:?} goes back from {before:?} to {place:?}"
        );
        let written = text.get(place.start..place.end).unwrap_or_else(|| panic!("{place:?} cuts a character of {text:?}"));
        if block.map.is_exact(at) {
            assert_eq!(written.chars().next(), Some(c), "in {block:?}");
        }
        before = place;
    }
    for inline in &block.inlines {
        assert!(block.text.get(inline.span.start..inline.span.end).is_some(), "{inline:?} of {block:?}");
    }
}

#[test]
fn any_text_keeps_its_places() {
    let mut random = fastrand::Rng::with_seed(20_241_208);
    let (mut seen, mut exact, mut all) = (0, 0, 0);
    for _ in 0..1200 {
        let text: String = (0..random.usize(1..40)).map(|_| PIECES[random.usize(0..PIECES.len())]).collect();
        for (format, name) in [(Format::Plain, "a.txt"), (Format::Markdown, "a.md"), (Format::Html, "a.html")] {
            let page = Page::read(&text, format);
            for block in page.blocks.iter().chain(page.entries.iter().map(|entry| &entry.value)) {
                is_sound(block, &text);
                seen += 1;
                all += block.text.len();
                exact += (0..block.text.len()).filter(|at| block.map.is_exact(*at)).count();
            }
            let article = prose::article(&Document::new(name, text.clone()));
            for block in &article.blocks {
                let mut end = block.lead;
                for span in prose::sentences(block) {
                    assert!(span.start >= end && span.end > span.start, "{span:?} in {block:?}");
                    assert!(block.text.get(span.start..span.end).is_some(), "{span:?} cuts a character of {block:?}");
                    let between = &block.text[end..span.start];
                    assert!(between.trim().is_empty(), "{between:?} is in no sentence of {block:?}");
                    end = span.end;
                }
            }
        }
    }
    assert!(seen > 5_000, "only {seen} blocks");
    assert!(exact * 10 > all * 8, "only {exact} of {all} bytes are the file's own");
}
