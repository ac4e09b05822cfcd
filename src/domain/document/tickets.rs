//! Tickets in a document, with the deals and custom properties that they may have.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::Ref;
use crate::domain::bounds;
use crate::domain::property::PropertyKind;
use crate::domain::ticket::{Priority, Source};
use crate::domain::time::Time;

/// A custom property of tickets.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "PropertyDoc")]
pub struct Property {
    /// A letter, then letters, digits and `_`.
    pub name: String,
    /// By default the name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    pub kind: PropertyKind,
    /// What an enumeration may be, in this order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub options: Vec<String>,
    /// By default the time of loading.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub created_at: Option<Time>,
}

#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Deal {
    pub id: Ref,
    pub name: String,
    /// In the account's currency, with up to two decimals.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amount: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub company: Option<Ref>,
    pub created_at: Time,
}

#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Ticket {
    pub id: Ref,
    #[schemars(length(max = bounds::MADE))]
    pub name: String,
    pub stage: Ref,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owner: Option<Ref>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub team: Option<Ref>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub priority: Option<Priority>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub category: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<Source>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(max = bounds::LONG))]
    pub description: Option<String>,
    pub created_at: Time,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub closed_at: Option<Time>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_activity_at: Option<Time>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub contacts: Vec<Ref>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub company: Option<Ref>,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub spam: bool,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub in_help_desk: bool,
    /// Custom properties by name.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    pub properties: Map<String, Value>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub deals: Vec<Ref>,
    /// The users who follow it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub followers: Vec<Ref>,
}
