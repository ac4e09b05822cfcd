//! Messages that arrive, and what people do with conversations and tickets by hand. Every rule on both engines.

mod answers;
mod by_hand;
mod desk;
mod lines;
mod mails;
mod people;
mod receiving;
mod ticketing;
