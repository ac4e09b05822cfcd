//! `deskctl sla report`.

use clap::Args;
use serde::Serialize;

use super::{compliance, lines};
use crate::cli::App;
use crate::cli::args::named;
use crate::cli::page::{self, TokenArgs};
use crate::domain::sla::policy::Kind;
use crate::domain::time::{SECOND_MS, human_seconds};
use crate::error::Result;
use crate::ops::sla::{Breach, By, ListBreaches, Report, ReportRow, Scope};
use crate::output::Format;

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
    let columns: &[&str] = &["group", "target", "judged", "on_time", "late", "cancelled", "running", "compliance"];
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
        Line { compliance: compliance(row.percent), row }
    }
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
