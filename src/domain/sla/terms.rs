//! A policy made ready for many tickets: names looked up, working hours prepared.

use std::collections::HashMap;
use std::sync::Arc;

use super::policy::{Kind, Merge, Policy, Reopen, Target, Targets};
use super::prepared::Base;
use crate::domain::Id;

/// The number of a rule, in the order of the policy.
pub type RuleNumber = usize;

/// What the clocks need to know of a policy.
#[derive(Clone, Debug, Default)]
pub struct Terms {
    rules: Vec<ReadyRule>,
    /// By the value as it is written, and in lower case.
    by_value: HashMap<String, RuleNumber>,
    /// For every value that no rule names.
    rest: Option<RuleNumber>,
    /// By stage: which clocks stand still.
    pauses: HashMap<Id, [bool; 3]>,
    pub bot_replies_count: bool,
    pub reopen: Reopen,
    pub merge: Merge,
}

#[derive(Clone, Debug)]
struct ReadyRule {
    off: bool,
    targets: Targets,
    base: Arc<Base>,
}

impl Terms {
    /// `hours` finds working hours by name, `stages` the stages of a pipeline and stage by name. What they do not find counts
    /// always, or pauses nothing: [`super::policy_checks::check`] has refused it before.
    pub fn new(policy: &Policy, hours: impl Fn(&str) -> Option<Arc<Base>>, stage: impl Fn(&str, &str) -> Option<Id>) -> Terms {
        let ready = |rule| {
            let base = policy.hours_of(rule).and_then(&hours).unwrap_or_else(|| Arc::new(Base::Always));
            ReadyRule { off: rule.off, targets: rule.targets, base }
        };
        let rest = policy.rules.iter().position(|rule| rule.values.is_empty());
        let mut by_value = HashMap::new();
        if policy.by.is_some() {
            for (number, rule) in policy.rules.iter().enumerate().take(rest.unwrap_or(policy.rules.len())) {
                for value in &rule.values {
                    by_value.entry(value.to_lowercase()).or_insert(number);
                }
            }
            // As it is written it is found without folding it first.
            let written: Vec<(String, RuleNumber)> = policy
                .rules
                .iter()
                .flat_map(|rule| &rule.values)
                .filter_map(|value| Some((value.clone(), *by_value.get(&value.to_lowercase())?)))
                .collect();
            by_value.extend(written);
        }
        let mut pauses: HashMap<Id, [bool; 3]> = HashMap::new();
        for pause in &policy.pauses {
            if let Some(stage) = stage(&pause.pipeline, &pause.stage) {
                let paused = pauses.entry(stage).or_default();
                pause.targets.iter().for_each(|kind| paused[*kind as usize] = true);
            }
        }
        let rules = policy.rules.iter().map(ready).collect();
        Terms { rules, by_value, rest, pauses, bot_replies_count: policy.bot_replies_count, reopen: policy.reopen, merge: policy.merge }
    }

    /// As [`Policy::rule_for`].
    pub fn rule_for(&self, value: Option<&str>) -> Option<RuleNumber> {
        let named = value.and_then(|value| self.by_value.get(value).or_else(|| self.by_value.get(&value.to_lowercase())));
        named.copied().or(self.rest)
    }

    /// A rule's target for one clock and how its time runs; none where the rule is off or has no such target.
    pub fn target(&self, rule: Option<RuleNumber>, kind: Kind) -> Option<(Target, &Base)> {
        let rule = self.rules.get(rule?).filter(|rule| !rule.off)?;
        Some((rule.targets.get(kind)?, &rule.base))
    }

    /// Whether a clock stands still in a stage.
    pub fn is_paused(&self, stage: Id, kind: Kind) -> bool {
        self.pauses.get(&stage).is_some_and(|paused| paused[kind as usize])
    }
}
