//! `deskctl tickets search`

use clap::Args;

use crate::cli::App;
use crate::cli::args::named;
use crate::cli::page::{self, PageArgs};
use crate::domain::search::Field;
use crate::error::Result;
use crate::ops::tickets::{FoundRow, Order, Search};
use crate::output::emphasized;

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

const FOUND: &[&str] = &["id", "name", "stage", "contact", "matched", "created_at"];

pub fn search(arguments: SearchArgs, app: &mut App) -> Result<()> {
    let SearchArgs { text, spam, by, page } = arguments;
    let text = text.join(" ");
    let emphasis = app.out.options().emphasis();
    page::print(app, &page, "tickets found", FOUND, |app, page| {
        let mut found = app.run(Search { text: text.clone(), spam, by, page })?;
        if emphasis {
            found.items.iter_mut().for_each(emphasize);
        }
        Ok(found)
    })
}

/// Marks what was found in the texts that tables show.
fn emphasize(found: &mut FoundRow) {
    found.matched = found.describe(|hit| emphasized(&hit.text, &hit.spans));
    // A name of which there is only an excerpt is left as it is.
    if let Some(name) = found.matches.iter().find(|hit| hit.field == Field::Name && hit.text == found.row.name) {
        found.row.name = emphasized(&name.text, &name.spans);
    }
}
