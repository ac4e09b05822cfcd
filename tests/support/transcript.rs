//! Transcripts: what stands in the documentation and in `tests/transcripts` is run, and has to come out as it stands there.
//!
//! In a Markdown file, each ```` ```console ```` block holds commands (`$ deskctl …`, continued after a `\`) and what they print, stdout
//! and stderr in the order in which they come. A last line `[exit 6]` is the exit code, where that is not 0.
//! `[..]` stands for anything within a line, a line `...` for any lines. All blocks of a file share one home, in order;
//! before a block `<!-- fresh -->` begins a new one, and `<!-- $ deskctl seed --profile acme -->` runs a command unseen.
//! A file with `<!-- targets: sqlite -->` is run on that engine only.
//!
//! With `DESKCTL_TRANSCRIPTS=overwrite`, what came out replaces what does not match.

use std::fmt::Write as _;
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// The clock of all transcripts: shortly after the last message of the acme profile.
const NOW: &str = "2026-11-20T09:00:00Z";

/// Where the commands of a transcript work.
pub enum Target<'a> {
    /// The default: an embedded store in a new home.
    Sqlite,
    /// Makes the URL of an empty database, for each new home.
    Postgres(Box<dyn Fn() -> String + 'a>),
}

impl Target<'_> {
    fn name(&self) -> &'static str {
        match self {
            Target::Sqlite => "sqlite",
            Target::Postgres(_) => "postgres",
        }
    }
}

/// Runs the transcripts of a file; says what came out differently.
pub fn run(path: &Path, target: &Target) -> Result<(), String> {
    let text = fs::read_to_string(path).unwrap();
    if let Some(only) = comment(&text, "targets:")
        && !only.contains(target.name())
    {
        return Ok(());
    }
    let mut home = Home::new(target);
    let (mut new, mut problems) = (String::new(), String::new());
    for part in parse(&text) {
        match part {
            Part::Text(line) => {
                if line.trim() == "<!-- fresh -->" {
                    home = Home::new(target);
                } else if let Some(command) = comment(line, "$ ") {
                    let (output, exit) = home.run(command);
                    assert_eq!(exit, 0, "{}: {command}\n{output}", path.display());
                }
                new.push_str(line);
            }
            Part::Command(step) => {
                let came = home.answer(&step.command);
                let expected: Vec<&str> = step.expected.lines().collect();
                let lines: Vec<&str> = came.lines().collect();
                new.push_str(&step.typed);
                new.push_str(if matches(&expected, &lines) { &step.expected } else { &came });
                if !matches(&expected, &lines) {
                    let place = format!("{}:{} on {}", path.display(), step.line, target.name());
                    let _ = writeln!(problems, "{place}\n$ {}\n{}", step.command, difference(&expected, &lines));
                }
            }
        }
    }
    if matches!(target, Target::Sqlite) && std::env::var("DESKCTL_TRANSCRIPTS").as_deref() == Ok("overwrite") && new != text {
        fs::write(path, new).unwrap();
    }
    if problems.is_empty() { Ok(()) } else { Err(problems) }
}

enum Part<'a> {
    /// A line that is not part of a command's transcript.
    Text(&'a str),
    Command(Step),
}

struct Step {
    line: usize,
    command: String,
    /// The command's lines as they stand in the file.
    typed: String,
    expected: String,
}

fn parse(text: &str) -> Vec<Part<'_>> {
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

/// A home folder with nothing in it, and an empty store.
struct Home {
    folder: tempfile::TempDir,
    url: Option<String>,
}

impl Home {
    fn new(target: &Target) -> Home {
        let url = match target {
            Target::Sqlite => None,
            Target::Postgres(database) => Some(database()),
        };
        let home = Home { folder: tempfile::tempdir().unwrap(), url };
        if let Some(url) = &home.url {
            // Not by the environment, which shows in the usage lines of errors.
            let (output, exit) = home.run(&format!("deskctl contexts add there '{url}' && deskctl contexts use there"));
            assert_eq!(exit, 0, "{output}");
        }
        home
    }

    /// What the command says, as a transcript shows it.
    fn answer(&self, command: &str) -> String {
        let (mut output, exit) = self.run(command);
        if !output.is_empty() && !output.ends_with('\n') {
            output.push('\n');
        }
        if exit != 0 {
            let _ = writeln!(output, "[exit {exit}]");
        }
        output
    }

    fn run(&self, command: &str) -> (String, i32) {
        // However slow the machine is, progress is not part of a transcript.
        const QUIET: (&str, &str) = ("DESKCTL_PROGRESS_INTERVAL", "3600");
        let programs = Path::new(env!("CARGO_BIN_EXE_deskctl")).parent().unwrap();
        let path = std::env::var_os("PATH").unwrap_or_default();
        let paths = std::iter::once(programs.to_owned()).chain(std::env::split_paths(&path));
        let (mut reader, writer) = std::io::pipe().unwrap();
        let mut shell = Command::new("/bin/sh");
        shell.args(["-c", command]).current_dir(self.folder.path()).env_clear();
        shell
            .env("PATH", std::env::join_paths(paths).unwrap())
            .env("HOME", self.folder.path())
            .env("DESKCTL_NOW", NOW)
            .env(QUIET.0, QUIET.1);
        shell.stdin(Stdio::null()).stdout(writer.try_clone().unwrap()).stderr(writer);
        let mut child = shell.spawn().unwrap();
        // It holds the other end of the pipe.
        drop(shell);
        let mut output = Vec::new();
        reader.read_to_end(&mut output).unwrap();
        let exit = child.wait().unwrap().code().unwrap_or(-1);
        (self.neutral(&String::from_utf8_lossy(&output)), exit)
    }

    /// Without what differs from run to run and from engine to engine.
    fn neutral(&self, output: &str) -> String {
        let home = self.folder.path().display().to_string();
        let store = self.url.clone().unwrap_or_else(|| format!("sqlite:{home}/.local/share/deskctl/desk.db"));
        let output = output.replace(&store, "[STORE]").replace(&home, "[HOME]");
        // The clock goes on: within a transcript's minutes, a time is now.
        let day = &NOW[..NOW.len() - "0:00Z".len()];
        let mut neutral = String::new();
        let mut rest = output.as_str();
        while let Some((before, after)) = rest.split_once(day) {
            let length = after.find('Z').filter(|at| *at <= "0:00.000".len());
            neutral.push_str(before);
            neutral.push_str(if length.is_some() { "[NOW]" } else { day });
            rest = &after[length.map_or(0, |at| at + 1)..];
        }
        neutral + rest
    }
}

fn matches(expected: &[&str], came: &[&str]) -> bool {
    match (expected.split_first(), came.split_first()) {
        (Some((&"...", rest)), _) => (0..=came.len()).any(|skipped| matches(rest, &came[skipped..])),
        (Some((pattern, expected)), Some((line, came))) => line_matches(pattern, line) && matches(expected, came),
        (None, None) => true,
        _ => false,
    }
}

fn line_matches(pattern: &str, line: &str) -> bool {
    let Some((start, rest)) = pattern.split_once("[..]") else { return pattern == line };
    let Some(line) = line.strip_prefix(start) else { return false };
    let places = line.char_indices().map(|(at, _)| at).chain([line.len()]);
    places.into_iter().any(|at| line_matches(rest, &line[at..]))
}

/// The lines that are missing (-) and those that came instead (+), among those that are as expected.
fn difference(expected: &[&str], came: &[&str]) -> String {
    let (rows, columns) = (expected.len(), came.len());
    // The longest common part of what is left from each place on.
    let mut common = vec![vec![0; columns + 1]; rows + 1];
    for row in (0..rows).rev() {
        for column in (0..columns).rev() {
            let longest = common[row + 1][column].max(common[row][column + 1]);
            let same = line_matches(expected[row], came[column]);
            common[row][column] = if same { longest.max(common[row + 1][column + 1] + 1) } else { longest };
        }
    }
    let mut text = String::new();
    let (mut row, mut column) = (0, 0);
    while row < rows || column < columns {
        let both = row < rows && column < columns;
        let (sign, line) = if both && line_matches(expected[row], came[column]) {
            (row, column) = (row + 1, column + 1);
            (' ', came[column - 1])
        } else if column == columns || (both && common[row + 1][column] >= common[row][column + 1]) {
            row += 1;
            ('-', expected[row - 1])
        } else {
            column += 1;
            ('+', came[column - 1])
        };
        let _ = writeln!(text, "{sign} {line}");
    }
    text
}

/// Every Markdown file in a folder, by name.
pub fn files_in(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().flatten().map(|entry| entry.path());
    let mut files: Vec<PathBuf> = entries.filter(|path| path.extension().is_some_and(|ending| ending == "md")).collect();
    files.sort();
    files
}
