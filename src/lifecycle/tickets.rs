//! Tickets that are made, changed, tied to contacts and deals, merged, deleted, brought back.

use super::Writer;
use crate::domain::Id;
use crate::domain::event::{Change, Difference, What};
use crate::domain::property::{CustomProperty, PropertyValue};
use crate::domain::ticket::Ticket;
use crate::error::Result;
use crate::store;
use crate::store::deals::TicketDeal;
use crate::store::deleted::Gone;
use crate::store::tickets::{FurtherContact, Link};

impl Writer<'_, '_> {
    /// Makes a ticket; one that is made for a conversation takes its contacts and becomes its ticket.
    pub fn create_ticket(&mut self, ticket: &Ticket) -> Result<()> {
        self.tx.insert(std::slice::from_ref(ticket))?;
        let mut happened = vec![What::TicketCreated(Box::new(ticket.clone()))];
        if let Some(conversation) = ticket.made_for {
            store::tickets::take_contacts(self.tx, ticket.id, conversation)?;
            self.tx.insert(&[Link { conversation_id: conversation, ticket_id: ticket.id }])?;
            happened.push(What::ConversationTicket { conversation, before: None, after: Some(ticket.id) });
        }
        self.record(happened)
    }

    /// Writes a ticket where it differs.
    pub fn change_ticket(&mut self, before: &Ticket, after: &Ticket) -> Result<()> {
        if before == after {
            return Ok(());
        }
        self.tx.update(std::slice::from_ref(after))?;
        self.record([What::TicketChanged(Change::of(before, after))])
    }

    /// Gives a ticket these contacts, the first one first; the first one stands in the ticket itself, which the caller writes.
    /// Tells whether anything changed.
    pub fn set_contacts(&mut self, ticket: &mut Ticket, before: &[Id], after: &[Id]) -> Result<bool> {
        if before == after {
            return Ok(false);
        }
        ticket.contact_id = after.first().copied();
        let (old, new) = (before.get(1..).unwrap_or_default(), after.get(1..).unwrap_or_default());
        for id in missing(old, new) {
            store::tickets::remove_contact(self.tx, ticket.id, id)?;
        }
        let row = |contact_id| FurtherContact { ticket_id: ticket.id, contact_id };
        let rows: Vec<FurtherContact> = missing(new, old).into_iter().map(row).collect();
        self.tx.insert(&rows)?;
        let (removed, added) = (missing(before, after), missing(after, before));
        self.record([What::TicketContacts { ticket: ticket.id, removed, added }])?;
        Ok(true)
    }

    /// Parts a ticket from deals that it is tied to, and ties it to others.
    pub fn change_deals(&mut self, ticket: Id, removed: Vec<Id>, added: Vec<Id>) -> Result<()> {
        for deal in &removed {
            store::deals::unlink(self.tx, ticket, *deal)?;
        }
        let rows: Vec<TicketDeal> = added.iter().map(|deal| TicketDeal { ticket_id: ticket, deal_id: *deal }).collect();
        self.tx.insert(&rows)?;
        self.record([What::TicketDeals { ticket, removed, added }])
    }

    /// Gives a ticket another value of a custom property, or none.
    pub fn set_value(
        &mut self,
        ticket: &Ticket,
        property: &CustomProperty,
        before: Option<&PropertyValue>,
        after: Option<PropertyValue>,
    ) -> Result<()> {
        let text = |value: Option<&PropertyValue>| value.map(|value| property.text(value));
        let change = Difference::new(property.name.clone(), text(before), text(after.as_ref()));
        store::properties::set_value(self.tx, ticket, property.id, after)?;
        self.record([What::TicketValue { ticket: ticket.id, change }])
    }

    /// Deletes a ticket, which is held. Its conversations stay, without a ticket.
    pub fn delete_ticket(&mut self, ticket: Ticket) -> Result<Gone> {
        self.put_away(ticket, None)
    }

    /// Merges a ticket into another one, both held, which has taken over its properties already: the conversations follow.
    pub fn merge_ticket(&mut self, gone: Ticket, kept: &Ticket) -> Result<()> {
        store::mentions::hand_over(self.tx, gone.id, kept.id)?;
        self.record([What::TicketMerged { kept: Box::new(kept.clone()), gone: Box::new(gone.clone()) }])?;
        self.put_away(gone, Some(kept.id)).map(drop)
    }

    /// Takes a ticket out of the tickets: its conversations have none, or the one that it was merged into.
    fn put_away(&mut self, ticket: Ticket, merged_into: Option<Id>) -> Result<Gone> {
        let conversations = store::tickets::conversations_of(self.tx, ticket.id)?;
        let contacts = store::tickets::contacts_of(self.tx, &Ticket { contact_id: None, ..ticket.clone() })?;
        let deleted_by = self.actor.user().unwrap_or_default();
        let gone = Gone { ticket, deleted_at: self.at, deleted_by, merged_into, conversations, contacts };
        store::deleted::put_away(self.tx, &gone)?;
        let link = |conversation_id: &Id| merged_into.map(|ticket_id| Link { conversation_id: *conversation_id, ticket_id });
        let links: Vec<Link> = gone.conversations.iter().filter_map(link).collect();
        self.tx.insert(&links)?;
        let before = Some(gone.ticket.id);
        let parted = |conversation: &Id| What::ConversationTicket { conversation: *conversation, before, after: merged_into };
        let mut happened: Vec<What> = gone.conversations.iter().map(parted).collect();
        happened.push(What::TicketDeleted { ticket: Box::new(gone.ticket.clone()), merged_into });
        self.record(happened)?;
        Ok(gone)
    }

    /// Brings a deleted ticket back as it can be now, with these of its conversations.
    pub fn restore_ticket(&mut self, gone: &Gone, ticket: &Ticket, conversations: &[Id]) -> Result<()> {
        store::deleted::bring_back(self.tx, ticket, &gone.contacts)?;
        for conversation in conversations {
            self.link(*conversation, ticket.id)?;
        }
        self.record([What::TicketRestored { change: Change::of(&gone.ticket, ticket), since: gone.deleted_at }])
    }
}

/// Those of the first list that the second one lacks.
fn missing(here: &[Id], there: &[Id]) -> Vec<Id> {
    here.iter().copied().filter(|id| !there.contains(id)).collect()
}
