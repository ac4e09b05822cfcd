//! `deskctl tickets`

use clap::{Args, Subcommand};

use super::App;
use super::args::named;
use super::conversations::status;
use super::page::PageArgs;
use crate::domain::Id;
use crate::domain::conversation::Status;
use crate::domain::search::Field;
use crate::domain::ticket::Priority;
use crate::error::{Exit, Result};
use crate::ops::page::{LARGEST, usual_limit};
use crate::ops::tickets::{self as ops, Order, Step};
use crate::output::emphasized;

#[derive(Subcommand)]
pub enum Verb {
    /// List the help desk's tickets that you may see, newest activity first
    #[command(
        after_help = "Examples:\n  deskctl tickets list --status open --owner none\n  deskctl tickets list --stage \"Support/Waiting on us\"\n  deskctl tickets list --spam\n  deskctl tickets list --all -o json"
    )]
    List(ListArgs),
    /// Show a ticket with its contacts, conversations and history
    #[command(after_help = "Examples:\n  deskctl tickets show 7\n  deskctl tickets show 7 -o json | jq '.history'")]
    Show {
        /// Its id
        id: Id,
    },
    /// Find tickets by name, id, description, contact (names, phones, email) or company, the newest first
    #[command(
        after_help = "Words match from their beginning, in any case and with or without accents; all of them must be found.\n\"Quoted words\" match as they are and side by side. Numbers and addresses are found by any part of three characters.\n\nExamples:\n  deskctl tickets search broken lamp\n  deskctl tickets search '\"out of order\"' --by relevance\n  deskctl tickets search lamps.example\n  deskctl tickets search '600 100 200' -o json"
    )]
    Search(SearchArgs),
    /// Make a ticket by hand
    #[command(
        after_help = "Examples:\n  deskctl tickets create --name \"Broken lamp\" --stage New\n  deskctl tickets create --name \"Call back\" --stage New --pipeline Support --contact jan@example.com --owner me --priority HIGH"
    )]
    Create(Box<CreateArgs>),
    /// Change tickets; what is not named stays as it is
    #[command(
        after_help = "Examples:\n  deskctl tickets update 7 --stage \"Waiting on contact\"\n  deskctl tickets update 7 8 9 --close\n  deskctl tickets update 7 --owner none --priority none --category \"\""
    )]
    Update(Box<UpdateArgs>),
    /// Delete tickets with their links; their conversations stay
    #[command(after_help = "Examples:\n  deskctl tickets delete 7\n  deskctl tickets delete 7 8 --yes")]
    Delete {
        /// The tickets' ids
        #[arg(required = true)]
        ids: Vec<Id>,
    },
}

#[derive(Args)]
pub struct ListArgs {
    /// Also tickets outside the help desk, such as imported ones
    #[arg(long)]
    all: bool,
    /// Only tickets in open or in closed stages
    #[arg(long, value_parser = status, value_name = "open|closed")]
    status: Option<Status>,
    /// Only this owner's: an address, me or none
    #[arg(long, value_name = "EMAIL|me|none")]
    owner: Option<String>,
    /// Only this stage: a name, an id or Pipeline/Stage
    #[arg(long)]
    stage: Option<String>,
    /// Only this pipeline (name or id)
    #[arg(long)]
    pipeline: Option<String>,
    /// Only this team (name or id)
    #[arg(long)]
    team: Option<String>,
    /// Spam, which is not shown otherwise
    #[arg(long)]
    spam: bool,
    /// How many to print
    #[arg(long, value_name = "N", default_value_t = usual_limit(), value_parser = clap::value_parser!(i64).range(1..=LARGEST))]
    limit: i64,
    /// Go on where the page before ended, with what it printed
    #[arg(long, value_name = "TOKEN")]
    after: Option<String>,
}

#[derive(Args)]
pub struct SearchArgs {
    /// What to look for
    #[arg(required = true, value_name = "TEXT")]
    text: Vec<String>,
    /// In spam, which is not searched otherwise
    #[arg(long)]
    spam: bool,
    /// In which order: newest, or relevance (the best of the newest 1000)
    #[arg(long, value_name = "ORDER", default_value = "newest", hide_default_value = true, value_parser = named::<Order>(Order::NAMES))]
    by: Order,
    #[command(flatten)]
    page: PageArgs,
}

#[derive(Args)]
pub struct CreateArgs {
    /// What it is about
    #[arg(long)]
    name: String,
    /// Its stage: a name, an id or Pipeline/Stage
    #[arg(long)]
    stage: String,
    /// Its pipeline (name or id), where the stage's name is not enough
    #[arg(long)]
    pipeline: Option<String>,
    /// Its owner: an address, me or none
    #[arg(long, value_name = "EMAIL|me|none")]
    owner: Option<String>,
    /// A contact; may be repeated, the first is the main one
    #[arg(long = "contact", value_name = "EMAIL|ID")]
    contacts: Vec<String>,
    /// Its company
    #[arg(long, value_name = "NAME|ID")]
    company: Option<String>,
    /// LOW, MEDIUM, HIGH or URGENT
    #[arg(long, value_parser = named::<Priority>(Priority::NAMES), ignore_case = true)]
    priority: Option<Priority>,
    /// Its category
    #[arg(long)]
    category: Option<String>,
    /// More about it
    #[arg(long)]
    description: Option<String>,
    /// Not in the help desk
    #[arg(long)]
    outside: bool,
}

#[derive(Args)]
pub struct UpdateArgs {
    /// The tickets' ids
    #[arg(required = true)]
    ids: Vec<Id>,
    /// A stage: a name (of its own pipeline first), an id or Pipeline/Stage
    #[arg(long, group = "step")]
    stage: Option<String>,
    /// Into the first closed stage of its pipeline
    #[arg(long, group = "step")]
    close: bool,
    /// Into the first open stage of its pipeline
    #[arg(long, group = "step")]
    reopen: bool,
    /// The owner, whose main team becomes the ticket's team: an address, me or none
    #[arg(long, value_name = "EMAIL|me|none")]
    owner: Option<String>,
    /// LOW, MEDIUM, HIGH, URGENT or none
    #[arg(long)]
    priority: Option<String>,
    /// The category; an empty one removes it
    #[arg(long)]
    category: Option<String>,
    /// The name
    #[arg(long)]
    name: Option<String>,
    /// The description; an empty one removes it
    #[arg(long)]
    description: Option<String>,
}

const COLUMNS: &[&str] = &["id", "name", "stage", "owner", "priority", "source", "contact", "last_activity_at"];

pub fn run(verb: Verb, app: &mut App) -> Result<Exit> {
    match verb {
        Verb::List(arguments) => list(arguments, app)?,
        Verb::Show { id } => {
            let shown = app.run(ops::Show { ticket: id })?;
            app.out.one(&shown)?;
        }
        Verb::Search(arguments) => search(arguments, app)?,
        Verb::Create(arguments) => create(*arguments, app)?,
        Verb::Update(arguments) => update(*arguments, app)?,
        Verb::Delete { ids } => {
            let listed = ids.iter().map(Id::to_string).collect::<Vec<_>>().join(", ");
            app.confirm(&format!("Delete {} {listed}", if ids.len() == 1 { "ticket" } else { "tickets" }))?;
            let gone = app.run(ops::Delete { tickets: ids })?;
            app.out.list("tickets", &gone, &["id", "name", "conversations"])?;
        }
    }
    Ok(Exit::Done)
}

fn list(arguments: ListArgs, app: &mut App) -> Result<()> {
    let page = app.run(ops::List {
        everywhere: arguments.all,
        status: arguments.status,
        owner: arguments.owner,
        stage: arguments.stage,
        pipeline: arguments.pipeline,
        team: arguments.team,
        spam: arguments.spam,
        after: arguments.after,
        limit: arguments.limit,
    })?;
    app.out.list("tickets", &page.items, COLUMNS)?;
    if let Some(next) = page.next {
        app.notices.notice(&format!("{} shown; more with --after {next}", page.items.len()));
    }
    Ok(())
}

const FOUND: &[&str] = &["id", "name", "stage", "contact", "matched", "created_at"];

fn search(arguments: SearchArgs, app: &mut App) -> Result<()> {
    let SearchArgs { text, spam, by, page } = arguments;
    let text = text.join(" ");
    let emphasis = app.out.options().emphasis();
    super::page::print(app, &page, "tickets found", FOUND, |app, page| {
        let mut found = app.run(ops::Search { text: text.clone(), spam, by, page })?;
        if emphasis {
            found.items.iter_mut().for_each(emphasize);
        }
        Ok(found)
    })
}

/// Marks what was found in the texts that tables show.
fn emphasize(found: &mut ops::FoundRow) {
    found.matched = found.describe(|hit| emphasized(&hit.text, &hit.spans));
    // A name of which there is only an excerpt is left as it is.
    if let Some(name) = found.matches.iter().find(|hit| hit.field == Field::Name && hit.text == found.row.name) {
        found.row.name = emphasized(&name.text, &name.spans);
    }
}

fn create(arguments: CreateArgs, app: &mut App) -> Result<()> {
    let made = app.run(ops::Create {
        name: arguments.name,
        stage: arguments.stage,
        pipeline: arguments.pipeline,
        owner: arguments.owner,
        contacts: arguments.contacts,
        company: arguments.company,
        priority: arguments.priority,
        category: arguments.category,
        description: arguments.description,
        outside: arguments.outside,
    })?;
    app.out.one(&made)
}

fn update(arguments: UpdateArgs, app: &mut App) -> Result<()> {
    let step = match (arguments.stage, arguments.close, arguments.reopen) {
        (Some(stage), _, _) => Some(Step::To(stage)),
        (None, true, _) => Some(Step::Close),
        (None, false, true) => Some(Step::Reopen),
        (None, false, false) => None,
    };
    let changed = app.run(ops::Update {
        tickets: arguments.ids,
        step,
        owner: arguments.owner,
        priority: arguments.priority,
        category: arguments.category,
        name: arguments.name,
        description: arguments.description,
    })?;
    app.out.list("tickets", &changed, COLUMNS)
}
