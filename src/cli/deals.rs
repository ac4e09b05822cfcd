//! `deskctl deals`

use clap::Subcommand;

use super::App;
use super::page::{self, PageArgs};
use crate::error::{Exit, Result};
use crate::ops::deals::{self, Changes};

#[derive(Subcommand)]
pub enum Verb {
    /// List deals
    #[command(after_help = "Examples:\n  deskctl deals list\n  deskctl deals list --all -o csv")]
    List {
        #[command(flatten)]
        page: PageArgs,
    },
    /// Show a deal
    #[command(after_help = "Examples:\n  deskctl deals show \"Grinders 2026\"")]
    Show {
        /// The id or name
        deal: String,
    },
    /// Add a deal
    #[command(after_help = "Examples:\n  deskctl deals create \"Grinders 2026\" --amount 12000 --company \"Kawiarnia Fika\"")]
    Create {
        /// The deal's name
        name: String,
        /// What it is worth, such as 1200 or 99.50
        #[arg(long, allow_hyphen_values = true)]
        amount: Option<String>,
        /// Its company
        #[arg(long, value_name = "NAME|ID")]
        company: Option<String>,
    },
    /// Change a deal
    #[command(after_help = "Examples:\n  deskctl deals update 4 --amount 900\n  deskctl deals update \"Grinders 2026\" --company \"\"")]
    Update {
        /// The id or name
        deal: String,
        /// The new name
        #[arg(long)]
        name: Option<String>,
        /// The new amount; an empty text takes it away
        #[arg(long, allow_hyphen_values = true)]
        amount: Option<String>,
        /// The new company; an empty text takes it away
        #[arg(long, value_name = "NAME|ID")]
        company: Option<String>,
    },
    /// Remove a deal that no ticket is tied to
    #[command(after_help = "Examples:\n  deskctl deals delete 4 --yes")]
    Delete {
        /// The id or name
        deal: String,
    },
}

const COLUMNS: &[&str] = &["id", "name", "amount", "company", "created_at"];

pub fn run(verb: Verb, app: &mut App) -> Result<Exit> {
    let shown = match verb {
        Verb::List { page } => {
            page::print(app, &page, "deals", COLUMNS, |app, page| app.run(deals::List { page }))?;
            return Ok(Exit::Done);
        }
        Verb::Show { deal } => app.run(deals::Show { deal })?,
        Verb::Create { name, amount, company } => app.run(deals::Create { name, changes: Changes { amount, company } })?,
        Verb::Update { deal, name, amount, company } => app.run(deals::Update { deal, name, changes: Changes { amount, company } })?,
        Verb::Delete { deal } => {
            app.confirm(&format!("Removing the deal {deal}"))?;
            app.run(deals::Delete { deal })?
        }
    };
    app.out.one(&shown)?;
    Ok(Exit::Done)
}
