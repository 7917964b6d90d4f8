//! A draft against a judge: the statements that its prose makes, and the claims that its author marked by hand.
//!
//! In: an article and a [`Judge`]. Out: what can be judged, each with the bytes of the file that make the claim. Never: flags
//! what was not understood.

use std::sync::Arc;

use rayon::prelude::*;

use super::{Allow, Answer, Ask, Checked, Far, Fault, Own, Policy, Question, Sentences, Text, accept, allow, evidence, exclusions, far};
use crate::prose::{Article, Left, Memory, Reading, article, derive, read_sentence, sentences};
use crate::report::{Evidence, Finding, Judged, Unread};
use crate::statement::{Body, Context, Statement, understand};
use crate::syntax::{ClaimLine, claim_line};
use crate::text::{Block, BlockKind, Document, Span};
use crate::time::Day;
use crate::verdict::{Code, Judge, Verdict};
use crate::vocabulary::standard;

/// What a draft holds that can be judged.
#[derive(Clone, Debug, Default)]
pub struct Draft {
    /// Statements of its prose.
    pub claims: Vec<DraftClaim>,
    /// Claims that are marked as such, in remarks and in blocks of claims.
    pub marked: Vec<Checked>,
    /// What it says against itself, which needs no record to be wrong; what a claim is found to be wrong in is not among it.
    pub faults: Vec<Fault>,
    /// What it says of its own distance from something, where the record has another.
    far: Vec<Far>,
    /// Claims that exclude others of the draft, by their places, with those.
    excluded: Vec<(usize, Fault, Vec<usize>)>,
    /// Comments that accept a finding, with their places.
    pub allows: Vec<(Allow, Span)>,
    /// Sentences that tell something of a date, a number or a known name, and of which nothing was understood, with the reason.
    pub left: Vec<(Span, Left, Option<String>)>,
}

impl Draft {
    /// How many claims it makes.
    pub fn count(&self) -> usize {
        let found = self.claims.len().saturating_add(self.faults.len()).saturating_add(self.far.len());
        found.saturating_add(self.marked.iter().filter(|claim| claim.is_claim()).count())
    }

    /// What it says and where, as far as it was understood.
    pub fn said(&self) -> impl Iterator<Item = (&Arc<Document>, Span, &Statement)> {
        let found = self.claims.iter().map(|claim| (&claim.document, claim.span, &claim.statement));
        found.chain(self.marked.iter().filter_map(Checked::said))
    }

    /// The sentences that were left alone, for whoever wants to know what was not judged.
    pub fn unread(&self, document: &Arc<Document>) -> impl Iterator<Item = Unread> {
        self.left.iter().map(|(span, left, words)| Unread {
            document: Arc::clone(document),
            span: *span,
            reason: left.reason_with(words.as_deref()),
        })
    }

    /// All findings with their levels: what a comment on their line, or on the line above, accepts is let pass, and a comment
    /// that accepts nothing is told.
    pub fn findings(&self, judge: &Judge<'_>, policy: &Policy, document: &Arc<Document>) -> Vec<Finding> {
        self.findings_by(judge, policy, document, &|question| Arc::new(Answer::new(judge, question)))
    }

    /// The same, with answers from somebody who may have given them before.
    pub fn findings_by(&self, judge: &Judge<'_>, policy: &Policy, document: &Arc<Document>, ask: &Ask<'_>) -> Vec<Finding> {
        let marked = self.marked.iter().flat_map(|claim| claim.findings_by(judge, policy, Text::Claims, ask));
        let mut findings: Vec<Finding> = self.claims.par_iter().map(|claim| claim.judge_by(ask)).collect();
        for (at, fault, others) in &self.excluded {
            // What the record decides is told of each by itself.
            let verdict = |at: &usize| findings.get(*at).map(Finding::kind);
            let open = verdict(at) == Some(Verdict::Unknown.name());
            if open && !others.iter().any(|other| verdict(other) == Some(Verdict::Contradicted.name())) {
                let found = of_itself(document, fault);
                findings.get_mut(*at).into_iter().for_each(|finding| *finding = found.clone());
            }
        }
        findings.extend(self.faults.iter().map(|fault| of_itself(document, fault)));
        findings.extend(self.far.iter().map(|far| {
            let facts = far.facts.iter().filter_map(|at| judge.base().facts.get(*at));
            let evidence = facts.map(|fact| evidence(judge, fact)).collect();
            contradicted(document, far.span, Code::WrongDistance, &far.message, evidence)
        }));
        findings.iter_mut().for_each(|finding| policy.apply(Text::Draft, finding));
        findings.extend(marked);
        let mut told = Vec::new();
        for allow in &self.allows {
            // What stands beside words is about them, what stands alone is about the line below.
            let line = document.position(allow.1.end).line;
            let meant = if stands_alone(document, allow.1) { line.saturating_add(1) } else { line };
            let stands = |finding: &Finding| {
                let (_, span) = finding.place();
                (document.position(span.start).line..=document.position(span.end).line).contains(&meant)
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

/// Whether nothing but marks stands beside a comment: bullets, bars, tags.
fn stands_alone(document: &Document, comment: Span) -> bool {
    let (start, first) = document.line_at(comment.start);
    let (last_start, last) = document.line_at(comment.end);
    let before = first.get(..comment.start.saturating_sub(start)).unwrap_or_default();
    let after = last.get(comment.end.saturating_sub(last_start)..).unwrap_or_default();
    // The number of an item is a mark as well.
    let before = before.trim_start().trim_start_matches(|c: char| c.is_ascii_digit());
    let mut in_tag = false;
    let words = |c: char| {
        in_tag = (in_tag || c == '<') && c != '>';
        !in_tag && c.is_alphanumeric()
    };
    !format!("{before} {after}").contains(words)
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
    let mut sentences_of = Sentences::new(&judge.base().vocabulary, day);
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
                for (at, span) in sentences(&block).enumerate() {
                    let read = read_sentence(span.of(&block.text), &judge.base().vocabulary, day, &mut memory);
                    let judged = |place: Span| {
                        let whole = |reading: &Reading| block.source_span(reading.span.shifted(span.start));
                        read.readings.iter().map(whole).any(|whole| whole.start <= place.start && place.end <= whole.end)
                    };
                    let faults = sentences_of.read(&block, span, at == 0);
                    // A weekday in a claim makes that claim wrong.
                    draft.far.extend(day.and_then(|day| far(judge, &block, span, day, true)));
                    draft.faults.extend(faults.into_iter().filter(|fault| fault.code != Code::WrongWeekday || !judged(fault.span)));
                    if let Some(left) = read.left
                        && read.tells
                        && read.readings.is_empty()
                    {
                        draft.left.push((block.source_span(span), left, read.left_words));
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
    let own: Vec<(usize, Own)> =
        draft.claims.iter().enumerate().filter(|(_, claim)| !claim.block.is_heading()).map(|(at, claim)| (at, claim.own())).collect();
    draft.excluded = exclusions(&own, &judge.base().vocabulary, document, day);
    if judge.base().facts.is_empty() {
        draft.faults.extend(by_own_names(document, day));
    }
    draft
}

/// What a draft for which there is no record says against itself, read with the names that it gives itself.
fn by_own_names(document: &Arc<Document>, day: Option<Day>) -> Vec<Fault> {
    let article = article(document);
    let derived = derive(&article, standard(false).0);
    let headings: Vec<Span> = article.blocks.iter().filter(|block| block.is_heading()).map(Block::whole).collect();
    let below = |span: Span| !headings.iter().any(|heading| heading.start <= span.start && span.end <= heading.end);
    let sure = derived.facts.into_iter().filter(|fact| fact.doubt.is_none() && below(fact.place));
    let own = sure.map(|fact| Own { statement: fact.statement, words: fact.words, span: fact.place });
    let own: Vec<(usize, Own)> = own.enumerate().collect();
    exclusions(&own, &derived.vocabulary, document, day).into_iter().map(|(_, fault, _)| fault).collect()
}

/// What a draft says against itself, with the other words of it.
fn of_itself(document: &Arc<Document>, fault: &Fault) -> Finding {
    let words = |span: Span| span.of(document.text()).split_whitespace().collect::<Vec<_>>().join(" ");
    let evidence = fault.against.iter().map(|span| Evidence {
        fact: words(*span),
        quote: Some((words(*span), Arc::clone(document), *span)),
        stated: (Arc::clone(document), *span),
        date: None,
        per: None,
    });
    contradicted(document, fault.span, fault.code, &fault.message, evidence.collect())
}

fn contradicted(document: &Arc<Document>, span: Span, code: Code, message: &str, evidence: Vec<Evidence>) -> Finding {
    let words = span.of(document.text()).split_whitespace().collect::<Vec<_>>().join(" ");
    let judged = Judged::new(document, span, words, (Verdict::Contradicted, code), message.to_owned());
    Finding::Verdict(Box::new(Judged { wrong: Some(span), evidence, ..judged }))
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
    // Comments that stand above a claim, until it comes.
    let mut above: Vec<(Allow, Span)> = Vec::new();
    for line in block.text.split_inclusive('\n') {
        let text = crate::vocabulary::without_comment(line);
        let claim = text.trim();
        let behind = offset.saturating_add(text.len()).saturating_add(1);
        match line.get(text.len()..).and_then(|comment| comment.strip_prefix('#')).and_then(|comment| allow(comment.trim_end())) {
            Some(Ok(allow)) => {
                let place = block.source_span(allow.span.shifted(behind));
                above.push((allow, place));
            }
            Some(Err(problem)) => {
                let place = block.source_span(Span::new(behind, offset.saturating_add(line.len()))).start;
                marked.push(Checked::fault(document, place, line.get(text.len().saturating_add(1)..).unwrap_or_default(), problem));
            }
            None if claim.is_empty() && text == line => super::in_vain(document, &mut above, marked),
            None => {}
        }
        if !claim.is_empty() {
            let start = offset.saturating_add(text.len()).saturating_sub(text.trim_start().len());
            if let Some(mut line) = marked_line(judge, document, block, start, claim, day) {
                line.allows.append(&mut above);
                marked.push(line);
            }
        }
        offset = offset.saturating_add(line.len());
    }
    super::in_vain(document, &mut above, marked);
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
    /// The claim as a statement of the draft's own.
    fn own(&self) -> Own {
        Own { statement: self.statement.clone(), words: self.words.clone(), span: self.span }
    }

    /// The finding: a verdict on what the draft says there.
    pub fn judge(&self, judge: &Judge<'_>) -> Finding {
        self.judge_by(&|question| Arc::new(Answer::new(judge, question)))
    }

    /// What a judge is asked here.
    pub fn question(&self) -> Question<'_> {
        Question { words: &self.words, statement: &self.statement, as_of: self.as_of }
    }

    fn judge_by(&self, ask: &Ask<'_>) -> Finding {
        let in_file = |span: Span| self.reading.place(span).map(|span| self.block.source_span(span.shifted(self.sentence)));
        Finding::Verdict(Box::new(ask(self.question()).at(&self.document, self.span, in_file)))
    }
}
