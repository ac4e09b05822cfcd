//! Filters as operations take them: what they may name in this account, and what their relative parts are relative to.

use super::Desk;
use crate::domain;
use crate::domain::filter::{
    Conversations, CustomKind, CustomProperty, EvalContext, Filter, Key, Prepared, Schema, Sort, Subject, Test, TicketNames, Tickets, Value,
};
use crate::domain::property::{PropertyKind, PropertyObject};
use crate::error::Result;
use crate::store::lists::Spam;
use crate::store::{channels, pipelines, properties, users};

/// The account's schema of ticket properties.
pub fn ticket_schema(desk: &mut Desk<'_>) -> Result<Schema> {
    let tx = &mut desk.tx;
    let names = TicketNames {
        pipelines: pipelines::all(tx)?.into_iter().map(|pipeline| (pipeline.id, pipeline.name)).collect(),
        stages: pipelines::stages(tx)?,
        teams: users::teams(tx)?.into_iter().map(|team| (team.id, team.name)).collect(),
        users: users::all(tx)?.into_iter().map(|user| (user.id, user.email, user.name)).collect(),
        channels: channels::all(tx)?.into_iter().map(|channel| (channel.id, channel.address, channel.name)).collect(),
        custom: properties::all(tx, PropertyObject::Ticket)?.into_iter().map(custom).collect(),
    };
    Ok(names.schema())
}

fn custom(property: domain::property::CustomProperty) -> CustomProperty {
    let kind = match property.kind {
        PropertyKind::Text => CustomKind::Text,
        PropertyKind::Number => CustomKind::Number,
        PropertyKind::Date => CustomKind::Date,
        PropertyKind::Datetime => CustomKind::Time,
        PropertyKind::Bool => CustomKind::Bool,
        PropertyKind::Enumeration => CustomKind::Enum(property.options),
    };
    CustomProperty { id: property.id, name: property.name, label: property.label, kind }
}

/// Now, in the account's zone, for whoever acts.
pub fn context(desk: &Desk<'_>) -> Result<EvalContext> {
    let actor = &desk.actor;
    Ok(EvalContext::new(desk.now, desk.zone()?).with_me(&actor.email).with_user(actor.id, actor.team_id))
}

/// A filter on tickets in any of its forms, and an order, where they are given.
pub fn given(desk: &mut Desk<'_>, filter: Option<&str>, sort: Option<&str>) -> Result<(Option<Filter<Tickets>>, Option<Sort>)> {
    if filter.is_none() && sort.is_none() {
        return Ok((None, None));
    }
    let schema = ticket_schema(desk)?;
    let filter = filter.map(|given| Filter::read(given, &schema)).transpose()?;
    Ok((filter, sort.map(|sort| Sort::parse(sort, &schema)).transpose()?))
}

/// Relative to now and whoever acts.
pub fn prepare<S>(desk: &Desk<'_>, filter: &Filter<S>) -> Result<Prepared> {
    Ok(filter.prepare(&context(desk)?))
}

/// V1: a list with this filter leaves spam out, unless the filter names it and so decides by itself.
pub fn spam(filter: Option<&Filter<Tickets>>) -> Spam {
    if filter.is_some_and(|filter| filter.keys().contains(&Key::Spam)) { Spam::Either } else { Spam::Without }
}

/// A filter on conversations in any of its forms. The users that it names must be there.
pub fn conversations(desk: &mut Desk<'_>, given: &str) -> Result<Filter> {
    let filter = Filter::read(given, Conversations::schema())?;
    check_users(desk, &filter)?;
    Ok(filter)
}

/// A mistyped address would make a condition that silently never matches.
pub fn check_users(desk: &mut Desk<'_>, filter: &Filter) -> Result<()> {
    for condition in filter.expr().conditions() {
        let values = match &condition.test {
            Test::Is(_, value) => std::slice::from_ref(value),
            Test::In(values) | Test::NotIn(values) => values,
            _ => continue,
        };
        for value in values {
            if let Value::Email(email) = value {
                super::users::user(desk, email)?;
            }
        }
    }
    Ok(())
}
