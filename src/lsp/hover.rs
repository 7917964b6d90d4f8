//! What is said about the place that somebody points at: the verdict on a claim with its evidence, how a statement was
//! understood, who a name is.

use lsp_types::{Hover, HoverContents, MarkupContent, MarkupKind};

use super::view::View;
use super::workspace::Kind;
use crate::report::{Evidence, Judged};
use crate::statement::in_words;
use crate::text::{Span, escape_controls};
use crate::vocabulary::NameId;

/// How many facts are quoted.
const MOST_QUOTED: usize = 5;

/// Text for people: Markdown, or plain where an editor shows no other.
struct Page {
    markdown: bool,
    paragraphs: Vec<String>,
}

impl Page {
    /// Words of somebody else, shown as they are.
    fn words(&self, text: &str) -> String {
        let text = escape_controls(text);
        if !self.markdown {
            return text;
        }
        let mut out = String::with_capacity(text.len());
        for c in text.chars() {
            match c {
                '<' => out.push_str("&lt;"),
                '>' => out.push_str("&gt;"),
                '&' => out.push_str("&amp;"),
                // Words never stand at the start of a line, where other marks would mean something as well.
                '\\' | '`' | '*' | '_' | '[' | ']' | '{' | '}' | '~' | '|' | '!' | '#' => {
                    out.push('\\');
                    out.push(c);
                }
                _ => out.push(c),
            }
        }
        out
    }

    fn strong(&self, text: &str) -> String {
        if self.markdown { format!("**{text}**") } else { text.to_owned() }
    }

    fn code(&self, text: &str) -> String {
        // Only codes of our own, which hold no backtick.
        if self.markdown { format!("`{text}`") } else { format!("[{text}]") }
    }

    fn push(&mut self, paragraph: String) {
        self.paragraphs.push(paragraph);
    }

    fn text(&self) -> String {
        self.paragraphs.join("\n\n")
    }
}

/// What is said at a place.
pub(super) fn hover(view: &View<'_, '_>, at: usize) -> Option<Hover> {
    let mut page = Page { markdown: view.frame.markdown, paragraphs: Vec::new() };
    let mut span: Option<Span> = None;
    if let Some(judged) = view.verdicts(at).first() {
        verdict(&mut page, judged);
        span = Some(judged.span);
    } else if matches!(view.kind(), Kind::Facts) {
        span = fact(&mut page, view, at);
    }
    if let Some(mention) = view.name_at(at) {
        for id in mention.ids.iter().take(MOST_QUOTED) {
            name(&mut page, view, *id);
        }
        span = Some(span.map_or(mention.span, |_| mention.span));
    }
    (!page.paragraphs.is_empty()).then(|| Hover {
        contents: HoverContents::Markup(MarkupContent {
            kind: if page.markdown { MarkupKind::Markdown } else { MarkupKind::PlainText },
            value: page.text(),
        }),
        range: span.map(|span| view.frame.range(view.document(), span)),
    })
}

fn verdict(page: &mut Page, judged: &Judged) {
    let head = format!("{} {}: {}", page.strong(judged.verdict.name()), page.code(judged.code.name()), page.words(&judged.message));
    page.push(head);
    page.push(format!("Read as: {}", page.words(&judged.paraphrase)));
    for evidence in judged.evidence.iter().take(MOST_QUOTED) {
        quoted(page, evidence);
    }
    let mut rest = Vec::new();
    if !judged.assumptions.is_empty() {
        let names: Vec<&str> = judged.assumptions.iter().map(|assumption| assumption.name()).collect();
        rest.push(format!("Rests on {}; strictly {}.", names.join(", "), judged.strict.name()));
    }
    rest.extend(judged.correction.iter().map(|correction| format!("Correct: {}", page.words(correction))));
    rest.extend(judged.settle.iter().map(|settle| format!("Would settle it: {}", page.words(settle))));
    rest.extend(judged.expected.iter().map(|expected| format!("Expected: {}", page.words(expected))));
    rest.extend(judged.accepted.iter().map(|accepted| format!("Accepted: {}", page.words(accepted.why()))));
    for line in rest {
        page.push(line);
    }
}

fn quoted(page: &mut Page, evidence: &Evidence) {
    let (document, span) = evidence.place();
    let words = evidence.quote.as_ref().map_or(&evidence.fact, |(words, _, _)| words);
    let mut place = format!("{}:{}", document.name(), document.position(span.start).line);
    if let Some(date) = &evidence.date {
        place.push_str(", ");
        place.push_str(date);
    }
    if let Some(per) = &evidence.per {
        place.push_str(", per ");
        place.push_str(per);
    }
    let mark = if page.markdown { "> " } else { "" };
    page.push(format!("{mark}\"{}\" ({})", page.words(words), page.words(&place)));
}

/// A fact in its file: how it is read, and where its words stand.
fn fact(page: &mut Page, view: &View<'_, '_>, at: usize) -> Option<Span> {
    let line = view.line(at);
    if line.words.is_empty() || line.words.starts_with('>') || line.indented {
        return None;
    }
    let known = view.judge.base().facts.iter().find(|fact| fact.words == line.words && fact.document.name() == view.document().name());
    // What was loaded is what counts; a line that was changed since is read by itself.
    let paraphrase = match known {
        Some(fact) => in_words(&fact.statement, view.vocabulary()),
        None => in_words(&view.read(line.words).ok()?, view.vocabulary()),
    };
    page.push(format!("Read as: {}", page.words(&paraphrase)));
    for quote in known.iter().flat_map(|fact| &fact.quotes).take(MOST_QUOTED) {
        if let Some(source) = view.judge.base().sources.get(quote.source) {
            let place = format!("{}:{}", source.document.name(), source.document.position(quote.span.start).line);
            let mark = if page.markdown { "> " } else { "" };
            page.push(format!("{mark}\"{}\" ({})", page.words(&quote.words), page.words(&place)));
        }
    }
    Some(Span::new(line.offset, line.offset.saturating_add(line.words.len())))
}

fn name(page: &mut Page, view: &View<'_, '_>, id: NameId) {
    let vocabulary = view.vocabulary();
    let known = vocabulary.name(id);
    let mut text = page.strong(&page.words(&known.name));
    if !known.aliases.is_empty() {
        let aliases: Vec<String> = known.aliases.iter().map(|alias| page.words(alias)).collect();
        text.push_str(", also ");
        text.push_str(&aliases.join(", "));
    }
    let kinds: Vec<String> = known.kinds.iter().map(|kind| page.words(&vocabulary.kind(*kind).name)).collect();
    let groups: Vec<String> = known.groups.iter().map(|group| format!("part of {}", page.words(&vocabulary.name(*group).name))).collect();
    let notes: Vec<String> = kinds.into_iter().chain(groups).collect();
    if !notes.is_empty() {
        text.push_str(": ");
        text.push_str(&notes.join(", "));
    }
    page.push(text);
}
