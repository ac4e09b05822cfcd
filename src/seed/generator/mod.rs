//! Generated accounts of any size, streamed in constant memory: for benchmarks and for tests that kill.
//!
//! Everything about conversation number `index` follows from the seed and that number ([`Facts`]). So the tickets,
//! which come first in a document, and the conversations agree although neither pass remembers the other.

mod desk;
mod texts;

use super::Sink;
use super::random::Random;
use texts::{LANGUAGES, Language, Speech};

use crate::domain::channel::Kind;
use crate::domain::conversation::{Body, Direction, Status};
use crate::domain::document::{ChannelSince, Company, Contact, Conversation, Message, Ticket};
use crate::domain::ticket::{Priority, Source};
use crate::domain::time::{DAY_MS, HOUR_MS, MINUTE_MS, Time};
use crate::error::Result;

/// 2026-10-31T00:00:00Z: nothing generated is later.
const END: Time = Time(1_793_404_800_000);
const TWO_YEARS_MS: i64 = 730 * DAY_MS;
const MOST_MESSAGES: i64 = 6;
const LONGEST_GAP_MS: i64 = 20 * HOUR_MS;
const MESSAGE_COUNTS: &[i64] = &[1, 2, 2, 3, 3, 3, 3, 4, 4, 5, MOST_MESSAGES];

/// The lists whose items have streams of random numbers of their own.
const CONTACTS: u64 = 1;
const CONVERSATIONS: u64 = 2;
const TICKETS: u64 = 3;

/// An account with this many conversations, the same for the same seed.
///
/// Nine tenths of the conversations lie on one email channel (`support@example.com`), the rest evenly on a chat,
/// a form, a phone line and WhatsApp. A fifth has a ticket, 30 % are open, 2 % are spam.
pub fn generate(conversations: u64, seed: u64, sink: &mut dyn Sink) -> Result<()> {
    desk::push(sink)?;
    let shape = Shape { seed, conversations, contacts: conversations.div_ceil(3), companies: conversations.div_ceil(60) };
    (0..shape.companies).try_for_each(|index| sink.company(shape.company(index)))?;
    (0..shape.contacts).try_for_each(|index| sink.contact(shape.contact(index)))?;
    for index in 0..conversations {
        if has_own_ticket(index) {
            sink.ticket(shape.ticket(index))?;
        }
    }
    (0..conversations).try_for_each(|index| sink.conversation(shape.conversation(index)))
}

/// Every fifth conversation has a ticket of its own.
fn has_own_ticket(index: u64) -> bool {
    index.is_multiple_of(5)
}

/// The ticket of a conversation: its own, or one time in 500 that of the conversation before it.
fn ticket_of(index: u64) -> Option<String> {
    match index {
        own if has_own_ticket(own) => Some(format!("t{own}")),
        shared if shared % 500 == 1 => Some(format!("t{}", shared - 1)),
        _ => None,
    }
}

/// One conversation in a hundred began on another channel.
fn changed_channel(index: u64) -> bool {
    index % 100 == 7
}

struct Shape {
    seed: u64,
    conversations: u64,
    contacts: u64,
    companies: u64,
}

/// What a conversation and its ticket must agree about.
struct Facts {
    channel: &'static desk::ChannelRow,
    language: &'static Language,
    open: bool,
    spam: bool,
    owner: Option<u64>,
    contact: Option<u64>,
    subject: Option<&'static str>,
    started: Time,
    messages: i64,
    gap_ms: i64,
    /// The stream goes on with what only the conversation needs.
    random: Random,
}

impl Facts {
    fn message_at(&self, number: i64) -> Time {
        self.started.plus_ms(number * self.gap_ms)
    }

    fn last_message_at(&self) -> Time {
        self.message_at(self.messages - 1)
    }

    fn closed_at(&self) -> Option<Time> {
        (!self.open).then(|| self.message_at(self.messages))
    }

    fn owner(&self) -> Option<String> {
        self.owner.map(|user| desk::USERS[user as usize].id.to_owned())
    }
}

impl Shape {
    fn facts(&self, index: u64) -> Facts {
        let mut random = Random::at(self.seed, CONVERSATIONS, index);
        let channel = match random.below(10) {
            0 => random.pick(desk::OTHER_CHANNELS),
            _ => &desk::MAIN_CHANNEL,
        };
        let language = random.pick(LANGUAGES);
        let with_subject = matches!(channel.kind, Kind::Email | Kind::Form) && random.percent(95);
        let spam = random.percent(2);
        Facts {
            channel,
            language,
            open: random.percent(30),
            spam,
            owner: (!spam && random.percent(85)).then(|| random.below(desk::USERS.len() as u64)),
            contact: random.percent(98).then(|| random.below(self.contacts)),
            subject: with_subject.then(|| *random.pick(language.subjects)),
            started: self.started(index, &mut random),
            messages: *random.pick(MESSAGE_COUNTS),
            gap_ms: random.between(5 * MINUTE_MS, LONGEST_GAP_MS),
            random,
        }
    }

    /// Spread evenly over two years, up to half a day out of order, early enough to end before [`END`].
    fn started(&self, index: u64, random: &mut Random) -> Time {
        let span = TWO_YEARS_MS - MOST_MESSAGES * LONGEST_GAP_MS - DAY_MS;
        let even = (span as i128 * i128::from(index) / i128::from(self.conversations.max(1))) as i64;
        END.plus_ms(-TWO_YEARS_MS + even + random.between(0, DAY_MS))
    }

    fn company(&self, index: u64) -> Company {
        Company { id: format!("co{index}"), name: format!("Company {index}"), domain: Some(format!("company{index}.example")) }
    }

    fn contact(&self, index: u64) -> Contact {
        let mut random = Random::at(self.seed, CONTACTS, index);
        let first = *random.pick(desk::FIRST_NAMES);
        let last = *random.pick(desk::LAST_NAMES);
        Contact {
            id: format!("c{index}"),
            first_name: Some(first.into()),
            last_name: Some(last.into()),
            email: Some(contact_email(index)),
            phone: Some(contact_phone(index)),
            mobile_phone: None,
            company: random.percent(40).then(|| format!("co{}", random.below(self.companies))),
            other_address: None,
        }
    }

    fn ticket(&self, index: u64) -> Ticket {
        let facts = self.facts(index);
        let mut random = Random::at(self.seed, TICKETS, index);
        let stages = random.pick(desk::PIPELINES).stages;
        let open_stages = &stages[..stages.len() - 1];
        let stage = if facts.open { random.pick(open_stages) } else { &stages[stages.len() - 1] };
        let priorities = [None, Some(Priority::Low), Some(Priority::Medium), Some(Priority::High), Some(Priority::Urgent)];
        Ticket {
            id: format!("t{index}"),
            name: facts.subject.unwrap_or(facts.language.subjects[0]).into(),
            stage: stage.0.into(),
            owner: facts.owner(),
            team: facts.owner.and_then(|user| desk::USERS[user as usize].team).map(Into::into),
            priority: *random.pick(&priorities),
            category: random.percent(50).then(|| (*random.pick(desk::CATEGORIES)).into()),
            source: Some(Source::from(facts.channel.kind)),
            description: None,
            created_at: facts.started,
            closed_at: facts.closed_at(),
            last_activity_at: Some(facts.last_message_at()),
            contacts: facts.contact.map(|contact| format!("c{contact}")).into_iter().collect(),
            company: None,
            spam: facts.spam,
            in_help_desk: false,
            properties: Default::default(),
            deals: Vec::new(),
            followers: Vec::new(),
        }
    }

    fn conversation(&self, index: u64) -> Conversation {
        let mut facts = self.facts(index);
        let messages = (0..facts.messages).map(|number| message(&mut facts, index, number)).collect();
        let closed_at = facts.closed_at().filter(|_| !facts.random.percent(2));
        let email = facts.channel.kind == Kind::Email;
        Conversation {
            id: format!("v{index}"),
            channels: channels_of(&facts, index),
            inbox: None,
            status: if facts.open { Status::Open } else { Status::Closed },
            spam: facts.spam,
            owner: facts.owner(),
            subject: facts.subject.map(Into::into),
            contacts: facts.contact.map(|contact| format!("c{contact}")).into_iter().collect(),
            company: None,
            thread: email.then(|| format!("<{index}.0@mail.example>")),
            started_at: Some(facts.started),
            closed_at,
            ticket: ticket_of(index),
            messages,
        }
    }
}

/// The channel history; every second one that has two is stored newest first (M21).
fn channels_of(facts: &Facts, index: u64) -> Vec<ChannelSince> {
    let since = |channel: &desk::ChannelRow, since| ChannelSince { channel: channel.id.into(), since };
    if !changed_channel(index) {
        return vec![since(facts.channel, facts.started)];
    }
    let before = desk::OTHER_CHANNELS.iter().find(|channel| channel.id != facts.channel.id).unwrap_or(&desk::MAIN_CHANNEL);
    let mut history = vec![since(before, facts.started), since(facts.channel, facts.started.plus_ms(facts.gap_ms / 2))];
    if index % 200 == 7 {
        history.reverse();
    }
    history
}

fn message(facts: &mut Facts, index: u64, number: i64) -> Message {
    let random = &mut facts.random;
    let direction = match number {
        0 => Direction::Incoming,
        _ if random.percent(10) => Direction::Comment,
        _ if number % 2 == 1 => Direction::Outgoing,
        _ => Direction::Incoming,
    };
    let language = facts.language;
    let (author, speech) = match direction {
        Direction::Incoming => (customer(facts.contact, facts.channel.kind), &language.customer),
        Direction::Outgoing => (agent(facts.owner), &language.agent),
        Direction::Comment => (agent(facts.owner), &language.comment),
    };
    let text = speak(random, speech, index);
    let mail = facts.channel.kind == Kind::Email && direction != Direction::Comment;
    Message {
        direction,
        author,
        at: facts.message_at(number),
        bot: None,
        mentions: Vec::new(),
        channel: None,
        body: Body { text, message_id: mail.then(|| format!("<{index}.{number}@mail.example>")), ..Body::default() },
        attachments: Vec::new(),
    }
}

fn speak(random: &mut Random, speech: &Speech, index: u64) -> String {
    format!("{} {} #{index}", random.pick(speech.openings), random.pick(speech.details))
}

fn customer(contact: Option<u64>, kind: Kind) -> String {
    match (contact, kind) {
        (Some(contact), Kind::Calling | Kind::Whatsapp) => contact_phone(contact),
        (Some(contact), _) => contact_email(contact),
        (None, _) => "visitor".into(),
    }
}

fn agent(owner: Option<u64>) -> String {
    desk::USERS[owner.unwrap_or_default() as usize].email()
}

fn contact_email(contact: u64) -> String {
    format!("customer{contact}@mail.example")
}

fn contact_phone(contact: u64) -> String {
    format!("+48{:09}", 500_000_000 + contact % 400_000_000)
}
