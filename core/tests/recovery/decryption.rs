//! Decryption shares: made, checked one by one and together, combined; the members at fault are named, and no others.

use crate::common::{Sharing, World, g2_by_x, index, infinity, members, patched, rng, xof};
use proptest::prelude::*;
use relight::curve::{Bls12381G1, CurveId, KeyCurve};
use relight::pairing::{G2Affine, Scalar};
use relight::{
    Error, StatementDigest,
    decryption::{DecryptionShare, RecoveryParty},
};
use std::sync::LazyLock;

const DIGEST: StatementDigest = StatementDigest::from_bytes([7; 32]);
const OTHER: StatementDigest = StatementDigest::from_bytes([8; 32]);

/// Seven members, of which five are needed.
struct Party {
    commitment: Sharing,
    public: RecoveryParty,
}

static PARTY: LazyLock<Party> = LazyLock::new(|| {
    let commitment = Sharing::new(CurveId::Bls12381G1, 5, 7, &mut rng(1));
    Party { public: RecoveryParty::new(commitment.public.clone(), &members(1..=7)).unwrap(), commitment }
});

fn share(member: u16, digest: &StatementDigest) -> DecryptionShare {
    DecryptionShare::new(index(member), &PARTY.commitment.shares[usize::from(member) - 1], digest).unwrap()
}

fn shares(members: impl IntoIterator<Item = u16>) -> Vec<DecryptionShare> {
    members.into_iter().map(|member| share(member, &DIGEST)).collect()
}

/// What member `from` made, under the name of `member`.
fn claimed(member: u16, from: u16) -> DecryptionShare {
    DecryptionShare::from_sigma(index(member), &share(from, &DIGEST).sigma()).unwrap()
}

fn bad(members: &[u16]) -> Error {
    Error::BadDecryptionShares { members: members.to_vec() }
}

#[test]
fn good_shares_verify_alone_and_together() {
    let all = shares(1..=7);
    assert!(all.iter().all(|share| PARTY.public.verify(&DIGEST, share).is_ok()));
    assert_eq!(PARTY.public.verify_batch(&DIGEST, &all), Ok(()));
    assert_eq!(PARTY.public.verify_batch(&DIGEST, &[]), Ok(()));
    let twice = [&all[..], &all[..2]].concat();
    assert_eq!(PARTY.public.verify_batch(&DIGEST, &twice), Ok(()));
    // More than any party has members, and more than there are weights.
    let many = vec![all[0].clone(); 65536];
    assert_eq!(PARTY.public.verify_batch(&DIGEST, &many), Err(Error::InvalidLength));
}

#[test]
fn shares_are_equal_if_member_and_value_are() {
    assert_eq!(share(1, &DIGEST), share(1, &DIGEST));
    assert_ne!(share(1, &DIGEST), share(1, &OTHER));
    assert_ne!(claimed(1, 2), share(2, &DIGEST));
}

#[test]
fn debug_names_the_member_and_hides_the_value() {
    assert_eq!(format!("{:?}", share(3, &DIGEST)), "DecryptionShare(member 3, redacted)");
    let unlock = PARTY.public.combine(&DIGEST, &shares(1..=5)).unwrap();
    assert_eq!(format!("{unlock:?}"), format!("UnlockKey({DIGEST:?}, redacted)"));
}

/// A vector that grows leaves a copy of the share behind.
#[test]
fn an_encoding_has_all_its_room_from_the_start() {
    let encoded = share(3, &DIGEST).encode();
    assert_eq!((encoded.len(), encoded.capacity()), (99, 99));
}

#[test]
fn any_five_of_seven_combine_to_the_same() {
    let expected = PARTY.public.combine(&DIGEST, &shares(1..=5)).unwrap();
    assert_eq!(expected.digest(), DIGEST);
    for members in [vec![7, 6, 5, 4, 3], vec![1, 3, 5, 7, 2], (1..=7).collect(), vec![2, 4, 6, 7, 1, 3]] {
        assert_eq!(PARTY.public.combine(&DIGEST, &shares(members)).unwrap().digest(), DIGEST);
    }
}

#[test]
fn bad_shares_are_refused_one_by_one() {
    let verify = |share: &DecryptionShare| PARTY.public.verify(&DIGEST, share);
    assert_eq!(verify(&share(3, &OTHER)), Err(bad(&[3])));
    assert_eq!(verify(&claimed(3, 4)), Err(bad(&[3])));
    assert_eq!(PARTY.public.verify(&OTHER, &share(3, &DIGEST)), Err(bad(&[3])));
    let stranger = DecryptionShare::from_sigma(index(8), &share(1, &DIGEST).sigma()).unwrap();
    assert_eq!(verify(&stranger), Err(Error::UnknownMember(8)));
}

#[test]
fn exactly_the_members_at_fault_are_named() {
    let cases: [(Vec<DecryptionShare>, &[u16]); 5] = [
        (vec![claimed(1, 2)], &[1]),
        (vec![share(2, &OTHER), claimed(5, 1)], &[2, 5]),
        // Two that swap their shares.
        (vec![claimed(1, 2), claimed(2, 1)], &[1, 2]),
        (vec![claimed(4, 3), claimed(3, 4), share(5, &OTHER)], &[3, 4, 5]),
        ((1..=5).map(|member| share(member, &OTHER)).collect(), &[1, 2, 3, 4, 5]),
    ];
    for (wrong, members) in cases {
        let good = (1..=7).filter(|member| !members.contains(member));
        let mixed = [wrong, shares(good)].concat();
        assert_eq!(PARTY.public.verify_batch(&DIGEST, &mixed), Err(bad(members)));
        assert_eq!(PARTY.public.combine(&DIGEST, &mixed).unwrap_err(), bad(members));
        // Without them it works, as long as enough are left.
        let rest: Vec<_> = mixed.into_iter().filter(|share| !members.contains(&share.member().get())).collect();
        let (have, need) = (rest.len() as u16, 5);
        let again = PARTY.public.combine(&DIGEST, &rest).map(|_| ());
        assert_eq!(again, if have < need { Err(Error::NotEnoughShares { have, need }) } else { Ok(()) });
    }
}

/// The share of a member, plus so many times an error that members agreed on.
fn shifted(member: u16, factor: Scalar) -> DecryptionShare {
    let sigma = G2Affine::decode(&share(member, &DIGEST).sigma()).unwrap();
    let sigma = G2Affine::sum_of_products_vartime(&[(sigma, Scalar::from(1)), (G2Affine::hash(b"error"), factor)]);
    DecryptionShare::from_sigma(index(member), &sigma.encode()).unwrap()
}

/// Errors that cancel in a plain sum do not cancel under the weights of a batch.
#[test]
fn errors_that_cancel_in_a_sum_are_found() {
    let one = Scalar::from(1);
    let cheating = [vec![shifted(1, one), shifted(2, -one)], shares(3..=7)].concat();
    assert_eq!(PARTY.public.verify_batch(&DIGEST, &cheating), Err(bad(&[1, 2])));
}

/// The weights of the second and third share of a batch, if they followed from the statement and these shares.
fn predicted(known: &[DecryptionShare]) -> [Scalar; 2] {
    let known: Vec<_> = known.iter().map(DecryptionShare::encode).collect();
    let parts: Vec<&[u8]> = [DIGEST.as_bytes().as_slice()].into_iter().chain(known.iter().map(Vec::as_slice)).collect();
    let seed: [u8; 32] = xof("batch-verify", &parts);
    [1u16, 2].map(|place| Bls12381G1::reduce(&xof::<16>("batch-weight", &[&seed, &place.to_be_bytes()])))
}

/// The second and third member agree on errors that cancel under the weights of which they know in advance: those of no
/// share, of shares that are not theirs, and of all shares as they were before the errors.
#[test]
fn colluding_members_cannot_predict_the_weights() {
    let others = shares([1, 4, 5]);
    for known in [&[], &others[..1], &others[1..], &others, &shares(1..=5)] {
        let [second, third] = predicted(known);
        let cheating = [shares([1]), vec![shifted(2, third), shifted(3, -second)], shares([4, 5])].concat();
        assert_eq!(PARTY.public.verify_batch(&DIGEST, &cheating), Err(bad(&[2, 3])));
    }
}

/// A batch with short weights has equal ones every so often: whoever may try finds errors that cancel.
#[test]
fn no_short_search_finds_errors_that_pass() {
    let passes = |error: &u64| {
        let error = Scalar::from(*error);
        PARTY.public.verify_batch(&DIGEST, &[shifted(1, error), shifted(2, -error)]).is_ok()
    };
    assert_eq!((1..=4 << 7).find(passes), None);
}

#[test]
fn a_bad_share_that_is_not_used_does_no_harm() {
    let mixed = [shares(1..=5), vec![share(6, &OTHER)]].concat();
    assert!(PARTY.public.combine(&DIGEST, &mixed).is_ok());
}

//= spec/4-sharing.md#4-1-identifiers-and-thresholds
//= type=test
//# A repeated index MUST fail with DuplicateIndex.
#[test]
fn too_few_repeated_and_unknown_shares_are_refused() {
    let combine = |shares: &[DecryptionShare]| PARTY.public.combine(&DIGEST, shares).unwrap_err();
    for have in 0..5 {
        assert_eq!(combine(&shares(1..=have)), Error::NotEnoughShares { have, need: 5 });
    }
    assert_eq!(combine(&shares([1, 2, 3, 4, 4])), Error::DuplicateIndex(4));
    assert_eq!(combine(&shares([1, 2, 3, 4, 5, 1])), Error::DuplicateIndex(1));
    let stranger = DecryptionShare::from_sigma(index(8), &share(1, &DIGEST).sigma()).unwrap();
    assert_eq!(combine(&[shares(1..=5), vec![stranger]].concat()), Error::UnknownMember(8));
}

#[test]
fn the_share_of_another_kind_of_key_makes_no_decryption_share() {
    let world = World::new(2);
    let error = Error::WrongCurve { expected: CurveId::Bls12381G1, found: CurveId::Secp256k1 };
    assert_eq!(DecryptionShare::new(index(1), world.shares()[0], &DIGEST).unwrap_err(), error);
}

#[test]
fn a_party_is_checked_when_it_is_made() {
    let public = || PARTY.commitment.public.clone();
    let party = |numbers: &[u16]| RecoveryParty::new(public(), &members(numbers.iter().copied())).map(|_| ());
    assert_eq!(party(&[1, 2, 3, 4]), Err(Error::InvalidThreshold(5)));
    assert_eq!(party(&[]), Err(Error::InvalidThreshold(5)));
    assert_eq!(party(&[1, 2, 3, 4, 4]), Err(Error::DuplicateIndex(4)));
    assert_eq!(party(&[9, 2, 300, 4, 65535]), Ok(()));
    let other = Sharing::new(CurveId::Secp256k1, 1, 1, &mut rng(3)).public;
    let error = Error::WrongCurve { expected: CurveId::Bls12381G1, found: CurveId::Secp256k1 };
    assert_eq!(RecoveryParty::new(other, &members([1])).unwrap_err(), error);
}

#[test]
fn decryption_shares_are_read_as_they_were_written_and_no_otherwise() {
    let good = share(3, &DIGEST).encode();
    assert_eq!(good.len(), 99);
    assert_eq!(DecryptionShare::decode(&good), Ok(share(3, &DIGEST)));
    for length in 0..good.len() {
        assert_eq!(DecryptionShare::decode(&good[..length]), Err(Error::Truncated));
    }
    let cases = [
        (0, vec![0], Error::UnsupportedVersion(0)),
        (1, vec![0, 0], Error::InvalidIndex(0)),
        (3, vec![0; 96], Error::InvalidPoint),
        (3, infinity::<96>().to_vec(), Error::InvalidPoint),
        (3, g2_by_x(2).to_vec(), Error::InvalidPoint),
        (3, g2_by_x(1).to_vec(), Error::InvalidPoint),
        (3, vec![good[3] & 0x7f], Error::InvalidPoint),
    ];
    for (offset, patch, error) in cases {
        assert_eq!(DecryptionShare::decode(&patched(&good, offset, &patch)), Err(error));
    }
    assert_eq!(DecryptionShare::decode(&[&good[..], &[0]].concat()), Err(Error::TrailingBytes));
    // The other sign is another point: it decodes, and is wrong.
    let negative = DecryptionShare::decode(&patched(&good, 3, &[good[3] ^ 0x20])).unwrap();
    assert_eq!(PARTY.public.verify(&DIGEST, &negative), Err(bad(&[3])));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn any_set_of_bad_members_is_named(mask in 0u8..128) {
        let is_bad = |member: u16| mask >> (member - 1) & 1 == 1;
        let mixed: Vec<_> =
            (1..=7).map(|member| share(member, if is_bad(member) { &OTHER } else { &DIGEST })).collect();
        let members: Vec<u16> = (1..=7).filter(|member| is_bad(*member)).collect();
        let expected = if members.is_empty() { Ok(()) } else { Err(bad(&members)) };
        prop_assert_eq!(PARTY.public.verify_batch(&DIGEST, &mixed), expected.clone());
        // Combining uses the lowest five only.
        let used = if members.iter().any(|member| *member <= 5) { expected } else { Ok(()) };
        prop_assert_eq!(PARTY.public.combine(&DIGEST, &mixed).map(|_| ()), used);
    }
}
