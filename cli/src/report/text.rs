//! A report as text, and as facts.

use super::{name, remark, shared, shares, strays, survivable, verdict, word};
use crate::roles::custodian::Audit;
use serde_json::{Value, json};

/// The report of an audit, line by line.
pub fn lines(audit: &Audit) -> Vec<String> {
    let network = audit.bundle.network();
    let mut lines = vec![
        format!("Network {}, epoch {}: {} backups.", network.name.escape_ascii(), network.epoch, audit.paths.len()),
        verdict(&audit.coverage),
        String::new(),
    ];
    lines.extend(table(audit));
    lines.push(String::new());
    lines.extend((0..).zip(&audit.coverage.keys).map(|(place, key)| {
        let survives = match key.survives {
            None => "it could not be restored".to_owned(),
            Some(more) => format!("{more} more nodes could be lost"),
        };
        let (curve, public) = (network.keys[place].curve(), hex::encode(network.keys[place].public_key().as_bytes()));
        format!("key {place}: {} shares covered, {} needed: {survives} ({curve}, {public})", key.covered, key.threshold)
    }));
    lines.extend(shared(audit).into_iter().map(|group| {
        format!("shared Blinder: {} have one between them, and one theft of it affects them all", group.join(", "))
    }));
    lines.extend(strays(audit).into_iter().map(|(path, why)| format!("stray: {path}: {why}")));
    lines
}

/// The nodes by keys, in columns.
fn table(audit: &Audit) -> Vec<String> {
    let keys = audit.bundle.network().keys.len();
    let head = ["node".to_owned()].into_iter().chain((0..keys).map(|key| format!("key {key}")));
    let head: Vec<String> = head.chain(["status".to_owned(), String::new()]).collect();
    let rows = audit.coverage.nodes.iter().enumerate().map(|(place, status)| {
        let shares = shares(audit, place).into_iter().map(|count| count.to_string());
        let row = [name(audit, place)].into_iter().chain(shares);
        row.chain([word(status).to_owned(), remark(audit, status)]).collect()
    });
    columns(&[head].into_iter().chain(rows).collect::<Vec<Vec<String>>>())
}

fn columns(rows: &[Vec<String>]) -> Vec<String> {
    let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or(0);
    let padded = |row: &Vec<String>| {
        let cells = row.iter().enumerate().map(|(column, cell)| format!("{cell:0$}", width(column)));
        cells.collect::<Vec<_>>().join("  ").trim_end().to_owned()
    };
    rows.iter().map(padded).collect()
}

/// The report of an audit, by the names of its facts.
pub fn facts(audit: &Audit) -> Value {
    let network = audit.bundle.network();
    let nodes = audit.coverage.nodes.iter().enumerate().map(|(place, status)| {
        json!({
            "node": name(audit, place),
            "shares": shares(audit, place),
            "status": word(status),
            "remark": remark(audit, status),
        })
    });
    let keys = network.keys.iter().zip(&audit.coverage.keys).map(|(commitment, key)| {
        json!({
            "public_key": hex::encode(commitment.public_key().as_bytes()),
            "curve": commitment.curve().to_string(),
            "covered": key.covered,
            "threshold": key.threshold,
            "survives": key.survives,
        })
    });
    let strays = strays(audit).into_iter().map(|(path, why)| json!({ "path": path, "why": why }));
    json!({
        "network": network.name.escape_ascii().to_string(),
        "epoch": network.epoch,
        "backups": audit.paths.len(),
        "recoverable": audit.coverage.recoverable(),
        "survives": survivable(&audit.coverage),
        "nodes": nodes.collect::<Vec<_>>(),
        "keys": keys.collect::<Vec<_>>(),
        "shared_blinders": shared(audit),
        "strays": strays.collect::<Vec<_>>(),
    })
}
