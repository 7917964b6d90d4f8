//! schema.org's ClaimReview as JSON-LD: what search engines read of a fact check.
//!
//! In: verdicts, and who stands for them. Out: a list of reviews. Never: reviews what is unknown unless asked, and never says
//! that somebody unnamed has reviewed something.

use std::collections::BTreeMap;
use std::io::{self, Write};

use serde::Serialize;

use super::jsonl::text;
use super::{Finding, Judged, Report};
use crate::verdict::Verdict;

/// Who stands for the reviews, and where they are published.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Publisher {
    /// The organisation's name.
    pub author: String,
    /// The page that the reviews are published on.
    pub url: String,
    /// The organisation's own page.
    pub author_url: Option<String>,
    /// The day of publication, as `2024-12-08`.
    pub date: Option<String>,
}

#[derive(Serialize)]
struct Review<'r> {
    #[serde(rename = "@context")]
    context: &'static str,
    #[serde(rename = "@type")]
    kind: &'static str,
    url: &'r str,
    #[serde(rename = "claimReviewed")]
    claim: &'r str,
    author: Author<'r>,
    #[serde(rename = "datePublished", skip_serializing_if = "Option::is_none")]
    date: Option<&'r str>,
    #[serde(rename = "itemReviewed")]
    item: Item<'r>,
    #[serde(rename = "reviewRating")]
    rating: Rating,
    #[serde(rename = "reviewBody")]
    body: &'r str,
}

#[derive(Serialize)]
struct Author<'r> {
    #[serde(rename = "@type")]
    kind: &'static str,
    name: &'r str,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<&'r str>,
}

#[derive(Serialize)]
struct Item<'r> {
    #[serde(rename = "@type")]
    kind: &'static str,
    name: &'r str,
}

/// One is the worst, three the best; `alternateName` is what people are shown.
#[derive(Serialize)]
struct Rating {
    #[serde(rename = "@type")]
    kind: &'static str,
    #[serde(rename = "ratingValue")]
    value: u8,
    #[serde(rename = "worstRating")]
    worst: u8,
    #[serde(rename = "bestRating")]
    best: u8,
    #[serde(rename = "alternateName")]
    name: &'static str,
}

/// Writes a review for each claim that is decided, a claim that stands several times once; with `unknown_too`, for the others
/// as well.
///
/// # Errors
/// What the writer gives.
pub fn claimreview(report: &Report, publisher: &Publisher, unknown_too: bool, out: &mut dyn Write) -> io::Result<()> {
    let judged = report.findings.iter().filter_map(|finding| match finding {
        Finding::Verdict(judged) if unknown_too || judged.verdict != Verdict::Unknown => Some(&**judged),
        _ => None,
    });
    let mut seen: BTreeMap<(&str, Verdict), ()> = BTreeMap::new();
    write!(out, "[")?;
    for judged in judged {
        let claim = judged.span.of(judged.document.text());
        if seen.insert((claim, judged.verdict), ()).is_some() {
            continue;
        }
        let separator = if seen.len() > 1 { "," } else { "" };
        // It ends up in the script of a page, which these characters could end.
        let review = text(&review(judged, claim, publisher))?.replace('<', "\\u003c").replace('>', "\\u003e").replace('&', "\\u0026");
        write!(out, "{separator}\n{review}")?;
    }
    writeln!(out, "\n]")
}

fn review<'r>(judged: &'r Judged, claim: &'r str, publisher: &'r Publisher) -> Review<'r> {
    let (value, name) = match judged.verdict {
        Verdict::Contradicted => (1, "False"),
        Verdict::Unknown => (2, "Unproven"),
        Verdict::Supported => (3, "True"),
    };
    Review {
        context: "https://schema.org",
        kind: "ClaimReview",
        url: &publisher.url,
        claim,
        author: Author { kind: "Organization", name: &publisher.author, url: publisher.author_url.as_deref() },
        date: publisher.date.as_deref(),
        item: Item { kind: "Claim", name: claim },
        rating: Rating { kind: "Rating", value, worst: 1, best: 3, name },
        body: &judged.message,
    }
}
