//! The bytes of a document: from a file that can be read twice, with a bound on one item.

use std::cell::Cell;
use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::rc::Rc;

use crate::bulk::LARGEST_ITEM;
use crate::error::{Error, Result, io_error};

/// What the reader says when an item is too large.
pub const TOO_LARGE: &str = "one item is larger than 256 MB";

/// How much was read, and how far reading may go.
pub struct Meter {
    read: Cell<u64>,
    limit: Cell<u64>,
}

impl Default for Meter {
    fn default() -> Meter {
        Meter { read: Cell::new(0), limit: Cell::new(LARGEST_ITEM) }
    }
}

impl Meter {
    /// An item begins here.
    pub fn next_item(&self) {
        self.limit.set(self.read.get() + LARGEST_ITEM);
    }
}

/// A file that is read no further than the meter allows.
pub struct Metered {
    file: File,
    meter: Rc<Meter>,
}

impl Metered {
    pub fn new(file: File, meter: Rc<Meter>) -> Metered {
        Metered { file, meter }
    }
}

impl Read for Metered {
    fn read(&mut self, bytes: &mut [u8]) -> std::io::Result<usize> {
        if self.meter.read.get() > self.meter.limit.get() {
            return Err(std::io::Error::other(TOO_LARGE));
        }
        let read = self.file.read(bytes)?;
        self.meter.read.set(self.meter.read.get() + read as u64);
        Ok(read)
    }
}

/// One pass over a document.
pub struct Source {
    pub reader: BufReader<Metered>,
    pub meter: Rc<Meter>,
}

impl Source {
    /// Skips the byte order mark that some editors put first.
    pub fn new(file: Metered, meter: Rc<Meter>, name: &str) -> Result<Source> {
        let mut reader = BufReader::with_capacity(256 * 1024, file);
        let start = reader.fill_buf().map_err(|error| io_error("read", Path::new(name), error))?;
        if start.starts_with(b"\xef\xbb\xbf") {
            reader.consume(3);
        }
        Ok(Source { reader, meter })
    }
}

/// Opens a file; a pipe or a device is copied first.
pub fn open(path: &Path) -> Result<File> {
    let mut file = File::open(path).map_err(|error| io_error("open", path, error))?;
    let kind = file.metadata().map_err(|error| io_error("read", path, error))?.file_type();
    if kind.is_dir() {
        return Err(Error::usage("is_directory", format!("{} is a directory", path.display())).hint("name a file in it"));
    }
    if kind.is_file() { Ok(file) } else { spool(&mut file, path) }
}

/// Copies to a temporary file without a name, which nobody else can open.
pub fn spool(input: &mut dyn Read, path: &Path) -> Result<File> {
    let mut file = tempfile::tempfile().map_err(|error| Error::failed("io", format!("cannot make a temporary file: {error}")))?;
    std::io::copy(input, &mut file).map_err(|error| io_error("read", path, error))?;
    Ok(file)
}
