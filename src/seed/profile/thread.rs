//! One conversation in the making: who writes what, when, and by which channel.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::rhythm::{Rhythm, minutes};
use super::templates::{Line, Words, to_html};
use crate::domain::channel::Kind;
use crate::domain::conversation::{Body, Direction, Status};
use crate::domain::document::{Attachment, Channel, ChannelSince, Contact, Conversation, Message, User};
use crate::domain::time::{SECOND_MS, Time};
use crate::seed::random::Random;

const PHOTO: &[u8] = include_bytes!("../../../fixtures/acme/photo.png");

/// A conversation that is being written.
pub struct Thread<'a> {
    id: String,
    pub subject: Option<&'a str>,
    pub contact: Option<&'a Contact>,
    /// Who answers.
    pub agent: Option<&'a User>,
    /// Who else gets the answers.
    pub cc: &'a [String],
    /// The first answer takes the conversation to this channel.
    pub answered_on: Option<&'a Channel>,
    /// Where it is now.
    channel: &'a Channel,
    channels: Vec<ChannelSince>,
    started: Time,
    messages: Vec<Message>,
}

impl<'a> Thread<'a> {
    pub fn new(id: String, started: Time, channel: &'a Channel) -> Thread<'a> {
        Thread {
            id,
            subject: None,
            contact: None,
            agent: None,
            cc: &[],
            answered_on: None,
            channel,
            channels: vec![ChannelSince { channel: channel.id.clone(), since: started }],
            started,
            messages: Vec::new(),
        }
    }

    pub fn last_message_at(&self) -> Time {
        self.messages.last().map_or(self.started, |message| message.at)
    }

    /// Writes as many of the lines as there is time for; true when that is all of them.
    pub fn write(&mut self, lines: &[Line], words: &Words, rhythm: &Rhythm<'_>, random: &mut Random) -> bool {
        lines.iter().all(|line| {
            let at = self.time_of(line, rhythm, random);
            let in_time = at < rhythm.ends;
            if in_time {
                self.add(line, at, words, random);
            }
            in_time
        })
    }

    fn time_of(&self, line: &Line, rhythm: &Rhythm<'_>, random: &mut Random) -> Time {
        if self.messages.is_empty() {
            return self.started;
        }
        let after = |ms| self.last_message_at().plus_ms(ms);
        let slow = is_mail(self.channel.kind);
        match line {
            Line::Bot(_) => after(2 * SECOND_MS),
            _ if self.channel.kind == Kind::Calling => after(minutes(random, 0, 3)),
            Line::Comment(_) => after(minutes(random, 2, 40)),
            Line::Agent(_) if slow => rhythm.next_working(after(minutes(random, 15, 600))),
            Line::Agent(_) => rhythm.next_working(after(minutes(random, 1, 6))),
            _ if slow => rhythm.next_waking(after(minutes(random, 40, 1_500))),
            _ => after(minutes(random, 1, 6)),
        }
    }

    fn add(&mut self, line: &Line, at: Time, words: &Words, random: &mut Random) {
        if let Some(next) = self.answered_on.take_if(|_| matches!(line, Line::Agent(_))) {
            self.channel = next;
            self.channels.push(ChannelSince { channel: next.id.clone(), since: at });
        }
        let agent = || self.agent.map_or_else(|| self.channel.address.clone(), |user| user.email.clone());
        let bot = || self.channel.settings.bot.as_ref().map_or_else(|| self.channel.name.clone(), |bot| bot.name.clone());
        let (direction, author, template) = match line {
            Line::Customer(text) | Line::CustomerWithPhoto(text) => (Direction::Incoming, self.customer(), text),
            Line::Agent(text) => (Direction::Outgoing, agent(), text),
            Line::Bot(text) => (Direction::Outgoing, bot(), text),
            Line::Comment(text) => (Direction::Comment, agent(), text),
        };
        let text = words.fill(template);
        let body = match direction {
            Direction::Comment => Body { text, ..Body::default() },
            _ if self.channel.kind == Kind::Email => self.mail(direction, text, words, random),
            _ => Body { text, external_id: Some(format!("{}.{}", self.id, self.messages.len())), ..Body::default() },
        };
        let photo = || Attachment { name: "photo.png".into(), content_type: "image/png".into(), content_base64: STANDARD.encode(PHOTO) };
        let attachments = matches!(line, Line::CustomerWithPhoto(_)).then(photo).into_iter().collect();
        self.messages.push(Message { direction, author, at, bot: None, channel: None, body, mentions: Vec::new(), attachments });
    }

    fn mail(&self, direction: Direction, text: String, words: &Words, random: &mut Random) -> Body {
        let incoming = direction == Direction::Incoming;
        let references: Vec<String> = self.messages.iter().filter_map(|message| message.body.message_id.clone()).collect();
        let reply = if self.messages.is_empty() { "" } else { "Re: " };
        let domain = if incoming { "mail.example" } else { "acme.example" };
        Body {
            html: (incoming && random.percent(25)).then(|| to_html(&text)),
            subject: self.subject.map(|subject| format!("{reply}{}", words.fill(subject))),
            message_id: Some(format!("<{}.{}@{domain}>", self.id, self.messages.len())),
            references,
            cc: if incoming { Vec::new() } else { self.cc.to_vec() },
            external_id: None,
            text,
        }
    }

    fn customer(&self) -> String {
        let known = self.contact.and_then(|contact| address(contact, self.channel.kind));
        known.unwrap_or_else(|| if is_mail(self.channel.kind) { format!("offer@{}.invalid", self.id) } else { "Guest".into() })
    }

    pub fn into_conversation(self, words: &Words, owner: Option<&User>, spam: bool, closed_at: Option<Time>) -> Conversation {
        Conversation {
            channels: self.channels,
            inbox: None,
            status: if closed_at.is_some() { Status::Closed } else { Status::Open },
            spam,
            owner: owner.map(|user| user.id.clone()),
            subject: self.subject.map(|subject| words.fill(subject)),
            contacts: self.contact.map(|contact| contact.id.clone()).into_iter().collect(),
            company: self.contact.and_then(|contact| contact.company.clone()),
            thread: self.messages.iter().find_map(|message| message.body.message_id.clone()),
            started_at: Some(self.started),
            closed_at,
            ticket: None,
            messages: self.messages,
            id: self.id,
        }
    }
}

fn is_mail(kind: Kind) -> bool {
    matches!(kind, Kind::Email | Kind::Form)
}

/// As whom a contact writes on a channel of this kind; none when the contact cannot.
pub fn address(contact: &Contact, kind: Kind) -> Option<String> {
    let names = [&contact.first_name, &contact.last_name].into_iter().flatten().map(String::as_str);
    match kind {
        Kind::Email | Kind::Form => contact.email.clone(),
        Kind::Calling | Kind::Whatsapp => contact.phone.clone().or_else(|| contact.mobile_phone.clone()),
        Kind::Chat | Kind::FacebookMessenger => Some(names.collect::<Vec<_>>().join(" ")),
    }
}
