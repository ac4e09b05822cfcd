//! Whole accounts in and out of a store, streaming: `seed`, `init` and `export account`.
//!
//! A producer (a file, a profile, the generator) pushes a document item by item into the `Loader`,
//! which writes batch after batch; [`export_account`] writes the same document back from one snapshot.

mod attachments;
mod batch;
mod conversations;
pub mod document_reader;
mod duplicates;
mod export;
mod export_conversations;
mod export_tickets;
mod items;
mod loader;
mod loading;
mod place;
mod ranks;
mod references;
mod sla;
mod structure;
mod tickets;

use serde::{Deserialize, Serialize};

use crate::domain::time::Time;

pub use document_reader::DocumentFile;
pub use export::{Exported, export_account};
pub use loading::{Control, Existing, Load, Outcome, Present, load, present, rehearse};

/// The largest attachment that is taken, in bytes.
pub const LARGEST_ATTACHMENT: usize = 25_000_000;

/// The largest item that is read from a file, in bytes.
pub const LARGEST_ITEM: u64 = 256 * 1024 * 1024;

/// How much of a document was written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Counts {
    pub conversations: u64,
    pub messages: u64,
    pub tickets: u64,
    pub contacts: u64,
    pub channels: u64,
    pub users: u64,
    /// Of the contacts' addresses and numbers those that are none, kept as `other_address` (E4).
    #[serde(default, skip_serializing_if = "is_zero")]
    pub kept_as_text: u64,
    /// The document's own clock, where it is ahead of the store's (E1).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub as_of: Option<Time>,
}

fn is_zero(count: &u64) -> bool {
    *count == 0
}
