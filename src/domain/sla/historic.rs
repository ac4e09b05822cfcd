//! The clocks of a moved conversation's ticket (M12), from the few facts that are kept on the conversation.

use std::fmt;
use std::str::FromStr;

use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::clock::{Clock, End, Event, Outcome, Stop};
use super::clocks::{Clocks, replay};
use super::policy::Kind;
use super::terms::Terms;
use crate::domain::Id;
use crate::domain::time::Time;
use crate::text_enum;

text_enum! {
    /// What a migration does about the SLAs of history.
    #[derive(Default)]
    pub enum Historic {
        /// The clocks run from the ticket's create date, as HubSpot does.
        #[default]
        Apply = "apply",
        /// They run from the move.
        Restart = "restart",
        /// There are none.
        Exempt = "exempt",
    }
}

/// `apply`, or apart for open and closed tickets: `open=restart,closed=exempt`. In JSON it is that text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Choice {
    pub open: Historic,
    pub closed: Historic,
}

impl FromStr for Choice {
    type Err = String;
    fn from_str(text: &str) -> Result<Choice, String> {
        if let Some(both) = Historic::parse(text) {
            return Ok(Choice { open: both, closed: both });
        }
        let (mut open, mut closed) = (None, None);
        for part in text.split(',') {
            let (status, historic) = part.split_once('=').ok_or_else(|| no_choice(text))?;
            let slot = match status.trim() {
                "open" => &mut open,
                "closed" => &mut closed,
                _ => return Err(no_choice(text)),
            };
            let historic = Historic::parse(historic.trim()).ok_or_else(|| no_choice(text))?;
            if slot.replace(historic).is_some() {
                return Err(format!("\"{text}\" says twice what becomes of {} tickets", status.trim()));
            }
        }
        match (open, closed) {
            (Some(open), Some(closed)) => Ok(Choice { open, closed }),
            _ => Err(format!("\"{text}\" must say what becomes of both: open=…,closed=…")),
        }
    }
}

impl fmt::Display for Choice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.open == self.closed { write!(f, "{}", self.open) } else { write!(f, "open={},closed={}", self.open, self.closed) }
    }
}

impl Serialize for Choice {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Choice {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Choice, D::Error> {
        std::borrow::Cow::<str>::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

impl JsonSchema for Choice {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "SlaHistoric".into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let one = Historic::NAMES.join("|");
        let pattern = format!("^({one}|open=({one}),closed=({one})|closed=({one}),open=({one}))$");
        schemars::json_schema!({ "type": "string", "pattern": pattern })
    }
}

fn no_choice(text: &str) -> String {
    format!("\"{text}\" is none of {}, nor open=…,closed=…", Historic::NAMES.join(", "))
}

/// What is known of a conversation that was had before its ticket came to the help desk.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Summary {
    pub created_at: Time,
    /// By a person, or by a bot where that counts.
    pub first_reply_at: Option<Time>,
    /// The oldest customer message after the last reply, if that came.
    pub unanswered_since: Option<Time>,
    pub closed_at: Option<Time>,
}

impl Summary {
    /// The clocks at the move. `stage` is where the ticket stands then; it is open or closed as the summary says.
    pub fn clocks(&self, terms: &Terms, historic: Historic, value: Option<&str>, stage: Id, moved_at: Time) -> Clocks {
        if historic == Historic::Exempt {
            let mut clocks = Clocks::new(terms, moved_at, value, stage, true);
            clocks.apply(terms, moved_at, &Event::Exempt);
            return clocks;
        }
        if let Some(clocks) = self.at_once(terms, historic == Historic::Restart, value, stage, moved_at) {
            return clocks;
        }
        let mut clocks = self.replayed(terms, value, stage);
        match historic {
            Historic::Restart => drop(clocks.apply(terms, moved_at, &Event::Restart)),
            _ => drop(clocks.advance(terms, moved_at)),
        }
        clocks
    }

    /// What happened, event by event.
    fn replayed(&self, terms: &Terms, value: Option<&str>, stage: Id) -> Clocks {
        let mut events = Vec::with_capacity(4);
        events.extend(self.first_reply_at.map(|at| (at, Event::Reply { bot: false })));
        events.extend(self.unanswered_since.map(|at| (at, Event::CustomerMessage)));
        events.extend(self.closed_at.map(|at| (at, Event::Stage { stage, open: false })));
        replay(terms, Clocks::new(terms, self.created_at, value, stage, true), events).0
    }

    /// The same without playing it, for what is usual: created, answered, waiting and closed in this order, in a stage that pauses
    /// nothing. A migration asks for millions of them.
    fn at_once(&self, terms: &Terms, restart: bool, value: Option<&str>, stage: Id, moved_at: Time) -> Option<Clocks> {
        let (created, closed) = (self.created_at, self.closed_at);
        let waiting = self.unanswered_since.filter(|_| self.first_reply_at.is_some());
        let times = [Some(created), self.first_reply_at, self.unanswered_since, closed, Some(moved_at)];
        if !times.iter().flatten().is_sorted() || Kind::ALL.iter().any(|kind| terms.is_paused(stage, *kind)) {
            return None;
        }
        let rule = terms.rule_for(value);
        let clock = |kind, from: Time, end: Option<Time>, done: bool| {
            if restart {
                return end.is_none().then(|| Clock::new(kind, 1, moved_at, false));
            }
            let mut clock = Clock::new(kind, 1, from, false);
            let due = terms.target(rule, kind).map(|(target, base)| base.add(from, target.within.0).ok());
            let until = end.unwrap_or(moved_at);
            clock.breached_at = due.flatten().filter(|due| *due < until);
            if let Some(at) = end {
                clock.stop(at, if done && kind != Kind::Close { Stop::Response } else { Stop::Close });
                let outcome = match due {
                    None => Outcome::NoTarget,
                    Some(_) if !done => Outcome::Cancelled,
                    Some(_) if clock.breached_at.is_some() => Outcome::Late,
                    Some(_) => Outcome::OnTime,
                };
                clock.end = Some(End { at, outcome });
            }
            Some(clock)
        };
        let first_response = clock(Kind::FirstResponse, created, self.first_reply_at.or(closed), self.first_reply_at.is_some());
        let next_response = waiting.and_then(|since| clock(Kind::NextResponse, since, closed, false));
        Some(Clocks {
            stage,
            open: closed.is_none(),
            value: value.map(str::to_owned),
            spam: false,
            finished: false,
            rule,
            rule_since: if restart { moved_at } else { created },
            replied: self.first_reply_at.is_some(),
            // Whoever writes after the closing waits still.
            unanswered_since: self.unanswered_since.map(|at| at.max(created)).filter(|at| closed.is_none_or(|closed| *at > closed)),
            last_at: moved_at,
            instances: u32::from(waiting.is_some()),
            clocks: [first_response, next_response, clock(Kind::Close, created, closed, true)],
        })
    }
}
