//! `--limit`, `--after` and `--all` of long lists.

use clap::Args;
use serde::Serialize;

use super::App;
use crate::domain::Id;
use crate::error::Result;
use crate::ops::page::{LARGEST, Page, PageRequest, TokenPage, usual_limit};
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

/// Which part of a long list to print whose order is no plain id.
#[derive(Args, Clone, Debug)]
pub struct TokenArgs {
    /// How many to print
    #[arg(long, value_name = "N", default_value_t = usual_limit(), value_parser = clap::value_parser!(i64).range(1..=LARGEST))]
    limit: i64,
    /// Go on where the page before ended, with what it printed
    #[arg(long, value_name = "TOKEN")]
    after: Option<String>,
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
    let wanted = Wanted { limit: args.limit, after: args.after, all: args.all };
    print_pages(app, wanted, noun, columns, |app, after, limit| {
        let page = fetch(app, PageRequest { after, limit })?;
        Ok((page.items, page.next))
    })
}

/// The same by tokens: `fetch` takes where to begin, and how many.
pub fn print_by_token<T: Serialize>(
    app: &mut App,
    args: &TokenArgs,
    noun: &str,
    columns: &[&str],
    mut fetch: impl FnMut(&mut App, Option<String>, i64) -> Result<TokenPage<T>>,
) -> Result<()> {
    let wanted = Wanted { limit: args.limit, after: args.after.clone(), all: args.all };
    print_pages(app, wanted, noun, columns, |app, after, limit| {
        let page = fetch(app, after, limit)?;
        Ok((page.items, page.next))
    })
}

/// What is wanted of a list whose places are of type `P`.
struct Wanted<P> {
    limit: i64,
    after: Option<P>,
    all: bool,
}

fn print_pages<T: Serialize, P: std::fmt::Display>(
    app: &mut App,
    wanted: Wanted<P>,
    noun: &str,
    columns: &[&str],
    mut fetch: impl FnMut(&mut App, Option<P>, i64) -> Result<(Vec<T>, Option<P>)>,
) -> Result<()> {
    let (items, next) = fetch(app, wanted.after, if wanted.all { LARGEST } else { wanted.limit })?;
    if !wanted.all {
        app.out.list(noun, &items, columns)?;
        if let Some(next) = next {
            app.notices.notice(&format!("{} shown; more with --after {next}, or --all", items.len()));
        }
        return Ok(());
    }
    // The rows borrow the output while the target, which belongs to the same `App`, fetches more.
    let mut out = std::mem::replace(&mut app.out, Output::new(OutputOptions::default()));
    let mut rows = out.rows(noun, columns);
    let (mut items, mut next) = (items, next);
    loop {
        items.iter().try_for_each(|item| rows.push(item))?;
        let Some(place) = next else { break };
        (items, next) = fetch(app, Some(place), LARGEST)?;
    }
    rows.finish()?;
    app.out = out;
    Ok(())
}
