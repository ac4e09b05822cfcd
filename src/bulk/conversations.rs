//! Batches of conversations with their channels, messages and attachments.

use super::place::Place;
use super::references::{Known, KnownChannel, Looked};
use super::{attachments, duplicates, items};
use crate::domain::conversation::{self, Answers, Attachment, Body, Digest, Direction, Message};
use crate::domain::document::{self, Conversation};
use crate::domain::time::Time;
use crate::domain::{Id, message_id};
use crate::error::{Error, Result};
use crate::store::conversations::{ChannelSince, FurtherContact, by_thread};
use crate::store::history::{Change, Object};
use crate::store::load::RefKind;
use crate::store::mentions::Mention;
use crate::store::messages::{AttachmentRow, MessageRow, by_external_id};
use crate::store::tickets::Link;
use crate::store::{Tx, mail_ids};

/// The rows of a batch, in the order in which they are written.
#[derive(Default)]
pub struct Rows {
    conversations: Vec<conversation::Conversation>,
    channels: Vec<ChannelSince>,
    further: Vec<FurtherContact>,
    links: Vec<Link>,
    messages: Vec<MessageRow>,
    attachments: Vec<AttachmentRow>,
    history: Vec<Change>,
    mentions: Vec<Mention>,
}

/// What a batch of documents refers to, and the ids that its rows get.
struct Context<'k> {
    known: &'k Known,
    contacts: Looked,
    companies: Looked,
    tickets: Looked,
    channel_ids: std::vec::IntoIter<Id>,
    message_ids: std::vec::IntoIter<Id>,
}

/// Checks a batch and builds its rows; only the contents of attachments are written.
pub fn prepare(tx: &mut Tx<'_>, known: &Known, first: usize, docs: &[Conversation]) -> Result<Rows> {
    let channels = docs.iter().map(|doc| doc.channels.len()).sum();
    let messages = docs.iter().map(|doc| doc.messages.len()).sum();
    let mut context = Context {
        known,
        contacts: Looked::up(tx, RefKind::Contact, docs.iter().flat_map(|doc| &doc.contacts))?,
        companies: Looked::up(tx, RefKind::Company, docs.iter().filter_map(|doc| doc.company.as_ref()))?,
        tickets: Looked::up(tx, RefKind::Ticket, docs.iter().filter_map(|doc| doc.ticket.as_ref()))?,
        channel_ids: items::new_ids(tx, "conversation_channels", channels)?.into_iter(),
        message_ids: items::new_ids(tx, "messages", messages)?.into_iter(),
    };
    let mut rows = Rows::default();
    for ((index, doc), id) in (first..).zip(docs).zip(items::new_ids(tx, "conversations", docs.len())?) {
        let place = Place::new("conversations", index, &doc.id);
        context.add(tx, &place, doc, id, &mut rows)?;
    }
    Ok(rows)
}

/// Writes a batch.
pub fn write(tx: &mut Tx<'_>, docs: &[Conversation], rows: &Rows) -> Result<()> {
    let ids: Vec<Id> = rows.conversations.iter().map(|row| row.id).collect();
    tx.insert(&items::references(RefKind::Conversation, &ids, docs.iter().map(|doc| &doc.id)))?;
    tx.insert(&rows.conversations)?;
    tx.insert(&rows.channels)?;
    tx.insert(&rows.further)?;
    tx.insert(&rows.links)?;
    tx.insert(&rows.messages)?;
    mail_ids::note(tx, &rows.messages)?;
    tx.insert(&rows.attachments)?;
    tx.insert(&rows.history)?;
    tx.insert(&rows.mentions)
}

/// The error for a batch that was refused for something that must be unique; `tx` does not see the batch.
pub fn explain_conflict(tx: &mut Tx<'_>, first: usize, docs: &[Conversation], rows: &Rows) -> Result<Option<Error>> {
    let ids = docs.iter().map(|doc| &doc.id);
    if let Some(error) = items::duplicate_id(tx, "conversations", RefKind::Conversation, first, ids)? {
        return Ok(Some(error));
    }
    let place = |position: usize| Place::new("conversations", first + position, &docs[position].id);
    let threads = rows.conversations.iter().map(|row| (row.channel_id, row.thread_key.as_deref())).enumerate();
    let threads = threads.filter_map(|(position, (channel, thread))| Some((position, (channel, thread?))));
    let found = duplicates::first(tx, threads, |tx, (channel, thread)| Ok(by_thread(tx, *channel, thread)?.is_some()))?;
    if let Some((position, (_, thread))) = found {
        let what = format!("\"{thread}\" is that of an earlier conversation on the same channel");
        return Ok(Some(place(position).error("thread", what)));
    }
    let messages = rows.messages.iter().enumerate();
    let messages = messages.filter_map(|(position, row)| Some((position, (row.channel_id, row.body.external_id.as_deref()?))));
    let found = duplicates::first(tx, messages, |tx, (channel, id)| Ok(by_external_id(tx, *channel, id)?.is_some()))?;
    Ok(found.map(|(position, (_, external))| {
        let conversation_id = rows.messages[position].conversation_id;
        let start = rows.messages.partition_point(|row| row.conversation_id < conversation_id);
        let position_of_doc = rows.conversations.partition_point(|row| row.id < conversation_id);
        let what = format!("\"{external}\" is that of an earlier message on the same channel");
        place(position_of_doc).error(&format!("messages[{}].external_id", position - start), what)
    }))
}

/// A channel that the conversation was on, by the document's own id and as rows.
struct Stay<'d> {
    reference: &'d str,
    channel: KnownChannel,
    since: Time,
}

impl Context<'_> {
    fn add(&mut self, tx: &mut Tx<'_>, place: &Place<'_>, doc: &Conversation, id: Id, rows: &mut Rows) -> Result<()> {
        place.name("id", &doc.id)?;
        place.times(&[("started_at", doc.started_at), ("closed_at", doc.closed_at)], self.known.clock)?;
        let stays = self.stays(place, doc)?;
        let mut row = self.row(place, doc, id, &stays)?;
        let (contact_id, further) = self.contacts.first_and_further(place, "contacts", &doc.contacts)?;
        row.contact_id = contact_id;
        let ticket = self.tickets.optional(place, "ticket", doc.ticket.as_ref())?;
        rows.links.extend(ticket.map(|ticket_id| Link { conversation_id: id, ticket_id }));
        rows.further.extend(further.into_iter().map(|contact_id| FurtherContact { conversation_id: id, contact_id }));
        for (stay, row_id) in stays.iter().zip(self.channel_ids.by_ref()) {
            rows.channels.push(ChannelSince { id: row_id, conversation_id: id, channel_id: stay.channel.id, since: stay.since });
        }
        row.last_message_at = Time(i64::MIN);
        let (first_message, mut in_order) = (rows.messages.len(), true);
        for (index, message) in doc.messages.iter().enumerate() {
            let field = format!("messages[{index}]");
            let attachments = attachments::store(tx, place, &field, &message.attachments)?;
            let message_row = self.message(place, &field, message, id, &stays, &attachments)?;
            in_order &= row.absorb(&message_row);
            rows.attachments.extend((0..).zip(attachments).map(|(position, attachment)| AttachmentRow {
                message_id: message_row.id,
                position,
                attachment,
            }));
            self.mentions(place, &field, message, (ticket, message_row.id), &mut rows.mentions)?;
            rows.messages.push(message_row);
        }
        if !in_order {
            row.answers = Answers::of(rows.messages[first_message..].iter().map(MessageRow::line));
        }
        if row.last_message_at == Time(i64::MIN) {
            row.last_message_at = row.started_at;
        }
        rows.history.extend(lies_elsewhere(&row, &stays));
        rows.conversations.push(row);
        Ok(())
    }

    /// H12: whom a comment names.
    fn mentions(
        &self,
        place: &Place<'_>,
        field: &str,
        doc: &document::Message,
        (ticket, message_id): (Option<Id>, Id),
        rows: &mut Vec<Mention>,
    ) -> Result<()> {
        if doc.mentions.is_empty() {
            return Ok(());
        }
        let field = format!("{field}.mentions");
        let ticket_id = ticket.ok_or_else(|| place.error(&field, "the conversation has no ticket"))?;
        place.once_each(&field, &doc.mentions)?;
        for user in &doc.mentions {
            rows.push(Mention { ticket_id, user_id: self.known.user(place, &field, user)?, message_id, at: doc.at });
        }
        Ok(())
    }

    fn stays<'d>(&self, place: &Place<'_>, doc: &'d Conversation) -> Result<Vec<Stay<'d>>> {
        if doc.channels.is_empty() {
            return Err(place.error("channels", "is empty: a conversation is on a channel"));
        }
        let stay = |(index, entry): (usize, &'d document::ChannelSince)| {
            let channel = self.known.channels.get(&entry.channel).copied();
            let channel = channel.ok_or_else(|| place.unknown(&format!("channels[{index}].channel"), "channel", &entry.channel))?;
            place.time(&format!("channels[{index}].since"), Some(entry.since), self.known.clock)?;
            Ok(Stay { reference: &entry.channel, channel, since: entry.since })
        };
        doc.channels.iter().enumerate().map(stay).collect()
    }

    /// The conversation but for what its messages and contacts add.
    fn row(&self, place: &Place<'_>, doc: &Conversation, id: Id, stays: &[Stay<'_>]) -> Result<conversation::Conversation> {
        // M21: the newest by time; of two at the same time, the one that is listed later.
        let newest = stays.iter().max_by_key(|stay| stay.since);
        let newest = newest.map(|stay| stay.channel).ok_or_else(|| place.error("channels", "is empty"))?;
        let inbox_id = doc.inbox.as_ref().map(|inbox| self.known.inbox(place, "inbox", inbox)).transpose()?;
        let first = stays.iter().map(|stay| stay.since).min().unwrap_or_default();
        let started_at = doc.started_at.unwrap_or(first);
        Ok(conversation::Conversation {
            id,
            channel_id: newest.id,
            inbox_id: inbox_id.unwrap_or(newest.inbox),
            status: doc.status,
            spam: doc.spam,
            owner_id: doc.owner.as_ref().map(|owner| self.known.user(place, "owner", owner)).transpose()?,
            subject: doc.subject.clone(),
            contact_id: None,
            company_id: self.companies.optional(place, "company", doc.company.as_ref())?,
            thread_key: doc.thread.clone(),
            started_at,
            closed_at: doc.closed_at,
            last_message_at: started_at,
            last_direction: Direction::Incoming,
            message_count: 0,
            digest: Digest::default(),
            answers: Answers::default(),
        })
    }

    fn message(
        &mut self,
        place: &Place<'_>,
        field: &str,
        doc: &document::Message,
        conversation_id: Id,
        stays: &[Stay<'_>],
        attachments: &[Attachment],
    ) -> Result<MessageRow> {
        if doc.at.is_ahead_of(self.known.clock) {
            place.time(&format!("{field}.at"), Some(doc.at), self.known.clock)?;
        }
        let channel_id = match &doc.channel {
            None => channel_at(stays, doc.at),
            Some(reference) => stays.iter().find(|stay| stay.reference == reference).map(|stay| stay.channel.id),
        };
        let channel_id = channel_id.ok_or_else(|| {
            let reference = doc.channel.as_deref().unwrap_or_default();
            let field = format!("{field}.channel");
            match self.known.channel(place, &field, reference) {
                Ok(_) => place.error(&field, format!("the conversation was never on channel \"{reference}\"")),
                Err(unknown) => unknown,
            }
        })?;
        let id = self.message_ids.next().ok_or_else(|| Error::failed("store", "the store gave too few new ids"))?;
        let message = Message {
            id,
            conversation_id,
            channel_id,
            direction: doc.direction,
            author: doc.author.clone(),
            at: doc.at,
            by_bot: self.by_bot(place, field, doc, channel_id)?,
            body: Body {
                message_id: doc.body.message_id.as_deref().and_then(message_id::own),
                references: message_id::kept(&doc.body.references),
                ..doc.body.clone()
            },
        };
        Ok(MessageRow::new(message, attachments))
    }

    /// Whether a bot wrote it: as the document says; where it says nothing, the author tells.
    fn by_bot(&self, place: &Place<'_>, field: &str, doc: &document::Message, channel: Id) -> Result<bool> {
        match (doc.direction, doc.bot) {
            (Direction::Outgoing, Some(said)) => Ok(said),
            (Direction::Outgoing, None) => Ok(self.known.is_bot(channel, &doc.author)),
            (_, Some(true)) => Err(place.error(&format!("{field}.bot"), "a bot writes outgoing messages only")),
            (_, _) => Ok(false),
        }
    }
}

/// H11: a conversation that was moved by hand lies in another inbox than its channel. The document does not say since when;
/// the history has to say that it does, or a verification takes it for a stray.
fn lies_elsewhere(row: &conversation::Conversation, stays: &[Stay<'_>]) -> Option<Change> {
    let channel = stays.iter().find(|stay| stay.channel.id == row.channel_id)?.channel;
    (row.inbox_id != channel.inbox).then(|| Change {
        object: Object::Conversation,
        object_id: row.id,
        position: 1,
        at: row.started_at,
        actor_id: None,
        property: "inbox".into(),
        old_value: Some(channel.inbox.to_string()),
        new_value: Some(row.inbox_id.to_string()),
        run_id: None,
    })
}

/// The channel that the conversation was on then; before all of them, the first.
fn channel_at(stays: &[Stay<'_>], at: Time) -> Option<Id> {
    let then = stays.iter().filter(|stay| stay.since <= at).max_by_key(|stay| stay.since);
    then.or_else(|| stays.iter().min_by_key(|stay| stay.since)).map(|stay| stay.channel.id)
}

impl Rows {
    pub fn message_count(&self) -> u64 {
        self.messages.len() as u64
    }
}

/// About how many bytes a conversation holds, so that a batch stays small.
pub fn weight(doc: &Conversation) -> usize {
    let message = |message: &document::Message| {
        let attachments: usize = message.attachments.iter().map(|attachment| attachment.content_base64.len()).sum();
        message.body.text.len() + message.body.html.as_ref().map_or(0, String::len) + attachments + 300
    };
    400 + doc.messages.iter().map(message).sum::<usize>()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stay(id: Id, since: i64) -> Stay<'static> {
        Stay { reference: "", channel: KnownChannel { id, inbox: 1 }, since: Time(since) }
    }

    #[test]
    fn m21_a_message_belongs_to_the_channel_of_its_time() {
        let stays = [stay(1, 20), stay(2, 10), stay(3, 20)];
        assert_eq!(channel_at(&stays, Time(5)), Some(2), "before all of them: the first");
        assert_eq!(channel_at(&stays, Time(15)), Some(2));
        assert_eq!(channel_at(&stays, Time(20)), Some(3), "of two at the same time, the one that is listed later");
    }
}
