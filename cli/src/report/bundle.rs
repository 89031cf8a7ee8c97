//! A bundle, as a person looks at it before they trust it.

use crate::names::name;
use relight::bundle::{Change, VerifiedBundle};
use relight::coverage::Node;
use relight::recovery::RosterMember;

/// All of it. Names are not the holder's own: what is not plain ASCII is escaped.
pub fn bundle(bundle: &VerifiedBundle) -> Vec<String> {
    let (network, party) = (bundle.network(), bundle.roster().party());
    let mut lines = vec![
        format!("Network {}, epoch {}", network.name.escape_ascii(), network.epoch),
        format!("code            {}", bundle.bundle().short_code()),
        format!("backups         {}", name(&network.parameters)),
        format!("recovery party  {}", bundle.party().escape_ascii()),
        format!("roster          {}", bundle.roster().digest()),
        format!("recovery key    {}", hex::encode(party.public_key().as_bytes())),
        vouched(bundle.recovery_certificate().is_some(), "the recovery key"),
        format!("any {} of these {} members can decrypt:", party.threshold(), bundle.roster().members().len()),
    ];
    lines.extend(bundle.roster().members().iter().map(member));
    lines.push(format!("root keys: {}", network.keys.len()));
    lines.extend(network.keys.iter().enumerate().map(|(place, key)| {
        let public = hex::encode(key.public_key().as_bytes());
        format!("  key {place:<3} {}, any {} shares: {public}", key.curve(), key.threshold())
    }));
    lines.push(vouched(!bundle.key_certificates().is_empty(), "the root keys"));
    lines.push(format!("nodes: {}", network.nodes.len()));
    lines.extend(network.nodes.iter().map(node));
    let former: Vec<String> = network.former.iter().map(|former| former.epoch.to_string()).collect();
    lines.extend((!former.is_empty()).then(|| format!("former epochs: {}", former.join(", "))));
    lines
}

/// What is new in a bundle that follows a known one.
pub fn changes(known: &VerifiedBundle, next: &VerifiedBundle, changes: &[Change]) -> Vec<String> {
    let (before, after) = (known.network(), next.network());
    let head = format!("Network {}, from epoch {} to {}", after.name.escape_ascii(), before.epoch, after.epoch);
    let code = format!("code            {}", next.bundle().short_code());
    let lines = changes.iter().map(|change| format!("  {change}"));
    let none = changes.is_empty().then(|| "  nothing but the epoch is new".to_owned());
    [head, code].into_iter().chain(lines).chain(none).collect()
}

fn vouched(certified: bool, what: &str) -> String {
    match certified {
        true => format!("  the certificate of its ceremony vouches for {what}"),
        false => format!("  no certificate vouches for {what}: only the code does"),
    }
}

fn member(member: &RosterMember) -> String {
    let (registration, identifier) = (&member.registration, &member.identifier);
    format!("  member {:<5} {}  share at {identifier}", registration.index(), registration.identity().address())
}

fn node(node: &Node) -> String {
    let held = node.shares.iter().map(|held| format!("key {} at {}", held.key, held.identifier));
    let serial = node.registrations.last().map_or(0, |registration| registration.serial());
    format!(
        "  {}  operator {}, Blinder {serial}; {}",
        node.name.escape_ascii(),
        node.operator.address(),
        held.collect::<Vec<_>>().join(", ")
    )
}
