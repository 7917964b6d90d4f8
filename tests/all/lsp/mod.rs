//! The language server, spoken to as editors do: the program itself through a client library that others wrote.

mod client;
mod hostile;
mod reading;
mod writing;

use client::{Editor, folder};
use tempfile::TempDir;

/// A source, a fact file and claims about it.
pub(crate) const GAZETTE: &str = "---\ndate: 2025-03-10\n---\nNorrin acquired Halden on 5 March. Mara Lind has led Norrin since 2020.\n";
pub(crate) const FACTS: &str = "source gazette \"gazette.md\"\n\nname Norrin, also Norrin Lines: company\nname Halden: company\nname Mara Lind, also Lind: person\n\nNorrin acquired Halden on 5 March 2025\n    > \"Norrin acquired Halden on 5 March.\"\nLind has led Norrin since 2020\n    > \"Mara Lind has led Norrin since 2020.\"\n";
pub(crate) const CLAIMS: &str = "# \u{1F4F0} what is to be printed\nas of 2025-03-10\n\nNorrin Lines bought Halden last week\nNorrin acquired Halden on 7 March 2025\nLind still leads Norrin\n";

fn project() -> TempDir {
    folder(&[("gazette.md", GAZETTE), ("norrin.facts", FACTS), ("norrin.claims", CLAIMS)])
}

/// An editor in which the claims are open and judged.
fn opened() -> (TempDir, Editor) {
    let folder = project();
    let mut editor = Editor::new(folder.path(), None);
    editor.open("norrin.claims");
    editor.codes("norrin.claims", &["wrong-date"]);
    (folder, editor)
}
