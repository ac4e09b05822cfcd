//! The list of all operations, for `deskctl capabilities` and for whoever builds on them.

use serde::Serialize;

use super::Operation;
use super::{channels, machine, migrations};
use crate::domain::user::Permission;

/// One operation, as data.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Capability {
    pub operation: &'static str,
    pub writes: bool,
    /// The least that it asks for; some arguments may ask for more.
    pub needs: Permission,
    /// Whether the current target can do it. A store can do everything.
    pub supported: bool,
}

const fn of<O: Operation>(needs: Permission) -> Capability {
    Capability { operation: O::NAME, writes: O::WRITES, needs, supported: true }
}

/// Every operation. `tests/repo.rs` says when one is missing, or when its permission is another.
pub const ALL: &[Capability] = &[
    of::<machine::Whoami>(Permission::Member),
    of::<channels::List>(Permission::Member),
    of::<channels::Show>(Permission::Member),
    of::<migrations::List>(Permission::Member),
    of::<migrations::Plan>(Permission::SuperAdmin),
    of::<migrations::Report>(Permission::SuperAdmin),
    of::<migrations::Start>(Permission::SuperAdmin),
    of::<migrations::Show>(Permission::Member),
    of::<migrations::Unschedule>(Permission::SuperAdmin),
    of::<machine::Info>(Permission::SuperAdmin),
];
