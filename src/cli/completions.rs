//! `deskctl completions`: what a shell needs to complete a line.

use std::io::Write;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use clap_complete::Shell;

use super::{App, command, man};
use crate::error::{Exit, Result, io_error};
use crate::output::AtomicFile;

#[derive(Args)]
#[command(after_help = "Examples:
  deskctl completions bash > ~/.local/share/bash-completion/completions/deskctl
  deskctl completions zsh > \"${fpath[1]}/_deskctl\"
  deskctl completions fish > ~/.config/fish/completions/deskctl.fish
  deskctl completions --all completions     bash, zsh, fish and the man page into a folder, for packages")]
pub struct Arguments {
    /// The shell
    #[arg(value_enum, required_unless_present = "all")]
    shell: Option<Shell>,
    /// Write bash, zsh, fish and the man page into this folder
    #[arg(long, value_name = "DIR", conflicts_with = "shell")]
    all: Option<PathBuf>,
}

pub fn run(arguments: Arguments, app: &mut App) -> Result<Exit> {
    match (arguments.shell, arguments.all) {
        (Some(shell), _) => app.out.raw(&script(shell))?,
        (None, Some(folder)) => {
            for (name, text) in packaged() {
                write_public(&folder, &name, text.as_bytes())?;
            }
        }
        (None, None) => {}
    }
    Ok(Exit::Done)
}

/// The completion script of a shell.
fn script(shell: Shell) -> String {
    let mut bytes = Vec::new();
    clap_complete::generate(shell, &mut command(), "deskctl", &mut bytes);
    String::from_utf8_lossy(&bytes).into_owned()
}

/// What is checked in under `completions/`, by file name.
pub fn packaged() -> Vec<(String, String)> {
    let shells = Shell::value_variants().iter().filter(|shell| matches!(shell, Shell::Bash | Shell::Zsh | Shell::Fish));
    let name = |shell: Shell| match shell {
        Shell::Zsh => "_deskctl".to_owned(),
        shell => format!("deskctl.{shell}"),
    };
    let mut files: Vec<(String, String)> = shells.map(|shell| (name(*shell), script(*shell))).collect();
    files.push(("deskctl.1".to_owned(), man::whole()));
    files
}

/// Writes a file that everybody may read, as packages install it.
pub(super) fn write_public(folder: &Path, name: &str, bytes: &[u8]) -> Result<()> {
    std::fs::create_dir_all(folder).map_err(|error| io_error("make the folder", folder, error))?;
    let path = folder.join(name);
    let failed = |error| io_error("write", &path, error);
    let mut file = AtomicFile::create(&path)?;
    file.write_all(bytes).map_err(failed)?;
    file.commit()?;
    std::fs::set_permissions(&path, PermissionsExt::from_mode(0o644)).map_err(failed)
}
