//! `deskctl serve` as a process of its own: what it keeps to itself, what it lets whom do, and what it survives.

mod bounds;
mod crowd;
mod desk;
mod driving;
mod exposure;
mod hold;
mod http;
mod life;
mod permissions;
mod rates;
mod secrets;
mod silence;
mod tokens;
mod writes;
