//! Asking for what nobody else may see.

use std::io::{BufRead, IsTerminal, Read, Write};

use zeroize::Zeroizing;

use crate::error::{Error, Exit, Result, io_error};
use crate::secret::Secret;

/// Longer input is a mistake, not a secret (G10).
const LONGEST: u64 = 4_096;

/// From the terminal without an echo, else the first line of stdin. Never an argument: others could see it (G1).
pub fn secret(what: &str, prompt: &str) -> Result<Secret> {
    let stdin = std::io::stdin();
    // Long enough from the start: text that grows leaves copies behind.
    let mut line = Zeroizing::new(String::with_capacity(LONGEST as usize));
    let hidden = if stdin.is_terminal() { Some(NoEcho::start(prompt)?) } else { None };
    let read = stdin.lock().take(LONGEST).read_line(&mut line);
    drop(hidden);
    read.map_err(|error| io_error(&format!("read the {what} from"), "stdin".as_ref(), error))?;
    let text = line.trim_end_matches(['\r', '\n']);
    if text.is_empty() {
        return Err(
            Error::new(Exit::Usage, format!("empty_{what}"), format!("the {what} is empty")).hint("write it on the first line of stdin")
        );
    }
    Ok(Secret::new(text))
}

/// The terminal shows nothing of what is typed until this is dropped.
struct NoEcho(rustix::termios::Termios);

impl NoEcho {
    fn start(prompt: &str) -> Result<NoEcho> {
        use rustix::termios::{LocalModes, OptionalActions, tcgetattr, tcsetattr};
        let failed = |error: rustix::io::Errno| io_error("ask at", "the terminal".as_ref(), error.into());
        let stdin = std::io::stdin();
        let before = tcgetattr(&stdin).map_err(failed)?;
        let mut silent = before.clone();
        silent.local_modes.remove(LocalModes::ECHO);
        tcsetattr(&stdin, OptionalActions::Flush, &silent).map_err(failed)?;
        let mut stderr = std::io::stderr();
        let _ = stderr.write_all(prompt.as_bytes()).and_then(|()| stderr.flush());
        Ok(NoEcho(before))
    }
}

impl Drop for NoEcho {
    fn drop(&mut self) {
        let _ = rustix::termios::tcsetattr(std::io::stdin(), rustix::termios::OptionalActions::Now, &self.0);
        // The Enter that ended it was not shown either.
        let _ = std::io::stderr().write_all(b"\n");
    }
}
