//! Decimal numbers, exact: what custom properties of the kind `number` hold (H9).

use std::fmt;
use std::str::FromStr;

use serde_json::Value as Json;

/// Billionths make one.
const ONE: i128 = 1_000_000_000;
/// Digits behind the point.
const PLACES: usize = 9;
/// What makes all of them positive where they are stored.
const SHIFT: i128 = 10_i128.pow(28);
/// So many digits of a number with a fraction survive every program that reads JSON.
const SIGNIFICANT: usize = 15;

/// A whole number of 64 bits, or one of at most 15 digits with at most 9 of them behind the point.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Decimal(i128);

impl Decimal {
    /// Below and above all that can be read.
    pub const LOWEST: Decimal = Decimal(-SHIFT);
    pub const HIGHEST: Decimal = Decimal(8 * SHIFT);

    /// The next smaller one.
    pub fn before(self) -> Decimal {
        Decimal(self.0 - 1)
    }

    /// The next larger one.
    pub fn after(self) -> Decimal {
        Decimal(self.0 + 1)
    }

    /// As a store keeps it: texts of the same length in the order of the numbers.
    pub fn stored(self) -> String {
        format!("{:029}", self.0 + SHIFT)
    }

    /// Reads [`Decimal::stored`].
    pub fn from_stored(text: &str) -> Option<Decimal> {
        text.parse::<i128>().ok().map(|shifted| Decimal(shifted - SHIFT))
    }

    /// As JSON.
    pub fn json(self) -> Json {
        let text = self.to_string();
        text.parse::<i64>().map(Json::from).or_else(|_| text.parse::<f64>().map(Json::from)).unwrap_or(Json::String(text))
    }

    /// A number of JSON, if it can be kept as it is.
    pub fn from_json(number: &serde_json::Number) -> Option<Decimal> {
        let text = number.as_i64().map_or_else(|| number.as_f64().map(|float| float.to_string()), |whole| Some(whole.to_string()));
        text?.parse().ok()
    }
}

impl From<i64> for Decimal {
    fn from(whole: i64) -> Decimal {
        Decimal(i128::from(whole) * ONE)
    }
}

impl FromStr for Decimal {
    type Err = ();

    /// Digits, perhaps with a sign before them and a point among them.
    fn from_str(text: &str) -> Result<Decimal, ()> {
        let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
        let all = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
        if !all(whole) || !all(fraction) {
            return Err(());
        }
        let (whole, fraction) = (whole.trim_start_matches('0'), fraction.trim_end_matches('0'));
        if fraction.len() > PLACES || !fraction.is_empty() && whole.len() + fraction.len() > SIGNIFICANT || whole.len() > 19 {
            return Err(());
        }
        let number = |text: &str| if text.is_empty() { Ok(0) } else { text.parse::<i128>().map_err(drop) };
        let fraction = number(&format!("{fraction:0<PLACES$}"))?;
        let size = number(whole)? * ONE + fraction;
        let value = if text.starts_with('-') { -size } else { size };
        let fits = (i128::from(i64::MIN) * ONE..=i128::from(i64::MAX) * ONE).contains(&value);
        if fits { Ok(Decimal(value)) } else { Err(()) }
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (sign, size) = (if self.0 < 0 { "-" } else { "" }, self.0.unsigned_abs());
        let (whole, fraction) = (size / ONE as u128, size % ONE as u128);
        let fraction = format!("{fraction:0PLACES$}");
        match fraction.trim_end_matches('0') {
            "" => write!(f, "{sign}{whole}"),
            fraction => write!(f, "{sign}{whole}.{fraction}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn decimal(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    #[test]
    fn numbers_are_read_and_written_as_people_do() {
        for (typed, shown) in [
            ("1.50", "1.5"),
            ("-0.25", "-0.25"),
            ("+7", "7"),
            ("007", "7"),
            ("-0", "0"),
            ("9223372036854775807", "9223372036854775807"),
            ("-9223372036854775808", "-9223372036854775808"),
            ("123456.123456789", "123456.123456789"),
        ] {
            assert_eq!(decimal(typed).to_string(), shown, "{typed}");
        }
        for typed in ["", "-", ".5", "5.", "1,5", "1e3", " 1", "1.0000000001", "1234567.123456789", "9223372036854775808", "１"] {
            assert_eq!(typed.parse::<Decimal>(), Err(()), "{typed}");
        }
    }

    #[test]
    fn the_ends_are_stored_in_as_many_digits_as_all_others() {
        let ends = ["-9223372036854775808", "-0.000000001", "0", "9223372036854775807"].map(|text| decimal(text).stored());
        assert!(ends.is_sorted() && ends.iter().all(|text| text.len() == 29), "{ends:?}");
        assert!(Decimal::LOWEST.stored() < ends[0] && Decimal::HIGHEST.stored().len() == 29);
    }

    proptest! {
        #[test]
        fn stored_ones_are_in_order_and_read_back(a in -1_000_000_000_000i64..1_000_000_000_000, b in any::<i64>(), places in 0u32..7) {
            let small = Decimal(i128::from(a) * 10i128.pow(9 - places));
            let large = Decimal::from(b);
            prop_assert_eq!(small.cmp(&large), small.stored().cmp(&large.stored()));
            for number in [small, large] {
                prop_assert_eq!(Decimal::from_stored(&number.stored()), Some(number));
                prop_assert_eq!(number.to_string().parse(), Ok(number));
                prop_assert_eq!(Decimal::from_json(number.json().as_number().unwrap()), Some(number));
            }
        }
    }
}
