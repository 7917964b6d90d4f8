//! What can go wrong with a run as a whole; a mutant that survives is no error.

use std::path::{Path, PathBuf};

/// Why there are no results.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A file or folder.
    #[error("cannot use `{path}`: {source}")]
    File {
        /// Which one.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// A program that should have run.
    #[error("cannot run `{program}`: {source}")]
    Program {
        /// Which one.
        program: String,
        /// Why.
        source: std::io::Error,
    },
    /// A source file that is no Rust.
    #[error("cannot read `{file}` as rust: {source}")]
    Source {
        /// Which one.
        file: String,
        /// Why.
        source: syn::Error,
    },
    /// The copy does not compile, and no mutant is to blame.
    #[error("the copy does not compile:\n{0}")]
    Build(String),
    /// A test fails with no mutant switched on.
    #[error("`{0}` fails with no mutant switched on")]
    Baseline(String),
    /// A line of a file that is not what it should be.
    #[error("{file}:{line}: {problem}")]
    Line {
        /// The file.
        file: PathBuf,
        /// From 1.
        line: usize,
        /// What is wrong.
        problem: String,
    },
    /// Nothing to do.
    #[error("no mutant is asked for")]
    Nothing,
}

/// For `map_err`: what could not be done with a file.
pub(crate) fn file(path: &Path) -> impl FnOnce(std::io::Error) -> Error {
    let path = path.to_owned();
    move |source| Error::File { path, source }
}
