//! What a view, or a filter, means, and how its tickets are found.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::find::{Found, filter_of, find, given, shows};
use super::run::{TicketCount, count};
use crate::domain::bounds;
use crate::domain::filter::{Filter, Tickets};
use crate::domain::user::Permission;
use crate::error::{Error, Result};
use crate::ops::{Desk, Operation, filters};
use crate::store::lists::{self, Plan, TicketFilter};

/// Explains a view, or a filter: in words, in its other forms, by which index it is found, how many tickets it has.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct Explain {
    /// Its name, or the id of a custom one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub view: Option<String>,
    /// A filter instead.
    #[serde(default, rename = "where", skip_serializing_if = "Option::is_none")]
    #[schemars(length(max = bounds::LONG))]
    pub filter: Option<String>,
}

/// What there is to say about a filter.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct FilterExplained {
    pub words: String,
    /// As text; none where it is no property of the ticket that decides.
    pub filter: Option<String>,
    /// deskctl's own JSON.
    pub json: Option<Value>,
    /// HubSpot's `filterGroups`, where it can be said so.
    pub filter_groups: Option<Value>,
    /// Why it cannot.
    pub not_expressible: Option<String>,
    /// Indexes by which the first page is found; none where every ticket is looked at.
    pub indexes: Vec<String>,
    /// Whether what is found has to be sorted.
    pub sorts: bool,
    #[serde(flatten)]
    pub count: TicketCount,
}

impl Operation for Explain {
    const NAME: &'static str = "views.explain";
    const WRITES: bool = false;
    type Output = FilterExplained;

    fn needs(&self) -> Permission {
        Permission::HelpDesk
    }

    fn run(self, desk: &mut Desk<'_>) -> Result<FilterExplained> {
        let Meant { shown, filter, words } = self.meant(desk)?;
        let visibility = desk.visibility();
        let plan = lists::plan_of_tickets(&mut desk.tx, &visibility, &shown, crate::ops::page::usual_limit())?;
        let zone = desk.zone()?;
        let (filter_groups, not_expressible) = match filter.as_ref().map(|filter| filter.to_filter_groups(&zone)) {
            None => (None, None),
            Some(Ok(groups)) => (Some(serde_json::json!(groups)), None),
            Some(Err(error)) => (None, Some(error.message().to_owned())),
        };
        Ok(FilterExplained {
            words,
            json: filter.as_ref().map(Filter::to_json),
            filter: filter.map(|filter| filter.to_string()),
            filter_groups,
            not_expressible,
            indexes: indexes(&plan),
            sorts: sorts(&plan.page),
            count: count(desk, &shown, false)?,
        })
    }
}

/// The indexes in the engine's words, as the schema names them: those that find few tickets, else those by which all are walked.
fn indexes(plan: &Plan) -> Vec<String> {
    let steps = if plan.few.is_empty() { &plan.page } else { &plan.few };
    let known = |word: &&str| INDEXED.iter().any(|table| word.strip_prefix(table).is_some_and(|rest| rest.starts_with('_')));
    let words = steps.iter().flat_map(|line| line.split([' ', '(', ')', ',']));
    let of_tickets = |word: &&str| !plan.few.is_empty() || word.starts_with("tickets_");
    let mut found: Vec<String> = words.filter(known).filter(of_tickets).map(str::to_owned).collect();
    // SQLite has no name for the order in which the table itself lies.
    if steps.iter().any(|line| line.contains("SEARCH t USING INTEGER PRIMARY KEY")) && plan.few.is_empty() {
        found.push("tickets_pkey".to_owned());
    }
    found.sort_unstable();
    found.dedup();
    found
}

/// The tables whose indexes find tickets.
const INDEXED: [&str; 6] = ["tickets", "contacts", "companies", "ticket_values", "conversations", "conversation_tickets"];

/// Whether what is found has to be sorted; what is looked up for each ticket does not count.
fn sorts(plan: &[String]) -> bool {
    let steps = plan.iter().take_while(|line| !line.contains("SubPlan"));
    steps.into_iter().any(|line| line.starts_with("USE TEMP B-TREE FOR ORDER BY") || line.contains("Sort Key"))
}

/// What is explained.
struct Meant {
    shown: TicketFilter,
    filter: Option<Filter<Tickets>>,
    words: String,
}

impl Explain {
    fn meant(self, desk: &mut Desk<'_>) -> Result<Meant> {
        let found = match (self.view, self.filter) {
            (Some(view), None) => find(desk, &view)?,
            (None, Some(text)) => {
                let filter: Filter<Tickets> = Filter::read(&text, &filters::ticket_schema(desk)?)?;
                let shown = given(desk, &filter, None)?;
                return Ok(Meant { shown, words: filter.words(), filter: Some(filter) });
            }
            _ => return Err(Error::usage("view_or_filter", "a view or a filter must be given, and not both")),
        };
        let shown = shows(desk, &found)?;
        let schema = filters::ticket_schema(desk)?;
        match found {
            Found::Default(view) => {
                let filter = view.filter().map(|text| Filter::read(text, &schema)).transpose()?;
                Ok(Meant { shown, filter, words: view.words().to_owned() })
            }
            Found::Custom(view) => {
                let filter = filter_of(&view, &schema)?;
                Ok(Meant { shown, words: filter.words(), filter: Some(filter) })
            }
        }
    }
}
