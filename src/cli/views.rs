//! `deskctl views`

use clap::{Args, Subcommand};
use serde_json::{Value, json};

use super::App;
use super::args::named;
use super::filters::given;
use super::page::{self, TokenArgs};
use super::tickets::COLUMNS;
use crate::domain::view::Sharing;
use crate::error::{Exit, Result};
use crate::ops::views::{self as ops, FilterExplained, TicketCount, ViewChanges, ViewRow};
use crate::output::{Format, grouped};

#[derive(Subcommand)]
pub enum Verb {
    /// List the views that you have: default ones, and those that you or others made
    #[command(
        after_help = "Examples:\n  deskctl views list\n  deskctl views list -o json | jq '.[] | select(.sharing == \"everyone\").name'"
    )]
    List,
    /// Show a view: its filter, order, columns, and who sees it
    #[command(after_help = "Examples:\n  deskctl views show \"All open\"\n  deskctl views show \"Waiting VIPs\" -o json")]
    Show {
        /// Its name, or the id of a custom one
        view: String,
    },
    /// Make a view of your own, and share it
    #[command(
        after_help = "Examples:\n  deskctl views create \"Waiting VIPs\" --where 'open and status = \"Waiting on us\" and priority >= HIGH'\n  deskctl views create Refunds --where 'category = refund' --sort created_at --column id,name,owner --sharing everyone\n  deskctl views create Imported --where @filter-groups.json --team Support"
    )]
    Create {
        /// Its name
        name: String,
        /// What it shows: a filter such as 'open and priority >= HIGH'; JSON, or @FILE, are read too
        #[arg(long = "where", value_name = "FILTER|@FILE")]
        filter: String,
        #[command(flatten)]
        shape: ShapeArgs,
    },
    /// Change a view, for everyone who sees it
    #[command(
        after_help = "Examples:\n  deskctl views update \"Waiting VIPs\" --name VIPs --sort last_activity_at\n  deskctl views update VIPs --sharing private --yes"
    )]
    Update {
        /// Its name or id
        view: String,
        /// Another name
        #[arg(long)]
        name: Option<String>,
        /// Another filter
        #[arg(long = "where", value_name = "FILTER|@FILE")]
        filter: Option<String>,
        #[command(flatten)]
        shape: ShapeArgs,
    },
    /// Delete a view, for everyone who sees it; this cannot be undone
    #[command(after_help = "Examples:\n  deskctl views delete \"Waiting VIPs\" --yes")]
    Delete {
        /// Its name or id
        view: String,
    },
    /// List a view's tickets
    #[command(
        after_help = "Examples:\n  deskctl views run Unassigned\n  deskctl views run \"Assigned to me\" --limit 10\n  deskctl views run \"All open\" --all -o csv > open.csv"
    )]
    Run {
        /// Its name, or the id of a custom one
        view: String,
        #[command(flatten)]
        page: TokenArgs,
    },
    /// Count a view's tickets, exactly up to 10,000
    #[command(
        after_help = "Examples:\n  deskctl views count \"All open\"\n  deskctl views count --where 'created_at > -7d'\n  deskctl views count Spam --exact -o json"
    )]
    Count {
        #[command(flatten)]
        of: Of,
        /// Count all of them, however many there are
        #[arg(long)]
        exact: bool,
    },
    /// Say what a view, or a filter, means: in words, in HubSpot's form, which index finds it, how many tickets match
    #[command(
        after_help = "Examples:\n  deskctl views explain Sent\n  deskctl views explain --where 'open and created_at < -30d and owner is not set'\n  deskctl views explain \"Waiting VIPs\" -o json | jq .filter_groups"
    )]
    Explain(Of),
}

/// A view, or a filter.
#[derive(Args)]
#[group(required = true, multiple = false)]
pub struct Of {
    /// The view's name, or the id of a custom one
    view: Option<String>,
    /// A filter instead of a view
    #[arg(long = "where", value_name = "FILTER|@FILE")]
    filter: Option<String>,
}

/// How a view shows what it shows, and to whom.
#[derive(Args)]
pub struct ShapeArgs {
    /// The order: any property, with :desc for the largest first; "" for the newest activity first
    #[arg(long, value_name = "PROPERTY[:desc]")]
    sort: Option<String>,
    /// The columns of its table, in order; "" for the usual ones
    #[arg(long = "column", id = "view_columns", value_name = "FIELD,…", value_delimiter = ',')]
    columns: Option<Vec<String>>,
    /// Who else sees it
    #[arg(long, value_parser = named::<Sharing>(Sharing::NAMES), value_name = "private|team|everyone")]
    sharing: Option<Sharing>,
    /// A team that sees it, by name or id; may be repeated. Without it, team means your main team
    #[arg(long = "team", value_name = "TEAM")]
    teams: Vec<String>,
}

impl ShapeArgs {
    fn columns(&mut self) -> Option<Vec<String>> {
        self.columns.take().map(|columns| columns.into_iter().filter(|column| !column.trim().is_empty()).collect())
    }
}

pub fn run(verb: Verb, app: &mut App) -> Result<Exit> {
    match verb {
        Verb::List => {
            let rows = app.run(ops::List {})?;
            app.out.list("views", &rows, &["id", "name", "sharing", "owner", "filter", "sort"])?;
        }
        Verb::Show { view } => {
            let shown = app.run(ops::Show { view })?;
            app.out.one(&shown)?;
        }
        Verb::Create { name, filter, mut shape } => {
            let columns = shape.columns().unwrap_or_default();
            let (filter, ShapeArgs { sort, sharing, teams, .. }) = (given(&filter)?, shape);
            let made = app.run(ops::Create { name, filter, sort, columns, sharing, teams })?;
            app.out.one(&made)?;
        }
        Verb::Update { view, name, filter, shape } => update(app, view, name, filter, shape)?,
        Verb::Delete { view } => {
            let shown = app.run(ops::Show { view })?;
            app.confirm(&format!("Delete the view \"{}\"{}", shown.name, others(&shown)))?;
            let gone = app.run(ops::Delete { view: meant(&shown) })?;
            app.out.one(&gone)?;
        }
        Verb::Run { view, page } => show_tickets(app, &view, &page)?,
        Verb::Count { of, exact } => {
            let filter = of.filter.as_deref().map(given).transpose()?;
            let counted = app.run(ops::Count { view: of.view, filter, exact })?;
            match app.out.format() {
                Format::Table => app.out.one(&json!({ "tickets": told(counted) }))?,
                _ => app.out.one(&counted)?,
            }
        }
        Verb::Explain(of) => {
            let filter = of.filter.as_deref().map(given).transpose()?;
            let explained = app.run(ops::Explain { view: of.view, filter })?;
            explain(app, &explained)?;
        }
    }
    Ok(Exit::Done)
}

/// By its id a custom view is the one that was shown, whatever happens to names.
fn meant(shown: &ViewRow) -> String {
    shown.id.map_or_else(|| shown.name.clone(), |id| id.to_string())
}

/// What others lose.
fn others(view: &ViewRow) -> String {
    match view.seen_by_others {
        0 => String::new(),
        1 => ", which one other user sees".to_owned(),
        others => format!(", which {others} other users see"),
    }
}

fn update(app: &mut App, view: String, name: Option<String>, filter: Option<String>, mut shape: ShapeArgs) -> Result<()> {
    let shown = app.run(ops::Show { view })?;
    let narrower = shape.sharing.is_some() || !shape.teams.is_empty();
    if narrower && shape.sharing != Some(Sharing::Everyone) && shown.seen_by_others > 0 {
        let what = format!("Share the view \"{}\"{}, with others than now", shown.name, others(&shown));
        app.confirm_with(&what, "deskctl views update shares it as before")?;
    }
    let columns = shape.columns();
    let teams = (!shape.teams.is_empty()).then_some(shape.teams);
    let filter = filter.as_deref().map(given).transpose()?;
    let changes = ViewChanges { name, filter, sort: shape.sort, columns, sharing: shape.sharing, teams };
    let changed = app.run(ops::Update { view: meant(&shown), changes })?;
    app.out.one(&changed)
}

fn show_tickets(app: &mut App, view: &str, page: &TokenArgs) -> Result<()> {
    let shown = app.run(ops::Show { view: view.to_owned() })?;
    let own: Vec<&str> = shown.columns.iter().map(String::as_str).collect();
    let columns: &[&str] = if own.is_empty() { COLUMNS } else { &own };
    let view = meant(&shown);
    page::print_by_token(app, page, "tickets", columns, |app, after, limit| app.run(ops::Run { view: view.clone(), after, limit }))
}

/// `10,000+`.
fn told(counted: TicketCount) -> String {
    format!("{}{}", grouped(counted.tickets), if counted.exact { "" } else { "+" })
}

fn explain(app: &mut App, explained: &FilterExplained) -> Result<()> {
    if app.out.format() != Format::Table {
        return app.out.one(explained);
    }
    let hubspot = match (&explained.filter_groups, &explained.not_expressible) {
        (Some(groups), _) => groups.to_string(),
        (None, Some(why)) => why.clone(),
        (None, None) => "no filter on properties".to_owned(),
    };
    let found_by = if explained.indexes.is_empty() { "looking at every ticket".to_owned() } else { explained.indexes.join(", ") };
    let sorted = if explained.sorts { ", then sorted" } else { "" };
    app.out.one(&json!({
        "shows": explained.words,
        "filter": explained.filter,
        "hubspot": hubspot,
        "found_by": Value::String(found_by + sorted),
        "tickets": told(explained.count),
    }))
}
