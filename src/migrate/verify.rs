//! Proof that nothing was lost: recounts from the data itself, compares with the record taken before the move, and
//! shares no decision code with the move except the frozen map. Reads only.

mod arrivals;
mod changes;
mod channel;
mod clocks;
mod expect;
mod findings;
mod messages;
mod run;
pub mod stored;
mod strangers;
mod subjects;
mod tickets;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use self::changes::Changes;
use self::subjects::{From, Pages};
use crate::domain::Id;
use crate::error::{Error, Exit, Result};
use crate::store::Tx;
use crate::store::migrations::Run;
use crate::text_enum;

text_enum! {
    /// One sign per conversation.
    pub enum Sign { Same = "=", Missing = "-", Unexpected = "+", Wrong = "!" }
}

/// The result for one conversation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Verdict {
    pub sign: Sign,
    pub conversation: Option<Id>,
    pub ticket: Option<Id>,
    /// Later changes that the history explains.
    pub changed_since: bool,
    /// It arrived after the channel had moved (M6, M11).
    pub arrival: bool,
    /// What is wrong: stable code and sentence.
    pub problems: Vec<Problem>,
}

impl Verdict {
    /// Of the channel, or of the run itself.
    fn of_run(problems: Vec<Problem>) -> Verdict {
        Verdict { sign: Sign::Wrong, conversation: None, ticket: None, changed_since: false, arrival: false, problems }
    }

    fn with(mut self, problem: Option<Problem>) -> Verdict {
        if let Some(problem) = problem {
            self.problems.push(problem);
            if self.sign == Sign::Same {
                self.sign = Sign::Wrong;
            }
        }
        self
    }
}

/// One thing that is not as it should be.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Problem {
    pub code: String,
    pub message: String,
}

impl Problem {
    pub fn new(code: &str, message: impl Into<String>) -> Problem {
        Problem { code: code.to_owned(), message: message.into() }
    }
}

/// How many verdicts of each sign.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Summary {
    pub same: i64,
    pub missing: i64,
    pub unexpected: i64,
    pub wrong: i64,
    pub changed_since: i64,
    pub arrivals: i64,
}

impl Summary {
    pub fn differences(&self) -> i64 {
        self.missing + self.unexpected + self.wrong
    }
    pub fn total(&self) -> i64 {
        self.same + self.differences()
    }

    fn add(&mut self, verdict: &Verdict) {
        match verdict.sign {
            Sign::Same => self.same += 1,
            Sign::Missing => self.missing += 1,
            Sign::Unexpected => self.unexpected += 1,
            Sign::Wrong => self.wrong += 1,
        }
        self.changed_since += i64::from(verdict.changed_since);
        self.arrivals += i64::from(verdict.arrival);
    }
}

/// Verifies a run. `report` sees every verdict that is not `=`, and those that are when `report` wants them.
/// `stop` is asked between pages.
pub fn verify(tx: &mut Tx<'_>, run: &Run, report: &mut dyn FnMut(&Verdict) -> Result<()>, stop: &dyn Fn() -> bool) -> Result<Summary> {
    let mut summary = Summary::default();
    let mut tell = |verdict: Verdict| -> Result<()> {
        summary.add(&verdict);
        report(&verdict)
    };
    let Some(boundary) = run.boundary else {
        return Err(Error::refused(
            "not_moved_yet",
            "M6",
            format!("migration {} has not moved its channel yet: there is nothing to verify", run.id),
        ));
    };
    channel::verify(tx, run, &mut tell)?;
    let expectation = expect::Expectation::new(tx, run, boundary)?;
    let expected_clocks = clocks::Expected::new(tx, run)?;
    let mut pages = Pages::new(tx, run, boundary)?;
    let mut contents = messages::Contents::default();
    let mut tally = run::Tally::new(run);
    for from in [From::Channel, From::Strayed] {
        let mut after = 0;
        loop {
            if stop() {
                return Err(Error::new(Exit::Interrupted, "interrupted", "the verification was stopped; nothing was changed"));
            }
            let page = pages.read(tx, from, after)?;
            let ids: Vec<Id> = page.iter().map(|subject| subject.conversation.id).collect();
            let Some(last) = ids.last() else { break };
            after = *last;
            let recounts = messages::recount(tx, &ids, &mut contents)?;
            let changes = Changes::read(tx, &page)?;
            let clocks = expected_clocks.problems(tx, &page, &recounts, &changes)?;
            for ((subject, recount), clocks) in page.iter().zip(&recounts).zip(clocks) {
                tally.take(subject.item.as_ref());
                let activity = tickets::activity(tx, &expectation, subject, recount, &changes)?;
                tell(expectation.verdict(subject, recount, &changes).with(clocks).with(activity))?;
            }
        }
    }
    strangers::find(tx, run, boundary, &mut tally, &mut tell)?;
    tally.verify(tx, &mut tell)?;
    Ok(summary)
}
