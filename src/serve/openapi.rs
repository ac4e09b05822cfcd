//! The OpenAPI document.

pub fn text() -> &'static str {
    "{}"
}
