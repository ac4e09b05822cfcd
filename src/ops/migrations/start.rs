//! `migrations start`: the same checks as the plan, and the run's row. The worker does the rest.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::plan::{Plan, check_map_shape, check_sla_historic, freeze, named_channels};
use super::status::{Status, status};
use crate::domain::bounds;
use crate::domain::channel::Channel;
use crate::domain::migration::{Agents, Finding, FrozenMap, History, Level, Phase, RunState};
use crate::domain::sla;
use crate::domain::time::{MINUTE_MS, SECOND_MS, Time, human_seconds};
use crate::domain::user::Permission;
use crate::domain::when::{Clock, When};
use crate::error::{Error, Exit, Result, nearest};
use crate::migrate::checks::{self, Choice};
use crate::migrate::clock;
use crate::ops::{Desk, Operation};
use crate::store::inboxes;
use crate::store::migrations::{self, Counts, Run};

/// Every warning that `--accept` can name.
pub const WARNINGS: &[&str] = &[
    "agents_without_access",
    "sla_missing",
    "owners_lost",
    "ticket_creation_off",
    "open_to_closed_stage",
    "closed_to_open_stage",
    "form_companions",
];

/// Starts the migration of one or several channels, one after the other.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Start {
    pub channels: Vec<String>,
    pub history: History,
    #[serde(default)]
    #[schemars(inner(length(max = bounds::LONG)))]
    pub map: Vec<String>,
    #[serde(default)]
    pub mute_notifications: bool,
    /// Codes of warnings that are accepted.
    #[serde(default)]
    pub accept: Vec<String>,
    /// Every warning must be accepted.
    #[serde(default)]
    pub strict: bool,
    /// When it is to begin; at once if absent. A bare time of day is the next one; a time in the past is refused.
    pub at: Option<When>,
    /// M12: what becomes of the SLAs of history: `apply`, `restart`, `exempt`, or `open=…,closed=…`.
    #[serde(default)]
    pub sla_historic: sla::historic::Choice,
}

impl Operation for Start {
    const NAME: &'static str = "migrations.start";
    const WRITES: bool = true;
    type Output = Status;

    fn needs(&self) -> Permission {
        Permission::SuperAdmin
    }

    fn run(self, desk: &mut Desk<'_>) -> Result<Status> {
        check_map_shape(self.history, &self.map)?;
        check_sla_historic(self.history, self.sla_historic)?;
        self.check_accepted_codes()?;
        let start_at = self.start_at(desk)?;
        let channels = named_channels(desk, &self.channels)?;
        let map = if self.history == History::All { Some(freeze(desk, &self.map)?) } else { None };
        clock::refuse_set_back(&mut desk.tx, desk.now, &self.accept)?;
        for channel in &channels {
            self.check(desk, channel, map.as_ref())?;
        }
        Self::tell_start(desk, start_at)?;
        let run = self.new_run(desk, channels, map, start_at)?;
        // Of two starts at once the second is refused by the unique index; run again, it finds the first, and says so.
        migrations::insert(&mut desk.tx, &run)?;
        status(desk, run)
    }
}

impl Start {
    /// The plan for the same choices.
    pub fn plan(&self) -> Plan {
        Plan {
            channels: self.channels.clone(),
            history: Some(self.history),
            map: self.map.clone(),
            full: false,
            sla_historic: self.sla_historic,
        }
    }

    /// When it begins. It cannot be undone, so a time that has passed is refused: it may have been meant for tomorrow.
    fn start_at(&self, desk: &mut Desk<'_>) -> Result<Time> {
        let Some(at) = &self.at else { return Ok(desk.now) };
        let start_at = desk.instant(at, Clock::Next)?;
        if start_at < desk.now {
            let ago = human_seconds((desk.now.0 - start_at.0) / SECOND_MS);
            return Err(Error::usage("start_in_the_past", format!("--at {at} was {ago} ago; a migration starts at once without --at"))
                .hint("name a time to come, such as 02:00, \"tomorrow 02:00\" or +2h"));
        }
        Ok(start_at)
    }

    /// Says when it begins, where that is not now; to the next full minute, as clocks on a wall would say it.
    fn tell_start(desk: &mut Desk<'_>, start_at: Time) -> Result<()> {
        let minutes = (start_at.0 - desk.now.0 + MINUTE_MS - 1) / MINUTE_MS;
        if minutes > 0 {
            let local = start_at.local(&desk.zone()?);
            desk.notice(format!("starts in {}, at {local}", human_seconds(minutes * MINUTE_MS / SECOND_MS)));
        }
        Ok(())
    }

    fn check_accepted_codes(&self) -> Result<()> {
        check_accepted(&self.accept, &[WARNINGS, &[clock::SET_BACK]].concat())
    }

    /// The first refusal answers: a blocking rule (6), then warnings that were not accepted (10).
    fn check(&self, desk: &mut Desk<'_>, channel: &Channel, map: Option<&FrozenMap>) -> Result<()> {
        let choice = Choice { history: self.history, map, thorough: false, sla_historic: self.sla_historic, now: desk.now };
        let findings = checks::obstacles(&mut desk.tx, channel, &choice)?;
        let of = |level: Level| -> Vec<&Finding> { findings.iter().filter(|finding| finding.level == level).collect() };
        if let Some(first) = of(Level::Blocking).first() {
            return Err(refusal(channel, first));
        }
        let warnings = of(Level::Warning);
        let open: Vec<&&Finding> = warnings.iter().filter(|warning| !self.accept.contains(&warning.code)).collect();
        if self.strict && !open.is_empty() {
            let codes: Vec<String> = open.iter().map(|finding| finding.code.clone()).collect();
            let said: Vec<String> =
                open.iter().map(|finding| format!("{} ({}): {}", finding.code, finding.rule, finding.message)).collect();
            let accept: Vec<String> = codes.iter().map(|code| format!("--accept {code}")).collect();
            return Err(Error::new(Exit::Blocked, "warnings_not_accepted", format!("warnings were not accepted: {}", said.join("; ")))
                .hint(format!("cure them, or accept each: {}", accept.join(" ")))
                .detail("codes", codes));
        }
        for warning in open {
            desk.notice(format!("warning {} ({}): {}", warning.code, warning.rule, warning.message));
        }
        Ok(())
    }

    fn new_run(&self, desk: &mut Desk<'_>, channels: Vec<Channel>, map: Option<FrozenMap>, start_at: Time) -> Result<Run> {
        let mut channels = channels.into_iter();
        let first = channels.next().ok_or_else(|| Error::usage("usage", "name at least one channel"))?;
        Ok(Run {
            id: desk.tx.new_id("migrations")?,
            channel_id: first.id,
            history: self.history,
            map,
            agents: Agents::new(),
            channel_before: first,
            help_desk_id: inboxes::help_desk(&mut desk.tx)?.id,
            muted: self.mute_notifications,
            next_channels: channels.map(|channel| channel.id).collect(),
            accepted: self.accept.clone(),
            state: RunState::Scheduled,
            phase: Phase::Preparing,
            last_error: None,
            boundary: None,
            pass: 0,
            cursor: 0,
            counts: Counts::default(),
            fence: 0,
            busy_ms: 0,
            start_at: Some(start_at),
            started_at: desk.now,
            updated_at: desk.now,
            finished_at: None,
            started_by: desk.actor.id,
            log: None,
            served: desk.is_served(),
            sla_historic: self.sla_historic,
        })
    }
}

/// Refuses a code that is none of those that can be accepted.
pub fn check_accepted(codes: &[String], known: &[&str]) -> Result<()> {
    match codes.iter().find(|code| !known.contains(&code.as_str())) {
        None => Ok(()),
        Some(unknown) => {
            let near = nearest(unknown, known.iter().copied());
            let hint = near.first().map_or_else(|| format!("warnings are {}", known.join(", ")), |near| format!("did you mean {near}?"));
            Err(Error::usage("unknown_warning", format!("there is no warning \"{unknown}\" to accept")).hint(hint))
        }
    }
}

fn refusal(channel: &Channel, finding: &Finding) -> Error {
    let error = Error::new(Exit::Refused, finding.code.clone(), finding.message.clone())
        .detail("rule", finding.rule.clone())
        .detail("channel", channel.address.clone());
    let error = finding.details.iter().fold(error, |error, (key, value)| error.detail(key, value.clone()));
    match finding.code.as_str() {
        "migration_active" => error.hint(finding.details.get("cure").and_then(|cure| cure.as_str()).unwrap_or_default()),
        "kind_cannot_move" => error.hint(steps_of(finding)),
        "bot_in_the_way" => error.hint("change the bot, or the conditions: deskctl bots conditions list"),
        "no_help_desk" => error.hint("deskctl inboxes create \"Help desk\" --kind help_desk"),
        "already_moved" => error.hint("deskctl migrations list shows when; deskctl migrations verify shows that all of it is there"),
        _ => error.hint(format!("deskctl migrations plan {} tells more", channel.address)),
    }
}

/// The finding's steps, a line each.
fn steps_of(finding: &Finding) -> String {
    let steps = finding.details.get("steps").and_then(|steps| steps.as_array());
    let steps = steps.into_iter().flatten().filter_map(|step| step.as_str()).enumerate();
    steps.fold("do this instead:".to_owned(), |hint, (number, step)| format!("{hint}\n{}. {step}", number + 1))
}
