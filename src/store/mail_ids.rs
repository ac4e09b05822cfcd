//! Which conversation a Message-ID leads to, on a channel (E2, E3).

use std::collections::BTreeMap;

use super::messages::MessageRow;
use super::{Row, Tx};
use crate::args;
use crate::domain::Id;
use crate::domain::message_id;
use crate::error::Result;

/// Stands for the mail where nobody has seen it: others refer to it.
const UNSEEN: Id = 0;

/// A Message-ID on a channel.
struct MailId {
    channel_id: Id,
    mail_id: String,
    message_id: Id,
    conversation_id: Id,
}

crate::record!(m: MailId => "mail_ids" [3] {
    channel_id: Int = m.channel_id,
    mail_id: Text = m.mail_id,
    message_id: Int = m.message_id,
    conversation_id: Int = m.conversation_id,
});

/// Rows to be written together: of several for the same id, the last.
#[derive(Default)]
struct Rows(BTreeMap<(Id, String, Id), Id>);

impl Rows {
    fn add(&mut self, channel: Id, conversation: Id, message: Id, own: Option<&str>, references: &[String]) {
        if let Some(own) = own.and_then(message_id::own) {
            self.0.insert((channel, own, message), conversation);
        }
        for reference in message_id::all_of(references) {
            self.0.insert((channel, reference, UNSEEN), conversation);
        }
    }

    fn write(self, tx: &mut Tx<'_>) -> Result<()> {
        let row = |((channel_id, mail_id, message_id), conversation_id)| MailId { channel_id, mail_id, message_id, conversation_id };
        let rows: Vec<MailId> = self.0.into_iter().map(row).collect();
        if rows.is_empty() { Ok(()) } else { tx.put(&rows) }
    }
}

/// Notes the ids of messages that are being stored.
pub fn note<'m>(tx: &mut Tx<'_>, messages: impl IntoIterator<Item = &'m MessageRow>) -> Result<()> {
    let mut rows = Rows::default();
    for message in messages {
        let body = &message.body;
        rows.add(message.channel_id, message.conversation_id, message.id, body.message_id.as_deref(), &body.references);
    }
    rows.write(tx)
}

/// The conversation that holds the mail of this id, the newest where it came twice; else the one that last referred to it.
pub fn conversation(tx: &mut Tx<'_>, channel: Id, mail_id: &str) -> Result<Option<Id>> {
    tx.optional(
        "SELECT conversation_id FROM mail_ids WHERE channel_id = $1 AND mail_id = $2 ORDER BY message_id DESC LIMIT 1",
        args![channel, mail_id],
        |row| row.get(),
    )
}

/// A mail with a given id.
pub struct Bearer {
    pub message: Id,
    pub conversation: Id,
    pub text: String,
}

/// The mails with this id on a channel, oldest first.
pub fn bearers(tx: &mut Tx<'_>, channel: Id, mail_id: &str) -> Result<Vec<Bearer>> {
    tx.query(
        "SELECT m.id, m.conversation_id, m.text FROM mail_ids i JOIN messages m ON m.id = i.message_id \
         WHERE i.channel_id = $1 AND i.mail_id = $2 ORDER BY m.id",
        args![channel, mail_id],
        |row| Ok(Bearer { message: row.get()?, conversation: row.get()?, text: row.get()? }),
    )
}

/// Reads the ids of all messages of an older store.
pub fn fill(tx: &mut Tx<'_>) -> Result<()> {
    const PAGE: i64 = 5_000;
    const SQL: &str = "SELECT id, channel_id, conversation_id, message_id, reference_ids FROM messages \
         WHERE id > $1 AND (message_id IS NOT NULL OR reference_ids IS NOT NULL) ORDER BY id LIMIT $2";
    let mut after = 0;
    loop {
        let (mut rows, before) = (Rows::default(), after);
        tx.each(SQL, args![before, PAGE], |row: &mut Row<'_>| {
            after = row.get()?;
            let (channel, conversation): (Id, Id) = (row.get()?, row.get()?);
            let (own, references): (Option<&str>, Option<&str>) = (row.get()?, row.get()?);
            let references: Vec<String> = references.and_then(|list| serde_json::from_str(list).ok()).unwrap_or_default();
            rows.add(channel, conversation, after, own, &references);
            Ok(())
        })?;
        if after == before {
            return Ok(());
        }
        rows.write(tx)?;
    }
}
