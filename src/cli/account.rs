//! `deskctl account`

use clap::Subcommand;
use serde_json::Value;

use super::App;
use crate::error::{Exit, Result};
use crate::ops::account;

#[derive(Subcommand)]
pub enum Verb {
    /// Show the account: its name, its time zone, what its subscription allows
    #[command(after_help = "Examples:\n  deskctl account show\n  deskctl account show -o json")]
    Show,
    /// Change the account
    #[command(
        after_help = "Examples:\n  deskctl account update --name \"Acme\" --time-zone Europe/Warsaw\n  deskctl account update --limit custom_views=50\n  deskctl account update --limit custom_views=none\n  deskctl account update --country PL"
    )]
    Update {
        /// What the account is called
        #[arg(long)]
        name: Option<String>,
        /// The IANA zone in which tables and filters tell the time
        #[arg(long, value_name = "ZONE")]
        time_zone: Option<String>,
        /// A limit of the subscription; "none" takes it away
        #[arg(long = "limit", value_name = "NAME=N", value_parser = limit)]
        limits: Vec<(String, Value)>,
        /// Where phone numbers without a country's code are at home: two letters, as PL; an empty text takes it away
        #[arg(long, value_name = "COUNTRY")]
        country: Option<String>,
    },
}

fn limit(text: &str) -> Result<(String, Value), String> {
    let (name, limit) = text.split_once('=').ok_or_else(|| format!("\"{text}\" is not of the form custom_views=50"))?;
    let limit = match limit {
        "none" | "" => Value::Null,
        number => number.parse::<u64>().map(Value::from).map_err(|_| format!("\"{number}\" is no whole number"))?,
    };
    Ok((name.trim().to_owned(), limit))
}

pub fn run(verb: Verb, app: &mut App) -> Result<Exit> {
    let shown = match verb {
        Verb::Show => app.run(account::Show {})?,
        Verb::Update { name, time_zone, limits, country } => {
            app.run(account::Update { name, time_zone, limits: limits.into_iter().collect(), country })?
        }
    };
    app.out.one(&shown)?;
    Ok(Exit::Done)
}
