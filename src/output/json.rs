//! JSON text: one line for a row, indented for a single thing.

use serde_json::Value;

use crate::error::{Error, Result};
use crate::output::escape::escape_json;

/// One line without a newline at its end; control and bidi characters are escaped.
pub(super) fn line(value: &Value) -> String {
    escape_json(value.to_string())
}

/// Indented by two spaces.
pub(super) fn pretty(value: &Value) -> Result<String> {
    serde_json::to_string_pretty(value).map(escape_json).map_err(Error::unexpected)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn layouts() {
        let value = json!({ "name": "a\u{9b}\u{202e}\n", "list": [1] });
        assert_eq!(line(&value), r#"{"name":"a\u009b\u202e\n","list":[1]}"#);
        assert_eq!(pretty(&value).unwrap(), "{\n  \"name\": \"a\\u009b\\u202e\\n\",\n  \"list\": [\n    1\n  ]\n}");
    }
}
