//! `deskctl migrations verify`

use super::App;
use crate::domain::Id;
use crate::error::{Exit, Result};
use crate::migrate::verify::{Sign, Verdict};
use crate::ops::migrations;

const VERDICTS: &[&str] = &["sign", "conversation", "ticket", "changed_since", "arrival", "problems"];

pub fn verify(id: Option<Id>, all: bool, summary_only: bool, app: &mut App) -> Result<Exit> {
    let verdicts = match (summary_only, all || app.out.format() != crate::output::Format::Table) {
        (true, _) => migrations::Wanted::None,
        (false, true) => migrations::Wanted::All,
        (false, false) => migrations::Wanted::Differences,
    };
    // A migration that is not there is no empty list.
    app.run(migrations::Show { id })?;
    let migrations::Verified { migration, summary } = app.stream(migrations::Verify { id, verdicts }, |out, source| {
        if summary_only {
            return source.each(|_| Ok(()));
        }
        let mut rows = out.rows("differences", VERDICTS);
        let verified = source.each(|verdict| rows.push(&Printed::from(&verdict)))?;
        rows.finish()?;
        Ok(verified)
    })?;
    if summary_only {
        app.out.one(&summary)?;
    }
    app.notices.notice(&format!(
        "migration {migration}: {} = ({} changed since, {} arrived later), {} - missing, {} + unexpected, {} ! wrong",
        summary.same, summary.changed_since, summary.arrivals, summary.missing, summary.unexpected, summary.wrong
    ));
    Ok(if summary.differences() == 0 { Exit::Done } else { Exit::Pending })
}

/// A verdict with its problems as one text: what a table and CSV can show.
#[derive(serde::Serialize)]
struct Printed {
    sign: Sign,
    conversation: Option<Id>,
    ticket: Option<Id>,
    changed_since: bool,
    arrival: bool,
    problems: Vec<String>,
}

impl From<&Verdict> for Printed {
    fn from(verdict: &Verdict) -> Printed {
        Printed {
            sign: verdict.sign,
            conversation: verdict.conversation,
            ticket: verdict.ticket,
            changed_since: verdict.changed_since,
            arrival: verdict.arrival,
            problems: verdict.problems.iter().map(|problem| format!("{}: {}", problem.code, problem.message)).collect(),
        }
    }
}
