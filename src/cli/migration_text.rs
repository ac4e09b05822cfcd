//! Plans and states of migrations as people read them; scripts get the data as it is.

use serde::Serialize;
use serde_json::{Map, Value, json};

use super::App;
use super::runs::of_start;
use crate::domain::migration::{Finding, History, Level, RunState};
use crate::error::Result;
use crate::migrate::checks::Plan;
use crate::ops::migrations::{PlanAnswer, Status};
use crate::output::Format;

/// The columns of lists of migrations.
pub const LIST: &[&str] = &["id", "channel", "state", "history", "done", "total", "tickets_created", "started_at"];

const FINDINGS: &[&str] = &["channel", "history", "level", "code", "rule", "message"];

/// A finding with what it is about: one row of a table that several plans share.
#[derive(Serialize)]
struct FindingRow<'a> {
    channel: &'a str,
    history: History,
    #[serde(flatten)]
    finding: &'a Finding,
}

/// Prints plans: one after the other for people, as they are for scripts, one row a finding as CSV or in chosen columns.
pub fn plans(answer: &PlanAnswer, app: &mut App) -> Result<()> {
    match app.out.format() {
        Format::Json => app.out.one(answer),
        Format::Ndjson => app.out.list("plans", &answer.plans, &[]),
        Format::Table if app.global.columns.is_none() => answer.plans.iter().try_for_each(|plan| text(plan, app)),
        Format::Csv | Format::Table => {
            let row = |plan: &'_ Plan, finding: &'_ Finding| json!(FindingRow { channel: &plan.channel, history: plan.history, finding });
            let rows: Vec<Value> =
                answer.plans.iter().flat_map(|plan| plan.findings.iter().map(move |finding| row(plan, finding))).collect();
            app.out.list("findings", &rows, FINDINGS)
        }
    }
}

fn text(plan: &Plan, app: &mut App) -> Result<()> {
    let verdict = if plan.blocked { "cannot move" } else { "can move" };
    app.out.raw(&format!("{} ({}), history {}: {verdict}\n\n", plan.channel, plan.kind, plan.history))?;
    for finding in &plan.findings {
        app.out.raw(&format!("{:8}  {} ({})\n", finding.level.as_str(), finding.code, finding.rule))?;
        app.out.paragraph(10, &finding.message)?;
        for (number, step) in steps(finding).iter().enumerate() {
            // Not wrapped: these lines are copied.
            app.out.raw(&format!("{:10}{}. {step}\n", "", number + 1))?;
        }
    }
    if !plan.flow.is_empty() {
        app.out.raw("\nTickets to be made:\n")?;
        app.out.list("tickets to be made", &plan.flow, &["status", "stage", "conversations"])?;
    }
    app.out.raw("\n")
}

/// What to do instead, where a finding says so.
fn steps(finding: &Finding) -> Vec<&str> {
    finding.details.get("steps").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str).collect()
}

/// What a plan was asked for.
pub struct Asked {
    pub history: Option<History>,
    pub finer_rules: bool,
    pub full: bool,
}

/// What to do after a plan.
pub fn next_step(answer: &PlanAnswer, args: &Asked, app: &App) {
    if app.out.format() != Format::Table {
        return;
    }
    let warned = answer.plans.iter().flat_map(|plan| &plan.findings).any(|finding| finding.level == Level::Warning);
    if answer.blocked {
        app.notices.notice("what is marked blocking has to be cured first");
    } else if args.finer_rules && !args.full {
        app.notices.notice("nothing stands in the way; --full counts what each rule of the map takes");
    } else if args.history.is_none() {
        app.notices.notice("nothing stands in the way; choose --history all with --map open=STAGE --map closed=STAGE, or --history none");
    } else if warned {
        app.notices.notice("nothing stands in the way; the warnings are for you to judge (start --strict wants each accepted)");
    }
}

/// How a start answers: one channel gives an object, several give a list.
#[derive(Clone, Copy)]
pub enum Shape {
    Object,
    List,
}

/// Prints where what was started stands, from one of its migrations.
pub fn started(status: &Status, shape: Shape, app: &mut App) -> Result<()> {
    match shape {
        Shape::Object => self::status(status, app),
        Shape::List => {
            let mut all = of_start(status.first_of_start, app)?;
            // A detached worker's log is known to its starter first.
            if let Some(known) = all.iter_mut().find(|known| known.id == status.id) {
                known.log.clone_from(&status.log);
            }
            app.out.list("migrations", &all, LIST)
        }
    }
}

/// Prints where a migration stands. People are spared what does not apply.
pub fn status(status: &Status, app: &mut App) -> Result<()> {
    if app.out.format() != Format::Table || app.global.columns.is_some() {
        return app.out.one(status);
    }
    app.out.one(&readable(status))
}

fn readable(status: &Status) -> Map<String, Value> {
    let active = !matches!(status.state, RunState::Completed | RunState::Unscheduled);
    let history = status.history == History::All;
    let waiting = status.state == RunState::Scheduled;
    let mut fields = Map::new();
    let mut put = |name: &str, there: bool, value: Value| {
        if there && !value.is_null() {
            fields.insert(name.to_owned(), value);
        }
    };
    put("migration", true, status.id.into());
    put("channel", true, status.channel.as_str().into());
    put("state", true, status.state.as_str().into());
    put("last_error", true, json!(status.last_error));
    put("phase", active && !waiting, status.phase.as_str().replace('_', " ").into());
    put("history", true, status.history.as_str().into());
    put("map", history, status.map.join(", ").into());
    put("sla_historic", history, json!(status.sla_historic));
    put("conversations", history && !waiting, format!("{} of {} ({:.1} %)", status.done, status.total, status.percent).into());
    put("tickets_created", history && !waiting, status.tickets_created.into());
    put("tickets_moved", history && !waiting, status.tickets_moved.into());
    put("unassigned", history && !waiting, status.unassigned.into());
    put("rate_per_second", status.state == RunState::Running, json!(status.rate_per_second));
    put("eta_seconds", true, json!(status.eta_seconds));
    put("notifications", status.notifications_muted, "muted".into());
    put("next_channels", status.next_channels > 0, status.next_channels.into());
    put("begins_at", waiting, json!(status.start_at));
    put("started_at", !waiting && status.state != RunState::Unscheduled, json!(status.started_at));
    put("updated_at", active && !waiting, json!(status.updated_at));
    put("finished_at", true, json!(status.finished_at));
    put("started_by", true, status.started_by.as_str().into());
    put("log", active, json!(status.log));
    fields
}
