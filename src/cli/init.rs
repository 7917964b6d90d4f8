//! `factum init`: a first config, source, fact file, claim file and draft that pass, for somebody to change into their own.
//!
//! Nothing that is there already is touched: either all files are written, or none.

use std::fmt::Write as _;
use std::fs::{self, OpenOptions};
use std::io::{self, Write as _};
use std::path::Path;

use super::args::Init;
use super::files::shown;
use super::{Exit, complain, unwritten};
use crate::text::escape_controls;

/// The files, in the order in which one would read them.
const FILES: [(&str, &str, &str); 5] = [
    ("factum.toml", "the settings", include_str!("init/factum.toml")),
    ("dispatch.md", "a source", include_str!("init/dispatch.md")),
    ("first.facts", "what it says, with the words that prove it", include_str!("init/first.facts")),
    ("review.claims", "what somebody wants to print", include_str!("init/review.claims")),
    ("draft.md", "an article to be checked", include_str!("init/draft.md")),
];

/// Runs the command.
pub(super) fn init(options: &Init) -> Exit {
    let folder = &options.folder;
    // A link that leads nowhere is there too.
    let there: Vec<String> = FILES
        .iter()
        .map(|(name, ..)| folder.join(name))
        .filter(|path| fs::symlink_metadata(path).is_ok())
        .map(|path| format!("`{}`", shown(&path)))
        .collect();
    if !there.is_empty() {
        let are = if there.len() == 1 { "is" } else { "are" };
        complain(&format!("error: {} {are} there already; nothing was written", there.join(", ")));
        complain("help: name a folder that is new: `factum init FOLDER`");
        return Exit::CouldNot;
    }
    match write(folder) {
        Ok(()) => unwritten(io::stdout().lock().write_all(next(folder).as_bytes())).unwrap_or(Exit::Met),
        Err((path, error)) => {
            complain(&format!("error: `{}` cannot be written: {error}", shown(&path)));
            Exit::CouldNot
        }
    }
}

/// Writes all files, or takes away again those that were written before one that could not be.
fn write(folder: &Path) -> Result<(), (std::path::PathBuf, io::Error)> {
    fs::create_dir_all(folder).map_err(|error| (folder.to_path_buf(), error))?;
    let mut written = Vec::new();
    for (name, _, text) in FILES {
        let path = folder.join(name);
        // The system refuses what appeared since it was looked for, links too.
        let opened = OpenOptions::new().write(true).create_new(true).open(&path);
        let made = opened.is_ok();
        if made {
            written.push(path.clone());
        }
        if let Err(error) = opened.and_then(|mut file| file.write_all(text.as_bytes())) {
            written.iter().for_each(|path| drop(fs::remove_file(path)));
            return Err((path, error));
        }
    }
    Ok(())
}

/// What was written and what to try next.
fn next(folder: &Path) -> String {
    let mut text = String::new();
    let width = FILES.iter().map(|(name, ..)| name.len()).max().unwrap_or(0);
    let place = shown(folder);
    // Writing to a string cannot fail.
    let _ = writeln!(text, "written{}:", if place == "." { String::new() } else { format!(" into {}", escape_controls(&place)) });
    for (name, what, _) in FILES {
        let _ = writeln!(text, "  {name:width$}  {what}");
    }
    text.push_str("\ntry next");
    if place != "." {
        let _ = write!(text, ", in {}", escape_controls(&place));
    }
    text.push_str(
        ":
  factum check                          verdicts on the claims and the draft
  factum check --watch                  the same again on every change of a file
  factum explain review.claims:5        how one of them comes about
  factum list facts                     what the record says
  factum list relations --like acquire  the words that can say it
\nThen change a date in review.claims and check again, and put a text of your own in the place of dispatch.md:
`factum derive dispatch.md` drafts its facts.
",
    );
    text
}
