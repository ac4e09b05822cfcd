//! Changes to every ticket that matches a filter: counted, confirmed, and written page by page.

use crate::cli::App;
use crate::domain::Id;
use crate::error::{Error, Result};
use crate::ops::page::LARGEST;
use crate::ops::tickets::{self as ops, Changes};
use crate::output::{Output, OutputOptions};

/// Tickets that are changed in one transaction: all of them or none.
const PAGE: usize = 200;

/// Changes what matches now; what comes to match while this runs is left alone.
pub fn update(app: &mut App, filter: String, changes: Changes, columns: &[&str]) -> Result<()> {
    if app.call().idempotency_key.is_some() {
        let message = "--idempotency-key names one request, and a filter is worked off in several";
        return Err(Error::usage("usage", message).hint("run it again instead: what is changed already stays as it is"));
    }
    let tickets = matching(app, &filter)?;
    if tickets.is_empty() {
        return app.out.list::<ops::TicketDetail>("tickets that match", &[], columns);
    }
    let what = format!("Change {} {}", tickets.len(), if tickets.len() == 1 { "ticket" } else { "tickets" });
    app.confirm_with(&what, "the history keeps what was there before")?;
    // The rows borrow the output while the target, which belongs to the same `App`, changes more.
    let mut out = std::mem::replace(&mut app.out, Output::new(OutputOptions::default()));
    let mut rows = out.rows("tickets", columns);
    for (page, ids) in tickets.chunks(PAGE).enumerate() {
        let changed = app.run(ops::Update { tickets: ids.to_vec(), changes: changes.clone() }).map_err(|error| told(error, page * PAGE))?;
        changed.iter().try_for_each(|row| rows.push(row))?;
    }
    rows.finish()?;
    app.out = out;
    Ok(())
}

/// Those that match, by id: only what the acting user may see.
fn matching(app: &mut App, filter: &str) -> Result<Vec<Id>> {
    let mut tickets = Vec::new();
    let mut after = None;
    loop {
        let list = ops::List { filter: Some(filter.to_owned()), sort: Some("id".into()), after, limit: LARGEST, ..ops::List::default() };
        let page = app.run(list)?;
        tickets.extend(page.items.iter().map(|row| row.id));
        match page.next {
            Some(next) => after = Some(next),
            None => return Ok(tickets),
        }
    }
}

fn told(error: Error, changed: usize) -> Error {
    match changed {
        0 => error,
        _ => error.detail("changed", changed).hint(format!("{changed} tickets were changed before that; run it again for the others")),
    }
}
