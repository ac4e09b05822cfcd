//! The SLA clocks of tickets at work on a store: what happens to a ticket moves them, in the same transaction.
//!
//! | part | what it does |
//! | --- | --- |
//! | [`policies`] | the revisions of the policy, made ready |
//! | [`kept`] | a ticket's clocks, read from the store and written back |
//! | [`replay`] | a ticket's clocks by all that is stored of it, in the order in which it happened |
//! | [`events`] | a ticket came, changed, got a message |
//! | [`sweep`] | many tickets at once: another policy, other working hours, a loaded account |

pub mod events;
pub mod kept;
pub mod policies;
pub mod replay;
pub mod sweep;
