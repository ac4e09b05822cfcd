//! Filters as arguments.

use std::io::Read;

use crate::domain::filter::MAX_LENGTH;
use crate::error::{Error, Result, io_error};

/// A filter as given: `@FILE` is what the file holds, `@-` what stdin says, all else is the filter itself.
pub fn given(argument: &str) -> Result<String> {
    let Some(file) = argument.strip_prefix('@') else { return Ok(argument.to_owned()) };
    let mut text = String::new();
    let most = MAX_LENGTH as u64 + 1;
    let read = match file {
        "-" => std::io::stdin().lock().take(most).read_to_string(&mut text),
        file => std::fs::File::open(file).and_then(|opened| opened.take(most).read_to_string(&mut text)),
    };
    read.map_err(|error| io_error("read the filter from", file.as_ref(), error))?;
    let text = text.trim().to_owned();
    if text.is_empty() {
        return Err(Error::usage("bad_filter", format!("the filter in {file} is empty")));
    }
    Ok(text)
}
