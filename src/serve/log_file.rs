//! The log as a file, that can be moved away and opened anew while the server runs.

use std::fs::{File, OpenOptions};
use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use crate::error::{Result, io_error};

/// A file to which the log is added.
#[derive(Debug)]
pub struct LogFile {
    path: PathBuf,
    file: Mutex<File>,
}

impl LogFile {
    pub fn open(path: &Path) -> Result<LogFile> {
        Ok(LogFile { path: path.to_owned(), file: Mutex::new(open(path)?) })
    }

    /// Goes on in a file of the same name, after that one was moved away. Where that fails, the old one is written on.
    pub fn reopen(&self) {
        match open(&self.path) {
            Ok(file) => *self.file.lock().unwrap_or_else(PoisonError::into_inner) = file,
            Err(error) => tracing::error!(code = error.code(), message = error.message(), "the log file cannot be opened anew"),
        }
    }
}

fn open(path: &Path) -> Result<File> {
    OpenOptions::new().create(true).append(true).mode(0o600).open(path).map_err(|error| io_error("write", path, error))
}

impl Write for &LogFile {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        // Each line comes whole, and goes in whole.
        self.file.lock().unwrap_or_else(PoisonError::into_inner).write_all(bytes)?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.file.lock().unwrap_or_else(PoisonError::into_inner).flush()
    }
}
