//! `deskctl migrations`

use clap::{Args, Subcommand};

use super::App;
use super::args::named;
use super::migration_text::Shape;
use super::runs::of_start;
use super::{drive, follow, migration_text, verification};
use crate::domain::Id;
use crate::domain::bounds::distinct;
use crate::domain::migration::{History, Phase, RunState};
use crate::domain::sla::historic::Choice;
use crate::domain::time::{human_seconds, parse_duration_ms};
use crate::domain::when::When;
use crate::error::{Error, Exit, Result};
use crate::migrate::worker::ALREADY_COMPLETED;
use crate::ops::migrations::{self, ReportData, Status};
use crate::output::AtomicFile;

#[derive(Subcommand)]
pub enum Verb {
    /// Show what a move would do, and what stands in the way
    #[command(
        after_help = "Examples:\n  deskctl migrations plan support@acme.example\n  deskctl migrations plan support@acme.example --history all --map open=New --map closed=Closed --full\n  deskctl migrations plan support@acme.example --history all --sla-historic open=restart,closed=exempt\n  deskctl migrations plan --all\n\nExit code 10 when something blocks the move."
    )]
    Plan(PlanArgs),
    /// Move a channel to the help desk; this cannot be undone
    #[command(
        after_help = "Examples:\n  deskctl migrations start support@acme.example --history all --map open=New --map closed=Closed\n  deskctl migrations start support@acme.example --history all --map 'closed and last_message_at < -365d=Archive/Closed' --map open=New --map closed=Closed --yes\n  deskctl migrations start website-chat --history none --yes\n  id=$(deskctl migrations start support@acme.example --history all --map open=New --map closed=Closed --yes --detach -o json | jq .id)\n\nKilling it loses nothing: deskctl migrations resume goes on where it stands."
    )]
    Start(StartArgs),
    /// List all migrations, newest first
    #[command(after_help = "Examples:\n  deskctl migrations list\n  deskctl migrations list -o json")]
    List,
    /// Show where a migration stands; exit 0 completed, 8 pending, 1 failed or interrupted
    #[command(
        after_help = "Examples:\n  deskctl migrations status\n  deskctl migrations status 3 --watch\n  deskctl migrations status -o json | jq .percent"
    )]
    Status {
        /// Its id; by default the active one, else the latest
        id: Option<Id>,
        /// Go on showing it until it ends
        #[arg(long)]
        watch: bool,
    },
    /// Wait until a migration ends; exit 0 completed, 8 out of time, 1 failed or interrupted
    #[command(after_help = "Examples:\n  deskctl migrations wait\n  deskctl migrations wait 3 --timeout 30m")]
    Wait {
        /// Its id; by default the active one, else the latest
        id: Option<Id>,
        /// How long to wait at most, such as 90s, 30m or 2h
        #[arg(long, value_parser = parse_duration_ms)]
        timeout: Option<i64>,
    },
    /// Go on with an interrupted or failed migration from where it stands
    #[command(
        after_help = "Examples:\n  deskctl migrations resume\n  deskctl migrations resume 3 --detach\n\n--accept takes clock_set_back, and verification_failed, which ends a migration with its differences.\n\nExit code 11 while another worker drives it."
    )]
    Resume {
        /// Its id; by default the active one
        id: Option<Id>,
        /// Return after the worker's first sign of life
        #[arg(long)]
        detach: bool,
        /// Accept what stands in the way, by its code
        #[arg(long, value_name = "CODE")]
        accept: Vec<String>,
        /// This process is the detached worker
        #[arg(long, hide = true)]
        worker: bool,
    },
    /// Take back a migration whose channel has not moved yet, also one that failed before
    #[command(after_help = "Examples:\n  deskctl migrations unschedule 3")]
    Unschedule {
        /// Its id
        id: Id,
    },
    /// Recount everything from the data itself: = as it should be, - missing, + unexpected, ! wrong
    #[command(
        after_help = "Examples:\n  deskctl migrations verify\n  deskctl migrations verify 3 --all\n  deskctl migrations verify 1 2 3 --summary\n  deskctl migrations verify -o ndjson | jq 'select(.sign != \"=\")'\n\nA table shows the differences (all conversations with --all); json, ndjson and csv give every conversation.\nExit code 8 when there are differences."
    )]
    Verify {
        /// Their ids; by default all that the last start began
        #[arg(value_name = "ID")]
        ids: Vec<Id>,
        /// Also show conversations that are as they should be
        #[arg(long)]
        all: bool,
        /// Only the totals
        #[arg(long, conflicts_with = "all")]
        summary: bool,
    },
    /// Report what a migration did: text, json, or a self-contained HTML page
    #[command(
        after_help = "Examples:\n  deskctl migrations report\n  deskctl migrations report 3 --html report.html\n  deskctl migrations report -o json"
    )]
    Report {
        /// Their ids; by default all that the last start began
        #[arg(value_name = "ID")]
        ids: Vec<Id>,
        /// Write a self-contained HTML page to this file
        #[arg(long, value_name = "FILE")]
        html: Option<std::path::PathBuf>,
    },
}

#[derive(Args)]
pub struct PlanArgs {
    /// Ids or addresses of channels
    #[arg(value_name = "CHANNEL", required_unless_present = "all", conflicts_with = "all")]
    channels: Vec<String>,
    /// Every movable channel, in the proposed order
    #[arg(long)]
    all: bool,
    /// Whether all historical conversations move too, or none; without it both choices are shown
    #[arg(long, value_name = "all|none", value_parser = named::<History>(History::NAMES))]
    history: Option<History>,
    /// open=STAGE, closed=STAGE, or 'FILTER=STAGE' for finer rules
    #[arg(long, value_name = "WHAT=STAGE")]
    map: Vec<String>,
    /// SLAs of history: apply (clocks run from the create date), restart (from the move), exempt (none), or open=…,closed=…
    #[arg(long, value_name = "WHAT", default_value = "apply")]
    sla_historic: Choice,
    /// Decide every conversation instead of estimating from counts
    #[arg(long)]
    full: bool,
}

#[derive(Args)]
pub struct StartArgs {
    /// Ids or addresses of channels; several move one after the other
    #[arg(value_name = "CHANNEL", required = true)]
    channels: Vec<String>,
    /// Whether all historical conversations move too, or none (M2)
    #[arg(long, value_name = "all|none", value_parser = named::<History>(History::NAMES))]
    history: History,
    /// open=STAGE, closed=STAGE, or 'FILTER=STAGE' for finer rules; the first match wins
    #[arg(long, value_name = "WHAT=STAGE")]
    map: Vec<String>,
    /// Keep the notices that the run itself causes as muted (M9)
    #[arg(long)]
    mute_notifications: bool,
    /// SLAs of history: apply (clocks run from the create date), restart (from the move), exempt (none), or open=…,closed=…
    #[arg(long, value_name = "WHAT", default_value = "apply")]
    sla_historic: Choice,
    /// Return after the worker's first sign of life; the worker goes on by itself
    #[arg(long)]
    detach: bool,
    /// Accept a warning of the plan by its code
    #[arg(long, value_name = "CODE")]
    accept: Vec<String>,
    /// Refuse to start while a warning is not accepted (exit 10)
    #[arg(long)]
    strict: bool,
    /// Begin at this time: 02:00 (the next one), "tomorrow 02:00", +2h, or 2026-12-01T02:00:00+01:00
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    at: Option<When>,
    /// Move a few at a time and pause in between, so that one can watch
    #[arg(long, hide = true, conflicts_with = "detach")]
    slowly: bool,
    /// Write a backup to this file first
    #[arg(long, value_name = "FILE")]
    backup: Option<std::path::PathBuf>,
}

pub fn run(verb: Verb, app: &mut App) -> Result<Exit> {
    match verb {
        Verb::Plan(args) => plan(args, app),
        Verb::Start(args) => start(args, app),
        Verb::List => {
            let rows = app.run(migrations::List {})?;
            app.out.list("migrations", &rows, migration_text::LIST)?;
            Ok(Exit::Done)
        }
        Verb::Status { id, watch } => show(id, watch, app),
        Verb::Wait { id, timeout } => wait(id, timeout, app),
        Verb::Resume { id, worker: true, .. } => drive::as_detached_worker(id, app),
        Verb::Resume { id, detach, accept, .. } => resume(id, detach, accept, app),
        Verb::Unschedule { id } => {
            let status = app.run(migrations::Unschedule { id })?;
            app.notices.notice(&format!("migration {} of {} is taken back: nothing was moved", status.id, status.channel));
            migration_text::status(&status, app)?;
            Ok(Exit::Done)
        }
        Verb::Verify { ids, all, summary } => verification::verify(&ids, all, summary, app),
        Verb::Report { ids, html } => report(&ids, html, app),
    }
}

fn plan(args: PlanArgs, app: &mut App) -> Result<Exit> {
    if let (Some(history), false) = (args.history, args.map.is_empty()) {
        migrations::check_map_shape(history, &args.map)?;
    }
    let asked = migration_text::Asked { history: args.history, finer_rules: args.map.len() > 2, full: args.full };
    let answer = app.run(migrations::Plan {
        channels: args.channels,
        history: args.history,
        map: args.map,
        full: args.full,
        sla_historic: args.sla_historic,
    })?;
    migration_text::plans(&answer, app)?;
    migration_text::next_step(&answer, &asked, app);
    Ok(if answer.blocked { Exit::Blocked } else { Exit::Done })
}

fn start(args: StartArgs, app: &mut App) -> Result<Exit> {
    let shape = if args.channels.len() > 1 { Shape::List } else { Shape::Object };
    migrations::check_map_shape(args.history, &args.map)?;
    let mut operation = migrations::Start {
        channels: args.channels,
        history: args.history,
        map: args.map,
        mute_notifications: args.mute_notifications,
        accept: args.accept,
        strict: args.strict,
        at: args.at,
        sla_historic: args.sla_historic,
    };
    if app.global.dry_run {
        return rehearse(operation, app);
    }
    if args.backup.is_some() && app.on_server()? {
        return Err(Error::new(
            Exit::Unsupported,
            "unsupported_by_target",
            "--backup writes a file on the store's own machine, and the target is a server",
        )
        .hint("run deskctl backup FILE there first, then start without --backup"));
    }
    drive::ask_to_start(&mut operation, app)?;
    if let Some(file) = &args.backup {
        // Whoever may not start gets no backup either, and what would be refused needs none (G22).
        app.rehearse(operation.clone())?;
        crate::target::upkeep::backup(&app.location()?, file, &app.call(), app.clock)?;
        app.notices.notice(&format!("the backup is in {}", file.display()));
    }
    let status = app.run(operation)?;
    if app.global.idempotency_key.is_some() {
        // The first answer, given again, says how it stood then.
        let now = app.run(migrations::Show { id: Some(status.id) })?;
        if now.state == RunState::Completed {
            migration_text::started(&now, shape, app)?;
            return Ok(Exit::Done);
        }
    }
    match (app.on_server()?, args.detach) {
        (true, true) => follow::begun(status, shape, app),
        (true, false) => follow::to_the_end(status.id, shape, app),
        (false, true) => drive::detach(status.id, shape, app),
        (false, false) => drive::in_foreground(status.id, args.slowly, shape, app),
    }
}

/// Everything is checked and every conversation decided; nothing is written.
fn rehearse(operation: migrations::Start, app: &mut App) -> Result<Exit> {
    let plan = migrations::Plan { full: true, ..operation.plan() };
    app.run(operation)?;
    let answer = app.run(plan)?;
    migration_text::plans(&answer, app)?;
    Ok(Exit::Done)
}

fn resume(id: Option<Id>, detach: bool, accept: Vec<String>, app: &mut App) -> Result<Exit> {
    // On a store this asks for the permission; there is nobody else to hand the run to.
    let on_server = app.on_server()?;
    let writes = on_server || !(accept.is_empty() || app.global.dry_run);
    let resume = migrations::Resume { id, accept };
    let status = if writes { app.run(resume)? } else { app.rehearse(resume)? };
    match status.state {
        RunState::Completed => nothing_to_resume(&status, app),
        _ if app.global.dry_run => {
            if !on_server {
                app.notices.notice("dry run: nothing was written");
            }
            migration_text::status(&status, app)?;
            Ok(Exit::Done)
        }
        _ if on_server && detach => follow::begun(status, Shape::Object, app),
        _ if on_server => follow::to_the_end(status.id, Shape::Object, app),
        _ if detach => drive::detach(status.id, Shape::Object, app),
        _ => match drive::in_foreground(status.id, false, Shape::Object, app) {
            // Another worker ended it between our look and our turn.
            Err(error) if error.code() == ALREADY_COMPLETED => {
                let status = app.run(migrations::Show { id: Some(status.id) })?;
                nothing_to_resume(&status, app)
            }
            resumed => resumed,
        },
    }
}

fn nothing_to_resume(status: &Status, app: &mut App) -> Result<Exit> {
    app.notices.notice(&format!("migration {} is completed: there is nothing to resume", status.id));
    migration_text::status(status, app)?;
    Ok(Exit::Done)
}

/// 0 completed; 8 scheduled or running; 1 failed or interrupted, with the line to resume.
pub fn exit_of(status: &Status, app: &App) -> Exit {
    let mut resume = format!("go on with: deskctl migrations resume {}", status.id);
    if matches!(status.phase, Phase::Preparing | Phase::MovingChannel) {
        resume += &format!(", or take it back: deskctl migrations unschedule {}", status.id);
    }
    match status.state {
        RunState::Completed | RunState::Unscheduled => Exit::Done,
        RunState::Scheduled | RunState::Running => Exit::Pending,
        RunState::Interrupted => {
            app.notices.warning(&format!("the worker of migration {} is gone; {resume}", status.id));
            Exit::Failed
        }
        RunState::Failed => {
            app.notices.warning(&format!("migration {} failed: {}; {resume}", status.id, status.last_error.as_deref().unwrap_or("?")));
            Exit::Failed
        }
    }
}

fn show(id: Option<Id>, watch: bool, app: &mut App) -> Result<Exit> {
    let mut status = app.run(migrations::Show { id })?;
    if watch {
        status = follow::watch(status, None, app)?;
    }
    migration_text::status(&status, app)?;
    Ok(exit_of(&status, app))
}

fn wait(id: Option<Id>, timeout_ms: Option<i64>, app: &mut App) -> Result<Exit> {
    let status = app.run(migrations::Show { id })?;
    // Of several channels that were started together the next one goes on where one ends.
    let status = if id.is_some() { follow::watch(status, timeout_ms, app)? } else { follow::watch_sequence(status, timeout_ms, app)? };
    migration_text::status(&status, app)?;
    let exit = exit_of(&status, app);
    if exit == Exit::Pending {
        app.notices.notice(&format!("still {} after {}", status.state, human_seconds(timeout_ms.unwrap_or(0) / 1_000)));
    }
    Ok(exit)
}

/// Of the migrations that are named, or without an id of all that the last start began. The first report asks for the permission.
fn reports(ids: &[Id], app: &mut App) -> Result<Vec<ReportData>> {
    let ids = match ids {
        [] => {
            let last = app.run(migrations::Report { id: None })?;
            of_start(last.status.first_of_start, app)?.into_iter().map(|status| status.id).collect()
        }
        ids => distinct(ids),
    };
    ids.into_iter().map(|id| app.run(migrations::Report { id: Some(id) })).collect()
}

fn report(ids: &[Id], html: Option<std::path::PathBuf>, app: &mut App) -> Result<Exit> {
    let reports = reports(ids, app)?;
    if let Some(path) = html {
        use std::io::Write;
        let mut file = AtomicFile::create(&path)?;
        let page = super::report::html(&reports, &app.out.options().zone);
        file.write_all(page.as_bytes()).map_err(|error| crate::error::io_error("write", &path, error))?;
        file.commit()?;
        app.notices.notice(&format!("the report is in {}", path.display()));
        return Ok(Exit::Done);
    }
    match app.out.format() {
        crate::output::Format::Table => {
            let zone = app.out.options().zone.clone();
            let texts: Vec<String> = reports.iter().map(|report| super::report::text(report, &zone)).collect();
            app.out.raw(&texts.join("\n"))?;
        }
        _ => match &reports[..] {
            [report] => app.out.one(report)?,
            reports => app.out.list("reports", reports, &[])?,
        },
    }
    Ok(Exit::Done)
}
