//! `deskctl tickets`

mod args;
mod bulk;
mod search;

use clap::Subcommand;
use serde_json::{Value, json};

use super::App;
use super::filters::given;
use super::page::{self, TokenArgs};
use crate::domain::Id;
use crate::domain::time::human_seconds;
use crate::error::{Exit, Result};
use crate::ops::page::LARGEST;
use crate::ops::tickets::{self as ops, TicketShown};
use crate::output::Format;
use args::{CreateArgs, ListArgs, UpdateArgs};

#[derive(Subcommand)]
pub enum Verb {
    /// List the help desk's tickets that you may see, newest activity first
    #[command(
        after_help = "Examples:\n  deskctl tickets list --status open --owner none\n  deskctl tickets list --stage \"Support/Waiting on us\"\n  deskctl tickets list --spam\n  deskctl tickets list --where 'status = \"Waiting on us\" and priority in (HIGH, URGENT) and created_at > -7d and owner = me'\n  deskctl tickets list --where 'not (team = my team or category contains refund)' --sort priority:desc\n  deskctl tickets list --everywhere -o json\n  deskctl tickets list --deleted"
    )]
    List(ListArgs),
    /// Show a ticket with its contacts, conversations, SLA and history; of a merged one the ticket that lives on
    #[command(
        after_help = "Examples:\n  deskctl tickets show 7\n  deskctl tickets show 7 --messages 100\n  deskctl tickets show 7 -o json | jq '.history'"
    )]
    Show {
        /// Its id
        id: Id,
        /// How many of the newest messages to show
        #[arg(long, value_name = "N", default_value_t = 10, value_parser = clap::value_parser!(i64).range(0..=LARGEST))]
        messages: i64,
    },
    /// Find tickets by name, id, description, contact (names, phones, email) or company, the newest first
    #[command(
        after_help = "Words match from their beginning, in any case and with or without accents; all of them must be found.\n\"Quoted words\" match as they are and side by side. Numbers and addresses are found by any part of three characters.\n\nExamples:\n  deskctl tickets search broken lamp\n  deskctl tickets search '\"out of order\"' --by relevance\n  deskctl tickets search lamps.example\n  deskctl tickets search '600 100 200' -o json"
    )]
    Search(search::SearchArgs),
    /// Make a ticket by hand
    #[command(
        after_help = "Examples:\n  deskctl tickets create --name \"Broken lamp\" --stage New\n  deskctl tickets create --name \"Call back\" --stage New --pipeline Support --contact jan@example.com --owner me --priority HIGH\n  deskctl tickets create --name \"Repair\" --stage New --deal \"Grinders 2026\" --set region=North"
    )]
    Create(Box<CreateArgs>),
    /// Change tickets; what is not named stays as it is
    #[command(
        after_help = "Examples:\n  deskctl tickets update 7 --stage \"Waiting on contact\"\n  deskctl tickets update 7 8 9 --close\n  deskctl tickets update 7 --owner none --priority none --category \"\"\n  deskctl tickets update 7 --add-contact eva@example.com --set region=South --set due=\n  deskctl tickets update --where 'status = New and created_at < -30d' --close"
    )]
    Update(Box<UpdateArgs>),
    /// Merge tickets into one, which holds both histories; this cannot be undone
    #[command(after_help = "Examples:\n  deskctl tickets merge 7 9 --yes\n  deskctl tickets merge 7 9 12")]
    Merge {
        /// The ticket that lives on
        id: Id,
        /// The tickets that become a part of it
        #[arg(required = true)]
        others: Vec<Id>,
    },
    /// Delete tickets; their conversations stay, and for 90 days they can be restored
    #[command(after_help = "Examples:\n  deskctl tickets delete 7\n  deskctl tickets delete 7 8 --yes")]
    Delete {
        /// The tickets' ids
        #[arg(required = true)]
        ids: Vec<Id>,
    },
    /// Bring deleted tickets back
    #[command(after_help = "Examples:\n  deskctl tickets list --deleted\n  deskctl tickets restore 7")]
    Restore {
        /// The tickets' ids
        #[arg(required = true)]
        ids: Vec<Id>,
    },
    /// List what was changed on a ticket, by whom and when, the newest first
    #[command(after_help = "Examples:\n  deskctl tickets history 7\n  deskctl tickets history 7 --all -o ndjson")]
    History {
        /// Its id
        id: Id,
        #[command(flatten)]
        page: TokenArgs,
    },
    /// Follow tickets: they show in your view Following
    #[command(after_help = "Examples:\n  deskctl tickets follow 7 8")]
    Follow {
        /// The tickets' ids
        #[arg(required = true)]
        ids: Vec<Id>,
    },
    /// Follow tickets no longer
    #[command(after_help = "Examples:\n  deskctl tickets unfollow 7")]
    Unfollow {
        /// The tickets' ids
        #[arg(required = true)]
        ids: Vec<Id>,
    },
}

pub(super) const COLUMNS: &[&str] = &["id", "name", "stage", "owner", "priority", "source", "contact", "last_activity_at"];
const DELETED: &[&str] = &["id", "name", "deleted_at", "deleted_by", "kept_until_at", "conversations"];
const HISTORY: &[&str] = &["changed_at", "property", "old", "new", "by", "migration", "ticket"];
const FOLLOWING: &[&str] = &["id", "name", "following"];

pub fn run(verb: Verb, app: &mut App) -> Result<Exit> {
    match verb {
        Verb::List(arguments) => list(arguments, app)?,
        Verb::Show { id, messages } => {
            let shown = app.run(ops::Show { ticket: id, messages })?;
            show(app, &shown)?;
        }
        Verb::Create(arguments) => {
            let made = app.run(arguments.operation())?;
            app.out.one(&made)?;
        }
        Verb::Update(mut arguments) => match arguments.filter.take() {
            Some(filter) => bulk::update(app, given(&filter)?, arguments.changes().1, COLUMNS)?,
            None => {
                let (tickets, changes) = arguments.changes();
                let changed = app.run(ops::Update { tickets, changes })?;
                app.out.list("tickets", &changed, COLUMNS)?;
            }
        },
        Verb::Merge { id, others } => {
            app.confirm(&format!("Merge {} into ticket {id}", named(&others)))?;
            let merged = app.run(ops::Merge { into: id, tickets: others })?;
            app.out.one(&merged)?;
        }
        Verb::Search(arguments) => search::search(arguments, app)?,
        Verb::Delete { ids } => {
            app.confirm_with(&format!("Delete {}", named(&ids)), "for 90 days deskctl tickets restore undoes it")?;
            let gone = app.run(ops::Delete { tickets: ids })?;
            app.out.list("tickets", &gone, &["id", "name", "conversations", "kept_until_at"])?;
        }
        Verb::Restore { ids } => {
            let back = app.run(ops::Restore { tickets: ids })?;
            app.out.list("tickets", &back, COLUMNS)?;
        }
        Verb::History { id, page } => {
            page::print_by_token(app, &page, "changes", HISTORY, |app, after, limit| app.run(ops::History { ticket: id, after, limit }))?;
        }
        Verb::Follow { ids } => {
            let following = app.run(ops::Follow { tickets: ids })?;
            app.out.list("tickets", &following, FOLLOWING)?;
        }
        Verb::Unfollow { ids } => {
            let following = app.run(ops::Unfollow { tickets: ids })?;
            app.out.list("tickets", &following, FOLLOWING)?;
        }
    }
    Ok(Exit::Done)
}

/// `tickets 7, 8`.
fn named(ids: &[Id]) -> String {
    let listed = ids.iter().map(Id::to_string).collect::<Vec<_>>().join(", ");
    format!("{} {listed}", if ids.len() == 1 { "ticket" } else { "tickets" })
}

fn list(arguments: ListArgs, app: &mut App) -> Result<()> {
    let page = arguments.page;
    if arguments.deleted {
        return page::print_by_token(app, &page, "tickets", DELETED, |app, after, limit| app.run(ops::ListDeleted { after, limit }));
    }
    let wanted = ops::List {
        everywhere: arguments.everywhere,
        status: arguments.status,
        owner: arguments.owner,
        stage: arguments.stage,
        pipeline: arguments.pipeline,
        team: arguments.team,
        spam: arguments.spam,
        filter: arguments.filter.as_deref().map(given).transpose()?,
        sort: arguments.sort,
        ..ops::List::default()
    };
    page::print_by_token(app, &page, "tickets", COLUMNS, |app, after, limit| app.run(ops::List { after, limit, ..wanted.clone() }))
}

/// For people the SLA is told in short, and what there is nothing of is left out; JSON has every field.
fn show(app: &mut App, shown: &TicketShown) -> Result<()> {
    if app.out.format() != Format::Table {
        return app.out.one(shown);
    }
    let mut value = json!(shown);
    let standing = |standing: &crate::domain::sla::status::Standing| {
        json!({ "target": standing.kind, "status": standing.status, "paused": standing.paused, "within": human_seconds(standing.target_ms / 1_000),
            "used": human_seconds(standing.used_ms / 1_000), "due_at": standing.due_at, "ended_at": standing.ended_at })
    };
    value["sla"] = Value::Array(shown.sla.iter().map(standing).collect());
    if let Some(fields) = value.as_object_mut().filter(|_| shown.deleted_at.is_none()) {
        fields.retain(|name, _| name != "deleted_at" && name != "deleted_by");
    }
    app.out.one(&value)
}
