//! Shows how documents are taken apart: `cargo run --example article -- FILE…` prints date, place and title, then each block
//! with its line in the file and its sentences.

use std::process::ExitCode;

use factum::prose;
use factum::text::{Document, escape_controls};

fn main() -> ExitCode {
    let mut bad = false;
    for path in std::env::args().skip(1) {
        let document = match std::fs::read(&path).map_err(|error| error.to_string()) {
            Ok(bytes) => Document::from_bytes(path.clone(), bytes).map_err(|error| error.to_string()),
            Err(error) => Err(error),
        };
        match document {
            Ok(document) => show(&document),
            Err(error) => {
                eprintln!("{path}: {error}");
                bad = true;
            }
        }
    }
    if bad { ExitCode::FAILURE } else { ExitCode::SUCCESS }
}

fn show(document: &Document) {
    let article = prose::article(document);
    println!("== {}", document.name());
    let date = article.date.map_or_else(|| "-".to_owned(), |date| date.value.to_string());
    let said = |found: &Option<prose::Found<String>>| found.as_ref().map_or_else(|| "-".to_owned(), |found| escape_controls(&found.value));
    println!("date {date} | place {} | title {} | publisher {}", said(&article.place), said(&article.title), said(&article.publisher));
    for block in &article.blocks {
        let line = document.position(block.whole().start).line;
        println!("{line}: {:?}", block.kind);
        if block.lead > 0 {
            println!("    [{}]", escape_controls(block.text.get(..block.lead).unwrap_or_default()));
        }
        for span in prose::sentences(block) {
            println!("  - {}", escape_controls(span.of(&block.text)));
        }
    }
}
