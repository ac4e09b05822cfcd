//! The one integration binary.
#![allow(clippy::unwrap_used, clippy::print_stderr, clippy::print_stdout)]

mod arrivals;
mod crash;
mod damage;
mod demo;
mod filters;
mod import_sample;
mod machine;
mod moving;
mod nouns;
mod readme;
mod repo;
mod schemas;
mod search;
mod seed;
mod serve;
mod sla;
mod support;
mod support_selftest;
mod transcripts;
mod unlocking;
mod upgrade;
mod verify;
