//! Where sentences begin and end.

use factum::prose::sentences;
use factum::text::{Format, Page};

/// The sentences of a Markdown text.
fn of(text: &str) -> Vec<String> {
    let page = Page::read(text, Format::Markdown);
    page.blocks.iter().flat_map(|block| sentences(block).map(|span| span.of(&block.text).to_owned()).collect::<Vec<_>>()).collect()
}

/// `|` parts sentences.
#[track_caller]
fn cut(text: &str) {
    let expected: Vec<&str> = text.split('|').map(str::trim).collect();
    assert_eq!(of(&text.replace('|', "")), expected);
}

#[test]
fn stops_end_sentences() {
    cut("Homs fell. | The army fled! | Who knew? | Nobody did\u{2026}");
    cut("It cost 3.5 million. | Growth was .5 percent.");
    cut("He paused... | Then he left.");
    cut("She saw it... and left.");
}

#[test]
fn abbreviations_do_not() {
    cut("Mr. Assad met Gen. J. Smith and Sen. George W. Bush Jr. in St. Louis. | Dr. Lee did not.");
    cut("It fell on Dec. 5 and No. 10 said so on Thurs. Dec. 12. | That was in Dec. | Nothing came of it.");
    cut("The U.S. Army and the U.N. Security Council left the U.S. | The army stayed.");
    cut("It began at 6 p.m. EST on Monday and ended at 7 a.m. | Rebels slept.");
    cut("It began at 4 p.m. (2100 UTC) in court.");
    cut("Apple Inc. Chief Tim Cook left Apple Inc. | He was tired.");
    cut("They met, e.g. Aleppo vs. Homs, i.e. Syria.");
}

#[test]
fn quotations_and_brackets_stay_whole() {
    cut("\u{201c}We won. They left,\u{201d} he said. | She agreed.");
    cut("\"We won. They left.\" | The army denied it.");
    cut("\"Stop!\" he said. | \"Why?\" asked she.");
    cut("Homs (population 800,000. It was a million. Once.) fell. | Hama too.");
    // A quotation that goes on in the next paragraph is not closed here.
    cut("\u{201c}We won. | They left.");
}

#[test]
fn a_line_end_that_was_asked_for_parts() {
    assert_eq!(of("Ann Lee in Homs  \nThe city fell.  \nand rose."), ["Ann Lee in Homs", "The city fell. and rose."]);
}

#[test]
fn code_and_remarks_have_none() {
    assert_eq!(of("```\nHoms fell.\n```\n\n<!-- Homs fell. -->\n\nHama fell."), ["Hama fell."]);
}
