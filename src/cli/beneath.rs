//! Opening files so that nothing can be slipped in between: no waiting for a pipe, and no link on the way where none may be.

use std::fs::File;
use std::io;
use std::path::Path;

#[cfg(unix)]
mod system {
    use super::{File, Path, io};
    use rustix::fs::{CWD, Mode, OFlags, open, openat};

    /// A pipe that nobody writes to is opened at once, and a terminal does not become ours.
    const READ: OFlags = OFlags::RDONLY.union(OFlags::CLOEXEC).union(OFlags::NONBLOCK).union(OFlags::NOCTTY);

    pub(in super::super) fn open_given(path: &Path) -> io::Result<File> {
        Ok(File::from(openat(CWD, path, READ, Mode::empty())?))
    }

    /// Opens each folder on the way from the one before it, and follows no link: one that appears after the path was looked at
    /// is refused by the system itself.
    pub(in super::super) fn open_beneath(folder: &Path, inside: &Path) -> io::Result<File> {
        let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
        let mut here = open(folder, READ | OFlags::DIRECTORY, Mode::empty())?;
        let mut parts = inside.components().peekable();
        while let Some(part) = parts.next() {
            let std::path::Component::Normal(name) = part else { return Err(io::ErrorKind::InvalidInput.into()) };
            let kind = if parts.peek().is_some() { OFlags::DIRECTORY } else { OFlags::empty() };
            here = openat(&here, name, READ | OFlags::NOFOLLOW | kind, Mode::empty())?;
        }
        Ok(File::from(here))
    }
}

#[cfg(not(unix))]
mod system {
    use super::{File, Path, io};

    pub(in super::super) fn open_given(path: &Path) -> io::Result<File> {
        File::open(path)
    }

    /// Without the system's help the path is looked at once more when the file is open.
    pub(in super::super) fn open_beneath(folder: &Path, inside: &Path) -> io::Result<File> {
        let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
        let path = folder.join(inside);
        let file = File::open(&path)?;
        if std::fs::canonicalize(&path)?.starts_with(std::fs::canonicalize(folder)?) {
            Ok(file)
        } else {
            Err(io::ErrorKind::PermissionDenied.into())
        }
    }
}

pub(super) use system::{open_beneath, open_given};
