//! What an article says about itself: its date, its place, its headline.

use factum::prose::{Article, article, sentences};
use factum::text::{BlockKind, Document};

fn read(name: &str, text: &str) -> Article {
    article(&Document::new(name, text))
}

/// Date, place and headline in one line.
fn about(name: &str, text: &str) -> String {
    let article = read(name, text);
    let date = article.date.map_or_else(|| "-".to_owned(), |date| date.value.to_string());
    let place = article.place.map_or_else(|| "-".to_owned(), |place| place.value);
    format!("{date} {place} {}", article.title.map_or_else(|| "-".to_owned(), |title| title.value))
}

fn first_sentence(article: &Article) -> &str {
    let block = article.blocks.iter().find(|block| block.kind == BlockKind::Paragraph).unwrap();
    sentences(block).next().map_or("", |span| &block.text[span.start..span.end])
}

#[test]
fn datelines_give_day_and_place_and_are_no_sentence() {
    let cases = [
        ("BEIRUT, Dec. 10, 2024 \u{2014} Rebels won.", "2024-12-10 BEIRUT -"),
        ("**BEIRUT, Dec. 10, 2024** \u{2014} Rebels won.", "2024-12-10 BEIRUT -"),
        ("HOMS, Syria (8 December 2024) - Rebels won.", "2024-12-08 HOMS -"),
        ("Homs, Syria (8 December 2024) \u{2013} Rebels won.", "2024-12-08 Homs -"),
        ("NEW DELHI (AP) \u{2014} Rebels won.", "- NEW DELHI -"),
        ("ST. LOUIS, Mo. (Reuters) - Rebels won.", "- ST. LOUIS -"),
        ("WASHINGTON, D.C. \u{2014} Rebels won.", "- WASHINGTON -"),
        ("Kyiv, 8 December 2024: Rebels won.", "2024-12-08 Kyiv -"),
        ("2024-12-08 New Delhi: Rebels won.", "2024-12-08 New Delhi -"),
        ("Date: 2024-12-08. Rebels won.", "2024-12-08 - -"),
        ("2024-12-11\nRebels won.", "2024-12-11 - -"),
        ("Published: December 8, 2024 Rebels won.", "2024-12-08 - -"),
        ("BREAKING: Rebels won.", "- - -"),
    ];
    for (text, expected) in cases {
        assert_eq!(about("a.md", text), expected, "{text}");
        if !text.starts_with("Date:") {
            assert_eq!(first_sentence(&read("a.md", text)), "Rebels won.", "{text}");
        }
    }
}

#[test]
fn other_beginnings_are_no_datelines() {
    let cases = [
        "NATO \u{2014} the alliance \u{2014} said so.",
        "Damascus: a history of two thousand years.",
        "On December 8, 2024, Homs fell.",
        "December 8, 2024, was a Sunday.",
        "December 2024 Homs fell.",
        "Homs, Hama and Aleppo fell.",
        "Saturday was quiet.",
    ];
    for text in cases {
        let article = read("a.md", text);
        assert!(article.date.is_none() && article.place.is_none(), "{text}");
        assert_eq!(first_sentence(&article), text);
    }
}

#[test]
fn a_dateline_without_a_year_has_that_of_the_document() {
    let text = "---\ndate: 2025-01-02\n---\nBEIRUT, Dec. 30 \u{2014} Homs fell.\n";
    assert_eq!(about("a.md", text), "2025-01-02 BEIRUT -");
    assert_eq!(about("a.md", "BEIRUT, Dec. 30 \u{2014} Homs fell.\n"), "- BEIRUT -");
}

#[test]
fn bylines_give_the_day_of_publication() {
    let cases = [
        "Sunday, December 8, 2024",
        "Published: Dec 8, 2024",
        "By Ann Lee\n\nUpdated: December 9, 2024\n\nPublished: 8 December 2024",
        "By Ann Lee, Foreign Correspondent | Updated Dec. 9, 2024, 10:15 a.m. IST | Published December 8, 2024 at 09:00 GMT",
        "Last updated: 11:58 PM IST, Sun December 8, 2024",
        "8 Dec 2024 \u{b7} 5 min read",
    ];
    for line in cases {
        for text in [format!("# Homs falls\n\n{line}\n\nThe rebels won.\n"), format!("{line}\n\n# Homs falls\n\nThe rebels won.\n")] {
            assert_eq!(about("a.md", &text), "2024-12-08 - Homs falls", "{text}");
            assert_eq!(first_sentence(&read("a.md", &text)), "The rebels won.", "{text}");
        }
    }
    // A sentence that happens to begin so is none.
    assert_eq!(first_sentence(&read("a.md", "By Sunday the rebels had won.")), "By Sunday the rebels had won.");
}

#[test]
fn front_matter_goes_before_everything_else() {
    let text = "---\ntitle: Homs falls\npublished: 2024-12-08T10:00:00+05:30\npublisher: The Daily\n---\n\n# Another\n\nBEIRUT, Dec. 9, 2024 \u{2014} So it is.\n";
    let article = read("a.md", text);
    assert_eq!(about("a.md", text), "2024-12-08 BEIRUT Homs falls");
    assert_eq!(article.publisher.map(|found| found.value).as_deref(), Some("The Daily"));
    assert_eq!(article.title.map(|found| found.span.of(text).to_owned()).as_deref(), Some("Homs falls"));
    assert_eq!(article.blocks[0].kind, BlockKind::Title);
    assert_eq!(article.blocks[1].kind, BlockKind::Heading(1));
    assert_eq!(about("a.md", "---\ndate: 8 December 2024\n---\nHoms fell.\n"), "2024-12-08 - -");
}

#[test]
fn html_says_when_in_several_ways() {
    let head =
        |inner: &str| format!("<html><head><title>Homs falls | The Daily</title>{inner}</head><body><h1>Homs falls</h1><p>It did.</body>");
    let cases = [
        "<meta property=\"article:published_time\" content=\"2024-12-08T23:10:00Z\">",
        "<meta itemprop=datePublished content=2024-12-08>",
        "<script type=\"application/ld+json\">{\"@graph\": [{\"@type\": \"NewsArticle\", \"datePublished\": \"2024-12-08T01:00\"}]}</script>",
        "</head><body><time datetime=\"2024-12-08 10:00\">yesterday</time>",
    ];
    for inner in cases {
        assert_eq!(about("a.html", &head(inner)), "2024-12-08 - Homs falls", "{inner}");
    }
    // Told by its beginning where the name does not say so, and without a heading the title is what there is.
    assert_eq!(about("a", "<!doctype html><title>Homs falls</title><p>It did."), "- - Homs falls");
}

#[test]
fn the_first_heading_is_the_headline() {
    assert_eq!(about("a.md", "# Homs falls\n\nIt did.\n\n# More\n"), "- - Homs falls");
    assert_eq!(about("a.txt", "Homs falls\n\nIt did so.\n"), "- - Homs falls");
    assert_eq!(about("a.md", "It did.\n\n## Homs falls\n"), "- - -");
}
