//! The desk around generated conversations: the same teams, users, pipelines, inboxes and channels at any size.

use crate::domain::channel::{Kind, Settings, TicketCreation};
use crate::domain::document::{Account, Channel, Inbox, InboxKind, Pipeline, Stage, Team, User};
use crate::domain::pipeline::StageState;
use crate::domain::user::{Availability, Grant, Role, Seat, TicketAccess};
use crate::error::Result;
use crate::seed::Sink;

/// Everything that comes before the companies.
pub fn push(sink: &mut dyn Sink) -> Result<()> {
    sink.account(Account {
        name: "Generated account".into(),
        time_zone: "Europe/Warsaw".into(),
        as_of: Some(super::END),
        ..Account::default()
    })?;
    for (id, name) in TEAMS {
        sink.team(Team { id: (*id).into(), name: (*name).into(), hours: None })?;
    }
    USERS.iter().try_for_each(|row| sink.user(row.user()))?;
    PIPELINES.iter().try_for_each(|row| sink.pipeline(row.pipeline()))?;
    for (id, name, kind) in INBOXES {
        sink.inbox(Inbox { id: (*id).into(), name: (*name).into(), kind: *kind })?;
    }
    sink.channel(MAIN_CHANNEL.channel())?;
    OTHER_CHANNELS.iter().try_for_each(|row| sink.channel(row.channel()))
}

const TEAMS: &[(&str, &str)] = &[("first-line", "First line"), ("second-line", "Second line"), ("billing", "Billing")];

/// What a generated user may do.
#[derive(Clone, Copy, PartialEq)]
enum Access {
    SuperAdmin,
    Seat,
    SeatTeamOnly,
    SeatOwnOnly,
    Service,
    Sales,
    Account,
    None,
    Inactive,
}

pub struct UserRow {
    pub id: &'static str,
    pub team: Option<&'static str>,
    access: Access,
}

const fn user(id: &'static str, team: &'static str, access: Access) -> UserRow {
    UserRow { id, team: Some(team), access }
}

/// Twenty: fourteen with help desk access by a seat or a permission, one super admin, five without, of whom one is inactive.
pub const USERS: &[UserRow] = &[
    user("u01", "first-line", Access::SuperAdmin),
    user("u02", "first-line", Access::Seat),
    user("u03", "first-line", Access::Seat),
    user("u04", "first-line", Access::Seat),
    user("u05", "first-line", Access::Seat),
    user("u06", "second-line", Access::Seat),
    user("u07", "second-line", Access::Seat),
    user("u08", "second-line", Access::Seat),
    user("u09", "second-line", Access::Seat),
    user("u10", "second-line", Access::SeatTeamOnly),
    user("u11", "second-line", Access::SeatOwnOnly),
    user("u12", "billing", Access::Seat),
    user("u13", "billing", Access::Service),
    user("u14", "billing", Access::Service),
    user("u15", "billing", Access::Sales),
    user("u16", "billing", Access::None),
    user("u17", "first-line", Access::None),
    UserRow { id: "u18", team: None, access: Access::None },
    UserRow { id: "u19", team: None, access: Access::Account },
    user("u20", "first-line", Access::Inactive),
];

impl UserRow {
    pub fn email(&self) -> String {
        format!("{}@example.com", self.id)
    }

    fn user(&self) -> User {
        let permissions = match self.access {
            Access::Service => vec![Grant::ServiceAccess],
            Access::Sales => vec![Grant::SalesAccess],
            Access::Account => vec![Grant::AccountAccess],
            _ => Vec::new(),
        };
        let seat = matches!(self.access, Access::SuperAdmin | Access::Seat | Access::SeatTeamOnly | Access::SeatOwnOnly | Access::Inactive);
        User {
            id: self.id.into(),
            email: self.email(),
            name: format!("Agent {}", &self.id[1..]),
            role: if self.access == Access::SuperAdmin { Role::SuperAdmin } else { Role::Member },
            permissions,
            seat: if seat { Seat::Service } else { Seat::Core },
            active: self.access != Access::Inactive,
            ticket_access: match self.access {
                Access::SeatTeamOnly => TicketAccess::Team,
                Access::SeatOwnOnly => TicketAccess::Own,
                _ => TicketAccess::All,
            },
            unassigned_visible: true,
            team: self.team.map(Into::into),
            more_teams: Vec::new(),
            hours: None,
            availability: Availability::Available,
        }
    }
}

/// The last stage is the closed one.
pub struct PipelineRow {
    id: &'static str,
    name: &'static str,
    pub stages: &'static [(&'static str, &'static str)],
}

pub const PIPELINES: &[PipelineRow] = &[
    PipelineRow {
        id: "support",
        name: "Support",
        stages: &[("new", "New"), ("waiting-us", "Waiting on us"), ("waiting-customer", "Waiting on customer"), ("closed", "Closed")],
    },
    PipelineRow { id: "returns", name: "Returns", stages: &[("requested", "Requested"), ("received", "Received"), ("settled", "Settled")] },
];

impl PipelineRow {
    fn pipeline(&self) -> Pipeline {
        let last = self.stages.len() - 1;
        let stage = |(position, (id, name)): (usize, &(&str, &str))| Stage {
            id: (*id).into(),
            name: (*name).into(),
            state: if position == last { StageState::Closed } else { StageState::Open },
        };
        Pipeline { id: self.id.into(), name: self.name.into(), stages: self.stages.iter().enumerate().map(stage).collect() }
    }
}

const INBOXES: &[(&str, &str, InboxKind)] = &[
    ("mail", "Mail", InboxKind::Inbox),
    ("chats", "Chats", InboxKind::Inbox),
    ("phone", "Phone", InboxKind::Inbox),
    ("help-desk", "Help desk", InboxKind::HelpDesk),
];

pub struct ChannelRow {
    pub id: &'static str,
    pub kind: Kind,
    name: &'static str,
    address: &'static str,
    inbox: &'static str,
}

pub const MAIN_CHANNEL: ChannelRow =
    ChannelRow { id: "email", kind: Kind::Email, name: "Support", address: "support@example.com", inbox: "mail" };

pub const OTHER_CHANNELS: &[ChannelRow] = &[
    ChannelRow { id: "chat", kind: Kind::Chat, name: "Website chat", address: "website-chat", inbox: "chats" },
    ChannelRow { id: "form", kind: Kind::Form, name: "Contact form", address: "contact-form", inbox: "mail" },
    ChannelRow { id: "calling", kind: Kind::Calling, name: "Hotline", address: "+48225550100", inbox: "phone" },
    ChannelRow { id: "whatsapp", kind: Kind::Whatsapp, name: "WhatsApp", address: "+48605550100", inbox: "chats" },
];

impl ChannelRow {
    fn channel(&self) -> Channel {
        Channel {
            id: self.id.into(),
            name: self.name.into(),
            kind: self.kind,
            address: self.address.into(),
            inbox: self.inbox.into(),
            connected: true,
            settings: Settings { ticket_creation: TicketCreation { enabled: true, stage: Some("new".into()) }, ..Settings::default() },
        }
    }
}

pub const CATEGORIES: &[&str] = &["delivery", "billing", "defect", "account"];

pub const FIRST_NAMES: &[&str] = &[
    "Anna", "Piotr", "Zofia", "Michał", "Łucja", "Emma", "James", "Olivia", "Henry", "Chloë", "Aino", "Väinö", "Sanna", "Jyrki", "花子",
    "健太",
];
pub const LAST_NAMES: &[&str] =
    &["Kowalska", "Wiśniewski", "Wójcik", "Żak", "Smith", "O'Brien", "Baker", "Müller", "Virtanen", "Mäkelä", "Hämäläinen", "佐藤", "鈴木"];
