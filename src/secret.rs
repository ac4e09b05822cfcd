//! What must not be seen: passwords and tokens.

use std::fmt;

use zeroize::Zeroizing;

/// A secret text. Neither `Debug` nor any message shows it, and its memory is overwritten when it is dropped (G17).
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(Zeroizing<String>);

impl Secret {
    pub fn new(text: impl Into<String>) -> Secret {
        Secret(Zeroizing::new(text.into()))
    }

    /// The text itself, for the connection and the file.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("(secret)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn g17_a_secret_is_overwritten_when_it_is_dropped() {
        fn overwritten<T: zeroize::ZeroizeOnDrop>(_: &T) {}
        let Secret(inner) = &Secret::new("s3cret");
        overwritten(inner);
    }

    #[test]
    fn g1_a_secret_does_not_show() {
        assert_eq!(format!("{:?}", Some(Secret::new("s3cret"))), "Some((secret))");
    }
}
