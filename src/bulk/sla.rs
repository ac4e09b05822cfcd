//! Working hours and the SLA policy, as documents have them.

use std::collections::HashMap;

use super::place::{Place, Seen};
use crate::domain::Id;
use crate::domain::document;
use crate::domain::migration::Level;
use crate::domain::sla::calc::ALWAYS;
use crate::domain::sla::naming::settle_hours;
use crate::domain::sla::policy_checks;
use crate::domain::time::Time;
use crate::error::{Error, Result};
use crate::store::sla::{self, NamedHours, Revision};
use crate::store::{Tx, users};

/// Working hours by their names in lower case.
pub type HoursIds = HashMap<String, Id>;

/// Writes the working hours: teams and users name them.
pub fn write_hours(tx: &mut Tx<'_>, doc: &document::Sla, now: Time) -> Result<HoursIds> {
    let mut names = Seen::default();
    let mut ids = HoursIds::new();
    for (index, doc) in doc.hours.iter().enumerate() {
        let place = Place::new("sla.hours", index, &doc.name);
        place.name("name", &doc.name)?;
        if doc.name.trim() == ALWAYS {
            return Err(place.error("name", format!("{ALWAYS} means no working hours at all")));
        }
        names.take(&place, "name", &doc.name.trim().to_lowercase())?;
        doc.hours.check().map_err(|error| place.error("hours", error.message()))?;
        let id = tx.new_id("sla_hours")?;
        sla::put_hours(tx, &NamedHours { id, name: doc.name.trim().to_owned(), hours: doc.hours.clone(), updated_at: now })?;
        ids.insert(doc.name.trim().to_lowercase(), id);
    }
    Ok(ids)
}

/// Writes the policy, if there is one; teams, users, pipelines, stages and working hours are there.
pub fn write_policy(tx: &mut Tx<'_>, doc: &document::Sla, now: Time) -> Result<()> {
    let Some(mut policy) = doc.policy.clone() else { return Ok(()) };
    let wrong = |error: &Error| Place::section("sla").error("policy", error.message());
    settle_hours(&mut policy, &doc.hours.iter().map(|hours| hours.name.trim()).collect::<Vec<_>>());
    let hours = doc.hours.iter().map(|doc| (doc.name.trim(), &doc.hours));
    let findings = policy_checks::check_by(&policy, hours, now)?;
    if let Some(finding) = findings.iter().find(|finding| finding.level == Level::Blocking) {
        return Err(Place::section("sla").error("policy", &finding.message));
    }
    sla::known(tx)?.to_ids(&mut policy).map_err(|error| wrong(&error))?;
    let set_by = users::first_super_admin(tx)?.map(|user| user.id).ok_or_else(|| Error::failed("unexpected", "nobody sets the policy"))?;
    let id = tx.new_id("sla_policies")?;
    let set_at = doc.set_at.unwrap_or(now);
    sla::add(tx, &Revision { id, policy: Some(policy), apply_to: doc.apply_to, set_at, set_by })
}

/// What the account has of them, if it has any. A policy may name what was removed: that is left out, and told.
pub fn read(tx: &mut Tx<'_>, notices: &mut Vec<String>) -> Result<Option<document::Sla>> {
    let mut hours = sla::all_hours(tx)?;
    // Databases sort texts in ways of their own.
    hours.sort_by(|a, b| a.name.cmp(&b.name));
    let hours = hours.into_iter().map(|named| document::NamedHours { name: named.name, hours: named.hours });
    let mut doc = document::Sla { hours: hours.collect(), ..document::Sla::default() };
    if let Some(Revision { policy: Some(mut policy), apply_to, set_at, .. }) = sla::newest(tx)? {
        let known = sla::known(tx)?;
        if known.forget_gone(&mut policy) {
            notices.push("the SLA policy names teams, pipelines or stages that are gone; these were left out".to_owned());
        }
        known.to_names(&mut policy);
        (doc.policy, doc.apply_to, doc.set_at) = (Some(policy), apply_to, Some(set_at));
    }
    Ok((doc.policy.is_some() || !doc.hours.is_empty()).then_some(doc))
}
