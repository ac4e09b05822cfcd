//! `deskctl migrations verify`

use super::App;
use super::runs::named_or_last_start;
use crate::domain::Id;
use crate::error::{Exit, Result};
use crate::migrate::verify::{Sign, Summary, Verdict};
use crate::ops::migrations::{Verified, Verify, Wanted};
use crate::output::{Format, Output, OutputOptions};

const VERDICTS: &[&str] = &["sign", "conversation", "ticket", "changed_since", "arrival", "problems"];

/// Verifies migrations one after the other, in one list.
pub fn verify(ids: &[Id], all: bool, summary_only: bool, app: &mut App) -> Result<Exit> {
    let verdicts = match (summary_only, all || app.out.format() != Format::Table) {
        (true, _) => Wanted::None,
        (false, true) => Wanted::All,
        (false, false) => Wanted::Differences,
    };
    let ids = named_or_last_start(ids, app)?;
    let verified = if summary_only { count(&ids, app)? } else { list(&ids, verdicts, app)? };
    for Verified { migration, summary } in &verified {
        app.notices.notice(&format!(
            "migration {migration}: {} = ({} changed since, {} arrived later), {} - missing, {} + unexpected, {} ! wrong",
            summary.same, summary.changed_since, summary.arrivals, summary.missing, summary.unexpected, summary.wrong
        ));
    }
    let clean = verified.iter().all(|verified| verified.summary.differences() == 0);
    Ok(if clean { Exit::Done } else { Exit::Pending })
}

/// Only the totals: of one migration as an object, of several as a list.
fn count(ids: &[Id], app: &mut App) -> Result<Vec<Verified>> {
    let mut verified = Vec::new();
    for id in ids {
        let verify = Verify { id: Some(*id), verdicts: Wanted::None };
        verified.push(app.stream(verify, |_, source| source.each(|_| Ok(())))?);
    }
    match &verified[..] {
        [one] => app.out.one(&one.summary)?,
        several => app.out.list("migrations", &several.iter().map(Totals::from).collect::<Vec<_>>(), &[])?,
    }
    Ok(verified)
}

fn list(ids: &[Id], verdicts: Wanted, app: &mut App) -> Result<Vec<Verified>> {
    let columns: Vec<&str> = if ids.len() > 1 { [&["migration"], VERDICTS].concat() } else { VERDICTS.to_vec() };
    let mut verified = Vec::new();
    // The rows borrow the output while the target, which belongs to the same `App`, is asked.
    let mut out = std::mem::replace(&mut app.out, Output::new(OutputOptions::default()));
    let mut rows = out.rows("differences", &columns);
    for id in ids {
        let verify = Verify { id: Some(*id), verdicts };
        verified.push(app.stream(verify, |_, source| source.each(|verdict| rows.push(&Printed::of(*id, &verdict))))?);
    }
    rows.finish()?;
    app.out = out;
    Ok(verified)
}

/// The totals of one of several migrations.
#[derive(serde::Serialize)]
struct Totals {
    migration: Id,
    #[serde(flatten)]
    summary: Summary,
}

impl From<&Verified> for Totals {
    fn from(verified: &Verified) -> Totals {
        Totals { migration: verified.migration, summary: verified.summary }
    }
}

/// A verdict with its problems as one text: what a table and CSV can show.
#[derive(serde::Serialize)]
struct Printed {
    migration: Id,
    sign: Sign,
    conversation: Option<Id>,
    ticket: Option<Id>,
    changed_since: bool,
    arrival: bool,
    problems: Vec<String>,
}

impl Printed {
    fn of(migration: Id, verdict: &Verdict) -> Printed {
        Printed {
            migration,
            sign: verdict.sign,
            conversation: verdict.conversation,
            ticket: verdict.ticket,
            changed_since: verdict.changed_since,
            arrival: verdict.arrival,
            problems: verdict.problems.iter().map(|problem| format!("{}: {}", problem.code, problem.message)).collect(),
        }
    }
}
