//! `deskctl serve` as a process of its own: what it keeps to itself, what it lets whom do, and what it survives.

mod answers;
mod arguments;
mod audits;
mod bounds;
mod connections;
mod crowd;
pub mod desk;
mod destinations;
mod doubt;
mod driving;
mod exposure;
mod fake;
mod hidden;
mod hold;
mod http;
mod life;
mod login;
mod permissions;
mod rates;
mod reload;
mod secrets;
mod silence;
mod tokens;
mod versions;
mod writes;
