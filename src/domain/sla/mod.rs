//! Service level agreements (S1 to S6): working hours as data, exact arithmetic over them, policies, and clocks.
//!
//! | part | what it is |
//! | --- | --- |
//! | [`hours`] | working hours as people write them: zone, week, overrides, extra windows, holidays |
//! | [`holiday`] | dates, ranges and yearly rules of holidays |
//! | [`ics`] | holidays from an iCalendar file |
//! | [`calendar`] | the same, checked; which instants count (S3); sums over any stretch of time, exactly |
//! | [`prepared`] | a calendar as a table: a due time without walking over days |
//! | [`breakdown`] | which windows of which days counted, as data for people |
//! | [`policy`], [`policy_checks`] | which targets hold for which tickets (S1, S2), and what is wrong with a policy |
//! | [`naming`] | what a policy names, by name and by id |
//! | [`terms`] | a policy made ready: rule and working hours by value, pauses by stage |
//! | [`clock`], [`clocks`] | the clocks of one ticket: events in, what ran when out |
//! | [`status`] | what a clock's course comes to: due, overdue, on time, late (S5) |
//! | [`historic`] | clocks of a moved conversation, from what is kept on it (M12) |
//! | [`backtest`] | the same history under two policies |
//! | [`explain`] | why a target is due when it is, as data |
//! | [`calc`] | the calculator: one question in, one answer out |

pub mod backtest;
pub mod breakdown;
pub mod calc;
pub mod calendar;
pub mod clock;
pub mod clocks;
pub mod explain;
pub mod historic;
pub mod holiday;
pub mod hours;
pub mod ics;
pub mod naming;
pub mod policy;
pub mod policy_checks;
pub mod prepared;
pub mod status;
pub mod terms;

pub use calendar::Calendar;
pub use clock::Event;
pub use clocks::Clocks;
pub use hours::Hours;
pub use policy::{Kind, Policy};
pub use prepared::{Base, Prepared};
pub use status::Status;
pub use terms::Terms;
