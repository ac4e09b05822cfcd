//! What a migration must survive, done to the program itself: kills, failing disks, power cuts, servers that die, races, damage.
//!
//! Whatever happened, `resume` ends in the store that an undisturbed run makes, row by row, and `verify` says `=` for all of it.

mod arrivals;
mod comparison;
mod damage;
mod desk;
mod disks;
mod kills;
mod races;
mod renamed;
mod server;
