//! A policy and its stages, for tests of the clocks.

use std::sync::Arc;

use deskctl::domain::Id;
use deskctl::domain::sla::{Base, Hours, Policy, Prepared, Terms};
use deskctl::domain::time::{MINUTE_MS, Time};
use serde_json::json;

pub const NEW: Id = 1;
pub const WAITING: Id = 2;
pub const CLOSED: Id = 3;

/// Minutes since a Monday, 09:00 in Warsaw.
pub fn at(minute: i64) -> Time {
    Time("2026-11-16T08:00:00Z".parse::<Time>().unwrap().0 + minute * MINUTE_MS)
}

/// Targets in minutes; HIGH has half of them, LOW is switched off. Waiting pauses first response and close.
pub fn policy(first: i64, next: i64, close: i64) -> Policy {
    let targets = |part: i64| {
        let target = |minutes: i64| json!({ "within": format!("{}m", minutes / part), "due_soon": format!("{}m", minutes / part / 4) });
        json!({ "first_response": target(first), "next_response": target(next), "close": target(close) })
    };
    let policy = json!({
        "by": "priority",
        "rules": [{ "values": ["HIGH"], "targets": targets(2) }, { "values": ["LOW"], "off": true }, { "targets": targets(1) }],
        "pauses": [{ "pipeline": "Support", "stage": "Waiting", "targets": ["first_response", "close"] }],
    });
    serde_json::from_value(policy).unwrap()
}

/// A time to close in minutes of working time: Monday to Friday, 09:00 to 17:00.
pub fn working(close: i64) -> Policy {
    let policy = json!({
        "rules": [{ "targets": { "close": { "within": format!("{close}m") } } }],
        "hours": "office",
        "pauses": [{ "pipeline": "Support", "stage": "Waiting" }],
    });
    serde_json::from_value(policy).unwrap()
}

pub fn office() -> Base {
    let day = json!([["09:00", "17:00"]]);
    let hours =
        json!({ "zone": "Europe/Warsaw", "week": { "mon": day, "tue": day, "wed": day, "thu": day, "fri": day }, "holidays": ["12-25"] });
    let calendar = serde_json::from_value::<Hours>(hours).unwrap().check().unwrap();
    Base::Hours(Box::new(Prepared::new(calendar, at(-100_000), at(100_000))))
}

pub fn terms(policy: &Policy) -> Terms {
    let office = Arc::new(office());
    let hours = |name: &str| (name == "office").then(|| office.clone());
    let stage = |pipeline: &str, stage: &str| match (pipeline, stage) {
        ("Support", "New") => Some(NEW),
        ("Support", "Waiting") => Some(WAITING),
        ("Support", "Closed") => Some(CLOSED),
        _ => None,
    };
    Terms::new(policy, hours, stage)
}
