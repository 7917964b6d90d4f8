//! Which files there are: the project's folder, what they are called, and what kind of text each is.
//!
//! In: what the editor calls a file (a URI). Out: its name as `factum check` prints it in the project's folder, and the way back.
//! Never: gives a name to what lies outside of the project's folder.

use std::path::{Component, Path, PathBuf};
use std::str::FromStr as _;

use lsp_types::Uri;
use percent_encoding::{AsciiSet, CONTROLS, percent_decode_str, utf8_percent_encode};

use crate::cli::project::shown;
use crate::text::Document;
use crate::vocabulary::STANDARD;

/// What a document is, by the ending of its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Claims,
    Facts,
    Vocabulary,
    Draft,
    /// A table of facts.
    Table,
    /// Settings, or nothing that is known.
    Other,
}

impl Kind {
    pub(super) fn of(name: &str) -> Self {
        match name.rsplit_once('.').map(|(_, ending)| ending) {
            Some("claims") => Self::Claims,
            Some("facts") => Self::Facts,
            Some("vocab") => Self::Vocabulary,
            Some("md" | "markdown" | "html" | "htm" | "txt") => Self::Draft,
            Some("csv") => Self::Table,
            _ => Self::Other,
        }
    }

    /// Whether it is laid out line by line in the languages of our own.
    pub(super) fn is_ours(self) -> bool {
        matches!(self, Self::Claims | Self::Facts | Self::Vocabulary)
    }
}

/// Why a URI means no file of the project.
#[derive(Debug, thiserror::Error)]
pub(super) enum NoFile {
    #[error("`{0}` is no file")]
    NotAFile(String),
    #[error("`{0}` lies outside the project's folder")]
    Outside(String),
}

/// The folders that are open in the editor, and the one that names are seen from.
#[derive(Clone, Debug, Default)]
pub(super) struct Workspace {
    /// The folder that the program works in.
    pub(super) here: PathBuf,
    /// The folders that are open; none where single files are.
    pub(super) folders: Vec<PathBuf>,
}

impl Workspace {
    /// The name of a file of the project.
    pub(super) fn name(&self, uri: &Uri) -> Result<String, NoFile> {
        let path = path(uri).ok_or_else(|| NoFile::NotAFile(uri.as_str().to_owned()))?;
        if !self.folders.is_empty() && !self.folders.iter().any(|folder| path.starts_with(folder)) {
            return Err(NoFile::Outside(uri.as_str().to_owned()));
        }
        Ok(shown(path.strip_prefix(&self.here).unwrap_or(&path)))
    }

    /// The folder that a file's facts are looked for in, seen from where the program works: the open folder that it lies in, else
    /// its own.
    pub(super) fn root(&self, name: &str) -> PathBuf {
        let path = self.here.join(name);
        let folder = self.folders.iter().find(|folder| path.starts_with(folder)).map(PathBuf::as_path);
        let folder = folder.or_else(|| path.parent()).unwrap_or(&self.here);
        folder.strip_prefix(&self.here).unwrap_or(folder).to_path_buf()
    }

    /// The URI of a document, where it is a file.
    pub(super) fn uri(&self, document: &Document) -> Option<Uri> {
        // What ships inside the program is nowhere on disk.
        if STANDARD.iter().any(|(name, text)| *name == document.name() && *text == document.text()) {
            return None;
        }
        self.uri_of(document.name())
    }

    /// The URI of a file by its name.
    pub(super) fn uri_of(&self, name: &str) -> Option<Uri> {
        uri(&self.here.join(name))
    }
}

/// All but what a path may hold as it is.
const ESCAPED: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'%')
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'[')
    .add(b']')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}')
    .add(b'\\');

/// The path that a URI means, if it is that of a file on this machine.
pub(super) fn path(uri: &Uri) -> Option<PathBuf> {
    let rest = uri.as_str().strip_prefix("file://")?;
    let rest = rest.strip_prefix("localhost").unwrap_or(rest);
    let rest = rest.split(['?', '#']).next().unwrap_or(rest);
    let decoded = percent_decode_str(rest).decode_utf8().ok()?;
    if decoded.contains('\0') {
        return None;
    }
    let path = PathBuf::from(&*decoded);
    // `/C:/folder` is how a drive is written.
    #[cfg(windows)]
    let path = PathBuf::from(decoded.trim_start_matches('/'));
    let plain = path.components().all(|part| !matches!(part, Component::ParentDir | Component::CurDir));
    (path.is_absolute() && plain).then_some(path)
}

/// The URI of a path.
pub(super) fn uri(path: &Path) -> Option<Uri> {
    let text = path.to_str()?.replace('\\', "/");
    let slash = if text.starts_with('/') { "" } else { "/" };
    Uri::from_str(&format!("file://{slash}{}", utf8_percent_encode(&text, ESCAPED))).ok()
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use super::*;

    fn parsed(text: &str) -> Uri {
        Uri::from_str(text).unwrap()
    }

    #[test]
    fn names_and_back() {
        let here = PathBuf::from("/home/mara/a project");
        let workspace = Workspace { folders: vec![here.clone()], here };
        for (text, name) in [
            ("file:///home/mara/a%20project/claims/a.claims", "claims/a.claims"),
            ("file:///home/mara/a%20project/%C3%A9%23.facts", "\u{e9}#.facts"),
        ] {
            assert_eq!(workspace.name(&parsed(text)).unwrap(), name);
            assert_eq!(workspace.uri_of(name).unwrap().as_str(), text);
        }
        for outside in [
            "file:///etc/passwd",
            "file:///home/mara/a%20project/../secret.claims",
            "file:///home/mara/a%20project/%2e%2e/x.claims",
            "untitled:One",
            "https://example.org/a.claims",
            "file://host/share/a.claims",
            "file:///home/mara/a%00.claims",
        ] {
            assert!(workspace.name(&parsed(outside)).is_err(), "{outside}");
        }
    }
}
