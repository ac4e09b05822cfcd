//! Reads an account document from a file, item by item: never the whole of it is in memory.
//!
//! The file is read once to see that it is JSON and which sections it has, before anything is written; then once
//! more for the content. Only where its sections are not in the order of
//! [`SECTIONS`](crate::domain::document::SECTIONS) does it take further passes.

mod context;
mod input;
mod passes;

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{Seek, SeekFrom};
use std::path::Path;
use std::rc::Rc;

use self::input::{Meter, Metered};
use crate::error::{Error, Result, io_error};
use crate::seed::Sink;

/// A document in a file.
pub struct DocumentFile {
    file: File,
    name: String,
    /// The sections that are there, with how many items each has.
    sections: BTreeMap<&'static str, u64>,
}

impl DocumentFile {
    /// Opens a document, `-` for stdin, and looks through it once. What cannot be read twice is kept in a temporary file.
    pub fn open(path: &Path) -> Result<DocumentFile> {
        let file = if path.as_os_str() == "-" { input::spool(&mut std::io::stdin().lock(), path)? } else { input::open(path)? };
        let name = if path.as_os_str() == "-" { "stdin".to_owned() } else { path.display().to_string() };
        let mut document = DocumentFile { file, name, sections: BTreeMap::new() };
        document.sections = document.read(passes::survey)?;
        Ok(document)
    }

    /// How many items a section has.
    pub fn items(&self, section: &str) -> Option<u64> {
        self.sections.get(section).copied()
    }

    /// Pushes the document, section after section.
    pub fn feed(&mut self, sink: &mut dyn Sink) -> Result<()> {
        let present: Vec<&'static str> = self.sections.keys().copied().collect();
        let mut done = Vec::new();
        while done.len() < present.len() {
            let before = done.len();
            done = self.read(|reader, name| passes::pass(reader, name, &present, done, sink))?;
            if done.len() == before {
                return Err(Error::failed("io", format!("{} was changed while it was read", self.name)));
            }
        }
        Ok(())
    }

    fn read<T>(&mut self, read: impl FnOnce(&mut input::Source, &str) -> Result<T>) -> Result<T> {
        self.file.seek(SeekFrom::Start(0)).map_err(|error| io_error("read", Path::new(&self.name), error))?;
        let file = self.file.try_clone().map_err(|error| io_error("read", Path::new(&self.name), error))?;
        let meter = Rc::new(Meter::default());
        let mut source = input::Source::new(Metered::new(file, meter.clone()), meter, &self.name)?;
        read(&mut source, &self.name)
    }
}
