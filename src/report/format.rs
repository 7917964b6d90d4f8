//! The formats by name.

use std::io::{self, Write};

use super::{Publisher, Report, claimreview, github, html, human, json, jsonl, junit, markdown, rdjsonl, sarif, tap, tsv};

/// A way to write a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Format {
    /// For people at a terminal.
    Human,
    /// One JSON document.
    Json,
    /// One JSON object a line.
    Jsonl,
    /// `file:line`, verdict and code, with tabs between.
    Tsv,
    /// SARIF 2.1.0, for code scanning.
    Sarif,
    /// JUnit XML.
    Junit,
    /// Test Anything Protocol.
    Tap,
    /// Annotations for a GitHub workflow.
    Github,
    /// reviewdog's diagnostic format.
    Rdjsonl,
    /// A table in Markdown.
    Markdown,
    /// A page for people without a terminal.
    Html,
    /// schema.org's ClaimReview.
    ClaimReview,
}

/// What a format needs to know beside the report.
#[derive(Clone, Debug, Default)]
pub struct Style {
    /// Terminal colours, in `human`.
    pub colour: bool,
    /// Who stands for a ClaimReview.
    pub publisher: Option<Publisher>,
    /// Whether a ClaimReview speaks of what is unknown.
    pub unknown_too: bool,
}

/// Why a format cannot be written as things are.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{format}` needs {missing}")]
pub struct Refused {
    /// The format's name.
    pub format: &'static str,
    /// What is missing.
    pub missing: &'static str,
}

/// Why a report was not written.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// The writer's fault.
    #[error(transparent)]
    Io(#[from] io::Error),
    /// The format needs what was not given.
    #[error(transparent)]
    Refused(#[from] Refused),
}

impl Format {
    /// All formats.
    pub const ALL: [Self; 12] = [
        Self::Human,
        Self::Json,
        Self::Jsonl,
        Self::Tsv,
        Self::Sarif,
        Self::Junit,
        Self::Tap,
        Self::Github,
        Self::Rdjsonl,
        Self::Markdown,
        Self::Html,
        Self::ClaimReview,
    ];

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Human => "human",
            Self::Json => "json",
            Self::Jsonl => "jsonl",
            Self::Tsv => "tsv",
            Self::Sarif => "sarif",
            Self::Junit => "junit",
            Self::Tap => "tap",
            Self::Github => "github",
            Self::Rdjsonl => "rdjsonl",
            Self::Markdown => "markdown",
            Self::Html => "html",
            Self::ClaimReview => "claimreview",
        }
    }

    /// What it is, in a line.
    pub fn about(self) -> &'static str {
        match self {
            Self::Human => "For people",
            Self::Json => "One JSON document",
            Self::Jsonl => "One JSON object a line",
            Self::Tsv => "file:line, verdict and code, with tabs between",
            Self::Sarif => "SARIF 2.1.0, for code scanning",
            Self::Junit => "JUnit XML",
            Self::Tap => "Test Anything Protocol",
            Self::Github => "Annotations for a GitHub workflow",
            Self::Rdjsonl => "reviewdog's diagnostics, one a line",
            Self::Html => "A page for people without a terminal",
            Self::Markdown => "A table in Markdown",
            Self::ClaimReview => "schema.org's ClaimReview; needs an author and a url",
        }
    }

    /// The format of a name.
    pub fn by_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.name() == name)
    }

    /// Whether it draws timelines, which take time to ask for.
    pub fn has_timelines(self) -> bool {
        self == Self::Html
    }

    /// Whether the counts stand in the output itself, so that they need not be said beside it.
    pub fn has_summary(self) -> bool {
        matches!(self, Self::Human | Self::Json | Self::Jsonl | Self::Github | Self::Markdown | Self::Html)
    }

    /// What has to be known before anything is written.
    ///
    /// # Errors
    /// [`Refused`], where it is not.
    pub fn ready(self, style: &Style) -> Result<(), Refused> {
        let Self::ClaimReview = self else { return Ok(()) };
        let missing = match &style.publisher {
            None => "an author and a url: `[claimreview]` with `author` and `url` in `factum.toml`",
            Some(publisher) if publisher.author.trim().is_empty() => "an author: `author` under `[claimreview]` in `factum.toml`",
            Some(publisher) if publisher.url.trim().is_empty() => "a url: `url` under `[claimreview]` in `factum.toml`",
            Some(_) => return Ok(()),
        };
        Err(Refused { format: self.name(), missing })
    }

    /// Writes a report.
    ///
    /// # Errors
    /// [`WriteError`], where the writer fails or the format needs what `style` does not give.
    pub fn write(self, report: &Report, style: &Style, out: &mut dyn Write) -> Result<(), WriteError> {
        self.ready(style)?;
        match self {
            Self::Human => human(report, style.colour, out)?,
            Self::Json => json(report, out)?,
            Self::Jsonl => jsonl(report, out)?,
            Self::Tsv => tsv(report, out)?,
            Self::Sarif => sarif(report, out)?,
            Self::Junit => junit(report, out)?,
            Self::Tap => tap(report, out)?,
            Self::Github => github(report, out)?,
            Self::Rdjsonl => rdjsonl(report, out)?,
            Self::Markdown => markdown(report, out)?,
            Self::Html => html(report, out)?,
            Self::ClaimReview => {
                if let Some(publisher) = &style.publisher {
                    claimreview(report, publisher, style.unknown_too, out)?;
                }
            }
        }
        Ok(())
    }
}
