//! Service level agreements (S1 to S6).

mod backtest_laws;
mod calendar_cases;
mod calendar_laws;
mod calendar_reference;
mod clock_cases;
mod clock_laws;
mod desk;
mod dice;
mod ics_cases;
mod policy_cases;
mod slow;
