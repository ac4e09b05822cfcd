//! `migrations report`: what a run did, as data; the HTML page and the text are made from it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::find;
use super::status::{Status, status};
use crate::args;
use crate::domain::Id;
use crate::domain::conversation::Status as ConversationStatus;
use crate::domain::migration::History;
use crate::domain::sla::historic::Choice;
use crate::domain::user::Permission;
use crate::error::Result;
use crate::migrate::checks::Flow;
use crate::migrate::verify::{self, Summary};
use crate::ops::{Desk, Operation};
use crate::store::migrations::{self, PhaseEntry, Run};

/// Everything about one migration.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ReportData {
    pub status: Status,
    /// Tickets that were made, from conversation status to stage.
    pub made: Vec<Flow>,
    /// Tickets that moved with their conversations, by the stage they stand in.
    pub moved: Vec<Flow>,
    pub timeline: Vec<PhaseEntry>,
    pub exceptions: Vec<Exception>,
    /// What became of the SLAs of history (M12); absent without history.
    #[serde(default)]
    pub sla: Option<SlaReport>,
    /// Conversations that began on the channel after it had moved (M11).
    pub arrivals: i64,
    /// What verify says now; absent before the channel has moved.
    pub verification: Option<Summary>,
    /// Differences that verify found, in words.
    pub differences: Vec<String>,
}

/// The clocks of the tickets that the run made, and of those that moved along.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "MigrationSla")]
pub struct SlaReport {
    pub choice: Choice,
    pub with_clocks: i64,
    /// Tickets without an SLA for good.
    pub exempt: i64,
    /// Tickets with a target that was overdue when the run ended, or was last seen.
    pub overdue: i64,
}

/// Something that an administrator should look at.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Exception {
    /// Stable: `owner_lost`, `kept_in_help_desk`, `shared_ticket`.
    pub code: String,
    pub conversation: Id,
    pub message: String,
}

/// Reports on one migration: the given one, else the active one, else the latest.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct Report {
    pub id: Option<Id>,
}

impl Operation for Report {
    const NAME: &'static str = "migrations.report";
    const WRITES: bool = false;
    type Output = ReportData;

    fn needs(&self) -> Permission {
        Permission::SuperAdmin
    }

    fn run(self, desk: &mut Desk<'_>) -> Result<ReportData> {
        let run = find(desk, self.id)?;
        let mut differences = Vec::new();
        let verification = match run.boundary {
            None => None,
            Some(_) => Some(verify::verify(
                &mut desk.tx,
                &run,
                &mut |verdict| {
                    differences.extend(verdict.problems.iter().map(|problem| problem.message.clone()));
                    Ok(())
                },
                &|| false,
            )?),
        };
        Ok(ReportData {
            made: flow(desk, MADE, run.id)?,
            moved: flow(desk, MOVED, run.id)?,
            timeline: migrations::phases(&mut desk.tx, run.id)?,
            exceptions: exceptions(desk, &run)?,
            sla: sla(desk, &run)?,
            arrivals: verification.map_or(0, |summary| summary.arrivals),
            verification,
            differences,
            status: status(desk, run)?,
        })
    }
}

/// The stage in which each ticket was made, from its first history row: it may have gone on since.
const MADE: &str = "SELECT i.status, p.name, s.name, count(*) FROM migration_items i \
     JOIN conversation_tickets l ON l.conversation_id = i.conversation_id \
     JOIN history h ON h.object = 'ticket' AND h.object_id = l.ticket_id AND h.property = 'created' AND h.run_id = i.run_id \
     JOIN stages s ON s.id = CAST(h.new_value AS BIGINT) JOIN pipelines p ON p.id = s.pipeline_id \
     WHERE i.run_id = $1 AND i.outcome = 'made' GROUP BY i.status, p.name, s.name, p.position, s.position ORDER BY i.status DESC, p.position, s.position";
const MOVED: &str = "SELECT i.status, p.name, s.name, count(*) FROM migration_items i JOIN tickets t ON t.id = i.ticket_id \
     JOIN stages s ON s.id = t.stage_id JOIN pipelines p ON p.id = s.pipeline_id \
     WHERE i.run_id = $1 AND i.outcome = 'moved' GROUP BY i.status, p.name, s.name, p.position, s.position ORDER BY i.status DESC, p.position, s.position";

fn flow(desk: &mut Desk<'_>, sql: &str, run: Id) -> Result<Vec<Flow>> {
    desk.tx.query(sql, args![run], |row| {
        let (status, pipeline, stage): (ConversationStatus, String, String) = (row.get()?, row.get()?, row.get()?);
        Ok(Flow { status, stage: format!("{pipeline}/{stage}"), conversations: row.get()? })
    })
}

/// Exempt is what is finished and never had a clock. A clock was overdue at the end if it ran then and was due before.
const CLOCKS: &str = "SELECT CAST(count(c.ticket_id) AS BIGINT), \
     CAST(coalesce(sum(CASE WHEN s.finished = 1 AND c.ticket_id IS NULL THEN 1 ELSE 0 END), 0) AS BIGINT), \
     CAST(coalesce(sum(CASE WHEN EXISTS (SELECT 1 FROM sla_clocks k WHERE k.ticket_id = s.ticket_id \
         AND (k.ended_at IS NULL OR k.ended_at > $1) AND coalesce(k.breached_at, k.due_at) < $2) THEN 1 ELSE 0 END), 0) AS BIGINT) \
     FROM (SELECT DISTINCT l.ticket_id FROM migration_items i JOIN conversation_tickets l ON l.conversation_id = i.conversation_id \
         WHERE i.run_id = $3 AND i.outcome <> 'kept') AS moved JOIN ticket_slas s ON s.ticket_id = moved.ticket_id \
         LEFT JOIN ticket_clocks c ON c.ticket_id = s.ticket_id";

fn sla(desk: &mut Desk<'_>, run: &Run) -> Result<Option<SlaReport>> {
    if run.history == History::None {
        return Ok(None);
    }
    let end = run.finished_at.unwrap_or(run.updated_at);
    let counts = desk.tx.one(CLOCKS, args![end, end, run.id], |row| {
        Ok(SlaReport { choice: run.sla_historic, with_clocks: row.get()?, exempt: row.get()?, overdue: row.get()? })
    })?;
    Ok(Some(counts))
}

fn exceptions(desk: &mut Desk<'_>, run: &Run) -> Result<Vec<Exception>> {
    let mut exceptions = Vec::new();
    let mut add =
        |code: &str, conversation: Id, message: String| exceptions.push(Exception { code: code.to_owned(), conversation, message });
    desk.tx.each(
        "SELECT i.conversation_id, i.owner_id, u.name, u.email FROM migration_items i LEFT JOIN users u ON u.id = i.owner_id \
         WHERE i.run_id = $1 AND i.owner_id IS NOT NULL ORDER BY i.conversation_id",
        args![run.id],
        |row| {
            let (conversation, owner): (Id, Id) = (row.get()?, row.get()?);
            if !run.agents.contains_key(&owner) {
                let who = match (row.get::<Option<String>>()?, row.get::<Option<String>>()?) {
                    (Some(name), Some(email)) => format!("{name} <{email}>"),
                    _ => format!("user {owner}"),
                };
                add("owner_lost", conversation, format!("became unassigned: {who} has no help desk access (M13)"));
            }
            Ok(())
        },
    )?;
    desk.tx.each(
        "SELECT conversation_id FROM migration_items WHERE run_id = $1 AND outcome = 'kept' ORDER BY conversation_id",
        args![run.id],
        |row| {
            add("kept_in_help_desk", row.get()?, "lay in the help desk already (H11)".into());
            Ok(())
        },
    )?;
    desk.tx.each(
        "SELECT i.conversation_id, i.ticket_id FROM migration_items i WHERE i.run_id = $1 AND i.ticket_id IS NOT NULL \
         AND EXISTS (SELECT 1 FROM conversation_tickets o WHERE o.ticket_id = i.ticket_id AND o.conversation_id <> i.conversation_id) \
         ORDER BY i.conversation_id",
        args![run.id],
        |row| {
            let (conversation, ticket): (Id, Id) = (row.get()?, row.get()?);
            add("shared_ticket", conversation, format!("shares ticket {ticket} with another conversation (M13)"));
            Ok(())
        },
    )?;
    Ok(exceptions)
}
