//! Claims that are answered as they are read: a claim file, or standard input without an end.
//!
//! In: lines, and a [`Stream`] that judges them. Out: each verdict on standard output as soon as it is there; what is read from standard
//! input is answered before more is waited for. Never: keeps a line longer than those that belong to it.

use std::io::{self, Read, Write};

use super::check::say_exit;
use super::files::FileError;
use super::output::Output;
use super::{Exit, unwritten};
use crate::check::{Stream, count};
use crate::report::{Finding, Format, Report, jsonl_line, jsonl_summary, tsv_line};
use crate::text::TextError;
use crate::text::limits::LONGEST_LINE;

/// So much is read from standard input at a time.
const READ: usize = 256 * 1024;

/// A run that is written while it is judged.
pub(super) struct Streamed<'o> {
    output: &'o Output,
    out: io::BufWriter<io::StdoutLock<'static>>,
    /// The counts; its findings are written already.
    pub(super) report: Report,
    written: io::Result<()>,
}

impl<'o> Streamed<'o> {
    /// A run that begins with what is wrong with its facts.
    pub(super) fn new(output: &'o Output, findings: Vec<Finding>) -> Self {
        let mut out = io::BufWriter::with_capacity(READ, io::stdout().lock());
        let mut report = Report { findings, ..Report::default() };
        count(&mut report);
        let lines = std::mem::take(&mut report.findings);
        let write = |finding: &Finding, out: &mut dyn Write| match output.format {
            Format::Jsonl => jsonl_line(finding, out),
            _ => tsv_line(finding, out),
        };
        let written = lines.iter().try_for_each(|finding| write(finding, &mut out));
        Self { output, out, report, written }
    }

    fn lines(&mut self, stream: &mut Stream<'_, '_>, text: &str) {
        if self.written.is_err() {
            return;
        }
        let (out, summary) = (&mut self.out, &mut self.report.summary);
        self.written = stream.next(text, |written| {
            summary.add(&written.counts);
            out.write_all(&written.bytes)
        });
    }

    /// The lines of a whole file.
    pub(super) fn whole(&mut self, mut stream: Stream<'_, '_>, text: &str) {
        self.lines(&mut stream, text);
    }

    /// The lines of standard input.
    pub(super) fn input(&mut self, mut stream: Stream<'_, '_>, name: &str) -> Result<(), FileError> {
        let mut input = io::stdin().lock();
        let mut buffer: Vec<u8> = Vec::new();
        let mut bytes_before = 0_usize;
        let wrong = |error: TextError| FileError::Text(name.to_owned(), error);
        while self.written.is_ok() {
            let kept = buffer.len();
            buffer.resize(kept.saturating_add(READ), 0);
            let read = match input.read(buffer.get_mut(kept..).unwrap_or_default()) {
                Ok(read) => read,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {
                    buffer.truncate(kept);
                    continue;
                }
                Err(error) => return Err(FileError::Unreadable(name.to_owned(), error)),
            };
            buffer.truncate(kept.saturating_add(read));
            let last = read == 0;
            let end = if last { buffer.len() } else { end_of_lines(&buffer) };
            let lines = buffer.get(..end).unwrap_or_default();
            if let Some(at) = memchr::memchr(0, lines) {
                return Err(wrong(TextError::Binary(bytes_before.saturating_add(at))));
            }
            let text =
                std::str::from_utf8(lines).map_err(|error| wrong(TextError::NotUtf8(bytes_before.saturating_add(error.valid_up_to()))))?;
            let longest = buffer.len().saturating_sub(end).max(text.lines().map(str::len).max().unwrap_or(0));
            if longest > LONGEST_LINE {
                let line = stream.lines().saturating_add(1);
                return Err(wrong(TextError::LongLine { line, length: longest, limit: LONGEST_LINE }));
            }
            // What belongs to the line above comes too late here: that may have been answered before this was read.
            let mut rest = text;
            while !rest.is_empty() {
                let cut = rest.match_indices('\n').map(|(at, _)| at.saturating_add(1)).find(|at| begins_with_expectation(rest, *at));
                let (piece, behind) = rest.split_at_checked(cut.unwrap_or(rest.len())).unwrap_or((rest, ""));
                self.lines(&mut stream, piece);
                rest = behind;
            }
            if self.written.is_ok() {
                self.written = self.out.flush();
            }
            bytes_before = bytes_before.saturating_add(end);
            buffer.drain(..end);
            if last {
                break;
            }
        }
        Ok(())
    }

    /// Writes what comes last.
    pub(super) fn finish(mut self, allow_empty: bool) -> Exit {
        say_exit(&mut self.report, allow_empty);
        let mut written = self.written;
        if written.is_ok() && self.output.format == Format::Jsonl {
            written = jsonl_summary(&self.report.summary, &mut self.out);
        }
        let written = written.and_then(|()| self.out.flush());
        let exit = self.output.ending(&self.report);
        unwritten(written).unwrap_or(exit)
    }
}

fn begins_with_expectation(text: &str, at: usize) -> bool {
    text.get(at..).is_some_and(|line| line.trim_start_matches([' ', '\t']).starts_with("expect"))
}

/// Where the whole lines end that can be answered: comments wait for the claim that they stand above.
fn end_of_lines(buffer: &[u8]) -> usize {
    let mut end = memchr::memrchr(b'\n', buffer).map_or(0, |at| at.saturating_add(1));
    loop {
        let lines = buffer.get(..end.saturating_sub(1)).unwrap_or_default();
        let start = memchr::memrchr(b'\n', lines).map_or(0, |at| at.saturating_add(1));
        let is_comment = lines.get(start..).is_some_and(|line| line.trim_ascii_start().starts_with(b"#"));
        if !is_comment || end.saturating_sub(start) > LONGEST_LINE || buffer.len().saturating_sub(start) > LONGEST_LINE {
            return end;
        }
        end = start;
    }
}
