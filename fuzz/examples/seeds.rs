//! Writes an honest object of each kind to the folder that is named: the seeds of the target `decode`.

use relight::identity::{Purpose, SignatureScheme};
use relight_fuzz::{NAME, WORLD};
use std::path::Path;

fn main() -> std::io::Result<()> {
    let folder = std::env::args().nth(1).ok_or_else(|| std::io::Error::other("which folder?"))?;
    let digest = WORLD.statement.digest();
    let secret = &WORLD.shares[0];
    let pair = &WORLD.pair;
    let objects: [(&str, Vec<u8>); 33] = [
        ("accusation", pair.accusation.clone()),
        ("authorisation", pair.authorisations[0].clone()),
        ("backup", WORLD.backup.clone()),
        ("blinder", WORLD.blinder.encode().to_vec()),
        ("blinder_registration", WORLD.blinder_registrations[0].encode()),
        ("blinder_registration_next", WORLD.blinder_registrations[1].encode()),
        ("bundle", WORLD.bundle.encode()),
        ("ceremony", WORLD.ceremony.encode()),
        ("ceremony_reshare", WORLD.other_ceremonies[0].encode()),
        ("ceremony_repair", WORLD.other_ceremonies[1].encode()),
        ("ceremony_hand_over", WORLD.other_ceremonies[2].encode()),
        ("certificate", WORLD.certificate.encode()),
        ("confirmation", WORLD.confirmations[0].clone()),
        ("dealing", WORLD.dealings[0].clone()),
        ("decryption_share", WORLD.decryption_shares(&digest)[0].encode()),
        ("evidence_bad_dealing", WORLD.evidence[0].clone()),
        ("evidence_two_dealings", WORLD.evidence[1].clone()),
        ("evidence_two_confirmations", WORLD.evidence[2].clone()),
        ("identity", WORLD.identities[0].encode().to_vec()),
        ("identity_public", WORLD.identities[0].public().to_bytes()),
        ("identifier", WORLD.roster.members()[1].identifier.as_bytes().to_vec()),
        ("key_share", secret.encode().to_vec()),
        ("member_key", WORLD.keys[0].encode().to_vec()),
        ("member_registration", WORLD.roster.members()[0].registration.encode()),
        ("point", secret.entry().public_share.as_bytes().to_vec()),
        ("vss_commitment", WORLD.roster.party().commitment().encode()),
        ("request", pair.request.clone()),
        ("request_draft", pair.draft.clone()),
        ("response", WORLD.responses[0].clone()),
        ("roster", WORLD.roster.encode()),
        ("session", WORLD.session.clone()),
        ("statement", WORLD.statement.encode()),
        ("wallet", introduction()),
    ];
    objects.iter().try_for_each(|(name, bytes)| std::fs::write(Path::new(&folder).join(name), bytes))
}

/// What a wallet returned, in 65 bytes.
fn introduction() -> Vec<u8> {
    let identity = &WORLD.identities[0];
    let signature = identity.sign(SignatureScheme::PersonalMessage, Purpose::Identity, NAME);
    let signature = signature.expect("an identity signs").to_bytes();
    [&signature[1..], &[27]].concat()
}
