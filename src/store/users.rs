//! Users and teams.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use super::{Tx, tokens};
use crate::args;
use crate::domain::Id;
use crate::domain::address;
use crate::domain::time::Time;
use crate::domain::user::{User, Working};
use crate::error::Result;

/// A group of users (H6).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Team {
    pub id: Id,
    pub name: String,
    /// Working hours for members without their own (H7).
    pub hours_id: Option<Id>,
}

/// What `read` reads, of a table that the query calls u: columns of the first schema only, because an older store is asked who may
/// upgrade or replace it.
pub(super) const COLUMNS: &str =
    "u.id, u.email, u.name, u.role, u.grants, u.seat, u.active, u.ticket_access, u.unassigned_visible, u.team_id";

pub(super) fn read(row: &mut super::Row<'_>) -> Result<User> {
    Ok(User {
        id: row.get()?,
        email: row.get()?,
        name: row.get()?,
        role: row.get()?,
        grants: row.json()?,
        seat: row.get()?,
        active: row.get()?,
        ticket_access: row.get()?,
        unassigned_visible: row.get()?,
        team_id: row.get()?,
        more_teams: Vec::new(),
    })
}

/// Every user, by id.
pub fn all(tx: &mut Tx<'_>) -> Result<Vec<User>> {
    let mut users = tx.query(&format!("SELECT {COLUMNS} FROM users u ORDER BY u.id"), &[], read)?;
    let mut further: HashMap<Id, Vec<Id>> = HashMap::new();
    tx.each("SELECT user_id, team_id FROM user_teams ORDER BY user_id, team_id", &[], |row| {
        further.entry(row.get()?).or_default().push(row.get()?);
        Ok(())
    })?;
    for user in &mut users {
        user.more_teams = further.remove(&user.id).unwrap_or_default();
    }
    Ok(users)
}

fn with_teams(tx: &mut Tx<'_>, mut user: User) -> Result<User> {
    user.more_teams = tx.query("SELECT team_id FROM user_teams WHERE user_id = $1 ORDER BY team_id", args![user.id], |row| row.get())?;
    Ok(user)
}

/// By address, in any case.
pub fn by_email(tx: &mut Tx<'_>, email: &str) -> Result<Option<User>> {
    let [kept, ascii] = address::forms(email);
    let sql = format!("SELECT {COLUMNS} FROM users u WHERE u.email IN ($1, $2) ORDER BY u.id LIMIT 1");
    let found = tx.optional(&sql, args![kept, ascii], read)?;
    found.map(|user| with_teams(tx, user)).transpose()
}

pub fn by_id(tx: &mut Tx<'_>, id: Id) -> Result<Option<User>> {
    let found = tx.optional(&format!("SELECT {COLUMNS} FROM users u WHERE u.id = $1"), args![id], read)?;
    found.map(|user| with_teams(tx, user)).transpose()
}

/// Whoever acts when nobody is named: the first active super admin.
pub fn first_super_admin(tx: &mut Tx<'_>) -> Result<Option<User>> {
    let found = tx.optional(
        &format!("SELECT {COLUMNS} FROM users u WHERE u.role = 'super_admin' AND u.active = 1 ORDER BY u.id LIMIT 1"),
        &[],
        read,
    )?;
    found.map(|user| with_teams(tx, user)).transpose()
}

const UPSERT: &str = "INSERT INTO users (id, email, name, role, grants, seat, active, ticket_access, unassigned_visible, team_id) \
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) \
     ON CONFLICT (id) DO UPDATE SET email = excluded.email, name = excluded.name, role = excluded.role, grants = excluded.grants, \
     seat = excluded.seat, active = excluded.active, ticket_access = excluded.ticket_access, \
     unassigned_visible = excluded.unassigned_visible, team_id = excluded.team_id";

/// Writes a user, new or changed, with all teams.
pub fn put(tx: &mut Tx<'_>, user: &User) -> Result<()> {
    let grants = serde_json::json!(user.grants).to_string();
    tx.execute(
        UPSERT,
        args![
            user.id,
            user.email.to_lowercase(),
            user.name,
            user.role,
            grants,
            user.seat,
            user.active,
            user.ticket_access,
            user.unassigned_visible,
            user.team_id
        ],
    )?;
    tx.execute("DELETE FROM user_teams WHERE user_id = $1", args![user.id])?;
    for team in &user.more_teams {
        tx.execute("INSERT INTO user_teams (user_id, team_id) VALUES ($1, $2)", args![user.id, team])?;
    }
    Ok(())
}

/// When each user works (H7).
pub fn working(tx: &mut Tx<'_>) -> Result<HashMap<Id, Working>> {
    let read = |row: &mut super::Row<'_>| Ok((row.get()?, Working { hours_id: row.get()?, availability: row.get()? }));
    Ok(tx.query("SELECT id, hours_id, availability FROM users", &[], read)?.into_iter().collect())
}

/// Writes when a user works, who is there.
pub fn put_working(tx: &mut Tx<'_>, user: Id, working: Working) -> Result<()> {
    tx.execute("UPDATE users SET hours_id = $1, availability = $2 WHERE id = $3", args![working.hours_id, working.availability, user])
        .map(drop)
}

/// Every team, by id.
pub fn teams(tx: &mut Tx<'_>) -> Result<Vec<Team>> {
    tx.query("SELECT id, name, hours_id FROM teams ORDER BY id", &[], |row| {
        Ok(Team { id: row.get()?, name: row.get()?, hours_id: row.get()? })
    })
}

crate::record!(team: Team => "teams" { id: Int = team.id, name: Text = team.name, hours_id: Int = team.hours_id });

/// What refers to a user, by the name of the thing, and how many of each. Channels are counted by `ops::channels`.
pub fn user_usage(tx: &mut Tx<'_>, id: Id) -> Result<Vec<(&'static str, i64)>> {
    let queries = [
        ("conversations", "SELECT count(*) FROM conversations WHERE owner_id = $1"),
        ("tickets", "SELECT count(*) FROM tickets WHERE owner_id = $1"),
        ("migrations", "SELECT count(*) FROM migrations WHERE started_by = $1"),
        ("notices", "SELECT count(*) FROM outbox WHERE user_id = $1"),
        ("shared views", "SELECT count(*) FROM views WHERE owner_id = $1 AND sharing <> 'private'"),
    ];
    super::usage(tx, id, &queries)
}

/// Removes a user that nothing refers to, with the views that nobody else sees, and ends what was made with their tokens.
pub fn delete(tx: &mut Tx<'_>, id: Id, now: Time) -> Result<()> {
    tx.execute("DELETE FROM user_teams WHERE user_id = $1", args![id])?;
    tokens::remove_of(tx, id, now)?;
    tx.execute("DELETE FROM mentions WHERE user_id = $1", args![id])?;
    tx.execute("DELETE FROM ticket_followers WHERE user_id = $1", args![id])?;
    tx.execute("DELETE FROM views WHERE owner_id = $1", args![id])?;
    tx.execute("DELETE FROM users WHERE id = $1", args![id]).map(drop)
}

/// What refers to a team.
pub fn team_usage(tx: &mut Tx<'_>, id: Id) -> Result<Vec<(&'static str, i64)>> {
    let queries = [
        ("main members", "SELECT count(*) FROM users WHERE team_id = $1"),
        ("further members", "SELECT count(*) FROM user_teams WHERE team_id = $1"),
        ("tickets", "SELECT count(*) FROM tickets WHERE team_id = $1"),
        ("views", "SELECT count(*) FROM view_teams WHERE team_id = $1"),
    ];
    super::usage(tx, id, &queries)
}

/// Who works by some working hours (H7).
pub fn hours_usage(tx: &mut Tx<'_>, hours: Id) -> Result<Vec<(&'static str, i64)>> {
    let queries =
        [("users", "SELECT count(*) FROM users WHERE hours_id = $1"), ("teams", "SELECT count(*) FROM teams WHERE hours_id = $1")];
    super::usage(tx, hours, &queries)
}

/// Removes a team that nothing refers to.
pub fn delete_team(tx: &mut Tx<'_>, id: Id) -> Result<()> {
    tx.execute("DELETE FROM teams WHERE id = $1", args![id]).map(drop)
}
