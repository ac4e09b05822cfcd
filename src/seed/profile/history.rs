//! The ordinary history of a profile: what `history.json` plans, expanded with the message templates.

use std::collections::BTreeMap;

use jiff::tz::TimeZone;
use serde::Deserialize;

use super::rhythm::{Rhythm, minutes};
use super::templates::{Agent, Case, Line, Templates, Words};
use super::thread::{Thread, address};
use crate::domain::channel::Kind;
use crate::domain::conversation::{Direction, Status};
use crate::domain::document::{Channel, Contact, Conversation, Document, Ref, Ticket, User};
use crate::domain::ticket::{Priority, Source, made_name};
use crate::domain::time::{DAY_MS, Time, zone};
use crate::error::{Error, Result};
use crate::seed::random::Random;

/// Any number would do; another one makes another history.
const SEED: u64 = 2024;

/// `history.json`: how much of what came when.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Plan {
    begins: Time,
    ends: Time,
    by_hour: Vec<u64>,
    by_weekday: Vec<u64>,
    channels: Vec<ChannelPlan>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ChannelPlan {
    channel: Ref,
    conversations: u64,
    ticket_percent: u64,
    spam_percent: u64,
    /// Weights by the name of the language.
    languages: BTreeMap<String, u64>,
    /// Only cases of these categories; none: of all.
    #[serde(default)]
    categories: Vec<String>,
    /// Who answers here; none: those of the language.
    #[serde(default)]
    agents: Vec<Agent>,
    #[serde(default)]
    continues_on: Option<ContinuesOn>,
}

/// M22: agents answer this channel's conversations on another one.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ContinuesOn {
    channel: Ref,
    percent: u64,
}

/// The tickets and conversations of a plan, as a document with only these.
pub fn expand(plan: &Plan, account: &Document, templates: &[Templates]) -> Result<Document> {
    let zone = zone(&account.account.time_zone).map_err(|message| broken(&message))?;
    let mut history = Document::default();
    for (number, channel_plan) in plan.channels.iter().enumerate() {
        let desk = Desk::new(plan, channel_plan, account, templates, &zone)?;
        for index in 0..channel_plan.conversations {
            let (conversation, ticket) = desk.conversation(index, Random::at(SEED, number as u64, index))?;
            history.conversations.push(conversation);
            history.tickets.extend(ticket);
        }
    }
    history.conversations.sort_by_key(|conversation| conversation.started_at);
    history.tickets.sort_by_key(|ticket| ticket.created_at);
    Ok(history)
}

fn broken(what: &str) -> Error {
    Error::failed("profile_broken", format!("the profile's history cannot be expanded: {what}"))
}

/// One channel and all that its conversations draw on.
struct Desk<'a> {
    plan: &'a ChannelPlan,
    channel: &'a Channel,
    /// Where conversations go on by another channel (M22).
    next_channel: Option<&'a Channel>,
    rhythm: Rhythm<'a>,
    account: &'a Document,
    templates: &'a [Templates],
}

impl<'a> Desk<'a> {
    fn new(
        plan: &'a Plan,
        channel_plan: &'a ChannelPlan,
        account: &'a Document,
        templates: &'a [Templates],
        zone: &'a TimeZone,
    ) -> Result<Desk<'a>> {
        let find = |id: &str| found(account.channels.iter().find(|channel| channel.id == id), "channel", id);
        Ok(Desk {
            plan: channel_plan,
            channel: find(&channel_plan.channel)?,
            next_channel: channel_plan.continues_on.as_ref().map(|next| find(&next.channel)).transpose()?,
            rhythm: Rhythm { zone, begins: plan.begins, ends: plan.ends, by_hour: &plan.by_hour, by_weekday: &plan.by_weekday },
            account,
            templates,
        })
    }

    fn conversation(&self, index: u64, mut random: Random) -> Result<(Conversation, Option<Ticket>)> {
        let random = &mut random;
        let rhythm = &self.rhythm;
        let spam = random.percent(self.plan.spam_percent);
        let started = match self.channel.kind {
            Kind::Calling => rhythm.next_working(rhythm.start(random)).min(rhythm.ends.plus_ms(-1)),
            _ => rhythm.start(random),
        };
        let open = random.percent(open_percent(started, rhythm.ends));
        let templates = self.language(spam, random)?;
        let case = self.case(templates, random)?;
        let agent = if spam { None } else { Some(self.agent(templates, started, random)?) };
        let mut thread = Thread::new(format!("{}-{:03}", self.channel.id, index + 1), started, self.channel);
        let words = Words::new(random, agent.map_or("", |user| &user.name));
        thread.subject = case.subject.as_deref();
        thread.contact = self.contact(templates, random)?;
        thread.agent = agent;
        thread.cc = &case.cc;
        thread.answered_on = self.next_channel.filter(|_| random.percent(self.plan.continues_on.as_ref().map_or(0, |next| next.percent)));
        let finished = thread.write(&self.lines(case, templates, open, random), &words, rhythm, random);
        let closed_at = rhythm.next_working(thread.last_message_at().plus_ms(minutes(random, 10, 2_000)));
        let closed_at = (!open && finished && closed_at <= rhythm.ends).then_some(closed_at);
        let owner = agent.filter(|_| !random.percent(if open { 30 } else { 8 }));
        let mut conversation = thread.into_conversation(&words, owner, spam, closed_at);
        let ticket = random.percent(self.plan.ticket_percent).then(|| ticket_for(&conversation, case, self.channel.kind, owner, random));
        conversation.ticket = ticket.as_ref().map(|ticket| ticket.id.clone());
        Ok((conversation, ticket))
    }

    fn language(&self, spam: bool, random: &mut Random) -> Result<&'a Templates> {
        let languages: Vec<_> = self.plan.languages.iter().collect();
        let chosen = random.weighted(&languages, |(_, weight)| **weight).map_or("", |(name, _)| name.as_str());
        let name = if spam { "spam" } else { chosen };
        found(self.templates.iter().find(|templates| templates.language == name), "language", name)
    }

    fn case(&self, templates: &'a Templates, random: &mut Random) -> Result<&'a Case> {
        let wanted = |case: &Case| match &case.category {
            Some(category) => self.plan.categories.is_empty() || self.plan.categories.contains(category),
            None => self.plan.categories.is_empty() || templates.agents.is_empty(),
        };
        let cases = templates.cases(self.channel.kind);
        found(random.weighted(cases, |case| wanted(case).into()), "case in", &templates.language)
    }

    fn agent(&self, templates: &Templates, at: Time, random: &mut Random) -> Result<&'a User> {
        let agents = if self.plan.agents.is_empty() { &templates.agents } else { &self.plan.agents };
        let id = random.weighted(agents, |agent| agent.weight_at(at)).map_or("", |agent| &agent.user);
        found(self.account.users.iter().find(|user| user.id == id), "agent", id)
    }

    /// One who can write on this channel; none where nobody does (spam).
    fn contact(&self, templates: &Templates, random: &mut Random) -> Result<Option<&'a Contact>> {
        if templates.contacts.is_empty() {
            return Ok(None);
        }
        let reachable = |contact: &&Contact| templates.contacts.contains(&contact.id) && address(contact, self.channel.kind).is_some();
        let contacts: Vec<&Contact> = self.account.contacts.iter().filter(reachable).collect();
        found(random.weighted(&contacts, |_| 1).copied(), "contact for", &self.channel.id).map(Some)
    }

    /// The case's lines, with the bot's answer where there is one; an open conversation stops somewhere on the way.
    fn lines(&self, case: &Case, templates: &Templates, open: bool, random: &mut Random) -> Vec<Line> {
        let many = case.lines.len();
        let kept = if open { 1 + random.below(many as u64) as usize } else { many };
        let mut lines = case.lines[..kept.min(many)].to_vec();
        if let (Some(_), Some(answer)) = (&self.channel.settings.bot, &templates.bot) {
            lines.insert(1.min(lines.len()), Line::Bot(answer.clone()));
        }
        lines
    }
}

/// How many of the conversations of that time are still open: most of the newest, few of the old.
fn open_percent(started: Time, ends: Time) -> u64 {
    match (ends.0 - started.0) / DAY_MS {
        ..14 => 70,
        14..90 => 30,
        _ => 4,
    }
}

fn found<T>(item: Option<T>, what: &str, name: &str) -> Result<T> {
    item.ok_or_else(|| broken(&format!("there is no {what} \"{name}\"")))
}

/// The ticket that was made of a conversation in its inbox.
fn ticket_for(conversation: &Conversation, case: &Case, kind: Kind, owner: Option<&User>, random: &mut Random) -> Ticket {
    let priorities =
        [None, None, Some(Priority::Low), Some(Priority::Medium), Some(Priority::Medium), Some(Priority::High), Some(Priority::Urgent)];
    let returns = case.category.as_deref() == Some("returns");
    let last = conversation.messages.last();
    let answered = last.is_some_and(|message| message.direction == Direction::Outgoing);
    let stage = match (conversation.status, returns) {
        (Status::Closed, true) if random.percent(12) => "declined",
        (Status::Closed, true) => "settled",
        (Status::Closed, false) => "closed",
        (Status::Open, true) if answered => "return-waiting",
        (Status::Open, true) => "return-requested",
        (Status::Open, false) if answered => "waiting-on-customer",
        (Status::Open, false) if conversation.messages.len() == 1 => "new",
        (Status::Open, false) => "waiting-on-us",
    };
    Ticket {
        id: format!("tk-{}", conversation.id),
        name: made_name(conversation.subject.as_deref(), conversation.messages.first().map(|message| message.author.as_str())),
        stage: stage.into(),
        owner: owner.map(|user| user.id.clone()),
        team: owner.and_then(|user| user.team.clone()),
        priority: *random.pick(&priorities),
        category: case.category.clone(),
        source: Some(Source::from(kind)),
        description: None,
        created_at: conversation.started_at.unwrap_or_default(),
        closed_at: conversation.closed_at,
        last_activity_at: last.map(|message| message.at),
        contacts: conversation.contacts.clone(),
        company: conversation.company.clone(),
        spam: conversation.spam,
        in_help_desk: false,
        properties: Default::default(),
        deals: Vec::new(),
        followers: Vec::new(),
    }
}
