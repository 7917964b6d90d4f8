//! Text to what is written. pest lives here and nowhere else.
//!
//! In: one statement or one line of a file. Out: its syntax tree, or one [`Problem`] in words for people. Never: knows a
//! name, decides what a statement means. The grammar files in `grammar/` can be read without Rust; each rule has one
//! function here that takes its children in the grammar's order.

mod article;
pub mod ast;
mod claims;
mod date;
mod declaration;
pub mod edtf;
mod layout;
mod plain_line;
mod statement;

pub use article::{Byline, Dateline, byline, dateline};
pub use claims::{ClaimLine, Expectation, ExpectedVerdict, claim_line};
pub use declaration::{
    Declaration, Element, Interval, KindNote, LinkWord, NameNote, Property, by_grammar, declaration, evidence, is_declaration, property,
};
pub use edtf::parse_edtf;
pub use layout::{ClaimLayout, claim_laid_out, declaration_laid_out, evidence_laid_out, property_laid_out, statement_laid_out};
pub use statement::{Running, is_only_words, running, statement};

use crate::text::{Problem, Span};

#[allow(missing_docs, reason = "the derived types cannot carry documentation; they do not leave this folder")]
mod grammar {
    /// All grammars but EDTF's, which is a language of its own.
    #[derive(pest_derive::Parser)]
    #[grammar = "../grammar/words.pest"]
    #[grammar = "../grammar/time.pest"]
    #[grammar = "../grammar/statement.pest"]
    #[grammar = "../grammar/vocabulary.pest"]
    #[grammar = "../grammar/facts.pest"]
    #[grammar = "../grammar/claims.pest"]
    #[grammar = "../grammar/article.pest"]
    pub(super) struct Grammar;
}

use grammar::{Grammar, Rule};

type Pair<'t> = pest::iterators::Pair<'t, Rule>;
type Pairs<'t> = pest::iterators::Pairs<'t, Rule>;

/// Bounds the work of every parser in this process, which is the only bound that pest offers. The program calls it once; a
/// library's user may.
pub fn bound_parsers() {
    pest::set_call_limit(std::num::NonZeroUsize::new(crate::text::limits::MOST_PARSER_CALLS));
}

/// A text that took more work than any line needs.
fn too_costly(error: &pest::error::Error<Rule>, whole: Span) -> Option<Problem> {
    match &error.variant {
        pest::error::ErrorVariant::CustomError { message } if message == "call limit reached" => {
            Some(Problem::new("too-long", whole, "this line takes more work to read than is spent on one").help("split it into several"))
        }
        _ => None,
    }
}

fn span_of(pair: &Pair<'_>) -> Span {
    let span = pair.as_span();
    Span::new(span.start(), span.end())
}

/// Where pest stopped, as a span of one character, for a message in our own words.
fn stopped_at(error: &pest::error::Error<Rule>, text: &str) -> Span {
    let at = match error.location {
        pest::error::InputLocation::Pos(at) | pest::error::InputLocation::Span((at, _)) => at,
    };
    let width = text.get(at..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
    Span::new(at, at.saturating_add(width))
}

/// A fault of ours: the grammar let through what its function does not know.
fn internal(span: Span, what: &str) -> Problem {
    Problem::new("internal", span, format!("the reader does not know what to do with {what}"))
        .help("this is a fault of factum; please report it with the line that shows it")
}
