//! What a plan finds: each with a stable code, a level and the rule it follows from.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::text_enum;

text_enum! {
    /// Blocking findings stop `start`; warnings can be required to be accepted.
    pub enum Level { Blocking = "blocking", Warning = "warning", Info = "info" }
}

/// One thing that an administrator should know before moving a channel.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Finding {
    pub level: Level,
    /// Stable: `--accept` takes it.
    pub code: String,
    /// The rule's id in `docs/rules.md`.
    pub rule: String,
    pub message: String,
    /// The numbers and names behind the message.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    pub details: Map<String, Value>,
}

impl Finding {
    pub fn new(level: Level, code: &str, rule: &str, message: impl Into<String>) -> Finding {
        Finding { level, code: code.to_owned(), rule: rule.to_owned(), message: message.into(), details: Map::new() }
    }

    pub fn blocking(code: &str, rule: &str, message: impl Into<String>) -> Finding {
        Finding::new(Level::Blocking, code, rule, message)
    }
    pub fn warning(code: &str, rule: &str, message: impl Into<String>) -> Finding {
        Finding::new(Level::Warning, code, rule, message)
    }
    pub fn info(code: &str, rule: &str, message: impl Into<String>) -> Finding {
        Finding::new(Level::Info, code, rule, message)
    }

    pub fn detail(mut self, key: &str, value: impl Into<Value>) -> Finding {
        self.details.insert(key.to_owned(), value.into());
        self
    }
}
