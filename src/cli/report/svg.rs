//! The flow as an inline SVG: ribbons from the left to the right, as wide as their numbers.

use std::fmt::Write as _;

use super::flow::{Flows, Origin};
use super::html::escape;
use super::number;
use crate::output::cut;

/// In the SVG's own units, which are pixels at full width.
const WIDTH: f64 = 860.0;
const LEFT: f64 = 190.0;
const RIGHT: f64 = 520.0;
const BAR: f64 = 10.0;
const GAP: f64 = 10.0;
/// All ribbons together, one above the other.
const RIBBONS: f64 = 240.0;
/// No ribbon is thinner, or it could not be seen.
const THINNEST: f64 = 1.5;
/// A ribbon this thick has room for its number.
const READABLE: f64 = 14.0;
/// A node is as high as its label at least.
const SOURCE_SLOT: f64 = 40.0;
const TARGET_SLOT: f64 = 20.0;
const TOP: f64 = 34.0;
/// How many cells of text fit beside a node, in the widest script.
const TARGET_CELLS: usize = 36;

/// One bar with its label, and how much of it the ribbons have used.
struct Node {
    /// The top of the bar.
    y: f64,
    height: f64,
    used: f64,
}

/// Draws the flow; an empty one draws nothing.
pub fn svg(flows: &Flows) -> String {
    let total = flows.total();
    if total == 0 {
        return String::new();
    }
    let thickness = |count: i64| (count as f64 / total as f64 * RIBBONS).max(THINNEST);
    let sources = flows.sources();
    let bar = |keep: &dyn Fn(&super::flow::Link) -> bool| -> f64 {
        flows.links.iter().filter(|link| keep(link)).map(|link| thickness(link.count)).sum()
    };
    let left: Vec<f64> = sources.iter().map(|source| bar(&|link| link.from == *source)).collect();
    let right: Vec<f64> = (0..flows.targets.len()).map(|target| bar(&|link| link.to == target)).collect();
    let height = column_height(&left, SOURCE_SLOT).max(column_height(&right, TARGET_SLOT));
    let mut left = nodes(&left, SOURCE_SLOT, height);
    let mut right = nodes(&right, TARGET_SLOT, height);

    let mut text = opening(flows, TOP + height + 6.0);
    let mut parts = String::new();
    for link in &flows.links {
        let Some(source) = sources.iter().position(|source| *source == link.from) else { continue };
        let thick = thickness(link.count);
        let (from, to) = (&mut left[source], &mut right[link.to]);
        let (y0, y1) = (from.y + from.used, to.y + to.used);
        from.used += thick;
        to.used += thick;
        text.push_str(&ribbon(link.from, link.count, &flows.targets[link.to], y0, y1, thick));
        // Where ribbons join, the sum beside the bar does not tell the parts.
        let joins = flows.links.iter().filter(|other| other.to == link.to).count() > 1;
        if joins && thick >= READABLE {
            let y = y1 + thick / 2.0 + 4.0;
            parts.push_str(&format!(
                r#"<text class="part" x="{}" y="{y:.1}" text-anchor="end">{}</text>"#,
                RIGHT - 8.0,
                number(link.count)
            ));
        }
    }
    text.push_str(&parts);
    for (source, node) in sources.iter().zip(&left) {
        text.push_str(&source_label(*source, flows.out_of(*source), node));
    }
    for (index, node) in right.iter().enumerate() {
        text.push_str(&target_label(&flows.targets[index], flows.ending_in(index), node));
    }
    text.push_str("</svg>");
    text
}

fn opening(flows: &Flows, height: f64) -> String {
    let sources = flows.sources();
    let parts: Vec<String> = sources.iter().map(|source| format!("{} {}", number(flows.out_of(*source)), source.label())).collect();
    let label = format!(
        "{} conversations flow to {} ticket statuses: {}. The table below gives every number.",
        number(flows.total()),
        flows.targets.len(),
        parts.join("; ")
    );
    let mut text = format!(r#"<svg class="flow" viewBox="0 0 {WIDTH} {height:.0}" role="img" aria-label="{}">"#, escape(&label));
    let _ = write!(text, r#"<text class="head" x="{}" y="14" text-anchor="end">Conversations before</text>"#, LEFT - 10.0);
    let _ = write!(text, r#"<text class="head" x="{}" y="14">Ticket status</text>"#, RIGHT + BAR + 10.0);
    text
}

fn column_height(bars: &[f64], slot: f64) -> f64 {
    let slots: f64 = bars.iter().map(|bar| bar.max(slot)).sum();
    slots + GAP * bars.len().saturating_sub(1) as f64
}

/// Sets the bars one below the other, each in the middle of its slot, the column in the middle of the picture.
fn nodes(bars: &[f64], slot: f64, height: f64) -> Vec<Node> {
    let mut y = TOP + (height - column_height(bars, slot)) / 2.0;
    bars.iter()
        .map(|bar| {
            let room = bar.max(slot);
            let node = Node { y: y + (room - bar) / 2.0, height: *bar, used: 0.0 };
            y += room + GAP;
            node
        })
        .collect()
}

fn ribbon(from: Origin, count: i64, stage: &str, y0: f64, y1: f64, thick: f64) -> String {
    let (x0, x1) = (LEFT + BAR, RIGHT);
    let middle = (x0 + x1) / 2.0;
    let (b0, b1) = (y0 + thick, y1 + thick);
    format!(
        r#"<path class="{} ribbon" d="M{x0} {y0:.1}C{middle} {y0:.1} {middle} {y1:.1} {x1} {y1:.1}L{x1} {b1:.1}C{middle} {b1:.1} {middle} {b0:.1} {x0} {b0:.1}Z"><title>{}: {} → {}</title></path>"#,
        from.class(),
        number(count),
        from.label(),
        escape(stage)
    )
}

fn source_label(from: Origin, count: i64, node: &Node) -> String {
    let (x, middle) = (LEFT - 10.0, node.y + node.height / 2.0);
    format!(
        r#"<rect class="{}" x="{LEFT}" y="{:.1}" width="{BAR}" height="{:.1}"/><text class="count" x="{x}" y="{:.1}" text-anchor="end">{}</text><text x="{x}" y="{:.1}" text-anchor="end">{}</text>"#,
        from.class(),
        node.y,
        node.height,
        middle - 3.0,
        number(count),
        middle + 14.0,
        from.label()
    )
}

/// The number and the stage on one line; the full name shows when pointed at.
fn target_label(stage: &str, count: i64, node: &Node) -> String {
    let (x, middle) = (RIGHT + BAR + 10.0, node.y + node.height / 2.0);
    format!(
        r#"<rect class="stage" x="{RIGHT}" y="{:.1}" width="{BAR}" height="{:.1}"/><text x="{x}" y="{:.1}"><title>{}</title><tspan class="count">{}</tspan><tspan dx="8">{}</tspan></text>"#,
        node.y,
        node.height,
        middle + 5.0,
        escape(stage),
        number(count),
        escape(&cut(stage, TARGET_CELLS))
    )
}
