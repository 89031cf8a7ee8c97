//! Writes an honest object of each kind to the folder that is named: the seeds of the target `decode`.

use relight_fuzz::WORLD;
use std::path::Path;

fn main() -> std::io::Result<()> {
    let folder = std::env::args().nth(1).ok_or_else(|| std::io::Error::other("which folder?"))?;
    let digest = WORLD.statement.digest();
    let secret = &WORLD.shares[0];
    let objects: [(&str, Vec<u8>); 20] = [
        ("backup", WORLD.backup.clone()),
        ("blinder", WORLD.blinder.encode().to_vec()),
        ("ceremony", WORLD.ceremony.encode()),
        ("ceremony_reshare", WORLD.other_ceremonies[0].encode()),
        ("ceremony_repair", WORLD.other_ceremonies[1].encode()),
        ("ceremony_hand_over", WORLD.other_ceremonies[2].encode()),
        ("dealing", WORLD.dealings[0].clone()),
        ("decryption_share", WORLD.decryption_shares(&digest)[0].encode()),
        ("identity", WORLD.identities[0].encode().to_vec()),
        ("identifier", WORLD.roster.members()[1].identifier.as_bytes().to_vec()),
        ("key_share", secret.encode().to_vec()),
        ("member_key", WORLD.keys[0].encode().to_vec()),
        ("member_registration", WORLD.roster.members()[0].registration.encode()),
        ("point", secret.entry().public_share.as_bytes().to_vec()),
        ("polynomial", WORLD.roster.party().sharing().encode()),
        ("request", WORLD.request.clone()),
        ("response", WORLD.responses[0].clone()),
        ("roster", WORLD.roster.encode()),
        ("session", WORLD.session.clone()),
        ("statement", WORLD.statement.encode()),
    ];
    objects.iter().try_for_each(|(name, bytes)| std::fs::write(Path::new(&folder).join(name), bytes))
}
