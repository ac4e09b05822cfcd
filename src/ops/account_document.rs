//! The whole account as one document, in and out: too much for one operation.

use std::io::Write;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Call, Desk, Stream, call};
use crate::bulk::{self, Exported};
use crate::domain::time::Time;
use crate::domain::user::Permission;
use crate::error::{Error, Result, write_error};
use crate::store::{Location, Tx};

/// Gives out the account as one document, in pieces of text.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct Export {}

impl Stream for Export {
    const NAME: &'static str = "account.export";
    type Item = String;
    type End = Exported;

    fn needs(&self) -> Permission {
        Permission::SuperAdmin
    }

    fn run(self, desk: &mut Desk<'_>, emit: &mut dyn FnMut(String) -> Result<()>) -> Result<Exported> {
        let mut pieces = Pieces { emit, waiting: Vec::with_capacity(PIECE_BYTES), failure: None };
        let exported = bulk::export_account(&mut desk.tx, &mut pieces);
        // What the receiver said is more than that a write failed.
        if let Some(failure) = pieces.failure.take() {
            return Err(failure);
        }
        let exported = exported?;
        pieces.finish()?;
        Ok(exported)
    }
}

/// A piece is sent when it has grown to this many bytes.
const PIECE_BYTES: usize = 64 * 1024;

/// Gathers what is written into pieces of whole characters.
struct Pieces<'e> {
    emit: &'e mut dyn FnMut(String) -> Result<()>,
    waiting: Vec<u8>,
    failure: Option<Error>,
}

impl Pieces<'_> {
    fn send(&mut self) -> Result<()> {
        let whole = match std::str::from_utf8(&self.waiting) {
            Ok(text) => text.len(),
            Err(error) => error.valid_up_to(),
        };
        let rest = self.waiting.split_off(whole);
        let piece = String::from_utf8(std::mem::replace(&mut self.waiting, rest)).map_err(Error::unexpected)?;
        (self.emit)(piece)
    }

    fn finish(&mut self) -> Result<()> {
        if self.waiting.is_empty() { Ok(()) } else { self.send() }
    }
}

impl Write for Pieces<'_> {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.waiting.extend_from_slice(bytes);
        if self.waiting.len() >= PIECE_BYTES
            && let Err(error) = self.send()
        {
            self.failure = Some(error);
            return Err(std::io::Error::other("the receiver is gone"));
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// Writes a piece where the document goes.
pub fn write_piece(out: &mut dyn Write, piece: &str) -> Result<()> {
    out.write_all(piece.as_bytes()).map_err(write_error)
}

/// Whoever replaces the account, if they may.
pub fn may_replace(tx: &mut Tx<'_>, location: &Location, call: &Call, now: Time) -> Result<String> {
    call::master(tx, location, call, now).map(|(actor, _)| actor)
}
