//! Service level agreements (S1 to S6): working hours as data, exact arithmetic over them, policies, and clocks.
//!
//! | part | what it is |
//! | --- | --- |
//! | [`hours`] | working hours as people write them: zone, week, overrides, extra windows, holidays |
//! | [`holiday`] | dates, ranges and yearly rules of holidays |
//! | [`calendar`] | the same, checked; which instants count (S3); sums over any stretch of time, exactly |
//! | [`prepared`] | a calendar as a table: a due time without walking over days |
//! | [`breakdown`] | which windows of which days counted, as data for people |
//! | [`calc`] | the calculator: one question in, one answer out |

pub mod breakdown;
pub mod calc;
pub mod calendar;
pub mod holiday;
pub mod hours;
pub mod prepared;

pub use calendar::Calendar;
pub use hours::Hours;
pub use prepared::{Base, Prepared};
