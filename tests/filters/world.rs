//! A small account with tickets of which everything and nothing is known, in memory and in both engines.

use std::collections::HashMap;

use deskctl::domain::Id;
use deskctl::domain::channel::{Channel, Kind, Settings, State};
use deskctl::domain::conversation::{Answers, Conversation, Digest, Direction, Status};
use deskctl::domain::decimal::Decimal;
use deskctl::domain::document::InboxKind;
use deskctl::domain::filter::{self, CustomKind, EvalContext, Fact, Facts, Key, Property, Schema, TicketNames};
use deskctl::domain::pipeline::{Stage, StageState};
use deskctl::domain::property::{CustomProperty, PropertyKind, PropertyObject, PropertyValue};
use deskctl::domain::ticket::{Priority, Source, Ticket};
use deskctl::domain::time::Time;
use deskctl::domain::user::{Role, Seat, TicketAccess, User};
use deskctl::store::account::Account;
use deskctl::store::contacts::{Company, Contact};
use deskctl::store::inboxes::Inbox;
use deskctl::store::pipelines::Pipeline;
use deskctl::store::properties::ValueRow;
use deskctl::store::tickets::Link;
use deskctl::store::users::Team;
use deskctl::store::{self, Location, Store, Tx};
use jiff::tz::TimeZone;

use crate::support::postgres::PgServer;
use crate::support::random::Random;

/// In Warsaw the Saturday before the clocks go forward.
pub const NOW: Time = Time(1_774_710_000_000);

/// What texts are made of: letters whose cases differ in odd ways, what separates words, and what SQL might obey.
pub const PIECES: &[&str] = &[
    "a", "A", "s", "S", "ss", "ß", "ẞ", "ſ", "ł", "Ł", "ó", "Ó", "o\u{301}", "İ", "i", "I", "ı", "σ", "ς", "Σ", "ﬁ", "fi", "ŉ", "ǰ", "Ё",
    "ё", "日本", "😀", " ", "  ", ".", "-", "–", "„", "”", "\u{a0}", "'", "\"", "%", "_", "\\", "?", "$1", "*", "\n", "refund", "REFUND",
    "ﬀ", "ΐ", "K", "k", "é", "e\u{301}", "E", "ﾃﾞ", "デ", "テ", "０", "0", "٣", "3", "…", "\u{2002}", "⒜", "！", "㎏", "g", "한", "하",
    "\u{ad}", "שׁ", "ש", "أ", "ا", "Ø", "o",
];

pub struct World {
    pub names: TicketNames,
    pub tickets: Vec<Made>,
    contacts: Vec<Contact>,
    companies: Vec<Company>,
    pub conversations: Vec<Conversation>,
}

/// A ticket with all that its properties come from.
pub struct Made {
    pub ticket: Ticket,
    stage: Stage,
    contact: Option<Contact>,
    company: Option<Company>,
    conversations: Vec<Conversation>,
    messages: Vec<(Id, Line)>,
    custom: HashMap<Id, Custom>,
}

pub enum Custom {
    Text(String),
    Decimal(Decimal),
    Number(i64),
}

/// A message or comment: when, its id, from whom to whom.
type Line = (Time, Id, Direction);

pub fn decimal(tenths: i64) -> Decimal {
    let (sign, size) = (if tenths < 0 { "-" } else { "" }, tenths.abs());
    format!("{sign}{}.{}", size / 10, size % 10).parse().unwrap()
}

pub const USERS: &[(Id, &str, &str)] = &[
    (1, "boss@acme.example", "Boss"),
    (2, "anna@acme.example", "Anna"),
    (3, "Łukasz@acme.example", "Anna"),
    (4, "tom@acme.example", "me"),
];
const CUSTOM: [(Id, &str, &str); 6] = [
    (11, "note", "text"),
    (12, "weight", "number"),
    (13, "renewal", "datetime"),
    (14, "vip", "bool"),
    (15, "size", "enumeration"),
    (16, "due", "date"),
];
const SIZES: &[&str] = &["small", "Small", "big one", "ß"];

fn stage(id: Id, pipeline_id: Id, pipeline: &str, name: &str, state: StageState) -> Stage {
    Stage { id, pipeline_id, pipeline: pipeline.into(), name: name.into(), state, position: id }
}

fn names() -> TicketNames {
    use StageState::{Closed, Open};
    let custom = CUSTOM.map(|(id, name, kind)| filter::CustomProperty {
        id,
        name: name.into(),
        label: name.to_uppercase(),
        kind: match kind {
            "text" => CustomKind::Text,
            "number" => CustomKind::Number,
            "datetime" => CustomKind::Time,
            "date" => CustomKind::Date,
            "bool" => CustomKind::Bool,
            _ => CustomKind::Enum(SIZES.iter().map(|size| (*size).to_owned()).collect()),
        },
    });
    TicketNames {
        pipelines: vec![(1, "Support".into()), (2, "A/B".into()), (3, "A".into())],
        stages: vec![
            stage(3, 1, "Support", "Waiting on us", Open),
            stage(1, 1, "Support", "New", Open),
            stage(2, 1, "Support", "Closed", Closed),
            stage(4, 2, "A/B", "New", Open),
            stage(5, 2, "A/B", "C", Closed),
            // With the one above: two of the same full name.
            stage(6, 3, "A", "B/C", Closed),
            stage(7, 3, "A", "1", Open),
        ],
        teams: vec![(1, "Support".into()), (2, "and".into()), (3, "my team".into())],
        users: USERS.iter().map(|(id, email, name)| (*id, email.to_lowercase(), (*name).to_owned())).collect(),
        channels: vec![
            (1, "mail@acme.example".into(), "Mail".into()),
            (2, "+48 22 1".into(), "Mail".into()),
            (3, "chat".into(), String::new()),
        ],
        custom: custom.to_vec(),
    }
}

fn text(random: &mut Random) -> String {
    (0..=random.below(6)).map(|_| PIECES[random.below(PIECES.len() as u64) as usize]).collect()
}

fn maybe<T>(random: &mut Random, value: impl FnOnce(&mut Random) -> T) -> Option<T> {
    (!random.chance(3)).then(|| value(random))
}

/// A time within a week, often one that is there already.
fn at(random: &mut Random) -> Time {
    Time(NOW.0 - random.below(144) as i64 * 3_600_000 + if random.chance(5) { random.below(3) as i64 } else { 0 })
}

fn pick<T: Copy>(random: &mut Random, list: &[T]) -> T {
    list[random.below(list.len() as u64) as usize]
}

impl World {
    pub fn new(seed: u64) -> World {
        let random = &mut Random::new(seed);
        let contacts: Vec<Contact> = (1..=12).map(|id| contact(id, random)).collect();
        let companies: Vec<Company> = (1..=5).map(|id| Company { id, name: text(random), domain: maybe(random, text) }).collect();
        let names = names();
        let mut world = World { names, tickets: Vec::new(), contacts, companies, conversations: Vec::new() };
        // Some that have no ticket.
        world.conversations = (2_001..=2_040).map(|id| conversation(id, random)).collect();
        for id in 1..=90 {
            let made = world.ticket(id, random);
            world.conversations.extend(made.conversations.iter().cloned());
            world.tickets.push(made);
        }
        world
    }

    fn ticket(&mut self, id: Id, random: &mut Random) -> Made {
        let stage = self.names.stages[random.below(self.names.stages.len() as u64) as usize].clone();
        let contact = maybe(random, |random| pick(random, &[0, 3, 5, 7, 11])).map(|index| self.contacts[index].clone());
        let company = maybe(random, |random| random.below(5)).map(|index| self.companies[index as usize].clone());
        let priorities = [Priority::Low, Priority::Medium, Priority::High, Priority::Urgent];
        let ticket = Ticket {
            id,
            name: text(random),
            stage_id: stage.id,
            open: stage.is_open(),
            owner_id: maybe(random, |random| pick(random, &[1, 2, 3, 4])),
            team_id: maybe(random, |random| pick(random, &[1, 2, 3])),
            priority: maybe(random, |random| pick(random, &priorities)),
            category: maybe(random, text),
            source: maybe(random, |random| pick(random, &[Source::Email, Source::Chat, Source::Api])),
            description: maybe(random, text),
            contact_id: contact.as_ref().map(|contact| contact.id),
            company_id: company.as_ref().map(|company| company.id),
            created_at: at(random),
            closed_at: maybe(random, at),
            last_activity_at: at(random),
            spam: random.chance(4),
            in_help_desk: !random.chance(4),
            external_ref: maybe(random, |random| format!("{}:{id}", pick(random, &["zendesk", "freshdesk"]))),
            ..Ticket::default()
        };
        let conversations: Vec<Conversation> = (0..random.below(3)).map(|place| conversation(id * 10 + place as Id, random)).collect();
        let messages = conversations.iter().flat_map(|found| lines(found.id, random)).collect();
        let custom = CUSTOM.iter().filter_map(|(id, _, kind)| maybe(random, |random| (*id, custom(kind, random)))).collect();
        Made { ticket, stage, contact, company, conversations, messages, custom }
    }

    pub fn schema(&self) -> Schema {
        self.names.schema()
    }

    /// In an embedded store, and in PostgreSQL where it is installed.
    pub fn stores(&self, folder: &tempfile::TempDir) -> Vec<Store> {
        let embedded = Location::Sqlite(folder.path().join("desk.db"));
        let postgres = PgServer::shared().map(|server| Location::Postgres { url: server.database(), password: None });
        let filled = |location| {
            let mut store = Store::create(&location, NOW).unwrap();
            let mut tx = store.write().unwrap();
            self.fill(&mut tx);
            tx.commit().unwrap();
            store
        };
        [Some(embedded), postgres].into_iter().flatten().map(filled).collect()
    }

    fn fill(&self, tx: &mut Tx<'_>) {
        let account = Account { name: "Acme".into(), time_zone: "Europe/Warsaw".into(), limits: Default::default(), created_at: NOW };
        store::account::put(tx, &account, false).unwrap();
        let teams: Vec<Team> = self.names.teams.iter().map(|(id, name)| Team { id: *id, name: name.clone(), hours_id: None }).collect();
        tx.insert(&teams).unwrap();
        self.names.users.iter().for_each(|(id, email, name)| store::users::put(tx, &user(*id, email, name)).unwrap());
        let pipelines: Vec<Pipeline> =
            self.names.pipelines.iter().map(|(id, name)| Pipeline { id: *id, name: name.clone(), position: *id }).collect();
        tx.insert(&pipelines).unwrap();
        tx.insert(&self.names.stages).unwrap();
        tx.insert(&[Inbox { id: 1, name: "Help desk".into(), kind: InboxKind::HelpDesk }]).unwrap();
        self.names.channels.iter().for_each(|(id, address, name)| store::channels::put(tx, &channel(*id, address, name)).unwrap());
        tx.insert(&self.contacts).unwrap();
        tx.insert(&self.companies).unwrap();
        tx.insert(&self.conversations).unwrap();
        let tickets: Vec<Ticket> = self.tickets.iter().map(|made| made.ticket.clone()).collect();
        tx.insert(&tickets).unwrap();
        let links = |made: &Made| {
            made.conversations.iter().map(|found| Link { conversation_id: found.id, ticket_id: made.ticket.id }).collect::<Vec<_>>()
        };
        tx.insert(&self.tickets.iter().flat_map(links).collect::<Vec<_>>()).unwrap();
        for (conversation, (at, id, direction)) in self.tickets.iter().flat_map(|made| &made.messages) {
            let sql = "INSERT INTO messages (id, conversation_id, channel_id, direction, author, at, text, attachment_count, digest) \
                 VALUES ($1, $2, 1, $3, 'a@x.example', $4, '', 0, $5)";
            tx.execute(sql, deskctl::args![*id, *conversation, direction.as_str(), *at, Digest::default()]).unwrap();
        }
        self.fill_custom(tx);
    }

    fn fill_custom(&self, tx: &mut Tx<'_>) {
        for (id, name, kind) in CUSTOM {
            let property = CustomProperty {
                id,
                object: PropertyObject::Ticket,
                name: name.into(),
                label: name.to_uppercase(),
                kind: PropertyKind::parse(kind).unwrap(),
                options: if kind == "enumeration" { SIZES.iter().map(|size| (*size).to_owned()).collect() } else { vec![] },
                created_at: NOW,
            };
            store::properties::insert(tx, &property).unwrap();
        }
        for made in &self.tickets {
            for (property, value) in &made.custom {
                let value = match value {
                    Custom::Text(text) => PropertyValue::Text(text.clone()),
                    Custom::Decimal(number) => PropertyValue::Text(number.stored()),
                    Custom::Number(number) => PropertyValue::Number(*number),
                };
                tx.insert(&[ValueRow::new(made.ticket.id, *property, value)]).unwrap();
            }
        }
    }
}

fn contact(id: Id, random: &mut Random) -> Contact {
    Contact {
        id,
        first_name: maybe(random, text),
        last_name: maybe(random, text),
        email: maybe(random, |random| format!("{}@x.example", text(random).to_lowercase())),
        phone: maybe(random, text),
        mobile_phone: maybe(random, text),
        company_id: None,
        other_address: None,
    }
}

fn conversation(id: Id, random: &mut Random) -> Conversation {
    Conversation {
        id,
        channel_id: pick(random, &[1, 2, 3]),
        inbox_id: 1,
        status: if random.chance(2) { Status::Open } else { Status::Closed },
        spam: random.chance(4),
        owner_id: maybe(random, |random| pick(random, &[1, 2, 3, 4])),
        subject: maybe(random, text),
        contact_id: maybe(random, |random| 1 + random.below(12) as Id),
        company_id: None,
        thread_key: None,
        started_at: at(random),
        closed_at: maybe(random, at),
        last_message_at: pick(random, &[Time(1), Time(2)]),
        last_direction: pick(random, &[Direction::Incoming, Direction::Outgoing]),
        message_count: random.below(9) as i64,
        digest: Digest::default(),
        answers: Answers::default(),
    }
}

/// Some of them at the same time.
fn lines(conversation: Id, random: &mut Random) -> Vec<(Id, Line)> {
    let directions = [Direction::Incoming, Direction::Outgoing, Direction::Comment];
    (0..random.below(4))
        .map(|place| (conversation, (Time(random.below(3) as i64), conversation * 10 + place as Id, pick(random, &directions))))
        .collect()
}

fn custom(kind: &str, random: &mut Random) -> Custom {
    match kind {
        "text" => Custom::Text(text(random)),
        "enumeration" => Custom::Text(pick(random, SIZES).to_owned()),
        "datetime" => Custom::Number(at(random).0),
        "date" => Custom::Number(at(random).0 / 86_400_000 * 86_400_000),
        "bool" => Custom::Number(random.below(2) as i64),
        _ => Custom::Decimal(decimal(random.below(90) as i64 - 9)),
    }
}

fn user(id: Id, email: &str, name: &str) -> User {
    User {
        id,
        email: email.to_owned(),
        name: name.to_owned(),
        role: Role::SuperAdmin,
        grants: vec![],
        seat: Seat::Service,
        active: true,
        ticket_access: TicketAccess::All,
        unassigned_visible: true,
        team_id: Some(1),
        more_teams: vec![],
    }
}

fn channel(id: Id, address: &str, name: &str) -> Channel {
    Channel {
        id,
        name: name.to_owned(),
        kind: if id == 3 { Kind::Chat } else { Kind::Email },
        address: address.to_owned(),
        inbox_id: 1,
        inbox: String::new(),
        state: State::Connected,
        in_help_desk: true,
        settings: Settings::default(),
        moved_by: None,
    }
}

impl World {
    pub fn contact_name(&self, conversation: &Conversation) -> Option<String> {
        self.contacts.iter().find(|contact| Some(contact.id) == conversation.contact_id).and_then(Contact::display_name)
    }

    pub fn channel(&self, id: Id) -> (&str, Kind) {
        let found = self.names.channels.iter().find(|(known, ..)| *known == id).unwrap();
        (&found.1, if id == 3 { Kind::Chat } else { Kind::Email })
    }
}

/// Anna, of team 2.
pub fn context() -> EvalContext {
    EvalContext::new(NOW, TimeZone::get("Europe/Warsaw").unwrap()).with_me("anna@acme.example").with_user(2, Some(2))
}

impl Made {
    pub fn contact_name(&self) -> Option<String> {
        self.contact.as_ref().and_then(Contact::display_name)
    }

    /// Texts that are put together have no place to be borrowed from: the law asks for them apart.
    pub fn texts(&self) -> Texts<'_> {
        Texts { made: self, contact: self.contact_name() }
    }
}

/// A ticket as a filter sees it.
pub struct Texts<'m> {
    pub made: &'m Made,
    contact: Option<String>,
}

impl Facts for Texts<'_> {
    fn fact(&self, property: &Property) -> Fact<'_> {
        let (made, ticket) = (self.made, &self.made.ticket);
        let contact = made.contact.as_ref();
        match property.key {
            Key::Id => Fact::Number(ticket.id),
            Key::Name => Fact::Text(&ticket.name),
            Key::Pipeline => Fact::Id(made.stage.pipeline_id),
            Key::Stage => Fact::Id(ticket.stage_id),
            Key::State => Fact::Text(if ticket.open { "OPEN" } else { "CLOSED" }),
            Key::Owner => ticket.owner_id.into(),
            Key::Team => ticket.team_id.into(),
            Key::Priority => ticket.priority.map(Priority::as_str).into(),
            Key::Category => ticket.category.as_deref().into(),
            Key::Source => ticket.source.map(Source::as_str).into(),
            Key::Description => ticket.description.as_deref().into(),
            Key::Contact => self.contact.as_deref().into(),
            Key::ContactEmail => contact.and_then(|contact| contact.email.as_deref()).into(),
            Key::ContactPhone => contact.and_then(|contact| contact.phone.as_deref().or(contact.mobile_phone.as_deref())).into(),
            Key::Company => made.company.as_ref().map(|company| company.name.as_str()).into(),
            Key::CompanyDomain => made.company.as_ref().and_then(|company| company.domain.as_deref()).into(),
            Key::Channel => made.conversations.first().map(|first| first.channel_id).into(),
            Key::CreatedAt => Fact::Time(ticket.created_at),
            Key::ClosedAt => ticket.closed_at.into(),
            Key::LastActivityAt => Fact::Time(ticket.last_activity_at),
            Key::LastDirection => {
                made.messages.iter().map(|(_, line)| line).max_by_key(|(at, id, _)| (*at, *id)).map(|line| line.2.as_str()).into()
            }
            Key::LastMessageDirection => made
                .conversations
                .iter()
                .max_by_key(|found| (found.last_message_at, found.id))
                .map(|found| found.last_direction.as_str())
                .into(),
            Key::ConversationCount => Fact::Number(made.conversations.len() as i64),
            Key::Spam => Fact::Bool(ticket.spam),
            Key::InHelpDesk => Fact::Bool(ticket.in_help_desk),
            Key::Plain("external_ref") => ticket.external_ref.as_deref().into(),
            Key::Custom(id) => match made.custom.get(&id) {
                None => Fact::Missing,
                Some(Custom::Text(text)) => Fact::Text(text),
                Some(Custom::Decimal(number)) => Fact::Decimal(*number),
                Some(Custom::Number(number)) if [13, 16].contains(&id) => Fact::Time(Time(*number)),
                Some(Custom::Number(number)) if id == 14 => Fact::Bool(*number == 1),
                Some(Custom::Number(number)) => Fact::Number(*number),
            },
            other => panic!("{other:?} is not asked of a ticket"),
        }
    }
}
