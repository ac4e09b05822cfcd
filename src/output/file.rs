//! Files that are there whole or not at all (G3, G4).

use std::fs::File;
use std::io::{BufWriter, ErrorKind, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use crate::error::{Error, Result, io_error};
use crate::partial;

/// A file under way, beside its target and readable by its owner only. [`AtomicFile::commit`] puts it in place;
/// dropped before, nothing is left of it and the target is as it was.
pub struct AtomicFile {
    target: PathBuf,
    directory: PathBuf,
    file: BufWriter<NamedTempFile>,
    keep_existing: bool,
}

impl AtomicFile {
    /// Replaces what is at `path` on commit, unless that is a symlink or no ordinary file.
    pub fn create(path: impl Into<PathBuf>) -> Result<AtomicFile> {
        AtomicFile::begin(path.into(), false)
    }

    /// The same, but refuses to replace a file.
    pub fn create_new(path: impl Into<PathBuf>) -> Result<AtomicFile> {
        AtomicFile::begin(path.into(), true)
    }

    fn begin(target: PathBuf, keep_existing: bool) -> Result<AtomicFile> {
        check_target(&target, keep_existing)?;
        let directory = partial::folder_of(&target).to_owned();
        let file = partial::begin(&directory).map_err(|source| io_error("create", &target, source))?;
        Ok(AtomicFile { directory, file: BufWriter::new(file), target, keep_existing })
    }

    /// Where the file will be.
    pub fn path(&self) -> &Path {
        &self.target
    }

    /// Puts the file in place: once this returns, it is there even after a power cut.
    pub fn commit(self) -> Result<()> {
        let failed = |source| io_error("write", &self.target, source);
        let file = self.file.into_inner().map_err(|error| failed(error.into_error()))?;
        file.as_file().sync_all().map_err(failed)?;
        check_target(&self.target, self.keep_existing)?;
        if self.keep_existing {
            file.persist_noclobber(&self.target).map_err(|error| match error.error.kind() {
                ErrorKind::AlreadyExists => exists(&self.target),
                _ => failed(error.error),
            })?;
        } else {
            file.persist(&self.target).map_err(|error| failed(error.error))?;
        }
        sync_directory(&self.directory).map_err(failed)
    }
}

impl Write for AtomicFile {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.file.write(bytes)
    }
    fn flush(&mut self) -> std::io::Result<()> {
        self.file.flush()
    }
}

/// The same, made with its first byte: who may not have what would be written gets no file either (G22).
pub struct DeferredFile {
    target: PathBuf,
    file: Option<AtomicFile>,
}

impl DeferredFile {
    /// Nothing is made yet.
    pub fn new(target: impl Into<PathBuf>) -> DeferredFile {
        DeferredFile { target: target.into(), file: None }
    }

    /// As [`AtomicFile::commit`]; a file without a byte is made, too.
    pub fn commit(self) -> Result<()> {
        self.file.map_or_else(|| AtomicFile::create(self.target), Ok)?.commit()
    }
}

impl Write for DeferredFile {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        match &mut self.file {
            Some(file) => file.write(bytes),
            None => self.file.insert(AtomicFile::create(&self.target).map_err(std::io::Error::other)?).write(bytes),
        }
    }
    fn flush(&mut self) -> std::io::Result<()> {
        self.file.as_mut().map_or(Ok(()), AtomicFile::flush)
    }
}

/// A rename would replace a symlink or a device: neither is what the user has in mind.
fn check_target(target: &Path, keep_existing: bool) -> Result<()> {
    let kind = match std::fs::symlink_metadata(target) {
        Ok(metadata) => metadata.file_type(),
        Err(source) if source.kind() == ErrorKind::NotFound => return Ok(()),
        Err(source) => return Err(io_error("look at", target, source)),
    };
    let name = target.display();
    if kind.is_symlink() {
        return Err(
            Error::usage("is_symlink", format!("{name} is a symbolic link, which is not followed")).hint("name the file that it points to")
        );
    }
    if kind.is_dir() {
        return Err(Error::usage("is_directory", format!("{name} is a directory")).hint("name a file in it"));
    }
    if !kind.is_file() {
        return Err(Error::usage("not_a_file", format!("{name} is no ordinary file")));
    }
    if keep_existing { Err(exists(target)) } else { Ok(()) }
}

fn exists(target: &Path) -> Error {
    Error::usage("file_exists", format!("{} exists already", target.display())).hint("choose another name, or remove it first")
}

/// Makes a rename in the directory last; some file systems cannot, and need not.
fn sync_directory(directory: &Path) -> std::io::Result<()> {
    match File::open(directory)?.sync_all() {
        Err(source) if matches!(source.kind(), ErrorKind::InvalidInput | ErrorKind::Unsupported) => Ok(()),
        result => result,
    }
}

#[cfg(test)]
mod tests {
    use std::fs::{self, Permissions};
    use std::os::unix::fs::{PermissionsExt, symlink};

    use super::*;

    fn names(directory: &Path) -> Vec<String> {
        let mut names: Vec<String> =
            fs::read_dir(directory).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    fn code(result: Result<AtomicFile>) -> String {
        result.err().expect("refused").code().to_owned()
    }

    #[test]
    fn appears_whole_and_private() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("out.csv");
        fs::write(&path, "old").unwrap();
        fs::set_permissions(&path, Permissions::from_mode(0o644)).unwrap();
        let mut file = AtomicFile::create(&path).unwrap();
        file.write_all(b"new").unwrap();
        file.flush().unwrap();
        let temporary = names(directory.path()).into_iter().find(|name| name.ends_with(".part")).unwrap();
        assert_eq!(fs::metadata(directory.path().join(temporary)).unwrap().permissions().mode() & 0o777, 0o600);
        assert_eq!(fs::read_to_string(&path).unwrap(), "old");
        file.commit().unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "new");
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        assert_eq!(names(directory.path()), ["out.csv"]);
    }

    #[test]
    fn dropped_leaves_nothing() {
        let directory = tempfile::tempdir().unwrap();
        let mut file = AtomicFile::create(directory.path().join("out")).unwrap();
        file.write_all(b"half").unwrap();
        drop(file);
        assert!(names(directory.path()).is_empty());
    }

    #[test]
    fn a_symlink_is_refused_even_a_dangling_or_late_one() {
        let directory = tempfile::tempdir().unwrap();
        let (path, victim) = (directory.path().join("out"), directory.path().join("victim"));
        let file = AtomicFile::create(&path).unwrap();
        symlink(&victim, &path).unwrap();
        assert_eq!(file.commit().unwrap_err().code(), "is_symlink");
        assert_eq!(code(AtomicFile::create(&path)), "is_symlink");
        fs::write(&victim, "precious").unwrap();
        assert_eq!(code(AtomicFile::create(&path)), "is_symlink");
        assert_eq!(fs::read_to_string(&victim).unwrap(), "precious");
        assert_eq!(names(directory.path()), ["out", "victim"]);
    }

    #[test]
    fn create_new_keeps_what_exists() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("out");
        let file = AtomicFile::create_new(&path).unwrap();
        fs::write(&path, "first").unwrap();
        assert_eq!(file.commit().unwrap_err().code(), "file_exists");
        assert_eq!(code(AtomicFile::create_new(&path)), "file_exists");
        assert_eq!(fs::read_to_string(&path).unwrap(), "first");
    }

    #[test]
    fn only_ordinary_files_are_replaced() {
        let directory = tempfile::tempdir().unwrap();
        assert_eq!(code(AtomicFile::create(directory.path())), "is_directory");
        assert_eq!(code(AtomicFile::create("/dev/null")), "not_a_file");
        assert_eq!(code(AtomicFile::create(directory.path().join("no/such"))), "file_not_found");
    }
}
