//! The largest section of an export: conversations with their messages, and attachments that never are in memory whole.

use std::collections::HashMap;
use std::io::Write;

use base64::engine::general_purpose::STANDARD;
use base64::write::EncoderWriter;

use super::LARGEST_ITEM;
use super::export::{Export, PAGE, grouped, text};
use crate::domain::Id;
use crate::domain::conversation::{Attachment, Conversation, Direction, Message};
use crate::domain::document;
use crate::error::{Error, Result, write_error};
use crate::store::conversations::ChannelSince;
use crate::store::{export, messages};

/// What hangs on the conversations of a page, by conversation (attachments by message).
struct Page {
    channels: HashMap<Id, Vec<ChannelSince>>,
    contacts: HashMap<Id, Vec<Id>>,
    tickets: HashMap<Id, Id>,
    messages: HashMap<Id, Vec<Message>>,
    attachments: HashMap<Id, Vec<Attachment>>,
    mentions: HashMap<Id, Vec<Id>>,
}

impl Export<'_, '_> {
    pub fn conversations(&mut self) -> Result<()> {
        self.out.begin("conversations")?;
        let (mut after, mut number) = (0, 0);
        loop {
            let conversations = export::conversations(self.tx, after, PAGE)?;
            let (Some(first), Some(last)) = (conversations.first(), conversations.last()) else { break };
            let mut page = self.page(first.id, last.id)?;
            for conversation in &conversations {
                number += 1;
                self.conversation(&format!("c{number}"), conversation, &mut page)?;
            }
            after = last.id;
        }
        self.out.end()
    }

    fn page(&mut self, from: Id, to: Id) -> Result<Page> {
        let channels = export::conversation_channels(self.tx, from, to)?;
        let messages = export::messages(self.tx, from, to)?;
        Ok(Page {
            channels: grouped(channels.into_iter().map(|row| (row.conversation_id, row)).collect()),
            contacts: grouped(export::conversation_contacts(self.tx, from, to)?),
            tickets: export::conversation_tickets(self.tx, from, to)?.into_iter().collect(),
            messages: grouped(messages.into_iter().map(|row| (row.conversation_id, row)).collect()),
            attachments: grouped(export::attachments(self.tx, from, to)?),
            mentions: grouped(export::mentions(self.tx, from, to)?),
        })
    }

    fn conversation(&mut self, id: &str, row: &Conversation, page: &mut Page) -> Result<()> {
        let before = self.out.written;
        let doc = self.document(id, row, page)?;
        self.out.next_item()?;
        self.out.put(open_end(&text(&doc)?, "]}")?)?;
        let messages = page.messages.remove(&row.id).unwrap_or_default();
        self.exported.counts.messages += messages.len() as u64;
        for (index, message) in messages.into_iter().enumerate() {
            let attachments = page.attachments.remove(&message.id).unwrap_or_default();
            self.out.put(if index == 0 { "" } else { "," })?;
            let mentions = page.mentions.remove(&message.id).unwrap_or_default();
            self.message(message, &attachments, &mentions)?;
        }
        self.out.put("]}")?;
        self.exported.counts.conversations += 1;
        if self.out.written - before > LARGEST_ITEM {
            let notice = format!("conversation {} is larger than {} MB: seed will not read it", row.id, LARGEST_ITEM / 1024 / 1024);
            self.exported.notices.push(notice);
        }
        Ok(())
    }

    /// The conversation without its messages, which stand last.
    fn document(&self, id: &str, row: &Conversation, page: &mut Page) -> Result<document::Conversation> {
        let channels = page.channels.remove(&row.id).unwrap_or_default();
        let channel = |stay: &ChannelSince| Ok(document::ChannelSince { channel: self.names.channel(stay.channel_id)?, since: stay.since });
        Ok(document::Conversation {
            id: id.to_owned(),
            channels: channels.iter().map(channel).collect::<Result<_>>()?,
            inbox: Some(self.names.inbox(row.inbox_id)?),
            status: row.status,
            spam: row.spam,
            owner: row.owner_id.map(|owner| self.names.user(owner)).transpose()?,
            subject: row.subject.clone(),
            contacts: self.contact_list(row.contact_id, page.contacts.get(&row.id).map_or(&[], Vec::as_slice))?,
            company: row.company_id.map(|company| self.company(company)).transpose()?,
            thread: row.thread_key.clone(),
            started_at: Some(row.started_at),
            closed_at: row.closed_at,
            ticket: page.tickets.get(&row.id).map(|ticket| self.ticket_id(*ticket)).transpose()?,
            messages: Vec::new(),
        })
    }

    fn message(&mut self, message: Message, attachments: &[Attachment], mentions: &[Id]) -> Result<()> {
        // Said only where the author does not tell it: a bot may have been renamed since, or a channel. So what is loaded again
        // without it gets the same, and is exported without it too.
        let told = message.direction == Direction::Outgoing && self.names.is_bot(message.channel_id, &message.author);
        let doc = document::Message {
            direction: message.direction,
            author: message.author,
            at: message.at,
            bot: (message.by_bot != told).then_some(message.by_bot),
            channel: Some(self.names.channel(message.channel_id)?),
            body: message.body,
            mentions: mentions.iter().map(|user| self.names.user(*user)).collect::<Result<_>>()?,
            attachments: Vec::new(),
        };
        let doc = text(&doc)?;
        if attachments.is_empty() {
            return self.out.put(&doc);
        }
        self.out.put(open_end(&doc, "}")?)?;
        for (index, attachment) in attachments.iter().enumerate() {
            self.out.put(if index == 0 { ",\"attachments\":[" } else { "," })?;
            self.attachment(attachment)?;
        }
        self.out.put("]}")
    }

    fn attachment(&mut self, attachment: &Attachment) -> Result<()> {
        let doc = document::Attachment {
            name: attachment.name.clone(),
            content_type: attachment.content_type.clone(),
            content_base64: String::new(),
        };
        self.out.put(open_end(&text(&doc)?, "\"}")?)?;
        let mut encoder = EncoderWriter::new(&mut self.out, &STANDARD);
        messages::blob_pieces(self.tx, &attachment.digest, |piece| encoder.write_all(piece).map_err(write_error))?;
        encoder.finish().map_err(write_error)?;
        drop(encoder);
        self.out.put("\"}")
    }
}

/// An item's text without its end, to go on with what is too large to be built in memory.
fn open_end<'t>(text: &'t str, end: &str) -> Result<&'t str> {
    text.strip_suffix(end).ok_or_else(|| Error::failed("unexpected", format!("an exported item does not end with {end}")))
}
