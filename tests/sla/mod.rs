//! Service level agreements (S1 to S6).

mod calendar_cases;
mod calendar_laws;
mod calendar_reference;
mod dice;
mod slow;
