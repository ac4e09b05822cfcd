//! The flow from conversation status to ticket status: where conversations came from, where their tickets stand.

use crate::domain::conversation::Status;
use crate::ops::migrations::ReportData;

/// What a conversation was before the move.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Origin {
    Open,
    Closed,
    HadTicket,
    InHelpDesk,
}

impl Origin {
    pub fn label(self) -> &'static str {
        match self {
            Origin::Open => "Open, no ticket",
            Origin::Closed => "Closed, no ticket",
            Origin::HadTicket => "Had a ticket",
            Origin::InHelpDesk => "In the help desk already",
        }
    }

    /// The class of its colour in the page's style.
    pub fn class(self) -> &'static str {
        match self {
            Origin::Open => "open",
            Origin::Closed => "closed",
            Origin::HadTicket => "had",
            Origin::InHelpDesk => "kept",
        }
    }
}

/// Conversations from one source to one target.
#[derive(Clone, Debug, PartialEq)]
pub struct Link {
    pub from: Origin,
    /// Index in `targets`.
    pub to: usize,
    pub count: i64,
}

/// Every conversation that moved, from what it was to where its ticket stands.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Flows {
    /// Stages, in the order of their pipelines as far as the data tells it.
    pub targets: Vec<String>,
    /// Ordered by source, then target; counts above zero only.
    pub links: Vec<Link>,
    /// Moved, but where its ticket stands is not known any more (the ticket or its stage was deleted since).
    pub unplaced: i64,
}

/// Where conversations go that were left as they were.
pub const UNCHANGED: &str = "left as it was";

impl Flows {
    pub fn of(report: &ReportData) -> Flows {
        let made = report.made.iter().map(|flow| {
            let from = if flow.status == Status::Open { Origin::Open } else { Origin::Closed };
            (from, flow.stage.as_str(), flow.conversations)
        });
        let moved = report.moved.iter().map(|flow| (Origin::HadTicket, flow.stage.as_str(), flow.conversations));
        let kept = report.exceptions.iter().filter(|exception| exception.code == "kept_in_help_desk").count() as i64;
        let mut flows = Flows::default();
        for (from, stage, count) in made.chain(moved).chain([(Origin::InHelpDesk, UNCHANGED, kept)]) {
            flows.add(from, stage, count);
        }
        flows.links.sort_by_key(|link| (link.from, link.to));
        flows.unplaced = (report.status.done - flows.total()).max(0);
        flows
    }

    fn add(&mut self, from: Origin, stage: &str, count: i64) {
        if count <= 0 {
            return;
        }
        let to = self.targets.iter().position(|target| target == stage).unwrap_or_else(|| {
            self.targets.push(stage.to_owned());
            self.targets.len() - 1
        });
        match self.links.iter_mut().find(|link| link.from == from && link.to == to) {
            Some(link) => link.count += count,
            None => self.links.push(Link { from, to, count }),
        }
    }

    pub fn total(&self) -> i64 {
        self.links.iter().map(|link| link.count).sum()
    }

    /// The sources that there are, in their order.
    pub fn sources(&self) -> Vec<Origin> {
        let mut sources: Vec<Origin> = self.links.iter().map(|link| link.from).collect();
        sources.dedup();
        sources
    }

    pub fn out_of(&self, from: Origin) -> i64 {
        self.links.iter().filter(|link| link.from == from).map(|link| link.count).sum()
    }

    pub fn ending_in(&self, to: usize) -> i64 {
        self.links.iter().filter(|link| link.to == to).map(|link| link.count).sum()
    }
}
