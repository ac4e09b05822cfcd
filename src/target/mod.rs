//! Where operations are carried: an embedded or PostgreSQL store now; servers speak the same operations.

mod address;
pub mod doctor;
mod local;
pub mod upkeep;

pub use address::Address;
pub use local::Local;
