//! Tickets: lists, details, and what people change on them by hand (H3, H5, H9, H10).

mod associations;
mod deleted;
mod edit;
mod find;
mod follow;
mod history;
mod merge;
pub mod places;
mod read;
mod search;
mod show;
mod values;
mod write;

pub use associations::Associations;
pub use deleted::{Delete, Deleted, ListDeleted, Restore};
pub(super) use edit::hold_shown;
pub use edit::{Changes, Step};
pub(super) use find::look;
pub use follow::{Follow, Following, Unfollow};
pub use history::{History, TicketEvent};
pub use merge::{Merge, Merged};
pub use read::{FIELDS, List, TicketDetail, TicketRow, page};
pub use search::{FoundRow, Match, Order, Search};
pub use show::{Show, TicketShown};
pub use write::{Create, Update};
