//! Files: which there are, what is in them, and what a line of one may open.
//!
//! What is checked of a file is checked on the opened handle: a path may mean another file by the time that it is opened.

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use super::beneath::{open_beneath, open_given};
use crate::facts::{Library, LibraryError};
use crate::text::limits::{
    LARGEST_CLAIMS, LARGEST_CONFIG, LARGEST_DRAFT, LARGEST_FACTS, LARGEST_IGNORE, LARGEST_NAMED, LARGEST_NAMED_TOGETHER, LARGEST_TABLE,
    size_in_words,
};
use crate::text::{Document, TextError};

/// Why a file cannot be used.
#[derive(Debug, thiserror::Error)]
pub(crate) enum FileError {
    #[error("there is no file or folder `{0}`")]
    Missing(String),
    #[error("`{0}` is no regular file")]
    NotAFile(String),
    #[error("`{0}` is larger than the {size} that are read of such a file", size = size_in_words(*.1))]
    TooLarge(String, u64),
    #[error("`{0}` changed while it was read")]
    Changed(String),
    #[error("`{0}` cannot be read: {1}")]
    Unreadable(String, io::Error),
    #[error("`{0}`: {1}")]
    Text(String, TextError),
}

/// A file that is to be read: one that the user named, or one that was found below a folder and may not lead out of it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Place {
    pub(crate) path: PathBuf,
    /// The folder that it was found in; none for a file that the user named.
    found_in: Option<PathBuf>,
}

impl Place {
    pub(super) fn given(path: &Path) -> Self {
        Self { path: path.to_path_buf(), found_in: None }
    }

    /// A file that a config names: no link leads out of the config's folder.
    pub(crate) fn found(path: &Path, folder: &Path) -> Self {
        Self { path: path.to_path_buf(), found_in: Some(folder.to_path_buf()) }
    }

    fn open(&self) -> io::Result<File> {
        match &self.found_in {
            None => open_given(&self.path),
            Some(folder) => match self.path.strip_prefix(folder) {
                Ok(inside) => open_beneath(folder, inside),
                Err(_) => open_given(&self.path),
            },
        }
    }

    /// The largest file of its kind that is read.
    fn limit(&self) -> u64 {
        match self.path.extension().and_then(|ending| ending.to_str()) {
            Some("csv") => LARGEST_TABLE,
            Some("facts" | "vocab") => LARGEST_FACTS,
            Some("toml") => LARGEST_CONFIG,
            Some("claims") => LARGEST_CLAIMS,
            _ => LARGEST_DRAFT,
        }
    }
}

/// A path as it is shown: with slashes, without `./` in front.
pub(crate) fn shown(path: &Path) -> String {
    let parts: Vec<String> = path
        .components()
        .filter(|part| !matches!(part, Component::CurDir))
        .map(|part| part.as_os_str().to_string_lossy().into_owned())
        .collect();
    if parts.is_empty() { ".".to_owned() } else { parts.join("/").replace("//", "/") }
}

/// Reads a file that the user named or that was found.
pub(crate) fn read(place: &Place) -> Result<Arc<Document>, FileError> {
    let (name, bytes) = read_bytes(place)?;
    Document::from_bytes(name.clone(), bytes).map(Arc::new).map_err(|error| FileError::Text(name, error))
}

/// The same as its name and its text, which may be very long.
pub(super) fn read_text(place: &Place) -> Result<(String, String), FileError> {
    let (name, bytes) = read_bytes(place)?;
    match Document::text_from_bytes(bytes) {
        Ok(text) => Ok((name, text)),
        Err(error) => Err(FileError::Text(name, error)),
    }
}

fn read_bytes(place: &Place) -> Result<(String, Vec<u8>), FileError> {
    let name = shown(&place.path);
    let unreadable = |error: io::Error| match error.kind() {
        io::ErrorKind::NotFound => FileError::Missing(name.clone()),
        _ => FileError::Unreadable(name.clone(), error),
    };
    let file = place.open().map_err(unreadable)?;
    let about = file.metadata().map_err(unreadable)?;
    if !about.is_file() {
        return Err(FileError::NotAFile(name));
    }
    let limit = place.limit();
    let bytes = whole(file, Some(about.len()), limit).map_err(|fault| match fault {
        ReadFault::TooLarge => FileError::TooLarge(name.clone(), limit),
        ReadFault::Changed => FileError::Changed(name.clone()),
        ReadFault::Io(error) => FileError::Unreadable(name.clone(), error),
    })?;
    Ok((name, bytes))
}

/// Reads standard input.
pub(super) fn read_input(name: &str) -> Result<Arc<Document>, FileError> {
    let bytes = whole(io::stdin().lock(), None, LARGEST_CLAIMS).map_err(|fault| match fault {
        ReadFault::TooLarge => FileError::TooLarge(name.to_owned(), LARGEST_CLAIMS),
        ReadFault::Changed => FileError::Changed(name.to_owned()),
        ReadFault::Io(error) => FileError::Unreadable(name.to_owned(), error),
    })?;
    Document::from_bytes(name, bytes).map(Arc::new).map_err(|error| FileError::Text(name.to_owned(), error))
}

/// Why the bytes of an opened file are not all there.
#[derive(Debug)]
enum ReadFault {
    TooLarge,
    Changed,
    Io(io::Error),
}

/// All bytes of a reader that is said to hold `length`, if that is known, and may hold `limit`. One that holds more or fewer
/// than it said was written to in between, and half of one text and half of another prove nothing.
fn whole(reader: impl Read, length: Option<u64>, limit: u64) -> Result<Vec<u8>, ReadFault> {
    if length.is_some_and(|length| length > limit) {
        return Err(ReadFault::TooLarge);
    }
    let expected = length.and_then(|length| usize::try_from(length).ok()).unwrap_or(0);
    let mut bytes = Vec::with_capacity(expected.saturating_add(1));
    reader.take(limit.saturating_add(1)).read_to_end(&mut bytes).map_err(ReadFault::Io)?;
    let read = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
    if read > limit {
        return Err(ReadFault::TooLarge);
    }
    if length.is_some_and(|length| length != read) {
        return Err(ReadFault::Changed);
    }
    Ok(bytes)
}

/// All files below a folder with one of these endings, sorted; hidden and git-ignored ones are left out.
pub(crate) fn below(folder: &Path, endings: &[&str]) -> Result<Vec<Place>, FileError> {
    walk(folder, None, endings)
}

/// The files directly in a folder with one of these endings, sorted.
pub(super) fn directly_in(folder: &Path, endings: &[&str]) -> Result<Vec<Place>, FileError> {
    walk(folder, Some(1), endings)
}

/// Only what stands in the project says what is left out: a setting of this machine would change what is checked on it.
fn walk(found_in: &Path, depth: Option<usize>, endings: &[&str]) -> Result<Vec<Place>, FileError> {
    let unnamed = found_in.as_os_str().is_empty();
    let folder = if unnamed { Path::new(".") } else { found_in };
    let real = fs::canonicalize(folder).map_err(|error| FileError::Unreadable(shown(folder), error))?;
    // Those above the folder are read too; they are the user's own and may be links.
    for above in real.ancestors().skip(1) {
        ignore_files_are_regular(above, Path::new(".."), fs::metadata)?;
    }
    ignore_files_are_regular(folder, folder, fs::symlink_metadata)?;
    let entries = ignore::WalkBuilder::new(folder)
        .require_git(false)
        .git_global(false)
        .git_exclude(false)
        .max_depth(depth)
        .filter_entry(|entry| {
            // A folder whose ignore files cannot be read safely is not gone into; it is reported below.
            !entry.file_type().is_some_and(|kind| kind.is_dir())
                || ignore_files_are_regular(entry.path(), entry.path(), fs::symlink_metadata).is_ok()
        })
        .build();
    let mut found = Vec::new();
    for entry in entries {
        let entry = entry.map_err(|error| unread(folder, error))?;
        if entry.file_type().is_some_and(|kind| kind.is_dir()) && depth.is_none() {
            folders_in_order(entry.path())?;
        }
        if entry.file_type().is_some_and(|kind| kind.is_file()) && has_ending(entry.path(), endings) {
            let path = entry.into_path();
            let path = if unnamed { path.strip_prefix(".").map(Path::to_path_buf).unwrap_or(path) } else { path };
            found.push(Place { path, found_in: Some(found_in.to_path_buf()) });
        }
    }
    found.sort();
    Ok(found)
}

/// Reports the folders inside one that the walk leaves out because of their ignore files.
fn folders_in_order(folder: &Path) -> Result<(), FileError> {
    let unreadable = |error| FileError::Unreadable(shown(folder), error);
    let mut inside: Vec<PathBuf> = Vec::new();
    for entry in fs::read_dir(folder).map_err(unreadable)? {
        let entry = entry.map_err(unreadable)?;
        let hidden = entry.file_name().to_string_lossy().starts_with('.');
        if !hidden && entry.file_type().map_err(unreadable)?.is_dir() {
            inside.push(entry.path());
        }
    }
    inside.sort();
    inside.iter().try_for_each(|path| ignore_files_are_regular(path, path, fs::symlink_metadata))
}

/// The walker opens these files by itself; one that is a pipe or a link to a device would make it wait, or read, for ever.
fn ignore_files_are_regular(folder: &Path, named: &Path, about: impl Fn(PathBuf) -> io::Result<fs::Metadata>) -> Result<(), FileError> {
    for name in [".gitignore", ".ignore"] {
        let Ok(about) = about(folder.join(name)) else { continue };
        if !about.is_file() {
            return Err(FileError::NotAFile(shown(&named.join(name))));
        }
        if about.len() > LARGEST_IGNORE {
            return Err(FileError::TooLarge(shown(&named.join(name)), LARGEST_IGNORE));
        }
    }
    Ok(())
}

/// A folder that cannot be read is an error: what stands in it would go unchecked.
fn unread(folder: &Path, error: ignore::Error) -> FileError {
    let mut path = folder.to_path_buf();
    let mut inner = &error;
    loop {
        match inner {
            ignore::Error::WithPath { path: at, err } => {
                path.clone_from(at);
                inner = err;
            }
            ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => inner = err,
            _ => break,
        }
    }
    let kind = error.io_error().map_or(io::ErrorKind::Other, io::Error::kind);
    FileError::Unreadable(shown(&path), error.into_io_error().unwrap_or_else(|| kind.into()))
}

fn has_ending(path: &Path, endings: &[&str]) -> bool {
    path.extension().and_then(|ending| ending.to_str()).is_some_and(|ending| endings.contains(&ending))
}

/// What `source` and `include` lines may open: regular files inside the project's folder, which is that of `factum.toml`, found
/// upward, else that of the file that names them. No link leads out of it.
#[derive(Debug, Default)]
pub(crate) struct Project {
    /// Texts that take the place of what is on disk, by name: those that an editor has open.
    unsaved: BTreeMap<String, Arc<Document>>,
    /// Bytes that were read so far.
    read: Cell<u64>,
    /// What lines have named, as it is shown, whether or not it could be opened.
    named: RefCell<BTreeSet<String>>,
}

impl Project {
    /// A project in which these texts stand for what is on disk.
    pub(crate) fn with(unsaved: BTreeMap<String, Arc<Document>>) -> Self {
        Self { unsaved, ..Self::default() }
    }

    /// Reads a file that was found or given.
    pub(crate) fn read(&self, place: &Place) -> Result<Arc<Document>, FileError> {
        self.unsaved(place).map_or_else(|| read(place), Ok)
    }

    /// The document of a place as an editor has it, if it is open there.
    pub(crate) fn unsaved(&self, place: &Place) -> Option<Arc<Document>> {
        self.unsaved.get(&shown(&place.path)).map(Arc::clone)
    }

    /// What lines have named so far.
    pub(crate) fn all_named(&self) -> BTreeSet<String> {
        self.named.borrow().clone()
    }

    /// Whether a line of some file has named a document, as a source or to be included.
    pub(crate) fn names(&self, document: &str) -> bool {
        self.named.borrow().contains(document)
    }
}

impl Library for Project {
    fn open(&self, from: &Document, path: &str) -> Result<Arc<Document>, LibraryError> {
        let named = Path::new(path);
        let outside = || LibraryError::Outside(path.to_owned());
        let unreadable = |error: io::Error| LibraryError::Unreadable(path.to_owned(), error.to_string());
        if named.is_absolute() || path.contains('\\') || has_drive(path) || !named.components().all(is_plain) {
            return Err(outside());
        }
        let folder = Path::new(from.name())
            .parent()
            .filter(|folder| !folder.as_os_str().is_empty())
            .map_or_else(|| PathBuf::from("."), Path::to_path_buf);
        let whole_path = folder.join(named);
        self.named.borrow_mut().insert(shown(&tidy(&whole_path)));
        // Judged by the words first: whether a file outside is there or not is not to be learned from the message.
        let here = fs::canonicalize(&folder).map_err(unreadable)?;
        let root = root_of(&here);
        if !tidy(&here.join(named)).starts_with(&root) {
            return Err(outside());
        }
        if let Some(unsaved) = self.unsaved.get(&shown(&tidy(&whole_path))) {
            return Ok(Arc::clone(unsaved));
        }
        let real = fs::canonicalize(&whole_path).map_err(|_| LibraryError::Missing(path.to_owned()))?;
        let Ok(inside) = real.strip_prefix(&root) else { return Err(outside()) };
        // Opening some devices does something already, so they are told apart before; the handle is asked again.
        if fs::symlink_metadata(&real).is_ok_and(|about| !about.is_file()) {
            return Err(LibraryError::NotAFile(path.to_owned()));
        }
        let file = open_beneath(&root, inside).map_err(unreadable)?;
        let about = file.metadata().map_err(unreadable)?;
        if !about.is_file() {
            return Err(LibraryError::NotAFile(path.to_owned()));
        }
        let bytes = whole(file, Some(about.len()), LARGEST_NAMED).map_err(|fault| match fault {
            ReadFault::TooLarge => LibraryError::TooLarge(path.to_owned(), size_in_words(LARGEST_NAMED)),
            ReadFault::Changed => LibraryError::Changed(path.to_owned()),
            ReadFault::Io(error) => unreadable(error),
        })?;
        self.read.set(self.read.get().saturating_add(about.len()));
        if self.read.get() > LARGEST_NAMED_TOGETHER {
            return Err(LibraryError::TooMuch(path.to_owned(), size_in_words(LARGEST_NAMED_TOGETHER)));
        }
        Document::from_bytes(shown(&tidy(&whole_path)), bytes)
            .map(Arc::new)
            .map_err(|error| LibraryError::Unreadable(path.to_owned(), error.to_string()))
    }
}

/// `c:` and the like mean a drive on one system and a file on another.
fn has_drive(path: &str) -> bool {
    matches!(path.as_bytes(), [letter, b':', ..] if letter.is_ascii_alphabetic())
}

fn is_plain(part: Component<'_>) -> bool {
    matches!(part, Component::Normal(_) | Component::CurDir | Component::ParentDir)
}

/// A path without `a/..` in it, so that one file has one name.
fn tidy(path: &Path) -> PathBuf {
    let mut parts: Vec<Component<'_>> = Vec::new();
    for part in path.components() {
        match (part, parts.last()) {
            (Component::CurDir, _) => {}
            (Component::ParentDir, Some(Component::Normal(_))) => {
                parts.pop();
            }
            _ => parts.push(part),
        }
    }
    parts.iter().collect()
}

fn root_of(folder: &Path) -> PathBuf {
    folder.ancestors().find(|above| above.join("factum.toml").is_file()).unwrap_or(folder).to_path_buf()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Files change between being asked for their length and being read; a disk would have to be raced to show it.
    #[test]
    fn a_reader_that_lies_about_its_length() {
        let text: &[u8] = b"rebels captured Hama\n";
        assert_eq!(whole(text, Some(21), 100).unwrap(), text);
        assert_eq!(whole(text, None, 21).unwrap(), text);
        assert!(matches!(whole(text, Some(22), 100), Err(ReadFault::Changed)), "it shrank");
        assert!(matches!(whole(text, Some(20), 100), Err(ReadFault::Changed)), "it grew");
        assert!(matches!(whole(text, Some(10), 20), Err(ReadFault::TooLarge)), "it grew beyond the limit");
        assert!(matches!(whole(text, Some(21), 20), Err(ReadFault::TooLarge)));
        assert!(matches!(whole(io::repeat(b'a'), None, 1000), Err(ReadFault::TooLarge)), "it has no end");
    }

    #[test]
    fn a_reader_that_fails_half_way() {
        struct Failing(bool);
        impl Read for Failing {
            fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
                if std::mem::replace(&mut self.0, true) {
                    return Err(io::Error::from(io::ErrorKind::ConnectionReset));
                }
                buffer.fill(b'a');
                Ok(buffer.len())
            }
        }
        assert!(matches!(whole(Failing(false), None, 1 << 20), Err(ReadFault::Io(_))));
    }
}
