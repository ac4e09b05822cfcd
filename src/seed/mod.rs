//! Accounts to start from: the `acme` profile and generated ones of any size, as pure data.
//!
//! A producer pushes an account document item by item into a [`Sink`], in the order of
//! [`SECTIONS`](crate::domain::document::SECTIONS); the store's loader and the JSON writer are sinks. Nothing here
//! reads a file or a clock, and the same arguments give the same document for ever.

mod generator;
mod profile;
mod random;
#[cfg(test)]
mod tests;

pub use generator::generate;
pub use profile::{PROFILES, profile};

use crate::domain::document::{
    Account, BotConditionDoc, Channel, Company, Contact, Conversation, Deal, Document, Inbox, Pipeline, Property, Sla, Team, Ticket, User,
    VERSION,
};
use crate::error::Result;

/// Receives a document in the order of [`SECTIONS`](crate::domain::document::SECTIONS).
pub trait Sink {
    fn account(&mut self, account: Account) -> Result<()>;
    fn team(&mut self, team: Team) -> Result<()>;
    fn user(&mut self, user: User) -> Result<()>;
    fn pipeline(&mut self, pipeline: Pipeline) -> Result<()>;
    fn inbox(&mut self, inbox: Inbox) -> Result<()>;
    /// Called at most once; without a call the default conditions hold.
    fn bot_conditions(&mut self, conditions: Vec<BotConditionDoc>) -> Result<()>;
    fn channel(&mut self, channel: Channel) -> Result<()>;
    /// Called at most once.
    fn sla(&mut self, sla: Sla) -> Result<()>;
    fn property(&mut self, property: Property) -> Result<()>;
    fn company(&mut self, company: Company) -> Result<()>;
    fn contact(&mut self, contact: Contact) -> Result<()>;
    fn deal(&mut self, deal: Deal) -> Result<()>;
    fn ticket(&mut self, ticket: Ticket) -> Result<()>;
    fn conversation(&mut self, conversation: Conversation) -> Result<()>;
}

/// Pushes a document that is already in memory.
pub fn feed(document: Document, sink: &mut dyn Sink) -> Result<()> {
    sink.account(document.account)?;
    document.teams.into_iter().try_for_each(|team| sink.team(team))?;
    document.users.into_iter().try_for_each(|user| sink.user(user))?;
    document.pipelines.into_iter().try_for_each(|pipeline| sink.pipeline(pipeline))?;
    document.inboxes.into_iter().try_for_each(|inbox| sink.inbox(inbox))?;
    if let Some(conditions) = document.bot_conditions {
        sink.bot_conditions(conditions)?;
    }
    document.channels.into_iter().try_for_each(|channel| sink.channel(channel))?;
    if let Some(sla) = document.sla {
        sink.sla(sla)?;
    }
    document.properties.into_iter().try_for_each(|property| sink.property(property))?;
    document.companies.into_iter().try_for_each(|company| sink.company(company))?;
    document.contacts.into_iter().try_for_each(|contact| sink.contact(contact))?;
    document.deals.into_iter().try_for_each(|deal| sink.deal(deal))?;
    document.tickets.into_iter().try_for_each(|ticket| sink.ticket(ticket))?;
    document.conversations.into_iter().try_for_each(|conversation| sink.conversation(conversation))
}

/// Collects a document in memory: for small accounts.
impl Sink for Document {
    fn account(&mut self, account: Account) -> Result<()> {
        self.deskctl_account = VERSION;
        self.account = account;
        Ok(())
    }
    fn team(&mut self, team: Team) -> Result<()> {
        self.teams.push(team);
        Ok(())
    }
    fn user(&mut self, user: User) -> Result<()> {
        self.users.push(user);
        Ok(())
    }
    fn pipeline(&mut self, pipeline: Pipeline) -> Result<()> {
        self.pipelines.push(pipeline);
        Ok(())
    }
    fn inbox(&mut self, inbox: Inbox) -> Result<()> {
        self.inboxes.push(inbox);
        Ok(())
    }
    fn bot_conditions(&mut self, conditions: Vec<BotConditionDoc>) -> Result<()> {
        self.bot_conditions = Some(conditions);
        Ok(())
    }
    fn channel(&mut self, channel: Channel) -> Result<()> {
        self.channels.push(channel);
        Ok(())
    }
    fn sla(&mut self, sla: Sla) -> Result<()> {
        self.sla = Some(sla);
        Ok(())
    }
    fn property(&mut self, property: Property) -> Result<()> {
        self.properties.push(property);
        Ok(())
    }
    fn company(&mut self, company: Company) -> Result<()> {
        self.companies.push(company);
        Ok(())
    }
    fn contact(&mut self, contact: Contact) -> Result<()> {
        self.contacts.push(contact);
        Ok(())
    }
    fn deal(&mut self, deal: Deal) -> Result<()> {
        self.deals.push(deal);
        Ok(())
    }
    fn ticket(&mut self, ticket: Ticket) -> Result<()> {
        self.tickets.push(ticket);
        Ok(())
    }
    fn conversation(&mut self, conversation: Conversation) -> Result<()> {
        self.conversations.push(conversation);
        Ok(())
    }
}
