//! Custom views (V2).

use std::collections::HashMap;

use super::{Row, Tx};
use crate::args;
use crate::domain::Id;
use crate::domain::view::{Sharing, View};
use crate::error::Result;

crate::stored_as_text!(Sharing);

/// As it is written: the lists as JSON.
struct Stored<'v> {
    view: &'v View,
    filter: String,
    columns: String,
}

crate::record!(v: Stored<'_> => "views" {
    id: Int = v.view.id,
    name: Text = v.view.name,
    owner_id: Int = v.view.owner_id,
    filter: Text = v.filter,
    sort: Text = v.view.sort,
    columns: Text = v.columns,
    sharing: Text = v.view.sharing,
});

/// A team that a view is shared with.
struct SharedWith {
    view_id: Id,
    team_id: Id,
}

crate::record!(s: SharedWith => "view_teams" [2] { view_id: Int = s.view_id, team_id: Int = s.team_id });

/// All views, by name; those of one name by id.
pub fn all(tx: &mut Tx<'_>) -> Result<Vec<View>> {
    let mut teams: HashMap<Id, Vec<Id>> = HashMap::new();
    tx.each("SELECT view_id, team_id FROM view_teams ORDER BY view_id, team_id", &[], |row| {
        teams.entry(row.get()?).or_default().push(row.get()?);
        Ok(())
    })?;
    tx.query("SELECT id, name, owner_id, filter, sort, columns, sharing FROM views ORDER BY lower(name), id", &[], |row: &mut Row<'_>| {
        let id = row.get()?;
        Ok(View {
            id,
            name: row.get()?,
            owner_id: row.get()?,
            filter: row.json()?,
            sort: row.get()?,
            columns: row.json()?,
            sharing: row.get()?,
            teams: teams.remove(&id).unwrap_or_default(),
        })
    })
}

/// How many there are, for the subscription's limit.
pub fn count(tx: &mut Tx<'_>) -> Result<i64> {
    tx.one("SELECT count(*) FROM views", &[], |row| row.get())
}

/// Writes a view, new or changed.
pub fn put(tx: &mut Tx<'_>, view: &View) -> Result<()> {
    let stored = Stored { view, filter: view.filter.to_string(), columns: serde_json::json!(view.columns).to_string() };
    tx.put(&[stored])?;
    tx.execute("DELETE FROM view_teams WHERE view_id = $1", args![view.id])?;
    let teams: Vec<SharedWith> = view.teams.iter().map(|team| SharedWith { view_id: view.id, team_id: *team }).collect();
    tx.insert(&teams)
}

pub fn delete(tx: &mut Tx<'_>, view: Id) -> Result<()> {
    tx.execute("DELETE FROM view_teams WHERE view_id = $1", args![view])?;
    tx.execute("DELETE FROM views WHERE id = $1", args![view]).map(drop)
}
