//! What people look at: audits, and bundles before they trust them.

mod bundle;
mod html;
mod plot;
mod text;

pub use bundle::{bundle, changes};
pub use html::page;
pub use text::{facts, lines};

use crate::roles::custodian::Audit;
use relight::coverage::{Coverage, Status};

/// How many of the covered nodes could be lost, whichever they are; none if the network cannot be restored as it is.
pub fn survivable(coverage: &Coverage) -> Option<usize> {
    coverage.recoverable().then(|| coverage.keys.iter().filter_map(|key| key.survives).min().unwrap_or(0))
}

/// The answer in a sentence.
pub fn verdict(coverage: &Coverage) -> String {
    match survivable(coverage) {
        None => "It could not be restored.".to_owned(),
        Some(0) => "It could be restored, if no backup were lost.".to_owned(),
        Some(1) => "It could be restored, even if 1 more backup were lost.".to_owned(),
        Some(more) => format!("It could be restored, even if {more} more backups were lost."),
    }
}

/// How many shares of each key a node has.
fn shares(audit: &Audit, place: usize) -> Vec<usize> {
    let network = audit.bundle.network();
    let held = |key| network.nodes[place].shares.iter().filter(move |holding| usize::from(holding.key) == key);
    (0..network.keys.len()).map(|key| held(key).count()).collect()
}

/// A status in a word.
fn word(status: &Status) -> &'static str {
    match status {
        Status::Covered => "covered",
        Status::Missing => "missing",
        Status::Shareless => "shareless",
        Status::Unregistered { .. } => "unregistered",
        Status::Stale { .. } => "stale",
        Status::Bad { .. } => "bad",
        Status::Claimed { .. } => "claimed",
    }
}

/// What is the matter with a node, and what to do about it.
fn remark(audit: &Audit, status: &Status) -> String {
    let path = |place: &usize| audit.paths.get(*place).map_or("", String::as_str);
    match status {
        Status::Covered => String::new(),
        Status::Missing => "no backup is there: ask the node for one".to_owned(),
        Status::Shareless => "all its shares are zero: it has nothing to back up".to_owned(),
        Status::Unregistered { error } => format!("{error}: its operator registers a Blinder first"),
        Status::Stale { epoch } => format!("the backup is of epoch {epoch}: ask the node for one of this epoch"),
        Status::Bad { backup, error } => format!("{}: {error}: ask the node for another one", path(backup)),
        Status::Claimed { backup, epoch, field } => {
            format!("{}: it claims epoch {epoch}, and has {field}: ask the node for another one", path(backup))
        }
    }
}

/// Names are not the holder's own: what is not plain ASCII is escaped.
fn name(audit: &Audit, place: usize) -> String {
    audit.bundle.network().nodes[place].name.escape_ascii().to_string()
}

/// The groups of nodes that have one Blinder between them, by their names.
fn shared(audit: &Audit) -> Vec<Vec<String>> {
    let groups = audit.coverage.shared_blinders.iter();
    groups.map(|group| group.iter().map(|place| name(audit, *place)).collect()).collect()
}

/// The backups that belong to no node, by their files.
fn strays(audit: &Audit) -> Vec<(String, String)> {
    let strays = audit.coverage.strays.iter();
    strays.map(|(place, error)| (audit.paths[*place].clone(), error.to_string())).collect()
}
