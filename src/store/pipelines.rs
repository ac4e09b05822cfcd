//! Pipelines and their stages.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use super::history::{self, Object};
use super::{Tx, visibility};
use crate::args;
use crate::domain::Id;
use crate::domain::access::Visibility;
use crate::domain::event::{Actor, Difference};
use crate::domain::pipeline::Stage;
use crate::domain::time::Time;
use crate::error::Result;

/// A pipeline without its stages.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Pipeline {
    pub id: Id,
    pub name: String,
    pub position: i64,
}

crate::record!(pipeline: Pipeline => "pipelines" { id: Int = pipeline.id, name: Text = pipeline.name, position: Int = pipeline.position });
crate::record!(stage: Stage => "stages" {
    id: Int = stage.id,
    pipeline_id: Int = stage.pipeline_id,
    name: Text = stage.name,
    state: Text = stage.state,
    position: Int = stage.position,
});

pub fn all(tx: &mut Tx<'_>) -> Result<Vec<Pipeline>> {
    tx.query("SELECT id, name, position FROM pipelines ORDER BY position, id", &[], |row| {
        Ok(Pipeline { id: row.get()?, name: row.get()?, position: row.get()? })
    })
}

/// Every stage, pipeline by pipeline, in order.
pub fn stages(tx: &mut Tx<'_>) -> Result<Vec<Stage>> {
    tx.query(
        "SELECT s.id, s.pipeline_id, p.name, s.name, s.state, s.position FROM stages s JOIN pipelines p ON p.id = s.pipeline_id \
         ORDER BY p.position, p.id, s.position, s.id",
        &[],
        |row| {
            Ok(Stage {
                id: row.get()?,
                pipeline_id: row.get()?,
                pipeline: row.get()?,
                name: row.get()?,
                state: row.get()?,
                position: row.get()?,
            })
        },
    )
}

/// How many tickets stand in a stage.
pub fn tickets_in_stage(tx: &mut Tx<'_>, stage: Id) -> Result<i64> {
    tx.one("SELECT count(*) FROM tickets WHERE stage_id = $1", args![stage], |row| row.get())
}

/// Tickets by stage, of what the viewer may see (H2).
pub fn ticket_counts(tx: &mut Tx<'_>, visibility: &Visibility) -> Result<HashMap<Id, i64>> {
    let limit = visibility::condition(visibility, "t.owner_id", "t.team_id", 0);
    let args: Vec<_> = limit.args().collect();
    let sql = ["SELECT t.stage_id, count(*) FROM tickets t WHERE ", &limit.sql, " GROUP BY t.stage_id"].concat();
    let counts = tx.query(&sql, &args, |row| Ok((row.get()?, row.get()?)))?;
    Ok(counts.into_iter().collect())
}

/// Removes a stage in which no ticket stands.
pub fn delete_stage(tx: &mut Tx<'_>, id: Id) -> Result<()> {
    tx.execute("DELETE FROM stages WHERE id = $1", args![id]).map(drop)
}

/// Removes a pipeline with its stages, in none of which a ticket stands.
pub fn delete(tx: &mut Tx<'_>, id: Id) -> Result<()> {
    tx.execute("DELETE FROM stages WHERE pipeline_id = $1", args![id])?;
    tx.execute("DELETE FROM pipelines WHERE id = $1", args![id]).map(drop)
}

/// Tickets changed at a time when their stage changes state: bounds the memory, not the transaction.
const AT_A_TIME: i64 = 1_000;

/// Opens or closes every ticket of a stage whose state changed, and notes it in each one's history. Answers how many.
///
/// A ticket that closes is closed now, one that opens has no close date any more.
pub fn set_open(tx: &mut Tx<'_>, stage: Id, open: bool, now: Time, actor: Actor) -> Result<i64> {
    let (mut after, mut changed) = (0, 0);
    loop {
        let tickets: Vec<(Id, Option<Time>)> = tx.query(
            "SELECT id, closed_at FROM tickets WHERE stage_id = $1 AND open <> $2 AND id > $3 ORDER BY id LIMIT $4",
            args![stage, open, after, AT_A_TIME],
            |row| Ok((row.get()?, row.get()?)),
        )?;
        let Some((last, _)) = tickets.last() else { break };
        after = *last;
        changed += tickets.len() as i64;
        for (ticket, closed_at) in tickets {
            let new_closed_at = if open { None } else { closed_at.or(Some(now)) };
            let text = |open: bool| Some(i64::from(open).to_string());
            let time = |at: Option<Time>| at.map(|at| at.to_string());
            let changes =
                [Difference::new("open", text(!open), text(open)), Difference::new("closed_at", time(closed_at), time(new_closed_at))];
            history::note(tx, Object::Ticket, ticket, now, actor, &changes)?;
        }
    }
    if open {
        tx.execute("UPDATE tickets SET open = 1, closed_at = NULL WHERE stage_id = $1 AND open = 0", args![stage])?;
    } else {
        tx.execute("UPDATE tickets SET open = 0, closed_at = coalesce(closed_at, $1) WHERE stage_id = $2 AND open = 1", args![now, stage])?;
    }
    Ok(changed)
}
