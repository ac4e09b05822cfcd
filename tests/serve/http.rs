//! HTTP by hand: what a well-behaved client sends, and what none would.

use std::io::{BufRead, BufReader, Error, ErrorKind, Read, Result, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

use serde_json::Value;

/// Longer than any answer of a test may take.
const PATIENCE: Duration = Duration::from_secs(60);

/// One connection.
pub struct Client(BufReader<TcpStream>);

/// An answer as it came.
#[derive(Clone, Debug)]
pub struct Answer {
    pub status: u16,
    /// Names in lower case.
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl Client {
    pub fn connect(address: SocketAddr) -> Client {
        Client::try_connect(address).unwrap()
    }

    pub fn try_connect(address: SocketAddr) -> Result<Client> {
        let stream = TcpStream::connect_timeout(&address, PATIENCE)?;
        stream.set_read_timeout(Some(PATIENCE))?;
        stream.set_write_timeout(Some(PATIENCE))?;
        stream.set_nodelay(true)?;
        Ok(Client(BufReader::new(stream)))
    }

    pub fn stream(&self) -> &TcpStream {
        self.0.get_ref()
    }

    pub fn send(&mut self, bytes: &[u8]) -> Result<()> {
        self.0.get_mut().write_all(bytes)
    }

    /// The next answer. An error of the kind `UnexpectedEof` where the server has closed the connection instead.
    pub fn answer(&mut self) -> Result<Answer> {
        let status_line = self.line()?;
        let status = status_line.split(' ').nth(1).and_then(|status| status.parse().ok()).ok_or_else(|| bad(&status_line))?;
        let mut headers = Vec::new();
        loop {
            let line = self.line()?;
            let Some((name, value)) = line.split_once(':') else { break };
            headers.push((name.to_lowercase(), value.trim().to_owned()));
        }
        let mut answer = Answer { status, headers, body: Vec::new() };
        if answer.header("transfer-encoding").is_some() {
            while let Some(chunk) = self.chunk()? {
                answer.body.extend(chunk);
            }
        } else if let Some(length) = answer.header("content-length") {
            answer.body = vec![0; length.parse().map_err(|_| bad(length))?];
            self.0.read_exact(&mut answer.body)?;
        }
        Ok(answer)
    }

    /// The next chunk of a body that comes in chunks; `None` after the last.
    pub fn chunk(&mut self) -> Result<Option<Vec<u8>>> {
        let line = self.line()?;
        let length = usize::from_str_radix(line.trim(), 16).map_err(|_| bad(&line))?;
        let mut bytes = vec![0; length + 2];
        self.0.read_exact(&mut bytes)?;
        bytes.truncate(length);
        Ok((length > 0).then_some(bytes))
    }

    /// A line without its end.
    pub fn line(&mut self) -> Result<String> {
        let mut line = String::new();
        if self.0.read_line(&mut line)? == 0 {
            return Err(ErrorKind::UnexpectedEof.into());
        }
        Ok(line.trim_end_matches(['\r', '\n']).to_owned())
    }

    pub fn ask(&mut self, request: &Request<'_>) -> Result<Answer> {
        self.send(&request.bytes())?;
        self.answer()
    }

    /// Whether the server closes the connection within this time.
    pub fn is_closed_within(&mut self, limit: Duration) -> bool {
        self.stream().set_read_timeout(Some(limit)).unwrap();
        let mut rest = Vec::new();
        match self.0.read_to_end(&mut rest) {
            Ok(_) => true,
            Err(error) => !matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut),
        }
    }
}

fn bad(line: &str) -> Error {
    Error::new(ErrorKind::InvalidData, format!("this is no HTTP: {line:?}"))
}

impl Answer {
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|error| panic!("{} {}: {error}", self.status, self.text()))
    }

    /// The output of an operation that must have been carried out.
    pub fn output(&self) -> Value {
        assert_eq!(self.status, 200, "{}", self.text());
        self.json()["output"].clone()
    }

    /// The error; `Null` where there is none.
    pub fn error(&self) -> Value {
        serde_json::from_slice::<Value>(&self.body).map_or(Value::Null, |body| body["error"].clone())
    }

    /// Status and code of the error.
    pub fn refusal(&self) -> (u16, String) {
        (self.status, self.error()["code"].as_str().unwrap_or_default().to_owned())
    }

    /// Status, headers and body without what tells one request from another.
    pub fn without_its_own(&self) -> String {
        let own = ["x-request-id", "date", "content-length", "retry-after"];
        let headers: Vec<&(String, String)> = self.headers.iter().filter(|(name, _)| !own.contains(&name.as_str())).collect();
        let id = self.header("x-request-id").unwrap_or("no request id");
        format!("{} {headers:?} {}", self.status, self.text().replace(id, "ID"))
    }
}

/// A request as it should be.
#[derive(Clone, Debug)]
pub struct Request<'a> {
    method: &'a str,
    path: String,
    headers: Vec<(&'a str, String)>,
    body: Option<String>,
}

impl<'a> Request<'a> {
    pub fn get(path: &str) -> Request<'a> {
        Request { method: "GET", path: path.to_owned(), headers: vec![("Host", "localhost".into())], body: None }
    }

    pub fn op(name: &str, arguments: &Value) -> Request<'a> {
        Request::post(&format!("/deskctl/v1/ops/{name}"), arguments)
    }

    pub fn stream(name: &str, arguments: &Value) -> Request<'a> {
        Request::post(&format!("/deskctl/v1/streams/{name}"), arguments)
    }

    pub fn post(path: &str, body: &Value) -> Request<'a> {
        let request = Request { method: "POST", body: Some(body.to_string()), ..Request::get(path) };
        request.with("Content-Type", "application/json")
    }

    pub fn method(mut self, method: &'a str) -> Request<'a> {
        self.method = method;
        self
    }

    pub fn with(mut self, name: &'a str, value: &str) -> Request<'a> {
        self.headers.push((name, value.to_owned()));
        self
    }

    /// Without the headers of that name.
    pub fn without(mut self, name: &str) -> Request<'a> {
        self.headers.retain(|(known, _)| *known != name);
        self
    }

    pub fn token(self, token: &str) -> Request<'a> {
        self.with("Authorization", &format!("Bearer {token}"))
    }

    pub fn key(self, key: &str) -> Request<'a> {
        self.with("Idempotency-Key", key)
    }

    /// The head, up to the empty line, for a body of that length.
    pub fn head(&self, length: usize) -> String {
        let mut head = format!("{} {} HTTP/1.1\r\n", self.method, self.path);
        for (name, value) in &self.headers {
            head.push_str(&format!("{name}: {value}\r\n"));
        }
        if self.body.is_some() {
            head.push_str(&format!("Content-Length: {length}\r\n"));
        }
        head + "\r\n"
    }

    pub fn bytes(&self) -> Vec<u8> {
        let body = self.body.as_deref().unwrap_or_default();
        (self.head(body.len()) + body).into_bytes()
    }
}
