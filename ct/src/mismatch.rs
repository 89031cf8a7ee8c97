//! What is found not to belong together: the same secrets on the paths to an error.

use crate::operations::{new_session, repaired};
use crate::taint::{SecretRng, secret_from};
use crate::world::{BODY, CHECKSUM_LEN, EPOCH, World, marked, marked_scalar, share_key};
use rand::SeedableRng;
use rand::rngs::StdRng;
use relight::curve::{CurveId, SecretScalar};
use relight::pairing::G2Affine;
use relight::vectors::Opener;
use relight::{decryption::*, identity::*, recovery::*, *};

/// A Blinder and a member key of others.
pub fn other_keys(world: &World) {
    let (blinder, rng) = (Blinder::generate(&mut SecretRng::new(24)), &mut SecretRng::new(25));
    assert_eq!(world.backup.check_blinder(&blinder), Err(Error::WrongBlinder));
    let session = new_session(world, &mut StdRng::seed_from_u64(26));
    assert_eq!(Authorisation::new(session.draft(), &world.statement, &blinder, rng), Err(Error::WrongBlinder));
    let [recipient, other, ..] = &world.parties[..] else { unreachable!() };
    let dealings = &world.ceremonies().generation.dealings;
    let confirmed = dealings.clone().confirm(recipient.index, &other.secret_key());
    assert!(matches!(confirmed, Err(Error::WrongMemberKey)));
}

/// A secret on each curve that is not the share it is taken for, and a key that does not come of its shares.
pub fn other_secrets(world: &World) {
    for (root, sharing) in world.sharings.iter().enumerate().skip(1) {
        let [share, other] = [0, 1].map(|party: usize| &world.shares[party][root]);
        let secret = marked_scalar(other.secret());
        let taken = KeyShare::new(EPOCH, sharing, share.identifier(), secret);
        assert!(matches!(taken, Err(Error::SecretMismatch { .. })));
    }
    for curve in CurveId::ALL {
        let shares = unrelated(*curve).map(|share| marked(&share));
        assert!(matches!(KeyShare::combine(&shares), Err(Error::CombinedKeyMismatch)));
    }
}

/// Shares of one key in two sharings.
fn unrelated(curve: CurveId) -> [KeyShare; 2] {
    let rng = &mut StdRng::seed_from_u64(27);
    let key = SecretScalar::random(curve, rng);
    [0, 1].map(|place| share_key(&key, rng).1.swap_remove(place))
}

/// What an encryptor, a dealer and a member are given instead of their own shares.
pub fn other_shares(world: &World) {
    let others: Vec<KeyShare> = world.shares[1][1..].iter().map(marked).collect();
    let secrets: Vec<&SecretScalar> = others.iter().map(KeyShare::secret).collect();
    let made = vectors::encrypt(&world.statement, &secrets, &mut SecretRng::new(28));
    assert!(matches!(made, Err(Error::SecretMismatch { .. })));
    let (dealer, shares) = (&world.parties[0], others.iter().collect::<Vec<_>>());
    let dealt = world.resharing().deal(dealer.index, &dealer.secret_identity(), &shares, &mut SecretRng::new(29));
    assert!(matches!(dealt, Err(Error::Mismatch(_))));
}

/// With another Blinder no instance opens: the secret in each is not the one that its public share demands.
pub fn open_nothing(world: &World) {
    let blinder = Blinder::generate(&mut SecretRng::new(30));
    for backup in [&world.backup, &world.packed] {
        let statement = backup.statement();
        let unlock = G2Affine::decode(&vectors::sigma(&world.secret_unlock_key(statement))).unwrap();
        let proof = &backup.backup().encode()[statement.encode().len()..];
        let opened = vectors::open(statement, proof, 0, &Opener::Recovery(&unlock, &blinder));
        assert!(matches!(opened, Err(Error::NotOpenable)));
    }
}

/// What a receiver is handed is another's share.
pub fn repair_nothing(world: &World) {
    let mut outcome = repaired(world);
    outcome.shares[0] = marked(&world.shares[0][1]);
    assert!(matches!(world.repair().finish(&outcome), Err(Error::CeremonyMismatch)));
}

/// Decryption shares of members that took another's share of the recovery key.
pub fn blame(world: &World) {
    let (party, digest) = (&world.party, world.statement.digest());
    let shares = world.parties[..2].iter().zip([1, 0]).map(|(member, place)| {
        DecryptionShare::new(member.index, &world.secret_recovery_share(place), &digest).unwrap()
    });
    let shares: Vec<DecryptionShare> = shares.collect();
    let bad = |found| matches!(found, Err(Error::BadDecryptionShares { .. }));
    assert!(bad(party.verify(&digest, &shares[0])));
    assert!(bad(party.verify_batch(&digest, &shares)));
    assert!(bad(party.combine(&digest, &shares).map(|_| ())));
}

/// Each kind with a checksum that does not fit.
pub fn damaged_secrets(world: &World) {
    let party = &world.parties[0];
    let session = new_session(world, &mut StdRng::seed_from_u64(18));
    assert!(is_damaged(IdentityKey::decode(&damaged(&party.identity.encode(), BODY))));
    assert!(is_damaged(MemberKey::decode(&damaged(&party.key.encode(), BODY))));
    assert!(is_damaged(Blinder::decode(&damaged(&world.blinder.encode(), BODY))));
    let share = world.shares[0][1].encode();
    assert!(is_damaged(KeyShare::decode(&damaged(&share, share.len() - CHECKSUM_LEN - 32))));
    let session = session.encode();
    assert!(is_damaged(Session::decode(crate::world::CONTEXT, &damaged(&session, session.len() - CHECKSUM_LEN))));
}

/// A copy with a wrong last byte, marked from `start` on.
fn damaged(encoded: &[u8], start: usize) -> Vec<u8> {
    let mut encoded = encoded.to_vec();
    *encoded.last_mut().unwrap() ^= 1;
    secret_from(&encoded, start)
}

fn is_damaged<T>(decoded: Result<T>) -> bool {
    matches!(decoded, Err(Error::BadChecksum))
}
