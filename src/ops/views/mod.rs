//! Views: the default ones (V1) and those that people make (V2).

mod explain;
mod find;
mod run;
mod write;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use explain::{Explain, FilterExplained};
pub use run::{Count, Run, TicketCount};
pub use write::{Create, Delete, Update, ViewChanges};

use self::find::{Found, find};
use super::names::Names;
use super::{Desk, Operation, filters};
use crate::domain::Id;
use crate::domain::filter::{Filter, Tickets};
use crate::domain::user::Permission;
use crate::domain::view::{DefaultView, Sharing, View};
use crate::error::Result;
use crate::store::{users, views};

/// A view as lists show it.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ViewRow {
    /// None for a default view.
    pub id: Option<Id>,
    pub name: String,
    /// None for a default view, which everyone has.
    pub sharing: Option<Sharing>,
    /// The teams that it is shared with.
    pub teams: Vec<String>,
    /// Its maker's address.
    pub owner: Option<String>,
    /// As text, with the names of now; none where it is no property of the ticket that decides.
    pub filter: Option<String>,
    /// None: newest activity first.
    pub sort: Option<String>,
    /// None: the usual ones.
    pub columns: Vec<String>,
    /// How many other users see it: they lose it when it is deleted, or shared no longer.
    pub seen_by_others: i64,
}

impl ViewRow {
    fn default(view: DefaultView) -> ViewRow {
        ViewRow {
            id: None,
            name: view.name().to_owned(),
            sharing: None,
            teams: Vec::new(),
            owner: None,
            filter: view.filter().map(str::to_owned),
            sort: None,
            columns: Vec::new(),
            seen_by_others: 0,
        }
    }
}

/// What turns custom views into rows.
struct Rows {
    schema: crate::domain::filter::Schema,
    names: Names,
    users: Vec<crate::domain::user::User>,
}

impl Rows {
    fn load(desk: &mut Desk<'_>) -> Result<Rows> {
        Ok(Rows { schema: filters::ticket_schema(desk)?, names: Names::load(desk)?, users: users::all(&mut desk.tx)? })
    }

    fn row(&self, view: &View) -> ViewRow {
        // One that names what is gone is told as it lies in the store.
        let filter = Filter::<Tickets>::from_json(&view.filter, &self.schema);
        let others = self.users.iter().filter(|user| user.id != view.owner_id && user.has_help_desk_access() && view.is_seen_by(user));
        ViewRow {
            id: Some(view.id),
            name: view.name.clone(),
            sharing: Some(view.sharing),
            teams: view.teams.iter().filter_map(|team| self.names.team(Some(*team))).collect(),
            owner: self.names.user(Some(view.owner_id)),
            filter: Some(filter.map_or_else(|_| view.filter.to_string(), |filter| filter.to_string())),
            sort: view.sort.clone(),
            columns: view.columns.clone(),
            seen_by_others: i64::try_from(others.count()).unwrap_or(i64::MAX),
        }
    }
}

/// Lists the views that the viewer has: default ones first, then custom ones by name.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct List {}

impl Operation for List {
    const NAME: &'static str = "views.list";
    const WRITES: bool = false;
    type Output = Vec<ViewRow>;

    fn needs(&self) -> Permission {
        Permission::HelpDesk
    }

    fn run(self, desk: &mut Desk<'_>) -> Result<Vec<ViewRow>> {
        let defaults = DefaultView::ALL.into_iter().filter(|view| view.is_for(&desk.actor)).map(ViewRow::default);
        let mut rows: Vec<ViewRow> = defaults.collect();
        let custom = views::all(&mut desk.tx)?;
        let made = Rows::load(desk)?;
        rows.extend(custom.iter().filter(|view| view.is_seen_by(&desk.actor)).map(|view| made.row(view)));
        Ok(rows)
    }
}

/// Shows one view.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Show {
    /// Its name, or the id of a custom one.
    pub view: String,
}

impl Operation for Show {
    const NAME: &'static str = "views.show";
    const WRITES: bool = false;
    type Output = ViewRow;

    fn needs(&self) -> Permission {
        Permission::HelpDesk
    }

    fn run(self, desk: &mut Desk<'_>) -> Result<ViewRow> {
        Ok(match find(desk, &self.view)? {
            Found::Default(view) => ViewRow::default(view),
            Found::Custom(view) => Rows::load(desk)?.row(&view),
        })
    }
}
