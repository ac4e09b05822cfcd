//! `deskctl man`: the command line as manual pages.

use std::path::PathBuf;

use clap::{Args, Command};
use clap_mangen::roff::{Roff, bold, roman};

use super::completions::write_public;
use super::{App, command};
use crate::error::{Exit, Result};

#[derive(Args)]
#[command(after_help = "Examples:
  deskctl man | man -l -
  deskctl man --dir ~/.local/share/man/man1")]
pub struct Arguments {
    /// One page per command, into this folder
    #[arg(long, value_name = "DIR")]
    dir: Option<PathBuf>,
}

pub fn run(arguments: Arguments, app: &mut App) -> Result<Exit> {
    let Some(folder) = arguments.dir else {
        app.out.raw(&whole())?;
        return Ok(Exit::Done);
    };
    for page in tree() {
        let page = clap_mangen::Man::new(page);
        let mut bytes = Vec::new();
        // Writing to memory does not fail.
        let _ = page.render(&mut bytes);
        write_public(&folder, &page.get_filename(), &bytes)?;
    }
    Ok(Exit::Done)
}

/// The root and every command below it, each with its full name.
pub fn tree() -> Vec<Command> {
    let mut root = command().disable_help_subcommand(true);
    root.build();
    let mut found = vec![root];
    let mut next = 0;
    while let Some(parent) = found.get(next) {
        let children: Vec<Command> = parent.get_subcommands().filter(|child| !child.is_hide_set()).cloned().collect();
        found.extend(children);
        next += 1;
    }
    found
}

/// The whole tree on one page: the root with the global options, then each command with its own.
pub fn whole() -> String {
    let mut commands = tree().into_iter();
    let Some(root) = commands.next() else { return String::new() };
    let page = clap_mangen::Man::new(root.clone());
    let mut bytes = Vec::new();
    let sections = [
        page.render_title(&mut bytes),
        page.render_name_section(&mut bytes),
        page.render_synopsis_section(&mut bytes),
        page.render_options_section(&mut bytes),
    ];
    debug_assert!(sections.iter().all(std::io::Result::is_ok), "writing to memory does not fail");
    let mut text = String::from_utf8_lossy(&bytes).into_owned();
    let mut roff = Roff::new();
    let mut leaves: Vec<Command> = commands.filter(|command| !command.has_subcommands()).collect();
    leaves.sort_by_key(full_name);
    for leaf in leaves {
        section(&mut roff, leaf);
    }
    verbatim(&mut roff, "NOTES", &root.get_after_help().map(ToString::to_string).unwrap_or_default());
    text.push_str(&roff.to_roff());
    text
}

fn full_name(command: &Command) -> String {
    command.get_bin_name().unwrap_or(command.get_name()).to_owned()
}

fn section(roff: &mut Roff, mut command: Command) {
    roff.control("SH", [full_name(&command).as_str()]);
    if let Some(about) = command.get_about() {
        roff.text([roman(about.to_string())]);
    }
    let usage = command.render_usage().to_string();
    roff.control("PP", []);
    roff.text([bold(usage.trim_start_matches("Usage: ").to_owned())]);
    for argument in command.get_arguments().filter(|argument| !argument.is_global_set() && !argument.is_hide_set()) {
        if matches!(argument.get_id().as_str(), "help" | "version") {
            continue;
        }
        roff.control("TP", []);
        roff.text([bold(argument.to_string())]);
        roff.text([roman(argument.get_help().map(ToString::to_string).unwrap_or_default())]);
    }
    if let Some(after) = command.get_after_help() {
        lines(roff, &after.to_string());
    }
}

fn verbatim(roff: &mut Roff, title: &str, text: &str) {
    roff.control("SH", [title]);
    lines(roff, text);
}

/// Line by line, as it is written.
fn lines(roff: &mut Roff, text: &str) {
    roff.control("PP", []);
    roff.control("nf", []);
    for line in text.lines() {
        roff.text([roman(line.to_owned())]);
    }
    roff.control("fi", []);
}
