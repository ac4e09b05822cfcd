//! `deskctl serve` as a process of its own: what it keeps to itself, what it lets whom do, and what it survives.

mod answers;
#[allow(dead_code)]
mod desk;
mod destinations;
mod fake;
#[allow(dead_code)]
mod http;
mod login;
mod versions;
