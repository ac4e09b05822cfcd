//! The other kind beside operations: rows out of one call, from one read snapshot, in constant memory.

use schemars::JsonSchema;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::Desk;
use crate::domain::user::Permission;
use crate::error::Result;

/// One thing that deskctl gives out row by row. It changes nothing.
pub trait Stream: Clone + Serialize + DeserializeOwned + JsonSchema {
    /// Stable, as an operation's name is.
    const NAME: &'static str;
    type Item: Serialize + DeserializeOwned + JsonSchema;
    /// What there is to say when all of it is out.
    type End: Serialize + DeserializeOwned + JsonSchema;

    /// What it asks of whoever runs it; checked before `run`.
    fn needs(&self) -> Permission;

    /// Gives out the items one by one. An error of `emit` ends it; so does `desk.stopped()`, where a long time may pass between two.
    fn run(self, desk: &mut Desk<'_>, emit: &mut dyn FnMut(Self::Item) -> Result<()>) -> Result<Self::End>;
}
