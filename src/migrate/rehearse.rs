//! Deciding every conversation without writing anything: `plan --full` and `start --dry-run`.

use std::collections::BTreeMap;

use super::checks::Flow;
use crate::args;
use crate::domain::Id;
use crate::domain::channel::Channel;
use crate::domain::conversation::{Conversation, Status};
use crate::domain::document::InboxKind;
use crate::domain::migration::{Agents, Decision, FrozenMap, PreparedMap, Subject, Users, decide};
use crate::domain::ticket::Ticket;
use crate::error::Result;
use crate::store::contacts::read_name;
use crate::store::{Row, Tx, conversations, inboxes, tickets, users};

/// What a rehearsal found.
#[derive(Clone, Debug, Default)]
pub struct Rehearsal {
    pub flow: Vec<Flow>,
    /// Conversations that lose their owner.
    pub unassigned: i64,
}

/// A conversation of the channel, and what becomes of it.
pub struct Decided {
    pub conversation: Conversation,
    pub decision: Decision,
    /// The ticket that it has already.
    pub ticket: Option<Ticket>,
    /// No conversation of this channel with a lower id has the same ticket.
    pub first_of_ticket: bool,
}

/// Conversations at a time.
const PAGE: i64 = 1_000;

/// Decides every conversation of the channel by the map, a page at a time.
pub fn each_page(
    tx: &mut Tx<'_>,
    channel: &Channel,
    map: &FrozenMap,
    mut tell: impl FnMut(&mut Tx<'_>, Vec<Decided>) -> Result<()>,
) -> Result<()> {
    let agents: Agents =
        users::all(tx)?.into_iter().filter(|user| user.has_help_desk_access()).map(|user| (user.id, user.team_id)).collect();
    let prepared = map.prepare(&Users::new());
    let help_desk = inboxes::all(tx)?.into_iter().find(|inbox| inbox.kind == InboxKind::HelpDesk).map(|inbox| inbox.id);
    let sql = format!(
        "SELECT {}, k.first_name, k.last_name, k.email, k.phone, k.mobile_phone, \
         CASE WHEN EXISTS (SELECT 1 FROM conversation_tickets o WHERE o.ticket_id = l.ticket_id AND o.conversation_id < c.id \
           AND (SELECT d.channel_id FROM conversations d WHERE d.id = o.conversation_id) = c.channel_id) THEN 0 ELSE 1 END, t.id, {} \
         FROM conversations c LEFT JOIN conversation_tickets l ON l.conversation_id = c.id \
         LEFT JOIN tickets t ON t.id = l.ticket_id \
         LEFT JOIN contacts k ON k.id = c.contact_id WHERE c.channel_id = $1 AND c.id > $2 ORDER BY c.id LIMIT $3",
        conversations::COLUMNS,
        tickets::COLUMNS
    );
    let mut after: Id = 0;
    loop {
        let page = tx.query(&sql, args![channel.id, after, PAGE], |row| decided(row, channel, help_desk, &prepared, &agents))?;
        let Some(last) = page.last() else { return Ok(()) };
        after = last.conversation.id;
        tell(tx, page)?;
    }
}

fn decided(row: &mut Row<'_>, channel: &Channel, help_desk: Option<Id>, map: &PreparedMap<'_>, agents: &Agents) -> Result<Decided> {
    let c = conversations::read(row)?;
    let contact = read_name(row)?;
    let first_of_ticket = row.get()?;
    let ticket = match row.get::<Option<Id>>()? {
        Some(_) => Some(tickets::read(row)?),
        None => None,
    };
    let subject = Subject {
        status: c.status,
        spam: c.spam,
        owner: c.owner_id,
        subject: c.subject.as_deref(),
        contact: contact.as_deref(),
        kind: channel.kind,
        address: &channel.address,
        started_at: c.started_at,
        closed_at: c.closed_at,
        last_message_at: c.last_message_at,
        message_count: c.message_count,
        has_ticket: ticket.is_some(),
        in_help_desk: Some(c.inbox_id) == help_desk,
    };
    let decision = decide(&subject, map, agents);
    Ok(Decided { conversation: c, decision, ticket, first_of_ticket })
}

/// What the map makes of the channel's conversations, in constant memory.
pub fn flow(tx: &mut Tx<'_>, channel: &Channel, map: &FrozenMap) -> Result<Rehearsal> {
    let names: BTreeMap<Id, &str> = map.targets().map(|target| (target.stage_id, target.name.as_str())).collect();
    let mut found: BTreeMap<(Status, Id), i64> = BTreeMap::new();
    let mut unassigned = 0;
    each_page(tx, channel, map, |_, page| {
        for Decided { conversation, decision, .. } in page {
            unassigned += i64::from(decision.owner_lost);
            if let Some(made) = decision.made {
                *found.entry((conversation.status, made.stage_id)).or_default() += 1;
            }
        }
        Ok(())
    })?;
    let name = |id: Id| names.get(&id).map_or_else(|| id.to_string(), |name| (*name).to_owned());
    let flow = found.into_iter().map(|((status, stage), conversations)| Flow { status, stage: name(stage), conversations }).collect();
    Ok(Rehearsal { flow, unassigned })
}
