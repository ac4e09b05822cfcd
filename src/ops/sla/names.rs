//! A policy names teams, pipelines and stages; the store keeps their ids, so that renaming one changes no policy.

use super::super::check;
use super::Desk;
use crate::domain::sla::policy::{Policy, Property};
use crate::error::Result;
use crate::store;

/// Puts ids in the place of names, and other values as they are written.
///
/// # Errors
///
/// `unknown_team`, `unknown_pipeline`, `unknown_stage`, `bad_value`.
pub(super) fn to_ids(desk: &mut Desk<'_>, policy: &mut Policy) -> Result<()> {
    if policy.by == Some(Property::Category) {
        policy.rules.iter().flat_map(|rule| &rule.values).try_for_each(|value| check::text("category", value).map(drop))?;
    }
    store::sla::known(&mut desk.tx)?.to_ids(policy)
}

/// Puts names in the place of ids; what is gone keeps its number.
pub(super) fn to_names(desk: &mut Desk<'_>, policy: &mut Policy) -> Result<()> {
    store::sla::known(&mut desk.tx)?.to_names(policy);
    Ok(())
}
