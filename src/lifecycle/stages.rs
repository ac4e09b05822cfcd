//! A stage that turns open or closed, and all its tickets with it.

use super::Writer;
use crate::domain::Id;
use crate::error::Result;
use crate::sla::sweep;
use crate::store;

impl Writer<'_, '_> {
    /// Opens or closes every ticket of a stage, and tells how many. There may be any number of them: clocks and history are written
    /// page by page, and as nothing of the tickets changes that is searched, the index learns nothing.
    pub fn turn_stage(&mut self, stage: Id, open: bool) -> Result<i64> {
        // Before the tickets change: they are found by what they were.
        sweep::stage(self.tx, stage, open, self.at)?;
        store::pipelines::set_open(self.tx, stage, open, self.at, self.actor)
    }
}
