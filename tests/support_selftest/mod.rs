//! Proves the tests' support on a stand-in for deskctl: that it finds what it is meant to find, and nothing where nothing is wrong.

mod crash;
mod faults;
mod kill;
mod postgres;
mod stand_in;
