//! `deskctl sla due`.

use clap::Args;
use serde::Serialize;

use super::lines;
use crate::cli::App;
use crate::cli::args::named;
use crate::cli::page::{self, TokenArgs};
use crate::domain::sla::Status;
use crate::domain::sla::policy::{Kind, Length};
use crate::domain::time::{SECOND_MS, Time, human_seconds};
use crate::error::Result;
use crate::ops::sla::{DueRow, ListDue};
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
