//! Makes, changes and deletes views (V2).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::find::to_change;
use super::{Rows, ViewRow};
use crate::domain::Id;
use crate::domain::bounds::{self, distinct};
use crate::domain::filter::{Filter, Sort, Tickets};
use crate::domain::property::PropertyObject;
use crate::domain::ticket::properties::plain;
use crate::domain::user::Permission;
use crate::domain::view::{DefaultView, Sharing, View};
use crate::error::{Error, Result, unknown};
use crate::ops::tickets::FIELDS;
use crate::ops::{Desk, Operation, check, filters, teams};
use crate::store::{account, properties, views};

/// What can be said of a view; what is left out stays as it is.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct ViewChanges {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// A filter on tickets: text, HubSpot's `filterGroups` JSON, or deskctl's own JSON.
    #[serde(default, rename = "where", skip_serializing_if = "Option::is_none")]
    #[schemars(length(max = bounds::LONG))]
    pub filter: Option<String>,
    /// A property, with `:desc` for the largest first; empty for the newest activity first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sort: Option<String>,
    /// Names of a ticket's fields; an empty list for the usual ones.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub columns: Option<Vec<String>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sharing: Option<Sharing>,
    /// Shares it with these teams; without them, `team` means the maker's main team.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub teams: Option<Vec<String>>,
}

impl ViewChanges {
    /// Makes the changes.
    fn apply(self, desk: &mut Desk<'_>, view: &mut View) -> Result<()> {
        if let Some(name) = &self.name {
            view.name = free_name(desk, name, view)?;
        }
        let schema = filters::ticket_schema(desk)?;
        if let Some(filter) = &self.filter {
            let filter = Filter::<Tickets>::read(filter, &schema)?;
            filter.check_references()?;
            view.filter = filter.to_json();
        }
        if let Some(sort) = self.sort {
            let sort = check::optional("order", &sort)?;
            view.sort = sort.map(|sort| Sort::parse(&sort, &schema)).transpose()?.map(|sort| sort.to_string());
        }
        if let Some(columns) = self.columns {
            view.columns = known_columns(desk, columns)?;
        }
        share(desk, view, self.sharing, self.teams)
    }
}

/// A name that no default view has, and no other one of the same maker.
fn free_name(desk: &mut Desk<'_>, typed: &str, view: &View) -> Result<String> {
    let name = check::text("view's name", typed)?;
    if let Some(taken) = DefaultView::find(&name) {
        return Err(Error::refused("already_exists", "unique", format!("{} is the name of a default view", taken.name())));
    }
    if name.parse::<Id>().is_ok() {
        return Err(Error::usage("bad_name", format!("\"{name}\" is a number, and would be taken for an id")));
    }
    let all = views::all(&mut desk.tx)?;
    let others = all.iter().filter(|other| other.owner_id == view.owner_id && other.id != view.id);
    check::unique("view of yours", &name, others.map(|other| (other.id, other.name.as_str())))?;
    Ok(name)
}

fn known_columns(desk: &mut Desk<'_>, columns: Vec<String>) -> Result<Vec<String>> {
    let custom = properties::all(&mut desk.tx, PropertyObject::Ticket)?;
    let known: Vec<&str> = FIELDS
        .iter()
        .copied()
        .chain(plain().map(|(property, _)| property.name))
        .chain(custom.iter().map(|property| property.name.as_str()))
        .collect();
    let check = |typed: String| {
        let name = typed.trim().to_lowercase();
        let found = known.iter().find(|known| **known == name);
        found.map(|found| (*found).to_owned()).ok_or_else(|| unknown("unknown_column", "column", &typed, known.iter().copied()))
    };
    distinct(&columns).into_iter().map(check).collect()
}

fn share(desk: &mut Desk<'_>, view: &mut View, sharing: Option<Sharing>, named: Option<Vec<String>>) -> Result<()> {
    let sharing = sharing.or(named.as_ref().map(|_| Sharing::Team)).unwrap_or(view.sharing);
    if sharing != Sharing::Team {
        if named.is_some_and(|named| !named.is_empty()) {
            return Err(Error::usage("bad_sharing", format!("a view that is shared with {sharing} names no teams")));
        }
        (view.sharing, view.teams) = (sharing, Vec::new());
        return Ok(());
    }
    if let Some(named) = named {
        view.teams = named.iter().map(|team| Ok(teams::team(desk, team)?.id)).collect::<Result<_>>()?;
        view.teams.sort_unstable();
        view.teams.dedup();
    } else if view.sharing != Sharing::Team {
        let Some(team) = desk.actor.team_id else {
            let message = format!("{} has no main team to share the view with", desk.actor.email);
            return Err(Error::usage("no_team", message).hint("name the teams: --team TEAM"));
        };
        view.teams = vec![team];
    }
    if view.teams.is_empty() {
        return Err(Error::usage("no_team", "a view that is shared with teams names at least one"));
    }
    view.sharing = sharing;
    Ok(())
}

/// Makes a view.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Create {
    pub name: String,
    /// A filter on tickets: text, HubSpot's `filterGroups` JSON, or deskctl's own JSON.
    #[serde(rename = "where")]
    #[schemars(length(max = bounds::LONG))]
    pub filter: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sort: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub columns: Vec<String>,
    /// Private where nothing is said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sharing: Option<Sharing>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub teams: Vec<String>,
}

impl Operation for Create {
    const NAME: &'static str = "views.create";
    const WRITES: bool = true;
    type Output = ViewRow;

    fn needs(&self) -> Permission {
        Permission::CustomViews
    }

    fn run(self, desk: &mut Desk<'_>) -> Result<ViewRow> {
        within_limit(desk)?;
        let id = desk.tx.new_id("views")?;
        let mut view = View {
            id,
            name: String::new(),
            owner_id: desk.actor.id,
            filter: serde_json::Value::Null,
            sort: None,
            columns: Vec::new(),
            sharing: Sharing::Private,
            teams: Vec::new(),
        };
        let changes = ViewChanges {
            name: Some(self.name),
            filter: Some(self.filter),
            sort: self.sort,
            columns: Some(self.columns),
            sharing: self.sharing,
            teams: (!self.teams.is_empty()).then_some(self.teams),
        };
        changes.apply(desk, &mut view)?;
        views::put(&mut desk.tx, &view)?;
        Ok(Rows::load(desk)?.row(&view))
    }
}

/// V2: the subscription may limit how many custom views the account has.
fn within_limit(desk: &mut Desk<'_>) -> Result<()> {
    let account = account::get(&mut desk.tx)?;
    let Some(limit) = account.limits.get("custom_views").and_then(serde_json::Value::as_i64) else { return Ok(()) };
    let count = views::count(&mut desk.tx)?;
    if count < limit {
        return Ok(());
    }
    Err(Error::refused("view_limit", "V2", format!("the account has {count} custom views, and its subscription allows {limit}"))
        .hint("deskctl views delete removes one; deskctl account update --limit custom_views=N sets the limit"))
}

/// Changes a view.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Update {
    /// Its name or id.
    pub view: String,
    #[serde(flatten)]
    pub changes: ViewChanges,
}

impl Operation for Update {
    const NAME: &'static str = "views.update";
    const WRITES: bool = true;
    type Output = ViewRow;

    fn needs(&self) -> Permission {
        Permission::CustomViews
    }

    fn run(self, desk: &mut Desk<'_>) -> Result<ViewRow> {
        let mut view = to_change(desk, &self.view)?;
        self.changes.apply(desk, &mut view)?;
        views::put(&mut desk.tx, &view)?;
        Ok(Rows::load(desk)?.row(&view))
    }
}

/// Deletes a view, for everyone who sees it.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Delete {
    /// Its name or id.
    pub view: String,
}

impl Operation for Delete {
    const NAME: &'static str = "views.delete";
    const WRITES: bool = true;
    type Output = ViewRow;

    fn needs(&self) -> Permission {
        Permission::CustomViews
    }

    fn run(self, desk: &mut Desk<'_>) -> Result<ViewRow> {
        let view = to_change(desk, &self.view)?;
        views::delete(&mut desk.tx, view.id)?;
        Ok(Rows::load(desk)?.row(&view))
    }
}
