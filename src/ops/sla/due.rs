//! `sla.due`: what is due soon or overdue now, the most urgent first.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::super::conversations::owner_filter;
use super::super::names::Names;
use super::super::page::{LARGEST, TokenPage, read_token, token, usual_limit};
use super::super::teams;
use super::{Desk, Operation};
use crate::domain::Id;
use crate::domain::sla::policy::{Kind, Length};
use crate::domain::sla::{Base, Status};
use crate::domain::ticket::Priority;
use crate::domain::time::Time;
use crate::domain::user::Permission;
use crate::error::Result;
use crate::sla::policies::Policies;
use crate::store;
use crate::store::sla::due::{Due, DueFilter};

/// Lists the targets of help desk tickets that are due soon or overdue, the earliest due time first.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ListDue {
    /// What is due within this time of the clock on the wall, or overdue, whether it is due soon by its lead or not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub within: Option<Length>,
    /// Only this target.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub target: Option<Kind>,
    /// An address, `me` or `none`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owner: Option<String>,
    /// A team by name or id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub team: Option<String>,
    /// The token of the page before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<String>,
    /// Rows per page.
    #[serde(default = "usual_limit")]
    pub limit: i64,
}

/// A target that is due soon or overdue.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct DueRow {
    pub ticket: Id,
    pub name: String,
    pub target: Kind,
    pub status: Status,
    pub due_at: Time,
    /// Until it is due, by the clock on the wall; below zero since it was.
    pub left_ms: i64,
    /// The owner's address.
    pub owner: Option<String>,
    pub team: Option<String>,
    pub priority: Option<Priority>,
}

impl Operation for ListDue {
    const NAME: &'static str = "sla.due";
    const WRITES: bool = false;
    type Output = TokenPage<DueRow>;

    fn needs(&self) -> Permission {
        Permission::HelpDesk
    }

    fn run(self, desk: &mut Desk<'_>) -> Result<TokenPage<DueRow>> {
        let now = desk.now;
        let filter = DueFilter {
            until: match self.within {
                Some(within) => now.plus_ms(within.0),
                None => latest_due_soon(desk)?,
            },
            due_soon_at: if self.within.is_none() { Some(now) } else { None },
            kind: self.target,
            owner: self.owner.as_deref().map(|typed| owner_filter(desk, typed)).transpose()?,
            team: self.team.as_deref().map(|typed| teams::team(desk, typed)).transpose()?.map(|team| team.id),
            after: self.after.as_deref().map(read_place).transpose()?,
        };
        let (visibility, limit) = (desk.visibility(), self.limit.clamp(1, LARGEST));
        let found = store::sla::due::due(&mut desk.tx, &visibility, &filter, limit + 1)?;
        let names = Names::load(desk)?;
        let rows = found.into_iter().map(|due| row(due, &names, now)).collect();
        Ok(TokenPage::new(rows, limit, |row: &DueRow| token(&[&row.due_at.0, &row.ticket, &row.target])))
    }
}

fn read_place(token: &str) -> Result<(Time, Id, String)> {
    read_token(token, 3, |parts| Some((Time(parts[0].parse().ok()?), parts[1].parse().ok()?, parts[2].to_owned())))
}

/// No target that is due soon now is due after this time: so the index need not be read further. All leads of all revisions
/// count, for tickets may follow any of them.
fn latest_due_soon(desk: &mut Desk<'_>) -> Result<Time> {
    let Some(mut policies) = Policies::load(&mut desk.tx)? else { return Ok(desk.now) };
    let mut latest = desk.now;
    for revision in store::sla::revisions(&mut desk.tx)? {
        let in_force = policies.of(&mut desk.tx, Some(revision.id))?;
        for (rule, kind) in (0..in_force.policy.rules.len()).flat_map(|rule| Kind::ALL.map(|kind| (rule, kind))) {
            let Some((target, base)) = in_force.terms.target(Some(rule), kind) else { continue };
            let lead = target.due_soon.unwrap_or_default();
            latest = latest.max(add(base, desk.now, lead));
        }
    }
    Ok(latest)
}

fn add(base: &Base, now: Time, lead: Length) -> Time {
    // A lead that is never used up has no target that could be met: nothing bounds it.
    base.add(now, lead.0).unwrap_or(Time(i64::MAX))
}

fn row(due: Due, names: &Names, now: Time) -> DueRow {
    let status = if due.due_at < now {
        Status::Overdue
    } else if due.due_soon_at.is_some_and(|at| at <= now) {
        Status::DueSoon
    } else {
        Status::Active
    };
    DueRow {
        ticket: due.ticket.id,
        target: due.kind,
        status,
        due_at: due.due_at,
        left_ms: due.due_at.0 - now.0,
        owner: names.user(due.ticket.owner_id),
        team: names.team(due.ticket.team_id),
        priority: due.ticket.priority,
        name: due.ticket.name,
    }
}
