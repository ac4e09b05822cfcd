//! `sla.set`: a whole policy, or one step towards it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::super::pipelines;
use super::{Desk, Operation, PolicyShown, current, findings_by, keep, names, refuse_blocking, shown};
use crate::domain::migration::Finding;
use crate::domain::sla::naming;
use crate::domain::sla::policy::{ApplyTo, Kind, Length, Merge, Pause, Policy, Property, Reopen, Rule, Target, Targets};
use crate::domain::user::Permission;
use crate::error::{Error, Result};
use crate::store;
use crate::store::sla::NamedHours;

/// Sets the policy, or changes what is given of it.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct Set {
    /// A whole policy, in place of the one in force; what else is given changes it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub policy: Option<Policy>,
    /// The property whose values choose; another one needs a policy without values, or a new one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<Property>,
    /// Whose rule is made or changed; without any, the rule for all other tickets.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub values: Vec<String>,
    /// Switches SLAs off, or on again, for these values.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub off: Option<bool>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first_response: Option<Length>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first_response_due_soon: Option<Length>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_response: Option<Length>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_response_due_soon: Option<Length>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub close: Option<Length>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub close_due_soon: Option<Length>,
    /// Targets to take away.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub without: Vec<Kind>,
    /// Working hours by name, or 24/7: of these values where any are given, else of the policy.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hours: Option<String>,
    /// Where the rule stands, from 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub position: Option<i64>,
    /// All stages that pause, as Pipeline/Stage; an empty list takes them away.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pauses: Option<Vec<String>>,
    /// Which clocks pause there; by default all three.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pause_targets: Vec<Kind>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bot_replies_count: Option<bool>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reopen: Option<Reopen>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub merge: Option<Merge>,
    #[serde(default)]
    pub apply_to: ApplyTo,
}

impl Operation for Set {
    const NAME: &'static str = "sla.set";
    const WRITES: bool = true;
    type Output = PolicyShown;

    fn needs(&self) -> Permission {
        Permission::SuperAdmin
    }

    fn run(self, desk: &mut Desk<'_>) -> Result<PolicyShown> {
        let hours = store::sla::all_hours(&mut desk.tx)?;
        let apply_to = self.apply_to;
        let proposal = self.propose(desk, &hours)?;
        keep(desk, Some(proposal.policy), apply_to)?;
        shown(desk)
    }
}

/// A policy that could be kept.
pub(super) struct Proposal {
    /// With ids.
    pub policy: Policy,
    /// What there is to say about it; nothing of it blocks.
    pub findings: Vec<Finding>,
}

impl Set {
    /// The policy that would be in force by these working hours; refused as it would be, and nothing is written.
    pub(super) fn propose(mut self, desk: &mut Desk<'_>, hours: &[NamedHours]) -> Result<Proposal> {
        let mut policy = match self.policy.take() {
            Some(policy) => policy,
            None => current(desk)?.unwrap_or_default(),
        };
        self.set_property(&mut policy)?;
        self.set_rule(desk, &mut policy)?;
        self.set_rest(desk, &mut policy)?;
        settle_hours(hours, &mut policy);
        let mut stored = policy.clone();
        names::to_ids(desk, &mut stored)?;
        let findings = findings_by(hours, &policy, desk.now)?;
        refuse_blocking(&findings)?;
        Ok(Proposal { policy: stored, findings })
    }

    fn set_property(&self, policy: &mut Policy) -> Result<()> {
        let Some(by) = self.by else { return Ok(()) };
        let has_values = policy.rules.iter().any(|rule| !rule.values.is_empty());
        if let Some(old) = policy.by.filter(|old| *old != by && has_values) {
            let message = format!("the policy has rules by {old}: it cannot go by {by} too (S2)");
            return Err(Error::refused("other_property", "S2", message)
                .hint("begin anew with deskctl sla clear, or set a whole policy with --file"));
        }
        policy.by = Some(by);
        Ok(())
    }

    fn gives_a_length(&self) -> bool {
        let within = [self.first_response, self.next_response, self.close];
        let leads = [self.first_response_due_soon, self.next_response_due_soon, self.close_due_soon];
        within.iter().chain(&leads).any(Option::is_some)
    }

    fn changes_a_rule(&self) -> bool {
        let more = !self.without.is_empty() || !self.values.is_empty() || self.off.is_some() || self.position.is_some();
        self.gives_a_length() || more
    }

    fn set_rule(&self, desk: &mut Desk<'_>, policy: &mut Policy) -> Result<()> {
        if !self.changes_a_rule() {
            return Ok(());
        }
        let values = self.canonical_values(desk, policy.by)?;
        let mut at = place_of(policy, values);
        let rule = &mut policy.rules[at];
        // Who sets a target wants it to hold.
        rule.off = self.off.unwrap_or(rule.off && !self.gives_a_length());
        for kind in Kind::ALL {
            self.set_target(&mut rule.targets, kind)?;
        }
        if let Some(hours) = self.hours.as_ref().filter(|_| !self.values.is_empty()) {
            rule.hours = Some(hours.clone());
        }
        if let Some(position) = self.position {
            let rule = policy.rules.remove(at);
            at = (position.max(1) as usize - 1).min(policy.rules.len());
            policy.rules.insert(at, rule);
        }
        Ok(())
    }

    /// The values as they are written, so that the same one is known again.
    fn canonical_values(&self, desk: &mut Desk<'_>, by: Option<Property>) -> Result<Vec<String>> {
        let rule = Rule { values: self.values.clone(), ..Rule::default() };
        let mut probe = Policy { by, rules: vec![rule], ..Policy::default() };
        names::to_ids(desk, &mut probe)?;
        names::to_names(desk, &mut probe)?;
        Ok(probe.rules.remove(0).values)
    }

    fn set_target(&self, targets: &mut Targets, kind: Kind) -> Result<()> {
        let (within, due_soon) = match kind {
            Kind::FirstResponse => (self.first_response, self.first_response_due_soon),
            Kind::NextResponse => (self.next_response, self.next_response_due_soon),
            Kind::Close => (self.close, self.close_due_soon),
        };
        let slot = targets.slot(kind);
        if self.without.contains(&kind) {
            *slot = None;
        }
        let old = *slot;
        *slot = match (within, due_soon, old) {
            (Some(within), due_soon, old) => Some(Target { within, due_soon: due_soon.or(old.and_then(|old| old.due_soon)) }),
            (None, Some(due_soon), Some(old)) => Some(Target { due_soon: Some(due_soon), ..old }),
            (None, None, old) => old,
            (None, Some(_), None) => {
                let message = format!("there is no {} that could be due soon", kind.label());
                return Err(
                    Error::usage("no_target", message).hint(format!("give the target too: --{} 4h", kind.as_str().replace('_', "-")))
                );
            }
        };
        Ok(())
    }

    fn set_rest(&self, desk: &mut Desk<'_>, policy: &mut Policy) -> Result<()> {
        if let Some(hours) = self.hours.as_ref().filter(|_| self.values.is_empty()) {
            policy.hours = Some(hours.clone());
        }
        if let Some(typed) = &self.pauses {
            policy.pauses.clear();
            for typed in typed {
                let stage = pipelines::stage(desk, typed)?;
                let targets = if self.pause_targets.is_empty() { Kind::ALL.to_vec() } else { self.pause_targets.clone() };
                policy.pauses.push(Pause { pipeline: stage.pipeline, stage: stage.name, targets });
            }
        }
        policy.bot_replies_count = self.bot_replies_count.unwrap_or(policy.bot_replies_count);
        policy.reopen = self.reopen.unwrap_or(policy.reopen);
        policy.merge = self.merge.unwrap_or(policy.merge);
        Ok(())
    }
}

/// The rule of exactly these values. A new one begins as the rule that took the first of them, takes them out of the
/// others, and stands before the rule for all others.
fn place_of(policy: &mut Policy, values: Vec<String>) -> usize {
    let mut wanted = values.clone();
    wanted.sort();
    let same = |rule: &Rule| {
        let mut values = rule.values.clone();
        values.sort();
        values == wanted
    };
    if let Some(at) = policy.rules.iter().position(same) {
        return at;
    }
    let like = policy.rule_for(values.first().map(String::as_str)).map(|at| policy.rules[at].clone()).unwrap_or_default();
    // A rule that keeps no value would take every ticket: it goes.
    policy.rules.retain_mut(|rule| {
        let had_values = !rule.values.is_empty();
        rule.values.retain(|value| !values.contains(value));
        !had_values || !rule.values.is_empty()
    });
    let rest = policy.rules.iter().position(|rule| rule.values.is_empty());
    let at = rest.unwrap_or(policy.rules.len());
    policy.rules.insert(at, Rule { values, ..like });
    at
}

/// Names of working hours as they are kept.
fn settle_hours(known: &[NamedHours], policy: &mut Policy) {
    naming::settle_hours(policy, &known.iter().map(|known| known.name.as_str()).collect::<Vec<_>>());
}
