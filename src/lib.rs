//! deskctl administers help desks of HubSpot's kind and moves channels from shared inboxes to the help desk.
//!
//! # The picture
//!
//! ```text
//! argv ─> cli ──┐                              ┌─ a store: one transaction { op.run(&mut desk) }
//!               ├─> an Operation ──> target ───┤
//! HTTP ─> serve ┘   (plain data)               └─ a server: POST /deskctl/v1/ops/{name}, and there the same operation
//!
//!         output: table | json | ndjson | csv  <── Output (plain data)
//! ```
//!
//! **Operations are data** ([`ops`]). Each thing that deskctl can do is one struct with a typed answer. From that one
//! idea follow, without further code: the permission check, the audit record in the transaction of the change,
//! `--dry-run` (run, roll back, show), idempotency keys, the same command on every target, and the OpenAPI document.
//! Beside operations there is one other kind, the *stream*: rows out of (or into) one call, from one read snapshot, in
//! constant memory (`verify`, `export account`, `seed`).
//!
//! **Who may do what** is asked in one place, [`ops::call`]: the owner of a store may act as anyone, the bearer of a token
//! as its user, within its scopes.
//!
//! **Long work is a run**: a row in the store, steps that each are a transaction, and a worker that drives them
//! ([`migrate`]). There is no state outside the store; killing a worker at any moment loses nothing.
//!
//! # Layers, one way
//!
//! | module | what it is | may use |
//! | --- | --- | --- |
//! | [`cli`] | from arguments to operation to output | everything |
//! | [`serve`] | the same operations over HTTP; asynchronous at this edge only | `target`, `ops`, `store`, `migrate`, `domain` |
//! | [`target`] | where operations are carried: a store, or a server | `ops`, `store`, `migrate`, `domain` |
//! | [`ops`] | the operations, one file per noun | `lifecycle`, `migrate`, `bulk`, `store`, `domain` |
//! | [`lifecycle`] | every change of a ticket or conversation, and what follows from it | `sla`, `store`, `domain` |
//! | [`migrate`], [`bulk`], [`seed`] | the migration engine; documents in and out; made-up accounts | `store`, `domain` |
//! | [`sla`] | the clocks of tickets, at work on a store | `store`, `domain` |
//! | [`store`] | one schema, one SQL text, one row mapping for SQLite and PostgreSQL | `domain`, `partial` |
//! | [`domain`] | types, rules, decisions: no I/O, no clock | nothing |
//! | [`output`] | the only place that prints | `domain::time`, `partial` |
//! | [`partial`] | files under way, until they are whole | nothing |
//! | [`protocol`] | what servers and clients have agreed on | nothing |
//!
//! A test reads the `use crate::` lines and keeps it so. The core is synchronous; the clock is an argument
//! ([`clock`]); errors carry a stable code, the exit code, and what to do next ([`error`]). Rule ids in comments and
//! tests (M13, H2 …) are those of `docs/rules.md`.
//!
//! # Where the next thing goes
//!
//! A new capability is one struct in `ops/<noun>.rs`, one variant in `cli/<noun>.rs`, and its line in
//! `ops/capabilities.rs`; servers and their clients have it with that. A new table or query is one SQL text in `store/<table group>.rs` that runs on both engines;
//! what differs between them is a word in `store/driver`.

pub mod bulk;
pub mod cli;
pub mod clock;
pub mod config;
pub mod domain;
pub mod error;
pub mod lifecycle;
pub mod migrate;
pub mod ops;
pub mod output;
pub mod partial;
pub mod protocol;
pub mod secret;
pub mod seed;
pub mod serve;
pub mod sla;
pub mod store;
pub mod target;
