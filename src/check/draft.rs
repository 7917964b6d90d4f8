//! A draft against a judge: the statements that its prose makes, and the claims that its author marked by hand.
//!
//! In: an article and a [`Judge`]. Out: what can be judged, each with the bytes of the file that make the claim. Never: flags
//! what was not understood.

use std::sync::Arc;

use rayon::prelude::*;

use super::{Allow, Checked, Policy, Text, accept, allow, evidence};
use crate::prose::{Article, Left, Memory, Reading, Timeline, article, read_sentence, sentences};
use crate::report::{Finding, Judged, Level, Unread};
use crate::statement::{Body, Context, Statement, in_words, understand};
use crate::syntax::{ClaimLine, claim_line, running};
use crate::text::{Block, BlockKind, Document, Span};
use crate::time::Day;
use crate::verdict::{Code, Judge, Verdict, explain, weekday_name};

/// What a draft holds that can be judged.
#[derive(Clone, Debug, Default)]
pub struct Draft {
    /// Statements of its prose.
    pub claims: Vec<DraftClaim>,
    /// Claims that are marked as such, in remarks and in blocks of claims.
    pub marked: Vec<Checked>,
    /// Dates with a weekday that is not theirs, which need no record to be wrong, with the day that they give.
    pub weekdays: Vec<(Span, Day)>,
    /// Comments that accept a finding, with their places.
    pub allows: Vec<(Allow, Span)>,
    /// Sentences that tell something of a date, a number or a known name, and of which nothing was understood, with the reason.
    pub left: Vec<(Span, Left)>,
}

impl Draft {
    /// How many claims it makes.
    pub fn count(&self) -> usize {
        let found = self.claims.len().saturating_add(self.weekdays.len());
        found.saturating_add(self.marked.iter().filter(|claim| claim.is_claim()).count())
    }

    /// The sentences that were left alone, for whoever wants to know what was not judged.
    pub fn unread(&self, document: &Arc<Document>) -> impl Iterator<Item = Unread> {
        self.left.iter().map(|(span, left)| Unread { document: Arc::clone(document), span: *span, reason: left.reason() })
    }

    /// All findings with their levels: what a comment on their line, or on the line above, accepts is let pass, and a comment
    /// that accepts nothing is told.
    pub fn findings(&self, judge: &Judge<'_>, policy: &Policy, document: &Arc<Document>) -> Vec<Finding> {
        let marked = self.marked.iter().flat_map(|claim| claim.findings(judge, policy, Text::Claims));
        let mut findings: Vec<Finding> = self.claims.par_iter().map(|claim| claim.judge(judge)).collect();
        findings.extend(self.weekdays.iter().map(|(span, day)| wrong_weekday(document, *span, *day)));
        findings.iter_mut().for_each(|finding| policy.apply(Text::Draft, finding));
        findings.extend(marked);
        let mut told = Vec::new();
        for allow in &self.allows {
            let line = document.position(allow.1.end).line;
            let stands = |finding: &Finding| {
                let (_, span) = finding.place();
                let lines = document.position(span.start).line..=document.position(span.end).line;
                lines.contains(&line) || lines.contains(&line.saturating_add(1))
            };
            let as_of = judge.settings().as_of;
            let mut said = Vec::new();
            let mut used = false;
            for finding in findings.iter_mut().filter(|finding| stands(finding)) {
                let beside = accept(document, std::slice::from_ref(allow), as_of, finding);
                used |= beside.is_empty();
                said = beside;
            }
            if !used {
                if said.is_empty() {
                    let mut in_vain = Vec::new();
                    super::in_vain(document, &mut vec![allow.clone()], &mut in_vain);
                    told.extend(in_vain.iter().flat_map(|comment| comment.findings(judge, policy, Text::Draft)));
                }
                said.iter_mut().for_each(|other| policy.apply(Text::Draft, other));
                told.append(&mut said);
            }
        }
        findings.append(&mut told);
        findings
    }
}

/// A statement that a draft's prose makes.
#[derive(Clone, Debug)]
pub struct DraftClaim {
    document: Arc<Document>,
    statement: Statement,
    /// The statement as it was put together from the sentence.
    words: String,
    /// Where it stands in the file.
    span: Span,
    /// Where the sentence's words stand in the file, for parts of the statement.
    reading: Arc<Reading>,
    block: Arc<Block>,
    /// Where the sentence starts in its block.
    sentence: usize,
    as_of: Option<Day>,
}

impl DraftClaim {
    /// What it says.
    pub fn statement(&self) -> &Statement {
        &self.statement
    }

    /// The statement as it was put together from the sentence.
    pub fn words(&self) -> &str {
        &self.words
    }

    /// Where it stands in the file.
    pub fn span(&self) -> Span {
        self.span
    }

    /// The day that it speaks from.
    pub fn as_of(&self) -> Option<Day> {
        self.as_of
    }
}

/// Reads a draft. Its dates lean on its own date, else on the day that the judge speaks from.
pub fn read_draft(judge: &Judge<'_>, document: &Arc<Document>) -> Draft {
    let Article { blocks, date, .. } = article(document);
    let day = date.map(|date| date.value).or(judge.settings().as_of);
    let mut draft = Draft::default();
    let mut memory = Memory::default();
    let mut timeline = Timeline::new(day);
    for block in blocks {
        let block = Arc::new(block);
        match &block.kind {
            BlockKind::Comment => match allow(&block.text) {
                Some(Ok(allow)) => {
                    let span = block.source_span(allow.span);
                    draft.allows.push((allow, span));
                }
                Some(Err(problem)) => draft.marked.push(Checked::fault(document, block.whole().start, &block.text, problem)),
                None => marked_in_comment(judge, document, &block, day, &mut draft.marked),
            },
            BlockKind::Code(info) if info.split_whitespace().next() == Some("claims") => {
                marked_in_block(judge, document, &block, day, &mut draft.marked);
            }
            BlockKind::Code(_) | BlockKind::Quotation | BlockKind::Byline => {}
            _ => {
                for span in sentences(&block) {
                    let read = read_sentence(span.of(&block.text), &judge.base().vocabulary, day, &mut memory);
                    for dated in timeline.read(span.of(&block.text), &running(span.of(&block.text))) {
                        let Ok(days) = &dated.days else { continue };
                        let judged = read
                            .readings
                            .iter()
                            .any(|reading| reading.span.start <= dated.span.start && dated.span.end <= reading.span.end);
                        if let (true, false, Some(day)) = (days.weekday_is_wrong(), judged, days.single_day()) {
                            draft.weekdays.push((block.source_span(dated.date_span.shifted(span.start)), day));
                        }
                    }
                    if let Some(left) = read.left
                        && read.tells
                        && read.readings.is_empty()
                    {
                        draft.left.push((block.source_span(span), left));
                    }
                    for reading in read.readings {
                        parts(&Arc::new(reading), document, &block, span.start, day, &mut draft.claims);
                    }
                }
            }
        }
    }
    draft.claims.sort_by_key(|claim| (claim.span.start, claim.span.end));
    // The headline of the front matter often stands again above the text: one claim in one place.
    draft.claims.dedup_by(|later, earlier| later.span == earlier.span && later.words == earlier.words);
    draft
}

/// "Thursday, 27 November 2024" where that is a Wednesday.
fn wrong_weekday(document: &Arc<Document>, span: Span, day: Day) -> Finding {
    Finding::Verdict(Box::new(Judged {
        document: Arc::clone(document),
        span,
        wrong: Some(span),
        paraphrase: span.of(document.text()).split_whitespace().collect::<Vec<_>>().join(" "),
        verdict: Verdict::Contradicted,
        code: Code::WrongWeekday,
        message: format!("{} is a {}", day.in_words(), weekday_name(day)),
        evidence: Vec::new(),
        assumptions: Vec::new(),
        strict: Verdict::Contradicted,
        correction: None,
        settle: None,
        stories: None,
        expected: None,
        level: Level::Allow,
        accepted: None,
    }))
}

/// One claim for each statement that is joined in a sentence.
fn parts(
    reading: &Arc<Reading>,
    document: &Arc<Document>,
    block: &Arc<Block>,
    sentence: usize,
    as_of: Option<Day>,
    claims: &mut Vec<DraftClaim>,
) {
    let mut push = |statement: &Statement, span: Option<Span>| {
        let Some(span) = span else { return };
        claims.push(DraftClaim {
            document: Arc::clone(document),
            statement: statement.clone(),
            words: reading.words.clone(),
            span: block.source_span(span.shifted(sentence)),
            reading: Arc::clone(reading),
            block: Arc::clone(block),
            sentence,
            as_of,
        });
    };
    match &reading.statement.body {
        Body::All(parts) => parts.iter().for_each(|part| push(part, reading.place(part.span))),
        _ => push(&reading.statement, Some(reading.span)),
    }
}

/// `<!-- claim: rebels held Aleppo by 2024-11-30 -->`
fn marked_in_comment(judge: &Judge<'_>, document: &Arc<Document>, block: &Block, day: Option<Day>, marked: &mut Vec<Checked>) {
    let inside = block.text.trim_start();
    let Some(claim) = inside.strip_prefix("claim:") else { return };
    let offset = block.text.len().saturating_sub(claim.trim_start().len());
    marked.extend(marked_line(judge, document, block, offset, claim.trim(), day));
}

/// A fenced block of claims, one a line.
fn marked_in_block(judge: &Judge<'_>, document: &Arc<Document>, block: &Block, day: Option<Day>, marked: &mut Vec<Checked>) {
    let mut offset = 0_usize;
    for line in block.text.split_inclusive('\n') {
        let text = crate::vocabulary::without_comment(line);
        let claim = text.trim();
        if !claim.is_empty() {
            let start = offset.saturating_add(text.len()).saturating_sub(text.trim_start().len());
            marked.extend(marked_line(judge, document, block, start, claim, day));
        }
        offset = offset.saturating_add(line.len());
    }
}

fn marked_line(judge: &Judge<'_>, document: &Arc<Document>, block: &Block, offset: usize, text: &str, day: Option<Day>) -> Option<Checked> {
    let place = block.source_span(Span::new(offset, offset.saturating_add(text.len()))).start;
    match claim_line(text) {
        Err(problem) => Some(Checked::fault(document, place, text, problem)),
        Ok(ClaimLine::Claim(span, expected)) => {
            let words = span.of(text);
            let context = Context { document: day, previous: None };
            let read = understand(words, &judge.base().vocabulary, &context);
            Some(Checked {
                document: Arc::clone(document),
                offset: place.saturating_add(span.start),
                text: words.to_owned(),
                read,
                as_of: day,
                expected,
                allows: Vec::new(),
            })
        }
        Ok(_) => None,
    }
}

impl DraftClaim {
    /// The finding: a verdict on what the draft says there.
    pub fn judge(&self, judge: &Judge<'_>) -> Finding {
        let judgement = judge.judge(&self.statement, self.as_of);
        let explanation = explain(judge, &self.words, &self.statement, &judgement, self.as_of);
        let facts = judgement.facts.iter().filter_map(|at| judge.base().facts.get(*at));
        let evidence = facts.map(|fact| evidence(judge, fact)).collect();
        let in_file = |span: Span| self.reading.place(span).map(|span| self.block.source_span(span.shifted(self.sentence)));
        Finding::Verdict(Box::new(Judged {
            document: Arc::clone(&self.document),
            span: self.span,
            wrong: explanation.wrong.and_then(in_file),
            paraphrase: in_words(&self.statement, &judge.base().vocabulary),
            verdict: judgement.verdict,
            code: judgement.code,
            message: explanation.message,
            evidence,
            assumptions: judgement.assumptions,
            strict: judgement.strict,
            correction: explanation.correction,
            settle: explanation.settle,
            stories: explanation.stories,
            expected: None,
            level: Level::Allow,
            accepted: None,
        }))
    }
}
