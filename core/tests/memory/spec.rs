//! What the specification says about memory: secrets are wiped before it is freed, and decoders take no more of it
//! than their input justifies. The allocator watches.

use crate::common::closing::finish;
use crate::common::recovery::Recovery;
use crate::common::{PARAMETERS, Party, Prover, SCALAR, Sharing, World, patched, plan, rng, xof};
use crate::watch::{allocated, leaks};
use relight::curve::{CurveId, KeyCurve, Secp256k1, SecretScalar};
use relight::sharing::VssCommitment;
use relight::{
    Backup, Blinder, Error, KeyShare, MemberKey, Statement,
    dealing::{Ceremony, Keys},
    identity::IdentityKey,
};

#[test]
fn the_watch_finds_a_secret_that_is_not_wiped() {
    let secret = SecretScalar::random(CurveId::Secp256k1, &mut rng(1)).expose_bytes().to_vec();
    assert_eq!(leaks(std::slice::from_ref(&secret), || [&[1, 2, 3], &secret[..]].concat()), 1);
    let reversed: Vec<u8> = secret.iter().rev().copied().collect();
    assert_eq!(leaks(std::slice::from_ref(&secret), || reversed.clone()), 1);
}

//= spec/2-conventions.md#2-4-secrets
//= type=test
//# A secret MUST be erased from memory when it is no longer needed, as far as the platform allows.
#[test]
fn keys_and_shares_are_wiped() {
    let own = [1, 2, 3].map(|seed| SecretScalar::random(CurveId::Bls12381G1, &mut rng(seed)).expose_bytes().to_vec());
    let identity = IdentityKey::generate(&mut rng(4)).encode()[SCALAR].to_vec();
    let work = || {
        let secret = SecretScalar::from_bytes(CurveId::Bls12381G1, &own[0]).unwrap();
        let encoded = (Blinder::generate(&mut rng(2)).encode(), MemberKey::generate(&mut rng(3)).encode());
        let decoded = (Blinder::decode(&encoded.0).unwrap(), MemberKey::decode(&encoded.1).unwrap());
        let identity = IdentityKey::decode(&IdentityKey::generate(&mut rng(4)).encode()).unwrap();
        Box::new((secret.public(), secret, identity, encoded, decoded))
    };
    assert_eq!(leaks(&[&own[..], &[identity]].concat(), work), 0);
}

#[test]
fn shares_are_wiped_once_they_are_restored_and_encoded() {
    let world = World::new(2);
    let secrets: Vec<_> = world.shares().iter().map(|share| share.secret().expose_bytes().to_vec()).collect();
    let (verified, unlock) = (world.verified(), world.unlock());
    let work = || {
        let shares = verified.open(&unlock, &world.blinder).unwrap();
        let encoded: Vec<_> = shares.iter().map(KeyShare::encode).collect();
        (shares, encoded)
    };
    assert_eq!(leaks(&secrets, work), 0);
}

//= spec/6-encryption.md#6-3-encrypt
//= type=test
//# An encryptor MUST erase the master seed, the seeds, sub-seeds and masks of the kept instances, and the salts of the
//# revealed ones.
#[test]
fn an_encryption_leaves_no_seed_of_a_kept_instance() {
    let world = World::new(3);
    let prover = Prover::new(&world, 4);
    let shares = world.shares();
    let proof = Backup::create(&world.expected, shares.iter().copied(), &mut rng(4)).unwrap().encode();
    let [opened, kept] = prover.instances(&proof);
    let seeds_of = |seeds: &[(u16, [u8; 16])]| seeds.iter().map(|(_, seed)| seed.to_vec()).collect::<Vec<_>>();
    assert_eq!(kept.len(), usize::from(PARAMETERS.kept()));
    let sub_seeds = kept.iter().map(|(index, seed)| prover.sub_seed(*index, seed).to_vec());
    let secrets = sub_seeds.chain(seeds_of(&kept)).chain([prover.master.to_vec()]);
    let work = || Backup::create(&world.expected, shares.iter().copied(), &mut rng(4)).unwrap();
    assert_eq!(leaks(&secrets.collect::<Vec<_>>(), work), 0);
    // Those of opened instances are in the proof.
    assert!(leaks(&seeds_of(&opened), || work().encode()) > 0);
}

//= spec/9-dealing.md#9-2-deal
//= type=test
//# A dealer MUST erase its coefficients once it has dealt.
#[test]
fn a_dealer_leaves_no_coefficient() {
    let party = Party::new(1, &mut rng(5));
    let (parties, recipients) = (Party::group(1..=1, &mut rng(5)), Party::group(1..=2, &mut rng(6)));
    let old = Sharing::new(CurveId::Secp256k1, 1, 1, &mut rng(7));
    let keys = Keys::Reshare(vec![old.public.clone().into()]);
    let ceremony = Ceremony::new(plan(2, keys, &parties, &recipients)).unwrap();
    let deal = || ceremony.deal(party.index, &parties[0].identity, &[&old.shares[0]], &mut rng(8)).unwrap();
    let outcomes = finish(&ceremony, &[deal().encode()], &recipients);
    // There is one dealer: the shares are its polynomial's values at 1 and 2, and their difference is the slope.
    let share = |place: usize| Secp256k1::decode_scalar(outcomes[place].shares[0].secret().expose_bytes()).unwrap();
    let [one, two] = [0, 1].map(share);
    let slope = Secp256k1::scalar_bytes(&(two - one)).to_vec();
    let secrets = [slope, old.root.expose_bytes().to_vec(), Secp256k1::scalar_bytes(&one).to_vec()];
    assert_eq!(leaks(&secrets, deal), 0);
}

//= spec/11-recovery.md#11-5-session
//= type=test
//# A fresh node MUST erase the seed of its session when it has finished.
#[test]
fn a_session_that_ends_leaves_no_seed() {
    let recovery = Recovery::new(7);
    let open = || recovery.session(10);
    // The seed stands where keys have their scalar, and the keys of the members come from it.
    let seed = open().encode()[SCALAR].to_vec();
    let keys = (1..=4u16).map(|member| xof::<32>("session-key", &[&seed, &member.to_be_bytes()]).to_vec());
    let secrets: Vec<Vec<u8>> = keys.chain([seed.clone()]).collect();
    assert_eq!(leaks(&secrets, || (Box::new(open()), open().encode())), 0);
    // Out of its wrapping, the encoding shows the seed.
    assert_eq!(leaks(std::slice::from_ref(&seed), || open().encode().to_vec()), 1);
}

//= spec/15-wire.md#15-1-decoding
//= type=test
//# A decoder MUST NOT allocate memory for more items than the bytes at hand can hold.
#[test]
fn decoders_take_no_memory_on_credit() {
    let world = World::new(11);
    let statement = world.expected.encode();
    // The length of the compartments follows version, set, context, epoch and node.
    let place = 2 + 1 + 7 + 8 + 1 + 6;
    let greedy = patched(&statement, place, &[0xff; 4]);
    let (result, taken) = allocated(|| Statement::decode(&greedy).map(drop));
    assert_eq!(result, Err(Error::Truncated));
    assert!(taken < 1024, "{taken} bytes");
    let (result, taken) = allocated(|| VssCommitment::decode(&[0, 1, 0xff, 0xff, 0xff, 0xff]).map(drop));
    assert_eq!(result, Err(Error::Truncated));
    assert!(taken < 1024, "{taken} bytes");
    // What is there is paid for by its bytes.
    let (result, taken) = allocated(|| Statement::decode(&statement).map(drop));
    assert_eq!(result, Ok(()));
    assert!(taken < 64 * statement.len(), "{taken} bytes for {}", statement.len());
}
