//! Secrets leave nothing behind in freed memory, in any of the forms that they take, nor in `Debug` output.

use crate::common::closing::{close, confirm, receive_all};
use crate::common::recovery::{CONTEXT, NOW, Recovery, at};
use crate::common::{PARAMETERS, Party, Prover, SCALAR, Sharing, World, index, plan, rng, xof};
use crate::watch::{leaks, raw};
use relight::curve::{Bls12381G1, CurveId, KeyCurve, Secp256k1, SecretScalar};
use relight::pairing::{G1, G2Affine, Scalar, pairing};
use relight::{
    Backup, Blinder, Error, KeyShare, MemberKey, Statement,
    dealing::{Ceremony, Keys},
    decryption::{DecryptionShare, UnlockKey},
    identity::{IdentityKey, SignatureScheme},
    recovery::Session,
};
use std::fmt::Debug;

/// A scalar of BLS12-381 as it is encoded and as it is computed with.
fn scalar_forms(encoded: &[u8]) -> [Vec<u8>; 2] {
    [encoded.to_vec(), raw(&Scalar::decode(encoded).unwrap())]
}

/// A point of G2 as it is encoded and as it is computed with.
fn sigma_forms(encoded: &[u8]) -> [Vec<u8>; 2] {
    [encoded.to_vec(), raw(&G2Affine::decode(encoded).unwrap())]
}

fn sigma(share: &DecryptionShare) -> Vec<Vec<u8>> {
    sigma_forms(&share.sigma()).to_vec()
}

/// What the node's shares are, in every form.
fn share_secrets(shares: &[&KeyShare]) -> Vec<Vec<u8>> {
    let forms = |share: &&KeyShare| match share.curve() {
        CurveId::Bls12381G1 => scalar_forms(share.secret().expose_bytes()).to_vec(),
        _ => vec![share.secret().expose_bytes().to_vec()],
    };
    shares.iter().flat_map(forms).collect()
}

#[test]
fn the_watch_finds_what_is_not_wiped() {
    let scalar = Scalar::reduce(&[7; 48]);
    let forms = scalar_forms(&scalar.encode());
    assert_ne!(forms[0], forms[1]);
    assert_eq!(leaks(&forms, || Box::new(scalar)), 1);
    assert_eq!(leaks(&forms, || scalar.encode().to_vec()), 1);
    // A vector that grows leaves its former self.
    let grown = || {
        let mut bytes = zeroize::Zeroizing::new(scalar.encode().to_vec());
        bytes.extend_from_slice(&[0; 64]);
    };
    assert_eq!(leaks(&forms, grown), 1);
}

#[test]
fn keys_in_boxes_are_wiped() {
    let key = |seed| MemberKey::generate(&mut rng(seed)).encode()[SCALAR].to_vec();
    let own: Vec<_> = [1, 2, 3].iter().flat_map(|seed| scalar_forms(&key(*seed))).collect();
    let identity = IdentityKey::generate(&mut rng(4)).encode()[SCALAR].to_vec();
    let work = || {
        let secret = SecretScalar::random(CurveId::Bls12381G1, &mut rng(1));
        let blinder = Blinder::generate(&mut rng(2));
        let (member, identity) = (MemberKey::generate(&mut rng(3)), IdentityKey::generate(&mut rng(4)));
        let public = (secret.public(), blinder.public(), member.public(), identity.public());
        (Box::new(secret), Box::new(blinder), Box::new(member), Box::new(identity), public)
    };
    assert_eq!(leaks(&[own, vec![identity]].concat(), work), 0);
}

#[test]
fn registrations_and_signatures_leave_no_key() {
    let party = Party::new(1, &mut rng(5));
    let secrets = [scalar_forms(&party.key.encode()[SCALAR]).to_vec(), vec![party.identity.encode()[SCALAR].to_vec()]];
    let work = || {
        let sign = |scheme| party.identity.sign(scheme, relight::identity::Purpose::Response, b"message").unwrap();
        let signatures = [SignatureScheme::Sha256, SignatureScheme::PersonalMessage].map(sign);
        (signatures, party.register(b"c", &mut rng(6)))
    };
    assert_eq!(leaks(&secrets.concat(), work), 0);
}

#[test]
fn decryption_shares_and_unlock_keys_are_wiped() {
    let world = World::new(7);
    let digest = world.expected.digest();
    let shares = world.decryption_shares(1..=3);
    let member = scalar_forms(world.recovery.shares[0].secret().expose_bytes());
    let secrets: Vec<_> = shares.iter().flat_map(sigma).chain(member).chain(combined(&world)).collect();
    let work = || {
        let shares = world.decryption_shares(1..=3);
        world.party.verify_batch(&digest, &shares).unwrap();
        let copies = shares.clone();
        (Box::new(world.party.combine(&digest, &shares).unwrap()), copies)
    };
    assert_eq!(leaks(&secrets, work), 0);
}

/// The combined decryption of the world's backup, in every form.
fn combined(world: &World) -> Vec<Vec<u8>> {
    let point = G2Affine::hash(&unlock_message(&world.expected));
    let root = Scalar::decode(world.recovery.root.expose_bytes()).unwrap();
    sigma_forms(&(point * root).encode()).to_vec()
}

fn unlock_message(statement: &Statement) -> Vec<u8> {
    statement.digest().unlock_message()
}

#[test]
fn a_member_and_a_session_leave_no_decryption_share() {
    // More than four statements, which is where a vector that grows moves.
    let recovery = Recovery::of(5, 3, 6, 8);
    let digests: Vec<_> = recovery.statements.iter().map(Statement::digest).collect();
    let made = (1..=3).flat_map(|member| {
        let share = recovery.share(member);
        digests.iter().map(move |digest| DecryptionShare::new(index(member), share, digest).unwrap())
    });
    let secrets: Vec<_> = made.flat_map(|share| sigma(&share)).collect();
    assert_eq!(leaks(&secrets, || recover(&recovery)), 0);
}

/// Members answer, with a restart in between.
fn recover(recovery: &Recovery) -> (Vec<UnlockKey>, Session) {
    let mut session = recovery.session(9);
    let request = session.request().unwrap();
    for member in 1..=3 {
        session.receive(&recovery.answer(&request, member), at(NOW)).unwrap();
        session = Session::decode(CONTEXT, &session.encode()).unwrap();
    }
    (session.unlock_keys().unwrap(), session)
}

/// What an encryptor knows of a kept instance of the world's backup, from its seed (spec §6.2).
fn instance_secrets(world: &World, prover: &Prover, index: u16, seed: &[u8; 16]) -> Vec<Vec<u8>> {
    let (sub_seed, index) = (prover.sub_seed(index, seed), index.to_be_bytes());
    let curve = CurveId::Bls12381G1.number().to_be_bytes();
    let exponent = Scalar::reduce(&xof::<48>("kem", &[&curve, &prover.id, &index, seed]));
    let masks: [u8; 96] = xof("mask", &[&prover.id, &index, &[0, 0], &sub_seed]);
    let (first, second) = (Secp256k1::reduce(&masks[..48]), Bls12381G1::reduce(&masks[48..]));
    let locked = locked(world, exponent);
    let masks = [Secp256k1::scalar_bytes(&first).to_vec(), second.encode().to_vec(), raw(&second)];
    [vec![seed.to_vec(), sub_seed.to_vec()], scalar_forms(&exponent.encode()).to_vec(), masks.to_vec(), locked].concat()
}

/// The values that only the Blinder and the recovery party can make again: r·B and p^r.
fn locked(world: &World, exponent: Scalar) -> Vec<Vec<u8>> {
    let blinder = Bls12381G1::decode_point(world.blinder.public().as_bytes()).unwrap();
    let recovery_key: G1 = Bls12381G1::decode_point(world.party.public_key().as_bytes()).unwrap();
    let (point, kem) = ((blinder * exponent).to_affine(), (recovery_key * exponent).to_affine());
    let power = pairing(&kem, &G2Affine::hash(&unlock_message(&world.expected)));
    vec![point.encode().to_vec(), raw(&point), power.encode()[..64].to_vec(), raw(&power)[..64].to_vec()]
}

#[test]
fn an_encryptor_and_an_opener_leave_nothing_of_kept_instances() {
    let world = World::new(10);
    let shares = world.shares();
    let create = || Backup::create(&world.expected, shares.iter().copied(), &mut rng(11)).unwrap();
    let prover = Prover::new(&world, 11);
    let [_, kept] = prover.instances(&create().encode());
    assert_eq!(kept.len(), usize::from(PARAMETERS.kept()));
    let instances = kept.iter().take(4).flat_map(|(index, seed)| instance_secrets(&world, &prover, *index, seed));
    let secrets: Vec<_> = instances.chain(share_secrets(&shares)).collect();
    assert_eq!(leaks(&secrets, create), 0);

    let (verified, unlock) = (create().verify(&world.expected).unwrap(), world.unlock());
    let blinder = scalar_forms(&world.blinder.encode()[SCALAR]).to_vec();
    let secrets = [secrets, blinder, combined(&world)].concat();
    assert_eq!(leaks(&secrets, || Box::new(verified.open(&unlock, &world.blinder).unwrap())), 0);
    // They are what is computed with: the opener's copy of r·B, left in a box, is found.
    let (index, seed) = kept[0];
    let found = || Box::new(instance_secrets(&world, &prover, index, &seed));
    assert!(leaks(&secrets, found) > 4);
}

#[test]
fn dealers_and_recipients_leave_no_share() {
    for curve in CurveId::ALL {
        let (dealers, recipients) = (Party::group(1..=1, &mut rng(12)), Party::group(1..=2, &mut rng(13)));
        let old = Sharing::new(*curve, 1, 1, &mut rng(14));
        let keys = Keys::Reshare(vec![old.public.clone().into()]);
        let ceremony = Ceremony::new(plan(2, keys, &dealers, &recipients)).unwrap();
        let deal = || ceremony.deal(dealers[0].index, &dealers[0].identity, &[&old.shares[0]], &mut rng(15)).unwrap();
        let dealings = receive_all(&ceremony, &[deal().encode()]);
        let closed = close(&ceremony, &dealings, &recipients).unwrap();
        let finish = || recipients.iter().map(|to| closed.finish(to.index, &to.key).unwrap()).collect::<Vec<_>>();
        let outcomes = finish();
        let shares: Vec<_> = outcomes.iter().flat_map(|outcome| &outcome.shares).chain(&old.shares).collect();
        let keys = recipients.iter().flat_map(|to| scalar_forms(&to.key.encode()[SCALAR]));
        let secrets: Vec<_> = share_secrets(&shares).into_iter().chain(keys).collect();
        assert_eq!(leaks(&secrets, deal), 0, "{curve}");
        assert_eq!(leaks(&secrets, || confirm(&dealings, &recipients[0])), 0, "{curve}");
        assert_eq!(leaks(&secrets, finish), 0, "{curve}");
    }
}

/// Nothing of a secret shows: neither its bytes in hex nor as a list of numbers, whatever stands between them.
fn assert_redacted(value: &dyn Debug, secret: &[u8]) {
    let hex: String = secret.iter().take(4).map(|byte| format!("{byte:02x}")).collect();
    let list: String = secret.iter().take(4).map(u8::to_string).collect();
    for shown in [format!("{value:?}"), format!("{value:#?}")] {
        let dense: String = shown.to_lowercase().chars().filter(char::is_ascii_alphanumeric).collect();
        assert!(shown.contains("redacted"), "{shown}");
        assert!(!dense.contains(&hex) && !dense.contains(&list), "{shown}");
    }
}

#[test]
fn debug_output_is_redacted() -> Result<(), Error> {
    let world = World::new(16);
    let (share, unlock) = (world.shares()[0], world.unlock());
    let decryption_share = world.decryption_shares([1]).remove(0);
    let (blinder, party) = (&world.blinder, Party::new(1, &mut rng(18)));
    let session = Recovery::new(17).session(19);
    assert_redacted(share, share.secret().expose_bytes());
    assert_redacted(share.secret(), share.secret().expose_bytes());
    assert_redacted(blinder, &blinder.encode()[SCALAR]);
    assert_redacted(&party.key, &party.key.encode()[SCALAR]);
    assert_redacted(&party.identity, &party.identity.encode()[SCALAR]);
    assert_redacted(&decryption_share, &decryption_share.sigma());
    assert_redacted(&unlock, &combined(&world)[0]);
    assert_redacted(&session, &session.encode()[SCALAR]);
    let scalar = Scalar::reduce(&[7; 48]);
    assert_redacted(&scalar, &scalar.encode());
    assert_redacted(&scalar, &raw(&scalar));
    Ok(())
}
