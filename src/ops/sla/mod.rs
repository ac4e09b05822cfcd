//! Service level agreements: the policy (S1, S2, S4, S6); working hours are in `hours`.

mod backtest;
mod change;
mod due;
mod explain;
mod facts;
pub mod hours;
mod names;
mod report;

#[cfg(test)]
mod laws;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::names::Names;
use super::{Desk, Operation, check};
use crate::domain::Id;
use crate::domain::migration::{Finding, Level};
use crate::domain::sla::policy::{ApplyTo, Policy, Property, Rule};
use crate::domain::sla::policy_checks;
use crate::domain::time::Time;
use crate::domain::user::Permission;
use crate::error::{Error, Exit, Result};
use crate::sla::policies::Policies;
use crate::sla::sweep::{self, Follow};
use crate::store;

pub use backtest::{Backtest, Backtested, Difference, Found};
pub use change::Set;
pub use due::{DueRow, ListDue};
pub use explain::{Explain, Explained};
pub use report::{Breach, By, ListBreaches, Report, ReportRow, Scope};

/// The policy in force, and what there is to say about it.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct PolicyShown {
    /// None where there never was a policy.
    pub revision: Option<Id>,
    pub apply_to: Option<ApplyTo>,
    pub set_at: Option<Time>,
    /// The address of whoever set it.
    pub set_by: Option<String>,
    /// None where no SLA holds.
    pub policy: Option<Policy>,
    pub findings: Vec<Finding>,
}

/// Shows the policy.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Show {}

impl Operation for Show {
    const NAME: &'static str = "sla.show";
    const WRITES: bool = false;
    type Output = PolicyShown;

    fn needs(&self) -> Permission {
        Permission::Member
    }

    fn run(self, desk: &mut Desk<'_>) -> Result<PolicyShown> {
        shown(desk)
    }
}

/// Switches SLAs off: no ticket has one from now on.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Clear {
    #[serde(default)]
    pub apply_to: ApplyTo,
}

impl Operation for Clear {
    const NAME: &'static str = "sla.clear";
    const WRITES: bool = true;
    type Output = PolicyShown;

    fn needs(&self) -> Permission {
        Permission::SuperAdmin
    }

    fn run(self, desk: &mut Desk<'_>) -> Result<PolicyShown> {
        if current(desk)?.is_none() {
            desk.notice("there was no SLA policy: nothing was changed");
            return shown(desk);
        }
        keep(desk, None, self.apply_to)?;
        shown(desk)
    }
}

/// The policy in force, with names.
pub(super) fn current(desk: &mut Desk<'_>) -> Result<Option<Policy>> {
    let Some(mut policy) = store::sla::newest(&mut desk.tx)?.and_then(|revision| revision.policy) else { return Ok(None) };
    names::to_names(desk, &mut policy)?;
    Ok(Some(policy))
}

/// Refuses to remove what the policy in force names: a team or pipeline as a value, stages that pause.
pub(super) fn unnamed(desk: &mut Desk<'_>, what: &str, value: Option<(Property, Id)>, stages: &[Id]) -> Result<()> {
    let Some(policy) = store::sla::newest(&mut desk.tx)?.and_then(|revision| revision.policy) else { return Ok(()) };
    // The store keeps ids in the place of names.
    let names = |rule: &&Rule| value.is_some_and(|(by, id)| policy.by == Some(by) && rule.values.contains(&id.to_string()));
    let pauses = policy.pauses.iter().filter(|pause| stages.iter().any(|stage| stage.to_string() == pause.stage)).count();
    let usage = [("SLA rules", policy.rules.iter().filter(names).count() as i64), ("SLA pauses", pauses as i64)];
    let hint = "take it out of the policy first: deskctl sla show -o json > policy.json, then deskctl sla set --file policy.json; \
                or give all pauses that stay with deskctl sla set --pause";
    check::unused(desk, what, &usage, hint)
}

/// Writes a new revision; the policy has names, the store keeps ids.
fn keep(desk: &mut Desk<'_>, policy: Option<Policy>, apply_to: ApplyTo) -> Result<()> {
    let before = Policies::load_for_many(&mut desk.tx, desk.now)?;
    let id = desk.tx.new_id("sla_policies")?;
    let (set_at, set_by) = (desk.now, desk.actor.id);
    store::sla::add(&mut desk.tx, &store::sla::Revision { id, policy, apply_to, set_at, set_by })?;
    if apply_to == ApplyTo::Open {
        let count = sweep::open_tickets(&mut desk.tx, before, Follow::Newest, desk.now)?;
        desk.notice(if count == 1 {
            "1 open ticket follows it from now on".to_owned()
        } else {
            format!("{count} open tickets follow it from now on")
        });
    }
    Ok(())
}

fn shown(desk: &mut Desk<'_>) -> Result<PolicyShown> {
    let Some(revision) = store::sla::newest(&mut desk.tx)? else {
        return Ok(PolicyShown { revision: None, apply_to: None, set_at: None, set_by: None, policy: None, findings: Vec::new() });
    };
    let policy = current(desk)?;
    let findings = policy.as_ref().map(|policy| findings(desk, policy)).transpose()?.unwrap_or_default();
    let set_by = Names::load(desk)?.user(Some(revision.set_by));
    Ok(PolicyShown {
        revision: Some(revision.id),
        apply_to: Some(revision.apply_to),
        set_at: Some(revision.set_at),
        set_by,
        policy,
        findings,
    })
}

/// What there is to say about a policy by the working hours that are there.
fn findings(desk: &mut Desk<'_>, policy: &Policy) -> Result<Vec<Finding>> {
    findings_by(&store::sla::all_hours(&mut desk.tx)?, policy, desk.now)
}

fn findings_by(hours: &[store::sla::NamedHours], policy: &Policy, now: Time) -> Result<Vec<Finding>> {
    policy_checks::check_by(policy, hours.iter().map(|named| (named.name.as_str(), &named.hours)), now)
}

/// Refuses a policy with blocking findings, by the first of them.
fn refuse_blocking(findings: &[Finding]) -> Result<()> {
    let Some(first) = findings.iter().find(|finding| finding.level == Level::Blocking) else { return Ok(()) };
    let all: Vec<&str> =
        findings.iter().filter(|finding| finding.level == Level::Blocking).map(|finding| finding.message.as_str()).collect();
    Err(Error::new(Exit::Refused, first.code.clone(), first.message.clone()).detail("rule", first.rule.clone()).detail("reasons", all))
}
