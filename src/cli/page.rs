//! `--limit`, `--after` and `--all` of long lists.

use clap::Args;
use serde::Serialize;

use super::App;
use crate::domain::Id;
use crate::error::Result;
use crate::ops::page::{LARGEST, Page, PageRequest, usual_limit};
use crate::output::{Output, OutputOptions};

/// Which part of a long list to print.
#[derive(Args, Clone, Debug)]
pub struct PageArgs {
    /// How many to print
    #[arg(long, value_name = "N", default_value_t = usual_limit(), value_parser = clap::value_parser!(i64).range(1..=LARGEST))]
    limit: i64,
    /// Go on after this id, the last one of the page before
    #[arg(long, value_name = "ID")]
    after: Option<Id>,
    /// Print all of them
    #[arg(long)]
    all: bool,
}

/// Prints one page and says how to get the next one, or with `--all` every page as it comes.
pub fn print<T: Serialize>(
    app: &mut App,
    args: &PageArgs,
    noun: &str,
    columns: &[&str],
    mut fetch: impl FnMut(&mut App, PageRequest) -> Result<Page<T>>,
) -> Result<()> {
    if args.all {
        return print_all(app, args, noun, columns, fetch);
    }
    let page = fetch(app, PageRequest { after: args.after, limit: args.limit })?;
    app.out.list(noun, &page.items, columns)?;
    if let Some(next) = page.next {
        app.notices.notice(&format!("{} shown; more with --after {next}, or --all", page.items.len()));
    }
    Ok(())
}

fn print_all<T: Serialize>(
    app: &mut App,
    args: &PageArgs,
    noun: &str,
    columns: &[&str],
    mut fetch: impl FnMut(&mut App, PageRequest) -> Result<Page<T>>,
) -> Result<()> {
    let mut page = fetch(app, PageRequest { after: args.after, limit: LARGEST })?;
    // The rows borrow the output while the target, which belongs to the same `App`, fetches more.
    let mut out = std::mem::replace(&mut app.out, Output::new(OutputOptions::default()));
    let mut rows = out.rows(noun, columns);
    loop {
        page.items.iter().try_for_each(|item| rows.push(item))?;
        let Some(next) = page.next else { break };
        page = fetch(app, PageRequest { after: Some(next), limit: LARGEST })?;
    }
    rows.finish()?;
    app.out = out;
    Ok(())
}
