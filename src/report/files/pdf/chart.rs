//! The chart of a document, drawn as blocks with their figures beside them.

use serde_json::json;

use super::super::say::{in_unit, number};
use super::sheet::{BLACK, BLUE, GREY, MARGIN, RULE, Sheets};
use crate::report::document::Chart;

const SIZE: f32 = 8.5;
/// The height of one bar with its share of what lies between two.
const STEP: f32 = 17.0;
const BAR: f32 = 10.0;
/// The height of the highest column.
const TALL: f32 = 120.0;
/// No label takes more than this part of the width.
const LABELS: f32 = 0.3;
/// A column is no wider.
const WIDEST: f32 = 64.0;

/// Draws the chart where the page has come to.
pub fn draw(sheets: &mut Sheets<'_>, chart: &Chart) {
    let columns = chart.kind == "columns" && chart.points.len() <= 12;
    let height = if columns { TALL + 82.0 } else { 46.0 + STEP * chart.points.len() as f32 };
    if !sheets.fits(height) {
        sheets.turn();
    }
    sheets.y += 24.0;
    let y = sheets.y;
    sheets.text(MARGIN, y, 10.5, BLACK, &chart.title);
    sheets.y += 12.0;
    let most = chart.points.iter().map(|point| point.value).fold(0.0, f64::max);
    if columns {
        upright(sheets, chart, most)
    } else {
        lying(sheets, chart, most)
    }
    sheets.y += 12.0;
}

fn part(value: f64, most: f64) -> f32 {
    if most <= 0.0 { 0.0 } else { (value.max(0.0) / most) as f32 }
}

fn lying(sheets: &mut Sheets<'_>, chart: &Chart, most: f64) {
    let room = sheets.room();
    let told: Vec<String> = chart.points.iter().map(|point| in_unit(&json!(point.value), &chart.unit)).collect();
    let widest = |texts: &mut dyn Iterator<Item = &str>| texts.map(|t| sheets.face.width(t, SIZE)).fold(0.0, f32::max);
    let labels = widest(&mut chart.points.iter().map(|point| point.label.as_str())).min(room * LABELS);
    let values = widest(&mut told.iter().map(String::as_str));
    let (left, length) = (MARGIN + labels + 8.0, room - labels - values - 16.0);
    for (point, told) in chart.points.iter().zip(&told) {
        let y = sheets.y;
        let label = sheets.face.fit(&point.label, SIZE, labels);
        sheets.text_before(left - 8.0, y + 8.5, SIZE, GREY, &label);
        let bar = length * part(point.value, most);
        sheets.block(left, y, bar.max(0.8), BAR, BLUE);
        sheets.text(left + bar + 6.0, y + 8.5, SIZE, BLACK, told);
        sheets.y += STEP;
    }
}

fn upright(sheets: &mut Sheets<'_>, chart: &Chart, most: f64) {
    let step = sheets.room() / chart.points.len().max(1) as f32;
    let width = (step * 0.62).min(WIDEST);
    let foot = sheets.y + TALL + 14.0;
    let whole = |value: f64| in_unit(&json!(value), &chart.unit);
    let roomy = chart.points.iter().all(|point| sheets.face.width(&whole(point.value), SIZE) <= step - 4.0);
    for (at, point) in chart.points.iter().enumerate() {
        let middle = MARGIN + step * (at as f32 + 0.5);
        let height = TALL * part(point.value, most);
        sheets.block(middle - width / 2.0, foot - height.max(0.8), width, height.max(0.8), BLUE);
        let told = if roomy { whole(point.value) } else { brief(point.value, &chart.unit) };
        sheets.text_amid(middle, foot - height - 4.0, SIZE, BLACK, &told);
        let label = sheets.face.fit(&point.label, SIZE, step - 4.0);
        sheets.text_amid(middle, foot + 12.0, SIZE, GREY, &label);
    }
    sheets.block(MARGIN, foot, sheets.room(), 0.6, RULE);
    sheets.y = foot + 20.0;
}

/// A figure where there is little room: 1.2M.
fn brief(value: f64, unit: &str) -> String {
    let value = if matches!(unit, "count" | "percent" | "hours" | "days" | "score") { value } else { value / 100.0 };
    match value.abs() {
        x if x >= 1e9 => format!("{}B", number(value / 1e9, 1)),
        x if x >= 1e6 => format!("{}M", number(value / 1e6, 1)),
        x if x >= 1e4 => format!("{}k", number(value / 1e3, 0)),
        _ => number(value, 0),
    }
}
