//! Stands in for somebody's extractor in tests, which compile it by itself: `MODE FILE…`.

use std::io::{Read, Write};
use std::{env, fs, io, process};

fn main() {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments.as_slice() {
        // Keeps what it was given, and answers with a file.
        ["answer", answer, given] => {
            let mut input = Vec::new();
            io::stdin().read_to_end(&mut input).expect("an input");
            fs::write(given, input).expect("a place to keep it");
            io::stdout().write_all(&fs::read(answer).expect("an answer")).expect("an output");
        }
        // Answers without a look at what it was given.
        ["deaf", answer] => io::stdout().write_all(&fs::read(answer).expect("an answer")).expect("an output"),
        ["fail", answer] => {
            io::stdout().write_all(&fs::read(answer).expect("an answer")).expect("an output");
            process::exit(7);
        }
        // Writes for as long as somebody reads.
        ["flood"] => while io::stdout().write_all(&[b'x'; 65536]).is_ok() {},
        other => panic!("{other:?}"),
    }
}
