//! Policies and working hours as people read them in tables; scripts get the documents.

use serde::Serialize;
use serde_json::{Map, Value};

use crate::cli::App;
use crate::domain::sla::hours::{Hours, Slot};
use crate::domain::sla::policy::{Kind, Policy, Target};
use crate::domain::time::Time;
use crate::error::Result;
use crate::ops::sla::PolicyShown;
use crate::ops::sla::hours::HoursShown;
use crate::output::Format;

#[derive(Serialize)]
struct PolicyTable {
    revision: Option<i64>,
    apply_to: Option<String>,
    set_at: Option<Time>,
    set_by: Option<String>,
    chosen_by: String,
    hours: String,
    bot_replies_count: bool,
    reopen: String,
    merge: String,
    rules: Vec<RuleLine>,
    pauses: Vec<PauseLine>,
    findings: Vec<FindingLine>,
}

#[derive(Serialize)]
struct RuleLine {
    rule: usize,
    tickets: String,
    first_response: String,
    next_response: String,
    close: String,
    hours: String,
}

#[derive(Serialize)]
struct PauseLine {
    stage: String,
    clocks: String,
}

#[derive(Serialize)]
struct FindingLine {
    level: String,
    code: String,
    rule: String,
    message: String,
}

/// Prints the policy.
pub fn policy(app: &mut App, shown: &PolicyShown) -> Result<()> {
    match &shown.policy {
        None => app.notices.notice("no SLA holds: set targets with deskctl sla set"),
        Some(policy) if app.out.format() == Format::Table => return app.out.one(&policy_table(shown, policy)),
        Some(_) => {}
    }
    app.out.one(shown)
}

fn policy_table(shown: &PolicyShown, policy: &Policy) -> PolicyTable {
    let findings = shown.findings.iter().map(|finding| FindingLine {
        level: finding.level.to_string(),
        code: finding.code.clone(),
        rule: finding.rule.clone(),
        message: finding.message.clone(),
    });
    let clocks =
        |kinds: &[Kind]| if kinds.len() == Kind::ALL.len() { "all".to_owned() } else { join(kinds.iter().map(|kind| kind.as_str())) };
    let pauses = policy
        .pauses
        .iter()
        .map(|pause| PauseLine { stage: format!("{}/{}", pause.pipeline, pause.stage), clocks: clocks(&pause.targets) });
    PolicyTable {
        revision: shown.revision,
        apply_to: shown.apply_to.map(|apply_to| apply_to.to_string()),
        set_at: shown.set_at,
        set_by: shown.set_by.clone(),
        chosen_by: policy.by.map_or("nothing: all tickets alike".to_owned(), |by| by.to_string()),
        hours: policy.hours.clone().unwrap_or_else(|| "24/7".to_owned()),
        bot_replies_count: policy.bot_replies_count,
        reopen: policy.reopen.to_string(),
        merge: policy.merge.to_string(),
        rules: (0..policy.rules.len()).map(|at| rule_line(policy, at)).collect(),
        pauses: pauses.collect(),
        findings: findings.collect(),
    }
}

fn rule_line(policy: &Policy, at: usize) -> RuleLine {
    let rule = &policy.rules[at];
    let target = |kind| match rule.targets.get(kind) {
        _ if rule.off => "off".to_owned(),
        None => "-".to_owned(),
        Some(Target { within, due_soon: None }) => within.to_string(),
        Some(Target { within, due_soon: Some(lead) }) => format!("{within} (due soon {lead} before)"),
    };
    RuleLine {
        rule: at + 1,
        tickets: if rule.values.is_empty() { "all others".to_owned() } else { rule.values.join(", ") },
        first_response: target(Kind::FirstResponse),
        next_response: target(Kind::NextResponse),
        close: target(Kind::Close),
        hours: policy.hours_of(rule).unwrap_or("24/7").to_owned(),
    }
}

#[derive(Serialize)]
struct HoursTable {
    name: String,
    zone: String,
    weekly_hours: f64,
    used_by: Vec<String>,
    updated_at: Time,
    week: Map<String, Value>,
    overrides: Vec<DateLine>,
    extra: Vec<DateLine>,
    holidays: Vec<HolidayLine>,
}

#[derive(Serialize)]
struct DateLine {
    date: String,
    windows: String,
}

#[derive(Serialize)]
struct HolidayLine {
    on: String,
    name: Option<String>,
}

/// Prints working hours.
pub fn hours(app: &mut App, shown: HoursShown) -> Result<()> {
    if app.out.format() != Format::Table {
        return app.out.one(&shown);
    }
    let HoursShown { name, weekly_hours, used_by, updated_at, hours } = shown;
    let Hours { zone, week, overrides, extra, holidays } = hours;
    let window = |start: &str, end: &str| format!("{start}-{end}");
    let windows =
        |slots: &[Slot]| if slots.is_empty() { "closed".to_owned() } else { join(slots.iter().map(|(start, end)| window(start, end))) };
    app.out.one(&HoursTable {
        name,
        zone,
        weekly_hours,
        used_by,
        updated_at,
        week: week.days().into_iter().map(|(day, slots)| (day.to_owned(), windows(slots).into())).collect(),
        overrides: overrides.iter().map(|one| DateLine { date: one.date.clone(), windows: windows(&one.windows) }).collect(),
        extra: extra.iter().map(|one| DateLine { date: one.date.clone(), windows: window(&one.start, &one.end) }).collect(),
        holidays: holidays.iter().map(|one| HolidayLine { on: one.on().to_owned(), name: one.name().map(str::to_owned) }).collect(),
    })
}

fn join(parts: impl Iterator<Item = impl AsRef<str>>) -> String {
    let parts: Vec<String> = parts.map(|part| part.as_ref().to_owned()).collect();
    parts.join(", ")
}
