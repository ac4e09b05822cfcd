//! Deciding every conversation without writing anything: `plan --full` and `start --dry-run`.

use std::collections::BTreeMap;

use super::checks::Flow;
use crate::args;
use crate::domain::Id;
use crate::domain::channel::Channel;
use crate::domain::conversation::Status;
use crate::domain::migration::{Agents, FrozenMap, Subject, decide};
use crate::error::Result;
use crate::store::contacts::display_name;
use crate::store::{Tx, conversations, users};

/// What a rehearsal found.
#[derive(Clone, Debug, Default)]
pub struct Rehearsal {
    pub flow: Vec<Flow>,
    /// Conversations that lose their owner.
    pub unassigned: i64,
}

/// Decides every conversation of the channel by the map, one by one, in constant memory.
pub fn flow(tx: &mut Tx<'_>, channel: &Channel, map: &FrozenMap) -> Result<Rehearsal> {
    let agents: Agents =
        users::all(tx)?.into_iter().filter(|user| user.has_help_desk_access()).map(|user| (user.id, user.team_id)).collect();
    let prepared = map.prepare();
    let names: BTreeMap<Id, &str> = map.targets().map(|target| (target.stage_id, target.name.as_str())).collect();
    let mut found: BTreeMap<(Status, Id), i64> = BTreeMap::new();
    let mut unassigned = 0;
    let sql = format!(
        "SELECT {}, u.email, k.first_name, k.last_name, k.email, k.phone, k.mobile_phone, l.ticket_id FROM conversations c \
         LEFT JOIN conversation_tickets l ON l.conversation_id = c.id LEFT JOIN users u ON u.id = c.owner_id \
         LEFT JOIN contacts k ON k.id = c.contact_id WHERE c.channel_id = $1 ORDER BY c.id",
        conversations::COLUMNS
    );
    tx.each(&sql, args![channel.id], |row| {
        let c = conversations::read(row)?;
        let owner_email: Option<&str> = row.get()?;
        let (first, last, email): (Option<&str>, Option<&str>, Option<&str>) = (row.get()?, row.get()?, row.get()?);
        let (phone, mobile): (Option<&str>, Option<&str>) = (row.get()?, row.get()?);
        let contact = display_name(first, last, email, phone.or(mobile));
        let subject = Subject {
            status: c.status,
            spam: c.spam,
            owner: c.owner_id,
            owner_email,
            subject: c.subject.as_deref(),
            contact: contact.as_deref(),
            kind: channel.kind,
            address: &channel.address,
            started_at: c.started_at,
            closed_at: c.closed_at,
            last_message_at: c.last_message_at,
            message_count: c.message_count,
            has_ticket: row.get::<Option<Id>>()?.is_some(),
            in_help_desk: c.inbox_id != channel.inbox_id,
        };
        let decision = decide(&subject, &prepared, &agents);
        unassigned += i64::from(decision.owner_lost);
        if let Some(made) = decision.made {
            *found.entry((c.status, made.stage_id)).or_default() += 1;
        }
        Ok(())
    })?;
    let name = |id: Id| names.get(&id).map_or_else(|| id.to_string(), |name| (*name).to_owned());
    let flow = found.into_iter().map(|((status, stage), conversations)| Flow { status, stage: name(stage), conversations }).collect();
    Ok(Rehearsal { flow, unassigned })
}
