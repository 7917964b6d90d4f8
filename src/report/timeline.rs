//! Who had what when, in words and days, for formats that draw it.
//!
//! In: what the record says, told by those who asked it. Out: plain values. Never: asks a record, draws.

use std::sync::Arc;

use crate::text::{Document, Span};
use crate::time::Day;
use crate::verdict::{Assumption, Stretch};

/// Something that one party alone has at a time, with who had it when.
#[derive(Clone, Debug)]
pub struct Timeline {
    /// What is had and of what: `control of Hama`.
    pub title: String,
    /// Who had it, sorted by day.
    pub held: Vec<Held>,
    /// The day on which the record ends.
    pub end: Option<Day>,
    /// The claims that speak of it, sorted by file and place.
    pub claims: Vec<Claimed>,
}

/// Somebody who had it from one day to another.
#[derive(Clone, Debug)]
pub struct Held {
    /// Who.
    pub holder: String,
    /// The first day on which the record says so.
    pub from: Day,
    /// The last one.
    pub to: Day,
    /// The first day before it from which on the record leaves it open; `from` where it began on that day, none where no
    /// beginning is known.
    pub earliest: Option<Day>,
    /// The last day behind it up to which the record leaves it open; none where no end is known.
    pub latest: Option<Day>,
    /// What it rests on beyond the facts.
    pub assumptions: Vec<Assumption>,
}

/// A claim that speaks of it.
#[derive(Clone, Debug)]
pub struct Claimed {
    /// The claim's file.
    pub document: Arc<Document>,
    /// Where the claim stands.
    pub span: Span,
    /// The days that it says something of; an end that it leaves open is none.
    pub days: Stretch,
}
