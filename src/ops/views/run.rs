//! What a view shows, and how much.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::find::{find, given, shows};
use crate::domain::user::Permission;
use crate::error::{Error, Result};
use crate::ops::page::TokenPage;
use crate::ops::tickets::{TicketRow, page, places};
use crate::ops::{Desk, Operation, filters};
use crate::store::lists::{self, TicketFilter};

/// A page of a view's tickets.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Run {
    /// Its name, or the id of a custom one.
    pub view: String,
    /// The token of the page before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<String>,
    /// Rows per page.
    #[serde(default = "crate::ops::page::usual_limit")]
    pub limit: i64,
}

impl Operation for Run {
    const NAME: &'static str = "views.run";
    const WRITES: bool = false;
    type Output = TokenPage<TicketRow>;

    fn needs(&self) -> Permission {
        Permission::HelpDesk
    }

    fn run(self, desk: &mut Desk<'_>) -> Result<TokenPage<TicketRow>> {
        let found = find(desk, &self.view)?;
        let mut filter = shows(desk, &found)?;
        filter.after = self.after.as_deref().map(|after| places::read(after, filter.sort.as_ref())).transpose()?;
        page(desk, &filter, self.limit)
    }
}

/// Up to here tickets are counted exactly without being asked to.
pub const COUNTED: i64 = 10_000;

/// How many tickets there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct TicketCount {
    pub tickets: i64,
    /// Else there are more than that.
    pub exact: bool,
}

/// Counts a view's tickets, or those that match a filter: up to 10,000, or all of them.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct Count {
    /// Its name, or the id of a custom one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub view: Option<String>,
    /// A filter instead.
    #[serde(default, rename = "where", skip_serializing_if = "Option::is_none")]
    pub filter: Option<String>,
    /// Count all of them.
    #[serde(default)]
    pub exact: bool,
}

impl Operation for Count {
    const NAME: &'static str = "views.count";
    const WRITES: bool = false;
    type Output = TicketCount;

    fn needs(&self) -> Permission {
        Permission::HelpDesk
    }

    fn run(self, desk: &mut Desk<'_>) -> Result<TicketCount> {
        let filter = view_or_filter(desk, self.view.as_deref(), self.filter.as_deref())?;
        count(desk, &filter, self.exact)
    }
}

/// What either shows; exactly one must be given.
pub fn view_or_filter(desk: &mut Desk<'_>, view: Option<&str>, filter: Option<&str>) -> Result<TicketFilter> {
    match (view, filter) {
        (Some(view), None) => {
            let found = find(desk, view)?;
            shows(desk, &found)
        }
        (None, Some(_)) => match filters::given(desk, filter, None)?.0 {
            Some(filter) => given(desk, &filter, None),
            None => Err(neither()),
        },
        _ => Err(neither()),
    }
}

fn neither() -> Error {
    Error::usage("view_or_filter", "a view or a filter must be given, and not both").hint("deskctl views list shows the views")
}

/// Counts, exactly or up to [`COUNTED`].
pub fn count(desk: &mut Desk<'_>, filter: &TicketFilter, exact: bool) -> Result<TicketCount> {
    let visibility = desk.visibility();
    let up_to = (!exact).then_some(COUNTED + 1);
    let tickets = lists::count_tickets(&mut desk.tx, &visibility, filter, up_to)?;
    let exact = exact || tickets <= COUNTED;
    Ok(TicketCount { tickets: if exact { tickets } else { COUNTED }, exact })
}
