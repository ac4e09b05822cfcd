//! Items that are written together.

use super::references::Known;
use super::{Counts, conversations, items, tickets};
use crate::domain::document::{Company, Contact, Conversation, Deal, Ticket};
use crate::error::{Error, Result};
use crate::store::load::RefKind;
use crate::store::{Mode, Store, Turn, Tx};

/// The items of one section that are written in one transaction.
#[derive(Default)]
pub enum Batch {
    #[default]
    None,
    Companies(Vec<Company>),
    Contacts(Vec<Contact>),
    Deals(Vec<Deal>),
    Tickets(Vec<Ticket>),
    Conversations(Vec<Conversation>),
}

impl Batch {
    pub fn len(&self) -> usize {
        match self {
            Batch::None => 0,
            Batch::Companies(docs) => docs.len(),
            Batch::Contacts(docs) => docs.len(),
            Batch::Deals(docs) => docs.len(),
            Batch::Tickets(docs) => docs.len(),
            Batch::Conversations(docs) => docs.len(),
        }
    }

    /// One transaction. `first` is the position of the batch's first item in its section.
    pub fn write(&self, store: &mut Store, known: &Known, first: usize, counts: &mut Counts) -> Result<()> {
        let mut tx = store.tx(Mode::Write(Turn::Bulk))?;
        let (mut rows, mut written) = (conversations::Rows::default(), Counts::default());
        let result = match self {
            Batch::None => Ok(()),
            Batch::Companies(docs) => items::write_companies(&mut tx, first, docs),
            Batch::Contacts(docs) => {
                written.contacts = docs.len() as u64;
                items::write_contacts(&mut tx, known, first, docs).map(|kept| written.kept_as_text = kept)
            }
            Batch::Deals(docs) => tickets::write_deals(&mut tx, known, first, docs),
            Batch::Tickets(docs) => {
                written.tickets = docs.len() as u64;
                tickets::write_tickets(&mut tx, known, first, docs)
            }
            Batch::Conversations(docs) => {
                rows = conversations::prepare(&mut tx, known, first, docs)?;
                (written.conversations, written.messages) = (docs.len() as u64, rows.message_count());
                conversations::write(&mut tx, docs, &rows)
            }
        };
        if let Err(error) = result {
            drop(tx);
            let conflict = error.code() == "conflict";
            let found = if conflict { self.explain_conflict(&mut store.write()?, first, &rows)? } else { None };
            return Err(found.unwrap_or(error));
        }
        tx.commit()?;
        counts.contacts += written.contacts;
        counts.kept_as_text += written.kept_as_text;
        counts.tickets += written.tickets;
        counts.conversations += written.conversations;
        counts.messages += written.messages;
        Ok(())
    }

    fn explain_conflict(&self, tx: &mut Tx<'_>, first: usize, rows: &conversations::Rows) -> Result<Option<Error>> {
        match self {
            Batch::None => Ok(None),
            Batch::Companies(docs) => items::duplicate_id(tx, "companies", RefKind::Company, first, docs.iter().map(|doc| &doc.id)),
            Batch::Contacts(docs) => items::duplicate_id(tx, "contacts", RefKind::Contact, first, docs.iter().map(|doc| &doc.id)),
            Batch::Deals(docs) => items::duplicate_id(tx, "deals", RefKind::Deal, first, docs.iter().map(|doc| &doc.id)),
            Batch::Tickets(docs) => items::duplicate_id(tx, "tickets", RefKind::Ticket, first, docs.iter().map(|doc| &doc.id)),
            Batch::Conversations(docs) => conversations::explain_conflict(tx, first, docs, rows),
        }
    }
}
