//! Tickets: records of a problem, each in a stage of a pipeline.

pub mod properties;

use serde::{Deserialize, Serialize};

use super::Id;
use super::channel::Kind;
use super::contact::filled;
use super::time::Time;
use crate::text_enum;

text_enum! {
    pub enum Priority { Low = "LOW", Medium = "MEDIUM", High = "HIGH", Urgent = "URGENT" }
}

text_enum! {
    /// H4: where a ticket comes from.
    pub enum Source {
        Email = "EMAIL",
        Chat = "CHAT",
        Form = "FORM",
        Phone = "PHONE",
        Whatsapp = "WHATSAPP",
        FacebookMessenger = "FACEBOOK_MESSENGER",
        Manual = "MANUAL",
        Import = "IMPORT",
        Api = "API",
    }
}

impl From<Kind> for Source {
    /// M13: a made ticket's source is the channel's kind.
    fn from(kind: Kind) -> Source {
        match kind {
            Kind::Email => Source::Email,
            Kind::Chat => Source::Chat,
            Kind::Form => Source::Form,
            Kind::Calling => Source::Phone,
            Kind::Whatsapp => Source::Whatsapp,
            Kind::FacebookMessenger => Source::FacebookMessenger,
        }
    }
}

/// A ticket as it lies in the store.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Ticket {
    pub id: Id,
    pub name: String,
    pub stage_id: Id,
    /// Whether the stage's state is OPEN; kept beside it because every view asks.
    pub open: bool,
    pub owner_id: Option<Id>,
    pub team_id: Option<Id>,
    pub priority: Option<Priority>,
    pub category: Option<String>,
    pub source: Option<Source>,
    pub description: Option<String>,
    /// The first contact; further ones are associations.
    pub contact_id: Option<Id>,
    pub company_id: Option<Id>,
    pub created_at: Time,
    pub closed_at: Option<Time>,
    pub last_activity_at: Time,
    pub spam: bool,
    /// H3: set once, never unset.
    pub in_help_desk: bool,
    /// The conversation it was made for; unique, so that no conversation gets two (M13).
    pub made_for: Option<Id>,
    /// The migration that made it.
    pub made_by_run: Option<Id>,
    /// What another system calls it, `zendesk:4711`: unique, through merging and deletion too (I5).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub external_ref: Option<String>,
}

/// I5: a ticket's reference in another system is the system and the id there; systems are told apart in any case of letters.
fn external_ref(ticket: &mut Ticket, typed: Option<&str>) -> Result<(), String> {
    let Some(typed) = typed else {
        ticket.external_ref = None;
        return Ok(());
    };
    let (system, id) = typed.trim().split_once(':').unwrap_or_default();
    let (system, id) = (system.trim().to_lowercase(), id.trim());
    let sound = system.starts_with(|c: char| c.is_ascii_lowercase())
        && system.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || "-_.".contains(c));
    if !sound || id.is_empty() {
        return Err(format!("\"{typed}\" does not name another system and its id there"));
    }
    ticket.external_ref = Some(format!("{system}:{id}"));
    Ok(())
}

/// M13: the conversation's subject, else "Conversation with (the contact)". What is blank is not there.
pub fn made_name(subject: Option<&str>, contact: Option<&str>) -> String {
    match (filled(subject), filled(contact)) {
        (Some(subject), _) => subject.to_owned(),
        (None, contact) => format!("Conversation with {}", contact.unwrap_or("an unknown contact")),
    }
}

/// Whether `made_name` asks for the contact.
pub fn is_named_after_contact(subject: Option<&str>) -> bool {
    filled(subject).is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A ticket that has a value of everything.
    pub fn full() -> Ticket {
        Ticket {
            id: 7,
            name: "Broken".into(),
            stage_id: 2,
            open: true,
            owner_id: Some(3),
            team_id: Some(4),
            priority: Some(Priority::High),
            category: Some("Returns".into()),
            source: Some(Source::Email),
            description: Some("It does not start".into()),
            contact_id: Some(5),
            company_id: Some(6),
            created_at: Time(1_000),
            closed_at: Some(Time(2_000)),
            last_activity_at: Time(3_000),
            spam: true,
            in_help_desk: true,
            made_for: Some(8),
            made_by_run: Some(9),
            external_ref: Some("zendesk:4711".into()),
        }
    }

    #[test]
    fn i5_a_reference_names_the_system_and_the_id_there() {
        let read = |typed: &str| {
            let mut ticket = Ticket::default();
            external_ref(&mut ticket, Some(typed)).map(|()| ticket.external_ref.unwrap())
        };
        assert_eq!(read(" Zendesk: 4711 "), Ok("zendesk:4711".into()));
        assert_eq!(read("freshdesk:A/1:2"), Ok("freshdesk:A/1:2".into()));
        for wrong in ["", "4711", ":4711", "zendesk:", "zen desk:1", "7:1", "zendesk: "] {
            assert!(read(wrong).is_err(), "{wrong}");
        }
    }
}
