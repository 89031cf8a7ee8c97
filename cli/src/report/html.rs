//! A report as one page that needs nothing else, in light and dark.

use super::plot::{Point, plot};
use super::{name, remark, shared, shares, strays, verdict, word};
use crate::roles::custodian::Audit;
use relight::coverage::Status;

const STYLE: &str = include_str!("page.css");

/// The page of an audit, with how it was in other epochs.
pub fn page(audit: &Audit, history: &[(u64, Option<usize>)]) -> String {
    let network = audit.bundle.network();
    let title = format!("{}, epoch {}", escape(&network.name.escape_ascii().to_string()), network.epoch);
    let body = [
        format!("<h1>Backups of {title}</h1>"),
        summary(audit),
        section("Nodes by keys", &matrix(audit)),
        section("Root keys", &keys(audit)),
        section("Survivable losses over epochs", &losses(history)),
        list("Shared Blinders", shared(audit).iter().map(|group| group.join(", "))),
        list("Strays", strays(audit).into_iter().map(|(path, why)| format!("{path}: {why}"))),
    ];
    format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
         <title>{title}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n<main>\n{}\n</main>\n</body>\n</html>\n",
        body.join("\n")
    )
}

fn summary(audit: &Audit) -> String {
    let class = if audit.coverage.recoverable() { "good" } else { "bad" };
    let (bundle, backups) = (audit.bundle.bundle(), audit.paths.len());
    format!(
        "<p class=\"verdict {class}\">{}</p>\n<p>{backups} backups were looked at. The bundle of the network has the code \
         <code>{}</code>.</p>",
        verdict(&audit.coverage),
        bundle.short_code()
    )
}

/// A row for each node, a column for each key.
fn matrix(audit: &Audit) -> String {
    let keys = (0..audit.coverage.keys.len()).map(|key| format!("<th scope=\"col\">key {key}</th>"));
    let rows = audit.coverage.nodes.iter().enumerate().map(|(place, status)| row(audit, place, status));
    format!(
        "<div class=\"wide\"><table>\n<thead><tr><th scope=\"col\">node</th>{}<th scope=\"col\">status</th>\
         <th scope=\"col\">what to do</th></tr></thead>\n<tbody>\n{}\n</tbody></table></div>",
        keys.collect::<String>(),
        rows.collect::<Vec<_>>().join("\n")
    )
}

fn row(audit: &Audit, place: usize, status: &Status) -> String {
    let class = class(status);
    let cells = shares(audit, place).into_iter().map(|count| match count {
        0 => "<td class=\"number none\">0</td>".to_owned(),
        count => format!("<td class=\"number {class}\">{count}</td>"),
    });
    format!(
        "<tr><th scope=\"row\">{}</th>{}<td class=\"{class}\">{}</td><td>{}</td></tr>",
        escape(&name(audit, place)),
        cells.collect::<String>(),
        word(status),
        escape(&remark(audit, status))
    )
}

fn class(status: &Status) -> &'static str {
    match status {
        Status::Covered => "good",
        Status::Shareless => "none",
        Status::Stale { .. } | Status::Claimed { .. } => "old",
        Status::Missing | Status::Unregistered { .. } | Status::Bad { .. } => "bad",
    }
}

fn keys(audit: &Audit) -> String {
    let keys = audit.bundle.network().keys.iter().zip(&audit.coverage.keys).enumerate();
    let rows = keys.map(|(place, (commitment, key))| {
        let (class, survives) = match key.survives {
            Some(more) => ("good", more.to_string()),
            None => ("bad", "not restorable".to_owned()),
        };
        format!(
            "<tr><th scope=\"row\">key {place}</th><td>{}</td><td class=\"number\">{}</td><td class=\"number\">{}</td>\
             <td class=\"number {class}\">{survives}</td><td><code>{}</code></td></tr>",
            commitment.curve(),
            key.covered,
            key.threshold,
            hex::encode(commitment.public_key().as_bytes())
        )
    });
    format!(
        "<div class=\"wide\"><table>\n<thead><tr><th scope=\"col\">key</th><th scope=\"col\">curve</th>\
         <th scope=\"col\">shares covered</th><th scope=\"col\">needed</th><th scope=\"col\">nodes that could be lost</th>\
         <th scope=\"col\">public key</th></tr></thead>\n<tbody>\n{}\n</tbody></table></div>",
        rows.collect::<Vec<_>>().join("\n")
    )
}

fn losses(history: &[Point]) -> String {
    format!("<figure>{}</figure>", plot(history))
}

fn section(title: &str, body: &str) -> String {
    format!("<section>\n<h2>{title}</h2>\n{body}\n</section>")
}

/// Nothing, if there is nothing to list.
fn list(title: &str, items: impl Iterator<Item = String>) -> String {
    let items: Vec<String> = items.map(|item| format!("<li>{}</li>", escape(&item))).collect();
    if items.is_empty() { String::new() } else { section(title, &format!("<ul>\n{}\n</ul>", items.join("\n"))) }
}

/// Text within HTML. Names of nodes and files come from strangers.
fn escape(text: &str) -> String {
    let escaped = text.chars().map(|letter| match letter {
        '&' => "&amp;".to_owned(),
        '<' => "&lt;".to_owned(),
        '>' => "&gt;".to_owned(),
        '"' => "&quot;".to_owned(),
        '\'' => "&#39;".to_owned(),
        plain if plain.is_control() => plain.escape_default().to_string(),
        plain => plain.to_string(),
    });
    escaped.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_no_markup() {
        assert_eq!(escape("<b onload='x'>&\"\u{1b}[2J"), "&lt;b onload=&#39;x&#39;&gt;&amp;&quot;\\u{1b}[2J");
        assert_eq!(escape("nœud-1"), "nœud-1");
        assert_eq!(list("Nothing", std::iter::empty()), "");
    }
}
