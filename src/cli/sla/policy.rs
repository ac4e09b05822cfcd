//! `deskctl sla set`

use std::path::PathBuf;

use clap::{ArgAction, Args};

use super::read_json;
use crate::cli::args::named;
use crate::domain::sla::policy::{ApplyTo, Kind, Length, Merge, Property, Reopen};
use crate::error::Result;
use crate::ops::sla::Set;

pub const EXAMPLES: &str = "Examples:
  deskctl sla set --first-response 4h --first-response-due-soon 30m --close 3d
  deskctl sla set --by priority --value URGENT --first-response 30m --hours 24/7
  deskctl sla set --value LOW --off true
  deskctl sla set --hours office --pause \"Support/Waiting on customer\" --apply-to open
  deskctl sla set --file policy.json --dry-run";

#[derive(Args)]
pub struct SetArgs {
    /// A whole policy as JSON, in place of the one in force; - is stdin
    #[arg(long, value_name = "FILE|-")]
    file: Option<PathBuf>,
    #[command(flatten)]
    change: ChangeArgs,
    /// For new tickets only, or for open ones too
    #[arg(long, default_value = "new", value_parser = named::<ApplyTo>(ApplyTo::NAMES))]
    apply_to: ApplyTo,
}

impl SetArgs {
    pub fn into_operation(self) -> Result<Set> {
        Ok(Set { apply_to: self.apply_to, ..self.change.of(self.file)? })
    }
}

/// What can be another way in a policy.
#[derive(Args, Default, PartialEq)]
pub struct ChangeArgs {
    /// The property whose values choose the targets
    #[arg(long, value_parser = named::<Property>(Property::NAMES))]
    by: Option<Property>,
    /// A value whose targets are set; may be repeated. Without any, those of all other tickets
    #[arg(long = "value", value_name = "VALUE")]
    values: Vec<String>,
    /// Whether these values have no SLA at all
    #[arg(long, value_name = "true|false", action = ArgAction::Set)]
    off: Option<bool>,
    /// Time to first response: 90m, 4h, 2d
    #[arg(long, value_name = "DURATION")]
    first_response: Option<Length>,
    /// How long before it is due it is due soon, in the target's own time
    #[arg(long, value_name = "DURATION")]
    first_response_due_soon: Option<Length>,
    /// Time to next response
    #[arg(long, value_name = "DURATION")]
    next_response: Option<Length>,
    /// How long before it is due it is due soon
    #[arg(long, value_name = "DURATION")]
    next_response_due_soon: Option<Length>,
    /// Time to close
    #[arg(long, value_name = "DURATION")]
    close: Option<Length>,
    /// How long before it is due it is due soon
    #[arg(long, value_name = "DURATION")]
    close_due_soon: Option<Length>,
    /// A target to take away; may be repeated
    #[arg(long, value_parser = named::<Kind>(Kind::NAMES))]
    without: Vec<Kind>,
    /// Working hours by name, or 24/7: for these values where any are given, else for the policy
    #[arg(long, value_name = "NAME|24/7")]
    hours: Option<String>,
    /// Where the rule stands among the others, from 1
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(i64).range(1..))]
    position: Option<i64>,
    /// A stage in which clocks stand still (Pipeline/Stage, name or id); give all of them
    #[arg(long = "pause", value_name = "STAGE")]
    pauses: Vec<String>,
    /// Which clocks stand still there; by default all
    #[arg(long = "pause-target", value_parser = named::<Kind>(Kind::NAMES), requires = "pauses")]
    pause_targets: Vec<Kind>,
    /// No stage pauses any more
    #[arg(long, conflicts_with = "pauses")]
    no_pauses: bool,
    /// Whether a bot's answer is a response
    #[arg(long, value_name = "true|false", action = ArgAction::Set)]
    bot_replies_count: Option<bool>,
    /// What a reopened ticket's time to close does: continue, or the first closing decides
    #[arg(long, value_parser = named::<Reopen>(Reopen::NAMES))]
    reopen: Option<Reopen>,
    /// What a ticket takes over from one that is merged into it
    #[arg(long, value_parser = named::<Merge>(Merge::NAMES))]
    merge: Option<Merge>,
}

impl ChangeArgs {
    /// Nothing would be another way.
    pub fn is_empty(&self) -> bool {
        *self == ChangeArgs::default()
    }

    /// The change of a policy in a file, or of the one in force.
    pub fn of(self, file: Option<PathBuf>) -> Result<Set> {
        let pauses = (self.no_pauses || !self.pauses.is_empty()).then_some(self.pauses);
        Ok(Set {
            policy: file.map(|path| read_json(&path, "policy", "SLA policy")).transpose()?,
            by: self.by,
            values: self.values,
            off: self.off,
            first_response: self.first_response,
            first_response_due_soon: self.first_response_due_soon,
            next_response: self.next_response,
            next_response_due_soon: self.next_response_due_soon,
            close: self.close,
            close_due_soon: self.close_due_soon,
            without: self.without,
            hours: self.hours,
            position: self.position,
            pauses,
            pause_targets: self.pause_targets,
            bot_replies_count: self.bot_replies_count,
            reopen: self.reopen,
            merge: self.merge,
            apply_to: ApplyTo::default(),
        })
    }
}
