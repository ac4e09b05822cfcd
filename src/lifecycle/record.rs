//! What follows from an event: the whole list, in order.

use super::{activity, history, notices, search, sla};
use crate::domain::event::{Cause, Event};
use crate::error::{Error, Result};
use crate::store::Tx;

/// Reacts to events, which are in the order in which they happened; what it makes happen in turn is its answer.
type Reaction = fn(&mut Tx<'_>, &[Event]) -> Result<Vec<Event>>;

/// What an event sets off. History comes first, so that whatever reacts can read there what happened.
const REACTIONS: &[(&str, Reaction)] = &[
    // What changed, by whom.
    ("history", history::react),
    // When something was last said on a ticket.
    ("activity", activity::react),
    // The clocks of the ticket's targets.
    ("sla", sla::react),
    // The search index's queue.
    ("search", search::react),
    // Who is told.
    ("notices", notices::react),
];

/// Events that follow from events: a chain that is longer has no end.
const LONGEST_CHAIN: usize = 16;

/// Takes events through all reactions, and what they make happen after them.
pub fn record(tx: &mut Tx<'_>, events: Vec<Event>) -> Result<()> {
    react(tx, events, REACTIONS)
}

fn react(tx: &mut Tx<'_>, mut events: Vec<Event>, reactions: &[(&'static str, Reaction)]) -> Result<()> {
    let mut chain: Vec<&str> = Vec::new();
    while !events.is_empty() {
        if chain.len() == LONGEST_CHAIN {
            return Err(endless(&chain));
        }
        let mut further = Vec::new();
        for (name, reaction) in reactions {
            let next = reaction(tx, &events)?;
            further.extend(next.into_iter().map(|event| Event { cause: Cause::Reaction(name), ..event }));
        }
        if let Some(Event { cause: Cause::Reaction(name), .. }) = further.last() {
            chain.push(name);
        }
        events = further;
    }
    Ok(())
}

fn endless(chain: &[&str]) -> Error {
    Error::failed("endless_reaction", format!("one change leads to the next without an end: {}", chain.join(" -> ")))
        .hint("nothing was written; this is a fault of deskctl: please report it")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::event::{Actor, What};
    use crate::domain::time::Time;
    use crate::store::{Location, Store};

    fn event() -> Event {
        Event { at: Time(0), actor: Actor::System, cause: Cause::Command, what: What::CompanyChanged { company: 1 } }
    }

    fn again(_: &mut Tx<'_>, events: &[Event]) -> Result<Vec<Event>> {
        Ok(events.to_vec())
    }

    fn once(_: &mut Tx<'_>, events: &[Event]) -> Result<Vec<Event>> {
        Ok(events.iter().filter(|event| event.cause == Cause::Command).cloned().collect())
    }

    #[test]
    fn a_chain_without_an_end_is_an_error_that_names_it() {
        let folder = tempfile::tempdir().unwrap();
        let mut store = Store::create(&Location::Sqlite(folder.path().join("desk.db")), Time(0)).unwrap();
        let mut tx = store.write().unwrap();
        react(&mut tx, vec![event()], &[("once", once)]).unwrap();
        let error = react(&mut tx, vec![event()], &[("again", again)]).unwrap_err();
        assert_eq!(error.code(), "endless_reaction");
        assert!(error.message().contains("again -> again"), "{}", error.message());
    }
}
