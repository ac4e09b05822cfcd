//! Checks of a server as a target: the way there from here, and then what the server finds where it is.

use std::path::Path;
use std::time::Instant;

use super::{Finding, Status, Verdict, finding, machine};
use crate::domain::time::{MINUTE_MS, Time};
use crate::error::{Error, Result};
use crate::ops::Call;
use crate::ops::machine::Whoami;
use crate::protocol::{PROTOCOL, VERSION};
use crate::target::Server;

/// Runs every check of this side, and asks the server for its own. `config` is the configuration file, where there is one.
pub fn examine(server: &mut Server, config: Option<&Path>, now: Time, full: bool, call: &Call) -> Vec<Finding> {
    let mut findings = vec![
        finding("connection", connection(server)),
        finding("versions", versions(server)),
        finding("clocks", clocks(server, now)),
        finding("login", login(server, call)),
        finding("configuration", machine::private(config.into_iter().map(Path::to_owned).collect(), Vec::new())),
    ];
    match server.doctor(full, call) {
        Ok(found) => findings.extend(found.into_iter().map(|found| Finding { check: format!("server {}", found.check), ..found })),
        // Whoever is no super admin still learns whether the way there is in order.
        Err(error) => findings.push(finding("server", not_asked(&error))),
    }
    findings
}

fn connection(server: &Server) -> Result<Verdict> {
    let began = Instant::now();
    server.about()?;
    let took = began.elapsed().as_millis();
    if server.is_exposed() {
        return Verdict::warning(
            format!("it answers in {took} ms, unencrypted"),
            "serve it with --tls-cert and --tls-key, or behind a proxy with TLS",
        );
    }
    Verdict::ok(format!("it answers in {took} ms"))
}

fn versions(server: &Server) -> Result<Verdict> {
    let about = server.about()?;
    let said = format!(
        "the server is deskctl {} with protocol {}, this is deskctl {VERSION} with protocol {PROTOCOL}",
        about.version, about.protocol
    );
    match (about.protocol == PROTOCOL, about.version == VERSION) {
        (true, true) => Verdict::ok(said),
        (true, false) => Verdict::warning(said, "they work together; what only one of them knows is refused by name"),
        (false, _) => Verdict::error(said, "take the same version on both sides"),
    }
}

/// Expiries and schedules are told by this side's clock and kept by the server's.
fn clocks(server: &Server, now: Time) -> Result<Verdict> {
    let Some(theirs) = server.time()? else { return Verdict::warning("the server does not tell its time", "is there a proxy in between?") };
    let apart = theirs.0 - now.0;
    if apart.abs() > MINUTE_MS {
        return Verdict::warning(
            format!("the server's clock is {} s apart from this one", apart / 1_000),
            "set both clocks (timedatectl set-ntp true)",
        );
    }
    Verdict::ok("the server's clock and this one agree")
}

fn login(server: &mut Server, call: &Call) -> Result<Verdict> {
    let who = server.run(Whoami {}, call)?.output;
    Verdict::ok(format!("{} of {}", who.email, who.account))
}

fn not_asked(error: &Error) -> Result<Verdict> {
    let hint = error.hint_text().unwrap_or("ask a super admin to run deskctl doctor");
    Ok(Verdict {
        status: Status::Warning,
        message: format!("its own checks were not told: {}", error.message()),
        hint: Some(hint.to_owned()),
    })
}
