//! Very many claims: blocks of lines to what is written of them, in the order of the lines, with no more in memory than a few blocks.
//!
//! In: whole lines of a claim file. Out: the bytes of `tsv` or `jsonl`, and the counts. Never: writes anything else than would be written
//! of the same file as a whole.
//!
//! A line that is a plain claim of a known shape is judged at once. All other lines, with those that belong to them, are read as a claim
//! file is.

use std::sync::Arc;

use rayon::prelude::*;

use super::policy::{count_all, count_verdict};
use super::{Anew, Carried, Included, Policy, Shapes, Text, add, read_lines};
use crate::facts::Library;
use crate::report::{Finding, Level, Summary, jsonl_line, tsv_line};
use crate::text::{Document, escape_controls};
use crate::time::Day;
use crate::verdict::Judge;

/// About so many bytes are one block.
const BLOCK: usize = 128 * 1024;

/// Shorter files are not worth it to learn shapes.
const FEW: usize = 8 * 1024;

/// A claim file that is read block by block.
pub struct Stream<'s, 'b> {
    library: &'s dyn Library,
    name: String,
    lines_of: Lines<'s, 'b>,
    carried: Carried,
    lines: usize,
    bytes: usize,
    shapes: Vec<Shapes<'b>>,
}

/// How lines are judged and written.
struct Lines<'s, 'b> {
    judge: &'s Judge<'b>,
    policy: &'s Policy,
    /// The name of the file as it stands in a line of `tsv`.
    shown: String,
    jsonl: bool,
    quiet: bool,
}

/// What is written of some lines.
#[derive(Default)]
pub struct Written {
    /// As it is written.
    pub bytes: Vec<u8>,
    /// The claims and their verdicts.
    pub counts: Summary,
}

/// A block of lines with its place.
#[derive(Clone, Copy)]
struct Block<'t> {
    text: &'t str,
    first_line: usize,
    first_byte: usize,
}

impl<'s, 'b> Stream<'s, 'b> {
    /// Of the claim file of a name, as `jsonl` or as `tsv`; `quiet` leaves out what is as it should be.
    pub fn new(judge: &'s Judge<'b>, policy: &'s Policy, library: &'s dyn Library, name: &str, jsonl: bool, quiet: bool) -> Self {
        Self {
            library,
            name: name.to_owned(),
            lines_of: Lines { judge, policy, shown: escape_controls(name), jsonl, quiet },
            carried: Carried::default(),
            lines: 0,
            bytes: 0,
            shapes: Vec::new(),
        }
    }

    /// How many lines were read.
    pub fn lines(&self) -> usize {
        self.lines
    }

    /// What is written of the next lines. They must end with a line end, unless they are the last ones.
    pub fn next(&mut self, text: &str, mut write: impl FnMut(&Written) -> std::io::Result<()>) -> std::io::Result<()> {
        let threads = rayon::current_num_threads();
        let vocabulary = &self.lines_of.judge.base().vocabulary;
        // A few claims are read by themselves before there is a shape to know them by.
        let few = self.bytes.saturating_add(text.len()) < FEW;
        while self.shapes.len() < threads && !few {
            self.shapes.push(Shapes::new(vocabulary));
        }
        let mut shapes = std::mem::take(&mut self.shapes);
        let mut rest = text;
        while !rest.is_empty() {
            let mut blocks = Vec::new();
            while blocks.len() < threads && !rest.is_empty() {
                let (block, behind) = self.cut(rest);
                blocks.push(block);
                rest = behind;
            }
            // Each by itself, as if nothing were handed on to it: right where all its lines are plain claims.
            let state = self.carried;
            let lines = &self.lines_of;
            let quick: Vec<Option<(Written, Carried)>> = if state.as_of.is_some() || shapes.is_empty() {
                blocks.iter().map(|_| None).collect()
            } else {
                shapes.par_iter_mut().zip(&blocks).map(|(shapes, block)| lines.plain_block(shapes, *block)).collect()
            };
            for (block, quick) in blocks.into_iter().zip(quick) {
                let quick = quick.filter(|_| self.carried.as_of == state.as_of);
                let (written, carried) = match quick {
                    Some((written, after)) => (written, Carried { previous: after.previous.or(self.carried.previous), ..self.carried }),
                    None => self.mixed_block(shapes.first_mut(), block, self.carried),
                };
                self.carried = carried;
                write(&written)?;
            }
        }
        self.shapes = shapes;
        Ok(())
    }

    /// Cuts a block off. It ends where nothing belongs to what stands on the other side.
    fn cut<'t>(&mut self, text: &'t str) -> (Block<'t>, &'t str) {
        let bytes = text.as_bytes();
        let mut end = text.len();
        let mut from = BLOCK;
        while from < bytes.len() {
            let Some(at) = memchr::memchr(b'\n', bytes.get(from..).unwrap_or_default()) else { break };
            let after = from.saturating_add(at).saturating_add(1);
            if text.get(after..).is_some_and(stands_alone) && !ends_with_comment(text.get(..after).unwrap_or_default()) {
                end = after;
                break;
            }
            from = after;
        }
        let (block, rest) = text.split_at_checked(end).unwrap_or((text, ""));
        let cut = Block { text: block, first_line: self.lines.saturating_add(1), first_byte: self.bytes };
        self.lines = self.lines.saturating_add(memchr::memchr_iter(b'\n', block.as_bytes()).count());
        self.bytes = self.bytes.saturating_add(block.len());
        (cut, rest)
    }

    /// A block of whatever lines.
    fn mixed_block(&self, mut shapes: Option<&mut Shapes<'_>>, block: Block<'_>, mut carried: Carried) -> (Written, Carried) {
        let jsonl = self.lines_of.jsonl;
        let mut written = Written::default();
        let mut at = 0_usize;
        let mut number = block.first_line;
        // Where the lines begin that are still to be read as a claim file is.
        let mut waiting: Option<(usize, usize)> = None;
        let mut below_comment = false;
        while at < block.text.len() {
            let rest = block.text.get(at..).unwrap_or_default();
            let length = memchr::memchr(b'\n', rest.as_bytes()).map_or(rest.len(), |end| end.saturating_add(1));
            let line = rest.get(..length).unwrap_or_default();
            let line = line.strip_suffix('\n').unwrap_or(line);
            let line = line.strip_suffix('\r').unwrap_or(line);
            let behind = rest.get(length..).unwrap_or_default();
            let may_be_plain = !line.is_empty() && !below_comment && (behind.is_empty() || stands_alone(behind));
            let mut plain = Written::default();
            let mut day = None;
            if let Some(shapes) = shapes.as_deref_mut().filter(|_| may_be_plain && !jsonl) {
                // The lines before it may say what day it is.
                if waiting.is_some()
                    && shapes.read(line).is_some()
                    && let Some((from, first)) = waiting.take()
                {
                    self.read_whole(block, from..at, first, &mut carried, &mut written);
                }
                if waiting.is_none() {
                    day = self.lines_of.plain_line(shapes, line, number, carried.as_of, &mut plain);
                }
            }
            match day {
                Some(day) => {
                    written.take(plain);
                    carried.previous = Some(day);
                }
                None => {
                    waiting.get_or_insert((at, number));
                    below_comment = line.trim_start().starts_with('#');
                }
            }
            if day.is_some() {
                below_comment = false;
            }
            at = at.saturating_add(length);
            number = number.saturating_add(1);
        }
        if let Some((from, first)) = waiting {
            self.read_whole(block, from..block.text.len(), first, &mut carried, &mut written);
        }
        (written, carried)
    }

    /// Lines as a claim file is read.
    fn read_whole(&self, block: Block<'_>, lines: std::ops::Range<usize>, first: usize, carried: &mut Carried, written: &mut Written) {
        let Lines { judge, policy, jsonl, quiet, .. } = self.lines_of;
        let from = lines.start;
        let text = block.text.get(lines).unwrap_or_default();
        let excerpt = Document::excerpt(self.name.as_str(), text, first).at_byte(block.first_byte.saturating_add(from));
        let document = Arc::new(excerpt);
        let mut included = Included { open: vec![self.name.clone()], opened: 0 };
        let mut checked = Vec::new();
        read_lines(judge, &document, self.library, &mut Anew, &mut included, carried, &mut checked);
        let findings: Vec<Vec<Finding>> = checked.par_iter().map(|claim| claim.findings(judge, policy, Text::Claims)).collect();
        let mut findings: Vec<Finding> = findings.into_iter().flatten().collect();
        findings.sort_by(|a, b| {
            let ((x, p), (y, q)) = (a.place(), b.place());
            (x.name(), p).cmp(&(y.name(), q))
        });
        add(&mut written.counts.claims, checked.iter().filter(|claim| claim.is_claim()).count());
        count_all(&findings, &mut written.counts);
        for finding in findings.iter().filter(|finding| !quiet || finding.level() != Level::Allow) {
            // A vector takes whatever is written into it.
            let _ = if jsonl { jsonl_line(finding, &mut written.bytes) } else { tsv_line(finding, &mut written.bytes) };
        }
    }
}

impl Lines<'_, '_> {
    /// A block that holds nothing but plain claims; nothing where it holds anything else.
    fn plain_block(&self, shapes: &mut Shapes<'_>, block: Block<'_>) -> Option<(Written, Carried)> {
        let mut written = Written::default();
        let mut carried = Carried::default();
        for (number, line) in (block.first_line..).zip(block.text.lines()) {
            if !line.is_empty() {
                carried.previous = Some(self.plain_line(shapes, line, number, None, &mut written)?);
            }
        }
        Some((written, carried))
    }

    /// Writes the line of a plain claim, and gives its day; nothing where it is none.
    fn plain_line(&self, shapes: &mut Shapes<'_>, line: &str, number: usize, as_of: Option<Day>, written: &mut Written) -> Option<Day> {
        if self.jsonl {
            return None;
        }
        let claim = shapes.read(line)?;
        let decided = self.judge.decide_plain(&claim, as_of)?;
        let level = self.policy.level(Text::Claims, decided.verdict, decided.code);
        add(&mut written.counts.claims, 1);
        count_verdict(decided.verdict, level, &mut written.counts);
        if !self.quiet || level != Level::Allow {
            let out = &mut written.bytes;
            out.extend_from_slice(self.shown.as_bytes());
            out.push(b':');
            out.extend_from_slice(itoa::Buffer::new().format(number).as_bytes());
            out.push(b'\t');
            out.extend_from_slice(decided.verdict.name().as_bytes());
            out.push(b'\t');
            out.extend_from_slice(decided.code.name().as_bytes());
            out.push(b'\n');
        }
        Some(Day::from_epoch_days(claim.day.into()))
    }
}

impl Written {
    fn take(&mut self, other: Self) {
        self.bytes.extend_from_slice(&other.bytes);
        self.counts.add(&other.counts);
    }
}

/// Whether the line that begins a text belongs to none above it.
fn stands_alone(text: &str) -> bool {
    let line = text.trim_start_matches([' ', '\t']);
    line.len() == text.len() && !line.starts_with("expect")
}

fn ends_with_comment(text: &str) -> bool {
    text.trim_end_matches(['\n', '\r']).rsplit('\n').next().is_some_and(|line| line.trim_start().starts_with('#'))
}
