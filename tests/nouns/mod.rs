//! The account's nouns through the built binary, on both engines.

mod backtest;
mod channels;
mod desk;
mod external_refs;
mod gone;
mod lists;
mod moved;
mod people;
mod places;
mod records;
mod sla;
mod sla_due;
mod sla_late;
mod tickets;
mod views;

/// Runs each check on an account of its own, on SQLite and, where it is installed, on PostgreSQL.
macro_rules! on_both_engines {
    ($($check:ident),+ $(,)?) => { $(
        #[test]
        fn $check() {
            for desk in $crate::nouns::desk::both() {
                checks::$check(&desk);
            }
        }
    )+ };
}
pub(crate) use on_both_engines;
