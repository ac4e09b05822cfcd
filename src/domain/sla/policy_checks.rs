//! What is wrong, or doubtful, with a policy; told before it is kept.

use super::hours::Hours;
use super::policy::{Kind, Length, Policy, Rule, Target, same};
use super::prepared::{Base, Prepared};
use crate::domain::migration::{Finding, Level};
use crate::domain::time::{DAY_MS, HOUR_MS, Time};
use crate::error::Result;

/// All that there is to say about a policy. Blocking findings refuse it.
///
/// `hours` finds working hours by name; targets must be reached from `now` on.
pub fn check<'a>(policy: &Policy, hours: impl Fn(&str) -> Option<&'a Base>, now: Time) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (at, rule) in policy.rules.iter().enumerate() {
        let label = label(policy, at);
        findings.extend(shadows(policy, at, &label));
        if policy.by.is_none() && !rule.values.is_empty() {
            findings.push(Finding::blocking(
                "no_property",
                "S2",
                format!("{label} names values, but the policy names no property (priority, team …)"),
            ));
        }
        if rule.off {
            continue;
        }
        if let Some(name) = policy.hours_of(rule).filter(|name| hours(name).is_none()) {
            findings.push(Finding::blocking("unknown_hours", "S3", format!("{label}: there are no working hours \"{name}\"")));
        }
        if rule.targets.is_empty() {
            findings.push(Finding::warning("no_targets", "S1", format!("{label} has no target: these tickets have no SLA")));
        }
        for (kind, target) in Kind::ALL.into_iter().filter_map(|kind| Some((kind, rule.targets.get(kind)?))) {
            findings.extend(lengths(&label, kind, target));
            findings.extend(reachable(policy, rule, &label, kind, target, &hours, now));
        }
    }
    if policy.rules.is_empty() {
        findings.push(Finding::warning("no_rules", "S2", "the policy has no rules: no ticket has an SLA"));
    }
    findings
}

/// The same by the working hours that there are, with their names.
///
/// # Errors
///
/// Those of [`Hours::check`].
pub fn check_by<'a>(policy: &Policy, hours: impl Iterator<Item = (&'a str, &'a Hours)>, now: Time) -> Result<Vec<Finding>> {
    let base = |(name, hours): (&str, &Hours)| Ok((name.to_lowercase(), Base::Hours(Box::new(Prepared::bare(hours.check()?)))));
    let bases = hours.map(base).collect::<Result<Vec<_>>>()?;
    Ok(check(policy, |name| bases.iter().find(|(known, _)| *known == name.to_lowercase()).map(|(_, base)| base), now))
}

/// How a rule is called in messages.
pub fn label(policy: &Policy, at: usize) -> String {
    let values = policy.rules.get(at).map(|rule| rule.values.join(", ")).unwrap_or_default();
    match (policy.by, values.as_str()) {
        (_, "") if policy.rules.len() == 1 => "the rule for all tickets".to_owned(),
        (_, "") => format!("rule {} (all other tickets)", at + 1),
        (Some(by), values) => format!("rule {} ({by} {values})", at + 1),
        (None, values) => format!("rule {} ({values})", at + 1),
    }
}

/// First match: what an earlier rule takes never reaches a later one.
fn shadows(policy: &Policy, at: usize, label: &str) -> Option<Finding> {
    let rule = &policy.rules[at];
    let earlier = &policy.rules[..at];
    if let Some(all) = earlier.iter().position(|earlier| earlier.values.is_empty()) {
        let message = format!("{label} is never used: {} takes every ticket before it", self::label(policy, all));
        return Some(Finding::warning("shadowed_rule", "S2", message).detail("rule_number", at as i64 + 1));
    }
    let taken = |value: &String| earlier.iter().position(|earlier| earlier.values.iter().any(|one| same(one, value)));
    let lost: Vec<(&String, usize)> = rule.values.iter().filter_map(|value| Some((value, taken(value)?))).collect();
    let (first, by) = lost.first()?;
    let by = self::label(policy, *by);
    let (code, message) = if lost.len() == rule.values.len() {
        ("shadowed_rule", format!("{label} is never used: {by} takes {first} before it"))
    } else {
        ("shadowed_value", format!("{label} never sees {first}: {by} takes it before"))
    };
    Some(Finding::warning(code, "S2", message).detail("rule_number", at as i64 + 1))
}

fn lengths(label: &str, kind: Kind, target: Target) -> Option<Finding> {
    let what = kind.label();
    if target.within.0 <= 0 {
        return Some(Finding::blocking("bad_target", "S1", format!("{label}: {what} cannot be {}", target.within)));
    }
    let lead = target.due_soon?;
    if lead > target.within {
        let message = format!("{label}: {what} would be due soon before it begins: its lead of {lead} is longer than {}", target.within);
        return Some(Finding::blocking("lead_longer_than_target", "S4", message));
    }
    (lead == target.within).then(|| Finding::warning("lead_is_target", "S4", format!("{label}: {what} is due soon from its start on")))
}

fn reachable<'a>(
    policy: &Policy,
    rule: &Rule,
    label: &str,
    kind: Kind,
    target: Target,
    hours: &impl Fn(&str) -> Option<&'a Base>,
    now: Time,
) -> Option<Finding> {
    let name = policy.hours_of(rule)?;
    let base = hours(name)?;
    match base.add(now, target.within.0) {
        Err(error) => {
            let message = format!("{label}: {} is never due by the working hours \"{name}\": {}", kind.label(), error.message());
            Some(Finding::blocking("never_due", "S3", message))
        }
        Ok(_) => meaning(base, target.within).filter(|_| target.within.0 % DAY_MS == 0).map(|meaning| {
            Finding::new(Level::Info, "length_of_a_day", "S4", format!("{label}: {} of {} is {meaning}", target.within, kind.label()))
        }),
    }
}

/// What a length of a working day or more comes to, where working time counts (S4): "48 h of working time, 6 working days of 8 h".
pub fn meaning(base: &Base, length: Length) -> Option<String> {
    let calendar = base.calendar()?;
    let (week, days) = (calendar.weekly_ms(), calendar.working_days());
    if week == 0 || days == 0 {
        return None;
    }
    let a_day = week as f64 / f64::from(days);
    if (length.0 as f64) < a_day {
        return None;
    }
    let number = |value: f64| {
        let rounded = (value * 10.0).round() / 10.0;
        if rounded.fract() == 0.0 { format!("{rounded:.0}") } else { format!("{rounded:.1}") }
    };
    let hours = |ms: f64| number(ms / HOUR_MS as f64);
    Some(format!(
        "{} h of working time, about {} working days of {} h",
        hours(length.0 as f64),
        number(length.0 as f64 / a_day),
        hours(a_day)
    ))
}
