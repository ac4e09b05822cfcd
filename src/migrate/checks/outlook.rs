//! M12: what each choice about the SLAs of history would make overdue at once.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Choice, some};
use crate::domain::Id;
use crate::domain::channel::Channel;
use crate::domain::migration::{Finding, FrozenMap, MapTarget};
use crate::domain::sla::clock::Outcome;
use crate::domain::sla::historic::{self, Historic};
use crate::domain::sla::{Clocks, Kind};
use crate::domain::ticket::Ticket;
use crate::domain::time::Time;
use crate::error::Result;
use crate::migrate::made;
use crate::migrate::rehearse::{self, Decided};
use crate::sla::kept::Kept;
use crate::sla::policies::Policies;
use crate::store::sla::clocks;
use crate::store::{Tx, pipelines};

/// What a move with history does to the SLAs, by the policy in force.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct SlaOutlook {
    pub chosen: historic::Choice,
    /// `apply`, `restart` and `exempt`, in this order.
    pub choices: Vec<ChoiceOutlook>,
}

/// What one choice does to the tickets that would be made, or come along.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ChoiceOutlook {
    pub choice: Historic,
    pub open: Effect,
    pub closed: Effect,
}

/// What it does to open tickets, or to closed ones.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "SlaEffect")]
pub struct Effect {
    pub tickets: i64,
    /// Tickets with a target that is overdue at once.
    pub overdue: i64,
    /// Tickets with a target that ended after it was due: they count as breaches in reports.
    pub missed: i64,
    pub targets: Vec<TargetEffect>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "SlaTargetEffect")]
pub struct TargetEffect {
    pub target: Kind,
    pub overdue: i64,
    pub missed: i64,
}

impl Default for Effect {
    fn default() -> Effect {
        let targets = Kind::ALL.map(|target| TargetEffect { target, overdue: 0, missed: 0 }).to_vec();
        Effect { tickets: 0, overdue: 0, missed: 0, targets }
    }
}

impl Effect {
    /// Counts a ticket whose clocks were taken to the moment of the move.
    fn add(&mut self, clocks: &Clocks) {
        let (mut overdue, mut missed) = (false, false);
        for target in &mut self.targets {
            let Some(clock) = clocks.get(target.target) else { continue };
            let late = clock.breached_at.is_some() || clock.end.is_some_and(|end| end.outcome == Outcome::Late);
            let ended = clock.end.is_some();
            target.overdue += i64::from(late && !ended);
            target.missed += i64::from(late && ended);
            overdue |= late && !ended;
            missed |= late && ended;
        }
        self.tickets += 1;
        self.overdue += i64::from(overdue);
        self.missed += i64::from(missed);
    }

    /// ` (first response 3, close 40)`; nothing where nothing is overdue.
    fn overdue_by_target(&self) -> String {
        let parts: Vec<String> = self
            .targets
            .iter()
            .filter(|target| target.overdue > 0)
            .map(|target| format!("{} {}", target.target.as_str().replace('_', " "), target.overdue))
            .collect();
        if parts.is_empty() { String::new() } else { format!(" ({})", parts.join(", ")) }
    }
}

/// What is the same for all tickets.
struct Reckoning<'a> {
    policies: Policies,
    channel: &'a Channel,
    now: Time,
    choices: Vec<ChoiceOutlook>,
}

/// Counts it, ticket by ticket, in constant memory; `None` where no policy is in force.
pub fn outlook(tx: &mut Tx<'_>, channel: &Channel, choice: &Choice<'_>) -> Result<Option<SlaOutlook>> {
    let Some(policies) = Policies::load_for_many(tx, choice.now)?.filter(|policies| policies.newest().is_some()) else { return Ok(None) };
    let assumed = if choice.map.is_some() { None } else { assumed_map(tx, channel, choice.now)? };
    let Some(map) = choice.map.or(assumed.as_ref()) else { return Ok(None) };
    let choices = [Historic::Apply, Historic::Restart, Historic::Exempt].map(|choice| ChoiceOutlook {
        choice,
        open: Effect::default(),
        closed: Effect::default(),
    });
    let mut reckoning = Reckoning { policies, channel, now: choice.now, choices: choices.to_vec() };
    rehearse::each_page(tx, channel, map, |tx, page| reckoning.page(tx, page))?;
    Ok(Some(SlaOutlook { chosen: choice.sla_historic, choices: reckoning.choices }))
}

impl Reckoning<'_> {
    fn page(&mut self, tx: &mut Tx<'_>, page: Vec<Decided>) -> Result<()> {
        // What is in the help desk has its clocks; a ticket that conversations share comes with the first.
        let comes = |ticket: &Ticket, first: bool| !ticket.in_help_desk && first;
        let moving = page.iter().filter_map(|decided| decided.ticket.as_ref().filter(|ticket| comes(ticket, decided.first_of_ticket)));
        let past = clocks::past_of_tickets(tx, &moving.map(|ticket| ticket.id).collect::<Vec<Id>>())?;
        for Decided { conversation, decision, ticket, first_of_ticket } in page {
            match (ticket, decision.made) {
                (Some(ticket), _) if comes(&ticket, first_of_ticket) => {
                    self.ticket(&ticket, &past.get(&ticket.id).copied().unwrap_or_default());
                }
                (None, Some(made)) => {
                    let ticket = made::ticket(0, made, &conversation, self.channel.kind, None);
                    self.ticket(&ticket, &conversation.answers);
                }
                _ => {}
            }
        }
        Ok(())
    }

    fn ticket(&mut self, ticket: &Ticket, past: &crate::domain::conversation::Answers) {
        let Some(in_force) = self.policies.newest() else { return };
        for outlook in &mut self.choices {
            let kept = Kept::begin(&self.policies, in_force.clone(), ticket, past, outlook.choice, self.now);
            if ticket.open { outlook.open.add(&kept.clocks) } else { outlook.closed.add(&kept.clocks) }
        }
    }
}

/// Until a map is chosen: the first stages of the pipeline in which the channel's tickets are made.
fn assumed_map(tx: &mut Tx<'_>, channel: &Channel, now: Time) -> Result<Option<FrozenMap>> {
    let stages = pipelines::stages(tx)?;
    let named = channel.settings.ticket_creation.stage.and_then(|id| stages.iter().find(|stage| stage.id == id));
    let pipeline = named.or(stages.first()).map(|stage| stage.pipeline_id);
    let first = |open: bool| stages.iter().find(|stage| Some(stage.pipeline_id) == pipeline && stage.is_open() == open);
    let open = named.filter(|stage| stage.is_open()).or_else(|| first(true)).map(MapTarget::from);
    let closed = first(false).map(MapTarget::from);
    Ok(open.zip(closed).map(|(open, closed)| FrozenMap {
        rules: Vec::new(),
        open,
        closed,
        at: now,
        zone: "UTC".into(),
        me: String::new(),
        users: None,
    }))
}

impl SlaOutlook {
    fn of(&self, choice: Historic) -> Option<&ChoiceOutlook> {
        self.choices.iter().find(|outlook| outlook.choice == choice)
    }

    /// How many tickets what was chosen makes overdue at once.
    pub fn overdue(&self) -> i64 {
        self.of(self.chosen.open).map_or(0, |outlook| outlook.open.overdue)
    }

    /// The same as a sentence: what was chosen first, then the others.
    pub fn finding(&self) -> Finding {
        let open = self.of(self.chosen.open).map(|outlook| outlook.open.clone()).unwrap_or_default();
        let closed = self.of(self.chosen.closed).map(|outlook| outlook.closed.clone()).unwrap_or_default();
        let overdue = match open.overdue {
            0 => "no open ticket is overdue at once".to_owned(),
            n => format!(
                "{n} of {} {} overdue at once{}",
                some(open.tickets, "open ticket"),
                if n == 1 { "is" } else { "are" },
                open.overdue_by_target()
            ),
        };
        let missed = match closed.missed {
            0 => "no closed one counts as missed".to_owned(),
            n => format!("{n} of {} closed ones count{} as missed", closed.tickets, if n == 1 { "s" } else { "" }),
        };
        let plain = |choice: Historic| historic::Choice { open: choice, closed: choice } != self.chosen;
        let others = self.choices.iter().filter(|outlook| plain(outlook.choice)).map(ChoiceOutlook::briefly);
        let others: Vec<String> = others.collect();
        let message = format!("SLAs: with --sla-historic {} {overdue} and {missed}; {}", self.chosen, others.join("; "));
        Finding::info("sla_historic", "M12", message)
            .detail("chosen", self.chosen.to_string())
            .detail("overdue", open.overdue)
            .detail("missed", closed.missed)
    }
}

impl ChoiceOutlook {
    fn briefly(&self) -> String {
        match (self.open.overdue, self.closed.missed) {
            (0, 0) => format!("{}: none", self.choice),
            (overdue, missed) => format!("{}: {overdue} overdue, {missed} missed", self.choice),
        }
    }
}
