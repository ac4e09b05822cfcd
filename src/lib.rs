//! deskctl.

pub mod bulk;
pub mod cli;
pub mod clock;
pub mod config;
pub mod domain;
pub mod error;
pub mod migrate;
pub mod ops;
pub mod output;
pub mod seed;
pub mod store;
pub mod target;
