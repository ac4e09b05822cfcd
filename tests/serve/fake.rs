//! Servers by hand: each answers as its test says, and keeps what it was asked. And the program as their client.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::{Command, Output};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};

use serde_json::Value;

use super::desk::program;

/// A token as it should be; no store knows it.
pub const TOKEN: &str = "dsk_0123456789abcdef_ThisIsTheSecretOfTestsAndNobodyMaySeeIt_123";

/// A request as it came.
#[derive(Clone, Debug)]
pub struct Asked {
    /// Request line and headers.
    pub head: String,
    pub body: String,
}

impl Asked {
    pub fn header(&self, name: &str) -> Option<&str> {
        let headers = self.head.lines().skip(1).filter_map(|line| line.split_once(':'));
        headers.into_iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value.trim())
    }
}

pub struct Fake {
    pub url: String,
    asked: Arc<Mutex<Vec<Asked>>>,
    /// Connections, whether anything was asked on them or not.
    met: Arc<Mutex<u32>>,
    ended: Arc<AtomicBool>,
}

impl Fake {
    /// Answers the requests, counted from 0, with these bytes, and closes the connection after each.
    pub fn start(answer: impl Fn(usize, &Asked) -> Vec<u8> + Send + 'static) -> Fake {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let fake = Fake { url, asked: Arc::default(), met: Arc::default(), ended: Arc::default() };
        let (asked, met, ended) = (Arc::clone(&fake.asked), Arc::clone(&fake.met), Arc::clone(&fake.ended));
        std::thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                if ended.load(Ordering::Relaxed) {
                    return;
                }
                *met.lock().unwrap() += 1;
                let Some(request) = read(&stream) else { continue };
                let number = {
                    let mut asked = asked.lock().unwrap();
                    asked.push(request.clone());
                    asked.len() - 1
                };
                // The client may have gone away.
                let _ = (&stream).write_all(&answer(number, &request));
            }
        });
        fake
    }

    /// Answers everything with this.
    pub fn always(answer: Vec<u8>) -> Fake {
        Fake::start(move |_, _| answer.clone())
    }

    pub fn asked(&self) -> Vec<Asked> {
        self.asked.lock().unwrap().clone()
    }

    pub fn was_met(&self) -> bool {
        *self.met.lock().unwrap() > 0
    }
}

impl Drop for Fake {
    fn drop(&mut self) {
        self.ended.store(true, Ordering::Relaxed);
        // Wakes it.
        let _ = TcpStream::connect(self.url.trim_start_matches("http://"));
    }
}

fn read(stream: &TcpStream) -> Option<Asked> {
    let mut reader = BufReader::new(stream);
    let mut head = String::new();
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line).ok()? == 0 {
            return None;
        }
        if line.trim().is_empty() {
            break;
        }
        head.push_str(&line);
    }
    let mut asked = Asked { head, body: String::new() };
    let length = asked.header("content-length").map_or(0, |length| length.parse().unwrap());
    reader.take(length).read_to_string(&mut asked.body).ok()?;
    Some(asked)
}

/// An answer with a body of its announced length.
pub fn answer(status: &str, headers: &str, body: &str) -> Vec<u8> {
    format!("HTTP/1.1 {status}\r\nConnection: close\r\n{headers}Content-Length: {}\r\n\r\n{body}", body.len()).into_bytes()
}

pub fn json(body: &Value) -> Vec<u8> {
    answer("200 OK", "Content-Type: application/json\r\n", &body.to_string())
}

/// What a command printed, and how it ended.
#[derive(Clone, Debug, PartialEq)]
pub struct Said {
    pub exit: i32,
    pub stdout: String,
    pub stderr: String,
}

impl Said {
    pub fn of(output: Output) -> Said {
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        let said = Said { exit: output.status.code().unwrap(), stdout: text(output.stdout), stderr: text(output.stderr) };
        // Whatever happens, nobody sees the secret (G1).
        for told in [&said.stdout, &said.stderr] {
            assert!(!told.contains(TOKEN.rsplit_once('_').unwrap().0), "the token is told: {told}");
        }
        said
    }

    pub fn ok(self) -> Said {
        assert_eq!(self.exit, 0, "{}{}", self.stdout, self.stderr);
        self
    }

    /// The error, where stderr is JSON.
    pub fn error(&self) -> Value {
        let error = self.stderr.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok()).find(|line| line["error"].is_object());
        error.unwrap_or_else(|| panic!("no error: {self:?}"))["error"].clone()
    }

    /// Exit code and the error's code.
    pub fn refusal(&self) -> (i32, String) {
        (self.exit, self.error()["code"].as_str().unwrap().to_owned())
    }
}

/// The program with a home of its own and a token, without progress.
pub fn client(home: &std::path::Path, target: &str, arguments: &[&str]) -> Command {
    let mut command = program(home);
    for name in
        ["SSL_CERT_FILE", "SSL_CERT_DIR", "HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy", "ALL_PROXY", "NO_PROXY", "no_proxy"]
    {
        command.env_remove(name);
    }
    command.args(["--target", target, "--progress", "none"]).args(arguments).env("DESKCTL_TOKEN", TOKEN);
    // No test waits for long; those about waiting say how long themselves.
    command.env("DESKCTL_TIMEOUT", "6");
    command
}

/// Runs a command on a server, with JSON output.
pub fn ask(target: &str, arguments: &[&str]) -> Said {
    let home = tempfile::tempdir().unwrap();
    Said::of(client(home.path(), target, &[arguments, &["-o", "json"]].concat()).output().unwrap())
}
