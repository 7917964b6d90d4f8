//! `factum list claims`: what claim files say, and how it is understood.

use schemars::JsonSchema;
use serde::Serialize;

use super::like::Like;
use super::{At, Page};
use crate::check::Checked;
use crate::cli::args::Listing;
use crate::cli::check::{Plan, Takes};
use crate::cli::config::ConfigError;
use crate::statement::in_words;
use crate::text::Span;
use crate::vocabulary::Vocabulary;

/// A claim.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
pub(super) struct Claimed {
    /// Where it stands.
    at: At,
    /// Its words.
    claim: String,
    /// How it is understood; none where it is not.
    paraphrase: Option<String>,
    /// What its author expects.
    expected: Option<String>,
    /// Why it is not understood.
    fault: Option<Fault>,
}

/// Why a claim is not understood.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
struct Fault {
    /// Stable, lower-case name.
    code: String,
    /// What is wrong.
    message: String,
}

/// The claims, in the order of their files and lines.
pub(super) fn claims(options: &Listing) -> Result<Vec<Claimed>, ConfigError> {
    let like = Like::new(options);
    let plan = Plan::new(std::slice::from_ref(&options.path), "", Takes::OnlyClaims, &options.judging)?;
    let mut found = Vec::new();
    plan.claims(|base, claim| {
        let entry = Claimed::new(claim, &base.vocabulary);
        if like.takes(std::iter::once(entry.claim.as_str()).chain(entry.paraphrase.as_deref())) {
            found.push(entry);
        }
    })?;
    found.sort();
    found.dedup();
    Ok(found)
}

impl Claimed {
    fn new(claim: &Checked, vocabulary: &Vocabulary) -> Self {
        let fault = |problem: &crate::text::Problem| Fault { code: problem.code.to_owned(), message: problem.message.clone() };
        Self {
            at: At::new(claim.document(), Span::new(claim.offset(), claim.offset())),
            claim: claim.text().to_owned(),
            paraphrase: claim.statement().ok().map(|statement| in_words(statement, vocabulary)),
            expected: claim.expected(),
            fault: claim.statement().err().map(fault),
        }
    }

    pub(super) fn show(&self, page: &mut Page) {
        page.line(0, &format!("{}: {}", self.at.line(), self.claim));
        self.paraphrase.iter().for_each(|words| page.line(1, words));
        self.fault.iter().for_each(|fault| page.line(1, &format!("not understood[{}]: {}", fault.code, fault.message)));
        self.expected.iter().for_each(|expected| page.line(1, &format!("expect {expected}")));
    }
}
