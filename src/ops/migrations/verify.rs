//! `migrations verify`: a stream of verdicts, one per conversation.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::find;
use crate::domain::Id;
use crate::domain::user::Permission;
use crate::error::Result;
use crate::migrate::verify::{self, Sign, Summary, Verdict};
use crate::ops::{Desk, Stream};

/// Which verdicts are wanted; they are counted in any case.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Wanted {
    All,
    #[default]
    Differences,
    None,
}

/// Recounts a migration from the data itself.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Verify {
    /// By default the active migration, else the latest.
    pub id: Option<Id>,
    #[serde(default)]
    pub verdicts: Wanted,
}

/// How a verification ended.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Verified {
    pub migration: Id,
    pub summary: Summary,
}

impl Stream for Verify {
    const NAME: &'static str = "migrations.verify";
    type Item = Verdict;
    type End = Verified;

    fn needs(&self) -> Permission {
        Permission::Member
    }

    fn run(self, desk: &mut Desk<'_>, emit: &mut dyn FnMut(Verdict) -> Result<()>) -> Result<Verified> {
        let run = find(desk, self.id)?;
        let wanted = |verdict: &Verdict| match self.verdicts {
            Wanted::All => true,
            Wanted::Differences => verdict.sign != Sign::Same,
            Wanted::None => false,
        };
        let mut report = |verdict: &Verdict| if wanted(verdict) { emit(verdict.clone()) } else { Ok(()) };
        let stop = desk.stop_flag();
        let summary = verify::verify(&mut desk.tx, &run, &mut report, &|| stop.load(std::sync::atomic::Ordering::Relaxed))?;
        Ok(Verified { migration: run.id, summary })
    }
}
