//! deskctl.

pub mod domain;
pub mod error;
pub mod output;
