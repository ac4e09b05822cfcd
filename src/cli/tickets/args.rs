//! What the verbs of `deskctl tickets` take.

use std::collections::BTreeMap;

use clap::Args;

use crate::cli::args::named;
use crate::cli::conversations::status;
use crate::cli::page::TokenArgs;
use crate::domain::Id;
use crate::domain::conversation::Status;
use crate::domain::ticket::{Priority, Source};
use crate::ops::tickets::{self as ops, Associations, Step};

/// `region=North`.
fn setting(typed: &str) -> Result<(String, String), String> {
    let (name, value) = typed.split_once('=').ok_or_else(|| format!("\"{typed}\" is not of the form NAME=VALUE"))?;
    Ok((name.trim().to_owned(), value.to_owned()))
}

#[derive(Args)]
pub struct ListArgs {
    /// Also tickets outside the help desk, such as imported ones
    #[arg(long)]
    pub everywhere: bool,
    /// Only tickets in open or in closed stages
    #[arg(long, value_parser = status, value_name = "open|closed")]
    pub status: Option<Status>,
    /// Only this owner's: an address, me or none
    #[arg(long, value_name = "EMAIL|me|none")]
    pub owner: Option<String>,
    /// Only this stage: a name, an id or Pipeline/Stage
    #[arg(long)]
    pub stage: Option<String>,
    /// Only this pipeline (name or id)
    #[arg(long)]
    pub pipeline: Option<String>,
    /// Only this team (name or id)
    #[arg(long)]
    pub team: Option<String>,
    /// Spam, which is not shown otherwise
    #[arg(long)]
    pub spam: bool,
    /// Deleted tickets that can be restored, the newest first
    #[arg(long, conflicts_with_all = ["everywhere", "status", "owner", "stage", "pipeline", "team", "spam", "filter", "sort"])]
    pub deleted: bool,
    /// Only what matches this filter, such as 'open and priority >= HIGH'; JSON, or @FILE, are read too
    #[arg(long = "where", value_name = "FILTER|@FILE")]
    pub filter: Option<String>,
    /// The order: any property, with :desc for the largest first
    #[arg(long, value_name = "PROPERTY[:desc]")]
    pub sort: Option<String>,
    #[command(flatten)]
    pub page: TokenArgs,
}

#[derive(Args)]
pub struct CreateArgs {
    /// What it is about
    #[arg(long)]
    pub name: String,
    /// Its stage: a name, an id or Pipeline/Stage
    #[arg(long)]
    pub stage: String,
    /// Its pipeline (name or id), where the stage's name is not enough
    #[arg(long)]
    pub pipeline: Option<String>,
    /// Its owner: an address, me or none
    #[arg(long, value_name = "EMAIL|me|none")]
    pub owner: Option<String>,
    /// Its team; without it the owner's main team
    #[arg(long, value_name = "NAME|ID")]
    pub team: Option<String>,
    /// A contact; may be repeated, the first is the main one
    #[arg(long = "contact", value_name = "EMAIL|ID")]
    pub contacts: Vec<String>,
    /// Its company
    #[arg(long, value_name = "NAME|ID")]
    pub company: Option<String>,
    /// A deal; may be repeated
    #[arg(long = "deal", value_name = "NAME|ID")]
    pub deals: Vec<String>,
    /// LOW, MEDIUM, HIGH or URGENT
    #[arg(long, value_parser = named::<Priority>(Priority::NAMES), ignore_case = true)]
    pub priority: Option<Priority>,
    /// Its category
    #[arg(long)]
    pub category: Option<String>,
    /// More about it
    #[arg(long)]
    pub description: Option<String>,
    /// Where it comes from; without it MANUAL
    #[arg(long, value_parser = named::<Source>(Source::NAMES), ignore_case = true)]
    pub source: Option<Source>,
    /// A custom property; may be repeated
    #[arg(long, value_name = "NAME=VALUE", value_parser = setting)]
    pub set: Vec<(String, String)>,
    /// Not in the help desk
    #[arg(long)]
    pub outside: bool,
}

#[derive(Args)]
pub struct UpdateArgs {
    /// The tickets' ids
    #[arg(required_unless_present = "filter")]
    pub ids: Vec<Id>,
    /// Instead of ids: every ticket of the help desk that you may see and that matches this filter; JSON, or @FILE, are read too
    #[arg(long = "where", value_name = "FILTER|@FILE", conflicts_with = "ids")]
    pub filter: Option<String>,
    /// A stage: a name (of its own pipeline first), an id or Pipeline/Stage
    #[arg(long, group = "step")]
    pub stage: Option<String>,
    /// Into the first closed stage of its pipeline
    #[arg(long, group = "step")]
    pub close: bool,
    /// Into the first open stage of its pipeline
    #[arg(long, group = "step")]
    pub reopen: bool,
    /// The owner, whose main team becomes the ticket's team: an address, me or none
    #[arg(long, value_name = "EMAIL|me|none")]
    pub owner: Option<String>,
    /// The team: a name, an id or none
    #[arg(long, value_name = "NAME|ID|none")]
    pub team: Option<String>,
    /// LOW, MEDIUM, HIGH, URGENT or none
    #[arg(long)]
    pub priority: Option<String>,
    /// The category; an empty one removes it
    #[arg(long)]
    pub category: Option<String>,
    /// The name
    #[arg(long)]
    pub name: Option<String>,
    /// The description; an empty one removes it
    #[arg(long)]
    pub description: Option<String>,
    /// The company; an empty one removes it
    #[arg(long, value_name = "NAME|ID")]
    pub company: Option<String>,
    /// Tie a contact to it; may be repeated
    #[arg(long = "add-contact", value_name = "EMAIL|ID")]
    pub add_contacts: Vec<String>,
    /// Part a contact from it; may be repeated
    #[arg(long = "remove-contact", value_name = "EMAIL|ID")]
    pub remove_contacts: Vec<String>,
    /// Tie a deal to it; may be repeated
    #[arg(long = "add-deal", value_name = "NAME|ID")]
    pub add_deals: Vec<String>,
    /// Part a deal from it; may be repeated
    #[arg(long = "remove-deal", value_name = "NAME|ID")]
    pub remove_deals: Vec<String>,
    /// A custom property; an empty value takes it away; may be repeated
    #[arg(long, value_name = "NAME=VALUE", value_parser = setting)]
    pub set: Vec<(String, String)>,
}

impl CreateArgs {
    pub fn operation(self) -> ops::Create {
        ops::Create {
            name: self.name,
            stage: self.stage,
            pipeline: self.pipeline,
            owner: self.owner,
            team: self.team,
            contacts: self.contacts,
            company: self.company,
            deals: self.deals,
            priority: self.priority,
            category: self.category,
            description: self.description,
            source: self.source,
            set: BTreeMap::from_iter(self.set),
            outside: self.outside,
        }
    }
}

impl UpdateArgs {
    /// Which tickets, and what to change on them.
    pub fn changes(self) -> (Vec<Id>, ops::Changes) {
        let step = match (self.stage, self.close, self.reopen) {
            (Some(stage), _, _) => Some(Step::To(stage)),
            (None, true, _) => Some(Step::Close),
            (None, false, true) => Some(Step::Reopen),
            (None, false, false) => None,
        };
        let changes = ops::Changes {
            step,
            owner: self.owner,
            team: self.team,
            priority: self.priority,
            category: self.category,
            name: self.name,
            description: self.description,
            company: self.company,
            associations: Associations {
                add_contacts: self.add_contacts,
                remove_contacts: self.remove_contacts,
                add_deals: self.add_deals,
                remove_deals: self.remove_deals,
            },
            set: BTreeMap::from_iter(self.set),
        };
        (self.ids, changes)
    }
}
