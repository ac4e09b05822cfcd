//! Files under way, beside what they are to become. Whoever writes one holds a lock on it, so that those of a process that was
//! killed can be told from those of one that is at work; the next one in the same folder removes them.

use std::fs::{File, OpenOptions, Permissions, TryLockError};
use std::io;
use std::os::unix::fs::{MetadataExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

const PREFIX: &str = ".deskctl-";
const SUFFIX: &str = ".part";

/// What SQLite puts beside a file.
const COMPANIONS: [&str; 3] = ["-journal", "-wal", "-shm"];

/// Makes a file in `folder` that only its owner may read (G3), and removes those that nobody writes any more.
pub fn begin(folder: &Path) -> io::Result<NamedTempFile> {
    sweep(folder);
    loop {
        let file = tempfile::Builder::new().prefix(PREFIX).suffix(SUFFIX).tempfile_in(folder)?;
        // Exactly this mode, whatever the umask.
        file.as_file().set_permissions(Permissions::from_mode(0o600))?;
        match file.as_file().try_lock() {
            // Another one's sweep may have come in between.
            Ok(()) if !file.path().exists() => {}
            Err(TryLockError::WouldBlock) => {}
            // A file system without locks has no sweeps either.
            Ok(()) | Err(TryLockError::Error(_)) => return Ok(file),
        }
    }
}

/// The folder of a file that is named without one is the current one.
pub fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// The files in `folder` that nobody writes any more.
pub fn left(folder: &Path) -> Vec<PathBuf> {
    let mut left: Vec<PathBuf> = all(folder).filter(|path| abandoned(path).is_some()).collect();
    left.sort();
    left
}

/// Removes them. What cannot be removed stays for the next time.
fn sweep(folder: &Path) {
    for path in all(folder) {
        let Some(_locked) = abandoned(&path) else { continue };
        for companion in COMPANIONS {
            let mut name = path.clone().into_os_string();
            name.push(companion);
            let _ = std::fs::remove_file(name);
        }
        let _ = std::fs::remove_file(path);
    }
}

fn all(folder: &Path) -> impl Iterator<Item = PathBuf> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let ours = |name: &str| name.starts_with(PREFIX) && name.ends_with(SUFFIX);
    entries.filter(move |entry| ours(&entry.file_name().to_string_lossy())).map(|entry| entry.path())
}

/// The file, locked, if it is the user's own and nobody holds it.
fn abandoned(path: &Path) -> Option<File> {
    let no_link = rustix::fs::OFlags::NOFOLLOW | rustix::fs::OFlags::NONBLOCK;
    let file = OpenOptions::new().read(true).custom_flags(no_link.bits().cast_signed()).open(path).ok()?;
    let found = file.metadata().ok()?;
    let own = found.is_file() && found.uid() == rustix::process::geteuid().as_raw();
    (own && file.try_lock().is_ok()).then_some(file)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_dead_process_left_is_removed_and_what_is_at_work_stays() {
        let folder = tempfile::tempdir().unwrap();
        let dead = folder.path().join(".deskctl-dead.part");
        std::fs::write(&dead, "half").unwrap();
        std::fs::write(folder.path().join(".deskctl-dead.part-journal"), "").unwrap();
        std::fs::write(folder.path().join("deskctl.part"), "someone's").unwrap();
        std::os::unix::fs::symlink(folder.path().join("deskctl.part"), folder.path().join(".deskctl-link.part")).unwrap();
        assert_eq!(left(folder.path()), [dead]);
        let first = begin(folder.path()).unwrap();
        assert!(left(folder.path()).is_empty());
        let second = begin(folder.path()).unwrap();
        assert!(first.path().exists() && second.path().exists());
        let mut names: Vec<_> = std::fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().path()).collect();
        names.retain(|path| path != first.path() && path != second.path());
        assert_eq!(names.len(), 2, "{names:?}");
    }
}
