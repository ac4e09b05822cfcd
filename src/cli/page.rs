//! `--limit`, `--after` and `--all` of long lists.

use std::fmt::Display;

use clap::Args;
use serde::Serialize;

use super::App;
use crate::domain::Id;
use crate::error::Result;
use crate::ops::page::{LARGEST, Page, PageRequest, TokenPage, usual_limit};
use crate::output::{Format, Output, OutputOptions};

/// How much of a long list to print.
#[derive(Args, Clone, Debug)]
struct Length {
    /// How many to print; by default 50 in a table, and every row as json, ndjson or csv
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(i64).range(1..))]
    limit: Option<i64>,
    /// Print every row
    #[arg(long, conflicts_with = "limit")]
    all: bool,
}

impl Length {
    /// The most rows to print; `None` is all of them. Only people read page by page: a script that gets 50 rows of 244 and exit
    /// code 0 takes them for all.
    fn most(&self, format: Format) -> Option<i64> {
        match (self.limit, self.all || format != Format::Table) {
            (Some(limit), _) => Some(limit),
            (None, true) => None,
            (None, false) => Some(usual_limit()),
        }
    }
}

/// Which part of a long list to print.
#[derive(Args, Clone, Debug)]
pub struct PageArgs {
    #[command(flatten)]
    length: Length,
    /// Go on after this id, the last one of the page before
    #[arg(long, value_name = "ID")]
    after: Option<Id>,
}

/// Which part of a long list to print whose order is no plain id.
#[derive(Args, Clone, Debug)]
pub struct TokenArgs {
    #[command(flatten)]
    length: Length,
    /// Go on where the page before ended, with what it printed
    #[arg(long, value_name = "TOKEN")]
    after: Option<String>,
}

/// Prints what is wanted of a list, row by row as it comes, and says how to get the rest.
pub fn print<T: Serialize>(
    app: &mut App,
    args: &PageArgs,
    noun: &str,
    columns: &[&str],
    mut fetch: impl FnMut(&mut App, PageRequest) -> Result<Page<T>>,
) -> Result<()> {
    print_pages(app, &args.length, args.after, noun, columns, |app, after, limit| {
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
    print_pages(app, &args.length, args.after.clone(), noun, columns, |app, after, limit| {
        let page = fetch(app, after, limit)?;
        Ok((page.items, page.next))
    })
}

fn print_pages<T: Serialize, P: Display>(
    app: &mut App,
    length: &Length,
    after: Option<P>,
    noun: &str,
    columns: &[&str],
    mut fetch: impl FnMut(&mut App, Option<P>, i64) -> Result<(Vec<T>, Option<P>)>,
) -> Result<()> {
    let mut left = length.most(app.out.format()).unwrap_or(i64::MAX);
    let (mut items, mut next) = fetch(app, after, left.min(LARGEST))?;
    // The rows borrow the output while the target, which belongs to the same `App`, fetches more.
    let mut out = std::mem::replace(&mut app.out, Output::new(OutputOptions::default()));
    let mut rows = out.rows(noun, columns);
    loop {
        items.iter().try_for_each(|item| rows.push(item))?;
        left -= i64::try_from(items.len()).unwrap_or(i64::MAX);
        match next.take() {
            Some(place) if left > 0 => (items, next) = fetch(app, Some(place), left.min(LARGEST))?,
            place => {
                next = place;
                break;
            }
        }
    }
    let shown = rows.finish()?;
    app.out = out;
    if let Some(next) = next {
        app.notices.notice(&format!("{shown} shown; more with --after {next}, or --all"));
    }
    Ok(())
}
