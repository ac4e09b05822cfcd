//! The help desk's concepts, rules and decisions: pure code, no I/O, no clock.
//!
//! Rule ids in comments and tests (M13, H2 …) are those of `docs/rules.md`.

pub mod abridged;
pub mod access;
pub mod address;
pub mod bot;
pub mod bounds;
pub mod channel;
pub mod contact;
pub mod conversation;
pub mod deal;
pub mod decimal;
pub mod document;
pub mod event;
pub mod filter;
pub mod fold;
pub mod header;
pub mod html;
pub mod mention;
pub mod message_id;
pub mod migration;
pub mod person_name;
pub mod phone;
pub mod pipeline;
pub mod property;
pub mod search;
pub mod sla;
pub mod text_enum;
pub mod ticket;
pub mod time;
pub mod token;
pub mod user;
pub mod view;
pub mod when;

/// The key of a row in the store; generated, never reused.
pub type Id = i64;
