//! Files: which there are, what is in them, and what a line of one may open.

use std::fs;
use std::io::Read;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use crate::facts::{Library, LibraryError};
use crate::text::{Document, TextError};

/// Larger files are refused.
const LARGEST: u64 = 1024 * 1024 * 1024;
/// What a `source` or `include` line may open is smaller.
const LARGEST_NAMED: u64 = 64 * 1024 * 1024;

/// Why a file cannot be used.
#[derive(Debug, thiserror::Error)]
pub(super) enum FileError {
    #[error("there is no file or folder `{0}`")]
    Missing(String),
    #[error("`{0}` is no regular file")]
    NotAFile(String),
    #[error("`{0}` is larger than is read")]
    TooLarge(String),
    #[error("`{0}` cannot be read: {1}")]
    Unreadable(String, std::io::Error),
    #[error("`{0}`: {1}")]
    Text(String, TextError),
}

/// A path as it is shown: with slashes, without `./` in front.
pub(super) fn shown(path: &Path) -> String {
    let parts: Vec<String> = path
        .components()
        .filter(|part| !matches!(part, Component::CurDir))
        .map(|part| part.as_os_str().to_string_lossy().into_owned())
        .collect();
    if parts.is_empty() { ".".to_owned() } else { parts.join("/").replace("//", "/") }
}

/// Reads a file that the user named.
pub(super) fn read(path: &Path) -> Result<Arc<Document>, FileError> {
    let name = shown(path);
    let about = fs::metadata(path).map_err(|error| match error.kind() {
        std::io::ErrorKind::NotFound => FileError::Missing(name.clone()),
        _ => FileError::Unreadable(name.clone(), error),
    })?;
    if !about.is_file() {
        return Err(FileError::NotAFile(name));
    }
    if about.len() > LARGEST {
        return Err(FileError::TooLarge(name));
    }
    let bytes = fs::read(path).map_err(|error| FileError::Unreadable(name.clone(), error))?;
    Document::from_bytes(name.clone(), bytes).map(Arc::new).map_err(|error| FileError::Text(name, error))
}

/// Reads standard input.
pub(super) fn read_input(name: &str) -> Result<Arc<Document>, FileError> {
    let mut bytes = Vec::new();
    std::io::stdin().lock().take(LARGEST).read_to_end(&mut bytes).map_err(|error| FileError::Unreadable(name.to_owned(), error))?;
    Document::from_bytes(name, bytes).map(Arc::new).map_err(|error| FileError::Text(name.to_owned(), error))
}

/// All files below a folder with one of these endings, sorted; hidden and git-ignored ones are left out.
pub(super) fn below(folder: &Path, endings: &[&str]) -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> = ignore::WalkBuilder::new(folder)
        .require_git(false)
        .build()
        .filter_map(Result::ok)
        .filter(|entry| entry.file_type().is_some_and(|kind| kind.is_file()))
        .map(ignore::DirEntry::into_path)
        .filter(|path| has_ending(path, endings))
        .collect();
    found.sort();
    found
}

/// The files directly in a folder with one of these endings, sorted.
pub(super) fn directly_in(folder: &Path, endings: &[&str]) -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> = ignore::WalkBuilder::new(folder)
        .require_git(false)
        .max_depth(Some(1))
        .build()
        .filter_map(Result::ok)
        .filter(|entry| entry.file_type().is_some_and(|kind| kind.is_file()))
        .map(ignore::DirEntry::into_path)
        .filter(|path| has_ending(path, endings))
        .collect();
    found.sort();
    found
}

fn has_ending(path: &Path, endings: &[&str]) -> bool {
    path.extension().and_then(|ending| ending.to_str()).is_some_and(|ending| endings.contains(&ending))
}

/// What `source` and `include` lines may open: regular files inside the project's folder, which is that of `factum.toml`, found
/// upward, else that of the file that names them. No link leads out of it.
#[derive(Debug)]
pub(super) struct Project;

impl Library for Project {
    fn open(&self, from: &Document, path: &str) -> Result<Arc<Document>, LibraryError> {
        let named = Path::new(path);
        let outside = || LibraryError::Outside(path.to_owned());
        if named.is_absolute()
            || path.contains('\\')
            || named.components().any(|part| matches!(part, Component::Prefix(_) | Component::RootDir))
        {
            return Err(outside());
        }
        let folder = Path::new(from.name())
            .parent()
            .filter(|folder| !folder.as_os_str().is_empty())
            .map_or_else(|| PathBuf::from("."), Path::to_path_buf);
        let whole = folder.join(named);
        // Judged by the words first: whether a file outside is there or not is not to be learned from the message.
        let here = fs::canonicalize(&folder).map_err(|error| LibraryError::Unreadable(path.to_owned(), error.to_string()))?;
        let root = root_of(&here);
        if !tidy(&here.join(named)).starts_with(&root) {
            return Err(outside());
        }
        let real = fs::canonicalize(&whole).map_err(|_| LibraryError::Missing(path.to_owned()))?;
        if !real.starts_with(&root) {
            return Err(outside());
        }
        let about = fs::metadata(&real).map_err(|error| LibraryError::Unreadable(path.to_owned(), error.to_string()))?;
        if !about.is_file() {
            return Err(LibraryError::NotAFile(path.to_owned()));
        }
        if about.len() > LARGEST_NAMED {
            return Err(LibraryError::TooLarge(path.to_owned(), LARGEST_NAMED / 1024 / 1024));
        }
        let bytes = fs::read(&real).map_err(|error| LibraryError::Unreadable(path.to_owned(), error.to_string()))?;
        Document::from_bytes(shown(&tidy(&whole)), bytes)
            .map(Arc::new)
            .map_err(|error| LibraryError::Unreadable(path.to_owned(), error.to_string()))
    }
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
    let Ok(real) = fs::canonicalize(folder) else { return folder.to_path_buf() };
    real.ancestors().find(|above| above.join("factum.toml").is_file()).map_or(real.clone(), Path::to_path_buf)
}
