//! Plain text, Markdown and HTML to blocks: which there are, what they say, and where each word stands in the file.

use factum::text::{Block, BlockKind, Cell, Format, InlineKind, Page, Span};

fn page(format: Format, text: &str) -> Page {
    let page = Page::read(text, format);
    let entries = page.entries.iter().map(|entry| &entry.value);
    for block in page.blocks.iter().chain(entries) {
        super::maps::is_sound(block, text);
    }
    page
}

fn blocks(format: Format, text: &str) -> Vec<(BlockKind, String)> {
    page(format, text).blocks.into_iter().map(|block| (block.kind, block.text)).collect()
}

/// The bytes of the file that words of a block stand for.
fn source<'t>(block: &Block, words: &str, text: &'t str) -> &'t str {
    let at = block.text.find(words).unwrap_or_else(|| panic!("{words:?} is not in {:?}", block.text));
    block.source_span(Span::new(at, at + words.len())).of(text)
}

fn paragraph(text: &str) -> (BlockKind, String) {
    (BlockKind::Paragraph, text.to_owned())
}

#[test]
fn markdown_loses_its_marks_and_keeps_their_places() {
    let text = "The *rebels* took **Ha**ma on [Dec. 5](https://example.org/a_b) &mdash; a\r\n  Thursday \\*said\\* `the army`.\n";
    let page = page(Format::Markdown, text);
    let [block] = page.blocks.as_slice() else { panic!("{page:?}") };
    assert_eq!(block.text, "The rebels took Hama on Dec. 5 \u{2014} a Thursday *said* the army.");
    assert_eq!(source(block, "Hama", text), "Ha**ma");
    assert_eq!(source(block, "rebels", text), "rebels");
    assert_eq!(source(block, "Dec. 5", text), "Dec. 5");
    assert_eq!(source(block, "on Dec. 5", text), "on [Dec. 5");
    assert_eq!(source(block, "\u{2014}", text), "&mdash;");
    assert_eq!(source(block, "a Thursday", text), "a\r\n  Thursday");
    assert_eq!(source(block, "*said*", text), "*said\\*");
    assert_eq!(source(block, "army", text), "army");
    let inlines: Vec<(InlineKind, &str)> = block.inlines.iter().map(|inline| (inline.kind, inline.span.of(&block.text))).collect();
    assert_eq!(
        inlines,
        [(InlineKind::Emphasis, "rebels"), (InlineKind::Emphasis, "Ha"), (InlineKind::Link, "Dec. 5"), (InlineKind::Code, "the army")]
    );
}

#[test]
fn markdown_is_cut_into_its_blocks() {
    let text = "\
# Rebels take Homs #

A paragraph of
two lines.[^1]

* one
* two

  still two
    1. inner

> said she
> and he

```claims as of 2024
Homs fell
  on Dec. 7
```

<!-- claim: Homs fell -->

| City | Fell |
|------|------|
| Homs | Dec. 7 |
| `a|b` | \\| |

![A map](map.png)

---
not a *title*

[^1]: A note.
";
    let cell = |row, column, header| BlockKind::Cell(Cell { table: 0, row, column, header });
    let item = BlockKind::ListItem;
    let expected = [
        (BlockKind::Heading(1), "Rebels take Homs"),
        (BlockKind::Paragraph, "A paragraph of two lines."),
        (item(1), "one"),
        (item(1), "two"),
        (item(1), "still two"),
        (item(2), "inner"),
        (BlockKind::Quotation, "said she and he"),
        (BlockKind::Code("claims as of 2024".to_owned()), "Homs fell\n  on Dec. 7\n"),
        (BlockKind::Comment, " claim: Homs fell "),
        (cell(0, 0, true), "City"),
        (cell(0, 1, true), "Fell"),
        (cell(1, 0, false), "Homs"),
        (cell(1, 1, false), "Dec. 7"),
        (cell(2, 0, false), "`a"),
        (cell(2, 1, false), "b`"),
        (BlockKind::Caption, "A map"),
        (BlockKind::Paragraph, "not a title"),
        (BlockKind::Paragraph, "A note."),
    ];
    let expected: Vec<(BlockKind, String)> = expected.into_iter().map(|(kind, text)| (kind, text.to_owned())).collect();
    assert_eq!(blocks(Format::Markdown, text), expected);
}

/// What the writer took back is not what the document says.
#[test]
fn struck_words_are_left_out() {
    assert_eq!(blocks(Format::Markdown, "Homs fell on ~~Dec. 6~~ Dec. 7."), [paragraph("Homs fell on Dec. 7.")]);
    assert_eq!(blocks(Format::Markdown, "Homs fell on <del>Dec. 6</del> Dec. 7."), [paragraph("Homs fell on Dec. 7.")]);
    assert_eq!(blocks(Format::Html, "<p>Homs fell on <s>Dec. 6</s> Dec. 7."), [paragraph("Homs fell on Dec. 7.")]);
}

#[test]
fn html_in_markdown_is_read_as_html_with_its_own_places() {
    let text = "> <div>Homs\n> fell &amp; <b>rose</b></div>\n\nBut <!-- claim: x --> this<br>holds.\n";
    let page = page(Format::Markdown, text);
    let said: Vec<(&BlockKind, &str)> = page.blocks.iter().map(|block| (&block.kind, block.text.as_str())).collect();
    assert_eq!(
        said,
        [(&BlockKind::Paragraph, "Homs fell & rose"), (&BlockKind::Paragraph, "But this holds."), (&BlockKind::Comment, " claim: x ")]
    );
    assert_eq!(source(&page.blocks[0], "rose", text), "rose");
    assert_eq!(source(&page.blocks[0], "& rose", text), "&amp; <b>rose");
    assert_eq!(source(&page.blocks[2], "claim: x", text), "claim: x");
}

#[test]
fn html_is_cut_into_its_blocks() {
    let text = "\
<!DOCTYPE html><html><head><title>Homs falls &ndash; The Daily</title><style>p { color: red }</style></head>
<body><nav><a href=/>Home</a></nav>
<h1>Homs  falls</h1>
<p>The <em>rebels</em> took&nbsp;Homs</>.<p>They said &#8220;so&#x201D;.
<ul><li>one<li>two <p>more</p></ul>
<blockquote>said <q>he</q></blockquote>
<table><caption>Cities</caption><tr><th>City<th>Fell<tr><td colspan=2>Homs<td>Dec. 7</table>
<figure><img src=a.png><figcaption>A map</figcaption></figure>
<pre>a
  b</pre>
first<br>line<br><br>second<script>if (a < b) alert('no')</script>
<!-- claim: Homs fell --><p hidden>not shown</p><footer>All rights</footer></body></html>";
    let cell = |row, column, header| BlockKind::Cell(Cell { table: 0, row, column, header });
    let expected = [
        (BlockKind::Heading(1), "Homs falls"),
        (BlockKind::Paragraph, "The rebels took Homs."),
        (BlockKind::Paragraph, "They said \u{201c}so\u{201d}."),
        (BlockKind::ListItem(1), "one"),
        (BlockKind::ListItem(1), "two"),
        (BlockKind::ListItem(1), "more"),
        (BlockKind::Quotation, "said he"),
        (BlockKind::Caption, "Cities"),
        (cell(0, 0, true), "City"),
        (cell(0, 1, true), "Fell"),
        (cell(1, 0, false), "Homs"),
        (cell(1, 2, false), "Dec. 7"),
        (BlockKind::Caption, "A map"),
        (BlockKind::Code(String::new()), "a\n  b"),
        (BlockKind::Paragraph, "first line"),
        (BlockKind::Paragraph, "second"),
        (BlockKind::Comment, " claim: Homs fell "),
    ];
    let expected: Vec<(BlockKind, String)> = expected.into_iter().map(|(kind, text)| (kind, text.to_owned())).collect();
    let page = page(Format::Html, text);
    let found: Vec<(BlockKind, String)> = page.blocks.iter().map(|block| (block.kind.clone(), block.text.clone())).collect();
    assert_eq!(found, expected);
    assert_eq!(source(&page.blocks[2], "\u{201c}so\u{201d}", text), "&#8220;so&#x201D;");
    assert_eq!(source(&page.blocks[1], "Homs.", text), "Homs</>.");
    assert_eq!(page.entry(&["title"]).map(|title| title.text.as_str()), Some("Homs falls \u{2013} The Daily"));
}

#[test]
fn plain_text_is_told_by_its_lines() {
    let wrapped = "\
Homs falls

The rebels took Homs on Saturday, a day before they entered the
capital, the army said.

- one that goes on to the very end of its line, and then wraps
  here
- two
> \"It fell,\"
> he said.

All of it
";
    let said = [
        (BlockKind::Title, "Homs falls"),
        (BlockKind::Paragraph, "The rebels took Homs on Saturday, a day before they entered the capital, the army said."),
        (BlockKind::ListItem(1), "one that goes on to the very end of its line, and then wraps here"),
        (BlockKind::ListItem(1), "two"),
        (BlockKind::Quotation, "\"It fell,\""),
        (BlockKind::Quotation, "he said."),
        (BlockKind::Heading(2), "All of it"),
    ];
    let mut said: Vec<(BlockKind, String)> = said.into_iter().map(|(kind, text)| (kind, text.to_owned())).collect();
    // The second line of a quotation begins small: it goes on.
    said.splice(4..6, [(BlockKind::Quotation, "\"It fell,\" he said.".to_owned())]);
    assert_eq!(blocks(Format::Plain, wrapped), said);

    // One paragraph a line, without blank lines between them.
    let long = format!("{}\n{}\r\n", "The rebels took Homs. ".repeat(8).trim_end(), "The army withdrew.");
    assert_eq!(blocks(Format::Plain, &long).len(), 2);
}

#[test]
fn front_matter_gives_its_entries_and_where_they_stand() {
    let entries = |text: &str| -> Vec<(String, String, String)> {
        let page = page(Format::Markdown, text);
        // Comments are kept: one may accept what is found in an entry.
        let prose = |block: &Block| block.kind == BlockKind::Comment || block.text == "Prose.";
        assert!(page.blocks.iter().all(prose), "{:?}", page.blocks);
        page.entries.iter().map(|entry| (entry.key.clone(), entry.value.text.clone(), entry.value.whole().of(text).to_owned())).collect()
    };
    let entry = |key: &str, value: &str, written: &str| (key.to_owned(), value.to_owned(), written.to_owned());

    let yaml = "\u{feff}---\r\nTitle: \"Homs: \u{e9}t\u{e9} # 1\"\r\ntags: [a, b]\r\nnested:\r\n  date: 1999-01-01\r\ndate: 2024-12-08 # today\r\nby: 'it''s'\r\n---\r\n\r\nProse.\r\n";
    assert_eq!(
        entries(yaml),
        [
            entry("title", "Homs: \u{e9}t\u{e9} # 1", "Homs: \u{e9}t\u{e9} # 1"),
            entry("date", "2024-12-08", "2024-12-08"),
            entry("by", "it's", "'it''s'")
        ]
    );
    // No YAML, as the second colon shows, but plain what is meant.
    let loose = "---\ntitle: Homs: the city falls\ndate: 2024-12-08\n---\nProse.\n";
    assert_eq!(entries(loose), [entry("title", "Homs: the city falls", "Homs: the city falls"), entry("date", "2024-12-08", "2024-12-08")]);
    let toml = "+++\ntitle = \"Homs falls\"\ndate = 2024-12-08\n[params]\ndate = 1999-01-01\n+++\nProse.\n";
    assert_eq!(entries(toml), [entry("title", "Homs falls", "Homs falls"), entry("date", "2024-12-08", "2024-12-08")]);
}

/// A rule above a paragraph, and one below, are no front matter.
#[test]
fn rules_are_no_front_matter() {
    assert_eq!(blocks(Format::Markdown, "---\nProse it is\n\nand more\n\n---\n"), [paragraph("Prose it is"), paragraph("and more")]);
    assert_eq!(blocks(Format::Markdown, "One\n\n---\ntitle: two\n\n---\n"), [paragraph("One"), paragraph("title: two")]);
}

#[test]
fn what_cannot_be_seen_is_no_part_of_a_word() {
    assert_eq!(blocks(Format::Html, "<p>Da&shy;mas\u{200b}cus\u{a0} fell"), [paragraph("Damascus fell")]);
}

/// Marks inside one another are one, and those left open go on in the next block, which a hostile text must not make costly.
#[test]
fn marks_that_are_left_open_go_on() {
    let page = page(Format::Html, "<p>a <b><strong>b</strong> c</b> d <i>e<p>f</i> g");
    let set_off: Vec<Vec<&str>> =
        page.blocks.iter().map(|block| block.inlines.iter().map(|inline| inline.span.of(&block.text)).collect()).collect();
    assert_eq!(set_off, [vec!["b c", "e"], vec!["f"]]);

    let many = page_of_open_marks(20_000);
    assert_eq!(many.blocks.len(), 20_000);
    assert!(many.blocks.iter().all(|block| block.inlines.len() <= 1));
}

fn page_of_open_marks(count: usize) -> Page {
    Page::read(&"<i>x<p>\n".repeat(count), Format::Html)
}
