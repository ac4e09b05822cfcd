//! A migration's report as text and as a self-contained HTML page.

use std::fmt::Write;

use crate::ops::migrations::ReportData;

/// The report for a terminal.
pub fn text(report: &ReportData) -> String {
    let mut text = String::new();
    let _ = writeln!(text, "{}", report.status.channel);
    text
}

/// The report as one HTML page without scripts or anything from elsewhere.
pub fn html(report: &ReportData) -> String {
    format!("<!doctype html><title>{}</title>", report.status.id)
}
