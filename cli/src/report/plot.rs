//! The plot of a report: how many nodes could be lost, epoch by epoch.

use std::fmt::Write;

const WIDTH: usize = 640;
const HEIGHT: usize = 240;
const LEFT: usize = 100;
const RIGHT: usize = 24;
const TOP: usize = 48;
const BOTTOM: usize = 44;

/// An epoch, and how many of the covered nodes could be lost then; none if the network could not be restored.
pub(super) type Point = (u64, Option<usize>);

/// Where things go: as many rows as there are losses, and one below them for epochs that cannot be restored.
struct Scale {
    columns: usize,
    rows: usize,
}

impl Scale {
    fn of(points: &[Point]) -> Self {
        let most = points.iter().filter_map(|(_, survives)| *survives).max().unwrap_or(0);
        Self { columns: points.len(), rows: most.max(1) + 1 }
    }

    fn x(&self, column: usize) -> usize {
        LEFT + (WIDTH - LEFT - RIGHT) * (2 * column + 1) / (2 * self.columns.max(1))
    }

    fn y(&self, survives: Option<usize>) -> usize {
        let row = survives.map_or(0, |survives| survives + 1);
        HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * row / self.rows
    }
}

/// An inline SVG, whose colours are those of the page.
pub(super) fn plot(points: &[Point]) -> String {
    let scale = Scale::of(points);
    let mut svg = format!(
        "<svg viewBox=\"0 0 {WIDTH} {HEIGHT}\" role=\"img\" aria-labelledby=\"plot-title\">\n\
         <title id=\"plot-title\">Survivable losses by epoch</title>\n"
    );
    grid(&mut svg, &scale);
    line(&mut svg, &scale, points);
    points.iter().enumerate().for_each(|(column, point)| mark(&mut svg, &scale, column, *point));
    svg.push_str("</svg>");
    svg
}

// Writing to a string does not fail.
macro_rules! put {
    ($svg:expr, $($text:tt)*) => { let _ = writeln!($svg, $($text)*); };
}

fn grid(svg: &mut String, scale: &Scale) {
    let step = scale.rows.div_ceil(6);
    let levels = (0..scale.rows).step_by(step).map(|level| (level.to_string(), scale.y(Some(level))));
    for (label, y) in levels.chain([("not restorable".to_owned(), scale.y(None))]) {
        put!(svg, "<line class=\"grid\" x1=\"{LEFT}\" y1=\"{y}\" x2=\"{}\" y2=\"{y}\"/>", WIDTH - RIGHT);
        put!(svg, "<text class=\"axis\" x=\"{}\" y=\"{}\" text-anchor=\"end\">{label}</text>", LEFT - 10, y + 4);
    }
    put!(svg, "<text class=\"axis\" x=\"{LEFT}\" y=\"14\">nodes that could be lost</text>");
}

/// Through the epochs that can be restored, broken at the others.
fn line(svg: &mut String, scale: &Scale, points: &[Point]) {
    let columns: Vec<(usize, Option<usize>)> = points.iter().map(|(_, survives)| *survives).enumerate().collect();
    for run in columns.split(|(_, survives)| survives.is_none()).filter(|run| run.len() > 1) {
        let path: Vec<String> = run.iter().map(|(column, y)| format!("{},{}", scale.x(*column), scale.y(*y))).collect();
        put!(svg, "<polyline class=\"line\" points=\"{}\"/>", path.join(" "));
    }
}

fn mark(svg: &mut String, scale: &Scale, column: usize, (epoch, survives): Point) {
    let (x, y) = (scale.x(column), scale.y(survives));
    match survives {
        Some(more) => {
            put!(
                svg,
                "<circle class=\"good\" cx=\"{x}\" cy=\"{y}\" r=\"5\"><title>epoch {epoch}: {more}</title></circle>"
            );
            put!(svg, "<text class=\"value\" x=\"{x}\" y=\"{}\" text-anchor=\"middle\">{more}</text>", y - 10);
        }
        None => {
            let (left, right, top, low) = (x - 5, x + 5, y - 5, y + 5);
            put!(
                svg,
                "<path class=\"bad\" d=\"M{left},{top}L{right},{low}M{left},{low}L{right},{top}\"><title>epoch {epoch}: not restorable</title></path>"
            );
        }
    }
    put!(svg, "<text class=\"axis\" x=\"{x}\" y=\"{}\" text-anchor=\"middle\">{epoch}</text>", HEIGHT - 12);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_epoch_has_its_mark() {
        let svg = plot(&[(5, None), (6, Some(0)), (7, Some(2)), (9, Some(1))]);
        assert_eq!((svg.matches("<circle").count(), svg.matches("<path").count()), (3, 1));
        assert_eq!(svg.matches("<polyline").count(), 1);
        for fact in ["epoch 5: not restorable", "epoch 6: 0", "epoch 7: 2", "epoch 9: 1"] {
            assert!(svg.contains(fact), "{fact}");
        }
    }

    #[test]
    fn more_losses_are_higher() {
        let scale = Scale::of(&[(1, Some(3)), (2, None)]);
        let heights: Vec<_> = [None, Some(0), Some(1), Some(3)].map(|survives| scale.y(survives)).to_vec();
        assert!(heights.windows(2).all(|pair| pair[0] > pair[1]), "{heights:?}");
        assert_eq!((heights[0], heights[3]), (HEIGHT - BOTTOM, TOP));
        // A hundred nodes get no hundred lines.
        assert!(plot(&[(1, Some(100))]).matches("class=\"grid\"").count() < 10);
        assert!(plot(&[]).contains("not restorable"));
    }
}
