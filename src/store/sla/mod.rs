//! Working hours by name, and the revisions of the SLA policy; the clocks of tickets are in `clocks`.

pub mod clocks;
pub mod due;
pub mod history;
pub mod report;

use super::{Row, Tx, pipelines, users};
use crate::args;
use crate::domain::Id;
use crate::domain::sla::naming::Known;
use crate::domain::sla::policy::ApplyTo;
use crate::domain::sla::{Hours, Policy};
use crate::domain::time::Time;
use crate::error::{Error, Result};

crate::stored_as_text!(ApplyTo);

/// Working hours as they lie in the store.
#[derive(Clone, Debug)]
pub struct NamedHours {
    pub id: Id,
    pub name: String,
    pub hours: Hours,
    pub updated_at: Time,
}

/// All working hours, by name.
pub fn all_hours(tx: &mut Tx<'_>) -> Result<Vec<NamedHours>> {
    tx.query("SELECT id, name, hours, updated_at FROM sla_hours ORDER BY name", &[], |row| {
        Ok(NamedHours { id: row.get()?, name: row.get()?, hours: row.json()?, updated_at: row.get()? })
    })
}

/// Changes with every change of the policy or of working hours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Version(i64, i64, Option<Time>);

pub fn version(tx: &mut Tx<'_>) -> Result<Version> {
    let sql = "SELECT (SELECT coalesce(max(id), 0) FROM sla_policies), count(*), max(updated_at) FROM sla_hours";
    tx.one(sql, &[], |row| Ok(Version(row.get()?, row.get()?, row.get()?)))
}

/// Writes working hours, new or changed.
pub fn put_hours(tx: &mut Tx<'_>, hours: &NamedHours) -> Result<()> {
    let document = json(&hours.hours)?;
    tx.execute(
        "INSERT INTO sla_hours (id, name, hours, updated_at) VALUES ($1, $2, $3, $4) \
         ON CONFLICT (id) DO UPDATE SET hours = excluded.hours, updated_at = excluded.updated_at",
        args![hours.id, hours.name, document, hours.updated_at],
    )?;
    keep_version(tx, &hours.name, hours.updated_at, Some(document))
}

/// Removes working hours, as of `at`.
pub fn delete_hours(tx: &mut Tx<'_>, hours: &NamedHours, at: Time) -> Result<()> {
    tx.execute("DELETE FROM sla_hours WHERE id = $1", args![hours.id])?;
    keep_version(tx, &hours.name, at, None)
}

fn keep_version(tx: &mut Tx<'_>, name: &str, since: Time, document: Option<String>) -> Result<()> {
    tx.execute(
        "INSERT INTO sla_hours_versions (name, since, hours) VALUES ($1, $2, $3) \
         ON CONFLICT (name, since) DO UPDATE SET hours = excluded.hours",
        args![name, since, document],
    )
    .map(drop)
}

/// Working hours as they were from a time on; none where they were removed then.
#[derive(Clone, Debug)]
pub struct HoursVersion {
    pub name: String,
    pub since: Time,
    pub hours: Option<Hours>,
}

/// All versions of all working hours, each one's in order.
pub fn hours_versions(tx: &mut Tx<'_>) -> Result<Vec<HoursVersion>> {
    tx.query("SELECT name, since, hours FROM sla_hours_versions ORDER BY name, since", &[], |row| {
        let (name, since) = (row.get()?, row.get()?);
        let hours: Option<String> = row.get()?;
        let hours = hours.map(|text| serde_json::from_str(&text)).transpose().map_err(corrupt)?;
        Ok(HoursVersion { name, since, hours })
    })
}

/// Whether any working hours are others than at a time.
pub fn hours_changed_since(tx: &mut Tx<'_>, at: Time) -> Result<bool> {
    tx.one("SELECT count(*) FROM sla_hours_versions WHERE since > $1", args![at], |row| row.get::<i64>()).map(|count| count > 0)
}

/// The working hours of a time.
pub fn hours_at(versions: &[HoursVersion], at: Time) -> Vec<NamedHours> {
    let of_one = versions.chunk_by(|one, next| one.name == next.name);
    let then = of_one.filter_map(|versions| versions.iter().rev().find(|version| version.since <= at).or(versions.first()));
    then.filter_map(|version| {
        Some(NamedHours { id: 0, name: version.name.clone(), hours: version.hours.clone()?, updated_at: version.since })
    })
    .collect()
}

/// The teams, pipelines and stages that a policy can name.
pub fn known(tx: &mut Tx<'_>) -> Result<Known> {
    Ok(Known {
        teams: users::teams(tx)?.into_iter().map(|team| (team.id, team.name)).collect(),
        pipelines: pipelines::all(tx)?.into_iter().map(|pipeline| (pipeline.id, pipeline.name)).collect(),
        stages: pipelines::stages(tx)?,
    })
}

/// A revision of the policy. Teams, pipelines and stages stand in it by id.
#[derive(Clone, Debug)]
pub struct Revision {
    pub id: Id,
    /// None where SLAs were switched off.
    pub policy: Option<Policy>,
    pub apply_to: ApplyTo,
    pub set_at: Time,
    pub set_by: Id,
}

/// The newest revision; none where there never was one.
pub fn newest(tx: &mut Tx<'_>) -> Result<Option<Revision>> {
    tx.optional("SELECT id, policy, apply_to, set_at, set_by FROM sla_policies ORDER BY id DESC LIMIT 1", &[], read)
}

pub fn revision(tx: &mut Tx<'_>, id: Id) -> Result<Option<Revision>> {
    tx.optional("SELECT id, policy, apply_to, set_at, set_by FROM sla_policies WHERE id = $1", args![id], read)
}

/// Every revision, oldest first.
pub fn revisions(tx: &mut Tx<'_>) -> Result<Vec<Revision>> {
    tx.query("SELECT id, policy, apply_to, set_at, set_by FROM sla_policies ORDER BY id", &[], read)
}

/// How many open tickets follow one of these revisions.
pub fn open_tickets_of(tx: &mut Tx<'_>, revisions: &[Id]) -> Result<i64> {
    let dialect = tx.dialect();
    let sql = format!(
        "SELECT count(*) FROM ticket_slas s JOIN tickets t ON t.id = s.ticket_id WHERE t.open = 1 AND s.finished = 0 AND s.policy_id {}",
        dialect.any_of(1)
    );
    tx.one(&sql, args![dialect.id_list(revisions)], |row| row.get())
}

fn read(row: &mut Row<'_>) -> Result<Revision> {
    let (id, policy): (Id, Option<String>) = (row.get()?, row.get()?);
    let policy = policy.map(|text| serde_json::from_str(&text)).transpose().map_err(corrupt)?;
    Ok(Revision { id, policy, apply_to: row.get()?, set_at: row.get()?, set_by: row.get()? })
}

/// Adds a revision: from now on it is in force.
pub fn add(tx: &mut Tx<'_>, revision: &Revision) -> Result<()> {
    let policy = revision.policy.as_ref().map(json).transpose()?;
    tx.execute(
        "INSERT INTO sla_policies (id, policy, apply_to, set_at, set_by) VALUES ($1, $2, $3, $4, $5)",
        args![revision.id, policy, revision.apply_to, revision.set_at, revision.set_by],
    )
    .map(drop)
}

fn json<T: serde::Serialize>(value: &T) -> Result<String> {
    serde_json::to_string(value).map_err(Error::unexpected)
}

fn corrupt(source: serde_json::Error) -> Error {
    Error::failed("store_corrupt", "the SLA policy in the store does not parse").caused_by(source)
}
