//! Tokens of servers: who bears them, and until when.

use std::collections::HashSet;
use std::sync::LazyLock;

use super::users;
use super::{Row, Tx};
use crate::args;
use crate::domain::Id;
use crate::domain::time::Time;
use crate::domain::token::Scope;
use crate::domain::user::User;
use crate::error::Result;

/// A token as the store keeps it.
#[derive(Clone, Debug, PartialEq)]
pub struct Token {
    pub id: Id,
    /// The part of its text that names it.
    pub name: String,
    pub secret_hash: Vec<u8>,
    pub user_id: Id,
    /// What its maker calls it.
    pub label: String,
    pub scopes: Vec<Scope>,
    pub created_at: Time,
    pub created_by: Id,
    pub expires_at: Option<Time>,
    pub last_used_at: Option<Time>,
    pub revoked_at: Option<Time>,
    /// The token that it was made with, at a server: it ends with that one.
    pub made_with: Option<Id>,
}

const COLUMNS: &str = "t.id, t.token_name, t.secret_hash, t.user_id, t.label, t.scopes, t.created_at, t.created_by, t.expires_at, \
     t.last_used_at, t.revoked_at, t.made_with";

fn read(row: &mut Row<'_>) -> Result<Token> {
    Ok(Token {
        id: row.get()?,
        name: row.get()?,
        secret_hash: row.get()?,
        user_id: row.get()?,
        label: row.get()?,
        scopes: row.json()?,
        created_at: row.get()?,
        created_by: row.get()?,
        expires_at: row.get()?,
        last_used_at: row.get()?,
        revoked_at: row.get()?,
        made_with: row.get()?,
    })
}

pub fn insert(tx: &mut Tx<'_>, token: &Token) -> Result<()> {
    let scopes = serde_json::json!(token.scopes).to_string();
    tx.execute(
        "INSERT INTO tokens (id, token_name, secret_hash, user_id, label, scopes, created_at, created_by, expires_at, made_with) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        args![
            token.id,
            token.name,
            token.secret_hash,
            token.user_id,
            token.label,
            scopes,
            token.created_at,
            token.created_by,
            token.expires_at,
            token.made_with
        ],
    )?;
    Ok(())
}

/// The token of that name with the user who bears it, in one query: every request of a server asks it.
pub fn bearer(tx: &mut Tx<'_>, name: &str) -> Result<Option<(Token, User)>> {
    static SQL: LazyLock<String> = LazyLock::new(|| {
        format!(
            "SELECT {COLUMNS}, {}, m.team_id FROM tokens t JOIN users u ON u.id = t.user_id LEFT JOIN user_teams m ON m.user_id = u.id \
             WHERE t.token_name = $1 ORDER BY m.team_id",
            users::COLUMNS
        )
    });
    // A row for each further team.
    let mut found: Option<(Token, User)> = None;
    tx.each(&SQL, args![name], |row| {
        let (token, user, team) = (read(row)?, users::read(row)?, row.get::<Option<Id>>()?);
        found.get_or_insert((token, user)).1.more_teams.extend(team);
        Ok(())
    })?;
    Ok(found)
}

/// All of them, or those of one user, by id.
pub fn all(tx: &mut Tx<'_>, user: Option<Id>) -> Result<Vec<Token>> {
    let sql = format!("SELECT {COLUMNS} FROM tokens t WHERE ($1 = 0 OR t.user_id = $2) ORDER BY t.id");
    tx.query(&sql, args![user.unwrap_or(0), user.unwrap_or(0)], read)
}

/// The names of those that were not revoked.
pub fn names(tx: &mut Tx<'_>) -> Result<HashSet<String>> {
    let mut names = HashSet::new();
    tx.each("SELECT token_name FROM tokens WHERE revoked_at IS NULL", &[], |row| {
        names.insert(row.get()?);
        Ok(())
    })?;
    Ok(names)
}

pub fn by_id(tx: &mut Tx<'_>, id: Id) -> Result<Option<Token>> {
    tx.optional(&format!("SELECT {COLUMNS} FROM tokens t WHERE t.id = $1"), args![id], read)
}

/// Revokes a token, and with it all that were made with it, with those again, and so on. Tells how many these were.
pub fn revoke(tx: &mut Tx<'_>, id: Id, now: Time) -> Result<u64> {
    let made = tx.execute(
        "WITH RECURSIVE made (id) AS ( \
             SELECT id FROM tokens WHERE made_with = $1 UNION SELECT m.id FROM tokens m JOIN made ON m.made_with = made.id \
         ) UPDATE tokens SET revoked_at = $2 WHERE revoked_at IS NULL AND id IN (SELECT id FROM made)",
        args![id, now],
    )?;
    tx.execute("UPDATE tokens SET revoked_at = $1 WHERE id = $2 AND revoked_at IS NULL", args![now, id])?;
    Ok(made)
}

/// Removes a user's tokens; what was made with them ends.
pub fn remove_of(tx: &mut Tx<'_>, user: Id, now: Time) -> Result<()> {
    for token in all(tx, Some(user))? {
        revoke(tx, token.id, now)?;
    }
    tx.execute("DELETE FROM tokens WHERE user_id = $1", args![user]).map(drop)
}

/// Notes that a token was used.
pub fn used(tx: &mut Tx<'_>, id: Id, at: Time) -> Result<()> {
    tx.execute("UPDATE tokens SET last_used_at = $1 WHERE id = $2", args![at, id]).map(drop)
}
