//! `deskctl sla due` and `deskctl sla report`.

use clap::Args;
use serde::Serialize;

use crate::cli::App;
use crate::cli::args::named;
use crate::cli::page::{self, TokenArgs};
use crate::domain::sla::Status;
use crate::domain::sla::policy::{Kind, Length};
use crate::domain::time::{SECOND_MS, Time, human_seconds};
use crate::error::Result;
use crate::ops::page::TokenPage;
use crate::ops::sla::{Breach, By, DueRow, ListBreaches, ListDue, Report, ReportRow, Scope};
use crate::output::Format;

#[derive(Args)]
pub struct DueArgs {
    /// Whatever is due within this time of the clock on the wall, due soon by its lead or not; and what is overdue
    #[arg(long, value_name = "DURATION")]
    within: Option<Length>,
    /// Only this target
    #[arg(long, value_name = "TARGET", value_parser = named::<Kind>(Kind::NAMES))]
    kind: Option<Kind>,
    /// Only this owner's: an address, me or none
    #[arg(long, value_name = "EMAIL|me|none")]
    owner: Option<String>,
    /// Only this team (name or id)
    #[arg(long)]
    team: Option<String>,
    #[command(flatten)]
    page: TokenArgs,
}

#[derive(Serialize)]
struct DueLine {
    ticket: i64,
    name: String,
    target: Kind,
    status: Status,
    due_at: Time,
    /// Below zero since it was due.
    left: String,
    owner: Option<String>,
    team: Option<String>,
    priority: Option<String>,
}

impl From<DueRow> for DueLine {
    fn from(row: DueRow) -> DueLine {
        let left = human_seconds(row.left_ms.abs() / SECOND_MS);
        DueLine {
            ticket: row.ticket,
            name: row.name,
            target: row.target,
            status: row.status,
            due_at: row.due_at,
            left: if row.left_ms < 0 { format!("-{left}") } else { left },
            owner: row.owner,
            team: row.team,
            priority: row.priority.map(|priority| priority.to_string()),
        }
    }
}

/// Prints what is due, the earliest first.
pub fn due(arguments: DueArgs, app: &mut App) -> Result<()> {
    let DueArgs { within, kind, owner, team, page } = arguments;
    let fetch =
        |app: &mut App, after, limit| app.run(ListDue { within, target: kind, owner: owner.clone(), team: team.clone(), after, limit });
    if app.out.format() != Format::Table {
        return page::print_by_token(app, &page, "targets", &[], fetch);
    }
    page::print_by_token(app, &page, "targets", &["ticket", "name", "target", "status", "due_at", "left", "owner"], |app, after, limit| {
        fetch(app, after, limit).map(lines::<DueRow, DueLine>)
    })
}

fn lines<T, L: From<T>>(page: TokenPage<T>) -> TokenPage<L> {
    TokenPage { items: page.items.into_iter().map(L::from).collect(), next: page.next }
}

#[derive(Args)]
pub struct ReportArgs {
    /// What is counted together
    #[arg(long, value_name = "GROUP", default_value = "target", value_parser = named::<By>(By::NAMES))]
    by: By,
    /// Only this target
    #[arg(long, value_name = "TARGET", value_parser = named::<Kind>(Kind::NAMES))]
    kind: Option<Kind>,
    /// Only tickets of this team (name or id)
    #[arg(long)]
    team: Option<String>,
    /// Only what was met or missed since then: a time, a date, or a time ago such as 30d
    #[arg(long, value_name = "TIME|DATE|AGO")]
    since: Option<String>,
    /// Only what was met or missed before then
    #[arg(long, value_name = "TIME|DATE|AGO")]
    until: Option<String>,
    /// List what was missed instead, in the order of tickets
    #[arg(long)]
    breaches: bool,
    #[command(flatten)]
    page: TokenArgs,
}

/// Prints how well targets were met, or what was missed.
pub fn report(arguments: ReportArgs, app: &mut App) -> Result<()> {
    let scope = Scope { since: arguments.since, until: arguments.until, target: arguments.kind, team: arguments.team };
    if arguments.breaches {
        return breaches(app, &arguments.page, &scope);
    }
    let rows = app.run(Report { by: arguments.by, scope })?;
    let grouped = arguments.by != By::Target;
    let columns: &[&str] = &["group", "target", "judged", "on_time", "late", "running", "percent", "compliance"];
    let columns = if grouped { columns } else { &columns[1..] };
    if app.out.format() == Format::Table {
        let rows: Vec<Line> = rows.into_iter().map(Line::from).collect();
        return app.out.list("targets", &rows, columns);
    }
    app.out.list("targets", &rows, &[])
}

#[derive(Serialize)]
struct Line {
    #[serde(flatten)]
    row: ReportRow,
    compliance: String,
}

impl From<ReportRow> for Line {
    fn from(row: ReportRow) -> Line {
        Line { compliance: row.percent.map(bar).unwrap_or_default(), row }
    }
}

/// How many characters a full bar has.
const BAR: usize = 20;

/// A bar of so much in a hundred. It is full only where nothing is missing.
pub fn bar(percent: f64) -> String {
    let filled = (percent / 100.0 * BAR as f64).floor().clamp(0.0, BAR as f64) as usize;
    "█".repeat(filled) + &"░".repeat(BAR - filled)
}

#[derive(Serialize)]
struct BreachLine {
    #[serde(flatten)]
    breach: Breach,
    late_by: String,
}

impl From<Breach> for BreachLine {
    fn from(breach: Breach) -> BreachLine {
        BreachLine { late_by: human_seconds(breach.late_ms / SECOND_MS), breach }
    }
}

fn breaches(app: &mut App, page: &TokenArgs, scope: &Scope) -> Result<()> {
    let fetch = |app: &mut App, after, limit| app.run(ListBreaches { scope: scope.clone(), after, limit });
    if app.out.format() != Format::Table {
        return page::print_by_token(app, page, "breaches", &[], fetch);
    }
    let columns = &["ticket", "target", "instance", "due_at", "ended_at", "late_by", "owner", "team", "priority"];
    page::print_by_token(app, page, "breaches", columns, |app, after, limit| fetch(app, after, limit).map(lines::<Breach, BreachLine>))
}
