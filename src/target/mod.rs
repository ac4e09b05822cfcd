//! Where operations are carried: an embedded or PostgreSQL store now; servers speak the same operations.

mod address;
mod local;

pub use address::Address;
pub use local::Local;
