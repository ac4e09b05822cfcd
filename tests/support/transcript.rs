//! Transcripts: what stands in the documentation and in `tests/transcripts` is run, and has to come out as it stands there.
//!
//! In a Markdown file, each ```` ```console ```` block holds commands (`$ deskctl …`, continued after a `\`) and what they print, stdout
//! and stderr in the order in which they come. A last line `[exit 6]` is the exit code, where that is not 0.
//! `[..]` stands for anything within a line, a line `...` for any lines. All blocks of a file share one home, in order;
//! before a block `<!-- fresh -->` begins a new one, and `<!-- $ deskctl seed --profile acme -->` runs a command unseen.
//! The block after `<!-- targets: sqlite, postgres (why) -->` is run on these targets only.
//!
//! With `DESKCTL_TRANSCRIPTS=overwrite`, what came out on sqlite replaces what does not match.

pub mod difference;
pub mod home;

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use difference::{difference, matches};
use home::Home;

/// What the commands of a transcript work with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// The default: an embedded store in a new home.
    Sqlite,
    Postgres,
    /// A server before a store.
    Http,
}

impl Target {
    fn name(self) -> &'static str {
        match self {
            Target::Sqlite => "sqlite",
            Target::Postgres => "postgres",
            Target::Http => "http",
        }
    }
}

/// A target, and what makes the URL of an empty database for each home that has its store on PostgreSQL.
#[derive(Clone, Copy)]
pub struct Place<'a> {
    pub target: Target,
    pub database: Option<&'a (dyn Fn() -> String + Sync)>,
}

/// What a command of a transcript said and how it ended, as a transcript shows it.
#[derive(Clone)]
pub struct Answer {
    /// File and line.
    pub at: String,
    pub command: String,
    pub text: String,
}

/// Runs the transcripts of a file; says what came out, and what came out differently.
pub fn run(path: &Path, place: &Place) -> (Vec<Answer>, String) {
    let text = fs::read_to_string(path).unwrap();
    let mut home = Home::new(place);
    let mut here = true;
    let (mut new, mut answers, mut problems) = (String::new(), Vec::new(), String::new());
    for part in parse(&text) {
        match part {
            Part::Text(line) => {
                if line.trim() == "<!-- fresh -->" {
                    home = Home::new(place);
                } else if let Some(targets) = comment(line, "targets:") {
                    here = is_among(place.target, targets);
                } else if line.trim() == "```" {
                    here = true;
                } else if let Some(command) = comment(line, "$ ") {
                    let (output, exit) = home.run(command);
                    assert_eq!(exit, 0, "{}: {command}\n{output}", path.display());
                }
                new.push_str(line);
            }
            Part::Command(step) => {
                new.push_str(&step.typed);
                if !here {
                    new.push_str(&step.expected);
                    continue;
                }
                let came = answer(home.run(&step.command));
                let (expected, lines): (Vec<&str>, Vec<&str>) = (step.expected.lines().collect(), came.lines().collect());
                let at = format!("{}:{}", path.display(), step.line);
                if matches(&expected, &lines) {
                    new.push_str(&step.expected);
                } else {
                    new.push_str(&came);
                    let difference = difference(&expected, &lines);
                    let _ = writeln!(problems, "{at} on {}\n$ {}\n{difference}", place.target.name(), step.command);
                }
                answers.push(Answer { at, command: step.command, text: came });
            }
        }
    }
    if place.target == Target::Sqlite && std::env::var("DESKCTL_TRANSCRIPTS").as_deref() == Ok("overwrite") && new != text {
        fs::write(path, new).unwrap();
    }
    (answers, problems)
}

/// What differs from run to run, whatever the target is: durations, sizes and random numbers, by the names of their fields.
const DIFFERENT: [&str; 5] = ["bytes", "rate_per_second", "size_bytes", "token", "used"];

/// Where two runs of the same files said something else. What only one of them ran is left out.
pub fn differences(these: &[Answer], those: &[Answer]) -> String {
    let mut found = String::new();
    for this in these {
        let Some(that) = those.iter().find(|that| that.at == this.at) else { continue };
        let [this_text, that_text] = [this, that].map(|answer| without_different(&answer.text));
        if this_text != that_text {
            let (these, those): (Vec<&str>, Vec<&str>) = (this_text.lines().collect(), that_text.lines().collect());
            let _ = writeln!(found, "{}\n$ {}\n{}", this.at, this.command, difference(&these, &those));
        }
    }
    found
}

fn without_different(text: &str) -> String {
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    for field in DIFFERENT {
        let (key, label) = (format!("\"{field}\":"), field.replace('_', " "));
        for line in &mut lines {
            if let Some((before, after)) = line.split_once(&key) {
                let end = after.find([',', '}']).unwrap_or(after.len());
                *line = format!("{before}{key}[..]{}", &after[end..]);
            } else if line.strip_prefix(&label).is_some_and(|rest| rest.starts_with("  ")) {
                *line = format!("{label}[..]");
            }
        }
    }
    lines.join("\n")
}

pub fn answer((mut output, exit): (String, i32)) -> String {
    if !output.is_empty() && !output.ends_with('\n') {
        output.push('\n');
    }
    if exit != 0 {
        let _ = writeln!(output, "[exit {exit}]");
    }
    output
}

/// The reason stands in brackets behind the names.
fn is_among(target: Target, targets: &str) -> bool {
    let names = targets.split('(').next().unwrap_or_default();
    names.split(',').any(|name| name.trim() == target.name())
}

/// A part of a Markdown file.
pub enum Part<'a> {
    /// A line that is not part of a command's transcript.
    Text(&'a str),
    Command(Step),
}

/// A command of a transcript, and what is expected of it.
pub struct Step {
    pub line: usize,
    pub command: String,
    /// The command's lines as they stand in the file.
    typed: String,
    pub expected: String,
}

/// Takes a file apart.
pub fn parse(text: &str) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    let mut inside = false;
    for (number, line) in text.split_inclusive('\n').enumerate() {
        let bare = line.trim_end_matches('\n');
        if bare.starts_with("```") {
            inside = bare == "```console";
            parts.push(Part::Text(line));
        } else if !inside {
            parts.push(Part::Text(line));
        } else if let Some(command) = bare.strip_prefix("$ ") {
            parts.push(Part::Command(Step {
                line: number + 1,
                command: command.to_owned(),
                typed: line.to_owned(),
                expected: String::new(),
            }));
        } else if let Some(Part::Command(step)) = parts.last_mut() {
            if step.command.ends_with('\\') && step.expected.is_empty() {
                step.command = format!("{}{}", step.command.trim_end_matches('\\'), bare.trim_start_matches("> ").trim_start());
                step.typed.push_str(line);
            } else {
                step.expected.push_str(line);
            }
        } else {
            parts.push(Part::Text(line));
        }
    }
    parts
}

/// What a comment of that kind says.
fn comment<'a>(text: &'a str, kind: &str) -> Option<&'a str> {
    let rest = text.split_once("<!-- ")?.1.strip_prefix(kind)?;
    rest.split_once("-->").map(|(inside, _)| inside.trim())
}

/// Every Markdown file in a folder, by name.
pub fn files_in(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().flatten().map(|entry| entry.path());
    let mut files: Vec<PathBuf> = entries.filter(|path| path.extension().is_some_and(|ending| ending == "md")).collect();
    files.sort();
    files
}
