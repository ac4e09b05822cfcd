//! Teams (H6): list, show, create, update, delete.

use std::collections::HashMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Desk, Operation, channels, check, lookup, sla};
use crate::domain::Id;
use crate::domain::sla::policy::Property;
use crate::domain::user::{Permission, User};
use crate::error::Result;
use crate::store::{self, users::Team};

/// The team that a name, in any case, or an id means; else `unknown_team` (exit 5) with the nearest names, or `ambiguous_team` (exit 2).
pub fn team(desk: &mut Desk<'_>, typed: &str) -> Result<Team> {
    lookup::find(store::users::teams(&mut desk.tx)?, typed)
}

/// A team as lists show it.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct TeamRow {
    pub id: Id,
    pub name: String,
    /// Working hours for whose main team it is and who has none of their own (H7).
    pub hours: Option<String>,
    /// Addresses, those whose main team it is first.
    pub members: Vec<String>,
}

fn members(users: &[User], team: Id) -> impl Iterator<Item = &User> {
    let main = users.iter().filter(move |user| user.team_id == Some(team));
    let further = users.iter().filter(move |user| user.team_id != Some(team) && user.more_teams.contains(&team));
    main.chain(further)
}

fn row(team: &Team, users: &[User], hours: &HashMap<Id, String>) -> TeamRow {
    TeamRow {
        id: team.id,
        name: team.name.clone(),
        hours: team.hours_id.and_then(|id| hours.get(&id).cloned()),
        members: members(users, team.id).map(|user| user.email.clone()).collect(),
    }
}

/// Working hours by id.
fn hours_names(desk: &mut Desk<'_>) -> Result<HashMap<Id, String>> {
    Ok(store::sla::all_hours(&mut desk.tx)?.into_iter().map(|named| (named.id, named.name)).collect())
}

/// Lists teams with their members.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct List {}

impl Operation for List {
    const NAME: &'static str = "teams.list";
    const WRITES: bool = false;
    type Output = Vec<TeamRow>;

    fn needs(&self) -> Permission {
        Permission::Member
    }

    fn run(self, desk: &mut Desk<'_>) -> Result<Vec<TeamRow>> {
        let users = store::users::all(&mut desk.tx)?;
        let hours = hours_names(desk)?;
        Ok(store::users::teams(&mut desk.tx)?.iter().map(|team| row(team, &users, &hours)).collect())
    }
}

/// A member of a team, on the team's page.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct TeamMember {
    pub email: String,
    pub name: String,
    /// Whether it is the user's main team.
    pub main: bool,
    pub active: bool,
}

/// A team with its members.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct TeamDetail {
    pub id: Id,
    pub name: String,
    /// Working hours for whose main team it is and who has none of their own (H7).
    pub hours: Option<String>,
    pub members: Vec<TeamMember>,
}

/// Shows one team.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Show {
    pub team: String,
}

impl Operation for Show {
    const NAME: &'static str = "teams.show";
    const WRITES: bool = false;
    type Output = TeamDetail;

    fn needs(&self) -> Permission {
        Permission::Member
    }

    fn run(self, desk: &mut Desk<'_>) -> Result<TeamDetail> {
        let team = team(desk, &self.team)?;
        let users = store::users::all(&mut desk.tx)?;
        let hours = hours_names(desk)?;
        let members = members(&users, team.id).map(|user| TeamMember {
            email: user.email.clone(),
            name: user.name.clone(),
            main: user.team_id == Some(team.id),
            active: user.active,
        });
        let hours = team.hours_id.and_then(|id| hours.get(&id).cloned());
        Ok(TeamDetail { id: team.id, hours, members: members.collect(), name: team.name })
    }
}

/// The name, if no team but `own` has it.
fn free_name(desk: &mut Desk<'_>, typed: &str, own: Option<Id>) -> Result<String> {
    let name = check::text("name", typed)?;
    let teams = store::users::teams(&mut desk.tx)?;
    check::unique("team", &name, teams.iter().filter(|team| Some(team.id) != own).map(|team| (team.id, team.name.as_str())))?;
    Ok(name)
}

/// Adds a team.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Create {
    pub name: String,
}

impl Operation for Create {
    const NAME: &'static str = "teams.create";
    const WRITES: bool = true;
    type Output = TeamRow;

    fn needs(&self) -> Permission {
        Permission::SuperAdmin
    }

    fn run(self, desk: &mut Desk<'_>) -> Result<TeamRow> {
        let name = free_name(desk, &self.name, None)?;
        let team = Team { id: desk.tx.new_id("teams")?, name, hours_id: None };
        desk.tx.insert(std::slice::from_ref(&team))?;
        Ok(row(&team, &[], &HashMap::new()))
    }
}

/// Changes a team's name or working hours. Members are set on the users.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct Update {
    pub team: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Working hours by name; an empty text takes them away.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hours: Option<String>,
}

impl Operation for Update {
    const NAME: &'static str = "teams.update";
    const WRITES: bool = true;
    type Output = TeamRow;

    fn needs(&self) -> Permission {
        Permission::SuperAdmin
    }

    fn run(self, desk: &mut Desk<'_>) -> Result<TeamRow> {
        let mut team = team(desk, &self.team)?;
        if let Some(name) = &self.name {
            team.name = free_name(desk, name, Some(team.id))?;
        }
        if let Some(typed) = &self.hours {
            team.hours_id = sla::hours::id_of(desk, typed)?;
        }
        desk.tx.update(std::slice::from_ref(&team))?;
        let users = store::users::all(&mut desk.tx)?;
        let hours = hours_names(desk)?;
        Ok(row(&team, &users, &hours))
    }
}

/// Removes a team without members, tickets and routed channels.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Delete {
    pub team: String,
}

impl Operation for Delete {
    const NAME: &'static str = "teams.delete";
    const WRITES: bool = true;
    type Output = TeamRow;

    fn needs(&self) -> Permission {
        Permission::SuperAdmin
    }

    fn run(self, desk: &mut Desk<'_>) -> Result<TeamRow> {
        let team = team(desk, &self.team)?;
        let mut usage = store::users::team_usage(&mut desk.tx, team.id)?;
        usage.push(("channel routings", channels::using(desk, |settings| settings.routing.teams.contains(&team.id))?));
        let hint = "take the members out first (deskctl users update EMAIL --team OTHER), and give its tickets another team";
        let what = format!("the team \"{}\"", team.name);
        check::unused(desk, &what, &usage, hint)?;
        sla::unnamed(desk, &what, Some((Property::Team, team.id)), &[])?;
        store::users::delete_team(&mut desk.tx, team.id)?;
        let hours = hours_names(desk)?;
        Ok(row(&team, &[], &hours))
    }
}
