//! The sink that believes nothing.

use std::collections::{HashMap, HashSet};

use crate::domain::channel::Settings;
use crate::domain::conversation::Status;
use crate::domain::document::{
    Account, BotConditionDoc, Channel, Company, Contact, Conversation, Deal, Inbox, InboxKind, Pipeline, Property, Ref, SECTIONS, Sla,
    Team, Ticket, User,
};
use crate::domain::pipeline::StageState;
use crate::domain::time::Time;
use crate::error::Result;
use crate::seed::Sink;

/// A sink that keeps only ids: it fails on a wrong order, an id given twice, and a reference to what has not come before.
#[derive(Default)]
pub struct Checker {
    section: usize,
    ids: HashMap<&'static str, HashSet<Ref>>,
    threads: HashSet<(Ref, String)>,
    external_ids: HashSet<(Ref, String)>,
    pub messages: usize,
}

impl Checker {
    fn enter(&mut self, section: &str) {
        let section = SECTIONS.iter().position(|name| *name == section).expect("a section");
        assert!(section >= self.section, "{} came after {}", SECTIONS[section], SECTIONS[self.section]);
        self.section = section;
    }

    fn new_id(&mut self, list: &'static str, id: &str) {
        assert!(self.ids.entry(list).or_default().insert(id.to_owned()), "{list}: {id} came twice");
    }

    fn item(&mut self, section: &'static str, id: &str) {
        self.enter(section);
        self.new_id(section, id);
    }

    fn refer<'a>(&self, list: &str, ids: impl IntoIterator<Item = &'a Ref>) {
        for id in ids {
            assert!(self.ids.get(list).is_some_and(|known| known.contains(id)), "there is no {id} in {list}");
        }
    }

    pub fn count(&self, list: &str) -> usize {
        self.ids.get(list).map_or(0, HashSet::len)
    }

    fn settings(&self, settings: &Settings<Ref>) {
        self.refer("users", &settings.routing.users);
        self.refer("teams", &settings.routing.teams);
        self.refer("stages", &settings.ticket_creation.stage);
    }

    fn messages(&mut self, conversation: &Conversation) {
        assert!(!conversation.messages.is_empty(), "{} has no messages", conversation.id);
        assert!(conversation.messages.is_sorted_by_key(|message| message.at), "{} is out of order", conversation.id);
        for message in &conversation.messages {
            self.messages += 1;
            assert!(!message.body.text.is_empty() && !message.author.is_empty(), "{}", conversation.id);
            self.refer("channels", &message.channel);
            let channel = message.channel.clone().unwrap_or_else(|| channel_at(conversation, message.at));
            if let Some(id) = &message.body.external_id {
                assert!(self.external_ids.insert((channel, id.clone())), "{id} is not unique");
            }
            assert!(
                message.at >= started(conversation) && message.at <= END.parse().expect("a time"),
                "{}: {}",
                conversation.id,
                message.at
            );
        }
    }
}

const END: &str = "2026-10-31T00:00:00Z";

pub fn started(conversation: &Conversation) -> Time {
    conversation.started_at.unwrap_or_else(|| conversation.channels.iter().map(|channel| channel.since).min().expect("a channel"))
}

pub fn channel_at(conversation: &Conversation, at: Time) -> Ref {
    let here = conversation.channels.iter().filter(|channel| channel.since <= at).max_by_key(|channel| channel.since);
    here.expect("a channel from the first message on").channel.clone()
}

/// M21: by time, not by the order in which it is stored.
pub fn newest_channel(conversation: &Conversation) -> &Ref {
    &conversation.channels.iter().max_by_key(|channel| channel.since).expect("a channel").channel
}

impl Sink for Checker {
    fn account(&mut self, account: Account) -> Result<()> {
        self.enter("account");
        assert_eq!(account.time_zone, "Europe/Warsaw");
        Ok(())
    }
    fn team(&mut self, team: Team) -> Result<()> {
        self.item("teams", &team.id);
        Ok(())
    }
    fn user(&mut self, user: User) -> Result<()> {
        self.item("users", &user.id);
        self.new_id("emails", &user.email);
        self.refer("teams", user.team.iter().chain(&user.more_teams));
        Ok(())
    }
    fn pipeline(&mut self, pipeline: Pipeline) -> Result<()> {
        self.item("pipelines", &pipeline.id);
        for state in [StageState::Open, StageState::Closed] {
            assert!(pipeline.stages.iter().any(|stage| stage.state == state));
        }
        pipeline.stages.iter().for_each(|stage| self.new_id("stages", &stage.id));
        Ok(())
    }
    fn inbox(&mut self, inbox: Inbox) -> Result<()> {
        self.item("inboxes", &inbox.id);
        if inbox.kind == InboxKind::HelpDesk {
            self.new_id("help desks", "the one");
        }
        Ok(())
    }
    fn bot_conditions(&mut self, _: Vec<BotConditionDoc>) -> Result<()> {
        self.item("bot_conditions", "at most once");
        Ok(())
    }
    fn channel(&mut self, channel: Channel) -> Result<()> {
        self.item("channels", &channel.id);
        self.new_id("addresses", &channel.address);
        self.refer("inboxes", [&channel.inbox]);
        self.settings(&channel.settings);
        Ok(())
    }
    fn sla(&mut self, _: Sla) -> Result<()> {
        self.item("sla", "at most once");
        Ok(())
    }
    fn property(&mut self, property: Property) -> Result<()> {
        self.item("properties", &property.name);
        Ok(())
    }
    fn company(&mut self, company: Company) -> Result<()> {
        self.item("companies", &company.id);
        Ok(())
    }
    fn contact(&mut self, contact: Contact) -> Result<()> {
        self.item("contacts", &contact.id);
        self.refer("companies", &contact.company);
        Ok(())
    }
    fn deal(&mut self, deal: Deal) -> Result<()> {
        self.item("deals", &deal.id);
        self.refer("companies", &deal.company);
        Ok(())
    }
    fn ticket(&mut self, ticket: Ticket) -> Result<()> {
        self.item("tickets", &ticket.id);
        self.refer("stages", [&ticket.stage]);
        self.refer("users", &ticket.owner);
        self.refer("teams", &ticket.team);
        self.refer("contacts", &ticket.contacts);
        self.refer("companies", &ticket.company);
        Ok(())
    }
    fn conversation(&mut self, conversation: Conversation) -> Result<()> {
        self.item("conversations", &conversation.id);
        self.refer("channels", conversation.channels.iter().map(|channel| &channel.channel));
        self.refer("inboxes", &conversation.inbox);
        self.refer("users", &conversation.owner);
        self.refer("contacts", &conversation.contacts);
        self.refer("companies", &conversation.company);
        self.refer("tickets", &conversation.ticket);
        assert!(conversation.closed_at.is_none() || conversation.status == Status::Closed);
        if let Some(thread) = &conversation.thread {
            let key = (newest_channel(&conversation).clone(), thread.clone());
            assert!(self.threads.insert(key), "{thread} is not unique");
        }
        self.messages(&conversation);
        Ok(())
    }
}
