//! Bars of text in tables.

/// A bar of `part` (0 to 1) of so many cells, in eighths of a cell. It is full only where nothing is missing, and empty only where
/// nothing is there.
pub fn bar(part: f64, cells: usize) -> String {
    let whole = (cells * 8) as f64;
    let eighths = (part.clamp(0.0, 1.0) * whole).floor() as usize;
    let eighths = if part > 0.0 { eighths.max(1) } else { eighths };
    let rest = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"][eighths % 8];
    "█".repeat(eighths / 8) + rest
}

#[cfg(test)]
mod tests {
    use super::bar;

    #[test]
    fn a_bar_is_full_or_empty_only_where_all_or_nothing_is_there() {
        assert_eq!([bar(0.0, 2), bar(0.001, 2), bar(0.5, 2), bar(0.999, 2), bar(1.0, 2)], ["", "▏", "█", "█▉", "██"]);
        assert_eq!([bar(-1.0, 2), bar(7.0, 2)], ["", "██"]);
    }
}
