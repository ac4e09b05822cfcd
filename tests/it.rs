//! The one integration binary.
#![allow(clippy::unwrap_used, clippy::print_stderr, clippy::print_stdout)]

mod seed;
mod nouns;
mod support;
mod support_selftest;
