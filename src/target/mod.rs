//! Where operations are carried: an embedded or PostgreSQL store, or a deskctl server, which carries them to its own.

mod address;
pub mod doctor;
mod server;
pub mod upkeep;

use std::sync::Arc;
use std::sync::atomic::AtomicBool;

pub use crate::ops::Local;
pub use address::{Address, FORMS, ServerUrl};
pub use server::Server;

use crate::error::Result;
use crate::ops::{Answer, Call, Operation, Stream};

/// An open target.
pub enum Target {
    Store(Box<Local>),
    Server(Box<Server>),
}

impl Target {
    pub fn run<O: Operation>(&mut self, operation: O, call: &Call) -> Result<Answer<O::Output>> {
        match self {
            Target::Store(local) => local.run(operation, call),
            Target::Server(server) => server.run(operation, call),
        }
    }

    /// Gives out a stream's items one by one. Setting `stop` ends it at its next safe point.
    pub fn stream<S: Stream>(
        &mut self,
        stream: S,
        call: &Call,
        stop: &Arc<AtomicBool>,
        emit: &mut dyn FnMut(S::Item) -> Result<()>,
    ) -> Result<Answer<S::End>> {
        match self {
            Target::Store(local) => local.stream(stream, call, stop, emit),
            Target::Server(server) => server.stream(stream, call, stop, emit),
        }
    }
}
