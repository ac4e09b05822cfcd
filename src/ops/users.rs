//! Users: list, show, create, update, delete.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Desk, Operation, channels, check, sla, teams};
use crate::domain::time::Time;
use crate::domain::user::{Availability, Grant, Permission, Role, Seat, TicketAccess, User, Working};
use crate::domain::{Id, address};
use crate::error::{Error, Result, unknown};
use crate::store;
use crate::store::sla::NamedHours;
use crate::store::users::Team;

/// The user that an email address, in any case, or an id means; else `unknown_user` (exit 5) with the nearest addresses.
pub fn user(desk: &mut Desk<'_>, typed: &str) -> Result<User> {
    let users = store::users::all(&mut desk.tx)?;
    let forms = address::forms(typed);
    let found =
        users.iter().find(|user| forms.contains(&user.email)).or_else(|| users.iter().find(|user| user.id.to_string() == typed.trim()));
    found.cloned().ok_or_else(|| unknown("unknown_user", "user", typed, users.iter().map(|user| user.email.as_str())))
}

/// A user as lists and pages show them.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct UserRow {
    pub id: Id,
    pub email: String,
    pub name: String,
    pub role: Role,
    pub seat: Seat,
    pub active: bool,
    /// H2: derived from the fields around it.
    pub help_desk_access: bool,
    pub permissions: Vec<Grant>,
    pub ticket_access: TicketAccess,
    pub unassigned_visible: bool,
    /// The main team's name.
    pub team: Option<String>,
    pub more_teams: Vec<String>,
    pub availability: Availability,
    /// The user's own working hours (H7).
    pub hours: Option<String>,
    /// The main team's, which count for who has none of their own.
    pub team_hours: Option<String>,
    /// H7: active, available, and within the working hours that count; without any, at all times.
    pub working_now: bool,
}

/// What is around users: their teams and working hours.
struct Around {
    teams: HashMap<Id, Team>,
    working: HashMap<Id, Working>,
    hours: HashMap<Id, NamedHours>,
    /// Whether it is working time by them, as far as that was asked.
    open: HashMap<Id, bool>,
}

impl Around {
    fn load(desk: &mut Desk<'_>) -> Result<Around> {
        Ok(Around {
            teams: store::users::teams(&mut desk.tx)?.into_iter().map(|team| (team.id, team)).collect(),
            working: store::users::working(&mut desk.tx)?,
            hours: store::sla::all_hours(&mut desk.tx)?.into_iter().map(|named| (named.id, named)).collect(),
            open: HashMap::new(),
        })
    }

    fn is_open(&mut self, hours: Option<Id>, now: Time) -> Result<bool> {
        let Some(named) = hours.and_then(|id| self.hours.get(&id)) else { return Ok(true) };
        match self.open.entry(named.id) {
            Entry::Occupied(known) => Ok(*known.get()),
            Entry::Vacant(place) => Ok(*place.insert(named.hours.check()?.is_working(now))),
        }
    }
}

fn row(desk: &mut Desk<'_>, user: User) -> Result<UserRow> {
    Ok(rows(desk, vec![user])?.remove(0))
}

fn rows(desk: &mut Desk<'_>, users: Vec<User>) -> Result<Vec<UserRow>> {
    let mut around = Around::load(desk)?;
    users.into_iter().map(|user| one_row(user, &mut around, desk.now)).collect()
}

fn one_row(user: User, around: &mut Around, now: Time) -> Result<UserRow> {
    let team_hours = user.team_id.and_then(|team| around.teams.get(&team)?.hours_id);
    let working = around.working.get(&user.id).copied().unwrap_or_default();
    let in_hours = around.is_open(working.hours_id.or(team_hours), now)?;
    let name = |id: &Id| around.teams.get(id).map(|team| team.name.clone());
    let hours = |id: Option<Id>| around.hours.get(&id?).map(|named| named.name.clone());
    Ok(UserRow {
        id: user.id,
        working_now: working.is_now(user.active, in_hours),
        hours: hours(working.hours_id),
        team_hours: hours(team_hours),
        availability: working.availability,
        help_desk_access: user.has_help_desk_access(),
        team: user.team_id.as_ref().and_then(name),
        more_teams: user.more_teams.iter().filter_map(name).collect(),
        email: user.email,
        name: user.name,
        role: user.role,
        seat: user.seat,
        active: user.active,
        permissions: user.grants,
        ticket_access: user.ticket_access,
        unassigned_visible: user.unassigned_visible,
    })
}

/// Lists users.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct List {
    pub team: Option<String>,
    pub role: Option<Role>,
    pub active: Option<bool>,
    /// With help desk access (H2), or without.
    pub help_desk_access: Option<bool>,
}

impl Operation for List {
    const NAME: &'static str = "users.list";
    const WRITES: bool = false;
    type Output = Vec<UserRow>;

    fn needs(&self) -> Permission {
        Permission::Member
    }

    fn run(self, desk: &mut Desk<'_>) -> Result<Vec<UserRow>> {
        let team = self.team.as_deref().map(|typed| teams::team(desk, typed)).transpose()?;
        let mut users = store::users::all(&mut desk.tx)?;
        users.retain(|user| {
            team.as_ref().is_none_or(|team| user.teams().any(|id| id == team.id))
                && self.role.is_none_or(|role| user.role == role)
                && self.active.is_none_or(|active| user.active == active)
                && self.help_desk_access.is_none_or(|access| user.has_help_desk_access() == access)
        });
        rows(desk, users)
    }
}

/// Shows one user.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Show {
    pub user: String,
}

impl Operation for Show {
    const NAME: &'static str = "users.show";
    const WRITES: bool = false;
    type Output = UserRow;

    fn needs(&self) -> Permission {
        Permission::Member
    }

    fn run(self, desk: &mut Desk<'_>) -> Result<UserRow> {
        let user = user(desk, &self.user)?;
        row(desk, user)
    }
}

/// What to set on a user; what is `None` stays as it is, or takes its default on a new one.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Changes {
    pub name: Option<String>,
    pub role: Option<Role>,
    /// All permissions, in place of those there were.
    pub permissions: Option<Vec<Grant>>,
    pub seat: Option<Seat>,
    pub active: Option<bool>,
    pub ticket_access: Option<TicketAccess>,
    pub unassigned_visible: Option<bool>,
    /// The main team; an empty text takes it away.
    pub team: Option<String>,
    /// All further teams, in place of those there were.
    pub more_teams: Option<Vec<String>>,
    /// Working hours of their own, by name; an empty text takes them away, and those of the main team count.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hours: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub availability: Option<Availability>,
}

impl Changes {
    /// Sets it on a user, and says when the user works then; nothing is written.
    fn apply(self, desk: &mut Desk<'_>, user: &mut User) -> Result<Working> {
        if let Some(name) = self.name {
            user.name = check::text("name", &name)?;
        }
        if let Some(mut permissions) = self.permissions {
            permissions.sort();
            permissions.dedup();
            user.grants = permissions;
        }
        user.role = self.role.unwrap_or(user.role);
        user.seat = self.seat.unwrap_or(user.seat);
        user.active = self.active.unwrap_or(user.active);
        user.ticket_access = self.ticket_access.unwrap_or(user.ticket_access);
        user.unassigned_visible = self.unassigned_visible.unwrap_or(user.unassigned_visible);
        if let Some(team) = self.team {
            user.team_id = if team.trim().is_empty() { None } else { Some(teams::team(desk, &team)?.id) };
        }
        if let Some(typed) = self.more_teams {
            let typed = typed.iter().filter(|name| !name.trim().is_empty());
            user.more_teams = typed.map(|name| Ok(teams::team(desk, name)?.id)).collect::<Result<_>>()?;
            user.more_teams.sort_unstable();
            user.more_teams.dedup();
        }
        // The main team is not a further one too.
        user.more_teams.retain(|team| Some(*team) != user.team_id);
        let mut working = store::users::working(&mut desk.tx)?.remove(&user.id).unwrap_or_default();
        if let Some(typed) = &self.hours {
            working.hours_id = sla::hours::id_of(desk, typed)?;
        }
        working.availability = self.availability.unwrap_or(working.availability);
        Ok(working)
    }
}

/// Adds a user.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Create {
    pub email: String,
    #[serde(flatten)]
    pub changes: Changes,
}

impl Operation for Create {
    const NAME: &'static str = "users.create";
    const WRITES: bool = true;
    type Output = UserRow;

    fn needs(&self) -> Permission {
        Permission::SuperAdmin
    }

    fn run(self, desk: &mut Desk<'_>) -> Result<UserRow> {
        let email = free_email(desk, &self.email, None)?;
        let mut user = User {
            id: 0,
            name: email.clone(),
            email,
            role: Role::Member,
            grants: Vec::new(),
            seat: Seat::None,
            active: true,
            ticket_access: TicketAccess::All,
            unassigned_visible: true,
            team_id: None,
            more_teams: Vec::new(),
        };
        let working = self.changes.apply(desk, &mut user)?;
        user.id = desk.tx.new_id("users")?;
        put(desk, user, working)
    }
}

fn put(desk: &mut Desk<'_>, user: User, working: Working) -> Result<UserRow> {
    store::users::put(&mut desk.tx, &user)?;
    store::users::put_working(&mut desk.tx, user.id, working)?;
    row(desk, user)
}

/// The address in lower case, if nobody but `own` has it.
fn free_email(desk: &mut Desk<'_>, typed: &str, own: Option<Id>) -> Result<String> {
    let email = check::email(typed)?;
    match store::users::by_email(&mut desk.tx, &email)? {
        Some(other) if Some(other.id) != own => Err(check::already_exists("user", &email, other.id)),
        _ => Ok(email),
    }
}

/// Changes a user. The own availability anyone may change, all else super admins only (H7).
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Update {
    pub user: String,
    /// The new address.
    pub email: Option<String>,
    #[serde(flatten)]
    pub changes: Changes,
}

impl Operation for Update {
    const NAME: &'static str = "users.update";
    const WRITES: bool = true;
    type Output = UserRow;

    /// Whose availability it is, is seen when the user is known.
    fn needs(&self) -> Permission {
        if self.sets_availability_only() { Permission::Member } else { Permission::SuperAdmin }
    }

    fn run(self, desk: &mut Desk<'_>) -> Result<UserRow> {
        let mut user = user(desk, &self.user)?;
        if user.id != desk.actor.id {
            desk.require(Permission::SuperAdmin)?;
        }
        if let Some(email) = &self.email {
            user.email = free_email(desk, email, Some(user.id))?;
        }
        let working = self.changes.apply(desk, &mut user)?;
        if !(user.active && user.is_super_admin()) {
            keep_a_super_admin(desk, &user)?;
        }
        put(desk, user, working)
    }
}

impl Update {
    fn sets_availability_only(&self) -> bool {
        let rest = Changes { availability: None, ..self.changes.clone() };
        self.changes.availability.is_some() && self.email.is_none() && rest == Changes::default()
    }
}

/// Without an active super admin nobody could administer the account any more, nor make another one.
fn keep_a_super_admin(desk: &mut Desk<'_>, leaving: &User) -> Result<()> {
    let users = store::users::all(&mut desk.tx)?;
    if users.iter().any(|user| user.id != leaving.id && user.active && user.is_super_admin()) {
        return Ok(());
    }
    Err(Error::refused("last_super_admin", "H2", format!("{} is the account's last active super admin", leaving.email))
        .hint("make another user a super admin first: deskctl users update EMAIL --role super_admin"))
}

/// Removes a user to whom nothing belongs.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Delete {
    pub user: String,
}

impl Operation for Delete {
    const NAME: &'static str = "users.delete";
    const WRITES: bool = true;
    type Output = UserRow;

    fn needs(&self) -> Permission {
        Permission::SuperAdmin
    }

    fn run(self, desk: &mut Desk<'_>) -> Result<UserRow> {
        let user = user(desk, &self.user)?;
        keep_a_super_admin(desk, &user)?;
        let mut usage = store::users::user_usage(&mut desk.tx, user.id)?;
        usage.push(("channel routings", channels::using(desk, |settings| settings.routing.users.contains(&user.id))?));
        let hint = format!("deactivate the user instead: deskctl users update {} --deactivate", user.email);
        check::unused(desk, &format!("the user {}", user.email), &usage, &hint)?;
        let shown = row(desk, user)?;
        store::users::delete(&mut desk.tx, shown.id, desk.now)?;
        Ok(shown)
    }
}
