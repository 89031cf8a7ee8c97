//! The protocol on keys of one curve.

use crate::common::closing::finish;
use crate::common::{
    EPOCH, NODE, PARAMETERS, Party, Sharing, flipped, generate, header, ids, index, members, plan, rng, same_shares,
};
use crate::known::Known;
use relight::curve::SecretScalar;
use relight::sharing::{combine_points, combine_secrets};
use relight::{
    Backup, Blinder, Derivation, Error, KeyShare, Statement,
    dealing::{Ceremony, Reshared},
    decryption::{DecryptionShare, RecoveryParty},
};

pub(crate) fn sharing<C: Known>() {
    let commitment = Sharing::new(C::ID, 3, 5, &mut rng(11));
    for parties in [[1, 2, 3], [5, 3, 1], [2, 4, 5]] {
        let shares = parties.map(|party: u16| &commitment.shares[usize::from(party) - 1]);
        let secrets = shares.map(|share| (share.identifier(), share.secret()));
        let points = shares.map(|share| (share.identifier(), share.public_share()));
        assert_eq!(combine_secrets(&secrets).unwrap().expose_bytes(), commitment.root.expose_bytes());
        assert_eq!(combine_points(&points).unwrap(), commitment.root.public());
    }
    for share in &commitment.shares {
        assert_eq!(share.secret().public(), commitment.public.public_share(&share.identifier()).unwrap());
        assert!(same_shares(&[KeyShare::decode(&share.encode()).unwrap()], &[share]));
    }
}

pub(crate) fn encryption<C: Known>() {
    let rng = &mut rng(12);
    let roots = [Sharing::new(C::ID, 2, 3, rng), Sharing::new(C::ID, 3, 3, rng)];
    let own: Vec<&KeyShare> = roots.iter().map(|root| &root.shares[NODE as usize - 1]).collect();
    let recovery = Sharing::new(relight::curve::CurveId::Bls12381G1, 1, 1, rng);
    let party = RecoveryParty::new(recovery.public.clone(), &members([1])).unwrap();
    let blinder = Blinder::generate(rng);
    let entries = roots.iter().map(|root| root.entry(NODE)).collect();
    let expected = Statement::backup(header(), party.public_key().clone(), blinder.public(), entries).unwrap();

    assert!(Backup::create(&expected, own.iter().rev().copied(), rng).is_err());
    let bytes = Backup::create(&expected, own.iter().copied(), rng).unwrap().encode();
    // The last response: one that is not reduced is no scalar, another one is not proved.
    let last = bytes.len() - C::SCALAR_LEN;
    let unreduced = [&bytes[..last], &vec![0xff; C::SCALAR_LEN]].concat();
    let unreduced = Backup::decode(&unreduced).unwrap();
    assert_eq!(unreduced.verify(&expected).unwrap_err(), Error::InvalidScalar);
    let low = if C::LITTLE_ENDIAN { last } else { bytes.len() - 1 };
    let changed = Backup::decode(&flipped(&bytes, low, 1)).unwrap();
    assert_eq!(changed.verify(&expected).unwrap_err(), Error::ProofRejected);

    let verified = Backup::decode(&bytes).unwrap().verify(&expected).unwrap();
    let share = DecryptionShare::new(index(1), &recovery.shares[0], &expected.digest()).unwrap();
    let unlock = party.combine(&expected.digest(), &[share]).unwrap();
    assert!(same_shares(&verified.open(&unlock, &blinder).unwrap(), &own));
}

pub(crate) fn generation_and_resharing<C: Known>() {
    let rng = &mut rng(13);
    let holders = Party::group(1..=3, rng);
    let outcomes = generate(&holders, 2, &[C::ID, C::ID], rng);
    let keys = outcomes[0].public.keys.clone();
    let successors = Party::group([2, 5], rng);
    let slots = keys.iter().cloned().map(Reshared::from).collect();
    let ceremony = Ceremony::new(plan(2, slots, &holders, &successors)).unwrap();
    let dealings = holders.iter().zip(&outcomes).take(2).map(|(holder, outcome)| {
        let shares: Vec<&KeyShare> = outcome.shares.iter().collect();
        ceremony.deal(holder.index, &holder.identity, &shares, rng).unwrap().encode()
    });
    let dealings: Vec<_> = dealings.collect();
    let renewed = finish(&ceremony, &dealings, &successors);
    let shares: Vec<_> = renewed.into_iter().map(|outcome| outcome.shares).collect();
    for (place, key) in keys.iter().enumerate() {
        let pairs: Vec<_> = shares.iter().map(|own| (own[place].identifier(), own[place].secret())).collect();
        assert_eq!(combine_secrets(&pairs).unwrap().public(), *key.public_key());
    }
    assert_ne!(keys[0].public_key(), keys[1].public_key());
    assert_eq!(PARAMETERS, header().parameters);
    assert_eq!(EPOCH, header().epoch);
}

pub(crate) fn derivation<C: Known>() {
    let rng = &mut rng(14);
    let roots: Vec<_> = (0..3).map(|_| Sharing::new(C::ID, 2, 2, rng)).collect();
    let derivation = Derivation::new(C::ID, b"user").unwrap();
    let public: Vec<_> = roots.iter().map(|root| root.public.public_key().clone()).collect();
    let derived = derivation.public(&public).unwrap();
    let shares: Vec<SecretScalar> =
        (0..2).map(|party| derivation.secret(roots.iter().map(|root| root.shares[party].secret())).unwrap()).collect();
    let pairs: Vec<_> = ids([1, 2]).into_iter().zip(&shares).collect();
    assert_eq!(combine_secrets(&pairs).unwrap().public(), derived);
    assert_ne!(Derivation::new(C::ID, b"another").unwrap().public(&public).unwrap(), derived);
}
