//! `doctor`: what can be wrong with a target and the machine around it, as a list of checks that all run, each by itself.

mod contacts;
mod machine;
pub mod server;
mod store;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::domain::time::Time;
use crate::error::{Error, Result};
use crate::store::{Location, Store};
use crate::text_enum;

text_enum! {
    /// How a check ended.
    #[schemars(rename = "CheckStatus")]
    pub enum Status { Ok = "ok", Warning = "warning", Error = "error" }
}

/// What a check found.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "CheckFinding")]
pub struct Finding {
    pub check: String,
    pub status: Status,
    pub message: String,
    pub hint: Option<String>,
}

/// What a check has to look at. The store may be missing or damaged: that is a finding, and no reason to stop.
pub struct Patient<'a> {
    pub location: &'a Location,
    pub config: Option<&'a std::path::Path>,
    pub now: Time,
    /// Take the time to read everything.
    pub full: bool,
    store: Option<Store>,
}

impl Patient<'_> {
    fn store(&mut self) -> Result<&mut Store> {
        self.store.as_mut().ok_or_else(|| Error::failed("not_checked", "not checked: there is no store to look into"))
    }
}

/// A check's answer before it has its name.
struct Verdict {
    status: Status,
    message: String,
    hint: Option<String>,
}

impl Verdict {
    fn ok(message: impl Into<String>) -> Result<Verdict> {
        Ok(Verdict { status: Status::Ok, message: message.into(), hint: None })
    }
    fn warning(message: impl Into<String>, hint: impl Into<String>) -> Result<Verdict> {
        Ok(Verdict { status: Status::Warning, message: message.into(), hint: Some(hint.into()) })
    }
    fn error(message: impl Into<String>, hint: impl Into<String>) -> Result<Verdict> {
        Ok(Verdict { status: Status::Error, message: message.into(), hint: Some(hint.into()) })
    }
}

/// One check: its name, and how it is done.
struct Check {
    name: &'static str,
    run: fn(&mut Patient<'_>) -> Result<Verdict>,
}

/// Every check, in the order of the report. The first one opens the store for the others.
const CHECKS: &[Check] = &[
    Check { name: "target", run: store::target },
    Check { name: "schema", run: store::schema },
    Check { name: "account", run: store::account },
    Check { name: "file_modes", run: machine::file_modes },
    Check { name: "disk", run: machine::disk },
    Check { name: "clock", run: machine::clock },
    Check { name: "time_zones", run: machine::time_zones },
    Check { name: "integrity", run: store::integrity },
    Check { name: "references", run: store::references },
    Check { name: "messages", run: store::messages },
    Check { name: "runs", run: store::runs },
    Check { name: "search", run: store::search },
    Check { name: "leftovers", run: store::leftovers },
    Check { name: "contacts", run: contacts::contacts },
];

/// Runs every check. `config` is the configuration file, where there is one; `full` reads everything.
pub fn examine(location: &Location, config: Option<&std::path::Path>, now: Time, full: bool) -> Vec<Finding> {
    let mut patient = Patient { location, config, now, full, store: None };
    CHECKS.iter().map(|check| finding(check.name, (check.run)(&mut patient))).collect()
}

fn finding(check: &str, verdict: Result<Verdict>) -> Finding {
    let check = check.to_owned();
    match verdict {
        Ok(Verdict { status, message, hint }) => Finding { check, status, message, hint },
        Err(error) => {
            let status = if error.code() == "not_checked" { Status::Warning } else { Status::Error };
            Finding { check, status, message: with_causes(&error), hint: error.hint_text().map(str::to_owned) }
        }
    }
}

fn with_causes(error: &Error) -> String {
    std::iter::once(error.message().to_owned()).chain(error.causes()).collect::<Vec<_>>().join(": ")
}
