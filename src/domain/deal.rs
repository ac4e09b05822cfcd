//! Deals' amounts: hundredths of the account's currency.

/// `-12.30`: hundredths with two decimals.
pub fn shown(hundredths: i64) -> String {
    let sign = if hundredths < 0 { "-" } else { "" };
    format!("{sign}{}.{:02}", hundredths.unsigned_abs() / 100, hundredths.unsigned_abs() % 100)
}

/// An amount as people type it, or why it is none; an empty text means that there is none.
pub fn amount(typed: &str) -> Result<Option<i64>, String> {
    let text = typed.trim();
    if text.is_empty() {
        return Ok(None);
    }
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    let digits = |text: &str| text.chars().all(|c| c.is_ascii_digit());
    let number = whole.strip_prefix('-').unwrap_or(whole);
    let sound = !number.is_empty() && digits(number) && digits(part) && part.len() <= 2 && text.contains('.') != part.is_empty();
    let hundredths = format!("{whole}{part:0<2}").parse().ok().filter(|_| sound);
    hundredths.map(Some).ok_or_else(|| format!("\"{typed}\" is no amount such as 1200 or 99.50"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_read_and_shown_to_the_hundredth() {
        for (typed, hundredths, said) in [("1200", 120_000, "1200.00"), ("99.5", 9_950, "99.50"), ("-0.05", -5, "-0.05"), ("0", 0, "0.00")]
        {
            assert_eq!(amount(typed), Ok(Some(hundredths)), "{typed}");
            assert_eq!(shown(hundredths), said);
        }
        assert_eq!(amount(" "), Ok(None));
        for bad in ["x", "1.234", "1.", "1,5", "--1", ".5", "99999999999999999999"] {
            assert!(amount(bad).is_err(), "{bad}");
        }
    }
}
