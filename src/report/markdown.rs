//! A table in Markdown, for a job summary or a comment: what is not as it should be, worst first, and the counts.
//!
//! Every mark that Markdown or HTML gives a meaning is written as a character reference, so that a claim cannot make a link,
//! a picture, a mention or a row of its own.

use std::io::{self, Write};

use super::human::summary;
use super::{Finding, Level, MARKS, Report};
use crate::text::escape_controls;

/// Writes the summary and a table of what is not as it should be.
///
/// # Errors
/// What the writer gives.
pub fn markdown(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "### factum\n\n{}\n", MARKS.first().copied().unwrap_or_default())?;
    for line in summary(&report.summary).lines() {
        writeln!(out, "{}  ", literal(line))?;
    }
    let mut shown: Vec<&Finding> =
        report.findings.iter().filter(|finding| finding.level() != Level::Allow || finding.accepted().is_some()).collect();
    if shown.is_empty() {
        return Ok(());
    }
    shown.sort_by_key(|finding| std::cmp::Reverse(finding.level()));
    writeln!(out, "\n| | place | verdict | claim | why |\n| --- | --- | --- | --- | --- |")?;
    for finding in shown {
        let (document, span) = finding.place();
        let place = format!("{}:{}", document.name(), document.position(span.start).line);
        let mark = match (finding.accepted(), finding.level()) {
            (Some(_), _) => "accepted",
            (None, Level::Deny) => "**fails**",
            (None, _) => "warning",
        };
        let mut why: Vec<String> = finding.told().iter().skip(1).map(|line| literal(line)).collect();
        why.insert(0, literal(finding.message()));
        why.extend(finding.accepted().map(|accepted| format!("accepted: {}", literal(accepted.why()))));
        writeln!(
            out,
            "| {mark} | <code>{}</code> | {} `{}` | <code>{}</code> | {} |",
            literal(&place),
            finding.kind(),
            finding.code(),
            literal(finding.words()),
            why.join("<br>")
        )?;
    }
    Ok(())
}

/// Words as they are and nothing else: all that could begin markup, a link or a mention is written as a reference.
fn literal(text: &str) -> String {
    let text = escape_controls(text);
    let mut out = String::with_capacity(text.len());
    let mut rest = text.chars().peekable();
    let mut before = ' ';
    while let Some(c) = rest.next() {
        let plain = match c {
            // `www.` and `https:` begin links, `:name:` a picture.
            '.' => !before.eq_ignore_ascii_case(&'w'),
            ':' => rest.peek().is_none_or(|next| *next == ' ' || next.is_ascii_digit()),
            ' ' | ',' | ';' | '?' | '%' | '/' | '\'' | '"' | '(' | ')' | '-' | '+' | '=' => true,
            _ => c.is_alphanumeric() || !c.is_ascii(),
        };
        if plain {
            out.push(c);
        } else {
            out.push_str(&format!("&#{};", u32::from(c)));
        }
        before = c;
    }
    out
}
