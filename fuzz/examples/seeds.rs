//! Writes an honest object of each kind to the folder that is named: the seeds of the target `decode`.

use relight::DecryptionShare;
use relight_fuzz::WORLD;
use std::path::Path;

fn main() -> std::io::Result<()> {
    let folder = std::env::args().nth(1).ok_or_else(|| std::io::Error::other("which folder?"))?;
    let digest = WORLD.statement.digest();
    let decryption_share = DecryptionShare::new(&WORLD.recovery_shares[0], &digest).expect("the share is honest");
    let secret = &WORLD.shares[0];
    let objects: [(&str, Vec<u8>); 16] = [
        ("backup", WORLD.backup.clone()),
        ("blinder", WORLD.blinder.encode().to_vec()),
        ("ceremony", WORLD.ceremony.encode()),
        ("dealing", WORLD.dealings[0].clone()),
        ("decryption_share", decryption_share.encode()),
        ("identity", WORLD.identities[0].encode().to_vec()),
        ("key_share", secret.encode().to_vec()),
        ("member_key", WORLD.keys[0].encode().to_vec()),
        ("member_registration", WORLD.roster.members()[0].encode()),
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
